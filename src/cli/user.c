#include "cli/user.h"

#include "access/session.h"

#include <string.h>

#define REQUEST "user"

/* What every subcommand works with. */
typedef struct
{
  HxCatalogue *catalogue;
  HxStore *store;
  HxSessions *sessions;
  HxAuthor author;
  char **words; /* behind the subcommand */
  char *roles, *unit, *label;
  int days;
  gboolean writes, as_json;
} Work;

static void
work_clear (Work *work)
{
  g_clear_pointer (&work->sessions, hx_sessions_free);
  g_clear_pointer (&work->store, hx_store_close);
  g_clear_pointer (&work->catalogue, hx_catalogue_unref);
  g_free (work->roles);
  g_free (work->unit);
  g_free (work->label);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static gboolean
find_unit (const Work *work, HxConnection *connection, gint64 *unit_id,
           GError **error)
{
  const HxKind *unit = hx_catalogue_kind (work->catalogue, "unit");
  *unit_id = 0;
  if (work->unit == NULL || *work->unit == '\0')
    return TRUE;
  if (unit == NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("这个目录里没有机构"), "--unit",
                    NULL);
  return hx_unit_find (connection, unit, work->unit, unit_id, error);
}

static HxAccount *
find_account (const Work *work, GError **error)
{
  g_autoptr (HxReader) reader = hx_store_reader (work->store, error);
  return reader != NULL ? hx_account_find (hx_reader_connection (reader),
                                           work->words[0], error)
                        : NULL;
}

/* ------------------------------------------------------------------ changing
 */

typedef struct
{
  const Work *work;
  HxAccountNew account; /* add */
  gint64 id;
  HxUserRoles roles;
  const char *hash;
  gboolean disabled;
} Job;

typedef gboolean (*JobFunc) (HxLedger *ledger, gpointer data, GError **error);

static gboolean
add (HxLedger *ledger, gpointer data, GError **error)
{
  Job *job = data;
  return find_unit (job->work, hx_ledger_connection (ledger),
                    &job->account.unit_id, error)
         && hx_account_add (ledger, &job->account, &job->id, error);
}

static gboolean
set_roles (HxLedger *ledger, gpointer data, GError **error)
{
  const Job *job = data;
  return hx_account_set_roles (ledger, job->id, job->roles, error);
}

static gboolean
set_unit (HxLedger *ledger, gpointer data, GError **error)
{
  const Job *job = data;
  gint64 unit_id;
  return find_unit (job->work, hx_ledger_connection (ledger), &unit_id, error)
         && hx_account_set_unit (ledger, job->id, unit_id, error);
}

static gboolean
set_disabled (HxLedger *ledger, gpointer data, GError **error)
{
  const Job *job = data;
  return hx_account_set_disabled (ledger, job->id, job->disabled, error);
}

static gboolean
set_password (HxLedger *ledger, gpointer data, GError **error)
{
  const Job *job = data;
  return hx_account_set_password (ledger, job->id, job->hash, TRUE, error);
}

static gboolean
run_job (const Work *work, JobFunc function, Job *job, GError **error)
{
  job->work = work;
  return hx_measure_write (work->store, work->catalogue, &work->author,
                           function, job, error);
}

/* The hash of a password that was typed or sent in, checked. */
static char *
ask_password (const Work *work, const HxPasswordOwner *owner, GError **error)
{
  g_autoptr (HxReader) reader = hx_store_reader (work->store, error);
  g_autofree char *password
      = reader != NULL ? hx_cli_ask_password (error) : NULL;
  if (password == NULL
      || !hx_password_check (hx_reader_connection (reader), password, owner,
                             error))
    return NULL;
  return hx_password_hash (password, error);
}

static gboolean
run_add (const Work *work, GError **error)
{
  const HxPasswordOwner owner = { work->words[0], work->words[1] };
  Job job = { .account = { .login = owner.login, .name = owner.name } };
  if (work->roles == NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("没有写角色"), "--role",
                    _ ("例如 --role security"));
  if (!hx_user_roles_parse (work->roles, &job.account.roles, error))
    return FALSE;
  g_autofree char *hash = ask_password (work, &owner, error);
  if (hash == NULL)
    return FALSE;
  job.account.hash = hash;
  if (!run_job (work, add, &job, error))
    return FALSE;
  hx_cli_print (_ ("已建账号 %s（%s），第一次登录要先改密码\n"), owner.login,
                owner.name);
  return TRUE;
}

/* The account that the first word names, then what `function` does to it. */
static gboolean
change (const Work *work, JobFunc function, Job *job, GError **error)
{
  g_autoptr (HxAccount) account = find_account (work, error);
  if (account == NULL)
    return FALSE;
  job->id = account->id;
  if (!run_job (work, function, job, error))
    return FALSE;
  hx_cli_print (_ ("账号 %s 已改\n"), account->login);
  return TRUE;
}

static gboolean
run_role (const Work *work, GError **error)
{
  Job job = { .id = 0 };
  return hx_user_roles_parse (work->words[1], &job.roles, error)
         && change (work, set_roles, &job, error);
}

static gboolean
run_unit (const Work *work, GError **error)
{
  Work with_unit = *work;
  Job job = { .id = 0 };
  with_unit.unit = work->words[1];
  return change (&with_unit, set_unit, &job, error);
}

static gboolean
run_disable (const Work *work, GError **error)
{
  Job job = { .disabled = TRUE };
  return change (work, set_disabled, &job, error);
}

static gboolean
run_enable (const Work *work, GError **error)
{
  Job job = { .disabled = FALSE };
  return change (work, set_disabled, &job, error);
}

static gboolean
run_password (const Work *work, GError **error)
{
  g_autoptr (HxAccount) account = find_account (work, error);
  if (account == NULL)
    return FALSE;
  const HxPasswordOwner owner = { account->login, account->name };
  g_autofree char *hash = ask_password (work, &owner, error);
  Job job = { .hash = hash };
  return hash != NULL && change (work, set_password, &job, error);
}

static gboolean
run_token (const Work *work, GError **error)
{
  g_autoptr (HxAccount) account = find_account (work, error);
  if (account == NULL)
    return FALSE;
  HxTokenNew wanted = { .user_id = account->id,
                        .label = work->label != NULL ? work->label : "",
                        .writes = work->writes,
                        .days = work->days };
  g_autofree char *token = NULL;
  if ((work->roles != NULL
       && !hx_user_roles_parse (work->roles, &wanted.roles, error))
      || !hx_token_add (work->sessions, &work->author, &wanted, &token, error))
    return FALSE;
  hx_cli_print ("%s\n", token);
  g_printerr ("%s\n", _ ("令牌只显示这一次，请妥善保管"));
  return TRUE;
}

/* --------------------------------------------------------------------- list
 */

static char *
roles_named (HxUserRoles roles)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < HX_USER_ROLES; i++)
    if (roles & 1u << i)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "、" : "",
                              hx_user_role_name (i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
state_of (const HxAccount *account)
{
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  return account->disabled             ? _ ("停用")
         : now < account->locked_until ? _ ("锁定")
         : account->must_change        ? _ ("要改密码")
                                       : _ ("在用");
}

static void
print_account (const HxAccount *account, const char *unit)
{
  g_autofree char *roles = roles_named (account->roles);
  hx_cli_print_padded (account->login, 18, FALSE);
  hx_cli_print_padded (account->name, 14, FALSE);
  hx_cli_print_padded (unit != NULL ? unit : _ ("全单位"), 20, FALSE);
  hx_cli_print_padded (state_of (account), 10, FALSE);
  hx_cli_print ("%s\n", roles);
}

static void
write_account (HxJson *json, const HxAccount *account, const char *unit)
{
  hx_json_object_begin (json);
  hx_json_member_integer (json, "id", account->id);
  hx_json_member (json, "login", account->login);
  hx_json_member (json, "name", account->name);
  hx_json_key (json, "roles");
  hx_json_array_begin (json);
  for (guint i = 0; i < HX_USER_ROLES; i++)
    if (account->roles & 1u << i)
      hx_json_string (json, hx_user_role_key (i));
  hx_json_array_end (json);
  hx_json_member (json, "unit", unit);
  hx_json_key (json, "disabled");
  hx_json_bool (json, account->disabled);
  hx_json_key (json, "one_time_code");
  hx_json_bool (json, account->has_code);
  hx_json_object_end (json);
}

static gboolean
run_list (const Work *work, GError **error)
{
  g_autoptr (HxReader) reader = hx_store_reader (work->store, error);
  if (reader == NULL)
    return FALSE;
  HxConnection *connection = hx_reader_connection (reader);
  g_autoptr (GPtrArray) accounts = hx_accounts (connection, error);
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  if (accounts == NULL)
    return FALSE;
  hx_json_init (&json, out, TRUE);
  hx_json_array_begin (&json);
  for (guint i = 0; i < accounts->len; i++)
    {
      const HxAccount *account = accounts->pdata[i];
      g_autofree char *unit = hx_unit_name (connection, account->unit_id, NULL);
      if (work->as_json)
        write_account (&json, account, unit);
      else
        print_account (account, unit);
    }
  hx_json_array_end (&json);
  if (work->as_json)
    hx_cli_print ("%s\n", out->str);
  else if (accounts->len == 0)
    hx_cli_print ("%s\n",
                  _ ("还没有账号。先建安全管理员： hongxia user add 账号 姓名"
                     " --role security"));
  return TRUE;
}

/* ------------------------------------------------------------------- command
 */

static const struct
{
  const char *name;
  int words; /* behind it */
  gboolean (*run) (const Work *work, GError **error);
} subcommands[] = {
  { "add", 2, run_add },       { "role", 2, run_role },
  { "unit", 2, run_unit },     { "disable", 1, run_disable },
  { "enable", 1, run_enable }, { "password", 1, run_password },
  { "token", 1, run_token },   { "list", 0, run_list },
};

static gboolean
fail_incomplete (const char *word, GError **error)
{
  return hx_fail (error, HX_ERROR_USAGE, _ ("user 后面的话不完整"), word,
                  _ ("hongxia user --help 有说明"));
}

static gboolean
run_user (HxCli *cli, int argc, char **arguments, GError **error)
{
  g_auto (Work) work = { .days = 90 };
  const GOptionEntry entries[] = {
    { "role", 0, 0, G_OPTION_ARG_STRING, &work.roles, NULL, NULL },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &work.unit, NULL, NULL },
    { "label", 0, 0, G_OPTION_ARG_STRING, &work.label, NULL, NULL },
    { "days", 0, 0, G_OPTION_ARG_INT, &work.days, NULL, NULL },
    { "write", 0, 0, G_OPTION_ARG_NONE, &work.writes, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &work.as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!hx_cli_options (cli, &hx_command_user, entries, HX_CLI_ANY_WORDS, &argc,
                       &arguments, error))
    return FALSE;
  if (argc == 0)
    return TRUE;
  gsize i = 0;
  while (i < G_N_ELEMENTS (subcommands) && argc > 1
         && strcmp (subcommands[i].name, arguments[1]) != 0)
    i++;
  if (argc < 2 || i == G_N_ELEMENTS (subcommands)
      || argc != 2 + subcommands[i].words)
    return fail_incomplete (argc > 1 ? arguments[1] : NULL, error);
  work.words = arguments + 2;
  work.author = hx_cli_author (REQUEST);
  work.store = hx_cli_open_catalogue (cli, &work.catalogue, error);
  if (work.store == NULL)
    return FALSE;
  work.sessions = hx_sessions_new (work.store, work.catalogue, NULL, error);
  return work.sessions != NULL && subcommands[i].run (&work, error);
}

const HxCommand hx_command_user = {
  .name = "user",
  .synopsis = "add LOGIN NAME --role ROLE,… [--unit UNIT] | role LOGIN ROLE,… |"
              " unit LOGIN UNIT | disable LOGIN | enable LOGIN |"
              " password LOGIN | token LOGIN --label TEXT [--days N] [--write]"
              " [--role ROLE,…] | list [--json]",
  .summary = N_ ("登录网页应用的账号：新建、改角色、停用、列出"),
  .manual = N_ (
      "网页应用没有默认账号和默认密码：先在这里建安全管理员，再由她在网页里\n"
      "建别的账号；网页里的改动要另一名管理员确认，这里的改动直接生效。\n"
      "每次改动都写进变更日志。\n\n"
      "角色：system 系统管理员、security 安全管理员、audit 审计管理员（三员各\n"
      "由一人担任，不看业务），liaison 联络员、clerk 科室经办、finance 财务、\n"
      "section 科室负责人、bureau 局领导、reviewer 评审、reader 只读。\n\n"
      "add 和 password "
      "的密码在终端里输入两遍（不显示），或者从标准输入读一行；\n"
      "本人第一次登录要先改掉。停用会结束这个账号的登录和令牌。\n"
      "token 给程序用的接口令牌，只显示一次；不写 --write 就只能读。\n\n"
      "  --role ROLE,…   角色，几个用逗号隔开；令牌可以只给其中几个\n"
      "  --unit UNIT     只能看这个机构和它下属的机构；不写就是全单位。\n"
      "                  unit 后面的机构写成空的 '' 也是全单位\n"
      "  --label TEXT    令牌作什么用\n"
      "  --days N        令牌多少天有效，默认 90\n"
      "  --write         令牌也可以改\n"
      "  --json          用 JSON 输出\n\n"
      "例： hongxia user add an.quan 安全员 --role security\n"
      "     hongxia user add li.si 李四 --role liaison --unit 金花街\n"
      "     hongxia user disable li.si"),
  .run = run_user,
};
