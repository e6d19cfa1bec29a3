#include "server/money_part.h"

#include <string.h>

const HxTab hx_money_tabs[] = {
  { "/money", N_ ("预算指标") },
  { "/money/months", N_ ("逐月执行") },
  { "/money/payments", N_ ("支付") },
  { "/money/adjustments", N_ ("调整") },
  { "/money/contracts", N_ ("合同") },
  { "/money/closing", N_ ("关账") },
  { "/money/import", N_ ("导入国库数据") },
  { NULL, NULL },
};

const HxBudgetView *
hx_money_view (const HxCall *call, GError **error)
{
  const HxBudgetView *view = hx_catalogue_budget (hx_call_catalogue (call));
  return hx_year_need_kind (call, view != NULL ? view->line : NULL, error)
             ? view
             : NULL;
}

gconstpointer
hx_money_role (const HxBudgetView *view, gsize offset)
{
  gconstpointer role;
  memcpy (&role, (const char *)view + offset, sizeof role);
  return role;
}

char *
hx_money_line_url (gint64 line_id, const char *what)
{
  return g_strdup_printf ("/money/lines/%" G_GINT64_FORMAT "%s", line_id, what);
}

void
hx_part_line_link (HxHtml *html, gint64 line_id, const char *text)
{
  g_autofree char *url = hx_money_line_url (line_id, "");
  hx_html_element (html, "a", text, "href", url, NULL);
}

/* ------------------------------------------------------------------ reaching
 */

static gboolean
is_wanted (const HxCall *call, const HxBudgetLine *line, const char *task)
{
  return hx_year_reaches (call, line->unit_id)
         && (task == NULL
             || (line->task != NULL && g_str_equal (line->task->code, task)));
}

static void
keep_lines (const HxCall *call, GPtrArray *lines, const char *task)
{
  for (guint i = lines->len; i > 0; i--)
    if (!is_wanted (call, lines->pdata[i - 1], task))
      g_ptr_array_remove_index (lines, i - 1);
}

GPtrArray *
hx_money_lines (HxCall *call, int year, HxDate day, const char *task,
                GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  GPtrArray *lines = connection != NULL ? hx_budget_lines (
                         connection, hx_call_catalogue (call), year, day, error)
                                        : NULL;
  if (lines != NULL)
    keep_lines (call, lines, task);
  return lines;
}

static GHashTable *
ids_of (const GPtrArray *lines)
{
  GHashTable *ids = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < lines->len; i++)
    g_hash_table_add (ids, &((HxBudgetLine *)lines->pdata[i])->id);
  return ids;
}

static void
keep_findings (GPtrArray *findings, GHashTable *ids)
{
  for (guint i = findings != NULL ? findings->len : 0; i > 0; i--)
    {
      const HxBudgetFinding *finding = findings->pdata[i - 1];
      if (!g_hash_table_contains (ids, &finding->line_id))
        g_ptr_array_remove_index (findings, i - 1);
    }
}

static void
keep_contracts (GPtrArray *contracts, GHashTable *ids)
{
  for (guint i = contracts != NULL ? contracts->len : 0; i > 0; i--)
    {
      const HxBudgetContract *contract = contracts->pdata[i - 1];
      if (!g_hash_table_contains (ids, &contract->line_id))
        g_ptr_array_remove_index (contracts, i - 1);
    }
}

/* Months are added up over all lines and say nothing of some of them. */
static gboolean
narrow (HxCall *call, HxBudgetAnswer *answer, GError **error)
{
  g_autoptr (GHashTable) ids = NULL;
  keep_lines (call, answer->lines, NULL);
  ids = ids_of (answer->lines);
  keep_findings (answer->check, ids);
  keep_findings (answer->differences, ids);
  keep_findings (answer->closing, ids);
  keep_contracts (answer->contracts, ids);
  g_clear_pointer (&answer->months, g_array_unref);
  if (answer->rows == NULL)
    return TRUE;
  g_clear_pointer (&answer->rows, g_ptr_array_unref);
  answer->rows = hx_budget_cut (hx_call_connection (call, error),
                                hx_call_catalogue (call), answer->lines,
                                answer->query.cut, error);
  return answer->rows != NULL;
}

gboolean
hx_money_answer (HxCall *call, const HxBudgetQuery *query,
                 HxBudgetAnswer *answer, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  return connection != NULL
         && hx_budget_answer_read (connection, hx_call_catalogue (call), query,
                                   answer, error)
         && (hx_year_is_whole (call) || narrow (call, answer, error));
}

/* -------------------------------------------------------------------- table */

