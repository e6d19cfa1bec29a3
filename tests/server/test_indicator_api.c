/* The figures by the API, on the sample year, against what the room measure
 * says of them. */
#include "year_page_test.h"

#include "measure/measure.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* A street with people; the year is seen on 30 November. */
#define OWN_UNIT 16

typedef struct
{
  ServerFixture *fixture;
  HxReader *reader;
  Visitor *head, *liaison;
} Api;

static int
setup (void **state)
{
  Api *api = g_new0 (Api, 1);

  api->fixture = server_fixture_new (TRUE, NULL);
  api->reader = hx_store_reader (api->fixture->store, NULL);
  api->head = visitor_new (api->fixture, HX_USER_BUREAU, 0);
  api->liaison = visitor_new (api->fixture, HX_USER_LIAISON, OWN_UNIT);
  *state = api;
  return api->reader != NULL ? 0 : -1;
}

static int
teardown (void **state)
{
  Api *api = *state;

  visitor_free (api->head);
  visitor_free (api->liaison);
  hx_reader_free (api->reader);
  server_fixture_free (api->fixture);
  g_free (api);
  return 0;
}

static json_t *
ask (const Visitor *visitor, const char *target)
{
  g_autoptr (Answer) answer = visitor_get (visitor, target);
  json_t *json = json_loads (answer->body, 0, NULL);

  if (answer->status != 200 || json == NULL)
    fail_msg ("%s: %u %s", target, answer->status, answer->body);
  return json;
}

static HxFigure *
kept (const Api *api, const char *key, gint64 unit_id)
{
  const HxPeriod period
      = { .year = 2023, .as_of = { 2023, 11, 30 }, .unit_id = unit_id };
  g_autoptr (GError) error = NULL;
  HxFigure *figure
      = hx_figure_read (hx_reader_connection (api->reader),
                        api->fixture->catalogue, key, &period, &error);

  if (figure == NULL)
    fail_msg ("%s: %s", key, error->message);
  return figure;
}

static const char *
text (const json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

static gint64
number (const json_t *object, const char *key)
{
  return json_integer_value (json_object_get (object, key));
}

static void
assert_figure (const json_t *object, const HxFigure *figure)
{
  assert_int_equal (number (object, "rows"), figure->rows);
  if (figure->is_void)
    assert_null (text (object, "value"));
  else
    assert_string_equal (text (object, "value"), figure->text);
}

/* Targets of the plan stand beside some of them. */
static void
every_figure_of_the_year_is_told (void **state)
{
  const Api *api = *state;
  json_t *list = ask (api->head, "/api/v1/indicators?year=2023");
  guint targets = 0, money = 0;

  assert_int_equal (json_array_size (list),
                    hx_catalogue_indicators (api->fixture->catalogue)->len);
  for (gsize i = 0; i < json_array_size (list); i++)
    {
      const json_t *one = json_array_get (list, i);
      g_autoptr (HxFigure) figure = kept (api, text (one, "key"), 0);

      assert_figure (one, figure);
      if (figure->indicator->is_money && !figure->is_void)
        {
          assert_int_equal (number (one, "fen"), figure->value.numerator);
          money++;
        }
      targets += text (one, "target") != NULL;
    }
  assert_in_range (targets, 1, json_array_size (list));
  assert_in_range (money, 1, json_array_size (list));
  json_decref (list);
}

/* Months of a count add up to its year; each unit's value is its own. */
static void
a_figure_spreads_over_months_and_units (void **state)
{
  const Api *api = *state;
  json_t *one = ask (api->head, "/api/v1/indicators/visits?year=2023");
  const json_t *months = json_object_get (one, "months");
  const json_t *units = json_object_get (one, "units");
  gint64 rows = 0;

  for (gsize i = 0; i < json_array_size (months); i++)
    rows += number (json_array_get (months, i), "rows");
  assert_int_equal (rows, number (one, "rows"));
  assert_in_range (json_array_size (units), 2, 200);
  for (gsize i = 0; i < json_array_size (units); i++)
    {
      const json_t *unit = json_array_get (units, i);
      g_autoptr (HxFigure) figure = kept (api, "visits", number (unit, "unit"));

      assert_figure (unit, figure);
    }
  json_decref (one);
}

static gint64
count_rows (const Visitor *visitor, const char *key)
{
  g_autofree char *cursor = NULL;
  gint64 rows = 0;

  do
    {
      g_autofree char *target = g_strdup_printf (
          "/api/v1/indicators/%s/rows?year=2023%s%s", key,
          cursor != NULL ? "&cursor=" : "", cursor != NULL ? cursor : "");
      json_t *page = ask (visitor, target);
      const char *next = text (page, "next");

      rows += (gint64)json_array_size (json_object_get (page, "items"));
      g_free (cursor);
      cursor = next != NULL ? g_uri_escape_string (next, NULL, FALSE) : NULL;
      json_decref (page);
    }
  while (cursor != NULL);
  return rows;
}

static void
its_rows_come_page_by_page (void **state)
{
  const Api *api = *state;
  g_autoptr (HxFigure) figure = kept (api, "visits", 0);

  assert_true (figure->rows > 100);
  assert_int_equal (count_rows (api->head, "visits"), figure->rows);
}

static void
a_liaison_counts_the_own_unit (void **state)
{
  const Api *api = *state;
  g_autoptr (HxFigure) own = kept (api, "visits", OWN_UNIT);
  g_autoptr (HxFigure) all = kept (api, "visits", 0);
  json_t *one = ask (api->liaison, "/api/v1/indicators/visits?year=2023");

  assert_figure (one, own);
  assert_true (own->rows < all->rows);
  json_decref (one);
}

static void
what_is_not_there_is_said (void **state)
{
  const Api *api = *state;
  g_autoptr (Answer) answer
      = visitor_get (api->head, "/api/v1/indicators/nothing?year=2023");
  g_autoptr (Answer) spoilt = visitor_get (
      api->head, "/api/v1/indicators/visits/rows?year=2023&cursor=x");

  assert_int_equal (answer->status, 404);
  assert_non_null (strstr (answer->body, "没有这个指标"));
  assert_int_equal (spoilt->status, 400);
  assert_non_null (strstr (spoilt->body, "cursor"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_figure_of_the_year_is_told),
    cmocka_unit_test (a_figure_spreads_over_months_and_units),
    cmocka_unit_test (its_rows_come_page_by_page),
    cmocka_unit_test (a_liaison_counts_the_own_unit),
    cmocka_unit_test (what_is_not_there_is_said),
  };

  return cmocka_run_group_tests (tests, setup, teardown);
}
