/* Rows: the values of one register or record row in memory. */
#include "ledger/ledger_internal.h"
#include "ledger/secret.h"

#define ARENA_BLOCK 512

HxRow *
hx_row_new (const HxKind *kind)
{
  HxRow *row = g_new0 (HxRow, 1);

  row->kind = kind;
  row->values = g_new0 (HxValue, MAX (kind->fields->len, 1));
  row->arena = g_string_chunk_new (ARENA_BLOCK);
  return row;
}

void
hx_row_clear (HxRow *row)
{
  memset (row->values, 0, sizeof *row->values * row->kind->fields->len);
  g_string_chunk_clear (row->arena);
  row->id = row->unit_id = row->version = row->definition = row->seq = 0;
  row->is_void = FALSE;
}

void
hx_row_free (HxRow *row)
{
  if (row == NULL)
    return;
  g_free (row->values);
  g_string_chunk_free (row->arena);
  g_free (row);
}

const HxField *
hx_kind_day (const HxKind *kind)
{
  return kind->date != NULL ? kind->date : kind->since;
}

gint32
hx_row_day (const HxRow *row)
{
  const HxField *field = hx_kind_day (row->kind);

  if (field == NULL || !row->values[field->index].filled)
    return 0;
  return (gint32)row->values[field->index].integer;
}

/* ------------------------------------------------------------------ values */

void
hx_row_set_text (HxRow *row, HxValue *value, const char *text)
{
  value->text = g_string_chunk_insert (row->arena, text);
  value->filled = TRUE;
}

void
hx_row_set_day (HxRow *row, HxValue *value, HxDate date)
{
  char text[HX_DATE_TEXT_SIZE];

  hx_date_format (date, text);
  hx_row_set_text (row, value, text);
  value->integer = hx_date_number (date);
}

void
hx_value_copy (HxRow *row, guint index, const HxValue *value)
{
  HxValue *own = &row->values[index];

  *own = *value;
  if (value->text != NULL)
    own->text = g_string_chunk_insert (row->arena, value->text);
  if (value->people != NULL)
    own->people = g_string_chunk_insert (row->arena, value->people);
  if (value->sealed != NULL)
    own->sealed = g_string_chunk_insert (row->arena, value->sealed);
}

int
hx_compare_ids (gconstpointer a, gconstpointer b)
{
  const gint64 one = *(const gint64 *)a;
  const gint64 other = *(const gint64 *)b;

  return (one > other) - (one < other);
}

gboolean
hx_value_equal (const HxField *field, const HxValue *a, const HxValue *b)
{
  if (!a->filled || !b->filled)
    return a->filled == b->filled;
  if (a->unopened || b->unopened)
    return g_strcmp0 (a->sealed, b->sealed) == 0;
  if (!hx_field_type_is_integer (field->type))
    return g_strcmp0 (a->text, b->text) == 0;
  return a->integer == b->integer && g_strcmp0 (a->people, b->people) == 0;
}

void
hx_row_copy_system (HxRow *row, const HxRow *from)
{
  row->id = from->id;
  row->unit_id = from->unit_id;
  row->version = from->version;
  row->definition = from->definition;
  row->seq = from->seq;
  row->is_void = from->is_void;
}

/* ----------------------------------------------------------------- reading */

void
hx_value_read (HxStatement *statement, int column, const HxField *field,
               HxRow *arena, HxValue *value)
{
  HxDate date;

  *value = (HxValue){ 0 };
  if (hx_column_is_null (statement, column))
    return;
  value->filled = TRUE;
  if (hx_field_type_is_integer (field->type))
    {
      value->integer = hx_column_integer (statement, column);
      return;
    }
  hx_row_set_text (arena, value, hx_column_text (statement, column));
  if (field->type == HX_FIELD_DATE
      && hx_date_parse (value->text, TRUE, &date, NULL))
    value->integer = hx_date_number (date);
}

int
hx_row_read_field (HxStatement *statement, int column, HxRow *row,
                   const HxField *field)
{
  HxValue *value = &row->values[field->index];
  const char *people;

  if (field->secret && !hx_column_is_null (statement, column))
    hx_value_open (hx_statement_connection (statement), row, field,
                   hx_column_text (statement, column));
  else
    hx_value_read (statement, column, field, row, value);
  if (field->type != HX_FIELD_ATTENDEES)
    return column + 1;
  people = hx_column_text (statement, column + 1);
  if (people != NULL)
    value->people = g_string_chunk_insert (row->arena, people);
  return column + 2;
}

void
hx_row_read (HxStatement *statement, int column, HxRow *row)
{
  const HxField *day = hx_kind_day (row->kind);

  hx_row_clear (row);
  row->id = hx_column_integer (statement, column++);
  row->unit_id = hx_column_integer (statement, column++);
  row->is_void = hx_column_integer (statement, column++) != 0;
  row->version = hx_column_integer (statement, column++);
  row->definition = hx_column_integer (statement, column++);
  row->seq = hx_column_integer (statement, column++);
  if (day != NULL)
    hx_row_read_field (statement, column, row, day);
  column++;
  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (row->kind->fields, i);

      if (field != day)
        column = hx_row_read_field (statement, column, row, field);
    }
}

gboolean
hx_row_load (HxConnection *connection, HxRow *row, gint64 id, GError **error)
{
  g_autofree char *where = NULL;
  HxStatement *statement = hx_row_statement (connection, row->kind, error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    hx_row_read (statement, 0, row);
  hx_statement_reset (statement);
  if (step != HX_STEP_DONE)
    return step == HX_STEP_ROW && hx_row_is_open (row, error);
  where = g_strdup_printf ("%s %" G_GINT64_FORMAT, row->kind->name, id);
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这一行"), where,
                  _ ("请核对编号"));
}
