/* What conditions see of referenced rows.
 *
 * Conditions on a referenced row are numbered per kind of that row (slots).
 * The first question about a row reads the few columns that count and keeps
 * one byte a slot and the days on which the row exists: a million rows that
 * refer to 13,000 people cost 13,000 small reads.  What is kept is bounded; a
 * full table is emptied.
 *
 * When a referenced row changes, the rows that refer to it may weigh
 * otherwise.  They are not looked for at once: the view before the change is
 * kept aside, and one scan serves all rows changed until then (hx_settle).
 * Weighing with the past views takes away what the tables hold, weighing with
 * the present ones puts it back.
 */
#include "measure/measure_internal.h"

#include <string.h>

/* Rows of one kind: 24 bytes each and a byte a slot, rounded up to 8. */
#define VIEWS_MAX (512 * 1024)

typedef struct
{
  const HxKind *kind;
  GPtrArray *slots;     /* HxCondition, borrowed */
  HxFlat *now, *before; /* NULL until the first row is seen */
  GPtrArray *fields;    /* HxField by column behind the first, borrowed */
  HxRow *row;           /* for loading */
  char *sql;
} HxLens;

struct _HxViews
{
  HxConnection *connection;
  GPtrArray *lenses; /* by kind; NULL where no condition looks */
  guint limit;       /* rows of one kind */
  guint pending;     /* views that are kept aside */
  gboolean past;
};

static HxLens *
lens_of (HxViews *views, const HxKind *kind)
{
  return g_ptr_array_index (views->lenses, kind->index);
}

static void
lens_free (gpointer data)
{
  HxLens *lens = data;

  if (lens == NULL)
    return;
  g_ptr_array_unref (lens->slots);
  g_clear_pointer (&lens->fields, g_ptr_array_unref);
  hx_flat_free (lens->now);
  hx_flat_free (lens->before);
  hx_row_free (lens->row);
  g_free (lens->sql);
  g_free (lens);
}

HxViews *
hx_views_new (HxConnection *connection, HxCatalogue *catalogue)
{
  HxViews *views = g_new0 (HxViews, 1);

  views->connection = connection;
  views->limit = VIEWS_MAX;
  views->lenses = g_ptr_array_new_with_free_func (lens_free);
  g_ptr_array_set_size (views->lenses,
                        (int)hx_catalogue_kinds (catalogue)->len);
  return views;
}

void
hx_views_free (HxViews *views)
{
  if (views == NULL)
    return;
  g_ptr_array_unref (views->lenses);
  g_free (views);
}

static HxLens *
lens_use (HxViews *views, const HxKind *kind)
{
  HxLens *lens = lens_of (views, kind);

  if (lens != NULL)
    return lens;
  lens = g_new0 (HxLens, 1);
  lens->kind = kind;
  lens->slots = g_ptr_array_new ();
  views->lenses->pdata[kind->index] = lens;
  return lens;
}

void
hx_views_limit (HxViews *views, guint rows)
{
  views->limit = rows;
}

void
hx_views_use (HxViews *views, const HxKind *kind)
{
  lens_use (views, kind);
}

guint
hx_views_slot (HxViews *views, const HxKind *kind, const HxCondition *condition)
{
  HxLens *lens = lens_use (views, kind);

  g_ptr_array_add (lens->slots, (gpointer)(guintptr)condition);
  return lens->slots->len - 1;
}

/* ------------------------------------------------------------------ loading
 */

static gsize
view_size (const HxLens *lens)
{
  gsize size = sizeof (HxView) + lens->slots->len;

  return (size + sizeof (gint64) - 1) / sizeof (gint64) * sizeof (gint64);
}

static void
need (HxLens *lens, GString *sql, const HxField *field)
{
  if (field == NULL || g_ptr_array_find (lens->fields, field, NULL))
    return;
  g_ptr_array_add (lens->fields, (gpointer)(guintptr)field);
  g_string_append_printf (sql, ", \"%s\"", hx_field_column (field));
}

static void
lens_prepare (HxLens *lens)
{
  GString *sql;

  if (lens->now != NULL)
    return;
  sql = g_string_new ("SELECT void");
  lens->now = hx_flat_new (view_size (lens), 1);
  lens->before = hx_flat_new (view_size (lens), 1);
  lens->row = hx_row_new (lens->kind);
  lens->fields = g_ptr_array_new ();
  need (lens, sql, lens->kind->since);
  need (lens, sql, lens->kind->until);
  for (guint i = 0; i < lens->slots->len; i++)
    need (lens, sql, ((const HxCondition *)lens->slots->pdata[i])->field);
  g_string_append_printf (sql, " FROM %s WHERE bureau_id = ?1 AND id = ?2",
                          lens->kind->table);
  lens->sql = g_string_free (sql, FALSE);
}

