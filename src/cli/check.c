#include "cli/check_file.h"
#include "cli/check_show.h"
#include "cli/session.h"

#include <string.h>

typedef struct
{
  char *year, *draft, *last_year, *as_of;
  gboolean as_json;
  char *check, *place, *reason, *signer; /* of an answer */
  char *format, *output;                 /* of files */
  gboolean is_all;
  int jobs;
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
  g_free (call->format);
  g_free (call->output);
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
    return hx_fail (error, HX_ERROR_USAGE, _ ("没有写哪一年，也没有写文件"),
                    NULL,
                    _ ("例如 hongxia check --year 2023，"
                       "或 hongxia check 决算说明.pdf"));
  if (call->format != NULL || call->output != NULL || call->is_all
      || call->jobs != 0)
    return hx_fail (error, HX_ERROR_USAGE,
                    _ ("--format、-o、--all、--jobs 只用于核对文件"), NULL,
                    NULL);
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
answer (HxCliReading *reading, Call *call, const HxReviewResult *review,
        GError **error)
{
  const HxAuthor author = hx_cli_author ("check");
  HxReviewAnswer given = { .year = call->options.year,
                           .check = call->check,
                           .place = call->place,
                           .reason = call->reason,
                           .signer = call->signer,
                           .date = hx_date_today () };

  if (call->place == NULL || call->reason == NULL || call->signer == NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("答复没有写全"), call->check,
                    _ ("写上 --place 位置 --reason 理由 --signer 答复人"));
  if (!hx_review_may_answer (&given, review, reading->catalogue, error)
      || !hx_measure_write (reading->store, reading->catalogue, &author,
                            hx_review_answer, &given, error))
    return FALSE;
  hx_cli_print ("%s %s %s\n", call->check, call->place, _ ("已答复"));
  return TRUE;
}

/* ------------------------------------------------------------------- command
 */

static void
print_json (const HxReviewResult *review, const HxReviewOptions *options)
{
  g_autoptr (GString) out = g_string_new (NULL);

  hx_review_json (review, options, out);
  hx_cli_print ("%s\n", out->str);
}

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
    print_json (made, &call->options);
  else
    hx_cli_review_print (made);
  cli->findings = made->blocking > 0;
  return TRUE;
}

/* A file is judged by itself: what needs the records of a year is not for it.
 */
static gboolean
check_words (HxCli *cli, const Call *call, char **words, guint n_words,
             GError **error)
{
  const HxCliCheck check = { .words = words,
                             .n_words = n_words,
                             .format = call->as_json ? "json" : call->format,
                             .output = call->output,
                             .is_all = call->is_all,
                             .jobs = call->jobs };

  if (call->year != NULL || call->draft != NULL || call->last_year != NULL
      || call->as_of != NULL || call->check != NULL || call->options.is_public)
    return hx_fail (error, HX_ERROR_USAGE,
                    _ ("核对文件和核查一年的报告是两回事"), words[0],
                    _ ("文件不要和 --year 一起写；核查文稿用 --draft"));
  if (call->as_json && call->format != NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("--json 就是 --format json"),
                    call->format, _ ("两个只写一个"));
  return hx_cli_check_files (cli, &check, error);
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
    { "format", 0, 0, G_OPTION_ARG_STRING, &call.format, NULL, NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &call.output, NULL, NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &call.is_all, NULL, NULL },
    { "jobs", 0, 0, G_OPTION_ARG_INT, &call.jobs, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!hx_cli_options (cli, &hx_command_check, entries, HX_CLI_ANY_WORDS, &argc,
                       &arguments, error))
    return FALSE;
  if (argc > 1)
    return check_words (cli, &call, arguments + 1, (guint)argc - 1, error);
  return argc == 0 || (read_call (&call, error) && review (cli, &call, error));
}

const HxCommand hx_command_check = {
  .name = "check",
  .synopsis = "FILE... [--format text|json|html|sarif] [--json] [-o FILE] "
              "[--all] [--jobs N]\n"
              "       hongxia check --year YEAR [--draft FILE] "
              "[--last-year FILE] [--as-of DATE] [--public] [--json] "
              "[--answer CHECK --place PLACE --reason TEXT --signer NAME]",
  .summary = N_ ("核对任何报告里的算式；报告出具前逐项核查"),
  .manual = N_ (
      "核对文件：合计、比率、增减、差额、前后一致，每处算给人看，位置写明。\n"
      "读 .txt、.html、.docx、.pdf（要有文字层），- 是标准输入；不用数据库。\n"
      "几份文件或一个文件夹，给一张表，每份一行。\n\n"
      "  --format html     网页：原文里每个数字按结果划线，指着它就看到算式\n"
      "  --format json     给程序（也可写 --json）；几份文件时一份一行\n"
      "  --format sarif    SARIF 2.1.0，给会显示它的工具\n"
      "  -o FILE           写到文件；几份文件的网页写到文件夹\n"
      "  --all             算对的也列出\n"
      "  --jobs N          同时核对几份\n\n"
      "没有差错，退出码是 0；有差错（末位的也算），是 1；有文件读不了，是 2。\n"
      "只有提示的，是 0。\n\n"
      "核查一年的报告（--year）：按目录里 review.yaml 写明的核查项（V01 到 "
      "V24）"
      "\n"
      "核对一年的报告和记录。每处发现写明位置、规则、值和办法。“拦下”的不改正\n"
      "就不能出报告，“提醒”的可以出。能答复的写上理由，理由和发现一同列出。\n\n"
      "  --draft FILE      核查一份写好的文稿（.txt 或 .md）\n"
      "  --last-year FILE  上年的报告，看有没有照抄的段落\n"
      "  --public          文稿要公开：个人信息拦下，不只是提醒\n"
      "  --answer CHECK    答复一处发现：还要 --place、--reason、--signer\n\n"
      "没有拦下的，退出码是 0；有，是 1。\n\n"
      "例： hongxia check 2024年度部门决算.pdf\n"
      "     hongxia check 各单位报告 --format html -o 核对结果\n"
      "     hongxia check --year 2023\n"
      "     hongxia check --year 2023 --draft 初稿.txt --public"),
  .run = run_check,
};
