/* The arithmetic of the words, by the engine that checks anybody's report.
 *
 * The blocks of the text, a line each, are its source, so that a place of a
 * claim is a place in a block.  Rows of tables are left out: a target beside
 * what was done of it is not the same figure twice.  Figures of our own report
 * are known exactly: what rounding makes of them is no error, and no excuse for
 * one.
 *
 * Where the checks of amounts have told of a clause already, the same is not
 * told again.  A sum that was read from words may have been misread: a person
 * can answer it, whatever the check says. */
#include "check/check.h"
#include "check/review_internal.h"
#include "check/review_scan.h"

#include <string.h>

#define AMOUNT_CHECKS 4 /* V01 to V04: sums, base, closing, one number */

typedef struct
{
  HxReviewCase *review;
  GString *words;
  GArray *starts; /* gsize: bytes of `words` where each block begins */
  GArray *known;  /* HxKnownFigure */
} Claims;

static void
claims_clear (Claims *claims)
{
  if (claims->words != NULL)
    g_string_free (claims->words, TRUE);
  g_clear_pointer (&claims->starts, g_array_unref);
  g_clear_pointer (&claims->known, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Claims, claims_clear)

/* -------------------------------------------------------------------- source
 */

static gsize
characters (const char *from, const char *until)
{
  return (gsize)g_utf8_strlen (from, until - from);
}

/* `before` is how many characters stand before the block. */
static void
add_facts (Claims *claims, const HxTextBlock *block, gsize before)
{
  const char *words = block->words->str;

  for (guint i = 0; i < block->facts->len; i++)
    {
      const HxTextFact *fact = block->facts->pdata[i];
      const HxExact *value
          = g_hash_table_lookup (claims->review->values, fact->key);

      if (value == NULL)
        continue;
      const HxKnownFigure known = {
        .offset = before + characters (words, words + fact->start),
        .length = characters (words + fact->start, words + fact->end),
        .value = *value,
      };
      g_array_append_val (claims->known, known);
    }
}

static void
claims_init (Claims *claims, HxReviewCase *review)
{
  const GPtrArray *blocks = review->text->blocks;
  gsize before = 0;

  claims->review = review;
  claims->words = g_string_new (NULL);
  claims->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  claims->known = g_array_new (FALSE, FALSE, sizeof (HxKnownFigure));
  for (guint i = 0; i < blocks->len; i++)
    {
      const HxTextBlock *block = blocks->pdata[i];
      const char *words = block->words->str;

      g_array_append_val (claims->starts, claims->words->len);
      if (block->kind == HX_BLOCK_ROW)
        words = "";
      else
        add_facts (claims, block, before);
      before += (gsize)g_utf8_strlen (words, -1) + 1;
      g_string_append (claims->words, words);
      g_string_append_c (claims->words, '\n');
    }
}

/* The block that holds a byte of the source; the byte becomes the block's. */
static const HxTextBlock *
block_at (const Claims *claims, gsize *byte)
{
  guint low = 0, high = claims->starts->len;

  while (high - low > 1)
    {
      const guint middle = low + (high - low) / 2;

      if (g_array_index (claims->starts, gsize, middle) <= *byte)
        low = middle;
      else
        high = middle;
    }
  *byte -= g_array_index (claims->starts, gsize, low);
  return claims->review->text->blocks->pdata[low];
}

/* ------------------------------------------------------------------ findings
 */

static gint64
place_number (guint line, guint column)
{
  return (gint64)line << 32 | column;
}

/* Whether a check of amounts has found something in the same clause. */
static gboolean
is_told (const HxReviewCase *review, const HxFound *found)
{
  gsize start = found->offset, end = found->offset + found->length;
  guint line, column;
  gint64 first, last;

  hx_scan_clause (found->block->words->str, &start, &end);
  hx_text_block_place (found->block, start, &line, &column);
  first = place_number (line, column);
  hx_text_block_place (found->block, end, &line, &column);
  last = place_number (line, column);
  for (guint i = 0; i < review->findings->len; i++)
    {
      const HxReviewFinding *finding = review->findings->pdata[i];
      const gint64 place = place_number (finding->line, finding->column);

      if (finding->check->number <= AMOUNT_CHECKS && first <= place
          && place <= last)
        return TRUE;
    }
  return FALSE;
}

static const HxClaimFigure *
figure_shown (const HxClaim *claim)
{
  if (claim->stated->offset != HX_CLAIM_IMPLIED || claim->operands->len == 0)
    return claim->stated;
  return claim->operands->pdata[0];
}

static void
tell (const Claims *claims, const HxSource *source, const HxClaim *claim)
{
  const HxClaimFigure *figure = figure_shown (claim);
  const char *at
      = g_utf8_offset_to_pointer (source->text, (glong)figure->offset);
  gsize byte = (gsize)(at - source->text);
  const HxTextBlock *block = block_at (claims, &byte);
  const HxFound found = {
    .block = block,
    .offset = byte,
    .length
    = (gsize)(g_utf8_offset_to_pointer (at, (glong)figure->length) - at),
    .rule = _ ("文中的数算得平：合计、比率、增减、前后一致"),
    .value = claim->message,
    .advice = _ ("核对后改正算错的数；是误读的，写明理由答复"),
    .is_mild = claim->severity == HX_SEVERITY_LAST_DIGIT,
    .is_answerable = TRUE,
  };

  if (!is_told (claims->review, &found))
    hx_review_found (claims->review, 4, &found);
}

gboolean
hx_review_claims (HxReviewCase *review, GError **error)
{
  g_auto (Claims) claims = { 0 };
  g_autoptr (HxSource) source = NULL;
  g_autoptr (HxCheckResult) result = NULL;

  if (review->text == NULL)
    return TRUE;
  claims_init (&claims, review);
  source = hx_source_new ("-", claims.words->str, claims.words->len, error);
  if (source == NULL)
    return FALSE;
  result = hx_check_source_known (source, claims.known);
  for (guint i = 0; i < result->claims->len; i++)
    {
      const HxClaim *claim = result->claims->pdata[i];

      if (claim->verdict == HX_VERDICT_ERROR
          && figure_shown (claim)->offset != HX_CLAIM_IMPLIED)
        tell (&claims, source, claim);
    }
  return TRUE;
}
