/* What a reading process may still do once it has its input in memory: use
 * that memory, write what it found, end.
 *
 * The filter of system calls answers EPERM to all else, so that a library
 * which looks for a file of its own goes on without it.  Memory can be made
 * neither executable nor shared with a file.  Where the kernel refuses the
 * filter, the limits alone hold: no file can be opened, none can grow, time
 * and memory end; who is not root can start no process either.
 *
 * Under the address sanitizer the address space is not limited, for its
 * shadow takes terabytes of it.
 */
#include "check/source_internal.h"

#include <errno.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define SECONDS 20
#define MEMORY ((rlim_t)1 << 30)

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SHADOWED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) && !defined(IS_SHADOWED)
#define IS_SHADOWED
#endif

static const struct
{
  __rlimit_resource_t resource;
  rlim_t most;
} limits[] = {
  { RLIMIT_CORE, 0 },    { RLIMIT_CPU, SECONDS }, { RLIMIT_FSIZE, 0 },
  { RLIMIT_NPROC, 0 },   { RLIMIT_NOFILE, 0 },
#ifndef IS_SHADOWED
  { RLIMIT_AS, MEMORY },
#endif
};

static const int allowed[] = {
  SCMP_SYS (read),
  SCMP_SYS (pread64),
  SCMP_SYS (write),
  SCMP_SYS (writev),
  SCMP_SYS (lseek),
  SCMP_SYS (fstat),
  SCMP_SYS (close),
  SCMP_SYS (brk),
  SCMP_SYS (munmap),
  SCMP_SYS (mremap),
  SCMP_SYS (madvise),
  SCMP_SYS (futex),
  SCMP_SYS (sched_yield),
  SCMP_SYS (clock_gettime),
  SCMP_SYS (gettimeofday),
  SCMP_SYS (time),
  SCMP_SYS (getpid),
  SCMP_SYS (gettid),
  SCMP_SYS (getrandom),
  SCMP_SYS (getrusage),
  SCMP_SYS (sigaltstack),
  SCMP_SYS (rt_sigaction),
  SCMP_SYS (rt_sigprocmask),
  SCMP_SYS (rt_sigreturn),
  SCMP_SYS (restart_syscall),
  SCMP_SYS (exit),
  SCMP_SYS (exit_group),
};

/* With these bits of this argument at 0. */
static const struct
{
  int call;
  unsigned argument;
  guint64 bits;
} allowed_without[] = {
  { SCMP_SYS (mmap), 2, PROT_EXEC },
  { SCMP_SYS (mprotect), 2, PROT_EXEC },
};

static gboolean
fill (scmp_filter_ctx filter)
{
  gboolean good = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (allowed); i++)
    good &= allowed[i] < 0 /* a call that this machine does not have */
            || seccomp_rule_add (filter, SCMP_ACT_ALLOW, allowed[i], 0) == 0;
  for (gsize i = 0; i < G_N_ELEMENTS (allowed_without); i++)
    {
      const struct scmp_arg_cmp without
          = { allowed_without[i].argument, SCMP_CMP_MASKED_EQ,
              allowed_without[i].bits, 0 };
      good &= seccomp_rule_add_array (filter, SCMP_ACT_ALLOW,
                                      allowed_without[i].call, 1, &without)
              == 0;
    }
  return good;
}

static gboolean
load_filter (void)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  gboolean good;

  if (filter == NULL)
    return FALSE;
  good = fill (filter) && seccomp_load (filter) == 0;
  seccomp_release (filter);
  return good;
}

gboolean
hx_sandbox_enter (void)
{
  prctl (PR_SET_DUMPABLE, 0);
  close_range (STDERR_FILENO + 1, G_MAXUINT, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      const struct rlimit limit = { limits[i].most, limits[i].most };
      setrlimit (limits[i].resource, &limit);
    }
  return load_filter ();
}
