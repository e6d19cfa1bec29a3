/* What finds a name: keys for an index, queries, and the sieve behind them. */
#include "pinyin_support.h"

#include "base/pinyin_internal.h"

static GPtrArray *
keys_of (HxPinyin *pinyin, const char *name, HxNameKeys kinds)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  hx_name_search_keys (pinyin, name, kinds, add_key, keys);
  return keys;
}

static char *
joined_keys (HxPinyin *pinyin, const char *name, HxNameKeys kinds)
{
  g_autoptr (GPtrArray) keys = keys_of (pinyin, name, kinds);

  g_ptr_array_add (keys, NULL);
  return g_strjoinv (" ", (char **)keys->pdata);
}

/* -------------------------------------------------------------------- keys */

typedef struct
{
  const char *name;
  HxNameKeys kinds;
  const char *keys;
} Case;

#define HAN HX_NAME_KEY_HAN
#define PINYIN HX_NAME_KEY_PINYIN
#define INITIALS HX_NAME_KEY_INITIALS
#define PARTS HX_NAME_KEY_PARTS

static const Case cases[] = {
  { "欧阳春燕", HAN, "欧阳春燕" },
  { "欧阳春燕", PINYIN, "ouyangchunyan" },
  { "欧阳春燕", INITIALS, "oycy" },
  { "欧阳春燕", HAN | PARTS, "欧阳春燕 阳春燕 春燕 燕" },
  { "欧阳春燕", PINYIN | PARTS, "ouyangchunyan yangchunyan chunyan yan" },
  { "欧阳春燕", INITIALS | PARTS, "oycy ycy cy" },
  { "曾国藩", HX_NAME_KEY_ALL,
    "曾国藩 zengguofan cengguofan zgf cgf 国藩 guofan gf 藩 fan" },
  { "曾國藩", HAN, "曾国藩" },
  { "張三", HAN | PARTS, "张三 三" },
  { "吴喆", HAN, "吴哲" },
  { "吕绿", PINYIN, "lvlv lvlu lulv lulu" },
  { "吕绿", INITIALS, "ll" },
  { "女", PINYIN, "nv nu" },
  { "略", PINYIN, "lve lue" },
  { "乐乐", PINYIN, "yuele yueyue lele leyue" },
  { "乐乐", INITIALS, "yl yy ll ly" },
  { "乐乐", PINYIN | PARTS, "yuele yueyue lele leyue le yue" },
  { "单于飞", PINYIN, "chanyufei danyufei shanyufei" },
  { "尉迟飞", PINYIN, "yuchifei weichifei" },
  { "朴飞", PINYIN, "piaofei pufei pofei" },
  { "江柏", PINYIN, "jiangbai jiangbo" },
  /* a syllable of one letter is its own initial */
  { "鹅", PINYIN | INITIALS, "e" },
  { "阿", HX_NAME_KEY_ALL, "阿 a" },
  { "阿卜杜拉·买买提", HAN, "阿卜杜拉买买提" },
  { "买买提", INITIALS | PARTS, "mmt mt" },
  { "John Smith", HX_NAME_KEY_ALL, "johnsmith js smith" },
  { "John Smith", HAN, "" },
  { "李John", HX_NAME_KEY_ALL, "李john lijohn lj john" },
  { "John李", HX_NAME_KEY_ALL, "john李 johnli jl 李 li" },
  { "Müller", PINYIN, "muller mvller" },
  { "𬱖田", HX_NAME_KEY_ALL, "𬱖田 ditian dt 田 tian" },
  { "陈𠮷", HX_NAME_KEY_ALL, "陈𠮷 chen𠮷 c𠮷 𠮷" },
  { "张三", (HxNameKeys)0, "" },
  { "张三", PARTS, "" },
  { "", HX_NAME_KEY_ALL, "" },
  { NULL, HX_NAME_KEY_ALL, "" },
  { "· ", HX_NAME_KEY_ALL, "" },
  { "\xFF", HX_NAME_KEY_ALL, "" },
};

