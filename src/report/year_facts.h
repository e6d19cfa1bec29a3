/* What a template can say of a year besides its figures: tasks, targets,
 * money that was not spent, problems, the score, the monitoring.  Private to
 * the room report; docs/report.md lists the names.
 *
 * Each subject is a provider: a function that puts a list or an object into
 * the context and, for each number in it, a fact.  A fact is a figure with a
 * panel; in the context it is {"figure": KEY, "filter": FILTER}.
 *
 * Ownership: facts own what hangs on them; the context is borrowed. */
#ifndef HX_YEAR_FACTS_H
#define HX_YEAR_FACTS_H

#include "ledger/ledger.h"
#include "measure/measure.h"
#include "report/report.h"

#define HX_FACT_COLUMNS 4 /* kind, number of the row, date, content */

typedef struct
{
  char *key, *name, *query;
  const char *unit;   /* or NULL; of a catalogue or static */
  const char *filter; /* how it is stated where the template says nothing */
  HxExact value;
  guint decimals;
  json_t *place;    /* its object in the context, borrowed */
  GPtrArray *cells; /* char *, HX_FACT_COLUMNS a row */
} HxYearFact;

typedef struct
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  int year;
  HxDate as_of;
  json_t *context;
  GHashTable *figures; /* key → HxFigure, borrowed */
  GHashTable *facts;   /* key → HxYearFact */
  GPtrArray *targets;  /* HxTarget, read once for several providers */
} HxYearFacts;

/* Reads all subjects that the catalogue keeps; the names of the others are in
 * the context too, empty. */
gboolean hx_year_facts_read (HxYearFacts *facts, GError **error);
void hx_year_facts_clear (HxYearFacts *facts);

/* How a fact is found again: the prefix of its provider and the number that
 * the record has, or its row id where the number cannot be a key. */
typedef struct
{
  const char *prefix;
  const char *number;
  gint64 id;
} HxFactName;

/* A new fact that stands in `item` as `member`. */
HxYearFact *hx_year_fact (HxYearFacts *facts, HxFactName name, json_t *item,
                          const char *member);
/* … of money in 分, of 1/10000, and of a plain number. */
void hx_fact_money (HxYearFact *fact, gint64 fen);
void hx_fact_share (HxYearFact *fact, gint64 share);
void hx_fact_number (HxYearFact *fact, gint64 number, const char *unit);
/* Name and rule, both taken. */
void hx_fact_words (HxYearFact *fact, char *name, char *query);
/* One row that is behind it. `text` may be NULL. */
void hx_fact_row (HxYearFact *fact, const HxKind *kind, gint64 id, HxDate date,
                  const char *text);

/* Members of context items.  A text loses the full stop at its end, so that a
 * template can go on; NULL is empty. */
void hx_set_text (json_t *item, const char *member, const char *text);
void hx_set_day (json_t *item, const char *member, HxDate date);
void hx_set_code (json_t *item, const char *member, const HxCode *code);
void hx_set_flag (json_t *item, const char *member, gboolean holds);

gboolean hx_year_money (HxYearFacts *facts, GError **error);
gboolean hx_year_targets (HxYearFacts *facts, GError **error);
gboolean hx_year_tasks (HxYearFacts *facts, GError **error);
gboolean hx_year_problems (HxYearFacts *facts, GError **error);
gboolean hx_year_score (HxYearFacts *facts, GError **error);
gboolean hx_year_monitoring (HxYearFacts *facts, GError **error);

#endif
