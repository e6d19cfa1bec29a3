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
  GPtrArray *labels;   /* char *, the header as it stands */
  HxTableCell *header; /* the labels as cells, made when asked for */
} HxImportColumns;

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
                                         HxImportSummary *summary,
                                         GError **error);
void hx_import_columns_free (HxImportColumns *columns);
/* Sheets of one file must carry the same columns in the same order. */
gboolean hx_import_columns_same (const HxImportColumns *first,
                                 const HxImportColumns *other,
                                 const HxTable *table, GError **error);
/* The header as a row, borrowed from `columns`. */
void hx_import_columns_header (HxImportColumns *columns, HxTableRow *header);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxImportColumns, hx_import_columns_free)

G_END_DECLS

#endif
