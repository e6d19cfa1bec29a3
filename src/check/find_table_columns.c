/* Columns that follow from others.
 *
 * Heads stand in a tree: what stands beside 合计 under the same head is what
 * it adds up, and of a head with a 小计 below it that one alone.  Of rates and
 * changes the heads say which columns may be meant (执行数 and 预算数; 本年 and
 * 上年); those are taken that hold in most rows.
 */
#include "check/find_table.h"

#define COLUMNS_MOST 16 /* of numbers in a band, for what is tried in pairs */

typedef struct
{
  const HxTableSearch *search;
  guint band;
  guint columns[COLUMNS_MOST]; /* of values */
  guint count;
} Band;

static HxSpan
head_of (const Band *band, guint column)
{
  return band->search->block->columns[column].head;
}

static gboolean
head_says (const Band *band, guint column, const char *const *list)
{
  return hx_check_table_says (band->search->table, head_of (band, column),
                              list);
}

static gboolean
is_rate (const Band *band, guint column)
{
  return band->search->block->columns[column].is_rate;
}

/* The words of all heads over a column hold one of the list. */
static gboolean
path_says (const Band *band, guint column, const char *const *list)
{
  const HxCheckTable *table = band->search->table;
  const HxTableBlock *block = band->search->block;

  for (guint row = block->head; row < block->from; row++)
    {
      const HxTableCell *cell = hx_check_table_head (table, row, column);

      if (cell != NULL && hx_check_table_says (table, cell->words, list))
        return TRUE;
    }
  return FALSE;
}

/* ------------------------------------------------------------------ per row */

/* The equation of each row: `from` the columns of the operands. */
static void
add_rows (HxCheckRelation *relation, guint band, guint stated,
          const GArray *from, const int *signs)
{
  const HxCheckTable *table = relation->search->table;
  const GArray *rows = relation->search->rows[band];

  for (guint i = 0; i < rows->len; i++)
    {
      const HxCheckTableRow *row = &g_array_index (rows, HxCheckTableRow, i);
      g_autoptr (GArray) operands = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (int));
      gboolean is_whole = TRUE;

      for (guint j = 0; j < from->len && is_whole; j++)
        {
          const guint column = g_array_index (from, guint, j);
          const HxTableCell *cell = hx_check_table_at (table, row->row, column);
          const guint term = hx_check_table_term (table, row->row, column);
          const int sign = signs == NULL ? 1 : signs[j];

          if (hx_check_table_is_blank (table, row->row, column))
            continue;
          is_whole = term != HX_NO_TERM && !cell->is_doubtful;
          g_array_append_val (operands, term);
          g_array_append_val (kept, sign);
        }
      if (is_whole)
        hx_check_relation_add (relation, row, stated, operands,
                               (const int *)(gpointer)kept->data);
    }
}

/* ------------------------------------------------------------- 合计 columns */

/* The lowest head over `column` that spans more than it, as first and last
 * column; without one, FALSE and the band. */
