/* V05 points and V06 score of our own report: what the room score finds, and
 * that every score stays within its points.  Of a draft: the score that it
 * states is that of the records. */
#include "check/review_internal.h"

#include "catalogue/plan.h"
#include "catalogue/scorecard.h"
#include "score/score.h"

static char *
place_of (const HxScore *score, const HxScoreRow *row)
{
  if (row == NULL)
    return g_strdup_printf ("评分表 %s", score->card->key);
  return g_strdup_printf ("评分表 %s %s", score->card->key, row->key);
}

static gboolean
is_of_points (const HxScoreFinding *own)
{
  return own->row != NULL && own->row->is_group;
}

static void
tell_one (HxReviewCase *review, const HxScore *score, const HxScoreFinding *own,
          gboolean is_mild)
{
  const gboolean is_points = is_of_points (own);
  g_autofree char *place = place_of (score, own->row);
  g_autofree char *value
      = own->row == NULL
            ? g_strdup (own->what)
            : g_strdup_printf ("%s：%s", own->row->name, own->what);
  const HxFound found
      = { .place = place,
          .rule = is_points ? _ ("各指标的分值加起来等于上一级的分值")
                            : _ ("评分表逐项打分，有依据、有签字人"),
          .value = value,
          .advice = own->to_do,
          .is_mild = is_mild };

  hx_review_found (review, is_points ? 5 : 6, &found);
}

static void
tell (HxReviewCase *review, const HxScore *score)
{
  for (guint i = 0; i < score->findings->len; i++)
    tell_one (review, score, score->findings->pdata[i], FALSE);
}

static gboolean
has_targets (const HxScore *score)
{
  for (guint i = 0; i < score->rows->len; i++)
    if (((const HxScoreRow *)score->rows->pdata[i])->is_target)
      return TRUE;
  return FALSE;
}

static gboolean
check_form (HxReviewCase *review, const char *card, GError **error)
{
  g_autoptr (GError) failed = NULL;
  const HxScoreQuery query = { .year = review->options->year,
                               .as_of = review->options->as_of,
                               .card = card };
  g_autoptr (HxScore) score
      = hx_score_read (review->connection, review->catalogue, &query, &failed);

  if (score == NULL && g_error_matches (failed, HX_ERROR, HX_ERROR_NOT_FOUND))
    return TRUE;
  if (score == NULL)
    return g_propagate_error (error, g_steal_pointer (&failed)), FALSE;
  for (guint i = 0; has_targets (score) && i < score->findings->len; i++)
    if (is_of_points (score->findings->pdata[i]))
      tell_one (review, score, score->findings->pdata[i], TRUE);
  return TRUE;
}

/* The points of the targets are held against the form of projects too: a
 * warning, for the bureau is scored by another card. */
static gboolean
check_forms (HxReviewCase *review, const HxScore *own, GError **error)
{
  const GPtrArray *cards = hx_catalogue_scorecards (review->catalogue);

  for (guint i = 0; i < cards->len; i++)
    {
      const HxScorecard *card = cards->pdata[i];

      if (card->layout == HX_CARD_PROJECT
          && strcmp (card->key, own->card->key) != 0
          && !check_form (review, card->key, error))
        return FALSE;
    }
  return TRUE;
}

/* Has anybody filled in a row? */
static gboolean
is_begun (const HxScore *score)
{
  for (guint i = 0; i < score->rows->len; i++)
    {
      const HxScoreRow *row = score->rows->pdata[i];

      if (row->signer != NULL && !row->is_target)
        return TRUE;
    }
  return FALSE;
}

/* A card that nobody has begun is one finding, not one for each row. */
static void
found_not_begun (HxReviewCase *review, const HxScore *score)
{
  g_autofree char *place = place_of (score, NULL);
  g_autofree char *value
      = g_strdup_printf (_ ("“%s”还没有人打分，有 %u 项要补"),
                         score->card->name, score->findings->len);
  const HxFound found = { .place = place,
                          .rule = _ ("评分表逐项打分，有依据、有签字人"),
                          .value = value,
                          .advice = _ ("hongxia score 列出要补的项") };

  hx_review_found (review, 6, &found);
}

static void
check_bounds (HxReviewCase *review, const HxScore *score, const HxScoreRow *row)
{
  g_autofree char *place = place_of (score, row);
  g_autofree char *points = hx_score_format (score, row->points);
  g_autofree char *given = hx_score_format (score, row->score);
  g_autofree char *value
      = g_strdup_printf (_ ("%s：分值 %s，得分 %s"), row->name, points, given);
  const HxFound found = { .place = place,
                          .rule = _ ("得分在 0 和满分之间"),
                          .value = value,
                          .advice = _ ("核对评分表") };

  if (row->state == HX_SCORE_ROW_SCORED && !row->is_bonus
      && (row->score < 0 || row->score > row->points))
    hx_review_found (review, 6, &found);
}

/* A year for which no card was issued yet is told, and hinders nothing. */
static void
found_no_card (HxReviewCase *review, const GError *failed)
{
  const HxFound found = { .place = hx_review_whole (),
                          .rule = _ ("自评报告要有自评得分"),
                          .value = failed->message,
                          .advice = _ ("按当年通知补上评分表"),
                          .is_mild = TRUE };

  hx_review_found (review, 6, &found);
}

/* NULL without an error: there is none to be had, and `why` says why. */
static HxScore *
read_score (HxReviewCase *review, GError **why, GError **error)
{
  const GPtrArray *cards = hx_catalogue_scorecards (review->catalogue);
  const HxScoreQuery query
      = { .year = review->options->year, .as_of = review->options->as_of };
  g_autoptr (GError) failed = NULL;
  HxScore *score;

  if (cards->len == 0 || hx_catalogue_plan (review->catalogue) == NULL)
    return NULL;
  score
      = hx_score_read (review->connection, review->catalogue, &query, &failed);
  if (score == NULL)
    g_propagate_error (
        g_error_matches (failed, HX_ERROR, HX_ERROR_NOT_FOUND) ? why : error,
        g_steal_pointer (&failed));
  return score;
}

gboolean
hx_review_score (HxReviewCase *review, GError **error)
{
  g_autoptr (GError) none = NULL, failed = NULL;
  g_autoptr (HxScore) score = read_score (review, &none, &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (none != NULL)
    found_no_card (review, none);
  if (score == NULL)
    return TRUE;
  if (is_begun (score) || score->is_complete)
    tell (review, score);
  else
    found_not_begun (review, score);
  for (guint i = 0; i < score->rows->len; i++)
    check_bounds (review, score, score->rows->pdata[i]);
  return check_forms (review, score, error);
}

/* What a draft states is held against a score that is whole. */
gboolean
hx_review_recorded_score (HxReviewCase *review, GError **error)
{
  g_autoptr (GError) none = NULL, failed = NULL;
  g_autoptr (HxScore) score = read_score (review, &none, &failed);
  HxFound found
      = { .rule = _ ("文稿里的数与台账一致"), .advice = _ ("核对评分表") };
  HxDecimal stated, recorded;

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (score == NULL || !score->is_complete
      || !hx_review_stated_score (review, &found, &stated))
    return TRUE;
  recorded = (HxDecimal){ score->total, score->card->decimals };
  if (hx_decimal_compare (stated, recorded) == 0)
    return TRUE;
  g_autofree char *one = hx_decimal_format (stated);
  g_autofree char *other = hx_decimal_format (recorded);
  g_autofree char *value
      = g_strdup_printf (_ ("文稿写 %s，台账是 %s"), one, other);
  found.value = value;
  hx_review_found (review, 6, &found);
  return TRUE;
}
