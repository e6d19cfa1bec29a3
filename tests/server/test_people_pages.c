/* People on pages and by the API: who is seen by whom, what is masked, lists
 * to their end, changes there and back. */
#include "people_page_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static char *
target_of (const char *format, gint64 id)
{
  g_auto (GStrv) parts = g_strsplit (format, "{id}", 2);

  return g_strdup_printf ("%s%" G_GINT64_FORMAT "%s", parts[0], id, parts[1]);
}

static const char *const one_person[]
    = { "/people/{id}", "/people/{id}/edit", "/people/{id}/history",
        "/api/v1/people/{id}", "/api/v1/people/{id}/file" };

/* -------------------------------------------------------------------- scope */

static void
people_of_another_street_are_not_there_for_a_liaison (void **state)
{
  People *people = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (one_person); i++)
    {
      g_autofree char *own = target_of (one_person[i], people->own);
      g_autofree char *other = target_of (one_person[i], people->other);

      assert_int_equal (people_status (people->liaison, own), 200);
      assert_int_equal (people_status (people->liaison, other), 404);
      assert_int_equal (people_status (people->clerk, other), 200);
    }
}

static void
who_is_not_there_reads_like_who_never_was (void **state)
{
  People *people = *state;
  g_autofree char *other = target_of ("/api/v1/people/{id}", people->other);
  g_autoptr (Answer) hidden = visitor_get (people->liaison, other);
  g_autoptr (Answer) missing
      = visitor_get (people->liaison, "/api/v1/people/99999999");
  g_autofree char *id
      = g_strdup_printf (" %" G_GINT64_FORMAT ":", people->other);
  g_autoptr (GString) text = g_string_new (hidden->body);

  assert_int_equal (hidden->status, missing->status);
  g_string_replace (text, id, " 99999999:", 0);
  *strstr (text->str, "\"instance\"") = '\0';
  *strstr (missing->body, "\"instance\"") = '\0';
  assert_string_equal (text->str, missing->body);
}

static void
search_finds_none_of_another_street (void **state)
{
  People *people = *state;
  static const char *const words[]
      = { "王", "李", "chen", "h", "zh", "街道", "1" };
  guint found = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *word = g_uri_escape_string (words[i], NULL, FALSE);
      g_autofree char *target
          = g_strdup_printf ("/api/v1/search?kind=cadre&limit=200&q=%s", word);
      json_t *reply = people_json (people->liaison, target);
      json_t *rows = json_object_get (reply, "rows");
      size_t k;
      json_t *row;

      json_array_foreach (rows, k, row)
      {
        assert_true (people_reach (
            people, json_integer_value (json_object_get (row, "unit_id"))));
        found++;
      }
      json_decref (reply);
    }
  assert_true (found > 20);
}

static void
search_of_one_street_finds_all_that_search_finds_there (void **state)
{
  People *people = *state;
  json_t *own = people_json (people->liaison,
                             "/api/v1/search?kind=cadre&limit=200&q=huang");
  json_t *all = people_json (people->clerk,
                             "/api/v1/search?kind=cadre&limit=200&q=huang%20"
                             "%E5%8D%97%E6%BA%90%E8%A1%97%E9%81%93");

  assert_true (json_array_size (json_object_get (own, "rows")) > 0);
  assert_int_equal (json_array_size (json_object_get (own, "rows")),
                    json_array_size (json_object_get (all, "rows")));
  json_decref (own);
  json_decref (all);
}

/* ------------------------------------------------------------------ masking */

static const char *const secrets[] = { "id_number", "phone" };

static void
no_reply_holds_a_secret_in_clear (void **state)
{
  People *people = *state;
  g_autoptr (HxRow) row = people_row (people, "cadre", people->own);
  const char *const lists[] = { "/people?unit=16", "/people?sort=age",
                                "/api/v1/people?unit=16&limit=200", "/due",
                                "/people/quality/names?unit=16&field=phone" };

  for (gsize k = 0; k < G_N_ELEMENTS (secrets); k++)
    {
      const char *secret = people_value (row, secrets[k]);

      assert_non_null (secret);
      for (gsize i = 0; i < G_N_ELEMENTS (one_person) + G_N_ELEMENTS (lists);
           i++)
        {
          g_autofree char *target
              = i < G_N_ELEMENTS (one_person)
                    ? target_of (one_person[i], people->own)
                    : g_strdup (lists[i - G_N_ELEMENTS (one_person)]);
          g_autoptr (Answer) answer = visitor_get (people->clerk, target);

          assert_int_equal (answer->status, 200);
          assert_null (strstr (answer->body, secret));
        }
    }
}

