#ifndef HX_CLI_RECORD_SHOW_H
#define HX_CLI_RECORD_SHOW_H

#include "cli/reveal.h"

G_BEGIN_DECLS

/* Print one row of reveal->kind with its history, masked in both but for what
 * was chosen. */
gboolean hx_cli_show_row (HxConnection *connection, const HxCliReveal *reveal,
                          gint64 id, gboolean as_json, GError **error);

G_END_DECLS

#endif
