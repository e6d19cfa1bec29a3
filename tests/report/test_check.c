#include "support.h"

/* "line:column …" of every finding, one a line. */
static char *
findings_of (const char *text, const HxTemplateOptions *options,
             const char *const *allowed)
{
  g_autoptr (HxTemplate) template_ = test_template (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings
      = hx_template_check (template_, options, allowed, &error);
  GString *out = g_string_new (NULL);

  if (findings == NULL)
    return g_string_free (g_string_append (out, error->message), FALSE);
  for (guint i = 0; i < findings->len; i++)
    {
      const HxTemplateFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *where
          = g_strdup_printf ("t.md:%u:%u", finding->line, finding->column);

      assert_non_null (strstr (finding->message, where));
      g_string_append_printf (out, "%u:%u ", finding->line, finding->column);
    }
  return g_string_free (out, FALSE);
}

static void
numbers_typed_by_hand_are_found (void **state)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "走访386人次", "1:3 " },
    { "走访 386 人次", "1:4 " },
    { "走访３８６人次", "1:3 " },
    { "共386", "1:2 " },
    { "95.06%和1,234元", "1:1 1:8 " },
    { "一\n二三百多人", "2:1 " },
    { "共三百二十人次", "1:2 " },
    { "二十二个街道", "1:1 " },
    { "近万人次", "1:2 " },
    { "超过千名", "1:3 " },
    { "一个不少", "1:1 " },
    { "2. 第二，共3项", "1:8 " },
    { "386. 共", "1:1 " },
    { "A4纸", "1:2 " },
    { "{{! 386人 }}{{#list}}12{{/list}}", "1:21 " },
  };
  json_t *context = json_pack ("{s:[]}", "list");
  HxTemplateOptions options = { .context = context };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *given = findings_of (cases[i].text, &options, NULL);

      if (strcmp (given, cases[i].expected) != 0)
        fail_msg ("%s: %s, not %s", cases[i].text, given, cases[i].expected);
    }
  json_decref (context);
}

/* A year that was not monitored has no names of its monitoring. */
static void
what_stands_in_a_section_that_is_false_is_not_looked_for (void **state)
{
  json_t *context = json_pack ("{s:b, s:n, s:b}", "no", 0, "none", "yes", 1);
  const HxTemplateOptions options
      = { .context = context, .lookup = test_lookup };

  (void)state;
  g_autofree char *idle = findings_of (
      "{{#no}}{{rate_of | %2}}{{/no}}{{#none}}{{#in}}{{of | 多 10}}{{/in}}"
      "{{/none}}",
      &options, NULL);
  g_autofree char *asked
      = findings_of ("{{#yes}}{{rate_of | %2}}{{/yes}}", &options, NULL);
  g_autofree char *inverted
      = findings_of ("{{^no}}{{rate_of | %2}}{{/no}}", &options, NULL);

  assert_string_equal (idle, "");
  assert_string_not_equal (asked, "");
  assert_string_not_equal (inverted, "");
  json_decref (context);
}

static void
ordinals_and_words_are_no_numbers (void **state)
{
  static const char *const cases[] = {
    "1. 一\n2. 二\n  10) 十\n3、三\n",
    "全区统一课程，新一届班子，每一名老同志，逐一人核对",
    "一、基本情况\n（一）职能\n## （2）目标\n## 二、评价\n",
    "- 1. 一\n",
    "1+22+N体系",
    "第3次，第三次，第十二届",
    "统一安排，一是坚持，一系列，单位：万元，千家万户",
    "不一样的万事通",
    "{{year}}年走访{{visits | 多 10}}人次",
  };
  json_t *context = json_pack ("{s:i}", "year", 2023);
  HxTemplateOptions options = { .context = context, .lookup = test_lookup };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *given = findings_of (cases[i], &options, NULL);

      if (*given != '\0')
        fail_msg ("%s: %s", cases[i], given);
    }
  json_decref (context);
}

static void
what_is_allowed_passes_word_by_word (void **state)
{
  static const char *const allowed[] = { "一人一策", "A4纸", "“十四五”", NULL };
  HxTemplateOptions options = { 0 };

  (void)state;
  assert_text (findings_of ("一人一策A4纸“十四五”", &options, allowed), "");
  assert_text (findings_of ("一人一策，一人一事，A3纸", &options, allowed),
               "1:6 1:12 ");
}

