/* shown: rows as the user of a call may read them.
 *
 * What hx_identity_value says of one value, for many: what a reference is
 * called is asked once a call.
 *
 * Ownership: borrows the call and the connection.  Threads: the call's.
 */
#ifndef HX_SERVER_SHOWN_H
#define HX_SERVER_SHOWN_H

#include "server/call.h"

G_BEGIN_DECLS

typedef struct
{
  HxCall *call;
  const HxIdentity *identity;
  HxConnection *connection;
  GHashTable *labels; /* gint64 → char * */
} HxShown;

/* Opens the connection of the call. */
gboolean hx_shown_open (HxShown *shown, HxCall *call, GError **error);
void hx_shown_clear (HxShown *shown);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxShown, hx_shown_clear)

/* "" of an empty value; NULL without *error: hidden; the caller's. */
char *hx_shown_text (HxShown *shown, const HxRow *row, const HxField *field,
                     GError **error);
/* The same, "" of what is hidden. */
char *hx_shown_plain (HxShown *shown, const HxRow *row, const HxField *field,
                      GError **error);
/* What the row is called, "" when nothing names it or it is hidden. */
char *hx_shown_label (HxShown *shown, const HxRow *row, GError **error);
/* The name of a unit, "" for 0; the shown's. */
const char *hx_shown_unit (HxShown *shown, gint64 unit_id, GError **error);

/* "KEY": "TEXT" for each filled field that is seen, `but` (or NULL) aside. */
gboolean hx_shown_members (HxShown *shown, HxJson *json, const HxRow *row,
                           const HxField *but, GError **error);

/* A row of a kind that the user may read, within the scope; what is not is
 * HX_ERROR_NOT_FOUND, as if there were none. */
gboolean hx_shown_load (HxShown *shown, HxRow *row, gint64 id, GError **error);

G_END_DECLS

#endif
