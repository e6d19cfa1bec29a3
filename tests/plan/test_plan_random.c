/* Random plans against a slow model that walks from day to day. */
#include "../chance.h"
#include "plan_test.h"

#define ROUNDS 12
#define MILESTONES 6
#define MOVES 3

typedef struct
{
  gint64 baseline, done_on;                      /* days; done_on 0: never */
  gint64 moved_on[MOVES], to[MOVES];             /* re-plans; 0: none */
  gint64 said_on[MOVES], due[MOVES], met[MOVES]; /* answers */
  int weight;
} Stage;

typedef struct
{
  GRand *chance;
  gint64 start; /* 1 January */
  Stage stages[MILESTONES];
} Year;

static gint64
some_day (Year *year)
{
  return year->start + g_rand_int_range (year->chance, 0, 365);
}

/* A day that no other of the `count` has: one re-plan or answer a day. */
static gint64
free_day (Year *year, const gint64 *taken, guint count)
{
  for (;;)
    {
      gint64 day = some_day (year);
      guint i = 0;

      while (i < count && taken[i] != day)
        i++;
      if (i == count)
        return day;
    }
}

static gboolean
perhaps (Year *year)
{
  return g_rand_boolean (year->chance);
}

static void
invent (Year *year, Stage *stage)
{
  memset (stage, 0, sizeof *stage);
  /* Few different days, so that milestones share one. */
  stage->baseline = year->start + 30 * g_rand_int_range (year->chance, 1, 8);
  stage->weight = g_rand_int_range (year->chance, 0, 5);
  if (g_rand_int_range (year->chance, 0, 4) != 0)
    stage->done_on
        = MAX (stage->baseline + g_rand_int_range (year->chance, -40, 50),
               year->start);
  for (guint i = 0; i < MOVES; i++)
    {
      if (perhaps (year))
        {
          stage->moved_on[i] = free_day (year, stage->moved_on, i);
          stage->to[i] = some_day (year);
        }
      if (perhaps (year))
        {
          stage->said_on[i] = free_day (year, stage->said_on, i);
          stage->due[i] = some_day (year);
          stage->met[i] = perhaps (year) ? some_day (year) : 0;
        }
    }
}

static char *
day_text (gint64 day)
{
  char text[HX_DATE_TEXT_SIZE] = "";

  if (day != 0)
    hx_date_format (hx_date_from_days (day), text);
  return g_strdup (text);
}

/* Takes the line. */
static void
put (Bureau *bureau, char *line)
{
  PUT (bureau, line);
  g_free (line);
}

static void
put_stage (Bureau *bureau, const Stage *stage, guint number)
{
  g_autofree char *baseline = day_text (stage->baseline);
  g_autofree char *done_on = day_text (stage->done_on);

  put (bureau, g_strdup_printf ("milestone|number=M%u|task=T1|name=甲|owner=甲"
                                "|baseline=%s|done_on=%s|weight=%d",
                                number, baseline, done_on, stage->weight));
  for (guint i = 0; i < MOVES; i++)
    {
      g_autofree char *moved_on = day_text (stage->moved_on[i]);
      g_autofree char *to = day_text (stage->to[i]);
      g_autofree char *said_on = day_text (stage->said_on[i]);
      g_autofree char *due = day_text (stage->due[i]);
      g_autofree char *met = day_text (stage->met[i]);

      if (stage->moved_on[i] != 0)
        put (bureau, g_strdup_printf ("milestone_replan|milestone=M%u|date=%s"
                                      "|planned=%s|reason=改|approved_by=局长",
                                      number, moved_on, to));
      if (stage->said_on[i] != 0)
        put (bureau,
             g_strdup_printf ("milestone_lag|milestone=M%u|date=%s|cause=经费"
                              "|reason=甲|measure=乙|owner=丙|due=%s"
                              "|done_on=%s|forecast=有可能",
                              number, said_on, due, met));
    }
}

/* --------------------------------------------------------------------- model
 */

/* What happens on one day after the other, and what holds in the end. */
typedef struct
{
  gint64 planned, days_late, days_behind, replans, answers;
  gint64 answered_on;
  gint64 due;
  gboolean met, is_done;
  gboolean was_moved;
} Model;

static void
live_a_day (const Stage *stage, gint64 day, Model *model)
{
  for (guint i = 0; i < MOVES; i++)
    {
      if (stage->moved_on[i] == day)
        {
          model->planned = stage->to[i];
          model->replans++;
        }
      if (stage->said_on[i] == day)
        {
          model->answers++;
          model->answered_on = day;
          model->due = stage->due[i];
        }
    }
  model->is_done |= stage->done_on == day;
}

static Model
live (const Stage *stage, gint64 start, gint64 as_of)
{
  Model model = { .planned = stage->baseline };
  gint64 undone = 0, end;

  for (gint64 day = start; day <= as_of; day++)
    live_a_day (stage, day, &model);
  end = model.is_done ? stage->done_on : as_of;
  for (gint64 day = start; day <= end; day++)
    {
      model.days_late += day > stage->baseline;
      model.days_behind += day > model.planned;
      undone++;
    }
  for (guint i = 0; i < MOVES; i++)
    if (stage->said_on[i] != 0 && stage->said_on[i] == model.answered_on
        && stage->met[i] != 0 && stage->met[i] <= as_of)
      model.met = TRUE;
  assert_true (undone >= model.days_late);
  return model;
}

