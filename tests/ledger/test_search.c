/* The search: ways to find a name, ranks, places, the index kept with the row
 * and held against it; and all of it against a slow model. */
#include "ledger_test.h"

#include "ledger/search.h"

#define CADRE                                                                  \
  "key: cadre\n"                                                               \
  "name: 老干部\n"                                                          \
  "identity: [id_number]\n"                                                    \
  "refer_by: [id_number, name]\n"                                              \
  "unit: street\n"                                                             \
  "search: %s\n"                                                               \
  "fields:\n"                                                                  \
  "  - {key: name, name: 姓名, required: true, max: 40}\n"                   \
  "  - {key: id_number, name: 身份证号, type: id_number, required: true,"  \
  " unique: true, secret: true}\n"                                             \
  "  - {key: number, name: 编号}\n"                                          \
  "  - {key: street, name: 街道, type: ref, to: unit}\n"

#define ALL "[name, number, id_number, street]"

typedef struct
{
  const char *name, *number, *street;
} Person;

static const Person people[] = {
  { "黄昌华", "LW0000001", "昌华街道" },
  { "黄昌", "LW0000002", "西村街道" },
  { "欧阳春燕", "LW0000003", "昌华街道" },
  { "单于飞", "LW0000004", "社区一" },
  { "单小飞", "LW0000005", "西村街道" },
  { "曾国藩", "LW0000012", "昌华街道" },
  { "𠮷𬭚", "LW0000123", "西村街道" },
  { "張偉", "0012", NULL },
  { "吕绿", NULL, "昌华街道" },
  { "阿卜杜拉·买买提", "LW0000120", "西村街道" },
  { "张三丰", "LW0000201", "西村街道" },
  { "昌华", "LW0000301", "西村街道" },
};

static void
use_search (Fixture *fixture, const char *fields)
{
  g_autofree char *text = g_strdup_printf (CADRE, fields);

  use_catalogue (fixture, "registers/cadre.yaml", text);
}

static void
put_unit (Fixture *fixture, HxLedger *ledger, const char *name,
          const char *parent)
{
  g_autofree char *own = g_strconcat ("name=", name, NULL);
  g_autofree char *above = g_strconcat ("parent=", parent, NULL);
  const char *const cells[] = { own, parent != NULL ? above : NULL, NULL };

  put_cells (ledger, fixture->unit, cells, NULL);
}

/* A number that is right: region 999999, born 1933-03-01 and later. */
static char *
id_number (guint which)
{
  g_autofree char *digits
      = g_strdup_printf ("99999919%02u0301%03u", 33 + which / 900, which % 900);

  return g_strdup_printf ("%s%c", digits,
                          hx_id_number_check_character (digits));
}

static gint64
put_person (Fixture *fixture, HxLedger *ledger, const Person *person,
            guint which)
{
  g_autofree char *id = id_number (which);
  g_auto (GStrv) cells = g_new0 (char *, 5);
  gint64 row = 0;
  guint count = 0;

  cells[count++] = g_strconcat ("name=", person->name, NULL);
  cells[count++] = g_strconcat ("id_number=", id, NULL);
  if (person->number != NULL)
    cells[count++] = g_strconcat ("number=", person->number, NULL);
  if (person->street != NULL)
    cells[count++] = g_strconcat ("street=", person->street, NULL);
  put_cells (ledger, fixture->cadre, (const char *const *)cells, &row);
  return row;
}

static void
put_people (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  (void)data;
  put_unit (fixture, ledger, "昌华街道", NULL);
  put_unit (fixture, ledger, "西村街道", NULL);
  put_unit (fixture, ledger, "社区一", "昌华街道");
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    put_person (fixture, ledger, &people[i], i);
}

static int
set_up (void **state)
{
  fixture_setup (state);
  use_search (*state, ALL);
  in_ledger (*state, put_people, NULL);
  return 0;
}

/* ----------------------------------------------------------------- searching
 */

typedef struct
{
  const HxField *name;
  GString *names;
  GArray *ids;
  GArray *ranks;
} Found;

static gboolean
keep_hit (const HxRow *row, HxSearchRank rank, gpointer data)
{
  Found *found = data;
  guint value = rank;

  if (found->names->len > 0)
    g_string_append_c (found->names, ' ');
  g_string_append (found->names, row->values[found->name->index].text);
  g_array_append_val (found->ids, row->id);
  g_array_append_val (found->ranks, value);
  return TRUE;
}

