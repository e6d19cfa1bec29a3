/* A selection as SQL, and the walk over its rows. */
#include "ledger/history_internal.h"
#include "ledger/selection_internal.h"

HxSelection *
hx_selection_new (HxConnection *connection, HxCatalogue *catalogue,
                  const HxKind *kind, const char *const *terms, HxDate as_of,
                  GError **error)
{
  g_autoptr (HxSelection) selection = g_new0 (HxSelection, 1);

  selection->connection = connection;
  selection->catalogue = hx_catalogue_ref (catalogue);
  selection->kind = kind;
  selection->as_of = as_of;
  selection->terms = g_ptr_array_new_with_free_func (hx_term_free);
  for (guint i = 0; terms != NULL && terms[i] != NULL; i++)
    {
      HxTerm *term = NULL;

      if (i >= HX_SELECTION_TERMS_MAX)
        hx_fail (error, HX_ERROR_USAGE, _ ("条件太多"), terms[i],
                 _ ("最多 50 个"));
      else
        term = hx_term_parse (selection, terms[i], error);
      if (term == NULL)
        return NULL;
      g_ptr_array_add (selection->terms, term);
    }
  return g_steal_pointer (&selection);
}

void
hx_selection_free (HxSelection *selection)
{
  if (selection == NULL)
    return;
  g_ptr_array_unref (selection->terms);
  g_clear_pointer (&selection->only, g_ptr_array_unref);
  hx_catalogue_unref (selection->catalogue);
  g_free (selection);
}

const HxKind *
hx_selection_kind (const HxSelection *selection)
{
  return selection->kind;
}

HxDate
hx_selection_as_of (const HxSelection *selection)
{
  return selection->as_of;
}

char *
hx_selection_value (const HxSelection *selection, const char *alias,
                    const HxField *field)
{
  if (field == NULL)
    return g_strdup_printf ("%s.unit_id", alias);
  return hx_history_value (selection->kind, field, alias, selection->as_of);
}

/* ------------------------------------------------------------------- terms */

static void
append_values (HxWhere *where, const HxTerm *term, gboolean is_integer)
{
  GString *text = hx_where_text (where);
  guint n = is_integer ? term->integers->len : term->texts->len;

  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i > 0 ? ", " : "");
      if (is_integer)
        hx_where_integer (where, g_array_index (term->integers, gint64, i));
      else
        hx_where_string (where, term->texts->pdata[i]);
    }
}

/* Themselves and what is below them; walking in a circle ends, for UNION
 * keeps no row twice. */
static void
append_units (const HxSelection *selection, HxWhere *where, const HxTerm *term)
{
  const HxKind *unit = hx_catalogue_kind (selection->catalogue, "unit");
  const HxField *parent = hx_kind_field (unit, "parent");
  GString *text = hx_where_text (where);

  g_string_append_printf (text,
                          "(WITH RECURSIVE below (id) AS (SELECT id FROM %s"
                          " WHERE bureau_id = %d AND id IN (",
                          unit->table, HX_BUREAU_ID);
  append_values (where, term, TRUE);
  g_string_append (text, ")");
  if (parent != NULL)
    g_string_append_printf (
        text,
        " UNION SELECT u.id FROM below b JOIN %s u ON u.bureau_id = %d"
        " AND u.\"%s\" = b.id",
        unit->table, HX_BUREAU_ID, hx_field_column (parent));
  g_string_append (text, ") SELECT id FROM below)");
}

static gboolean
is_date (const HxTerm *term)
{
  return term->field != NULL && term->field->type == HX_FIELD_DATE;
}

/* A part of a date is every date that begins so. */
static void
append_dates (HxWhere *where, const HxTerm *term, const char *column)
{
  GString *text = hx_where_text (where);

  g_string_append (text, "(");
  for (guint i = 0; i < term->texts->len; i++)
    {
      const char *date = term->texts->pdata[i];

      g_string_append_printf (text,
                              "%sSUBSTR (%s, 1, %u) = ", i > 0 ? " OR " : "",
                              column, (guint)strlen (date));
      hx_where_string (where, date);
    }
  g_string_append (text, ")");
}

