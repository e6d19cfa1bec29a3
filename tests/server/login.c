#include "login.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

char *
login_prove (ServerFixture *fixture, const char *path, const char *headers)
{
  g_autoptr (Answer) answer = client_get (fixture->port, path, headers);
  const char *field = strstr (answer->body, "name=\"csrf\"");
  const char *value = field != NULL ? strstr (field, "value=\"") : NULL;
  if (value == NULL)
    {
      fail_msg ("%s: %u, no form", path, answer->status);
      return NULL;
    }
  value += strlen ("value=\"");
  return g_strdup_printf ("X-CSRF-Token: %.*s\r\n", (int)strcspn (value, "\""),
                          value);
}

char *
login_reading_token (ServerFixture *fixture, gint64 user_id)
{
  static const HxAuthor author = { "测试员", "试验" };
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  const HxTokenNew wanted = { .user_id = user_id, .label = "试验", .days = 1 };
  if (!hx_token_add (fixture->sessions, &author, &wanted, &token, &error))
    fail_msg ("%s", error->message);
  return g_strdup_printf ("Authorization: Bearer %s\r\n", token);
}
