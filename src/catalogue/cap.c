/* Caps: how much one person may be given, by which document. */
#include "catalogue/catalogue_internal.h"

static const HxKey cap_keys[] = {
  { "key", TRUE },    { "name", TRUE },    { "of", TRUE },
  { "where", FALSE }, { "sum", TRUE },     { "per", TRUE },
  { "each", TRUE },   { "max", FALSE },    { "from", FALSE },
  { "until", FALSE }, { "unless", FALSE }, { "document", FALSE },
};

static const char *const periods[] = { "once", "year", "quarter", "month" };

void
hx_cap_free (gpointer data)
{
  HxCap *cap = data;

  g_free (cap->key);
  g_free (cap->name);
  g_free (cap->document);
  g_ptr_array_unref (cap->where);
  g_ptr_array_unref (cap->unless);
  g_free (cap);
}

static void
fault_no_field (HxLoader *loader, const HxNode *node, const HxKind *kind)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  for (guint i = 0; i < kind->fields->len; i++)
    g_ptr_array_add (known, ((HxField *)kind->fields->pdata[i])->key);
  hx_fault_unknown (loader, node, _ ("没有字段"), known);
}

static const HxField *
find_field (HxLoader *loader, const HxKind *kind, const HxNode *node)
{
  const HxField *field = node == NULL || node->text == NULL
                             ? NULL
                             : hx_kind_field (kind, node->text);

  if (node != NULL && field == NULL)
    fault_no_field (loader, node, kind);
  return field;
}

static void
take_where (HxLoader *loader, HxCap *cap, const HxNode *node)
{
  hx_conditions_load (loader, cap->kind, node, cap->where);
  for (guint i = 0; i < cap->where->len; i++)
    if (((HxCondition *)cap->where->pdata[i])->reference != NULL)
      hx_fault (loader, node, g_strdup (_ ("限额的条件只能是本行的字段")),
                _ ("删去带点号的条件"));
}

static void
take_sum (HxLoader *loader, HxCap *cap, const HxNode *node)
{
  const HxField *field = find_field (loader, cap->kind, node);

  if (field == NULL)
    return;
  if (field->type == HX_FIELD_MONEY || field->type == HX_FIELD_INTEGER
      || field->type == HX_FIELD_DECIMAL)
    cap->sum = field;
  else
    hx_fault (loader, node, g_strdup (_ ("sum 要写金额或数字字段")), NULL);
}

static void
take_per (HxLoader *loader, HxCap *cap, const HxNode *node)
{
  const HxField *field = find_field (loader, cap->kind, node);

  if (field == NULL)
    return;
  if (field->type == HX_FIELD_REF)
    cap->per = field;
  else
    hx_fault (loader, node, g_strdup (_ ("per 要写指向名册的字段")), NULL);
}

static void
take_each (HxLoader *loader, HxCap *cap, const HxNode *node)
{
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    if (g_strcmp0 (node->text, periods[i]) == 0)
      {
        cap->each = (HxCapPeriod)i;
        return;
      }
  hx_fault (loader, node, g_strdup (_ ("没有写明按什么期间算")),
            _ ("写 month、quarter、year 或 once"));
}

static void
take_max (HxLoader *loader, HxCap *cap, const HxNode *node)
{
  g_autoptr (GError) error = NULL;

  if (cap->sum == NULL || !hx_node_is (loader, node, HX_NODE_SCALAR))
    return;
  cap->has_max = TRUE;
  if (!hx_field_value (cap->sum, node->text, &cap->max, &error))
    hx_fault (loader, node, g_strdup (error->message), NULL);
  else if (cap->max < 0)
    hx_fault (loader, node, g_strdup (_ ("限额不能是负数")), NULL);
}

static void
take_date (HxLoader *loader, HxDate *date, const HxNode *node)
{
  g_autoptr (GError) error = NULL;

  if (hx_node_is (loader, node, HX_NODE_SCALAR)
      && !hx_date_parse (node->text, FALSE, date, &error))
    hx_fault (loader, node, g_strdup (error->message), NULL);
}

static void
take_from (HxLoader *loader, HxCap *cap, const HxNode *node)
{
  take_date (loader, &cap->from, node);
}

static void
take_until (HxLoader *loader, HxCap *cap, const HxNode *node)
{
  take_date (loader, &cap->until, node);
  if (cap->from.year != 0 && cap->until.year != 0
      && hx_date_compare (cap->until, cap->from) < 0)
    hx_fault (loader, node, g_strdup (_ ("until 早于 from")), NULL);
}

static void
take_unless (HxLoader *loader, HxCap *cap, const HxNode *node)
{
  if (!hx_node_is (loader, node, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < node->items->len; i++)
    {
      const HxField *field
          = find_field (loader, cap->kind, node->items->pdata[i]);

      if (field != NULL)
        g_ptr_array_add (cap->unless, hx_borrow (field));
    }
}

/* In the order in which one needs the other. */
static const struct
{
  const char *key;
  void (*take) (HxLoader *loader, HxCap *cap, const HxNode *node);
} marks[] = {
  { "where", take_where }, { "sum", take_sum },       { "per", take_per },
  { "each", take_each },   { "max", take_max },       { "from", take_from },
  { "until", take_until }, { "unless", take_unless },
};

static const HxKind *
find_kind (HxLoader *loader, const HxNode *node)
{
  const char *name = hx_node_text (loader, node, "of");
  const HxKind *kind
      = name == NULL ? NULL : hx_catalogue_kind (loader->catalogue, name);

  if (name != NULL && (kind == NULL || kind->is_register))
    {
      hx_fault (loader, hx_node_get (node, "of"),
                g_strdup_printf (_ ("没有台账“%s”"), name),
                _ ("写一种台账的 key"));
      return NULL;
    }
  return kind;
}

static gboolean
is_new (HxLoader *loader, const HxNode *node, const char *key)
{
  const GPtrArray *caps = loader->catalogue->caps;

  for (guint i = 0; i < caps->len; i++)
    if (strcmp (((HxCap *)caps->pdata[i])->key, key) == 0)
      {
        hx_fault (loader, node, g_strdup_printf (_ ("限额“%s”重复"), key),
                  NULL);
        return FALSE;
      }
  return TRUE;
}

static void
load_cap (HxLoader *loader, const HxNode *node)
{
  GPtrArray *caps = loader->catalogue->caps;
  const char *key;
  HxCap *cap;

  if (!hx_node_check (loader, node, cap_keys, G_N_ELEMENTS (cap_keys)))
    return;
  key = hx_node_text (loader, node, "key");
  if (key == NULL || !hx_key_check (loader, hx_node_get (node, "key"), key)
      || !is_new (loader, hx_node_get (node, "key"), key))
    return;
  cap = g_new0 (HxCap, 1);
  cap->key = g_strdup (key);
  cap->name = g_strdup (hx_node_text (loader, node, "name"));
  cap->document = g_strdup (hx_node_text (loader, node, "document"));
  cap->where = g_ptr_array_new_with_free_func (hx_condition_free);
  cap->unless = g_ptr_array_new ();
  cap->index = caps->len;
  g_ptr_array_add (caps, cap);
  cap->kind = find_kind (loader, node);
  for (guint i = 0; cap->kind != NULL && i < G_N_ELEMENTS (marks); i++)
    {
      const HxNode *value = hx_node_get (node, marks[i].key);

      if (value != NULL)
        marks[i].take (loader, cap, value);
    }
}

void
hx_caps_load (HxLoader *loader, const HxNode *root)
{
  if (!hx_node_is (loader, root, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < root->items->len; i++)
    load_cap (loader, root->items->pdata[i]);
}
