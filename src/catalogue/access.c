/* access.yaml: which role may do what with which kinds. */
#include "catalogue/access.h"
#include "catalogue/catalogue_internal.h"

/* Roles, one bit each, for one kind; by field what is more. */
typedef struct
{
  HxUserRoles may[HX_ACTS];
  HxUserRoles *hides, *unmasks;
} KindAccess;

struct _HxAccessRules
{
  guint n_kinds;
  KindAccess *kinds;
  HxUserRoles names; /* that are shown names */
};

/* What is said of one role. */
typedef struct
{
  HxLoader *loader;
  HxAccessRules *rules;
  const HxNode *groups; /* or NULL */
  HxUserRoles role;
} Saying;

/* In the order of the bits. */
static const char *const role_keys[HX_USER_ROLES]
    = { "system",  "security", "audit",  "liaison",  "clerk",
        "finance", "section",  "bureau", "reviewer", "reader" };

static const char *const act_keys[HX_ACTS] = {
  [HX_ACT_READ] = "read",       [HX_ACT_WRITE] = "write",
  [HX_ACT_APPROVE] = "approve", [HX_ACT_VOID] = "void",
  [HX_ACT_UNMASK] = NULL,       [HX_ACT_EXPORT] = "export",
};

const char *
hx_user_role_key (guint i)
{
  g_return_val_if_fail (i < HX_USER_ROLES, NULL);
  return role_keys[i];
}

void
hx_access_rules_free (HxAccessRules *rules)
{
  if (rules == NULL)
    return;
  for (guint i = 0; i < rules->n_kinds; i++)
    {
      g_free (rules->kinds[i].hides);
      g_free (rules->kinds[i].unmasks);
    }
  g_free (rules->kinds);
  g_free (rules);
}

static HxAccessRules *
rules_new (const HxCatalogue *catalogue)
{
  HxAccessRules *rules = g_new0 (HxAccessRules, 1);

  rules->n_kinds = catalogue->kinds->len;
  rules->kinds = g_new0 (KindAccess, rules->n_kinds + 1);
  for (guint i = 0; i < rules->n_kinds; i++)
    {
      const HxKind *kind = catalogue->kinds->pdata[i];

      rules->kinds[i].hides = g_new0 (HxUserRoles, kind->fields->len + 1);
      rules->kinds[i].unmasks = g_new0 (HxUserRoles, kind->fields->len + 1);
    }
  return rules;
}

/* ------------------------------------------------------------- lists of kinds
 */

/* Only by its key: a name may be a group's as well. */
static const HxKind *
kind_by_key (const HxLoader *loader, const char *key)
{
  const HxKind *kind = hx_catalogue_kind (loader->catalogue, key);

  return kind != NULL && strcmp (kind->key, key) == 0 ? kind : NULL;
}

static void
fault_no_kind (HxLoader *loader, const HxNode *word, const HxNode *groups)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  const GPtrArray *kinds = loader->catalogue->kinds;

  for (guint i = 0; i < kinds->len; i++)
    g_ptr_array_add (known, ((const HxKind *)kinds->pdata[i])->key);
  for (guint i = 0; groups != NULL && i + 1 < groups->items->len; i += 2)
    g_ptr_array_add (known, ((const HxNode *)groups->items->pdata[i])->text);
  hx_fault_unknown (loader, word, _ ("没有台账或台账组"), known);
}

typedef void (*KindFunc) (const Saying *saying, const HxKind *kind, guint data);

/* The kinds of a group; those of a wrong one have been named already. */
static gboolean
each_of_group (const Saying *saying, const char *word, KindFunc function,
               guint data)
{
  const HxNode *group
      = saying->groups != NULL ? hx_node_get (saying->groups, word) : NULL;

  if (group == NULL)
    return FALSE;
  for (guint i = 0; group->items != NULL && i < group->items->len; i++)
    {
      const HxNode *member = group->items->pdata[i];
      const HxKind *kind = member->text != NULL
                               ? kind_by_key (saying->loader, member->text)
                               : NULL;

      if (kind != NULL)
        function (saying, kind, data);
    }
  return TRUE;
}

