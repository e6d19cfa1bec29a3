/* The parts that pages are made of, and the frame around them. */
#include "fake_call.h"
#include "server/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static char *
text_of (HxHtml *html)
{
  g_autoptr (GBytes) bytes = hx_html_finish (html);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_strndup (data, size);
}

static guint
count_of (const char *text, const char *part)
{
  guint n = 0;

  while ((text = strstr (text, part)) != NULL)
    {
      n++;
      text += strlen (part);
    }
  return n;
}

#define assert_holds(text, part) assert_non_null (strstr (text, part))
#define assert_lacks(text, part) assert_null (strstr (text, part))

/* -------------------------------------------------------------------- parts */

static void
a_tone_is_a_sign_besides_a_colour (void **state)
{
  HxHtml *html = hx_html_new ();
  g_autofree char *text = NULL;

  (void)state;
  hx_part_badge (html, HX_TONE_BAD, "逾期 <3> 天");
  hx_part_badge (html, HX_TONE_PLAIN, "草稿");
  text = text_of (html);
  assert_string_equal (
      text, "<span class=\"badge bad\"><span aria-hidden=\"true\">✕</span> "
            "逾期 &lt;3&gt; 天</span>"
            "<span class=\"badge plain\">草稿</span>");
}

static void
an_empty_state_says_what_to_do (void **state)
{
  HxHtml *html = hx_html_new ();
  g_autofree char *text = NULL;

  (void)state;
  hx_part_empty (html, "还没有走访", "/records/visit/new", "登记走访");
  text = text_of (html);
  assert_holds (text, "<p>还没有走访</p>");
  assert_holds (text, "<a href=\"/records/visit/new\" class=\"button\">"
                      "登记走访</a>");
}

static void
a_bar_is_drawn_within_its_bounds (void **state)
{
  static const struct
  {
    gint permille, mark;
    const char *width, *mark_at;
  } cases[] = {
    { 523, 914, "width=\"523\"", "x=\"912\"" },
    { -5, 0, "width=\"0\"", "x=\"-2\"" },
    { 1200, 3000, "width=\"1000\"", "x=\"998\"" },
    { 10, -1, "width=\"10\"", NULL },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HxHtml *html = hx_html_new ();
      HxBar bar
          = { "经费", "52.3%", cases[i].permille, cases[i].mark, HX_TONE_WARN };
      g_autofree char *text = NULL;

      hx_part_bar (html, &bar);
      text = text_of (html);
      assert_holds (text, cases[i].width);
      assert_holds (text, ">经费</span>");
      assert_holds (text, ">52.3%</span>");
      if (cases[i].mark_at != NULL)
        assert_holds (text, cases[i].mark_at);
      else
        assert_lacks (text, "class=\"mark\"");
    }
}

static void
a_line_of_values_stays_in_its_box (void **state)
{
  static const gint64 values[] = { 0, 10, 5 };
  static const gint64 wide[] = { G_MININT64, G_MAXINT64 };
  static const gint64 flat[] = { 7, 7, 7 };
  HxHtml *html = hx_html_new ();
  g_autofree char *text = NULL;

  (void)state;
  hx_part_spark (html, values, G_N_ELEMENTS (values), "走访，逐月");
  hx_part_spark (html, wide, G_N_ELEMENTS (wide), "x");
  hx_part_spark (html, flat, G_N_ELEMENTS (flat), "x");
  hx_part_spark (html, values, 1, "x");
  hx_part_spark (html, NULL, 0, "nothing");
  text = text_of (html);
  assert_holds (text, "aria-label=\"走访，逐月\"");
  assert_holds (text, "points=\"3,25 60,3 117,14\"");
  assert_holds (text, "points=\"3,25 117,3\"");
  assert_holds (text, "points=\"3,25 60,25 117,25\"");
  assert_holds (text, "points=\"117,25\"");
  assert_lacks (text, "nothing");
}

/* ------------------------------------------------------------------- tables */

static const HxColumn columns[] = {
  { "姓名", FALSE, "/people?sort=name", 1 },
  { "年龄", TRUE, "/people?sort=age", 0 },
  { "街道", FALSE, NULL, 0 },
  { NULL, FALSE, NULL, 0 },
};

