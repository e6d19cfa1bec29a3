#include "server/people_list.h"

#include "ledger/search.h"

#include <string.h>

void
hx_people_rows_clear (HxPeopleRows *rows)
{
  g_clear_pointer (&rows->rows, g_ptr_array_unref);
  g_clear_pointer (&rows->next, g_free);
}

const HxKind *
hx_people_kind (const HxCall *call, GError **error)
{
  const HxPersonView *view = hx_catalogue_person (hx_call_catalogue (call));

  if (view != NULL
      && hx_identity_may (hx_call_identity (call), HX_ACT_READ, view->of))
    return view->of;
  hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这里没有个人档案"), NULL, NULL);
  return NULL;
}

/* ------------------------------------------------------------------- search */

typedef struct
{
  HxShown *shown;
  const HxFind *find;
  HxFoundFunc function;
  gpointer data;
  guint found;
  GError *error;
} Finding;

static gboolean
take_found (const HxRow *row, HxSearchRank rank, gpointer data)
{
  Finding *finding = data;
  const HxIdentity *identity = finding->shown->identity;

  if (!hx_identity_may (identity, HX_ACT_READ, row->kind)
      || !hx_identity_reaches (identity, row))
    return TRUE;
  return finding->function (row, hx_search_rank_key (rank), finding->data,
                            &finding->error)
         && ++finding->found < finding->find->limit;
}

/* What is found beyond the scope takes no place from what is within it: who
 * sees one street asks for it by name as well. */
static GPtrArray *
words_of (const HxIdentity *identity, const char *text)
{
  g_autofree char *plain = hx_text_normalise (text);
  g_auto (GStrv) parts = g_strsplit (plain, " ", -1);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (words, g_strdup (parts[i]));
  if (identity->unit_name != NULL && words->len < HX_SEARCH_WORDS_MAX)
    g_ptr_array_add (words, g_strdup (identity->unit_name));
  g_ptr_array_add (words, NULL);
  return words;
}

gboolean
hx_people_find (HxShown *shown, const HxFind *find, HxFoundFunc function,
                gpointer data, GError **error)
{
  g_autoptr (GPtrArray) words = words_of (shown->identity, find->text);
  const HxSearchQuery query = { .words = (const char *const *)words->pdata,
                                .kind = find->kind,
                                .limit = HX_SEARCH_LIMIT_MAX,
                                .as_of = find->as_of };
  Finding finding
      = { .shown = shown, .find = find, .function = function, .data = data };

  if (!hx_search (shown->connection, hx_call_catalogue (shown->call), &query,
                  take_found, &finding, error))
    return g_clear_error (&finding.error), FALSE;
  if (finding.error == NULL)
    return TRUE;
  g_propagate_error (error, finding.error);
  return FALSE;
}

/* The row of a walk lives for the call alone. */
static gboolean
keep_row (const HxRow *row, const char *rank, gpointer data, GError **error)
{
  GArray *ids = data;

  (void)rank;
  (void)error;
  g_array_append_val (ids, row->id);
  return TRUE;
}

static gboolean
search (HxShown *shown, const HxKind *kind, guint limit, HxPeopleRows *rows,
        GError **error)
{
  const HxCall *call = shown->call;
  const HxDate ever = { 0 };
  const HxFind find
      = { .text = hx_call_text (call, "q"),
          .kind = kind,
          .limit = limit,
          .as_of = hx_call_bool (call, "left") ? ever : hx_call_as_of (call) };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!hx_people_find (shown, &find, keep_row, ids, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      HxRow *row = hx_row_new (kind);

      g_ptr_array_add (rows->rows, row);
      if (!hx_row_load (shown->connection, row, g_array_index (ids, gint64, i),
                        error))
        return FALSE;
    }
  return TRUE;
}

/* ---------------------------------------------------------------- selection */

typedef struct
{
  const char *key;
  const char *column; /* of the table; NULL: the id alone */
  gboolean descending;
} Sort;

