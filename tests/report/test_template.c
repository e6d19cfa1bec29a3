#include "support.h"

typedef struct
{
  const char *text;
  const char *expected; /* the Markdown, or a part of the error */
} Case;

/* "OK" in front of what is given, else the error. */
static char *
outcome (const char *text, const HxTemplateOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxTemplate) template_
      = hx_template_parse ("t.md", text, -1, &error);
  char *given = NULL;

  if (template_ != NULL)
    given = hx_template_render (template_, options, &error);
  if (given == NULL)
    return g_strdup (error->message);
  assert_null (error);
  return given;
}

static void
check_cases (const Case *cases, gsize count, const HxTemplateOptions *options)
{
  for (gsize i = 0; i < count; i++)
    {
      g_autofree char *given = outcome (cases[i].text, options);

      if (strstr (given, cases[i].expected) == NULL)
        assert_string_equal (given, cases[i].expected);
    }
}

static void
figures_become_links (void **state)
{
  static const Case cases[] = {
    { "走访{{visits | 多 10}}人次。", "走访[380多](fact:visits)人次。" },
    { "{{visits|余 10}}", "[380余](fact:visits)" },
    { "{{visits}}", "[386](fact:visits)" },
    { "{{executed}}万元", "[1413.15](fact:executed)万元" },
    { "{{rate | %2}}", "[95.06%](fact:rate)" },
    { "{{& visits | 多 10}}", "[380多](fact:visits)" },
    { "好!{{visits}}", "好\\![386](fact:visits)" },
    { "{{#visits}}有{{/visits}}{{^nothing}}无{{/nothing}}", "有无" },
  };
  HxTemplateOptions options = { .lookup = test_lookup };

  (void)state;
  check_cases (cases, G_N_ELEMENTS (cases), &options);
}

/* Items of a list name figures of their own. */
static void
items_have_figures_of_their_own (void **state)
{
  static const Case cases[] = {
    { "{{#lines}}{{name}}{{amount | 万元}}；{{/lines}}",
      "甲[1413.15](fact:executed)；" },
    { "{{#lines}}{{count}} {{count | 多 10}}，{{/lines}}",
      "[386](fact:visits) [380多](fact:visits)，" },
    { "{{#one}}{{share}}{{/one}}{{one.share}}",
      "[95.06%](fact:rate)[95.06%](fact:rate)" },
    { "{{#one}}{{gone}}{{/one}}", "t.md:1:9" },
    { "{{#one}}{{share | 多 10}}{{/one}}", "t.md:1:9" },
    { "{{#one}}{{visits | 多 10}}{{/one}}", "[380多](fact:visits)" },
  };
  json_t *context
      = json_pack ("{s:[{s:s, s:{s:s}, s:{s:s}}], s:{s:{s:s, s:s}, s:{s:s}}}",
                   "lines", "name", "甲", "amount", "figure", "executed",
                   "count", "figure", "visits", "one", "share", "figure",
                   "rate", "filter", "%2", "gone", "figure", "unknown");
  HxTemplateOptions options = { .context = context, .lookup = test_lookup };

  (void)state;
  check_cases (cases, G_N_ELEMENTS (cases), &options);
  json_decref (context);
}

static void
wrong_templates_name_line_and_column (void **state)
{
  static const Case cases[] = {
    { "一\n二{{visits", "t.md:2:2" },
    { "{{#visits}}\n", "t.md:1:1" },
    { "{{#visits}}{{#rate}}{{/visits}}", "t.md:1:21" },
    { "一二\n{{/visits}}", "t.md:2:1" },
    { "{{}}", "t.md:1:1" },
    { "{{ }}", "t.md:1:1" },
    { "{{a b}}", "t.md:1:1" },
    { "{{| 多 10}}", "t.md:1:1" },
    { "{{visits | }}", "t.md:1:1" },
    { "{{#visits | 多 10}}{{/visits}}", "t.md:1:1" },
    { "{{> part}}", "t.md:1:1" },
    { "{{=<%=}}", "t.md:1:1" },
    { "{{=a b c=}}", "t.md:1:1" },
    { "{{{visits}}", "t.md:1:1" },
    { "\n\n  {{unknown}}", "t.md:3:3" },
    { "{{#unknown}}x{{/unknown}}", "unknown" },
    { "{{unknown | 多 10}}", "t.md:1:1" },
    { "甲乙{{visits | 多 1000}}", "t.md:1:3" },
    { "{{visits | 多 1000}}", "386" },
    { "{{visits | 胡 10}}", "t.md:1:1" },
    { "{{broken}}", "磁盘坏了" },
    { "{{#broken}}{{/broken}}", "磁盘坏了" },
  };
  HxTemplateOptions options = { .lookup = test_lookup };

  (void)state;
  check_cases (cases, G_N_ELEMENTS (cases), &options);
}

