#include "server/display.h"
#include "server/today_page.h"

/* TRUE when the catalogue merely keeps nothing of the kind. */
static gboolean
is_absent (GError **own)
{
  if (!g_error_matches (*own, HX_ERROR, HX_ERROR_NOT_FOUND))
    return FALSE;
  g_clear_error (own);
  return TRUE;
}

static gboolean
read_duties (HxTodayView *view, GError **error)
{
  const HxIdentity *identity = hx_call_identity (view->call);
  HxTodayQuery query = { view->year, view->as_of, identity->unit_id };

  if (!hx_identity_has (identity, HX_USER_BUSINESS))
    return TRUE;
  view->duties = hx_today_duties (view->connection, view->catalogue, view->memo,
                                  &query, error);
  return view->duties != NULL;
}

/* The work of all tasks by their weights; those without milestones say
 * nothing. */
static void
weigh_plan (HxTodayView *view)
{
  gint64 sum = 0, weights = 0;

  for (guint i = 0; i < view->plan->tasks->len; i++)
    {
      const HxPlanTask *task = view->plan->tasks->pdata[i];

      view->late += task->late;
      view->unanswered += task->unanswered;
      if (!task->has_work)
        continue;
      sum += task->weight * task->work_done;
      weights += task->weight;
    }
  if (!hx_round_half_up (sum, weights, 0, &view->work))
    view->work = 0;
}

static gboolean
read_plan (HxTodayView *view, GError **error)
{
  GError *own = NULL;

  if (!hx_page_opens (view->call, "/plan"))
    return TRUE;
  view->plan = hx_plan_read (view->connection, view->catalogue, view->year,
                             view->as_of, &own);
  if (view->plan == NULL && is_absent (&own))
    return TRUE;
  if (view->plan == NULL)
    return g_propagate_error (error, own), FALSE;
  view->time_gone = view->plan->time_gone;
  if (view->plan->tasks->len == 0)
    g_clear_pointer (&view->plan, hx_plan_free);
  else
    weigh_plan (view);
  return TRUE;
}

static gboolean
read_money (HxTodayView *view, GError **error)
{
  GError *own = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  if (!hx_page_opens (view->call, "/money"))
    return TRUE;
  lines = hx_budget_lines (view->connection, view->catalogue, view->year,
                           view->as_of, &own);
  if (lines == NULL && is_absent (&own))
    return TRUE;
  if (lines == NULL)
    return g_propagate_error (error, own), FALSE;
  view->has_money = lines->len > 0;
  for (guint i = 0; i < lines->len; i++)
    hx_money_add (&view->money,
                  &((const HxBudgetLine *)lines->pdata[i])->money);
  return TRUE;
}

/* 1 January is one day of the year gone, as the plan reckons. */
static gint64
time_gone (int year, HxDate as_of)
{
  gint64 first = hx_date_days ((HxDate){ (gint16)year, 1, 1 });
  gint64 days = hx_date_days ((HxDate){ (gint16)year, 12, 31 }) - first + 1;
  gint64 share = 0;

  if (!hx_round_half_up ((hx_date_days (as_of) - first + 1) * 10000, days, 0,
                         &share))
    return 0;
  return CLAMP (share, 0, 10000);
}

gboolean
hx_today_view_init (HxTodayView *view, HxCall *call, GError **error)
{
  view->call = call;
  view->catalogue = hx_call_catalogue (call);
  view->memo = hx_call_today_memo (call);
  view->year = hx_call_year (call);
  view->as_of = hx_call_as_of (call);
  view->time_gone = time_gone (view->year, view->as_of);
  view->connection = hx_call_connection (call, error);
  return view->connection != NULL && read_duties (view, error)
         && read_plan (view, error) && read_money (view, error);
}

void
hx_today_view_clear (HxTodayView *view)
{
  g_clear_pointer (&view->plan, hx_plan_free);
  if (view->duties == NULL)
    return;
  if (view->memo != NULL)
    hx_memo_release (view->memo, view->duties);
  else
    g_atomic_rc_box_release_full (view->duties, hx_today_duties_clear);
}
