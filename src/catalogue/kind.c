#include "catalogue/catalogue_internal.h"

static const char *const reserved[]
    = { "bureau_id", "id",         "unit_id", "day",   "void",
        "version",   "definition", "seq",     "ident", NULL };

static const HxKey kind_keys[] = {
  { "key", TRUE },       { "name", TRUE },      { "aliases", FALSE },
  { "of", FALSE },       { "identity", FALSE }, { "unit", FALSE },
  { "refer_by", FALSE }, { "fields", FALSE },   { "register", FALSE },
  { "search", FALSE },   { "approval", FALSE },
};

const HxField *
hx_kind_field (const HxKind *kind, const char *key)
{
  for (guint i = 0; i < kind->fields->len; i++)
    if (strcmp (((HxField *)kind->fields->pdata[i])->key, key) == 0)
      return kind->fields->pdata[i];
  return NULL;
}

static void
add_label (GHashTable *labels, const char *label, const HxField *field)
{
  char *key = hx_text_column_key (label);

  if (!g_hash_table_contains (labels, key))
    g_hash_table_insert (labels, key, (gpointer)(guintptr)field);
  else
    g_free (key);
}

GHashTable *
hx_kind_labels (const HxKind *kind)
{
  GHashTable *labels
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = kind->fields->pdata[i];

      add_label (labels, field->key, field);
      add_label (labels, field->name, field);
      for (char **alias = field->aliases; *alias != NULL; alias++)
        add_label (labels, *alias, field);
    }
  return labels;
}

static gboolean
labelled (const char *label, const char *wanted)
{
  g_autofree char *key = hx_text_column_key (label);

  return strcmp (key, wanted) == 0;
}

const HxField *
hx_kind_field_by_label (const HxKind *kind, const char *label)
{
  g_autofree char *wanted = hx_text_column_key (label);

  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = kind->fields->pdata[i];

      if (labelled (field->key, wanted) || labelled (field->name, wanted))
        return field;
      for (char **alias = field->aliases; *alias != NULL; alias++)
        if (labelled (*alias, wanted))
          return field;
    }
  return NULL;
}

void
hx_kind_free (gpointer data)
{
  HxKind *kind = data;

  g_free (kind->key);
  g_free (kind->name);
  g_strfreev (kind->aliases);
  g_free (kind->table);
  g_ptr_array_unref (kind->fields);
  g_ptr_array_unref (kind->identity);
  g_ptr_array_unref (kind->refer_by);
  g_ptr_array_unref (kind->search);
  g_free (kind);
}

/* First round: the names, so that references find each other. */
HxKind *
hx_kind_begin (HxLoader *loader, const HxNode *root, const char *folder)
{
  const char *key = hx_node_text (loader, root, "key");
  HxKind *kind;

  if (!hx_node_check (loader, root, kind_keys, G_N_ELEMENTS (kind_keys))
      || key == NULL)
    return NULL;
  if (hx_catalogue_kind (loader->catalogue, key) != NULL)
    hx_fault (loader, root, g_strdup_printf (_ ("种类“%s”重复"), key),
              _ ("换一个 key"));
  hx_key_check (loader, hx_node_get (root, "key"), key);
  kind = g_new0 (HxKind, 1);
  kind->key = g_strdup (key);
  kind->name = g_strdup (hx_node_text (loader, root, "name"));
  kind->aliases = hx_node_strings (loader, root, "aliases");
  kind->is_register = strcmp (folder, "registers") == 0
                      || hx_node_bool (loader, root, "register");
  kind->approval = hx_node_bool (loader, root, "approval");
  kind->folder = g_intern_string (folder);
  kind->table = g_strconcat (kind->is_register ? "reg_" : "rec_", key, NULL);
  kind->fields = g_ptr_array_new_with_free_func (hx_field_free);
  kind->identity = g_ptr_array_new ();
  kind->refer_by = g_ptr_array_new ();
  kind->search = g_ptr_array_new ();
  kind->index = loader->catalogue->kinds->len;
  g_ptr_array_add (loader->catalogue->kinds, kind);
  return kind;
}

static HxField *
add_plain (HxKind *kind, int place, const char *key, const char *name,
           HxFieldType type)
{
  HxField *field = g_new0 (HxField, 1);

  field->key = g_strdup (key);
  field->name = g_strdup (name);
  field->aliases = g_new0 (char *, 1);
  field->type = type;
  g_ptr_array_insert (kind->fields, place, field);
  return field;
}

