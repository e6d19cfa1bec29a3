/* memo: answers that are kept while nothing has changed.
 *
 * What costs many rows to say, and is asked for with every page, is kept with
 * the place in the change log at which it was said: every write goes there, so
 * an answer of the same place is the same answer.
 *
 * Ownership: values are atomic boxes (g_atomic_rc_box_new0) that the memo
 * shares with whoever took them.  Threads: any.
 */
#ifndef HX_SERVER_MEMO_H
#define HX_SERVER_MEMO_H

#include "store/store.h"

G_BEGIN_DECLS

typedef struct _HxMemo HxMemo;

/* Keeps `most` answers, then drops what was not asked for longest.  `clear`
 * (or NULL) frees what is inside a box. */
HxMemo *hx_memo_new (guint most, GDestroyNotify clear);
void hx_memo_free (HxMemo *memo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxMemo, hx_memo_free)

/* Where the change log ends for this reader; FALSE with *error. */
gboolean hx_memo_moment (HxConnection *connection, gint64 *moment,
                         GError **error);
/* The caller's share of the value, or NULL: to be given back by
 * hx_memo_release. */
gpointer hx_memo_take (HxMemo *memo, const char *key, gint64 moment);
/* The memo takes a share of its own. */
void hx_memo_put (HxMemo *memo, const char *key, gint64 moment, gpointer box);
void hx_memo_release (const HxMemo *memo, gpointer box);

G_END_DECLS

#endif
