#include "claim_fixture.h"

#include <jansson.h>

static json_t *
read_json (const char *words)
{
  json_error_t problem;
  json_t *root = json_loads (words, JSON_REJECT_DUPLICATES, &problem);

  if (root == NULL)
    fail_msg ("%s: %s", problem.text, words);
  return root;
}

static json_t *
written (const Fixture *fixture)
{
  g_autoptr (GString) out = g_string_new (NULL);

  hx_checked_json (&fixture->checked, out);
  return read_json (out->str);
}

static const char *
word (const json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

static json_t *
claim_of (const json_t *root, gsize index)
{
  return json_array_get (json_object_get (root, "claims"), index);
}

static void
the_object_has_the_members_of_the_form_and_no_others (void **state)
{
  static const char *const members[]
      = { "kind",     "formula", "operands", "stated",
          "computed", "verdict", "severity", "message" };
  g_autoptr (Fixture) fixture = fixture_new ();
  json_t *root = written (fixture);
  const json_t *claim = claim_of (root, 0);

  (void)state;
  assert_int_equal (json_object_size (root), 3);
  assert_int_equal (
      json_integer_value (json_object_get (root, "text_characters")),
      g_utf8_strlen (fixture->source->text, -1));
  assert_int_equal (json_array_size (json_object_get (root, "claims")), 5);
  assert_int_equal (json_object_size (claim), G_N_ELEMENTS (members));
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    assert_non_null (json_object_get (claim, members[i]));
  assert_string_equal (word (claim, "kind"), "sum");
  assert_string_equal (word (claim, "verdict"), "error");
  assert_string_equal (word (claim, "severity"), "material");
  assert_string_equal (word (claim_of (root, 1), "severity"), "");
  json_decref (root);
}

static void
a_warning_has_code_text_offset_and_message (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  json_t *root = written (fixture);
  const json_t *warning
      = json_array_get (json_object_get (root, "warnings"), 0);

  (void)state;
  assert_int_equal (json_object_size (warning), 4);
  assert_string_equal (word (warning, "code"), "template_leftover");
  assert_string_equal (word (warning, "text"), "减增加");
  assert_true (g_str_has_prefix (
      slow_at (fixture->source->text,
               (gsize)json_integer_value (json_object_get (warning, "offset"))),
      "减增加"));
  json_decref (root);
}

/* Read back by somebody else's reader, which counts characters. */
static void
every_offset_leads_to_its_text (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  json_t *root = written (fixture);
  guint said = 0;

  (void)state;
  for (gsize i = 0; i < 5; i++)
    {
      const json_t *stated = json_object_get (claim_of (root, i), "stated");
      json_int_t offset
          = json_integer_value (json_object_get (stated, "offset"));

      if (offset < 0)
        continue;
      said++;
      assert_true (
          g_str_has_prefix (slow_at (fixture->source->text, (gsize)offset),
                            word (stated, "text")));
    }
  assert_int_equal (said, 4);
  json_decref (root);
}

static void
what_the_text_does_not_say_has_the_offset_minus_one (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  json_t *root = written (fixture);
  const json_t *stated = json_object_get (claim_of (root, 4), "stated");

  (void)state;
  assert_int_equal (json_integer_value (json_object_get (stated, "offset")),
                    -1);
  json_decref (root);
}

static void
values_keep_the_digits_of_the_text (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  (void)state;
  hx_checked_json (&fixture->checked, out);
  assert_true (has (out->str, "\"value\": 7.740,"));
  assert_true (has (out->str, "\"value\": 2455.50,"));
  assert_true (has (out->str, "\"value\": 0,"));
}

static void
computed_has_the_places_it_needs_or_is_null (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  json_t *root = written (fixture);

  (void)state;
  hx_checked_json (&fixture->checked, out);
  assert_true (has (out->str, "\"computed\": 2437.5,"));
  assert_true (has (out->str, "\"computed\": 7.7405,"));
  assert_true (json_is_null (json_object_get (claim_of (root, 3), "computed")));
  json_decref (root);
}

static void
a_claim_without_a_message_says_its_verdict (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  json_t *root = written (fixture);

  (void)state;
  for (gsize i = 0; i < 5; i++)
    assert_true (strlen (word (claim_of (root, i), "message")) > 0);
  json_decref (root);
}

static void
one_file_of_many_is_one_line_that_names_it (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  json_t *root;

  (void)state;
  hx_checked_json_line (&fixture->checked, out);
  assert_ptr_equal (strchr (out->str, '\n'), out->str + out->len - 1);
  assert_true (g_str_has_prefix (out->str, "{\"file\":"));
  root = read_json (out->str);
  assert_string_equal (word (root, "file"), FIXTURE_PATH);
  assert_int_equal (json_object_size (root), 4);
  json_decref (root);
}

static void
a_file_that_was_not_read_is_a_line_with_the_reason (void **state)
{
  const HxChecked checked = { .path = "坏.pdf", .fault = "没有文字层" };
  g_autoptr (GString) out = g_string_new (NULL);

  (void)state;
  hx_checked_json_line (&checked, out);
  assert_string_equal (out->str,
                       "{\"file\":\"坏.pdf\",\"error\":\"没有文字层\"}\n");
}

static void
another_reader_takes_every_random_result (void **state)
{
  (void)state;
  for (guint32 seed = 0; seed < 200; seed++)
    {
      g_autoptr (Fixture) fixture = fixture_random (seed);
      json_t *root = written (fixture);

      assert_int_equal (json_array_size (json_object_get (root, "claims")),
                        fixture->result->claims->len);
      json_decref (root);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_object_has_the_members_of_the_form_and_no_others),
    cmocka_unit_test (a_warning_has_code_text_offset_and_message),
    cmocka_unit_test (every_offset_leads_to_its_text),
    cmocka_unit_test (what_the_text_does_not_say_has_the_offset_minus_one),
    cmocka_unit_test (values_keep_the_digits_of_the_text),
    cmocka_unit_test (computed_has_the_places_it_needs_or_is_null),
    cmocka_unit_test (a_claim_without_a_message_says_its_verdict),
    cmocka_unit_test (one_file_of_many_is_one_line_that_names_it),
    cmocka_unit_test (a_file_that_was_not_read_is_a_line_with_the_reason),
    cmocka_unit_test (another_reader_takes_every_random_result),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
