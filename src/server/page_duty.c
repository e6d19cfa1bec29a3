/* 应办事项: how far each duty is covered, street by street, down to the names;
 * the list to work from. */
#include "server/display.h"
#include "server/duty_list.h"
#include "server/person_view.h"

#include <string.h>

#define PART "due"
#define PRINTED 2000 /* rows of a list that is printed */

/* ---------------------------------------------------------------- addresses */

/* The names behind a number of the coverage. */
static char *
names_url (const HxCall *call, const HxDutyCoverage *line, const char *state)
{
  g_autofree char *unit = hx_number_text (line->unit_id);
  g_autofree char *year = g_strdup_printf ("%d", hx_call_year (call));

  return hx_url ("/due", "duty", line->duty->key, "unit", unit, "state", state,
                 "whole", "1", "year", year, "by", hx_call_text (call, "by"),
                 NULL);
}

static void
count_cell (HxGrid *grid, const HxCall *call, const HxDutyCoverage *line,
            gint64 number, const char *state)
{
  g_autofree char *url = names_url (call, line, state);

  hx_grid_count (grid, number, url);
}

static void
count_cells (HxGrid *grid, const HxCall *call, const HxDutyCoverage *line)
{
  g_autofree char *rate = hx_duty_rate (line);
  g_autofree char *text
      = *rate != '\0' ? g_strconcat (rate, "%", NULL) : g_strdup ("");

  count_cell (grid, call, line, line->due, "all");
  count_cell (grid, call, line, line->done, "done");
  hx_grid_number (grid, line->open);
  count_cell (grid, call, line, line->overdue, "overdue");
  hx_grid_cell (grid, text);
}

/* ----------------------------------------------------------------- coverage */

static void
show_totals (HxHtml *html, HxCall *call, const GArray *lines)
{
  const HxColumn columns[] = { { .name = _ ("事项") },
                               { .name = _ ("承办") },
                               { .name = _ ("应办"), .is_number = TRUE },
                               { .name = _ ("已办"), .is_number = TRUE },
                               { .name = _ ("未到期"), .is_number = TRUE },
                               { .name = _ ("超期"), .is_number = TRUE },
                               { .name = _ ("覆盖率"), .is_number = TRUE },
                               { .name = NULL } };
  HxGrid *grid = hx_grid_begin (html, _ ("各事项办到多少"), columns);

  for (guint i = 0; i < lines->len; i++)
    {
      const HxDutyCoverage *line = &g_array_index (lines, HxDutyCoverage, i);
      HxDutyCoverage total;
      g_autofree char *year = g_strdup_printf ("%d", hx_call_year (call));
      g_autofree char *url
          = hx_url ("/duties", "duty", line->duty->key, "year", year, NULL);

      if (i > 0 && line->duty == (line - 1)->duty)
        continue;
      total = hx_duty_total (lines, i);
      total.unit_id = hx_call_integer (call, "unit");
      hx_grid_row (grid, url);
      hx_grid_cell (grid, line->duty->name);
      hx_grid_cell (grid, line->duty->by != NULL ? line->duty->by->name : "");
      count_cells (grid, call, &total);
    }
  hx_grid_end (grid);
}

static gboolean
show_units (HxHtml *html, HxShown *shown, const GArray *lines, GError **error)
{
  const HxColumn columns[] = { { .name = _ ("机构") },
                               { .name = _ ("应办"), .is_number = TRUE },
                               { .name = _ ("已办"), .is_number = TRUE },
                               { .name = _ ("未到期"), .is_number = TRUE },
                               { .name = _ ("超期"), .is_number = TRUE },
                               { .name = _ ("覆盖率"), .is_number = TRUE },
                               { .name = NULL } };
  const HxDutyCoverage total = hx_duty_total (lines, 0);
  HxGrid *grid = hx_grid_begin (html, total.duty->name, columns);
  gboolean done = TRUE;

  for (guint i = 0; i < lines->len && done; i++)
    {
      const HxDutyCoverage *line = &g_array_index (lines, HxDutyCoverage, i);
      const char *unit = hx_shown_unit (shown, line->unit_id, error);

      done = unit != NULL;
      if (!done)
        break;
      hx_grid_row (grid, NULL);
      hx_grid_cell (grid, *unit != '\0' ? unit : _ ("未定"));
      count_cells (grid, shown->call, line);
    }
  if (done)
    {
      hx_grid_total (grid);
      hx_grid_cell (grid, _ ("合计"));
      count_cells (grid, shown->call, &total);
    }
  hx_grid_end (grid);
  return done;
}

