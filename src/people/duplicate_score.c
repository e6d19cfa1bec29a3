/* What speaks for two rows being one, and what against.
 *
 * The evidence of one field and one family of tests is one comparison: it
 * gives the test that holds best, or none.  Comparisons are made in the order
 * of what they cost; a pair is given up as soon as what is left could not
 * bring it to the minimum. */
#include "people/duplicate_internal.h"

#define NONE (-1)

typedef struct _Comparison Comparison;

/* The test that holds, or NONE. */
typedef int (*Compare) (const HxScorer *scorer, const Comparison *comparison,
                        const gint64 *a, const gint64 *b);

struct _Comparison
{
  Compare compare;
  guint slots[2]; /* shared: from, to in `shared` */
  int evidence[HX_EVIDENCE_DIFFER
               + 1]; /* by test: index in the rules, or NONE */
  int rest;          /* the most that the later comparisons can bring */
};

struct _HxScorer
{
  HxCrowd *crowd;
  GArray *comparisons;
  GArray *shared; /* guint: slots */
  int minimum;
  int most; /* all comparisons together */
};

/* ------------------------------------------------------------------- tests */

static int
compare_same (const HxScorer *scorer, const Comparison *comparison,
              const gint64 *a, const gint64 *b)
{
  const guint slot = comparison->slots[0];

  (void)scorer;
  if (a[slot] == 0 || b[slot] == 0)
    return NONE;
  return a[slot] == b[slot] ? HX_EVIDENCE_SAME : HX_EVIDENCE_DIFFER;
}

static int
compare_shared (const HxScorer *scorer, const Comparison *comparison,
                const gint64 *a, const gint64 *b)
{
  const guint *slots = (const guint *)(const void *)scorer->shared->data;

  for (guint i = comparison->slots[0]; i < comparison->slots[1]; i++)
    for (guint j = comparison->slots[0]; j < comparison->slots[1]; j++)
      if (a[slots[i]] != 0 && a[slots[i]] == b[slots[j]])
        return HX_EVIDENCE_SHARED;
  return NONE;
}

static gboolean
agree_as_far_as_known (HxDate a, HxDate b)
{
  return a.year == b.year
         && (a.month == 0 || b.month == 0 || a.month == b.month)
         && (a.day == 0 || b.day == 0 || a.day == b.day);
}

static int
compare_dates (const HxScorer *scorer, const Comparison *comparison,
               const gint64 *a, const gint64 *b)
{
  const guint slot = comparison->slots[0];
  const HxDate one = hx_date_from_number ((gint32)a[slot]);
  const HxDate other = hx_date_from_number ((gint32)b[slot]);

  (void)scorer;
  if (a[slot] == 0 || b[slot] == 0)
    return NONE;
  if (one.day == 0 || other.day == 0)
    return agree_as_far_as_known (one, other) ? HX_EVIDENCE_DATE_OPEN
                                              : HX_EVIDENCE_DATE_DIFFER;
  if (a[slot] == b[slot])
    return HX_EVIDENCE_DATE_SAME;
  if (one.year == other.year && one.month == other.day
      && one.day == other.month)
    return HX_EVIDENCE_DATE_SWAPPED;
  if ((one.year != other.year) + (one.month != other.month)
          + (one.day != other.day)
      == 1)
    return HX_EVIDENCE_DATE_NEAR;
  return HX_EVIDENCE_DATE_DIFFER;
}

#define NUMBER_SIZE 15 /* of the old ID numbers */
#define DIGITS_TELLING 4

/* No short number of another kind, and none of the 111111111111111111 that are
 * written where none is known. */
static gboolean
tells_who (const char *number)
{
  guint seen = 0;
  guint different = 0;
  gsize length = 0;

  for (; number[length] != '\0'; length++)
    {
      const guint bit
          = 1U << (g_ascii_isdigit (number[length]) ? number[length] - '0'
                                                    : 10);

      different += (seen & bit) == 0;
      seen |= bit;
    }
  return length >= NUMBER_SIZE && different >= DIGITS_TELLING;
}

/* Equal, or one character differs, or two neighbours changed places. */
static gboolean
is_slip (const char *a, const char *b)
{
  const gsize length = strlen (a);
  gsize from = 0;
  gsize to = length;

  if (strlen (b) != length)
    return FALSE;
  while (from < length && a[from] == b[from])
    from++;
  while (to > from && a[to - 1] == b[to - 1])
    to--;
  return to - from <= 1
         || (to - from == 2 && a[from] == b[from + 1]
             && a[from + 1] == b[from]);
}

