/* The monitoring as text and as JSON for people and scripts. */
#ifndef HX_CLI_MONITOR_SHOW_H
#define HX_CLI_MONITOR_SHOW_H

#include "plan/monitor.h"

/* The tables, and what must be answered. */
void hx_monitor_print (const HxMonitor *monitor);
/* What must be answered alone: what is not. */
void hx_monitor_print_open (const HxMonitor *monitor);
void hx_monitor_print_json (const HxMonitor *monitor, gboolean is_open_alone);

#endif
