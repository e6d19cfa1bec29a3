#include "people/weakness.h"
#include "people/quality.h"

/* How many rows of a register there are, and how many have each field. */
typedef struct
{
  const HxQuality *quality;
  gint64 rows;
  gint64 *filled; /* by quality->fields; NULL: not read yet */
} Fill;

struct _HxWeakness
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  gint64 unit_id;
  HxDate as_of;
  GArray *fills; /* Fill, one a quality */
};

static void
fill_clear (gpointer data)
{
  g_free (((Fill *)data)->filled);
}

HxWeakness *
hx_weakness_new (HxConnection *connection, HxCatalogue *catalogue,
                 gint64 unit_id, HxDate as_of)
{
  HxWeakness *weakness = g_new0 (HxWeakness, 1);
  const GPtrArray *qualities = hx_catalogue_qualities (catalogue);

  weakness->connection = connection;
  weakness->catalogue = hx_catalogue_ref (catalogue);
  weakness->unit_id = unit_id;
  weakness->as_of = as_of;
  weakness->fills = g_array_new (FALSE, FALSE, sizeof (Fill));
  g_array_set_clear_func (weakness->fills, fill_clear);
  for (guint i = 0; i < qualities->len; i++)
    {
      Fill fill = { qualities->pdata[i], 0, NULL };

      g_array_append_val (weakness->fills, fill);
    }
  return weakness;
}

void
hx_weakness_free (HxWeakness *weakness)
{
  if (weakness == NULL)
    return;
  g_array_unref (weakness->fills);
  hx_catalogue_unref (weakness->catalogue);
  g_free (weakness);
}

/* ---------------------------------------------------------------- counting */

/* A partial `until` ends with its year or month: its text is compared with as
 * much of the day. */
static void
append_rows (const HxWeakness *weakness, const HxKind *kind, HxWhere *where)
{
  GString *text = hx_where_text (where);
  char day[HX_DATE_TEXT_SIZE];

  hx_date_format (weakness->as_of, day);
  g_string_append (text, " AND (r.day IS NULL OR r.day <= ");
  hx_where_string (where, day);
  g_string_append_printf (
      text, ") AND (r.\"%s\" IS NULL OR r.\"%s\" >= substr(",
      hx_field_column (kind->until), hx_field_column (kind->until));
  hx_where_string (where, day);
  g_string_append_printf (text, ", 1, length(r.\"%s\")))",
                          hx_field_column (kind->until));
  if (weakness->unit_id == 0)
    return;
  g_string_append (text, " AND r.unit_id IN (WITH RECURSIVE below (id) AS"
                         " (SELECT ");
  hx_where_integer (where, weakness->unit_id);
  g_string_append (text, " UNION SELECT u.id FROM reg_unit u JOIN below b"
                         " ON u.parent = b.id WHERE u.bureau_id = ?1)"
                         " SELECT id FROM below)");
}

static char *
count_sql (const HxQuality *quality, HxWhere *where)
{
  GString *sql = g_string_new ("SELECT count(*)");

  for (guint i = 0; i < quality->fields->len; i++)
    {
      const HxQualityField *field = quality->fields->pdata[i];

      g_string_append_printf (sql, ", count(r.\"%s\")",
                              hx_field_column (field->field));
    }
  g_string_append_printf (
      sql, " FROM %s r%s WHERE r.bureau_id = ?1 AND r.void = 0%s",
      quality->kind->table, hx_where_joins (where)->str,
      hx_where_text (where)->str);
  return g_string_free (sql, FALSE);
}

static gboolean
read_fill (const HxWeakness *weakness, Fill *fill, GError **error)
{
  const HxQuality *quality = fill->quality;
  g_autoptr (HxWhere) where = hx_where_new (2);
  g_autoptr (HxStatement) statement = NULL;
  g_autofree char *sql = NULL;

  if (fill->filled != NULL)
    return TRUE;
  hx_where_conditions (where, "r", quality->where);
  append_rows (weakness, quality->kind, where);
  sql = count_sql (quality, where);
  statement = hx_statement_new (weakness->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_where_bind (where, statement);
  if (hx_step (statement, error) != HX_STEP_ROW)
    return FALSE;
  fill->rows = hx_column_integer (statement, 0);
  fill->filled = g_new0 (gint64, quality->fields->len + 1);
  for (guint i = 0; i < quality->fields->len; i++)
    fill->filled[i] = hx_column_integer (statement, (int)i + 1);
  return TRUE;
}

/* ------------------------------------------------------------------ asking */

typedef struct
{
  HxWeakness *weakness;
  GHashTable *told; /* HxQualityField */
  GString *text;
} Asking;

static char *
share_text (gint64 share)
{
  return hx_decimal_format ((HxDecimal){ share, 2 });
}

static void
tell (Asking *asking, const Fill *fill, guint index)
{
  const HxQualityField *field = fill->quality->fields->pdata[index];
  gint64 share = hx_quality_share (fill->filled[index], fill->rows);
  g_autofree char *missing = share_text (10000 - share);
  g_autofree char *required = share_text (field->required);

  if (share >= field->required
      || !g_hash_table_add (asking->told, (gpointer)(guintptr)field))
    return;
  g_string_append_printf (asking->text, _ ("%s%s缺 %s%%（应填 %s%%）"),
                          asking->text->len > 0 ? "；" : "", field->field->name,
                          missing, required);
}

static gboolean
ask_field (Asking *asking, const HxField *field, GError **error)
{
  GArray *fills = asking->weakness->fills;

  for (guint i = 0; field != NULL && i < fills->len; i++)
    {
      Fill *fill = &g_array_index (fills, Fill, i);

      for (guint j = 0; j < fill->quality->fields->len; j++)
        {
          const HxQualityField *own = fill->quality->fields->pdata[j];

          if (own->field != field || own->required == 0)
            continue;
          if (!read_fill (asking->weakness, fill, error))
            return FALSE;
          tell (asking, fill, j);
        }
    }
  return TRUE;
}

static gboolean
ask_conditions (Asking *asking, const GPtrArray *conditions, GError **error)
{
  for (guint i = 0; conditions != NULL && i < conditions->len; i++)
    {
      const HxCondition *condition = conditions->pdata[i];

      if (!ask_field (asking, condition->field, error))
        return FALSE;
    }
  return TRUE;
}

/* The person whose unit the row has is the row's own or that it refers to. */
static gboolean
ask_unit (Asking *asking, const HxKind *kind, GError **error)
{
  while (kind != NULL && kind->unit == NULL && kind->unit_from != NULL)
    kind = kind->unit_from->target;
  return kind == NULL || asking->weakness->unit_id == 0
         || ask_field (asking, kind->unit, error);
}

static gboolean
ask (Asking *asking, const HxIndicator *indicator, GError **error)
{
  if (!ask_field (asking, indicator->field, error)
      || !ask_conditions (asking, indicator->where, error)
      || !ask_conditions (asking, indicator->base_where, error)
      || !ask_unit (asking, indicator->kind, error)
      || !ask_unit (asking, indicator->base, error))
    return FALSE;
  for (guint i = 0; indicator->parts != NULL && i < indicator->parts->len; i++)
    {
      const HxIndicator *part = indicator->parts->pdata[i];

      if (!ask (asking, part, error))
        return FALSE;
    }
  return TRUE;
}

char *
hx_weakness_of (HxWeakness *weakness, const HxIndicator *indicator,
                GError **error)
{
  g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  Asking asking = { weakness, told, text };

  if (!ask (&asking, indicator, error))
    return NULL;
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
