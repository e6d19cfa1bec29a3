/* What the files about names share and no other file sees. */
#ifndef HX_PINYIN_INTERNAL_H
#define HX_PINYIN_INTERNAL_H

#include "base/base.h"

#include <unicode/ucol.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

/* Tables, see pinyin_table.c. */
typedef struct
{
  const char *surname; /* one character or two; NULL ends the table */
  const char *reading; /* a syllable each, a blank between */
} HxSurname;

extern const HxSurname hx_pinyin_surnames[];
extern const char hx_pinyin_variants[];
extern const char hx_pinyin_readings[];

#define HX_CELLS_PAGE 256
#define HX_CELLS_PAGES (0x110000 / HX_CELLS_PAGE)
#define HX_CELL_READINGS 4
#define HX_SYLLABLE_SIZE 8
#define HX_READINGS_MAX (HX_CELL_READINGS + 1)

/* A spelling, known by its number. */
typedef struct
{
  char text[HX_SYLLABLE_SIZE];
  guint16 near;  /* the number of the spelling that stands for it and for all
                    that are mixed up with it: zhang → zan */
  guint16 plain; /* with u for v: lv → lu; else its own number */
} HxSyllable;

typedef enum
{
  HX_UNIT_UNKNOWN, /* not looked up yet */
  HX_UNIT_NOTHING, /* separates */
  HX_UNIT_LETTER,  /* Latin letter or digit: its reading is itself */
  HX_UNIT_HAN      /* everything else, read or standing for itself */
} HxUnitKind;

/* One character of a name. */
typedef struct
{
  gunichar same;                     /* small, half-width, without accents */
  gunichar fold;                     /* and standard */
  guint16 readings[HX_READINGS_MAX]; /* the primary one first */
  guint8 count;                      /* of readings, at least 1 */
  guint8 kind;
  gboolean head; /* FALSE for a Latin letter right behind another */
} HxNameUnit;

typedef struct
{
  guint count;
  HxNameUnit unit[HX_NAME_CHARACTERS_MAX];
} HxNameUnits;

/* What is known of a character. */
typedef struct
{
  gunichar same;
  gunichar fold;
  guint16 readings[HX_CELL_READINGS];
  guint16 surname; /* reading at the head of a name, or 0 */
  guint8 count;
  guint8 kind : 4;
  guint8 pair : 1; /* may begin a surname of two characters */
} HxCell;

/* A surname of two characters. */
typedef struct
{
  gunichar character[2];
  guint16 reading[2];
} HxSurnamePair;

/* See pinyin.c. */
struct _HxPinyin
{
  HxCell *pages[HX_CELLS_PAGES];
  GArray *syllables;   /* of HxSyllable; number 0 is U+FFFD */
  GHashTable *numbers; /* text → number */
  GArray *pairs;
  UTransliterator *fold;
  UTransliterator *latin;
  UCollator *collator;
  gboolean fold_tried;
  gboolean latin_tried;
};

/* The characters of a name with surname readings at its head. */
void hx_name_units (HxPinyin *pinyin, const char *name, HxNameUnits *units);

/* What is known of a character, looked up if it was not known. */
const HxCell *hx_pinyin_cell (HxPinyin *pinyin, gunichar character);

/* The spelling of a number that a unit holds; valid for the reader's life,
 * but the pointer only until the next name is read. */
const HxSyllable *hx_pinyin_syllable (const HxPinyin *pinyin, guint16 number);

/* Behind the character at `text`. */
const char *hx_after_character (const char *text);

/* Writes a character as UTF-8, without a NUL; the bytes written.  Quicker than
 * GLib for Han characters. */
gsize hx_put_character (char *out, gunichar character);

#endif
