/* Likely duplicates: what speaks for a pair, how many of those that are one
 * person are found, and that the answer depends on the data alone. */
#include "planted.h"

#include "people/duplicate.h"
#include "people/duplicate_internal.h"

#include <stdlib.h>

static const HxDuplicateRules *
rules_of (const Bureau *bureau)
{
  const HxDuplicateRules *rules
      = hx_catalogue_duplicates (bureau->catalogue, bureau->cadre);

  assert_non_null (rules);
  return rules;
}

static HxDuplicates *
find (Bureau *bureau, const HxDuplicateQuery *query)
{
  static const HxDuplicateQuery all = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (bureau->store, &error);
  HxDuplicates *found;

  check (reader != NULL, error);
  found = hx_duplicates_find (hx_reader_connection (reader), rules_of (bureau),
                              query != NULL ? query : &all, &error);
  check (found != NULL, error);
  return found;
}

/* "name_same birth_same": the keys of what fired, in the order of the rules. */
static char *
fired_text (const HxDuplicateRules *rules, guint64 fired)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rules->evidence->len; i++)
    if ((fired >> i & 1) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                              ((HxEvidence *)rules->evidence->pdata[i])->key);
  return g_strdup (text->str);
}

/* ----------------------------------------------------------------- evidence */

#define MAN "999999193807150011"

static const struct
{
  Person one, other;
  const char *fired;
  int weight;
} pairs[] = {
  { { .name = "李华" }, { .name = "李华" }, "name_same", 45 },
  { { .name = "张国华" }, { .name = "張國華" }, "name_variant", 43 },
  { { .name = "李晓明" }, { .name = "李小鸣" }, "name_sound", 35 },
  { { .name = "李喆" }, { .name = "李〇" }, "name_gap", 32 },
  { { .name = "李喆明" }, { .name = "李？明" }, "name_gap", 32 },
  { { .name = "张明华" }, { .name = "张华明" }, "name_swapped", 28 },
  { { .name = "林建国" }, { .name = "宁建国" }, "name_near_sound", 25 },
  { { .name = "陈建国" }, { .name = "程建国" }, "name_near_sound", 25 },
  { { .name = "张家祥" }, { .name = "张祥" }, "name_left_out", 18 },
  { { .name = "张海波" }, { .name = "张海泼" }, "name_different", 14 },
  { { .name = "王甲" }, { .name = "赵乙" }, "", 0 },
  { { .name = "𠮷田" }, { .name = "𠮷田" }, "name_same", 45 },
  { { .birth_date = "1938-07-15" },
    { .birth_date = "1938-07-15" },
    "birth_same",
    35 },
  { { .birth_date = "1938-07-12" },
    { .birth_date = "1938-12-07" },
    "birth_swapped",
    25 },
  { { .birth_date = "1938-07-15" },
    { .birth_date = "1939-07-15" },
    "birth_near",
    15 },
  { { .birth_date = "1938-07-15" },
    { .birth_date = "1938-07" },
    "birth_open",
    12 },
  { { .birth_date = "1938" }, { .birth_date = "1938-07" }, "birth_open", 12 },
  { { .birth_date = "1938" }, { .birth_date = "1939" }, "birth_differ", -30 },
  { { .birth_date = "1938-07-15" },
    { .birth_date = "1939-08-15" },
    "birth_differ",
    -30 },
  { { .id_number = MAN },
    { .id_number = "999999193807160011" },
    "id_near",
    50 },
  { { .id_number = MAN },
    { .id_number = "999999193870150011" },
    "id_near",
    50 },
  { { .id_number = "999998193807150011" },
    { .id_number = "999900193807150011" },
    "id_tail",
    15 },
  { { .id_number = "111111111111111111" },
    { .id_number = "111111111111111112" },
    "",
    0 },
  { { .id_number = "官字123456" }, { .id_number = "官字123457" }, "", 0 },
  { { .phone = "13800138000" }, { .phone = "13800138000" }, "phone", 20 },
  { { .phone = "13800138000" },
    { .emergency_phone = "138-0013-8000" },
    "phone",
    20 },
  { { .landline = "020-81234567" },
    { .emergency_phone = "020-81234567" },
    "phone",
    20 },
  { { .employer = "试验厂" }, { .employer = " 试验厂 " }, "employer", 15 },
  { { .street = "东街" }, { .street = "东街" }, "street", 5 },
  { { .work_start = "1960-01" }, { .work_start = "1960-01" }, "work_start", 8 },
  { { .sex = "男" }, { .sex = "女" }, "sex", -40 },
  { { .sex = "男" }, { .name = "王甲" }, "", 0 },
};

