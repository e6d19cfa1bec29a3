#include "catalogue/catalogue_internal.h"

static gboolean
same (const char *a, const char *text)
{
  g_autofree char *plain = hx_text_normalise (a);

  return g_ascii_strcasecmp (plain, text) == 0;
}

const HxCode *
hx_code_find (const HxCodeList *list, const char *text)
{
  for (guint i = 0; i < list->codes->len; i++)
    {
      const HxCode *code = list->codes->pdata[i];

      if (strcmp (code->code, text) == 0 || strcmp (code->name, text) == 0)
        return code;
    }
  for (guint i = 0; i < list->codes->len; i++)
    {
      const HxCode *code = list->codes->pdata[i];

      if (same (code->code, text) || same (code->name, text))
        return code;
      for (char **alias = code->aliases; *alias != NULL; alias++)
        if (same (*alias, text))
          return code;
    }
  return NULL;
}

const HxCodeList *
hx_code_list_find (HxCatalogue *catalogue, const char *key)
{
  for (guint i = 0; i < catalogue->code_lists->len; i++)
    {
      const HxCodeList *list = catalogue->code_lists->pdata[i];

      if (strcmp (list->key, key) == 0)
        return list;
    }
  return NULL;
}

static void
load_code (HxLoader *loader, HxCodeList *list, const HxNode *node)
{
  static const HxKey keys[] = {
    { "code", TRUE }, { "name", TRUE }, { "aliases", FALSE }, { "ends", FALSE }
  };
  const char *key, *name;
  HxCode *code;

  if (!hx_node_check (loader, node, keys, G_N_ELEMENTS (keys)))
    return;
  key = hx_node_text (loader, node, "code");
  name = hx_node_text (loader, node, "name");
  if (key == NULL || name == NULL)
    return;
  if (hx_code_find (list, key) != NULL || hx_code_find (list, name) != NULL)
    hx_fault (loader, node,
              g_strdup_printf (_ ("代码“%s”（%s）重复"), key, name),
              _ ("改用另一个代码或名称"));
  code = g_new0 (HxCode, 1);
  code->code = g_strdup (key);
  code->name = g_strdup (name);
  code->aliases = hx_node_strings (loader, node, "aliases");
  code->ends = hx_node_bool (loader, node, "ends");
  g_ptr_array_add (list->codes, code);
}

static void
code_free (gpointer data)
{
  HxCode *code = data;

  g_free (code->code);
  g_free (code->name);
  g_strfreev (code->aliases);
  g_free (code);
}

static void
load_list (HxLoader *loader, const HxNode *key, const HxNode *node)
{
  static const HxKey keys[] = { { "name", TRUE }, { "codes", FALSE } };
  const HxNode *codes = hx_node_get (node, "codes");
  HxCodeList *list;

  hx_key_check (loader, key, key->text);
  if (!hx_node_check (loader, node, keys, G_N_ELEMENTS (keys)))
    return;
  list = g_new0 (HxCodeList, 1);
  list->key = g_strdup (key->text);
  list->name = g_strdup (hx_node_text (loader, node, "name"));
  list->codes = g_ptr_array_new_with_free_func (code_free);
  g_ptr_array_add (loader->catalogue->code_lists, list);
  if (codes == NULL)
    hx_fault (loader, node, g_strdup (_ ("缺少“codes”")), _ ("补上这一项"));
  else if (hx_node_is (loader, codes, HX_NODE_SEQUENCE))
    for (guint i = 0; i < codes->items->len; i++)
      load_code (loader, list, codes->items->pdata[i]);
}

void
hx_codes_load (HxLoader *loader, const HxNode *root)
{
  if (!hx_node_is (loader, root, HX_NODE_MAPPING))
    return;
  for (guint i = 0; i + 1 < root->items->len; i += 2)
    load_list (loader, root->items->pdata[i], root->items->pdata[i + 1]);
}
