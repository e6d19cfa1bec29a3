/* score: a scorecard filled in for a year.
 *
 * Every row has its points, what it scored, what it lost and why, and which
 * figures that was computed from.  A score is computed exactly and rounded
 * once, in its row, half-up to the card's decimals; the rows above and the
 * total are sums of the rounded scores, so that the printed form adds up.
 *
 * Rows that do not apply (said in an entry, or by the card's `without_base`)
 * leave the count; then the total is scaled to the full points again.  A bonus
 * is added after that; the total stays within 0 and the card's total.
 *
 * A row that somebody fills in needs an entry with a signer and, unless the
 * card waives it, evidence.  What is missing is named in the row and in the
 * findings, and the row scores nothing until it is there.
 *
 * Entries of a year are those that name it, whenever they were filled in; when
 * `as_of` is before the end of the year, those of later days do not count.
 *
 * A project card may be filled in for one key task: then it has the lines of
 * the budget that pay for it, its milestones and its targets alone.  The
 * weights of these share out the points of their level in proportion,
 * cumulatively rounded, so that they add up to them; a level without targets
 * does not apply. An entry is for such a form when its card is
 * "project_self/RW2023-5": card, slash, number of the task.
 *
 * Ownership: a score owns its rows; what it takes from the card is the
 * catalogue's.  Threads: the connection's.
 */
#ifndef HX_SCORE_SCORE_H
#define HX_SCORE_SCORE_H

#include "budget/budget.h"
#include "catalogue/scorecard.h"
#include "measure/measure.h"
#include "score/fraction.h"

G_BEGIN_DECLS

/* One number that a row was computed from. */
typedef struct
{
  char *key;  /* of a figure, of a fact (budget.total), of a target (its
               * number), or entry.value, entry.base */
  char *name; /* as a reader knows it */
  char *text; /* the value as printed, without unit */
  char *unit; /* or NULL */
  const HxIndicator *indicator; /* to trace it by; or NULL */
  int year;                     /* the year before for a change */
} HxScoreFrom;

typedef enum
{
  HX_SCORE_ROW_SCORED,
  HX_SCORE_ROW_MISSING, /* scores nothing until what is missing is there */
  HX_SCORE_ROW_SKIPPED  /* does not apply */
} HxScoreRowState;

typedef struct
{
  const HxCardRow *card; /* of a target: the row that it stands under */
  char *key;             /* of a target: its number */
  char *name;
  const char *standard; /* or NULL */
  guint level;          /* 1…3 */
  gboolean is_group;    /* sums of the rows below */
  gboolean is_target;
  gboolean is_bonus;
  HxScoreRowState state;
  /* In units of 10^-decimals of the card. */
  gint64 points, score, deduction;
  HxFraction exact;            /* before rounding */
  char *value;                 /* what the rule was given: "95.06%"; or NULL */
  char *target;                /* of a target: what it should be, or NULL */
  char *reason;                /* why points are lost; NULL when none are */
  gboolean is_computed_reason; /* the sentence is the program's */
  char *measure;               /* of a target: what is done about it, or NULL */
  gboolean is_over;            /* far over its target */
  GPtrArray *from;             /* HxScoreFrom */
  GPtrArray *missing;          /* char *: what is missing, a sentence each */
  char *signer;                /* of what was filled in, or NULL */
  guint evidence;              /* how many files */
  gint64 entry_id;             /* of the row that was filled in; 0: none */
  gint64 target_id;            /* of a target; else 0 */
} HxScoreRow;

typedef struct
{
  const HxScoreRow *row; /* NULL: the card as a whole */
  char *what;
  char *to_do;
} HxScoreFinding;

/* The key task that a form is filled in for. */
typedef struct
{
  gint64 id, unit_id; /* the unit may be 0 */
  char *number, *name;
  const HxCode *budget; /* of the lines that pay for it, or NULL */
} HxScoreTask;

typedef struct
{
  HxCatalogue *catalogue; /* a reference */
  const HxScorecard *card;
  int year;
  HxDate as_of;
  HxScoreTask *task; /* NULL: of the whole bureau */
  GPtrArray *rows;   /* HxScoreRow, each row before those below it */
  /* In units of 10^-decimals. */
  gint64 points;  /* of the rows that apply */
  gint64 skipped; /* of those that do not */
  gint64 earned;  /* before scaling and bonus */
  gint64 bonus;
  gint64 total;
  gboolean is_complete; /* nothing is missing */
  gboolean is_shared;   /* points of targets are not their weights */
  const HxGrade *grade; /* NULL: below all grades */
  GPtrArray *findings;  /* HxScoreFinding */
} HxScore;

typedef struct
{
  int year;
  /* As in hx_scorecard_find; NULL: the setting "scorecard", else the default;
   * with a task the latest project card. */
  const char *card;
  HxDate as_of;     /* year 0: 31 December */
  const char *task; /* number or name of a key task; NULL: the whole bureau */
} HxScoreQuery;

/* HX_ERROR_NOT_FOUND when there is no such card or task, HX_ERROR_USAGE when a
 * task is asked of a card that is none of projects. */
HxScore *hx_score_read (HxConnection *connection, HxCatalogue *catalogue,
                        const HxScoreQuery *query, GError **error);
void hx_score_free (HxScore *score);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxScore, hx_score_free)

/* Whether the money of a line is in it. */
gboolean hx_score_has_line (const HxScore *score, const HxBudgetLine *line);
/* NULL when the score has no such row. */
const HxScoreRow *hx_score_row (const HxScore *score, const char *key);
/* "9.51": points and scores of this card; the caller's. */
char *hx_score_format (const HxScore *score, gint64 units);
/* "预算执行 1413.15万元，全年预算 1486.55万元"; NULL when the row was computed
 * from no figure; the caller's. */
char *hx_score_row_from (const HxScoreRow *row);
/* What a row stands on: the figures, else what was filled in, and who signed
 * for it with how many files; NULL for nothing of it; the caller's. */
char *hx_score_row_basis (const HxScoreRow *row);
/* What stands in the last column of a form: why points are lost, what is done
 * about it, what is missing, that it does not apply; "" for nothing of it; the
 * caller's. */
char *hx_score_row_note (const HxScoreRow *row);
/* "财预〔2013〕53号，2013-04-21 起，版本 1，全国"; the caller's. */
char *hx_scorecard_origin (const HxScorecard *card);

G_END_DECLS

#endif
