/* Figures that are known beyond their digits. */
#include "claim_fixture.h"

typedef struct
{
  const char *words; /* of the figure, their first occurrence */
  HxExact value;
} Known;

static HxClaim *
only_claim (const char *text, const Known *list, gsize count,
            HxCheckResult **result)
{
  g_autoptr (HxSource) source
      = hx_source_new ("a.txt", text, strlen (text), NULL);
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (HxKnownFigure));

  for (gsize i = 0; i < count; i++)
    {
      const char *at = strstr (text, list[i].words);
      const HxKnownFigure figure
          = { (gsize)g_utf8_pointer_to_offset (text, at),
              (gsize)g_utf8_strlen (list[i].words, -1), list[i].value };

      assert_non_null (at);
      g_array_append_val (known, figure);
    }
  *result = hx_check_source_known (source, known);
  if ((*result)->claims->len != 1)
    fail_msg ("%u claims in %s", (*result)->claims->len, text);
  return (*result)->claims->pdata[0];
}

static void
assert_verdicts (const char *text, const Known *list, gsize count,
                 HxVerdict as_printed, HxVerdict as_known)
{
  g_autoptr (HxCheckResult) printed = NULL;
  g_autoptr (HxCheckResult) known = NULL;

  assert_int_equal (only_claim (text, NULL, 0, &printed)->verdict, as_printed);
  assert_int_equal (only_claim (text, list, count, &known)->verdict, as_known);
}

#define SUM                                                                                        \
  "本年支出合计100.01万元，其中：基本支出33.33万元，项目支出33.34万元，" \
  "其他支出33.35万元。"

static void
rounding_is_no_error_where_the_parts_are_known (void **state)
{
  /* 33.334 + 33.336 + 33.344 = 100.014 */
  const Known parts[] = { { "33.33", { 33334000, 1, TRUE } },
                          { "33.34", { 33336000, 1, TRUE } },
                          { "33.35", { 33345000, 1, TRUE } } };
  const Known exact[] = { { "33.33", { 33333000, 1, TRUE } },
                          { "33.34", { 33336000, 1, TRUE } },
                          { "33.35", { 33345000, 1, TRUE } } };

  (void)state;
  assert_verdicts (SUM, parts, 3, HX_VERDICT_ROUNDING, HX_VERDICT_OK);
  assert_verdicts (SUM, exact, 3, HX_VERDICT_ROUNDING, HX_VERDICT_OK);
}

static void
rounding_is_no_excuse_where_the_parts_are_known (void **state)
{
  /* 33.334 + 33.344 + 33.354 = 100.032 */
  const Known parts[] = { { "33.33", { 33334000, 1, TRUE } },
                          { "33.34", { 33344000, 1, TRUE } },
                          { "33.35", { 33354000, 1, TRUE } } };

  (void)state;
  assert_verdicts (SUM, parts, 3, HX_VERDICT_ROUNDING, HX_VERDICT_ERROR);
}

static void
what_does_not_fit_the_digits_is_passed_over (void **state)
{
  const Known parts[] = { { "33.33", { 99900000, 1, TRUE } },
                          { "33.34", { 1, 0, FALSE } },
                          { "33.35", { G_MAXINT64, 1, FALSE } } };

  (void)state;
  assert_verdicts (SUM, parts, 3, HX_VERDICT_ROUNDING, HX_VERDICT_ROUNDING);
}

/* Money may come as a number of 元 or of 万元. */
static void
the_digits_say_what_a_value_counts (void **state)
{
  static const char rate[]
      = "全年预算数为321.02万元，支出决算数为307.82万元，完成预算的95.88%。";
  /* 307.811 / 321.029 = 95.8826 % */
  const Known yuan[] = { { "321.02", { 3210290, 1, FALSE } },
                         { "307.82", { 3078110, 1, FALSE } } };
  const Known wan[] = { { "321.02", { 321029, 1000, FALSE } },
                        { "307.82", { 307811, 1000, FALSE } } };

  (void)state;
  assert_verdicts (rate, yuan, 2, HX_VERDICT_ERROR, HX_VERDICT_OK);
  assert_verdicts (rate, wan, 2, HX_VERDICT_ERROR, HX_VERDICT_OK);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (rounding_is_no_error_where_the_parts_are_known),
    cmocka_unit_test (rounding_is_no_excuse_where_the_parts_are_known),
    cmocka_unit_test (what_does_not_fit_the_digits_is_passed_over),
    cmocka_unit_test (the_digits_say_what_a_value_counts),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
