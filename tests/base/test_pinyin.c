/* How names are read, spelled and sorted. */
#include "pinyin_support.h"

#include "base/pinyin_internal.h"

#define STANDARD_CHARACTERS 8105

static char *
spell (HxPinyin *pinyin, const char *name)
{
  GString *out = g_string_new (NULL);

  hx_pinyin_spell (pinyin, name, out);
  return g_string_free (out, FALSE);
}

static char *
initials (HxPinyin *pinyin, const char *name)
{
  GString *out = g_string_new (NULL);

  hx_pinyin_initials (pinyin, name, out);
  return g_string_free (out, FALSE);
}

typedef struct
{
  const char *name, *spelled, *initials;
} Case;

static void
check_cases (HxPinyin *pinyin, const Case *cases, gsize count)
{
  for (gsize i = 0; i < count; i++)
    {
      assert_text (spell (pinyin, cases[i].name), cases[i].spelled);
      assert_text (initials (pinyin, cases[i].name), cases[i].initials);
    }
}

/* ---------------------------------------------------------------- spelling */

static const Case plain_names[] = {
  { "欧阳春燕", "ou yang chun yan", "oycy" },
  { "张三丰", "zhang san feng", "zsf" },
  { "李建国", "li jian guo", "ljg" },
  { "王秀英", "wang xiu ying", "wxy" },
  { "梁婉仪", "liang wan yi", "lwy" },
  { "霍启东", "huo qi dong", "hqd" },
  { "诸葛小明", "zhu ge xiao ming", "zgxm" },
  { "司徒美堂", "si tu mei tang", "stmt" },
  { "皇甫静", "huang fu jing", "hfj" },
  { "上官云珠", "shang guan yun zhu", "sgyz" },
  { "张", "zhang", "z" },
  { "黄埔军", "huang pu jun", "hpj" },
  { "陈茜", "chen qian", "cq" },
  { "林娜", "lin na", "ln" },
  { "周莎莎", "zhou sha sha", "zss" },
  { "赵长江", "zhao chang jiang", "zcj" },
  { "孙重阳", "sun chong yang", "scy" },
  { "何朝晖", "he chao hui", "hch" },
  { "苏晟", "su sheng", "ss" },
  { "郑炅", "zheng jiong", "zj" },
  { "黄玚", "huang yang", "hy" },
  { "江柏", "jiang bai", "jb" },
};

static void
a_name_is_spelled_without_tones (void **state)
{
  check_cases (*state, plain_names, G_N_ELEMENTS (plain_names));
}

static const Case surnames[] = {
  { "单小飞", "shan xiao fei", "sxf" },  { "缪小飞", "miao xiao fei", "mxf" },
  { "朴小飞", "piao xiao fei", "pxf" },  { "牟小飞", "mu xiao fei", "mxf" },
  { "解小飞", "xie xiao fei", "xxf" },   { "仇小飞", "qiu xiao fei", "qxf" },
  { "查小飞", "zha xiao fei", "zxf" },   { "区小飞", "ou xiao fei", "oxf" },
  { "曾小飞", "zeng xiao fei", "zxf" },  { "任小飞", "ren xiao fei", "rxf" },
  { "盖小飞", "ge xiao fei", "gxf" },    { "翟小飞", "zhai xiao fei", "zxf" },
  { "乐小飞", "yue xiao fei", "yxf" },   { "覃小飞", "qin xiao fei", "qxf" },
  { "种小飞", "chong xiao fei", "cxf" }, { "繁小飞", "po xiao fei", "pxf" },
  { "纪小飞", "ji xiao fei", "jxf" },    { "员小飞", "yun xiao fei", "yxf" },
  { "召小飞", "shao xiao fei", "sxf" },  { "尉小飞", "wei xiao fei", "wxf" },
  { "隗小飞", "wei xiao fei", "wxf" },   { "祭小飞", "zhai xiao fei", "zxf" },
  { "么小飞", "yao xiao fei", "yxf" },   { "薄小飞", "bo xiao fei", "bxf" },
  { "秘小飞", "bi xiao fei", "bxf" },    { "折小飞", "she xiao fei", "sxf" },
  { "燕小飞", "yan xiao fei", "yxf" },   { "葛小飞", "ge xiao fei", "gxf" },
  { "冼小飞", "xian xiao fei", "xxf" },  { "洗小飞", "xian xiao fei", "xxf" },
  { "车小飞", "che xiao fei", "cxf" },   { "贾小飞", "jia xiao fei", "jxf" },
  { "黑小飞", "he xiao fei", "hxf" },    { "郇小飞", "xun xiao fei", "xxf" },
  { "谌小飞", "chen xiao fei", "cxf" },  { "卜小飞", "bu xiao fei", "bxf" },
  { "阚小飞", "kan xiao fei", "kxf" },
};

