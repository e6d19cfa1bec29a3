#include "catalogue/catalogue_internal.h"

void
hx_condition_free (gpointer data)
{
  HxCondition *condition = data;

  g_strfreev (condition->texts);
  g_clear_pointer (&condition->integers, g_array_unref);
  g_free (condition);
}

static void
tell (HxLoader *loader, const HxNode *node, GError *error)
{
  hx_fault (loader, node, g_strdup (error->message), NULL);
  g_error_free (error);
}

static void
no_field (HxLoader *loader, const HxNode *node, const HxKind *kind)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  for (guint i = 0; i < kind->fields->len; i++)
    g_ptr_array_add (known, ((HxField *)kind->fields->pdata[i])->key);
  hx_fault_unknown (loader, node, _ ("没有字段"), known);
}

static gboolean
find_field (HxLoader *loader, const HxKind *kind, const HxNode *node,
            HxCondition *condition)
{
  g_auto (GStrv) parts = g_strsplit (node->text, ".", 2);
  const char *last = parts[0] == NULL ? "" : parts[0];

  if (parts[0] != NULL && parts[1] != NULL)
    {
      condition->reference = hx_kind_field (kind, parts[0]);
      last = parts[1];
      if (condition->reference == NULL
          || condition->reference->type != HX_FIELD_REF
          || condition->reference->target == NULL)
        {
          hx_fault (loader, node,
                    g_strdup_printf (_ ("“%s”不是引用字段"), parts[0]),
                    _ ("点号前写一个 ref 字段"));
          return FALSE;
        }
      kind = condition->reference->target;
    }
  condition->field = hx_kind_field (kind, last);
  if (condition->field == NULL)
    no_field (loader, node, kind);
  return condition->field != NULL;
}

static void
take_text (HxLoader *loader, HxCondition *condition, const HxNode *node,
           GPtrArray *texts)
{
  const HxField *field = condition->field;
  const HxCode *code;
  char date[HX_DATE_TEXT_SIZE];
  GError *error = NULL;
  gint64 number;

  if (field->type == HX_FIELD_DATE)
    {
      if (!hx_field_value (field, node->text, &number, &error))
        {
          tell (loader, node, error);
          return;
        }
      hx_date_format (hx_date_from_number ((gint32)number), date);
      g_ptr_array_add (texts, g_strdup (date));
      return;
    }
  code = field->codes == NULL ? NULL : hx_code_find (field->codes, node->text);
  if (field->codes != NULL && code == NULL)
    hx_fault (loader, node,
              g_strdup_printf (_ ("代码表“%s”里没有“%s”"), field->codes->name,
                               node->text),
              _ ("改成表里的代码"));
  g_ptr_array_add (texts, g_strdup (code == NULL ? node->text : code->code));
}

static void
take_value (HxLoader *loader, HxCondition *condition, const HxNode *node,
            GPtrArray *texts)
{
  gint64 number = 0;
  GError *error = NULL;

  if (!hx_node_is (loader, node, HX_NODE_SCALAR))
    return;
  if (!hx_field_type_is_integer (condition->field->type))
    take_text (loader, condition, node, texts);
  else if (!hx_field_value (condition->field, node->text, &number, &error))
    tell (loader, node, error);
  else
    g_array_append_val (condition->integers, number);
}

static void
load_in (HxLoader *loader, HxCondition *condition, const HxNode *node)
{
  HxFieldType type = condition->field->type;
  GPtrArray *texts = g_ptr_array_new ();
  gboolean is_list = node->kind == HX_NODE_SEQUENCE;

  condition->test = HX_TEST_IN;
  if (hx_field_type_is_integer (type))
    condition->integers = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (type == HX_FIELD_REF || type == HX_FIELD_EVIDENCE)
    hx_fault (loader, node, g_strdup (_ ("这类字段只能问填没填")),
              _ ("写 {filled: true}，或用“引用.字段”"));
  else if (!is_list)
    take_value (loader, condition, node, texts);
  else if (node->items->len == 0)
    hx_fault (loader, node, g_strdup (_ ("列表是空的")), _ ("至少写一个值"));
  else
    for (guint i = 0; i < node->items->len; i++)
      take_value (loader, condition, node->items->pdata[i], texts);
  g_ptr_array_add (texts, NULL);
  condition->texts = (char **)g_ptr_array_free (texts, FALSE);
}

static gboolean
bound (HxLoader *loader, HxCondition *condition, const HxNode *node,
       const char *key, gint64 *value)
{
  const char *text = hx_node_text (loader, node, key);
  GError *error = NULL;

  if (text == NULL)
    return FALSE;
  if (!hx_field_value (condition->field, text, value, &error))
    tell (loader, hx_node_get (node, key), error);
  return TRUE;
}

static void
load_range (HxLoader *loader, HxCondition *condition, const HxNode *node)
{
  static const HxKey keys[]
      = { { "min", FALSE }, { "max", FALSE }, { "filled", FALSE } };

  hx_node_check (loader, node, keys, G_N_ELEMENTS (keys));
  if (hx_node_get (node, "filled") != NULL)
    {
      gboolean filled = hx_node_bool (loader, node, "filled");

      condition->test = filled ? HX_TEST_FILLED : HX_TEST_EMPTY;
      if (node->items->len > 2)
        hx_fault (loader, node, g_strdup (_ ("filled 不能与 min、max 同用")),
                  NULL);
      return;
    }
  condition->test = HX_TEST_RANGE;
  if (!hx_field_has_range (condition->field))
    {
      hx_fault (loader, node,
                g_strdup (_ ("这类字段没有大小，不能用 min、max")),
                _ ("写一个值或一个列表"));
      return;
    }
  condition->has_min = bound (loader, condition, node, "min", &condition->min);
  condition->has_max = bound (loader, condition, node, "max", &condition->max);
  if (!condition->has_min && !condition->has_max)
    hx_fault (loader, node, g_strdup (_ ("范围里没有 min 也没有 max")), NULL);
}

