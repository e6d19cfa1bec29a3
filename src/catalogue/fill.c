/* Filling: a new required field has its default in the rows that were there
 * before it.
 *
 * No entry of the change log says so; what was filled is noted in the table
 * field_fill under the version of the kind that brought the field, once.  A
 * replay of a row applies it between the entries of older definitions and
 * those of that version, and at the end when there are none.
 */
#include "catalogue/install.h"

static gboolean
phone_default (const HxField *field, HxFill *fill, GError **error)
{
  return hx_phone_parse (field->default_text, &fill->text, error);
}

static gboolean
id_number_default (const HxField *field, HxFill *fill, GError **error)
{
  HxIdNumber id;

  if (!hx_id_number_parse (field->default_text, &id, error))
    return FALSE;
  fill->text = g_strdup (id.number);
  return TRUE;
}

static gboolean
choice_default (const HxField *field, HxFill *fill, GError **error)
{
  const HxCode *code = hx_code_find (field->codes, field->default_text);

  if (code == NULL)
    return hx_fail (error, HX_ERROR_DATA, _ ("代码表里没有这一项"),
                    field->default_text, NULL);
  fill->text = g_strdup (code->code);
  return TRUE;
}

static gboolean
date_default (const HxField *field, HxFill *fill, GError **error)
{
  char text[HX_DATE_TEXT_SIZE];

  if (!hx_field_value (field, field->default_text, &fill->integer, error))
    return FALSE;
  hx_date_format (hx_date_from_number ((gint32)fill->integer), text);
  fill->text = g_strdup (text);
  return TRUE;
}

static gboolean
text_default (const HxField *field, HxFill *fill, GError **error)
{
  (void)error;
  fill->text = hx_text_trim (field->default_text);
  return TRUE;
}

static gboolean
number_default (const HxField *field, HxFill *fill, GError **error)
{
  return hx_field_value (field, field->default_text, &fill->integer, error);
}

typedef gboolean (*Store) (const HxField *field, HxFill *fill, GError **error);

/* As the ledger would store the text of a cell; the other types have no
 * default. */
static const Store stores[] = {
  [HX_FIELD_TEXT] = text_default,      [HX_FIELD_INTEGER] = number_default,
  [HX_FIELD_DECIMAL] = number_default, [HX_FIELD_MONEY] = number_default,
  [HX_FIELD_DATE] = date_default,      [HX_FIELD_BOOL] = number_default,
  [HX_FIELD_CHOICE] = choice_default,  [HX_FIELD_ID_NUMBER] = id_number_default,
  [HX_FIELD_PHONE] = phone_default,
};

static void
fill_free (gpointer data)
{
  HxFill *fill = data;

  g_free (fill->text);
  g_free (fill);
}

static void
bind_fill (HxStatement *statement, int index, const HxFill *fill)
{
  if (fill->text != NULL)
    hx_bind_text (statement, index, fill->text, -1);
  else
    hx_bind_integer (statement, index, fill->integer);
}

static gboolean
update_rows (HxConnection *connection, const HxKind *kind, const HxFill *fill,
             GError **error)
{
  const char *column = hx_field_column (fill->field);
  g_autofree char *sql
      = g_strdup_printf ("UPDATE %s SET \"%s\" = ?2 WHERE bureau_id = ?1"
                         " AND \"%s\" IS NULL",
                         kind->table, column, column);
  g_autoptr (HxStatement) statement = hx_statement_new (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  bind_fill (statement, 2, fill);
  return hx_step_done (statement, error);
}

static gboolean
note_fill (HxConnection *connection, const HxKind *kind, const HxFill *fill,
           GError **error)
{
  HxStatement *statement = hx_statement (
      connection,
      "INSERT INTO field_fill (bureau_id, kind, version, field, value)"
      " VALUES (?1, ?2, ?3, ?4, ?5)",
      error);
  g_autofree char *number
      = g_strdup_printf ("%" G_GINT64_FORMAT, fill->integer);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, kind->key, -1);
  hx_bind_integer (statement, 3, kind->version);
  hx_bind_text (statement, 4, fill->field->key, -1);
  hx_bind_text (statement, 5, fill->text != NULL ? fill->text : number, -1);
  return hx_step_done (statement, error);
}

gboolean
hx_fill_rows (HxConnection *connection, const HxKind *kind,
              const HxField *field, GError **error)
{
  HxFill fill = { .field = field };
  gboolean done = stores[field->type](field, &fill, error)
                  && update_rows (connection, kind, &fill, error)
                  && (hx_changes (connection) == 0
                      || note_fill (connection, kind, &fill, error));

  g_free (fill.text);
  return done;
}

/* ----------------------------------------------------------------- reading */

static HxFill *
read_fill (HxStatement *statement, const HxField *field)
{
  HxFill *fill = g_new0 (HxFill, 1);
  const char *value = hx_column_text (statement, 2);

  fill->version = (guint)hx_column_integer (statement, 0);
  fill->field = field;
  if (hx_field_type_is_integer (field->type))
    {
      fill->integer = g_ascii_strtoll (value, NULL, 10);
      return fill;
    }
  fill->text = g_strdup (value);
  if (field->type == HX_FIELD_DATE)
    hx_field_value (field, value, &fill->integer, NULL);
  return fill;
}

GPtrArray *
hx_catalogue_fills (HxConnection *connection, const HxKind *kind,
                    GError **error)
{
  g_autoptr (GPtrArray) fills = g_ptr_array_new_with_free_func (fill_free);
  HxStatement *statement
      = hx_statement (connection,
                      "SELECT version, field, value FROM field_fill"
                      " WHERE bureau_id = ?1 AND kind = ?2 ORDER BY version",
                      error);
  HxStep step;

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, kind->key, -1);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const HxField *field
          = hx_kind_field (kind, hx_column_text (statement, 1));

      if (field != NULL)
        g_ptr_array_add (fills, read_fill (statement, field));
    }
  hx_statement_reset (statement);
  return step == HX_STEP_ERROR ? NULL : g_steal_pointer (&fills);
}
