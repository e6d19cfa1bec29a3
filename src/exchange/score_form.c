#include "exchange/score_form.h"
#include "budget/budget.h"
#include "exchange/workbook_internal.h"
#include "plan/plan.h"

#include <xlsxwriter.h>

#define PAPER_A4 9
#define COLUMNS_MAX 8
#define LEVELS 3

typedef enum
{
  SHOW_LEVEL_1,
  SHOW_LEVEL_2,
  SHOW_LEVEL_3,
  SHOW_STANDARD,
  SHOW_TARGET,
  SHOW_VALUE,
  SHOW_POINTS,
  SHOW_SCORE,
  SHOW_NOTE
} Show;

typedef struct
{
  const char *label;
  Show show;
  guint width;
} Column;

typedef struct
{
  const Column *columns;
  lxw_col_t n_columns;
} Layout;

static const Column department_columns[] = {
  { N_ ("一级指标"), SHOW_LEVEL_1, 12 },
  { N_ ("二级指标"), SHOW_LEVEL_2, 14 },
  { N_ ("三级指标"), SHOW_LEVEL_3, 22 },
  { N_ ("评分标准"), SHOW_STANDARD, 44 },
  { N_ ("分值"), SHOW_POINTS, 8 },
  { N_ ("自评得分"), SHOW_SCORE, 9 },
  { N_ ("扣分原因和其他说明"), SHOW_NOTE, 44 },
};

static const Column project_columns[] = {
  { N_ ("一级指标"), SHOW_LEVEL_1, 12 },
  { N_ ("二级指标"), SHOW_LEVEL_2, 16 },
  { N_ ("三级指标"), SHOW_LEVEL_3, 28 },
  { N_ ("年度指标值"), SHOW_TARGET, 16 },
  { N_ ("实际完成值"), SHOW_VALUE, 16 },
  { N_ ("分值"), SHOW_POINTS, 8 },
  { N_ ("得分"), SHOW_SCORE, 8 },
  { N_ ("偏差原因分析及改进措施"), SHOW_NOTE, 44 },
};

static const Layout layouts[] = {
  [HX_CARD_DEPARTMENT]
  = { department_columns, G_N_ELEMENTS (department_columns) },
  [HX_CARD_PROJECT] = { project_columns, G_N_ELEMENTS (project_columns) },
};

/* One line of the table: a row that is scored, and those above it. */
typedef struct
{
  const HxScoreRow *path[LEVELS];
  const HxScoreRow *row;
} Line;

typedef struct
{
  HxConnection *connection;
  const HxScore *score;
  const Layout *layout;
  GArray *lines; /* Line */
  char *beside;
  lxw_workbook *book;
  lxw_worksheet *sheet;
  lxw_format *title, *plain, *head, *cell, *middle;
  lxw_row_t row;
} Form;

static void
form_clear (Form *form)
{
  g_clear_pointer (&form->lines, g_array_unref);
  if (form->book != NULL)
    workbook_close (form->book);
  if (form->beside != NULL)
    remove (form->beside);
  g_free (form->beside);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Form, form_clear)

static gboolean
fail_write (lxw_error code, GError **error)
{
  return hx_fail (error, HX_ERROR_DATA, _ ("不能写工作簿"), lxw_strerror (code),
                  NULL);
}

/* --------------------------------------------------------------------- cells
 */

static void
put (Form *form, lxw_col_t column, const char *text, lxw_format *format)
{
  g_autofree char *escaped = text != NULL ? hx_workbook_escape (text) : NULL;
  const char *good = escaped != NULL ? escaped : text;

  if (good == NULL || *good == '\0')
    worksheet_write_blank (form->sheet, form->row, column, format);
  else
    worksheet_write_string (form->sheet, form->row, column, good, format);
}

/* A text over columns first…last of this row. */
static void
put_across (Form *form, lxw_col_t first, lxw_col_t last, const char *text,
            lxw_format *format)
{
  g_autofree char *escaped = hx_workbook_escape (text);

  worksheet_merge_range (form->sheet, form->row, first, form->row, last,
                         escaped != NULL ? escaped : text, format);
}

