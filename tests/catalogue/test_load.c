/* Loading: what a good catalogue becomes, how a wrong one is refused. */
#include "support.h"

#include <glib/gstdio.h>
#include <unistd.h>

static void
a_kind_has_its_system_fields_first (void **state)
{
  g_autoptr (HxBundle) bundle = sample_bundle ();
  g_autoptr (HxCatalogue) catalogue = must_load (bundle);
  const HxKind *visit = hx_catalogue_kind (catalogue, "慰问登记");
  const HxKind *cadre = hx_catalogue_kind (catalogue, "cadre");

  (void)state;
  assert_non_null (visit);
  assert_string_equal (visit->table, "rec_visit");
  assert_string_equal (cadre->table, "reg_cadre");
  assert_ptr_equal (visit->fields->pdata[0], visit->date);
  assert_ptr_equal (visit->fields->pdata[1], visit->of_field);
  assert_true (visit->date->required && visit->date->system);
  assert_ptr_equal (visit->of, cadre);
  assert_ptr_equal (cadre->fields->pdata[0], cadre->since);
  assert_ptr_equal (cadre->fields->pdata[1], cadre->until);
  assert_string_equal (hx_field_column (visit->date), "day");
  assert_string_equal (hx_field_column (cadre->since), "day");
  assert_string_equal (hx_field_column (cadre->until), "until");
  for (guint i = 0; i < visit->fields->len; i++)
    assert_int_equal (((HxField *)visit->fields->pdata[i])->index, i);
  assert_int_equal (visit->identity->len, 3);
}

static void
a_unit_is_found_through_the_first_reference (void **state)
{
  g_autoptr (HxBundle) bundle = sample_bundle ();
  g_autoptr (HxCatalogue) catalogue = must_load (bundle);
  const HxKind *visit = hx_catalogue_kind (catalogue, "visit");
  const HxKind *cadre = hx_catalogue_kind (catalogue, "cadre");

  (void)state;
  assert_ptr_equal (cadre->unit, hx_kind_field (cadre, "street"));
  assert_null (visit->unit);
  assert_ptr_equal (visit->unit_from, visit->of_field);
}

static void
fields_are_found_by_key_label_and_alias (void **state)
{
  static const char *const labels[] = { "occasion", "事由", "原因（必填）" };
  g_autoptr (HxBundle) bundle = sample_bundle ();
  g_autoptr (HxCatalogue) catalogue = must_load (bundle);
  const HxKind *visit = hx_catalogue_kind (catalogue, "visit");
  const HxField *gift = hx_kind_field (visit, "gift");

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    assert_ptr_equal (hx_kind_field_by_label (visit, labels[i]),
                      hx_kind_field (visit, "occasion"));
  assert_null (hx_kind_field_by_label (visit, "天气"));
  assert_int_equal (gift->money_unit, HX_MONEY_WAN_YUAN);
  assert_true (gift->has_min && !gift->has_max);
}

/* Phones share one domain of digests, ID numbers another, texts have theirs. */
static void
a_secret_field_that_is_looked_up_has_a_digest (void **state)
{
  static const struct
  {
    const char *key, *column, *domain;
  } expected[] = { { "paper", "paper_digest", "id_number" },
                   { "phone", "phone_digest", "phone" },
                   { "fax", "fax_digest", "phone" },
                   { "card", "card_digest", "x.card" },
                   { "number", "number_digest", "x.number" },
                   { "open", NULL, NULL },
                   { "plain", NULL, NULL } };
  g_autoptr (HxCatalogue) catalogue = load_with (
      "registers/x.yaml",
      "key: x\nname: 乙\nidentity: [number]\nfields:\n"
      "  - {key: number, name: 号, secret: true}\n"
      "  - {key: paper, name: 身份证号, type: id_number, secret: true}\n"
      "  - {key: phone, name: 电话, type: phone, secret: true}\n"
      "  - {key: fax, name: 传真, type: phone, secret: true}\n"
      "  - {key: card, name: 卡, unique: true, secret: true}\n"
      "  - {key: open, name: 住址, secret: true}\n"
      "  - {key: plain, name: 公开电话, type: phone}\n",
      NULL);
  const HxKind *kind = hx_catalogue_kind (catalogue, "x");

  (void)state;
  assert_true (kind->has_secrets && kind->secret_identity);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const HxField *field = hx_kind_field (kind, expected[i].key);

      assert_int_equal (g_strcmp0 (field->digest_column, expected[i].column),
                        0);
      assert_int_equal (g_strcmp0 (field->digest_domain, expected[i].domain),
                        0);
    }
}