/* A system field stands at its place, defined by the kind or by us. */
static const HxField *
system_field (HxLoader *loader, HxKind *kind, const HxNode *root, int place,
              const char *key)
{
  static const char *const names[][2] = { { "date", "日期" },
                                          { "since", "起始日期" },
                                          { "until", "终止日期" } };
  HxField *field = hx_borrow (hx_kind_field (kind, key));
  guint at;

  if (field == NULL)
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      if (strcmp (names[i][0], key) == 0)
        field = add_plain (kind, place, key, names[i][1], HX_FIELD_DATE);
  if (g_ptr_array_find (kind->fields, field, &at) && (int)at != place)
    g_ptr_array_insert (kind->fields, place,
                        g_ptr_array_steal_index (kind->fields, at));
  field->system = TRUE;
  if (field->type != HX_FIELD_DATE)
    hx_fault (loader, root, g_strdup_printf (_ ("字段“%s”应是日期"), key),
              _ ("写 type: date"));
  return field;
}

static void
add_system (HxLoader *loader, HxKind *kind, const HxNode *root)
{
  int place = 1;

  if (kind->is_register)
    {
      kind->since = system_field (loader, kind, root, 0, "since");
      kind->until = system_field (loader, kind, root, place++, "until");
    }
  else
    {
      kind->date = system_field (loader, kind, root, 0, "date");
      ((HxField *)hx_borrow (kind->date))->required = TRUE;
    }
  if (kind->of == NULL)
    return;
  kind->of_field = hx_kind_field (kind, kind->of->key);
  if (kind->of_field == NULL)
    {
      HxField *field = add_plain (kind, place, kind->of->key, kind->of->name,
                                  HX_FIELD_REF);

      field->required = TRUE;
      field->target = kind->of;
      kind->of_field = field;
    }
  if (kind->of_field->target != kind->of)
    hx_fault (loader, root, g_strdup (_ ("与 of 同名的字段应指向那个名册")),
              NULL);
}

/* The history keeps values in clear, and names rows by what never moves. */
static void
check_dated (HxLoader *loader, const HxKind *kind, const HxField *field,
             const HxNode *node)
{
  static const char *const days[] = { "date", "since", "until", NULL };
  const HxNode *mark = hx_node_get (node, "dated");

  if (!field->dated)
    return;
  if (!kind->is_register)
    hx_fault (loader, mark, g_strdup (_ ("只有名册的字段可以有变动日期")),
              _ ("删去 dated"));
  else if (field->secret)
    hx_fault (loader, mark, g_strdup (_ ("保密字段不能有变动日期")),
              _ ("secret 和 dated 只留一个"));
  else if (field->unique || g_strv_contains (days, field->key))
    hx_fault (loader, mark,
              g_strdup_printf (_ ("“%s”不能有变动日期"), field->key),
              _ ("删去 dated"));
}

/* What says which row it is stays. */
static void
check_identity (HxLoader *loader, const HxKind *kind, const HxNode *root)
{
  for (guint i = 0; i < kind->identity->len; i++)
    {
      const HxField *field = kind->identity->pdata[i];

      if (field->dated)
        hx_fault (loader, root,
                  g_strdup_printf (_ ("“%s”不能有变动日期"), field->key),
                  _ ("它在 identity 里：删去 dated"));
    }
}

static const char *
last_group (const HxKind *kind)
{
  return ((HxField *)kind->fields->pdata[kind->fields->len - 1])->group;
}

static void
add_field (HxLoader *loader, HxKind *kind, const HxNode *node)
{
  HxField *field = hx_field_load (loader, kind, node);
  const HxNode *key = hx_node_get (node, "key");

  if (field == NULL)
    return;
  hx_key_check (loader, key, field->key);
  if (hx_kind_field (kind, field->key) != NULL)
    hx_fault (loader, key, g_strdup_printf (_ ("字段“%s”重复"), field->key),
              NULL);
  if (g_strv_contains (reserved, field->key))
    hx_fault (loader, key,
              g_strdup_printf (_ ("“%s”是系统保留的名字"), field->key),
              _ ("换一个 key"));
  if (field->target != NULL && !field->target->is_register)
    hx_fault (loader, node,
              g_strdup_printf (_ ("“%s”不是名册"), field->target->key),
              _ ("只能引用名册"));
  check_dated (loader, kind, field, node);
  if (field->group == NULL && kind->fields->len > 0)
    field->group = g_strdup (last_group (kind));
  g_ptr_array_add (kind->fields, field);
}

