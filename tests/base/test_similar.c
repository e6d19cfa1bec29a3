/* Which names are taken for one person's, and whether keys bring them
 * together. */
#include "pinyin_support.h"

#include "base/pinyin_internal.h"

static GPtrArray *
keys_of (HxPinyin *pinyin, const char *name)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  hx_name_blocking_keys (pinyin, name, add_key, keys);
  return keys;
}

static gboolean
holds (const GPtrArray *keys, const char *key)
{
  for (guint i = 0; i < keys->len; i++)
    if (strcmp (keys->pdata[i], key) == 0)
      return TRUE;
  return FALSE;
}

/* Whether two names share a key of the kind, '\0' for any. */
static gboolean
share_key (HxPinyin *pinyin, const char *a, const char *b, char kind)
{
  g_autoptr (GPtrArray) first = keys_of (pinyin, a);
  g_autoptr (GPtrArray) second = keys_of (pinyin, b);

  for (guint i = 0; i < first->len; i++)
    {
      const char *key = first->pdata[i];

      if ((kind == '\0' || *key == kind) && holds (second, key))
        return TRUE;
    }
  return FALSE;
}

/* The kind of key that two names share under a rule. */
static char
kind_of (HxSimilarRule rule)
{
  return rule >= HX_SIMILAR_NEAR_SOUND ? HX_BLOCK_ALONE : HX_BLOCK_WITH;
}

/* ------------------------------------------------------------------- rules */

typedef struct
{
  const char *a, *b;
  HxSimilarRule rule;
} Case;