static void
each_of_all (const Saying *saying, KindFunc function, guint data)
{
  const GPtrArray *kinds = saying->loader->catalogue->kinds;

  for (guint i = 0; i < kinds->len; i++)
    function (saying, kinds->pdata[i], data);
}

static void
each_of_word (const Saying *saying, const HxNode *word, KindFunc function,
              guint data)
{
  const HxKind *kind;

  if (!hx_node_is (saying->loader, word, HX_NODE_SCALAR))
    return;
  kind = kind_by_key (saying->loader, word->text);
  if (kind != NULL)
    function (saying, kind, data);
  else if (!each_of_group (saying, word->text, function, data))
    fault_no_kind (saying->loader, word, saying->groups);
}

/* `all`, or a list of kinds and groups. */
static void
each_kind (const Saying *saying, const HxNode *node, KindFunc function,
           guint data)
{
  if (node->kind == HX_NODE_SCALAR && strcmp (node->text, "all") == 0)
    {
      each_of_all (saying, function, data);
      return;
    }
  if (node->kind == HX_NODE_SCALAR)
    {
      hx_fault (saying->loader, node,
                g_strdup_printf (_ ("“%s”不是清单"), node->text),
                _ ("写 all，或者 [台账, 台账组]"));
      return;
    }
  if (!hx_node_is (saying->loader, node, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < node->items->len; i++)
    each_of_word (saying, node->items->pdata[i], function, data);
}

static void
load_groups (HxLoader *loader, const HxNode *groups)
{
  const Saying none = { loader, NULL, NULL, 0 };

  if (!hx_node_is (loader, groups, HX_NODE_MAPPING))
    return;
  for (guint i = 0; i + 1 < groups->items->len; i += 2)
    {
      const HxNode *name = groups->items->pdata[i];
      const HxNode *members = groups->items->pdata[i + 1];

      if (kind_by_key (loader, name->text) != NULL
          || strcmp (name->text, "all") == 0)
        hx_fault (loader, name,
                  g_strdup_printf (_ ("台账组不能叫“%s”"), name->text),
                  _ ("换一个名字，它已有别的意思"));
      if (!hx_node_is (loader, members, HX_NODE_SEQUENCE))
        continue;
      for (guint m = 0; m < members->items->len; m++)
        {
          const HxNode *member = members->items->pdata[m];

          if (hx_node_is (loader, member, HX_NODE_SCALAR)
              && kind_by_key (loader, member->text) == NULL)
            fault_no_kind (none.loader, member, NULL);
        }
    }
}

/* -------------------------------------------------------------------- a role
 */

static void
allow (const Saying *saying, const HxKind *kind, guint act)
{
  saying->rules->kinds[kind->index].may[act] |= saying->role;
}

/* A field that is not there cannot be unmasked. */
static void
settle_unmasked (const Saying *saying, const HxKind *kind, guint data)
{
  KindAccess *access = &saying->rules->kinds[kind->index];

  (void)data;
  for (guint i = 0; i < kind->fields->len; i++)
    {
      access->unmasks[i] &= ~(access->hides[i] & saying->role);
      access->may[HX_ACT_UNMASK] |= access->unmasks[i] & saying->role;
    }
}

/* Nobody changes what he does not see. */
static void
check_reads (const Saying *saying, const HxNode *node)
{
  const GPtrArray *kinds = saying->loader->catalogue->kinds;

  for (guint i = 0; i < kinds->len; i++)
    {
      const KindAccess *access = &saying->rules->kinds[i];
      HxUserRoles more = 0;

      for (guint act = HX_ACT_READ + 1; act < HX_ACTS; act++)
        more |= access->may[act];
      if ((more & saying->role) != 0
          && (access->may[HX_ACT_READ] & saying->role) == 0)
        hx_fault (saying->loader, node,
                  g_strdup_printf (_ ("“%s”写了别的权限，却不能看"),
                                   ((const HxKind *)kinds->pdata[i])->key),
                  _ ("把它加进 read"));
    }
}

static const HxField *
field_of (HxLoader *loader, const HxKind *kind, const HxNode *word)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  const HxField *field;

  if (!hx_node_is (loader, word, HX_NODE_SCALAR))
    return NULL;
  field = hx_kind_field (kind, word->text);
  if (field != NULL)
    return field;
  for (guint i = 0; i < kind->fields->len; i++)
    g_ptr_array_add (known, ((const HxField *)kind->fields->pdata[i])->key);
  hx_fault_unknown (loader, word, _ ("没有字段"), known);
  return NULL;
}

