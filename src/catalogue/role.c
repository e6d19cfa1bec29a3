#include "catalogue/role.h"

typedef struct
{
  HxLoader *loader;
  const HxSections *all;
  gpointer view;
} Binder;

static const HxKind **
kind_place (const Binder *binder, gsize offset)
{
  return (const HxKind **)((char *)binder->view + offset);
}

/* The kind a section is bound to; NULL when there is none yet. */
static const HxKind *
section_kind (const Binder *binder, const char *key)
{
  for (gsize i = 0; i < binder->all->n_sections; i++)
    if (strcmp (binder->all->sections[i].key, key) == 0)
      return *kind_place (binder, binder->all->sections[i].offset);
  return NULL;
}

static void
check_codes (const Binder *binder, const HxNode *node, const HxRole *role,
             const HxField *field)
{
  g_auto (GStrv) codes = g_strsplit (role->codes, " ", -1);

  for (char **code = codes; *code != NULL; code++)
    {
      gboolean is_there = FALSE;

      for (guint i = 0; i < field->codes->codes->len; i++)
        is_there
            |= strcmp (((HxCode *)field->codes->codes->pdata[i])->code, *code)
               == 0;
      if (!is_there)
        hx_fault (binder->loader, node,
                  g_strdup_printf (_ ("码表“%s”没有代码“%s”"),
                                   field->codes->name, *code),
                  _ ("在 codes.yaml 里补上这个代码"));
    }
}

static gboolean
fits (const Binder *binder, const HxNode *node, const HxRole *role,
      const HxField *field)
{
  const HxKind *target;

  if ((1 << field->type & role->type) == 0)
    {
      hx_fault (binder->loader, node,
                g_strdup_printf (_ ("字段“%s”的类型不合“%s”的用途"), field->key,
                                 role->key),
                _ ("另指一个字段，或改它的类型"));
      return FALSE;
    }
  if (field->secret)
    {
      hx_fault (binder->loader, node,
                g_strdup_printf (_ ("字段“%s”是保密的，不能作“%s”"), field->key,
                                 role->key),
                _ ("另指一个字段，或去掉它的 secret"));
      return FALSE;
    }
  if (role->codes == NULL)
    return TRUE;
  if (role->type == HX_ROLE_CHOICE)
    check_codes (binder, node, role, field);
  target = role->type == HX_ROLE_REF ? section_kind (binder, role->codes)
                                     : field->target;
  if (target == field->target)
    return TRUE;
  hx_fault (binder->loader, node,
            g_strdup_printf (_ ("字段“%s”应引用“%s”所指的名册"), field->key,
                             role->codes),
            NULL);
  return FALSE;
}

static void
bind_role (const Binder *binder, const HxNode *node, const HxKind *kind,
           const HxRole *role)
{
  const HxNode *named = hx_node_get (node, role->key);
  const char *name
      = named == NULL || named->text == NULL ? role->key : named->text;
  const HxField *field = hx_kind_field (kind, name);

  if (field == NULL && (named != NULL || role->required))
    hx_fault (binder->loader, named == NULL ? node : named,
              g_strdup_printf (_ ("“%s”没有字段“%s”"), kind->name, name),
              _ ("写成“用途: 字段的 key”"));
  else if (field != NULL
           && fits (binder, named == NULL ? node : named, role, field))
    *(const HxField **)((char *)binder->view + role->offset) = field;
}

static gboolean
check_section (const Binder *binder, const HxNode *node,
               const HxSection *section)
{
  g_autofree HxKey *keys = g_new0 (HxKey, section->n_roles + 1);

  keys[0] = (HxKey){ "in", TRUE };
  for (gsize i = 0; i < section->n_roles; i++)
    keys[i + 1] = (HxKey){ section->roles[i].key, FALSE };
  return hx_node_check (binder->loader, node, keys, section->n_roles + 1);
}

static void
bind_kind (const Binder *binder, const HxNode *root, const HxSection *section)
{
  const HxNode *node = hx_node_get (root, section->key);
  const char *name;
  const HxKind *kind;

  if (node == NULL)
    {
      if (section->required)
        hx_fault (binder->loader, root,
                  g_strdup_printf (_ ("缺少“%s”"), section->key),
                  _ ("补上这一项"));
      return;
    }
  if (!check_section (binder, node, section))
    return;
  name = hx_node_text (binder->loader, node, "in");
  kind = name == NULL ? NULL
                      : hx_catalogue_kind (binder->loader->catalogue, name);
  if (name == NULL)
    return;
  if (kind == NULL || kind->is_register != section->is_register)
    hx_fault (binder->loader, hx_node_get (node, "in"),
              g_strdup_printf (section->is_register ? _ ("没有名册“%s”")
                                                    : _ ("没有台账“%s”"),
                               name),
              NULL);
  else
    *kind_place (binder, section->offset) = kind;
}

static void
check_root (const Binder *binder, const HxNode *root)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (HxKey));

  for (gsize i = 0; i < binder->all->n_sections; i++)
    {
      HxKey key = { binder->all->sections[i].key, FALSE };

      g_array_append_val (keys, key);
    }
  for (const char *const *name = binder->all->settings; *name != NULL; name++)
    {
      HxKey key = { *name, FALSE };

      g_array_append_val (keys, key);
    }
  hx_node_check (binder->loader, root, (HxKey *)(gpointer)keys->data,
                 keys->len);
}

static void
bind_roles (const Binder *binder, const HxNode *root, const HxSection *section)
{
  const HxKind *kind = *kind_place (binder, section->offset);

  for (gsize i = 0; kind != NULL && i < section->n_roles; i++)
    bind_role (binder, hx_node_get (root, section->key), kind,
               &section->roles[i]);
}

void
hx_sections_load (HxLoader *loader, const HxNode *root,
                  const HxSections *sections, gpointer view)
{
  Binder binder = { loader, sections, view };

  if (!hx_node_is (loader, root, HX_NODE_MAPPING))
    return;
  check_root (&binder, root);
  for (gsize i = 0; i < sections->n_sections; i++)
    bind_kind (&binder, root, &sections->sections[i]);
  for (gsize i = 0; i < sections->n_sections; i++)
    bind_roles (&binder, root, &sections->sections[i]);
}
