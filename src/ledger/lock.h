/* lock: the years whose report has been issued.
 *
 * When a report is issued its year is locked: records dated in it, up to the
 * day that the report reaches to, and rows that say they are of that year
 * (targets, problems, answers … of plan.yaml, by their field `year`) are added,
 * changed, voided and restored only by a write that says it is a correction
 * after the issue, and why.  Other rows of registers live on: a street that
 * somebody moves to today is no matter of last year.
 *
 * The table locked_year (bureau_id, year, until, edition, seq) holds one row a
 * year, kept in the write that issues; seq is its entry in the change log, with
 * the action `issue`, the kind `edition` and the edition's number as its row;
 * its `after` is {"year", "until", "digest"}, so that the chain vouches for
 * what was issued.  An entry that corrects has "@issued": REASON behind its
 * values in `after`.
 */
#ifndef HX_LOCK_H
#define HX_LOCK_H

#include "ledger/ledger.h"

G_BEGIN_DECLS

typedef struct
{
  int year;
  HxDate until;       /* the last day that is locked */
  gint64 edition;     /* that was issued */
  const char *digest; /* of it, in hex */
} HxLock;

/* Locks the year from here on, in this write too; a later edition of the same
 * year takes the place of the one before. */
gboolean hx_ledger_lock (HxLedger *ledger, const HxLock *lock, GError **error);

/* From now on what this ledger writes may lie in a locked year: it is a
 * correction after the issue.  The reason may not be empty; NULL: no more. */
gboolean hx_ledger_correct (HxLedger *ledger, const char *reason,
                            GError **error);

/* The last locked day of the year; year 0 when it is not locked. */
gboolean hx_lock_read (HxConnection *connection, int year, HxDate *until,
                       GError **error);
/* The digest that the change log has of an edition, the last one; the
 * caller's, NULL without *error when there is none. */
char *hx_lock_digest (HxConnection *connection, gint64 edition, GError **error);

G_END_DECLS

#endif
