/* What one person is given stays within its cap: single cases, and random
 * payments against a model that adds up by itself. */
#include "ledger_test.h"

#define N_PEOPLE 3
#define N_ROWS 60
#define N_WRITES 60
#define OPERATIONS_MAX 8

static const char caps[]
    = "- {key: a, name: 生日金, of: visit, where: {occasion: birthday},\n"
      "   sum: gift, per: cadre, each: year, max: 500, document: 一号文,\n"
      "   unless: [note, hours]}\n"
      "- {key: b, name: 月度金, of: visit, sum: gift, per: cadre,\n"
      "   each: month, max: 300, from: 2023-03-10, until: 2023-09-30,\n"
      "   unless: [note, hours]}\n"
      "- {key: c, name: 终身, of: visit, where: {occasion: festival},\n"
      "   sum: gift, per: cadre, each: once, max: 1200,\n"
      "   unless: [note, hours]}\n"
      "- {key: d, name: 只看, of: visit, sum: gift, per: cadre, each: year}\n";

static int
setup (void **state)
{
  fixture_setup (state);
  use_catalogue (*state, "caps.yaml", caps);
  return 0;
}

static void
put_people (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  static const char *const numbers[N_PEOPLE]
      = { "999999193301010010", "999999194402290028", "999999195303050015" };

  (void)data;
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *name = g_strdup_printf ("name=人%u", i);
      g_autofree char *number = g_strconcat ("id_number=", numbers[i], NULL);
      const char *const cells[] = { name, number, NULL };

      put_cells (ledger, fixture->cadre, cells, NULL);
    }
}

/* ------------------------------------------------------------- single cases */

typedef struct
{
  const char *cells[8];
  gint64 id;           /* 0: a new one; else this row is changed */
  const char *refused; /* a part of the fault; NULL: it is taken */
} Step;

/* TRUE when taken; else the first fault. */
static gboolean
try_row (HxLedger *ledger, HxRow *row, gboolean is_change, char **fault)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  HxFaults faults = { sentences };
  HxPutOutcome outcome = HX_PUT_REFUSED;
  gboolean done = hx_row_check (ledger, row, NULL, &faults, &error);

  if (done && is_change)
    done = hx_ledger_change (ledger, row, &faults, &error);
  else if (done)
    done = hx_ledger_put (ledger, row, NULL, &outcome, &faults, &error);
  if (error != NULL)
    g_error ("%s", error->message);
  if (!done && fault != NULL)
    *fault = g_strdup (sentences->pdata[0]);
  return done;
}

static void
take_step (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  const Step *step = data;
  g_autoptr (HxRow) row = hx_row_new (fixture->visit);
  g_autofree char *fault = NULL;

  if (step->id != 0)
    hx_row_load (hx_ledger_connection (ledger), row, step->id, NULL);
  set_cells (ledger, row, step->cells);
  if (try_row (ledger, row, step->id != 0, &fault) == (step->refused == NULL)
      && (fault == NULL || strstr (fault, step->refused) != NULL))
    return;
  g_error ("%s %s: %s, not %s", step->cells[0], step->cells[1],
           fault != NULL ? fault : "taken",
           step->refused != NULL ? step->refused : "taken");
}

#define BIRTHDAY(date, gift)                                                   \
  "date=" date, "gift=" gift, "cadre=人0", "occasion=birthday"
#define FESTIVAL(date, gift)                                                   \
  "date=" date, "gift=" gift, "cadre=人0", "occasion=festival"

