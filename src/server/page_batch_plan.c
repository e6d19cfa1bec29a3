/* 安排批次: planning seen before it is made, who was absent, lists that come
 * back. */
#include "exchange/batch_list.h"
#include "server/batch_view.h"
#include "server/links.h"

/* ----------------------------------------------------------------- planning */

static gboolean
hospital_options (HxShown *shown, const HxBatchPlan *plan, GArray *options,
                  GStringChunk *texts, GError **error)
{
  const HxField *label = hx_kind_label_field (plan->hospital->target);
  g_autofree char *sql = g_strdup_printf (
      "SELECT id, \"%s\" FROM %s WHERE bureau_id = ?1"
      " AND void = 0 ORDER BY id",
      hx_field_column (label), plan->hospital->target->table);
  HxStatement *statement = hx_statement (shown->connection, sql, error);
  HxStep step = HX_STEP_ERROR;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      g_autofree char *id = hx_number_text (hx_column_integer (statement, 0));
      const char *name = hx_column_text (statement, 1);
      const HxOption option
          = { g_string_chunk_insert (texts, id),
              g_string_chunk_insert (texts, name != NULL ? name : id) };

      g_array_append_val (options, option);
    }
  return step == HX_STEP_DONE;
}

static void
plan_inputs (HxHtml *html, HxCall *call, const HxBatchPlan *plan,
             gboolean is_sent)
{
  g_autofree char *batches
      = g_strdup_printf (_ ("不写按目录：%u 批"), plan->batches);
  g_autofree char *capacity
      = g_strdup_printf (_ ("不写按目录：%u 人"), plan->capacity);
  const struct
  {
    const char *name, *label, *type, *hint;
    gboolean required;
  } inputs[] = {
    { "from", _ ("从哪天"), "date", NULL, TRUE },
    { "to", _ ("到哪天"), "date", NULL, TRUE },
    { "batches", _ ("批数"), "number", batches, FALSE },
    { "capacity", _ ("每批最多几人"), "number", capacity, FALSE },
    { "block", _ ("不排的日子"), NULL, _ ("如 2023-05-04，几个之间用逗号"),
      FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    hx_form_input (
        html, &(HxInput){ .name = inputs[i].name,
                          .label = inputs[i].label,
                          .type = inputs[i].type,
                          .hint = inputs[i].hint,
                          .required = inputs[i].required,
                          .value = is_sent ? hx_call_text (call, inputs[i].name)
                                           : NULL,
                          .fault = hx_call_fault (call, inputs[i].name) });
}

static gboolean
plan_form (HxHtml *html, HxShown *shown, const HxBatchPlan *plan,
           gboolean is_sent, GError **error)
{
  HxCall *call = shown->call;
  g_autoptr (GArray) options = g_array_new (TRUE, TRUE, sizeof (HxOption));
  g_autoptr (GStringChunk) texts = g_string_chunk_new (512);
  g_autofree char *chosen
      = is_sent ? g_strjoinv (
            "\n", (char **)(guintptr)hx_call_texts (call, "hospital"))
                : NULL;

  if (!hospital_options (shown, plan, options, texts, error))
    return FALSE;
  hx_form_begin (
      html, call,
      &(HxForm){ .action = "/batches/new", .method = HX_METHOD_POST });
  hx_form_input (
      html, &(HxInput){ .name = "plan", .value = plan->key, .type = "hidden" });
  hx_form_input (html,
                 &(HxInput){ .name = "trial", .value = "1", .type = "hidden" });
  plan_inputs (html, call, plan, is_sent);
  if (options->len > 0)
    hx_form_input (html,
                   &(HxInput){ .name = "hospital",
                               .label = _ ("医院"),
                               .value = chosen,
                               .type = "checkbox",
                               .many = TRUE,
                               .options = (const HxOption *)options->data });
  hx_form_input (
      html, &(HxInput){ .name = "missed",
                        .label = _ ("为今年缺席的人补排"),
                        .value
                        = is_sent && hx_call_bool (call, "missed") ? "1" : NULL,
                        .type = "checkbox" });
  hx_form_submit (html, _ ("先看会怎样排"), HX_TONE_PLAIN);
  hx_form_end (html);
  return TRUE;
}

static gboolean
show_plan_form (HxShown *shown, const HxBatchPlan *plan, gboolean is_sent,
                GError **error)
{
  HxCall *call = shown->call;
  g_autofree char *back = hx_url ("/batches", "plan", plan->key, NULL);
  g_autoptr (HxHtml) html = hx_page_begin (
      call, &(HxPageHead){ .title = _ ("安排批次"),
                           .at = "duties",
                           .lead = _ ("同一街道尽量在一起，高龄体弱的排在周初，"
                                      "避开周末和节假日。"),
                           .back = back,
                           .back_name = plan->name,
                           .status = hx_call_has_faults (call) ? 422 : 200 });

  if (!plan_form (html, shown, plan, is_sent, error))
    return FALSE;
  return hx_page_end (call, g_steal_pointer (&html));
}

static gboolean
new_page (HxCall *call, GError **error)
{
  const HxBatchPlan *plan = hx_batch_plan_of (call, error);
  g_auto (HxShown) shown = { 0 };

  if (plan == NULL || !hx_shown_open (&shown, call, error))
    return FALSE;
  if (!hx_batch_may_plan (&shown, plan))
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("您不能安排批次"), plan->name,
                    _ ("由负责全局的经办人安排"));
  return show_plan_form (&shown, plan, FALSE, error);
}

static void
show_draft (HxHtml *html, const HxBatchPlanning *planning)
{
  const HxColumn columns[] = { { .name = _ ("批次") },
                               { .name = _ ("日期") },
                               { .name = _ ("医院") },
                               { .name = _ ("人数"), .is_number = TRUE },
                               { .name = _ ("高龄体弱"), .is_number = TRUE },
                               { .name = _ ("街道") },
                               { .name = NULL } };
  HxGrid *grid = hx_grid_begin (html, _ ("会这样排"), columns);

  for (guint i = 0; i < planning->lines->len; i++)
    {
      const HxBatchDraftLine *line = planning->lines->pdata[i];
      g_autofree char *day = hx_batch_say_day (line->day);

      hx_grid_row (grid, NULL);
      hx_grid_cell (grid, line->number);
      hx_grid_cell (grid, day);
      hx_grid_cell (grid, line->hospital);
      hx_grid_number (grid, line->rows->len);
      hx_grid_number (grid, line->frail);
      hx_grid_cell (grid, line->streets);
    }
  hx_grid_end (grid);
}

/* What was sent once more, without `trial`. */
static void
confirm_form (HxHtml *html, HxCall *call)
{
  static const char *const names[]
      = { "plan", "from", "to", "batches", "capacity", "block" };
  const char *const *hospitals = hx_call_texts (call, "hospital");

  hx_form_begin (
      html, call,
      &(HxForm){ .action = "/batches/new", .method = HX_METHOD_POST });
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (hx_call_text (call, names[i]) != NULL)
      hx_form_input (html, &(HxInput){ .name = names[i],
                                       .value = hx_call_text (call, names[i]),
                                       .type = "hidden" });
  for (guint i = 0; hospitals[i] != NULL; i++)
    hx_form_input (html, &(HxInput){ .name = "hospital",
                                     .value = hospitals[i],
                                     .type = "hidden" });
  if (hx_call_bool (call, "missed"))
    hx_form_input (
        html, &(HxInput){ .name = "missed", .value = "1", .type = "hidden" });
  hx_form_submit (html, _ ("就这样安排"), HX_TONE_PLAIN);
  hx_form_end (html);
}

static gboolean
show_trial (HxCall *call, const HxBatchPlanning *planning)
{
  const HxBatchDraft *draft = planning->draft;
  g_autofree char *lead = g_strdup_printf (
      _ ("安排 %u 人，%u 批，其中高龄体弱 %u 人，夫妻 %u 对；还没有写入。"),
      draft->people->len, draft->slots->len, draft->frail, draft->couples);
  HxHtml *html
      = hx_page_begin (call, &(HxPageHead){ .title = _ ("会这样排"),
                                            .at = "duties",
                                            .lead = lead,
                                            .back = "/batches/new",
                                            .back_name = _ ("改一改再看"),
                                            .wide = TRUE });

  hx_html_open (html, "p", NULL);
  hx_html_textf (html,
                 _ ("找到 %u 人：已参加 %u，已安排 %u，缺席 %u，"
                    "其他结果 %u，不在本地 %u。"),
                 draft->asked, draft->standing[HX_BATCH_ATTENDED],
                 draft->standing[HX_BATCH_PLANNED],
                 draft->standing[HX_BATCH_MISSED],
                 draft->standing[HX_BATCH_SETTLED], draft->elsewhere);
  hx_html_close (html, "p");
  if (draft->slots->len == 0)
    hx_part_empty (html, _ ("没有要安排的人。"), "/batches",
                   _ ("看已有的批次"));
  else
    {
      show_draft (html, planning);
      confirm_form (html, call);
    }
  return hx_page_end (call, html);
}

static gboolean
new_take (HxCall *call, GError **error)
{
  const HxBatchPlan *plan = hx_batch_plan_of (call, error);
  g_auto (HxShown) shown = { 0 };
  g_auto (HxBatchPlanning) planning = { 0 };
  g_autoptr (GError) failed = NULL;
  g_autofree char *url = NULL;
  g_autofree char *said = NULL;

  if (plan == NULL || !hx_shown_open (&shown, call, error))
    return FALSE;
  if (!hx_batch_planning_run (&planning, &shown, &failed))
    {
      if (!g_error_matches (failed, HX_ERROR, HX_ERROR_DATA)
          && !g_error_matches (failed, HX_ERROR, HX_ERROR_USAGE))
        return g_propagate_error (error, g_steal_pointer (&failed)), FALSE;
      hx_call_add_fault (call, NULL, failed->message);
      return show_plan_form (&shown, plan, TRUE, error);
    }
  if (planning.trial)
    return show_trial (call, &planning);
  url = hx_url ("/batches", "plan", plan->key, NULL);
  said
      = g_strdup_printf (_ ("安排了 %u 人，%u 批"), planning.draft->people->len,
                         planning.draft->slots->len);
  return hx_call_redirect (call, url, said);
}

/* ------------------------------------------------------------------- missed */

static gboolean
show_missed (HxGrid *grid, HxShown *shown, const HxBatchPlan *plan,
             const HxBatchMissed *missed, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (plan->people);
  g_autofree char *url = NULL;
  g_autofree char *label = NULL;
  g_autofree char *batch = NULL;
  const char *unit;

  if (!hx_row_load (shown->connection, row, missed->person, error))
    return FALSE;
  if (!hx_identity_reaches (shown->identity, row))
    return TRUE;
  url = hx_link_row (shown->call, row->kind, row->id);
  label = hx_shown_label (shown, row, error);
  if (label != NULL)
    batch = hx_batch_row_name (shown->connection, plan->batch, missed->batch,
                               error);
  unit = batch != NULL ? hx_shown_unit (shown, row->unit_id, error) : NULL;
  if (unit == NULL)
    return FALSE;
  hx_grid_row (grid, url);
  hx_grid_cell (grid, label);
  hx_grid_cell (grid, unit);
  hx_grid_cell (grid, batch);
  hx_grid_date (grid, hx_date_from_number (missed->day));
  hx_grid_cell (grid, missed->is_noted ? plan->absent->name : _ ("未登记"));
  return TRUE;
}

static gboolean
missed_page (HxCall *call, GError **error)
{
  const HxColumn columns[] = { { .name = _ ("姓名") }, { .name = _ ("机构") },
                               { .name = _ ("批次") }, { .name = _ ("日期") },
                               { .name = _ ("结果") }, { .name = NULL } };
  const HxBatchPlan *plan = hx_batch_plan_of (call, error);
  g_auto (HxShown) shown = { 0 };
  g_autoptr (GArray) all = NULL;
  g_autoptr (HxHtml) html = NULL;
  g_autofree char *back = NULL;
  gboolean done = TRUE;
  HxGrid *grid;

  if (plan == NULL || !hx_shown_open (&shown, call, error))
    return FALSE;
  all = hx_batch_missed (shown.connection, hx_call_catalogue (call), plan,
                         hx_call_year (call), hx_call_as_of (call), error);
  if (all == NULL)
    return FALSE;
  back = hx_url ("/batches", "plan", plan->key, NULL);
  html = hx_page_begin (call, &(HxPageHead){ .title = _ ("缺席的人"),
                                             .at = "duties",
                                             .back = back,
                                             .back_name = plan->name,
                                             .with_year = TRUE });
  if (all->len == 0)
    hx_part_empty (html, _ ("没有人缺席。"), back, _ ("看各批次"));
  else
    {
      grid = hx_grid_begin (html, _ ("安排了而没有来的"), columns);
      for (guint i = 0; i < all->len && done; i++)
        done = show_missed (grid, &shown, plan,
                            &g_array_index (all, HxBatchMissed, i), error);
      hx_grid_end (grid);
    }
  return done && hx_page_end (call, g_steal_pointer (&html));
}

/* ------------------------------------------------------------------- return */

typedef struct
{
  GPtrArray *told; /* char * */
} Told;

static void
tell (const char *where, const char *reason, gpointer data)
{
  const Told *told = data;

  g_ptr_array_add (told->told, g_strconcat (where, _ ("："), reason, NULL));
}

static void
return_form (HxHtml *html, HxCall *call, const HxBatchPlan *plan)
{
  hx_form_begin (html, call,
                 &(HxForm){ .action = "/batches/return",
                            .method = HX_METHOD_POST,
                            .with_files = TRUE });
  hx_form_input (
      html, &(HxInput){ .name = "plan", .value = plan->key, .type = "hidden" });
  hx_form_input (html, &(HxInput){ .name = "file",
                                   .label = _ ("填好的名单"),
                                   .type = "file",
                                   .accept = ".xlsx,.csv",
                                   .required = TRUE });
  hx_form_input (html, &(HxInput){ .name = "add",
                                   .label = _ ("名单外的人也登记"),
                                   .type = "checkbox" });
  hx_form_submit (html, _ ("导入"), HX_TONE_PLAIN);
  hx_form_end (html);
}

static HxHtml *
return_begin (HxCall *call, const HxBatchPlan *plan)
{
  g_autofree char *back = hx_url ("/batches", "plan", plan->key, NULL);

  return hx_page_begin (
      call, &(HxPageHead){ .title = _ ("导入签到名单"),
                           .at = "duties",
                           .lead = _ ("填了结果的按结果，只有签到的算已参加，"
                                      "都没有的不变；同一份导入两次结果一样。"),
                           .back = back,
                           .back_name = plan->name });
}

static gboolean
check_return (HxShown *shown, const HxBatchPlan *plan, GError **error)
{
  if (hx_batch_may_plan (shown, plan))
    return TRUE;
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("您不能导入名单"), plan->name,
                  NULL);
}

