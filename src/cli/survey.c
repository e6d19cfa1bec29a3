#include "people/survey.h"
#include "cli/quality.h"
#include "exchange/quality_json.h"

#define UNIT_COLUMNS 22
#define NUMBER_COLUMNS 10

typedef struct
{
  HxConnection *connection;
  HxJson *json; /* NULL: lines for people */
  const HxField *result;
  guint count;
  GError *error;
} Shown;

typedef struct
{
  char *unit, *as_of;
  gboolean as_json, list;
} SurveyCall;

static void
print_number (gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  hx_cli_print_padded (text, NUMBER_COLUMNS, TRUE);
}

static void
print_heads (const HxField *result)
{
  static const char *const heads[] = { N_ ("应查"), N_ ("完成"), N_ ("完成%"),
                                       N_ ("查而未成"), N_ ("未查") };
  hx_cli_print_padded (_ ("机构"), UNIT_COLUMNS, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    hx_cli_print_padded (hx_text (heads[i]), NUMBER_COLUMNS, TRUE);
  for (guint i = 0; result != NULL && i < result->codes->codes->len; i++)
    hx_cli_print_padded (((HxCode *)result->codes->codes->pdata[i])->name,
                         NUMBER_COLUMNS, TRUE);
  hx_cli_print ("\n");
}

static void
part_line (const HxSurveyPart *part, const char *unit, const HxField *result)
{
  g_autofree char *share
      = hx_quality_percent (hx_quality_share (part->done, part->people));
  hx_cli_print_padded (unit, UNIT_COLUMNS, FALSE);
  print_number (part->people);
  print_number (part->done);
  hx_cli_print_padded (share, NUMBER_COLUMNS, TRUE);
  print_number (part->tried);
  print_number (part->open);
  for (guint i = 0; result != NULL && i < result->codes->codes->len; i++)
    print_number (part->results[i]);
  hx_cli_print ("\n");
}

static void
part_json (HxJson *json, const HxSurveyPart *part, const char *unit,
           const HxField *result)
{
  g_autofree char *share
      = hx_quality_percent (hx_quality_share (part->done, part->people));
  hx_json_object_begin (json);
  hx_json_member (json, "unit", unit);
  hx_json_member_integer (json, "people", part->people);
  hx_json_member_integer (json, "done", part->done);
  hx_json_member (json, "share", share);
  hx_json_member_integer (json, "tried", part->tried);
  hx_json_member_integer (json, "open", part->open);
  hx_json_key (json, "results");
  hx_json_object_begin (json);
  for (guint i = 0; result != NULL && i < result->codes->codes->len; i++)
    hx_json_member_integer (json,
                            ((HxCode *)result->codes->codes->pdata[i])->code,
                            part->results[i]);
  hx_json_object_end (json);
  hx_json_object_end (json);
}

/* All units as one. */
static void
add_up (const GPtrArray *parts, HxSurveyPart *total, guint codes)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const HxSurveyPart *part = parts->pdata[i];
      total->people += part->people;
      total->done += part->done;
      total->tried += part->tried;
      total->open += part->open;
      for (guint j = 0; j < codes; j++)
        total->results[j] += part->results[j];
    }
}

static gboolean
show_parts (Shown *shown, const GPtrArray *parts)
{
  const guint codes
      = shown->result != NULL ? shown->result->codes->codes->len : 0;
  g_autofree gint64 *results = g_new0 (gint64, codes + 1);
  HxSurveyPart total = { .results = results };
  add_up (parts, &total, codes);
  if (shown->json == NULL)
    {
      print_heads (shown->result);
      part_line (&total, _ ("合计"), shown->result);
    }
  else
    part_json (shown->json, &total, NULL, shown->result);
  for (guint i = 0; i < parts->len; i++)
    {
      const HxSurveyPart *part = parts->pdata[i];
      g_autofree char *unit = hx_quality_unit_name (
          shown->connection, part->unit_id, &shown->error);
      if (unit == NULL)
        return FALSE;
      if (shown->json == NULL)
        part_line (part, unit, shown->result);
      else
        part_json (shown->json, part, unit, shown->result);
    }
  return TRUE;
}

/* ----------------------------------------------------------------- who is left
 */

static const char *
result_name (const Shown *shown, const char *code)
{
  const HxCode *found = shown->result != NULL && code != NULL
                            ? hx_code_find (shown->result->codes, code)
                            : NULL;
  return found != NULL ? found->name : _ ("未查");
}

static gboolean
show_left (const HxRow *row, HxSurveyState state, const char *result,
           gpointer data)
{
  Shown *shown = data;
  if (state == HX_SURVEY_DONE)
    return TRUE;
  const HxField *label = hx_kind_label_field (row->kind);
  g_autofree char *unit
      = hx_quality_unit_name (shown->connection, row->unit_id, &shown->error);
  g_autofree char *name = unit == NULL || label == NULL
                              ? g_strdup ("")
                              : hx_value_display (shown->connection, row, label,
                                                  TRUE, &shown->error);
  if (shown->error != NULL)
    return FALSE;
  shown->count++;
  if (shown->json == NULL)
    {
      hx_cli_print_padded (unit, UNIT_COLUMNS, FALSE);
      hx_cli_print ("%s %s %ld  %s\n", name, row->kind->key, (long)row->id,
                    result_name (shown, result));
      return TRUE;
    }
  hx_json_object_begin (shown->json);
  hx_json_member (shown->json, "unit", unit);
  hx_json_member (shown->json, "kind", row->kind->key);
  hx_json_member_integer (shown->json, "id", row->id);
  hx_json_member (shown->json, "person", name);
  hx_json_member (shown->json, "result", result);
  hx_json_object_end (shown->json);
  return TRUE;
}

