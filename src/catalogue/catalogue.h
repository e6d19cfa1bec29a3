/* catalogue: what a bureau keeps, counts and reports, as data.
 *
 * A catalogue is a folder of YAML files (or the same files carried in the
 * binary or in a database).  Loading checks everything and turns it into the
 * read-only tables below; a wrong catalogue is refused whole, each fault as
 * `file:line:column: what: what to do`, up to HX_CATALOGUE_FAULTS_MAX of them.
 *
 * Files, each optional but the first; folders are read in name order:
 *
 *   catalogue.yaml        key, name, version, digest (sha256 or sm3)
 *   codes.yaml            code lists:
 *                           visit_occasion:
 *                             name: 走访事由
 *                             codes:
 *                               - {code: birthday, name: 生日, aliases: [祝寿]}
 *   registers/KIND.yaml   long-lived things (one kind a file)
 *   records/KIND.yaml     dated events
 *   money/KIND.yaml       budget lines, payments …: kinds like the others,
 *                         `register: true` makes one a register
 *   plan/KIND.yaml        goals, tasks, milestones, targets …: the same
 *   indicators.yaml       a list of indicators
 *   duties.yaml           a list of duties
 *   duplicates.yaml       rules by which two rows may be one: duplicate.h
 *   caps.yaml             a list of caps: how much one person may be given
 *   quality.yaml          how full, right and fresh the fields are to be
 *   statistics.yaml       a list of tables that are drawn every year
 *   person.yaml           whose file is kept, and where their needs are
 *   budget.yaml, plan.yaml   which kinds hold the money and the plan: budget.h,
 *                         plan.h
 *   scorecards/NAME.yaml  how a year is scored, one form a file: scorecard.h
 *   monitor.yaml          by which lines the year is monitored: monitor.h
 *   access.yaml           which role may do what: access.h
 *   mappings/NAME.yaml    columns of another system's export: mapping.h
 *   batches.yaml          a list of plans by which people are asked in batches
 *   report/template.md, report/wording.yaml   carried as text, see report.h
 *
 * A kind:
 *
 *   key: visit
 *   name: 走访慰问
 *   aliases: [慰问登记]
 *   of: cadre                  # adds the required reference field `cadre`
 *   identity: [cadre, date, occasion]   # what makes two rows the same row
 *   unit: street               # a reference to kind `unit`; default: the unit
 *                              # of the first referenced row that has one
 *   search: [name, number, street]   # registers: see search.h
 *   approval: true             # another must agree: see ledger/approval.h
 *   fields:
 *     - {key: occasion, name: 事由, aliases: [原因], type: choice,
 *        codes: visit_occasion, required: true}
 *     - {key: gift, name: 慰问金, type: money, money_unit: 元, min: 0}
 *
 * Every record has the system field `date` (日期, required) unless its fields
 * define it with their own name and aliases; every register has `since`
 * (起始日期) and `until` (终止日期), both optional and overridable.  `unit` is
 * a kind that a catalogue must define as a register with a field `parent`
 * referring to itself, when any kind names a unit.
 *
 * Field types and their columns: text, phone, id_number, evidence TEXT; choice
 * TEXT (the code); date TEXT (ISO, partial only with `partial: true`); integer,
 * bool INTEGER; decimal INTEGER (units of 10^-decimals); money INTEGER (分);
 * ref INTEGER (row id); attendees INTEGER (人次) and a second column
 * KEY_people TEXT (JSON array of row ids, 人数) .
 * Marks: required, unique, secret, dated, fixed, instead, person, many
 * (evidence), min,
 * max, pattern (whole text, PCRE), default, partial, decimals, money_unit,
 * aliases, refer_by (on registers: the fields a cell may name a row by, default
 * the identity).
 *
 * Secret fields (text, phone, id_number, choice; no default) are sealed in
 * their columns and in the change log: base/keyring.h, ledger/secret.h.  What
 * SQL may ask of such a column is whether it is NULL.  Those that are unique,
 * in refer_by or in the identity, and all of type phone and id_number, have a
 * second column KEY_digest INTEGER, a keyed digest that is equal for equal
 * values; all phones share one kind of digest, and all ID numbers.  In `where`
 * a secret field can only be asked for `filled`.
 *
 * `fixed: true`: once a row holds a value, nothing changes it, neither a form
 * nor an import nor a merge; what was entered wrong is voided and entered anew.
 * An empty one may be filled, and a row of a register that has not begun (its
 * `since` is after today) may still be changed; one that has begun cannot be
 * put off again.  `instead` is a text that tells a user who tries
 * what to do: `instead: 改期请登记“节点调整”`.  Not of ref, attendees and
 * evidence, and not `dated`.
 *
 * `person: true` of a text: it is the name of somebody who is cared for, and is
 * masked where names are, as `name` is in a register with ID numbers or dates
 * of birth.
 *
 * `known_bad: FIELD` of an id_number names a text field of the kind.  Where
 * that is filled, the number is taken although it is wrong, as it stands in the
 * old books; it may repeat, and the row is told from others of that number by
 * its `name`.
 *
 * More on kinds: `to: KIND` names the register of a ref or attendees field
 * (without it: the kind of the field's own key); `type` is text when left out.
 * `of` and refs name registers alone.  Without `identity` two rows are the
 * same by the unique fields, else by the first own field (registers) or by all
 * fields but evidence (records).  `min` and `max` of money are in its unit.
 * `search` lists what the command search finds rows by: text that is not
 * secret, an ID number by its tail, a reference by the name of its row (the
 * register it refers to has a field `name`).
 *
 * An indicator:
 *
 *   - key: birthday_greetings
 *     name: 整岁生日祝福人数
 *     unit: 名
 *     distinct: cadre           # one of the measures below
 *     in: visit
 *     where: {occasion: birthday, cadre.status: [active, away], gift: {min: 1}}
 *     until: 11-30              # the figure's own cut-off in the year
 *     decimals: 0
 *     source: rows              # rows | formula | typed
 *     verified_by: 签收表
 *     limits: 不含街道自行走访
 *
 *   count: true                 rows of `in`
 *   sum: FIELD                  of an integer, decimal, money or attendees
 *   distinct: FIELD             different references (or named attendees)
 *   members: KIND               rows of a register that exist at the as-of date
 *   coverage: KIND              members of KIND (`of_where`) that have a
 *                               matching row in `in`, over all such members
 *   ratio: [A, B]               two indicators; unit '%' prints as per cent
 *   total: [A, B, …]            their sum, of one unit
 *   reached: [A, B, …]          how many of these coverages are full
 *   typed: 5                    a figure with no rows behind it, shown as weak
 *
 * `where` tests fields of the row, or of a row it refers to (`ref.field`, one
 * step): a value, a list of values, {min:, max:} (inclusive), {filled: true}
 * or {filled: false}; all must hold.
 *
 * A date in `where` may be a value or a range; a reference, evidence or
 * attendees only a range of heads or `filled`.  Parts of ratio and total are
 * no ratios themselves and are all money or all not; of a total, all of its
 * unit.  Coverage takes the first reference to KIND, else its attendees.
 *
 * A duty says what is due for each row of a register, and what shows that it
 * was done; see duty.h for who is due when:
 *
 *   - key: birthday_greeting
 *     name: 整岁生日祝福
 *     of: cadre
 *     where: {status: active}   # or a list of such: one of them must hold
 *     when: {birthday: [70, 80, 90]}             # one of the rules below
 *     within: 7d                # or {before: 14d, after: 3d}
 *     done_by: {visit: {occasion: birthday}}     # any of these kinds
 *
 *   birthday: [AGE, …]          of the date field `birth_date`
 *   birthday: every
 *   (with  lunar: {calendar: lunar}  beside `when`, rows that hold it keep the
 *   day by the lunar calendar;  lunar_day: FIELD  is a text field that may say
 *   the lunar day of birth, 八月十五, where the date of birth does not)
 *   festival: [spring, …]       see hx_festival_key
 *   every: month|quarter|year   once in each; no `within`
 *   covered: year               the same as every: year, for a set of rows
 *                               that is to be reached whole
 *   every: {years: N, since: FIELD}   first N years after that date
 *   every: {years: N, from: FIELD}    first on that date
 *   after: {KIND: FIELD, where: {…}}  after the date of a row of KIND that
 *                               refers to the register's row, or of that row
 *                               itself; `within` days from then
 *
 * What is done by a kind is found by the kind's first reference to the
 * register.  A duty may also say
 *
 *   by: street                who does it, a code of the code list `duty_by`
 *   begins: 2023-01-01        nothing is due before that day, and no event
 *                             before it asks for anything
 *   each: LIST                one item for each code of the list; a record
 *                             shows the step that its first field of that
 *                             list says
 *   also: {CODE: {KIND: {…}}} other records that show this one step
 *
 * A table of statistics counts the rows of a register (people/statistics.h):
 *
 *   - key: category_age
 *     name: 离退休干部年龄
 *     of: cadre
 *     rows: [category]          # up to three: choice, ref and bool fields, age
 *     columns: [age]            # the same, or left out
 *     ages: [60, 70, 80, 90]    # where bands begin; default 60, 65, … 90
 *     where: {floating: false}  # codes, bool or filled
 *     balance: true             # how last year's number became this year's:
 *                               # one dimension in rows, no columns
 *
 * A plan of batches spreads people over days and hospitals (people/batch.h):
 *
 *   - key: checkup
 *     name: 健康体检
 *     of: cadre                 # the register of people
 *     where: {status: active}   # whoever is asked for, only these come
 *     duty: checkup             # whom it is due for, when nobody is asked for
 *     batches: 15               # unless the user says otherwise
 *     capacity: 80              # people in one
 *     batch:                    # a register; its `since` is the day
 *       kind: checkup_batch
 *       number: TJ              # the first field of the identity: TJ2026-01
 *       hospital: hospital      # its fields: a reference, …
 *       places: places          # an integer, optional
 *       state: {field: state, planned: planned, held: held}
 *     attendance:               # a record that refers to both
 *       kind: checkup_attendance
 *       result: {field: result, planned: planned, attended: attended,
 *                absent: absent}
 *       reason: reason          # a text: why somebody did not come, optional
 *     hospitals: {places: daily, preferred: green_channel}   # for the frail
 *     frail:
 *       from: 3                 # points
 *       share: 25               # per cent of a batch, as far as it goes
 *       weekdays: [monday, tuesday]    # early in the week
 *       points:
 *         - {age: 80, points: 1}       # and each above adds its own
 *         - {field: health, is: ['2'], points: 3}
 *     days:
 *       weekdays: [monday, tuesday, wednesday, thursday, friday]
 *       festivals: {spring: 7}         # days from the festival on
 *       closed: [01-01, 2026-02-15..2026-02-23]
 *       open: [2026-02-14]             # though it is a weekend
 *     together: spouse          # the field that holds the partner's name
 *     order: [community, grid]  # within a street; neighbours come together
 *     list: [sex, age, street, phone]  # columns behind number and name
 *
 * A cap says how much the rows of a kind may add up to for one person:
 *
 *   - key: extreme_aid
 *     name: 特困帮扶
 *     of: aid_payment
 *     where: {kind: extreme}    # fields of the row itself
 *     sum: amount               # money, integer or decimal
 *     per: cadre                # a reference
 *     each: year                # month, quarter, year; once: ever
 *     max: 3000                 # in the field's unit; without it nothing is
 *                               # refused, what was given is only shown
 *     document: 某发〔2023〕1号
 *     from: 2023-01-01          # rows dated while the rule is in force count
 *     until: 2023-12-31
 *     unless: [over_approved_by, over_reason]   # all filled: allowed
 *
 * A new standard is a new rule with its own dates: each counts only what is
 * dated in them.
 *
 * What is asked of the data of a register; see people/quality.h:
 *
 *   - kind: cadre
 *     where: {status: [active, away, abroad]}   # whose; default: every row
 *     fresh: 24                 # months, each field may have its own; 0: never
 *     verified:                 # what shows that somebody looked, the later of
 *       date: checked_on        # a date of the row, and who
 *       by: checked_by
 *       record: cadre_survey    # the last record about it for which this holds
 *       where: {result: [confirmed, corrected]}
 *       surveyor: surveyor      # a text of the record: who
 *       campaign: campaign      # a reference of the record; see survey.h
 *     fields:
 *       - {field: birth_date, required: 99.5}   # per cent that is to be filled
 *       - {field: street, required: 99, where: {street.kind: street}}
 *       - {field: id_number, required: 100, known_bad: id_note}
 *
 * A field's `where` is what a filled field must fulfil besides its own type;
 * `known_bad` names a text whose presence says that a wrong value is known.
 *
 * A field may have a `group`, the heading under which a file of the row shows
 * it; the fields behind it stand under the same one until another is named.
 *
 * person.yaml says of which register a file is kept for each row, and which
 * records are its plan; all fields of `plan` but `in` and `need` may be left
 * out:
 *
 *   of: cadre
 *   plan:
 *     in: care_plan_item
 *     need: need                # text
 *     owner: owner
 *     due: due                  # dates; the record's own is when it was raised
 *     promised: promised_on
 *     solved: done_on
 *     confirmed: confirmed_on
 *     done: {status: done}      # solved though no day says when
 *     stopped: {status: stopped}
 *
 * Ownership: everything hangs on the HxCatalogue; pointers stay valid while a
 * reference to it is held.  A loaded catalogue never changes: any thread may
 * read it.
 */
