#include "exchange/monitor_form.h"
#include "exchange/form_internal.h"

#define FONT_SIZE 9
#define LAST 15 /* the last column of the form */

/* Columns of the form, in characters. */
static const guint8 form_widths[LAST + 1]
    = { 10, 11, 22, 13, 13, 15, 6, 6, 6, 7, 5, 22, 6, 6, 7, 16 };
static const guint8 list_widths[] = { 14, 26, 40, 12, 12, 12, 40, 10 };

typedef struct
{
  HxForm form;
  const HxMonitor *monitor;
  const char *bureau;
  char *period;
  lxw_format *title, *plain, *right, *head, *text, *middle, *number;
} Writer;

static void
writer_clear (Writer *writer)
{
  hx_book_form_clear (&writer->form);
  g_free (writer->period);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

/* -------------------------------------------------------------------- words */

char *
hx_monitor_period_name (HxDate as_of)
{
  if (as_of.day != hx_date_days_in_month (as_of.year, as_of.month))
    return g_strdup_printf (_ ("截至%d月%d日"), as_of.month, as_of.day);
  if (as_of.month == 1)
    return g_strdup (_ ("1月"));
  return g_strdup_printf (_ ("1–%d月"), as_of.month);
}

char *
hx_monitor_causes_text (const HxMonitorTarget *target)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < HX_MONITOR_CAUSES; i++)
    if (target->causes[i])
      g_string_append_printf (text, "%s%s", text->len > 0 ? "、" : "",
                              hx_monitor_cause_name (i));
  if (target->reason != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "：" : "",
                            target->reason);
  return g_strdup (text->str);
}

/* ------------------------------------------------------------------ formats */

static void
make_formats (Writer *writer)
{
  HxForm *form = &writer->form;

  writer->title = hx_book_form_format (form, 16, LXW_ALIGN_CENTER, FALSE);
  writer->plain = hx_book_form_format (form, FONT_SIZE, LXW_ALIGN_LEFT, FALSE);
  writer->right = hx_book_form_format (form, FONT_SIZE, LXW_ALIGN_RIGHT, FALSE);
  writer->head = hx_book_form_format (form, FONT_SIZE, LXW_ALIGN_CENTER, TRUE);
  writer->text = hx_book_form_format (form, FONT_SIZE, LXW_ALIGN_LEFT, TRUE);
  writer->middle
      = hx_book_form_format (form, FONT_SIZE, LXW_ALIGN_CENTER, TRUE);
  writer->number = hx_book_form_format (form, FONT_SIZE, LXW_ALIGN_RIGHT, TRUE);
  format_set_bold (writer->title);
  format_set_bold (writer->head);
  format_set_bg_color (writer->head, 0xE7E6E6);
  format_set_num_format (writer->text, "@");
  format_set_num_format (writer->number, "#,##0.00");
}

static void
put_over (Writer *writer, HxFormSpan span, const char *text, lxw_format *format)
{
  hx_book_form_put (&writer->form, span, text, format);
}

static void
put (Writer *writer, guint column, const char *text, lxw_format *format)
{
  put_over (writer, (HxFormSpan){ 1, column, column }, text, format);
}

static void
put_line (Writer *writer, const char *text, lxw_format *format, guint lines)
{
  put_over (writer, (HxFormSpan){ 1, 0, writer->form.columns - 1 }, text,
            format);
  hx_book_form_next (&writer->form, lines);
}

/* -------------------------------------------------------------------- money */

static void
money_heads (Writer *writer)
{
  g_autofree char *spent = g_strdup_printf (_ ("%s执行数"), writer->period);
  g_autofree char *rate
      = g_strdup_printf (_ ("%s执行率（%%）"), writer->period);

  put_over (writer, (HxFormSpan){ 1, 0, 2 }, _ ("项目资金（万元）"),
            writer->head);
  put (writer, 3, _ ("年初预算数"), writer->head);
  put (writer, 4, _ ("调整后预算数"), writer->head);
  put (writer, 5, spent, writer->head);
  put_over (writer, (HxFormSpan){ 1, 6, 7 }, rate, writer->head);
  put_over (writer, (HxFormSpan){ 1, 8, 9 }, _ ("全年预计执行数"),
            writer->head);
  put_over (writer, (HxFormSpan){ 1, 10, LAST }, _ ("预警"), writer->head);
  hx_book_form_next (&writer->form, 0);
}

typedef struct
{
  const char *name;
  const HxMoney *money;
  const HxMonitorRate *rate;
  gboolean has_forecast;
  gint64 forecast;
} MoneyRow;

