/* The main job end to end: the sample year is imported through the program,
 * its figures, their rows and the report are held against the facts of the
 * report that the project started from, and the database is tampered with. */

#include "program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define YEAR "year.db"

static Program *
program_of (void **state)
{
  return *state;
}

/* Key, value in its unit, wording in the report: the facts of 2023. */
static const struct
{
  const char *key, *value, *stated;
} facts[] = {
  { "budget_total", "1486.55", "1486.55" },
  { "budget_executed", "1413.15", "1413.15" },
  { "budget_execution_rate", "95.06", "95.06%" },
  { "executed_general_public", "1361.05", "1361.05" },
  { "executed_gov_fund", "52.10", "52.10" },
  { "executed_state_capital", "0.00", "0.00" },
  { "executed_other", "0.00", "0.00" },
  { "executed_basic", "990.92", "990.92" },
  { "executed_project", "422.23", "422.23" },
  { "carry_over", "0.00", "0.00" },
  { "campuses", "25", "25" },
  { "campuses_street", "22", "22" },
  { "campuses_centre", "2", "2" },
  { "campuses_nursing", "1", "1" },
  { "full_coverages", "3", "三" },
  { "campus_heads_lecturing", "25", "25" },
  { "ideology_minutes", "5", "5" },
  { "campus_attendances", "39412", "超过3.9万" },
  { "stations", "24", "24" },
  { "volunteer_teams", "4", "4" },
  { "ceremony_retirees", "43", "40多" },
  { "checkup_batches", "15", "15" },
  { "checkup_people", "1100", "1100" },
  { "youth_sessions", "784", "780余" },
  { "elder_participations", "9870", "近万" },
  { "youth_reached", "63420", "6万多" },
  { "city_best_elders", "2", "2" },
  { "research_reports", "1", "1" },
  { "essay_prizes", "1", "1" },
  { "branches", "67", "67" },
  { "model_branch_city", "1", "1" },
  { "innovation_awards", "1", "1" },
  { "best_cadres", "12", "12" },
  { "best_branches", "8", "8" },
  { "grand_lectures", "5", "5" },
  { "briefings", "2", "2" },
  { "inspections", "1", "1" },
  { "study_meetings", "14", "14" },
  { "party_work_meetings", "2", "2" },
  { "training_classes", "2", "2" },
  { "party_activities", "34", "30余" },
  { "party_activity_attendances", "6240", "6000余" },
  { "registry_people", "13026", "1.3万" },
  { "questionnaires", "2", "2" },
  { "cared_people", "1146", "1100多" },
  { "visits", "386", "380多" },
  { "birthday_greetings", "94", "90多" },
  { "aid_cases", "23", "23" },
  { "aid_amount", "20.00", "20" },
  { "hospital_assists", "26", "20余" },
  { "health_talks", "3", "3" },
};

static void
every_figure_has_its_value_and_its_wording (void **state)
{
  json_t *figures = program_figures (program_of (state), YEAR);
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      const json_t *figure = figure_of (figures, facts[i].key);
      assert_member (figure, "value", facts[i].value);
      assert_member (figure, "stated", facts[i].stated);
      assert_member (figure, "period", "2023");
    }
  const json_t *budget = figure_of (figures, "budget_total");
  assert_member (budget, "unit", "万元");
  assert_int_equal (json_integer_value (json_object_get (budget, "fen")),
                    1486550000);
  assert_member (figure_of (figures, "campus_attendances"), "as_of",
                 "2023-11-30");
  json_decref (figures);
}

static void
every_figure_opens_to_as_many_rows_as_it_counts (void **state)
{
  json_t *figures = program_figures (program_of (state), YEAR);
  for (size_t i = 0; i < json_array_size (figures); i++)
    {
      const json_t *figure = json_array_get (figures, i);
      const char *key = json_string_value (json_object_get (figure, "key"));
      g_auto (Said) said = hongxia (program_of (state), YEAR, 0, "trace", key,
                                    "--year", "2023", "--json", NULL);
      json_t *rows = said_json (&said);
      assert_int_equal (json_array_size (rows),
                        json_integer_value (json_object_get (figure, "rows")));
      json_decref (rows);
    }
  json_decref (figures);
}