#ifndef HX_CATALOGUE_H
#define HX_CATALOGUE_H

#include "base/base.h"
#include "store/store.h"

G_BEGIN_DECLS

#define HX_CATALOGUE_FAULTS_MAX 20
#define HX_CATALOGUE_FILE_MAX (4 * 1024 * 1024) /* bytes of one file */
#define HX_CATALOGUE_FIELDS_MAX 200             /* fields of one kind */

typedef struct _HxCatalogue HxCatalogue;
typedef struct _HxKind HxKind;
typedef struct _HxIndicator HxIndicator;
typedef struct _HxDuty HxDuty;

typedef enum
{
  HX_FIELD_TEXT,
  HX_FIELD_INTEGER,
  HX_FIELD_DECIMAL,
  HX_FIELD_MONEY,
  HX_FIELD_DATE,
  HX_FIELD_BOOL,
  HX_FIELD_CHOICE,
  HX_FIELD_REF,
  HX_FIELD_EVIDENCE,
  HX_FIELD_ID_NUMBER,
  HX_FIELD_PHONE,
  HX_FIELD_ATTENDEES
} HxFieldType;

const char *hx_field_type_name (HxFieldType type);
/* TRUE when the column is INTEGER. */
gboolean hx_field_type_is_integer (HxFieldType type);

