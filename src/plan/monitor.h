/* plan/monitor: what a year's money and targets have come to by a day
 * (双监控), and what must be answered.
 *
 * Rules (catalogue/monitor.h) say what spending is measured against and where
 * a warning begins.  A rate is executed / base, in 1/10000, half up where it is
 * shown; warnings are decided on the exact fractions: 39.99 % of a line of 40 %
 * warns and 40 % does not.
 *
 *   LINE    a budget line's rate is below the warning line of the day
 *   GAP     a line's rate is more than `gap` points from its goal progress,
 *           either way
 *   TARGET  a target is more than `behind` points behind the months that are
 *           over, its completion counted up to 100 %; a target of at most so
 *           much, when it is passed, on any day
 *
 * The goal progress of a line is the mean of the completions, each up to
 * 100 %, of the targets whose task is paid from lines of its task, weighed by
 * the targets' points when all of them have some.  Ceilings (at most) say
 * nothing of progress and are left out, as are targets whose completion is not
 * known.  The whole has a rate and a goal progress too, of all lines and
 * targets; it is shown and warned of, and asks for no reply of its own.
 *
 * A warning is answered by a reply for the same day of monitoring and the same
 * line or target (a line's reply answers all its warnings), within so many
 * working days after that day; by when it is overdue is decided on `today`.
 * A reply dated after `today` is not there yet.
 *
 * What else the form leaves open is a hole: a line without a forecast, or with
 * one below what it has spent already, a
 * target without an answer, without a cause though it is not sure to be
 * reached, without a value, or with a fault of its own.
 *
 * Of a target counts the answer of that very day of monitoring, else the last
 * one before it, and `answered_on` says which.
 *
 * Ownership: an HxMonitor owns all that hangs on it; codes and rules are the
 * catalogue's.  Threads: those of the connection.
 */
#ifndef HX_PLAN_MONITOR_H
#define HX_PLAN_MONITOR_H

#include "budget/budget.h"
#include "catalogue/monitor.h"
#include "plan/target.h"

G_BEGIN_DECLS

/* 经费保障, 制度保障, 人员保障, 硬件条件保障, 其他 */
#define HX_MONITOR_CAUSES 5
const char *hx_monitor_cause_name (guint cause);

/* Rates and progress of a line or of the whole, in 1/10000. */
typedef struct
{
  gint64 base; /* what spending is measured against, in 分 */
  gboolean has_rate;
  gint64 rate;
  guint targets; /* behind `goals`; 0: there are none */
  gint64 goals;
  gboolean is_below; /* below the warning line */
  gboolean is_apart; /* more than the gap away from the goals */
} HxMonitorRate;

typedef struct
{
  const HxBudgetLine *line;
  HxMonitorRate rate;
} HxMonitorLine;

typedef struct
{
  const HxTarget *target;
  const HxCode *task; /* of the lines that pay for its task, or NULL */
  HxDate answered_on; /* year 0: nothing was answered */
  gint64 answer_id;   /* of the row that answers; 0: none */
  gboolean has_forecast;
  HxExact forecast;
  char *forecast_text; /* or NULL */
  gboolean causes[HX_MONITOR_CAUSES];
  char *reason;             /* or NULL */
  const HxCode *likelihood; /* or NULL */
  char *note;               /* or NULL */
  gboolean is_behind;
} HxMonitorTarget;

typedef enum
{
  HX_WARNING_LINE,
  HX_WARNING_GAP,
  HX_WARNING_TARGET
} HxWarningKind;

typedef struct
{
  HxWarningKind kind;
  const HxMonitorLine *line;     /* NULL: of a target */
  const HxMonitorTarget *target; /* NULL: of a line */
  char *text;                    /* what is warned of, in a sentence */
  HxDate due;                    /* by when it is to be answered */
  HxDate replied_on;             /* year 0: not yet */
  const HxCode *decision;        /* or NULL, as what follows */
  char *reason, *owner;
  gboolean is_late;    /* replied after `due` */
  gboolean is_overdue; /* not replied, and `due` has passed */
} HxMonitorWarning;

typedef enum
{
  HX_HOLE_FORECAST, /* of a line */
  HX_HOLE_ANSWER,   /* of a target, as all that follow */
  HX_HOLE_CAUSE,
  HX_HOLE_VALUE,
  HX_HOLE_FAULT
} HxHoleKind;

typedef struct
{
  HxHoleKind kind;
  const HxMonitorLine *line;
  const HxMonitorTarget *target;
  char *text; /* what is missing, in a sentence */
} HxMonitorHole;

typedef struct
{
  int year;
  HxDate as_of, today;
  const HxMonitorRules *rules;
  guint months;                            /* that are over */
  gboolean has_line;                       /* a warning line is in force */
  gint64 line_numerator, line_denominator; /* spending that is asked for */
  HxMoney money;                           /* of all lines */
  HxMonitorRate whole;
  gint64 forecast;     /* of the lines that have one */
  guint forecasts;     /* how many have */
  GPtrArray *lines;    /* HxMonitorLine by number; of lines granted by the day,
                        * and of those that had money before they were */
  GPtrArray *targets;  /* HxMonitorTarget by number */
  GPtrArray *warnings; /* HxMonitorWarning: lines, then targets */
  GPtrArray *holes;    /* HxMonitorHole: lines, then targets */
  GPtrArray *budget_lines, *plan_targets; /* private */
} HxMonitor;

typedef struct
{
  int year;
  HxDate as_of; /* year 0: 31 December */
  HxDate today; /* year 0: the day of today */
  const HxMonitorRules *rules;
} HxMonitorQuery;

/* HX_ERROR_NOT_FOUND when the catalogue keeps no money or `rules` is NULL,
 * HX_ERROR_USAGE when the day is not of the year. */
HxMonitor *hx_monitor_read (HxConnection *connection, HxCatalogue *catalogue,
                            const HxMonitorQuery *query, GError **error);
void hx_monitor_free (HxMonitor *monitor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxMonitor, hx_monitor_free)

/* What stays open: warnings without a reply, and holes. */
guint hx_monitor_open (const HxMonitor *monitor);
/* "58.33" of 1/10000; the caller's. */
char *hx_monitor_percent (gint64 share);
/* Where the rules are of another year than the one that is monitored: that they
 * are to be replaced, in a sentence; else NULL; the caller's. */
char *hx_monitor_rules_note (const HxMonitor *monitor);
/* That the lines in 万元, rounded one by one, do not add up to the whole, in a
 * sentence; NULL when they do; the caller's. */
char *hx_monitor_rounding_note (const HxMonitor *monitor);
/* 年初预算数, 调整后预算数, 全年预算数: what rates are measured against. */
const char *hx_monitor_base_name (HxMonitorBase base);
/* The forecast of a target as it is printed, with the unit; "" when none. */
char *hx_monitor_forecast_text (const HxMonitorTarget *target);

G_END_DECLS

#endif
