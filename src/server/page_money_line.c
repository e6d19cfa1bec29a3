/* One budget line: what was granted, what changed, what was paid, where the
 * rest went; and the forms that say so. */
#include "server/money_part.h"
#include "server/year_form.h"

#define ROWS 20

/* -------------------------------------------------------------------- lines
 */

/* The line of the path on the day; NULL with *error.  `lines` owns it. */
static const HxBudgetLine *
read_line (HxCall *call, GPtrArray **lines, HxDate *day, GError **error)
{
  const HxBudgetView *view = hx_money_view (call, error);
  const gint64 id = hx_call_integer (call, "id");
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (HxRow) row = NULL;
  int year;
  if (view == NULL || connection == NULL)
    return NULL;
  row = hx_row_new (view->line);
  if (!hx_row_load (connection, row, id, error))
    return NULL;
  year = (int)(row->values[view->line->since->index].integer / 10000);
  if (!hx_year_day (call, year, day, error))
    return NULL;
  *lines = hx_money_lines (call, year, *day, NULL, error);
  for (guint i = 0; *lines != NULL && i < (*lines)->len; i++)
    {
      const HxBudgetLine *line = (*lines)->pdata[i];
      if (line->id == id)
        return line;
    }
  if (*lines != NULL)
    hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这条预算指标"), NULL,
             _ ("从经费页里选"));
  return NULL;
}

/* -------------------------------------------------------------------- facts
 */

static void
write_money_fact (HxHtml *html, const char *name, gint64 fen)
{
  g_autofree char *text = hx_say_money (fen, FALSE);
  hx_part_fact (html, name, text);
}

static void
write_facts (HxHtml *html, const HxBudgetLine *line)
{
  g_autofree char *since = hx_say_date (line->since);
  hx_html_open (html, "dl", "class", "facts card", NULL);
  hx_part_fact (html, _ ("资金来源"), line->source->name);
  hx_part_fact (html, _ ("支出性质"), line->nature->name);
  hx_part_fact (html, _ ("重点任务"),
                line->task != NULL ? line->task->name : NULL);
  hx_part_fact (html, _ ("功能科目"), line->function_class);
  hx_part_fact (html, _ ("经济科目"), line->economic_class);
  hx_part_fact (html, _ ("下达日期"), since);
  hx_html_close (html, "dl");
}

static void
write_identity (HxHtml *html, const HxBudgetLine *line, gboolean is_over)
{
  const HxMoney *money = &line->money;
  g_autofree char *rate = hx_rate_text (money->executed, money->total);
  hx_html_open (html, "dl", "class", "facts card", NULL);
  write_money_fact (html, _ ("年初预算"), money->initial);
  write_money_fact (html, _ ("调整"), money->adjusted);
  write_money_fact (html, _ ("上年结转"), money->carried_in);
  write_money_fact (html, _ ("全年预算"), money->total);
  write_money_fact (html, _ ("执行"), money->executed);
  hx_part_fact (html, _ ("执行率"), rate);
  write_money_fact (html, _ ("结转结余"), money->carried_over);
  write_money_fact (html, _ ("财政收回"), money->withdrawn);
  write_money_fact (html, _ ("指标注销"), money->lapsed);
  write_money_fact (html, is_over ? _ ("去向不明") : _ ("未支出"), money->open);
  if (line->has_forecast)
    write_money_fact (html, _ ("全年预计"), line->forecast);
  hx_html_close (html, "dl");
  hx_html_element (html, "p",
                   _ ("关账时要平：全年预算 = 执行 + 结转结余 + 收回 + 注销。"),
                   "class", "quiet", NULL);
}

/* --------------------------------------------------------------------- rows
 */

typedef struct
{
  const HxKind *kind;
  const HxField *line;
  const char *id, *title, *none;
  const char *add, *add_text; /* NULL: no form */
  const HxField *fields[8];
} Part;

static gboolean
write_part (HxHtml *html, HxCall *call, const HxBudgetLine *line,
            const Part *part, GError **error)
{
  const int year = line->since.year;
  HxMoneyQuery query = { .kind = part->kind,
                         .line = part->line,
                         .first = { (gint16)year, 1, 1 },
                         .last = { (gint16)year, 12, 31 },
                         .line_id = line->id,
                         .limit = ROWS };
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *add = hx_money_line_url (line->id, part->add);
  gboolean done;
  if (part->kind == NULL
      || !hx_identity_may (hx_call_identity (call), HX_ACT_READ, part->kind))
    return TRUE;
  rows = hx_money_rows (call, &query, error);
  if (rows == NULL)
    return FALSE;
  hx_part_section_begin (html, part->id, part->title);
  done = rows->len == 0
         || hx_part_money_rows (html, call, part->title, rows, part->fields,
                                error);
  if (rows->len == 0)
    hx_html_element (html, "p", part->none, "class", "quiet", NULL);
  if (part->add_text != NULL)
    hx_part_add (html, call, part->kind, add, part->add_text);
  hx_part_section_end (html);
  return done;
}

