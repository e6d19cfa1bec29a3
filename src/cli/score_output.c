#include "cli/score_output.h"
#include "cli/cli.h"

#define NUMBER_COLUMNS 9

/* ---------------------------------------------------------------------- text
 */

static void
append_number (GString *out, const char *text)
{
  const int used = (int)g_utf8_strlen (text, -1);

  g_string_append_printf (out, "%*s%s", MAX (NUMBER_COLUMNS - used, 1), "",
                          text);
}

static void
append_below (GString *out, const HxScoreRow *row, const char *text)
{
  if (text != NULL && *text != '\0')
    g_string_append_printf (
        out, "%*s%s\n", NUMBER_COLUMNS * 2 + 4 + (int)row->level * 2, "", text);
}

static void
append_row (GString *out, const HxScore *score, const HxScoreRow *row)
{
  const gboolean is_skipped = row->state == HX_SCORE_ROW_SKIPPED;
  g_autofree char *points = hx_score_format (score, row->points);
  g_autofree char *own = hx_score_format (score, row->score);
  g_autofree char *basis = row->is_group ? NULL : hx_score_row_basis (row);
  g_autofree char *note = row->is_group ? NULL : hx_score_row_note (row);

  append_number (out, row->is_bonus ? "±" : points);
  append_number (out, is_skipped ? "—" : own);
  g_string_append_printf (out, "  %*s%s%s", (int)row->level * 2 - 2, "",
                          row->state == HX_SCORE_ROW_MISSING ? "× " : "",
                          row->name);
  if (row->is_target && !row->is_group)
    g_string_append_printf (out, _ ("（目标 %s，完成 %s）"), row->target,
                            row->value);
  g_string_append_c (out, '\n');
  append_below (out, row, basis);
  append_below (out, row, note);
}

static void
append_head (GString *out, const HxScore *score)
{
  const HxScorecard *card = score->card;
  g_autofree char *origin = hx_scorecard_origin (card);
  char day[HX_DATE_TEXT_SIZE];

  hx_date_format (score->as_of, day);
  g_string_append_printf (out, _ ("%s，%d 年度，截至 %s\n依据：%s\n"),
                          card->name, score->year, day, origin);
  if (score->task != NULL)
    g_string_append_printf (out, _ ("重点任务：%s %s\n"), score->task->number,
                            score->task->name);
  if (card->warning != NULL)
    g_string_append_printf (out, "※ %s\n", card->warning);
  if (card->note != NULL)
    g_string_append_printf (out, "%s\n", card->note);
  g_string_append_printf (out, "\n%*s%s%*s%s  %s\n", NUMBER_COLUMNS - 4, "",
                          _ ("分值"), NUMBER_COLUMNS - 4, "", _ ("得分"),
                          _ ("评分项"));
}

static void
append_total (GString *out, const HxScore *score)
{
  g_autofree char *full = hx_score_format (score, score->card->total.units);
  g_autofree char *total = hx_score_format (score, score->total);
  g_autofree char *points = hx_score_format (score, score->points);
  g_autofree char *earned = hx_score_format (score, score->earned);

  append_number (out, full);
  append_number (out, total);
  g_string_append_printf (
      out, _ ("  合计，%s%s\n"),
      score->grade != NULL ? score->grade->name : _ ("没有等级"),
      score->is_complete ? "" : _ ("（还有未评分的评分项）"));
  if (score->skipped > 0)
    g_string_append_printf (
        out, _ ("适用的评分项 %s 分，得 %s 分，按比例折算成满分\n"), points,
        earned);
  if (score->is_shared)
    g_string_append (out,
                     _ ("指标分值按本任务各指标的权重折算到每一级的分值\n"));
}

