/* The tree as a Word file: the parts of the package.
 *
 * What does not depend on the tree (styles, fonts, settings, page numbers)
 * lies as XML in docx/ beside this file.  Layout is GB/T 9704-2012: A4, 22
 * lines of 28 characters.  The grid is one of lines only, with characters
 * drawn in by 0.25 pt: LibreOffice sets too few characters on a line of a grid
 * of lines and characters. */
#include "report/write_docx_internal.h"
#include "report_resource.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

#define XML_HEAD                                                               \
  "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define WORD_SPACE                                                             \
  "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define RELATION_SPACE                                                         \
  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

/* ------------------------------------------------------------------ checks */

static gboolean
check_table (cmark_node *table, GError **error)
{
  const guint columns = cmark_gfm_extensions_get_table_columns (table);
  g_autofree char *what = NULL;

  if (columns <= DOCX_COLUMNS_MAX)
    return TRUE;
  what = g_strdup_printf (_ ("表格有 %u 列"), columns);
  return hx_fail (error, HX_ERROR_LIMIT, what, NULL,
                  _ ("Word 文件里的表格最多 63 列，请分成几张表"));
}

static gboolean
check_list (cmark_node *list, GError **error)
{
  int number = cmark_node_get_list_start (list) - 1; /* of the last item */

  if (cmark_node_get_list_type (list) != CMARK_ORDERED_LIST)
    return TRUE;
  for (cmark_node *item = cmark_node_first_child (list); item != NULL;
       item = cmark_node_next (item))
    number += number <= DOCX_LIST_NUMBER_MAX;
  if (number <= DOCX_LIST_NUMBER_MAX)
    return TRUE;
  return hx_fail (error, HX_ERROR_LIMIT, _ ("列表的编号太大"), NULL,
                  _ ("Word 文件里的编号最大 32767"));
}

/* Takes note of a node before anything is written. */
static gboolean
survey_node (cmark_node *node, GHashTable *keys, GError **error)
{
  const cmark_node_type type = cmark_node_get_type (node);

  if (type == CMARK_NODE_LINK && hx_link_figure (node) != NULL)
    g_hash_table_add (keys, g_strdup (hx_link_figure (node)));
  if (type == CMARK_NODE_LIST)
    return check_list (node, error);
  return strcmp (cmark_node_get_type_string (node), "table") != 0
         || check_table (node, error);
}

