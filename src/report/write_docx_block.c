/* The blocks of the DOCX, each in the style of its kind. */
#include "report/write_docx_internal.h"

#include <string.h>

typedef struct
{
  const char *type; /* as cmark-gfm names it */
  void (*write) (HxDocx *docx, cmark_node *node, const HxDocxPlace *place);
} Writer;

static void write_children (HxDocx *docx, cmark_node *parent,
                            const HxDocxPlace *place);

/* -------------------------------------------------------------- paragraphs */

void
hx_docx_paragraph_begin (HxDocx *docx, const char *style, const char *more)
{
  docx->page_fresh = FALSE;
  g_string_append_printf (docx->body,
                          "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s</w:pPr>",
                          style, more == NULL ? "" : more);
}

static void
paragraph_end (HxDocx *docx)
{
  g_string_append (docx->body, "</w:p>\n");
}

/* How far a block in a list stands in. */
static char *
list_properties (const HxDocxPlace *place)
{
  const guint level = MIN (place->level, DOCX_LIST_LEVELS - 1);

  if (place->first)
    return g_strdup_printf ("<w:numPr><w:ilvl w:val=\"%u\"/>"
                            "<w:numId w:val=\"%u\"/></w:numPr>",
                            level, place->list);
  return g_strdup_printf ("<w:ind w:leftChars=\"%u\" w:left=\"%u\"/>",
                          level * 200, level * 2 * DOCX_CHARACTER);
}

static void
body_begin (HxDocx *docx, const HxDocxPlace *place)
{
  g_autofree char *more = NULL;

  if (place->list == 0)
    {
      hx_docx_paragraph_begin (docx, place->quoted ? "Quote" : "BodyText",
                               NULL);
      return;
    }
  more = list_properties (place);
  hx_docx_paragraph_begin (docx, "ListParagraph", more);
}

static void
write_paragraph (HxDocx *docx, cmark_node *node, const HxDocxPlace *place)
{
  body_begin (docx, place);
  hx_docx_inlines (docx, node);
  paragraph_end (docx);
}

static gboolean
is_annex (cmark_node *heading)
{
  static const char *const words[] = { "附表", "附件", "附录" };
  cmark_node *first = cmark_node_first_child (heading);
  const char *text = first == NULL ? NULL : cmark_node_get_literal (first);

  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_has_prefix (text, words[i]))
        return TRUE;
    }
  return FALSE;
}

static const char *
heading_style (HxDocx *docx, cmark_node *node)
{
  static const char *const styles[] = { "Heading1", "Heading1", "Heading2",
                                        "Heading3", "Heading4", "Heading4" };
  const int level = cmark_node_get_heading_level (node);

  if (level == 1 && !docx->titled)
    {
      docx->titled = TRUE;
      return "Title";
    }
  if (level == 2 && is_annex (node))
    return "AnnexTitle";
  return styles[CLAMP (level, 1, (int)G_N_ELEMENTS (styles)) - 1];
}

static void
write_heading (HxDocx *docx, cmark_node *node, const HxDocxPlace *place)
{
  const char *style = heading_style (docx, node);
  const gboolean no_break
      = docx->page_fresh && strcmp (style, "AnnexTitle") == 0;

  (void)place;
  hx_docx_paragraph_begin (
      docx, style, no_break ? "<w:pageBreakBefore w:val=\"0\"/>" : NULL);
  hx_docx_inlines (docx, node);
  paragraph_end (docx);
}

static void
write_quote (HxDocx *docx, cmark_node *node, const HxDocxPlace *place)
{
  HxDocxPlace inner = *place;

  inner.quoted = TRUE;
  write_children (docx, node, &inner);
}

static void
write_code (HxDocx *docx, cmark_node *node, const HxDocxPlace *place)
{
  (void)place;
  hx_docx_paragraph_begin (docx, "Code", NULL);
  hx_docx_literal (docx, cmark_node_get_literal (node));
  paragraph_end (docx);
}

static void
write_rule (HxDocx *docx, cmark_node *node, const HxDocxPlace *place)
{
  (void)node;
  (void)place;
  hx_docx_paragraph_begin (docx, "Rule", NULL);
  paragraph_end (docx);
}

/* ------------------------------------------------------------------- lists */

/* A number of the file's own for each list, so that each starts anew. */
static guint
add_list (HxDocx *docx, cmark_node *node, guint level)
{
  const gboolean ordered
      = cmark_node_get_list_type (node) == CMARK_ORDERED_LIST;
  const guint number = ++docx->lists;

  g_string_append_printf (docx->numbers,
                          "  <w:num w:numId=\"%u\"><w:abstractNumId w:val="
                          "\"%d\"/>",
                          number, ordered ? 0 : 1);
  if (ordered)
    g_string_append_printf (docx->numbers,
                            "<w:lvlOverride w:ilvl=\"%u\"><w:startOverride "
                            "w:val=\"%d\"/></w:lvlOverride>",
                            MIN (level, DOCX_LIST_LEVELS - 1),
                            cmark_node_get_list_start (node));
  g_string_append (docx->numbers, "</w:num>\n");
  return number;
}

/* An item that does not begin with a paragraph gets one for its number. */
static void
write_item (HxDocx *docx, cmark_node *item, HxDocxPlace place)
{
  cmark_node *child = cmark_node_first_child (item);

  place.first = TRUE;
  if (child == NULL || cmark_node_get_type (child) != CMARK_NODE_PARAGRAPH)
    {
      body_begin (docx, &place);
      paragraph_end (docx);
    }
  else
    {
      write_paragraph (docx, child, &place);
      child = cmark_node_next (child);
    }
  place.first = FALSE;
  for (; child != NULL; child = cmark_node_next (child))
    hx_docx_block (docx, child, &place);
}

static void
write_list (HxDocx *docx, cmark_node *node, const HxDocxPlace *place)
{
  HxDocxPlace inner = *place;

  inner.level = place->list == 0 ? 0 : place->level + 1;
  inner.list = add_list (docx, node, inner.level);
  for (cmark_node *item = cmark_node_first_child (node); item != NULL;
       item = cmark_node_next (item))
    write_item (docx, item, inner);
}

/* ------------------------------------------------------------------ blocks */

static const Writer writers[] = {
  { "paragraph", write_paragraph }, { "heading", write_heading },
  { "list", write_list },           { "block_quote", write_quote },
  { "code_block", write_code },     { "html_block", write_code },
  { "thematic_break", write_rule }, { "table", hx_docx_table },
};

void
hx_docx_block (HxDocx *docx, cmark_node *node, const HxDocxPlace *place)
{
  const char *type = cmark_node_get_type_string (node);

  for (gsize i = 0; i < G_N_ELEMENTS (writers); i++)
    {
      if (strcmp (writers[i].type, type) == 0)
        writers[i].write (docx, node, place);
    }
}

static void
write_children (HxDocx *docx, cmark_node *parent, const HxDocxPlace *place)
{
  for (cmark_node *node = cmark_node_first_child (parent); node != NULL;
       node = cmark_node_next (node))
    hx_docx_block (docx, node, place);
}
