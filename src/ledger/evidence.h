/* evidence: files that stand behind rows, stored under their digest.
 *
 * A field of type evidence holds lines.  "签到表.jpg#3f5a…" names a stored
 * file and its digest (64 hexadecimal digits, of the catalogue's kind);
 * "签到表.jpg" is a name alone, as old workbooks have it: weak evidence.  The
 * row and its change log hold the digest, so that the chain covers the content.
 *
 * Files lie beside the database in PATH.evidence/3f/3f5a…, each once whatever
 * it is called, written beside and renamed when it is on the disk.  The table
 * evidence (bureau_id, digest, name, type, size, actor, at) says of each what
 * it is; an upload whose row was never saved leaves its file, which harms
 * nobody.  Nothing is deleted.
 *
 * The type is taken from the content, never from the name: pictures (JPEG, PNG,
 * GIF, WebP, HEIC), PDF, office files (Office, WPS, OFD).  From JPEG and PNG
 * what tells place, time and device is taken off (EXIF, XMP, comments, what
 * stands behind the picture); how the picture lies stays.
 *
 * Ownership: an evidence owns its texts.  Threads: any; those of the
 * connection.
 */
#ifndef HX_LEDGER_EVIDENCE_H
#define HX_LEDGER_EVIDENCE_H

#include "ledger/ledger.h"

G_BEGIN_DECLS

#define HX_EVIDENCE_BYTES_MAX (20 * 1024 * 1024)
#define HX_EVIDENCE_NAME_MAX 80 /* characters of a name */

typedef struct
{
  char digest[HX_DIGEST_HEX_SIZE];
  char *name;
  const char *type; /* media type, a literal */
  gint64 size;
} HxEvidence;

void hx_evidence_clear (HxEvidence *evidence);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxEvidence, hx_evidence_clear)

/* Where the files of the store lie, and one of them; the caller's. */
char *hx_evidence_folder (const HxStore *store);
char *hx_evidence_path (const HxStore *store, const char *digest);

/* The media type of a file's content, or NULL: none that is taken. */
const char *hx_evidence_type (const guint8 *data, gsize size);
/* What is stored of it: without place, time and device; the caller's. */
GBytes *hx_evidence_strip (const guint8 *data, gsize size);

/* Takes the file at `path`, which somebody calls `name`, into the folder.
 * HX_ERROR_LIMIT when it is too large, HX_ERROR_DATA when it is of no type that
 * is taken; then nothing is there. */
gboolean hx_evidence_keep (const HxStore *store, HxDigestKind kind,
                           const char *path, const char *name,
                           HxEvidence *evidence, GError **error);
/* Inside a write: tells the table of a kept file. */
gboolean hx_ledger_evidence (HxLedger *ledger, const HxEvidence *evidence,
                             GError **error);

/* "签到表.jpg#3f5a…"; the caller's. */
char *hx_evidence_line (const HxEvidence *evidence);
/* The digest in a line, or NULL: a name alone.  `name` (may be NULL) is the
 * caller's. */
const char *hx_evidence_digest (const char *line, char **name);
/* What the table says; HX_ERROR_NOT_FOUND. */
gboolean hx_evidence_find (HxConnection *connection, const char *digest,
                           HxEvidence *evidence, GError **error);

/* Each file of the table against its digest. */
gboolean hx_evidence_verify (const HxStore *store, HxConnection *connection,
                             HxDigestKind kind, HxFindingFunc function,
                             gpointer data, GError **error);
/* Does the database keep evidence at all?  One of an older program does not. */
gboolean hx_evidence_is_kept (HxConnection *connection, gboolean *is_kept,
                              GError **error);
/* Copies what is missing into the folder of another database or a backup of it
 * ("FILE.evidence"); *count files there were. */
gboolean hx_evidence_copy (HxConnection *connection, const char *from,
                           const char *to, guint *count, GError **error);

G_END_DECLS

#endif
