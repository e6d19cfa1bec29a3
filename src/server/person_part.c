/* The sections of a person's page. */
#include "duty/item.h"
#include "ledger/secret.h"
#include "server/display.h"
#include "server/person_view.h"

#define OPEN_ROWS 5 /* of a service that is shown open */

/* -------------------------------------------------------------------- facts */

static void
show_unmask (HxHtml *html, const HxPersonPage *page, const HxField *field)
{
  const HxShown *shown = &page->shown;
  const HxRow *row = page->person->row;
  g_autofree char *id = hx_number_text (row->id);
  g_autofree char *url = NULL;
  g_autofree char *label = NULL;

  if (!hx_field_is_masked (row->kind, field, HX_AUDIENCE_INSIDE)
      || !hx_identity_may (shown->identity, HX_ACT_UNMASK, row->kind)
      || !hx_page_opens (shown->call, "/unmask"))
    return;
  url = hx_url ("/unmask", "kind", row->kind->key, "id", id, "field",
                field->key, NULL);
  label = g_strdup_printf (_ ("显示%s"), field->name);
  hx_html_text (html, " ");
  hx_html_element (html, "a", _ ("显示"), "href", url, "aria-label", label,
                   NULL);
}

/* What is hidden is not there. */
static gboolean
show_fact (HxHtml *html, HxPersonPage *page, const HxField *field,
           GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *text
      = hx_shown_text (&page->shown, page->person->row, field, &failed);

  if (failed != NULL)
    return g_propagate_error (error, g_steal_pointer (&failed)), FALSE;
  if (text == NULL)
    return TRUE;
  hx_html_element (html, "dt", field->name, NULL);
  hx_html_open (html, "dd", NULL);
  hx_html_text (html, text);
  show_unmask (html, page, field);
  hx_html_close (html, "dd");
  return TRUE;
}

static gboolean
is_seen (const HxPersonPage *page, const HxField *field)
{
  const HxRow *row = page->person->row;

  return row->values[field->index].filled
         && hx_identity_sees (page->shown.identity, row->kind, field);
}

gboolean
hx_person_section_facts (HxHtml *html, HxPersonPage *page, GError **error)
{
  g_autoptr (GPtrArray) fields = hx_person_fields (&page->file);
  const HxField *last = NULL;
  gboolean done = TRUE;

  hx_part_section_begin (html, "facts", _ ("基本情况"));
  hx_html_open (html, "div", "class", "columns", NULL);
  for (guint i = 0; i < fields->len && done; i++)
    {
      const HxField *field = fields->pdata[i];

      if (!is_seen (page, field))
        continue;
      if (last == NULL || g_strcmp0 (last->group, field->group) != 0)
        {
          if (last != NULL)
            {
              hx_html_close (html, "dl");
              hx_html_close (html, "div");
            }
          hx_html_open (html, "div", "class", "card", NULL);
          hx_html_element (html, "h3",
                           field->group != NULL ? field->group : _ ("其他"),
                           NULL);
          hx_html_open (html, "dl", "class", "facts", NULL);
        }
      last = field;
      done = show_fact (html, page, field, error);
    }
  if (last != NULL)
    {
      hx_html_close (html, "dl");
      hx_html_close (html, "div");
    }
  hx_html_close (html, "div");
  hx_part_section_end (html);
  return done;
}

/* --------------------------------------------------------------------- plan */

static void
need_state (HxGrid *grid, const HxPersonPage *page, const HxPersonNeed *need)
{
  static const char *const names[]
      = { N_ ("已提出"), N_ ("已承诺"), N_ ("待确认"), N_ ("已确认"),
          N_ ("已终止") };
  HxHtml *html = hx_grid_cell_begin (grid);

  if (need->is_overdue)
    {
      const gint64 days
          = hx_date_days (page->person->as_of) - hx_date_days (need->due);
      g_autofree char *text = g_strdup_printf (_ ("超期 %d 天"), (int)days);

      hx_part_badge (html, HX_TONE_BAD, text);
    }
  else
    hx_part_badge (html, need->is_open ? HX_TONE_WARN : HX_TONE_GOOD,
                   hx_text (names[need->state]));
  hx_grid_cell_end (grid);
}

