/* What the files of the command quality share. */
#ifndef HX_CLI_QUALITY_H
#define HX_CLI_QUALITY_H

#include "cli/reveal.h"
#include "people/quality.h"

G_BEGIN_DECLS

typedef struct
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  HxStore *store;
  const HxCliReveal *reveal;
  HxQualityQuery query;
  GArray *parts;
} CliQuality;

gboolean hx_cli_quality_list (CliQuality *quality, gboolean as_json,
                              GError **error);
gboolean hx_cli_quality_workbook (CliQuality *quality, const char *path,
                                  GError **error);

G_END_DECLS

#endif