static void
each_likeness_has_its_rule_and_weight (void **state)
{
  (void)state;
  Bureau *bureau = bureau_new (FALSE);
  const HxDuplicateRules *rules = rules_of (bureau);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      Person people[] = { pairs[i].one, pairs[i].other };

      for (guint j = 0; j < G_N_ELEMENTS (people); j++)
        if (people[j].name == NULL)
          people[j].name = "·"; /* required, and no name */
      bureau_add (bureau, people, G_N_ELEMENTS (people), NULL);
    }
  g_autoptr (HxReader) reader = hx_store_reader (bureau->store, &error);
  g_autoptr (HxCrowd) crowd
      = hx_crowd_read (hx_reader_connection (reader), rules, &error);
  g_autoptr (HxScorer) scorer = NULL;
  check (crowd != NULL, error);
  scorer = hx_scorer_new (crowd, -1000);
  assert_int_equal (crowd->ids->len, 2 * G_N_ELEMENTS (pairs));
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      int weight = 0;
      guint64 fired = 0;
      g_autofree char *text = NULL;

      assert_true (hx_scorer_weigh (scorer, 2 * i, 2 * i + 1, &weight, &fired));
      text = fired_text (rules, fired);
      if (pairs[i].one.name == NULL && g_str_has_prefix (text, "name_same"))
        {
          memmove (text, text + strlen ("name_same"),
                   strlen (text) - strlen ("name_same") + 1);
          g_strstrip (text);
          weight -= 45;
        }
      assert_string_equal (text, pairs[i].fired);
      assert_int_equal (weight, pairs[i].weight);
      assert_true (hx_scorer_weigh (scorer, 2 * i + 1, 2 * i, &weight, &fired));
    }
  bureau_free (bureau);
}

static void
two_valid_id_numbers_speak_against_a_pair (void **state)
{
  static const Person people[]
      = { { .name = "王建国", .id_number = "999999193301010010" },
          { .name = "王建国", .id_number = "999999195303050015" } };
  HxDuplicateQuery low = { .minimum = 1 };

  (void)state;
  Bureau *bureau = bureau_new (FALSE);
  bureau_add (bureau, people, G_N_ELEMENTS (people), NULL);
  g_autoptr (HxDuplicates) none = find (bureau, NULL);
  g_autoptr (HxDuplicates) weak = find (bureau, &low);
  assert_int_equal (none->pairs->len, 0);
  assert_int_equal (weak->pairs->len, 1);
  assert_int_equal (g_array_index (weak->pairs, HxDuplicatePair, 0).weight, 10);
  bureau_free (bureau);
}

/* -------------------------------------------------------- recall, precision */

typedef struct
{
  guint made, found;
} Tally;

static void
print_tally (const Tally *tally, guint strangers)
{
  for (guint kind = PLANTED_NONE + 1; kind < PLANTED_KINDS; kind++)
    print_message ("%-18s %3u of %3u\n", planted_kind_name (kind),
                   tally[kind].found, tally[kind].made);
  print_message ("strangers          %3u\n", strangers);
}