/* Text is borrowed from the statement: it is looked at before the next step. */
static void
read_columns (HxLens *lens, HxStatement *statement)
{
  lens->row->is_void = hx_column_integer (statement, 0) != 0;
  for (guint i = 0; i < lens->fields->len; i++)
    {
      const HxField *field = lens->fields->pdata[i];
      HxValue *value = &lens->row->values[field->index];
      int column = (int)i + 1;

      value->filled = !hx_column_is_null (statement, column);
      if (hx_field_type_is_integer (field->type))
        value->integer = hx_column_integer (statement, column);
      else
        value->text = hx_column_text (statement, column);
      if (field->type == HX_FIELD_DATE)
        value->integer = hx_day_parse (value->text);
    }
}

static HxView *
evaluate (const HxLens *lens, const HxRow *row)
{
  HxView *view = g_malloc0 (view_size (lens));

  view->since = row->is_void ? 0 : hx_row_since (row);
  view->until = row->is_void ? 0 : hx_row_until (row);
  for (guint i = 0; i < lens->slots->len; i++)
    {
      const HxCondition *condition = lens->slots->pdata[i];
      const HxValue *value = &row->values[condition->field->index];

      view->passes[i] = hx_condition_holds (condition, value) ? 1 : 0;
    }
  return view;
}

static const HxView *
keep (HxFlat *flat, const HxLens *lens, gint64 id, const HxView *view)
{
  HxView *kept = hx_flat_add (flat, &id);
  memcpy (&kept->since, &view->since,
          view_size (lens) - G_STRUCT_OFFSET (HxView, since));
  return kept;
}

static const HxView *
keep_now (const HxViews *views, const HxLens *lens, gint64 id,
          const HxView *view)
{
  if (hx_flat_count (lens->now) >= views->limit)
    hx_flat_clear (lens->now);
  return keep (lens->now, lens, id, view);
}

const HxView *
hx_view_get (HxViews *views, const HxKind *kind, gint64 id, GError **error)
{
  HxLens *lens = lens_of (views, kind);
  g_autofree HxView *read = NULL;
  HxStatement *statement;
  const HxView *view = NULL;

  lens_prepare (lens);
  if (views->past)
    view = hx_flat_find (lens->before, &id);
  if (view == NULL)
    view = hx_flat_find (lens->now, &id);
  if (view != NULL)
    return view;
  statement = hx_statement (views->connection, lens->sql, error);
  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  if (hx_step (statement, error) == HX_STEP_ROW)
    {
      read_columns (lens, statement);
      read = evaluate (lens, lens->row);
    }
  hx_statement_reset (statement);
  return read != NULL ? keep_now (views, lens, id, read) : NULL;
}

/* ----------------------------------------------------------------- changing
 */

void
hx_views_change (HxViews *views, const HxRow *before, const HxRow *after)
{
  HxLens *lens = lens_of (views, after->kind);
  g_autofree HxView *old = NULL, *new = NULL;

  if (lens == NULL)
    return;
  lens_prepare (lens);
  new = evaluate (lens, after);
  keep_now (views, lens, after->id, new);
  if (before == NULL || hx_flat_find (lens->before, &after->id) != NULL)
    return;
  old = evaluate (lens, before);
  if (memcmp (&old->since, &new->since,
              view_size (lens) - G_STRUCT_OFFSET (HxView, since))
      == 0)
    return;
  keep (lens->before, lens, after->id, old);
  views->pending++;
}

guint
hx_views_pending (const HxViews *views)
{
  return views->pending;
}

gboolean
hx_views_is_pending (HxViews *views, const HxKind *kind, gint64 id)
{
  const HxLens *lens = lens_of (views, kind);

  if (lens == NULL || lens->before == NULL)
    return FALSE;
  return id == 0 ? hx_flat_count (lens->before) > 0
                 : hx_flat_find (lens->before, &id) != NULL;
}

void
hx_views_past (HxViews *views, gboolean past)
{
  views->past = past;
}

void
hx_views_settled (HxViews *views)
{
  for (guint i = 0; i < views->lenses->len; i++)
    {
      const HxLens *lens = views->lenses->pdata[i];

      if (lens != NULL && lens->before != NULL)
        hx_flat_clear (lens->before);
    }
  views->pending = 0;
}

/* A table that has grown goes: clearing it would cost every small write. */
#define RESET_MAX 4096

static void
flat_reset (HxFlat **flat, gsize size)
{
  if (hx_flat_count (*flat) <= RESET_MAX)
    {
      hx_flat_clear (*flat);
      return;
    }
  hx_flat_free (*flat);
  *flat = hx_flat_new (size, 1);
}

void
hx_views_reset (HxViews *views)
{
  for (guint i = 0; i < views->lenses->len; i++)
    {
      HxLens *lens = views->lenses->pdata[i];

      if (lens == NULL || lens->now == NULL)
        continue;
      flat_reset (&lens->now, view_size (lens));
      flat_reset (&lens->before, view_size (lens));
    }
  views->limit = VIEWS_MAX;
  views->pending = 0;
  views->past = FALSE;
}
