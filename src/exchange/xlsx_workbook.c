/* The list of sheets, and where the other parts are.
 *
 * Excel, WPS and LibreOffice put the parts at different paths; only the
 * relations say which part is what.
 */
#include "exchange/xlsx_internal.h"

#include <string.h>

#define SHEETS_MOST 1024

typedef struct
{
  HxWorkbook *workbook;
  const HxPackage *package;
  const char *part;
  GPtrArray *relations;
  gboolean in_sheets;
} Loading;

static void
entry_clear (gpointer data)
{
  HxSheetEntry *entry = data;
  g_free (entry->name);
  g_free (entry->part);
}

void
hx_workbook_clear (HxWorkbook *workbook)
{
  if (workbook->sheets != NULL)
    g_array_unref (workbook->sheets);
  g_free (workbook->strings_part);
  g_free (workbook->styles_part);
}

/* ------------------------------------------------------------ what it is not
 */

#define SAVE_AS N_ ("请用 Excel 或 WPS 打开，另存为 xlsx")

typedef struct
{
  const char *mark;
  const char *what;
  const char *what_to_do;
} Other;

/* By the document element of the main part. */
static const Other other_documents[] = {
  { "document", N_ ("是 Word 文档，不是工作簿"),
    N_ ("请把表格复制到工作簿里再导入") },
  { "presentation", N_ ("是演示文稿，不是工作簿"),
    N_ ("请把表格复制到工作簿里再导入") },
};

/* By an entry of the zip. */
static const Other other_zips[] = {
  { "xl/workbook.bin", N_ ("是 xlsb 二进制工作簿"), SAVE_AS },
  { "OFD.xml", N_ ("是 OFD 版式文件，不是工作簿"),
    N_ ("请向制作的人要原来的工作簿") },
};

static const Other open_documents[] = {
  { "opendocument.spreadsheet", N_ ("是 ods 电子表格"), SAVE_AS },
  { "opendocument", N_ ("是 OpenDocument 文档，不是工作簿"),
    N_ ("请把表格复制到工作簿里再导入") },
};

static gboolean
fail_as (const HxPackage *package, const Other *other, GError **error)
{
  return hx_package_fail (package, HX_ERROR_DATA, _ (other->what), NULL,
                          _ (other->what_to_do), error);
}

/* What the entry "mimetype" says, up to its first 127 bytes. */
static gboolean
read_media_type (const HxPackage *package, char *text, gsize size)
{
  gsize length = 0;
  g_autoptr (HxPart) part = hx_part_open (package, "mimetype", NULL);
  if (part == NULL || !hx_part_read (part, text, size - 1, &length, NULL))
    return FALSE;
  text[length] = '\0';
  return TRUE;
}

static gboolean
fail_no_workbook (const HxPackage *package, GError **error)
{
  char media_type[128];
  const gboolean typed
      = read_media_type (package, media_type, sizeof media_type);
  for (guint i = 0; i < G_N_ELEMENTS (other_zips); i++)
    if (hx_package_has (package, other_zips[i].mark))
      return fail_as (package, &other_zips[i], error);
  for (guint i = 0; typed && i < G_N_ELEMENTS (open_documents); i++)
    if (strstr (media_type, open_documents[i].mark) != NULL)
      return fail_as (package, &open_documents[i], error);
  return hx_package_fail (package, HX_ERROR_DATA,
                          _ ("是压缩包，里面没有工作簿"), NULL,
                          _ ("请先解压，再导入里面的文件"), error);
}

static gboolean
enter_document (const Loading *loading, const char *name, GError **error)
{
  if (strcmp (name, "workbook") == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (other_documents); i++)
    if (strcmp (name, other_documents[i].mark) == 0)
      return fail_as (loading->package, &other_documents[i], error);
  return fail_no_workbook (loading->package, error);
}

/* ------------------------------------------------------------------ sheets */

static gboolean
take_sheet (Loading *loading, const char **attributes, GError **error)
{
  const char *name = hx_xml_attribute (attributes, "name");
  const char *id = hx_xml_attribute (attributes, "id");
  const char *state = hx_xml_attribute (attributes, "state");
  const HxRelation *relation
      = id != NULL ? hx_relation_of_id (loading->relations, id) : NULL;
  if (relation == NULL)
    return hx_package_fail (
        loading->package, HX_ERROR_DATA, _ ("工作簿里有一张找不到的工作表"),
        name != NULL ? name : loading->part,
        _ ("请用 Excel 或 WPS 打开，另存一次再导入"), error);
  if (strcmp (relation->type, "worksheet") != 0)
    return TRUE; /* a chart, a macro, a dialogue */
  if (loading->workbook->sheets->len >= SHEETS_MOST)
    return hx_package_fail (loading->package, HX_ERROR_LIMIT, _ ("工作表太多"),
                            NULL, _ ("请分成几个文件导入"), error);
  HxSheetEntry entry = { .name = g_strdup (name != NULL ? name : ""),
                         .part = g_strdup (relation->part) };
  entry.sheet.name = entry.name;
  entry.sheet.hidden = state != NULL && strcmp (state, "visible") != 0;
  g_array_append_val (loading->workbook->sheets, entry);
  return TRUE;
}

static gboolean
workbook_start (gpointer data, guint depth, const char *name,
                const char **attributes, GError **error)
{
  Loading *loading = data;
  if (depth == 1)
    return enter_document (loading, name, error);
  if (depth == 2)
    {
      loading->in_sheets = strcmp (name, "sheets") == 0;
      if (strcmp (name, "workbookPr") == 0)
        loading->workbook->epoch_1904
            = hx_xml_is_true (hx_xml_attribute (attributes, "date1904"));
    }
  if (depth == 3 && loading->in_sheets && strcmp (name, "sheet") == 0)
    return take_sheet (loading, attributes, error);
  return TRUE;
}

/* -------------------------------------------------------------------- load */

static char *
part_of_type (const GPtrArray *relations, const char *type)
{
  const HxRelation *relation = hx_relation_of_type (relations, type);
  return relation != NULL ? g_strdup (relation->part) : NULL;
}

/* The path of the main part, NULL with an error if there is none. */
static char *
find_main_part (const HxPackage *package, GError **error)
{
  g_autoptr (GPtrArray) relations = hx_package_relations (package, "", error);
  if (relations == NULL)
    return NULL;
  char *part = part_of_type (relations, "officeDocument");
  if (part == NULL || g_str_has_suffix (part, ".bin"))
    {
      fail_no_workbook (package, error);
      g_clear_pointer (&part, g_free);
    }
  return part;
}

gboolean
hx_workbook_load (HxWorkbook *workbook, const HxPackage *package,
                  GError **error)
{
  static const HxXmlHandlers handlers = { NULL, workbook_start, NULL, NULL };
  g_autofree char *part = find_main_part (package, error);
  if (part == NULL)
    return FALSE;
  g_autoptr (GPtrArray) relations = hx_package_relations (package, part, error);
  if (relations == NULL)
    return FALSE;
  workbook->sheets = g_array_new (FALSE, FALSE, sizeof (HxSheetEntry));
  g_array_set_clear_func (workbook->sheets, entry_clear);
  workbook->strings_part = part_of_type (relations, "sharedStrings");
  workbook->styles_part = part_of_type (relations, "styles");
  Loading loading = { workbook, package, part, relations, FALSE };
  if (!hx_xml_read (package, part, &handlers, &loading, error))
    return FALSE;
  if (workbook->sheets->len > 0)
    return TRUE;
  return hx_package_fail (package, HX_ERROR_DATA, _ ("工作簿里没有工作表"),
                          NULL, NULL, error);
}
