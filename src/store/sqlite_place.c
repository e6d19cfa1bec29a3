/* The file of a database: is it one that can be used, and how it comes into
 * its place.
 *
 * The file of a database is never opened here: closing it would drop the
 * locks that SQLite holds on it in this process.  Only files nobody else has
 * yet are. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/sqlite_internal.h"

gboolean
hx_sqlite_check_file (const char *path, gboolean is_written, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat status;

  if (stat (path, &status) != 0 && errno == ENOENT)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("找不到这个文件"), path,
                    _ ("检查文件名；新的数据库用 hongxia init 建立"));
  if (stat (path, &status) != 0)
    return hx_sqlite_fail_errno (_ ("看不到这个文件"), path, errno, error);
  if (S_ISDIR (status.st_mode))
    return hx_fail (error, HX_ERROR_STORE, _ ("这是目录，不是数据库文件"), path,
                    _ ("在后面加上文件名"));
  if (!S_ISREG (status.st_mode))
    return hx_fail (error, HX_ERROR_STORE, _ ("这不是普通文件"), path,
                    _ ("检查文件名"));
  if (access (path, R_OK) != 0)
    return hx_fail (error, HX_ERROR_STORE, _ ("没有读这个文件的权限"), path,
                    _ ("请管理员给出读写权限"));
  if (is_written && access (path, W_OK) != 0)
    return hx_fail (error, HX_ERROR_STORE, _ ("数据库文件只能读，不能写"), path,
                    _ ("请管理员给出读写权限"));
  if (is_written && access (folder, W_OK | X_OK) != 0)
    return hx_fail (error, HX_ERROR_STORE, _ ("数据库所在的目录不能写"), folder,
                    _ ("请管理员给出读写权限"));
  return TRUE;
}

gboolean
hx_sqlite_make_file (const char *path, GError **error)
{
  int file = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (file < 0 && errno == EEXIST)
    return hx_fail (error, HX_ERROR_CONFLICT, _ ("文件已经存在，不会覆盖"),
                    path, _ ("换一个文件名"));
  if (file < 0 && errno == ENOENT)
    return hx_fail (error, HX_ERROR_STORE, _ ("文件所在的目录不存在"), path,
                    _ ("先建立目录，或换一个地方"));
  if (file < 0)
    return hx_sqlite_fail_errno (_ ("不能新建文件"), path, errno, error);
  close (file);
  return TRUE;
}

char *
hx_sqlite_make_beside (const char *path, const char *word, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s.%s-XXXXXX", path, word);
  int file = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600);

  if (file < 0 && errno == ENOENT)
    hx_fail (error, HX_ERROR_STORE, _ ("文件所在的目录不存在"), path,
             _ ("先建立目录，或换一个地方"));
  else if (file < 0)
    hx_sqlite_fail_errno (_ ("不能新建文件"), name, errno, error);
  if (file < 0)
    return NULL;
  close (file);
  return g_steal_pointer (&name);
}

/* Some file systems (on memory sticks, for one) cannot refuse in one step. */
static int
rename_after_look (const char *from, const char *to)
{
  if (access (to, F_OK) != 0)
    return rename (from, to);
  errno = EEXIST;
  return -1;
}

gboolean
hx_sqlite_rename_new (const char *from, const char *to, GError **error)
{
  int result = renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);

  if (result != 0 && (errno == EINVAL || errno == ENOSYS))
    result = rename_after_look (from, to);
  if (result == 0)
    return hx_sqlite_sync_folder (to, error);
  if (errno == EEXIST)
    return hx_fail (error, HX_ERROR_CONFLICT, _ ("文件已经存在，不会覆盖"), to,
                    _ ("换一个文件名"));
  return hx_sqlite_fail_errno (_ ("不能给文件改名"), to, errno, error);
}

static gboolean
sync_opened (const char *path, int flags, GError **error)
{
  int file = g_open (path, flags | O_CLOEXEC, 0);
  int code = file < 0 ? -1 : fsync (file);
  int number = errno;

  if (file >= 0)
    close (file);
  if (code == 0)
    return TRUE;
  return hx_sqlite_fail_errno (_ ("写到磁盘时出错"), path, number, error);
}

gboolean
hx_sqlite_sync (const char *path, GError **error)
{
  return sync_opened (path, O_RDWR, error);
}

gboolean
hx_sqlite_sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return sync_opened (folder, O_RDONLY | O_DIRECTORY, error);
}
