/* What the test programs of this room share. */
#ifndef HX_CATALOGUE_TEST_SUPPORT_H
#define HX_CATALOGUE_TEST_SUPPORT_H

#include "catalogue/catalogue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "key: test\nname: 试验局\n"
#define UNIT                                                                   \
  "key: unit\nname: 机构\nidentity: [name]\nfields:\n"                       \
  "  - {key: name, name: 名称, type: text, required: true}\n"                \
  "  - {key: parent, name: 上级, type: ref, to: unit}\n"
#define CODES                                                                  \
  "status:\n  name: 状态\n  codes:\n"                                        \
  "    - {code: active, name: 在世}\n"                                       \
  "    - {code: away, name: 外出, aliases: [外地]}\n"                      \
  "occasion:\n  name: 事由\n  codes:\n"                                      \
  "    - {code: birthday, name: 生日, aliases: [祝寿]}\n"                  \
  "    - {code: NO, name: 其他}\n"
#define CADRE                                                                  \
  "key: cadre\nname: 老干部\nunit: street\nidentity: [id_no]\nfields:\n"    \
  "  - {key: id_no, name: 身份证号, type: id_number, unique: true}\n"      \
  "  - {key: name, name: 姓名, type: text, max: 40}\n"                       \
  "  - {key: street, name: 街道, type: ref, to: unit}\n"                     \
  "  - {key: status, name: 状态, type: choice, codes: status,\n"             \
  "     default: active}\n"
#define VISIT                                                                   \
  "key: visit\nname: 走访慰问\naliases: [慰问登记]\nof: cadre\n"        \
  "identity: [cadre, date, occasion]\nfields:\n"                                \
  "  - {key: occasion, name: 事由, aliases: [原因], type: choice,\n"        \
  "     codes: occasion, required: true}\n"                                     \
  "  - {key: gift, name: 慰问金, type: money, money_unit: 万元, min: 0}\n" \
  "  - {key: people, name: 参加人, type: attendees, to: cadre}\n"
#define INDICATORS                                                                  \
  "- {key: greetings, name: 祝福人数, unit: 名, distinct: cadre, in: visit,\n" \
  "   until: 11-30, where: {occasion: 祝寿, cadre.status: [active, 外地],\n"    \
  "   gift: {min: 0.5}}}\n"                                                         \
  "- {key: visits, name: 走访数, unit: 名, count: true, in: visit}\n"           \
  "- {key: gifts, name: 慰问金额, unit: 万元, sum: gift, in: visit}\n"        \
  "- {key: cadres, name: 人数, unit: 名, members: cadre}\n"                      \
  "- {key: reach, name: 覆盖率, unit: '%', coverage: cadre, in: visit}\n"        \
  "- {key: rate, name: 比率, unit: '%', ratio: [visits, cadres]}\n"               \
  "- {key: both, name: 合计, unit: 名, total: [visits, greetings]}\n"            \
  "- {key: full, name: 达标数, unit: 项, reached: [reach]}\n"                   \
  "- {key: hand, name: 手填, unit: 项, typed: 1.10}\n"

static inline HxBundle *
sample_bundle (void)
{
  HxBundle *bundle = hx_bundle_new ();

  hx_bundle_add (bundle, "catalogue.yaml", HEAD);
  hx_bundle_add (bundle, "codes.yaml", CODES);
  hx_bundle_add (bundle, "registers/unit.yaml", UNIT);
  hx_bundle_add (bundle, "registers/cadre.yaml", CADRE);
  hx_bundle_add (bundle, "records/visit.yaml", VISIT);
  hx_bundle_add (bundle, "indicators.yaml", INDICATORS);
  return bundle;
}

static inline HxCatalogue *
must_load (HxBundle *bundle)
{
  g_autoptr (GError) error = NULL;
  HxCatalogue *catalogue = hx_catalogue_load (bundle, &error);

  if (error != NULL)
    print_error ("%s\n", error->message);
  assert_non_null (catalogue);
  return catalogue;
}

/* The sample with one file put in its place. */
static inline HxCatalogue *
load_with (const char *path, const char *text, GError **error)
{
  g_autoptr (HxBundle) bundle = sample_bundle ();

  hx_bundle_add (bundle, path, text);
  return hx_catalogue_load (bundle, error);
}

#endif
