/* Words that name a street, a branch: rows of a register by their name. */
#include "ledger/search_internal.h"

#define PLACES_MAX 200 /* more than these is no place but a syllable */
#define BEGINNING_MIN 2
#define LAST_CHARACTER "\xF4\x8F\xBF\xBF"

void
hx_named_place_free (gpointer data)
{
  HxNamedPlace *place = data;

  g_array_unref (place->ids);
  g_free (place);
}

gboolean
hx_named_place_holds (const HxNamedPlace *place, gint64 id)
{
  return g_array_binary_search (place->ids, &id, hx_compare_ids, NULL);
}

/* The field by which rows of a kind hang below each other, or NULL. */
static const HxField *
parent_of (const HxKind *kind)
{
  const HxField *parent = hx_kind_field (kind, "parent");

  return parent != NULL && parent->target == kind ? parent : NULL;
}

static char *
names_sql (const HxKind *kind)
{
  const HxField *parent = parent_of (kind);
  g_autofree char *named = g_strdup_printf (
      "SELECT id FROM %s WHERE bureau_id = ?1 AND \"name\" >= ?2"
      " AND \"name\" <= ?3 AND void = 0",
      kind->table);

  if (parent == NULL)
    return g_strconcat (named, " ORDER BY id", NULL);
  return g_strdup_printf (
      "WITH RECURSIVE below (id) AS (%s UNION SELECT k.id FROM %s k"
      " JOIN below b ON k.\"%s\" = b.id WHERE k.bureau_id = ?1)"
      " SELECT id FROM below ORDER BY id",
      named, kind->table, hx_field_column (parent));
}

static gboolean
named (HxConnection *connection, const HxKind *kind, const char *low,
       const char *high, GArray *ids, GError **error)
{
  g_autofree char *sql = names_sql (kind);
  HxStatement *statement = hx_statement (connection, sql, error);
  HxStep step = HX_STEP_ERROR;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, low, -1);
  hx_bind_text (statement, 3, high, -1);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      gint64 id = hx_column_integer (statement, 0);

      g_array_append_val (ids, id);
    }
  hx_statement_reset (statement);
  return step == HX_STEP_DONE;
}

static gboolean
find (HxConnection *connection, const HxKind *kind, const char *low,
      const char *high, GPtrArray *places, GError **error)
{
  for (guint i = 0; i < kind->search->len; i++)
    {
      const HxField *field = kind->search->pdata[i];
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      HxNamedPlace *place;

      if (field->type != HX_FIELD_REF)
        continue;
      if (!named (connection, field->target, low, high, ids, error))
        return FALSE;
      if (ids->len == 0 || ids->len > PLACES_MAX)
        continue;
      place = g_new (HxNamedPlace, 1);
      *place = (HxNamedPlace){ field, g_steal_pointer (&ids) };
      g_ptr_array_add (places, place);
    }
  return TRUE;
}

gboolean
hx_named_places_find (HxConnection *connection, const HxKind *kind,
                      const char *text, GPtrArray *places, gboolean *whole,
                      GError **error)
{
  g_autofree char *high = g_strconcat (text, LAST_CHARACTER, NULL);

  if (!find (connection, kind, text, text, places, error))
    return FALSE;
  *whole = places->len > 0;
  return *whole || hx_text_characters (text) < BEGINNING_MIN
         || find (connection, kind, text, high, places, error);
}