static const Case cases[] = {
  /* the same */
  { "张三丰", "张三丰", HX_SIMILAR_SAME },
  { "张 三", "张三", HX_SIMILAR_SAME },
  { "阿卜杜拉·买买提", "阿卜杜拉•买买提", HX_SIMILAR_SAME },
  { "阿卜杜拉·买买提", "阿卜杜拉买买提", HX_SIMILAR_SAME },
  { "JOHN SMITH", "John Smith", HX_SIMILAR_SAME },
  { "Ｊohn", "john", HX_SIMILAR_SAME },
  { "José", "Jose", HX_SIMILAR_SAME },
  { "𬱖田", "𬱖田", HX_SIMILAR_SAME },
  { "张", "张", HX_SIMILAR_SAME },
  { "张\xEF\xBB\xBF三", "张三", HX_SIMILAR_SAME },
  /* traditional and variant */
  { "張三豐", "张三丰", HX_SIMILAR_VARIANT },
  { "劉國慶", "刘国庆", HX_SIMILAR_VARIANT },
  { "刘国慶", "劉国庆", HX_SIMILAR_VARIANT },
  { "高峯", "高峰", HX_SIMILAR_VARIANT },
  { "髙峰", "高峰", HX_SIMILAR_VARIANT },
  { "吴喆", "吴哲", HX_SIMILAR_VARIANT },
  { "李堃", "李坤", HX_SIMILAR_VARIANT },
  { "甯静", "宁静", HX_SIMILAR_VARIANT },
  { "單于飛", "单于飞", HX_SIMILAR_VARIANT },
  { "区丽", "區麗", HX_SIMILAR_VARIANT },
  /* the same sound */
  { "陈小明", "陈晓明", HX_SIMILAR_SOUND },
  { "王伟", "王玮", HX_SIMILAR_SOUND },
  { "张淼", "张渺", HX_SIMILAR_SOUND },
  { "章一飞", "张一飞", HX_SIMILAR_SOUND },
  { "朱丽", "诸莉", HX_SIMILAR_SOUND },
  { "张瑛", "張英", HX_SIMILAR_SOUND },
  { "邱云", "仇云", HX_SIMILAR_SOUND },
  { "山云", "单云", HX_SIMILAR_SOUND },
  { "李乐", "李勒", HX_SIMILAR_SOUND },
  { "李乐", "李月", HX_SIMILAR_SOUND },
  { "欧春燕", "区春艳", HX_SIMILAR_SOUND },
  { "张乾", "张钱", HX_SIMILAR_SOUND },
  { "李𬱖", "李迪", HX_SIMILAR_SOUND },
  { "张䶮", "张衍", HX_SIMILAR_SOUND },
  /* near sounds */
  { "刘兰", "刘南", HX_SIMILAR_NEAR_SOUND },
  { "张诗敏", "张思敏", HX_SIMILAR_NEAR_SOUND },
  { "陈志强", "陈自强", HX_SIMILAR_NEAR_SOUND },
  { "曹明", "超民", HX_SIMILAR_NEAR_SOUND },
  { "林英", "凌音", HX_SIMILAR_NEAR_SOUND },
  { "张珍", "张正", HX_SIMILAR_NEAR_SOUND },
  { "王丹", "王当", HX_SIMILAR_NEAR_SOUND },
  { "梁一", "连一", HX_SIMILAR_NEAR_SOUND },
  { "黄一", "环一", HX_SIMILAR_NEAR_SOUND },
  { "王小明", "万晓敏", HX_SIMILAR_NEAR_SOUND },
  { "牛芳", "刘凡", HX_SIMILAR_NEAR_SOUND },
  /* neighbours swapped */
  { "张明华", "张华明", HX_SIMILAR_SWAPPED },
  { "明张华", "张明华", HX_SIMILAR_SWAPPED },
  { "张伟", "伟张", HX_SIMILAR_SWAPPED },
  { "欧阳春燕", "欧阳燕春", HX_SIMILAR_SWAPPED },
  { "買买提明", "买买明提", HX_SIMILAR_SWAPPED },
  /* one left out */
  { "欧阳春燕", "欧阳燕", HX_SIMILAR_LEFT_OUT },
  { "张明华", "张明", HX_SIMILAR_LEFT_OUT },
  { "张明华", "张华", HX_SIMILAR_LEFT_OUT },
  { "张明华", "明华", HX_SIMILAR_LEFT_OUT },
  { "张明明", "张明", HX_SIMILAR_LEFT_OUT },
  { "張明华", "张华", HX_SIMILAR_LEFT_OUT },
  { "阿卜杜拉·买买提", "阿卜杜拉·买提", HX_SIMILAR_LEFT_OUT },
  { "John", "Jon", HX_SIMILAR_LEFT_OUT },
  /* one differs */
  { "张明华", "张明生", HX_SIMILAR_DIFFERENT },
  { "张明华", "张大华", HX_SIMILAR_DIFFERENT },
  { "欧阳春燕", "司阳春燕", HX_SIMILAR_DIFFERENT },
  { "欧阳春燕", "欧阳夏燕", HX_SIMILAR_DIFFERENT },
  { "張明华", "张明生", HX_SIMILAR_DIFFERENT },
  { "买买提明", "买买提江", HX_SIMILAR_DIFFERENT },
  { "John", "Joan", HX_SIMILAR_DIFFERENT },
  /* nothing alike enough */
  { "张明华", "李明华", HX_SIMILAR_NONE },
  { "张伟", "张芳", HX_SIMILAR_NONE },
  { "张伟", "李伟", HX_SIMILAR_NONE },
  { "张伟", "张", HX_SIMILAR_NONE },
  { "张", "李", HX_SIMILAR_NONE },
  { "张三", "李四", HX_SIMILAR_NONE },
  { "张明华", "华明张", HX_SIMILAR_NONE },
  { "张明华", "明华张", HX_SIMILAR_NONE },
  { "张明华", "张小云", HX_SIMILAR_NONE },
  { "欧阳春燕", "欧阳", HX_SIMILAR_NONE },
  { "胡飞", "福飞", HX_SIMILAR_NONE },
  { "张三", "", HX_SIMILAR_NONE },
  { "", "", HX_SIMILAR_NONE },
  { NULL, NULL, HX_SIMILAR_NONE },
  { "·", " ", HX_SIMILAR_NONE },
  { "张三", NULL, HX_SIMILAR_NONE },
  { "\xFF", "\xFE", HX_SIMILAR_NONE },
};

static void
the_strongest_rule_that_holds_is_the_answer (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HxSimilarRule rule = hx_name_compare (*state, cases[i].a, cases[i].b);

      if (rule != cases[i].rule)
        fail_msg ("%s and %s: %s, not %s", cases[i].a, cases[i].b,
                  hx_similar_rule_name (rule),
                  hx_similar_rule_name (cases[i].rule));
    }
}

static void
which_name_comes_first_does_not_matter (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_int_equal (hx_name_compare (*state, cases[i].b, cases[i].a),
                      cases[i].rule);
}

static void
similar_names_share_a_key_of_the_kind_promised (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    if (cases[i].rule != HX_SIMILAR_NONE
        && !share_key (*state, cases[i].a, cases[i].b, kind_of (cases[i].rule)))
      fail_msg ("%s and %s share no key", cases[i].a, cases[i].b);
}

