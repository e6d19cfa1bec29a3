/* Random bureaus monitored on 2023-07-31 and on random days, beside a slow
 * reference: it keeps what was written in plain arrays, adds everything up row
 * by row, counts shares up by steps of half a last digit, and walks the
 * calendar day by day by a list of weekends. */
#include "../chance.h"
#include "../measure/measure_test.h"
#include "plan/monitor.h"

#define LINES 6
#define TARGETS 9
#define ROUNDS 6

static const char *const codes[] = { "youth", "education", "party", "service" };
static const char *const directions[] = { "at_least", "at_most", "equal" };

typedef struct
{
  gint32 day;
  gint64 amount;
} Dated;

typedef struct
{
  guint code;
  gint64 initial;
  GArray *adjusted, *paid, *forecast; /* Dated */
  gint32 replied, replied_for;        /* 0: never */
} Line;

typedef struct
{
  guint code, direction;
  gint64 value, weight;      /* weight 0: none */
  GArray *results, *answers; /* Dated; of an answer the amount says nothing */
  gint32 replied, replied_for;
} Target;

typedef struct
{
  Line lines[LINES];
  Target targets[TARGETS];
  GPtrArray *script; /* char *, then NULL */
} Bureau;

/* ------------------------------------------------------------------ writing */

static void G_GNUC_PRINTF (2, 3) say (Bureau *bureau, const char *format, ...)
{
  va_list list;

  va_start (list, format);
  g_ptr_array_add (bureau->script, g_strdup_vprintf (format, list));
  va_end (list);
}

static gint32
random_day (void)
{
  return 20230000 + g_random_int_range (1, 13) * 100
         + g_random_int_range (1, 29);
}

/* One a day. */
static gboolean
add (GArray *array, gint32 day, gint64 amount)
{
  const Dated row = { day, amount };

  for (guint i = 0; i < array->len; i++)
    if (g_array_index (array, Dated, i).day == day)
      return FALSE;
  g_array_append_val (array, row);
  return TRUE;
}

static GArray *
dated (void)
{
  return g_array_new (FALSE, FALSE, sizeof (Dated));
}

static void
make_line (Bureau *bureau, guint n)
{
  Line *line = &bureau->lines[n];

  line->code = (guint)g_random_int_range (0, 4);
  line->initial = g_random_int_range (0, 5) == 0
                      ? 0
                      : g_random_int_range (1, 40) * 100000;
  line->adjusted = dated ();
  line->paid = dated ();
  line->forecast = dated ();
  say (bureau,
       "put budget_line number=L%u since=2023-01-01 name=项目 nature=project"
       " source=general_public task=%s amount=%" G_GINT64_FORMAT,
       n, codes[line->code], line->initial / 100);
  for (guint i = 0; i < 2; i++)
    {
      const gint32 day = random_day ();
      const gint64 amount = g_random_int_range (0, 9) * 100000;

      if (add (line->adjusted, day, amount))
        say (bureau,
             "put budget_adjustment number=A%u-%u date=%d line=L%u document=文"
             " kind=increase amount=%" G_GINT64_FORMAT,
             n, i, day, n, amount / 100);
    }
}

/* Whole shares of the budget, so that lines are hit exactly now and then. */
static void
make_money (Bureau *bureau, guint n)
{
  Line *line = &bureau->lines[n];

  for (guint i = 0; i < 3; i++)
    {
      const gint32 day = random_day ();
      const gint64 amount = line->initial / 10 * g_random_int_range (0, 4);

      if (add (line->paid, day, amount))
        say (bureau,
             "put payment voucher=P%u-%u date=%d line=L%u "
             "amount=%" G_GINT64_FORMAT ".%02d",
             n, i, day, n, amount / 100, (int)(amount % 100));
    }
  if (g_random_boolean ())
    {
      const gint32 day = random_day ();

      add (line->forecast, day, 12300);
      say (bureau, "put spending_forecast date=%d line=L%u amount=123", day, n);
    }
}

static void
make_reply (Bureau *bureau, guint n, gboolean is_line)
{
  const gint32 day
      = 20230731 + g_random_int_range (0, 2) * 70 + g_random_int_range (0, 20);
  const gint32 wanted = g_random_int_range (0, 3) == 0 ? 20230630 : 20230731;

  if (g_random_boolean ()
      || !hx_date_is_valid (2023, day / 100 % 100, day % 100))
    return;
  say (bureau,
       "put monitor_reply number=Y%d-%u date=%d as_of=%d %s=%s%u"
       " decision=continue reason=缓 owner=甲 due=2023-12-01",
       is_line, n, day, wanted, is_line ? "line" : "target",
       is_line ? "L" : "T", n);
  *(is_line ? &bureau->lines[n].replied : &bureau->targets[n].replied) = day;
  *(is_line ? &bureau->lines[n].replied_for : &bureau->targets[n].replied_for)
      = wanted;
}

