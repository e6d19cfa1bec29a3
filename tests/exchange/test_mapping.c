/* Importing by a mapping: another system's columns, codes, rows that are none,
 * and what is there already is reconciled and never changed. */
#include "../budget/budget_test.h"
#include "exchange/exchange.h"

#include <glib/gstdio.h>

#define MAPPING                                                                \
  "key: bank\nname: 银行\nkind: payment\n"                                   \
  "columns:\n"                                                                 \
  "  - {field: voucher, names: [单号, 凭证]}\n"                            \
  "  - {field: date, names: [日子]}\n"                                       \
  "  - {field: line, names: [指标], codes: {甲一: A, 乙一: B}}\n"        \
  "  - {field: amount, names: [钱], unit: 万元}\n"                          \
  "  - {field: payee, names: [给谁]}\n"                                      \
  "constants: {way: authorised}\n"                                             \
  "skip:\n"                                                                    \
  "  - {names: [状态], is: [退回, '']}\n"                                  \
  "  - {is: [合计]}\n"                                                       \
  "negative:\n"                                                                \
  "  - {names: [类型], is: [退款]}\n"
#define HEAD "出纳明细\n状态,类型,单号,日子,指标,钱,给谁,别的\n"

typedef struct
{
  const char *csv;
  gboolean skip_contradictions;
  HxImportSummary summary;
  GString *failed; /* one a line */
  char *error;
} Job;

static int
setup (void **state)
{
  static const char *const rows[] = {
    "put budget_line number=A since=2023-01-15 name=甲 source=gov_fund"
    " nature=project amount=100000",
    "put budget_line number=B since=2023-01-15 name=乙 source=gov_fund"
    " nature=project amount=100000",
    NULL,
  };

  fixture_setup (state);
  use_budget_catalogue (*state, "mappings/bank.yaml", MAPPING);
  play (*state, rows);
  return 0;
}

static void
take_failed (const char *where, const char *reason, gpointer data)
{
  (void)where;
  g_string_append_printf (((Job *)data)->failed, "%s\n", reason);
}

static char *
write_file (Fixture *fixture, const char *name, const char *text)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
run (Fixture *fixture, Job *job, const HxMapping *mapping, const char *errors)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = write_file (fixture, "in.csv", job->csv);
  const HxImportOptions options
      = { .mapping = mapping != NULL
                         ? mapping
                         : hx_catalogue_mapping (fixture->catalogue, "bank"),
          .skip_contradictions = job->skip_contradictions,
          .errors_path = errors,
          .author = { "测试员", "试验" },
          .failed = take_failed,
          .data = job };

  job->failed = g_string_new (NULL);
  if (!hx_import (fixture->store, fixture->catalogue,
                  hx_catalogue_kind (fixture->catalogue, "payment"), path,
                  &options, &job->summary, &error))
    job->error = g_strdup (error->message);
}

static void
job_clear (Job *job)
{
  hx_import_summary_clear (&job->summary);
  g_string_free (job->failed, TRUE);
  g_clear_pointer (&job->error, g_free);
}

/* added, unchanged, contradicting, failed, skipped, kept */
static void
assert_counts (const Job *job, const char *counts)
{
  const HxImportSummary *summary = &job->summary;
  g_autofree char *read = g_strdup_printf (
      "%d %d %d %d %d %d", (int)summary->added, (int)summary->unchanged,
      (int)summary->contradicting, (int)summary->failed, (int)summary->skipped,
      summary->kept);

  if (job->error != NULL)
    fail_msg ("%s", job->error);
  if (!g_str_equal (read, counts))
    fail_msg ("%s and not %s: %s", read, counts, job->failed->str);
  assert_int_equal (summary->rows, summary->added + summary->changed
                                       + summary->unchanged + summary->failed
                                       + summary->contradicting);
}