/* ------------------------------------------------------------------- matrix */

static const HxDutyCoverage *
find_line (const GArray *lines, const HxDuty *duty, gint64 unit_id)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const HxDutyCoverage *line = &g_array_index (lines, HxDutyCoverage, i);

      if (line->duty == duty && line->unit_id == unit_id)
        return line;
    }
  return NULL;
}

static GArray *
units_in (const GArray *lines)
{
  GArray *units = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < lines->len; i++)
    {
      const gint64 id = g_array_index (lines, HxDutyCoverage, i).unit_id;
      gboolean is_known = FALSE;

      for (guint k = 0; k < units->len && !is_known; k++)
        is_known = g_array_index (units, gint64, k) == id;
      if (!is_known)
        g_array_append_val (units, id);
    }
  g_array_sort (units, hx_compare_ids);
  return units;
}

static GPtrArray *
duties_in (const GArray *lines)
{
  GPtrArray *duties = g_ptr_array_new ();

  for (guint i = 0; i < lines->len; i++)
    {
      const HxDutyCoverage *line = &g_array_index (lines, HxDutyCoverage, i);

      if (i == 0 || line->duty != (line - 1)->duty)
        g_ptr_array_add (duties, (gpointer)(guintptr)line->duty);
    }
  return duties;
}