#define BIRTH_AT 6
#define BIRTH_SIZE 8
#define TAIL_SIZE 4

static int
compare_numbers (const HxScorer *scorer, const Comparison *comparison,
                 const gint64 *a, const gint64 *b)
{
  const char *one = hx_slot_text (a[comparison->slots[0]]);
  const char *other = hx_slot_text (b[comparison->slots[0]]);
  gsize length;
  gboolean is_tail;

  (void)scorer;
  if (one == NULL || other == NULL || !tells_who (one + 1)
      || !tells_who (other + 1))
    return NONE;
  if (is_slip (one + 1, other + 1))
    return HX_EVIDENCE_ID_NEAR;
  length = strlen (one);
  is_tail
      = length > TAIL_SIZE && strlen (other) > TAIL_SIZE
        && strcmp (one + length - TAIL_SIZE, other + strlen (other) - TAIL_SIZE)
               == 0;
  if (*one != HX_MARK_GOOD || *other != HX_MARK_GOOD)
    return is_tail ? HX_EVIDENCE_ID_TAIL : NONE;
  return is_tail
                 && strncmp (one + 1 + BIRTH_AT, other + 1 + BIRTH_AT,
                             BIRTH_SIZE)
                        == 0
             ? HX_EVIDENCE_ID_TAIL
             : HX_EVIDENCE_ID_DIFFER;
}

/* Two or more characters are known of both, and the first is one of them. */
static gboolean
equal_but_for_gaps (const char *a, const char *b)
{
  guint known = 0;

  for (; *a != '\0' && *b != '\0';
       a = hx_next_character (a), b = hx_next_character (b))
    {
      const gunichar one = g_utf8_get_char (a);
      const gunichar other = g_utf8_get_char (b);

      if (hx_is_gap (one) || hx_is_gap (other))
        continue;
      if (one != other)
        return FALSE;
      known++;
    }
  return *a == *b && known > 0;
}

static int
compare_names (const HxScorer *scorer, const Comparison *comparison,
               const gint64 *a, const gint64 *b)
{
  static const int tests[] = {
    [HX_SIMILAR_NONE] = NONE,
    [HX_SIMILAR_DIFFERENT] = HX_EVIDENCE_NAME_DIFFERENT,
    [HX_SIMILAR_LEFT_OUT] = HX_EVIDENCE_NAME_LEFT_OUT,
    [HX_SIMILAR_SWAPPED] = HX_EVIDENCE_NAME_SWAPPED,
    [HX_SIMILAR_NEAR_SOUND] = HX_EVIDENCE_NAME_NEAR_SOUND,
    [HX_SIMILAR_SOUND] = HX_EVIDENCE_NAME_SOUND,
    [HX_SIMILAR_VARIANT] = HX_EVIDENCE_NAME_VARIANT,
    [HX_SIMILAR_SAME] = HX_EVIDENCE_NAME_SAME,
  };
  const char *one = hx_slot_text (a[comparison->slots[0]]);
  const char *other = hx_slot_text (b[comparison->slots[0]]);

  if (one == NULL || other == NULL)
    return NONE;
  if (strcmp (one, other) == 0)
    return HX_EVIDENCE_NAME_SAME;
  if ((*one == HX_MARK_GAP) != (*other == HX_MARK_GAP)
      && equal_but_for_gaps (one + 1, other + 1))
    return HX_EVIDENCE_NAME_GAP;
  return tests[hx_name_compare (scorer->crowd->pinyin, one + 1, other + 1)];
}

/* ------------------------------------------------------------------ weighing
 */

static const struct
{
  HxEvidenceTest first, last;
  HxSlotForm form;
  Compare compare;
} families[] = {
  /* In the order of their cost. */
  { HX_EVIDENCE_SAME, HX_EVIDENCE_DIFFER, HX_SLOT_HASH, compare_same },
  { HX_EVIDENCE_SHARED, HX_EVIDENCE_SHARED, HX_SLOT_HASH, compare_shared },
  { HX_EVIDENCE_DATE_SAME, HX_EVIDENCE_DATE_DIFFER, HX_SLOT_DATE,
    compare_dates },
  { HX_EVIDENCE_ID_NEAR, HX_EVIDENCE_ID_DIFFER, HX_SLOT_NUMBER,
    compare_numbers },
  { HX_EVIDENCE_NAME_SAME, HX_EVIDENCE_NAME_GAP, HX_SLOT_NAME, compare_names },
};

