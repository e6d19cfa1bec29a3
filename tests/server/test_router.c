/* Paths and routes: what is found, by which methods, with which values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "server/router.h"

static const HxRoute PEOPLE[] = {
  { HX_METHOD_GET, "/", "first", .summary = "" },
  { HX_METHOD_GET, "/people", "list", .summary = "" },
  { HX_METHOD_POST, "/people", "add", .summary = "" },
  { HX_METHOD_GET, "/people/{id}", "show", .summary = "" },
  { HX_METHOD_POST, "/people/{id}", "change", .summary = "" },
  { HX_METHOD_GET, "/people/new", "form", .summary = "" },
  { 0 },
};

static const HxRoute RECORDS[] = {
  { HX_METHOD_GET, "/records/{kind}/{id}", "record", .summary = "" },
  { HX_METHOD_GET, "/records/visit/new/{of}", "visit", .summary = "" },
  { HX_METHOD_GET, "/records/{kind}/new/all", "all", .summary = "" },
  { HX_METHOD_DELETE, "/records/{kind}/{id}", "void", .summary = "" },
  { HX_METHOD_GET, "/me", "me", .summary = "", .flags = HX_ROUTE_FREE },
  { 0 },
};

static const HxRoute *const TABLES[] = { PEOPLE, RECORDS, NULL };

#define GET (1u << HX_METHOD_GET)
#define POST (1u << HX_METHOD_POST)
#define DELETE (1u << HX_METHOD_DELETE)

typedef struct
{
  HxMethod method;
  const char *path;
  const char *name;   /* NULL: no route */
  const char *values; /* joined by a bar */
  guint allowed;
} Case;

static const Case CASES[] = {
  { HX_METHOD_GET, "/", "first", "", GET },
  { HX_METHOD_GET, "/people", "list", "", GET | POST },
  { HX_METHOD_POST, "/people", "add", "", GET | POST },
  { HX_METHOD_DELETE, "/people", NULL, "", GET | POST },
  { HX_METHOD_GET, "/people/12", "show", "12", GET | POST },
  { HX_METHOD_POST, "/people/12", "change", "12", GET | POST },
  { HX_METHOD_GET, "/people/new", "form", "", GET },
  { HX_METHOD_GET, "/people/张三", "show", "张三", GET | POST },
  { HX_METHOD_GET, "/people/", NULL, "", 0 },
  { HX_METHOD_GET, "/people/12/", NULL, "", 0 },
  { HX_METHOD_GET, "//people", NULL, "", 0 },
  { HX_METHOD_GET, "people", NULL, "", 0 },
  { HX_METHOD_GET, "", NULL, "", 0 },
  { HX_METHOD_GET, "/records", NULL, "", 0 },
  { HX_METHOD_GET, "/records/visit", NULL, "", 0 },
  { HX_METHOD_GET, "/records/visit/3", "record", "visit|3", GET | DELETE },
  { HX_METHOD_DELETE, "/records/visit/3", "void", "visit|3", GET | DELETE },
  { HX_METHOD_GET, "/records/aid/new/9", NULL, "", 0 },
  { HX_METHOD_GET, "/records/visit/new/9", "visit", "9", GET },
  { HX_METHOD_GET, "/records/aid/new/all", "all", "aid", GET },
  /* The literal segment first, even where the other knows more. */
  { HX_METHOD_GET, "/records/visit/new/all", "visit", "all", GET },
  /* A way through a literal that leads nowhere is given up. */
  { HX_METHOD_GET, "/records/visit/new", "record", "visit|new", GET | DELETE },
  { HX_METHOD_GET, "/me", NULL, "", 0 },
};

static void
a_path_leads_to_its_route_and_its_values (void **state)
{
  g_autoptr (HxRouter) router = hx_router_new (TABLES);
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      const Case *each = &CASES[i];
      g_auto (HxMatch) match = { .route = NULL };
      hx_router_find (router, each->method, each->path, &match);
      g_autofree char *values = g_strjoinv ("|", match.values);
      const char *name = match.route != NULL ? match.route->name : NULL;
      if (g_strcmp0 (name, each->name) != 0 || match.allowed != each->allowed
          || strcmp (values, each->values) != 0)
        fail_msg ("%s %s: %s, “%s”, %u", hx_method_name (each->method),
                  each->path, name, values, match.allowed);
    }
}

static void
a_path_of_very_many_segments_is_none (void **state)
{
  g_autoptr (HxRouter) router = hx_router_new (TABLES);
  g_autoptr (GString) path = g_string_new (NULL);
  g_auto (HxMatch) match = { .route = NULL };
  (void)state;
  for (guint i = 0; i < 5000; i++)
    g_string_append (path, "/x");
  hx_router_find (router, HX_METHOD_GET, path->str, &match);
  assert_null (match.route);
  assert_int_equal (match.allowed, 0);
}

/* A slow reading of the tables: segment by segment, no tree. */
static gboolean
fits (const char *pattern, const char *path)
{
  g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1);
  g_auto (GStrv) given = g_strsplit (path, "/", -1);
  gboolean fit = g_strv_length (wanted) == g_strv_length (given);
  for (guint i = 0; fit && wanted[i] != NULL; i++)
    fit = wanted[i][0] == '{' ? given[i][0] != '\0'
                              : strcmp (wanted[i], given[i]) == 0;
  return fit;
}

static gboolean
fits_any (const char *path)
{
  for (guint i = 0; TABLES[i] != NULL; i++)
    for (const HxRoute *route = TABLES[i]; route->path != NULL; route++)
      if ((route->flags & HX_ROUTE_FREE) == 0 && fits (route->path, path))
        return TRUE;
  return FALSE;
}

static void
the_tree_knows_the_paths_that_the_tables_know (void **state)
{
  static const char *const words[]
      = { "people", "records", "visit", "new", "all", "7", "", "me" };
  g_autoptr (HxRouter) router = hx_router_new (TABLES);
  g_autoptr (GRand) chance = g_rand_new_with_seed (6);
  (void)state;
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) path = g_string_new (NULL);
      g_auto (HxMatch) match = { .route = NULL };
      for (gint j = g_rand_int_range (chance, 1, 6); j > 0; j--)
        g_string_append_printf (
            path, "/%s",
            words[g_rand_int_range (chance, 0, G_N_ELEMENTS (words))]);
      hx_router_find (router, HX_METHOD_GET, path->str, &match);
      if ((match.allowed != 0) != fits_any (path->str))
        fail_msg ("%s: %u", path->str, match.allowed);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_path_leads_to_its_route_and_its_values),
    cmocka_unit_test (a_path_of_very_many_segments_is_none),
    cmocka_unit_test (the_tree_knows_the_paths_that_the_tables_know),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