#define FIRST                                                                  \
  HEAD "已付,支出,V1,2023-03-01,甲一,1.5,某店,x\n"                     \
       "退回,支出,V2,2023-03-01,甲一,1.5,某店,x\n"                     \
       "已付,退款,V3,2023/3/2,乙一,0.5,某店,x\n"                       \
       "已付,支出,V4,2023-03-03,B,2,某店,x\n"                            \
       "合计,,,,,5.5\n"

static void
columns_codes_units_and_signs_follow_the_mapping (void **state)
{
  Fixture *fixture = *state;
  Job job = { .csv = FIRST };

  run (fixture, &job, NULL, NULL);
  assert_counts (&job, "3 0 0 0 2 1");
  assert_int_equal (read_integer (fixture, "SELECT amount FROM rec_payment"
                                           " WHERE voucher = 'V1'"),
                    1500000);
  assert_int_equal (read_integer (fixture, "SELECT amount FROM rec_payment"
                                           " WHERE voucher = 'V3'"),
                    -500000);
  assert_int_equal (read_integer (fixture,
                                  "SELECT count(*) FROM rec_payment p JOIN"
                                  " reg_budget_line l ON l.id = p.line WHERE"
                                  " way = 'authorised' AND (l.number = 'B')"
                                  " = (voucher <> 'V1')"),
                    3);
  assert_int_equal (job.summary.unknown_columns->len, 1);
  assert_string_equal (job.summary.unknown_columns->pdata[0], "别的");
  job_clear (&job);
}

static void
the_same_file_again_is_known_and_changes_nothing (void **state)
{
  Fixture *fixture = *state;
  Job first = { .csv = FIRST }, again = { .csv = FIRST };
  gint64 entries;

  run (fixture, &first, NULL, NULL);
  entries = read_integer (fixture, "SELECT count(*) FROM change_log");
  run (fixture, &again, NULL, NULL);
  assert_counts (&again, "0 3 0 0 2 1");
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM change_log"),
                    entries);
  job_clear (&first);
  job_clear (&again);
}

static const char contradicting[]
    = HEAD "已付,支出,V1,2023-03-01,甲一,1.6,某店,x\n"
           "已付,退款,V3,2023-3-2,乙一,0.5,另店,x\n"
           "已付,支出,V4,2023-03-04,甲一,2,某店,x\n"
           "已付,支出,V5,2023-03-05,甲一,3,某店,x\n";

static void
contradictions_are_named_with_both_values_and_nothing_is_kept (void **state)
{
  Fixture *fixture = *state;
  Job first = { .csv = FIRST }, other = { .csv = contradicting };
  g_autofree char *errors
      = g_build_filename (fixture->folder, "errors.xlsx", NULL);
  g_autoptr (HxTable) table = NULL;

  run (fixture, &first, NULL, NULL);
  run (fixture, &other, NULL, errors);
  assert_counts (&other, "1 1 2 0 0 0");
  assert_non_null (
      strstr (other.failed->str,
              "与已有的不一致：支付金额 已有“15000.00”，文件“16000.00”"));
  assert_non_null (strstr (other.failed->str,
                           "支付日期 已有“2023-03-03”，文件“2023-03-04”"));
  assert_non_null (strstr (other.failed->str, "预算编号 已有“"));
  assert_null (strstr (other.failed->str, "收款人"));
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM rec_payment"),
                    3);
  assert_int_equal (read_integer (fixture, "SELECT sum(amount) FROM"
                                           " rec_payment"),
                    3000000);
  table = hx_table_open (errors, NULL, NULL);
  assert_non_null (table);
  job_clear (&first);
  job_clear (&other);
}

static void
contradictions_may_be_left_out_and_the_rest_kept (void **state)
{
  Fixture *fixture = *state;
  Job first = { .csv = FIRST };
  Job other = { .csv = contradicting, .skip_contradictions = TRUE };

  run (fixture, &first, NULL, NULL);
  run (fixture, &other, NULL, NULL);
  assert_counts (&other, "1 1 2 0 0 1");
  assert_int_equal (read_integer (fixture, "SELECT sum(amount) FROM"
                                           " rec_payment"),
                    6000000);
  assert_int_equal (read_integer (fixture, "SELECT amount FROM rec_payment"
                                           " WHERE voucher = 'V1'"),
                    1500000);
  job_clear (&first);
  job_clear (&other);
}

