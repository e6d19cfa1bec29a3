/* Each measure is a pair of SQL expressions, numerator and denominator, made
 * of scalar sub-queries; ratio, total and reached join the pairs of their
 * parts.  In a sub-query the rows are `t`, and the row that a reference of
 * theirs names is `r_REFERENCE`.
 *
 * A file has one bureau, so the SQL does not ask for it: the engine, which
 * has no statistics, would take any index that begins with the bureau and
 * read whole tables in that order, ten times as slow. */

#include "plain_sql.h"

#include <string.h>

typedef struct
{
  char *numerator, *denominator;
} Pair;

typedef struct
{
  int year;
  gint32 last; /* the last day counted, 20231231 */
} Span;

static gboolean make_pair (const HxIndicator *indicator, const Span *span,
                           Pair *pair);

static void
pair_clear (Pair *pair)
{
  g_clear_pointer (&pair->numerator, g_free);
  g_clear_pointer (&pair->denominator, g_free);
}

static char *
date_text (gint32 day)
{
  char text[HX_DATE_TEXT_SIZE];

  hx_date_format (hx_date_from_number (day), text);
  return g_strdup_printf ("'%s'", text);
}

/* ----------------------------------------------------------- conditions */

static void
add_quoted (GString *sql, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "'", -1);
  g_autofree char *doubled = g_strjoinv ("''", parts);

  g_string_append_printf (sql, "'%s'", doubled);
}

static void
add_list (GString *sql, const HxCondition *condition)
{
  g_string_append (sql, " IN (");
  for (guint i = 0; condition->texts != NULL && condition->texts[i] != NULL;
       i++)
    {
      g_string_append (sql, i > 0 ? ", " : "");
      add_quoted (sql, condition->texts[i]);
    }
  for (guint i = 0; condition->integers != NULL && i < condition->integers->len;
       i++)
    g_string_append_printf (sql, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "",
                            g_array_index (condition->integers, gint64, i));
  g_string_append (sql, ")");
}

static void
add_bound (GString *sql, const HxField *field, gint64 bound)
{
  g_autofree char *date = NULL;

  if (field->type == HX_FIELD_DATE)
    g_string_append (sql, date = date_text ((gint32)bound));
  else
    g_string_append_printf (sql, "%" G_GINT64_FORMAT, bound);
}

static void
add_range (GString *sql, const char *column, const HxCondition *condition)
{
  g_string_append (sql, " IS NOT NULL");
  if (condition->has_min)
    {
      g_string_append_printf (sql, " AND %s >= ", column);
      add_bound (sql, condition->field, condition->min);
    }
  if (condition->has_max)
    {
      g_string_append_printf (sql, " AND %s <= ", column);
      add_bound (sql, condition->field, condition->max);
    }
}

static void
add_condition (GString *sql, const char *alias, const HxCondition *condition)
{
  g_autofree char *column = g_strdup_printf (
      "%s.\"%s\"", alias, hx_field_column (condition->field));

  g_string_append_printf (sql, " AND %s", column);
  switch (condition->test)
    {
    case HX_TEST_IN:
      add_list (sql, condition);
      break;
    case HX_TEST_RANGE:
      add_range (sql, column, condition);
      break;
    case HX_TEST_FILLED:
      g_string_append (sql, " IS NOT NULL");
      break;
    case HX_TEST_EMPTY:
    default:
      g_string_append (sql, " IS NULL");
      break;
    }
}

static void
add_join (GString *sql, const HxField *reference)
{
  g_string_append_printf (sql,
                          " LEFT JOIN %s r_%s ON r_%s.bureau_id = t.bureau_id"
                          " AND r_%s.id = t.\"%s\"",
                          reference->target->table, reference->key,
                          reference->key, reference->key,
                          hx_field_column (reference));
}

static void
add_joins (GString *sql, const GPtrArray *where)
{
  g_autoptr (GHashTable) joined = g_hash_table_new (NULL, NULL);

  for (guint i = 0; where != NULL && i < where->len; i++)
    {
      const HxCondition *condition = where->pdata[i];

      if (condition->reference != NULL
          && g_hash_table_add (joined, (gpointer)condition->reference->key))
        add_join (sql, condition->reference);
    }
}

static void
add_where (GString *sql, const char *alias, const GPtrArray *where)
{
  for (guint i = 0; where != NULL && i < where->len; i++)
    {
      const HxCondition *condition = where->pdata[i];
      g_autofree char *referenced
          = condition->reference != NULL
                ? g_strconcat ("r_", condition->reference->key, NULL)
                : NULL;

      add_condition (sql, referenced != NULL ? referenced : alias, condition);
    }
}

/* -------------------------------------------------------- own measures */

/* Rows of a register that are there on a day. */
static void
add_member (GString *sql, const char *alias, const HxKind *kind, gint32 day)
{
  g_autofree char *on = date_text (day);
  const char *since = hx_field_column (kind->since);
  const char *until = hx_field_column (kind->until);

  g_string_append_printf (
      sql,
      " AND %s.void = 0 AND (%s.\"%s\" IS NULL OR %s.\"%s\" <= %s)"
      " AND (%s.\"%s\" IS NULL OR %s.\"%s\" >= %s)",
      alias, alias, since, alias, since, on, alias, until, alias, until, on);
}

