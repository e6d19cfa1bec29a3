/* What the files of the review share. */
#ifndef HX_CHECK_REVIEW_INTERNAL_H
#define HX_CHECK_REVIEW_INTERNAL_H

#include "check/review.h"
#include "check/review_text.h"

typedef struct
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  const HxReviewRules *rules;
  const HxReviewOptions *options;
  HxDate as_of;        /* never of year 0 */
  gboolean is_draft;   /* the text is somebody's, not ours */
  HxReviewText *text;  /* NULL: our own could not be rendered */
  GPtrArray *faults;   /* char *: why */
  GPtrArray *figures;  /* HxFigure */
  GHashTable *values;  /* key → HxExact of our own text's figures */
  GHashTable *printed; /* keys of the figures that our text prints */
  GPtrArray *findings; /* HxReviewFinding */
  guint found[HX_REVIEW_CHECKS];
} HxReviewCase;

/* What one check found.  With a block, the place is its heading and the
 * `length` bytes at `offset`; without, `place` says it. */
typedef struct
{
  const HxTextBlock *block;
  gsize offset, length;
  const char *place;
  const char *rule;
  const char *value; /* NULL: the words of the text */
  const char *advice;
  gboolean is_mild;       /* a warning, whatever the check's severity */
  gboolean is_answerable; /* whatever the check says */
  gboolean is_secret;     /* the words are masked in place and value */
} HxFound;

void hx_review_found (HxReviewCase *review, guint number, const HxFound *found);

/* 全文, the place of what the text lacks.  Places are what answers name, and
 * are the same in every language. */
const char *hx_review_whole (void);
/* “计划指标 B-07”; the caller's. */
char *hx_review_row_place (const HxKind *kind, const char *number);
/* The figure of a key, or NULL. */
const HxFigure *hx_review_figure (const HxReviewCase *review, const char *key);
/* Does our report print the figure?  All, when it could not be rendered. */
gboolean hx_review_prints (const HxReviewCase *review, const char *key);
/* "73.40 万元"; the caller's. */
char *hx_review_wan (gint64 fen);
/* "95.06%" of 1/10000; the caller's. */
char *hx_review_per_cent (gint64 share);
/* The first score that the text states; FALSE: none. */
gboolean hx_review_stated_score (HxReviewCase *review, HxFound *found,
                                 HxDecimal *score);
#define HX_REVIEW_WORD(review, use)                                            \
  ((const char *const *)(review)->rules->words[use])

/* The checks. */
typedef gboolean (*HxReviewFunc) (HxReviewCase *review, GError **error);

typedef enum
{
  HX_REVIEW_OF_DRAFT = 1,
  HX_REVIEW_OF_OWN = 2,
  HX_REVIEW_OF_BOTH = 3
} HxReviewScope;

gboolean hx_review_draft_amounts (HxReviewCase *review, GError **error);
gboolean hx_review_claims (HxReviewCase *review, GError **error);
gboolean hx_review_vague (HxReviewCase *review, GError **error);
gboolean hx_review_stale (HxReviewCase *review, GError **error);
gboolean hx_review_names (HxReviewCase *review, GError **error);
gboolean hx_review_cut_off (HxReviewCase *review, GError **error);
gboolean hx_review_similar (HxReviewCase *review, GError **error);
gboolean hx_review_leftovers (HxReviewCase *review, GError **error);
gboolean hx_review_persons (HxReviewCase *review, GError **error);
gboolean hx_review_draft_score (HxReviewCase *review, GError **error);
gboolean hx_review_recorded_score (HxReviewCase *review, GError **error);
gboolean hx_review_draft_targets (HxReviewCase *review, GError **error);
gboolean hx_review_draft_measures (HxReviewCase *review, GError **error);
gboolean hx_review_draft_surveys (HxReviewCase *review, GError **error);
gboolean hx_review_money (HxReviewCase *review, GError **error);
gboolean hx_review_plan (HxReviewCase *review, GError **error);
gboolean hx_review_score (HxReviewCase *review, GError **error);
gboolean hx_review_problems (HxReviewCase *review, GError **error);
gboolean hx_review_unbound (HxReviewCase *review, GError **error);
gboolean hx_review_evidence (HxReviewCase *review, GError **error);
gboolean hx_review_benefits (HxReviewCase *review, GError **error);
gboolean hx_review_fields (HxReviewCase *review, GError **error);
gboolean hx_review_surveys (HxReviewCase *review, GError **error);

#endif