static char *
money_warning (const HxMonitorRate *rate)
{
  g_autofree char *goals = hx_monitor_percent (rate->goals);

  if (rate->is_below && rate->is_apart)
    return g_strdup_printf (_ ("低于预警线；与目标进度 %s%% 相差过大"), goals);
  if (rate->is_apart)
    return g_strdup_printf (_ ("与目标进度 %s%% 相差过大"), goals);
  return g_strdup (rate->is_below ? _ ("低于预警线") : "");
}

static void
money_row (Writer *writer, const MoneyRow *row)
{
  const HxFormSpan rate = { 1, 6, 7 }, forecast = { 1, 8, 9 };
  const gint64 amounts[]
      = { row->money->initial, row->money->initial + row->money->adjusted,
          row->money->executed };
  g_autofree char *warning = money_warning (row->rate);
  HxForm *form = &writer->form;

  put_over (writer, (HxFormSpan){ 1, 0, 2 }, row->name, writer->text);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    hx_book_form_put_money (form, (HxFormSpan){ 1, i + 3, i + 3 }, amounts[i],
                            writer->number);
  if (row->rate->has_rate)
    hx_book_form_put_number (form, rate, (HxDecimal){ row->rate->rate, 2 },
                             writer->number);
  else
    put_over (writer, rate, "—", writer->middle);
  if (row->has_forecast)
    hx_book_form_put_money (form, forecast, row->forecast, writer->number);
  else
    put_over (writer, forecast, "", writer->number);
  put_over (writer, (HxFormSpan){ 1, 10, LAST }, warning, writer->text);
  hx_book_form_next (form, 0);
}

static void
write_money (Writer *writer)
{
  const HxMonitor *monitor = writer->monitor;
  g_autofree char *note = NULL;
  const MoneyRow whole
      = { _ ("年度资金总额"), &monitor->money, &monitor->whole,
          monitor->forecasts > 0 && monitor->forecasts == monitor->lines->len,
          monitor->forecast };

  money_heads (writer);
  money_row (writer, &whole);
  for (guint i = 0; i < monitor->lines->len; i++)
    {
      const HxMonitorLine *line = monitor->lines->pdata[i];
      g_autofree char *name
          = g_strdup_printf ("%s %s", line->line->number, line->line->name);
      const MoneyRow row = { name, &line->line->money, &line->rate,
                             line->line->has_forecast, line->line->forecast };

      money_row (writer, &row);
    }
  note = hx_monitor_rounding_note (monitor);
  if (note != NULL)
    put_line (writer, note, writer->plain, 0);
}

/* ------------------------------------------------------------------ targets */

static void
target_heads (Writer *writer)
{
  g_autofree char *done = g_strdup_printf (_ ("%s执行情况"), writer->period);
  const char *const tall[]
      = { _ ("一级指标"),   _ ("二级指标"), _ ("三级指标"),
          _ ("年度指标值"), done,           _ ("全年预计完成情况") };
  const char *const likely[] = { _ ("确定能"), _ ("有可能"), _ ("完全不可能") };
  HxForm *form = &writer->form;

  for (guint i = 0; i < G_N_ELEMENTS (tall); i++)
    put_over (writer, (HxFormSpan){ 2, i, i }, tall[i], writer->head);
  put_over (writer, (HxFormSpan){ 1, 6, 11 }, _ ("偏差原因分析"), writer->head);
  put_over (writer, (HxFormSpan){ 1, 12, 14 }, _ ("完成目标可能性"),
            writer->head);
  put_over (writer, (HxFormSpan){ 2, LAST, LAST }, _ ("备注"), writer->head);
  worksheet_repeat_rows (form->sheet, form->row, form->row + 1);
  hx_book_form_next (form, 0);
  for (guint i = 0; i < HX_MONITOR_CAUSES; i++)
    put (writer, 6 + i, hx_monitor_cause_name (i), writer->head);
  put (writer, 11, _ ("原因说明"), writer->head);
  for (guint i = 0; i < G_N_ELEMENTS (likely); i++)
    put (writer, 12 + i, likely[i], writer->head);
  hx_book_form_next (form, 3);
}

static char *
remark_of (const Writer *writer, const HxMonitorTarget *target)
{
  char day[HX_DATE_TEXT_SIZE];
  const char *note = target->note != NULL ? target->note : "";

  if (target->answered_on.year == 0
      || hx_date_compare (target->answered_on, writer->monitor->as_of) == 0)
    return g_strdup (note);
  hx_date_format (target->answered_on, day);
  return g_strdup_printf (_ ("%s%s按 %s 填报"), note, *note != '\0' ? "；" : "",
                          day);
}

