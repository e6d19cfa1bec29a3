/* Rules of the catalogue as SQL over the tables of the kinds. */
#include "measure/verify_internal.h"

#include <string.h>

typedef struct
{
  const char *text; /* NULL: the integer */
  gint64 integer;
} HxBound;

typedef struct
{
  GString *where, *joins;
  GPtrArray *joined; /* HxField */
  GArray *bounds;    /* HxBound, from parameter 3 on */
} HxQuery;

static void
query_init (HxQuery *query)
{
  query->where = g_string_new (NULL);
  query->joins = g_string_new (NULL);
  query->joined = g_ptr_array_new ();
  query->bounds = g_array_new (FALSE, FALSE, sizeof (HxBound));
}

static void
query_clear (HxQuery *query)
{
  g_string_free (query->where, TRUE);
  g_string_free (query->joins, TRUE);
  g_ptr_array_unref (query->joined);
  g_array_unref (query->bounds);
}

/* Appends the parameter that stands for a value. */
static void
append_bound (HxQuery *query, const char *text, gint64 integer)
{
  HxBound bound = { text, integer };

  g_array_append_val (query->bounds, bound);
  g_string_append_printf (query->where, "?%u", query->bounds->len + 2);
}

static guint
join_number (HxQuery *query, const HxField *reference)
{
  guint number;

  if (g_ptr_array_find (query->joined, reference, &number))
    return number;
  g_ptr_array_add (query->joined, (gpointer)(guintptr)reference);
  number = query->joined->len - 1;
  g_string_append_printf (query->joins,
                          " LEFT JOIN %s j%u ON j%u.bureau_id = r.bureau_id"
                          " AND j%u.id = r.\"%s\"",
                          reference->target->table, number, number, number,
                          hx_field_column (reference));
  return number;
}

static void
append_in (HxQuery *query, const HxCondition *condition, const char *column)
{
  const GArray *integers = condition->integers;
  gboolean is_integer = hx_field_type_is_integer (condition->field->type);
  guint n = is_integer ? integers->len : g_strv_length (condition->texts);

  g_string_append_printf (query->where, " AND %s IN (", column);
  for (guint i = 0; i < n; i++)
    {
      g_string_append (query->where, i > 0 ? ", " : "");
      if (is_integer)
        append_bound (query, NULL, g_array_index (integers, gint64, i));
      else
        append_bound (query, condition->texts[i], 0);
    }
  g_string_append (query->where, ")");
}

/* A date is compared as its digits, unknown parts 0. */
static void
append_range (HxQuery *query, const HxCondition *condition, const char *column)
{
  g_autofree char *number
      = condition->field->type == HX_FIELD_DATE
            ? g_strdup_printf ("CAST (SUBSTR (REPLACE (%s, '-', '')"
                               " || '0000', 1, 8) AS INTEGER)",
                               column)
            : g_strdup (column);

  g_string_append_printf (query->where, " AND %s IS NOT NULL", column);
  if (condition->has_min)
    {
      g_string_append_printf (query->where, " AND %s >= ", number);
      append_bound (query, NULL, condition->min);
    }
  if (condition->has_max)
    {
      g_string_append_printf (query->where, " AND %s <= ", number);
      append_bound (query, NULL, condition->max);
    }
}

static void
append_condition (HxQuery *query, const HxCondition *condition)
{
  g_autofree char *alias
      = condition->reference != NULL
            ? g_strdup_printf ("j%u", join_number (query, condition->reference))
            : g_strdup ("r");
  g_autofree char *column = g_strdup_printf (
      "%s.\"%s\"", alias, hx_field_column (condition->field));

  if (condition->test == HX_TEST_IN)
    append_in (query, condition, column);
  else if (condition->test == HX_TEST_RANGE)
    append_range (query, condition, column);
  else
    g_string_append_printf (query->where, " AND %s IS %sNULL", column,
                            condition->test == HX_TEST_FILLED ? "NOT " : "");
}

static char *
query_text (const HxQuery *query, const HxKind *kind, const HxField *field,
            const char *more)
{
  g_autofree char *until
      = kind->until != NULL
            ? g_strdup_printf ("r.\"%s\"", hx_field_column (kind->until))
            : g_strdup ("NULL");
  g_autofree char *value
      = field != NULL ? g_strdup_printf ("r.\"%s\"", hx_field_column (field))
                      : g_strdup ("NULL");
  g_autofree char *people
      = field != NULL && field->type == HX_FIELD_ATTENDEES
            ? g_strdup_printf ("r.\"%s_people\"", field->key)
            : g_strdup ("NULL");

  return g_strdup_printf ("SELECT r.unit_id, r.day, %s, %s, %s FROM %s r%s"
                          " WHERE r.bureau_id = ?1 AND r." HX_ALL_IDS
                          " AND r.void = 0%s%s",
                          until, value, people, kind->table, query->joins->str,
                          query->where->str, more);
}

static HxStatement *
match (HxConnection *connection, const HxKind *kind, const HxField *field,
       const GPtrArray *where, const char *more, GError **error)
{
  HxStatement *statement;
  g_autofree char *sql = NULL;
  HxQuery query;

  query_init (&query);
  for (guint i = 0; where != NULL && i < where->len; i++)
    append_condition (&query, where->pdata[i]);
  sql = query_text (&query, kind, field, more);
  statement = hx_statement_new (connection, sql, error);
  if (statement != NULL)
    hx_bind_integer (statement, 1, HX_BUREAU_ID);
  for (guint i = 0; statement != NULL && i < query.bounds->len; i++)
    {
      const HxBound *bound = &g_array_index (query.bounds, HxBound, i);

      if (bound->text != NULL)
        hx_bind_text (statement, (int)i + 3, bound->text, -1);
      else
        hx_bind_integer (statement, (int)i + 3, bound->integer);
    }
  query_clear (&query);
  return statement;
}

HxStatement *
hx_match_rows (HxConnection *connection, const HxIndicator *indicator,
               GError **error)
{
  return match (connection, indicator->kind, indicator->field, indicator->where,
                "", error);
}

HxStatement *
hx_match_base (HxConnection *connection, const HxIndicator *indicator,
               GError **error)
{
  return match (connection, indicator->base, NULL, indicator->base_where, "",
                error);
}

HxStatement *
hx_match_one (HxConnection *connection, const HxIndicator *indicator,
              GError **error)
{
  return match (connection, indicator->base, NULL, indicator->base_where,
                " AND r.id = ?2", error);
}
