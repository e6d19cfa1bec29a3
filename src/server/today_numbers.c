/* What waits for somebody, as numbers that open to their lists.  A row of the
 * table is shown to those who may open its page. */
#include "access/change.h"
#include "ledger/approval.h"
#include "server/display.h"
#include "server/today_page.h"

static gboolean
count_overdue (HxTodayView *view, gint64 *n, GError **error G_GNUC_UNUSED)
{
  *n = view->duties != NULL ? view->duties->overdue : 0;
  return TRUE;
}

static gboolean
count_week (HxTodayView *view, gint64 *n, GError **error G_GNUC_UNUSED)
{
  *n = view->duties != NULL ? view->duties->week : 0;
  return TRUE;
}

static gboolean
count_open (HxTodayView *view, gint64 *n, GError **error G_GNUC_UNUSED)
{
  *n = view->duties != NULL ? view->duties->open : 0;
  return TRUE;
}

static gboolean
count_late (HxTodayView *view, gint64 *n, GError **error G_GNUC_UNUSED)
{
  *n = view->late;
  return TRUE;
}

static gboolean
count_unanswered (HxTodayView *view, gint64 *n, GError **error G_GNUC_UNUSED)
{
  *n = view->unanswered;
  return TRUE;
}

static gboolean
count_closing (HxTodayView *view, gint64 *n, GError **error)
{
  g_autoptr (GPtrArray) findings = NULL;

  if (!view->has_money)
    return TRUE;
  findings = hx_budget_closing (view->connection, view->catalogue, view->year,
                                error);
  if (findings == NULL)
    return FALSE;
  *n = findings->len;
  return TRUE;
}

const HxTodayNumber hx_today_numbers[]
    = { { "overdue", "/due", "?state=overdue&whole=1", N_ ("超期未办"),
          HX_TONE_BAD, HX_USER_PEOPLE, count_overdue },
        { "week", "/due", "?state=open&whole=1", N_ ("本周到期"), HX_TONE_WARN,
          HX_USER_PEOPLE, count_week },
        { "open", "/due", "?state=open&whole=1", N_ ("今天可办"), HX_TONE_PLAIN,
          HX_USER_PEOPLE, count_open },
        { "unanswered", "/plan", "", N_ ("滞后节点待说明"), HX_TONE_BAD,
          HX_USER_CLERK | HX_USER_SECTION | HX_USER_BUREAU, count_unanswered },
        { "late", "/plan", "", N_ ("滞后节点"), HX_TONE_WARN,
          HX_USER_CLERK | HX_USER_SECTION | HX_USER_BUREAU | HX_USER_REVIEWER,
          count_late },
        { "closing", "/money/closing", "", N_ ("结清尚有问题"), HX_TONE_WARN,
          HX_USER_FINANCE, count_closing },
        { NULL } };

gboolean
hx_today_number_is_for (const HxTodayView *view, const HxTodayNumber *number)
{
  return hx_identity_has (hx_call_identity (view->call), number->roles)
         && hx_page_opens (view->call, number->path);
}
