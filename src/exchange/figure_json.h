/* figure_json: a figure as JSON; one shape for commands and operations.
 */
#ifndef HX_EXCHANGE_FIGURE_JSON_H
#define HX_EXCHANGE_FIGURE_JSON_H

#include "measure/measure.h"

G_BEGIN_DECLS

/* The members of an object that is open: what the figure is, its exact decimal
 * in its unit, money in 分 besides.  `stated` is how a report words it, `weak`
 * what its data lack; both may be NULL. */
void hx_figure_members (HxJson *json, const HxFigure *figure,
                        const char *stated, const char *weak);

G_END_DECLS

#endif
