/* What the files of the quality share. */
#ifndef HX_PEOPLE_QUALITY_INTERNAL_H
#define HX_PEOPLE_QUALITY_INTERNAL_H

#include "people/quality.h"

/* The ids of the live rows of a kind for which conditions hold (gint64,
 * ascending), and where a walk in that order stands. */
typedef struct
{
  GArray *ids;
  guint next;
} HxIdWalk;

HxIdWalk *hx_id_walk_new (HxConnection *connection, const HxKind *kind,
                          const GPtrArray *where, GError **error);
void hx_id_walk_free (HxIdWalk *walk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxIdWalk, hx_id_walk_free)
/* Whether `id` is there; ids must be asked for in their order. */
gboolean hx_id_walk_holds (HxIdWalk *walk, gint64 id);

/* The same in any order. */
gboolean hx_id_walk_has (const HxIdWalk *walk, gint64 id);

/* When and by whom somebody last looked at a row. */
typedef struct
{
  HxDate on; /* year 0: never */
  char *by;  /* or NULL */
} HxVerified;

void hx_verified_clear (HxVerified *verified);
gboolean hx_verified_find (HxConnection *connection, const HxQuality *quality,
                           const HxRow *row, HxDate as_of, HxVerified *verified,
                           GError **error);

/* Judges the values of rows by today's rules. */
typedef struct _HxReview HxReview;
HxReview *hx_review_new (HxConnection *connection, HxCatalogue *catalogue,
                         const HxKind *kind, HxDate as_of, GError **error);
void hx_review_free (HxReview *review);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxReview, hx_review_free)
/* What a row's values say against each other. */
void hx_review_begin (HxReview *review, const HxRow *row);
/* What is wrong with a filled field of that row, NULL without *error when
 * nothing is; borrowed until the next call. */
const char *hx_review_field (HxReview *review, const HxRow *row,
                             const HxField *field, GError **error);

#endif
