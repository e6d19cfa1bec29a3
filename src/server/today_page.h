/* today_page: what the first page and its operation show, read once.
 *
 * A part that the catalogue does not keep, or that the user may not open, is
 * left out.
 *
 * Ownership: a view borrows its call and connection and owns the rest.
 */
#ifndef HX_SERVER_TODAY_PAGE_H
#define HX_SERVER_TODAY_PAGE_H

#include "plan/plan.h"
#include "server/page.h"
#include "server/today.h"

G_BEGIN_DECLS

typedef struct
{
  HxCall *call;
  HxConnection *connection;
  HxCatalogue *catalogue;
  int year;
  HxDate as_of;
  gint64 time_gone;      /* 1/10000 */
  HxMemo *memo;          /* or NULL */
  HxTodayDuties *duties; /* NULL: not shown */
  HxPlanYear *plan;      /* NULL: not shown, or nothing is planned */
  gint64 work;           /* 1/10000 of all tasks by their weights */
  gint64 late, unanswered;
  gboolean has_money;
  HxMoney money; /* of all lines */
} HxTodayView;

gboolean hx_today_view_init (HxTodayView *view, HxCall *call, GError **error);
void hx_today_view_clear (HxTodayView *view);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxTodayView, hx_today_view_clear)

typedef struct
{
  const char *key;   /* in the operation's reply */
  const char *path;  /* of the page, as its route has it */
  const char *query; /* behind it */
  const char *name;  /* N_() */
  HxTone tone;       /* when there are some */
  HxUserRoles roles; /* whose work it is */
  gboolean (*count) (HxTodayView *view, gint64 *n, GError **error);
} HxTodayNumber;

/* key NULL behind the last. */
extern const HxTodayNumber hx_today_numbers[];
gboolean hx_today_number_is_for (const HxTodayView *view,
                                 const HxTodayNumber *number);

G_END_DECLS

#endif
