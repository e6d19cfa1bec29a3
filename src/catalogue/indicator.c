/* Indicators in two rounds: what each counts, then how those that are made of
 * others hang together (found by key, no cycles, one unit). */
#include "catalogue/catalogue_internal.h"

typedef void (*Take) (HxLoader *loader, HxIndicator *indicator,
                      const HxNode *value);

static void
take_count (HxLoader *loader, HxIndicator *indicator, const HxNode *value)
{
  (void)indicator;
  if (g_strcmp0 (value->text, "true") != 0)
    hx_fault (loader, value, g_strdup (_ ("count 只能是 true")), NULL);
}

static void
take_field (HxLoader *loader, HxIndicator *indicator, const HxNode *value)
{
  gboolean good;

  if (!hx_node_is (loader, value, HX_NODE_SCALAR) || indicator->kind == NULL)
    return;
  indicator->field = hx_kind_field (indicator->kind, value->text);
  if (indicator->field == NULL)
    {
      g_autoptr (GPtrArray) known = g_ptr_array_new ();

      for (guint i = 0; i < indicator->kind->fields->len; i++)
        g_ptr_array_add (known,
                         ((HxField *)indicator->kind->fields->pdata[i])->key);
      hx_fault_unknown (loader, value, _ ("没有字段"), known);
      return;
    }
  if (indicator->measure == HX_MEASURE_SUM)
    good = indicator->field->type != HX_FIELD_DATE
           && hx_field_has_range (indicator->field);
  else
    good = indicator->field->type == HX_FIELD_REF
           || indicator->field->type == HX_FIELD_ATTENDEES;
  if (!good)
    hx_fault (loader, value,
              g_strdup_printf (_ ("%s 类型的字段不能这样统计"),
                               hx_field_type_name (indicator->field->type)),
              _ ("sum 用数量或金额字段，distinct 用引用或参加人字段"));
}

static const HxKind *
find_register (HxLoader *loader, const HxNode *value)
{
  const HxKind *kind;

  if (!hx_node_is (loader, value, HX_NODE_SCALAR))
    return NULL;
  kind = hx_catalogue_kind (loader->catalogue, value->text);
  if (kind != NULL && kind->is_register)
    return kind;
  hx_fault (loader, value, g_strdup_printf (_ ("没有名册“%s”"), value->text),
            _ ("写一个名册的 key"));
  return NULL;
}

static void
take_members (HxLoader *loader, HxIndicator *indicator, const HxNode *value)
{
  indicator->kind = find_register (loader, value);
}

static void
take_coverage (HxLoader *loader, HxIndicator *indicator, const HxNode *value)
{
  const HxKind *kind = indicator->kind;

  indicator->base = find_register (loader, value);
  for (guint i = 0; kind != NULL && i < kind->fields->len; i++)
    {
      const HxField *field = kind->fields->pdata[i];

      if (indicator->base == NULL || field->target != indicator->base)
        continue;
      if (indicator->field == NULL
          || (indicator->field->type == HX_FIELD_ATTENDEES
              && field->type == HX_FIELD_REF))
        indicator->field = field;
    }
  if (kind != NULL && indicator->base != NULL && indicator->field == NULL)
    hx_fault (loader, value,
              g_strdup_printf (_ ("“%s”没有指向“%s”的字段"), kind->name,
                               indicator->base->name),
              NULL);
}

static void
take_typed (HxLoader *loader, HxIndicator *indicator, const HxNode *value)
{
  GError *error = NULL;

  if (!hx_node_is (loader, value, HX_NODE_SCALAR))
    return;
  if (!hx_decimal_parse (value->text, 6, &indicator->typed, &error))
    {
      hx_fault (loader, value, g_strdup (error->message), NULL);
      g_error_free (error);
    }
}

typedef struct
{
  const char *key;
  gboolean needs_kind;
  const char *source;
  Take take; /* NULL: made of other indicators */
} Measure;

static const Measure measures[] = {
  [HX_MEASURE_COUNT] = { "count", TRUE, "rows", take_count },
  [HX_MEASURE_SUM] = { "sum", TRUE, "rows", take_field },
  [HX_MEASURE_DISTINCT] = { "distinct", TRUE, "rows", take_field },
  [HX_MEASURE_MEMBERS] = { "members", FALSE, "rows", take_members },
  [HX_MEASURE_COVERAGE] = { "coverage", TRUE, "rows", take_coverage },
  [HX_MEASURE_RATIO] = { "ratio", FALSE, "formula", NULL },
  [HX_MEASURE_TOTAL] = { "total", FALSE, "formula", NULL },
  [HX_MEASURE_REACHED] = { "reached", FALSE, "formula", NULL },
  [HX_MEASURE_TYPED] = { "typed", FALSE, "typed", take_typed },
};

