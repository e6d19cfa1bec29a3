/* Claims inside tables.  Private to the room check.
 *
 * A relation says one thing about several cells: that the row 合计 is the sum
 * of the rows above, in each column; that 执行率 is 执行数 to 预算数, in each
 * row.  Whether it is meant is not written anywhere; where it holds in most
 * places it is, and then it is an error where it does not.
 */
#ifndef HX_CHECK_FIND_TABLE_H
#define HX_CHECK_FIND_TABLE_H

#include "check/group.h"
#include "check/table.h"

G_BEGIN_DECLS

typedef struct
{
  HxSearch *search;
  const HxCheckTable *table;
  const HxTableBlock *block;
  guint block_index;
  GArray **rows;     /* HxCheckTableRow, by band */
  GHashTable *names; /* of the source: hx_check_table_collect */
} HxTableSearch;

typedef struct
{
  const HxTableSearch *search;
  guint band;
  HxClaimKind kind;
  const char *formula;
  const char *how;     /* 各行相加 */
  gboolean is_sure;    /* the words say it: believed of a slip */
  gboolean is_certain; /* the form says it: believed at once */
  GArray *equations;   /* private */
  guint holds, strong, single, fails, slips;
} HxCheckRelation;

void hx_check_relation_clear (HxCheckRelation *relation);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxCheckRelation, hx_check_relation_clear)

/* The cell at (row, column) is what the operands (cells in the same order as
 * the signs; NULL: all 1) give; of a ratio the two make one.  Left out when
 * one is no number that can be trusted, or all is nought. */
void hx_check_relation_add (HxCheckRelation *relation,
                            const HxCheckTableRow *row, guint column,
                            const GArray *operands, const int *signs);
gboolean hx_check_relation_is_meant (const HxCheckRelation *relation);
/* Adds the claims. */
void hx_check_relation_tell (const HxCheckRelation *relation);

/* A column whose numbers may be added. */
gboolean hx_check_table_is_summable (const HxTableSearch *search, guint column);
/* 分值, 得分. */
gboolean hx_check_table_is_points (const HxCheckTable *table,
                                   const HxTableBlock *block, guint column);

/* “合计”行“执行数”列. */
char *hx_check_table_place (const HxTableSearch *search,
                            const HxCheckTableRow *row, guint column);

/* 合计 rows, classes by code, marks. */
void hx_find_table_rows (const HxTableSearch *search, guint band);
/* What only an official form says: points that its blocks share, 公用经费合计
 * over several bands, 收入总计 and 支出总计.  (find_table_form.c) */
void hx_find_table_forms (const HxTableSearch *search);
/* 合计 columns, rates, changes, what is left. */
void hx_find_table_columns (const HxTableSearch *search, guint band);

/* The amounts of a source's tables that have a name of their own, and what
 * sentences say of them.  (find_table_text.c) */
GHashTable *hx_check_table_names_new (void);
void hx_check_table_collect (const HxTableSearch *search);
void hx_check_table_compare (HxSearch *search, HxReading *reading,
                             GHashTable *names);

G_END_DECLS

#endif
