/* quality: how full, right and fresh the data of a register are.
 *
 * Asked are the fields that the catalogue's quality.yaml lists for a kind, of
 * the rows that a selection (ledger/selection.h) gives and that hold the
 * quality's `where`, as they are stored.  A field of a row is one of
 *
 *   missing     it holds nothing
 *   wrong       what it holds is not taken by today's rules: its type, range,
 *               codes, pattern; a date after the as-of date (`until` aside); a
 *               reference to a row that is gone or void; ID number, birth date
 *               and sex against each other; the field's own `where`
 *   known bad   wrong, and the row says that this is known
 *   stale       right, but nobody has looked for so many months
 *   fresh       right, and looked at since, or freshness is not asked
 *
 * Somebody looked on the later of the row's own date and of the day of the last
 * record about it (not void, not after the as-of date) that shows it.
 *
 * Nothing is stored: all is counted from the rows, one pass over them.
 *
 * Threads: as the connection's.
 */
#ifndef HX_PEOPLE_QUALITY_H
#define HX_PEOPLE_QUALITY_H

#include "ledger/ledger.h"

G_BEGIN_DECLS

typedef enum
{
  HX_QUALITY_MISSING,
  HX_QUALITY_WRONG,
  HX_QUALITY_STALE
} HxQualityProblem;

/* "missing", "wrong", "stale". */
const char *hx_quality_problem_key (HxQualityProblem problem);

typedef struct
{
  const HxQuality *quality;
  const char *const *terms; /* as of selection.h; NULL: every row */
  HxDate as_of;             /* a whole date */
  const HxField *field;     /* NULL: all that are asked for */
} HxQualityQuery;

typedef struct
{
  gint64 rows;
  gint64 filled; /* = valid + known_bad + wrong */
  gint64 valid, known_bad;
  gint64 fresh; /* of the valid */
} HxQualityCount;

typedef struct
{
  gint64 unit_id; /* 0: none */
  guint field;    /* in quality->fields */
  HxQualityCount count;
} HxQualityPart;

/* Good during the call. */
typedef struct
{
  const HxRow *row;
  const HxQualityField *field;
  HxQualityProblem problem;
  const char *what;        /* wrong: what is; else NULL */
  HxDate verified;         /* year 0: never */
  const char *verified_by; /* or NULL */
} HxQualityItem;

/* FALSE stops. */
typedef gboolean (*HxQualityFunc) (const HxQualityItem *item, gpointer data);

/* HxQualityPart by unit id, then field; units without rows are not there.
 * `function` (may be NULL) is told of each problem, row by row in the order of
 * their ids.  The sum of the parts of a field is its total. */
GArray *hx_quality_measure (HxConnection *connection, HxCatalogue *catalogue,
                            const HxQualityQuery *query, HxQualityFunc function,
                            gpointer data, GError **error);
/* Adds the parts of a field, those of all fields for `field` -1. */
HxQualityCount hx_quality_total (const GArray *parts, int field);

/* part of whole in 1/100 per cent, half up; of nothing it is all. */
gint64 hx_quality_share (gint64 part, gint64 whole);

G_END_DECLS

#endif