static void
append_member (const HxSelection *selection, HxWhere *where, const HxTerm *term,
               const char *column)
{
  gboolean is_integer = term->is_units || term->is_digest || term->field == NULL
                        || hx_field_type_is_integer (term->field->type);
  GString *text = hx_where_text (where);

  if (is_date (term))
    {
      append_dates (where, term, column);
      return;
    }
  g_string_append_printf (text, "%s IN ", column);
  if (term->is_units)
    {
      append_units (selection, where, term);
      return;
    }
  g_string_append (text, "(");
  append_values (where, term, is_integer);
  g_string_append (text, ")");
}

/* Never NULL, so that NOT has its meaning for empty columns too. */
static void
append_in (const HxSelection *selection, HxWhere *where, const HxTerm *term,
           const char *column)
{
  GString *text = hx_where_text (where);
  gboolean has_values = term->integers->len + term->texts->len > 0;

  g_string_append (text, term->negated ? " AND NOT (" : " AND (");
  if (term->has_empty)
    g_string_append_printf (text, "%s IS NULL%s", column,
                            has_values ? " OR " : "");
  if (has_values)
    {
      g_string_append_printf (text, "(%s IS NOT NULL AND ", column);
      append_member (selection, where, term, column);
      g_string_append (text, ")");
    }
  g_string_append (text, ")");
}

static void
append_range (const HxSelection *selection, HxWhere *where, const HxTerm *term,
              const char *column)
{
  GString *text = hx_where_text (where);
  g_autofree char *number
      = is_date (term) ? g_strdup_printf ("CAST (SUBSTR (REPLACE (%s, '-', '')"
                                          " || '0000', 1, 8) AS INTEGER)",
                                          column)
                       : g_strdup (column);

  (void)selection;
  if (term->has_min)
    {
      g_string_append_printf (text, " AND %s >= ", number);
      hx_where_integer (where, term->min);
    }
  if (term->has_max)
    {
      g_string_append_printf (text, " AND %s <= ", number);
      hx_where_integer (where, term->max);
    }
}

static void
append_contains (const HxSelection *selection, HxWhere *where,
                 const HxTerm *term, const char *column)
{
  GString *text = hx_where_text (where);
  const HxField *field = term->field;
  const HxField *label;

  (void)selection;
  if (field->type != HX_FIELD_REF)
    {
      g_string_append_printf (text, " AND INSTR (%s, ", column);
      hx_where_string (where, term->texts->pdata[0]);
      g_string_append (text, ") > 0");
      return;
    }
  label = hx_kind_label_field (field->target);
  g_string_append_printf (text,
                          " AND %s IN (SELECT id FROM %s WHERE bureau_id = %d"
                          " AND INSTR (\"%s\", ",
                          column, field->target->table, HX_BUREAU_ID,
                          hx_field_column (label));
  hx_where_string (where, term->texts->pdata[0]);
  g_string_append (text, ") > 0)");
}

/* --------------------------------------------------------------------- age */

/* Who has completed `years` on the day was born on this date or before it; a
 * birth date without a day is taken on the last of its month, one without a
 * month on the last of its year, and the last day of a month stands for those
 * that month does not have (29 February in common years). */
static void
last_birth (HxDate day, gint64 years, char *text)
{
  int last = hx_date_days_in_month (day.year, day.month);

  g_snprintf (text, HX_DATE_TEXT_SIZE, "%04d-%02d-%02d",
              (int)CLAMP (day.year - years, 0, 9999), day.month,
              day.day == last ? 31 : day.day);
}

static void
append_age_bound (HxWhere *where, const char *column, const char *compare,
                  const char *birth)
{
  GString *text = hx_where_text (where);

  g_string_append_printf (text,
                          "(%s || SUBSTR ('-12-31', LENGTH (%s) - 3)) %s ",
                          column, column, compare);
  hx_where_string (where, birth);
}

/* min ≤ age ≤ max; who is not born yet has no age. */
static void
append_ages (HxWhere *where, const char *column, HxDate day, gint64 min,
             gint64 max)
{
  char first[HX_DATE_TEXT_SIZE];
  char last[HX_DATE_TEXT_SIZE];

  last_birth (day, MAX (min, 0), first);
  append_age_bound (where, column, "<=", first);
  if (max == G_MAXINT64)
    return;
  last_birth (day, MAX (max + 1, 0), last);
  g_string_append (hx_where_text (where), " AND ");
  append_age_bound (where, column, ">", last);
}

