/* What becomes of each row of a file, through the program. */

#include "program.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include <cmocka.h>

#define HEADER "姓名,身份证号,出生日期,性别\n"

static gint64
count_of (const json_t *summary, const char *key)
{
  return json_integer_value (json_object_get (summary, key));
}

static void
begin (const Program *program, const char *name)
{
  g_autofree char *path = program_path (program, name);
  g_unlink (path);
  g_auto (Said) said = hongxia (program, name, 0, "init", NULL);
}

static void
assert_rows (const Program *program, const char *name, const char *count)
{
  g_autofree char *is
      = program_ask (program, name, "SELECT COUNT(*) FROM reg_cadre");
  assert_string_equal (is, count);
}

/* ------------------------------------------------------ a thousand rows */

enum
{
  GOOD,
  DUPLICATE,
  WRONG_DIGIT,
  NO_SUCH_DATE
};

/* 34 rows repeat an earlier number, 33 have a wrong check digit, 33 a date
 * that no calendar has; they lie scattered among 900 good ones. */
static int
fault_of_row (guint row)
{
  if (row % 10 != 9)
    return GOOD;
  return row / 10 < 34 ? DUPLICATE : row / 10 < 67 ? WRONG_DIGIT : NO_SUCH_DATE;
}

static void
append_person (GString *text, guint row, int fault)
{
  const guint source = fault == DUPLICATE ? row - 1 : row;
  const guint day = 19380101 + source % 28 + source / 28 % 12 * 100;
  g_autofree char *number
      = made_id_number (fault == NO_SUCH_DATE ? 19380230 : day, source % 1000);
  if (fault == WRONG_DIGIT)
    number[17] = number[17] == '1' ? '2' : '1';
  g_string_append_printf (text, "张某%u,%s,,\n", row, number);
}

static void
write_thousand (const Program *program, const char *name)
{
  g_autoptr (GString) text = g_string_new (HEADER);
  for (guint row = 0; row < 1000; row++)
    append_person (text, row, fault_of_row (row));
  program_write (program, name, text->str);
}

static void
of_a_thousand_rows_nine_hundred_are_kept_and_each_other_is_named (void **state)
{
  const Program *program = *state;
  begin (program, "thousand.db");
  write_thousand (program, "thousand.csv");
  g_auto (Said) said
      = hongxia (program, "thousand.db", 1, "import", "cadre", "thousand.csv",
                 "--errors", "bad.xlsx", "--json", NULL);
  json_t *summary = said_json (&said);
  assert_int_equal (count_of (summary, "rows"), 1000);
  assert_int_equal (count_of (summary, "new"), 900);
  assert_int_equal (count_of (summary, "failed"), 100);
  json_decref (summary);
  assert_rows (program, "thousand.db", "900");

  g_auto (Said) again = hongxia (program, "thousand.db", 1, "import", "cadre",
                                 "bad.xlsx", "--json", NULL);
  json_t *second = said_json (&again);
  assert_int_equal (count_of (second, "rows"), 100);
  assert_int_equal (count_of (second, "failed"), 100);
  assert_int_equal (
      json_array_size (json_object_get (second, "unknown_columns")), 0);
  json_decref (second);
  g_autofree char *first = program_ask (
      program, "thousand.db", "SELECT name FROM reg_cadre WHERE id = 9");
  assert_string_equal (first, "张某8");
}

static void
a_failed_row_is_named_with_its_line_and_its_reason (void **state)
{
  static const struct
  {
    guint row;
    const char *reason;
  } cases[] = { { 9, "第 10 行" }, { 349, "校验" }, { 679, "日期" } };
  const Program *program = *state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (HEADER);
      g_autofree char *line
          = g_strdup_printf ("第%u行", cases[i].row == 9 ? 11 : 2);
      begin (program, "named.db");
      for (guint row = cases[i].row == 9 ? 0 : cases[i].row;
           row <= cases[i].row; row++)
        append_person (text, row, fault_of_row (row));
      program_write (program, "named.csv", text->str);
      g_auto (Said) said = hongxia (program, "named.db", 1, "import", "cadre",
                                    "named.csv", NULL);
      assert_says (said.err, line);
      assert_says (said.err, cases[i].reason);
    }
}

/* -------------------------------------------------------------- switches */

