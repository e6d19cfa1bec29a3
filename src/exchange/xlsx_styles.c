/* Which cell styles show a number as a date. */
#include "exchange/xlsx_internal.h"

#include <string.h>

/* Excel itself holds 65,490. */
#define STYLES_MOST 65536
#define FORMAT_ID_MOST G_MAXINT32

typedef struct
{
  const HxPackage *package;
  const char *part;
  GHashTable *codes; /* format id → HxFormatKind */
  GByteArray *kinds;
  gboolean in_styles;
} Loading;

static gboolean
fail_count (const Loading *loading, GError **error)
{
  return hx_package_fail (loading->package, HX_ERROR_LIMIT,
                          _ ("工作簿的单元格样式太多"), loading->part,
                          _ ("请把数据复制到新的工作簿里再导入"), error);
}

static guint
format_id (const char **attributes)
{
  guint64 id = 0;
  hx_xml_number (hx_xml_attribute (attributes, "numFmtId"), FORMAT_ID_MOST,
                 &id);
  return (guint)id;
}

static gboolean
take_format (Loading *loading, const char **attributes, GError **error)
{
  const char *code = hx_xml_attribute (attributes, "formatCode");
  if (code == NULL)
    return TRUE;
  if (g_hash_table_size (loading->codes) >= STYLES_MOST)
    return fail_count (loading, error);
  g_hash_table_insert (loading->codes,
                       GUINT_TO_POINTER (format_id (attributes)),
                       GUINT_TO_POINTER (hx_format_of_code (code)));
  return TRUE;
}

/* The list of formats stands before the list of styles. */
static gboolean
take_style (Loading *loading, const char **attributes, GError **error)
{
  const guint id = format_id (attributes);
  gpointer found;
  HxFormatKind kind = hx_format_of_builtin (id);
  if (loading->kinds->len >= STYLES_MOST)
    return fail_count (loading, error);
  if (g_hash_table_lookup_extended (loading->codes, GUINT_TO_POINTER (id), NULL,
                                    &found))
    kind = (HxFormatKind)GPOINTER_TO_UINT (found);
  const guint8 byte = (guint8)kind;
  g_byte_array_append (loading->kinds, &byte, 1);
  return TRUE;
}

static gboolean
styles_start (gpointer data, guint depth, const char *name,
              const char **attributes, GError **error)
{
  Loading *loading = data;
  if (depth == 2)
    loading->in_styles = strcmp (name, "cellXfs") == 0;
  if (depth != 3)
    return TRUE;
  if (strcmp (name, "numFmt") == 0)
    return take_format (loading, attributes, error);
  if (loading->in_styles && strcmp (name, "xf") == 0)
    return take_style (loading, attributes, error);
  return TRUE;
}

GByteArray *
hx_styles_load (const HxPackage *package, const char *part, GError **error)
{
  static const HxXmlHandlers handlers
      = { "styleSheet", styles_start, NULL, NULL };
  g_autoptr (GHashTable) codes = g_hash_table_new (NULL, NULL);
  g_autoptr (GByteArray) kinds = g_byte_array_new ();
  Loading loading = { package, part, codes, kinds, FALSE };
  if (part != NULL && !hx_xml_read (package, part, &handlers, &loading, error))
    return NULL;
  return g_steal_pointer (&kinds);
}
