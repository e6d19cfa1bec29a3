/* Voiding: nothing is deleted, and nothing that is used is voided. */
#include "ledger/ledger_internal.h"

static gboolean
count_users (HxLedger *ledger, const HxKind *user, const HxField *field,
             gint64 id, gint64 *count, GError **error)
{
  gboolean named = field->type == HX_FIELD_ATTENDEES;
  g_autofree char *sql = hx_sql_users (user, field);
  g_autofree char *mark = g_strdup_printf ("%%,%ld,%%", (long)id);
  HxStatement *statement = hx_statement (ledger->connection, sql, error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  if (named)
    hx_bind_text (statement, 2, mark, -1);
  else
    hx_bind_integer (statement, 2, id);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    *count = hx_column_integer (statement, 0);
  hx_statement_reset (statement);
  return step == HX_STEP_ROW;
}

static gboolean
kind_lets_go (HxLedger *ledger, const HxKind *user, const HxRow *row,
              GError **error)
{
  for (guint i = 0; i < user->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (user->fields, i);
      gint64 count = 0;

      if (field->target != row->kind)
        continue;
      if (!count_users (ledger, user, field, row->id, &count, error))
        return FALSE;
      if (count > 0)
        return hx_failf (error, HX_ERROR_CONFLICT,
                         _ ("还有 %ld 行%s用到它，不能作废: %s %ld"),
                         (long)count, user->name, row->kind->name,
                         (long)row->id);
    }
  return TRUE;
}

static gboolean
is_unused (HxLedger *ledger, const HxRow *row, GError **error)
{
  const GPtrArray *kinds = hx_catalogue_kinds (ledger->catalogue);

  for (guint i = 0; i < kinds->len; i++)
    if (!kind_lets_go (ledger, g_ptr_array_index (kinds, i), row, error))
      return FALSE;
  return TRUE;
}

gboolean
hx_ledger_void (HxLedger *ledger, const HxKind *kind, gint64 id,
                const char *reason, GError **error)
{
  HxKindState *state = hx_ledger_kind (ledger, kind, error);
  g_autofree char *text = hx_text_trim (reason != NULL ? reason : "");
  g_autoptr (HxRow) row = NULL;

  if (state == NULL)
    return FALSE;
  if (*text == '\0')
    return hx_fail (error, HX_ERROR_DATA, _ ("作废要写明原因"), kind->name,
                    NULL);
  row = hx_row_new (kind);
  if (!hx_row_load (ledger->connection, row, id, error)
      || !hx_ledger_stored (ledger, state, id, error))
    return FALSE;
  if (row->is_void)
    return hx_fail (error, HX_ERROR_CONFLICT, _ ("这一行已经作废"), kind->name,
                    NULL);
  if (kind->is_register && !is_unused (ledger, row, error))
    return FALSE;
  row->is_void = TRUE;
  return hx_ledger_write (ledger, state, row, state->stored, text, error);
}
