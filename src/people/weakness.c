#include "people/weakness.h"
#include "people/quality.h"

/* A field that is counted; where the figures have the rows that are asked
 * about, and those that lack it. */
typedef struct
{
  const HxQualityField *field;
  guint asked, lacking;
} Fill;

struct _HxWeakness
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  gint64 unit_id;
  HxDate as_of;
  GArray *fills;      /* Fill */
  GPtrArray *figures; /* NULL: not read yet */
};

HxWeakness *
hx_weakness_new (HxConnection *connection, HxCatalogue *catalogue,
                 gint64 unit_id, HxDate as_of)
{
  HxWeakness *weakness = g_new0 (HxWeakness, 1);

  weakness->connection = connection;
  weakness->catalogue = hx_catalogue_ref (catalogue);
  weakness->unit_id = unit_id;
  weakness->as_of = as_of;
  weakness->fills = g_array_new (FALSE, FALSE, sizeof (Fill));
  return weakness;
}

void
hx_weakness_free (HxWeakness *weakness)
{
  if (weakness == NULL)
    return;
  g_array_unref (weakness->fills);
  g_clear_pointer (&weakness->figures, g_ptr_array_unref);
  hx_catalogue_unref (weakness->catalogue);
  g_free (weakness);
}

/* ----------------------------------------------------------------- reading */

static guint
want (GPtrArray *wanted, const HxIndicator *indicator)
{
  g_ptr_array_add (wanted, (gpointer)(guintptr)indicator);
  return wanted->len - 1;
}

static void
want_quality (HxWeakness *weakness, const HxQuality *quality, GPtrArray *wanted)
{
  guint asked = quality->asked != NULL ? want (wanted, quality->asked) : 0;

  for (guint i = 0; i < quality->fields->len; i++)
    {
      const HxQualityField *field = quality->fields->pdata[i];

      if (field->lacking != NULL)
        {
          Fill fill = { field, asked, want (wanted, field->lacking) };

          g_array_append_val (weakness->fills, fill);
        }
    }
}

static gboolean
read_figures (HxWeakness *weakness, GError **error)
{
  const GPtrArray *qualities = hx_catalogue_qualities (weakness->catalogue);
  HxPeriod period
      = { weakness->as_of.year, weakness->as_of, weakness->unit_id, 0 };
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();

  for (guint i = 0; i < qualities->len; i++)
    want_quality (weakness, qualities->pdata[i], wanted);
  weakness->figures = hx_figures_of (weakness->connection, weakness->catalogue,
                                     wanted, &period, error);
  return weakness->figures != NULL;
}

/* ------------------------------------------------------------------ asking */

static char *
share_text (gint64 share)
{
  return hx_decimal_format ((HxDecimal){ share, 2 });
}

static void
tell (const HxWeakness *weakness, const Fill *fill, GString *text)
{
  const HxFigure *asked = weakness->figures->pdata[fill->asked];
  const HxFigure *lacking = weakness->figures->pdata[fill->lacking];
  gint64 share = hx_quality_share (asked->rows - lacking->rows, asked->rows);
  g_autofree char *missing = share_text (10000 - share);
  g_autofree char *required = share_text (fill->field->required);

  if (share < fill->field->required)
    g_string_append_printf (text, _ ("%s%s缺 %s%%（应填 %s%%）"),
                            text->len > 0 ? "；" : "", fill->field->field->name,
                            missing, required);
}

char *
hx_weakness_of (HxWeakness *weakness, const HxIndicator *indicator,
                GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (weakness->figures == NULL && !read_figures (weakness, error))
    return NULL;
  for (guint i = 0; i < weakness->fills->len; i++)
    {
      const Fill *fill = &g_array_index (weakness->fills, Fill, i);

      if (hx_indicator_leans_on (indicator, fill->field->field,
                                 weakness->unit_id != 0))
        tell (weakness, fill, text);
    }
  return g_strdup (text->str);
}

GHashTable *
hx_weakness_of_figures (HxConnection *connection, HxCatalogue *catalogue,
                        gint64 unit_id, const GPtrArray *figures,
                        GError **error)
{
  g_autoptr (GHashTable) weak
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (HxWeakness) weakness = NULL;

  for (guint i = 0; i < figures->len; i++)
    {
      const HxFigure *figure = figures->pdata[i];
      char *text;

      if (weakness == NULL
          || hx_date_compare (figure->as_of, weakness->as_of) != 0)
        {
          hx_weakness_free (weakness);
          weakness
              = hx_weakness_new (connection, catalogue, unit_id, figure->as_of);
        }
      text = hx_weakness_of (weakness, figure->indicator, error);
      if (text == NULL)
        return NULL;
      if (*text != '\0')
        g_hash_table_insert (weak, figure->indicator->key, text);
      else
        g_free (text);
    }
  return g_steal_pointer (&weak);
}
