#include "plan/roll_internal.h"

#include <string.h>

#define SUFFIX_MAX 1000

static char *
next_number (const char *number, int year, guint attempt)
{
  g_autofree char *digits = g_strdup_printf ("%04d", year);
  g_autofree char *next = g_strdup_printf ("%04d", year + 1);
  const char *found = strstr (number, digits);
  g_autofree char *plain
      = found == NULL ? g_strdup_printf ("%s-%s", number, next)
                      : g_strdup_printf ("%.*s%s%s", (int)(found - number),
                                         number, next, found + strlen (digits));

  return attempt < 2 ? g_steal_pointer (&plain)
                     : g_strdup_printf ("%s-%u", plain, attempt);
}

static char *
place_key (const HxKind *kind, const char *what)
{
  return g_strdup_printf ("%s:%s", kind->key, what);
}

/* Whether a stored row of the number is one of the next year. */
static gboolean
is_of_next_year (const HxRoller *roller, const HxRollPart *part,
                 const HxRow *row, const HxRow *stored)
{
  if (part->year != NULL)
    return stored->values[part->year->index].integer == roller->year + 1;
  if (part->parent != NULL)
    return stored->values[part->parent->index].integer
           == row->values[part->parent->index].integer;
  return hx_row_day (stored) / 10000 == roller->year + 1;
}

gboolean
hx_roll_number (const HxRoller *roller, const HxRollPart *part, HxRow *row,
                gboolean *is_void, HxFaults *faults, GError **error)
{
  g_autoptr (HxRow) stored = hx_row_new (part->kind);
  g_autofree char *number = hx_living_text (row, part->number);

  for (guint attempt = 1; attempt <= SUFFIX_MAX; attempt++)
    {
      g_autofree char *next = next_number (number, roller->year, attempt);
      g_autofree char *key = place_key (part->kind, next);

      if (g_hash_table_contains (roller->taken, key))
        continue;
      if (!hx_row_set (roller->ledger, row, part->number, next, faults, error))
        return FALSE;
      row->id = 0;
      if (!hx_ledger_find (roller->ledger, row, error))
        return FALSE;
      if (row->id != 0
          && !hx_row_load (hx_ledger_connection (roller->ledger), stored,
                           row->id, error))
        return FALSE;
      if (row->id != 0 && !is_of_next_year (roller, part, row, stored))
        continue;
      *is_void = row->id != 0 && stored->is_void;
      g_hash_table_add (roller->taken, g_steal_pointer (&key));
      return TRUE;
    }
  return hx_fail (error, HX_ERROR_LIMIT, _ ("找不到没用过的编号"), number,
                  _ ("给今年的这一行换一个编号"));
}
