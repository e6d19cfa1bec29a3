#include "budget/budget.h"
#include "exchange/form_internal.h"
#include "exchange/workbook_internal.h"

#include <glib/gstdio.h>

#define PAPER_A4 9
#define FONT "宋体"
#define LINE_HEIGHT 14 /* points that a line of text takes */
#define ROW_MAX 400

void
hx_book_form_clear (HxForm *form)
{
  if (form->book != NULL)
    workbook_close (form->book);
  if (form->beside != NULL)
    g_unlink (form->beside);
  g_clear_pointer (&form->beside, g_free);
  form->book = NULL;
}

static gboolean
fail_write (lxw_error code, GError **error)
{
  return hx_fail (error, HX_ERROR_DATA, _ ("不能写工作簿"), lxw_strerror (code),
                  NULL);
}

gboolean
hx_book_form_begin (HxForm *form, const char *path, GError **error)
{
  form->beside = hx_beside_new (path, error);
  if (form->beside == NULL)
    return FALSE;
  form->book = workbook_new (form->beside);
  return form->book != NULL
         || fail_write (LXW_ERROR_MEMORY_MALLOC_FAILED, error);
}

gboolean
hx_book_form_finish (HxForm *form, const char *path, GError **error)
{
  const lxw_error code = workbook_close (g_steal_pointer (&form->book));

  if (code != LXW_NO_ERROR)
    return fail_write (code, error);
  if (!hx_beside_finish (form->beside, path, error))
    return FALSE;
  g_clear_pointer (&form->beside, g_free);
  return TRUE;
}

void
hx_book_form_sheet (HxForm *form, const char *name, const guint8 *widths,
                    guint columns)
{
  form->sheet = workbook_add_worksheet (form->book, name);
  form->row = 0;
  form->lines = 0;
  form->widths = widths;
  form->columns = columns;
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

lxw_format *
hx_book_form_format (HxForm *form, guint size, guint8 align, gboolean is_framed)
{
  lxw_format *format = workbook_add_format (form->book);

  format_set_font_name (format, FONT);
  format_set_font_size (format, size);
  format_set_align (format, align);
  format_set_align (format, LXW_ALIGN_VERTICAL_CENTER);
  if (!is_framed)
    return format;
  format_set_border (format, LXW_BORDER_THIN);
  format_set_text_wrap (format);
  return format;
}

/* -------------------------------------------------------------------- cells */

/* Lines of a text in cells of this width; a Chinese character is two wide, and
 * a cell has a margin. */
static guint
lines_of (const char *text, guint width)
{
  guint lines = 0, used = width;

  for (const char *at = text; *at != '\0';
       at = g_utf8_find_next_char (at, NULL))
    {
      const guint own = g_unichar_iswide (g_utf8_get_char (at)) ? 2 : 1;

      if (used + own > width || *at == '\n')
        {
          lines++;
          used = 0;
        }
      used += *at == '\n' ? 0 : own;
    }
  return lines;
}

static void
merge (HxForm *form, HxFormSpan span, const char *text, lxw_format *format)
{
  worksheet_merge_range (form->sheet, form->row, (lxw_col_t)span.first,
                         form->row + span.rows - 1, (lxw_col_t)span.last, text,
                         format);
}

void
hx_book_form_put (HxForm *form, HxFormSpan span, const char *text,
                  lxw_format *format)
{
  g_autofree char *escaped = hx_workbook_escape (text != NULL ? text : "");
  const char *good = escaped != NULL ? escaped : text != NULL ? text : "";
  guint width = 0;

  for (guint i = span.first; i <= span.last; i++)
    width += form->widths[i];
  if (span.rows == 1 && width > 3)
    form->lines = MAX (form->lines, lines_of (good, width - 1));
  if (span.rows > 1 || span.last > span.first)
    merge (form, span, good, format);
  else if (*good == '\0')
    worksheet_write_blank (form->sheet, form->row, (lxw_col_t)span.first,
                           format);
  else
    worksheet_write_string (form->sheet, form->row, (lxw_col_t)span.first, good,
                            format);
}

void
hx_book_form_put_number (HxForm *form, HxFormSpan span, HxDecimal number,
                         lxw_format *format)
{
  g_autofree char *text = hx_decimal_format (number);

  if (span.rows > 1 || span.last > span.first)
    merge (form, span, "", format);
  /* A cell of a workbook knows no other number. */
  worksheet_write_number (
      form->sheet, form->row, (lxw_col_t)span.first,
      g_ascii_strtod (text, NULL), /* lint: allow g_ascii_strtod */
      format);
}

void
hx_book_form_put_money (HxForm *form, HxFormSpan span, gint64 fen,
                        lxw_format *format)
{
  hx_book_form_put_number (form, span,
                           (HxDecimal){ hx_money_hundredths (fen), 2 }, format);
}

void
hx_book_form_next (HxForm *form, guint lines)
{
  lines = MAX (lines, form->lines);
  if (lines > 0)
    worksheet_set_row (form->sheet, form->row,
                       MIN (lines * LINE_HEIGHT + 2, ROW_MAX), NULL);
  form->lines = 0;
  form->row++;
}
