/* Import in pages: a file, how its columns are taken, a trial, the import.
 *
 * The file waits in the folder of the server under a name that holds who sent
 * it, so that nobody else finds it:  import-USER-ID.file, what it was called in
 * .name, the workbook of failed rows in .errors.xlsx.  A file is imported as
 * the command imports it, with the user as the author and the file's name as
 * the request. */
#include "exchange/exchange.h"
#include "server/links.h"
#include "server/record_form.h"
#include "server/routes.h"

#include <glib/gstdio.h>
#include <string.h>

#define SAMPLES 5
#define FAILURES_SHOWN 50
#define NAME_MAX_BYTES 200

typedef struct
{
  HxCall *call;
  const HxKind *kind;
  const HxMapping *mapping; /* or NULL */
  const char *id;           /* of the file, or NULL */
  char *stem;               /* path without its end */
  char *path, *errors;
  char *name;         /* what the user called it */
  GHashTable *chosen; /* heading → key; NULL: by names */
} Job;

static void
job_clear (Job *job)
{
  g_free (job->stem);
  g_free (job->path);
  g_free (job->errors);
  g_free (job->name);
  g_clear_pointer (&job->chosen, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

/* ---------------------------------------------------------------------- job
 */

static gboolean
is_id (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789abcdef") == strlen (text)
         && strlen (text) <= 64;
}

/* A file may bring rows of any unit. */
static gboolean
may_import (HxCall *call, const HxKind *kind, GError **error)
{
  if (!hx_record_may (call, HX_ACT_WRITE, kind, error))
    return FALSE;
  if (hx_call_identity (call)->units == NULL)
    return TRUE;
  return hx_fail (error, HX_ERROR_FORBIDDEN,
                  _ ("一个文件里会有各机构的行，要由全单位的账号导入"),
                  kind->name, _ ("请交给科室经办导入，或逐条登记"));
}

static gboolean
find_mapping (Job *job, GError **error)
{
  const char *name = hx_call_text (job->call, "mapping");

  if (name == NULL)
    return TRUE;
  job->mapping = hx_catalogue_mapping (hx_call_catalogue (job->call), name);
  if (job->mapping != NULL && job->mapping->kind == job->kind)
    return TRUE;
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这个映射"), name,
                  _ ("从导入页重新选"));
}

static void
name_files (Job *job, const char *id)
{
  job->id = id;
  job->stem = g_strdup_printf ("%s/import-%" G_GINT64_FORMAT "-%s",
                               hx_call_folder (job->call),
                               hx_call_identity (job->call)->user_id, id);
  job->path = g_strconcat (job->stem, ".file", NULL);
  job->errors = g_strconcat (job->stem, ".errors.xlsx", NULL);
}

/* "姓名\tname" for each column. */
static void
take_chosen (Job *job)
{
  const char *const *pairs = hx_call_texts (job->call, "column");

  if (*pairs == NULL)
    return;
  job->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (; *pairs != NULL; pairs++)
    {
      const char *tab = strrchr (*pairs, '\t');

      if (tab != NULL)
        g_hash_table_insert (job->chosen,
                             g_strndup (*pairs, (gsize)(tab - *pairs)),
                             g_strdup (tab + 1));
    }
}

static gboolean
job_begin (Job *job, HxCall *call, GError **error)
{
  job->call = call;
  job->kind = hx_call_kind (call, "kind");
  return may_import (call, job->kind, error) && find_mapping (job, error);
}

/* Of a file that was sent before. */
static gboolean
job_open (Job *job, HxCall *call, GError **error)
{
  const char *id = hx_call_text (call, "file");
  g_autofree char *path = NULL;

  if (!job_begin (job, call, error))
    return FALSE;
  if (is_id (id))
    {
      name_files (job, id);
      path = g_strconcat (job->stem, ".name", NULL);
    }
  if (path != NULL && g_file_get_contents (path, &job->name, NULL, NULL))
    return TRUE;
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这个文件，或已经过期"),
                  NULL, _ ("请重新选文件"));
}

static char *
job_url (const Job *job, const char *end)
{
  g_autofree char *path = g_strconcat (
      "/ledgers/", job->kind->key, "/import", job->id != NULL ? "/" : "",
      job->id != NULL ? job->id : "", end, NULL);

  return hx_url (path, "mapping",
                 job->mapping != NULL ? job->mapping->key : NULL, NULL);
}

