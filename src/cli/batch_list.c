/* `batch lists` and `batch attendance`: lists out, lists back. */
#include "exchange/batch_list.h"
#include "cli/batch.h"

#include <glib/gstdio.h>

/* Only its owner reads a folder of names. */
#define FOLDER_MODE 0700

/* ------------------------------------------------------------------- lists */

typedef struct
{
  HxCliReading reading;
  const HxBatchPlan *plan;
  const HxCliBatch *call;
  GPtrArray *lines;  /* HxBatchLine */
  GPtrArray *wanted; /* of them, borrowed */
  HxJson *json;      /* NULL: lines for people */
  HxJson writer;
} Lists;

static void
lists_clear (Lists *lists)
{
  g_clear_pointer (&lists->wanted, g_ptr_array_unref);
  g_clear_pointer (&lists->lines, g_ptr_array_unref);
  hx_cli_reading_clear (&lists->reading);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lists, lists_clear)

/* One that is named, else all that are still to be held. */
static gboolean
choose_lines (Lists *lists, GError **error)
{
  const char *number = lists->call->batch;
  lists->wanted = g_ptr_array_new ();
  if (number != NULL)
    {
      const HxBatchLine *line
          = hx_batch_line_find (lists->lines, number, error);
      if (line != NULL)
        g_ptr_array_add (lists->wanted, (gpointer)(guintptr)line);
      return line != NULL;
    }
  for (guint i = 0; i < lists->lines->len; i++)
    if (!((HxBatchLine *)lists->lines->pdata[i])->is_held)
      g_ptr_array_add (lists->wanted, lists->lines->pdata[i]);
  if (lists->wanted->len > 0)
    return TRUE;
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有待进行的批次"),
                  lists->plan->name,
                  _ ("先 batch plan；要已进行的一批，写 --batch"));
}

static gboolean
masks (const HxField *field, gpointer data)
{
  return hx_cli_audience (data, field) != HX_AUDIENCE_TRUSTED;
}

static void
tell_list (const Lists *lists, const HxBatchLine *line, const char *path,
           guint people)
{
  if (lists->json == NULL)
    {
      hx_cli_print (_ ("%s %u 人 %s\n"), line->number, people, path);
      return;
    }
  hx_json_object_begin (lists->json);
  hx_json_member (lists->json, "number", line->number);
  hx_json_member_integer (lists->json, "people", people);
  hx_json_member (lists->json, "file", path);
  hx_json_object_end (lists->json);
}