static void
hide_field (const Saying *saying, const HxKind *kind, const HxNode *word)
{
  const HxField *field = field_of (saying->loader, kind, word);

  if (field == NULL)
    return;
  if (field->required)
    hx_fault (saying->loader, word,
              g_strdup_printf (_ ("必填的“%s”不能不给看"), word->text), NULL);
  saying->rules->kinds[kind->index].hides[field->index] |= saying->role;
}

static void
unmask_field (const Saying *saying, const HxKind *kind, const HxNode *word)
{
  const HxField *field = field_of (saying->loader, kind, word);

  if (field == NULL)
    return;
  if (!field->secret && field->type != HX_FIELD_PHONE
      && field->type != HX_FIELD_ID_NUMBER)
    hx_fault (saying->loader, word,
              g_strdup_printf (_ ("“%s”本来就不遮盖"), word->text), NULL);
  saying->rules->kinds[kind->index].unmasks[field->index] |= saying->role;
}

static void
unmask_kind (const Saying *saying, const HxKind *kind, guint data)
{
  KindAccess *access = &saying->rules->kinds[kind->index];

  (void)data;
  if ((access->may[HX_ACT_READ] & saying->role) == 0)
    return;
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = kind->fields->pdata[i];

      if (!field->secret && field->type != HX_FIELD_PHONE
          && field->type != HX_FIELD_ID_NUMBER)
        continue;
      access->unmasks[i] |= saying->role;
    }
}

typedef void (*FieldFunc) (const Saying *saying, const HxKind *kind,
                           const HxNode *word);

static gboolean
is_all (const HxNode *node)
{
  return node->kind == HX_NODE_SCALAR && strcmp (node->text, "all") == 0;
}

/* KIND: [FIELD, …]; of `unmasks` also KIND: all. */
static void
load_fields (const Saying *saying, const HxNode *node, FieldFunc function)
{
  HxLoader *loader = saying->loader;

  if (!hx_node_is (loader, node, HX_NODE_MAPPING))
    return;
  for (guint i = 0; i + 1 < node->items->len; i += 2)
    {
      const HxNode *name = node->items->pdata[i];
      const HxNode *words = node->items->pdata[i + 1];
      const HxKind *kind = kind_by_key (loader, name->text);

      if (kind == NULL)
        fault_no_kind (loader, name, NULL);
      else if (function == unmask_field && is_all (words))
        unmask_kind (saying, kind, 0);
      else if (hx_node_is (loader, words, HX_NODE_SEQUENCE))
        for (guint w = 0; w < words->items->len; w++)
          function (saying, kind, words->items->pdata[w]);
    }
}

static void
hide_secrets (const Saying *saying, const HxKind *kind, guint data)
{
  (void)data;
  for (guint i = 0; i < kind->fields->len; i++)
    if (((const HxField *)kind->fields->pdata[i])->secret)
      saying->rules->kinds[kind->index].hides[i] |= saying->role;
}

/* One of two words; `fallback` when nothing is said. */
static gboolean
is_second (HxLoader *loader, const HxNode *node, const char *key,
           const char *const *words)
{
  const char *text = hx_node_text (loader, node, key);

  if (text == NULL || strcmp (text, words[0]) == 0)
    return FALSE;
  if (strcmp (text, words[1]) == 0)
    return TRUE;
  hx_fault (loader, hx_node_get (node, key),
            g_strdup_printf (_ ("不认识的写法“%s”"), text),
            words[1][0] == 'h' ? _ ("写 masked（遮盖）或 hidden（不给看）")
                               : _ ("写 shown（显示）或 masked（遮盖）"));
  return FALSE;
}

