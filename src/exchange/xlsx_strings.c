/* The shared strings: one arena, one list of where each begins. */
#include "exchange/xlsx_internal.h"

#include <string.h>

typedef struct
{
  HxStrings *strings;
  const HxPackage *package;
  const HxTableLimits *limits;
  const char *part;
  HxRichText rich;
} Loading;

void
hx_strings_clear (HxStrings *strings)
{
  if (strings->arena != NULL)
    g_string_free (strings->arena, TRUE);
  if (strings->offsets != NULL)
    g_array_unref (strings->offsets);
  *strings = (HxStrings){ NULL, NULL };
}

static gboolean
check_size (const Loading *loading, GError **error)
{
  const HxStrings *strings = loading->strings;
  const gsize most = loading->limits->strings_bytes;
  g_autofree char *what = NULL;
  if (strings->arena->len + strings->offsets->len * sizeof (gsize) <= most)
    return TRUE;
  what = g_strdup_printf (_ ("工作簿里的文字合起来超过 %u MB"),
                          (guint)(most >> 20));
  return hx_package_fail (loading->package, HX_ERROR_LIMIT, what, loading->part,
                          _ ("请分成几个文件导入"), error);
}

static gboolean
check_characters (const Loading *loading, GError **error)
{
  const guint most = loading->limits->cell_characters;
  const gsize begun = loading->rich.begun;
  const GString *arena = loading->strings->arena;
  if (arena->len - begun <= most
      || hx_text_characters (arena->str + begun) <= most)
    return TRUE;
  return hx_failf (error, HX_ERROR_LIMIT, _ ("一个单元格超过 %u 个字"), most);
}

static gboolean
strings_start (gpointer data, guint depth, const char *name,
               const char **attributes, GError **error)
{
  Loading *loading = data;
  (void)error;
  if (depth == 2)
    hx_rich_text_begin (&loading->rich);
  else if (depth > 2)
    hx_rich_text_start (&loading->rich, depth, name, attributes);
  return TRUE;
}

static gboolean
strings_end (gpointer data, guint depth, const char *name, GError **error)
{
  Loading *loading = data;
  HxStrings *strings = loading->strings;
  if (depth > 2)
    hx_rich_text_end (&loading->rich, depth, name);
  if (depth != 2 || strcmp (name, "si") != 0)
    return TRUE;
  if (!check_characters (loading, error))
    {
      hx_error_at (error, loading->package->name);
      return FALSE;
    }
  g_array_append_val (strings->offsets, loading->rich.begun);
  g_string_append_c (strings->arena, '\0');
  return check_size (loading, error);
}

static gboolean
strings_text (gpointer data, const char *text, gsize length, GError **error)
{
  Loading *loading = data;
  if (hx_rich_text_append (&loading->rich, text, length, error))
    return TRUE;
  hx_error_at (error, loading->package->name);
  return FALSE;
}

gboolean
hx_strings_load (HxStrings *strings, const HxPackage *package,
                 const HxTableLimits *limits, const char *part, GError **error)
{
  static const HxXmlHandlers handlers
      = { "sst", strings_start, strings_end, strings_text };
  Loading loading = { strings, package, limits, part, { 0 } };
  strings->arena = g_string_new (NULL);
  strings->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  hx_rich_text_init (&loading.rich, strings->arena, limits);
  return part == NULL
         || hx_xml_read (package, part, &handlers, &loading, error);
}

const char *
hx_strings_get (const HxStrings *strings, guint64 index)
{
  if (index >= strings->offsets->len)
    return NULL;
  return strings->arena->str
         + g_array_index (strings->offsets, gsize, (guint)index);
}