static void
a_name_gives_the_keys_of_the_kinds_wanted (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (joined_keys (*state, cases[i].name, cases[i].kinds),
                 cases[i].keys);
}

/* A name of the longest kind, each character with several readings. */
static char *
long_name (void)
{
  GString *name = g_string_new (NULL);

  for (int i = 0; i < HX_NAME_CHARACTERS_MAX + 5; i++)
    g_string_append (name, i % 2 == 0 ? "乐" : "曾");
  return g_string_free (name, FALSE);
}

static void
the_readings_of_a_name_are_limited (void **state)
{
  g_autofree char *name = long_name ();
  g_autoptr (GPtrArray) whole = keys_of (*state, name, PINYIN);
  g_autoptr (GPtrArray) all = keys_of (*state, name, HX_NAME_KEY_ALL);

  assert_int_equal (whole->len, 16);
  assert_in_range (all->len, HX_NAME_CHARACTERS_MAX,
                   33 * HX_NAME_CHARACTERS_MAX);
}

static gboolean
holds (const GPtrArray *keys, guint before, const char *key)
{
  for (guint i = 0; i < before; i++)
    if (strcmp (keys->pdata[i], key) == 0)
      return TRUE;
  return FALSE;
}

static const char *const many_names[] = {
  "欧阳春燕", "曾国藩",  "乐乐",   "吕绿",        "单于飞",
  "买买提",   "John Li", "李John", "燕燕",        "鹅鹅鹅",
  "阿阿",     "西安",    "先",     "𬱖𠮷",    "朴朴朴朴朴",
  "a b c d",  "张三2",   "Ольга",  "艾力·买买提", "长乐重",
};

static void
no_key_comes_twice (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (many_names); i++)
    {
      g_autoptr (GPtrArray) keys
          = keys_of (*state, many_names[i], HX_NAME_KEY_ALL);

      assert_true (keys->len > 0);
      for (guint j = 0; j < keys->len; j++)
        assert_false (holds (keys, j, keys->pdata[j]));
    }
}

static void
the_primary_reading_comes_first (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (many_names); i++)
    {
      g_autoptr (GPtrArray) keys = keys_of (*state, many_names[i], PINYIN);
      g_autoptr (GString) spelled = g_string_new (NULL);

      hx_pinyin_spell (*state, many_names[i], spelled);
      g_string_replace (spelled, " ", "", 0);
      assert_string_equal (keys->pdata[0], spelled->str);
    }
}

/* ----------------------------------------------------------------- queries */

typedef struct
{
  const char *query, *expected;
} Query;

static const Query queries[] = {
  { "zengguofan", "zengguofan" },
  { "Zeng Guofan", "zengguofan" },
  { "ZENG GUO-FAN", "zengguofan" },
  { "Xi'an", "xian" },
  { "zēng guó fān", "zengguofan" },
  { "ＺＧＦ", "zgf" },
  { "lü", "lv" },
  { "LÜ", "lv" },
  { "lǚ", "lv" },
  { "lu\xCC\x88", "lv" }, /* the dots as a character of their own */
  { "lu:", "lv" },
  { "LU:", "lv" },
  { "lv", "lv" },
  { "lyu", "lv" },
  { "LYU", "lv" },
  { "nyu", "nv" },
  { "lyue", "lve" },
  { "nüe", "nve" },
  { "lu", "lu" },
  { "nu", "nu" },
  /* n behind which yu begins a syllable */
  { "linyu", "linyu" },
  { "chenyu", "chenyu" },
  { "jv", "ju" },
  { "jü", "ju" },
  { "qv", "qu" },
  { "xvjv", "xuju" },
  { "yü", "yu" },
  { "müller", "muller" },
  { "曾国藩", "曾国藩" },
  { "曾國藩", "曾国藩" },
  { "曾 国 藩", "曾国藩" },
  { "阿卜杜拉·买", "阿卜杜拉买" },
  { "吴喆", "吴哲" },
  { "𬱖", "𬱖" },
  { "欧阳cy", "欧阳" },
  { "cy欧阳", "cy" },
  { "  ", "" },
  { "", "" },
  { NULL, "" },
  { "\xFF\xFE", "" },
  { "\xFFzg", "zg" },
  { "zg\xE5", "zg" },
  { "曾\xF0\x9F", "曾" },
  { "·", "" },
};

