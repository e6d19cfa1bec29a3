/* A year's report: the catalogue's template, bound to the figures of one
 * moment, with a panel of rows for each figure that is printed. */

#include "report/year.h"

#include "people/weakness.h"
#include "plan/years.h"
#include "report/draft.h"
#include "report/wording_file.h"
#include "report/year_internal.h"

#include <string.h>

#define TEMPLATE_PATH "report/template.md"
#define PANEL_ROWS 10
#define PANEL_COLUMNS 4

void
hx_year_clear (HxYear *year)
{
  hx_year_facts_clear (&year->facts);
  g_clear_pointer (&year->texts, g_ptr_array_unref);
  g_clear_pointer (&year->figures, g_hash_table_unref);
  g_clear_pointer (&year->list, g_ptr_array_unref);
  g_clear_pointer (&year->approved, g_hash_table_unref);
  g_clear_pointer (&year->template_, hx_template_free);
  json_decref (year->context);
}

static gboolean
look_up_fact (const HxYear *year, const char *key, HxFigureValue *out)
{
  const HxYearFact *fact = year->facts.facts == NULL
                               ? NULL
                               : g_hash_table_lookup (year->facts.facts, key);
  if (fact == NULL)
    return FALSE;
  *out = (HxFigureValue){
    .key = fact->key,
    .name = fact->name,
    .value = fact->value,
    .decimals = fact->decimals,
    .unit = fact->unit,
  };
  return TRUE;
}

/* Which figure is 0, by the name that people know; of a year without anything,
 * that it has nothing. */
static gboolean
fail_void (const HxYear *year, const HxFigure *figure, GError **error)
{
  const HxIndicator *indicator = figure->indicator;
  g_autofree char *where
      = g_strdup_printf ("%s（%s）", indicator->key, indicator->name);
  g_autofree char *advice = NULL;
  g_autoptr (GError) lack = NULL;
  if (!hx_year_need (year->connection, year->catalogue, year->period.year,
                     HX_YEAR_ANY, &lack)
      && g_error_matches (lack, HX_ERROR, HX_ERROR_NOT_FOUND))
    return hx_fail (error, HX_ERROR_FINDING, lack->message, where, NULL);
  if (indicator->measure == HX_MEASURE_RATIO)
    advice = g_strdup_printf (
        _ ("分母“%s”是 0，先登记它的台账"),
        ((const HxIndicator *)indicator->parts->pdata[1])->name);
  return hx_fail (error, HX_ERROR_FINDING, _ ("这个比率没有值：分母为零"),
                  where, advice);
}

static gboolean
look_up (const char *key, HxFigureValue *out, gpointer data, GError **error)
{
  const HxYear *year = data;
  const HxFigure *figure = g_hash_table_lookup (year->figures, key);
  if (figure == NULL)
    return look_up_fact (year, key, out);
  if (figure->is_void && year->survey)
    return FALSE;
  if (figure->is_void)
    return fail_void (year, figure, error);
  *out = (HxFigureValue){
    .key = figure->indicator->key,
    .name = figure->indicator->name,
    .value = figure->value,
    .decimals = figure->indicator->decimals,
    .unit = figure->indicator->unit,
  };
  return TRUE;
}

static HxTemplate *
parse_template (const HxYear *year, GError **error)
{
  if (year->options->template_path != NULL)
    return hx_template_load (year->options->template_path, error);
  if (year->options->template_text != NULL)
    return hx_template_parse (_ ("模板"), year->options->template_text, -1,
                              error);
  g_autoptr (HxReportDraft) draft = hx_report_draft_read (
      year->connection, year->catalogue, year->period.year, error);
  if (draft == NULL)
    return NULL;
  return hx_template_parse (draft->version == 0 ? TEMPLATE_PATH : _ ("模板"),
                            draft->text, -1, error);
}

