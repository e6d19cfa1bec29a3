/* Private to exchange: what the two readers share.
 *
 * HxCells gathers one row.  Text goes into one arena that is used again for
 * the next row, so that no cell costs an allocation; cells become visible
 * when the row is finished, since the arena may move while it grows.
 */
#ifndef HX_TABLE_INTERNAL_H
#define HX_TABLE_INTERNAL_H

#include "exchange/exchange.h"

typedef struct
{
  HxTableLimits limits;
  GString *arena;
  HxTableCell *cells;
  gsize *offsets; /* of the text in the arena; G_MAXSIZE: text points away */
  gsize *originals;
  guint capacity;
  guint count; /* up to the last cell begun */
  guint used;  /* cells with content */
  guint current;
} HxCells;

void hx_cells_init (HxCells *cells, const HxTableLimits *limits);
void hx_cells_clear (HxCells *cells);
void hx_cells_reset (HxCells *cells);
/* Begin a cell, append its text in pieces, end it. */
gboolean hx_cells_begin (HxCells *cells, guint column, GError **error);
gboolean hx_cells_append (HxCells *cells, const char *text, gsize length,
                          GError **error);
gboolean hx_cells_end (HxCells *cells, HxCellType type, GError **error);
/* A whole cell at once; `text` is copied. */
gboolean hx_cells_put (HxCells *cells, guint column, HxCellType type,
                       const char *text, GError **error);
/* The same for text that outlives the row and is not copied. */
gboolean hx_cells_borrow (HxCells *cells, guint column, const char *text,
                          GError **error);
/* Copy of the original text of the cell begun last. */
void hx_cells_original (HxCells *cells, const char *text);
/* The cell begun last, for its flags. */
HxTableCell *hx_cells_last (HxCells *cells);
/* Show the row without its empty tail. */
void hx_cells_finish (HxCells *cells, guint64 number, HxTableRow *row);

/* "name 第N行" */
char *hx_where_line (const char *name, guint64 number);

/* What a kind of file does. */
typedef struct
{
  HxTableFormat format;
  void (*close) (gpointer reader);
  const char *(*encoding) (gconstpointer reader);
  guint (*n_sheets) (gconstpointer reader);
  const HxTableSheet *(*sheet) (gconstpointer reader, guint index);
  gboolean (*select) (gpointer reader, guint index, GError **error);
  HxTableStep (*next) (gpointer reader, HxTableRow *row, GError **error);
  void (*progress) (gconstpointer reader, guint64 *done, guint64 *total);
} HxTableClass;

extern const HxTableClass hx_csv_class;
extern const HxTableClass hx_xlsx_class;

gpointer hx_csv_open (const char *path, const HxTableLimits *limits,
                      GError **error);
gpointer hx_xlsx_open (const char *path, const HxTableLimits *limits,
                       GError **error);

#endif
