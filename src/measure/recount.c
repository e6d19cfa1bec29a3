/* Weighing the rows of the tables anew: all of them for rules that changed,
 * those that refer to a changed row for its referrers. */
#include "measure/measure_internal.h"

gboolean
hx_scan (HxConnection *connection, const HxKind *kind, HxScanFunc function,
         gpointer data, GError **error)
{
  g_autofree char *columns = hx_row_columns (kind, NULL);
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s FROM %s WHERE bureau_id = ?1 AND " HX_ALL_IDS " AND void = 0",
      columns, kind->table);
  g_autoptr (HxStatement) statement = hx_statement_new (connection, sql, error);
  g_autoptr (HxRow) row = NULL;
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  row = hx_row_new (kind);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      hx_row_read (statement, 0, row);
      if (!function (row, data, error))
        return FALSE;
    }
  return step == HX_STEP_DONE;
}

gboolean
hx_rule_apply (HxWeigher *weigher, HxDelta *delta, const HxRule *rule,
               const HxRow *row, int sign, GError **error)
{
  HxWeight weight;

  if (!hx_weigh (weigher, rule, row, &weight, error))
    return FALSE;
  hx_delta_add (delta, rule, row, &weight, sign);
  return TRUE;
}

void
hx_rule_apply_base (HxWeigher *weigher, HxDelta *delta, const HxRule *rule,
                    const HxRow *row, int sign)
{
  HxWeight weight;

  hx_weigh_base (weigher, rule, row, &weight);
  hx_delta_add_base (delta, rule, row, &weight, sign);
}

typedef struct
{
  const HxCounter *counter;
  const gboolean *marked;
  const GPtrArray *in, *over;
  const HxRow *but; /* settle: leave out this row, or NULL */
} HxPass;

/* ----------------------------------------------------------------- recount */

static gboolean
recount_row (const HxRow *row, gpointer data, GError **error)
{
  HxPass *pass = data;
  const HxCounter *counter = pass->counter;

  for (guint i = 0; pass->in != NULL && i < pass->in->len; i++)
    {
      const HxRule *rule = pass->in->pdata[i];

      if (pass->marked[rule->indicator->index]
          && !hx_rule_apply (counter->weigher, counter->delta, rule, row, 1,
                             error))
        return FALSE;
    }
  for (guint i = 0; pass->over != NULL && i < pass->over->len; i++)
    {
      const HxRule *rule = pass->over->pdata[i];

      if (pass->marked[rule->indicator->index])
        hx_rule_apply_base (counter->weigher, counter->delta, rule, row, 1);
    }
  return hx_delta_spill (counter->delta, error);
}

static gboolean
drop_from (HxConnection *connection, const char *sql, const HxRule *rule,
           GError **error)
{
  HxStatement *statement = hx_statement (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, rule->id);
  hx_bind_integer (statement, 3, rule->id + 1);
  return hx_step_done (statement, error);
}

static gboolean
drop (HxConnection *connection, const HxRule *rule, GError **error)
{
  return drop_from (connection,
                    "DELETE FROM cell WHERE bureau_id = ?1"
                    " AND indicator BETWEEN ?2 AND ?3",
                    rule, error)
         && drop_from (connection,
                       "DELETE FROM member WHERE bureau_id = ?1"
                       " AND indicator BETWEEN ?2 AND ?3",
                       rule, error);
}

static gboolean
has_marked (const GPtrArray *rules, const gboolean *marked)
{
  for (guint i = 0; rules != NULL && i < rules->len; i++)
    if (marked[((const HxRule *)rules->pdata[i])->indicator->index])
      return TRUE;
  return FALSE;
}

gboolean
hx_recount (const HxCounter *counter, const gboolean *marked, GError **error)
{
  const GPtrArray *kinds = hx_catalogue_kinds (counter->catalogue);
  guint n = hx_catalogue_counted (counter->catalogue)->len;

  for (guint i = 0; i < n; i++)
    {
      const HxRule *rule = hx_weigher_rule (counter->weigher, i);

      if (rule != NULL && marked[i] && !drop (counter->connection, rule, error))
        return FALSE;
    }
  for (guint i = 0; i < kinds->len; i++)
    {
      HxPass pass
          = { counter, marked,
              hx_weigher_rules_in (counter->weigher, kinds->pdata[i]),
              hx_weigher_rules_over (counter->weigher, kinds->pdata[i]), NULL };

      if ((has_marked (pass.in, marked) || has_marked (pass.over, marked))
          && !hx_scan (counter->connection, kinds->pdata[i], recount_row, &pass,
                       error))
        return FALSE;
    }
  return hx_delta_flush (counter->delta, error);
}

/* ------------------------------------------------------------------ settle */

static gboolean
settle_row (const HxRow *row, gpointer data, GError **error)
{
  HxPass *pass = data;
  const HxCounter *counter = pass->counter;
  HxViews *views = hx_weigher_views (counter->weigher);

  if (pass->but != NULL && pass->but->id == row->id
      && pass->but->kind == row->kind)
    return TRUE;
  for (guint i = 0; pass->in != NULL && i < pass->in->len; i++)
    {
      const HxRule *rule = pass->in->pdata[i];
      gboolean done;

      if (!hx_row_looks_at_pending (counter->weigher, rule, row))
        continue;
      hx_views_past (views, TRUE);
      done = hx_rule_apply (counter->weigher, counter->delta, rule, row, -1,
                            error);
      hx_views_past (views, FALSE);
      if (!done
          || !hx_rule_apply (counter->weigher, counter->delta, rule, row, 1,
                             error))
        return FALSE;
    }
  return hx_delta_spill (counter->delta, error);
}

gboolean
hx_settle (const HxCounter *counter, const HxRow *but, GError **error)
{
  const GPtrArray *kinds = hx_catalogue_kinds (counter->catalogue);

  if (hx_views_pending (hx_weigher_views (counter->weigher)) == 0)
    return TRUE;
  for (guint i = 0; i < kinds->len; i++)
    {
      HxPass pass = { counter, NULL,
                      hx_weigher_rules_in (counter->weigher, kinds->pdata[i]),
                      NULL, but };
      gboolean looks = FALSE;

      for (guint j = 0; pass.in != NULL && j < pass.in->len && !looks; j++)
        looks = hx_row_looks_at_pending (counter->weigher, pass.in->pdata[j],
                                         NULL);
      if (looks
          && !hx_scan (counter->connection, kinds->pdata[i], settle_row, &pass,
                       error))
        return FALSE;
    }
  hx_views_settled (hx_weigher_views (counter->weigher));
  return TRUE;
}
