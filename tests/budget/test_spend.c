/* What is paid from a line stays within it: single cases, imports of many rows
 * at once, and random writes against a model that adds up by itself. */
#include "budget_test.h"

#include "../chance.h"

/* "put KIND field=value …", "void KIND …" by the identity, "change KIND
 * IDENTITY … > field=value …".  NULL when it was done; else the first fault. */
static char *
try_line (HxLedger *ledger, const char *text)
{
  g_auto (GStrv) halves = g_strsplit (text, " > ", 2);
  g_auto (GStrv) words = g_strsplit (halves[0], " ", -1);
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (HxRow) row
      = hx_row_new (hx_catalogue_kind (hx_ledger_catalogue (ledger), words[1]));
  HxFaults faults = { sentences };
  HxPutOutcome outcome = HX_PUT_REFUSED;
  gboolean done = TRUE;

  for (char **word = words + 2; *word != NULL; word++)
    {
      g_auto (GStrv) parts = g_strsplit (*word, "=", 2);

      if (!hx_row_set (ledger, row, hx_kind_field (row->kind, parts[0]),
                       parts[1], &faults, &error))
        g_error ("%s: %s", text, (char *)sentences->pdata[0]);
    }
  if (g_str_equal (words[0], "put"))
    done = hx_row_check (ledger, row, NULL, &faults, &error)
           && hx_ledger_put (ledger, row, NULL, &outcome, &faults, &error);
  else if (!hx_ledger_find (ledger, row, &error))
    done = FALSE;
  else if (g_str_equal (words[0], "void"))
    done = hx_ledger_void (ledger, row->kind, row->id, "重复", &error);
  else
    {
      const gint64 id = row->id;
      g_auto (GStrv) parts = g_strsplit (halves[1], "=", 2);

      done = hx_row_load (hx_ledger_connection (ledger), row, id, &error)
             && hx_row_set (ledger, row, hx_kind_field (row->kind, parts[0]),
                            parts[1], &faults, &error)
             && hx_row_check (ledger, row, NULL, &faults, &error)
             && hx_ledger_change (ledger, row, &faults, &error);
    }
  if (done)
    return NULL;
  return g_strdup (error != NULL ? error->message : sentences->pdata[0]);
}

typedef struct
{
  const char *text;
  char *fault;
  char *warnings; /* one a line */
  guint64 n_warnings;
} Try;

/* A write that was refused leaves nothing: the caller undoes it. */
static gboolean
try_in_ledger (HxLedger *ledger, gpointer data, GError **error)
{
  Try *attempt = data;
  const GPtrArray *warnings;
  g_autoptr (GString) text = g_string_new (NULL);

  (void)error;
  attempt->fault = try_line (ledger, attempt->text);
  warnings = hx_ledger_warnings (ledger, &attempt->n_warnings);
  for (guint i = 0; i < warnings->len; i++)
    g_string_append_printf (text, "%s\n", (char *)warnings->pdata[i]);
  attempt->warnings = g_strdup (text->str);
  if (attempt->fault != NULL)
    hx_write_discard (hx_ledger_connection (ledger));
  return TRUE;
}

static void
play_one (Fixture *fixture, const char *text, const char *refused,
          const char *warned)
{
  Try attempt = { .text = text };

  in_ledger (fixture, try_in_ledger, &attempt);
  if ((attempt.fault == NULL) != (refused == NULL)
      || (refused != NULL && strstr (attempt.fault, refused) == NULL))
    fail_msg ("%s: %s", text, attempt.fault);
  if ((warned == NULL) != (*attempt.warnings == '\0')
      || (warned != NULL && strstr (attempt.warnings, warned) == NULL))
    fail_msg ("%s warns: %s", text, attempt.warnings);
  g_free (attempt.fault);
  g_free (attempt.warnings);
}

#define A                                                                      \
  "put budget_line number=A since=2023-01-15 name=甲 source=general_public"   \
  " nature=project amount=100"
#define B                                                                      \
  "put budget_line number=B since=2023-01-15 name=乙 source=general_public"   \
  " nature=project amount=50"
#define PAY(voucher, line, amount)                                             \
  "put payment voucher=" voucher " date=2023-03-01 line=" line " amount"       \
  "=" amount

typedef struct
{
  const char *text, *refused, *warned;
} Step;

