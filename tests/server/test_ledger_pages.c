/* Ledgers in pages: every form gives back the row that it shows, faults and
 * other people's changes are said, imports are those of the command. */
#include "login.h"

#include "exchange/exchange.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct
{
  ServerFixture *server;
  char *clerk, *head; /* lines of headers */
  char *proof;        /* of the clerk */
} Fixture;

static int
setup (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->server
      = server_fixture_new (TRUE, &(HxServerOptions){ .rate = 100000 });
  server_fixture_user (fixture->server, "clerk",
                       HX_USER_CLERK | HX_USER_FINANCE, 0);
  server_fixture_user (fixture->server, "head", HX_USER_SECTION, 0);
  fixture->clerk = server_fixture_cookie (fixture->server, "clerk");
  fixture->head = server_fixture_cookie (fixture->server, "head");
  *state = fixture;
  return 0;
}

static int
teardown (void **state)
{
  Fixture *fixture = *state;

  server_fixture_free (fixture->server);
  g_free (fixture->clerk);
  g_free (fixture->head);
  g_free (fixture->proof);
  g_free (fixture);
  return 0;
}

static gint64
read_integer (const Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader
      = hx_store_reader (fixture->server->store, &error);
  gint64 value = 0;

  assert_non_null (reader);
  assert_true (
      hx_query_integer (hx_reader_connection (reader), sql, 0, &value, &error));
  return value;
}

static Answer *
get (const Fixture *fixture, const char *target)
{
  return client_get (fixture->server->port, target, fixture->clerk);
}

static Answer *
post (const Fixture *fixture, const char *login, const char *target,
      const char *body)
{
  g_autofree char *headers = g_strconcat (
      login, "Content-Type: application/x-www-form-urlencoded\r\n", NULL);

  return client_ask (fixture->server->port, &(Question){ .method = "POST",
                                                         .target = target,
                                                         .headers = headers,
                                                         .body = body });
}

/* ---------------------------------------------------------- reading a form */

static char *
plain (const char *text)
{
  GString *out = g_string_new (text);

  g_string_replace (out, "&lt;", "<", 0);
  g_string_replace (out, "&gt;", ">", 0);
  g_string_replace (out, "&quot;", "\"", 0);
  g_string_replace (out, "&#39;", "'", 0);
  g_string_replace (out, "&amp;", "&", 0);
  return g_string_free (out, FALSE);
}

static char *
attribute (const char *tag, const char *name)
{
  g_autofree char *pattern = g_strdup_printf (" %s=\"([^\"]*)\"", name);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *value = NULL;

  if (!g_regex_match (regex, tag, 0, &match))
    return NULL;
  value = g_match_info_fetch (match, 1);
  return plain (value);
}

static void
add (GString *body, const char *name, const char *value)
{
  g_autofree char *key = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *text = g_uri_escape_string (value, NULL, FALSE);

  g_string_append_printf (body, "%s%s=%s", body->len > 0 ? "&" : "", key, text);
}

static gboolean
is_sent (const char *name)
{
  return name != NULL
         && (g_str_has_prefix (name, "f.") || g_str_equal (name, "csrf")
             || g_str_equal (name, "version"));
}

static void
take_input (GString *body, const char *tag)
{
  g_autofree char *name = attribute (tag, "name");
  g_autofree char *value = attribute (tag, "value");
  g_autofree char *type = attribute (tag, "type");
  const gboolean is_box
      = g_strcmp0 (type, "radio") == 0 || g_strcmp0 (type, "checkbox") == 0;

  if (is_sent (name) && (!is_box || strstr (tag, " checked") != NULL))
    add (body, name, value != NULL ? value : "");
}

static void
take_select (GString *body, const char *tag, const char *inside)
{
  g_autofree char *name = attribute (tag, "name");
  const char *selected = strstr (inside, "\" selected");
  const char *option = selected;
  g_autofree char *value = NULL;

  if (!is_sent (name))
    return;
  if (selected == NULL)
    option = strstr (inside, "<option ");
  else
    while (option > inside && strncmp (option, "<option ", 8) != 0)
      option--;
  if (option != NULL)
    value = attribute (option, "value");
  add (body, name, value != NULL ? value : "");
}