static char *
count_members (const HxKind *kind, const GPtrArray *where, gint32 day)
{
  GString *sql = g_string_new (NULL);

  g_string_printf (sql, "(SELECT COUNT (*) FROM %s t", kind->table);
  add_joins (sql, where);
  g_string_append (sql, " WHERE TRUE");
  add_member (sql, "t", kind, day);
  add_where (sql, "t", where);
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

static char *
what_counts (const HxIndicator *indicator)
{
  const char *column
      = indicator->field != NULL ? hx_field_column (indicator->field) : NULL;

  if (indicator->measure == HX_MEASURE_COUNT)
    return g_strdup ("COUNT (*)");
  if (indicator->measure == HX_MEASURE_SUM)
    return g_strdup_printf ("COALESCE (SUM (t.\"%s\"), 0)", column);
  if (indicator->field->type == HX_FIELD_ATTENDEES)
    return g_strdup ("COUNT (DISTINCT people.value)");
  return g_strdup_printf ("COUNT (DISTINCT t.\"%s\")", column);
}

/* Only named attendees are told apart: their ids are a JSON array. */
static void
add_covered (GString *sql, const HxIndicator *indicator, gboolean is_named)
{
  g_autofree char *reference
      = is_named
            ? g_strdup ("people.value")
            : g_strdup_printf ("t.\"%s\"", hx_field_column (indicator->field));

  g_string_append_printf (sql,
                          " JOIN %s base ON base.bureau_id = t.bureau_id"
                          " AND base.id = %s",
                          indicator->base->table, reference);
}

static char *
count_dated (const HxIndicator *indicator, const Span *span)
{
  GString *sql = g_string_new (NULL);
  g_autofree char *counted = what_counts (indicator);
  g_autofree char *last = date_text (span->last);
  const gboolean is_named = indicator->measure != HX_MEASURE_SUM
                            && indicator->field != NULL
                            && indicator->field->type == HX_FIELD_ATTENDEES;

  g_string_printf (sql, "(SELECT %s FROM %s t", counted,
                   indicator->kind->table);
  if (is_named)
    g_string_append_printf (sql, ", json_each (t.\"%s_people\") people",
                            indicator->field->key);
  add_joins (sql, indicator->where);
  if (indicator->measure == HX_MEASURE_COVERAGE)
    add_covered (sql, indicator, is_named);
  g_string_append_printf (sql,
                          " WHERE t.void = 0"
                          " AND t.day BETWEEN '%d-01-01' AND %s",
                          span->year, last);
  add_where (sql, "t", indicator->where);
  if (indicator->measure == HX_MEASURE_COVERAGE)
    {
      add_member (sql, "base", indicator->base, span->year * 10000 + 1231);
      add_where (sql, "base", indicator->base_where);
    }
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

static char *
own_denominator (const HxIndicator *indicator, const Span *span)
{
  GString *power = NULL;

  if (indicator->measure == HX_MEASURE_COVERAGE)
    return count_members (indicator->base, indicator->base_where, span->last);
  power = g_string_new ("1");
  if (indicator->measure == HX_MEASURE_SUM
      && indicator->field->type == HX_FIELD_DECIMAL)
    for (guint i = 0; i < indicator->field->decimals; i++)
      g_string_append_c (power, '0');
  return g_string_free (power, FALSE);
}

/* ------------------------------------------------------ made of others */

static void
add_part (Pair *whole, const HxIndicator *indicator, const Pair *part)
{
  char *numerator = NULL;

  if (indicator->measure == HX_MEASURE_RATIO && whole->numerator != NULL)
    {
      numerator
          = g_strdup_printf ("(%s * %s)", whole->numerator, part->denominator);
      g_free (whole->denominator);
      whole->denominator = g_strdup (part->numerator);
    }
  else if (indicator->measure == HX_MEASURE_REACHED)
    numerator = g_strdup_printf ("(%s + (%s >= %s))",
                                 whole->numerator ? whole->numerator : "0",
                                 part->numerator, part->denominator);
  else if (whole->numerator != NULL)
    numerator
        = g_strdup_printf ("(%s + %s)", whole->numerator, part->numerator);
  else
    numerator = g_strdup (part->numerator);
  g_free (whole->numerator);
  whole->numerator = numerator;
}

static gboolean
join_parts (const HxIndicator *indicator, const Span *span, Pair *pair)
{
  for (guint i = 0; i < indicator->parts->len; i++)
    {
      Pair part = { 0 };

      if (!make_pair (indicator->parts->pdata[i], span, &part))
        return FALSE;
      add_part (pair, indicator, &part);
      pair_clear (&part);
    }
  if (pair->denominator == NULL)
    pair->denominator = g_strdup ("1");
  return TRUE;
}

static gboolean
make_pair (const HxIndicator *indicator, const Span *span, Pair *pair)
{
  Span own = *span;

  if (indicator->measure == HX_MEASURE_TYPED)
    return FALSE;
  if (indicator->until_month != 0)
    own.last = MIN (own.last, span->year * 10000 + indicator->until_month * 100
                                  + indicator->until_day);
  if (indicator->parts != NULL && indicator->parts->len > 0)
    return join_parts (indicator, &own, pair);
  pair->numerator
      = indicator->measure == HX_MEASURE_MEMBERS
            ? count_members (indicator->kind, indicator->where, own.last)
            : count_dated (indicator, &own);
  pair->denominator = own_denominator (indicator, &own);
  return TRUE;
}

char *
bench_plain_sql (const HxIndicator *indicator, int year)
{
  const Span span = { year, year * 10000 + 1231 };
  Pair pair = { 0 };
  char *sql = NULL;

  if (make_pair (indicator, &span, &pair))
    sql = g_strdup_printf ("SELECT %s, %s", pair.numerator, pair.denominator);
  pair_clear (&pair);
  return sql;
}
