/* The row as a whole: what no single cell can tell. */
#include "ledger/ledger_internal.h"

static void
add_fault (HxFaults *faults, const HxField *field, const char *reason)
{
  hx_faults_take (faults, g_strdup_printf ("%s: %s", field->name, reason));
}

static gboolean
fill_defaults (HxLedger *ledger, HxRow *row, HxFaults *faults, GError **error)
{
  gboolean good = TRUE;

  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (row->kind->fields, i);
      g_autoptr (GError) failed = NULL;

      if (field->default_text == NULL || row->values[i].filled)
        continue;
      good &= hx_row_set (ledger, row, field, field->default_text, faults,
                          &failed);
      if (failed == NULL)
        continue;
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return good;
}

static gboolean
has_required (const HxRow *row, HxFaults *faults)
{
  gboolean good = TRUE;

  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (row->kind->fields, i);

      if (!field->required || row->values[i].filled)
        continue;
      add_fault (faults, field, _ ("必须填写"));
      good = FALSE;
    }
  return good;
}

/* ------------------------------------------------------------------ unique */

static gboolean
find_repeat (HxLedger *ledger, const HxRow *row, const HxField *field,
             gint64 *id, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT id FROM %s WHERE bureau_id = ?1 AND \"%s\" = ?2 AND void = 0"
      " AND id <> ?3 LIMIT 1",
      row->kind->table, hx_field_column (field));
  HxStatement *statement = hx_statement (ledger->connection, sql, error);
  const HxValue *value = &row->values[field->index];
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  if (hx_field_type_is_integer (field->type))
    hx_bind_integer (statement, 2, value->integer);
  else
    hx_bind_text (statement, 2, value->text, -1);
  hx_bind_integer (statement, 3, *id);
  step = hx_step (statement, error);
  *id = step == HX_STEP_ROW ? hx_column_integer (statement, 0) : 0;
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

/* The row's own id: known, or that of the stored row of its identity. */
static gboolean
own_id (HxLedger *ledger, const HxRow *row, gint64 *id, GError **error)
{
  HxKindState *state = hx_ledger_kind (ledger, row->kind, error);

  *id = row->id;
  if (state == NULL || row->id != 0)
    return state != NULL;
  if (!hx_ledger_find_stored (ledger, state, row, 0, error))
    return FALSE;
  *id = state->stored->id;
  return TRUE;
}

/* A field that is the identity alone cannot repeat: the same row is meant. */
static gboolean
must_ask (const HxRow *row, const HxField *field)
{
  const GPtrArray *identity = row->kind->identity;

  return field->unique && row->values[field->index].filled
         && !(identity->len == 1 && identity->pdata[0] == field);
}

static gboolean
is_unique (HxLedger *ledger, const HxRow *row, HxFaults *faults, GError **error)
{
  gboolean good = TRUE;

  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (row->kind->fields, i);
      g_autofree char *reason = NULL;
      gint64 id;

      if (!must_ask (row, field))
        continue;
      if (!own_id (ledger, row, &id, error)
          || !find_repeat (ledger, row, field, &id, error))
        return FALSE;
      if (id == 0)
        continue;
      reason = g_strdup_printf (_ ("与编号 %ld 的一行重复"), (long)id);
      add_fault (faults, field, reason);
      good = FALSE;
    }
  return good;
}

/* ----------------------------------------------------- what must agree */

/* GB/T 2261.1 by code or word; 0 when the code says neither. */
static int
sex_of (const HxField *field, const HxValue *value)
{
  static const struct
  {
    const char *word;
    int sex;
  } words[] = { { "1", 1 },    { "2", 2 },   { "male", 1 }, { "female", 2 },
                { "m", 1 },    { "f", 2 },   { "男", 1 },   { "女", 2 },
                { "男性", 1 }, { "女性", 2 } };

  if (value->text == NULL)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const HxCode *code = field->codes != NULL
                               ? hx_code_find (field->codes, words[i].word)
                               : NULL;

      if (g_str_equal (value->text, words[i].word)
          || (code != NULL && g_str_equal (value->text, code->code)))
        return words[i].sex;
    }
  return 0;
}

static gboolean
births_agree (HxDate a, HxDate b)
{
  return a.year == b.year
         && (a.month == 0 || b.month == 0 || a.month == b.month)
         && (a.day == 0 || b.day == 0 || a.day == b.day);
}

static gboolean
id_number_agrees (const HxRow *row, const HxField *field, HxFaults *faults)
{
  const HxField *birth = hx_kind_field (row->kind, "birth_date");
  const HxField *sex = hx_kind_field (row->kind, "sex");
  gboolean good = TRUE;
  HxIdNumber id;
  int stated;

  if (!hx_id_number_parse (row->values[field->index].text, &id, NULL))
    return TRUE;
  if (birth != NULL && row->values[birth->index].filled
      && !births_agree (
          hx_date_from_number ((gint32)row->values[birth->index].integer),
          id.birth))
    {
      add_fault (faults, birth, _ ("与身份证号里的出生日期不一致"));
      good = FALSE;
    }
  if (sex == NULL || !row->values[sex->index].filled)
    return good;
  stated = sex_of (sex, &row->values[sex->index]);
  if (stated == 0 || stated == id.sex)
    return good;
  add_fault (faults, sex, _ ("与身份证号里的性别不一致"));
  return FALSE;
}

static gboolean
id_numbers_agree (const HxRow *row, HxFaults *faults)
{
  gboolean good = TRUE;

  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (row->kind->fields, i);

      if (field->type == HX_FIELD_ID_NUMBER && row->values[i].filled)
        good &= id_number_agrees (row, field, faults);
    }
  return good;
}

static gboolean
dates_are_ordered (const HxRow *row, HxFaults *faults)
{
  const HxField *since = row->kind->since;
  const HxField *until = row->kind->until;
  gint64 last;

  if (since == NULL || until == NULL || !row->values[since->index].filled
      || !row->values[until->index].filled)
    return TRUE;
  last = row->values[until->index].integer;
  if (last % 10000 == 0)
    last += 1231;
  else if (last % 100 == 0)
    last += 31;
  if (row->values[since->index].integer <= last)
    return TRUE;
  add_fault (faults, until, _ ("早于起始日期"));
  return FALSE;
}

gboolean
hx_row_check (HxLedger *ledger, HxRow *row, HxFaults *faults, GError **error)
{
  g_autoptr (GError) failed = NULL;
  gboolean good = fill_defaults (ledger, row, faults, &failed);

  if (failed == NULL)
    {
      good &= has_required (row, faults);
      good &= id_numbers_agree (row, faults);
      good &= dates_are_ordered (row, faults);
      good &= is_unique (ledger, row, faults, &failed);
    }
  if (failed == NULL)
    good &= hx_row_find_unit (ledger, row, &failed);
  if (failed == NULL)
    return good;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}
