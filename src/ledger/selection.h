/* selection: which rows of a kind, as people type it.
 *
 * A selection is a list of terms that must all hold, each one word:
 *
 *   FIELD=VALUE    FIELD=A,B     one of these
 *   FIELD!=VALUE   FIELD!=A,B    none of these; empty is none of them
 *   FIELD=         FIELD!=       empty; filled.  FIELD=A, is A or empty
 *   FIELD>=V  FIELD<=V  FIELD>V  FIELD<V    numbers, money, dates
 *   FIELD~PART     the text, the name of a code or of a referred row has PART
 *   age>=80        completed years, where the kind has a birth_date; the other
 *                  signs too.  Also 年龄.
 *
 * FIELD is a key, name or alias.  VALUE is what a cell would hold: a code by
 * code, name or alias; a referred row by what the register is referred by; a
 * date, of which a part will do (birth_date=1938 is any day of that year).  A
 * unit stands for itself and all units below it; `unit` (机构) is the unit of
 * the row, whatever the kind calls it.  The signs may be full-width, ≥ ≤ ≠.
 * A text that holds a comma cannot be given whole; give a part of it by ~.
 *
 * A secret field can be asked whether it is filled, and those that are kept
 * with a digest (ID numbers, telephones, …) for a value by `=` or `!=`.
 *
 * As of a date: a row of a register must exist on it (since ≤ date ≤ until,
 * either may be missing), a record have happened by then, and a field whose
 * changes are dated counts with the value that was in force (history.h).
 * Without a date (year 0) every live row is asked for its present value.
 * Voided rows are never selected.
 *
 * Ownership: a selection keeps its catalogue and copies of the terms, and
 * borrows the connection.  Threads: those of its connection.
 */
#ifndef HX_SELECTION_H
#define HX_SELECTION_H

#include "ledger/ledger.h"

G_BEGIN_DECLS

#define HX_SELECTION_TERMS_MAX 50
#define HX_SELECTION_VALUES_MAX 1000 /* of one term */

typedef struct _HxSelection HxSelection;

/* `terms` ends with NULL and may be NULL: all rows.  HX_ERROR_USAGE names the
 * term that is wrong and what could stand there. */
HxSelection *hx_selection_new (HxConnection *connection, HxCatalogue *catalogue,
                               const HxKind *kind, const char *const *terms,
                               HxDate as_of, GError **error);
void hx_selection_free (HxSelection *selection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxSelection, hx_selection_free)

const HxKind *hx_selection_kind (const HxSelection *selection);
HxDate hx_selection_as_of (const HxSelection *selection);

/* Append " AND …" for the rows of the kind's table called `alias`: bureau,
 * void, existence on the date and the terms. */
void hx_selection_where (const HxSelection *selection, HxWhere *where,
                         const char *alias);
/* SQL for the value of a field of `alias` on the date of the selection; the
 * caller frees.  "unit_id" is what `field` NULL stands for. */
char *hx_selection_value (const HxSelection *selection, const char *alias,
                          const HxField *field);

/* From now on walks read these fields (HxField) alone, besides the id: others
 * stay unfilled.  NULL: all of the row. */
void hx_selection_only (HxSelection *selection, const GPtrArray *fields);

/* FALSE with *error stops the walk and fails it; FALSE without stops it. */
typedef gboolean (*HxSelectedFunc) (const HxRow *row, gpointer data,
                                    GError **error);
/* The rows by id, streamed, with the values they had on the date. */
gboolean hx_selection_each (const HxSelection *selection,
                            HxSelectedFunc function, gpointer data,
                            GError **error);
/* One row of the selection, as a walk would give it; row->id is 0 when it is
 * not among them. */
gboolean hx_selection_row (const HxSelection *selection, gint64 id, HxRow *row,
                           GError **error);
/* Their ids, ascending (gint64). */
GArray *hx_selection_ids (const HxSelection *selection, GError **error);

G_END_DECLS

#endif
