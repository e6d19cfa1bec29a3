/* SQLite's result codes in the user's words. */
#include <errno.h>

#include "store/sqlite_internal.h"

/* What stands in the middle of the error. */
typedef enum
{
  WHERE_FILE,     /* the database file */
  WHERE_MESSAGE,  /* what SQLite says, such as the constraint */
  WHERE_STATEMENT /* the same and the SQL */
} Where;

typedef struct
{
  int code;
  HxErrorCode error;
  Where where;
  const char *what;
  const char *what_to_do;
} Wording;

static const Wording wordings[] = {
  { SQLITE_BUSY, HX_ERROR_STORE, WHERE_FILE, N_ ("数据库正被另一个程序占用"),
    N_ ("稍候再试，或先关掉那个程序") },
  { SQLITE_LOCKED, HX_ERROR_STORE, WHERE_FILE, N_ ("数据库正被另一个程序占用"),
    N_ ("稍候再试，或先关掉那个程序") },
  { SQLITE_FULL, HX_ERROR_STORE, WHERE_FILE, N_ ("磁盘空间不足，没有写入"),
    N_ ("腾出空间后再试") },
  { SQLITE_IOERR, HX_ERROR_STORE, WHERE_FILE, N_ ("读写数据库文件出错"),
    N_ ("检查磁盘后再试") },
  { SQLITE_READONLY, HX_ERROR_STORE, WHERE_FILE,
    N_ ("数据库文件只能读，不能写"), N_ ("检查文件和所在目录的权限") },
  { SQLITE_PERM, HX_ERROR_STORE, WHERE_FILE, N_ ("没有打开数据库文件的权限"),
    N_ ("检查文件和所在目录的权限") },
  { SQLITE_CANTOPEN, HX_ERROR_STORE, WHERE_FILE, N_ ("打不开数据库文件"),
    N_ ("检查文件和所在目录的权限") },
  { SQLITE_CORRUPT, HX_ERROR_STORE, WHERE_FILE, N_ ("数据库文件已损坏"),
    N_ ("换用一份完好的备份") },
  { SQLITE_NOTADB, HX_ERROR_STORE, WHERE_FILE, N_ ("这个文件不是红霞数据库"),
    N_ ("检查文件名") },
  { SQLITE_NOMEM, HX_ERROR_STORE, WHERE_FILE, N_ ("内存不足"),
    N_ ("关掉其他程序后再试") },
  { SQLITE_CONSTRAINT, HX_ERROR_CONFLICT, WHERE_MESSAGE,
    N_ ("与已有的数据冲突，没有写入"), NULL },
  { SQLITE_TOOBIG, HX_ERROR_LIMIT, WHERE_MESSAGE, N_ ("一个值或一条语句太长"),
    NULL },
  { SQLITE_AUTH, HX_ERROR_STORE, WHERE_STATEMENT,
    N_ ("事务由写入线程掌管，这里不能自行开始或结束"), NULL },
  /* the last one stands for all others */
  { SQLITE_ERROR, HX_ERROR_STORE, WHERE_STATEMENT, N_ ("数据库不接受这条语句"),
    NULL },
};

static const Wording *
wording_of (int code)
{
  gsize last = G_N_ELEMENTS (wordings) - 1;

  for (gsize i = 0; i < last; i++)
    if (wordings[i].code == (code & 0xff))
      return &wordings[i];
  return &wordings[last];
}

gboolean
hx_sqlite_fail (HxSqlite *sqlite, int code, const char *sql, GError **error)
{
  const Wording *wording = wording_of (code);
  const char *message = sqlite3_errmsg (sqlite->db);
  g_autofree char *both = NULL;
  const char *where = message;

  if (wording->where == WHERE_FILE)
    where = sqlite->path;
  else if (wording->where == WHERE_STATEMENT && sql != NULL)
    where = both = g_strdup_printf ("%s [%.200s]", message, sql);
  return hx_fail (error, wording->error, _ (wording->what), where,
                  wording->what_to_do != NULL ? _ (wording->what_to_do) : NULL);
}

gboolean
hx_sqlite_fail_errno (const char *what, const char *path, int number,
                      GError **error)
{
  g_autofree char *where
      = g_strdup_printf ("%s (%s)", path, g_strerror (number));

  return hx_fail (error, HX_ERROR_STORE, what, where, NULL);
}
