/* Loading caps.yaml: what a good one becomes, how a wrong one is refused. */
#include "support.h"

#define ONE(rest) "- {key: a, name: 甲, of: visit, " rest "}\n"
#define WHOLE "sum: gift, per: cadre, each: year"

static void
a_cap_is_read_whole (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxCatalogue) catalogue = load_with (
      "caps.yaml",
      "- {key: a, name: 慰问, of: visit, where: {occasion: 祝寿}, sum: gift,\n"
      "   per: cadre, each: quarter, max: 0.3, document: 一号文,\n"
      "   from: 2023-01-01, until: 2023-12-31, unless: [occasion]}\n"
      "- {key: b, name: 只看, of: visit, sum: gift, per: cadre, each: once}\n",
      &error);
  const HxCap *cap, *open;

  (void)state;
  assert_null (error);
  assert_int_equal (hx_catalogue_caps (catalogue)->len, 2);
  cap = hx_catalogue_caps (catalogue)->pdata[0];
  open = hx_catalogue_caps (catalogue)->pdata[1];
  assert_string_equal (cap->kind->key, "visit");
  assert_string_equal (cap->sum->key, "gift");
  assert_string_equal (cap->per->key, "cadre");
  assert_int_equal (cap->each, HX_CAP_QUARTER);
  assert_true (cap->has_max);
  assert_int_equal (cap->max, 300000); /* 0.3 万元 */
  assert_string_equal (cap->document, "一号文");
  assert_int_equal (hx_date_number (cap->from), 20230101);
  assert_int_equal (hx_date_number (cap->until), 20231231);
  assert_int_equal (cap->unless->len, 1);
  assert_int_equal (cap->where->len, 1);
  assert_false (open->has_max);
  assert_int_equal (open->each, HX_CAP_ONCE);
  assert_int_equal (open->from.year, 0);
  assert_null (open->document);
}

static void
a_wrong_cap_is_refused_with_its_place (void **state)
{
  static const struct
  {
    const char *caps, *place, *says;
  } faults[] = {
    { "key: a\n", "1:1", "这里应当是一个列表" },
    { "- {key: a, name: 甲, of: fly, " WHOLE "}\n", "1:25", "没有台账“fly”" },
    { "- {key: a, name: 甲, of: cadre, " WHOLE "}\n", "1:25",
      "没有台账“cadre”" },
    { ONE (WHOLE) ONE (WHOLE), "2:9", "限额“a”重复" },
    { ONE ("sum: gift, per: cadre"), "1:3", "缺少“each”" },
    { ONE ("sum: gft, per: cadre, each: year"), "1:", "是不是“gift”？" },
    { ONE ("sum: occasion, per: cadre, each: year"),
      "1:", "sum 要写金额或数字字段" },
    { ONE ("sum: gift, per: occasion, each: year"),
      "1:", "per 要写指向名册的字段" },
    { ONE ("sum: gift, per: cadre, each: day"), "1:", "没有写明按什么期间算" },
    { ONE (WHOLE ", max: -1"), "1:", "限额不能是负数" },
    { ONE (WHOLE ", max: many"), "1:", "many" },
    { ONE (WHOLE ", from: 2023-02-30"), "1:", "2023-02-30" },
    { ONE (WHOLE ", from: 2023-02-03, until: 2023-02-02"),
      "1:", "until 早于 from" },
    { ONE (WHOLE ", unless: note"), "1:", "这里应当是一个列表" },
    { ONE (WHOLE ", unless: [gft]"), "1:", "是不是“gift”？" },
    { ONE (WHOLE ", where: {cadre.name: 甲}"), "1:", "只能是本行的字段" },
    { ONE (WHOLE ", wher: {}"), "1:", "是不是“where”？" },
  };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HxCatalogue) catalogue
          = load_with ("caps.yaml", faults[i].caps, &error);
      g_autofree char *place
          = g_strdup_printf ("caps.yaml:%s", faults[i].place);

      if (catalogue != NULL)
        fail_msg ("loaded, and should not: %s", faults[i].caps);
      if (!g_str_has_prefix (error->message, place)
          || strstr (error->message, faults[i].says) == NULL)
        fail_msg ("%s is refused with “%s”", faults[i].caps, error->message);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_cap_is_read_whole),
    cmocka_unit_test (a_wrong_cap_is_refused_with_its_place),
  };

  return cmocka_run_group_tests_name ("caps", tests, NULL, NULL);
}
