/* How figures and their rows are shown on a terminal and as JSON. */
#ifndef HX_CLI_FIGURE_OUTPUT_H
#define HX_CLI_FIGURE_OUTPUT_H

#include "measure/measure.h"

G_BEGIN_DECLS

/* Figure key → wording used in the report of that year. */
GHashTable *hx_cli_stated (HxCatalogue *catalogue, const GPtrArray *figures,
                           int year);
void hx_cli_figures_table (const GPtrArray *figures, GHashTable *stated);
void hx_cli_figures_json (const GPtrArray *figures, GHashTable *stated);

G_END_DECLS

#endif
