/* Batches and attendances as they are stored. */
#include "people/batch_internal.h"

HxStatement *
hx_batch_rows_of_year (HxConnection *connection, const HxKind *kind, int year,
                       GError **error)
{
  g_autofree char *columns = hx_row_columns (kind, NULL);
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s FROM %s WHERE bureau_id = ?1 AND void = 0"
      " AND day >= '%04d-01-01' AND day <= '%04d-12-31' ORDER BY day, id",
      columns, kind->table, year, year);
  HxStatement *statement = hx_statement_new (connection, sql, error);
  if (statement != NULL)
    hx_bind_integer (statement, 1, HX_BUREAU_ID);
  return statement;
}

HxStatement *
hx_batch_rows_of_batch (HxConnection *connection, const HxBatchPlan *plan,
                        gint64 batch, GError **error)
{
  g_autofree char *columns = hx_row_columns (plan->attendance, NULL);
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s FROM %s WHERE bureau_id = ?1 AND \"%s\" = ?2 AND void = 0"
      " ORDER BY id",
      columns, plan->attendance->table, hx_field_column (plan->of_batch));
  HxStatement *statement = hx_statement_new (connection, sql, error);
  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, batch);
  return statement;
}

const char *
hx_batch_code (const HxRow *row, const HxField *field)
{
  const HxValue *value = &row->values[field->index];
  return value->filled ? value->text : "";
}

static gint64
integer_of (const HxRow *row, const HxField *field)
{
  return field != NULL && row->values[field->index].filled
             ? row->values[field->index].integer
             : 0;
}

/* ---------------------------------------------------------------- standing */

static HxBatchStanding
standing_of (const HxBatchPlan *plan, const HxRow *row, gint32 as_of)
{
  const char *result = hx_batch_code (row, plan->result);
  if (g_str_equal (result, plan->attended->code))
    return HX_BATCH_ATTENDED;
  if (g_str_equal (result, plan->absent->code))
    return HX_BATCH_MISSED;
  if (!g_str_equal (result, plan->planned->code))
    return HX_BATCH_SETTLED;
  return hx_row_day (row) < as_of ? HX_BATCH_MISSED : HX_BATCH_PLANNED;
}

static HxBatchState *
state_of (GHashTable *states, gint64 person)
{
  HxBatchState *state = g_hash_table_lookup (states, &person);
  if (state != NULL)
    return state;
  state = g_new0 (HxBatchState, 1);
  state->person = person;
  state->standing = HX_BATCH_MISSED;
  g_hash_table_insert (states, &state->person, state);
  return state;
}

/* The enumeration is in the order in which one goes before another. */
static void
add_attendance (GHashTable *states, const HxBatchPlan *plan, const HxRow *row,
                gint32 as_of)
{
  HxBatchState *state = state_of (states, integer_of (row, plan->person));
  const HxBatchStanding standing = standing_of (plan, row, as_of);
  state->standing = MIN (state->standing, standing);
  if (standing != HX_BATCH_MISSED || hx_row_day (row) < state->day)
    return;
  state->batch = integer_of (row, plan->of_batch);
  state->day = hx_row_day (row);
  state->is_noted
      = g_str_equal (hx_batch_code (row, plan->result), plan->absent->code);
}

GHashTable *
hx_batch_states (HxConnection *connection, const HxBatchPlan *plan, int year,
                 HxDate as_of, GError **error)
{
  g_autoptr (HxStatement) statement
      = hx_batch_rows_of_year (connection, plan->attendance, year, error);
  g_autoptr (HxRow) row = hx_row_new (plan->attendance);
  g_autoptr (GHashTable) states
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  HxStep step = HX_STEP_ERROR;
  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      hx_row_read (statement, 0, row);
      add_attendance (states, plan, row, hx_date_number (as_of));
    }
  return step == HX_STEP_DONE ? g_steal_pointer (&states) : NULL;
}

/* ------------------------------------------------------------------- lines */

