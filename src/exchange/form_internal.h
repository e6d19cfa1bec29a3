/* What official forms as workbooks share: a sheet that is filled from the top,
 * row by row, to be printed on A4 across.  Private to the room exchange.
 *
 * A form is written beside its file and renamed over it (hx_book_form_finish);
 * one that was not finished leaves nothing behind.
 */
#ifndef HX_EXCHANGE_FORM_INTERNAL_H
#define HX_EXCHANGE_FORM_INTERNAL_H

#include "base/base.h"

#include <xlsxwriter.h>

G_BEGIN_DECLS

typedef struct
{
  lxw_workbook *book;
  lxw_worksheet *sheet;
  lxw_row_t row;        /* the next one */
  const guint8 *widths; /* of the columns, in characters */
  guint columns;
  guint lines; /* that the texts put into the row take */
  char *beside;
} HxForm;

gboolean hx_book_form_begin (HxForm *form, const char *path, GError **error);
gboolean hx_book_form_finish (HxForm *form, const char *path, GError **error);
void hx_book_form_clear (HxForm *form);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxForm, hx_book_form_clear)

/* The sheet that is filled from now on; `widths` is borrowed. */
void hx_book_form_sheet (HxForm *form, const char *name, const guint8 *widths,
                         guint columns);
/* The book owns it.  Framed cells wrap their text. */
lxw_format *hx_book_form_format (HxForm *form, guint size, guint8 align,
                                 gboolean is_framed);

/* Cells that are one: columns first…last of this row and of `rows` − 1 below.
 */
typedef struct
{
  guint rows;
  guint first, last;
} HxFormSpan;

/* A text, which may be NULL; of one row it makes the row as high as it needs.
 */
void hx_book_form_put (HxForm *form, HxFormSpan span, const char *text,
                       lxw_format *format);
/* The decimal as it stands, as a number that can be added up. */
void hx_book_form_put_number (HxForm *form, HxFormSpan span, HxDecimal number,
                              lxw_format *format);
/* In 万元 with two decimals. */
void hx_book_form_put_money (HxForm *form, HxFormSpan span, gint64 fen,
                             lxw_format *format);
/* The row is done: at least so many lines high. */
void hx_book_form_next (HxForm *form, guint lines);

G_END_DECLS

#endif
