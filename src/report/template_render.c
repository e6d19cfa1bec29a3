/* A tree and a context to text.
 *
 * The context is a stack of JSON values, innermost last.  A name is looked
 * for from the top down among objects; the parts behind its first dot are
 * looked for only inside what the first part gave.
 *
 * Lists within lists multiply, so the walk counts its steps and its output. */
#include "report/report_internal.h"

#include <string.h>

#define STEPS_MAX 2000000

typedef struct
{
  const HxTemplate *template_;
  const HxTemplateOptions *options;
  GPtrArray *findings; /* of HxTemplateFinding, or NULL: stop at the first */
  json_t *stack[HX_TEMPLATE_DEPTH_MAX + 1];
  guint depth;
  guint64 steps;
  GString *out;
} Walk;

static gboolean walk_nodes (Walk *walk, const GPtrArray *nodes, GError **error);

/* ------------------------------------------------------------- the context */

static json_t *
find_first (const Walk *walk, const char *name)
{
  for (guint i = walk->depth; i > 0; i--)
    {
      json_t *found = json_object_get (walk->stack[i - 1], name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static json_t *
find (const Walk *walk, const char *name)
{
  g_auto (GStrv) parts = NULL;
  json_t *value;

  if (strcmp (name, ".") == 0)
    return walk->depth > 0 ? walk->stack[walk->depth - 1] : NULL;
  parts = g_strsplit (name, ".", -1);
  value = find_first (walk, parts[0]);
  for (guint i = 1; value != NULL && parts[i] != NULL; i++)
    value = json_object_get (value, parts[i]);
  return value;
}

static gboolean
is_true (const json_t *value)
{
  if (json_is_array (value))
    return json_array_size (value) > 0;
  return value != NULL && !json_is_false (value) && !json_is_null (value)
         && !(json_is_string (value) && *json_string_value (value) == '\0');
}

/* NULL for a list or an object. */
static char *
value_text (const json_t *value)
{
  char *dumped;
  char *text;

  if (json_is_array (value) || json_is_object (value))
    return NULL;
  if (value == NULL || json_is_null (value))
    return g_strdup ("");
  if (json_is_string (value))
    return g_strdup (json_string_value (value));
  dumped = json_dumps (value, JSON_ENCODE_ANY | JSON_REAL_PRECISION (15));
  text = g_strdup (dumped);
  free (dumped);
  return text;
}

/* ---------------------------------------------------------------- figures */

/* A name at fault: a finding of the check, else the end of the walk. */
static gboolean
refuse (Walk *walk, const HxNode *node, GError *fault, GError **error)
{
  if (walk->findings == NULL)
    {
      g_propagate_error (error, fault);
      return FALSE;
    }
  hx_template_finding_add (walk->findings, node->place, fault->message);
  g_error_free (fault);
  return TRUE;
}

static gboolean
refuse_unknown (Walk *walk, const HxNode *node, GError **error)
{
  GError *fault = NULL;

  hx_fail_no_figure (walk->template_, node, &fault);
  return refuse (walk, node, fault, error);
}

static gboolean
refuse_list (Walk *walk, const HxNode *node, GError **error)
{
  g_autofree char *where = hx_template_where (walk->template_, node->place);
  g_autofree char *what
      = g_strdup_printf (_ ("“%s”是一组内容，不能写成一个值"), node->name);
  GError *fault = NULL;

  hx_fail (&fault, HX_ERROR_DATA, what, where, _ ("请用 {{#…}}{{/…}} 逐项写"));
  return refuse (walk, node, fault, error);
}

/* An image begins with "![": the text's own mark must not make one. */
static void
append_link (GString *out, const char *wording, const char *key)
{
  if (out->len > 0 && out->str[out->len - 1] == '!'
      && (out->len < 2 || out->str[out->len - 2] != '\\'))
    g_string_insert (out, (gssize)out->len - 1, "\\");
  g_string_append_c (out, '[');
  hx_escape_markdown (out, wording);
  g_string_append_printf (out, "](fact:%s)", key);
}

static gboolean
put_figure (Walk *walk, const HxNode *node, const HxFigureValue *figure,
            GError **error)
{
  g_autofree char *wording
      = hx_figure_wording (walk->template_, node, figure, walk->options, error);

  if (wording == NULL)
    return FALSE;
  if (walk->options->escape == HX_ESCAPE_HTML)
    hx_escape_html (walk->out, wording);
  else
    append_link (walk->out, wording, figure->key);
  return TRUE;
}

/* {"figure": KEY, "filter": FILTER} of the context: a figure of an item of a
 * list, whose key only the item knows. */
static const char *
value_figure (const json_t *value)
{
  return json_string_value (json_object_get (value, "figure"));
}

static gboolean
put_item_figure (Walk *walk, const HxNode *node, const json_t *value,
                 GError **error)
{
  const char *filter = json_string_value (json_object_get (value, "filter"));
  g_autofree char *stated = NULL;
  HxNode named = *node;
  GError *failed = NULL;
  HxFigureValue figure;

  if (named.filter == NULL && filter != NULL)
    named.filter = stated = g_strdup (filter);
  if (hx_figure_find (value_figure (value), walk->options, &figure, &failed))
    {
      if (put_figure (walk, &named, &figure, &failed))
        return TRUE;
      return refuse (walk, node, failed, error);
    }
  if (failed == NULL)
    return refuse_unknown (walk, node, error);
  g_propagate_error (error, failed);
  return FALSE;
}

/* Not in the context: a figure, or nothing.  The check has looked at tags
 * with a filter on its own. */
static gboolean
put_unknown (Walk *walk, const HxNode *node, GError **error)
{
  g_autoptr (GError) failed = NULL;
  HxFigureValue figure;

  if (walk->findings != NULL && node->filter != NULL && walk->depth <= 1)
    return TRUE;
  if (hx_figure_find (node->name, walk->options, &figure, &failed))
    return (walk->findings != NULL && node->filter != NULL)
           || put_figure (walk, node, &figure, error);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (walk->options->escape == HX_ESCAPE_HTML && node->filter == NULL
      && walk->findings == NULL)
    return TRUE;
  return refuse_unknown (walk, node, error);
}

static gboolean
put_value (Walk *walk, const HxNode *node, GError **error)
{
  const json_t *value = find (walk, node->name);
  g_autofree char *text = NULL;

  if (value_figure (value) != NULL)
    return put_item_figure (walk, node, value, error);
  if (value == NULL || node->filter != NULL)
    return put_unknown (walk, node, error);
  text = value_text (value);
  if (text == NULL)
    return refuse_list (walk, node, error);
  if (node->kind == PART_RAW)
    g_string_append (walk->out, text);
  else if (walk->options->escape == HX_ESCAPE_HTML)
    hx_escape_html (walk->out, text);
  else
    hx_escape_markdown (walk->out, text);
  return TRUE;
}

/* --------------------------------------------------------------- sections */

static gboolean
walk_with (Walk *walk, const HxNode *node, json_t *value, GError **error)
{
  gboolean done;

  walk->stack[walk->depth++] = value;
  done = walk_nodes (walk, node->children, error);
  walk->depth--;
  return done;
}

static gboolean
walk_list (Walk *walk, const HxNode *node, json_t *list, GError **error)
{
  for (gsize i = 0; i < json_array_size (list); i++)
    {
      if (!walk_with (walk, node, json_array_get (list, i), error))
        return FALSE;
    }
  return TRUE;
}

/* A section on a figure; an unknown name is false. */
static gboolean
walk_unknown (Walk *walk, const HxNode *node, GError **error)
{
  g_autoptr (GError) failed = NULL;
  HxFigureValue figure = { 0 };
  gboolean found = hx_figure_find (node->name, walk->options, &figure, &failed);
  gboolean stands = found && figure.value.numerator != 0;

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (!found
      && (walk->findings != NULL
          || walk->options->escape == HX_ESCAPE_MARKDOWN))
    return refuse_unknown (walk, node, error);
  return stands != (node->kind == PART_SECTION)
         || walk_nodes (walk, node->children, error);
}

static gboolean
walk_section (Walk *walk, const HxNode *node, GError **error)
{
  json_t *value = find (walk, node->name);

  if (value == NULL)
    return walk_unknown (walk, node, error);
  if (node->kind == PART_INVERTED)
    return is_true (value) || walk_nodes (walk, node->children, error);
  if (json_is_array (value))
    return walk_list (walk, node, value, error);
  return !is_true (value) || walk_with (walk, node, value, error);
}

/* ---------------------------------------------------------------- the walk */

static void
put_text (Walk *walk, const HxNode *node)
{
  const char *text = walk->template_->text + node->place.offset;
  g_autofree char *plain = NULL;

  if (!walk->options->is_plain)
    {
      g_string_append_len (walk->out, text, (gssize)node->length);
      return;
    }
  plain = g_strndup (text, node->length);
  if (walk->options->escape == HX_ESCAPE_HTML)
    hx_escape_html (walk->out, plain);
  else
    hx_escape_markdown (walk->out, plain);
}

static gboolean
walk_node (Walk *walk, const HxNode *node, GError **error)
{
  switch (node->kind)
    {
    case PART_TEXT:
      put_text (walk, node);
      return TRUE;
    case PART_SECTION:
    case PART_INVERTED:
      return walk_section (walk, node, error);
    default:
      return put_value (walk, node, error);
    }
}

static gboolean
walk_nodes (Walk *walk, const GPtrArray *nodes, GError **error)
{
  for (guint i = 0; i < nodes->len; i++)
    {
      if (++walk->steps > STEPS_MAX || walk->out->len > HX_DOCUMENT_SIZE_MAX)
        return hx_fail (error, HX_ERROR_LIMIT, _ ("报告太长"),
                        walk->template_->name,
                        _ ("最多 64 MB，请减少嵌套的列表"));
      if (!walk_node (walk, g_ptr_array_index (nodes, i), error))
        return FALSE;
    }
  return TRUE;
}

char *
hx_template_walk (const HxTemplate *template_, const HxTemplateOptions *options,
                  GPtrArray *findings, GError **error)
{
  g_autoptr (GString) out = g_string_sized_new (template_->length);
  Walk walk = {
    .template_ = template_, .options = options, .findings = findings, .out = out
  };

  if (options->context != NULL)
    walk.stack[walk.depth++] = options->context;
  if (!walk_nodes (&walk, template_->nodes, error))
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
hx_template_render (const HxTemplate *template_,
                    const HxTemplateOptions *options, GError **error)
{
  return hx_template_walk (template_, options, NULL, error);
}