static void
load_role (const Saying *saying, const HxNode *node)
{
  static const HxKey keys[] = {
    { "read", FALSE },  { "write", FALSE },   { "approve", FALSE },
    { "void", FALSE },  { "export", FALSE },  { "unmasks", FALSE },
    { "hides", FALSE }, { "secrets", FALSE }, { "names", FALSE },
  };
  static const char *const secrets[] = { "masked", "hidden" };
  static const char *const names[] = { "shown", "masked" };
  HxLoader *loader = saying->loader;
  const HxNode *unmasks = NULL;

  if (!hx_node_check (loader, node, keys, G_N_ELEMENTS (keys)))
    return;
  for (guint act = 0; act < HX_ACTS; act++)
    if (act_keys[act] != NULL && hx_node_get (node, act_keys[act]) != NULL)
      each_kind (saying, hx_node_get (node, act_keys[act]), allow, act);
  unmasks = hx_node_get (node, "unmasks");
  if (unmasks != NULL && is_all (unmasks))
    each_of_all (saying, unmask_kind, 0);
  else if (unmasks != NULL)
    load_fields (saying, unmasks, unmask_field);
  if (hx_node_get (node, "hides") != NULL)
    load_fields (saying, hx_node_get (node, "hides"), hide_field);
  if (is_second (loader, node, "secrets", secrets))
    each_of_all (saying, hide_secrets, 0);
  if (!is_second (loader, node, "names", names))
    saying->rules->names |= saying->role;
  each_of_all (saying, settle_unmasked, 0);
  check_reads (saying, node);
}

/* 0 with a fault. */
static HxUserRoles
role_of (HxLoader *loader, const HxNode *name)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  for (guint i = 0; i < HX_USER_ROLES; i++)
    if ((HX_USER_BUSINESS & 1u << i) != 0)
      {
        if (strcmp (role_keys[i], name->text) == 0)
          return 1u << i;
        g_ptr_array_add (known, hx_borrow (role_keys[i]));
      }
  hx_fault_unknown (loader, name, _ ("没有业务角色"), known);
  return 0;
}

void
hx_access_rules_load (HxLoader *loader, const HxNode *root)
{
  static const HxKey keys[] = { { "groups", FALSE }, { "roles", FALSE } };
  const HxNode *groups = hx_node_get (root, "groups");
  const HxNode *roles = hx_node_get (root, "roles");
  HxAccessRules *rules = rules_new (loader->catalogue);

  loader->catalogue->access = rules;
  if (!hx_node_check (loader, root, keys, G_N_ELEMENTS (keys)))
    return;
  if (groups != NULL)
    load_groups (loader, groups);
  if (groups != NULL && groups->kind != HX_NODE_MAPPING)
    groups = NULL;
  if (roles == NULL || !hx_node_is (loader, roles, HX_NODE_MAPPING))
    return;
  for (guint i = 0; i + 1 < roles->items->len; i += 2)
    {
      const Saying saying
          = { loader, rules, groups, role_of (loader, roles->items->pdata[i]) };

      if (saying.role != 0)
        load_role (&saying, roles->items->pdata[i + 1]);
    }
}

/* -------------------------------------------------------------------- asking
 */

static const KindAccess *
access_of (const HxCatalogue *catalogue, const HxKind *kind)
{
  const HxAccessRules *rules = catalogue->access;

  return rules != NULL && kind->index < rules->n_kinds
             ? &rules->kinds[kind->index]
             : NULL;
}

HxUserRoles
hx_catalogue_may (const HxCatalogue *catalogue, HxAct act, const HxKind *kind)
{
  const KindAccess *access = access_of (catalogue, kind);

  return access != NULL ? access->may[act] : HX_USER_NOBODY;
}

HxUserRoles
hx_catalogue_sees (const HxCatalogue *catalogue, const HxKind *kind,
                   const HxField *field)
{
  const KindAccess *access = access_of (catalogue, kind);

  return access != NULL
             ? access->may[HX_ACT_READ] & ~access->hides[field->index]
             : HX_USER_NOBODY;
}

HxUserRoles
hx_catalogue_unmasks (const HxCatalogue *catalogue, const HxKind *kind,
                      const HxField *field)
{
  const KindAccess *access = access_of (catalogue, kind);

  return access != NULL ? access->unmasks[field->index] : HX_USER_NOBODY;
}

HxUserRoles
hx_catalogue_names (const HxCatalogue *catalogue)
{
  return catalogue->access != NULL ? catalogue->access->names : HX_USER_NOBODY;
}
