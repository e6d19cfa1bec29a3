#include "duty_test.h"

#include "ledger/history.h"

#include <glib/gstdio.h>

static const char *const files[][2] = {
  { "catalogue.yaml", "key: test\nname: 测试\nversion: 1\ndigest: sha256\n" },
  { "codes.yaml", "occasion:\n  name: 事由\n  codes:\n"
                  "    - {code: birthday, name: 生日}\n"
                  "    - {code: ward, name: 探视}\n"
                  "    - {code: home, name: 家访}\n"
                  "calendar:\n  name: 历法\n  codes:\n"
                  "    - {code: solar, name: 公历}\n"
                  "    - {code: lunar, name: 农历}\n"
                  "duty_by:\n  name: 承办\n  codes:\n"
                  "    - {code: bureau, name: 局}\n"
                  "    - {code: street, name: 街道}\n"
                  "step:\n  name: 步骤\n  codes:\n"
                  "    - {code: talk, name: 谈话}\n"
                  "    - {code: gift, name: 送礼}\n"
                  "    - {code: class, name: 听课}\n" },
  { "registers/unit.yaml",
    "key: unit\nname: 机构\nidentity: [name]\nfields:\n"
    "  - {key: name, name: 名称, type: text, required: true}\n"
    "  - {key: parent, name: 上级, type: ref, to: unit}\n" },
  { "registers/person.yaml",
    "key: person\nname: 人员\nidentity: [name]\nunit: home\nfields:\n"
    "  - {key: name, name: 姓名, type: text, required: true}\n"
    "  - {key: birth_date, name: 出生日期, type: date, partial: true}\n"
    "  - {key: calendar, name: 过生日按, type: choice, codes: calendar}\n"
    "  - {key: lunar_day, name: 农历生日, type: text}\n"
    "  - {key: hidden, name: 暗语, type: text, secret: true}\n"
    "  - {key: home, name: 机构, type: ref, to: unit}\n"
    "  - {key: level, name: 级别, type: integer}\n"
    "  - {key: veteran, name: 离休, type: bool}\n"
    "  - {key: joined, name: 入党, type: date, partial: true}\n"
    "  - {key: until, name: 去世, type: date, partial: true}\n" },
  { "records/visit.yaml",
    "key: visit\nname: 走访\nof: person\nidentity: [number]\nfields:\n"
    "  - {key: number, name: 编号, type: text, required: true}\n"
    "  - {key: date, name: 日期, type: date, required: true, partial: true}\n"
    "  - {key: occasion, name: 事由, type: choice, codes: occasion}\n" },
  { "records/call.yaml",
    "key: call\nname: 电话\nidentity: [number]\nfields:\n"
    "  - {key: number, name: 编号, type: text, required: true}\n"
    "  - {key: whom, name: 对象, type: ref, to: person}\n" },
  { "records/taken.yaml",
    "key: taken\nname: 步骤登记\nof: person\nidentity: [number]\nfields:\n"
    "  - {key: number, name: 编号, type: text, required: true}\n"
    "  - {key: step, name: 步骤, type: choice, codes: step}\n" },
  { "records/stay.yaml",
    "key: stay\nname: 住院\nof: person\nidentity: [number]\nfields:\n"
    "  - {key: number, name: 编号, type: text, required: true}\n"
    "  - {key: date, name: 日期, type: date, required: true, partial: true}\n"
    "  - {key: days, name: 天数, type: integer}\n" },
};

void
check (gboolean done, const GError *error)
{
  if (!done)
    fail_msg ("%s", error != NULL ? error->message : "no error is set");
}

static const Extra none[] = { { NULL, NULL } };

HxBundle *
bureau_bundle (const char *duties)
{
  HxBundle *bundle = hx_bundle_new ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    hx_bundle_add (bundle, files[i][0], files[i][1]);
  hx_bundle_add (bundle, "duties.yaml", duties);
  return bundle;
}

static gboolean
install (HxConnection *connection, gpointer data, GError **error)
{
  HxInstallSummary summary;

  return hx_ledger_migrate (connection, error)
         && hx_catalogue_install (connection, data, &summary, error);
}

Fixture *
fixture_new (const char *duties)
{
  return fixture_with (duties, none);
}

Fixture *
fixture_with (const char *duties, const Extra *extra)
{
  static const HxStoreOptions options = { .durability = HX_DURABLE_NORMAL };
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autoptr (HxBundle) bundle = bureau_bundle (duties);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  for (; extra->path != NULL; extra++)
    hx_bundle_add (bundle, extra->path, extra->text);
  fixture->folder = g_dir_make_tmp ("hx-duty-XXXXXX", NULL);
  url = g_strdup_printf ("sqlite:%s/a.db", fixture->folder);
  fixture->store = hx_store_open (url, HX_STORE_CREATE, &options, &error);
  check (fixture->store != NULL, error);
  fixture->catalogue = hx_catalogue_load (bundle, &error);
  check (fixture->catalogue != NULL, error);
  check (hx_write (fixture->store, install, fixture->catalogue, &error), error);
  return fixture;
}

void
fixture_free (Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  hx_store_close (fixture->store);
  hx_catalogue_unref (fixture->catalogue);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture);
}

