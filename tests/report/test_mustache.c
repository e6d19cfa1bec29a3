/* The cases of the mustache specification, each a row of a JSON file. */
#include "support.h"

static void
run_case (const char *file, const json_t *test)
{
  const char *name = json_string_value (json_object_get (test, "name"));
  const char *text = json_string_value (json_object_get (test, "template"));
  const char *expected = json_string_value (json_object_get (test, "expected"));
  HxTemplateOptions options
      = { .escape = HX_ESCAPE_HTML, .context = json_object_get (test, "data") };
  g_autoptr (GError) error = NULL;
  g_autoptr (HxTemplate) template_ = hx_template_parse (name, text, -1, &error);
  g_autofree char *given = NULL;

  if (template_ != NULL)
    given = hx_template_render (template_, &options, &error);
  if (given == NULL)
    fail_msg ("%s: %s: %s", file, name, error->message);
  else if (strcmp (given, expected) != 0)
    fail_msg ("%s: %s: “%s” is not “%s”", file, name, given, expected);
}

static void
run_file (const char *file, gsize least)
{
  g_autofree char *path
      = g_build_filename (HX_TEST_SOURCE, "mustache", file, NULL);
  json_error_t problem;
  json_t *root = json_load_file (path, 0, &problem);
  json_t *tests = json_object_get (root, "tests");
  json_t *test;
  gsize i;

  if (root == NULL)
    fail_msg ("%s: %s", path, problem.text);
  assert_true (json_array_size (tests) >= least);
  json_array_foreach (tests, i, test) run_case (file, test);
  json_decref (root);
}

static void
interpolation_follows_the_specification (void **state)
{
  (void)state;
  run_file ("interpolation.json", 38);
}

static void
sections_follow_the_specification (void **state)
{
  (void)state;
  run_file ("sections.json", 34);
}

static void
inverted_sections_follow_the_specification (void **state)
{
  (void)state;
  run_file ("inverted.json", 22);
}

static void
comments_follow_the_specification (void **state)
{
  (void)state;
  run_file ("comments.json", 12);
}

static void
delimiters_follow_the_specification (void **state)
{
  (void)state;
  run_file ("delimiters.json", 12);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (interpolation_follows_the_specification),
    cmocka_unit_test (sections_follow_the_specification),
    cmocka_unit_test (inverted_sections_follow_the_specification),
    cmocka_unit_test (comments_follow_the_specification),
    cmocka_unit_test (delimiters_follow_the_specification),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
