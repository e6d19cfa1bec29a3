/* How figures and their rows are shown on a terminal and as JSON. */
#ifndef HX_CLI_FIGURE_OUTPUT_H
#define HX_CLI_FIGURE_OUTPUT_H

#include "measure/measure.h"

G_BEGIN_DECLS

/* `stated`: figure key → wording used in the report (see report/year.h);
 * `weak`: figure key → why it is weak (see people/weakness.h). */
void hx_cli_figures_table (const GPtrArray *figures, GHashTable *stated,
                           GHashTable *weak);
void hx_cli_figures_json (const GPtrArray *figures, GHashTable *stated,
                          GHashTable *weak);

G_END_DECLS

#endif
