/* What was so when, as a user changes it and asks for it. */

#include "program.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DB "history.db"

/* A call of which the exit status is all that matters. */
#define DONE(...)                                                              \
  do                                                                           \
    {                                                                          \
      g_auto (Said) said_ = hongxia (program, DB, 0, __VA_ARGS__, NULL);       \
    }                                                                          \
  while (0)

static const char units[] = "机构编号,机构名称,机构类别,上级机构\n"
                            "Q,荔湾区,区,\n"
                            "J1,昌华街道,街道,Q\n"
                            "J2,逢源街道,街道,Q\n";

static const char cadres[]
    = "编号,姓名,身份证号,性别,出生日期,类别,街道,职务层次\n"
      "1,张三丰,999999193301010010,男,1933-01,离休,昌华街道,县处级正职\n"
      "2,李四,999999194402290028,女,,退休,逢源街道,\n";

static int
setup (void **state)
{
  const Program *program = *state;
  DONE ("init");
  program_write (program, "u.csv", units);
  program_write (program, "c.csv", cadres);
  DONE ("import", "unit", "u.csv");
  DONE ("import", "cadre", "c.csv");
  return 0;
}

static int
teardown (void **state)
{
  static const char *const ends[] = { "", "-wal", "-shm" };
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *name = g_strconcat (DB, ends[i], NULL);
      g_autofree char *path = program_path (*state, name);
      g_unlink (path);
    }
  return 0;
}

static void
show_says (const Program *program, const char *part)
{
  g_auto (Said) said
      = hongxia (program, DB, 0, "record", "show", "cadre", "1", NULL);
  assert_says (said.out, part);
}

static void
a_change_from_a_day_is_shown_with_its_periods (void **state)
{
  const Program *program = *state;
  DONE ("record", "change", "cadre", "1", "街道=逢源街道", "--from",
        "2023-05-01");
  show_says (program, "历史：\n  所属街道：\n    最初 昌华街道\n"
                      "    自 2023-05-01 起 逢源街道\n");
  show_says (program,
             "（自 2023-05-01 起）\n    所属街道：昌华街道 → 逢源街道");
  DONE ("verify");
}

static void
a_day_before_a_later_change_leaves_the_row_as_it_is (void **state)
{
  const Program *program = *state;
  DONE ("record", "change", "cadre", "1", "类别=退休", "--from", "2023-05-01");
  DONE ("record", "change", "cadre", "1", "类别=病退", "--from", "2022-05-01");
  show_says (program, "  离退休类别：退休\n");
  show_says (program, "    自 2022-05-01 起 病退\n"
                      "    自 2023-05-01 起 退休\n");
  show_says (program, "补记");
  DONE ("verify");
}

static void
a_correction_makes_no_period (void **state)
{
  const Program *program = *state;
  DONE ("record", "change", "cadre", "1", "街道=逢源街道", "--correction");
  g_auto (Said) said = hongxia (program, DB, 0, "record", "show", "cadre", "1",
                                "--json", NULL);
  json_t *row = said_json (&said);
  assert_int_equal (json_array_size (json_object_get (row, "periods")), 0);
  assert_member (json_object_get (row, "fields"), "street", "逢源街道");
  json_decref (row);
}

static void
an_import_changes_from_its_day_and_fills_without_one (void **state)
{
  const Program *program = *state;
  program_write (program, "m.csv",
                 "编号,身份证号,姓名,街道,职务层次\n"
                 "1,999999193301010010,张三丰,逢源街道,县处级正职\n"
                 "2,999999194402290028,李四,逢源街道,乡科级正职\n");
  DONE ("import", "cadre", "m.csv", "--dry-run", "--from", "2023-02-01");
  DONE ("import", "cadre", "m.csv");
  g_autofree char *count
      = program_ask (program, DB,
                     "SELECT group_concat (row || field || (since <> ''), ' ')"
                     " FROM history");
  assert_string_equal (count, "1street0 1street1");
  program_write (program, "m.csv",
                 "编号,身份证号,姓名,街道\n"
                 "2,999999194402290028,李四,昌华街道\n");
  DONE ("import", "cadre", "m.csv", "--from", "2023-02-01");
  g_autofree char *since = program_ask (
      program, DB, "SELECT since FROM history WHERE row = 2 AND since <> ''");
  assert_string_equal (since, "2023-02-01");
}

static void
wrong_days_are_refused (void **state)
{
  const Program *program = *state;
  g_auto (Said) future
      = hongxia (program, DB, 3, "record", "change", "cadre", "1",
                 "街道=逢源街道", "--from", "2999-01-01", NULL);
  assert_says (future.err, "不能在今天之后");
  g_auto (Said) wrong
      = hongxia (program, DB, 2, "record", "change", "cadre", "1",
                 "街道=逢源街道", "--from", "2023-02-30", NULL);
  assert_says (wrong.err, "--from");
}