/* By what was planted; returns the pairs of which nothing was planted. */
static guint
count_found (const Planted *planted, const HxDuplicates *found, gint64 *ids,
             Tally *tally)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint strangers = 0;

  for (guint i = 0; i < planted->people->len; i++)
    {
      g_hash_table_insert (rows, &ids[i], GUINT_TO_POINTER (i));
      tally[g_array_index (planted->kinds, PlantedKind, i)].made++;
    }
  for (guint i = 0; i < found->pairs->len; i++)
    {
      const HxDuplicatePair *pair
          = &g_array_index (found->pairs, HxDuplicatePair, i);
      const guint a = GPOINTER_TO_UINT (g_hash_table_lookup (rows, &pair->one));
      const guint b
          = GPOINTER_TO_UINT (g_hash_table_lookup (rows, &pair->other));
      const guint late = MAX (a, b);

      if (g_array_index (planted->origin, guint, late) == MIN (a, b))
        tally[g_array_index (planted->kinds, PlantedKind, late)].found++;
      else
        strangers++;
    }
  return strangers;
}

static void
typical_errors_are_found_and_families_are_not (void **state)
{
  g_autoptr (Planted) planted = planted_new (20231, 2000, 40);
  g_autofree gint64 *ids = g_new0 (gint64, planted->people->len);
  Tally tally[PLANTED_KINDS] = { 0 };
  guint made = 0;
  guint right = 0;
  guint wrong;

  (void)state;
  Bureau *bureau = bureau_new (FALSE);
  bureau_add (bureau, (const Person *)(const void *)planted->people->data,
              planted->people->len, ids);
  g_autoptr (HxDuplicates) found = find (bureau, NULL);
  wrong = count_found (planted, found, ids, tally);
  print_tally (tally, wrong);
  for (guint kind = PLANTED_NONE + 1; kind < PLANTED_LAST; kind++)
    {
      made += tally[kind].made;
      right += tally[kind].found;
    }
  for (guint kind = PLANTED_LAST; kind < PLANTED_KINDS; kind++)
    wrong += tally[kind].found;
  assert_int_equal (found->rows, planted->people->len);
  print_message ("%u of %u found, %u wrong\n", right, made, wrong);
  assert_true (right * 100 >= made * 90);
  assert_true (wrong * 100 <= (right + wrong) * 2);
  bureau_free (bureau);
}

/* All pairs, each weighed. */
static void
the_candidates_miss_hardly_anything_that_weighs_enough (void **state)
{
  g_autoptr (Planted) planted = planted_new (7, 700, 15);
  g_autoptr (GError) error = NULL;
  guint expected = 0;

  (void)state;
  Bureau *bureau = bureau_new (FALSE);
  const HxDuplicateRules *rules = rules_of (bureau);
  bureau_add (bureau, (const Person *)(const void *)planted->people->data,
              planted->people->len, NULL);
  g_autoptr (HxDuplicates) found = find (bureau, NULL);
  g_autoptr (HxReader) reader = hx_store_reader (bureau->store, &error);
  g_autoptr (HxCrowd) crowd
      = hx_crowd_read (hx_reader_connection (reader), rules, &error);
  g_autoptr (HxScorer) scorer = hx_scorer_new (crowd, rules->list);
  for (guint a = 0; a + 1 < crowd->ids->len; a++)
    for (guint b = a + 1; b < crowd->ids->len; b++)
      {
        int weight;
        guint64 fired;

        expected += hx_scorer_weigh (scorer, a, b, &weight, &fired);
      }
  assert_true (expected > 100);
  /* Two whose numbers and days are near by chance share no line. */
  assert_in_range (found->pairs->len, expected - expected / 100, expected);
  assert_true (found->compared
               < (gint64)crowd->ids->len * crowd->ids->len / 20);
  bureau_free (bureau);
}

/* ------------------------------------------------------------ order of things
 */

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static char *
number_of (Bureau *bureau, HxConnection *connection, gint64 id)
{
  g_autoptr (HxRow) row = hx_row_new (bureau->cadre);
  g_autoptr (GError) error = NULL;

  check (hx_row_load (connection, row, id, &error), error);
  return g_strdup (
      row->values[hx_kind_field (bureau->cadre, "number")->index].text);
}

