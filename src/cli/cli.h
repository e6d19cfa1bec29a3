/* cli: the commands of `hongxia`, one file each.
 *
 * A command is a descriptor declared beside its function and listed in
 * main.c.  It parses its own options with GOption through hx_cli_options,
 * prints results to standard output and leaves errors to the caller: the
 * frame prints `hongxia: what: where: what to do` to standard error and turns
 * the error into the exit status (0 done, 1 findings, 2 usage, 3 data or
 * store at fault).
 */
#ifndef HX_CLI_H
#define HX_CLI_H

#include "base/base.h"
#include "store/store.h"

G_BEGIN_DECLS

typedef struct
{
  char *db;          /* --db, HONGXIA_DB or sqlite:hongxia.db */
  char *key;         /* --key, HONGXIA_KEY or NULL: beside the database */
  guint reader_kib;  /* see HxStoreOptions; 0 but for a server */
  gboolean findings; /* the command did its work and found something: exit 1 */
} HxCli;

/* `arguments` starts with the command's own name; the command may take words
 * out of it.  FALSE with *error set; a usage error shows the synopsis too. */
typedef gboolean (*HxCommandFunc) (HxCli *cli, int argc, char **arguments,
                                   GError **error);

typedef struct
{
  const char *name;
  const char *synopsis; /* what stands behind the name */
  const char *summary;  /* one line, N_() */
  const char *manual;   /* description and examples, N_() */
  HxCommandFunc run;
} HxCommand;

/* Every command, NULL at the end. */
extern const HxCommand *const hx_commands[];

extern const HxCommand hx_command_init;
extern const HxCommand hx_command_import;
extern const HxCommand hx_command_record;
extern const HxCommand hx_command_list;
extern const HxCommand hx_command_statistics;
extern const HxCommand hx_command_figures;
extern const HxCommand hx_command_trace;
extern const HxCommand hx_command_due;
extern const HxCommand hx_command_coverage;
extern const HxCommand hx_command_duplicates;
extern const HxCommand hx_command_merge;
extern const HxCommand hx_command_batch;
extern const HxCommand hx_command_person;
extern const HxCommand hx_command_monitor;
extern const HxCommand hx_command_budget;
extern const HxCommand hx_command_plan;
extern const HxCommand hx_command_report;
extern const HxCommand hx_command_roll;
extern const HxCommand hx_command_score;
extern const HxCommand hx_command_check;
extern const HxCommand hx_command_search;
extern const HxCommand hx_command_quality;
extern const HxCommand hx_command_survey;
extern const HxCommand hx_command_verify;
extern const HxCommand hx_command_backup;
extern const HxCommand hx_command_restore;
extern const HxCommand hx_command_key;
extern const HxCommand hx_command_user;
extern const HxCommand hx_command_serve;

#define HX_CLI_ANY_WORDS (-1)

/* Parse options in place (--db, --key and --help are everywhere); positional
 * words stay, and exactly `words` of them must be there.  After --help, which
 * is answered here, *argc is 0. */
gboolean hx_cli_options (HxCli *cli, const HxCommand *command,
                         const GOptionEntry *entries, int words, int *argc,
                         char ***arguments, GError **error);
/* What GOption found wrong, in the user's language; the caller's. */
char *hx_cli_option_fault (const GError *wrong);
HxStore *hx_cli_open (HxCli *cli, GError **error);
void hx_cli_print (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* Filled with spaces to `columns` of a terminal, where a Chinese character
 * takes two; longer text is not cut. */
void hx_cli_print_padded (const char *text, guint columns, gboolean right);
void hx_cli_append_padded (GString *out, const char *text, guint columns,
                           gboolean right);
/* How many columns a text takes. */
guint hx_cli_columns (const char *text);
/* A bar on a terminal, nothing elsewhere; `data` is a HxCliProgress. */
typedef struct
{
  const char *label;
  gint64 shown_at;
} HxCliProgress;
gboolean hx_cli_progress (guint64 done, guint64 total, gpointer data);

G_END_DECLS

#endif