static gboolean
set_context (HxYear *year, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *bureau
      = hx_setting_get (year->connection, HX_SETTING_BUREAU, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  year->context = json_pack (
      "{s:i, s:s}", "year", year->period.year, "bureau",
      bureau != NULL ? bureau : hx_catalogue_name (year->catalogue));
  return TRUE;
}

static gboolean
read_facts (HxYear *year, GError **error)
{
  year->facts = (HxYearFacts){
    .connection = year->connection,
    .catalogue = year->catalogue,
    .year = year->period.year,
    .as_of = year->period.as_of,
    .context = year->context,
    .figures = year->figures,
    .texts = year->texts,
  };
  return hx_year_facts_read (&year->facts, error);
}

gboolean
hx_year_prepare (HxYear *year, GError **error)
{
  if (year->list == NULL)
    year->list = hx_figures_read (year->connection, year->catalogue,
                                  &year->period, error);
  if (year->list == NULL)
    return FALSE;
  year->figures = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < year->list->len; i++)
    {
      HxFigure *figure = year->list->pdata[i];
      g_hash_table_insert (year->figures, figure->indicator->key, figure);
    }
  year->texts = hx_year_texts_read (year->connection, year->catalogue,
                                    year->period.year, error);
  if (year->texts == NULL || !set_context (year, error)
      || !(year->survey || read_facts (year, error)))
    return FALSE;
  year->template_ = parse_template (year, error);
  if (year->template_ == NULL)
    return FALSE;
  year->approved
      = hx_wording_file_read (year->catalogue, year->period.year, error);
  return year->approved != NULL
         && hx_report_wordings_read (year->connection, year->period.year,
                                     year->approved, error);
}

static HxTemplateOptions
template_options (HxYear *year)
{
  return (HxTemplateOptions){
    .escape = HX_ESCAPE_MARKDOWN,
    .context = year->context,
    .lookup = look_up,
    .lookup_data = year,
    .approved = year->approved,
    .reword = year->options->reword,
    .changes = year->options->changes,
  };
}

/* Every finding at once, of the passages and of the template: a clerk mends
 * them in one go. */
static gboolean
check_template (HxYear *year, GError **error)
{
  const HxTemplateOptions options = template_options (year);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  if (!hx_year_texts_write (year->texts, &options, lines, error))
    return FALSE;
  g_autoptr (GPtrArray) findings
      = hx_template_check (year->template_, &options, NULL, error);
  if (findings == NULL)
    return FALSE;
  for (guint i = 0; i < findings->len; i++)
    {
      const HxTemplateFinding *finding = findings->pdata[i];
      g_ptr_array_add (lines, g_strdup (finding->message));
    }
  if (lines->len == 0)
    return TRUE;
  g_ptr_array_add (lines, NULL);
  g_autofree char *all = g_strjoinv ("\n", (char **)lines->pdata);
  return hx_fail (error, HX_ERROR_FINDING, all, NULL, NULL);
}

/* Every use of a figure in the template and in the passages. */
static GPtrArray *
figure_uses (HxYear *year, GError **error)
{
  const HxTemplateOptions options = template_options (year);
  g_autoptr (GPtrArray) uses
      = hx_template_figures (year->template_, &options, error);
  for (guint i = 0; uses != NULL && i < year->texts->len; i++)
    {
      const HxYearText *text = year->texts->pdata[i];
      g_autoptr (GPtrArray) more
          = text->template_ == NULL
                ? NULL
                : hx_template_figures (text->template_, &options, error);
      if (more == NULL && text->template_ != NULL)
        return NULL;
      if (more != NULL)
        g_ptr_array_extend_and_steal (uses, g_steal_pointer (&more));
    }
  return g_steal_pointer (&uses);
}

/* ---------------------------------------------------------------- panels */

typedef struct
{
  HxYear *year;
  GPtrArray *cells; /* char * */
  GError *error;
} Rows;

static char *
row_summary (Rows *rows, const HxRow *row)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = row->kind->fields->pdata[i];
      if (!row->values[i].filled || field == row->kind->date)
        continue;
      g_autofree char *value
          = hx_value_display (rows->year->connection, row, field,
                              HX_AUDIENCE_OUTSIDE, &rows->error);
      if (value != NULL)
        g_string_append_printf (text, "%s%s：%s", text->len > 0 ? "；" : "",
                                field->name, value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
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
  g_ptr_array_add (rows->cells, row_summary (rows, row));
  return rows->error == NULL && rows->cells->len < PANEL_ROWS * PANEL_COLUMNS;
}

/* `as_of` year 0: the day of the report. */
static gboolean
collect_rows (HxYear *year, const char *key, HxDate as_of, GPtrArray *cells,
              GError **error)
{
  Rows rows = { .year = year, .cells = cells };
  HxPeriod period = year->period;
  if (as_of.year != 0)
    period.as_of = as_of;
  if (!hx_trace (year->connection, year->catalogue, key, &period, take_row,
                 &rows, error))
    return g_clear_error (&rows.error), FALSE;
  if (rows.error == NULL)
    return TRUE;
  g_propagate_error (error, rows.error);
  return FALSE;
}