typedef struct
{
  char *code;
  char *name;
  char **aliases; /* NULL-terminated, never NULL */
  gboolean ends;  /* a row of a register that has it must have its `until` */
} HxCode;

typedef struct
{
  char *key;
  char *name;
  GPtrArray *codes; /* HxCode */
} HxCodeList;

/* By code, name or alias, of normalised text; NULL when there is none. */
const HxCode *hx_code_find (const HxCodeList *list, const char *text);

typedef struct _HxField
{
  char *key;
  char *name;
  char **aliases;
  HxFieldType type;
  guint index; /* in its kind's fields */
  gboolean required, unique, secret, many, partial, dated, fixed, system;
  gboolean person; /* a person's name */
  gboolean has_min, has_max;
  gint64 min, max; /* in stored units; dates as hx_date_number; text: length */
  char *pattern;
  GRegex *regex;
  char *default_text; /* as a cell would hold it */
  char *instead;      /* fixed: what to do in place of a change, or NULL */
  char *group;        /* the heading it stands under in a file, or NULL */
  guint decimals;
  HxMoneyUnit money_unit;
  const HxCodeList *codes; /* choice */
  const HxKind *target;    /* ref; attendees: the register of people */
  /* Secret fields that are looked up: the column KEY_digest and what its
   * digests have in common; else NULL. */
  char *digest_column, *digest_domain;
  /* id_number: the text field that says why a wrong number is kept. */
  char *known_bad_key;
  const struct _HxField *known_bad;
} HxField;

