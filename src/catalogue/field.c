/* Field types and marks, each a row of a table. */
#include "catalogue/catalogue_internal.h"

#define BIT(type) (1u << HX_FIELD_##type)
#define ANY (~0u)
#define SEALED (BIT (TEXT) | BIT (PHONE) | BIT (ID_NUMBER) | BIT (CHOICE))
#define NUMBERS (BIT (INTEGER) | BIT (DECIMAL) | BIT (MONEY) | BIT (ATTENDEES))

typedef struct
{
  const char *name;
  gboolean is_integer;
} Type;

static const Type types[] = {
  [HX_FIELD_TEXT] = { "text", FALSE },
  [HX_FIELD_INTEGER] = { "integer", TRUE },
  [HX_FIELD_DECIMAL] = { "decimal", TRUE },
  [HX_FIELD_MONEY] = { "money", TRUE },
  [HX_FIELD_DATE] = { "date", FALSE },
  [HX_FIELD_BOOL] = { "bool", TRUE },
  [HX_FIELD_CHOICE] = { "choice", FALSE },
  [HX_FIELD_REF] = { "ref", TRUE },
  [HX_FIELD_EVIDENCE] = { "evidence", FALSE },
  [HX_FIELD_ID_NUMBER] = { "id_number", FALSE },
  [HX_FIELD_PHONE] = { "phone", FALSE },
  [HX_FIELD_ATTENDEES] = { "attendees", TRUE },
};

const char *
hx_field_type_name (HxFieldType type)
{
  return types[type].name;
}

gboolean
hx_field_type_is_integer (HxFieldType type)
{
  return types[type].is_integer;
}

gboolean
hx_field_type_parse (const char *name, HxFieldType *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (types[i].name, name) == 0)
      {
        *type = (HxFieldType)i;
        return TRUE;
      }
  return FALSE;
}

gboolean
hx_field_has_range (const HxField *field)
{
  return ((1u << field->type) & (NUMBERS | BIT (DATE))) != 0;
}

static gboolean
parse_bool (const char *text, gint64 *value, GError **error)
{
  gboolean yes = strcmp (text, "true") == 0 || strcmp (text, "是") == 0
                 || strcmp (text, "1") == 0;
  gboolean no = strcmp (text, "false") == 0 || strcmp (text, "否") == 0
                || strcmp (text, "0") == 0;

  *value = yes;
  return yes || no
         || hx_fail (error, HX_ERROR_DATA, _ ("不是是非值"), text,
                     _ ("写 true 或 false"));
}

static gboolean
parse_date (const char *text, gboolean partial, gint64 *value, GError **error)
{
  HxDate date;

  if (!hx_date_parse (text, partial, &date, error))
    return FALSE;
  *value = hx_date_number (date);
  return TRUE;
}

gboolean
hx_field_value (const HxField *field, const char *text, gint64 *value,
                GError **error)
{
  guint scale = field->type == HX_FIELD_DECIMAL ? field->decimals : 0;
  HxDecimal decimal;

  if (field->type == HX_FIELD_MONEY)
    return hx_money_parse (text, field->money_unit, value, error);
  if (field->type == HX_FIELD_DATE)
    return parse_date (text, field->partial, value, error);
  if (field->type == HX_FIELD_BOOL)
    return parse_bool (text, value, error);
  if (!hx_decimal_parse (text, scale, &decimal, error))
    return FALSE;
  if (!hx_decimal_rescale (&decimal, scale))
    return hx_fail (error, HX_ERROR_LIMIT, _ ("数值太大"), text, NULL);
  *value = decimal.units;
  return TRUE;
}

/* ------------------------------------------------------------------- marks */

typedef void (*Take) (HxLoader *loader, HxField *field, const HxNode *node,
                      const HxNode *value);

static void
tell (HxLoader *loader, const HxNode *node, GError *error)
{
  hx_fault (loader, node, g_strdup (error->message), NULL);
  g_error_free (error);
}

static void
take_bound (HxLoader *loader, HxField *field, const HxNode *value,
            gboolean is_min)
{
  GError *error = NULL;
  gint64 number = 0;

  if (!hx_field_value (field, value->text, &number, &error))
    {
      tell (loader, value, error);
      return;
    }
  *(is_min ? &field->has_min : &field->has_max) = TRUE;
  *(is_min ? &field->min : &field->max) = number;
  if (field->has_min && field->has_max && field->min > field->max)
    hx_fault (loader, value, g_strdup (_ ("min 大于 max")), NULL);
}

static void
take_min (HxLoader *loader, HxField *field, const HxNode *node,
          const HxNode *value)
{
  (void)node;
  take_bound (loader, field, value, TRUE);
}

static void
take_max (HxLoader *loader, HxField *field, const HxNode *node,
          const HxNode *value)
{
  (void)node;
  take_bound (loader, field, value, FALSE);
}

static void
take_pattern (HxLoader *loader, HxField *field, const HxNode *node,
              const HxNode *value)
{
  g_autofree char *whole = g_strdup_printf ("\\A(?:%s)\\z", value->text);
  GError *error = NULL;

  (void)node;
  field->pattern = g_strdup (value->text);
  field->regex = g_regex_new (whole, 0, 0, &error);
  if (field->regex == NULL)
    tell (loader, value, error);
}

