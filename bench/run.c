/* bench-run OUT COMMAND…: run a command, add one line to OUT:
 *
 *   wall_ms user_ms system_ms peak_kib status
 *
 * The kernel counts the memory of the caller as the child's until the child
 * has become the command, so the caller has to be as small as this: no
 * library but libc. */
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static double
now_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double
milliseconds (struct timeval time)
{
  return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

static int
exit_status (int status)
{
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}

static int
report (const char *path, double wall, const struct rusage *usage, int status)
{
  FILE *out = fopen (path, "a");

  if (out == NULL)
    {
      perror (path);
      return 2;
    }
  fprintf (out, "%.3f %.3f %.3f %ld %d\n", wall, milliseconds (usage->ru_utime),
           milliseconds (usage->ru_stime), usage->ru_maxrss, status);
  return fclose (out) == 0 ? 0 : 2;
}

int
main (int count, char **arguments)
{
  struct rusage usage;
  pid_t child;
  int status, failure;

  if (count < 3)
    {
      fputs ("usage: bench-run OUT COMMAND [ARGUMENT]...\n", stderr);
      return 2;
    }
  const double start = now_ms ();
  failure
      = posix_spawnp (&child, arguments[2], NULL, NULL, arguments + 2, environ);
  if (failure != 0)
    {
      fprintf (stderr, "bench-run: %s: %s\n", arguments[2], strerror (failure));
      return 2;
    }
  if (wait4 (child, &status, 0, &usage) != child)
    {
      perror ("bench-run");
      return 2;
    }
  const double wall = now_ms () - start;
  status = exit_status (status);
  failure = report (arguments[1], wall, &usage, status);
  return failure != 0 ? failure : status;
}
