#include "exchange/score_form.h"
#include "exchange/score_form_internal.h"

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
} Column;

typedef struct
{
  const Column *columns;
  const guint8 *widths;
  guint n_columns;
} Layout;

static const Column department_columns[] = {
  { N_ ("一级指标"), SHOW_LEVEL_1 },
  { N_ ("二级指标"), SHOW_LEVEL_2 },
  { N_ ("三级指标"), SHOW_LEVEL_3 },
  { N_ ("评分标准"), SHOW_STANDARD },
  { N_ ("分值"), SHOW_POINTS },
  { N_ ("自评得分"), SHOW_SCORE },
  { N_ ("扣分原因和其他说明"), SHOW_NOTE },
};
static const guint8 department_widths[] = { 10, 12, 24, 44, 8, 9, 50 };

static const Column project_columns[HX_PROJECT_COLUMNS] = {
  { N_ ("一级指标"), SHOW_LEVEL_1 },
  { N_ ("二级指标"), SHOW_LEVEL_2 },
  { N_ ("三级指标"), SHOW_LEVEL_3 },
  { N_ ("年度指标值"), SHOW_TARGET },
  { N_ ("实际完成值"), SHOW_VALUE },
  { N_ ("分值"), SHOW_POINTS },
  { N_ ("得分"), SHOW_SCORE },
  { N_ ("偏差原因分析及改进措施"), SHOW_NOTE },
};
static const guint8 project_widths[HX_PROJECT_COLUMNS]
    = { 11, 14, 30, 18, 16, 10, 10, 44 };

static const Layout layouts[] = {
  [HX_CARD_DEPARTMENT] = { department_columns, department_widths,
                           G_N_ELEMENTS (department_columns) },
  [HX_CARD_PROJECT]
  = { project_columns, project_widths, G_N_ELEMENTS (project_columns) },
};

/* One line of the table: a row that is scored, and those above it. */
typedef struct
{
  const HxScoreRow *path[LEVELS];
  const HxScoreRow *row;
} Line;

static const Layout *
layout_of (const HxScoreWriter *writer)
{
  return &layouts[writer->score->card->layout];
}

/* --------------------------------------------------------------------- cells
 */

static void
put (HxScoreWriter *writer, guint column, const char *text, lxw_format *format)
{
  hx_book_form_put (&writer->form, (HxFormSpan){ 1, column, column }, text,
                    format);
}

static void
put_line (HxScoreWriter *writer, const char *text, lxw_format *format,
          guint lines)
{
  hx_book_form_put (&writer->form,
                    (HxFormSpan){ 1, 0, layout_of (writer)->n_columns - 1 },
                    text, format);
  hx_book_form_next (&writer->form, lines);
}

void
hx_score_put_points (HxScoreWriter *writer, guint column, gint64 units)
{
  hx_book_form_put_number (&writer->form, (HxFormSpan){ 1, column, column },
                           (HxDecimal){ units, writer->score->card->decimals },
                           writer->points);
}

static void
make_formats (HxScoreWriter *writer)
{
  HxForm *form = &writer->form;
  const guint decimals = writer->score->card->decimals;
  g_autofree char *zeros = g_strnfill (decimals, '0');
  g_autofree char *pattern
      = g_strconcat ("0", decimals > 0 ? "." : "", zeros, NULL);

  writer->title = hx_book_form_format (form, 16, LXW_ALIGN_CENTER, FALSE);
  writer->plain = hx_book_form_format (form, 10, LXW_ALIGN_LEFT, FALSE);
  writer->head = hx_book_form_format (form, 10, LXW_ALIGN_CENTER, TRUE);
  writer->cell = hx_book_form_format (form, 10, LXW_ALIGN_LEFT, TRUE);
  writer->middle = hx_book_form_format (form, 10, LXW_ALIGN_CENTER, TRUE);
  writer->points = hx_book_form_format (form, 10, LXW_ALIGN_CENTER, TRUE);
  writer->money = hx_book_form_format (form, 10, LXW_ALIGN_CENTER, TRUE);
  writer->share = hx_book_form_format (form, 10, LXW_ALIGN_CENTER, TRUE);
  format_set_bold (writer->title);
  format_set_bold (writer->head);
  format_set_text_wrap (writer->plain);
  format_set_bg_color (writer->head, 0xE7E6E6);
  format_set_num_format (writer->cell, "@");
  format_set_num_format (writer->points, pattern);
  format_set_num_format (writer->money, "#,##0.00");
  format_set_num_format (writer->share, "0.00%");
}

/* --------------------------------------------------------------------- table
 */

static GArray *
lines_of (const HxScore *score)
{
  const HxScoreRow *path[LEVELS] = { NULL };
  const HxScoreRow *above = score->card->layout == HX_CARD_PROJECT
                                ? hx_score_rate_row (score)
                                : NULL;
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));

  for (guint i = 0; i < score->rows->len; i++)
    {
      const HxScoreRow *row = score->rows->pdata[i];
      Line line = { .row = row };

      path[row->level - 1] = row;
      for (guint level = row->level; level < LEVELS; level++)
        path[level] = NULL;
      for (guint level = 0; level < LEVELS; level++)
        line.path[level] = path[level];
      if ((!row->is_group || row->state == HX_SCORE_ROW_SKIPPED)
          && row != above)
        g_array_append_val (lines, line);
    }
  return lines;
}

/* Why points are lost, then what the score was made of; of a target that stands
 * in columns of its own. */
static char *
note_of (const HxScoreRow *row)
{
  g_autofree char *note = hx_score_row_note (row);
  g_autofree char *basis = row->is_target ? NULL : hx_score_row_basis (row);

  return g_strdup_printf ("%s%s%s", note,
                          *note != '\0' && basis != NULL ? "\n" : "",
                          basis != NULL ? basis : "");
}

