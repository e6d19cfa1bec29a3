/* The row as a whole: what no single cell can tell. */
#include "ledger/history_internal.h"

typedef struct
{
  HxLedger *ledger;
  HxKindState *state;
  HxRow *row;
  HxFaults *faults;
  gboolean good;
} Check;

static void
add_fault (Check *check, const HxField *field, const char *reason)
{
  check->good = FALSE;
  hx_faults_take (check->faults,
                  g_strdup_printf ("%s: %s", field->name, reason));
}

static const HxField *
field_at (const Check *check, guint index)
{
  return g_ptr_array_index (check->row->kind->fields, index);
}

/* -------------------------------------------------------------- completing */

/* FALSE: the store failed. */
static gboolean
fill_default (Check *check, const HxField *field, GError **error)
{
  g_autoptr (GError) failed = NULL;

  if (field->default_text == NULL || check->row->values[field->index].filled
      || hx_row_set (check->ledger, check->row, field, field->default_text,
                     check->faults, &failed))
    return TRUE;
  check->good = FALSE;
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* What the workbook does not carry comes from the stored row, if it is the
 * row that is meant; *kept tells. */
static gboolean
take_stored (Check *check, const guint8 *set, gboolean *kept, GError **error)
{
  const HxRow *stored = check->state->stored;
  HxRow *row = check->row;

  *kept = FALSE;
  if (set == NULL)
    return TRUE;
  if (!hx_ledger_find_stored (check->ledger, check->state, row, 0, error))
    return FALSE;
  if (stored->id == 0 || (row->id != 0 && row->id != stored->id))
    return TRUE;
  row->id = stored->id;
  hx_row_keep_unset (row, stored, set);
  *kept = TRUE;
  return TRUE;
}

/* An identity may hold a default, so its fields come before the search. */
static gboolean
complete (Check *check, const guint8 *set, GError **error)
{
  const GPtrArray *identity = check->row->kind->identity;
  gboolean kept;

  for (guint i = 0; i < identity->len; i++)
    if (!fill_default (check, g_ptr_array_index (identity, i), error))
      return FALSE;
  if (!take_stored (check, set, &kept, error))
    return FALSE;
  for (guint i = 0; i < check->row->kind->fields->len; i++)
    if ((!kept || set[i] != 0)
        && !fill_default (check, field_at (check, i), error))
      return FALSE;
  return TRUE;
}

static void
has_required (Check *check)
{
  for (guint i = 0; i < check->row->kind->fields->len; i++)
    {
      const HxField *field = field_at (check, i);

      if (field->required && !check->row->values[i].filled
          && !check->row->values[i].refused)
        add_fault (check, field, _ ("必须填写"));
    }
}

/* ------------------------------------------------------------------ unique */

static HxStatement *
repeat_statement (Check *check, const HxField *field, GError **error)
{
  HxStatement **kept = &check->state->repeats[field->index];
  g_autofree char *sql = NULL;

  if (*kept != NULL)
    return *kept;
  sql = hx_sql_repeat (check->row->kind, field);
  *kept = hx_statement (check->ledger->connection, sql, error);
  return *kept;
}

/* *id: the row's own; then that of another live row with the same value. */
static gboolean
find_repeat (Check *check, const HxField *field, gint64 *id, GError **error)
{
  HxStatement *statement = repeat_statement (check, field, error);
  const HxValue *value = &check->row->values[field->index];
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_value (check->ledger, statement, 2, field, value);
  hx_bind_integer (statement, 3, *id);
  *id = 0;
  while ((step = hx_step (statement, error)) == HX_STEP_ROW && *id == 0)
    {
      HxPlace place = { check->row->kind->key, field->key,
                        hx_column_integer (statement, 0) };

      if (!field->secret
          || hx_sealed_equal (check->ledger, &place,
                              hx_column_text (statement, 1), value->text))
        *id = place.row;
    }
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

/* The row's own id: known, or that of the stored row of its identity. */
static gboolean
own_id (Check *check, gint64 *id, GError **error)
{
  *id = check->row->id;
  if (*id != 0)
    return TRUE;
  if (!hx_ledger_find_stored (check->ledger, check->state, check->row, 0,
                              error))
    return FALSE;
  *id = check->state->stored->id;
  return TRUE;
}

/* A field that is the identity alone cannot repeat: the same row is meant. */
static gboolean
must_ask (const HxRow *row, const HxField *field)
{
  return field->unique && row->values[field->index].filled
         && !hx_field_is_known_bad (row, field)
         && !(row->kind->identity->len == 1
              && row->kind->identity->pdata[0] == field);
}

static gboolean
is_unique (Check *check, GError **error)
{
  for (guint i = 0; i < check->row->kind->fields->len; i++)
    {
      const HxField *field = field_at (check, i);
      g_autofree char *reason = NULL;
      gint64 id;

      if (!must_ask (check->row, field)
          || (check->state->bulk != NULL
              && hx_bulk_is_new (check->state->bulk, field,
                                 &check->row->values[i])))
        continue;
      if (!own_id (check, &id, error)
          || !find_repeat (check, field, &id, error))
        return FALSE;
      if (id == 0)
        continue;
      reason = g_strdup_printf (_ ("与编号 %ld 的一行重复"), (long)id);
      add_fault (check, field, reason);
    }
  return TRUE;
}

/* -------------------------------------------------------- what must agree */

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

static void
birth_agrees (Check *check, HxDate birth)
{
  const HxField *field = hx_kind_field (check->row->kind, "birth_date");
  const HxValue *value;

  if (field == NULL || field->type != HX_FIELD_DATE)
    return;
  value = &check->row->values[field->index];
  if (value->filled
      && !births_agree (hx_date_from_number ((gint32)value->integer), birth))
    add_fault (check, field, _ ("与身份证号里的出生日期不一致"));
}

static void
sex_agrees (Check *check, int sex)
{
  const HxField *field = hx_kind_field (check->row->kind, "sex");
  int stated;

  if (field == NULL || !check->row->values[field->index].filled)
    return;
  stated = sex_of (field, &check->row->values[field->index]);
  if (stated != 0 && stated != sex)
    add_fault (check, field, _ ("与身份证号里的性别不一致"));
}

static void
id_numbers_agree (Check *check)
{
  for (guint i = 0; i < check->row->kind->fields->len; i++)
    {
      const HxValue *value = &check->row->values[i];
      HxIdNumber id;

      if (field_at (check, i)->type != HX_FIELD_ID_NUMBER || !value->filled
          || hx_field_is_known_bad (check->row, field_at (check, i))
          || !hx_id_number_parse (value->text, &id, NULL))
        continue;
      birth_agrees (check, id.birth);
      sex_agrees (check, id.sex);
    }
}

/* A cell of its own cannot tell: the reason may stand behind the number. */
static void
bad_numbers_have_reasons (Check *check)
{
  for (guint i = 0; i < check->row->kind->fields->len; i++)
    {
      const HxField *field = field_at (check, i);
      const HxValue *value = &check->row->values[i];
      g_autoptr (GError) wrong = NULL;
      g_autofree char *reason = NULL;
      HxIdNumber id;

      if (field->known_bad == NULL || !value->filled
          || check->row->values[field->known_bad->index].filled
          || hx_id_number_parse (value->text, &id, &wrong))
        continue;
      reason = g_strdup_printf (
          _ ("%s；老账上确实如此的，在“%s”一栏写明原因，就照原样保留"),
          wrong->message, field->known_bad->name);
      add_fault (check, field, reason);
    }
}

static void
dates_are_ordered (Check *check)
{
  const HxKind *kind = check->row->kind;
  const HxValue *values = check->row->values;
  gint64 last;

  if (kind->since == NULL || kind->until == NULL
      || !values[kind->since->index].filled
      || !values[kind->until->index].filled)
    return;
  last = values[kind->until->index].integer;
  if (last % 10000 == 0)
    last += 1231;
  else if (last % 100 == 0)
    last += 31;
  if (values[kind->since->index].integer > last)
    add_fault (check, kind->until, _ ("早于起始日期"));
}

static void
end_is_dated (Check *check)
{
  char *fault = hx_row_end_fault (check->row);

  if (fault == NULL)
    return;
  check->good = FALSE;
  hx_faults_take (check->faults, fault);
}

void
hx_row_cross_check (HxRow *row, HxFaults *faults)
{
  Check check = { NULL, NULL, row, faults, TRUE };

  id_numbers_agree (&check);
  dates_are_ordered (&check);
}

gboolean
hx_row_check (HxLedger *ledger, HxRow *row, const guint8 *set, HxFaults *faults,
              GError **error)
{
  Check check = { ledger, hx_ledger_kind (ledger, row->kind, error), row,
                  faults, TRUE };

  if (check.state == NULL || !complete (&check, set, error))
    return FALSE;
  has_required (&check);
  bad_numbers_have_reasons (&check);
  id_numbers_agree (&check);
  dates_are_ordered (&check);
  end_is_dated (&check);
  return is_unique (&check, error) && hx_row_find_unit (ledger, row, error)
         && check.good
         && hx_row_check_caps (ledger, check.state, row, faults, error)
         && hx_row_check_spending (ledger, check.state, row, faults, error);
}

gboolean
hx_row_is_unique (HxLedger *ledger, HxRow *row, HxFaults *faults,
                  GError **error)
{
  Check check = { ledger, hx_ledger_kind (ledger, row->kind, error), row,
                  faults, TRUE };

  return check.state != NULL && is_unique (&check, error) && check.good;
}
