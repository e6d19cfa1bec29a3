/* The tables of a source, as rows and columns with names.  Private to the
 * room check.
 *
 * A table is cut into blocks, each with its own rows of heads: an official
 * form has one for the money and one for the indicators.  The columns of a
 * block fall into bands, each beginning with the columns that name its rows:
 * 收入支出决算总表 has 收入 on the left and 支出 on the right.
 *
 * A cell that holds a number and nothing else is a term of the reading, in
 * the unit that it states, else its column (金额（万元）), else the words over
 * the table (单位：万元); without any, it counts as a bare number.  These terms
 * live as long as their table.  An empty cell, - or — is nothing.
 *
 * Ownership: a table owns what is in it; the reading must outlive it.
 * Threads: one.
 */
#ifndef HX_CHECK_TABLE_H
#define HX_CHECK_TABLE_H

#include "check/term.h"

G_BEGIN_DECLS

typedef enum
{
  HX_CELL_BLANK,
  HX_CELL_WORDS,
  HX_CELL_NUMBER
} HxCellKind;

typedef struct
{
  HxCellKind kind;
  HxSpan words; /* without the spaces round them */
  guint row, column, rows, columns;
  gboolean is_doubtful; /* (12.30): less than nothing, or a remark */
  guint term;           /* of a number */
} HxTableCell;

#define HX_NO_CELL G_MAXUINT

typedef enum
{
  HX_COLUMN_EMPTY,
  HX_COLUMN_NAME,  /* words */
  HX_COLUMN_CODE,  /* 科目编码 */
  HX_COLUMN_ORDER, /* 行次, 序号 */
  HX_COLUMN_VALUE
} HxColumnKind;

typedef struct
{
  HxColumnKind kind;
  guint band;
  HxSpan head;      /* the lowest words over it; may be empty */
  gboolean is_rate; /* 执行率, 占比, （%）, or numbers with % */
} HxTableColumn;

/* Rows [head, from) are heads, [from, until) hold what they head. */
typedef struct
{
  guint head, from, until;
  HxTableColumn *columns; /* as many as the table has */
  guint bands;
} HxTableBlock;

typedef enum
{
  HX_TOTAL_NOT,
  HX_TOTAL_SUB,  /* 小计 */
  HX_TOTAL_SUM,  /* 合计, 总额 */
  HX_TOTAL_GRAND /* 总计 */
} HxTotalRank;

/* A row of a block, in one of its bands. */
typedef struct
{
  guint row;
  HxSpan name; /* without its mark; may be empty */
  HxSpan code; /* digits; may be empty */
  HxTotalRank total;
  HxMark mark;
  gboolean is_of_which; /* 其中： */
} HxCheckTableRow;

typedef struct
{
  HxReading *reading;
  HxSpan caption; /* the words before it */
  GArray *cells;  /* HxTableCell */
  guint *grid;    /* by row and column: index of a cell, or HX_NO_CELL */
  guint rows, columns;
  GArray *blocks;     /* HxTableBlock */
  guint terms_before; /* of the reading */
} HxCheckTable;

/* NULL: no table that can be read, as one of two cells, or one whose cells
 * span far more than there are.  `before`: the byte where the table before it
 * ended. */
HxCheckTable *hx_check_table_new (HxReading *reading, const HxSourceCell *cells,
                                  guint count, gsize before);
void hx_check_table_free (HxCheckTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxCheckTable, hx_check_table_free)

/* The cell that covers this place; NULL. */
const HxTableCell *hx_check_table_at (const HxCheckTable *table, guint row,
                                      guint column);
/* The number that begins there; HX_NO_TERM. */
guint hx_check_table_term (const HxCheckTable *table, guint row, guint column);
/* The file tells where words stand, not what is a cell: one may be lost, and
 * a page cuts tables in two. */
gboolean hx_check_table_is_seen (const HxCheckTable *table);
/* There is nothing at all: no cell, or one that is blank. */
gboolean hx_check_table_is_blank (const HxCheckTable *table, guint row,
                                  guint column);

/* Finds blocks, kinds of columns and bands.  (table_block.c) */
void hx_check_table_find_blocks (HxCheckTable *table);
/* HxCheckTableRow of the band, those in which it holds anything. */
GArray *hx_check_table_rows (const HxCheckTable *table,
                             const HxTableBlock *block, guint band);
/* What the words say: 合计, 小计, 本年收入合计, 总计. */
HxTotalRank hx_check_table_total (const HxCheckTable *table, HxSpan words);
/* The words hold one of the list, NULL-terminated. */
gboolean hx_check_table_says (const HxCheckTable *table, HxSpan words,
                              const char *const *list);
/* The head cell over a column in one of the rows of heads; NULL. */
const HxTableCell *hx_check_table_head (const HxCheckTable *table, guint row,
                                        guint column);

G_END_DECLS

#endif
