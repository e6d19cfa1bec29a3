/* Plans on the rows of a bureau, held against what the test knows of its
 * people: who is asked, who is frail, who has had his turn. */
#include "batch_bureau.h"

#define PEOPLE 400

static const HxDate april = { 2023, 4, 3 };
static const HxDate june = { 2023, 6, 30 };

static HxBatchRequest
request_of (const Bureau *bureau)
{
  return (HxBatchRequest){ .plan = bureau->plan,
                           .from = april,
                           .until = june,
                           .as_of = april,
                           .batches = 20,
                           .capacity = 30 };
}

/* Whom the shipped duty and the shipped plan ask, on the third of April. */
static gboolean
is_there (const Somebody *somebody, HxDate day)
{
  return (somebody->since.year == 0
          || hx_date_compare (somebody->since, day) <= 0)
         && (somebody->until.year == 0
             || hx_date_compare (somebody->until, day) >= 0);
}

/* The duty is due on the last day of the year: who ends before it is not
 * asked. */
static gboolean
is_asked (const Somebody *somebody)
{
  static const HxDate last = { 2023, 12, 31 };
  return is_there (somebody, april) && is_there (somebody, last);
}

static gboolean
is_planned (const Somebody *somebody)
{
  return is_asked (somebody) && g_str_equal (somebody->status, "active");
}

static const Somebody *
of_row (const Somebody *people, gint64 id)
{
  for (guint i = 0; i < PEOPLE; i++)
    if (people[i].id == id)
      return &people[i];
  fail_msg ("nobody is row %d", (int)id);
  return NULL;
}

static void
assert_asks_the_right (const HxBatchDraft *made, const Somebody *people,
                       const guint8 *had_turn)
{
  guint asked = 0, elsewhere = 0, planned = 0, frail = 0;
  for (guint i = 0; i < PEOPLE; i++)
    {
      const gboolean comes
          = is_planned (&people[i]) && (had_turn == NULL || !had_turn[i]);
      guint times = 0;
      asked += is_asked (&people[i]);
      elsewhere += is_asked (&people[i]) && !is_planned (&people[i]);
      planned += comes;
      frail += comes && is_frail (&people[i], 2023);
      for (guint k = 0; k < made->ids->len; k++)
        times += g_array_index (made->ids, gint64, k) == people[i].id;
      assert_int_equal (times, comes);
    }
  assert_int_equal (made->asked, asked);
  assert_int_equal (made->elsewhere, elsewhere);
  assert_int_equal (made->people->len, planned);
  assert_int_equal (made->frail, frail);
  for (guint k = 0; k < made->ids->len; k++)
    assert_int_equal (
        g_array_index (made->people, HxBatchPerson, k).is_frail,
        is_frail (of_row (people, g_array_index (made->ids, gint64, k)), 2023));
}

/* Shipped: weekends, 清明 on 5 April, 1 to 5 May, 端午 on 22 June. */
static gboolean
is_working_day (gint32 day)
{
  static const gint32 closed[] = { 20230405, 20230501, 20230502, 20230503,
                                   20230504, 20230505, 20230622 };
  /* 2023-04-01 was a Saturday. */
  const gint64 since = hx_date_days (hx_date_from_number (day))
                       - hx_date_days ((HxDate){ 2023, 4, 1 });
  for (guint i = 0; i < G_N_ELEMENTS (closed); i++)
    if (closed[i] == day)
      return FALSE;
  return since >= 2 && since % 7 >= 2 && day <= hx_date_number (june);
}

static void
assert_days_and_places (const HxBatchDraft *made)
{
  for (guint i = 0; i < made->slots->len; i++)
    {
      const HxBatchSlot *slot = &g_array_index (made->slots, HxBatchSlot, i);
      guint count = 0;
      for (guint k = 0; k < made->people->len; k++)
        count += made->batch_of[k] == i;
      assert_in_range (count, 1, slot->places);
      assert_in_range (slot->places, 1, 30);
      assert_true (is_working_day (slot->day));
    }
  for (guint k = 0; k < made->people->len; k++)
    assert_true (made->batch_of[k] < made->slots->len);
}

