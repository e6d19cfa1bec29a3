/* From the rows to the pairs, in groups of those that hang together. */
#include "people/duplicate_internal.h"

#include <stdlib.h>

#define KEPT_MAX                                                               \
  (4 * HX_DUPLICATE_PAIRS_MAX) /* before repeats are taken out                 \
                                */
#define PROGRESS_STEP 65536

typedef struct
{
  guint32 a, b; /* rows of the crowd, a < b */
  int weight;
  guint64 fired;
} Found;

typedef struct
{
  HxCrowd *crowd;
  HxScorer *scorer;
  HxDuplicates *result;
  const HxDuplicateQuery *query;
  GArray *found; /* Found */
  guint line;
  gboolean stopped;
} Search;

/* ----------------------------------------------------------------- gathering
 */

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Found *one = a;
  const Found *other = b;

  if (one->a != other->a)
    return one->a < other->a ? -1 : 1;
  return (one->b > other->b) - (one->b < other->b);
}

static int
compare_weights (gconstpointer a, gconstpointer b)
{
  const Found *one = a;
  const Found *other = b;

  if (one->weight != other->weight)
    return one->weight > other->weight ? -1 : 1;
  return compare_rows (a, b);
}

static void
drop_repeats (GArray *found)
{
  Found *all = (Found *)(void *)found->data;
  guint kept = 0;

  hx_sort_array (found, compare_rows);
  for (guint i = 0; i < found->len; i++)
    if (kept == 0 || compare_rows (&all[kept - 1], &all[i]) != 0)
      all[kept++] = all[i];
  g_array_set_size (found, kept);
}

static void
keep_heaviest (Search *search, guint most)
{
  drop_repeats (search->found);
  if (search->found->len <= most)
    return;
  hx_sort_array (search->found, compare_weights);
  g_array_set_size (search->found, most);
  search->result->cut = TRUE;
}

static gboolean
goes_on (Search *search)
{
  const HxDuplicateQuery *query = search->query;
  const guint lines = search->crowd->rules->candidates->len;

  if (!search->stopped && query->progress != NULL)
    search->stopped = !query->progress (search->line, lines, query->data);
  return !search->stopped;
}

static void
take_candidate (guint a, guint b, gpointer data)
{
  Search *search = data;
  Found found = { .a = a, .b = b };

  if (++search->result->compared % PROGRESS_STEP == 0)
    goes_on (search);
  if (search->stopped
      || !hx_scorer_weigh (search->scorer, a, b, &found.weight, &found.fired))
    return;
  if (search->found->len >= KEPT_MAX)
    keep_heaviest (search, KEPT_MAX / 2);
  g_array_append_val (search->found, found);
}

static int
compare_blocks (gconstpointer a, gconstpointer b)
{
  const HxDuplicateBlock *one = a;
  const HxDuplicateBlock *other = b;

  if (one->rows != other->rows)
    return one->rows > other->rows ? -1 : 1;
  return (one->line > other->line) - (one->line < other->line);
}

static void
take_crowded (guint rows, guint sample, gpointer data)
{
  Search *search = data;
  GArray *blocks = search->result->blocks;
  const HxDuplicateBlock block
      = { search->line, rows,
          g_array_index (search->crowd->ids, gint64, sample) };

  search->result->n_blocks++;
  g_array_append_val (blocks, block);
  if (blocks->len < 2 * HX_DUPLICATE_BLOCKS_MAX)
    return;
  g_array_sort (blocks, compare_blocks);
  g_array_set_size (blocks, HX_DUPLICATE_BLOCKS_MAX);
}

static gboolean
search_lines (Search *search, GError **error)
{
  const HxCandidateSink sink = { take_candidate, take_crowded, search };
  const GPtrArray *lines = search->crowd->rules->candidates;

  for (guint i = 0; i < lines->len && goes_on (search); i++)
    {
      g_autoptr (GArray) keyed
          = hx_candidates_of_line (search->crowd, lines->pdata[i]);

      search->line = i;
      hx_candidates_walk (search->crowd, keyed, &sink);
    }
  if (search->stopped)
    return hx_fail (error, HX_ERROR_LIMIT, _ ("查重被中止"), NULL, NULL);
  g_array_sort (search->result->blocks, compare_blocks);
  if (search->result->blocks->len > HX_DUPLICATE_BLOCKS_MAX)
    g_array_set_size (search->result->blocks, HX_DUPLICATE_BLOCKS_MAX);
  return TRUE;
}

