/* exchange: tables in from the programs of an office, tables out to them.
 *
 * A reader pulls the rows of one CSV or XLSX file one by one and never holds
 * more than one row of a sheet; a writer makes workbooks row by row; neither
 * knows what a row means.  The import does: it brings the rows of a file into
 * one kind of the ledger.
 *
 * Ownership: `_open`/`_new` own, `_free` takes NULL.  Whatever a reader shows
 * (cells, sheet names) is borrowed from it; a row lives until the next call
 * on its table.  A table or writer belongs to one thread at a time.
 */
#ifndef HX_EXCHANGE_H
#define HX_EXCHANGE_H

#include "budget/budget.h"
#include "catalogue/mapping.h"
#include "ledger/history.h"
#include "measure/measure.h"

G_BEGIN_DECLS

/* ----------------------------------------------------------- limits
 *
 * A file comes from outside: each thing that could grow has its maximum.
 * Passing one is a HX_ERROR_LIMIT that names the maximum and the place.
 */

typedef struct
{
  guint64 file_bytes;    /* the file on disk */
  guint64 entry_bytes;   /* one unpacked part of a workbook */
  guint entry_ratio;     /* unpacked : packed, asked beyond 8 MiB */
  gsize strings_bytes;   /* all shared strings of a workbook together */
  gsize row_bytes;       /* text of one row */
  guint columns;         /* highest column that may be named */
  guint cells;           /* cells with content in one row */
  guint cell_characters; /* Unicode characters in one cell */
} HxTableLimits;

/* 4 GiB, 4 GiB, 200, 128 MiB, 4 MiB, 16384, 1024, 32767. */
void hx_table_limits_default (HxTableLimits *limits);

/* ------------------------------------------------------------ cells */

typedef enum
{
  HX_CELL_EMPTY, /* text is "" */
  HX_CELL_TEXT,
  HX_CELL_NUMBER, /* plain decimal: "-12.5", "100000", never "1E5" */
  HX_CELL_DATE,   /* "2023-03-05", or "2023-03-05 14:30:00" */
  HX_CELL_TIME,   /* "14:30:00": a time of day without a date */
  HX_CELL_BOOL,   /* "1" or "0" */
  HX_CELL_ERROR,  /* "#N/A" and its like */
} HxCellType;

/* A CSV knows only text.  In a workbook:
 *
 * - `formula`: the text is what the program last worked out and kept;
 *   `uncached`: it kept nothing (text is ""), the file must be opened and
 *   saved once in Excel or WPS.
 * - `original` is what a number is in the file ("9.9999919330101E+17"), NULL
 *   for other cells; `lossy` marks a whole number of more than 15 digits,
 *   which such programs cannot hold: an ID number typed as a number has lost
 *   its last digits for good.
 */
typedef struct
{
  const char *text; /* valid UTF-8, never NULL */
  const char *original;
  HxCellType type;
  gboolean formula;
  gboolean uncached;
  gboolean lossy;
} HxTableCell;

typedef struct
{
  guint64 number; /* in the file, from 1: sheet row, or first line in a CSV */
  guint n_cells;  /* to the last cell with content; gaps are HX_CELL_EMPTY */
  const HxTableCell *cells;
} HxTableRow;

/* The text of a column, "" beyond the row's end. */
const char *hx_table_row_text (const HxTableRow *row, guint column);

/* ------------------------------------------------------------ reader */

typedef struct _HxTable HxTable;

typedef enum
{
  HX_TABLE_CSV,
  HX_TABLE_XLSX
} HxTableFormat;

typedef enum
{
  HX_TABLE_ROW, /* a row was read */
  HX_TABLE_END, /* the sheet has no more */
  HX_TABLE_FAIL /* error is set; the table can be freed or a sheet selected */
} HxTableStep;

typedef struct
{
  const char *name;
  gboolean hidden;
} HxTableSheet;

