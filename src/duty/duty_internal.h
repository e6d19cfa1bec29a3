/* Private to the room duty.
 *
 * occasion  the due days of a duty, and their windows
 * lunar     birthdays by the lunar calendar
 * duty_sql  rows, events and records of a duty as statements
 * gather    the items of one duty
 */
#ifndef HX_DUTY_INTERNAL_H
#define HX_DUTY_INTERNAL_H

#include "duty/duty.h"
#include "ledger/ledger.h"

/* -------------------------------------------------------------- occasion */

/* Days are those of hx_date_days. */
typedef struct
{
  gint64 due, opens, closes;
  int number; /* the age reached, the festival; else 0 */
  gboolean is_lunar;
} HxOccasion;

typedef struct
{
  gint64 from, until; /* due days asked for */
  GArray *occasions;  /* HxOccasion; added to */
} HxSpan;

/* "1938-07" → 1938, 7, 0. */
HxDate hx_occasion_date (const char *text);
/* The first and the last day that a date without month or day may mean. */
gint64 hx_occasion_first (HxDate date);
gint64 hx_occasion_last (HxDate date);
/* The same for every row. */
gboolean hx_occasion_is_common (const HxDuty *duty);
void hx_occasions_common (const HxDuty *duty, HxSpan *span);
void hx_occasion_add (HxSpan *span, HxOccasion occasion);
/* Is an age asked for? */
gboolean hx_occasion_is_asked (const HxDuty *duty, int age);
/* Birthdays by the lunar calendar; `day` may be NULL.  FALSE: the lunar day of
 * birth cannot be told. */
gboolean hx_occasions_lunar (const HxDuty *duty, HxDate birth, const char *day,
                             HxSpan *span);
/* By a date of the row or event. */
void hx_occasions_of (const HxDuty *duty, HxDate date, HxSpan *span);

/* -------------------------------------------------------------- duty_sql */

/* Parameters from 2 on; `sql` is freed after the statement. */

/* id, unit, since, until, label, date, is lunar, lunar day of the rows of a
 * duty (once an event), in order of id. */
HxStatement *hx_duty_rows (HxWhere *sql, HxConnection *connection,
                           const HxDuty *duty, const HxDutyQuery *query,
                           GError **error);
/* row, id, day, step of the records from the first to the last day; `rows`
 * (gint64) are the only ones asked about, or NULL. */
typedef struct
{
  gint64 first, last;
  const GArray *rows;
} HxProofSpan;
HxStatement *hx_duty_proofs (HxWhere *sql, HxConnection *connection,
                             const HxDutyProof *proof, const HxProofSpan *span,
                             GError **error);

/* ---------------------------------------------------------------- gather */

typedef struct
{
  const HxDuty *duty;
  gint64 row_id, unit_id;
  const char *label; /* in the gathering's chunk */
  HxOccasion when;
  guint step;  /* of duty->each, from 1; 0: it has none */
  guint proof; /* of duty->done_by, from 1; 0: not done */
  gint64 done_id, done_on;
} HxDue;

typedef struct
{
  HxConnection *connection;
  const HxDutyQuery *query;
  gint64 from, until, as_of;
  GStringChunk *labels; /* NULL: none are wanted */
} HxGather;

/* HxDue in order of row; appended to `dues`. */
gboolean hx_gather (const HxGather *gather, const HxDuty *duty, GArray *dues,
                    GError **error);
HxDutyState hx_due_state (const HxDue *due, gint64 as_of);
/* The duties asked for; NULL with *error when there is none. */
GPtrArray *hx_gather_duties (HxCatalogue *catalogue, const HxDutyQuery *query,
                             GError **error);

#endif
