/* What is said of tables that agree, and of one cell that does not. */
#include "table_fixture.h"
#include "table_forms.h"

#include <string.h>

/* ------------------------------------------------------------------- helpers
 */

/* The drawing with the first `from` behind `near` replaced. */
static char *
changed (const char *drawing, const char *near, const char *from,
         const char *to)
{
  const char *at = strstr (drawing, near);
  GString *other = g_string_new (NULL);

  assert_non_null (at);
  at = strstr (at, from);
  assert_non_null (at);
  g_string_append_len (other, drawing, at - drawing);
  g_string_append (other, to);
  g_string_append (other, at + strlen (from));
  return g_string_free (other, FALSE);
}

static void
assert_errors (const char *drawing, const char *expected)
{
  g_autoptr (HxSource) source = fixture_drawn (drawing);
  g_autofree char *errors = fixture_errors (source);

  assert_string_equal (errors, expected);
}

static void
assert_holds (const char *drawing, const char *claim)
{
  g_autoptr (HxSource) source = fixture_drawn (drawing);
  g_autofree char *claims = fixture_claims (source);

  if (strstr (claims, claim) == NULL)
    fail_msg ("no “%s” in\n%s", claim, claims);
}

static void
assert_silent (const char *drawing)
{
  g_autoptr (HxSource) source = fixture_drawn (drawing);
  g_autofree char *claims = fixture_claims (source);

  assert_string_equal (claims, "");
}

/* ------------------------------------------------------------ official forms
 */

static void
official_forms_agree (void **state)
{
  const char *const *const forms[]
      = { &form_whole, &form_spent,  &form_self, &form_detail, &form_trips,
          &form_grant, &form_change, &form_fund, &form_sources };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (HxSource) source = fixture_drawn (*forms[i]);
      guint claims = 0;

      assert_errors (*forms[i], "");
      for (guint kind = 0; kind < HX_CLAIM_KINDS; kind++)
        claims += fixture_count (source, (HxClaimKind)kind, HX_VERDICT_OK);
      assert_true (claims >= 4);
    }
}