struct _HxKind
{
  char *key;
  char *name;
  char **aliases;
  char *table; /* rec_visit, reg_cadre */
  gboolean is_register;
  gboolean approval;  /* what is entered by hand waits for another */
  const char *folder; /* "records": where the catalogue keeps it */
  guint index;        /* in the catalogue's kinds */
  guint version;      /* of this definition in the database; 0 before install */
  GPtrArray *fields;  /* HxField, system fields first */
  const HxKind *of;   /* the register a record is about, or NULL */
  const HxField *of_field;
  const HxField *date;  /* records; NULL for registers */
  const HxField *since; /* registers; NULL for records */
  const HxField *until;
  const HxField *unit;      /* the field that names the unit, or NULL */
  const HxField *unit_from; /* the reference whose row's unit is taken */
  GPtrArray *identity;      /* HxField, borrowed; never empty */
  GPtrArray *refer_by;      /* HxField, borrowed; registers */
  GPtrArray *search;        /* HxField, borrowed; none: it is not searched */
  gboolean has_secrets;     /* a field is secret */
  gboolean secret_identity; /* one of the identity is */
};

const HxField *hx_kind_field (const HxKind *kind, const char *key);
/* By key, name or alias, through hx_text_column_key. */
const HxField *hx_kind_field_by_label (const HxKind *kind, const char *label);
/* For who asks often: HxField by the hx_text_column_key of what it is called;
 * the caller's, alive no longer than the kind. */
