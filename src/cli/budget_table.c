/* The money table in 万元: rounded as budget/answer.h says; where a row does
 * not add up as it is shown, a note says so. */
#include "cli/budget_show.h"

#define NAME_WIDTH 44
#define NUMBER_WIDTH 12

guint
hx_cli_number_width (const char *label)
{
  return MAX (NUMBER_WIDTH, hx_cli_columns (label) + 2);
}

static void
print_cell (HxMoneyColumn column, const char *text, gboolean is_over)
{
  const char *label = hx_money_column_name (column, is_over);
  hx_cli_print_padded (text, hx_cli_number_width (label), TRUE);
}

/* The rate stands behind what was executed. */
static void
print_row (const char *name, const HxMoney *money, const HxMoneyShown *shown,
           gboolean is_over)
{
  g_autofree char *rate = hx_rate_text (money->executed, money->total);
  hx_cli_print_padded (name, NAME_WIDTH, FALSE);
  for (guint i = 0; i < HX_MONEY_COLUMNS; i++)
    {
      g_autofree char *text
          = hx_decimal_format ((HxDecimal){ shown->cells[i], 2 });
      print_cell (i, text, is_over);
      if (i == HX_MONEY_EXECUTED)
        hx_cli_print_padded (rate, hx_cli_number_width (_ ("执行率")), TRUE);
    }
  hx_cli_print ("\n");
}

static void
print_head (const char *heading, gboolean is_over)
{
  hx_cli_print_padded (heading, NAME_WIDTH, FALSE);
  for (guint i = 0; i < HX_MONEY_COLUMNS; i++)
    {
      print_cell (i, hx_money_column_name (i, is_over), is_over);
      if (i == HX_MONEY_EXECUTED)
        hx_cli_print_padded (_ ("执行率"), hx_cli_number_width (_ ("执行率")),
                             TRUE);
    }
  hx_cli_print ("\n");
}

void
hx_cli_money_table (const char *heading, const GArray *rows, gboolean is_over)
{
  const guint n = rows->len;
  g_autofree HxMoney *moneys = g_new0 (HxMoney, (gsize)n + 1);
  g_autofree HxMoneyShown *shown = NULL;
  gboolean is_off = FALSE;
  for (guint i = 0; i < n; i++)
    {
      moneys[i] = g_array_index (rows, HxCliMoneyRow, i).money;
      hx_money_add (&moneys[n], &moneys[i]);
    }
  shown = hx_money_show (moneys, n);
  print_head (heading, is_over);
  for (guint i = 0; i < n; i++)
    {
      const HxCliMoneyRow *row = &g_array_index (rows, HxCliMoneyRow, i);
      g_autofree char *name
          = row->key != NULL ? g_strdup_printf ("%s %s", row->key, row->name)
                             : g_strdup (row->name);
      print_row (name, &row->money, &shown[i], is_over);
      is_off |= !hx_money_shown_adds_up (&shown[i]);
    }
  print_row (_ ("合计"), &moneys[n], &shown[n], is_over);
  if (is_over && moneys[n].open != 0)
    hx_cli_print ("%s\n", _ ("去向不明的，hongxia budget 年度 --closing 逐条"
                             "列出"));
  if (is_off)
    hx_cli_print ("%s\n", _ ("注：各列相加等于合计；个别行按 0.01 万元取整，"
                             "与预算相差 0.01 至 0.02，到分的数见 --json"));
}
