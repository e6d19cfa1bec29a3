/* The sample year: an invented bureau's 2023 as workbooks.
 *
 * One file a subject; each subject is a function that fills the open sheet of
 * its workbook.  Everything follows from the seed: the same seed and scale
 * give the same bytes.  All people are invented; their ID numbers lie in the
 * unassigned region 999999.
 *
 * Ownership: a Sample owns its people and is made and freed by main.c; what a
 * function returns as `const` is borrowed from it.
 */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "base/base.h"

#define SAMPLE_YEAR 2023
#define SAMPLE_PEOPLE 13026 /* at scale 1 */
#define SAMPLE_MANAGED 1180 /* 副处级以上 and 离休: cared for by the bureau */
#define SAMPLE_GREETED 94  /* of these, 70, 80 or 90 years old in the year */
#define SAMPLE_RETIREES 43 /* at the ceremony: the last of the managed */
#define SAMPLE_ADMISSIONS 26
#define SAMPLE_AIDED 23
#define SAMPLE_SCALE_MAX 200

/* ------------------------------------------------------------------ random */

/* splitmix64: one state, any seed, the same numbers on every machine. */
typedef struct
{
  guint64 state;
} Random;

guint64 random_next (Random *random);
/* 0 … limit-1; limit > 0. */
guint random_below (Random *random, guint limit);
/* low … high, both included. */
guint random_between (Random *random, guint low, guint high);
/* A day of the year; days are Monday to Friday with `working`. */
HxDate random_day (Random *random, HxDate first, HxDate last, gboolean working);
HxDate sample_day (int month, int day); /* of the sample year */
HxDate sample_days_after (HxDate date, int days);

/* Spreads `total` over `count` parts within a fifth of the average, the sum
 * exact; the array is the caller's. */
guint *random_spread (Random *random, guint total, guint count);
/* `count` different numbers below `limit` in random order; the caller's. */
guint *random_choice (Random *random, guint limit, guint count);

/* ------------------------------------------------------------------ places */

#define SAMPLE_STREETS 22
#define SAMPLE_BRANCHES 67
#define SAMPLE_POINTS 25
#define SAMPLE_STATIONS 24

char *sample_street (guint index);    /* 金花街道 */
char *sample_community (guint index); /* two a street */
char *sample_branch (guint index);
char *sample_point (guint index); /* 22 streets, 2 centres, 1 home */
char *sample_station (guint index);
#define SAMPLE_COMMUNITIES (2 * SAMPLE_STREETS)

#define SAMPLE_HOSPITALS 4
const char *sample_hospital (guint index);
#define SAMPLE_COURSES 4
const char *sample_course (guint index);

/* ------------------------------------------------------------------ people */

typedef struct _Sample Sample;

typedef enum
{
  RETIRED,
  RETIRED_EARLY,
  VETERAN /* 离休 */
} Category;

typedef struct
{
  char id_number[HX_ID_NUMBER_SIZE];
  char name[17];
  HxDate birth;
  guint8 sex; /* 1 男, 2 女 */
  guint8 street;
  guint8 branch;
  gboolean greeted; /* 70, 80 or 90 in the year and cared for by the bureau */
  gboolean by_moon; /* keeps the birthday by the lunar calendar */
  Category category;
  HxDate retired;
  HxDate joined, left; /* in the year; year 0: always there */
  gboolean died;       /* who left; else moved away */
} Person;

/* `scale` × SAMPLE_PEOPLE; in each block of SAMPLE_PEOPLE the first
 * SAMPLE_MANAGED are the bureau's own. */
Person *sample_people_new (Random *random, guint scale);
/* The number under which the bureau keeps a person: LW0000001. The caller's. */
char *sample_number (guint index);
/* What the year brings to a person whose birth is known. */
void sample_live (Random *random, guint place, Person *person);
/* At the ceremony, by the place in the block. */
gboolean sample_retires (guint place);
/* 厅局级. */
gboolean sample_is_senior (guint place);
/* Those who got aid, as places in the block. */
guint sample_aided (guint index);
gboolean sample_is_there (const Person *person, HxDate day);
/* A working day of the span on which the person is there; FALSE: none. */
gboolean sample_day_there (Random *random, const Person *person, HxDate first,
                           HxDate last, HxDate *day);
/* Admissions to a hospital; of whom, by the place in the block. */
guint sample_admitted (guint index);
HxDate sample_admission (const Sample *sample, guint block, guint index);
/* The person who is head of a teaching point. */
guint sample_head (guint point);
/* A name for someone who is not a cadre: staff, a doctor. The caller's. */
char *sample_name (Random *random, guint sex);
char *sample_phone (Random *random);

/* --------------------------------------------------------------- workbooks */

typedef enum
{
  CELL_EMPTY,
  CELL_TEXT,
  CELL_NUMBER,
  CELL_DATE,
  CELL_MONEY
} CellKind;

typedef struct
{
  CellKind kind;
  const char *text;
  gint64 number; /* money in 分 */
  HxDate date;
} Cell;

#define TEXT(value) ((Cell){ .kind = CELL_TEXT, .text = (value) })
#define NUMBER(value) ((Cell){ .kind = CELL_NUMBER, .number = (value) })
#define DATE(value) ((Cell){ .kind = CELL_DATE, .date = (value) })
#define MONEY(value) ((Cell){ .kind = CELL_MONEY, .number = (value) })
#define EMPTY ((Cell){ .kind = CELL_EMPTY })
#define DAY_OR_EMPTY(value) ((value).year != 0 ? DATE (value) : EMPTY)

/* One row; as many cells as the sheet has headings. */
#define ROW(sheet, ...)                                                        \
  sheet_row (sheet, (const Cell[]){ __VA_ARGS__ },                             \
             (guint)G_N_ELEMENTS (((const Cell[]){ __VA_ARGS__ })))

typedef struct _Sheet Sheet;

/* A sheet that is full goes on in a further file, FILE-2.xlsx.  The first
 * error is kept and the rest of the rows is skipped. */
Sheet *sheet_open (const char *folder, const char *file, const char *kind,
                   const char *const *headings);
void sheet_row (Sheet *sheet, const Cell *cells, guint count);
guint64 sheet_rows (const Sheet *sheet);
/* Ends the file and frees the sheet.  A line `file, kind` for each file is
 * added to `order`. */
gboolean sheet_close (Sheet *sheet, GString *order, GError **error);

/* ---------------------------------------------------------------- subjects */

struct _Sample
{
  guint scale;
  guint64 seed;
  guint people_count;
  Person *people;
};

/* Block `block` of the scale holds SAMPLE_PEOPLE people, its own cadres first.
 */
#define CADRE                                                                  \
  "离退休干部" /* the heading of the person that a record is about */

typedef void (*WriteSheet) (const Sample *sample, Random *random, Sheet *sheet);

typedef struct
{
  const char *file; /* without .xlsx */
  const char *kind;
  WriteSheet write;
  const char *headings[24]; /* NULL-terminated */
} Workbook;

/* Each ends with a line of no file. */
extern const Workbook place_workbooks[];
extern const Workbook people_workbooks[];
extern const Workbook register_workbooks[];
extern const Workbook care_workbooks[];
extern const Workbook health_workbooks[];
extern const Workbook learning_workbooks[];
extern const Workbook party_workbooks[];
extern const Workbook youth_workbooks[];
extern const Workbook office_workbooks[];
extern const Workbook money_workbooks[];
extern const Workbook plan_workbooks[];
extern const Workbook spending_workbooks[];
extern const Workbook target_workbooks[];
extern const Workbook text_workbooks[];

#endif
