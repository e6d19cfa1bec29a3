/* edit: what a form or a program sends to one row, checked and written.
 *
 * An edit holds the cells of some fields of a new row or of a row by its id.
 * hx_edit_run, inside a write, takes them as a workbook's cells are taken, with
 * three things besides:
 *
 *   a cell that says what the row holds already (hx_value_cell) is no change,
 *   whatever has become of the rules of its field since;
 *   a reference may be written "#12", by the id of its row, and with the name
 *   behind what the register is referred by: "LG0012 张三", "#12 张三";
 *   attendees the same, name by name.
 *
 * Whoever fills in a form had a version of the row before their eyes.  When the
 * row has another by now, nothing is written: the edit is stale, says who
 * changed what meanwhile, and is brought up to date: fields that the user left
 * alone take what the row holds now, the others keep what the user wrote.  Run
 * once more, it is taken.
 *
 * A new row that is about the same person on the same day as others of its
 * kind is held back with their ids when the edit asks for it.
 *
 * A refused edit leaves no trace: hx_edit_run discards the write and returns
 * TRUE; FALSE is the store's fault, or that there is no such row within reach.
 *
 * Ownership: an edit owns its cells and results.  Threads: one at a time.
 */
#ifndef HX_LEDGER_EDIT_H
#define HX_LEDGER_EDIT_H

#include "ledger/history.h"

G_BEGIN_DECLS

typedef struct
{
  const HxField *field; /* NULL: the row as a whole */
  char *text;           /* without the name of the field */
} HxEditFault;

/* Somebody else's change of a row that is being edited. */
typedef struct
{
  const HxField *field; /* NULL: voided, or changed and changed back */
  char *at, *actor;     /* of the last one */
  char *was, *is;       /* as HX_AUDIENCE_INSIDE reads them */
} HxMeanwhile;

/* Is the row one of those that the user reaches?  Of rows that are referred to
 * kind, id and unit_id alone are set. */
typedef gboolean (*HxReaches) (gconstpointer data, const HxRow *row);

typedef struct
{
  const HxKind *kind;
  gint64 id;            /* 0: a new row; then that of the row written */
  gint64 version;       /* that the user saw; 0: whichever; then the row's */
  HxEffect effect;      /* of a change of dated fields */
  gboolean asks_alike;  /* hold back a new row that is like others */
  HxReaches reaches;    /* NULL: all of them */
  gconstpointer reach;  /* its data */
  char **cells;         /* one a field; NULL: not sent */
  GPtrArray *faults;    /* HxEditFault; not empty: refused */
  gboolean is_stale;    /* refused */
  GPtrArray *meanwhile; /* HxMeanwhile, of a stale edit */
  GArray *alike;        /* gint64; not empty: held back */
  gint64 same;          /* a row of the same identity: refused; 0: none */
  gboolean is_done;     /* written, or there was nothing to change */
  HxPutOutcome outcome; /* of a done one */
  GPtrArray *warnings;  /* char *, see hx_ledger_warnings */
} HxEdit;

HxEdit *hx_edit_new (const HxKind *kind, gint64 id);
void hx_edit_free (HxEdit *edit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxEdit, hx_edit_free)

/* NULL: not sent; "" empties the field. */
void hx_edit_cell (HxEdit *edit, const HxField *field, const char *text);
/* `field` may be NULL. */
void hx_edit_fault (HxEdit *edit, const HxField *field, const char *text);
/* Of that field (NULL: of the row), joined; NULL when there is none; the
 * caller's. */
char *hx_edit_fault_of (const HxEdit *edit, const HxField *field);

/* A HxLedgerFunc, `data` being the edit. */
gboolean hx_edit_run (HxLedger *ledger, gpointer data, GError **error);

/* What a cell would have to hold to give the field's value again: codes by
 * code, money in the field's unit, references as "LG0012 张三".  Not masked. */
char *hx_value_cell (HxConnection *connection, const HxRow *row,
                     const HxField *field, GError **error);
/* "LG0012 张三" of a row by its id, "#12 张三" of one that has nothing to be
 * referred by in the open. */
char *hx_reference_cell (HxConnection *connection, const HxKind *kind,
                         gint64 id, GError **error);

G_END_DECLS

#endif
