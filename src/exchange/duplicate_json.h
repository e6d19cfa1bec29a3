/* duplicate_json: likely duplicates and merges in words and as JSON; one shape
 * for commands, pages and operations.
 */
#ifndef HX_EXCHANGE_DUPLICATE_JSON_H
#define HX_EXCHANGE_DUPLICATE_JSON_H

#include "people/duplicate.h"
#include "people/merge.h"

G_BEGIN_DECLS

#define HX_MERGE_ACTS (HX_MERGE_STAYED + 1)

/* A row by what it is called. */
typedef struct
{
  gint64 id;
  const char *label, *unit; /* unit NULL: none */
} HxNamedRow;

/* `rows` are the pair's two. */
void hx_duplicate_pair_json (HxJson *json, const HxDuplicates *found,
                             const HxDuplicatePair *pair,
                             const HxNamedRow *rows);
/* "姓名相同 +45，出生日期相同 +35"; the caller's. */
char *hx_duplicate_evidence (const HxDuplicateRules *rules,
                             const HxDuplicatePair *pair);

/* 改指到保留的一行 … */
const char *hx_merge_act_name (HxMergeAct act);
void hx_merged_json (HxJson *json, const HxDuplicateRules *rules,
                     const HxMergeOrder *order, const HxMerged *merged,
                     gboolean is_trial);

G_END_DECLS

#endif
