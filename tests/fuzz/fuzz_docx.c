/* The main part of a document, or the whole file: a zip has checksums, which
 * a fuzzer does not find. */
#include "fuzz.h"

#include <string.h>
#include <zip.h>

static const char relations[]
    = "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" "
      "Target=\"word/document.xml\"/></Relationships>";

static void
add (zip_t *zip, const char *name, const void *data, size_t size)
{
  zip_source_t *source = zip_source_buffer (zip, data, size, 0);
  const zip_int64_t index = zip_file_add (zip, name, source, 0);

  zip_set_file_compression (zip, (zip_uint64_t)index, ZIP_CM_STORE, 0);
}

/* The packed bytes outlive the zip in their source. */
static GBytes *
pack (const uint8_t *data, size_t size)
{
  zip_source_t *packed = zip_source_buffer_create (NULL, 0, 0, NULL);
  zip_t *zip = zip_open_from_source (packed, ZIP_TRUNCATE, NULL);
  zip_stat_t status;

  zip_source_keep (packed);
  add (zip, "_rels/.rels", relations, strlen (relations));
  add (zip, "word/document.xml", data, size);
  zip_close (zip);
  zip_source_open (packed);
  zip_source_stat (packed, &status);
  char *bytes = g_malloc (status.size + 1);
  zip_source_read (packed, bytes, status.size);
  zip_source_close (packed);
  zip_source_free (packed);
  return g_bytes_new_take (bytes, status.size);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size > 2 && memcmp (data, "PK", 2) == 0)
    {
      fuzz_read (hx_source_docx, data, size);
      return 0;
    }
  g_autoptr (GBytes) bytes = pack (data, size);
  fuzz_read (hx_source_docx, g_bytes_get_data (bytes, NULL),
             g_bytes_get_size (bytes));
  return 0;
}
