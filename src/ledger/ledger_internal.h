/* What the files of the ledger share. */
#ifndef HX_LEDGER_INTERNAL_H
#define HX_LEDGER_INTERNAL_H

#include "ledger/history.h"
#include "ledger/ledger.h"

#include <string.h>

#define HX_LOOKUP_MAX 100000 /* remembered references of one kind */

/* A row that a cell names. */
typedef struct
{
  gint64 id;
  gint64 unit_id;
} HxTarget;

/* What a ledger knows of one kind while it lives. */
typedef struct _HxBulk HxBulk;           /* see bulk.c */
typedef struct _HxKeyBuffer HxKeyBuffer; /* see search_index.c */
typedef struct _HxKeyMaker HxKeyMaker;
typedef struct _HxSpend HxSpend; /* see spend.c */

typedef struct
{
  const HxKind *kind;
  HxStatement *find, *insert, *update, *unit; /* NULL until needed */
  HxStatement **names, **repeats;             /* one a field, as the others */
  gint64 last_id;                             /* -1 until needed */
  HxRow *stored;                              /* the row as the table has it */
  guint64 found_serial; /* `stored` answers for the ident of this serial */
  gint64 found_except;
  HxBulk *bulk;        /* NULL: the kind had rows, or too many came */
  HxKeyBuffer *keys;   /* of the search; NULL until needed */
  HxRow *cell;         /* where the cells of references are parsed */
  GHashTable *targets; /* field and text of a reference: HxTarget */
  GHashTable *units;   /* row id: the unit of that row */
  GHashTable *twins;   /* of twin.c; NULL: not read yet */
} HxKindState;

/* See ident.c. */
typedef struct
{
  HxConnection *connection;
  HxDigest *digest;
  GString *frame, *last;
  gboolean is_keyed; /* the last one was */
  guint64 value;
  guint64 serial; /* counts the different identities asked for in a row */
} HxIdent;

HxIdent *hx_ident_new (HxConnection *connection);
void hx_ident_free (HxIdent *ident);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxIdent, hx_ident_free)

struct _HxLedger
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  char *actor;
  char *request;
  char *at;
  HxWatcher watcher;
  GPtrArray *kinds; /* HxKindState by the kind's index, or NULL */
  HxDigest *chain;
  HxIdent *ident;
  HxStatement *log;
  guint8 head[HX_DIGEST_SIZE];
  gint64 seq;
  GString *before;
  GString *after;
  GString *frame;
  GString *normal;
  HxKeyMaker *keys;             /* NULL until needed */
  HxEffect effect;              /* see history.h */
  char from[HX_DATE_TEXT_SIZE]; /* the day of the change being put */
  GArray *dated;                /* HxDatedChange of it */
  HxSpend *spend;               /* NULL until needed */
  GPtrArray *warnings;          /* char * */
  guint64 n_warnings;
  GArray *locks;    /* of lock.c */
  char *correction; /* after an issue: why; or NULL */
};

/* NULL with *error when the store fails. */
HxKindState *hx_ledger_kind (HxLedger *ledger, const HxKind *kind,
                             GError **error);
void hx_kind_state_free (gpointer data);
/* The statement kept in *kept, made by `sql` the first time. */
HxStatement *hx_kind_statement (HxLedger *ledger, const HxKindState *state,
                                HxStatement **kept,
                                char *(*sql) (const HxKind *kind),
                                GError **error);
/* Called once a kind: bulk is set when the kind has no rows yet. */
gboolean hx_bulk_begin (HxLedger *ledger, HxKindState *state, GError **error);
/* The id of the first row of this ident; 0: none. */
gint64 hx_bulk_find (const HxBulk *bulk, gint64 ident);
/* FALSE: a row of this write may have the value already. */
gboolean hx_bulk_is_new (const HxBulk *bulk, const HxField *field,
                         const HxValue *value);
gboolean hx_bulk_add (HxLedger *ledger, HxKindState *state, gint64 ident,
                      const HxRow *row, GError **error);
/* Before the kind's rows are looked up by name: with indexes, then. */
gboolean hx_bulk_asked (HxLedger *ledger, HxKindState *state, GError **error);
/* The indexes are there again, bulk is NULL. */
gboolean hx_bulk_end (HxLedger *ledger, HxKindState *state, GError **error);
void hx_bulk_free (HxBulk *bulk);
/* An id that no row of the kind had before; 0 with *error. */
gint64 hx_kind_next_id (HxLedger *ledger, HxKindState *state, GError **error);

