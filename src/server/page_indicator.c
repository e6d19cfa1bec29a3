/* The figures of a year: what each is, against what was to be reached, and
 * every one by itself with its definition, its months, its units and its rows.
 */
#include "server/indicator_view.h"
#include "server/links.h"

#include "people/weakness.h"

/* ------------------------------------------------------------------- groups */

typedef enum
{
  GROUP_MONEY,
  GROUP_PEOPLE,
  GROUP_WORK,
  GROUP_SHARES,
  GROUP_TYPED,
  GROUPS
} Group;

static const struct
{
  const char *id, *title; /* N_() */
} groups[GROUPS] = {
  [GROUP_MONEY] = { "money", N_ ("经费") },
  [GROUP_PEOPLE] = { "people", N_ ("人员和名册") },
  [GROUP_WORK] = { "work", N_ ("服务和活动") },
  [GROUP_SHARES] = { "shares", N_ ("比率和覆盖") },
  [GROUP_TYPED] = { "typed", N_ ("填报的数") },
};

static Group
group_of (const HxIndicator *indicator)
{
  const HxIndicator *part = indicator;
  while (part->parts != NULL && part->parts->len > 0)
    part = part->parts->pdata[0];
  if (part->is_money)
    return GROUP_MONEY;
  switch (indicator->measure)
    {
    case HX_MEASURE_RATIO:
    case HX_MEASURE_COVERAGE:
    case HX_MEASURE_REACHED:
      return GROUP_SHARES;
    case HX_MEASURE_TYPED:
      return GROUP_TYPED;
    default:
      return part->measure == HX_MEASURE_MEMBERS ? GROUP_PEOPLE : GROUP_WORK;
    }
}

/* --------------------------------------------------------------------- list */

static HxTone
target_tone (const HxTarget *target)
{
  static const HxTone tones[] = { [HX_TARGET_UNKNOWN] = HX_TONE_PLAIN,
                                  [HX_TARGET_REACHED] = HX_TONE_GOOD,
                                  [HX_TARGET_MISSED] = HX_TONE_WARN,
                                  [HX_TARGET_OVER] = HX_TONE_WARN };
  return tones[target->state];
}

static void
write_state (HxGrid *grid, const HxTarget *target, const char *weak)
{
  HxHtml *html = hx_grid_cell_begin (grid);
  if (target != NULL)
    hx_part_badge (html, target_tone (target),
                   hx_target_state_name (target->state));
  if (weak != NULL)
    hx_part_badge (html, HX_TONE_WARN, _ ("※ 依据不全"));
  hx_grid_cell_end (grid);
}

static char *
figure_url (const HxIndicator *indicator, const HxPeriod *period)
{
  g_autofree char *path = g_strdup_printf ("/indicators/%s", indicator->key);
  g_autofree char *year = g_strdup_printf ("%d", period->year);
  g_autofree char *unit = hx_number_text (period->unit_id);
  char day[HX_DATE_TEXT_SIZE];
  hx_date_format (period->as_of, day);
  return hx_url (path, "year", year, "as_of", day, "unit", unit, NULL);
}

static gboolean
write_line (HxGrid *grid, HxCall *call, const HxIndicatorView *view,
            const HxFigure *figure, GError **error)
{
  const HxIndicator *indicator = figure->indicator;
  const HxTarget *target = hx_indicator_target (view, indicator);
  g_autofree char *url = figure_url (indicator, &view->period);
  g_autofree char *value = hx_say_figure (figure);
  g_autofree char *wanted
      = target != NULL ? hx_target_value_text (target) : g_strdup ("");
  g_autoptr (GPtrArray) months
      = hx_indicator_months (call, indicator, &view->period, error);
  HxHtml *html;
  if (months == NULL)
    return FALSE;
  hx_grid_row (grid, url);
  hx_grid_cell (grid, indicator->name);
  hx_grid_cell (grid, value);
  hx_grid_cell (grid, wanted);
  write_state (grid, target, g_hash_table_lookup (view->weak, indicator->key));
  html = hx_grid_cell_begin (grid);
  hx_indicator_spark (html, months, _ ("逐月"));
  hx_grid_cell_end (grid);
  hx_grid_number (grid, figure->rows);
  return TRUE;
}