static int
weight_of (const HxScorer *scorer, int evidence)
{
  const GPtrArray *all = scorer->crowd->rules->evidence;

  return evidence == NONE ? 0
                          : ((const HxEvidence *)all->pdata[evidence])->weight;
}

static int
most_of (const HxScorer *scorer, const Comparison *comparison)
{
  int most = 0;

  for (guint i = 0; i < G_N_ELEMENTS (comparison->evidence); i++)
    most = MAX (most, weight_of (scorer, comparison->evidence[i]));
  return most;
}

static Comparison *
find_comparison (HxScorer *scorer, Compare compare, const guint *slots)
{
  Comparison made = { .compare = compare, .slots = { slots[0], slots[1] } };

  for (guint i = 0; i < scorer->comparisons->len; i++)
    {
      Comparison *each = &g_array_index (scorer->comparisons, Comparison, i);

      if (each->compare == compare && each->slots[0] == slots[0])
        return each;
    }
  for (guint i = 0; i < G_N_ELEMENTS (made.evidence); i++)
    made.evidence[i] = NONE;
  g_array_append_val (scorer->comparisons, made);
  return &g_array_index (scorer->comparisons, Comparison,
                         scorer->comparisons->len - 1);
}

static void
add_evidence (HxScorer *scorer, guint family, guint index)
{
  const HxEvidence *evidence = scorer->crowd->rules->evidence->pdata[index];
  guint slots[2] = { 0, 0 };

  if (evidence->test < families[family].first
      || evidence->test > families[family].last)
    return;
  slots[0] = scorer->shared->len;
  for (guint i = 0; i < evidence->fields->len; i++)
    {
      const guint slot = hx_crowd_slot (
          scorer->crowd, evidence->fields->pdata[i], families[family].form);

      if (evidence->test == HX_EVIDENCE_SHARED)
        g_array_append_val (scorer->shared, slot);
      else
        slots[0] = slot;
    }
  slots[1] = scorer->shared->len;
  find_comparison (scorer, families[family].compare, slots)
      ->evidence[evidence->test]
      = (int)index;
}

HxScorer *
hx_scorer_new (HxCrowd *crowd, int minimum)
{
  HxScorer *scorer = g_new0 (HxScorer, 1);

  scorer->crowd = crowd;
  scorer->minimum = minimum;
  scorer->comparisons = g_array_new (FALSE, FALSE, sizeof (Comparison));
  scorer->shared = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint family = 0; family < G_N_ELEMENTS (families); family++)
    for (guint i = 0; i < crowd->rules->evidence->len; i++)
      add_evidence (scorer, family, i);
  for (guint i = scorer->comparisons->len; i > 0; i--)
    {
      Comparison *each
          = &g_array_index (scorer->comparisons, Comparison, i - 1);

      each->rest = scorer->most;
      scorer->most += most_of (scorer, each);
    }
  return scorer;
}

void
hx_scorer_free (HxScorer *scorer)
{
  if (scorer == NULL)
    return;
  g_array_unref (scorer->comparisons);
  g_array_unref (scorer->shared);
  g_free (scorer);
}

gboolean
hx_scorer_weigh (HxScorer *scorer, guint a, guint b, int *weight,
                 guint64 *fired)
{
  const gint64 *one = hx_crowd_values (scorer->crowd, a);
  const gint64 *other = hx_crowd_values (scorer->crowd, b);

  *weight = 0;
  *fired = 0;
  for (guint i = 0; i < scorer->comparisons->len; i++)
    {
      const Comparison *each
          = &g_array_index (scorer->comparisons, Comparison, i);
      const int test = each->compare (scorer, each, one, other);
      const int evidence = test == NONE ? NONE : each->evidence[test];

      if (evidence != NONE)
        {
          *weight += weight_of (scorer, evidence);
          *fired |= G_GUINT64_CONSTANT (1) << evidence;
        }
      if (*weight + each->rest < scorer->minimum)
        return FALSE;
    }
  return TRUE;
}
