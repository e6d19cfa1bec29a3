#include "catalogue/catalogue_internal.h"

#include <glib/gstdio.h>

#define DEPTH_MAX 8
#define FILES_MAX 1000

struct _HxBundle
{
  GTree *files; /* path → text */
};

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  (void)data;
  return strcmp (a, b);
}

HxBundle *
hx_bundle_new (void)
{
  HxBundle *bundle = g_new0 (HxBundle, 1);

  bundle->files = g_tree_new_full (compare, NULL, g_free, g_free);
  return bundle;
}

void
hx_bundle_free (HxBundle *bundle)
{
  if (bundle == NULL)
    return;
  g_tree_unref (bundle->files);
  g_free (bundle);
}

void
hx_bundle_add (HxBundle *bundle, const char *path, const char *text)
{
  g_tree_replace (bundle->files, g_strdup (path), g_strdup (text));
}

const char *
hx_bundle_get (const HxBundle *bundle, const char *path)
{
  return g_tree_lookup (bundle->files, path);
}

static gboolean
collect (gpointer path, gpointer text, gpointer paths)
{
  (void)text;
  g_ptr_array_add (paths, path);
  return FALSE;
}

GPtrArray *
hx_bundle_paths (const HxBundle *bundle)
{
  GPtrArray *paths = g_ptr_array_new ();

  g_tree_foreach (bundle->files, collect, paths);
  return paths;
}

static gboolean
read_file (HxBundle *bundle, const char *full, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;
  GStatBuf status;

  if (g_stat (full, &status) == 0 && status.st_size > HX_CATALOGUE_FILE_MAX)
    return hx_fail (error, HX_ERROR_LIMIT, _ ("目录文件太大"), path,
                    _ ("每个文件最多 4 MiB，请拆开"));
  if (g_tree_nnodes (bundle->files) >= FILES_MAX)
    return hx_fail (error, HX_ERROR_LIMIT, _ ("目录里的文件太多"), path,
                    _ ("最多 1000 个文件"));
  if (!g_file_get_contents (full, &text, &length, NULL))
    return hx_fail (error, HX_ERROR_DATA, _ ("读不了目录文件"), path,
                    _ ("检查文件权限"));
  if (length > HX_CATALOGUE_FILE_MAX
      || !hx_text_is_valid (text, (gssize)length))
    return hx_fail (error, HX_ERROR_DATA, _ ("目录文件不是 UTF-8 文本"), path,
                    _ ("另存为 UTF-8 编码"));
  hx_bundle_add (bundle, path, text);
  return TRUE;
}

static gboolean read_folder (HxBundle *bundle, const char *folder,
                             const char *prefix, GError **error);

/* A link is followed only to what lies inside the catalogue itself, and that
 * is read in its own place: so no link is followed at all. */
static gboolean
read_entry (HxBundle *bundle, const char *full, const char *path,
            GError **error)
{
  gboolean wanted
      = g_str_has_suffix (path, ".yaml") || g_str_has_suffix (path, ".md");
  gboolean folder = g_file_test (full, G_FILE_TEST_IS_DIR);

  if (!wanted && !folder)
    return TRUE;
  if (g_file_test (full, G_FILE_TEST_IS_SYMLINK))
    return hx_fail (error, HX_ERROR_DATA, _ ("目录里不能有链接"), path,
                    _ ("把文件本身放进目录"));
  if (folder)
    return read_folder (bundle, full, path, error);
  return read_file (bundle, full, path, error);
}

static gboolean
read_folder (HxBundle *bundle, const char *folder, const char *prefix,
             GError **error)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;
  guint depth = 0;

  for (const char *p = prefix; *p != '\0'; p++)
    depth += *p == '/';
  if (depth > DEPTH_MAX)
    return hx_fail (error, HX_ERROR_LIMIT, _ ("目录的层次太深"), prefix, NULL);
  if (entries == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("打不开目录"), folder,
                    _ ("检查文件夹的名字和权限"));
  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *full = g_build_filename (folder, name, NULL);
      g_autofree char *path = *prefix == '\0'
                                  ? g_strdup (name)
                                  : g_strconcat (prefix, "/", name, NULL);

      if (*name != '.' && !read_entry (bundle, full, path, error))
        return FALSE;
    }
  return TRUE;
}

HxBundle *
hx_bundle_read (const char *folder, GError **error)
{
  g_autoptr (HxBundle) bundle = hx_bundle_new ();

  if (!read_folder (bundle, folder, "", error))
    return NULL;
  return g_steal_pointer (&bundle);
}
