/* What part each figure plays in its sentence: role, sign, name, base, year,
 * owner. */
#include "engine_fixture.h"

#include "check/role.h"

static const char *const roles[]
    = { "value", "budget", "previous", "total", "balance", "delta",
        "share", "done",   "growth",   "bare",  "other" };

typedef struct
{
  const char *text;
  const char *terms; /* parted by "; " */
} Case;

static HxReading *
reading_of (const char *text, HxSource **source)
{
  *source = engine_source (text);
  return hx_reading_new (*source);
}

static void
append_span (GString *all, const HxReading *reading, const char *mark,
             HxSpan span)
{
  if (span.from == span.until)
    return;
  g_string_append (all, mark);
  g_string_append_len (all, reading->words->clean->str + span.from,
                       (gssize)(span.until - span.from));
}

typedef void (*Append) (GString *, const HxReading *, const HxTerm *);

static void
append_role (GString *all, const HxReading *reading, const HxTerm *term)
{
  (void)reading;
  g_string_append (all, roles[term->role]);
  if (term->sign != 0)
    g_string_append_c (all, term->sign > 0 ? '+' : '-');
}

static void
append_names (GString *all, const HxReading *reading, const HxTerm *term)
{
  append_role (all, reading, term);
  append_span (all, reading, " ", term->name);
  append_span (all, reading, " of ", term->base);
  if (term->year != 0)
    g_string_append_printf (all, " in %d", term->year);
}

static void
append_owner (GString *all, const HxReading *reading, const HxTerm *term)
{
  append_role (all, reading, term);
  if (term->owner != HX_NO_TERM)
    g_string_append_printf (all, "@%u", term->owner);
}

static void
append_places (GString *all, const HxReading *reading, const HxTerm *term)
{
  const HxTerm *first = hx_reading_term (reading, 0);

  g_string_append_printf (all, "s%u g%u", term->sentence - first->sentence,
                          term->group - first->group);
  if (term->item != first->item)
    g_string_append_printf (all, " i%u", term->item - first->item);
  if (term->chapter != first->chapter)
    g_string_append_printf (all, " c%u", term->chapter - first->chapter);
  if (term->bracket != 0)
    g_string_append (all, " b");
}

static void
check_cases (const Case *cases, gsize count, Append append)
{
  for (gsize i = 0; i < count; i++)
    {
      g_autoptr (HxSource) source = NULL;
      g_autoptr (HxReading) reading = reading_of (cases[i].text, &source);
      g_autoptr (GString) all = g_string_new (NULL);

      for (guint term = 0; term < reading->terms->len; term++)
        {
          g_string_append (all, term == 0 ? "" : "; ");
          append (all, reading, hx_reading_term (reading, term));
        }
      if (strcmp (all->str, cases[i].terms) != 0)
        print_error ("%s\n", cases[i].text);
      assert_string_equal (all->str, cases[i].terms);
    }
}

#define CHECK(cases, append) check_cases (cases, G_N_ELEMENTS (cases), append)

static const Case changes[] = {
  { "比上年增加 3 万元", "delta+" },
  { "比上年净增 3 万元", "delta+" },
  { "同比增收 3 万元", "delta+" },
  { "同比多支 3 万元", "delta+" },
  { "增长了 3 万元", "delta+" },
  { "比上年减少 3 万元", "delta-" },
  { "少收 3 万元", "delta-" },
  { "压减 3 万元", "delta-" },
  { "下降约 3 万元", "delta-" },
  { "减少了近 3 万元", "delta-" },
  { "增长 3%", "growth+" },
  { "增幅为 3%", "growth+" },
  { "上升了 3%", "growth+" },
  { "涨 3%", "growth+" },
  { "下降 3%", "growth-" },
  { "负增长 3%", "growth-" },
  { "降幅达 3%", "growth-" },
  { "减少 3%", "growth-" },
  { "跌 3%", "growth-" },
  /* the bracket of the template does not count */
  { "下降（增长）3%", "growth-" },
  { "增加（减少）3 万元", "delta+" },
  /* no change at all */
  { "新增 3 万元", "value" },
  { "新增加 3 万元", "delta+" },
};

static void
words_of_change_have_their_sign (void **state)
{
  (void)state;
  CHECK (changes, append_role);
}

