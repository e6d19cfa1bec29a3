/* monitor_part: the monitoring of a day, as far as the user reaches it, for
 * its pages and the API.
 *
 * Lines are reached as rows of a unit; targets with the task that they belong
 * to; what belongs to none is the whole bureau's.
 */
#ifndef HX_SERVER_MONITOR_PART_H
#define HX_SERVER_MONITOR_PART_H

#include "plan/monitor.h"
#include "server/year_part.h"

G_BEGIN_DECLS

extern const HxTab hx_monitor_tabs[];

#define HX_MONITOR_WRITERS (HX_USER_CLERK | HX_USER_FINANCE | HX_USER_SECTION)

typedef struct
{
  HxMonitor *monitor;
  /* Of the monitor, those within reach, borrowed. */
  GPtrArray *lines, *targets, *warnings, *holes;
} HxMonitorView;

/* The day is the parameter `as_of`, the rules `rules`.  `view` is to be zero.
 */
gboolean hx_monitor_view_read (HxCall *call, HxMonitorView *view,
                               GError **error);
void hx_monitor_view_clear (HxMonitorView *view);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxMonitorView, hx_monitor_view_clear)

/* Warnings without a reply and holes within reach. */
guint hx_monitor_view_open (const HxMonitorView *view);
/* A page of the monitoring with the day and the rules of the call; the
 * caller's. */
char *hx_monitor_url (HxCall *call, const char *path);
/* The name of the bureau; NULL without *error: nobody said. */
char *hx_call_bureau (HxCall *call, GError **error);
/* Writes a file that `write` makes and replies with it as `name`; the file is
 * gone afterwards. */
typedef gboolean (*HxFileWriter) (HxConnection *connection, const char *path,
                                  gpointer data, GError **error);
gboolean hx_reply_written (HxCall *call, const char *name, HxFileWriter write,
                           gpointer data, GError **error);

#define HX_TYPE_WORKBOOK                                                       \
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

G_END_DECLS

#endif