/* One line a pair, by the people's numbers. */
static char *
listed (Bureau *bureau, const HxDuplicates *found)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (bureau->store, &error);
  HxConnection *connection = hx_reader_connection (reader);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < found->pairs->len; i++)
    {
      const HxDuplicatePair *pair
          = &g_array_index (found->pairs, HxDuplicatePair, i);
      g_autofree char *one = number_of (bureau, connection, pair->one);
      g_autofree char *other = number_of (bureau, connection, pair->other);
      const gboolean is_turned = strcmp (one, other) > 0;

      g_ptr_array_add (
          lines, g_strdup_printf (
                     "%s %s %d of %u", is_turned ? other : one,
                     is_turned ? one : other, pair->weight,
                     g_array_index (found->groups, guint, pair->group - 1)));
    }
  g_ptr_array_sort (lines, compare_strings);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **)lines->pdata);
}

static char *
listed_of (const Person *people, guint count, gboolean is_reversed)
{
  Bureau *bureau = bureau_new (is_reversed);
  char *text;

  bureau_add (bureau, people, count, NULL);
  {
    g_autoptr (HxDuplicates) found = find (bureau, NULL);

    text = listed (bureau, found);
  }
  bureau_free (bureau);
  return text;
}

static void
number_people (Planted *planted)
{
  for (guint i = 0; i < planted->people->len; i++)
    {
      g_autofree char *number = g_strdup_printf ("N%05u", i);

      g_array_index (planted->people, Person, i).number
          = g_string_chunk_insert (planted->texts, number);
    }
}

static void
shuffle (Person *people, guint count, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint i = count; i > 1; i--)
    {
      const guint j = (guint)g_rand_int_range (random, 0, (gint32)i);
      const Person kept = people[i - 1];

      people[i - 1] = people[j];
      people[j] = kept;
    }
}

static void
the_order_of_rows_fields_and_rules_does_not_matter (void **state)
{
  g_autoptr (Planted) planted = planted_new (99, 400, 10);
  Person *people = (Person *)(void *)planted->people->data;
  const guint count = planted->people->len;
  /* A crowd of one name, so that windows are needed too. */
  (void)state;
  number_people (planted);
  for (guint i = 0; i < 350; i++)
    people[i].name = "李华";
  g_autofree char *first = listed_of (people, count, FALSE);
  shuffle (people, count, 4);
  g_autofree char *rows = listed_of (people, count, FALSE);
  g_autofree char *fields = listed_of (people, count, TRUE);
  assert_true (strlen (first) > 1000);
  assert_string_equal (first, rows);
  assert_string_equal (first, fields);
}

/* ------------------------------------------------------------------- crowds */

static void
a_crowd_of_one_name_is_bounded_and_named (void **state)
{
  enum
  {
    N = 3000
  };
  g_autofree Person *people = g_new0 (Person, N);
  g_autoptr (GStringChunk) texts = g_string_chunk_new (4096);

  (void)state;
  for (guint i = 0; i < N; i++)
    {
      g_autofree char *birth = g_strdup_printf (
          "%u-%02u-%02u", 1930 + i % 30, 1 + i / 30 % 12, 1 + i / 360 % 9);
      g_autofree char *phone = g_strdup_printf ("13%09u", i);

      people[i].name = "李华";
      people[i].birth_date = g_string_chunk_insert (texts, birth);
      people[i].phone = g_string_chunk_insert (texts, phone);
    }
  /* Five who share the telephone of another. */
  for (guint i = 0; i < 5; i++)
    people[N - 1 - i].phone = people[i].phone;
  Bureau *bureau = bureau_new (FALSE);
  bureau_add (bureau, people, N, NULL);
  HxDuplicateQuery query = { .minimum = 35 };
  g_autoptr (HxDuplicates) found = find (bureau, &query);
  guint phones = 0;
  for (guint i = 0; i < found->pairs->len; i++)
    phones += g_array_index (found->pairs, HxDuplicatePair, i).weight == 35;
  assert_int_equal (phones, 5);
  assert_true (found->n_blocks > 0);
  assert_int_equal (g_array_index (found->blocks, HxDuplicateBlock, 0).rows, N);
  assert_true (found->compared < (gint64)N * N / 4);
  bureau_free (bureau);
}

