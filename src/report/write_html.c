/* The tree as one HTML file.
 *
 * Each kind of node has the tags that open and close it; what needs more than
 * a tag has a function.  Text goes through hx_escape_html, addresses through
 * hx_link_address; raw HTML of the Markdown is shown as the text it is. */
#include "report/report_internal.h"
#include "report_resource.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

typedef struct
{
  GString *out;
  const HxHtmlOptions *options;
  GHashTable *seen; /* keys of figures with an anchor */
} Page;

typedef struct
{
  const char *type; /* as cmark-gfm names it */
  const char *open;
  const char *close;
  void (*write) (Page *page, cmark_node *node); /* instead of the tags */
} Writer;

static void write_children (Page *page, cmark_node *parent);

const HxTracePanel *
hx_html_panel (const HxHtmlOptions *options, const char *key)
{
  for (guint i = 0; i < options->n_panels; i++)
    {
      if (strcmp (options->panels[i].key, key) == 0)
        return &options->panels[i];
    }
  return NULL;
}

/* ---------------------------------------------------------------- inlines */

static void
write_literal (Page *page, cmark_node *node)
{
  hx_escape_html (page->out, cmark_node_get_literal (node));
}

/* The first use of a figure carries the anchor its panel leads back to. */
static void
write_figure (Page *page, cmark_node *node, const char *key)
{
  if (page->options->figure_url != NULL)
    {
      g_string_append (page->out, "<a class=\"figure\" href=\"");
      hx_escape_html (page->out, page->options->figure_url);
      hx_escape_html (page->out, key);
      g_string_append (page->out, "\">");
      write_children (page, node);
      g_string_append (page->out, "</a>");
      return;
    }
  if (hx_html_panel (page->options, key) == NULL)
    {
      g_string_append (page->out, "<span class=\"figure\">");
      write_children (page, node);
      g_string_append (page->out, "</span>");
      return;
    }
  g_string_append (page->out, "<a class=\"figure\"");
  if (g_hash_table_add (page->seen, g_strdup (key)))
    g_string_append_printf (page->out, " id=\"use-%s\"", key);
  g_string_append_printf (page->out, " href=\"#fact-%s\">", key);
  write_children (page, node);
  g_string_append (page->out, "</a>");
}

static void
write_link (Page *page, cmark_node *node)
{
  const char *key = hx_link_figure (node);
  const char *address = hx_link_address (node);

  if (key != NULL)
    {
      write_figure (page, node, key);
      return;
    }
  if (address == NULL)
    {
      write_children (page, node);
      return;
    }
  g_string_append (page->out, "<a href=\"");
  hx_escape_html (page->out, address);
  g_string_append (page->out, "\" rel=\"noopener noreferrer\">");
  write_children (page, node);
  g_string_append (page->out, "</a>");
}

static void
write_soft_break (Page *page, cmark_node *node)
{
  if (!hx_soft_break_is_nothing (node))
    g_string_append_c (page->out, '\n');
}

static void
write_image (Page *page, cmark_node *node)
{
  g_string_append (page->out, "<span class=\"picture\">");
  write_children (page, node);
  g_string_append (page->out, "</span>");
}

/* ----------------------------------------------------------------- blocks */

static void
write_heading (Page *page, cmark_node *node)
{
  int level = cmark_node_get_heading_level (node);

  g_string_append_printf (page->out, "<h%d>", level);
  write_children (page, node);
  g_string_append_printf (page->out, "</h%d>\n", level);
}

/* Paragraphs of a tight list stand without tags. */
static void
write_paragraph (Page *page, cmark_node *node)
{
  cmark_node *item = cmark_node_parent (node);
  cmark_node *list = item == NULL ? NULL : cmark_node_parent (item);
  gboolean tight = list != NULL && cmark_node_get_type (list) == CMARK_NODE_LIST
                   && cmark_node_get_list_tight (list);

  g_string_append (page->out, tight ? "" : "<p>");
  write_children (page, node);
  g_string_append (page->out, tight ? "\n" : "</p>\n");
}

static void
write_list (Page *page, cmark_node *node)
{
  int start = cmark_node_get_list_start (node);

  if (cmark_node_get_list_type (node) != CMARK_ORDERED_LIST)
    g_string_append (page->out, "<ul>\n");
  else if (start == 1)
    g_string_append (page->out, "<ol>\n");
  else
    g_string_append_printf (page->out, "<ol start=\"%d\">\n", start);
  write_children (page, node);
  g_string_append (page->out,
                   cmark_node_get_list_type (node) == CMARK_ORDERED_LIST
                       ? "</ol>\n"
                       : "</ul>\n");
}

static void
write_code_block (Page *page, cmark_node *node)
{
  g_string_append (page->out, "<pre>");
  write_literal (page, node);
  g_string_append (page->out, "</pre>\n");
}

