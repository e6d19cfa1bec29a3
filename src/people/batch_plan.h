/* batch_plan: plans of batches on the rows of a bureau.
 *
 * A draft says who would come when; writing it makes batches that are planned,
 * and an attendance with the result "planned" for each person.  Attendance is
 * taken against those rows.  Who missed a batch is worked out from the rows
 * each time: nothing about it is stored.
 *
 * The attendances of a year decide where somebody stands, by the first that
 * holds: attended; settled (another result, such as declined); planned for a
 * batch on the as-of date or later; missed (absent, or planned for an earlier
 * batch and no more than that); free.
 *
 * A batch that is there is never changed by a plan: the next plan asks only who
 * is free, on days and in hospitals that are.  To plan anew, cancel what is
 * planned first.
 *
 * Secret fields of people are read row by row, never by SQL.
 *
 * Ownership: what is returned is the caller's and borrows the catalogue.
 * Threads: as the connection's.
 */
#ifndef HX_PEOPLE_BATCH_PLAN_H
#define HX_PEOPLE_BATCH_PLAN_H

#include "ledger/ledger.h"
#include "people/batch.h"

G_BEGIN_DECLS

typedef enum
{
  HX_BATCH_FREE,
  HX_BATCH_ATTENDED,
  HX_BATCH_SETTLED,
  HX_BATCH_PLANNED,
  HX_BATCH_MISSED
} HxBatchStanding;

#define HX_BATCH_STANDINGS 5

/* ------------------------------------------------------------------- draft */

typedef struct
{
  const HxBatchPlan *plan;
  HxDate from, until; /* whole dates of one year */
  HxDate as_of;       /* people as they were, and what is past */
  /* As in ledger/selection.h; NULL: whom the plan's duty is due for. */
  const char *const *terms;
  gboolean for_missed; /* who missed a batch of the year, instead of the free */
  /* 0: the plan's; batches as few as hold the people, for those who missed and
   * where the plan's would be less than half full. */
  guint batches, capacity;
  const GArray *hospitals; /* gint64 row ids, or NULL */
  const GArray *blocked;   /* gint32 by hx_date_number, or NULL */
} HxBatchRequest;

typedef struct
{
  const HxBatchPlan *plan;
  int year;
  guint asked;     /* people found */
  guint elsewhere; /* … who do not hold the plan's `where` */
  guint standing[HX_BATCH_STANDINGS]; /* … of the others */
  guint frail, couples;               /* of those planned */
  GArray *people;                     /* HxBatchPerson; street: the unit */
  GArray *ids;                        /* gint64, their rows */
  GArray *slots;                      /* HxBatchSlot; each has somebody */
  GPtrArray *numbers;                 /* char *, of the batches */
  guint *batch_of;                    /* a slot for each person */
} HxBatchDraft;

/* With nobody to plan it has no slots. HX_ERROR_DATA: see hx_batch_slots. */
HxBatchDraft *hx_batch_draft (HxConnection *connection, HxCatalogue *catalogue,
                              const HxBatchRequest *request, GError **error);
void hx_batch_draft_free (HxBatchDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxBatchDraft, hx_batch_draft_free)
/* Batches and attendances, inside the write in which the draft was made. */
gboolean hx_batch_draft_write (HxLedger *ledger, const HxBatchDraft *draft,
                               GError **error);

/* A row of the plan's register of hospitals by what it is referred by. */
gboolean hx_batch_hospital_find (HxConnection *connection,
                                 const HxBatchPlan *plan, const char *name,
                                 gint64 *id, GError **error);

/* ----------------------------------------------------------------- batches */

typedef struct
{
  gint64 id;
  char *number;
  gint32 day; /* hx_date_number */
  gint64 hospital;
  guint places;
  gboolean is_held;
  guint planned, attended, absent, other; /* attendances */
} HxBatchLine;

/* The live batches of a year (HxBatchLine) by day and number. */
GPtrArray *hx_batch_lines (HxConnection *connection, const HxBatchPlan *plan,
                           int year, GError **error);
/* By number, or by what follows the year in it ("3" is TJ2026-03). */
const HxBatchLine *hx_batch_line_find (const GPtrArray *lines,
                                       const char *number, GError **error);
/* Somebody in a batch. */
typedef struct
{
  HxRow *attendance, *person;
} HxBatchSeat;

/* HxBatchSeat, in order of unit and of the plan's fields.  Who was planned and
 * left the register before the day has no seat any more. */
GPtrArray *hx_batch_seats (HxConnection *connection, const HxBatchPlan *plan,
                           gint64 batch, GError **error);
/* Voids a batch that is planned, and its attendances; *people of them.  A
 * batch that was held, or that somebody attended, is refused. */
gboolean hx_batch_cancel (HxLedger *ledger, const HxBatchPlan *plan,
                          const char *number, const char *reason, guint *people,
                          GError **error);

/* -------------------------------------------------------------- attendance */

typedef enum
{
  HX_BATCH_MARK_CHANGED,
  HX_BATCH_MARK_UNCHANGED,
  HX_BATCH_MARK_BLANK,   /* nothing was filled in */
  HX_BATCH_MARK_WALK_IN, /* not on the list; not taken */
  HX_BATCH_MARK_ADDED,   /* not on the list; taken */
  HX_BATCH_MARK_REFUSED  /* faults says why */
} HxBatchMarkOutcome;

/* One line of a list that comes back; texts may be "". */
typedef struct
{
  const char *key;    /* of the attendance: its row; "": a walk-in */
  const char *person; /* as the register is referred by */
  const char *batch;  /* the number; "": that of the lines before */
  const char *sign;   /* signed, so attended, unless the result says else */
  const char *result, *reason;
} HxBatchMark;

typedef struct
{
  HxLedger *ledger;
  const HxBatchPlan *plan;
  HxDate today; /* batches of later days are refused */
  gboolean add; /* take walk-ins */
  /* Of the lines so far, to be set to 0 for each sheet: the batch of those who
   * are on a list, which is that of a walk-in who names none. */
  gint64 batch;
  gboolean is_mixed;   /* there were several */
  GHashTable *settled; /* batches known to be held; made by the first mark */
} HxBatchMarks;

void hx_batch_marks_clear (HxBatchMarks *marks);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxBatchMarks, hx_batch_marks_clear)
/* Marking the same twice changes nothing.  FALSE: the store failed. */
gboolean hx_batch_mark (HxBatchMarks *marks, const HxBatchMark *mark,
                        HxBatchMarkOutcome *outcome, HxFaults *faults,
                        GError **error);

/* ------------------------------------------------------------------ missed */

typedef struct
{
  gint64 person, unit_id;
  gint64 batch; /* the last one missed */
  gint32 day;
  gboolean is_noted; /* marked absent; else nobody took the attendance */
} HxBatchMissed;

/* HxBatchMissed of people who are still there on the as-of date, by unit and
 * person. */
GArray *hx_batch_missed (HxConnection *connection, HxCatalogue *catalogue,
                         const HxBatchPlan *plan, int year, HxDate as_of,
                         GError **error);

G_END_DECLS

#endif