static void
test_a_plan_asks_whom_the_duty_is_due_for (void **state)
{
  (void)state;
  g_autoptr (Bureau) bureau = bureau_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree Somebody *people = g_new0 (Somebody, PEOPLE);
  bureau_people (bureau, random, people, PEOPLE);
  const HxBatchRequest request = request_of (bureau);
  g_autoptr (HxBatchDraft) made = draft (bureau, &request);
  g_autoptr (HxBatchDraft) again = draft (bureau, &request);
  assert_asks_the_right (made, people, NULL);
  assert_days_and_places (made);
  assert_memory_equal (made->batch_of, again->batch_of,
                       sizeof (guint) * made->people->len);
  /* Terms in place of the duty. */
  HxBatchRequest some = request;
  const char *const terms[] = { "street=街1", "status=健在", NULL };
  some.terms = terms;
  g_autoptr (HxBatchDraft) few = draft (bureau, &some);
  guint expected = 0;
  for (guint i = 0; i < PEOPLE; i++)
    expected += people[i].street == 1 && is_there (&people[i], april)
                && g_str_equal (people[i].status, "active");
  assert_int_equal (few->people->len, expected);
}

static void
test_couples_are_those_who_name_each_other (void **state)
{
  (void)state;
  g_autoptr (Bureau) bureau = bureau_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_autofree Somebody *people = g_new0 (Somebody, PEOPLE);
  bureau_people (bureau, random, people, PEOPLE);
  const HxBatchRequest request = request_of (bureau);
  g_autoptr (HxBatchDraft) made = draft (bureau, &request);
  guint couples = 0, together = 0;
  for (guint i = 1; i < PEOPLE; i += 2)
    couples += people[i].spouse[0] != '\0' && is_planned (&people[i])
               && is_planned (&people[i - 1]);
  for (guint k = 0; k < made->people->len; k++)
    {
      const guint partner
          = g_array_index (made->people, HxBatchPerson, k).partner;
      if (partner == HX_BATCH_NONE)
        continue;
      const gint64 id = g_array_index (made->ids, gint64, k);
      const gint64 other = g_array_index (made->ids, gint64, partner);
      assert_string_equal (of_row (people, id)->spouse,
                           of_row (people, other)->name);
      together += made->batch_of[k] == made->batch_of[partner];
    }
  assert_true (couples > 10);
  assert_int_equal (made->couples, couples);
  assert_true (together >= couples); /* of 2 × couples */
}

/* ------------------------------------------------------------------- turns */

typedef struct
{
  GRand *random;
  const Somebody *people;
  guint8 *had_turn;
} Turns;

/* A batch of the winter to which some were asked, with every result. */
static gboolean
put_turns (HxLedger *ledger, gpointer data, GError **error)
{
  static const char *const results[]
      = { "attended", "absent", "declined", "planned" };
  Turns *turns = data;
  (void)error;
  put_row (
      ledger, "checkup_batch",
      (const char *const[]){ "number=TJ2023-07", "since=2023-02-06", NULL });
  for (guint i = 0; i < PEOPLE; i++)
    {
      if (g_rand_int_range (turns->random, 0, 3) != 0)
        continue;
      g_autofree char *person = g_strdup_printf ("cadre=A%03u", i + 1);
      g_autofree char *result = g_strdup_printf (
          "result=%s", results[g_rand_int_range (turns->random, 0, 4)]);
      put_row (ledger, "checkup_attendance",
               (const char *const[]){ person, "batch=TJ2023-07",
                                      "date=2023-02-06", result, NULL });
      turns->had_turn[i] = 1;
    }
  return TRUE;
}

static void
test_who_had_his_turn_is_left_out (void **state)
{
  (void)state;
  g_autoptr (Bureau) bureau = bureau_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autofree Somebody *people = g_new0 (Somebody, PEOPLE);
  g_autofree guint8 *had_turn = g_new0 (guint8, PEOPLE);
  bureau_people (bureau, random, people, PEOPLE);
  Turns turns = { random, people, had_turn };
  bureau_write (bureau, put_turns, &turns);
  const HxBatchRequest request = request_of (bureau);
  g_autoptr (HxBatchDraft) made = draft (bureau, &request);
  assert_asks_the_right (made, people, had_turn);
  assert_days_and_places (made);
  assert_string_equal (made->numbers->pdata[0], "TJ2023-08");
  guint sum = made->elsewhere;
  for (guint i = 0; i < HX_BATCH_STANDINGS; i++)
    sum += made->standing[i];
  assert_int_equal (sum, made->asked);
  assert_int_equal (made->standing[HX_BATCH_PLANNED], 0);
  /* Another year knows nothing of it. */
  HxBatchRequest next = request;
  next.from.year = next.until.year = next.as_of.year = 2022;
  g_autoptr (HxBatchDraft) before = draft (bureau, &next);
  assert_int_equal (before->standing[HX_BATCH_FREE], before->people->len);
}

