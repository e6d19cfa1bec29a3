/* Somebody who is kept with a known bad number comes again with the right one.
 *
 * The number is the identity, and another number is another row: the person
 * would silently be there twice.  Name and date of birth tell.  Those who are
 * kept so are few; their names are read once a write, before the first new row
 * of the kind, and each that is found is looked at again as it is by then. */
#include "ledger/ledger_internal.h"

typedef struct
{
  const HxField *doubt, *name, *birth;
} Marks;

static gboolean
find_marks (const HxKind *kind, Marks *marks)
{
  *marks = (Marks){ .name = hx_kind_label_field (kind),
                    .birth = hx_kind_field (kind, "birth_date") };
  for (guint i = 0; i < kind->identity->len; i++)
    if (((const HxField *)kind->identity->pdata[i])->known_bad != NULL)
      marks->doubt = ((const HxField *)kind->identity->pdata[i])->known_bad;
  return marks->doubt != NULL && marks->name != NULL && marks->birth != NULL
         && !marks->name->secret && !marks->birth->secret;
}

static char *
key_of (const char *name, const char *birth)
{
  return g_strconcat (birth, " ", name, NULL);
}

static void
add (GHashTable *twins, char *key, gint64 id)
{
  g_hash_table_insert (twins, key, g_memdup2 (&id, sizeof id));
}

static gboolean
read_twins (HxLedger *ledger, HxKindState *state, const Marks *marks,
            GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT id, \"%s\", \"%s\" FROM %s WHERE bureau_id = ?1 AND void = 0"
      " AND \"%s\" IS NOT NULL",
      hx_field_column (marks->name), hx_field_column (marks->birth),
      state->kind->table, hx_field_column (marks->doubt));
  HxStatement *statement = hx_statement (ledger->connection, sql, error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  state->twins
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const char *name = hx_column_text (statement, 1);
      const char *birth = hx_column_text (statement, 2);

      if (name != NULL && birth != NULL)
        add (state->twins, key_of (name, birth),
             hx_column_integer (statement, 0));
    }
  hx_statement_reset (statement);
  return step == HX_STEP_DONE;
}

static gboolean
is_filled (const HxRow *row, const Marks *marks)
{
  return row->values[marks->name->index].filled
         && row->values[marks->birth->index].filled;
}

static char *
key_of_row (const HxRow *row, const Marks *marks)
{
  g_autofree char *birth
      = hx_field_class (marks->birth->type)
            ->format (marks->birth, &row->values[marks->birth->index]);

  return key_of (row->values[marks->name->index].text, birth);
}

void
hx_ledger_twin_add (HxKindState *state, const HxRow *row)
{
  Marks marks;

  if (state->twins != NULL && find_marks (row->kind, &marks)
      && is_filled (row, &marks) && row->values[marks.doubt->index].filled)
    add (state->twins, key_of_row (row, &marks), row->id);
}

/* The row as it is now: it may have been put right in this write. */
static gboolean
is_still (const HxRow *other, const Marks *marks, const char *key)
{
  g_autofree char *now = NULL;

  if (other->is_void || !other->values[marks->doubt->index].filled
      || !is_filled (other, marks))
    return FALSE;
  now = key_of_row (other, marks);
  return g_str_equal (now, key);
}

gboolean
hx_ledger_twin (HxLedger *ledger, HxKindState *state, const HxRow *row,
                gint64 *id, GError **error)
{
  g_autoptr (HxRow) other = NULL;
  g_autofree char *key = NULL;
  const gint64 *found;
  Marks marks;

  *id = 0;
  if (!find_marks (row->kind, &marks) || !is_filled (row, &marks)
      || row->values[marks.doubt->index].filled)
    return TRUE;
  if (state->twins == NULL && !read_twins (ledger, state, &marks, error))
    return FALSE;
  key = key_of_row (row, &marks);
  found = g_hash_table_lookup (state->twins, key);
  if (found == NULL)
    return TRUE;
  other = hx_row_new (row->kind);
  if (!hx_row_load (ledger->connection, other, *found, error))
    return FALSE;
  *id = is_still (other, &marks, key) ? *found : 0;
  return TRUE;
}
