/* Rows that are the sum of others.
 *
 * Going down a band, rows pile up until one is named 合计; which of them it
 * adds up is tried in the order of what the words make likely: those with the
 * shortest codes, those with the highest marks, all but 其中.  The first choice
 * that the columns bear out is taken.  A 合计 with nothing above it adds up
 * what is below.
 */
#include "check/find_table.h"

#include <string.h>

static const HxCheckTableRow *
row_at (const GArray *rows, guint index)
{
  return &g_array_index (rows, HxCheckTableRow, index);
}

static gboolean
has_code (const HxCheckTableRow *row)
{
  return row->code.from != row->code.until;
}

/* ------------------------------------------------------------------ parents
 */

/* The index of the row whose code is the longest that begins this one's. */
static guint
parent_by_code (GHashTable *codes, const char *text, const HxCheckTableRow *row)
{
  for (gsize length = row->code.until - row->code.from; length-- > 1;)
    {
      g_autofree char *prefix = g_strndup (text + row->code.from, length);
      gpointer found = NULL;

      if (g_hash_table_lookup_extended (codes, prefix, NULL, &found))
        return GPOINTER_TO_UINT (found);
    }
  return HX_NO_CELL;
}

/* By row, its parent's index or HX_NO_CELL; NULL: no codes, or one twice. */
static guint *
parents_by_code (const HxCheckTable *table, const GArray *rows)
{
  const char *text = table->reading->words->clean->str;
  g_autoptr (GHashTable) codes
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint *parents = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      const HxCheckTableRow *row = row_at (rows, i);

      if (has_code (row)
          && !g_hash_table_insert (codes,
                                   g_strndup (text + row->code.from,
                                              row->code.until - row->code.from),
                                   GUINT_TO_POINTER (i)))
        return NULL;
    }
  if (g_hash_table_size (codes) < 2)
    return NULL;
  parents = g_new0 (guint, rows->len);
  for (guint i = 0; i < rows->len; i++)
    parents[i] = has_code (row_at (rows, i))
                     ? parent_by_code (codes, text, row_at (rows, i))
                     : HX_NO_CELL;
  return parents;
}

/* 一、 over （一） over 1. */
static guint *
parents_by_mark (const GArray *rows)
{
  guint last[HX_MARK_POINT + 1];
  guint *parents = g_new0 (guint, rows->len);

  memset (last, 0xFF, sizeof last);
  for (guint i = 0; i < rows->len; i++)
    {
      const HxCheckTableRow *row = row_at (rows, i);

      parents[i] = HX_NO_CELL;
      if (row->total != HX_TOTAL_NOT)
        memset (last, 0xFF, sizeof last);
      if (row->total != HX_TOTAL_NOT || row->is_of_which
          || row->mark == HX_MARK_NONE)
        continue;
      for (guint mark = row->mark; mark-- > HX_MARK_CHAPTER;)
        if (parents[i] == HX_NO_CELL)
          parents[i] = last[mark];
      last[row->mark] = i;
      for (guint mark = row->mark + 1; mark <= HX_MARK_POINT; mark++)
        last[mark] = HX_NO_CELL;
    }
  return parents;
}

/* ---------------------------------------------------------------- relations
 */

static void
add_sum (HxCheckRelation *relation, const GArray *rows, guint total,
         guint column, const GArray *parts)
{
  const HxCheckTable *table = relation->search->table;
  g_autoptr (GArray) operands = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < parts->len; i++)
    {
      const guint row = row_at (rows, g_array_index (parts, guint, i))->row;
      const HxTableCell *cell = hx_check_table_at (table, row, column);
      const guint term = hx_check_table_term (table, row, column);

      if (hx_check_table_is_blank (table, row, column))
        continue;
      if (term == HX_NO_TERM || cell->is_doubtful)
        return;
      g_array_append_val (operands, term);
    }
  hx_check_relation_add (relation, row_at (rows, total), column, operands,
                         NULL);
}

/* Points are added by themselves: the total of many forms is their mean. */
static void
add_sums (HxCheckRelation *relation, guint total, const GArray *parts,
          gboolean of_points)
{
  const HxTableSearch *search = relation->search;
  const guint band = relation->band;
  const GArray *rows = search->rows[band];

  for (guint column = 0; column < search->table->columns; column++)
    if (search->block->columns[column].band == band
        && hx_check_table_is_summable (search, column)
        && hx_check_table_is_points (search->table, search->block, column)
               == of_points)
      add_sum (relation, rows, total, column, parts);
}

static HxCheckRelation
sum_of_rows (const HxTableSearch *search, guint band)
{
  return (HxCheckRelation){ .search = search,
                            .band = band,
                            .kind = HX_CLAIM_SUM,
                            .formula = "a+b+…",
                            .how = N_ ("各行相加") };
}

/* Rows that may go on in the table of the next page: the last, and what it is
 * part of. */