static void
append_findings (GString *out, const HxScore *score)
{
  if (score->findings->len == 0)
    return;
  g_string_append_printf (out, _ ("\n要补的 %u 处：\n"), score->findings->len);
  for (guint i = 0; i < score->findings->len; i++)
    {
      const HxScoreFinding *finding = score->findings->pdata[i];

      g_string_append_printf (
          out, "  %s%s%s%s%s\n",
          finding->row != NULL ? finding->row->name : score->card->name, "：",
          finding->what, finding->to_do != NULL ? "：" : "",
          finding->to_do != NULL ? finding->to_do : "");
    }
}

char *
hx_cli_score_text (const HxScore *score)
{
  GString *out = g_string_new (NULL);

  append_head (out, score);
  for (guint i = 0; i < score->rows->len; i++)
    append_row (out, score, score->rows->pdata[i]);
  append_total (out, score);
  append_findings (out, score);
  return g_string_free (out, FALSE);
}

/* ---------------------------------------------------------------------- JSON
 */

static void
number_json (HxJson *json, const HxScore *score, const char *key, gint64 units)
{
  g_autofree char *text = hx_score_format (score, units);

  hx_json_member (json, key, text);
}

static void
bool_json (HxJson *json, const char *key, gboolean value)
{
  hx_json_key (json, key);
  hx_json_bool (json, value);
}

static void
card_json (HxJson *json, const HxScorecard *card)
{
  g_autofree char *total = hx_decimal_format (card->total);
  char day[HX_DATE_TEXT_SIZE];

  hx_date_format (card->valid_from, day);
  hx_json_object_begin (json);
  hx_json_member (json, "key", card->key);
  hx_json_member (json, "name", card->name);
  hx_json_member (json, "form", card->form);
  hx_json_member (json, "region", card->region);
  hx_json_member (json, "document", card->document);
  hx_json_member (json, "version", card->version);
  hx_json_member (json, "valid_from", day);
  hx_json_member_integer (json, "first_year", card->first_year);
  if (card->last_year != 0)
    hx_json_member_integer (json, "last_year", card->last_year);
  hx_json_member (json, "total", total);
  bool_json (json, "default", card->is_default);
  hx_json_member (json, "warning", card->warning);
  hx_json_member (json, "note", card->note);
  hx_json_object_end (json);
}

