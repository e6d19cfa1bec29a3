/* Mappings: another system's columns as fields. */
#include "catalogue/mapping.h"

#include "catalogue/catalogue_internal.h"

#define FILE_MAX (256 * 1024)
#define HEADER_MAX 1000

static const HxKey mapping_keys[]
    = { { "key", TRUE },     { "name", TRUE },       { "kind", TRUE },
        { "sheets", FALSE }, { "header", FALSE },    { "columns", FALSE },
        { "skip", FALSE },   { "constants", FALSE }, { "negative", FALSE },
        { "agree", FALSE } };
static const HxKey column_keys[] = {
  { "field", TRUE }, { "names", FALSE }, { "unit", FALSE }, { "codes", FALSE }
};
static const HxKey test_keys[] = { { "names", FALSE }, { "is", FALSE } };
static const char *const units[] = { "元", "万元", "亿元" };

static void
column_free (gpointer data)
{
  HxMappingColumn *column = data;

  g_strfreev (column->names);
  g_free (column->unit);
  g_clear_pointer (&column->codes, g_hash_table_unref);
  g_free (column);
}

static void
test_free (gpointer data)
{
  HxMappingTest *test = data;

  g_strfreev (test->names);
  g_strfreev (test->is);
  g_free (test);
}

static void
constant_free (gpointer data)
{
  HxMappingConstant *constant = data;

  g_free (constant->text);
  g_free (constant);
}

void
hx_mapping_free (HxMapping *mapping)
{
  if (mapping == NULL)
    return;
  g_free (mapping->key);
  g_free (mapping->name);
  g_strfreev (mapping->sheets);
  g_ptr_array_unref (mapping->columns);
  g_ptr_array_unref (mapping->constants);
  g_ptr_array_unref (mapping->skip);
  g_ptr_array_unref (mapping->negative);
  g_ptr_array_unref (mapping->agree);
  g_free (mapping);
}

