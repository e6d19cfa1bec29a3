/* What the files of the measures share, lowest first.
 *
 * flat      a table of records of one size
 * day       days as numbers
 * unit      the units above a unit
 * view      what conditions see of a referenced row
 * weigh     rules: does a row count, and for how much
 * delta     what changes, collected and brought to the tables
 * recount   weighing rows of the tables anew
 *
 * A rule is an indicator with cells, made ready for weighing: its number in
 * the table `indicator` and, for each condition on a referenced row, the slot
 * of the view that says whether that row passes.
 */
#ifndef HX_MEASURE_INTERNAL_H
#define HX_MEASURE_INTERNAL_H

#include "measure/measure.h"

/* True of every row.  With it the planner reads a table in the order of its
 * key; asked for a bureau and nothing else, it takes any index that begins
 * with the bureau, and goes to the rows one by one. */
#define HX_ALL_IDS "id > 0"

#define HX_DAY_FIRST 10101   /* of rows that exist since nobody knows when */
#define HX_DAY_LAST 99991231 /* of rows without an end */

/* -------------------------------------------------------------------- flat */

/* Records start with a key of `words` gint64.  A pointer to a record is good
 * until the next add. */
typedef struct _HxFlat HxFlat;
HxFlat *hx_flat_new (gsize size, guint words);
void hx_flat_free (HxFlat *flat);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxFlat, hx_flat_free)
gpointer hx_flat_find (const HxFlat *flat, const gint64 *key); /* or NULL */
/* The record of the key; a new one is all 0 behind the key. */
gpointer hx_flat_add (HxFlat *flat, const gint64 *key);
guint hx_flat_count (const HxFlat *flat);
gpointer hx_flat_at (const HxFlat *flat, guint position);
void hx_flat_clear (HxFlat *flat);
/* Afterwards only walking and clearing are right. */
void hx_flat_sort (HxFlat *flat, GCompareFunc compare);

/* --------------------------------------------------------------------- day */

gint32 hx_day_first (gint32 day);       /* unknown parts at their beginning */
gint32 hx_day_last (gint32 day);        /* unknown parts at their end */
gint32 hx_day_next (gint32 day);        /* 0 behind the last day */
gint32 hx_day_parse (const char *text); /* 20230300 of "2023-03"; NULL: 0 */
gint32 hx_row_since (const HxRow *row);
gint32 hx_row_until (const HxRow *row);

/* -------------------------------------------------------------------- unit */

typedef struct _HxUnits HxUnits;
HxUnits *hx_units_new (HxConnection *connection, HxCatalogue *catalogue);
void hx_units_free (HxUnits *units);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxUnits, hx_units_free)
void hx_units_forget (HxUnits *units);
/* The bureau (0), the unit and every unit above it; gint64, borrowed. */
const GArray *hx_units_above (HxUnits *units, gint64 unit_id, GError **error);
const HxKind *hx_units_kind (HxUnits *units);
const HxField *hx_units_parent (HxUnits *units);

/* -------------------------------------------------------------------- view */

typedef struct
{
  gint64 id;
  gint32 since, until; /* until 0: the row is void */
  guint8 passes[];     /* one a slot of its kind */
} HxView;

typedef struct _HxViews HxViews;
HxViews *hx_views_new (HxConnection *connection, HxCatalogue *catalogue);
void hx_views_free (HxViews *views);
/* As new, but for what it knows of the catalogue. */
void hx_views_reset (HxViews *views);
void hx_views_limit (HxViews *views, guint rows);
/* The slot of a condition on rows of a kind; before any row is seen. */
guint hx_views_slot (HxViews *views, const HxKind *kind,
                     const HxCondition *condition);
/* Rows of the kind are the base of a coverage. */
void hx_views_use (HxViews *views, const HxKind *kind);
/* Good until the next call. NULL without *error: there is no such row. */
const HxView *hx_view_get (HxViews *views, const HxKind *kind, gint64 id,
                           GError **error);
/* A register row as it was before it was written (NULL: it is new) and as it
 * is now.  When the two look different the change is pending and the past view
 * kept until hx_views_settled. */
void hx_views_change (HxViews *views, const HxRow *before, const HxRow *after);
#define HX_VIEWS_PENDING_MAX (256 * 1024)
/* Rows whose view changed and whose referrers have not been weighed anew. */
guint hx_views_pending (const HxViews *views);
/* The row, or with id 0 any row of the kind. */
gboolean hx_views_is_pending (HxViews *views, const HxKind *kind, gint64 id);
/* Between these calls the views are those before the pending changes. */
void hx_views_past (HxViews *views, gboolean past);
void hx_views_settled (HxViews *views);

/* ------------------------------------------------------------------- weigh */

typedef struct
{
  const HxIndicator *indicator;
  gint64 id;
  gint64 base_id; /* coverage; else 0 */
  guint *slots;   /* one a condition of `where` */
  guint *base_slots;
} HxRule;

/* TRUE when the measure keeps cells of its own. */
gboolean hx_rule_has_cells (const HxIndicator *indicator);

typedef struct _HxWeigher HxWeigher;
/* Drops the weigher that the last write left with the connection: the numbers
 * of the indicators have changed. */
void hx_measure_forget (HxConnection *connection);
HxWeigher *hx_weigher_new (HxConnection *connection, HxCatalogue *catalogue,
                           GError **error);