static void
write_row (Page *page, cmark_node *row, const guint8 *alignments,
           const char *tag)
{
  guint i = 0;

  g_string_append (page->out, "<tr>");
  for (cmark_node *cell = cmark_node_first_child (row); cell != NULL;
       cell = cmark_node_next (cell), i++)
    {
      const char *align = hx_alignment_name (alignments[i]);

      g_string_append_printf (page->out, "<%s", tag);
      if (align != NULL)
        g_string_append_printf (page->out, " class=\"%s\"", align);
      g_string_append_c (page->out, '>');
      write_children (page, cell);
      g_string_append_printf (page->out, "</%s>", tag);
    }
  g_string_append (page->out, "</tr>\n");
}

static void
write_table (Page *page, cmark_node *node)
{
  const guint8 *alignments = cmark_gfm_extensions_get_table_alignments (node);
  cmark_node *row = cmark_node_first_child (node);

  g_string_append (page->out, "<div class=\"wide\"><table>\n<thead>");
  write_row (page, row, alignments, "th");
  g_string_append (page->out, "</thead>\n<tbody>\n");
  while ((row = cmark_node_next (row)) != NULL)
    write_row (page, row, alignments, "td");
  g_string_append (page->out, "</tbody></table></div>\n");
}

static const Writer writers[] = {
  { "text", NULL, NULL, write_literal },
  { "paragraph", NULL, NULL, write_paragraph },
  { "heading", NULL, NULL, write_heading },
  { "list", NULL, NULL, write_list },
  { "item", "<li>", "</li>\n", NULL },
  { "block_quote", "<blockquote>\n", "</blockquote>\n", NULL },
  { "code_block", NULL, NULL, write_code_block },
  { "html_block", NULL, NULL, write_code_block },
  { "thematic_break", "<hr>\n", "", NULL },
  { "table", NULL, NULL, write_table },
  { "softbreak", NULL, NULL, write_soft_break },
  { "linebreak", "<br>\n", "", NULL },
  { "code", "<code>", "</code>", NULL },
  { "html_inline", NULL, NULL, write_literal },
  { "emph", "<em>", "</em>", NULL },
  { "strong", "<strong>", "</strong>", NULL },
  { "link", NULL, NULL, write_link },
  { "image", NULL, NULL, write_image },
};

static void
write_node (Page *page, cmark_node *node, const Writer *writer)
{
  if (writer->write != NULL)
    {
      writer->write (page, node);
      return;
    }
  g_string_append (page->out, writer->open);
  if (cmark_node_get_literal (node) != NULL)
    write_literal (page, node);
  write_children (page, node);
  g_string_append (page->out, writer->close);
}

static void
write_children (Page *page, cmark_node *parent)
{
  for (cmark_node *node = cmark_node_first_child (parent); node != NULL;
       node = cmark_node_next (node))
    {
      const char *type = cmark_node_get_type_string (node);

      for (gsize i = 0; i < G_N_ELEMENTS (writers); i++)
        {
          if (strcmp (writers[i].type, type) == 0)
            write_node (page, node, &writers[i]);
        }
    }
}

/* --------------------------------------------------------------- the page */

static void
append_style (GString *out)
{
  GResource *resource = hx_report_get_resource ();
  g_autoptr (GBytes) style = g_resource_lookup_data (
      resource, "/report/report.css", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_string_append_len (out, g_bytes_get_data (style, NULL),
                       (gssize)g_bytes_get_size (style));
}

static void
append_head (GString *out, const char *title)
{
  g_string_append (out, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n"
                        "<meta charset=\"utf-8\">\n"
                        "<meta name=\"viewport\" content=\"width=device-width,"
                        " initial-scale=1\">\n<title>");
  hx_escape_html (out, title == NULL ? "" : title);
  g_string_append (out, "</title>\n<style>\n");
  append_style (out);
  g_string_append (out, "</style>\n</head>\n<body>\n");
}

char *
hx_document_html (const HxDocument *document, const HxHtmlOptions *options)
{
  static const HxHtmlOptions nothing;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *heading = hx_document_title (document);
  Page page = { out, options == NULL ? &nothing : options, seen };
  const char *title = page.options->title;

  append_head (out, title == NULL ? heading : title);
  g_string_append (out, "<div class=\"report\" role=\"main\">\n");
  write_children (&page, document->root);
  if (page.options->note != NULL)
    {
      g_string_append (out, "<p class=\"note\">");
      hx_escape_html (out, page.options->note);
      g_string_append (out, "</p>\n");
    }
  g_string_append (out, "</div>\n");
  hx_html_panels (out, page.options, seen);
  g_string_append (out, "</body>\n</html>\n");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
hx_document_html_part (const HxDocument *document, const HxHtmlOptions *options)
{
  static const HxHtmlOptions nothing;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Page page = { out, options == NULL ? &nothing : options, seen };

  write_children (&page, document->root);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