static HxHtml *
begin_page (const Job *job, const char *lead, guint status)
{
  g_autofree char *title = g_strdup_printf (_ ("导入%s"), job->kind->name);
  g_autofree char *back = g_strconcat ("/ledgers/", job->kind->key, NULL);

  return hx_page_begin (job->call, &(HxPageHead){ .title = title,
                                                  .at = "ledgers",
                                                  .lead = lead,
                                                  .back = back,
                                                  .back_name = job->kind->name,
                                                  .status = status,
                                                  .wide = TRUE });
}

/* --------------------------------------------------------------- 1: a file
 */

static void
show_mappings (HxHtml *html, const Job *job)
{
  const GPtrArray *mappings
      = hx_catalogue_mappings (hx_call_catalogue (job->call));
  g_autoptr (GArray) options = g_array_new (TRUE, TRUE, sizeof (HxOption));
  const HxOption none = { "", _ ("按表头的名称对应") };

  g_array_append_val (options, none);
  for (guint i = 0; i < mappings->len; i++)
    {
      const HxMapping *mapping = mappings->pdata[i];
      const HxOption option = { mapping->key, mapping->name };

      if (mapping->kind == job->kind)
        g_array_append_val (options, option);
    }
  if (options->len > 1)
    hx_form_input (
        html,
        &(HxInput){ .name = "mapping",
                    .label = _ ("文件从哪里来"),
                    .type = "select",
                    .value = job->mapping != NULL ? job->mapping->key : NULL,
                    .options = (const HxOption *)(gpointer)options->data });
}

static gboolean
show_choice (const Job *job, guint status)
{
  g_autofree char *action
      = g_strconcat ("/ledgers/", job->kind->key, "/import", NULL);
  HxHtml *html = begin_page (
      job, _ ("先选文件，看过列的对应和试运行的结果，再导入。"), status);

  hx_form_begin (html, job->call,
                 &(HxForm){ .action = action,
                            .method = HX_METHOD_POST,
                            .with_files = TRUE });
  show_mappings (html, job);
  hx_form_input (html,
                 &(HxInput){ .name = "table",
                             .label = _ ("工作簿或 CSV"),
                             .type = "file",
                             .required = TRUE,
                             .fault = hx_call_fault (job->call, "table"),
                             .accept = ".xlsx,.csv,.txt",
                             .hint = _ ("第一行或标题下面一行是表头；旧的 .xls "
                                        "先另存为 .xlsx") });
  hx_form_submit (html, _ ("下一步"), HX_TONE_GOOD);
  hx_form_end (html);
  return hx_page_end (job->call, html);
}

static gboolean
choose_page (HxCall *call, GError **error)
{
  g_auto (Job) job = { 0 };

  return job_begin (&job, call, error) && show_choice (&job, 200);
}

static char *
plain_name (const char *name)
{
  const char *last = MAX (strrchr (name, '/'), strrchr (name, '\\'));
  g_autofree char *base = hx_text_trim (last != NULL ? last + 1 : name);
  char *end = base;

  while (*end != '\0' && g_utf8_next_char (end) - base <= NAME_MAX_BYTES)
    end = g_utf8_next_char (end);
  *end = '\0';
  return g_strdup (*base != '\0' ? base : _ ("文件"));
}

/* The upload goes with its request: it is moved to where it waits. */
static gboolean
keep_upload (Job *job, const HxUpload *upload, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) from = g_file_new_for_path (upload->path);
  g_autoptr (GFile) to = NULL;
  g_autoptr (GError) failed = NULL;

  name_files (job, hx_call_request (job->call)->id);
  job->name = plain_name (upload->file_name);
  path = g_strconcat (job->stem, ".name", NULL);
  to = g_file_new_for_path (job->path);
  if (g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &failed)
      && g_file_set_contents (path, job->name, -1, &failed))
    return TRUE;
  return hx_fail (error, HX_ERROR_STORE, _ ("不能保存传上来的文件"), job->name,
                  failed->message);
}