static void
take_default (HxLoader *loader, HxField *field, const HxNode *node,
              const HxNode *value)
{
  GError *error = NULL;
  gint64 number = 0;

  (void)node;
  field->default_text = g_strdup (value->text);
  if (field->codes != NULL && hx_code_find (field->codes, value->text) == NULL)
    hx_fault (loader, value,
              g_strdup_printf (_ ("默认值“%s”不在代码表里"), value->text),
              NULL);
  if (field->regex != NULL
      && !g_regex_match (field->regex, value->text, 0, NULL))
    hx_fault (loader, value,
              g_strdup_printf (_ ("默认值“%s”不合 pattern"), value->text),
              NULL);
  if (!hx_field_has_range (field) && field->type != HX_FIELD_BOOL)
    return;
  if (!hx_field_value (field, value->text, &number, &error))
    tell (loader, value, error);
  else if ((field->has_min && number < field->min)
           || (field->has_max && number > field->max))
    hx_fault (
        loader, value,
        g_strdup_printf (_ ("默认值“%s”不在 min 和 max 之间"), value->text),
        NULL);
}

static void
take_decimals (HxLoader *loader, HxField *field, const HxNode *node,
               const HxNode *value)
{
  HxDecimal number;

  (void)node;
  if (!hx_decimal_parse (value->text, 0, &number, NULL) || number.units < 0
      || number.units > HX_DECIMAL_SCALE_MAX)
    hx_fault (loader, value, g_strdup (_ ("decimals 应是 0 到 12")), NULL);
  else
    field->decimals = (guint)number.units;
}

static void
take_money_unit (HxLoader *loader, HxField *field, const HxNode *node,
                 const HxNode *value)
{
  static const char *const units[] = { "元", "万元", "亿元" };

  (void)node;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (units[i], value->text) == 0)
      {
        field->money_unit = (HxMoneyUnit)i;
        return;
      }
  hx_fault (loader, value,
            g_strdup_printf (_ ("不认识的金额单位“%s”"), value->text),
            _ ("写 元、万元 或 亿元"));
}

static void
take_codes (HxLoader *loader, HxField *field, const HxNode *node,
            const HxNode *value)
{
  GPtrArray *lists = loader->catalogue->code_lists;
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  (void)node;
  field->codes = hx_code_list_find (loader->catalogue, value->text);
  if (field->codes != NULL)
    return;
  for (guint i = 0; i < lists->len; i++)
    g_ptr_array_add (known, ((HxCodeList *)lists->pdata[i])->key);
  hx_fault_unknown (loader, value, _ ("没有代码表"), known);
}

static void
take_target (HxLoader *loader, HxField *field, const HxNode *node,
             const HxNode *value)
{
  GPtrArray *kinds = loader->catalogue->kinds;
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  (void)node;
  for (guint i = 0; i < kinds->len; i++)
    {
      HxKind *kind = kinds->pdata[i];

      g_ptr_array_add (known, kind->key);
      if (strcmp (kind->key, value->text) == 0)
        field->target = kind;
    }
  if (field->target == NULL)
    hx_fault_unknown (loader, value, _ ("没有名册"), known);
}

static void
take_known_bad (HxLoader *loader, HxField *field, const HxNode *node,
                const HxNode *value)
{
  (void)loader;
  (void)node;
  field->known_bad_key = g_strdup (value->text);
}

static void
take_flag (HxLoader *loader, HxField *field, const HxNode *node,
           const HxNode *value)
{
  (void)value;
  field->required = hx_node_bool (loader, node, "required");
  field->unique = hx_node_bool (loader, node, "unique");
  field->secret = hx_node_bool (loader, node, "secret");
  field->many = hx_node_bool (loader, node, "many");
  field->partial = hx_node_bool (loader, node, "partial");
  field->dated = hx_node_bool (loader, node, "dated");
  field->fixed = hx_node_bool (loader, node, "fixed");
  field->person = hx_node_bool (loader, node, "person");
}

static void
take_instead (HxLoader *loader, HxField *field, const HxNode *node,
              const HxNode *value)
{
  (void)loader;
  (void)node;
  field->instead = g_strdup (value->text);
}

static void
take_group (HxLoader *loader, HxField *field, const HxNode *node,
            const HxNode *value)
{
  (void)loader;
  (void)node;
  field->group = g_strdup (value->text);
}

typedef struct
{
  const char *key;
  guint types;
  Take take;
} Mark;