static gboolean
write_parts (HxHtml *html, HxCall *call, const HxBudgetLine *line,
             GError **error)
{
  const HxBudgetView *v = hx_catalogue_budget (hx_call_catalogue (call));
  const Part parts[] = {
    { v->adjustment,
      v->adjustment_line,
      "adjustments",
      _ ("预算调整"),
      _ ("没有调整过。"),
      "/adjustment",
      _ ("登记调整"),
      { v->adjustment != NULL ? v->adjustment->date : NULL, v->adjustment_kind,
        v->adjustment_amount, v->adjustment_document, v->adjustment_reason,
        NULL } },
    { v->payment,
      v->payment_line,
      "payments",
      _ ("最近的支付"),
      _ ("还没有支付。"),
      "/payment",
      _ ("登记支付"),
      { v->payment != NULL ? v->payment->date : NULL, v->payment_voucher,
        v->payment_amount, v->payment_contract, NULL } },
    { v->carry_over,
      v->carry_over_line,
      "carry-over",
      _ ("结转结余"),
      _ ("没有结转结余。"),
      "/carry-over",
      _ ("登记结转结余"),
      { v->carry_over != NULL ? v->carry_over->date : NULL,
        v->carry_over_amount, v->carry_over_cause, v->carry_over_reason,
        NULL } },
    { v->unspent,
      v->unspent_line,
      "unspent",
      _ ("收回和注销"),
      _ ("没有收回或注销。"),
      "/unspent",
      _ ("说明未支出（收回、注销）"),
      { v->unspent != NULL ? v->unspent->date : NULL, v->unspent_amount,
        v->unspent_cause, v->unspent_disposal, v->unspent_reason, NULL } },
    { v->forecast,
      v->forecast_line,
      "forecast",
      _ ("全年预计执行"),
      _ ("没有预计。"),
      "/forecast",
      _ ("填写全年预计"),
      { v->forecast != NULL ? v->forecast->date : NULL, v->forecast_amount,
        v->forecast_reason, NULL } },
  };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!write_part (html, call, line, &parts[i], error))
      return FALSE;
  return TRUE;
}

/* --------------------------------------------------------------------- page
 */

static gboolean
write_findings (HxHtml *html, HxCall *call, const HxBudgetLine *line,
                GError **error)
{
  g_autoptr (GPtrArray) closing
      = hx_budget_closing (hx_call_connection (call, error),
                           hx_call_catalogue (call), line->since.year, error);
  if (closing == NULL)
    return FALSE;
  for (guint i = closing->len; i > 0; i--)
    if (((HxBudgetFinding *)closing->pdata[i - 1])->line_id != line->id)
      g_ptr_array_remove_index (closing, i - 1);
  hx_part_findings (html, _ ("关账还差什么"), closing);
  return TRUE;
}

static gboolean
line_page (HxCall *call, GError **error)
{
  g_autoptr (GPtrArray) lines = NULL;
  HxDate day = { 0 };
  const HxBudgetLine *line = read_line (call, &lines, &day, error);
  const HxBudgetQuery query
      = { .year = day.year, .as_of = day, .today = hx_call_today (call) };
  const gboolean is_over = hx_budget_is_whole_year (&query);
  g_autofree char *title = NULL, *back = NULL, *lead = NULL, *said = NULL,
                  *url = NULL;
  g_autoptr (HxHtml) html = NULL;
  if (line == NULL)
    return FALSE;
  title = g_strdup_printf ("%s %s", line->number, line->name);
  said = hx_say_date (day);
  lead = g_strdup_printf (_ ("截至 %s"), said);
  back = g_strdup_printf ("/money?year=%d", day.year);
  url = hx_money_line_url (line->id, "");
  html = hx_page_begin (call, &(HxPageHead){ .title = title,
                                             .at = "money",
                                             .lead = lead,
                                             .back = back,
                                             .back_name = _ ("经费") });
  hx_part_day (html, call, url, day, NULL);
  write_identity (html, line, is_over);
  write_facts (html, line);
  if (is_over && !write_findings (html, call, line, error))
    return FALSE;
  if (!write_parts (html, call, line, error))
    return FALSE;
  return hx_page_end (call, g_steal_pointer (&html));
}

/* -------------------------------------------------------------------- forms
 */

/* The amount that a form begins with: what is still open, in 元. */
static gboolean
begin_form (HxCall *call, HxYearForm *form, const char *what,
            const HxField *amount, GError **error)
{
  g_autoptr (GPtrArray) lines = NULL;
  HxDate day = { 0 };
  const HxBudgetLine *line = read_line (call, &lines, &day, error);
  g_autofree char *open = NULL, *said = NULL;
  if (line == NULL)
    return FALSE;
  open = hx_money_format_yuan (line->money.open);
  said = hx_say_money (line->money.open, FALSE);
  form->at = "money";
  form->lead = g_strdup_printf (_ ("%s %s，还没有去向的 %s"), line->number,
                                line->name, said);
  form->action = hx_money_line_url (line->id, what);
  form->back = hx_money_line_url (line->id, "");
  form->back_name = g_strdup (line->number);
  if (line->money.open > 0)
    hx_year_form_preset (form, amount, open);
  hx_year_form_preset_day (form, form->kind->date, day);
  return TRUE;
}