static gboolean
take_file (HxCall *call, GError **error)
{
  const HxUpload *upload = hx_call_upload (call, "table");
  g_auto (Job) job = { 0 };
  g_autofree char *url = NULL;

  if (!job_begin (&job, call, error) || !keep_upload (&job, upload, error))
    return FALSE;
  url = job_url (&job, "");
  return hx_call_redirect (call, url, NULL);
}

/* ------------------------------------------------------------- 2: columns
 */

static void
add_option (GArray *options, GStringChunk *texts, const char *label,
            const HxField *field)
{
  g_autofree char *value
      = g_strdup_printf ("%s\t%s", label, field != NULL ? field->key : "");
  const HxOption option = { g_string_chunk_insert (texts, value),
                            field != NULL ? field->name : _ ("不导入") };

  g_array_append_val (options, option);
}

static void
show_column_choice (HxHtml *html, const Job *job, const HxImportColumn *column)
{
  g_autoptr (GArray) options = g_array_new (TRUE, TRUE, sizeof (HxOption));
  GStringChunk *texts = g_string_chunk_new (4096);
  g_autofree char *value = g_strdup_printf (
      "%s\t%s", column->label, column->field != NULL ? column->field->key : "");
  const GPtrArray *fields = job->kind->fields;

  add_option (options, texts, column->label, NULL);
  for (guint i = 0; i < fields->len; i++)
    if (hx_identity_changes (hx_call_identity (job->call), job->kind,
                             fields->pdata[i]))
      add_option (options, texts, column->label, fields->pdata[i]);
  hx_form_input (
      html, &(HxInput){ .name = "column",
                        .label = column->label,
                        .value = value,
                        .type = "select",
                        .options = (const HxOption *)(gpointer)options->data });
  g_string_chunk_free (texts);
}

static char *
samples_of (const HxImportColumn *column)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < column->samples->len; i++)
    {
      const char *text = column->samples->pdata[i];

      if (*text != '\0')
        g_string_append_printf (out, "%s%s", out->len > 0 ? "、" : "", text);
    }
  return g_strdup (out->str);
}

/* What secret columns hold is not shown before it is known to be a field that
 * may be seen. */
static gboolean
shows_samples (const HxImportColumn *column)
{
  return column->field != NULL && !column->field->secret
         && column->field->type != HX_FIELD_ID_NUMBER
         && column->field->type != HX_FIELD_PHONE;
}

static void
show_columns (HxHtml *html, const HxImportPreview *preview)
{
  const HxColumn columns[] = { { .name = _ ("表头") },
                               { .name = _ ("对应的栏") },
                               { .name = _ ("开头几行") },
                               { 0 } };
  HxGrid *grid = hx_grid_begin (html, _ ("列的对应"), columns);

  for (guint i = 0; i < preview->columns->len; i++)
    {
      const HxImportColumn *column = preview->columns->pdata[i];
      g_autofree char *samples
          = shows_samples (column) ? samples_of (column) : g_strdup ("");

      hx_grid_row (grid, NULL);
      hx_grid_cell (grid, column->label);
      hx_grid_cell (grid,
                    column->field != NULL ? column->field->name : _ ("不导入"));
      hx_grid_cell (grid, samples);
    }
  hx_grid_end (grid);
}

static void
show_missing (HxHtml *html, const HxImportPreview *preview)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < preview->missing->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "、" : "",
                            ((HxField *)preview->missing->pdata[i])->name);
  if (names->len == 0)
    return;
  text = g_strdup_printf (_ ("文件里没有必填的：%s。新的行会因此失败；已有的行"
                             "保留原来的内容。"),
                          names->str);
  hx_part_notice (html, HX_TONE_WARN, text);
}

static void
show_hidden_mapping (HxHtml *html, const Job *job)
{
  if (job->mapping != NULL)
    hx_form_input (html, &(HxInput){ .name = "mapping",
                                     .type = "hidden",
                                     .value = job->mapping->key });
}