/* In the order in which one needs the other. */
static const Mark marks[] = {
  { "key", ANY, NULL },
  { "name", ANY, NULL },
  { "type", ANY, NULL },
  { "aliases", ANY, NULL },
  { "group", ANY, take_group },
  { "required", ANY, take_flag },
  { "unique", ANY & ~(BIT (EVIDENCE) | BIT (ATTENDEES)), take_flag },
  { "secret", SEALED, take_flag },
  { "many", BIT (EVIDENCE), take_flag },
  { "partial", BIT (DATE), take_flag },
  { "dated", ANY & ~(BIT (EVIDENCE) | BIT (ATTENDEES)), take_flag },
  { "fixed", ANY & ~(BIT (EVIDENCE) | BIT (ATTENDEES) | BIT (REF)), take_flag },
  { "instead", ANY, take_instead },
  { "person", BIT (TEXT), take_flag },
  { "decimals", BIT (DECIMAL), take_decimals },
  { "money_unit", BIT (MONEY), take_money_unit },
  { "codes", BIT (CHOICE), take_codes },
  { "to", BIT (REF) | BIT (ATTENDEES), take_target },
  { "min", NUMBERS | BIT (DATE) | BIT (TEXT), take_min },
  { "max", NUMBERS | BIT (DATE) | BIT (TEXT), take_max },
  { "known_bad", BIT (ID_NUMBER), take_known_bad },
  { "pattern", BIT (TEXT), take_pattern },
  { "default", ANY & ~(BIT (EVIDENCE) | BIT (ATTENDEES) | BIT (REF)),
    take_default },
};

static void
take_mark (HxLoader *loader, HxField *field, const HxNode *node,
           const Mark *mark)
{
  const HxNode *value = hx_node_get (node, mark->key);

  if (value == NULL || mark->take == NULL)
    return;
  if (!(mark->types & (1u << field->type)))
    hx_fault (loader, value,
              g_strdup_printf (_ ("%s 类型的字段不用“%s”"),
                               types[field->type].name, mark->key),
              _ ("删去这一项"));
  else if (hx_node_is (loader, value, HX_NODE_SCALAR))
    mark->take (loader, field, node, value);
}

static void
check_needs (HxLoader *loader, HxField *field, const HxNode *node)
{
  if (field->secret && field->default_text != NULL)
    hx_fault (loader, hx_node_get (node, "default"),
              g_strdup (_ ("保密的字段不能有默认值：人人都知道它")),
              _ ("删去 default 或 secret"));
  if (field->fixed && field->dated)
    hx_fault (loader, hx_node_get (node, "fixed"),
              g_strdup (_ ("登记后不变的字段不会随日期变动")),
              _ ("删去 fixed 或 dated"));
  if (field->instead != NULL && !field->fixed)
    hx_fault (loader, hx_node_get (node, "instead"),
              g_strdup (_ ("只有登记后不变的字段才用“instead”")),
              _ ("补上 fixed: true，或删去这一项"));
  if (field->type == HX_FIELD_CHOICE && hx_node_get (node, "codes") == NULL)
    hx_fault (loader, node, g_strdup (_ ("choice 字段缺少“codes”")),
              _ ("写明用哪张代码表"));
  if (field->type != HX_FIELD_REF && field->type != HX_FIELD_ATTENDEES)
    return;
  if (hx_node_get (node, "to") == NULL)
    {
      HxNode key = *node;

      key.text = field->key;
      take_target (loader, field, node, &key);
    }
}

static void
read_type (HxLoader *loader, HxField *field, const HxNode *node,
           const char *type)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  if (type == NULL || hx_field_type_parse (type, &field->type))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_ptr_array_add (known, hx_borrow (types[i].name));
  hx_fault_unknown (loader, hx_node_get (node, "type"), _ ("不认识的字段类型"),
                    known);
}

HxField *
hx_field_load (HxLoader *loader, HxKind *kind, const HxNode *node)
{
  HxKey keys[G_N_ELEMENTS (marks)] = { { NULL, FALSE } };
  const char *key = hx_node_text (loader, node, "key");
  HxField *field;

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    keys[i] = (HxKey){ marks[i].key, i < 2 };
  if (!hx_node_check (loader, node, keys, G_N_ELEMENTS (keys)) || key == NULL)
    return NULL;
  field = g_new0 (HxField, 1);
  field->key = g_strdup (key);
  field->name = g_strdup (hx_node_text (loader, node, "name"));
  field->aliases = hx_node_strings (loader, node, "aliases");
  if (g_str_equal (key, "date") || g_str_equal (key, "since")
      || g_str_equal (key, "until"))
    field->type = HX_FIELD_DATE;
  if (kind->of != NULL && strcmp (kind->of->key, key) == 0)
    {
      field->type = HX_FIELD_REF;
      field->required = TRUE;
    }
  read_type (loader, field, node, hx_node_text (loader, node, "type"));
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    take_mark (loader, field, node, &marks[i]);
  check_needs (loader, field, node);
  return field;
}

void
hx_field_free (gpointer data)
{
  HxField *field = data;

  g_free (field->key);
  g_free (field->name);
  g_strfreev (field->aliases);
  g_free (field->pattern);
  g_clear_pointer (&field->regex, g_regex_unref);
  g_free (field->default_text);
  g_free (field->instead);
  g_free (field->group);
  g_free (field->digest_column);
  g_free (field->digest_domain);
  g_free (field->known_bad_key);
  g_free (field);
}

const char *
hx_field_column (const HxField *field)
{
  if (field->system
      && (g_str_equal (field->key, "date")
          || g_str_equal (field->key, "since")))
    return "day";
  return field->key;
}
