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

/* ---------------------------------------------------------------------- cards
 */

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
hx_cli_scorecards (const HxCatalogue *catalogue, int year)
{
  const GPtrArray *cards = hx_catalogue_scorecards (catalogue);

  for (guint i = 0; i < cards->len; i++)
    if (year == 0 || hx_scorecard_is_for (cards->pdata[i], year))
      print_card (cards->pdata[i]);
}
