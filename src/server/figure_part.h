/* figure_part: what pages of figures share: the rows behind one as a table and
 * as JSON, a page at a time, as the user may read them.
 *
 * Rows outside the scope, or of kinds that the user does not read, are left
 * out; a sentence says so where a figure is of more than the user reaches.
 */
#ifndef HX_SERVER_FIGURE_PART_H
#define HX_SERVER_FIGURE_PART_H

#include "server/shown.h"
#include "server/year_part.h"

G_BEGIN_DECLS

#define HX_FIGURE_READERS (HX_USER_BUSINESS)

/* Tells rows; a stop when `function` is FALSE. */
typedef struct
{
  /* FALSE with *error; `place` as of hx_trace_behind, or NULL for sources that
   * go on by themselves. */
  gboolean (*trace) (HxConnection *connection, HxTracePlace *place,
                     HxTraceFunc function, gpointer data, gpointer source,
                     GError **error);
  gpointer source;
} HxFigureRows;

/* A cursor of the call's parameter `cursor` into a place; none: the first. */
gboolean hx_figure_place (HxCall *call, HxTracePlace *place, GError **error);
/* A table of at most HX_PAGE_ROWS rows behind the call's cursor, with the way
 * to the next; `path` is this page's, with its query. */
gboolean hx_figure_rows_table (HxHtml *html, HxCall *call,
                               const HxFigureRows *rows, const char *path,
                               GError **error);
/* "rows": […], "next": cursor or null, into an object that is open. */
gboolean hx_figure_rows_json (HxJson *json, HxCall *call,
                              const HxFigureRows *rows, GError **error);

G_END_DECLS

#endif
