/* What a file is, by its bytes: an office hands over much that is called a
 * workbook and is none.
 *
 * The directory at the end of a zip is looked at before it is read: its count
 * of entries is what would grow without a bound.
 */
#include "exchange/xlsx_internal.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define BLOCK 65536
#define DIRECTORY_END 22     /* bytes of the record, without its comment */
#define DIRECTORY_ENTRIES 10 /* where its count of entries is */
#define COMMENT_MOST 65535
#define ENTRIES_MOST 10000

static gboolean
fail_unreadable (const char *name, GError **error)
{
  return hx_fail (error, HX_ERROR_DATA, _ ("文件读不出来"), name,
                  _ ("请检查文件是否可读"));
}

/* ----------------------------------------------------------- compound file */

/* "EncryptedPackage" is the stream of a workbook with a password. */
static const char encrypted[]
    = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

/* TRUE if the bytes occur; blocks overlap by their length. */
static gboolean
file_holds (int fd, const char *wanted, gsize length)
{
  g_autofree char *block = g_malloc (BLOCK + length);
  gsize kept = 0;
  gssize got;
  while ((got = read (fd, block + kept, BLOCK)) > 0)
    {
      const gsize have = kept + (gsize)got;
      if (memmem (block, have, wanted, length) != NULL)
        return TRUE;
      kept = MIN (have, length - 1);
      memmove (block, block + have - kept, kept);
    }
  return FALSE;
}

static gboolean
fail_compound (int fd, const char *name, GError **error)
{
  if (file_holds (fd, encrypted, sizeof encrypted - 1))
    return hx_fail (error, HX_ERROR_DATA, _ ("工作簿加了密码"), name,
                    _ ("请在 Excel 或 WPS 里打开，去掉密码后另存"));
  return hx_fail (error, HX_ERROR_DATA, _ ("是旧版 xls 工作簿（97-2003 格式）"),
                  name, _ ("请用 Excel 或 WPS 打开，另存为 xlsx"));
}

/* ------------------------------------------------------------------ others */

static gboolean
looks_like_page (const char *head)
{
  const guint8 *at = (const guint8 *)head;
  if (memcmp (at, "\xEF\xBB\xBF", 3) == 0)
    at += 3;
  while (g_ascii_isspace (*at))
    at++;
  return *at == '<';
}

static gboolean
fail_other (const char *head, const char *name, GError **error)
{
  if (looks_like_page (head))
    return hx_fail (error, HX_ERROR_DATA, _ ("内容是网页，不是 xlsx 工作簿"),
                    name, _ ("请用 Excel 或 WPS 打开，另存为 xlsx"));
  return hx_fail (error, HX_ERROR_DATA, _ ("不是 xlsx 工作簿"), name,
                  _ ("请用 Excel 或 WPS 打开，另存为 xlsx"));
}

/* --------------------------------------------------------------------- zip */

static const guint8 *
find_directory_end (const guint8 *tail, gsize length)
{
  if (length < DIRECTORY_END)
    return NULL;
  for (gsize i = length - DIRECTORY_END + 1; i-- > 0;)
    if (memcmp (tail + i, "PK\5\6", 4) == 0)
      return tail + i;
  return NULL;
}

static gboolean
check_directory (int fd, const char *name, GError **error)
{
  const gsize most = DIRECTORY_END + COMMENT_MOST;
  g_autofree guint8 *tail = g_malloc (most);
  const off_t size = lseek (fd, 0, SEEK_END);
  if (size < 0)
    return fail_unreadable (name, error);
  const off_t from = MAX (0, size - (off_t)most);
  const gssize got = pread (fd, tail, most, from);
  if (got < 0)
    return fail_unreadable (name, error);
  const guint8 *end = find_directory_end (tail, (gsize)got);
  if (end == NULL)
    return hx_fail (error, HX_ERROR_DATA, _ ("工作簿不完整，后半截丢失了"),
                    name, _ ("请重新拷贝或下载这个文件"));
  if ((guint)(end[DIRECTORY_ENTRIES] | end[DIRECTORY_ENTRIES + 1] << 8)
      > ENTRIES_MOST)
    return hx_fail (error, HX_ERROR_LIMIT,
                    _ ("压缩包里的文件太多，不是普通的工作簿"), name,
                    _ ("请用 Excel 或 WPS 打开，另存为 xlsx"));
  return TRUE;
}

/* ------------------------------------------------------------------- check */

static gboolean
check_kind (int fd, const char *name, GError **error)
{
  char head[64] = { 0 };
  if (pread (fd, head, sizeof head - 1, 0) < 0)
    return fail_unreadable (name, error);
  if (memcmp (head, "\xD0\xCF\x11\xE0", 4) == 0)
    return fail_compound (fd, name, error);
  if (memcmp (head, "PK", 2) != 0)
    return fail_other (head, name, error);
  return check_directory (fd, name, error);
}

gboolean
hx_container_check (const char *path, const char *name, GError **error)
{
  const int fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return fail_unreadable (name, error);
  const gboolean good = check_kind (fd, name, error);
  close (fd);
  return good;
}
