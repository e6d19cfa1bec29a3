/* A slow reference: what is due is found day by day through every row, without
 * the catalogue's duties and without the database.  Festivals are those of the
 * published calendars; what day a day is in the lunar calendar is asked of the
 * base room, which is held to them. */
#ifndef HX_DUTY_TEST_MODEL_H
#define HX_DUTY_TEST_MODEL_H

#include "day.h"
#include "duty_test.h"
#include "kept.h"

#define N_PEOPLE 30
#define N_RECORDS 320
#define N_UNITS 3 /* 区, below it 街, below it 社 */

typedef struct
{
  gint64 id;
  int home;  /* 1…N_UNITS */
  int level; /* 0: none */
  gboolean veteran;
  gboolean is_lunar;
  HxLunarDate lunar_day; /* month 0: not known */
  Day birth, joined, since, until;
} Person;

typedef enum
{
  VISIT,
  CALL,
  STAY,
  TAKEN
} What;

typedef struct
{
  What what;
  gint64 id;
  guint person;
  Day day;
  int number; /* of a visit its occasion, of a stay its days, or the step */
  gboolean is_void;
} Record;

typedef struct
{
  Person people[N_PEOPLE];
  Record records[N_RECORDS];
  Day from, until, as_of;
  int unit;
} World;

/* By What, by the number of a visit, by the step. */
extern const char *const whats[4];
extern const char *const occasions[3];
extern const char *const steps[3];
/* The duties that the model knows, as a catalogue says them. */
extern const char model_duties[];

/* The items from world->from to world->until as item_text has them. */
GPtrArray *reference (const World *world);

#endif