static gboolean
write_group (HxHtml *html, HxCall *call, const HxIndicatorView *view,
             Group group, GError **error)
{
  const HxColumn columns[]
      = { { .name = _ ("指标") }, { .name = _ ("值"), .is_number = TRUE },
          { .name = _ ("目标") }, { .name = _ ("状态") },
          { .name = _ ("逐月") }, { .name = _ ("行数"), .is_number = TRUE },
          { .name = NULL } };
  HxGrid *grid = NULL;
  gboolean done = TRUE;
  for (guint i = 0; done && i < view->figures->len; i++)
    {
      const HxFigure *figure = view->figures->pdata[i];
      if (group_of (figure->indicator) != group)
        continue;
      if (grid == NULL)
        {
          hx_part_section_begin (html, groups[group].id,
                                 _ (groups[group].title));
          grid = hx_grid_begin (html, _ (groups[group].title), columns);
        }
      done = write_line (grid, call, view, figure, error);
    }
  if (grid != NULL)
    {
      hx_grid_end (grid);
      hx_part_section_end (html);
    }
  return done;
}

static gboolean
write_choice (HxHtml *html, HxCall *call, const char *action,
              const HxPeriod *period, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_auto (HxUnitChoice) choice = { 0 };
  g_autofree char *year = g_strdup_printf ("%d", period->year);
  g_autofree char *unit = hx_number_text (period->unit_id);
  char day[HX_DATE_TEXT_SIZE];
  if (!hx_shown_open (&shown, call, error)
      || !hx_unit_choice (&shown, &choice, error))
    return FALSE;
  hx_date_format (period->as_of, day);
  hx_form_begin (html, call,
                 &(HxForm){ .action = action, .method = HX_METHOD_GET });
  hx_form_input (html, &(HxInput){ .name = "year",
                                   .label = _ ("年度"),
                                   .type = "hidden",
                                   .value = year });
  hx_form_input (html, &(HxInput){ .name = "as_of",
                                   .label = _ ("截至"),
                                   .type = "date",
                                   .value = day });
  hx_form_input (
      html, &(HxInput){ .name = "unit",
                        .label = _ ("机构"),
                        .type = "select",
                        .value = unit,
                        .options = (const HxOption *)choice.options->data });
  hx_form_submit (html, _ ("看这一天"), HX_TONE_PLAIN);
  hx_form_end (html);
  return TRUE;
}

static gboolean
list_page (HxCall *call, GError **error)
{
  g_auto (HxIndicatorView) view = { 0 };
  g_autofree char *title
      = g_strdup_printf (_ ("%d 年指标"), hx_call_year (call));
  HxHtml *html;
  gboolean done;
  if (!hx_indicator_view_read (call, &view, error))
    return FALSE;
  html = hx_page_begin (
      call, &(HxPageHead){ .title = title,
                           .at = "indicators",
                           .lead = _ ("每个数字随登记当场更新；点开就看到定义、"
                                      "逐月、各机构和背后的每一行。"),
                           .with_year = TRUE,
                           .wide = TRUE });
  done = write_choice (html, call, "/indicators", &view.period, error);
  for (Group group = 0; done && group < GROUPS; group++)
    done = write_group (html, call, &view, group, error);
  if (done && view.figures->len == 0)
    hx_part_empty (html, _ ("目录里还没有指标。"), NULL,
                   _ ("请系统管理员在目录里定义"));
  if (done)
    return hx_page_end (call, html);
  hx_html_free (html);
  return FALSE;
}

/* ---------------------------------------------------------------------- one */

