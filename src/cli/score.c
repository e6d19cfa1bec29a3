#include "score/score.h"
#include "cli/score_output.h"
#include "cli/session.h"
#include "exchange/score_form.h"
#include "plan/years.h"
#include "report/year.h"
#include "score/score_json.h"

#include <string.h>

typedef struct
{
  char *card, *task, *as_of, *format, *output, *use;
  gboolean lists_cards;
  int year;
} ScoreCall;

static gboolean
write_out (const ScoreCall *call, const char *text, GError **error)
{
  if (call->output == NULL)
    {
      hx_cli_print ("%s", text);
      return TRUE;
    }
  return hx_file_replace (call->output, text, -1, error);
}

static gboolean
show_text (const HxCliReading *reading, const HxScore *score,
           const ScoreCall *call, GError **error)
{
  g_autofree char *text = hx_cli_score_text (score);

  (void)reading;
  return write_out (call, text, error);
}

static gboolean
show_json (const HxCliReading *reading, const HxScore *score,
           const ScoreCall *call, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  (void)reading;
  hx_score_json (score, out);
  g_string_append_c (out, '\n');
  return write_out (call, out->str, error);
}

static gboolean
show_workbook (const HxCliReading *reading, const HxScore *score,
               const ScoreCall *call, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autofree char *bureau = NULL;

  if (call->output == NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("没有写工作簿存到哪里"), "-o",
                    _ ("例如 -o 自评表.xlsx"));
  bureau = hx_setting_get (reading->connection, HX_SETTING_BUREAU, &wrong);
  if (wrong != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }
  return hx_score_form_write (reading->connection, score, bureau, call->output,
                              error);
}

typedef gboolean (*Shower) (const HxCliReading *reading, const HxScore *score,
                            const ScoreCall *call, GError **error);

static const struct
{
  const char *name;
  Shower show;
} formats[] = {
  { "text", show_text },
  { "json", show_json },
  { "xlsx", show_workbook },
};

/* By name, else by how the file is called. */
static Shower
find_format (const ScoreCall *call, GError **error)
{
  const char *name = call->format;

  if (name == NULL)
    name = call->output != NULL && g_str_has_suffix (call->output, ".xlsx")
               ? "xlsx"
               : "text";
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (strcmp (formats[i].name, name) == 0)
      return formats[i].show;
  hx_fail (error, HX_ERROR_USAGE, _ ("没有这种格式"), name,
           _ ("可用 text、json、xlsx"));
  return NULL;
}

static gboolean
show_score (HxCli *cli, const ScoreCall *call, GError **error)
{
  const Shower show = find_format (call, error);
  g_auto (HxCliReading) reading = { 0 };
  g_autoptr (HxScore) score = NULL;
  HxScoreQuery query
      = { .year = call->year, .card = call->card, .task = call->task };

  if (show == NULL || !hx_cli_as_of (call->as_of, &query.as_of, error))
    return FALSE;
  if (query.as_of.year != 0 && query.as_of.year < call->year)
    return hx_fail (error, HX_ERROR_USAGE, _ ("截止日期不在这个年度里"),
                    call->as_of, NULL);
  if (!hx_cli_read (cli, &reading, error))
    return FALSE;
  score = hx_score_read (reading.connection, reading.catalogue, &query, error);
  if (score == NULL
      || !hx_year_need (reading.connection, reading.catalogue, call->year,
                        HX_YEAR_ANY | HX_YEAR_ENTRIES, error)
      || !show (&reading, score, call, error))
    return FALSE;
  cli->findings = score->findings->len > 0;
  return TRUE;
}

/* ---------------------------------------------------------------------- cards
 */

static gboolean
list_cards (HxCli *cli, const ScoreCall *call, GError **error)
{
  g_autoptr (HxCatalogue) catalogue = NULL;
  g_autoptr (HxStore) store = hx_cli_open_catalogue (cli, &catalogue, error);

  if (store == NULL)
    return FALSE;
  if (g_strcmp0 (call->format, "json") == 0)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      hx_scorecards_json (catalogue, call->year, out);
      hx_cli_print ("%s\n", out->str);
    }
  else
    hx_cli_scorecards (catalogue, call->year);
  return TRUE;
}

static gboolean
set_card (HxConnection *connection, gpointer data, GError **error)
{
  return hx_setting_set (connection, "scorecard", data, error);
}