/* The row's keys into the index of the search, at the end of the write. */
gboolean hx_ledger_index (HxLedger *ledger, HxKindState *state,
                          const HxRow *before, const HxRow *after,
                          GError **error);
gboolean hx_ledger_index_end (HxKindState *state, GError **error);
void hx_ledger_index_free (HxLedger *ledger);

/* g_string_append_len without the call: a row appends some fifty pieces. */
static inline void
hx_append (GString *out, const char *text, gsize size)
{
  if (out->len + size >= out->allocated_len)
    {
      g_string_append_len (out, text, (gssize)size);
      return;
    }
  memcpy (out->str + out->len, text, size);
  out->len += size;
  out->str[out->len] = '\0';
}

/* ----------------------------------------------------------------- secrets */

/* Fills the value of row->id from its sealed text. */
void hx_value_open (HxConnection *connection, HxRow *row, const HxField *field,
                    const char *sealed);
/* Seals what is not sealed in `before` (may be NULL) and digests it; row->id
 * is set. */
gboolean hx_row_seal (HxConnection *connection, HxRow *row, const HxRow *before,
                      GString *buffer, GError **error);
/* Of a value as it is stored in memory. */
gint64 hx_value_digest (HxConnection *connection, const HxField *field,
                        const char *text, GString *buffer);
/* What a look-up asks for: the value, or the digest of a secret one. */
void hx_bind_value (HxLedger *ledger, HxStatement *statement, int index,
                    const HxField *field, const HxValue *value);
/* What was found by its digest, compared. */
gboolean hx_sealed_equal (HxLedger *ledger, const HxPlace *place,
                          const char *sealed, const char *text);

/* ------------------------------------------------------- known bad numbers
 *
 * Where the catalogue lets a field keep numbers that are wrong, a row is known
 * bad when the reason is filled or the number is none: see known_bad.c. */

/* As it is kept: normalised, large letters, no spaces; NULL when it is too
 * short or too long for a number that somebody may have written. */
char *hx_known_bad_number (const char *text);
gboolean hx_field_is_known_bad (const HxRow *row, const HxField *field);
/* One of its identity is. */
gboolean hx_row_is_known_bad (const HxRow *row);

/* -------------------------------------------------------------------- rows */

/* The date (records) or since (registers): it lies in the column `day`. */
const HxField *hx_kind_day (const HxKind *kind);
void hx_value_copy (HxRow *row, guint index, const HxValue *value);
/* The value of one column, its text in the arena of the row. */
void hx_value_read (HxStatement *statement, int column, const HxField *field,
                    HxRow *arena, HxValue *value);
/* The field of the row from its column, and for attendees the next; secrets
 * are opened. Returns the column after the field. */
int hx_row_read_field (HxStatement *statement, int column, HxRow *row,
                       const HxField *field);
void hx_row_copy_system (HxRow *row, const HxRow *from);
/* The field is the whole identity, of every row. */
gboolean hx_is_identity (const HxKind *kind, const HxField *field);
gboolean hx_row_same_identity (const HxRow *a, const HxRow *b);
gint64 hx_row_ident (HxIdent *ident, const HxRow *row);
void hx_row_set_text (HxRow *row, HxValue *value, const char *text);
void hx_row_set_day (HxRow *row, HxValue *value, HxDate date);

/* --------------------------------------------------------------------- SQL */

char *hx_sql_find (const HxKind *kind);
/* Kept with the connection: SELECT of a whole row, and of what it is called,
 * by ?1 bureau and ?2 id.  Reset them after use. */
HxStatement *hx_row_statement (HxConnection *connection, const HxKind *kind,
                               GError **error);
HxStatement *hx_label_statement (HxConnection *connection, const HxKind *kind,
                                 const HxField *label, GError **error);
char *hx_sql_load (const HxKind *kind);
char *hx_sql_insert (const HxKind *kind);
/* The same parameters as the insert. */
char *hx_sql_update (const HxKind *kind);
/* Live rows, at most two, with the value ?2 in `field`; ?3 is the ident when
 * the field is the identity.  Of a secret field all with the digest ?2, and
 * its sealed text as the last column. */
char *hx_sql_name (const HxKind *kind, const HxField *field);
char *hx_sql_unit (const HxKind *kind);
/* How many live rows name the row ?2 in `field`; of attendees ?2 is ",ID,"
 * between per cent signs, and all rows are read. */