static const Sort sorts[] = {
  { "id", NULL, FALSE },
  { "age", "birth_date", FALSE },
  { "younger", "birth_date", TRUE },
};

static const Sort *
sort_of (const HxCall *call, const HxKind *kind)
{
  const char *key = hx_call_text (call, "sort");

  for (gsize i = 1; key != NULL && i < G_N_ELEMENTS (sorts); i++)
    if (strcmp (sorts[i].key, key) == 0
        && hx_kind_field (kind, sorts[i].column) != NULL)
      return &sorts[i];
  return &sorts[0];
}

static GPtrArray *
terms_of (const HxCall *call)
{
  GPtrArray *terms = g_ptr_array_new_with_free_func (g_free);
  const char *const *words = hx_call_texts (call, "where");
  const char *status = hx_call_text (call, "status");
  const gint64 from = hx_call_integer (call, "age_from");
  const gint64 to = hx_call_integer (call, "age_to");

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit_set (words[i], " \t\n", -1);

      for (guint k = 0; parts[k] != NULL; k++)
        if (*parts[k] != '\0')
          g_ptr_array_add (terms, g_strdup (parts[k]));
    }
  if (status != NULL && *status != '\0')
    g_ptr_array_add (terms, g_strconcat ("status=", status, NULL));
  if (from > 0)
    g_ptr_array_add (terms, g_strdup_printf ("age>=%d", (int)from));
  if (to > 0)
    g_ptr_array_add (terms, g_strdup_printf ("age<=%d", (int)to));
  g_ptr_array_add (terms, NULL);
  return terms;
}

static void
append_unit (HxWhere *where, const HxKind *kind, const HxKind *unit,
             gint64 unit_id)
{
  GString *text = hx_where_text (where);

  if (unit_id == 0 || kind->unit == NULL || unit == NULL)
    return;
  g_string_append (text, " AND r.unit_id IN (WITH RECURSIVE below (id) AS"
                         " (SELECT ");
  hx_where_integer (where, unit_id);
  g_string_append_printf (text,
                          " UNION SELECT u.id FROM %s u JOIN below b"
                          " ON u.\"parent\" = b.id WHERE u.bureau_id = ?1)"
                          " SELECT id FROM below)",
                          unit->table);
}

/* Rows behind the cursor's; its values are value and id, or the id alone. */
static gboolean
append_cursor (const HxCall *call, HxWhere *where, const Sort *sort,
               char **values, GError **error)
{
  const guint count = g_strv_length (values);
  const char *sign = sort->descending ? "<" : ">";
  GString *text = hx_where_text (where);

  if (count != (sort->column != NULL ? 2 : 1))
    return hx_fail (error, HX_ERROR_USAGE, _ ("接续的位置不对"), "cursor",
                    _ ("请从第一页开始"));
  (void)call;
  g_string_append (text, sort->column != NULL ? " AND (" : " AND r.id > ");
  if (sort->column != NULL)
    {
      g_string_append_printf (text, "COALESCE (r.\"%s\", '') %s ", sort->column,
                              sign);
      hx_where_string (where, values[0]);
      g_string_append_printf (text,
                              " OR (COALESCE (r.\"%s\", '') = ", sort->column);
      hx_where_string (where, values[0]);
      g_string_append (text, " AND r.id > ");
    }
  hx_where_integer (where, g_ascii_strtoll (values[count - 1], NULL, 10));
  g_string_append (text, sort->column != NULL ? "))" : "");
  return TRUE;
}

static char *
next_cursor (const HxCall *call, const Sort *sort, const HxRow *last)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, last->id);
  const char *value = "";
  const char *values[] = { id, NULL, NULL };

  if (sort->column == NULL)
    return hx_cursor_new (call, values);
  if (last->values[hx_kind_field (last->kind, sort->column)->index].filled)
    value = last->values[hx_kind_field (last->kind, sort->column)->index].text;
  values[0] = value;
  values[1] = id;
  return hx_cursor_new (call, values);
}