static gboolean
return_page (HxCall *call, GError **error)
{
  const HxBatchPlan *plan = hx_batch_plan_of (call, error);
  g_auto (HxShown) shown = { 0 };
  HxHtml *html;

  if (plan == NULL || !hx_shown_open (&shown, call, error)
      || !check_return (&shown, plan, error))
    return FALSE;
  html = return_begin (call, plan);
  return_form (html, call, plan);
  return hx_page_end (call, html);
}

static void
show_summary (HxHtml *html, const HxBatchReturnSummary *summary,
              const Told *told)
{
  g_autofree char *text = g_strdup_printf (
      _ ("共 %u 行：改了 %u，原来就是 %u，没有填 %u，新登记 %u，"
         "名单外 %u，没有读准 %u。"),
      summary->rows, summary->changed, summary->unchanged, summary->blank,
      summary->added, summary->walk_ins, summary->refused);

  hx_part_notice (html, summary->refused > 0 ? HX_TONE_WARN : HX_TONE_GOOD,
                  text);
  if (told->told->len == 0)
    return;
  hx_html_open (html, "ul", NULL);
  for (guint i = 0; i < told->told->len; i++)
    hx_html_element (html, "li", told->told->pdata[i], NULL);
  hx_html_close (html, "ul");
}

static gboolean
return_take (HxCall *call, GError **error)
{
  const HxBatchPlan *plan = hx_batch_plan_of (call, error);
  const HxUpload *upload = hx_call_upload (call, "file");
  const HxRequest *request = hx_call_request (call);
  g_auto (HxShown) shown = { 0 };
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  Told told = { list };
  HxBatchReturnSummary summary = { 0 };
  HxHtml *html;

  if (plan == NULL || !hx_shown_open (&shown, call, error)
      || !check_return (&shown, plan, error))
    return FALSE;
  const HxBatchReturnOptions options
      = { .plan = plan,
          .add = hx_call_bool (call, "add"),
          .today = hx_call_today (call),
          .author = { hx_call_identity (call)->login, request->id },
          .told = tell,
          .data = &told };
  char *paths[] = { upload->path, NULL };
  if (!hx_batch_return (hx_call_store (call), hx_call_catalogue (call), paths,
                        &options, &summary, error))
    return FALSE;
  html = return_begin (call, plan);
  show_summary (html, &summary, &told);
  return_form (html, call, plan);
  return hx_page_end (call, html);
}