char *hx_sql_users (const HxKind *kind, const HxField *field);
/* A live row other than ?3 with the value ?2 in `field`; of a secret field as
 * above.  Known bad rows are passed over. */
char *hx_sql_repeat (const HxKind *kind, const HxField *field);
void hx_row_bind (HxStatement *statement, const HxRow *row, gint64 ident);

/* ------------------------------------------------------------------- cells */

typedef struct
{
  HxLedger *ledger;
  HxRow *row;
  const HxField *field;
  HxValue *value;
  const char *raw;  /* as the cell has it */
  const char *text; /* normalised, not empty */
} HxCell;

/* One field type.  `parse` leaves a filled value or an error whose code is
 * HX_ERROR_STORE for the store and any other for the cell; `format` writes
 * the value as a user reads it, without the store; `write` the JSON. */
typedef struct
{
  gboolean (*parse) (HxCell *cell, GError **error);
  char *(*format) (const HxField *field, const HxValue *value);
  void (*write) (GString *out, const HxField *field, const HxValue *value);
} HxFieldClass;

const HxFieldClass *hx_field_class (HxFieldType type);

gboolean hx_cell_text (HxCell *cell, GError **error);
gboolean hx_cell_evidence (HxCell *cell, GError **error);
gboolean hx_cell_id_number (HxCell *cell, GError **error);
gboolean hx_cell_phone (HxCell *cell, GError **error);
gboolean hx_cell_choice (HxCell *cell, GError **error);
gboolean hx_cell_integer (HxCell *cell, GError **error);
gboolean hx_cell_decimal (HxCell *cell, GError **error);
gboolean hx_cell_money (HxCell *cell, GError **error);
gboolean hx_cell_bool (HxCell *cell, GError **error);
gboolean hx_cell_date (HxCell *cell, GError **error);
gboolean hx_cell_ref (HxCell *cell, GError **error);
gboolean hx_cell_attendees (HxCell *cell, GError **error);

char *hx_format_text (const HxField *field, const HxValue *value);
char *hx_format_choice (const HxField *field, const HxValue *value);
char *hx_format_integer (const HxField *field, const HxValue *value);
char *hx_format_decimal (const HxField *field, const HxValue *value);
char *hx_format_money (const HxField *field, const HxValue *value);
char *hx_format_bool (const HxField *field, const HxValue *value);
char *hx_format_attendees (const HxField *field, const HxValue *value);

void hx_write_integer (GString *out, const HxField *field,
                       const HxValue *value);
void hx_write_text (GString *out, const HxField *field, const HxValue *value);
void hx_write_attendees (GString *out, const HxField *field,
                         const HxValue *value);

/* min and max of the field against the stored integer. */
gboolean hx_cell_in_range (const HxCell *cell, gint64 number, GError **error);

/* ------------------------------------------------------------------- twins */

/* The living row of the same name and date of birth that is kept with a known
 * bad number; *id is 0 when there is none. */
gboolean hx_ledger_twin (HxLedger *ledger, HxKindState *state, const HxRow *row,
                         gint64 *id, GError **error);
/* A row that was written. */
void hx_ledger_twin_add (HxKindState *state, const HxRow *row);

/* ----------------------------------------------------------------- look-up */

/* The one live row of `kind` that the text names; FALSE with the reason. */
gboolean hx_lookup (HxLedger *ledger, const HxKind *kind, const char *text,
                    HxTarget *target, GError **error);
/* The unit of a row; 0 when it has none. */
gboolean hx_lookup_unit (HxLedger *ledger, const HxKind *kind, gint64 id,
                         gint64 *unit_id, GError **error);
void hx_lookup_forget (HxKindState *state);
/* Sets row->unit_id from its fields. */
gboolean hx_row_find_unit (HxLedger *ledger, HxRow *row, GError **error);

/* -------------------------------------------------------------------- caps */

/* TRUE when a cap with a maximum counts rows of the kind. */
gboolean hx_kind_is_capped (const HxLedger *ledger, const HxKind *kind);
/* The row as it will be stored against the caps of its kind: FALSE with a fault
 * when it is over the first of them and not approved. */
gboolean hx_row_check_caps (HxLedger *ledger, HxKindState *state,
                            const HxRow *row, HxFaults *faults, GError **error);
