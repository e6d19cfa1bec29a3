#include "server/record_list.h"

#include "server/record_form.h"

#include <string.h>

#define FOUND_MAX 200
#define LOWEST "-9223372036854775807"

void
hx_record_query_clear (HxRecordQuery *query)
{
  g_clear_pointer (&query->terms, g_ptr_array_unref);
  g_clear_pointer (&query->found, g_array_unref);
}

void
hx_record_rows_clear (HxRecordRows *rows)
{
  g_clear_pointer (&rows->rows, g_ptr_array_unref);
  g_clear_pointer (&rows->next, g_free);
}

/* ---------------------------------------------------------- what is asked for
 */

gboolean
hx_record_sorts (const HxField *field)
{
  return !field->secret && field->type != HX_FIELD_ATTENDEES
         && field->type != HX_FIELD_EVIDENCE && field->type != HX_FIELD_REF;
}

static gboolean
take_sort (const HxShown *shown, HxRecordQuery *query, GError **error)
{
  const char *text = hx_call_text (shown->call, "sort");

  query->descending = TRUE;
  if (text == NULL || strcmp (text, "-id") == 0)
    return TRUE;
  query->descending = *text == '-';
  text += query->descending ? 1 : 0;
  if (strcmp (text, "id") == 0)
    return TRUE;
  query->sort = hx_kind_field (query->kind, text);
  if (query->sort != NULL && hx_record_sorts (query->sort)
      && hx_identity_sees (shown->identity, query->kind, query->sort))
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, _ ("不能按这一栏排"), text,
                  _ ("点表头里能点的栏"));
}

static void
add_bound (const HxCall *call, HxRecordQuery *query, const char *name,
           const char *sign)
{
  const HxField *day
      = query->kind->date != NULL ? query->kind->date : query->kind->since;
  const HxDate date = hx_call_date (call, name);
  char text[HX_DATE_TEXT_SIZE];

  if (date.year == 0 || day == NULL)
    return;
  hx_date_format (date, text);
  g_ptr_array_add (query->terms, g_strconcat (day->key, sign, text, NULL));
}

static void
take_terms (const HxCall *call, HxRecordQuery *query)
{
  const char *const *words = hx_call_texts (call, "where");

  query->terms = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit_set (words[i], " \t\r\n", -1);

      for (guint k = 0; parts[k] != NULL; k++)
        if (*parts[k] != '\0')
          g_ptr_array_add (query->terms, g_strdup (parts[k]));
    }
  add_bound (call, query, "from", ">=");
  add_bound (call, query, "until", "<=");
}

/* By the people that the rows are about, or by what names the row. */
static gboolean
take_words (const HxShown *shown, HxRecordQuery *query, GError **error)
{
  const char *text = hx_call_text (shown->call, "q");
  const HxKind *searched
      = query->kind->of != NULL ? query->kind->of : query->kind;
  const HxField *label = hx_kind_label_field (query->kind);

  if (text == NULL)
    return TRUE;
  if (searched->search->len > 0)
    {
      query->found = hx_record_candidates (shown->call, searched, text,
                                           FOUND_MAX, error);
      return query->found != NULL;
    }
  if (label == NULL || label->secret || label->type != HX_FIELD_TEXT)
    return hx_fail (error, HX_ERROR_USAGE, _ ("这种台账不能按文字找"),
                    query->kind->name, _ ("请用下面的条件"));
  g_ptr_array_add (query->terms, g_strconcat (label->key, "~", text, NULL));
  return TRUE;
}

gboolean
hx_record_query (HxShown *shown, HxRecordQuery *query, GError **error)
{
  *query = (HxRecordQuery){ .kind = hx_call_kind (shown->call, "kind") };
  if (!hx_record_may (shown->call, HX_ACT_READ, query->kind, error)
      || !take_sort (shown, query, error))
    return FALSE;
  take_terms (shown->call, query);
  if (!take_words (shown, query, error))
    return FALSE;
  g_ptr_array_add (query->terms, NULL);
  return TRUE;
}

/* ---------------------------------------------------------------------- SQL
 */

typedef struct
{
  HxShown *shown;
  const HxRecordQuery *query;
  HxSelection *selection;
  HxWhere *where;
  HxStatement *statement;
} Walk;