/* ------------------------------------------------------------------- sieving
 */

typedef struct
{
  gint64 one, other;
} Pair;

static guint
pair_hash (gconstpointer data)
{
  const Pair *pair = data;

  return (guint)hx_hash_mix ((guint64)pair->one, (guint64)pair->other);
}

static gboolean
pair_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Pair)) == 0;
}

/* NULL with *error. */
static GHashTable *
known_pairs (HxConnection *connection, const HxKind *kind, GError **error)
{
  g_autoptr (GHashTable) known
      = g_hash_table_new_full (pair_hash, pair_equal, g_free, NULL);
  g_autofree char *sql
      = kind == NULL ? NULL
                     : g_strdup_printf ("SELECT one, other FROM %s"
                                        " WHERE bureau_id = ?1 AND void = 0",
                                        kind->table);
  g_autoptr (HxStatement) statement
      = sql == NULL ? NULL : hx_statement_new (connection, sql, error);
  HxStep step = HX_STEP_DONE;

  if (sql != NULL && statement == NULL)
    return NULL;
  if (statement != NULL)
    hx_bind_integer (statement, 1, HX_BUREAU_ID);
  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const gint64 a = hx_column_integer (statement, 0);
      const gint64 b = hx_column_integer (statement, 1);
      Pair *pair = g_new (Pair, 1);

      *pair = (Pair){ MIN (a, b), MAX (a, b) };
      g_hash_table_add (known, pair);
    }
  return step == HX_STEP_DONE ? g_steal_pointer (&known) : NULL;
}

/* The ids of a unit and all below it; NULL with *error. */
static GHashTable *
units_below (HxConnection *connection, gint64 unit_id, GError **error)
{
  g_autoptr (GHashTable) units
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (HxStatement) statement = hx_statement_new (
      connection,
      "WITH RECURSIVE below (id) AS (SELECT ?2 UNION SELECT u.id"
      " FROM reg_unit u JOIN below b ON u.parent = b.id"
      " WHERE u.bureau_id = ?1) SELECT id FROM below",
      error);
  HxStep step;

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, unit_id);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const gint64 id = hx_column_integer (statement, 0);

      g_hash_table_add (units, g_memdup2 (&id, sizeof id));
    }
  return step == HX_STEP_DONE ? g_steal_pointer (&units) : NULL;
}

static gboolean
is_wanted (const Search *search, const Found *found, GHashTable *known,
           GHashTable *units)
{
  const gint64 *ids = (const gint64 *)(const void *)search->crowd->ids->data;
  const gint64 *of = (const gint64 *)(const void *)search->crowd->units->data;
  const Pair pair = { MIN (ids[found->a], ids[found->b]),
                      MAX (ids[found->a], ids[found->b]) };

  if (g_hash_table_contains (known, &pair))
    return FALSE;
  return units == NULL || g_hash_table_contains (units, &of[found->a])
         || g_hash_table_contains (units, &of[found->b]);
}

static gboolean
sieve (Search *search, HxConnection *connection, GError **error)
{
  g_autoptr (GHashTable) known
      = known_pairs (connection, search->crowd->rules->not_same, error);
  g_autoptr (GHashTable) units = NULL;
  Found *all;
  guint kept = 0;

  if (known == NULL)
    return FALSE;
  if (search->query->unit_id != 0)
    {
      units = units_below (connection, search->query->unit_id, error);
      if (units == NULL)
        return FALSE;
    }
  drop_repeats (search->found);
  all = (Found *)(void *)search->found->data;
  for (guint i = 0; i < search->found->len; i++)
    if (is_wanted (search, &all[i], known, units))
      all[kept++] = all[i];
  g_array_set_size (search->found, kept);
  keep_heaviest (search, HX_DUPLICATE_PAIRS_MAX);
  return TRUE;
}

/* ------------------------------------------------------------------- groups */

