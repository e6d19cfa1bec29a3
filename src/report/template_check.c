/* Checking a template against a context and figures.
 *
 * Three passes fill one list: every stretch of text for numbers typed by
 * hand; every tag with a filter for its form, its figure and its truth; and a
 * rendering that notes names nobody knows (only there is it known what the
 * items of a list hold). */
#include "report/report_internal.h"

#include <string.h>

typedef struct
{
  const HxTemplate *template_;
  const HxTemplateOptions *options;
  guint8 *allowed;    /* one byte per byte of the template */
  GPtrArray *results; /* findings, or uses */
  guint inside;       /* how many sections over lists and objects */
  guint idle;         /* … over figures that are 0, and what is false */
} Check;

typedef gboolean (*Visit) (Check *check, const HxNode *node, GError **error);

void
hx_template_finding_free (HxTemplateFinding *finding)
{
  if (finding == NULL)
    return;
  g_free (finding->message);
  g_free (finding);
}

void
hx_figure_use_free (HxFigureUse *use)
{
  if (use == NULL)
    return;
  g_free (use->key);
  g_free (use->filter);
  g_free (use->wording);
  g_free (use);
}

/* Only the rendering knows what the items of these hold. */
static gboolean
opens_items (const Check *check, const HxNode *node)
{
  const json_t *value = json_object_get (check->options->context, node->name);

  return node->kind == PART_SECTION
         && (check->inside > 0 || json_is_array (value)
             || json_is_object (value));
}

/* A section that cannot stand, so that a ratio in it may have no value, and a
 * name be that of an item that is not there. */
static gboolean
is_idle (const Check *check, const HxNode *node)
{
  const json_t *value = json_object_get (check->options->context, node->name);
  HxFigureValue figure;

  if (json_is_false (value) || json_is_null (value))
    return node->kind == PART_SECTION;
  return node->kind == PART_SECTION && value == NULL
         && hx_figure_find (node->name, check->options, &figure, NULL)
         && figure.value.numerator == 0;
}

static gboolean
each_node (Check *check, const GPtrArray *nodes, Visit visit, GError **error)
{
  for (guint i = 0; i < nodes->len; i++)
    {
      const HxNode *node = g_ptr_array_index (nodes, i);
      const guint items = opens_items (check, node) ? 1 : 0;
      const guint idle = is_idle (check, node) ? 1 : 0;

      if (!visit (check, node, error))
        return FALSE;
      check->inside += items;
      check->idle += idle;
      if (node->children != NULL
          && !each_node (check, node->children, visit, error))
        return FALSE;
      check->inside -= items;
      check->idle -= idle;
    }
  return TRUE;
}

void
hx_template_finding_add (GPtrArray *findings, HxPlace place,
                         const char *message)
{
  HxTemplateFinding *finding = g_new0 (HxTemplateFinding, 1);

  finding->line = place.line;
  finding->column = place.column;
  finding->message = g_strdup (message);
  g_ptr_array_add (findings, finding);
}

static gint
compare_findings (gconstpointer a, gconstpointer b)
{
  const HxTemplateFinding *left = *(const HxTemplateFinding *const *)a;
  const HxTemplateFinding *right = *(const HxTemplateFinding *const *)b;

  if (left->line != right->line)
    return left->line < right->line ? -1 : 1;
  return (left->column > right->column) - (left->column < right->column);
}

/* -------------------------------------------------------- numbers by hand */

static void
allow (Check *check, const char *word)
{
  const char *text = check->template_->text;
  gsize length = strlen (word);
  const char *found = text;

  while (length > 0 && (found = strstr (found, word)) != NULL)
    {
      memset (check->allowed + (found - text), 1, length);
      found += length;
    }
}

static void
add_number (Check *check, HxPlace place, gsize length)
{
  g_autofree char *number
      = g_strndup (check->template_->text + place.offset, length);
  g_autofree char *where = hx_template_where (check->template_, place);
  g_autofree char *message = g_strdup_printf (
      _ ("数字“%s”是手工写的: %s: 请改用指标，如 {{visits}}，或列入允许的写法"),
      number, where);

  hx_template_finding_add (check->results, place, message);
}

