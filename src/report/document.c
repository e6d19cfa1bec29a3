/* Markdown to a cmark-gfm tree, and what the writers share. */
#include "report/report_internal.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <stdlib.h>
#include <string.h>

/* cmark-gfm keeps its extensions in a list of its own, filled once. */
static void
register_extensions (void)
{
  static gsize registered = 0;

  if (g_once_init_enter (&registered))
    {
      cmark_gfm_core_extensions_ensure_registered ();
      g_once_init_leave (&registered, 1);
    }
}

void
hx_document_free (HxDocument *document)
{
  if (document == NULL)
    return;
  cmark_node_free (document->root);
  g_free (document);
}

static gboolean
check_depth (cmark_node *root, GError **error)
{
  cmark_iter *iter = cmark_iter_new (root);
  cmark_event_type event;
  guint depth = 0;
  guint deepest = 0;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      cmark_node *node = cmark_iter_get_node (iter);

      if (cmark_node_first_child (node) == NULL)
        continue;
      depth = event == CMARK_EVENT_ENTER ? depth + 1 : depth - 1;
      deepest = MAX (deepest, depth);
    }
  cmark_iter_free (iter);
  if (deepest <= HX_DOCUMENT_DEPTH_MAX)
    return TRUE;
  return hx_fail (error, HX_ERROR_LIMIT, _ ("报告的列表或引用嵌套太深"), NULL,
                  _ ("请减少嵌套的层数"));
}

static cmark_node *
parse_markdown (const char *markdown, gsize length)
{
  cmark_parser *parser;
  cmark_node *root;

  register_extensions ();
  parser = cmark_parser_new (CMARK_OPT_DEFAULT);
  cmark_parser_attach_syntax_extension (parser,
                                        cmark_find_syntax_extension ("table"));
  cmark_parser_feed (parser, markdown, length);
  root = cmark_parser_finish (parser);
  cmark_parser_free (parser);
  return root;
}

HxDocument *
hx_document_parse (const char *markdown, gssize length, GError **error)
{
  g_autoptr (HxDocument) document = NULL;
  gsize size = length < 0 ? strlen (markdown) : (gsize)length;

  if (size > HX_DOCUMENT_SIZE_MAX)
    {
      hx_fail (error, HX_ERROR_LIMIT, _ ("报告太长"), NULL, _ ("最多 64 MB"));
      return NULL;
    }
  if (!hx_text_is_valid (markdown, (gssize)size))
    {
      hx_fail (error, HX_ERROR_DATA, _ ("报告不是 UTF-8 文字"), NULL,
               _ ("请用 UTF-8 编码另存"));
      return NULL;
    }
  document = g_new0 (HxDocument, 1);
  document->root = parse_markdown (markdown, size);
  if (!check_depth (document->root, error))
    return NULL;
  return g_steal_pointer (&document);
}

const char *
hx_link_figure (cmark_node *link)
{
  const char *url = cmark_node_get_url (link);

  if (url == NULL || !g_str_has_prefix (url, "fact:")
      || !hx_figure_key_is_valid (url + strlen ("fact:")))
    return NULL;
  return url + strlen ("fact:");
}

static char *
node_text (cmark_node *node)
{
  g_autoptr (GString) text = g_string_new (NULL);
  cmark_iter *iter = cmark_iter_new (node);
  cmark_event_type event;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      cmark_node *part = cmark_iter_get_node (iter);
      cmark_node_type type = cmark_node_get_type (part);

      if (event == CMARK_EVENT_ENTER
          && (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE))
        g_string_append (text, cmark_node_get_literal (part));
      else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
        g_string_append_c (text, ' ');
    }
  cmark_iter_free (iter);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
hx_document_title (const HxDocument *document)
{
  cmark_node *node = cmark_node_first_child (document->root);

  while (node != NULL && cmark_node_get_type (node) != CMARK_NODE_HEADING)
    node = cmark_node_next (node);
  return node == NULL ? NULL : node_text (node);
}

const char *
hx_link_address (cmark_node *link)
{
  static const char *const schemes[]
      = { "http://", "https://", "mailto:", "#" };
  const char *url = cmark_node_get_url (link);

  for (gsize i = 0; url != NULL && i < G_N_ELEMENTS (schemes); i++)
    {
      if (g_ascii_strncasecmp (url, schemes[i], strlen (schemes[i])) == 0)
        return url;
    }
  return NULL;
}

const char *
hx_alignment_name (guint8 alignment)
{
  switch (alignment)
    {
    case 'l':
      return "left";
    case 'c':
      return "center";
    case 'r':
      return "right";
    default:
      return NULL;
    }
}

/* Whether the text nearest to a line end is Chinese. */
static gboolean
edge_is_wide (cmark_node *node, gboolean last)
{
  const char *text = NULL;

  while (node != NULL && (text = cmark_node_get_literal (node)) == NULL)
    node = last ? cmark_node_last_child (node) : cmark_node_first_child (node);
  if (text == NULL || *text == '\0')
    return FALSE;
  if (last)
    text = g_utf8_find_prev_char (text, text + strlen (text));
  return g_unichar_iswide (g_utf8_get_char (text));
}

gboolean
hx_soft_break_is_nothing (cmark_node *node)
{
  return edge_is_wide (cmark_node_previous (node), TRUE)
         && edge_is_wide (cmark_node_next (node), FALSE);
}

GHashTable *
hx_document_figures (const HxDocument *document)
{
  GHashTable *figures
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  cmark_iter *iter = cmark_iter_new (document->root);
  cmark_event_type event;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      cmark_node *node = cmark_iter_get_node (iter);
      const char *key = event == CMARK_EVENT_ENTER
                                && cmark_node_get_type (node) == CMARK_NODE_LINK
                            ? hx_link_figure (node)
                            : NULL;

      if (key != NULL && !g_hash_table_contains (figures, key))
        g_hash_table_insert (figures, g_strdup (key), node_text (node));
    }
  cmark_iter_free (iter);
  return figures;
}
