/* statistics.yaml: the tables that a bureau draws every year. */
#include "catalogue/catalogue_internal.h"

#define DIMENSIONS_MAX 3
#define AGES_MAX 30

static const HxKey keys[] = {
  { "key", TRUE },    { "name", TRUE },     { "of", TRUE },
  { "rows", FALSE },  { "columns", FALSE }, { "ages", FALSE },
  { "where", FALSE }, { "balance", FALSE },
};

void
hx_statistic_free (gpointer data)
{
  HxStatistic *statistic = data;

  g_free (statistic->key);
  g_free (statistic->name);
  g_array_unref (statistic->rows);
  g_array_unref (statistic->columns);
  g_array_unref (statistic->ages);
  g_ptr_array_unref (statistic->terms);
  g_free (statistic);
}

/* -------------------------------------------------------------- dimensions */

static gboolean
is_dimension (const HxField *field)
{
  return !field->secret
         && (field->type == HX_FIELD_CHOICE || field->type == HX_FIELD_REF
             || field->type == HX_FIELD_BOOL);
}

static void
read_dimension (HxLoader *loader, const HxKind *kind, const HxNode *node,
                GArray *dimensions)
{
  HxDimension dimension = { NULL, FALSE };
  const HxField *birth = hx_kind_field (kind, "birth_date");

  if (!hx_node_is (loader, node, HX_NODE_SCALAR))
    return;
  dimension.field = hx_kind_field (kind, node->text);
  if (dimension.field == NULL && strcmp (node->text, "age") == 0
      && birth != NULL && birth->type == HX_FIELD_DATE)
    dimension = (HxDimension){ birth, TRUE };
  if (dimension.field == NULL)
    hx_fault (loader, node,
              g_strdup_printf (_ ("“%s”没有字段“%s”"), kind->name, node->text),
              _ ("写字段的 key，或 age"));
  else if (!dimension.is_age && !is_dimension (dimension.field))
    hx_fault (loader, node,
              g_strdup_printf (_ ("不能按“%s”统计"), dimension.field->name),
              _ ("写 choice、ref 或 bool 字段，或 age"));
  else
    g_array_append_val (dimensions, dimension);
}

static void
read_dimensions (HxLoader *loader, const HxKind *kind, const HxNode *mapping,
                 const char *key, GArray *dimensions)
{
  const HxNode *list = hx_node_get (mapping, key);

  if (list == NULL || !hx_node_is (loader, list, HX_NODE_SEQUENCE))
    return;
  if (list->items->len == 0 || list->items->len > DIMENSIONS_MAX)
    hx_fault (loader, list, g_strdup (_ ("维度要有 1 到 3 个")), NULL);
  else
    for (guint i = 0; i < list->items->len; i++)
      read_dimension (loader, kind, list->items->pdata[i], dimensions);
}