static const HxKey indicator_keys[] = {
  { "key", TRUE },      { "name", TRUE },         { "unit", TRUE },
  { "in", FALSE },      { "where", FALSE },       { "of_where", FALSE },
  { "until", FALSE },   { "decimals", FALSE },    { "source", FALSE },
  { "limits", FALSE },  { "verified_by", FALSE }, { "count", FALSE },
  { "sum", FALSE },     { "distinct", FALSE },    { "members", FALSE },
  { "ratio", FALSE },   { "coverage", FALSE },    { "total", FALSE },
  { "reached", FALSE }, { "typed", FALSE },
};

void
hx_indicator_free (gpointer data)
{
  HxIndicator *indicator = data;

  g_free (indicator->key);
  g_free (indicator->name);
  g_free (indicator->unit);
  g_ptr_array_unref (indicator->where);
  g_ptr_array_unref (indicator->base_where);
  g_ptr_array_unref (indicator->parts);
  g_free (indicator->source);
  g_free (indicator->verified_by);
  g_free (indicator->limits);
  g_free (indicator->query);
  g_free (indicator->digest);
  g_free (indicator);
}

static const HxNode *
find_measure (HxLoader *loader, HxIndicator *indicator, const HxNode *node)
{
  const HxNode *found = NULL;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    {
      const HxNode *value = hx_node_get (node, measures[i].key);

      n += value != NULL;
      if (value == NULL)
        continue;
      found = value;
      indicator->measure = (HxMeasureKind)i;
    }
  if (n != 1)
    hx_fault (loader, node, g_strdup (_ ("一个指标要有且只有一种算法")),
              _ ("count、sum、distinct、members、coverage、ratio、total、"
                 "reached、typed 中写一个"));
  return n == 1 ? found : NULL;
}

static void
read_until (HxLoader *loader, HxIndicator *indicator, const HxNode *node)
{
  const char *text = hx_node_text (loader, node, "until");
  g_auto (GStrv) parts = g_strsplit (text == NULL ? "" : text, "-", 2);

  if (text == NULL)
    return;
  if (parts[0] != NULL && parts[1] != NULL)
    {
      indicator->until_month = (int)g_ascii_strtoll (parts[0], NULL, 10);
      indicator->until_day = (int)g_ascii_strtoll (parts[1], NULL, 10);
    }
  if (strlen (text) != 5
      || !hx_date_is_valid (2023, indicator->until_month, indicator->until_day))
    hx_fault (loader, hx_node_get (node, "until"),
              g_strdup_printf (_ ("“%s”不是月-日"), text), _ ("写成 11-30"));
}

static void
read_decimals (HxLoader *loader, HxIndicator *indicator, const HxNode *node)
{
  const char *text = hx_node_text (loader, node, "decimals");
  HxDecimal number;

  if (indicator->measure == HX_MEASURE_TYPED)
    indicator->decimals = indicator->typed.scale;
  else if (indicator->is_money || g_strcmp0 (indicator->unit, "%") == 0)
    indicator->decimals = 2;
  else if (indicator->field != NULL
           && indicator->field->type == HX_FIELD_DECIMAL)
    indicator->decimals = indicator->field->decimals;
  if (text == NULL)
    return;
  if (!hx_decimal_parse (text, 0, &number, NULL) || number.units < 0
      || number.units > 6)
    hx_fault (loader, hx_node_get (node, "decimals"),
              g_strdup (_ ("decimals 应是 0 到 6")), NULL);
  else
    indicator->decimals = (guint)number.units;
}

static void
read_words (HxLoader *loader, HxIndicator *indicator, const HxNode *node)
{
  static const char *const sources[] = { "rows", "formula", "typed", NULL };
  const char *source = hx_node_text (loader, node, "source");

  if (source != NULL && !g_strv_contains (sources, source))
    hx_fault (loader, hx_node_get (node, "source"),
              g_strdup_printf (_ ("不认识的来源“%s”"), source),
              _ ("写 rows、formula 或 typed"));
  indicator->source
      = g_strdup (source == NULL || indicator->measure == HX_MEASURE_TYPED
                      ? measures[indicator->measure].source
                      : source);
  indicator->verified_by
      = g_strdup (hx_node_text (loader, node, "verified_by"));
  indicator->limits = g_strdup (hx_node_text (loader, node, "limits"));
}

