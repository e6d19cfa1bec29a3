#include "ledger_test.h"

#include <glib/gstdio.h>

static const char *const files[][2] = {
  { "codes.yaml", "visit_occasion:\n"
                  "  name: 走访事由\n"
                  "  codes:\n"
                  "    - {code: birthday, name: 生日}\n"
                  "    - {code: festival, name: 节日}\n"
                  "sex:\n"
                  "  name: 性别\n"
                  "  codes:\n"
                  "    - {code: '1', name: 男}\n"
                  "    - {code: '2', name: 女}\n" },
  { "registers/unit.yaml", "key: unit\n"
                           "name: 机构\n"
                           "identity: [name]\n"
                           "fields:\n"
                           "  - {key: name, name: 名称, required: true}\n"
                           "  - {key: parent, name: 上级, type: ref,"
                           " to: unit}\n" },
  { "registers/cadre.yaml",
    "key: cadre\n"
    "name: 老干部\n"
    "identity: [id_number]\n"
    "refer_by: [id_number, name]\n"
    "unit: street\n"
    "fields:\n"
    "  - {key: name, name: 姓名, required: true, max: 10}\n"
    "  - {key: id_number, name: 身份证号, type: id_number, required: true,"
    " unique: true, secret: true}\n"
    "  - {key: birth_date, name: 出生日期, type: date, partial: true}\n"
    "  - {key: sex, name: 性别, type: choice, codes: sex}\n"
    "  - {key: street, name: 街道, type: ref, to: unit}\n"
    "  - {key: card, name: 证号, unique: true}\n" },
  { "records/visit.yaml",
    "key: visit\n"
    "name: 走访慰问\n"
    "of: cadre\n"
    "identity: [cadre, date, occasion]\n"
    "fields:\n"
    "  - {key: occasion, name: 事由, type: choice, codes: visit_occasion,"
    " default: 生日}\n"
    "  - {key: gift, name: 慰问金, type: money, min: 0}\n"
    "  - {key: crowd, name: 参加, type: attendees, to: cadre}\n"
    "  - {key: note, name: 情况}\n"
    "  - {key: indoors, name: 室内, type: bool}\n"
    "  - {key: hours, name: 小时, type: decimal, decimals: 1}\n" },
};

static gboolean
install (HxConnection *connection, gpointer data, GError **error)
{
  return hx_ledger_migrate (connection, error)
         && hx_catalogue_install (connection, data, NULL, error);
}

void
use_catalogue (Fixture *fixture, const char *path, const char *text)
{
  g_autoptr (HxBundle) bundle = hx_bundle_new ();
  g_autoptr (GError) error = NULL;

  hx_bundle_add (bundle, "catalogue.yaml", fixture->head);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    hx_bundle_add (bundle, files[i][0], files[i][1]);
  if (path != NULL)
    hx_bundle_add (bundle, path, text);
  g_clear_pointer (&fixture->catalogue, hx_catalogue_unref);
  fixture->catalogue = hx_catalogue_load (bundle, &error);
  assert_no_error (error);
  fixture->unit = hx_catalogue_kind (fixture->catalogue, "unit");
  fixture->cadre = hx_catalogue_kind (fixture->catalogue, "cadre");
  fixture->visit = hx_catalogue_kind (fixture->catalogue, "visit");
  hx_write (fixture->store, install, fixture->catalogue, &error);
  assert_no_error (error);
}

const char *
catalogue_file (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (g_str_equal (files[i][0], path))
      return files[i][1];
  return NULL;
}

static int
set_up (void **state, const char *head)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  fixture->folder = g_dir_make_tmp ("hx-ledger-XXXXXX", NULL);
  url = g_strdup_printf ("sqlite:%s/a.db", fixture->folder);
  fixture->store = hx_store_open (url, HX_STORE_CREATE, NULL, &error);
  assert_no_error (error);
  fixture->head = head;
  use_catalogue (fixture, NULL, NULL);
  *state = fixture;
  return 0;
}

int
fixture_setup (void **state)
{
  return set_up (state, "key: small\nname: 试验局\n");
}