static gboolean
find_span (const Band *band, guint column, guint *first, guint *last,
           guint *row)
{
  const HxCheckTable *table = band->search->table;
  const HxTableBlock *block = band->search->block;

  *first = band->columns[0];
  *last = band->columns[band->count - 1];
  for (*row = block->head; *row + 1 < block->from; ++*row)
    if (hx_check_table_head (table, *row, column) != NULL)
      break;
  for (guint i = block->from; i-- > block->head;)
    {
      const HxTableCell *cell = hx_check_table_head (table, i, column);

      if (cell == NULL || cell->columns < 2)
        continue;
      *first = MAX (*first, cell->column);
      *last = MIN (*last, cell->column + cell->columns - 1);
      *row = cell->row + cell->rows;
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_total (const Band *band, guint column)
{
  return hx_check_table_total (band->search->table, head_of (band, column))
         != HX_TOTAL_NOT;
}

static gboolean
is_part (const Band *band, guint column)
{
  static const char *const others[]
      = { "其中",   "上年", "增减", "比上", "占", "备注",
          "预算数", "结转", "结余", "人数", NULL };

  return hx_check_table_is_summable (band->search, column)
         && !is_rate (band, column) && !head_says (band, column, others);
}

/* Of the columns under one head its 小计 or 合计, if it has one. */
static guint
total_under (const Band *band, guint row, guint column)
{
  const HxTableCell *group
      = row < band->search->block->from
            ? hx_check_table_head (band->search->table, row, column)
            : NULL;

  if (group == NULL || group->columns < 2)
    return HX_NO_CELL;
  for (guint i = 0; i < band->count; i++)
    if (band->columns[i] >= group->column
        && band->columns[i] < group->column + group->columns
        && is_total (band, band->columns[i]))
      return band->columns[i];
  return HX_NO_CELL;
}

/* The columns in [first, last] that make up `total`, which is one of the two
 * ends; FALSE: there is one that is no part of anything. */
static gboolean
parts_of (const Band *band, guint total, guint row, GArray *parts)
{
  for (guint i = 0; i < band->count; i++)
    {
      const guint column = band->columns[i];
      const guint inner = total_under (band, row, column);

      if (column == total || (inner != HX_NO_CELL && inner != column))
        continue;
      if (!is_part (band, column))
        return FALSE;
      g_array_append_val (parts, column);
    }
  return parts->len > 0;
}

static Band
narrow (const Band *band, guint first, guint last)
{
  Band narrow = { .search = band->search, .band = band->band };

  for (guint i = 0; i < band->count; i++)
    if (band->columns[i] >= first && band->columns[i] <= last)
      narrow.columns[narrow.count++] = band->columns[i];
  return narrow;
}

static gboolean
is_of_trips (const Band *band, const GArray *parts)
{
  static const char *const names[]
      = { "因公出国", "公务接待", "公务用车", NULL };

  for (guint i = 0; i < parts->len; i++)
    if (head_says (band, g_array_index (parts, guint, i), names))
      return TRUE;
  return FALSE;
}

static void
find_total (const Band *band, guint total)
{
  g_auto (HxCheckRelation) relation = { .search = band->search,
                                        .kind = HX_CLAIM_SUM,
                                        .formula = "a+b+…",
                                        .how = N_ ("各列相加") };
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (guint));
  guint first = 0;
  guint last = 0;
  guint row = 0;
  Band under;
  gboolean is_under = FALSE;

  is_under = find_span (band, total, &first, &last, &row);
  under = narrow (band, first, last);
  if (under.count < (is_under ? 2 : 3)
      || (total != under.columns[0] && total != under.columns[under.count - 1])
      || !parts_of (&under, total, row, parts))
    return;
  relation.is_sure = is_of_trips (band, parts);
  add_rows (&relation, band->band, total, parts, NULL);
  if (hx_check_relation_is_meant (&relation))
    hx_check_relation_tell (&relation);
}

/* -------------------------------------------------------------- from others */

typedef struct
{
  HxClaimKind kind;
  const char *formula;
  const char *how;
  int signs[3];
  guint count;
} Shape;

static const Shape ratio
    = { HX_CLAIM_RATIO, "a/b*100", N_ ("两数相除"), { 1, 1 }, 2 };
static const Shape rise = {
  HX_CLAIM_GROWTH, "(cur-prev)/prev*100", N_ ("增减额除以上年数"), { 1, -1 }, 2
};
static const Shape difference
    = { HX_CLAIM_DIFFERENCE, "a-b", N_ ("两数相减"), { 1, -1 }, 2 };
static const Shape adjusted
    = { HX_CLAIM_SUM, "a+b+…", N_ ("两数相加"), { 1, 1 }, 2 };
static const Shape carried = {
  HX_CLAIM_DIFFERENCE, "a+b-c", N_ ("年初加收入减支出"), { 1, 1, -1 }, 3
};

static void
fill (HxCheckRelation *relation, const Band *band, const Shape *shape,
      guint stated, const guint *columns)
{
  g_autoptr (GArray) from = g_array_new (FALSE, FALSE, sizeof (guint));

  *relation = (HxCheckRelation){ .search = band->search,
                                 .kind = shape->kind,
                                 .formula = shape->formula,
                                 .how = shape->how };
  g_array_append_vals (from, columns, shape->count);
  add_rows (relation, band->band, stated, from, shape->signs);
}

/* Which columns may be an operand. */
typedef gboolean (*MayBe) (const Band *band, guint column);

typedef struct
{
  const Band *band;
  const Shape *shape;
  const MayBe *may_be; /* as many as the shape has operands */
  guint stated;
  guint tried;
  gboolean is_sure; /* when only one choice of columns is there */
  HxCheckRelation best;
} Trial;

static gboolean
is_better (const HxCheckRelation *one, const HxCheckRelation *other)
{
  if (one->holds != other->holds)
    return one->holds > other->holds;
  return one->fails < other->fails;
}

static void
try_columns (Trial *trial, guint *columns, guint chosen)
{
  HxCheckRelation relation;

  if (chosen == trial->shape->count)
    {
      fill (&relation, trial->band, trial->shape, trial->stated, columns);
      if (trial->tried++ == 0 || is_better (&relation, &trial->best))
        {
          HxCheckRelation worse = trial->best;

          trial->best = relation;
          relation = worse;
        }
      hx_check_relation_clear (&relation);
      return;
    }
  for (guint i = 0; i < trial->band->count; i++)
    {
      const guint column = trial->band->columns[i];
      gboolean is_taken = column == trial->stated;

      for (guint j = 0; j < chosen; j++)
        is_taken = is_taken || columns[j] == column;
      if (is_taken || !trial->may_be[chosen](trial->band, column))
        continue;
      columns[chosen] = column;
      try_columns (trial, columns, chosen + 1);
    }
}

/* Tells the choice of columns that holds in most rows. */
static void
find_best (Trial *trial)
{
  guint columns[3] = { 0 };

  try_columns (trial, columns, 0);
  trial->best.is_sure = trial->is_sure && trial->tried == 1;
  if (trial->tried > 0
      && (trial->best.holds >= 2 || trial->best.is_sure
          || trial->best.fails == 0)
      && hx_check_relation_is_meant (&trial->best))
    hx_check_relation_tell (&trial->best);
  hx_check_relation_clear (&trial->best);
}

/* -------------------------------------------------------------- what heads say
 */

static gboolean
is_change (const Band *band, guint column)
{
  static const char *const words[]
      = { "增减", "增加", "减少", "增长", "变动", "差异",
          "比上", "较上", "同比", "差额", NULL };

  return path_says (band, column, words);
}

static gboolean
is_amount (const Band *band, guint column)
{
  static const char *const others[] = { "分值", "得分", "权重", "备注", NULL };

  return !is_rate (band, column) && !head_says (band, column, others);
}

static gboolean
is_plain_amount (const Band *band, guint column)
{
  return is_amount (band, column) && !is_change (band, column);
}

static gboolean
is_done (const Band *band, guint column)
{
  static const char *const words[]
      = { "执行", "决算", "实际", "完成", "支付", "使用", "支出数", NULL };

  return is_amount (band, column) && path_says (band, column, words);
}

static gboolean
is_base (const Band *band, guint column)
{
  static const char *const words[] = { "预算", "计划", "下达", "安排", NULL };

  return is_amount (band, column) && path_says (band, column, words)
         && !is_done (band, column);
}

static gboolean
is_opening (const Band *band, guint column)
{
  static const char *const words[] = { "年初结转", "上年结转", NULL };

  return path_says (band, column, words);
}

static gboolean
is_income (const Band *band, guint column)
{
  static const char *const words[] = { "本年收入", NULL };

  return path_says (band, column, words);
}

static gboolean
is_spending (const Band *band, guint column)
{
  static const char *const words[] = { "本年支出", NULL };

  return path_says (band, column, words);
}

static gboolean
is_closing (const Band *band, guint column)
{
  static const char *const words[] = { "年末结转", NULL };

  return path_says (band, column, words);
}

static gboolean
is_left (const Band *band, guint column)
{
  static const char *const words[]
      = { "结余", "结转", "未执行", "剩余", "未支付", "未支出", NULL };

  return path_says (band, column, words) && !is_opening (band, column)
         && !is_rate (band, column);
}

static gboolean
is_first_budget (const Band *band, guint column)
{
  static const char *const words[] = { "年初", NULL };

  return is_base (band, column) && path_says (band, column, words);
}

static gboolean
is_adjustment (const Band *band, guint column)
{
  static const char *const words[] = { "调整", "调剂", "追加", NULL };
  static const char *const others[] = { "调整后", "调整预算数", NULL };

  return is_amount (band, column) && head_says (band, column, words)
         && !head_says (band, column, others);
}

static gboolean
is_adjusted (const Band *band, guint column)
{
  static const char *const words[]
      = { "调整后", "全年预算", "调整预算数", NULL };

  return head_says (band, column, words);
}

static gboolean
is_rate_of_done (const Band *band, guint column)
{
  static const char *const words[]
      = { "执行率",   "完成率",   "支出率",   "支付率", "使用率",
          "支出进度", "执行进度", "资金进度", NULL };

  return head_says (band, column, words);
}

static gboolean
is_rate_of_change (const Band *band, guint column)
{
  return is_rate (band, column) && is_change (band, column);
}

static gboolean
is_change_of_amount (const Band *band, guint column)
{
  return is_amount (band, column) && is_change (band, column);
}

static const MayBe done_and_base[] = { is_done, is_base };
static const MayBe two_amounts[] = { is_plain_amount, is_plain_amount };
static const MayBe base_and_done[] = { is_base, is_done };
static const MayBe first_and_change[] = { is_first_budget, is_adjustment };
static const MayBe opening_income_spending[]
    = { is_opening, is_income, is_spending };

static const struct
{
  MayBe is_stated;
  const Shape *shape;
  const MayBe *may_be;
  gboolean is_sure;
} rules[] = {
  { is_rate_of_done, &ratio, done_and_base, TRUE },
  { is_rate_of_change, &rise, two_amounts, FALSE },
  { is_change_of_amount, &difference, two_amounts, FALSE },
  { is_left, &difference, base_and_done, FALSE },
  { is_adjusted, &adjusted, first_and_change, FALSE },
  { is_closing, &carried, opening_income_spending, FALSE },
};

/* ------------------------------------------------------------------- shares */

static guint
total_of (const Band *band, guint column)
{
  const GArray *rows = band->search->rows[band->band];
  guint total = HX_NO_TERM;

  for (guint i = 0; i < rows->len; i++)
    {
      const HxCheckTableRow *row = &g_array_index (rows, HxCheckTableRow, i);

      if (row->total >= HX_TOTAL_SUM)
        total = hx_check_table_term (band->search->table, row->row, column);
    }
  return total;
}

/* Each row's part of the row 合计, in the column `of`. */
static void
fill_shares (HxCheckRelation *relation, const Band *band, guint column,
             guint of)
{
  const HxTableSearch *search = band->search;
  const GArray *rows = search->rows[band->band];
  const guint total = total_of (band, of);

  *relation = (HxCheckRelation){ .search = search,
                                 .kind = HX_CLAIM_RATIO,
                                 .formula = "a/b*100",
                                 .how = N_ ("除以合计") };
  for (guint i = 0; i < rows->len && total != HX_NO_TERM; i++)
    {
      const HxCheckTableRow *row = &g_array_index (rows, HxCheckTableRow, i);
      const guint part = hx_check_table_term (search->table, row->row, of);
      g_autoptr (GArray) operands = g_array_new (FALSE, FALSE, sizeof (guint));

      if (part == HX_NO_TERM || part == total)
        continue;
      g_array_append_val (operands, part);
      g_array_append_val (operands, total);
      hx_check_relation_add (relation, row, column, operands, NULL);
    }
}

static void
find_share (const Band *band, guint column)
{
  static const char *const words[] = { "占", "比重", "构成", NULL };
  g_auto (HxCheckRelation) best = { 0 };

  if (!is_rate (band, column) || !path_says (band, column, words))
    return;
  for (guint i = 0; i < band->count; i++)
    {
      HxCheckRelation relation;

      if (!is_plain_amount (band, band->columns[i]))
        continue;
      fill_shares (&relation, band, column, band->columns[i]);
      if (is_better (&relation, &best))
        {
          const HxCheckRelation worse = best;

          best = relation;
          relation = worse;
        }
      hx_check_relation_clear (&relation);
    }
  if (best.holds >= 2 && hx_check_relation_is_meant (&best))
    hx_check_relation_tell (&best);
}

void
hx_find_table_columns (const HxTableSearch *search, guint band)
{
  Band now = { .search = search, .band = band };

  for (guint column = 0; column < search->table->columns; column++)
    if (search->block->columns[column].band == band
        && search->block->columns[column].kind == HX_COLUMN_VALUE)
      {
        if (now.count == COLUMNS_MOST)
          return;
        now.columns[now.count++] = column;
      }
  for (guint i = 0; i < now.count; i++)
    {
      if (is_total (&now, now.columns[i]))
        find_total (&now, now.columns[i]);
      find_share (&now, now.columns[i]);
      for (gsize rule = 0; rule < G_N_ELEMENTS (rules); rule++)
        {
          Trial trial = { .band = &now,
                          .shape = rules[rule].shape,
                          .may_be = rules[rule].may_be,
                          .stated = now.columns[i],
                          .is_sure = rules[rule].is_sure };

          if (rules[rule].is_stated (&now, now.columns[i]))
            find_best (&trial);
        }
    }
}
