/* What sentences say of the amounts in tables.
 *
 * An amount in a sentence and one in a table are the same quantity when the
 * words before the one are the name of the other: 本年收入合计, a row;
 * 基本支出, a column of the row 合计; 收入支出总计, the row 总计 under 收入 or
 * 支出.  One name may stand in several tables for several amounts: then only
 * that is told which agrees.
 */
#include "check/find_table.h"

#include <string.h>

#define NAME_BYTES_MIN 12 /* four characters */
#define SURE_BYTES_MIN 18

typedef struct
{
  HxQuantity quantity;
  char *place;
} Named;

static void
named_clear (gpointer data)
{
  g_free (((Named *)data)->place);
}

static void
named_list_free (gpointer list)
{
  g_array_unref (list);
}

GHashTable *
hx_check_table_names_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                named_list_free);
}

static void
add_name (GHashTable *names, const char *name, const HxQuantity *quantity,
          const char *place)
{
  const Named named = { .quantity = *quantity, .place = g_strdup (place) };
  GArray *list = g_hash_table_lookup (names, name);

  if (list == NULL)
    {
      list = g_array_new (FALSE, FALSE, sizeof (Named));
      g_array_set_clear_func (list, named_clear);
      g_hash_table_insert (names, g_strdup (name), list);
    }
  g_array_append_val (list, named);
}

/* ------------------------------------------------------------ of the tables
 */

static char *
words_of (const HxTableSearch *search, HxSpan span)
{
  return g_strndup (search->table->reading->words->clean->str + span.from,
                    span.until - span.from);
}

/* What was done, of this year. */
static gboolean
is_of_year (const HxTableSearch *search, guint column)
{
  static const char *const done[] = { "决算", "执行", NULL };
  static const char *const others[]
      = { "预算", "上年", "增减", "年初", "年末", "其中", NULL };
  const HxSpan head = search->block->columns[column].head;

  return hx_check_table_is_summable (search, column)
         && !search->block->columns[column].is_rate
         && !hx_check_table_is_points (search->table, search->block, column)
         && (hx_check_table_says (search->table, head, done)
             || !hx_check_table_says (search->table, head, others));
}

/* The column that is meant when a row is named alone. */
static guint
main_column (const HxTableSearch *search, guint band)
{
  guint first = HX_NO_CELL;
  guint count = 0;

  for (guint column = 0; column < search->table->columns; column++)
    {
      const HxTableColumn *now = &search->block->columns[column];

      if (now->band != band || !is_of_year (search, column))
        continue;
      if (hx_check_table_total (search->table, now->head) != HX_TOTAL_NOT)
        return column;
      first = count++ == 0 ? column : first;
    }
  return count == 1 ? first : HX_NO_CELL;
}

/* 收入 or 支出 over the band, 财政拨款 over the table. */
static char *
name_of_grand (const HxTableSearch *search, guint column)
{
  static const char *const income[] = { "收入", NULL };
  static const char *const spending[] = { "支出", NULL };
  static const char *const grant[]
      = { "财政拨款收入支出决算总表", "财政拨款收入支出总表",
          "财政拨款收支总表", "财政拨款收支预算总表", NULL };
  const HxCheckTable *table = search->table;
  const HxTableCell *top
      = hx_check_table_head (table, search->block->head, column);
  const gboolean is_grant = hx_check_table_says (table, table->caption, grant);
  const char *side = NULL;

  if (top == NULL)
    return NULL;
  if (hx_check_table_says (table, top->words, income))
    side = "收入";
  else if (hx_check_table_says (table, top->words, spending))
    side = "支出";
  return side == NULL
             ? NULL
             : g_strconcat (is_grant ? "财政拨款" : "", side, "总计", NULL);
}

static void
collect (const HxTableSearch *search, const HxCheckTableRow *row, guint column,
         const char *name)
{
  const guint term = hx_check_table_term (search->table, row->row, column);
  const HxQuantity *quantity = NULL;
  g_autofree char *place = NULL;

  if (name != NULL && g_str_has_prefix (name, "本年"))
    name += strlen ("本年"); /* as the names of terms do */
  if (term == HX_NO_TERM || name == NULL || strlen (name) < NAME_BYTES_MIN)
    return;
  quantity = &hx_reading_term (search->table->reading, term)->quantity;
  if (quantity->kind != HX_QUANTITY_MONEY || quantity->exact == 0)
    return;
  place = hx_check_table_place (search, row, column);
  add_name (search->names, name, quantity, place);
}

/* The columns of the row 合计 are amounts of their own. */
static void
collect_total (const HxTableSearch *search, guint band,
               const HxCheckTableRow *row)
{
  for (guint column = 0; column < search->table->columns; column++)
    if (search->block->columns[column].band == band
        && is_of_year (search, column))
      {
        g_autofree char *name
            = words_of (search, search->block->columns[column].head);

        collect (search, row, column, name);
      }
}

