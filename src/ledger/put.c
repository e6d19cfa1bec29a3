/* Putting a row: find the row of the same identity, then add, change or leave.
 *
 * Checking, finding and putting one row ask for the stored row each; the
 * answer stays in state->stored until another identity is asked for or a row
 * of the kind is written. */
#include "ledger/history_internal.h"
#include "ledger/lock_internal.h"

/* state->stored may hold a row that was looked at after the one meant. */
static gboolean
stored_is (HxLedger *ledger, HxKindState *state, gint64 id, GError **error)
{
  if (state->stored->id == id)
    return TRUE;
  hx_row_clear (state->stored);
  return id == 0 || hx_row_load (ledger->connection, state->stored, id, error);
}

/* A living row goes before void ones. */
static gboolean
find_by_index (HxLedger *ledger, HxKindState *state, const HxRow *row,
               gint64 except, GError **error)
{
  gint64 ident = hx_row_ident (ledger->ident, row);
  HxStatement *find
      = hx_kind_statement (ledger, state, &state->find, hx_sql_find, error);
  gint64 id = 0;
  HxStep step;

  if (find == NULL)
    return FALSE;
  hx_row_clear (state->stored);
  hx_bind_integer (find, 1, HX_BUREAU_ID);
  hx_bind_integer (find, 2, ident);
  while ((step = hx_step (find, error)) == HX_STEP_ROW)
    {
      if (id != 0 && hx_column_integer (find, 2) != 0)
        continue;
      hx_row_read (find, 0, state->stored);
      if (state->stored->id == except
          || !hx_row_same_identity (row, state->stored))
        continue;
      id = state->stored->id;
      if (!state->stored->is_void)
        break;
    }
  hx_statement_reset (find);
  return step != HX_STEP_ERROR && stored_is (ledger, state, id, error);
}

/* The rows of this write are known by heart: see bulk.c. */
static gboolean
find_in_bulk (HxLedger *ledger, HxKindState *state, const HxRow *row,
              gint64 except, GError **error)
{
  gint64 id = hx_bulk_find (state->bulk, hx_row_ident (ledger->ident, row));

  hx_row_clear (state->stored);
  if (id == 0)
    return TRUE;
  if (!hx_row_load (ledger->connection, state->stored, id, error))
    return FALSE;
  if (id != except && !state->stored->is_void
      && hx_row_same_identity (row, state->stored))
    return TRUE;
  return find_by_index (ledger, state, row, except, error);
}

gboolean
hx_ledger_find_stored (HxLedger *ledger, HxKindState *state, const HxRow *row,
                       gint64 except, GError **error)
{
  hx_row_ident (ledger->ident, row);
  if (state->found_serial == ledger->ident->serial
      && state->found_except == except)
    return TRUE;
  state->found_serial = 0;
  if (!(state->bulk != NULL ? find_in_bulk : find_by_index) (ledger, state, row,
                                                             except, error))
    return FALSE;
  state->found_serial = ledger->ident->serial;
  state->found_except = except;
  return TRUE;
}

gboolean
hx_ledger_find (HxLedger *ledger, HxRow *row, GError **error)
{
  HxKindState *state = hx_ledger_kind (ledger, row->kind, error);

  if (state == NULL || !hx_ledger_find_stored (ledger, state, row, 0, error))
    return FALSE;
  row->id = state->stored->id;
  return TRUE;
}

gboolean
hx_ledger_stored (HxLedger *ledger, HxKindState *state, gint64 id,
                  GError **error)
{
  state->found_serial = 0;
  return hx_row_load (ledger->connection, state->stored, id, error);
}

/* ----------------------------------------------------------------- writing */

static const char *
describe (HxLedger *ledger, const HxRow *row, const HxRow *before,
          const char *reason)
{
  const char *action = row->is_void ? "void" : "restore";

  g_string_truncate (ledger->before, 0);
  if (reason != NULL)
    {
      g_string_printf (ledger->after, "{\"%s\":", action);
      hx_json_append_string (ledger->after, reason);
      g_string_append_c (ledger->after, '}');
      return action;
    }
  hx_log_values (ledger->after, row, before);
  if (before == NULL)
    return "add";
  hx_log_values (ledger->before, before, row);
  return "change";
}

/* What is kept beside the row and its entry. */
static gboolean
keep_written (HxLedger *ledger, HxKindState *state, const HxRow *row,
              const HxRow *before, GError **error)
{
  return hx_history_keep (ledger, row, row->seq, FALSE, error)
         && (state->bulk == NULL
             || hx_bulk_add (ledger, state, hx_row_ident (ledger->ident, row),
                             row, error))
         && hx_ledger_index (ledger, state, before, row, error)
         && hx_spend_end (ledger, before, row, error);
}

