/* What the tables declare. */
#include "server/route.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

static void
collect (const char *finding, gpointer data)
{
  g_string_append_printf (data, "%s\n", finding);
}

static void
the_tables_do_not_contradict_themselves (void **state)
{
  g_autoptr (GString) findings = g_string_new (NULL);
  (void)state;
  hx_routes_check (collect, findings);
  if (findings->len > 0)
    fail_msg ("\n%s", findings->str);
}

static gsize
count_operations (void)
{
  gsize count = 0;
  for (guint i = 0; hx_routes[i] != NULL; i++)
    for (const HxRoute *route = hx_routes[i]; route->path != NULL; route++)
      count += (route->flags & HX_ROUTE_API) != 0 ? 1 : 0;
  return count;
}

static json_t *
describe (HxLanguage language)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxCatalogue) catalogue
      = hx_catalogue_load_folder (HX_TEST_CATALOGUE, &error);
  g_autoptr (GString) text = g_string_new (NULL);
  json_error_t fault;
  assert_null (error);
  hx_language_set (language);
  hx_routes_openapi (catalogue, text);
  hx_language_set (HX_LANGUAGE_CHINESE);
  json_t *document = json_loads (text->str, JSON_REJECT_DUPLICATES, &fault);
  if (document == NULL)
    fail_msg ("%d: %s", fault.position, fault.text);
  return document;
}

static void
the_description_holds_every_operation (void **state)
{
  json_t *document = describe (HX_LANGUAGE_CHINESE);
  json_t *path, *operation;
  const char *name, *method;
  gsize count = 0;
  (void)state;
  json_object_foreach (json_object_get (document, "paths"), name, path)
      json_object_foreach (path, method, operation)
  {
    assert_true (g_str_has_prefix (name, "/api/v1/"));
    assert_non_null (json_object_get (operation, "operationId"));
    assert_non_null (json_object_get (operation, "responses"));
    count++;
  }
  assert_int_equal (count, count_operations ());
  json_decref (document);
}

static void
the_description_knows_the_fields_of_the_catalogue (void **state)
{
  json_t *document = describe (HX_LANGUAGE_CHINESE);
  json_t *schemas
      = json_object_get (json_object_get (document, "components"), "schemas");
  json_t *visit = json_object_get (schemas, "kind_visit");
  json_t *properties = json_object_get (visit, "properties");
  json_t *occasion = json_object_get (properties, "occasion");
  gboolean has_birthday = FALSE;
  json_t *code;
  size_t i;
  (void)state;
  json_array_foreach (json_object_get (occasion, "enum"), i, code) has_birthday
      = has_birthday || g_strcmp0 (json_string_value (code), "birthday") == 0;
  assert_true (has_birthday);
  assert_string_equal (json_string_value (json_object_get (
                           json_object_get (properties, "date"), "format")),
                       "date");
  json_decref (document);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_tables_do_not_contradict_themselves),
    cmocka_unit_test (the_description_holds_every_operation),
    cmocka_unit_test (the_description_knows_the_fields_of_the_catalogue),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