typedef struct
{
  const char *columns[PANEL_COLUMNS];
  GArray *panels;   /* HxTracePanel */
  GPtrArray *cells; /* GPtrArray of cells, one a panel */
  GPtrArray *dates; /* char * */
  GHashTable *weak; /* figure key → why */
} Panels;

/* One figure that gets a panel. */
typedef struct
{
  const char *key;
  const char *stated; /* or NULL */
} Use;

static gboolean
add_panel (HxYear *year, const Use *use, Panels *panels, GError **error)
{
  const HxFigure *figure = g_hash_table_lookup (year->figures, use->key);
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  char *as_of = g_malloc (HX_DATE_TEXT_SIZE);
  hx_date_format (figure->as_of, as_of);
  g_ptr_array_add (panels->cells, cells);
  g_ptr_array_add (panels->dates, as_of);
  if (!collect_rows (year, use->key, (HxDate){ 0 }, cells, error))
    return FALSE;
  const HxTracePanel panel = {
    .key = use->key,
    .name = figure->indicator->name,
    .value = figure->text,
    .unit = figure->indicator->unit,
    .stated = use->stated,
    .query = figure->indicator->query,
    .as_of = as_of,
    .rows = (guint64)figure->rows,
    .columns = panels->columns,
    .cells = (const char *const *)cells->pdata,
    .n_columns = PANEL_COLUMNS,
    .n_rows = cells->len / PANEL_COLUMNS,
    .weak = g_hash_table_lookup (panels->weak, use->key),
  };
  g_array_append_val (panels->panels, panel);
  return TRUE;
}

/* The rows of a fact: its own, or those of its indicator on its day. */
static gboolean
fact_rows (HxYear *year, const HxYearFact *fact, Panels *panels,
           HxTracePanel *panel, GError **error)
{
  const GPtrArray *cells = fact->cells;
  panel->rows = fact->cells->len / HX_FACT_COLUMNS;
  if (fact->indicator != NULL)
    {
      GPtrArray *traced = g_ptr_array_new_with_free_func (g_free);
      char *as_of = g_malloc (HX_DATE_TEXT_SIZE);
      hx_date_format (fact->as_of, as_of);
      g_ptr_array_add (panels->cells, traced);
      g_ptr_array_add (panels->dates, as_of);
      if (!collect_rows (year, fact->indicator, fact->as_of, traced, error))
        return FALSE;
      cells = traced;
      panel->rows = (guint64)fact->rows;
      panel->as_of = as_of;
    }
  panel->cells = (const char *const *)cells->pdata;
  panel->n_rows = MIN (cells->len / HX_FACT_COLUMNS, PANEL_ROWS);
  return TRUE;
}

static gboolean
add_fact_panel (HxYear *year, const HxYearFact *fact, const char *stated,
                Panels *panels, GError **error)
{
  g_autofree char *value = NULL;
  if (!hx_wording_derive (fact->value, fact->filter, fact->decimals, &value,
                          error))
    return FALSE;
  HxTracePanel panel = {
    .key = fact->key,
    .name = fact->name,
    .value = value,
    .unit = fact->unit,
    .stated = stated,
    .query = fact->query,
    .columns = panels->columns,
    .n_columns = HX_FACT_COLUMNS,
  };
  if (!fact_rows (year, fact, panels, &panel, error))
    return FALSE;
  g_ptr_array_add (panels->dates, g_steal_pointer (&value));
  g_array_append_val (panels->panels, panel);
  return TRUE;
}

