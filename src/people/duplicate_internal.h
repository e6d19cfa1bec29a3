/* What the files about duplicates share. */
#ifndef HX_PEOPLE_DUPLICATE_INTERNAL_H
#define HX_PEOPLE_DUPLICATE_INTERNAL_H

#include "people/duplicate.h"

#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- the rows
 *
 * Of each row only what the rules look at is in memory, one 64-bit number a
 * slot.  0 means that there is no value. */

typedef enum
{
  HX_SLOT_HASH,  /* of the normalised value; a digest for phones */
  HX_SLOT_DATE,  /* 19380700 */
  HX_SLOT_NAME,  /* const char *: HX_MARK_GAP or _WHOLE, then the name */
  HX_SLOT_NUMBER /* const char *: HX_MARK_GOOD or _BAD, then the ID number */
} HxSlotForm;

#define HX_MARK_GAP '?'
#define HX_MARK_WHOLE '='
#define HX_MARK_GOOD '+'
#define HX_MARK_BAD '-'

typedef struct
{
  const HxField *field;
  HxSlotForm form;
} HxSlot;

typedef struct
{
  const HxDuplicateRules *rules;
  HxPinyin *pinyin;
  GArray *slots;    /* HxSlot */
  GArray *ids;      /* gint64 */
  GArray *units;    /* gint64, 0: none */
  GArray *values;   /* gint64, slots->len of each row */
  GArray *contents; /* guint64: what orders rows, whatever their ids */
  GStringChunk *texts;
} HxCrowd;

HxCrowd *hx_crowd_read (HxConnection *connection, const HxDuplicateRules *rules,
                        GError **error);
void hx_crowd_free (HxCrowd *crowd);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxCrowd, hx_crowd_free)
/* The number of the slot; it is among those of the rules. */
guint hx_crowd_slot (const HxCrowd *crowd, const HxField *field,
                     HxSlotForm form);

static inline const gint64 *
hx_crowd_values (const HxCrowd *crowd, guint row)
{
  return &g_array_index (crowd->values, gint64, (gsize)row * crowd->slots->len);
}

static inline const char *
hx_slot_text (gint64 value)
{
  return GSIZE_TO_POINTER ((gsize)value);
}

/* Behind the character at `text`. */
static inline const char *
hx_next_character (const char *text)
{
  return text + g_utf8_skip[(guint8)*text];
}

HxSlotForm hx_part_form (HxKeyPart part, const HxField *field);
/* Never 0. */
guint64 hx_hash_bytes (const void *bytes, gsize size);
static inline guint64
hx_hash_mix (guint64 a, guint64 b)
{
  guint64 mixed = (a ^ (b + 0x9e3779b97f4a7c15U + (a << 6) + (a >> 2)))
                  * 0xff51afd7ed558ccdU;

  return mixed ^ (mixed >> 32);
}

/* TRUE for what people write where a character could not be typed. */
gboolean hx_is_gap (gunichar character);

/* --------------------------------------------------------------- comparing */

typedef struct _HxScorer HxScorer;
HxScorer *hx_scorer_new (HxCrowd *crowd, int minimum);
void hx_scorer_free (HxScorer *scorer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxScorer, hx_scorer_free)
/* TRUE when the pair weighs the minimum or more. */
gboolean hx_scorer_weigh (HxScorer *scorer, guint a, guint b, int *weight,
                          guint64 *fired);

/* qsort, also of an array that has no data yet. */
static inline void
hx_sort_array (GArray *array, int (*compare) (const void *, const void *))
{
  if (array->len > 1)
    qsort (array->data, array->len, g_array_get_element_size (array), compare);
}

/* -------------------------------------------------------------- candidates */

typedef struct
{
  guint64 key;
  guint32 row;
} HxKeyed;

/* The keys of all rows under one candidate line, sorted. */
GArray *hx_candidates_of_line (HxCrowd *crowd, const GArray *line);

/* Told of each pair to be compared; a pair may come more than once. */
typedef void (*HxCandidateFunc) (guint a, guint b, gpointer data);
/* Told of each block that is too large. */
typedef void (*HxCrowdedFunc) (guint rows, guint sample, gpointer data);

typedef struct
{
  HxCandidateFunc pair;
  HxCrowdedFunc crowded;
  gpointer data;
} HxCandidateSink;

void hx_candidates_walk (HxCrowd *crowd, GArray *keyed,
                         const HxCandidateSink *sink);

#endif
