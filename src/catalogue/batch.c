/* Plans of batches: who is asked, and where batches and attendances are kept.
 * Days and frailty are read in batch_rules.c. */
#include "catalogue/catalogue_internal.h"

#define BATCHES_MAX 10000
#define CAPACITY_MAX 10000

static const HxKey plan_keys[] = {
  { "key", TRUE },        { "name", TRUE },   { "of", TRUE },
  { "where", FALSE },     { "duty", FALSE },  { "batches", TRUE },
  { "capacity", TRUE },   { "batch", FALSE }, { "attendance", FALSE },
  { "hospitals", FALSE }, { "frail", FALSE }, { "days", FALSE },
  { "together", FALSE },  { "order", FALSE }, { "list", FALSE },
};

static void
rule_clear (gpointer data)
{
  HxFrailRule *rule = data;

  g_strfreev (rule->codes);
}

void
hx_batch_plan_free (gpointer data)
{
  HxBatchPlan *plan = data;

  g_free (plan->key);
  g_free (plan->name);
  g_free (plan->number);
  g_ptr_array_unref (plan->where);
  g_array_unref (plan->frail_rules);
  g_array_unref (plan->festivals);
  g_array_unref (plan->closed);
  g_array_unref (plan->open);
  g_ptr_array_unref (plan->order);
  g_strfreev (plan->list);
  g_free (plan);
}

static HxBatchPlan *
plan_new (const char *key, const char *name)
{
  HxBatchPlan *plan = g_new0 (HxBatchPlan, 1);

  plan->key = g_strdup (key);
  plan->name = g_strdup (name);
  plan->where = g_ptr_array_new_with_free_func (hx_condition_free);
  plan->frail_rules = g_array_new (FALSE, FALSE, sizeof (HxFrailRule));
  g_array_set_clear_func (plan->frail_rules, rule_clear);
  plan->festivals = g_array_new (FALSE, FALSE, sizeof (HxFestivalSpan));
  plan->closed = g_array_new (FALSE, FALSE, sizeof (HxDaySpan));
  plan->open = g_array_new (FALSE, FALSE, sizeof (HxDaySpan));
  plan->order = g_ptr_array_new ();
  return plan;
}

/* ------------------------------------------------------------------- parts */

gboolean
hx_batch_number (HxLoader *loader, const HxNode *mapping, const char *key,
                 gint64 most, guint *number)
{
  const HxNode *node = hx_node_get (mapping, key);
  gint64 value = 0;

  if (node == NULL || !hx_node_is (loader, node, HX_NODE_SCALAR))
    return FALSE;
  if (!g_ascii_string_to_signed (node->text, 10, 1, most, &value, NULL))
    {
      hx_fault (loader, node,
                g_strdup_printf (_ ("“%s”不是 1 到 %d 的整数"), node->text,
                                 (int)most),
                NULL);
      return FALSE;
    }
  *number = (guint)value;
  return TRUE;
}

/* The field of a kind under a key; NULL where nothing is written, or with a
 * fault. */
static const HxField *
take_field (HxLoader *loader, const HxKind *kind, const HxNode *mapping,
            const char *key)
{
  const char *name = hx_node_text (loader, mapping, key);
  const HxField *field;
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  if (name == NULL || kind == NULL)
    return NULL;
  field = hx_kind_field (kind, name);
  if (field != NULL)
    return field;
  for (guint i = 0; i < kind->fields->len; i++)
    g_ptr_array_add (known, ((HxField *)kind->fields->pdata[i])->key);
  hx_fault_unknown (loader, hx_node_get (mapping, key), _ ("没有字段"), known);
  return NULL;
}

static const HxField *
take_typed (HxLoader *loader, const HxKind *kind, const HxNode *mapping,
            const char *key, HxFieldType type)
{
  const HxField *field = take_field (loader, kind, mapping, key);

  if (field == NULL || field->type == type)
    return field;
  hx_fault (loader, hx_node_get (mapping, key),
            g_strdup_printf (_ ("字段“%s”不是 %s"), field->key,
                             hx_field_type_name (type)),
            NULL);
  return NULL;
}

static const HxCode *
take_code (HxLoader *loader, const HxField *field, const HxNode *mapping,
           const char *key)
{
  const char *text = hx_node_text (loader, mapping, key);
  const HxCode *code = text != NULL ? hx_code_find (field->codes, text) : NULL;

  if (text != NULL && code == NULL)
    hx_fault (
        loader, hx_node_get (mapping, key),
        g_strdup_printf (_ ("代码表“%s”里没有“%s”"), field->codes->name, text),
        NULL);
  return code;
}

static const HxKind *
take_kind (HxLoader *loader, const HxNode *mapping, const char *key,
           gboolean is_register)
{
  const char *name = hx_node_text (loader, mapping, key);
  const HxKind *kind
      = name != NULL ? hx_catalogue_kind (loader->catalogue, name) : NULL;

  if (name == NULL || (kind != NULL && kind->is_register == is_register))
    return kind;
  hx_fault (loader, hx_node_get (mapping, key),
            is_register ? g_strdup_printf (_ ("没有名册“%s”"), name)
                        : g_strdup_printf (_ ("没有台账“%s”"), name),
            NULL);
  return NULL;
}

