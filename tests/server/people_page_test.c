#include "people_page_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

HxRow *
people_row (People *people, const char *kind, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader
      = hx_store_reader (people->fixture->store, &error);
  HxRow *row
      = hx_row_new (hx_catalogue_kind (people->fixture->catalogue, kind));

  if (reader == NULL
      || !hx_row_load (hx_reader_connection (reader), row, id, &error))
    fail_msg ("%s", error->message);
  return row;
}

const char *
people_value (const HxRow *row, const char *key)
{
  const HxField *field = hx_kind_field (row->kind, key);

  assert_non_null (field);
  return row->values[field->index].filled ? row->values[field->index].text
                                          : NULL;
}

gboolean
people_reach (const People *people, gint64 unit_id)
{
  for (guint i = 0; i < people->units->len; i++)
    if (g_array_index (people->units, gint64, i) == unit_id)
      return TRUE;
  return FALSE;
}

/* The street and what hangs below it, level by level. */
static void
find_units (People *people)
{
  gint64 unit = OWN_UNIT;

  people->units = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (people->units, unit);
  for (guint i = 0; i < people->units->len; i++)
    {
      HxStatement *statement = hx_statement (
          people->connection,
          "SELECT id FROM reg_unit WHERE bureau_id = 1 AND parent = ?1", NULL);

      hx_bind_integer (statement, 1, g_array_index (people->units, gint64, i));
      while (hx_step (statement, NULL) == HX_STEP_ROW)
        {
          unit = hx_column_integer (statement, 0);
          g_array_append_val (people->units, unit);
        }
    }
}

static gint64
somebody (People *people, const char *sign)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT min (id) FROM reg_cadre WHERE bureau_id = 1 AND void = 0 AND"
      " until IS NULL AND phone IS NOT NULL AND unit_id %s %d",
      sign, OWN_UNIT);
  gint64 id = 0;

  assert_true (hx_query_integer (people->connection, sql, 0, &id, NULL));
  assert_int_not_equal (id, 0);
  return id;
}

int
people_setup (void **state)
{
  People *people = g_new0 (People, 1);

  people->fixture = server_fixture_new (TRUE, NULL);
  people->clerk = visitor_new (people->fixture, HX_USER_CLERK, 0);
  people->liaison = visitor_new (people->fixture, HX_USER_LIAISON, OWN_UNIT);
  people->reader = hx_store_reader (people->fixture->store, NULL);
  assert_non_null (people->reader);
  people->connection = hx_reader_connection (people->reader);
  find_units (people);
  people->own = somebody (people, "=");
  people->other = somebody (people, "<>");
  *state = people;
  return 0;
}

int
people_teardown (void **state)
{
  People *people = *state;

  hx_reader_free (people->reader);
  g_array_unref (people->units);
  visitor_free (people->clerk);
  visitor_free (people->liaison);
  server_fixture_free (people->fixture);
  g_free (people);
  return 0;
}

json_t *
people_json (const Visitor *visitor, const char *target)
{
  g_autoptr (Answer) answer = visitor_get (visitor, target);
  json_error_t wrong;
  json_t *json;

  if (answer->status != 200)
    fail_msg ("%s: %u: %s", target, answer->status, answer->body);
  json = json_loads (answer->body, JSON_REJECT_DUPLICATES, &wrong);
  if (json == NULL)
    fail_msg ("%s: %s: %s", target, wrong.text, answer->body);
  return json;
}

guint
people_status (const Visitor *visitor, const char *target)
{
  g_autoptr (Answer) answer = visitor_get (visitor, target);

  return answer->status;
}

Answer *
people_post (Visitor *visitor, const char *target, const char *body)
{
  g_autofree char *headers = NULL;
  g_autofree char *proof = NULL;
  Question question = { "POST", target, NULL, body };

  proof = login_prove (visitor->fixture, "/people/new", visitor->cookie);
  headers = g_strdup_printf (
      "%s%sContent-Type: application/x-www-form-urlencoded\r\n",
      visitor->cookie, proof);
  question.headers = headers;
  return client_ask (visitor->fixture->port, &question);
}
