/* calendar: events as an iCalendar feed (RFC 5545) that telephones and mail
 * programs subscribe to.
 *
 * UTF-8, lines ended by CRLF and folded at 75 octets, never inside a character;
 * backslash, semicolon, comma and line breaks in texts are escaped, other
 * control characters dropped, what is no UTF-8 replaced.  The feed is appended
 * to a GString of the caller: begin, any number of events, end.
 */
#ifndef HX_EXCHANGE_CALENDAR_H
#define HX_EXCHANGE_CALENDAR_H

#include "base/base.h"

G_BEGIN_DECLS

typedef struct
{
  const char *uid;     /* the same for the same event in every feed */
  HxDate first, last;  /* whole days, both inclusive */
  HxDate stamp;        /* as of which day it was made out */
  const char *summary; /* never NULL; the rest may be NULL */
  const char *description, *location, *category;
} HxCalendarEvent;

void hx_calendar_begin (GString *out, const char *name);
void hx_calendar_event (GString *out, const HxCalendarEvent *event);
void hx_calendar_end (GString *out);

G_END_DECLS

#endif