static void
a_traced_row_names_its_person_masked (void **state)
{
  g_auto (Said) said = hongxia (program_of (state), YEAR, 0, "trace", "visits",
                                "--year", "2023", "--json", NULL);
  json_t *rows = said_json (&said);
  const json_t *row = json_array_get (rows, 0);
  assert_string_equal (json_string_value (json_object_get (row, "kind")),
                       "visit");
  assert_true (json_integer_value (json_object_get (row, "id")) > 0);
  assert_int_equal (strlen (json_string_value (json_object_get (row, "date"))),
                    10);
  assert_says (json_string_value (json_object_get (row, "unit")), "街道");
  assert_says (json_string_value (json_object_get (row, "person")), "＊");
  assert_true (json_is_object (json_object_get (row, "fields")));
  json_decref (rows);
}

static void
importing_the_visits_again_adds_nothing (void **state)
{
  const Program *program = program_of (state);
  program_copy (program, YEAR, "again.db");
  g_auto (Said) said = hongxia (program, "again.db", 0, "import", "visit",
                                "workbooks/15走访慰问.xlsx", "--json", NULL);
  json_t *summary = said_json (&said);
  assert_int_equal (json_integer_value (json_object_get (summary, "rows")),
                    386);
  assert_int_equal (json_integer_value (json_object_get (summary, "unchanged")),
                    386);
  json_decref (summary);
}

static void
void_visits (const Program *program, const char *name, guint first, guint last)
{
  for (guint id = first; id <= last; id++)
    {
      g_autofree char *text = g_strdup_printf ("%u", id);
      g_auto (Said) said = hongxia (program, name, 0, "record", "void", "visit",
                                    text, "--reason", "重复登记", NULL);
    }
}

static void
a_wording_holds_while_it_is_true_and_no_longer (void **state)
{
  const Program *program = program_of (state);
  program_copy (program, YEAR, "void.db");
  void_visits (program, "void.db", 1, 1);
  json_t *figures = program_figures (program, "void.db");
  assert_member (figure_of (figures, "visits"), "value", "385");
  json_decref (figures);
  g_auto (Said) true_still
      = hongxia (program, "void.db", 0, "report", "2023", NULL);
  assert_says (true_still.out, "[380多](fact:visits)");

  void_visits (program, "void.db", 2, 8);
  g_auto (Said) refused
      = hongxia (program, "void.db", 1, "report", "2023", NULL);
  assert_string_equal (refused.out, "");
  assert_says (refused.err, "visits：378");
  assert_says (refused.err, "380多");
  assert_says (refused.err, "报告文字 WZ2023-25:");
  g_auto (Said) reworded = hongxia (program, "void.db", 0, "report", "2023",
                                    "--reword", "--draft", NULL);
  assert_says (reworded.out, "[370多](fact:visits)");
  assert_says (reworded.err, "380多 → 370多");
}

static void
a_changed_payment_moves_sum_and_rate (void **state)
{
  const Program *program = program_of (state);
  program_copy (program, YEAR, "pay.db");
  json_t *before = program_figures (program, "pay.db");
  const gint64 executed = json_integer_value (
      json_object_get (figure_of (before, "budget_executed"), "fen"));
  g_auto (Said) said
      = hongxia (program, "pay.db", 0, "trace", "budget_executed", "--year",
                 "2023", "--json", NULL);
  json_t *rows = said_json (&said);
  const json_t *row = json_array_get (rows, 0);
  const char *old = json_string_value (
      json_object_get (json_object_get (row, "fields"), "amount"));
  g_autofree char *id = g_strdup_printf (
      "%" G_GINT64_FORMAT,
      (gint64)json_integer_value (json_object_get (row, "id")));
  gint64 amount = 0;
  assert_true (hx_money_parse (old, HX_MONEY_YUAN, &amount, NULL));
  g_autofree char *yuan = hx_money_format_yuan (amount - 30000000);
  g_autofree char *word = g_strconcat ("amount=", yuan, NULL);
  g_auto (Said) change = hongxia (program, "pay.db", 0, "record", "change",
                                  "payment", id, word, NULL);
  json_t *after = program_figures (program, "pay.db");
  assert_int_equal (json_integer_value (json_object_get (
                        figure_of (after, "budget_executed"), "fen")),
                    executed - 30000000);
  assert_string_not_equal (
      json_string_value (json_object_get (
          figure_of (after, "budget_execution_rate"), "value")),
      "95.06");
  json_decref (rows);
  json_decref (before);
  json_decref (after);
}

