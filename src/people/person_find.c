/* Who is meant: by a number that only one has, else by name. */
#include "ledger/search.h"
#include "ledger/secret.h"
#include "people/person_internal.h"

#include <string.h>

typedef struct
{
  HxConnection *connection;
  const HxKind *kind;
  const char *text;
  GArray *found; /* gint64 */
} Find;

static void
add (GArray *found, gint64 id)
{
  for (guint i = 0; i < found->len; i++)
    if (g_array_index (found, gint64, i) == id)
      return;
  if (found->len <= HX_PERSON_FOUND_MAX)
    g_array_append_val (found, id);
}

static gboolean
find_by (const Find *find, const char *test, gint64 integer, const char *text,
         GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT id FROM %s WHERE bureau_id = ?1 AND void = 0 AND %s = ?2",
      find->kind->table, test);
  g_autoptr (HxStatement) statement
      = hx_statement_new (find->connection, sql, error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  if (text != NULL)
    hx_bind_text (statement, 2, text, -1);
  else
    hx_bind_integer (statement, 2, integer);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    add (find->found, hx_column_integer (statement, 0));
  return step == HX_STEP_DONE;
}

static gboolean
find_unique (const Find *find, const HxField *field, GError **error)
{
  const gint64 digest = hx_secret_digest (find->connection, field, find->text);
  g_autofree char *plain = g_strdup_printf ("\"%s\"", hx_field_column (field));
  g_autofree char *sealed
      = g_strdup_printf ("\"%s_digest\"", hx_field_column (field));

  if (digest != 0)
    return find_by (find, sealed, digest, NULL, error);
  if (hx_field_type_is_integer (field->type))
    return TRUE;
  return find_by (find, plain, 0, find->text, error);
}

static gboolean
find_number (const Find *find, GError **error)
{
  gint64 id = 0;

  if (!g_ascii_string_to_signed (find->text, 10, 1, G_MAXINT64, &id, NULL))
    return TRUE;
  return find_by (find, "id", id, NULL, error);
}

/* -------------------------------------------------------------------- names */

typedef struct
{
  GArray *exact, *near;
} Hits;

static gboolean
take_hit (const HxRow *row, HxSearchRank rank, gpointer data)
{
  Hits *hits = data;

  add (rank == HX_SEARCH_EXACT ? hits->exact : hits->near, row->id);
  return TRUE;
}

static gboolean
find_name (const Find *find, HxCatalogue *catalogue, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (find->text, " \t", -1);
  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (gint64));
  Hits hits = { find->found, near };
  const HxSearchQuery query = { .words = (const char *const *)words,
                                .kind = find->kind,
                                .limit = HX_PERSON_FOUND_MAX + 1 };

  if (find->kind->search == NULL || find->kind->search->len == 0)
    {
      const HxField *label = hx_kind_label_field (find->kind);

      return label == NULL || label->secret || find_unique (find, label, error);
    }
  if (!hx_search (find->connection, catalogue, &query, take_hit, &hits, error))
    return FALSE;
  if (find->found->len == 0)
    g_array_append_vals (find->found, near->data, near->len);
  return TRUE;
}

GArray *
hx_person_find (HxConnection *connection, HxCatalogue *catalogue,
                const char *text, GError **error)
{
  const HxPersonView *view = hx_catalogue_person (catalogue);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *plain = hx_text_normalise (text);

  if (view == NULL)
    {
      hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这个目录没有个人档案"),
               "person.yaml", _ ("在目录里写明为哪个名册建档"));
      return NULL;
    }
  const Find find = { connection, view->of, plain, found };

  if (*plain == '\0')
    return g_steal_pointer (&found);
  for (guint i = 0; i < view->of->fields->len; i++)
    {
      const HxField *field = view->of->fields->pdata[i];

      if (field->unique && !find_unique (&find, field, error))
        return NULL;
    }
  if (!find_number (&find, error)
      || (found->len == 0 && !find_name (&find, catalogue, error)))
    return NULL;
  return g_steal_pointer (&found);
}
