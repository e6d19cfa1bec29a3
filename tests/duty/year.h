/* The sample year as plain rows, read past the program, and a slow reference of
 * the shipped duties: every row on every day, without the catalogue. */
#ifndef HX_DUTY_TEST_YEAR_H
#define HX_DUTY_TEST_YEAR_H

#include "day.h"

typedef enum
{
  CADRE,
  BRANCH,
  POINT,
  N_REGISTERS
} Register;

/* Words are those of the code lists, "" for empty, and interned. */
typedef struct
{
  gint64 id, unit;
  const char *status, *category, *level, *politics, *hardship, *elder, *exit;
  gboolean is_lunar;
  Day birth, retired, term_end, since, until;
  GArray *records; /* Record, what was written about the row */
} Row;

typedef enum
{
  VISIT,
  CONTACT,
  CHECKUP,
  HELP,
  FUNERAL,
  STEP,
  CEREMONY,
  CLASS,
  ACTIVITY,
  SESSION,
  N_RECORDS
} What;

typedef struct
{
  What what;
  gint64 id;
  Day day;
  const char *kind;     /* occasion, channel, result, …, or "" */
  const char *festival; /* of a visit */
} Record;

typedef struct
{
  GArray *rows[N_REGISTERS]; /* Row */
  GArray *items;             /* private: what may be due, of year_begin */
} Year;

Year *year_read (const char *path);
void year_free (Year *year);
/* Looks for what is due from one day to another, of whoever may ask. */
void year_begin (Year *year, Day from, Day until);

/* One line as item_text has it for each item due in the span, as the list has
 * them on the day; `with_ended` as the coverage counts. */
typedef struct
{
  Day from, until, as_of;
  gboolean with_ended;
} Asked;
GPtrArray *year_reference (const Year *year, const Asked *asked);
/* The same without the text: for each "duty unit" how many are due, done, open
 * and overdue (gint64[4]). */
GHashTable *year_coverage (const Year *year, const Asked *asked);

#endif
