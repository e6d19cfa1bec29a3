/* search: people found by what is known of them, the likely first.
 *
 * The registers whose catalogue says `search: [FIELD, …]` keep an index, the
 * table search_KIND (bureau_id, key, row), written with the row in one write.
 * The keys of a live row; a voided row has none:
 *
 *   A…   the field `name`, in standard characters and spelled: 黄昌华,
 *        huangchanghua, every common reading of each character; behind what
 *        is spelled a tab and the name, which spares a look at the row
 *   B…   its initials: hch
 *   C…   both from a later character on: 昌华, changhua, ch, 华, hua
 *   N…   other text (numbers): its letters and digits, LW0000012 as
 *        lw0000012, and its digits at the end without leading zeros, 12
 *   T…   the last four and the last six characters of an ID number, as keyed
 *        digests (see secret.h): the number is not in the index
 *
 * A reference in `search` has no keys: its own index serves.
 *
 * A query is some words, all of which must fit a row.  A word fits
 *
 *   by the row that a reference of `search` names: the unit of that name, or
 *   below it, or the branch.  The whole name (昌华街道) means the place and
 *   nothing else; two characters or more of its beginning mean it as well.
 *   by a key: it begins with the word (黄昌, ychang, hch, 昌华, LW00, 12), or
 *   is it (0012 as the number 12 or as the end of an ID number, 00001X).
 *   by a name in another way of writing, when no key begins so: each
 *   character as itself, spelled or by its initial (欧阳cy, ouych, zhangsf).
 *
 * Hits come by rank: see HxSearchRank; within a rank in the order of the keys
 * and of the rows.  Several words: the sum of their ranks, when the rarest of
 * them fits no more than HX_SEARCH_SORTED rows; else the rows of the rarest
 * word come in its order as they are found, and nothing is counted.
 *
 * The index says with table search_index (bureau_id, kind, rule) by which rule
 * it was made; a ledger or hx_search_sync makes it anew when there is none or
 * the rule is another.
 */
#ifndef HX_SEARCH_H
#define HX_SEARCH_H

#include "ledger/ledger.h"

G_BEGIN_DECLS

#define HX_SEARCH_WORDS_MAX 8
#define HX_SEARCH_LIMIT_MAX 1000
#define HX_SEARCH_SORTED 2000

typedef enum
{
  HX_SEARCH_EXACT, /* the whole name or number; the end of an ID number */
  HX_SEARCH_PREFIX,
  HX_SEARCH_INITIALS,
  HX_SEARCH_PART, /* from a later character on */
  HX_SEARCH_PLACE
} HxSearchRank;

/* "exact", "prefix", "initials", "part", "place". */
const char *hx_search_rank_key (HxSearchRank rank);

typedef struct
{
  const char *const *words; /* NULL at the end */
  const HxKind *kind;       /* NULL: every register that is searched */
  guint limit;              /* 1…HX_SEARCH_LIMIT_MAX */
  HxDate as_of;             /* in the register on that day; year 0: ever */
} HxSearchQuery;

/* The row is good during the call; FALSE stops. */
typedef gboolean (*HxSearchFunc) (const HxRow *row, HxSearchRank rank,
                                  gpointer data);

/* HX_ERROR_USAGE when there is no word that means anything, too many words,
 * or nothing that is searched; HX_ERROR_NOT_FOUND when the index is not there.
 */
gboolean hx_search (HxConnection *connection, HxCatalogue *catalogue,
                    const HxSearchQuery *query, HxSearchFunc function,
                    gpointer data, GError **error);

/* ------------------------------------------------------------ keeping it
 *
 * All inside a write.  A ledger keeps the index itself.
 */

/* Makes what is missing or of another rule, drops what the catalogue no longer
 * asks for. `made` (may be NULL): how many were made. */
gboolean hx_search_sync (HxConnection *connection, HxCatalogue *catalogue,
                         guint *made, GError **error);
/* Makes the index of a kind from its rows. */
gboolean hx_search_rebuild (HxConnection *connection, const HxKind *kind,
                            GError **error);

/* The keys of each row again, against those in the index: 8 bytes of memory a
 * row. */
gboolean hx_search_verify (HxConnection *connection, HxCatalogue *catalogue,
                           HxFindingFunc function, gpointer data,
                           HxProgress progress, GError **error);

G_END_DECLS

#endif