static void
a_cell_knows_the_name_of_its_column (void **state)
{
  HxHtml *html = hx_html_new ();
  HxGrid *grid = hx_grid_begin (html, "老干部", columns);
  g_autofree char *text = NULL;

  (void)state;
  hx_grid_row (grid, "/people/5");
  hx_grid_cell (grid, "张三");
  hx_grid_cell (grid, "85");
  hx_part_badge (hx_grid_cell_begin (grid), HX_TONE_PLAIN, "x");
  hx_grid_cell_end (grid);
  hx_grid_row (grid, NULL);
  hx_grid_cell (grid, "李四");
  hx_grid_cell (grid, NULL);
  hx_grid_cell (grid, "");
  hx_grid_total (grid);
  hx_grid_cell (grid, "合计");
  hx_grid_cell (grid, "85");
  hx_grid_cell (grid, "");
  hx_grid_end (grid);
  text = text_of (html);
  assert_holds (text, "<caption>老干部</caption>");
  assert_holds (text, "aria-sort=\"ascending\"><a href=\"/people?sort=name\">");
  assert_int_equal (count_of (text, "aria-sort"), 1);
  assert_holds (text, "<tr data-url=\"/people/5\"><th scope=\"row\" "
                      "data-label=\"姓名\"><a href=\"/people/5\">张三</a></th>"
                      "<td class=\"number\" data-label=\"年龄\">85</td>");
  assert_holds (text, "<td data-label=\"姓名\">李四</td>");
  assert_holds (text, "<td class=\"none\" data-label=\"年龄\"></td>");
  assert_holds (text, "<tr class=\"total\">");
}

static void
only_the_first_text_of_a_row_is_its_link (void **state)
{
  HxHtml *html = hx_html_new ();
  HxGrid *grid = hx_grid_begin (html, "老干部", columns);
  g_autofree char *text = NULL;

  (void)state;
  hx_grid_row (grid, "/people/5");
  hx_html_text (hx_grid_cell_begin (grid), "☐");
  hx_grid_cell_end (grid);
  hx_grid_cell (grid, "85");
  hx_grid_cell (grid, "沙面街");
  hx_grid_end (grid);
  text = text_of (html);
  assert_int_equal (count_of (text, "href=\"/people/5\""), 1);
  assert_holds (text, ">85</a></th>");
}

static void
a_list_without_an_end_shows_no_pages (void **state)
{
  HxHtml *html = hx_html_new ();
  g_autofree char *text = NULL;

  (void)state;
  hx_part_pages (html, NULL, NULL);
  hx_part_pages (html, NULL, "/people?after=x");
  text = text_of (html);
  assert_int_equal (count_of (text, "<nav"), 1);
  assert_holds (text, "rel=\"next\"");
}

/* -------------------------------------------------------------------- forms */

static void
a_form_that_changes_carries_the_token (void **state)
{
  g_autoptr (FakeCall) fake = fake_call_new (NULL);
  HxHtml *html = hx_html_new ();
  g_autofree char *text = NULL;

  (void)state;
  hx_form_begin (html, fake_call (fake),
                 &(HxForm){ .action = "/people",
                            .method = HX_METHOD_POST,
                            .with_files = TRUE });
  hx_form_end (html);
  hx_form_begin (html, fake_call (fake),
                 &(HxForm){ .action = "/people", .live = "list" });
  hx_form_end (html);
  hx_form_button (html, fake_call (fake), "/people/5/undo", "撤回");
  text = text_of (html);
  assert_holds (text, "method=\"post\" enctype=\"multipart/form-data\"");
  assert_int_equal (count_of (text, "name=\"csrf\" value=\"token\""), 2);
  assert_holds (text, "hx-get=\"/people\"");
  assert_holds (text, "hx-target=\"#list\"");
}

static void
every_input_has_a_label_of_its_own (void **state)
{
  static const HxInput input = { .name = "reason", .label = "原因" };
  HxHtml *html = hx_html_new ();
  g_autofree char *text = NULL;

  (void)state;
  hx_form_input (html, &input);
  hx_form_input (html, &input);
  text = text_of (html);
  assert_holds (text, "<label for=\"i-reason\">原因</label>");
  assert_holds (text, "id=\"i-reason\" name=\"reason\"");
  assert_holds (text, "<label for=\"i-reason-2\">原因</label>");
  assert_holds (text, "id=\"i-reason-2\" name=\"reason\"");
}

