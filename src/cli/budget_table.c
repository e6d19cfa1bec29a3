/* The money table in 万元.
 *
 * Each column adds up to its sum, and the sum is rounded once from the exact
 * amount; of a row, 年初, 调整 and 上年结转 make 全年预算.  What becomes of the
 * money is rounded column by column, so that a row may show 0.01 more or less
 * than its budget: then a note says so. */
#include "cli/budget_show.h"

#include <stddef.h>

#define NAME_WIDTH 44
#define NUMBER_WIDTH 12

enum
{
  INITIAL,
  ADJUSTED,
  CARRIED_IN,
  EXECUTED,
  CARRIED_OVER,
  GIVEN_BACK, /* withdrawn and lapsed */
  OPEN,
  N_COLUMNS
};

char *
hx_cli_progress_share (gint64 share)
{
  g_autofree char *text = hx_decimal_format ((HxDecimal){ share, 2 });
  return g_strconcat (text, "%", NULL);
}

char *
hx_cli_rate (gint64 part, gint64 whole)
{
  gint64 share = 0;
  if (!hx_round_half_up (part, whole, 4, &share))
    return g_strdup ("–");
  return hx_cli_progress_share (share);
}

static void
columns_of (const HxMoney *money, gint64 *columns)
{
  columns[INITIAL] = money->initial;
  columns[ADJUSTED] = money->adjusted;
  columns[CARRIED_IN] = money->carried_in;
  columns[EXECUTED] = money->executed;
  columns[CARRIED_OVER] = money->carried_over;
  columns[GIVEN_BACK] = money->withdrawn + money->lapsed;
  columns[OPEN] = money->open;
}

/* The sums, in 0.01 万元: budget, initial and executed are what a report
 * prints, the rest shares what is left. */
static void
round_sum (const HxMoney *sum, gint64 *shown)
{
  const gint64 total = hx_money_hundredths (sum->total);
  gint64 exact[N_COLUMNS];
  columns_of (sum, exact);
  shown[INITIAL] = hx_money_hundredths (sum->initial);
  shown[EXECUTED] = hx_money_hundredths (sum->executed);
  hx_money_spread (&exact[ADJUSTED], 2, total - shown[INITIAL],
                   &shown[ADJUSTED]);
  hx_money_spread (&exact[CARRIED_OVER], 3, total - shown[EXECUTED],
                   &shown[CARRIED_OVER]);
}

/* shown[row * N_COLUMNS + column] */
static gint64 *
round_rows (const GArray *rows, const gint64 *sum)
{
  const guint n = rows->len;
  gint64 *shown = g_new0 (gint64, (gsize)(n + 1) * N_COLUMNS);
  g_autofree gint64 *exact = g_new0 (gint64, n + 1);
  g_autofree gint64 *out = g_new0 (gint64, n + 1);
  for (guint column = 0; column < N_COLUMNS; column++)
    {
      for (guint i = 0; i < n; i++)
        {
          gint64 columns[N_COLUMNS];
          columns_of (&g_array_index (rows, HxCliMoneyRow, i).money, columns);
          exact[i] = columns[column];
        }
      hx_money_spread (exact, n, sum[column], out);
      for (guint i = 0; i < n; i++)
        shown[i * N_COLUMNS + column] = out[i];
    }
  return shown;
}

/* Rounded amounts go in, and the budget and the rate stand among them. */
#define BUDGET 3
#define RATE 5
#define N_LABELS 9

static const char *
label_of (guint label, gboolean is_over)
{
  const char *const labels[N_LABELS] = {
    _ ("年初预算"), _ ("调整"),       _ ("上年结转"),
    _ ("全年预算"), _ ("执行"),       _ ("执行率"),
    _ ("结转结余"), _ ("收回、注销"), is_over ? _ ("去向不明") : _ ("未支出")
  };
  return labels[label];
}

