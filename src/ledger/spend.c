/* Spending: what is paid from a budget line stays within what it was granted.
 *
 * Granted is the line's own amount and all its adjustments, spent all payments
 * on it, whatever their dates: a line has one year, and what is recorded later
 * may be dated earlier.  A write is refused where it makes a line be over by
 * more than before: a payment, a refund made void, an adjustment that takes
 * away what was paid already, a smaller line.  One that was over before can be
 * corrected as long as it does not take more.  Where the catalogue says
 * `overspend: warn`, the same is a warning.
 *
 * Payments over their contract are warned of: more than was finally accepted,
 * or before that more than was contracted.
 *
 * The sums of a line are read once in a write and kept from then on, so that a
 * payment costs two look-ups however many there are.  A kind that had no rows
 * when the write met it has only rows whose sums are kept: its table, which
 * may be without indexes meanwhile (bulk.c), is not asked. */
#include "ledger/ledger_internal.h"

#include "catalogue/budget.h"

typedef struct
{
  gint64 id;
  gint64 granted, spent;
} Account;

struct _HxSpend
{
  const HxBudgetView *view;
  GHashTable *lines, *contracts; /* Account by id */
  const HxKind *met[2];          /* adjustment and payment, once met */
  gboolean is_fresh[2];
};

enum
{
  ADJUSTMENT,
  PAYMENT
};

/* What a row does to one account. */
typedef struct
{
  gint64 id;
  gint64 granted, spent;
} Effect;

/* A row before and after touches two accounts at most. */
typedef struct
{
  Effect effects[2];
  guint n;
} Effects;

void
hx_spend_free (HxSpend *spend)
{
  if (spend == NULL)
    return;
  g_hash_table_unref (spend->lines);
  g_hash_table_unref (spend->contracts);
  g_free (spend);
}

static gboolean
is_money (const HxBudgetView *view, const HxKind *kind)
{
  return view != NULL
         && (kind == view->payment || kind == view->adjustment
             || kind == view->line || kind == view->contract
             || kind == view->acceptance);
}

static HxSpend *
spend_of (HxLedger *ledger)
{
  HxSpend *spend = ledger->spend;

  if (spend != NULL)
    return spend;
  ledger->spend = spend = g_new0 (HxSpend, 1);
  spend->view = hx_catalogue_budget (ledger->catalogue);
  spend->lines
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  spend->contracts
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  return spend;
}

/* Before the first row of the kind is written. */
static void
meet (HxLedger *ledger, const HxKind *kind)
{
  HxSpend *spend = spend_of (ledger);
  const HxKindState *state = g_ptr_array_index (ledger->kinds, kind->index);
  const guint which = kind == spend->view->payment ? PAYMENT : ADJUSTMENT;

  if ((kind != spend->view->payment && kind != spend->view->adjustment)
      || spend->met[which] != NULL)
    return;
  spend->met[which] = kind;
  spend->is_fresh[which] = state != NULL && state->bulk != NULL;
}

/* ----------------------------------------------------------------- effects */

static gint64
value_of (const HxRow *row, const HxField *field)
{
  const HxValue *value = &row->values[field->index];

  return value->filled ? value->integer : 0;
}

static gboolean
add_effect (Effects *effects, Effect effect, GError **error)
{
  Effect *kept = effects->effects;

  if (effect.id == 0)
    return TRUE;
  while (kept < effects->effects + effects->n && kept->id != effect.id)
    kept++;
  if (kept == effects->effects + effects->n)
    effects->n++;
  kept->id = effect.id;
  if (__builtin_add_overflow (kept->granted, effect.granted, &kept->granted)
      || __builtin_add_overflow (kept->spent, effect.spent, &kept->spent))
    return hx_fail (error, HX_ERROR_LIMIT, _ ("数值太大"), NULL, NULL);
  return TRUE;
}

/* What the row does to its line, with the sign of before or after.  A line that
 * is put again has no id yet: `id` is that of the stored one. */
static gboolean
add_to_line (const HxBudgetView *view, const HxRow *row, gint64 id, gint64 sign,
             Effects *effects, GError **error)
{
  Effect effect = { 0 };

  if (row == NULL || row->is_void)
    return TRUE;
  if (row->kind == view->line)
    effect = (Effect){ id, sign * value_of (row, view->line_amount), 0 };
  else if (row->kind == view->adjustment)
    effect = (Effect){ value_of (row, view->adjustment_line),
                       sign * value_of (row, view->adjustment_amount), 0 };
  else if (row->kind == view->payment)
    effect = (Effect){ value_of (row, view->payment_line), 0,
                       sign * value_of (row, view->payment_amount) };
  return add_effect (effects, effect, error);
}