static void
a_query_is_brought_to_the_form_of_the_keys (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    assert_text (hx_name_query (*state, queries[i].query), queries[i].expected);
}

/* ---------------------------------------------------------------- matching */

typedef struct
{
  const char *name, *query;
  gboolean matches;
} Match;

static const Match matches[] = {
  { "欧阳春燕", "欧阳春燕", TRUE },
  { "欧阳春燕", "欧", TRUE },
  { "欧阳春燕", "春燕", TRUE },
  { "欧阳春燕", "阳春", TRUE },
  { "欧阳春燕", "欧春", FALSE },
  { "欧阳春燕", "欧阳cy", TRUE },
  { "欧阳春燕", "欧阳chuny", TRUE },
  { "欧阳春燕", "ouyang春", TRUE },
  { "欧阳春燕", "oycy", TRUE },
  { "欧阳春燕", "ycy", TRUE },
  { "欧阳春燕", "cy", TRUE },
  { "欧阳春燕", "y", TRUE },
  { "欧阳春燕", "oyc", TRUE },
  { "欧阳春燕", "oc", FALSE },
  { "欧阳春燕", "ouych", TRUE },
  { "欧阳春燕", "oyangcy", TRUE },
  { "欧阳春燕", "chunyan", TRUE },
  { "欧阳春燕", "chunyanx", FALSE },
  { "欧阳春燕", "hun", FALSE },
  { "欧阳春燕", "ang", FALSE },
  { "欧阳春燕", "OuYang Chun", TRUE },
  { "欧阳春燕", "ōu yáng", TRUE },
  { "曾国藩", "zeng", TRUE },
  { "曾国藩", "ceng", TRUE },
  { "曾国藩", "zgf", TRUE },
  { "曾国藩", "cgf", TRUE },
  { "曾国藩", "zengg", TRUE },
  { "曾国藩", "zenggg", FALSE },
  { "曾國藩", "曾国", TRUE },
  { "曾国藩", "曾國", TRUE },
  { "乐月", "le", TRUE },
  { "乐月", "yue", TRUE },
  { "乐月", "yueyue", TRUE },
  { "乐月", "leyue", TRUE },
  { "乐月", "leleyue", FALSE },
  { "吕布", "lv", TRUE },
  { "吕布", "lvb", TRUE },
  { "吕布", "lü bu", TRUE },
  { "吕布", "lyu", TRUE },
  { "吕布", "lu", TRUE },
  { "吕布", "lubu", TRUE },
  { "卢布", "lu", TRUE },
  { "卢布", "lv", FALSE },
  { "林玉", "linyu", TRUE },
  { "朱聚", "zhujv", TRUE },
  { "先", "xian", TRUE },
  { "西安", "xian", TRUE },
  { "西安", "xi'an", TRUE },
  { "西安", "xa", TRUE },
  { "先", "xa", FALSE },
  { "阿卜杜拉·买买提", "abdlmmt", TRUE },
  { "阿卜杜拉·买买提", "买买提", TRUE },
  { "阿卜杜拉·买买提", "拉·买", TRUE },
  { "阿卜杜拉·买买提", "maimai", TRUE },
  { "John Smith", "smith", TRUE },
  { "John Smith", "johns", TRUE },
  { "John Smith", "js", TRUE },
  { "John Smith", "jsmi", TRUE },
  { "John Smith", "ohn", FALSE },
  { "John Smith", "jh", FALSE },
  { "李John", "lj", TRUE },
  { "李John", "李jo", TRUE },
  { "陈𠮷", "𠮷", TRUE },
  { "陈𠮷", "c𠮷", TRUE },
  { "陈𬱖", "cd", TRUE },
  { "陈𬱖", "陈𬱖", TRUE },
  { "张三", "", FALSE },
  { "张三", " ", FALSE },
  { "", "张", FALSE },
  { NULL, "张", FALSE },
  { "张三", NULL, FALSE },
  { "张三", "张三丰", FALSE },
};

