/* `batch plan` and `batch next`: the request from words, the write, the
 * table. */
#include "cli/batch.h"
#include "exchange/batch_json.h"

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
print_line (const HxBatchDraftLine *line)
{
  char date[HX_DATE_TEXT_SIZE];
  hx_date_format (hx_date_from_number (line->day), date);
  g_autofree char *day
      = g_strdup_printf ("%s %s", date, hx_cli_batch_weekday (line->day));
  g_autofree char *people = g_strdup_printf ("%u", line->rows->len);
  g_autofree char *frail = g_strdup_printf ("%u", line->frail);
  print_columns (line->number, day, line->hospital, people, frail);
  hx_cli_print ("%s\n", line->streets);
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
print_json (const HxBatchDraft *draft, const GPtrArray *lines,
            gboolean is_written)
{
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  hx_json_init (&json, out, TRUE);
  hx_batch_draft_json (&json, draft, lines, is_written);
  hx_cli_print ("%s\n", out->str);
}

static void
print_table (const HxBatchDraft *draft, const GPtrArray *lines,
             gboolean is_written)
{
  if (lines->len > 0)
    {
      print_columns (_ ("批次"), _ ("日期"), _ ("医院"), _ ("人数"),
                     _ ("高龄体弱"));
      hx_cli_print ("%s\n", _ ("街道"));
    }
  for (guint i = 0; i < lines->len; i++)
    print_line (lines->pdata[i]);
  counts_text (draft, is_written);
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
  g_autoptr (GPtrArray) lines = hx_batch_draft_lines (
      reading.connection, hx_catalogue_kind (reading.catalogue, "unit"), draft,
      error);
  if (lines == NULL)
    return FALSE;
  (call->as_json ? print_json : print_table) (draft, lines, is_written);
  return TRUE;
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
