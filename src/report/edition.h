/* edition: a report as it was issued, frozen.
 *
 * Issuing keeps, in one write: the template, the text with its figures, of
 * each figure that the text prints its exact value, its wording and the set of
 * rows behind it, the answers to the review, and a digest over all of them
 * (that of the catalogue: SM3 or SHA-256).  The year is locked (ledger/lock.h),
 * and the change log has the digest, so that the chain vouches for it.
 *
 * A row set is a text, a line a kind by its key, "visit 1.1 2.1 5.3": row 5 as
 * its third version left it; by row id; a row that counts twice (in both parts
 * of a ratio) stands twice.
 *
 * Tables edition and edition_figure; nothing in them is ever changed.
 *
 * Ownership: what is returned is the caller's.  Threads: the connection's.
 */
#ifndef HX_REPORT_EDITION_H
#define HX_REPORT_EDITION_H

#include "report/year.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  int year;
  guint number; /* from 1 in each year */
  HxDate as_of; /* what its figures count up to */
  char *bureau;
  char *template_;
  char *markdown; /* with links to the figures */
  char *answers;  /* JSON: [{"check", "place", "value", "reason", "signer"}] */
  char *issued_at, *issued_by;
  char *digest; /* in hex */
} HxEdition;

void hx_edition_free (HxEdition *edition);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxEdition, hx_edition_free)

typedef struct
{
  char *key, *name, *query;
  char *unit;   /* or NULL */
  char *stated; /* 380多 */
  char *value;  /* 386 */
  gint64 numerator, denominator;
  HxDate as_of; /* year 0: of no day of its own */
  gint64 rows;
  char *row_set;
  char *digest; /* of the row set, in hex */
} HxEditionFigure;

void hx_edition_figure_free (HxEditionFigure *figure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxEditionFigure, hx_edition_figure_free)

/* ------------------------------------------------------------------ issuing */

typedef struct
{
  int year;
  HxDate as_of; /* year 0: 31 December */
  /* May it be issued?  Looks at the text and the values of its figures (key →
   * HxExact); sets the answers to the review, JSON as above, or fails. */
  gboolean (*allow) (HxConnection *connection, const char *markdown,
                     GHashTable *values, char **answers, gpointer data,
                     GError **error);
  gpointer data;
  const char *issued_by;
  const char *issued_at; /* NULL: now */
} HxIssue;

/* Inside a write of the ledger. */
HxEdition *hx_edition_issue (HxLedger *ledger, const HxIssue *issue,
                             GError **error);

/* ------------------------------------------------------------------ reading */

/* `number` 0: the last.  HX_ERROR_NOT_FOUND when it is not there. */
HxEdition *hx_edition_read (HxConnection *connection, int year, guint number,
                            GError **error);
/* HxEdition, the newest first, without template, text and answers; `year` 0:
 * of all years. */
GPtrArray *hx_editions_list (HxConnection *connection, int year,
                             GError **error);
/* HxEditionFigure by key; of `key` alone when it is not NULL. */
GPtrArray *hx_edition_figures (HxConnection *connection,
                               const HxEdition *edition, const char *key,
                               GError **error);
/* The frozen document in any format, see hx_report_year; HTML has a panel for
 * each figure.  `length` may be NULL. */
char *hx_edition_write (HxConnection *connection, HxCatalogue *catalogue,
                        const HxEdition *edition, HxReportFormat format,
                        gsize *length, GError **error);

/* -------------------------------------------------------------- since then */

typedef struct
{
  const HxEditionFigure *figure;
  const char *now; /* the exact value by the rows as they are; NULL: none */
} HxEditionChange;

/* FALSE stops. */
typedef gboolean (*HxEditionChangeFunc) (const HxEditionChange *change,
                                         gpointer data);
/* Each figure whose value is another one now. */
gboolean hx_edition_changes (HxConnection *connection, HxCatalogue *catalogue,
                             const HxEdition *edition,
                             HxEditionChangeFunc function, gpointer data,
                             GError **error);

typedef enum
{
  HX_SINCE_ADDED,   /* counts now */
  HX_SINCE_REMOVED, /* counts no more */
  HX_SINCE_CHANGED  /* counts, but was changed */
} HxSince;

/* Each row that differs between the frozen set and what is behind the figure
 * now. */
typedef void (*HxEditionRowFunc) (const HxKind *kind, gint64 id, HxSince since,
                                  gpointer data);
gboolean hx_edition_compare (HxConnection *connection, HxCatalogue *catalogue,
                             const HxEdition *edition,
                             const HxEditionFigure *figure,
                             HxEditionRowFunc function, gpointer data,
                             GError **error);
/* The rows of the frozen set as they are now, void ones too, in the order of
 * the set, without the first `skip`; those of a kind that the catalogue has no
 * more are left out. */
gboolean hx_edition_rows (HxConnection *connection, HxCatalogue *catalogue,
                          const HxEditionFigure *figure, gint64 skip,
                          HxTraceFunc function, gpointer data, GError **error);

/* Digests of every edition and its row sets, recomputed and held against the
 * change log; a finding names what differs. */
gboolean hx_editions_verify (HxConnection *connection, HxCatalogue *catalogue,
                             HxFindingFunc function, gpointer data,
                             GError **error);

G_END_DECLS

#endif
