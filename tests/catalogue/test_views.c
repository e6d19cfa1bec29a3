/* Loading budget.yaml and plan.yaml: which kind and field plays which part, and
 * how a wrong binding is refused. */
#include "support.h"

#include "catalogue/budget.h"
#include "catalogue/plan.h"

#define CODE_LISTS                                                             \
  CODES                                                                        \
  "change:\n  name: 类别\n  codes:\n"                                        \
  "    - {code: up, name: 追加}\n"                                           \
  "    - {code: carried_in, name: 结转}\n"                                   \
  "poor:\n  name: 少\n  codes:\n    - {code: up, name: 追加}\n"             \
  "disposal:\n  name: 处理\n  codes:\n"                                      \
  "    - {code: withdrawn, name: 收回}\n"

#define LINE                                                                   \
  "key: line\nname: 指标\nregister: true\nidentity: [number]\nfields:\n"     \
  "  - {key: number, name: 编号, required: true}\n"                          \
  "  - {key: title, name: 名称}\n"                                           \
  "  - {key: code, name: 密码, secret: true}\n"                              \
  "  - {key: amount, name: 金额, type: money}\n"                             \
  "  - {key: source, name: 来源, type: choice, codes: occasion}\n"           \
  "  - {key: nature, name: 性质, type: choice, codes: status}\n"
#define PAYMENT                                                                \
  "key: pay\nname: 支付\nidentity: [voucher]\nfields:\n"                     \
  "  - {key: voucher, name: 凭证}\n"                                         \
  "  - {key: of_line, name: 指标, type: ref, to: line}\n"                    \
  "  - {key: who, name: 人, type: ref, to: cadre}\n"                          \
  "  - {key: amount, name: 金额, type: money}\n"
#define CHANGE                                                                 \
  "key: change\nname: 调整\nidentity: [number]\nfields:\n"                   \
  "  - {key: number, name: 编号}\n"                                          \
  "  - {key: line, name: 指标, type: ref, to: line}\n"                       \
  "  - {key: amount, name: 金额, type: money}\n"                             \
  "  - {key: kind, name: 类别, type: choice, codes: change}\n"               \
  "  - {key: few, name: 少, type: choice, codes: poor}\n"
#define UNSPENT                                                                \
  "key: unspent\nname: 未支出\nfields:\n"                                   \
  "  - {key: line, name: 指标, type: ref, to: line}\n"                       \
  "  - {key: amount, name: 金额, type: money}\n"                             \
  "  - {key: cause, name: 原因, type: choice, codes: poor}\n"                \
  "  - {key: disposal, name: 处理, type: choice, codes: disposal}\n"
#define TASK                                                                   \
  "key: task\nname: 任务\nregister: true\nidentity: [number]\nfields:\n"     \
  "  - {key: number, name: 编号, required: true}\n"                          \
  "  - {key: year, name: 年度, type: integer}\n"                             \
  "  - {key: name, name: 名称}\n"
#define MILESTONE                                                               \
  "key: milestone\nname: 节点\nregister: true\nidentity: [number]\nfields:\n" \
  "  - {key: number, name: 编号, required: true}\n"                           \
  "  - {key: task, name: 任务, type: ref, to: task}\n"                        \
  "  - {key: name, name: 名称}\n"                                             \
  "  - {key: owner, name: 责任人}\n"                                         \
  "  - {key: planned_on, name: 计划, type: date}\n"                           \
  "  - {key: done_on, name: 完成, type: date}\n"

#define BUDGET_LINE "line: {in: line, name: title}\n"
#define BUDGET_PAYMENT "payment: {in: pay, line: of_line}\n"
#define WHOLE BUDGET_LINE BUDGET_PAYMENT
#define PLAN                                                                   \
  "task: {in: task}\nmilestone: {in: milestone, baseline: planned_on}\n"

static HxCatalogue *
load_view (const char *path, const char *text, GError **error)
{
  static const char *const files[][2] = {
    { "codes.yaml", CODE_LISTS },         { "registers/line.yaml", LINE },
    { "records/pay.yaml", PAYMENT },      { "records/change.yaml", CHANGE },
    { "records/unspent.yaml", UNSPENT },  { "plan/task.yaml", TASK },
    { "plan/milestone.yaml", MILESTONE },
  };
  g_autoptr (HxBundle) bundle = sample_bundle ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    hx_bundle_add (bundle, files[i][0], files[i][1]);
  if (path != NULL)
    hx_bundle_add (bundle, path, text);
  return hx_catalogue_load (bundle, error);
}

static void
a_role_is_the_field_of_its_own_name_unless_another_is_named (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxCatalogue) catalogue
      = load_view ("budget.yaml",
                   WHOLE "adjustment: {in: change}\noverspend: warn\n", &error);
  const HxBudgetView *view;

  (void)state;
  if (error != NULL)
    fail_msg ("%s", error->message);
  view = hx_catalogue_budget (catalogue);
  assert_string_equal (view->line->key, "line");
  assert_string_equal (view->line_number->key, "number");
  assert_string_equal (view->line_name->key, "title");
  assert_string_equal (view->payment->key, "pay");
  assert_string_equal (view->payment_line->key, "of_line");
  assert_string_equal (view->adjustment_kind->key, "kind");
  assert_true (view->warns_overspend);
}