static void
found_clear (Found *found)
{
  g_string_free (found->names, TRUE);
  g_array_unref (found->ids);
  g_array_unref (found->ranks);
}

static gboolean
try_search (Fixture *fixture, const HxSearchQuery *query, Found *found,
            GError **error)
{
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, error);

  *found = (Found){ hx_kind_field (fixture->cadre, "name"), g_string_new (NULL),
                    g_array_new (FALSE, FALSE, sizeof (gint64)),
                    g_array_new (FALSE, FALSE, sizeof (guint)) };
  return hx_search (hx_reader_connection (reader), fixture->catalogue, query,
                    keep_hit, found, error);
}

static void
search_words (Fixture *fixture, const char *words, guint limit, Found *found)
{
  g_auto (GStrv) split = g_strsplit (words, " ", -1);
  HxSearchQuery query = { .words = (const char *const *)split, .limit = limit };
  g_autoptr (GError) error = NULL;

  try_search (fixture, &query, found, &error);
  assert_no_error (error);
}

static void
assert_finds (Fixture *fixture, const char *words, const char *names)
{
  Found found;

  search_words (fixture, words, 20, &found);
  if (!g_str_equal (found.names->str, names))
    fail_msg ("%s: %s, not %s", words, found.names->str, names);
  found_clear (&found);
}