static gboolean
show_need (HxGrid *grid, HxPersonPage *page, const HxPersonNeed *need,
           GError **error)
{
  const HxPersonView *view = page->person->view;
  g_autofree char *url
      = hx_link_row (page->shown.call, need->row->kind, need->row->id);
  g_autofree char *text
      = hx_person_text (&page->file, need->row, view->need, error);
  g_autofree char *owner
      = text == NULL
            ? NULL
            : hx_person_text (&page->file, need->row, view->owner, error);
  g_autofree char *age = g_strdup_printf (_ ("%d 天"), (int)need->days);

  if (owner == NULL)
    return FALSE;
  hx_grid_row (grid, url);
  hx_grid_cell (grid, text);
  need_state (grid, page, need);
  hx_grid_cell (grid, owner);
  hx_grid_date (grid, need->raised);
  hx_grid_date (grid, need->due);
  hx_grid_date (grid, need->solved);
  hx_grid_cell (grid, age);
  return TRUE;
}

static void
plan_actions (HxHtml *html, const HxPersonPage *page)
{
  const HxPersonView *view = page->person->view;
  g_autofree char *back
      = hx_link_row (page->shown.call, view->of, page->person->row->id);
  const HxNewRecord record = { .kind = view->plan,
                               .reference = view->plan_reference,
                               .row = page->person->row->id,
                               .back = back };
  g_autofree char *url = hx_link_new (page->shown.call, &record);

  if (url == NULL)
    return;
  hx_html_open (html, "p", "class", "actions", NULL);
  hx_part_action (html, url, _ ("登记一件"), FALSE);
  hx_html_close (html, "p");
}

static gboolean
show_needs (HxHtml *html, HxPersonPage *page, GError **error)
{
  const HxColumn columns[] = {
    { .name = _ ("事由") },       { .name = _ ("状态") },
    { .name = _ ("责任人") },     { .name = _ ("提出") },
    { .name = _ ("时限") },       { .name = _ ("办结") },
    { .name = _ ("历时"), TRUE }, { .name = NULL },
  };
  const HxPerson *person = page->person;
  gboolean done = TRUE;
  HxGrid *grid;

  if (person->needs->len == 0)
    {
      hx_part_empty (html, _ ("还没有登记过。"), NULL, NULL);
      return TRUE;
    }
  hx_html_open (html, "p", NULL);
  hx_html_textf (html, _ ("共 %u 件，未办结 %u 件，其中超期 %u 件。"),
                 person->needs->len, person->needs_open, person->needs_overdue);
  hx_html_close (html, "p");
  grid = hx_grid_begin (html, person->view->plan->name, columns);
  for (guint i = 0; i < person->needs->len && done; i++)
    done = show_need (grid, page,
                      &g_array_index (person->needs, HxPersonNeed, i), error);
  hx_grid_end (grid);
  return done;
}

gboolean
hx_person_section_plan (HxHtml *html, HxPersonPage *page, GError **error)
{
  const HxKind *plan = page->person->view->plan;
  gboolean done;

  if (plan == NULL || !hx_person_shows (&page->file, plan))
    return TRUE;
  hx_part_section_begin (html, "plan", plan->name);
  done = show_needs (html, page, error);
  plan_actions (html, page);
  hx_part_section_end (html);
  return done;
}

/* ------------------------------------------------------------------- duties */

static const HxTone duty_tones[] = { [HX_DUTY_OVERDUE] = HX_TONE_BAD,
                                     [HX_DUTY_OPEN] = HX_TONE_WARN,
                                     [HX_DUTY_UPCOMING] = HX_TONE_PLAIN,
                                     [HX_DUTY_DONE] = HX_TONE_GOOD };

/* What did it, or what does it. */
static void
duty_way (HxGrid *grid, const HxPersonPage *page, const HxDutyItem *item)
{
  const HxCall *call = page->shown.call;
  g_autofree char *back
      = hx_link_row (call, page->person->row->kind, page->person->row->id);
  g_autofree char *url
      = item->done_by != NULL
            ? hx_link_row (call, item->done_by, item->done_id)
            : hx_link_duty (call, item->duty, item->row_id, item->step, back);
  HxHtml *html = hx_grid_cell_begin (grid);

  if (item->done_by != NULL)
    {
      g_autofree char *day = hx_say_date (item->done_on);
      g_autofree char *text = g_strconcat (day, " ", item->done_by->name, NULL);

      hx_html_element (html, url != NULL ? "a" : "span", text, "href", url,
                       NULL);
    }
  else if (url != NULL)
    hx_part_action (html, url, _ ("登记"), item->state != HX_DUTY_UPCOMING);
  hx_grid_cell_end (grid);
}

