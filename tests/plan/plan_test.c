#include "plan_test.h"

#include <glib/gstdio.h>

static gboolean
install (HxConnection *connection, gpointer data, GError **error)
{
  return hx_ledger_migrate (connection, error)
         && hx_key_establish (connection, error)
         && hx_catalogue_install (connection, data, NULL, error);
}

int
bureau_setup (void **state)
{
  static const HxStoreOptions options = { .durability = HX_DURABLE_NORMAL };
  Bureau *bureau = g_new0 (Bureau, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  bureau->folder = g_dir_make_tmp ("hx-plan-XXXXXX", NULL);
  url = g_strdup_printf ("sqlite:%s/a.db", bureau->folder);
  bureau->store = hx_store_open (url, HX_STORE_CREATE, &options, &error);
  assert_no_error (error);
  bureau->catalogue = hx_catalogue_load_folder (HX_TEST_CATALOGUE, &error);
  assert_no_error (error);
  hx_write (bureau->store, install, bureau->catalogue, &error);
  assert_no_error (error);
  *state = bureau;
  return 0;
}

int
bureau_teardown (void **state)
{
  Bureau *bureau = *state;
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
  return 0;
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

gint64
bureau_integer (Bureau *bureau, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 number = 0;

  hx_query_integer (bureau_read (bureau), sql, -1, &number, &error);
  assert_no_error (error);
  return number;
}

/* ------------------------------------------------------------------- writes */

typedef struct
{
  Bureau *bureau;
  const char *const *lines;
  guint count;
  const char *kind; /* to void */
  gint64 id;
} Job;

static const HxAuthor author = { "测试员", "试验" };

/* The writer's thread has no test to jump out of: all is said by *error. */
static gboolean
put_line (HxLedger *ledger, HxCatalogue *catalogue, const char *line,
          GError **error)
{
  g_auto (GStrv) cells = g_strsplit (line, "|", -1);
  const HxKind *kind = hx_catalogue_kind (catalogue, cells[0]);
  g_autoptr (HxRow) row = hx_row_new (kind);
  g_autofree guint8 *set = g_new0 (guint8, kind->fields->len);
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { sentences };
  HxPutOutcome outcome = HX_PUT_REFUSED;

  for (char **cell = cells + 1; *cell != NULL; cell++)
    {
      g_auto (GStrv) parts = g_strsplit (*cell, "=", 2);
      const HxField *field = hx_kind_field (kind, parts[0]);

      if (field == NULL)
        return hx_fail (error, HX_ERROR_USAGE, "no field", parts[0], NULL);
      set[field->index] = 1;
      hx_row_set (ledger, row, field, parts[1], &faults, NULL);
    }
  if (sentences->len == 0)
    hx_row_check (ledger, row, set, &faults, error);
  if (sentences->len == 0 && (error == NULL || *error == NULL)
      && !hx_ledger_put (ledger, row, set, &outcome, &faults, error))
    return FALSE;
  return sentences->len == 0
         || hx_fail (error, HX_ERROR_DATA, sentences->pdata[0], line, NULL);
}

static gboolean
put_lines (HxConnection *connection, gpointer data, GError **error)
{
  const Job *job = data;
  g_autoptr (HxLedger) ledger = hx_ledger_new (
      connection, job->bureau->catalogue, &author, NULL, error);

  if (ledger == NULL)
    return FALSE;
  for (guint i = 0; i < job->count; i++)
    if (!put_line (ledger, job->bureau->catalogue, job->lines[i], error))
      return FALSE;
  return hx_ledger_finish (ledger, error);
}

gboolean
bureau_try (Bureau *bureau, const char *const *lines, guint count,
            GError **error)
{
  Job job = { bureau, lines, count, NULL, 0 };

  return hx_write (bureau->store, put_lines, &job, error);
}

void
bureau_put (Bureau *bureau, const char *const *lines, guint count)
{
  g_autoptr (GError) error = NULL;

  bureau_try (bureau, lines, count, &error);
  assert_no_error (error);
}

static gboolean
void_row (HxConnection *connection, gpointer data, GError **error)
{
  const Job *job = data;
  HxCatalogue *catalogue = job->bureau->catalogue;
  g_autoptr (HxLedger) ledger
      = hx_ledger_new (connection, catalogue, &author, NULL, error);

  return ledger != NULL
         && hx_ledger_void (ledger, hx_catalogue_kind (catalogue, job->kind),
                            job->id, "登记错了", error)
         && hx_ledger_finish (ledger, error);
}

void
bureau_void (Bureau *bureau, const char *kind, gint64 id)
{
  Job job = { bureau, NULL, 0, kind, id };
  g_autoptr (GError) error = NULL;

  hx_write (bureau->store, void_row, &job, &error);
  assert_no_error (error);
}

HxDate
day_of (const char *text)
{
  HxDate date = { 0 };

  if (text != NULL)
    assert_true (hx_date_parse (text, FALSE, &date, NULL));
  return date;
}

HxPlanYear *
plan_on (Bureau *bureau, int year, const char *as_of)
{
  g_autoptr (GError) error = NULL;
  HxPlanYear *plan = hx_plan_read (bureau_read (bureau), bureau->catalogue,
                                   year, day_of (as_of), &error);

  assert_no_error (error);
  return plan;
}
