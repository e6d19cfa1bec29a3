/* What the official forms say, beyond the words 合计 and 总计.
 *
 * A self-evaluation gives 10 of its 100 points to the execution of the budget,
 * in the block of the money, and the rest to the indicators below; 总分 adds
 * both.  In the table of basic spending 公用经费合计 stands under the last of
 * three bands and adds the classes but 301 and 303 of all of them.  What came
 * in and what went out end with the same 总计. */
#include "check/find_table.h"

#include <string.h>

static const HxCheckTableRow *
row_at (const GArray *rows, guint index)
{
  return &g_array_index (rows, HxCheckTableRow, index);
}

static gboolean
is_named (const HxTableSearch *search, const HxCheckTableRow *row,
          const char *name)
{
  return hx_words_end_with (search->table->reading->words, row->name.from,
                            row->name.until, name);
}

/* ------------------------------------------------------------------- points
 */

/* Both heads name the same kind of points. */
static gboolean
is_same (const HxCheckTable *table, HxSpan a, HxSpan b)
{
  static const char *const points[] = { "分值", "得分", "权重" };

  for (gsize i = 0; i < G_N_ELEMENTS (points); i++)
    {
      const char *const one[] = { points[i], NULL };

      if (hx_check_table_says (table, a, one)
          && hx_check_table_says (table, b, one))
        return TRUE;
    }
  return FALSE;
}

static guint
first_term (const HxCheckTable *table, const HxTableBlock *block, guint column)
{
  for (guint row = block->from; row < block->until; row++)
    if (hx_check_table_term (table, row, column) != HX_NO_TERM)
      return hx_check_table_term (table, row, column);
  return HX_NO_TERM;
}

/* The first points of an earlier block: those of its total row. */
static guint
points_above (const HxCheckTable *table, const HxTableBlock *block, HxSpan head)
{
  guint term = HX_NO_TERM;

  for (guint column = 0; column < table->columns && term == HX_NO_TERM;
       column++)
    if (hx_check_table_is_points (table, block, column)
        && is_same (table, block->columns[column].head, head))
      term = first_term (table, block, column);
  return term;
}

static void
add_points (HxCheckRelation *relation, const GArray *rows, guint total,
            guint column)
{
  const HxTableSearch *search = relation->search;
  const HxSpan head = search->block->columns[column].head;
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < search->block_index; i++)
    {
      const guint term = points_above (
          search->table,
          &g_array_index (search->table->blocks, HxTableBlock, i), head);

      if (term != HX_NO_TERM)
        g_array_append_val (parts, term);
    }
  for (guint i = 0; i < total; i++)
    {
      const HxCheckTableRow *row = row_at (rows, i);
      const guint term = hx_check_table_term (search->table, row->row, column);

      if (term != HX_NO_TERM && row->total == HX_TOTAL_NOT)
        g_array_append_val (parts, term);
    }
  hx_check_relation_add (relation, row_at (rows, total), column, parts, NULL);
}

static void
find_points (const HxTableSearch *search)
{
  const GArray *rows = search->rows[0];
  g_auto (HxCheckRelation) relation = { .search = search,
                                        .kind = HX_CLAIM_SUM,
                                        .formula = "a+b+…",
                                        .how = N_ ("各行相加") };

  if (search->block_index == 0 || rows->len == 0
      || row_at (rows, rows->len - 1)->total < HX_TOTAL_SUM)
    return;
  for (guint column = 0; column < search->table->columns; column++)
    if (hx_check_table_is_points (search->table, search->block, column))
      add_points (&relation, rows, rows->len - 1, column);
  if (hx_check_relation_is_meant (&relation))
    hx_check_relation_tell (&relation);
}

/* ------------------------------------------------------------ basic spending
 */

/* A class of three digits that is for persons, or one that is not. */
static gboolean
is_class (const HxTableSearch *search, const HxCheckTableRow *row,
          gboolean persons)
{
  const char *code = search->table->reading->words->clean->str + row->code.from;

  if (row->code.until - row->code.from != 3 || *code != '3')
    return FALSE;
  return (strncmp (code, "301", 3) == 0 || strncmp (code, "303", 3) == 0)
         == persons;
}