static void
show_duty (HxGrid *grid, const HxPersonPage *page, const HxDutyItem *item)
{
  g_autofree char *name = hx_duty_item_name (item);
  g_autofree char *opens = hx_say_date (item->opens);
  g_autofree char *closes = hx_say_date (item->closes);
  g_autofree char *window = g_strdup_printf (_ ("%s 至 %s"), opens, closes);
  HxHtml *html;

  hx_grid_row (grid, NULL);
  hx_grid_cell (grid, name);
  html = hx_grid_cell_begin (grid);
  hx_part_badge (html, duty_tones[item->state],
                 hx_duty_state_name (item->state));
  hx_grid_cell_end (grid);
  hx_grid_date (grid, item->due);
  hx_grid_cell (grid, window);
  duty_way (grid, page, item);
}

gboolean
hx_person_section_duties (HxHtml *html, HxPersonPage *page, GError **error)
{
  const HxColumn columns[] = {
    { .name = _ ("事项") },     { .name = _ ("状态") },
    { .name = _ ("应办日期") }, { .name = _ ("可办时间") },
    { .name = _ ("办理") },     { .name = NULL },
  };
  const GArray *duties = page->person->duties;
  HxGrid *grid;

  (void)error;
  hx_part_section_begin (html, "duties", _ ("应办事项"));
  if (duties->len == 0)
    hx_part_empty (html, _ ("这一年没有应办的。"), NULL, NULL);
  else
    {
      grid = hx_grid_begin (html, _ ("这一年的应办事项"), columns);
      for (guint i = 0; i < duties->len; i++)
        show_duty (grid, page, &g_array_index (duties, HxDutyItem, i));
      hx_grid_end (grid);
    }
  hx_part_section_end (html);
  return TRUE;
}

/* ----------------------------------------------------------------- services */

static gboolean
service_row (HxGrid *grid, HxPersonPage *page, const HxRow *row, GError **error)
{
  g_autofree char *gist = hx_person_gist (&page->file, row, error);
  g_autofree char *url = NULL;

  if (gist == NULL)
    return FALSE;
  if (hx_identity_reaches (page->shown.identity, row))
    url = hx_link_row (page->shown.call, row->kind, row->id);
  hx_grid_row (grid, url);
  if (hx_row_day (row) != 0)
    hx_grid_date (grid, hx_date_from_number (hx_row_day (row)));
  else
    hx_grid_cell (grid, _ ("日期不详"));
  hx_grid_cell (grid, gist);
  return TRUE;
}

static gboolean
show_service (HxHtml *html, HxPersonPage *page, const HxPersonService *service,
              GError **error)
{
  const HxColumn columns[]
      = { { .name = _ ("日期") }, { .name = _ ("内容") }, { .name = NULL } };
  gboolean done = TRUE;
  HxGrid *grid;

  hx_html_open (
      html, "details", "class", "card", "open",
      service->this_year > 0 && service->rows->len <= OPEN_ROWS ? "" : NULL,
      NULL);
  hx_html_open (html, "summary", NULL);
  hx_html_textf (html, _ ("%s：本年 %u，以前 %u"), service->kind->name,
                 service->this_year, service->before);
  hx_html_close (html, "summary");
  grid = hx_grid_begin (html, service->kind->name, columns);
  for (guint i = 0; i < service->rows->len && done; i++)
    done = service_row (grid, page, service->rows->pdata[i], error);
  hx_grid_end (grid);
  hx_html_close (html, "details");
  return done;
}

gboolean
hx_person_section_services (HxHtml *html, HxPersonPage *page, GError **error)
{
  const GPtrArray *services = page->person->services;
  gboolean done = TRUE;
  guint shown = 0;

  hx_part_section_begin (html, "services", _ ("服务与任职"));
  for (guint i = 0; i < services->len && done; i++)
    {
      const HxPersonService *service = services->pdata[i];

      if (!hx_person_shows (&page->file, service->kind))
        continue;
      done = show_service (html, page, service, error);
      shown++;
    }
  if (shown == 0)
    hx_part_empty (html, _ ("还没有记录。"), NULL, NULL);
  hx_part_section_end (html);
  return done;
}

/* -------------------------------------------------------------------- money */

static void
show_cap (HxHtml *html, const HxPersonCap *line)
{
  static const char *const periods[]
      = { N_ ("累计"), N_ ("本年"), N_ ("本季"), N_ ("本月") };
  const HxCap *cap = line->cap;
  g_autofree char *received = hx_cap_amount (cap, line->received);
  g_autofree char *max = cap->has_max ? hx_cap_amount (cap, cap->max) : NULL;
  g_autofree char *label
      = g_strdup_printf ("%s（%s）", cap->name, hx_text (periods[cap->each]));
  g_autofree char *text
      = max != NULL ? g_strdup_printf (_ ("已领 %s，限额 %s"), received, max)
                    : g_strdup_printf (_ ("已领 %s，未定限额"), received);
  const gint64 share = cap->has_max && cap->max > 0
                           ? MIN (line->received, cap->max) * 1000 / cap->max
                           : 0;

  hx_part_bar (html, &(HxBar){ .label = label,
                               .text = text,
                               .permille = (gint)share,
                               .mark = -1,
                               .tone = cap->has_max && line->received > cap->max
                                           ? HX_TONE_BAD
                                           : HX_TONE_PLAIN });
}