static void
make_target (Bureau *bureau, guint n)
{
  Target *target = &bureau->targets[n];

  *target = (Target){ (guint)g_random_int_range (0, 4),
                      (guint)g_random_int_range (0, 3),
                      g_random_int_range (0, 12),
                      g_random_int_range (0, 9),
                      dated (),
                      dated (),
                      0,
                      0 };
  say (bureau,
       "put target number=T%u year=2023 level=output aspect=quantity name=指标"
       " task=R%u direction=%s value=%" G_GINT64_FORMAT,
       n, target->code, directions[target->direction], target->value);
  if (target->weight > 0)
    say (bureau,
         "put target number=T%u year=2023 level=output aspect=quantity"
         " name=指标 task=R%u direction=%s value=%" G_GINT64_FORMAT
         " weight=%" G_GINT64_FORMAT,
         n, target->code, directions[target->direction], target->value,
         target->weight);
  for (guint i = 0; i < 3; i++)
    {
      const gint32 day = random_day ();
      const gint64 value = g_random_int_range (0, 15);

      if (add (target->results, day, value))
        say (bureau,
             "put target_result target=T%u date=%d signer=甲"
             " value=%" G_GINT64_FORMAT,
             n, day, value);
      if (i == 0 && add (target->answers, day, 0))
        say (bureau, "put monitor_answer target=T%u date=%d likelihood=certain",
             n, day);
    }
}

static Bureau *
bureau_new (void)
{
  Bureau *bureau = g_new0 (Bureau, 1);

  bureau->script = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    say (bureau,
         "put plan_task number=R%u year=2023 name=任务 owner=甲"
         " budget=%s",
         i, codes[i]);
  for (guint i = 0; i < LINES; i++)
    {
      make_line (bureau, i);
      make_money (bureau, i);
      make_reply (bureau, i, TRUE);
    }
  for (guint i = 0; i < TARGETS; i++)
    {
      make_target (bureau, i);
      make_reply (bureau, i, FALSE);
    }
  g_ptr_array_add (bureau->script, NULL);
  return bureau;
}

static void
bureau_free (Bureau *bureau)
{
  for (guint i = 0; i < LINES; i++)
    {
      g_array_unref (bureau->lines[i].adjusted);
      g_array_unref (bureau->lines[i].paid);
      g_array_unref (bureau->lines[i].forecast);
    }
  for (guint i = 0; i < TARGETS; i++)
    {
      g_array_unref (bureau->targets[i].results);
      g_array_unref (bureau->targets[i].answers);
    }
  g_ptr_array_unref (bureau->script);
  g_free (bureau);
}

/* ---------------------------------------------------------------- reference */

static gint64
sum_until (const GArray *array, gint32 day)
{
  gint64 sum = 0;

  for (guint i = 0; i < array->len; i++)
    if (g_array_index (array, Dated, i).day <= day)
      sum += g_array_index (array, Dated, i).amount;
  return sum;
}

static const Dated *
last_until (const GArray *array, gint32 day)
{
  const Dated *last = NULL;

  for (guint i = 0; i < array->len; i++)
    {
      const Dated *row = &g_array_index (array, Dated, i);

      if (row->day <= day && (last == NULL || row->day > last->day))
        last = row;
    }
  return last;
}

/* 1/10000 of part / whole, counted up by halves of the last digit. */
static gint64
share_of (gint64 part, gint64 whole)
{
  gint64 share = 0;

  while ((2 * share + 1) * whole <= 20000 * part)
    share++;
  return share;
}

/* −1: not known. */
static gint64
completion_of (const Target *target, gint32 day)
{
  const Dated *result = last_until (target->results, day);
  gint64 actual;

  if (result == NULL)
    return -1;
  actual = result->amount;
  switch (target->direction)
    {
    case 0:
      return target->value == 0 ? 10000 : share_of (actual, target->value);
    case 1:
      return actual == 0 ? 10000 : share_of (target->value, actual);
    default:
      if (target->value == 0)
        return actual == 0 ? 10000 : 0;
      if (actual >= 2 * target->value)
        return 0;
      return share_of (actual > target->value ? 2 * target->value - actual
                                              : actual,
                       target->value);
    }
}

