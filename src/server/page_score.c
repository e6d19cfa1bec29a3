/* The scorecard: every row with points, score and what it was computed from;
 * the rows that people fill in; the files that are handed in. */
#include "server/score_part.h"
#include "server/year_form.h"

#include "exchange/score_form.h"
#include "score/score_json.h"

/* ------------------------------------------------------------------- choosing
 */

static HxOption *
card_options (HxCall *call, int year)
{
  const GPtrArray *cards = hx_catalogue_scorecards (hx_call_catalogue (call));
  HxOption *options = g_new0 (HxOption, (gsize)cards->len + 1);
  guint n = 0;
  for (guint i = 0; i < cards->len; i++)
    {
      const HxScorecard *card = cards->pdata[i];
      if (hx_scorecard_is_for (card, year))
        options[n++] = (HxOption){ card->key, card->name };
    }
  return options;
}

/* The whole bureau first, then the tasks within reach.  `names` owns. */
static HxOption *
task_options (HxCall *call, int year, GPtrArray *names, GError **error)
{
  g_autoptr (HxPlanYear) plan = hx_plan_read (
      hx_call_connection (call, error), hx_call_catalogue (call), year,
      hx_year_last_day (call, year), error);
  HxOption *options;
  guint n = 0;
  if (plan == NULL)
    return NULL;
  options = g_new0 (HxOption, (gsize)plan->tasks->len + 2);
  if (hx_year_is_whole (call))
    options[n++] = (HxOption){ "", _ ("全单位") };
  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const HxPlanTask *task = plan->tasks->pdata[i];
      if (!hx_year_reaches (call, task->unit_id))
        continue;
      g_ptr_array_add (names, g_strdup (task->number));
      g_ptr_array_add (names,
                       g_strdup_printf ("%s %s", task->number, task->name));
      options[n++] = (HxOption){ names->pdata[names->len - 2],
                                 names->pdata[names->len - 1] };
    }
  return options;
}

static void
write_choice (HxHtml *html, HxCall *call, const HxScore *score,
              const HxOption *cards, const HxOption *tasks)
{
  g_autofree char *year = g_strdup_printf ("%d", score->year);
  g_autofree char *day = hx_say_day (score->as_of);
  hx_form_begin (html, call,
                 &(HxForm){ .action = "/score", .method = HX_METHOD_GET });
  hx_form_input (html, &(HxInput){ .name = "year",
                                   .label = _ ("年度"),
                                   .type = "hidden",
                                   .value = year });
  hx_form_input (html, &(HxInput){ .name = "card",
                                   .label = _ ("评分表"),
                                   .type = "select",
                                   .options = cards,
                                   .value = score->card->key });
  hx_form_input (
      html,
      &(HxInput){ .name = "task",
                  .label = _ ("填给谁"),
                  .hint = _ ("选一项重点任务要用项目自评表"),
                  .type = "select",
                  .options = tasks,
                  .value = score->task != NULL ? score->task->number : "" });
  hx_form_input (html, &(HxInput){ .name = "as_of",
                                   .label = _ ("截至"),
                                   .type = "date",
                                   .value = day });
  hx_form_submit (html, _ ("看这张表"), HX_TONE_PLAIN);
  hx_form_end (html);
}

/* ------------------------------------------------------------------- numbers
 */

static void
write_total (HxHtml *html, const HxScore *score)
{
  g_autofree char *full = hx_decimal_format (score->card->total);
  g_autofree char *total = hx_score_format (score, score->total);
  g_autofree char *points = hx_score_format (score, score->points);
  g_autofree char *earned = hx_score_format (score, score->earned);
  g_autofree char *origin = hx_scorecard_origin (score->card);
  hx_html_open (html, "p", "class", "figure", NULL);
  hx_html_open (html, "strong", NULL);
  hx_html_textf (html, _ ("%s 分"), total);
  hx_html_close (html, "strong");
  hx_html_textf (html, _ ("，满分 %s 分，"), full);
  hx_part_badge (html, score->grade != NULL ? HX_TONE_PLAIN : HX_TONE_WARN,
                 score->grade != NULL ? score->grade->name : _ ("没有等级"));
  if (!score->is_complete)
    hx_part_badge (html, HX_TONE_WARN, _ ("还有未评分的评分项"));
  hx_html_close (html, "p");
  hx_html_open (html, "p", "class", "quiet", NULL);
  hx_html_textf (html, _ ("依据：%s。"), origin);
  if (score->skipped > 0)
    hx_html_textf (html, _ ("适用的评分项 %s 分，得 %s 分，按比例折算成满分。"),
                   points, earned);
  if (score->is_shared)
    hx_html_text (html, _ ("指标分值按本任务各指标的权重折算到每一级的分值。"));
  hx_html_close (html, "p");
  if (score->card->warning != NULL)
    hx_part_notice (html, HX_TONE_WARN, score->card->warning);
  if (score->card->note != NULL)
    hx_html_element (html, "p", score->card->note, "class", "quiet", NULL);
}

