#include "cli/monitor_show.h"
#include "cli/cli.h"
#include "exchange/monitor_form.h"

#define COLUMNS_MAX 9

/* ------------------------------------------------------------------- tables */

typedef struct
{
  GPtrArray *cells; /* char *, row by row; the first row are the heads */
  guint columns;
  guint rights; /* bit 0: the first column is of numbers */
} Table;

static void
table_clear (Table *table)
{
  g_clear_pointer (&table->cells, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static Table
table_new (const char *const *heads, guint columns, guint rights)
{
  Table table = { g_ptr_array_new_with_free_func (g_free), columns, rights };

  for (guint i = 0; i < columns; i++)
    g_ptr_array_add (table.cells, g_strdup (heads[i]));
  return table;
}

/* The cell is taken over. */
static void
take (const Table *table, char *cell)
{
  g_ptr_array_add (table->cells, cell);
}

static guint
width_of (const char *text)
{
  guint width = 0;

  for (const char *at = text; *at != '\0';
       at = g_utf8_find_next_char (at, NULL))
    width += g_unichar_iswide (g_utf8_get_char (at)) ? 2 : 1;
  return width;
}

static void
print_table (const Table *table)
{
  guint widths[COLUMNS_MAX] = { 0 };

  for (guint i = 0; i < table->cells->len; i++)
    widths[i % table->columns] = MAX (widths[i % table->columns],
                                      width_of (table->cells->pdata[i]) + 2);
  for (guint i = 0; i < table->cells->len; i++)
    {
      const guint column = i % table->columns;
      const gboolean is_last = column + 1 == table->columns;
      const gboolean right = (table->rights >> column & 1) != 0;

      hx_cli_print_padded (table->cells->pdata[i],
                           is_last && !right ? 0 : widths[column], right);
      hx_cli_print ("%s", is_last ? "\n" : right ? "  " : "");
    }
  hx_cli_print ("\n");
}

/* -------------------------------------------------------------------- money */

static char *
wan (gint64 fen)
{
  return hx_money_format_wan (fen, 2);
}

static char *
flag_of (const HxMonitorRate *rate)
{
  return g_strdup_printf ("%s%s%s", rate->is_below ? _ ("低于预警线") : "",
                          rate->is_below && rate->is_apart ? "，" : "",
                          rate->is_apart ? _ ("与目标相差过大") : "");
}

static void
take_money (const Table *table, const HxMoney *money, const HxMonitorRate *rate)
{
  take (table, wan (money->initial));
  take (table, wan (money->initial + money->adjusted));
  take (table, wan (money->executed));
  take (table,
        rate->has_rate ? hx_monitor_percent (rate->rate) : g_strdup ("—"));
}

static void
take_rest (const Table *table, const HxMonitorRate *rate, gboolean has_forecast,
           gint64 forecast)
{
  take (table, has_forecast ? wan (forecast) : g_strdup ("—"));
  take (table,
        rate->targets > 0 ? hx_monitor_percent (rate->goals) : g_strdup ("—"));
  take (table, flag_of (rate));
}

static void
print_money (const HxMonitor *monitor)
{
  const char *const heads[]
      = { _ ("预算编号"),   _ ("项目"),      _ ("年初预算"),
          _ ("调整后预算"), _ ("执行数"),    _ ("执行率%"),
          _ ("全年预计"),   _ ("目标进度%"), _ ("预警") };
  g_auto (Table) table = table_new (heads, G_N_ELEMENTS (heads), 0xFC);
  g_autofree char *note = hx_monitor_rounding_note (monitor);

  for (guint i = 0; i < monitor->lines->len; i++)
    {
      const HxMonitorLine *line = monitor->lines->pdata[i];

      take (&table, g_strdup (line->line->number));
      take (&table, g_strdup (line->line->name));
      take_money (&table, &line->line->money, &line->rate);
      take_rest (&table, &line->rate, line->line->has_forecast,
                 line->line->forecast);
    }
  take (&table, g_strdup (_ ("合计")));
  take (&table, g_strdup (""));
  take_money (&table, &monitor->money, &monitor->whole);
  take_rest (&table, &monitor->whole,
             monitor->forecasts > 0
                 && monitor->forecasts == monitor->lines->len,
             monitor->forecast);
  hx_cli_print (_ ("预算执行（万元）\n"));
  print_table (&table);
  if (note != NULL)
    hx_cli_print ("%s\n\n", note);
}

/* ------------------------------------------------------------------ targets */

static char *
likelihood_of (const HxMonitor *monitor, const HxMonitorTarget *target)
{
  char day[HX_DATE_TEXT_SIZE];

  if (target->answered_on.year == 0)
    return g_strdup (_ ("未填报"));
  hx_date_format (target->answered_on, day);
  if (hx_date_compare (target->answered_on, monitor->as_of) == 0)
    return g_strdup (target->likelihood->name);
  return g_strdup_printf (_ ("%s（%s 填报）"), target->likelihood->name, day);
}

static void
print_targets (const HxMonitor *monitor)
{
  const char *const heads[]
      = { _ ("指标编号"), _ ("三级指标"), _ ("年度指标值"), _ ("完成情况"),
          _ ("完成%"),    _ ("全年预计"), _ ("可能性"),     _ ("偏差原因") };
  g_auto (Table) table = table_new (heads, G_N_ELEMENTS (heads), 0x10);

  for (guint i = 0; i < monitor->targets->len; i++)
    {
      const HxMonitorTarget *own = monitor->targets->pdata[i];
      const HxTarget *target = own->target;

      take (&table, g_strdup (target->number));
      take (&table, g_strdup (target->name));
      take (&table, hx_target_value_text (target));
      take (&table, hx_target_actual_text (target));
      take (&table, target->has_completion
                        ? hx_monitor_percent (target->completion)
                        : g_strdup ("—"));
      take (&table, hx_monitor_forecast_text (own));
      take (&table, likelihood_of (monitor, own));
      take (&table, hx_monitor_causes_text (own));
    }
  hx_cli_print (_ ("绩效目标\n"));
  print_table (&table);
}

/* ----------------------------------------------------------------- warnings */

static void
print_of (const HxMonitorLine *line, const HxMonitorTarget *target)
{
  hx_cli_print ("  %s %s：",
                line != NULL ? line->line->number : target->target->number,
                line != NULL ? line->line->name : target->target->name);
}

static void
print_warning (const HxMonitorWarning *warning)
{
  char due[HX_DATE_TEXT_SIZE], replied[HX_DATE_TEXT_SIZE];

  hx_date_format (warning->due, due);
  hx_date_format (warning->replied_on, replied);
  print_of (warning->line, warning->target);
  hx_cli_print ("%s。", warning->text);
  if (warning->replied_on.year == 0)
    hx_cli_print (warning->is_overdue ? _ ("应于 %s 前答复，已逾期\n")
                                      : _ ("应于 %s 前答复，未答复\n"),
                  due);
  else
    hx_cli_print (warning->is_late ? _ ("应于 %s 前答复，%s 才答复：%s\n")
                                   : _ ("应于 %s 前答复，%s 已答复：%s\n"),
                  due, replied,
                  warning->decision != NULL ? warning->decision->name : "");
}

static void
print_answers (const HxMonitor *monitor, gboolean is_open_alone)
{
  guint open = 0;

  for (guint i = 0; i < monitor->warnings->len; i++)
    open += ((HxMonitorWarning *)monitor->warnings->pdata[i])->replied_on.year
            == 0;
  hx_cli_print (_ ("预警 %u 条，未答复 %u 条\n"), monitor->warnings->len, open);
  for (guint i = 0; i < monitor->warnings->len; i++)
    {
      const HxMonitorWarning *warning = monitor->warnings->pdata[i];

      if (!is_open_alone || warning->replied_on.year == 0)
        print_warning (warning);
    }
  hx_cli_print (_ ("待填报 %u 项\n"), monitor->holes->len);
  for (guint i = 0; i < monitor->holes->len; i++)
    {
      const HxMonitorHole *hole = monitor->holes->pdata[i];

      print_of (hole->line, hole->target);
      hx_cli_print ("%s\n", hole->text);
    }
}

static void
print_head (const HxMonitor *monitor)
{
  char day[HX_DATE_TEXT_SIZE];
  g_autofree char *note = hx_monitor_rules_note (monitor);
  gint64 share = 0;

  hx_date_format (monitor->as_of, day);
  hx_cli_print (_ ("%d 年绩效运行监控，截至 %s\n"), monitor->year, day);
  hx_cli_print (_ ("规则：%s，%s；执行率以%s为分母\n"), monitor->rules->name,
                monitor->rules->document,
                hx_monitor_base_name (monitor->rules->base));
  if (note != NULL)
    hx_cli_print ("%s\n", note);
  if (monitor->has_line
      && hx_round_half_up (monitor->line_numerator, monitor->line_denominator,
                           4, &share))
    {
      g_autofree char *line = hx_monitor_percent (share);

      hx_cli_print (_ ("支出预警线 %s%%\n\n"), line);
    }
  else
    hx_cli_print (_ ("到这一天还没有支出预警线\n\n"));
}

void
hx_monitor_print (const HxMonitor *monitor)
{
  print_head (monitor);
  print_money (monitor);
  print_targets (monitor);
  print_answers (monitor, FALSE);
}

void
hx_monitor_print_open (const HxMonitor *monitor)
{
  print_head (monitor);
  print_answers (monitor, TRUE);
}