static void
a_surname_is_read_as_a_surname (void **state)
{
  check_cases (*state, surnames, G_N_ELEMENTS (surnames));
}

static const Case pairs[] = {
  { "尉迟小飞", "yu chi xiao fei", "ycxf" },
  { "万俟小飞", "mo qi xiao fei", "mqxf" },
  { "长孙小飞", "zhang sun xiao fei", "zsxf" },
  { "单于小飞", "chan yu xiao fei", "cyxf" },
  { "澹台小飞", "tan tai xiao fei", "ttxf" },
  { "令狐小飞", "ling hu xiao fei", "lhxf" },
  { "乐正小飞", "yue zheng xiao fei", "yzxf" },
  { "拓跋小飞", "tuo ba xiao fei", "tbxf" },
  { "單于小飛", "chan yu xiao fei", "cyxf" },
  { "尉 迟", "yu chi", "yc" },
  /* No surname of two: the first alone is one. */
  { "单余飞", "shan yu fei", "syf" },
  { "尉小迟", "wei xiao chi", "wxc" },
  { "万小俟", "wan xiao si", "wxs" },
};

static void
two_characters_come_before_the_surname_of_one (void **state)
{
  check_cases (*state, pairs, G_N_ELEMENTS (pairs));
}

static const Case behind_surname[] = {
  { "张单", "zhang dan", "zd" },       { "张曾", "zhang ceng", "zc" },
  { "张解", "zhang jie", "zj" },       { "张查", "zhang cha", "zc" },
  { "张盖", "zhang gai", "zg" },       { "张乐", "zhang le", "zl" },
  { "张朴", "zhang pu", "zp" },        { "张任", "zhang ren", "zr" },
  { "张区", "zhang qu", "zq" },        { "乐乐", "yue le", "yl" },
  { "张单于", "zhang dan yu", "zdy" },
};

static void
a_surname_elsewhere_is_read_as_a_word (void **state)
{
  check_cases (*state, behind_surname, G_N_ELEMENTS (behind_surname));
}

static const Case with_v[] = {
  { "吕绿", "lv lv", "ll" },  { "女娲", "nv wa", "nw" },
  { "略", "lve", "l" },       { "虐", "nve", "n" },
  { "卢努", "lu nu", "ln" },  { "居去需", "ju qu xu", "jqx" },
  { "余月", "yu yue", "yy" }, { "呂", "lv", "l" },
};

static void
u_with_dots_is_spelled_v (void **state)
{
  check_cases (*state, with_v, G_N_ELEMENTS (with_v));
}

static const Case folded[] = {
  { "張偉", "zhang wei", "zw" }, { "劉國慶", "liu guo qing", "lgq" },
  { "葉靜", "ye jing", "yj" },   { "曾國華", "zeng guo hua", "zgh" },
  { "區麗", "ou li", "ol" },     { "張乾", "zhang qian", "zq" },
  { "髙峯", "gao feng", "gf" },  { "郞彦", "lang yan", "ly" },
  { "甯靜", "ning jing", "nj" }, { "\xEF\xA4\x8A", "jin", "j" },
  { "於淼", "yu miao", "ym" },   { "鍾馗", "zhong kui", "zk" },
};

static void
traditional_and_variant_characters_are_read (void **state)
{
  check_cases (*state, folded, G_N_ELEMENTS (folded));
}

static const Case rare[] = {
  { "𬱖", "di", "d" },        /* U+2CC56, in the standard */
  { "张𫖯", "zhang fu", "zf" }, /* U+2B5AF */
  { "李䶮", "li yan", "ly" },   /* extension A */
  { "王㛃", "wang jie", "wj" }, /* extension A */
  { "喆堃淼犇", "zhe kun miao ben", "zkmb" },
  { "陈𠮷", "chen 𠮷", "c𠮷" }, /* ICU knows no reading */
  { "〇", "ling", "l" },
  { "张\xF3\xA0\x84\x80三", "zhang san", "zs" }, /* variation selector */
};

static void
characters_beyond_the_first_plane_are_read (void **state)
{
  check_cases (*state, rare, G_N_ELEMENTS (rare));
}

