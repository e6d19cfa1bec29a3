/* Reading the body of a request: forms and plain bodies into memory, files of
 * multipart forms to the disk as they come. */
#include "server/http_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

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

static guint
begin_file (HxTurn *turn, const char *name, const char *file_name)
{
  HxBody *body = &turn->body;
  HxUpload *upload = g_new0 (HxUpload, 1);
  upload->name = g_strdup (name);
  upload->file_name = plain_file_name (file_name);
  body->upload = upload;
  char *path = g_build_filename (turn->http->upload_folder,
                                 "hongxia-upload-XXXXXX", NULL);
  body->file = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (body->file < 0)
    {
      g_free (path);
      return 500;
    }
  upload->path = path;
  return 0;
}

static guint
begin_field (const char *name, const char *file_name, gpointer data)
{
  HxTurn *turn = data;
  HxBody *body = &turn->body;
  if (++body->fields > HX_FIELDS_MAX)
    return 400;
  if (file_name != NULL)
    return begin_file (turn, name, file_name);
  body->field = g_strdup (name);
  body->value = g_string_new (NULL);
  return 0;
}

static guint
write_file (HxBody *body, const char *data, gsize size)
{
  while (size > 0)
    {
      const gssize written = write (body->file, data, size);
      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return errno == ENOSPC ? 507 : 500;
      data += written;
      size -= (gsize)written;
      body->upload->size += (guint64)written;
    }
  return 0;
}

static guint
take_field (const char *bytes, gsize size, gpointer data)
{
  HxBody *body = &((HxTurn *)data)->body;
  if (body->upload != NULL)
    return write_file (body, bytes, size);
  body->memory += size;
  if (body->memory > HX_MEMORY_BODY_MAX)
    return 413;
  g_string_append_len (body->value, bytes, (gssize)size);
  return 0;
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

static guint
end_field (gpointer data)
{
  HxTurn *turn = data;
  HxBody *body = &turn->body;
  if (body->upload != NULL)
    {
      end_file (turn);
      return 0;
    }
  if (!hx_text_is_valid (body->value->str, (gssize)body->value->len))
    return 400;
  hx_fields_add (turn->request.form, g_steal_pointer (&body->field),
                 g_string_free (g_steal_pointer (&body->value), FALSE));
  return 0;
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
begin_parts (HxTurn *turn, const char *type)
{
  const HxPartsSink sink = { begin_field, take_field, end_field, turn };
  if (!turn->intake.uploads)
    return 415;
  turn->body.kind = HX_BODY_PARTS;
  turn->body.parts = hx_parts_new (type, &sink);
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
    return begin_parts (turn, type);
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
    return hx_parts_take (body->parts, data, size);
  if (body->collected->len + size > HX_MEMORY_BODY_MAX)
    return 413;
  g_byte_array_append (body->collected, (const guint8 *)data, (guint)size);
  return 0;
}

guint
hx_body_end (HxTurn *turn)
{
  HxBody *body = &turn->body;
  if (body->kind == HX_BODY_PARTS)
    return hx_parts_is_over (body->parts) ? 0 : 400;
  if (body->kind == HX_BODY_FORM)
    return hx_url_fields ((const char *)body->collected->data,
                          body->collected->len, HX_FIELDS_MAX,
                          turn->request.form)
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
  g_clear_pointer (&body->parts, hx_parts_free);
}
