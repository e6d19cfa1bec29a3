/* ledger: registers and records, validated, written, and never forgotten.
 *
 * A row passes three steps: cells become typed values (hx_row_set), the row is
 * checked as a whole (hx_row_check), and it is put (hx_ledger_put): row and
 * change-log entry are written in the caller's transaction, and the watcher is
 * told, which keeps the indicator cells (room measure) in that transaction.
 * Nothing is deleted: a row is voided with a reason.
 *
 * A ledger lives inside one write of the store: hx_ledger_new, any number of
 * puts, hx_ledger_finish; on failure the write is undone by the store.
 *
 * Change log: table change_log (bureau_id, seq, at, actor, request, action,
 * kind, row, definition, before, after, digest).  `before` and `after` are
 * JSON objects of the stored values by field key (the named people of an
 * attendees field as KEY_people, the row's unit as unit_id), NULLs left out; a
 * change holds the changed fields alone, a void {"void": REASON}, a row that is
 * void no more {"restore": REASON}.  The actions are add, change, void,
 * restore, reveal, which changes nothing (secret.h), submit, approve and
 * return, which say who agreed (approval.h), and history for what is of the
 * past alone; keys that begin with @ say when a change took effect (history.h).
 * What is of no row at all, as users and their logins, stands in it as a note:
 * its kind begins with @ and is no kind of the catalogue. digest = D (previous
 * digest, then each column of the entry as its length in 4 bytes, big-endian,
 * and its bytes; integers in decimal, NULL as length 0xFFFFFFFF), D being the
 * digest of the catalogue; the first entry follows 32 zero bytes.  Secret
 * fields stand in it sealed, see secret.h.
 *
 * Ownership: a row owns its values in an arena that hx_row_clear empties.
 * Threads: a ledger and a row belong to the thread of their write.
 */
#ifndef HX_LEDGER_H
#define HX_LEDGER_H

#include "catalogue/catalogue.h"

G_BEGIN_DECLS

#define HX_TEXT_MAX 20000 /* characters of a text field without `max` */

/* The tables of this room; run once when a database is made or opened. */
gboolean hx_ledger_migrate (HxConnection *connection, GError **error);

/* --------------------------------------------------------------------- rows */

typedef struct
{
  gboolean filled;
  gint64 integer;     /* INTEGER columns; dates also keep hx_date_number here */
  const char *text;   /* TEXT columns */
  const char *people; /* attendees: JSON array of row ids, or NULL */
  gboolean refused;   /* a cell was not taken; its fault has been named */
  /* Secret fields alone: as the tables have it, NULL when it is not sealed
   * yet; it could not be opened, and `text` is empty. */
  const char *sealed;
  gboolean unopened;
} HxValue;

/* For sorting and searching arrays of row ids (gint64). */
int hx_compare_ids (gconstpointer a, gconstpointer b);

typedef struct
{
  const HxKind *kind;
  gint64 id;      /* 0: not written yet */
  gint64 unit_id; /* 0: none */
  gint64 version;
  gint64 definition;
  gint64 seq;
  gboolean is_void;
  HxValue *values; /* one a field, in the kind's order */
  GStringChunk *arena;
} HxRow;

HxRow *hx_row_new (const HxKind *kind);
void hx_row_clear (HxRow *row);
void hx_row_free (HxRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxRow, hx_row_free)
/* Empty values are equal to each other alone; those that could not be opened
 * are compared as they are stored. */
gboolean hx_value_equal (const HxField *field, const HxValue *a,
                         const HxValue *b);
/* 20230305, 0 when the row has no date. */
gint32 hx_row_day (const HxRow *row);

/* What is wrong with a row: one sentence a fault, each naming its field. */
typedef struct
{
  GPtrArray *faults; /* char * */
} HxFaults;

/* Does a value hold a condition on its own field? */
gboolean hx_condition_holds (const HxCondition *condition,
                             const HxValue *value);

/* ------------------------------------------------------------------ writing */

typedef struct _HxLedger HxLedger;

/* Who is told of every written row, in the same transaction.  `before` is NULL
 * for a new row; a voided row is in `after` with is_void set. */
