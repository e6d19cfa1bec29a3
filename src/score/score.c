/* The card as a whole: rows in order, sums, scaling, grade. */
#include "score/score.h"
#include "plan/target.h"
#include "score/score_internal.h"

static void
row_free (gpointer data)
{
  HxScoreRow *row = data;

  g_free (row->key);
  g_free (row->name);
  g_free (row->value);
  g_free (row->target);
  g_free (row->reason);
  g_free (row->measure);
  g_free (row->signer);
  g_clear_pointer (&row->from, g_ptr_array_unref);
  g_ptr_array_unref (row->missing);
  g_free (row);
}

static void
finding_free (gpointer data)
{
  HxScoreFinding *finding = data;

  g_free (finding->what);
  g_free (finding->to_do);
  g_free (finding);
}

void
hx_score_free (HxScore *score)
{
  if (score == NULL)
    return;
  g_ptr_array_unref (score->findings);
  g_ptr_array_unref (score->rows);
  hx_catalogue_unref (score->catalogue);
  hx_score_task_free (score->task);
  g_free (score);
}

char *
hx_score_format (const HxScore *score, gint64 units)
{
  return hx_decimal_format ((HxDecimal){ units, score->card->decimals });
}

const HxScoreRow *
hx_score_row (const HxScore *score, const char *key)
{
  for (guint i = 0; i < score->rows->len; i++)
    {
      const HxScoreRow *row = score->rows->pdata[i];

      if (g_str_equal (row->key, key))
        return row;
    }
  return NULL;
}

/* ----------------------------------------------------------------------- rows
 */

HxScoreRow *
hx_score_row_new (HxScoring *scoring, const HxCardRow *card)
{
  HxScoreRow *row = g_new0 (HxScoreRow, 1);

  row->card = card;
  row->key = g_strdup (card->key);
  row->name = g_strdup (card->name);
  row->standard = card->standard;
  row->level = card->level;
  row->points = card->points.units;
  row->is_bonus = card->rule != NULL && card->rule->kind == HX_RULE_BONUS;
  row->exact = hx_fraction (0, 1);
  row->missing = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (scoring->score->rows, row);
  return row;
}

void
hx_score_missing (HxScoreRow *row, char *what)
{
  row->state = HX_SCORE_ROW_MISSING;
  g_ptr_array_add (row->missing, what);
}

void
hx_score_finding (HxScoring *scoring, const HxScoreRow *row, char *what,
                  const char *to_do)
{
  HxScoreFinding *finding = g_new0 (HxScoreFinding, 1);

  finding->row = row;
  finding->what = what;
  finding->to_do = g_strdup (to_do);
  g_ptr_array_add (scoring->score->findings, finding);
}

static void
report_missing (HxScoring *scoring, const HxScoreRow *row)
{
  g_autofree char *to_do
      = row->card->is_manual && !row->is_target ? g_strdup_printf (
            _ ("登记自评打分（score_entry），评分项写 %s"), row->key)
                                                : g_strdup (_ ("补齐后再打分"));

  for (guint i = 0; i < row->missing->len; i++)
    hx_score_finding (
        scoring, row,
        g_strdup_printf (_ ("%s，暂不得分"), (char *)row->missing->pdata[i]),
        to_do);
}

void
hx_score_settle (HxScoring *scoring, HxScoreRow *row,
                 const HxRuleResult *result)
{
  const guint decimals = scoring->score->card->decimals;

  row->is_over = result->is_over;
  if (row->state != HX_SCORE_ROW_MISSING)
    {
      row->exact = result->score;
      if (!hx_fraction_round (row->exact, decimals, &row->score))
        hx_score_missing (row,
                          g_strdup (hx_score_state_text (HX_RULE_TOO_LARGE)));
    }
  if (row->state == HX_SCORE_ROW_MISSING)
    {
      row->exact = hx_fraction (0, 1);
      row->score = 0;
      row->is_over = FALSE;
      report_missing (scoring, row);
    }
  row->deduction = row->is_bonus ? 0 : row->points - row->score;
}

/* ----------------------------------------------------------------------- sums
 */

typedef struct
{
  gint64 points, score, skipped;
  guint leaves, left_out;
} Sum;

