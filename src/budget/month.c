/* What was paid month by month, beside the year that is gone. */
#include "budget/budget_internal.h"

#define MONTHS 12

typedef struct
{
  HxConnection *connection;
  const HxSpan *span;
  GHashTable *lines;
  HxBudgetMonth months[MONTHS];
} Reader;

static gboolean
read_months (Reader *reader, const HxSums *sums, gboolean is_plan,
             GError **error)
{
  g_autoptr (HxStatement) statement = NULL;
  HxStep step = HX_STEP_ERROR;

  if (sums->kind == NULL)
    return TRUE;
  statement = hx_sql_months (reader->connection, sums, reader->span, error);
  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const gint64 line = hx_column_integer (statement, 0);
      const gint64 month = hx_column_integer (statement, 1);
      const gint64 amount = hx_column_integer (statement, 2);

      if (month < 1 || month > MONTHS
          || !g_hash_table_contains (reader->lines, &line))
        continue;
      if (is_plan)
        reader->months[month - 1].planned += amount;
      else
        reader->months[month - 1].executed += amount;
    }
  return step == HX_STEP_DONE;
}

static gint64
part (gint64 numerator, gint64 denominator)
{
  gint64 result = 0;

  if (denominator != 0)
    hx_round_half_up (numerator, denominator, 4, &result);
  return result;
}

/* Months of twelve; of the month of the day its days. */
static gint64
time_gone (int month, HxDate day)
{
  const int days = hx_date_days_in_month (day.year, month);

  if (month < day.month || day.day == 0)
    return part (month, MONTHS);
  return part ((month - 1) * days + MIN (day.day, days), MONTHS * days);
}

static GArray *
close_months (Reader *reader, gint64 total, HxDate last)
{
  GArray *months = g_array_new (FALSE, TRUE, sizeof (HxBudgetMonth));
  HxBudgetMonth before = { 0 };

  for (int i = 0; i < last.month; i++)
    {
      HxBudgetMonth *month = &reader->months[i];

      month->executed_so_far = before.executed_so_far + month->executed;
      month->planned_so_far = before.planned_so_far + month->planned;
      month->rate = part (month->executed_so_far, total);
      month->linear = time_gone (i + 1, last);
      before = *month;
      g_array_append_val (months, *month);
    }
  return months;
}

GArray *
hx_budget_months (HxConnection *connection, HxCatalogue *catalogue, int year,
                  HxDate as_of, GError **error)
{
  const HxBudgetView *view = hx_budget_view (catalogue, error);
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GHashTable) by_id = NULL;
  HxMoney sum = { 0 };
  HxSpan span;
  Reader reader = { .connection = connection, .span = &span };
  HxDate last = { 0 };

  if (view == NULL)
    return NULL;
  lines = hx_budget_lines (connection, catalogue, year, as_of, error);
  if (lines == NULL)
    return NULL;
  for (guint i = 0; i < lines->len; i++)
    hx_money_add (&sum, &((HxBudgetLine *)lines->pdata[i])->money);
  reader.lines = by_id = hx_lines_by_id (lines);
  hx_span_init (&span, year, as_of);
  if (!read_months (&reader,
                    &(HxSums){ view->payment, view->payment_line,
                               view->payment_amount, NULL },
                    FALSE, error)
      || !read_months (
          &reader,
          &(HxSums){ view->plan, view->plan_line, view->plan_amount, NULL },
          TRUE, error)
      || !hx_date_parse (span.last, FALSE, &last, error))
    return NULL;
  if (last.year < year)
    last.month = 0;
  return close_months (&reader, sum.total, last);
}
