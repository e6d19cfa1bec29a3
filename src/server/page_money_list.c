/* Payments and adjustments of a year, the latest first, a page at a time. */
#include "server/money_part.h"

typedef struct
{
  const char *path, *title, *lead, *none;
  gsize kind, line; /* in HxBudgetView */
  gsize fields[8];  /* likewise, behind the date; 0 ends them */
} List;

#define AT(member) G_STRUCT_OFFSET (HxBudgetView, member)

static const List lists[] = {
  { "/money/payments",
    N_ ("支付"),
    N_ ("国库支付明细，退款是负数；点开看一笔。"),
    N_ ("还没有支付。"),
    AT (payment),
    AT (payment_line),
    { AT (payment_voucher), AT (payment_line), AT (payment_amount),
      AT (payment_contract), 0 } },
  { "/money/adjustments",
    N_ ("预算调整"),
    N_ ("每次调整都要有批复文号；减少是负数。"),
    N_ ("没有调整过。"),
    AT (adjustment),
    AT (adjustment_line),
    { AT (adjustment_line), AT (adjustment_kind), AT (adjustment_amount),
      AT (adjustment_document), AT (adjustment_reason), 0 } },
};

static const List *
find_list (const HxCall *call)
{
  const char *path = hx_call_route (call)->path;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (g_str_equal (path, lists[i].path))
      return &lists[i];
  return NULL;
}

/* Behind the date, which stands first; `fields` holds ten. */
static void
fill_fields (const HxBudgetView *view, const List *list, const HxKind *kind,
             const HxField **fields)
{
  guint n = 0;
  fields[n++] = kind->date;
  for (guint i = 0; list->fields[i] != 0; i++)
    {
      const HxField *field = hx_money_role (view, list->fields[i]);
      if (field != NULL)
        fields[n++] = field;
    }
  fields[n] = NULL;
}

static gboolean
take_cursor (HxCall *call, HxMoneyQuery *query, GError **error)
{
  const char *text = hx_call_text (call, "cursor");
  g_auto (GStrv) values = NULL;
  if (text == NULL)
    return TRUE;
  values = hx_cursor_parse (call, text, error);
  if (values == NULL)
    return FALSE;
  if (g_strv_length (values) == 2
      && hx_date_parse (values[0], FALSE, &query->before_day, NULL))
    query->before_id = g_ascii_strtoll (values[1], NULL, 10);
  return TRUE;
}

static void
write_pages (HxHtml *html, HxCall *call, const List *list,
             const GPtrArray *rows, int year)
{
  g_autofree char *said = g_strdup_printf ("%d", year);
  g_autofree char *first = hx_url (list->path, "year", said, NULL);
  g_autofree char *next = NULL;
  if (rows->len > HX_PAGE_ROWS)
    {
      const HxRow *last = rows->pdata[HX_PAGE_ROWS - 1];
      char day[HX_DATE_TEXT_SIZE];
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, last->id);
      const char *values[] = { day, id, NULL };
      g_autofree char *cursor = NULL;
      hx_date_format (hx_date_from_number (hx_row_day (last)), day);
      cursor = hx_cursor_new (call, values);
      next = hx_url (list->path, "year", said, "cursor", cursor, NULL);
    }
  hx_part_pages (html, hx_call_text (call, "cursor") != NULL ? first : NULL,
                 next);
}

static gboolean
write_rows (HxHtml *html, HxCall *call, const List *list,
            const HxMoneyQuery *query, GError **error)
{
  const HxBudgetView *view = hx_catalogue_budget (hx_call_catalogue (call));
  const HxField *fields[10];
  g_autoptr (GPtrArray) rows = hx_money_rows (call, query, error);
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  g_autofree char *title = g_strdup_printf (_ ("%d 年%s"), query->first.year,
                                            hx_text (list->title));
  if (rows == NULL)
    return FALSE;
  fill_fields (view, list, query->kind, fields);
  for (guint i = 0; i < rows->len && i < HX_PAGE_ROWS; i++)
    g_ptr_array_add (shown, rows->pdata[i]);
  if (shown->len == 0)
    hx_part_empty (html, hx_text (list->none), "/money",
                   _ ("到预算指标里登记，或导入国库数据"));
  else if (!hx_part_money_rows (html, call, title, shown, fields, error))
    return FALSE;
  write_pages (html, call, list, rows, query->first.year);
  return TRUE;
}

static gboolean
list_page (HxCall *call, GError **error)
{
  const HxBudgetView *view = hx_money_view (call, error);
  const List *list = find_list (call);
  const int year = hx_call_year (call);
  HxMoneyQuery query = { .first = { (gint16)year, 1, 1 },
                         .last = { (gint16)year, 12, 31 },
                         .limit = HX_PAGE_ROWS + 1 };
  g_autofree char *title = NULL, *ledger = NULL;
  g_autoptr (HxHtml) html = NULL;
  if (view == NULL || list == NULL)
    return FALSE;
  query.kind = hx_money_role (view, list->kind);
  query.line = hx_money_role (view, list->line);
  if (!hx_year_need_kind (call, query.kind, error)
      || !take_cursor (call, &query, error))
    return FALSE;
  title = g_strdup_printf (_ ("%d 年%s"), year, hx_text (list->title));
  ledger = hx_ledger_url (query.kind, 0);
  html = hx_page_begin (call, &(HxPageHead){ .title = title,
                                             .at = "money",
                                             .lead = hx_text (list->lead),
                                             .with_year = TRUE,
                                             .wide = TRUE });
  hx_part_tabs (html, call, hx_money_tabs, list->path);
  if (!write_rows (html, call, list, &query, error))
    return FALSE;
  hx_html_open (html, "p", NULL);
  hx_html_element (html, "a", _ ("在台账里筛选、排序、导出"), "href", ledger,
                   NULL);
  hx_html_close (html, "p");
  return hx_page_end (call, g_steal_pointer (&html));
}

static const HxParameter parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "cursor", HX_IN_QUERY, HX_TYPE_TEXT, .max = 400, .what = N_ ("下一页") },
  { 0 },
};

const HxRoute hx_routes_money_list[] = {
  { HX_METHOD_GET, "/money/payments", "money_payments_page", N_ ("支付"),
    HX_MONEY_READERS, HX_ROUTE_PAGE, parameters, .handler = list_page },
  { HX_METHOD_GET, "/money/adjustments", "money_adjustments_page",
    N_ ("预算调整"), HX_MONEY_READERS, HX_ROUTE_PAGE, parameters,
    .handler = list_page },
  { 0 },
};
