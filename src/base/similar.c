/* Whether two names may be one person's.
 *
 * A rule compares characters, never text, and in a fixed order.  Readings are
 * cut to so many per name (WAYS_MAX combinations) once, before anything looks
 * at them: comparison and blocking keys see the same sets, which is why two
 * names that sound alike always share a key.
 *
 * The rules that allow one error share keys by deletion: two names that
 * differ in one character are equal when that character is taken out of both,
 * one that lacks a character is the other with it taken out, and of two that
 * have neighbours swapped, one without the first of the two is the other
 * without the second.  Names of two characters would be left with one, which
 * half of all people share; swapped, they share their characters in order of
 * code. */
#include "base/pinyin_internal.h"

#include <string.h>

#define WAYS_MAX 16
#define KEY_SIZE (HX_NAME_CHARACTERS_MAX * HX_SYLLABLE_SIZE + 2)

typedef struct
{
  HxNameUnits units;
  guint8 readings[HX_NAME_CHARACTERS_MAX]; /* how many are looked at */
} Name;

static void
read_name (HxPinyin *pinyin, const char *text, Name *name)
{
  guint ways = 1;

  hx_name_units (pinyin, text, &name->units);
  for (guint i = 0; i < name->units.count; i++)
    {
      guint8 count = name->units.unit[i].count;

      if (ways * count > WAYS_MAX)
        count = 1;
      name->readings[i] = count;
      ways *= count;
    }
}

/* ------------------------------------------------------------------- rules */

typedef gboolean (*Rule) (const HxPinyin *pinyin, const Name *a, const Name *b);

static gboolean
is_same (const HxPinyin *pinyin, const Name *a, const Name *b)
{
  (void)pinyin;
  if (a->units.count != b->units.count)
    return FALSE;
  for (guint i = 0; i < a->units.count; i++)
    if (a->units.unit[i].same != b->units.unit[i].same)
      return FALSE;
  return TRUE;
}

static gboolean
folds_equal (const Name *a, guint i, const Name *b, guint j)
{
  return a->units.unit[i].fold == b->units.unit[j].fold;
}

/* How many characters agree from the front. */
static guint
common_front (const Name *a, const Name *b)
{
  guint most = MIN (a->units.count, b->units.count);
  guint i = 0;

  while (i < most && folds_equal (a, i, b, i))
    i++;
  return i;
}

/* How many of the characters behind the first `front` agree from the back. */
static guint
common_back (const Name *a, const Name *b, guint front)
{
  guint most = MIN (a->units.count, b->units.count) - front;
  guint i = 0;

  while (i < most
         && folds_equal (a, a->units.count - 1 - i, b, b->units.count - 1 - i))
    i++;
  return i;
}

static gboolean
is_variant (const HxPinyin *pinyin, const Name *a, const Name *b)
{
  (void)pinyin;
  return a->units.count == b->units.count
         && common_front (a, b) == a->units.count;
}

/* The number that readings are compared by. */
static guint16
sound_of (const HxPinyin *pinyin, const Name *name, guint at, guint reading)
{
  guint16 number = name->units.unit[at].readings[reading];

  return pinyin == NULL ? number : hx_pinyin_syllable (pinyin, number)->near;
}

static gboolean
share_sound (const HxPinyin *pinyin, const Name *a, const Name *b, guint at)
{
  for (guint i = 0; i < a->readings[at]; i++)
    for (guint j = 0; j < b->readings[at]; j++)
      if (sound_of (pinyin, a, at, i) == sound_of (pinyin, b, at, j))
        return TRUE;
  return FALSE;
}

static gboolean
is_near_sound (const HxPinyin *pinyin, const Name *a, const Name *b)
{
  if (a->units.count != b->units.count)
    return FALSE;
  for (guint i = 0; i < a->units.count; i++)
    if (!share_sound (pinyin, a, b, i))
      return FALSE;
  return TRUE;
}

/* Without a reader near sounds are not known, and sounds compare exactly. */
static gboolean
is_sound (const HxPinyin *pinyin, const Name *a, const Name *b)
{
  (void)pinyin;
  return is_near_sound (NULL, a, b);
}

static gboolean
is_swapped (const HxPinyin *pinyin, const Name *a, const Name *b)
{
  guint count = a->units.count;
  guint front;

  (void)pinyin;
  if (count != b->units.count)
    return FALSE;
  front = common_front (a, b);
  return front + 2 <= count && folds_equal (a, front, b, front + 1)
         && folds_equal (a, front + 1, b, front)
         && front + 2 + common_back (a, b, front) >= count;
}

static gboolean
is_left_out (const HxPinyin *pinyin, const Name *a, const Name *b)
{
  guint shorter = MIN (a->units.count, b->units.count);
  guint longer = MAX (a->units.count, b->units.count);
  guint front;

  (void)pinyin;
  if (longer != shorter + 1 || shorter < 2)
    return FALSE;
  front = common_front (a, b);
  return front + common_back (a, b, front) == shorter;
}

static gboolean
is_different (const HxPinyin *pinyin, const Name *a, const Name *b)
{
  guint count = a->units.count;
  guint front;

  (void)pinyin;
  if (count != b->units.count || count < 3)
    return FALSE;
  front = common_front (a, b);
  if (count == 3 && front == 0)
    return FALSE;
  return front + 1 + common_back (a, b, front) >= count;
}

typedef struct
{
  HxSimilarRule rule;
  HxSimilarGrade grade;
  const char *name;
  const char *label;
  Rule holds;
} RuleEntry;