/* A mapping that must be there, with these keys. */
static const HxNode *
take_part (HxLoader *loader, const HxNode *node, const char *key,
           const HxKey *keys, gsize n_keys)
{
  const HxNode *part = hx_node_get (node, key);

  if (part == NULL)
    {
      hx_fault (loader, node, g_strdup_printf (_ ("缺少“%s”"), key),
                _ ("补上这一项"));
      return NULL;
    }
  return hx_node_check (loader, part, keys, n_keys) ? part : NULL;
}

/* ------------------------------------------------------------------- batch */

static void
read_state (HxLoader *loader, HxBatchPlan *plan, const HxNode *batch)
{
  static const HxKey keys[]
      = { { "field", TRUE }, { "planned", TRUE }, { "held", TRUE } };
  const HxNode *state
      = take_part (loader, batch, "state", keys, G_N_ELEMENTS (keys));

  if (state == NULL)
    return;
  plan->state
      = take_typed (loader, plan->batch, state, "field", HX_FIELD_CHOICE);
  if (plan->state == NULL)
    return;
  plan->state_planned = take_code (loader, plan->state, state, "planned");
  plan->state_held = take_code (loader, plan->state, state, "held");
}

static void
read_batch (HxLoader *loader, HxBatchPlan *plan, const HxNode *node)
{
  static const HxKey keys[] = { { "kind", TRUE },
                                { "number", TRUE },
                                { "hospital", TRUE },
                                { "places", FALSE },
                                { "state", FALSE } };
  const HxNode *batch
      = take_part (loader, node, "batch", keys, G_N_ELEMENTS (keys));
  const HxField *number;

  if (batch == NULL)
    return;
  plan->number = g_strdup (hx_node_text (loader, batch, "number"));
  plan->batch = take_kind (loader, batch, "kind", TRUE);
  if (plan->batch == NULL)
    return;
  number = plan->batch->identity->pdata[0];
  if (plan->batch->identity->len != 1 || number->type != HX_FIELD_TEXT)
    hx_fault (loader, hx_node_get (batch, "kind"),
              g_strdup_printf (_ ("“%s”不是只以一个文字编号相区别"),
                               plan->batch->name),
              NULL);
  plan->hospital
      = take_typed (loader, plan->batch, batch, "hospital", HX_FIELD_REF);
  plan->places
      = take_typed (loader, plan->batch, batch, "places", HX_FIELD_INTEGER);
  read_state (loader, plan, batch);
}

/* -------------------------------------------------------------- attendance */

static void
read_result (HxLoader *loader, HxBatchPlan *plan, const HxNode *attendance)
{
  static const HxKey keys[] = { { "field", TRUE },
                                { "planned", TRUE },
                                { "attended", TRUE },
                                { "absent", TRUE } };
  const HxNode *result
      = take_part (loader, attendance, "result", keys, G_N_ELEMENTS (keys));

  if (result == NULL)
    return;
  plan->result
      = take_typed (loader, plan->attendance, result, "field", HX_FIELD_CHOICE);
  if (plan->result == NULL)
    return;
  plan->planned = take_code (loader, plan->result, result, "planned");
  plan->attended = take_code (loader, plan->result, result, "attended");
  plan->absent = take_code (loader, plan->result, result, "absent");
}

/* One person is in one batch once. */
static gboolean
is_identity (const HxBatchPlan *plan)
{
  const GPtrArray *identity = plan->attendance->identity;

  return plan->person != NULL && plan->of_batch != NULL && identity->len == 2
         && (identity->pdata[0] == plan->person
             || identity->pdata[1] == plan->person)
         && (identity->pdata[0] == plan->of_batch
             || identity->pdata[1] == plan->of_batch);
}

static void
read_attendance (HxLoader *loader, HxBatchPlan *plan, const HxNode *node)
{
  static const HxKey keys[]
      = { { "kind", TRUE }, { "result", FALSE }, { "reason", FALSE } };
  const HxNode *attendance
      = take_part (loader, node, "attendance", keys, G_N_ELEMENTS (keys));

  if (attendance == NULL)
    return;
  plan->attendance = take_kind (loader, attendance, "kind", FALSE);
  if (plan->attendance == NULL || plan->people == NULL || plan->batch == NULL)
    return;
  plan->person = hx_duty_reference (plan->attendance, plan->people);
  plan->of_batch = hx_duty_reference (plan->attendance, plan->batch);
  if (!is_identity (plan))
    hx_fault (loader, hx_node_get (attendance, "kind"),
              g_strdup_printf (_ ("“%s”不是以人和批次相区别"),
                               plan->attendance->name),
              _ ("identity 写指向人的字段和指向批次的字段"));
  plan->reason = take_typed (loader, plan->attendance, attendance, "reason",
                             HX_FIELD_TEXT);
  read_result (loader, plan, attendance);
}

