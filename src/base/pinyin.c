/* Names character by character.
 *
 * What is known of a character stands in a cell: what it is folded to and
 * which syllables it may be.  Cells lie in pages of 256 that are made when
 * first needed, so that a look-up is two loads for any character of Unicode.
 * Opening fills the cells of the tables; any other cell is filled when its
 * character first comes:
 *
 *   1. compatibility forms, full-width letters and accents are taken apart
 *      (NFKD) and the first part is looked at;
 *   2. letters, digits and separators are what they are;
 *   3. a Han character is folded by ICU's Traditional-Simplified; if the
 *      result is in the tables it is read as that, else ICU's Han-Latin is
 *      asked and its tone marks are removed;
 *   4. all else stands for itself, as do characters when ICU fails.
 *
 * ICU's Han-Latin takes a fifth of a second to open and 35 µs a character;
 * the tables cover what names are made of.  Its Han-Latin/Names is not used:
 * it reads 曾 as zeng within given names too, and lacks 缪, 朴, 单于.
 *
 * Syllables are numbered in the order of their first coming.  Numbers are
 * compared in place of text, and each knows its near sound. */
#include "base/pinyin_internal.h"

#include <string.h>

#define SYLLABLES_MAX 60000
#define TRANSLITERATED_MAX 64

/* Dots of minority and foreign names, and what stands for them. */
static const gunichar separators[] = {
  0x00B7, 0x0387, 0x16EB, 0x2010, 0x2011, 0x2013, 0x2018, 0x2019, 0x2022,
  0x2027, 0x2219, 0x22C5, 0x25CF, 0x2981, 0x2E30, 0x2E31, 0x2E33, 0x3001,
  0x3002, 0x30FB, 0xA78F, 0xFE52, 0xFF0E, 0xFF61, 0xFF65,
};

typedef struct
{
  const char *from;
  const char *to;
} Replace;

/* Sounds that clerks of the south mix up. */
static const Replace near_heads[]
    = { { "zh", "z" }, { "ch", "c" }, { "sh", "s" }, { "n", "l" } };
static const Replace near_tails[]
    = { { "ang", "an" }, { "eng", "en" }, { "ing", "in" } };

const char *
hx_after_character (const char *text)
{
  return text + g_utf8_skip[(guint8)*text];
}

/* --------------------------------------------------------------- syllables */

const HxSyllable *
hx_pinyin_syllable (const HxPinyin *pinyin, guint16 number)
{
  return &g_array_index (pinyin->syllables, HxSyllable, number);
}

static void
near_sound (const char *text, char *out)
{
  gsize skipped = 0;
  const char *head = "";

  for (gsize i = 0; i < G_N_ELEMENTS (near_heads) && skipped == 0; i++)
    if (g_str_has_prefix (text, near_heads[i].from))
      {
        skipped = strlen (near_heads[i].from);
        head = near_heads[i].to;
      }
  g_strlcpy (out, head, HX_SYLLABLE_SIZE);
  g_strlcat (out, text + skipped, HX_SYLLABLE_SIZE);
  for (gsize i = 0; i < G_N_ELEMENTS (near_tails); i++)
    if (g_str_has_suffix (out, near_tails[i].from))
      out[strlen (out) - 1] = '\0';
}

static guint16 number_of (HxPinyin *pinyin, const char *text);

/* The other spellings of a new syllable; they have shorter ways to go, so
 * that this ends. */
static void
derive (HxPinyin *pinyin, guint16 number, const char *text)
{
  char near[HX_SYLLABLE_SIZE];
  char plain[HX_SYLLABLE_SIZE];
  guint16 near_number = number;
  guint16 plain_number = number;

  if (text[1] != '\0' && g_ascii_isalpha (text[0]))
    {
      near_sound (text, near);
      g_strlcpy (plain, text, sizeof plain);
      g_strdelimit (plain, "v", 'u');
      near_number = number_of (pinyin, near);
      plain_number = number_of (pinyin, plain);
    }
  g_array_index (pinyin->syllables, HxSyllable, number).near = near_number;
  g_array_index (pinyin->syllables, HxSyllable, number).plain = plain_number;
}