static void
append_age (const HxSelection *selection, HxWhere *where, const HxTerm *term,
            const char *column)
{
  GString *text = hx_where_text (where);
  HxDate day = selection->as_of.year != 0 ? selection->as_of : hx_date_today ();

  if (term->has_min || term->has_max)
    {
      g_string_append (text, " AND ");
      append_ages (where, column, day, term->has_min ? term->min : 0,
                   term->has_max ? term->max : G_MAXINT64);
      return;
    }
  g_string_append (text, term->negated ? " AND NOT (" : " AND (");
  g_string_append_printf (text, term->has_empty ? "%s IS NULL" : "0", column);
  for (guint i = 0; i < term->integers->len; i++)
    {
      gint64 age = g_array_index (term->integers, gint64, i);

      g_string_append_printf (text, " OR (%s IS NOT NULL AND ", column);
      append_ages (where, column, day, age, age);
      g_string_append (text, ")");
    }
  g_string_append (text, ")");
}

/* ------------------------------------------------------------------- where */

static void
append_term (const HxSelection *selection, HxWhere *where, const HxTerm *term,
             const char *alias)
{
  static void (*const append[]) (const HxSelection *, HxWhere *, const HxTerm *,
                                 const char *)
      = {
          [HX_TERM_IN] = append_in,
          [HX_TERM_RANGE] = append_range,
          [HX_TERM_CONTAINS] = append_contains,
          [HX_TERM_AGE] = append_age,
        };
  g_autofree char *column
      = term->is_digest
            ? g_strdup_printf ("%s.\"%s\"", alias, term->field->digest_column)
            : hx_selection_value (selection, alias, term->field);

  append[term->test](selection, where, term, column);
}

/* A date without a day or month lasts to the end of what it names. */
static void
append_until (const HxSelection *selection, HxWhere *where, const char *alias,
              const char *date)
{
  const HxField *until = selection->kind->until;
  GString *text = hx_where_text (where);
  g_autofree char *column = NULL;

  if (until == NULL)
    return;
  column = g_strdup_printf ("%s.\"%s\"", alias, hx_field_column (until));
  g_string_append_printf (text, " AND (%s IS NULL OR %s", column, column);
  if (until->partial)
    g_string_append_printf (text, " || SUBSTR ('-12-31', LENGTH (%s) - 3)",
                            column);
  g_string_append (text, " >= ");
  hx_where_string (where, date);
  g_string_append (text, ")");
}

static void
append_existence (const HxSelection *selection, HxWhere *where,
                  const char *alias)
{
  GString *text = hx_where_text (where);
  char date[HX_DATE_TEXT_SIZE];

  if (selection->as_of.year == 0)
    return;
  hx_date_format (selection->as_of, date);
  g_string_append_printf (text, " AND (%s.day IS NULL OR %s.day <= ", alias,
                          alias);
  hx_where_string (where, date);
  g_string_append (text, ")");
  append_until (selection, where, alias, date);
}

void
hx_selection_where (const HxSelection *selection, HxWhere *where,
                    const char *alias)
{
  g_string_append_printf (hx_where_text (where),
                          " AND %s.bureau_id = %d AND %s.void = 0", alias,
                          HX_BUREAU_ID, alias);
  append_existence (selection, where, alias);
  for (guint i = 0; i < selection->terms->len; i++)
    append_term (selection, where, selection->terms->pdata[i], alias);
}

/* -------------------------------------------------------------------- walk */

typedef struct
{
  HxWhere *where; /* holds what the statement has bound */
  HxStatement *statement;
} Walk;

