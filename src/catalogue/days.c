#include "catalogue/days.h"
#include "catalogue/catalogue_internal.h"

#define FESTIVAL_DAYS_MAX 31
#define WORKDAYS 0x1FU

/* ----------------------------------------------------------------- loading */

guint
hx_weekdays_load (HxLoader *loader, const HxNode *mapping, guint fallback)
{
  static const char *const names[]
      = { "monday", "tuesday",  "wednesday", "thursday",
          "friday", "saturday", "sunday",    NULL };
  g_auto (GStrv) words = hx_node_strings (loader, mapping, "weekdays");
  guint weekdays = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint day = 0;

      while (names[day] != NULL && strcmp (names[day], words[i]) != 0)
        day++;
      if (names[day] == NULL)
        hx_fault (loader, hx_node_get (mapping, "weekdays"),
                  g_strdup_printf (_ ("不认识的星期“%s”"), words[i]),
                  _ ("例如 monday、friday"));
      else
        weekdays |= 1U << day;
    }
  return words[0] == NULL ? fallback : weekdays;
}

/* "01-01" is a day of every year, "2026-02-15" of one. */
gboolean
hx_yearly_day_parse (const char *text, HxDate *day)
{
  const gboolean is_yearly = strlen (text) == 5;
  g_autofree char *whole
      = is_yearly ? g_strconcat ("2000-", text, NULL) : g_strdup (text);

  if (strlen (whole) != HX_DATE_TEXT_SIZE - 1
      || !hx_date_parse (whole, FALSE, day, NULL))
    return FALSE;
  if (is_yearly)
    day->year = 0;
  return TRUE;
}

static gboolean
parse_span (const char *text, HxDaySpan *span)
{
  g_auto (GStrv) ends = g_strsplit (text, "..", 2);
  const char *last = ends[0] != NULL && ends[1] != NULL ? ends[1] : ends[0];

  return ends[0] != NULL && hx_yearly_day_parse (ends[0], &span->first)
         && hx_yearly_day_parse (last, &span->last)
         && (span->first.year == 0) == (span->last.year == 0)
         && hx_date_number (span->first) <= hx_date_number (span->last);
}

static void
take_spans (HxLoader *loader, const HxNode *mapping, const char *key,
            GArray *spans)
{
  g_auto (GStrv) texts = hx_node_strings (loader, mapping, key);

  for (guint i = 0; texts[i] != NULL; i++)
    {
      HxDaySpan span;

      if (parse_span (texts[i], &span))
        g_array_append_val (spans, span);
      else
        hx_fault (loader, hx_node_get (mapping, key),
                  g_strdup_printf (_ ("“%s”不是日子"), texts[i]),
                  _ ("写 01-01、2026-02-14 或 2026-02-15..2026-02-23"));
    }
}

static void
take_festivals (HxLoader *loader, const HxNode *node, GArray *festivals)
{
  if (node == NULL || !hx_node_is (loader, node, HX_NODE_MAPPING))
    return;
  for (guint i = 0; i + 1 < node->items->len; i += 2)
    {
      const HxNode *name = node->items->pdata[i];
      HxFestivalSpan span = { 0 };
      guint days = 0;

      if (!hx_festival_parse (name->text, &span.festival))
        hx_fault (loader, name,
                  g_strdup_printf (_ ("不认识的节日“%s”"), name->text),
                  _ ("例如 spring、double_ninth"));
      else if (hx_batch_number (loader, node, name->text, FESTIVAL_DAYS_MAX,
                                &days))
        {
          span.days = (int)days;
          g_array_append_val (festivals, span);
        }
    }
}

void
hx_working_days_load (HxLoader *loader, HxWorkingDays *days, const HxNode *node)
{
  static const HxKey keys[] = { { "weekdays", FALSE },
                                { "festivals", FALSE },
                                { "closed", FALSE },
                                { "open", FALSE } };

  days->weekdays = WORKDAYS;
  if (node == NULL || !hx_node_check (loader, node, keys, G_N_ELEMENTS (keys)))
    return;
  days->weekdays = hx_weekdays_load (loader, node, WORKDAYS);
  take_festivals (loader, hx_node_get (node, "festivals"), days->festivals);
  take_spans (loader, node, "closed", days->closed);
  take_spans (loader, node, "open", days->open);
}

/* ------------------------------------------------------------------ asking */

/* 1970-01-01 was a Thursday. */
guint
hx_day_weekday (HxDate date)
{
  const gint64 days = hx_date_days (date) + 3;

  return (guint)(((days % 7) + 7) % 7);
}

static gboolean
is_in_span (const HxDaySpan *span, gint32 day)
{
  const gint32 text = span->first.year == 0 ? day % 10000 : day;

  return text >= hx_date_number (span->first)
         && text <= hx_date_number (span->last);
}

gboolean
hx_day_in_spans (const GArray *spans, HxDate date)
{
  const gint32 day = hx_date_number (date);

  for (guint i = 0; i < spans->len; i++)
    if (is_in_span (&g_array_index (spans, HxDaySpan, i), day))
      return TRUE;
  return FALSE;
}

gboolean
hx_day_is_festive (const GArray *festivals, HxDate date)
{
  const gint64 days = hx_date_days (date);

  for (guint i = 0; i < festivals->len; i++)
    for (int back = 0; back < 2; back++)
      {
        const HxFestivalSpan *span
            = &g_array_index (festivals, HxFestivalSpan, i);
        HxDate first;

        if (!hx_festival_date (span->festival, date.year - back, &first))
          continue;
        const gint64 since = days - hx_date_days (first);
        if (since >= 0 && since < span->days)
          return TRUE;
      }
  return FALSE;
}

gboolean
hx_day_is_worked (const HxWorkingDays *days, HxDate date)
{
  if (hx_day_in_spans (days->open, date))
    return TRUE;
  return (days->weekdays >> hx_day_weekday (date) & 1) != 0
         && !hx_day_in_spans (days->closed, date)
         && !hx_day_is_festive (days->festivals, date);
}

/* A calendar that is closed for ever ends the search after its years. */
HxDate
hx_day_after (const HxWorkingDays *days, HxDate date, guint count)
{
  const gint64 limit = hx_date_days (date) + 7 * (gint64)count + 3660;
  gint64 day = hx_date_days (date);

  while (count > 0 && day < limit)
    {
      day++;
      if (hx_day_is_worked (days, hx_date_from_days (day)))
        count--;
    }
  return hx_date_from_days (day);
}