static void
a_condition_can_only_ask_whether_a_secret_is_filled (void **state)
{
  static const struct
  {
    const char *where, *fault;
  } cases[] = { { "{phone: '13800138000'}", "indicators.yaml:2:" },
                { "{mood: active}", "indicators.yaml:2:" },
                { "{phone: {filled: true}, mood: {filled: false}}", NULL } };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HxBundle) bundle = sample_bundle ();
      g_autoptr (GError) error = NULL;
      g_autofree char *indicators = g_strdup_printf (
          "- {key: a, name: 甲, unit: 名, members: x,\n   where: %s}\n",
          cases[i].where);
      g_autoptr (HxCatalogue) catalogue = NULL;

      hx_bundle_add (bundle, "registers/x.yaml",
                     "key: x\nname: 乙\nfields:\n  - {key: name, name: 名}\n"
                     "  - {key: phone, name: 话, type: phone, secret: true}\n"
                     "  - {key: mood, name: 况, type: choice, codes: status,"
                     " secret: true}\n");
      hx_bundle_add (bundle, "indicators.yaml", indicators);
      catalogue = hx_catalogue_load (bundle, &error);
      assert_int_equal (catalogue == NULL, cases[i].fault != NULL);
      if (error != NULL)
        {
          assert_non_null (strstr (error->message, cases[i].fault));
          assert_non_null (strstr (error->message, "只能问填没填"));
        }
    }
}

static void
no_stays_text (void **state)
{
  g_autoptr (HxBundle) bundle = sample_bundle ();
  g_autoptr (HxCatalogue) catalogue = must_load (bundle);
  const HxField *field
      = hx_kind_field (hx_catalogue_kind (catalogue, "visit"), "occasion");

  (void)state;
  assert_string_equal (hx_code_find (field->codes, "其他")->code, "NO");
  assert_string_equal (hx_code_find (field->codes, "祝寿")->code, "birthday");
  assert_null (hx_code_find (field->codes, "false"));
}

static void
conditions_hold_stored_values (void **state)
{
  g_autoptr (HxBundle) bundle = sample_bundle ();
  g_autoptr (HxCatalogue) catalogue = must_load (bundle);
  const HxIndicator *one = hx_catalogue_indicator (catalogue, "greetings");
  const HxCondition *first = one->where->pdata[0];
  const HxCondition *second = one->where->pdata[1];
  const HxCondition *third = one->where->pdata[2];

  (void)state;
  assert_int_equal (one->measure, HX_MEASURE_DISTINCT);
  assert_string_equal (first->texts[0], "birthday");
  assert_ptr_equal (second->reference, one->kind->of_field);
  assert_string_equal (second->texts[1], "away");
  assert_int_equal (third->test, HX_TEST_RANGE);
  assert_true (third->has_min);
  assert_int_equal (third->min, 500000);
  assert_int_equal (one->until_month, 11);
  assert_int_equal (one->until_day, 30);
  assert_non_null (strstr (one->query, "事由为生日"));
  assert_non_null (strstr (one->query, "不小于5000.00元"));
}

static void
every_measure_is_resolved (void **state)
{
  g_autoptr (HxBundle) bundle = sample_bundle ();
  g_autoptr (HxCatalogue) catalogue = must_load (bundle);
  const GPtrArray *all = hx_catalogue_indicators (catalogue);
  const HxIndicator *reach = hx_catalogue_indicator (catalogue, "reach");
  const HxIndicator *rate = hx_catalogue_indicator (catalogue, "rate");

  (void)state;
  assert_int_equal (all->len, 9);
  for (guint i = 0; i < all->len; i++)
    {
      const HxIndicator *one = all->pdata[i];

      assert_int_equal (one->index, i);
      assert_int_equal (strlen (one->digest), 64);
      assert_true (*one->query != '\0');
    }
  assert_ptr_equal (reach->field, reach->kind->of_field);
  assert_ptr_equal (rate->parts->pdata[1],
                    hx_catalogue_indicator (catalogue, "cadres"));
  assert_int_equal (rate->decimals, 2);
  assert_true (hx_catalogue_indicator (catalogue, "gifts")->is_money);
  assert_int_equal (hx_catalogue_indicator (catalogue, "hand")->typed.scale, 2);
}