static void
what_each_form_adds_is_found (void **state)
{
  static const struct
  {
    const char *const *form;
    const char *claim;
  } cases[] = {
    { &form_whole, "sum ok 1,416.15 <- 1,361.05 52.10 0.00 3.00\n" },
    { &form_whole, "sum ok 1,413.15 <- 1,020.30 250.75 90.00 52.10\n" },
    { &form_whole, "sum ok 1,438.37 <- 1,416.15 22.22\n" },
    { &form_whole, "sum ok 1,438.37 <- 1,413.15 25.22\n" },
    { &form_whole, "repeat ok 1,438.37 <- 1,438.37\n" },
    { &form_spent, "sum ok 1,413.15 <- 990.92 422.23\n" },
    { &form_spent, "sum ok 990.92 <- 650.17 250.75 90.00\n" },
    { &form_spent, "sum ok 1,020.30 <- 650.17 370.13\n" },
    { &form_spent, "sum ok 250.75 <- 150.75 100.00\n" },
    { &form_self, "sum ok 1486.55 <- 1434.45 52.10 0\n" },
    { &form_self, "ratio ok 95.06% <- 1413.15 1486.55\n" },
    { &form_self, "sum ok 100 <- 10 20 15 15 30 10\n" },
    { &form_self, "sum ok 96.51 <- 9.51 20 15 15 28 9\n" },
    { &form_detail, "sum ok 700.50 <- 300.25 400.25\n" },
    { &form_detail, "sum ok 880.92 <- 700.50 180.42\n" },
    { &form_detail, "sum ok 110.00 <- 100.40 9.60\n" },
    { &form_trips, "sum ok 46.56 <- 0.00 38.21 8.35\n" },
    { &form_trips, "sum ok 28.85 <- 18.00 10.85\n" },
    { &form_grant, "sum ok 1,435.37 <- 1,413.15 22.22\n" },
    { &form_grant, "sum ok 1,435.37 <- 1,383.27 52.10\n" },
    { &form_grant, "sum ok 1,383.27 <- 1,361.05 22.22\n" },
    { &form_change, "difference ok -27.77 <- 422.23 450.00\n" },
    { &form_change, "growth ok -6.17 <- 422.23 450.00\n" },
    { &form_change, "ratio ok 70.12 <- 990.92 1,413.15\n" },
    { &form_change, "sum ok 100.00 <- 70.12 29.88 0.00\n" },
    { &form_fund, "difference ok 2.00 <- 10.00 52.10 60.10\n" },
    { &form_fund, "sum ok 60.10 <- 46.10 14.00\n" },
    { &form_sources, "sum ok 1,086.55 <- 1,000.00 86.55\n" },
    { &form_sources, "difference ok 73.40 <- 1,086.55 1,013.15\n" },
    { &form_sources, "sum ok 400.00 <- 300.00 100.00\n" },
    { &form_sources, "sum ok 1,400.00 <- 400.00 1,000.00\n" },
    { &form_sources, "ratio ok 93.24% <- 1,013.15 1,086.55\n" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_holds (*cases[i].form, cases[i].claim);
}

/* A cell changed, and the errors that come of it. */
static const struct
{
  const char *const *form;
  const char *near, *from, *to, *errors;
} wrong_cells[] = {
  /* a class that its items do not make, a total row by row */
  { &form_spent, "|2080505|", "|100.00|100.00|", "|100.00|110.00|",
    "sum error material 250.75 <- 150.75 110.00\n"
    "sum error material 100.00 <- 110.00\n" },
  { &form_spent, "|合计|", "990.92", "909.92",
    "sum error material 1,413.15 <- 909.92 422.23\n"
    "sum error material 909.92 <- 650.17 250.75 90.00\n" },
  /* 收入总计 against its parts and against 支出总计 */
  { &form_whole, "本年收入合计", "1,416.15", "1,461.15",
    "sum error material 1,461.15 <- 1,361.05 52.10 0.00 3.00\n"
    "sum error material 1,438.37 <- 1,461.15 22.22\n" },
  { &form_whole, "|总计|61|", "1,438.37", "1,438.73",
    "sum error material 1,438.73 <- 1,413.15 25.22\n"
    "repeat error material 1,438.73 <- 1,438.37\n" },
  { &form_self, "年度资金总额", "95.06%", "96.05%",
    "ratio error material 96.05% <- 1413.15 1486.55\n" },
  { &form_self, "年度资金总额", "1413.15", "1431.15",
    "sum error material 1431.15 <- 1361.05 52.10 0\n"
    "ratio error material 95.06% <- 1431.15 1486.55\n" },
  { &form_self, "|总分|", "96.51", "98.51",
    "sum error material 98.51 <- 9.51 20 15 15 28 9\n" },
  { &form_detail, "人员经费合计", "110.00", "101.00",
    "sum error material 101.00 <- 100.40 9.60\n" },
  { &form_trips, "|46.56|", "28.85", "29.85",
    "sum error material 31.16 <- 0.00 29.85 2.31\n"
    "sum error material 29.85 <- 18.00 10.85\n" },
  { &form_grant, "本年支出合计", "|1,361.05", "|1,316.05",
    "sum error material 1,413.15 <- 1,316.05 52.10\n"
    "sum error material 1,316.05 <- 1,020.30 250.75 90.00\n"
    "sum error material 1,383.27 <- 1,316.05 22.22\n" },
  { &form_change, "|1|基本支出", "40.82", "48.02",
    "difference error material 48.02 <- 990.92 950.10\n"
    "sum error material 13.05 <- 48.02 -27.77 0.00\n" },
  { &form_change, "|2|项目支出", "-6.17", "-7.16",
    "growth error material -7.16 <- 422.23 450.00\n" },
  { &form_change, "|1|基本支出", "70.12", "71.12",
    "ratio error material 71.12 <- 990.92 1,413.15\n"
    "sum error material 100.00 <- 71.12 29.88 0.00\n" },
  { &form_fund, "|2296003|", "14.00", "14.10",
    "sum error material 60.10 <- 46.10 14.10\n"
    "sum error material 14.10 <- 14.00\n" },
  { &form_sources, "|单位资金|", "100.00%", "110.00%",
    "ratio error material 110.00% <- 300.00 300.00\n" },
  { &form_sources, "|财政资金|", "73.40", "37.40",
    "difference error material 37.40 <- 1,086.55 1,013.15\n"
    "sum error material 93.40 <- 20.00 37.40\n" },
};

static void
one_wrong_cell_is_found (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong_cells); i++)
    {
      g_autofree char *drawing
          = changed (*wrong_cells[i].form, wrong_cells[i].near,
                     wrong_cells[i].from, wrong_cells[i].to);

      assert_errors (drawing, wrong_cells[i].errors);
    }
}

