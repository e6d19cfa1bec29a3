/* Private to the reader of workbooks, lowest first:
 *
 *   container  what a file is before it is unpacked, and what it is not
 *   package    the parts of the zip, their relations, their limits
 *   xml        one part, parsed piece by piece and stoppable
 *   text       strings with runs, spaces and escapes
 *   strings    the shared strings;  styles  which cells are dates
 *   number     the decimal that a cell shows; dates from serials
 *   workbook   the list of sheets
 *   ranges     cells that a formula of another cell fills
 *   sheet      one row at a time
 *
 * Namespaces: transitional and strict files differ in nothing that is read
 * here but the namespace, and a file's own prefix is free.  So elements count
 * by their local name if they have the prefix of the document element; others
 * (extensions) have a name that is none of ours.
 */
#ifndef HX_XLSX_INTERNAL_H
#define HX_XLSX_INTERNAL_H

#include "exchange/table_internal.h"

#include <zip.h>

/* --------------------------------------------------------------- container */

/* Refuse, each by its name, what is no zip (compound files, web pages), a zip
 * that is cut, and one with more entries than any workbook has. */
gboolean hx_container_check (const char *path, const char *name,
                             GError **error);

/* ----------------------------------------------------------------- package */

typedef struct
{
  zip_t *zip;
  char *name; /* of the file, for messages */
  HxTableLimits limits;
} HxPackage;

typedef struct
{
  char *id;
  char *type; /* last word of the relation's type: "worksheet" */
  char *part; /* path of the part meant, from the root of the package */
} HxRelation;

/* A part being read. */
typedef struct
{
  const HxPackage *package;
  char *path;
  zip_file_t *file;
  guint64 size;
  guint64 packed;
  guint64 done;
} HxPart;

gboolean hx_package_open (HxPackage *package, const char *path,
                          const HxTableLimits *limits, GError **error);
void hx_package_close (HxPackage *package);
/* Set an error that names file and part (or NULL). Returns FALSE. */
gboolean hx_package_fail (const HxPackage *package, HxErrorCode code,
                          const char *what, const char *part,
                          const char *what_to_do, GError **error);
gboolean hx_package_has (const HxPackage *package, const char *part);

HxPart *hx_part_open (const HxPackage *package, const char *path,
                      GError **error);
/* Up to `size` bytes; *length 0 at the end, when the checksum was right. */
gboolean hx_part_read (HxPart *part, void *buffer, gsize size, gsize *length,
                       GError **error);
void hx_part_close (HxPart *part);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxPart, hx_part_close)

/* What `source` ("" for the package) points at: HxRelation *; none if there is
 * no such list. */
GPtrArray *hx_package_relations (const HxPackage *package, const char *source,
                                 GError **error);
const HxRelation *hx_relation_of_type (const GPtrArray *relations,
                                       const char *type);
const HxRelation *hx_relation_of_id (const GPtrArray *relations,
                                     const char *id);

/* --------------------------------------------------------------------- xml */

typedef struct
{
  const char *root; /* name the document element must have, NULL: any */
  /* depth: 1 is the document element. `end` and `text` may be NULL. */
  gboolean (*start) (gpointer data, guint depth, const char *name,
                     const char **attributes, GError **error);
  gboolean (*end) (gpointer data, guint depth, const char *name,
                   GError **error);
  gboolean (*text) (gpointer data, const char *text, gsize length,
                    GError **error);
} HxXmlHandlers;

typedef struct _HxXml HxXml;

typedef enum
{
  HX_XML_PAUSED,
  HX_XML_END,
  HX_XML_FAIL
} HxXmlStep;

HxXml *hx_xml_open (const HxPackage *package, const char *part,
                    const HxXmlHandlers *handlers, gpointer data,
                    GError **error);
void hx_xml_free (HxXml *xml);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxXml, hx_xml_free)
/* Parse until a handler pauses or the part ends; call again to go on. */
HxXmlStep hx_xml_step (HxXml *xml, GError **error);
/* From an end handler: return from hx_xml_step when the handler is done. */
void hx_xml_pause (HxXml *xml);
void hx_xml_progress (const HxXml *xml, guint64 *done, guint64 *total);
/* A whole part. */
gboolean hx_xml_read (const HxPackage *package, const char *part,
                      const HxXmlHandlers *handlers, gpointer data,
                      GError **error);
/* The value of an attribute by its local name, or NULL. */
const char *hx_xml_attribute (const char **attributes, const char *name);
/* TRUE for "1" and "true". */
gboolean hx_xml_is_true (const char *value);
/* A whole number without sign up to `most`; FALSE for anything else. */
gboolean hx_xml_number (const char *value, guint64 most, guint64 *number);

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
                          const char *part, GError **error);
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
