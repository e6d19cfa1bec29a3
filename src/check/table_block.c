/* What the rows and columns of a table are, by words and by content.
 *
 * Rows of heads hold words in several columns and no number; an official form
 * adds a row that counts its columns (栏次 1 2 3).  They open the table, and
 * may stand again further down, where another form was pasted below. */
#include "check/table.h"

#include <string.h>

#define NAME_LETTERS_MAX 40
#define TOTAL_BYTES_MAX 60

static const char *const head_words[]
    = { "预算数", "执行数", "决算数", "分值",   "得分", "金额", "指标值",
        "完成值", "执行率", "项目",   "科目",   "名称", "行次", "序号",
        "单位",   "数量",   "备注",   "完成率", "合计", NULL };

/* ------------------------------------------------------------------- words */

gboolean
hx_check_table_says (const HxCheckTable *table, HxSpan words,
                     const char *const *list)
{
  return hx_reading_says (table->reading, words.from, words.until, list);
}

static gboolean
is_word (const HxCheckTable *table, HxSpan span, const char *word)
{
  return span.until - span.from == strlen (word)
         && memcmp (table->reading->words->clean->str + span.from, word,
                    strlen (word))
                == 0;
}

static gboolean
begins (const HxCheckTable *table, HxSpan span, const char *word)
{
  return span.until - span.from >= strlen (word)
         && memcmp (table->reading->words->clean->str + span.from, word,
                    strlen (word))
                == 0;
}

static gboolean
ends (const HxCheckTable *table, HxSpan span, const char *word)
{
  return hx_words_end_with (table->reading->words, span.from, span.until, word);
}

HxTotalRank
hx_check_table_total (const HxCheckTable *table, HxSpan words)
{
  static const struct
  {
    const char *word;
    HxTotalRank rank;
  } totals[] = { { "小计", HX_TOTAL_SUB },   { "总计", HX_TOTAL_GRAND },
                 { "合计", HX_TOTAL_SUM },   { "共计", HX_TOTAL_SUM },
                 { "总额", HX_TOTAL_SUM },   { "合计数", HX_TOTAL_SUM },
                 { "总计数", HX_TOTAL_SUM }, { "总分", HX_TOTAL_SUM } };

  if (ends (table, words, "："))
    words.until -= strlen ("：");
  if (words.until - words.from > TOTAL_BYTES_MAX)
    return HX_TOTAL_NOT;
  for (gsize i = 0; i < G_N_ELEMENTS (totals); i++)
    if (ends (table, words, totals[i].word)
        || (begins (table, words, totals[i].word)
            && begins (
                table,
                (HxSpan){ words.from + strlen (totals[i].word), words.until },
                "（")))
      return totals[i].rank;
  return HX_TOTAL_NOT;
}

/* 一、 （二） 1. at the head of the words; `behind` is the rest. */
static HxMark
mark_of (const HxCheckTable *table, HxSpan words, HxSpan *behind)
{
  gsize end = words.from;
  HxMark mark = HX_MARK_NONE;

  *behind = words;
  if (words.from == words.until)
    return HX_MARK_NONE;
  mark = hx_words_mark (table->reading->words, words.from, &end);
  if (mark == HX_MARK_NONE || end > words.until)
    return HX_MARK_NONE;
  behind->from = end;
  return mark;
}

/* --------------------------------------------------------------------- heads
 */

static gboolean
is_number (const HxCheckTable *table, const HxTableCell *cell)
{
  return cell->kind == HX_CELL_NUMBER
         && hx_reading_term (table->reading, cell->term)->quantity.kind
                == HX_QUANTITY_NONE;
}

static gboolean
is_percent (const HxCheckTable *table, const HxTableCell *cell)
{
  return hx_reading_term (table->reading, cell->term)->quantity.kind
         == HX_QUANTITY_PERCENT;
}

static gint64
whole_of (const HxCheckTable *table, const HxTableCell *cell)
{
  const HxDecimal value
      = hx_reading_term (table->reading, cell->term)->quantity.value;

  return value.scale == 0 ? value.units : -1;
}

typedef struct
{
  guint words, numbers, heads, totals; /* cells */
  gboolean is_counting;                /* numbers are 1, 2, 3 … */
  gboolean are_years;
  gboolean says_order; /* 栏次 */
  gboolean is_listed;  /* the first words have a mark or a code */
} Row;

static void
look_at_number (const HxCheckTable *table, const HxTableCell *cell, Row *row)
{
  const gint64 value = is_number (table, cell) ? whole_of (table, cell) : -1;

  row->numbers++;
  row->is_counting = row->is_counting && value == row->numbers;
  row->are_years = row->are_years && value >= 1990 && value <= 2099;
}

