/* unmask: one masked value in clear, for a reason.
 *
 * Inside a write: hx_unmask checks that the user may (kind, scope, field),
 * notes it in the change log (hx_ledger_reveal) and only then says the values.
 * Who heads the people sees who looked at what: hx_reveals.
 *
 * Ownership: what is returned is the caller's.
 */
#ifndef HX_UNMASK_H
#define HX_UNMASK_H

#include "access/access.h"

G_BEGIN_DECLS

typedef struct
{
  const HxKind *kind;
  gint64 id;               /* of the row */
  const GPtrArray *fields; /* HxField; not empty */
  const char *reason;      /* not empty */
} HxUnmask;

/* `values`: char * in the order of the fields, freed with the array; an empty
 * one is "".  HX_ERROR_NOT_FOUND for what is out of scope or not for the user.
 */
gboolean hx_unmask (HxLedger *ledger, const HxIdentity *identity,
                    const HxUnmask *wanted, GPtrArray **values, GError **error);

typedef struct
{
  gint64 seq, row, count; /* row 0: a list of `count` */
  const HxKind *kind;
  char *at, *actor;
  char *label;  /* of the row, as the reader may see it; or NULL */
  char *fields; /* 联系电话、银行卡号 */
  char *reason;
} HxRevealed;

/* The reveals of rows that the identity reaches and reads, the last first;
 * from before the entry `before` (0: from the last), at most `max`:
 * HxRevealed, freed with the array. */
GPtrArray *hx_reveals (HxConnection *connection, const HxIdentity *identity,
                       gint64 before, guint max, GError **error);

G_END_DECLS

#endif
