/* The list to work on, on the screen and as a workbook that can be imported
 * again when it is filled in. */
#include "cli/quality.h"
#include "exchange/exchange.h"
#include "exchange/quality_json.h"
#include "people/quality.h"

#include <string.h>

#define UNIT_COLUMNS 18
#define FIELD_COLUMNS 14

typedef struct
{
  gint64 unit_id, row_id;
  const HxQualityField *field;
  HxQualityProblem problem;
  char *what, *by; /* or NULL */
  HxDate verified;
} Todo;

static void
todo_clear (gpointer data)
{
  Todo *todo = data;
  g_free (todo->what);
  g_free (todo->by);
}

static gboolean
keep_todo (const HxQualityItem *item, gpointer data)
{
  Todo todo = { .unit_id = item->row->unit_id,
                .row_id = item->row->id,
                .field = item->field,
                .problem = item->problem,
                .what = g_strdup (item->what),
                .by = g_strdup (item->verified_by),
                .verified = item->verified };
  g_array_append_val ((GArray *)data, todo);
  return TRUE;
}

/* By unit; those of one row stay together in the order of the fields. */
static int
compare_todos (gconstpointer a, gconstpointer b)
{
  const Todo *one = a, *other = b;
  if (one->unit_id != other->unit_id)
    return one->unit_id < other->unit_id ? -1 : 1;
  if (one->row_id != other->row_id)
    return one->row_id < other->row_id ? -1 : 1;
  return one->field < other->field ? -1 : one->field > other->field;
}

static GArray *
gather (CliQuality *quality, GError **error)
{
  g_autoptr (GArray) todos = g_array_new (FALSE, FALSE, sizeof (Todo));
  g_array_set_clear_func (todos, todo_clear);
  quality->parts
      = hx_quality_measure (quality->connection, quality->catalogue,
                            &quality->query, keep_todo, todos, error);
  if (quality->parts == NULL)
    return NULL;
  g_array_sort (todos, compare_todos);
  return g_steal_pointer (&todos);
}

static char *
label (const CliQuality *quality, const HxRow *row, GError **error)
{
  const HxField *field = hx_kind_label_field (row->kind);
  return field != NULL
             ? hx_value_display (quality->connection, row, field,
                                 hx_cli_audience (quality->reveal, field),
                                 error)
             : g_strdup ("");
}

/* --------------------------------------------------------------- the screen */

static void
todo_json (HxJson *json, const Todo *todo, const char *unit, const char *name)
{
  char day[HX_DATE_TEXT_SIZE] = "";
  g_autofree char *text
      = hx_quality_advice (&(HxQualityItem){ .problem = todo->problem,
                                             .what = todo->what,
                                             .verified = todo->verified,
                                             .verified_by = todo->by });
  hx_json_object_begin (json);
  hx_json_member (json, "unit", unit);
  hx_json_member_integer (json, "id", todo->row_id);
  hx_json_member (json, "person", name);
  hx_json_member (json, "field", todo->field->field->key);
  hx_json_member (json, "problem", hx_quality_problem_key (todo->problem));
  hx_json_member (json, "what", todo->what);
  if (todo->verified.year != 0)
    hx_date_format (todo->verified, day);
  hx_json_member (json, "verified", day[0] != '\0' ? day : NULL);
  hx_json_member (json, "verified_by", todo->by);
  hx_json_member (json, "advice", text);
  hx_json_object_end (json);
}

static void
todo_line (const HxRow *row, const Todo *todo, const char *unit,
           const char *name)
{
  g_autofree char *text
      = hx_quality_advice (&(HxQualityItem){ .problem = todo->problem,
                                             .what = todo->what,
                                             .verified = todo->verified,
                                             .verified_by = todo->by });
  hx_cli_print_padded (unit, UNIT_COLUMNS, FALSE);
  hx_cli_print_padded (todo->field->field->name, FIELD_COLUMNS, FALSE);
  hx_cli_print ("%s %s %ld  %s\n", name, row->kind->key, (long)row->id, text);
}

static gboolean
show_todo (const CliQuality *quality, HxRow *row, const Todo *todo,
           HxJson *json, GError **error)
{
  if (row->id != todo->row_id
      && !hx_row_load (quality->connection, row, todo->row_id, error))
    return FALSE;
  g_autofree char *unit
      = hx_quality_unit_name (quality->connection, todo->unit_id, error);
  g_autofree char *name = unit != NULL ? label (quality, row, error) : NULL;
  if (name == NULL)
    return FALSE;
  if (json != NULL)
    todo_json (json, todo, unit, name);
  else
    todo_line (row, todo, unit, name);
  return TRUE;
}

gboolean
hx_cli_quality_list (CliQuality *quality, gboolean as_json, GError **error)
{
  g_autoptr (GArray) todos = gather (quality, error);
  g_autoptr (HxRow) row = hx_row_new (quality->query.quality->kind);
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  if (todos == NULL
      || !hx_cli_reveal_log (quality->reveal, quality->store,
                             quality->catalogue, 0, todos->len, error))
    return FALSE;
  hx_json_init (&json, out, TRUE);
  hx_json_array_begin (&json);
  for (guint i = 0; i < todos->len; i++)
    if (!show_todo (quality, row, &g_array_index (todos, Todo, i),
                    as_json ? &json : NULL, error))
      return FALSE;
  hx_json_array_end (&json);
  if (as_json)
    hx_cli_print ("%s\n", out->str);
  else
    hx_cli_print (_ ("共 %u 项待办\n"), todos->len);
  return TRUE;
}

