/* What the files of the measures share.
 *
 * A rule is an indicator with cells, made ready for weighing: its number in
 * the table `indicator` and, for each condition on a referenced row, the slot
 * in which the weigher keeps whether that row passes.
 */
#ifndef HX_MEASURE_INTERNAL_H
#define HX_MEASURE_INTERNAL_H

#include "measure/measure.h"

#define HX_DAY_FIRST 10101   /* of rows that exist since nobody knows when */
#define HX_DAY_LAST 99991231 /* of rows without an end */

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
gint32 hx_day_first (gint32 day); /* unknown parts at their beginning */
gint32 hx_day_last (gint32 day);  /* unknown parts at their end */
gint32 hx_day_next (gint32 day);  /* 0 behind the last day */
gint32 hx_row_since (const HxRow *row);
gint32 hx_row_until (const HxRow *row);

/* ---------------------------------------------------------------- weigher */

typedef struct _HxWeigher HxWeigher;

HxWeigher *hx_weigher_new (HxConnection *connection, HxCatalogue *catalogue,
                           GError **error);
void hx_weigher_free (HxWeigher *weigher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxWeigher, hx_weigher_free)
/* Rules with cells, by indicator; NULL where it has none. */
const HxRule *hx_weigher_rule (HxWeigher *weigher, guint index);
/* What conditions see of one referenced row. */
typedef struct
{
  gint32 since, until; /* until 0: the row is void or not there */
  guint8 passes[];     /* one a slot of its kind */
} HxView;
HxView *hx_weigher_view (HxWeigher *weigher, const HxRow *row);
gboolean hx_weigher_view_equal (HxWeigher *weigher, const HxKind *kind,
                                const HxView *a, const HxView *b);
/* From now on the row is seen so; takes the view. */
void hx_weigher_show (HxWeigher *weigher, const HxKind *kind, gint64 id,
                      HxView *view);

typedef struct
{
  gboolean counts;
  gint32 day, until; /* until: members alone, else 0 */
  gint64 amount;     /* sum */
  GArray *values;    /* distinct, coverage: gint64, in order, each once */
} HxWeight;

/* `weight->values` is made by the caller. */
gboolean hx_weigh (HxWeigher *weigher, const HxRule *rule, const HxRow *row,
                   HxWeight *weight, GError **error);
/* The row as a member of the base of a coverage. */
void hx_weigh_base (const HxRule *rule, const HxRow *row, HxWeight *weight);

/* ------------------------------------------------------------------- units */

typedef struct _HxUnits HxUnits;
HxUnits *hx_units_new (HxConnection *connection, HxCatalogue *catalogue);
void hx_units_free (HxUnits *units);
void hx_units_forget (HxUnits *units);
/* The bureau (0), the unit and every unit above it; gint64, borrowed. */
const GArray *hx_units_above (HxUnits *units, gint64 unit_id, GError **error);
const HxKind *hx_units_kind (HxUnits *units);
const HxField *hx_units_parent (HxUnits *units);

/* ------------------------------------------------------------------- delta */

typedef struct _HxDelta HxDelta;
HxDelta *hx_delta_new (HxConnection *connection, HxUnits *units);
void hx_delta_free (HxDelta *delta);
/* What a change belongs to. */
typedef struct
{
  gint64 indicator, unit_id;
  gint32 day;
} HxSpot;
void hx_delta_cell (HxDelta *delta, const HxSpot *spot, gint64 rows,
                    gint64 amount);
void hx_delta_member (HxDelta *delta, const HxSpot *spot, gint64 value,
                      gint64 rows);
gboolean hx_delta_is_full (const HxDelta *delta);
gboolean hx_delta_flush (HxDelta *delta, GError **error);
void hx_delta_clear (HxDelta *delta);

/* -------------------------------------------------------------------- scan */

typedef gboolean (*HxScanFunc) (const HxRow *row, gpointer data,
                                GError **error);
/* Every live row of a kind in order of day and id; `extra` is more SQL after
 * the WHERE ("" for none) in which ?2 to ?4 are `bounds`. */
typedef struct
{
  const char *extra;
  const char *texts[2]; /* ?2, ?3; NULL: not there */
  gint64 integer;       /* ?4 */
  gboolean has_integer;
} HxScanBounds;
gboolean hx_scan (HxConnection *connection, const HxKind *kind,
                  const HxScanBounds *bounds, HxScanFunc function,
                  gpointer data, GError **error);

/* Put one row of a rule into a delta, `sign` +1 or −1. */
gboolean hx_rule_apply (HxWeigher *weigher, HxDelta *delta, const HxRule *rule,
                        const HxRow *row, int sign, GError **error);
void hx_rule_apply_base (HxDelta *delta, const HxRule *rule, const HxRow *row,
                         int sign);
/* Drop the cells of a rule and make them anew. */
gboolean hx_rule_recount (HxConnection *connection, HxWeigher *weigher,
                          HxDelta *delta, const HxRule *rule, GError **error);

#endif