static void
add_fields (HxLoader *loader, HxKind *kind, const HxNode *root)
{
  const HxNode *fields = hx_node_get (root, "fields");

  if (fields == NULL || !hx_node_is (loader, fields, HX_NODE_SEQUENCE))
    return;
  if (fields->items->len > HX_CATALOGUE_FIELDS_MAX)
    {
      hx_fault (loader, fields, g_strdup (_ ("字段太多")),
                _ ("一个种类最多 200 个字段"));
      return;
    }
  for (guint i = 0; i < fields->items->len; i++)
    if (hx_node_is (loader, fields->items->pdata[i], HX_NODE_MAPPING))
      add_field (loader, kind, fields->items->pdata[i]);
}

static void
name_fields (HxLoader *loader, const HxKind *kind, const HxNode *list,
             GPtrArray *out)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  if (list == NULL || !hx_node_is (loader, list, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < kind->fields->len; i++)
    g_ptr_array_add (known, ((HxField *)kind->fields->pdata[i])->key);
  for (guint i = 0; i < list->items->len; i++)
    {
      const HxNode *item = list->items->pdata[i];
      const HxField *field
          = item->text == NULL ? NULL : hx_kind_field (kind, item->text);

      if (field == NULL)
        hx_fault_unknown (loader, item, _ ("没有字段"), known);
      else
        g_ptr_array_add (out, hx_borrow (field));
    }
}

/* What no one said: the unique fields; else the first own field of a
 * register, or all that a record holds but files. */
static void
default_identity (HxKind *kind)
{
  for (guint i = 0; i < kind->fields->len; i++)
    {
      HxField *field = kind->fields->pdata[i];

      if (field->unique)
        g_ptr_array_add (kind->identity, field);
    }
  for (guint i = 0; kind->identity->len == 0 && i < kind->fields->len; i++)
    if (kind->is_register && !((HxField *)kind->fields->pdata[i])->system)
      g_ptr_array_add (kind->identity, kind->fields->pdata[i]);
  if (kind->identity->len > 0)
    return;
  for (guint i = 0; i < kind->fields->len; i++)
    if (((HxField *)kind->fields->pdata[i])->type != HX_FIELD_EVIDENCE)
      g_ptr_array_add (kind->identity, kind->fields->pdata[i]);
}

/* ---------------------------------------------------------- known bad numbers
 */

static const HxNode *
field_node (const HxNode *root, const HxField *field)
{
  const HxNode *fields = hx_node_get (root, "fields");

  for (guint i = 0; fields != NULL && i < fields->items->len; i++)
    {
      const HxNode *key = hx_node_get (fields->items->pdata[i], "key");

      if (key != NULL && g_strcmp0 (key->text, field->key) == 0)
        return fields->items->pdata[i];
    }
  return root;
}

static void
settle_known_bad (HxLoader *loader, HxKind *kind, const HxNode *root)
{
  for (guint i = 0; i < kind->fields->len; i++)
    {
      HxField *field = kind->fields->pdata[i];

      if (field->known_bad_key == NULL)
        continue;
      field->known_bad = hx_kind_field (kind, field->known_bad_key);
      if (field->known_bad == NULL || field->known_bad->type != HX_FIELD_TEXT)
        hx_fault (loader, hx_node_get (field_node (root, field), "known_bad"),
                  g_strdup_printf (_ ("“%s”不是这个种类的文本字段"),
                                   field->known_bad_key),
                  _ ("known_bad 写说明原因的那个字段的 key"));
    }
}

/* ----------------------------------------------------------------- secrets */

static gboolean
is_asked_for (const HxKind *kind, HxField *field)
{
  return field->unique || field->type == HX_FIELD_PHONE
         || field->type == HX_FIELD_ID_NUMBER
         || g_ptr_array_find (kind->identity, field, NULL)
         || g_ptr_array_find (kind->refer_by, field, NULL);
}

static void
add_digest (HxLoader *loader, const HxKind *kind, HxField *field,
            const HxNode *root)
{
  field->digest_column = g_strconcat (field->key, "_digest", NULL);
  field->digest_domain
      = field->type == HX_FIELD_PHONE || field->type == HX_FIELD_ID_NUMBER
            ? g_strdup (hx_field_type_name (field->type))
            : g_strdup_printf ("%s.%s", kind->key, field->key);
  if (hx_kind_field (kind, field->digest_column) != NULL)
    hx_fault (loader, root,
              g_strdup_printf (_ ("“%s”是保密字段“%s”的摘要列的名字"),
                               field->digest_column, field->key),
              _ ("换一个 key"));
}

static void
settle_secrets (HxLoader *loader, HxKind *kind, const HxNode *root)
{
  for (guint i = 0; i < kind->fields->len; i++)
    {
      HxField *field = kind->fields->pdata[i];

      if (!field->secret)
        continue;
      kind->has_secrets = TRUE;
      kind->secret_identity |= g_ptr_array_find (kind->identity, field, NULL);
      if (is_asked_for (kind, field))
        add_digest (loader, kind, field, root);
    }
}

