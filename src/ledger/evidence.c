#include "ledger/evidence.h"

#include "ledger/ledger_internal.h"

#include <errno.h>
#include <glib/gstdio.h>

static const HxMigration migrations[] = {
  { 1, "CREATE TABLE evidence (bureau_id INTEGER NOT NULL,"
       " digest TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,"
       " size INTEGER NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL,"
       " PRIMARY KEY (bureau_id, digest)) $options" },
};

gboolean
hx_evidence_migrate (HxConnection *connection, GError **error)
{
  return hx_migrate (connection, "evidence", migrations,
                     G_N_ELEMENTS (migrations), error);
}

void
hx_evidence_clear (HxEvidence *evidence)
{
  g_clear_pointer (&evidence->name, g_free);
}

/* -------------------------------------------------------------------- types
 */

typedef struct
{
  const char *head;
  gsize at, size;
  const char *inside; /* stands somewhere in it too, or NULL */
  const char *type;
} Magic;

static const Magic magics[] = {
  { "\xFF\xD8\xFF", 0, 3, NULL, "image/jpeg" },
  { "\x89PNG\r\n\x1A\n", 0, 8, NULL, "image/png" },
  { "GIF8", 0, 4, NULL, "image/gif" },
  { "WEBP", 8, 4, NULL, "image/webp" },
  { "ftypheic", 4, 8, NULL, "image/heic" },
  { "ftypheix", 4, 8, NULL, "image/heic" },
  { "ftypmif1", 4, 8, NULL, "image/heic" },
  { "%PDF-", 0, 5, NULL, "application/pdf" },
  { "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 0, 8, NULL,
    "application/x-ole-storage" },
  { "PK\x03\x04", 0, 4, "word/document.xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
  { "PK\x03\x04", 0, 4, "xl/workbook.xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
  { "PK\x03\x04", 0, 4, "ppt/presentation.xml",
    "application/vnd.openxmlformats-officedocument.presentationml."
    "presentation" },
  { "PK\x03\x04", 0, 4, "OFD.xml", "application/ofd" },
};

static gboolean
is_of (const Magic *magic, const guint8 *data, gsize size)
{
  return size >= magic->at + magic->size
         && memcmp (data + magic->at, magic->head, magic->size) == 0
         && (magic->inside == NULL
             || memmem (data, size, magic->inside, strlen (magic->inside))
                    != NULL);
}

const char *
hx_evidence_type (const guint8 *data, gsize size)
{
  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    if (is_of (&magics[i], data, size))
      return magics[i].type;
  return NULL;
}

/* A literal for what the table says. */
static const char *
known_type (const char *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    if (g_strcmp0 (magics[i].type, type) == 0)
      return magics[i].type;
  return "application/octet-stream";
}

/* -------------------------------------------------------------------- lines
 */

char *
hx_evidence_line (const HxEvidence *evidence)
{
  return g_strdup_printf ("%s#%s", evidence->name, evidence->digest);
}

static gboolean
is_digest (const char *text)
{
  gsize size = 0;

  while (g_ascii_isdigit (text[size])
         || (text[size] >= 'a' && text[size] <= 'f'))
    size++;
  return text[size] == '\0' && size == HX_DIGEST_HEX_SIZE - 1;
}

const char *
hx_evidence_digest (const char *line, char **name)
{
  const char *hash = strrchr (line, '#');
  const gboolean is_stored = hash != NULL && is_digest (hash + 1);

  if (name != NULL)
    *name
        = is_stored ? g_strndup (line, (gsize)(hash - line)) : g_strdup (line);
  return is_stored ? hash + 1 : NULL;
}

/* Without folders, signs that part lines and what file systems refuse; the end
 * stays when it is too long. */
static char *
plain_name (const char *name)
{
  const char *last = MAX (strrchr (name, '/'), strrchr (name, '\\'));
  g_autofree char *base = g_strdelimit (
      hx_text_trim (last != NULL ? last + 1 : name), ";#:*?\"<>|\n\r\t", '_');
  const gsize characters = hx_text_characters (base);
  const char *from = base;

  if (characters > HX_EVIDENCE_NAME_MAX)
    from = g_utf8_offset_to_pointer (
        base, (glong)(characters - HX_EVIDENCE_NAME_MAX));
  return g_strdup (*from != '\0' ? from : _ ("附件"));
}

/* -------------------------------------------------------------------- files
 */

char *
hx_evidence_folder (const HxStore *store)
{
  const char *url = hx_store_url (store);

  return g_strconcat (
      g_str_has_prefix (url, "sqlite:") ? url + strlen ("sqlite:") : url,
      ".evidence", NULL);
}

static char *
path_in (const char *folder, const char *digest)
{
  return g_strdup_printf ("%s/%.2s/%s", folder, digest, digest);
}

char *
hx_evidence_path (const HxStore *store, const char *digest)
{
  g_autofree char *folder = hx_evidence_folder (store);

  return path_in (folder, digest);
}

static gboolean
put_file (const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  GStatBuf status;

  if (g_stat (path, &status) == 0 && (gsize)status.st_size == size)
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return hx_fail (error, HX_ERROR_STORE, _ ("不能建立存放佐证材料的文件夹"),
                    folder, g_strerror (errno));
  return hx_file_replace (path, data, (gssize)size, error);
}

static gboolean
digest_of (HxDigestKind kind, GBytes *bytes, char *hex, GError **error)
{
  g_autoptr (HxDigest) digest = hx_digest_new (kind);
  guint8 value[HX_DIGEST_SIZE];
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  if (digest == NULL)
    return hx_fail (error, HX_ERROR_STORE, _ ("系统没有所需的摘要算法"), NULL,
                    NULL);
  hx_digest_update (digest, data, size);
  hx_digest_finish (digest, value);
  hx_digest_hex (value, hex);
  return TRUE;
}

/* NULL: *error says that it is too large, or not to be read. */
static char *
read_upload (const char *path, const char *name, gsize *size, GError **error)
{
  GStatBuf status;
  char *data = NULL;
  g_autofree char *text = NULL;

  if (g_stat (path, &status) == 0 && status.st_size > HX_EVIDENCE_BYTES_MAX)
    {
      text = g_strdup_printf (_ ("文件太大，每件不超过 %d MB"),
                              HX_EVIDENCE_BYTES_MAX / 1024 / 1024);
      hx_fail (error, HX_ERROR_LIMIT, text, name, _ ("压缩或分开后再传"));
      return NULL;
    }
  if (!g_file_get_contents (path, &data, size, NULL))
    hx_fail (error, HX_ERROR_STORE, _ ("读不到传上来的文件"), name,
             _ ("请再传一次"));
  return data;
}

gboolean
hx_evidence_keep (const HxStore *store, HxDigestKind kind, const char *path,
                  const char *name, HxEvidence *evidence, GError **error)
{
  gsize size = 0;
  g_autofree char *data = read_upload (path, name, &size, error);
  g_autofree char *target = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (data == NULL)
    return FALSE;
  evidence->type = hx_evidence_type ((const guint8 *)data, size);
  if (evidence->type == NULL)
    return hx_fail (error, HX_ERROR_DATA,
                    _ ("只收照片、PDF 和办公文件（按内容认，不看后缀）"), name,
                    _ ("另存为这些格式再传"));
  bytes = hx_evidence_strip ((const guint8 *)data, size);
  if (!digest_of (kind, bytes, evidence->digest, error))
    return FALSE;
  evidence->name = plain_name (name);
  evidence->size = (gint64)g_bytes_get_size (bytes);
  target = hx_evidence_path (store, evidence->digest);
  return put_file (target, bytes, error);
}

/* -------------------------------------------------------------------- table
 */

gboolean
hx_ledger_evidence (HxLedger *ledger, const HxEvidence *evidence,
                    GError **error)
{
  HxStatement *statement = hx_statement (
      ledger->connection,
      "INSERT INTO evidence (bureau_id, digest, name, type, size, actor, at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
      " ON CONFLICT (bureau_id, digest) DO NOTHING",
      error);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, evidence->digest, -1);
  hx_bind_text (statement, 3, evidence->name, -1);
  hx_bind_text (statement, 4, evidence->type, -1);
  hx_bind_integer (statement, 5, evidence->size);
  hx_bind_text (statement, 6, ledger->actor, -1);
  hx_bind_text (statement, 7, ledger->at, -1);
  return hx_step_done (statement, error);
}

gboolean
hx_evidence_find (HxConnection *connection, const char *digest,
                  HxEvidence *evidence, GError **error)
{
  HxStatement *statement
      = hx_statement (connection,
                      "SELECT name, type, size FROM evidence"
                      " WHERE bureau_id = ?1 AND digest = ?2",
                      error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, digest, -1);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    {
      g_strlcpy (evidence->digest, digest, sizeof evidence->digest);
      evidence->name = g_strdup (hx_column_text (statement, 0));
      evidence->type = known_type (hx_column_text (statement, 1));
      evidence->size = hx_column_integer (statement, 2);
    }
  hx_statement_reset (statement);
  if (step != HX_STEP_DONE)
    return step == HX_STEP_ROW;
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这个摘要没有存过文件"), digest,
                  NULL);
}