/* ------------------------------------------------------------- the workbook
 *
 * A cell that comes back empty empties the field, so that each column holds
 * what the rows have, in full.  What may not be shown has no column. */

typedef struct
{
  CliQuality *quality;
  GPtrArray *columns; /* HxField; behind them what is to be done */
  GString *hidden;    /* names of columns that may not be shown */
  HxWorkbookWriter *writer;
} Book;

static gboolean
is_hidden (const Book *book, const HxField *field)
{
  return hx_field_is_masked (book->quality->query.quality->kind, field,
                             hx_cli_audience (book->quality->reveal, field));
}

static void
add_column (const Book *book, const HxField *field)
{
  if (field == NULL || g_ptr_array_find (book->columns, field, NULL))
    return;
  if (is_hidden (book, field))
    g_string_append_printf (book->hidden, "%s%s",
                            book->hidden->len > 0 ? "、" : "", field->name);
  else
    g_ptr_array_add (book->columns, (gpointer)(guintptr)field);
}

static gboolean
choose_columns (Book *book, const GArray *todos, GError **error)
{
  const HxQuality *asked = book->quality->query.quality;
  const GPtrArray *identity = asked->kind->identity;
  for (guint i = 0; i < identity->len; i++)
    {
      const HxField *field = identity->pdata[i];
      if (is_hidden (book, field))
        return hx_fail (error, HX_ERROR_USAGE, _ ("没有这一栏，工作簿导不回来"),
                        field->name, _ ("加上 --reveal 和 --reason"));
      g_ptr_array_add (book->columns, (gpointer)(guintptr)field);
    }
  for (guint i = 0; i < asked->fields->len; i++)
    {
      const HxQualityField *field = asked->fields->pdata[i];
      for (guint j = 0; j < todos->len; j++)
        if (g_array_index (todos, Todo, j).field == field)
          {
            add_column (book, field->field);
            break;
          }
    }
  add_column (book, asked->date);
  add_column (book, asked->by);
  return TRUE;
}

static gboolean
write_header (const Book *book, GError **error)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  for (guint i = 0; i < book->columns->len; i++)
    {
      const HxField *field = book->columns->pdata[i];
      g_ptr_array_add (labels, field->name);
    }
  g_ptr_array_add (labels, (char *)(guintptr)_ ("对象"));
  g_ptr_array_add (labels, (char *)(guintptr)_ ("待办"));
  return hx_workbook_writer_header (
      book->writer, (const char *const *)labels->pdata, labels->len, error);
}

static gboolean
write_row (const Book *book, const HxRow *row, const char *todo, GError **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  const CliQuality *quality = book->quality;
  for (guint i = 0; i < book->columns->len; i++)
    {
      char *text
          = hx_value_display (quality->connection, row, book->columns->pdata[i],
                              HX_AUDIENCE_TRUSTED, error);
      if (text == NULL)
        return FALSE;
      g_ptr_array_add (cells, text);
    }
  char *name = label (quality, row, error);
  if (name == NULL)
    return FALSE;
  g_ptr_array_add (cells, name);
  g_ptr_array_add (cells, g_strdup (todo));
  return hx_workbook_writer_row (
      book->writer, (const char *const *)cells->pdata, cells->len, error);
}

/* The todos of one row from `first` on; where the next begin, 0 for an error.
 */
static guint
write_todos (const Book *book, const GArray *todos, guint first, HxRow *row,
             GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 id = g_array_index (todos, Todo, first).row_id;
  guint next = first;
  for (; next < todos->len && g_array_index (todos, Todo, next).row_id == id;
       next++)
    {
      const Todo *todo = &g_array_index (todos, Todo, next);
      g_autofree char *what
          = hx_quality_advice (&(HxQualityItem){ .problem = todo->problem,
                                                 .what = todo->what,
                                                 .verified = todo->verified,
                                                 .verified_by = todo->by });
      g_string_append_printf (text, "%s%s %s", next > first ? "；" : "",
                              todo->field->field->name, what);
    }
  return hx_row_load (book->quality->connection, row, id, error)
                 && write_row (book, row, text->str, error)
             ? next
             : 0;
}

static gboolean
write_book (Book *book, const GArray *todos, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (book->quality->query.quality->kind);
  if (!write_header (book, error))
    return FALSE;
  for (guint i = 0; i < todos->len;)
    {
      i = write_todos (book, todos, i, row, error);
      if (i == 0)
        return FALSE;
    }
  return hx_workbook_writer_finish (book->writer, error);
}

gboolean
hx_cli_quality_workbook (CliQuality *quality, const char *path, GError **error)
{
  g_autoptr (GArray) todos = gather (quality, error);
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  g_autoptr (HxWorkbookWriter) writer = NULL;
  g_autoptr (GString) hidden = g_string_new (NULL);
  Book book = { quality, columns, hidden, NULL };
  if (todos == NULL || !choose_columns (&book, todos, error)
      || !hx_cli_reveal_log (quality->reveal, quality->store,
                             quality->catalogue, 0, todos->len, error))
    return FALSE;
  writer = hx_workbook_writer_new (path, quality->query.quality->kind->name,
                                   error);
  book.writer = writer;
  if (writer == NULL || !write_book (&book, todos, error))
    return FALSE;
  hx_cli_print (_ ("%s：%u 项待办，填好后用 import %s 导回\n"), path,
                todos->len, quality->query.quality->kind->key);
  if (book.hidden->len > 0)
    hx_cli_print (_ ("没有写出遮住的栏： %s；要写出就加 --reveal\n"),
                  book.hidden->str);
  return TRUE;
}