static guint16
number_of (HxPinyin *pinyin, const char *text)
{
  HxSyllable syllable = { "", 0, 0 };
  gpointer found = NULL;
  guint16 number = (guint16)pinyin->syllables->len;

  if (g_hash_table_lookup_extended (pinyin->numbers, text, NULL, &found))
    return (guint16)GPOINTER_TO_UINT (found);
  if (pinyin->syllables->len >= SYLLABLES_MAX)
    return 0;
  g_strlcpy (syllable.text, text, sizeof syllable.text);
  g_array_append_val (pinyin->syllables, syllable);
  g_hash_table_insert (pinyin->numbers, g_strdup (syllable.text),
                       GUINT_TO_POINTER ((guint)number));
  derive (pinyin, number, syllable.text);
  return number;
}

/* ------------------------------------------------------------------- cells */

static HxCell *
cell_at (HxPinyin *pinyin, gunichar character)
{
  HxCell **page = &pinyin->pages[character / HX_CELLS_PAGE];

  if (*page == NULL)
    *page = g_new0 (HxCell, HX_CELLS_PAGE);
  return &(*page)[character % HX_CELLS_PAGE];
}

static void
add_reading (HxCell *cell, guint16 number)
{
  for (guint i = 0; i < cell->count; i++)
    if (cell->readings[i] == number)
      return;
  if (cell->count < HX_CELL_READINGS)
    cell->readings[cell->count++] = number;
}

gsize
hx_put_character (char *out, gunichar character)
{
  if (character >= 0x800 && character < 0x10000)
    {
      out[0] = (char)(0xE0 | (character >> 12));
      out[1] = (char)(0x80 | ((character >> 6) & 0x3F));
      out[2] = (char)(0x80 | (character & 0x3F));
      return 3;
    }
  return (gsize)g_unichar_to_utf8 (character, out);
}

/* A character that is its own reading. */
static void
add_itself (HxPinyin *pinyin, HxCell *cell, gunichar character)
{
  char text[HX_SYLLABLE_SIZE] = "";

  hx_put_character (text, character);
  add_reading (cell, number_of (pinyin, text));
}

static void
copy_readings (HxCell *to, const HxCell *from)
{
  memcpy (to->readings, from->readings, sizeof to->readings);
  to->count = from->count;
}

/* ------------------------------------------------------------ asking ICU */

static UTransliterator *
transliterator (const char *name)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar id[TRANSLITERATED_MAX];
  UTransliterator *opened;

  u_uastrcpy (id, name);
  opened = utrans_openU (id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
  return U_SUCCESS (status) ? opened : NULL;
}

/* One character through ICU, as UTF-8 into a buffer of TRANSLITERATED_MAX;
 * FALSE if it comes out as it went in. */
static gboolean
transliterate (const UTransliterator *through, gunichar character, char *out)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar text[TRANSLITERATED_MAX];
  char before[HX_SYLLABLE_SIZE] = "";
  int32_t length = 0;
  int32_t limit;

  if (through == NULL)
    return FALSE;
  U16_APPEND_UNSAFE (text, length, character);
  limit = length;
  utrans_transUChars (through, text, &length, TRANSLITERATED_MAX, 0, &limit,
                      &status);
  u_strToUTF8 (out, TRANSLITERATED_MAX, NULL, text, length, &status);
  hx_put_character (before, character);
  return U_SUCCESS (status) && status != U_STRING_NOT_TERMINATED_WARNING
         && strcmp (out, before) != 0;
}

/* "lǘ" → "lv"; FALSE if what is left is not a syllable. */
static gboolean
remove_tones (const char *text, char *out)
{
  g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_NFD);
  gsize length = 0;

  for (const char *at = apart; at != NULL && *at != '\0';
       at = hx_after_character (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (character == 0x0308 && length > 0 && out[length - 1] == 'u')
        out[length - 1] = 'v';
      if (g_unichar_ismark (character))
        continue;
      if (length + 1 >= HX_SYLLABLE_SIZE || character > 'z'
          || !g_ascii_islower ((char)character))
        return FALSE;
      out[length++] = (char)character;
    }
  out[length] = '\0';
  return length > 0;
}