/* Done of due, and what is overdue. */
static void
matrix_cell (HxGrid *grid, const HxCall *call, const HxDutyCoverage *line)
{
  HxHtml *html = hx_grid_cell_begin (grid);

  if (line != NULL)
    {
      g_autofree char *url = names_url (call, line, "all");
      g_autofree char *text = g_strdup_printf (
          "%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, line->done, line->due);

      hx_html_element (html, "a", text, "href", url, NULL);
      if (line->overdue > 0)
        {
          g_autofree char *late
              = g_strdup_printf (_ ("超期 %d"), (int)line->overdue);

          hx_html_text (html, " ");
          hx_part_badge (html, HX_TONE_BAD, late);
        }
    }
  hx_grid_cell_end (grid);
}

static gboolean
show_matrix (HxHtml *html, HxShown *shown, const GArray *lines, GError **error)
{
  g_autoptr (GArray) units = units_in (lines);
  g_autoptr (GPtrArray) duties = duties_in (lines);
  g_autoptr (GArray) columns = g_array_new (TRUE, TRUE, sizeof (HxColumn));
  HxColumn column = { .name = _ ("机构") };
  gboolean done = TRUE;
  HxGrid *grid;

  g_array_append_val (columns, column);
  for (guint i = 0; i < duties->len; i++)
    {
      column = (HxColumn){ .name = ((const HxDuty *)duties->pdata[i])->name,
                           .is_number = TRUE };
      g_array_append_val (columns, column);
    }
  grid = hx_grid_begin (html, _ ("各机构各事项：已办/应办"),
                        (const HxColumn *)columns->data);
  for (guint i = 0; i < units->len && done; i++)
    {
      const gint64 id = g_array_index (units, gint64, i);
      const char *unit = hx_shown_unit (shown, id, error);

      done = unit != NULL;
      if (!done)
        break;
      hx_grid_row (grid, NULL);
      hx_grid_cell (grid, *unit != '\0' ? unit : _ ("未定"));
      for (guint k = 0; k < duties->len; k++)
        matrix_cell (grid, shown->call,
                     find_line (lines, duties->pdata[k], id));
    }
  hx_grid_end (grid);
  return done;
}

/* ------------------------------------------------------------ coverage page */

static void
show_ways (HxHtml *html, HxCall *call)
{
  g_autofree char *year = g_strdup_printf ("%d", hx_call_year (call));
  g_autofree char *matrix
      = hx_url ("/duties", "view", "matrix", "year", year, NULL);

  hx_html_open (html, "p", "class", "actions", NULL);
  hx_part_action (html, "/due", _ ("近期要办的"), TRUE);
  hx_part_action (html, matrix, _ ("机构 × 事项"), FALSE);
  if (hx_page_opens (call, "/batches"))
    hx_part_action (html, "/batches", _ ("分批安排"), FALSE);
  hx_html_close (html, "p");
}

static gboolean
show_coverage (HxHtml *html, HxShown *shown, const GArray *lines,
               GError **error)
{
  HxCall *call = shown->call;
  const char *duty = hx_call_text (call, "duty");
  const char *view = hx_call_text (call, "view");

  show_ways (html, call);
  if (lines->len == 0)
    {
      hx_part_empty (html, _ ("这一年没有应办的事项。"), "/people",
                     _ ("看看人员名册"));
      return TRUE;
    }
  if (view != NULL && strcmp (view, "matrix") == 0)
    return show_matrix (html, shown, lines, error);
  if (duty != NULL && *duty != '\0')
    return show_units (html, shown, lines, error);
  show_totals (html, call, lines);
  return TRUE;
}

static gboolean
coverage_page (HxCall *call, GError **error)
{
  const char *key = hx_call_text (call, "duty");
  const HxDuty *duty
      = key != NULL ? hx_catalogue_duty (hx_call_catalogue (call), key) : NULL;
  const gboolean is_top = duty == NULL && hx_call_text (call, "view") == NULL;
  g_auto (HxShown) shown = { 0 };
  g_autoptr (GArray) lines = NULL;
  g_autoptr (HxHtml) html = NULL;

  if (!hx_shown_open (&shown, call, error))
    return FALSE;
  lines = hx_duty_coverage_read (&shown, error);
  if (lines == NULL)
    return FALSE;
  html = hx_page_begin (
      call, &(HxPageHead){ .title = duty != NULL ? duty->name : _ ("应办事项"),
                           .at = "duties",
                           .lead = _ ("办了没有，由台账的登记推定。"),
                           .back = is_top ? NULL : "/duties",
                           .back_name = is_top ? NULL : _ ("应办事项"),
                           .with_year = TRUE,
                           .wide = TRUE });
  if (!show_coverage (html, &shown, lines, error))
    return FALSE;
  return hx_page_end (call, g_steal_pointer (&html));
}

/* ----------------------------------------------------------------- worklist */

static void
state_cell (HxGrid *grid, const HxDutyItem *item, HxDate as_of)
{
  static const HxTone tones[] = { [HX_DUTY_OVERDUE] = HX_TONE_BAD,
                                  [HX_DUTY_OPEN] = HX_TONE_WARN,
                                  [HX_DUTY_UPCOMING] = HX_TONE_PLAIN,
                                  [HX_DUTY_DONE] = HX_TONE_GOOD };
  HxHtml *html = hx_grid_cell_begin (grid);
  g_autofree char *text
      = item->state != HX_DUTY_OVERDUE
            ? g_strdup (hx_duty_state_name (item->state))
            : g_strdup_printf (
                _ ("超期 %d 天"),
                (int)(hx_date_days (as_of) - hx_date_days (item->closes)));

  hx_part_badge (html, tones[item->state], text);
  hx_grid_cell_end (grid);
}

static void
way_cell (HxGrid *grid, const HxCall *call, const HxDutyItem *item,
          const char *back)
{
  g_autofree char *url
      = item->done_by != NULL
            ? hx_link_row (call, item->done_by, item->done_id)
            : hx_link_duty (call, item->duty, item->row_id, item->step, back);
  HxHtml *html = hx_grid_cell_begin (grid);

  if (item->done_by != NULL)
    {
      g_autofree char *day = hx_say_date (item->done_on);
      g_autofree char *text = g_strconcat (day, " ", item->done_by->name, NULL);

      hx_html_element (html, url != NULL ? "a" : "span", text, "href", url,
                       NULL);
    }
  else if (url != NULL)
    hx_part_action (html, url, _ ("登记"), FALSE);
  hx_grid_cell_end (grid);
}

static gboolean
show_line (HxGrid *grid, HxShown *shown, const HxDutyList *list,
           const HxDutyLine *line, GError **error)
{
  const HxDutyItem *item = &line->item;
  const char *unit = hx_shown_unit (shown, item->unit_id, error);
  g_autofree char *name = hx_duty_item_name (item);
  g_autofree char *url
      = hx_link_row (shown->call, item->duty->of, item->row_id);
  const HxRequest *request = hx_call_request (shown->call);
  g_autofree char *back
      = *request->query_text != '\0'
            ? g_strconcat (request->path, "?", request->query_text, NULL)
            : g_strdup (request->path);

  if (unit == NULL)
    return FALSE;
  hx_grid_row (grid, url);
  hx_grid_cell (grid, line->label);
  hx_grid_cell (grid, name);
  state_cell (grid, item, list->query.as_of);
  hx_grid_date (grid, item->due);
  hx_grid_date (grid, item->closes);
  hx_grid_cell (grid, unit);
  way_cell (grid, shown->call, item, back);
  return TRUE;
}

static char *
page_url (const HxCall *call, const char *cursor, gboolean is_printed)
{
  static const char *const names[]
      = { "duty", "unit", "by", "state", "days", "back", "year" };
  GString *url = g_string_new ("/due?");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const GPtrArray *values
          = g_hash_table_lookup (hx_call_request (call)->query, names[i]);

      if (values == NULL || values->len == 0)
        continue;
      g_string_append_printf (url, "%s=", names[i]);
      hx_url_append (url, values->pdata[0]);
      g_string_append_c (url, '&');
    }
  if (hx_call_bool (call, "whole"))
    g_string_append (url, "whole=1&");
  if (is_printed)
    g_string_append (url, "print=1&");
  if (cursor != NULL)
    {
      g_string_append (url, "cursor=");
      hx_url_append (url, cursor);
      g_string_append_c (url, '&');
    }
  g_string_truncate (url, url->len - 1);
  return g_string_free (url, FALSE);
}

