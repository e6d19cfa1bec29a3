/* Plain scans over the rows of a kind, and counting a rule anew by one. */
#include "measure/measure_internal.h"

static HxStatement *
scan_statement (HxConnection *connection, const HxKind *kind,
                const HxScanBounds *bounds, GError **error)
{
  g_autofree char *columns = hx_row_columns (kind, NULL);
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s FROM %s WHERE bureau_id = ?1 AND void = 0%s ORDER BY day, id",
      columns, kind->table, bounds != NULL ? bounds->extra : "");
  HxStatement *statement = hx_statement_new (connection, sql, error);

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  for (int i = 0; bounds != NULL && i < 2; i++)
    if (bounds->texts[i] != NULL)
      hx_bind_text (statement, i + 2, bounds->texts[i], -1);
  if (bounds != NULL && bounds->has_integer)
    hx_bind_integer (statement, 4, bounds->integer);
  return statement;
}

gboolean
hx_scan (HxConnection *connection, const HxKind *kind,
         const HxScanBounds *bounds, HxScanFunc function, gpointer data,
         GError **error)
{
  g_autoptr (HxStatement) statement
      = scan_statement (connection, kind, bounds, error);
  g_autoptr (HxRow) row = NULL;
  HxStep step;

  if (statement == NULL)
    return FALSE;
  row = hx_row_new (kind);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      hx_row_clear (row);
      hx_row_read (statement, 0, row);
      if (!function (row, data, error))
        return FALSE;
    }
  return step == HX_STEP_DONE;
}

typedef struct
{
  HxWeigher *weigher;
  HxDelta *delta;
  const HxRule *rule;
} HxRecount;

static gboolean
recount_row (const HxRow *row, gpointer data, GError **error)
{
  HxRecount *recount = data;

  return hx_rule_apply (recount->weigher, recount->delta, recount->rule, row, 1,
                        error)
         && (!hx_delta_is_full (recount->delta)
             || hx_delta_flush (recount->delta, error));
}

static gboolean
recount_base (const HxRow *row, gpointer data, GError **error)
{
  HxRecount *recount = data;

  hx_rule_apply_base (recount->delta, recount->rule, row, 1);
  return !hx_delta_is_full (recount->delta)
         || hx_delta_flush (recount->delta, error);
}

static gboolean
drop (HxConnection *connection, const char *sql, const HxRule *rule,
      GError **error)
{
  HxStatement *statement = hx_statement (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, rule->id);
  hx_bind_integer (statement, 3, rule->base_id);
  return hx_step_done (statement, error);
}

gboolean
hx_rule_recount (HxConnection *connection, HxWeigher *weigher, HxDelta *delta,
                 const HxRule *rule, GError **error)
{
  HxRecount recount = { weigher, delta, rule };

  if (!drop (connection,
             "DELETE FROM cell WHERE bureau_id = ?1 AND indicator IN (?2, ?3)",
             rule, error)
      || !drop (connection,
                "DELETE FROM member WHERE bureau_id = ?1"
                " AND indicator IN (?2, ?3)",
                rule, error)
      || !hx_scan (connection, rule->indicator->kind, NULL, recount_row,
                   &recount, error))
    return FALSE;
  if (rule->base_id != 0
      && !hx_scan (connection, rule->indicator->base, NULL, recount_base,
                   &recount, error))
    return FALSE;
  return hx_delta_flush (delta, error);
}
