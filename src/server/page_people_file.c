/* 个人档案: everything of one person on one page. */
#include "people/age.h"
#include "server/person_view.h"

static gboolean
append_text (GString *lead, HxPersonPage *page, const char *key, GError **error)
{
  const HxRow *row = page->person->row;
  const HxField *field = hx_kind_field (row->kind, key);
  g_autofree char *text = hx_shown_plain (&page->shown, row, field, error);

  if (text != NULL && *text != '\0')
    g_string_append_printf (lead, "%s%s", lead->len > 0 ? " · " : "", text);
  return text != NULL;
}

static void
append_age (GString *lead, const HxPersonPage *page)
{
  const HxRow *row = page->person->row;
  const HxField *birth = hx_kind_field (row->kind, "birth_date");
  int age = HX_AGE_UNKNOWN;

  if (birth != NULL && row->values[birth->index].filled
      && hx_identity_sees (page->shown.identity, row->kind, birth))
    age = hx_age_on (
        hx_date_from_number ((gint32)row->values[birth->index].integer),
        page->person->as_of);
  if (age != HX_AGE_UNKNOWN)
    {
      g_string_append (lead, lead->len > 0 ? " · " : "");
      g_string_append_printf (lead, _ ("%d 岁"), age);
    }
}

/* 男 · 85 岁 · 离休 · 昌华街道 · 健在 */
static char *
lead_of (HxPersonPage *page, GError **error)
{
  static const char *const keys[]
      = { "category", "street", "branch", "status" };
  g_autoptr (GString) lead = g_string_new (NULL);

  if (!append_text (lead, page, "sex", error))
    return NULL;
  append_age (lead, page);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!append_text (lead, page, keys[i], error))
      return NULL;
  return g_strdup (lead->str);
}

/* ------------------------------------------------------------------ actions */

/* A form of each kind of record about the person. */
static void
show_forms (HxHtml *html, const HxPersonPage *page, const char *back)
{
  const HxCall *call = page->shown.call;
  const HxRow *row = page->person->row;
  const GPtrArray *kinds = hx_catalogue_kinds (hx_call_catalogue (call));

  hx_html_open (html, "details", NULL);
  hx_html_element (html, "summary", _ ("登记…"), NULL);
  hx_html_open (html, "ul", NULL);
  for (guint i = 0; i < kinds->len; i++)
    {
      const HxKind *kind = kinds->pdata[i];
      const HxNewRecord record = {
        .kind = kind, .reference = kind->of_field, .row = row->id, .back = back
      };
      g_autofree char *url = kind->of == row->kind && !kind->is_register
                                 ? hx_link_new (call, &record)
                                 : NULL;

      if (url == NULL)
        continue;
      hx_html_open (html, "li", NULL);
      hx_html_element (html, "a", kind->name, "href", url, NULL);
      hx_html_close (html, "li");
    }
  hx_html_close (html, "ul");
  hx_html_close (html, "details");
}

static void
show_actions (HxHtml *html, const HxPersonPage *page)
{
  const HxRow *row = page->person->row;
  g_autofree char *back
      = g_strdup_printf ("/people/%" G_GINT64_FORMAT, row->id);
  g_autofree char *edit = g_strconcat (back, "/edit", NULL);
  g_autofree char *history = g_strconcat (back, "/history", NULL);

  hx_html_open (html, "div", "class", "actions", NULL);
  if (!row->is_void
      && hx_identity_may (page->shown.identity, HX_ACT_WRITE, row->kind))
    {
      hx_part_action (html, edit, _ ("修改资料"), FALSE);
      show_forms (html, page, back);
    }
  hx_part_action (html, history, _ ("变更记录"), FALSE);
  hx_html_close (html, "div");
}

/* ----------------------------------------------------------------- contents */

typedef struct
{
  const char *id, *name;
  HxPersonSection show;
} Part;

static const Part parts[] = {
  { "duties", N_ ("应办事项"), hx_person_section_duties },
  { "plan", N_ ("急难愁盼"), hx_person_section_plan },
  { "facts", N_ ("基本情况"), hx_person_section_facts },
  { "services", N_ ("服务与任职"), hx_person_section_services },
  { "money", N_ ("领取"), hx_person_section_money },
  { "timeline", N_ ("时间线"), hx_person_section_events },
};

static void
show_contents (HxHtml *html, const HxPersonPage *page)
{
  const HxKind *plan = page->person->view->plan;

  hx_html_open (html, "nav", "aria-label", _ ("本页内容"), NULL);
  hx_html_open (html, "p", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const gboolean is_plan = parts[i].show == hx_person_section_plan;
      g_autofree char *url = g_strconcat ("#", parts[i].id, NULL);

      if (is_plan && (plan == NULL || !hx_person_shows (&page->file, plan)))
        continue;
      hx_html_text (html, i > 0 ? " · " : NULL);
      hx_html_element (html, "a",
                       is_plan ? plan->name : hx_text (parts[i].name), "href",
                       url, NULL);
    }
  hx_html_close (html, "p");
  hx_html_close (html, "nav");
}

static gboolean
show_page (HxHtml *html, HxPersonPage *page, GError **error)
{
  if (page->person->row->is_void)
    hx_part_notice (html, HX_TONE_WARN,
                    _ ("这一行已作废，只供查看；可能已并入另一行。"));
  show_actions (html, page);
  show_contents (html, page);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!parts[i].show (html, page, error))
      return FALSE;
  return TRUE;
}

static gboolean
person_page (HxCall *call, GError **error)
{
  g_auto (HxPersonPage) page = { 0 };
  g_autoptr (HxHtml) html = NULL;
  g_autofree char *lead = NULL;

  if (!hx_person_page_open (&page, call, error))
    return FALSE;
  lead = lead_of (&page, error);
  if (lead == NULL)
    return FALSE;
  html = hx_page_begin (call, &(HxPageHead){ .title = page.label,
                                             .at = "people",
                                             .lead = lead,
                                             .back = "/people",
                                             .back_name = _ ("人员"),
                                             .with_year = TRUE });
  if (!show_page (html, &page, error))
    return FALSE;
  return hx_page_end (call, g_steal_pointer (&html));
}

static const HxParameter parameters[] = {
  { "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("人员") },
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { .name = NULL },
};

const HxRoute hx_routes_people_file[] = {
  { HX_METHOD_GET, "/people/{id}", "person_page", N_ ("个人档案"),
    HX_USER_PEOPLE | HX_USER_READER, HX_ROUTE_PAGE, parameters,
    .handler = person_page },
  { 0 },
};