static void
what_the_lines_paid_is_told_before_and_after (void **state)
{
  Fixture *fixture = *state;
  Job first = { .csv = FIRST };
  Job other = { .csv = contradicting, .skip_contradictions = TRUE };
  const HxBudgetPaid *line;

  run (fixture, &first, NULL, NULL);
  assert_int_equal (first.summary.paid_before->len, 0);
  assert_int_equal (first.summary.paid_after->len, 2);
  run (fixture, &other, NULL, NULL);
  line = other.summary.paid_before->pdata[0];
  assert_string_equal (line->number, "A");
  assert_int_equal (line->paid, 1500000);
  line = other.summary.paid_after->pdata[0];
  assert_int_equal (line->paid, 4500000);
  line = other.summary.paid_after->pdata[1];
  assert_string_equal (line->name, "乙");
  assert_int_equal (line->paid, 1500000);
  job_clear (&first);
  job_clear (&other);
}

static const struct
{
  const char *csv, *error, *failed;
} wrong[] = {
  /* one bad row and nothing is kept */
  { HEAD "已付,支出,V1,2023-03-01,甲一,1,某店\n"
         "已付,支出,V2,2023-03-01,丙一,1,某店\n",
    NULL, "预算编号" },
  { HEAD "已付,支出,V1,2023-03-01,甲一,1,某店\n"
         "已付,支出,,2023-03-01,甲一,1,某店\n",
    NULL, "支付凭证号: 必须填写" },
  { HEAD "已付,支出,V1,2023-03-01,甲一,1,某店\n"
         "已付,支出,V1,2023-03-01,甲一,2,某店\n",
    NULL, "文件里重复" },
  { HEAD "已付,支出,V1,2023-03-01,甲一,10.01,某店\n", NULL, "超出 100.00 元" },
  /* columns */
  { "状态,类型,单号,指标,钱\n已付,支出,V1,甲一,1\n", "缺少一列，应名为：日子",
    NULL },
  { "类型,单号,日子,指标,钱\n支出,V1,2023-03-01,甲一,1\n",
    "缺少一列，应名为：状态", NULL },
  { "状态,类型,单号,单号,日子,指标,钱\n已付,支出,V1,V1,2023-03-01,甲一,1\n",
    "“单号”一列有两个", NULL },
  { "状态,类型,单号,日子,指标,钱（元）\n已付,支出,V1,2023-03-01,甲一,1\n",
    "单位是元，映射写的是万元", NULL },
  { "别的\n1\n", "没有一个认识的列名", NULL },
};

static void
a_wrong_file_leaves_nothing_behind (void **state)
{
  Fixture *fixture = *state;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      Job job = { .csv = wrong[i].csv };

      run (fixture, &job, NULL, NULL);
      if ((job.error != NULL) != (wrong[i].error != NULL)
          || (wrong[i].error != NULL
              && strstr (job.error, wrong[i].error) == NULL)
          || (wrong[i].failed != NULL
              && strstr (job.failed->str, wrong[i].failed) == NULL))
        fail_msg ("file %u: %s %s", i, job.error, job.failed->str);
      assert_int_equal (
          read_integer (fixture, "SELECT count(*) FROM rec_payment"), 0);
      job_clear (&job);
    }
}

static void
the_first_of_the_names_that_is_there_is_taken (void **state)
{
  Fixture *fixture = *state;
  Job job = { .csv = "状态,类型,凭证,单号,日子,指标,钱（单位：万元）\n"
                     "已付,支出,OTHER,V1,2023-03-01,甲一,1\n" };

  run (fixture, &job, NULL, NULL);
  assert_counts (&job, "1 0 0 0 0 1");
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM rec_payment"
                                           " WHERE voucher = 'V1'"),
                    1);
  job_clear (&job);
}

