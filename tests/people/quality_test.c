#include "quality_test.h"

#include <glib/gstdio.h>

#define QUALITY                                                                \
  "- kind: person\n"                                                           \
  "  where: {status: [active, away]}\n"                                        \
  "  fresh: 24\n"                                                              \
  "  verified: {date: checked, by: checker, record: look,\n"                   \
  "             where: {result: [good, mended]}, surveyor: who,\n"             \
  "             campaign: campaign}\n"                                         \
  "  fields:\n"                                                                \
  "    - {field: birth_date, required: 99.5, fresh: 0}\n"                      \
  "    - {field: phone, required: 90, fresh: 12}\n"                            \
  "    - {field: home, required: 50, where: {home.kind: street}}\n"            \
  "    - {field: id_number, known_bad: note}\n"

static const char *const files[][2] = {
  { "catalogue.yaml", "key: test\nname: 测试\n" },
  { "codes.yaml", "status:\n  name: 状态\n  codes:\n"
                  "    - {code: active, name: 健在}\n"
                  "    - {code: away, name: 外地}\n"
                  "    - {code: dead, name: 已故}\n"
                  "unit_kind:\n  name: 类别\n  codes:\n"
                  "    - {code: street, name: 街道}\n"
                  "    - {code: office, name: 科室}\n"
                  "sex:\n  name: 性别\n  codes:\n"
                  "    - {code: '1', name: 男}\n"
                  "    - {code: '2', name: 女}\n"
                  "result:\n  name: 结果\n  codes:\n"
                  "    - {code: good, name: 无误}\n"
                  "    - {code: mended, name: 更正}\n"
                  "    - {code: away, name: 未联系上}\n" },
  { "registers/unit.yaml",
    "key: unit\nname: 机构\nidentity: [name]\nfields:\n"
    "  - {key: name, name: 名称, required: true}\n"
    "  - {key: kind, name: 类别, type: choice, codes: unit_kind}\n"
    "  - {key: parent, name: 上级, type: ref, to: unit}\n" },
  { "registers/person.yaml",
    "key: person\nname: 人员\nidentity: [number]\nunit: home\nfields:\n"
    "  - {key: number, name: 编号, required: true}\n"
    "  - {key: name, name: 姓名}\n"
    "  - {key: id_number, name: 身份证号, type: id_number}\n"
    "  - {key: birth_date, name: 出生日期, type: date, partial: true}\n"
    "  - {key: sex, name: 性别, type: choice, codes: sex}\n"
    "  - {key: phone, name: 手机, type: phone}\n"
    "  - {key: status, name: 状态, type: choice, codes: status,"
    " default: 健在}\n"
    "  - {key: home, name: 街道, type: ref, to: unit}\n"
    "  - {key: checked, name: 核实日期, type: date}\n"
    "  - {key: checker, name: 核实人}\n"
    "  - {key: note, name: 说明}\n" },
  { "registers/campaign.yaml",
    "key: campaign\nname: 摸查批次\nidentity: [number]\nfields:\n"
    "  - {key: number, name: 编号, required: true}\n"
    "  - {key: who, name: 范围}\n" },
  { "indicators.yaml",
    "- {key: with_phone, name: 甲, unit: 名, members: person,"
    " where: {phone: {filled: true}}}\n"
    "- {key: old, name: 乙, unit: 名, members: person,"
    " where: {birth_date: {max: 1941-12-31}}}\n"
    "- {key: looks, name: 丙, unit: 次, count: true, in: look}\n"
    "- {key: looks_at_phones, name: 丁, unit: 次, count: true, in: look,"
    " where: {person.phone: {filled: true}}}\n"
    "- {key: covered, name: 戊, unit: '%', coverage: person, in: look,"
    " of_where: {phone: {filled: true}}}\n"
    "- {key: share, name: 己, unit: '%', ratio: [with_phone, old]}\n" },
  { "records/look.yaml",
    "key: look\nname: 摸查\nof: person\nidentity: [number]\nfields:\n"
    "  - {key: number, name: 编号, required: true}\n"
    "  - {key: result, name: 结果, type: choice, codes: result}\n"
    "  - {key: who, name: 摸查人}\n"
    "  - {key: campaign, name: 批次, type: ref, to: campaign}\n" },
};

