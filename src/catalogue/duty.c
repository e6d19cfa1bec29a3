/* Duties: whose they are and what shows that they are done.  When they are due
 * is read in duty_when.c. */
#include "catalogue/catalogue_internal.h"

static const HxKey duty_keys[] = {
  { "key", TRUE },        { "name", TRUE },  { "of", TRUE },
  { "where", FALSE },     { "when", FALSE }, { "within", FALSE },
  { "done_by", FALSE },   { "by", FALSE },   { "begins", FALSE },
  { "each", FALSE },      { "also", FALSE }, { "lunar", FALSE },
  { "lunar_day", FALSE },
};

static void
proof_free (gpointer data)
{
  HxDutyProof *proof = data;

  g_ptr_array_unref (proof->where);
  g_free (proof);
}

static void
conditions_free (gpointer data)
{
  g_ptr_array_unref (data);
}

void
hx_duty_free (gpointer data)
{
  HxDuty *duty = data;

  g_free (duty->key);
  g_free (duty->name);
  g_ptr_array_unref (duty->where);
  g_array_unref (duty->numbers);
  g_ptr_array_unref (duty->event_where);
  g_ptr_array_unref (duty->done_by);
  g_clear_pointer (&duty->lunar, g_ptr_array_unref);
  g_free (duty);
}

const HxField *
hx_duty_reference (const HxKind *kind, const HxKind *target)
{
  if (kind->of == target)
    return kind->of_field;
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = kind->fields->pdata[i];

      if (field->type == HX_FIELD_REF && field->target == target)
        return field;
    }
  return NULL;
}

static void
read_of (HxLoader *loader, HxDuty *duty, const HxNode *node)
{
  const char *of = hx_node_text (loader, node, "of");
  const HxKind *kind
      = of == NULL ? NULL : hx_catalogue_kind (loader->catalogue, of);

  if (of == NULL)
    return;
  if (kind == NULL || !kind->is_register)
    hx_fault (loader, hx_node_get (node, "of"),
              g_strdup_printf (_ ("没有名册“%s”"), of), _ ("写一个名册的 key"));
  else
    duty->of = kind;
}

static void
add_where (HxLoader *loader, HxDuty *duty, const HxNode *node)
{
  GPtrArray *conditions = g_ptr_array_new_with_free_func (hx_condition_free);

  g_ptr_array_add (duty->where, conditions);
  hx_conditions_load (loader, duty->of, node, conditions);
}

static void
read_where (HxLoader *loader, HxDuty *duty, const HxNode *node)
{
  const HxNode *where = hx_node_get (node, "where");

  if (where == NULL)
    return;
  if (where->kind != HX_NODE_SEQUENCE)
    {
      add_where (loader, duty, where);
      return;
    }
  if (where->items->len == 0)
    hx_fault (loader, where, g_strdup (_ ("列表是空的")), NULL);
  for (guint i = 0; i < where->items->len; i++)
    add_where (loader, duty, where->items->pdata[i]);
}

HxDutyProof *
hx_duty_proof_load (HxLoader *loader, HxDuty *duty, const HxNode *name,
                    const HxNode *where)
{
  const HxKind *kind = hx_catalogue_kind (loader->catalogue, name->text);
  const HxField *reference;
  HxDutyProof *proof;

  if (kind == NULL)
    {
      hx_fault (loader, name, g_strdup_printf (_ ("没有种类“%s”"), name->text),
                NULL);
      return NULL;
    }
  reference = hx_duty_reference (kind, duty->of);
  if (reference == NULL)
    {
      hx_fault (loader, name,
                g_strdup_printf (_ ("“%s”没有指向“%s”的字段"), kind->name,
                                 duty->of->name),
                NULL);
      return NULL;
    }
  proof = g_new0 (HxDutyProof, 1);
  proof->kind = kind;
  proof->reference = reference;
  proof->where = g_ptr_array_new_with_free_func (hx_condition_free);
  g_ptr_array_add (duty->done_by, proof);
  hx_conditions_load (loader, kind, where, proof->where);
  return proof;
}

static void
read_done_by (HxLoader *loader, HxDuty *duty, const HxNode *node)
{
  const HxNode *done_by = hx_node_get (node, "done_by");

  if (done_by == NULL
      || (done_by->kind == HX_NODE_MAPPING && done_by->items->len == 0))
    {
      hx_fault (loader, done_by == NULL ? node : done_by,
                g_strdup (_ ("没有写明什么记录算作办了")),
                _ ("写 done_by: {台账: {条件}}"));
      return;
    }
  if (duty->of == NULL || !hx_node_is (loader, done_by, HX_NODE_MAPPING))
    return;
  for (guint i = 0; i + 1 < done_by->items->len; i += 2)
    {
      const HxNode *name = done_by->items->pdata[i];
      HxDutyProof *proof = hx_duty_proof_load (loader, duty, name,
                                               done_by->items->pdata[i + 1]);

      if (proof != NULL)
        hx_duty_proof_step (loader, duty, name, proof);
    }
}

static HxDuty *
duty_new (const char *key, const char *name)
{
  HxDuty *duty = g_new0 (HxDuty, 1);

  duty->key = g_strdup (key);
  duty->name = g_strdup (name);
  duty->where = g_ptr_array_new_with_free_func (conditions_free);
  duty->numbers = g_array_new (FALSE, FALSE, sizeof (int));
  duty->event_where = g_ptr_array_new_with_free_func (hx_condition_free);
  duty->done_by = g_ptr_array_new_with_free_func (proof_free);
  return duty;
}

static void
load_duty (HxLoader *loader, const HxNode *node)
{
  GPtrArray *duties = loader->catalogue->duties;
  const char *key;
  HxDuty *duty;

  if (!hx_node_check (loader, node, duty_keys, G_N_ELEMENTS (duty_keys)))
    return;
  key = hx_node_text (loader, node, "key");
  if (key == NULL || !hx_key_check (loader, hx_node_get (node, "key"), key))
    return;
  if (hx_catalogue_duty (loader->catalogue, key) != NULL)
    {
      hx_fault (loader, hx_node_get (node, "key"),
                g_strdup_printf (_ ("应办事项“%s”重复"), key), NULL);
      return;
    }
  duty = duty_new (key, hx_node_text (loader, node, "name"));
  duty->index = duties->len;
  g_ptr_array_add (duties, duty);
  read_of (loader, duty, node);
  read_where (loader, duty, node);
  hx_duty_when_load (loader, duty, node);
  hx_duty_marks_load (loader, duty, node);
  read_done_by (loader, duty, node);
  hx_duty_also_load (loader, duty, node);
}

void
hx_duties_load (HxLoader *loader, const HxNode *root)
{
  if (!hx_node_is (loader, root, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < root->items->len; i++)
    load_duty (loader, root->items->pdata[i]);
}
