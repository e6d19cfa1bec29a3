/* The pages of the report and of figures, on the sample year. */
#include "year_page_test.h"

#include "report/year.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define LINK "href=\"/report/figures/"

typedef struct
{
  ServerFixture *fixture;
  Visitor *head, *reader;
} Pages;

static int
setup (void **state)
{
  Pages *pages = g_new0 (Pages, 1);

  pages->fixture = server_fixture_new (TRUE, NULL);
  pages->head = visitor_new (pages->fixture, HX_USER_BUREAU, 0);
  pages->reader = visitor_new (pages->fixture, HX_USER_READER, 0);
  *state = pages;
  return 0;
}

static int
teardown (void **state)
{
  Pages *pages = *state;

  visitor_free (pages->head);
  visitor_free (pages->reader);
  server_fixture_free (pages->fixture);
  g_free (pages);
  return 0;
}

/* ----------------------------------------------------------------- helpers */

static GHashTable *
keys_of (const char *page)
{
  GHashTable *keys
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const char *at = page; (at = strstr (at, LINK)) != NULL;)
    {
      at += strlen (LINK);
      g_hash_table_add (keys, g_strndup (at, strcspn (at, "\"?")));
    }
  return keys;
}

static guint
count_of (const char *text, const char *part)
{
  guint n = 0;

  for (const char *at = text; (at = strstr (at, part)) != NULL;
       at += strlen (part))
    n++;
  return n;
}

/* All rows that the API tells of a figure, page after page. */
static guint
rows_told (const Pages *pages, const char *key)
{
  g_autofree char *cursor = NULL;
  guint rows = 0;

  do
    {
      g_autofree char *behind
          = cursor != NULL ? g_strconcat ("&cursor=", cursor, NULL) : NULL;
      g_autofree char *target
          = g_strdup_printf ("/api/v1/report/figures/%s?year=2023%s", key,
                             behind != NULL ? behind : "");
      g_autoptr (Answer) answer = visitor_get (pages->head, target);
      json_t *object = json_loads (answer->body, 0, NULL);
      const char *next;

      assert_int_equal (answer->status, 200);
      rows += (guint)json_array_size (json_object_get (object, "items"));
      g_clear_pointer (&cursor, g_free);
      next = json_string_value (json_object_get (object, "next"));
      if (next != NULL)
        cursor = g_uri_escape_string (next, NULL, FALSE);
      json_decref (object);
    }
  while (cursor != NULL);
  return rows;
}

static gint64
rows_kept (const Pages *pages, const char *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (pages->fixture->store, &error);
  const HxPeriod period = { .year = 2023 };
  g_autoptr (HxPrinted) printed
      = hx_report_figure (hx_reader_connection (reader),
                          pages->fixture->catalogue, &period, key, &error);

  if (printed == NULL)
    fail_msg ("%s", error->message);
  return printed->rows;
}

/* ------------------------------------------------------------------- tests */

static void
every_figure_of_the_text_opens_its_page (void **state)
{
  Pages *pages = *state;
  g_autofree char *page = visitor_page (pages->head, "/report?year=2023");
  g_autoptr (GHashTable) keys = keys_of (page);
  GHashTableIter each;
  gpointer key;

  assert_true (g_hash_table_size (keys) > 50);
  g_hash_table_iter_init (&each, keys);
  while (g_hash_table_iter_next (&each, &key, NULL))
    {
      g_autofree char *target
          = g_strdup_printf ("/report/figures/%s?year=2023", (char *)key);
      g_autofree char *figure = visitor_page (pages->head, target);

      assert_page_has (figure, "背后的行");
    }
}

static void
a_figure_tells_exactly_the_rows_behind_it (void **state)
{
  static const char *const keys[]
      = { "visits", "budget_execution_rate", "branches", "birthday_greetings",
          "budget_executed" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    assert_int_equal (rows_told (*state, keys[i]),
                      (guint)rows_kept (*state, keys[i]));
}

static void
an_indicator_has_months_and_units_and_rows (void **state)
{
  static const char *const parts[]
      = { "口径", "逐月", "各机构", "背后的记录", "12 月" };
  Pages *pages = *state;
  g_autofree char *list = visitor_page (pages->reader, "/indicators?year=2023");
  g_autofree char *page = visitor_page (
      pages->reader, "/indicators/visits?year=2023&as_of=2023-12-31");

  assert_page_has (list, "/indicators/visits");
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    assert_page_has (page, parts[i]);
}

static void
a_template_with_faults_is_shown_with_them (void **state)
{
  Pages *pages = *state;
  g_autoptr (Answer) shown
      = visitor_send (pages->head, "/report/template",
                      "step=preview&text=%23%20A%0A%0A%7B%7Bnothing%7D%7D");
  g_autoptr (Answer) refused
      = visitor_send (pages->head, "/report/template",
                      "step=save&text=%23%20A%0A%0A%7B%7B%23visits%7D%7D");

  assert_int_equal (shown->status, 200);
  assert_page_has (shown->body, "nothing");
  assert_page_has (shown->body, "3:1");
  assert_int_equal (refused->status, 422);
}

static void
a_reader_has_no_form_to_issue (void **state)
{
  Pages *pages = *state;
  g_autofree char *head
      = visitor_page (pages->head, "/report/review?year=2023");
  g_autofree char *page
      = visitor_page (pages->reader, "/report/review?year=2023");

  assert_page_has (head, "/report/issue");
  assert_page_lacks (page, "/report/issue");
  assert_true (count_of (page, "V10") > 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_figure_of_the_text_opens_its_page),
    cmocka_unit_test (a_figure_tells_exactly_the_rows_behind_it),
    cmocka_unit_test (an_indicator_has_months_and_units_and_rows),
    cmocka_unit_test (a_template_with_faults_is_shown_with_them),
    cmocka_unit_test (a_reader_has_no_form_to_issue),
  };

  return cmocka_run_group_tests (tests, setup, teardown);
}
