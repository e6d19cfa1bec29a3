/* The writers against golden files.  HX_GOLDEN_WRITE=1 writes them anew. */
#include "support.h"

static char *
golden_path (const char *name)
{
  return g_build_filename (HX_TEST_SOURCE, "golden", name, NULL);
}

static char *
read_golden (const char *name)
{
  g_autofree char *path = golden_path (name);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    fail_msg ("no golden file %s", path);
  return text;
}

static void
assert_golden (const char *name, const char *given)
{
  g_autofree char *path = golden_path (name);
  g_autofree char *expected = NULL;

  if (g_getenv ("HX_GOLDEN_WRITE") != NULL)
    assert_true (g_file_set_contents (path, given, -1, NULL));
  expected = read_golden (name);
  assert_string_equal (given, expected);
}

static HxDocument *
parse (const char *markdown)
{
  g_autoptr (GError) error = NULL;
  HxDocument *document = hx_document_parse (markdown, -1, &error);

  if (document == NULL)
    fail_msg ("%s", error->message);
  return document;
}

static HxDocument *
sample (void)
{
  g_autofree char *markdown = read_golden ("report.md");

  return parse (markdown);
}

static const char *const columns[] = { "日期", "单位", "姓名" };
static const char *const cells[]
    = { "2023-01-05", "东街 <1>", "王＊", "2023-01-09", "西街 & 北街", NULL };
static const HxTracePanel panels[] = {
  { "visits", "走访慰问人次", "386", "人次", "380多",
    "走访记录，日期在2023年内，按人次计", "2023-12-31", 386, columns, cells, 3,
    2, "手机缺 12.00%" },
  { "rate", "执行率 <script>", "95.06", NULL, "95.06%", "执行数 ÷ 预算数 \"",
    "2023-12-31", 2, NULL, NULL, 0, 0, NULL },
  { "unused", "没有用到", "1", NULL, NULL, NULL, NULL, 0, NULL, NULL, 0, 0,
    NULL },
};

static char *
sample_html (void)
{
  g_autoptr (HxDocument) document = sample ();
  HxHtmlOptions options = { .note = "数据截至 2023-12-31 <i>",
                            .panels = panels,
                            .n_panels = G_N_ELEMENTS (panels) };

  return hx_document_html (document, &options);
}

static void
markdown_is_written_in_its_canonical_form (void **state)
{
  g_autoptr (HxDocument) document = sample ();
  g_autofree char *once = hx_document_markdown (document);
  g_autoptr (HxDocument) again = parse (once);
  g_autofree char *twice = hx_document_markdown (again);

  (void)state;
  assert_golden ("canonical.md", once);
  assert_string_equal (twice, once);
}

static void
json_keeps_blocks_spans_and_figures (void **state)
{
  g_autoptr (HxDocument) document = sample ();
  g_autofree char *given = hx_document_json (document);
  json_t *root = json_loads (given, 0, NULL);
  json_t *spans;

  (void)state;
  assert_golden ("report.json", given);
  assert_non_null (root);
  spans = json_object_get (json_array_get (json_object_get (root, "blocks"), 2),
                           "spans");
  assert_string_equal (
      json_string_value (json_object_get (json_array_get (spans, 1), "figure")),
      "visits");
  json_decref (root);
}

static void
html_is_one_page_with_a_panel_per_figure (void **state)
{
  g_autofree char *given = sample_html ();
  char *style = strstr (given, "<style>");
  char *style_end = strstr (given, "</style>");
  g_autoptr (GString) page = g_string_new_len (given, style - given);

  (void)state;
  assert_true (style_end - style > 2000);
  g_string_append (page, style_end);
  assert_golden ("report.html", page->str);
}

static void
html_needs_nothing_from_outside_and_runs_nothing (void **state)
{
  static const char *const never[]
      = { "<script", "javascript:", "<img", "src=",   "@import", "url(",
          "<link",   "<b>",         "<i>",  "unused", "没有用到" };
  g_autofree char *given = sample_html ();

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (never); i++)
    {
      if (strstr (given, never[i]) != NULL)
        fail_msg ("the page holds %s", never[i]);
    }
}

