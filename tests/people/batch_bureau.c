#include "batch_bureau.h"

#include <glib/gstdio.h>

void
check (gboolean done, const GError *error)
{
  if (!done)
    fail_msg ("%s", error != NULL ? error->message : "no error is set");
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
  bureau->folder = g_dir_make_tmp ("hx-batch-XXXXXX", NULL);
  g_autofree char *url = g_strdup_printf ("sqlite:%s/a.db", bureau->folder);
  bureau->store = hx_store_open (url, HX_STORE_CREATE, &options, &error);
  check (bureau->store != NULL, error);
  bureau->catalogue = hx_catalogue_load_folder (HX_TEST_CATALOGUE, &error);
  check (bureau->catalogue != NULL, error);
  bureau->plan = hx_catalogue_batch_plan (bureau->catalogue, "checkup");
  check (hx_write (bureau->store, install, bureau->catalogue, &error), error);
  return bureau;
}

void
bureau_free (Bureau *bureau)
{
  g_autoptr (GDir) folder = g_dir_open (bureau->folder, 0, NULL);
  const char *name;
  hx_store_close (bureau->store);
  hx_catalogue_unref (bureau->catalogue);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = bureau_path (bureau, name);
      g_unlink (path);
    }
  g_rmdir (bureau->folder);
  g_free (bureau->folder);
  g_free (bureau);
}

char *
bureau_path (const Bureau *bureau, const char *name)
{
  return g_build_filename (bureau->folder, name, NULL);
}

void
bureau_write (Bureau *bureau, HxLedgerFunc function, gpointer data)
{
  static const HxAuthor author = { "测试员", "试验" };
  g_autoptr (GError) error = NULL;
  check (hx_measure_write (bureau->store, bureau->catalogue, &author, function,
                           data, &error),
         error);
}

static void
set_cell (HxLedger *ledger, HxRow *row, const char *cell, HxFaults *faults)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = g_strsplit (cell, "=", 2);
  const HxField *field = hx_kind_field (row->kind, parts[0]);
  if (field == NULL)
    fail_msg ("no field %s", parts[0]);
  if (!hx_row_set (ledger, row, field, parts[1], faults, &error))
    fail_msg ("%s: %s", cell,
              error != NULL ? error->message
                            : (char *)faults->faults->pdata[0]);
}

gint64
put_row (HxLedger *ledger, const char *kind, const char *const *cells)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HxRow) row
      = hx_row_new (hx_catalogue_kind (hx_ledger_catalogue (ledger), kind));
  HxFaults faults = { .faults = list };
  HxPutOutcome outcome = HX_PUT_REFUSED;
  for (guint i = 0; cells[i] != NULL; i++)
    set_cell (ledger, row, cells[i], &faults);
  hx_row_check (ledger, row, NULL, &faults, &error);
  if (list->len > 0)
    fail_msg ("%s", (char *)list->pdata[0]);
  check (hx_ledger_put (ledger, row, NULL, &outcome, &faults, &error), error);
  assert_int_equal (outcome, HX_PUT_NEW);
  return row->id;
}

/* ------------------------------------------------------------------- people */

#define STREETS 6

typedef struct
{
  GRand *random;
  Somebody *people;
  guint count;
} People;

static const char *
one_of (GRand *random, const char *const *words, gint32 count)
{
  return words[g_rand_int_range (random, 0, count)];
}

static void
invent (GRand *random, Somebody *somebody, guint number)
{
  static const char *const statuses[]
      = { "active", "active", "active", "active", "away", "dead" };
  static const char *const healths[] = { "", "1", "2", "3", "4" };
  static const char *const livings[]
      = { "", "spouse", "alone", "institution", "children" };
  *somebody = (Somebody){
    .street = (guint)g_rand_int_range (random, 1, STREETS + 1),
    .birth_year = g_rand_int_range (random, 1925, 1965),
    .status = one_of (random, statuses, G_N_ELEMENTS (statuses)),
    .health = one_of (random, healths, G_N_ELEMENTS (healths)),
    .living = one_of (random, livings, G_N_ELEMENTS (livings)),
  };
  g_snprintf (somebody->name, sizeof somebody->name, "某%u", number);
  if (g_rand_int_range (random, 0, 8) == 0)
    somebody->since
        = (HxDate){ 2023, (gint8)g_rand_int_range (random, 1, 13), 1 };
  if (g_rand_int_range (random, 0, 8) == 0)
    somebody->until
        = (HxDate){ 2023, (gint8)g_rand_int_range (random, 1, 13), 28 };
  if (somebody->since.year != 0 && somebody->until.year != 0)
    somebody->until.year = 2024;
  if (g_str_equal (somebody->status, "dead") && somebody->until.year == 0)
    somebody->until = (HxDate){ 2023, 12, 31 };
}

/* The one before is the other half, in the same street. */
static void
marry (Somebody *people, guint i)
{
  people[i].street = people[i - 1].street;
  g_strlcpy (people[i].spouse, people[i - 1].name, sizeof people[i].spouse);
  g_strlcpy (people[i - 1].spouse, people[i].name, sizeof people[i].spouse);
}

