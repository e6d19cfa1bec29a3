/* Reading the body of a request: forms and plain bodies into memory, files of
 * multipart forms to the disk as they come. */
#include "server/http_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define PARTS_BUFFER 65536
#define FILE_NAME_MAX 255

void
hx_upload_free (HxUpload *upload)
{
  if (upload == NULL)
    return;
  if (upload->path != NULL)
    g_unlink (upload->path);
  g_free (upload->name);
  g_free (upload->file_name);
  g_free (upload->path);
  g_free (upload);
}

/* ------------------------------------------------------- parts of multipart */

/* What browsers send before the name, and what no name holds. */
static char *
plain_file_name (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  const char *name = valid;
  for (const char *c = valid; *c != '\0'; c++)
    if (*c == '/' || *c == '\\')
      name = c + 1;
  GString *out = g_string_new (NULL);
  for (; *name != '\0' && out->len < FILE_NAME_MAX - 4;
       name += g_utf8_skip[(guchar)*name])
    if (!g_unichar_iscntrl (g_utf8_get_char (name)))
      g_string_append_len (out, name, g_utf8_skip[(guchar)*name]);
  return g_string_free (out, FALSE);
}

static void
end_file (HxTurn *turn)
{
  HxBody *body = &turn->body;
  close (body->file);
  body->file = -1;
  /* An input of files in which none was chosen. */
  if (body->upload->size == 0 && body->upload->file_name[0] == '\0')
    hx_upload_free (body->upload);
  else
    g_ptr_array_add (turn->request.uploads, body->upload);
  body->upload = NULL;
}

static void
end_field (HxTurn *turn)
{
  HxBody *body = &turn->body;
  if (body->upload != NULL)
    end_file (turn);
  else if (body->value != NULL)
    {
      GString *value = g_steal_pointer (&body->value);
      if (!hx_text_is_valid (value->str, (gssize)value->len)
          || !hx_text_is_valid (body->field, -1))
        {
          turn->refused = 400;
          g_string_free (value, TRUE);
        }
      else
        hx_fields_add (turn->request.form, g_steal_pointer (&body->field),
                       g_string_free (value, FALSE));
    }
  g_clear_pointer (&body->field, g_free);
}

static gboolean
begin_field (HxTurn *turn, const char *name, const char *file_name)
{
  HxBody *body = &turn->body;
  if (++body->fields > HX_FIELDS_MAX)
    return FALSE;
  body->field = g_strdup (name);
  if (file_name == NULL)
    {
      body->value = g_string_new (NULL);
      return TRUE;
    }
  HxUpload *upload = g_new0 (HxUpload, 1);
  upload->name = g_utf8_make_valid (name, -1);
  upload->file_name = plain_file_name (file_name);
  body->upload = upload;
  char *path = g_build_filename (turn->http->upload_folder,
                                 "hongxia-upload-XXXXXX", NULL);
  body->file = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (body->file < 0)
    {
      turn->refused = 500;
      g_free (path);
      return FALSE;
    }
  upload->path = path;
  return TRUE;
}

static gboolean
write_file (HxTurn *turn, const char *data, size_t size)
{
  while (size > 0)
    {
      const gssize written = write (turn->body.file, data, size);
      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        {
          turn->refused = errno == ENOSPC ? 507 : 500;
          return FALSE;
        }
      data += written;
      size -= (size_t)written;
      turn->body.upload->size += (guint64)written;
    }
  return TRUE;
}

/* A part begins with offset 0; its first piece may be empty. */
static gboolean
is_same_field (const HxBody *body, const char *name, const char *file_name,
               guint64 offset)
{
  if (body->field == NULL || offset == 0)
    return FALSE;
  return strcmp (body->field, name) == 0
         && (body->upload != NULL) == (file_name != NULL);
}

static enum MHD_Result
take_part (void *data, enum MHD_ValueKind kind, const char *name,
           const char *file_name, const char *type, const char *encoding,
           const char *piece, uint64_t offset, size_t size)
{
  HxTurn *turn = data;
  HxBody *body = &turn->body;
  (void)kind;
  (void)type;
  (void)encoding;
  if (name == NULL)
    name = "";
  if (!is_same_field (body, name, file_name, offset))
    {
      end_field (turn);
      if (turn->refused != 0 || !begin_field (turn, name, file_name))
        return MHD_NO;
    }
  if (body->upload != NULL)
    return write_file (turn, piece, size) ? MHD_YES : MHD_NO;
  body->memory += size;
  if (body->memory > HX_MEMORY_BODY_MAX)
    {
      turn->refused = 413;
      return MHD_NO;
    }
  g_string_append_len (body->value, piece, (gssize)size);
  return MHD_YES;
}