/* The kind of file is taken from its content, not its name.
 *
 * XLSX: as saved by Excel, WPS, LibreOffice; transitional or strict.  Refused,
 * each with an error of its own: legacy .xls and encrypted workbooks, web pages
 * named .xls, damaged or cut files, a document type or entities in the XML.
 *
 * CSV (RFC 4180): comma, tab or semicolon, found on the header line; CRLF, LF
 * or CR; UTF-8 with or without mark, UTF-16 with mark, else GB18030.  The
 * first MiB decides; a byte sequence that is not text in that encoding, a NUL,
 * a quote that never ends are errors that name the line.
 *
 * limits NULL takes the default.  The first visible sheet is selected. */
HxTable *hx_table_open (const char *path, const HxTableLimits *limits,
                        GError **error);
void hx_table_free (HxTable *table);
HxTableFormat hx_table_format (const HxTable *table);
/* "UTF-8", "GB18030", "UTF-16LE" or "UTF-16BE"; a workbook is "UTF-8". */
const char *hx_table_encoding (const HxTable *table);

guint hx_table_n_sheets (const HxTable *table); /* a CSV has one */
/* index < n_sheets. The sheet of a CSV is named after the file. */
const HxTableSheet *hx_table_sheet (const HxTable *table, guint index);
guint hx_table_selected (const HxTable *table);
/* Start a sheet, from its first row; also to read it once more. */
gboolean hx_table_select_sheet (HxTable *table, guint index, GError **error);

/* The next row with content; rows without any are passed over. */
HxTableStep hx_table_next (HxTable *table, HxTableRow *row, GError **error);

/* Bytes of the selected sheet read so far, and its size: for a progress bar. */
void hx_table_progress (const HxTable *table, guint64 *done, guint64 *total);

/* "名册.xlsx 第12行" (caller frees): where an error of row 12 is. */
char *hx_table_where (const HxTable *table, guint64 number);

/* ------------------------------------------------------------ header */

#define HX_TABLE_HEADER_ROWS 20

/* How many cells of the row are labels that the caller knows. */
typedef guint (*HxTableKnown) (const HxTableRow *row, gpointer data);

/* Among the first HX_TABLE_HEADER_ROWS rows with content of the selected
 * sheet, the one with most known labels (the first of equals) is the header:
 * titles stand above it.  It is left in *header, and hx_table_next goes on
 * behind it.  HX_ERROR_NOT_FOUND if no row has a known label. */
gboolean hx_table_find_header (HxTable *table, HxTableKnown known,
                               gpointer data, HxTableRow *header,
                               GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxTable, hx_table_free)

/* ------------------------------------------------------------ writer
 *
 * One sheet of text cells: bold header, first row frozen, autofilter, every
 * column in text format, so that an ID number or 001 stays what it is when the
 * sheet is corrected by hand.  Rows go to disk as they come.  The file is
 * written beside and renamed when finished; freeing an unfinished writer
 * leaves nothing.
 */

typedef struct _HxWorkbookWriter HxWorkbookWriter;

/* sheet: at most 31 characters without []:*?/\ */
HxWorkbookWriter *hx_workbook_writer_new (const char *path, const char *sheet,
                                          GError **error);
/* The labels, once, before any row. */
gboolean hx_workbook_writer_header (HxWorkbookWriter *writer,
                                    const char *const *labels, guint n_labels,
                                    GError **error);
/* NULL and "" leave a cell empty. */
gboolean hx_workbook_writer_row (HxWorkbookWriter *writer,
                                 const char *const *texts, guint n_texts,
                                 GError **error);
gboolean hx_workbook_writer_finish (HxWorkbookWriter *writer, GError **error);
void hx_workbook_writer_free (HxWorkbookWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxWorkbookWriter, hx_workbook_writer_free)

/* The workbook of failed rows: the columns of `header` as they were, then
 * 失败原因 and 原行号.  Columns of those two names in the input (a corrected
 * workbook comes back) are left out.  Cells beyond the header have no column
 * and are dropped. */
#define HX_LABEL_REASON N_ ("失败原因")
#define HX_LABEL_ROW N_ ("原行号")

typedef struct _HxFailureWriter HxFailureWriter;
HxFailureWriter *hx_failure_writer_new (const char *path,
                                        const HxTableRow *header,
                                        GError **error);
gboolean hx_failure_writer_row (HxFailureWriter *writer, const HxTableRow *row,
                                const char *reason, GError **error);