static void
set_unspent (const Program *program, const char *id, gint64 fen)
{
  g_autofree char *yuan = hx_money_format_yuan (fen);
  g_autofree char *word = g_strconcat ("amount=", yuan, NULL);
  g_auto (Said) said = hongxia (program, "hole.db", 0, "record", "change",
                                "unspent_reason", id, word, NULL);
}

static void
a_report_with_a_hole_of_one_fen_is_refused_and_named (void **state)
{
  static const char *const formats[] = { "md", "html", "json" };
  const Program *program = program_of (state);
  program_copy (program, YEAR, "hole.db");
  g_auto (Said) whole = hongxia (program, "hole.db", 0, "report", "2023", NULL);
  assert_null (strstr (whole.out, "草稿"));
  g_auto (Said) trace
      = hongxia (program, "hole.db", 0, "trace", "unspent_explained", "--year",
                 "2023", "--json", NULL);
  json_t *rows = said_json (&trace);
  const json_t *row = json_array_get (rows, 0);
  const json_t *fields = json_object_get (row, "fields");
  g_autofree char *id = g_strdup_printf (
      "%d", (int)json_integer_value (json_object_get (row, "id")));
  gint64 fen = 0;
  assert_true (
      hx_money_parse (json_string_value (json_object_get (fields, "amount")),
                      HX_MONEY_YUAN, &fen, NULL));

  set_unspent (program, id, fen - 1);
  g_auto (Said) refused
      = hongxia (program, "hole.db", 1, "report", "2023", NULL);
  assert_string_equal (refused.out, "");
  assert_says (refused.err, "V03 预算指标");
  assert_says (refused.err, "0.01");
  g_auto (Said) found
      = hongxia (program, "hole.db", 1, "check", "--year", "2023", NULL);
  assert_says (found.out, "V03 拦下");
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_auto (Said) draft = hongxia (program, "hole.db", 0, "report", "2023",
                                     "--draft", "--format", formats[i], NULL);
      assert_says (draft.out, "（草稿）");
      assert_says (draft.out, "不得报送");
    }

  set_unspent (program, id, fen);
  g_auto (Said) mended
      = hongxia (program, "hole.db", 0, "report", "2023", NULL);
  assert_string_equal (mended.out, whole.out);
  json_decref (rows);
}

/* The score and the money that a text states are held against the year's. */
static void
a_draft_is_held_against_the_year (void **state)
{
  const Program *program = program_of (state);
  program_write (program, "draft.txt",
                 "一、结论\n自评得分85.00分，等级为良。全年预算数1486.55万元，"
                 "执行数1413.14万元。\n");
  g_auto (Said) said = hongxia (program, YEAR, 1, "check", "--year", "2023",
                                "--draft", "draft.txt", NULL);
  assert_says (said.out, "文稿写 85.00，台账是 ");
  assert_says (said.out, "文稿写 1413.14 万元，台账是 1413.15 万元");
  assert_null (strstr (said.out, "文稿写 1486.55"));

  g_auto (Said) ours = hongxia (program, YEAR, 0, "report", "2023", NULL);
  program_write (program, "ours.md", ours.out);
  g_auto (Said) again = hongxia (program, YEAR, 0, "check", "--year", "2023",
                                 "--draft", "ours.md", "--public", NULL);
  assert_says (again.out, "拦下 0 处");
}

