/* Locked years while a row is put. */
#ifndef HX_LOCK_INTERNAL_H
#define HX_LOCK_INTERNAL_H

#include "ledger/ledger_internal.h"
#include "ledger/lock.h"

gboolean hx_lock_migrate (HxConnection *connection, GError **error);
GArray *hx_locks_new (void);
/* All locks into ledger->locks. */
gboolean hx_lock_open (HxLedger *ledger, GError **error);
/* `before` (may be NULL) or `after` is of a locked year, and the ledger does
 * not correct: a fault says so. */
gboolean hx_row_is_locked (HxLedger *ledger, const HxRow *before,
                           const HxRow *after, HxFaults *faults);
/* The same as an error; when it corrects, ledger->after says why. */
gboolean hx_lock_pass (HxLedger *ledger, const HxRow *before,
                       const HxRow *after, GError **error);

#endif