gboolean
hx_evidence_is_kept (HxConnection *connection, gboolean *is_kept,
                     GError **error)
{
  g_autoptr (GPtrArray) columns = NULL;

  if (!hx_table_columns (connection, "evidence", &columns, error))
    return FALSE;
  *is_kept = columns->len > 0;
  return TRUE;
}

typedef gboolean (*EachFunc) (const char *digest, const char *name,
                              gpointer data, GError **error);

static gboolean
each_file (HxConnection *connection, EachFunc function, gpointer data,
           GError **error)
{
  g_autoptr (HxStatement) statement
      = hx_statement_new (connection,
                          "SELECT digest, name FROM evidence"
                          " WHERE bureau_id = ?1 ORDER BY digest",
                          error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    if (!function (hx_column_text (statement, 0), hx_column_text (statement, 1),
                   data, error))
      return FALSE;
  return step == HX_STEP_DONE;
}

/* ------------------------------------------------------------------- verify
 */

typedef struct
{
  char *folder;
  HxDigestKind kind;
  HxFindingFunc function;
  gpointer data;
} Verify;

static gboolean
verify_file (const char *digest, const char *name, gpointer data,
             GError **error)
{
  const Verify *verify = data;
  g_autofree char *path = path_in (verify->folder, digest);
  g_autofree char *finding = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char hex[HX_DIGEST_HEX_SIZE] = "";
  char *content = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &content, &size, NULL))
    finding = g_strdup_printf (_ ("佐证材料“%s”的文件不见了: %s"), name, path);
  else
    {
      bytes = g_bytes_new_take (content, size);
      if (!digest_of (verify->kind, bytes, hex, error))
        return FALSE;
      if (strcmp (hex, digest) != 0)
        finding = g_strdup_printf (
            _ ("佐证材料“%s”的内容与摘要不符，坏了或被换过: %s"), name, path);
    }
  if (finding != NULL)
    verify->function (finding, verify->data);
  return TRUE;
}

