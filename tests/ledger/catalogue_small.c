/* A catalogue of three kinds made by hand, so that these tests stand on the
 * tables of the catalogue's header alone. */
#include "ledger_test.h"

struct _HxCatalogue
{
  GPtrArray *kinds;
  HxCodeList occasions, sexes;
};

static char *no_aliases[] = { NULL };

gboolean
hx_field_type_is_integer (HxFieldType type)
{
  return type == HX_FIELD_INTEGER || type == HX_FIELD_DECIMAL
         || type == HX_FIELD_MONEY || type == HX_FIELD_BOOL
         || type == HX_FIELD_REF || type == HX_FIELD_ATTENDEES;
}

const HxCode *
hx_code_find (const HxCodeList *list, const char *text)
{
  for (guint i = 0; i < list->codes->len; i++)
    {
      const HxCode *code = g_ptr_array_index (list->codes, i);

      if (g_str_equal (code->code, text) || g_str_equal (code->name, text))
        return code;
    }
  return NULL;
}

const HxField *
hx_kind_field (const HxKind *kind, const char *key)
{
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (kind->fields, i);

      if (g_str_equal (field->key, key))
        return field;
    }
  return NULL;
}

const char *
hx_field_column (const HxField *field)
{
  if (g_str_equal (field->key, "date") || g_str_equal (field->key, "since"))
    return "day";
  return field->key;
}

HxCatalogue *
hx_catalogue_ref (HxCatalogue *catalogue)
{
  return catalogue;
}

void
hx_catalogue_unref (HxCatalogue *catalogue)
{
  (void)catalogue;
}

HxDigestKind
hx_catalogue_digest_kind (const HxCatalogue *catalogue)
{
  (void)catalogue;
  return HX_DIGEST_SHA256;
}

const GPtrArray *
hx_catalogue_kinds (const HxCatalogue *catalogue)
{
  return catalogue->kinds;
}

/* ------------------------------------------------------------------ building
 */

static void
add_code (HxCodeList *list, const char *code, const char *name)
{
  HxCode *made = g_new0 (HxCode, 1);

  if (list->codes == NULL)
    list->codes = g_ptr_array_new ();
  made->code = g_strdup (code);
  made->name = g_strdup (name);
  made->aliases = no_aliases;
  g_ptr_array_add (list->codes, made);
}

static HxKind *
add_kind (HxCatalogue *catalogue, const char *key, const char *name,
          gboolean is_register)
{
  HxKind *kind = g_new0 (HxKind, 1);

  kind->key = g_strdup (key);
  kind->name = g_strdup (name);
  kind->aliases = no_aliases;
  kind->table = g_strconcat (is_register ? "reg_" : "rec_", key, NULL);
  kind->is_register = is_register;
  kind->index = catalogue->kinds->len;
  kind->version = 1;
  kind->fields = g_ptr_array_new ();
  kind->identity = g_ptr_array_new ();
  kind->refer_by = g_ptr_array_new ();
  g_ptr_array_add (catalogue->kinds, kind);
  return kind;
}

static HxField *
add_field (HxKind *kind, const char *key, const char *name, HxFieldType type)
{
  HxField *field = g_new0 (HxField, 1);

  field->key = g_strdup (key);
  field->name = g_strdup (name);
  field->aliases = no_aliases;
  field->type = type;
  field->index = kind->fields->len;
  g_ptr_array_add (kind->fields, field);
  return field;
}

static HxKind *
add_register (HxCatalogue *catalogue, const char *key, const char *name)
{
  HxKind *kind = add_kind (catalogue, key, name, TRUE);

  kind->since = add_field (kind, "since", "起始日期", HX_FIELD_DATE);
  kind->until = add_field (kind, "until", "终止日期", HX_FIELD_DATE);
  return kind;
}

static const HxKind *
add_unit (HxCatalogue *catalogue)
{
  HxKind *kind = add_register (catalogue, "unit", "机构");
  HxField *name = add_field (kind, "name", "名称", HX_FIELD_TEXT);

  name->required = TRUE;
  g_ptr_array_add (kind->identity, name);
  g_ptr_array_add (kind->refer_by, name);
  return kind;
}

static const HxKind *
add_cadre (HxCatalogue *catalogue, const HxKind *unit)
{
  HxKind *kind = add_register (catalogue, "cadre", "老干部");
  HxField *name = add_field (kind, "name", "姓名", HX_FIELD_TEXT);
  HxField *number
      = add_field (kind, "id_number", "身份证号", HX_FIELD_ID_NUMBER);
  HxField *birth = add_field (kind, "birth_date", "出生日期", HX_FIELD_DATE);
  HxField *sex = add_field (kind, "sex", "性别", HX_FIELD_CHOICE);
  HxField *street = add_field (kind, "street", "街道", HX_FIELD_REF);
  HxField *card = add_field (kind, "card", "证号", HX_FIELD_TEXT);

  name->required = number->required = TRUE;
  name->has_max = TRUE;
  name->max = 10;
  number->unique = number->secret = card->unique = TRUE;
  birth->partial = TRUE;
  sex->codes = &catalogue->sexes;
  street->target = unit;
  kind->unit = street;
  g_ptr_array_add (kind->identity, number);
  g_ptr_array_add (kind->refer_by, number);
  g_ptr_array_add (kind->refer_by, name);
  return kind;
}

static void
add_visit (HxCatalogue *catalogue, const HxKind *cadre)
{
  HxKind *kind = add_kind (catalogue, "visit", "走访慰问", FALSE);
  HxField *date = add_field (kind, "date", "日期", HX_FIELD_DATE);
  HxField *of = add_field (kind, "cadre", "老干部", HX_FIELD_REF);
  HxField *occasion = add_field (kind, "occasion", "事由", HX_FIELD_CHOICE);
  HxField *gift = add_field (kind, "gift", "慰问金", HX_FIELD_MONEY);
  HxField *crowd = add_field (kind, "crowd", "参加", HX_FIELD_ATTENDEES);

  add_field (kind, "note", "情况", HX_FIELD_TEXT);
  add_field (kind, "indoors", "室内", HX_FIELD_BOOL);
  add_field (kind, "hours", "小时", HX_FIELD_DECIMAL)->decimals = 1;
  date->required = of->required = TRUE;
  of->target = crowd->target = kind->of = cadre;
  occasion->codes = &catalogue->occasions;
  occasion->default_text = g_strdup ("生日");
  gift->has_min = TRUE;
  kind->date = date;
  kind->of_field = kind->unit_from = of;
  g_ptr_array_add (kind->identity, of);
  g_ptr_array_add (kind->identity, date);
  g_ptr_array_add (kind->identity, occasion);
}

static HxCatalogue *
build (void)
{
  HxCatalogue *catalogue = g_new0 (HxCatalogue, 1);

  catalogue->kinds = g_ptr_array_new ();
  catalogue->occasions.name = g_strdup ("走访事由");
  add_code (&catalogue->occasions, "birthday", "生日");
  add_code (&catalogue->occasions, "festival", "节日");
  catalogue->sexes.name = g_strdup ("性别");
  add_code (&catalogue->sexes, "1", "男");
  add_code (&catalogue->sexes, "2", "女");
  add_visit (catalogue, add_cadre (catalogue, add_unit (catalogue)));
  return catalogue;
}

/* Made once and kept until the program ends. */
HxCatalogue *
small_catalogue (void)
{
  static HxCatalogue *catalogue;

  if (catalogue == NULL)
    catalogue = build ();
  return catalogue;
}
