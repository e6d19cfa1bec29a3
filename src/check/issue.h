/* check/issue: from the review to the issued report.
 *
 * A finding is answered by a record; a report is issued (report/edition.h) when
 * no finding blocks it, and the answers are kept with the edition.
 *
 * Ownership: what is returned is the caller's.  Threads: the ledger's, or any
 * for what takes a store.
 */
#ifndef HX_CHECK_ISSUE_H
#define HX_CHECK_ISSUE_H

#include "check/review.h"
#include "report/edition.h"

G_BEGIN_DECLS

/* {"year", "as_of", "draft", "blocking", "warnings", "answered",
 *  "findings": [{"check", "name", "severity", "blocks", "answerable", "place",
 *                "line", "column", "rule", "value", "advice", "reason",
 *                "signer"}]} */
void hx_review_json (const HxReviewResult *review,
                     const HxReviewOptions *options, GString *out);
/* HX_ERROR_FINDING that lists what blocks; TRUE when nothing does. */
gboolean hx_review_pass (const HxReviewResult *review, GError **error);
/* Has the catalogue a plan, money and rules, so that it can be reviewed? */
gboolean hx_review_is_possible (const HxCatalogue *catalogue);

/* ------------------------------------------------------------------ answers */

typedef struct
{
  int year;
  const char *check, *place, *reason, *signer;
  HxDate date;
} HxReviewAnswer;

/* Only a finding that is there can be answered, and not every one. */
gboolean hx_review_may_answer (const HxReviewAnswer *answer,
                               const HxReviewResult *review,
                               HxCatalogue *catalogue, GError **error);
/* A HxLedgerFunc; `data` is a HxReviewAnswer. */
gboolean hx_review_answer (HxLedger *ledger, gpointer data, GError **error);

/* ------------------------------------------------------------------ issuing */

typedef struct
{
  int year;
  HxDate as_of; /* year 0: 31 December */
  const char *issued_by;
  HxEdition *edition; /* takes what was issued; the caller's */
} HxReportIssue;

/* A HxLedgerFunc; `data` is a HxReportIssue.  HX_ERROR_FINDING while the review
 * blocks or the template is not true of the records. */
gboolean hx_report_issue (HxLedger *ledger, gpointer data, GError **error);

G_END_DECLS

#endif
