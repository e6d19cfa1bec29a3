#include "server/serve.h"
#include "cli/session.h"
#include "cli/systemd.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define DEFAULT_ADDRESS "127.0.0.1:8023"
#define STOP_SECONDS 30

typedef struct
{
  char *listen, *today, *certificate, *key, *proxy, *access_log;
  int workers;
} Choice;

static void
choice_clear (Choice *choice)
{
  g_free (choice->listen);
  g_free (choice->today);
  g_free (choice->certificate);
  g_free (choice->key);
  g_free (choice->proxy);
  g_free (choice->access_log);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Choice, choice_clear)

/* Before any thread is there, so that every one leaves them to `wait_signals`.
 */
static void
hold_signals (sigset_t *signals)
{
  sigemptyset (signals);
  sigaddset (signals, SIGTERM);
  sigaddset (signals, SIGINT);
  sigaddset (signals, SIGHUP);
  pthread_sigmask (SIG_BLOCK, signals, NULL);
}

static void
reopen_log (HxServer *server)
{
  g_autoptr (GError) error = NULL;
  if (!hx_server_reopen_log (server, &error))
    g_printerr ("hongxia: %s\n", error->message);
}

static void
wait_signals (HxServer *server, const sigset_t *signals)
{
  for (;;)
    {
      const int caught = sigwaitinfo (signals, NULL);
      if (caught == SIGHUP)
        reopen_log (server);
      else if (caught > 0)
        return;
    }
}

static gboolean
read_options (const Choice *choice, HxServerOptions *options, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  if (choice->workers < 0 || choice->workers > 256)
    return hx_fail (error, HX_ERROR_USAGE, _ ("工作线程数不对"), "--workers",
                    _ ("写 1 到 256"));
  if (choice->today != NULL
      && !hx_date_parse (choice->today, FALSE, &options->today, &wrong))
    return hx_fail (error, HX_ERROR_USAGE, wrong->message, "--today",
                    _ ("例如 2023-11-30"));
  options->metrics_token = g_getenv ("HONGXIA_METRICS_TOKEN");
  options->http = (HxHttpOptions){
    .address = choice->listen != NULL ? choice->listen : DEFAULT_ADDRESS,
    .socket = choice->listen == NULL ? hx_systemd_socket () : 0,
    .certificate = choice->certificate,
    .key = choice->key,
    .proxy = choice->proxy,
    .access_log = choice->access_log,
    .workers = (guint)choice->workers,
  };
  return TRUE;
}

/* With port 0 the system chose one. */
static void
say_address (const HxServer *server, const HxServerOptions *options)
{
  const HxHttpOptions *http = &options->http;
  const char *address = http->address != NULL ? http->address : "";
  const char *colon = strrchr (address, ':');
  const int length = colon != NULL ? (int)(colon - address) : 0;
  hx_cli_print (_ ("红霞已启动：%s://%.*s:%u/\n"),
                http->certificate != NULL ? "https" : "http",
                length > 0 ? length : 9, length > 0 ? address : "127.0.0.1",
                hx_server_port (server));
  fflush (stdout);
}

static gboolean
serve (HxCli *cli, const HxServerOptions *options, GError **error)
{
  sigset_t signals;
  hold_signals (&signals);
  cli->reader_kib = HX_SERVER_READER_KIB;
  g_autoptr (HxCatalogue) catalogue = NULL;
  g_autoptr (HxStore) store = hx_cli_open_catalogue (cli, &catalogue, error);
  if (store == NULL)
    return FALSE;
  g_autoptr (HxServer) server
      = hx_server_start (store, catalogue, options, error);
  if (server == NULL)
    return FALSE;
  say_address (server, options);
  hx_systemd_notify ("READY=1");
  wait_signals (server, &signals);
  hx_systemd_notify ("STOPPING=1");
  if (!hx_server_stop (server, STOP_SECONDS))
    g_printerr (_ ("有请求到时仍未办完\n"));
  return TRUE;
}

static gboolean
run_serve (HxCli *cli, int argc, char **arguments, GError **error)
{
  g_auto (Choice) choice = { 0 };
  HxServerOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_STRING, &choice.listen, NULL, NULL },
    { "today", 0, 0, G_OPTION_ARG_STRING, &choice.today, NULL, NULL },
    { "tls-certificate", 0, 0, G_OPTION_ARG_FILENAME, &choice.certificate, NULL,
      NULL },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &choice.key, NULL, NULL },
    { "proxy", 0, 0, G_OPTION_ARG_STRING, &choice.proxy, NULL, NULL },
    { "access-log", 0, 0, G_OPTION_ARG_FILENAME, &choice.access_log, NULL,
      NULL },
    { "workers", 0, 0, G_OPTION_ARG_INT, &choice.workers, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!hx_cli_options (cli, &hx_command_serve, entries, 0, &argc, &arguments,
                       error))
    return FALSE;
  if (argc == 0)
    return TRUE;
  return read_options (&choice, &options, error)
         && serve (cli, &options, error);
}

const HxCommand hx_command_serve = {
  .name = "serve",
  .synopsis = "[--listen ADDR] [--today DATE] [--tls-certificate FILE "
              "--tls-key FILE] [--proxy ADDR] [--access-log FILE] "
              "[--workers N]",
  .summary = N_ ("启动网页应用和接口"),
  .manual
  = N_ ("用浏览器打开它说出的地址。默认只在本机的 127.0.0.1:8023 上听；\n"
        "--listen 换地址，例如 0.0.0.0:8023 或 [::]:443，端口 0 由系统挑。\n"
        "对外提供时给出证书和密钥（--tls-certificate、--tls-key，PEM 文件），\n"
        "或者放在 nginx、Caddy 之后，并用 --proxy 写明它的地址：只有从这个\n"
        "地址来的 X-Forwarded-For 才算数。\n\n"
        "--today 指定“今天”是哪一天，用于演示和核对。--access-log 把每个请求\n"
        "记成一行 JSON，- 为标准输出；收到 SIGHUP 重新打开这个文件。\n"
        "--workers 是同时办理请求的线程数，默认 16。\n\n"
        "收到 SIGTERM 或 SIGINT：办完已开始的，拒绝新来的，退出码为 0。\n\n"
        "例： hongxia serve --listen 127.0.0.1:8080 --today 2023-11-30"),
  .run = run_serve,
};
