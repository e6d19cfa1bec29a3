/* The parent's side: start a process, collect what it writes, end it. */
#include "check/source_child.h"
#include "check/source_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define BLOCK 65536
#define IN_CHILD "HONGXIA_READING"

/* The whole environment: a program that does not know the word must not read
 * sources in its turn, and the end of a confined process is no time to look
 * for leaks. */
static const char *const environment[]
    = { IN_CHILD "=1", "LC_ALL=C.UTF-8", "ASAN_OPTIONS=detect_leaks=0", NULL };

static gboolean
spawn (HxSourceKind kind, int input, int output, GPid *child, GError **error)
{
  const char *program = g_getenv ("HONGXIA_READER");
  const char *words[]
      = { program != NULL ? program : "/proc/self/exe", "hongxia",
          HX_SOURCE_CHILD, hx_source_kind_word (kind), NULL };

  return g_spawn_async_with_pipes_and_fds (
      NULL, words, environment,
      G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN
          | G_SPAWN_FILE_AND_ARGV_ZERO | G_SPAWN_STDERR_TO_DEV_NULL,
      NULL, NULL, input, output, -1, NULL, NULL, 0, child, NULL, NULL, NULL,
      error);
}

/* FALSE: nothing came until the deadline. */
static gboolean
wait_for (int pipe_end, gint64 deadline)
{
  struct pollfd waited = { .fd = pipe_end, .events = POLLIN };
  int ready;

  do
    {
      const gint64 left = (deadline - g_get_monotonic_time ()) / 1000;
      ready = poll (&waited, 1, (int)CLAMP (left, 0, G_MAXINT));
    }
  while (ready < 0 && errno == EINTR);
  return ready > 0;
}

static void
collect (int pipe_end, guint seconds, GByteArray *answer)
{
  const gint64 deadline = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  g_autofree guint8 *block = g_malloc (BLOCK);
  gssize got = 1;

  while (got > 0 && answer->len <= hx_answer_most ()
         && wait_for (pipe_end, deadline))
    {
      got = read (pipe_end, block, BLOCK);
      if (got > 0)
        g_byte_array_append (answer, block, (guint)got);
      else if (got < 0 && errno == EINTR)
        got = 1;
    }
}

/* Whoever has closed the pipe has nothing more to say. */
static void
end_child (GPid child)
{
  kill (child, SIGKILL);
  while (waitpid (child, NULL, 0) < 0 && errno == EINTR)
    continue;
  g_spawn_close_pid (child);
}

GByteArray *
hx_source_start (HxSourceKind kind, int file, guint seconds, const char *where,
                 GError **error)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autoptr (GError) wrong = NULL;
  gboolean started;
  int ends[2];
  GPid child;

  if (g_getenv (IN_CHILD) != NULL || pipe2 (ends, O_CLOEXEC) != 0)
    {
      hx_fail (error, HX_ERROR_DATA, _ ("读文件的子进程启动不了"), where, NULL);
      return NULL;
    }
  started = spawn (kind, file, ends[1], &child, &wrong);
  close (ends[1]);
  if (started)
    {
      collect (ends[0], seconds, answer);
      end_child (child);
    }
  close (ends[0]);
  if (started)
    return g_steal_pointer (&answer);
  hx_fail (error, HX_ERROR_DATA, _ ("读文件的子进程启动不了"), where,
           wrong->message);
  return NULL;
}