gboolean hx_failure_writer_finish (HxFailureWriter *writer, GError **error);
void hx_failure_writer_free (HxFailureWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxFailureWriter, hx_failure_writer_free)

/* ------------------------------------------------------------ import
 *
 * Columns are matched to the kind's fields by key, name or alias, whatever
 * stands in brackets left out; a column of no field is named, not read.  Each
 * row below the header goes through the ledger's checks and ends as exactly
 * one of added, changed, unchanged or failed; a row that repeats the identity
 * of an earlier row of the same file is a failed one.
 *
 * The whole file is one write of the store: a file that cannot be read to its
 * end, a formula in a column that would be imported, a full disk leave the
 * database as it was.  Rows that fail do not stop the others, unless
 * all_or_nothing is set.
 *
 * With a mapping (catalogue/mapping.h) columns are found by its names alone,
 * rows that it skips are counted and not read, and what is there already is
 * reconciled, never changed: a row whose identity is known is `unchanged` when
 * it says the same in the mapping's `agree`, else contradicting, named with
 * both values.  Such an import is all or nothing: one failed or contradicting
 * row and nothing is kept; with skip_contradictions the contradicting ones are
 * left out and the rest is kept.
 */

typedef struct
{
  gboolean dry_run;         /* do everything, keep nothing */
  gboolean all_or_nothing;  /* one failed row: keep nothing */
  const HxMapping *mapping; /* or NULL */
  /* Without a mapping, columns chosen by hand: the heading as it stands → key
   * of the field, "" of none; headings that are not in it go by their names.
   * NULL: all do. */
  GHashTable *chosen;
  gboolean skip_contradictions; /* with a mapping */
  const char *errors_path;      /* workbook of the failed rows, or NULL */
  HxEffect effect;              /* when changes of dated fields take effect */
  const char *after_issue;      /* see hx_ledger_correct; NULL: none */
  HxAuthor author;
  /* Each failed row as it is found, or NULL; called on the writer's thread. */
  void (*failed) (const char *where, const char *reason, gpointer data);
  HxProgress progress; /* bytes of the sheet, or NULL; the same thread */
  gpointer data;       /* for both */
} HxImportOptions;

typedef struct
{
  guint64 rows; /* = added + changed + unchanged + failed + contradicting */
  guint64 added, changed, unchanged, failed;
  guint64 contradicting, skipped; /* 0 without a mapping */
  gboolean kept;                  /* the database has it */
  GPtrArray *unknown_columns;     /* char * */
  GPtrArray *skipped_sheets;      /* char *: without a header that fits */
  GPtrArray *warnings;            /* char *: see hx_ledger_warnings */
  guint64 n_warnings;
  /* HxBudgetPaid of the lines that have payments, before and after the import;
   * NULL unless it is one of payments with a mapping. */
  GPtrArray *paid_before, *paid_after;
} HxImportSummary;

void hx_import_summary_init (HxImportSummary *summary);
void hx_import_summary_clear (HxImportSummary *summary);

/* How the columns of a file would be taken, without taking anything. */
typedef struct
{
  char *label;          /* as it stands */
  const HxField *field; /* NULL: of none */
  GPtrArray *samples;   /* char *: the first cells below it */
} HxImportColumn;

typedef struct
{
  char *sheet;        /* the first that has a header */
  guint64 header;     /* its row */
  GPtrArray *columns; /* HxImportColumn */
  GPtrArray *missing; /* HxField: required, without a column or default */
} HxImportPreview;

void hx_import_preview_clear (HxImportPreview *preview);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxImportPreview, hx_import_preview_clear)

/* At most `rows` cells of each column.  `options` may be NULL; of it mapping
 * and chosen count.  Errors are those of hx_import. */
gboolean hx_import_preview (const HxKind *kind, const char *path,
                            const HxImportOptions *options, guint rows,
                            HxImportPreview *preview, GError **error);

/* TRUE also with failed rows: see the summary, which is made in any case and
 * wants clearing.  FALSE with *error: nothing was kept, and no workbook of
 * failed rows written. */
gboolean hx_import (HxStore *store, HxCatalogue *catalogue, const HxKind *kind,
                    const char *path, const HxImportOptions *options,
                    HxImportSummary *summary, GError **error);

G_END_DECLS

#endif