static void
a_dry_run_counts_and_changes_nothing (void **state)
{
  const Program *program = *state;
  begin (program, "dry.db");
  write_thousand (program, "thousand.csv");
  g_auto (Said) said = hongxia (program, "dry.db", 1, "import", "cadre",
                                "thousand.csv", "--dry-run", NULL);
  assert_says (said.out, "共 1000 行 = 新增 900 + 更改 0 + 未变 0 + 失败 100");
  assert_says (said.out, "数据库没有改动");
  assert_rows (program, "dry.db", "0");
  g_autofree char *log
      = program_ask (program, "dry.db", "SELECT COUNT(*) FROM change_log");
  assert_string_equal (log, "0");
}

static void
all_or_nothing_keeps_nothing_of_a_faulty_file (void **state)
{
  const Program *program = *state;
  begin (program, "all.db");
  write_thousand (program, "thousand.csv");
  g_auto (Said) said = hongxia (program, "all.db", 1, "import", "cadre",
                                "thousand.csv", "--all-or-nothing", NULL);
  assert_says (said.out, "全部没有导入");
  assert_rows (program, "all.db", "0");
}

static void
a_second_import_adds_nothing_and_a_changed_cell_changes_one_row (void **state)
{
  const Program *program = *state;
  g_autofree char *one = made_id_number (19400301, 10);
  g_autofree char *two = made_id_number (19400302, 20);
  g_autofree char *text = g_strdup_printf (
      HEADER "李一,%s,1940-03-01,女\n李二,%s,1940-03-02,女\n", one, two);
  g_autofree char *edited = g_strdup_printf (
      HEADER "李一,%s,1940-03-01,女\n李贰,%s,1940-03-02,女\n", one, two);
  begin (program, "twice.db");
  program_write (program, "twice.csv", text);
  for (guint i = 0; i < 2; i++)
    {
      g_auto (Said) said = hongxia (program, "twice.db", 0, "import",
                                    "离退休干部", "twice.csv", NULL);
      assert_says (said.out, i == 0 ? "新增 2 + 更改 0 + 未变 0"
                                    : "新增 0 + 更改 0 + 未变 2");
    }
  program_write (program, "twice.csv", edited);
  g_auto (Said) said
      = hongxia (program, "twice.db", 0, "import", "cadre", "twice.csv", NULL);
  assert_says (said.out, "新增 0 + 更改 1 + 未变 1");
  g_auto (Said) shown
      = hongxia (program, "twice.db", 0, "record", "show", "cadre", "2",
                 "--reveal", "name", "--reason", "核对", NULL);
  assert_says (shown.out, "李二");
  assert_says (shown.out, "李贰");
}

/* ------------------------------------------------------- odd but good */

static void
columns_are_found_under_titles_by_key_label_and_alias (void **state)
{
  const Program *program = *state;
  g_autofree char *number = made_id_number (19330622, 1);
  g_autofree char *text
      = g_strdup_printf ("离退休干部名册\n,填报单位：某街道\n"
                         "name,公民身份号码（必填）,性别 *,出生年月,血型\n"
                         "王一,%s,男性,１９３３年６月22日,O\n",
                         number);
  begin (program, "odd.db");
  program_write (program, "odd.csv", text);
  g_auto (Said) said
      = hongxia (program, "odd.db", 0, "import", "cadre", "odd.csv", NULL);
  assert_says (said.out, "新增 1");
  assert_says (said.out, "血型");
  g_autofree char *birth = program_ask (
      program, "odd.db", "SELECT sex || birth_date FROM reg_cadre");
  assert_string_equal (birth, "11933-06-22");
}

static void
an_id_number_must_agree_with_birth_date_and_sex (void **state)
{
  const Program *program = *state;
  g_autofree char *number = made_id_number (19330622, 1);
  g_autofree char *text = g_strdup_printf (
      HEADER "王一,%s,1933-06-23,男\n王二,%s,1933-06-22,女\n", number, number);
  begin (program, "agree.db");
  program_write (program, "agree.csv", text);
  g_auto (Said) said
      = hongxia (program, "agree.db", 1, "import", "cadre", "agree.csv", NULL);
  assert_says (said.err, "出生日期");
  assert_says (said.err, "性别");
  assert_rows (program, "agree.db", "0");
}