gboolean
hx_ledger_write (HxLedger *ledger, HxKindState *state, HxRow *row,
                 const HxRow *before, const char *reason, GError **error)
{
  HxStatement *statement
      = before == NULL ? hx_kind_statement (ledger, state, &state->insert,
                                            hx_sql_insert, error)
                       : hx_kind_statement (ledger, state, &state->update,
                                            hx_sql_update, error);
  const char *action;

  if (statement == NULL || !hx_spend_begin (ledger, before, row, error))
    return FALSE;
  row->id
      = before == NULL ? hx_kind_next_id (ledger, state, error) : before->id;
  if (row->id == 0
      || !hx_row_seal (ledger->connection, row, before, ledger->frame, error))
    return FALSE;
  action = describe (ledger, row, before, reason);
  hx_history_mark (ledger, FALSE);
  if (!hx_lock_pass (ledger, before, row, error))
    return FALSE;
  row->version = before == NULL ? 1 : before->version + 1;
  row->definition = state->kind->version;
  row->seq = ledger->seq + 1;
  state->found_serial = 0;
  hx_row_bind (statement, row, hx_row_ident (ledger->ident, row));
  if (!hx_step_done (statement, error)
      || !hx_log_write (ledger, action, row, error)
      || !keep_written (ledger, state, row, before, error))
    return FALSE;
  hx_ledger_twin_add (state, row);
  hx_lookup_forget (state);
  if (ledger->watcher.changed == NULL)
    return TRUE;
  return ledger->watcher.changed (ledger->watcher.data, before, row, error);
}

static gboolean
same_values (const HxRow *a, const HxRow *b)
{
  for (guint i = 0; i < a->kind->fields->len; i++)
    if (!hx_value_equal (g_ptr_array_index (a->kind->fields, i), &a->values[i],
                         &b->values[i]))
      return FALSE;
  return TRUE;
}

/* What belongs to the past alone is no change of the row. */
static gboolean
put_planned (HxLedger *ledger, HxKindState *state, HxRow *row,
             HxPutOutcome *outcome, GError **error)
{
  gboolean of_past = hx_history_plans (ledger, TRUE);
  gboolean is_same = same_values (row, state->stored);

  *outcome = of_past || !is_same ? HX_PUT_CHANGED : HX_PUT_UNCHANGED;
  if (is_same)
    hx_row_copy_system (row, state->stored);
  else if (!hx_row_find_unit (ledger, row, error)
           || !hx_ledger_write (ledger, state, row, state->stored, NULL, error))
    return FALSE;
  return !of_past || hx_history_write (ledger, row, error);
}

static gboolean
has_begun (const HxRow *row)
{
  const HxField *since = row->kind->since;

  return since == NULL || !row->values[since->index].filled
         || row->values[since->index].integer
                <= hx_date_number (hx_date_today ());
}

/* Fixed fields keep what they hold; those that are empty may be filled.  Before
 * a row begins nothing is fixed yet; having begun is for good. */
static gboolean
keeps_fixed (const HxRow *row, const HxRow *stored, HxFaults *faults)
{
  const gboolean begins_again = !has_begun (row);
  gboolean keeps = TRUE;

  if (!has_begun (stored))
    return TRUE;

  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (row->kind->fields, i);
      g_autofree char *held = NULL;

      if (!field->fixed || !stored->values[i].filled
          || (!begins_again
              && hx_value_equal (field, &row->values[i], &stored->values[i])))
        continue;
      held = field->secret ? g_strdup ("＊")
                           : hx_field_class (field->type)
                                 ->format (field, &stored->values[i]);
      hx_faults_take (faults,
                      g_strdup_printf (_ ("%s: 已登记为 %s，不能改动：%s"),
                                       field->name, held,
                                       field->instead != NULL
                                           ? field->instead
                                           : _ ("登记错了的，作废后另行登记")));
      keeps = FALSE;
    }
  return keeps;
}

/* A change that changes nothing meets no lock. */
static gboolean
is_open (HxLedger *ledger, const HxRow *row, const HxRow *stored,
         HxFaults *faults)
{
  return same_values (row, stored)
         || !hx_row_is_locked (ledger, stored, row, faults);
}

static gboolean
put_known (HxLedger *ledger, HxKindState *state, HxRow *row, const guint8 *set,
           HxPutOutcome *outcome, GError **error)
{
  gboolean done = hx_history_plan (ledger, state->stored, row, set, error)
                  && put_planned (ledger, state, row, outcome, error);

  g_array_set_size (ledger->dated, 0);
  return done;
}