static void
put_line (Form *form, const char *text, lxw_format *format)
{
  put_across (form, 0, form->layout->n_columns - 1, text, format);
  form->row++;
}

static lxw_format *
make_format (Form *form, guint size, guint8 align, gboolean is_framed)
{
  lxw_format *format = workbook_add_format (form->book);

  format_set_font_size (format, size);
  format_set_align (format, align);
  format_set_align (format, LXW_ALIGN_VERTICAL_CENTER);
  format_set_text_wrap (format);
  format_set_num_format (format, "@");
  if (is_framed)
    format_set_border (format, LXW_BORDER_THIN);
  return format;
}

/* --------------------------------------------------------------------- table
 */

static void
collect_lines (Form *form)
{
  const HxScoreRow *path[LEVELS] = { NULL };

  form->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  for (guint i = 0; i < form->score->rows->len; i++)
    {
      const HxScoreRow *row = form->score->rows->pdata[i];
      Line line = { .row = row };

      path[row->level - 1] = row;
      for (guint level = row->level; level < LEVELS; level++)
        path[level] = NULL;
      for (guint level = 0; level < LEVELS; level++)
        line.path[level] = path[level];
      if (!row->is_group)
        g_array_append_val (form->lines, line);
    }
}

static char *
cell_text (const Form *form, const Line *line, Show show)
{
  const HxScoreRow *row = line->row;

  switch (show)
    {
    case SHOW_LEVEL_1:
    case SHOW_LEVEL_2:
    case SHOW_LEVEL_3:
      return line->path[show] != NULL ? g_strdup (line->path[show]->name)
                                      : NULL;
    case SHOW_STANDARD:
      return g_strdup (row->standard);
    case SHOW_TARGET:
      return g_strdup (row->target);
    case SHOW_VALUE:
      return g_strdup (row->value);
    case SHOW_POINTS:
      return row->is_bonus ? g_strdup (_ ("加减分"))
                           : hx_score_format (form->score, row->points);
    case SHOW_SCORE:
      return row->state == HX_SCORE_ROW_SKIPPED
                 ? g_strdup (_ ("不适用"))
                 : hx_score_format (form->score, row->score);
    case SHOW_NOTE:
      return hx_score_row_note (row);
    }
  return NULL;
}

static gboolean
is_middle (Show show)
{
  return show == SHOW_POINTS || show == SHOW_SCORE || show == SHOW_LEVEL_1
         || show == SHOW_LEVEL_2;
}

static void
put_row (Form *form, const Line *line)
{
  for (lxw_col_t i = 0; i < form->layout->n_columns; i++)
    {
      const Show show = form->layout->columns[i].show;
      g_autofree char *text = cell_text (form, line, show);

      put (form, i, text, is_middle (show) ? form->middle : form->cell);
    }
  form->row++;
}

/* Rows of the same part share one cell. */
static void
merge_level (Form *form, lxw_row_t first, guint level)
{
  guint i = 0;

  while (i < form->lines->len)
    {
      const HxScoreRow *part = g_array_index (form->lines, Line, i).path[level];
      guint end = i + 1;

      while (part != NULL && end < form->lines->len
             && g_array_index (form->lines, Line, end).path[level] == part)
        end++;
      if (end > i + 1)
        worksheet_merge_range (form->sheet, first + i, (lxw_col_t)level,
                               first + end - 1, (lxw_col_t)level, part->name,
                               form->middle);
      i = end;
    }
}

static void
put_total (Form *form)
{
  const HxScore *score = form->score;
  const Layout *layout = form->layout;
  g_autofree char *points = hx_score_format (score, score->card->total.units);
  g_autofree char *total = hx_score_format (score, score->total);
  g_autofree char *note = g_strdup_printf (
      "%s%s%s", score->grade != NULL ? score->grade->name : "",
      score->skipped > 0 ? _ ("；不适用的评分项已按比例折算") : "",
      score->is_complete ? "" : _ ("；还有未评分的评分项"));

  put_across (form, 0, layout->n_columns - 4, _ ("合计"), form->head);
  put (form, layout->n_columns - 3, points, form->middle);
  put (form, layout->n_columns - 2, total, form->middle);
  put (form, layout->n_columns - 1, note, form->cell);
  form->row++;
}