/* Figures that only an item of a list names, and facts. */
static gboolean
collect_printed (HxYear *year, GHashTable *printed, GHashTable *done,
                 Panels *panels, GError **error)
{
  g_autoptr (GList) keys
      = g_list_sort (g_hash_table_get_keys (printed), (GCompareFunc)strcmp);
  for (const GList *each = keys; each != NULL; each = each->next)
    {
      const Use use = { each->data, g_hash_table_lookup (printed, each->data) };
      const HxYearFact *fact = g_hash_table_lookup (year->facts.facts, use.key);
      if (!g_hash_table_add (done, each->data))
        continue;
      if (fact != NULL
          && !add_fact_panel (year, fact, use.stated, panels, error))
        return FALSE;
      if (fact == NULL && g_hash_table_contains (year->figures, use.key)
          && !add_panel (year, &use, panels, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
collect_panels (HxYear *year, const GPtrArray *uses, GHashTable *printed,
                Panels *panels, GError **error)
{
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < uses->len; i++)
    {
      const HxFigureUse *named = uses->pdata[i];
      const Use use = { named->key, named->wording };
      if (g_hash_table_contains (year->figures, use.key)
          && g_hash_table_add (done, named->key)
          && !add_panel (year, &use, panels, error))
        return FALSE;
    }
  return collect_printed (year, printed, done, panels, error);
}

/* NULL when no figure that is printed is weak. */
static char *
weak_note (const HxYear *year, const GPtrArray *uses, GHashTable *weak)
{
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) note = g_string_new (NULL);
  for (guint i = 0; i < uses->len; i++)
    {
      const HxFigureUse *use = uses->pdata[i];
      const HxFigure *figure = g_hash_table_lookup (year->figures, use->key);
      const char *why = g_hash_table_lookup (weak, use->key);
      if (figure != NULL && why != NULL && g_hash_table_add (done, use->key))
        g_string_append_printf (note, "%s%s：%s",
                                note->len > 0 ? "。" : _ ("※ 依据的数据不全："),
                                figure->indicator->name, why);
    }
  return note->len > 0 ? g_strdup (note->str) : NULL;
}

static char *
write_html (HxYear *year, const HxDocument *document, GError **error)
{
  g_autoptr (GPtrArray) uses = figure_uses (year, error);
  if (uses == NULL)
    return NULL;
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (HxTracePanel));
  g_autoptr (GPtrArray) cells
      = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GPtrArray) dates = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) weak
      = hx_weakness_of_figures (year->connection, year->catalogue,
                                year->period.unit_id, year->list, error);
  if (weak == NULL)
    return NULL;
  Panels panels = {
    .weak = weak,
    .columns = { _ ("台账"), _ ("记录号"), _ ("日期"), _ ("内容") },
    .panels = array,
    .cells = cells,
    .dates = dates,
  };
  g_autoptr (GHashTable) printed = hx_document_figures (document);
  if (!collect_panels (year, uses, printed, &panels, error))
    return NULL;
  g_autofree char *note = weak_note (year, uses, weak);
  const HxHtmlOptions html = {
    .note = note,
    .panels = &g_array_index (array, HxTracePanel, 0),
    .n_panels = array->len,
  };
  return hx_document_html (document, &html);
}

/* -------------------------------------------------------------- Word file */

/* The day that the latest figure stands for: a file made again of the same
 * records is the same file. */
static HxDate
latest_day (const HxYear *year)
{
  HxDate latest = { 0 };
  for (guint i = 0; i < year->list->len; i++)
    {
      const HxFigure *figure = year->list->pdata[i];
      if (hx_date_compare (figure->as_of, latest) > 0)
        latest = figure->as_of;
    }
  return latest;
}

static char *
write_docx (const HxYear *year, const HxDocument *document, gsize *length,
            GError **error)
{
  const HxDocxOptions options = {
    .creator = json_string_value (json_object_get (year->context, "bureau")),
    .date = latest_day (year),
  };
  return hx_document_docx (document, &options, length, error);
}

/* ------------------------------------------------------------------ report */

/* The text with the weakness of its figures said at the foot, which HTML says
 * in a place of its own. */
static char *
with_note (HxYear *year, const char *markdown, GError **error)
{
  g_autoptr (GPtrArray) uses = figure_uses (year, error);
  g_autoptr (GHashTable) weak
      = uses == NULL
            ? NULL
            : hx_weakness_of_figures (year->connection, year->catalogue,
                                      year->period.unit_id, year->list, error);
  if (weak == NULL)
    return NULL;
  g_autofree char *note = weak_note (year, uses, weak);
  g_autoptr (GString) text = g_string_new (markdown);
  if (note == NULL)
    return g_strdup (markdown);
  g_string_append (text, "\n\n");
  hx_escape_markdown (text, note);
  g_string_append_c (text, '\n');
  return g_strdup (text->str);
}

static char *
write_text (HxYear *year, const HxDocument *document, GError **error)
{
  if (year->options->format == HX_REPORT_HTML)
    return write_html (year, document, error);
  return year->options->format == HX_REPORT_JSON
             ? hx_document_json (document)
             : hx_document_markdown (document);
}

