/* The findings of a review, for people and for programs. */
#ifndef HX_CLI_CHECK_SHOW_H
#define HX_CLI_CHECK_SHOW_H

#include "check/review.h"
#include "cli/cli.h"

G_BEGIN_DECLS

void hx_cli_review_print (const HxReviewResult *review);
void hx_cli_review_json (const HxReviewResult *review,
                         const HxReviewOptions *options);
/* HX_ERROR_FINDING that lists what blocks; TRUE when nothing does. */
gboolean hx_cli_review_pass (const HxReviewResult *review, GError **error);

G_END_DECLS

#endif