static void
data_cannot_make_markdown (void **state)
{
  static const struct
  {
    const char *value;
    const char *expected;
  } cases[] = {
    { "a*b_c`d", "a\\*b\\_c\\`d" },
    { "[x](fact:visits)", "\\[x\\](fact:visits)" },
    { "<b>&amp;", "\\<b\\>\\&amp;" },
    { "1. 一", "1\\. 一" },
    { "1) 一", "1\\) 一" },
    { "12月", "12月" },
    { "- 一", "\\- 一" },
    { "    code", "code" },
    { "# 一", "\\# 一" },
    { "一\n\n# 二", "一 \\# 二" },
    { "a|b", "a\\|b" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      json_t *context = json_pack ("{s:s}", "x", cases[i].value);
      HxTemplateOptions options = { .context = context };

      assert_text (outcome ("{{x}}", &options), cases[i].expected);
      assert_text (outcome ("{{{x}}}", &options), cases[i].value);
      json_decref (context);
    }
}

static void
the_context_hides_a_figure_of_the_same_name (void **state)
{
  json_t *context = json_pack ("{s:i, s:[i,i]}", "visits", 7, "list", 1, 2);
  HxTemplateOptions options = { .context = context, .lookup = test_lookup };

  g_autofree char *message = outcome ("{{list}}", &options);

  (void)state;
  assert_text (outcome ("{{visits}}", &options), "7");
  assert_text (outcome ("{{visits | 多 10}}", &options),
               "[380多](fact:visits)");
  assert_non_null (strstr (message, "t.md:1:1"));
  json_decref (context);
}

static GHashTable *
approve (const char *name, const char *wording)
{
  GHashTable *approved = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (approved, (gpointer)(guintptr)name,
                       (gpointer)(guintptr)wording);
  return approved;
}

static void
an_approved_wording_holds_while_it_is_derived (void **state)
{
  static const gint64 held[] = { 381, 385, 386, 389 };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (held); i++)
    {
      gint64 visits = held[i];
      g_autoptr (GHashTable) approved = approve ("visits", "380多");
      HxTemplateOptions options = { .lookup = test_lookup,
                                    .lookup_data = &visits,
                                    .approved = approved };

      assert_text (outcome ("{{visits | 多 10}}", &options),
                   "[380多](fact:visits)");
    }
}

static void
an_approved_wording_that_is_untrue_is_refused (void **state)
{
  gint64 visits = 378;
  g_autoptr (GHashTable) approved = approve ("visits | 多 10", "380多");
  HxTemplateOptions options
      = { .lookup = test_lookup, .lookup_data = &visits, .approved = approved };
  g_autofree char *message = outcome ("\n一{{visits | 多 10}}", &options);
  g_autofree char *other = NULL;

  (void)state;
  assert_non_null (strstr (message, "visits：378 不能写成“380多”"));
  assert_non_null (strstr (message, "t.md:2:2"));
  visits = 370;
  other = outcome ("{{visits | 多 10}}", &options);
  assert_non_null (strstr (other, "visits：370 不能写成“380多”"));
  assert_text (outcome ("{{visits}}", &options), "[370](fact:visits)");
}

static void
rewording_lists_each_change (void **state)
{
  gint64 visits = 378;
  g_autoptr (GHashTable) approved = approve ("visits", "380多");
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_wording_change_free);
  HxTemplateOptions options = { .lookup = test_lookup,
                                .lookup_data = &visits,
                                .approved = approved,
                                .reword = TRUE,
                                .changes = changes };
  const HxWordingChange *change;

  (void)state;
  assert_text (outcome ("\n{{visits | 多 10}}{{visits}}", &options),
               "\n[370多](fact:visits)[378](fact:visits)");
  assert_int_equal (changes->len, 1);
  change = g_ptr_array_index (changes, 0);
  assert_string_equal (change->key, "visits");
  assert_string_equal (change->filter, "多 10");
  assert_string_equal (change->approved, "380多");
  assert_string_equal (change->wording, "370多");
  assert_int_equal (change->line, 2);
  assert_int_equal (change->column, 1);
}