static const Step refusing[] = {
  { A, NULL, NULL },
  { B, NULL, NULL },
  { PAY ("1", "A", "100.01"),
    "预算指标“A”的预算 100.00 元，这样共支付 100.01 元，超出 0.01 元；"
    "先登记预算调整",
    NULL },
  { PAY ("1", "A", "100"), NULL, NULL },
  /* the same row again is no second payment */
  { PAY ("1", "A", "100"), NULL, NULL },
  { PAY ("2", "A", "0.01"), "超出 0.01 元", NULL },
  { PAY ("2", "A", "-10"), NULL, NULL },
  { PAY ("3", "A", "10"), NULL, NULL },
  /* a refund that is made void is money paid after all */
  { "void payment voucher=2", "超出 10.00 元", NULL },
  { "void payment voucher=3", NULL, NULL },
  { "void payment voucher=2", NULL, NULL },
  /* changes: less, more, to another line */
  { "change payment voucher=1 > amount=90", NULL, NULL },
  { "change payment voucher=1 > amount=100.02", "超出 0.02 元", NULL },
  { "change payment voucher=1 > line=B", "“B”的预算 50.00 元", NULL },
  { "change payment voucher=1 > amount=50", NULL, NULL },
  { "change payment voucher=1 > line=B", NULL, NULL },
  /* what was paid cannot be taken away */
  { "put budget_adjustment number=1 date=2023-04-01 line=B kind=decrease"
    " amount=-0.01",
    "预算 49.99 元，这样共支付 50.00 元", NULL },
  { "change budget_line number=B > amount=49", "超出 1.00 元", NULL },
  { "put budget_adjustment number=1 date=2023-04-01 line=B kind=increase"
    " amount=10",
    NULL, NULL },
  { "change budget_line number=B > amount=40", NULL, NULL },
  { "void budget_adjustment number=1", "超出 10.00 元", NULL },
  { "change budget_adjustment number=1 > amount=9", "超出 1.00 元", NULL },
  { "change budget_adjustment number=1 > line=A", "超出 10.00 元", NULL },
  /* a line that comes again, as in a workbook */
  { "put budget_line number=B since=2023-01-15 name=乙 source=gov_fund"
    " nature=project amount=40",
    NULL, NULL },
  { "put budget_line number=B since=2023-01-15 name=乙 source=gov_fund"
    " nature=project amount=39.99",
    "超出 0.01 元", NULL },
  /* a later adjustment counts whatever its date */
  { "put budget_adjustment number=2 date=2023-12-01 line=A kind=increase"
    " amount=5",
    NULL, NULL },
  { PAY ("9", "A", "105"), NULL, NULL },
};

static void
a_payment_over_its_line_is_refused_with_the_sums (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusing); i++)
    play_one (*state, refusing[i].text, refusing[i].refused,
              refusing[i].warned);
}

