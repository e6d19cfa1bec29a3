/* Where the money of a year went that was not spent: one item for each row
 * that says so, and one for what nobody explains. */
#include "budget/budget.h"
#include "ledger/selection.h"
#include "report/year_facts.h"

typedef struct
{
  HxYearFacts *facts;
  const GPtrArray *lines; /* HxBudgetLine */
  json_t *list;
  /* The parts that the kind being read has. */
  const HxField *line, *amount, *cause, *disposal, *reason;
  const char *fixed_disposal; /* where the kind has no field for it */
} Remainders;

static const HxBudgetLine *
find_line (const GPtrArray *lines, gint64 id)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const HxBudgetLine *line = lines->pdata[i];
      if (line->id == id)
        return line;
    }
  return NULL;
}

static const HxValue *
value_of (const HxRow *row, const HxField *field)
{
  for (guint i = 0; field != NULL && i < row->kind->fields->len; i++)
    if (row->kind->fields->pdata[i] == field)
      return row->values[i].filled ? &row->values[i] : NULL;
  return NULL;
}

static gboolean
set_shown (const Remainders *remainders, json_t *item, const char *member,
           const HxRow *row, const HxField *field, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *text
      = value_of (row, field) == NULL
            ? NULL
            : hx_value_display (remainders->facts->connection, row, field,
                                HX_AUDIENCE_OUTSIDE, &failed);
  if (failed != NULL)
    return g_propagate_error (error, g_steal_pointer (&failed)), FALSE;
  hx_set_text (item, member, text);
  return TRUE;
}

static gboolean
set_words (const Remainders *remainders, json_t *item, const HxRow *row,
           GError **error)
{
  if (!set_shown (remainders, item, "cause", row, remainders->cause, error)
      || !set_shown (remainders, item, "reason", row, remainders->reason, error)
      || !set_shown (remainders, item, "disposal", row, remainders->disposal,
                     error))
    return FALSE;
  if (remainders->disposal == NULL)
    hx_set_text (item, "disposal", remainders->fixed_disposal);
  return TRUE;
}

static gboolean
take_remainder (const HxRow *row, gpointer data, GError **error)
{
  Remainders *remainders = data;
  const HxValue *line_id = value_of (row, remainders->line);
  const HxValue *amount = value_of (row, remainders->amount);
  const HxBudgetLine *line
      = line_id == NULL ? NULL
                        : find_line (remainders->lines, line_id->integer);
  const HxDate date = hx_date_from_number (hx_row_day (row));
  if (line == NULL || amount == NULL || amount->integer == 0
      || date.year != remainders->facts->year)
    return TRUE;
  json_t *item = json_object ();
  json_array_append_new (remainders->list, item);
  hx_set_text (item, "number", line->number);
  hx_set_text (item, "line", line->name);
  if (!set_words (remainders, item, row, error))
    return FALSE;
  HxYearFact *fact = hx_year_fact (
      remainders->facts, (HxFactName){ "remainder", line->number, line->id },
      item, "amount");
  const char *cause = json_string_value (json_object_get (item, "cause"));
  hx_fact_money (fact, amount->integer);
  hx_fact_words (fact,
                 g_strdup_printf (_ ("%s的未支出金额：%s"), line->name, cause),
                 g_strdup_printf (_ ("预算指标%s的一行%s"), line->number,
                                  row->kind->name));
  hx_fact_row (fact, row->kind, row->id, date,
               json_string_value (json_object_get (item, "reason")));
  return TRUE;
}

static gboolean
read_kind (Remainders *remainders, const HxKind *kind, GError **error)
{
  if (kind == NULL || remainders->line == NULL || remainders->amount == NULL)
    return TRUE;
  const HxYearFacts *facts = remainders->facts;
  const HxDate last = { facts->year, 12, 31 };
  g_autoptr (HxSelection) selection
      = hx_selection_new (facts->connection, facts->catalogue, kind, NULL,
                          facts->as_of.year == 0 ? last : facts->as_of, error);
  return selection != NULL
         && hx_selection_each (selection, take_remainder, remainders, error);
}

static gboolean
read_remainders (Remainders *remainders, const HxBudgetView *view,
                 GError **error)
{
  remainders->line = view->unspent_line;
  remainders->amount = view->unspent_amount;
  remainders->cause = view->unspent_cause;
  remainders->disposal = view->unspent_disposal;
  remainders->reason = view->unspent_reason;
  if (!read_kind (remainders, view->unspent, error))
    return FALSE;
  remainders->line = view->carry_over_line;
  remainders->amount = view->carry_over_amount;
  remainders->cause = view->carry_over_cause;
  remainders->disposal = NULL;
  remainders->fixed_disposal = _ ("结转下年");
  remainders->reason = view->carry_over_reason;
  return read_kind (remainders, view->carry_over, error);
}

/* What the lines hold that is neither spent nor said to be anywhere. */
static void
add_totals (HxYearFacts *facts, const GPtrArray *lines)
{
  HxMoney sum = { 0 };
  for (guint i = 0; i < lines->len; i++)
    hx_money_add (&sum, &((const HxBudgetLine *)lines->pdata[i])->money);
  json_t *money = json_object ();
  json_object_set_new (facts->context, "money", money);
  const struct
  {
    const char *member, *name;
    gint64 fen;
  } totals[] = {
    { "unspent", _ ("全年未支出金额"), sum.total - sum.executed },
    { "withdrawn", _ ("财政收回金额"), sum.withdrawn },
    { "lapsed", _ ("注销金额"), sum.lapsed },
    { "carried_over", _ ("年末结转结余"), sum.carried_over },
    { "open", _ ("去向未说明的金额"), sum.open },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (totals); i++)
    {
      HxYearFact *fact
          = hx_year_fact (facts, (HxFactName){ "money", totals[i].member, 0 },
                          money, totals[i].member);
      hx_fact_money (fact, totals[i].fen);
      hx_fact_words (fact, g_strdup (totals[i].name),
                     g_strdup (_ ("本年全部预算指标之和")));
    }
  hx_set_flag (money, "has_unspent", sum.total != sum.executed);
  hx_set_flag (money, "has_open", sum.open != 0);
}

gboolean
hx_year_money (HxYearFacts *facts, GError **error)
{
  const HxBudgetView *view = hx_catalogue_budget (facts->catalogue);
  json_t *list = json_array ();
  json_object_set_new (facts->context, "remainders", list);
  json_object_set_new (facts->context, "money", json_false ());
  if (view == NULL)
    return TRUE;
  g_autoptr (GPtrArray) lines = hx_budget_lines (
      facts->connection, facts->catalogue, facts->year, facts->as_of, error);
  if (lines == NULL)
    return FALSE;
  if (lines->len > 0)
    add_totals (facts, lines);
  Remainders remainders = { .facts = facts, .lines = lines, .list = list };
  return read_remainders (&remainders, view, error);
}
