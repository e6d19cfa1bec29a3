/* Private to the reader of workbooks, lowest first; the parts of the zip and
 * the parser of one part are base/package.h:
 *
 *   container  what a file is before it is unpacked, and what it is not
 *   text       strings with runs, spaces and escapes
 *   strings    the shared strings;  styles  which cells are dates
 *   number     the decimal that a cell shows; dates from serials
 *   workbook   the list of sheets
 *   ranges     cells that a formula of another cell fills
 *   sheet      one row at a time
 */
#ifndef HX_XLSX_INTERNAL_H
#define HX_XLSX_INTERNAL_H

#include "base/package.h"
#include "exchange/table_internal.h"

/* --------------------------------------------------------------- container */

/* Refuse, each by its name, what is no zip (compound files, web pages), a zip
 * that is cut, and one with more entries than any workbook has. */
gboolean hx_container_check (const char *path, const char *name,
                             GError **error);

/* -------------------------------------------------------------------- text */

/* Gathers the <t> of a string, run by run, into `out`. */
typedef struct
{
  GString *out;
  gsize most;     /* bytes one string may have as written in the file */
  gsize begun;    /* where the string begins in out */
  gsize run;      /* where the run begins */
  guint phonetic; /* depth of the <rPh> that is being passed over, or 0 */
  gboolean open;
  gboolean preserve;
} HxRichText;

void hx_rich_text_init (HxRichText *rich, GString *out,
                        const HxTableLimits *limits);
void hx_rich_text_begin (HxRichText *rich);
void hx_rich_text_start (HxRichText *rich, guint depth, const char *name,
                         const char **attributes);
void hx_rich_text_end (HxRichText *rich, guint depth, const char *name);
gboolean hx_rich_text_append (HxRichText *rich, const char *text, gsize length,
                              GError **error);
/* A run outside of <t>: the value of a cell. */
void hx_rich_text_open (HxRichText *rich, const char **attributes);
void hx_rich_text_close (HxRichText *rich);

/* ----------------------------------------------------------------- strings */

typedef struct
{
  GString *arena;
  GArray *offsets; /* gsize */
} HxStrings;

void hx_strings_clear (HxStrings *strings);
/* part NULL: a workbook without. */
gboolean hx_strings_load (HxStrings *strings, const HxPackage *package,
                          const HxTableLimits *limits, const char *part,
                          GError **error);
/* NULL when there is none of that number. */
const char *hx_strings_get (const HxStrings *strings, guint64 index);

/* ------------------------------------------------------------------ styles */

typedef enum
{
  HX_FORMAT_NUMBER,
  HX_FORMAT_DATE,   /* with or without a time of day */
  HX_FORMAT_TIME,   /* of day */
  HX_FORMAT_ELAPSED /* hours may pass 24 */
} HxFormatKind;

HxFormatKind hx_format_of_code (const char *code);
HxFormatKind hx_format_of_builtin (guint id);

/* HxFormatKind of each cell style, as guint8; part NULL: none. */
GByteArray *hx_styles_load (const HxPackage *package, const char *part,
                            GError **error);

/* ------------------------------------------------------------------ number */

#define HX_NUMBER_DIGITS 400
#define HX_NUMBER_TEXT_SIZE (2 * HX_NUMBER_DIGITS + 8)

/* 0.d₁d₂d₃… × 10^point, without zeros at either end. */
typedef struct
{
  char digits[HX_NUMBER_DIGITS + 1];
  guint n_digits; /* 0: zero */
  int point;
  gboolean negative;
} HxNumber;

/* FALSE if the text is no number, or beyond what a workbook can hold. */
gboolean hx_number_parse (HxNumber *number, const char *text);
/* Fractions of more than 15 digits to 15, as the programs show them. */
void hx_number_round (HxNumber *number);
void hx_number_format (const HxNumber *number, char *buffer);
/* A whole number of more than 15 digits. */
gboolean hx_number_is_lossy (const HxNumber *number);

#define HX_MOMENT_SIZE 40

/* Write what a serial means in a cell of that format.  HX_CELL_NUMBER, and
 * nothing written, when it is no date: negative, before the first day of the
 * system, the 29 February 1900 that never was, after 9999. */
HxCellType hx_number_moment (const HxNumber *number, HxFormatKind kind,
                             gboolean epoch_1904, char *buffer);
/* The same for an ISO 8601 text; HX_CELL_TEXT when it is none. */
HxCellType hx_iso_moment (const char *text, char *buffer);

/* ---------------------------------------------------------------- workbook */

typedef struct
{
  HxTableSheet sheet; /* its name is `name` */
  char *name;
  char *part;
} HxSheetEntry;

typedef struct
{
  GArray *sheets; /* HxSheetEntry */
  char *strings_part;
  char *styles_part;
  gboolean epoch_1904;
} HxWorkbook;

void hx_workbook_clear (HxWorkbook *workbook);
gboolean hx_workbook_load (HxWorkbook *workbook, const HxPackage *package,
                           GError **error);

/* ------------------------------------------------------------------ ranges */

#define HX_ROWS_MOST 1048576

/* "B12" is column 1, row 12; FALSE if it is nothing of the kind. */
gboolean hx_reference_parse (const char *text, gsize length, guint *column,
                             guint64 *row);
/* Ranges "A1:B9" that formulas fill, from the row in hand on. */
GArray *hx_ranges_new (void);
gboolean hx_ranges_add (GArray *ranges, const char *reference, GError **error);
/* Forget those that end above. */
void hx_ranges_enter_row (GArray *ranges, guint64 row);
gboolean hx_ranges_hold (const GArray *ranges, guint column);

/* ------------------------------------------------------------------- sheet */

/* What all sheets share; borrowed by the one that is open. */
typedef struct
{
  HxPackage package;
  HxTableLimits limits;
  HxWorkbook workbook;
  HxStrings strings;
  GByteArray *styles;
} HxXlsx;

typedef struct _HxSheet HxSheet;
HxSheet *hx_sheet_open (const HxXlsx *xlsx, const HxSheetEntry *entry,
                        GError **error);
void hx_sheet_free (HxSheet *sheet);
HxTableStep hx_sheet_next (HxSheet *sheet, HxTableRow *row, GError **error);
void hx_sheet_progress (const HxSheet *sheet, guint64 *done, guint64 *total);

#endif