/* Of the leaves from `first` up to `end`, which a bonus is none of. */
static Sum
sum_rows (const GPtrArray *rows, guint first, guint end)
{
  Sum sum = { 0 };

  for (guint i = first; i < end; i++)
    {
      const HxScoreRow *row = rows->pdata[i];
      const gboolean is_skipped = row->state == HX_SCORE_ROW_SKIPPED;

      if (row->is_group || row->is_bonus)
        continue;
      sum.leaves++;
      sum.left_out += is_skipped;
      if (is_skipped)
        sum.skipped += row->points;
      else
        {
          sum.points += row->points;
          sum.score += row->score;
        }
    }
  return sum;
}

static void
settle_group (HxScoreRow *group, const GPtrArray *rows, guint first, guint end)
{
  const Sum sum = sum_rows (rows, first, end);

  if (group->state == HX_SCORE_ROW_SKIPPED)
    return;
  if (group->is_target)
    group->points = sum.points;
  group->score = group->card->targets != NULL && !group->is_target
                     ? MIN (sum.score, group->points)
                     : sum.score;
  group->deduction = group->points - sum.skipped - group->score;
  if (sum.leaves > 0 && sum.left_out == sum.leaves)
    {
      group->state = HX_SCORE_ROW_SKIPPED;
      group->deduction = 0;
    }
}

/* Each aspect of targets stands for the rows up to the next one. */
static void
settle_aspects (const GPtrArray *rows, guint first)
{
  for (guint i = first; i < rows->len; i++)
    {
      HxScoreRow *group = rows->pdata[i];
      guint end = i + 1;

      while (end < rows->len && !((HxScoreRow *)rows->pdata[end])->is_group)
        end++;
      if (group->is_group)
        settle_group (group, rows, i + 1, end);
    }
}

static gboolean add_rows (HxScoring *scoring, const GPtrArray *cards,
                          GError **error);

static gboolean
add_row (HxScoring *scoring, const HxCardRow *card, GError **error)
{
  const GPtrArray *rows = scoring->score->rows;
  HxScoreRow *row = hx_score_row_new (scoring, card);
  const guint first = rows->len;

  if (card->rule != NULL)
    return hx_score_leaf (scoring, row, error);
  row->is_group = TRUE;
  if (card->targets != NULL)
    {
      if (!hx_score_targets (scoring, row, error))
        return FALSE;
      settle_aspects (rows, first);
    }
  else if (!add_rows (scoring, card->rows, error))
    return FALSE;
  settle_group (row, rows, first, rows->len);
  return TRUE;
}