static void
a_fault_is_tied_to_its_field_and_listed_at_the_head (void **state)
{
  static const HxInput input = { .name = "f.date",
                                 .label = "日期",
                                 .hint = "当天或以前",
                                 .fault = "没有 2023-02-30 这一天",
                                 .type = "date",
                                 .required = TRUE };
  g_autoptr (FakeCall) fake = fake_call_new (NULL);
  HxHtml *html = hx_html_new ();
  g_autofree char *text = NULL;

  (void)state;
  fake_call_post (fake, "/people");
  fake_call_set_fault (fake, "同一天已有 <一条>");
  hx_form_begin (html, fake_call (fake),
                 &(HxForm){ .action = "/people", .method = HX_METHOD_POST });
  hx_form_input (html, &input);
  hx_form_end (html);
  text = text_of (html);
  assert_holds (text, "aria-describedby=\"i-f.date-hint i-f.date-fault\"");
  assert_holds (text, "id=\"i-f.date-fault\"");
  assert_holds (text, "aria-invalid=\"true\"");
  assert_holds (text, "<li>同一天已有 &lt;一条&gt;</li>");
  assert_holds (text, "<li><a href=\"#i-f.date\">日期</a>：没有 2023-02-30 "
                      "这一天</li>");
  assert_true (strstr (text, "class=\"faults\"") < strstr (text, "<label"));
}

static void
faults_of_another_form_are_not_shown_here (void **state)
{
  g_autoptr (FakeCall) fake = fake_call_new (NULL);
  HxHtml *html = hx_html_new ();
  g_autofree char *text = NULL;

  (void)state;
  fake_call_post (fake, "/people/5");
  fake_call_set_fault (fake, "同一天已有一条");
  hx_form_begin (html, fake_call (fake),
                 &(HxForm){ .action = "/people", .method = HX_METHOD_POST });
  hx_form_end (html);
  hx_form_begin (
      html, fake_call (fake),
      &(HxForm){ .action = "/people/5?a=1", .method = HX_METHOD_POST });
  hx_form_end (html);
  text = text_of (html);
  assert_int_equal (count_of (text, "同一天已有一条"), 1);
  assert_true (strstr (text, "同一天已有一条")
               > strstr (text, "/people/5?a=1"));
}

static void
what_was_chosen_stays_chosen (void **state)
{
  static const HxOption options[]
      = { { "", "全部" }, { "a", "甲" }, { "ab", "乙" }, { NULL, NULL } };
  static const struct
  {
    const char *type, *value, *chosen;
    gboolean many;
    guint n;
  } cases[] = {
    { "select", "ab", "<option value=\"ab\" selected>", FALSE, 1 },
    { "select", NULL, "<option value=\"ab\">", FALSE, 0 },
    { "select", "", "<option value=\"\" selected>", FALSE, 1 },
    { "select", "a\nab", "<option value=\"a\" selected>", TRUE, 2 },
    { "radio", "a", "value=\"a\" checked", FALSE, 1 },
    { "checkbox", "ab\na", "value=\"ab\" checked", TRUE, 2 },
    { "checkbox", "b", "value=\"ab\"", TRUE, 0 },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HxHtml *html = hx_html_new ();
      HxInput input = { .name = "x",
                        .label = "项",
                        .type = cases[i].type,
                        .value = cases[i].value,
                        .options = options,
                        .many = cases[i].many };
      g_autofree char *text = NULL;

      hx_form_input (html, &input);
      text = text_of (html);
      assert_holds (text, cases[i].chosen);
      assert_int_equal (count_of (text, " selected>")
                            + count_of (text, " checked>"),
                        cases[i].n);
    }
}

static void
a_password_is_never_sent_back (void **state)
{
  static const HxInput input = {
    .name = "password", .label = "口令", .value = "geheim", .type = "password"
  };
  HxHtml *html = hx_html_new ();
  g_autofree char *text = NULL;

  (void)state;
  hx_form_input (html, &input);
  text = text_of (html);
  assert_lacks (text, "geheim");
}

