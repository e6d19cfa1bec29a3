/* References: from what a cell calls a row to the row.
 *
 * A cell names a row by one of the fields in the target's refer_by, tried in
 * order; the first field by which a live row is found decides, and two rows of
 * one name are a fault.  What was found is remembered, up to HX_LOOKUP_MAX
 * names a kind; writing a row of that kind forgets it all.
 */
#include "ledger/ledger_internal.h"

#define SECRET_DIGITS 11 /* a telephone has as many, an ID number more */

static HxStatement *
name_statement (HxLedger *ledger, HxKindState *state, const HxField *field,
                GError **error)
{
  HxStatement **kept = &state->names[field->index];
  g_autofree char *sql = NULL;

  if (*kept != NULL)
    return *kept;
  sql = hx_sql_name (state->kind, field);
  *kept = hx_statement (ledger->connection, sql, error);
  return *kept;
}

static void
bind_name (HxLedger *ledger, HxStatement *statement, const HxField *field,
           const HxRow *cell)
{
  const HxValue *value = &cell->values[field->index];

  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_value (ledger, statement, 2, field, value);
  if (!field->secret && hx_is_identity (cell->kind, field))
    hx_bind_integer (statement, 3, hx_row_ident (ledger->ident, cell));
}

/* Number of rows found, at most 2; -1 with *error. */
static int
find_by (HxLedger *ledger, HxKindState *state, const HxField *field,
         HxTarget *target, GError **error)
{
  HxStatement *statement = name_statement (ledger, state, field, error);
  const HxValue *value = &state->cell->values[field->index];
  HxStep step = HX_STEP_DONE;
  int found = 0;

  if (statement == NULL || !hx_bulk_asked (ledger, state, error))
    return -1;
  bind_name (ledger, statement, field, state->cell);
  while (found < 2 && (step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      HxPlace place
          = { state->kind->key, field->key, hx_column_integer (statement, 0) };

      if (field->secret
          && !hx_sealed_equal (ledger, &place, hx_column_text (statement, 2),
                               value->text))
        continue;
      target->id = hx_column_integer (statement, 0);
      target->unit_id = hx_column_integer (statement, 1);
      found++;
    }
  hx_statement_reset (statement);
  return step == HX_STEP_ERROR ? -1 : found;
}

static gboolean
parse_name (HxLedger *ledger, HxKindState *state, const HxField *field,
            const char *text)
{
  HxValue *value = &state->cell->values[field->index];
  HxCell cell = { ledger, state->cell, field, value, text, text };

  hx_row_clear (state->cell);
  if (field->type == HX_FIELD_REF || field->type == HX_FIELD_ATTENDEES)
    return FALSE;
  return hx_field_class (field->type)->parse (&cell, NULL);
}

/* What a cell called a row, in an error message: long numbers may be those of
 * people, and are not printed. */
static char *
quote (const char *text)
{
  guint digits = 0;

  for (const char *p = text; *p != '\0'; p++)
    digits += g_ascii_isdigit (*p) != 0;
  return digits >= SECRET_DIGITS ? hx_mask_id_number (text) : g_strdup (text);
}

/* 1 found, 0 not, -1 with *error: by this spelling, under one of the fields. */
static int
search_spelling (HxLedger *ledger, HxKindState *state, const char *text,
                 HxTarget *target, GError **error)
{
  const GPtrArray *names = state->kind->refer_by;

  if (names == NULL || names->len == 0)
    names = state->kind->identity;
  for (guint i = 0; i < names->len; i++)
    {
      const HxField *field = g_ptr_array_index (names, i);
      int found;

      if (!parse_name (ledger, state, field, text))
        continue;
      found = find_by (ledger, state, field, target, error);
      if (found == 1 || found < 0)
        return found;
      if (found > 1)
        {
          g_autofree char *shown = quote (text);

          hx_failf (error, HX_ERROR_CONFLICT,
                    _ ("%s里有不止一个“%s”: 请改用能区分的编号"),
                    state->kind->name, shown);
          return -1;
        }
    }
  return 0;
}

/* A text field keeps what its user wrote, full-width marks too: the spelling
 * of the cell is tried before the normalised one. */
static gboolean
search (HxLedger *ledger, HxKindState *state, const char *text,
        HxTarget *target, GError **error)
{
  g_autofree char *trimmed = hx_text_trim (text);
  g_autofree char *normal = hx_text_normalise (text);
  int found = search_spelling (ledger, state, trimmed, target, error);
  g_autofree char *shown = NULL;

  if (found == 0 && !g_str_equal (trimmed, normal))
    found = search_spelling (ledger, state, normal, target, error);
  if (found != 0)
    return found == 1;
  shown = quote (trimmed);
  return hx_failf (error, HX_ERROR_NOT_FOUND,
                   _ ("%s里没有“%s”: 请先登记或更正"), state->kind->name,
                   shown);
}

static void
remember_unit (HxKindState *state, gint64 id, gint64 unit_id)
{
  HxTarget *known = g_new (HxTarget, 1);

  *known = (HxTarget){ id, unit_id };
  if (g_hash_table_size (state->units) >= HX_LOOKUP_MAX)
    g_hash_table_remove_all (state->units);
  g_hash_table_replace (state->units, &known->id, known);
}

gboolean
hx_lookup (HxLedger *ledger, const HxKind *kind, const char *text,
           HxTarget *target, GError **error)
{
  HxKindState *state = hx_ledger_kind (ledger, kind, error);
  HxTarget *known;

  if (state == NULL)
    return FALSE;
  known = g_hash_table_lookup (state->targets, text);
  if (known != NULL)
    {
      *target = *known;
      return TRUE;
    }
  if (!search (ledger, state, text, target, error))
    return FALSE;
  if (g_hash_table_size (state->targets) >= HX_LOOKUP_MAX)
    g_hash_table_remove_all (state->targets);
  g_hash_table_insert (state->targets, g_strdup (text),
                       g_memdup2 (target, sizeof *target));
  remember_unit (state, target->id, target->unit_id);
  return TRUE;
}

void
hx_lookup_forget (HxKindState *state)
{
  if (g_hash_table_size (state->targets) > 0)
    g_hash_table_remove_all (state->targets);
  if (g_hash_table_size (state->units) > 0)
    g_hash_table_remove_all (state->units);
}

/* -------------------------------------------------------------------- unit */

static gboolean
ask_unit (HxLedger *ledger, HxKindState *state, gint64 id, gint64 *unit_id,
          GError **error)
{
  HxStatement *statement
      = hx_kind_statement (ledger, state, &state->unit, hx_sql_unit, error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    *unit_id = hx_column_integer (statement, 0);
  hx_statement_reset (statement);
  if (step != HX_STEP_DONE)
    return step == HX_STEP_ROW;
  return hx_failf (error, HX_ERROR_NOT_FOUND, _ ("没有%s %ld"),
                   state->kind->name, (long)id);
}

gboolean
hx_lookup_unit (HxLedger *ledger, const HxKind *kind, gint64 id,
                gint64 *unit_id, GError **error)
{
  HxKindState *state = hx_ledger_kind (ledger, kind, error);
  HxTarget *known;

  if (state == NULL)
    return FALSE;
  known = g_hash_table_lookup (state->units, &id);
  if (known == NULL)
    {
      if (!ask_unit (ledger, state, id, unit_id, error))
        return FALSE;
      remember_unit (state, id, *unit_id);
      return TRUE;
    }
  *unit_id = known->unit_id;
  return TRUE;
}

gboolean
hx_row_find_unit (HxLedger *ledger, HxRow *row, GError **error)
{
  const HxField *field
      = row->kind->unit != NULL ? row->kind->unit : row->kind->unit_from;
  const HxValue *value;

  row->unit_id = 0;
  if (field == NULL || !row->values[field->index].filled)
    return TRUE;
  value = &row->values[field->index];
  if (field == row->kind->unit || g_str_equal (field->target->key, "unit"))
    {
      row->unit_id = value->integer;
      return TRUE;
    }
  return hx_lookup_unit (ledger, field->target, value->integer, &row->unit_id,
                         error);
}

/* ------------------------------------------------------------------- cells */

gboolean
hx_cell_ref (HxCell *cell, GError **error)
{
  HxTarget target = { 0 };

  if (!hx_lookup (cell->ledger, cell->field->target, cell->raw, &target, error))
    return FALSE;
  cell->value->filled = TRUE;
  cell->value->integer = target.id;
  return TRUE;
}

/* "35", "35人", "35人次". */
static gboolean
is_head_count (const char *text, gint64 *count)
{
  static const char *const suffixes[] = { "人次", "人", "名" };
  g_autofree char *number = g_strdup (text);
  HxDecimal decimal;

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (number, suffixes[i]))
      {
        number[strlen (number) - strlen (suffixes[i])] = '\0';
        break;
      }
  if (!hx_decimal_parse (g_strstrip (number), 0, &decimal, NULL))
    return FALSE;
  *count = decimal.units;
  return TRUE;
}

static gboolean
add_person (HxCell *cell, const char *name, GString *people, GError **error)
{
  g_autofree char *mark = NULL;
  HxTarget target = { 0 };

  if (!hx_lookup (cell->ledger, cell->field->target, name, &target, error))
    return FALSE;
  mark = g_strdup_printf (",%" G_GINT64_FORMAT ",", target.id);
  if (people->len > 1 && strstr (people->str, mark) != NULL)
    return hx_fail (error, HX_ERROR_DATA, _ ("同一个人写了两次"), name, NULL);
  g_string_append (people, mark + (people->len > 1 ? 1 : 0));
  cell->value->integer++;
  return TRUE;
}

static gboolean
named_people (HxCell *cell, GError **error)
{
  g_autofree char *text = g_strdelimit (g_strdup (cell->text), ";\n", ',');
  g_auto (GStrv) han = g_strsplit (text, "、", -1);
  g_autofree char *joined = g_strjoinv (",", han);
  g_auto (GStrv) names = g_strsplit (joined, ",", -1);
  g_autoptr (GString) people = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    if (*g_strstrip (names[i]) != '\0'
        && !add_person (cell, names[i], people, error))
      return FALSE;
  if (people->len == 0)
    return TRUE;
  people->str[0] = '[';
  people->str[people->len - 1] = ']';
  cell->value->people = g_string_chunk_insert (cell->row->arena, people->str);
  return TRUE;
}

gboolean
hx_cell_attendees (HxCell *cell, GError **error)
{
  gint64 count;

  cell->value->filled = TRUE;
  cell->value->integer = 0;
  if (is_head_count (cell->text, &count))
    {
      cell->value->integer = count;
      if (count < 0)
        return hx_fail (error, HX_ERROR_DATA, _ ("人次不能是负数"), cell->text,
                        NULL);
    }
  else if (cell->field->target == NULL)
    return hx_fail (error, HX_ERROR_DATA, _ ("这里要一个人数"), cell->text,
                    NULL);
  else if (!named_people (cell, error))
    return FALSE;
  return hx_cell_in_range (cell, cell->value->integer, error);
}