static gboolean
write_definition (HxHtml *html, HxCall *call, const HxFigure *figure,
                  const HxPeriod *period, GError **error)
{
  const HxIndicator *indicator = figure->indicator;
  const gboolean is_typed = indicator->measure == HX_MEASURE_TYPED;
  g_autoptr (HxWeakness) weakness = hx_weakness_new (
      hx_call_connection (call, error), hx_call_catalogue (call),
      period->unit_id, figure->as_of);
  g_autofree char *weak = hx_weakness_of (weakness, indicator, error);
  g_autofree char *value = hx_say_figure (figure);
  g_autofree char *day = hx_say_date (figure->as_of);
  g_autofree char *rows = g_strdup_printf ("%" G_GINT64_FORMAT, figure->rows);
  if (weak == NULL)
    return FALSE;
  if (is_typed)
    hx_part_notice (html, HX_TONE_WARN, _ ("※ 这是填报的数，背后没有记录。"));
  if (*weak != '\0')
    {
      g_autofree char *text = g_strdup_printf (_ ("※ 依据不全：%s"), weak);
      hx_part_notice (html, HX_TONE_WARN, text);
    }
  hx_html_open (html, "dl", "class", "facts", NULL);
  hx_part_fact (html, _ ("值"), value);
  hx_part_fact (html, _ ("数到"), day);
  hx_part_fact (html, _ ("口径"), indicator->query);
  hx_part_fact (html, _ ("说明"), indicator->limits);
  hx_part_fact (html, _ ("核对依据"), indicator->verified_by);
  hx_part_fact (html, _ ("背后的行"), rows);
  hx_html_close (html, "dl");
  return TRUE;
}

static gboolean
write_months (HxHtml *html, HxCall *call, const HxIndicator *indicator,
              const HxPeriod *period, GError **error)
{
  const HxColumn columns[] = { { .name = _ ("月份") },
                               { .name = _ ("值"), .is_number = TRUE },
                               { .name = _ ("行数"), .is_number = TRUE },
                               { .name = NULL } };
  g_autoptr (GPtrArray) months
      = hx_indicator_months (call, indicator, period, error);
  HxGrid *grid;
  if (months == NULL)
    return FALSE;
  hx_part_section_begin (html, "months", _ ("逐月"));
  hx_indicator_spark (html, months, _ ("逐月"));
  grid = hx_grid_begin (html, _ ("每个月的值"), columns);
  for (guint i = 0; i < months->len; i++)
    {
      const HxFigure *figure = months->pdata[i];
      g_autofree char *name = g_strdup_printf (_ ("%u 月"), i + 1);
      g_autofree char *value = hx_say_figure (figure);
      hx_grid_row (grid, NULL);
      hx_grid_cell (grid, name);
      hx_grid_cell (grid, value);
      hx_grid_number (grid, figure->rows);
    }
  hx_grid_end (grid);
  hx_part_section_end (html);
  return TRUE;
}

static gboolean
write_unit (HxGrid *grid, HxCall *call, const HxIndicator *indicator,
            const HxPeriod *period, const HxOption *unit, GError **error)
{
  HxPeriod of_unit = *period;
  g_autoptr (HxFigure) figure = NULL;
  g_autofree char *url = NULL;
  g_autofree char *value = NULL;
  of_unit.unit_id = g_ascii_strtoll (unit->value, NULL, 10);
  figure = hx_figure_read (hx_call_connection (call, error),
                           hx_call_catalogue (call), indicator->key, &of_unit,
                           error);
  if (figure == NULL)
    return FALSE;
  if (figure->rows == 0)
    return TRUE;
  url = figure_url (indicator, &of_unit);
  value = hx_say_figure (figure);
  hx_grid_row (grid, url);
  hx_grid_cell (grid, unit->name);
  hx_grid_cell (grid, value);
  hx_grid_number (grid, figure->rows);
  return TRUE;
}