static void
a_mapping_may_be_a_file_of_its_own (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL, wrong_error = NULL;
  g_autofree char *path = write_file (
      fixture, "own.yaml",
      "key: own\nname: 自备\nkind: payment\nheader: 3\ncolumns:\n"
      "  - {field: voucher, names: [a]}\n  - {field: date, names: [b]}\n"
      "  - {field: line, names: [c]}\n  - {field: amount, names: [d]}\n");
  g_autofree char *bad = write_file (fixture, "bad.yaml", "key: own\n");
  g_autofree char *none = g_build_filename (fixture->folder, "no.yaml", NULL);
  g_autoptr (HxMapping) mapping
      = hx_mapping_read (fixture->catalogue, path, &error);
  Job job = { .csv = "a,b,c,d\nx,y,z,w\na,b,c,d\nV9,2023-01-02,A,7\n" };

  check (mapping != NULL, error);
  assert_int_equal (mapping->agree->len, 3);
  run (fixture, &job, mapping, NULL);
  assert_counts (&job, "1 0 0 0 0 1");
  assert_int_equal (read_integer (fixture, "SELECT amount FROM rec_payment"),
                    700);
  assert_null (hx_mapping_read (fixture->catalogue, bad, &wrong_error));
  assert_non_null (strstr (wrong_error->message, "bad.yaml:1:1"));
  g_clear_error (&wrong_error);
  assert_null (hx_mapping_read (fixture->catalogue, none, &wrong_error));
  job_clear (&job);
}

/* A typical export: titles above, totals below, returned payments between. */
static const char exported[]
    = "国库集中支付明细表\n单位：元\n"
      "序号,支付凭证号,支付日期,指标编号,项目名称,支付金额,支付方式,"
      "收款人全称,收款人账号,用途,业务类型,单据状态,部门支出经济分类\n"
      "1,P01,2023-03-01,A,甲,\"1,000.00\",国库集中支付,某公司,999900,"
      "办公,正常支付,已支付,30201 办公费\n"
      "2,P02,2023-03-02,A,甲,200.00,公务卡,某店,,茶水,正常支付,已退回,"
      "30201\n"
      "3,P03,2023-03-05,A,甲,50.00,国库集中支付,某公司,,退回,退款,已支付,"
      "30201\n"
      "合计,,,,,\"1,250.00\"\n";

static void
the_shipped_mapping_reads_a_typical_export (void **state)
{
  Fixture *fixture = *state;
  Job job = { .csv = exported };

  run (fixture, &job,
       hx_catalogue_mapping (fixture->catalogue, "treasury_payment"), NULL);
  assert_counts (&job, "2 0 0 0 2 1");
  assert_int_equal (read_integer (fixture, "SELECT sum(amount) FROM"
                                           " rec_payment"),
                    95000);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM rec_payment"
                                           " WHERE way = 'direct'"),
                    2);
  job_clear (&job);
}

int
main (void)
{
#define TEST(name)                                                             \
  cmocka_unit_test_setup_teardown (name, setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    TEST (columns_codes_units_and_signs_follow_the_mapping),
    TEST (the_same_file_again_is_known_and_changes_nothing),
    TEST (contradictions_are_named_with_both_values_and_nothing_is_kept),
    TEST (contradictions_may_be_left_out_and_the_rest_kept),
    TEST (what_the_lines_paid_is_told_before_and_after),
    TEST (a_wrong_file_leaves_nothing_behind),
    TEST (the_first_of_the_names_that_is_there_is_taken),
    TEST (a_mapping_may_be_a_file_of_its_own),
    TEST (the_shipped_mapping_reads_a_typical_export),
  };

  return cmocka_run_group_tests_name ("mapping", tests, NULL, NULL);
}
