/* The monitoring as text. */
#ifndef HX_CLI_MONITOR_SHOW_H
#define HX_CLI_MONITOR_SHOW_H

#include "plan/monitor.h"

/* The tables, and what must be answered. */
void hx_monitor_print (const HxMonitor *monitor);
/* What must be answered alone: what is not. */
void hx_monitor_print_open (const HxMonitor *monitor);

#endif