static void
walk_clear (Walk *walk)
{
  g_clear_pointer (&walk->statement, hx_statement_free);
  g_clear_pointer (&walk->where, hx_where_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

/* `id` 0: all of them. */
static gboolean
walk_begin (const HxSelection *selection, const char *columns, gint64 id,
            Walk *walk, GError **error)
{
  g_autofree char *sql = NULL;

  walk->where = hx_where_new (1);
  hx_selection_where (selection, walk->where, "r");
  if (id != 0)
    {
      g_string_append (hx_where_text (walk->where), " AND r.id = ");
      hx_where_integer (walk->where, id);
    }
  sql = g_strdup_printf (
      "SELECT %s FROM %s r%s WHERE TRUE%s ORDER BY r.bureau_id, r.id", columns,
      selection->kind->table, hx_where_joins (walk->where)->str,
      hx_where_text (walk->where)->str);
  walk->statement = hx_statement_new (selection->connection, sql, error);
  if (walk->statement == NULL)
    return FALSE;
  hx_where_bind (walk->where, walk->statement);
  return TRUE;
}

void
hx_selection_only (HxSelection *selection, const GPtrArray *fields)
{
  g_clear_pointer (&selection->only, g_ptr_array_unref);
  if (fields == NULL)
    return;
  selection->only = g_ptr_array_new ();
  for (guint i = 0; i < fields->len; i++)
    g_ptr_array_add (selection->only, fields->pdata[i]);
}

static void
append_value (const HxSelection *selection, const HxField *field,
              GString *columns)
{
  g_autofree char *value = hx_selection_value (selection, "r", field);

  g_string_append_printf (columns, ", %s", value);
  if (field->type == HX_FIELD_ATTENDEES)
    g_string_append_printf (columns, ", r.\"%s_people\"", field->key);
}

/* What a walk reads behind the columns of its row: the fields that are asked
 * for, else those that may have been different on the day. */
static gboolean
is_read_apart (const HxSelection *selection, const HxField *field)
{
  if (selection->only != NULL)
    return g_ptr_array_find (selection->only, field, NULL);
  return field->dated && selection->as_of.year != 0;
}

static char *
walk_columns (const HxSelection *selection)
{
  const GPtrArray *fields = selection->kind->fields;
  g_autofree char *row = selection->only != NULL
                             ? g_strdup ("r.id, r.unit_id")
                             : hx_row_columns (selection->kind, "r");
  GString *columns = g_string_new (row);

  for (guint i = 0; i < fields->len; i++)
    if (is_read_apart (selection, fields->pdata[i]))
      append_value (selection, fields->pdata[i], columns);
  return g_string_free (columns, FALSE);
}

/* Columns after the field's. */
static int
read_value (HxStatement *statement, int column, HxRow *row,
            const HxField *field)
{
  const HxValue *value = &row->values[field->index];

  column = hx_row_read_field (statement, column, row, field);
  if (field == row->kind->unit)
    row->unit_id = value->filled ? value->integer : 0;
  return column;
}

static guint
count_apart (const HxSelection *selection)
{
  const GPtrArray *fields = selection->kind->fields;
  guint count = 0;

  for (guint i = 0; i < fields->len; i++)
    count += is_read_apart (selection, fields->pdata[i]) ? 1 : 0;
  return count;
}

static void
read_row (const HxSelection *selection, HxStatement *statement, HxRow *row)
{
  const GPtrArray *fields = selection->kind->fields;
  int column = 2;

  if (selection->only == NULL)
    {
      hx_row_read (statement, 0, row);
      column = hx_column_count (statement) - (int)count_apart (selection);
    }
  else
    {
      hx_row_clear (row);
      row->id = hx_column_integer (statement, 0);
      row->unit_id = hx_column_integer (statement, 1);
    }
  for (guint i = 0; i < fields->len; i++)
    if (is_read_apart (selection, fields->pdata[i]))
      column = read_value (statement, column, row, fields->pdata[i]);
}

gboolean
hx_selection_each (const HxSelection *selection, HxSelectedFunc function,
                   gpointer data, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (selection->kind);
  g_autofree char *columns = walk_columns (selection);
  g_auto (Walk) walk = { 0 };
  g_autoptr (GError) failed = NULL;
  HxStep step;

  if (!walk_begin (selection, columns, 0, &walk, error))
    return FALSE;
  while ((step = hx_step (walk.statement, error)) == HX_STEP_ROW)
    {
      read_row (selection, walk.statement, row);
      if (function (row, data, &failed))
        continue;
      if (failed == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return step == HX_STEP_DONE;
}

gboolean
hx_selection_row (const HxSelection *selection, gint64 id, HxRow *row,
                  GError **error)
{
  g_autofree char *columns = walk_columns (selection);
  g_auto (Walk) walk = { 0 };
  HxStep step;

  hx_row_clear (row);
  if (!walk_begin (selection, columns, id, &walk, error))
    return FALSE;
  step = hx_step (walk.statement, error);
  if (step == HX_STEP_ROW)
    read_row (selection, walk.statement, row);
  return step != HX_STEP_ERROR;
}

GArray *
hx_selection_ids (const HxSelection *selection, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (Walk) walk = { 0 };
  HxStep step;

  if (!walk_begin (selection, "r.id", 0, &walk, error))
    return NULL;
  while ((step = hx_step (walk.statement, error)) == HX_STEP_ROW)
    {
      gint64 id = hx_column_integer (walk.statement, 0);

      g_array_append_val (ids, id);
    }
  return step == HX_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}
