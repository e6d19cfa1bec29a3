/* duty: who is due, what was done, how far each duty is covered.
 *
 * A duty of the catalogue asks something for each row of a register on certain
 * days.  One row, one due day and the window around it in which it may be done
 * make an item.  An item is done when a live record about that row is dated in
 * its window; when that record is voided it is undone again.  Nothing of this
 * is stored: items are computed from the rows each time, so there is no second
 * truth.
 *
 * When an item is due, and its window:
 *
 *   birthday   on that day of the year, `within` days before and after.  Who
 *              was born on 29 February has it on 28 February in common years.
 *              Where the day of birth is not known, on the last day of the
 *              month, and the whole month is in the window; a year alone makes
 *              no item.
 *              Rows that hold the duty's `lunar` keep the day by the lunar
 *              calendar instead: once in each lunar year, so that one year of
 *              ours may hold two or none; the age is the lunar year of the day
 *              less that of birth, so that each age comes exactly once.  Who
 *              was born in a leap month has it in the plain month of that
 *              number where the year has no such leap month, who was born on
 *              day 30 on the last day of a short month.  The lunar day of
 *              birth is that of `lunar_day`, in the lunar year in which it is
 *              nearest to the date of birth, else that of the date of birth;
 *              where neither tells it (born before 1900-01-31, no day, due
 *              after 2100) the solar day stays.
 *   festival   on that day, `within` days before and after
 *   every      on the last day of the month, quarter or year; its window is
 *              that month, quarter or year
 *   years      each N years after (or from) the date; a date without a day
 *              lies on the last day of its month, 29 February on the 28th in
 *              common years
 *   after      `within` days after the event; the window begins with it.  An
 *              event without a day may have been on any day of its month or
 *              year.
 *
 * A duty with steps has an item for each step, done by a record that says that
 * step.  Nothing is due before the day on which a duty `begins`; of one after
 * an event, no event before that day is looked at.
 *
 * Whose items there are: rows that are not void, hold the duty's `where` as
 * they are now, and are in the register on the due day (from `since` to
 * `until`) and have begun by the as-of date.  A row that ended before the as-of
 * date is in no list, but still in the coverage with what was due until then.
 * An item after the row's own `until` (help after a death) is asked of ended
 * rows too.  Events and records dated after the as-of date are not seen.
 *
 * Cost: for each duty one pass over its register or events and one over each
 * kind of record that may show it done, by index where few rows are asked
 * about.  Memory: some 70 bytes an item.
 *
 * Threads: as the connection's.
 */
#ifndef HX_DUTY_H
#define HX_DUTY_H

#include "catalogue/catalogue.h"

G_BEGIN_DECLS

typedef enum
{
  HX_DUTY_OVERDUE,  /* the window closed before the as-of date */
  HX_DUTY_OPEN,     /* may be done on the as-of date */
  HX_DUTY_UPCOMING, /* the window opens after it */
  HX_DUTY_DONE
} HxDutyState;

/* "overdue", "open", "upcoming", "done". */
const char *hx_duty_state_key (HxDutyState state);

typedef struct
{
  HxDate from, until; /* due days; both whole dates */
  HxDate as_of;       /* a whole date */
  gint64 unit_id;     /* 0: the whole bureau; else this unit and all below it */
  const char *duty;   /* NULL: every duty */
  const char *by;     /* a code: only duties done by these; NULL: all */
  const HxKind *of;   /* only duties of this register; NULL: all */
  gint64 row_id;      /* with `of`: this row alone; 0: all */
  gboolean with_ended; /* rows that ended before the as-of date too, as the
                        * coverage counts them */
} HxDutyQuery;

typedef struct
{
  const HxDuty *duty;
  gint64 row_id;
  gint64 unit_id;    /* the row's; of a unit that unit itself; 0: none */
  const char *label; /* the row's name, not masked; may be NULL */
  HxDate due, opens, closes;
  HxDutyState state;
  int age;             /* birthday: the age reached; else 0 */
  gboolean is_lunar;   /* birthday: by the lunar calendar */
  HxFestival festival; /* of a festival's item */
  const HxCode *step;  /* of a duty with steps; else NULL */
  const HxKind
      *done_by; /* NULL: not done; else the first record that shows it */
  gint64 done_id;
  HxDate done_on;
} HxDutyItem;

/* The item is good during the call; FALSE stops. */
typedef gboolean (*HxDutyFunc) (const HxDutyItem *item, gpointer data);
/* Items due from `from` to `until`: overdue first, then by due day, in the
 * catalogue's order of duties, by row.  HX_ERROR_NOT_FOUND when there is no
 * such duty. */
gboolean hx_duty_list (HxConnection *connection, HxCatalogue *catalogue,
                       const HxDutyQuery *query, HxDutyFunc function,
                       gpointer data, GError **error);

/* Items due in a year: due = done + open + overdue. */
typedef struct
{
  const HxDuty *duty;
  gint64 unit_id;
  gint64 due, done;
  gint64 open; /* may still be done, upcoming ones among them */
  gint64 overdue;
} HxDutyCoverage;

/* HxDutyCoverage in the catalogue's order of duties, then by unit; units with
 * nothing due are left out. `from` and `until` of the query are not looked at.
 */
GArray *hx_duty_coverage (HxConnection *connection, HxCatalogue *catalogue,
                          int year, const HxDutyQuery *query, GError **error);

G_END_DECLS

#endif
