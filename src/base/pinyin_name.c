/* Names read, spelled and sorted.
 *
 * A sort key is the sound of the surname followed by ICU's key, because ICU
 * sorts 曾 with ceng and 单 with dan.  Within one sound ICU decides, so that
 * people of one surname stay together. */
#include "base/pinyin_internal.h"

#include <string.h>
#include <unicode/uversion.h>

#define SORT_KEY_STACK 512

/* How a sort key begins. */
#define SORT_LETTER 1
#define SORT_HAN 2
#define SORT_END_OF_SOUND 1

/* ------------------------------------------------------------------- names */

/* The character at *text, which moves behind it; 0 for an invalid byte. */
static gunichar
next_character (const char **text)
{
  const guint8 *at = (const guint8 *)*text;
  gunichar character;

  if (at[0] < 0x80)
    {
      *text += 1;
      return at[0];
    }
  /* Han characters of the first plane, without the long way round. */
  if (at[0] >= 0xE3 && at[0] <= 0xE9 && (at[1] & 0xC0) == 0x80
      && (at[2] & 0xC0) == 0x80)
    {
      *text += 3;
      return ((at[0] & 0x0Fu) << 12) | ((at[1] & 0x3Fu) << 6) | (at[2] & 0x3Fu);
    }
  character = g_utf8_get_char_validated (*text, -1);
  if (character == (gunichar)-1 || character == (gunichar)-2)
    {
      *text += 1;
      return 0;
    }
  *text = hx_after_character (*text);
  return character;
}

/* Makes `number` the primary reading. */
static void
read_as (HxNameUnit *unit, guint16 number)
{
  guint at = 0;

  while (at < unit->count && unit->readings[at] != number)
    at++;
  if (at == unit->count)
    unit->count++;
  memmove (unit->readings + 1, unit->readings, at * sizeof *unit->readings);
  unit->readings[0] = number;
}

static void
read_surname (HxPinyin *pinyin, HxNameUnits *units)
{
  const HxCell *first;

  if (units->count == 0)
    return;
  first = hx_pinyin_cell (pinyin, units->unit[0].fold);
  for (guint i = 0; first->pair && units->count > 1 && i < pinyin->pairs->len;
       i++)
    {
      const HxSurnamePair *pair
          = &g_array_index (pinyin->pairs, HxSurnamePair, i);

      if (pair->character[0] != units->unit[0].fold
          || pair->character[1] != units->unit[1].fold)
        continue;
      read_as (&units->unit[0], pair->reading[0]);
      read_as (&units->unit[1], pair->reading[1]);
      return;
    }
  if (first->surname != 0)
    read_as (&units->unit[0], first->surname);
}

void
hx_name_units (HxPinyin *pinyin, const char *name, HxNameUnits *units)
{
  guint8 before = HX_UNIT_NOTHING;

  units->count = 0;
  while (name != NULL && *name != '\0' && units->count < HX_NAME_CHARACTERS_MAX)
    {
      HxNameUnit *unit = &units->unit[units->count];
      gunichar character = next_character (&name);
      const HxCell *cell = hx_pinyin_cell (pinyin, character);

      if (character == 0)
        continue;
      unit->head = cell->kind != HX_UNIT_LETTER || before != HX_UNIT_LETTER;
      before = cell->kind;
      if (cell->kind == HX_UNIT_NOTHING)
        continue;
      unit->same = cell->same;
      unit->fold = cell->fold;
      unit->kind = cell->kind;
      unit->count = cell->count;
      memcpy (unit->readings, cell->readings, sizeof cell->readings);
      units->count++;
    }
  read_surname (pinyin, units);
}

/* ------------------------------------------------- spelling and initials */

void
hx_pinyin_spell (HxPinyin *pinyin, const char *name, GString *out)
{
  HxNameUnits units;

  hx_name_units (pinyin, name, &units);
  for (guint i = 0; i < units.count; i++)
    {
      if (i > 0 && units.unit[i].head)
        g_string_append_c (out, ' ');
      g_string_append (
          out, hx_pinyin_syllable (pinyin, units.unit[i].readings[0])->text);
    }
}

void
hx_pinyin_initials (HxPinyin *pinyin, const char *name, GString *out)
{
  HxNameUnits units;

  hx_name_units (pinyin, name, &units);
  for (guint i = 0; i < units.count; i++)
    {
      const char *text
          = hx_pinyin_syllable (pinyin, units.unit[i].readings[0])->text;

      if (units.unit[i].head)
        g_string_append_len (out, text, g_utf8_skip[(guint8)*text]);
    }
}

/* ----------------------------------------------------------------- sorting */

static gboolean
open_collator (HxPinyin *pinyin, GError **error)
{
  UErrorCode status = U_ZERO_ERROR;

  if (pinyin->collator != NULL)
    return TRUE;
  pinyin->collator = ucol_open ("zh-u-co-pinyin", &status);
  if (U_SUCCESS (status) && pinyin->collator != NULL)
    return TRUE;
  g_clear_pointer (&pinyin->collator, ucol_close);
  return hx_fail (error, HX_ERROR_STORE, _ ("不能按拼音排序"),
                  u_errorName (status), _ ("请重新安装 ICU 程序库"));
}

/* What goes before ICU's key: the surname by its sound as one. */
static gsize
put_sound (const HxPinyin *pinyin, const HxNameUnits *units, guint8 *out)
{
  gsize length = 1;
  const char *text;

  out[0] = SORT_LETTER;
  if (units->count == 0 || units->unit[0].kind != HX_UNIT_HAN)
    return length;
  out[0] = SORT_HAN;
  text = hx_pinyin_syllable (pinyin, units->unit[0].readings[0])->text;
  while (*text != '\0')
    out[length++] = (guint8)*text++;
  out[length++] = SORT_END_OF_SOUND;
  return length;
}

gboolean
hx_name_sort_key (HxPinyin *pinyin, const char *name, GByteArray *out,
                  GError **error)
{
  HxNameUnits units;
  UChar text[2 * HX_NAME_CHARACTERS_MAX];
  guint8 key[SORT_KEY_STACK];
  gsize sound;
  int32_t length = 0;
  int32_t size;

  if (!open_collator (pinyin, error))
    return FALSE;
  hx_name_units (pinyin, name, &units);
  for (guint i = 0; i < units.count; i++)
    U16_APPEND_UNSAFE (text, length, units.unit[i].same);
  sound = put_sound (pinyin, &units, key);
  size = ucol_getSortKey (pinyin->collator, text, length, key + sound,
                          (int32_t)(sizeof key - sound));
  size = MIN (size, (int32_t)(sizeof key - sound));
  /* ICU's key ends with a zero, which a BLOB does not need. */
  g_byte_array_append (out, key, (guint)(sound + (gsize)MAX (size - 1, 0)));
  return TRUE;
}

char *
hx_name_sort_version (HxPinyin *pinyin)
{
  UVersionInfo version;
  char library[U_MAX_VERSION_STRING_LENGTH];
  char order[U_MAX_VERSION_STRING_LENGTH];

  if (!open_collator (pinyin, NULL))
    return NULL;
  u_getVersion (version);
  u_versionToString (version, library);
  ucol_getVersion (pinyin->collator, version);
  u_versionToString (version, order);
  return g_strdup_printf ("%s/%s", library, order);
}