typedef struct
{
  const char *what; /* the end of the path */
  const char *title, *said;
  gsize kind, line, amount; /* in HxBudgetView; amount 0: none is preset */
} FormRow;

static const FormRow form_rows[] = {
  { "/adjustment", N_ ("预算调整"), N_ ("调整已登记"),
    G_STRUCT_OFFSET (HxBudgetView, adjustment),
    G_STRUCT_OFFSET (HxBudgetView, adjustment_line), 0 },
  { "/payment", N_ ("支付"), N_ ("支付已登记"),
    G_STRUCT_OFFSET (HxBudgetView, payment),
    G_STRUCT_OFFSET (HxBudgetView, payment_line), 0 },
  { "/carry-over", N_ ("结转结余"), N_ ("结转结余已登记"),
    G_STRUCT_OFFSET (HxBudgetView, carry_over),
    G_STRUCT_OFFSET (HxBudgetView, carry_over_line),
    G_STRUCT_OFFSET (HxBudgetView, carry_over_amount) },
  { "/unspent", N_ ("未支出说明"), N_ ("说明已登记"),
    G_STRUCT_OFFSET (HxBudgetView, unspent),
    G_STRUCT_OFFSET (HxBudgetView, unspent_line),
    G_STRUCT_OFFSET (HxBudgetView, unspent_amount) },
  { "/forecast", N_ ("全年预计执行"), N_ ("预计已登记"),
    G_STRUCT_OFFSET (HxBudgetView, forecast),
    G_STRUCT_OFFSET (HxBudgetView, forecast_line), 0 },
};

static const FormRow *
find_form (const HxCall *call)
{
  const char *path = hx_call_request (call)->path;
  for (guint i = 0; i < G_N_ELEMENTS (form_rows); i++)
    if (g_str_has_suffix (path, form_rows[i].what))
      return &form_rows[i];
  return NULL;
}

static const HxField *
field_at (const HxBudgetView *view, gsize offset)
{
  return offset != 0 ? hx_money_role (view, offset) : NULL;
}

static gboolean
form_page (HxCall *call, GError **error)
{
  const HxBudgetView *view = hx_money_view (call, error);
  const FormRow *row = find_form (call);
  g_auto (HxYearForm) form = { 0 };
  if (view == NULL || row == NULL)
    return FALSE;
  form.kind = hx_money_role (view, row->kind);
  if (!hx_year_need_kind (call, form.kind, error))
    return FALSE;
  form.title = g_strdup (hx_text (row->title));
  form.said = hx_text (row->said);
  if (!begin_form (call, &form, row->what, field_at (view, row->amount), error))
    return FALSE;
  hx_year_form_hide_row (&form, field_at (view, row->line),
                         hx_call_integer (call, "id"));
  return hx_year_form (call, &form, error);
}

/* ------------------------------------------------------------------- routes
 */

static const HxParameter show[] = {
  { "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("预算指标") },
  { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("截至日期") },
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { 0 },
};
static const HxParameter ask[] = {
  { "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("预算指标") },
  { 0 },
};
static const HxParameter take[] = {
  { "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("预算指标") },
  HX_RECORD_FORM_PARAMETERS,
  { 0 },
};

#define FORM(path, name, what)                                                 \
  { HX_METHOD_GET, "/money/lines/{id}/" path, "money_" name "_form",           \
    what,          HX_USER_FINANCE,           HX_ROUTE_PAGE,                   \
    ask,           .handler = form_page },                                     \
  {                                                                            \
    HX_METHOD_POST, "/money/lines/{id}/" path, "money_" name "_take", what,    \
        HX_USER_FINANCE, HX_ROUTE_PAGE | HX_ROUTE_UPLOAD, take,                \
        .handler = form_page                                                   \
  }

const HxRoute hx_routes_money_line[] = {
  { HX_METHOD_GET, "/money/lines/{id}", "money_line_page", N_ ("预算指标"),
    HX_MONEY_READERS, HX_ROUTE_PAGE, show, .handler = line_page },
  FORM ("adjustment", "adjustment", N_ ("登记预算调整")),
  FORM ("payment", "payment", N_ ("登记支付")),
  FORM ("carry-over", "carry_over", N_ ("登记结转结余")),
  FORM ("unspent", "unspent", N_ ("说明未支出")),
  FORM ("forecast", "forecast", N_ ("填写全年预计")),
  { 0 },
};
