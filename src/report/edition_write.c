/* An edition as a document: its text is what was kept, whatever the records
 * say by now. */
#include "report/edition_internal.h"

#include <string.h>

#define PANEL_ROWS 10
#define PANEL_COLUMNS 4

typedef struct
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  GPtrArray *cells; /* char * */
  GError *error;
} Rows;

static char *
summary (Rows *rows, const HxRow *row)
{
  g_autoptr (GString) text = g_string_new (row->is_void ? _ ("已作废") : NULL);

  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = row->kind->fields->pdata[i];
      g_autofree char *value = NULL;

      if (!row->values[i].filled || field == row->kind->date)
        continue;
      value = hx_value_display (rows->connection, row, field,
                                HX_AUDIENCE_OUTSIDE, &rows->error);
      if (value != NULL)
        g_string_append_printf (text, "%s%s：%s", text->len > 0 ? "；" : "",
                                field->name, value);
    }
  return g_strdup (text->str);
}

static gboolean
take_row (const HxRow *row, gpointer data)
{
  Rows *rows = data;
  char day[HX_DATE_TEXT_SIZE] = "";

  if (hx_row_day (row) != 0)
    hx_date_format (hx_date_from_number (hx_row_day (row)), day);
  g_ptr_array_add (rows->cells, g_strdup (row->kind->name));
  g_ptr_array_add (rows->cells, g_strdup_printf ("%" G_GINT64_FORMAT, row->id));
  g_ptr_array_add (rows->cells, g_strdup (day));
  g_ptr_array_add (rows->cells, summary (rows, row));
  return rows->error == NULL && rows->cells->len < PANEL_ROWS * PANEL_COLUMNS;
}

typedef struct
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  const char *columns[PANEL_COLUMNS];
  GArray *panels;   /* HxTracePanel */
  GPtrArray *cells; /* GPtrArray */
  GPtrArray *texts; /* char * */
} Panels;

static gboolean
add_panel (Panels *panels, const HxEditionFigure *figure, GError **error)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  char *as_of = g_malloc0 (HX_DATE_TEXT_SIZE);
  Rows rows = { panels->connection, panels->catalogue, cells, NULL };

  g_ptr_array_add (panels->cells, cells);
  g_ptr_array_add (panels->texts, as_of);
  if (figure->as_of.year != 0)
    hx_date_format (figure->as_of, as_of);
  if (!hx_edition_rows (panels->connection, panels->catalogue, figure, 0,
                        take_row, &rows, error))
    return g_clear_error (&rows.error), FALSE;
  if (rows.error != NULL)
    {
      g_propagate_error (error, rows.error);
      return FALSE;
    }
  const HxTracePanel panel = {
    .key = figure->key,
    .name = figure->name,
    .value = figure->value,
    .unit = figure->unit,
    .stated = figure->stated,
    .query = figure->query,
    .as_of = *as_of != '\0' ? as_of : NULL,
    .rows = (guint64)figure->rows,
    .columns = panels->columns,
    .cells = (const char *const *)cells->pdata,
    .n_columns = PANEL_COLUMNS,
    .n_rows = cells->len / PANEL_COLUMNS,
  };
  g_array_append_val (panels->panels, panel);
  return TRUE;
}

static char *
write_html (HxConnection *connection, HxCatalogue *catalogue,
            const HxEdition *edition, const HxDocument *document,
            GError **error)
{
  g_autoptr (GPtrArray) figures
      = hx_edition_figures (connection, edition, NULL, error);
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (HxTracePanel));
  g_autoptr (GPtrArray) cells
      = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Panels panels
      = { .connection = connection,
          .catalogue = catalogue,
          .columns = { _ ("台账"), _ ("记录号"), _ ("日期"), _ ("内容") },
          .panels = array,
          .cells = cells,
          .texts = texts };
  g_autofree char *note
      = g_strdup_printf (_ ("%s 出具，第 %u 次；摘要 %s"), edition->issued_at,
                         edition->number, edition->digest);
  HxHtmlOptions options = { .note = note };

  for (guint i = 0; figures != NULL && i < figures->len; i++)
    if (!add_panel (&panels, figures->pdata[i], error))
      return NULL;
  options.panels = &g_array_index (array, HxTracePanel, 0);
  options.n_panels = array->len;
  return figures != NULL ? hx_document_html (document, &options) : NULL;
}

static char *
write_docx (const HxEdition *edition, const HxDocument *document, gsize *length,
            GError **error)
{
  const HxDocxOptions options
      = { .creator = edition->bureau, .date = edition->as_of };

  return hx_document_docx (document, &options, length, error);
}

char *
hx_edition_write (HxConnection *connection, HxCatalogue *catalogue,
                  const HxEdition *edition, HxReportFormat format,
                  gsize *length, GError **error)
{
  g_autoptr (HxDocument) document
      = hx_document_parse (edition->markdown, -1, error);
  gsize size = 0;
  char *written;

  if (document == NULL)
    return NULL;
  if (format == HX_REPORT_DOCX)
    written = write_docx (edition, document, &size, error);
  else if (format == HX_REPORT_HTML)
    written = write_html (connection, catalogue, edition, document, error);
  else
    written = format == HX_REPORT_JSON ? hx_document_json (document)
                                       : hx_document_markdown (document);
  if (written != NULL && length != NULL)
    *length = format == HX_REPORT_DOCX ? size : strlen (written);
  return written;
}