typedef struct
{
  HxSimilarRule rule;
  HxSimilarGrade grade;
  const char *name, *chinese;
} Description;

static const Description descriptions[] = {
  { HX_SIMILAR_SAME, HX_SIMILAR_GRADE_SAME, "same", "同名" },
  { HX_SIMILAR_VARIANT, HX_SIMILAR_GRADE_STRONG, "variant", "繁体或异体字" },
  { HX_SIMILAR_SOUND, HX_SIMILAR_GRADE_STRONG, "sound", "同音" },
  { HX_SIMILAR_NEAR_SOUND, HX_SIMILAR_GRADE_LIKELY, "near_sound", "近音" },
  { HX_SIMILAR_SWAPPED, HX_SIMILAR_GRADE_LIKELY, "swapped", "两字颠倒" },
  { HX_SIMILAR_LEFT_OUT, HX_SIMILAR_GRADE_WEAK, "left_out", "少一个字" },
  { HX_SIMILAR_DIFFERENT, HX_SIMILAR_GRADE_WEAK, "different", "差一个字" },
  { HX_SIMILAR_NONE, HX_SIMILAR_GRADE_NONE, "none", "不相似" },
};

static void
each_rule_has_a_grade_a_name_and_a_label (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (descriptions); i++)
    {
      HxSimilarRule rule = descriptions[i].rule;

      assert_int_equal (hx_similar_grade (rule), descriptions[i].grade);
      assert_string_equal (hx_similar_rule_name (rule), descriptions[i].name);
      assert_string_equal (hx_similar_rule_label (rule),
                           descriptions[i].chinese);
    }
}

static void
a_stronger_rule_has_no_lower_grade (void **state)
{
  (void)state;
  for (int rule = HX_SIMILAR_DIFFERENT; rule <= HX_SIMILAR_SAME; rule++)
    assert_true (hx_similar_grade (rule) >= hx_similar_grade (rule - 1));
}

/* ----------------------------------------------------------- blocking keys */

typedef struct
{
  const char *name, *keys;
} Keys;

static const Keys key_cases[] = {
  { "陈小明", "=cenxiaomin ~陈小明 ~小明 ~陈明 ~陈小" },
  { "張偉", "=zanwei ~伟张 ~张伟" },
  { "丁一", "=dinyi ~一丁 ~丁一" },
  { "一丁", "=yidin ~一丁" },
  { "曾小飞", "=zenxiaofei =cenxiaofei ~曾小飞 ~小飞 ~曾飞 ~曾小" },
  { "张明明", "=zanminmin ~张明明 ~明明 ~张明" },
  { "乐乐", "=yuele =yueyue =lele =leyue ~乐乐" },
  { "女", "=lv" },
  { "𠮷田", "=𠮷tian ~田𠮷 ~𠮷田" },
  { "Jo", "=jo ~jo" },
  { "", "" },
  { "·", "" },
  { NULL, "" },
};

static char *
joined_keys (HxPinyin *pinyin, const char *name)
{
  g_autoptr (GPtrArray) keys = keys_of (pinyin, name);

  g_ptr_array_add (keys, NULL);
  return g_strjoinv (" ", (char **)keys->pdata);
}

static void
a_name_gives_a_handful_of_keys (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (key_cases); i++)
    assert_text (joined_keys (*state, key_cases[i].name), key_cases[i].keys);
}

static void
a_long_name_of_many_readings_gives_few_keys (void **state)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GPtrArray) keys = NULL;
  guint sounds = 0;

  for (int i = 0; i < HX_NAME_CHARACTERS_MAX; i++)
    g_string_append (name, i % 2 == 0 ? "乐" : "曾");
  keys = keys_of (*state, name->str);
  for (guint i = 0; i < keys->len; i++)
    sounds += *(const char *)keys->pdata[i] == HX_BLOCK_ALONE;
  assert_in_range (sounds, 2, 16);
  assert_int_equal (keys->len - sounds, HX_NAME_CHARACTERS_MAX + 1);
}

/* ------------------------------------------------------- against a model */

/* Characters of names with sounds apart, alike and near, and a variant. */
static const char *const stock[] = {
  "张", "章", "赞", "王", "明", "民", "铭", "小", "晓", "曾",
  "單", "单", "乐", "月", "峯", "峰", "南", "兰", "𠮷", "𬱖",
};

typedef struct
{
  guint count;
  guint character[5];
} Name;

static char *
text_of (const Name *name)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < name->count; i++)
    g_string_append (text, stock[name->character[i]]);
  return g_string_free (text, FALSE);
}