static void
date_cell (char *cell, gsize size, const char *key, HxDate date)
{
  char text[HX_DATE_TEXT_SIZE] = "";
  if (date.year != 0)
    hx_date_format (date, text);
  g_snprintf (cell, size, "%s=%s", key, text);
}

static void
put_somebody (HxLedger *ledger, Somebody *somebody, guint number)
{
  char digits[HX_ID_NUMBER_SIZE], cells[12][64];
  const char *words[G_N_ELEMENTS (cells) + 1] = { NULL };
  g_snprintf (digits, sizeof digits, "999999%04d0101%03u", somebody->birth_year,
              number % 1000);
  digits[17] = hx_id_number_check_character (digits);
  digits[18] = '\0';
  const struct
  {
    const char *key, *text;
  } texts[] = { { "name", somebody->name },     { "id_number", digits },
                { "status", somebody->status }, { "health", somebody->health },
                { "living", somebody->living }, { "spouse", somebody->spouse },
                { "category", "lixiu" } };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_snprintf (cells[i], sizeof cells[i], "%s=%s", texts[i].key,
                texts[i].text);
  g_snprintf (cells[7], sizeof cells[7], "number=A%03u", number);
  g_snprintf (cells[8], sizeof cells[8], "birth_date=%d-01-01",
              somebody->birth_year);
  g_snprintf (cells[9], sizeof cells[9], "street=街%u", somebody->street);
  date_cell (cells[10], sizeof cells[10], "since", somebody->since);
  date_cell (cells[11], sizeof cells[11], "until", somebody->until);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    words[i] = cells[i];
  somebody->id = put_row (ledger, "cadre", words);
}

static gboolean
put_people (HxLedger *ledger, gpointer data, GError **error)
{
  People *people = data;
  (void)error;
  for (guint i = 1; i <= STREETS; i++)
    {
      g_autofree char *code = g_strdup_printf ("code=%u", i);
      g_autofree char *name = g_strdup_printf ("name=街%u", i);
      put_row (ledger, "unit",
               (const char *const[]){ code, name, "kind=街道", NULL });
    }
  put_row (ledger, "hospital",
           (const char *const[]){ "code=H1", "name=一院", "green_channel=是",
                                  "daily=30", NULL });
  put_row (ledger, "hospital",
           (const char *const[]){ "code=H2", "name=二院", NULL });
  for (guint i = 0; i < people->count; i++)
    invent (people->random, &people->people[i], i + 1);
  for (guint i = 1; i < people->count; i += 2)
    if (g_rand_int_range (people->random, 0, 3) == 0)
      marry (people->people, i);
  for (guint i = 0; i < people->count; i++)
    put_somebody (ledger, &people->people[i], i + 1);
  return TRUE;
}

void
bureau_people (Bureau *bureau, GRand *random, Somebody *people, guint count)
{
  People work = { random, people, count };
  bureau_write (bureau, put_people, &work);
}

gboolean
is_frail (const Somebody *somebody, int year)
{
  const int age = year - somebody->birth_year;
  int points = (age >= 80) + (age >= 85) + (age >= 90);
  points += g_str_equal (somebody->health, "2") ? 3 : 0;
  points += g_str_equal (somebody->health, "3");
  points += g_str_equal (somebody->living, "alone");
  points += g_str_equal (somebody->living, "institution") ? 2 : 0;
  return points >= 3;
}

/* -------------------------------------------------------------------- plans */

HxBatchDraft *
draft (Bureau *bureau, const HxBatchRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (bureau->store, &error);
  check (reader != NULL, error);
  HxBatchDraft *made = hx_batch_draft (hx_reader_connection (reader),
                                       bureau->catalogue, request, &error);
  check (made != NULL, error);
  return made;
}

static gboolean
write_draft (HxLedger *ledger, gpointer data, GError **error)
{
  g_autoptr (HxBatchDraft) made = hx_batch_draft (
      hx_ledger_connection (ledger), hx_ledger_catalogue (ledger), data, error);
  return made != NULL && hx_batch_draft_write (ledger, made, error);
}

void
write_plan (Bureau *bureau, const HxBatchRequest *request)
{
  HxBatchRequest copy = *request;
  bureau_write (bureau, write_draft, &copy);
}

GPtrArray *
lines_of (Bureau *bureau, int year)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (bureau->store, &error);
  GPtrArray *lines = hx_batch_lines (hx_reader_connection (reader),
                                     bureau->plan, year, &error);
  check (lines != NULL, error);
  return lines;
}

GArray *
missed_of (Bureau *bureau, int year, HxDate as_of)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (bureau->store, &error);
  GArray *missed
      = hx_batch_missed (hx_reader_connection (reader), bureau->catalogue,
                         bureau->plan, year, as_of, &error);
  check (missed != NULL, error);
  return missed;
}

gint64
count_rows (Bureau *bureau, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (bureau->store, &error);
  gint64 count = -1;
  check (
      hx_query_integer (hx_reader_connection (reader), sql, 0, &count, &error),
      error);
  return count;
}