static void
a_name_is_matched_by_all_ways_of_writing_it (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (matches); i++)
    if (hx_name_matches (*state, matches[i].name, matches[i].query)
        != matches[i].matches)
      fail_msg ("%s and %s", matches[i].name, matches[i].query);
}

/* Each beginning of a key, cut between characters. */
static void
match_beginnings (HxPinyin *pinyin, const char *name, const char *key)
{
  for (const char *at = key; *at != '\0';)
    {
      g_autofree char *beginning = NULL;

      at = hx_after_character (at);
      beginning = g_strndup (key, (gsize)(at - key));
      if (!hx_name_matches (pinyin, name, beginning))
        fail_msg ("%s is not matched by %s", name, beginning);
    }
}

static void
every_beginning_of_a_key_matches_its_name (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (many_names); i++)
    {
      g_autoptr (GPtrArray) keys
          = keys_of (*state, many_names[i], HX_NAME_KEY_ALL);

      for (guint j = 0; j < keys->len; j++)
        match_beginnings (*state, many_names[i], keys->pdata[j]);
    }
}

/* ---------------------------------------------------- against a slow model
 *
 * Characters with all their spellings, written down here; the first of the
 * list is the character itself. */
typedef struct
{
  const char *ways[6];
} Character;

static const Character characters[] = {
  { { "西", "xi" } },        { { "安", "an" } },
  { { "先", "xian" } },      { { "鹅", "e" } },
  { { "李", "li" } },        { { "吕", "lv", "lu" } },
  { { "乐", "le", "yue" } }, { { "曾", "zeng", "ceng" } },
  { { "𬱖", "di" } },      { { "林", "lin" } },
  { { "娜", "na", "nuo" } },
};

typedef struct
{
  guint count;
  guint character[4];
} Name;

/* Whether `query` is a beginning of some writing of the name's characters
 * from `at` on. */
static gboolean
model_fits (const Name *name, guint at, const char *query)
{
  const char *const *ways;

  if (*query == '\0')
    return TRUE;
  if (at == name->count)
    return FALSE;
  ways = characters[name->character[at]].ways;
  for (guint i = 0; ways[i] != NULL; i++)
    {
      if (g_str_has_prefix (ways[i], query))
        return TRUE;
      if (g_str_has_prefix (query, ways[i])
          && model_fits (name, at + 1, query + strlen (ways[i])))
        return TRUE;
      if (i > 0 && query[0] == ways[i][0]
          && model_fits (name, at + 1, query + 1))
        return TRUE;
    }
  return FALSE;
}

static gboolean
model_matches (const Name *name, const char *query)
{
  for (guint i = 0; i < name->count; i++)
    if (model_fits (name, i, query))
      return TRUE;
  return FALSE;
}

static Name
random_name (GRand *random)
{
  Name name = { (guint)g_rand_int_range (random, 1, 5), { 0 } };

  for (guint i = 0; i < name.count; i++)
    name.character[i]
        = (guint)g_rand_int_range (random, 0, G_N_ELEMENTS (characters));
  return name;
}

static char *
text_of (const Name *name)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < name->count; i++)
    g_string_append (text, characters[name->character[i]].ways[0]);
  return g_string_free (text, FALSE);
}