static gboolean *
open_rows (const HxTableSearch *search, guint band, const guint *parents)
{
  const guint count = search->rows[band]->len;
  gboolean *open = g_new0 (gboolean, count + 1);

  if (hx_check_table_is_seen (search->table) && count > 0)
    for (guint row = count - 1; row != HX_NO_CELL; row = parents[row])
      open[row] = TRUE;
  return open;
}

static GArray **
children_of (guint count, const guint *parents)
{
  GArray **children = g_new0 (GArray *, count + 1);

  for (guint i = 0; i < count; i++)
    {
      if (parents[i] == HX_NO_CELL)
        continue;
      if (children[parents[i]] == NULL)
        children[parents[i]] = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (children[parents[i]], i);
    }
  return children;
}

/* Each parent is the sum of its children. */
static void
find_classes (const HxTableSearch *search, guint band, const guint *parents)
{
  const guint count = search->rows[band]->len;
  g_autofree gboolean *open = open_rows (search, band, parents);
  g_autofree GArray **children = children_of (count, parents);
  g_auto (HxCheckRelation) relation = sum_of_rows (search, band);

  for (guint i = 0; i < count; i++)
    {
      if (children[i] == NULL)
        continue;
      if (!open[i])
        add_sums (&relation, i, children[i], FALSE);
      g_array_unref (children[i]);
    }
  if (relation.holds >= 2 && hx_check_relation_is_meant (&relation)
      && (relation.fails * 3 <= relation.holds
          || relation.slips == relation.fails))
    hx_check_relation_tell (&relation);
}

/* ------------------------------------------------------------------ choices
 */

/* What is known when a part is chosen. */
typedef struct
{
  const GArray *rows;
  const guint *parents; /* by code; NULL: there are no codes */
  HxMark mark;          /* the highest of the parts */
  gboolean has_subs, has_totals;
} Choice;

static gboolean
is_root (const Choice *choice, guint index)
{
  return choice->parents != NULL && has_code (row_at (choice->rows, index))
         && choice->parents[index] == HX_NO_CELL;
}

static gboolean
is_highest (const Choice *choice, guint index)
{
  const HxCheckTableRow *row = row_at (choice->rows, index);

  return choice->mark != HX_MARK_NONE && !row->is_of_which
         && (row->mark == choice->mark || row->total != HX_TOTAL_NOT);
}

static gboolean
is_sub (const Choice *choice, guint index)
{
  return choice->has_subs
         && row_at (choice->rows, index)->total == HX_TOTAL_SUB;
}

static gboolean
is_unmarked (const Choice *choice, guint index)
{
  const HxCheckTableRow *row = row_at (choice->rows, index);

  return choice->has_totals && !row->is_of_which
         && (row->mark == HX_MARK_NONE || row->total != HX_TOTAL_NOT);
}

static gboolean
is_total (const Choice *choice, guint index)
{
  return choice->has_totals
         && row_at (choice->rows, index)->total != HX_TOTAL_NOT;
}

static gboolean
is_no_of_which (const Choice *choice, guint index)
{
  return !row_at (choice->rows, index)->is_of_which;
}

static gboolean
is_any (const Choice *choice, guint index)
{
  (void)choice;
  (void)index;
  return TRUE;
}

typedef gboolean (*Chooses) (const Choice *choice, guint index);

typedef struct
{
  Chooses chooses;
  const guint *parents;
  gboolean of_points;
} ChoiceKind;

static Choice
look_at_parts (const GArray *rows, const guint *parents, const GArray *pile)
{
  Choice choice = { .rows = rows, .parents = parents };

  for (guint i = 0; i < pile->len; i++)
    {
      const HxCheckTableRow *row
          = row_at (rows, g_array_index (pile, guint, i));

      if (row->mark != HX_MARK_NONE && !row->is_of_which
          && (choice.mark == HX_MARK_NONE || row->mark < choice.mark))
        choice.mark = row->mark;
      choice.has_subs = choice.has_subs || row->total == HX_TOTAL_SUB;
      choice.has_totals = choice.has_totals || row->total != HX_TOTAL_NOT;
    }
  return choice;
}

/* Rows that the words alone make a whole list. */
static gboolean
is_plain (const Choice *choice, const GArray *pile)
{
  for (guint i = 0; i < pile->len; i++)
    {
      const HxCheckTableRow *row
          = row_at (choice->rows, g_array_index (pile, guint, i));

      if (row->is_of_which || row->total != HX_TOTAL_NOT
          || row->mark != choice->mark || has_code (row))
        return FALSE;
    }
  return TRUE;
}

static void
choose (HxCheckRelation *relation, guint total, const GArray *pile,
        const ChoiceKind *kind)
{
  const GArray *rows = relation->search->rows[relation->band];
  const Choice choice = look_at_parts (rows, kind->parents, pile);
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < pile->len; i++)
    if (kind->chooses (&choice, g_array_index (pile, guint, i)))
      g_array_append_val (parts, g_array_index (pile, guint, i));
  relation->is_sure = kind->chooses == is_root
                      || (parts->len >= 2 && is_plain (&choice, pile))
                      || (kind->chooses == is_unmarked
                          && row_at (rows, total)->total == HX_TOTAL_GRAND);
  if (parts->len > 0)
    add_sums (relation, total, parts, kind->of_points);
}

