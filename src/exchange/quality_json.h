/* quality_json: the quality of data in words and as JSON; one shape for
 * commands, pages and operations.
 *
 * Ownership: texts are the caller's.  Threads: the connection's.
 */
#ifndef HX_EXCHANGE_QUALITY_JSON_H
#define HX_EXCHANGE_QUALITY_JSON_H

#include "people/quality.h"

G_BEGIN_DECLS

/* "98.50" of a share in 1/100 per cent. */
char *hx_quality_percent (gint64 share);
/* Is less filled than is required? */
gboolean hx_quality_is_weak (const HxQualityField *field,
                             const HxQualityCount *count);
/* The unit's name, or what says that there is none. */
char *hx_quality_unit_name (HxConnection *connection, gint64 unit_id,
                            GError **error);
/* What is wrong, and what to do about it. */
char *hx_quality_advice (const HxQualityItem *todo);
/* The fields that are asked for, each with its units. */
gboolean hx_quality_json (HxJson *json, HxConnection *connection,
                          const HxQualityQuery *query, const GArray *parts,
                          GError **error);

G_END_DECLS

#endif
