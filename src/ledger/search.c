/* Running a plan: the rows that the leading word's sources give, each judged
 * by all words.
 *
 * A row is judged by its keys, made anew from the few columns that are
 * searched, so that a row fits the same words whichever of them leads. */
#include "ledger/search_internal.h"

#define RANKS 5
#define NO_FIT G_MAXUINT

typedef struct
{
  const HxKind *kind;
  gint64 id;
  guint rank;
  guint order;
} Hit;

typedef struct
{
  const HxSearchQuery *query;
  HxPlan *plan;
  HxStatement *look; /* a row by its id */
  HxRow *row;        /* what is searched of it */
  GString *keys;     /* of that row, each with NUL */
  GString *last;     /* '+' or '-', and the key of a source that it is about */
  GArray *hits;
  guint begin; /* of this kind's hits */
  guint most;  /* hits of this kind */
  char as_of[HX_DATE_TEXT_SIZE];
} Search;

const char *
hx_search_rank_key (HxSearchRank rank)
{
  static const char *const keys[RANKS]
      = { "exact", "prefix", "initials", "part", "place" };

  return keys[rank];
}

/* -------------------------------------------------------------- one row */

static HxStatement *
open_look (const HxPlan *plan, GError **error)
{
  GString *sql = g_string_new ("SELECT id, void, day");
  g_autofree char *text = NULL;

  g_string_append_printf (sql, ", \"%s\"", hx_field_column (plan->kind->until));
  for (guint i = 0; i < plan->kind->search->len; i++)
    g_string_append_printf (sql, ", \"%s\"",
                            hx_field_column (plan->kind->search->pdata[i]));
  g_string_append_printf (sql, " FROM %s WHERE bureau_id = ?1 AND id = ?2",
                          plan->kind->table);
  text = g_string_free (sql, FALSE);
  return hx_statement_new (plan->connection, text, error);
}

/* A date without a day or month is all its days. */
static gboolean
is_there (const Search *search)
{
  const char *since = hx_column_text (search->look, 2);
  const char *until = hx_column_text (search->look, 3);

  if (hx_column_integer (search->look, 1) != 0)
    return FALSE;
  if (search->as_of[0] == '\0')
    return TRUE;
  return (since == NULL || strcmp (since, search->as_of) <= 0)
         && (until == NULL
             || strncmp (until, search->as_of, strlen (until)) >= 0);
}

static void
read_row (Search *search)
{
  const HxKind *kind = search->plan->kind;

  hx_row_clear (search->row);
  search->row->id = hx_column_integer (search->look, 0);
  for (guint i = 0; i < kind->search->len; i++)
    {
      const HxField *field = kind->search->pdata[i];
      HxValue *value = &search->row->values[field->index];
      int column = (int)i + 4;

      value->filled = !hx_column_is_null (search->look, column);
      if (hx_field_type_is_integer (field->type))
        value->integer = hx_column_integer (search->look, column);
      else
        value->text = hx_column_text (search->look, column);
    }
}

static void
keep_key (const char *key, gpointer data)
{
  hx_append (data, key, strlen (key) + 1);
}

/* ----------------------------------------------------------------- judging */

static guint
rank_of_key (const HxWord *word, const char *key)
{
  const char *wanted = *key == HX_KEY_NUMBER ? word->number : word->name;
  gsize size = wanted != NULL ? strlen (wanted) : 0;

  if (wanted == NULL || strncmp (key + 1, wanted, size) != 0)
    return NO_FIT;
  if (*key == HX_KEY_NUMBER && word->whole && key[1 + size] != '\0')
    return NO_FIT;
  switch (*key)
    {
    case HX_KEY_PART:
      return HX_SEARCH_PART;
    case HX_KEY_INITIALS:
      return HX_SEARCH_INITIALS;
    default:
      return (key[1 + size] == '\0' || key[1 + size] == HX_KEY_END)
                     && !word->sieve
                 ? HX_SEARCH_EXACT
                 : HX_SEARCH_PREFIX;
    }
}

static guint
rank_of_keys (const Search *search, const HxWord *word)
{
  const GString *keys = search->keys;
  guint best = NO_FIT;

  for (const char *key = keys->str; key < keys->str + keys->len;
       key += strlen (key) + 1)
    best = MIN (best, rank_of_key (word, key));
  return best;
}

static gboolean
passes_sieve (const Search *search, const HxWord *word)
{
  const HxField *name = hx_kind_field (search->plan->kind, "name");

  return !word->sieve
         || (name != NULL && search->row->values[name->index].text != NULL
             && hx_name_fits (search->plan->maker->pinyin,
                              search->row->values[name->index].text,
                              word->pattern));
}

static guint
rank_of_places (const Search *search, const HxWord *word)
{
  for (guint i = 0; i < word->places->len; i++)
    {
      const HxNamedPlace *place = word->places->pdata[i];
      const HxValue *value = &search->row->values[place->field->index];

      if (value->filled && hx_named_place_holds (place, value->integer))
        return HX_SEARCH_PLACE;
    }
  return NO_FIT;
}

