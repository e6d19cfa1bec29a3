/* year_part: what the pages of a year's plan, money, monitoring and scores
 * share: the day that they speak of, whose rows they show, small parts.
 *
 * Rows of a unit are shown to those who reach the unit; rows without one, and
 * what is of the whole bureau, to those of the whole bureau alone.
 *
 * Texts are the caller's.
 */
#ifndef HX_SERVER_YEAR_PART_H
#define HX_SERVER_YEAR_PART_H

#include "plan/plan.h"
#include "server/page.h"

G_BEGIN_DECLS

/* Who reads the plan, the money, the monitoring and the scores. */
#define HX_YEAR_READERS                                                        \
  (HX_USER_CLERK | HX_USER_FINANCE | HX_USER_SECTION | HX_USER_BUREAU          \
   | HX_USER_REVIEWER | HX_USER_READER)
#define HX_MONEY_READERS                                                       \
  (HX_USER_FINANCE | HX_USER_SECTION | HX_USER_BUREAU | HX_USER_REVIEWER       \
   | HX_USER_READER)

/* -------------------------------------------------------- scope and rights */

gboolean hx_year_is_whole (const HxCall *call);
gboolean hx_year_reaches (const HxCall *call, gint64 unit_id);
/* Of a task, or of one of its milestones. */
gboolean hx_year_reaches_task (const HxCall *call, const HxPlanTask *task);
/* HX_ERROR_NOT_FOUND that names what is of the whole bureau alone. */
gboolean hx_year_need_whole (const HxCall *call, const char *what,
                             GError **error);
/* HX_ERROR_NOT_FOUND when the catalogue keeps no such kind, or the user reads
 * none of it. */
gboolean hx_year_need_kind (const HxCall *call, const HxKind *kind,
                            GError **error);
/* FALSE for a kind that is NULL. */
gboolean hx_year_writes (const HxCall *call, const HxKind *kind);

/* --------------------------------------------------------------------- days */

/* The last day that counts in a year: its end, or today in this year, or its
 * first day when it is yet to come. */
HxDate hx_year_last_day (const HxCall *call, int year);
/* The parameter `as_of`, else the above; HX_ERROR_USAGE outside the year. */
gboolean hx_year_day (const HxCall *call, int year, HxDate *day,
                      GError **error);
/* A form that asks for another day of the year; other fields of the query are
 * pairs of name and value, NULL behind the last. */
void hx_part_day (HxHtml *html, HxCall *call, const char *action, HxDate day,
                  ...) G_GNUC_NULL_TERMINATED;
/* 2023-07-31; "–" for none. */
char *hx_say_day (HxDate date);

/* -------------------------------------------------------------------- parts */

typedef struct
{
  const char *path;
  const char *name; /* N_() */
} HxTab;

/* Links to pages beside this one, with the year; path NULL ends them.  Those
 * that the user may not open are left out. */
void hx_part_tabs (HxHtml *html, HxCall *call, const HxTab *tabs,
                   const char *at);
/* "1,486.55" of hundredths of 万元. */
char *hx_say_wan (gint64 hundredths);
/* A term and its value within a list that is open (dl); NULL or "": none. */
void hx_part_fact (HxHtml *html, const char *name, const char *value);
/* "/ledgers/payment/12"; id 0: the ledger itself. */
char *hx_ledger_url (const HxKind *kind, gint64 id);
/* A link to a form of the kind, where the user may write it. */
void hx_part_add (HxHtml *html, const HxCall *call, const HxKind *kind,
                  const char *url, const char *text);

/* ------------------------------------------------------------------ drawing */

/* The days of a milestone within the year of its plan: the stretch up to the
 * first date, the current date, what was done, what is late.  `begin` is where
 * work on it begins. */
void hx_chart_milestone (HxHtml *html, const HxPlanYear *plan,
                         const HxMilestone *milestone, HxDate begin);

/* What its colours mean. */
void hx_chart_legend (HxHtml *html);

typedef struct
{
  gint64 values[12]; /* in 1/10000 */
  guint n;
  const char *name, *class;
} HxSeries;

/* Months across, per cent upwards. */
void hx_chart_year (HxHtml *html, const HxSeries *series, guint n,
                    const char *what);

G_END_DECLS

#endif