static void
test_nobody_is_planned_twice (void **state)
{
  (void)state;
  g_autoptr (Bureau) bureau = bureau_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  g_autofree Somebody *people = g_new0 (Somebody, PEOPLE);
  bureau_people (bureau, random, people, PEOPLE);
  HxBatchRequest request = request_of (bureau);
  const char *const one_street[] = { "street=街1", NULL };
  request.terms = one_street;
  write_plan (bureau, &request);
  request.terms = NULL;
  write_plan (bureau, &request);
  g_autoptr (HxBatchDraft) nothing = draft (bureau, &request);
  assert_int_equal (nothing->people->len, 0);
  assert_int_equal (nothing->slots->len, 0);
  assert_int_equal (count_rows (bureau,
                                "SELECT COUNT (*) - COUNT (DISTINCT cadre)"
                                " FROM rec_checkup_attendance WHERE void = 0"),
                    0);
  assert_int_equal (count_rows (bureau,
                                "SELECT COUNT (*) FROM reg_checkup_batch a"
                                " JOIN reg_checkup_batch b ON a.day = b.day"
                                " AND a.id < b.id"),
                    0);
  /* What is planned is in no figure. */
  assert_int_equal (count_rows (bureau, "SELECT COUNT (*) FROM cell c"
                                        " JOIN indicator i"
                                        " ON i.id = c.indicator WHERE i.key"
                                        " LIKE 'checkup_%' AND c.amount > 0"),
                    0);
}

/* ------------------------------------------------------- missed and cancel */

static gboolean
cancel (HxLedger *ledger, gpointer data, GError **error)
{
  const Bureau *bureau = data;
  guint people = 0;
  return hx_batch_cancel (ledger, bureau->plan, "TJ2023-01", "停电", &people,
                          error);
}

static void
test_who_was_planned_and_did_not_come_has_missed (void **state)
{
  (void)state;
  g_autoptr (Bureau) bureau = bureau_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autofree Somebody *people = g_new0 (Somebody, PEOPLE);
  bureau_people (bureau, random, people, PEOPLE);
  HxBatchRequest request = request_of (bureau);
  write_plan (bureau, &request);
  g_autoptr (GPtrArray) lines = lines_of (bureau, 2023);
  const HxBatchLine *first = lines->pdata[0];
  const HxDate day = hx_date_from_number (first->day);
  const HxDate after = hx_date_from_days (hx_date_days (day) + 1);
  g_autoptr (GArray) on_the_day = missed_of (bureau, 2023, day);
  g_autoptr (GArray) missed = missed_of (bureau, 2023, after);
  assert_int_equal (on_the_day->len, 0);
  assert_int_equal (missed->len, first->planned);
  /* They are planned again, and have missed nothing until that day. */
  request.for_missed = TRUE;
  request.from = request.as_of = after;
  g_autoptr (HxBatchDraft) next = draft (bureau, &request);
  assert_int_equal (next->people->len, missed->len);
  write_plan (bureau, &request);
  g_autoptr (GArray) none = missed_of (bureau, 2023, after);
  assert_int_equal (none->len, 0);
  bureau_write (bureau, cancel, bureau);
  g_autoptr (GPtrArray) left = lines_of (bureau, 2023);
  for (guint i = 0; i < left->len; i++)
    assert_string_not_equal (((HxBatchLine *)left->pdata[i])->number,
                             "TJ2023-01");
  assert_int_equal (count_rows (bureau,
                                "SELECT COUNT (*) FROM rec_checkup_attendance a"
                                " JOIN reg_checkup_batch b ON b.id = a.batch"
                                " WHERE a.void = 0 AND b.void = 1"),
                    0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_a_plan_asks_whom_the_duty_is_due_for),
    cmocka_unit_test (test_couples_are_those_who_name_each_other),
    cmocka_unit_test (test_who_had_his_turn_is_left_out),
    cmocka_unit_test (test_nobody_is_planned_twice),
    cmocka_unit_test (test_who_was_planned_and_did_not_come_has_missed),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