static void
who_died_has_a_last_day (void **state)
{
  const Program *program = *state;
  g_auto (Said) said = hongxia (program, DB, 3, "record", "change", "cadre",
                                "1", "人员状态=已故", NULL);
  assert_says (said.err, "出册日期: 人员状态是“已故”，要写明日期");
  g_auto (Said) reason = hongxia (program, DB, 3, "record", "change", "cadre",
                                  "1", "注销原因=迁出", NULL);
  assert_says (reason.err, "注销原因是“迁出”");
  DONE ("record", "change", "cadre", "1", "人员状态=已故", "注销原因=死亡",
        "出册日期=2023-06-01", "--from", "2023-06-01");
  show_says (program, "自 2023-06-01 起 已故");
}

/* ------------------------------------------------------------------- lists */

static void
list_says (const Program *program, const char *term, const char *day,
           const char *numbers)
{
  g_auto (Said) said
      = hongxia (program, DB, 0, "list", "cadre", term, "--as-of", day,
                 "--fields", "编号", "--json", NULL);
  g_autoptr (GString) found = g_string_new (NULL);
  json_t *rows = said_json (&said);
  for (size_t i = 0; i < json_array_size (rows); i++)
    g_string_append (found, json_string_value (json_object_get (
                                json_array_get (rows, i), "number")));
  json_decref (rows);
  assert_string_equal (found->str, numbers);
}

static void
a_list_is_that_of_its_day (void **state)
{
  const Program *program = *state;
  DONE ("record", "change", "cadre", "1", "街道=逢源街道", "--from",
        "2023-05-01");
  DONE ("record", "change", "cadre", "2", "人员状态=已故",
        "出册日期=2023-06-01", "注销原因=死亡", "--from", "2023-06-01");
  list_says (program, "街道=昌华街道", "2023-04-30", "1");
  list_says (program, "街道=昌华街道", "2023-05-01", "");
  list_says (program, "街道=荔湾区", "2023-06-01", "12");
  list_says (program, "街道=逢源街道", "2023-06-02", "1");
  list_says (program, "age>=90", "2023-12-31", "1");
  list_says (program, "身份证号=999999193301010010", "2023-12-31", "1");
  g_auto (Said) masked = hongxia (program, DB, 0, "list", "cadre", NULL);
  assert_says (masked.out, "张三丰");
  assert_null (strstr (masked.out, "999999193301010010"));
  assert_says (masked.out, "共 1 行");
}

static void
who_entered_and_left_is_listed (void **state)
{
  const Program *program = *state;
  program_write (program, "p.csv",
                 "组织,关工委职务,姓名,任职日期,退出日期\n"
                 "讲师团,成员,甲老师,2020-01-01,2023-03-01\n"
                 "讲师团,团长,乙老师,2023-02-01,\n");
  DONE ("import", "committee_post", "p.csv");
  g_auto (Said) said
      = hongxia (program, DB, 0, "list", "committee_post", "--from",
                 "2023-01-01", "--until", "2023-12-31", "--json", NULL);
  json_t *both = said_json (&said);
  json_t *entered = json_object_get (both, "entered");
  json_t *left = json_object_get (both, "left");
  assert_int_equal (json_array_size (entered), 1);
  assert_int_equal (json_array_size (left), 1);
  assert_member (json_array_get (entered, 0), "name", "乙老师");
  assert_member (json_array_get (left, 0), "name", "甲老师");
  json_decref (both);
  g_auto (Said) then = hongxia (program, DB, 0, "list", "committee_post",
                                "--as-of", "2022-12-31", NULL);
  assert_says (then.out, "甲老师");
  assert_null (strstr (then.out, "乙老师"));
}

static void
a_list_shows_what_is_asked_for_with_a_reason (void **state)
{
  const Program *program = *state;
  g_auto (Said) masked = hongxia (program, DB, 0, "list", "cadre", "--fields",
                                  "name,id_number", NULL);
  assert_says (masked.out, "999999********");
  g_auto (Said) refused
      = hongxia (program, DB, 2, "list", "cadre", "--fields", "name,id_number",
                 "--reveal", "id_number", NULL);
  assert_says (refused.err, "理由");
  g_auto (Said) shown = hongxia (program, DB, 0, "list", "cadre", "--fields",
                                 "name,id_number", "--limit", "2", "--reveal",
                                 "身份证号", "--reason", "核对名册", NULL);
  assert_null (strstr (shown.out, "**"));
  assert_says (shown.out, "999999");
  g_autofree char *logged
      = program_ask (program, DB,
                     "SELECT count (*) FROM change_log WHERE action = 'reveal'"
                     " AND after LIKE '%核对名册%' AND after LIKE '%2%'");
  assert_string_equal (logged, "1");
}

static void
a_list_goes_into_a_workbook_that_can_be_read_again (void **state)
{
  const Program *program = *state;
  DONE ("list", "unit", "--xlsx", "units.xlsx");
  g_auto (Said) said = hongxia (program, "again.db", 0, "init", NULL);
  g_auto (Said) again
      = hongxia (program, "again.db", 0, "import", "unit", "units.xlsx", NULL);
  assert_says (again.out, "新增 3");
}