static void
put_marks (Writer *writer, const HxMonitorTarget *own)
{
  static const char *const likely[] = { "certain", "possible", "impossible" };

  for (guint i = 0; i < HX_MONITOR_CAUSES; i++)
    put (writer, 6 + i, own->causes[i] ? "√" : "", writer->middle);
  for (guint i = 0; i < G_N_ELEMENTS (likely); i++)
    {
      const gboolean is_meant
          = own->likelihood != NULL
            && g_str_equal (own->likelihood->code, likely[i]);

      put (writer, 12 + i, is_meant ? "√" : "", writer->middle);
    }
}

static void
target_row (Writer *writer, const HxMonitorTarget *own)
{
  const HxTarget *target = own->target;
  g_autofree char *value = hx_target_value_text (target);
  g_autofree char *actual = hx_target_actual_text (target);
  g_autofree char *forecast = hx_monitor_forecast_text (own);
  g_autofree char *remark = remark_of (writer, own);
  const char *const texts[]
      = { target->level->name,
          target->aspect != NULL ? target->aspect->name : "",
          target->name,
          value,
          actual,
          forecast };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    put (writer, i, texts[i], i < 2 ? writer->middle : writer->text);
  put_marks (writer, own);
  put (writer, 11, own->reason, writer->text);
  put (writer, LAST, remark, writer->text);
  hx_book_form_next (&writer->form, 0);
}

/* The targets by level and, within one, by aspect, each where the first of them
 * stands; else in their order. */
static guint
place_of (const HxMonitor *monitor, guint index, gboolean by_aspect)
{
  const HxMonitorTarget *own = monitor->targets->pdata[index];

  for (guint i = 0; i < index; i++)
    {
      const HxMonitorTarget *other = monitor->targets->pdata[i];

      if (other->target->level == own->target->level
          && (!by_aspect || other->target->aspect == own->target->aspect))
        return i;
    }
  return index;
}

typedef struct
{
  guint level, aspect, index;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *one = a, *other = b;

  if (one->level != other->level)
    return one->level < other->level ? -1 : 1;
  if (one->aspect != other->aspect)
    return one->aspect < other->aspect ? -1 : 1;
  return one->index < other->index ? -1 : 1;
}

static GArray *
places_of (const HxMonitor *monitor)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint i = 0; i < monitor->targets->len; i++)
    {
      const Place place
          = { place_of (monitor, i, FALSE), place_of (monitor, i, TRUE), i };

      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  return places;
}

/* Rows of one level, and of one aspect of it, share a cell. */
static void
merge_places (Writer *writer, const GArray *places, guint column)
{
  const lxw_row_t top = writer->form.row - places->len;
  guint end;

  for (guint i = 0; i < places->len; i = end)
    {
      const Place *first = &g_array_index (places, Place, i);
      const HxTarget *target
          = ((HxMonitorTarget *)writer->monitor->targets->pdata[first->index])
                ->target;
      const HxCode *code = column == 0 ? target->level : target->aspect;

      for (end = i + 1; end < places->len; end++)
        {
          const Place *other = &g_array_index (places, Place, end);

          if (other->level != first->level
              || (column == 1 && other->aspect != first->aspect))
            break;
        }
      if (end > i + 1)
        worksheet_merge_range (writer->form.sheet, top + i, (lxw_col_t)column,
                               top + end - 1, (lxw_col_t)column,
                               code != NULL ? code->name : "", writer->middle);
    }
}

static void
write_targets (Writer *writer)
{
  g_autoptr (GArray) places = places_of (writer->monitor);

  target_heads (writer);
  for (guint i = 0; i < places->len; i++)
    target_row (writer, writer->monitor->targets
                            ->pdata[g_array_index (places, Place, i).index]);
  merge_places (writer, places, 0);
  merge_places (writer, places, 1);
}

/* ------------------------------------------------------------------- sheets */

/* By which rules: what is a rate of, where a warning begins. */
static char *
rules_text (const HxMonitor *monitor)
{
  gint64 share = 0;
  g_autofree char *line = NULL;

  if (!monitor->has_line
      || !hx_round_half_up (monitor->line_numerator, monitor->line_denominator,
                            4, &share))
    return g_strdup_printf (_ ("依据：%s，%s；执行率以%s为分母"),
                            monitor->rules->name, monitor->rules->document,
                            hx_monitor_base_name (monitor->rules->base));
  line = hx_monitor_percent (share);
  return g_strdup_printf (_ ("依据：%s，%s；执行率以%s为分母；支出预警线 %s%%"),
                          monitor->rules->name, monitor->rules->document,
                          hx_monitor_base_name (monitor->rules->base), line);
}