static char *
nested (guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, "{{#l}}");
  for (guint i = 0; i < depth; i++)
    g_string_append (text, "{{/l}}");
  return g_string_free (text, FALSE);
}

static void
nesting_has_a_limit (void **state)
{
  g_autofree char *good = nested (HX_TEMPLATE_DEPTH_MAX);
  g_autofree char *deep = nested (HX_TEMPLATE_DEPTH_MAX + 1);
  json_t *context = json_pack ("{s:b}", "l", 1);
  HxTemplateOptions options = { .context = context };
  g_autofree char *message = outcome (deep, &options);

  (void)state;
  assert_text (outcome (good, &options), "");
  assert_non_null (strstr (message, "t.md:1:385"));
  json_decref (context);
}

static void
lists_that_multiply_are_stopped (void **state)
{
  g_autofree char *text = nested (12);
  json_t *context = json_pack ("{s:[i,i,i,i,i,i,i,i,i,i]}", "l", 0, 1, 2, 3, 4,
                               5, 6, 7, 8, 9);
  HxTemplateOptions options = { .context = context };
  g_autofree char *message = outcome (text, &options);

  (void)state;
  assert_non_null (strstr (message, "64 MB"));
  json_decref (context);
}

static void
input_that_is_no_text_is_refused (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *large = g_malloc (HX_TEMPLATE_SIZE_MAX + 1);

  (void)state;
  assert_null (hx_template_parse ("t.md", "一\n二\xff", -1, &error));
  assert_error (error, "t.md:2:2");
  g_clear_error (&error);
  assert_null (hx_template_parse ("t.md", "a\0b", 3, &error));
  assert_error (error, "t.md:1:2");
  g_clear_error (&error);
  memset (large, ' ', HX_TEMPLATE_SIZE_MAX + 1);
  assert_null (
      hx_template_parse ("t.md", large, HX_TEMPLATE_SIZE_MAX + 1, &error));
  assert_error (error, "10 MB");
  assert_int_equal (error->code, HX_ERROR_LIMIT);
}

/* Any mixture of marks either renders or fails with a place. */
static void
junk_is_rendered_or_refused (void **state)
{
  static const char *const parts[]
      = { "{{",        "}}",          "{{{",  "}}}",    "#",      "^",
          "/",         "=",           "!",    "&",      ">",      "|",
          " ",         "\n",          "\r\n", "x",      "l",      ".",
          "visits",    "多 10",       "一",   "{{#l}}", "{{/l}}", "{{x}}",
          "{{=| |=}}", "{{=<% %>=}}", "<%",   "%>",     "12." };
  json_t *context = json_pack ("{s:s, s:[i,i]}", "x", "*值*\n1.", "l", 1, 2);
  HxTemplateOptions options = { .context = context, .lookup = test_lookup };
  g_autoptr (GRand) random = g_rand_new_with_seed (20230401);
  guint rendered = 0;

  (void)state;
  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (HxTemplate) template_ = NULL;
      g_autofree char *given = NULL;
      gint32 count = g_rand_int_range (random, 1, 12);

      for (gint32 i = 0; i < count; i++)
        g_string_append (
            text, parts[g_rand_int_range (random, 0, G_N_ELEMENTS (parts))]);
      template_ = hx_template_parse ("t.md", text->str, -1, &error);
      if (template_ != NULL)
        {
          g_autoptr (GPtrArray) findings
              = hx_template_check (template_, &options, NULL, NULL);

          assert_non_null (findings);
          given = hx_template_render (template_, &options, &error);
        }
      rendered += given != NULL;
      if (given == NULL)
        assert_error (error, "t.md:");
      else
        assert_true (g_utf8_validate (given, -1, NULL));
    }
  assert_in_range (rendered, 2000, 18000);
  json_decref (context);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (figures_become_links),
    cmocka_unit_test (items_have_figures_of_their_own),
    cmocka_unit_test (wrong_templates_name_line_and_column),
    cmocka_unit_test (data_cannot_make_markdown),
    cmocka_unit_test (the_context_hides_a_figure_of_the_same_name),
    cmocka_unit_test (an_approved_wording_holds_while_it_is_derived),
    cmocka_unit_test (an_approved_wording_that_is_untrue_is_refused),
    cmocka_unit_test (rewording_lists_each_change),
    cmocka_unit_test (nesting_has_a_limit),
    cmocka_unit_test (lists_that_multiply_are_stopped),
    cmocka_unit_test (input_that_is_no_text_is_refused),
    cmocka_unit_test (junk_is_rendered_or_refused),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
