/* Keeping the history: a change of a row is planned before it is written.
 *
 * The plan says for each dated field which period the new value goes into, and
 * whether the row shows it: what is put before a later change belongs to the
 * past alone.  The entry of the change log is written with the plan in its
 * text, then the periods are.
 */
#include "ledger/history_internal.h"

#include <jansson.h>

#define WHERE_ROW                                                              \
  " WHERE bureau_id = ?1 AND kind = ?2 AND row = ?3 AND field = ?4"

static const HxMigration migrations[] = {
  { 1, "CREATE TABLE history (bureau_id INTEGER NOT NULL,"
       " kind TEXT NOT NULL, row INTEGER NOT NULL, field TEXT NOT NULL,"
       " since TEXT NOT NULL, integer INTEGER, text TEXT,"
       " seq INTEGER NOT NULL,"
       " PRIMARY KEY (bureau_id, kind, row, field, since)) $options;"
       "CREATE INDEX history_since ON history"
       " (bureau_id, kind, field, since, row)" },
};

gboolean
hx_history_migrate (HxConnection *connection, GError **error)
{
  return hx_migrate (connection, "history", migrations,
                     G_N_ELEMENTS (migrations), error);
}

gboolean
hx_ledger_effect (HxLedger *ledger, const HxEffect *effect, GError **error)
{
  char text[HX_DATE_TEXT_SIZE];

  ledger->effect = effect != NULL ? *effect : (HxEffect){ 0 };
  if (ledger->effect.from.year == 0)
    return TRUE;
  hx_date_format (ledger->effect.from, text);
  if (ledger->effect.from.day == 0)
    return hx_fail (error, HX_ERROR_DATA, _ ("变动日期要写全年月日"), text,
                    NULL);
  if (hx_date_compare (ledger->effect.from, hx_date_today ()) <= 0)
    return TRUE;
  return hx_fail (error, HX_ERROR_DATA, _ ("变动日期不能在今天之后"), text,
                  _ ("到了那天再登记"));
}

/* -------------------------------------------------------------------- plan */

int
hx_history_column (const HxField *field, int integer)
{
  return hx_field_type_is_integer (field->type) ? integer : integer + 1;
}

static void
bind_field (HxStatement *statement, const HxRow *row, const HxField *field)
{
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, row->kind->key, -1);
  hx_bind_integer (statement, 3, row->id);
  hx_bind_text (statement, 4, field->key, -1);
}

/* Which period is in force on `from` into change->since and change->was; none
 * leaves both.  change->is_past when another follows it. */