static void
walk_clear (Walk *walk)
{
  g_clear_pointer (&walk->statement, hx_statement_free);
  g_clear_pointer (&walk->where, hx_where_free);
  g_clear_pointer (&walk->selection, hx_selection_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

static gboolean
is_number (const HxField *field)
{
  return hx_field_type_is_integer (field->type);
}

static char *
sort_column (const HxField *field)
{
  return g_strdup_printf ("COALESCE (r.\"%s\", %s)", hx_field_column (field),
                          is_number (field) ? LOWEST : "''");
}

static gboolean
append_unit (Walk *walk, GError **error)
{
  const HxCall *call = walk->shown->call;
  const HxKind *unit = hx_catalogue_kind (hx_call_catalogue (call), "unit");
  gint64 unit_id = hx_call_integer (call, "unit");
  GString *text = hx_where_text (walk->where);

  if (unit_id == 0 || unit == NULL)
    return TRUE;
  if (!hx_identity_unit (walk->shown->identity, &unit_id, error))
    return FALSE;
  g_string_append (text, " AND r.unit_id IN (WITH RECURSIVE below (id) AS"
                         " (SELECT ");
  hx_where_integer (walk->where, unit_id);
  g_string_append_printf (text,
                          " UNION SELECT u.id FROM %s u JOIN below b"
                          " ON u.\"parent\" = b.id WHERE u.bureau_id = %d)"
                          " SELECT id FROM below)",
                          unit->table, HX_BUREAU_ID);
  return TRUE;
}

static void
append_found (Walk *walk)
{
  const HxRecordQuery *query = walk->query;
  const HxField *of = query->kind->of_field;
  GString *text = hx_where_text (walk->where);

  if (query->found == NULL)
    return;
  g_string_append_printf (text, " AND r.\"%s\" IN (",
                          of != NULL ? hx_field_column (of) : "id");
  for (guint i = 0; i < query->found->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "",
                            g_array_index (query->found, gint64, i));
  g_string_append_c (text, ')');
}

static void
append_value (Walk *walk, const char *value)
{
  if (is_number (walk->query->sort))
    hx_where_integer (walk->where, g_ascii_strtoll (value, NULL, 10));
  else
    hx_where_string (walk->where, value);
}

/* `values`: that of the field sorted by, if any, and the id. */
static gboolean
append_cursor (Walk *walk, char **values, GError **error)
{
  const HxRecordQuery *query = walk->query;
  const char *sign = query->descending ? "<" : ">";
  const guint count = g_strv_length (values);
  GString *text = hx_where_text (walk->where);
  g_autofree char *column = NULL;

  if (count != (query->sort != NULL ? 2 : 1))
    return hx_fail (error, HX_ERROR_USAGE, _ ("接续的位置不对"), "cursor",
                    _ ("请从第一页开始"));
  if (query->sort != NULL)
    {
      column = sort_column (query->sort);
      g_string_append_printf (text, " AND (%s %s ", column, sign);
      append_value (walk, values[0]);
      g_string_append_printf (text, " OR (%s = ", column);
      append_value (walk, values[0]);
    }
  g_string_append_printf (text, " AND r.id %s ", sign);
  hx_where_integer (walk->where, g_ascii_strtoll (values[count - 1], NULL, 10));
  g_string_append (text, query->sort != NULL ? "))" : "");
  return TRUE;
}

/* `limit` 0: all. */
static char *
walk_sql (const Walk *walk, guint limit)
{
  const HxRecordQuery *query = walk->query;
  const char *way = query->descending ? " DESC" : "";
  g_autofree char *columns = hx_row_columns (query->kind, "r");
  g_autofree char *column
      = query->sort != NULL ? sort_column (query->sort) : NULL;
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "SELECT %s FROM %s r%s WHERE TRUE%s ORDER BY ",
                          columns, query->kind->table,
                          hx_where_joins (walk->where)->str,
                          hx_where_text (walk->where)->str);
  if (column != NULL)
    g_string_append_printf (sql, "%s%s, r.id%s", column, way, way);
  else
    g_string_append_printf (sql, "r.bureau_id%s, r.id%s", way, way);
  if (limit > 0)
    g_string_append_printf (sql, " LIMIT %u", limit);
  return g_string_free (sql, FALSE);
}

static gboolean
walk_begin (Walk *walk, guint limit, char **cursor, GError **error)
{
  const HxRecordQuery *query = walk->query;
  HxShown *shown = walk->shown;
  g_autofree char *sql = NULL;

  walk->selection = hx_selection_new (
      shown->connection, hx_call_catalogue (shown->call), query->kind,
      (const char *const *)query->terms->pdata, (HxDate){ 0 }, error);
  if (walk->selection == NULL)
    return FALSE;
  walk->where = hx_where_new (1);
  hx_selection_where (walk->selection, walk->where, "r");
  hx_identity_where (shown->identity, query->kind, walk->where, "r");
  append_found (walk);
  if (!append_unit (walk, error)
      || (cursor != NULL && !append_cursor (walk, cursor, error)))
    return FALSE;
  sql = walk_sql (walk, limit);
  walk->statement = hx_statement_new (shown->connection, sql, error);
  if (walk->statement == NULL)
    return FALSE;
  hx_where_bind (walk->where, walk->statement);
  return TRUE;
}

/* --------------------------------------------------------------------- rows
 */

static char *
next_cursor (const Walk *walk, const HxRow *last)
{
  const HxField *sort = walk->query->sort;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, last->id);
  g_autofree char *value = NULL;
  const HxValue *held;

  if (sort == NULL)
    return hx_cursor_new (walk->shown->call, (const char *[]){ id, NULL });
  held = &last->values[sort->index];
  if (is_number (sort))
    value = held->filled ? g_strdup_printf ("%" G_GINT64_FORMAT, held->integer)
                         : g_strdup (LOWEST);
  else
    value = g_strdup (held->filled ? held->text : "");
  return hx_cursor_new (walk->shown->call, (const char *[]){ value, id, NULL });
}

