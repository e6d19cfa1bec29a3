/* The choices of display and of language.  They change nothing but a cookie of
 * this browser, so links are enough. */
#include "server/display.h"
#include "server/page.h"

#include <string.h>

#define COOKIE "display"
/* A year. */
#define COOKIE_REST "; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"

const HxDisplayChoice hx_display_choices[] = {
  { "type", "plain", N_ ("标准字号") },    { "type", "large", N_ ("大字") },
  { "colour", "auto", N_ ("随系统明暗") }, { "colour", "light", N_ ("浅色") },
  { "colour", "dark", N_ ("深色") },       { 0 }
};

static const HxDisplayChoice *
first_of (const char *name)
{
  const HxDisplayChoice *choice = hx_display_choices;

  while (choice->value != NULL && strcmp (choice->name, name) != 0)
    choice++;
  return choice;
}

/* The choice of that name that is in the cookie, else the first. */
static const HxDisplayChoice *
chosen (const HxCall *call, const char *name)
{
  const char *cookie
      = g_hash_table_lookup (hx_call_request (call)->cookies, COOKIE);
  g_auto (GStrv) words = NULL;

  if (cookie == NULL)
    return first_of (name);
  words = g_strsplit (cookie, "-", 8);
  for (const HxDisplayChoice *choice = first_of (name);
       choice->value != NULL && strcmp (choice->name, name) == 0; choice++)
    if (g_strv_contains ((const char *const *)words, choice->value))
      return choice;
  return first_of (name);
}

gboolean
hx_display_is (const HxCall *call, const char *name, const char *value)
{
  return g_strcmp0 (chosen (call, name)->value, value) == 0;
}

static char *
words_of (const char *type, const char *colour, const char *between)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (strcmp (type, "plain") != 0)
    g_string_append (words, type);
  if (strcmp (colour, "auto") != 0)
    g_string_append_printf (words, "%s%s", words->len > 0 ? between : "",
                            colour);
  if (words->len == 0)
    return NULL;
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
hx_display_class (const HxCall *call)
{
  return words_of (chosen (call, "type")->value, chosen (call, "colour")->value,
                   " ");
}

static const char *
way_back (const HxCall *call)
{
  const char *back = hx_call_text (call, "back");

  return hx_url_is_ours (back) && back[0] == '/' ? back : "/";
}

static gboolean
display_page (HxCall *call, GError **error G_GNUC_UNUSED)
{
  const char *type = hx_call_text (call, "type");
  const char *colour = hx_call_text (call, "colour");
  g_autofree char *words = NULL;
  g_autofree char *cookie = NULL;

  words = words_of (type != NULL ? type : chosen (call, "type")->value,
                    colour != NULL ? colour : chosen (call, "colour")->value,
                    "-");
  cookie = g_strconcat (COOKIE "=", words != NULL ? words : "plain",
                        COOKIE_REST, NULL);
  hx_call_header (call, "Set-Cookie", cookie);
  return hx_call_redirect (call, way_back (call), NULL);
}

static gboolean
language_page (HxCall *call, GError **error G_GNUC_UNUSED)
{
  g_autofree char *cookie
      = g_strconcat ("language=", hx_call_text (call, "to"), COOKIE_REST, NULL);

  hx_call_header (call, "Set-Cookie", cookie);
  return hx_call_redirect (call, way_back (call), NULL);
}

static const HxParameter display[]
    = { { "type", HX_IN_QUERY, HX_TYPE_CHOICE, .choices = "plain|large",
          .what = N_ ("字号") },
        { "colour", HX_IN_QUERY, HX_TYPE_CHOICE, .choices = "auto|light|dark",
          .what = N_ ("明暗") },
        { "back", HX_IN_QUERY, HX_TYPE_TEXT, .max = 2000,
          .what = N_ ("之后回到的页面") },
        { 0 } };

static const HxParameter language[]
    = { { "to", HX_IN_QUERY, HX_TYPE_CHOICE, HX_REQUIRED, .choices = "zh|en",
          .what = N_ ("语言") },
        { "back", HX_IN_QUERY, HX_TYPE_TEXT, .max = 2000,
          .what = N_ ("之后回到的页面") },
        { 0 } };

const HxRoute hx_routes_display[]
    = { { HX_METHOD_GET, "/display", "display_page", N_ ("字号与明暗"),
          HX_USER_ANYBODY,
          HX_ROUTE_PAGE | HX_ROUTE_PUBLIC | HX_ROUTE_UNCHANGED_PASSWORD,
          display, .handler = display_page },
        { HX_METHOD_GET, "/language", "language_page", N_ ("界面语言"),
          HX_USER_ANYBODY,
          HX_ROUTE_PAGE | HX_ROUTE_PUBLIC | HX_ROUTE_UNCHANGED_PASSWORD,
          language, .handler = language_page },
        { 0 } };
