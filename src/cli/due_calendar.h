/* What is due as an event of a calendar. */
#ifndef HX_CLI_DUE_CALENDAR_H
#define HX_CLI_DUE_CALENDAR_H

#include "duty/duty.h"

G_BEGIN_DECLS

/* Appends one event.  It covers the window; a window of more than 15 days is
 * shown by its due day alone, and what is overdue on the as-of day, so
 * that it is seen until it is done. */
void hx_cli_due_event (GString *out, const HxDutyItem *item, HxDate as_of,
                       const char *label, const char *unit);

G_END_DECLS

#endif