void
hx_row_keep_unset (HxRow *row, const HxRow *stored, const guint8 *set)
{
  if (set == NULL)
    return;
  for (guint i = 0; i < row->kind->fields->len; i++)
    if (set[i] == 0)
      hx_value_copy (row, i, &stored->values[i]);
}

/* No second row for somebody who is kept with a known bad number. */
static gboolean
put_new (HxLedger *ledger, HxKindState *state, HxRow *row,
         HxPutOutcome *outcome, HxFaults *faults, GError **error)
{
  gint64 twin;

  if (hx_row_is_locked (ledger, NULL, row, faults))
    {
      *outcome = HX_PUT_REFUSED;
      return TRUE;
    }
  if (!hx_ledger_twin (ledger, state, row, &twin, error))
    return FALSE;
  if (twin == 0)
    {
      *outcome = HX_PUT_NEW;
      row->is_void = FALSE;
      return hx_row_find_unit (ledger, row, error)
             && hx_ledger_write (ledger, state, row, NULL, NULL, error);
    }
  *outcome = HX_PUT_REFUSED;
  hx_faults_take (
      faults, g_strdup_printf (
                  _ ("%s: 编号 %ld 与此人同名、同出生日期，登记的身份证号存疑；"
                     "是同一人，就更正那一行的号码并清空存疑原因；"
                     "确是另一人，就写上存疑原因一起登记，核实后清空"),
                  row->kind->name, (long)twin));
  return TRUE;
}

gboolean
hx_ledger_put (HxLedger *ledger, HxRow *row, const guint8 *set,
               HxPutOutcome *outcome, HxFaults *faults, GError **error)
{
  HxKindState *state = hx_ledger_kind (ledger, row->kind, error);

  if (state == NULL || !hx_ledger_find_stored (ledger, state, row, 0, error))
    return FALSE;
  if (state->stored->id == 0)
    return put_new (ledger, state, row, outcome, faults, error);
  row->id = state->stored->id;
  if (state->stored->is_void)
    {
      *outcome = HX_PUT_REFUSED;
      hx_faults_take (faults,
                      g_strdup_printf (_ ("%s: 这一行已经作废，编号 %ld"),
                                       row->kind->name, (long)row->id));
      return TRUE;
    }
  hx_row_keep_unset (row, state->stored, set);
  if (!keeps_fixed (row, state->stored, faults)
      || !is_open (ledger, row, state->stored, faults))
    {
      *outcome = HX_PUT_REFUSED;
      return TRUE;
    }
  return put_known (ledger, state, row, set, outcome, error);
}

/* One byte a field: is it another than the stored? */
static guint8 *
differing (const HxRow *row, const HxRow *stored)
{
  guint8 *set = g_new0 (guint8, MAX (row->kind->fields->len, 1));

  for (guint i = 0; i < row->kind->fields->len; i++)
    set[i] = !hx_value_equal (g_ptr_array_index (row->kind->fields, i),
                              &row->values[i], &stored->values[i]);
  return set;
}

gboolean
hx_ledger_change (HxLedger *ledger, HxRow *row, HxFaults *faults,
                  GError **error)
{
  return hx_ledger_change_fields (ledger, row, NULL, faults, error);
}

gboolean
hx_ledger_change_fields (HxLedger *ledger, HxRow *row, const guint8 *set,
                         HxFaults *faults, GError **error)
{
  g_autofree guint8 *differs = NULL;
  HxKindState *state = hx_ledger_kind (ledger, row->kind, error);
  HxPutOutcome outcome;

  if (state == NULL
      || !hx_ledger_find_stored (ledger, state, row, row->id, error))
    return FALSE;
  if (state->stored->id != 0 && !state->stored->is_void)
    {
      hx_faults_take (
          faults, g_strdup_printf (_ ("%s: 已有另一行与它相同，编号 %ld"),
                                   row->kind->name, (long)state->stored->id));
      return FALSE;
    }
  if (!hx_ledger_stored (ledger, state, row->id, error))
    return FALSE;
  if (state->stored->is_void)
    {
      hx_faults_take (faults,
                      g_strdup_printf (_ ("%s: 这一行已经作废，编号 %ld"),
                                       row->kind->name, (long)row->id));
      return FALSE;
    }
  if (!keeps_fixed (row, state->stored, faults)
      || !is_open (ledger, row, state->stored, faults))
    return FALSE;
  if (set == NULL)
    set = differs = differing (row, state->stored);
  return put_known (ledger, state, row, set, &outcome, error);
}