static gboolean
visit_text (Check *check, const HxNode *node, GError **error)
{
  gsize start = node->place.offset;
  gsize end = start + node->length;
  HxPlace place = node->place;
  gsize length;

  (void)error;
  if (node->kind != PART_TEXT)
    return TRUE;
  while (hx_bare_number_next (check->template_->text, &start, end,
                              check->allowed, &length))
    {
      hx_place_advance (&place, check->template_->text, start);
      add_number (check, place, length);
      start += length;
    }
  return TRUE;
}

/* ---------------------------------------------------------------- figures */

/* FALSE with an error only when the lookup itself failed. */
static gboolean
find_figure (const Check *check, const HxNode *node, HxFigureValue *figure,
             gboolean *found, GError **error)
{
  g_autoptr (GError) failed = NULL;

  *found = hx_figure_find (node->name, check->options, figure, &failed);
  if (failed == NULL)
    return TRUE;
  *found = FALSE;
  if (check->idle > 0)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
visit_filter (Check *check, const HxNode *node, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autofree char *wording = NULL;
  HxFigureValue figure;
  gboolean found;

  if (node->filter == NULL)
    return TRUE;
  if (!find_figure (check, node, &figure, &found, error))
    return FALSE;
  if (!hx_wording_is_filter (node->filter, &wrong))
    {
      g_autofree char *where
          = hx_template_where (check->template_, node->place);

      hx_error_at (&wrong, where);
    }
  else if (!found && check->inside + check->idle > 0)
    return TRUE;
  else if (!found)
    hx_fail_no_figure (check->template_, node, &wrong);
  else
    wording = hx_figure_wording (check->template_, node, &figure,
                                 check->options, &wrong);
  if (wrong != NULL)
    hx_template_finding_add (check->results, node->place, wrong->message);
  return TRUE;
}

/* ------------------------------------------------------------------ names */

static gboolean
check_names (Check *check, GError **error)
{
  g_autofree char *text = hx_template_walk (check->template_, check->options,
                                            check->results, error);

  return text != NULL;
}

/* A tag in a list is met once per item. */
static void
drop_repeated (GPtrArray *findings)
{
  for (guint i = findings->len; i > 1; i--)
    {
      if (compare_findings (&findings->pdata[i - 2], &findings->pdata[i - 1])
          == 0)
        g_ptr_array_remove_index (findings, i - 1);
    }
}

GPtrArray *
hx_template_check (const HxTemplate *template_,
                   const HxTemplateOptions *options, const char *const *allowed,
                   GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (
      (GDestroyNotify)hx_template_finding_free);
  g_autofree guint8 *marks = g_malloc0 (template_->length + 1);
  HxTemplateOptions quiet = *options;
  Check check = { template_, &quiet, marks, findings, 0, 0 };

  quiet.changes = NULL;
  allow (&check, "1+22+N");
  for (gsize i = 0; allowed != NULL && allowed[i] != NULL; i++)
    allow (&check, allowed[i]);
  if (!each_node (&check, template_->nodes, visit_text, error)
      || !each_node (&check, template_->nodes, visit_filter, error)
      || !check_names (&check, error))
    return NULL;
  g_ptr_array_sort (findings, compare_findings);
  drop_repeated (findings);
  return g_steal_pointer (&findings);
}

/* ------------------------------------------------------------- the figures */

static gboolean
visit_use (Check *check, const HxNode *node, GError **error)
{
  HxFigureValue figure;
  HxFigureUse *use;
  gboolean found;

  if (node->kind != PART_VALUE && node->kind != PART_RAW)
    return TRUE;
  if (node->filter == NULL
      && json_object_get (check->options->context, node->name) != NULL)
    return TRUE;
  if (!find_figure (check, node, &figure, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  use = g_new0 (HxFigureUse, 1);
  use->key = g_strdup (node->name);
  use->filter = g_strdup (node->filter == NULL ? "" : node->filter);
  use->line = node->place.line;
  use->column = node->place.column;
  use->wording = hx_figure_wording (check->template_, node, &figure,
                                    check->options, NULL);
  g_ptr_array_add (check->results, use);
  return TRUE;
}

GPtrArray *
hx_template_figures (const HxTemplate *template_,
                     const HxTemplateOptions *options, GError **error)
{
  g_autoptr (GPtrArray) uses
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_figure_use_free);
  HxTemplateOptions quiet = *options;
  Check check = { template_, &quiet, NULL, uses, 0, 0 };

  quiet.changes = NULL;
  if (!each_node (&check, template_->nodes, visit_use, error))
    return NULL;
  return g_steal_pointer (&uses);
}