/* ------------------------------------------------------------------ messages
 */

static void
a_message_names_row_and_column (void **state)
{
  g_autofree char *drawing
      = changed (form_self, "年度资金总额", "95.06%", "96.05%");
  g_autoptr (HxSource) source = fixture_drawn (drawing);
  g_autofree char *message = fixture_message (source);

  (void)state;
  assert_string_equal (message,
                       "“年度资金总额”行“执行率”列：两数相除 95.0624%，"
                       "表中写 96.05%，相差 0.9876%。");
}

static void
a_message_keeps_the_sign_of_a_fall (void **state)
{
  g_autofree char *drawing
      = changed (form_change, "|2|项目支出", "-6.17", "-7.16");
  g_autoptr (HxSource) source = fixture_drawn (drawing);
  g_autofree char *message = fixture_message (source);

  (void)state;
  assert_string_equal (message, "“项目支出”行“增减率（%）”列：增减额除以上年数 "
                                "-6.1711%，表中写 -7.16%，相差 0.9889%。");
}

static void
figures_have_the_place_of_their_cells (void **state)
{
  g_autofree char *drawing
      = changed (form_self, "年度资金总额", "95.06%", "96.05%");
  g_autoptr (HxSource) source = fixture_drawn (drawing);
  g_autoptr (HxCheckResult) result = hx_check_source (source);
  guint errors = 0;

  (void)state;
  for (guint i = 0; i < result->claims->len; i++)
    {
      const HxClaim *claim = g_ptr_array_index (result->claims, i);
      const HxClaimFigure *base = g_ptr_array_index (claim->operands, 0);
      g_autofree char *stands = g_utf8_substring (
          source->text, (glong)claim->stated->offset,
          (glong)(claim->stated->offset + claim->stated->length));

      assert_string_equal (stands, claim->stated->text);
      if (claim->verdict != HX_VERDICT_ERROR)
        continue;
      errors++;
      assert_string_equal (claim->stated->unit, "%");
      assert_string_equal (base->unit, "万元");
      assert_int_equal (base->value.units, 141315);
      assert_int_equal (base->value.scale, 2);
      assert_int_equal (claim->computed.units, 95062393);
    }
  assert_int_equal (errors, 1);
}

/* -------------------------------------------------------- nothing is guessed
 */

static void
a_last_digit_within_rounding_is_no_error (void **state)
{
  const char *const drawing = "单位：万元\n"
                              "|项目|预算数|决算数|\n"
                              "|甲|10.3|20.11|\n"
                              "|乙|20.3|30.22|\n"
                              "|丙|30.3|40.33|\n"
                              "|合计|61.0|90.66|\n";

  (void)state;
  assert_errors (drawing, "");
  assert_holds (drawing, "sum rounding last_digit 61.0 <- 10.3 20.3 30.3\n");
}

static void
the_last_digit_of_a_total_may_be_rounded (void **state)
{
  g_autofree char *drawing
      = changed (form_spent, "|合计|", "|990.92", "|990.93");

  (void)state;
  assert_errors (drawing, "");
  assert_holds (drawing,
                "sum rounding last_digit 990.93 <- 650.17 250.75 90.00\n");
}

