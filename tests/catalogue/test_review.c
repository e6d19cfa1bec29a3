/* Loading review.yaml: what a good one becomes, how a wrong one is refused. */
#include "support.h"

#include "catalogue/review.h"

static HxCatalogue *
load_rules (const char *text, GError **error)
{
  return load_with ("review.yaml", text, error);
}

static void
rules_are_read_whole (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxCatalogue) catalogue = load_rules (
      "checks:\n"
      "  - {id: V03, name: 闭合, severity: block}\n"
      "  - {id: V24, name: 整改, severity: warn, answerable: false}\n"
      "limits: {execution: 92.5, sample: 30}\n"
      "words: {vague_after: [余, 多]}\n"
      "phrases: [{phrase: 甲, from: 2019, until: 2020}, {phrase: 乙, from: "
      "2021}]\n"
      "names: [{name: 大学堂, aliases: [大讲堂]}]\n"
      "typos: [{wrong: 建全, right: 健全}]\n"
      "amounts: [{role: executed, words: [执行数], figure: gifts},\n"
      "          {role: rate, words: [执行率, 完成率]}]\n"
      "fields: [{kind: cadre, field: name, max: 10}]\n"
      "benefits: [{kind: visit, same: [occasion, date]}]\n",
      &error);
  const HxReviewRules *rules;

  (void)state;
  assert_null (error);
  rules = hx_catalogue_review (catalogue);
  assert_null (rules->checks[0]);
  assert_string_equal (rules->checks[2]->id, "V03");
  assert_int_equal (rules->checks[2]->severity, HX_REVIEW_BLOCK);
  assert_true (rules->checks[2]->answerable);
  assert_int_equal (rules->checks[23]->severity, HX_REVIEW_WARN);
  assert_false (rules->checks[23]->answerable);
  assert_int_equal (rules->limits[HX_REVIEW_EXECUTION], 9250);
  assert_int_equal (rules->limits[HX_REVIEW_SAMPLE], 30);
  assert_false (rules->has_limit[HX_REVIEW_OVER]);
  assert_string_equal (rules->words[HX_REVIEW_VAGUE_AFTER][1], "多");
  assert_null (rules->words[HX_REVIEW_VAGUE_BEFORE][0]);
  assert_int_equal (((HxReviewPhrase *)rules->phrases->pdata[0])->until, 2020);
  assert_int_equal (((HxReviewPhrase *)rules->phrases->pdata[1])->until, 0);
  assert_string_equal (((HxReviewName *)rules->names->pdata[0])->aliases[0],
                       "大讲堂");
  assert_string_equal (((HxReviewTypo *)rules->typos->pdata[0])->right, "健全");
  const HxReviewAmount *amount = rules->amounts->pdata[0];
  assert_int_equal (amount->role, HX_REVIEW_EXECUTED);
  assert_string_equal (amount->figure->key, "gifts");
  assert_null (((HxReviewAmount *)rules->amounts->pdata[1])->figure);
  assert_int_equal (((HxReviewField *)rules->fields->pdata[0])->max, 10);
  const HxReviewBenefit *benefit = rules->benefits->pdata[0];
  assert_string_equal (benefit->person->key, "cadre");
  assert_int_equal (benefit->same->len, 2);
}

static void
without_the_file_there_are_no_rules (void **state)
{
  g_autoptr (HxCatalogue) catalogue = load_with ("caps.yaml", "[]\n", NULL);

  (void)state;
  assert_null (hx_catalogue_review (catalogue));
}

static void
wrong_rules_are_refused_with_their_place (void **state)
{
  static const struct
  {
    const char *text, *place, *says;
  } faults[] = {
    { "- 1\n", "1:1", "这里应当是“键: 值”的写法" },
    { "check: []\n", "1:1", "是不是“checks”？" },
    { "checks: {}\n", "1:9", "这里应当是一个列表" },
    { "checks: [{id: V25, name: 甲, severity: warn}]\n", "1:15", "V25" },
    { "checks: [{id: V00, name: 甲, severity: warn}]\n", "1:15", "V00" },
    { "checks: [{id: X01, name: 甲, severity: warn}]\n", "1:15", "X01" },
    { "checks: [{id: V01, name: 甲, severity: warn},\n"
      "  {id: V01, name: 乙, severity: warn}]\n",
      "2:8", "写了两遍" },
    { "checks: [{id: V01, name: 甲, severity: fatal}]\n", "1:", "fatal" },
    { "checks: [{id: V01, severity: warn}]\n", "1:", "缺少“name”" },
    { "checks: [{id: V01, name: 甲, severity: warn, answerable: 是}]\n",
      "1:", "写 true 或 false" },
    { "limits: {excution: 90}\n", "1:10", "是不是“execution”？" },
    { "limits: {execution: 九十}\n", "1:21", "百分比不对" },
    { "limits: {sample: 1.5}\n", "1:18", "不是合适的整数" },
    { "words: {vague: [余]}\n", "1:9", "不认识的键" },
    { "words: {targets: 余}\n", "1:18", "这里应当是一个列表" },
    { "phrases: [{phrase: 甲}]\n", "1:", "缺少“from”" },
    { "phrases: [{phrase: 甲, from: 19}]\n", "1:", "不是合适的整数" },
    { "phrases: [{phrase: 甲, from: 2020, until: 2019}]\n",
      "1:", "早于起始年份" },
    { "names: [{name: 甲}]\n", "1:", "没有写别名" },
    { "typos: [{wrong: 甲}]\n", "1:", "缺少“right”" },
    { "amounts: [{role: spent, words: [甲]}]\n", "1:18", "不认识的键" },
    { "amounts: [{role: total}]\n", "1:", "缺少“words”" },
    { "amounts: [{role: total, words: [甲], figure: gold}]\n",
      "1:", "没有指标“gold”" },
    { "fields: [{kind: fly, field: name, max: 1}]\n", "1:", "没有台账“fly”" },
    { "fields: [{kind: cadre, field: street, max: 1}]\n",
      "1:", "没有这样的字段“street”" },
    { "fields: [{kind: cadre, field: name, max: 0}]\n",
      "1:", "不是合适的整数" },
    { "benefits: [{kind: cadre}]\n", "1:", "不是关于人的台账" },
    { "benefits: [{kind: visit, same: [gold]}]\n",
      "1:", "没有这样的字段“gold”" },
    { "surveys: [{kind: visit, sent: gift}]\n", "1:", "没有这样的字段“gift”" },
    { "surveys: [{kind: cadre}]\n", "1:", "没有日期" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HxCatalogue) catalogue = load_rules (faults[i].text, &error);
      g_autofree char *place
          = g_strdup_printf ("review.yaml:%s", faults[i].place);

      if (catalogue != NULL)
        fail_msg ("taken: %s", faults[i].text);
      if (strstr (error->message, place) == NULL
          || strstr (error->message, faults[i].says) == NULL)
        fail_msg ("%s: %s", faults[i].text, error->message);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (rules_are_read_whole),
    cmocka_unit_test (without_the_file_there_are_no_rules),
    cmocka_unit_test (wrong_rules_are_refused_with_their_place),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