static void
what_is_known_of_a_secret_is_shown_masked (void **state)
{
  People *people = *state;
  g_autoptr (HxRow) row = people_row (people, "cadre", people->own);
  g_autofree char *masked = hx_mask_phone (people_value (row, "phone"));
  g_autofree char *target = target_of ("/people/{id}", people->own);
  g_autofree char *page = visitor_page (people->clerk, target);

  assert_page_has (page, masked);
}

/* --------------------------------------------------------------------- lists
 */

static void
take_ids (GArray *ids, json_t *rows)
{
  size_t i;
  json_t *row;

  json_array_foreach (rows, i, row)
  {
    const gint64 id = json_integer_value (json_object_get (row, "id"));

    g_array_append_val (ids, id);
  }
}

/* Every page behind the other. */
static GArray *
walk (const Visitor *visitor, const char *target)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *cursor = NULL;

  do
    {
      g_autofree char *encoded
          = g_uri_escape_string (cursor != NULL ? cursor : "", NULL, FALSE);
      g_autofree char *page = g_strdup_printf ("%s&cursor=%s", target, encoded);
      json_t *reply = people_json (visitor, page);

      take_ids (ids, json_object_get (reply, "rows"));
      g_free (cursor);
      cursor = g_strdup (json_string_value (json_object_get (reply, "next")));
      json_decref (reply);
      assert_true (ids->len < 20000);
    }
  while (cursor != NULL);
  return ids;
}

/* Those of the street that are there on 30 November, one by one. */
static GArray *
slow_list (People *people)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  HxStatement *statement = hx_statement (
      people->connection,
      "SELECT id, unit_id, day, until FROM reg_cadre WHERE bureau_id = 1"
      " AND void = 0 ORDER BY id",
      NULL);

  while (hx_step (statement, NULL) == HX_STEP_ROW)
    {
      const gint64 id = hx_column_integer (statement, 0);
      const char *since = hx_column_text (statement, 2);
      const char *until = hx_column_text (statement, 3);

      if (people_reach (people, hx_column_integer (statement, 1))
          && (since == NULL || strcmp (since, "2023-11-30") <= 0)
          && (until == NULL || strcmp (until, "2023-11-30") >= 0))
        g_array_append_val (ids, id);
    }
  return ids;
}

static void
pages_of_a_list_hold_everybody_once (void **state)
{
  People *people = *state;
  static const char *const orders[] = { "id", "age", "younger" };
  g_autoptr (GArray) wanted = slow_list (people);

  assert_true (wanted->len > 200);
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *target = g_strdup_printf (
          "/api/v1/people?unit=16&limit=97&sort=%s", orders[i]);
      g_autoptr (GArray) ids = walk (people->liaison, target);

      g_array_sort (ids, hx_compare_ids);
      assert_int_equal (ids->len, wanted->len);
      assert_memory_equal (ids->data, wanted->data,
                           wanted->len * sizeof (gint64));
    }
}

static void
a_condition_that_is_wrong_is_told_at_its_field (void **state)
{
  People *people = *state;
  g_autoptr (Answer) answer
      = visitor_get (people->clerk, "/people?where=nosuchfield%3D1");
  g_autoptr (Answer) api
      = visitor_get (people->clerk, "/api/v1/people?where=nosuchfield%3D1");

  assert_int_equal (answer->status, 422);
  assert_page_has (answer->body, "i-where-fault");
  assert_page_has (answer->body, "nosuchfield");
  assert_int_equal (api->status, 400);
}

static void
what_is_typed_gets_a_part_of_the_page (void **state)
{
  People *people = *state;
  g_autofree char *headers = g_strdup_printf (
      "%sHX-Request: true\r\nHX-Target: found\r\n", people->clerk->cookie);
  g_autoptr (Answer) answer
      = client_get (people->fixture->port, "/people?q=huang", headers);
  g_autofree char *whole = visitor_page (people->clerk, "/people?q=huang");

  assert_int_equal (answer->status, 200);
  assert_null (strstr (answer->body, "<html"));
  assert_true (g_str_has_prefix (answer->body, "<div id=\"found\""));
  assert_page_has (whole, "<div id=\"found\"");
}

/* ------------------------------------------------------------------ records */

static void
a_person_comes_with_the_last_records_newest_first (void **state)
{
  People *people = *state;
  g_autofree char *target = target_of ("/api/v1/people/{id}", people->own);
  json_t *reply = people_json (people->clerk, target);
  json_t *records = json_object_get (reply, "records");
  const char *last = "9999";
  size_t i;
  json_t *record;

  assert_true (json_array_size (records) > 0);
  assert_true (json_array_size (records) <= 20);
  json_array_foreach (records, i, record)
  {
    const char *day = json_string_value (json_object_get (record, "date"));
    g_autoptr (HxRow) row = people_row (
        people, json_string_value (json_object_get (record, "kind")),
        json_integer_value (json_object_get (record, "id")));

    assert_true (strcmp (day, last) <= 0);
    assert_true (strcmp (day, "2023-11-30") <= 0);
    assert_int_equal (row->values[row->kind->of_field->index].integer,
                      people->own);
    last = day;
  }
  json_decref (reply);
}

