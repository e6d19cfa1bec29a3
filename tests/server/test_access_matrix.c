/* Who may do what: every role asks for every page and every operation, of a
 * server that listens, and is answered or refused as the tables say.
 *
 * Parameters of paths are made up by their type.  Changes are asked for
 * without anything in them: that they are refused for it, or find nothing,
 * shows that the role was let through. */
#include "login.h"

#include "server/route.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BY_ROLE "您的角色不能使用这个功能"
#define BY_TOKEN "这个令牌只能读，不能改"
#define BY_FORM "页面放得太久"
#define ROOT "/help"

typedef struct
{
  ServerFixture *fixture;
  /* Lines of headers of each role: the session's, and its token. */
  char *cookies[HX_USER_ROLES], *proofs[HX_USER_ROLES];
  gint64 ids[HX_USER_ROLES];
  GString *wrong; /* a line each */
  guint asked;
} Matrix;

/* --------------------------------------------------------------- questions */

static const HxParameter *
find_parameter (const HxRoute *route, const char *name)
{
  const HxParameter *each = route->parameters;
  for (; each != NULL && each->name != NULL; each++)
    if (strcmp (each->name, name) == 0)
      return each;
  return NULL;
}

/* Something that the type takes. */
static char *
make_up (const HxParameter *parameter)
{
  static const char *const values[] = {
    [HX_TYPE_TEXT] = "x",          [HX_TYPE_INTEGER] = "1",
    [HX_TYPE_ID] = "999999",       [HX_TYPE_YEAR] = "2023",
    [HX_TYPE_DATE] = "2023-05-01", [HX_TYPE_BOOL] = "1",
    [HX_TYPE_KIND] = "cadre",
  };
  if (parameter->type == HX_TYPE_CHOICE)
    return g_strndup (parameter->choices, strcspn (parameter->choices, "|"));
  return g_strdup (values[parameter->type]);
}

static char *
make_path (const HxRoute *route)
{
  g_auto (GStrv) segments = g_strsplit (route->path, "/", -1);
  for (guint i = 0; segments[i] != NULL; i++)
    {
      if (segments[i][0] != '{')
        continue;
      g_autofree char *name
          = g_strndup (segments[i] + 1, strlen (segments[i]) - 2);
      const HxParameter *parameter = find_parameter (route, name);
      g_free (segments[i]);
      segments[i] = make_up (parameter);
    }
  return g_strjoinv ("/", segments);
}

static Answer *
ask (Matrix *matrix, const HxRoute *route, const char *headers)
{
  g_autofree char *path = make_path (route);
  const gboolean is_safe = route->method == HX_METHOD_GET;
  matrix->asked++;
  return client_ask (matrix->fixture->port,
                     &(Question){ .method = hx_method_name (route->method),
                                  .target = path,
                                  .headers = headers,
                                  .body = is_safe ? NULL : "" });
}

static void
complain (Matrix *matrix, const HxRoute *route, const char *who,
          const char *what, const Answer *answer)
{
  g_string_append_printf (matrix->wrong, "%-10s %-6s %-40s %s: %u\n", who,
                          hx_method_name (route->method), route->path, what,
                          answer->status);
}

static gboolean
is_at_login (const Answer *answer)
{
  const char *location = answer_header (answer, "location");
  return answer->status == 303 && location != NULL
         && g_str_has_prefix (location, "/login");
}

static gboolean
is_refused (const Answer *answer, const char *text)
{
  return answer->status == 403 && strstr (answer->body, text) != NULL;
}

typedef void (*Trial) (Matrix *matrix, const HxRoute *route);

static void
each_route (Matrix *matrix, Trial trial)
{
  for (guint i = 0; hx_routes[i] != NULL; i++)
    for (const HxRoute *route = hx_routes[i]; route->path != NULL; route++)
      if ((route->flags & HX_ROUTE_FREE) == 0)
        trial (matrix, route);
  if (matrix->wrong->len > 0)
    fail_msg ("\n%s", matrix->wrong->str);
}

/* ------------------------------------------------------------------ trials */

static void
log_in_again (Matrix *matrix, guint role)
{
  g_free (matrix->cookies[role]);
  g_free (matrix->proofs[role]);
  matrix->cookies[role]
      = server_fixture_cookie (matrix->fixture, hx_user_role_key (role));
  matrix->proofs[role]
      = login_prove (matrix->fixture, ROOT, matrix->cookies[role]);
}

/* Where the change ended the session, the next is asked in another. */
static Answer *
ask_as (Matrix *matrix, const HxRoute *route, guint role)
{
  g_autofree char *headers
      = g_strconcat (matrix->cookies[role], matrix->proofs[role], NULL);
  Answer *answer = ask (matrix, route, headers);
  if (!is_at_login (answer) && answer->status != 401)
    return answer;
  answer_free (answer);
  log_in_again (matrix, role);
  g_autofree char *again
      = g_strconcat (matrix->cookies[role], matrix->proofs[role], NULL);
  return ask (matrix, route, again);
}

