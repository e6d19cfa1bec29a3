/* Loading duplicates.yaml: what a good one becomes, how a wrong one is
 * refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "catalogue/duplicate.h"

static const char *const files[][2] = {
  { "catalogue.yaml", "key: test\nname: 测试\nversion: 1\ndigest: sha256\n" },
  { "codes.yaml", "sex:\n  name: 性别\n  codes:\n"
                  "    - {code: '1', name: 男}\n" },
  { "registers/person.yaml",
    "key: person\nname: 人员\nidentity: [name]\nfields:\n"
    "  - {key: name, name: 姓名}\n"
    "  - {key: birth, name: 出生, type: date, partial: true}\n"
    "  - {key: idn, name: 身份证号, type: id_number, secret: true}\n"
    "  - {key: phone, name: 手机, type: phone, secret: true}\n"
    "  - {key: home, name: 座机, type: phone}\n"
    "  - {key: address, name: 住址, secret: true}\n"
    "  - {key: photo, name: 照片, type: evidence}\n"
    "  - {key: sex, name: 性别, type: choice, codes: sex}\n" },
  { "registers/pair.yaml", "key: pair\nname: 两人\nidentity: [one, other]\n"
                           "fields:\n"
                           "  - {key: one, name: 甲, type: ref, to: person}\n"
                           "  - {key: other, name: 乙, type: ref, to: person}\n"
                           "  - {key: reason, name: 依据}\n" },
  { "registers/note.yaml", "key: note\nname: 合并\nidentity: [first]\nfields:\n"
                           "  - {key: register, name: 名册}\n"
                           "  - {key: reason, name: 原因}\n"
                           "  - {key: keep, name: 保留, type: integer}\n"
                           "  - {key: other, name: 并入, type: integer}\n"
                           "  - {key: first, name: 起, type: integer}\n"
                           "  - {key: last, name: 止, type: integer}\n" },
  { "records/call.yaml", "key: call\nname: 电话\nof: person\nfields:\n"
                         "  - {key: note, name: 情况}\n" },
};

static HxCatalogue *
load (const char *rules, GError **error)
{
  g_autoptr (HxBundle) bundle = hx_bundle_new ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    hx_bundle_add (bundle, files[i][0], files[i][1]);
  hx_bundle_add (bundle, "duplicates.yaml", rules);
  return hx_catalogue_load (bundle, error);
}

#define HEAD "- of: person\n  list: 60\n  sure: 90\n"
#define EVIDENCE(fields) "  evidence:\n    - {" fields "}\n"
#define GOOD                                                                   \
  EVIDENCE ("key: a, name: 甲, test: name_same, field: name, weight: 1")
#define CANDIDATES(keys) "  candidates:\n    - " keys "\n"

typedef struct
{
  const char *rules;
  const char *place; /* line and column */
  const char *says;
} Fault;

static const Fault faults[] = {
  { "of: person\n", "1:1", "这里应当是一个列表" },
  { "- {of: person, list: 1}\n", "1:3", "缺少“sure”" },
  { "- {of: fly, list: 1, sure: 2}\n", "1:8", "没有名册“fly”" },
  { "- {of: call, list: 1, sure: 2}\n", "1:8", "没有名册“call”" },
  { HEAD GOOD CANDIDATES ("[name.sound]") HEAD GOOD CANDIDATES ("[name.sound]"),
    "8:7", "“person”重复" },
  { "- {of: person, list: 0, sure: 2}\n", "1:22", "“0”不是 1 到 1000 的整数" },
  { "- {of: person, list: 9, sure: 2}\n", "1:31", "“sure”小于“list”" },
  { HEAD CANDIDATES ("[name.sound]"), "1:3", "缺少“evidence”" },
  { HEAD "  evidence: []\n" CANDIDATES ("[name.sound]"), "4:13",
    "缺少“evidence”" },
  { HEAD GOOD, "1:3", "缺少“candidates”" },
  { HEAD GOOD "  candidates: []\n", "6:15", "缺少“candidates”" },
  { HEAD GOOD CANDIDATES ("[]"), "7:7", "列表是空的" },
  { HEAD GOOD CANDIDATES ("[name]"), "", "" },
  { HEAD GOOD CANDIDATES ("[nam.sound]"), "7:8", "没有字段“nam.sound”" },
  { HEAD GOOD CANDIDATES ("[name.day]"), "7:8",
    "“name.day”不能用来找可能重复的人: 可以写 .sound、 .less_one、 .first" },
  { HEAD GOOD CANDIDATES ("[birth]"), "7:8", ".day、 .month、 .year" },
  { HEAD GOOD CANDIDATES ("[address.sound]"), "7:8", "不能用来找" },
  { HEAD GOOD CANDIDATES ("[photo]"), "7:8", "不能用来找" },
  { HEAD GOOD CANDIDATES ("[{a: b}]"), "7:8", "这里应当是一个值" },
  { HEAD EVIDENCE ("name: 甲, test: name_same, field: name, weight: 1")
        CANDIDATES ("[name.sound]"),
    "5:7", "缺少“key”" },
  { HEAD EVIDENCE ("key: A, name: 甲, test: same, field: name, weight: 1")
        CANDIDATES ("[name.sound]"),
    "5:13", "不能作名字" },
  { HEAD EVIDENCE ("key: a, name: 甲, test: nam_same, field: name, weight: 1")
        CANDIDATES ("[name.sound]"),
    "5:31", "不认识的比较“nam_same”: 是不是“name_same”？" },
  { HEAD EVIDENCE ("key: a, name: 甲, test: name_same, weight: 1")
        CANDIDATES ("[name.sound]"),
    "5:7", "没有写明比较哪个字段: 写 field: 字段" },
  { HEAD EVIDENCE ("key: a, name: 甲, test: shared, field: phone, weight: 1")
        CANDIDATES ("[name.sound]"),
    "5:7", "没有写明比较哪个字段: 写 fields: [字段, …]" },
  { HEAD EVIDENCE ("key: a, name: 甲, test: shared, fields: [sex], weight: 1")
        CANDIDATES ("[name.sound]"),
    "5:", "没有适合这种比较的字段“sex”" },
  { HEAD EVIDENCE ("key: a, name: 甲, test: name_same, field: birth, weight: 1")
        CANDIDATES ("[name.sound]"),
    "5:", "没有适合这种比较的字段“birth”" },
  { HEAD EVIDENCE ("key: a, name: 甲, test: same, field: address, weight: 1")
        CANDIDATES ("[name.sound]"),
    "5:", "没有适合这种比较的字段“address”" },
  { HEAD EVIDENCE ("key: a, name: 甲, test: same, field: photo, weight: 1")
        CANDIDATES ("[name.sound]"),
    "5:", "没有适合这种比较的字段“photo”" },
  { HEAD EVIDENCE ("key: a, name: 甲, test: same, field: sex, weight: 1001")
        CANDIDATES ("[name.sound]"),
    "5:", "“1001”不是 -1000 到 1000 的整数" },
  { HEAD "  not_same: person\n" GOOD CANDIDATES ("[name.sound]"), "4:13",
    "“人员”没有所需的字段“one”（ref）" },
  { HEAD "  not_same: call\n" GOOD CANDIDATES ("[name.sound]"), "4:13",
    "没有名册“call”" },
  { HEAD "  merges: pair\n" GOOD CANDIDATES ("[name.sound]"), "4:11",
    "“两人”没有所需的字段“register”（text）" },
};