/* In the order in which they are asked. */
static const RuleEntry rules[] = {
  { HX_SIMILAR_SAME, HX_SIMILAR_GRADE_SAME, "same", N_ ("同名"), is_same },
  { HX_SIMILAR_VARIANT, HX_SIMILAR_GRADE_STRONG, "variant", N_ ("繁体或异体字"),
    is_variant },
  { HX_SIMILAR_SOUND, HX_SIMILAR_GRADE_STRONG, "sound", N_ ("同音"), is_sound },
  { HX_SIMILAR_NEAR_SOUND, HX_SIMILAR_GRADE_LIKELY, "near_sound", N_ ("近音"),
    is_near_sound },
  { HX_SIMILAR_SWAPPED, HX_SIMILAR_GRADE_LIKELY, "swapped", N_ ("两字颠倒"),
    is_swapped },
  { HX_SIMILAR_LEFT_OUT, HX_SIMILAR_GRADE_WEAK, "left_out", N_ ("少一个字"),
    is_left_out },
  { HX_SIMILAR_DIFFERENT, HX_SIMILAR_GRADE_WEAK, "different", N_ ("差一个字"),
    is_different },
  { HX_SIMILAR_NONE, HX_SIMILAR_GRADE_NONE, "none", N_ ("不相似"), NULL },
};

static const RuleEntry *
entry_of (HxSimilarRule rule)
{
  const RuleEntry *entry = rules;

  while (entry->rule != rule && entry->rule != HX_SIMILAR_NONE)
    entry++;
  return entry;
}

HxSimilarRule
hx_name_compare (HxPinyin *pinyin, const char *a, const char *b)
{
  Name first;
  Name second;
  const RuleEntry *entry = rules;

  read_name (pinyin, a, &first);
  read_name (pinyin, b, &second);
  if (first.units.count == 0 || second.units.count == 0)
    return HX_SIMILAR_NONE;
  while (entry->holds != NULL && !entry->holds (pinyin, &first, &second))
    entry++;
  return entry->rule;
}

HxSimilarGrade
hx_similar_grade (HxSimilarRule rule)
{
  return entry_of (rule)->grade;
}

const char *
hx_similar_rule_name (HxSimilarRule rule)
{
  return entry_of (rule)->name;
}

const char *
hx_similar_rule_label (HxSimilarRule rule)
{
  return _ (entry_of (rule)->label);
}

/* ---------------------------------------------------------- blocking keys */

typedef struct
{
  const HxPinyin *pinyin;
  Name name;
  HxNameKeyFound found;
  gpointer data;
  char key[KEY_SIZE];
} Block;

static void
emit (Block *block, gsize size)
{
  block->key[size] = '\0';
  block->found (block->key, block->data);
}

/* TRUE if an earlier reading of the character has the same near sound. */
static gboolean
is_repeated (const Block *block, guint at, guint reading)
{
  guint16 sound = sound_of (block->pinyin, &block->name, at, reading);

  for (guint i = 0; i < reading; i++)
    if (sound_of (block->pinyin, &block->name, at, i) == sound)
      return TRUE;
  return FALSE;
}

/* All near sounds from `at` on, behind the `size` bytes that are there. */
static void
sound_on (Block *block, guint at, gsize size)
{
  if (at == block->name.units.count)
    {
      emit (block, size);
      return;
    }
  for (guint i = 0; i < block->name.readings[at]; i++)
    {
      guint16 sound = sound_of (block->pinyin, &block->name, at, i);
      const char *text = hx_pinyin_syllable (block->pinyin, sound)->text;

      if (is_repeated (block, at, i))
        continue;
      memcpy (block->key + size, text, HX_SYLLABLE_SIZE);
      sound_on (block, at + 1, size + strlen (text));
    }
}

/* The folded name without its character `missing`; none if that is past the
 * end. */
static void
emit_without (Block *block, guint missing)
{
  const HxNameUnits *units = &block->name.units;
  gsize size = 1;

  for (guint i = 0; i < units->count; i++)
    if (i != missing)
      size += hx_put_character (block->key + size, units->unit[i].fold);
  emit (block, size);
}

static void
emit_swapped (Block *block)
{
  HxNameUnit *units = block->name.units.unit;
  gunichar low = MIN (units[0].fold, units[1].fold);
  gunichar high = MAX (units[0].fold, units[1].fold);
  gsize size = 1;

  if (units[0].fold == low)
    return; /* the whole name is that already */
  size += hx_put_character (block->key + size, low);
  size += hx_put_character (block->key + size, high);
  emit (block, size);
}

void
hx_name_blocking_keys (HxPinyin *pinyin, const char *name, HxNameKeyFound found,
                       gpointer data)
{
  Block block;
  guint count;

  read_name (pinyin, name, &block.name);
  count = block.name.units.count;
  if (count == 0)
    return;
  block.pinyin = pinyin;
  block.found = found;
  block.data = data;
  block.key[0] = HX_BLOCK_ALONE;
  sound_on (&block, 0, 1);
  block.key[0] = HX_BLOCK_WITH;
  if (count == 2)
    emit_swapped (&block);
  if (count >= 2)
    emit_without (&block, count);
  for (guint i = 0; i < count && count >= 3; i++)
    /* Of equal neighbours either gives the same. */
    if (i == 0 || !folds_equal (&block.name, i, &block.name, i - 1))
      emit_without (&block, i);
}