static void
by_role (Matrix *matrix, const HxRoute *route)
{
  for (guint role = 0; role < HX_USER_ROLES; role++)
    {
      g_autoptr (Answer) answer = ask_as (matrix, route, role);
      const gboolean may = (route->roles & 1u << role) != 0
                           || (route->flags & HX_ROUTE_PUBLIC) != 0;
      const char *who = hx_user_role_key (role);
      if (may && (is_refused (answer, BY_ROLE) || is_refused (answer, BY_FORM)))
        complain (matrix, route, who, "is refused", answer);
      if (may && answer->status >= 500)
        complain (matrix, route, who, "breaks", answer);
      if (!may && !is_refused (answer, BY_ROLE))
        complain (matrix, route, who, "is let through", answer);
    }
}

static void
by_nobody (Matrix *matrix, const HxRoute *route)
{
  g_autoptr (Answer) answer = ask (matrix, route, NULL);
  const gboolean sent_away = (route->flags & HX_ROUTE_API) != 0
                                 ? answer->status == 401
                                 : is_at_login (answer);
  if ((route->flags & HX_ROUTE_PUBLIC) == 0 && !sent_away)
    complain (matrix, route, "nobody", "is let through", answer);
  if ((route->flags & HX_ROUTE_PUBLIC) != 0 && answer->status >= 500)
    complain (matrix, route, "nobody", "breaks", answer);
}

static void
without_proof (Matrix *matrix, const HxRoute *route)
{
  guint role = 0;
  while (role < HX_USER_ROLES && (route->roles & 1u << role) == 0)
    role++;
  if (route->method == HX_METHOD_GET || role == HX_USER_ROLES)
    return;
  g_autoptr (Answer) answer = ask (matrix, route, matrix->cookies[role]);
  if (is_at_login (answer) || answer->status == 401)
    log_in_again (matrix, role);
  else if (!is_refused (answer, BY_FORM))
    complain (matrix, route, hx_user_role_key (role), "needs no token", answer);
}

static void
from_elsewhere (Matrix *matrix, const HxRoute *route)
{
  g_autoptr (Answer) answer = NULL;
  if (route->method == HX_METHOD_GET || (route->flags & HX_ROUTE_PUBLIC) == 0)
    return;
  answer = ask (matrix, route, "Origin: https://elsewhere.example\r\n");
  if (answer->status != 403)
    complain (matrix, route, "nobody", "may be sent from elsewhere", answer);
}

static void
by_a_token_that_reads (Matrix *matrix, const HxRoute *route)
{
  guint role = 0;
  while (role < HX_USER_ROLES && (route->roles & 1u << role) == 0)
    role++;
  if ((route->flags & HX_ROUTE_API) == 0 || role == HX_USER_ROLES)
    return;
  g_autofree char *token
      = login_reading_token (matrix->fixture, matrix->ids[role]);
  g_autoptr (Answer) answer = ask (matrix, route, token);
  const gboolean is_safe = route->method == HX_METHOD_GET;
  if (is_safe && (answer->status == 401 || is_refused (answer, BY_TOKEN)))
    complain (matrix, route, "token", "cannot read", answer);
  if (!is_safe && !is_refused (answer, BY_TOKEN))
    complain (matrix, route, "token", "writes", answer);
}

/* ------------------------------------------------------------------- tests */

static int
setup (void **state)
{
  Matrix *matrix = g_new0 (Matrix, 1);
  matrix->fixture = server_fixture_new (FALSE, NULL);
  matrix->wrong = g_string_new (NULL);
  for (guint role = 0; role < HX_USER_ROLES; role++)
    {
      matrix->ids[role] = server_fixture_user (
          matrix->fixture, hx_user_role_key (role), 1u << role, 0);
      log_in_again (matrix, role);
    }
  *state = matrix;
  return 0;
}

static int
teardown (void **state)
{
  Matrix *matrix = *state;
  for (guint role = 0; role < HX_USER_ROLES; role++)
    {
      g_free (matrix->cookies[role]);
      g_free (matrix->proofs[role]);
    }
  server_fixture_free (matrix->fixture);
  g_string_free (matrix->wrong, TRUE);
  g_free (matrix);
  return 0;
}

static void
each_role_is_answered_or_refused_as_the_tables_say (void **state)
{
  Matrix *matrix = *state;
  each_route (matrix, by_role);
  print_message ("%u questions\n", matrix->asked);
}

static void
who_is_nobody_is_sent_to_the_login (void **state)
{
  each_route (*state, by_nobody);
}

static void
a_change_needs_the_token_of_its_session (void **state)
{
  each_route (*state, without_proof);
}

static void
a_public_form_is_not_taken_from_elsewhere (void **state)
{
  each_route (*state, from_elsewhere);
}

static void
a_token_that_reads_changes_nothing (void **state)
{
  each_route (*state, by_a_token_that_reads);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_role_is_answered_or_refused_as_the_tables_say),
    cmocka_unit_test (who_is_nobody_is_sent_to_the_login),
    cmocka_unit_test (a_change_needs_the_token_of_its_session),
    cmocka_unit_test (a_public_form_is_not_taken_from_elsewhere),
    cmocka_unit_test (a_token_that_reads_changes_nothing),
  };
  return cmocka_run_group_tests (tests, setup, teardown);
}
