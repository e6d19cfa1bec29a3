/* person: all that is known of one person, in one file.
 *
 * The catalogue's person.yaml says whose file it is (a register) and which
 * records are the plan; the rest is found from the kinds: every kind that
 * refers to the register or names its rows as attendees is a service (records)
 * or a place in something (registers), every duty of the register, every cap
 * and every amount of money of such a record.
 *
 * The file is that of a day: what is dated after it is not seen, a need that
 * was solved later is open, a dated field holds what it held.  Services are
 * counted for one year up to that day, and before that year.
 *
 * Needs (急难愁盼) go raised → promised → solved → confirmed by the person, or
 * are stopped.  One that is past its due day and not solved is overdue; its age
 * counts from the day it was raised, to the day it was solved or the day of
 * the file.
 *
 * Ownership: hx_person_load gives a HxPerson that owns all its rows and arrays;
 * texts and kinds are the catalogue's.  Nothing is masked here: who shows it
 * masks it.  Threads: as the connection's.
 */
#ifndef HX_PEOPLE_PERSON_H
#define HX_PEOPLE_PERSON_H

#include "duty/duty.h"
#include "ledger/ledger.h"

G_BEGIN_DECLS

#define HX_PERSON_FOUND_MAX 20

typedef enum
{
  HX_NEED_RAISED,
  HX_NEED_PROMISED,
  HX_NEED_SOLVED,
  HX_NEED_CONFIRMED,
  HX_NEED_STOPPED
} HxNeedState;

/* "raised", "promised", "solved", "confirmed", "stopped". */
const char *hx_need_state_key (HxNeedState state);

typedef struct
{
  const HxRow *row;
  HxNeedState state;
  HxDate raised, promised, due, solved, confirmed; /* year 0: none */
  gboolean is_open; /* neither solved nor stopped */
  gboolean is_overdue;
  gint64 days; /* its age */
} HxPersonNeed;

typedef struct
{
  const HxKind *kind;
  guint this_year, before; /* by the day of a record, the since of a register;
                            * a register without since is before */
  GPtrArray *rows;         /* HxRow, newest first */
} HxPersonService;

typedef struct
{
  const HxCap *cap;
  gint64 received; /* in the period that holds the day of the file, or the last
                    * day of the year when that is earlier */
} HxPersonCap;

typedef struct
{
  const HxKind *kind;
  const HxField *field; /* money */
  gint64 this_year, before;
} HxPersonMoney;

typedef enum
{
  HX_EVENT_RECORD,    /* a service; the raising of a need */
  HX_EVENT_PROMISED,  /* of a need */
  HX_EVENT_SOLVED,    /* of a need */
  HX_EVENT_CONFIRMED, /* of a need */
  HX_EVENT_BEGAN,     /* since of a register's row, the person's own too */
  HX_EVENT_ENDED,     /* until of it */
  HX_EVENT_CHANGED    /* a dated field of the person took this value */
} HxPersonEventKind;

/* "record", "promised", … */
const char *hx_person_event_key (HxPersonEventKind kind);

typedef struct
{
  HxDate date; /* parts may be unknown */
  HxPersonEventKind kind;
  const HxRow *row;
  const HxField *field; /* CHANGED: in `row`; else NULL */
} HxPersonEvent;

typedef struct
{
  const HxPersonView *view;
  HxRow *row;
  int year;
  HxDate as_of;
  GArray *needs; /* HxPersonNeed: open ones first, the longest overdue first */
  guint needs_open, needs_overdue;
  GPtrArray *services; /* HxPersonService in the catalogue's order of kinds;
                        * without the plan and what there is none of */
  GArray *duties;      /* HxDutyItem of the year, label NULL */
  GArray *caps;        /* HxPersonCap */
  GArray *money;       /* HxPersonMoney that is not 0 */
  GArray *events;      /* HxPersonEvent of the year, in order of date */
  GPtrArray *kept;     /* private: HxRow */
} HxPerson;

/* HX_ERROR_NOT_FOUND when the catalogue keeps no files of persons, or there is
 * no such row.  `as_of` is a whole date. */
HxPerson *hx_person_load (HxConnection *connection, HxCatalogue *catalogue,
                          gint64 id, int year, HxDate as_of, GError **error);
void hx_person_free (HxPerson *person);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxPerson, hx_person_free)

/* The rows (gint64, at most HX_PERSON_FOUND_MAX + 1) that a user may mean by
 * `text`: whose unique fields hold it, the row of that number, and, where there
 * are none, what the search finds: only the whole names when there are any.
 * Empty when there are none; the caller's. */
GArray *hx_person_find (HxConnection *connection, HxCatalogue *catalogue,
                        const char *text, GError **error);

G_END_DECLS

#endif