static gboolean
read_rows (const Walk *walk, guint limit, HxRecordRows *rows, GError **error)
{
  HxStep step;

  while ((step = hx_step (walk->statement, error)) == HX_STEP_ROW)
    {
      HxRow *row = hx_row_new (walk->query->kind);

      hx_row_read (walk->statement, 0, row);
      g_ptr_array_add (rows->rows, row);
    }
  if (step != HX_STEP_DONE || rows->rows->len <= limit)
    return step == HX_STEP_DONE;
  g_ptr_array_set_size (rows->rows, (int)limit);
  rows->next = next_cursor (walk, rows->rows->pdata[limit - 1]);
  return TRUE;
}

gboolean
hx_record_rows (HxShown *shown, const HxRecordQuery *query, guint limit,
                HxRecordRows *rows, GError **error)
{
  const char *from = hx_call_text (shown->call, "cursor");
  g_auto (GStrv) cursor = NULL;
  g_auto (Walk) walk = { .shown = shown, .query = query };

  rows->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_row_free);
  if (from != NULL)
    {
      cursor = hx_cursor_parse (shown->call, from, error);
      if (cursor == NULL)
        return FALSE;
    }
  return walk_begin (&walk, limit + 1, cursor, error)
         && read_rows (&walk, limit, rows, error);
}

gboolean
hx_record_each (HxShown *shown, const HxRecordQuery *query,
                HxSelectedFunc function, gpointer data, GError **error)
{
  g_auto (Walk) walk = { .shown = shown, .query = query };
  g_autoptr (HxRow) row = hx_row_new (query->kind);
  HxStep step;

  if (!walk_begin (&walk, 0, NULL, error))
    return FALSE;
  while ((step = hx_step (walk.statement, error)) == HX_STEP_ROW)
    {
      hx_row_read (walk.statement, 0, row);
      if (!function (row, data, error))
        return FALSE;
    }
  return step == HX_STEP_DONE;
}

/* ------------------------------------------------------------------ columns
 */

typedef struct
{
  const HxShown *shown;
  const HxKind *kind;
  GPtrArray *fields;
  guint most;
} Columns;

static void
add_column (const Columns *columns, const HxField *field)
{
  gpointer borrowed = (gpointer)(guintptr)field;

  if (field != NULL && columns->fields->len < columns->most
      && !g_ptr_array_find (columns->fields, borrowed, NULL)
      && hx_identity_sees (columns->shown->identity, columns->kind, field))
    g_ptr_array_add (columns->fields, borrowed);
}

static gboolean
is_short (const HxField *field)
{
  return field->type != HX_FIELD_EVIDENCE && !field->secret
         && (field->type != HX_FIELD_TEXT || !field->has_max
             || field->max <= 200);
}

GPtrArray *
hx_record_columns (const HxShown *shown, const HxKind *kind, guint most)
{
  const Columns columns = { shown, kind, g_ptr_array_new (), most };

  if (!kind->is_register)
    add_column (&columns, kind->date);
  add_column (&columns, kind->of_field);
  for (guint i = 0; i < kind->identity->len; i++)
    add_column (&columns, kind->identity->pdata[i]);
  add_column (&columns, hx_kind_label_field (kind));
  for (guint i = 0; i < kind->fields->len; i++)
    if (is_short (kind->fields->pdata[i]))
      add_column (&columns, kind->fields->pdata[i]);
  return columns.fields;
}
