/* batches.yaml: what the shipped one becomes, and how each kind of fault in it
 * is refused with its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "catalogue/catalogue.h"

/* One place of the shipped file in another wording. */
static const struct
{
  const char *from, *to, *says;
} faults[] = {
  { "key: checkup", "kye: checkup", "缺少“key”" },
  { "key: checkup", "key: Checkup", "不能作名字" },
  { "of: cadre", "of: visit", "没有名册“visit”" },
  { "of: cadre", "of: fly", "没有名册“fly”" },
  { "where: {status: active}", "where: {stats: active}", "是不是“status”？" },
  { "where: {status: active}", "where: {branch.name: 一}",
    "只能写人员自己的字段" },
  { "duty: checkup", "duty: party_day", "没有这些人的应办事项“party_day”" },
  { "batches: 15", "batches: 0", "“0”不是 1 到 10000 的整数" },
  { "batches: 15", "batches: many", "不是 1 到 10000 的整数" },
  { "capacity: 80", "capacty: 80", "缺少“capacity”" },
  { "kind: checkup_batch", "kind: visit", "没有名册“visit”" },
  { "kind: checkup_batch", "kind: cadre", "不是只以一个文字编号相区别" },
  { "hospital: hospital", "hospital: price", "字段“price”不是 ref" },
  { "places: places", "places: place", "是不是“places”？" },
  { "planned: planned, held: held", "planned: plan, held: held",
    "代码表“批次状态”里没有“plan”" },
  { "held: held", "hold: held", "缺少“held”" },
  { "kind: checkup_attendance", "kind: visit", "不是以人和批次相区别" },
  { "kind: checkup_attendance", "kind: hospital", "没有台账“hospital”" },
  { "absent: absent", "absent: away", "里没有“away”" },
  { "{places: daily, preferred: green_channel}", "{places: green_channel}",
    "字段“green_channel”不是 integer" },
  { "together: spouse", "together: street", "字段“street”不是 text" },
  { "order: [community, grid]", "order: [address]", "没有不保密的文字字段" },
  { "list: [sex,", "list: [sexx,", "没有字段“sexx”" },
  { "share: 25", "share: 101", "不是 1 到 100 的整数" },
  { "from: 3", "fro: 3", "缺少“from”" },
  { "[monday, tuesday, wednesday]", "[monday, noday]", "不认识的星期“noday”" },
  { "{age: 80, points: 1}", "{points: 1}", "age 和 field 中写一个" },
  { "{age: 80, points: 1}", "{age: 80, field: living, points: 1}",
    "age 和 field 中写一个" },
  { "{age: 80, points: 1}", "{age: 80}", "缺少“points”" },
  { "is: ['2']", "is: ['7']", "代码表“健康状况”里没有“7”" },
  { "field: living, is: [alone]", "field: name, is: [alone]",
    "没有代码或是否字段“name”" },
  { "new_year_eve: 8", "easter: 8", "不认识的节日“easter”" },
  { "new_year_eve: 8", "new_year_eve: 99", "不是 1 到 31 的整数" },
  { "closed: [01-01,", "closed: [1月1日,", "“1月1日”不是日子" },
  { "closed: [01-01,", "closed: [02-30,", "“02-30”不是日子" },
  { "closed: [01-01,", "closed: [05-05..05-01,", "不是日子" },
  { "closed: [01-01,", "closed: [05-01..2026-05-05,", "不是日子" },
};

static HxBundle *
with_wording (const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  HxBundle *bundle = hx_bundle_read (HX_TEST_CATALOGUE, &error);
  assert_non_null (bundle);
  const char *text = hx_bundle_get (bundle, "batches.yaml");
  const char *at = strstr (text, from);
  if (at == NULL)
    fail_msg ("no “%s” in batches.yaml", from);
  g_autofree char *head = g_strndup (text, (gsize)(at - text));
  g_autofree char *other = g_strconcat (head, to, at + strlen (from), NULL);
  hx_bundle_add (bundle, "batches.yaml", other);
  return bundle;
}

static void
test_a_wrong_plan_is_refused_with_its_place (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (HxBundle) bundle = with_wording (faults[i].from, faults[i].to);
      g_autoptr (GError) error = NULL;
      g_autoptr (HxCatalogue) catalogue = hx_catalogue_load (bundle, &error);
      if (catalogue != NULL)
        fail_msg ("loaded, and should not: %s", faults[i].to);
      if (!g_str_has_prefix (error->message, "batches.yaml:")
          || strstr (error->message, faults[i].says) == NULL)
        fail_msg ("%s is refused with “%s”, not with “%s”", faults[i].to,
                  error->message, faults[i].says);
    }
}

