/* Issued reports at the command line. */
#ifndef HX_CLI_EDITION_H
#define HX_CLI_EDITION_H

#include "cli/session.h"
#include "report/edition.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean issue; /* --issue */
  gboolean list;  /* --editions */
  int number;     /* --edition; 0: none */
} HxCliEdition;

/* Issues the report of the year and says what was issued. */
gboolean hx_cli_edition_issue (HxCli *cli, int year, GError **error);
/* All editions of the year, with the figures that changed since. */
gboolean hx_cli_edition_list (HxCli *cli, int year, GError **error);
/* The frozen document; the caller's. */
char *hx_cli_edition_read (HxCli *cli, int year, guint number,
                           HxReportFormat format, gsize *length,
                           GError **error);
/* A line for each figure that changed since its report was issued. */
gboolean hx_cli_edition_changes (HxConnection *connection,
                                 HxCatalogue *catalogue, int year,
                                 GError **error);

G_END_DECLS

#endif
