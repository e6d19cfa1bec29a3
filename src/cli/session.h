/* What commands on an installed database share. */
#ifndef HX_CLI_SESSION_H
#define HX_CLI_SESSION_H

#include "cli/cli.h"
#include "measure/measure.h"

G_BEGIN_DECLS

/* Open --db and the catalogue that it carries (the caller's reference). */
HxStore *hx_cli_open_catalogue (HxCli *cli, HxCatalogue **catalogue,
                                GError **error);
/* A kind by key, name or alias; the error lists what there is. */
const HxKind *hx_cli_kind (HxCatalogue *catalogue, const char *name,
                           GError **error);
/* HONGXIA_USER, else the login name; `request` is borrowed. */
HxAuthor hx_cli_author (const char *request);
gboolean hx_cli_year (const char *text, int *year, GError **error);
/* --as-of of a figure; NULL leaves the end of the year. */
gboolean hx_cli_as_of (const char *text, HxPeriod *period, GError **error);
gboolean hx_cli_row_id (const char *text, gint64 *id, GError **error);
/* The catalogue that the binary carries. */
HxBundle *hx_cli_shipped_catalogue (GError **error);

G_END_DECLS

#endif