static const Case mixed[] = {
  { "阿卜杜拉·买买提", "a bu du la mai mai ti", "abdlmmt" },
  { "阿卜杜拉•买买提", "a bu du la mai mai ti", "abdlmmt" },
  { "阿卜杜拉．买买提", "a bu du la mai mai ti", "abdlmmt" },
  { "阿卜杜拉・买买提", "a bu du la mai mai ti", "abdlmmt" },
  { "阿卜杜拉.买买提", "a bu du la mai mai ti", "abdlmmt" },
  { "John Smith", "john smith", "js" },
  { "O'Neil-Brown", "o neil brown", "onb" },
  { "李John", "li john", "lj" },
  { "John李", "john li", "jl" },
  { "ＪＯＨＮ　李", "john li", "jl" },
  { "张三2", "zhang san 2", "zs2" },
  { "张三（小）", "zhang san xiao", "zsx" },
  { "José Muñoz", "jose munoz", "jm" },
  { "Müller", "muller", "m" },
  { " 张  三 ", "zhang san", "zs" },
  { "张\xE2\x80\x8B三", "zhang san", "zs" },
  { "Иван", "и в а н", "иван" },
};

static void
letters_digits_and_dots_are_kept_sensibly (void **state)
{
  check_cases (*state, mixed, G_N_ELEMENTS (mixed));
}

static const Case empty[] = {
  { NULL, "", "" }, { "", "", "" },     { "   ", "", "" },      { "·", "", "" },
  { "()", "", "" }, { "\xFF", "", "" }, { "\xE4\xB8", "", "" },
};

static void
nothing_is_spelled_as_nothing (void **state)
{
  check_cases (*state, empty, G_N_ELEMENTS (empty));
}

static const Case broken[] = {
  { "张\xFF三", "zhang san", "zs" },
  { "张\xE4\xB8", "zhang", "z" },
  { "\x80李\xC0\xAF", "li", "l" },
  { "\xED\xA0\x80李", "li", "l" },     /* half a surrogate pair */
  { "\xF4\x90\x80\x80李", "li", "l" }, /* past the end of Unicode */
};

static void
bytes_that_are_no_text_are_passed_over (void **state)
{
  check_cases (*state, broken, G_N_ELEMENTS (broken));
}

static void
a_long_name_is_cut (void **state)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *letters = NULL;

  for (int i = 0; i < 3 * HX_NAME_CHARACTERS_MAX; i++)
    g_string_append (name, "王");
  letters = initials (*state, name->str);
  assert_int_equal (strlen (letters), HX_NAME_CHARACTERS_MAX);
}

static void
spelling_appends_to_what_is_there (void **state)
{
  g_autoptr (GString) out = g_string_new ("=");

  hx_pinyin_spell (*state, "李四", out);
  assert_string_equal (out->str, "=li si");
  hx_pinyin_initials (*state, "李四", out);
  assert_string_equal (out->str, "=li sils");
}

/* ------------------------------------------------------------- the tables */

typedef void (*TableVisit) (const char *syllable, gunichar character,
                            gboolean primary, gpointer data);

static void
visit_readings (TableVisit visit, gpointer data)
{
  g_auto (GStrv) words = g_strsplit (hx_pinyin_readings, " ", -1);

  for (gsize i = 0; words[i] != NULL; i += 2)
    {
      gboolean primary = TRUE;

      assert_non_null (words[i + 1]);
      for (const char *at = words[i + 1]; *at != '\0';
           at = hx_after_character (at))
        if (*at == '+')
          primary = FALSE;
        else
          visit (words[i], g_utf8_get_char (at), primary, data);
    }
}

static void
count_primary (const char *syllable, gunichar character, gboolean primary,
               gpointer data)
{
  gpointer key = GUINT_TO_POINTER (character);

  assert_true (strlen (syllable) < HX_SYLLABLE_SIZE);
  for (const char *at = syllable; *at != '\0'; at++)
    assert_true (g_ascii_islower (*at));
  if (primary)
    assert_true (g_hash_table_insert (data, key, g_strdup (syllable)));
}

static void
each_standard_character_has_one_primary_reading (void **state)
{
  g_autoptr (GHashTable) primary
      = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  (void)state;
  visit_readings (count_primary, primary);
  assert_int_equal (g_hash_table_size (primary), STANDARD_CHARACTERS);
}