static void
the_report_carries_every_fact_and_its_panel (void **state)
{
  const Program *program = program_of (state);
  g_auto (Said) markdown = hongxia (program, YEAR, 0, "report", "2023", NULL);
  g_auto (Said) html
      = hongxia (program, YEAR, 0, "report", "2023", "--format", "html", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autofree char *link = g_strdup_printf ("](fact:%s)", facts[i].key);
      g_autofree char *panel = g_strdup_printf ("id=\"fact-%s\"", facts[i].key);
      assert_says (markdown.out, link);
      assert_says (html.out, panel);
    }
  assert_says (html.out, "截至");
  assert_null (strstr (html.out, "<script"));
  assert_null (strstr (html.out, "http://"));
}

/* What the report says besides figures, and that each number has its panel. */
static void
the_report_leaves_no_hole_in_money_plan_and_score (void **state)
{
  static const char *const says[] = {
    "未支出（万元）",
    "[9.40](fact:remainder_2023_008)",
    "[42.00](fact:remainder_2023_008_2)",
    "[22.00](fact:remainder_2023_008_3)",
    "[73.40](fact:money_unspent)",
    "责任人：何敏仪",
    "[386](fact:visits)人次 | [101.58%](fact:completion_zb2023_08)",
    "[96.75%](fact:satisfaction_rate)",
    "[51](fact:late_jd2023_505)",
    "(fact:score_total)",
    "## 附表一",
    "## 附表二",
    "## 附表三",
    "监控日期为2023年7月31日",
    "上年自评发现的问题，整改情况如下。\n\n"
    "| 问题 | 整改措施 | 责任人 | 状态 | 完成日期 | 整改情况 |",
    "| 走访慰问佐证材料不齐 | 走访登记增加照片和签收栏，按月抽查 | 黎志豪 | "
    "已完成 | 2023年3月30日 |",
    "涉及资金[73.40](fact:problem_wt2023_1)万元",
    "责任人：罗伟强；完成时限：2024年3月31日；衡量标准："
    "下年工程类项目全部附造价核实意见。",
    "年初预算数为[1469.76](fact:budget_initial)万元，"
    "年中调整[16.79](fact:budget_adjusted)万元",
    "#### 5.逢源路老干部活动中心新场地改造",
    "二是送教进校。讲师团",
    "全年设阶段节点[7](fact:stages_rw2023_5)个，按原定日期完成"
    "[3](fact:on_time_rw2023_5)个，晚于原定日期"
    "[4](fact:late_stages_rw2023_5)个。",
    "改造工程结算价为[90.00](fact:target_zb2023_11)万元（年度指标值："
    "≤163.40万元）",
    "截至2023年11月30日，各分教点累计参加学习[超过3.9万]",
    "| ≥39000人次 | [26240](fact:monitor_actual_zb2023_03)人次 | "
    "[39000](fact:monitor_expected_zb2023_03)人次 |",
    "[1460.36](fact:monitor_forecast_whole)",
    "[28.27%](fact:monitor_rate_2023_008)",
  };
  static const char *const panels[]
      = { "remainder_2023_008_3",  "completion_zb2023_08",
          "score_total",           "late_jd2023_505",
          "monitor_rate_2023_008", "satisfaction_rate",
          "stages_rw2023_5",       "monitor_actual_zb2023_03" };
  const Program *program = program_of (state);
  g_auto (Said) markdown = hongxia (program, YEAR, 0, "report", "2023", NULL);
  g_auto (Said) html
      = hongxia (program, YEAR, 0, "report", "2023", "--format", "html", NULL);
  g_auto (Said) again
      = hongxia (program, YEAR, 0, "report", "2023", "--format", "html", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (says); i++)
    assert_says (markdown.out, says[i]);
  assert_string_equal (html.out, again.out);
  assert_true (g_utf8_validate (html.out, -1, NULL));
  assert_says (html.out, "<dd>26240 人次</dd>");
  for (gsize i = 0; i < G_N_ELEMENTS (panels); i++)
    {
      g_autofree char *panel = g_strdup_printf ("id=\"fact-%s\"", panels[i]);
      assert_says (html.out, panel);
    }
}

static void
verify_is_silent_about_a_whole_database (void **state)
{
  g_auto (Said) said = hongxia (program_of (state), YEAR, 0, "verify", NULL);
  assert_says (said.out, "全部相符");
}

