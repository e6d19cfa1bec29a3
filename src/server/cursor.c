#include "server/call_internal.h"

#define CURSOR_MAX 4000 /* letters */

/* A cursor of one list is none of another. */
static char *
purpose_of (const HxCall *call)
{
  return g_strconcat ("cursor ", call->route->name, NULL);
}

char *
hx_cursor_new (const HxCall *call, const char *const *values)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *purpose = purpose_of (call);
  HxJson json;
  hx_json_init (&json, text, FALSE);
  hx_json_array_begin (&json);
  for (guint i = 0; values[i] != NULL; i++)
    hx_json_string (&json, values[i]);
  hx_json_array_end (&json);
  return hx_app_sign (call->app, purpose, text->str);
}

static char **
parse_values (const char *text)
{
  json_t *array = json_loads (text, 0, NULL);
  GPtrArray *values = g_ptr_array_new ();
  json_t *each;
  size_t i;
  json_array_foreach (array, i, each)
  {
    const char *value = json_string_value (each);
    g_ptr_array_add (values, g_strdup (value != NULL ? value : ""));
  }
  g_ptr_array_add (values, NULL);
  json_decref (array);
  return (char **)g_ptr_array_free (values, FALSE);
}

char **
hx_cursor_parse (const HxCall *call, const char *cursor, GError **error)
{
  g_autofree char *purpose = purpose_of (call);
  g_autofree char *text = g_utf8_strlen (cursor, CURSOR_MAX + 1) <= CURSOR_MAX
                              ? hx_app_open (call->app, purpose, cursor)
                              : NULL;
  if (text != NULL)
    return parse_values (text);
  hx_fail (error, HX_ERROR_USAGE, _ ("翻页的记号不对"), "cursor",
           _ ("请从第一页重新开始"));
  return NULL;
}