static gboolean
change_lines (const HxBudgetView *view, const HxRow *before, const HxRow *after,
              Effects *effects, GError **error)
{
  const gint64 id = before != NULL ? before->id : after->id;
  const HxRow *const rows[] = { before, after };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (!add_to_line (view, rows[i], id, i == 0 ? -1 : 1, effects, error))
      return FALSE;
  return TRUE;
}

/* The same for its contract; one that was changed itself has no amounts. */
static gboolean
add_to_contract (const HxBudgetView *view, const HxRow *row, gint64 sign,
                 Effects *effects, GError **error)
{
  Effect effect = { 0 };

  if (row == NULL)
    return TRUE;
  if (row->kind == view->contract)
    effect.id = row->id;
  else if (row->kind == view->acceptance && row->kind != NULL)
    effect.id = value_of (row, view->acceptance_contract);
  else if (row->kind == view->payment && view->payment_contract != NULL)
    effect = (Effect){ value_of (row, view->payment_contract), 0,
                       row->is_void
                           ? 0
                           : sign * value_of (row, view->payment_amount) };
  return add_effect (effects, effect, error);
}

/* ---------------------------------------------------------------- accounts */

/* The integer that a statement on one id gives; 0: none. */
static gboolean
ask (HxLedger *ledger, const char *sql, gint64 id, gint64 *number,
     GError **error)
{
  HxStatement *statement = hx_statement (ledger->connection, sql, error);
  HxStep step;

  *number = 0;
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    *number = hx_column_integer (statement, 0);
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

static gboolean
ask_sum (HxLedger *ledger, const HxField *amount, const HxField *reference,
         Account *account, gint64 *sum, GError **error)
{
  const HxSpend *spend = ledger->spend;
  const gboolean is_payment = amount == spend->view->payment_amount;
  const HxKind *kind
      = is_payment ? spend->view->payment : spend->view->adjustment;
  g_autofree char *sql = NULL;

  *sum = 0;
  if (kind == NULL || spend->is_fresh[is_payment ? PAYMENT : ADJUSTMENT])
    return TRUE;
  sql = g_strdup_printf ("SELECT SUM (\"%s\") FROM %s WHERE bureau_id = ?1"
                         " AND \"%s\" = ?2 AND void = 0",
                         hx_field_column (amount), kind->table,
                         hx_field_column (reference));
  return ask (ledger, sql, account->id, sum, error);
}

static gboolean
read_line (HxLedger *ledger, Account *account, GError **error)
{
  const HxBudgetView *view = ledger->spend->view;
  g_autofree char *sql = g_strdup_printf (
      "SELECT \"%s\" FROM %s WHERE bureau_id = ?1 AND id = ?2 AND void = 0",
      hx_field_column (view->line_amount), view->line->table);
  gint64 changes = 0;

  if (!ask (ledger, sql, account->id, &account->granted, error)
      || !ask_sum (ledger, view->adjustment_amount, view->adjustment_line,
                   account, &changes, error)
      || !ask_sum (ledger, view->payment_amount, view->payment_line, account,
                   &account->spent, error))
    return FALSE;
  if (!__builtin_add_overflow (account->granted, changes, &account->granted))
    return TRUE;
  return hx_fail (error, HX_ERROR_LIMIT, _ ("数值太大"), view->line->name,
                  NULL);
}

/* The last final acceptance, else the contract's own amount. */
static gboolean
read_limit (HxLedger *ledger, Account *account, GError **error)
{
  const HxBudgetView *view = ledger->spend->view;
  g_autoptr (GString) sql = g_string_new (NULL);

  if (view->acceptance != NULL)
    {
      g_string_append_printf (
          sql,
          "SELECT * FROM (SELECT \"%s\" FROM %s WHERE bureau_id = ?1"
          " AND \"%s\" = ?2 AND void = 0",
          hx_field_column (view->acceptance_amount), view->acceptance->table,
          hx_field_column (view->acceptance_contract));
      if (view->acceptance_final != NULL)
        g_string_append_printf (sql, " AND \"%s\" <> 0",
                                hx_field_column (view->acceptance_final));
      g_string_append (sql, " ORDER BY day DESC, id DESC LIMIT 1) UNION ALL ");
    }
  g_string_append_printf (
      sql, "SELECT \"%s\" FROM %s WHERE bureau_id = ?1 AND id = ?2",
      hx_field_column (view->contract_amount), view->contract->table);
  return ask (ledger, sql->str, account->id, &account->granted, error);
}

static gboolean
read_contract (HxLedger *ledger, Account *account, GError **error)
{
  const HxBudgetView *view = ledger->spend->view;

  return read_limit (ledger, account, error)
         && (view->payment_contract == NULL
             || ask_sum (ledger, view->payment_amount, view->payment_contract,
                         account, &account->spent, error));
}

typedef gboolean (*ReadFunc) (HxLedger *ledger, Account *account,
                              GError **error);

/* *is_new tells whether it was read just now. */
static Account *
account_of (HxLedger *ledger, GHashTable *accounts, gint64 id, gboolean *is_new,
            GError **error)
{
  const ReadFunc read
      = accounts == ledger->spend->lines ? read_line : read_contract;
  Account *account = g_hash_table_lookup (accounts, &id);

  *is_new = account == NULL;
  if (account != NULL)
    return account;
  account = g_new0 (Account, 1);
  account->id = id;
  if (!read (ledger, account, error))
    {
      g_free (account);
      return NULL;
    }
  g_hash_table_insert (accounts, &account->id, account);
  return account;
}

/* ---------------------------------------------------------------- checking */

/* What a line would be over by, more than it is; 0: it may be written. */
static gboolean
weigh (HxLedger *ledger, const Effect *effect, Account *after, gint64 *over,
       GError **error)
{
  gboolean is_new;
  const Account *account
      = account_of (ledger, ledger->spend->lines, effect->id, &is_new, error);
  gint64 difference, left;

  *over = 0;
  if (account == NULL)
    return FALSE;
  *after = *account;
  if (__builtin_add_overflow (account->granted, effect->granted,
                              &after->granted)
      || __builtin_add_overflow (account->spent, effect->spent, &after->spent)
      || __builtin_sub_overflow (effect->spent, effect->granted, &difference)
      || __builtin_sub_overflow (after->spent, after->granted, &left))
    return hx_fail (error, HX_ERROR_LIMIT, _ ("数值太大"),
                    ledger->spend->view->line->name, NULL);
  if (difference > 0 && left > 0)
    *over = left;
  return TRUE;
}

static char *
number_of (HxLedger *ledger, const HxKind *kind, const HxField *field,
           gint64 id)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT \"%s\" FROM %s WHERE bureau_id = ?1 AND id = ?2",
      hx_field_column (field), kind->table);
  HxStatement *statement = hx_statement (ledger->connection, sql, NULL);
  char *number = NULL;

  if (statement == NULL)
    return g_strdup_printf ("%ld", (long)id);
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  if (hx_step (statement, NULL) == HX_STEP_ROW)
    number = g_strdup (hx_column_text (statement, 0));
  hx_statement_reset (statement);
  return number != NULL ? number : g_strdup_printf ("%ld", (long)id);
}

