/* The rules of a duty as SQL.  The register is `r`, an event `e`, a record that
 * may show something done `p`; what a condition refers to is joined by key. */
#include "duty/duty_internal.h"

static void
append_day (HxWhere *sql, const char *text, gint64 day, guint characters)
{
  char date[HX_DATE_TEXT_SIZE];

  hx_date_format (hx_date_from_days (day), date);
  if (characters < HX_DATE_TEXT_SIZE - 1)
    date[characters] = '\0';
  g_string_append (hx_where_text (sql), text);
  hx_where_string (sql, date);
}

/* One sentence of conditions in brackets. */
static void
append_conditions (HxWhere *sql, const char *alias, const GPtrArray *conditions)
{
  g_string_append (hx_where_text (sql), "(1 = 1");
  hx_where_conditions (sql, alias, conditions);
  g_string_append (hx_where_text (sql), ")");
}

static HxStatement *
statement (HxWhere *sql, HxConnection *connection, const char *head,
           const char *order, GError **error)
{
  g_autofree char *text
      = g_strconcat (head, hx_where_joins (sql)->str, " WHERE ",
                     hx_where_text (sql)->str, order, NULL);
  HxStatement *made = hx_statement_new (connection, text, error);

  if (made == NULL)
    return NULL;
  hx_bind_integer (made, 1, HX_BUREAU_ID);
  hx_where_bind (sql, made);
  return made;
}

/* ------------------------------------------------------------------- rows */

static gboolean
is_of_units (const HxDuty *duty)
{
  return g_str_equal (duty->of->key, "unit");
}

static void
append_unit (HxWhere *sql, const HxDuty *duty, gint64 unit_id)
{
  if (unit_id == 0)
    return;
  g_string_append_printf (hx_where_text (sql),
                          " AND r.%s IN (WITH RECURSIVE below (id) AS (SELECT ",
                          is_of_units (duty) ? "id" : "unit_id");
  hx_where_integer (sql, unit_id);
  g_string_append (hx_where_text (sql),
                   " UNION SELECT u.id FROM reg_unit u JOIN below b"
                   " ON u.parent = b.id WHERE u.bureau_id = ?1)"
                   " SELECT id FROM below)");
}

/* The date of an event that is due in the span, unknown parts aside: its text
 * begins with the year or is a part of it. */
static void
append_event (HxWhere *sql, const HxDuty *duty, const HxDutyQuery *query)
{
  const char *alias = duty->event_reference != NULL ? "e" : "r";
  g_autofree char *column
      = g_strdup_printf (" AND %s.\"%s\"", alias, hx_field_column (duty->date));

  if (duty->event_reference != NULL)
    g_string_append_printf (hx_where_joins (sql),
                            " JOIN %s e ON e.bureau_id = ?1"
                            " AND e.\"%s\" = r.id AND e.void = 0",
                            duty->event->table,
                            hx_field_column (duty->event_reference));
  g_string_append_printf (hx_where_text (sql), "%s >= ", column);
  append_day (sql, "", hx_date_days (query->from) - duty->after, 4);
  g_string_append_printf (hx_where_text (sql), "%s <= ", column);
  append_day (sql, "", hx_date_days (query->until) - duty->after,
              HX_DATE_TEXT_SIZE);
  g_string_append (hx_where_text (sql), " AND ");
  append_conditions (sql, alias, duty->event_where);
}

static void
append_where (HxWhere *sql, const HxDuty *duty)
{
  for (guint i = 0; i < duty->where->len; i++)
    {
      g_string_append (hx_where_text (sql), i == 0 ? " AND (" : " OR ");
      append_conditions (sql, "r", duty->where->pdata[i]);
    }
  g_string_append (hx_where_text (sql), duty->where->len > 0 ? ")" : "");
}

static void
append_row (HxWhere *sql, const HxDutyQuery *query)
{
  if (query->row_id == 0)
    return;
  g_string_append (hx_where_text (sql), " AND r.id = ");
  hx_where_integer (sql, query->row_id);
}

/* Whether the row keeps its birthday by the lunar calendar, and on which day:
 * the conditions are said where they are asked for, before the WHERE. */
static char *
lunar_columns (HxWhere *sql, const HxDuty *duty)
{
  g_autofree char *conditions = NULL;
  GString *text = hx_where_text (sql);

  if (duty->lunar == NULL)
    return g_strdup ("0, NULL");
  append_conditions (sql, "r", duty->lunar);
  conditions = g_strdup (text->str);
  g_string_truncate (text, 0);
  if (duty->lunar_day == NULL)
    return g_strdup_printf ("%s, NULL", conditions);
  return g_strdup_printf ("%s, r.\"%s\"", conditions,
                          hx_field_column (duty->lunar_day));
}

HxStatement *
hx_duty_rows (HxWhere *sql, HxConnection *connection, const HxDuty *duty,
              const HxDutyQuery *query, GError **error)
{
  const HxField *label = hx_kind_label_field (duty->of);
  const char *alias = duty->event_reference != NULL ? "e" : "r";
  g_autofree char *date = duty->date == NULL
                              ? g_strdup ("NULL")
                              : g_strdup_printf ("%s.\"%s\"", alias,
                                                 hx_field_column (duty->date));
  g_autofree char *lunar = lunar_columns (sql, duty);
  g_autofree char *head = g_strdup_printf (
      "SELECT r.id, r.%s, r.day, r.\"%s\", %s%s%s, %s, %s FROM %s r",
      is_of_units (duty) ? "id" : "unit_id", hx_field_column (duty->of->until),
      label != NULL ? "r.\"" : "",
      label != NULL ? hx_field_column (label) : "NULL",
      label != NULL ? "\"" : "", date, lunar, duty->of->table);

  g_string_append (hx_where_text (sql), "r.bureau_id = ?1 AND r.void = 0");
  append_where (sql, duty);
  append_unit (sql, duty, query->unit_id);
  append_row (sql, query);
  if (duty->rule == HX_WHEN_AFTER)
    append_event (sql, duty, query);
  return statement (sql, connection, head, " ORDER BY r.id", error);
}

HxStatement *
hx_duty_proofs (HxWhere *sql, HxConnection *connection,
                const HxDutyProof *proof, const HxProofSpan *span,
                GError **error)
{
  const char *reference = hx_field_column (proof->reference);
  const HxDate first = hx_date_from_days (span->first);
  g_autofree char *head = g_strdup_printf (
      "SELECT p.\"%s\", p.id, p.day, %s%s%s FROM %s p", reference,
      proof->step != NULL ? "p.\"" : "",
      proof->step != NULL ? hx_field_column (proof->step) : "NULL",
      proof->step != NULL ? "\"" : "", proof->kind->table);

  g_string_append (hx_where_text (sql), "p.bureau_id = ?1 AND p.void = 0 AND ");
  append_conditions (sql, "p", proof->where);
  append_day (sql, " AND p.day >= ", span->first, first.month == 1 ? 4 : 7);
  append_day (sql, " AND p.day <= ", span->last, HX_DATE_TEXT_SIZE);
  for (guint i = 0; span->rows != NULL && i < span->rows->len; i++)
    {
      if (i == 0)
        g_string_append_printf (hx_where_text (sql), " AND p.\"%s\" IN (",
                                reference);
      else
        g_string_append (hx_where_text (sql), ", ");
      hx_where_integer (sql, g_array_index (span->rows, gint64, i));
    }
  g_string_append (hx_where_text (sql), span->rows == NULL ? "" : ")");
  return statement (sql, connection, head, "", error);
}