static void
what_is_over_is_refused_with_the_sums (void **state)
{
  Fixture *fixture = *state;
  static Step steps[] = {
    { { BIRTHDAY ("2023-01-05", "400"), NULL }, 0, NULL }, /* 1 */
    { { BIRTHDAY ("2023-01-06", "100.01"), NULL },
      0,
      "慰问金: 超过限额“生日金”（一号文）：本期已有 400.00 元，本次 100.01 元，"
      "限额 500.00 元，超出 0.01 元；确需超限的，请填写情况、小时" },
    { { BIRTHDAY ("2023-01-06", "100"), NULL }, 0, NULL }, /* 2 */
    /* the same row again is no second payment */
    { { BIRTHDAY ("2023-01-06", "100"), NULL }, 0, NULL },
    { { BIRTHDAY ("2023-01-06", "101"), NULL }, 0, "超出 1.00 元" },
    /* another person, year or occasion has its own */
    { { "cadre=人1", "date=2023-01-06", "gift=500", "occasion=birthday", NULL },
      0,
      NULL },                                              /* 3 */
    { { BIRTHDAY ("2024-01-06", "500"), NULL }, 0, NULL }, /* 4 */
    { { FESTIVAL ("2023-01-06", "700"), NULL }, 0, NULL }, /* 5 */
    /* once means ever */
    { { FESTIVAL ("2031-01-06", "501"), NULL }, 0, "“终身”（无文号）" },
    { { FESTIVAL ("2031-01-06", "500"), NULL }, 0, NULL }, /* 6 */
    /* both fields of the approval are asked for */
    { { BIRTHDAY ("2023-01-07", "9"), "note=特批", NULL }, 0, "超出 9.00" },
    { { BIRTHDAY ("2023-01-07", "9"), "note=特批", "hours=1", NULL },
      0,
      NULL }, /* 7 */
    /* changes: less is always good, more is not, nor is losing the approval */
    { { "gift=90", NULL }, 2, NULL },
    { { "gift=100", NULL }, 2, "超出 9.00 元" },
    { { "note=", NULL }, 7, NULL }, /* 400 + 90 + 9 is within */
    { { "gift=10", NULL }, 7, NULL },
    { { "gift=11", NULL }, 7, "超出 1.00 元" },
    /* by the month, while the rule is in force */
    { { FESTIVAL ("2023-03-09", "0"), NULL }, 0, NULL }, /* 8 */
    { { "occasion=", "date=2023-03-10", "gift=300", "cadre=人2", NULL },
      0,
      NULL }, /* 9 */
    { { "date=2023-03-31", "gift=1", "cadre=人2", NULL }, 0, "“月度金”" },
    { { "date=2023-03-09", "gift=100", "cadre=人2", NULL }, 0, NULL }, /* 10 */
    { { "date=2023-04-01", "gift=100", "cadre=人2", NULL }, 0, NULL }, /* 11 */
    { { "date=2023-03-31", NULL }, 11, "超出 100.00 元" },
  };

  in_ledger (fixture, put_people, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    in_ledger (fixture, take_step, &steps[i]);
  assert_int_equal (read_integer (fixture, "SELECT COUNT (*) FROM rec_visit"),
                    11);
}

static void
void_first (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  g_autoptr (GError) error = NULL;

  (void)data;
  if (!hx_ledger_void (ledger, fixture->visit, 1, "重复", &error))
    g_error ("%s", error->message);
}

static void
a_voided_payment_makes_room (void **state)
{
  static Step steps[]
      = { { { BIRTHDAY ("2023-01-05", "500"), NULL }, 0, NULL },
          { { BIRTHDAY ("2023-01-06", "1"), NULL }, 0, "超出" },
          { { BIRTHDAY ("2023-01-06", "500"), NULL }, 0, NULL } };

  in_ledger (*state, put_people, NULL);
  in_ledger (*state, take_step, &steps[0]);
  in_ledger (*state, take_step, &steps[1]);
  in_ledger (*state, void_first, NULL);
  in_ledger (*state, take_step, &steps[2]);
}

static void
what_was_over_before_the_rule_can_be_corrected (void **state)
{
  Fixture *fixture = *state;
  static Step before = { { BIRTHDAY ("2023-01-05", "900"), NULL }, 0, NULL };
  static Step steps[] = { { { "note=补记", NULL }, 1, NULL },
                          { { "gift=800", NULL }, 1, NULL },
                          { { "gift=801", NULL }, 1, "超出 301.00 元" } };

  use_catalogue (fixture, NULL, NULL);
  in_ledger (fixture, put_people, NULL);
  in_ledger (fixture, take_step, &before);
  use_catalogue (fixture, "caps.yaml", caps);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    in_ledger (fixture, take_step, &steps[i]);
}

/* The indexes stay, so that each row still finds those of its person. */
static void
put_very_many (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  guint *taken = data;

  for (guint i = 0; i < 21000; i++)
    {
      char day[HX_DATE_TEXT_SIZE];
      g_autoptr (HxRow) row = hx_row_new (fixture->visit);
      g_autofree char *date = NULL;

      hx_date_format (hx_date_from_days ((gint64)i - 36000), day);
      date = g_strconcat ("date=", day, NULL);
      const char *const cells[] = { date, i % 200 == 0 ? "gift=300" : "gift=0",
                                    "cadre=人0", "occasion=birthday", NULL };

      set_cells (ledger, row, cells);
      *taken += try_row (ledger, row, FALSE, NULL);
    }
}

static void
a_large_import_is_held_to_the_cap_too (void **state)
{
  Fixture *fixture = *state;
  guint taken = 0;

  in_ledger (fixture, put_people, NULL);
  in_ledger (fixture, put_very_many, &taken);
  assert_in_range (taken, 20900, 20999);
  assert_int_equal (
      read_integer (fixture,
                    "SELECT MAX (total) FROM (SELECT SUM (gift) total FROM"
                    " rec_visit GROUP BY SUBSTR (day, 1, 4))"),
      30000);
}

/* ---------------------------------------------------------------- the model */

typedef struct
{
  gint64 id; /* 0: not there */
  guint person;
  int month, day; /* of 2023 */
  gboolean is_festival, is_approved, is_void;
  gint64 gift; /* 元 */
} Payment;

typedef struct
{
  GRand *random;
  Payment rows[N_ROWS];
  guint n_rows;
  guint refused, taken;
} Model;

static gint64
counted (guint cap, const Payment *row, const Payment *like)
{
  const int date = row->month * 100 + row->day;

  if (row->is_void || row->person != like->person)
    return 0;
  if (cap == 0)
    return row->is_festival ? 0 : row->gift;
  if (cap == 2)
    return row->is_festival ? row->gift : 0;
  return date >= 310 && date <= 930 && row->month == like->month ? row->gift
                                                                 : 0;
}

static gint64
total (const Model *model, guint cap, const Payment *like, gint64 except)
{
  gint64 sum = 0;

  for (guint i = 0; i < model->n_rows; i++)
    if (model->rows[i].id != except)
      sum += counted (cap, &model->rows[i], like);
  return sum;
}

static gboolean
model_takes (const Model *model, const Payment *row, const Payment *before)
{
  static const gint64 most[] = { 500, 300, 1200 };

  for (guint cap = 0; cap < G_N_ELEMENTS (most); cap++)
    {
      const gint64 share = counted (cap, row, row);

      if (share == 0 || row->is_approved
          || (before != NULL && !before->is_approved
              && counted (cap, before, row) >= share))
        continue;
      if (total (model, cap, row, before != NULL ? before->id : -1) + share
          > most[cap])
        return FALSE;
    }
  return TRUE;
}

static Payment
random_payment (Model *model)
{
  GRand *random = model->random;

  return (Payment){ .person = (guint)g_rand_int_range (random, 0, N_PEOPLE),
                    .month = g_rand_int_range (random, 2, 5),
                    .day = g_rand_int_range (random, 1, 29),
                    .is_festival = g_rand_boolean (random),
                    .is_approved = g_rand_int_range (random, 0, 8) == 0,
                    .gift = g_rand_int_range (random, 0, 6) * 50 };
}

static gboolean
put_payment (Fixture *fixture, HxLedger *ledger, Payment *payment)
{
  g_autoptr (HxRow) row = hx_row_new (fixture->visit);
  g_autofree char *person = g_strdup_printf ("cadre=人%u", payment->person);
  g_autofree char *date
      = g_strdup_printf ("date=2023-%02d-%02d", payment->month, payment->day);
  g_autofree char *gift = g_strdup_printf ("gift=%d", (int)payment->gift);
  const char *const cells[]
      = { person,
          date,
          gift,
          payment->is_festival ? "occasion=festival" : "occasion=birthday",
          payment->is_approved ? "note=特批" : "note=",
          payment->is_approved ? "hours=1" : "hours=",
          NULL };
  const gboolean is_change = payment->id != 0;

  if (is_change)
    hx_row_load (hx_ledger_connection (ledger), row, payment->id, NULL);
  set_cells (ledger, row, cells);
  if (!try_row (ledger, row, is_change, NULL))
    return FALSE;
  payment->id = row->id;
  return TRUE;
}

/* The identity of a visit; another row must not have it. */
static gboolean
is_free (const Model *model, const Payment *payment, gint64 except)
{
  for (guint i = 0; i < model->n_rows; i++)
    {
      const Payment *row = &model->rows[i];

      if (row->id != except && row->person == payment->person
          && row->month == payment->month && row->day == payment->day
          && row->is_festival == payment->is_festival)
        return FALSE;
    }
  return TRUE;
}

/* One of the rows, or none: then a new one is made. */
static Payment *
choose (Model *model)
{
  if (model->n_rows == 0 || g_rand_boolean (model->random))
    return NULL;
  return &model->rows[g_rand_int_range (model->random, 0,
                                        (gint32)model->n_rows)];
}

static void
void_payment (Fixture *fixture, HxLedger *ledger, Payment *payment)
{
  payment->is_void = TRUE;
  if (!hx_ledger_void (ledger, fixture->visit, payment->id, "误", NULL))
    g_error ("not voided");
}

static void
keep (Model *model, Payment *old, const Payment *payment, gboolean taken)
{
  model->taken += taken;
  model->refused += !taken;
  if (taken && old != NULL)
    *old = *payment;
  else if (taken)
    model->rows[model->n_rows++] = *payment;
}

static void
step_random (Fixture *fixture, HxLedger *ledger, Model *model)
{
  Payment payment = random_payment (model);
  Payment *old = choose (model);

  if ((old == NULL && model->n_rows == N_ROWS) || (old != NULL && old->is_void)
      || !is_free (model, &payment, old != NULL ? old->id : -1))
    return;
  if (old != NULL && g_rand_int_range (model->random, 0, 4) == 0)
    {
      void_payment (fixture, ledger, old);
      return;
    }
  payment.id = old != NULL ? old->id : 0;
  const gboolean wanted = model_takes (model, &payment, old);

  if (put_payment (fixture, ledger, &payment) != wanted)
    g_error ("payment of %d is %s", (int)payment.gift,
             wanted ? "refused" : "taken");
  keep (model, old, &payment, wanted);
}

static void
write_random (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  Model *model = data;
  const int operations = g_rand_int_range (model->random, 1, OPERATIONS_MAX);

  for (int i = 0; i < operations; i++)
    step_random (fixture, ledger, model);
}

/* Without an approval in it, no period of anybody is over; and what the ledger
 * adds up is what the model has. */
static void
assert_within (Fixture *fixture, const Model *model)
{
  static const gint64 most[] = { 500, 300, 1200 };
  const GPtrArray *all = hx_catalogue_caps (fixture->catalogue);
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);

  for (guint i = 0; i < model->n_rows; i++)
    for (guint cap = 0; cap < G_N_ELEMENTS (most); cap++)
      {
        const Payment *row = &model->rows[i];
        const HxDate day = { 2023, (gint8)row->month, (gint8)row->day };
        gboolean is_approved = FALSE;
        gint64 sum = -1;

        for (guint j = 0; j < model->n_rows; j++)
          is_approved |= model->rows[j].is_approved
                         && counted (cap, &model->rows[j], row) > 0;
        if (cap != 1 || hx_date_number (day) % 10000 >= 310)
          {
            assert_true (hx_cap_sum (hx_reader_connection (reader),
                                     all->pdata[cap], row->person + 1, day,
                                     &sum, NULL));
            assert_int_equal (sum, total (model, cap, row, -1) * 100);
          }
        assert_true (is_approved || total (model, cap, row, -1) <= most[cap]);
      }
}

static void
random_payments_never_pass_the_cap_unapproved (void **state)
{
  Fixture *fixture = *state;
  guint refused = 0, taken = 0;

  in_ledger (fixture, put_people, NULL);
  g_autofree Model *model = g_new0 (Model, 1);
  g_autoptr (GRand) random = g_rand_new_with_seed (20231124);

  model->random = random;
  for (guint i = 0; i < N_WRITES; i++)
    {
      in_ledger (fixture, write_random, model);
      assert_within (fixture, model);
    }
  refused += model->refused;
  taken += model->taken;
  assert_true (refused > 20 && taken > 50);
}

int
main (void)
{
#define TEST(name)                                                             \
  cmocka_unit_test_setup_teardown (name, setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    TEST (what_is_over_is_refused_with_the_sums),
    TEST (a_voided_payment_makes_room),
    TEST (what_was_over_before_the_rule_can_be_corrected),
    TEST (a_large_import_is_held_to_the_cap_too),
    TEST (random_payments_never_pass_the_cap_unapproved),
  };

  return cmocka_run_group_tests_name ("caps", tests, NULL, NULL);
}
