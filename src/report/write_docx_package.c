/* The parts of a DOCX in one zip container.
 *
 * Order, times and attributes are fixed, so that the same parts give the same
 * bytes: a reader can tell by a digest that two reports are one. */
#include "report/write_docx_internal.h"

#include <zip.h>

#define DOS_DATE_1980_01_01 0x21

static gboolean
fail_package (const char *what, GError **error)
{
  return hx_fail (error, HX_ERROR_STORE, _ ("Word 文件写不成"), what, NULL);
}

static gboolean
add_part (zip_t *archive, const HxDocxPart *part, GError **error)
{
  zip_source_t *source
      = zip_source_buffer (archive, part->data, part->length, 0);
  zip_int64_t index;

  if (source == NULL)
    return fail_package (zip_strerror (archive), error);
  index = zip_file_add (archive, part->name, source, ZIP_FL_ENC_UTF_8);
  if (index < 0)
    {
      zip_source_free (source);
      return fail_package (zip_strerror (archive), error);
    }
  if (zip_file_set_dostime (archive, (zip_uint64_t)index, 0,
                            DOS_DATE_1980_01_01, 0)
          != 0
      || zip_set_file_compression (archive, (zip_uint64_t)index, ZIP_CM_DEFLATE,
                                   6)
             != 0)
    return fail_package (zip_strerror (archive), error);
  return TRUE;
}

static gboolean
write_archive (zip_source_t *target, const HxDocxPart *parts, guint count,
               GError **error)
{
  zip_error_t failed;
  zip_t *archive;

  zip_error_init (&failed);
  archive = zip_open_from_source (target, ZIP_TRUNCATE, &failed);
  if (archive == NULL)
    {
      fail_package (zip_error_strerror (&failed), error);
      zip_error_fini (&failed);
      return FALSE;
    }
  zip_error_fini (&failed);
  /* The archive lets go of the target when it closes; the caller reads it. */
  zip_source_keep (target);
  for (guint i = 0; i < count; i++)
    {
      if (add_part (archive, &parts[i], error))
        continue;
      zip_discard (archive);
      return FALSE;
    }
  if (zip_close (archive) == 0)
    return TRUE;
  fail_package (zip_strerror (archive), error);
  zip_discard (archive);
  return FALSE;
}

static char *
read_back (zip_source_t *target, gsize *length, GError **error)
{
  g_autofree char *bytes = NULL;
  zip_stat_t stat;

  if (zip_source_stat (target, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE)
      || zip_source_open (target) != 0)
    {
      fail_package (NULL, error);
      return NULL;
    }
  bytes = g_malloc (stat.size);
  if (zip_source_read (target, bytes, stat.size) != (zip_int64_t)stat.size)
    {
      zip_source_close (target);
      fail_package (NULL, error);
      return NULL;
    }
  zip_source_close (target);
  *length = stat.size;
  return g_steal_pointer (&bytes);
}

char *
hx_docx_package (const HxDocxPart *parts, guint count, gsize *length,
                 GError **error)
{
  zip_error_t failed;
  zip_source_t *target;
  char *bytes = NULL;

  zip_error_init (&failed);
  target = zip_source_buffer_create (NULL, 0, 0, &failed);
  if (target == NULL)
    fail_package (zip_error_strerror (&failed), error);
  else if (write_archive (target, parts, count, error))
    bytes = read_back (target, length, error);
  zip_error_fini (&failed);
  zip_source_free (target);
  return bytes;
}