static gboolean
write_lists (Lists *lists, GError **error)
{
  const char *folder = lists->call->output != NULL ? lists->call->output : ".";
  const HxBatchListOptions options
      = { .connection = lists->reading.connection,
          .plan = lists->plan,
          .masks = masks,
          .data = (gpointer)(guintptr)&lists->call->reveal };
  if (g_mkdir_with_parents (folder, FOLDER_MODE) != 0)
    return hx_fail (error, HX_ERROR_DATA, _ ("不能建这个文件夹"), folder,
                    _ ("请换一个文件夹"));
  for (guint i = 0; i < lists->wanted->len; i++)
    {
      const HxBatchLine *line = lists->wanted->pdata[i];
      g_autofree char *name = g_strconcat (line->number, ".xlsx", NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      guint people = 0;
      if (!hx_batch_list_write (&options, line, path, &people, error))
        return FALSE;
      tell_list (lists, line, path, people);
    }
  return TRUE;
}

static gint64
people_on (const Lists *lists)
{
  gint64 people = 0;
  for (guint i = 0; i < lists->wanted->len; i++)
    {
      const HxBatchLine *line = lists->wanted->pdata[i];
      people += line->planned + line->attended + line->absent + line->other;
    }
  return people;
}

/* What is shown is logged before it is read, which opens the data again. */
static gboolean
open_lists (HxCli *cli, HxCliBatch *call, Lists *lists, GError **error)
{
  int year = 0;
  if (!hx_cli_read (cli, &lists->reading, error)
      || !hx_cli_batch_year (call, &year, error))
    return FALSE;
  lists->plan = hx_cli_batch_find (lists->reading.catalogue, call, error);
  if (lists->plan == NULL
      || !hx_cli_reveal_choose (&call->reveal, lists->plan->people, error))
    return FALSE;
  lists->lines
      = hx_batch_lines (lists->reading.connection, lists->plan, year, error);
  return lists->lines != NULL && choose_lines (lists, error)
         && hx_cli_reveal_log (&call->reveal, lists->reading.store,
                               lists->reading.catalogue, 0, people_on (lists),
                               error);
}

gboolean
hx_cli_batch_lists (HxCli *cli, HxCliBatch *call, GError **error)
{
  g_auto (Lists) lists = { .call = call };
  g_autoptr (GString) out = g_string_new (NULL);
  if (!open_lists (cli, call, &lists, error))
    return FALSE;
  if (call->as_json)
    lists.json = &lists.writer;
  hx_json_init (&lists.writer, out, TRUE);
  hx_json_array_begin (&lists.writer);
  if (!write_lists (&lists, error))
    return FALSE;
  hx_json_array_end (&lists.writer);
  if (call->as_json)
    hx_cli_print ("%s\n", out->str);
  return TRUE;
}

/* -------------------------------------------------------------- attendance */

typedef struct
{
  HxJson *json;
} Telling;

static void
tell (const char *where, const char *reason, gpointer data)
{
  const Telling *telling = data;
  if (telling->json == NULL)
    {
      hx_cli_print ("%s: %s\n", where, reason);
      return;
    }
  hx_json_object_begin (telling->json);
  hx_json_member (telling->json, "where", where);
  hx_json_member (telling->json, "reason", reason);
  hx_json_object_end (telling->json);
}

static void
summary_json (HxJson *json, const HxBatchReturnSummary *summary)
{
  const struct
  {
    const char *key;
    guint count;
  } counts[] = {
    { "rows", summary->rows },           { "changed", summary->changed },
    { "unchanged", summary->unchanged }, { "blank", summary->blank },
    { "added", summary->added },         { "walk_ins", summary->walk_ins },
    { "refused", summary->refused }
  };
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    hx_json_member_integer (json, counts[i].key, counts[i].count);
}

static void
summary_text (const HxBatchReturnSummary *summary, gboolean dry_run)
{
  hx_cli_print (
      _ ("共 %u 行：登记 %u，不变 %u，未填 %u，加入 %u，名单外 %u，失败 %u\n"),
      summary->rows, summary->changed, summary->unchanged, summary->blank,
      summary->added, summary->walk_ins, summary->refused);
  if (dry_run)
    hx_cli_print ("%s\n", _ ("没有写入"));
}

static gboolean
take_lists (HxStore *store, HxCatalogue *catalogue, HxCliBatch *call,
            HxBatchReturnSummary *summary, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  const Telling telling = { call->as_json ? &json : NULL };
  const HxBatchReturnOptions options
      = { .plan = hx_cli_batch_find (catalogue, call, error),
          .add = call->add,
          .dry_run = call->dry_run,
          .today = hx_date_today (),
          .author = hx_cli_author ("batch"),
          .told = tell,
          .data = (gpointer)(guintptr)&telling };
  if (options.plan == NULL)
    return FALSE;
  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  hx_json_key (&json, "told");
  hx_json_array_begin (&json);
  if (!hx_batch_return (store, catalogue, call->words + 1, &options, summary,
                        error))
    return FALSE;
  hx_json_array_end (&json);
  summary_json (&json, summary);
  hx_json_object_end (&json);
  if (call->as_json)
    hx_cli_print ("%s\n", out->str);
  else
    summary_text (summary, call->dry_run);
  return TRUE;
}

gboolean
hx_cli_batch_attendance (HxCli *cli, HxCliBatch *call, GError **error)
{
  g_autoptr (HxCatalogue) catalogue = NULL;
  g_autoptr (HxStore) store = hx_cli_open_catalogue (cli, &catalogue, error);
  HxBatchReturnSummary summary = { 0 };
  if (store == NULL || !take_lists (store, catalogue, call, &summary, error))
    return FALSE;
  cli->findings = summary.refused + summary.walk_ins > 0;
  return TRUE;
}