static void
put_table (Form *form)
{
  const Layout *layout = form->layout;
  lxw_row_t first;

  for (lxw_col_t i = 0; i < layout->n_columns; i++)
    put (form, i, hx_text (layout->columns[i].label), form->head);
  form->row++;
  first = form->row;
  for (guint i = 0; i < form->lines->len; i++)
    put_row (form, &g_array_index (form->lines, Line, i));
  merge_level (form, first, 0);
  merge_level (form, first, 1);
  put_total (form);
}

/* --------------------------------------------------------------------- funds
 */

static void
put_fund (Form *form, const char *name, const HxMoney *money,
          const HxScoreRow *rate)
{
  g_autofree char *initial = hx_money_format_wan (money->initial, 2);
  g_autofree char *total = hx_money_format_wan (money->total, 2);
  g_autofree char *executed = hx_money_format_wan (money->executed, 2);
  g_autofree char *points
      = rate != NULL ? hx_score_format (form->score, rate->points) : NULL;
  g_autofree char *score
      = rate != NULL ? hx_score_format (form->score, rate->score) : NULL;
  g_autofree char *share = NULL;
  gint64 units = 0;

  if (hx_round_half_up (money->executed * 100, money->total, 2, &units))
    {
      g_autofree char *text = hx_decimal_format ((HxDecimal){ units, 2 });

      share = g_strconcat (text, "%", NULL);
    }
  put_across (form, 0, 1, name, form->middle);
  put (form, 2, initial, form->middle);
  put (form, 3, total, form->middle);
  put (form, 4, executed, form->middle);
  put (form, 5, points, form->middle);
  put (form, 6, share, form->middle);
  put (form, 7, score, form->middle);
  form->row++;
}

/* The row of the card that has the rate: the first one that is scored. */
static const HxScoreRow *
rate_row (const Form *form)
{
  const HxScoreRow *first
      = form->lines->len > 0 ? g_array_index (form->lines, Line, 0).row : NULL;

  return first != NULL && !first->is_target ? first : NULL;
}

static void
put_sources (Form *form, const GPtrArray *lines)
{
  const HxBudgetView *view = hx_catalogue_budget (form->score->catalogue);
  const GPtrArray *codes = view->line_source->codes->codes;

  for (guint c = 0; c < codes->len; c++)
    {
      const HxCode *code = codes->pdata[c];
      g_autofree char *name = g_strdup_printf (_ ("其中：%s"), code->name);
      HxMoney sum = { 0 };
      guint n = 0;

      for (guint i = 0; i < lines->len; i++)
        if (((HxBudgetLine *)lines->pdata[i])->source == code)
          {
            hx_money_add (&sum, &((HxBudgetLine *)lines->pdata[i])->money);
            n++;
          }
      if (n > 0)
        put_fund (form, name, &sum, NULL);
    }
}