static void
people_who_are_all_alike_are_compared_with_their_neighbours (void **state)
{
  enum
  {
    N = 2000
  };
  g_autofree Person *people = g_new0 (Person, N);

  (void)state;
  for (guint i = 0; i < N; i++)
    people[i] = (Person){ .name = "李华", .birth_date = "1940-01-01" };
  Bureau *bureau = bureau_new (FALSE);
  bureau_add (bureau, people, N, NULL);
  g_autoptr (HxDuplicates) found = find (bureau, NULL);
  assert_true (found->compared < (gint64)N * 200);
  assert_int_equal (found->groups->len, 1);
  assert_int_equal (g_array_index (found->groups, guint, 0), N);
  bureau_free (bureau);
}

/* ---------------------------------------------------------- groups, not same
 */

static const Person three[]
    = { { .name = "张国华",
          .birth_date = "1938-07-15",
          .phone = "13800138000",
          .street = "东街" },
        { .name = "張國華", .birth_date = "1938-07-15", .street = "西街" },
        { .name = "张国桦",
          .birth_date = "1938-07",
          .phone = "13800138000",
          .street = "西街" },
        { .name = "王秀英", .birth_date = "1940-01-02", .street = "西街" },
        { .name = "王秀瑛", .birth_date = "1940-01-02", .street = "西街" } };

static void
pairs_that_hang_together_are_one_group (void **state)
{
  (void)state;
  Bureau *bureau = bureau_new (FALSE);
  bureau_add (bureau, three, G_N_ELEMENTS (three), NULL);
  g_autoptr (HxDuplicates) found = find (bureau, NULL);
  const HxDuplicatePair *pairs_
      = (const HxDuplicatePair *)(const void *)found->pairs->data;
  assert_int_equal (found->groups->len, 2);
  assert_int_equal (found->pairs->len, 3);
  assert_int_equal (g_array_index (found->groups, guint, 0), 3);
  assert_int_equal (g_array_index (found->groups, guint, 1), 2);
  assert_int_equal (pairs_[0].group, 1);
  assert_int_equal (pairs_[1].group, 1);
  assert_int_equal (pairs_[2].group, 2);
  assert_true (pairs_[0].weight >= pairs_[1].weight);
  bureau_free (bureau);
}

static gint64
unit_named (Bureau *bureau, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (bureau->store, &error);
  gint64 id = 0;

  check (hx_unit_find (hx_reader_connection (reader),
                       hx_catalogue_kind (bureau->catalogue, "unit"), name, &id,
                       &error),
         error);
  return id;
}

static void
a_unit_sees_the_pairs_of_its_own_people (void **state)
{
  HxDuplicateQuery query = { 0 };

  (void)state;
  Bureau *bureau = bureau_new (FALSE);
  bureau_add (bureau, three, G_N_ELEMENTS (three), NULL);
  query.unit_id = unit_named (bureau, "东街");
  g_autoptr (HxDuplicates) east = find (bureau, &query);
  query.unit_id = unit_named (bureau, "西街");
  g_autoptr (HxDuplicates) west = find (bureau, &query);
  assert_int_equal (east->groups->len, 1);
  assert_int_equal (west->groups->len, 2);
  bureau_free (bureau);
}

typedef struct
{
  const HxDuplicateRules *rules;
  gint64 pair[2];
  const char *reason;
  gint64 id;
  const char *says; /* NULL: it is done */
} Note;

static gboolean
note (HxLedger *ledger, gpointer data, GError **error)
{
  Note *work = data;
  g_autoptr (GError) failed = NULL;
  const gboolean done = hx_duplicates_not_same (
      ledger, work->rules, work->pair, work->reason, &work->id, &failed);

  (void)error;
  if (work->says == NULL)
    check (done, failed);
  else
    {
      assert_false (done);
      assert_non_null (strstr (failed->message, work->says));
    }
  return TRUE;
}

static gboolean
rename_person (HxLedger *ledger, gpointer data, GError **error)
{
  const HxKind *kind
      = hx_catalogue_kind (hx_ledger_catalogue (ledger), "cadre");
  g_autoptr (HxRow) row = hx_row_new (kind);

  return hx_row_load (hx_ledger_connection (ledger), row, *(gint64 *)data,
                      error)
         && hx_row_set (ledger, row, hx_kind_field (kind, "employer"), "试验厂",
                        NULL, error)
         && hx_ledger_change (ledger, row, NULL, error);
}

