/* Loading mappings/NAME.yaml: what a good one becomes, how a wrong one is
 * refused. */
#include "support.h"

#include "catalogue/mapping.h"

#define HEAD_OF(kind) "key: a\nname: 甲\nkind: " kind "\n"
#define NUMBER "  - {field: id_no, names: [证号, 身份证]}\n"
#define COLUMNS "columns:\n" NUMBER
#define GIFT "  - {field: gift, names: [钱]"
#define VISITS                                                                 \
  HEAD_OF ("visit")                                                            \
  "columns:\n"                                                                 \
  "  - {field: cadre, names: [人]}\n"                                         \
  "  - {field: date, names: [日]}\n"                                          \
  "  - {field: occasion, names: [事]"

static void
a_mapping_is_read_whole (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxCatalogue) catalogue = load_with (
      "mappings/a.yaml",
      VISITS ", codes: {'1 ': birthday, 二: ''}}\n" GIFT ", unit: 万元}\n"
             "header: 3\nsheets: [表一]\n"
             "skip:\n  - {names: [态], is: [' 退 ']}\n  - {is: [合计]}\n"
             "negative:\n  - {names: [类], is: [退款]}\n"
             "agree: [gift]\n",
      &error);
  const HxMapping *mapping;
  const HxMappingColumn *column;
  const HxMappingTest *test;

  (void)state;
  if (error != NULL)
    fail_msg ("%s", error->message);
  assert_int_equal (hx_catalogue_mappings (catalogue)->len, 1);
  mapping = hx_catalogue_mapping (catalogue, "甲");
  assert_ptr_equal (mapping, hx_catalogue_mapping (catalogue, "a"));
  assert_null (hx_catalogue_mapping (catalogue, "乙"));
  assert_string_equal (mapping->kind->key, "visit");
  assert_int_equal (mapping->header, 3);
  assert_string_equal (mapping->sheets[0], "表一");
  assert_int_equal (mapping->columns->len, 4);
  column = mapping->columns->pdata[2];
  assert_string_equal (g_hash_table_lookup (column->codes, "1"), "birthday");
  assert_string_equal (g_hash_table_lookup (column->codes, "二"), "");
  column = mapping->columns->pdata[3];
  assert_string_equal (column->unit, "万元");
  assert_int_equal (mapping->skip->len, 2);
  test = mapping->skip->pdata[0];
  assert_string_equal (test->is[0], "退");
  test = mapping->skip->pdata[1];
  assert_null (test->names[0]);
  assert_int_equal (mapping->negative->len, 1);
  assert_int_equal (mapping->agree->len, 1);
}

static void
what_must_agree_is_what_the_kind_requires (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxCatalogue) catalogue
      = load_with ("mappings/a.yaml", VISITS "}\n" GIFT "}\n", &error);

  (void)state;
  if (error != NULL)
    fail_msg ("%s", error->message);
  /* cadre, date and occasion are the identity; a gift is not required */
  assert_int_equal (
      ((HxMapping *)hx_catalogue_mappings (catalogue)->pdata[0])->agree->len,
      0);
}

static void
names_are_compared_as_headings_are (void **state)
{
  char *const names[] = { (char *)(guintptr) "支付金额", NULL };

  (void)state;
  assert_true (hx_mapping_is_named (names, " 支付 金额（元）* "));
  assert_false (hx_mapping_is_named (names, "支付"));
}

static const struct
{
  const char *text, *place, *says;
} faults[] = {
  { "- a\n", "1:1", "" },
  { "key: a\n", "1:1", "缺少“name”" },
  { HEAD_OF ("fly") COLUMNS, "3:7", "没有台账“fly”" },
  { HEAD_OF ("cadre"), "1:1", "缺少“columns”" },
  { HEAD_OF ("cadre") COLUMNS "colour: red\n", "6:1", "不认识的键“colour”" },
  { "key: A!\nname: 甲\nkind: cadre\n" COLUMNS, "1:6", "不能作名字" },
  { HEAD_OF ("cadre") "columns: {}\n", "4:10", "列表" },
  { HEAD_OF ("cadre") COLUMNS "  - {field: nme, names: [x]}\n", "6:13",
    "是不是“name”？" },
  { HEAD_OF ("cadre") COLUMNS NUMBER, "6:13", "字段“id_no”已有一列" },
  { HEAD_OF ("cadre") COLUMNS "  - {field: name}\n", "6:5", "缺少“names”" },
  { HEAD_OF ("cadre") COLUMNS "  - {field: name, names: []}\n", "6:5",
    "缺少“names”" },
  { HEAD_OF ("cadre") COLUMNS "  - {field: name, names: [x], unit: 元}\n",
    "6:37", "只有金额才有单位" },
  { VISITS "}\n" GIFT ", unit: 美元}\n", "8:37", "不认识的金额单位“美元”" },
  { VISITS ", codes: {x: party}}\n", "7:46", "没有代码“party”" },
  { VISITS ", codes: [x]}\n", "7:42", "键: 值" },
  { HEAD_OF ("cadre") "columns:\n  - {field: name, names: [x]}\n", "1:1",
    "字段“id_no”没有列" },
  { HEAD_OF ("cadre") COLUMNS "header: 0\n", "6:9", "第几行" },
  { HEAD_OF ("cadre") COLUMNS "constants: {id_no: x}\n", "6:13",
    "字段“id_no”已有一列" },
  { HEAD_OF ("cadre") COLUMNS "skip:\n  - {names: [x]}\n", "7:5", "缺少“is”" },
  { HEAD_OF ("cadre") COLUMNS "agree: [name]\n", "6:9", "字段“name”没有列" },
  { HEAD_OF ("cadre") COLUMNS "agree: [nam]\n", "6:9", "是不是“name”？" },
};

static void
a_wrong_mapping_is_refused_with_its_place (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HxCatalogue) catalogue
          = load_with ("mappings/a.yaml", faults[i].text, &error);
      g_autofree char *place
          = g_strdup_printf ("mappings/a.yaml:%s", faults[i].place);

      if (catalogue != NULL)
        fail_msg ("loaded, and should not: %s", faults[i].text);
      if (!g_str_has_prefix (error->message, place)
          || strstr (error->message, faults[i].says) == NULL)
        fail_msg ("%s is refused with “%s”", faults[i].text, error->message);
    }
}

static void
two_mappings_of_one_key_are_refused (void **state)
{
  g_autoptr (HxBundle) bundle = sample_bundle ();
  g_autoptr (GError) error = NULL;

  (void)state;
  hx_bundle_add (bundle, "mappings/a.yaml", HEAD_OF ("cadre") COLUMNS);
  hx_bundle_add (bundle, "mappings/b.yaml", HEAD_OF ("cadre") COLUMNS);
  assert_null (hx_catalogue_load (bundle, &error));
  assert_non_null (strstr (error->message, "mappings/b.yaml:1:6"));
  assert_non_null (strstr (error->message, "映射“a”重复"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_mapping_is_read_whole),
    cmocka_unit_test (what_must_agree_is_what_the_kind_requires),
    cmocka_unit_test (names_are_compared_as_headings_are),
    cmocka_unit_test (a_wrong_mapping_is_refused_with_its_place),
    cmocka_unit_test (two_mappings_of_one_key_are_refused),
  };

  return cmocka_run_group_tests_name ("mappings", tests, NULL, NULL);
}
