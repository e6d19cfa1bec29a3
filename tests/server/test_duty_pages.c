/* What is due on pages and by the API: each number opens to its names, and to
 * nobody else's. */
#include "people_page_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *
text_of (json_t *row, const char *key)
{
  return json_string_value (json_object_get (row, key));
}

/* What tells one item from another. */
static char *
item_key (json_t *row)
{
  return g_strdup_printf (
      "%s %s %d %s", text_of (row, "duty"), text_of (row, "due"),
      (int)json_integer_value (json_object_get (row, "id")),
      text_of (row, "step") != NULL ? text_of (row, "step") : "");
}

/* How many items there are, page by page; none comes twice. */
static guint
walk (const Visitor *visitor, const char *target)
{
  g_autoptr (GHashTable) met
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *cursor = NULL;

  do
    {
      g_autofree char *encoded
          = g_uri_escape_string (cursor != NULL ? cursor : "", NULL, FALSE);
      g_autofree char *page = g_strdup_printf ("%s&cursor=%s", target, encoded);
      json_t *reply = people_json (visitor, page);
      size_t i;
      json_t *row;

      json_array_foreach (json_object_get (reply, "rows"), i, row)
      {
        assert_true (g_hash_table_add (met, item_key (row)));
      }
      g_free (cursor);
      cursor = g_strdup (text_of (reply, "next"));
      json_decref (reply);
    }
  while (cursor != NULL);
  return g_hash_table_size (met);
}

static const struct
{
  const char *state, *count;
} counts[] = { { "all", "due" }, { "done", "done" }, { "overdue", "overdue" } };

static void
each_number_of_the_coverage_opens_to_as_many_names (void **state)
{
  People *people = *state;
  static const char *const duties[] = { "birthday_greeting", "checkup" };

  for (gsize i = 0; i < G_N_ELEMENTS (duties); i++)
    {
      g_autofree char *target = g_strdup_printf (
          "/api/v1/coverage?unit=%d&duty=%s&year=2023", OWN_UNIT, duties[i]);
      json_t *lines = people_json (people->clerk, target);
      json_t *total = json_array_get (lines, 0);

      assert_non_null (total);
      for (gsize k = 0; k < G_N_ELEMENTS (counts); k++)
        {
          g_autofree char *names = g_strdup_printf (
              "/api/v1/duties?unit=%d&duty=%s&year=2023&whole=1&limit=7"
              "&state=%s",
              OWN_UNIT, duties[i], counts[k].state);

          assert_int_equal (
              walk (people->clerk, names),
              json_integer_value (json_object_get (total, counts[k].count)));
        }
      json_decref (lines);
    }
}

static void
a_liaison_sees_what_is_due_in_the_own_street_alone (void **state)
{
  People *people = *state;
  json_t *reply = people_json (
      people->liaison, "/api/v1/duties?state=all&whole=1&year=2023&limit=200");
  size_t i;
  json_t *row;

  assert_true (json_array_size (json_object_get (reply, "rows")) > 10);
  json_array_foreach (json_object_get (reply, "rows"), i, row)
  {
    g_autoptr (HxRow) of
        = people_row (people, text_of (row, "kind"),
                      json_integer_value (json_object_get (row, "id")));

    assert_true (people_reach (people, of->unit_id)
                 || people_reach (people, of->id));
  }
  json_decref (reply);
  assert_int_equal (people_status (people->liaison, "/due?unit=17"), 404);
  assert_int_equal (people_status (people->clerk, "/due?unit=17"), 200);
}

static void
a_worklist_leads_to_the_person_and_to_the_form (void **state)
{
  People *people = *state;
  g_autofree char *page
      = visitor_page (people->clerk, "/due?duty=birthday_street");

  assert_page_has (page, "href=\"/people/");
  assert_page_has (page, "/new?f.cadre=%23");
  assert_page_has (page, "超期");
}

static void
every_page_of_duties_can_be_opened (void **state)
{
  People *people = *state;
  static const char *const targets[]
      = { "/duties", "/duties?view=matrix", "/duties?duty=checkup",
          "/due",    "/due?print=1",        "/due?whole=1&state=done" };

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *page = visitor_page (people->clerk, targets[i]);
      g_autofree char *own = visitor_page (people->liaison, targets[i]);

      assert_page_has (page, "<table");
      assert_page_has (own, "<h1");
    }
}

static void
a_duty_that_is_not_there_is_not_found (void **state)
{
  People *people = *state;

  assert_int_equal (people_status (people->clerk, "/due?duty=nothing"), 404);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_number_of_the_coverage_opens_to_as_many_names),
    cmocka_unit_test (a_liaison_sees_what_is_due_in_the_own_street_alone),
    cmocka_unit_test (a_worklist_leads_to_the_person_and_to_the_form),
    cmocka_unit_test (every_page_of_duties_can_be_opened),
    cmocka_unit_test (a_duty_that_is_not_there_is_not_found),
  };

  return cmocka_run_group_tests_name ("duties on pages", tests, people_setup,
                                      people_teardown);
}