/* The kind whose rows are counted. */
static void
read_in (HxLoader *loader, HxIndicator *indicator, const HxNode *node)
{
  const char *in = hx_node_text (loader, node, "in");
  gboolean needed = measures[indicator->measure].needs_kind;

  if (needed && in == NULL)
    hx_fault (loader, node, g_strdup (_ ("缺少“in”")), _ ("写明数哪种台账"));
  if (!needed && in != NULL)
    hx_fault (loader, node, g_strdup (_ ("这种算法不用“in”")), NULL);
  if (!needed || in == NULL)
    return;
  indicator->kind = hx_catalogue_kind (loader->catalogue, in);
  if (indicator->kind == NULL)
    hx_fault (loader, hx_node_get (node, "in"),
              g_strdup_printf (_ ("没有种类“%s”"), in), NULL);
}

static void
read_where (HxLoader *loader, HxIndicator *indicator, const HxNode *node)
{
  const HxNode *where = hx_node_get (node, "where");

  if (indicator->kind == NULL && !measures[indicator->measure].needs_kind
      && where != NULL)
    hx_fault (loader, where, g_strdup (_ ("这种算法不用“where”")), NULL);
  hx_conditions_load (loader, indicator->kind, where, indicator->where);
}

/* A covered row is judged by its own fields: it is looked at once more for
 * each row that refers to it. */
static void
read_of_where (HxLoader *loader, HxIndicator *indicator, const HxNode *node)
{
  const HxNode *where = hx_node_get (node, "of_where");

  if (indicator->measure != HX_MEASURE_COVERAGE && where != NULL)
    hx_fault (loader, where, g_strdup (_ ("只有 coverage 用“of_where”")), NULL);
  hx_conditions_load (loader, indicator->base, where, indicator->base_where);
  for (guint i = 0; i < indicator->base_where->len; i++)
    {
      const HxCondition *condition = indicator->base_where->pdata[i];

      if (condition->reference != NULL)
        hx_fault (loader, where,
                  g_strdup_printf (_ ("of_where 不能经“%s”再引用别的名册"),
                                   condition->reference->key),
                  _ ("只写这个名册自己的字段"));
    }
}

static void
read_rule (HxLoader *loader, HxIndicator *indicator, const HxNode *node)
{
  const HxNode *value = find_measure (loader, indicator, node);
  const Measure *measure = &measures[indicator->measure];

  if (value == NULL)
    return;
  read_in (loader, indicator, node);
  if (measure->take != NULL)
    measure->take (loader, indicator, value);
  indicator->is_money = indicator->measure == HX_MEASURE_SUM
                        && indicator->field != NULL
                        && indicator->field->type == HX_FIELD_MONEY;
  read_where (loader, indicator, node);
  read_of_where (loader, indicator, node);
}

static HxIndicator *
begin (HxLoader *loader, const HxNode *node)
{
  HxCatalogue *catalogue = loader->catalogue;
  HxIndicator *indicator;
  const char *key;

  if (!hx_node_check (loader, node, indicator_keys,
                      G_N_ELEMENTS (indicator_keys)))
    return NULL;
  key = hx_node_text (loader, node, "key");
  if (key == NULL || !hx_key_check (loader, hx_node_get (node, "key"), key))
    return NULL;
  if (g_hash_table_contains (catalogue->indicator_by_key, key))
    {
      hx_fault (loader, hx_node_get (node, "key"),
                g_strdup_printf (_ ("指标“%s”重复"), key), NULL);
      return NULL;
    }
  indicator = g_new0 (HxIndicator, 1);
  indicator->key = g_strdup (key);
  indicator->name = g_strdup (hx_node_text (loader, node, "name"));
  indicator->unit = g_strdup (hx_node_text (loader, node, "unit"));
  indicator->where = g_ptr_array_new_with_free_func (hx_condition_free);
  indicator->base_where = g_ptr_array_new_with_free_func (hx_condition_free);
  indicator->parts = g_ptr_array_new ();
  indicator->index = catalogue->indicators->len;
  g_ptr_array_add (catalogue->indicators, indicator);
  g_hash_table_insert (catalogue->indicator_by_key, indicator->key, indicator);
  read_rule (loader, indicator, node);
  read_until (loader, indicator, node);
  read_words (loader, indicator, node);
  return indicator;
}

