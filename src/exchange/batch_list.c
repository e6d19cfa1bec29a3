#include "exchange/batch_list.h"
#include "exchange/workbook_internal.h"
#include "people/age.h"

#include <string.h>
#include <xlsxwriter.h>

#define PAPER_A4 9
#define TITLE_ROWS 3 /* title, the batch, the header */
#define BODY_SIZE 11

/* What a column shows, beside the fields of the plan. */
typedef enum
{
  COLUMN_ORDER,
  COLUMN_FIELD, /* of the person */
  COLUMN_AGE,
  COLUMN_SIGN,
  COLUMN_RESULT,
  COLUMN_REASON,
  COLUMN_KEY
} ColumnKind;

typedef struct
{
  ColumnKind kind;
  const HxField *field;
  const char *label; /* borrowed */
  guint width;
} Column;

typedef struct
{
  const HxBatchListOptions *options;
  const HxBatchLine *line;
  GArray *columns; /* Column */
  char *beside;
  lxw_workbook *book;
  lxw_worksheet *sheet;
  lxw_format *title, *subtitle, *head, *cell, *middle, *small;
  lxw_row_t row;
} List;

static void
list_clear (List *list)
{
  g_clear_pointer (&list->columns, g_array_unref);
  if (list->book != NULL)
    workbook_close (list->book);
  if (list->beside != NULL)
    remove (list->beside);
  g_free (list->beside);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (List, list_clear)

static gboolean
fail_write (lxw_error code, GError **error)
{
  return hx_fail (error, HX_ERROR_DATA, _ ("不能写工作簿"), lxw_strerror (code),
                  NULL);
}

/* ----------------------------------------------------------------- columns */

static void
add_column (List *list, ColumnKind kind, const HxField *field,
            const char *label, guint width)
{
  const Column column = { kind, field, label, width };
  g_array_append_val (list->columns, column);
}

/* By what a person can be named without a secret. */
static const HxField *
number_field (const HxKind *people)
{
  for (guint i = 0; i < people->refer_by->len; i++)
    {
      const HxField *field = people->refer_by->pdata[i];
      if (!field->secret)
        return field;
    }
  return NULL;
}

static guint
width_of (const HxField *field)
{
  if (field->type == HX_FIELD_CHOICE || field->type == HX_FIELD_BOOL)
    return 7;
  return field->type == HX_FIELD_PHONE || field->type == HX_FIELD_REF ? 14 : 12;
}

static void
make_columns (List *list)
{
  const HxBatchPlan *plan = list->options->plan;
  const HxField *number = number_field (plan->people);
  const HxField *name = hx_kind_label_field (plan->people);
  list->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  add_column (list, COLUMN_ORDER, NULL, _ ("序号"), 5);
  if (number != NULL)
    add_column (list, COLUMN_FIELD, number, number->name, 10);
  if (name != NULL && name != number)
    add_column (list, COLUMN_FIELD, name, name->name, 10);
  for (guint i = 0; plan->list[i] != NULL; i++)
    {
      const HxField *field = hx_kind_field (plan->people, plan->list[i]);
      if (field != NULL)
        add_column (list, COLUMN_FIELD, field, field->name, width_of (field));
      else
        add_column (list, COLUMN_AGE, NULL, _ ("年龄"), 5);
    }
  add_column (list, COLUMN_SIGN, NULL, _ (HX_LABEL_SIGN), 14);
  add_column (list, COLUMN_RESULT, plan->result, plan->result->name, 10);
  if (plan->reason != NULL)
    add_column (list, COLUMN_REASON, plan->reason, plan->reason->name, 16);
  add_column (list, COLUMN_KEY, NULL, _ (HX_LABEL_KEY), 8);
}

/* ------------------------------------------------------------------- sheet */

static lxw_format *
make_format (List *list, guint size, gboolean is_framed, guint8 align)
{
  lxw_format *format = workbook_add_format (list->book);
  format_set_font_size (format, size);
  format_set_align (format, align);
  format_set_align (format, LXW_ALIGN_VERTICAL_CENTER);
  format_set_num_format (format, "@");
  if (is_framed)
    {
      format_set_border (format, LXW_BORDER_THIN);
      format_set_shrink (format);
    }
  return format;
}

static void
make_formats (List *list)
{
  list->title = make_format (list, 16, FALSE, LXW_ALIGN_CENTER);
  list->subtitle = make_format (list, BODY_SIZE, FALSE, LXW_ALIGN_LEFT);
  list->head = make_format (list, BODY_SIZE, TRUE, LXW_ALIGN_CENTER);
  list->cell = make_format (list, BODY_SIZE, TRUE, LXW_ALIGN_LEFT);
  list->middle = make_format (list, BODY_SIZE, TRUE, LXW_ALIGN_CENTER);
  list->small = make_format (list, 8, TRUE, LXW_ALIGN_CENTER);
  format_set_bold (list->title);
  format_set_bold (list->head);
  format_set_bg_color (list->head, 0xE7E6E6);
  format_set_font_color (list->small, LXW_COLOR_GRAY);
}

static void
make_page (List *list)
{
  const lxw_col_t last = (lxw_col_t)(list->columns->len - 1);
  g_autofree char *footer = g_strdup_printf ("&L%s&R%s", list->line->number,
                                             _ ("第 &P 页，共 &N 页"));
  worksheet_set_landscape (list->sheet);
  worksheet_set_paper (list->sheet, PAPER_A4);
  worksheet_fit_to_pages (list->sheet, 1, 0);
  worksheet_set_margins (list->sheet, 0.4, 0.4, 0.5, 0.6);
  worksheet_center_horizontally (list->sheet);
  worksheet_repeat_rows (list->sheet, TITLE_ROWS - 1, TITLE_ROWS - 1);
  worksheet_set_footer (list->sheet, footer);
  worksheet_freeze_panes (list->sheet, TITLE_ROWS, 0);
  for (lxw_col_t i = 0; i <= last; i++)
    worksheet_set_column (list->sheet, i, i,
                          g_array_index (list->columns, Column, i).width, NULL);
}

static void
put_text (List *list, lxw_col_t column, const char *text, lxw_format *format)
{
  g_autofree char *escaped = hx_workbook_escape (text);
  const char *good = escaped != NULL ? escaped : text;
  if (*good == '\0')
    worksheet_write_blank (list->sheet, list->row, column, format);
  else
    worksheet_write_string (list->sheet, list->row, column, good, format);
}

static char *
subtitle_text (const List *list, guint people, GError **error)
{
  const HxKind *hospitals = list->options->plan->hospital->target;
  g_autoptr (HxRow) row = hx_row_new (hospitals);
  g_autofree char *hospital = NULL;
  char day[HX_DATE_TEXT_SIZE];
  hx_date_format (hx_date_from_number (list->line->day), day);
  if (list->line->hospital != 0
      && !hx_row_load (list->options->connection, row, list->line->hospital,
                       error))
    return NULL;
  if (list->line->hospital != 0)
    hospital = hx_value_display (list->options->connection, row,
                                 hx_kind_label_field (hospitals),
                                 HX_AUDIENCE_INSIDE, error);
  if (*error != NULL)
    return NULL;
  return g_strdup_printf (_ ("批次：%s　日期：%s　地点：%s　人数：%u"),
                          list->line->number, day,
                          hospital != NULL ? hospital : "", people);
}

static gboolean
write_head (List *list, guint people, GError **error)
{
  const lxw_col_t last = (lxw_col_t)(list->columns->len - 1);
  g_autoptr (GError) failed = NULL;
  g_autofree char *subtitle = subtitle_text (list, people, &failed);
  g_autofree char *title
      = g_strdup_printf (_ ("%s名单"), list->options->plan->name);
  if (subtitle == NULL)
    return g_propagate_error (error, g_steal_pointer (&failed)), FALSE;
  worksheet_set_row (list->sheet, 0, 28, NULL);
  worksheet_set_row (list->sheet, 1, 20, NULL);
  worksheet_set_row (list->sheet, 2, 22, NULL);
  worksheet_merge_range (list->sheet, 0, 0, 0, last, title, list->title);
  worksheet_merge_range (list->sheet, 1, 0, 1, last, subtitle, list->subtitle);
  list->row = TITLE_ROWS - 1;
  for (lxw_col_t i = 0; i <= last; i++)
    put_text (list, i, g_array_index (list->columns, Column, i).label,
              list->head);
  list->row++;
  return TRUE;
}

/* -------------------------------------------------------------------- rows */

static char *
field_text (const List *list, const HxRow *row, const HxField *field,
            GError **error)
{
  const HxBatchListOptions *options = list->options;
  const gboolean masked
      = options->masks == NULL || options->masks (field, options->data);
  return hx_value_display (options->connection, row, field,
                           masked ? HX_AUDIENCE_OUTSIDE : HX_AUDIENCE_TRUSTED,
                           error);
}

static char *
age_text (const List *list, const HxRow *person)
{
  const HxField *birth = hx_kind_field (person->kind, "birth_date");
  const HxValue *value = birth != NULL ? &person->values[birth->index] : NULL;
  if (value == NULL || !value->filled)
    return NULL;
  const int age = hx_age_on (hx_date_from_number ((gint32)value->integer),
                             hx_date_from_number (list->line->day));
  return age == HX_AGE_UNKNOWN ? NULL : g_strdup_printf ("%d", age);
}

/* What is only planned is left for the pen. */
static char *
result_text (const List *list, const HxRow *attendance)
{
  const HxBatchPlan *plan = list->options->plan;
  const HxValue *value = &attendance->values[plan->result->index];
  if (!value->filled || g_str_equal (value->text, plan->planned->code))
    return NULL;
  const HxCode *code = hx_code_find (plan->result->codes, value->text);
  return g_strdup (code != NULL ? code->name : value->text);
}

/* NULL: empty, or *error. */
static char *
column_text (const List *list, const Column *column, const HxBatchSeat *seat,
             GError **error)
{
  const HxBatchPlan *plan = list->options->plan;
  switch (column->kind)
    {
    case COLUMN_ORDER:
      return g_strdup_printf ("%u", (guint)list->row - TITLE_ROWS + 1);
    case COLUMN_FIELD:
      return field_text (list, seat->person, column->field, error);
    case COLUMN_AGE:
      return age_text (list, seat->person);
    case COLUMN_RESULT:
      return result_text (list, seat->attendance);
    case COLUMN_REASON:
      return g_strdup (seat->attendance->values[plan->reason->index].text);
    case COLUMN_KEY:
      return g_strdup_printf ("%" G_GINT64_FORMAT, seat->attendance->id);
    case COLUMN_SIGN:
    default:
      return NULL;
    }
}

static lxw_format *
column_format (const List *list, const Column *column)
{
  if (column->kind == COLUMN_KEY)
    return list->small;
  if (column->kind == COLUMN_FIELD && column->field->type == HX_FIELD_CHOICE)
    return list->middle;
  return column->kind == COLUMN_FIELD || column->kind == COLUMN_REASON
             ? list->cell
             : list->middle;
}

static gboolean
write_seat (List *list, const HxBatchSeat *seat, GError **error)
{
  worksheet_set_row (list->sheet, list->row, 24, NULL);
  for (guint i = 0; i < list->columns->len; i++)
    {
      const Column *column = &g_array_index (list->columns, Column, i);
      g_autoptr (GError) failed = NULL;
      g_autofree char *text = column_text (list, column, seat, &failed);
      if (failed != NULL)
        return g_propagate_error (error, g_steal_pointer (&failed)), FALSE;
      put_text (list, (lxw_col_t)i, text != NULL ? text : "",
                column_format (list, column));
    }
  list->row++;
  return TRUE;
}

/* The cells of the result offer the words that can stand there. */
static void
offer_results (const List *list)
{
  const HxBatchPlan *plan = list->options->plan;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  lxw_data_validation validation = { .validate = LXW_VALIDATION_TYPE_LIST };
  if (list->row == TITLE_ROWS)
    return;
  for (guint i = 0; i < plan->result->codes->codes->len; i++)
    {
      const HxCode *code = plan->result->codes->codes->pdata[i];
      if (code != plan->planned)
        g_ptr_array_add (names, code->name);
    }
  g_ptr_array_add (names, NULL);
  validation.value_list = (char **)names->pdata;
  for (guint i = 0; i < list->columns->len; i++)
    if (g_array_index (list->columns, Column, i).kind == COLUMN_RESULT)
      worksheet_data_validation_range (list->sheet, TITLE_ROWS, (lxw_col_t)i,
                                       list->row - 1, (lxw_col_t)i,
                                       &validation);
}

static gboolean
write_seats (List *list, const GPtrArray *seats, GError **error)
{
  if (!write_head (list, seats->len, error))
    return FALSE;
  for (guint i = 0; i < seats->len; i++)
    if (!write_seat (list, seats->pdata[i], error))
      return FALSE;
  offer_results (list);
  return TRUE;
}

static gboolean
open_book (List *list, const char *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return hx_fail (error, HX_ERROR_CONFLICT, _ ("已有这个文件"), path,
                    _ ("里面可能已经填了；换一个文件夹，或先移走它"));
  list->beside = hx_beside_new (path, error);
  if (list->beside == NULL)
    return FALSE;
  list->book = workbook_new (list->beside);
  if (list->book == NULL)
    return fail_write (LXW_ERROR_MEMORY_MALLOC_FAILED, error);
  const lxw_error code
      = workbook_validate_sheet_name (list->book, list->line->number);
  list->sheet = workbook_add_worksheet (
      list->book, code == LXW_NO_ERROR ? list->line->number : NULL);
  make_formats (list);
  make_page (list);
  return TRUE;
}

gboolean
hx_batch_list_write (const HxBatchListOptions *options, const HxBatchLine *line,
                     const char *path, guint *people, GError **error)
{
  g_auto (List) list = { .options = options, .line = line };
  g_autoptr (GPtrArray) seats
      = hx_batch_seats (options->connection, options->plan, line->id, error);
  if (seats == NULL)
    return FALSE;
  make_columns (&list);
  if (!open_book (&list, path, error) || !write_seats (&list, seats, error))
    return FALSE;
  const lxw_error code = workbook_close (g_steal_pointer (&list.book));
  if (code != LXW_NO_ERROR)
    return fail_write (code, error);
  if (!hx_beside_finish (list.beside, path, error))
    return FALSE;
  g_clear_pointer (&list.beside, g_free);
  *people = seats->len;
  return TRUE;
}