guint
hx_cli_number_width (const char *label)
{
  return MAX (NUMBER_WIDTH, hx_cli_columns (label) + 2);
}

static gint64
budget_of (const gint64 *shown)
{
  return shown[INITIAL] + shown[ADJUSTED] + shown[CARRIED_IN];
}

static void
print_row (const char *name, const HxMoney *money, const gint64 *shown,
           gboolean is_over)
{
  g_autofree char *rate = hx_cli_rate (money->executed, money->total);
  const gint64 *next = shown;
  hx_cli_print_padded (name, NAME_WIDTH, FALSE);
  for (guint i = 0; i < N_LABELS; i++)
    {
      const gint64 amount = i == BUDGET ? budget_of (shown)
                            : i == RATE ? 0
                                        : *next++;
      g_autofree char *text = hx_decimal_format ((HxDecimal){ amount, 2 });
      hx_cli_print_padded (i == RATE ? rate : text,
                           hx_cli_number_width (label_of (i, is_over)), TRUE);
    }
  hx_cli_print ("\n");
}

static void
print_head (const char *heading, gboolean is_over)
{
  hx_cli_print_padded (heading, NAME_WIDTH, FALSE);
  for (guint i = 0; i < N_LABELS; i++)
    {
      const char *label = label_of (i, is_over);
      hx_cli_print_padded (label, hx_cli_number_width (label), TRUE);
    }
  hx_cli_print ("\n");
}

static gboolean
adds_up (const gint64 *shown)
{
  return budget_of (shown)
         == shown[EXECUTED] + shown[CARRIED_OVER] + shown[GIVEN_BACK]
                + shown[OPEN];
}

void
hx_cli_money_table (const char *heading, const GArray *rows, gboolean is_over)
{
  HxMoney sum = { 0 };
  gint64 shown_sum[N_COLUMNS];
  gboolean is_off = FALSE;
  for (guint i = 0; i < rows->len; i++)
    hx_money_add (&sum, &g_array_index (rows, HxCliMoneyRow, i).money);
  round_sum (&sum, shown_sum);
  g_autofree gint64 *shown = round_rows (rows, shown_sum);
  print_head (heading, is_over);
  for (guint i = 0; i < rows->len; i++)
    {
      const HxCliMoneyRow *row = &g_array_index (rows, HxCliMoneyRow, i);
      g_autofree char *name
          = row->key != NULL ? g_strdup_printf ("%s %s", row->key, row->name)
                             : g_strdup (row->name);
      print_row (name, &row->money, &shown[i * N_COLUMNS], is_over);
      is_off |= !adds_up (&shown[i * N_COLUMNS]);
    }
  print_row (_ ("合计"), &sum, shown_sum, is_over);
  if (is_over && sum.open != 0)
    hx_cli_print ("%s\n", _ ("去向不明的，hongxia budget 年度 --closing 逐条"
                             "列出"));
  if (is_off)
    hx_cli_print ("%s\n", _ ("注：各列相加等于合计；个别行按 0.01 万元取整，"
                             "与预算相差 0.01 至 0.02，到分的数见 --json"));
}

void
hx_cli_money_json (HxJson *json, const HxMoney *money)
{
  static const struct
  {
    const char *key;
    gsize offset;
  } members[] = {
    { "initial", offsetof (HxMoney, initial) },
    { "adjusted", offsetof (HxMoney, adjusted) },
    { "carried_in", offsetof (HxMoney, carried_in) },
    { "total", offsetof (HxMoney, total) },
    { "executed", offsetof (HxMoney, executed) },
    { "carried_over", offsetof (HxMoney, carried_over) },
    { "withdrawn", offsetof (HxMoney, withdrawn) },
    { "lapsed", offsetof (HxMoney, lapsed) },
    { "open", offsetof (HxMoney, open) },
  };
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    hx_json_member_integer (
        json, members[i].key,
        *(const gint64 *)((const char *)money + members[i].offset));
}