static guint
months_over (gint32 day)
{
  static const int ends[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  guint months = 0;

  for (guint i = 0; i < 12; i++)
    months += day >= 20230000 + (gint32)(i + 1) * 100 + ends[i];
  return months;
}

static gboolean
is_behind (const Target *target, gint32 day)
{
  const gint64 completion = completion_of (target, day);
  const Dated *result = last_until (target->results, day);

  if (result == NULL)
    return FALSE;
  if (target->direction == 1)
    return result->amount > target->value;
  return (MIN (completion, 10000) + 1000) * 12
         < (gint64)months_over (day) * 10000;
}

/* Numerator and denominator of a mean of completions; FALSE: there is none. */
static gboolean
goals_of (const Bureau *bureau, int code, gint32 day, gint64 *part,
          gint64 *whole)
{
  gint64 earned = 0, weights = 0, plain = 0, count = 0;
  gboolean all_weighed = TRUE;

  for (guint i = 0; i < TARGETS; i++)
    {
      const Target *target = &bureau->targets[i];
      const gint64 completion = completion_of (target, day);

      if ((code >= 0 && (int)target->code != code) || completion < 0
          || target->direction == 1)
        continue;
      all_weighed &= target->weight > 0;
      weights += target->weight;
      earned += target->weight * MIN (completion, 10000);
      plain += MIN (completion, 10000);
      count++;
    }
  *part = all_weighed ? earned : plain;
  *whole = (all_weighed ? weights : count) * 10000;
  return count > 0;
}

/* Of the shipped rules: per cent. */
static int
warning_line (gint32 day)
{
  return day >= 20231031   ? 80
         : day >= 20230831 ? 60
         : day >= 20230630 ? 40
         : day >= 20230430 ? 25
                           : 0;
}

/* August 2023 has weekends and no holiday. */
static gint32
due_of_july (void)
{
  static const int weekends[] = { 5, 6, 12, 13, 19, 20, 26, 27 };
  int left = 10, day = 0;

  while (left > 0)
    {
      gboolean is_free = FALSE;

      day++;
      for (guint i = 0; i < G_N_ELEMENTS (weekends); i++)
        is_free |= weekends[i] == day;
      left -= !is_free;
    }
  return 20230800 + day;
}

/* ---------------------------------------------------------------- comparing */

static void
compare_rate (const HxMonitorRate *rate, gint64 executed, gint64 base,
              gint32 day, const gint64 *goals)
{
  gboolean is_apart = FALSE;

  assert_int_equal (rate->base, base);
  assert_int_equal (rate->has_rate, base > 0);
  if (base > 0)
    assert_int_equal (rate->rate, share_of (executed, base));
  assert_int_equal (rate->is_below,
                    base > 0 && executed * 100 < base * warning_line (day));
  assert_int_equal (rate->targets > 0, goals != NULL);
  if (goals != NULL)
    {
      const gint64 apart
          = ABS (goals[0] * (base / 100) - executed / 100 * goals[1]);

      assert_int_equal (rate->goals, share_of (goals[0], goals[1]));
      is_apart = base > 0 && apart * 10 > goals[1] * (base / 100);
    }
  assert_int_equal (rate->is_apart, is_apart);
}

static void
compare_lines (const Bureau *bureau, const HxMonitor *monitor, gint32 day)
{
  gint64 executed = 0, base = 0, goals[2];

  for (guint i = 0; i < LINES; i++)
    {
      const Line *line = &bureau->lines[i];
      const HxMonitorLine *own = monitor->lines->pdata[i];
      const gint64 paid = sum_until (line->paid, day);
      const gint64 granted = line->initial + sum_until (line->adjusted, day);
      const gboolean has_goals
          = goals_of (bureau, (int)line->code, day, &goals[0], &goals[1]);

      compare_rate (&own->rate, paid, granted, day, has_goals ? goals : NULL);
      assert_int_equal (own->line->has_forecast,
                        last_until (line->forecast, day) != NULL);
      executed += paid;
      base += granted;
    }
  compare_rate (&monitor->whole, executed, base, day,
                goals_of (bureau, -1, day, &goals[0], &goals[1]) ? goals
                                                                 : NULL);
}

static void
compare_targets (const Bureau *bureau, const HxMonitor *monitor, gint32 day)
{
  for (guint i = 0; i < TARGETS; i++)
    {
      const HxMonitorTarget *own = monitor->targets->pdata[i];
      const Target *target = &bureau->targets[i];
      const gint64 completion = completion_of (target, day);
      const Dated *answer = last_until (target->answers, day);

      assert_int_equal (own->target->has_completion, completion >= 0);
      if (completion >= 0)
        assert_int_equal (own->target->completion, completion);
      assert_int_equal (own->is_behind, is_behind (target, day));
      assert_int_equal (hx_date_number (own->answered_on),
                        answer != NULL ? answer->day : 0);
    }
}

static void
compare_reply (const HxMonitorWarning *warning, gint32 replied, gint32 due,
               gint32 today)
{
  const gint32 seen = replied != 0 && replied <= today ? replied : 0;

  assert_int_equal (hx_date_number (warning->due), due);
  assert_int_equal (hx_date_number (warning->replied_on), seen);
  assert_int_equal (warning->is_late, seen > due);
  assert_int_equal (warning->is_overdue, seen == 0 && today > due);
}

/* Of July: which warnings there are, and who answered when. */
static void
compare_warnings (const Bureau *bureau, const HxMonitor *monitor, gint32 today)
{
  guint at = 0;

  for (guint i = 0; i < LINES; i++)
    {
      const HxMonitorLine *own = monitor->lines->pdata[i];
      const Line *line = &bureau->lines[i];
      const gint32 replied = line->replied_for == 20230731 ? line->replied : 0;

      for (int n = own->rate.is_below + own->rate.is_apart; n > 0; n--)
        {
          const HxMonitorWarning *warning = monitor->warnings->pdata[at++];

          assert_ptr_equal (warning->line, own);
          compare_reply (warning, replied, due_of_july (), today);
        }
    }
  for (guint i = 0; i < TARGETS; i++)
    if (is_behind (&bureau->targets[i], 20230731))
      {
        const HxMonitorWarning *warning = monitor->warnings->pdata[at++];
        const Target *target = &bureau->targets[i];

        assert_ptr_equal (warning->target, monitor->targets->pdata[i]);
        compare_reply (warning,
                       target->replied_for == 20230731 ? target->replied : 0,
                       due_of_july (), today);
      }
  assert_int_equal (monitor->warnings->len, at);
}

static void
compare_holes (const Bureau *bureau, const HxMonitor *monitor, gint32 day)
{
  guint holes = 0;

  for (guint i = 0; i < LINES; i++)
    {
      const Line *line = &bureau->lines[i];
      const Dated *forecast = last_until (line->forecast, day);

      holes
          += forecast == NULL || forecast->amount < sum_until (line->paid, day);
    }
  for (guint i = 0; i < TARGETS; i++)
    {
      holes += last_until (bureau->targets[i].results, day) == NULL;
      holes += last_until (bureau->targets[i].answers, day) == NULL;
    }
  assert_int_equal (monitor->holes->len, holes);
}

static void
compare (Fixture *fixture, const Bureau *bureau, gint32 day)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  const gint32 today = 20230800 + g_random_int_range (1, 31);
  const HxMonitorQuery query
      = { 2023, hx_date_from_number (day), hx_date_from_number (today),
          hx_catalogue_monitor (fixture->catalogue, NULL) };
  g_autoptr (HxMonitor) monitor = NULL;

  check (reader != NULL, error);
  monitor = hx_monitor_read (hx_reader_connection (reader), fixture->catalogue,
                             &query, &error);
  check (monitor != NULL, error);
  assert_int_equal (monitor->lines->len, LINES);
  assert_int_equal (monitor->targets->len, TARGETS);
  compare_lines (bureau, monitor, day);
  compare_targets (bureau, monitor, day);
  compare_holes (bureau, monitor, day);
  if (day == 20230731)
    compare_warnings (bureau, monitor, today);
}

static void
monitoring_is_what_a_slow_reference_finds (void **state)
{
  (void)state;
  for (guint i = 0; i < ROUNDS; i++)
    {
      void *one = NULL;
      g_autoptr (GError) error = NULL;
      Bureau *bureau = bureau_new ();
      HxCatalogue *catalogue;

      fixture_setup (&one);
      catalogue = hx_catalogue_load_folder (HX_TEST_CATALOGUE, &error);
      check (catalogue != NULL, error);
      fixture_install (one, catalogue);
      play (one, (const char *const *)bureau->script->pdata);
      compare (one, bureau, 20230731);
      for (guint j = 0; j < 8; j++)
        compare (one, bureau, random_day ());
      compare (one, bureau, 20230630);
      compare (one, bureau, 20231231);
      fixture_teardown (&one);
      bureau_free (bureau);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (monitoring_is_what_a_slow_reference_finds),
  };

  chance_begin ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
