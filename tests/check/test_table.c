/* How a table is read: blocks, kinds of columns, bands, rows, units. */
#include "check/table.h"
#include "table_fixture.h"
#include "table_forms.h"

#include <string.h>

/* ------------------------------------------------------------------- helpers
 */

typedef struct
{
  HxSource *source;
  HxReading *reading;
  HxCheckTable *table;
} Read;

static Read
read_drawn (const char *drawing)
{
  Read read = { .source = fixture_drawn (drawing) };

  read.reading = hx_reading_new (read.source);
  read.table = hx_check_table_new (
      read.reading, (const HxSourceCell *)(gpointer)read.source->cells->data,
      read.source->cells->len, 0);
  return read;
}

static void
read_clear (Read *read)
{
  hx_check_table_free (read->table);
  hx_reading_free (read->reading);
  hx_source_free (read->source);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Read, read_clear)

static const HxTableBlock *
block_of (const Read *read, guint index)
{
  return &g_array_index (read->table->blocks, HxTableBlock, index);
}

/* A letter a column: Name, Code, Order, Value, - for none; a bar where a band
 * begins. */
static char *
columns_of (const Read *read, guint index)
{
  static const char letters[] = "-NCOV";
  const HxTableBlock *block = block_of (read, index);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < read->table->columns; i++)
    {
      if (i > 0 && block->columns[i].band != block->columns[i - 1].band)
        g_string_append_c (list, '|');
      g_string_append_c (list, letters[block->columns[i].kind]);
    }
  return g_string_free (list, FALSE);
}

static char *
words_of (const Read *read, HxSpan span)
{
  return g_strndup (read->reading->words->clean->str + span.from,
                    span.until - span.from);
}

/* The rows of a band: "name=code", with a mark * of totals, + of 其中. */
static char *
rows_of (const Read *read, guint index, guint band)
{
  g_autoptr (GArray) rows
      = hx_check_table_rows (read->table, block_of (read, index), band);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const HxCheckTableRow *row = &g_array_index (rows, HxCheckTableRow, i);
      g_autofree char *name = words_of (read, row->name);
      g_autofree char *code = words_of (read, row->code);

      g_string_append_printf (
          list, "%s%s%s%s%s;", row->is_of_which ? "+" : "", name,
          *code == '\0' ? "" : "=", code,
          row->total == HX_TOTAL_NOT ? "" : &"***"[3 - row->total]);
    }
  return g_string_free (list, FALSE);
}

static const HxQuantity *
quantity_at (const Read *read, guint row, guint column)
{
  const guint term = hx_check_table_term (read->table, row, column);

  assert_true (term != HX_NO_TERM);
  return &hx_reading_term (read->reading, term)->quantity;
}

/* --------------------------------------------------------------------- tests
 */

static void
official_forms_have_their_columns (void **state)
{
  static const struct
  {
    const char *const *form;
    guint block;
    const char *columns;
    guint head, from;
  } cases[] = {
    { &form_whole, 0, "NOV|NOV", 0, 3 },
    { &form_spent, 0, "CNVVV---", 0, 3 },
    { &form_self, 0, "-NVVVVVV", 0, 2 },
    { &form_self, 1, "NNNNVVV-", 6, 7 },
    { &form_detail, 0, "CNV|CNV|CNV", 0, 2 },
    { &form_trips, 0, "VVVVVVVVVVVV", 0, 4 },
    { &form_grant, 0, "NOV|NOVVV-", 0, 2 },
    { &form_change, 0, "ONVVVVV", 0, 1 },
    { &form_fund, 0, "CNVVV-VV", 0, 2 },
    { &form_sources, 0, "NVVVVVV", 0, 1 },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Read) read = read_drawn (*cases[i].form);
      g_autofree char *columns = columns_of (&read, cases[i].block);

      assert_string_equal (columns, cases[i].columns);
      assert_int_equal (block_of (&read, cases[i].block)->head, cases[i].head);
      assert_int_equal (block_of (&read, cases[i].block)->from, cases[i].from);
    }
}

