/* batch: many people over days and hospitals, in batches.
 *
 * A plan of the catalogue (batches.yaml) says who is asked, where batches and
 * attendances are kept, who counts as frail, and which days are open.  Three
 * steps make the batches: the open days and the hospitals give slots, the
 * people are spread over the slots, batches and attendances are written.  The
 * first two are arithmetic on arrays: the same input gives the same answer.
 *
 * Ownership: arrays that are returned are the caller's.
 * Threads: none of its own.
 */
#ifndef HX_PEOPLE_BATCH_H
#define HX_PEOPLE_BATCH_H

#include "base/base.h"

G_BEGIN_DECLS

/* Which days a batch may be on. */
typedef struct
{
  HxDate from, until;    /* whole dates, both included */
  guint weekdays;        /* bit 0: Monday … bit 6: Sunday */
  const GArray *blocked; /* gint32 by hx_date_number, in order, or NULL */
  const GArray *opened;  /* the same: open although the weekday is not, unless
                          * they are blocked too */
} HxBatchDays;

/* gint32 by hx_date_number, in order; HX_ERROR_DATA when there is none. */
GArray *hx_batch_days (const HxBatchDays *days, GError **error);

typedef struct
{
  gint64 id;             /* 0: no hospital is named */
  guint daily;           /* places a day; 0: as many as one batch takes */
  gboolean is_preferred; /* for the frail */
} HxBatchHospital;

/* One batch to be, or one that there is. */
typedef struct
{
  gint32 day; /* hx_date_number */
  gint64 hospital;
  guint places;
  guint rank; /* 0: the best for the frail; more: worse */
} HxBatchSlot;

typedef struct
{
  const GArray *days;      /* gint32 */
  const GArray *hospitals; /* HxBatchHospital; empty: one without a name */
  const GArray *taken;     /* HxBatchSlot: hospital and day are in use */
  guint frail_weekdays;    /* as `weekdays`; 0: every day is as good */
  guint batches, capacity; /* both > 0 */
} HxBatchWish;

/* Exactly `batches` slots for so many people, in order of day: spread evenly
 * over the days, the hospitals taking turns.  A hospital has one batch a day,
 * or as many as its places a day hold full ones.  Where the places do not do,
 * larger hospitals stand in for smaller ones.  HX_ERROR_DATA says how many
 * batches or places are wanting, and what would do. */
GArray *hx_batch_slots (const HxBatchWish *wish, guint people, GError **error);

#define HX_BATCH_NONE G_MAXUINT

typedef struct
{
  gint64 street;
  gboolean is_frail;
  guint partner; /* the one to come together with, or HX_BATCH_NONE */
} HxBatchPerson;

/* One batch for each person, into batch_of (one a person, the slot's index).
 *
 * Nobody goes without as long as there are places for all, else HX_ERROR_DATA.
 * No batch is over its places, nor much over its even share of the people.
 * The frail go to the slots of the lowest rank as far as these hold
 * `frail_percent` of their people, evenly, then to the next; when all ranks are
 * full they are spread evenly over all; evenly is give or take an eighth.
 *
 * A street that is larger than a batch has batches of its own as long as it
 * fills their even share.  Else a street is kept together: the largest first,
 * into the batch with most places left, the rest of a street where its frail
 * are; it is split only where no batch has room for it, and then fills that
 * batch.  Who has a partner in another batch changes places with one of the
 * same street and as frail, where there is such.  People of a street who stand
 * together in the input stay together. */
gboolean hx_batch_spread (const GArray *people, const GArray *slots,
                          guint frail_percent, guint *batch_of, GError **error);

G_END_DECLS

#endif