static void
count_readings (const char *syllable, gunichar character, gboolean primary,
                gpointer data)
{
  gpointer key = GUINT_TO_POINTER (character);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (data, key)) + 1;

  (void)syllable;
  (void)primary;
  assert_true (count <= HX_CELL_READINGS);
  g_hash_table_insert (data, key, GUINT_TO_POINTER (count));
}

static void
no_character_has_more_readings_than_fit (void **state)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);

  (void)state;
  visit_readings (count_readings, counts);
  assert_int_equal (g_hash_table_size (counts), STANDARD_CHARACTERS);
}

static void
each_surname_has_a_reading_for_each_character (void **state)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);

  visit_readings (count_readings, known);
  for (const HxSurname *at = hx_pinyin_surnames; at->surname != NULL; at++)
    {
      g_auto (GStrv) words = g_strsplit (at->reading, " ", -1);
      g_autofree char *name = g_strconcat (at->surname, "明", NULL);
      g_autofree char *expected = g_strconcat (at->reading, " ming", NULL);

      assert_int_equal (g_utf8_strlen (at->surname, -1), g_strv_length (words));
      for (const char *c = at->surname; *c != '\0'; c = hx_after_character (c))
        assert_true (g_hash_table_contains (
            known, GUINT_TO_POINTER (g_utf8_get_char (c))));
      assert_text (spell (*state, name), expected);
    }
}

/* Whether `number` is among the readings of a cell. */
static gboolean
reads (const HxCell *cell, guint16 number)
{
  for (guint i = 0; i < cell->count; i++)
    if (cell->readings[i] == number)
      return TRUE;
  return FALSE;
}

static void
a_variant_sounds_as_its_standard (void **state)
{
  g_auto (GStrv) words = g_strsplit (hx_pinyin_variants, " ", -1);

  for (gsize i = 0; words[i] != NULL && *words[i] != '\0'; i++)
    {
      gunichar variant = g_utf8_get_char (words[i]);
      gunichar standard = g_utf8_get_char (hx_after_character (words[i]));
      const HxCell *cell = hx_pinyin_cell (*state, variant);

      assert_int_equal (g_utf8_strlen (words[i], -1), 2);
      assert_int_not_equal (variant, standard);
      assert_int_equal (cell->fold, standard);
      assert_int_equal (cell->same, variant);
      assert_true (
          reads (hx_pinyin_cell (*state, standard), cell->readings[0]));
      assert_int_equal (hx_pinyin_cell (*state, standard)->fold, standard);
    }
}

/* ICU, asked apart from the tables, knows the same first reading of all but
 * the characters whose reading the standard changed. */
typedef struct
{
  UTransliterator *latin;
  guint agreed;
} Oracle;

static void
ask_icu (const char *syllable, gunichar character, gboolean primary,
         gpointer data)
{
  Oracle *oracle = data;
  UErrorCode status = U_ZERO_ERROR;
  UChar text[64];
  char latin[64];
  int32_t length = 0;
  int32_t limit;
  g_autofree char *apart = NULL;
  g_autoptr (GString) bare = g_string_new (NULL);

  (void)primary;
  U16_APPEND_UNSAFE (text, length, character);
  limit = length;
  utrans_transUChars (oracle->latin, text, &length, 64, 0, &limit, &status);
  u_strToUTF8 (latin, sizeof latin, NULL, text, length, &status);
  assert_true (U_SUCCESS (status));
  apart = g_utf8_normalize (latin, -1, G_NORMALIZE_NFD);
  for (const char *at = apart; *at != '\0'; at++)
    if (g_ascii_islower (*at))
      g_string_append_c (bare, *at);
    else if ((guint8)at[0] == 0xCC && (guint8)at[1] == 0x88)
      g_string_overwrite (bare, bare->len - 1, "v");
  oracle->agreed += strcmp (bare->str, syllable) == 0;
}

static void
nearly_every_standard_character_is_read_as_icu_reads_it (void **state)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar id[16];
  Oracle oracle = { NULL, 0 };

  (void)state;
  u_uastrcpy (id, "Han-Latin");
  oracle.latin = utrans_openU (id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
  assert_true (U_SUCCESS (status));
  visit_readings (ask_icu, &oracle);
  utrans_close (oracle.latin);
  assert_in_range (oracle.agreed, STANDARD_CHARACTERS - 160,
                   STANDARD_CHARACTERS);
}

/* --------------------------------------------------------------- near sound */

typedef struct
{
  const char *a, *b;
  gboolean near;
} Near;

