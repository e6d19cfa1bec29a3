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

G_END_DECLS

#endif