static void
tags_that_do_not_resolve_are_found (void **state)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "{{unknown}}", "1:1 " },
    { "{{unknown | 多 10}}", "1:1 " },
    { "{{visits | 胡 10}}", "1:1 " },
    { "{{visits | 多 1000}}", "1:1 " },
    { "{{visits | 多}} {{rate | %2}}", "1:1 " },
    { "{{#unknown}}{{/unknown}}\n{{^other}}{{/other}}", "1:1 2:1 " },
    { "{{#list}}{{name}}{{missing}}{{/list}}", "1:18 " },
    { "\n 甲{{list}}{{#list}}{{list}}{{/list}}", "2:3 2:20 " },
    { "{{visits}}{{visits | 多 10}}{{#nothing}}{{/nothing}}", "" },
    { "{{#nothing}}{{visits | 多 1000}}{{/nothing}}", "1:13 " },
  };
  json_t *context
      = json_pack ("{s:[{s:s},{s:s}]}", "list", "name", "甲", "name", "乙");
  HxTemplateOptions options = { .context = context, .lookup = test_lookup };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *given = findings_of (cases[i].text, &options, NULL);

      if (strcmp (given, cases[i].expected) != 0)
        fail_msg ("%s: %s, not %s", cases[i].text, given, cases[i].expected);
    }
  json_decref (context);
}

static void
a_lookup_that_fails_is_an_error_and_no_finding (void **state)
{
  HxTemplateOptions options = { .lookup = test_lookup };
  g_autoptr (HxTemplate) template_ = test_template ("{{broken}}");
  g_autoptr (GError) error = NULL;

  (void)state;
  assert_null (hx_template_figures (template_, &options, &error));
  assert_error (error, "磁盘坏了");
  assert_text (findings_of ("{{broken}}", &options, NULL), "磁盘坏了");
  assert_text (findings_of ("{{broken | 多 10}}", &options, NULL), "磁盘坏了");
}

static void
approved_wordings_are_part_of_the_check (void **state)
{
  gint64 visits = 378;
  g_autoptr (GHashTable) approved = g_hash_table_new (g_str_hash, g_str_equal);
  static char key[] = "visits";
  static char wording[] = "380多";
  HxTemplateOptions options
      = { .lookup = test_lookup, .lookup_data = &visits, .approved = approved };

  (void)state;
  g_hash_table_insert (approved, key, wording);
  assert_text (findings_of ("\n走访{{visits | 多 10}}", &options, NULL),
               "2:3 ");
  visits = 385;
  assert_text (findings_of ("\n走访{{visits | 多 10}}", &options, NULL), "");
}

static void
the_figures_of_a_template_are_listed_in_order (void **state)
{
  static const struct
  {
    const char *key;
    const char *filter;
    guint line;
    guint column;
    const char *wording;
  } expected[] = {
    { "rate", "%2", 1, 2, "95.06%" },
    { "visits", "多 10", 2, 1, "380多" },
    { "visits", "", 2, 20, "386" },
    { "visits", "多 1000", 3, 13, NULL },
  };
  json_t *context = json_pack ("{s:i}", "people", 3);
  HxTemplateOptions options = { .context = context, .lookup = test_lookup };
  g_autoptr (HxTemplate) template_ = test_template (
      "率{{rate|%2}}\n{{visits | 多 10}}次次{{visits}}{{people}}{{none}}\n"
      "{{#nothing}}{{visits | 多 1000}}{{/nothing}}");
  g_autoptr (GPtrArray) uses = hx_template_figures (template_, &options, NULL);

  (void)state;
  assert_int_equal (uses->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < uses->len; i++)
    {
      const HxFigureUse *use = g_ptr_array_index (uses, i);

      assert_string_equal (use->key, expected[i].key);
      assert_string_equal (use->filter, expected[i].filter);
      assert_int_equal (use->line, expected[i].line);
      assert_int_equal (use->column, expected[i].column);
      if (expected[i].wording == NULL)
        assert_null (use->wording);
      else
        assert_string_equal (use->wording, expected[i].wording);
    }
  json_decref (context);
}