HxCatalogue *
bureau_catalogue (const char *quality, GError **error)
{
  g_autoptr (HxBundle) bundle = hx_bundle_new ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    hx_bundle_add (bundle, files[i][0], files[i][1]);
  hx_bundle_add (bundle, "quality.yaml", quality);
  return hx_catalogue_load (bundle, error);
}

static gboolean
install (HxConnection *connection, gpointer data, GError **error)
{
  return hx_ledger_migrate (connection, error)
         && hx_measure_migrate (connection, error)
         && hx_catalogue_install (connection, data, NULL, error)
         && hx_measure_sync (connection, data, NULL, error);
}

Bureau *
bureau_new (void)
{
  static const HxStoreOptions options = { .durability = HX_DURABLE_NORMAL };
  Bureau *bureau = g_new0 (Bureau, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  bureau->folder = g_dir_make_tmp ("hx-quality-XXXXXX", NULL);
  url = g_strdup_printf ("sqlite:%s/a.db", bureau->folder);
  bureau->store = hx_store_open (url, HX_STORE_CREATE, &options, &error);
  assert_no_error (error);
  bureau->catalogue = bureau_catalogue (QUALITY, &error);
  assert_no_error (error);
  hx_write (bureau->store, install, bureau->catalogue, &error);
  assert_no_error (error);
  bureau->person = hx_catalogue_kind (bureau->catalogue, "person");
  bureau->quality = hx_catalogue_quality (bureau->catalogue, bureau->person);
  return bureau;
}

void
bureau_free (Bureau *bureau)
{
  g_autoptr (GDir) folder = g_dir_open (bureau->folder, 0, NULL);
  const char *name;

  hx_reader_free (bureau->reader);
  hx_store_close (bureau->store);
  hx_catalogue_unref (bureau->catalogue);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (bureau->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (bureau->folder);
  g_free (bureau->folder);
  g_free (bureau);
}

HxConnection *
bureau_read (Bureau *bureau)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&bureau->reader, hx_reader_free);
  bureau->reader = hx_store_reader (bureau->store, &error);
  assert_no_error (error);
  return hx_reader_connection (bureau->reader);
}

/* ------------------------------------------------------------------ writes */

typedef struct
{
  Bureau *bureau;
  const char *const *lines;
  guint n_lines;
} Play;

static gboolean
put_line (HxLedger *ledger, HxCatalogue *catalogue, const char *line,
          GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  const HxKind *kind = hx_catalogue_kind (catalogue, words[0]);
  g_autoptr (HxRow) row = hx_row_new (kind);
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { sentences };
  HxPutOutcome outcome;

  for (char **word = words + 1; *word != NULL; word++)
    {
      g_auto (GStrv) parts = g_strsplit (*word, "=", 2);

      hx_row_set (ledger, row, hx_kind_field (kind, parts[0]), parts[1],
                  &faults, error);
    }
  hx_row_check (ledger, row, NULL, &faults, error);
  if (sentences->len > 0)
    return hx_fail (error, HX_ERROR_DATA, sentences->pdata[0], line, NULL);
  return hx_ledger_put (ledger, row, NULL, &outcome, &faults, error);
}

static gboolean
play (HxLedger *ledger, gpointer data, GError **error)
{
  Play *own = data;

  for (guint i = 0; i < own->n_lines; i++)
    if (!put_line (ledger, own->bureau->catalogue, own->lines[i], error))
      return FALSE;
  return TRUE;
}

void
bureau_put (Bureau *bureau, const char *const *lines, guint n_lines)
{
  static const HxAuthor author = { "测试员", "试验" };
  Play own = { bureau, lines, n_lines };
  g_autoptr (GError) error = NULL;

  hx_measure_write (bureau->store, bureau->catalogue, &author, play, &own,
                    &error);
  assert_no_error (error);
}

static gboolean
execute (HxConnection *connection, gpointer data, GError **error)
{
  return hx_execute (connection, data, error);
}

void
bureau_sql (Bureau *bureau, const char *sql)
{
  g_autofree char *copy = g_strdup (sql);
  g_autoptr (GError) error = NULL;

  hx_write (bureau->store, execute, copy, &error);
  assert_no_error (error);
}
