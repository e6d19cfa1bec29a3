/* By which lines the year is monitored, as data of a region and a year.
 *
 * monitor.yaml:
 *
 *   use: sichuan-2025           # the set in force; default: the first
 *   sets:
 *     - key: sichuan-2025
 *       name: 四川省预算绩效运行监控
 *       region: 四川
 *       year: 2025              # of the rules
 *       document: 川财绩〔2025〕10号
 *       base: adjusted          # what spending is measured against: initial,
 *                               # adjusted, total (with what was carried in)
 *       lines:                  # spending below `rate` per cent after that day
 *         - {after: 04-30, rate: 25}
 *       gap: 10                 # points between goals and spending
 *       behind: 10              # points of a target behind the months gone
 *       answer_within: 10       # working days
 *     - key: linear
 *       …
 *       lines: linear           # the share of the whole months gone
 *   days: {…}                   # working days: see days.h
 *   sender:                     # who files the form, as the finance bureau
 *     division_code: '440103'   # codes them; for the exchange format alone,
 *     division_name: 荔湾区     # any may be left out
 *     department_code: '…'
 *     department_name: …
 *     agency_code: '…'
 *     agency_name: …
 *
 * Rates and points have up to two decimals.  `gap` and `behind` may be left
 * out: then nothing warns of them.
 *
 * Ownership: as everything of the catalogue.
 */
#ifndef HX_CATALOGUE_MONITOR_H
#define HX_CATALOGUE_MONITOR_H

#include "catalogue/days.h"

G_BEGIN_DECLS

typedef enum
{
  HX_MONITOR_INITIAL,
  HX_MONITOR_ADJUSTED,
  HX_MONITOR_TOTAL
} HxMonitorBase;

typedef struct
{
  int month, day;
  gint64 share; /* in 1/10000 */
} HxMonitorCut;

typedef struct
{
  char *key, *name;
  char *region; /* or NULL */
  int year;     /* 0: not said */
  char *document;
  HxMonitorBase base;
  gboolean is_linear;
  GArray *cuts; /* HxMonitorCut by day; none when linear */
  gboolean has_gap, has_behind;
  gint64 gap, behind; /* in 1/10000 */
  guint answer_within;
} HxMonitorRules;

/* Texts are NULL where nothing is said. */
typedef struct
{
  char *division_code, *division_name, *department_code, *department_name,
      *agency_code, *agency_name;
} HxMonitorSender;

const HxMonitorSender *
hx_catalogue_monitor_sender (const HxCatalogue *catalogue);
/* HxMonitorRules in the order of the file; none without monitor.yaml. */
const GPtrArray *hx_catalogue_monitor_sets (const HxCatalogue *catalogue);
/* By key or name; NULL: the set in force.  NULL when there is none. */
const HxMonitorRules *hx_catalogue_monitor (const HxCatalogue *catalogue,
                                            const char *name);
/* Monday to Friday when nothing is said. */
const HxWorkingDays *hx_catalogue_working_days (const HxCatalogue *catalogue);

/* What spending should have come to by a day, in 1/10000; FALSE: nothing is
 * asked of it yet.  Of fixed lines the last whose day has come, of linear ones
 * the months that are over. */
gboolean hx_monitor_line_on (const HxMonitorRules *rules, HxDate as_of,
                             gint64 *numerator, gint64 *denominator);
/* Months of the year that are over on a day, its last day counted. */
guint hx_months_gone (HxDate as_of);

G_END_DECLS

#endif