static void
money_row (HxGrid *grid, const HxPersonMoney *line)
{
  g_autofree char *name
      = g_strconcat (line->kind->name, "·", line->field->name, NULL);
  g_autofree char *now = hx_say_money (line->this_year, FALSE);
  g_autofree char *before = hx_say_money (line->before, FALSE);

  hx_grid_row (grid, NULL);
  hx_grid_cell (grid, name);
  hx_grid_cell (grid, now);
  hx_grid_cell (grid, before);
}

static guint
shown_money (const HxPersonPage *page)
{
  guint count = 0;

  for (guint i = 0; i < page->person->money->len; i++)
    count += hx_person_shows (
        &page->file,
        g_array_index (page->person->money, HxPersonMoney, i).kind);
  return count;
}

static void
show_amounts (HxHtml *html, const HxPersonPage *page)
{
  const HxColumn columns[] = { { .name = _ ("项目") },
                               { .name = _ ("本年"), .is_number = TRUE },
                               { .name = _ ("以前"), .is_number = TRUE },
                               { .name = NULL } };
  const GArray *money = page->person->money;
  HxGrid *grid = hx_grid_begin (html, _ ("领取的金额"), columns);

  for (guint i = 0; i < money->len; i++)
    if (hx_person_shows (&page->file,
                         g_array_index (money, HxPersonMoney, i).kind))
      money_row (grid, &g_array_index (money, HxPersonMoney, i));
  hx_grid_end (grid);
}

gboolean
hx_person_section_money (HxHtml *html, HxPersonPage *page, GError **error)
{
  const GArray *caps = page->person->caps;

  (void)error;
  hx_part_section_begin (html, "money", _ ("领取"));
  if (shown_money (page) > 0)
    show_amounts (html, page);
  else
    hx_part_empty (html, _ ("没有领取过。"), NULL, NULL);
  for (guint i = 0; i < caps->len; i++)
    {
      const HxPersonCap *line = &g_array_index (caps, HxPersonCap, i);

      if ((line->cap->has_max || line->received != 0)
          && hx_person_shows (&page->file, line->cap->kind))
        show_cap (html, line);
    }
  hx_part_section_end (html);
  return TRUE;
}

/* ------------------------------------------------------------------- events */

static gboolean
show_event (HxHtml *html, HxPersonPage *page, const HxPersonEvent *event,
            GError **error)
{
  g_autofree char *text = hx_person_event_text (&page->file, event, error);
  g_autofree char *day = hx_say_date (event->date);
  g_autofree char *url = NULL;
  char machine[HX_DATE_TEXT_SIZE];

  if (text == NULL)
    return FALSE;
  if (event->row->kind != page->person->view->of
      && hx_identity_reaches (page->shown.identity, event->row))
    url = hx_link_row (page->shown.call, event->row->kind, event->row->id);
  hx_date_format (event->date, machine);
  hx_html_open (html, "li", NULL);
  hx_html_element (html, "time", day, "datetime", machine, NULL);
  hx_html_text (html, " ");
  hx_html_element (html, url != NULL ? "a" : "span", text, "href", url, NULL);
  hx_html_close (html, "li");
  return TRUE;
}

/* Of a field that is hidden not even its change is told. */
static gboolean
tells (const HxPersonPage *page, const HxPersonEvent *event)
{
  return hx_person_shows (&page->file, event->row->kind)
         && (event->field == NULL
             || hx_identity_sees (page->shown.identity, event->row->kind,
                                  event->field));
}

gboolean
hx_person_section_events (HxHtml *html, HxPersonPage *page, GError **error)
{
  const GArray *events = page->person->events;
  gboolean done = TRUE;

  hx_part_section_begin (html, "timeline", _ ("时间线"));
  if (events->len == 0)
    hx_part_empty (html, _ ("这一年还没有记录。"), NULL, NULL);
  else
    {
      hx_html_open (html, "ol", "class", "timeline", NULL);
      for (guint i = 0; i < events->len && done; i++)
        {
          const HxPersonEvent *event
              = &g_array_index (events, HxPersonEvent, i);

          if (tells (page, event))
            done = show_event (html, page, event, error);
        }
      hx_html_close (html, "ol");
    }
  hx_part_section_end (html);
  return done;
}
