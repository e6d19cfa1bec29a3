/* Which class a row is in. */
#include "people/statistics_internal.h"

#include "people/age.h"

#define RANK_UNKNOWN G_MAXINT64
#define TREE_DEPTH_MAX 64

void
hx_class_free (gpointer data)
{
  HxClass *class = data;
  if (class == NULL)
    return;
  g_free (class->key);
  g_clear_pointer (&class->names, g_ptr_array_unref);
  g_free (class);
}

/* ------------------------------------------------------------ the dimensions
 */

static gboolean
fail_dimension (const HxKind *kind, const char *word, GError **error)
{
  g_autoptr (GString) known = g_string_new (_ ("可用：age（年龄）"));
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = kind->fields->pdata[i];
      if (!field->secret
          && (field->type == HX_FIELD_CHOICE || field->type == HX_FIELD_REF
              || field->type == HX_FIELD_BOOL))
        g_string_append_printf (known, "、%s（%s）", field->key, field->name);
    }
  return hx_fail (error, HX_ERROR_USAGE, _ ("不能按这个字段统计"), word,
                  known->str);
}

static gboolean
parse_dimension (const HxKind *kind, const char *word, HxDimension *dimension,
                 GError **error)
{
  g_autofree char *label = hx_text_column_key (word);
  const HxField *field = hx_kind_field_by_label (kind, word);
  const HxField *birth = hx_kind_field (kind, "birth_date");
  if (field == NULL && birth != NULL && birth->type == HX_FIELD_DATE
      && (g_str_equal (label, "age") || g_str_equal (label, "年龄")))
    {
      *dimension = (HxDimension){ birth, TRUE };
      return TRUE;
    }
  if (field == NULL || field->secret
      || (field->type != HX_FIELD_CHOICE && field->type != HX_FIELD_REF
          && field->type != HX_FIELD_BOOL))
    return fail_dimension (kind, word, error);
  *dimension = (HxDimension){ field, FALSE };
  return TRUE;
}

static char **
split (const char *text)
{
  g_auto (GStrv) wide = g_strsplit (text, "，", -1);
  g_autofree char *joined = g_strjoinv (",", wide);
  return g_strsplit (joined, ",", -1);
}

gboolean
hx_dimensions_parse (const HxKind *kind, const char *text, GArray *dimensions,
                     GError **error)
{
  g_auto (GStrv) words = split (text);
  for (guint i = 0; words[i] != NULL; i++)
    {
      HxDimension dimension;
      if (dimensions->len >= HX_DIMENSIONS_MAX)
        return hx_fail (error, HX_ERROR_USAGE, _ ("维度太多"), text,
                        _ ("行、列各最多 3 个"));
      if (!parse_dimension (kind, words[i], &dimension, error))
        return FALSE;
      g_array_append_val (dimensions, dimension);
    }
  return dimensions->len > 0 || fail_dimension (kind, text, error);
}

gboolean
hx_ages_parse (const char *text, GArray *ages, GError **error)
{
  g_auto (GStrv) words = split (text);
  for (guint i = 0; words[i] != NULL; i++)
    {
      const int last
          = ages->len > 0 ? g_array_index (ages, int, ages->len - 1) : 0;
      HxDecimal number = { 0 };
      int age;
      if (!hx_decimal_parse (words[i], 0, &number, NULL) || number.units <= last
          || number.units > 150 || ages->len >= HX_AGE_BANDS_MAX)
        return hx_fail (error, HX_ERROR_USAGE, _ ("年龄段不对"), text,
                        _ ("写各段的起始年龄，从小到大，例如 60,70,80,90"));
      age = (int)number.units;
      g_array_append_val (ages, age);
    }
  return ages->len > 0
         || hx_fail (error, HX_ERROR_USAGE, _ ("年龄段不对"), text, NULL);
}

GArray *
hx_ages_default (void)
{
  GArray *ages = g_array_new (FALSE, FALSE, sizeof (int));
  for (int age = 60; age <= 90; age += 5)
    g_array_append_val (ages, age);
  return ages;
}

/* --------------------------------------------------------- the tree of units
 */

typedef struct
{
  GPtrArray *ids;       /* gint64 *, in the order of the register */
  GHashTable *children; /* parent id → GPtrArray of gint64 * */
  GHashTable *ranks;
} Tree;

