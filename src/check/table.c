/* Cells into a grid, and their numbers. */
#include "check/table.h"

#include <string.h>

#define AREA_LEAST 1024
#define AREA_FACTOR 64 /* places of the grid to a cell */
#define CAPTION_BYTES 360
#define EXACT_DIGITS_MAX 26

/* -------------------------------------------------------------------- units */

typedef struct
{
  const char *word;
  guint exponent;
} Unit;

static const Unit units[] = {
  { "亿元", 8 }, { "百万元", 6 }, { "万元", 4 }, { "千元", 3 }, { "元", 0 },
};

static const Unit *
unit_at (const char *text, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (strlen (units[i].word) <= length
        && strncmp (text, units[i].word, strlen (units[i].word)) == 0)
      return &units[i];
  return NULL;
}

/* The last unit that the words state behind `cue`. */
static const Unit *
unit_behind (const HxWords *words, HxSpan span, const char *cue)
{
  const Unit *unit = NULL;
  gsize at = span.from;

  while ((at = hx_words_search (words, at, span.until, cue)) != G_MAXSIZE)
    {
      const Unit *found = NULL;

      at += strlen (cue);
      found = unit_at (words->clean->str + at, span.until - at);
      unit = found == NULL ? unit : found;
    }
  return unit;
}

/* Of 金额（万元） and of 单位：万元. */
static const Unit *
unit_of_words (const HxWords *words, HxSpan span)
{
  static const char *const cues[] = { "单位：", "单位", "（", "/" };
  const Unit *unit = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cues) && unit == NULL; i++)
    unit = unit_behind (words, span, cues[i]);
  return unit;
}

/* ---------------------------------------------------------------------- grid
 */

static HxSpan
trim (const HxWords *words, HxSpan span)
{
  const char *text = words->clean->str;

  while (span.from < span.until
         && (text[span.from] == '\n' || text[span.from] == ' '))
    span.from++;
  while (span.from < span.until
         && (text[span.until - 1] == '\n' || text[span.until - 1] == ' '))
    span.until--;
  return span;
}

static gboolean
measure (HxCheckTable *table, const HxSourceCell *cells, guint count)
{
  guint64 area = 0;

  for (guint i = 0; i < count; i++)
    {
      if (cells[i].rows == 0 || cells[i].columns == 0
          || cells[i].row > G_MAXINT32 || cells[i].column > G_MAXINT32
          || cells[i].rows > G_MAXINT32 || cells[i].columns > G_MAXINT32)
        return FALSE;
      table->rows = MAX (table->rows, cells[i].row + cells[i].rows);
      table->columns = MAX (table->columns, cells[i].column + cells[i].columns);
    }
  area = (guint64)table->rows * table->columns;
  return table->rows >= 2 && table->columns >= 2
         && area <= AREA_LEAST + (guint64)AREA_FACTOR * count;
}

/* A place that two cells claim is the first one's. */
static void
place (HxCheckTable *table, guint index, const HxTableCell *cell)
{
  for (guint row = cell->row; row < cell->row + cell->rows; row++)
    for (guint column = cell->column; column < cell->column + cell->columns;
         column++)
      {
        guint *spot = &table->grid[row * table->columns + column];

        if (*spot == HX_NO_CELL)
          *spot = index;
      }
}

static void
add_cells (HxCheckTable *table, const HxSourceCell *cells, guint count)
{
  const HxWords *words = table->reading->words;

  table->grid = g_new (guint, (gsize)table->rows * table->columns);
  memset (table->grid, 0xFF,
          (gsize)table->rows * table->columns * sizeof *table->grid);
  for (guint i = 0; i < count; i++)
    {
      HxTableCell cell = { .row = cells[i].row,
                           .column = cells[i].column,
                           .rows = cells[i].rows,
                           .columns = cells[i].columns,
                           .term = HX_NO_TERM };

      cell.words.from = hx_words_byte (words, cells[i].offset);
      cell.words.until
          = hx_words_byte (words, cells[i].offset + cells[i].length);
      cell.words = trim (words, cell.words);
      place (table, table->cells->len, &cell);
      g_array_append_val (table->cells, cell);
    }
}

