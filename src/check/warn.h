/* What is not arithmetic but wrong all the same.  Private to the room check.
 *
 * A warning is given only where the words leave no doubt: each kind has its
 * table of words, and each word what must not stand at its side.
 */
#ifndef HX_CHECK_WARN_H
#define HX_CHECK_WARN_H

#include "check/group.h"

G_BEGIN_DECLS

/* The message quotes the words in question, then says `advice`. */
void hx_warning_add (HxSearch *search, HxCheckWarningCode code, HxSpan place,
                     const char *advice);
void hx_warning_free (HxCheckWarning *warning);
/* By place. */
void hx_warnings_sort (GPtrArray *warnings);

/* One of the words of `list`, parted by '|', stands right behind `at`, or
 * right before it. */
gboolean hx_words_go_on (const HxWords *words, gsize at, const char *list);
gboolean hx_words_come_from (const HxWords *words, gsize at, const char *list);
/* A line of the source begins there. */
gboolean hx_words_is_line (const HxWords *words, gsize at);
/* A sentence or a clause is over there: a stop, a line or the end. */
gboolean hx_words_is_over (const HxWords *words, gsize at);
/* Where the clause begins in which `at` stands: behind a stop. */
gsize hx_words_clause (const HxWords *words, gsize at);
/* The same of the sentence. */
gsize hx_words_sentence (const HxWords *words, gsize at);

void hx_warn_leftovers (HxSearch *search);
void hx_warn_units (HxSearch *search);
void hx_warn_names (HxSearch *search);
void hx_warn_years (HxSearch *search);

G_END_DECLS

#endif