static void
look_at_words (const HxCheckTable *table, const HxTableCell *cell, Row *row)
{
  static const char *const orders[] = { "栏次", NULL };
  HxSpan behind;

  if (row->words++ == 0)
    {
      row->is_listed = mark_of (table, cell->words, &behind) != HX_MARK_NONE
                       || g_ascii_isdigit (
                           table->reading->words->clean->str[cell->words.from]);
    }
  row->totals
      += hx_check_table_total (table, cell->words) != HX_TOTAL_NOT ? 1 : 0;
  row->says_order
      = row->says_order || hx_check_table_says (table, cell->words, orders);
  row->heads += hx_check_table_says (table, cell->words, head_words) ? 1 : 0;
}

static Row
look_at (const HxCheckTable *table, guint index)
{
  Row row = { .is_counting = TRUE, .are_years = TRUE };
  const HxTableCell *last = NULL;

  for (guint column = 0; column < table->columns; column++)
    {
      const HxTableCell *cell = hx_check_table_at (table, index, column);

      if (cell == NULL || cell == last)
        continue;
      last = cell;
      if (cell->kind == HX_CELL_NUMBER)
        look_at_number (table, cell, &row);
      else if (cell->kind == HX_CELL_WORDS)
        look_at_words (table, cell, &row);
    }
  return row;
}

static gboolean
is_full (const HxCheckTable *table, guint index)
{
  const HxTableCell *cell = hx_check_table_at (table, index, 0);

  return cell != NULL && cell->columns >= table->columns;
}

static gboolean
is_head (const HxCheckTable *table, guint index, gboolean is_first)
{
  const Row row = look_at (table, index);

  if (is_full (table, index))
    return is_first || row.heads > 0;
  if (row.numbers > 0)
    return !is_first
           && (row.says_order
               || (row.numbers >= 2
                   && (row.are_years || (row.is_counting && row.words <= 1))));
  if (is_first && row.words == 0)
    return TRUE;
  return row.words >= 2 && !row.is_listed && row.totals < row.words;
}

/* Heads that stand within a table name what they head. */
static gboolean
opens_block (const HxCheckTable *table, guint index)
{
  const Row row = look_at (table, index);

  return row.numbers == 0 && row.heads >= 2 && !row.is_listed
         && row.totals < row.words && index + 1 < table->rows;
}

/* ------------------------------------------------------------------- columns
 */

const HxTableCell *
hx_check_table_head (const HxCheckTable *table, guint row, guint column)
{
  const HxTableCell *cell = hx_check_table_at (table, row, column);

  return cell == NULL || cell->kind != HX_CELL_WORDS
                 || cell->columns >= table->columns
             ? NULL
             : cell;
}

static HxSpan
head_of (const HxCheckTable *table, const HxTableBlock *block, guint column)
{
  static const char *const orders[] = { "栏次", NULL };

  for (guint row = block->from; row-- > block->head;)
    {
      const HxTableCell *cell = hx_check_table_head (table, row, column);

      if (cell != NULL && !hx_check_table_says (table, cell->words, orders)
          && cell->words.until - cell->words.from > 1)
        return cell->words;
    }
  return (HxSpan){ 0, 0 };
}

typedef struct
{
  guint words, numbers, codes, percents;
  gboolean is_counting;
  gint64 last;
} Content;

static gboolean
is_code (const HxCheckTable *table, HxSpan words)
{
  const char *text = table->reading->words->clean->str;
  const gsize length = words.until - words.from;

  if (length != 3 && length != 5 && length != 7)
    return FALSE;
  for (gsize at = words.from; at < words.until; at++)
    if (!g_ascii_isdigit (text[at]))
      return FALSE;
  return text[words.from] != '0';
}

static void
look_into (const HxCheckTable *table, const HxTableCell *cell, Content *content)
{
  gint64 value = 0;

  if (cell->kind == HX_CELL_WORDS)
    content->words++;
  if (cell->kind != HX_CELL_NUMBER)
    return;
  value = is_number (table, cell) ? whole_of (table, cell) : -1;
  content->is_counting
      = content->is_counting && value > 0
        && (content->numbers == 0 || value == content->last + 1);
  content->last = value;
  content->numbers++;
  content->percents += is_percent (table, cell) ? 1 : 0;
  content->codes += is_code (table, cell->words) ? 1 : 0;
}

