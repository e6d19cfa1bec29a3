/* What the files of the monitoring share. */
#ifndef HX_PLAN_MONITOR_INTERNAL_H
#define HX_PLAN_MONITOR_INTERNAL_H

#include "plan/monitor.h"

typedef struct
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  const HxPlanView *view; /* or NULL */
  HxMonitor *monitor;
} HxMonitoring;

/* Rates, goals and the two warnings of lines and of the whole. */
gboolean hx_monitor_weigh (const HxMonitoring *monitoring, GError **error);
/* Whether a target lags behind the months that are over. */
gboolean hx_monitor_is_behind (const HxMonitor *monitor,
                               const HxTarget *target);
/* The answers to targets. */
gboolean hx_monitor_read_answers (const HxMonitoring *monitoring,
                                  GError **error);
/* Warnings with their replies, and holes. */
gboolean hx_monitor_warn (const HxMonitoring *monitoring, GError **error);
void hx_monitor_find_holes (HxMonitor *monitor);

#endif
