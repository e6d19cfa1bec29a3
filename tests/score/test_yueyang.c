/* A published departmental table of another province, as far as it can be
 * read, as test data: its rules with the values at their edges. */
#include "score_test.h"

#define YUEYANG                                                                    \
  "  - key: input\n    name: 投入\n    points: 15\n    rows:\n"                  \
  "      - key: setting\n        name: 预算配置\n        points: 15\n"         \
  "        rows:\n"                                                                \
  "          - {key: staff, name: 财政供养人员控制率, points: 5,\n"       \
  "             rule: deduct, above: 100, each: 0.5,\n"                            \
  "             ratio: [entry.value, entry.base]}\n"                               \
  "          - {key: three_public, name: 三公经费变动率, points: 5,\n"      \
  "             rule: deduct, above: 0, each: 0.5,\n"                              \
  "             change: [entry.value, entry.base]}\n"                              \
  "          - key: key_spending\n            name: 重点支出安排率\n"       \
  "            points: 5\n            rule: steps\n"                               \
  "            ratio: [entry.value, entry.base]\n            steps:\n"             \
  "              - {from: 90, points: 5}\n"                                        \
  "              - {from: 80, below: 90, points: 4}\n"                             \
  "              - {from: 70, below: 80, points: 3}\n"                             \
  "              - {from: 60, below: 70, points: 2}\n"                             \
  "              - {below: 60, points: 0}\n"                                       \
  "  - key: process\n    name: 过程\n    points: 21\n    rows:\n"                \
  "      - key: execution\n        name: 预算执行\n        points: 15\n"       \
  "        rows:\n"                                                                \
  "          - key: adjustment\n            name: 预算调整率\n"               \
  "            points: 3\n            rule: steps\n"                               \
  "            ratio: [entry.value, entry.base]\n            steps:\n"             \
  "              - {to: 0, points: 3}\n"                                           \
  "              - {above: 0, to: 10, points: 2}\n"                                \
  "              - {above: 10, to: 20, points: 1}\n"                               \
  "              - {above: 20, to: 30, points: 0.5}\n"                             \
  "              - {above: 30, points: 0}\n"                                       \
  "          - {key: pace, name: 支付进度, points: 3, rule: count,\n"          \
  "             each: 0.5}\n"                                                      \
  "          - key: rest\n            name: 资金结余\n            points: 3\n" \
  "            rule: choose\n            options:\n"                               \
  "              - {key: none, name: 没有结余, rule: steps,\n"                 \
  "                 steps: [{to: 0, points: 3}, {above: 0, points: 0}]}\n"         \
  "              - {key: less, name: 不多于上年, rule: steps,\n"              \
  "                 change: [entry.value, entry.base],\n"                          \
  "                 steps: [{to: 0, points: 2}, {above: 0, points: 0}]}\n"         \
  "          - {key: control, name: 三公经费控制率, points: 6,\n"           \
  "             rule: deduct, above: 100, each: 1,\n"                              \
  "             ratio: [entry.value, entry.base]}\n"                               \
  "      - key: keeping\n        name: 预算管理\n        points: 6\n"          \
  "        rows:\n"                                                                \
  "          - {key: rules, name: 管理制度健全性, points: 3,\n"             \
  "             rule: checklist, items: [有制度, 合法, 执行]}\n"            \
  "          - {key: lawful, name: 资金使用合规性, points: 3,\n"            \
  "             rule: count, each: 1}\n"

typedef struct
{
  const char *row, *filled, *score;
} Case;

static const Case cases[] = {
  { "staff", "value=20 base=20", "5.00" },
  { "staff", "value=101 base=100", "4.50" },
  { "staff", "value=104.5 base=100", "2.75" },
  { "staff", "value=115 base=100", "0.00" },
  { "staff", "value=0 base=100", "5.00" },
  { "three_public", "value=9 base=10", "5.00" },
  { "three_public", "value=10 base=10", "5.00" },
  { "three_public", "value=10.1 base=10", "4.50" },
  { "three_public", "value=11 base=10", "0.00" },
  { "key_spending", "value=90 base=100", "5.00" },
  { "key_spending", "value=89.99 base=100", "4.00" },
  { "key_spending", "value=2 base=3", "2.00" },
  { "key_spending", "value=59.99 base=100", "0.00" },
  { "adjustment", "value=0 base=100", "3.00" },
  { "adjustment", "value=10 base=100", "2.00" },
  { "adjustment", "value=10.01 base=100", "1.00" },
  { "adjustment", "value=30 base=100", "0.50" },
  { "adjustment", "value=30.01 base=100", "0.00" },
  { "pace", "value=0", "3.00" },
  { "pace", "value=3", "1.50" },
  { "pace", "value=7", "0.00" },
  { "rest", "value=0 base=5", "3.00" },
  { "rest", "value=5 base=5", "2.00" },
  { "rest", "value=4 base=5", "2.00" },
  { "rest", "value=5.01 base=5", "0.00" },
  { "rest", "value=5 base=0", "0.00" },
  { "control", "value=100 base=100", "6.00" },
  { "control", "value=103 base=100", "3.00" },
  { "control", "value=107 base=100", "0.00" },
  { "rules", "checks=1,2,3", "3.00" },
  { "rules", "checks=2", "1.00" },
  { "rules", "checks=无", "0.00" },
  { "lawful", "value=0", "3.00" },
  { "lawful", "value=2", "1.00" },
  { "lawful", "value=4", "0.00" },
};

static void
every_row_scores_as_the_table_says (void **state)
{
  use_card (*state, "total: 36\n", YUEYANG);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *each = &cases[i];
      g_autofree char *line = g_strdup_printf (
          "put score_entry date=2024-02-01 year=2023 card=own row=%s signer=甲"
          " reason=原因 evidence=a.pdf %s",
          each->row, each->filled);
      const char *lines[] = { line, NULL };
      g_autoptr (HxScore) score = NULL;

      play (*state, lines);
      score = score_of (*state, "own", "");
      assert_score (score, each->row, each->score);
      if (row_of (score, each->row)->state != HX_SCORE_ROW_SCORED)
        fail_msg ("%s of %s is not scored", each->filled, each->row);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (every_row_scores_as_the_table_says,
                                     score_setup, fixture_teardown),
  };

  return cmocka_run_group_tests_name ("a published table", tests, NULL, NULL);
}