/* ------------------------------------------------------------------- numbers
 */

static gsize
skip_word (const char *text, HxSpan *span, const char *word)
{
  const gsize length = strlen (word);

  if (span->until - span->from < length
      || strncmp (text + span->from, word, length) != 0)
    return 0;
  span->from += length;
  return length;
}

static gboolean
is_blank (const char *text, HxSpan span)
{
  static const char *const blanks[] = { "-", "—", "－", "–", "/", "\\", "*" };
  gboolean is_changed = TRUE;

  while (is_changed && span.from < span.until)
    {
      is_changed = FALSE;
      for (gsize i = 0; i < G_N_ELEMENTS (blanks); i++)
        is_changed = skip_word (text, &span, blanks[i]) > 0 || is_changed;
    }
  return span.from == span.until;
}

static void
negate (HxQuantity *quantity, gsize from)
{
  quantity->from = from;
  quantity->value.units = -quantity->value.units;
  quantity->exact = -quantity->exact;
}

/* The number that fills the words. */
static gboolean
read_number (const HxWords *words, HxSpan span, HxQuantity *quantity,
             gboolean *is_doubtful)
{
  const char *text = words->clean->str;
  const gsize from = span.from;
  const gboolean in_brackets = skip_word (text, &span, "（") > 0;
  const gboolean is_negative
      = skip_word (text, &span, "-") > 0 || skip_word (text, &span, "−") > 0;

  *is_doubtful = in_brackets;
  if (!hx_quantity_read (words, span.from, quantity)
      || quantity->until > span.until || quantity->vague != HX_VAGUE_NOT)
    return FALSE;
  span.from = quantity->until;
  if (in_brackets && skip_word (text, &span, "）") == 0)
    return FALSE;
  if (is_negative || in_brackets)
    negate (quantity, in_brackets ? from + strlen ("（") : from);
  return span.from == span.until;
}

static void
add_term (HxCheckTable *table, HxTableCell *cell, const HxQuantity *quantity)
{
  const HxTerm term = { .quantity = *quantity,
                        .role = HX_TERM_VALUE,
                        .owner = HX_NO_TERM,
                        .lead = { quantity->from, quantity->from },
                        .name = { quantity->from, quantity->from },
                        .base = { quantity->from, quantity->from } };

  cell->term = table->reading->terms->len;
  g_array_append_val (table->reading->terms, term);
}

static void
read_cells (HxCheckTable *table)
{
  const HxWords *words = table->reading->words;

  for (guint i = 0; i < table->cells->len; i++)
    {
      HxTableCell *cell = &g_array_index (table->cells, HxTableCell, i);
      HxQuantity quantity;

      cell->kind = HX_CELL_WORDS;
      if (is_blank (words->clean->str, cell->words))
        cell->kind = HX_CELL_BLANK;
      else if (read_number (words, cell->words, &quantity, &cell->is_doubtful))
        {
          cell->kind = HX_CELL_NUMBER;
          add_term (table, cell, &quantity);
        }
    }
}

/* ---------------------------------------------------------------- bare ones */

static void
be_money (HxQuantity *quantity, const Unit *unit)
{
  HxWide scale = 1;
  HxWide most = 1;

  for (guint i = 0; i < unit->exponent; i++)
    scale *= 10;
  for (guint i = 0; i < EXACT_DIGITS_MAX; i++)
    most *= 10;
  if (ABS (quantity->exact) >= most / scale)
    return;
  quantity->kind = HX_QUANTITY_MONEY;
  quantity->unit = unit->word;
  quantity->exact *= scale;
  quantity->half *= scale;
  quantity->one *= scale;
}