static void
show_try_form (HxHtml *html, const Job *job, const HxImportPreview *preview)
{
  g_autofree char *action = g_strconcat ("/ledgers/", job->kind->key,
                                         "/import/", job->id, "/try", NULL);

  hx_form_begin (html, job->call,
                 &(HxForm){ .action = action, .method = HX_METHOD_POST });
  show_hidden_mapping (html, job);
  if (job->mapping == NULL)
    {
      hx_html_open (html, "details", NULL);
      hx_html_element (html, "summary", _ ("对应得不对？自己选"), NULL);
      for (guint i = 0; i < preview->columns->len; i++)
        show_column_choice (html, job, preview->columns->pdata[i]);
      hx_html_close (html, "details");
    }
  hx_form_submit (html, _ ("试运行"), HX_TONE_GOOD);
  hx_form_end (html);
}

/* What is wrong with a file is no fault of the request: it is said, with the
 * way back. */
static gboolean
show_wrong_file (const Job *job, const GError *failed)
{
  HxHtml *html = begin_page (job, NULL, 422);
  g_autofree char *text
      = g_strdup_printf (_ ("这个文件不能这样导入：%s"), failed->message);
  g_autofree char *url
      = g_strconcat ("/ledgers/", job->kind->key, "/import", NULL);

  hx_part_notice (html, HX_TONE_BAD, text);
  hx_html_open (html, "p", NULL);
  hx_part_action (html, url, _ ("换一个文件"), TRUE);
  hx_html_close (html, "p");
  return hx_page_end (job->call, html);
}

static gboolean
fail_or_show (const Job *job, GError *failed, GError **error)
{
  gboolean done;

  if (failed->domain != HX_ERROR || failed->code == HX_ERROR_STORE)
    return g_propagate_error (error, failed), FALSE;
  done = show_wrong_file (job, failed);
  g_error_free (failed);
  return done;
}

static gboolean
columns_page (HxCall *call, GError **error)
{
  g_auto (Job) job = { 0 };
  g_auto (HxImportPreview) preview = { 0 };
  g_autoptr (GError) failed = NULL;
  g_autofree char *lead = NULL;
  HxHtml *html;

  if (!job_open (&job, call, error))
    return FALSE;
  const HxImportOptions options = { .mapping = job.mapping };
  if (!hx_import_preview (job.kind, job.path, &options, SAMPLES, &preview,
                          &failed))
    return fail_or_show (&job, g_steal_pointer (&failed), error);
  lead = g_strdup_printf (_ ("%s：工作表“%s”，第 %lu 行是表头。"), job.name,
                          preview.sheet, (unsigned long)preview.header);
  html = begin_page (&job, lead, 200);
  show_missing (html, &preview);
  show_columns (html, &preview);
  show_try_form (html, &job, &preview);
  return hx_page_end (call, html);
}

/* ------------------------------------------------------- 3: trial, import
 */

typedef struct
{
  HxImportSummary summary;
  GPtrArray *failures; /* char *: place and reason in turn */
} Result;

static void
result_clear (Result *result)
{
  hx_import_summary_clear (&result->summary);
  g_clear_pointer (&result->failures, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

static void
take_failure (const char *where, const char *reason, gpointer data)
{
  Result *result = data;

  if (result->failures->len >= 2 * FAILURES_SHOWN)
    return;
  g_ptr_array_add (result->failures, g_strdup (where));
  g_ptr_array_add (result->failures, g_strdup (reason));
}

static gboolean
run (Job *job, gboolean is_trial, Result *result, GError **error)
{
  const HxImportOptions options
      = { .dry_run = is_trial,
          .mapping = job->mapping,
          .chosen = job->chosen,
          .skip_contradictions = hx_call_bool (job->call, "skip"),
          .errors_path = job->errors,
          .author = { hx_call_identity (job->call)->login, job->name },
          .failed = take_failure,
          .data = result };

  g_unlink (job->errors);
  result->failures = g_ptr_array_new_with_free_func (g_free);
  return hx_import (hx_call_store (job->call), hx_call_catalogue (job->call),
                    job->kind, job->path, &options, &result->summary, error);
}

static void
add_fact (HxHtml *html, const char *name, guint64 count)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, count);

  hx_html_element (html, "dt", name, NULL);
  hx_html_element (html, "dd", text, NULL);
}