static void
what_is_not_there_and_need_not_be_is_null (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxCatalogue) catalogue = load_view ("budget.yaml", WHOLE, &error);
  g_autoptr (HxCatalogue) without = load_view (NULL, NULL, NULL);
  const HxBudgetView *view = hx_catalogue_budget (catalogue);

  (void)state;
  assert_null (view->line_task);
  assert_null (view->payment_contract);
  assert_null (view->adjustment);
  assert_null (view->adjustment_line);
  assert_false (view->warns_overspend);
  assert_null (hx_catalogue_budget (without));
  assert_null (hx_catalogue_plan (without));
}

static void
a_plan_binds_its_kinds_the_same_way (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxCatalogue) catalogue = load_view ("plan.yaml", PLAN, &error);
  const HxPlanView *view;

  (void)state;
  if (error != NULL)
    fail_msg ("%s", error->message);
  view = hx_catalogue_plan (catalogue);
  assert_string_equal (view->task->key, "task");
  assert_string_equal (view->milestone_baseline->key, "planned_on");
  assert_string_equal (view->milestone_task->key, "task");
  assert_null (view->milestone_weight);
  assert_null (view->goal);
}

static const struct
{
  const char *path, *text, *place, *says;
} faults[] = {
  { "budget.yaml", "- line\n", "1:1", "" },
  { "budget.yaml", WHOLE "paymnt: {in: pay}\n", "3:1", "是不是“payment”？" },
  { "budget.yaml", BUDGET_LINE, "1:1", "缺少“payment”" },
  { "budget.yaml", "line: line\n" BUDGET_PAYMENT, "1:7", "" },
  { "budget.yaml", "line: {name: title}\n" BUDGET_PAYMENT, "1:7", "缺少“in”" },
  { "budget.yaml", "line: {in: lin}\n" BUDGET_PAYMENT, "1:12",
    "没有名册“lin”" },
  { "budget.yaml", "line: {in: pay}\n" BUDGET_PAYMENT, "1:12",
    "没有名册“pay”" },
  { "budget.yaml", BUDGET_LINE "payment: {in: line}\n", "2:15",
    "没有台账“line”" },
  { "budget.yaml", BUDGET_LINE "payment: {in: pay, vouche: of_line}\n", "2:20",
    "是不是“voucher”？" },
  { "budget.yaml", BUDGET_LINE "payment: {in: pay}\n", "2:10",
    "“支付”没有字段“line”" },
  { "budget.yaml", BUDGET_LINE "payment: {in: pay, line: of_lne}\n", "2:26",
    "没有字段“of_lne”" },
  { "budget.yaml", BUDGET_LINE "payment: {in: pay, line: who}\n", "2:26",
    "字段“who”应引用“line”所指的名册" },
  { "budget.yaml", BUDGET_LINE "payment: {in: pay, line: voucher}\n", "2:26",
    "字段“voucher”的类型不合“line”的用途" },
  { "budget.yaml",
    BUDGET_LINE "payment: {in: pay, line: of_line, amount: voucher}\n", "2:43",
    "类型不合“amount”的用途" },
  { "budget.yaml", "line: {in: line, name: code}\n" BUDGET_PAYMENT, "1:24",
    "字段“code”是保密的" },
  { "budget.yaml", WHOLE "adjustment: {in: change, kind: few}\n", "3:32",
    "码表“少”没有代码“carried_in”" },
  { "budget.yaml", WHOLE "unspent: {in: unspent}\n", "3:10",
    "码表“处理”没有代码“lapsed”" },
  { "budget.yaml", WHOLE "overspend: maybe\n", "3:12", "不认识的写法“maybe”" },
  { "budget.yaml", WHOLE "overspend: [warn]\n", "3:12", "" },
  { "plan.yaml", "task: {in: task}\nmilestone: {in: milestone}\n", "2:12",
    "“节点”没有字段“baseline”" },
  { "plan.yaml", PLAN "target: {in: milestone, year: name}\n", "3:31",
    "类型不合“year”的用途" },
  { "plan.yaml", "milestone: {in: milestone, baseline: planned_on}\n", "1:1",
    "缺少“task”" },
  { "plan.yaml", PLAN "overspend: warn\n", "3:1", "overspend" },
  { "plan.yaml", "task: {in: task}\ntask: {in: task}\n", "2:1", "重复" },
};

static void
a_wrong_binding_is_refused_with_its_place (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HxCatalogue) catalogue
          = load_view (faults[i].path, faults[i].text, &error);
      g_autofree char *place
          = g_strdup_printf ("%s:%s", faults[i].path, faults[i].place);

      if (catalogue != NULL)
        fail_msg ("loaded, and should not: %s", faults[i].text);
      if (!g_str_has_prefix (error->message, place)
          || strstr (error->message, faults[i].says) == NULL)
        fail_msg ("%s is refused with “%s”", faults[i].text, error->message);
    }
}

static void
every_fault_is_named_at_once (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxCatalogue) catalogue = load_view (
      "budget.yaml",
      BUDGET_LINE "payment: {in: pay, line: who, amount: voucher}\n"
                  "overspend: no\n",
      &error);

  (void)state;
  assert_null (catalogue);
  assert_non_null (strstr (error->message, "budget.yaml:2:26"));
  assert_non_null (strstr (error->message, "budget.yaml:2:39"));
  assert_non_null (strstr (error->message, "budget.yaml:3:12"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (
        a_role_is_the_field_of_its_own_name_unless_another_is_named),
    cmocka_unit_test (what_is_not_there_and_need_not_be_is_null),
    cmocka_unit_test (a_plan_binds_its_kinds_the_same_way),
    cmocka_unit_test (a_wrong_binding_is_refused_with_its_place),
    cmocka_unit_test (every_fault_is_named_at_once),
  };

  return cmocka_run_group_tests_name ("views", tests, NULL, NULL);
}
