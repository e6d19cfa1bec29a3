#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PROGRESS_INTERVAL_US 100000

static void
print_manual (const HxCommand *command)
{
  hx_cli_print ("hongxia %s %s\n\n", command->name, command->synopsis);
  hx_cli_print ("%s\n\n", hx_text (command->summary));
  hx_cli_print ("%s\n", hx_text (command->manual));
}

static gboolean
usage_error (const HxCommand *command, const char *what, GError **error)
{
  g_autofree char *usage = g_strdup_printf (_ ("用法： hongxia %s %s"),
                                            command->name, command->synopsis);
  return hx_fail (error, HX_ERROR_USAGE, what, command->name, usage);
}

/* Its sentences, which are English here, end with the option. */
char *
hx_cli_option_fault (const GError *wrong)
{
  const char *space = strrchr (wrong->message, ' ');
  const char *option = space != NULL ? space + 1 : wrong->message;
  return g_error_matches (wrong, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION)
             ? g_strdup_printf (_ ("没有 %s 这个选项"), option)
             : g_strdup_printf (_ ("选项 %s 没有写值，或值不对"), option);
}

static void
take_option (char **option, char *value)
{
  g_free (*option);
  *option = value;
}

gboolean
hx_cli_options (HxCli *cli, const HxCommand *command,
                const GOptionEntry *entries, int words, int *argc,
                char ***arguments, GError **error)
{
  gboolean help = FALSE;
  g_autofree char *db = NULL;
  g_autofree char *key = NULL;
  const GOptionEntry common[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, NULL, NULL },
    { "db", 0, 0, G_OPTION_ARG_STRING, &db, NULL, NULL },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &key, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, common, NULL);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  g_autoptr (GError) wrong = NULL;
  if (!g_option_context_parse (context, argc, arguments, &wrong))
    {
      g_autofree char *fault = hx_cli_option_fault (wrong);
      return usage_error (command, fault, error);
    }
  if (db != NULL)
    take_option (&cli->db, g_steal_pointer (&db));
  if (key != NULL)
    take_option (&cli->key, g_steal_pointer (&key));
  if (help)
    {
      print_manual (command);
      *argc = 0;
      return TRUE;
    }
  if (words != HX_CLI_ANY_WORDS && *argc - 1 != words)
    return usage_error (
        command, *argc - 1 < words ? _ ("缺少参数") : _ ("参数太多"), error);
  return TRUE;
}

HxStore *
hx_cli_open (HxCli *cli, GError **error)
{
  const HxStoreOptions options
      = { .key_file = cli->key, .reader_kib = cli->reader_kib };
  return hx_store_open (cli->db, HX_STORE_OPEN, &options, error);
}

void
hx_cli_print (const char *format, ...)
{
  va_list list;
  va_start (list, format);
  vfprintf (stdout, format, list);
  va_end (list);
}

guint
hx_cli_columns (const char *text)
{
  guint columns = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_find_next_char (p, NULL))
    {
      const gunichar c = g_utf8_get_char (p);
      columns += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return columns;
}

void
hx_cli_append_padded (GString *out, const char *text, guint columns,
                      gboolean right)
{
  const guint used = hx_cli_columns (text);
  const int fill = used < columns ? (int)(columns - used) : 0;
  if (right)
    g_string_append_printf (out, "%*s%s", fill, "", text);
  else
    g_string_append_printf (out, "%s%*s", text, fill, "");
}

void
hx_cli_print_padded (const char *text, guint columns, gboolean right)
{
  g_autoptr (GString) out = g_string_new (NULL);
  hx_cli_append_padded (out, text, columns, right);
  hx_cli_print ("%s", out->str);
}

gboolean
hx_cli_progress (guint64 done, guint64 total, gpointer data)
{
  HxCliProgress *progress = data;
  const gint64 now = g_get_monotonic_time ();
  if (!isatty (STDERR_FILENO) || total == 0)
    return TRUE;
  if (done < total && now - progress->shown_at < PROGRESS_INTERVAL_US)
    return TRUE;
  progress->shown_at = now;
  fprintf (stderr, "\r%s %3d%%%s", progress->label, (int)(done * 100 / total),
           done < total ? "" : "\n");
  return TRUE;
}