static HxQuantity *
quantity_at (const HxCheckTable *table, guint term)
{
  return &hx_reading_term (table->reading, term)->quantity;
}

/* The unit over a column, or over the whole block, or the table. */
static const Unit *
unit_of_column (const HxCheckTable *table, const HxTableBlock *block,
                guint column)
{
  const HxWords *words = table->reading->words;
  const Unit *unit = NULL;

  for (guint row = block->from; row-- > block->head && unit == NULL;)
    {
      const HxTableCell *cell = hx_check_table_at (table, row, column);

      if (cell != NULL && cell->kind == HX_CELL_WORDS)
        unit = unit_of_words (words, cell->words);
    }
  return unit;
}

/* 单位：万元 in any cell of the heads, else before the table. */
static const Unit *
unit_of_table (const HxCheckTable *table)
{
  const HxWords *words = table->reading->words;
  const HxTableBlock *first = &g_array_index (table->blocks, HxTableBlock, 0);
  const Unit *unit = NULL;

  for (guint i = 0; i < table->cells->len && unit == NULL; i++)
    {
      const HxTableCell *cell = &g_array_index (table->cells, HxTableCell, i);

      if (cell->row < first->from && cell->kind == HX_CELL_WORDS)
        unit = unit_behind (words, cell->words, "单位：");
    }
  return unit == NULL ? unit_behind (words, table->caption, "单位：") : unit;
}

static const Unit *
unit_in_names (const HxCheckTable *table, const HxTableBlock *block,
               guint column)
{
  const Unit *unit = NULL;

  for (guint row = block->head; row <= block->from && unit == NULL; row++)
    {
      const HxTableCell *cell = hx_check_table_at (table, row, column);

      if (cell != NULL && cell->kind == HX_CELL_WORDS)
        unit = unit_behind (table->reading->words, cell->words, "（");
    }
  return unit;
}

/* In forms the unit stands beside the names of the rows: 年度预算（万元）. */
static const Unit *
unit_of_names (const HxCheckTable *table, const HxTableBlock *block)
{
  const Unit *unit = NULL;

  for (guint column = 0; column < table->columns && unit == NULL; column++)
    if (block->columns[column].kind != HX_COLUMN_VALUE)
      unit = unit_in_names (table, block, column);
  return unit;
}

/* Points and numbers of things are no money. */
static gboolean
is_money (const HxCheckTable *table, const HxTableBlock *block, guint column)
{
  static const char *const others[]
      = { "分值",   "得分",   "权重", "人数", "数量", "个数", "次数", "辆",
          "指标值", "完成值", "面积", "人）", "个）", "项）", NULL };

  return !hx_check_table_says (table, block->columns[column].head, others);
}

static void
give_unit (HxCheckTable *table, const HxTableBlock *block, guint column,
           const Unit *unit)
{
  const Unit *own = unit_of_column (table, block, column);
  const gboolean is_rate = block->columns[column].is_rate;

  if (own == NULL && is_money (table, block, column))
    own = unit;
  for (guint row = block->from; row < block->until; row++)
    {
      const guint term = hx_check_table_term (table, row, column);
      HxQuantity *quantity = NULL;

      if (term == HX_NO_TERM)
        continue;
      quantity = quantity_at (table, term);
      if (quantity->kind != HX_QUANTITY_NONE)
        continue;
      if (is_rate)
        quantity->kind = HX_QUANTITY_PERCENT;
      else if (own != NULL)
        be_money (quantity, own);
    }
}

/* The numbers of a column are written with the same care: beside 9.51 a 20 is
 * 20.00.  Whole points and whole numbers of things are counted, not rounded. */