static void
read_parts (HxLoader *loader, HxIndicator *indicator, const HxNode *node)
{
  const HxNode *list = hx_node_get (node, measures[indicator->measure].key);

  if (list == NULL || measures[indicator->measure].take != NULL
      || !hx_node_is (loader, list, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < list->items->len; i++)
    {
      const HxNode *item = list->items->pdata[i];
      const HxIndicator *part
          = item->text == NULL
                ? NULL
                : hx_catalogue_indicator (loader->catalogue, item->text);
      g_autoptr (GPtrArray) known = g_ptr_array_new ();

      if (part != NULL)
        {
          g_ptr_array_add (indicator->parts, hx_borrow (part));
          continue;
        }
      for (guint j = 0; j < loader->catalogue->indicators->len; j++)
        g_ptr_array_add (
            known,
            ((HxIndicator *)loader->catalogue->indicators->pdata[j])->key);
      hx_fault_unknown (loader, item, _ ("没有指标"), known);
    }
  if (indicator->measure == HX_MEASURE_RATIO && list->items->len != 2)
    hx_fault (loader, list, g_strdup (_ ("ratio 要两个指标")), NULL);
  else if (list->items->len == 0)
    hx_fault (loader, list, g_strdup (_ ("列表是空的")), NULL);
}

/* Money flows up from the parts; a cycle is met on the way. */
static gboolean
settle (HxIndicator *indicator, GHashTable *open)
{
  if (!g_hash_table_add (open, indicator))
    return FALSE;
  for (guint i = 0; i < indicator->parts->len; i++)
    {
      HxIndicator *part = indicator->parts->pdata[i];

      if (!settle (part, open))
        return FALSE;
      if (indicator->measure == HX_MEASURE_TOTAL && part->is_money)
        indicator->is_money = TRUE;
    }
  g_hash_table_remove (open, indicator);
  return TRUE;
}

static void
check_parts (HxLoader *loader, HxIndicator *indicator, const HxNode *node)
{
  const HxIndicator *first
      = indicator->parts->len == 0 ? NULL : indicator->parts->pdata[0];

  for (guint i = 0; i < indicator->parts->len; i++)
    {
      const HxIndicator *part = indicator->parts->pdata[i];

      if (indicator->measure == HX_MEASURE_REACHED)
        {
          if (part->measure != HX_MEASURE_COVERAGE)
            hx_fault (loader, node,
                      g_strdup_printf (_ ("“%s”不是覆盖率"), part->key),
                      _ ("reached 只用 coverage 指标"));
        }
      else if (part->measure == HX_MEASURE_RATIO
               || part->measure == HX_MEASURE_COVERAGE)
        hx_fault (
            loader, node,
            g_strdup_printf (_ ("“%s”是比率，不能再相加或相除"), part->key),
            NULL);
      else if (part->is_money != first->is_money
               || (indicator->measure == HX_MEASURE_TOTAL
                   && g_strcmp0 (part->unit, indicator->unit) != 0))
        hx_fault (loader, node,
                  g_strdup_printf (_ ("“%s”的单位与别的部分不同"), part->key),
                  _ ("相加或相比的指标要同一单位"));
    }
}

static void
finish (HxLoader *loader, HxIndicator *indicator, const HxNode *node)
{
  g_autoptr (GHashTable) open = g_hash_table_new (NULL, NULL);

  if (!settle (indicator, open))
    {
      hx_fault (loader, node,
                g_strdup_printf (_ ("指标“%s”绕回了自己"), indicator->key),
                _ ("拆开循环引用"));
      g_ptr_array_set_size (indicator->parts, 0);
    }
  check_parts (loader, indicator, node);
  read_decimals (loader, indicator, node);
}

void
hx_indicators_load (HxLoader *loader, const HxNode *root)
{
  GPtrArray *indicators = loader->catalogue->indicators;
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();

  if (!hx_node_is (loader, root, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < root->items->len; i++)
    if (begin (loader, root->items->pdata[i]) != NULL)
      g_ptr_array_add (nodes, root->items->pdata[i]);
  for (guint i = 0; i < nodes->len; i++)
    read_parts (loader, indicators->pdata[i], nodes->pdata[i]);
  for (guint i = 0; i < nodes->len; i++)
    finish (loader, indicators->pdata[i], nodes->pdata[i]);
  for (guint i = 0; loader->faults->len == 0 && i < nodes->len; i++)
    hx_indicator_describe (loader->catalogue, indicators->pdata[i]);
}
