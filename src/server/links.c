#include "server/links.h"

char *
hx_link_row (const HxCall *call, const HxKind *kind, gint64 id)
{
  const HxPersonView *view = hx_catalogue_person (hx_call_catalogue (call));

  if (!hx_identity_may (hx_call_identity (call), HX_ACT_READ, kind))
    return NULL;
  if (view != NULL && view->of == kind)
    return g_strdup_printf ("/people/%" G_GINT64_FORMAT, id);
  return g_strdup_printf ("/ledgers/%s/%" G_GINT64_FORMAT, kind->key, id);
}

char *
hx_link_new (const HxCall *call, const HxNewRecord *record)
{
  g_autofree char *path = NULL;
  g_autofree char *of = NULL;
  g_autofree char *name = NULL;
  g_autofree char *more = NULL;

  if (!hx_identity_may (hx_call_identity (call), HX_ACT_WRITE, record->kind))
    return NULL;
  path = g_strdup_printf ("/ledgers/%s/new", record->kind->key);
  name = g_strconcat ("f.", record->reference->key, NULL);
  of = g_strdup_printf ("#%" G_GINT64_FORMAT, record->row);
  if (record->field == NULL)
    return hx_url (path, name, of, "back", record->back, NULL);
  more = g_strconcat ("f.", record->field->key, NULL);
  return hx_url (path, name, of, more, record->value, "back", record->back,
                 NULL);
}

/* -------------------------------------------------------------------- units */

void
hx_unit_choice_clear (HxUnitChoice *choice)
{
  g_clear_pointer (&choice->options, g_array_unref);
  g_clear_pointer (&choice->texts, g_string_chunk_free);
}

static void
add_option (HxUnitChoice *choice, const char *value, const char *name)
{
  const HxOption option = { g_string_chunk_insert (choice->texts, value),
                            g_string_chunk_insert (choice->texts, name) };

  g_array_append_val (choice->options, option);
}

static gboolean
reaches (const HxIdentity *identity, gint64 id)
{
  return identity->units == NULL
         || g_array_binary_search (identity->units, &id, hx_compare_ids, NULL);
}

static gboolean
add_units (HxShown *shown, const HxKind *unit, HxUnitChoice *choice,
           GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT id, \"name\" FROM %s WHERE bureau_id = ?1"
                         " AND void = 0 ORDER BY id",
                         unit->table);
  HxStatement *statement = hx_statement (shown->connection, sql, error);
  HxStep step = HX_STEP_ERROR;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const gint64 id = hx_column_integer (statement, 0);
      const char *name = hx_column_text (statement, 1);
      g_autofree char *value = hx_number_text (id);

      if (reaches (shown->identity, id) && name != NULL)
        add_option (choice, value, name);
    }
  return step == HX_STEP_DONE;
}

gboolean
hx_unit_choice (HxShown *shown, HxUnitChoice *choice, GError **error)
{
  const HxKind *unit
      = hx_catalogue_kind (hx_call_catalogue (shown->call), "unit");
  const HxOption end = { NULL, NULL };

  choice->options = g_array_new (FALSE, FALSE, sizeof (HxOption));
  choice->texts = g_string_chunk_new (1024);
  add_option (choice, "", _ ("全部"));
  if (unit != NULL && !add_units (shown, unit, choice, error))
    return FALSE;
  g_array_append_val (choice->options, end);
  return TRUE;
}

/* -------------------------------------------------------------------- cells */

char *
hx_number_text (gint64 number)
{
  return number != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number)
                     : g_strdup ("");
}

void
hx_grid_number (HxGrid *grid, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  hx_grid_cell (grid, text);
}

void
hx_grid_count (HxGrid *grid, gint64 number, const char *url)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  HxHtml *html = hx_grid_cell_begin (grid);

  if (number != 0 && url != NULL)
    hx_html_element (html, "a", text, "href", url, NULL);
  else
    hx_html_text (html, text);
  hx_grid_cell_end (grid);
}

void
hx_grid_date (HxGrid *grid, HxDate date)
{
  g_autofree char *text = date.year != 0 ? hx_say_date (date) : g_strdup ("");

  hx_grid_cell (grid, text);
}
