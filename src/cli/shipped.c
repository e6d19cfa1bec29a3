#include "cli/session.h"

#include "catalogue_resource.h"

#include <string.h>

#define SHIPPED "/catalogue/cadre-bureau/"

static gboolean
add_folder (HxBundle *bundle, GResource *resource, const char *folder,
            GError **error)
{
  g_auto (GStrv) names = g_resource_enumerate_children (
      resource, folder, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (names == NULL)
    return FALSE;
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_strconcat (folder, *name, NULL);
      if (g_str_has_suffix (path, "/"))
        {
          if (!add_folder (bundle, resource, path, error))
            return FALSE;
          continue;
        }
      g_autoptr (GBytes) bytes = g_resource_lookup_data (
          resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
      if (bytes == NULL)
        return FALSE;
      g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL),
                                         g_bytes_get_size (bytes));
      hx_bundle_add (bundle, path + strlen (SHIPPED), text);
    }
  return TRUE;
}

HxBundle *
hx_cli_shipped_catalogue (GError **error)
{
  g_autoptr (HxBundle) bundle = hx_bundle_new ();
  return add_folder (bundle, hx_catalogues_get_resource (), SHIPPED, error)
             ? g_steal_pointer (&bundle)
             : NULL;
}
