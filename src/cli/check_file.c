#include "cli/check_file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define NAME_COLUMNS_MAX 60
#define JOBS_MAX 64
#define INDEX_PAGE "index.html"

typedef struct _Writing Writing;

typedef struct
{
  const char *name;
  void (*alone) (Writing *writing, const HxChecked *checked);
  void (*begin) (Writing *writing);
  gboolean (*file) (Writing *writing, const HxCliCheckFile *file,
                    const HxChecked *checked, GError **error);
  gboolean (*end) (Writing *writing, GError **error);
} Format;

struct _Writing
{
  const HxCliCheck *call;
  const Format *format;
  const GPtrArray *files;
  GString *out;
  GString *index; /* of pages */
  guint width;    /* of the table's names */
  HxCliSink sink;
  HxSarif sarif;
  HxCliCheckTotals totals;
  HxCliProgress progress;
};

static void
writing_clear (Writing *writing)
{
  g_string_free (writing->out, TRUE);
  g_string_free (writing->index, TRUE);
  hx_cli_sink_clear (&writing->sink);
  hx_sarif_clear (&writing->sarif);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writing, writing_clear)

/* ---------------------------------------------------------------------- text
 */

static void
text_alone (Writing *writing, const HxChecked *checked)
{
  hx_checked_text (checked, writing->call->is_all, writing->out);
}

static void
text_begin (Writing *writing)
{
  for (guint i = 0; i < writing->files->len; i++)
    {
      const HxCliCheckFile *file = writing->files->pdata[i];
      const HxChecked named = { .path = file->path };
      g_autofree char *name = hx_checked_name (&named);

      writing->width = MAX (writing->width, hx_cli_columns (name));
    }
  writing->width = MIN (writing->width, NAME_COLUMNS_MAX);
  if (!writing->call->is_all)
    hx_cli_check_table_head (writing->out, writing->width);
}

static gboolean
text_file (Writing *writing, const HxCliCheckFile *file,
           const HxChecked *checked, GError **error)
{
  (void)file;
  (void)error;
  if (!writing->call->is_all || checked->result == NULL)
    {
      hx_cli_check_table_row (checked, writing->width, writing->out);
      return TRUE;
    }
  hx_checked_text (checked, TRUE, writing->out);
  g_string_append_c (writing->out, '\n');
  return TRUE;
}

static gboolean
text_end (Writing *writing, GError **error)
{
  (void)error;
  hx_cli_check_table_tail (&writing->totals, writing->out);
  if (writing->totals.with_errors > 0 && !writing->call->is_all)
    g_string_append_printf (
        writing->out, "%s\n",
        _ ("逐处看：hongxia check 一份文件；或 --format html -o 文件夹"));
  return TRUE;
}

/* ---------------------------------------------------------------------- JSON
 */

static void
json_alone (Writing *writing, const HxChecked *checked)
{
  hx_checked_json (checked, writing->out);
}

static gboolean
json_file (Writing *writing, const HxCliCheckFile *file,
           const HxChecked *checked, GError **error)
{
  (void)file;
  (void)error;
  hx_checked_json_line (checked, writing->out);
  return TRUE;
}

/* --------------------------------------------------------------------- SARIF
 */

static void
sarif_begin (Writing *writing)
{
  hx_sarif_head (&writing->sarif, writing->out);
}

static gboolean
sarif_file (Writing *writing, const HxCliCheckFile *file,
            const HxChecked *checked, GError **error)
{
  (void)file;
  (void)error;
  hx_sarif_file (&writing->sarif, checked, writing->out);
  return TRUE;
}

static gboolean
sarif_end (Writing *writing, GError **error)
{
  (void)error;
  hx_sarif_tail (&writing->sarif, writing->out);
  return TRUE;
}

static void
sarif_alone (Writing *writing, const HxChecked *checked)
{
  sarif_begin (writing);
  hx_sarif_file (&writing->sarif, checked, writing->out);
  hx_sarif_tail (&writing->sarif, writing->out);
}

/* ---------------------------------------------------------------------- HTML
 *
 * A page a file below the folder, one that leads to them, and the table.
 */

static void
html_alone (Writing *writing, const HxChecked *checked)
{
  hx_checked_html (checked, writing->out);
}

static void
html_begin (Writing *writing)
{
  text_begin (writing);
  hx_checked_index_head (writing->index);
}

static gboolean
write_page (const Writing *writing, const char *name, const GString *page,
            GError **error)
{
  g_autofree char *path = g_build_filename (writing->call->output, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0755) != 0)
    return hx_fail (error, HX_ERROR_DATA, _ ("文件夹建不了"), folder,
                    g_strerror (errno));
  return hx_file_replace (path, page->str, (gssize)page->len, error);
}

static gboolean
html_file (Writing *writing, const HxCliCheckFile *file,
           const HxChecked *checked, GError **error)
{
  g_autoptr (GString) page = g_string_new (NULL);

  hx_checked_index_row (checked, checked->result == NULL ? NULL : file->page,
                        writing->index);
  hx_cli_check_table_row (checked, writing->width, writing->out);
  if (checked->result == NULL)
    return TRUE;
  hx_checked_html (checked, page);
  return write_page (writing, file->page, page, error);
}

static gboolean
html_end (Writing *writing, GError **error)
{
  hx_checked_index_tail (writing->index);
  hx_cli_check_table_tail (&writing->totals, writing->out);
  return write_page (writing, INDEX_PAGE, writing->index, error);
}