/* A reader that works in blocks must not cut a character in two. */
static void
no_character_is_lost_at_the_edge_of_a_block (void **state)
{
  const Program *program = *state;
  for (guint shift = 0; shift < 3; shift++)
    {
      g_autoptr (GString) text
          = g_string_new ("机构编号,机构名称,机构类别,备注\n");
      for (guint i = 0; i < 400; i++)
        {
          g_string_append_printf (text, "C%u,社区%u,社区,", i, i);
          for (guint j = 0; j < shift && i == 0; j++)
            g_string_append_c (text, 'x');
          for (guint j = 0; j < 200; j++)
            g_string_append (text, "穗");
          g_string_append_c (text, '\n');
        }
      assert_true (text->len > 3 * 65536);
      begin (program, "block.db");
      program_write (program, "block.csv", text->str);
      g_auto (Said) said = hongxia (program, "block.db", 0, "import", "unit",
                                    "block.csv", NULL);
      assert_says (said.out, "新增 400");
      g_autofree char *whole = program_ask (
          program, "block.db",
          "SELECT COUNT(*) FROM reg_unit"
          " WHERE replace (replace (note, '穗', ''), 'x', '') = ''"
          " AND length (note) >= 200");
      assert_string_equal (whole, "400");
    }
}

/* ----------------------------------------------------------- units of money */

static void
begin_with_cadre (const Program *program, const char *name, const char *number)
{
  g_autofree char *word = g_strconcat ("身份证号=", number, NULL);
  begin (program, name);
  g_auto (Said) said = hongxia (program, name, 0, "record", "add", "cadre",
                                "姓名=王一", word, NULL);
}

static void
assert_gift (const Program *program, const char *name, const char *fen)
{
  g_autofree char *gift
      = program_ask (program, name, "SELECT gift FROM rec_visit");
  assert_string_equal (gift, fen);
}

static void
the_unit_of_money_over_a_column_is_taken_along (void **state)
{
  static const struct
  {
    const char *title, *label, *cell, *fen;
  } cases[] = {
    { "走访登记", "慰问金", "500", "50000" },
    { "走访登记", "慰问金（万元）", "0.05", "50000" },
    { "走访登记", "慰问金(单位：元)", "500", "50000" },
    { "走访登记（单位：万元）", "慰问金", "0.05", "50000" },
    { "填报单位：某街道 单位:万元", "慰问金", "500元", "50000" },
    { "单位：万元", "慰问金（元）", "500", "50000" },
    { "填报单位：某街道", "慰问金", "500", "50000" },
    { "单位：某街道", "慰问金 * (必填)", "500", "50000" },
  };
  const Program *program = *state;
  g_autofree char *number = made_id_number (19330622, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "%s,,,\n身份证号,走访日期,走访事由,%s\n%s,2023-03-05,生日,%s\n",
          cases[i].title, cases[i].label, number, cases[i].cell);
      begin_with_cadre (program, "unit.db", number);
      program_write (program, "unit.csv", text);
      g_auto (Said) said = hongxia (program, "unit.db", 0, "import", "visit",
                                    "unit.csv", NULL);
      assert_gift (program, "unit.db", cases[i].fen);
    }
}

static void
a_unit_of_money_that_is_not_known_stops_the_import (void **state)
{
  const Program *program = *state;
  g_autofree char *number = made_id_number (19330622, 1);
  g_autofree char *text
      = g_strdup_printf ("身份证号,走访日期,走访事由,慰问金（千元）\n"
                         "%s,2023-03-05,生日,0.5\n",
                         number);
  begin_with_cadre (program, "unit.db", number);
  program_write (program, "unit.csv", text);
  g_auto (Said) said
      = hongxia (program, "unit.db", 3, "import", "visit", "unit.csv", NULL);
  assert_says (said.err, "慰问金（千元）");
  assert_gift (program, "unit.db", "");
}

static void
the_workbook_of_failed_rows_keeps_the_unit_of_the_title (void **state)
{
  const Program *program = *state;
  g_autofree char *number = made_id_number (19330622, 1);
  g_autofree char *text
      = g_strdup_printf ("单位：万元,,,\n身份证号,走访日期,走访事由,慰问金\n"
                         "%s,2023-03-05,生日,0.05\n",
                         number);
  begin (program, "late.db");
  program_write (program, "late.csv", text);
  g_auto (Said) early = hongxia (program, "late.db", 1, "import", "visit",
                                 "late.csv", "--errors", "late.xlsx", NULL);
  g_autofree char *word = g_strconcat ("身份证号=", number, NULL);
  g_auto (Said) cadre = hongxia (program, "late.db", 0, "record", "add",
                                 "cadre", "姓名=王一", word, NULL);
  g_auto (Said) again
      = hongxia (program, "late.db", 0, "import", "visit", "late.xlsx", NULL);
  assert_gift (program, "late.db", "50000");
}

/* --------------------------------------------------------------- refused */

