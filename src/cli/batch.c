/* `hongxia batch VERB PLAN …`: which verb, and what all of them share. */
#include "cli/batch.h"

#include <string.h>

typedef struct
{
  const char *name;
  int words; /* behind the verb, at least */
  gboolean many;
  HxCliBatchVerb run;
} Verb;

static const Verb verbs[] = {
  { "plan", 1, FALSE, hx_cli_batch_plan },
  { "next", 1, FALSE, hx_cli_batch_next },
  { "lists", 1, FALSE, hx_cli_batch_lists },
  { "attendance", 2, TRUE, hx_cli_batch_attendance },
  { "show", 1, FALSE, hx_cli_batch_show },
  { "missed", 1, FALSE, hx_cli_batch_missed },
  { "cancel", 2, TRUE, hx_cli_batch_cancel },
};

void
hx_cli_batch_clear (HxCliBatch *call)
{
  g_strfreev (call->people);
  g_strfreev (call->hospital);
  g_strfreev (call->block);
  g_free (call->from);
  g_free (call->to);
  g_free (call->as_of);
  g_free (call->batch);
  g_free (call->output);
  hx_cli_reveal_clear (&call->reveal);
}

const HxBatchPlan *
hx_cli_batch_find (HxCatalogue *catalogue, const HxCliBatch *call,
                   GError **error)
{
  const HxBatchPlan *plan = hx_catalogue_batch_plan (catalogue, call->words[0]);
  const GPtrArray *plans = hx_catalogue_batch_plans (catalogue);
  if (plan != NULL)
    return plan;
  if (plans->len == 0)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这个目录里没有分批安排"),
                    "batches.yaml", _ ("用 hongxia init 装上有分批安排的目录")),
           NULL;
  g_autoptr (GString) known = g_string_new (_ ("可用："));
  for (guint i = 0; i < plans->len; i++)
    {
      const HxBatchPlan *each = plans->pdata[i];
      g_string_append_printf (known, "%s%s（%s）", i > 0 ? "、" : "", each->key,
                              each->name);
    }
  hx_fail (error, HX_ERROR_USAGE, _ ("没有这种分批安排"), call->words[0],
           known->str);
  return NULL;
}

gboolean
hx_cli_batch_year (const HxCliBatch *call, int *year, GError **error)
{
  *year = call->year != 0 ? call->year : hx_date_today ().year;
  if (*year >= 1000 && *year <= 9999)
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, _ ("年度要写成四位数字"), "--year",
                  _ ("例如 2023"));
}

gboolean
hx_cli_batch_as_of (const HxCliBatch *call, HxDate latest, HxDate *as_of,
                    GError **error)
{
  *as_of = hx_date_today ();
  if (hx_date_compare (latest, *as_of) < 0)
    *as_of = latest;
  return hx_cli_as_of (call->as_of, as_of, error);
}

const char *
hx_cli_batch_weekday (gint32 day)
{
  static const char *const names[]
      = { N_ ("周一"), N_ ("周二"), N_ ("周三"), N_ ("周四"),
          N_ ("周五"), N_ ("周六"), N_ ("周日") };
  const gint64 days = hx_date_days (hx_date_from_number (day)) + 3;
  return hx_text (names[((days % 7) + 7) % 7]);
}

static const Verb *
find_verb (const char *name, int words, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].name, name) == 0 && words >= verbs[i].words
        && (verbs[i].many || words == verbs[i].words))
      return &verbs[i];
  hx_fail (error, HX_ERROR_USAGE, _ ("batch 后面的话不对"), name,
           _ ("hongxia batch --help 有说明"));
  return NULL;
}