static void
the_digest_changes_with_the_rule_but_not_with_the_label (void **state)
{
  g_autoptr (HxBundle) bundle = sample_bundle ();
  g_autoptr (HxCatalogue) before = must_load (bundle);
  g_autoptr (HxCatalogue) renamed = load_with (
      "indicators.yaml",
      "- {key: visits, name: 新名, unit: 次, count: true, in: visit}\n", NULL);
  g_autoptr (HxCatalogue) changed
      = load_with ("indicators.yaml",
                   "- {key: visits, name: 走访数, unit: 名, count: true,"
                   " in: visit, where: {occasion: birthday}}\n",
                   NULL);
  const char *digest = hx_catalogue_indicator (before, "visits")->digest;

  (void)state;
  assert_string_equal (hx_catalogue_indicator (renamed, "visits")->digest,
                       digest);
  assert_string_not_equal (hx_catalogue_indicator (changed, "visits")->digest,
                           digest);
}

typedef struct
{
  const char *path, *text, *place, *part;
} Case;

#define ONE(rest) "- {key: a, name: 甲, unit: 次, " rest "}\n"
#define KIND(rest)                                                             \
  "key: x\nname: 乙\nfields:\n  - {key: f, name: 丙, " rest "}\n"

static const Case cases[] = {
  { "catalogue.yaml", "key: a\nname: b\nnmae: c\n", "catalogue.yaml:3:1",
    "是不是“name”" },
  { "catalogue.yaml", "key: a\nname: b\nkey: c\n", "catalogue.yaml:3:1",
    "重复" },
  { "catalogue.yaml", "key: a\nname: b\ndigest: md5\n", "catalogue.yaml:3:9",
    "md5" },
  { "catalogue.yaml", "key: &a b\nname: *a\n", "catalogue.yaml:1:", "锚点" },
  { "catalogue.yaml", "key: !!str b\nname: a\n", "catalogue.yaml:1:", "标签" },
  { "catalogue.yaml", "key: a\n", "catalogue.yaml:1:1", "name" },
  { "catalogue.yaml", "", "catalogue.yaml:1:1", "没有这个文件" },
  { "catalogue.yaml", "key: [a\n", "catalogue.yaml:", "YAML" },
  { "catalogue.yaml", "key: a\nname: b\n---\nkey: c\n",
    "catalogue.yaml:4:", "一份内容" },
  { "records/x.yaml", KIND ("type: txt"), "records/x.yaml:4:29",
    "是不是“text”" },
  { "records/x.yaml", KIND ("type: choice"), "records/x.yaml:4:5", "codes" },
  { "records/x.yaml", KIND ("type: choice, codes: statu"),
    "records/x.yaml:4:", "是不是“status”" },
  { "records/x.yaml", KIND ("type: ref, to: cadr"),
    "records/x.yaml:4:", "是不是“cadre”" },
  { "records/x.yaml", KIND ("type: ref, to: visit"),
    "records/x.yaml:4:", "不是名册" },
  { "records/x.yaml", KIND ("type: money, min: 0.001"),
    "records/x.yaml:4:", "0.001" },
  { "records/x.yaml", KIND ("type: integer, min: 5, max: 2"),
    "records/x.yaml:4:", "min 大于 max" },
  { "records/x.yaml", KIND ("type: integer, max: 5, default: 6"),
    "records/x.yaml:4:55", "不在 min 和 max 之间" },
  { "records/x.yaml", KIND ("type: text, pattern: '[0-9]+', default: 5a"),
    "records/x.yaml:4:", "不合 pattern" },
  { "records/x.yaml", KIND ("type: bool, default: maybe"),
    "records/x.yaml:4:", "不是是非值" },
  { "records/x.yaml", KIND ("type: ref, to: cadre, default: 张三"),
    "records/x.yaml:4:", "不用“default”" },
  { "records/x.yaml", KIND ("type: text, required: yes"),
    "records/x.yaml:4:", "true 或 false" },
  { "records/x.yaml", KIND ("type: text, many: true"),
    "records/x.yaml:4:", "不用“many”" },
  { "records/x.yaml", KIND ("type: text, pattern: '('"),
    "records/x.yaml:4:", "(" },
  { "statistics.yaml", "- {key: t, name: 甲, of: cadre}\n",
    "statistics.yaml:1:3", "缺少“rows”" },
  { "statistics.yaml", "- {key: t, name: 甲, of: visit, rows: [date]}\n",
    "statistics.yaml:1:", "没有名册" },
  { "statistics.yaml", "- {key: t, name: 甲, of: cadre, rows: [nobody]}\n",
    "statistics.yaml:1:", "没有字段“nobody”" },
  { "statistics.yaml", "- {key: t, name: 甲, of: cadre, rows: [id_no]}\n",
    "statistics.yaml:1:", "不能按" },
  { "statistics.yaml", "- {key: t, name: 甲, of: cadre, rows: []}\n",
    "statistics.yaml:1:", "1 到 3 个" },
  { "statistics.yaml",
    "- {key: t, name: 甲, of: cadre, rows: [street], ages: [70, 60]}\n",
    "statistics.yaml:1:", "年龄段不对" },
  { "statistics.yaml",
    "- {key: t, name: 甲, of: cadre, rows: [street], columns: [street],"
    " balance: true}\n",
    "statistics.yaml:1:", "平衡表" },
  { "statistics.yaml",
    "- {key: t, name: 甲, of: cadre, rows: [street], where: {since: {min:"
    " 2020-01-01}}}\n",
    "statistics.yaml:1:", "只能是代码" },
  { "records/x.yaml", KIND ("type: text, dated: true"),
    "records/x.yaml:4:", "只有名册" },
  { "registers/x.yaml", KIND ("type: text, secret: true, dated: true"),
    "registers/x.yaml:4:", "保密字段不能有变动日期" },
  { "registers/x.yaml", KIND ("type: text, unique: true, dated: true"),
    "registers/x.yaml:4:", "不能有变动日期" },
  { "registers/x.yaml", KIND ("type: text, dated: true"),
    "registers/x.yaml:1:", "identity" },
  { "registers/x.yaml",
    "key: x\nname: 乙\nfields:\n  - {key: a, name: 丙}\n"
    "  - {key: until, name: 丁, dated: true}\n",
    "registers/x.yaml:5:", "不能有变动日期" },
  { "registers/x.yaml", KIND ("type: text, fixed: true, dated: true"),
    "registers/x.yaml:4:", "不会随日期变动" },
  { "records/x.yaml", KIND ("type: ref, to: cadre, fixed: true"),
    "records/x.yaml:4:", "不用“fixed”" },
  { "records/x.yaml", KIND ("type: text, instead: 甲"),
    "records/x.yaml:4:", "登记后不变" },
  { "records/x.yaml", KIND ("type: attendees, to: cadre, dated: true"),
    "records/x.yaml:4:", "不用“dated”" },
  { "records/x.yaml", "key: x\nname: 乙\nfields:\n  - {key: seq, name: 丙}\n",
    "records/x.yaml:4:11", "保留" },
  { "records/x.yaml", "key: x\nname: 乙\nfields:\n  - {key: 'a;b', name: 丙}\n",
    "records/x.yaml:4:11", "不能作名字" },
  { "records/x.yaml", "key: x\nname: 乙\nof: nobody\n", "records/x.yaml:3:5",
    "nobody" },
  { "records/x.yaml", "key: x\nname: 乙\nidentity: [dat]\n",
    "records/x.yaml:3:12", "是不是“date”" },
  { "records/x.yaml", "key: cadre\nname: 乙\n", "records/x.yaml:1:", "重复" },
  { "records/x.yaml", "key: x\nname: 乙\nsearch: [date]\n",
    "records/x.yaml:3:9", "只有名册可以搜索" },
  { "registers/x.yaml",
    "key: x\nname: 乙\nsearch: [nam]\nfields:\n"
    "  - {key: name, name: 丙}\n",
    "registers/x.yaml:3:10", "是不是“name”" },
  { "registers/x.yaml",
    "key: x\nname: 乙\nsearch: [p]\nfields:\n"
    "  - {key: p, name: 丙, type: phone}\n",
    "registers/x.yaml:3:9", "“p”不能搜索" },
  { "registers/x.yaml",
    "key: x\nname: 乙\nsearch: [p]\nfields:\n"
    "  - {key: p, name: 丙, secret: true}\n",
    "registers/x.yaml:3:9", "“p”不能搜索" },
  { "records/x.yaml", KIND ("type: text, secret: true, default: 甲"),
    "records/x.yaml:4:", "保密的字段不能有默认值" },
  { "records/x.yaml", KIND ("type: date, secret: true"),
    "records/x.yaml:4:", "不用“secret”" },
  { "records/x.yaml", KIND ("type: money, secret: true"),
    "records/x.yaml:4:", "不用“secret”" },
  { "records/x.yaml", KIND ("type: text, known_bad: note"),
    "records/x.yaml:4:", "不用“known_bad”" },
  { "records/x.yaml", KIND ("type: id_number, known_bad: note"),
    "records/x.yaml:4:", "“note”不是这个种类的文本字段" },
  { "records/x.yaml", KIND ("type: id_number, known_bad: date"),
    "records/x.yaml:4:", "“date”不是这个种类的文本字段" },
  { "records/x.yaml",
    "key: x\nname: 乙\nfields:\n"
    "  - {key: p, name: 丙, type: phone, secret: true}\n"
    "  - {key: p_digest, name: 丁}\n",
    "records/x.yaml:1:", "摘要列" },
  { "indicators.yaml", ONE ("count: true"), "indicators.yaml:1:", "in" },
  { "indicators.yaml", ONE ("count: true, sum: gift, in: visit"),
    "indicators.yaml:1:", "一种算法" },
  { "indicators.yaml", ONE ("sum: occasion, in: visit"),
    "indicators.yaml:1:", "不能这样统计" },
  { "indicators.yaml", ONE ("sum: gft, in: visit"),
    "indicators.yaml:1:", "是不是“gift”" },
  { "indicators.yaml", ONE ("ratio: [a, a]"),
    "indicators.yaml:1:", "绕回了自己" },
  { "indicators.yaml", ONE ("total: [b]"), "indicators.yaml:1:", "没有指标" },
  { "indicators.yaml", ONE ("members: visit"),
    "indicators.yaml:1:", "没有名册" },
  { "indicators.yaml", ONE ("count: true, in: visit, where: {occasion: lunch}"),
    "indicators.yaml:1:", "lunch" },
  { "indicators.yaml",
    ONE ("count: true, in: visit, where: {occasion: {min: 1}}"),
    "indicators.yaml:1:", "没有大小" },
  { "indicators.yaml", ONE ("count: true, in: visit, where: {cadre: 3}"),
    "indicators.yaml:1:", "填没填" },
  { "indicators.yaml", ONE ("count: true, in: visit, where: {gift.x: 3}"),
    "indicators.yaml:1:", "不是引用" },
  { "indicators.yaml", ONE ("count: true, in: visit, until: 02-30"),
    "indicators.yaml:1:", "月-日" },
  { "indicators.yaml", ONE ("count: true, in: visit, of_where: {name: 甲}"),
    "indicators.yaml:1:", "只有 coverage" },
  { "indicators.yaml",
    ONE ("coverage: cadre, in: visit, of_where: {street.name: 甲}"),
    "indicators.yaml:1:", "不能经“street”" },
  { "indicators.yaml",
    ONE ("count: true, in: visit") "- {key: m, name: 丁, unit: 万元, sum: "
                                   "gift, in: visit}\n"
                                   "- {key: t, name: 戊, unit: 次, total: [a, "
                                   "m]}\n",
    "indicators.yaml:3:", "单位" },
};