static void
a_file_without_a_header_that_fits_is_refused (void **state)
{
  static const struct
  {
    const char *text, *says;
  } cases[] = {
    { "甲,乙\n1,2\n", "列名" },
    { "姓名,性别\n王一,男\n", "缺少“身份证号”一列" },
    { "姓名,干部姓名,身份证号\n王一,王二,3\n", "“姓名”和“干部姓名”" },
    { "", "" },
  };
  const Program *program = *state;
  begin (program, "header.db");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      program_write (program, "header.csv", cases[i].text);
      g_auto (Said) said = hongxia (program, "header.db", 3, "import", "cadre",
                                    "header.csv", NULL);
      assert_says (said.err, cases[i].says);
      assert_says (said.err, "header.csv");
      assert_rows (program, "header.db", "0");
    }
}

static void
write_formula_workbook (const Program *program, const char *name)
{
  g_autofree char *path = program_path (program, name);
  g_autofree char *one = made_id_number (19400301, 10);
  g_autofree char *two = made_id_number (19400302, 20);
  lxw_workbook *workbook = workbook_new (path);
  lxw_worksheet *sheet = workbook_add_worksheet (workbook, NULL);
  worksheet_write_string (sheet, 0, 0, "姓名", NULL);
  worksheet_write_string (sheet, 0, 1, "身份证号", NULL);
  worksheet_write_string (sheet, 1, 0, "李一", NULL);
  worksheet_write_string (sheet, 1, 1, one, NULL);
  worksheet_write_formula_str (sheet, 2, 0, "=A2&\"二\"", NULL, "李一二");
  worksheet_write_string (sheet, 2, 1, two, NULL);
  assert_int_equal (workbook_close (workbook), LXW_NO_ERROR);
}

static void
a_formula_stops_the_whole_file (void **state)
{
  const Program *program = *state;
  begin (program, "formula.db");
  write_formula_workbook (program, "formula.xlsx");
  g_auto (Said) said = hongxia (program, "formula.db", 3, "import", "cadre",
                                "formula.xlsx", NULL);
  assert_says (said.err, "“姓名”一格是公式");
  assert_says (said.err, "formula.xlsx 第3行");
  assert_rows (program, "formula.db", "0");
}

static void
unknown_kinds_and_files_are_refused_in_words (void **state)
{
  const Program *program = *state;
  begin (program, "words.db");
  program_write (program, "words.csv", HEADER);
  g_auto (Said) kind = hongxia (program, "words.db", 2, "import", "没有的台账",
                                "words.csv", NULL);
  assert_says (kind.err, "cadre（离退休干部）");
  g_auto (Said) file = hongxia (program, "words.db", 3, "import", "cadre",
                                "没有的文件.xlsx", NULL);
  assert_says (file.err, "没有的文件.xlsx");
  g_auto (Said) folder
      = hongxia (program, "words.db", 3, "import", "cadre", ".", NULL);
  assert_true (strlen (folder.err) > 10);
}

int
main (int argc, char **argv)
{
  Program program = { 0 };
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_prestate (
        of_a_thousand_rows_nine_hundred_are_kept_and_each_other_is_named,
        &program),
    cmocka_unit_test_prestate (
        a_failed_row_is_named_with_its_line_and_its_reason, &program),
    cmocka_unit_test_prestate (a_dry_run_counts_and_changes_nothing, &program),
    cmocka_unit_test_prestate (all_or_nothing_keeps_nothing_of_a_faulty_file,
                               &program),
    cmocka_unit_test_prestate (
        a_second_import_adds_nothing_and_a_changed_cell_changes_one_row,
        &program),
    cmocka_unit_test_prestate (
        columns_are_found_under_titles_by_key_label_and_alias, &program),
    cmocka_unit_test_prestate (an_id_number_must_agree_with_birth_date_and_sex,
                               &program),
    cmocka_unit_test_prestate (no_character_is_lost_at_the_edge_of_a_block,
                               &program),
    cmocka_unit_test_prestate (the_unit_of_money_over_a_column_is_taken_along,
                               &program),
    cmocka_unit_test_prestate (
        a_unit_of_money_that_is_not_known_stops_the_import, &program),
    cmocka_unit_test_prestate (
        the_workbook_of_failed_rows_keeps_the_unit_of_the_title, &program),
    cmocka_unit_test_prestate (a_file_without_a_header_that_fits_is_refused,
                               &program),
    cmocka_unit_test_prestate (a_formula_stops_the_whole_file, &program),
    cmocka_unit_test_prestate (unknown_kinds_and_files_are_refused_in_words,
                               &program),
  };
  if (argc < 3)
    return EXIT_FAILURE;
  program_setup (&program, argv);
  const int failed = cmocka_run_group_tests (tests, NULL, NULL);
  program_teardown (&program);
  return failed;
}
