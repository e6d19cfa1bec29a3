/* batch_view: batches as pages and operations work with them.
 *
 * A batch has people of many streets: whoever sees a part of the bureau sees
 * and marks those of the part; planning, cancelling and lists to print are for
 * those who see the whole.
 *
 * Ownership: what is read is the caller's.  Threads: the call's.
 */
#ifndef HX_SERVER_BATCH_VIEW_H
#define HX_SERVER_BATCH_VIEW_H

#include "exchange/batch_json.h"
#include "server/shown.h"

G_BEGIN_DECLS

#define HX_BATCH_ROLES (HX_USER_LIAISON | HX_USER_CLERK | HX_USER_SECTION)
#define HX_BATCH_PLANNERS (HX_USER_CLERK | HX_USER_SECTION)

/* The call's `plan`, without one the first that there is; what the user may
 * not read is HX_ERROR_NOT_FOUND. */
const HxBatchPlan *hx_batch_plan_of (const HxCall *call, GError **error);
/* May the user plan, cancel and print? */
gboolean hx_batch_may_plan (const HxShown *shown, const HxBatchPlan *plan);

/* /batches/checkup/TJ2023-03, `more` behind it; the caller's. */
char *hx_batch_url (const HxBatchPlan *plan, const char *number,
                    const char *more);
/* 2023年3月5日 周日; the caller's. */
char *hx_batch_say_day (gint32 day);

/* The batch `number` of a year and those in it whom the user reaches. */
typedef struct
{
  const HxBatchPlan *plan;
  GPtrArray *lines;
  const HxBatchLine *line;
  GPtrArray *seats;  /* HxBatchSeat of all */
  GPtrArray *places; /* HxBatchSeat within the scope, borrowed */
  char *hospital;
} HxBatchPage;

void hx_batch_page_clear (HxBatchPage *page);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxBatchPage, hx_batch_page_clear)
gboolean hx_batch_page_open (HxBatchPage *page, HxShown *shown, GError **error);

/* ----------------------------------------------------------------- planning */

#define HX_BATCH_PLAN_PARAMETERS                                               \
  { "plan", HX_IN_FORM, HX_TYPE_TEXT, HX_REQUIRED,                             \
    .what = N_ ("哪种分批安排") },                                             \
      { "from", HX_IN_FORM, HX_TYPE_DATE, HX_REQUIRED,                         \
        .what = N_ ("从哪天") },                                               \
      { "to", HX_IN_FORM, HX_TYPE_DATE, HX_REQUIRED, .what = N_ ("到哪天") },  \
      { "batches", HX_IN_FORM,  HX_TYPE_INTEGER,                               \
        .min = 0,  .max = 1000, .what = N_ ("批数") },                         \
      { "capacity", HX_IN_FORM,    HX_TYPE_INTEGER,                            \
        .min = 0,   .max = 100000, .what = N_ ("每批最多几人") },              \
      { "hospital", HX_IN_FORM, HX_TYPE_ID, HX_MANY, .what = N_ ("医院") },    \
      { "block", HX_IN_FORM, HX_TYPE_TEXT, .max = 1000,                        \
        .what = N_ ("不排的日子") },                                           \
      { "missed", HX_IN_FORM, HX_TYPE_BOOL, .what = N_ ("为缺席的人补排") },   \
  {                                                                            \
    "trial", HX_IN_FORM, HX_TYPE_BOOL, .what = N_ ("只看结果")                 \
  }

typedef struct
{
  HxBatchRequest request;
  GArray *hospitals, *blocked;
  HxBatchDraft *draft;
  GPtrArray *lines; /* HxBatchDraftLine */
  gboolean trial;
} HxBatchPlanning;

void hx_batch_planning_clear (HxBatchPlanning *planning);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxBatchPlanning, hx_batch_planning_clear)
/* HX_ERROR_DATA and HX_ERROR_USAGE say what does not do. */
gboolean hx_batch_planning_run (HxBatchPlanning *planning, HxShown *shown,
                                GError **error);

/* --------------------------------------------------------------- attendance */

#define HX_BATCH_MARK_PARAMETERS                                               \
  { "came", HX_IN_FORM, HX_TYPE_ID, HX_MANY, .what = N_ ("到了的") },          \
      { "absent", HX_IN_FORM, HX_TYPE_BOOL, .what = N_ ("其余的记为缺席") },   \
  {                                                                            \
    "f", HX_IN_FORM, HX_TYPE_VALUES, .what = N_ ("缺席的原因")                 \
  }

/* `came` and `absent` of the call, reasons by the number of the attendance;
 * faults become those of the call, and then nothing is kept. */
gboolean hx_batch_mark_run (const HxBatchPage *page, HxShown *shown,
                            guint *changed, GError **error);
gboolean hx_batch_cancel_run (const HxBatchPage *page, HxShown *shown,
                              GError **error);

G_END_DECLS

#endif