/* What is asked first, since it asks for no keys. */
static gboolean
is_in_places (const Search *search)
{
  for (guint i = 0; i < search->plan->words->len; i++)
    {
      const HxWord *word = search->plan->words->pdata[i];

      if (word->only && rank_of_places (search, word) == NO_FIT)
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_tail (const Search *search, const HxWord *word, guint *rank, GError **error)
{
  g_autofree char *table = hx_search_table (search->plan->kind);
  g_autofree char *sql = NULL;
  HxStatement *statement;
  HxStep step;

  if (word->tail == NULL || *rank == HX_SEARCH_EXACT)
    return TRUE;
  sql = g_strdup_printf ("SELECT 1 FROM %s WHERE bureau_id = ?1 AND key = ?2"
                         " AND row = ?3",
                         table);
  statement = hx_statement (search->plan->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, word->tail, -1);
  hx_bind_integer (statement, 3, search->row->id);
  step = hx_step (statement, error);
  hx_statement_reset (statement);
  if (step == HX_STEP_ROW)
    *rank = HX_SEARCH_EXACT;
  return step != HX_STEP_ERROR;
}

static gboolean
judge_word (const Search *search, const HxWord *word, guint *rank,
            GError **error)
{
  *rank = NO_FIT;
  if (!word->only)
    {
      *rank = rank_of_keys (search, word);
      if (*rank != NO_FIT && !passes_sieve (search, word))
        *rank = NO_FIT;
      if (!has_tail (search, word, rank, error))
        return FALSE;
    }
  if (*rank == NO_FIT)
    *rank = rank_of_places (search, word);
  return TRUE;
}

/* The rank of the word that fits worst; places that were named whole have no
 * say if there is another word. */
static gboolean
judge (const Search *search, guint *rank, GError **error)
{
  guint worst = 0;
  gboolean only_places = TRUE;

  *rank = NO_FIT;
  for (guint i = 0; i < search->plan->words->len; i++)
    {
      const HxWord *word = search->plan->words->pdata[i];
      guint own;

      if (!judge_word (search, word, &own, error))
        return FALSE;
      if (own == NO_FIT)
        return TRUE;
      only_places = only_places && word->only;
      worst = word->only ? worst : MAX (worst, own);
    }
  *rank = only_places ? HX_SEARCH_PLACE : worst;
  return TRUE;
}

/* -------------------------------------------------------------------- hits */

static gboolean
is_hit (const Search *search, gint64 id)
{
  for (guint i = search->begin; i < search->hits->len; i++)
    if (g_array_index (search->hits, Hit, i).id == id)
      return TRUE;
  return FALSE;
}

static gboolean
look_at (Search *search, gint64 id, guint *rank, GError **error)
{
  HxStep step;

  *rank = NO_FIT;
  hx_statement_reset (search->look);
  hx_bind_integer (search->look, 1, HX_BUREAU_ID);
  hx_bind_integer (search->look, 2, id);
  step = hx_step (search->look, error);
  if (step != HX_STEP_ROW)
    return step == HX_STEP_DONE;
  if (!is_there (search))
    return TRUE;
  read_row (search);
  if (!is_in_places (search))
    return TRUE;
  g_string_truncate (search->keys, 0);
  hx_keys_of_row (search->plan->maker, search->row, FALSE, keep_key,
                  search->keys);
  return judge (search, rank, error);
}

static gboolean
try_row (Search *search, gint64 id, GError **error)
{
  guint rank;

  if (is_hit (search, id))
    return TRUE;
  if (!look_at (search, id, &rank, error))
    return FALSE;
  if (rank != NO_FIT)
    {
      Hit hit = { search->plan->kind, id, rank, search->hits->len };

      g_array_append_val (search->hits, hit);
    }
  return TRUE;
}

static gboolean
is_full (const Search *search)
{
  return search->hits->len - search->begin >= search->most;
}

/* Spelled keys come in order, and people of one name have one key: what was
 * said of the last one holds. */
static gboolean
may_fit (const Search *search, const char *key)
{
  GString *last = search->last;

  if (key == NULL || strchr (key, HX_KEY_END) == NULL)
    return hx_plan_may_fit (search->plan, key);
  if (last->len == 0 || strcmp (last->str + 1, key) != 0)
    {
      g_string_assign (last, hx_plan_may_fit (search->plan, key) ? "+" : "-");
      g_string_append (last, key);
    }
  return last->str[0] == '+';
}

static gboolean
read_source (Search *search, const HxSource *source, GError **error)
{
  g_autoptr (HxStatement) rows
      = hx_source_open (search->plan, source, -1, error);
  HxStep step = HX_STEP_ERROR;

  if (rows == NULL)
    return FALSE;
  while (!is_full (search) && (step = hx_step (rows, error)) == HX_STEP_ROW)
    if (may_fit (search, hx_column_text (rows, 1))
        && !try_row (search, hx_column_integer (rows, 0), error))
      return FALSE;
  return is_full (search) || step == HX_STEP_DONE;
}

static gboolean
read_sources (Search *search, GError **error)
{
  const GArray *sources = search->plan->lead->sources;

  for (guint i = 0; i < sources->len && !is_full (search); i++)
    if (!read_source (search, &g_array_index (sources, HxSource, i), error))
      return FALSE;
  return TRUE;
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const Hit *one = a, *other = b;

  if (one->rank != other->rank)
    return one->rank < other->rank ? -1 : 1;
  return one->order < other->order ? -1 : 1;
}

/* What stays of a kind's hits, and of all of them, are the best. */
static void
cut (GArray *hits, guint begin, guint limit)
{
  GArray *all = hits;

  if (all->len > begin)
    qsort (all->data + begin * sizeof (Hit), all->len - begin, sizeof (Hit),
           compare_hits);
  if (all->len - begin > limit)
    g_array_set_size (all, begin + limit);
}

static gboolean
search_kind (Search *search, const HxKind *kind, GError **error)
{
  g_auto (HxPlan) plan
      = { .connection = search->plan->connection, .kind = kind };
  g_autoptr (HxRow) row = hx_row_new (kind);
  g_autoptr (HxStatement) look = NULL;
  Search own = *search;

  if (!hx_plan_init (&plan, search->query->words, error))
    return FALSE;
  if (plan.lead->count == 0)
    return TRUE;
  look = open_look (&plan, error);
  if (look == NULL)
    return FALSE;
  own.plan = &plan;
  own.look = look;
  own.row = row;
  own.begin = search->hits->len;
  g_string_truncate (own.last, 0);
  own.most = plan.words->len > 1 && plan.lead->count <= HX_SEARCH_SORTED
                 ? G_MAXUINT
                 : search->query->limit;
  if (!read_sources (&own, error))
    return FALSE;
  cut (own.hits, own.begin, search->query->limit);
  return TRUE;
}

/* ------------------------------------------------------------------ asking */

static gboolean
check_words (const HxSearchQuery *query, GError **error)
{
  guint words = g_strv_length ((char **)(guintptr)query->words);

  for (guint i = 0; i < words; i++)
    {
      g_autofree char *number = hx_key_number (query->words[i]);

      if (*number == '\0')
        return hx_fail (error, HX_ERROR_USAGE, _ ("这个词里没有可搜索的字"),
                        query->words[i],
                        _ ("写姓名、拼音、首字母、编号或街道"));
    }
  if (words > 0 && words <= HX_SEARCH_WORDS_MAX && query->limit > 0
      && query->limit <= HX_SEARCH_LIMIT_MAX)
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, _ ("要搜索的词太多，或没有写"), NULL,
                  _ ("写一到八个词，--limit 写 1 到 1000"));
}

/* The kinds that are searched, each with its index. */
static gboolean
choose_kinds (HxConnection *connection, HxCatalogue *catalogue,
              const HxSearchQuery *query, GPtrArray *chosen, GError **error)
{
  const GPtrArray *kinds = hx_catalogue_kinds (catalogue);

  for (guint i = 0; i < kinds->len; i++)
    {
      HxKind *kind = kinds->pdata[i];
      gboolean ready = FALSE;

      if (kind->search->len == 0
          || (query->kind != NULL && query->kind != kind))
        continue;
      if (!hx_search_is_ready (connection, kind, &ready, error))
        return FALSE;
      if (!ready)
        return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("还没有搜索索引"),
                        kind->name,
                        _ ("运行 hongxia init 或 search --rebuild"));
      g_ptr_array_add (chosen, kind);
    }
  if (chosen->len > 0)
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, _ ("这个名册不能搜索"),
                  query->kind != NULL ? query->kind->name : NULL,
                  _ ("在目录里给它写上 search"));
}

