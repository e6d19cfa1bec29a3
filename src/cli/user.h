/* Asking for a password. */
#ifndef HX_CLI_USER_H
#define HX_CLI_USER_H

#include "cli/session.h"

G_BEGIN_DECLS

/* Typed twice and not shown on a terminal; else the first line of standard
 * input.  The caller's. */
char *hx_cli_ask_password (GError **error);

G_END_DECLS

#endif
