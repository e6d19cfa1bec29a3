#include "cli/check_show.h"
#include "cli/session.h"

#include "catalogue/plan.h"

#include <string.h>

typedef struct
{
  char *year, *draft, *last_year, *as_of;
  gboolean as_json;
  char *check, *place, *reason, *signer; /* of an answer */
  HxReviewOptions options;
  HxReviewDraft *texts[2];
} Call;

static void
call_clear (Call *call)
{
  g_free (call->year);
  g_free (call->draft);
  g_free (call->last_year);
  g_free (call->as_of);
  g_free (call->check);
  g_free (call->place);
  g_free (call->reason);
  g_free (call->signer);
  hx_review_draft_free (call->texts[0]);
  hx_review_draft_free (call->texts[1]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

static gboolean
read_text (const char *path, HxReviewDraft **text, GError **error)
{
  if (path == NULL)
    return TRUE;
  *text = hx_review_draft_read (path, error);
  return *text != NULL;
}

static gboolean
read_call (Call *call, GError **error)
{
  if (call->year == NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("没有写哪一年"), "--year",
                    _ ("例如 hongxia check --year 2023"));
  if (!hx_cli_year (call->year, &call->options.year, error)
      || !hx_cli_as_of (call->as_of, &call->options.as_of, error)
      || !read_text (call->draft, &call->texts[0], error)
      || !read_text (call->last_year, &call->texts[1], error))
    return FALSE;
  if (call->options.as_of.year != 0
      && call->options.as_of.year != call->options.year)
    return hx_fail (error, HX_ERROR_USAGE, _ ("截止日期不在这一年"),
                    call->as_of, NULL);
  call->options.draft = call->texts[0];
  call->options.last_year = call->texts[1];
  return TRUE;
}

/* ------------------------------------------------------------------- answers
 */

static gboolean
set_cells (HxLedger *ledger, HxRow *row, const Call *call, HxFaults *faults,
           GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (hx_ledger_catalogue (ledger));
  char today[HX_DATE_TEXT_SIZE];

  hx_date_format (hx_date_today (), today);
  const struct
  {
    const HxField *field;
    const char *text;
  } cells[] = {
    { view->review_year, call->year },
    { view->review_check, call->check },
    { view->review_place, call->place },
    { view->review_reason, call->reason },
    { view->review_signer, call->signer },
    { row->kind->date, today },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    if (!hx_row_set (ledger, row, cells[i].field, cells[i].text, faults, error)
        && *error != NULL)
      return FALSE;
  return hx_row_check (ledger, row, NULL, faults, error) || *error == NULL;
}

static gboolean
write_answer (HxLedger *ledger, gpointer data, GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (hx_ledger_catalogue (ledger));
  g_autoptr (HxRow) row = hx_row_new (view->review);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { .faults = list };
  HxPutOutcome outcome;

  if (!set_cells (ledger, row, data, &faults, error))
    return FALSE;
  if (list->len == 0
      && !hx_ledger_put (ledger, row, NULL, &outcome, &faults, error))
    return FALSE;
  if (list->len == 0)
    return TRUE;
  g_ptr_array_add (list, NULL);
  g_autofree char *what = g_strjoinv ("；", (char **)list->pdata);
  return hx_fail (error, HX_ERROR_DATA, what, NULL, NULL);
}

/* Only a finding that is there can be answered, and not every one. */
static gboolean
may_answer (const Call *call, const HxReviewResult *review,
            HxCatalogue *catalogue, GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (catalogue);
  const HxReviewFinding *finding
      = hx_review_find (review, call->check, call->place);

  if (view == NULL || view->review == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这个目录里没有核查答复"),
                    "plan.yaml", NULL);
  if (finding == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这一处没有发现"),
                    call->place, _ ("位置照 hongxia check 列出的写"));
  if (finding->severity == HX_REVIEW_BLOCK && !finding->check->answerable)
    return hx_fail (error, HX_ERROR_USAGE, _ ("这一项不能以答复代替改正"),
                    call->check, finding->advice);
  return TRUE;
}

static gboolean
answer (HxCliReading *reading, Call *call, const HxReviewResult *review,
        GError **error)
{
  const HxAuthor author = hx_cli_author ("check");

  if (call->place == NULL || call->reason == NULL || call->signer == NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("答复没有写全"), call->check,
                    _ ("写上 --place 位置 --reason 理由 --signer 答复人"));
  if (!may_answer (call, review, reading->catalogue, error)
      || !hx_measure_write (reading->store, reading->catalogue, &author,
                            write_answer, call, error))
    return FALSE;
  hx_cli_print ("%s %s %s\n", call->check, call->place, _ ("已答复"));
  return TRUE;
}

/* ------------------------------------------------------------------- command
 */

static gboolean
review (HxCli *cli, Call *call, GError **error)
{
  g_auto (HxCliReading) reading = { 0 };

  if (!hx_cli_read (cli, &reading, error))
    return FALSE;
  g_autoptr (HxReviewResult) made = hx_review_year (
      reading.connection, reading.catalogue, &call->options, error);
  if (made == NULL)
    return FALSE;
  if (call->check != NULL)
    return answer (&reading, call, made, error);
  if (call->as_json)
    hx_cli_review_json (made, &call->options);
  else
    hx_cli_review_print (made);
  cli->findings = made->blocking > 0;
  return TRUE;
}

static gboolean
run_check (HxCli *cli, int argc, char **arguments, GError **error)
{
  g_auto (Call) call = { 0 };
  const GOptionEntry entries[] = {
    { "year", 0, 0, G_OPTION_ARG_STRING, &call.year, NULL, NULL },
    { "draft", 0, 0, G_OPTION_ARG_FILENAME, &call.draft, NULL, NULL },
    { "last-year", 0, 0, G_OPTION_ARG_FILENAME, &call.last_year, NULL, NULL },
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &call.as_of, NULL, NULL },
    { "public", 0, 0, G_OPTION_ARG_NONE, &call.options.is_public, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    { "answer", 0, 0, G_OPTION_ARG_STRING, &call.check, NULL, NULL },
    { "place", 0, 0, G_OPTION_ARG_STRING, &call.place, NULL, NULL },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &call.reason, NULL, NULL },
    { "signer", 0, 0, G_OPTION_ARG_STRING, &call.signer, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!hx_cli_options (cli, &hx_command_check, entries, 0, &argc, &arguments,
                       error))
    return FALSE;
  return argc == 0 || (read_call (&call, error) && review (cli, &call, error));
}

const HxCommand hx_command_check = {
  .name = "check",
  .synopsis = "--year YEAR [--draft FILE] [--last-year FILE] [--as-of DATE] "
              "[--public] [--json] "
              "[--answer CHECK --place PLACE --reason TEXT --signer NAME]",
  .summary = N_ ("报告出具前逐项核查"),
  .manual = N_ (
      "按目录里 review.yaml 写明的核查项（V01 到 V24）核对一年的报告和记录。\n"
      "每处发现写明位置、规则、值和办法。“拦下”的不改正就不能出报告，\n"
      "“提醒”的可以出。能答复的写上理由，理由和发现一同列出。\n\n"
      "  --draft FILE      核查一份写好的文稿（.txt 或 .md）\n"
      "  --last-year FILE  上年的报告，看有没有照抄的段落\n"
      "  --public          文稿要公开：个人信息拦下，不只是提醒\n"
      "  --answer CHECK    答复一处发现：还要 --place、--reason、--signer\n\n"
      "没有拦下的，退出码是 0；有，是 1。\n\n"
      "例： hongxia check --year 2023\n"
      "     hongxia check --year 2023 --draft 初稿.txt --public"),
  .run = run_check,
};