static gboolean
give (HxConnection *connection, const GArray *hits, HxSearchFunc function,
      gpointer data, GError **error)
{
  for (guint i = 0; i < hits->len; i++)
    {
      const Hit *hit = &g_array_index (hits, Hit, i);
      g_autoptr (HxRow) row = hx_row_new (hit->kind);

      if (!hx_row_load (connection, row, hit->id, error))
        return FALSE;
      if (!function (row, hit->rank, data))
        return TRUE;
    }
  return TRUE;
}

gboolean
hx_search (HxConnection *connection, HxCatalogue *catalogue,
           const HxSearchQuery *query, HxSearchFunc function, gpointer data,
           GError **error)
{
  g_autoptr (GPtrArray) kinds = g_ptr_array_new ();
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_autoptr (GString) keys = g_string_new (NULL);
  g_autoptr (GString) last = g_string_new (NULL);
  HxPlan plan = { .connection = connection };
  Search search = {
    .query = query, .plan = &plan, .keys = keys, .last = last, .hits = hits
  };

  if (!check_words (query, error)
      || !choose_kinds (connection, catalogue, query, kinds, error))
    return FALSE;
  if (query->as_of.year != 0)
    hx_date_format (query->as_of, search.as_of);
  for (guint i = 0; i < kinds->len; i++)
    if (!search_kind (&search, kinds->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < hits->len; i++)
    g_array_index (hits, Hit, i).order = i;
  cut (hits, 0, query->limit);
  return give (connection, hits, function, data, error);
}