static void
a_catalogue_may_only_warn_of_it (void **state)
{
  static const Step steps[] = {
    { A, NULL, NULL },
    { PAY ("1", "A", "100"), NULL, NULL },
    { PAY ("2", "A", "1"), NULL, "共支付 101.00 元，超出 1.00 元" },
    { PAY ("2", "A", "1"), NULL, NULL },
    { "put budget_adjustment number=1 date=2023-04-01 line=A kind=decrease"
      " amount=-20",
      NULL, "超出 21.00 元" },
    { "change payment voucher=2 > amount=0.5", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    play_one (*state, steps[i].text, steps[i].refused, steps[i].warned);
}

static void
what_was_over_before_may_be_corrected (void **state)
{
  Fixture *fixture = *state;
  static const Step steps[] = {
    { "change payment voucher=1 > amount=130", NULL, NULL },
    { "change payment voucher=1 > purpose=办公", NULL, NULL },
    { "change payment voucher=1 > amount=130.01", "超出 30.01 元", NULL },
    { PAY ("2", "A", "-10"), NULL, NULL },
    { PAY ("3", "A", "1"), "超出 21.00 元", NULL },
  };

  play_one (fixture, A, NULL, NULL);
  play_one (fixture, PAY ("1", "A", "100"), NULL, NULL);
  run_sql (fixture, "UPDATE rec_payment SET amount = 20000");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    play_one (fixture, steps[i].text, steps[i].refused, steps[i].warned);
}

static void
a_payment_over_its_contract_is_warned_of (void **state)
{
  static const Step steps[] = {
    { A, NULL, NULL },
    { "put contract number=H line=A name=装修 supplier=某 since=2023-02-01"
      " planned=60 amount=50",
      NULL, NULL },
    { PAY ("1", "A", "50") " contract=H", NULL, NULL },
    { PAY ("2", "A", "0.01") " contract=H", NULL,
      "采购合同“H”可付 50.00 元，已支付 50.01 元" },
    { PAY ("2", "A", "0.01") " contract=H", NULL, NULL },
    { PAY ("3", "A", "-0.01") " contract=H", NULL, NULL },
    /* an interim acceptance is no limit, the final one is */
    { "put acceptance date=2023-05-01 contract=H amount=20 final=否", NULL,
      NULL },
    { "put acceptance date=2023-06-01 contract=H amount=45", NULL,
      "可付 45.00 元，已支付 50.00 元" },
    { "change payment voucher=1 > amount=45", NULL, NULL },
    { "void acceptance date=2023-06-01 contract=H", NULL, NULL },
    { PAY ("4", "A", "5") " contract=H", NULL, NULL },
    { "change contract number=H > amount=40", NULL,
      "可付 40.00 元，已支付 50.00 元" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    play_one (*state, steps[i].text, steps[i].refused, steps[i].warned);
}

/* ------------------------------------------------------- many in one write */

#define N_MANY 24000
#define N_LINES 40

typedef struct
{
  guint refused, first;
  guint64 n_warnings;
  guint kept_warnings;
} Many;

static gboolean
put_many (HxLedger *ledger, gpointer data, GError **error)
{
  Many *many = data;

  (void)error;
  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *text = g_strdup_printf (
          "put payment voucher=V%u date=2023-03-01 line=M%u amount=1", i,
          i % N_LINES);
      g_autofree char *fault = try_line (ledger, text);

      if (fault == NULL)
        continue;
      if (many->refused++ == 0)
        many->first = i;
    }
  many->kept_warnings = hx_ledger_warnings (ledger, &many->n_warnings)->len;
  return TRUE;
}

static void
play_lines (Fixture *fixture)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < N_LINES; i++)
    g_ptr_array_add (
        lines,
        g_strdup_printf ("put budget_line number=M%u since=2023-01-01 name=甲"
                         " source=other nature=office amount=599",
                         i));
  g_ptr_array_add (lines, NULL);
  play (fixture, (const char *const *)lines->pdata);
}

/* Past 20,000 rows the indexes of an empty kind are down. */
static void
many_payments_in_one_write_are_refused_at_the_right_row (void **state)
{
  Fixture *fixture = *state;
  Many many = { 0 };

  play_lines (fixture);
  in_ledger (fixture, put_many, &many);
  assert_int_equal (many.refused, N_LINES); /* the 600th of each line */
  assert_int_equal (many.first, N_MANY - N_LINES);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM rec_payment"),
                    N_MANY - N_LINES);
  assert_int_equal (many.n_warnings, 0);
}

static void
warnings_are_counted_and_the_first_hundred_kept (void **state)
{
  Fixture *fixture = *state;
  Many many = { 0 };

  play_lines (fixture);
  run_sql (fixture, "UPDATE reg_budget_line SET amount = 59000");
  in_ledger (fixture, put_many, &many);
  assert_int_equal (many.refused, 0);
  assert_int_equal (many.n_warnings, 10 * N_LINES);
  assert_int_equal (many.kept_warnings, HX_WARNINGS_MAX);
}

/* ------------------------------------------------------------ random writes */

#define N_ACCOUNTS 3
#define N_PAYMENTS 25
#define N_STEPS 700

typedef struct
{
  gint64 granted[N_ACCOUNTS];
  struct
  {
    gboolean is_there, is_void;
    guint line;
    gint64 amount;
  } rows[2][N_PAYMENTS]; /* payments, adjustments */
} Books;

static gint64
over (const Books *books, guint line)
{
  gint64 sum = -books->granted[line];

  for (guint i = 0; i < N_PAYMENTS; i++)
    {
      if (books->rows[0][i].is_there && !books->rows[0][i].is_void
          && books->rows[0][i].line == line)
        sum += books->rows[0][i].amount;
      if (books->rows[1][i].is_there && !books->rows[1][i].is_void
          && books->rows[1][i].line == line)
        sum -= books->rows[1][i].amount;
    }
  return sum;
}

/* May `after` follow `before`?  No line is over by more than it was. */
static gboolean
may_follow (const Books *before, const Books *after)
{
  for (guint line = 0; line < N_ACCOUNTS; line++)
    if (over (after, line) > 0 && over (after, line) > over (before, line))
      return FALSE;
  return TRUE;
}