/* ------------------------------------------------------------------ people */

static void
read_where (HxLoader *loader, HxBatchPlan *plan, const HxNode *node)
{
  const HxNode *where = hx_node_get (node, "where");

  hx_conditions_load (loader, plan->people, where, plan->where);
  for (guint i = 0; i < plan->where->len; i++)
    if (((HxCondition *)plan->where->pdata[i])->reference != NULL)
      {
        hx_fault (loader, where, g_strdup (_ ("这里只能写人员自己的字段")),
                  NULL);
        break;
      }
}

static void
read_people (HxLoader *loader, HxBatchPlan *plan, const HxNode *node)
{
  const char *duty = hx_node_text (loader, node, "duty");

  plan->people = take_kind (loader, node, "of", TRUE);
  read_where (loader, plan, node);
  plan->partner
      = take_typed (loader, plan->people, node, "together", HX_FIELD_TEXT);
  if (duty == NULL)
    return;
  plan->duty = hx_catalogue_duty (loader->catalogue, duty);
  if (plan->duty == NULL || plan->duty->of != plan->people)
    hx_fault (loader, hx_node_get (node, "duty"),
              g_strdup_printf (_ ("没有这些人的应办事项“%s”"), duty), NULL);
}

static void
read_order (HxLoader *loader, HxBatchPlan *plan, const HxNode *node)
{
  g_auto (GStrv) keys = hx_node_strings (loader, node, "order");

  for (guint i = 0; plan->people != NULL && keys[i] != NULL; i++)
    {
      const HxField *field = hx_kind_field (plan->people, keys[i]);

      if (field == NULL || field->type != HX_FIELD_TEXT || field->secret)
        hx_fault (loader, hx_node_get (node, "order"),
                  g_strdup_printf (_ ("没有不保密的文字字段“%s”"), keys[i]),
                  NULL);
      else
        g_ptr_array_add (plan->order, hx_borrow (field));
    }
}

static void
read_list (HxLoader *loader, HxBatchPlan *plan, const HxNode *node)
{
  plan->list = hx_node_strings (loader, node, "list");
  for (guint i = 0; plan->people != NULL && plan->list[i] != NULL; i++)
    if (!g_str_equal (plan->list[i], "age")
        && hx_kind_field (plan->people, plan->list[i]) == NULL)
      hx_fault (loader, hx_node_get (node, "list"),
                g_strdup_printf (_ ("没有字段“%s”"), plan->list[i]), NULL);
}

static void
read_hospitals (HxLoader *loader, HxBatchPlan *plan, const HxNode *node)
{
  static const HxKey keys[] = { { "places", FALSE }, { "preferred", FALSE } };
  const HxNode *hospitals = hx_node_get (node, "hospitals");
  const HxKind *kind = plan->hospital != NULL ? plan->hospital->target : NULL;

  if (hospitals == NULL
      || !hx_node_check (loader, hospitals, keys, G_N_ELEMENTS (keys)))
    return;
  plan->daily
      = take_typed (loader, kind, hospitals, "places", HX_FIELD_INTEGER);
  plan->preferred
      = take_typed (loader, kind, hospitals, "preferred", HX_FIELD_BOOL);
}

static void
load_plan (HxLoader *loader, const HxNode *node)
{
  const char *key;
  HxBatchPlan *plan;

  if (!hx_node_check (loader, node, plan_keys, G_N_ELEMENTS (plan_keys)))
    return;
  key = hx_node_text (loader, node, "key");
  if (key == NULL || !hx_key_check (loader, hx_node_get (node, "key"), key))
    return;
  if (hx_catalogue_batch_plan (loader->catalogue, key) != NULL)
    {
      hx_fault (loader, hx_node_get (node, "key"),
                g_strdup_printf (_ ("分批安排“%s”重复"), key), NULL);
      return;
    }
  plan = plan_new (key, hx_node_text (loader, node, "name"));
  g_ptr_array_add (loader->catalogue->batch_plans, plan);
  hx_batch_number (loader, node, "batches", BATCHES_MAX, &plan->batches);
  hx_batch_number (loader, node, "capacity", CAPACITY_MAX, &plan->capacity);
  read_people (loader, plan, node);
  read_batch (loader, plan, node);
  read_attendance (loader, plan, node);
  read_hospitals (loader, plan, node);
  read_order (loader, plan, node);
  read_list (loader, plan, node);
  hx_batch_frail_load (loader, plan, hx_node_get (node, "frail"));
  hx_batch_days_load (loader, plan, hx_node_get (node, "days"));
}

void
hx_batch_plans_load (HxLoader *loader, const HxNode *root)
{
  if (!hx_node_is (loader, root, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < root->items->len; i++)
    load_plan (loader, root->items->pdata[i]);
}
