#include "exchange/monitor_form.h"
#include "exchange/workbook_internal.h"

#include <glib/gstdio.h>
#include <xlsxwriter.h>

#define PAPER_A4 9
#define FONT_SIZE 9
#define LAST 15     /* the last column of the form */
#define TEXT_ROW 13 /* points a line of text takes */
#define ROW_MAX 400

/* Columns of the form, in characters. */
static const guint8 form_widths[LAST + 1]
    = { 10, 11, 22, 13, 13, 15, 6, 6, 6, 7, 5, 22, 6, 6, 7, 16 };

typedef struct
{
  const HxMonitor *monitor;
  const char *bureau;
  char *beside, *period;
  lxw_workbook *book;
  lxw_worksheet *sheet;
  lxw_format *title, *plain, *right, *head, *text, *middle, *number;
  lxw_row_t row;
} Form;

static void
form_clear (Form *form)
{
  if (form->book != NULL)
    workbook_close (form->book);
  if (form->beside != NULL)
    g_unlink (form->beside);
  g_free (form->beside);
  g_free (form->period);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Form, form_clear)

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

static lxw_format *
make_format (const Form *form, guint8 align, gboolean is_framed)
{
  lxw_format *format = workbook_add_format (form->book);

  format_set_font_size (format, FONT_SIZE);
  format_set_align (format, align);
  format_set_align (format, LXW_ALIGN_VERTICAL_CENTER);
  if (is_framed)
    {
      format_set_border (format, LXW_BORDER_THIN);
      format_set_text_wrap (format);
    }
  return format;
}

static void
make_formats (Form *form)
{
  form->title = make_format (form, LXW_ALIGN_CENTER, FALSE);
  form->plain = make_format (form, LXW_ALIGN_LEFT, FALSE);
  form->right = make_format (form, LXW_ALIGN_RIGHT, FALSE);
  form->head = make_format (form, LXW_ALIGN_CENTER, TRUE);
  form->text = make_format (form, LXW_ALIGN_LEFT, TRUE);
  form->middle = make_format (form, LXW_ALIGN_CENTER, TRUE);
  form->number = make_format (form, LXW_ALIGN_RIGHT, TRUE);
  format_set_font_size (form->title, 16);
  format_set_bold (form->title);
  format_set_bold (form->head);
  format_set_bg_color (form->head, 0xE7E6E6);
  format_set_num_format (form->text, "@");
  format_set_num_format (form->number, "#,##0.00");
}

/* -------------------------------------------------------------------- cells */

/* Cells of this row that are one, and of `rows` − 1 rows below it. */
typedef struct
{
  lxw_row_t rows;
  lxw_col_t first, last;
} Span;

static void
put_over (Form *form, Span span, const char *text, lxw_format *format)
{
  g_autofree char *escaped = hx_workbook_escape (text != NULL ? text : "");
  const char *good = escaped != NULL ? escaped : text != NULL ? text : "";

  if (span.rows > 1 || span.last > span.first)
    worksheet_merge_range (form->sheet, form->row, span.first,
                           form->row + span.rows - 1, span.last, good, format);
  else if (*good == '\0')
    worksheet_write_blank (form->sheet, form->row, span.first, format);
  else
    worksheet_write_string (form->sheet, form->row, span.first, good, format);
}

static void
put (Form *form, lxw_col_t column, const char *text, lxw_format *format)
{
  put_over (form, (Span){ 1, column, column }, text, format);
}

/* The decimal as it stands; a cell of a workbook knows no other number. */
static void
put_number (Form *form, lxw_col_t column, const char *decimal)
{
  worksheet_write_number (
      form->sheet, form->row, column,
      g_ascii_strtod (decimal, NULL), /* lint: allow g_ascii_strtod */
      form->number);
}

static void
put_money (Form *form, lxw_col_t column, gint64 fen)
{
  g_autofree char *text = hx_money_format_wan (fen, 2);

  put_number (form, column, text);
}