static void
verify_names_what_was_changed_past_the_program (void **state)
{
  static const struct
  {
    const char *name, *sql, *says;
  } cases[] = {
    { "row.db", "UPDATE rec_visit SET gift = gift + 1 WHERE id = 17",
      "编号 17" },
    { "lost.db", "DELETE FROM rec_visit WHERE id = 18", "编号 18" },
    { "log.db", "UPDATE change_log SET actor = 'x' WHERE seq = 1000", "1000" },
    { "cell.db",
      "UPDATE cell SET rows = rows + 1 WHERE unit_id = 0 AND "
      "period = 20230000 AND indicator = (SELECT id FROM indicator "
      "WHERE key = 'visits')",
      "visits" },
  };
  const Program *program = program_of (state);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      program_copy (program, YEAR, cases[i].name);
      program_tamper (program, cases[i].name, cases[i].sql);
      g_auto (Said) said = hongxia (program, cases[i].name, 1, "verify", NULL);
      assert_says (said.out, cases[i].says);
    }
}

static void
a_backup_gives_the_same_figures (void **state)
{
  const Program *program = program_of (state);
  g_auto (Said) backup
      = hongxia (program, YEAR, 0, "backup", "copy.backup", NULL);
  g_auto (Said) locked
      = hongxia (program, "restored.db", 3, "restore", "copy.backup", NULL);
  g_autofree char *path = program_path (program, "restored.db");
  assert_says (locked.err, "没有密钥文件: restored.db.key");
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  program_copy_key (program, YEAR, "restored.db");
  g_auto (Said) restore
      = hongxia (program, "restored.db", 0, "restore", "copy.backup", NULL);
  json_t *figures = program_figures (program, "restored.db");
  assert_member (figure_of (figures, "visits"), "value", "386");
  json_decref (figures);
}

/* --------------------------------------------------------------- monitoring */

/* 1/10000 of part / whole, counted up by halves of the last digit. */
static char *
share_of (gint64 part, gint64 whole)
{
  gint64 share = 0;
  while ((2 * share + 1) * whole <= 20000 * part)
    share++;
  return g_strdup_printf ("%d.%02d", (int)(share / 100), (int)(share % 100));
}

static gint64
ask_sum (const Program *program, const char *kind, const char *number)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT COALESCE (SUM (r.amount), 0) FROM rec_%s r JOIN reg_budget_line l"
      " ON l.id = r.line WHERE r.void = 0 AND r.day <= '2023-07-31'"
      " AND l.number = '%s'",
      kind, number);
  g_autofree char *sum = program_ask (program, YEAR, sql);
  return g_ascii_strtoll (sum, NULL, 10);
}

/* Whether the line is below 40 per cent by plain SQL. */
static gboolean
check_line (const Program *program, const json_t *line)
{
  const char *number = json_string_value (json_object_get (line, "number"));
  g_autofree char *sql = g_strdup_printf (
      "SELECT amount FROM reg_budget_line WHERE void = 0 AND number = '%s'",
      number);
  g_autofree char *initial = program_ask (program, YEAR, sql);
  const gint64 granted = g_ascii_strtoll (initial, NULL, 10);
  const gint64 base = granted + ask_sum (program, "budget_adjustment", number);
  const gint64 executed = ask_sum (program, "payment", number);
  g_autofree char *rate = share_of (executed, base);
  assert_int_equal (json_integer_value (json_object_get (line, "initial")),
                    granted);
  assert_int_equal (json_integer_value (json_object_get (line, "base")), base);
  assert_int_equal (json_integer_value (json_object_get (line, "executed")),
                    executed);
  assert_member (line, "rate", rate);
  assert_int_equal (json_is_true (json_object_get (line, "below_line")),
                    executed * 100 < base * 40);
  return executed * 100 < base * 40;
}

static guint
check_lines (const Program *program, const json_t *monitor)
{
  const json_t *lines = json_object_get (monitor, "lines");
  g_autofree char *all
      = program_ask (program, YEAR,
                     "SELECT COUNT (*) FROM reg_budget_line WHERE void = 0"
                     " AND day BETWEEN '2023-01-01' AND '2023-07-31'");
  guint below = 0;
  assert_int_equal (json_array_size (lines), g_ascii_strtoll (all, NULL, 10));
  for (size_t i = 0; i < json_array_size (lines); i++)
    below += check_line (program, json_array_get (lines, i)) ? 1 : 0;
  return below;
}

