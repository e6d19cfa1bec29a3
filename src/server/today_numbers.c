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

/* ---------------------------------------------------------------- approvals */

typedef struct
{
  const HxIdentity *identity;
  HxAct act; /* what the user must be able to do with the kind */
  gint64 n;
} Approvals;

static gboolean
count_one (const HxApproval *approval, gpointer data)
{
  Approvals *approvals = data;

  approvals->n
      += hx_identity_may (approvals->identity, approvals->act, approval->kind);
  return TRUE;
}

static gboolean
reaches (gconstpointer identity, const HxRow *row)
{
  return hx_identity_reaches (identity, row);
}

static gboolean
count_approvals (HxTodayView *view, HxApprovalQuery *query, HxAct act,
                 gint64 *n, GError **error)
{
  Approvals approvals = { hx_call_identity (view->call), act, 0 };

  query->reaches = reaches;
  query->reach = approvals.identity;
  if (!hx_approvals_each (view->connection, view->catalogue, query, count_one,
                          &approvals, error))
    return FALSE;
  *n = approvals.n;
  return TRUE;
}

static gboolean
count_to_approve (HxTodayView *view, gint64 *n, GError **error)
{
  HxApprovalQuery query = { .state = HX_APPROVAL_SUBMITTED,
                            .not_of = hx_call_identity (view->call)->login };

  return count_approvals (view, &query, HX_ACT_APPROVE, n, error);
}

static gboolean
count_returned (HxTodayView *view, gint64 *n, GError **error)
{
  HxApprovalQuery query = { .state = HX_APPROVAL_RETURNED,
                            .submitter = hx_call_identity (view->call)->login };

  return count_approvals (view, &query, HX_ACT_WRITE, n, error);
}

/* ------------------------------------------------------------------ changes */

/* Changes by one administrator that another must confirm. */
static gboolean
count_changes (HxTodayView *view, gint64 *n, GError **error)
{
  const HxIdentity *identity = hx_call_identity (view->call);
  g_autoptr (GPtrArray) changes
      = hx_change_list (view->connection, TRUE, error);

  if (changes == NULL)
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    *n += hx_change_may_answer (identity, changes->pdata[i]);
  return TRUE;
}

const HxTodayNumber hx_today_numbers[]
    = { { "approve", "/approvals", "?view=waiting", N_ ("待我审批"),
          HX_TONE_WARN, HX_USER_SECTION | HX_USER_BUREAU, count_to_approve },
        { "returned", "/approvals", "?view=returned", N_ ("退回给我"),
          HX_TONE_BAD, HX_USER_LIAISON | HX_USER_CLERK | HX_USER_FINANCE,
          count_returned },
        { "changes", "/administration/changes", "", N_ ("待我确认的变更"),
          HX_TONE_WARN, HX_USER_ADMINISTRATORS, count_changes },
        { "overdue", "/due", "?state=overdue&whole=1", N_ ("超期未办"),
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
        { 0 } };

gboolean
hx_today_number_is_for (const HxTodayView *view, const HxTodayNumber *number)
{
  return hx_identity_has (hx_call_identity (view->call), number->roles)
         && hx_page_opens (view->call, number->path);
}