GHashTable *hx_kind_labels (const HxKind *kind);

typedef enum
{
  HX_TEST_IN,     /* one of `texts` or `integers` */
  HX_TEST_RANGE,  /* min ≤ value ≤ max, either may be missing */
  HX_TEST_FILLED, /* has a value */
  HX_TEST_EMPTY
} HxTestKind;

typedef struct
{
  const HxField *reference; /* NULL: a field of the row itself */
  const HxField *field;
  HxTestKind test;
  char **texts;     /* IN on a TEXT column; NULL-terminated */
  GArray *integers; /* IN on an INTEGER column; gint64 */
  gboolean has_min, has_max;
  gint64 min, max;
} HxCondition;

typedef enum
{
  HX_MEASURE_COUNT,
  HX_MEASURE_SUM,
  HX_MEASURE_DISTINCT,
  HX_MEASURE_MEMBERS,
  HX_MEASURE_COVERAGE,
  HX_MEASURE_RATIO,
  HX_MEASURE_TOTAL,
  HX_MEASURE_REACHED,
  HX_MEASURE_TYPED
} HxMeasureKind;

struct _HxIndicator
{
  char *key;
  char *name;
  char *unit;
  guint index; /* in the catalogue's indicators */
  HxMeasureKind measure;
  const HxKind *kind;    /* `in`; for members the register */
  const HxField *field;  /* sum, distinct; for coverage the reference */
  GPtrArray *where;      /* HxCondition */
  const HxKind *base;    /* coverage: the register covered */
  GPtrArray *base_where; /* HxCondition on it */
  GPtrArray *parts;      /* ratio, total, reached: HxIndicator, borrowed */
  HxDecimal typed;
  guint decimals;
  gboolean is_money;
  int until_month, until_day; /* 0: the end of the year */
  char *source, *verified_by, *limits;
  char *query;  /* the rule in the user's words, for the trace */
  char *digest; /* hex; changes when the rule does: the cells are recounted */
};

typedef enum
{
  HX_WHEN_BIRTHDAY,
  HX_WHEN_FESTIVAL,
  HX_WHEN_EVERY, /* once in each month, quarter or year */
  HX_WHEN_SINCE, /* every so many years */
  HX_WHEN_AFTER  /* after an event */
} HxDutyRule;

typedef struct
{
  const HxKind *kind;
  const HxField *reference; /* to the row of the duty */
  GPtrArray *where;         /* HxCondition */
  /* Of a duty with steps: the field that says which, or the one it shows. */
  const HxField *step;
  const HxCode *code;
} HxDutyProof;

struct _HxDuty
{
  char *key;
  char *name;
  guint index; /* in the catalogue's duties */
  const HxKind *of;
  GPtrArray *where; /* of arrays of HxCondition, one of which must hold whole;
                     * none: every row */
  HxDutyRule rule;
  GArray *numbers;     /* int; birthday: ages, none for every; festival */
  int months;          /* every: 1, 3 or 12 */
  int years;           /* since */
  gboolean is_on_date; /* since: the date itself is the first that is due */
  const HxField *date; /* birthday, since; after: of the event */
  const HxKind *event; /* after */
  const HxField *event_reference; /* NULL: the event is the row's own date */
  GPtrArray *event_where;         /* HxCondition */
  int before, after;              /* days */
  GPtrArray *done_by;             /* HxDutyProof; never empty */
  const HxCode *by;               /* who does it, or NULL */
  HxDate begins;                  /* year 0: at any time */
  const HxCodeList *each;         /* its steps, or NULL */
  GPtrArray *lunar;         /* birthday: HxCondition of rows that keep it by
                             * the lunar calendar; NULL: none does */
  const HxField *lunar_day; /* TEXT, or NULL */
};

