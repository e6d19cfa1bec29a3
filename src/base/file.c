#include "base/base_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  int number;
  HxErrorCode code;
  const char *reason;
} Reason;

static const Reason reasons[] = {
  { ENOENT, HX_ERROR_NOT_FOUND, N_ ("没有这个文件或文件夹") },
  { ENOTDIR, HX_ERROR_NOT_FOUND, N_ ("没有这个文件夹") },
  { EACCES, HX_ERROR_DATA, N_ ("没有权限") },
  { EPERM, HX_ERROR_DATA, N_ ("没有权限") },
  { EROFS, HX_ERROR_DATA, N_ ("磁盘只能读不能写") },
  { EISDIR, HX_ERROR_DATA, N_ ("这是文件夹，不是文件") },
  { ENOSPC, HX_ERROR_DATA, N_ ("磁盘满了，请先腾出空间") },
  { EDQUOT, HX_ERROR_DATA, N_ ("磁盘配额用完了，请先腾出空间") },
};

gboolean
hx_file_fail (GError **error, const char *what, const char *path, int number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].number == number)
      return hx_fail (error, reasons[i].code, what, path,
                      hx_text (reasons[i].reason));
  return hx_fail (error, HX_ERROR_DATA, what, path, g_strerror (number));
}

static gboolean
write_all (int file, const char *data, gsize size)
{
  while (size > 0)
    {
      gssize put = write (file, data, size);

      if (put < 0 && errno == EINTR)
        continue;
      if (put < 0)
        return FALSE;
      data += put;
      size -= (gsize)put;
    }
  return TRUE;
}

/* 0, or the errno of what went wrong. */
static int
write_synced (int file, const char *path, const char *data, gsize size)
{
  GStatBuf status;
  int number = 0;

  if (g_stat (path, &status) == 0 && fchmod (file, status.st_mode & 07777) != 0)
    number = errno;
  if (number == 0 && (!write_all (file, data, size) || fsync (file) != 0))
    number = errno;
  if (close (file) != 0 && number == 0)
    number = errno;
  return number;
}

/* A renamed file is there after a crash once its directory is on disk. */
static int
sync_directory (const char *path)
{
  g_autofree char *directory = g_path_get_dirname (path);
  int file = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int number = 0;

  if (file < 0)
    return errno;
  if (fsync (file) != 0 && errno != EINVAL)
    number = errno;
  close (file);
  return number;
}

gboolean
hx_file_sync_folder (const char *path, GError **error)
{
  int number = sync_directory (path);

  return number == 0 || hx_file_fail (error, _ ("文件写不进去"), path, number);
}

gboolean
hx_file_replace (const char *path, const char *data, gssize size,
                 GError **error)
{
  g_autofree char *beside = g_strdup_printf ("%s.XXXXXX", path);
  int file = g_mkstemp_full (beside, O_RDWR | O_CLOEXEC, 0666);
  int number;

  if (file < 0)
    return hx_file_fail (error, _ ("文件写不进去"), path, errno);
  number
      = write_synced (file, path, data, size < 0 ? strlen (data) : (gsize)size);
  if (number == 0 && g_rename (beside, path) != 0)
    number = errno;
  if (number == 0)
    number = sync_directory (path);
  else
    g_unlink (beside);
  if (number != 0)
    return hx_file_fail (error, _ ("文件写不进去"), path, number);
  return TRUE;
}