int
fixture_setup_sm3 (void **state)
{
  return set_up (state, "key: small\nname: 试验局\ndigest: sm3\n");
}

int
fixture_teardown (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  hx_store_close (fixture->store);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  hx_catalogue_unref (fixture->catalogue);
  g_free (fixture);
  return 0;
}

/* ------------------------------------------------------------------- writes */

typedef struct
{
  Fixture *fixture;
  const HxWatcher *watcher;
  InLedger function;
  gpointer data;
} Job;

static gboolean
run_job (HxConnection *connection, gpointer data, GError **error)
{
  static const HxAuthor author = { "测试员", "试验" };
  Job *job = data;
  g_autoptr (HxLedger) ledger = hx_ledger_new (
      connection, job->fixture->catalogue, &author, job->watcher, error);

  if (ledger == NULL)
    return FALSE;
  job->function (job->fixture, ledger, job->data);
  return hx_ledger_finish (ledger, error);
}

void
in_watched_ledger (Fixture *fixture, const HxWatcher *watcher,
                   InLedger function, gpointer data)
{
  Job job = { fixture, watcher, function, data };
  g_autoptr (GError) error = NULL;

  hx_write (fixture->store, run_job, &job, &error);
  assert_no_error (error);
}

void
in_ledger (Fixture *fixture, InLedger function, gpointer data)
{
  in_watched_ledger (fixture, NULL, function, data);
}

/* The writer's thread has no test to jump out of: faults are fatal there. */
void
set_cells (HxLedger *ledger, HxRow *row, const char *const *cells)
{
  for (; *cells != NULL; cells++)
    {
      g_auto (GStrv) parts = g_strsplit (*cells, "=", 2);
      const HxField *field = hx_kind_field (row->kind, parts[0]);
      HxFaults faults = { NULL };

      if (!hx_row_set (ledger, row, field, parts[1], &faults, NULL))
        g_error ("%s", (char *)g_ptr_array_index (faults.faults, 0));
    }
}

HxPutOutcome
put_cells (HxLedger *ledger, const HxKind *kind, const char *const *cells,
           gint64 *id)
{
  g_autoptr (HxRow) row = hx_row_new (kind);
  g_autoptr (GError) error = NULL;
  HxPutOutcome outcome = HX_PUT_REFUSED;

  set_cells (ledger, row, cells);
  if (!hx_row_check (ledger, row, NULL, NULL, &error)
      || !hx_ledger_put (ledger, row, NULL, &outcome, NULL, &error))
    g_error ("%s", error != NULL ? error->message : "refused");
  if (id != NULL)
    *id = row->id;
  return outcome;
}

void
put_sample (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  static const char *const unit[] = { "name=一街", NULL };
  static const char *const cadre[]
      = { "name=张三", "id_number=999999193301010010", "street=一街", NULL };
  static const char *const visit[]
      = { "date=2023年3月5日", "cadre=张三", "gift=200.5", NULL };

  (void)data;
  put_cells (ledger, fixture->unit, unit, NULL);
  put_cells (ledger, fixture->cadre, cadre, NULL);
  put_cells (ledger, fixture->visit, visit, NULL);
}

/* ------------------------------------------------------------------ reading */

char *
read_text (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  HxStatement *statement;

  assert_no_error (error);
  statement = hx_statement (hx_reader_connection (reader), sql, &error);
  assert_no_error (error);
  if (hx_step (statement, &error) != HX_STEP_ROW)
    return NULL;
  return g_strdup (hx_column_text (statement, 0));
}

gint64
read_integer (Fixture *fixture, const char *sql)
{
  g_autofree char *text = read_text (fixture, sql);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : -1;
}

static gboolean
execute (HxConnection *connection, gpointer data, GError **error)
{
  return hx_execute (connection, data, error);
}

void
run_sql (Fixture *fixture, const char *sql)
{
  g_autofree char *copy = g_strdup (sql);
  g_autoptr (GError) error = NULL;

  hx_write (fixture->store, execute, copy, &error);
  assert_no_error (error);
}