static void
read_by_icu (HxPinyin *pinyin, HxCell *cell, gunichar character)
{
  char latin[TRANSLITERATED_MAX];
  char syllable[HX_SYLLABLE_SIZE];

  if (!pinyin->latin_tried)
    pinyin->latin = transliterator ("Han-Latin");
  pinyin->latin_tried = TRUE;
  if (transliterate (pinyin->latin, character, latin)
      && remove_tones (latin, syllable))
    add_reading (cell, number_of (pinyin, syllable));
}

/* ----------------------------------------------------------- filling cells */

static gboolean
is_separator (gunichar character)
{
  if (g_unichar_isspace (character) || g_unichar_ismark (character)
      || g_unichar_type (character) == G_UNICODE_FORMAT)
    return TRUE;
  if (character < 0x80)
    return !g_ascii_isalnum ((char)character);
  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    if (separators[i] == character)
      return TRUE;
  return FALSE;
}

/* ü and its like with tone marks. */
static gboolean
is_u_with_dots (gunichar character)
{
  return character == 0xDC || character == 0xFC
         || (character >= 0x1D5 && character <= 0x1DC);
}

/* The first part of a character that is made of several. */
static gunichar
first_part (gunichar character)
{
  char text[HX_SYLLABLE_SIZE] = "";
  g_autofree char *apart = NULL;

  hx_put_character (text, character);
  apart = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  return apart == NULL || *apart == '\0' ? character : g_utf8_get_char (apart);
}

static void fill (HxPinyin *pinyin, gunichar character, HxCell *cell);

const HxCell *
hx_pinyin_cell (HxPinyin *pinyin, gunichar character)
{
  HxCell *cell = cell_at (pinyin, character);

  if (cell->kind == HX_UNIT_UNKNOWN)
    fill (pinyin, character, cell);
  return cell;
}

static void
fill_han (HxPinyin *pinyin, gunichar character, HxCell *cell)
{
  char folded[TRANSLITERATED_MAX];

  if (g_unichar_get_script (character) == G_UNICODE_SCRIPT_HAN)
    {
      if (!pinyin->fold_tried)
        pinyin->fold = transliterator ("Traditional-Simplified");
      pinyin->fold_tried = TRUE;
      if (transliterate (pinyin->fold, character, folded))
        cell->fold = g_utf8_get_char (folded);
      if (cell->fold != character)
        copy_readings (cell, hx_pinyin_cell (pinyin, cell->fold));
      else
        read_by_icu (pinyin, cell, character);
    }
  if (cell->count == 0)
    add_itself (pinyin, cell, character);
}

static void
fill (HxPinyin *pinyin, gunichar character, HxCell *cell)
{
  gunichar part = g_unichar_tolower (first_part (character));

  cell->same = cell->fold = part;
  cell->kind = HX_UNIT_HAN;
  if (is_separator (character) || is_separator (part))
    {
      cell->kind = HX_UNIT_NOTHING;
      add_itself (pinyin, cell, part);
    }
  else if (part < 0x80)
    {
      cell->kind = HX_UNIT_LETTER;
      add_itself (pinyin, cell, part);
      if (is_u_with_dots (character))
        add_reading (cell, number_of (pinyin, "v"));
    }
  else if (part != character)
    *cell = *hx_pinyin_cell (pinyin, part);
  else
    fill_han (pinyin, character, cell);
}

/* ------------------------------------------------------------- the tables */

/* The next word of a table of words parted by blanks; FALSE at its end. */
static gboolean
next_word (const char **table, char *word, gsize size)
{
  gsize length = strcspn (*table, " ");

  if (**table == '\0')
    return FALSE;
  memcpy (word, *table, MIN (size - 1, length));
  word[MIN (size - 1, length)] = '\0';
  *table += length;
  *table += strspn (*table, " ");
  return TRUE;
}