static void
a_name_is_found_in_every_way_of_writing_it (void **state)
{
  static const char *const cases[][2] = {
    { "黄昌华", "黄昌华" },
    { "黃昌華", "黄昌华" },
    { "huangch", "黄昌 黄昌华" },
    { "hch", "黄昌华" },
    { "zgf", "曾国藩" },
    { "ceng", "曾国藩" },
    { "zengguo", "曾国藩" },
    { "国藩", "曾国藩" },
    { "guof", "曾国藩" },
    { "张伟", "張偉" },
    { "chanyu", "单于飞" },
    { "shanxiao", "单小飞" },
    { "danxiao", "单小飞" },
    { "lvlv", "吕绿" },
    { "lulu", "吕绿" },
    { "lǚ", "吕绿" },
    { "OuYang", "欧阳春燕" },
    { "欧阳cy", "欧阳春燕" },
    { "ouych", "欧阳春燕" },
    { "zhangsf", "张三丰" },
    { "买买提", "阿卜杜拉·买买提" },
    { "maimaiti", "阿卜杜拉·买买提" },
    { "𠮷", "𠮷𬭚" },
    { "𬭚", "𠮷𬭚" },
    { "没有", "" },
    { "qqq", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_finds (*state, cases[i][0], cases[i][1]);
}

static void
numbers_are_found_by_beginning_and_by_their_last_digits (void **state)
{
  static const char *const cases[][2] = {
    { "LW0000012", "曾国藩" },
    { "lw00000", "黄昌华 黄昌 欧阳春燕 单于飞 单小飞 曾国藩" },
    { "lw-000 0201", "张三丰" },
    { "lw-0000201", "张三丰" },
    { "201", "张三丰" },
    { "12", "曾国藩 張偉 阿卜杜拉·买买提 𠮷𬭚" },
    { "00000201", "张三丰" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_finds (*state, cases[i][0], cases[i][1]);
}

static void
the_end_of_an_id_number_finds_its_owner (void **state)
{
  g_autofree char *id = id_number (2);
  g_autofree char *small = g_ascii_strdown (id + 12, -1);
  g_autofree char *words = g_strconcat (id + 14, " 欧阳", NULL);
  g_autofree char *keys = NULL;

  assert_finds (*state, id + 12, "欧阳春燕");
  assert_finds (*state, id + 14, "欧阳春燕");
  assert_finds (*state, small, "欧阳春燕");
  assert_finds (*state, words, "欧阳春燕");
  assert_finds (*state, id + 13, "");
  keys = read_text (*state, "SELECT group_concat (key) FROM search_cadre");
  assert_null (strstr (keys, id + 12));
}

static void
the_likely_come_first (void **state)
{
  Found found;

  search_words (*state, "昌华", 20, &found);
  assert_string_equal (found.names->str,
                       "昌华 黄昌华 欧阳春燕 曾国藩 吕绿 单于飞");
  assert_int_equal (g_array_index (found.ranks, guint, 0), HX_SEARCH_EXACT);
  assert_int_equal (g_array_index (found.ranks, guint, 1), HX_SEARCH_PART);
  assert_int_equal (g_array_index (found.ranks, guint, 2), HX_SEARCH_PLACE);
  found_clear (&found);
  assert_finds (
      *state, "ch",
      "昌华 单小飞 单于飞 黄昌华 黄昌 𠮷𬭚 欧阳春燕");
}

static void
all_words_must_fit (void **state)
{
  static const char *const cases[][2] = {
    { "昌华街道 h", "黄昌华" },
    { "h 昌华街道", "黄昌华" },
    { "西村街道 黄", "黄昌" },
    { "昌华街道 飞", "单于飞" },
    { "黄 昌华", "黄昌华" },
    { "飞 xiao", "单小飞" },
    { "黄 飞", "" },
    { "昌华街道 西村街道", "" },
    { "西村 张三", "张三丰" },
    { "社区一", "单于飞" },
    { "昌华街道 12", "曾国藩" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_finds (*state, cases[i][0], cases[i][1]);
}

static void
no_more_than_the_limit_are_shown (void **state)
{
  Found found;

  search_words (*state, "h", 2, &found);
  assert_int_equal (found.ids->len, 2);
  found_clear (&found);
}

/* ------------------------------------------------------------- keeping it */

static void
rename_first (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  static const Person renamed = { "洪晓霞", "X9", "西村街道" };

  (void)data;
  put_person (fixture, ledger, &renamed, 0);
}

static void
void_first (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  (void)data;
  if (!hx_ledger_void (ledger, fixture->cadre, 1, "误录", NULL))
    g_error ("not voided");
}

static void
put_and_take_back (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  rename_first (fixture, ledger, data);
  put_person (fixture, ledger, &people[0], 0);
}

static void
keep_finding (const char *finding, gpointer data)
{
  g_string_append_printf (data, "%s\n", finding);
}

static char *
findings_of (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  GString *findings = g_string_new (NULL);

  hx_search_verify (hx_reader_connection (reader), fixture->catalogue,
                    keep_finding, findings, NULL, &error);
  assert_no_error (error);
  return g_string_free (findings, FALSE);
}

static void
assert_clean (Fixture *fixture)
{
  g_autofree char *findings = findings_of (fixture);

  assert_string_equal (findings, "");
}

static void
a_renamed_row_is_found_by_its_new_name_alone (void **state)
{
  in_ledger (*state, rename_first, NULL);
  assert_finds (*state, "洪", "洪晓霞");
  assert_finds (*state, "黄昌华", "");
  assert_finds (*state, "X9", "洪晓霞");
  assert_clean (*state);
}

static void
a_voided_row_is_found_no_more (void **state)
{
  in_ledger (*state, void_first, NULL);
  assert_finds (*state, "黄昌华", "");
  assert_finds (*state, "昌华街道 黄", "");
  assert_clean (*state);
}

static void
what_is_changed_back_in_one_write_stays (void **state)
{
  in_ledger (*state, put_and_take_back, NULL);
  assert_finds (*state, "黄昌华", "黄昌华");
  assert_finds (*state, "洪", "");
  assert_clean (*state);
}

static const struct
{
  const char *sql, *finding;
} tampering[] = {
  { "DELETE FROM search_cadre WHERE row = 3 AND key = 'C春燕'",
    "编号 3 的一行不符" },
  { "UPDATE search_cadre SET row = 4 WHERE row = 3 AND key = 'C春燕'",
    "编号 4 的一行不符" },
  { "UPDATE search_cadre SET key = 'A王' WHERE row = 2 AND key = 'A黄昌'",
    "编号 2 的一行不符" },
  { "INSERT INTO search_cadre VALUES (1, 'A王', 5)", "编号 5 的一行不符" },
  { "INSERT INTO search_cadre VALUES (1, 'A王', 999)", "不存在的行" },
  { "UPDATE reg_cadre SET name = '王五' WHERE id = 7", "编号 7 的一行不符" },
  { "UPDATE reg_cadre SET void = 1 WHERE id = 8", "编号 8 的一行不符" },
  { "DELETE FROM search_cadre", "编号 1 的一行不符" },
  { "DELETE FROM search_index", "还没有建" },
  { "UPDATE search_index SET rule = 'old'", "还没有建" },
};

static void
what_was_done_to_the_index_is_named (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (tampering); i++)
    {
      g_autofree char *findings = NULL;
      void *own = NULL;

      set_up (&own);
      assert_clean (own);
      run_sql (own, tampering[i].sql);
      findings = findings_of (own);
      if (strstr (findings, tampering[i].finding) == NULL)
        fail_msg ("%s: %s", tampering[i].sql, findings);
      fixture_teardown (&own);
    }
}

static gboolean
sync_index (HxConnection *connection, gpointer data, GError **error)
{
  guint made = 0;

  if (!hx_search_sync (connection, data, &made, error))
    return FALSE;
  return made == 1 || hx_failf (error, HX_ERROR_DATA, "made %u indexes", made);
}

static void
an_index_that_is_missing_or_old_is_made (void **state)
{
  static const char *const losses[]
      = { "DROP TABLE search_cadre; DELETE FROM search_index",
          "UPDATE search_index SET rule = 'old'; DELETE FROM search_cadre" };
  Fixture *fixture = *state;

  for (guint i = 0; i < G_N_ELEMENTS (losses); i++)
    {
      g_autoptr (GError) error = NULL;

      run_sql (fixture, losses[i]);
      hx_write (fixture->store, sync_index, fixture->catalogue, &error);
      assert_no_error (error);
      assert_finds (fixture, "欧阳", "欧阳春燕");
      assert_clean (fixture);
    }
}

static void
a_write_makes_the_index_of_older_rows (void **state)
{
  run_sql (*state, "DROP TABLE search_cadre; DELETE FROM search_index");
  in_ledger (*state, rename_first, NULL);
  assert_finds (*state, "洪", "洪晓霞");
  assert_finds (*state, "欧阳", "欧阳春燕");
  assert_clean (*state);
}

static void
other_fields_in_the_catalogue_make_another_index (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;

  use_search (fixture, "[number]");
  hx_write (fixture->store, sync_index, fixture->catalogue, &error);
  assert_no_error (error);
  assert_finds (fixture, "LW0000003", "欧阳春燕");
  assert_finds (fixture, "欧阳", "");
  assert_clean (fixture);
}

/* ------------------------------------------------------------------ asking */

static void
what_cannot_be_asked_is_refused (void **state)
{
  static const char *const no_words[] = { NULL };
  static const char *const dots[] = { "··", NULL };
  static const char *const one[] = { "黄", NULL };
  static const char *const nine[]
      = { "1", "2", "3", "4", "5", "6", "7", "8", "9", NULL };
  Fixture *fixture = *state;
  const HxSearchQuery cases[] = {
    { no_words, NULL, 20, { 0 } }, { dots, NULL, 20, { 0 } },
    { nine, NULL, 20, { 0 } },     { one, NULL, 0, { 0 } },
    { one, NULL, 1001, { 0 } },    { one, fixture->visit, 20, { 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      Found found;

      assert_false (try_search (fixture, &cases[i], &found, &error));
      assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_USAGE));
      found_clear (&found);
    }
}

static void
without_an_index_the_answer_is_what_to_do (void **state)
{
  static const char *const words[] = { "黄", NULL };
  const HxSearchQuery query = { words, NULL, 20, { 0 } };
  g_autoptr (GError) error = NULL;
  Found found;

  run_sql (*state, "DELETE FROM search_index");
  assert_false (try_search (*state, &query, &found, &error));
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_NOT_FOUND));
  assert_non_null (strstr (error->message, "hongxia init"));
  found_clear (&found);
}

static void
only_those_in_the_register_on_the_day_are_found (void **state)
{
  static const char *const words[] = { "单", NULL };
  static const struct
  {
    HxDate day;
    const char *names;
  } cases[] = {
    { { 2019, 12, 31 }, "单小飞" },
    { { 2020, 1, 1 }, "单小飞 单于飞" },
    { { 2023, 6, 30 }, "单小飞 单于飞" },
    { { 2023, 7, 1 }, "单小飞" },
  };

  run_sql (*state, "UPDATE reg_cadre SET day = '2020-01-01',"
                   " until = '2023-06' WHERE name = '单于飞'");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const HxSearchQuery query = { words, NULL, 20, cases[i].day };
      g_autoptr (GError) error = NULL;
      Found found;

      try_search (*state, &query, &found, &error);
      assert_no_error (error);
      if (strcmp (found.names->str, "单于飞 单小飞") != 0)
        assert_string_equal (found.names->str, cases[i].names);
      else
        assert_true (strchr (cases[i].names, ' ') != NULL);
      found_clear (&found);
    }
}

/* --------------------------------------------------------------- slow model */

#define CROWD 300
#define QUERIES 400

static const char *const surnames[]
    = { "黄", "单", "曾", "欧阳", "吕", "仇", "朴", "𠮷", "万俟", "張", "Li" };
static const char *const given[] = { "昌", "华", "𬭚", "燕", "绿",  "乐",
                                     "重", "·",  "宝",   "翟", "Ann", "行" };

typedef struct
{
  GRand *random;
  GPtrArray *names;
  GArray *streets; /* guint: 0 昌华街道, 1 西村街道 */
  HxPinyin *pinyin;
} Model;

static char *
random_name (GRand *random)
{
  GString *name = g_string_new (NULL);
  int length = g_rand_int_range (random, 1, 4);

  g_string_append (
      name, surnames[g_rand_int_range (random, 0, G_N_ELEMENTS (surnames))]);
  for (int i = 0; i < length; i++)
    g_string_append (name,
                     given[g_rand_int_range (random, 0, G_N_ELEMENTS (given))]);
  return g_string_free (name, FALSE);
}

static void
put_crowd (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  Model *model = data;

  put_unit (fixture, ledger, "昌华街道", NULL);
  put_unit (fixture, ledger, "西村街道", NULL);
  for (guint i = 0; i < CROWD; i++)
    {
      guint street = (guint)g_rand_int_range (model->random, 0, 2);
      Person person = { random_name (model->random), NULL,
                        street == 0 ? "昌华街道" : "西村街道" };

      put_person (fixture, ledger, &person, i);
      g_ptr_array_add (model->names, (char *)(guintptr)person.name);
      g_array_append_val (model->streets, street);
    }
}

typedef struct
{
  const char *query;
  gboolean fits;
} Prefix;

static void
try_key (const char *key, gpointer data)
{
  Prefix *prefix = data;

  prefix->fits = prefix->fits || g_str_has_prefix (key, prefix->query);
}

static gboolean
has_prefix (const Model *model, const char *name, HxNameKeys kinds,
            const char *query)
{
  Prefix prefix = { query, FALSE };

  hx_name_search_keys (model->pinyin, name, kinds, try_key, &prefix);
  return prefix.fits;
}

/* 5: does not fit. */
static guint
model_rank (const Model *model, guint person, const char *word)
{
  static const char *const streets[] = { "昌华街道", "西村街道" };
  const char *name = model->names->pdata[person];
  g_autofree char *query = hx_name_query (model->pinyin, word);

  if (g_str_has_suffix (word, "街道"))
    return g_str_equal (word,
                        streets[g_array_index (model->streets, guint, person)])
               ? HX_SEARCH_EXACT
               : 5;
  if (!hx_name_matches (model->pinyin, name, word))
    return 5;
  if (has_prefix (model, name, HX_NAME_KEY_HAN | HX_NAME_KEY_PINYIN, query))
    return HX_SEARCH_PREFIX;
  if (has_prefix (model, name, HX_NAME_KEY_INITIALS, query))
    return HX_SEARCH_INITIALS;
  return has_prefix (model, name, HX_NAME_KEY_ALL, query) ? HX_SEARCH_PART : 5;
}

static guint
model_words (const Model *model, guint person, char **words)
{
  guint worst = 0;

  for (; *words != NULL; words++)
    worst = MAX (worst, model_rank (model, person, *words));
  return worst;
}

static void
take_first_key (const char *key, gpointer data)
{
  GPtrArray *keys = data;

  g_ptr_array_add (keys, g_strdup (key));
}

/* The beginning of a key of somebody, so that something is found. */
static char *
random_word (Model *model)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  const char *name
      = model->names->pdata[g_rand_int_range (model->random, 0, CROWD)];
  const char *key;
  glong length;

  if (g_rand_int_range (model->random, 0, 5) == 0)
    return g_strdup (g_rand_boolean (model->random) ? "昌华街道" : "西村街道");
  hx_name_search_keys (model->pinyin, name, HX_NAME_KEY_ALL, take_first_key,
                       keys);
  key = keys->pdata[g_rand_int_range (model->random, 0, (int)keys->len)];
  length = g_utf8_strlen (key, -1);
  return g_utf8_substring (
      key, 0, g_rand_int_range (model->random, 1, (int)length + 1));
}

/* EXACT and PREFIX are one to the model. */
static guint
plain_rank (guint rank)
{
  return rank == HX_SEARCH_EXACT ? HX_SEARCH_PREFIX : rank;
}

static void
compare_with_model (Fixture *fixture, Model *model, char **words)
{
  g_autofree char *text = g_strjoinv (" ", words);
  guint expected = 0;
  Found all, few;

  search_words (fixture, text, HX_SEARCH_LIMIT_MAX, &all);
  for (guint i = 0; i < CROWD; i++)
    expected += model_words (model, i, words) < 5;
  if (all.ids->len != expected)
    fail_msg ("%s: %u found, not %u", text, all.ids->len, expected);
  for (guint i = 0; i < all.ids->len; i++)
    {
      guint person = (guint)g_array_index (all.ids, gint64, i) - 1;
      guint rank = model_words (model, person, words);

      assert_true (rank < 5);
      if (g_array_index (all.ranks, guint, i) != HX_SEARCH_PLACE)
        assert_int_equal (plain_rank (g_array_index (all.ranks, guint, i)),
                          plain_rank (rank));
      if (i > 0)
        assert_true (g_array_index (all.ranks, guint, i - 1)
                     <= g_array_index (all.ranks, guint, i));
    }
  search_words (fixture, text, 7, &few);
  assert_int_equal (few.ids->len, MIN (7, expected));
  assert_memory_equal (few.ids->data, all.ids->data,
                       few.ids->len * sizeof (gint64));
  found_clear (&all);
  found_clear (&few);
}

static void
random_names_are_found_as_by_a_slow_search (void **state)
{
  Fixture *fixture = *state;
  Model model
      = { g_rand_new_with_seed (1021), g_ptr_array_new_with_free_func (g_free),
          g_array_new (FALSE, FALSE, sizeof (guint)), hx_pinyin_new () };

  use_search (fixture, ALL);
  in_ledger (fixture, put_crowd, &model);
  assert_clean (fixture);
  for (guint i = 0; i < QUERIES; i++)
    {
      char *words[4] = { NULL };
      int count = g_rand_int_range (model.random, 1, 4);

      for (int j = 0; j < count; j++)
        words[j] = random_word (&model);
      compare_with_model (fixture, &model, words);
      for (int j = 0; j < count; j++)
        g_free (words[j]);
    }
  g_rand_free (model.random);
  g_ptr_array_unref (model.names);
  g_array_unref (model.streets);
  hx_pinyin_free (model.pinyin);
}

int
main (void)
{
#define EACH(test)                                                             \
  cmocka_unit_test_setup_teardown (test, set_up, fixture_teardown)
  const struct CMUnitTest tests[] = {
    EACH (a_name_is_found_in_every_way_of_writing_it),
    EACH (numbers_are_found_by_beginning_and_by_their_last_digits),
    EACH (the_end_of_an_id_number_finds_its_owner),
    EACH (the_likely_come_first),
    EACH (all_words_must_fit),
    EACH (no_more_than_the_limit_are_shown),
    EACH (a_renamed_row_is_found_by_its_new_name_alone),
    EACH (a_voided_row_is_found_no_more),
    EACH (what_is_changed_back_in_one_write_stays),
    cmocka_unit_test (what_was_done_to_the_index_is_named),
    EACH (an_index_that_is_missing_or_old_is_made),
    EACH (a_write_makes_the_index_of_older_rows),
    EACH (other_fields_in_the_catalogue_make_another_index),
    EACH (what_cannot_be_asked_is_refused),
    EACH (without_an_index_the_answer_is_what_to_do),
    EACH (only_those_in_the_register_on_the_day_are_found),
    cmocka_unit_test_setup_teardown (random_names_are_found_as_by_a_slow_search,
                                     fixture_setup, fixture_teardown),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
