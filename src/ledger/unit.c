/* Units by id and by name. */
#include "ledger/ledger_internal.h"

char *
hx_unit_name (HxConnection *connection, gint64 unit_id, GError **error)
{
  HxStatement *statement;
  char *name = NULL;
  HxStep step;

  if (unit_id == 0)
    return NULL;
  statement = hx_statement (connection,
                            "SELECT name FROM reg_unit WHERE bureau_id = ?1"
                            " AND id = ?2",
                            error);
  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, unit_id);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    name = g_strdup (hx_column_text (statement, 0));
  hx_statement_reset (statement);
  if (step != HX_STEP_DONE)
    return name;
  hx_failf (error, HX_ERROR_NOT_FOUND, _ ("没有编号 %ld 的机构"),
            (long)unit_id);
  return NULL;
}

/* 1 found, 0 not, -1 with *error. */
static int
find_unit (HxConnection *connection, const HxField *field, const char *text,
           gint64 *unit_id, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT id FROM reg_unit WHERE bureau_id = ?1 AND \"%s\" = ?2"
      " AND void = 0 ORDER BY id LIMIT 1",
      hx_field_column (field));
  HxStatement *statement = hx_statement (connection, sql, error);
  HxStep step;

  if (statement == NULL)
    return -1;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, text, -1);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    *unit_id = hx_column_integer (statement, 0);
  hx_statement_reset (statement);
  return step;
}

gboolean
hx_unit_find (HxConnection *connection, const HxKind *kind, const char *text,
              gint64 *unit_id, GError **error)
{
  g_autofree char *name = hx_text_trim (text);

  for (guint i = 0; i < kind->refer_by->len; i++)
    {
      const HxField *field = kind->refer_by->pdata[i];
      int found = hx_field_type_is_integer (field->type)
                      ? 0
                      : find_unit (connection, field, name, unit_id, error);

      if (found != 0)
        return found > 0;
    }
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这个机构"), name,
                  _ ("写机构的名称或编号"));
}
