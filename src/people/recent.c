/* One statement a kind, in any order: of the rows met, those are kept that are
 * among the newest so far.  The day stands in the statement before all that is
 * worth reading, so that an older row costs a comparison. */
#include "people/recent.h"
#include "people/person_internal.h"

#include <string.h>

#define KEY "people.recent"
#define DAY_COLUMN 6 /* of hx_row_columns */

typedef struct
{
  const HxKind *kind;
  const HxBatchPlan *plan;
  HxStatement *statement;
} Source;

/* What is kept with a connection. */
typedef struct
{
  HxCatalogue *catalogue;
  GArray *sources; /* Source */
} Sources;

typedef struct
{
  const HxRecentQuery *query;
  gint64 id;
  char until[HX_DATE_TEXT_SIZE];
  GPtrArray *rows; /* HxRow, sorted */
} Gathering;

/* ------------------------------------------------------------------ sources */

static void
source_clear (gpointer data)
{
  hx_statement_free (((Source *)data)->statement);
}

static void
sources_free (gpointer data)
{
  Sources *sources = data;

  if (sources == NULL)
    return;
  g_array_unref (sources->sources);
  hx_catalogue_unref (sources->catalogue);
  g_free (sources);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sources, sources_free)

static gboolean
add_source (Sources *sources, HxConnection *connection, const HxKind *kind,
            GError **error)
{
  const HxKind *of = hx_catalogue_person (sources->catalogue)->of;
  g_autofree char *test = hx_person_naming (kind, of);
  g_autofree char *columns = hx_row_columns (kind, NULL);
  Source source = { .kind = kind };
  g_autofree char *sql = NULL;

  if (test == NULL || kind->is_register || kind == of)
    return TRUE;
  sql = g_strdup_printf ("SELECT %s FROM %s WHERE bureau_id = ?1 AND (%s)"
                         " AND void = 0",
                         columns, kind->table, test);
  source.plan = hx_person_plan_of (sources->catalogue, kind);
  source.statement = hx_statement_new (connection, sql, error);
  if (source.statement == NULL)
    return FALSE;
  g_array_append_val (sources->sources, source);
  return TRUE;
}

static Sources *
sources_new (HxConnection *connection, HxCatalogue *catalogue, GError **error)
{
  const GPtrArray *kinds = hx_catalogue_kinds (catalogue);
  g_autoptr (Sources) sources = g_new0 (Sources, 1);

  sources->catalogue = hx_catalogue_ref (catalogue);
  sources->sources = g_array_new (FALSE, FALSE, sizeof (Source));
  g_array_set_clear_func (sources->sources, source_clear);
  for (guint i = 0; i < kinds->len; i++)
    if (!add_source (sources, connection, kinds->pdata[i], error))
      return NULL;
  return g_steal_pointer (&sources);
}

static Sources *
sources_take (HxConnection *connection, HxCatalogue *catalogue, GError **error)
{
  Sources *sources = hx_connection_take (connection, KEY);

  if (sources != NULL && sources->catalogue == catalogue)
    return sources;
  sources_free (sources);
  return sources_new (connection, catalogue, error);
}

/* --------------------------------------------------------------------- rows */

static const char *
day_of (const HxRow *row)
{
  const char *text = row->values[row->kind->date->index].text;

  return text != NULL ? text : "";
}

/* Does a row of that day come behind all that are kept, and is there no place
 * for it? */
static gboolean
is_too_old (const Gathering *gathering, const char *day)
{
  const GPtrArray *rows = gathering->rows;

  return rows->len >= gathering->query->limit
         && (rows->len == 0
             || strcmp (day, day_of (rows->pdata[rows->len - 1])) < 0);
}

static gboolean
comes_before (const HxRow *one, const HxRow *other)
{
  const int order = strcmp (day_of (one), day_of (other));

  if (order != 0)
    return order > 0;
  if (one->kind != other->kind)
    return one->kind->index < other->kind->index;
  return one->id > other->id;
}

static void
keep (Gathering *gathering, HxRow *row)
{
  GPtrArray *rows = gathering->rows;
  guint at = rows->len;

  while (at > 0 && comes_before (row, rows->pdata[at - 1]))
    at--;
  g_ptr_array_insert (rows, (int)at, row);
  if (rows->len > gathering->query->limit)
    g_ptr_array_set_size (rows, (int)gathering->query->limit);
}

static void
take_row (Gathering *gathering, const Source *source)
{
  const char *day = hx_column_text (source->statement, DAY_COLUMN);
  HxRow *row;

  if (day == NULL || strcmp (day, gathering->until) > 0
      || is_too_old (gathering, day))
    return;
  row = hx_row_new (source->kind);
  hx_row_read (source->statement, 0, row);
  if (hx_person_is_planned (source->plan, row))
    hx_row_free (row);
  else
    keep (gathering, row);
}

static gboolean
read_source (Gathering *gathering, const Source *source, GError **error)
{
  HxStep step;

  hx_bind_integer (source->statement, 1, HX_BUREAU_ID);
  hx_bind_integer (source->statement, 2, gathering->id);
  while ((step = hx_step (source->statement, error)) == HX_STEP_ROW)
    take_row (gathering, source);
  hx_statement_reset (source->statement);
  return step == HX_STEP_DONE;
}

static gboolean
gather (Gathering *gathering, const Sources *sources, GError **error)
{
  const HxRecentQuery *query = gathering->query;

  for (guint i = 0; i < sources->sources->len; i++)
    {
      const Source *source = &g_array_index (sources->sources, Source, i);

      if ((query->wanted == NULL || query->wanted (source->kind, query->data))
          && !read_source (gathering, source, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
hx_person_recent (HxConnection *connection, HxCatalogue *catalogue, gint64 id,
                  const HxRecentQuery *query, GError **error)
{
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_row_free);
  Gathering gathering = { .query = query, .id = id, .rows = rows };
  Sources *sources;
  gboolean done;

  if (hx_catalogue_person (catalogue) == NULL)
    return g_steal_pointer (&rows);
  hx_date_format (query->as_of, gathering.until);
  sources = sources_take (connection, catalogue, error);
  if (sources == NULL)
    return NULL;
  done = gather (&gathering, sources, error);
  hx_connection_keep (connection, KEY, sources, sources_free);
  return done ? g_steal_pointer (&rows) : NULL;
}