static void
write_cells (HxGrid *grid, const HxMoney *money, const HxMoneyShown *shown)
{
  for (guint i = 0; i < HX_MONEY_COLUMNS; i++)
    {
      g_autofree char *text = hx_say_wan (shown->cells[i]);
      hx_grid_cell (grid, text);
      if (i == HX_MONEY_EXECUTED)
        {
          g_autofree char *rate = hx_rate_text (money->executed, money->total);
          hx_grid_cell (grid, rate);
        }
    }
}

static void
write_rows (HxGrid *grid, const GPtrArray *lines, const GPtrArray *rows,
            const HxMoneyShown *shown)
{
  const GPtrArray *all = lines != NULL ? lines : rows;
  for (guint i = 0; i < all->len; i++)
    {
      const HxBudgetLine *line = lines != NULL ? lines->pdata[i] : NULL;
      const HxCutRow *row = rows != NULL ? rows->pdata[i] : NULL;
      g_autofree char *url
          = line != NULL ? hx_money_line_url (line->id, "") : NULL;
      g_autofree char *name
          = line != NULL ? g_strdup_printf ("%s %s", line->number, line->name)
                         : g_strdup (row != NULL ? row->name : NULL);
      hx_grid_row (grid, url);
      hx_grid_cell (grid, name);
      write_cells (grid, line != NULL ? &line->money : &row->money, &shown[i]);
    }
}

static HxMoney *
moneys_of (const GPtrArray *lines, const GPtrArray *rows, HxMoney *sum)
{
  const GPtrArray *all = lines != NULL ? lines : rows;
  HxMoney *moneys = g_new0 (HxMoney, (gsize)all->len + 1);
  for (guint i = 0; i < all->len; i++)
    {
      moneys[i] = lines != NULL ? ((HxBudgetLine *)lines->pdata[i])->money
                                : ((HxCutRow *)rows->pdata[i])->money;
      hx_money_add (sum, &moneys[i]);
    }
  return moneys;
}

static void
fill_columns (HxColumn *columns, const HxBudgetQuery *query)
{
  const gboolean is_over = hx_budget_is_whole_year (query);
  guint n = 0;
  columns[n++].name
      = query->has_cut ? hx_cut_name (query->cut) : _ ("预算指标");
  for (guint i = 0; i < HX_MONEY_COLUMNS; i++)
    {
      columns[n++] = (HxColumn){ .name = hx_money_column_name (i, is_over),
                                 .is_number = TRUE };
      if (i == HX_MONEY_EXECUTED)
        columns[n++] = (HxColumn){ .name = _ ("执行率"), .is_number = TRUE };
    }
}

void
hx_part_money (HxHtml *html, const HxBudgetQuery *query, const GPtrArray *lines,
               const GPtrArray *rows)
{
  const guint n = lines != NULL ? lines->len : rows->len;
  HxColumn columns[HX_MONEY_COLUMNS + 3] = { 0 };
  HxMoney sum = { 0 };
  g_autofree HxMoney *moneys = moneys_of (lines, rows, &sum);
  g_autofree HxMoneyShown *shown = hx_money_show (moneys, n);
  gboolean is_off = FALSE;
  HxGrid *grid;
  fill_columns (columns, query);
  grid = hx_grid_begin (html, _ ("预算与执行，单位：万元"), columns);
  write_rows (grid, lines, rows, shown);
  hx_grid_total (grid);
  hx_grid_cell (grid, _ ("合计"));
  write_cells (grid, &sum, &shown[n]);
  hx_grid_end (grid);
  for (guint i = 0; i < n; i++)
    is_off |= !hx_money_shown_adds_up (&shown[i]);
  if (is_off)
    hx_html_element (html, "p",
                     _ ("注：各列相加等于合计；个别行按 0.01 万元取整，与预算"
                        "相差 0.01 至 0.02，点开指标看到分的数。"),
                     "class", "quiet", NULL);
}

/* ----------------------------------------------------------------- findings */

void
hx_part_findings (HxHtml *html, const char *caption, const GPtrArray *findings)
{
  const HxColumn columns[] = { { .name = _ ("哪里") },
                               { .name = _ ("什么不对") },
                               { .name = _ ("要做什么") },
                               { .name = NULL } };
  HxGrid *grid;
  if (findings == NULL || findings->len == 0)
    return;
  grid = hx_grid_begin (html, caption, columns);
  for (guint i = 0; i < findings->len; i++)
    {
      const HxBudgetFinding *finding = findings->pdata[i];
      g_autofree char *url = finding->line_id != 0
                                 ? hx_money_line_url (finding->line_id, "")
                                 : NULL;
      hx_grid_row (grid, url);
      hx_grid_cell (grid, finding->place);
      hx_grid_cell (grid, finding->text);
      hx_grid_cell (grid, finding->advice);
    }
  hx_grid_end (grid);
}