static gboolean
add_rows (HxScoring *scoring, const GPtrArray *cards, GError **error)
{
  for (guint i = 0; i < cards->len; i++)
    if (!add_row (scoring, cards->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* ---------------------------------------------------------------------- total
 */

/* Leaves, and a level of targets that has none. */
static gboolean
is_left_out (const HxScoreRow *row)
{
  return row->state == HX_SCORE_ROW_SKIPPED
         && (!row->is_group || (row->card->targets != NULL && !row->is_target));
}

/* What the first level has: there a group of targets is held to its points. */
static void
sum_card (HxScore *score)
{
  for (guint i = 0; i < score->rows->len; i++)
    {
      const HxScoreRow *row = score->rows->pdata[i];

      if (row->level == 1)
        score->earned += row->is_bonus ? 0 : row->score;
      if (row->is_bonus)
        score->bonus += row->score;
      if (is_left_out (row))
        score->skipped += row->points;
    }
}

static void
scale_total (HxScoring *scoring)
{
  HxScore *score = scoring->score;
  const gint64 full = score->card->total.units;

  score->points = full - score->skipped;
  score->total = score->earned;
  if (score->points <= 0)
    {
      score->total = 0;
      hx_score_finding (scoring, NULL, g_strdup (_ ("所有评分项都不适用")),
                        _ ("检查自评打分里的“是否适用”"));
    }
  else if (score->skipped > 0)
    hx_round_half_up (score->earned * full, score->points, 0, &score->total);
  score->total = CLAMP (score->total + score->bonus, 0, full);
}

static void
report_unused (HxScoring *scoring)
{
  for (guint i = 0; i < scoring->entries->len; i++)
    {
      const HxScoreEntry *entry = scoring->entries->pdata[i];

      if (!entry->is_used)
        hx_score_finding (
            scoring, NULL,
            g_strdup_printf (_ ("填报的评分项“%s”不在这张表里，没有计入"),
                             entry->row),
            _ ("评分项写表里的代号或名称"));
    }
}

static void
finish (HxScoring *scoring)
{
  HxScore *score = scoring->score;

  sum_card (score);
  scale_total (scoring);
  report_unused (scoring);
  score->is_complete = TRUE;
  for (guint i = 0; i < score->rows->len; i++)
    score->is_complete
        &= ((HxScoreRow *)score->rows->pdata[i])->state != HX_SCORE_ROW_MISSING;
  score->grade = hx_scorecard_grade (score->card, score->total);
}

/* --------------------------------------------------------------------- reading
 */

/* NULL: there is none. */
static const HxScorecard *
project_card (const HxCatalogue *catalogue, int year)
{
  const GPtrArray *cards = hx_catalogue_scorecards (catalogue);
  const HxScorecard *found = NULL;

  for (guint i = 0; i < cards->len; i++)
    {
      const HxScorecard *card = cards->pdata[i];

      if (card->layout == HX_CARD_PROJECT && hx_scorecard_is_for (card, year)
          && (found == NULL
              || hx_date_compare (found->valid_from, card->valid_from) < 0))
        found = card;
    }
  return found;
}

static const HxScorecard *
task_card (const HxCatalogue *catalogue, const HxScoreQuery *query,
           GError **error)
{
  const HxScorecard *card
      = query->card == NULL
            ? project_card (catalogue, query->year)
            : hx_scorecard_find (catalogue, query->card, query->year, error);

  if (card == NULL && query->card == NULL)
    hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这个年度的项目自评表"), NULL,
             _ ("在目录的 scorecards 里加一张 layout: project 的"));
  else if (card != NULL && card->layout != HX_CARD_PROJECT)
    return hx_fail (error, HX_ERROR_USAGE, _ ("按任务打分要用项目自评表"),
                    card->key, _ ("用 --card 另选一张，或不写 --task")),
           NULL;
  return card;
}

static const HxScorecard *
choose_card (HxConnection *connection, HxCatalogue *catalogue,
             const HxScoreQuery *query, GError **error)
{
  const char *name = query->card;
  g_autoptr (GError) failed = NULL;
  g_autofree char *setting = NULL;

  if (query->task != NULL)
    return task_card (catalogue, query, error);
  if (name == NULL)
    setting = hx_setting_get (connection, "scorecard", &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  return hx_scorecard_find (catalogue, name != NULL ? name : setting,
                            query->year, error);
}

static void
scoring_clear (HxScoring *scoring)
{
  g_ptr_array_unref (scoring->entries);
  g_clear_pointer (&scoring->lines[0], g_ptr_array_unref);
  g_clear_pointer (&scoring->lines[1], g_ptr_array_unref);
  g_clear_pointer (&scoring->targets, g_ptr_array_unref);
  hx_plan_free (scoring->plan);
}

static HxScore *
score_new (HxCatalogue *catalogue, const HxScoreQuery *query)
{
  const HxDate end = { (gint16)query->year, 12, 31 };
  HxScore *score = g_new0 (HxScore, 1);

  score->catalogue = hx_catalogue_ref (catalogue);
  score->rows = g_ptr_array_new_with_free_func (row_free);
  score->findings = g_ptr_array_new_with_free_func (finding_free);
  score->year = query->year;
  score->as_of
      = query->as_of.year == 0 || hx_date_compare (query->as_of, end) >= 0
            ? end
            : query->as_of;
  return score;
}

HxScore *
hx_score_read (HxConnection *connection, HxCatalogue *catalogue,
               const HxScoreQuery *query, GError **error)
{
  g_autoptr (HxScore) score = score_new (catalogue, query);
  HxScoring scoring = { .connection = connection, .score = score };
  gboolean good;

  scoring.is_whole_year = score->as_of.month == 12 && score->as_of.day == 31;
  score->card = choose_card (connection, catalogue, query, error);
  if (score->card == NULL)
    return NULL;
  scoring.entries = g_ptr_array_new_with_free_func (hx_entry_free);
  good = hx_score_take_task (&scoring, query->task, error)
         && hx_entries_read (&scoring, error)
         && add_rows (&scoring, score->card->rows, error);
  if (good)
    finish (&scoring);
  scoring_clear (&scoring);
  return good ? g_steal_pointer (&score) : NULL;
}
