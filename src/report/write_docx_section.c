/* The sections of the DOCX: pages upright and across.
 *
 * A table of many columns stands on a page of its own, across, as an annex:
 * with the headings right before it (and one paragraph between), and then
 * with what follows up to the next heading.  A page across is the upright one
 * turned with its head at the binding, so its margins are the upright ones
 * turned: left becomes top.  Its page number stays where that of the other
 * pages is when the sheets are bound: at the left of the turned page, its head
 * to the right, below on odd pages and above on even ones.
 *
 * WordprocessingML keeps the properties of a section in its last paragraph;
 * one of a point's height is put there for it. */
#include "report/write_docx_internal.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

static const char upright[]
    = "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
      "<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" "
      "w:left=\"1587\" w:header=\"851\" w:footer=\"1304\" w:gutter=\"0\"/>";
static const char across[]
    = "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"
      "<w:pgMar w:top=\"1587\" w:right=\"2098\" w:bottom=\"1474\" "
      "w:left=\"1984\" w:header=\"851\" w:footer=\"794\" w:gutter=\"0\"/>";

static void
section_properties (HxDocx *docx, gboolean is_across)
{
  g_string_append_printf (
      docx->body,
      "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer%sOdd\"/>"
      "<w:footerReference w:type=\"even\" r:id=\"footer%sEven\"/>"
      "<w:type w:val=\"nextPage\"/>%s<w:cols w:space=\"425\"/>"
      "<w:docGrid w:type=\"lines\" w:linePitch=\"579\"/></w:sectPr>",
      is_across ? "Across" : "", is_across ? "Across" : "",
      is_across ? across : upright);
}

static void
section_end (HxDocx *docx, gboolean is_across)
{
  g_string_append (docx->body, "<w:p><w:pPr><w:pStyle w:val=\"SectionEnd\"/>");
  section_properties (docx, is_across);
  g_string_append (docx->body, "</w:pPr></w:p>\n");
  docx->page_fresh = TRUE;
}

static gboolean
is_type (cmark_node *node, const char *type)
{
  return node != NULL && strcmp (cmark_node_get_type_string (node), type) == 0;
}

static gboolean
is_wide (cmark_node *node)
{
  return is_type (node, "table")
         && cmark_gfm_extensions_get_table_columns (node) >= DOCX_WIDE_COLUMNS;
}

/* Whether a page across begins with `node`: a wide table, or the headings
 * right before one. */
static gboolean
begins_across (cmark_node *node)
{
  const gboolean headed = is_type (node, "heading");

  while (is_type (node, "heading"))
    node = cmark_node_next (node);
  if (headed && is_type (node, "paragraph"))
    node = cmark_node_next (node);
  return is_wide (node);
}

/* Writes a page across from `node` on; the first block behind it. */
static cmark_node *
write_across (HxDocx *docx, cmark_node *node)
{
  const HxDocxPlace place = { .width = DOCX_TEXT_HEIGHT };
  gboolean headed = is_type (node, "heading");

  for (; !is_wide (node); node = cmark_node_next (node))
    hx_docx_block (docx, node, &place);
  do
    {
      hx_docx_block (docx, node, &place);
      node = cmark_node_next (node);
    }
  while (headed && node != NULL && !is_type (node, "heading"));
  return node;
}

void
hx_docx_sections (HxDocx *docx, cmark_node *root)
{
  const HxDocxPlace place = { .width = DOCX_TEXT_WIDTH };
  cmark_node *node = cmark_node_first_child (root);
  gboolean is_across = FALSE;

  docx->page_fresh = TRUE;
  while (node != NULL)
    {
      const gboolean turns = begins_across (node);

      if ((turns || is_across) && !docx->page_fresh)
        section_end (docx, is_across);
      is_across = turns;
      if (turns)
        {
          node = write_across (docx, node);
          continue;
        }
      hx_docx_block (docx, node, &place);
      node = cmark_node_next (node);
    }
  if (docx->note != NULL)
    {
      hx_docx_paragraph_begin (docx, "Note", NULL);
      hx_docx_literal (docx, docx->note);
      g_string_append (docx->body, "</w:p>\n");
    }
  section_properties (docx, is_across);
}
