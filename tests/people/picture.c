#include "picture.h"

#include "duty/duty.h"

typedef struct
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  GString *text;
} Picture;

/* --------------------------------------------------------------------- rows */

static void
add_row (GString *text, const HxRow *row)
{
  g_string_append_printf (text, "%s %ld @%ld", row->kind->key, (long)row->id,
                          (long)row->unit_id);
  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = row->kind->fields->pdata[i];
      const HxValue *value = &row->values[i];

      if (!value->filled)
        continue;
      if (hx_field_type_is_integer (field->type))
        g_string_append_printf (text, " %s=%ld%s", field->key,
                                (long)value->integer,
                                value->people != NULL ? value->people : "");
      else
        g_string_append_printf (text, " %s=%s", field->key, value->text);
    }
  g_string_append_c (text, '\n');
}

static void
add_rows (Picture *picture, const HxKind *kind)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *columns = hx_row_columns (kind, NULL);
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s FROM %s WHERE void = 0 ORDER BY id", columns, kind->table);
  g_autoptr (HxStatement) statement
      = hx_statement_new (picture->connection, sql, &error);
  g_autoptr (HxRow) row = hx_row_new (kind);

  check (statement != NULL, error);
  while (hx_step (statement, &error) == HX_STEP_ROW)
    {
      hx_row_read (statement, 0, row);
      add_row (picture->text, row);
    }
  check (error == NULL, error);
}

/* ------------------------------------------------------------------ figures */

static gboolean
add_trace (const HxRow *row, gpointer data)
{
  g_string_append_printf (data, " %ld", (long)row->id);
  return TRUE;
}

static void
add_figures (Picture *picture, int year)
{
  const HxPeriod period = { .year = year };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) figures = hx_figures_read (
      picture->connection, picture->catalogue, &period, &error);

  check (figures != NULL, error);
  for (guint i = 0; i < figures->len; i++)
    {
      const HxFigure *figure = figures->pdata[i];

      g_string_append_printf (picture->text,
                              "%s %s %ld:", figure->indicator->key,
                              figure->text, (long)figure->rows);
      check (hx_trace (picture->connection, picture->catalogue,
                       figure->indicator->key, &period, add_trace,
                       picture->text, &error),
             error);
      g_string_append_c (picture->text, '\n');
    }
}

static void
add_coverage (Picture *picture, int year)
{
  const HxDutyQuery query = { .as_of = { (gint16)year, 12, 31 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) lines = hx_duty_coverage (
      picture->connection, picture->catalogue, year, &query, &error);

  check (lines != NULL, error);
  for (guint i = 0; i < lines->len; i++)
    {
      const HxDutyCoverage *line = &g_array_index (lines, HxDutyCoverage, i);

      g_string_append_printf (picture->text, "%s %ld: %ld %ld %ld %ld\n",
                              line->duty->key, (long)line->unit_id,
                              (long)line->due, (long)line->done,
                              (long)line->open, (long)line->overdue);
    }
}

char *
picture (Bureau *bureau, int year)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (bureau->store, &error);
  g_autoptr (GString) text = g_string_new (NULL);
  Picture all = { hx_reader_connection (reader), bureau->catalogue, text };
  const GPtrArray *kinds = hx_catalogue_kinds (bureau->catalogue);

  for (guint i = 0; i < kinds->len; i++)
    add_rows (&all, kinds->pdata[i]);
  add_figures (&all, year);
  add_coverage (&all, year);
  return g_strdup (text->str);
}

/* ------------------------------------------------------------------ findings
 */

static void
add_finding (const char *finding, gpointer data)
{
  g_string_append_printf (data, "%s\n", finding);
}

char *
findings (Bureau *bureau)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (bureau->store, &error);
  HxConnection *connection = hx_reader_connection (reader);
  g_autoptr (GString) text = g_string_new (NULL);

  check (hx_ledger_verify (connection, bureau->catalogue, add_finding, text,
                           NULL, &error)
             && hx_measure_verify (connection, bureau->catalogue, add_finding,
                                   text, NULL, &error),
         error);
  return g_strdup (text->str);
}