static char *
line_sentence (HxLedger *ledger, const Account *after, gint64 over)
{
  const HxBudgetView *view = ledger->spend->view;
  g_autofree char *number
      = number_of (ledger, view->line, view->line_number, after->id);
  g_autofree char *granted = hx_money_format_yuan (after->granted);
  g_autofree char *spent = hx_money_format_yuan (after->spent);
  g_autofree char *more = hx_money_format_yuan (over);

  return g_strdup_printf (
      _ ("%s“%s”的预算 %s 元，这样共支付 %s 元，超出 %s 元"), view->line->name,
      number, granted, spent, more);
}

/* The sentences of what is over; an empty array: it may be written. */
static gboolean
find_over (HxLedger *ledger, const HxRow *before, const HxRow *after,
           GPtrArray *sentences, GError **error)
{
  const HxBudgetView *view = hx_catalogue_budget (ledger->catalogue);
  Effects effects = { 0 };

  meet (ledger, after->kind);
  if (!change_lines (view, before, after, &effects, error))
    return FALSE;
  for (guint i = 0; i < effects.n; i++)
    {
      Account account;
      gint64 over;

      if (!weigh (ledger, &effects.effects[i], &account, &over, error))
        return FALSE;
      if (over > 0)
        g_ptr_array_add (sentences, line_sentence (ledger, &account, over));
    }
  return TRUE;
}

static const char *
hint (void)
{
  return _ ("先登记预算调整，或改记到别的预算指标");
}