static char *
write_document (HxYear *year, const char *markdown, GError **error)
{
  gsize length = 0;
  const gboolean is_html = year->options->format == HX_REPORT_HTML;
  g_autofree char *text
      = is_html ? g_strdup (markdown) : with_note (year, markdown, error);
  g_autoptr (HxDocument) document
      = text != NULL ? hx_document_parse (text, -1, error) : NULL;
  if (document == NULL)
    return NULL;
  const gboolean word = year->options->format == HX_REPORT_DOCX;
  char *written = word ? write_docx (year, document, &length, error)
                       : write_text (year, document, error);
  if (written != NULL && year->options->length != NULL)
    *year->options->length = word ? length : strlen (written);
  return written;
}

static gboolean
keep_markdown (HxYear *year, const char *markdown, GError **error)
{
  if (year->options->markdown == NULL)
    return TRUE;
  g_autofree char *text = with_note (year, markdown, error);
  g_autoptr (HxDocument) document
      = text != NULL ? hx_document_parse (text, -1, error) : NULL;
  if (document == NULL)
    return FALSE;
  *year->options->markdown = hx_document_markdown (document);
  return TRUE;
}

static void
keep_value (GHashTable *values, const char *key, HxExact value)
{
  HxExact *copy = g_new (HxExact, 1);
  *copy = value;
  g_hash_table_replace (values, g_strdup (key), copy);
}

void
hx_year_keep_values (const HxYear *year)
{
  GHashTable *values = year->options->values;
  GHashTableIter each;
  gpointer key, data;
  if (values == NULL)
    return;
  for (guint i = 0; i < year->list->len; i++)
    {
      const HxFigure *figure = year->list->pdata[i];
      if (!figure->is_void)
        keep_value (values, figure->indicator->key, figure->value);
    }
  if (year->facts.facts == NULL)
    return;
  g_hash_table_iter_init (&each, year->facts.facts);
  while (g_hash_table_iter_next (&each, &key, &data))
    keep_value (values, key, ((const HxYearFact *)data)->value);
}

/* Behind the title, and as the first line below it; so every format has it. */
static char *
mark_draft (const char *markdown)
{
  const char *title = g_str_has_prefix (markdown, "# ")
                          ? markdown
                          : strstr (markdown, "\n# ");
  const char *end = title == NULL ? NULL : strchr (title + 1, '\n');
  const char *line = _ ("草稿，没有出具，不得报送。");

  if (end == NULL)
    return g_strdup_printf ("**%s**\n\n%s", line, markdown);
  return g_strdup_printf ("%.*s（%s）\n\n**%s**\n%s", (int)(end - markdown),
                          markdown, _ ("草稿"), line, end);
}

char *
hx_report_year (HxConnection *connection, HxCatalogue *catalogue,
                const HxPeriod *period, const HxReportOptions *options,
                GError **error)
{
  g_auto (HxYear) year = {
    .connection = connection,
    .catalogue = catalogue,
    .options = options,
    .period = *period,
  };
  if (!hx_year_prepare (&year, error) || !check_template (&year, error))
    return NULL;
  const HxTemplateOptions how = template_options (&year);
  g_autofree char *markdown = hx_template_render (year.template_, &how, error);
  if (markdown == NULL)
    return NULL;
  hx_year_keep_values (&year);
  if (!keep_markdown (&year, markdown, error)
      || !hx_year_keep_printed (&year, markdown, error))
    return NULL;
  if (!options->is_draft)
    return write_document (&year, markdown, error);
  g_autofree char *draft = mark_draft (markdown);
  return write_document (&year, draft, error);
}

GHashTable *
hx_report_stated (HxConnection *connection, HxCatalogue *catalogue,
                  const HxPeriod *period, GPtrArray *figures, GError **error)
{
  const HxReportOptions options = { .reword = TRUE };
  g_auto (HxYear) year = {
    .connection = connection,
    .catalogue = catalogue,
    .options = &options,
    .period = *period,
    .survey = TRUE,
    .list = g_ptr_array_ref (figures),
  };
  if (!hx_year_prepare (&year, error))
    return NULL;
  g_autoptr (GPtrArray) uses = figure_uses (&year, error);
  if (uses == NULL)
    return NULL;
  GHashTable *stated
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < uses->len; i++)
    {
      const HxFigureUse *use = uses->pdata[i];
      if (use->wording != NULL && !g_hash_table_contains (stated, use->key))
        g_hash_table_insert (stated, g_strdup (use->key),
                             g_strdup (use->wording));
    }
  return stated;
}