/* A span of days: years 0 mean every year. */
typedef struct
{
  HxDate first, last;
} HxDaySpan;

typedef struct
{
  HxFestival festival;
  int days; /* from the festival on */
} HxFestivalSpan;

typedef struct
{
  int points;
  int age;              /* or 0: the field decides */
  const HxField *field; /* choice: one of `codes`; bool: true */
  char **codes;
} HxFrailRule;

typedef struct
{
  char *key;
  char *name;
  const HxKind *people;
  GPtrArray *where;   /* HxCondition on `people`, none on what it refers to */
  const HxDuty *duty; /* or NULL */
  guint batches, capacity;

  const HxKind *batch;
  char *number; /* what numbers of batches begin with */
  const HxField *hospital, *places;
  const HxField *state;
  const HxCode *state_planned, *state_held;

  const HxKind *attendance;
  const HxField *person, *of_batch; /* references of an attendance */
  const HxField *result, *reason;   /* the second may be NULL */
  const HxCode *planned, *attended, *absent;

  const HxField *daily, *preferred; /* of hospitals; or NULL */

  int frail_from;
  guint frail_share, frail_weekdays; /* bit 0: Monday */
  GArray *frail_rules;               /* HxFrailRule */

  guint weekdays;
  GArray *festivals;     /* HxFestivalSpan */
  GArray *closed, *open; /* HxDaySpan */

  const HxField *partner; /* or NULL */
  GPtrArray *order;       /* HxField */
  char **list;            /* keys of fields of `people`, and "age" */
} HxBatchPlan;

/* What a table counts by: a choice, ref or bool field, or the age in bands,
 * told from the date of birth. */
typedef struct
{
  const HxField *field;
  gboolean is_age;
} HxDimension;

typedef struct
{
  char *key;
  char *name;
  const HxKind *of;
  GArray *rows, *columns; /* HxDimension */
  GArray *ages;           /* int, where bands begin; empty: as usual */
  GPtrArray *terms;       /* char *, NULL at the end: see selection.h */
  gboolean is_balance;
} HxStatistic;

typedef enum
{
  HX_CAP_ONCE,
  HX_CAP_YEAR,
  HX_CAP_QUARTER,
  HX_CAP_MONTH
} HxCapPeriod;

typedef struct
{
  char *key;
  char *name;
  guint index; /* in the catalogue's caps */
  const HxKind *kind;
  GPtrArray *where; /* HxCondition on fields of the row itself */
  const HxField *sum, *per;
  HxCapPeriod each;
  gboolean has_max;
  gint64 max;        /* in stored units of `sum` */
  char *document;    /* or NULL */
  HxDate from;       /* year 0: always was */
  HxDate until;      /* year 0: to this day */
  GPtrArray *unless; /* HxField, borrowed; none: never over */
} HxCap;
typedef struct
{
  const HxField *field;
  guint required;           /* share in 1/100 per cent; 0: not asked */
  int months;               /* 0: freshness is not asked */
  GPtrArray *where;         /* HxCondition */
  const HxField *known_bad; /* or NULL */
  /* The rows that lack it, counted like a figure; NULL when no figure leans on
   * the field, or no share is required.  Never listed among the figures. */
  const HxIndicator *lacking;
  HxCondition empty; /* of those rows */
} HxQualityField;

typedef struct
{
  const HxKind *kind;
  GPtrArray *where; /* HxCondition */
  int months;
  const HxField *date, *by;        /* of the row, or NULL */
  const HxKind *record;            /* or NULL, as all that follows */
  const HxField *record_reference; /* to the row */
  GPtrArray *record_where;         /* HxCondition; never NULL */
  const HxField *surveyor;         /* of the record, or NULL */
  const HxField *campaign;         /* of the record, or NULL */
  GPtrArray *fields;               /* HxQualityField */
  const HxIndicator *asked;        /* the rows; NULL when no field is lacking */
} HxQuality;