gboolean
hx_row_check_spending (HxLedger *ledger, HxKindState *state, const HxRow *row,
                       HxFaults *faults, GError **error)
{
  const HxBudgetView *view = hx_catalogue_budget (ledger->catalogue);
  g_autoptr (GPtrArray) sentences = NULL;
  const HxRow *stored = NULL;

  if (!is_money (view, row->kind) || view->warns_overspend)
    return TRUE;
  sentences = g_ptr_array_new_with_free_func (g_free);
  if (!hx_row_find_stored (ledger, state, row, &stored, error)
      || !find_over (ledger, stored, row, sentences, error))
    return FALSE;
  for (guint i = 0; i < sentences->len; i++)
    hx_faults_take (
        faults,
        g_strdup_printf ("%s；%s", (char *)sentences->pdata[i], hint ()));
  return sentences->len == 0;
}

static void
warn (HxLedger *ledger, char *sentence)
{
  ledger->n_warnings++;
  if (ledger->warnings->len < HX_WARNINGS_MAX)
    g_ptr_array_add (ledger->warnings, sentence);
  else
    g_free (sentence);
}

gboolean
hx_spend_begin (HxLedger *ledger, const HxRow *before, const HxRow *after,
                GError **error)
{
  const HxBudgetView *view = hx_catalogue_budget (ledger->catalogue);
  g_autoptr (GPtrArray) sentences = NULL;

  if (!is_money (view, after->kind))
    return TRUE;
  sentences = g_ptr_array_new ();
  if (!find_over (ledger, before, after, sentences, error))
    return FALSE;
  if (sentences->len > 0 && !view->warns_overspend)
    hx_fail (error, HX_ERROR_CONFLICT, sentences->pdata[0], after->kind->name,
             hint ());
  for (guint i = 0; i < sentences->len; i++)
    if (view->warns_overspend)
      warn (ledger, sentences->pdata[i]);
    else
      g_free (sentences->pdata[i]);
  return view->warns_overspend || sentences->len == 0;
}

/* ----------------------------------------------------------------- written */

static void
keep_lines (HxLedger *ledger, const Effects *effects)
{
  for (guint i = 0; i < effects->n; i++)
    {
      const Effect *effect = &effects->effects[i];
      Account *account
          = g_hash_table_lookup (ledger->spend->lines, &effect->id);

      if (account == NULL)
        continue;
      account->granted += effect->granted;
      account->spent += effect->spent;
    }
}

static void
warn_contract (HxLedger *ledger, const Account *account)
{
  const HxBudgetView *view = ledger->spend->view;
  g_autofree char *number
      = number_of (ledger, view->contract, view->contract_number, account->id);
  g_autofree char *limit = hx_money_format_yuan (account->granted);
  g_autofree char *spent = hx_money_format_yuan (account->spent);

  warn (ledger, g_strdup_printf (_ ("%s“%s”可付 %s 元，已支付 %s 元"),
                                 view->contract->name, number, limit, spent));
}

/* Sums that were read just now hold the row already, unless the table was not
 * asked. */
static gboolean
keep_contract (HxLedger *ledger, const HxRow *row, const Effect *effect,
               GError **error)
{
  HxSpend *spend = ledger->spend;
  const gboolean is_payment = row->kind == spend->view->payment;
  gboolean is_new;
  Account *account
      = account_of (ledger, spend->contracts, effect->id, &is_new, error);

  if (account == NULL)
    return FALSE;
  if ((!is_new || spend->is_fresh[PAYMENT])
      && __builtin_add_overflow (account->spent, effect->spent,
                                 &account->spent))
    return hx_fail (error, HX_ERROR_LIMIT, _ ("数值太大"), row->kind->name,
                    NULL);
  if (!is_payment && !is_new && !read_limit (ledger, account, error))
    return FALSE;
  if (account->spent > account->granted && (!is_payment || effect->spent > 0))
    warn_contract (ledger, account);
  return TRUE;
}

gboolean
hx_spend_end (HxLedger *ledger, const HxRow *before, const HxRow *after,
              GError **error)
{
  const HxBudgetView *view = hx_catalogue_budget (ledger->catalogue);
  Effects lines = { 0 }, contracts = { 0 };

  if (!is_money (view, after->kind))
    return TRUE;
  if (!change_lines (view, before, after, &lines, error))
    return FALSE;
  keep_lines (ledger, &lines);
  if (view->contract == NULL
      || !add_to_contract (view, before, -1, &contracts, error)
      || !add_to_contract (view, after, 1, &contracts, error))
    return view->contract == NULL;
  for (guint i = 0; i < contracts.n; i++)
    if (!keep_contract (ledger, after, &contracts.effects[i], error))
      return FALSE;
  return TRUE;
}