/* ------------------------------------------------------------------ writing */

static void
a_new_person_without_a_name_is_asked_for_it (void **state)
{
  People *people = *state;
  g_autoptr (Answer) answer
      = people_post (people->clerk, "/people/new", "f.name=&f.id_number=12");

  assert_int_equal (answer->status, 422);
  assert_page_has (answer->body, "class=\"fault\"");
  assert_page_has (answer->body, "身份证号");
}

static gboolean
is_void (People *people, gint64 id)
{
  g_autoptr (HxRow) row = people_row (people, "cadre", id);

  return row->is_void;
}

static gint64
merge_in (const Answer *answer)
{
  const char *url = answer_header (answer, "location");

  assert_non_null (url);
  assert_true (g_str_has_prefix (url, "/people/merged/"));
  return g_ascii_strtoll (url + strlen ("/people/merged/"), NULL, 10);
}

static void
a_merge_is_seen_made_and_undone (void **state)
{
  People *people = *state;
  const gint64 keep = people->other;
  const gint64 other = people->own;
  g_autofree char *pair
      = g_strdup_printf ("keep=%d&other=%d&reason=x", (int)keep, (int)other);
  g_autofree char *trial = g_strconcat (pair, "&trial=1", NULL);
  g_autoptr (Answer) seen = people_post (people->clerk, "/people/merge", trial);
  g_autoptr (Answer) made = NULL;
  g_autoptr (Answer) undone = NULL;
  g_autofree char *undo = NULL;

  assert_int_equal (seen->status, 200);
  assert_page_has (seen->body, "合并会改什么");
  assert_false (is_void (people, other));
  made = people_post (people->clerk, "/people/merge", pair);
  assert_int_equal (made->status, 303);
  assert_true (is_void (people, other));
  undo = g_strdup_printf ("merge=%d", (int)merge_in (made));
  undone = people_post (people->clerk, "/people/unmerge", undo);
  assert_int_equal (undone->status, 303);
  assert_false (is_void (people, other));
}

static void
a_liaison_merges_nobody_of_another_street (void **state)
{
  People *people = *state;
  g_autofree char *pair = g_strdup_printf (
      "keep=%d&other=%d&reason=x", (int)people->own, (int)people->other);
  g_autoptr (Answer) answer
      = people_post (people->liaison, "/people/merge", pair);

  assert_true (answer->status == 403 || answer->status == 404
               || answer->status == 409);
  assert_false (is_void (people, people->other));
}

static void
every_page_of_people_can_be_opened (void **state)
{
  People *people = *state;
  static const char *const targets[]
      = { "/people",
          "/people/new",
          "/people/streets",
          "/people/quality",
          "/people/duplicates",
          "/people/statistics",
          "/people?left=1",
          "/people/statistics?table=category_age",
          "/people/statistics?table=balance_street" };

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *page = visitor_page (people->clerk, targets[i]);
      g_autofree char *own = visitor_page (people->liaison, targets[i]);

      assert_page_has (page, "<h1");
      assert_page_has (own, "<h1");
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (people_of_another_street_are_not_there_for_a_liaison),
    cmocka_unit_test (who_is_not_there_reads_like_who_never_was),
    cmocka_unit_test (search_finds_none_of_another_street),
    cmocka_unit_test (search_of_one_street_finds_all_that_search_finds_there),
    cmocka_unit_test (no_reply_holds_a_secret_in_clear),
    cmocka_unit_test (what_is_known_of_a_secret_is_shown_masked),
    cmocka_unit_test (pages_of_a_list_hold_everybody_once),
    cmocka_unit_test (a_condition_that_is_wrong_is_told_at_its_field),
    cmocka_unit_test (what_is_typed_gets_a_part_of_the_page),
    cmocka_unit_test (a_person_comes_with_the_last_records_newest_first),
    cmocka_unit_test (a_new_person_without_a_name_is_asked_for_it),
    cmocka_unit_test (every_page_of_people_can_be_opened),
    cmocka_unit_test (a_liaison_merges_nobody_of_another_street),
    cmocka_unit_test (a_merge_is_seen_made_and_undone),
  };

  return cmocka_run_group_tests_name ("people on pages", tests, people_setup,
                                      people_teardown);
}