/* What is asked of a field; NULL: nothing. */
const HxQualityField *hx_quality_field (const HxQuality *quality,
                                        const HxField *field);

typedef struct
{
  const HxKind *of;
  const HxKind *plan; /* or NULL; then so are all below */
  const HxField *plan_reference;
  const HxField *need, *owner;
  const HxField *due, *promised, *solved, *confirmed; /* dates */
  GPtrArray *done, *stopped; /* HxCondition on the record itself; NULL: none */
} HxPersonView;

/* ------------------------------------------------------------------ loading */

/* The files of a catalogue by their path inside it ("records/visit.yaml"). */
typedef struct _HxBundle HxBundle;
HxBundle *hx_bundle_new (void);
void hx_bundle_free (HxBundle *bundle);
void hx_bundle_add (HxBundle *bundle, const char *path, const char *text);
const char *hx_bundle_get (const HxBundle *bundle, const char *path);
/* Paths in name order; the array is the caller's, its strings are not. */
GPtrArray *hx_bundle_paths (const HxBundle *bundle);
/* All .yaml and .md files below a folder; links out of it are refused. */
HxBundle *hx_bundle_read (const char *folder, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxBundle, hx_bundle_free)

/* The catalogue keeps a reference of its own to the texts. */
HxCatalogue *hx_catalogue_load (HxBundle *bundle, GError **error);
HxCatalogue *hx_catalogue_load_folder (const char *folder, GError **error);
HxCatalogue *hx_catalogue_ref (HxCatalogue *catalogue);
void hx_catalogue_unref (HxCatalogue *catalogue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxCatalogue, hx_catalogue_unref)

const char *hx_catalogue_name (const HxCatalogue *catalogue);
HxDigestKind hx_catalogue_digest_kind (const HxCatalogue *catalogue);
const GPtrArray *hx_catalogue_kinds (const HxCatalogue *catalogue);
const GPtrArray *hx_catalogue_indicators (const HxCatalogue *catalogue);
/* These and, behind them, what the quality counts: all that cells are kept of.
 * `index` of an indicator is its place here. */
const GPtrArray *hx_catalogue_counted (const HxCatalogue *catalogue);
/* Does its rule ask for the field: in a condition, to sum or to tell apart; of
 * a unit's figure also to name the unit.  So do those of its parts. */
gboolean hx_indicator_leans_on (const HxIndicator *indicator,
                                const HxField *field, gboolean of_unit);
const GPtrArray *hx_catalogue_qualities (const HxCatalogue *catalogue);
/* NULL when nothing is asked of the kind. */
const HxQuality *hx_catalogue_quality (const HxCatalogue *catalogue,
                                       const HxKind *kind);
const GPtrArray *hx_catalogue_duties (const HxCatalogue *catalogue);
const GPtrArray *hx_catalogue_batch_plans (const HxCatalogue *catalogue);
const GPtrArray *hx_catalogue_caps (const HxCatalogue *catalogue);
const GPtrArray *hx_catalogue_statistics (const HxCatalogue *catalogue);
/* By key or name. */
const HxStatistic *hx_catalogue_statistic (const HxCatalogue *catalogue,
                                           const char *name);
/* NULL when the catalogue keeps no files of persons. */
const HxPersonView *hx_catalogue_person (const HxCatalogue *catalogue);
const GPtrArray *hx_catalogue_code_lists (const HxCatalogue *catalogue);
/* By key; the kind also by name or alias. NULL when there is none. */
const HxKind *hx_catalogue_kind (const HxCatalogue *catalogue,
                                 const char *name);
const HxIndicator *hx_catalogue_indicator (const HxCatalogue *catalogue,
                                           const char *key);
const HxDuty *hx_catalogue_duty (const HxCatalogue *catalogue, const char *key);
/* By key or name. */
const HxBatchPlan *hx_catalogue_batch_plan (const HxCatalogue *catalogue,
                                            const char *name);
/* The text of a carried file ("report/template.md") or NULL. */
const char *hx_catalogue_text (const HxCatalogue *catalogue, const char *path);

