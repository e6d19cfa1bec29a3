#include "cli/check_file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define DEPTH_MAX 64

typedef struct
{
  GPtrArray *files;
  const char *folder; /* that the user named */
} Walk;

static void
file_free (gpointer data)
{
  HxCliCheckFile *file = data;

  g_free (file->path);
  g_free (file->page);
  g_free (file->fault);
  g_free (file);
}

static gboolean
has_known_ending (const char *name)
{
  static const char *const endings[]
      = { ".txt", ".htm", ".html", ".docx", ".pdf" };
  const char *dot = strrchr (name, '.');

  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (dot, endings[i]) == 0)
      return TRUE;
  return FALSE;
}

/* The page has the file's place below the folder that was named, so that it
 * never stands outside the folder for pages. */
static void
add_file (GPtrArray *files, const char *path, const char *below,
          const char *fault)
{
  HxCliCheckFile *file = g_new0 (HxCliCheckFile, 1);

  file->path = g_strdup (path);
  file->page = g_strconcat (below, ".html", NULL);
  file->fault = g_strdup (fault);
  g_ptr_array_add (files, file);
}

static const char *
below (const Walk *walk, const char *path)
{
  path += strlen (walk->folder);
  while (G_IS_DIR_SEPARATOR (*path))
    path++;
  return path;
}

static gboolean walk_folder (Walk *walk, const char *path, guint depth,
                             GError **error);

static gboolean
add_entry (Walk *walk, const char *path, const char *name, guint depth,
           GError **error)
{
  GStatBuf about;

  if (g_lstat (path, &about) != 0)
    return TRUE;
  if (S_ISDIR (about.st_mode))
    return walk_folder (walk, path, depth + 1, error);
  if (!has_known_ending (name) || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  if (walk->files->len >= HX_CLI_CHECK_FILES_MAX)
    return hx_failf (error, HX_ERROR_USAGE, _ ("一次最多核对 %u 份文件"),
                     HX_CLI_CHECK_FILES_MAX);
  add_file (walk->files, path, below (walk, path), NULL);
  return TRUE;
}

static gboolean
walk_folder (Walk *walk, const char *path, guint depth, GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  if (folder == NULL || depth > DEPTH_MAX)
    {
      add_file (walk->files, path, below (walk, path),
                folder == NULL ? _ ("文件夹打不开") : _ ("文件夹套得太深"));
      return TRUE;
    }
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      if (*name == '.' || g_str_has_prefix (name, "~$"))
        continue;
      if (!add_entry (walk, inside, name, depth, error))
        return FALSE;
    }
  return TRUE;
}

static gint
by_path (gconstpointer a, gconstpointer b)
{
  const HxCliCheckFile *left = *(HxCliCheckFile *const *)a;
  const HxCliCheckFile *right = *(HxCliCheckFile *const *)b;

  return strcmp (left->path, right->path);
}

/* Each path once, and each page: a second b.txt.html is b.txt-2.html. */
static void
make_unique (GPtrArray *files)
{
  g_autoptr (GHashTable) pages = g_hash_table_new (g_str_hash, g_str_equal);

  g_ptr_array_sort (files, by_path);
  for (guint i = files->len; i-- > 1;)
    {
      const HxCliCheckFile *file = files->pdata[i];
      const HxCliCheckFile *before = files->pdata[i - 1];

      if (strcmp (file->path, before->path) == 0)
        g_ptr_array_remove_index (files, i);
    }
  for (guint i = 0; i < files->len; i++)
    {
      HxCliCheckFile *file = files->pdata[i];

      for (guint k = 2; g_hash_table_contains (pages, file->page); k++)
        {
          g_autofree char *name = g_path_get_basename (file->path);

          g_free (file->page);
          file->page = g_strdup_printf ("%s-%u.html", name, k);
        }
      g_hash_table_add (pages, file->page);
    }
}

GPtrArray *
hx_cli_check_list (char **words, guint n_words, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (file_free);

  for (guint i = 0; i < n_words; i++)
    {
      g_autofree char *name = g_path_get_basename (words[i]);
      Walk walk = { files, words[i] };

      if (!g_file_test (words[i], G_FILE_TEST_IS_DIR))
        add_file (files, words[i], name, NULL);
      else if (!walk_folder (&walk, words[i], 0, error))
        return NULL;
    }
  make_unique (files);
  if (files->len > 0)
    return g_steal_pointer (&files);
  hx_fail (error, HX_ERROR_USAGE, _ ("文件夹里没有可以核对的文件"), words[0],
           _ ("可以核对 .txt、.html、.docx、.pdf"));
  return NULL;
}
