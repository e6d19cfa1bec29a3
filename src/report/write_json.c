/* The tree as JSON.
 *
 * Blocks nest; inside a block the inline tree is flattened to spans, each
 * with its text and the marks that hold over it, as a reader of figures needs
 * it.  HX_DOCUMENT_DEPTH_MAX keeps the nesting below what HxJson holds. */
#include "report/report_internal.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

typedef struct
{
  const char *figure;
  const char *href;
  gboolean strong;
  gboolean emphasis;
  gboolean code;
} Marks;

typedef struct
{
  const char *type; /* as cmark-gfm names it */
  const char *name; /* as the JSON does */
  void (*write) (HxJson *json, cmark_node *node);
} Writer;

static void write_blocks (HxJson *json, const char *key, cmark_node *parent);

/* ------------------------------------------------------------------ spans */

static void
write_mark (HxJson *json, const char *key, gboolean holds)
{
  if (!holds)
    return;
  hx_json_key (json, key);
  hx_json_bool (json, TRUE);
}

static void
write_span (HxJson *json, const char *text, const Marks *marks)
{
  hx_json_object_begin (json);
  hx_json_member (json, "text", text);
  if (marks->figure != NULL)
    hx_json_member (json, "figure", marks->figure);
  if (marks->href != NULL)
    hx_json_member (json, "href", marks->href);
  write_mark (json, "strong", marks->strong);
  write_mark (json, "emphasis", marks->emphasis);
  write_mark (json, "code", marks->code);
  hx_json_object_end (json);
}

static void
add_mark (Marks *marks, cmark_node *node)
{
  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_STRONG:
      marks->strong = TRUE;
      break;
    case CMARK_NODE_EMPH:
      marks->emphasis = TRUE;
      break;
    case CMARK_NODE_CODE:
      marks->code = TRUE;
      break;
    case CMARK_NODE_LINK:
      marks->figure = hx_link_figure (node);
      marks->href = hx_link_address (node);
      break;
    default:
      break;
    }
}

static void
write_spans (HxJson *json, cmark_node *parent, const Marks *outer)
{
  for (cmark_node *node = cmark_node_first_child (parent); node != NULL;
       node = cmark_node_next (node))
    {
      cmark_node_type type = cmark_node_get_type (node);
      const char *literal = cmark_node_get_literal (node);
      Marks marks = *outer;

      add_mark (&marks, node);
      if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
        write_span (json, "\n", &marks);
      else if (literal != NULL)
        write_span (json, literal, &marks);
      else
        write_spans (json, node, &marks);
    }
}

static void
write_span_list (HxJson *json, const char *key, cmark_node *parent)
{
  Marks none = { 0 };

  if (key != NULL)
    hx_json_key (json, key);
  hx_json_array_begin (json);
  write_spans (json, parent, &none);
  hx_json_array_end (json);
}

/* ----------------------------------------------------------------- blocks */

static void
write_paragraph (HxJson *json, cmark_node *node)
{
  write_span_list (json, "spans", node);
}

static void
write_heading (HxJson *json, cmark_node *node)
{
  hx_json_member_integer (json, "level", cmark_node_get_heading_level (node));
  write_span_list (json, "spans", node);
}

static void
write_quote (HxJson *json, cmark_node *node)
{
  write_blocks (json, "blocks", node);
}

static void
write_list (HxJson *json, cmark_node *node)
{
  gboolean ordered = cmark_node_get_list_type (node) == CMARK_ORDERED_LIST;

  hx_json_key (json, "ordered");
  hx_json_bool (json, ordered);
  if (ordered)
    hx_json_member_integer (json, "start", cmark_node_get_list_start (node));
  hx_json_key (json, "items");
  hx_json_array_begin (json);
  for (cmark_node *item = cmark_node_first_child (node); item != NULL;
       item = cmark_node_next (item))
    write_blocks (json, NULL, item);
  hx_json_array_end (json);
}

static void
write_literal (HxJson *json, cmark_node *node)
{
  hx_json_member (json, "text", cmark_node_get_literal (node));
}

static void
write_nothing (HxJson *json, cmark_node *node)
{
  (void)json;
  (void)node;
}

static void
write_row (HxJson *json, cmark_node *row)
{
  hx_json_array_begin (json);
  for (cmark_node *cell = cmark_node_first_child (row); cell != NULL;
       cell = cmark_node_next (cell))
    write_span_list (json, NULL, cell);
  hx_json_array_end (json);
}

static void
write_table (HxJson *json, cmark_node *node)
{
  const guint8 *alignments = cmark_gfm_extensions_get_table_alignments (node);
  guint columns = cmark_gfm_extensions_get_table_columns (node);
  cmark_node *row = cmark_node_first_child (node);

  hx_json_key (json, "align");
  hx_json_array_begin (json);
  for (guint i = 0; i < columns; i++)
    hx_json_string (json, hx_alignment_name (alignments[i]));
  hx_json_array_end (json);
  hx_json_key (json, "header");
  write_row (json, row);
  hx_json_key (json, "rows");
  hx_json_array_begin (json);
  while ((row = cmark_node_next (row)) != NULL)
    write_row (json, row);
  hx_json_array_end (json);
}

static const Writer writers[] = {
  { "paragraph", "paragraph", write_paragraph },
  { "heading", "heading", write_heading },
  { "list", "list", write_list },
  { "block_quote", "quote", write_quote },
  { "code_block", "code", write_literal },
  { "html_block", "html", write_literal },
  { "thematic_break", "rule", write_nothing },
  { "table", "table", write_table },
};

static void
write_block (HxJson *json, cmark_node *node)
{
  const char *type = cmark_node_get_type_string (node);

  for (gsize i = 0; i < G_N_ELEMENTS (writers); i++)
    {
      if (strcmp (writers[i].type, type) != 0)
        continue;
      hx_json_object_begin (json);
      hx_json_member (json, "type", writers[i].name);
      writers[i].write (json, node);
      hx_json_object_end (json);
      return;
    }
}

static void
write_blocks (HxJson *json, const char *key, cmark_node *parent)
{
  if (key != NULL)
    hx_json_key (json, key);
  hx_json_array_begin (json);
  for (cmark_node *node = cmark_node_first_child (parent); node != NULL;
       node = cmark_node_next (node))
    write_block (json, node);
  hx_json_array_end (json);
}

char *
hx_document_json (const HxDocument *document)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *title = hx_document_title (document);
  HxJson json;

  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  hx_json_member (&json, "title", title);
  write_blocks (&json, "blocks", document->root);
  hx_json_object_end (&json);
  g_string_append_c (out, '\n');
  return g_string_free (g_steal_pointer (&out), FALSE);
}