/* The row as the table has it, in state->stored; NULL in *stored: a new one. */
gboolean hx_row_find_stored (HxLedger *ledger, HxKindState *state,
                             const HxRow *row, const HxRow **stored,
                             GError **error);

/* ---------------------------------------------------------------- spending */

/* The row as it will be stored against the money of its line: FALSE with a
 * fault when it takes more than was granted. */
gboolean hx_row_check_spending (HxLedger *ledger, HxKindState *state,
                                const HxRow *row, HxFaults *faults,
                                GError **error);
/* The same for a row that is about to be written, void or not, as an error;
 * `before` is NULL for a new one. */
gboolean hx_spend_begin (HxLedger *ledger, const HxRow *before,
                         const HxRow *after, GError **error);
/* It was written. */
gboolean hx_spend_end (HxLedger *ledger, const HxRow *before,
                       const HxRow *after, GError **error);
void hx_spend_free (HxSpend *spend);

/* --------------------------------------------------------------- find, put */

/* Looks for a row of the same identity into state->stored; its id is 0 when
 * there is none.  `except` is an id to pass over. */
gboolean hx_ledger_find_stored (HxLedger *ledger, HxKindState *state,
                                const HxRow *row, gint64 except,
                                GError **error);
/* Takes the fields with 0 in `set` (NULL: none) from the stored row. */
void hx_row_keep_unset (HxRow *row, const HxRow *stored, const guint8 *set);
/* Makes the idents that are 0. */
gboolean hx_ident_restore (HxLedger *ledger, const HxKind *kind,
                           GError **error);
/* The row `id` into state->stored. */
gboolean hx_ledger_stored (HxLedger *ledger, HxKindState *state, gint64 id,
                           GError **error);
/* Row, log entry, watcher; `before` is NULL for a new row.  A reason is that
 * of a row that became void, or of one that is void no more. */
gboolean hx_ledger_write (HxLedger *ledger, HxKindState *state, HxRow *row,
                          const HxRow *before, const char *reason,
                          GError **error);
/* Whether other living rows have what must be unique: FALSE with the faults,
 * or with *error. */
gboolean hx_row_is_unique (HxLedger *ledger, HxRow *row, HxFaults *faults,
                           GError **error);

/* Takes the sentence; faults may be NULL. */
void hx_faults_take (HxFaults *faults, char *sentence);

/* --------------------------------------------------------------------- log */

typedef struct
{
  gint64 seq;
  const char *at, *actor, *request, *action, *kind;
  gint64 row, definition;
  const char *before, *after;
} HxEntry;

#define HX_ACTION_REVEAL "reveal"
#define HX_ACTION_SUBMIT "submit" /* these: approval.h */
#define HX_ACTION_APPROVE "approve"
#define HX_ACTION_RETURN "return"

gboolean hx_action_is_approval (const char *action);
gboolean hx_approval_migrate (HxConnection *connection, GError **error);
gboolean hx_evidence_migrate (HxConnection *connection, GError **error);

#define HX_ENTRY_COLUMNS                                                       \
  "seq, at, actor, request, action, kind, row, definition, before, after"

/* The entries of the row ?3 of the kind ?2; those of all its rows by row. */
#define HX_LOG_HISTORY                                                         \
  "SELECT " HX_ENTRY_COLUMNS " FROM change_log WHERE bureau_id = ?1"           \
  " AND seq IN (SELECT seq FROM change_log WHERE bureau_id = ?1"               \
  " AND kind = ?2 AND row = ?3) ORDER BY seq"
#define HX_LOG_REPLAY                                                          \
  "SELECT " HX_ENTRY_COLUMNS " FROM change_log WHERE bureau_id = ?1"           \
  " AND kind = ?2 ORDER BY row, seq"

void hx_entry_read (HxStatement *statement, HxEntry *entry);
void hx_entry_digest (HxDigest *digest, GString *frame, const guint8 *previous,
                      const HxEntry *entry, guint8 *out);
void hx_log_integer (GString *out, gint64 number);
/* Values of `row` that differ from `other` (NULL: all) as a JSON object. */
void hx_log_values (GString *out, const HxRow *row, const HxRow *other);
gboolean hx_log_open (HxLedger *ledger, GError **error);
/* Writes the entry for the next seq and moves the head of the chain. */
gboolean hx_log_write (HxLedger *ledger, const char *action, const HxRow *row,
                       GError **error);

#endif
