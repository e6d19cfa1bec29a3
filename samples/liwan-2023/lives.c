#include "sample.h"

/* Who came and who went in the year.  Those who retire before the ceremony are
 * the last of the bureau's own; others retire in the streets until July.
 * Some die or move away from the middle of May on.  The two dates leave each
 * of them a class, a survey and a contact while they are there. */

#define RETIRED_LAST 7 /* the month */
#define LEFT_FIRST 18  /* of May */
/* Of the bureau's own; they are apart from those with an office, an
 * admission or an aid. */
#define LEAVER_FIRST 407
#define LEAVER_STEP 45
#define LEAVER_EVERY 61 /* of the others, one in so many */
#define VETERAN_LAST 1100
#define VETERAN_BORN 1930

gboolean
sample_retires (guint place)
{
  return place >= SAMPLE_MANAGED - SAMPLE_RETIREES && place < SAMPLE_MANAGED;
}

static gboolean
retires_in_year (guint place, const Person *person)
{
  if (place < SAMPLE_MANAGED)
    return sample_retires (place);
  return person->sex == 1 && person->birth.year == SAMPLE_YEAR - 60
         && person->birth.month <= RETIRED_LAST;
}

static void
retire (guint place, Person *person)
{
  const int year = person->birth.year + (person->sex == 1 ? 60 : 55);

  person->category = RETIRED;
  person->retired
      = (HxDate){ (gint16)MIN (year, SAMPLE_YEAR - 1), person->birth.month, 1 };
  if (retires_in_year (place, person))
    {
      person->retired.year = SAMPLE_YEAR;
      person->joined = person->retired;
    }
  else if (year >= SAMPLE_YEAR)
    person->category = RETIRED_EARLY;
  if (place < VETERAN_LAST && person->birth.year == VETERAN_BORN)
    person->category = VETERAN;
}

static gboolean
leaves (guint place, const Person *person)
{
  if (person->joined.year != 0)
    return FALSE;
  if (place < SAMPLE_MANAGED)
    return place >= LEAVER_FIRST && place < VETERAN_LAST
           && (place - LEAVER_FIRST) % LEAVER_STEP == 0;
  return place % LEAVER_EVERY == 7;
}

void
sample_live (Random *random, guint place, Person *person)
{
  retire (place, person);
  person->by_moon = place >= SAMPLE_GREETED && place % 9 == 4;
  if (!leaves (place, person))
    return;
  person->left = random_day (random, sample_day (5, LEFT_FIRST),
                             sample_day (12, 29), FALSE);
  person->died = place < SAMPLE_MANAGED || random_below (random, 3) != 0;
}

gboolean
sample_is_there (const Person *person, HxDate day)
{
  return (person->joined.year == 0
          || hx_date_compare (person->joined, day) <= 0)
         && (person->left.year == 0
             || hx_date_compare (day, person->left) <= 0);
}

gboolean
sample_day_there (Random *random, const Person *person, HxDate first,
                  HxDate last, HxDate *day)
{
  if (person->joined.year != 0 && hx_date_compare (person->joined, first) > 0)
    first = person->joined;
  if (person->left.year != 0 && hx_date_compare (person->left, last) < 0)
    last = person->left;
  if (hx_date_compare (first, last) > 0)
    return FALSE;
  *day = random_day (random, first, last, TRUE);
  return TRUE;
}
