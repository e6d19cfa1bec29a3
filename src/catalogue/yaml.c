/* A YAML file as a tree of our own, made from libfyaml's events: every node
 * has its place, scalars stay text, and what a catalogue has no use for
 * (anchors, aliases, tags, several documents) is refused where it stands. */
#include "catalogue/catalogue_internal.h"

#include <libfyaml.h>

#define DEPTH_MAX 16
#define NODES_MAX 200000

typedef struct
{
  HxLoader *loader;
  struct fy_parser *parser;
  const char *file;
  guint nodes;
  gboolean failed;
} Reader;

void
hx_node_free (HxNode *node)
{
  if (node == NULL)
    return;
  g_clear_pointer (&node->items, g_ptr_array_unref);
  g_free (node->text);
  g_free (node);
}

static void
free_item (gpointer node)
{
  hx_node_free (node);
}

static HxNode *
node_new (Reader *reader, HxNodeKind kind, struct fy_event *event)
{
  const struct fy_mark *mark = fy_event_start_mark (event);
  HxNode *node = g_new0 (HxNode, 1);

  node->kind = kind;
  node->file = reader->file;
  node->line = mark == NULL ? 1 : (guint)mark->line + 1;
  node->column = mark == NULL ? 1 : (guint)mark->column + 1;
  if (kind != HX_NODE_SCALAR)
    node->items = g_ptr_array_new_with_free_func (free_item);
  return node;
}

static void
refuse (Reader *reader, struct fy_event *event, const char *what,
        const char *what_to_do)
{
  HxNode *node = node_new (reader, HX_NODE_SCALAR, event);

  hx_fault (reader->loader, node, g_strdup (what), what_to_do);
  hx_node_free (node);
  reader->failed = TRUE;
}

static HxNode *
scalar (Reader *reader, struct fy_event *event)
{
  HxNode *node = node_new (reader, HX_NODE_SCALAR, event);
  struct fy_token *token = event->scalar.value;
  size_t length = 0;
  const char *text = token == NULL ? NULL : fy_token_get_text (token, &length);

  node->text = g_strndup (text == NULL ? "" : text, length);
  /* libfyaml's mark of a quoted scalar is behind the quote */
  if (token != NULL && node->column > 1
      && (fy_token_scalar_style (token) == FYSS_SINGLE_QUOTED
          || fy_token_scalar_style (token) == FYSS_DOUBLE_QUOTED))
    node->column--;
  if (token != NULL && fy_token_scalar_style (token) == FYSS_PLAIN
      && (strcmp (node->text, "~") == 0 || strcmp (node->text, "null") == 0))
    *node->text = '\0';
  return node;
}

static HxNode *read_node (Reader *reader, struct fy_event *event, guint depth);

static void
check_duplicate (Reader *reader, const HxNode *mapping, const HxNode *key)
{
  if (key->kind != HX_NODE_SCALAR)
    {
      hx_fault (reader->loader, key, g_strdup (_ ("键必须是一个词")), NULL);
      reader->failed = TRUE;
    }
  else if (hx_node_get (mapping, key->text) != NULL)
    hx_fault (reader->loader, key,
              g_strdup_printf (_ ("键“%s”重复"), key->text),
              _ ("删去其中一个"));
}

static void
read_items (Reader *reader, HxNode *node, guint depth)
{
  enum fy_event_type end
      = node->kind == HX_NODE_MAPPING ? FYET_MAPPING_END : FYET_SEQUENCE_END;

  while (!reader->failed)
    {
      struct fy_event *event = fy_parser_parse (reader->parser);
      gboolean done = event == NULL || event->type == end;
      HxNode *item = done ? NULL : read_node (reader, event, depth);

      if (event == NULL)
        reader->failed = TRUE;
      fy_parser_event_free (reader->parser, event);
      if (item == NULL)
        return;
      if (node->kind == HX_NODE_MAPPING && node->items->len % 2 == 0)
        check_duplicate (reader, node, item);
      g_ptr_array_add (node->items, item);
    }
}

static HxNode *
read_node (Reader *reader, struct fy_event *event, guint depth)
{
  HxNode *node;

  if (event->type == FYET_ALIAS || fy_event_get_anchor_token (event) != NULL)
    refuse (reader, event, _ ("目录里不用锚点和别名（& 和 *）"),
            _ ("把内容写出来，或给文字加引号"));
  else if (fy_event_get_tag_token (event) != NULL)
    refuse (reader, event, _ ("目录里不用标签（!）"), _ ("给文字加引号"));
  else if (depth > DEPTH_MAX || ++reader->nodes > NODES_MAX)
    refuse (reader, event, _ ("内容太多或层次太深"), _ ("拆成几个文件"));
  if (reader->failed)
    return NULL;
  if (event->type == FYET_SCALAR)
    return scalar (reader, event);
  node = node_new (reader,
                   event->type == FYET_MAPPING_START ? HX_NODE_MAPPING
                                                     : HX_NODE_SEQUENCE,
                   event);
  read_items (reader, node, depth + 1);
  return node;
}

static HxNode *
read_stream (Reader *reader)
{
  struct fy_event *event;
  HxNode *root = NULL;

  while (!reader->failed && (event = fy_parser_parse (reader->parser)) != NULL)
    {
      if (event->type >= FYET_ALIAS || event->type == FYET_MAPPING_START
          || event->type == FYET_SEQUENCE_START)
        {
          if (root != NULL)
            refuse (reader, event, _ ("一个文件里只能有一份内容"),
                    _ ("删去 --- 之后的部分"));
          else
            root = read_node (reader, event, 0);
        }
      fy_parser_event_free (reader->parser, event);
    }
  return root;
}

/* libfyaml stops at the first fault of the grammar itself. */
static void
tell_syntax (Reader *reader, struct fy_diag *diag)
{
  void *previous = NULL;
  struct fy_diag_error *found = fy_diag_errors_iterate (diag, &previous);
  HxNode place = { .file = reader->file, .line = 1, .column = 1 };

  if (found == NULL)
    return;
  if (found->line > 0)
    place.line = (guint)found->line;
  if (found->column > 0)
    place.column = (guint)found->column;
  hx_fault (reader->loader, &place,
            g_strdup_printf (_ ("YAML 写法有误（%s）"), found->msg),
            _ ("检查这一行的缩进、冒号和引号"));
}

static void
discard (struct fy_diag *diag, void *user, const char *text, size_t length)
{
  (void)diag;
  (void)user;
  (void)text;
  (void)length;
}

HxNode *
hx_yaml_read (HxLoader *loader, const char *path, const char *text)
{
  struct fy_diag_cfg silent;
  struct fy_diag *diag;
  struct fy_parse_cfg config = { .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG };
  Reader reader = { .loader = loader, .file = path };
  guint before = loader->faults->len;
  HxNode *root;

  fy_diag_cfg_default (&silent);
  silent.fp = NULL;
  silent.output_fn = discard;
  silent.colorize = FALSE;
  diag = fy_diag_create (&silent);
  fy_diag_set_collect_errors (diag, true);
  config.diag = diag;
  reader.parser = fy_parser_create (&config);
  if (*text == '\xef')
    text += g_str_has_prefix (text, "\xef\xbb\xbf") ? 3 : 0;
  fy_parser_set_string (reader.parser, text, strlen (text));
  root = read_stream (&reader);
  if (loader->faults->len == before)
    tell_syntax (&reader, diag);
  fy_parser_destroy (reader.parser);
  fy_diag_destroy (diag);
  if (root != NULL && (reader.failed || loader->faults->len > before))
    g_clear_pointer (&root, hx_node_free);
  return root;
}