/* ---------------------------------------------------------------------- rows
 */

/* A figure opens to its rows; a fact of the budget or the plan to its page. */
static void
write_from (HxHtml *html, const HxScoreFrom *from)
{
  g_autofree char *year = g_strdup_printf ("%d", from->year);
  g_autofree char *path
      = from->indicator != NULL
            ? g_strconcat ("/indicators/", from->indicator->key, NULL)
        : g_str_has_prefix (from->key, "budget.") ? g_strdup ("/money")
        : g_str_has_prefix (from->key, "plan.")   ? g_strdup ("/plan")
                                                  : NULL;
  g_autofree char *url
      = path != NULL ? hx_url (path, "year", year, NULL) : NULL;
  hx_html_open (html, "li", NULL);
  if (url != NULL)
    hx_html_element (html, "a", from->name, "href", url, NULL);
  else
    hx_html_text (html, from->name);
  hx_html_textf (html, " %s%s", from->text,
                 from->unit != NULL ? from->unit : "");
  hx_html_close (html, "li");
}

static void
write_basis (HxHtml *html, const HxScoreRow *row)
{
  g_autofree char *basis = hx_score_row_basis (row);
  if (row->from == NULL || row->from->len == 0)
    {
      hx_html_text (html, basis);
      return;
    }
  hx_html_open (html, "ul", "class", "plain", NULL);
  for (guint i = 0; i < row->from->len; i++)
    write_from (html, row->from->pdata[i]);
  hx_html_close (html, "ul");
  if (row->signer != NULL)
    {
      hx_html_open (html, "p", "class", "quiet", NULL);
      hx_html_textf (html, _ ("填报人 %s，佐证材料 %u 份"), row->signer,
                     row->evidence);
      hx_html_close (html, "p");
    }
}

/* Where the row is filled in by hand: what was, what is missing, what lost
 * points without a reason. */
static void
write_link (HxHtml *html, HxCall *call, const HxScore *score,
            const HxScoreRow *row)
{
  const HxPlanView *view = hx_catalogue_plan (hx_call_catalogue (call));
  g_autofree char *path = NULL, *url = NULL;
  if (view == NULL || row->is_group)
    return;
  if (row->is_target)
    {
      path = g_strdup_printf ("/monitoring/targets/%" G_GINT64_FORMAT "/result",
                              row->target_id);
      url = g_strdup_printf ("%s?year=%d", path, score->year);
    }
  else
    {
      g_autofree char *base = hx_score_url (score, "/score/entry");
      g_autoptr (GString) text = g_string_new (base);
      g_string_append (text, "&row=");
      hx_url_append (text, row->key);
      url = g_strdup (text->str);
    }
  if (hx_year_writes (call, row->is_target ? view->result : view->entry))
    hx_html_element (html, "a",
                     row->is_target          ? _ ("填完成情况")
                     : row->entry_id != 0    ? _ ("修改填报")
                     : row->missing->len > 0 ? _ ("填报")
                                             : _ ("写原因或不适用"),
                     "href", url, NULL);
}

