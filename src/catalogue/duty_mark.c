/* What a duty may say beside the rule: who does it, from when on, in which
 * steps, and whose birthday goes by the lunar calendar. */
#include "catalogue/catalogue_internal.h"

#define BY_LIST "duty_by"

static void
fault_no_list (HxLoader *loader, const HxNode *node)
{
  const GPtrArray *lists = loader->catalogue->code_lists;
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  for (guint i = 0; i < lists->len; i++)
    g_ptr_array_add (known, ((HxCodeList *)lists->pdata[i])->key);
  hx_fault_unknown (loader, node, _ ("没有代码表"), known);
}

static const HxCode *
find_code (HxLoader *loader, const HxCodeList *list, const HxNode *node)
{
  const HxCode *code = hx_code_find (list, node->text);

  if (code == NULL)
    hx_fault (
        loader, node,
        g_strdup_printf (_ ("代码表“%s”里没有“%s”"), list->name, node->text),
        _ ("改成表里的代码"));
  return code;
}

static void
take_by (HxLoader *loader, HxDuty *duty, const HxNode *node)
{
  const HxCodeList *list = hx_code_list_find (loader->catalogue, BY_LIST);

  if (!hx_node_is (loader, node, HX_NODE_SCALAR))
    return;
  if (list == NULL)
    hx_fault (loader, node, g_strdup (_ ("没有代码表“duty_by”")),
              _ ("在 codes.yaml 里写明有谁承办"));
  else
    duty->by = find_code (loader, list, node);
}

static void
take_begins (HxLoader *loader, HxDuty *duty, const HxNode *node)
{
  g_autoptr (GError) error = NULL;

  if (hx_node_is (loader, node, HX_NODE_SCALAR)
      && !hx_date_parse (node->text, FALSE, &duty->begins, &error))
    hx_fault (loader, node, g_strdup (error->message), NULL);
}

static void
take_each (HxLoader *loader, HxDuty *duty, const HxNode *node)
{
  if (!hx_node_is (loader, node, HX_NODE_SCALAR))
    return;
  duty->each = hx_code_list_find (loader->catalogue, node->text);
  if (duty->each == NULL)
    fault_no_list (loader, node);
}

static void
take_lunar (HxLoader *loader, HxDuty *duty, const HxNode *node)
{
  if (duty->rule != HX_WHEN_BIRTHDAY)
    {
      hx_fault (loader, node, g_strdup (_ ("只有生日可以按农历")),
                _ ("删去这一项"));
      return;
    }
  duty->lunar = g_ptr_array_new_with_free_func (hx_condition_free);
  hx_conditions_load (loader, duty->of, node, duty->lunar);
}

static void
take_lunar_day (HxLoader *loader, HxDuty *duty, const HxNode *node)
{
  if (duty->lunar == NULL)
    hx_fault (loader, node, g_strdup (_ ("没有写明谁的生日按农历")),
              _ ("先写 lunar: {条件}"));
  if (duty->of == NULL || !hx_node_is (loader, node, HX_NODE_SCALAR))
    return;
  duty->lunar_day = hx_kind_field (duty->of, node->text);
  if (duty->lunar_day == NULL || duty->lunar_day->type != HX_FIELD_TEXT
      || duty->lunar_day->secret)
    hx_fault (loader, node,
              g_strdup_printf (_ ("没有文本字段“%s”"), node->text),
              _ ("写一个不保密的 text 字段"));
}

typedef struct
{
  const char *key;
  void (*take) (HxLoader *loader, HxDuty *duty, const HxNode *node);
} Mark;

/* In the order in which one needs the other. */
static const Mark marks[] = {
  { "by", take_by },
  { "begins", take_begins },
  { "each", take_each },
  { "lunar", take_lunar },
  { "lunar_day", take_lunar_day },
};

void
hx_duty_marks_load (HxLoader *loader, HxDuty *duty, const HxNode *node)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const HxNode *value = hx_node_get (node, marks[i].key);

      if (value != NULL)
        marks[i].take (loader, duty, value);
    }
}

/* ------------------------------------------------------------------- steps */

void
hx_duty_proof_step (HxLoader *loader, const HxDuty *duty, const HxNode *name,
                    HxDutyProof *proof)
{
  const GPtrArray *fields = proof->kind->fields;

  if (duty->each == NULL)
    return;
  for (guint i = 0; proof->step == NULL && i < fields->len; i++)
    if (((HxField *)fields->pdata[i])->codes == duty->each)
      proof->step = fields->pdata[i];
  if (proof->step == NULL)
    hx_fault (loader, name,
              g_strdup_printf (_ ("“%s”没有用代码表“%s”的字段"),
                               proof->kind->name, duty->each->name),
              _ ("只显示一步的台账写在 also 里"));
}

static void
load_step (HxLoader *loader, HxDuty *duty, const HxNode *name,
           const HxNode *kinds)
{
  const HxCode *code = find_code (loader, duty->each, name);

  if (code == NULL || duty->of == NULL
      || !hx_node_is (loader, kinds, HX_NODE_MAPPING))
    return;
  for (guint i = 0; i + 1 < kinds->items->len; i += 2)
    {
      HxDutyProof *proof = hx_duty_proof_load (
          loader, duty, kinds->items->pdata[i], kinds->items->pdata[i + 1]);

      if (proof != NULL)
        proof->code = code;
    }
}

void
hx_duty_also_load (HxLoader *loader, HxDuty *duty, const HxNode *node)
{
  const HxNode *also = hx_node_get (node, "also");

  if (also == NULL)
    return;
  if (duty->each == NULL)
    hx_fault (loader, also, g_strdup (_ ("没有写明分哪些步骤")),
              _ ("先写 each: 代码表"));
  else if (hx_node_is (loader, also, HX_NODE_MAPPING))
    for (guint i = 0; i + 1 < also->items->len; i += 2)
      load_step (loader, duty, also->items->pdata[i],
                 also->items->pdata[i + 1]);
}