static gboolean
put_funds (Form *form, GError **error)
{
  static const char *const heads[]
      = { N_ ("年初预算数"), N_ ("全年预算数"), N_ ("全年执行数"),
          N_ ("分值"),       N_ ("执行率"),     N_ ("得分") };
  g_autoptr (GPtrArray) lines
      = hx_budget_lines (form->connection, form->score->catalogue,
                         form->score->year, form->score->as_of, error);
  HxMoney sum = { 0 };

  if (lines == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    hx_money_add (&sum, &((HxBudgetLine *)lines->pdata[i])->money);
  put_across (form, 0, 1, _ ("资金（万元）"), form->head);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    put (form, (lxw_col_t)(i + 2), hx_text (heads[i]), form->head);
  form->row++;
  put_fund (form, _ ("年度资金总额"), &sum, rate_row (form));
  put_sources (form, lines);
  return TRUE;
}

static gboolean
put_goals (Form *form, GError **error)
{
  g_autoptr (HxPlanYear) plan
      = hx_plan_read (form->connection, form->score->catalogue,
                      form->score->year, form->score->as_of, error);

  if (plan == NULL)
    return FALSE;
  for (guint i = 0; i < plan->goals->len; i++)
    {
      const HxPlanGoal *goal = plan->goals->pdata[i];
      g_autofree char *text = g_strdup_printf (
          "%s%s%s", goal->name, goal->text != NULL ? "：" : "",
          goal->text != NULL ? goal->text : "");

      put_across (form, 0, 1, _ ("年度总体目标"), form->middle);
      put_across (form, 2, form->layout->n_columns - 1, text, form->cell);
      worksheet_set_row (form->sheet, form->row, 32, NULL);
      form->row++;
    }
  return TRUE;
}

/* ---------------------------------------------------------------------- sheet
 */

static void
make_page (Form *form)
{
  worksheet_set_landscape (form->sheet);
  worksheet_set_paper (form->sheet, PAPER_A4);
  worksheet_fit_to_pages (form->sheet, 1, 0);
  worksheet_set_margins (form->sheet, 0.4, 0.4, 0.5, 0.6);
  worksheet_center_horizontally (form->sheet);
  worksheet_set_footer (form->sheet, _ ("&R第 &P 页，共 &N 页"));
  for (lxw_col_t i = 0; i < form->layout->n_columns; i++)
    worksheet_set_column (form->sheet, i, i, form->layout->columns[i].width,
                          NULL);
}

static void
put_head (Form *form)
{
  const HxScorecard *card = form->score->card;
  g_autofree char *title
      = g_strdup_printf (_ ("%s（%d年度）"), card->name, form->score->year);
  g_autofree char *origin = hx_scorecard_origin (card);
  char day[HX_DATE_TEXT_SIZE];
  g_autofree char *line = NULL;

  hx_date_format (form->score->as_of, day);
  line = g_strdup_printf (_ ("单位：%s　截至：%s　依据：%s"),
                          hx_catalogue_name (form->score->catalogue), day,
                          origin);
  worksheet_set_row (form->sheet, 0, 28, NULL);
  put_line (form, title, form->title);
  put_line (form, line, form->plain);
  if (card->warning != NULL)
    {
      g_autofree char *warning = g_strconcat ("※ ", card->warning, NULL);

      put_line (form, warning, form->plain);
    }
}

static gboolean
fill (Form *form, GError **error)
{
  form->title = make_format (form, 16, LXW_ALIGN_CENTER, FALSE);
  form->plain = make_format (form, 10, LXW_ALIGN_LEFT, FALSE);
  form->head = make_format (form, 10, LXW_ALIGN_CENTER, TRUE);
  form->cell = make_format (form, 10, LXW_ALIGN_LEFT, TRUE);
  form->middle = make_format (form, 10, LXW_ALIGN_CENTER, TRUE);
  format_set_bold (form->title);
  format_set_bold (form->head);
  make_page (form);
  collect_lines (form);
  put_head (form);
  if (form->score->card->layout == HX_CARD_PROJECT
      && (!put_funds (form, error) || !put_goals (form, error)))
    return FALSE;
  worksheet_repeat_rows (form->sheet, form->row, form->row);
  put_table (form);
  return TRUE;
}

gboolean
hx_score_form_write (HxConnection *connection, const HxScore *score,
                     const char *path, GError **error)
{
  g_auto (Form) form = { .connection = connection,
                         .score = score,
                         .layout = &layouts[score->card->layout] };
  lxw_error code;

  form.beside = hx_beside_new (path, error);
  if (form.beside == NULL)
    return FALSE;
  form.book = workbook_new (form.beside);
  if (form.book == NULL)
    return fail_write (LXW_ERROR_MEMORY_MALLOC_FAILED, error);
  form.sheet = workbook_add_worksheet (form.book, _ ("自评表"));
  if (!fill (&form, error))
    return FALSE;
  code = workbook_close (g_steal_pointer (&form.book));
  if (code != LXW_NO_ERROR)
    return fail_write (code, error);
  if (!hx_beside_finish (form.beside, path, error))
    return FALSE;
  g_clear_pointer (&form.beside, g_free);
  return TRUE;
}
