/* Figures in a template: finding them and stating them.
 *
 * An approved wording is held against what the filter derives now.  As long
 * as they agree, nothing happens; when the value has moved so far that they
 * differ, either somebody must decide (an error) or, with `reword`, the new
 * wording stands and the change is listed. */
#include "report/report_internal.h"

#include <string.h>

void
hx_wording_change_free (HxWordingChange *change)
{
  if (change == NULL)
    return;
  g_free (change->key);
  g_free (change->filter);
  g_free (change->approved);
  g_free (change->wording);
  g_free (change);
}

gboolean
hx_figure_key_is_valid (const char *key)
{
  if (!g_ascii_islower (*key))
    return FALSE;
  return key[strspn (key, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

gboolean
hx_figure_find (const char *key, const HxTemplateOptions *options,
                HxFigureValue *figure, GError **error)
{
  *figure = (HxFigureValue){ 0 };
  return options->lookup != NULL && hx_figure_key_is_valid (key)
         && options->lookup (key, figure, options->lookup_data, error);
}

gboolean
hx_fail_no_figure (const HxTemplate *template_, const HxNode *node,
                   GError **error)
{
  g_autofree char *where = hx_template_where (template_, node->place);
  g_autofree char *what
      = g_strdup_printf (_ ("没有“%s”这个名称或指标"), node->name);

  return hx_fail (error, HX_ERROR_NOT_FOUND, what, where,
                  _ ("请核对名称，或先在目录里定义这个指标"));
}

char *
hx_template_use_name (const char *key, const char *filter)
{
  g_autofree char *clean = NULL;

  if (filter == NULL || *filter == '\0')
    return g_strdup (key);
  clean = hx_text_normalise (filter);
  return g_strdup_printf ("%s | %s", key, clean);
}

static const char *
approved_wording (const HxNode *node, const HxTemplateOptions *options)
{
  g_autofree char *name = NULL;
  const char *found;

  if (options->approved == NULL || node->filter == NULL
      || !hx_wording_is_approximate (node->filter))
    return NULL;
  name = hx_template_use_name (node->name, node->filter);
  found = g_hash_table_lookup (options->approved, name);
  if (found != NULL)
    return found;
  return g_hash_table_lookup (options->approved, node->name);
}

static void
add_change (const HxNode *node, const HxTemplateOptions *options,
            const char *approved, const char *wording)
{
  HxWordingChange *change;

  if (options->changes == NULL)
    return;
  change = g_new0 (HxWordingChange, 1);
  change->key = g_strdup (node->name);
  change->filter = g_strdup (node->filter);
  change->line = node->place.line;
  change->column = node->place.column;
  change->approved = g_strdup (approved);
  change->wording = g_strdup (wording);
  g_ptr_array_add (options->changes, change);
}

static gboolean
fail_approved (const char *where, const HxNode *node,
               const HxFigureValue *figure, const char *approved,
               GError **error)
{
  g_autofree char *exact = NULL;
  g_autofree char *what = NULL;

  if (!hx_wording_derive (figure->value, NULL, figure->decimals, &exact, error))
    return FALSE;
  what = g_strdup_printf (_ ("%s：%s 不能写成“%s”"), node->name, exact,
                          approved);
  return hx_fail (error, HX_ERROR_FINDING, what, where,
                  _ ("数字已经变了，请核对数据后用 --reword 重新确定写法"));
}

char *
hx_figure_wording (const HxTemplate *template_, const HxNode *node,
                   const HxFigureValue *figure,
                   const HxTemplateOptions *options, GError **error)
{
  g_autofree char *where = hx_template_where (template_, node->place);
  g_autofree char *wording = NULL;
  g_autoptr (GError) untrue = NULL;
  const char *approved = approved_wording (node, options);

  if (!hx_wording_derive (figure->value, node->filter, figure->decimals,
                          &wording, &untrue))
    {
      if (approved != NULL && !options->reword)
        {
          fail_approved (where, node, figure, approved, error);
          return NULL;
        }
      g_prefix_error (&untrue, "%s：", node->name);
      hx_error_at (&untrue, where);
      g_propagate_error (error, g_steal_pointer (&untrue));
      return NULL;
    }
  if (approved == NULL || strcmp (approved, wording) == 0)
    return g_steal_pointer (&wording);
  if (!options->reword)
    {
      fail_approved (where, node, figure, approved, error);
      return NULL;
    }
  add_change (node, options, approved, wording);
  return g_steal_pointer (&wording);
}
