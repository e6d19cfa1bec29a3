#include "ledger/approval.h"
#include "ledger/edit_internal.h"

static void
fault_free (gpointer data)
{
  HxEditFault *fault = data;

  g_free (fault->text);
  g_free (fault);
}

static void
meanwhile_free (gpointer data)
{
  HxMeanwhile *meanwhile = data;

  g_free (meanwhile->at);
  g_free (meanwhile->actor);
  g_free (meanwhile->was);
  g_free (meanwhile->is);
  g_free (meanwhile);
}

HxEdit *
hx_edit_new (const HxKind *kind, gint64 id)
{
  HxEdit *edit = g_new0 (HxEdit, 1);

  edit->kind = kind;
  edit->id = id;
  edit->cells = g_new0 (char *, kind->fields->len + 1);
  edit->faults = g_ptr_array_new_with_free_func (fault_free);
  edit->meanwhile = g_ptr_array_new_with_free_func (meanwhile_free);
  edit->alike = g_array_new (FALSE, FALSE, sizeof (gint64));
  edit->warnings = g_ptr_array_new_with_free_func (g_free);
  return edit;
}

void
hx_edit_free (HxEdit *edit)
{
  if (edit == NULL)
    return;
  for (guint i = 0; i < edit->kind->fields->len; i++)
    g_free (edit->cells[i]);
  g_free (edit->cells);
  g_ptr_array_unref (edit->faults);
  g_ptr_array_unref (edit->meanwhile);
  g_array_unref (edit->alike);
  g_ptr_array_unref (edit->warnings);
  g_free (edit);
}

void
hx_edit_cell (HxEdit *edit, const HxField *field, const char *text)
{
  g_free (edit->cells[field->index]);
  edit->cells[field->index] = g_strdup (text);
}

/* ------------------------------------------------------------------ faults */

void
hx_edit_fault (HxEdit *edit, const HxField *field, const char *text)
{
  HxEditFault *fault = g_new0 (HxEditFault, 1);

  fault->field = field;
  fault->text = g_strdup (text);
  g_ptr_array_add (edit->faults, fault);
}

char *
hx_edit_fault_of (const HxEdit *edit, const HxField *field)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < edit->faults->len; i++)
    {
      const HxEditFault *fault = edit->faults->pdata[i];

      if (fault->field == field)
        g_string_append_printf (out, "%s%s", out->len > 0 ? "；" : "",
                                fault->text);
    }
  return out->len > 0 ? g_strdup (out->str) : NULL;
}

/* "走访日期: 必须填写" is of the field 走访日期. */
static const HxField *
field_of (const HxKind *kind, const char *sentence, const char **rest)
{
  const char *colon = strstr (sentence, ": ");

  for (guint i = 0; colon != NULL && i < kind->fields->len; i++)
    {
      const HxField *field = kind->fields->pdata[i];

      if (strlen (field->name) != (gsize)(colon - sentence)
          || !g_str_has_prefix (sentence, field->name))
        continue;
      *rest = colon + strlen (": ");
      return field;
    }
  *rest = sentence;
  return NULL;
}

void
hx_edit_take_faults (HxEdit *edit, const HxFaults *faults)
{
  for (guint i = 0; faults->faults != NULL && i < faults->faults->len; i++)
    {
      const char *rest;
      const HxField *field
          = field_of (edit->kind, faults->faults->pdata[i], &rest);

      hx_edit_fault (edit, field, rest);
    }
}

/* ------------------------------------------------------------------- alike */

static gboolean
find_alike (HxLedger *ledger, HxEdit *edit, const HxRow *row, GError **error)
{
  const HxField *of = row->kind->of_field;
  const HxField *date = row->kind->date;
  g_autofree char *sql = NULL;
  HxStatement *statement;
  HxStep step;

  if (!edit->asks_alike || of == NULL || date == NULL
      || !row->values[of->index].filled || !row->values[date->index].filled)
    return TRUE;
  sql = g_strdup_printf ("SELECT id FROM %s WHERE bureau_id = ?1"
                         " AND \"%s\" = ?2 AND day = ?3 AND void = 0"
                         " ORDER BY id LIMIT 10",
                         row->kind->table, hx_field_column (of));
  statement = hx_statement (ledger->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, row->values[of->index].integer);
  hx_bind_text (statement, 3, row->values[date->index].text, -1);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const gint64 id = hx_column_integer (statement, 0);

      g_array_append_val (edit->alike, id);
    }
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

/* ------------------------------------------------------------------- write */

static gboolean
is_reached (const HxEdit *edit, const HxRow *row)
{
  return edit->reaches == NULL || edit->reaches (edit->reach, row);
}

/* The row as it will be must stay within reach. */
static gboolean
stays_reached (HxLedger *ledger, HxEdit *edit, HxRow *row, GError **error)
{
  if (edit->reaches == NULL || edit->faults->len > 0)
    return TRUE;
  if (!hx_row_find_unit (ledger, row, error))
    return FALSE;
  if (!is_reached (edit, row))
    hx_edit_fault (edit, row->kind->unit,
                   _ ("这一行不属于您所在的机构，请由那个机构或上级登记"));
  return TRUE;
}