void hx_weigher_free (HxWeigher *weigher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxWeigher, hx_weigher_free)
/* Rules with cells, by indicator; NULL where it has none. */
const HxRule *hx_weigher_rule (HxWeigher *weigher, guint index);
/* The rules that count rows of a kind, and those that cover them: HxRule, or
 * NULL for none. */
const GPtrArray *hx_weigher_rules_in (HxWeigher *weigher, const HxKind *kind);
const GPtrArray *hx_weigher_rules_over (HxWeigher *weigher, const HxKind *kind);
HxViews *hx_weigher_views (HxWeigher *weigher);

typedef struct
{
  gboolean counts;
  gint32 day, until;    /* until: members alone, else 0 */
  gint64 amount;        /* sum */
  const GArray *values; /* distinct, coverage: gint64, in order, each once */
} HxWeight;

/* The values are the weigher's, good until it weighs again. */
gboolean hx_weigh (HxWeigher *weigher, const HxRule *rule, const HxRow *row,
                   HxWeight *weight, GError **error);
/* The row as a member of the base of a coverage. */
void hx_weigh_base (HxWeigher *weigher, const HxRule *rule, const HxRow *row,
                    HxWeight *weight);
/* Does the weight of the row hang on a row whose change is pending?  NULL: may
 * that of any row? */
gboolean hx_row_looks_at_pending (HxWeigher *weigher, const HxRule *rule,
                                  const HxRow *row);
/* Ids of an attendees field, as the ledger writes them. */
void hx_people_add (const char *people, GArray *ids);

/* ------------------------------------------------------------------- delta */

/* One change: of cells (value 0) or of members. */
typedef struct
{
  gint64 unit_id, value;
  gint32 indicator, day;
  gint64 rows, amount;
} HxEntry;

#define HX_ENTRY_WORDS 3

typedef struct _HxDelta HxDelta;
HxDelta *hx_delta_new (HxConnection *connection, HxUnits *units);
void hx_delta_free (HxDelta *delta);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxDelta, hx_delta_free)
void hx_delta_limit (HxDelta *delta, guint records);
void hx_delta_add (HxDelta *delta, const HxRule *rule, const HxRow *row,
                   const HxWeight *weight, int sign);
void hx_delta_add_base (HxDelta *delta, const HxRule *rule, const HxRow *row,
                        const HxWeight *weight, int sign);
/* Brings what was collected to the tables once it passes its maximum. */
gboolean hx_delta_spill (HxDelta *delta, GError **error);
gboolean hx_delta_flush (HxDelta *delta, GError **error);

/* Changed members of one write, sorted by indicator, value, year, unit and
 * day, brought to the table; `changed` is told how cells follow. */
typedef gboolean (*HxEntryFunc) (gpointer data, const HxEntry *entry,
                                 GError **error);
gboolean hx_members_flush (HxConnection *connection, HxUnits *units,
                           HxFlat *entries, HxEntryFunc changed, gpointer data,
                           GError **error);

/* How many values occur on these days of one year, in a unit or below. */
typedef struct
{
  gint64 indicator, unit_id;
  gint32 first, last;
} HxMemberSpan;
gboolean hx_members_count (HxConnection *connection, HxUnits *units,
                           const HxMemberSpan *span, gint64 *count,
                           GError **error);

/* The days of a year on which a value occurs, as the table member keeps them:
 * "0305 0312*2", two rows on 12 March. */
#define HX_YEAR_DAYS 372 /* twelve months of 31 */
typedef struct
{
  guint32 months; /* bits 1 to 12: those with days that are not 0 */
  gint32 rows[HX_YEAR_DAYS];
} HxYearDays;
void hx_days_parse (const char *text, HxYearDays *days);
void hx_days_format (const HxYearDays *days, GString *text);

/* ------------------------------------------------------------------ figure */

gint32 hx_period_first (const HxPeriod *period);
/* What the indicator counts up to, after its own cut-off. */
gint32 hx_period_last (const HxPeriod *period, const HxIndicator *indicator);

/* ----------------------------------------------------------------- recount */

/* Every live row of a kind, in no order. */
typedef gboolean (*HxScanFunc) (const HxRow *row, gpointer data,
                                GError **error);
gboolean hx_scan (HxConnection *connection, const HxKind *kind,
                  HxScanFunc function, gpointer data, GError **error);
/* Put one row of a rule into a delta, `sign` +1 or −1. */
gboolean hx_rule_apply (HxWeigher *weigher, HxDelta *delta, const HxRule *rule,
                        const HxRow *row, int sign, GError **error);
void hx_rule_apply_base (HxWeigher *weigher, HxDelta *delta, const HxRule *rule,
                         const HxRow *row, int sign);

typedef struct
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  HxWeigher *weigher;
  HxDelta *delta;
} HxCounter;

/* Drop the cells of the rules marked (one flag an indicator), make them anew:
 * one scan a kind. */
gboolean hx_recount (const HxCounter *counter, const gboolean *marked,
                     GError **error);
/* Weigh anew the rows that refer to rows whose change is pending; all but the
 * one that is just being written, which may be NULL. */
gboolean hx_settle (const HxCounter *counter, const HxRow *but, GError **error);

/* How much a write keeps in memory: changes, and views of one kind. */
void hx_measure_limit (HxMeasure *measure, guint records, guint rows);

#endif
