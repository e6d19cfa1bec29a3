/* Amounts in 万元 that add up as they are shown. */
#include "budget/answer.h"

static void
columns_of (const HxMoney *money, gint64 *columns)
{
  columns[HX_MONEY_INITIAL] = money->initial;
  columns[HX_MONEY_ADJUSTED] = money->adjusted;
  columns[HX_MONEY_CARRIED_IN] = money->carried_in;
  columns[HX_MONEY_TOTAL] = money->total;
  columns[HX_MONEY_EXECUTED] = money->executed;
  columns[HX_MONEY_CARRIED_OVER] = money->carried_over;
  columns[HX_MONEY_GIVEN_BACK] = money->withdrawn + money->lapsed;
  columns[HX_MONEY_OPEN] = money->open;
}

/* Budget, initial and executed are what a report prints, the rest shares what
 * is left. */
static void
show_sum (const HxMoney *sum, gint64 *shown)
{
  gint64 exact[HX_MONEY_COLUMNS];
  columns_of (sum, exact);
  shown[HX_MONEY_TOTAL] = hx_money_hundredths (sum->total);
  shown[HX_MONEY_INITIAL] = hx_money_hundredths (sum->initial);
  shown[HX_MONEY_EXECUTED] = hx_money_hundredths (sum->executed);
  hx_money_spread (&exact[HX_MONEY_ADJUSTED], 2,
                   shown[HX_MONEY_TOTAL] - shown[HX_MONEY_INITIAL],
                   &shown[HX_MONEY_ADJUSTED]);
  hx_money_spread (&exact[HX_MONEY_CARRIED_OVER], 3,
                   shown[HX_MONEY_TOTAL] - shown[HX_MONEY_EXECUTED],
                   &shown[HX_MONEY_CARRIED_OVER]);
}

static void
show_column (const HxMoney *rows, guint n, guint column, HxMoneyShown *shown)
{
  g_autofree gint64 *exact = g_new0 (gint64, (gsize)n + 1);
  g_autofree gint64 *out = g_new0 (gint64, (gsize)n + 1);
  for (guint i = 0; i < n; i++)
    {
      gint64 columns[HX_MONEY_COLUMNS];
      columns_of (&rows[i], columns);
      exact[i] = columns[column];
    }
  hx_money_spread (exact, n, shown[n].cells[column], out);
  for (guint i = 0; i < n; i++)
    shown[i].cells[column] = out[i];
}

HxMoneyShown *
hx_money_show (const HxMoney *rows, guint n)
{
  HxMoneyShown *shown = g_new0 (HxMoneyShown, (gsize)n + 1);
  HxMoney sum = { 0 };
  for (guint i = 0; i < n; i++)
    hx_money_add (&sum, &rows[i]);
  show_sum (&sum, shown[n].cells);
  for (guint column = 0; column < HX_MONEY_COLUMNS; column++)
    if (column != HX_MONEY_TOTAL)
      show_column (rows, n, column, shown);
  for (guint i = 0; i < n; i++)
    shown[i].cells[HX_MONEY_TOTAL] = shown[i].cells[HX_MONEY_INITIAL]
                                     + shown[i].cells[HX_MONEY_ADJUSTED]
                                     + shown[i].cells[HX_MONEY_CARRIED_IN];
  return shown;
}

gboolean
hx_money_shown_adds_up (const HxMoneyShown *shown)
{
  const gint64 *cells = shown->cells;
  return cells[HX_MONEY_TOTAL]
         == cells[HX_MONEY_EXECUTED] + cells[HX_MONEY_CARRIED_OVER]
                + cells[HX_MONEY_GIVEN_BACK] + cells[HX_MONEY_OPEN];
}

const char *
hx_money_column_name (HxMoneyColumn column, gboolean is_over)
{
  static const char *const names[HX_MONEY_COLUMNS] = {
    [HX_MONEY_INITIAL] = N_ ("年初预算"),
    [HX_MONEY_ADJUSTED] = N_ ("调整"),
    [HX_MONEY_CARRIED_IN] = N_ ("上年结转"),
    [HX_MONEY_TOTAL] = N_ ("全年预算"),
    [HX_MONEY_EXECUTED] = N_ ("执行"),
    [HX_MONEY_CARRIED_OVER] = N_ ("结转结余"),
    [HX_MONEY_GIVEN_BACK] = N_ ("收回、注销"),
    [HX_MONEY_OPEN] = N_ ("去向不明"),
  };
  return column == HX_MONEY_OPEN && !is_over ? _ ("未支出")
                                             : hx_text (names[column]);
}

char *
hx_share_text (gint64 share)
{
  g_autofree char *text = hx_decimal_format ((HxDecimal){ share, 2 });
  return g_strconcat (text, "%", NULL);
}

char *
hx_rate_text (gint64 part, gint64 whole)
{
  gint64 share = 0;
  if (!hx_round_half_up (part, whole, 4, &share))
    return g_strdup ("–");
  return hx_share_text (share);
}

gint64
hx_money_month_step (gint64 so_far, gint64 in_month)
{
  return hx_money_hundredths (so_far) - hx_money_hundredths (so_far - in_month);
}
