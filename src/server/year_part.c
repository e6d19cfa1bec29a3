#include "server/year_part.h"

#include <stdlib.h>

/* -------------------------------------------------------- scope and rights */

gboolean
hx_year_is_whole (const HxCall *call)
{
  return hx_call_identity (call)->units == NULL;
}

gboolean
hx_year_reaches (const HxCall *call, gint64 unit_id)
{
  const GArray *units = hx_call_identity (call)->units;
  return units == NULL
         || (unit_id != 0
             && bsearch (&unit_id, units->data, units->len, sizeof unit_id,
                         hx_compare_ids)
                    != NULL);
}

gboolean
hx_year_reaches_task (const HxCall *call, const HxPlanTask *task)
{
  if (hx_year_reaches (call, task->unit_id))
    return TRUE;
  for (guint i = 0; i < task->milestones->len; i++)
    {
      const HxMilestone *milestone = task->milestones->pdata[i];
      if (hx_year_reaches (call, milestone->unit_id))
        return TRUE;
    }
  return FALSE;
}

gboolean
hx_year_need_whole (const HxCall *call, const char *what, GError **error)
{
  if (hx_year_is_whole (call))
    return TRUE;
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这是全单位的，不在您的范围里"),
                  what, _ ("请用能看全单位的账号查看"));
}

gboolean
hx_year_need_kind (const HxCall *call, const HxKind *kind, GError **error)
{
  if (kind == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("目录里没有这类台账"), NULL,
                    _ ("请管理员在目录里补上"));
  if (hx_identity_may (hx_call_identity (call), HX_ACT_READ, kind))
    return TRUE;
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("您的角色看不到这类台账"),
                  kind->name, _ ("需要时请安全管理员调整角色"));
}

gboolean
hx_year_writes (const HxCall *call, const HxKind *kind)
{
  return kind != NULL
         && hx_identity_may (hx_call_identity (call), HX_ACT_WRITE, kind);
}

/* --------------------------------------------------------------------- days */

HxDate
hx_year_last_day (const HxCall *call, int year)
{
  const HxDate first = { (gint16)year, 1, 1 };
  const HxDate last = { (gint16)year, 12, 31 };
  const HxDate today = hx_call_today (call);
  if (hx_date_compare (today, first) < 0)
    return first;
  return hx_date_compare (today, last) < 0 ? today : last;
}

/* Asking for a parameter that a route does not declare is a slip. */
static gboolean
declares (const HxCall *call, const char *name)
{
  const HxParameter *each = hx_call_route (call)->parameters;
  for (; each != NULL && each->name != NULL; each++)
    if (g_str_equal (each->name, name))
      return TRUE;
  return FALSE;
}

gboolean
hx_year_day (const HxCall *call, int year, HxDate *day, GError **error)
{
  char text[HX_DATE_TEXT_SIZE];
  *day
      = declares (call, "as_of") ? hx_call_date (call, "as_of") : (HxDate){ 0 };
  if (day->year == 0)
    *day = hx_year_last_day (call, year);
  if (day->year == year)
    return TRUE;
  hx_date_format (*day, text);
  return hx_fail (error, HX_ERROR_USAGE, _ ("截止日期不在这个年度里"), text,
                  _ ("换一个日期，或者先换年度"));
}

char *
hx_say_day (HxDate date)
{
  char text[HX_DATE_TEXT_SIZE];
  if (date.year == 0)
    return g_strdup ("–");
  hx_date_format (date, text);
  return g_strdup (text);
}

void
hx_part_day (HxHtml *html, HxCall *call, const char *action, HxDate day, ...)
{
  g_autofree char *year = g_strdup_printf ("%d", day.year);
  g_autofree char *value = hx_say_day (day);
  const char *name;
  va_list list;
  hx_form_begin (html, call,
                 &(HxForm){ .action = action, .method = HX_METHOD_GET });
  hx_form_input (html, &(HxInput){ .name = "year",
                                   .label = _ ("年度"),
                                   .type = "hidden",
                                   .value = year });
  va_start (list, day);
  while ((name = va_arg (list, const char *)) != NULL)
    {
      const char *held = va_arg (list, const char *);
      if (held != NULL && *held != '\0')
        hx_form_input (html, &(HxInput){ .name = name,
                                         .label = name,
                                         .type = "hidden",
                                         .value = held });
    }
  va_end (list);
  hx_form_input (html, &(HxInput){ .name = "as_of",
                                   .label = _ ("截至"),
                                   .type = "date",
                                   .value = value });
  hx_form_submit (html, _ ("看这一天"), HX_TONE_PLAIN);
  hx_form_end (html);
}

/* -------------------------------------------------------------------- parts */

static gboolean
opens (const HxCall *call, const char *path)
{
  for (guint i = 0; hx_routes[i] != NULL; i++)
    for (const HxRoute *route = hx_routes[i]; route->path != NULL; route++)
      if (route->method == HX_METHOD_GET && g_str_equal (route->path, path))
        return hx_identity_has (hx_call_identity (call), route->roles);
  return FALSE;
}

void
hx_part_tabs (HxHtml *html, HxCall *call, const HxTab *tabs, const char *at)
{
  g_autofree char *year = g_strdup_printf ("%d", hx_call_year (call));
  hx_html_open (html, "nav", "class", "tabs", "aria-label", _ ("本栏目"), NULL);
  hx_html_open (html, "ul", NULL);
  for (guint i = 0; tabs[i].path != NULL; i++)
    {
      g_autofree char *url = hx_url (tabs[i].path, "year", year, NULL);
      if (!opens (call, tabs[i].path))
        continue;
      hx_html_open (html, "li", NULL);
      hx_html_element (html, "a", hx_text (tabs[i].name), "href", url,
                       "aria-current",
                       g_strcmp0 (at, tabs[i].path) == 0 ? "page" : NULL, NULL);
      hx_html_close (html, "li");
    }
  hx_html_close (html, "ul");
  hx_html_close (html, "nav");
}

char *
hx_say_wan (gint64 hundredths)
{
  g_autofree char *plain = hx_decimal_format ((HxDecimal){ hundredths, 2 });
  GString *text = g_string_new (plain);
  const gssize first = plain[0] == '-' ? 1 : 0;
  for (gssize at = (gssize)text->len - 6; at > first; at -= 3)
    g_string_insert_c (text, at, ',');
  return g_string_free (text, FALSE);
}

void
hx_part_fact (HxHtml *html, const char *name, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  hx_html_element (html, "dt", name, NULL);
  hx_html_element (html, "dd", value, NULL);
}

char *
hx_ledger_url (const HxKind *kind, gint64 id)
{
  return id == 0
             ? g_strconcat ("/ledgers/", kind->key, NULL)
             : g_strdup_printf ("/ledgers/%s/%" G_GINT64_FORMAT, kind->key, id);
}

void
hx_part_add (HxHtml *html, const HxCall *call, const HxKind *kind,
             const char *url, const char *text)
{
  if (!hx_year_writes (call, kind))
    return;
  hx_html_open (html, "p", "class", "actions", NULL);
  hx_part_action (html, url, text, FALSE);
  hx_html_close (html, "p");
}
