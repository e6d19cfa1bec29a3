/* check/review: a report held against itself and against the records, before
 * it is issued.
 *
 * Which of the checks V01…V24 are made, how grave each is, thresholds and
 * lists of words are the catalogue's (catalogue/review.h).  What is looked at:
 *
 *   our own report   the template rendered to Markdown with its links to the
 *                    figures, and the records of the year: money, plan,
 *                    targets, score, problems, evidence
 *   a draft          a text that somebody wrote, and what the records of the
 *                    year say of the amounts that it states
 *
 * A finding says which check, where, the rule in words, what was found and
 * what to do.  Its place is what an answer names: the heading with the words
 * in question (二（二）1“780余”), the row of a record (预算指标 B-07), or 全文.
 * It holds when lines move; line and column are told beside it.
 *
 * An answer is a record of the kind that plan.yaml calls `review`: year, check,
 * place, reason, signer.  An answered finding is shown with its reason and
 * blocks no more, unless it is not answerable: as its check says, but what the
 * arithmetic of the words found always is, because words can be misread.
 *
 * The order of findings is that of checks, places in the text, then places.
 * The same rows and the same text give the same findings.
 *
 * Ownership: a review owns its findings.  Threads: those of the connection.
 */
#ifndef HX_CHECK_REVIEW_H
#define HX_CHECK_REVIEW_H

#include "catalogue/review.h"
#include "measure/measure.h"

G_BEGIN_DECLS

#define HX_REVIEW_TEXT_MAX (2 * 1024 * 1024) /* bytes of a draft */
#define HX_REVIEW_FINDINGS_MAX 100 /* of one check; the rest are a number */

typedef struct
{
  const HxReviewCheck *check; /* the catalogue's */
  HxReviewSeverity severity;  /* the check's, or milder: see V21 */
  char *place;
  guint line, column; /* of the text, in characters from 1; 0: not of it */
  char *rule;         /* what is asked */
  char *value;        /* what was found; what is personal is masked */
  char *advice;       /* what to do */
  char *reason;       /* of an answer; NULL: not answered */
  char *signer;
  gboolean is_answerable; /* an answer lifts the block */
  gboolean blocks;        /* a block that is not answered, or may not be */
} HxReviewFinding;

typedef struct
{
  GPtrArray *findings; /* HxReviewFinding */
  guint blocking, answered, warnings;
} HxReviewResult;

/* A text as it was read from a file. */
typedef struct
{
  char *name;           /* of the file, without its folders */
  char *text;           /* UTF-8 */
  gboolean is_markdown; /* by the name: .md, .markdown */
} HxReviewDraft;

/* Of UTF-8 or GB18030, with or without a byte-order mark.  Errors: HX_ERROR_
 * NOT_FOUND, LIMIT, DATA (neither of the two, or a file of another kind). */
HxReviewDraft *hx_review_draft_read (const char *path, GError **error);
/* From memory; `name` says whether it is Markdown. */
HxReviewDraft *hx_review_draft_new (const char *name, const char *bytes,
                                    gsize length, GError **error);
void hx_review_draft_free (HxReviewDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxReviewDraft, hx_review_draft_free)

/* All zero but the year: our own report of the whole year. */
typedef struct
{
  int year;
  HxDate as_of;                   /* year 0: 31 December */
  gboolean is_public;             /* to be published: V21 has its severity;
                                   * else it is a warning */
  const HxReviewDraft *draft;     /* NULL: our own report */
  const HxReviewDraft *last_year; /* text of the year before, or NULL */
  const char *template_path;      /* of our own report, as in HxReportOptions */
  gboolean reword;
  const char *markdown; /* our own report as hx_report_year has rendered it;
                         * NULL: it is rendered for the review */
  GHashTable *values;   /* with it: the values of its figures, by key (see
                         * HxReportOptions); NULL: as they are printed */
} HxReviewOptions;

/* HX_ERROR_NOT_FOUND when the catalogue has no review.yaml.  An error is of
 * the store or of the call; what is wrong with the report is a finding. */
HxReviewResult *hx_review_year (HxConnection *connection,
                                HxCatalogue *catalogue,
                                const HxReviewOptions *options, GError **error);
void hx_review_result_free (HxReviewResult *review);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxReviewResult, hx_review_result_free)

/* The finding that an answer to this check and place would be of; NULL when
 * there is none. */
const HxReviewFinding *hx_review_find (const HxReviewResult *review,
                                       const char *id, const char *place);

G_END_DECLS

#endif
