/* The keys by which candidates for duplicates are brought together. */
#include "catalogue/catalogue_internal.h"

/* Types as bits, so that a part can name those that have it. */
#define OF(type) (1U << (type))
#define VALUES                                                                 \
  (OF (HX_FIELD_TEXT) | OF (HX_FIELD_INTEGER) | OF (HX_FIELD_DECIMAL)          \
   | OF (HX_FIELD_MONEY) | OF (HX_FIELD_BOOL) | OF (HX_FIELD_CHOICE)           \
   | OF (HX_FIELD_REF))

static const struct
{
  const char *name;
  HxKeyPart part;
  guint types;
} parts[] = {
  { "sound", HX_PART_SOUND, OF (HX_FIELD_TEXT) },
  { "less_one", HX_PART_LESS_ONE, OF (HX_FIELD_TEXT) },
  { "first", HX_PART_FIRST, OF (HX_FIELD_TEXT) },
  { "day", HX_PART_DAY, OF (HX_FIELD_DATE) },
  { "month", HX_PART_MONTH, OF (HX_FIELD_DATE) },
  { "year", HX_PART_YEAR, OF (HX_FIELD_DATE) },
  { "month_day", HX_PART_MONTH_DAY, OF (HX_FIELD_DATE) },
  { "tail", HX_PART_TAIL, OF (HX_FIELD_ID_NUMBER) },
  { "any", HX_PART_ANY, OF (HX_FIELD_PHONE) },
  { "", HX_PART_VALUE, VALUES },
};

static const HxField *
key_field (HxLoader *loader, const HxKind *kind, const HxNode *node,
           const char *name)
{
  const HxField *field = hx_kind_field (kind, name);
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  if (field != NULL)
    return field;
  for (guint i = 0; i < kind->fields->len; i++)
    g_ptr_array_add (known, ((HxField *)kind->fields->pdata[i])->key);
  hx_fault_unknown (loader, node, _ ("没有字段"), known);
  return NULL;
}

static char *
parts_of (HxFieldType type)
{
  g_autoptr (GString) text = g_string_new (_ ("可以写"));
  guint count = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if ((parts[i].types & OF (type)) != 0 && *parts[i].name != '\0')
      g_string_append_printf (text, "%s .%s", count++ > 0 ? "、" : "",
                              parts[i].name);
  return count > 0 ? g_strdup (text->str) : NULL;
}

void
hx_candidate_load (HxLoader *loader, const HxKind *kind, const HxNode *node,
                   GArray *keys)
{
  g_auto (GStrv) words = NULL;
  g_autofree char *hint = NULL;
  HxCandidateKey key = { 0 };

  if (!hx_node_is (loader, node, HX_NODE_SCALAR))
    return;
  words = g_strsplit (node->text, ".", 2);
  key.field = key_field (loader, kind, node, words[0] != NULL ? words[0] : "");
  if (key.field == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if ((parts[i].types & OF (key.field->type)) != 0
        && strcmp (parts[i].name, words[1] != NULL ? words[1] : "") == 0
        && (!key.field->secret || key.field->type == HX_FIELD_ID_NUMBER
            || key.field->type == HX_FIELD_PHONE))
      {
        key.part = parts[i].part;
        g_array_append_val (keys, key);
        return;
      }
  hint = parts_of (key.field->type);
  hx_fault (loader, node,
            g_strdup_printf (_ ("“%s”不能用来找可能重复的人"), node->text),
            hint);
}