static void
a_total_of_other_rows_is_not_told (void **state)
{
  static const char *const drawings[] = {
    /* a part of a longer list, as of a page that was cut off */
    "|项目|预算数|决算数|\n"
    "|合计|500.25|480.31|\n"
    "|甲|100.11|90.22|\n"
    "|乙|120.13|95.24|\n",
    /* two totals of which none is meant */
    "|单位|人均支出|平均成绩|\n"
    "|甲|100.11|90.22|\n"
    "|乙|120.13|95.24|\n"
    "|合计|110.12|92.73|\n",
    /* words only */
    "|项目|内容|\n|合计|无|\n|甲|乙|\n",
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (drawings); i++)
    assert_silent (drawings[i]);
}

static void
one_column_is_believed_of_a_slip_only (void **state)
{
  (void)state;
  assert_errors ("|项目|金额|\n|甲|1203.11|\n|乙|2120.13|\n|丙|32.08|\n"
                 "|合计|3365.32|\n",
                 "sum error material 3365.32 <- 1203.11 2120.13 32.08\n");
  assert_errors ("|项目|金额|\n|甲|1203.11|\n|乙|2120.13|\n|丙|32.08|\n"
                 "|合计|4821.77|\n",
                 "");
  /* one row too many is another list, no slip */
  assert_errors ("|项目|金额|\n|甲|1203.11|\n|乙|2120.13|\n|丙|30.00|\n"
                 "|合计|3323.24|\n",
                 "");
}

static void
of_which_rows_are_not_added (void **state)
{
  const char *const drawing
      = "单位：元\n|项目|本年|上年|\n"
        "|一、工资|500.12|400.10|\n|其中：奖金|120.02|80.05|\n"
        "|二、办公|100.05|90.03|\n|合计|600.17|490.13|\n";

  (void)state;
  assert_holds (drawing, "sum ok 600.17 <- 500.12 100.05\n");
  assert_errors (drawing, "");
}

static void
marks_tell_what_a_row_is_made_of (void **state)
{
  const char *const drawing
      = "单位：元\n|项目|本年|上年|\n"
        "|一、基本支出|700.17|630.13|\n|（一）人员|600.12|540.10|\n"
        "|其中：奖金|120.02|80.05|\n|（二）公用|100.05|90.03|\n"
        "|二、项目支出|300.30|200.20|\n|（一）活动|200.20|150.10|\n"
        "|（二）慰问|110.10|50.10|\n|合计|1000.47|830.33|\n";

  (void)state;
  assert_holds (drawing, "sum ok 700.17 <- 600.12 100.05\n");
  assert_holds (drawing, "sum ok 1000.47 <- 700.17 300.30\n");
  assert_errors (drawing, "sum error material 300.30 <- 200.20 110.10\n");
}

static void
a_total_may_be_parted_in_two_ways (void **state)
{
  const char *const drawing
      = "单位：万元\n|预算|<|年初数|执行数|\n|年度资金总额：|<|1400.00|1413.15|"
        "\n"
        "|按资金来源|一般公共预算|1350.00|1361.05|\n|^|政府性基金|50.00|52.10|"
        "\n"
        "|按支出性质|基本支出|980.00|990.92|\n|^|项目支出|420.00|422.32|\n";

  (void)state;
  assert_holds (drawing, "sum ok 1413.15 <- 1361.05 52.10\n");
  assert_holds (drawing, "sum ok 1400.00 <- 980.00 420.00\n");
  assert_errors (drawing, "sum error material 1413.15 <- 990.92 422.32\n");
}

static void
a_class_at_the_end_of_a_page_may_go_on (void **state)
{
  const char *const drawing
      = "单位：万元\n|科目编码|科目名称|合计|基本支出|项目支出|\n"
        "|201|甲|30.30|10.10|20.20|\n|20101|乙|30.30|10.10|20.20|\n"
        "|2010101|丙|10.10|10.10||\n|2010102|丁|20.20||20.20|\n"
        "|208|戊|91.10|91.10||\n|20805|己|91.10|91.10||\n"
        "|2080501|庚|50.50|50.50||\n";
  g_autoptr (HxSource) source = fixture_drawn (drawing);
  g_autofree char *of_page = NULL;
  g_autofree char *of_file = fixture_errors (source);

  (void)state;
  assert_string_equal (of_file, "sum error material 91.10 <- 50.50\n"
                                "sum error material 91.10 <- 50.50\n");
  source->kind = HX_SOURCE_PDF;
  of_page = fixture_errors (source);
  assert_string_equal (of_page, "");
}