static void
rows_have_names_codes_and_ranks (void **state)
{
  static const struct
  {
    const char *const *form;
    guint block, band;
    const char *rows;
  } cases[] = {
    { &form_whole, 0, 0,
      "一般公共预算财政拨款收入;政府性基金预算财政拨款收入;上级补助收入;"
      "其他收入;本年收入合计**;年初结转和结余;总计***;" },
    { &form_spent, 0, 0,
      "合计**;一般公共服务支出=201;组织事务=20132;行政运行=2013201;"
      "一般行政管理事务=2013202;社会保障和就业支出=208;"
      "行政事业单位养老支出=20805;行政单位离退休=2080501;"
      "机关事业单位基本养老保险缴费支出=2080505;卫生健康支出=210;"
      "行政事业单位医疗=21011;行政单位医疗=2101101;其他支出=229;"
      "彩票公益金安排的支出=22960;用于社会福利的彩票公益金支出=2296002;" },
    { &form_self, 0, 0,
      "年度资金总额**;+一般公共预算拨款;政府性基金;其他资金;" },
    { &form_detail, 0, 2, "资本性支出=310;办公设备购置=31002;公用经费合计**;" },
    { &form_sources, 0, 0, "单位资金;其他资金;小计*;财政资金;合计**;" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Read) read = read_drawn (*cases[i].form);
      g_autofree char *rows = rows_of (&read, cases[i].block, cases[i].band);

      assert_string_equal (rows, cases[i].rows);
    }
}

static void
the_unit_is_the_nearest_one_stated (void **state)
{
  static const struct
  {
    const char *drawing, *unit;
    HxQuantityKind kind;
    gint64 exact; /* in 元, percent or pieces */
  } cases[] = {
    { "金额单位：万元\n|项目|金额|\n|甲|12.00|\n", "万元", HX_QUANTITY_MONEY,
      120000 },
    { "单位：万元\n|项目|金额（元）|\n|甲|12.00|\n", "元", HX_QUANTITY_MONEY,
      12 },
    { "|部门：某局 单位：亿元|<|\n|项目|金额|\n|甲|12.00|\n", "亿元",
      HX_QUANTITY_MONEY, 1200000000 },
    { "单位：元\n|项目|金额|\n|甲|12.00万元|\n", NULL, HX_QUANTITY_MONEY,
      120000 },
    { "单位：万元\n|项目|占比（%）|\n|甲|12.00|\n", NULL, HX_QUANTITY_PERCENT,
      12 },
    { "单位：万元\n|项目|执行率|\n|甲|12.00%|\n", NULL, HX_QUANTITY_PERCENT,
      12 },
    { "单位：万元\n|项目|得分|\n|甲|12|\n", NULL, HX_QUANTITY_NONE, 12 },
    { "单位：万元\n|项目|人数|\n|甲|12人|\n", NULL, HX_QUANTITY_COUNT, 12 },
    { "|项目|金额|\n|甲|12.00|\n", NULL, HX_QUANTITY_NONE, 12 },
    { "|项目|年度预算（万元）|\n|甲|－12.00|\n", "万元", HX_QUANTITY_MONEY,
      -120000 },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Read) read = read_drawn (cases[i].drawing);
      const HxQuantity *quantity = quantity_at (&read, read.table->rows - 1, 1);

      assert_int_equal (quantity->kind, cases[i].kind);
      assert_true (g_strcmp0 (quantity->unit, cases[i].unit) == 0);
      assert_true (quantity->exact == (HxWide)cases[i].exact * 100000000);
    }
}

static void
a_column_is_written_with_one_care (void **state)
{
  g_auto (Read) read
      = read_drawn ("|项目|得分|人数|\n|甲|9.51|3人|\n|乙|20|4人|\n");

  (void)state;
  /* half of 0.01 */
  assert_true (quantity_at (&read, 2, 1)->half == 500000);
  assert_int_equal (quantity_at (&read, 2, 1)->value.scale, 0);
  assert_true (quantity_at (&read, 2, 2)->is_counted);
}

