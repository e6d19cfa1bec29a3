/* The units above a unit, asked of the unit register once and kept. */
#include "measure/measure_internal.h"

#define DEPTH_MAX 32 /* a chain that is longer runs in a circle */

struct _HxUnits
{
  HxConnection *connection;
  const HxKind *kind;
  const HxField *parent;
  char *sql;
  GHashTable *above; /* unit id → GArray of gint64 */
};

static void
above_free (gpointer data)
{
  g_array_unref (data);
}

HxUnits *
hx_units_new (HxConnection *connection, HxCatalogue *catalogue)
{
  HxUnits *units = g_new0 (HxUnits, 1);

  units->connection = connection;
  units->kind = hx_catalogue_kind (catalogue, "unit");
  if (units->kind != NULL)
    units->parent = hx_kind_field (units->kind, "parent");
  if (units->parent != NULL)
    units->sql = g_strdup_printf (
        "SELECT \"%s\" FROM %s WHERE bureau_id = ?1 AND id = ?2",
        hx_field_column (units->parent), units->kind->table);
  units->above
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, above_free);
  return units;
}

void
hx_units_free (HxUnits *units)
{
  if (units == NULL)
    return;
  g_hash_table_unref (units->above);
  g_free (units->sql);
  g_free (units);
}

void
hx_units_forget (HxUnits *units)
{
  g_hash_table_remove_all (units->above);
}

const HxKind *
hx_units_kind (HxUnits *units)
{
  return units->kind;
}

const HxField *
hx_units_parent (HxUnits *units)
{
  return units->parent;
}

static gboolean
parent_of (HxUnits *units, gint64 id, gint64 *parent, GError **error)
{
  HxStatement *statement;
  HxStep step;

  *parent = 0;
  if (units->sql == NULL)
    return TRUE;
  if ((statement = hx_statement (units->connection, units->sql, error)) == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    *parent = hx_column_integer (statement, 0);
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

static gboolean
holds (const GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;
  return FALSE;
}

const GArray *
hx_units_above (HxUnits *units, gint64 unit_id, GError **error)
{
  GArray *ids = g_hash_table_lookup (units->above, &unit_id);
  gint64 id = unit_id, bureau = 0, *key;

  if (ids != NULL)
    return ids;
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (ids, bureau);
  while (id != 0 && ids->len < DEPTH_MAX && !holds (ids, id))
    {
      g_array_append_val (ids, id);
      if (!parent_of (units, id, &id, error))
        {
          g_array_unref (ids);
          return NULL;
        }
    }
  key = g_new (gint64, 1);
  *key = unit_id;
  g_hash_table_replace (units->above, key, ids);
  return ids;
}
