/* What a user may see and do. */
#include "access/access_internal.h"

HxIdentity *
hx_identity_ref (HxIdentity *identity)
{
  g_atomic_int_inc (&identity->references);
  return identity;
}

void
hx_identity_free (HxIdentity *identity)
{
  if (identity == NULL || !g_atomic_int_dec_and_test (&identity->references))
    return;
  g_free (identity->login);
  g_free (identity->name);
  g_free (identity->unit_name);
  g_clear_pointer (&identity->units, g_array_unref);
  g_clear_pointer (&identity->catalogue, hx_catalogue_unref);
  g_free (identity);
}

/* The unit and all below it, ascending; NULL with *error. */
static GArray *
read_units (HxConnection *connection, HxCatalogue *catalogue, gint64 unit_id,
            GError **error)
{
  const HxKind *unit = hx_catalogue_kind (catalogue, "unit");
  const HxField *parent = unit != NULL ? hx_kind_field (unit, "parent") : NULL;
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *sql = NULL;
  HxStatement *statement;
  HxStep step;

  if (parent == NULL)
    {
      g_array_append_val (units, unit_id);
      return g_steal_pointer (&units);
    }
  sql = g_strdup_printf ("WITH RECURSIVE below (id) AS (SELECT ?2 UNION"
                         " SELECT u.id FROM %s u JOIN below b"
                         " ON u.bureau_id = ?1 AND u.\"%s\" = b.id)"
                         " SELECT id FROM below ORDER BY id",
                         unit->table, hx_field_column (parent));
  if ((statement = hx_statement (connection, sql, error)) == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, unit_id);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const gint64 id = hx_column_integer (statement, 0);

      g_array_append_val (units, id);
    }
  hx_statement_reset (statement);
  return step == HX_STEP_DONE ? g_steal_pointer (&units) : NULL;
}

HxIdentity *
hx_identity_new (HxConnection *connection, HxCatalogue *catalogue,
                 gint64 user_id, GError **error)
{
  g_autoptr (HxAccount) account = hx_account_load (connection, user_id, error);
  g_autoptr (HxIdentity) identity = g_new0 (HxIdentity, 1);

  identity->references = 1;
  identity->catalogue = hx_catalogue_ref (catalogue);
  if (account == NULL)
    return NULL;
  if (account->disabled)
    {
      hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这个账号已停用"), account->login,
               NULL);
      return NULL;
    }
  identity->user_id = account->id;
  identity->login = g_steal_pointer (&account->login);
  identity->name = g_steal_pointer (&account->name);
  identity->roles = account->roles;
  identity->must_change = account->must_change;
  identity->unit_id = account->unit_id;
  if (identity->unit_id == 0)
    return g_steal_pointer (&identity);
  identity->unit_name = hx_unit_name (connection, identity->unit_id, error);
  identity->units
      = identity->unit_name != NULL
            ? read_units (connection, catalogue, identity->unit_id, error)
            : NULL;
  return identity->units != NULL ? g_steal_pointer (&identity) : NULL;
}

gboolean
hx_identity_has (const HxIdentity *identity, HxUserRoles roles)
{
  return (identity->roles & roles) != 0;
}

gboolean
hx_identity_may (const HxIdentity *identity, HxAct act, const HxKind *kind)
{
  if (identity->reads_only && act != HX_ACT_READ && act != HX_ACT_EXPORT)
    return FALSE;
  return hx_identity_has (identity,
                          hx_catalogue_may (identity->catalogue, act, kind));
}

gboolean
hx_identity_sees (const HxIdentity *identity, const HxKind *kind,
                  const HxField *field)
{
  return hx_identity_has (identity,
                          hx_catalogue_sees (identity->catalogue, kind, field));
}

gboolean
hx_identity_changes (const HxIdentity *identity, const HxKind *kind,
                     const HxField *field)
{
  return hx_identity_sees (identity, kind, field)
         && hx_identity_may (identity, HX_ACT_WRITE, kind);
}

gboolean
hx_identity_unmasks (const HxIdentity *identity, const HxKind *kind,
                     const HxField *field)
{
  return !identity->reads_only
         && hx_identity_has (
             identity, hx_catalogue_unmasks (identity->catalogue, kind, field));
}

/* -------------------------------------------------------------------- scope */

static gboolean
keeps_unit (const HxKind *kind)
{
  return kind->unit != NULL || kind->unit_from != NULL;
}

static gboolean
has_unit (const HxIdentity *identity, gint64 unit_id)
{
  const GArray *units = identity->units;
  guint low = 0;
  guint high = units->len;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;
      const gint64 found = g_array_index (units, gint64, middle);

      if (found == unit_id)
        return TRUE;
      if (found < unit_id)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

void
hx_identity_where (const HxIdentity *identity, const HxKind *kind,
                   HxWhere *where, const char *alias)
{
  GString *text = hx_where_text (where);

  if (identity->units == NULL || !keeps_unit (kind))
    return;
  g_string_append_printf (text, " AND %s.unit_id IN (", alias);
  for (guint i = 0; i < identity->units->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (identity->units, gint64, i));
  g_string_append_c (text, ')');
}

gboolean
hx_identity_reaches (const HxIdentity *identity, const HxRow *row)
{
  return identity->units == NULL || !keeps_unit (row->kind)
         || has_unit (identity, row->unit_id);
}

gboolean
hx_identity_unit (const HxIdentity *identity, gint64 *unit_id, GError **error)
{
  if (*unit_id == 0)
    *unit_id = identity->unit_id;
  if (identity->units == NULL || has_unit (identity, *unit_id))
    return TRUE;
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这个机构"), NULL,
                  _ ("只能看自己机构和下属机构的内容"));
}

/* ------------------------------------------------------------------- values */

HxAudience
hx_identity_audience (const HxIdentity *identity)
{
  return hx_identity_has (identity, hx_catalogue_names (identity->catalogue))
             ? HX_AUDIENCE_INSIDE
             : HX_AUDIENCE_OUTSIDE;
}

char *
hx_identity_value (const HxIdentity *identity, HxConnection *connection,
                   const HxRow *row, const HxField *field, GError **error)
{
  if (!hx_identity_sees (identity, row->kind, field))
    return NULL;
  return hx_value_display (connection, row, field,
                           hx_identity_audience (identity), error);
}