static void
what_is_a_number_and_what_is_nothing (void **state)
{
  static const struct
  {
    const char *cell;
    HxCellKind kind;
    gboolean is_doubtful;
  } cases[] = {
    { "", HX_CELL_BLANK, FALSE },         { "-", HX_CELL_BLANK, FALSE },
    { "——", HX_CELL_BLANK, FALSE },       { "/", HX_CELL_BLANK, FALSE },
    { "0.00", HX_CELL_NUMBER, FALSE },    { "1,234.50", HX_CELL_NUMBER, FALSE },
    { "１２.５", HX_CELL_NUMBER, FALSE }, { "-3", HX_CELL_NUMBER, FALSE },
    { "(3.20)", HX_CELL_NUMBER, TRUE },   { "95.06%", HX_CELL_NUMBER, FALSE },
    { "12 个", HX_CELL_NUMBER, FALSE },   { "≥95%", HX_CELL_WORDS, FALSE },
    { "20余人", HX_CELL_WORDS, FALSE },   { "3-5", HX_CELL_WORDS, FALSE },
    { "1 2", HX_CELL_WORDS, FALSE },      { "2024年", HX_CELL_WORDS, FALSE },
    { "3.2.1", HX_CELL_WORDS, FALSE },    { "无", HX_CELL_WORDS, FALSE },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *drawing = g_strdup_printf (
          "|项目|金额|\n|乙|1.00|\n|甲|%s|\n", cases[i].cell);
      g_auto (Read) read = read_drawn (drawing);
      const HxTableCell *cell = hx_check_table_at (read.table, 2, 1);

      if (cell->kind != cases[i].kind)
        print_error ("%s\n", cases[i].cell);
      assert_int_equal (cell->kind, cases[i].kind);
      if (cell->kind == HX_CELL_NUMBER)
        assert_int_equal (cell->is_doubtful, cases[i].is_doubtful);
      assert_int_equal (hx_check_table_is_blank (read.table, 2, 1),
                        cases[i].kind == HX_CELL_BLANK);
    }
}

static void
totals_are_known_by_their_words (void **state)
{
  static const struct
  {
    const char *name, *rows;
  } cases[] = {
    { "合计", "合计**;" },
    { "合　计", "合计**;" },
    { "合 计（万元）", "合计（万元）**;" },
    { "本年支出合计", "本年支出合计**;" },
    { "收支总计", "收支总计***;" },
    { "其中：小计", "+小计*;" },
    { "二、总额", "总额**;" },
    { "合计数以外的项目", "合计数以外的项目;" },
    { "会计", "会计;" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *drawing
          = g_strdup_printf ("|项目|金额|\n|%s|1.00|\n", cases[i].name);
      g_auto (Read) read = read_drawn (drawing);
      g_autofree char *rows = rows_of (&read, 0, 0);

      assert_string_equal (rows, cases[i].rows);
    }
}

static void
the_terms_of_a_table_go_with_it (void **state)
{
  g_autoptr (HxSource) source = fixture_drawn (form_spent);
  g_autoptr (HxReading) reading = hx_reading_new (source);
  const guint before = reading->terms->len;
  HxCheckTable *table = hx_check_table_new (
      reading, (const HxSourceCell *)(gpointer)source->cells->data,
      source->cells->len, 0);

  (void)state;
  assert_true (reading->terms->len > before + 40);
  hx_check_table_free (table);
  assert_int_equal (reading->terms->len, before);
  hx_check_table_free (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (official_forms_have_their_columns),
    cmocka_unit_test (rows_have_names_codes_and_ranks),
    cmocka_unit_test (the_unit_is_the_nearest_one_stated),
    cmocka_unit_test (a_column_is_written_with_one_care),
    cmocka_unit_test (what_is_a_number_and_what_is_nothing),
    cmocka_unit_test (totals_are_known_by_their_words),
    cmocka_unit_test (the_terms_of_a_table_go_with_it),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