static void
walk_tree (Tree *tree, gint64 parent, guint depth)
{
  g_autoptr (GPtrArray) children = NULL;
  gpointer key = NULL, value = NULL;
  if (depth > TREE_DEPTH_MAX
      || !g_hash_table_steal_extended (tree->children, &parent, &key, &value))
    return;
  g_free (key);
  children = value;
  for (guint i = 0; i < children->len; i++)
    {
      const gint64 *id = children->pdata[i];
      g_hash_table_insert (
          tree->ranks, g_memdup2 (id, sizeof *id),
          GUINT_TO_POINTER (g_hash_table_size (tree->ranks) + 1));
      walk_tree (tree, *id, depth + 1);
    }
}

static void
add_unit (Tree *tree, gint64 id, gint64 parent)
{
  GPtrArray *children = g_hash_table_lookup (tree->children, &parent);
  gint64 *own = g_memdup2 (&id, sizeof id);
  g_ptr_array_add (tree->ids, own);
  if (children == NULL)
    {
      children = g_ptr_array_new ();
      g_hash_table_insert (tree->children, g_memdup2 (&parent, sizeof parent),
                           children);
    }
  g_ptr_array_add (children, own);
}

static gboolean
read_units (HxConnection *connection, const HxKind *unit, Tree *tree,
            GError **error)
{
  const HxField *parent = hx_kind_field (unit, "parent");
  g_autofree char *sql = g_strdup_printf (
      "SELECT id, %s%s%s FROM %s WHERE bureau_id = %d ORDER BY id",
      parent != NULL ? "\"" : "",
      parent != NULL ? hx_field_column (parent) : "NULL",
      parent != NULL ? "\"" : "", unit->table, HX_BUREAU_ID);
  g_autoptr (HxStatement) statement = hx_statement_new (connection, sql, error);
  HxStep step;
  if (statement == NULL)
    return FALSE;
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    add_unit (tree, hx_column_integer (statement, 0),
              hx_column_integer (statement, 1));
  return step == HX_STEP_DONE;
}

static void
children_free (gpointer data)
{
  g_ptr_array_unref (data);
}

/* From the top down; what hangs in a circle comes last. */
static GHashTable *
unit_places (HxConnection *connection, const HxKind *unit, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) children = g_hash_table_new_full (
      g_int64_hash, g_int64_equal, g_free, children_free);
  g_autoptr (GHashTable) ranks
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Tree tree = { ids, children, ranks };
  if (unit != NULL && !read_units (connection, unit, &tree, error))
    return NULL;
  walk_tree (&tree, 0, 0);
  return g_steal_pointer (&ranks);
}

/* ---------------------------------------------------------------- the classes
 */

HxClasses *
hx_classes_new (const HxStatisticsQuery *query, const GArray *dimensions,
                GError **error)
{
  g_autoptr (HxClasses) classes = g_new0 (HxClasses, 1);
  classes->query = query;
  classes->dimensions = dimensions;
  classes->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  classes->classes = g_ptr_array_new_with_free_func (hx_class_free);
  classes->units = unit_places (
      query->connection, hx_catalogue_kind (query->catalogue, "unit"), error);
  return classes->units != NULL ? g_steal_pointer (&classes) : NULL;
}

void
hx_classes_free (HxClasses *classes)
{
  if (classes == NULL)
    return;
  g_hash_table_unref (classes->by_key);
  g_ptr_array_unref (classes->classes);
  g_clear_pointer (&classes->units, g_hash_table_unref);
  g_free (classes);
}

static guint
age_band (const GArray *ages, int age)
{
  guint band = 0;
  while (band < ages->len && age >= g_array_index (ages, int, band))
    band++;
  return band;
}

static char *
age_name (const GArray *ages, guint band)
{
  const int first = band > 0 ? g_array_index (ages, int, band - 1) : 0;
  if (band == ages->len)
    return g_strdup_printf ("%d+", first);
  const int next = g_array_index (ages, int, band);
  if (band == 0)
    return g_strdup_printf ("≤%d", next - 1);
  return g_strdup_printf ("%d–%d", first, next - 1);
}

static int
code_place (const HxCodeList *list, const char *code)
{
  for (guint i = 0; i < list->codes->len; i++)
    if (g_str_equal (((const HxCode *)list->codes->pdata[i])->code, code))
      return (int)i;
  return (int)list->codes->len;
}