/* The first choice that holds throughout; else the first that is meant. */
static gboolean
try_kinds (const HxTableSearch *search, guint band, guint total,
           const GArray *pile, ChoiceKind kind)
{
  static const Chooses chooses[]
      = { is_root,  is_highest,     is_sub, is_unmarked,
          is_total, is_no_of_which, is_any };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (chooses); i++)
    {
      const gboolean is_first = i < G_N_ELEMENTS (chooses);
      g_auto (HxCheckRelation) relation = sum_of_rows (search, band);

      kind.chooses = chooses[i % G_N_ELEMENTS (chooses)];
      choose (&relation, total, pile, &kind);
      if (!hx_check_relation_is_meant (&relation)
          || (is_first && (relation.fails > 0 || relation.strong == 0)))
        continue;
      hx_check_relation_tell (&relation);
      return TRUE;
    }
  return FALSE;
}

static gboolean
try_choices (const HxTableSearch *search, guint band, guint total,
             const GArray *pile, const guint *parents)
{
  const gboolean is_told = try_kinds (search, band, total, pile,
                                      (ChoiceKind){ NULL, parents, FALSE });

  try_kinds (search, band, total, pile, (ChoiceKind){ NULL, parents, TRUE });
  return is_told;
}

/* Rows that one cell names together: 按资金来源, then 按支出性质; each group
 * makes the total. */
static void
try_groups (const HxTableSearch *search, guint band, guint total,
            const GArray *pile)
{
  const GArray *rows = search->rows[band];

  for (guint from = 0, until = 0; from < pile->len; from = until)
    {
      g_autoptr (GArray) group = g_array_new (FALSE, FALSE, sizeof (guint));
      const HxTableCell *cell = NULL;

      do
        {
          g_array_append_val (group, g_array_index (pile, guint, until));
          cell = hx_check_table_at (
              search->table,
              row_at (rows, g_array_index (pile, guint, from))->row, 0);
          until++;
        }
      while (until < pile->len && cell != NULL
             && cell
                    == hx_check_table_at (
                        search->table,
                        row_at (rows, g_array_index (pile, guint, until))->row,
                        0));
      if (group->len >= 2)
        try_choices (search, band, total, group, NULL);
    }
}

/* ------------------------------------------------------------------- totals
 */

/* The rows below, up to the next total of its rank. */
static GArray *
pile_below (const GArray *rows, guint total)
{
  GArray *pile = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = total + 1; i < rows->len; i++)
    {
      if (row_at (rows, i)->total >= row_at (rows, total)->total)
        break;
      g_array_append_val (pile, i);
    }
  return pile;
}

/* A 小计 takes what came since the total before it. */
static GArray *
pile_of_sub (const GArray *rows, const GArray *pile)
{
  GArray *last = g_array_new (FALSE, FALSE, sizeof (guint));
  guint from = pile->len;

  while (from > 0
         && row_at (rows, g_array_index (pile, guint, from - 1))->total
                == HX_TOTAL_NOT)
    from--;
  for (guint i = from; i < pile->len; i++)
    g_array_append_val (last, g_array_index (pile, guint, i));
  return last;
}

static void
find_total (const HxTableSearch *search, guint band, guint total, GArray *pile,
            const guint *parents)
{
  const GArray *rows = search->rows[band];
  g_autoptr (GArray) own = NULL;

  if (row_at (rows, total)->total == HX_TOTAL_SUB && pile->len > 0)
    own = pile_of_sub (rows, pile);
  if (own != NULL && own->len > 0)
    {
      try_choices (search, band, total, own, parents);
      g_array_set_size (pile, pile->len - own->len);
      return;
    }
  if (pile->len > 0)
    {
      try_choices (search, band, total, pile, parents);
      g_array_set_size (pile, 0);
      return;
    }
  own = pile_below (rows, total);
  if (!try_choices (search, band, total, own, parents))
    try_groups (search, band, total, own);
}

static void
find_totals (const HxTableSearch *search, guint band, const guint *parents)
{
  const GArray *rows = search->rows[band];
  g_autoptr (GArray) pile = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < rows->len; i++)
    {
      if (row_at (rows, i)->total != HX_TOTAL_NOT)
        find_total (search, band, i, pile, parents);
      g_array_append_val (pile, i);
    }
}

void
hx_find_table_rows (const HxTableSearch *search, guint band)
{
  const GArray *rows = search->rows[band];
  g_autofree guint *by_code = parents_by_code (search->table, rows);
  g_autofree guint *by_mark = NULL;

  find_totals (search, band, by_code);
  if (by_code != NULL)
    find_classes (search, band, by_code);
  else
    {
      by_mark = parents_by_mark (rows);
      find_classes (search, band, by_mark);
    }
}