static Name
random_name (GRand *random)
{
  Name name = { (guint)g_rand_int_range (random, 1, 6), { 0 } };

  for (guint i = 0; i < name.count; i++)
    name.character[i]
        = (guint)g_rand_int_range (random, 0, G_N_ELEMENTS (stock));
  return name;
}

static void
take_out (Name *name, guint at)
{
  name->count--;
  for (guint i = at; i < name->count; i++)
    name->character[i] = name->character[i + 1];
}

/* What clerks do to a name. */
static Name
spoil (GRand *random, Name name)
{
  guint at = (guint)g_rand_int_range (random, 0, (gint32)name.count);
  guint kept = name.character[at];

  switch (g_rand_int_range (random, 0, 5))
    {
    case 0:
      if (name.count > 1)
        take_out (&name, at);
      break;
    case 1:
      name.character[at] = name.character[(at + 1) % name.count];
      name.character[(at + 1) % name.count] = kept;
      break;
    case 2:
      return random_name (random);
    default:
      name.character[at]
          = (guint)g_rand_int_range (random, 0, G_N_ELEMENTS (stock));
    }
  return name;
}

static gunichar
fold_of (const Name *name, guint at)
{
  gunichar character = g_utf8_get_char (stock[name->character[at]]);

  if (character == 0x55AE) /* 單 */
    return 0x5355;
  return character == 0x5CEF ? 0x5CF0 : character; /* 峯 */
}

static gboolean
equal_names (const Name *a, const Name *b)
{
  if (a->count != b->count)
    return FALSE;
  for (guint i = 0; i < a->count; i++)
    if (fold_of (a, i) != fold_of (b, i))
      return FALSE;
  return TRUE;
}

static gboolean
model_swapped (const Name *a, const Name *b)
{
  for (guint i = 0; i + 1 < a->count; i++)
    {
      Name other = *a;

      other.character[i] = a->character[i + 1];
      other.character[i + 1] = a->character[i];
      if (equal_names (&other, b))
        return TRUE;
    }
  return FALSE;
}

static gboolean
model_left_out (const Name *a, const Name *b)
{
  for (guint i = 0; i < a->count && a->count > 2; i++)
    {
      Name other = *a;

      take_out (&other, i);
      if (equal_names (&other, b))
        return TRUE;
    }
  return FALSE;
}

static gboolean
model_different (const Name *a, const Name *b)
{
  guint differing = 0;

  if (a->count != b->count || a->count < 3)
    return FALSE;
  for (guint i = 0; i < a->count; i++)
    differing += fold_of (a, i) != fold_of (b, i);
  return differing == 1 && (a->count > 3 || fold_of (a, 0) == fold_of (b, 0));
}

/* The rules that do not look at sounds, tried out one change at a time. */
static HxSimilarRule
model (const Name *a, const Name *b)
{
  if (model_swapped (a, b))
    return HX_SIMILAR_SWAPPED;
  if (model_left_out (a, b) || model_left_out (b, a))
    return HX_SIMILAR_LEFT_OUT;
  return model_different (a, b) ? HX_SIMILAR_DIFFERENT : HX_SIMILAR_NONE;
}

#define RANDOM_PAIRS 20000

/* Counts how often each rule was met, so that none is tested in vain. */
static void
compare_pair (HxPinyin *pinyin, const Name *a, const Name *b, guint *met)
{
  g_autofree char *first = text_of (a);
  g_autofree char *second = text_of (b);
  HxSimilarRule rule = hx_name_compare (pinyin, first, second);

  met[rule]++;
  assert_int_equal (hx_name_compare (pinyin, second, first), rule);
  if (rule < HX_SIMILAR_NEAR_SOUND)
    assert_int_equal (rule, model (a, b));
  assert_int_equal (rule >= HX_SIMILAR_VARIANT, equal_names (a, b));
  if (rule != HX_SIMILAR_NONE
      && !share_key (pinyin, first, second, kind_of (rule)))
    fail_msg ("%s and %s share no key", first, second);
}

static void
random_names_compare_as_a_slow_model_says_and_share_keys (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20230305);
  guint met[HX_SIMILAR_SAME + 1] = { 0 };

  for (int i = 0; i < RANDOM_PAIRS; i++)
    {
      Name a = random_name (random);
      Name b = spoil (random, a);

      compare_pair (*state, &a, &b, met);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (met); i++)
    assert_in_range (met[i], 100, RANDOM_PAIRS);
}

