/* secret: secret fields in the tables.
 *
 * In memory a secret field is plain text like any other.  In its column and in
 * the change log it is sealed (base/keyring.h) with the kind, field and row as
 * its place.  A value that does not change keeps its sealed text, so that the
 * row and its last entries hold the same; rotating the key seals the rows anew
 * and leaves the log as it is.
 *
 * SQL cannot compare what is sealed.  A field with a digest column is asked
 * for by hx_secret_digest, and what is found is compared once opened: 63 bits
 * may be the same by chance.
 *
 *   SELECT id FROM reg_cadre WHERE bureau_id = ?1 AND "phone_digest" = ?2
 */
#ifndef HX_LEDGER_SECRET_H
#define HX_LEDGER_SECRET_H

#include "ledger/ledger.h"

G_BEGIN_DECLS

/* The digest of what a user wrote, in normal form (telephones and ID numbers
 * as they are stored, other text by hx_text_normalise).  All phones share one
 * kind of digest, and all ID numbers, whatever their kind and field.  0 for
 * empty text, for a field without digest column and for a database without
 * key. */
gint64 hx_secret_digest (HxConnection *connection, const HxField *field,
                         const char *text);
/* The same of the last n characters of the value, for an index of endings;
 * 0 when it has fewer. */
gint64 hx_secret_tail_digest (HxConnection *connection, const HxField *field,
                              const char *text, guint n);

/* TRUE when every value of the row is open; else the error names the row and
 * the first field that is not. */
gboolean hx_row_is_open (const HxRow *row, GError **error);

/* ------------------------------------------------------------------ rotation
 *
 * Inside a write that does nothing else: a new generation of the key comes
 * into the key file, every secret value of every row is sealed by it, digests
 * and idents are made anew, and so are the indexes that hold digests.  No row
 * changes its version and the change log has no entry: it keeps what the old
 * generations sealed, which is why they stay in the file.
 *
 * A write that breaks off leaves the database with the old generation and the
 * file with one that waits: the next rotation takes it.  Refused when a value
 * does not open.
 */
typedef struct
{
  guint generation; /* that is in use now */
  guint64 rows, values;
} HxRotation;

gboolean hx_secret_rotate (HxConnection *connection, HxCatalogue *catalogue,
                           HxCipher cipher, HxRotation *rotation,
                           GError **error);

/* ------------------------------------------------------------------ masking
 *
 * Every output masks telephones, ID numbers and secret fields, and those that
 * leave the house (reports, the rows behind a figure, printed lists) the names
 * of people as well (hx_value_display).  Who needs one in clear asks for it by
 * field and with a reason, and that is written into the change log before
 * anything is shown: action "reveal", `after` {"reveal": [KEY, …], "reason":
 * TEXT}, with "count" where it is a list, whose row is 0.  Such an entry
 * changes no row.
 */

/* A reference is masked when it shows the name of a person. */
gboolean hx_field_is_masked (const HxKind *kind, const HxField *field,
                             HxAudience audience);

typedef struct
{
  const HxKind *kind;
  gint64 row;              /* 0: a list */
  gint64 count;            /* of the list */
  const GPtrArray *fields; /* HxField; not empty */
  const char *reason;      /* not empty */
} HxReveal;

/* Refused without a reason, and for a row that is not there. */
gboolean hx_ledger_reveal (HxLedger *ledger, const HxReveal *reveal,
                           GError **error);

G_END_DECLS

#endif
