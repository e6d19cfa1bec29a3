#include "cli/cli.h"

#include "check/source_child.h"
#include "language_resource.h"

#include <locale.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_DB "sqlite:hongxia.db"

const HxCommand *const hx_commands[] = {
  &hx_command_init,       &hx_command_import,     &hx_command_record,
  &hx_command_list,       &hx_command_statistics, &hx_command_figures,
  &hx_command_trace,      &hx_command_due,        &hx_command_coverage,
  &hx_command_duplicates, &hx_command_merge,      &hx_command_batch,
  &hx_command_person,     &hx_command_report,     &hx_command_budget,
  &hx_command_verify,     &hx_command_search,     &hx_command_key,
  &hx_command_quality,    &hx_command_survey,     &hx_command_backup,
  &hx_command_restore,    &hx_command_score,      &hx_command_check,
  &hx_command_monitor,    &hx_command_plan,       &hx_command_roll,
  &hx_command_serve,      &hx_command_user,       NULL,
};

static const HxCommand *
find_command (const char *name)
{
  for (gsize i = 0; hx_commands[i] != NULL; i++)
    if (strcmp (hx_commands[i]->name, name) == 0)
      return hx_commands[i];
  return NULL;
}

static void
print_help (void)
{
  hx_cli_print ("%s\n\n", _ ("红霞：从一年的台账写出单位的绩效自评报告"));
  hx_cli_print (
      "%s\n",
      _ ("用法： hongxia [--db URL] [--key FILE] [--lang zh|en] 命令 …"));
  hx_cli_print ("\n%s\n", _ ("命令："));
  for (gsize i = 0; hx_commands[i] != NULL; i++)
    hx_cli_print ("  %-12s %s\n", hx_commands[i]->name,
                  hx_text (hx_commands[i]->summary));
  hx_cli_print ("\n%s\n", _ ("每条命令的说明： hongxia 命令 --help"));
  hx_cli_print ("%s\n", _ ("数据：--db 或环境变量 HONGXIA_DB，"
                           "否则是当前目录的 sqlite:hongxia.db"));
  hx_cli_print ("%s\n", _ ("密钥：--key 或环境变量 HONGXIA_KEY，"
                           "否则是数据库旁边的 hongxia.db.key"));
  hx_cli_print ("%s\n", _ ("退出码：0 完成，1 有发现，2 用法有误，"
                           "3 数据或数据库有问题"));
}

static int
report_error (const GError *error)
{
  g_printerr ("hongxia: %s\n", error->message);
  return hx_error_exit_status (error);
}

static gboolean
load_language (GError **error)
{
  g_autoptr (GBytes) english
      = g_resource_lookup_data (hx_language_get_resource (), "/language/en.mo",
                                G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  return english != NULL
         && hx_language_load (HX_LANGUAGE_ENGLISH, english, error);
}

static gboolean
set_language (const char *name, GError **error)
{
  HxLanguage language;
  if (!hx_language_parse (name, &language))
    return hx_fail (error, HX_ERROR_USAGE, _ ("没有这种界面语言"), name,
                    _ ("可用 zh 或 en"));
  hx_language_set (language);
  return TRUE;
}

static gboolean
run (HxCli *cli, int argc, char **argv, GError **error)
{
  if (argc < 2)
    return print_help (), TRUE;
  const HxCommand *command = find_command (argv[1]);
  if (command == NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("没有这条命令"), argv[1],
                    _ ("hongxia --help 列出全部命令"));
  return command->run (cli, argc - 1, argv + 1, error);
}

static const char *
cli_default (const char *variable, const char *fallback)
{
  const char *value = g_getenv (variable);
  return value != NULL && value[0] != '\0' ? value : fallback;
}

/* Options before the command's name belong to the frame. */
static gboolean
parse_frame (HxCli *cli, int *argc, char ***argv, GError **error)
{
  g_autofree char *language = NULL;
  g_autofree char *db = NULL;
  g_autofree char *key = NULL;
  gboolean help = FALSE, version = FALSE;
  const GOptionEntry entries[] = {
    { "db", 0, 0, G_OPTION_ARG_STRING, &db, NULL, NULL },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &key, NULL, NULL },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &language, NULL, NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_add_main_entries (context, entries, NULL);
  g_autoptr (GError) wrong = NULL;
  if (!g_option_context_parse (context, argc, argv, &wrong))
    {
      g_autofree char *fault = hx_cli_option_fault (wrong);
      return hx_fail (error, HX_ERROR_USAGE, fault, NULL,
                      _ ("hongxia --help 有说明"));
    }
  cli->db = g_strdup (db != NULL ? db : cli_default ("HONGXIA_DB", DEFAULT_DB));
  const char *key_file = key != NULL ? key : cli_default ("HONGXIA_KEY", NULL);
  cli->key = g_strdup (key_file);
  if (!set_language (language != NULL ? language
                                      : cli_default ("HONGXIA_LANG", "zh"),
                     error))
    return FALSE;
  if (version)
    hx_cli_print ("hongxia %s\n", HX_VERSION);
  if (help)
    print_help ();
  if (help || version)
    *argc = 0;
  return TRUE;
}

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], HX_SOURCE_CHILD) == 0)
    return hx_source_child_main (argv[2], STDIN_FILENO, STDOUT_FILENO);
  setlocale (LC_ALL, "C.UTF-8");
  HxCli cli = { 0 };
  g_autoptr (GError) error = NULL;
  if (load_language (&error) && parse_frame (&cli, &argc, &argv, &error)
      && argc > 0)
    run (&cli, argc, argv, &error);
  g_free (cli.db);
  g_free (cli.key);
  if (error != NULL)
    return report_error (error);
  return cli.findings ? 1 : 0;
}