static const Case rates[] = {
  { "占 3%", "share" },
  { "占比为 3%", "share" },
  { "占本年支出合计的 3%", "share" },
  { "完成年初预算的 3%", "done" },
  { "执行率为 3%", "done" },
  { "支付率 3%", "done" },
  { "为预算数的 3%", "done" },
  { "相当于年初预算的 3%", "done" },
  { "支出 12 万元（3%）", "value; bare" },
  { "满意率 3%", "other" },
  { "高出 3 个百分点", "other" },
};

static const Case amounts[] = {
  { "支出 3 万元", "value" },      { "支出合计 3 万元", "total" },
  { "收入总计 3 万元", "total" },  { "年末结余 3 万元", "balance" },
  { "剩余 3 万元", "balance" },    { "上年结余 3 万元", "value" },
  { "上年为 3 万元", "previous" }, { "去年同期 3 万元", "previous" },
  { "每人 300 元", "other" },      { "人均 300 元", "other" },
  { "单价 300 元", "other" },      { "300 元/人", "other" },
  { "超过 3 万元", "other" },      { "2-3 万元", "other" },
};

static void
words_of_rates_say_of_what_sort_they_are (void **state)
{
  (void)state;
  CHECK (rates, append_role);
}

static void
words_of_amounts_say_what_they_are (void **state)
{
  (void)state;
  CHECK (amounts, append_role);
}

static const Case neighbours[] = {
  /* a budget is one whose execution follows */
  { "年初预算为 3 万元，支出决算为 2 万元。", "budget; value" },
  { "年初预算为 3 万元，全年预算为 4 万元，支出决算为 2 万元。",
    "budget; budget; value" },
  { "年初预算为 3 万元，完成 92%。", "budget; done" },
  { "年初预算为 3 万元。支出决算为 2 万元。", "value; value" },
  { "年初预算为 3 万元。", "value" },
  /* of the year before */
  { "2023年执行数为 3 万元，2024年预算安排 4 万元。", "previous; value" },
  { "2022年执行数为 3 万元，2024年预算安排 4 万元。", "value; value" },
  { "2023年执行数为 3 万元。2024年预算安排 4 万元。", "value; value" },
  { "支出从 3 万元增加到 4 万元。", "previous; value" },
};

static void
neighbours_tell_budgets_and_years_before (void **state)
{
  (void)state;
  CHECK (neighbours, append_role);
}

static const Case names[] = {
  { "基本支出 3 万元", "value 基本支出" },
  { "其中：公用经费支出决算为 3 万元", "value 公用经费" },
  { "2024年度收入支出总计 3 万元", "total 收入支出总计 in 2024" },
  { "一般公共预算支出比上年增加 3 万元", "delta+ 一般公共预算支出" },
  { "与2023年度相比，支出合计减少 3 万元", "delta- 支出合计" },
  { "比2023年度减少 3 万元", "delta- in 2023" },
  { "项目支出同比增长 3%", "growth+ 项目支出" },
  { "占本年支出合计的 3%", "share of 支出合计" },
  { "占比 3%", "share" },
  { "完成年初预算的 3%", "done of 年初预算" },
  { "教育支出（类） 3 万元", "value 教育支出" },
};

static void
names_bases_and_years_come_from_the_lead (void **state)
{
  (void)state;
  CHECK (names, append_names);
}

static const Case owners[] = {
  { "支出 3 万元，占 5%，增长 2%。", "value; share@0; growth+@0" },
  { "支出 3 万元，增加 1 万元，增长 2%。", "value; delta+@0; growth+@0" },
  { "支出 3 万元。增长 2%。", "value; growth+" },
  { "甲 3 万元，占 5%；乙 4 万元，占 6%。", "value; share@0; value; share@2" },
  /* what stands in a bracket is not spoken of outside */
  { "支出 3 万元（其中甲 2 万元），占 5%。", "value; value; share@0" },
  { "支出 3 万元（其中甲 2 万元，占 5%）。", "value; value; share@1" },
  { "增长 2%。", "growth+" },
};

static void
a_rate_is_of_the_nearest_amount_of_its_sentence (void **state)
{
  (void)state;
  CHECK (owners, append_owner);
}

static const Case places[] = {
  { "甲 1 万元，乙 2 万元；丙 3 万元。丁 4 万元。",
    "s0 g0; s0 g0; s0 g1; s1 g2" },
  { "甲 1 万元（乙 2 万元）丙 3 万元", "s0 g0; s0 g0 b; s0 g0" },
  { "甲 1 万元\n2、乙 2 万元\n3、丙 3 万元", "s0 g0; s1 g1 i1; s2 g2 i2" },
  { "一、甲 1 万元\n二、乙 2 万元", "s0 g0; s1 g1 i1 c1" },
  { "甲 1 万元\n（1）乙 2 万元", "s0 g0; s0 g0" },
};

