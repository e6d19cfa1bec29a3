/* merge: two rows of a register that are one.
 *
 * KEEP stays, OTHER becomes void.  Every living row that refers to OTHER, by a
 * reference or by name among attendees, refers to KEEP from then on.  Where
 * that makes a row the same as another by its identity (both attended the same
 * class), the one of OTHER is void too, so that nobody counts twice; a row of
 * a register is then merged into the other in its turn.  Empty fields of KEEP
 * are filled from OTHER, `since` and `until` and codes that end a row aside;
 * the reason of a known bad number goes with the number; where both have a
 * value KEEP's stays unless the caller takes the other.
 *
 * Nothing is lost: OTHER keeps its values and its history, and all that
 * happened is in the change log, in one run of entries.  A row of the register
 * `merges` of the rules notes which; undoing takes the run back
 * (hx_ledger_revert) and makes the note void.
 *
 * Ownership: the steps are the caller's.  Threads: those of the ledger.
 */
#ifndef HX_PEOPLE_MERGE_H
#define HX_PEOPLE_MERGE_H

#include "catalogue/duplicate.h"
#include "ledger/ledger.h"

G_BEGIN_DECLS

typedef enum
{
  HX_MERGE_MOVED,    /* row `id` refers to KEEP now */
  HX_MERGE_REPEATED, /* row `id` was the same as row `same`, and is void */
  HX_MERGE_DIFFERS,  /* …and had another value in `field`: lost from sight */
  HX_MERGE_FILLED,   /* `field` of KEEP was empty */
  HX_MERGE_TAKEN,    /* `field` of KEEP is that of OTHER, as was asked */
  HX_MERGE_STAYED    /* `field` of KEEP differs from OTHER's, and stays */
} HxMergeAct;

typedef struct
{
  HxMergeAct act;
  const HxKind *kind;
  gint64 id, same;
  const HxField *field; /* or NULL */
} HxMergeStep;

typedef struct
{
  gint64 keep, other;
  const char *reason;      /* not empty */
  const char *const *take; /* "FIELD=other", "FIELD=keep"; NULL at the end */
} HxMergeOrder;

typedef struct
{
  GArray *steps; /* HxMergeStep, in the order in which they were made */
  gint64 note;   /* in rules->merges: what undoing asks for */
} HxMerged;

void hx_merged_clear (HxMerged *merged);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxMerged, hx_merged_clear)

/* Refused: rows that are void or noted as two people, a FIELD that is not
 * there or empty in OTHER, a KEEP that would not pass hx_row_check.  Whoever
 * only wants to see the steps discards the write. */
gboolean hx_merge (HxLedger *ledger, const HxDuplicateRules *rules,
                   const HxMergeOrder *order, HxMerged *merged, GError **error);
/* Refused, naming every row, when something that the merge changed has another
 * value by now. */
gboolean hx_merge_undo (HxLedger *ledger, const HxDuplicateRules *rules,
                        gint64 note, GError **error);

G_END_DECLS

#endif