static void
line_free (gpointer data)
{
  HxBatchLine *line = data;
  g_free (line->number);
  g_free (line);
}

static HxBatchLine *
line_new (const HxBatchPlan *plan, const HxRow *row)
{
  HxBatchLine *line = g_new0 (HxBatchLine, 1);
  line->id = row->id;
  line->number
      = g_strdup (hx_batch_code (row, plan->batch->identity->pdata[0]));
  line->day = hx_row_day (row);
  line->hospital = integer_of (row, plan->hospital);
  line->places = (guint)integer_of (row, plan->places);
  line->is_held = !g_str_equal (hx_batch_code (row, plan->state),
                                plan->state_planned->code);
  return line;
}

static void
count_attendance (const HxBatchPlan *plan, HxBatchLine *line, const HxRow *row)
{
  const char *result = hx_batch_code (row, plan->result);
  const struct
  {
    const HxCode *code;
    guint *count;
  } counts[] = { { plan->planned, &line->planned },
                 { plan->attended, &line->attended },
                 { plan->absent, &line->absent } };
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (g_str_equal (result, counts[i].code->code))
      {
        ++*counts[i].count;
        return;
      }
  line->other++;
}

static gboolean
count_attendances (HxConnection *connection, const HxBatchPlan *plan, int year,
                   GHashTable *by_id, GError **error)
{
  g_autoptr (HxStatement) statement
      = hx_batch_rows_of_year (connection, plan->attendance, year, error);
  g_autoptr (HxRow) row = hx_row_new (plan->attendance);
  HxStep step = HX_STEP_ERROR;
  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      hx_row_read (statement, 0, row);
      const gint64 batch = integer_of (row, plan->of_batch);
      HxBatchLine *line = g_hash_table_lookup (by_id, &batch);
      if (line != NULL)
        count_attendance (plan, line, row);
    }
  return step == HX_STEP_DONE;
}

static int
compare_lines (gconstpointer first, gconstpointer second)
{
  const HxBatchLine *a = *(HxBatchLine *const *)first;
  const HxBatchLine *b = *(HxBatchLine *const *)second;
  return a->day != b->day ? (a->day > b->day) - (a->day < b->day)
                          : g_strcmp0 (a->number, b->number);
}

GPtrArray *
hx_batch_lines (HxConnection *connection, const HxBatchPlan *plan, int year,
                GError **error)
{
  g_autoptr (HxStatement) statement
      = hx_batch_rows_of_year (connection, plan->batch, year, error);
  g_autoptr (HxRow) row = hx_row_new (plan->batch);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  HxStep step = HX_STEP_ERROR;
  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      hx_row_read (statement, 0, row);
      HxBatchLine *line = line_new (plan, row);
      g_ptr_array_add (lines, line);
      g_hash_table_insert (by_id, &line->id, line);
    }
  if (step != HX_STEP_DONE
      || !count_attendances (connection, plan, year, by_id, error))
    return NULL;
  g_ptr_array_sort (lines, compare_lines);
  return g_steal_pointer (&lines);
}

/* What follows the last dash, without zeros before it. */
static const char *
short_number (const char *number)
{
  const char *dash = strrchr (number, '-');
  const char *text = dash != NULL ? dash + 1 : number;
  while (*text == '0')
    text++;
  return text;
}

const HxBatchLine *
hx_batch_line_find (const GPtrArray *lines, const char *number, GError **error)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_str_equal (((HxBatchLine *)lines->pdata[i])->number, number))
      return lines->pdata[i];
  for (guint i = 0; strchr (number, '-') == NULL && i < lines->len; i++)
    if (g_str_equal (short_number (((HxBatchLine *)lines->pdata[i])->number),
                     short_number (number)))
      return lines->pdata[i];
  hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这一年没有这个批次"), number,
           _ ("hongxia batch show 列出全部批次"));
  return NULL;
}

/* ------------------------------------------------------------------- seats */

static void
seat_free (gpointer data)
{
  HxBatchSeat *seat = data;
  hx_row_free (seat->attendance);
  hx_row_free (seat->person);
  g_free (seat);
}