/* ------------------------------------------------------------------ writes */

typedef struct
{
  HxCatalogue *catalogue;
  const char *const *lines;
  guint n_lines;
  gint64 *ids;
} Play;

static gboolean
set (HxLedger *ledger, HxRow *row, char **words, HxFaults *faults,
     GError **error)
{
  for (; *words != NULL; words++)
    {
      g_auto (GStrv) parts = g_strsplit (*words, "=", 2);
      const HxField *field = hx_kind_field (row->kind, parts[0]);

      if (!hx_row_set (ledger, row, field, parts[1], faults, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put (HxLedger *ledger, HxRow *row, char **words, GError **error)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { sentences };
  HxPutOutcome outcome = HX_PUT_REFUSED;
  gboolean done = set (ledger, row, words, &faults, error)
                  && hx_row_check (ledger, row, NULL, &faults, error);

  if (done && row->id != 0)
    done = hx_ledger_change (ledger, row, &faults, error);
  else if (done)
    done = hx_ledger_put (ledger, row, NULL, &outcome, &faults, error);
  if (done || (error != NULL && *error != NULL))
    return done;
  return hx_fail (error, HX_ERROR_DATA,
                  sentences->len > 0 ? sentences->pdata[0] : "?", NULL, NULL);
}

/* "change@2023-05-01 KIND ID field=value …" */
static gboolean
change (HxLedger *ledger, HxRow *row, char **words, GError **error)
{
  HxEffect effect = { 0 };

  if (words[0][strlen ("change")] == '@'
      && !hx_date_parse (words[0] + strlen ("change@"), FALSE, &effect.from,
                         error))
    return FALSE;
  return hx_ledger_effect (ledger, &effect, error)
         && hx_row_load (hx_ledger_connection (ledger), row,
                         g_ascii_strtoll (words[2], NULL, 10), error)
         && put (ledger, row, words + 3, error);
}

static gboolean
play_line (HxLedger *ledger, const char *line, gint64 *id, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  const HxKind *kind
      = hx_catalogue_kind (hx_ledger_catalogue (ledger), words[1]);
  g_autoptr (HxRow) row = hx_row_new (kind);

  if (g_str_equal (words[0], "void"))
    return hx_ledger_void (ledger, kind, g_ascii_strtoll (words[2], NULL, 10),
                           "重复", error);
  if (g_str_has_prefix (words[0], "change"))
    return change (ledger, row, words, error);
  if (!put (ledger, row, words + 2, error))
    return FALSE;
  *id = row->id;
  return TRUE;
}

static gboolean
play_all (HxConnection *connection, gpointer data, GError **error)
{
  static const HxAuthor author = { "测试员", "试验" };
  const Play *all = data;
  g_autoptr (HxLedger) ledger
      = hx_ledger_new (connection, all->catalogue, &author, NULL, error);

  for (guint i = 0; ledger != NULL && i < all->n_lines; i++)
    {
      gint64 id = 0;

      if (!play_line (ledger, all->lines[i], &id, error))
        return FALSE;
      if (all->ids != NULL)
        all->ids[i] = id;
    }
  return ledger != NULL && hx_ledger_finish (ledger, error);
}

void
play (Fixture *fixture, const char *const *lines, guint n_lines, gint64 *ids)
{
  Play all = { fixture->catalogue, lines, n_lines, ids };
  g_autoptr (GError) error = NULL;

  check (hx_write (fixture->store, play_all, &all, &error), error);
}

/* ----------------------------------------------------------------- reading */

HxDate
date (const char *text)
{
  HxDate parsed;

  assert_true (hx_date_parse (text, FALSE, &parsed, NULL));
  return parsed;
}

char *
item_text (const HxDutyItem *item)
{
  char due[HX_DATE_TEXT_SIZE], opens[HX_DATE_TEXT_SIZE];
  char closes[HX_DATE_TEXT_SIZE], done[HX_DATE_TEXT_SIZE];
  g_autoptr (GString) text = g_string_new (NULL);

  hx_date_format (item->due, due);
  hx_date_format (item->opens, opens);
  hx_date_format (item->closes, closes);
  g_string_printf (text, "%s %s %s [%s %s] %d", hx_duty_state_key (item->state),
                   item->duty->key, due, opens, closes, (int)item->row_id);
  if (item->age != 0)
    g_string_append_printf (text, " age=%d%s", item->age,
                            item->is_lunar ? "*" : "");
  if (item->step != NULL)
    g_string_append_printf (text, " step=%s", item->step->code);
  if (item->done_by == NULL)
    return g_strdup (text->str);
  hx_date_format (item->done_on, done);
  g_string_append_printf (text, " %s %d %s", item->done_by->key,
                          (int)item->done_id, done);
  return g_strdup (text->str);
}

static gboolean
add_item (const HxDutyItem *item, gpointer data)
{
  g_ptr_array_add (data, item_text (item));
  return TRUE;
}

GPtrArray *
listed (Fixture *fixture, const HxDutyQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  check (reader != NULL, error);
  check (hx_duty_list (hx_reader_connection (reader), fixture->catalogue, query,
                       add_item, lines, &error),
         error);
  return lines;
}