/* What only an item knows is looked up where the item is. */
static void
items_are_checked_as_they_are_rendered (void **state)
{
  static const struct
  {
    const char *text;
    const char *message; /* NULL: nothing is found */
  } cases[] = {
    { "{{#lines}}{{amount | 万元}}{{/lines}}", NULL },
    { "{{#lines}}{{visits | 多 10}}{{/lines}}", NULL },
    { "{{#lines}}{{#visits}}{{amount | 万元}}{{/visits}}{{/lines}}", NULL },
    { "{{#none}}{{amount | 万元}}{{/none}}", NULL },
    { "{{#lines}}{{amuont | 万元}}{{/lines}}", "t.md:1:11" },
    { "{{#lines}}{{amount | 多 10}}{{/lines}}", "t.md:1:11" },
    { "{{#lines}}{{amount | 很多}}{{/lines}}", "t.md:1:11" },
    { "{{#lines}}{{visits | 多 1000}}{{/lines}}", "t.md:1:11" },
    { "{{amount | 万元}}", "t.md:1:1" },
    { "{{#nothing}}{{broken | %2}}{{/nothing}}", NULL },
  };
  json_t *context = json_pack ("{s:[{s:{s:s}}, {s:{s:s}}], s:[]}", "lines",
                               "amount", "figure", "executed", "amount",
                               "figure", "executed", "none");
  HxTemplateOptions options = { .context = context, .lookup = test_lookup };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HxTemplate) template_ = test_template (cases[i].text);
      g_autoptr (GPtrArray) findings
          = hx_template_check (template_, &options, NULL, &error);

      if (error != NULL)
        fail_msg ("%s: %s", cases[i].text, error->message);
      assert_int_equal (findings->len, cases[i].message == NULL ? 0 : 1);
      if (cases[i].message != NULL)
        assert_non_null (
            strstr (((HxTemplateFinding *)findings->pdata[0])->message,
                    cases[i].message));
    }
  json_decref (context);
}

static gboolean
every_figure (const char *key, HxFigureValue *out, gpointer data,
              GError **error)
{
  (void)key;
  (void)data;
  (void)error;
  *out = test_figures[0];
  return TRUE;
}

/* Whether its wordings are true is for the tests that have the figures. */
static void
the_shipped_template_has_no_number_typed_by_hand (void **state)
{
  g_autofree char *path
      = g_build_filename (HX_TEST_SOURCE, "..", "..", "catalogues",
                          "cadre-bureau", "report", "template.md", NULL);
  HxTemplateOptions options = { .lookup = every_figure };
  g_autoptr (GError) error = NULL;
  g_autoptr (HxTemplate) template_ = hx_template_load (path, &error);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GPtrArray) uses = NULL;

  (void)state;
  if (template_ == NULL)
    fail_msg ("%s", error->message);
  findings = hx_template_check (template_, &options, NULL, &error);
  uses = hx_template_figures (template_, &options, &error);
  assert_non_null (findings);
  assert_in_range (uses->len, 51, 500);
  for (guint i = 0; i < findings->len; i++)
    {
      const HxTemplateFinding *finding = g_ptr_array_index (findings, i);

      if (strstr (finding->message, "手工写的") != NULL)
        fail_msg ("%s", finding->message);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (numbers_typed_by_hand_are_found),
    cmocka_unit_test (what_stands_in_a_section_that_is_false_is_not_looked_for),
    cmocka_unit_test (ordinals_and_words_are_no_numbers),
    cmocka_unit_test (what_is_allowed_passes_word_by_word),
    cmocka_unit_test (tags_that_do_not_resolve_are_found),
    cmocka_unit_test (items_are_checked_as_they_are_rendered),
    cmocka_unit_test (a_lookup_that_fails_is_an_error_and_no_finding),
    cmocka_unit_test (approved_wordings_are_part_of_the_check),
    cmocka_unit_test (the_figures_of_a_template_are_listed_in_order),
    cmocka_unit_test (the_shipped_template_has_no_number_typed_by_hand),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