/* --------------------------------------------------------------- beginning */

static gboolean
is_type (const char *header, const char *type)
{
  const gsize length = strlen (type);
  return g_ascii_strncasecmp (header, type, length) == 0
         && (header[length] == '\0' || header[length] == ';'
             || header[length] == ' ');
}

static guint
begin_parts (HxTurn *turn)
{
  if (!turn->intake.uploads)
    return 415;
  turn->body.kind = HX_BODY_PARTS;
  turn->body.parts = MHD_create_post_processor (turn->connection, PARTS_BUFFER,
                                                take_part, turn);
  return turn->body.parts != NULL ? 0 : 400;
}

static guint
begin_kind (HxTurn *turn)
{
  const char *type
      = g_hash_table_lookup (turn->request.headers, "content-type");
  if (turn->intake.inlined || turn->request.method == HX_METHOD_GET)
    return 0;
  if (type != NULL && is_type (type, "multipart/form-data"))
    return begin_parts (turn);
  turn->body.kind
      = type != NULL && is_type (type, "application/x-www-form-urlencoded")
            ? HX_BODY_FORM
            : HX_BODY_PLAIN;
  turn->body.collected = g_byte_array_new ();
  return 0;
}

guint
hx_body_begin (HxTurn *turn)
{
  const char *length
      = g_hash_table_lookup (turn->request.headers, "content-length");
  if (length != NULL
      && g_ascii_strtoull (length, NULL, 10) > turn->intake.body_max)
    return 413;
  return begin_kind (turn);
}

/* -------------------------------------------------------------------- more */

static guint
take_parts (HxTurn *turn, const char *data, gsize size)
{
  if (MHD_post_process (turn->body.parts, data, size) == MHD_YES)
    return turn->refused;
  return turn->refused != 0 ? turn->refused : 400;
}

guint
hx_body_take (HxTurn *turn, const char *data, gsize size)
{
  HxBody *body = &turn->body;
  body->received += size;
  if (body->kind == HX_BODY_DROPPED)
    return 0;
  if (body->received > turn->intake.body_max)
    return 413;
  if (body->kind == HX_BODY_PARTS)
    return take_parts (turn, data, size);
  if (body->collected->len + size > HX_MEMORY_BODY_MAX)
    return 413;
  g_byte_array_append (body->collected, (const guint8 *)data, (guint)size);
  return 0;
}

static guint
end_parts (HxTurn *turn)
{
  /* Its last pieces come now. */
  const enum MHD_Result whole = MHD_destroy_post_processor (turn->body.parts);
  turn->body.parts = NULL;
  if (turn->refused == 0)
    end_field (turn);
  if (turn->refused != 0)
    return turn->refused;
  return whole == MHD_YES ? 0 : 400;
}

guint
hx_body_end (HxTurn *turn)
{
  HxBody *body = &turn->body;
  if (body->kind == HX_BODY_PARTS)
    return end_parts (turn);
  if (body->kind == HX_BODY_FORM)
    return hx_url_fields ((const char *)body->collected->data,
                          body->collected->len, turn->request.form)
               ? 0
               : 400;
  if (body->kind == HX_BODY_PLAIN && body->collected->len > 0)
    turn->request.body
        = g_byte_array_free_to_bytes (g_steal_pointer (&body->collected));
  return 0;
}

void
hx_body_clear (HxBody *body)
{
  body->kind = HX_BODY_DROPPED;
  g_clear_pointer (&body->collected, g_byte_array_unref);
  g_clear_pointer (&body->field, g_free);
  if (body->value != NULL)
    g_string_free (g_steal_pointer (&body->value), TRUE);
  if (body->file >= 0)
    close (body->file);
  body->file = -1;
  hx_upload_free (g_steal_pointer (&body->upload));
  /* Would hand over what it still holds: there is nobody to take it. */
  if (body->parts != NULL)
    MHD_destroy_post_processor (g_steal_pointer (&body->parts));
}
