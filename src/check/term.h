/* What part each quantity plays in its sentence.  Private to the room check.
 *
 * A term is a quantity with the words that lead to it.  The words tell its
 * role (a change, a share, a budget …), its name, and for a rate what it is a
 * rate of.  Rates and changes have an owner: the amount that they speak of, as
 * 占 and 增长 in “基本支出 5377.64 万元，占 55.10%，增长 2.3%”.
 *
 * Ownership: a reading owns its words and terms.  Threads: one.
 */
#ifndef HX_CHECK_TERM_H
#define HX_CHECK_TERM_H

#include "check/quantity.h"

G_BEGIN_DECLS

typedef enum
{
  HX_TERM_VALUE,    /* an amount or a number of things */
  HX_TERM_BUDGET,   /* 年初预算为 … before what was done of it */
  HX_TERM_PREVIOUS, /* 上年为 …, 2023 年执行数为 … */
  HX_TERM_TOTAL,    /* 合计 … behind its parts */
  HX_TERM_BALANCE,  /* 结余 …, 未分 … */
  HX_TERM_DELTA,    /* 增加 …, 少收 … */
  HX_TERM_SHARE,    /* 占 …% */
  HX_TERM_DONE,     /* 完成预算的 …%, 执行率 …% */
  HX_TERM_GROWTH,   /* 增长 …% */
  HX_TERM_BARE,     /* a percentage without words: （26.79%） */
  HX_TERM_OTHER     /* a bound, a price, points, a rate of something else */
} HxTermRole;

#define HX_NO_TERM G_MAXUINT
/* How many terms a finder looks back or ahead in a sentence: one that never
 * ends must not cost its square. */
#define HX_SENTENCE_REACH 120

/* Bytes [from, until) of the clean words. */
typedef struct
{
  gsize from, until;
} HxSpan;

typedef struct
{
  HxQuantity quantity;
  HxTermRole role;
  int sign;       /* of a change or growth: 1, -1; else 0 */
  HxSpan lead;    /* the words before it, back to a stop */
  HxSpan name;    /* of the amount; of a change, what changed; may be empty */
  HxSpan base;    /* of a rate: what it is a rate of; may be empty */
  guint sentence; /* counted from 0 */
  guint group;    /* parts of sentences between ；, counted through the text */
  guint item;     /* 0: in none; numbered paragraphs, counted from 1 */
  HxMark mark;    /* of its item */
  gsize opened;   /* byte behind the mark of its item */
  guint chapter;  /* 一、 二、 */
  guint bracket;  /* 0: in none; else a number of its own */
  guint owner;    /* of a rate or change: index of the amount; HX_NO_TERM */
  int year;       /* a year in the lead; 0 */
} HxTerm;

typedef struct
{
  const HxSource *source;
  HxWords *words;
  GArray *terms; /* HxTerm */
} HxReading;

HxReading *hx_reading_new (const HxSource *source);
void hx_reading_free (HxReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxReading, hx_reading_free)

static inline HxTerm *
hx_reading_term (const HxReading *reading, guint index)
{
  return &g_array_index (reading->terms, HxTerm, index);
}

/* Tells the quantities what is known of them: HxKnownFigure by place, or
 * NULL. */
void hx_reading_know (HxReading *reading, const GArray *known);

/* An amount that parts can make up or rates can be of. */
static inline gboolean
hx_term_is_amount (const HxTerm *term)
{
  return term->role <= HX_TERM_BALANCE;
}

/* Both count the same: money, or the same kind of thing. */
gboolean hx_term_is_alike (const HxTerm *a, const HxTerm *b);
/* The words between two places hold one of the list, NULL-terminated. */
gboolean hx_reading_says (const HxReading *reading, gsize from, gsize until,
                          const char *const *list);
/* How well a name answers to another: 0 not at all; 3 the same words; 2 one
 * ends with the other; 1 one holds the other. */
guint hx_reading_match (const HxReading *reading, HxSpan a, HxSpan b);

G_END_DECLS

#endif
