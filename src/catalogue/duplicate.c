/* Rules for duplicates: what speaks for two rows being one, what against it,
 * and which pairs are looked at. */
#include "catalogue/catalogue_internal.h"

#define WEIGHT_MAX 1000

static const HxKey rule_keys[] = {
  { "of", TRUE },          { "list", TRUE },    { "sure", TRUE },
  { "not_same", FALSE },   { "merges", FALSE }, { "evidence", FALSE },
  { "candidates", FALSE },
};

static const HxKey evidence_keys[] = {
  { "key", TRUE },    { "name", TRUE },    { "test", TRUE },
  { "field", FALSE }, { "fields", FALSE }, { "weight", TRUE },
};

/* `type` is what the field must be; HX_FIELD_EVIDENCE: any that is neither
 * secret nor evidence nor a list of people. */
static const struct
{
  const char *name;
  HxEvidenceTest test;
  HxFieldType type;
} tests[] = {
  { "name_same", HX_EVIDENCE_NAME_SAME, HX_FIELD_TEXT },
  { "name_variant", HX_EVIDENCE_NAME_VARIANT, HX_FIELD_TEXT },
  { "name_sound", HX_EVIDENCE_NAME_SOUND, HX_FIELD_TEXT },
  { "name_near_sound", HX_EVIDENCE_NAME_NEAR_SOUND, HX_FIELD_TEXT },
  { "name_swapped", HX_EVIDENCE_NAME_SWAPPED, HX_FIELD_TEXT },
  { "name_left_out", HX_EVIDENCE_NAME_LEFT_OUT, HX_FIELD_TEXT },
  { "name_different", HX_EVIDENCE_NAME_DIFFERENT, HX_FIELD_TEXT },
  { "name_gap", HX_EVIDENCE_NAME_GAP, HX_FIELD_TEXT },
  { "date_same", HX_EVIDENCE_DATE_SAME, HX_FIELD_DATE },
  { "date_swapped", HX_EVIDENCE_DATE_SWAPPED, HX_FIELD_DATE },
  { "date_near", HX_EVIDENCE_DATE_NEAR, HX_FIELD_DATE },
  { "date_open", HX_EVIDENCE_DATE_OPEN, HX_FIELD_DATE },
  { "date_differ", HX_EVIDENCE_DATE_DIFFER, HX_FIELD_DATE },
  { "id_near", HX_EVIDENCE_ID_NEAR, HX_FIELD_ID_NUMBER },
  { "id_tail", HX_EVIDENCE_ID_TAIL, HX_FIELD_ID_NUMBER },
  { "id_differ", HX_EVIDENCE_ID_DIFFER, HX_FIELD_ID_NUMBER },
  { "shared", HX_EVIDENCE_SHARED, HX_FIELD_PHONE },
  { "same", HX_EVIDENCE_SAME, HX_FIELD_EVIDENCE },
  { "differ", HX_EVIDENCE_DIFFER, HX_FIELD_EVIDENCE },
};

static void
evidence_free (gpointer data)
{
  HxEvidence *evidence = data;

  g_ptr_array_unref (evidence->fields);
  g_free (evidence->key);
  g_free (evidence->name);
  g_free (evidence);
}

static void
keys_free (gpointer data)
{
  g_array_unref (data);
}

void
hx_duplicate_rules_free (gpointer data)
{
  HxDuplicateRules *rules = data;

  g_ptr_array_unref (rules->evidence);
  g_ptr_array_unref (rules->candidates);
  g_free (rules);
}

/* ------------------------------------------------------------------- parts */

static int
take_number (HxLoader *loader, const HxNode *mapping, const char *key, int low)
{
  const char *text = hx_node_text (loader, mapping, key);
  gint64 number = 0;

  if (text == NULL)
    return low;
  if (!g_ascii_string_to_signed (text, 10, low, WEIGHT_MAX, &number, NULL))
    hx_fault (
        loader, hx_node_get (mapping, key),
        g_strdup_printf (_ ("“%s”不是 %d 到 %d 的整数"), text, low, WEIGHT_MAX),
        NULL);
  return (int)number;
}

static gboolean
fits (const HxField *field, HxFieldType type)
{
  if (type == HX_FIELD_ID_NUMBER || type == HX_FIELD_PHONE)
    return field->type == type;
  if (field->secret)
    return FALSE;
  if (type != HX_FIELD_EVIDENCE)
    return field->type == type;
  return field->type != HX_FIELD_EVIDENCE && field->type != HX_FIELD_ATTENDEES;
}