/* A writing of some of the name, often spoiled by a letter. */
static char *
random_query (GRand *random, const Name *name)
{
  GString *query = g_string_new (NULL);
  guint first = (guint)g_rand_int_range (random, 0, (gint32)name->count);

  for (guint i = first; i < name->count; i++)
    {
      const char *const *ways = characters[name->character[i]].ways;
      guint way = g_rand_boolean (random) ? 1 : 0;
      gsize size = strlen (ways[way]);

      if (way == 1 && g_rand_boolean (random))
        size = (gsize)g_rand_int_range (random, 1, (gint32)size + 1);
      g_string_append_len (query, ways[way], (gssize)size);
    }
  if (g_rand_int_range (random, 0, 3) == 0)
    g_string_append_c (query, "aeilnxyz"[g_rand_int_range (random, 0, 8)]);
  return g_string_free (query, FALSE);
}

#define RANDOM_QUERIES 20000

static void
random_queries_match_as_a_slow_model_says (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (25);
  guint matched = 0;

  for (int i = 0; i < RANDOM_QUERIES; i++)
    {
      Name name = random_name (random);
      Name other
          = g_rand_int_range (random, 0, 4) == 0 ? random_name (random) : name;
      g_autofree char *text = text_of (&name);
      g_autofree char *query = random_query (random, &other);
      gboolean expected = model_matches (&name, query);

      matched += expected;
      if (hx_name_matches (*state, text, query) != expected)
        fail_msg ("%s and %s: not %d", text, query, expected);
    }
  assert_in_range (matched, RANDOM_QUERIES / 4, RANDOM_QUERIES * 9 / 10);
}

static void
a_query_that_fits_in_very_many_ways_is_answered_at_once (void **state)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GString) query = g_string_new (NULL);

  for (int i = 0; i < HX_NAME_CHARACTERS_MAX; i++)
    g_string_append (name, "阿");
  for (int i = 0; i < HX_NAME_CHARACTERS_MAX - 1; i++)
    g_string_append_c (query, 'a');
  assert_true (hx_name_matches (*state, name->str, query->str));
  g_string_append_c (query, 'x');
  assert_false (hx_name_matches (*state, name->str, query->str));
}

/* ------------------------------------------------------------------- junk */

static void
junk_gives_valid_keys_and_no_harm (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (13);

  for (int i = 0; i < 3000; i++)
    {
      char junk[40] = { 0 };
      g_autoptr (GPtrArray) keys = NULL;
      g_autofree char *query = NULL;

      for (gsize j = 0; j + 1 < sizeof junk; j++)
        junk[j] = (char)(g_rand_boolean (random)
                             ? "\xE5\xBC\xA0\xF0\x9F z"[j % 7]
                             : g_rand_int_range (random, 1, 256));
      keys = keys_of (*state, junk, HX_NAME_KEY_ALL);
      for (guint j = 0; j < keys->len; j++)
        assert_true (g_utf8_validate (keys->pdata[j], -1, NULL));
      query = hx_name_query (*state, junk);
      assert_true (g_utf8_validate (query, -1, NULL));
      assert_true (*query == '\0' || keys->len > 0);
    }
}

#define WITH_READER(test)                                                      \
  cmocka_unit_test_setup_teardown (test, open_reader, close_reader)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_READER (a_name_gives_the_keys_of_the_kinds_wanted),
    WITH_READER (the_readings_of_a_name_are_limited),
    WITH_READER (no_key_comes_twice),
    WITH_READER (the_primary_reading_comes_first),
    WITH_READER (a_query_is_brought_to_the_form_of_the_keys),
    WITH_READER (a_name_is_matched_by_all_ways_of_writing_it),
    WITH_READER (every_beginning_of_a_key_matches_its_name),
    WITH_READER (random_queries_match_as_a_slow_model_says),
    WITH_READER (a_query_that_fits_in_very_many_ways_is_answered_at_once),
    WITH_READER (junk_gives_valid_keys_and_no_harm),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