static void
from_json (HxJson *json, const HxScoreRow *row)
{
  hx_json_key (json, "from");
  hx_json_array_begin (json);
  for (guint i = 0; row->from != NULL && i < row->from->len; i++)
    {
      const HxScoreFrom *from = row->from->pdata[i];

      hx_json_object_begin (json);
      hx_json_member (json, "key", from->key);
      hx_json_member (json, "name", from->name);
      hx_json_member (json, "value", from->text);
      hx_json_member (json, "unit", from->unit);
      hx_json_member_integer (json, "year", from->year);
      bool_json (json, "figure", from->indicator != NULL);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
}

static void
texts_json (HxJson *json, const HxScoreRow *row)
{
  hx_json_member (json, "standard", row->standard);
  hx_json_member (json, "target", row->target);
  hx_json_member (json, "value", row->value);
  hx_json_member (json, "reason", row->reason);
  bool_json (json, "computed_reason", row->is_computed_reason);
  hx_json_member (json, "measure", row->measure);
  hx_json_member (json, "signer", row->signer);
  hx_json_member_integer (json, "evidence", row->evidence);
  bool_json (json, "over", row->is_over);
  hx_json_key (json, "missing");
  hx_json_array_begin (json);
  for (guint i = 0; i < row->missing->len; i++)
    hx_json_string (json, row->missing->pdata[i]);
  hx_json_array_end (json);
}

static void
row_json (HxJson *json, const HxScore *score, const HxScoreRow *row)
{
  static const char *const states[]
      = { [HX_SCORE_ROW_SCORED] = "scored",
          [HX_SCORE_ROW_MISSING] = "missing",
          [HX_SCORE_ROW_SKIPPED] = "not_applicable" };

  hx_json_object_begin (json);
  hx_json_member (json, "key", row->key);
  hx_json_member (json, "name", row->name);
  hx_json_member_integer (json, "level", row->level);
  bool_json (json, "group", row->is_group);
  bool_json (json, "bonus", row->is_bonus);
  hx_json_member (json, "state", states[row->state]);
  number_json (json, score, "points", row->points);
  number_json (json, score, "score", row->score);
  number_json (json, score, "deduction", row->deduction);
  if (!row->is_group)
    {
      hx_json_member (json, "rule",
                      row->is_target
                          ? "target"
                          : hx_rule_kind_name (row->card->rule->kind));
      texts_json (json, row);
      from_json (json, row);
    }
  hx_json_object_end (json);
}

static void
findings_json (HxJson *json, const HxScore *score)
{
  hx_json_key (json, "findings");
  hx_json_array_begin (json);
  for (guint i = 0; i < score->findings->len; i++)
    {
      const HxScoreFinding *finding = score->findings->pdata[i];

      hx_json_object_begin (json);
      hx_json_member (json, "row",
                      finding->row != NULL ? finding->row->key : NULL);
      hx_json_member (json, "what", finding->what);
      hx_json_member (json, "to_do", finding->to_do);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
}

char *
hx_cli_score_json (const HxScore *score)
{
  GString *out = g_string_new (NULL);
  char day[HX_DATE_TEXT_SIZE];
  HxJson json;

  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  hx_json_key (&json, "card");
  card_json (&json, score->card);
  hx_json_member_integer (&json, "year", score->year);
  hx_date_format (score->as_of, day);
  hx_json_member (&json, "as_of", day);
  hx_json_member (&json, "task",
                  score->task != NULL ? score->task->number : NULL);
  bool_json (&json, "shared", score->is_shared);
  number_json (&json, score, "points", score->points);
  number_json (&json, score, "skipped", score->skipped);
  number_json (&json, score, "earned", score->earned);
  number_json (&json, score, "bonus", score->bonus);
  number_json (&json, score, "total", score->total);
  hx_json_member (&json, "grade",
                  score->grade != NULL ? score->grade->name : NULL);
  bool_json (&json, "complete", score->is_complete);
  hx_json_key (&json, "rows");
  hx_json_array_begin (&json);
  for (guint i = 0; i < score->rows->len; i++)
    row_json (&json, score, score->rows->pdata[i]);
  hx_json_array_end (&json);
  findings_json (&json, score);
  hx_json_object_end (&json);
  g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

/* ---------------------------------------------------------------------- cards
 */

static gboolean
is_listed (const HxScorecard *card, int year)
{
  return year == 0
         || (year >= card->first_year
             && (card->last_year == 0 || year <= card->last_year));
}

static void
print_card (const HxScorecard *card)
{
  g_autofree char *origin = hx_scorecard_origin (card);
  g_autofree char *years
      = card->last_year == 0
            ? g_strdup_printf (_ ("%d 年度起"), card->first_year)
            : g_strdup_printf (_ ("%d 至 %d 年度"), card->first_year,
                               card->last_year);

  hx_cli_print ("%s%s  %s\n    %s；%s\n", card->is_default ? "* " : "  ",
                card->key, card->name, years, origin);
  if (card->warning != NULL)
    hx_cli_print ("    ※ %s\n", card->warning);
}

void
hx_cli_scorecards (const HxCatalogue *catalogue, int year, gboolean as_json)
{
  const GPtrArray *cards = hx_catalogue_scorecards (catalogue);
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  hx_json_init (&json, out, TRUE);
  hx_json_array_begin (&json);
  for (guint i = 0; i < cards->len; i++)
    {
      if (!is_listed (cards->pdata[i], year))
        continue;
      if (as_json)
        card_json (&json, cards->pdata[i]);
      else
        print_card (cards->pdata[i]);
    }
  hx_json_array_end (&json);
  if (as_json)
    hx_cli_print ("%s\n", out->str);
}
