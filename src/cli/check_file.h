/* `hongxia check FILE…`: the arithmetic of reports in files, without a
 * database. */
#ifndef HX_CLI_CHECK_FILE_H
#define HX_CLI_CHECK_FILE_H

#include "check/claim_output.h"
#include "cli/cli.h"

G_BEGIN_DECLS

typedef struct
{
  char **words;       /* files and folders, "-" for standard input */
  guint n_words;      /* at least one */
  const char *format; /* text, json, html, sarif; NULL: text */
  const char *output; /* -o; NULL: standard output */
  gboolean is_all;
  int jobs; /* 0: one for each core */
} HxCliCheck;

gboolean hx_cli_check_files (HxCli *cli, const HxCliCheck *call,
                             GError **error);

/* ------------------------------------------------------------------- the list
 */

#define HX_CLI_CHECK_FILES_MAX 100000

typedef struct
{
  char *path;  /* to read, and what the user calls it */
  char *page;  /* of its page: a/b.txt.html, below the folder for pages */
  char *fault; /* a folder that cannot be listed; else NULL */
} HxCliCheckFile;

/* Every file that is meant, sorted by path, each once: HxCliCheckFile. Folders
 * give the .txt .htm .html .docx .pdf in them, at any depth; what begins with
 * a dot or ~$ and linked folders are passed over. */
GPtrArray *hx_cli_check_list (char **words, guint n_words, GError **error);

/* -------------------------------------------------------------------- the run
 */

typedef gboolean (*HxCliCheckedFunc) (const HxCliCheckFile *file,
                                      const HxChecked *checked, gpointer data,
                                      GError **error);

/* Reads and checks the files in `jobs` threads and calls `done` in this one,
 * in the order of the list.  No more than a few files a thread are held. */
gboolean hx_cli_check_run (const GPtrArray *files, guint jobs,
                           HxCliCheckedFunc done, gpointer data,
                           GError **error);

/* ------------------------------------------------------------------ the table
 */

typedef struct
{
  guint files, unreadable, with_errors, errors, last, warnings;
} HxCliCheckTotals;

void hx_cli_check_count (HxCliCheckTotals *totals, const HxChecked *checked);
void hx_cli_check_table_head (GString *out, guint width);
void hx_cli_check_table_row (const HxChecked *checked, guint width,
                             GString *out);
void hx_cli_check_table_tail (const HxCliCheckTotals *totals, GString *out);

/* ------------------------------------------------------------------- the sink
 *
 * Standard output, or a file that takes its name when all is written.
 */

typedef struct
{
  int descriptor;
  char *path, *temporary; /* NULL: standard output */
} HxCliSink;

gboolean hx_cli_sink_open (HxCliSink *sink, const char *path, GError **error);
/* Empties `text`. */
gboolean hx_cli_sink_write (HxCliSink *sink, GString *text, GError **error);
gboolean hx_cli_sink_finish (HxCliSink *sink, GError **error);
void hx_cli_sink_clear (HxCliSink *sink);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxCliSink, hx_cli_sink_clear)

G_END_DECLS

#endif