static void
a_wrong_list_says_what_there_is (void **state)
{
  static const char *const calls[][4] = {
    { "cadre", "颜色=红", NULL, "颜色=红" },
    { "cadre", "--fields", "颜色", "颜色" },
    { "cadre", "--from", "2023-01-01", "--until" },
    { "cadre", "--limit", "-1", "--limit" },
    { "nothing", NULL, NULL, "nothing" },
  };
  const Program *program = *state;
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_auto (Said) said = hongxia (program, DB, 2, "list", calls[i][0],
                                    calls[i][1], calls[i][2], NULL);
      assert_says (said.err, calls[i][3]);
    }
  g_auto (Said) bare = hongxia (program, DB, 2, "list", NULL);
  assert_says (bare.err, "哪一种台账");
}

/* -------------------------------------------------------------- statistics */

static void
a_year_is_balanced_by_its_changes (void **state)
{
  const Program *program = *state;
  DONE ("record", "change", "cadre", "1", "街道=逢源街道", "--from",
        "2023-05-01");
  DONE ("record", "change", "cadre", "2", "人员状态=已故",
        "出册日期=2023-06-01", "注销原因=死亡", "--from", "2023-06-01");
  g_auto (Said) said = hongxia (program, DB, 0, "statistics", "2023", "--rows",
                                "街道", "--balance", "--json", NULL);
  json_t *tables = said_json (&said);
  char *rows = json_dumps (json_object_get (json_array_get (tables, 0), "rows"),
                           JSON_COMPACT);
  json_decref (tables);
  assert_string_equal (rows,
                       "[{\"names\":[\"昌华街道\"],\"numbers\":[1,0,0,0,1,0]},"
                       "{\"names\":[\"逢源街道\"],\"numbers\":[1,0,1,1,0,1]},"
                       "{\"names\":[],\"numbers\":[2,0,1,1,1,1]}]");
  free (rows);
  g_auto (Said) text = hongxia (program, DB, 0, "statistics", "2023", NULL);
  assert_says (text.out, "离退休干部增减（街道），截至 2023-12-31");
  assert_says (text.out, "退出（死亡）");
}

static void
a_table_counts_everyone_once (void **state)
{
  const Program *program = *state;
  g_auto (Said) said
      = hongxia (program, DB, 0, "statistics", "2023", "--rows",
                 "level,category", "--columns", "age", "--ages", "80,90", NULL);
  assert_says (said.out, "县处级正职  离休            1     0     1");
  assert_says (said.out, "未填        退休            0     1     1");
  g_auto (Said) some = hongxia (program, DB, 0, "statistics", "2023",
                                "category_sex", "--where", "性别=男", NULL);
  assert_says (some.out, "合计           1     1");
  DONE ("statistics", "2023", "category_sex", "--xlsx", "s.xlsx");
}

static void
a_wrong_table_says_what_there_is (void **state)
{
  static const char *const calls[][4] = {
    { "2023", "nothing", NULL, "category_sex" },
    { "2023", "--rows", "姓名", "不能按这个字段统计" },
    { "2023", "--balance", NULL, "--rows" },
    { "2023", "--xlsx", "a.xlsx", "一张统计表" },
    { "2023", "--as-of", "2022-06-30", "不在这个年度里" },
    { "二三", NULL, NULL, "年度" },
    { NULL, NULL, NULL, "年度" },
  };
  const Program *program = *state;
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_auto (Said) said = hongxia (program, DB, 2, "statistics", calls[i][0],
                                    calls[i][1], calls[i][2], NULL);
      assert_says (said.err, calls[i][3]);
    }
}

int
main (int argc, char **argv)
{
#define CASE(function)                                                         \
  cmocka_unit_test_prestate_setup_teardown (function, setup, teardown, &program)
  Program program;
  if (argc < 4)
    return EXIT_FAILURE;
  program_setup (&program, argv);
  const struct CMUnitTest tests[] = {
    CASE (a_change_from_a_day_is_shown_with_its_periods),
    CASE (a_day_before_a_later_change_leaves_the_row_as_it_is),
    CASE (a_correction_makes_no_period),
    CASE (an_import_changes_from_its_day_and_fills_without_one),
    CASE (wrong_days_are_refused),
    CASE (who_died_has_a_last_day),
    CASE (a_list_is_that_of_its_day),
    CASE (who_entered_and_left_is_listed),
    CASE (a_list_shows_what_is_asked_for_with_a_reason),
    CASE (a_list_goes_into_a_workbook_that_can_be_read_again),
    CASE (a_wrong_list_says_what_there_is),
    CASE (a_year_is_balanced_by_its_changes),
    CASE (a_table_counts_everyone_once),
    CASE (a_wrong_table_says_what_there_is),
  };
  const int failed = cmocka_run_group_tests (tests, NULL, NULL);
  program_teardown (&program);
  return failed;
}