gboolean
hx_evidence_verify (const HxStore *store, HxConnection *connection,
                    HxDigestKind kind, HxFindingFunc function, gpointer data,
                    GError **error)
{
  g_autofree char *folder = hx_evidence_folder (store);
  Verify verify = { folder, kind, function, data };
  gboolean is_kept = FALSE;

  if (!hx_evidence_is_kept (connection, &is_kept, error))
    return FALSE;
  return !is_kept || each_file (connection, verify_file, &verify, error);
}

/* --------------------------------------------------------------------- copy
 */

typedef struct
{
  const char *from, *to;
  guint count;
} Copy;

static gboolean
copy_file (const char *digest, const char *name, gpointer data, GError **error)
{
  Copy *copy = data;
  g_autofree char *source = path_in (copy->from, digest);
  g_autofree char *target = path_in (copy->to, digest);
  g_autoptr (GBytes) bytes = NULL;
  char *content = NULL;
  gsize size = 0;

  if (!g_file_get_contents (source, &content, &size, NULL))
    return hx_fail (error, HX_ERROR_STORE, _ ("佐证材料的文件不见了"), name,
                    source);
  bytes = g_bytes_new_take (content, size);
  copy->count++;
  return put_file (target, bytes, error);
}

gboolean
hx_evidence_copy (HxConnection *connection, const char *from, const char *to,
                  guint *count, GError **error)
{
  Copy copy = { from, to, 0 };
  const gboolean done = each_file (connection, copy_file, &copy, error);

  *count = copy.count;
  return done;
}