/* ------------------------------------------------------------------- routes */

#define PLAN                                                                   \
  {                                                                            \
    "plan", HX_IN_QUERY, HX_TYPE_TEXT, .what = N_ ("哪种分批安排")             \
  }
#define YEAR                                                                   \
  {                                                                            \
    "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度")                     \
  }

static const HxParameter list[] = { PLAN, YEAR, { .name = NULL } };
static const HxParameter planned[]
    = { HX_BATCH_PLAN_PARAMETERS, { .name = NULL } };
static const HxParameter returned[]
    = { { "plan", HX_IN_FORM, HX_TYPE_TEXT, HX_REQUIRED,
          .what = N_ ("哪种分批安排") },
        { "add", HX_IN_FORM, HX_TYPE_BOOL, .what = N_ ("名单外的人也登记") },
        { "file", HX_IN_FILE, HX_TYPE_TEXT, HX_REQUIRED,
          .what = N_ ("填好的名单") },
        { .name = NULL } };

#define READERS (HX_USER_PEOPLE | HX_USER_READER)

const HxRoute hx_routes_batch_plan[] = {
  { HX_METHOD_GET, "/batches/new", "batch_new_page", N_ ("安排批次"),
    HX_BATCH_PLANNERS, HX_ROUTE_PAGE, list, .handler = new_page },
  { HX_METHOD_POST, "/batches/new", "batch_new_take", N_ ("写入安排的批次"),
    HX_BATCH_PLANNERS, HX_ROUTE_PAGE, planned, .handler = new_take },
  { HX_METHOD_GET, "/batches/missed", "batch_missed_page", N_ ("缺席的人"),
    READERS, HX_ROUTE_PAGE, list, .handler = missed_page },
  { HX_METHOD_GET, "/batches/return", "batch_return_page", N_ ("导入签到名单"),
    HX_BATCH_PLANNERS, HX_ROUTE_PAGE, list, .handler = return_page },
  { HX_METHOD_POST, "/batches/return", "batch_return_take", N_ ("读入签到名单"),
    HX_BATCH_PLANNERS, HX_ROUTE_PAGE | HX_ROUTE_UPLOAD, returned,
    .handler = return_take },
  { 0 },
};