static gboolean
find_period (HxLedger *ledger, HxRow *row, const char *from,
             HxDatedChange *change, GError **error)
{
  HxStatement *statement = hx_statement (
      ledger->connection,
      "SELECT since, integer, text FROM history" WHERE_ROW " ORDER BY since",
      error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  bind_field (statement, row, change->field);
  change->is_first = TRUE;
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const char *since = hx_column_text (statement, 0);

      change->is_past = !change->is_first && strcmp (since, from) > 0;
      change->is_first = FALSE;
      if (change->is_past)
        break;
      g_strlcpy (change->since, since, sizeof change->since);
      hx_value_read (statement, hx_history_column (change->field, 1),
                     change->field, row, &change->was);
    }
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

/* FALSE when the change leaves no trace in the history. */
static gboolean
is_kept (const HxLedger *ledger, const HxDatedChange *change)
{
  if (hx_value_equal (change->field, &change->was, &change->is))
    return FALSE;
  if (!change->is_first)
    return TRUE;
  return !ledger->effect.is_correction
         && (ledger->effect.from.year != 0 || change->was.filled);
}

static gboolean
plan_field (HxLedger *ledger, const HxRow *stored, HxRow *row,
            const HxField *field, GError **error)
{
  HxDatedChange change = { .field = field,
                           .was = stored->values[field->index],
                           .is = row->values[field->index] };

  if (!find_period (ledger, row, ledger->from, &change, error))
    return FALSE;
  if (change.is_past)
    hx_value_copy (row, field->index, &stored->values[field->index]);
  if (!is_kept (ledger, &change))
    return TRUE;
  if (!ledger->effect.is_correction)
    g_strlcpy (change.since, ledger->from, sizeof change.since);
  g_array_append_val (ledger->dated, change);
  return TRUE;
}

static gboolean
is_meant (const HxLedger *ledger, const HxRow *stored, const HxRow *row,
          const guint8 *set, guint index)
{
  const HxField *field = row->kind->fields->pdata[index];

  if (!field->dated)
    return FALSE;
  if (ledger->effect.from.year != 0 && (set == NULL || set[index] != 0))
    return TRUE;
  return !hx_value_equal (field, &row->values[index], &stored->values[index]);
}

gboolean
hx_history_plan (HxLedger *ledger, const HxRow *stored, HxRow *row,
                 const guint8 *set, GError **error)
{
  HxDate from = ledger->effect.from;

  g_array_set_size (ledger->dated, 0);
  hx_date_format (from.year != 0 ? from : hx_date_today (), ledger->from);
  row->id = stored->id;
  for (guint i = 0; i < row->kind->fields->len; i++)
    if (is_meant (ledger, stored, row, set, i)
        && !plan_field (ledger, stored, row, row->kind->fields->pdata[i],
                        error))
      return FALSE;
  return TRUE;
}

gboolean
hx_history_plans (const HxLedger *ledger, gboolean is_past)
{
  for (guint i = 0; i < ledger->dated->len; i++)
    if (g_array_index (ledger->dated, HxDatedChange, i).is_past == is_past)
      return TRUE;
  return FALSE;
}

/* ----------------------------------------------------------------- writing */

void
hx_history_mark (HxLedger *ledger, gboolean is_past)
{
  GString *after = ledger->after;
  guint n_fields = 0;

  if (!hx_history_plans (ledger, is_past))
    return;
  g_string_truncate (after, after->len - 1);
  g_string_append_printf (after, "%s\"@from\":\"%s\",\"@dated\":[",
                          after->len > 1 ? "," : "", ledger->from);
  for (guint i = 0; i < ledger->dated->len; i++)
    {
      const HxDatedChange *change
          = &g_array_index (ledger->dated, HxDatedChange, i);

      if (change->is_past == is_past)
        g_string_append_printf (after, "%s\"%s\"", n_fields++ > 0 ? "," : "",
                                change->field->key);
    }
  g_string_append (
      after, ledger->effect.is_correction ? "],\"@correction\":true}" : "]}");
}

static gboolean
put_period (HxLedger *ledger, const HxRow *row, const HxDatedChange *change,
            const char *since, gint64 seq, GError **error)
{
  const HxValue *value
      = since[0] == '\0' && change->is_first ? &change->was : &change->is;
  HxStatement *statement = hx_statement (
      ledger->connection,
      "INSERT INTO history (bureau_id, kind, row, field, since, integer, text,"
      " seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
      " ON CONFLICT (bureau_id, kind, row, field, since) DO UPDATE"
      " SET integer = excluded.integer, text = excluded.text,"
      " seq = excluded.seq",
      error);

  if (statement == NULL)
    return FALSE;
  bind_field (statement, row, change->field);
  hx_bind_text (statement, 5, since, -1);
  hx_bind_null (statement, 6);
  hx_bind_null (statement, 7);
  if (value->filled && hx_field_type_is_integer (change->field->type))
    hx_bind_integer (statement, 6, value->integer);
  else if (value->filled)
    hx_bind_text (statement, 7, value->text, -1);
  hx_bind_integer (statement, 8, seq);
  return hx_step_done (statement, error);
}

gboolean
hx_history_keep (HxLedger *ledger, const HxRow *row, gint64 seq,
                 gboolean is_past, GError **error)
{
  for (guint i = 0; i < ledger->dated->len; i++)
    {
      const HxDatedChange *change
          = &g_array_index (ledger->dated, HxDatedChange, i);

      if (change->is_past != is_past)
        continue;
      if (change->is_first && !put_period (ledger, row, change, "", seq, error))
        return FALSE;
      if (!put_period (ledger, row, change, change->since, seq, error))
        return FALSE;
    }
  return TRUE;
}

/* The values of the past alone, as a row of its own. */
static HxRow *
past_row (const HxLedger *ledger, const HxRow *row, gboolean is_after)
{
  HxRow *past = hx_row_new (row->kind);

  for (guint i = 0; i < ledger->dated->len; i++)
    {
      const HxDatedChange *change
          = &g_array_index (ledger->dated, HxDatedChange, i);

      if (change->is_past)
        hx_value_copy (past, change->field->index,
                       is_after ? &change->is : &change->was);
    }
  return past;
}

gboolean
hx_history_write (HxLedger *ledger, const HxRow *row, GError **error)
{
  g_autoptr (HxRow) was = past_row (ledger, row, FALSE);
  g_autoptr (HxRow) is = past_row (ledger, row, TRUE);

  is->id = row->id;
  is->definition = row->kind->version;
  hx_log_values (ledger->before, was, NULL);
  hx_log_values (ledger->after, is, NULL);
  hx_history_mark (ledger, TRUE);
  return hx_log_write (ledger, "history", is, error)
         && hx_history_keep (ledger, row, ledger->seq, TRUE, error);
}

/* ----------------------------------------------------------------- reading */

char *
hx_history_value (const HxKind *kind, const HxField *field, const char *alias,
                  HxDate day)
{
  const char *column = hx_field_column (field);
  g_autofree char *where = NULL;
  char text[HX_DATE_TEXT_SIZE];

  if (!field->dated || day.year == 0)
    return g_strdup_printf ("%s.\"%s\"", alias, column);
  hx_date_format (day, text);
  where = g_strdup_printf ("FROM history WHERE bureau_id = %d AND kind = '%s'"
                           " AND field = '%s' AND since",
                           HX_BUREAU_ID, kind->key, field->key);
  return g_strdup_printf (
      "CASE WHEN %s.id IN (SELECT row %s > '%s') THEN"
      " (SELECT %s %s <= '%s' AND row = %s.id ORDER BY since DESC LIMIT 1)"
      " ELSE %s.\"%s\" END",
      alias, where, text,
      hx_field_type_is_integer (field->type) ? "integer" : "text", where, text,
      alias, alias, column);
}

static gboolean
tell (HxStatement *statement, HxRow *row, HxPastFunc function, gpointer data)
{
  HxPast past
      = { .field = hx_kind_field (row->kind, hx_column_text (statement, 0)),
          .since = hx_column_text (statement, 1),
          .seq = hx_column_integer (statement, 4) };

  if (past.field == NULL)
    return TRUE;
  hx_value_read (statement, hx_history_column (past.field, 2), past.field, row,
                 &past.value);
  return function (&past, data);
}

gboolean
hx_history_each (HxConnection *connection, const HxKind *kind, gint64 id,
                 HxPastFunc function, gpointer data, GError **error)
{
  g_autoptr (HxStatement) statement = hx_statement_new (
      connection,
      "SELECT field, since, integer, text, seq FROM history"
      " WHERE bureau_id = ?1 AND kind = ?2 AND row = ?3 ORDER BY field, since",
      error);
  g_autoptr (HxRow) row = hx_row_new (kind);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, kind->key, -1);
  hx_bind_integer (statement, 3, id);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    if (!tell (statement, row, function, data))
      return TRUE;
  return step == HX_STEP_DONE;
}

gboolean
hx_history_entry (const char *after, char *from, gboolean *is_correction)
{
  json_t *object = after != NULL && strstr (after, "\"@from\":") != NULL
                       ? json_loads (after, 0, NULL)
                       : NULL;
  const char *day = json_string_value (json_object_get (object, "@from"));

  if (day != NULL)
    g_strlcpy (from, day, HX_DATE_TEXT_SIZE);
  *is_correction = json_is_true (json_object_get (object, "@correction"));
  json_decref (object);
  return day != NULL;
}
