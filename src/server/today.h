/* today: where the work of a year stands on a day, for the first page.
 *
 * Two parts, by what they cost.  Duties of a unit ask every row of a register
 * (some 100 ms of 13,000 people), so they are kept in a memo as long as nothing
 * changes.  Plan and money are small and read each time.
 *
 * Ownership: HxTodayDuties is a box of the memo, given back by
 * hx_memo_release; it keeps its catalogue.  Threads: those of the connection.
 */
#ifndef HX_SERVER_TODAY_H
#define HX_SERVER_TODAY_H

#include "duty/item.h"
#include "server/call.h"
#include "server/memo.h"

G_BEGIN_DECLS

/* What is due this week is shown one by one, up to so many. */
#define HX_TODAY_ITEMS 30
/* This week: to be done by the sixth day after today. */
#define HX_TODAY_DAYS 6

typedef struct
{
  const HxDuty *duty;
  const HxKind *done_by; /* the record that would show it */
  gint64 row_id;
  char *name;  /* of the duty and step */
  char *label; /* of the row; for who works with the people */
  char *unit;  /* "" for none */
  HxDate due, closes;
  HxDutyState state;
} HxTodayItem;

/* What is due of one duty, of all units asked about. */
typedef struct
{
  const HxDuty *duty;
  gint64 due, done;     /* of the whole year */
  gint64 open, overdue; /* of the year so far */
  gint64 week;
} HxTodayDuty;

typedef struct
{
  HxCatalogue *catalogue;
  gint64 overdue, open; /* of the year so far; open: may be done today */
  gint64 week;          /* of those open, whose time ends this week */
  gint64 due, done;     /* of the whole year */
  GArray *duties;       /* HxTodayDuty in the catalogue's order, of which
                         * something is due in the year */
  GPtrArray *items;     /* HxTodayItem: this week's by the end of their time,
                         * then the last overdue, then the other open ones */
} HxTodayDuties;

typedef struct
{
  int year;
  HxDate as_of;   /* a day of the year */
  gint64 unit_id; /* 0: the whole bureau */
} HxTodayQuery;

/* For hx_memo_new. */
void hx_today_duties_clear (gpointer data);
/* The memo of the application, which keeps HxTodayDuties. */
HxMemo *hx_call_today_memo (const HxCall *call);
/* `memo` may be NULL: counted anew, to be given back by
 * g_atomic_rc_box_release_full with hx_today_duties_clear. */
HxTodayDuties *hx_today_duties (HxConnection *connection,
                                HxCatalogue *catalogue, HxMemo *memo,
                                const HxTodayQuery *query, GError **error);

G_END_DECLS

#endif
