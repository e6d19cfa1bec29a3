/* Indicators of the catalogue against those the database counts. */
#include "measure/measure_internal.h"

static gboolean
registered (HxConnection *connection, const HxIndicator *indicator, gint64 *id,
            gboolean *same, GError **error)
{
  HxStatement *statement = hx_statement (
      connection,
      "SELECT id, digest FROM indicator WHERE bureau_id = ?1 AND key = ?2",
      error);
  HxStep step;

  *id = 0;
  *same = FALSE;
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, indicator->key, -1);
  if ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      *id = hx_column_integer (statement, 0);
      *same = g_strcmp0 (hx_column_text (statement, 1), indicator->digest) == 0;
    }
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

/* Numbers go by two: the base of a coverage is the number behind. */
static gboolean
record_rule (HxConnection *connection, const HxIndicator *indicator, gint64 id,
             GError **error)
{
  HxStatement *statement;

  if (id == 0
      && !hx_query_integer (connection,
                            "SELECT COALESCE (MAX (id), 0) + 2 FROM indicator",
                            2, &id, error))
    return FALSE;
  statement = hx_statement (connection,
                            "INSERT INTO indicator (bureau_id, id, key, digest)"
                            " VALUES (?1, ?2, ?3, ?4)"
                            " ON CONFLICT (bureau_id, id)"
                            " DO UPDATE SET digest = excluded.digest",
                            error);
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  hx_bind_text (statement, 3, indicator->key, -1);
  hx_bind_text (statement, 4,
                indicator->digest != NULL ? indicator->digest : "", -1);
  return hx_step_done (statement, error);
}

static gboolean
forget_rule (HxConnection *connection, gint64 id, GError **error)
{
  static const char *const statements[]
      = { "DELETE FROM cell WHERE bureau_id = ?1"
          " AND indicator BETWEEN ?2 AND ?2 + 1",
          "DELETE FROM member WHERE bureau_id = ?1"
          " AND indicator BETWEEN ?2 AND ?2 + 1",
          "DELETE FROM indicator WHERE bureau_id = ?1 AND id = ?2" };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      HxStatement *statement = hx_statement (connection, statements[i], error);

      if (statement == NULL)
        return FALSE;
      hx_bind_integer (statement, 1, HX_BUREAU_ID);
      hx_bind_integer (statement, 2, id);
      if (!hx_step_done (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
drop_gone (HxConnection *connection, HxCatalogue *catalogue, GError **error)
{
  g_autoptr (HxStatement) statement = hx_statement_new (
      connection, "SELECT id, key FROM indicator ORDER BY id", error);
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  HxStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      gint64 id = hx_column_integer (statement, 0);
      const HxIndicator *indicator
          = hx_catalogue_indicator (catalogue, hx_column_text (statement, 1));

      if (indicator == NULL || !hx_rule_has_cells (indicator))
        g_array_append_val (gone, id);
    }
  if (step == HX_STEP_ERROR)
    return FALSE;
  for (guint i = 0; i < gone->len; i++)
    if (!forget_rule (connection, g_array_index (gone, gint64, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
register_all (HxConnection *connection, const GPtrArray *indicators,
              gboolean *stale, GError **error)
{
  for (guint i = 0; i < indicators->len; i++)
    {
      const HxIndicator *indicator = indicators->pdata[i];
      gboolean same;
      gint64 id;

      if (!hx_rule_has_cells (indicator))
        continue;
      if (!registered (connection, indicator, &id, &same, error))
        return FALSE;
      stale[i] = !same;
      if (!same && !record_rule (connection, indicator, id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
recount_stale (HxConnection *connection, HxCatalogue *catalogue,
               const gboolean *stale, guint *recounted, GError **error)
{
  guint n = hx_catalogue_counted (catalogue)->len, n_stale = 0;
  g_autoptr (HxWeigher) weigher = NULL;
  g_autoptr (HxUnits) units = NULL;
  g_autoptr (HxDelta) delta = NULL;
  HxCounter counter = { connection, catalogue, NULL, NULL };

  for (guint i = 0; i < n; i++)
    n_stale += stale[i] ? 1 : 0;
  if (recounted != NULL)
    *recounted = n_stale;
  if (n_stale == 0)
    return TRUE;
  weigher = hx_weigher_new (connection, catalogue, error);
  if (weigher == NULL)
    return FALSE;
  units = hx_units_new (connection, catalogue);
  delta = hx_delta_new (connection, units);
  counter.weigher = weigher;
  counter.delta = delta;
  return hx_recount (&counter, stale, error);
}

gboolean
hx_measure_sync (HxConnection *connection, HxCatalogue *catalogue,
                 guint *recounted, GError **error)
{
  const GPtrArray *indicators = hx_catalogue_counted (catalogue);
  g_autofree gboolean *stale = g_new0 (gboolean, indicators->len + 1);

  hx_measure_forget (connection);
  return drop_gone (connection, catalogue, error)
         && register_all (connection, indicators, stale, error)
         && recount_stale (connection, catalogue, stale, recounted, error);
}