static HxColumnKind
kind_of_content (const Content *content)
{
  if (content->numbers == 0 || content->numbers < content->words)
    return content->words == 0 ? HX_COLUMN_EMPTY : HX_COLUMN_NAME;
  if (content->codes == content->numbers && content->numbers >= 3)
    return HX_COLUMN_CODE;
  if (content->is_counting && content->numbers >= 3)
    return HX_COLUMN_ORDER;
  return HX_COLUMN_VALUE;
}

/* By its head, or because its numbers are written with %. */
static gboolean
is_rate (const HxCheckTable *table, HxSpan head, const Content *content)
{
  static const char *const rates[]
      = { "%",    "执行率", "完成率", "支出率", "支付率", "使用率",
          "占比", "比重",   "增长率", "增幅",   "降幅",   "增速",
          "比率", "变动率", "进度",   "比例",   NULL };

  return hx_check_table_says (table, head, rates) || ends (table, head, "率")
         || 2 * content->percents > content->numbers;
}

/* The head may say what the content does not. */
static HxColumnKind
kind_of (const HxCheckTable *table, HxSpan head, const Content *content)
{
  static const char *const orders[] = { "行次", "序号", "栏次", NULL };
  static const char *const codes[] = { "编码", "代码", "编号", NULL };

  if (content->numbers == 0)
    return kind_of_content (content);
  if (hx_check_table_says (table, head, orders))
    return HX_COLUMN_ORDER;
  if (hx_check_table_says (table, head, codes) || is_word (table, head, "类")
      || is_word (table, head, "款") || is_word (table, head, "项"))
    return HX_COLUMN_CODE;
  return kind_of_content (content);
}

static void
read_column (const HxCheckTable *table, const HxTableBlock *block, guint column)
{
  HxTableColumn *now = &block->columns[column];
  Content content = { .is_counting = TRUE };

  for (guint row = block->from; row < block->until; row++)
    {
      const HxTableCell *cell = hx_check_table_at (table, row, column);

      if (cell != NULL && cell->column == column && cell->row == row)
        look_into (table, cell, &content);
    }
  now->head = head_of (table, block, column);
  now->kind = kind_of (table, now->head, &content);
  now->is_rate = is_rate (table, now->head, &content);
}

/* --------------------------------------------------------------------- bands
 */

static gboolean
names_rows (const HxCheckTable *table, const HxTableBlock *block, guint column)
{
  static const char *const names[]
      = { "项目", "科目", "名称", "支出", "收入", "内容", NULL };
  const HxTableColumn *columns = block->columns;
  HxSpan behind;

  if (columns[column].kind != HX_COLUMN_NAME)
    return FALSE;
  if (hx_check_table_says (table, columns[column].head, names))
    return TRUE;
  for (guint row = block->from; row < block->until; row++)
    {
      const HxTableCell *cell = hx_check_table_at (table, row, column);

      if (cell != NULL && cell->kind == HX_CELL_WORDS
          && (mark_of (table, cell->words, &behind) == HX_MARK_CHAPTER
              || hx_check_table_total (table, cell->words) != HX_TOTAL_NOT))
        return TRUE;
    }
  return FALSE;
}

/* A band begins where columns that name rows follow one of numbers. */
static gboolean
begins_band (const HxCheckTable *table, const HxTableBlock *block, guint column)
{
  for (guint i = column; i < table->columns && i < column + 4; i++)
    switch (block->columns[i].kind)
      {
      case HX_COLUMN_NAME:
        return names_rows (table, block, i);
      case HX_COLUMN_VALUE:
        return FALSE;
      default:
        break;
      }
  return FALSE;
}

static void
find_bands (const HxCheckTable *table, HxTableBlock *block)
{
  gboolean has_value = FALSE;
  guint band = 0;

  for (guint column = 0; column < table->columns; column++)
    {
      HxTableColumn *now = &block->columns[column];

      if (now->kind == HX_COLUMN_VALUE)
        has_value = TRUE;
      else if (has_value && now->kind != HX_COLUMN_EMPTY
               && begins_band (table, block, column))
        {
          band++;
          has_value = FALSE;
        }
      now->band = band;
    }
  block->bands = band + 1;
}

/* -------------------------------------------------------------------- blocks
 */

static guint
skip_heads (const HxCheckTable *table, guint row, gboolean opens)
{
  const guint first = row;

  if (opens)
    row++;
  while (row < table->rows && is_head (table, row, row == first))
    row++;
  return row;
}