/* ----------------------------------------------------------------- installing
 *
 * Inside a write.  Makes or changes the tables so that they fit the catalogue
 * and keeps its files in the table catalogue_file.  A new kind is a new table,
 * a new field a new column, a changed label just a label; each changed kind
 * gets the next version in kind_version (bureau_id, kind, version, definition).
 * Refused, with every reason named and nothing done, is what would lose data:
 * a kind or field that is gone though it holds values, a changed type, a code
 * that is gone though rows use it, a new `required` field without default on a
 * kind that has rows, `required` on a field where rows have no value, `unique`
 * over rows that repeat (voided rows are not asked for the last three), another
 * `digest` once there are rows, another `secret` or a new digest column for a
 * field that holds values.  An empty table or column may go.
 *
 * A new required field with a default has it in all rows that were there
 * before, as if it had been so from the first: no row changes its version and
 * the change log has no entry.  What was filled is noted in field_fill
 * (bureau_id, kind, version, field, value), from which verifying knows it; see
 * hx_catalogue_fills.
 *
 * Indexes, called "TABLE.COLUMN", each on (bureau_id, COLUMN): ident, every
 * ref field, and the unique and refer_by fields that are not the identity
 * alone; of a secret field always its digest instead.  They come and go with
 * the marks of the fields.
 *
 * The system columns of every table, in order: bureau_id, id (primary key),
 * unit_id, day (the record's date; a register's since), void (0 or 1),
 * version (of the row, from 1), definition (version of the kind), seq (its
 * last entry in the change log), ident (64-bit digest of the identity, keyed
 * when a field of it is secret, indexed and not unique; 0 after a changed
 * identity, until the ledger needs it). These names are reserved for fields,
 * `date` aside: the system field `date` of a record is stored in `day`, `since`
 * too.
 */
typedef struct
{
  guint kinds_new, fields_new, kinds_changed, indicators_changed;
} HxInstallSummary;

gboolean hx_catalogue_install (HxConnection *connection, HxCatalogue *catalogue,
                               HxInstallSummary *summary, GError **error);
/* The catalogue that the database carries; HX_ERROR_NOT_FOUND when none. */
HxCatalogue *hx_catalogue_installed (HxConnection *connection, GError **error);
/* What installing put into the rows that had no such field. */
typedef struct
{
  guint version;        /* of the kind that brought the field */
  const HxField *field; /* of the catalogue asked about */
  gint64 integer;       /* as in a row: see HxValue in ledger.h */
  char *text;
} HxFill;

/* HxFill of a kind by version; freed with the array. */
GPtrArray *hx_catalogue_fills (HxConnection *connection, const HxKind *kind,
                               GError **error);
/* Inside a write that adds very many rows: take down the indexes that nothing
 * asks for meanwhile (the digests of identities, references, telephones), and
 * make them again.  Between the two calls such a look-up is right, and slow. */
gboolean hx_kind_indexes_drop (HxConnection *connection, const HxKind *kind,
                               GError **error);
gboolean hx_kind_indexes_make (HxConnection *connection, const HxKind *kind,
                               GError **error);
/* The column in which a field is stored ("day" for the date). */
const char *hx_field_column (const HxField *field);

/* ---------------------------------------------------------- conditions as SQL
 *
 * Whoever asks the tables themselves for the rows that fit says the
 * conditions through a HxWhere: its text follows WHERE, its joins follow the
 * table, its parameters are numbered from `first` on.
 */
typedef struct _HxWhere HxWhere;
HxWhere *hx_where_new (guint first);
void hx_where_free (HxWhere *where);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxWhere, hx_where_free)
/* Borrowed; the caller may append SQL of its own. */
GString *hx_where_text (HxWhere *where);
GString *hx_where_joins (HxWhere *where);
/* Append to the text the parameter that stands for a value; text is copied. */
void hx_where_integer (HxWhere *where, gint64 value);
void hx_where_string (HxWhere *where, const char *value);
/* Append " AND …" for each condition on the rows called `alias`; NULL: none. */
void hx_where_conditions (HxWhere *where, const char *alias,
                          const GPtrArray *conditions);
/* The texts of conditions stay the catalogue's; those of hx_where_string must
 * not be freed before the statement is done with. */
void hx_where_bind (const HxWhere *where, HxStatement *statement);

G_END_DECLS

#endif
