/* check/claim_output: what a check found, written for people and programs.
 *
 *   JSON    for programs: the claims and warnings, exactly
 *   SARIF   2.1.0, for the tools that show findings in a text
 *   text    for a terminal: what is wrong, with the words around it
 *   HTML    the text itself with every figure underlined by its verdict; one
 *           file, no script, no other file
 *
 * What comes from the file is escaped, in text for a terminal too: bytes that
 * would steer it are shown as U+FFFD.  Figures are written from decimals.  The
 * same result gives the same bytes in every run.
 *
 * Ownership: all is borrowed and `out` is appended to.  Threads: any; words
 * are in the language of the calling thread.
 */
#ifndef HX_CHECK_CLAIM_OUTPUT_H
#define HX_CHECK_CLAIM_OUTPUT_H

#include "check/check.h"

G_BEGIN_DECLS

typedef struct
{
  const char *path;            /* as the user named it, "-" of standard input */
  const HxSource *source;      /* NULL: it could not be read */
  const HxCheckResult *result; /* NULL with `source` */
  const char *fault;           /* then: why */
} HxChecked;

/* The path as it can be shown on one line of anything; the caller's. */
char *hx_checked_name (const HxChecked *checked);
/* Claims with the verdict error, all or of one severity. */
guint hx_checked_errors (const HxChecked *checked);
guint hx_checked_errors_of (const HxChecked *checked, HxSeverity severity);

/* The words for people: 合计, 差错 or 末位差错, 模板残留. */
const char *hx_claim_kind_name (HxClaimKind kind);
const char *hx_claim_verdict_name (HxVerdict verdict, HxSeverity severity);
const char *hx_check_warning_name (HxCheckWarningCode code);

/* ---------------------------------------------------------------------- JSON
 *
 *   {"text_characters": N,
 *    "claims": [{"kind", "formula",
 *                "operands": [{"text", "offset", "value", "unit"}],
 *                "stated": {"text", "offset", "value", "unit"},
 *                "computed", "verdict", "severity", "message"}],
 *    "warnings": [{"code", "text", "offset", "message"}]}
 *
 * An offset is -1 where the text does not say the figure; `computed` is null
 * when there is none.  A value has the places that the text wrote. */

/* Many lines, for one file alone; it must have been read. */
void hx_checked_json (const HxChecked *checked, GString *out);
/* One line, for one file of many: `file` comes first, and where it could not
 * be read the object has `error` and nothing else. */
void hx_checked_json_line (const HxChecked *checked, GString *out);

/* --------------------------------------------------------------------- SARIF
 *
 * A log has one run: a head, the results of each file, a tail.  Errors have
 * the level error, those of the last digit and the warnings warning, what
 * cannot be checked note; what is right is not in it.  A region counts in
 * Unicode characters of the text as it was taken out of the file.  A file that
 * could not be read is a notification of the invocation. */
typedef struct
{
  GString *notifications; /* private */
  gboolean has_results;
} HxSarif;

void hx_sarif_init (HxSarif *sarif);
void hx_sarif_clear (HxSarif *sarif);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxSarif, hx_sarif_clear)
void hx_sarif_head (HxSarif *sarif, GString *out);
void hx_sarif_file (HxSarif *sarif, const HxChecked *checked, GString *out);
void hx_sarif_tail (HxSarif *sarif, GString *out);

/* ---------------------------------------------------------------------- text
 *
 * The head line with the counts, then each error and warning: its place (line
 * and character from 1), the words around with the figure between 【 and 】,
 * what is wrong, the figures used.  With `is_all` every claim. */
void hx_checked_text (const HxChecked *checked, gboolean is_all, GString *out);

/* ---------------------------------------------------------------------- HTML
 */

/* The marked-up page of a file that was read. */
void hx_checked_html (const HxChecked *checked, GString *out);

/* The same within a page of somebody else's, without head, style and title: its
 * elements are those that claim_page.css names. */
void hx_checked_html_part (const HxChecked *checked, GString *out);

/* The page that leads to those of many files: a head, a row each, a tail.
 * `page` is the file name of the page, relative; NULL: there is none. */
void hx_checked_index_head (GString *out);
void hx_checked_index_row (const HxChecked *checked, const char *page,
                           GString *out);
void hx_checked_index_tail (GString *out);

G_END_DECLS

#endif
