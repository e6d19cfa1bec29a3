/* monitor_form: the form of the monitoring (绩效目标执行监控表) as a workbook.
 *
 * Laid out as the central form, A4 across: at the top what was budgeted, spent
 * and is expected to be spent, of the whole and of each line, in 万元; below it
 * the targets with what was reached, what is expected, the five causes with
 * their explanation, how likely it is, remarks.  The heads of the targets are
 * repeated on each printed page.  A second sheet lists what must be answered.
 *
 * Amounts and rates are numbers in their cells, with two decimals.
 */
#ifndef HX_EXCHANGE_MONITOR_FORM_H
#define HX_EXCHANGE_MONITOR_FORM_H

#include "plan/monitor.h"

G_BEGIN_DECLS

/* Written beside and renamed over.  `bureau` may be NULL. */
gboolean hx_monitor_form_write (const HxMonitor *monitor, const char *bureau,
                                const char *path, GError **error);
/* "1–7月" up to the end of a month, else "截至7月15日"; the caller's. */
char *hx_monitor_period_name (HxDate as_of);
/* "经费保障、其他：…"; "" when nothing is said; the caller's. */
char *hx_monitor_causes_text (const HxMonitorTarget *target);

G_END_DECLS

#endif