static gboolean
write_units (HxHtml *html, HxCall *call, const HxIndicator *indicator,
             const HxPeriod *period, GError **error)
{
  const HxColumn columns[] = { { .name = _ ("机构") },
                               { .name = _ ("值"), .is_number = TRUE },
                               { .name = _ ("行数"), .is_number = TRUE },
                               { .name = NULL } };
  g_auto (HxShown) shown = { 0 };
  g_auto (HxUnitChoice) choice = { 0 };
  HxGrid *grid;
  gboolean done = TRUE;
  if (!hx_shown_open (&shown, call, error)
      || !hx_unit_choice (&shown, &choice, error))
    return FALSE;
  hx_part_section_begin (html, "units", _ ("各机构"));
  grid = hx_grid_begin (html, _ ("每个机构的值，含下属；没有记录的不列"),
                        columns);
  for (guint i = 1; done && i + 1 < choice.options->len; i++)
    done = write_unit (grid, call, indicator, period,
                       &g_array_index (choice.options, HxOption, i), error);
  hx_grid_end (grid);
  hx_part_section_end (html);
  return done;
}

static gboolean
write_rows (HxHtml *html, HxCall *call, const HxIndicator *indicator,
            const HxPeriod *period, GError **error)
{
  HxIndicatorSource source = { call, indicator, period };
  const HxFigureRows rows = hx_indicator_rows (&source);
  g_autofree char *path = figure_url (indicator, period);
  gboolean done;
  hx_part_section_begin (html, "rows", _ ("背后的记录"));
  done = hx_figure_rows_table (html, call, &rows, path, error);
  hx_part_section_end (html);
  return done;
}

static gboolean
write_one (HxHtml *html, HxCall *call, const HxFigure *figure,
           const HxPeriod *period, GError **error)
{
  const HxIndicator *indicator = figure->indicator;
  g_autofree char *action = g_strdup_printf ("/indicators/%s", indicator->key);
  if (!write_choice (html, call, action, period, error)
      || !write_definition (html, call, figure, period, error))
    return FALSE;
  if (hx_call_text (call, "cursor") == NULL
      && (!write_months (html, call, indicator, period, error)
          || !write_units (html, call, indicator, period, error)))
    return FALSE;
  return write_rows (html, call, indicator, period, error);
}

static gboolean
one_page (HxCall *call, GError **error)
{
  const HxIndicator *indicator = hx_indicator_asked (call, error);
  HxConnection *connection
      = indicator != NULL ? hx_call_connection (call, error) : NULL;
  g_autoptr (HxFigure) figure = NULL;
  HxPeriod period;
  HxHtml *html;
  if (connection == NULL || !hx_indicator_period (call, &period, error))
    return FALSE;
  figure = hx_figure_read (connection, hx_call_catalogue (call), indicator->key,
                           &period, error);
  if (figure == NULL)
    return FALSE;
  html = hx_page_begin (call, &(HxPageHead){ .title = indicator->name,
                                             .at = "indicators",
                                             .back = "/indicators",
                                             .back_name = _ ("指标"),
                                             .wide = TRUE });
  if (write_one (html, call, figure, &period, error))
    return hx_page_end (call, html);
  hx_html_free (html);
  return FALSE;
}

/* ------------------------------------------------------------------- routes */

static const HxParameter list_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("截至日期") },
  { "unit", HX_IN_QUERY, HX_TYPE_ID, .what = N_ ("机构") },
  { 0 },
};
static const HxParameter one_parameters[] = {
  { "key", HX_IN_PATH, HX_TYPE_TEXT, HX_REQUIRED, .what = N_ ("指标") },
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("截至日期") },
  { "unit", HX_IN_QUERY, HX_TYPE_ID, .what = N_ ("机构") },
  { "cursor", HX_IN_QUERY, HX_TYPE_TEXT, .max = 400, .what = N_ ("续页") },
  { 0 },
};

const HxRoute hx_routes_indicator[] = {
  { HX_METHOD_GET, "/indicators", "indicators_page", N_ ("一年的指标"),
    HX_FIGURE_READERS, HX_ROUTE_PAGE, list_parameters, .handler = list_page },
  { HX_METHOD_GET, "/indicators/{key}", "indicator_page", N_ ("一个指标"),
    HX_FIGURE_READERS, HX_ROUTE_PAGE, one_parameters, .handler = one_page },
  { 0 },
};