gboolean
hx_mapping_is_named (char *const *names, const char *label)
{
  g_autofree char *key = hx_text_column_key (label);

  for (; *names != NULL; names++)
    {
      g_autofree char *name = hx_text_column_key (*names);

      if (strcmp (key, name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* ------------------------------------------------------------------ fields */

static const HxField *
find_field (HxLoader *loader, const HxKind *kind, const HxNode *node)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  const HxField *field = node == NULL || node->text == NULL
                             ? NULL
                             : hx_kind_field (kind, node->text);

  if (node == NULL || field != NULL)
    return field;
  for (guint i = 0; i < kind->fields->len; i++)
    g_ptr_array_add (known, ((HxField *)kind->fields->pdata[i])->key);
  hx_fault_unknown (loader, node, _ ("没有字段"), known);
  return NULL;
}

static gboolean
has_field (const HxMapping *mapping, const HxField *field)
{
  for (guint i = 0; i < mapping->columns->len; i++)
    if (((HxMappingColumn *)mapping->columns->pdata[i])->field == field)
      return TRUE;
  for (guint i = 0; i < mapping->constants->len; i++)
    if (((HxMappingConstant *)mapping->constants->pdata[i])->field == field)
      return TRUE;
  return FALSE;
}

/* A field that is to be filled, once. */
static const HxField *
take_field (HxLoader *loader, const HxMapping *mapping, const HxNode *node)
{
  const HxField *field = find_field (loader, mapping->kind, node);

  if (field == NULL || !has_field (mapping, field))
    return field;
  hx_fault (loader, node, g_strdup_printf (_ ("字段“%s”已有一列"), field->key),
            _ ("几个列名写在同一个 names 里"));
  return NULL;
}

/* ----------------------------------------------------------------- columns */

/* A list that is not empty. */
static char **
load_list (HxLoader *loader, const HxNode *node, const char *key)
{
  char **list = hx_node_strings (loader, node, key);

  if (list[0] == NULL)
    hx_fault (loader, node, g_strdup_printf (_ ("缺少“%s”"), key),
              _ ("写成一个列表，如 [甲, 乙]"));
  return list;
}

static void
load_unit (HxLoader *loader, HxMappingColumn *column, const HxNode *node)
{
  const HxNode *unit = hx_node_get (node, "unit");

  if (unit == NULL || !hx_node_is (loader, unit, HX_NODE_SCALAR))
    return;
  if (column->field->type != HX_FIELD_MONEY)
    hx_fault (loader, unit, g_strdup (_ ("只有金额才有单位")), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_strcmp0 (unit->text, units[i]) == 0)
      column->unit = g_strdup (unit->text);
  if (column->unit == NULL)
    hx_fault (loader, unit,
              g_strdup_printf (_ ("不认识的金额单位“%s”"),
                               unit->text != NULL ? unit->text : ""),
              _ ("写 元、万元 或 亿元"));
}

static void
load_codes (HxLoader *loader, HxMappingColumn *column, const HxNode *node)
{
  const HxNode *codes = hx_node_get (node, "codes");

  if (codes == NULL || !hx_node_is (loader, codes, HX_NODE_MAPPING))
    return;
  column->codes
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i + 1 < codes->items->len; i += 2)
    {
      const HxNode *from = codes->items->pdata[i];
      const HxNode *to = codes->items->pdata[i + 1];

      if (!hx_node_is (loader, to, HX_NODE_SCALAR))
        continue;
      if (column->field->type == HX_FIELD_CHOICE && to->text != NULL
          && *to->text != '\0'
          && hx_code_find (column->field->codes, to->text) == NULL)
        hx_fault (loader, to,
                  g_strdup_printf (_ ("码表“%s”没有代码“%s”"),
                                   column->field->codes->name, to->text),
                  NULL);
      g_hash_table_insert (column->codes, hx_text_normalise (from->text),
                           g_strdup (to->text != NULL ? to->text : ""));
    }
}

static void
load_column (HxLoader *loader, HxMapping *mapping, const HxNode *node)
{
  HxMappingColumn *column;
  const HxField *field;

  if (!hx_node_check (loader, node, column_keys, G_N_ELEMENTS (column_keys)))
    return;
  field = take_field (loader, mapping, hx_node_get (node, "field"));
  if (field == NULL)
    return;
  column = g_new0 (HxMappingColumn, 1);
  column->field = field;
  column->names = load_list (loader, node, "names");
  load_unit (loader, column, node);
  load_codes (loader, column, node);
  g_ptr_array_add (mapping->columns, column);
}

/* ------------------------------------------------------- constants and tests
 */

static void
load_constants (HxLoader *loader, HxMapping *mapping, const HxNode *node)
{
  if (node == NULL || !hx_node_is (loader, node, HX_NODE_MAPPING))
    return;
  for (guint i = 0; i + 1 < node->items->len; i += 2)
    {
      const HxNode *value = node->items->pdata[i + 1];
      const HxField *field
          = take_field (loader, mapping, node->items->pdata[i]);
      HxMappingConstant *constant;

      if (field == NULL || !hx_node_is (loader, value, HX_NODE_SCALAR))
        continue;
      constant = g_new0 (HxMappingConstant, 1);
      constant->field = field;
      constant->text = g_strdup (value->text != NULL ? value->text : "");
      g_ptr_array_add (mapping->constants, constant);
    }
}

static void
normalise_all (char **texts)
{
  for (; *texts != NULL; texts++)
    {
      char *normal = hx_text_normalise (*texts);

      g_free (*texts);
      *texts = normal;
    }
}

static void
load_tests (HxLoader *loader, GPtrArray *tests, const HxNode *node)
{
  if (node == NULL || !hx_node_is (loader, node, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < node->items->len; i++)
    {
      const HxNode *item = node->items->pdata[i];
      HxMappingTest *test;

      if (!hx_node_check (loader, item, test_keys, G_N_ELEMENTS (test_keys)))
        continue;
      test = g_new0 (HxMappingTest, 1);
      test->names = hx_node_strings (loader, item, "names");
      test->is = load_list (loader, item, "is");
      normalise_all (test->is);
      g_ptr_array_add (tests, test);
    }
}

/* ------------------------------------------------------------------- whole */

static void
load_header (HxLoader *loader, HxMapping *mapping, const HxNode *root)
{
  const HxNode *node = hx_node_get (root, "header");
  guint64 number = 0;

  if (node == NULL || !hx_node_is (loader, node, HX_NODE_SCALAR))
    return;
  if (node->text == NULL
      || !g_ascii_string_to_unsigned (node->text, 10, 1, HEADER_MAX, &number,
                                      NULL))
    hx_fault (loader, node, g_strdup (_ ("header 要写表头在第几行")), NULL);
  mapping->header = (guint)number;
}

static void
load_agree (HxLoader *loader, HxMapping *mapping, const HxNode *root)
{
  const HxNode *node = hx_node_get (root, "agree");

  if (node == NULL)
    {
      for (guint i = 0; i < mapping->kind->fields->len; i++)
        {
          HxField *field = mapping->kind->fields->pdata[i];

          if (field->required && has_field (mapping, field)
              && !g_ptr_array_find (mapping->kind->identity, field, NULL))
            g_ptr_array_add (mapping->agree, field);
        }
      return;
    }
  if (!hx_node_is (loader, node, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < node->items->len; i++)
    {
      const HxNode *item = node->items->pdata[i];
      const HxField *field = find_field (loader, mapping->kind, item);

      if (field != NULL && !has_field (mapping, field))
        hx_fault (loader, item,
                  g_strdup_printf (_ ("字段“%s”没有列"), field->key), NULL);
      else if (field != NULL)
        g_ptr_array_add (mapping->agree, hx_borrow (field));
    }
}

static void
check_identity (HxLoader *loader, const HxMapping *mapping, const HxNode *root)
{
  for (guint i = 0; i < mapping->kind->identity->len; i++)
    {
      const HxField *field = mapping->kind->identity->pdata[i];

      if (!has_field (mapping, field))
        hx_fault (loader, root,
                  g_strdup_printf (_ ("字段“%s”没有列"), field->key),
                  _ ("没有它就分不清哪两行是同一行"));
    }
}

static HxMapping *
mapping_new (HxLoader *loader, const HxNode *root)
{
  HxMapping *mapping = g_new0 (HxMapping, 1);

  mapping->key = g_strdup (hx_node_text (loader, root, "key"));
  mapping->name = g_strdup (hx_node_text (loader, root, "name"));
  mapping->sheets = hx_node_strings (loader, root, "sheets");
  mapping->columns = g_ptr_array_new_with_free_func (column_free);
  mapping->constants = g_ptr_array_new_with_free_func (constant_free);
  mapping->skip = g_ptr_array_new_with_free_func (test_free);
  mapping->negative = g_ptr_array_new_with_free_func (test_free);
  mapping->agree = g_ptr_array_new ();
  return mapping;
}

static void
load_parts (HxLoader *loader, HxMapping *mapping, const HxNode *root)
{
  const HxNode *columns = hx_node_get (root, "columns");

  load_header (loader, mapping, root);
  if (columns == NULL)
    hx_fault (loader, root, g_strdup_printf (_ ("缺少“%s”"), "columns"),
              _ ("补上这一项"));
  else if (hx_node_is (loader, columns, HX_NODE_SEQUENCE))
    for (guint i = 0; i < columns->items->len; i++)
      load_column (loader, mapping, columns->items->pdata[i]);
  load_constants (loader, mapping, hx_node_get (root, "constants"));
  load_tests (loader, mapping->skip, hx_node_get (root, "skip"));
  load_tests (loader, mapping->negative, hx_node_get (root, "negative"));
  load_agree (loader, mapping, root);
  check_identity (loader, mapping, root);
}

/* What is wrong becomes a fault; NULL when the kind is not known. */
static HxMapping *
load_mapping (HxLoader *loader, const HxNode *root)
{
  const char *name;
  const HxKind *kind;
  HxMapping *mapping;

  if (!hx_node_check (loader, root, mapping_keys, G_N_ELEMENTS (mapping_keys)))
    return NULL;
  name = hx_node_text (loader, root, "kind");
  if (name == NULL)
    return NULL;
  kind = hx_catalogue_kind (loader->catalogue, name);
  if (kind == NULL)
    {
      hx_fault (loader, hx_node_get (root, "kind"),
                g_strdup_printf (_ ("没有台账“%s”"), name), NULL);
      return NULL;
    }
  mapping = mapping_new (loader, root);
  mapping->kind = kind;
  if (mapping->key != NULL)
    hx_key_check (loader, hx_node_get (root, "key"), mapping->key);
  load_parts (loader, mapping, root);
  return mapping;
}

void
hx_mappings_load (HxLoader *loader, const HxNode *root)
{
  HxMapping *mapping = load_mapping (loader, root);

  if (mapping == NULL)
    return;
  if (mapping->key != NULL
      && hx_catalogue_mapping (loader->catalogue, mapping->key) != NULL)
    hx_fault (loader, hx_node_get (root, "key"),
              g_strdup_printf (_ ("映射“%s”重复"), mapping->key), NULL);
  g_ptr_array_add (loader->catalogue->mappings, mapping);
}

void
hx_mapping_destroy (gpointer mapping)
{
  hx_mapping_free (mapping);
}

const GPtrArray *
hx_catalogue_mappings (const HxCatalogue *catalogue)
{
  return catalogue->mappings;
}

const HxMapping *
hx_catalogue_mapping (const HxCatalogue *catalogue, const char *name)
{
  for (guint i = 0; i < catalogue->mappings->len; i++)
    {
      const HxMapping *mapping = catalogue->mappings->pdata[i];

      if (g_strcmp0 (mapping->key, name) == 0
          || g_strcmp0 (mapping->name, name) == 0)
        return mapping;
    }
  return NULL;
}

/* -------------------------------------------------------------- one by path */

static char *
read_file (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) failed = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &text, &size, &failed))
    {
      const gboolean is_missing
          = g_error_matches (failed, G_FILE_ERROR, G_FILE_ERROR_NOENT);
      hx_fail (error, HX_ERROR_DATA,
               is_missing ? _ ("没有这个映射文件") : _ ("读不了这个映射文件"),
               path, _ ("请检查映射文件的路径"));
      return NULL;
    }
  if (size > FILE_MAX)
    {
      hx_fail (error, HX_ERROR_LIMIT, _ ("映射文件太大"), path, NULL);
      return NULL;
    }
  if (!hx_text_is_valid (text, (gssize)size))
    {
      hx_fail (error, HX_ERROR_DATA, _ ("映射文件不是 UTF-8 文字"), path, NULL);
      return NULL;
    }
  return g_steal_pointer (&text);
}

HxMapping *
hx_mapping_read (HxCatalogue *catalogue, const char *path, GError **error)
{
  g_autofree char *text = read_file (path, error);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  g_autoptr (HxMapping) mapping = NULL;
  g_autofree char *message = NULL;
  HxLoader loader = { catalogue, faults, FALSE, nodes };
  HxNode *root;

  if (text == NULL)
    return NULL;
  root = hx_yaml_read (&loader, path, text);
  if (root != NULL)
    mapping = load_mapping (&loader, root);
  if (root != NULL)
    hx_node_free (root);
  if (faults->len == 0 && mapping != NULL)
    return g_steal_pointer (&mapping);
  if (faults->len == 0)
    g_ptr_array_add (faults, g_strdup_printf (_ ("%s: 映射文件是空的"), path));
  g_ptr_array_add (faults, NULL);
  message = g_strjoinv ("\n", (char **)faults->pdata);
  hx_fail (error, HX_ERROR_DATA, message, NULL, NULL);
  return NULL;
}
