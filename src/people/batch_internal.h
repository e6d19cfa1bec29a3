/* Private to the batches of the room people.
 *
 * batch_days, batch_spread   arithmetic
 * batch_rows                 batches and attendances of a year
 * batch_people               who is asked
 * batch_draft                who would come when
 * batch_write, batch_mark    what goes to the ledger
 */
#ifndef HX_PEOPLE_BATCH_INTERNAL_H
#define HX_PEOPLE_BATCH_INTERNAL_H

#include "people/batch_plan.h"

#include <string.h>

/* The lowest level at which min (limit, level) adds up to `wanted` or more; the
 * highest limit if none does. */
guint hx_batch_level (const guint *limits, guint count, guint64 wanted);

/* ------------------------------------------------------------------- rows */

/* Where somebody stands in a year. */
typedef struct
{
  gint64 person;
  HxBatchStanding standing;
  gint64 batch; /* of the last one missed */
  gint32 day;
  gboolean is_noted;
} HxBatchState;

/* HxBatchState by the person in it. */
GHashTable *hx_batch_states (HxConnection *connection, const HxBatchPlan *plan,
                             int year, HxDate as_of, GError **error);
/* Live rows of a kind on days of a year, by day and id. */
HxStatement *hx_batch_rows_of_year (HxConnection *connection,
                                    const HxKind *kind, int year,
                                    GError **error);
/* Live attendances of a batch, by id. */
HxStatement *hx_batch_rows_of_batch (HxConnection *connection,
                                     const HxBatchPlan *plan, gint64 batch,
                                     GError **error);
const char *hx_batch_code (const HxRow *row, const HxField *field);
/* The highest number given in a year, voided batches too. */
gboolean hx_batch_last_number (HxConnection *connection,
                               const HxBatchPlan *plan, int year, guint *number,
                               GError **error);

/* ----------------------------------------------------------------- people */

typedef struct
{
  gint64 id, unit_id;
  gboolean is_frail;
  char *order;         /* in the people's chunk */
  char *name, *spouse; /* or NULL */
} HxBatchCandidate;

typedef struct
{
  HxBatchDraft *draft; /* its counts are filled */
  GArray *candidates;  /* HxBatchCandidate, in order */
  GArray *missed;      /* HxBatchMissed, or NULL: not wanted */
  GStringChunk *texts;
} HxBatchPeople;

gboolean hx_batch_people (HxConnection *connection, HxCatalogue *catalogue,
                          const HxBatchRequest *request, HxBatchPeople *people,
                          GError **error);

#endif
