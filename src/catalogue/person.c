/* The file of a person: whose it is, and which records are the plan. */
#include "catalogue/catalogue_internal.h"

#include <stddef.h>

void
hx_person_view_free (HxPersonView *view)
{
  if (view == NULL)
    return;
  g_clear_pointer (&view->done, g_ptr_array_unref);
  g_clear_pointer (&view->stopped, g_ptr_array_unref);
  g_free (view);
}

static const HxKind *
take_kind (HxLoader *loader, const HxNode *node, const char *key,
           gboolean is_register)
{
  const char *name = hx_node_text (loader, node, key);
  const HxKind *kind
      = name == NULL ? NULL : hx_catalogue_kind (loader->catalogue, name);

  if (name == NULL || (kind != NULL && kind->is_register == is_register))
    return kind;
  hx_fault (loader, hx_node_get (node, key),
            is_register ? g_strdup_printf (_ ("没有名册“%s”"), name)
                        : g_strdup_printf (_ ("没有台账“%s”"), name),
            is_register ? _ ("写一个名册的 key") : _ ("写一种台账的 key"));
  return NULL;
}

/* The fields of a plan, and where the view keeps them. */
static const struct
{
  const char *key;
  gboolean is_date;
  gsize offset;
} places[] = {
  { "need", FALSE, offsetof (HxPersonView, need) },
  { "owner", FALSE, offsetof (HxPersonView, owner) },
  { "due", TRUE, offsetof (HxPersonView, due) },
  { "promised", TRUE, offsetof (HxPersonView, promised) },
  { "solved", TRUE, offsetof (HxPersonView, solved) },
  { "confirmed", TRUE, offsetof (HxPersonView, confirmed) },
};

static void
take_field (HxLoader *loader, HxPersonView *view, const HxNode *node,
            guint place)
{
  const HxNode *value = hx_node_get (node, places[place].key);
  const HxField *field = value == NULL || value->text == NULL
                             ? NULL
                             : hx_kind_field (view->plan, value->text);
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  if (value == NULL)
    return;
  if (field != NULL && (field->type == HX_FIELD_DATE) == places[place].is_date)
    {
      *(const HxField **)((char *)view + places[place].offset) = field;
      return;
    }
  for (guint i = 0; i < view->plan->fields->len; i++)
    {
      const HxField *each = view->plan->fields->pdata[i];

      if ((each->type == HX_FIELD_DATE) == places[place].is_date)
        g_ptr_array_add (known, each->key);
    }
  hx_fault_unknown (loader, value,
                    places[place].is_date ? _ ("没有日期字段") : _ ("没有字段"),
                    known);
}

static void
take_conditions (HxLoader *loader, const HxPersonView *view, const HxNode *node,
                 GPtrArray **conditions)
{
  if (node == NULL)
    return;
  *conditions = g_ptr_array_new_with_free_func (hx_condition_free);
  hx_conditions_load (loader, view->plan, node, *conditions);
  for (guint i = 0; i < (*conditions)->len; i++)
    if (((HxCondition *)(*conditions)->pdata[i])->reference != NULL)
      hx_fault (loader, node, g_strdup (_ ("这里的条件只能是本行的字段")),
                _ ("删去带点号的条件"));
}

static void
take_plan (HxLoader *loader, HxPersonView *view, const HxNode *node)
{
  static const HxKey keys[] = {
    { "in", TRUE },         { "need", TRUE },      { "owner", FALSE },
    { "due", FALSE },       { "promised", FALSE }, { "solved", FALSE },
    { "confirmed", FALSE }, { "done", FALSE },     { "stopped", FALSE },
  };

  if (!hx_node_check (loader, node, keys, G_N_ELEMENTS (keys)))
    return;
  view->plan = take_kind (loader, node, "in", FALSE);
  if (view->plan == NULL || view->of == NULL)
    return;
  view->plan_reference = hx_duty_reference (view->plan, view->of);
  if (view->plan_reference == NULL)
    hx_fault (loader, hx_node_get (node, "in"),
              g_strdup_printf (_ ("“%s”没有指向“%s”的字段"), view->plan->name,
                               view->of->name),
              NULL);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    take_field (loader, view, node, i);
  take_conditions (loader, view, hx_node_get (node, "done"), &view->done);
  take_conditions (loader, view, hx_node_get (node, "stopped"), &view->stopped);
}

void
hx_person_view_load (HxLoader *loader, const HxNode *root)
{
  static const HxKey keys[] = { { "of", TRUE }, { "plan", FALSE } };
  HxPersonView *view = g_new0 (HxPersonView, 1);
  const HxNode *plan = hx_node_get (root, "plan");

  loader->catalogue->person = view;
  if (!hx_node_check (loader, root, keys, G_N_ELEMENTS (keys)))
    return;
  view->of = take_kind (loader, root, "of", TRUE);
  if (plan != NULL)
    take_plan (loader, view, plan);
}
