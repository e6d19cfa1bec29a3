/* quality.yaml: which fields of a register matter, how full and how fresh they
 * are to be, and what shows that somebody looked. */
#include "catalogue/catalogue_internal.h"

#define SHARE_DECIMALS 2
#define SHARE_WHOLE 10000
#define MONTHS_MAX 1200

static const HxKey quality_keys[] = {
  { "kind", TRUE },      { "where", FALSE },  { "fresh", FALSE },
  { "verified", FALSE }, { "fields", FALSE },
};

static const HxKey verified_keys[] = {
  { "date", FALSE },  { "by", FALSE },       { "record", FALSE },
  { "where", FALSE }, { "surveyor", FALSE }, { "campaign", FALSE },
};

static const HxKey field_keys[] = {
  { "field", TRUE },  { "required", FALSE },  { "fresh", FALSE },
  { "where", FALSE }, { "known_bad", FALSE },
};

static void
quality_field_free (gpointer data)
{
  HxQualityField *field = data;

  g_ptr_array_unref (field->where);
  g_free (field);
}

void
hx_quality_free (gpointer data)
{
  HxQuality *quality = data;

  g_ptr_array_unref (quality->where);
  g_ptr_array_unref (quality->record_where);
  g_ptr_array_unref (quality->fields);
  g_free (quality);
}

/* The field that a key of `node` names, of one of two types; NULL when it is
 * left out or wrong. */
static const HxField *
named_field (HxLoader *loader, const HxKind *kind, const HxNode *node,
             const char *key, HxFieldType type)
{
  const char *name = hx_node_text (loader, node, key);
  const HxField *field
      = name == NULL || kind == NULL ? NULL : hx_kind_field (kind, name);

  if (name == NULL || kind == NULL)
    return NULL;
  if (field == NULL || field->type != type)
    {
      hx_fault (
          loader, hx_node_get (node, key),
          g_strdup_printf (_ ("“%s”没有这样的字段“%s”"), kind->name, name),
          hx_field_type_name (type));
      return NULL;
    }
  return field;
}

static int
months (HxLoader *loader, const HxNode *node, int otherwise)
{
  const char *text = hx_node_text (loader, node, "fresh");
  gint64 number = 0;

  if (text == NULL)
    return otherwise;
  if (!g_ascii_string_to_signed (text, 10, 0, MONTHS_MAX, &number, NULL))
    hx_fault (loader, hx_node_get (node, "fresh"), g_strdup (_ ("月数不对")),
              _ ("写 0 到 1200 的整数"));
  return (int)number;
}

static guint
share (HxLoader *loader, const HxNode *node)
{
  const char *text = hx_node_text (loader, node, "required");
  HxDecimal decimal = { 0, 0 };

  if (text == NULL)
    return 0;
  if (hx_decimal_parse (text, SHARE_DECIMALS, &decimal, NULL)
      && hx_decimal_rescale (&decimal, SHARE_DECIMALS) && decimal.units >= 0
      && decimal.units <= SHARE_WHOLE)
    return (guint)decimal.units;
  hx_fault (loader, hx_node_get (node, "required"), g_strdup (_ ("百分比不对")),
            _ ("写 0 到 100，最多两位小数"));
  return 0;
}

static void
load_where (HxLoader *loader, const HxKind *kind, const HxNode *node,
            GPtrArray *conditions)
{
  const HxNode *where = hx_node_get (node, "where");

  if (where != NULL && kind != NULL)
    hx_conditions_load (loader, kind, where, conditions);
}

/* ------------------------------------------------------------------ verified
 */

static void
read_record (HxLoader *loader, HxQuality *quality, const HxNode *node)
{
  const char *name = hx_node_text (loader, node, "record");
  const HxKind *kind
      = name == NULL ? NULL : hx_catalogue_kind (loader->catalogue, name);

  if (name == NULL)
    return;
  quality->record_reference
      = kind == NULL ? NULL : hx_duty_reference (kind, quality->kind);
  if (quality->record_reference == NULL || kind->date == NULL)
    {
      hx_fault (loader, hx_node_get (node, "record"),
                g_strdup_printf (_ ("没有指向“%s”的台账“%s”"),
                                 quality->kind->name, name),
                NULL);
      return;
    }
  quality->record = kind;
  quality->surveyor
      = named_field (loader, kind, node, "surveyor", HX_FIELD_TEXT);
  quality->campaign
      = named_field (loader, kind, node, "campaign", HX_FIELD_REF);
  load_where (loader, kind, node, quality->record_where);
}

