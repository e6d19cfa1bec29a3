/* `batch plan` and `batch next`: the request from words, the write, the
 * table. */
#include "cli/batch.h"

#include <string.h>

typedef struct
{
  HxBatchRequest request;
  GPtrArray *terms;  /* char *, NULL at the end */
  GArray *hospitals; /* gint64 */
  GArray *blocked;   /* gint32 */
} Wish;

static void
wish_clear (Wish *wish)
{
  g_clear_pointer (&wish->terms, g_ptr_array_unref);
  g_clear_pointer (&wish->hospitals, g_array_unref);
  g_clear_pointer (&wish->blocked, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, wish_clear)

/* ----------------------------------------------------------------- request */

/* Each part of each word, cut at these characters; empty parts are none. */
static GPtrArray *
split_words (char *const *words, const char *at)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      g_autofree char *plain = g_strdup (words[i]);
      g_auto (GStrv) joined = g_strsplit (plain, "，", -1);
      g_autofree char *text = strchr (at, ',') != NULL
                                  ? g_strjoinv (",", joined)
                                  : g_strdup (plain);
      g_auto (GStrv) each = g_strsplit_set (text, at, -1);
      for (guint k = 0; each[k] != NULL; k++)
        if (*g_strstrip (each[k]) != '\0')
          g_ptr_array_add (parts, g_strdup (each[k]));
    }
  return parts;
}

static gboolean
take_date (const char *text, const char *option, HxDate *date, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  if (text == NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("没有写日期"), option,
                    _ ("例如 2026-03-02"));
  if (hx_date_parse (text, FALSE, date, &wrong))
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, wrong->message, option,
                  _ ("例如 2026-03-02"));
}

static gboolean
take_blocked (Wish *wish, char *const *words, GError **error)
{
  g_autoptr (GPtrArray) parts = split_words (words, ",; ");
  wish->blocked = g_array_new (FALSE, FALSE, sizeof (gint32));
  for (guint i = 0; i < parts->len; i++)
    {
      HxDate date = { 0 };
      if (!take_date (parts->pdata[i], "--block", &date, error))
        return FALSE;
      const gint32 day = hx_date_number (date);
      g_array_append_val (wish->blocked, day);
    }
  wish->request.blocked = wish->blocked;
  return TRUE;
}

static gboolean
take_hospitals (HxConnection *connection, Wish *wish, char *const *words,
                GError **error)
{
  g_autoptr (GPtrArray) parts = split_words (words, ",;");
  wish->hospitals = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < parts->len; i++)
    {
      gint64 id = 0;
      if (!hx_batch_hospital_find (connection, wish->request.plan,
                                   parts->pdata[i], &id, error))
        return FALSE;
      for (guint k = 0; k < wish->hospitals->len; k++)
        if (g_array_index (wish->hospitals, gint64, k) == id)
          return hx_fail (error, HX_ERROR_USAGE, _ ("同一家医院写了两次"),
                          parts->pdata[i], NULL);
      g_array_append_val (wish->hospitals, id);
    }
  wish->request.hospitals = wish->hospitals;
  return TRUE;
}

static void
take_terms (Wish *wish, char *const *words)
{
  wish->terms = split_words (words, " ");
  g_ptr_array_add (wish->terms, NULL);
  if (words != NULL)
    wish->request.terms = (const char *const *)wish->terms->pdata;
}

static gboolean
take_number (int number, const char *option, guint *value, GError **error)
{
  *value = (guint)MAX (number, 0);
  if (number >= 0 && number <= 100000)
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, _ ("这个数不对"), option,
                  _ ("写 1 到 100000"));
}

static gboolean
take_wish (const HxCliBatch *call, HxConnection *connection, Wish *wish,
           GError **error)
{
  HxBatchRequest *request = &wish->request;
  take_terms (wish, call->people);
  return take_date (call->from, "--from", &request->from, error)
         && take_date (call->to, "--to", &request->until, error)
         && hx_cli_batch_as_of (call, request->from, &request->as_of, error)
         && take_number (call->batches, "--batches", &request->batches, error)
         && take_number (call->capacity, "--capacity", &request->capacity,
                         error)
         && take_blocked (wish, call->block, error)
         && take_hospitals (connection, wish, call->hospital, error);
}

