/* A text as the checks see it: blocks of words, each character with its place.
 *
 * Lines that were broken to fit a page are put together again, spaces beside
 * Chinese characters are dropped, so that “2023 年” and a phrase that runs over
 * a line end are found as they are meant.  Private to the room check.
 *
 * Ownership: a text owns its blocks.  Threads: read-only once made.
 */
#ifndef HX_CHECK_REVIEW_TEXT_H
#define HX_CHECK_REVIEW_TEXT_H

#include "base/base.h"

G_BEGIN_DECLS

/* Bytes of the character here, and what follows it; of valid UTF-8. */
static inline gsize
hx_text_width (const char *text)
{
  return (gsize)g_utf8_skip[(guchar)*text];
}

static inline const char *
hx_text_next (const char *text)
{
  return text + hx_text_width (text);
}

typedef enum
{
  HX_BLOCK_HEADING,
  HX_BLOCK_WORDS,
  HX_BLOCK_ROW /* of a table; its cells stand apart by `|` */
} HxBlockKind;

/* From the byte `offset` of the block on, the text stands here. */
typedef struct
{
  gsize offset;
  guint line, column;
} HxTextMark;

/* A figure that is linked to its rows. */
typedef struct
{
  gsize start, end;
  char *key;
} HxTextFact;

typedef struct
{
  HxBlockKind kind;
  guint level;   /* of a heading: 1 一、 2 （一） 3 1. ; 0: the title */
  char *heading; /* where it stands: "二（一）1"; "" before all headings */
  char *section; /* the words of the headings of levels 1 and 2 above it */
  GString *words;
  GArray *marks;    /* HxTextMark */
  GPtrArray *facts; /* HxTextFact */
} HxTextBlock;

typedef struct
{
  GPtrArray *blocks; /* HxTextBlock */
} HxReviewText;

HxReviewText *hx_review_text_new (const char *text, gboolean is_markdown);
void hx_review_text_free (HxReviewText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxReviewText, hx_review_text_free)

/* Line and column of a byte of the block, from 1. */
void hx_text_block_place (const HxTextBlock *block, gsize offset, guint *line,
                          guint *column);
/* Whether the bytes [start, end) touch a linked figure. */
gboolean hx_text_block_is_fact (const HxTextBlock *block, gsize start,
                                gsize end);
/* Whether the headings above, or the block's own, have one of the words. */
gboolean hx_text_block_in (const HxTextBlock *block, const char *const *words);
/* The first byte at or behind `from` where one of the words stands, with the
 * length of the longest of them there; FALSE: none. */
gboolean hx_words_find (const char *text, gsize *from, const char *const *words,
                        gsize *length);
/* The longest of the words with which the text begins here; 0: none. */
gsize hx_words_at (const char *text, const char *const *words);

G_END_DECLS

#endif