static void
add_block (HxCheckTable *table, guint head, guint from, guint until)
{
  HxTableBlock block = { .head = head, .from = from, .until = until };

  if (from >= until)
    return;
  block.columns = g_new0 (HxTableColumn, table->columns);
  for (guint column = 0; column < table->columns; column++)
    read_column (table, &block, column);
  find_bands (table, &block);
  g_array_append_val (table->blocks, block);
}

void
hx_check_table_find_blocks (HxCheckTable *table)
{
  guint head = 0;
  gboolean opens = FALSE;

  while (head < table->rows)
    {
      const guint from = skip_heads (table, head, opens);
      guint until = MIN (from + 1, table->rows);

      while (until < table->rows && !opens_block (table, until))
        until++;
      add_block (table, head, from, until);
      head = until;
      opens = TRUE;
    }
}

/* ---------------------------------------------------------------------- rows
 */

/* Digits of the columns of codes, or at the head of the name. */
static HxSpan
code_of (const HxCheckTable *table, const HxTableBlock *block, guint row,
         const guint *columns)
{
  for (guint column = columns[0]; column < columns[1]; column++)
    {
      const HxTableCell *cell = hx_check_table_at (table, row, column);

      if (block->columns[column].kind == HX_COLUMN_CODE && cell != NULL
          && is_code (table, cell->words))
        return cell->words;
    }
  return (HxSpan){ 0, 0 };
}

static HxSpan
code_in_name (const HxCheckTable *table, HxSpan name)
{
  const char *text = table->reading->words->clean->str;
  HxSpan code = { name.from, name.from };

  while (code.until < name.until && g_ascii_isdigit (text[code.until]))
    code.until++;
  if (code.until == name.until || !is_code (table, code)
      || (guchar)text[code.until] < 0xE0)
    return (HxSpan){ 0, 0 };
  return begins (table, (HxSpan){ code.until, name.until }, "年")
             ? (HxSpan){ 0, 0 }
             : code;
}

/* The words that name a row: those of a total, else the last of them. */
static void
take_name (const HxCheckTable *table, const HxTableCell *cell,
           HxCheckTableRow *row)
{
  const HxTotalRank rank = hx_check_table_total (table, cell->words);

  if (row->total != HX_TOTAL_NOT)
    return;
  row->name = cell->words;
  row->total = rank;
}

/* Whether the band holds a number in this row. */
static gboolean
read_row (const HxCheckTable *table, const HxTableBlock *block,
          const guint *columns, HxCheckTableRow *row)
{
  gboolean has_number = FALSE;

  for (guint column = columns[0]; column < columns[1]; column++)
    {
      const HxTableCell *cell = hx_check_table_at (table, row->row, column);
      const HxColumnKind kind = block->columns[column].kind;

      if (cell == NULL)
        continue;
      if (kind == HX_COLUMN_VALUE && cell->kind == HX_CELL_NUMBER)
        has_number = TRUE;
      else if (cell->kind == HX_CELL_WORDS && !has_number
               && (kind == HX_COLUMN_NAME || row->name.from == row->name.until
                   || hx_check_table_total (table, cell->words)
                          != HX_TOTAL_NOT))
        take_name (table, cell, row);
    }
  return has_number;
}

static void
settle_row (const HxCheckTable *table, const HxTableBlock *block,
            const guint *columns, HxCheckTableRow *row)
{
  static const char *const of_which[] = { "其中：", "其中", "＃" };

  row->code = code_of (table, block, row->row, columns);
  if (row->code.from == row->code.until)
    row->code = code_in_name (table, row->name);
  row->mark = mark_of (table, row->name, &row->name);
  for (gsize i = 0; i < G_N_ELEMENTS (of_which); i++)
    if (begins (table, row->name, of_which[i]))
      {
        row->is_of_which = TRUE;
        row->name.from += strlen (of_which[i]);
      }
  if (row->mark == HX_MARK_NONE && row->is_of_which)
    row->mark = mark_of (table, row->name, &row->name);
}

GArray *
hx_check_table_rows (const HxCheckTable *table, const HxTableBlock *block,
                     guint band)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (HxCheckTableRow));
  guint columns[2] = { table->columns, 0 };

  for (guint column = 0; column < table->columns; column++)
    if (block->columns[column].band == band)
      {
        columns[0] = MIN (columns[0], column);
        columns[1] = column + 1;
      }
  for (guint row = block->from; row < block->until; row++)
    {
      HxCheckTableRow now = { .row = row };

      if (!read_row (table, block, columns, &now))
        continue;
      settle_row (table, block, columns, &now);
      g_array_append_val (rows, now);
    }
  return rows;
}