static guint
first_value (const HxTableSearch *search, guint band)
{
  for (guint column = 0; column < search->table->columns; column++)
    if (search->block->columns[column].band == band
        && search->block->columns[column].kind == HX_COLUMN_VALUE)
      return column;
  return HX_NO_CELL;
}

static void
add_classes (const HxTableSearch *search, gboolean persons, GArray *parts)
{
  for (guint band = 0; band < search->block->bands; band++)
    {
      const guint column = first_value (search, band);

      for (guint i = 0; i < search->rows[band]->len; i++)
        {
          const HxCheckTableRow *row = row_at (search->rows[band], i);
          const guint term
              = column == HX_NO_CELL
                    ? HX_NO_TERM
                    : hx_check_table_term (search->table, row->row, column);

          if (term != HX_NO_TERM && is_class (search, row, persons))
            g_array_append_val (parts, term);
        }
    }
}

static void
add_basic (HxCheckRelation *relation, guint band, const HxCheckTableRow *row)
{
  const HxTableSearch *search = relation->search;
  const gboolean persons = is_named (search, row, "人员经费合计");
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (guint));
  const guint column = first_value (search, band);

  if (column == HX_NO_CELL
      || (!persons && !is_named (search, row, "公用经费合计")))
    return;
  add_classes (search, persons, parts);
  hx_check_relation_add (relation, row, column, parts, NULL);
}

/* 人员经费合计 shows that the table is whole. */
static void
find_basic (const HxTableSearch *search)
{
  g_auto (HxCheckRelation) relation = { .search = search,
                                        .kind = HX_CLAIM_SUM,
                                        .formula = "a+b+…",
                                        .how = N_ ("各类相加"),
                                        .is_sure = TRUE };

  if (search->block->bands < 2)
    return;
  for (guint band = 0; band < search->block->bands; band++)
    for (guint i = 0; i < search->rows[band]->len; i++)
      add_basic (&relation, band, row_at (search->rows[band], i));
  if (hx_check_relation_is_meant (&relation))
    hx_check_relation_tell (&relation);
}

/* ------------------------------------------------------------------ both ends
 */

static gboolean
is_headed (const HxTableSearch *search, guint band, const char *word)
{
  const char *const words[] = { word, NULL };
  const guint column = first_value (search, band);

  for (guint row = search->block->head;
       column != HX_NO_CELL && row < search->block->from; row++)
    {
      const HxTableCell *cell
          = hx_check_table_head (search->table, row, column);

      if (cell != NULL
          && hx_check_table_says (search->table, cell->words, words))
        return TRUE;
    }
  return FALSE;
}

static const HxCheckTableRow *
grand_total (const HxTableSearch *search, guint band)
{
  const GArray *rows = search->rows[band];

  return rows->len > 0 && row_at (rows, rows->len - 1)->total == HX_TOTAL_GRAND
             ? row_at (rows, rows->len - 1)
             : NULL;
}

static void
find_both_ends (const HxTableSearch *search)
{
  g_auto (HxCheckRelation) relation = { .search = search,
                                        .kind = HX_CLAIM_REPEAT,
                                        .formula = "a==b",
                                        .how = N_ ("收入方写的是"),
                                        .is_certain = TRUE };
  g_autoptr (GArray) income = g_array_new (FALSE, FALSE, sizeof (guint));
  const HxCheckTableRow *left = NULL;
  const HxCheckTableRow *right = NULL;
  guint term = HX_NO_TERM;

  if (search->block->bands != 2 || !is_headed (search, 0, "收入")
      || !is_headed (search, 1, "支出"))
    return;
  left = grand_total (search, 0);
  right = grand_total (search, 1);
  if (left == NULL || right == NULL || left->row != right->row)
    return;
  term
      = hx_check_table_term (search->table, left->row, first_value (search, 0));
  if (term == HX_NO_TERM)
    return;
  g_array_append_val (income, term);
  hx_check_relation_add (&relation, right, first_value (search, 1), income,
                         NULL);
  hx_check_relation_tell (&relation);
}

void
hx_find_table_forms (const HxTableSearch *search)
{
  find_points (search);
  find_basic (search);
  find_both_ends (search);
}
