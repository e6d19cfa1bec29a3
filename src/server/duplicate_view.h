/* duplicate_view: likely duplicates within the user's scope, and merges.
 *
 * Ownership: what is read is the caller's.  Threads: the call's.
 */
#ifndef HX_SERVER_DUPLICATE_VIEW_H
#define HX_SERVER_DUPLICATE_VIEW_H

#include "exchange/duplicate_json.h"
#include "server/shown.h"

G_BEGIN_DECLS

#define HX_PAIRS_SHOWN 100

/* Of the register that files are kept of; HX_ERROR_NOT_FOUND when there are
 * none or the user may not read it. */
const HxDuplicateRules *hx_duplicate_rules (const HxCall *call, GError **error);

/* Two rows of one register, both within the scope. */
typedef struct
{
  HxRow *rows[2];
  char *labels[2];
  const char *units[2]; /* the shown's; "" for none */
} HxPairView;

void hx_pair_view_clear (HxPairView *pair);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxPairView, hx_pair_view_clear)
gboolean hx_pair_view_load (HxPairView *pair, HxShown *shown,
                            const HxKind *kind, const gint64 *ids,
                            GError **error);

typedef gboolean (*HxPairFunc) (const HxDuplicatePair *pair,
                                const HxPairView *view, gpointer data,
                                GError **error);
typedef struct
{
  guint limit;
  gint64 unit_id; /* 0: the scope */
  guint hidden;   /* pairs with somebody beyond the scope, of those before the
                   * limit */
} HxPairQuery;
/* The pairs found, the heaviest of each group first; the caller's. */
HxDuplicates *hx_pairs_each (HxShown *shown, HxPairQuery *query,
                             HxPairFunc function, gpointer data,
                             GError **error);

/* keep, other, take and reason of the call; with `trial` nothing is kept. */
typedef struct
{
  const HxDuplicateRules *rules;
  HxMergeOrder order;
  HxMerged merged;
  gboolean trial;
} HxMerging;

void hx_merging_clear (HxMerging *merging);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxMerging, hx_merging_clear)
/* Both rows must be within the scope and the user may write and void. */
gboolean hx_merging_run (HxMerging *merging, HxShown *shown, GError **error);
/* one, other and reason of the call; *id of the note. */
gboolean hx_not_same_run (HxShown *shown, gint64 *id, GError **error);
/* note of the call. */
gboolean hx_merge_undo_run (HxShown *shown, GError **error);

#define HX_MERGE_ROLES (HX_USER_CLERK | HX_USER_SECTION | HX_USER_LIAISON)
#define HX_MERGE_PARAMETERS                                                    \
  { "keep", HX_IN_FORM, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("保留的一行") },  \
      { "other", HX_IN_FORM, HX_TYPE_ID, HX_REQUIRED,                          \
        .what = N_ ("并入的一行") },                                           \
      { "take", HX_IN_FORM, HX_TYPE_TEXT, HX_MANY,                             \
        .what = N_ ("取哪一行的值") },                                         \
      { "reason", HX_IN_FORM, HX_TYPE_TEXT, .max = 500, .what = N_ ("原因") }, \
  {                                                                            \
    "trial", HX_IN_FORM, HX_TYPE_BOOL, .what = N_ ("只看会改什么")             \
  }
#define HX_NOT_SAME_PARAMETERS                                                 \
  { "one", HX_IN_FORM, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("甲") },           \
      { "other", HX_IN_FORM, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("乙") },     \
  {                                                                            \
    "reason", HX_IN_FORM, HX_TYPE_TEXT, HX_REQUIRED, .min = 1, .max = 500,     \
                                                     .what = N_ ("依据")       \
  }
#define HX_UNDO_PARAMETERS                                                     \
  {                                                                            \
    "merge", HX_IN_FORM, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("合并号")        \
  }

G_END_DECLS

#endif