static gboolean
show_items (HxHtml *html, HxShown *shown, const HxDutyList *list,
            GError **error)
{
  const HxColumn columns[]
      = { { .name = _ ("对象") }, { .name = _ ("事项") },
          { .name = _ ("状态") }, { .name = _ ("应办日期") },
          { .name = _ ("截止") }, { .name = _ ("机构") },
          { .name = _ ("办理") }, { .name = NULL } };
  gboolean done = TRUE;
  HxGrid *grid;

  if (list->lines->len == 0)
    {
      hx_part_empty (html, _ ("这里没有要办的。"), "/duties",
                     _ ("看看全年各事项办到多少"));
      return TRUE;
    }
  grid = hx_grid_begin (html, _ ("应办的"), columns);
  for (guint i = 0; i < list->lines->len && done; i++)
    done = show_line (grid, shown, list, list->lines->pdata[i], error);
  hx_grid_end (grid);
  return done;
}

static gboolean
show_part (HxHtml *html, HxShown *shown, const HxDutyList *list, GError **error)
{
  HxCall *call = shown->call;
  g_autofree char *first = hx_call_text (call, "cursor") != NULL
                               ? page_url (call, NULL, FALSE)
                               : NULL;
  g_autofree char *next
      = list->next != NULL ? page_url (call, list->next, FALSE) : NULL;
  gboolean done;

  hx_html_open (html, "div", "id", PART, "aria-live", "polite", NULL);
  done = show_items (html, shown, list, error);
  if (done)
    hx_part_pages (html, first, next);
  hx_html_close (html, "div");
  return done;
}

/* ------------------------------------------------------------------ filters */

static GArray *
duty_options (const HxCall *call)
{
  const GPtrArray *duties = hx_catalogue_duties (hx_call_catalogue (call));
  GArray *options = g_array_new (TRUE, TRUE, sizeof (HxOption));
  HxOption option = { "", _ ("全部") };

  g_array_append_val (options, option);
  for (guint i = 0; i < duties->len; i++)
    {
      const HxDuty *duty = duties->pdata[i];

      option = (HxOption){ duty->key, duty->name };
      g_array_append_val (options, option);
    }
  return options;
}

static void
day_inputs (HxHtml *html, HxCall *call)
{
  const char *days = hx_call_text (call, "days");
  const char *back = hx_call_text (call, "back");

  hx_form_input (html, &(HxInput){ .name = "days",
                                   .label = _ ("往后几天"),
                                   .value = days != NULL ? days : "30",
                                   .type = "number",
                                   .inputmode = "numeric" });
  hx_form_input (html, &(HxInput){ .name = "back",
                                   .label = _ ("往前几天"),
                                   .value = back != NULL ? back : "90",
                                   .type = "number",
                                   .inputmode = "numeric" });
  hx_form_input (html,
                 &(HxInput){ .name = "whole",
                             .label = _ ("全年的都列出"),
                             .value = hx_call_bool (call, "whole") ? "1" : NULL,
                             .type = "checkbox" });
}