/* What a browser would send of the form that holds fields "f.…". */
static char *
body_of (const char *page)
{
  g_autoptr (GRegex) regex
      = g_regex_new ("<input([^>]*)>|<select([^>]*)>(.*?)</select>"
                     "|<textarea([^>]*)>(.*?)</textarea>",
                     G_REGEX_DOTALL, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  const char *form = strstr (page, "name=\"f.");
  GString *body = g_string_new (NULL);

  assert_non_null (form);
  while (strncmp (form, "<form", 5) != 0)
    form--;
  g_regex_match (regex, form, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *input = g_match_info_fetch (match, 1);
      g_autofree char *list = g_match_info_fetch (match, 2);
      g_autofree char *inside = g_match_info_fetch (match, 3);
      g_autofree char *area = g_match_info_fetch (match, 4);
      g_autofree char *text = g_match_info_fetch (match, 5);
      g_autofree char *name = area != NULL ? attribute (area, "name") : NULL;
      g_autofree char *value = text != NULL ? plain (text) : NULL;

      if (input != NULL && *input != '\0')
        take_input (body, input);
      else if (list != NULL && *list != '\0')
        take_select (body, list, inside);
      else if (is_sent (name))
        add (body, name, value);
    }
  return g_string_free (body, FALSE);
}

/* The same with one field another. */
static char *
with (const char *body, const char *name, const char *value)
{
  g_auto (GStrv) pairs = g_strsplit (body, "&", -1);
  g_autofree char *prefix = g_strconcat (name, "=", NULL);
  GString *out = g_string_new (NULL);

  for (char **pair = pairs; *pair != NULL; pair++)
    if (!g_str_has_prefix (*pair, prefix))
      g_string_append_printf (out, "%s%s", out->len > 0 ? "&" : "", *pair);
  add (out, name, value);
  return g_string_free (out, FALSE);
}

/* ------------------------------------------------------------- every kind */

/* FALSE: the user may not change it, or there is none. */
static gboolean
gives_back (const Fixture *fixture, const HxKind *kind)
{
  g_autofree char *newest
      = g_strdup_printf ("SELECT max(id) FROM %s WHERE void = 0", kind->table);
  const gint64 id = read_integer (fixture, newest);
  g_autofree char *target = g_strdup_printf (
      "/ledgers/%s/%" G_GINT64_FORMAT "/edit", kind->key, id);
  const gint64 entries
      = read_integer (fixture, "SELECT max(seq) FROM change_log");
  g_autoptr (Answer) page = NULL;
  g_autoptr (Answer) sent = NULL;
  g_autofree char *body = NULL;

  if (id == 0)
    return FALSE;
  page = get (fixture, target);
  if (page->status == 403 || page->status == 404)
    return FALSE;
  assert_int_equal (page->status, 200);
  body = body_of (page->body);
  sent = post (fixture, fixture->clerk, target, body);
  if (sent->status != 303)
    fail_msg ("%s: %u: %s", target, sent->status, sent->body);
  if (read_integer (fixture, "SELECT max(seq) FROM change_log") != entries)
    fail_msg ("%s: was changed by its own form", target);
  return TRUE;
}

static void
each_form_gives_back_the_row_that_it_shows (void **state)
{
  const Fixture *fixture = *state;
  const GPtrArray *kinds = hx_catalogue_kinds (fixture->server->catalogue);

  guint count = 0;

  for (guint i = 0; i < kinds->len; i++)
    count += gives_back (fixture, kinds->pdata[i]) ? 1 : 0;
  assert_in_range (count, 40, kinds->len);
}

static void
each_list_new_form_and_row_is_a_page (void **state)
{
  static const char *const ends[]
      = { "", "/new", "/1", "?sort=-id", "/import" };
  const Fixture *fixture = *state;
  const GPtrArray *kinds = hx_catalogue_kinds (fixture->server->catalogue);

  for (guint i = 0; i < kinds->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (ends); k++)
      {
        const HxKind *kind = kinds->pdata[i];
        g_autofree char *target
            = g_strconcat ("/ledgers/", kind->key, ends[k], NULL);
        g_autoptr (Answer) answer = get (fixture, target);

        if (answer->status != 200 && answer->status != 404
            && answer->status != 403)
          fail_msg ("%s: %u", target, answer->status);
      }
}

/* ------------------------------------------------------------------- edits */

static void
a_fault_stands_at_its_field_and_what_was_written_stays (void **state)
{
  const Fixture *fixture = *state;
  g_autoptr (Answer) page = get (fixture, "/ledgers/visit/1/edit");
  g_autofree char *body = body_of (page->body);
  g_autofree char *wrong = with (body, "f.gift", "很多");
  g_autoptr (Answer) sent
      = post (fixture, fixture->clerk, "/ledgers/visit/1/edit", wrong);

  assert_int_equal (sent->status, 422);
  assert_non_null (strstr (sent->body, "id=\"i-f.gift-fault\""));
  assert_non_null (strstr (sent->body, "name=\"f.gift\" value=\"很多\""));
}

static void
a_change_of_somebody_else_is_said_before_it_is_written_over (void **state)
{
  static const char target[] = "/ledgers/visit/2/edit";
  const Fixture *fixture = *state;
  g_autoptr (Answer) mine = get (fixture, target);
  g_autoptr (Answer) theirs
      = client_get (fixture->server->port, target, fixture->head);
  g_autofree char *my_body = body_of (mine->body);
  g_autofree char *their_body = body_of (theirs->body);
  g_autofree char *their_change = with (their_body, "f.gift", "888");
  g_autofree char *my_change = with (my_body, "f.note", "我写的");
  g_autoptr (Answer) first
      = post (fixture, fixture->head, target, their_change);
  g_autoptr (Answer) refused
      = post (fixture, fixture->clerk, target, my_change);
  g_autofree char *again = NULL;
  g_autoptr (Answer) done = NULL;

  assert_int_equal (first->status, 303);
  assert_int_equal (refused->status, 409);
  assert_non_null (strstr (refused->body, "888"));
  assert_non_null (strstr (refused->body, "我写的"));
  again = body_of (refused->body);
  done = post (fixture, fixture->clerk, target, again);
  assert_int_equal (done->status, 303);
  assert_int_equal (
      read_integer (fixture, "SELECT gift FROM rec_visit WHERE id = 2"), 88800);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM rec_visit"
                                           " WHERE id = 2 AND note = '我写的'"),
                    1);
}

