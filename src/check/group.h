/* Totals and their parts.  Private to the room check.
 *
 * A group is a total with the parts that the text gives it.  Rates, changes
 * and shares of the parts are held against the total's by find_share.c and
 * find_growth.c.
 */
#ifndef HX_CHECK_GROUP_H
#define HX_CHECK_GROUP_H

#include "check/claim.h"

G_BEGIN_DECLS

typedef struct
{
  guint total;
  GArray *parts; /* guint: indices of terms, ascending */
  gboolean holds;
} HxGroup;

void hx_group_free (HxGroup *group);

/* Everything of one check, while it is made. */
typedef struct
{
  const HxReading *reading;
  HxCheckResult *result;
  GPtrArray *groups; /* HxGroup */
} HxSearch;

/* Adds the claim and the group, unless the total has that group already. */
void hx_search_add_group (HxSearch *search, guint total, const guint *parts,
                          guint count);
/* The last group of which the term is a part; NULL. */
const HxGroup *hx_search_group_of (const HxSearch *search, guint part);

/* The finders, in the order in which they build on each other. */
void hx_find_sums (HxSearch *search);
void hx_find_items (HxSearch *search);
void hx_find_rates (HxSearch *search);
void hx_find_shares (HxSearch *search);
void hx_find_pairs (HxSearch *search);
void hx_find_growths (HxSearch *search);
void hx_find_differences (HxSearch *search);
void hx_find_bounds (HxSearch *search);
void hx_find_unknowns (HxSearch *search);
void hx_find_repeats (HxSearch *search);
void hx_find_products (HxSearch *search);
void hx_find_directions (HxSearch *search);

/* “减少 5 万元，增长 3%”: the rate beside a change says the other direction,
 * and there is no other comparison that it could be of. */
gboolean hx_direction_is_contrary (const HxReading *reading, guint change,
                                   guint rate);
/* Within tables, and of sentences against them.  The last of all: while a
 * table is looked at its cells are terms of the reading. */
/* As for tables, terms are added while it looks. */
void hx_find_names (HxSearch *search, HxReading *reading);
void hx_find_tables (HxSearch *search, HxReading *reading);

G_END_DECLS

#endif
