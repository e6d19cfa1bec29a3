/* What the pages of accounts share. */
#ifndef HX_SERVER_ACCOUNT_PART_H
#define HX_SERVER_ACCOUNT_PART_H

#include "server/page.h"

G_BEGIN_DECLS

/* 2023-11-30 08:15 of the machine's zone; "" for 0.  The caller's. */
char *hx_say_second (gint64 seconds);
/* 科室经办、财务人员; the caller's. */
char *hx_say_roles (HxUserRoles roles);

/* A grid of sessions with a button to end each: POST to `action` + id. */
void hx_part_sessions (HxHtml *html, HxCall *call, const GPtrArray *sessions,
                       const char *action);
/* A list to tick of the roles; `chosen` are ticked.  The field "roles". */
void hx_part_roles (HxHtml *html, HxUserRoles chosen, const char *fault);
/* The ticked ones of the call. */
HxUserRoles hx_roles_sent (const HxCall *call);
/* The unit that was typed, 0 when nothing was; what is wrong becomes a fault
 * of "unit".  FALSE with *error is of the store alone. */
gboolean hx_unit_sent (HxCall *call, gint64 *unit_id, GError **error);

/* Runs a write; what the user can mend becomes a fault of no field, and *done
 * FALSE.  Identities are asked anew. */
gboolean hx_account_write (HxCall *call, HxLedgerFunc function, gpointer data,
                           gboolean *done, GError **error);

#define HX_PART_TEXT(name, place, flags, max, what)                            \
  {                                                                            \
    name, place, HX_TYPE_TEXT, flags, 0, max, NULL, what                       \
  }
#define HX_PART_ID(what)                                                       \
  {                                                                            \
    "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, 0, 0, NULL, what                \
  }

G_END_DECLS

#endif
