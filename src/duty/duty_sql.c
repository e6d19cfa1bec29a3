/* The rules of a duty as SQL.  The register is `r`, an event `e`, a record that
 * may show something done `p`; what a condition refers to is joined by key. */
#include "duty/duty_internal.h"

typedef struct
{
  char *text; /* NULL: the integer */
  gint64 integer;
} Bound;

struct _HxDutySql
{
  GString *joins, *where;
  guint n_joins;
  GArray *bounds; /* Bound, from parameter 2 on */
};

static void
bound_clear (gpointer data)
{
  g_free (((Bound *)data)->text);
}

HxDutySql *
hx_duty_sql_new (void)
{
  HxDutySql *sql = g_new0 (HxDutySql, 1);

  sql->joins = g_string_new (NULL);
  sql->where = g_string_new (NULL);
  sql->bounds = g_array_new (FALSE, FALSE, sizeof (Bound));
  g_array_set_clear_func (sql->bounds, bound_clear);
  return sql;
}

void
hx_duty_sql_free (HxDutySql *sql)
{
  if (sql == NULL)
    return;
  g_string_free (sql->joins, TRUE);
  g_string_free (sql->where, TRUE);
  g_array_unref (sql->bounds);
  g_free (sql);
}

/* Appends the parameter that stands for a value. */
static void
append_bound (HxDutySql *sql, const char *text, gint64 integer)
{
  Bound bound = { g_strdup (text), integer };

  g_array_append_val (sql->bounds, bound);
  g_string_append_printf (sql->where, "?%u", sql->bounds->len + 1);
}

static void
append_day (HxDutySql *sql, const char *text, gint64 day, guint characters)
{
  char date[HX_DATE_TEXT_SIZE];

  hx_date_format (hx_date_from_days (day), date);
  if (characters < HX_DATE_TEXT_SIZE - 1)
    date[characters] = '\0';
  g_string_append (sql->where, text);
  append_bound (sql, date, 0);
}

/* ------------------------------------------------------------- conditions */

static char *
column_of (HxDutySql *sql, const char *alias, const HxCondition *condition)
{
  const char *column = hx_field_column (condition->field);
  const HxField *reference = condition->reference;
  guint number = sql->n_joins;

  if (reference == NULL)
    return g_strdup_printf ("%s.\"%s\"", alias, column);
  g_string_append_printf (sql->joins,
                          " LEFT JOIN %s j%u ON j%u.bureau_id = ?1"
                          " AND j%u.id = %s.\"%s\"",
                          reference->target->table, number, number, number,
                          alias, hx_field_column (reference));
  sql->n_joins++;
  return g_strdup_printf ("j%u.\"%s\"", number, column);
}

static void
append_in (HxDutySql *sql, const HxCondition *condition, const char *column)
{
  const gboolean is_integer = hx_field_type_is_integer (condition->field->type);
  const guint n = is_integer ? condition->integers->len
                             : g_strv_length (condition->texts);

  g_string_append_printf (sql->where, "%s IN (", column);
  for (guint i = 0; i < n; i++)
    {
      g_string_append (sql->where, i > 0 ? ", " : "");
      if (is_integer)
        append_bound (sql, NULL,
                      g_array_index (condition->integers, gint64, i));
      else
        append_bound (sql, condition->texts[i], 0);
    }
  g_string_append (sql->where, ")");
}

/* A date is compared as its digits, unknown parts 0. */
static void
append_range (HxDutySql *sql, const HxCondition *condition, const char *column)
{
  g_autofree char *number
      = condition->field->type == HX_FIELD_DATE
            ? g_strdup_printf ("CAST (SUBSTR (REPLACE (%s, '-', '')"
                               " || '0000', 1, 8) AS INTEGER)",
                               column)
            : g_strdup (column);

  g_string_append_printf (sql->where, "%s IS NOT NULL", column);
  if (condition->has_min)
    {
      g_string_append_printf (sql->where, " AND %s >= ", number);
      append_bound (sql, NULL, condition->min);
    }
  if (condition->has_max)
    {
      g_string_append_printf (sql->where, " AND %s <= ", number);
      append_bound (sql, NULL, condition->max);
    }
}

static void
append_conditions (HxDutySql *sql, const char *alias,
                   const GPtrArray *conditions)
{
  g_string_append (sql->where, "(1 = 1");
  for (guint i = 0; i < conditions->len; i++)
    {
      const HxCondition *condition = conditions->pdata[i];
      g_autofree char *column = column_of (sql, alias, condition);

      g_string_append (sql->where, " AND ");
      if (condition->test == HX_TEST_IN)
        append_in (sql, condition, column);
      else if (condition->test == HX_TEST_RANGE)
        append_range (sql, condition, column);
      else
        g_string_append_printf (sql->where, "%s IS %sNULL", column,
                                condition->test == HX_TEST_FILLED ? "NOT "
                                                                  : "");
    }
  g_string_append (sql->where, ")");
}

static HxStatement *
statement (HxDutySql *sql, HxConnection *connection, const char *head,
           const char *order, GError **error)
{
  g_autofree char *text = g_strconcat (head, sql->joins->str, " WHERE ",
                                       sql->where->str, order, NULL);
  HxStatement *made = hx_statement_new (connection, text, error);

  if (made == NULL)
    return NULL;
  hx_bind_integer (made, 1, HX_BUREAU_ID);
  for (guint i = 0; i < sql->bounds->len; i++)
    {
      const Bound *bound = &g_array_index (sql->bounds, Bound, i);

      if (bound->text != NULL)
        hx_bind_text (made, (int)i + 2, bound->text, -1);
      else
        hx_bind_integer (made, (int)i + 2, bound->integer);
    }
  return made;
}