static void
cells_of_a_page_are_believed_less (void **state)
{
  static const char *const drawings[] = {
    /* a column whose head was not seen: it may be a rate */
    "|项目|甲|乙||\n|一|100.25|100.35|1.20|\n|二|200.15|200.25|1.30|\n"
    "|合计|300.40|300.60|1.25|\n",
    /* a slip, but perhaps of a cell that was not seen */
    "|项目|金额|\n|甲|1203.11|\n|乙|2120.13|\n|合计|3325.24|\n",
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (drawings); i++)
    {
      g_autoptr (HxSource) source = fixture_drawn (drawings[i]);
      g_autofree char *of_file = fixture_errors (source);
      g_autofree char *of_page = NULL;

      assert_string_not_equal (of_file, "");
      source->kind = HX_SOURCE_PDF;
      of_page = fixture_errors (source);
      assert_string_equal (of_page, "");
    }
}

static void
empty_cells_and_brackets_are_read_with_care (void **state)
{
  (void)state;
  assert_holds ("|项目|甲|乙|\n|一|5.25|—|\n|二|-|3.50|\n|三|-2.25|/|\n"
                "|合计|3.00|3.50|\n",
                "sum ok 3.00 <- 5.25 -2.25\n");
  /* (2.25) may be less than nothing or a remark */
  assert_errors ("|项目|甲|乙|\n|一|5.25|1.11|\n|二|(2.25)|3.50|\n"
                 "|合计|7.50|4.61|\n",
                 "");
}

static void
points_of_many_forms_may_have_a_mean (void **state)
{
  const char *const drawing = "|项目|预算数|执行数|得分|\n"
                              "|甲|100.25|90.15|96.00|\n"
                              "|乙|200.25|180.15|98.00|\n"
                              "|合计|300.50|270.30|97.00|\n";

  (void)state;
  assert_errors (drawing, "");
  assert_holds (drawing, "sum ok 300.50 <- 100.25 200.25\n");
}

static void
rates_are_not_added (void **state)
{
  const char *const drawing
      = "|项目|计划（万元）|实际（万元）|节约资金（万元）|节约|\n"
        "|合计|2319.24|2200.15|119.09|5.13%|\n"
        "|货物|122.48|110.05|12.43|10.15%|\n"
        "|工程|1387.72|1300.10|87.62|6.31%|\n"
        "|服务|809.04|790.00|19.04|2.35%|\n";

  (void)state;
  assert_errors (drawing, "");
  assert_holds (drawing, "sum ok 2319.24 <- 122.48 1387.72 809.04\n");
}

static void
a_fall_without_its_sign_is_no_error (void **state)
{
  (void)state;
  assert_errors ("|项目|本年数|上年数|增减额|增减率%|\n"
                 "|甲|120.00|100.00|20.00|20.00|\n"
                 "|乙|150.00|100.00|50.00|50.00|\n"
                 "|丙|130.00|100.00|30.00|30.00|\n"
                 "|丁|80.00|100.00|20.00|20.00|\n",
                 "");
}

static void
a_growth_on_nothing_is_an_error (void **state)
{
  (void)state;
  assert_errors ("|项目|本年数|上年数|增减率%|\n"
                 "|甲|120.00|100.00|20.00|\n"
                 "|乙|150.00|100.00|50.00|\n"
                 "|丙|130.00|0.00|100.00|\n",
                 "growth error material 100.00 <- 130.00 0.00\n");
}

/* ------------------------------------------------------- text against table
 */

