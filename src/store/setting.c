/* Settings of the bureau. */
#include "store/store.h"

char *
hx_setting_get (HxConnection *connection, const char *key, GError **error)
{
  HxStatement *statement = hx_statement (connection,
                                         "SELECT value FROM setting"
                                         " WHERE bureau_id = ?1 AND key = ?2",
                                         error);
  char *value = NULL;

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, key, -1);
  if (hx_step (statement, error) == HX_STEP_ROW)
    value = g_strdup (hx_column_text (statement, 0));
  hx_statement_reset (statement);
  return value;
}

gboolean
hx_setting_set (HxConnection *connection, const char *key, const char *value,
                GError **error)
{
  HxStatement *statement
      = hx_statement (connection,
                      "INSERT INTO setting (bureau_id, key, value)"
                      " VALUES (?1, ?2, ?3)"
                      " ON CONFLICT (bureau_id, key)"
                      " DO UPDATE SET value = excluded.value",
                      error);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, key, -1);
  hx_bind_text (statement, 3, value, -1);
  return hx_step_done (statement, error);
}
