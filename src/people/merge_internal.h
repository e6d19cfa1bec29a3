/* What the files about merging share. */
#ifndef HX_PEOPLE_MERGE_INTERNAL_H
#define HX_PEOPLE_MERGE_INTERNAL_H

#include "people/merge.h"

typedef struct
{
  HxLedger *ledger;
  HxConnection *connection;
  const HxDuplicateRules *rules;
  const HxMergeOrder *order;
  GArray *steps; /* HxMergeStep */
  guint depth;   /* of registers that are merged because others are */
} HxMerging;

void hx_merging_step (HxMerging *merging, const HxMergeStep *step);
/* All rows that refer to `from` refer to `to`, and `from` is void. */
gboolean hx_merging_move (HxMerging *merging, const HxKind *kind, gint64 to,
                          gint64 from, GError **error);
/* The fields of KEEP; `other` is OTHER as it was. */
gboolean hx_merging_fill (HxMerging *merging, const HxRow *other,
                          GError **error);
/* Always FALSE: *error tells all faults. */
gboolean hx_merging_fail (const HxFaults *faults, const char *where,
                          const char *what_to_do, GError **error);

#endif
