#include "exchange/calendar.h"

#include <string.h>

#define LINE_OCTETS 75 /* RFC 5545 3.1, the line break aside */

/* A line goes on in the next one behind a space. */
static void
append_folded (GString *out, const char *line)
{
  gsize room = LINE_OCTETS;

  for (const char *p = line; *p != '\0';)
    {
      const gsize size = (gsize)(g_utf8_find_next_char (p, NULL) - p);

      if (size > room)
        {
          g_string_append (out, "\r\n ");
          room = LINE_OCTETS - 1;
        }
      g_string_append_len (out, p, (gssize)size);
      room -= size;
      p += size;
    }
  g_string_append (out, "\r\n");
}

/* TEXT of RFC 5545 3.3.11. */
static void
append_escaped (GString *line, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *p = valid; *p != '\0'; p++)
    {
      if (*p == '\n')
        g_string_append (line, "\\n");
      else if (strchr ("\\;,", *p) != NULL)
        g_string_append_printf (line, "\\%c", *p);
      else if (*p == '\t' || (!g_ascii_iscntrl (*p)))
        g_string_append_c (line, *p);
    }
}

static void
append_text (GString *out, const char *property, const char *text)
{
  g_autoptr (GString) line = g_string_new (property);

  if (text == NULL || *text == '\0')
    return;
  g_string_append_c (line, ':');
  append_escaped (line, text);
  append_folded (out, line->str);
}

static void
append_day (GString *out, const char *property, HxDate day, const char *time)
{
  g_string_append_printf (out, "%s:%08d%s\r\n", property, hx_date_number (day),
                          time);
}

void
hx_calendar_begin (GString *out, const char *name)
{
  append_folded (out, "BEGIN:VCALENDAR");
  append_folded (out, "VERSION:2.0");
  append_folded (out, "PRODID:-//Hongxia//hongxia " HX_VERSION "//ZH");
  append_folded (out, "CALSCALE:GREGORIAN");
  append_folded (out, "METHOD:PUBLISH");
  append_text (out, "NAME", name);
  append_text (out, "X-WR-CALNAME", name);
  append_folded (out, "REFRESH-INTERVAL;VALUE=DURATION:P1D");
  append_folded (out, "X-PUBLISHED-TTL:P1D");
}

void
hx_calendar_event (GString *out, const HxCalendarEvent *event)
{
  append_folded (out, "BEGIN:VEVENT");
  append_text (out, "UID", event->uid);
  append_day (out, "DTSTAMP", event->stamp, "T000000Z");
  append_day (out, "DTSTART;VALUE=DATE", event->first, "");
  append_day (out, "DTEND;VALUE=DATE",
              hx_date_from_days (hx_date_days (event->last) + 1), "");
  append_text (out, "SUMMARY", event->summary);
  append_text (out, "DESCRIPTION", event->description);
  append_text (out, "LOCATION", event->location);
  append_text (out, "CATEGORIES", event->category);
  append_folded (out, "TRANSP:TRANSPARENT");
  append_folded (out, "END:VEVENT");
}

void
hx_calendar_end (GString *out)
{
  append_folded (out, "END:VCALENDAR");
}
