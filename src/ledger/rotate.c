/* Rotation of the key: see secret.h.
 *
 * The rows of a kind are read in steps by their ids and written whole, with
 * the columns that an insert has: what is not secret is written as it was. */
#include "ledger/ledger_internal.h"
#include "ledger/search.h"
#include "ledger/secret.h"

#define STEP_ROWS 500

typedef struct
{
  HxConnection *connection;
  HxRotation *rotation;
  HxIdent *ident;
  GString *buffer;
  GPtrArray *rows; /* HxRow */
} Rotate;

static void
row_free (gpointer data)
{
  hx_row_free (data);
}

static HxStatement *
step_statement (Rotate *rotate, const HxKind *kind, gint64 after,
                GError **error)
{
  g_autofree char *columns = hx_row_columns (kind, NULL);
  g_autofree char *sql
      = g_strdup_printf ("SELECT %s FROM %s WHERE bureau_id = ?1 AND id > ?2"
                         " ORDER BY id LIMIT %d",
                         columns, kind->table, STEP_ROWS);
  HxStatement *statement = hx_statement (rotate->connection, sql, error);

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, after);
  return statement;
}

static gboolean
gather (Rotate *rotate, const HxKind *kind, gint64 after, GError **error)
{
  HxStatement *statement = step_statement (rotate, kind, after, error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  g_ptr_array_set_size (rotate->rows, 0);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      HxRow *row = hx_row_new (kind);

      g_ptr_array_add (rotate->rows, row);
      hx_row_read (statement, 0, row);
    }
  return step == HX_STEP_DONE;
}

static guint
count_values (const HxRow *row)
{
  guint count = 0;

  for (guint i = 0; i < row->kind->fields->len; i++)
    count += ((const HxField *)row->kind->fields->pdata[i])->secret
             && row->values[i].filled;
  return count;
}

static gboolean
write_row (Rotate *rotate, HxRow *row, GError **error)
{
  g_autofree char *sql = hx_sql_update (row->kind);
  HxStatement *statement = hx_statement (rotate->connection, sql, error);

  if (statement == NULL
      || !hx_row_seal (rotate->connection, row, NULL, rotate->buffer, error))
    return FALSE;
  hx_row_bind (statement, row, hx_row_ident (rotate->ident, row));
  if (!hx_step_done (statement, error))
    return FALSE;
  rotate->rotation->rows++;
  rotate->rotation->values += count_values (row);
  return TRUE;
}

static gboolean
rotate_kind (Rotate *rotate, const HxKind *kind, GError **error)
{
  gint64 after = 0;

  do
    {
      if (!gather (rotate, kind, after, error))
        return FALSE;
      for (guint i = 0; i < rotate->rows->len; i++)
        {
          HxRow *row = rotate->rows->pdata[i];

          after = row->id;
          if (!write_row (rotate, row, error))
            return FALSE;
        }
    }
  while (rotate->rows->len == STEP_ROWS);
  return TRUE;
}

static gboolean
rotate_kinds (Rotate *rotate, HxCatalogue *catalogue, GError **error)
{
  const GPtrArray *kinds = hx_catalogue_kinds (catalogue);

  for (guint i = 0; i < kinds->len; i++)
    {
      const HxKind *kind = kinds->pdata[i];

      if (kind->has_secrets && !rotate_kind (rotate, kind, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
hx_secret_rotate (HxConnection *connection, HxCatalogue *catalogue,
                  HxCipher cipher, HxRotation *rotation, GError **error)
{
  g_autoptr (HxIdent) ident = hx_ident_new (connection);
  g_autoptr (GString) buffer = g_string_new (NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  Rotate rotate = { connection, rotation, ident, buffer, rows };

  *rotation = (HxRotation){ 0 };
  if (ident == NULL)
    return hx_fail (error, HX_ERROR_STORE, _ ("系统没有所需的摘要算法"), NULL,
                    NULL);
  return hx_key_extend (connection, cipher, &rotation->generation, error)
         && hx_key_use (connection, rotation->generation, error)
         && rotate_kinds (&rotate, catalogue, error)
         && hx_search_sync (connection, catalogue, NULL, error);
}
