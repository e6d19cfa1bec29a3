/* recent: the last records that name a person, of any kind.
 *
 * The quick way to what happened last, for replies that are asked for often;
 * the whole of it is in person.h.  One look-up by index a kind that refers to
 * the register of people; kinds that name people as attendees are read whole.
 * Statements are prepared once a connection and kept with it.
 *
 * Ownership: the rows are the caller's.  Threads: as the connection's.
 */
#ifndef HX_PEOPLE_RECENT_H
#define HX_PEOPLE_RECENT_H

#include "ledger/ledger.h"

G_BEGIN_DECLS

typedef struct
{
  guint limit;
  HxDate as_of; /* what is dated later is not seen */
  /* Whether records of a kind are wanted; NULL: all. */
  gboolean (*wanted) (const HxKind *kind, gpointer data);
  gpointer data;
} HxRecentQuery;

/* HxRow, the newest first; of one day in the catalogue's order of kinds, the
 * last entered first. */
GPtrArray *hx_person_recent (HxConnection *connection, HxCatalogue *catalogue,
                             gint64 id, const HxRecentQuery *query,
                             GError **error);

G_END_DECLS

#endif