static void
show_counts (HxHtml *html, const Job *job, const HxImportSummary *summary)
{
  hx_html_open (html, "dl", "class", "facts", NULL);
  add_fact (html, _ ("共"), summary->rows);
  add_fact (html, _ ("新增"), summary->added);
  add_fact (html, _ ("更改"), summary->changed);
  add_fact (html, _ ("未变"), summary->unchanged);
  add_fact (html, _ ("失败"), summary->failed);
  if (job->mapping != NULL)
    {
      add_fact (html, _ ("与已有的不一致"), summary->contradicting);
      add_fact (html, _ ("按映射略过"), summary->skipped);
    }
  hx_html_close (html, "dl");
}

static void
show_names (HxHtml *html, const char *label, const GPtrArray *names)
{
  if (names->len == 0)
    return;
  hx_html_open (html, "p", NULL);
  hx_html_text (html, label);
  for (guint i = 0; i < names->len; i++)
    hx_html_textf (html, "%s%s", i > 0 ? "、" : "",
                   (const char *)names->pdata[i]);
  hx_html_close (html, "p");
}

static void
show_failures (HxHtml *html, const Job *job, const Result *result)
{
  const HxColumn columns[]
      = { { .name = _ ("哪一行") }, { .name = _ ("为什么") }, { 0 } };
  g_autofree char *url = NULL;
  HxGrid *grid;

  if (result->failures->len == 0)
    return;
  url = job_url (job, "/errors");
  grid = hx_grid_begin (html, _ ("失败的行"), columns);
  for (guint i = 0; i + 1 < result->failures->len; i += 2)
    {
      hx_grid_row (grid, NULL);
      hx_grid_cell (grid, result->failures->pdata[i]);
      hx_grid_cell (grid, result->failures->pdata[i + 1]);
    }
  hx_grid_end (grid);
  hx_html_open (html, "p", NULL);
  hx_part_action (html, url, _ ("下载失败的行（Excel），改好再导入"), FALSE);
  hx_html_close (html, "p");
}

static void
hide_chosen (HxHtml *html, const Job *job)
{
  const char *const *pairs = hx_call_texts (job->call, "column");

  for (; *pairs != NULL; pairs++)
    hx_form_input (
        html,
        &(HxInput){ .name = "column", .type = "hidden", .value = *pairs });
}

static void
show_run_form (HxHtml *html, const Job *job, const HxImportSummary *summary)
{
  g_autofree char *action = g_strconcat ("/ledgers/", job->kind->key,
                                         "/import/", job->id, "/run", NULL);

  if (summary->added + summary->changed == 0)
    return;
  hx_form_begin (html, job->call,
                 &(HxForm){ .action = action, .method = HX_METHOD_POST });
  show_hidden_mapping (html, job);
  hide_chosen (html, job);
  if (summary->contradicting > 0)
    hx_form_input (html,
                   &(HxInput){ .name = "skip",
                               .label = _ ("以已有的为准，略过不一致的行"),
                               .type = "checkbox" });
  hx_form_submit (html, _ ("导入"), HX_TONE_GOOD);
  hx_form_end (html);
}

static gboolean
show_result (const Job *job, gboolean is_trial, const Result *result)
{
  const HxImportSummary *summary = &result->summary;
  const gboolean is_kept = summary->kept && !is_trial;
  HxHtml *html = begin_page (job, job->name, 200);
  g_autofree char *ledger = g_strconcat ("/ledgers/", job->kind->key, NULL);

  if (is_kept)
    hx_part_notice (html, HX_TONE_GOOD, _ ("已导入。"));
  else
    hx_part_notice (html, is_trial ? HX_TONE_PLAIN : HX_TONE_BAD,
                    is_trial ? _ ("这是试运行，什么都还没有写入。")
                             : _ ("有失败或不一致的行，全部没有导入。"));
  show_counts (html, job, summary);
  show_names (html, _ ("没有导入的列："), summary->unknown_columns);
  show_names (html, _ ("跳过的工作表："), summary->skipped_sheets);
  show_names (html, _ ("请注意："), summary->warnings);
  show_failures (html, job, result);
  if (is_trial)
    show_run_form (html, job, summary);
  hx_html_open (html, "p", "class", "actions", NULL);
  hx_part_action (html, ledger, _ ("看台账"), is_kept);
  hx_html_close (html, "p");
  return hx_page_end (job->call, html);
}

