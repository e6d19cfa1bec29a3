/* Rules of the catalogue as SQL over the tables of the kinds. */
#include "measure/verify_internal.h"

static char *
query_text (HxWhere *conditions, const HxKind *kind, const HxField *field,
            const char *more)
{
  g_autofree char *until
      = kind->until != NULL
            ? g_strdup_printf ("r.\"%s\"", hx_field_column (kind->until))
            : g_strdup ("NULL");
  g_autofree char *value
      = field != NULL ? g_strdup_printf ("r.\"%s\"", hx_field_column (field))
                      : g_strdup ("NULL");
  g_autofree char *people
      = field != NULL && field->type == HX_FIELD_ATTENDEES
            ? g_strdup_printf ("r.\"%s_people\"", field->key)
            : g_strdup ("NULL");

  return g_strdup_printf (
      "SELECT r.unit_id, r.day, %s, %s, %s FROM %s r%s"
      " WHERE r.bureau_id = ?1 AND r." HX_ALL_IDS " AND r.void = 0%s%s",
      until, value, people, kind->table, hx_where_joins (conditions)->str,
      hx_where_text (conditions)->str, more);
}

static HxStatement *
match (HxConnection *connection, const HxKind *kind, const HxField *field,
       const GPtrArray *where, const char *more, GError **error)
{
  g_autoptr (HxWhere) conditions = hx_where_new (3);
  g_autofree char *sql = NULL;
  HxStatement *statement;

  hx_where_conditions (conditions, "r", where);
  sql = query_text (conditions, kind, field, more);
  statement = hx_statement_new (connection, sql, error);
  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_where_bind (conditions, statement);
  return statement;
}

HxStatement *
hx_match_rows (HxConnection *connection, const HxIndicator *indicator,
               GError **error)
{
  return match (connection, indicator->kind, indicator->field, indicator->where,
                "", error);
}

HxStatement *
hx_match_base (HxConnection *connection, const HxIndicator *indicator,
               GError **error)
{
  return match (connection, indicator->base, NULL, indicator->base_where, "",
                error);
}

HxStatement *
hx_match_one (HxConnection *connection, const HxIndicator *indicator,
              GError **error)
{
  return match (connection, indicator->base, NULL, indicator->base_where,
                " AND r.id = ?2", error);
}
