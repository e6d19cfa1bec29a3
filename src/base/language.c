/* The interface language and its catalogue.
 *
 * A catalogue is a .mo file as msgfmt writes it: a head of seven 32-bit words,
 * then two tables of (length, offset) pairs, one for the originals, sorted by
 * byte, and one for their translations.  Every pair is checked when the
 * catalogue is loaded, so that a lookup, which happens at every sentence, can
 * trust them. */
#include "base/base_internal.h"

#include <string.h>

#define MO_MAGIC 0x950412deU
#define MO_HEAD_SIZE 28
#define MO_PAIR_SIZE 8
#define MO_COUNT_MAX 100000

typedef struct
{
  GBytes *bytes;
  const guint8 *data;
  gsize size;
  gboolean swapped;
  guint32 count;
  guint32 originals;
  guint32 translations;
} Catalogue;

static _Thread_local HxLanguage current_language = HX_LANGUAGE_CHINESE;
/* Set once, before there is a second thread, and never changed. */
static Catalogue *english;

void
hx_language_set (HxLanguage language)
{
  current_language = language;
}

HxLanguage
hx_language_get (void)
{
  return current_language;
}

gboolean
hx_language_parse (const char *name, HxLanguage *language)
{
  static const struct
  {
    const char *code;
    HxLanguage language;
  } languages[] = {
    { "zh", HX_LANGUAGE_CHINESE },
    { "en", HX_LANGUAGE_ENGLISH },
  };

  if (name == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      if (g_ascii_strncasecmp (name, languages[i].code, 2) != 0
          || g_ascii_isalnum (name[2]))
        continue;
      *language = languages[i].language;
      return TRUE;
    }
  return FALSE;
}

static void
catalogue_free (Catalogue *catalogue)
{
  if (catalogue == NULL)
    return;
  g_bytes_unref (catalogue->bytes);
  g_free (catalogue);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Catalogue, catalogue_free)

static guint32
word_at (const Catalogue *catalogue, gsize offset)
{
  guint32 word;

  memcpy (&word, catalogue->data + offset, sizeof word);
  return catalogue->swapped ? GUINT32_SWAP_LE_BE (word) : word;
}

static const char *
entry (const Catalogue *catalogue, guint32 table, guint32 index)
{
  gsize pair = table + (gsize)index * MO_PAIR_SIZE;

  return (const char *)catalogue->data + word_at (catalogue, pair + 4);
}

static gboolean
table_is_sound (const Catalogue *catalogue, guint32 table)
{
  gsize table_size = (gsize)catalogue->count * MO_PAIR_SIZE;

  if (table > catalogue->size || catalogue->size - table < table_size)
    return FALSE;
  for (guint32 i = 0; i < catalogue->count; i++)
    {
      gsize pair = table + (gsize)i * MO_PAIR_SIZE;
      gsize length = word_at (catalogue, pair);
      gsize offset = word_at (catalogue, pair + 4);

      if (offset >= catalogue->size || catalogue->size - offset <= length
          || catalogue->data[offset + length] != '\0')
        return FALSE;
    }
  return TRUE;
}

static gboolean
originals_are_sorted (const Catalogue *catalogue)
{
  for (guint32 i = 1; i < catalogue->count; i++)
    if (strcmp (entry (catalogue, catalogue->originals, i - 1),
                entry (catalogue, catalogue->originals, i))
        >= 0)
      return FALSE;
  return TRUE;
}

static gboolean
head_is_sound (Catalogue *catalogue)
{
  if (catalogue->size < MO_HEAD_SIZE)
    return FALSE;
  if (word_at (catalogue, 0) != MO_MAGIC)
    catalogue->swapped = TRUE;
  if (word_at (catalogue, 0) != MO_MAGIC || word_at (catalogue, 4) >> 16 > 1)
    return FALSE;
  catalogue->count = word_at (catalogue, 8);
  catalogue->originals = word_at (catalogue, 12);
  catalogue->translations = word_at (catalogue, 16);
  return catalogue->count <= MO_COUNT_MAX;
}

gboolean
hx_language_load (HxLanguage language, GBytes *mo, GError **error)
{
  g_autoptr (Catalogue) catalogue = g_new0 (Catalogue, 1);

  if (language != HX_LANGUAGE_ENGLISH)
    return hx_fail (error, HX_ERROR_USAGE, _ ("界面的原文就是中文"), NULL,
                    _ ("只有英文需要装入译文"));
  catalogue->bytes = g_bytes_ref (mo);
  catalogue->data = g_bytes_get_data (mo, &catalogue->size);
  if (!head_is_sound (catalogue)
      || !table_is_sound (catalogue, catalogue->originals)
      || !table_is_sound (catalogue, catalogue->translations)
      || !originals_are_sorted (catalogue))
    return hx_fail (error, HX_ERROR_DATA, _ ("译文文件已损坏"), NULL,
                    _ ("请用 msgfmt 重新生成"));
  if (!g_atomic_pointer_compare_and_exchange (&english, NULL, catalogue))
    return hx_fail (error, HX_ERROR_CONFLICT, _ ("译文只能装入一次"), NULL,
                    NULL);
  catalogue = NULL;
  return TRUE;
}

static const char *
find (const Catalogue *catalogue, const char *original)
{
  guint32 low = 0, high = catalogue->count;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      int order
          = strcmp (original, entry (catalogue, catalogue->originals, middle));

      if (order == 0)
        return entry (catalogue, catalogue->translations, middle);
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

const char *
hx_text (const char *chinese)
{
  const Catalogue *catalogue;
  const char *translated;

  if (current_language != HX_LANGUAGE_ENGLISH || chinese == NULL
      || *chinese == '\0')
    return chinese;
  catalogue = g_atomic_pointer_get (&english);
  if (catalogue == NULL)
    return chinese;
  translated = find (catalogue, chinese);
  return translated != NULL && *translated != '\0' ? translated : chinese;
}