/* ------------------------------------------------------------------- table */

typedef struct
{
  HxConnection *connection;
  const HxBatchDraft *draft;
  const HxKind *unit;
  HxJson *json; /* NULL: lines for people */
  HxJson writer;
} Table;

/* Who is in a batch, how many are frail, how many of each street. */
typedef struct
{
  guint frail;
  GArray *rows;   /* gint64 */
  GArray *units;  /* gint64, in order */
  GArray *counts; /* guint */
} Column;

static void
column_clear (Column *column)
{
  g_clear_pointer (&column->rows, g_array_unref);
  g_clear_pointer (&column->units, g_array_unref);
  g_clear_pointer (&column->counts, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Column, column_clear)

static void
count_person (Column *column, const HxBatchPerson *person, gint64 row)
{
  const guint one = 1;
  g_array_append_val (column->rows, row);
  column->frail += person->is_frail;
  for (guint i = 0; i < column->units->len; i++)
    if (g_array_index (column->units, gint64, i) == person->street)
      {
        g_array_index (column->counts, guint, i)++;
        return;
      }
  g_array_append_val (column->units, person->street);
  g_array_append_val (column->counts, one);
}

/* One a batch. */
static Column *
count_columns (const HxBatchDraft *draft)
{
  Column *columns = g_new0 (Column, MAX (draft->slots->len, 1));
  for (guint i = 0; i < draft->slots->len; i++)
    {
      columns[i].rows = g_array_new (FALSE, FALSE, sizeof (gint64));
      columns[i].units = g_array_new (FALSE, FALSE, sizeof (gint64));
      columns[i].counts = g_array_new (FALSE, FALSE, sizeof (guint));
    }
  for (guint i = 0; i < draft->people->len; i++)
    count_person (&columns[draft->batch_of[i]],
                  &g_array_index (draft->people, HxBatchPerson, i),
                  g_array_index (draft->ids, gint64, i));
  return columns;
}

static char *
unit_name (const Table *table, gint64 id, GError **error)
{
  if (id == 0 || table->unit == NULL)
    return g_strdup (_ ("未定"));
  return hx_unit_name (table->connection, id, error);
}

static gboolean
show_streets (const Table *table, const Column *column, GString *text,
              GError **error)
{
  if (table->json != NULL)
    {
      hx_json_key (table->json, "streets");
      hx_json_array_begin (table->json);
    }
  for (guint i = 0; i < column->units->len; i++)
    {
      const guint count = g_array_index (column->counts, guint, i);
      g_autofree char *name
          = unit_name (table, g_array_index (column->units, gint64, i), error);
      if (name == NULL)
        return FALSE;
      g_string_append_printf (text, "%s%s %u", i > 0 ? "、" : "", name, count);
      if (table->json == NULL)
        continue;
      hx_json_object_begin (table->json);
      hx_json_member (table->json, "name", name);
      hx_json_member_integer (table->json, "people", count);
      hx_json_object_end (table->json);
    }
  if (table->json != NULL)
    hx_json_array_end (table->json);
  return TRUE;
}

static void
print_columns (const char *number, const char *day, const char *hospital,
               const char *people, const char *frail)
{
  hx_cli_print_padded (number, 12, FALSE);
  hx_cli_print_padded (day, 17, FALSE);
  hx_cli_print_padded (hospital, 20, FALSE);
  hx_cli_print_padded (people, 6, TRUE);
  hx_cli_print_padded (frail, 10, TRUE);
  hx_cli_print ("  ");
}

static void
batch_text (const Table *table, guint i, const Column *column,
            const char *hospital)
{
  const HxBatchSlot *slot
      = &g_array_index (table->draft->slots, HxBatchSlot, i);
  char date[HX_DATE_TEXT_SIZE];
  hx_date_format (hx_date_from_number (slot->day), date);
  g_autofree char *day
      = g_strdup_printf ("%s %s", date, hx_cli_batch_weekday (slot->day));
  g_autofree char *people = g_strdup_printf ("%u", column->rows->len);
  g_autofree char *frail = g_strdup_printf ("%u", column->frail);
  print_columns (table->draft->numbers->pdata[i], day, hospital, people, frail);
}

static void
batch_json (const Table *table, guint i, const Column *column,
            const char *hospital)
{
  const HxBatchDraft *draft = table->draft;
  const HxBatchSlot *slot = &g_array_index (draft->slots, HxBatchSlot, i);
  char date[HX_DATE_TEXT_SIZE];
  hx_date_format (hx_date_from_number (slot->day), date);
  hx_json_object_begin (table->json);
  hx_json_member (table->json, "number", draft->numbers->pdata[i]);
  hx_json_member (table->json, "day", date);
  hx_json_member (table->json, "hospital", *hospital != '\0' ? hospital : NULL);
  hx_json_member_integer (table->json, "places", slot->places);
  hx_json_member_integer (table->json, "people", column->rows->len);
  hx_json_member_integer (table->json, "frail", column->frail);
  hx_json_key (table->json, "rows");
  hx_json_array_begin (table->json);
  for (guint k = 0; k < column->rows->len; k++)
    hx_json_integer (table->json, g_array_index (column->rows, gint64, k));
  hx_json_array_end (table->json);
}

static gboolean
show_batch (const Table *table, guint i, const Column *column, GError **error)
{
  const HxBatchSlot *slot
      = &g_array_index (table->draft->slots, HxBatchSlot, i);
  g_autoptr (GString) streets = g_string_new (NULL);
  g_autofree char *hospital = hx_cli_batch_name (
      table->connection, table->draft->plan->hospital->target, slot->hospital,
      error);
  if (hospital == NULL)
    return FALSE;
  if (table->json != NULL)
    batch_json (table, i, column, hospital);
  else
    batch_text (table, i, column, hospital);
  if (!show_streets (table, column, streets, error))
    return FALSE;
  if (table->json != NULL)
    hx_json_object_end (table->json);
  else
    hx_cli_print ("%s\n", streets->str);
  return TRUE;
}

static gboolean
show_batches (const Table *table, GError **error)
{
  const guint count = table->draft->slots->len;
  Column *columns = count_columns (table->draft);
  gboolean done = TRUE;
  for (guint i = 0; i < count && done; i++)
    done = show_batch (table, i, &columns[i], error);
  for (guint i = 0; i < count; i++)
    column_clear (&columns[i]);
  g_free (columns);
  return done;
}

/* ------------------------------------------------------------------- counts */

static void
counts_text (const HxBatchDraft *draft, gboolean is_written)
{
  hx_cli_print (_ ("找到 %u 人：已参加 %u，已安排 %u，缺席 %u，其他结果 "
                   "%u，不在本地 %u\n"),
                draft->asked, draft->standing[HX_BATCH_ATTENDED],
                draft->standing[HX_BATCH_PLANNED],
                draft->standing[HX_BATCH_MISSED],
                draft->standing[HX_BATCH_SETTLED], draft->elsewhere);
  hx_cli_print (_ ("本次安排 %u 人，%u 批，其中高龄体弱 %u 人，夫妻 %u 对\n"),
                draft->people->len, draft->slots->len, draft->frail,
                draft->couples);
  if (draft->slots->len > 0)
    hx_cli_print ("%s\n", is_written ? _ ("已写入") : _ ("没有写入"));
}

static void
counts_json (HxJson *json, const HxBatchDraft *draft, gboolean is_written)
{
  static const char *const names[HX_BATCH_STANDINGS]
      = { "free", "attended", "settled", "planned", "missed" };
  hx_json_member (json, "plan", draft->plan->key);
  hx_json_member_integer (json, "year", draft->year);
  hx_json_key (json, "written");
  hx_json_bool (json, is_written);
  hx_json_member_integer (json, "found", draft->asked);
  for (guint i = 0; i < HX_BATCH_STANDINGS; i++)
    hx_json_member_integer (json, names[i], draft->standing[i]);
  hx_json_member_integer (json, "elsewhere", draft->elsewhere);
  hx_json_member_integer (json, "people", draft->people->len);
  hx_json_member_integer (json, "frail", draft->frail);
  hx_json_member_integer (json, "couples", draft->couples);
}

static gboolean
print_json (Table *table, gboolean is_written, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson *json = &table->writer;
  hx_json_init (json, out, TRUE);
  table->json = json;
  hx_json_object_begin (json);
  counts_json (json, table->draft, is_written);
  hx_json_key (json, "batches");
  hx_json_array_begin (json);
  if (!show_batches (table, error))
    return FALSE;
  hx_json_array_end (json);
  hx_json_object_end (json);
  hx_cli_print ("%s\n", out->str);
  return TRUE;
}

static gboolean
print_table (Table *table, gboolean is_written, GError **error)
{
  if (table->draft->slots->len > 0)
    {
      print_columns (_ ("批次"), _ ("日期"), _ ("医院"), _ ("人数"),
                     _ ("高龄体弱"));
      hx_cli_print ("%s\n", _ ("街道"));
    }
  if (!show_batches (table, error))
    return FALSE;
  counts_text (table->draft, is_written);
  return TRUE;
}

/* --------------------------------------------------------------------- run */

typedef struct
{
  HxCatalogue *catalogue;
  const HxBatchRequest *request;
  HxBatchDraft *draft;
} Writing;

static gboolean
write_draft (HxLedger *ledger, gpointer data, GError **error)
{
  Writing *writing = data;
  writing->draft = hx_batch_draft (hx_ledger_connection (ledger),
                                   writing->catalogue, writing->request, error);
  return writing->draft != NULL
         && hx_batch_draft_write (ledger, writing->draft, error);
}

static HxBatchDraft *
make_draft (const HxCliReading *reading, const HxBatchRequest *request,
            gboolean is_written, GError **error)
{
  Writing writing = { reading->catalogue, request, NULL };
  const HxAuthor author = hx_cli_author ("batch");
  if (!is_written)
    return hx_batch_draft (reading->connection, reading->catalogue, request,
                           error);
  if (hx_measure_write (reading->store, reading->catalogue, &author,
                        write_draft, &writing, error))
    return writing.draft;
  hx_batch_draft_free (writing.draft);
  return NULL;
}

static gboolean
plan_batches (HxCli *cli, const HxCliBatch *call, gboolean for_missed,
              GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  g_auto (Wish) wish = { 0 };
  const gboolean is_written = for_missed ? call->write : !call->dry_run;
  if (!hx_cli_read (cli, &reading, error))
    return FALSE;
  wish.request.plan = hx_cli_batch_find (reading.catalogue, call, error);
  wish.request.for_missed = for_missed;
  if (wish.request.plan == NULL
      || !take_wish (call, reading.connection, &wish, error))
    return FALSE;
  g_autoptr (HxBatchDraft) draft
      = make_draft (&reading, &wish.request, is_written, error);
  if (draft == NULL)
    return FALSE;
  Table table = { .connection = reading.connection,
                  .draft = draft,
                  .unit = hx_catalogue_kind (reading.catalogue, "unit") };
  return call->as_json ? print_json (&table, is_written, error)
                       : print_table (&table, is_written, error);
}

gboolean
hx_cli_batch_plan (HxCli *cli, HxCliBatch *call, GError **error)
{
  return plan_batches (cli, call, FALSE, error);
}

gboolean
hx_cli_batch_next (HxCli *cli, HxCliBatch *call, GError **error)
{
  return plan_batches (cli, call, TRUE, error);
}
