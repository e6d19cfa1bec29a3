/* What the schema of SARIF 2.1.0 requires, and what a viewer reads. */
#include "claim_fixture.h"

#include <jansson.h>

static json_t *
log_of (const HxChecked *const *checked, gsize count)
{
  g_auto (HxSarif) sarif = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);
  json_error_t problem;
  json_t *root;

  hx_sarif_init (&sarif);
  hx_sarif_head (&sarif, out);
  for (gsize i = 0; i < count; i++)
    hx_sarif_file (&sarif, checked[i], out);
  hx_sarif_tail (&sarif, out);
  root = json_loads (out->str, JSON_REJECT_DUPLICATES, &problem);
  if (root == NULL)
    fail_msg ("%s: %s", problem.text, out->str);
  return root;
}

static json_t *
log_of_one (const Fixture *fixture)
{
  const HxChecked *checked = &fixture->checked;

  return log_of (&checked, 1);
}

/* By a path of keys and numbers: "runs/0/results"; borrowed. */
static json_t *
at (json_t *root, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      root = json_is_array (root) ? json_array_get (
                 root, (gsize)g_ascii_strtoull (parts[i], NULL, 10))
                                  : json_object_get (root, parts[i]);
      if (root == NULL)
        fail_msg ("no %s in %s", parts[i], path);
    }
  return root;
}

static const char *
word (json_t *root, const char *path)
{
  const char *words = json_string_value (at (root, path));

  assert_non_null (words);
  return words;
}

static gsize
number (json_t *root, const char *path)
{
  assert_true (json_is_integer (at (root, path)));
  return (gsize)json_integer_value (at (root, path));
}

static void
the_log_has_version_schema_tool_and_rules (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  json_t *root = log_of_one (fixture);
  json_t *rules = at (root, "runs/0/tool/driver/rules");

  (void)state;
  assert_string_equal (word (root, "version"), "2.1.0");
  assert_true (
      g_str_has_suffix (word (root, "$schema"), "sarif-schema-2.1.0.json"));
  assert_string_equal (word (root, "runs/0/tool/driver/name"), "hongxia");
  assert_string_equal (word (root, "runs/0/columnKind"), "unicodeCodePoints");
  assert_int_equal (json_array_size (rules), HX_CLAIM_KINDS + HX_WARNINGS);
  for (gsize i = 0; i < json_array_size (rules); i++)
    assert_true (
        strlen (word (json_array_get (rules, i), "shortDescription/text")) > 0);
  json_decref (root);
}

static void
levels_tell_errors_last_digits_and_what_is_unknown (void **state)
{
  static const struct
  {
    const char *rule, *level;
  } expected[] = { { "sum", "error" },
                   { "growth", "note" },
                   { "sum", "warning" },
                   { "template_leftover", "warning" } };
  g_autoptr (Fixture) fixture = fixture_new ();
  json_t *root = log_of_one (fixture);
  json_t *results = at (root, "runs/0/results");

  (void)state;
  assert_int_equal (json_array_size (results), G_N_ELEMENTS (expected));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      json_t *result = json_array_get (results, i);
      g_autofree char *rule
          = g_strdup_printf ("runs/0/tool/driver/rules/%" G_GSIZE_FORMAT "/id",
                             number (result, "ruleIndex"));

      assert_string_equal (word (result, "ruleId"), expected[i].rule);
      assert_string_equal (word (result, "level"), expected[i].level);
      assert_string_equal (word (root, rule), expected[i].rule);
      assert_true (strlen (word (result, "message/text")) > 0);
    }
  json_decref (root);
}

/* Line and column by counting from the start. */
static void
slow_place (const char *words, gsize offset, gsize *line, gsize *column)
{
  *line = *column = 1;
  for (; offset > 0; offset--, words += g_utf8_skip[(guchar)*words])
    {
      *column = *words == '\n' ? 1 : *column + 1;
      *line += *words == '\n';
    }
}

static void
assert_region (json_t *region, const HxSource *source)
{
  const gsize offset = number (region, "charOffset");
  const gsize length = number (region, "charLength");
  const char *snippet = word (region, "snippet/text");
  gsize line, column;

  slow_place (source->text, offset, &line, &column);
  assert_int_equal (number (region, "startLine"), line);
  assert_int_equal (number (region, "startColumn"), column);
  slow_place (source->text, offset + length, &line, &column);
  assert_int_equal (number (region, "endLine"), line);
  assert_int_equal (number (region, "endColumn"), column);
  assert_int_equal (g_utf8_strlen (snippet, -1), length);
  assert_true (g_str_has_prefix (slow_at (source->text, offset), snippet));
}