/* ------------------------------------------------------------------- rows */

/* `name` where there is one, else the first plain field of the identity. */
const HxField *
hx_duty_label_field (const HxKind *kind)
{
  const HxField *name = hx_kind_field (kind, "name");

  for (guint i = 0; name == NULL && i < kind->identity->len; i++)
    {
      const HxField *field = kind->identity->pdata[i];

      if (field->type != HX_FIELD_REF)
        name = field;
    }
  return name;
}

static gboolean
is_of_units (const HxDuty *duty)
{
  return g_str_equal (duty->of->key, "unit");
}

static void
append_unit (HxDutySql *sql, const HxDuty *duty, gint64 unit_id)
{
  if (unit_id == 0)
    return;
  g_string_append_printf (sql->where,
                          " AND r.%s IN (WITH RECURSIVE below (id) AS (SELECT ",
                          is_of_units (duty) ? "id" : "unit_id");
  append_bound (sql, NULL, unit_id);
  g_string_append (sql->where, " UNION SELECT u.id FROM reg_unit u JOIN below b"
                               " ON u.parent = b.id WHERE u.bureau_id = ?1)"
                               " SELECT id FROM below)");
}

/* The date of an event that is due in the span, unknown parts aside: its text
 * begins with the year or is a part of it. */
static void
append_event (HxDutySql *sql, const HxDuty *duty, const HxDutyQuery *query)
{
  const char *alias = duty->event_reference != NULL ? "e" : "r";
  g_autofree char *column
      = g_strdup_printf (" AND %s.\"%s\"", alias, hx_field_column (duty->date));

  if (duty->event_reference != NULL)
    g_string_append_printf (sql->joins,
                            " JOIN %s e ON e.bureau_id = ?1"
                            " AND e.\"%s\" = r.id AND e.void = 0",
                            duty->event->table,
                            hx_field_column (duty->event_reference));
  g_string_append_printf (sql->where, "%s >= ", column);
  append_day (sql, "", hx_date_days (query->from) - duty->after, 4);
  g_string_append_printf (sql->where, "%s <= ", column);
  append_day (sql, "", hx_date_days (query->until) - duty->after,
              HX_DATE_TEXT_SIZE);
  g_string_append (sql->where, " AND ");
  append_conditions (sql, alias, duty->event_where);
}

static void
append_where (HxDutySql *sql, const HxDuty *duty)
{
  for (guint i = 0; i < duty->where->len; i++)
    {
      g_string_append (sql->where, i == 0 ? " AND (" : " OR ");
      append_conditions (sql, "r", duty->where->pdata[i]);
    }
  g_string_append (sql->where, duty->where->len > 0 ? ")" : "");
}

HxStatement *
hx_duty_rows (HxDutySql *sql, HxConnection *connection, const HxDuty *duty,
              const HxDutyQuery *query, GError **error)
{
  const HxField *label = hx_duty_label_field (duty->of);
  const char *alias = duty->event_reference != NULL ? "e" : "r";
  g_autofree char *date = duty->date == NULL
                              ? g_strdup ("NULL")
                              : g_strdup_printf ("%s.\"%s\"", alias,
                                                 hx_field_column (duty->date));
  g_autofree char *head = g_strdup_printf (
      "SELECT r.id, r.%s, r.day, r.\"%s\", %s%s%s, %s FROM %s r",
      is_of_units (duty) ? "id" : "unit_id", hx_field_column (duty->of->until),
      label != NULL ? "r.\"" : "",
      label != NULL ? hx_field_column (label) : "NULL",
      label != NULL ? "\"" : "", date, duty->of->table);

  g_string_append (sql->where, "r.bureau_id = ?1 AND r.void = 0");
  append_where (sql, duty);
  append_unit (sql, duty, query->unit_id);
  if (duty->rule == HX_WHEN_AFTER)
    append_event (sql, duty, query);
  return statement (sql, connection, head, " ORDER BY r.id", error);
}

HxStatement *
hx_duty_proofs (HxDutySql *sql, HxConnection *connection,
                const HxDutyProof *proof, const HxProofSpan *span,
                GError **error)
{
  const char *reference = hx_field_column (proof->reference);
  const HxDate first = hx_date_from_days (span->first);
  g_autofree char *head = g_strdup_printf (
      "SELECT p.\"%s\", p.id, p.day FROM %s p", reference, proof->kind->table);

  g_string_append (sql->where, "p.bureau_id = ?1 AND p.void = 0 AND ");
  append_conditions (sql, "p", proof->where);
  append_day (sql, " AND p.day >= ", span->first, first.month == 1 ? 4 : 7);
  append_day (sql, " AND p.day <= ", span->last, HX_DATE_TEXT_SIZE);
  for (guint i = 0; span->rows != NULL && i < span->rows->len; i++)
    {
      if (i == 0)
        g_string_append_printf (sql->where, " AND p.\"%s\" IN (", reference);
      else
        g_string_append (sql->where, ", ");
      append_bound (sql, NULL, g_array_index (span->rows, gint64, i));
    }
  g_string_append (sql->where, span->rows == NULL ? "" : ")");
  return statement (sql, connection, head, "", error);
}