/* Died, moved away or was taken out before the day, and nothing is known of
 * having come. */
static gboolean
is_gone (const HxBatchPlan *plan, const HxBatchSeat *seat)
{
  const HxField *field = plan->people->until;
  const HxValue *value
      = field != NULL ? &seat->person->values[field->index] : NULL;
  if (!g_str_equal (hx_batch_code (seat->attendance, plan->result),
                    plan->planned->code))
    return FALSE;
  if (seat->person->is_void)
    return TRUE;
  if (value == NULL || !value->filled)
    return FALSE;
  const gint64 until
      = value->integer % 100 != 0
            ? value->integer
            : value->integer + (value->integer % 10000 != 0 ? 31 : 1231);
  return until < hx_row_day (seat->attendance);
}

static int
compare_seats (gconstpointer first, gconstpointer second, gpointer data)
{
  const HxRow *a = (*(HxBatchSeat *const *)first)->person;
  const HxRow *b = (*(HxBatchSeat *const *)second)->person;
  const HxBatchPlan *plan = data;
  int order = (a->unit_id > b->unit_id) - (a->unit_id < b->unit_id);
  for (guint i = 0; order == 0 && i < plan->order->len; i++)
    order = strcmp (hx_batch_code (a, plan->order->pdata[i]),
                    hx_batch_code (b, plan->order->pdata[i]));
  return order != 0 ? order : (a->id > b->id) - (a->id < b->id);
}

static gboolean
add_seat (HxConnection *connection, const HxBatchPlan *plan,
          HxStatement *statement, GPtrArray *seats, GError **error)
{
  HxBatchSeat *seat = g_new0 (HxBatchSeat, 1);
  g_ptr_array_add (seats, seat);
  seat->attendance = hx_row_new (plan->attendance);
  seat->person = hx_row_new (plan->people);
  hx_row_read (statement, 0, seat->attendance);
  if (!hx_row_load (connection, seat->person,
                    integer_of (seat->attendance, plan->person), error))
    return FALSE;
  if (is_gone (plan, seat))
    g_ptr_array_set_size (seats, (int)seats->len - 1);
  return TRUE;
}

GPtrArray *
hx_batch_seats (HxConnection *connection, const HxBatchPlan *plan, gint64 batch,
                GError **error)
{
  g_autoptr (HxStatement) statement
      = hx_batch_rows_of_batch (connection, plan, batch, error);
  g_autoptr (GPtrArray) seats = g_ptr_array_new_with_free_func (seat_free);
  HxStep step = HX_STEP_ERROR;
  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    if (!add_seat (connection, plan, statement, seats, error))
      return NULL;
  if (step != HX_STEP_DONE)
    return NULL;
  g_ptr_array_sort_with_data (seats, compare_seats, (gpointer)(guintptr)plan);
  return g_steal_pointer (&seats);
}

/* ----------------------------------------------------------------- numbers */

gboolean
hx_batch_last_number (HxConnection *connection, const HxBatchPlan *plan,
                      int year, guint *number, GError **error)
{
  const HxField *field = plan->batch->identity->pdata[0];
  g_autofree char *prefix = g_strdup_printf ("%s%d-", plan->number, year);
  g_autofree char *sql
      = g_strdup_printf ("SELECT \"%s\" FROM %s WHERE bureau_id = ?1",
                         hx_field_column (field), plan->batch->table);
  HxStatement *statement = hx_statement (connection, sql, error);
  HxStep step = HX_STEP_ERROR;
  *number = 0;
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const char *text = hx_column_text (statement, 0);
      guint64 value = 0;
      if (text != NULL && g_str_has_prefix (text, prefix)
          && g_ascii_string_to_unsigned (text + strlen (prefix), 10, 0,
                                         G_MAXUINT / 2, &value, NULL))
        *number = MAX (*number, (guint)value);
    }
  hx_statement_reset (statement);
  return step == HX_STEP_DONE;
}