static void
a_text_that_begins_with_a_line_break_keeps_it (void **state)
{
  static const HxInput input
      = { .name = "note", .label = "情况", .value = "\nx", .type = "textarea" };
  HxHtml *html = hx_html_new ();
  g_autofree char *text = NULL;

  (void)state;
  hx_form_input (html, &input);
  text = text_of (html);
  assert_holds (text, ">\n\nx</textarea>");
}

/* -------------------------------------------------------------------- frame */

static const char *
page_of (FakeCall *fake, guint *status)
{
  HxHtml *html = hx_page_begin (
      fake_call (fake),
      &(HxPageHead){
          .title = "人员", .at = "people", .with_year = TRUE, .status = 422 });

  assert_true (hx_page_end (fake_call (fake), html));
  return fake_call_page (fake, status);
}

static HxIdentity
made_identity (HxUserRoles roles)
{
  static char name[] = "王<五>";

  return (HxIdentity){ .name = name, .roles = roles };
}

static void
navigation_shows_what_the_roles_may_open (void **state)
{
  static const struct
  {
    HxUserRoles roles;
    gboolean people, money;
  } cases[] = {
    { HX_USER_LIAISON, TRUE, FALSE },
    { HX_USER_FINANCE, FALSE, TRUE },
    { HX_USER_BUREAU, TRUE, TRUE },
    { HX_USER_AUDIT, FALSE, FALSE },
    { HX_USER_CLERK | HX_USER_FINANCE, TRUE, TRUE },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HxIdentity identity = made_identity (cases[i].roles);
      g_autoptr (FakeCall) fake = fake_call_new (&identity);
      guint status;
      const char *page = page_of (fake, &status);

      assert_int_equal (status, 422);
      assert_int_equal (strstr (page, "<li><a href=\"/people\"") != NULL,
                        cases[i].people);
      assert_int_equal (strstr (page, "<li><a href=\"/money\"") != NULL,
                        cases[i].money);
      /* A POST, an operation, a place kept free: no pages. */
      assert_lacks (page, "<a href=\"/plan\"");
      assert_lacks (page, "<a href=\"/check\"");
      assert_lacks (page, "<a href=\"/report\"");
      assert_holds (page, "王&lt;五&gt;");
    }
}

static void
nobody_sees_a_navigation (void **state)
{
  g_autoptr (FakeCall) fake = fake_call_new (NULL);
  guint status;
  const char *page = page_of (fake, &status);

  (void)state;
  assert_lacks (page, "class=\"rooms\"");
  assert_lacks (page, "/logout");
  assert_lacks (page, "id=\"idle\"");
  assert_holds (page, "href=\"/help\"");
}

static void
the_entry_of_the_page_is_lit (void **state)
{
  HxIdentity identity = made_identity (HX_USER_BUREAU);
  g_autoptr (FakeCall) fake = fake_call_new (&identity);
  guint status;
  const char *page = page_of (fake, &status);

  (void)state;
  assert_int_equal (count_of (page, "aria-current=\"page\""), 1);
  assert_holds (page, "<a href=\"/people\" aria-current=\"page\">");
  assert_int_equal (count_of (page, "<h1>"), 1);
}

static void
another_year_keeps_what_was_asked (void **state)
{
  g_autoptr (FakeCall) fake = fake_call_new (NULL);
  guint status;
  const char *page = page_of (fake, &status);

  (void)state;
  assert_holds (page, "<input type=\"hidden\" name=\"q\" value=\"x\">");
  assert_lacks (page, "<input type=\"hidden\" name=\"year\"");
  assert_holds (page, "<option value=\"2023\" selected>2023</option>");
}

static void
the_cookie_decides_how_a_page_is_shown (void **state)
{
  static const struct
  {
    const char *cookie, *shown;
  } cases[] = {
    { NULL, "<html lang=\"zh-CN\">" },
    { "plain", "<html lang=\"zh-CN\">" },
    { "large", "<html lang=\"zh-CN\" class=\"large\">" },
    { "large-dark", "<html lang=\"zh-CN\" class=\"large dark\">" },
    { "light", "<html lang=\"zh-CN\" class=\"light\">" },
    { "\"><script>-dark", "<html lang=\"zh-CN\" class=\"dark\">" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FakeCall) fake = fake_call_new (NULL);
      guint status;

      if (cases[i].cookie != NULL)
        fake_call_cookie (fake, "display", cases[i].cookie);
      assert_holds (page_of (fake, &status), cases[i].shown);
    }
}