static const Near nears[] = {
  { "南", "兰", TRUE },  { "张", "赞", TRUE },  { "超", "曹", TRUE },
  { "山", "三", TRUE },  { "明", "民", TRUE },  { "正", "珍", TRUE },
  { "文", "翁", TRUE },  { "方", "凡", TRUE },  { "梁", "连", TRUE },
  { "黄", "环", TRUE },  { "王", "万", TRUE },  { "冯", "芬", TRUE },
  { "女", "吕", TRUE },  { "牛", "刘", TRUE },  { "东", "敦", FALSE },
  { "胡", "福", FALSE }, { "日", "力", FALSE }, { "庄", "赚", TRUE },
  { "英", "音", TRUE },  { "安", "昂", TRUE },  { "知", "资", TRUE },
  { "高", "考", FALSE }, { "郎", "南", TRUE },  { "霜", "酸", TRUE },
};

static guint16
near_of (HxPinyin *pinyin, const char *character)
{
  const HxCell *cell = hx_pinyin_cell (pinyin, g_utf8_get_char (character));

  return hx_pinyin_syllable (pinyin, cell->readings[0])->near;
}

static void
sounds_that_clerks_mix_up_are_one (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (nears); i++)
    {
      gboolean near
          = near_of (*state, nears[i].a) == near_of (*state, nears[i].b);

      assert_int_equal (near, nears[i].near);
    }
}

static void
a_near_sound_is_its_own (void **state)
{
  HxPinyin *pinyin = *state;

  for (guint16 i = 0; i < pinyin->syllables->len; i++)
    {
      guint16 near = hx_pinyin_syllable (pinyin, i)->near;
      guint16 plain = hx_pinyin_syllable (pinyin, i)->plain;

      assert_int_equal (hx_pinyin_syllable (pinyin, near)->near, near);
      assert_int_equal (hx_pinyin_syllable (pinyin, plain)->plain, plain);
    }
}

/* ----------------------------------------------------------------- sorting */

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const GByteArray *first = *(GByteArray *const *)a;
  const GByteArray *second = *(GByteArray *const *)b;
  int order = memcmp (first->data, second->data, MIN (first->len, second->len));

  return order != 0 ? order : (int)first->len - (int)second->len;
}

static GByteArray *
sort_key (HxPinyin *pinyin, const char *name)
{
  GByteArray *key = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  assert_true (hx_name_sort_key (pinyin, name, key, &error));
  assert_null (error);
  return key;
}

static int
order_of (HxPinyin *pinyin, const char *a, const char *b)
{
  g_autoptr (GByteArray) first = sort_key (pinyin, a);
  g_autoptr (GByteArray) second = sort_key (pinyin, b);

  return compare_keys (&first, &second);
}

typedef struct
{
  const char *before, *behind;
} Order;

static const Order orders[] = {
  { "阿明", "安明" },     { "安明", "白明" },    { "曹明", "陈明" },
  { "陈明", "仇明" },     { "丁单", "单丁" },    { "欧明", "区欧" },
  { "山明", "孙明" },     { "单明", "孙明" },    { "丁明", "单明" },
  { "徐明", "曾明" },     { "岑明", "曾明" },    { "曾明", "张明" },
  { "张安", "张白" },     { "张白", "章安" },    { "张明", "张明安" },
  { "Zoe", "阿明" },      { "阿明", "ΩЖ" },      { "解明", "徐明" },
  { "吕明", "马明" },     { "卢明", "吕明" },    { "朴明", "钱明" },
  { "缪明", "牟明" },     { "长孙明", "赵明" },  { "张明", "长孙明" },
  { "单于成", "成单于" }, { "陈明", "𬱖明" },
};

static void
names_sort_by_the_sound_of_the_surname (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      if (order_of (*state, orders[i].before, orders[i].behind) >= 0)
        fail_msg ("%s does not come before %s", orders[i].before,
                  orders[i].behind);
    }
}

static void
people_of_one_surname_stay_together (void **state)
{
  static const char *const names[]
      = { "张一", "章一", "彰一", "张伟", "章伟", "彰伟", "张英", "章英" };
  g_autoptr (GPtrArray) keys
      = g_ptr_array_new_with_free_func ((GDestroyNotify)g_byte_array_unref);
  guint changes = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GByteArray *key = sort_key (*state, names[i]);
      /* Behind the key, to be known again. */
      g_byte_array_append (key, (const guint8 *)names[i], 3);
      g_ptr_array_add (keys, key);
    }
  g_ptr_array_sort (keys, compare_keys);
  for (guint i = 1; i < keys->len; i++)
    {
      GByteArray *before = keys->pdata[i - 1];
      GByteArray *key = keys->pdata[i];

      changes += memcmp (before->data + before->len - 3,
                         key->data + key->len - 3, 3)
                 != 0;
    }
  assert_int_equal (changes, 2);
}

