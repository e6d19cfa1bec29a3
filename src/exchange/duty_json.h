/* duty_json: what is due, as JSON; one shape for commands and operations.
 */
#ifndef HX_EXCHANGE_DUTY_JSON_H
#define HX_EXCHANGE_DUTY_JSON_H

#include "duty/item.h"

G_BEGIN_DECLS

/* An item of a worklist.  `unit` "" is none. */
void hx_duty_item_json (HxJson *json, const HxDutyItem *item, const char *label,
                        const char *unit);
/* An item that is missing in a coverage. */
void hx_duty_missing_json (HxJson *json, const HxDutyItem *item,
                           const char *label, const char *unit);
/* An item in the file of its row. */
void hx_duty_of_row_json (HxJson *json, const HxDutyItem *item);
/* `unit` NULL: of all units. */
void hx_duty_coverage_json (HxJson *json, const HxDutyCoverage *line,
                            const char *unit);

G_END_DECLS

#endif