typedef struct
{
  gboolean (*changed) (gpointer data, const HxRow *before, const HxRow *after,
                       GError **error);
  gboolean (*finish) (gpointer data, GError **error);
  gpointer data;
} HxWatcher;

typedef struct
{
  const char *actor;   /* who; never NULL */
  const char *request; /* what belongs together: an import, a form */
} HxAuthor;

HxLedger *hx_ledger_new (HxConnection *connection, HxCatalogue *catalogue,
                         const HxAuthor *author, const HxWatcher *watcher,
                         GError **error);
/* Last step of a write: tells the watcher to finish. */
gboolean hx_ledger_finish (HxLedger *ledger, GError **error);
void hx_ledger_free (HxLedger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxLedger, hx_ledger_free)

HxConnection *hx_ledger_connection (HxLedger *ledger);
HxCatalogue *hx_ledger_catalogue (HxLedger *ledger);

/* Read one cell into a field: text is normalised, parsed and validated (type,
 * range, pattern, code by code, name or alias, reference by the target's
 * refer_by).  Empty text clears the field.  FALSE: the reason, naming the
 * field, was added to `faults`. An *error is of the store alone. */
gboolean hx_row_set (HxLedger *ledger, HxRow *row, const HxField *field,
                     const char *text, HxFaults *faults, GError **error);
/* Defaults, required, unique, ID number against birth date and sex where the
 * kind has such fields (keys birth_date, sex), since ≤ until, caps, unit. `set`
 * is that of hx_ledger_put: fields with 0 are first taken from the stored row
 * of the same identity, where there is one, so that the row is checked as it
 * will be stored; row->id is then that row's. */
gboolean hx_row_check (HxLedger *ledger, HxRow *row, const guint8 *set,
                       HxFaults *faults, GError **error);

/* What its values say of each other, alone: ID number against birth date and
 * sex, since ≤ until. */
void hx_row_cross_check (HxRow *row, HxFaults *faults);

/* The stored row that this row's values mean: sets row->id by the kind's
 * identity, 0 when none is stored.  A voided row counts as stored where no
 * living one has the identity. */
gboolean hx_ledger_find (HxLedger *ledger, HxRow *row, GError **error);

typedef enum
{
  HX_PUT_NEW,
  HX_PUT_CHANGED,
  HX_PUT_UNCHANGED,
  HX_PUT_REFUSED /* the row of this identity was voided, or a fixed field of it
                  * would change: faults says so */
} HxPutOutcome;

/* Find the row of the same identity; add, change or leave it.  `set` holds one
 * byte a field: fields with 0 keep what the stored row has (columns that a
 * workbook does not carry); NULL: all are set. row->id is set. */
gboolean hx_ledger_put (HxLedger *ledger, HxRow *row, const guint8 *set,
                        HxPutOutcome *outcome, HxFaults *faults,
                        GError **error);
/* By id; refused on a voided row, on a changed identity that a living row has,
 * on another value of a fixed field:
 * FALSE with the reason in `faults` and no *error. */
gboolean hx_ledger_change (HxLedger *ledger, HxRow *row, HxFaults *faults,
                           GError **error);
/* Void with a reason (not empty).  A register row that live rows refer to is
 * refused, naming how many and of which kind. */
gboolean hx_ledger_void (HxLedger *ledger, const HxKind *kind, gint64 id,
                         const char *reason, GError **error);

/* An entry of the change log that is of no row of the catalogue. */
typedef struct
{
  const char *action;
  const char *subject; /* "@user": never the key of a kind */
  gint64 row;
  const char *after; /* JSON, or NULL */
} HxNote;

gboolean hx_ledger_note (HxLedger *ledger, const HxNote *note, GError **error);

/* The last entry of the change log so far. */
gint64 hx_ledger_seq (const HxLedger *ledger);
/* Take back what the entries first…last of the change log did, in this
 * database, the last first: changed fields get the values that they had, rows
 * that became void are void no more.  What stays is every entry; new ones are
 * added.  A fixed field that an entry filled is empty again: that is what was.
 * FALSE with all reasons in `faults`, and then the write must be undone
 * whole: a field has another value by now, another row took the place, a row
 * was added by one of the entries. */
gboolean hx_ledger_revert (HxLedger *ledger, const gint64 *range,
                           const char *reason, HxFaults *faults,
                           GError **error);

