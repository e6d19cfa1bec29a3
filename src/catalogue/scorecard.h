/* Scorecards: how the work and the money of a year are scored.
 *
 * Every form is a file of its own, scorecards/NAME.yaml; forms differ by region
 * and year, so nothing of them is in the program:
 *
 *   key: mof_2013
 *   name: 部门整体支出绩效评价
 *   form: 附件2                # which form of which issuer this is
 *   region: 全国
 *   document: 财预〔2013〕53号  # by which it is in force
 *   version: '1'
 *   valid_from: 2013-04-21
 *   years: [2013]              # or [2013, 2025]: the years it scores
 *   default: true              # taken when nobody names a card
 *   layout: department         # or project: how the form is printed
 *   warning: 分值是示例…       # printed wherever the card is used
 *   note: …
 *   total: 100                 # what the points add up to
 *   decimals: 2                # of points and scores, at most 4
 *   grades:                    # from the best to the worst
 *     - {name: 优, from: 90}   # 90 and more; `above: 90`: more than 90
 *     - {name: 差, from: 0}
 *   rows:
 *     - key: process           # a row of rows …
 *       name: 过程
 *       points: 40
 *       rows:
 *         - key: rate          # … and one that is scored
 *           name: 预算完成率
 *           points: 10
 *           standard: 完成率达到100%得满分，未达到的按比例得分
 *           rule: ratio
 *           ratio: [budget.executed, budget.total]
 *
 * Rows stand in at most three levels.  The points of the rows under a row add
 * up to its own, and those of the first level to `total`; a bonus has none.
 *
 * What a rule is given, one of
 *
 *   value: A                   a number; of the unit % in per cent
 *   ratio: [A, B]              A / B in per cent
 *   change: A                  (this year's A − last year's) / last year's, in
 *                              per cent; [A, B] takes B for last year's
 *
 * where A and B are the key of a figure, a number, one of the facts below, or
 * `entry.value` and `entry.base`: filled in by hand, in the kind that plan.yaml
 * names `entry`, with who signs and with evidence (`evidence: false` waives
 * it).  `absolute: true` drops the sign.  `without_base` says what becomes of a
 * division by nothing: missing (as it is without it), full, or
 * not_applicable.
 *
 *   budget.initial …           the amounts of HxMoney (see hx_fact_names);
 *                              budget.moved: all adjustments without their
 *                              signs, what 预算调整率 asks for;
 *                              budget.executed@project: of the lines of that
 *                              nature alone
 *   budget.quarter_rates       for the rule quarters alone
 *   plan.tasks …, targets …    how many there are, are done, were on time
 *
 * Rules and what they read beside that:
 *
 *   ratio       points × value / target, at most the points; target: 100 unless
 *               said; negative values score nothing
 *   inverse     points × target / value, at most the points
 *     both      over: 120 — from this per cent of the target on (for inverse:
 *               the other way round) the row asks for an explanation;
 * over_rate: 1 — and loses so much per cent of its points for each percentage
 * point beyond steps       steps: [{from: 90, points: 5}, {from: 80, below: 90,
 * points: 4}, …]; from ≥, above >, to ≤, below <.  No gap, no overlap deduct
 * above: 100 (or below: 90), each: 0.5, per: 1, whole: true — beyond the limit
 * `each` for every `per`; whole: only full ones count       each: 0.5, free: 1
 * — `each` for every one beyond the free ones checklist   items: [text, …] of
 * equal weight, or [{text:, points:}, …]; which are fulfilled is filled in: 1,3
 *   yes_no      wants: 是 (or 否); a number is 是 unless it is 0
 *   qualitative a step and a share are filled in; bands: [80, 60] are the lower
 *               ends of reached and partly
 *   choose      options: [{key:, name:, rule: …}, …], take: best or stated (the
 *               entry names it)
 *   quarters    value: budget.quarter_rates, plan: [25, 50, 75, 100] — the mean
 *               of what each ended quarter reached of its plan
 *   targets     levels: [output, …] — the mean of what the targets of these
 *               levels reached, by their weights
 *   stated      the score itself is filled in (entry.value)
 *   bonus       each: 1, most: 5, least: -5 — value × each within the bounds,
 *               on top of the total, which stays within 0 and `total`
 *
 * `targets: [output, cost]` in place of `rows` and `rule` makes a row for every
 * target of these levels, its weight being its points.
 *
 * Ownership: all hangs on the catalogue.
 */
#ifndef HX_CATALOGUE_SCORECARD_H
#define HX_CATALOGUE_SCORECARD_H

#include "catalogue/catalogue.h"

G_BEGIN_DECLS

#define HX_SCORE_DECIMALS_MAX 4
#define HX_SCORE_LEVELS 3
#define HX_SCORE_QUARTERS 4

typedef enum
{
  HX_RULE_RATIO,
  HX_RULE_INVERSE,
  HX_RULE_STEPS,
  HX_RULE_DEDUCT,
  HX_RULE_COUNT,
  HX_RULE_CHECKLIST,
  HX_RULE_YES_NO,
  HX_RULE_QUALITATIVE,
  HX_RULE_CHOOSE,
  HX_RULE_QUARTERS,
  HX_RULE_TARGETS,
  HX_RULE_STATED,
  HX_RULE_BONUS
} HxRuleKind;

/* "ratio"; as it stands in a card. */
const char *hx_rule_kind_name (HxRuleKind kind);