static gboolean
run_batch (HxCli *cli, int argc, char **arguments, GError **error)
{
  g_auto (HxCliBatch) call = { 0 };
  const GOptionEntry entries[] = {
    { "people", 0, 0, G_OPTION_ARG_STRING_ARRAY, &call.people, NULL, NULL },
    { "batches", 0, 0, G_OPTION_ARG_INT, &call.batches, NULL, NULL },
    { "capacity", 0, 0, G_OPTION_ARG_INT, &call.capacity, NULL, NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &call.from, NULL, NULL },
    { "to", 0, 0, G_OPTION_ARG_STRING, &call.to, NULL, NULL },
    { "hospital", 0, 0, G_OPTION_ARG_STRING_ARRAY, &call.hospital, NULL, NULL },
    { "block", 0, 0, G_OPTION_ARG_STRING_ARRAY, &call.block, NULL, NULL },
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &call.as_of, NULL, NULL },
    { "year", 0, 0, G_OPTION_ARG_INT, &call.year, NULL, NULL },
    HX_CLI_REVEAL_ENTRIES (&call.reveal),
    { "batch", 0, 0, G_OPTION_ARG_STRING, &call.batch, NULL, NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &call.output, NULL, NULL },
    { "add", 0, 0, G_OPTION_ARG_NONE, &call.add, NULL, NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &call.dry_run, NULL, NULL },
    { "write", 0, 0, G_OPTION_ARG_NONE, &call.write, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!hx_cli_options (cli, &hx_command_batch, entries, HX_CLI_ANY_WORDS, &argc,
                       &arguments, error))
    return FALSE;
  if (argc == 0)
    return TRUE;
  const Verb *verb = find_verb (argc > 1 ? arguments[1] : "", argc - 2, error);
  call.words = arguments + MIN (argc, 2);
  return verb != NULL && verb->run (cli, &call, error);
}

const HxCommand hx_command_batch = {
  .name = "batch",
  .synopsis
  = "plan PLAN --from DATE --to DATE [--people QUERY] [--batches N] "
    "[--capacity N] [--hospital NAME,…] [--block DATE,…] [--as-of DATE] "
    "[--dry-run] | lists PLAN [--year YEAR] [--batch N] [-o DIR] [--reveal "
    "FIELD,… --reason 原因] | attendance PLAN FILE … [--add] [--dry-run] | "
    "show PLAN [--year YEAR] | missed PLAN [--year YEAR] [--as-of DATE] "
    "[--reveal name --reason 原因] | next PLAN --from DATE --to DATE [--write] "
    "| cancel PLAN BATCH … --reason 原因, each [--json]",
  .summary = N_ ("分批安排体检等：排日期和医院，写名单，收签到，安排补检"),
  .manual = N_ (
      "plan 把人分到各批：同一街道尽量在一起，高龄体弱的排在周初且各批均匀，"
      "每人一次，不超名额，避开周末、节假日。已参加、已安排、缺席、放弃的"
      "和不在本地的不排，数目列在最后。已有的批次不动；要重排，先 cancel。\n"
      "  --people QUERY   安排哪些人，写法同 list；默认应办这一项的人\n"
      "  --batches N      批数，默认按目录；人少时够用为止\n"
      "  --capacity N     每批最多几人，默认按目录\n"
      "  --from, --to     在这段日期里排，同一年之内\n"
      "  --hospital NAME  医院，几个之间用逗号；各医院轮流，不超每日名额\n"
      "  --block DATE     这些日子不排，几个之间用逗号\n"
      "  --as-of DATE     看这一天的人员，默认今天，不晚于 --from\n"
      "  --dry-run        只看结果，什么都不写\n"
      "lists 给每个待进行的批次写一份可打印的名单（XLSX）；已有的文件不覆盖。\n"
      "  --year YEAR      默认今年\n"
      "  --batch N        只写这一批，写批次号或它的序号\n"
      "  -o, --output DIR 写到这个文件夹\n"
      "  --reveal FIELD   姓名、手机等默认遮盖，这些写全，要写 --reason\n"
      "attendance 读回填好的名单：填了结果的按结果，只有签到的算已参加，"
      "都没有的不变。认登记号，不认姓名；同一份读两次结果一样。"
      "读不准的行和名单外的人列出来，退出码 1。\n"
      "  --add            名单外的人也登记\n"
      "show 列出一年的批次和到检人数。\n"
      "missed 列出安排了而没有来、日期已过的人，和各街道人数。\n"
      "next 给缺席的人排下一批，加 --write 才写入。\n"
      "cancel 取消还没有进行的批次，名单随之作废。\n"
      "  --json           用 JSON 输出\n\n"
      "例： hongxia batch plan checkup --from 2026-03-02 --to 2026-06-30 \\\n"
      "       --hospital 区人民医院 --dry-run\n"
      "     hongxia batch lists checkup -o 名单 --reveal name,phone \\\n"
      "       --reason 交医院安排体检\n"
      "     hongxia batch attendance checkup 名单/TJ2026-01.xlsx\n"
      "     hongxia batch missed checkup\n"
      "     hongxia batch next checkup --from 2026-07-01 --to 2026-07-31"),
  .run = run_batch,
};
