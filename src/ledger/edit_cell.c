/* Cells of an edit: what stands in a form, and back. */
#include "ledger/edit_internal.h"

#include "ledger/evidence.h"
#include "ledger/secret.h"

#include <jansson.h>
#include <stdlib.h>

/* ------------------------------------------------------------ to the form */

/* Two living rows cannot have the same. */
static gboolean
is_one (const HxKind *kind, const HxField *field)
{
  return field->unique
         || (kind->identity->len == 1 && kind->identity->pdata[0] == field);
}

/* The first field that names one row in the open, or NULL. */
static const HxField *
key_of (const HxRow *row)
{
  const GPtrArray *names = row->kind->refer_by;

  if (names == NULL || names->len == 0)
    names = row->kind->identity;
  for (guint i = 0; i < names->len; i++)
    {
      const HxField *field = names->pdata[i];

      if (field->type != HX_FIELD_REF && is_one (row->kind, field)
          && row->values[field->index].filled
          && !hx_field_is_masked (row->kind, field, HX_AUDIENCE_INSIDE))
        return field;
    }
  return NULL;
}

static char *
name_of (const HxRow *row, const HxField *field)
{
  if (field == NULL || !row->values[field->index].filled
      || field->type == HX_FIELD_REF
      || hx_field_is_masked (row->kind, field, HX_AUDIENCE_INSIDE))
    return NULL;
  return hx_field_class (field->type)
      ->format (field, &row->values[field->index]);
}

char *
hx_reference_cell (HxConnection *connection, const HxKind *kind, gint64 id,
                   GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (kind);
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;

  if (!hx_row_load (connection, row, id, error))
    return NULL;
  name = name_of (row, hx_kind_label_field (kind));
  key = name_of (row, key_of (row));
  if (key == NULL)
    key = g_strdup_printf ("#%" G_GINT64_FORMAT, id);
  if (name == NULL || g_str_equal (name, key))
    return g_steal_pointer (&key);
  return g_strdup_printf ("%s %s", key, name);
}