static void
regions_are_those_of_the_text (void **state)
{
  (void)state;
  for (guint32 seed = 0; seed < 60; seed++)
    {
      g_autoptr (Fixture) fixture = fixture_random (seed);
      json_t *root = log_of_one (fixture);
      json_t *results = at (root, "runs/0/results");
      const json_t *related;
      gsize i, k;
      json_t *result, *location;

      json_array_foreach (results, i, result)
      {
        assert_region (at (result, "locations/0/physicalLocation/region"),
                       fixture->source);
        related = at (result, "relatedLocations");
        json_array_foreach (related, k, location)
        {
          assert_region (at (location, "physicalLocation/region"),
                         fixture->source);
        }
      }
      json_decref (root);
    }
}

static void
a_claim_that_the_text_does_not_state_is_shown_at_its_first_figure (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  json_t *root = log_of_one (fixture);

  (void)state;
  assert_string_equal (word (root, "runs/0/results/2/locations/0/"
                                   "physicalLocation/region/snippet/text"),
                       "40.4%");
  json_decref (root);
}

static void
addresses_are_relative_and_escaped (void **state)
{
  static const struct
  {
    const char *path, *uri;
  } cases[] = { { "a/b c.txt", "a/b%20c.txt" },
                { "报.txt", "%E6%8A%A5.txt" },
                { "x:y#?.txt", "x%3Ay%23%3F.txt" },
                { "/tmp/a.txt", "file:///tmp/a.txt" },
                { "\xFF.txt", "%FF.txt" } };
  g_autoptr (Fixture) fixture = fixture_new ();

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      json_t *root;

      fixture->checked.path = cases[i].path;
      root = log_of_one (fixture);
      assert_string_equal (word (root, "runs/0/results/0/locations/0/"
                                       "physicalLocation/artifactLocation/uri"),
                           cases[i].uri);
      json_decref (root);
    }
}

static void
results_of_many_files_are_in_one_run (void **state)
{
  g_autoptr (Fixture) one = fixture_new ();
  g_autoptr (Fixture) empty = fixture_random (0);
  g_autoptr (Fixture) other = fixture_new ();
  const HxChecked *checked[]
      = { &one->checked, &empty->checked, &other->checked };
  json_t *root;

  (void)state;
  g_ptr_array_set_size (empty->result->claims, 0);
  root = log_of (checked, G_N_ELEMENTS (checked));
  assert_int_equal (json_array_size (at (root, "runs")), 1);
  assert_int_equal (json_array_size (at (root, "runs/0/results")), 8);
  assert_true (
      json_is_true (at (root, "runs/0/invocations/0/executionSuccessful")));
  json_decref (root);
}

static void
a_file_that_was_not_read_is_a_notification (void **state)
{
  const HxChecked bad = { .path = "坏.pdf", .fault = "没有文字层" };
  const HxChecked worse = { .path = "又坏.pdf", .fault = "有密码" };
  const HxChecked *checked[] = { &bad, &worse };
  json_t *root = log_of (checked, 2);
  json_t *invocation = at (root, "runs/0/invocations/0");

  (void)state;
  assert_int_equal (json_array_size (at (root, "runs/0/results")), 0);
  assert_true (json_is_false (at (invocation, "executionSuccessful")));
  assert_string_equal (
      word (invocation, "toolExecutionNotifications/1/message/text"), "有密码");
  assert_string_equal (word (invocation,
                             "toolExecutionNotifications/0/locations/0/"
                             "physicalLocation/artifactLocation/uri"),
                       "%E5%9D%8F.pdf");
  json_decref (root);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_log_has_version_schema_tool_and_rules),
    cmocka_unit_test (levels_tell_errors_last_digits_and_what_is_unknown),
    cmocka_unit_test (regions_are_those_of_the_text),
    cmocka_unit_test (
        a_claim_that_the_text_does_not_state_is_shown_at_its_first_figure),
    cmocka_unit_test (addresses_are_relative_and_escaped),
    cmocka_unit_test (results_of_many_files_are_in_one_run),
    cmocka_unit_test (a_file_that_was_not_read_is_a_notification),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