typedef struct
{
  HxShown *shown;
  const HxKind *kind;
  const Sort *sort;
  guint limit;
  char **cursor; /* or NULL */
} Listing;

static HxStatement *
prepare (const Listing *listing, const HxSelection *selection, HxWhere *where,
         GError **error)
{
  HxShown *shown = listing->shown;
  const HxCall *call = shown->call;
  HxCatalogue *catalogue = hx_call_catalogue (call);
  gint64 unit_id = hx_call_integer (call, "unit");
  g_autofree char *columns = hx_row_columns (listing->kind, "r");
  g_autofree char *sql = NULL;
  g_autofree char *order
      = listing->sort->column == NULL
            ? g_strdup ("")
            : g_strdup_printf ("COALESCE (r.\"%s\", '')%s, ",
                               listing->sort->column,
                               listing->sort->descending ? " DESC" : "");

  if (unit_id != 0 && !hx_identity_unit (shown->identity, &unit_id, error))
    return NULL;
  hx_selection_where (selection, where, "r");
  hx_identity_where (shown->identity, listing->kind, where, "r");
  append_unit (where, listing->kind, hx_catalogue_kind (catalogue, "unit"),
               unit_id);
  if (listing->cursor != NULL
      && !append_cursor (call, where, listing->sort, listing->cursor, error))
    return NULL;
  sql = g_strdup_printf ("SELECT %s FROM %s r%s WHERE r.bureau_id = ?1%s"
                         " ORDER BY %sr.id LIMIT %u",
                         columns, listing->kind->table,
                         hx_where_joins (where)->str,
                         hx_where_text (where)->str, order, listing->limit + 1);
  return hx_statement_new (shown->connection, sql, error);
}

static gboolean
read_rows (const Listing *listing, HxStatement *statement, HxPeopleRows *rows,
           GError **error)
{
  HxStep step;

  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      HxRow *row = hx_row_new (listing->kind);

      hx_row_read (statement, 0, row);
      g_ptr_array_add (rows->rows, row);
    }
  if (rows->rows->len > listing->limit)
    {
      g_ptr_array_set_size (rows->rows, (int)listing->limit);
      rows->next = next_cursor (listing->shown->call, listing->sort,
                                rows->rows->pdata[listing->limit - 1]);
    }
  return step == HX_STEP_DONE;
}

static gboolean
select_rows (const Listing *listing, HxPeopleRows *rows, GError **error)
{
  const HxCall *call = listing->shown->call;
  const HxDate ever = { 0 };
  const HxDate as_of
      = hx_call_bool (call, "left") ? ever : hx_call_as_of (call);
  g_autoptr (GPtrArray) terms = terms_of (call);
  g_autoptr (HxWhere) where = hx_where_new (2);
  g_autoptr (HxStatement) statement = NULL;
  g_autoptr (HxSelection) selection = hx_selection_new (
      listing->shown->connection, hx_call_catalogue (call), listing->kind,
      (const char *const *)terms->pdata, as_of, error);

  if (selection != NULL)
    statement = prepare (listing, selection, where, error);
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_where_bind (where, statement);
  return read_rows (listing, statement, rows, error);
}

gboolean
hx_people_list (HxShown *shown, guint limit, HxPeopleRows *rows, GError **error)
{
  const char *text = hx_call_text (shown->call, "q");
  const char *from = hx_call_text (shown->call, "cursor");
  const HxKind *kind = hx_people_kind (shown->call, error);
  g_auto (GStrv) cursor = NULL;
  Listing listing = { .shown = shown, .kind = kind, .limit = limit };

  rows->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_row_free);
  if (kind == NULL)
    return FALSE;
  if (text != NULL && *text != '\0')
    return search (shown, kind, limit, rows, error);
  if (from != NULL && *from != '\0')
    {
      cursor = hx_cursor_parse (shown->call, from, error);
      if (cursor == NULL)
        return FALSE;
    }
  listing.sort = sort_of (shown->call, kind);
  listing.cursor = cursor;
  return select_rows (&listing, rows, error);
}