static void
sentences_agree_with_the_table_of_their_name (void **state)
{
  static const struct
  {
    const char *words;
    const char *const *form;
    const char *claim;
  } cases[] = {
    { "2024年度收入支出总计1438.37万元。\n", &form_whole,
      "repeat ok 1438.37万元 <- 1,438.37\n" },
    { "本年收入合计14161500元，\n", &form_whole,
      "repeat ok 14161500元 <- 1,416.15\n" },
    { "本年支出合计1413.2万元。\n", &form_whole,
      "repeat ok 1413.2万元 <- 1,413.15\n" },
    { "2024年度财政拨款收入支出总计1435.37万元。\n", &form_grant,
      "repeat ok 1435.37万元 <- 1,435.37\n" },
    { "基本支出990.92万元。\n", &form_spent,
      "repeat ok 990.92万元 <- 990.92\n" },
    { "一般公共服务支出1020.30万元。\n", &form_spent,
      "repeat ok 1020.30万元 <- 1,020.30\n" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *drawing
          = g_strconcat (cases[i].words, *cases[i].form, NULL);

      assert_errors (drawing, "");
      assert_holds (drawing, cases[i].claim);
    }
}

static void
a_slip_between_sentence_and_table_is_an_error (void **state)
{
  static const struct
  {
    const char *words;
    const char *const *form;
    const char *errors;
  } cases[] = {
    { "2024年度收入支出总计1438.73万元。\n", &form_whole,
      "repeat error material 1438.73万元 <- 1,438.37\n" },
    { "本年收入合计1461.15万元。\n", &form_whole,
      "repeat error material 1461.15万元 <- 1,416.15\n" },
    /* of another year, about, or another amount altogether */
    { "2023年度本年收入合计1461.15万元，2024年度安排为1.00万元。\n",
      &form_whole, "" },
    { "本年收入合计约1461万元。\n", &form_whole, "" },
    { "本年收入合计2385.17万元。\n", &form_whole, "" },
    /* a name that says too little */
    { "其他收入3.10万元。\n", &form_whole, "" },
    /* 收入支出总计 of something else */
    { "2024年度财政拨款收入支出总计1438.73万元。\n", &form_whole, "" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *drawing
          = g_strconcat (cases[i].words, *cases[i].form, NULL);

      assert_errors (drawing, cases[i].errors);
    }
}

static void
a_name_of_two_amounts_is_not_held_against_either (void **state)
{
  g_autofree char *drawing = g_strconcat (
      "本年收入合计1461.15万元。\n", form_whole, "说明\n", form_grant, NULL);

  (void)state;
  assert_errors (drawing, "");
}

static void
a_message_names_the_row_that_a_sentence_repeats (void **state)
{
  g_autofree char *drawing
      = g_strconcat ("2024年度收入支出总计1438.73万元。\n", form_whole, NULL);
  g_autoptr (HxSource) source = fixture_drawn (drawing);
  g_autofree char *message = fixture_message (source);

  (void)state;
  assert_true (g_str_has_prefix (message,
                                 "“总计”行“金额”列：表中写的是 1438.37万元，"
                                 "文中写 1438.73万元，相差 0.36万元"));
}

/* A score table lists its levels one under the other; progress of work is no
 * rate of the money beside it. */
static void
levels_and_progress_are_no_sums_and_rates (void **state)
{
  (void)state;
  assert_errors ("|指标|分值|得分|\n"
                 "|投入|20.00|19.00|\n"
                 "|目标设定|20.00|19.00|\n"
                 "|绩效目标合理性|20.00|19.00|\n"
                 "|过程|40.00|38.50|\n"
                 "|预算执行|40.00|38.50|\n"
                 "|预算完成率|40.00|38.50|\n"
                 "|产出|40.00|37.91|\n"
                 "|职责履行|40.00|37.91|\n"
                 "|实际完成率|40.00|37.91|\n"
                 "|总分|100.00|95.41|\n",
                 "");
  assert_errors ("单位：万元\n"
                 "|重点任务|工作进度|全年预算数|执行数|预算执行率|\n"
                 "|甲任务|100.00%|351.36|351.36|100.00%|\n"
                 "|乙任务|100.00%|163.40|90.00|55.08%|\n"
                 "|丙任务|80.00%|50.00|48.00|96.00%|\n",
                 "");
}

/* ------------------------------------------------------- cells and sentences
 */

static void
sentences_do_not_run_into_cells (void **state)
{
  (void)state;
  /* 支出 100.00 万元 and 占 40.00% would be read as one sentence */
  assert_silent ("本年支出\n|100.00万元|其中：|\n|基本支出|占40.00%|\n"
                 "|项目支出|10.00万元|\n");
}

static void
sentences_in_a_cell_are_read (void **state)
{
  (void)state;
  assert_holds ("|说明|本年支出合计100.00万元，其中：基本支出60.00万元，"
                "项目支出40.00万元。|\n|备注|无|\n",
                "sum ok 100.00万元 <- 60.00万元 40.00万元\n");
}

static void
strange_tables_do_no_harm (void **state)
{
  static const char *const drawings[] = {
    "|\n|a|\n",
    "|合计|合计|\n|合计|合计|\n",
    "|合计|<|\n|^|1|\n",
    "|1|2|3|\n|4|5|6|\n|7|8|9|\n",
    "|合计|1|\n",
    "|项目|金额|\n|合计|999999999999999|\n|甲|999999999999999|\n",
    "|项目|金额（亿元）|\n|合计|999999999999999|\n|甲|9|\n|乙|1|\n",
    "|项目|金额|\n|项目|金额|\n|项目|金额|\n",
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (drawings); i++)
    assert_errors (drawings[i], "");
}

static void
spans_beyond_reason_are_no_table (void **state)
{
  g_autoptr (HxSource) source = fixture_drawn ("|合计|1|\n|甲|2|\n|乙|3|\n");
  HxSourceCell *cells = (HxSourceCell *)(gpointer)source->cells->data;
  static const guint spans[] = { 0, 100000, G_MAXUINT32 };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autofree char *claims = NULL;

      cells[0].rows = cells[0].columns = spans[i];
      claims = fixture_claims (source);
      assert_string_equal (claims, "");
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (official_forms_agree),
    cmocka_unit_test (what_each_form_adds_is_found),
    cmocka_unit_test (one_wrong_cell_is_found),
    cmocka_unit_test (a_message_names_row_and_column),
    cmocka_unit_test (a_message_keeps_the_sign_of_a_fall),
    cmocka_unit_test (figures_have_the_place_of_their_cells),
    cmocka_unit_test (a_last_digit_within_rounding_is_no_error),
    cmocka_unit_test (the_last_digit_of_a_total_may_be_rounded),
    cmocka_unit_test (a_total_of_other_rows_is_not_told),
    cmocka_unit_test (one_column_is_believed_of_a_slip_only),
    cmocka_unit_test (of_which_rows_are_not_added),
    cmocka_unit_test (marks_tell_what_a_row_is_made_of),
    cmocka_unit_test (a_total_may_be_parted_in_two_ways),
    cmocka_unit_test (a_class_at_the_end_of_a_page_may_go_on),
    cmocka_unit_test (cells_of_a_page_are_believed_less),
    cmocka_unit_test (empty_cells_and_brackets_are_read_with_care),
    cmocka_unit_test (points_of_many_forms_may_have_a_mean),
    cmocka_unit_test (rates_are_not_added),
    cmocka_unit_test (a_fall_without_its_sign_is_no_error),
    cmocka_unit_test (a_growth_on_nothing_is_an_error),
    cmocka_unit_test (sentences_agree_with_the_table_of_their_name),
    cmocka_unit_test (a_slip_between_sentence_and_table_is_an_error),
    cmocka_unit_test (a_name_of_two_amounts_is_not_held_against_either),
    cmocka_unit_test (a_message_names_the_row_that_a_sentence_repeats),
    cmocka_unit_test (levels_and_progress_are_no_sums_and_rates),
    cmocka_unit_test (sentences_do_not_run_into_cells),
    cmocka_unit_test (sentences_in_a_cell_are_read),
    cmocka_unit_test (strange_tables_do_no_harm),
    cmocka_unit_test (spans_beyond_reason_are_no_table),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
