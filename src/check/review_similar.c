/* V16: paragraphs that say the same.
 *
 * A paragraph is a set of shingles: hashes of each run of SHINGLE characters,
 * punctuation and digits left out, so that the same words with this year's
 * numbers are the same.  Two paragraphs are as similar as the smaller set is
 * contained in the larger.  An index from shingle to the paragraphs that have
 * it finds the similar ones in one walk; a shingle that many have says nothing
 * and is listed for the first POSTINGS_MAX alone, which bounds the work
 * whatever the text.  Each paragraph is told against the most similar one
 * before it. */
#include "check/review_internal.h"

#include <string.h>

#define SHINGLE 5
#define POSTINGS_MAX 16
#define START_MAX 12 /* characters by which a paragraph is quoted */
#define SHARE_WHOLE 10000

typedef struct
{
  const HxTextBlock *block;
  guint size; /* shingles, each once */
  gboolean is_last_year;
} Paragraph;

typedef struct
{
  HxReviewCase *review;
  GHashTable *postings; /* shingle → GArray of guint */
  GArray *paragraphs;   /* Paragraph */
  GArray *shared;       /* guint, one a paragraph: shingles in common */
  GArray *touched;      /* guint: those that have any */
} Similar;

/* The characters that count, as one string. */
static GArray *
letters_of (const char *text)
{
  GArray *letters = g_array_new (FALSE, FALSE, sizeof (gunichar));

  for (const char *p = text; *p != '\0'; p = hx_text_next (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (g_unichar_isalpha (character))
        g_array_append_val (letters, character);
    }
  return letters;
}

static gint64
shingle_at (const GArray *letters, guint at)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (guint i = 0; i < SHINGLE; i++)
    hash = (hash ^ g_array_index (letters, gunichar, at + i))
           * G_GUINT64_CONSTANT (1099511628211);
  return (gint64)hash;
}

/* Set of gint64, each its own key. */
static GHashTable *
shingles_of (const GArray *letters)
{
  GHashTable *set
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i + SHINGLE <= letters->len; i++)
    {
      gint64 *hash = g_new (gint64, 1);

      *hash = shingle_at (letters, i);
      g_hash_table_add (set, hash);
    }
  return set;
}

static void
count_shared (Similar *similar, gint64 shingle, guint own)
{
  GArray *posting = g_hash_table_lookup (similar->postings, &shingle);

  for (guint i = 0; posting != NULL && i < posting->len; i++)
    {
      guint other = g_array_index (posting, guint, i);

      if (other != own && g_array_index (similar->shared, guint, other)++ == 0)
        g_array_append_val (similar->touched, other);
    }
}

static void
post (Similar *similar, gint64 shingle, guint own)
{
  GArray *posting = g_hash_table_lookup (similar->postings, &shingle);

  if (posting == NULL)
    {
      posting = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (similar->postings,
                           g_memdup2 (&shingle, sizeof shingle), posting);
    }
  if (posting->len < POSTINGS_MAX)
    g_array_append_val (posting, own);
}

static void
found_similar (Similar *similar, const Paragraph *own, const Paragraph *other,
               gint64 share)
{
  g_autofree char *per_cent = hx_review_per_cent (share);
  guint line, column;

  hx_text_block_place (other->block, 0, &line, &column);
  g_autofree char *value
      = other->is_last_year
            ? g_strdup_printf (_ ("与上年报告第 %u 行的段落有 %s 相同"), line,
                               per_cent)
            : g_strdup_printf (_ ("与第 %u 行的段落（%s）有 %s 相同"), line,
                               other->block->heading, per_cent);
  const char *words = own->block->words->str;
  const glong length = MIN (g_utf8_strlen (words, -1), START_MAX);
  const HxFound found = {
    .block = own->block,
    .length = (gsize)(g_utf8_offset_to_pointer (words, length) - words),
    .rule = _ ("段落不重复抄写"),
    .value = value,
    .advice = _ ("成效写新的事实和数字，重复的删去或指明见前文"),
  };
  hx_review_found (similar->review, 16, &found);
}

/* The most similar of those before, and whether that is too much. */
static void
judge (Similar *similar, guint own)
{
  const Paragraph *paragraph
      = &g_array_index (similar->paragraphs, Paragraph, own);
  guint nearest = own;
  gint64 most = 0;

  for (guint i = 0; i < similar->touched->len; i++)
    {
      guint at = g_array_index (similar->touched, guint, i);
      guint *shared = &g_array_index (similar->shared, guint, at);
      const Paragraph *other
          = &g_array_index (similar->paragraphs, Paragraph, at);
      gint64 share = 0;

      if (hx_round_half_up (*shared, MIN (paragraph->size, other->size), 4,
                            &share)
          && (share > most || (share == most && at < nearest)))
        {
          most = share;
          nearest = at;
        }
      *shared = 0;
    }
  g_array_set_size (similar->touched, 0);
  if (nearest != own && !paragraph->is_last_year
      && most > similar->review->rules->limits[HX_REVIEW_SIMILARITY])
    found_similar (similar, paragraph,
                   &g_array_index (similar->paragraphs, Paragraph, nearest),
                   MIN (most, SHARE_WHOLE));
}

static void
add_block (Similar *similar, const HxTextBlock *block, gboolean is_last_year)
{
  g_autoptr (GArray) letters = NULL;
  g_autoptr (GHashTable) shingles = NULL;
  const guint own = similar->paragraphs->len, none = 0;
  Paragraph paragraph = { block, 0, is_last_year };
  GHashTableIter iter;
  gpointer key;

  if (block->kind != HX_BLOCK_WORDS)
    return;
  letters = letters_of (block->words->str);
  if (letters->len < similar->review->rules->limits[HX_REVIEW_PARAGRAPH]
      || letters->len < SHINGLE)
    return;
  shingles = shingles_of (letters);
  paragraph.size = g_hash_table_size (shingles);
  g_array_append_val (similar->paragraphs, paragraph);
  g_array_append_val (similar->shared, none);
  g_hash_table_iter_init (&iter, shingles);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      count_shared (similar, *(gint64 *)key, own);
      post (similar, *(gint64 *)key, own);
    }
  judge (similar, own);
}

static void
add_text (Similar *similar, const HxReviewText *text, gboolean is_last_year)
{
  for (guint i = 0; i < text->blocks->len; i++)
    add_block (similar, text->blocks->pdata[i], is_last_year);
}

gboolean
hx_review_similar (HxReviewCase *review, GError **error)
{
  const HxReviewDraft *last_year = review->options->last_year;
  g_autoptr (HxReviewText) old
      = last_year == NULL
            ? NULL
            : hx_review_text_new (last_year->text, last_year->is_markdown);
  g_autoptr (GHashTable) postings = g_hash_table_new_full (
      g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_array_unref);
  g_autoptr (GArray) paragraphs
      = g_array_new (FALSE, FALSE, sizeof (Paragraph));
  g_autoptr (GArray) shared = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) touched = g_array_new (FALSE, FALSE, sizeof (guint));
  Similar similar = { review, postings, paragraphs, shared, touched };

  (void)error;
  if (review->text == NULL || !review->rules->has_limit[HX_REVIEW_SIMILARITY])
    return TRUE;
  if (old != NULL)
    add_text (&similar, old, TRUE);
  add_text (&similar, review->text, FALSE);
  return TRUE;
}
