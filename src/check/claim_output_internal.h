/* What the writers share: where a figure stands, and the words around it. */
#ifndef HX_CHECK_CLAIM_OUTPUT_INTERNAL_H
#define HX_CHECK_CLAIM_OUTPUT_INTERNAL_H

#include "check/claim_output.h"
#include "check/review_text.h"

G_BEGIN_DECLS

/* Characters of a text to bytes, lines and columns, without counting from the
 * start each time.  Borrows the text. */
typedef struct
{
  const char *text;
  gsize characters;
  GArray *marks; /* private */
} HxPlaces;

typedef struct
{
  gsize byte;
  guint line, column; /* from 1, in characters */
} HxPlace;

HxPlaces *hx_places_new (const HxSource *source);
void hx_places_free (HxPlaces *places);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxPlaces, hx_places_free)
/* An offset behind the end is the end. */
HxPlace hx_places_find (const HxPlaces *places, gsize offset);

/* The figure to show a claim by: what is stated, or where that is implied the
 * first operand that the text says; NULL: none. */
const HxClaimFigure *hx_claim_shown (const HxClaim *claim);
/* What is to be said of a claim: its message, or the verdict in words. */
const char *hx_claim_message (const HxClaim *claim);

/* Words around the characters [offset, offset + length), each on one line:
 * white space is one space, or none beside Chinese.  They end where the
 * paragraph or the sentence does; … stands where words were cut. */
typedef struct
{
  char *before, *here, *after;
} HxExcerpt;

void hx_excerpt_init (HxExcerpt *excerpt, const HxPlaces *places, gsize offset,
                      gsize length);
void hx_excerpt_clear (HxExcerpt *excerpt);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxExcerpt, hx_excerpt_clear)

/* On one line as the excerpt has it; the caller's. */
char *hx_one_line (const char *text);
/* The same with its spaces kept; of any bytes. */
char *hx_plain_line (const char *text);

/* Tags that stand before a character of the text, for the tables in it. */
typedef struct
{
  gsize offset;
  char *text;
} HxMarkup;

/* HxMarkup by offset; those of one offset in their order.  The caller's. */
GArray *hx_cells_markup (const HxSource *source);

G_END_DECLS

#endif
