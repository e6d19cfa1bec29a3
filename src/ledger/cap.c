/* Caps: what one person was given in a period against what the rule allows.
 *
 * The rows of the person are read and added up each time: there are few, and
 * what is written earlier in the same write is among them.  A row is refused
 * where it makes the sum grow past the cap; one that was over before, from
 * before the rule or by approval, can be corrected as long as it does not take
 * more. */
#include "ledger/ledger_internal.h"

/* The days that count together, as hx_date_number. */
typedef struct
{
  gint32 first, last;
} Span;

static gint32
first_day (gint32 day)
{
  if (day % 10000 == 0)
    day += 100;
  return day % 100 == 0 ? day + 1 : day;
}

static Span
span_of (const HxCap *cap, gint32 day)
{
  const int month = day / 100 % 100;
  const int quarter = (month - 1) / 3 * 3 + 1;
  const gint32 year = day / 10000 * 10000;
  const Span spans[] = {
    [HX_CAP_ONCE] = { 0, G_MAXINT32 },
    [HX_CAP_YEAR] = { year, year + 1231 },
    [HX_CAP_QUARTER]
    = { year + quarter * 100, year + (quarter + 2) * 100 + 31 },
    [HX_CAP_MONTH] = { year + month * 100, year + month * 100 + 31 },
  };
  Span span = spans[cap->each];

  if (cap->from.year != 0)
    span.first = MAX (span.first, hx_date_number (cap->from));
  if (cap->until.year != 0)
    span.last = MIN (span.last, hx_date_number (cap->until));
  return span;
}

/* What a row adds to the sum of the person in the span. */
static gint64
share_of (const HxCap *cap, const HxRow *row, gint64 of, Span span)
{
  const gint32 day = first_day (hx_row_day (row));
  const HxValue *per = &row->values[cap->per->index];
  const HxValue *sum = &row->values[cap->sum->index];

  if (row->is_void || !per->filled || per->integer != of || !sum->filled
      || day < span.first || day > span.last)
    return 0;
  for (guint i = 0; i < cap->where->len; i++)
    {
      const HxCondition *condition = cap->where->pdata[i];

      if (!hx_condition_holds (condition,
                               &row->values[condition->field->index]))
        return 0;
    }
  return sum->integer;
}

static HxStatement *
rows_of (HxConnection *connection, const HxCap *cap, GError **error)
{
  g_autofree char *columns = hx_row_columns (cap->kind, NULL);
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s FROM %s WHERE bureau_id = ?1 AND \"%s\" = ?2 AND void = 0"
      " AND id <> ?3",
      columns, cap->kind->table, hx_field_column (cap->per));

  return hx_statement (connection, sql, error);
}

typedef struct
{
  gint64 of;
  Span span;
  gint64 except; /* a row that is left out */
} Asked;

static gboolean
sum_rows (HxConnection *connection, const HxCap *cap, const Asked *asked,
          gint64 *sum, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (cap->kind);
  HxStatement *statement = rows_of (connection, cap, error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  *sum = 0;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, asked->of);
  hx_bind_integer (statement, 3, asked->except);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      hx_row_clear (row);
      hx_row_read (statement, 0, row);
      if (__builtin_add_overflow (
              *sum, share_of (cap, row, asked->of, asked->span), sum))
        break;
    }
  hx_statement_reset (statement);
  if (step == HX_STEP_ROW)
    return hx_fail (error, HX_ERROR_LIMIT, _ ("数值太大"), cap->name, NULL);
  return step == HX_STEP_DONE;
}

gboolean
hx_cap_sum (HxConnection *connection, const HxCap *cap, gint64 of, HxDate day,
            gint64 *sum, GError **error)
{
  const Asked asked
      = { of, span_of (cap, first_day (hx_date_number (day))), 0 };

  return sum_rows (connection, cap, &asked, sum, error);
}

char *
hx_cap_amount (const HxCap *cap, gint64 amount)
{
  const HxField *field = cap->sum;
  g_autofree char *yuan = NULL;

  if (field->type != HX_FIELD_MONEY)
    return hx_decimal_format ((HxDecimal){
        amount, field->type == HX_FIELD_DECIMAL ? field->decimals : 0 });
  yuan = hx_money_format_yuan (amount);
  return g_strdup_printf (_ ("%s 元"), yuan);
}