void
hx_kind_finish (HxLoader *loader, HxKind *kind, const HxNode *root)
{
  const char *of = hx_node_text (loader, root, "of");

  if (of != NULL)
    kind->of = hx_catalogue_kind (loader->catalogue, of);
  if (of != NULL && (kind->of == NULL || !kind->of->is_register))
    {
      kind->of = NULL;
      hx_fault (loader, hx_node_get (root, "of"),
                g_strdup_printf (_ ("没有名册“%s”"), of),
                _ ("of 写一个名册的 key"));
    }
  add_fields (loader, kind, root);
  add_system (loader, kind, root);
  for (guint i = 0; i < kind->fields->len; i++)
    ((HxField *)kind->fields->pdata[i])->index = i;
  name_fields (loader, kind, hx_node_get (root, "identity"), kind->identity);
  if (kind->identity->len == 0)
    default_identity (kind);
  check_identity (loader, kind, root);
  name_fields (loader, kind, hx_node_get (root, "refer_by"), kind->refer_by);
  for (guint i = 0; kind->refer_by->len == 0 && i < kind->identity->len; i++)
    g_ptr_array_add (kind->refer_by, kind->identity->pdata[i]);
  settle_secrets (loader, kind, root);
  settle_known_bad (loader, kind, root);
}

static gboolean
is_searchable (const HxField *field)
{
  if (field->type == HX_FIELD_TEXT)
    return !field->secret;
  return field->type == HX_FIELD_ID_NUMBER
         || (field->type == HX_FIELD_REF && field->target != NULL
             && hx_kind_field (field->target, "name") != NULL);
}

void
hx_kind_search_load (HxLoader *loader, HxKind *kind, const HxNode *root)
{
  const HxNode *list = hx_node_get (root, "search");

  name_fields (loader, kind, list, kind->search);
  if (list != NULL && !kind->is_register)
    hx_fault (loader, list, g_strdup (_ ("只有名册可以搜索")),
              _ ("删去 search"));
  for (guint i = 0; i < kind->search->len; i++)
    {
      const HxField *field = kind->search->pdata[i];

      if (!is_searchable (field))
        hx_fault (loader, list,
                  g_strdup_printf (_ ("字段“%s”不能搜索"), field->key),
                  _ ("写不保密的文字、身份证号，或指向有 name 的名册的字段"));
    }
}

/* The unit of a row: the named field, else the first reference whose row is a
 * unit or has one. */
static gboolean
settle (HxKind *kind, const HxKind *unit_kind, GHashTable *seen)
{
  if (kind == unit_kind || kind->unit != NULL || kind->unit_from != NULL)
    return kind != unit_kind;
  if (!g_hash_table_add (seen, kind))
    return FALSE;
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = kind->fields->pdata[i];

      if (field->type != HX_FIELD_REF || field->target == NULL)
        continue;
      if (field->target == unit_kind)
        kind->unit = field;
      else if (settle (hx_borrow (field->target), unit_kind, seen))
        kind->unit_from = field;
      if (kind->unit != NULL || kind->unit_from != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
take_unit (HxLoader *loader, HxKind *kind, const HxNode *root,
           const HxKind *unit_kind)
{
  const char *key = hx_node_text (loader, root, "unit");
  const HxField *parent
      = unit_kind == NULL ? NULL : hx_kind_field (unit_kind, "parent");
  const HxNode *node = hx_node_get (root, "unit");

  if (key == NULL)
    return;
  kind->unit = hx_kind_field (kind, key);
  if (unit_kind == NULL || !unit_kind->is_register || parent == NULL
      || parent->target != unit_kind)
    hx_fault (loader, node,
              g_strdup (_ ("没有名册 unit，或它没有指向自己的字段 parent")),
              _ ("在 registers/unit.yaml 里定义"));
  else if (kind->unit == NULL || kind->unit->target != unit_kind)
    hx_fault (loader, node,
              g_strdup_printf (_ ("“%s”不是指向 unit 的字段"), key), NULL);
}

void
hx_kinds_settle_units (HxLoader *loader, GHashTable *roots)
{
  GPtrArray *kinds = loader->catalogue->kinds;
  const HxKind *unit_kind = hx_catalogue_kind (loader->catalogue, "unit");

  for (guint i = 0; i < kinds->len; i++)
    take_unit (loader, kinds->pdata[i],
               g_hash_table_lookup (roots, kinds->pdata[i]), unit_kind);
  for (guint i = 0; unit_kind != NULL && i < kinds->len; i++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

      settle (kinds->pdata[i], unit_kind, seen);
    }
}