static const Order equals[] = {
  { "张三", "张 三" },    { "JOHN", "John" }, { "阿·明", "阿明" },
  { "ＪＯＨＮ", "john" }, { "", " " },
};

static void
width_case_and_dots_do_not_part_names (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (equals); i++)
    assert_int_equal (order_of (*state, equals[i].before, equals[i].behind), 0);
}

static void
a_sort_key_is_short (void **state)
{
  g_autoptr (GByteArray) key = sort_key (*state, "欧阳春燕");
  g_autoptr (GString) longest = g_string_new (NULL);
  g_autoptr (GByteArray) long_key = NULL;

  assert_in_range (key->len, 8, 32);
  for (int i = 0; i < HX_NAME_CHARACTERS_MAX; i++)
    g_string_append (longest, "𬱖");
  long_key = sort_key (*state, longest->str);
  assert_in_range (long_key->len, HX_NAME_CHARACTERS_MAX, 511);
}

static void
the_version_of_the_order_can_be_kept (void **state)
{
  g_autofree char *version = hx_name_sort_version (*state);
  g_autofree char *again = hx_name_sort_version (*state);

  assert_non_null (version);
  assert_non_null (strchr (version, '/'));
  assert_string_equal (version, again);
}

/* ----------------------------------------------------------------- threads */

static gpointer
spell_many (gpointer data)
{
  g_autoptr (HxPinyin) pinyin = hx_pinyin_new ();
  const char *expected = data;

  for (int i = 0; i < 500; i++)
    {
      g_autofree char *spelled = spell (pinyin, "張䶮𬱖曾");

      if (strcmp (spelled, expected) != 0)
        return g_steal_pointer (&spelled);
    }
  return NULL;
}

static void
each_thread_may_have_a_reader (void **state)
{
  char expected[] = "zhang yan di ceng";
  GThread *threads[4];

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", spell_many, expected);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    assert_null (g_thread_join (threads[i]));
}

static void
a_reader_may_be_freed_that_is_not_there (void **state)
{
  g_autoptr (HxPinyin) none = NULL;

  (void)state;
  hx_pinyin_free (none);
  assert_null (none);
}

#define WITH_READER(test)                                                      \
  cmocka_unit_test_setup_teardown (test, open_reader, close_reader)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_READER (a_name_is_spelled_without_tones),
    WITH_READER (a_surname_is_read_as_a_surname),
    WITH_READER (two_characters_come_before_the_surname_of_one),
    WITH_READER (a_surname_elsewhere_is_read_as_a_word),
    WITH_READER (u_with_dots_is_spelled_v),
    WITH_READER (traditional_and_variant_characters_are_read),
    WITH_READER (characters_beyond_the_first_plane_are_read),
    WITH_READER (letters_digits_and_dots_are_kept_sensibly),
    WITH_READER (nothing_is_spelled_as_nothing),
    WITH_READER (bytes_that_are_no_text_are_passed_over),
    WITH_READER (a_long_name_is_cut),
    WITH_READER (spelling_appends_to_what_is_there),
    cmocka_unit_test (each_standard_character_has_one_primary_reading),
    cmocka_unit_test (no_character_has_more_readings_than_fit),
    WITH_READER (each_surname_has_a_reading_for_each_character),
    WITH_READER (a_variant_sounds_as_its_standard),
    cmocka_unit_test (nearly_every_standard_character_is_read_as_icu_reads_it),
    WITH_READER (sounds_that_clerks_mix_up_are_one),
    WITH_READER (a_near_sound_is_its_own),
    WITH_READER (names_sort_by_the_sound_of_the_surname),
    WITH_READER (people_of_one_surname_stay_together),
    WITH_READER (width_case_and_dots_do_not_part_names),
    WITH_READER (a_sort_key_is_short),
    WITH_READER (the_version_of_the_order_can_be_kept),
    cmocka_unit_test (each_thread_may_have_a_reader),
    cmocka_unit_test (a_reader_may_be_freed_that_is_not_there),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