static void
what_was_said_is_shown_and_a_part_has_no_frame (void **state)
{
  g_autoptr (FakeCall) fake = fake_call_new (NULL);
  guint status;
  const char *page;

  (void)state;
  fake_call_set_said (fake, "已保存 <1> 条");
  fake_call_set_part (fake);
  page = page_of (fake, &status);
  assert_holds (page, "已保存 &lt;1&gt; 条");
  assert_true (g_str_has_prefix (page, "<main "));
  assert_lacks (page, "<html");
}

/* ------------------------------------------------------ how people write it */

static void
dates_money_and_shares_are_written_as_here (void **state)
{
  static const struct
  {
    HxDate date;
    const char *text;
  } dates[] = {
    { { 2023, 3, 5 }, "2023年3月5日" },
    { { 1938, 7, 0 }, "1938年7月" },
    { { 1938, 0, 0 }, "1938年" },
    { { 0, 0, 0 }, "" },
  };
  static const struct
  {
    gint64 fen;
    gboolean wan;
    const char *text;
  } amounts[] = {
    { 123450, FALSE, "1,234.50 元" },
    { 123450, TRUE, "1,234.50 元" },
    { 1486550000, TRUE, "1,486.55 万元" },
    { 1486550000, FALSE, "14,865,500.00 元" },
    { 999999, TRUE, "9,999.99 元" },
    { 1000000, TRUE, "1.00 万元" },
    { -1000000, TRUE, "-1.00 万元" },
    { -100000, FALSE, "-1,000.00 元" },
    { -99999, FALSE, "-999.99 元" },
    { 0, TRUE, "0.00 元" },
  };
  static const struct
  {
    gint64 hundredths;
    const char *text;
  } shares[] = { { 9506, "95.06%" }, { 10000, "100.00%" }, { -5, "-0.05%" } };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *text = hx_say_date (dates[i].date);
      assert_string_equal (text, dates[i].text);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autofree char *text = hx_say_money (amounts[i].fen, amounts[i].wan);
      assert_string_equal (text, amounts[i].text);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      g_autofree char *text = hx_say_percent (shares[i].hundredths);
      assert_string_equal (text, shares[i].text);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_tone_is_a_sign_besides_a_colour),
    cmocka_unit_test (an_empty_state_says_what_to_do),
    cmocka_unit_test (a_bar_is_drawn_within_its_bounds),
    cmocka_unit_test (a_line_of_values_stays_in_its_box),
    cmocka_unit_test (a_cell_knows_the_name_of_its_column),
    cmocka_unit_test (only_the_first_text_of_a_row_is_its_link),
    cmocka_unit_test (a_list_without_an_end_shows_no_pages),
    cmocka_unit_test (a_form_that_changes_carries_the_token),
    cmocka_unit_test (every_input_has_a_label_of_its_own),
    cmocka_unit_test (a_fault_is_tied_to_its_field_and_listed_at_the_head),
    cmocka_unit_test (faults_of_another_form_are_not_shown_here),
    cmocka_unit_test (what_was_chosen_stays_chosen),
    cmocka_unit_test (a_password_is_never_sent_back),
    cmocka_unit_test (a_text_that_begins_with_a_line_break_keeps_it),
    cmocka_unit_test (navigation_shows_what_the_roles_may_open),
    cmocka_unit_test (nobody_sees_a_navigation),
    cmocka_unit_test (the_entry_of_the_page_is_lit),
    cmocka_unit_test (another_year_keeps_what_was_asked),
    cmocka_unit_test (the_cookie_decides_how_a_page_is_shown),
    cmocka_unit_test (what_was_said_is_shown_and_a_part_has_no_frame),
    cmocka_unit_test (dates_money_and_shares_are_written_as_here),
  };

  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL);
  return cmocka_run_group_tests (tests, NULL, NULL);
}
