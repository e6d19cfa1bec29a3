/* history: what a field held when.
 *
 * A field of a register that the catalogue marks `dated` moves in the course
 * of the years: the street somebody lives in, the branch, the category.  A
 * change of such a field takes effect on a day, today unless the ledger is
 * told otherwise (hx_ledger_effect), never in the future.  The table history
 * (bureau_id, kind, row, field, since, integer, text, seq) holds the periods:
 * since '' what was before the first change, since D what held from D on; the
 * value in `integer` or `text` as the column of the field is, both NULL for
 * empty; seq is the entry of the change log that set it.
 *
 * A field that never changed has no period: its row says it all.  A field that
 * was empty and is filled for the first time makes none either, unless a day
 * is given: it was so before, only nobody had written it.  The value of a row
 * is that of its last period.
 *
 *   change from D        what was is kept (since ''), the new holds from D on
 *   the same, D before   the row keeps its value, the new holds from D to the
 *   a later change       next change; entry of the log with the action
 *                        `history`, row, version and figures stay as they are
 *   correction           the value in force (on D) was wrong and is replaced,
 *                        without a period
 *
 * The table is a projection of the change log, kept in the same write.  An
 * entry that moves dated fields says so behind its values in `after`:
 * "@from":"2023-05-01", "@dated":["street"], and "@correction":true.
 *
 * Value on a day: that of the last period that began by then, and the row's
 * own when no period begins after it.  Whether the row exists on that day is
 * another question, of its since and until: see selection.h.
 */
#ifndef HX_HISTORY_H
#define HX_HISTORY_H

#include "ledger/ledger.h"

G_BEGIN_DECLS

typedef struct
{
  HxDate from;            /* the first day; year 0: today */
  gboolean is_correction; /* what is replaced was wrong all the time */
} HxEffect;

/* From now on puts and changes of this ledger take effect so; NULL: today.
 * Refused: a day to come, a date without month or day. */
gboolean hx_ledger_effect (HxLedger *ledger, const HxEffect *effect,
                           GError **error);
/* hx_ledger_change with one byte a field, as of hx_ledger_put: of the dated
 * fields only those with 1 are meant to be so on the day, even when they are
 * what the row holds today.  Other fields are taken as they stand in `row`. */
gboolean hx_ledger_change_fields (HxLedger *ledger, HxRow *row,
                                  const guint8 *set, HxFaults *faults,
                                  GError **error);

/* SQL for the value of a field on a day, of the rows of `kind` called `alias`;
 * the column itself when the field is not dated or the day's year is 0.  The
 * caller frees. */
char *hx_history_value (const HxKind *kind, const HxField *field,
                        const char *alias, HxDate day);

typedef struct
{
  const HxField *field;
  const char *since; /* "" for what was before the first change */
  HxValue value;
  gint64 seq;
} HxPast;

/* FALSE stops. */
typedef gboolean (*HxPastFunc) (const HxPast *past, gpointer data);
/* The periods of a row, field by field, oldest first. */
gboolean hx_history_each (HxConnection *connection, const HxKind *kind,
                          gint64 id, HxPastFunc function, gpointer data,
                          GError **error);

/* What an entry of the change log says of its day: FALSE when its `after`
 * moved no dated field.  `from` takes HX_DATE_TEXT_SIZE bytes. */
gboolean hx_history_entry (const char *after, char *from,
                           gboolean *is_correction);

G_END_DECLS

#endif