static void
read_ages (HxLoader *loader, const HxNode *mapping, GArray *ages)
{
  const HxNode *list = hx_node_get (mapping, "ages");
  gint64 last = 0;

  if (list == NULL || !hx_node_is (loader, list, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < list->items->len; i++)
    {
      const HxNode *item = list->items->pdata[i];
      HxDecimal number = { 0 };
      int age;

      if (i >= AGES_MAX || item->text == NULL
          || !hx_decimal_parse (item->text, 0, &number, NULL)
          || number.units <= last || number.units > 150)
        {
          hx_fault (loader, item, g_strdup (_ ("年龄段不对")),
                    _ ("写各段的起始年龄，从小到大，例如 [60, 70, 80]"));
          return;
        }
      last = number.units;
      age = (int)last;
      g_array_append_val (ages, age);
    }
}

/* ------------------------------------------------------------------- where */

static char *
term_of (const HxCondition *condition)
{
  const char *key = condition->field->key;
  g_autofree char *values = NULL;

  if (condition->test == HX_TEST_FILLED)
    return g_strdup_printf ("%s!=", key);
  if (condition->test == HX_TEST_EMPTY)
    return g_strdup_printf ("%s=", key);
  if (condition->test != HX_TEST_IN || condition->reference != NULL
      || (condition->field->type != HX_FIELD_CHOICE
          && condition->field->type != HX_FIELD_BOOL))
    return NULL;
  if (condition->field->type == HX_FIELD_CHOICE)
    values = g_strjoinv (",", condition->texts);
  else
    values = g_strdup (
        g_array_index (condition->integers, gint64, 0) != 0 ? "1" : "0");
  return g_strdup_printf ("%s=%s", key, values);
}

/* The conditions as terms of a selection (ledger/selection.h), which knows
 * what a field held on the day. */
static void
read_where (HxLoader *loader, const HxStatistic *statistic,
            const HxNode *mapping)
{
  const HxNode *where = hx_node_get (mapping, "where");
  g_autoptr (GPtrArray) conditions
      = g_ptr_array_new_with_free_func (hx_condition_free);
  guint faults = loader->faults->len;

  hx_conditions_load (loader, statistic->of, where, conditions);
  for (guint i = 0; loader->faults->len == faults && i < conditions->len; i++)
    {
      char *term = term_of (conditions->pdata[i]);

      if (term == NULL)
        hx_fault (loader, where,
                  g_strdup (_ ("统计表的条件只能是代码、是否或填没填")),
                  _ ("写 {字段: [代码]} 或 {字段: {filled: true}}"));
      else
        g_ptr_array_add (statistic->terms, term);
    }
  g_ptr_array_add (statistic->terms, NULL);
}

/* ------------------------------------------------------------------ a table */

static HxStatistic *
statistic_new (const char *key, const char *name)
{
  HxStatistic *statistic = g_new0 (HxStatistic, 1);

  statistic->key = g_strdup (key);
  statistic->name = g_strdup (name);
  statistic->rows = g_array_new (FALSE, FALSE, sizeof (HxDimension));
  statistic->columns = g_array_new (FALSE, FALSE, sizeof (HxDimension));
  statistic->ages = g_array_new (FALSE, FALSE, sizeof (int));
  statistic->terms = g_ptr_array_new_with_free_func (g_free);
  return statistic;
}

static void
load_table (HxLoader *loader, const HxNode *node)
{
  GPtrArray *statistics = loader->catalogue->statistics;
  const char *key, *of;
  HxStatistic *statistic;

  if (!hx_node_check (loader, node, keys, G_N_ELEMENTS (keys)))
    return;
  key = hx_node_text (loader, node, "key");
  of = hx_node_text (loader, node, "of");
  if (key == NULL || of == NULL
      || !hx_key_check (loader, hx_node_get (node, "key"), key))
    return;
  if (hx_catalogue_statistic (loader->catalogue, key) != NULL)
    hx_fault (loader, hx_node_get (node, "key"),
              g_strdup_printf (_ ("统计表“%s”重复"), key), NULL);
  statistic = statistic_new (key, hx_node_text (loader, node, "name"));
  g_ptr_array_add (statistics, statistic);
  statistic->of = hx_catalogue_kind (loader->catalogue, of);
  if (statistic->of == NULL || !statistic->of->is_register)
    {
      hx_fault (loader, hx_node_get (node, "of"),
                g_strdup_printf (_ ("没有名册“%s”"), of),
                _ ("写一个名册的 key"));
      return;
    }
  statistic->is_balance = hx_node_bool (loader, node, "balance");
  read_dimensions (loader, statistic->of, node, "rows", statistic->rows);
  read_dimensions (loader, statistic->of, node, "columns", statistic->columns);
  if (hx_node_get (node, "rows") == NULL)
    hx_fault (loader, node, g_strdup (_ ("缺少“rows”")), _ ("补上这一项"));
  read_ages (loader, node, statistic->ages);
  read_where (loader, statistic, node);
  if (statistic->is_balance
      && (statistic->rows->len != 1 || statistic->columns->len > 0))
    hx_fault (loader, node, g_strdup (_ ("平衡表只有一个行的维度")),
              _ ("删去 columns"));
}

void
hx_statistics_load (HxLoader *loader, const HxNode *root)
{
  if (!hx_node_is (loader, root, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < root->items->len; i++)
    load_table (loader, root->items->pdata[i]);
}

const HxStatistic *
hx_catalogue_statistic (const HxCatalogue *catalogue, const char *name)
{
  for (guint i = 0; i < catalogue->statistics->len; i++)
    {
      const HxStatistic *statistic = catalogue->statistics->pdata[i];

      if (g_str_equal (statistic->key, name)
          || g_strcmp0 (statistic->name, name) == 0)
        return statistic;
    }
  return NULL;
}

const GPtrArray *
hx_catalogue_statistics (const HxCatalogue *catalogue)
{
  return catalogue->statistics;
}