/* `primary` puts a reading before those that a character already has. */
static void
add_table_reading (HxPinyin *pinyin, gunichar character, guint16 number,
                   gboolean primary)
{
  HxCell *cell = cell_at (pinyin, character);

  cell->same = cell->fold = character;
  cell->kind = HX_UNIT_HAN;
  add_reading (cell, number);
  if (!primary)
    return;
  memmove (cell->readings + 1, cell->readings,
           (cell->count - 1) * sizeof *cell->readings);
  cell->readings[0] = number;
}

static void
load_readings (HxPinyin *pinyin)
{
  char syllable[HX_SYLLABLE_SIZE];
  const char *at = hx_pinyin_readings;

  while (next_word (&at, syllable, sizeof syllable))
    {
      guint16 number = number_of (pinyin, syllable);
      gboolean primary = TRUE;

      for (; *at != '\0' && *at != ' '; at = hx_after_character (at))
        if (*at == '+')
          primary = FALSE;
        else
          add_table_reading (pinyin, g_utf8_get_char (at), number, primary);
      at += strspn (at, " ");
    }
}

static void
load_variants (HxPinyin *pinyin)
{
  char word[TRANSLITERATED_MAX];
  const char *at = hx_pinyin_variants;

  while (next_word (&at, word, sizeof word))
    {
      gunichar variant = g_utf8_get_char (word);
      gunichar standard = g_utf8_get_char (hx_after_character (word));
      HxCell *cell = cell_at (pinyin, variant);

      if (cell->kind == HX_UNIT_UNKNOWN)
        copy_readings (cell, hx_pinyin_cell (pinyin, standard));
      cell->kind = HX_UNIT_HAN;
      cell->same = variant;
      cell->fold = standard;
    }
}

static void
load_surname (HxPinyin *pinyin, const HxSurname *surname)
{
  const char *second = hx_after_character (surname->surname);
  const char *reading = surname->reading;
  char syllable[HX_SYLLABLE_SIZE];
  HxCell *cell = cell_at (pinyin, g_utf8_get_char (surname->surname));
  HxSurnamePair pair = { { g_utf8_get_char (surname->surname), 0 }, { 0, 0 } };

  next_word (&reading, syllable, sizeof syllable);
  pair.reading[0] = number_of (pinyin, syllable);
  if (*second == '\0')
    {
      cell->surname = pair.reading[0];
      return;
    }
  next_word (&reading, syllable, sizeof syllable);
  pair.reading[1] = number_of (pinyin, syllable);
  pair.character[1] = g_utf8_get_char (second);
  cell->pair = 1;
  g_array_append_val (pinyin->pairs, pair);
}

HxPinyin *
hx_pinyin_new (void)
{
  HxPinyin *pinyin = g_new0 (HxPinyin, 1);

  pinyin->syllables = g_array_new (FALSE, TRUE, sizeof (HxSyllable));
  pinyin->numbers
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  pinyin->pairs = g_array_new (FALSE, TRUE, sizeof (HxSurnamePair));
  number_of (pinyin, "\xEF\xBF\xBD");
  load_readings (pinyin);
  load_variants (pinyin);
  for (const HxSurname *at = hx_pinyin_surnames; at->surname != NULL; at++)
    load_surname (pinyin, at);
  return pinyin;
}

void
hx_pinyin_free (HxPinyin *pinyin)
{
  if (pinyin == NULL)
    return;
  for (gsize i = 0; i < HX_CELLS_PAGES; i++)
    g_free (pinyin->pages[i]);
  g_array_unref (pinyin->syllables);
  g_hash_table_unref (pinyin->numbers);
  g_array_unref (pinyin->pairs);
  g_clear_pointer (&pinyin->fold, utrans_close);
  g_clear_pointer (&pinyin->latin, utrans_close);
  g_clear_pointer (&pinyin->collator, ucol_close);
  g_free (pinyin);
}