/* -------------------------------------------------------------------- money */

static void
money_heads (Form *form)
{
  g_autofree char *spent = g_strdup_printf (_ ("%s执行数"), form->period);
  g_autofree char *rate = g_strdup_printf (_ ("%s执行率（%%）"), form->period);

  put_over (form, (Span){ 1, 0, 2 }, _ ("项目资金（万元）"), form->head);
  put (form, 3, _ ("年初预算数"), form->head);
  put (form, 4, _ ("调整后预算数"), form->head);
  put (form, 5, spent, form->head);
  put_over (form, (Span){ 1, 6, 7 }, rate, form->head);
  put_over (form, (Span){ 1, 8, 9 }, _ ("全年预计执行数"), form->head);
  put_over (form, (Span){ 1, 10, LAST }, _ ("预警"), form->head);
  form->row++;
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
money_row (Form *form, const MoneyRow *row)
{
  g_autofree char *rate = hx_monitor_percent (row->rate->rate);
  g_autofree char *warning = money_warning (row->rate);

  put_over (form, (Span){ 1, 0, 2 }, row->name, form->text);
  put_money (form, 3, row->money->initial);
  put_money (form, 4, row->money->initial + row->money->adjusted);
  put_money (form, 5, row->money->executed);
  put_over (form, (Span){ 1, 6, 7 }, "", form->number);
  if (row->rate->has_rate)
    put_number (form, 6, rate);
  put_over (form, (Span){ 1, 8, 9 }, "", form->number);
  if (row->has_forecast)
    put_money (form, 8, row->forecast);
  put_over (form, (Span){ 1, 10, LAST }, warning, form->text);
  form->row++;
}

static void
write_money (Form *form)
{
  const HxMonitor *monitor = form->monitor;
  const MoneyRow whole
      = { _ ("年度资金总额"), &monitor->money, &monitor->whole,
          monitor->forecasts > 0 && monitor->forecasts == monitor->lines->len,
          monitor->forecast };

  money_heads (form);
  money_row (form, &whole);
  for (guint i = 0; i < monitor->lines->len; i++)
    {
      const HxMonitorLine *line = monitor->lines->pdata[i];
      g_autofree char *name
          = g_strdup_printf ("%s %s", line->line->number, line->line->name);
      const MoneyRow row = { name, &line->line->money, &line->rate,
                             line->line->has_forecast, line->line->forecast };

      money_row (form, &row);
    }
}

/* ------------------------------------------------------------------ targets */

static void
target_heads (Form *form)
{
  g_autofree char *done = g_strdup_printf (_ ("%s执行情况"), form->period);
  const char *const tall[]
      = { _ ("一级指标"),   _ ("二级指标"), _ ("三级指标"),
          _ ("年度指标值"), done,           _ ("全年预计完成情况") };
  const char *const likely[] = { _ ("确定能"), _ ("有可能"), _ ("完全不可能") };

  for (guint i = 0; i < G_N_ELEMENTS (tall); i++)
    put_over (form, (Span){ 2, (lxw_col_t)i, (lxw_col_t)i }, tall[i],
              form->head);
  put_over (form, (Span){ 1, 6, 11 }, _ ("偏差原因分析"), form->head);
  put_over (form, (Span){ 1, 12, 14 }, _ ("完成目标可能性"), form->head);
  put_over (form, (Span){ 2, LAST, LAST }, _ ("备注"), form->head);
  worksheet_repeat_rows (form->sheet, form->row, form->row + 1);
  form->row++;
  worksheet_set_row (form->sheet, form->row, 3 * TEXT_ROW, NULL);
  for (guint i = 0; i < HX_MONITOR_CAUSES; i++)
    put (form, (lxw_col_t)(6 + i), hx_monitor_cause_name (i), form->head);
  put (form, 11, _ ("原因说明"), form->head);
  for (guint i = 0; i < G_N_ELEMENTS (likely); i++)
    put (form, (lxw_col_t)(12 + i), likely[i], form->head);
  form->row++;
}

static char *
remark_of (const Form *form, const HxMonitorTarget *target)
{
  char day[HX_DATE_TEXT_SIZE];
  const char *note = target->note != NULL ? target->note : "";

  if (target->answered_on.year == 0
      || hx_date_compare (target->answered_on, form->monitor->as_of) == 0)
    return g_strdup (note);
  hx_date_format (target->answered_on, day);
  return g_strdup_printf (_ ("%s%s按 %s 填报"), note, *note != '\0' ? "；" : "",
                          day);
}

/* Lines that a text takes in its column; a Chinese character is two wide. */
static guint
lines_of (const char *text, guint column)
{
  guint width = 0;

  for (const char *at = text; at != NULL && *at != '\0';
       at = g_utf8_find_next_char (at, NULL))
    width += g_unichar_iswide (g_utf8_get_char (at)) ? 2 : 1;
  return (width + form_widths[column] - 1) / form_widths[column];
}

static void
target_row (Form *form, const HxMonitorTarget *own)
{
  static const char *const likely[] = { "certain", "possible", "impossible" };
  const HxTarget *target = own->target;
  g_autofree char *value = hx_target_value_text (target);
  g_autofree char *actual = hx_target_actual_text (target);
  g_autofree char *forecast = hx_monitor_forecast_text (own);
  g_autofree char *remark = remark_of (form, own);
  const char *const texts[]
      = { target->level->name,
          target->aspect != NULL ? target->aspect->name : "",
          target->name,
          value,
          actual,
          forecast };

  guint lines = MAX (lines_of (own->reason, 11), lines_of (remark, LAST));

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      put (form, (lxw_col_t)i, texts[i], form->text);
      lines = MAX (lines, lines_of (texts[i], i));
    }
  worksheet_set_row (form->sheet, form->row,
                     MIN (MAX (lines, 2) * TEXT_ROW, ROW_MAX), NULL);
  for (guint i = 0; i < HX_MONITOR_CAUSES; i++)
    put (form, (lxw_col_t)(6 + i), own->causes[i] ? "√" : "", form->middle);
  put (form, 11, own->reason, form->text);
  for (guint i = 0; i < G_N_ELEMENTS (likely); i++)
    put (form, (lxw_col_t)(12 + i),
         own->likelihood != NULL
                 && g_str_equal (own->likelihood->code, likely[i])
             ? "√"
             : "",
         form->middle);
  put (form, LAST, remark, form->text);
  form->row++;
}