static gboolean
show_filters (HxHtml *html, HxShown *shown, GError **error)
{
  const HxOption states[] = { { "todo", _ ("没有办的") },
                              { "overdue", _ ("超期的") },
                              { "open", _ ("现在可办的") },
                              { "upcoming", _ ("将到的") },
                              { "done", _ ("已办的") },
                              { "all", _ ("全部") },
                              { NULL, NULL } };
  HxCall *call = shown->call;
  g_autofree char *unit = hx_number_text (hx_call_integer (call, "unit"));
  g_autoptr (GArray) duties = duty_options (call);
  g_auto (HxUnitChoice) units = { 0 };

  if (!hx_unit_choice (shown, &units, error))
    return FALSE;
  hx_form_begin (html, call, &(HxForm){ .action = "/due", .live = PART });
  hx_form_input (html, &(HxInput){ .name = "duty",
                                   .label = _ ("事项"),
                                   .value = hx_call_text (call, "duty"),
                                   .type = "select",
                                   .options = (const HxOption *)duties->data });
  hx_form_input (
      html, &(HxInput){ .name = "unit",
                        .label = _ ("街道、机构"),
                        .value = unit,
                        .type = "select",
                        .options = (const HxOption *)units.options->data });
  hx_form_input (html, &(HxInput){ .name = "state",
                                   .label = _ ("状态"),
                                   .value = hx_call_text (call, "state"),
                                   .type = "select",
                                   .options = states });
  day_inputs (html, call);
  hx_form_submit (html, _ ("查看"), HX_TONE_PLAIN);
  hx_form_end (html);
  return TRUE;
}

static gboolean
show_worklist (HxHtml *html, HxShown *shown, const HxDutyList *list,
               GError **error)
{
  HxCall *call = shown->call;
  const gboolean is_printed = hx_call_bool (call, "print");
  g_autofree char *print = page_url (call, NULL, TRUE);

  if (!is_printed && !show_filters (html, shown, error))
    return FALSE;
  if (!is_printed)
    {
      hx_html_open (html, "p", "class", "actions", NULL);
      hx_part_action (html, print, _ ("列成一页打印"), FALSE);
      hx_html_close (html, "p");
    }
  return show_part (html, shown, list, error);
}

static gboolean
due_page (HxCall *call, GError **error)
{
  const guint limit = hx_call_bool (call, "print") ? PRINTED : HX_PAGE_ROWS;
  const gboolean is_part = hx_call_is_part (call);
  g_auto (HxShown) shown = { 0 };
  g_auto (HxDutyList) list = { 0 };
  g_autoptr (HxHtml) html = NULL;
  g_autofree char *day = NULL;
  g_autofree char *lead = NULL;

  if (!hx_shown_open (&shown, call, error)
      || !hx_duty_list_read (&shown, limit, &list, error))
    return FALSE;
  day = hx_say_date (list.query.as_of);
  lead = g_strdup_printf (_ ("截至 %s，超期的在前。"), day);
  html = is_part
             ? hx_html_new ()
             : hx_page_begin (call, &(HxPageHead){ .title = _ ("要办的"),
                                                   .at = "duties",
                                                   .lead = lead,
                                                   .back = "/duties",
                                                   .back_name = _ ("应办事项"),
                                                   .wide = TRUE });
  if (!(is_part ? show_part : show_worklist) (html, &shown, &list, error))
    return FALSE;
  return is_part ? hx_call_reply_html (call, g_steal_pointer (&html), 200)
                 : hx_page_end (call, g_steal_pointer (&html));
}

/* ------------------------------------------------------------------- routes */

static const HxParameter coverage_parameters[] = {
  { "duty", HX_IN_QUERY, HX_TYPE_TEXT, .what = N_ ("事项") },
  { "unit", HX_IN_QUERY, HX_TYPE_ID, .what = N_ ("机构") },
  { "by", HX_IN_QUERY, HX_TYPE_TEXT, .what = N_ ("承办") },
  { "view", HX_IN_QUERY, HX_TYPE_CHOICE, .choices = "matrix",
    .what = N_ ("怎样列") },
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { .name = NULL },
};

static const HxParameter due_parameters[] = {
  HX_DUTY_PARAMETERS,
  { "print", HX_IN_QUERY, HX_TYPE_BOOL, .what = N_ ("列成一页") },
  { .name = NULL },
};

const HxRoute hx_routes_duty[] = {
  { HX_METHOD_GET, "/duties", "duties_page", N_ ("应办事项"),
    HX_USER_PEOPLE | HX_USER_READER, HX_ROUTE_PAGE, coverage_parameters,
    .handler = coverage_page },
  { HX_METHOD_GET, "/due", "due_page", N_ ("要办的"),
    HX_USER_PEOPLE | HX_USER_READER, HX_ROUTE_PAGE, due_parameters,
    .handler = due_page },
  { 0 },
};