static gboolean
is_card (const HxCatalogue *catalogue, const char *name)
{
  const GPtrArray *cards = hx_catalogue_scorecards (catalogue);

  for (guint i = 0; i < cards->len; i++)
    {
      const HxScorecard *card = cards->pdata[i];

      if (strcmp (card->key, name) == 0 || strcmp (card->name, name) == 0
          || g_strcmp0 (card->form, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
use_card (HxCli *cli, const ScoreCall *call, GError **error)
{
  g_autoptr (HxCatalogue) catalogue = NULL;
  g_autoptr (HxStore) store = hx_cli_open_catalogue (cli, &catalogue, error);

  if (store == NULL)
    return FALSE;
  if (!is_card (catalogue, call->use))
    return hx_fail (error, HX_ERROR_USAGE, _ ("没有这张评分表"), call->use,
                    _ ("hongxia score --cards 列出全部评分表"));
  return hx_write (store, set_card, call->use, error);
}

/* -------------------------------------------------------------------- command
 */

static gboolean
run_call (HxCli *cli, ScoreCall *call, int argc, char **arguments,
          GError **error)
{
  if (argc > 2)
    return hx_fail (error, HX_ERROR_USAGE, _ ("多写了一个词"), arguments[2],
                    NULL);
  if (argc == 2 && !hx_cli_year (arguments[1], &call->year, error))
    return FALSE;
  if (call->lists_cards)
    return list_cards (cli, call, error);
  if (call->use != NULL && !use_card (cli, call, error))
    return FALSE;
  if (argc == 2)
    return show_score (cli, call, error);
  return call->use != NULL
         || hx_fail (error, HX_ERROR_USAGE, _ ("要写年度"), NULL,
                     _ ("例如 hongxia score 2023"));
}

static gboolean
run_score (HxCli *cli, int argc, char **arguments, GError **error)
{
  ScoreCall call = { 0 };
  const GOptionEntry entries[] = {
    { "card", 0, 0, G_OPTION_ARG_STRING, &call.card, NULL, NULL },
    { "task", 0, 0, G_OPTION_ARG_STRING, &call.task, NULL, NULL },
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &call.as_of, NULL, NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &call.format, NULL, NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &call.output, NULL, NULL },
    { "cards", 0, 0, G_OPTION_ARG_NONE, &call.lists_cards, NULL, NULL },
    { "use", 0, 0, G_OPTION_ARG_STRING, &call.use, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  gboolean done = hx_cli_options (cli, &hx_command_score, entries,
                                  HX_CLI_ANY_WORDS, &argc, &arguments, error);

  if (done && argc > 0)
    done = run_call (cli, &call, argc, arguments, error);
  g_free (call.card);
  g_free (call.task);
  g_free (call.as_of);
  g_free (call.format);
  g_free (call.output);
  g_free (call.use);
  return done;
}

const HxCommand hx_command_score = {
  .name = "score",
  .synopsis
  = "YEAR [--card NAME] [--task NAME] [--as-of DATE] [--format text|xlsx|json] "
    "[-o FILE] | --cards [YEAR] | --use NAME",
  .summary = N_ ("自评打分：逐项得分、扣分原因、取数，合计和等级"),
  .manual
  = N_ ("评分表是目录里的数据（scorecards），按年度挑选。每项的得分算到分毫，\n"
        "四舍五入一次，合计是各项之和。要人填的评分项没有签字或佐证材料，就不得"
        "分，\n"
        "并列在表后。有要补的地方时退出码是 1。\n"
        "  --card NAME    用哪一张表：键、名称或表号；不写就用设定的或默认的\n"
        "  --task NAME    只填一项重点任务的项目自评表：任务编号或名称\n"
        "  --as-of DATE   截止日期，默认 12 月 31 日\n"
        "  --format NAME  text、xlsx 或 json\n"
        "  -o, --output FILE  写到文件；文件名以 .xlsx 结尾就写工作簿\n"
        "  --cards        列出评分表和适用年度，* 是默认的\n"
        "  --use NAME     以后默认用这一张表\n\n"
        "例： hongxia score 2023\n"
        "     hongxia score 2023 --card project_self -o 自评表.xlsx\n"
        "     hongxia score 2023 --task RW2023-5 -o 项目自评表.xlsx"),
  .run = run_score,
};