static void
write_name (HxGrid *grid, const HxScoreRow *row)
{
  g_autofree char *class = g_strdup_printf ("level level-%u", row->level);
  HxHtml *html = hx_grid_cell_begin (grid);
  hx_html_open (html, "div", "class", class, NULL);
  hx_html_element (html, row->is_group ? "strong" : "span", row->name, NULL);
  if (row->is_target && !row->is_group)
    {
      hx_html_open (html, "p", "class", "quiet", NULL);
      hx_html_textf (html, _ ("目标 %s，完成 %s"), row->target, row->value);
      hx_html_close (html, "p");
    }
  else if (row->standard != NULL && !row->is_group)
    {
      hx_html_open (html, "details", NULL);
      hx_html_element (html, "summary", _ ("评分标准"), NULL);
      hx_html_element (html, "p", row->standard, "class", "quiet", NULL);
      hx_html_close (html, "details");
    }
  hx_html_close (html, "div");
  hx_grid_cell_end (grid);
}

static void
write_group (HxGrid *grid)
{
  for (guint i = 0; i < 3; i++)
    hx_grid_cell (grid, NULL);
}

static void
write_leaf (HxGrid *grid, HxCall *call, const HxScore *score,
            const HxScoreRow *row)
{
  g_autofree char *note = hx_score_row_note (row);
  HxHtml *html;
  hx_grid_cell (grid, note);
  html = hx_grid_cell_begin (grid);
  hx_html_open (html, "div", NULL);
  write_basis (html, row);
  hx_html_close (html, "div");
  hx_grid_cell_end (grid);
  html = hx_grid_cell_begin (grid);
  write_link (html, call, score, row);
  hx_grid_cell_end (grid);
}

static void
write_row (HxGrid *grid, HxCall *call, const HxScore *score,
           const HxScoreRow *row)
{
  g_autofree char *points = hx_score_format (score, row->points);
  g_autofree char *own = hx_score_format (score, row->score);
  hx_grid_row (grid, NULL);
  write_name (grid, row);
  hx_grid_cell (grid, row->is_bonus ? "±" : points);
  hx_grid_cell (grid, row->state == HX_SCORE_ROW_SKIPPED ? "—" : own);
  if (row->is_group)
    write_group (grid);
  else
    write_leaf (grid, call, score, row);
}

static void
write_rows (HxHtml *html, HxCall *call, const HxScore *score)
{
  const HxColumn columns[] = { { .name = _ ("评分项") },
                               { .name = _ ("分值"), .is_number = TRUE },
                               { .name = _ ("得分"), .is_number = TRUE },
                               { .name = _ ("扣分原因和说明") },
                               { .name = _ ("取自") },
                               { .name = _ ("填报") },
                               { .name = NULL } };
  HxGrid *grid = hx_grid_begin (html, score->card->name, columns);
  for (guint i = 0; i < score->rows->len; i++)
    write_row (grid, call, score, score->rows->pdata[i]);
  hx_grid_end (grid);
}

static void
write_findings (HxHtml *html, const HxScore *score)
{
  g_autofree char *title
      = g_strdup_printf (_ ("要补的 %u 处"), score->findings->len);
  if (score->findings->len == 0)
    return;
  hx_part_section_begin (html, "findings", title);
  hx_html_open (html, "ul", NULL);
  for (guint i = 0; i < score->findings->len; i++)
    {
      const HxScoreFinding *finding = score->findings->pdata[i];
      hx_html_open (html, "li", NULL);
      hx_html_textf (html, _ ("%s：%s"),
                     finding->row != NULL ? finding->row->name
                                          : score->card->name,
                     finding->what);
      if (finding->to_do != NULL)
        hx_html_textf (html, _ ("（%s）"), finding->to_do);
      hx_html_close (html, "li");
    }
  hx_html_close (html, "ul");
  hx_part_section_end (html);
}

/* ---------------------------------------------------------------------- page
 */

static void
write_files (HxHtml *html, const HxScore *score)
{
  g_autofree char *form = hx_score_url (score, "/score/form.xlsx");
  g_autofree char *data = hx_score_url (score, "/score/form.json");
  hx_html_open (html, "p", "class", "actions", NULL);
  hx_part_action (html, form, _ ("下载自评表（XLSX）"), TRUE);
  hx_part_action (html, data, _ ("下载数据（JSON）"), FALSE);
  hx_html_close (html, "p");
}