static void
give_places (HxCheckTable *table, const HxTableBlock *block, guint column)
{
  const gboolean is_counted = !is_money (table, block, column);
  guint scale = 0;

  for (guint row = block->from; row < block->until; row++)
    {
      const guint term = hx_check_table_term (table, row, column);

      if (term != HX_NO_TERM)
        scale = MAX (scale, quantity_at (table, term)->value.scale);
    }
  for (guint row = block->from; row < block->until; row++)
    {
      const guint term = hx_check_table_term (table, row, column);
      HxQuantity *quantity = NULL;

      if (term == HX_NO_TERM)
        continue;
      quantity = quantity_at (table, term);
      for (guint i = quantity->value.scale; i < scale; i++)
        quantity->half /= 10;
      if (scale == 0 && (is_counted || quantity->kind == HX_QUANTITY_COUNT))
        quantity->is_counted = TRUE;
    }
}

static void
give_units (HxCheckTable *table)
{
  const Unit *whole = unit_of_table (table);

  for (guint i = 0; i < table->blocks->len; i++)
    {
      const HxTableBlock *block
          = &g_array_index (table->blocks, HxTableBlock, i);
      const Unit *unit = unit_of_names (table, block);

      for (guint column = 0; column < table->columns; column++)
        if (block->columns[column].kind == HX_COLUMN_VALUE)
          {
            give_unit (table, block, column, unit == NULL ? whole : unit);
            give_places (table, block, column);
          }
    }
}

/* ---------------------------------------------------------------------- made
 */

static HxSpan
caption_of (const HxCheckTable *table, gsize before)
{
  const char *text = table->reading->words->clean->str;
  HxSpan caption = { before, 0 };

  caption.until = g_array_index (table->cells, HxTableCell, 0).words.from;
  if (caption.from + CAPTION_BYTES < caption.until)
    caption.from = caption.until - CAPTION_BYTES;
  while ((text[caption.from] & 0xC0) == 0x80)
    caption.from++;
  caption.until = MAX (caption.from, caption.until);
  return caption;
}

HxCheckTable *
hx_check_table_new (HxReading *reading, const HxSourceCell *cells, guint count,
                    gsize before)
{
  g_autoptr (HxCheckTable) table = g_new0 (HxCheckTable, 1);

  table->reading = reading;
  table->terms_before = reading->terms->len;
  table->cells = g_array_sized_new (FALSE, FALSE, sizeof (HxTableCell), count);
  table->blocks = g_array_new (FALSE, FALSE, sizeof (HxTableBlock));
  if (!measure (table, cells, count))
    return NULL;
  add_cells (table, cells, count);
  table->caption = caption_of (table, before);
  read_cells (table);
  hx_check_table_find_blocks (table);
  if (table->blocks->len == 0)
    return NULL;
  give_units (table);
  return g_steal_pointer (&table);
}

void
hx_check_table_free (HxCheckTable *table)
{
  if (table == NULL)
    return;
  for (guint i = 0; i < table->blocks->len; i++)
    g_free (g_array_index (table->blocks, HxTableBlock, i).columns);
  g_array_set_size (table->reading->terms, table->terms_before);
  g_array_unref (table->blocks);
  g_array_unref (table->cells);
  g_free (table->grid);
  g_free (table);
}

const HxTableCell *
hx_check_table_at (const HxCheckTable *table, guint row, guint column)
{
  const guint index = table->grid[row * table->columns + column];

  return index == HX_NO_CELL
             ? NULL
             : &g_array_index (table->cells, HxTableCell, index);
}

guint
hx_check_table_term (const HxCheckTable *table, guint row, guint column)
{
  const HxTableCell *cell = hx_check_table_at (table, row, column);

  return cell == NULL || cell->row != row || cell->column != column
             ? HX_NO_TERM
             : cell->term;
}

gboolean
hx_check_table_is_blank (const HxCheckTable *table, guint row, guint column)
{
  const HxTableCell *cell = hx_check_table_at (table, row, column);

  return cell == NULL || cell->kind == HX_CELL_BLANK;
}

gboolean
hx_check_table_is_seen (const HxCheckTable *table)
{
  return table->reading->source->kind == HX_SOURCE_PDF;
}