#define HX_WARNINGS_MAX 100

/* What was written so far and a user should look at, one sentence each: a
 * payment over its contract; one over its budget line where the catalogue only
 * warns of that.  The first HX_WARNINGS_MAX of them, the ledger's; `count` (may
 * be NULL) is how many there are. */
const GPtrArray *hx_ledger_warnings (const HxLedger *ledger, guint64 *count);

/* ------------------------------------------------------------------ reading */

/* What the rows that a cap counts add up to for the row `of` of its register,
 * in the period that holds `day`. */
gboolean hx_cap_sum (HxConnection *connection, const HxCap *cap, gint64 of,
                     HxDate day, gint64 *sum, GError **error);
/* "3000.00 元", or a number with the decimals of the field; the caller's. */
char *hx_cap_amount (const HxCap *cap, gint64 amount);

/* Load one row; HX_ERROR_NOT_FOUND when there is none.  A secret value that
 * cannot be opened is an error that names it. */
gboolean hx_row_load (HxConnection *connection, HxRow *row, gint64 id,
                      GError **error);
/* Fill a row from a statement made with hx_row_columns, starting at `column`.
 * Secret values are opened; one that cannot be is `unopened`, see
 * hx_row_is_open in secret.h. */
void hx_row_read (HxStatement *statement, int column, HxRow *row);
/* "id, unit_id, void, version, definition, seq, day, …" for a SELECT; every
 * name prefixed by `alias` and a dot when it is not NULL. */
char *hx_row_columns (const HxKind *kind, const char *alias);
/* What names a row to a user: the field `name` where there is one, else the
 * first of the identity that is no reference, else NULL. */
const HxField *hx_kind_label_field (const HxKind *kind);
/* Who a value is shown to. */
typedef enum
{
  HX_AUDIENCE_TRUSTED, /* asked for it by name and with a reason: all of it */
  HX_AUDIENCE_OUTSIDE, /* of reports and their rows: no secrets, no names */
  HX_AUDIENCE_INSIDE   /* who works with the people: names, but no secrets */
} HxAudience;

/* The value as a user reads it: codes by name, references by their label
 * (one query), money in 元; what is not for the audience is masked. */
char *hx_value_display (HxConnection *connection, const HxRow *row,
                        const HxField *field, HxAudience audience,
                        GError **error);

/* The field `name` of a row of the register `unit`; NULL without *error for
 * id 0.  One look-up by key, cheap enough for every row of a list. */
char *hx_unit_name (HxConnection *connection, gint64 unit_id, GError **error);
/* The unit that a user calls so; `kind` is the catalogue's kind `unit`.
 * HX_ERROR_NOT_FOUND when there is none. */
gboolean hx_unit_find (HxConnection *connection, const HxKind *kind,
                       const char *text, gint64 *unit_id, GError **error);

typedef struct
{
  gint64 seq;
  const char *at, *actor, *request, *action, *before, *after;
} HxLogEntry;

typedef gboolean (*HxLogFunc) (const HxLogEntry *entry, gpointer data);
/* The history of one row, oldest first. */
gboolean hx_ledger_history (HxConnection *connection, const HxKind *kind,
                            gint64 id, HxLogFunc function, gpointer data,
                            GError **error);

/* `values` is `before` or `after` of an entry of the row whose id row->id is
 * (secret values open for that row alone); NULL and what is no JSON object are
 * nothing.  Apply fills the fields it names, forget empties them. */
void hx_row_apply (HxConnection *connection, HxRow *row, const char *values);
void hx_row_forget (HxRow *row, const char *values);

/* ---------------------------------------------------------------- verifying */

/* Each finding is one sentence.  Checks the chain from its first entry (the
 * first broken link is named, later ones depend on it), each row against the
 * replay of its entries (changed, missing, or come from nowhere) and of what
 * installing filled (hx_catalogue_fills, outside the chain). */
typedef void (*HxFindingFunc) (const char *finding, gpointer data);
gboolean hx_ledger_verify (HxConnection *connection, HxCatalogue *catalogue,
                           HxFindingFunc function, gpointer data,
                           HxProgress progress, GError **error);

G_END_DECLS

#endif