/* Those of one unit have no form of the whole: they choose a task first. */
static gboolean
choose_page (HxCall *call, const HxOption *tasks)
{
  const int year = hx_call_year (call);
  HxHtml *html = hx_page_begin (
      call, &(HxPageHead){ .title = _ ("项目自评表"),
                           .at = "monitoring",
                           .lead = _ ("部门自评表是全单位的；您可以看本机构任务"
                                      "的项目自评表。"),
                           .with_year = TRUE });
  hx_part_tabs (html, call, hx_monitor_tabs, "/score");
  if (tasks[0].value == NULL)
    hx_part_empty (html, _ ("这一年没有您机构的重点任务。"), "/plan",
                   _ ("看计划"));
  hx_html_open (html, "ul", "class", "plain", NULL);
  for (guint i = 0; tasks[i].value != NULL; i++)
    {
      g_autofree char *said = g_strdup_printf ("%d", year);
      g_autofree char *url
          = hx_url ("/score", "year", said, "task", tasks[i].value, NULL);
      hx_html_open (html, "li", NULL);
      hx_html_element (html, "a", tasks[i].name, "href", url, NULL);
      hx_html_close (html, "li");
    }
  hx_html_close (html, "ul");
  return hx_page_end (call, html);
}

static gboolean
score_page (HxCall *call, GError **error)
{
  const int year = hx_call_year (call);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree HxOption *tasks = task_options (call, year, names, error);
  g_autofree HxOption *cards = card_options (call, year);
  g_autoptr (HxScore) score = NULL;
  g_autofree char *title = NULL;
  HxHtml *html;
  if (tasks == NULL)
    return FALSE;
  if (!hx_year_is_whole (call) && hx_call_text (call, "task") == NULL)
    return choose_page (call, tasks);
  score = hx_score_of_call (call, error);
  if (score == NULL)
    return FALSE;
  title = g_strdup_printf (_ ("%d 年%s"), year, score->card->name);
  html = hx_page_begin (
      call,
      &(HxPageHead){ .title = title,
                     .at = "monitoring",
                     .lead = score->task != NULL ? score->task->name : NULL,
                     .with_year = TRUE,
                     .wide = TRUE });
  hx_part_tabs (html, call, hx_monitor_tabs, "/score");
  write_choice (html, call, score, cards, tasks);
  write_total (html, score);
  write_files (html, score);
  write_findings (html, score);
  write_rows (html, call, score);
  return hx_page_end (call, html);
}

/* --------------------------------------------------------------------- files
 */

static gboolean
write_form (HxConnection *connection, const char *path, gpointer data,
            GError **error)
{
  gpointer *both = data;
  return hx_score_form_write (connection, both[0], both[1], path, error);
}

static gboolean
form_file (HxCall *call, GError **error)
{
  g_autoptr (HxScore) score = hx_score_of_call (call, error);
  g_autofree char *bureau = NULL, *name = NULL;
  GError *wrong = NULL;
  gpointer both[2];
  if (score == NULL)
    return FALSE;
  bureau = hx_call_bureau (call, &wrong);
  if (wrong != NULL)
    {
      g_propagate_error (error, wrong);
      return FALSE;
    }
  both[0] = score;
  both[1] = bureau;
  name = g_strdup_printf (_ ("自评表-%d.xlsx"), score->year);
  return hx_reply_written (call, name, write_form, both, error);
}

static gboolean
data_file (HxCall *call, GError **error)
{
  g_autoptr (HxScore) score = hx_score_of_call (call, error);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;
  if (score == NULL)
    return FALSE;
  hx_score_json (score, out);
  name = g_strdup_printf (_ ("自评表-%d.json"), score->year);
  bytes = g_string_free_to_bytes (g_steal_pointer (&out));
  return hx_call_reply_bytes (call, bytes, "application/json", name);
}

/* --------------------------------------------------------------------- entry
 */

