/* What cells are kept of: the indicators, and what the quality asks them for.
 *
 * How many rows lack a field is counted like a figure, so that it costs the
 * same however many rows there are: the rows that a quality asks about, and
 * those of them without the field, both as members of their register.  Counted
 * are fields that a figure leans on, for nobody asks about others. */
#include "catalogue/catalogue_internal.h"

static gboolean
any_asks (const GPtrArray *conditions, const HxField *field)
{
  for (guint i = 0; conditions != NULL && i < conditions->len; i++)
    if (((const HxCondition *)conditions->pdata[i])->field == field)
      return TRUE;
  return FALSE;
}

/* The person whose unit the row has is the row's own or that it refers to. */
static gboolean
names_unit (const HxKind *kind, const HxField *field)
{
  while (kind != NULL && kind->unit == NULL && kind->unit_from != NULL)
    kind = kind->unit_from->target;
  return kind != NULL && kind->unit == field;
}

gboolean
hx_indicator_leans_on (const HxIndicator *indicator, const HxField *field,
                       gboolean of_unit)
{
  if (indicator->field == field || any_asks (indicator->where, field)
      || any_asks (indicator->base_where, field)
      || (of_unit
          && (names_unit (indicator->kind, field)
              || names_unit (indicator->base, field))))
    return TRUE;
  for (guint i = 0; indicator->parts != NULL && i < indicator->parts->len; i++)
    if (hx_indicator_leans_on (indicator->parts->pdata[i], field, of_unit))
      return TRUE;
  return FALSE;
}

static gboolean
any_leans (const HxCatalogue *catalogue, const HxField *field)
{
  for (guint i = 0; i < catalogue->indicators->len; i++)
    if (hx_indicator_leans_on (catalogue->indicators->pdata[i], field, TRUE))
      return TRUE;
  return FALSE;
}

/* The conditions of the quality, which owns them. */
static HxIndicator *
members (const HxQuality *quality, char *key, char *name)
{
  HxIndicator *indicator = g_new0 (HxIndicator, 1);

  indicator->key = key;
  indicator->name = name;
  indicator->unit = g_strdup ("");
  indicator->measure = HX_MEASURE_MEMBERS;
  indicator->kind = quality->kind;
  indicator->where = g_ptr_array_new ();
  indicator->base_where = g_ptr_array_new ();
  indicator->parts = g_ptr_array_new ();
  for (guint i = 0; i < quality->where->len; i++)
    g_ptr_array_add (indicator->where, quality->where->pdata[i]);
  return indicator;
}

/* A key of the catalogue's has no slash. */
static const HxIndicator *
count (HxCatalogue *catalogue, HxIndicator *indicator)
{
  indicator->index = catalogue->counted->len;
  hx_indicator_describe (catalogue, indicator);
  g_ptr_array_add (catalogue->counted, indicator);
  g_ptr_array_add (catalogue->lacking, indicator);
  g_hash_table_insert (catalogue->indicator_by_key, indicator->key, indicator);
  return indicator;
}

static const HxIndicator *
count_lacking (HxCatalogue *catalogue, const HxQuality *quality,
               HxQualityField *own)
{
  HxIndicator *indicator = members (
      quality, g_strconcat (quality->kind->key, "/", own->field->key, NULL),
      g_strconcat (quality->kind->name, "：缺", own->field->name, NULL));

  own->empty.field = own->field;
  own->empty.test = HX_TEST_EMPTY;
  g_ptr_array_add (indicator->where, &own->empty);
  return count (catalogue, indicator);
}

static void
count_quality (HxCatalogue *catalogue, HxQuality *quality)
{
  gboolean any = FALSE;

  for (guint i = 0; i < quality->fields->len; i++)
    {
      HxQualityField *own = quality->fields->pdata[i];

      if (own->required == 0 || !any_leans (catalogue, own->field))
        continue;
      own->lacking = count_lacking (catalogue, quality, own);
      any = TRUE;
    }
  if (any)
    quality->asked
        = count (catalogue,
                 members (quality, g_strconcat (quality->kind->key, "/", NULL),
                          g_strdup (quality->kind->name)));
}

void
hx_counted_make (HxCatalogue *catalogue)
{
  for (guint i = 0; i < catalogue->indicators->len; i++)
    g_ptr_array_add (catalogue->counted, catalogue->indicators->pdata[i]);
  for (guint i = 0; i < catalogue->qualities->len; i++)
    count_quality (catalogue, catalogue->qualities->pdata[i]);
}

const GPtrArray *
hx_catalogue_counted (const HxCatalogue *catalogue)
{
  return catalogue->counted;
}
