/* item: an item of a duty as a user reads it.
 *
 * Ownership: texts are the caller's unless const.  Threads: as the
 * connection's.
 */
#ifndef HX_DUTY_ITEM_H
#define HX_DUTY_ITEM_H

#include "duty/duty.h"
#include "ledger/ledger.h"

G_BEGIN_DECLS

/* 超期, 应办, 将到, 已办. */
const char *hx_duty_state_name (HxDutyState state);
/* 整岁生日祝福, or 荣退八步·专题谈话 of a step. */
char *hx_duty_item_name (const HxDutyItem *item);
/* The row's name and what the item says of it: 王小明（70岁，农历）. */
char *hx_duty_item_label (HxConnection *connection, const HxDutyItem *item,
                          HxAudience audience, GError **error);
/* The name of a unit; "" for none. NULL with *error. */
char *hx_duty_unit_name (HxConnection *connection, gint64 unit_id,
                         GError **error);
/* "95.06": done of due in per cent, half up; "" of nothing due. */
char *hx_duty_rate (const HxDutyCoverage *line);
/* What all units of one duty add up to, from the line `first` on; unit 0. */
HxDutyCoverage hx_duty_total (const GArray *lines, guint first);

G_END_DECLS

#endif