static void
collect_row (const HxTableSearch *search, guint band,
             const HxCheckTableRow *row)
{
  const guint column = main_column (search, band);
  const gsize length = row->name.until - row->name.from;
  g_autofree char *name = words_of (search, row->name);
  g_autofree char *grand = NULL;

  if (row->total >= HX_TOTAL_SUM && length == strlen ("合计"))
    collect_total (search, band, row);
  if (column == HX_NO_CELL)
    return;
  collect (search, row, column, name);
  if (row->total != HX_TOTAL_GRAND || length != strlen ("总计"))
    return;
  grand = name_of_grand (search, column);
  collect (search, row, column, grand);
  if (grand != NULL && g_str_has_suffix (grand, "收入总计"))
    {
      g_autofree char *both
          = g_strconcat (g_str_has_prefix (grand, "财政") ? "财政拨款" : "",
                         "收入支出总计", NULL);

      collect (search, row, column, both);
    }
}

void
hx_check_table_collect (const HxTableSearch *search)
{
  for (guint band = 0; band < search->block->bands; band++)
    for (guint i = 0; i < search->rows[band]->len; i++)
      collect_row (search, band,
                   &g_array_index (search->rows[band], HxCheckTableRow, i));
}

/* --------------------------------------------------------- of the sentences
 */

static void
tell (HxSearch *search, HxReading *reading, guint stated, const Named *named)
{
  const HxTerm cell = { .quantity = named->quantity, .owner = HX_NO_TERM };
  const HxTelling telling
      = { .place = named->place, .how = _ ("表中写的是"), .where = _ ("文中") };
  const guint operand = reading->terms->len;
  HxProposal proposal = { .kind = HX_CLAIM_REPEAT,
                          .formula = "a==b",
                          .operands = &operand,
                          .count = 1,
                          .stated = stated,
                          .telling = &telling };

  g_array_append_val (reading->terms, cell);
  proposal.outcome = hx_outcome_sum (reading, &operand, NULL, 1);
  hx_claim_add (search->result, reading, &proposal);
  g_array_set_size (reading->terms, operand);
}

static gboolean
is_same (const HxQuantity *written, const HxQuantity *named)
{
  return ABS (written->exact - named->exact) <= written->half + named->half;
}

/* One digit, or two swapped, of an amount that both round alike. */
static gboolean
is_slip (HxReading *reading, guint stated, const HxQuantity *named)
{
  const HxTerm cell = { .quantity = *named, .owner = HX_NO_TERM };
  const guint operand = reading->terms->len;
  HxProposal proposal = {
    .kind = HX_CLAIM_REPEAT, .operands = &operand, .count = 1, .stated = stated
  };
  gboolean slip = FALSE;

  g_array_append_val (reading->terms, cell);
  proposal.outcome = hx_outcome_sum (reading, &operand, NULL, 1);
  slip = hx_proposal_is_slip (reading, &proposal);
  g_array_set_size (reading->terms, operand);
  return slip;
}

static gboolean
is_one_amount (const GArray *list)
{
  for (guint i = 1; i < list->len; i++)
    if (!is_same (&g_array_index (list, Named, i).quantity,
                  &g_array_index (list, Named, 0).quantity))
      return FALSE;
  return TRUE;
}

/* The name tells so much that two amounts of it are one. */
static gboolean
is_sure (const HxReading *reading, HxSpan name)
{
  return name.until - name.from >= SURE_BYTES_MIN
         || hx_words_end_with (reading->words, name.from, name.until, "合计")
         || hx_words_end_with (reading->words, name.from, name.until, "总计");
}

static gboolean
may_be_named (const HxTerm *term)
{
  return (term->role == HX_TERM_VALUE || term->role == HX_TERM_TOTAL)
         && term->quantity.kind == HX_QUANTITY_MONEY
         && term->quantity.vague == HX_VAGUE_NOT && term->quantity.exact != 0
         && term->name.until - term->name.from >= NAME_BYTES_MIN;
}

static void
compare (HxSearch *search, HxReading *reading, guint index, const GArray *list)
{
  const HxTerm term = *hx_reading_term (reading, index);
  const Named *first = &g_array_index (list, Named, 0);

  for (guint i = 0; i < list->len; i++)
    if (is_same (&term.quantity, &g_array_index (list, Named, i).quantity))
      {
        tell (search, reading, index, &g_array_index (list, Named, i));
        return;
      }
  if (is_sure (reading, term.name) && is_one_amount (list)
      && is_slip (reading, index, &first->quantity))
    tell (search, reading, index, first);
}

void
hx_check_table_compare (HxSearch *search, HxReading *reading, GHashTable *names)
{
  const guint count = reading->terms->len;
  int latest = 0;

  if (g_hash_table_size (names) == 0)
    return;
  for (guint i = 0; i < count; i++)
    latest = MAX (latest, hx_reading_term (reading, i)->year);
  for (guint i = 0; i < count; i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);
      g_autofree char *name = NULL;
      const GArray *list = NULL;

      if (!may_be_named (term) || (term->year != 0 && term->year < latest))
        continue;
      name = g_strndup (reading->words->clean->str + term->name.from,
                        term->name.until - term->name.from);
      list = g_hash_table_lookup (names, name);
      if (list != NULL)
        compare (search, reading, i, list);
    }
}
