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
#include "plan/target.h"
#include "report/printed.h"
#include "report/report.h"

#define HX_FACT_COLUMNS 4 /* kind, number of the row, date, content */

typedef struct
{
  char *key, *name, *query;
  char *unit;         /* or NULL */
  const char *filter; /* how it is stated where the template says nothing */
  HxExact value;
  guint decimals;
  json_t *place;    /* its object in the context, borrowed */
  GPtrArray *cells; /* char *, HX_FACT_COLUMNS a row */
  GArray *names;    /* HxRowName of the same rows */
  /* Of an indicator on another day than the report's: its rows are those of
   * the indicator, not `cells`. */
  const char *indicator; /* or NULL; of the catalogue */
  HxDate as_of;
  gint64 rows;
} HxYearFact;

/* A passage of the report that somebody wrote (plan.yaml: text): a template of
 * its own, whose words are no Markdown. */
typedef struct
{
  gint64 task_id;        /* 0: none */
  const HxCode *place;   /* function, goal, conclusion, work, result */
  char *name;            /* 报告文字 WZ-01 */
  HxTemplate *template_; /* NULL: see fault */
  char *fault;           /* why it cannot be printed, a sentence; or NULL */
  json_t *item;          /* its object in the context */
} HxYearText;

typedef struct
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  int year;
  HxDate as_of;
  json_t *context;
  GHashTable *figures;    /* key → HxFigure, borrowed */
  GHashTable *facts;      /* key → HxYearFact */
  GPtrArray *targets;     /* HxTarget, read once for several providers */
  const GPtrArray *texts; /* HxYearText, borrowed */
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
/* … of an indicator on a day, with as many rows behind it. */
void hx_fact_indicator (HxYearFact *fact, const char *indicator, HxDate as_of,
                        gint64 rows);
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

/* HxYearText of a year in the order of the report; empty when the catalogue
 * keeps none. */
GPtrArray *hx_year_texts_read (HxConnection *connection, HxCatalogue *catalogue,
                               int year, GError **error);
/* The works of a task, for its item; the caller's. */
json_t *hx_year_works (const HxYearFacts *facts, gint64 task_id);
/* Writes each passage into its item: what is wrong with it is added to
 * `findings`, a line each, and its place stays empty.  `options` are those of
 * the report's template. */
gboolean hx_year_texts_write (const GPtrArray *texts,
                              const HxTemplateOptions *options,
                              GPtrArray *findings, GError **error);

/* A target's value as a report states it: ≥95%, ≤163.40万元, or the wording;
 * the caller's. */
char *hx_year_target_value (const HxTarget *target);
/* Decimals of an actual or expected value, as many as 万元 asks for. */
guint hx_year_decimals (const char *text, const char *unit);

gboolean hx_year_texts (HxYearFacts *facts, GError **error);
gboolean hx_year_money (HxYearFacts *facts, GError **error);
gboolean hx_year_targets (HxYearFacts *facts, GError **error);
gboolean hx_year_tasks (HxYearFacts *facts, GError **error);
gboolean hx_year_problems (HxYearFacts *facts, GError **error);
gboolean hx_year_score (HxYearFacts *facts, GError **error);
gboolean hx_year_monitoring (HxYearFacts *facts, GError **error);

#endif