static void
write_form (Writer *writer)
{
  g_autofree char *title = g_strdup_printf (
      _ ("%d 年部门预算绩效目标执行监控表"), writer->monitor->year);
  g_autofree char *unit = g_strdup_printf (
      _ ("填报单位：%s"), writer->bureau != NULL ? writer->bureau : "");
  g_autofree char *rules = rules_text (writer->monitor);
  g_autofree char *note = hx_monitor_rules_note (writer->monitor);
  char day[HX_DATE_TEXT_SIZE];
  g_autofree char *until = NULL;

  hx_date_format (writer->monitor->as_of, day);
  until = g_strdup_printf (_ ("截至 %s"), day);
  put_line (writer, title, writer->title, 2);
  put_over (writer, (HxFormSpan){ 1, 0, 9 }, unit, writer->plain);
  put_over (writer, (HxFormSpan){ 1, 10, LAST }, until, writer->right);
  hx_book_form_next (&writer->form, 0);
  put_line (writer, rules, writer->plain, 0);
  if (note != NULL)
    put_line (writer, note, writer->plain, 0);
  write_money (writer);
  write_targets (writer);
  put_line (
      writer,
      _ ("填报人：　　　　　　　　财务负责人：　　　　　　　　单位负责人："
         "　　　　　　　　联系电话：　　　　　　　　填报日期："),
      writer->plain, 2);
}

static const char *
number_of (const HxMonitorLine *line, const HxMonitorTarget *target)
{
  return line != NULL ? line->line->number : target->target->number;
}

static const char *
name_of (const HxMonitorLine *line, const HxMonitorTarget *target)
{
  return line != NULL ? line->line->name : target->target->name;
}

static void
warning_row (Writer *writer, const HxMonitorWarning *warning)
{
  char due[HX_DATE_TEXT_SIZE], replied[HX_DATE_TEXT_SIZE] = "";

  hx_date_format (warning->due, due);
  if (warning->replied_on.year != 0)
    hx_date_format (warning->replied_on, replied);
  put (writer, 0, number_of (warning->line, warning->target), writer->text);
  put (writer, 1, name_of (warning->line, warning->target), writer->text);
  put (writer, 2, warning->text, writer->text);
  put (writer, 3, due, writer->middle);
  put (writer, 4,
       warning->is_overdue ? _ ("逾期未答复")
       : *replied == '\0'  ? _ ("未答复")
                           : replied,
       writer->middle);
  put (writer, 5, warning->decision != NULL ? warning->decision->name : "",
       writer->text);
  put (writer, 6, warning->reason, writer->text);
  put (writer, 7, warning->owner, writer->text);
  hx_book_form_next (&writer->form, 0);
}

static void
hole_row (Writer *writer, const HxMonitorHole *hole)
{
  put (writer, 0, number_of (hole->line, hole->target), writer->text);
  put (writer, 1, name_of (hole->line, hole->target), writer->text);
  put (writer, 2, hole->text, writer->text);
  for (guint i = 3; i < 8; i++)
    put (writer, i, i == 4 ? _ ("待填报") : "", writer->middle);
  hx_book_form_next (&writer->form, 0);
}

static void
write_list (Writer *writer)
{
  const char *const heads[]
      = { _ ("编号"),     _ ("名称"),     _ ("预警或待填事项"), _ ("答复期限"),
          _ ("答复日期"), _ ("处理意见"), _ ("原因及措施"),     _ ("责任人") };
  const HxMonitor *monitor = writer->monitor;
  HxForm *form = &writer->form;
  char day[HX_DATE_TEXT_SIZE];
  g_autofree char *title = NULL;

  hx_date_format (monitor->as_of, day);
  title = g_strdup_printf (_ ("预警和待填事项（截至 %s，%u 个工作日内答复）"),
                           day, monitor->rules->answer_within);
  put_line (writer, title, writer->title, 2);
  worksheet_repeat_rows (form->sheet, form->row, form->row);
  worksheet_freeze_panes (form->sheet, form->row + 1, 0);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    put (writer, i, heads[i], writer->head);
  hx_book_form_next (form, 0);
  for (guint i = 0; i < monitor->warnings->len; i++)
    warning_row (writer, monitor->warnings->pdata[i]);
  for (guint i = 0; i < monitor->holes->len; i++)
    hole_row (writer, monitor->holes->pdata[i]);
}

gboolean
hx_monitor_form_write (const HxMonitor *monitor, const char *bureau,
                       const char *path, GError **error)
{
  g_auto (Writer) writer = { .monitor = monitor, .bureau = bureau };
  HxForm *form = &writer.form;

  if (!hx_book_form_begin (form, path, error))
    return FALSE;
  writer.period = hx_monitor_period_name (monitor->as_of);
  make_formats (&writer);
  hx_book_form_sheet (form, _ ("监控表"), form_widths, LAST + 1);
  write_form (&writer);
  hx_book_form_sheet (form, _ ("预警与待填"), list_widths,
                      G_N_ELEMENTS (list_widths));
  write_list (&writer);
  return hx_book_form_finish (form, path, error);
}