static guint
count (const char *text, const char *part)
{
  guint found = 0;

  for (text = strstr (text, part); text != NULL; text = strstr (text + 1, part))
    found++;
  return found;
}

static void
each_figure_links_to_the_panel_that_leads_back (void **state)
{
  g_autofree char *given = sample_html ();

  (void)state;
  assert_int_equal (count (given, "href=\"#fact-visits\""), 2);
  assert_int_equal (count (given, "id=\"fact-visits\""), 1);
  assert_int_equal (count (given, "id=\"use-visits\""), 1);
  assert_int_equal (count (given, "href=\"#use-visits\""), 1);
  assert_int_equal (count (given, "#fact-unknown"), 0);
  assert_int_equal (count (given, "#fact-people"), 0);
}

static void
a_document_without_options_is_a_page_too (void **state)
{
  g_autoptr (HxDocument) empty = parse ("");
  g_autofree char *html = hx_document_html (empty, NULL);
  g_autofree char *json = hx_document_json (empty);

  (void)state;
  assert_null (hx_document_title (empty));
  assert_non_null (strstr (html, "</html>"));
  assert_non_null (strstr (json, "\"blocks\""));
  hx_document_free (NULL);
}

static void
the_title_is_the_first_heading (void **state)
{
  g_autoptr (HxDocument) document = parse ("一\n\n## 甲 *乙* `丙`\n\n# 丁\n");

  (void)state;
  assert_text (hx_document_title (document), "甲 乙 丙");
}

static void
only_well_formed_keys_are_figures (void **state)
{
  static const char *const cases[] = {
    "[a](fact:)",      "[a](fact:A)",    "[a](fact:1)",
    "[a](<fact:x y>)", "[a](fact:x%22)", "[a](FACT:visits)",
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HxDocument) document = parse (cases[i]);
      g_autofree char *html = hx_document_html (document, NULL);
      g_autofree char *json = hx_document_json (document);

      assert_null (strstr (html, "class=\"figure\""));
      assert_null (strstr (json, "\"figure\""));
    }
}

static void
documents_have_limits (void **state)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  (void)state;
  for (guint i = 0; i < HX_DOCUMENT_DEPTH_MAX; i++)
    g_string_append (deep, "> ");
  g_string_append (deep, "x");
  assert_null (hx_document_parse (deep->str, -1, &error));
  assert_error (error, "太深");
  g_clear_error (&error);
  assert_null (hx_document_parse ("\xff", -1, &error));
  assert_error (error, "UTF-8");
  g_clear_error (&error);
  assert_null (hx_document_parse ("", HX_DOCUMENT_SIZE_MAX + 1, &error));
  assert_error (error, "64 MB");
}

static void
the_deepest_document_is_written_whole (void **state)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (HxDocument) document = NULL;
  g_autofree char *json = NULL;
  json_t *root;

  (void)state;
  for (guint i = 0; i < HX_DOCUMENT_DEPTH_MAX - 2; i++)
    g_string_append (deep, "> ");
  g_string_append (deep, "底");
  document = parse (deep->str);
  json = hx_document_json (document);
  root = json_loads (json, 0, NULL);
  assert_non_null (root);
  assert_non_null (strstr (json, "底"));
  json_decref (root);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (markdown_is_written_in_its_canonical_form),
    cmocka_unit_test (json_keeps_blocks_spans_and_figures),
    cmocka_unit_test (html_is_one_page_with_a_panel_per_figure),
    cmocka_unit_test (html_needs_nothing_from_outside_and_runs_nothing),
    cmocka_unit_test (each_figure_links_to_the_panel_that_leads_back),
    cmocka_unit_test (a_document_without_options_is_a_page_too),
    cmocka_unit_test (the_title_is_the_first_heading),
    cmocka_unit_test (only_well_formed_keys_are_figures),
    cmocka_unit_test (documents_have_limits),
    cmocka_unit_test (the_deepest_document_is_written_whole),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
