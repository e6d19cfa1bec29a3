#include "budget/budget_internal.h"

#include <string.h>

void
hx_money_add (HxMoney *sum, const HxMoney *other)
{
  sum->initial += other->initial;
  sum->adjusted += other->adjusted;
  sum->carried_in += other->carried_in;
  sum->total += other->total;
  sum->executed += other->executed;
  sum->carried_over += other->carried_over;
  sum->withdrawn += other->withdrawn;
  sum->lapsed += other->lapsed;
  sum->open += other->open;
}

void
hx_budget_line_free (HxBudgetLine *line)
{
  if (line == NULL)
    return;
  g_free (line->number);
  g_free (line->name);
  g_free (line->function_class);
  g_free (line->economic_class);
  g_free (line);
}

void
hx_span_init (HxSpan *span, int year, HxDate as_of)
{
  const HxDate first = { (gint16)year, 1, 1 }, end = { (gint16)year, 12, 31 };

  span->year = year;
  hx_date_format (first, span->first);
  hx_date_format (end, span->end);
  if (as_of.year == 0 || hx_date_compare (as_of, end) > 0)
    as_of = end;
  hx_date_format (as_of, span->last);
}

const HxBudgetView *
hx_budget_view (HxCatalogue *catalogue, GError **error)
{
  const HxBudgetView *view = hx_catalogue_budget (catalogue);

  if (view == NULL)
    hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这个目录不管预算"),
             hx_catalogue_name (catalogue),
             _ ("请在目录里写 budget.yaml，说明哪些台账记预算"));
  return view;
}

/* ------------------------------------------------------------------- lines */

typedef struct
{
  HxConnection *connection;
  const HxBudgetView *view;
  HxSpan span;
  GPtrArray *lines;
  GHashTable *by_id; /* of the lines */
  gint64 size;       /* every amount without its sign, all together */
} Reader;

const HxCode *
hx_column_code (HxStatement *statement, int column, const HxField *field)
{
  const char *code = hx_column_text (statement, column);

  if (field == NULL || code == NULL)
    return NULL;
  for (guint i = 0; i < field->codes->codes->len; i++)
    {
      const HxCode *one = field->codes->codes->pdata[i];

      if (strcmp (one->code, code) == 0)
        return one;
    }
  return NULL;
}

GHashTable *
hx_lines_by_id (const GPtrArray *lines)
{
  GHashTable *by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < lines->len; i++)
    {
      HxBudgetLine *line = lines->pdata[i];

      g_hash_table_insert (by_id, &line->id, line);
    }
  return by_id;
}

/* So that no sum of what was read can overflow. */
static gboolean
weigh (Reader *reader, gint64 amount, GError **error)
{
  if (amount != G_MININT64
      && !__builtin_add_overflow (reader->size, ABS (amount), &reader->size))
    return TRUE;
  return hx_fail (error, HX_ERROR_LIMIT, _ ("金额太大，加不起来"),
                  reader->view->line->name, NULL);
}

static gboolean
read_line (Reader *reader, HxStatement *statement, GError **error)
{
  const HxBudgetView *view = reader->view;
  HxBudgetLine *line = g_new0 (HxBudgetLine, 1);
  const char *day = hx_column_text (statement, 2);

  g_ptr_array_add (reader->lines, line);
  line->id = hx_column_integer (statement, 0);
  line->unit_id = hx_column_integer (statement, 1);
  hx_date_parse (day, TRUE, &line->since, NULL);
  line->number = g_strdup (hx_column_text (statement, 3));
  line->name = g_strdup (hx_column_text (statement, 4));
  if (strcmp (day, reader->span.last) <= 0)
    line->money.initial = hx_column_integer (statement, 5);
  line->source = hx_column_code (statement, 6, view->line_source);
  line->nature = hx_column_code (statement, 7, view->line_nature);
  line->task = hx_column_code (statement, 8, view->line_task);
  line->function_class = g_strdup (hx_column_text (statement, 9));
  line->economic_class = g_strdup (hx_column_text (statement, 10));
  g_hash_table_insert (reader->by_id, &line->id, line);
  return weigh (reader, line->money.initial, error);
}

static gboolean
read_lines (Reader *reader, GError **error)
{
  g_autoptr (HxStatement) statement
      = hx_sql_lines (reader->connection, reader->view, &reader->span, error);
  HxStep step = HX_STEP_ERROR;

  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    if (!read_line (reader, statement, error))
      return FALSE;
  return step == HX_STEP_DONE;
}

/* ----------------------------------------------------------------- records */

typedef void (*TakeFunc) (HxBudgetLine *line, gint64 amount, const char *code);

static void
take_adjustment (HxBudgetLine *line, gint64 amount, const char *code)
{
  if (g_strcmp0 (code, "carried_in") == 0)
    line->money.carried_in += amount;
  else
    line->money.adjusted += amount;
}

static void
take_moved (HxBudgetLine *line, gint64 amount, const char *code)
{
  (void)code;
  line->moved += amount;
}