static void
a_second_visit_on_a_day_is_asked_about_first (void **state)
{
  const Fixture *fixture = *state;
  g_autoptr (Answer) page = get (fixture, "/ledgers/visit/new?f.cadre=%231");
  g_autofree char *body = body_of (page->body);
  g_autofree char *dated = with (body, "f.date", "2023-10-10");
  g_autofree char *one = with (dated, "f.occasion", "festival");
  g_autofree char *two = with (dated, "f.occasion", "hospital");
  g_autofree char *meant = with (two, "repeat", "1");
  g_autoptr (Answer) first
      = post (fixture, fixture->clerk, "/ledgers/visit/new", one);
  g_autoptr (Answer) held
      = post (fixture, fixture->clerk, "/ledgers/visit/new", two);
  g_autoptr (Answer) done
      = post (fixture, fixture->clerk, "/ledgers/visit/new", meant);

  assert_int_equal (first->status, 303);
  assert_int_equal (held->status, 409);
  assert_non_null (strstr (held->body, "name=\"repeat\""));
  assert_int_equal (done->status, 303);
}

/* ------------------------------------------------------------------- lists */

static void
a_list_goes_on_behind_its_last_row_without_losing_one (void **state)
{
  static const char *const sorts[] = { "id", "-date", "gift", "-occasion" };
  const Fixture *fixture = *state;
  const gint64 rows
      = read_integer (fixture, "SELECT count(*) FROM rec_visit WHERE void = 0");

  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      g_autoptr (GHashTable) seen
          = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autoptr (GRegex) row
          = g_regex_new ("href=\"(/ledgers/visit/[0-9]+)\"", 0, 0, NULL);
      g_autoptr (GRegex) next
          = g_regex_new ("href=\"([^\"]*cursor=[^\"]*)\"", 0, 0, NULL);
      g_autofree char *target
          = g_strconcat ("/ledgers/visit?sort=", sorts[i], NULL);

      while (target != NULL)
        {
          g_autoptr (Answer) page = get (fixture, target);
          g_autoptr (GMatchInfo) match = NULL;
          g_autoptr (GMatchInfo) more = NULL;
          g_autofree char *url = NULL;

          assert_int_equal (page->status, 200);
          g_regex_match (row, page->body, 0, &match);
          for (; g_match_info_matches (match); g_match_info_next (match, NULL))
            g_hash_table_add (seen, g_match_info_fetch (match, 1));
          url = g_regex_match (next, page->body, 0, &more)
                    ? g_match_info_fetch (more, 1)
                    : NULL;
          g_free (target);
          target = url != NULL ? plain (url) : NULL;
        }
      assert_int_equal (g_hash_table_size (seen), rows);
    }
}

