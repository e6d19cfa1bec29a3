/* Feeds are read back by the rules of RFC 5545: lines, folding, escapes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "exchange/calendar.h"

/* The lines, put together again; every physical line is held to its length and
 * to being text. */
static GPtrArray *
unfold (const GString *feed)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit (feed->str, "\r\n", -1);

  assert_true (g_str_has_suffix (feed->str, "\r\n"));
  for (guint i = 0; parts[i] != NULL && parts[i + 1] != NULL; i++)
    {
      assert_true (strlen (parts[i]) <= 75);
      assert_true (g_utf8_validate (parts[i], -1, NULL));
      assert_null (strpbrk (parts[i], "\r\n"));
      if (parts[i][0] != ' ')
        {
          g_ptr_array_add (lines, g_strdup (parts[i]));
          continue;
        }
      char **last = (char **)&lines->pdata[lines->len - 1];
      char *whole = g_strconcat (*last, parts[i] + 1, NULL);

      g_free (*last);
      *last = whole;
    }
  return lines;
}

/* The text of a property, its escapes undone; the caller's. */
static char *
text_of (const GPtrArray *lines, const char *property)
{
  g_autofree char *head = g_strconcat (property, ":", NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      if (!g_str_has_prefix (lines->pdata[i], head))
        continue;
      for (const char *p = (char *)lines->pdata[i] + strlen (head); *p != '\0';
           p++)
        {
          const gboolean is_escaped = *p == '\\';

          p += is_escaped;
          assert_true (is_escaped || strchr (";,", *p) == NULL);
          g_string_append_c (text, is_escaped && *p == 'n' ? '\n' : *p);
        }
      return g_strdup (text->str);
    }
  return NULL;
}

static GString *
feed_of (const HxCalendarEvent *event)
{
  GString *out = g_string_new (NULL);

  hx_calendar_begin (out, "应办事项 昌华街道");
  hx_calendar_event (out, event);
  hx_calendar_end (out);
  return out;
}

static HxCalendarEvent
plain_event (void)
{
  return (HxCalendarEvent){ .uid = "a.1@hongxia",
                            .first = { 2023, 12, 30 },
                            .last = { 2023, 12, 31 },
                            .stamp = { 2023, 12, 1 },
                            .summary = "生日" };
}

static void
a_feed_has_the_lines_in_their_order (void **state)
{
  static const char *const wanted[] = {
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Hongxia//hongxia " HX_VERSION "//ZH",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "NAME:应办事项 昌华街道",
    "X-WR-CALNAME:应办事项 昌华街道",
    "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    "X-PUBLISHED-TTL:P1D",
    "BEGIN:VEVENT",
    "UID:a.1@hongxia",
    "DTSTAMP:20231201T000000Z",
    "DTSTART;VALUE=DATE:20231230",
    "DTEND;VALUE=DATE:20240101",
    "SUMMARY:生日",
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
    "END:VCALENDAR",
  };
  const HxCalendarEvent event = plain_event ();
  g_autoptr (GString) feed = feed_of (&event);
  g_autoptr (GPtrArray) lines = unfold (feed);

  (void)state;
  assert_int_equal (lines->len, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < lines->len; i++)
    assert_string_equal (lines->pdata[i], wanted[i]);
}

static void
texts_come_back_as_they_were (void **state)
{
  static const struct
  {
    const char *given, *back; /* NULL: the same */
  } texts[] = {
    { "a,b;c\\d", NULL },
    { "第一行\n第二行", NULL },
    { "\\n", NULL },
    { ",,,;;;\\\\\\", NULL },
    { "回车\r\n换行", "回车\n换行" },
    { "响铃\a退格\b", "响铃退格" },
    { "BEGIN:VEVENT\nEND:VCALENDAR", NULL },
    { "𠮷野家：超出基本平面", NULL },
    { "半个\xe4\xb8字", "半个\xef\xbf\xbd\xef\xbf\xbd字" },
  };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      HxCalendarEvent event = plain_event ();

      event.summary = event.description = event.location = texts[i].given;
      g_autoptr (GString) feed = feed_of (&event);
      g_autoptr (GPtrArray) lines = unfold (feed);
      g_autofree char *summary = text_of (lines, "SUMMARY");
      g_autofree char *description = text_of (lines, "DESCRIPTION");
      const char *back = texts[i].back != NULL ? texts[i].back : texts[i].given;

      assert_string_equal (summary, back);
      assert_string_equal (description, back);
      assert_int_equal (lines->len, 20);
    }
}

/* At every length the fold comes at another place of a character. */
static void
long_lines_are_folded_between_characters (void **state)
{
  g_autoptr (GString) text = g_string_new (NULL);

  (void)state;
  for (guint length = 0; length < 160; length++)
    {
      HxCalendarEvent event = plain_event ();

      g_string_append (text, length % 7 == 0 ? "𠮷" : length % 3 ? "字" : "x");
      event.summary = text->str;
      g_autoptr (GString) feed = feed_of (&event);
      g_autoptr (GPtrArray) lines = unfold (feed);
      g_autofree char *summary = text_of (lines, "SUMMARY");

      assert_string_equal (summary, text->str);
    }
}

static void
a_line_of_75_octets_is_one_line (void **state)
{
  HxCalendarEvent event = plain_event ();
  g_autofree char *exact = g_strnfill (75 - strlen ("SUMMARY:"), 'a');
  g_autofree char *more = g_strnfill (76 - strlen ("SUMMARY:"), 'a');

  (void)state;
  event.summary = exact;
  g_autoptr (GString) one = feed_of (&event);
  event.summary = more;
  g_autoptr (GString) two = feed_of (&event);
  assert_null (strstr (one->str, "\r\n "));
  assert_non_null (strstr (two->str, "a\r\n a\r\n"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_feed_has_the_lines_in_their_order),
    cmocka_unit_test (texts_come_back_as_they_were),
    cmocka_unit_test (long_lines_are_folded_between_characters),
    cmocka_unit_test (a_line_of_75_octets_is_one_line),
  };

  return cmocka_run_group_tests_name ("calendar", tests, NULL, NULL);
}
