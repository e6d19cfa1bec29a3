/* Reading nodes, and the faults found in them. */
#include "catalogue/catalogue_internal.h"

HxNode *
hx_node_get (const HxNode *mapping, const char *key)
{
  if (mapping == NULL || mapping->kind != HX_NODE_MAPPING)
    return NULL;
  for (guint i = 0; i + 1 < mapping->items->len; i += 2)
    {
      const HxNode *name = mapping->items->pdata[i];

      if (name->text != NULL && strcmp (name->text, key) == 0)
        return mapping->items->pdata[i + 1];
    }
  return NULL;
}

void
hx_fault (HxLoader *loader, const HxNode *node, char *what,
          const char *what_to_do)
{
  g_autofree char *owned = what;

  if (loader->faults->len >= HX_CATALOGUE_FAULTS_MAX)
    {
      loader->more = TRUE;
      return;
    }
  g_ptr_array_add (loader->faults,
                   g_strdup_printf ("%s:%u:%u: %s%s%s", node->file, node->line,
                                    node->column, owned,
                                    what_to_do == NULL ? "" : ": ",
                                    what_to_do == NULL ? "" : what_to_do));
}

gboolean
hx_node_is (HxLoader *loader, const HxNode *node, HxNodeKind kind)
{
  static const char *const names[]
      = { N_ ("这里应当是一个值"), N_ ("这里应当是一个列表"),
          N_ ("这里应当是“键: 值”的写法") };

  if (node->kind == kind)
    return TRUE;
  hx_fault (loader, node, g_strdup (_ (names[kind])), NULL);
  return FALSE;
}

const char *
hx_node_text (HxLoader *loader, const HxNode *mapping, const char *key)
{
  const HxNode *node = hx_node_get (mapping, key);

  if (node == NULL || !hx_node_is (loader, node, HX_NODE_SCALAR))
    return NULL;
  return *node->text == '\0' ? NULL : node->text;
}

gboolean
hx_node_bool (HxLoader *loader, const HxNode *mapping, const char *key)
{
  const char *text = hx_node_text (loader, mapping, key);

  if (text == NULL || strcmp (text, "false") == 0)
    return FALSE;
  if (strcmp (text, "true") != 0)
    hx_fault (loader, hx_node_get (mapping, key),
              g_strdup_printf (_ ("“%s”的值“%s”不对"), key, text),
              _ ("写 true 或 false"));
  return strcmp (text, "true") == 0;
}

char **
hx_node_strings (HxLoader *loader, const HxNode *mapping, const char *key)
{
  const HxNode *node = hx_node_get (mapping, key);
  GPtrArray *strings = g_ptr_array_new ();

  if (node != NULL && hx_node_is (loader, node, HX_NODE_SEQUENCE))
    for (guint i = 0; i < node->items->len; i++)
      {
        const HxNode *item = node->items->pdata[i];

        if (hx_node_is (loader, item, HX_NODE_SCALAR))
          g_ptr_array_add (strings, g_strdup (item->text));
      }
  g_ptr_array_add (strings, NULL);
  return (char **)g_ptr_array_free (strings, FALSE);
}

static guint
distance (const char *a, const char *b)
{
  gsize n = strlen (a), m = strlen (b);
  guint row[65];

  if (n > 64 || m > 64)
    return 99;
  for (guint j = 0; j <= m; j++)
    row[j] = j;
  for (gsize i = 1; i <= n; i++)
    {
      guint diagonal = row[0];

      row[0] = (guint)i;
      for (gsize j = 1; j <= m; j++)
        {
          guint change = diagonal + (a[i - 1] != b[j - 1]);

          diagonal = row[j];
          row[j] = MIN (change, MIN (row[j], row[j - 1]) + 1);
        }
    }
  return row[m];
}

const char *
hx_nearest (const char *word, const char *const *candidates)
{
  guint best = 1 + (guint)strlen (word) / 3;
  const char *nearest = NULL;

  for (; *candidates != NULL; candidates++)
    {
      guint away = distance (word, *candidates);

      if (away <= best)
        {
          nearest = *candidates;
          best = away == 0 ? 0 : away - 1;
        }
    }
  return nearest;
}

void
hx_fault_unknown (HxLoader *loader, const HxNode *node, const char *what,
                  GPtrArray *known)
{
  const char *word = node->text == NULL ? "" : node->text;
  const char *nearest;
  g_autofree char *hint = NULL;

  g_ptr_array_add (known, NULL);
  nearest = hx_nearest (word, (const char *const *)known->pdata);
  g_ptr_array_set_size (known, (int)known->len - 1);
  if (nearest != NULL)
    hint = g_strdup_printf (_ ("是不是“%s”？"), nearest);
  hx_fault (loader, node, g_strdup_printf ("%s“%s”", what, word), hint);
}

gboolean
hx_node_check (HxLoader *loader, const HxNode *node, const HxKey *keys,
               gsize n_keys)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  if (!hx_node_is (loader, node, HX_NODE_MAPPING))
    return FALSE;
  for (gsize i = 0; i < n_keys; i++)
    {
      g_ptr_array_add (known, hx_borrow (keys[i].key));
      if (keys[i].required && hx_node_text (loader, node, keys[i].key) == NULL)
        hx_fault (loader, node, g_strdup_printf (_ ("缺少“%s”"), keys[i].key),
                  _ ("补上这一项"));
    }
  for (guint i = 0; i + 1 < node->items->len; i += 2)
    {
      const HxNode *name = node->items->pdata[i];

      if (!g_ptr_array_find_with_equal_func (known, name->text, g_str_equal,
                                             NULL))
        hx_fault_unknown (loader, name, _ ("不认识的键"), known);
    }
  return TRUE;
}

gboolean
hx_key_check (HxLoader *loader, const HxNode *node, const char *key)
{
  gboolean good = g_ascii_islower (*key) && strlen (key) <= 48;

  for (const char *p = key; *p != '\0'; p++)
    good &= g_ascii_islower (*p) || g_ascii_isdigit (*p) || *p == '_';
  if (!good)
    hx_fault (loader, node, g_strdup_printf (_ ("“%s”不能作名字"), key),
              _ ("以小写英文字母开头，只用小写字母、数字和下划线"));
  return good;
}