static gint64
unit_place (const HxClasses *classes, const HxField *field, gint64 id)
{
  const guint place
      = GPOINTER_TO_UINT (g_hash_table_lookup (classes->units, &id));
  if (!g_str_equal (field->target->key, "unit"))
    return id;
  return place != 0 ? (gint64)place : G_MAXINT32 + id;
}

/* The key of one dimension into `key`, and its rank. */
static gint64
append_key (const HxClasses *classes, const HxDimension *dimension,
            const HxRow *row, HxDate day, GString *key)
{
  const HxField *field = dimension->field;
  const HxValue *value = &row->values[field->index];
  int age;
  if (!value->filled)
    return RANK_UNKNOWN;
  if (!dimension->is_age && field->type == HX_FIELD_CHOICE)
    {
      g_string_append (key, value->text);
      return code_place (field->codes, value->text);
    }
  if (!dimension->is_age)
    {
      g_string_append_printf (key, "%" G_GINT64_FORMAT, value->integer);
      return field->type == HX_FIELD_REF
                 ? unit_place (classes, field, value->integer)
                 : 1 - value->integer;
    }
  age = hx_age_on (hx_date_from_number ((gint32)value->integer), day);
  if (age == HX_AGE_UNKNOWN)
    return RANK_UNKNOWN;
  const guint band = age_band (classes->query->ages, age);
  g_autofree char *name = age_name (classes->query->ages, band);
  g_string_append (key, name);
  return band;
}

static char *
dimension_name (const HxClasses *classes, const HxDimension *dimension,
                const HxRow *row, gint64 rank, GError **error)
{
  if (rank == RANK_UNKNOWN)
    return g_strdup (_ ("未填"));
  if (dimension->is_age)
    return age_name (classes->query->ages, (guint)rank);
  return hx_value_display (classes->query->connection, row, dimension->field,
                           TRUE, error);
}

static gboolean
name_class (const HxClasses *classes, HxKnownClass *known, const HxRow *row,
            GError **error)
{
  known->class.names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; classes->dimensions != NULL && i < classes->dimensions->len;
       i++)
    {
      char *name = dimension_name (
          classes, &g_array_index (classes->dimensions, HxDimension, i), row,
          known->ranks[i], error);
      if (name == NULL)
        return FALSE;
      g_ptr_array_add (known->class.names, name);
    }
  return TRUE;
}

HxKnownClass *
hx_classes_of (HxClasses *classes, const HxRow *row, HxDate day, GError **error)
{
  g_autoptr (GString) key = g_string_new (NULL);
  HxKnownClass found = { 0 };
  for (guint i = 0; classes->dimensions != NULL && i < classes->dimensions->len;
       i++)
    {
      if (i > 0)
        g_string_append_c (key, '/');
      found.ranks[i] = append_key (
          classes, &g_array_index (classes->dimensions, HxDimension, i), row,
          day, key);
    }
  HxKnownClass *known = g_hash_table_lookup (classes->by_key, key->str);
  if (known != NULL)
    return known;
  if (classes->classes->len >= HX_CLASSES_MAX)
    return hx_fail (error, HX_ERROR_LIMIT, _ ("分出的类太多"), NULL,
                    _ ("少用几个维度")),
           NULL;
  known = g_memdup2 (&found, sizeof found);
  known->class.key = g_strdup (key->str);
  known->met = classes->classes->len;
  g_ptr_array_add (classes->classes, known);
  g_hash_table_insert (classes->by_key, known->class.key, known);
  return name_class (classes, known, row, error) ? known : NULL;
}

static gint
by_rank (gconstpointer a, gconstpointer b)
{
  const HxKnownClass *one = *(HxKnownClass *const *)a;
  const HxKnownClass *other = *(HxKnownClass *const *)b;
  for (guint i = 0; i < HX_DIMENSIONS_MAX; i++)
    if (one->ranks[i] != other->ranks[i])
      return one->ranks[i] < other->ranks[i] ? -1 : 1;
  return strcmp (one->class.key, other->class.key);
}

GPtrArray *
hx_classes_take (HxClasses *classes)
{
  GPtrArray *sorted = g_steal_pointer (&classes->classes);
  classes->classes = g_ptr_array_new_with_free_func (hx_class_free);
  g_hash_table_remove_all (classes->by_key);
  g_ptr_array_sort (sorted, by_rank);
  for (guint i = 0; i < sorted->len; i++)
    ((HxKnownClass *)sorted->pdata[i])->place = i;
  return sorted;
}