static gboolean
survey (const HxDocument *document, GHashTable *keys, GError **error)
{
  cmark_iter *iter = cmark_iter_new (document->root);
  cmark_event_type event;
  gboolean sound = TRUE;

  while (sound && (event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      if (event == CMARK_EVENT_ENTER)
        sound = survey_node (cmark_iter_get_node (iter), keys, error);
    }
  cmark_iter_free (iter);
  return sound;
}

/* ------------------------------------------------------------------- parts */

static char *
document_part (const HxDocx *docx)
{
  return g_strconcat (XML_HEAD "<w:document " WORD_SPACE
                               " xmlns:r=\"" RELATION_SPACE "\">\n<w:body>\n",
                      docx->body->str, "</w:body>\n</w:document>\n", NULL);
}

static char *
numbering_part (const HxDocx *docx, GBytes *levels)
{
  return g_strdup_printf (
      XML_HEAD "<w:numbering " WORD_SPACE ">\n%.*s%s</w:numbering>\n",
      (int)g_bytes_get_size (levels),
      (const char *)g_bytes_get_data (levels, NULL), docx->numbers->str);
}

static char *
relations_part (const HxDocx *docx)
{
  static const char *const targets[][3] = {
    { "styles", "styles", "styles.xml" },
    { "settings", "settings", "settings.xml" },
    { "fonts", "fontTable", "fontTable.xml" },
    { "numbering", "numbering", "numbering.xml" },
    { "footerOdd", "footer", "footer_odd.xml" },
    { "footerEven", "footer", "footer_even.xml" },
    { "footerAcrossOdd", "footer", "footer_across_odd.xml" },
    { "footerAcrossEven", "footer", "footer_across_even.xml" },
  };
  g_autoptr (GString) part = g_string_new (
      XML_HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/"
               "package/2006/relationships\">\n");

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    g_string_append_printf (part,
                            "<Relationship Id=\"%s\" Type=\"" RELATION_SPACE
                            "/%s\" Target=\"%s\"/>\n",
                            targets[i][0], targets[i][1], targets[i][2]);
  g_string_append (part, docx->relations->str);
  g_string_append (part, "</Relationships>\n");
  return g_string_free (g_steal_pointer (&part), FALSE);
}

static void
append_property (GString *part, const char *tag, const char *value)
{
  g_autofree char *valid = value == NULL ? NULL : g_utf8_make_valid (value, -1);

  if (valid == NULL)
    return;
  g_string_append_printf (part, "<%s>", tag);
  hx_docx_escape (part, valid);
  g_string_append_printf (part, "</%s>\n", tag);
}

static void
append_moment (GString *part, const char *tag, HxDate date)
{
  char day[HX_DATE_TEXT_SIZE];

  if (date.year == 0 || date.month == 0 || date.day == 0)
    return;
  hx_date_format (date, day);
  g_string_append_printf (part,
                          "<dcterms:%s xsi:type=\"dcterms:W3CDTF\">"
                          "%sT00:00:00Z</dcterms:%s>\n",
                          tag, day, tag);
}

static char *
core_part (const HxDocument *document, const HxDocxOptions *options)
{
  g_autofree char *heading = hx_document_title (document);
  g_autoptr (GString) part = g_string_new (
      XML_HEAD
      "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/"
      "package/2006/metadata/core-properties\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n");

  append_property (part, "dc:title",
                   options->title != NULL ? options->title : heading);
  append_property (part, "dc:creator", options->creator);
  append_property (part, "cp:lastModifiedBy", options->creator);
  append_property (part, "dc:language", "zh-CN");
  append_moment (part, "created", options->date);
  append_moment (part, "modified", options->date);
  g_string_append (part, "</cp:coreProperties>\n");
  return g_string_free (g_steal_pointer (&part), FALSE);
}

/* ----------------------------------------------------------------- package */

/* A part as it is written: from the tree, or from docx/ as it is. */
typedef struct
{
  const char *name;
  const char *resource;
  const char *made;
} Source;

static GBytes *
resource_bytes (const char *name)
{
  g_autofree char *path = g_strconcat ("/report/docx/", name, NULL);

  return g_resource_lookup_data (hx_report_get_resource (), path,
                                 G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

static char *
write_package (const Source *sources, guint count, gsize *length,
               GError **error)
{
  g_autofree HxDocxPart *parts = g_new0 (HxDocxPart, count);
  g_autoptr (GPtrArray) fixed
      = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);

  for (guint i = 0; i < count; i++)
    {
      parts[i].name = sources[i].name;
      parts[i].data = sources[i].made;
      if (sources[i].made != NULL)
        {
          parts[i].length = strlen (sources[i].made);
          continue;
        }
      GBytes *bytes = resource_bytes (sources[i].resource);
      g_ptr_array_add (fixed, bytes);
      parts[i].data = g_bytes_get_data (bytes, &parts[i].length);
    }
  return hx_docx_package (parts, count, length, error);
}

static char *
write_parts (const HxDocx *docx, const HxDocument *document,
             const HxDocxOptions *options, gsize *length, GError **error)
{
  g_autoptr (GBytes) levels = resource_bytes ("numbering_levels.xml");
  g_autofree char *text = document_part (docx);
  g_autofree char *numbering = numbering_part (docx, levels);
  g_autofree char *relations = relations_part (docx);
  g_autofree char *core = core_part (document, options);
  const Source sources[] = {
    { "[Content_Types].xml", "content_types.xml", NULL },
    { "_rels/.rels", "package_relations.xml", NULL },
    { "docProps/core.xml", NULL, core },
    { "docProps/app.xml", "app.xml", NULL },
    { "word/document.xml", NULL, text },
    { "word/_rels/document.xml.rels", NULL, relations },
    { "word/styles.xml", "styles.xml", NULL },
    { "word/settings.xml", "settings.xml", NULL },
    { "word/fontTable.xml", "font_table.xml", NULL },
    { "word/numbering.xml", NULL, numbering },
    { "word/footer_odd.xml", "footer_odd.xml", NULL },
    { "word/footer_even.xml", "footer_even.xml", NULL },
    { "word/footer_across_odd.xml", "footer_across_odd.xml", NULL },
    { "word/footer_across_even.xml", "footer_across_even.xml", NULL },
  };

  return write_package (sources, G_N_ELEMENTS (sources), length, error);
}

char *
hx_document_docx (const HxDocument *document, const HxDocxOptions *options,
                  gsize *length, GError **error)
{
  static const HxDocxOptions nothing;
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GString) relations = g_string_new (NULL);
  g_autoptr (GString) numbers = g_string_new (NULL);
  g_autoptr (GHashTable) keys
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) names
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  HxDocx docx = {
    .body = body,
    .relations = relations,
    .numbers = numbers,
    .keys = keys,
    .names = names,
    .note = options == NULL ? NULL : options->note,
  };

  if (!survey (document, keys, error))
    return NULL;
  hx_docx_sections (&docx, document->root);
  return write_parts (&docx, document, options == NULL ? &nothing : options,
                      length, error);
}
