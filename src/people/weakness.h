/* weakness: which figures lean on data that are not there.
 *
 * A figure is weak when its rule asks for a field that is filled in too few
 * rows: a field in `where` of the indicator (of the row or of the row that it
 * refers to) or of the base of a coverage, the field that is summed or told
 * apart, of a unit's figure the field that names the unit of a person; for
 * ratio, total and reached those of the parts.  Too few is a share below the
 * field's `required` of quality.yaml, among the rows of which the quality asks
 * and which exist on the figure's as-of date, of the unit if it is a unit's
 * figure.
 *
 * How many rows have a field is counted in the write, as figures are (see
 * hx_catalogue_counted), and costs the same at any size; `verify` recounts it.
 *
 * Ownership: keeps its catalogue, borrows the connection.  Threads: as those.
 */
#ifndef HX_PEOPLE_WEAKNESS_H
#define HX_PEOPLE_WEAKNESS_H

#include "measure/measure.h"

G_BEGIN_DECLS

typedef struct _HxWeakness HxWeakness;

/* `unit_id` 0: the whole bureau; `as_of` is a whole date. */
HxWeakness *hx_weakness_new (HxConnection *connection, HxCatalogue *catalogue,
                             gint64 unit_id, HxDate as_of);
void hx_weakness_free (HxWeakness *weakness);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxWeakness, hx_weakness_free)

/* "出生日期缺 3.20%（应填 99.50%）", several with a semicolon between; ""
 * when the figure is not weak, NULL with *error when the store fails. */
char *hx_weakness_of (HxWeakness *weakness, const HxIndicator *indicator,
                      GError **error);

/* Figure key → sentence of each weak figure among HxFigure, as of each one's
 * date. */
GHashTable *hx_weakness_of_figures (HxConnection *connection,
                                    HxCatalogue *catalogue, gint64 unit_id,
                                    const GPtrArray *figures, GError **error);

G_END_DECLS

#endif
