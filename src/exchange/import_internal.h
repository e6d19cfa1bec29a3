#ifndef HX_EXCHANGE_IMPORT_INTERNAL_H
#define HX_EXCHANGE_IMPORT_INTERNAL_H

#include "exchange/exchange.h"

G_BEGIN_DECLS

/* Which column of a sheet fills which field of a kind. */
typedef struct
{
  guint64 number; /* of the header's row */
  guint n_fields;
  const HxField **fields; /* by column; NULL: not imported */
  guint reason_column; /* 失败原因 of a workbook that comes back, or none */
  guint8 *set;         /* one byte a field of the kind: has a column */
  const char **units;  /* by column: "万元", or NULL: the field's own */
  /* With a mapping: by column, NULL; and what tells rows to skip or to count
   * below zero. */
  const HxMapping *mapping;
  GHashTable *chosen; /* of the options, or NULL */
  const HxMappingColumn **mapped;
  GArray *tests;       /* HxImportTest */
  GPtrArray *labels;   /* char *, the header as it stands */
  HxTableCell *header; /* the labels as cells, made when asked for */
} HxImportColumns;

typedef struct
{
  const HxMappingTest *test;
  guint column;         /* not looked at when the test names none */
  gboolean is_negative; /* else: to skip */
} HxImportTest;

typedef struct
{
  const char *name;  /* "元", "万元", "亿元"; NULL: not said, or unknown */
  gboolean is_money; /* something that ends in 元 was said */
} HxImportUnit;

/* "金额（万元）", "金额（单位：万元）". */
HxImportUnit hx_import_unit_of_label (const char *label);
/* A row above the header: "单位：万元". */
HxImportUnit hx_import_unit_of_titles (const HxTableRow *row);
/* A cell says its own unit, which wins. */
gboolean hx_import_unit_is_said (const char *text);

/* Find the header of the selected sheet and match its labels by key, name or
 * alias.  Unknown labels are added to the summary; two columns for one field
 * and a missing identity column are errors; no known label at all is
 * HX_ERROR_NOT_FOUND. */
HxImportColumns *hx_import_columns_find (HxTable *table, const HxKind *kind,
                                         const HxImportOptions *options,
                                         HxImportSummary *summary,
                                         GError **error);
void hx_import_columns_free (HxImportColumns *columns);
/* Sheets of one file must carry the same columns in the same order. */
gboolean hx_import_columns_same (const HxImportColumns *first,
                                 const HxImportColumns *other,
                                 const HxTable *table, GError **error);
/* ----------------------------------------------------------- by a mapping */

/* Is the sheet one of those that the mapping names? */
gboolean hx_import_wants_sheet (const HxMapping *mapping, const HxTable *table,
                                guint sheet);
/* Is the label one of a field, or of a test? */
gboolean hx_import_is_mapped (const HxMapping *mapping, const char *label);
/* Columns and tests by their names; the first name of a column wins. */
gboolean hx_import_columns_map (HxImportColumns *columns, const HxTable *table,
                                GError **error);
gboolean hx_import_is_skipped (const HxImportColumns *columns,
                               const HxTableRow *cells);
gboolean hx_import_is_negative (const HxImportColumns *columns,
                                const HxTableRow *cells);
/* The text of a cell by the mapping's codes, below zero where it is to be;
 * NULL: as it stands. */
char *hx_import_translate (const HxImportColumns *columns, guint column,
                           const char *text, gboolean is_negative);

typedef enum
{
  HX_RECONCILED_NEW,
  HX_RECONCILED_KNOWN,
  HX_RECONCILED_CONTRADICTS
} HxReconciled;

/* What the database says of the row; `row` has its cells, row->id is set.
 * Contradictions are added to the faults, each with both values. */
gboolean hx_import_reconcile (HxLedger *ledger, const HxMapping *mapping,
                              HxRow *row, HxFaults *faults,
                              HxReconciled *verdict, GError **error);

/* The header as a row, borrowed from `columns`. */
void hx_import_columns_header (HxImportColumns *columns, HxTableRow *header);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxImportColumns, hx_import_columns_free)

G_END_DECLS

#endif