static void
a_fault_names_its_place_and_what_to_do (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HxCatalogue) catalogue
          = load_with (cases[i].path, cases[i].text, &error);

      if (catalogue != NULL || error == NULL)
        fail_msg ("case %u was accepted: %s", i, cases[i].text);
      if (strstr (error->message, cases[i].place) == NULL
          || strstr (error->message, cases[i].part) == NULL)
        fail_msg ("case %u: %s", i, error->message);
      assert_int_equal (error->code, HX_ERROR_DATA);
    }
}

static void
at_most_twenty_faults_are_told (void **state)
{
  g_autoptr (GString) text = g_string_new (HEAD);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;

  (void)state;
  for (int i = 0; i < 30; i++)
    g_string_append_printf (text, "wrong%d: 1\n", i);
  assert_null (load_with ("catalogue.yaml", text->str, &error));
  lines = g_strsplit (error->message, "\n", -1);
  assert_int_equal (g_strv_length (lines), HX_CATALOGUE_FAULTS_MAX + 1);
  assert_non_null (strstr (lines[19], "catalogue.yaml:22:1"));
}

static void
a_folder_is_read_and_its_links_are_refused (void **state)
{
  g_autofree char *folder = g_dir_make_tmp ("hx-catalogue-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "catalogue.yaml", NULL);
  g_autofree char *other = g_build_filename (folder, "codes.yaml", NULL);
  g_autoptr (HxCatalogue) catalogue = NULL;
  g_autoptr (GError) error = NULL;

  (void)state;
  assert_true (g_file_set_contents (file, HEAD, -1, NULL));
  catalogue = hx_catalogue_load_folder (folder, NULL);
  assert_non_null (catalogue);
  assert_string_equal (hx_catalogue_name (catalogue), "试验局");
  assert_string_equal (hx_catalogue_text (catalogue, "catalogue.yaml"), HEAD);
  assert_int_equal (symlink ("/etc/hostname", other), 0);
  assert_null (hx_catalogue_load_folder (folder, &error));
  assert_non_null (strstr (error->message, "codes.yaml"));
  g_unlink (other);
  g_unlink (file);
  g_rmdir (folder);
}

/* ------------------------------------------------------------------ limits */

static void
a_kind_has_at_most_two_hundred_fields (void **state)
{
  g_autoptr (GString) text = g_string_new ("key: x\nname: 乙\nfields:\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (HxCatalogue) most = NULL;

  (void)state;
  for (int i = 0; i < HX_CATALOGUE_FIELDS_MAX; i++)
    g_string_append_printf (text, "  - {key: f%d, name: 栏%d}\n", i, i);
  most = load_with ("records/x.yaml", text->str, &error);
  assert_non_null (most);
  g_string_append (text, "  - {key: last, name: 末栏}\n");
  assert_null (load_with ("records/x.yaml", text->str, &error));
  assert_non_null (strstr (error->message, "records/x.yaml:4:"));
  assert_non_null (strstr (error->message, "200"));
}

static void
a_file_has_at_most_four_megabytes (void **state)
{
  g_autofree char *folder = g_dir_make_tmp ("hx-catalogue-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "catalogue.yaml", NULL);
  g_autofree char *text = g_malloc (HX_CATALOGUE_FILE_MAX + 1);
  g_autoptr (HxCatalogue) catalogue = NULL;
  g_autoptr (GError) error = NULL;

  (void)state;
  memset (text, '#', HX_CATALOGUE_FILE_MAX + 1);
  memcpy (text, HEAD, strlen (HEAD));
  assert_true (
      g_file_set_contents (file, text, HX_CATALOGUE_FILE_MAX + 1, NULL));
  assert_null (hx_catalogue_load_folder (folder, &error));
  assert_int_equal (error->code, HX_ERROR_LIMIT);
  assert_non_null (strstr (error->message, "catalogue.yaml"));
  assert_true (g_file_set_contents (file, text, HX_CATALOGUE_FILE_MAX, NULL));
  catalogue = hx_catalogue_load_folder (folder, NULL);
  assert_non_null (catalogue);
  g_unlink (file);
  g_rmdir (folder);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_kind_has_its_system_fields_first),
    cmocka_unit_test (a_unit_is_found_through_the_first_reference),
    cmocka_unit_test (fields_are_found_by_key_label_and_alias),
    cmocka_unit_test (a_secret_field_that_is_looked_up_has_a_digest),
    cmocka_unit_test (a_condition_can_only_ask_whether_a_secret_is_filled),
    cmocka_unit_test (no_stays_text),
    cmocka_unit_test (conditions_hold_stored_values),
    cmocka_unit_test (every_measure_is_resolved),
    cmocka_unit_test (the_digest_changes_with_the_rule_but_not_with_the_label),
    cmocka_unit_test (a_fault_names_its_place_and_what_to_do),
    cmocka_unit_test (at_most_twenty_faults_are_told),
    cmocka_unit_test (a_kind_has_at_most_two_hundred_fields),
    cmocka_unit_test (a_file_has_at_most_four_megabytes),
    cmocka_unit_test (a_folder_is_read_and_its_links_are_refused),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