static void
add_field (HxLoader *loader, const HxKind *kind, const HxNode *node,
           HxFieldType type, GPtrArray *fields)
{
  const HxField *field;
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  if (!hx_node_is (loader, node, HX_NODE_SCALAR))
    return;
  field = hx_kind_field (kind, node->text);
  if (field != NULL && fits (field, type))
    {
      g_ptr_array_add (fields, hx_borrow (field));
      return;
    }
  for (guint i = 0; i < kind->fields->len; i++)
    if (fits (kind->fields->pdata[i], type))
      g_ptr_array_add (known, ((HxField *)kind->fields->pdata[i])->key);
  hx_fault_unknown (loader, node, _ ("没有适合这种比较的字段"), known);
}

/* `shared` has a list of fields, every other test one field. */
static void
take_fields (HxLoader *loader, const HxKind *kind, const HxNode *node,
             HxFieldType type, HxEvidence *evidence)
{
  const gboolean is_list = evidence->test == HX_EVIDENCE_SHARED;
  const HxNode *fields = hx_node_get (node, is_list ? "fields" : "field");

  if (fields == NULL
      || hx_node_get (node, is_list ? "field" : "fields") != NULL)
    hx_fault (loader, node, g_strdup (_ ("没有写明比较哪个字段")),
              is_list ? _ ("写 fields: [字段, …]") : _ ("写 field: 字段"));
  else if (!is_list)
    add_field (loader, kind, fields, type, evidence->fields);
  else if (hx_node_is (loader, fields, HX_NODE_SEQUENCE))
    for (guint i = 0; i < fields->items->len; i++)
      add_field (loader, kind, fields->items->pdata[i], type, evidence->fields);
}

static void
take_test (HxLoader *loader, const HxKind *kind, const HxNode *node,
           HxEvidence *evidence)
{
  const char *name = hx_node_text (loader, node, "test");
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      if (g_strcmp0 (name, tests[i].name) == 0)
        {
          evidence->test = tests[i].test;
          take_fields (loader, kind, node, tests[i].type, evidence);
          return;
        }
      g_ptr_array_add (known, hx_borrow (tests[i].name));
    }
  if (name != NULL)
    hx_fault_unknown (loader, hx_node_get (node, "test"), _ ("不认识的比较"),
                      known);
}

static void
add_evidence (HxLoader *loader, HxDuplicateRules *rules, const HxNode *node)
{
  const char *key;
  HxEvidence *evidence;

  if (!hx_node_check (loader, node, evidence_keys,
                      G_N_ELEMENTS (evidence_keys)))
    return;
  key = hx_node_text (loader, node, "key");
  if (key == NULL || !hx_key_check (loader, hx_node_get (node, "key"), key))
    return;
  for (guint i = 0; i < rules->evidence->len; i++)
    if (strcmp (((HxEvidence *)rules->evidence->pdata[i])->key, key) == 0)
      hx_fault (loader, hx_node_get (node, "key"),
                g_strdup_printf (_ ("“%s”重复"), key), NULL);
  evidence = g_new0 (HxEvidence, 1);
  evidence->key = g_strdup (key);
  evidence->name = g_strdup (hx_node_text (loader, node, "name"));
  evidence->fields = g_ptr_array_new ();
  evidence->weight = take_number (loader, node, "weight", -WEIGHT_MAX);
  g_ptr_array_add (rules->evidence, evidence);
  take_test (loader, rules->of, node, evidence);
}

/* FALSE: there is no list, or it is empty. */
static gboolean
is_filled_list (HxLoader *loader, const HxNode *mapping, const char *key)
{
  const HxNode *node = hx_node_get (mapping, key);

  if (node == NULL || (node->kind == HX_NODE_SEQUENCE && node->items->len == 0))
    {
      hx_fault (loader, node == NULL ? mapping : node,
                g_strdup_printf (_ ("缺少“%s”"), key), _ ("补上这一项"));
      return FALSE;
    }
  return hx_node_is (loader, node, HX_NODE_SEQUENCE);
}

static void
take_evidence (HxLoader *loader, HxDuplicateRules *rules, const HxNode *node)
{
  const HxNode *list = hx_node_get (node, "evidence");

  if (!is_filled_list (loader, node, "evidence"))
    return;
  if (list->items->len > HX_EVIDENCE_MAX)
    hx_fault (loader, list,
              g_strdup_printf (_ ("一种名册最多 %d 条"), HX_EVIDENCE_MAX),
              NULL);
  for (guint i = 0; i < list->items->len; i++)
    add_evidence (loader, rules, list->items->pdata[i]);
}