static void
terms_know_their_sentence_item_and_chapter (void **state)
{
  (void)state;
  CHECK (places, append_places);
}

/* -------------------------------------------------------------------- names */

/* `text` holds two amounts with their names. */
static guint
match (const char *text)
{
  g_autoptr (HxSource) source = NULL;
  g_autoptr (HxReading) reading = reading_of (text, &source);

  assert_int_equal (reading->terms->len, 2);
  return hx_reading_match (reading, hx_reading_term (reading, 0)->name,
                           hx_reading_term (reading, 1)->name);
}

static void
names_answer_to_each_other_by_degrees (void **state)
{
  (void)state;
  assert_int_equal (match ("基本支出 3 万元，基本支出 4 万元"), 3);
  assert_int_equal (match ("基本支出 3 万元，区本级基本支出 4 万元"), 2);
  assert_int_equal (match ("基本支出 3 万元，基本支出合计数 4 万元"), 1);
  assert_int_equal (match ("基本支出 3 万元，项目经费 4 万元"), 0);
  assert_int_equal (match ("支 3 万元，支 4 万元"), 0);
}

static void
things_are_alike_when_they_count_the_same (void **state)
{
  g_autoptr (HxSource) source = NULL;
  g_autoptr (HxReading) reading
      = reading_of ("3 万元，4 元，5 人，6 人，7 户，8%", &source);

  (void)state;
  for (guint a = 0; a < 6; a++)
    for (guint b = 0; b < 6; b++)
      {
        const gboolean is_same
            = a == b || (a < 2 && b < 2) || (a / 2 == 1 && b / 2 == 1);

        assert_int_equal (hx_term_is_alike (hx_reading_term (reading, a),
                                            hx_reading_term (reading, b)),
                          is_same);
      }
}

/* Any order of clauses: owners come before, in the same sentence; leads end
 * where the figure begins and do not reach over the figure before. */
static void
readings_of_any_text_hold_together (void **state)
{
  static const char *const pieces[] = { "支出 3 万元",
                                        "，",
                                        "。",
                                        "；",
                                        "（",
                                        "）",
                                        "\n",
                                        "占 5%",
                                        "增长 2%",
                                        "减少 1 万元",
                                        "年初预算为 4 万元",
                                        "一、",
                                        "2、",
                                        "2023年",
                                        "比上年",
                                        "合计 9 万元",
                                        "结余 1 万元",
                                        "：" };
  g_autoptr (GRand) random = g_rand_new_with_seed (54);

  (void)state;
  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (HxSource) source = NULL;
      g_autoptr (HxReading) reading = NULL;
      gsize behind = 0;

      for (guint i = 0; i < 40; i++)
        g_string_append (
            text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      reading = reading_of (text->str, &source);
      for (guint i = 0; i < reading->terms->len; i++)
        {
          const HxTerm *term = hx_reading_term (reading, i);

          assert_true (behind <= term->lead.from
                       && term->lead.from <= term->lead.until);
          assert_true (term->lead.until == term->quantity.from);
          assert_true (term->name.from <= term->name.until);
          if (term->owner != HX_NO_TERM)
            {
              const HxTerm *owner = hx_reading_term (reading, term->owner);

              assert_true (term->owner < i);
              assert_int_equal (owner->sentence, term->sentence);
              assert_true (hx_term_is_amount (owner));
            }
          behind = term->quantity.until;
        }
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (words_of_change_have_their_sign),
    cmocka_unit_test (words_of_rates_say_of_what_sort_they_are),
    cmocka_unit_test (words_of_amounts_say_what_they_are),
    cmocka_unit_test (neighbours_tell_budgets_and_years_before),
    cmocka_unit_test (names_bases_and_years_come_from_the_lead),
    cmocka_unit_test (a_rate_is_of_the_nearest_amount_of_its_sentence),
    cmocka_unit_test (terms_know_their_sentence_item_and_chapter),
    cmocka_unit_test (names_answer_to_each_other_by_degrees),
    cmocka_unit_test (things_are_alike_when_they_count_the_same),
    cmocka_unit_test (readings_of_any_text_hold_together),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