/* Sounds by a second way: spelled, one name under each reading of the other.
 * Names of one reading a character only. */
static const char *const one_reading[] = { "张", "章", "王", "明", "铭", "民",
                                           "小", "晓", "南", "兰", "诗", "思" };

static char *
random_text (GRand *random, guint count)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < count; i++)
    g_string_append (
        text,
        one_reading[g_rand_int_range (random, 0, G_N_ELEMENTS (one_reading))]);
  return g_string_free (text, FALSE);
}

static char *
spell (HxPinyin *pinyin, const char *name)
{
  GString *out = g_string_new (NULL);

  hx_pinyin_spell (pinyin, name, out);
  return g_string_free (out, FALSE);
}

static void
names_of_one_spelling_have_one_sound (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (70);
  guint alike = 0;

  for (int i = 0; i < 5000; i++)
    {
      g_autofree char *a = random_text (random, 2);
      g_autofree char *b = random_text (random, 2);
      g_autofree char *spelled_a = spell (*state, a);
      g_autofree char *spelled_b = spell (*state, b);
      gboolean same = strcmp (spelled_a, spelled_b) == 0;

      alike += same;
      assert_int_equal (hx_name_compare (*state, a, b) >= HX_SIMILAR_SOUND,
                        same);
    }
  assert_in_range (alike, 50, 2000);
}

/* ------------------------------------------------------------ selectivity */

/* People as a district has them: some surnames are every tenth person's. */
static const char surnames[] = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑"
                               "谢韩唐冯于董萧程曹袁邓许傅沈"
                               "曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
                               "范方石姚谭廖邹熊金陆郝孔白崔";
static const char given[] = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文"
                            "辉玲华建国梅琴云飞鹏波斌莉"
                            "宇浩凯健俊帆雪荣爱琳慧巧美淑惠珠翠雅芝玉萍红月彩春"
                            "菊凤洁琼勤珍贞素宁仁义兴良"
                            "海山东南西北大小子家嘉志永福生龙元全胜学祥才发武新"
                            "利清彬富顺信昌成康星光天达安";

#define PEOPLE 5000

static void
append_from (GString *name, const char *stock_, guint at)
{
  guint index = at % (guint)g_utf8_strlen (stock_, -1);

  g_string_append_unichar (
      name, g_utf8_get_char (g_utf8_offset_to_pointer (stock_, index)));
}

static void
count_key (const char *key, gpointer data)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (data, key)) + 1;

  if (*key == HX_BLOCK_ALONE)
    g_hash_table_insert (data, g_strdup (key), GUINT_TO_POINTER (count));
}

static void
keys_that_stand_alone_leave_few_pairs (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (67);
  g_autoptr (GHashTable) counts
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GList) values = NULL;
  guint64 pairs = 0;

  for (int i = 0; i < PEOPLE; i++)
    {
      g_autoptr (GString) name = g_string_new (NULL);
      guint low = g_rand_int (random);

      append_from (name, surnames, low % 80 * (g_rand_int (random) % 80) / 80);
      append_from (name, given, g_rand_int (random));
      if (g_rand_int (random) % 5 > 0)
        append_from (name, given, g_rand_int (random));
      hx_name_blocking_keys (*state, name->str, count_key, counts);
    }
  values = g_hash_table_get_values (counts);
  for (const GList *at = values; at != NULL; at = at->next)
    {
      guint64 count = GPOINTER_TO_UINT (at->data);

      pairs += count * (count - 1) / 2;
    }
  /* A full comparison has 12,497,500 pairs. */
  assert_in_range (pairs, 1, 12497500 / 500);
}

#define WITH_READER(test)                                                      \
  cmocka_unit_test_setup_teardown (test, open_reader, close_reader)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_READER (the_strongest_rule_that_holds_is_the_answer),
    WITH_READER (which_name_comes_first_does_not_matter),
    WITH_READER (similar_names_share_a_key_of_the_kind_promised),
    cmocka_unit_test (each_rule_has_a_grade_a_name_and_a_label),
    cmocka_unit_test (a_stronger_rule_has_no_lower_grade),
    WITH_READER (a_name_gives_a_handful_of_keys),
    WITH_READER (a_long_name_of_many_readings_gives_few_keys),
    WITH_READER (random_names_compare_as_a_slow_model_says_and_share_keys),
    WITH_READER (names_of_one_spelling_have_one_sound),
    WITH_READER (keys_that_stand_alone_leave_few_pairs),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