static guint32
root_of (guint32 *parent, guint32 row)
{
  while (parent[row] != row)
    row = parent[row] = parent[parent[row]];
  return row;
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const HxDuplicatePair *one = a;
  const HxDuplicatePair *other = b;

  if (one->weight != other->weight)
    return one->weight > other->weight ? -1 : 1;
  if (one->one != other->one)
    return one->one < other->one ? -1 : 1;
  return (one->other > other->other) - (one->other < other->other);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const guint one = ((const HxDuplicatePair *)a)->group;
  const guint other = ((const HxDuplicatePair *)b)->group;

  return one != other ? (one > other) - (one < other) : compare_pairs (a, b);
}

/* Numbers the groups in the order of their heaviest pairs. */
static void
number_groups (HxDuplicates *result, guint n_rows, const guint32 *sizes)
{
  g_autofree guint *numbers = g_new0 (guint, n_rows + 1);
  HxDuplicatePair *pairs = (HxDuplicatePair *)(void *)result->pairs->data;

  hx_sort_array (result->pairs, compare_pairs);
  for (guint i = 0; i < result->pairs->len; i++)
    {
      const guint root = pairs[i].group;

      if (numbers[root] == 0)
        {
          g_array_append_val (result->groups, sizes[root]);
          numbers[root] = result->groups->len;
        }
      pairs[i].group = numbers[root];
    }
  hx_sort_array (result->pairs, compare_groups);
}

static void
make_groups (Search *search)
{
  const guint n = search->crowd->ids->len;
  const gint64 *ids = (const gint64 *)(const void *)search->crowd->ids->data;
  const Found *all = (const Found *)(const void *)search->found->data;
  g_autofree guint32 *parent = g_new (guint32, n + 1);
  g_autofree guint32 *sizes = g_new (guint32, n + 1);

  for (guint32 i = 0; i < n; i++)
    {
      parent[i] = i;
      sizes[i] = 1;
    }
  for (guint i = 0; i < search->found->len; i++)
    {
      const guint32 a = root_of (parent, all[i].a);
      const guint32 b = root_of (parent, all[i].b);

      if (a == b)
        continue;
      parent[MAX (a, b)] = MIN (a, b);
      sizes[MIN (a, b)] += sizes[MAX (a, b)];
    }
  for (guint i = 0; i < search->found->len; i++)
    {
      const HxDuplicatePair pair
          = { .one = MIN (ids[all[i].a], ids[all[i].b]),
              .other = MAX (ids[all[i].a], ids[all[i].b]),
              .weight = all[i].weight,
              .fired = all[i].fired,
              .group = root_of (parent, all[i].a) };

      g_array_append_val (search->result->pairs, pair);
    }
  number_groups (search->result, n, sizes);
}

/* ------------------------------------------------------------------- public */

static HxDuplicates *
duplicates_new (const HxDuplicateRules *rules)
{
  HxDuplicates *result = g_new0 (HxDuplicates, 1);

  result->rules = rules;
  result->pairs = g_array_new (FALSE, FALSE, sizeof (HxDuplicatePair));
  result->groups = g_array_new (FALSE, FALSE, sizeof (guint));
  result->blocks = g_array_new (FALSE, FALSE, sizeof (HxDuplicateBlock));
  return result;
}

void
hx_duplicates_free (HxDuplicates *duplicates)
{
  if (duplicates == NULL)
    return;
  g_array_unref (duplicates->pairs);
  g_array_unref (duplicates->groups);
  g_array_unref (duplicates->blocks);
  g_free (duplicates);
}

HxDuplicates *
hx_duplicates_find (HxConnection *connection, const HxDuplicateRules *rules,
                    const HxDuplicateQuery *query, GError **error)
{
  g_autoptr (HxDuplicates) result = duplicates_new (rules);
  g_autoptr (HxCrowd) crowd = hx_crowd_read (connection, rules, error);
  g_autoptr (HxScorer) scorer = NULL;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  Search search
      = { .crowd = crowd, .result = result, .query = query, .found = found };

  if (crowd == NULL)
    return NULL;
  result->rows = crowd->ids->len;
  search.scorer = scorer = hx_scorer_new (
      crowd, query->minimum > 0 ? query->minimum : rules->list);
  if (!search_lines (&search, error) || !sieve (&search, connection, error))
    return NULL;
  make_groups (&search);
  return g_steal_pointer (&result);
}