static char *
random_step (Books *books)
{
  const guint what = (guint)g_random_int_range (0, 9);
  const guint which = what == 8 ? 1 : (guint)g_random_int_range (0, 2);
  const guint i = (guint)g_random_int_range (0, N_PAYMENTS);
  const guint line = (guint)g_random_int_range (0, N_ACCOUNTS);
  const gint64 amount = g_random_int_range (-300, 500);
  g_autofree char *yuan = hx_money_format_yuan (amount);

  if (what == 0)
    {
      g_autofree char *more = hx_money_format_yuan (ABS (amount) * 4);

      books->granted[line] = ABS (amount) * 4;
      return g_strdup_printf ("change budget_line number=L%u > amount=%s", line,
                              more);
    }
  if (books->rows[which][i].is_void)
    return NULL;
  if (what == 1 && i % 3 == 0 && books->rows[which][i].is_there)
    {
      books->rows[which][i].is_void = TRUE;
      return g_strdup_printf (which == 0 ? "void payment voucher=%u"
                                         : "void budget_adjustment number=%u",
                              i);
    }
  books->rows[which][i].is_there = TRUE;
  books->rows[which][i].line = line;
  books->rows[which][i].amount = amount;
  return g_strdup_printf (
      which == 0 ? "put payment voucher=%u date=2023-03-01 line=L%u amount=%s"
                 : "put budget_adjustment number=%u date=2023-03-01 line=L%u"
                   " kind=transfer amount=%s",
      i, line, yuan);
}

typedef struct
{
  Books books;
  guint steps, refused;
} Storm;

/* Several steps in one write: the sums are kept from one to the next. */
static gboolean
play_storm (HxLedger *ledger, gpointer data, GError **error)
{
  Storm *storm = data;
  const guint last = storm->steps + (guint)g_random_int_range (1, 20);

  (void)error;
  for (; storm->steps < last; storm->steps++)
    {
      Books after = storm->books;
      g_autofree char *text = random_step (&after);
      g_autofree char *fault = NULL;
      const gboolean expected
          = text == NULL || may_follow (&storm->books, &after);

      if (text == NULL)
        continue;
      fault = try_line (ledger, text);
      if ((fault == NULL) != expected)
        g_error ("%s: %s", text, fault != NULL ? fault : "taken");
      storm->refused += !expected;
      if (expected)
        storm->books = after;
    }
  return TRUE;
}

static void
random_writes_are_refused_exactly_where_the_model_says (void **state)
{
  Fixture *fixture = *state;
  Storm storm = { .books = { .granted = { 1000, 1000, 1000 } } };
  static const char *const rows[] = {
    "put budget_line number=L0 since=2023-01-01 name=甲 source=other"
    " nature=office amount=10",
    "put budget_line number=L1 since=2023-01-01 name=乙 source=other"
    " nature=office amount=10",
    "put budget_line number=L2 since=2023-01-01 name=丙 source=other"
    " nature=office amount=10",
    NULL,
  };

  play (fixture, rows);
  while (storm.steps < N_STEPS)
    in_ledger (fixture, play_storm, &storm);
  assert_true (storm.refused > 0);
  for (guint line = 0; line < N_ACCOUNTS; line++)
    {
      g_autofree char *sql = g_strdup_printf (
          "SELECT (SELECT ifnull (sum (amount), 0) FROM rec_payment WHERE"
          " line = l.id AND void = 0) - (SELECT ifnull (sum (amount), 0) FROM"
          " rec_budget_adjustment WHERE line = l.id AND void = 0) - l.amount"
          " FROM reg_budget_line l WHERE number = 'L%u'",
          line);

      assert_int_equal (read_integer (fixture, sql), over (&storm.books, line));
    }
}

int
main (void)
{
#define TEST(name, setup)                                                      \
  cmocka_unit_test_setup_teardown (name, setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    TEST (a_payment_over_its_line_is_refused_with_the_sums, budget_setup),
    TEST (a_catalogue_may_only_warn_of_it, budget_setup_warn),
    TEST (what_was_over_before_may_be_corrected, budget_setup),
    TEST (a_payment_over_its_contract_is_warned_of, budget_setup),
    TEST (many_payments_in_one_write_are_refused_at_the_right_row,
          budget_setup),
    TEST (warnings_are_counted_and_the_first_hundred_kept, budget_setup_warn),
    TEST (random_writes_are_refused_exactly_where_the_model_says, budget_setup),
  };

  chance_begin ();
  return cmocka_run_group_tests_name ("spending", tests, NULL, NULL);
}