static gboolean
import (HxCall *call, gboolean is_trial, GError **error)
{
  g_auto (Job) job = { 0 };
  g_auto (Result) result = { 0 };
  g_autoptr (GError) failed = NULL;

  if (!job_open (&job, call, error))
    return FALSE;
  take_chosen (&job);
  if (!run (&job, is_trial, &result, &failed))
    return fail_or_show (&job, g_steal_pointer (&failed), error);
  return show_result (&job, is_trial, &result);
}

static gboolean
try_import (HxCall *call, GError **error)
{
  return import (call, TRUE, error);
}

static gboolean
run_import (HxCall *call, GError **error)
{
  return import (call, FALSE, error);
}

static gboolean
errors_page (HxCall *call, GError **error)
{
  static const char type[] = "application/vnd.openxmlformats-officedocument."
                             "spreadsheetml.sheet";
  g_auto (Job) job = { 0 };
  g_autofree char *name = NULL;

  if (!job_open (&job, call, error))
    return FALSE;
  if (!g_file_test (job.errors, G_FILE_TEST_EXISTS))
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有失败的行"), NULL, NULL);
  name = g_strdup_printf (_ ("%s失败的行.xlsx"), job.kind->name);
  return hx_call_reply_file (call, job.errors, type, name, error);
}

#define KIND                                                                   \
  {                                                                            \
    "kind", HX_IN_PATH, HX_TYPE_KIND, HX_REQUIRED, .what = N_ ("台账")         \
  }
#define FILE_ID                                                                \
  {                                                                            \
    "file", HX_IN_PATH, HX_TYPE_TEXT, HX_REQUIRED, .what = N_ ("文件")         \
  }
#define MAPPING(place)                                                         \
  {                                                                            \
    "mapping", place, HX_TYPE_TEXT, .max = 80, .what = N_ ("映射")             \
  }

static const HxParameter choose[] = { KIND, MAPPING (HX_IN_QUERY), { 0 } };
static const HxParameter sent[]
    = { KIND,
        MAPPING (HX_IN_FORM),
        { "table", HX_IN_FILE, HX_TYPE_TEXT, HX_REQUIRED,
          .what = N_ ("工作簿或 CSV") },
        { 0 } };
static const HxParameter one[]
    = { KIND, FILE_ID, MAPPING (HX_IN_QUERY), { 0 } };
static const HxParameter go[]
    = { KIND,
        FILE_ID,
        MAPPING (HX_IN_FORM),
        { "column", HX_IN_FORM, HX_TYPE_TEXT, HX_MANY, .max = 500,
          .what = N_ ("列的对应") },
        { "skip", HX_IN_FORM, HX_TYPE_BOOL, .what = N_ ("略过不一致的行") },
        { 0 } };

const HxRoute hx_routes_import[] = {
  { HX_METHOD_GET, "/ledgers/{kind}/import", "import_page", N_ ("导入台账"),
    HX_USER_BUSINESS, HX_ROUTE_PAGE, choose, .handler = choose_page },
  { HX_METHOD_POST, "/ledgers/{kind}/import", "import_file", N_ ("导入台账"),
    HX_USER_BUSINESS, HX_ROUTE_PAGE | HX_ROUTE_UPLOAD, sent,
    .handler = take_file },
  { HX_METHOD_GET, "/ledgers/{kind}/import/{file}", "import_columns_page",
    N_ ("列的对应"), HX_USER_BUSINESS, HX_ROUTE_PAGE, one,
    .handler = columns_page },
  { HX_METHOD_POST, "/ledgers/{kind}/import/{file}/try", "import_try",
    N_ ("试运行"), HX_USER_BUSINESS, HX_ROUTE_PAGE, go, .handler = try_import },
  { HX_METHOD_POST, "/ledgers/{kind}/import/{file}/run", "import_run",
    N_ ("导入"), HX_USER_BUSINESS, HX_ROUTE_PAGE, go, .handler = run_import },
  { HX_METHOD_GET, "/ledgers/{kind}/import/{file}/errors", "import_errors_page",
    N_ ("失败的行"), HX_USER_BUSINESS, HX_ROUTE_PAGE, one,
    .handler = errors_page },
  { 0 },
};
