/* Conditions of the catalogue as SQL over the tables of the kinds. */
#include "catalogue/catalogue_internal.h"

typedef struct
{
  const char *text; /* NULL: the integer */
  gint64 integer;
} HxBound;

typedef struct
{
  const char *alias; /* in `strings` */
  const HxField *reference;
} HxJoin;

struct _HxWhere
{
  GString *text, *joins;
  GArray *joined; /* HxJoin */
  GArray *bounds; /* HxBound */
  GStringChunk *strings;
  guint first;
};

HxWhere *
hx_where_new (guint first)
{
  HxWhere *where = g_new0 (HxWhere, 1);

  where->text = g_string_new (NULL);
  where->joins = g_string_new (NULL);
  where->joined = g_array_new (FALSE, FALSE, sizeof (HxJoin));
  where->bounds = g_array_new (FALSE, FALSE, sizeof (HxBound));
  where->strings = g_string_chunk_new (256);
  where->first = first;
  return where;
}

void
hx_where_free (HxWhere *where)
{
  if (where == NULL)
    return;
  g_string_free (where->text, TRUE);
  g_string_free (where->joins, TRUE);
  g_array_unref (where->joined);
  g_array_unref (where->bounds);
  g_string_chunk_free (where->strings);
  g_free (where);
}

GString *
hx_where_text (HxWhere *where)
{
  return where->text;
}

GString *
hx_where_joins (HxWhere *where)
{
  return where->joins;
}

static void
append_bound (HxWhere *where, const char *text, gint64 integer)
{
  HxBound bound = { text, integer };

  g_string_append_printf (where->text, "?%u",
                          where->first + where->bounds->len);
  g_array_append_val (where->bounds, bound);
}

void
hx_where_integer (HxWhere *where, gint64 value)
{
  append_bound (where, NULL, value);
}

void
hx_where_string (HxWhere *where, const char *value)
{
  append_bound (where, g_string_chunk_insert (where->strings, value), 0);
}

void
hx_where_bind (const HxWhere *where, HxStatement *statement)
{
  for (guint i = 0; i < where->bounds->len; i++)
    {
      const HxBound *bound = &g_array_index (where->bounds, HxBound, i);
      int number = (int)(where->first + i);

      if (bound->text != NULL)
        hx_bind_text (statement, number, bound->text, -1);
      else
        hx_bind_integer (statement, number, bound->integer);
    }
}

/* ------------------------------------------------------------- conditions */

/* The row that a reference names is joined once. */
static guint
join_number (HxWhere *where, const char *alias, const HxField *reference)
{
  guint number = where->joined->len;
  HxJoin join = { 0 };

  for (guint i = 0; i < number; i++)
    {
      const HxJoin *known = &g_array_index (where->joined, HxJoin, i);

      if (known->reference == reference && g_str_equal (known->alias, alias))
        return i;
    }
  join.alias = g_string_chunk_insert_const (where->strings, alias);
  join.reference = reference;
  g_array_append_val (where->joined, join);
  g_string_append_printf (where->joins,
                          " LEFT JOIN %s j%u ON j%u.bureau_id = %s.bureau_id"
                          " AND j%u.id = %s.\"%s\"",
                          reference->target->table, number, number, alias,
                          number, alias, hx_field_column (reference));
  return number;
}

static char *
column_of (HxWhere *where, const char *alias, const HxCondition *condition)
{
  const char *column = hx_field_column (condition->field);

  if (condition->reference == NULL)
    return g_strdup_printf ("%s.\"%s\"", alias, column);
  return g_strdup_printf (
      "j%u.\"%s\"", join_number (where, alias, condition->reference), column);
}

static void
append_in (HxWhere *where, const HxCondition *condition, const char *column)
{
  const GArray *integers = condition->integers;
  gboolean is_integer = hx_field_type_is_integer (condition->field->type);
  guint n = is_integer ? integers->len : g_strv_length (condition->texts);

  g_string_append_printf (where->text, " AND %s IN (", column);
  for (guint i = 0; i < n; i++)
    {
      g_string_append (where->text, i > 0 ? ", " : "");
      if (is_integer)
        append_bound (where, NULL, g_array_index (integers, gint64, i));
      else
        append_bound (where, condition->texts[i], 0);
    }
  g_string_append (where->text, ")");
}

/* A date is compared as its digits, unknown parts 0. */
static void
append_range (HxWhere *where, const HxCondition *condition, const char *column)
{
  g_autofree char *number
      = condition->field->type == HX_FIELD_DATE
            ? g_strdup_printf ("CAST (SUBSTR (REPLACE (%s, '-', '')"
                               " || '0000', 1, 8) AS INTEGER)",
                               column)
            : g_strdup (column);

  g_string_append_printf (where->text, " AND %s IS NOT NULL", column);
  if (condition->has_min)
    {
      g_string_append_printf (where->text, " AND %s >= ", number);
      append_bound (where, NULL, condition->min);
    }
  if (condition->has_max)
    {
      g_string_append_printf (where->text, " AND %s <= ", number);
      append_bound (where, NULL, condition->max);
    }
}

void
hx_where_conditions (HxWhere *where, const char *alias,
                     const GPtrArray *conditions)
{
  for (guint i = 0; conditions != NULL && i < conditions->len; i++)
    {
      const HxCondition *condition = conditions->pdata[i];
      g_autofree char *column = column_of (where, alias, condition);

      if (condition->test == HX_TEST_IN)
        append_in (where, condition, column);
      else if (condition->test == HX_TEST_RANGE)
        append_range (where, condition, column);
      else
        g_string_append_printf (where->text, " AND %s IS %sNULL", column,
                                condition->test == HX_TEST_FILLED ? "NOT "
                                                                  : "");
    }
}
