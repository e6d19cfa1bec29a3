#ifndef HX_CLI_RECORD_SHOW_H
#define HX_CLI_RECORD_SHOW_H

#include "ledger/ledger.h"

G_BEGIN_DECLS

/* Print one row with its history, secret fields masked in both. */
gboolean hx_cli_show_row (HxConnection *connection, const HxKind *kind,
                          gint64 id, gboolean as_json, GError **error);

G_END_DECLS

#endif
