/* duplicate: rows of a register that may be one and the same person.
 *
 * What speaks for it and what against, with which weight, is data: the rules
 * of duplicates.yaml, see catalogue/duplicate.h.  A pair's weight is the sum of
 * what holds of it; of the tests of one field only the one that holds best
 * counts. All weights are whole numbers.
 *
 * Not every pair is looked at.  The candidate lines of the rules give each row
 * some keys, and rows that share a key are compared.  Where more than
 * HX_DUPLICATE_BLOCK rows share one (everyone called 李华), those are compared
 * that also share the value of a further field; where that still leaves more
 * than HX_DUPLICATE_SUB_BLOCK, each row is compared with its
 * HX_DUPLICATE_WINDOW neighbours in the order of their values.  Such blocks
 * are named in the result, so that nothing is passed over in silence.  The
 * work is bounded by the number of rows times these constants, whatever the
 * data; the answer does not depend on the order of rows, fields or rules.
 *
 * Rows that are void are left out, rows of people who left are not.  A pair
 * that is in the register `not_same` of the rules is never listed again.
 *
 * Ownership: the result is the caller's and refers to nothing but the rules.
 * Threads: as the connection's.  Memory: some 500
 * bytes a row, the keys of the longest candidate line included.
 */
#ifndef HX_PEOPLE_DUPLICATE_H
#define HX_PEOPLE_DUPLICATE_H

#include "catalogue/duplicate.h"
#include "ledger/ledger.h"

G_BEGIN_DECLS

#define HX_DUPLICATE_BLOCK 256
#define HX_DUPLICATE_SUB_BLOCK 64
#define HX_DUPLICATE_WINDOW 16
#define HX_DUPLICATE_PAIRS_MAX 1000000 /* kept in one result, the heaviest */
#define HX_DUPLICATE_BLOCKS_MAX 20     /* named in one result */

typedef struct
{
  gint64 unit_id;      /* 0: all; else one of the two is in it or below it */
  int minimum;         /* 0: that of the rules */
  HxProgress progress; /* or NULL */
  gpointer data;
} HxDuplicateQuery;

typedef struct
{
  gint64 one, other; /* row ids, one < other */
  int weight;
  guint64 fired; /* bit i: rules->evidence[i] holds */
  guint group;   /* pairs that hang together have the same, from 1 on */
} HxDuplicatePair;

/* Rows of one key, too many to be compared each with each. */
typedef struct
{
  guint line; /* in rules->candidates */
  guint rows;
  gint64 sample; /* the id of one of them */
} HxDuplicateBlock;

typedef struct
{
  const HxDuplicateRules *rules;
  GArray *pairs;  /* HxDuplicatePair, group by group, the heaviest first */
  GArray *groups; /* guint: how many rows group 1, 2, … has */
  GArray *blocks; /* HxDuplicateBlock, the largest first */
  guint n_blocks; /* also those that are not in `blocks` */
  gint64 rows, compared;
  gboolean cut; /* more than HX_DUPLICATE_PAIRS_MAX pairs were found */
} HxDuplicates;

HxDuplicates *hx_duplicates_find (HxConnection *connection,
                                  const HxDuplicateRules *rules,
                                  const HxDuplicateQuery *query,
                                  GError **error);
void hx_duplicates_free (HxDuplicates *duplicates);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxDuplicates, hx_duplicates_free)

/* Note in the register `not_same` of the rules that two rows are two people;
 * *id is the row of it.  Nothing is written when that is known already. */
gboolean hx_duplicates_not_same (HxLedger *ledger,
                                 const HxDuplicateRules *rules,
                                 const gint64 *pair, const char *reason,
                                 gint64 *id, GError **error);

G_END_DECLS

#endif