/* ---------------------------------------------------------------- checking */

gboolean
hx_kind_is_capped (const HxLedger *ledger, const HxKind *kind)
{
  const GPtrArray *caps = hx_catalogue_caps (ledger->catalogue);

  for (guint i = 0; i < caps->len; i++)
    {
      const HxCap *cap = caps->pdata[i];

      if (cap->kind == kind && cap->has_max)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_approved (const HxCap *cap, const HxRow *row)
{
  for (guint i = 0; i < cap->unless->len; i++)
    if (!row->values[((HxField *)cap->unless->pdata[i])->index].filled)
      return FALSE;
  return cap->unless->len > 0;
}

static char *
approval_hint (const HxCap *cap)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < cap->unless->len; i++)
    g_string_append_printf (names, "%s%s", i == 0 ? "" : "、",
                            ((HxField *)cap->unless->pdata[i])->name);
  return cap->unless->len == 0
             ? g_strdup (_ ("不能超限"))
             : g_strdup_printf (_ ("确需超限的，请填写%s"), names->str);
}

/* 帮扶金额: 超过限额“特困帮扶”（某发〔2023〕1号）：本期已有 2000.00 元，… */
static void
add_fault (const HxCap *cap, gint64 before, gint64 share, HxFaults *faults)
{
  g_autofree char *had = hx_cap_amount (cap, before);
  g_autofree char *now = hx_cap_amount (cap, share);
  g_autofree char *max = hx_cap_amount (cap, cap->max);
  g_autofree char *over = hx_cap_amount (cap, before + share - cap->max);
  g_autofree char *hint = approval_hint (cap);
  const char *document = cap->document != NULL ? cap->document : _ ("无文号");

  hx_faults_take (
      faults,
      g_strdup_printf (_ ("%s: 超过限额“%s”（%s）：本期已有 %s，本次 %s，"
                          "限额 %s，超出 %s；%s"),
                       cap->sum->name, cap->name, document, had, now, max, over,
                       hint));
}

static gboolean
check_cap (HxLedger *ledger, const HxCap *cap, const HxRow *row,
           const HxRow *stored, HxFaults *faults, GError **error)
{
  const Asked asked = { row->values[cap->per->index].integer,
                        span_of (cap, first_day (hx_row_day (row))),
                        stored != NULL ? stored->id : 0 };
  const gint64 share = share_of (cap, row, asked.of, asked.span);
  gint64 before = 0;

  if (!cap->has_max || share <= 0 || is_approved (cap, row))
    return TRUE;
  if (stored != NULL && share_of (cap, stored, asked.of, asked.span) >= share
      && !is_approved (cap, stored))
    return TRUE;
  if (!sum_rows (ledger->connection, cap, &asked, &before, error))
    return FALSE;
  if (share <= cap->max && before <= cap->max - share)
    return TRUE;
  add_fault (cap, before, share, faults);
  return FALSE;
}

gboolean
hx_row_find_stored (HxLedger *ledger, HxKindState *state, const HxRow *row,
                    const HxRow **stored, GError **error)
{
  const gboolean done
      = row->id != 0 ? hx_ledger_stored (ledger, state, row->id, error)
                     : hx_ledger_find_stored (ledger, state, row, 0, error);

  *stored = done && state->stored->id != 0 ? state->stored : NULL;
  return done;
}

gboolean
hx_row_check_caps (HxLedger *ledger, HxKindState *state, const HxRow *row,
                   HxFaults *faults, GError **error)
{
  const GPtrArray *caps = hx_catalogue_caps (ledger->catalogue);
  const HxRow *stored = NULL;

  if (!hx_kind_is_capped (ledger, row->kind))
    return TRUE;
  if (!hx_row_find_stored (ledger, state, row, &stored, error))
    return FALSE;
  for (guint i = 0; i < caps->len; i++)
    if (((HxCap *)caps->pdata[i])->kind == row->kind
        && !check_cap (ledger, caps->pdata[i], row, stored, faults, error))
      return FALSE;
  return TRUE;
}
