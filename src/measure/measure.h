/* measure: indicators that are right at the commit, and the rows behind them.
 *
 * Cells.  For each indicator with rows of its own the table cell (bureau_id,
 * indicator, unit_id, period, rows, amount) keeps, for the bureau (unit 0),
 * for each unit and every unit above it, and for each year (20230000), month
 * (20230300) and day (20230305), how many rows count and what they add up to.
 * A year's figure is one look-up however many rows there are.
 *
 * count     amount = rows
 * sum       amount = the field's sum in stored units (分 for money)
 * distinct  the table member (bureau_id, indicator, value, year, unit_id, days)
 *           holds on which days of a year who was counted, by the unit of the
 *           rows: "0305 0312*2" is 5 March, and two rows on 12 March; amount
 *           counts a value on the first day of the year on which it occurs
 *           (day and year cells) and once in each month (month cells), so that
 *           "up to a date" is again a sum of cells
 * members   +1 on the day a row's `since` begins, −1 on the day after its
 *           `until`; a figure adds all years up to the date
 * coverage  distinct over the rows whose reference is a member of the base at
 *           the end of the row's year;
 *           the base is kept as members under a second indicator id
 * ratio, total, reached, typed: no cells; computed from their parts
 *
 * What a quality asks for is counted beside them, as members: see
 * hx_catalogue_counted.
 *
 * A cell of no rows and amount 0 is not kept.  Reading all figures of a year is
 * a few look-ups for each, of which members ask one more for each earlier year
 * in which a row began or ended; only a part of a month other than January of a
 * distinct count asks the table member, for that year's values.
 *
 * The watcher given to the ledger collects what a write changes in memory and
 * brings it to the tables in hx_ledger_finish, inside the same transaction;
 * past 256 Ki changes (10 MB) earlier, so a write of any size stays within some
 * 60 MB here, most of it what conditions see of up to 512 Ki referenced rows of
 * a kind.  When rows that conditions refer to (`line.source`) change, the rows
 * that refer to them are weighed anew, by one scan for all of them, before a
 * row of their kind is written or the write ends.  When a unit gets another
 * parent, all cells are counted again.
 *
 * Ownership: figures are the caller's, with everything in them.
 * Threads: as the connection's.
 */
#ifndef HX_MEASURE_H
#define HX_MEASURE_H

#include "ledger/ledger.h"

G_BEGIN_DECLS

/* Tables of this room. */
gboolean hx_measure_migrate (HxConnection *connection, GError **error);
/* After hx_catalogue_install: registers new indicators, recounts those whose
 * rule changed, drops those that are gone.  `recounted` may be NULL. */
gboolean hx_measure_sync (HxConnection *connection, HxCatalogue *catalogue,
                          guint *recounted, GError **error);

/* A watcher for hx_ledger_new; free it after hx_ledger_finish. */
typedef struct _HxMeasure HxMeasure;
HxMeasure *hx_measure_new (HxConnection *connection, HxCatalogue *catalogue,
                           GError **error);
void hx_measure_free (HxMeasure *measure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxMeasure, hx_measure_free)
const HxWatcher *hx_measure_watcher (HxMeasure *measure);

/* The write that everyone above uses: `function` gets a ledger whose changes
 * keep the cells; all of it is one write of the store. */
typedef gboolean (*HxLedgerFunc) (HxLedger *ledger, gpointer data,
                                  GError **error);
gboolean hx_measure_write (HxStore *store, HxCatalogue *catalogue,
                           const HxAuthor *author, HxLedgerFunc function,
                           gpointer data, GError **error);

/* ------------------------------------------------------------------ figures */

typedef struct
{
  const HxIndicator *indicator;
  int year;
  HxDate as_of;     /* what the figure counts up to, after its own cut-off */
  HxExact value;    /* exact; money in 分 */
  gboolean is_void; /* a ratio over zero: there is no value */
  gint64 rows;      /* rows behind it */
  char *text;       /* exact decimal in `indicator->unit`: "1486.55", "386" */
} HxFigure;

void hx_figure_free (HxFigure *figure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxFigure, hx_figure_free)

typedef struct
{
  int year;
  HxDate as_of;   /* year 0: the end of the year */
  gint64 unit_id; /* 0: the whole bureau; else this unit and all below it */
  int month;      /* 0: the year so far; else this month alone */
} HxPeriod;

/* NULL with *error when there is no such indicator or the store fails. */
HxFigure *hx_figure_read (HxConnection *connection, HxCatalogue *catalogue,
                          const char *key, const HxPeriod *period,
                          GError **error);
/* Some indicators: HxFigure in their order, freed with the array. */
GPtrArray *hx_figures_of (HxConnection *connection, HxCatalogue *catalogue,
                          const GPtrArray *indicators, const HxPeriod *period,
                          GError **error);
/* Every indicator in the catalogue's order: HxFigure, freed with the array. */
GPtrArray *hx_figures_read (HxConnection *connection, HxCatalogue *catalogue,
                            const HxPeriod *period, GError **error);

/* -------------------------------------------------------------------- trace */

/* The rows behind a figure, in order of day and id; for ratio, total and
 * reached the rows of all parts.  `function` returns FALSE to stop. The number
 * of calls without a stop equals the figure's `rows`. */
typedef gboolean (*HxTraceFunc) (const HxRow *row, gpointer data);
gboolean hx_trace (HxConnection *connection, HxCatalogue *catalogue,
                   const char *key, const HxPeriod *period,
                   HxTraceFunc function, gpointer data, GError **error);

/* The same in pieces: begins behind `place`, which follows the rows that were
 * told.  One with its period alone begins at the first; a page of n rows is
 * what a function takes that stops at the nth. */
typedef struct
{
  const HxPeriod *period;
  guint part;                  /* of a ratio, total …: which, from 1 */
  char day[HX_DATE_TEXT_SIZE]; /* as it is stored */
  gint64 id;
} HxTracePlace;
gboolean hx_trace_behind (HxConnection *connection, HxCatalogue *catalogue,
                          const char *key, HxTracePlace *place,
                          HxTraceFunc function, gpointer data, GError **error);

/* ------------------------------------------------------------------- verify */

/* Count every cell and member again from the rows and name each that differs,
 * is missing or should not be there: 20 of an indicator, the rest as a number.
 * The rules are put to the tables as SQL, so this shares with the watcher the
 * tree of units and the reckoning of days alone.  Streams: memory stays within
 * some 40 MB, more is sorted in temporary files. */
gboolean hx_measure_verify (HxConnection *connection, HxCatalogue *catalogue,
                            HxFindingFunc function, gpointer data,
                            HxProgress progress, GError **error);

G_END_DECLS

#endif