static void
take_payment (HxBudgetLine *line, gint64 amount, const char *code)
{
  (void)code;
  line->money.executed += amount;
}

static void
take_carry_over (HxBudgetLine *line, gint64 amount, const char *code)
{
  (void)code;
  line->money.carried_over += amount;
}

/* A disposal that is neither, or none, takes nothing off the line. */
static void
take_unspent (HxBudgetLine *line, gint64 amount, const char *code)
{
  if (g_strcmp0 (code, "withdrawn") == 0)
    line->money.withdrawn += amount;
  else if (g_strcmp0 (code, "lapsed") == 0)
    line->money.lapsed += amount;
}

/* Without the field all of it goes back. */
static void
take_withdrawn (HxBudgetLine *line, gint64 amount, const char *code)
{
  (void)code;
  line->money.withdrawn += amount;
}

static void
take_plan (HxBudgetLine *line, gint64 amount, const char *code)
{
  (void)code;
  line->planned += amount;
  line->has_plan = TRUE;
}

/* Rows come in order of day. */
static void
take_forecast (HxBudgetLine *line, gint64 amount, const char *code)
{
  (void)code;
  line->forecast = amount;
  line->has_forecast = TRUE;
}

static HxStatement *
open_sums (const Reader *reader, const HxSums *sums, TakeFunc take,
           GError **error)
{
  if (take == take_forecast)
    return hx_sql_last (reader->connection, sums, &reader->span, error);
  if (take == take_moved)
    return hx_sql_moved (reader->connection, sums, &reader->span, error);
  return hx_sql_sums (reader->connection, sums, &reader->span, error);
}

static gboolean
read_sums (Reader *reader, const HxSums *sums, TakeFunc take, GError **error)
{
  g_autoptr (HxStatement) statement = NULL;
  HxStep step = HX_STEP_ERROR;

  if (sums->kind == NULL)
    return TRUE;
  statement = open_sums (reader, sums, take, error);
  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const gint64 id = hx_column_integer (statement, 0);
      const gint64 amount = hx_column_integer (statement, 1);
      HxBudgetLine *line = g_hash_table_lookup (reader->by_id, &id);

      if (line == NULL)
        continue;
      if (!weigh (reader, amount, error))
        return FALSE;
      take (line, amount,
            sums->by != NULL && take != take_moved
                ? hx_column_text (statement, 2)
                : NULL);
    }
  return step == HX_STEP_DONE;
}

static gboolean
read_records (Reader *reader, GError **error)
{
  const HxBudgetView *view = reader->view;
  const struct
  {
    HxSums sums;
    TakeFunc take;
  } all[] = {
    { { view->adjustment, view->adjustment_line, view->adjustment_amount,
        view->adjustment_kind },
      take_adjustment },
    { { view->adjustment, view->adjustment_line, view->adjustment_amount,
        view->adjustment_kind },
      take_moved },
    { { view->payment, view->payment_line, view->payment_amount, NULL },
      take_payment },
    { { view->carry_over, view->carry_over_line, view->carry_over_amount,
        NULL },
      take_carry_over },
    { { view->unspent, view->unspent_line, view->unspent_amount,
        view->unspent_disposal },
      view->unspent_disposal != NULL ? take_unspent : take_withdrawn },
    { { view->plan, view->plan_line, view->plan_amount, NULL }, take_plan },
    { { view->forecast, view->forecast_line, view->forecast_amount, NULL },
      take_forecast },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (!read_sums (reader, &all[i].sums, all[i].take, error))
      return FALSE;
  return TRUE;
}

/* A line that was not granted yet, and of which neither money nor plan tells,
 * is not there yet. */
static gboolean
is_there (const HxBudgetLine *line, const char *last)
{
  static const HxMoney none = { 0 };
  char since[HX_DATE_TEXT_SIZE];

  hx_date_format (line->since, since);
  return strcmp (since, last) <= 0 || line->has_plan
         || memcmp (&line->money, &none, sizeof none) != 0;
}

static void
close_lines (Reader *reader)
{
  for (guint i = reader->lines->len; i-- > 0;)
    {
      HxBudgetLine *line = reader->lines->pdata[i];
      HxMoney *money = &line->money;

      money->total = money->initial + money->adjusted + money->carried_in;
      money->open = money->total - money->executed - money->carried_over
                    - money->withdrawn - money->lapsed;
      if (!is_there (line, reader->span.last))
        g_ptr_array_remove_index (reader->lines, i);
    }
}

GPtrArray *
hx_budget_lines (HxConnection *connection, HxCatalogue *catalogue, int year,
                 HxDate as_of, GError **error)
{
  g_autoptr (GPtrArray) lines
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_budget_line_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  Reader reader = { .connection = connection, .lines = lines, .by_id = by_id };

  reader.view = hx_budget_view (catalogue, error);
  if (reader.view == NULL)
    return NULL;
  hx_span_init (&reader.span, year, as_of);
  if (!read_lines (&reader, error) || !read_records (&reader, error))
    return NULL;
  close_lines (&reader);
  return g_steal_pointer (&lines);
}
