/* A file, a pipe or standard input.  What is no regular file is copied to
 * memory first, so that everything behind has a file that can be read from
 * its beginning. */
#include "check/source_child.h"
#include "check/source_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK 65536

/* -------------------------------------------------------------------- files
 */

static gboolean
fail_open (const char *where, int number, GError **error)
{
  if (number == ENOENT || number == ENOTDIR)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这个文件"), where,
                    _ ("请检查文件名"));
  if (number == EISDIR)
    return hx_fail (error, HX_ERROR_DATA, _ ("这是文件夹，不是文件"), where,
                    NULL);
  return hx_fail (error, HX_ERROR_DATA, _ ("文件读不出来"), where,
                  number == EACCES ? _ ("没有权限") : g_strerror (number));
}

static gboolean
fail_size (const char *where, GError **error)
{
  return hx_fail (error, HX_ERROR_LIMIT, _ ("文件太大"), where,
                  _ ("最多 64 MB，请分成几个文件"));
}

static gssize
read_some (int file, char *block, gsize size)
{
  gssize got;

  do
    got = read (file, block, size);
  while (got < 0 && errno == EINTR);
  return got;
}

gboolean
hx_source_write_all (int file, const void *bytes, gsize size)
{
  const char *at = bytes;

  while (size > 0)
    {
      const gssize put = write (file, at, size);

      if (put < 0 && errno != EINTR)
        return FALSE;
      at += MAX (put, 0);
      size -= (gsize)MAX (put, 0);
    }
  return TRUE;
}

/* 0, or an errno; EFBIG when there is more than is read. */
static int
copy (int from, int to)
{
  g_autofree char *block = g_malloc (BLOCK);
  gsize copied = 0;
  gssize got;

  while ((got = read_some (from, block, BLOCK)) > 0)
    {
      copied += (gsize)got;
      if (copied > HX_SOURCE_BYTES_MAX)
        return EFBIG;
      if (!hx_source_write_all (to, block, (gsize)got))
        return errno;
    }
  return got < 0 ? errno : 0;
}

static int
copy_to_memory (int from, const char *where, GError **error)
{
  const int memory = memfd_create ("hongxia-source", MFD_CLOEXEC);
  const int number = memory < 0 ? errno : copy (from, memory);

  if (number == 0 && lseek (memory, 0, SEEK_SET) == 0)
    return memory;
  if (memory >= 0)
    close (memory);
  if (number == EFBIG)
    fail_size (where, error);
  else
    fail_open (where, number, error);
  return -1;
}

/* Takes `file` over, and gives one that has a beginning. */
static int
settle (int file, const char *where, gsize *size, GError **error)
{
  struct stat status;
  int settled = file;

  if (fstat (file, &status) == 0 && !S_ISREG (status.st_mode))
    {
      settled = copy_to_memory (file, where, error);
      close (file);
      if (settled < 0)
        return -1;
    }
  if (fstat (settled, &status) == 0
      && (guint64)status.st_size <= HX_SOURCE_BYTES_MAX)
    {
      *size = (gsize)status.st_size;
      return settled;
    }
  close (settled);
  fail_size (where, error);
  return -1;
}

/* A copy of standard input stays open for whoever reads it next. */
static int
open_source (const char *path, const char *where, gsize *size, GError **error)
{
  const int file = strcmp (path, "-") == 0
                       ? fcntl (STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                       : open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

  if (file < 0)
    {
      fail_open (where, errno, error);
      return -1;
    }
  return settle (file, where, size, error);
}

/* -------------------------------------------------------------------- reading
 */

static HxSource *
source_new (const char *name, HxSourceKind kind)
{
  HxSource *source = g_new0 (HxSource, 1);

  source->name = g_filename_display_basename (name);
  source->kind = kind;
  source->cells = g_array_new (FALSE, FALSE, sizeof (HxSourceCell));
  return source;
}

static HxSource *
source_take (const char *name, char *text)
{
  HxSource *source = source_new (name, HX_SOURCE_TEXT);

  source->text = text;
  source->characters = hx_text_characters (text);
  return source;
}

HxSource *
hx_source_new (const char *name, const char *bytes, gsize length,
               GError **error)
{
  g_autofree char *where = g_filename_display_name (name);
  char *text = hx_source_plain (bytes, length, where, error);

  return text != NULL ? source_take (name, text) : NULL;
}

char *
hx_source_bytes (int file, gsize size, gsize *length)
{
  char *bytes = g_malloc (size + 1);
  gssize got = 1;

  *length = 0;
  while (*length < size && got != 0)
    {
      got = pread (file, bytes + *length, size - *length, (off_t)*length);
      if (got < 0 && errno != EINTR)
        break;
      *length += (gsize)MAX (got, 0);
    }
  return bytes;
}

static HxSource *
read_text (const char *path, const char *where, int file, gsize size,
           GError **error)
{
  gsize length = 0;
  g_autofree char *bytes = NULL;
  char *text;

  /* No encoding that is read takes twice the room of UTF-8. */
  if (size > 2 * HX_SOURCE_TEXT_MAX)
    {
      hx_fail (error, HX_ERROR_LIMIT, _ ("文字太长"), where,
               _ ("最多 8 MB，请分成几个文件"));
      return NULL;
    }
  bytes = hx_source_bytes (file, size, &length);
  text = hx_source_plain (bytes, length, where, error);
  return text != NULL ? source_take (path, text) : NULL;
}

/* Through a child process. */
static HxSource *
read_marked (const char *path, const char *where, int file, HxSourceKind kind,
             GError **error)
{
  g_autoptr (GByteArray) answer
      = hx_source_start (kind, file, HX_SOURCE_SECONDS, where, error);
  g_autoptr (HxSource) source = source_new (path, kind);
  HxSourceFault fault;

  if (answer == NULL)
    return NULL;
  if (hx_answer_read (answer->data, answer->len, source, &fault))
    return g_steal_pointer (&source);
  hx_source_fail (fault, where, error);
  return NULL;
}

static HxSource *
read_file (const char *path, const char *where, int file, gsize size,
           GError **error)
{
  char head[HX_SOURCE_HEAD];
  const gssize got = pread (file, head, sizeof head, 0);
  HxSourceKind kind;

  if (got < 0)
    {
      fail_open (where, errno, error);
      return NULL;
    }
  if (!hx_source_kind (head, (gsize)got, where, &kind, error))
    return NULL;
  if (kind == HX_SOURCE_TEXT)
    return read_text (path, where, file, size, error);
  return read_marked (path, where, file, kind, error);
}

HxSource *
hx_source_read (const char *path, GError **error)
{
  g_autofree char *where = g_filename_display_name (path);
  gsize size = 0;
  const int file = open_source (path, where, &size, error);
  HxSource *source;

  if (file < 0)
    return NULL;
  source = read_file (path, where, file, size, error);
  close (file);
  return source;
}

void
hx_source_free (HxSource *source)
{
  if (source == NULL)
    return;
  g_free (source->name);
  g_free (source->text);
  g_array_unref (source->cells);
  g_free (source);
}
