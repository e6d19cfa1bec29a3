/* A bureau of invented people some of whom are in the books twice, and which
 * of them those are. */
#ifndef HX_PEOPLE_PLANTED_H
#define HX_PEOPLE_PLANTED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "measure/measure.h"

typedef struct
{
  char *folder;
  HxStore *store;
  HxCatalogue *catalogue;
  const HxKind *cadre;
  guint64 people; /* added so far */
} Bureau;

/* The shipped catalogue, but known by their number, an ID number not being
 * required; its fields and rules in reverse order. */
Bureau *bureau_new (gboolean is_reversed);
void bureau_free (Bureau *bureau);

/* What is known of one person; NULL or "" for what is not, a number aside,
 * which is then given.  An ID number is stored as it is, wrong ones too. */
typedef struct
{
  const char *name, *id_number, *sex, *birth_date, *phone, *landline,
      *emergency_phone, *employer, *street, *work_start, *number;
} Person;

/* One write; ids into `ids` (may be NULL). */
void bureau_add (Bureau *bureau, const Person *people, guint count,
                 gint64 *ids);
/* One line a row, "KIND key=value …" with cells as a workbook has them, each
 * new and good; ids into `ids` (may be NULL).  One write. */
void bureau_put (Bureau *bureau, const char *const *lines, guint count,
                 gint64 *ids);
/* "KIND ID key=value …". */
void bureau_change (Bureau *bureau, const char *line);
/* One write. */
void bureau_in_ledger (Bureau *bureau, HxLedgerFunc function, gpointer data);

/* Why two rows are one person, or look like it. */
typedef enum
{
  PLANTED_NONE,
  PLANTED_SIMILAR_CHARACTER,
  PLANTED_SAME_SOUND,
  PLANTED_SWAPPED_DAY,
  PLANTED_WRONG_DIGIT,
  PLANTED_OTHER_NAME, /* maiden name, alias */
  PLANTED_RARE_CHARACTER,
  PLANTED_TRADITIONAL,
  PLANTED_LEFT_OUT,
  PLANTED_PARTIAL_BIRTH,
  PLANTED_LAST, /* of those that are one person */
  PLANTED_SPOUSE = PLANTED_LAST,
  PLANTED_TWIN,
  PLANTED_SON,
  PLANTED_KINDS
} PlantedKind;

const char *planted_kind_name (PlantedKind kind);

typedef struct
{
  GStringChunk *texts;
  GArray *people; /* Person */
  GArray *kinds;  /* PlantedKind: how the row was made */
  GArray *origin; /* guint: from which row; its own for NONE */
} Planted;

/* `plain` people, then `each` of every kind. */
Planted *planted_new (guint32 seed, guint plain, guint each);
void planted_free (Planted *planted);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Planted, planted_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Bureau, bureau_free)

void check (gboolean done, const GError *error);

#endif