static gboolean
check_row (HxLedger *ledger, HxEdit *edit, HxRow *row, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { .faults = list };
  g_autoptr (GError) failed = NULL;

  if (!hx_row_check (ledger, row, NULL, &faults, &failed) && failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  hx_edit_take_faults (edit, &faults);
  return stays_reached (ledger, edit, row, error);
}

static gboolean
put_new (HxLedger *ledger, HxEdit *edit, HxRow *row, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { .faults = list };

  if (!hx_ledger_put (ledger, row, NULL, &edit->outcome, &faults, error))
    return FALSE;
  hx_edit_take_faults (edit, &faults);
  if (edit->outcome == HX_PUT_CHANGED || edit->outcome == HX_PUT_UNCHANGED)
    {
      g_autofree char *text = g_strdup_printf (
          _ ("已经有这一条，编号 %ld；要改就打开它来改"), (long)row->id);

      edit->same = row->id;
      hx_edit_fault (edit, NULL, text);
    }
  edit->is_done = edit->outcome == HX_PUT_NEW;
  return TRUE;
}

static gboolean
add_row (HxLedger *ledger, HxEdit *edit, HxRow *row, GError **error)
{
  for (guint i = 0; i < edit->kind->fields->len; i++)
    if (edit->cells[i] != NULL
        && !hx_edit_set (ledger, row, edit, edit->kind->fields->pdata[i],
                         error))
      return FALSE;
  if (!check_row (ledger, edit, row, error)
      || (edit->faults->len == 0 && !find_alike (ledger, edit, row, error)))
    return FALSE;
  if (edit->faults->len > 0 || edit->alike->len > 0)
    return TRUE;
  return put_new (ledger, edit, row, error);
}

/* *set: one byte a field, those whose cell says something else. */
static gboolean
set_changed (HxLedger *ledger, HxEdit *edit, HxRow *row, guint8 *set,
             GError **error)
{
  for (guint i = 0; i < edit->kind->fields->len; i++)
    {
      const HxField *field = edit->kind->fields->pdata[i];
      g_autofree char *held = NULL;

      if (edit->cells[i] == NULL)
        continue;
      held = hx_value_cell (ledger->connection, row, field, error);
      if (held == NULL)
        return FALSE;
      if (g_str_equal (held, edit->cells[i]))
        continue;
      set[i] = 1;
      if (!hx_edit_set (ledger, row, edit, field, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_changed (HxLedger *ledger, HxEdit *edit, HxRow *row, const guint8 *set,
             GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { .faults = list };
  g_autoptr (GError) failed = NULL;
  const gint64 seq = ledger->seq;

  edit->is_done = hx_ledger_change_fields (ledger, row, set, &faults, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  hx_edit_take_faults (edit, &faults);
  edit->outcome = ledger->seq > seq ? HX_PUT_CHANGED : HX_PUT_UNCHANGED;
  return TRUE;
}

static gboolean
is_any (const guint8 *set, guint n)
{
  for (guint i = 0; i < n; i++)
    if (set[i] != 0)
      return TRUE;
  return FALSE;
}

/* Nothing that differs is nothing to check: the row may be older than its
 * rules. */
static gboolean
write_change (HxLedger *ledger, HxEdit *edit, HxRow *row, GError **error)
{
  const guint n = edit->kind->fields->len;
  g_autofree guint8 *set = g_new0 (guint8, MAX (n, 1));

  if (!hx_ledger_effect (ledger, &edit->effect, error)
      || !set_changed (ledger, edit, row, set, error))
    return FALSE;
  if (edit->faults->len == 0 && !is_any (set, n))
    {
      edit->outcome = HX_PUT_UNCHANGED;
      edit->is_done = TRUE;
      return TRUE;
    }
  if (!check_row (ledger, edit, row, error))
    return FALSE;
  return edit->faults->len > 0 || put_changed (ledger, edit, row, set, error);
}

static gboolean
change_row (HxLedger *ledger, HxEdit *edit, HxRow *row, GError **error)
{
  if (!hx_row_load (ledger->connection, row, edit->id, error))
    return FALSE;
  if (!is_reached (edit, row))
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这一行"),
                    row->kind->name, _ ("请核对编号"));
  if (edit->version != 0 && edit->version != row->version)
    return hx_edit_catch_up (ledger, edit, row, error);
  if (row->is_void)
    {
      hx_edit_fault (edit, NULL, _ ("这一行已经作废"));
      return TRUE;
    }
  return write_change (ledger, edit, row, error);
}

static void
take_result (HxLedger *ledger, HxEdit *edit, const HxRow *row)
{
  const GPtrArray *warnings = hx_ledger_warnings (ledger, NULL);

  edit->id = row->id;
  edit->version = row->version;
  for (guint i = 0; i < warnings->len; i++)
    g_ptr_array_add (edit->warnings, g_strdup (warnings->pdata[i]));
}

static void
forget_results (HxEdit *edit)
{
  g_ptr_array_set_size (edit->faults, 0);
  g_ptr_array_set_size (edit->meanwhile, 0);
  g_ptr_array_set_size (edit->warnings, 0);
  g_array_set_size (edit->alike, 0);
  edit->is_stale = edit->is_done = FALSE;
  edit->same = 0;
}

gboolean
hx_edit_run (HxLedger *ledger, gpointer data, GError **error)
{
  HxEdit *edit = data;
  g_autoptr (HxRow) row = hx_row_new (edit->kind);

  forget_results (edit);
  if (!(edit->id == 0 ? add_row : change_row) (ledger, edit, row, error))
    return FALSE;
  if (edit->faults->len > 0)
    edit->is_done = FALSE;
  if (!edit->is_done)
    {
      hx_write_discard (ledger->connection);
      return TRUE;
    }
  take_result (ledger, edit, row);
  return edit->outcome == HX_PUT_UNCHANGED
         || hx_ledger_submit (ledger, edit->kind, edit->id, error);
}