/* What budget and plan know of a year. */
typedef enum
{
  HX_FACT_BUDGET_INITIAL,
  HX_FACT_BUDGET_ADJUSTED,
  HX_FACT_BUDGET_CARRIED_IN,
  HX_FACT_BUDGET_TOTAL,
  HX_FACT_BUDGET_EXECUTED,
  HX_FACT_BUDGET_CARRIED_OVER,
  HX_FACT_BUDGET_WITHDRAWN,
  HX_FACT_BUDGET_LAPSED,
  HX_FACT_BUDGET_OPEN,
  HX_FACT_BUDGET_PLANNED,       /* what was to be paid by now */
  HX_FACT_BUDGET_MOVED,         /* adjustments without their signs */
  HX_FACT_BUDGET_QUARTER_RATES, /* four numbers, see HX_RULE_QUARTERS */
  HX_FACT_PLAN_TASKS,
  HX_FACT_PLAN_TASKS_DONE, /* all their milestones are */
  HX_FACT_PLAN_MILESTONES,
  HX_FACT_PLAN_MILESTONES_DONE,
  HX_FACT_PLAN_MILESTONES_ON_TIME, /* done by their baseline */
  HX_FACT_TARGETS,
  HX_FACT_TARGETS_REACHED
} HxFact;

#define HX_FACTS 19

/* "budget.initial"; NULL beyond the last. */
const char *hx_fact_key (HxFact fact);
/* 年初预算, in the user's language. */
const char *hx_fact_name (HxFact fact);
gboolean hx_fact_is_money (HxFact fact);

typedef enum
{
  HX_OPERAND_FIGURE,
  HX_OPERAND_FACT,
  HX_OPERAND_NUMBER,
  HX_OPERAND_ENTRY_VALUE,
  HX_OPERAND_ENTRY_BASE
} HxOperandKind;

typedef struct
{
  HxOperandKind kind;
  const HxIndicator *indicator; /* figure */
  HxFact fact;
  const HxCode *nature; /* of a fact of the budget: these lines; or NULL */
  HxDecimal number;
} HxOperand;

typedef enum
{
  HX_SOURCE_NONE, /* the rule takes no number */
  HX_SOURCE_VALUE,
  HX_SOURCE_RATIO,
  HX_SOURCE_CHANGE,      /* of `a` against the year before */
  HX_SOURCE_CHANGE_FROM, /* of `a` against `b` */
} HxSourceKind;

typedef enum
{
  HX_WITHOUT_BASE_MISSING,
  HX_WITHOUT_BASE_FULL,
  HX_WITHOUT_BASE_SKIP
} HxWithoutBase;

typedef struct
{
  HxSourceKind kind;
  HxOperand a, b;
  gboolean absolute;
  HxWithoutBase without_base;
} HxSource;

typedef struct
{
  gboolean has_low, has_high;
  gboolean low_open, high_open; /* the end itself is outside */
  HxDecimal low, high;
  HxDecimal points;
} HxScoreStep;

typedef struct
{
  char *text;
  gboolean has_points; /* all items of a row, or none */
  HxDecimal points;
} HxCheckItem;

typedef struct
{
  HxRuleKind kind;
  HxSource source;
  HxDecimal target; /* ratio, inverse */
  gboolean has_over;
  HxDecimal over, over_rate;
  GArray *steps;         /* HxScoreStep, ascending */
  HxDecimal limit, per;  /* deduct */
  gboolean below, whole; /* deduct */
  HxDecimal each;        /* deduct, count, bonus */
  HxDecimal free;        /* count */
  GPtrArray *items;      /* HxCheckItem */
  gboolean wants_no;
  HxDecimal bands[2]; /* per cent */
  HxDecimal plan[HX_SCORE_QUARTERS];
  HxDecimal most, least; /* bonus */
  GPtrArray *options;    /* HxRuleOption */
  gboolean takes_stated; /* else the best of the options */
  char **levels;         /* codes of the level of a target */
} HxRule;

typedef struct
{
  char *key;
  char *name;
  HxRule *rule;
} HxRuleOption;

typedef struct
{
  char *key;
  char *name;
  char *standard; /* how points are given, in the form's words, or NULL */
  guint level;    /* 1…3 */
  HxDecimal points;
  GPtrArray *rows;    /* HxCardRow; none: it is scored */
  char **targets;     /* levels of the targets that are its rows, or NULL */
  HxRule *rule;       /* NULL for a row of rows or targets */
  gboolean is_manual; /* something of it is filled in by hand */
  gboolean wants_evidence; /* for what is filled in */
} HxCardRow;

typedef struct
{
  char *name;
  HxDecimal from;
  gboolean open; /* `from` itself is the next grade's */
} HxGrade;

typedef enum
{
  HX_CARD_DEPARTMENT,
  HX_CARD_PROJECT
} HxCardLayout;

typedef struct
{
  char *key, *name, *form, *region, *document, *version;
  char *warning, *note; /* or NULL */
  HxDate valid_from;
  int first_year, last_year; /* last 0: no end */
  gboolean is_default;
  HxCardLayout layout;
  HxDecimal total;
  guint decimals;
  GPtrArray *grades; /* HxGrade, best first */
  GPtrArray *rows;   /* HxCardRow of the first level */
} HxScorecard;

/* HxScorecard by the name of their files; never NULL. */
const GPtrArray *hx_catalogue_scorecards (const HxCatalogue *catalogue);
gboolean hx_scorecard_is_for (const HxScorecard *card, int year);
/* The card that scores a year: by key, name or form; of several of one name
 * the latest `valid_from`.  NULL name: the default.  The error says which cards
 * there are for the year. */
const HxScorecard *hx_scorecard_find (const HxCatalogue *catalogue,
                                      const char *name, int year,
                                      GError **error);
/* The grade of a total in units of 10^-decimals; NULL below all of them. */
const HxGrade *hx_scorecard_grade (const HxScorecard *card, gint64 total);

G_END_DECLS

#endif