/* ------------------------------------------------------------------- command
 */

static const HxQuality *
surveyed (HxCatalogue *catalogue, GError **error)
{
  const GPtrArray *all = hx_catalogue_qualities (catalogue);
  for (guint i = 0; i < all->len; i++)
    if (((HxQuality *)all->pdata[i])->campaign != NULL)
      return all->pdata[i];
  hx_fail (error, HX_ERROR_NOT_FOUND, _ ("目录没有写明摸查批次"),
           "quality.yaml", NULL);
  return NULL;
}

static void
print_campaign (const HxSurvey *survey)
{
  char since[HX_DATE_TEXT_SIZE] = "", until[HX_DATE_TEXT_SIZE] = "";
  g_autofree char *who = g_strjoinv (" ", survey->terms);
  if (survey->since.year != 0)
    hx_date_format (survey->since, since);
  if (survey->until.year != 0)
    hx_date_format (survey->until, until);
  hx_cli_print ("%s %s  %s ~ %s  %s\n", survey->number,
                survey->name != NULL ? survey->name : "", since, until, who);
}

static gboolean
show_survey (Shown *shown, HxCatalogue *catalogue, const HxSurveyQuery *query,
             gboolean list, GError **error)
{
  g_autoptr (GPtrArray) parts
      = hx_survey_progress (shown->connection, catalogue, query,
                            list ? show_left : NULL, shown, error);
  if (parts != NULL && !list)
    show_parts (shown, parts);
  if (shown->error != NULL)
    {
      g_clear_error (error);
      return g_propagate_error (error, shown->error), FALSE;
    }
  return parts != NULL;
}

static gboolean
print_survey (HxCli *cli, const SurveyCall *call, const char *name,
              GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  HxSurveyQuery query = { .unit = call->unit, .as_of = hx_date_today () };
  if (!hx_cli_read (cli, &reading, error)
      || !hx_cli_as_of (call->as_of, &query.as_of, error))
    return FALSE;
  query.quality = surveyed (reading.catalogue, error);
  if (query.quality == NULL)
    return FALSE;
  g_autoptr (HxSurvey) survey = hx_survey_find (
      reading.connection, query.quality, name, query.as_of, error);
  if (survey == NULL)
    return FALSE;
  query.survey = survey;
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  hx_json_init (&json, out, TRUE);
  Shown shown = { .connection = reading.connection,
                  .json = call->as_json ? &json : NULL,
                  .result = hx_survey_result (query.quality) };
  hx_json_array_begin (&json);
  if (!call->as_json)
    print_campaign (survey);
  if (!show_survey (&shown, reading.catalogue, &query, call->list, error))
    return FALSE;
  hx_json_array_end (&json);
  if (call->as_json)
    hx_cli_print ("%s\n", out->str);
  else if (call->list)
    hx_cli_print (_ ("还有 %u 人\n"), shown.count);
  return TRUE;
}

static gboolean
run_survey (HxCli *cli, int argc, char **arguments, GError **error)
{
  SurveyCall call = { 0 };
  const GOptionEntry entries[] = {
    { "unit", 0, 0, G_OPTION_ARG_STRING, &call.unit, NULL, NULL },
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &call.as_of, NULL, NULL },
    { "list", 0, 0, G_OPTION_ARG_NONE, &call.list, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  gboolean done = hx_cli_options (cli, &hx_command_survey, entries,
                                  HX_CLI_ANY_WORDS, &argc, &arguments, error);
  if (done && argc > 2)
    done = hx_fail (error, HX_ERROR_USAGE, _ ("参数太多"), "survey", NULL);
  else if (done && argc > 0)
    done = print_survey (cli, &call, arguments[1], error);
  g_free (call.unit);
  g_free (call.as_of);
  return done;
}

const HxCommand hx_command_survey = {
  .name = "survey",
  .synopsis = "[CAMPAIGN] [--unit NAME] [--as-of DATE] [--list] [--json]",
  .summary = N_ ("看一次信息摸查各街道进展如何，还有谁没有查到"),
  .manual = N_ ("摸查批次登记在名册 survey_campaign：范围（选人的条件，如\n"
                "age>=80）、开始和截止日期。写它的编号或名称，不写就是最近\n"
                "开始的一次。每人以最后一次摸查登记为准；“查而未成”是查了但\n"
                "没有核实，如未联系上。\n"
                "  --unit NAME   只看这个机构和它下面的\n"
                "  --as-of DATE  看这一天的情况，默认今天\n"
                "  --list        列出还没有完成的人\n"
                "  --json        用 JSON 输出；unit 为 null 的是合计\n\n"
                "例： hongxia survey 2024 --unit 昌华街道 --list"),
  .run = run_survey,
};
