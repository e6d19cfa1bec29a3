/* What a report is held against before it is issued: review.yaml.
 *
 *   checks:    which of V01…V24 are made, how grave each is, what it is called
 *     - {id: V01, name: 收支平衡, severity: block, answerable: false}
 *   limits:    thresholds; one that is left out has no value and asks nothing
 *     {execution: 90, over: 120, similarity: 80, paragraph: 40,
 *      sample: 30, response: 60, file_name: 50}
 *   words:     lists of words by their use, see HxReviewWords
 *   phrases:   campaign phrases and the years in which they are of the day
 *     - {phrase: …, from: 2019, until: 2020}      (until left out: to this day)
 *   names:     controlled names and what else the same thing is called
 *     - {name: 老干部大学堂, aliases: [老干部大讲堂]}
 *   typos:     - {wrong: 建立建全, right: 建立健全}
 *   amounts:   how a text calls an amount, and the figure that is that amount
 *     - {role: executed, words: [执行数], figure: budget_executed}
 *   fields:    limits of the forms that the records go into
 *     - {kind: target_result, field: reason, max: 100}
 *   benefits:  records about persons that nobody has twice, nor after the end
 *     - {kind: aid_payment, same: [date, kind]}
 *   surveys:   - {kind: questionnaire, sent: sent, returned: returned,
 *                 satisfied: satisfied, rate: rate}
 *
 * A check that is not listed is not made.  The catalogue's own are read
 * strictly: what is unknown or points to nothing is a fault with its place.
 * Pointers are the catalogue's.
 */
#ifndef HX_CATALOGUE_REVIEW_H
#define HX_CATALOGUE_REVIEW_H

#include "catalogue/catalogue.h"

G_BEGIN_DECLS

#define HX_REVIEW_CHECKS 24

typedef enum
{
  HX_REVIEW_BLOCK, /* the report is not issued while it stands */
  HX_REVIEW_WARN
} HxReviewSeverity;

typedef struct
{
  guint number; /* 1…24 */
  char id[4];   /* V01 */
  char *name;
  HxReviewSeverity severity;
  gboolean answerable; /* FALSE: no reason lets a block stand */
} HxReviewCheck;

typedef enum
{
  HX_REVIEW_EXECUTION,  /* a rate below it needs a cause; 1/100 per cent */
  HX_REVIEW_OVER,       /* so does a completion above it; 1/100 per cent */
  HX_REVIEW_SIMILARITY, /* of two paragraphs; 1/100 per cent */
  HX_REVIEW_PARAGRAPH,  /* characters; shorter ones are not compared */
  HX_REVIEW_SAMPLE,     /* answers of a survey */
  HX_REVIEW_RESPONSE,   /* returned of what was sent; 1/100 per cent */
  HX_REVIEW_FILE_NAME,  /* characters of the name of an attachment */
  HX_REVIEW_LIMITS
} HxReviewLimit;

typedef enum
{
  HX_REVIEW_VAGUE_BEFORE, /* 近 of 近万人 */
  HX_REVIEW_VAGUE_AFTER,  /* 余 of 780余 */
  HX_REVIEW_VAGUE_ALONE,  /* 若干 */
  HX_REVIEW_PLACEHOLDERS, /* left of a template */
  HX_REVIEW_BLANKS,       /* heads of columns that may not stay empty */
  HX_REVIEW_PROBLEMS,     /* in the heading of the problems */
  HX_REVIEW_MEASURES,     /* in that of the measures */
  HX_REVIEW_RECTIFIED,    /* says what became of last year's problems */
  HX_REVIEW_NOTHING,      /* 暂无 where a problem is asked for */
  HX_REVIEW_OWNERS,       /* names who does it */
  HX_REVIEW_DUES,         /* names a day without digits */
  HX_REVIEW_SCORES,       /* stands before a score */
  HX_REVIEW_GRADES,       /* stands before a grade */
  HX_REVIEW_GRADE_NAMES,
  HX_REVIEW_TARGETS,      /* says what was to be reached */
  HX_REVIEW_CAUSES,       /* says why */
  HX_REVIEW_SURVEYS,      /* a survey was held */
  HX_REVIEW_SATISFACTION, /* and this was its result */
  HX_REVIEW_SAMPLES,      /* and this many answered */
  HX_REVIEW_CUT_OFFS,     /* 截至 */
  HX_REVIEW_OTHER_YEARS, /* by a year that is not the report's: 上年, 同比 */
  HX_REVIEW_SURNAMES,    /* one or two characters each */
  HX_REVIEW_NO_NAMES,    /* begin with a surname and are no names: 单位 */
  HX_REVIEW_TITLES,      /* 同志, behind the name of a person */
  HX_REVIEW_GROUPS,      /* 老同志, behind the number of the named */
  HX_REVIEW_ROADS,       /* 路 of 中山路8号 */
  HX_REVIEW_COUNTED,     /* units of what is counted by output: 人次, 场 */
  HX_REVIEW_WORDS
} HxReviewWords;

typedef struct
{
  char *phrase;
  int from, until; /* years; until 0: to this day */
} HxReviewPhrase;

typedef struct
{
  char *name;
  char **aliases; /* NULL at the end */
} HxReviewName;

typedef struct
{
  char *wrong, *right;
} HxReviewTypo;

typedef enum
{
  HX_REVIEW_INITIAL,    /* 年初预算数 */
  HX_REVIEW_ADJUSTED,   /* 预算调整数 */
  HX_REVIEW_TOTAL,      /* 全年预算数 */
  HX_REVIEW_EXECUTED,   /* 执行数 */
  HX_REVIEW_RATE,       /* 预算执行率 */
  HX_REVIEW_CARRY_OVER, /* 年末结转和结余 */
  HX_REVIEW_SOURCE,     /* one of the parts of 执行数 by source */
  HX_REVIEW_NATURE,     /* … by nature */
  HX_REVIEW_ROLES
} HxReviewRole;

typedef struct
{
  HxReviewRole role;
  char **words;              /* the first is its name; NULL at the end */
  const HxIndicator *figure; /* or NULL */
} HxReviewAmount;

typedef struct
{
  const HxKind *kind;
  const HxField *field;
  guint max; /* characters */
} HxReviewField;

typedef struct
{
  const HxKind *kind;    /* its `of` is the register of persons */
  const HxField *person; /* the reference */
  GPtrArray *same;       /* HxField: what may not repeat for one person */
} HxReviewBenefit;

typedef struct
{
  const HxKind *kind;
  /* Integers and, last, a decimal; or NULL.  Of `satisfied` and `rate` one says
   * what came of it. */
  const HxField *sent, *returned, *satisfied, *rate;
} HxReviewSurvey;

typedef struct
{
  HxReviewCheck *checks[HX_REVIEW_CHECKS]; /* by number − 1; NULL: not made */
  gboolean has_limit[HX_REVIEW_LIMITS];
  guint limits[HX_REVIEW_LIMITS];
  char **words[HX_REVIEW_WORDS]; /* never NULL, NULL at the end */
  GPtrArray *phrases;            /* HxReviewPhrase */
  GPtrArray *names;              /* HxReviewName */
  GPtrArray *typos;              /* HxReviewTypo */
  GPtrArray *amounts;            /* HxReviewAmount */
  GPtrArray *fields;             /* HxReviewField */
  GPtrArray *benefits;           /* HxReviewBenefit */
  GPtrArray *surveys;            /* HxReviewSurvey */
} HxReviewRules;

/* NULL when the catalogue has no review.yaml. */
const HxReviewRules *hx_catalogue_review (const HxCatalogue *catalogue);

G_END_DECLS

#endif