/* ------------------------------------------------------------------- sheets */

static void
make_page (Form *form, const guint8 *widths, guint columns)
{
  worksheet_set_landscape (form->sheet);
  worksheet_set_paper (form->sheet, PAPER_A4);
  worksheet_fit_to_pages (form->sheet, 1, 0);
  worksheet_set_margins (form->sheet, 0.4, 0.4, 0.5, 0.6);
  worksheet_center_horizontally (form->sheet);
  worksheet_set_footer (form->sheet, _ ("&C第 &P 页，共 &N 页"));
  for (guint i = 0; i < columns; i++)
    worksheet_set_column (form->sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i],
                          NULL);
}

static void
write_form (Form *form)
{
  g_autofree char *title = g_strdup_printf (
      _ ("%d 年部门预算绩效目标执行监控表"), form->monitor->year);
  g_autofree char *unit = g_strdup_printf (
      _ ("填报单位：%s"), form->bureau != NULL ? form->bureau : "");
  char day[HX_DATE_TEXT_SIZE];
  g_autofree char *until = NULL;

  hx_date_format (form->monitor->as_of, day);
  until = g_strdup_printf (_ ("截至 %s"), day);
  make_page (form, form_widths, LAST + 1);
  put_over (form, (Span){ 1, 0, LAST }, title, form->title);
  worksheet_set_row (form->sheet, form->row++, 28, NULL);
  put_over (form, (Span){ 1, 0, 9 }, unit, form->plain);
  put_over (form, (Span){ 1, 10, LAST }, until, form->right);
  form->row++;
  write_money (form);
  target_heads (form);
  for (guint i = 0; i < form->monitor->targets->len; i++)
    target_row (form, form->monitor->targets->pdata[i]);
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
warning_row (Form *form, const HxMonitorWarning *warning)
{
  char due[HX_DATE_TEXT_SIZE], replied[HX_DATE_TEXT_SIZE] = "";

  hx_date_format (warning->due, due);
  if (warning->replied_on.year != 0)
    hx_date_format (warning->replied_on, replied);
  put (form, 0, number_of (warning->line, warning->target), form->text);
  put (form, 1, name_of (warning->line, warning->target), form->text);
  put (form, 2, warning->text, form->text);
  put (form, 3, due, form->middle);
  put (form, 4,
       warning->is_overdue ? _ ("逾期未答复")
       : *replied == '\0'  ? _ ("未答复")
                           : replied,
       form->middle);
  put (form, 5, warning->decision != NULL ? warning->decision->name : "",
       form->text);
  put (form, 6, warning->reason, form->text);
  put (form, 7, warning->owner, form->text);
  form->row++;
}

static void
hole_row (Form *form, const HxMonitorHole *hole)
{
  put (form, 0, number_of (hole->line, hole->target), form->text);
  put (form, 1, name_of (hole->line, hole->target), form->text);
  put (form, 2, hole->text, form->text);
  for (lxw_col_t i = 3; i < 8; i++)
    put (form, i, i == 4 ? _ ("待填报") : "", form->middle);
  form->row++;
}

static void
write_list (Form *form)
{
  static const guint8 widths[] = { 14, 26, 40, 12, 12, 12, 40, 10 };
  const char *const heads[]
      = { _ ("编号"),     _ ("名称"),     _ ("预警或待填事项"), _ ("答复期限"),
          _ ("答复日期"), _ ("处理意见"), _ ("原因及措施"),     _ ("责任人") };

  form->row = 0;
  make_page (form, widths, G_N_ELEMENTS (widths));
  worksheet_repeat_rows (form->sheet, 0, 0);
  worksheet_freeze_panes (form->sheet, 1, 0);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    put (form, (lxw_col_t)i, heads[i], form->head);
  form->row++;
  for (guint i = 0; i < form->monitor->warnings->len; i++)
    warning_row (form, form->monitor->warnings->pdata[i]);
  for (guint i = 0; i < form->monitor->holes->len; i++)
    hole_row (form, form->monitor->holes->pdata[i]);
}

gboolean
hx_monitor_form_write (const HxMonitor *monitor, const char *bureau,
                       const char *path, GError **error)
{
  g_auto (Form) form = { .monitor = monitor, .bureau = bureau };
  lxw_error code = LXW_NO_ERROR;

  form.period = hx_monitor_period_name (monitor->as_of);
  form.beside = hx_beside_new (path, error);
  if (form.beside == NULL)
    return FALSE;
  form.book = workbook_new (form.beside);
  make_formats (&form);
  form.sheet = workbook_add_worksheet (form.book, _ ("监控表"));
  write_form (&form);
  form.sheet = workbook_add_worksheet (form.book, _ ("预警与待填"));
  write_list (&form);
  code = workbook_close (g_steal_pointer (&form.book));
  if (code != LXW_NO_ERROR)
    return hx_fail (error, HX_ERROR_DATA, _ ("不能写工作簿"),
                    lxw_strerror (code), NULL);
  if (!hx_beside_finish (form.beside, path, error))
    return FALSE;
  g_clear_pointer (&form.beside, g_free);
  return TRUE;
}