static gboolean
void_note (HxLedger *ledger, gpointer data, GError **error)
{
  const Note *work = data;

  return hx_ledger_void (ledger, work->rules->not_same, work->id, "看错了",
                         error);
}

static void
those_who_are_not_the_same_are_never_listed_again (void **state)
{
  gint64 ids[G_N_ELEMENTS (three)];

  (void)state;
  Bureau *bureau = bureau_new (FALSE);
  bureau_add (bureau, three, G_N_ELEMENTS (three), ids);
  Note twins = { rules_of (bureau), { ids[4], ids[3] }, "双胞胎", 0, NULL };
  Note again = { rules_of (bureau), { ids[3], ids[4] }, "双胞胎", 0, NULL };
  bureau_in_ledger (bureau, note, &twins);
  bureau_in_ledger (bureau, note, &again);
  assert_int_equal (twins.id, again.id);
  bureau_in_ledger (bureau, rename_person, &ids[3]);
  bureau_in_ledger (bureau, rename_person, &ids[4]);
  {
    g_autoptr (HxDuplicates) found = find (bureau, NULL);
    assert_int_equal (found->groups->len, 1);
  }
  bureau_in_ledger (bureau, void_note, &twins);
  {
    g_autoptr (HxDuplicates) found = find (bureau, NULL);
    assert_int_equal (found->groups->len, 2);
  }
  bureau_free (bureau);
}

static void
a_note_needs_two_living_rows_and_a_reason (void **state)
{
  gint64 ids[G_N_ELEMENTS (three)];

  (void)state;
  Bureau *bureau = bureau_new (FALSE);
  bureau_add (bureau, three, G_N_ELEMENTS (three), ids);
  Note notes[] = {
    { rules_of (bureau), { ids[3], ids[3] }, "同", 0, "同一行" },
    { rules_of (bureau), { ids[3], ids[4] }, " ", 0, "没有写明依据" },
    { rules_of (bureau), { ids[3], ids[4] }, NULL, 0, "没有写明依据" },
    { rules_of (bureau), { ids[3], 999 }, "同", 0, "没有这一行" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    bureau_in_ledger (bureau, note, &notes[i]);
  bureau_free (bureau);
}

static gboolean
stop_at_once (guint64 done, guint64 total, gpointer data)
{
  (void)done;
  (void)total;
  ++*(guint *)data;
  return FALSE;
}

static void
a_search_can_be_stopped (void **state)
{
  guint calls = 0;
  HxDuplicateQuery query = { .progress = stop_at_once, .data = &calls };
  g_autoptr (GError) error = NULL;

  (void)state;
  Bureau *bureau = bureau_new (FALSE);
  bureau_add (bureau, three, G_N_ELEMENTS (three), NULL);
  {
    g_autoptr (HxReader) reader = hx_store_reader (bureau->store, &error);

    assert_null (hx_duplicates_find (hx_reader_connection (reader),
                                     rules_of (bureau), &query, &error));
  }
  assert_int_equal (calls, 1);
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_LIMIT));
  bureau_free (bureau);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_likeness_has_its_rule_and_weight),
    cmocka_unit_test (two_valid_id_numbers_speak_against_a_pair),
    cmocka_unit_test (typical_errors_are_found_and_families_are_not),
    cmocka_unit_test (the_candidates_miss_hardly_anything_that_weighs_enough),
    cmocka_unit_test (the_order_of_rows_fields_and_rules_does_not_matter),
    cmocka_unit_test (a_crowd_of_one_name_is_bounded_and_named),
    cmocka_unit_test (
        people_who_are_all_alike_are_compared_with_their_neighbours),
    cmocka_unit_test (pairs_that_hang_together_are_one_group),
    cmocka_unit_test (a_unit_sees_the_pairs_of_its_own_people),
    cmocka_unit_test (those_who_are_not_the_same_are_never_listed_again),
    cmocka_unit_test (a_note_needs_two_living_rows_and_a_reason),
    cmocka_unit_test (a_search_can_be_stopped),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