static void
a_wrong_file_is_refused_with_its_place (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HxCatalogue) catalogue = load (faults[i].rules, &error);
      g_autofree char *place
          = g_strdup_printf ("duplicates.yaml:%s", faults[i].place);

      if (*faults[i].says == '\0')
        {
          assert_null (error);
          continue;
        }
      assert_null (catalogue);
      if (strstr (error->message, place) == NULL
          || strstr (error->message, faults[i].says) == NULL)
        fail_msg ("%s\nsays: %s", faults[i].rules, error->message);
    }
}

static void
a_good_file_is_rules_of_its_register (void **state)
{
  static const char rules_text[] = HEAD
      "  not_same: pair\n  merges: note\n  evidence:\n"
      "    - {key: a, name: 甲, test: name_same, field: name, weight: 45}\n"
      "    - {key: b, name: 乙, test: shared, fields: [phone, home],"
      " weight: 20}\n"
      "    - {key: c, name: 丙, test: differ, field: sex, weight: -40}\n"
      "  candidates:\n    - [name.sound]\n"
      "    - [name.less_one, birth.year]\n    - [phone.any]\n    - [sex]\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (HxCatalogue) catalogue = load (rules_text, &error);
  const HxDuplicateRules *rules;
  const HxEvidence *shared;
  const GArray *second;

  (void)state;
  assert_null (error);
  assert_null (hx_catalogue_duplicates (catalogue,
                                        hx_catalogue_kind (catalogue, "pair")));
  rules = hx_catalogue_duplicates (catalogue,
                                   hx_catalogue_kind (catalogue, "person"));
  assert_int_equal (rules->list, 60);
  assert_int_equal (rules->sure, 90);
  assert_string_equal (rules->not_same->key, "pair");
  assert_string_equal (rules->merges->key, "note");
  assert_int_equal (rules->evidence->len, 3);
  shared = rules->evidence->pdata[1];
  assert_int_equal (shared->test, HX_EVIDENCE_SHARED);
  assert_int_equal (shared->fields->len, 2);
  assert_int_equal (((HxEvidence *)rules->evidence->pdata[2])->weight, -40);
  second = rules->candidates->pdata[1];
  assert_int_equal (second->len, 2);
  assert_int_equal (g_array_index (second, HxCandidateKey, 1).part,
                    HX_PART_YEAR);
  assert_string_equal (g_array_index (second, HxCandidateKey, 1).field->key,
                       "birth");
}

static void
too_many_signs_are_refused (void **state)
{
  g_autoptr (GString) text = g_string_new (HEAD "  evidence:\n");
  g_autoptr (GError) error = NULL;

  (void)state;
  for (guint i = 0; i <= HX_EVIDENCE_MAX; i++)
    g_string_append_printf (text,
                            "    - {key: e%u, name: 甲, test: same,"
                            " field: sex, weight: 1}\n",
                            i);
  g_string_append (text, CANDIDATES ("[name.sound]"));
  assert_null (load (text->str, &error));
  assert_non_null (strstr (error->message, "一种名册最多 60 条"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_wrong_file_is_refused_with_its_place),
    cmocka_unit_test (a_good_file_is_rules_of_its_register),
    cmocka_unit_test (too_many_signs_are_refused),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