static void
an_export_holds_what_the_list_shows_and_is_noted (void **state)
{
  const Fixture *fixture = *state;
  const gint64 notes = read_integer (
      fixture, "SELECT count(*) FROM change_log WHERE action = 'export'");
  const gint64 rows
      = read_integer (fixture, "SELECT count(*) FROM rec_visit WHERE void = 0"
                               " AND occasion = 'birthday'");
  g_autoptr (Answer) answer = get (
      fixture, "/ledgers/visit/export?where=occasion%3Dbirthday&format=csv");
  gint64 lines = 0;

  assert_int_equal (answer->status, 200);
  for (gsize i = 0; i < answer->size; i++)
    lines += answer->body[i] == '\n' ? 1 : 0;
  assert_int_equal (lines, rows + 1);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM change_log"
                                           " WHERE action = 'export'"),
                    notes + 1);
}

/* ------------------------------------------------------------------ import */

static const char csv[] = "人员编号,走访日期,走访事由,金额,说明\n"
                          "LW0000001,2023-09-01,节日慰问,300,一\n"
                          "LW0000002,2023-09-02,节日慰问,很多,二\n"
                          "LW0000003,2023-09-03,生日,500,三\n";

static char *
upload (const Fixture *fixture)
{
  g_autofree char *body
      = g_strconcat ("--B\r\nContent-Disposition: form-data; name=\"table\";"
                     " filename=\"走访.csv\"\r\n\r\n",
                     csv, "\r\n--B--\r\n", NULL);
  g_autofree char *headers
      = g_strconcat (fixture->clerk, fixture->proof,
                     "Content-Type: multipart/form-data; boundary=B\r\n", NULL);
  g_autoptr (Answer) answer = client_ask (
      fixture->server->port, &(Question){ .method = "POST",
                                          .target = "/ledgers/visit/import",
                                          .headers = headers,
                                          .body = body });

  assert_int_equal (answer->status, 303);
  return g_strdup (answer_header (answer, "location"));
}

static Answer *
press (const Fixture *fixture, const char *where, const char *verb)
{
  g_autofree char *target = g_strconcat (where, "/", verb, NULL);
  g_autofree char *headers = g_strconcat (
      fixture->clerk, fixture->proof,
      "Content-Type: application/x-www-form-urlencoded\r\n", NULL);

  return client_ask (fixture->server->port, &(Question){ .method = "POST",
                                                         .target = target,
                                                         .headers = headers,
                                                         .body = "x=1" });
}

static void
a_file_is_shown_tried_and_imported_as_by_the_command (void **state)
{
  Fixture *fixture = *state;
  const gint64 rows = read_integer (fixture, "SELECT count(*) FROM rec_visit");
  g_autofree char *where = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (Answer) columns = NULL;
  g_autoptr (Answer) trial = NULL;
  g_autoptr (Answer) done = NULL;
  g_autoptr (Answer) failed = NULL;

  fixture->proof
      = login_prove (fixture->server, "/ledgers/visit/import", fixture->clerk);
  where = upload (fixture);
  columns = get (fixture, where);
  assert_int_equal (columns->status, 200);
  assert_non_null (strstr (columns->body, "慰问金"));
  trial = press (fixture, where, "try");
  assert_int_equal (trial->status, 200);
  assert_non_null (strstr (trial->body, "试运行，什么都还没有写入"));
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM rec_visit"),
                    rows);
  done = press (fixture, where, "run");
  assert_int_equal (done->status, 200);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM rec_visit"),
                    rows + 2);
  assert_int_equal (read_integer (fixture,
                                  "SELECT count(*) FROM change_log"
                                  " WHERE actor = 'clerk' AND action = 'add'"
                                  " AND request = '走访.csv'"),
                    2);
  errors = g_strconcat (where, "/errors", NULL);
  failed = get (fixture, errors);
  assert_int_equal (failed->status, 200);
  assert_memory_equal (failed->body, "PK", 2);
  g_autoptr (Answer) others
      = client_get (fixture->server->port, where, fixture->head);
  assert_int_equal (others->status, 404);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_form_gives_back_the_row_that_it_shows),
    cmocka_unit_test (each_list_new_form_and_row_is_a_page),
    cmocka_unit_test (a_list_goes_on_behind_its_last_row_without_losing_one),
    cmocka_unit_test (an_export_holds_what_the_list_shows_and_is_noted),
    cmocka_unit_test (a_fault_stands_at_its_field_and_what_was_written_stays),
    cmocka_unit_test (
        a_change_of_somebody_else_is_said_before_it_is_written_over),
    cmocka_unit_test (a_second_visit_on_a_day_is_asked_about_first),
    cmocka_unit_test (a_file_is_shown_tried_and_imported_as_by_the_command),
  };

  return cmocka_run_group_tests (tests, setup, teardown);
}