/* The tables hold such a field sealed. */
static void
check_secret (HxLoader *loader, const HxCondition *condition,
              const HxNode *node)
{
  if (condition->field->secret && condition->test != HX_TEST_FILLED
      && condition->test != HX_TEST_EMPTY)
    hx_fault (loader, node,
              g_strdup_printf (_ ("“%s”是保密的字段，只能问填没填"),
                               condition->field->key),
              _ ("写 {filled: true} 或 {filled: false}"));
}

void
hx_conditions_load (HxLoader *loader, const HxKind *kind, const HxNode *node,
                    GPtrArray *conditions)
{
  if (node == NULL || kind == NULL
      || !hx_node_is (loader, node, HX_NODE_MAPPING))
    return;
  for (guint i = 0; i + 1 < node->items->len; i += 2)
    {
      HxCondition *condition = g_new0 (HxCondition, 1);
      const HxNode *value = node->items->pdata[i + 1];

      g_ptr_array_add (conditions, condition);
      if (!find_field (loader, kind, node->items->pdata[i], condition))
        continue;
      if (value->kind == HX_NODE_MAPPING)
        load_range (loader, condition, value);
      else
        load_in (loader, condition, value);
      check_secret (loader, condition, value);
    }
}

static void
append_number (const HxField *field, gint64 value, GString *out)
{
  g_autofree char *text = NULL;
  char date[HX_DATE_TEXT_SIZE];

  if (field->type == HX_FIELD_DATE)
    {
      hx_date_format (hx_date_from_number ((gint32)value), date);
      text = g_strdup (date);
    }
  else if (field->type == HX_FIELD_BOOL)
    text = g_strdup (value ? "是" : "否");
  else if (field->type == HX_FIELD_MONEY)
    text = hx_money_format_yuan (value);
  else
    text = hx_decimal_format ((HxDecimal){
        value, field->type == HX_FIELD_DECIMAL ? field->decimals : 0 });
  g_string_append (out, text);
  if (field->type == HX_FIELD_MONEY)
    g_string_append (out, "元");
}

static void
word_values (const HxCondition *condition, GString *out)
{
  for (guint i = 0; condition->texts[i] != NULL; i++)
    {
      const HxCode *code
          = condition->field->codes == NULL
                ? NULL
                : hx_code_find (condition->field->codes, condition->texts[i]);

      g_string_append (out, i == 0 ? "" : "、");
      g_string_append (out, code == NULL ? condition->texts[i] : code->name);
    }
  for (guint i = 0; condition->integers != NULL && i < condition->integers->len;
       i++)
    {
      g_string_append (out, i == 0 ? "" : "、");
      append_number (condition->field,
                     g_array_index (condition->integers, gint64, i), out);
    }
}

static void
word_one (const HxCondition *condition, GString *out)
{
  if (condition->reference != NULL)
    g_string_append_printf (out, "%s的", condition->reference->name);
  g_string_append (out, condition->field->name);
  if (condition->test == HX_TEST_FILLED)
    g_string_append (out, "已填");
  else if (condition->test == HX_TEST_EMPTY)
    g_string_append (out, "未填");
  else if (condition->test == HX_TEST_IN)
    {
      g_string_append (out, "为");
      word_values (condition, out);
    }
  if (condition->has_min)
    {
      g_string_append (out, "不小于");
      append_number (condition->field, condition->min, out);
    }
  if (condition->has_max)
    {
      g_string_append (out, condition->has_min ? "且不大于" : "不大于");
      append_number (condition->field, condition->max, out);
    }
}

void
hx_conditions_word (const GPtrArray *conditions, GString *out)
{
  for (guint i = 0; i < conditions->len; i++)
    {
      g_string_append (out, i == 0 ? "" : "；");
      word_one (conditions->pdata[i], out);
    }
}

void
hx_conditions_canon (const GPtrArray *conditions, GString *out)
{
  for (guint i = 0; i < conditions->len; i++)
    {
      const HxCondition *one = conditions->pdata[i];
      guint n = one->integers == NULL ? 0 : one->integers->len;

      g_string_append_printf (out, "\n? %s.%s %d %d %u",
                              one->reference ? one->reference->key : "",
                              one->field->key, (int)one->test,
                              (int)one->field->type, one->field->decimals);
      if (one->has_min)
        g_string_append_printf (out, " >%" G_GINT64_FORMAT, one->min);
      if (one->has_max)
        g_string_append_printf (out, " <%" G_GINT64_FORMAT, one->max);
      for (guint j = 0; one->texts != NULL && one->texts[j] != NULL; j++)
        g_string_append_printf (out, " '%s'", one->texts[j]);
      for (guint j = 0; j < n; j++)
        g_string_append_printf (out, " =%" G_GINT64_FORMAT,
                                g_array_index (one->integers, gint64, j));
    }
}
