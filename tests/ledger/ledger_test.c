#include "ledger_test.h"

#include <glib/gstdio.h>

static char *
table_sql (const HxKind *kind)
{
  GString *sql = g_string_new (NULL);

  g_string_printf (sql,
                   "CREATE TABLE %s (bureau_id INTEGER NOT NULL,"
                   " id INTEGER PRIMARY KEY, unit_id INTEGER, day TEXT,"
                   " void INTEGER NOT NULL, version INTEGER NOT NULL,"
                   " definition INTEGER NOT NULL, seq INTEGER NOT NULL,"
                   " ident INTEGER NOT NULL",
                   kind->table);
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (kind->fields, i);

      if (g_str_equal (hx_field_column (field), "day"))
        continue;
      g_string_append_printf (sql, ", %s %s", field->key,
                              hx_field_type_is_integer (field->type) ? "INTEGER"
                                                                     : "TEXT");
      if (field->type == HX_FIELD_ATTENDEES)
        g_string_append_printf (sql, ", %s_people TEXT", field->key);
    }
  g_string_append_printf (sql,
                          ") STRICT; CREATE INDEX %s_ident ON %s"
                          " (bureau_id, ident)",
                          kind->table, kind->table);
  return g_string_free (sql, FALSE);
}

static gboolean
make_tables (HxConnection *connection, gpointer data, GError **error)
{
  Fixture *fixture = data;
  const GPtrArray *kinds = hx_catalogue_kinds (fixture->catalogue);

  for (guint i = 0; i < kinds->len; i++)
    {
      g_autofree char *sql = table_sql (g_ptr_array_index (kinds, i));

      if (!hx_execute (connection, sql, error))
        return FALSE;
    }
  return hx_ledger_migrate (connection, error);
}

int
fixture_setup (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  const GPtrArray *kinds;

  fixture->folder = g_dir_make_tmp ("hx-ledger-XXXXXX", NULL);
  url = g_strdup_printf ("sqlite:%s/a.db", fixture->folder);
  fixture->store = hx_store_open (url, HX_STORE_CREATE, NULL, &error);
  assert_no_error (error);
  fixture->catalogue = small_catalogue ();
  kinds = hx_catalogue_kinds (fixture->catalogue);
  fixture->unit = g_ptr_array_index (kinds, 0);
  fixture->cadre = g_ptr_array_index (kinds, 1);
  fixture->visit = g_ptr_array_index (kinds, 2);
  hx_write (fixture->store, make_tables, fixture, &error);
  assert_no_error (error);
  *state = fixture;
  return 0;
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