static void
read_verified (HxLoader *loader, HxQuality *quality, const HxNode *root)
{
  const HxNode *node = hx_node_get (root, "verified");

  if (node == NULL
      || !hx_node_check (loader, node, verified_keys,
                         G_N_ELEMENTS (verified_keys)))
    return;
  quality->date
      = named_field (loader, quality->kind, node, "date", HX_FIELD_DATE);
  quality->by = named_field (loader, quality->kind, node, "by", HX_FIELD_TEXT);
  read_record (loader, quality, node);
}

/* -------------------------------------------------------------------- fields
 */

static void
add_field (HxLoader *loader, HxQuality *quality, const HxNode *node)
{
  const char *name;
  HxQualityField *own;
  const HxField *field;

  if (!hx_node_check (loader, node, field_keys, G_N_ELEMENTS (field_keys)))
    return;
  name = hx_node_text (loader, node, "field");
  field = name == NULL ? NULL : hx_kind_field (quality->kind, name);
  if (field == NULL || field->type == HX_FIELD_ATTENDEES)
    {
      hx_fault (loader, hx_node_get (node, "field"),
                g_strdup_printf (_ ("“%s”没有这样的字段“%s”"),
                                 quality->kind->name, name == NULL ? "" : name),
                NULL);
      return;
    }
  own = g_new0 (HxQualityField, 1);
  own->field = field;
  own->required = share (loader, node);
  own->months = months (loader, node, quality->months);
  own->where = g_ptr_array_new_with_free_func (hx_condition_free);
  g_ptr_array_add (quality->fields, own);
  load_where (loader, quality->kind, node, own->where);
  own->known_bad
      = named_field (loader, quality->kind, node, "known_bad", HX_FIELD_TEXT);
}

static void
read_fields (HxLoader *loader, HxQuality *quality, const HxNode *root)
{
  const HxNode *fields = hx_node_get (root, "fields");

  if (fields == NULL || !hx_node_is (loader, fields, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < fields->items->len; i++)
    add_field (loader, quality, fields->items->pdata[i]);
}

static void
load_quality (HxLoader *loader, const HxNode *node)
{
  const HxKind *kind;
  const char *name;
  HxQuality *quality;

  if (!hx_node_check (loader, node, quality_keys, G_N_ELEMENTS (quality_keys)))
    return;
  name = hx_node_text (loader, node, "kind");
  kind = name == NULL ? NULL : hx_catalogue_kind (loader->catalogue, name);
  if (kind == NULL || !kind->is_register
      || hx_catalogue_quality (loader->catalogue, kind) != NULL)
    {
      hx_fault (loader, hx_node_get (node, "kind"),
                g_strdup_printf (_ ("没有名册“%s”，或写了两遍"),
                                 name == NULL ? "" : name),
                _ ("写一个名册的 key"));
      return;
    }
  quality = g_new0 (HxQuality, 1);
  quality->kind = kind;
  quality->where = g_ptr_array_new_with_free_func (hx_condition_free);
  quality->record_where = g_ptr_array_new_with_free_func (hx_condition_free);
  quality->fields = g_ptr_array_new_with_free_func (quality_field_free);
  g_ptr_array_add (loader->catalogue->qualities, quality);
  load_where (loader, kind, node, quality->where);
  quality->months = months (loader, node, 0);
  read_verified (loader, quality, node);
  read_fields (loader, quality, node);
}

void
hx_qualities_load (HxLoader *loader, const HxNode *root)
{
  if (!hx_node_is (loader, root, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < root->items->len; i++)
    load_quality (loader, root->items->pdata[i]);
}

const HxQuality *
hx_catalogue_quality (const HxCatalogue *catalogue, const HxKind *kind)
{
  for (guint i = 0; i < catalogue->qualities->len; i++)
    {
      const HxQuality *quality = catalogue->qualities->pdata[i];

      if (quality->kind == kind)
        return quality;
    }
  return NULL;
}

const HxQualityField *
hx_quality_field (const HxQuality *quality, const HxField *field)
{
  for (guint i = 0; i < quality->fields->len; i++)
    {
      const HxQualityField *own = quality->fields->pdata[i];

      if (own->field == field)
        return own;
    }
  return NULL;
}

const GPtrArray *
hx_catalogue_qualities (const HxCatalogue *catalogue)
{
  return catalogue->qualities;
}