static void
test_no_part_of_a_plan_may_be_missing (void **state)
{
  (void)state;
  static const char *const parts[]
      = { "  batch:\n", "  attendance:\n", "    state:", "    result:" };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *other = g_strconcat (i < 2 ? "  x" : "    x",
                                            parts[i] + (i < 2 ? 2 : 4), NULL);
      g_autoptr (HxBundle) bundle = with_wording (parts[i], other);
      g_autoptr (GError) error = NULL;
      assert_null (hx_catalogue_load (bundle, &error));
      assert_non_null (strstr (error->message, "缺少“"));
    }
}

static void
test_the_shipped_plan_is_read_whole (void **state)
{
  (void)state;
  g_autoptr (GError) error = NULL;
  g_autoptr (HxCatalogue) catalogue
      = hx_catalogue_load_folder (HX_TEST_CATALOGUE, &error);
  assert_non_null (catalogue);
  const HxBatchPlan *plan = hx_catalogue_batch_plan (catalogue, "健康体检");
  assert_non_null (plan);
  assert_ptr_equal (plan, hx_catalogue_batch_plan (catalogue, "checkup"));
  assert_null (hx_catalogue_batch_plan (catalogue, "fly"));
  assert_int_equal (plan->batches, 15);
  assert_int_equal (plan->capacity, 80);
  assert_string_equal (plan->people->key, "cadre");
  assert_string_equal (plan->duty->key, "checkup");
  assert_string_equal (plan->planned->code, "planned");
  assert_string_equal (plan->attended->code, "attended");
  assert_string_equal (plan->state_held->code, "held");
  assert_ptr_equal (plan->person->target, plan->people);
  assert_ptr_equal (plan->of_batch->target, plan->batch);
  assert_int_equal (plan->weekdays, 0x1F);
  assert_int_equal (plan->frail_weekdays, 0x7);
  assert_int_equal (plan->frail_rules->len, 9);
  const HxFrailRule *rule = &g_array_index (plan->frail_rules, HxFrailRule, 3);
  assert_string_equal (rule->field->key, "health");
  assert_string_equal (rule->codes[0], "2");
  assert_int_equal (rule->points, 3);
  const HxDaySpan *span = &g_array_index (plan->closed, HxDaySpan, 1);
  assert_int_equal (span->first.year, 0);
  assert_int_equal (span->last.day, 5);
  assert_int_equal (g_strv_length (plan->list), 5);
}

/* What is only planned is in no figure and does no duty. */
static void
test_what_is_planned_counts_nowhere (void **state)
{
  (void)state;
  g_autoptr (HxCatalogue) catalogue
      = hx_catalogue_load_folder (HX_TEST_CATALOGUE, NULL);
  const HxBatchPlan *plan = hx_catalogue_batch_plan (catalogue, "checkup");
  const GPtrArray *indicators = hx_catalogue_indicators (catalogue);
  guint seen = 0;
  for (guint i = 0; i < indicators->len; i++)
    {
      const HxIndicator *indicator = indicators->pdata[i];
      const HxField *field = indicator->kind == plan->batch ? plan->state
                             : indicator->kind == plan->attendance
                                 ? plan->result
                                 : NULL;
      gboolean is_asked = FALSE;
      for (guint k = 0; field != NULL && k < indicator->where->len; k++)
        {
          const HxCondition *one = indicator->where->pdata[k];
          is_asked |= one->reference == NULL && one->field == field
                      && one->test == HX_TEST_IN
                      && !g_strv_contains ((const char *const *)one->texts,
                                           "planned");
        }
      seen += field != NULL;
      if (field != NULL && !is_asked)
        fail_msg ("%s counts what is planned", indicator->key);
    }
  assert_int_equal (seen, 2);
  const HxDutyProof *proof = plan->duty->done_by->pdata[0];
  assert_ptr_equal (((HxCondition *)proof->where->pdata[0])->field,
                    plan->result);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_a_wrong_plan_is_refused_with_its_place),
    cmocka_unit_test (test_no_part_of_a_plan_may_be_missing),
    cmocka_unit_test (test_the_shipped_plan_is_read_whole),
    cmocka_unit_test (test_what_is_planned_counts_nowhere),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