static const Format formats[] = {
  { "text", text_alone, text_begin, text_file, text_end },
  { "json", json_alone, NULL, json_file, NULL },
  { "html", html_alone, html_begin, html_file, html_end },
  { "sarif", sarif_alone, sarif_begin, sarif_file, sarif_end },
};

/* ------------------------------------------------------------------- command
 */

static const Format *
find_format (const char *name, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (name == NULL || strcmp (formats[i].name, name) == 0)
      return &formats[i];
  hx_fail (error, HX_ERROR_USAGE, _ ("没有这种格式"), name,
           _ ("可用 text、json、html、sarif"));
  return NULL;
}

static gboolean
take_file (const HxCliCheckFile *file, const HxChecked *checked, gpointer data,
           GError **error)
{
  Writing *writing = data;

  hx_cli_check_count (&writing->totals, checked);
  if (!writing->format->file (writing, file, checked, error)
      || !hx_cli_sink_write (&writing->sink, writing->out, error))
    return FALSE;
  if (!isatty (STDOUT_FILENO))
    hx_cli_progress (writing->totals.files, writing->files->len,
                     &writing->progress);
  return TRUE;
}

/* A file alone that cannot be read is what is wrong with the call. */
static gboolean
take_alone (const HxCliCheckFile *file, const HxChecked *checked, gpointer data,
            GError **error)
{
  Writing *writing = data;

  (void)file;
  hx_cli_check_count (&writing->totals, checked);
  if (checked->result == NULL)
    return hx_fail (error, HX_ERROR_USAGE, checked->fault, NULL, NULL);
  writing->format->alone (writing, checked);
  return hx_cli_sink_write (&writing->sink, writing->out, error);
}

static guint
jobs_of (const HxCliCheck *call, const GPtrArray *files)
{
  guint jobs = call->jobs > 0 ? (guint)call->jobs : g_get_num_processors ();

  return MIN (MIN (jobs, JOBS_MAX), files->len);
}

static gboolean
write_alone (Writing *writing, GError **error)
{
  const HxCliCheckFile *file = writing->files->pdata[0];
  const char *output = writing->call->output;
  g_autofree char *inside = NULL;

  if (output != NULL && g_file_test (output, G_FILE_TEST_IS_DIR))
    {
      if (writing->format->alone != html_alone)
        return hx_fail (error, HX_ERROR_USAGE, _ ("这是文件夹，不是文件"),
                        output, _ ("-o 后面写文件名"));
      output = inside = g_build_filename (output, file->page, NULL);
    }
  return hx_cli_sink_open (&writing->sink, output, error)
         && hx_cli_check_run (writing->files, 1, take_alone, writing, error)
         && hx_cli_sink_finish (&writing->sink, error);
}

/* Pages go to a folder, the table beside them to standard output. */
static gboolean
write_many (Writing *writing, GError **error)
{
  const gboolean has_pages = writing->format->alone == html_alone;
  const char *output = has_pages ? NULL : writing->call->output;

  if (has_pages && writing->call->output == NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("没有写网页放在哪个文件夹"), "-o",
                    _ ("例如 -o 核对结果"));
  if (!hx_cli_sink_open (&writing->sink, output, error))
    return FALSE;
  if (writing->format->begin != NULL)
    writing->format->begin (writing);
  if (!hx_cli_check_run (writing->files,
                         jobs_of (writing->call, writing->files), take_file,
                         writing, error)
      || (writing->format->end != NULL
          && !writing->format->end (writing, error))
      || !hx_cli_sink_write (&writing->sink, writing->out, error)
      || !hx_cli_sink_finish (&writing->sink, error))
    return FALSE;
  return writing->totals.unreadable == 0
         || hx_failf (error, HX_ERROR_USAGE, _ ("%u 份文件读不了"),
                      writing->totals.unreadable);
}

static gboolean
check_files (HxCli *cli, const HxCliCheck *call, GError **error)
{
  const Format *format = find_format (call->format, error);
  g_autoptr (GPtrArray) files = NULL;

  if (format == NULL)
    return FALSE;
  if (call->jobs < 0 || call->jobs > JOBS_MAX)
    return hx_fail (error, HX_ERROR_USAGE, _ ("--jobs 是 1 到 64"), NULL, NULL);
  files = hx_cli_check_list (call->words, call->n_words, error);
  if (files == NULL)
    return FALSE;
  g_auto (Writing) writing = { .call = call,
                               .format = format,
                               .files = files,
                               .out = g_string_new (NULL),
                               .index = g_string_new (NULL),
                               .sink = { .descriptor = -1 },
                               .progress = { .label = _ ("核对") } };
  const gboolean is_alone
      = call->n_words == 1 && !g_file_test (call->words[0], G_FILE_TEST_IS_DIR);

  hx_sarif_init (&writing.sarif);
  if (!(is_alone ? write_alone (&writing, error)
                 : write_many (&writing, error)))
    return FALSE;
  cli->findings = writing.totals.with_errors > 0;
  return TRUE;
}

/* Whatever was in the way, no file's arithmetic was found wrong by it: 2. */
gboolean
hx_cli_check_files (HxCli *cli, const HxCliCheck *call, GError **error)
{
  if (check_files (cli, call, error))
    return TRUE;
  if (error != NULL && (*error)->domain == HX_ERROR)
    (*error)->code = HX_ERROR_USAGE;
  return FALSE;
}
