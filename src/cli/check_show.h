/* The findings of a review, for people. */
#ifndef HX_CLI_CHECK_SHOW_H
#define HX_CLI_CHECK_SHOW_H

#include "check/issue.h"
#include "cli/cli.h"

G_BEGIN_DECLS

void hx_cli_review_print (const HxReviewResult *review);

G_END_DECLS

#endif