static char *
people_cell (HxConnection *connection, const HxField *field,
             const HxValue *value, GError **error)
{
  json_t *ids = json_loads (value->people, 0, NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean done = TRUE;

  for (size_t i = 0; done && i < json_array_size (ids); i++)
    {
      const gint64 id = json_integer_value (json_array_get (ids, i));
      g_autofree char *name
          = hx_reference_cell (connection, field->target, id, error);

      done = name != NULL;
      if (done)
        g_string_append_printf (out, "%s%s", i > 0 ? "、" : "", name);
    }
  json_decref (ids);
  return done ? g_strdup (out->str) : NULL;
}

/* In the unit in which the cell would be read. */
static char *
money_cell (const HxField *field, gint64 fen)
{
  static const guint scales[] = {
    [HX_MONEY_YUAN] = 2, [HX_MONEY_WAN_YUAN] = 6, [HX_MONEY_YI_YUAN] = 10
  };
  char *text
      = hx_decimal_format ((HxDecimal){ fen, scales[field->money_unit] });
  char *end = text + strlen (text);
  const char *point = strchr (text, '.');

  while (point != NULL && end - point > 3 && end[-1] == '0')
    *--end = '\0';
  return text;
}

char *
hx_value_cell (HxConnection *connection, const HxRow *row, const HxField *field,
               GError **error)
{
  const HxValue *value = &row->values[field->index];

  if (!value->filled)
    return g_strdup ("");
  if (value->unopened)
    return hx_row_is_open (row, error), NULL;
  if (field->type == HX_FIELD_REF)
    return hx_reference_cell (connection, field->target, value->integer, error);
  if (field->type == HX_FIELD_MONEY)
    return money_cell (field, value->integer);
  if (field->type == HX_FIELD_CHOICE)
    return g_strdup (value->text);
  if (field->type == HX_FIELD_BOOL)
    return g_strdup (value->integer != 0 ? "1" : "0");
  if (field->type == HX_FIELD_ATTENDEES && value->people != NULL)
    return people_cell (connection, field, value, error);
  if (hx_field_type_is_integer (field->type)
      && field->type == HX_FIELD_ATTENDEES)
    return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
  return hx_field_class (field->type)->format (field, value);
}

/* ---------------------------------------------------------- from the form */

/* A living row by its id; target->id is 0 when there is none. */
static gboolean
find_id (HxLedger *ledger, const HxKind *kind, gint64 id, HxTarget *target,
         GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT unit_id FROM %s WHERE bureau_id = ?1"
                         " AND id = ?2 AND void = 0",
                         kind->table);
  HxStatement *statement = hx_statement (ledger->connection, sql, error);
  HxStep step;

  *target = (HxTarget){ 0 };
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    *target = (HxTarget){ id, hx_column_integer (statement, 0) };
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

static gboolean
is_of_store (const GError *error)
{
  return error->domain != HX_ERROR || error->code == HX_ERROR_STORE;
}

/* Found, or target->id 0 with the reason in *why; FALSE: the store's fault. */
static gboolean
look_up (HxLedger *ledger, const HxKind *kind, const char *text,
         HxTarget *target, char **why, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (hx_lookup (ledger, kind, text, target, &reason))
    return TRUE;
  *target = (HxTarget){ 0 };
  if (is_of_store (reason))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (*why == NULL)
    *why = g_strdup (reason->message);
  return TRUE;
}

static gboolean
parse_id (const char *text, gint64 *id)
{
  char *end = NULL;

  if (text[0] != '#' || !g_ascii_isdigit (text[1]))
    return FALSE;
  *id = g_ascii_strtoll (text + 1, &end, 10);
  return *id > 0 && (*end == '\0' || *end == ' ');
}

static gboolean
find_target (HxLedger *ledger, const HxKind *kind, const char *text,
             HxTarget *target, char **why, GError **error)
{
  const char *space = strrchr (text, ' ');
  gint64 id;

  if (parse_id (text, &id))
    return find_id (ledger, kind, id, target, error);
  if (!look_up (ledger, kind, text, target, why, error))
    return FALSE;
  for (; target->id == 0 && space != NULL && space > text;
       space = g_strrstr_len (text, space - text, " "))
    {
      g_autofree char *key = g_strndup (text, (gsize)(space - text));

      if (!look_up (ledger, kind, key, target, why, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
hx_edit_target (HxLedger *ledger, HxEdit *edit, const HxField *field,
                const char *text, gint64 *id, GError **error)
{
  g_autofree char *normal = hx_text_normalise (text);
  g_autofree char *why = NULL;
  HxTarget target;
  HxRow row = { .kind = field->target };

  if (!find_target (ledger, field->target, normal, &target, &why, error))
    return FALSE;
  row.id = *id = target.id;
  row.unit_id = target.unit_id;
  if (*id != 0 && (edit->reaches == NULL || edit->reaches (edit->reach, &row)))
    return TRUE;
  if (*id != 0 || why == NULL)
    {
      g_free (why);
      why = g_strdup_printf (_ ("%s里没有“%s”: 请先登记或更正"),
                             field->target->name, normal);
    }
  *id = 0;
  hx_edit_fault (edit, field, why);
  return TRUE;
}

static gboolean
is_count (const char *text)
{
  return g_ascii_isdigit (*text) || *text == '-';
}

static gboolean
add_person (HxEdit *edit, const HxField *field, const char *name, gint64 id,
            GString *people)
{
  g_autofree char *mark = g_strdup_printf (",%" G_GINT64_FORMAT ",", id);

  if (id == 0)
    return FALSE;
  if (people->len > 0 && strstr (people->str, mark) != NULL)
    {
      g_autofree char *twice
          = g_strdup_printf (_ ("同一个人写了两次: %s"), name);

      hx_edit_fault (edit, field, twice);
      return FALSE;
    }
  g_string_append (people, mark + (people->len > 0 ? 1 : 0));
  return TRUE;
}

/* Name by name; what is a head count is for hx_row_set. */
static gboolean
set_people (HxLedger *ledger, HxRow *row, HxEdit *edit, const HxField *field,
            const char *text, GError **error)
{
  g_autofree char *flat = g_strdelimit (hx_text_trim (text), ";\n\r", ',');
  g_auto (GStrv) han = g_strsplit (flat, "、", -1);
  g_autofree char *joined = g_strjoinv (",", han);
  g_auto (GStrv) names = g_strsplit (joined, ",", -1);
  g_autoptr (GString) people = g_string_new (NULL);
  HxValue *value = &row->values[field->index];

  *value = (HxValue){ 0 };
  for (guint i = 0; names[i] != NULL; i++)
    {
      gint64 id;

      if (*g_strstrip (names[i]) == '\0')
        continue;
      if (!hx_edit_target (ledger, edit, field, names[i], &id, error))
        return FALSE;
      if (add_person (edit, field, names[i], id, people))
        value->integer++;
    }
  if (people->len == 0)
    return TRUE;
  people->str[0] = '[';
  people->str[people->len - 1] = ']';
  value->people = g_string_chunk_insert (row->arena, people->str);
  value->filled = TRUE;
  return TRUE;
}

static gboolean
set_plain (HxLedger *ledger, HxRow *row, HxEdit *edit, const HxField *field,
           const char *text, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { .faults = list };
  g_autoptr (GError) failed = NULL;

  if (!hx_row_set (ledger, row, field, text, &faults, &failed)
      && failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  hx_edit_take_faults (edit, &faults);
  return TRUE;
}

/* A line may name a stored file alone that there is. */
static gboolean
check_files (HxLedger *ledger, HxEdit *edit, const HxField *field,
             const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit_set (text, ";\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      const char *digest = hx_evidence_digest (g_strstrip (*line), NULL);
      g_auto (HxEvidence) evidence = { 0 };
      g_autoptr (GError) failed = NULL;

      if (digest == NULL
          || hx_evidence_find (ledger->connection, digest, &evidence, &failed))
        continue;
      if (is_of_store (failed))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      hx_edit_fault (edit, field, failed->message);
    }
  return TRUE;
}

gboolean
hx_edit_set (HxLedger *ledger, HxRow *row, HxEdit *edit, const HxField *field,
             GError **error)
{
  const char *text = edit->cells[field->index];
  HxValue *value = &row->values[field->index];
  gint64 id = 0;
  g_autofree char *trimmed = hx_text_trim (text);

  if (*trimmed != '\0' && field->type == HX_FIELD_ATTENDEES
      && field->target != NULL && !is_count (trimmed))
    return set_people (ledger, row, edit, field, trimmed, error);
  if (field->type == HX_FIELD_EVIDENCE
      && !check_files (ledger, edit, field, trimmed, error))
    return FALSE;
  if (*trimmed == '\0' || field->type != HX_FIELD_REF)
    return set_plain (ledger, row, edit, field, text, error);
  if (!hx_edit_target (ledger, edit, field, trimmed, &id, error))
    return FALSE;
  *value = (HxValue){ .filled = id != 0, .integer = id, .refused = id == 0 };
  return TRUE;
}
