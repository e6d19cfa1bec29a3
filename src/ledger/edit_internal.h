/* What the files of the edit share. */
#ifndef HX_EDIT_INTERNAL_H
#define HX_EDIT_INTERNAL_H

#include "ledger/edit.h"
#include "ledger/ledger_internal.h"

/* The cell of the field into the row; what is wrong is a fault of the edit.
 * FALSE: the store's fault. */
gboolean hx_edit_set (HxLedger *ledger, HxRow *row, HxEdit *edit,
                      const HxField *field, GError **error);
/* The row that a cell names; 0 with a fault when there is none in reach. */
gboolean hx_edit_target (HxLedger *ledger, HxEdit *edit, const HxField *field,
                         const char *text, gint64 *id, GError **error);
/* Each to the field that its sentence begins with. */
void hx_edit_take_faults (HxEdit *edit, const HxFaults *faults);

/* The stored row has another version than the user saw: says what changed and
 * brings the cells up to date. */
gboolean hx_edit_catch_up (HxLedger *ledger, HxEdit *edit, const HxRow *stored,
                           GError **error);

#endif