static HxLagWant
model_wants (const Model *model, gint64 as_of)
{
  if (model->days_late == 0)
    return HX_LAG_WANTS_NOTHING;
  if (model->answers == 0)
    return HX_LAG_WANTS_ANSWER;
  if (model->is_done)
    return HX_LAG_WANTS_NOTHING;
  if (!model->met && as_of > model->due)
    return HX_LAG_WANTS_AS_OVERDUE;
  if (model->replans > 0 && as_of > model->planned
      && model->answered_on <= model->planned)
    return HX_LAG_WANTS_AS_BROKEN;
  return as_of > model->planned && as_of > model->due ? HX_LAG_WANTS_AS_VAIN
                                                      : HX_LAG_WANTS_NOTHING;
}

static gboolean
model_kept (const Stage *stage, gint64 as_of)
{
  return stage->done_on != 0 && stage->done_on <= as_of
         && stage->done_on <= stage->baseline;
}

static gboolean
model_pulled_back (const Year *year, const Stage *stage, gint64 as_of)
{
  gint64 next = 0;

  if (stage->done_on == 0 || stage->done_on > as_of
      || stage->done_on <= stage->baseline)
    return FALSE;
  for (gint64 day = stage->baseline + 1; next == 0 && day < year->start + 400;
       day++)
    for (guint i = 0; i < MILESTONES; i++)
      if (year->stages[i].baseline == day)
        next = day;
  for (guint i = 0; i < MILESTONES; i++)
    if (year->stages[i].baseline == next
        && !model_kept (&year->stages[i], as_of))
      return FALSE;
  return next != 0;
}

/* ------------------------------------------------------------------- compare
 */

static void
compare_stage (const Year *year, const HxPlanYear *plan, guint number,
               gint64 as_of)
{
  const Stage *stage = &year->stages[number];
  const Model model = live (stage, year->start - 60, as_of);
  g_autofree char *name = g_strdup_printf ("M%u", number);
  const HxMilestone *milestone = hx_plan_milestone (plan, name);

  assert_int_equal (hx_date_days (milestone->baseline), stage->baseline);
  assert_int_equal (hx_date_days (milestone->planned), model.planned);
  assert_int_equal (milestone->replans->len, model.replans);
  assert_int_equal (milestone->lags->len, model.answers);
  assert_int_equal (milestone->days_late, model.days_late);
  assert_int_equal (milestone->days_behind, model.days_behind);
  assert_int_equal (milestone->wants, model_wants (&model, as_of));
  assert_int_equal (milestone->pulled_back,
                    model_pulled_back (year, stage, as_of));
  assert_int_equal (milestone->state == HX_MILESTONE_DONE
                        || milestone->state == HX_MILESTONE_DONE_LATE,
                    model.is_done);
  assert_int_equal (milestone->state == HX_MILESTONE_LATE
                        || milestone->state == HX_MILESTONE_DONE_LATE,
                    model.days_late > 0);
}

static void
compare_work (const Year *year, const HxPlanYear *plan, gint64 as_of)
{
  const HxPlanTask *task = hx_plan_task (plan, "T1");
  gint64 done = 0, all = 0;

  for (guint i = 0; i < MILESTONES; i++)
    {
      const Stage *stage = &year->stages[i];

      all += stage->weight;
      if (stage->done_on != 0 && stage->done_on <= as_of)
        done += stage->weight;
    }
  assert_int_equal (task->weight_done, done);
  assert_int_equal (task->weight_all, all);
  /* Half-up, said by a product: 2 done × 10000 + all over 2 all. */
  assert_int_equal (task->work_done,
                    all == 0 ? 0 : (20000 * done + all) / (2 * all));
}

static void
random_plans_are_those_of_the_model (void **state)
{
  Year year = { .chance = g_rand_new_with_seed (chance_seed (20231)),
                .start = hx_date_days (day_of ("2023-01-01")) };

  (void)state;
  for (guint round = 0; round < ROUNDS; round++)
    {
      void *bureau = NULL;

      bureau_setup (&bureau);
      PUT (bureau, "plan_task|number=T1|year=2023|name=甲|owner=甲");
      for (guint i = 0; i < MILESTONES; i++)
        {
          invent (&year, &year.stages[i]);
          put_stage (bureau, &year.stages[i], i);
        }
      for (guint look = 0; look < 20; look++)
        {
          const gint64 as_of = some_day (&year);
          g_autofree char *day = day_text (as_of);
          g_autoptr (HxPlanYear) plan = plan_on (bureau, 2023, day);

          for (guint i = 0; i < MILESTONES; i++)
            compare_stage (&year, plan, i, as_of);
          compare_work (&year, plan, as_of);
        }
      bureau_teardown (&bureau);
    }
  g_rand_free (year.chance);
}

int
main (void)
{
  const struct CMUnitTest tests[]
      = { cmocka_unit_test (random_plans_are_those_of_the_model) };

  return cmocka_run_group_tests_name ("plan-random", tests, NULL, NULL);
}
