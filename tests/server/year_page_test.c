#include "year_page_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

Visitor *
visitor_new (ServerFixture *fixture, HxUserRoles roles, gint64 unit_id)
{
  Visitor *visitor = g_new0 (Visitor, 1);
  g_autofree char *name = g_strdup_printf ("u%u.%d", roles, (int)unit_id);

  server_fixture_user (fixture, name, roles, unit_id);
  visitor->fixture = fixture;
  visitor->cookie = server_fixture_cookie (fixture, name);
  return visitor;
}

void
visitor_free (Visitor *visitor)
{
  if (visitor == NULL)
    return;
  g_free (visitor->cookie);
  g_free (visitor);
}

Answer *
visitor_get (const Visitor *visitor, const char *target)
{
  return client_get (visitor->fixture->port, target, visitor->cookie);
}

char *
visitor_page (const Visitor *visitor, const char *target)
{
  g_autoptr (Answer) answer = visitor_get (visitor, target);

  if (answer->status != 200)
    fail_msg ("%s: %u: %s", target, answer->status, answer->body);
  assert_true (g_str_has_suffix (g_strchomp (answer->body), "</html>"));
  return g_strdup (answer->body);
}

/* ------------------------------------------------------------------- sending
 */

/* The value of an attribute, with the few entities that there are. */
static char *
attribute (const char *tag, gsize size, const char *name)
{
  g_autofree char *text = g_strndup (tag, size);
  g_autofree char *mark = g_strdup_printf (" %s=\"", name);
  const char *from = strstr (text, mark);
  const char *end;
  GString *value;

  if (from == NULL)
    return NULL;
  from += strlen (mark);
  end = strchr (from, '"');
  value = g_string_new_len (from, end - from);
  g_string_replace (value, "&quot;", "\"", 0);
  g_string_replace (value, "&#39;", "'", 0);
  g_string_replace (value, "&lt;", "<", 0);
  g_string_replace (value, "&gt;", ">", 0);
  g_string_replace (value, "&amp;", "&", 0);
  return g_string_free (value, FALSE);
}

static void
add_hidden (GString *body, const char *form)
{
  const char *end = strstr (form, "</form>");

  for (const char *at = strstr (form, "<input"); at != NULL && at < end;
       at = strstr (at + 1, "<input"))
    {
      const gsize size = (gsize)(strchr (at, '>') - at);
      g_autofree char *type = attribute (at, size, "type");
      g_autofree char *name = attribute (at, size, "name");
      g_autofree char *value = attribute (at, size, "value");
      g_autofree char *encoded
          = g_uri_escape_string (value != NULL ? value : "", NULL, FALSE);

      if (g_strcmp0 (type, "hidden") == 0)
        g_string_append_printf (body, "&%s=%s", name, encoded);
    }
}

/* The form of the page that is sent to the page's own address. */
static const char *
find_form (const char *page, const char *target)
{
  g_autofree char *path = g_strndup (target, strcspn (target, "?"));
  g_autofree char *mark = g_strdup_printf ("<form action=\"%s", path);
  const char *form = strstr (page, mark);

  while (form != NULL && strstr (form, "method=\"post\"") > strchr (form, '>'))
    form = strstr (form + 1, mark);
  if (form == NULL)
    fail_msg ("no form is sent to %s", target);
  return form;
}

Answer *
visitor_send (const Visitor *visitor, const char *target, const char *fields)
{
  g_autofree char *page = visitor_page (visitor, target);
  g_autofree char *headers = g_strdup_printf (
      "%sContent-Type: application/x-www-form-urlencoded\r\n", visitor->cookie);
  g_autoptr (GString) body = g_string_new (fields);
  const Question question = { "POST", target, headers, NULL };
  Question whole = question;

  add_hidden (body, find_form (page, target));
  whole.body = body->str;
  return client_ask (visitor->fixture->port, &whole);
}

/* ------------------------------------------------------------------ asserting
 */

void
assert_page_has (const char *page, const char *text)
{
  if (strstr (page, text) == NULL)
    fail_msg ("“%s” is not in the page: %s", text, page);
}

void
assert_page_lacks (const char *page, const char *text)
{
  if (strstr (page, text) != NULL)
    fail_msg ("“%s” is in the page", text);
}
