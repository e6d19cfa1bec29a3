/* monitor_json: the monitoring in the exchange format of the national data
 * dictionary: {"PAY_PERF_MONITOR_TASK": [one row], "PAY_PERF_MONITOR_INFO":
 * [one row a target], "PAY_PERF_MONITOR_ATTACH": [one row a file]}.
 *
 * Files are those of the last statement of a target; a target that is counted
 * from the rows has its evidence there, in thousands, and none here.  What
 * report_file holds is nowhere said: it is empty.
 *
 * Field names and limits are the dictionary's.  Its habits are kept: is_deleted
 * 2 means that the row lives, yes and no are 1 and 2; an empty text is 无, an
 * empty cause 无偏差; a time is 17 digits, 20230731000000000; NUMBER(16,4) is a
 * decimal text with four places, null where there is no value.  Amounts are in
 * 元, those of the lines that pay for the target's task, else of all; a rate
 * is in per cent.  A text over its limit is an error that names field, limit
 * and target: nothing is ever cut.
 *
 * Ids are digests of what they stand for: the same monitoring has them again.
 */
#ifndef HX_EXCHANGE_MONITOR_JSON_H
#define HX_EXCHANGE_MONITOR_JSON_H

#include "plan/monitor.h"

G_BEGIN_DECLS

typedef struct
{
  const HxMonitor *monitor;
  const HxMonitorSender *sender;
  const char *bureau; /* or NULL: the sender's name stands for it */
} HxMonitorExport;

/* Appends; on an error `out` is not to be used. */
gboolean hx_monitor_json_write (const HxMonitorExport *export_, GString *out,
                                GError **error);

G_END_DECLS

#endif