/* What a target reached is the figure that it names, on that day. */
static void
check_targets (const Program *program, const json_t *monitor)
{
  const json_t *targets = json_object_get (monitor, "targets");
  g_auto (Said) said = hongxia (program, YEAR, 0, "figures", "2023", "--as-of",
                                "2023-07-31", "--json", NULL);
  json_t *figures = said_json (&said);
  guint counted = 0;
  for (size_t i = 0; i < json_array_size (targets); i++)
    {
      const json_t *target = json_array_get (targets, i);
      const char *number
          = json_string_value (json_object_get (target, "number"));
      g_autofree char *sql = g_strdup_printf (
          "SELECT COALESCE (indicator, '') FROM reg_target WHERE number = '%s'",
          number);
      g_autofree char *key = program_ask (program, YEAR, sql);
      if (*key == '\0')
        continue;
      const json_t *figure = figure_of (figures, key);
      const char *value = json_string_value (json_object_get (figure, "value"));
      g_autofree char *actual = g_strdup_printf ("%s ", value);
      assert_true (g_str_has_prefix (
          json_string_value (json_object_get (target, "actual")), actual));
      assert_member (target, "answered_on", "2023-07-31");
      counted++;
    }
  assert_true (counted >= 10);
  json_decref (figures);
}

static void
the_monitoring_of_july_is_what_plain_sql_finds (void **state)
{
  const Program *program = program_of (state);
  g_auto (Said) said
      = hongxia (program, YEAR, 0, "monitor", "2023", "--as-of", "2023-07-31",
                 "--today", "2023-08-31", "--json", NULL);
  json_t *monitor = said_json (&said);
  const json_t *warnings = json_object_get (monitor, "warnings");
  guint below = check_lines (program, monitor);
  check_targets (program, monitor);
  assert_member (monitor, "warning_line", "40.00");
  for (size_t i = 0; i < json_array_size (warnings); i++)
    {
      const json_t *warning = json_array_get (warnings, i);
      assert_member (warning, "due", "2023-08-14");
      below -= g_str_equal (
          json_string_value (json_object_get (warning, "kind")), "line");
    }
  assert_int_equal (below, 0);
  json_decref (monitor);
}

int
main (int argc, char **argv)
{
  Program program = { 0 };
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_prestate (every_figure_has_its_value_and_its_wording,
                               &program),
    cmocka_unit_test_prestate (every_figure_opens_to_as_many_rows_as_it_counts,
                               &program),
    cmocka_unit_test_prestate (a_traced_row_names_its_person_masked, &program),
    cmocka_unit_test_prestate (importing_the_visits_again_adds_nothing,
                               &program),
    cmocka_unit_test_prestate (a_wording_holds_while_it_is_true_and_no_longer,
                               &program),
    cmocka_unit_test_prestate (a_changed_payment_moves_sum_and_rate, &program),
    cmocka_unit_test_prestate (
        a_report_with_a_hole_of_one_fen_is_refused_and_named, &program),
    cmocka_unit_test_prestate (a_draft_is_held_against_the_year, &program),
    cmocka_unit_test_prestate (the_report_carries_every_fact_and_its_panel,
                               &program),
    cmocka_unit_test_prestate (the_monitoring_of_july_is_what_plain_sql_finds,
                               &program),
    cmocka_unit_test_prestate (
        the_report_leaves_no_hole_in_money_plan_and_score, &program),
    cmocka_unit_test_prestate (verify_is_silent_about_a_whole_database,
                               &program),
    cmocka_unit_test_prestate (verify_names_what_was_changed_past_the_program,
                               &program),
    cmocka_unit_test_prestate (a_backup_gives_the_same_figures, &program),
  };
  if (argc < 3)
    return EXIT_FAILURE;
  program_setup (&program, argv);
  program_import_year (&program, YEAR);
  const int failed = cmocka_run_group_tests (tests, NULL, NULL);
  program_teardown (&program);
  return failed;
}