static void
fill_entry (HxCall *call, const HxScore *score, const HxScoreRow *row,
            HxYearForm *form)
{
  const HxPlanView *view = hx_catalogue_plan (hx_call_catalogue (call));
  g_autofree char *year = g_strdup_printf ("%d", score->year);
  g_autofree char *card
      = score->task != NULL
            ? g_strconcat (score->card->key, "/", score->task->number, NULL)
            : g_strdup (score->card->key);
  g_autofree char *base = hx_score_url (score, "/score/entry");
  g_autoptr (GString) action = g_string_new (base);
  g_string_append (action, "&row=");
  hx_url_append (action, row->key);
  form->kind = view->entry;
  form->id = row->entry_id;
  form->at = "monitoring";
  form->lead = g_strdup (row->standard != NULL ? row->standard : row->name);
  form->action = g_strdup (action->str);
  form->back = hx_score_url (score, "/score");
  form->back_name = g_strdup (_ ("自评打分"));
  if (form->id != 0)
    return;
  hx_year_form_preset_day (form, view->entry->date, hx_call_today (call));
  hx_year_form_preset (form, view->entry_signer, hx_call_identity (call)->name);
  hx_year_form_hide (form, view->entry_year, year);
  hx_year_form_hide (form, view->entry_card, card);
  hx_year_form_hide (form, view->entry_row, row->key);
}

/* What the row is scored by is for the card to say: these alone are asked. */
static gboolean
entry_form (HxCall *call, GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (hx_call_catalogue (call));
  g_autoptr (HxScore) score = hx_score_of_call (call, error);
  const HxScoreRow *row
      = score != NULL ? hx_score_row (score, hx_call_text (call, "row")) : NULL;
  g_auto (HxYearForm) form = { .said = _ ("打分已保存") };
  const char *only[12] = { NULL };
  guint n = 0;
  if (score == NULL)
    return FALSE;
  if (row == NULL || row->is_group || row->is_target)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这张表里没有这个评分项"),
                    hx_call_text (call, "row"), _ ("从自评表里选"));
  for (guint i = 0; i < view->entry->fields->len && n < 11; i++)
    {
      const HxField *field = view->entry->fields->pdata[i];
      if (field != view->entry_year && field != view->entry_card
          && field != view->entry_row)
        only[n++] = field->key;
    }
  form.only = only;
  form.title = g_strdup_printf (_ ("打分：%s"), row->name);
  fill_entry (call, score, row, &form);
  return hx_year_form (call, &form, error);
}

/* ------------------------------------------------------------------- routes
 */

#define OF_CARD                                                                \
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },                  \
      { "card", HX_IN_QUERY, HX_TYPE_TEXT, .max = 100,                         \
        .what = N_ ("评分表") },                                               \
      { "task", HX_IN_QUERY, HX_TYPE_TEXT, .max = 200,                         \
        .what = N_ ("重点任务") },                                             \
  {                                                                            \
    "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("截至日期")                \
  }
#define OF_ROW                                                                 \
  OF_CARD,                                                                     \
  {                                                                            \
    "row", HX_IN_QUERY, HX_TYPE_TEXT, HX_REQUIRED, .max = 60,                  \
                                                   .what = N_ ("评分项")       \
  }

static const HxParameter show[] = { OF_CARD, { 0 } };
static const HxParameter ask[] = { OF_ROW, { 0 } };
static const HxParameter take[] = { OF_ROW, HX_RECORD_FORM_PARAMETERS, { 0 } };

const HxRoute hx_routes_score[] = {
  { HX_METHOD_GET, "/score", "score_page", N_ ("自评打分"), HX_YEAR_READERS,
    HX_ROUTE_PAGE, show, .handler = score_page },
  { HX_METHOD_GET, "/score/form.xlsx", "score_form_file", N_ ("自评表工作簿"),
    HX_YEAR_READERS, HX_ROUTE_PAGE, show, .handler = form_file },
  { HX_METHOD_GET, "/score/form.json", "score_data_file", N_ ("自评表数据"),
    HX_YEAR_READERS, HX_ROUTE_PAGE, show, .handler = data_file },
  { HX_METHOD_GET, "/score/entry", "score_entry_form", N_ ("打分表"),
    (HX_USER_CLERK | HX_USER_SECTION), HX_ROUTE_PAGE, ask,
    .handler = entry_form },
  { HX_METHOD_POST, "/score/entry", "score_entry_take", N_ ("打分"),
    (HX_USER_CLERK | HX_USER_SECTION), HX_ROUTE_PAGE | HX_ROUTE_UPLOAD, take,
    .handler = entry_form },
  { 0 },
};
