/* Private to the room score: what is at hand while a card is filled in. */
#ifndef HX_SCORE_INTERNAL_H
#define HX_SCORE_INTERNAL_H

#include "plan/plan.h"
#include "score/rule.h"
#include "score/score.h"

/* What somebody filled in for a row. */
typedef struct
{
  gint64 id;
  char *row;
  gboolean is_used; /* a row of the card took it */
  gboolean applies;
  gboolean has_value, has_base, has_share;
  HxDecimal value, base, share;
  char *checks, *reason, *signer; /* or NULL */
  HxStatedStep step;
  const char *step_name; /* the catalogue's, or NULL */
  guint evidence;        /* files */
} HxScoreEntry;

typedef struct
{
  HxConnection *connection;
  HxScore *score;
  gboolean is_whole_year;
  GPtrArray *entries; /* HxScoreEntry */
  /* Read when first asked for. */
  GPtrArray *lines[2]; /* HxBudgetLine of the year, and of the one before */
  HxPlanYear *plan;
  GPtrArray *targets; /* HxTarget */
  /* How the points of a level are shared out; sum 0: they are not. */
  gint64 share_points, share_sum, share_so_far;
} HxScoring;

/* FALSE with *error is of the store alone. */
gboolean hx_entries_read (HxScoring *scoring, GError **error);
void hx_entry_free (gpointer data);
/* NULL when nobody filled in the row. */
HxScoreEntry *hx_entry_find (const HxScoring *scoring, const HxCardRow *row);
/* 1,3 → bits 0 and 2; 全部 all of n; 无 none.  FALSE: neither. */
gboolean hx_checks_parse (const char *text, guint n, guint64 *checks);
/* 是 or 否; FALSE: neither. */
gboolean hx_yes_no_parse (const char *text, gboolean *yes);

/* A row that is being scored. */
typedef struct
{
  HxScoring *scoring;
  HxScoreRow *row;
  const HxScoreEntry *entry; /* or NULL */
  HxRuleInput input;
  GArray *targets;   /* HxRulePart, when the rule asks for them */
  gboolean is_void;  /* the number divides by nothing */
  gboolean is_shown; /* row->value is set */
} HxLeaf;

/* A number and what is known of it. */
typedef struct
{
  gboolean is_there, is_void;
  HxFraction value; /* money in 万元, shares in per cent */
} HxScoreNumber;

/* Appends to row->from. */
gboolean hx_operand_read (HxLeaf *leaf, const HxOperand *operand, int year,
                          HxScoreNumber *number, GError **error);
/* Fills the parts of the input. */
gboolean hx_quarters_read (HxLeaf *leaf, GError **error);
GPtrArray *hx_scoring_targets (HxScoring *scoring, GError **error);
/* A HxScoreFrom in borrowed words. */
typedef struct
{
  const char *key, *name, *text, *unit;
  const HxIndicator *indicator;
  int year;
} HxFromWords;

void hx_score_from_add (HxScoreRow *row, const HxFromWords *words);

/* The task that the query names, as score->task; TRUE when it names none. */
gboolean hx_score_take_task (HxScoring *scoring, const char *name,
                             GError **error);
void hx_score_task_free (HxScoreTask *task);
/* Whether a task of the plan is in the score. */
gboolean hx_score_has_task (const HxScore *score, gint64 id);

/* What a leaf of the card scores.  FALSE with *error is of the store alone. */
gboolean hx_score_leaf (HxScoring *scoring, HxScoreRow *row, GError **error);
/* One row for each target, behind the rows so far. */
gboolean hx_score_targets (HxScoring *scoring, HxScoreRow *group,
                           GError **error);
/* The parts of the rule `targets`. */
gboolean hx_score_target_parts (HxLeaf *leaf, const HxRule *rule,
                                GError **error);
/* Round the result and set what is lost. */
void hx_score_settle (HxScoring *scoring, HxScoreRow *row,
                      const HxRuleResult *result);
/* The row scores nothing; `what` is taken over. */
void hx_score_missing (HxScoreRow *row, char *what);
HxScoreRow *hx_score_row_new (HxScoring *scoring, const HxCardRow *card);
/* `what` is taken over. */
void hx_score_finding (HxScoring *scoring, const HxScoreRow *row, char *what,
                       const char *to_do);
/* A sentence on why points are lost; the caller's. */
char *hx_score_reason (const HxLeaf *leaf, const HxRule *rule);

#endif