static char *
text_of (const Line *line, Show show)
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
      return g_strdup (row->is_bonus ? _ ("加减分") : NULL);
    case SHOW_SCORE:
      return g_strdup (row->state == HX_SCORE_ROW_SKIPPED ? _ ("不适用")
                                                          : NULL);
    case SHOW_NOTE:
      return note_of (row);
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
put_cell (HxScoreWriter *writer, const Line *line, guint column)
{
  const Show show = layout_of (writer)->columns[column].show;
  g_autofree char *text = text_of (line, show);

  if (text == NULL && show == SHOW_POINTS)
    hx_score_put_points (writer, column, line->row->points);
  else if (text == NULL && show == SHOW_SCORE)
    hx_score_put_points (writer, column, line->row->score);
  else
    put (writer, column, text,
         is_middle (show) ? writer->middle : writer->cell);
}

/* Rows of the same part share one cell. */
static void
merge_level (HxScoreWriter *writer, const GArray *lines, guint level)
{
  const lxw_row_t top = writer->form.row - lines->len;
  guint i = 0;

  while (i < lines->len)
    {
      const HxScoreRow *part = g_array_index (lines, Line, i).path[level];
      guint end = i + 1;

      while (part != NULL && end < lines->len
             && g_array_index (lines, Line, end).path[level] == part)
        end++;
      if (end > i + 1)
        worksheet_merge_range (writer->form.sheet, top + i, (lxw_col_t)level,
                               top + end - 1, (lxw_col_t)level, part->name,
                               writer->middle);
      i = end;
    }
}

static void
put_total (HxScoreWriter *writer)
{
  const HxScore *score = writer->score;
  const guint n = layout_of (writer)->n_columns;
  g_autofree char *note = g_strdup_printf (
      "%s%s%s%s", score->grade != NULL ? score->grade->name : "",
      score->skipped > 0 ? _ ("；不适用的评分项已按比例折算") : "",
      score->is_shared ? _ ("；指标分值按本任务各指标的权重折算") : "",
      score->is_complete ? "" : _ ("；还有未评分的评分项"));

  hx_book_form_put (&writer->form, (HxFormSpan){ 1, 0, n - 4 }, _ ("合计"),
                    writer->head);
  hx_score_put_points (writer, n - 3, score->card->total.units);
  hx_score_put_points (writer, n - 2, score->total);
  put (writer, n - 1, note, writer->cell);
  hx_book_form_next (&writer->form, 0);
}

static void
put_table (HxScoreWriter *writer)
{
  const Layout *layout = layout_of (writer);
  g_autoptr (GArray) lines = lines_of (writer->score);

  worksheet_repeat_rows (writer->form.sheet, writer->form.row,
                         writer->form.row);
  for (guint i = 0; i < layout->n_columns; i++)
    put (writer, i, hx_text (layout->columns[i].label), writer->head);
  hx_book_form_next (&writer->form, 0);
  for (guint i = 0; i < lines->len; i++)
    {
      for (guint column = 0; column < layout->n_columns; column++)
        put_cell (writer, &g_array_index (lines, Line, i), column);
      hx_book_form_next (&writer->form, 0);
    }
  merge_level (writer, lines, 0);
  merge_level (writer, lines, 1);
  put_total (writer);
}

/* ---------------------------------------------------------------------- sheet
 */

static void
put_head (HxScoreWriter *writer)
{
  const HxScorecard *card = writer->score->card;
  g_autofree char *title
      = g_strdup_printf (_ ("%s（%d年度）"), card->name, writer->score->year);
  g_autofree char *origin = hx_scorecard_origin (card);
  char day[HX_DATE_TEXT_SIZE];
  g_autofree char *line = NULL;

  hx_date_format (writer->score->as_of, day);
  line = g_strdup_printf (_ ("单位：%s　截至：%s　依据：%s"),
                          writer->bureau != NULL ? writer->bureau : "", day,
                          origin);
  put_line (writer, title, writer->title, 2);
  put_line (writer, line, writer->plain, 0);
  if (card->warning != NULL)
    {
      g_autofree char *warning = g_strconcat ("※ ", card->warning, NULL);

      put_line (writer, warning, writer->plain, 0);
    }
}

static gboolean
fill (HxScoreWriter *writer, GError **error)
{
  const gboolean is_project = writer->score->card->layout == HX_CARD_PROJECT;

  make_formats (writer);
  put_head (writer);
  if (is_project && !hx_score_put_project (writer, error))
    return FALSE;
  put_table (writer);
  put_line (writer,
            is_project ? _ ("项目负责人：　　　　　　　　　　财务负责人："
                            "　　　　　　　　　　填报日期：")
                       : _ ("填报人：　　　　　　　　　　单位负责人："
                            "　　　　　　　　　　联系电话：　　　　　　　　　　"
                            "填报日期："),
            writer->plain, 2);
  return TRUE;
}

gboolean
hx_score_form_write (HxConnection *connection, const HxScore *score,
                     const char *bureau, const char *path, GError **error)
{
  HxScoreWriter writer
      = { .connection = connection,
          .score = score,
          .bureau
          = bureau != NULL ? bureau : hx_catalogue_name (score->catalogue) };
  const Layout *layout = layout_of (&writer);
  gboolean done = hx_book_form_begin (&writer.form, path, error);

  if (done)
    {
      hx_book_form_sheet (&writer.form, _ ("自评表"), layout->widths,
                          layout->n_columns);
      done = fill (&writer, error)
             && hx_book_form_finish (&writer.form, path, error);
    }
  hx_book_form_clear (&writer.form);
  return done;
}