static void
take_candidates (HxLoader *loader, HxDuplicateRules *rules, const HxNode *node)
{
  const HxNode *list = hx_node_get (node, "candidates");

  if (!is_filled_list (loader, node, "candidates"))
    return;
  for (guint i = 0; i < list->items->len; i++)
    {
      const HxNode *line = list->items->pdata[i];
      GArray *keys = g_array_new (FALSE, FALSE, sizeof (HxCandidateKey));

      g_ptr_array_add (rules->candidates, keys);
      if (!hx_node_is (loader, line, HX_NODE_SEQUENCE))
        continue;
      if (line->items->len == 0)
        hx_fault (loader, line, g_strdup (_ ("列表是空的")), NULL);
      for (guint j = 0; j < line->items->len; j++)
        hx_candidate_load (loader, rules->of, line->items->pdata[j], keys);
    }
}

/* -------------------------------------------------- the registers it needs */

typedef struct
{
  const char *key;
  HxFieldType type;
} Need;

static const HxKind *
take_register (HxLoader *loader, const HxDuplicateRules *rules,
               const HxNode *mapping, const char *key, const Need *needs)
{
  const char *name = hx_node_text (loader, mapping, key);
  const HxNode *node = hx_node_get (mapping, key);
  const HxKind *kind
      = name == NULL ? NULL : hx_catalogue_kind (loader->catalogue, name);

  if (name == NULL)
    return NULL;
  if (kind == NULL || !kind->is_register)
    {
      hx_fault (loader, node, g_strdup_printf (_ ("没有名册“%s”"), name),
                _ ("写一个名册的 key"));
      return NULL;
    }
  for (; needs->key != NULL; needs++)
    {
      const HxField *field = hx_kind_field (kind, needs->key);

      if (field == NULL || field->type != needs->type
          || (needs->type == HX_FIELD_REF && field->target != rules->of))
        hx_fault (loader, node,
                  g_strdup_printf (_ ("“%s”没有所需的字段“%s”（%s）"),
                                   kind->name, needs->key,
                                   hx_field_type_name (needs->type)),
                  NULL);
    }
  return kind;
}

static void
take_registers (HxLoader *loader, HxDuplicateRules *rules, const HxNode *node)
{
  static const Need pair[] = { { "one", HX_FIELD_REF },
                               { "other", HX_FIELD_REF },
                               { "reason", HX_FIELD_TEXT },
                               { NULL, HX_FIELD_TEXT } };
  static const Need note[]
      = { { "register", HX_FIELD_TEXT }, { "reason", HX_FIELD_TEXT },
          { "keep", HX_FIELD_INTEGER },  { "other", HX_FIELD_INTEGER },
          { "first", HX_FIELD_INTEGER }, { "last", HX_FIELD_INTEGER },
          { NULL, HX_FIELD_TEXT } };

  rules->not_same = take_register (loader, rules, node, "not_same", pair);
  rules->merges = take_register (loader, rules, node, "merges", note);
}

/* -------------------------------------------------------------------- rules */

static const HxKind *
take_of (HxLoader *loader, const HxNode *node)
{
  const char *of = hx_node_text (loader, node, "of");
  const HxKind *kind
      = of == NULL ? NULL : hx_catalogue_kind (loader->catalogue, of);

  if (of == NULL)
    return NULL;
  if (kind == NULL || !kind->is_register)
    hx_fault (loader, hx_node_get (node, "of"),
              g_strdup_printf (_ ("没有名册“%s”"), of), _ ("写一个名册的 key"));
  else if (hx_catalogue_duplicates (loader->catalogue, kind) != NULL)
    hx_fault (loader, hx_node_get (node, "of"),
              g_strdup_printf (_ ("“%s”重复"), of), NULL);
  else
    return kind;
  return NULL;
}

static void
load_rules (HxLoader *loader, const HxNode *node)
{
  HxDuplicateRules *rules;
  const HxKind *of;

  if (!hx_node_check (loader, node, rule_keys, G_N_ELEMENTS (rule_keys)))
    return;
  of = take_of (loader, node);
  if (of == NULL)
    return;
  rules = g_new0 (HxDuplicateRules, 1);
  rules->of = of;
  rules->evidence = g_ptr_array_new_with_free_func (evidence_free);
  rules->candidates = g_ptr_array_new_with_free_func (keys_free);
  g_ptr_array_add (loader->catalogue->duplicates, rules);
  rules->list = take_number (loader, node, "list", 1);
  rules->sure = take_number (loader, node, "sure", 1);
  if (rules->sure < rules->list)
    hx_fault (loader, hx_node_get (node, "sure"),
              g_strdup (_ ("“sure”小于“list”")), NULL);
  take_registers (loader, rules, node);
  take_evidence (loader, rules, node);
  take_candidates (loader, rules, node);
}

void
hx_duplicates_load (HxLoader *loader, const HxNode *root)
{
  if (!hx_node_is (loader, root, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < root->items->len; i++)
    load_rules (loader, root->items->pdata[i]);
}
