/* Writes the files of web/ as one C file: for each its name, its address with
 * a digest in it, and its bytes plain, by gzip and by brotli where that is
 * shorter.  The same files give the same bytes.
 *
 *   hx-pack OUT.c FOLDER FILE…     files relative to the folder
 */
#include "base/base.h"

#include <brotli/encode.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#define DIGEST_DIGITS 12
#define GZIP_WINDOW (15 + 16)

static const char *const types[][2] = {
  { ".css", "text/css; charset=utf-8" },
  { ".js", "text/javascript; charset=utf-8" },
  { ".svg", "image/svg+xml" },
  { ".png", "image/png" },
  { ".ico", "image/x-icon" },
  { ".woff2", "font/woff2" },
  { ".webmanifest", "application/manifest+json" },
  { ".txt", "text/plain; charset=utf-8" },
};

static const char *
type_of (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (name, types[i][0]))
      return types[i][1];
  return NULL;
}

static void
digest_of (const char *data, gsize size, char *hex)
{
  guint8 bytes[HX_DIGEST_SIZE];
  g_autoptr (HxDigest) digest = hx_digest_new (HX_DIGEST_SHA256);
  hx_digest_update (digest, data, size);
  hx_digest_finish (digest, bytes);
  hx_digest_hex (bytes, hex);
  hex[DIGEST_DIGITS] = '\0';
}

/* vendor/htmx.min.js → vendor/htmx.min.DIGEST.js */
static char *
name_with_digest (const char *name, const char *hex)
{
  const char *dot = strrchr (name, '.');
  return g_strdup_printf ("%.*s.%s%s", (int)(dot - name), name, hex, dot);
}

static GString *
by_gzip (const char *data, gsize size)
{
  z_stream stream = { 0 };
  if (deflateInit2 (&stream, 9, Z_DEFLATED, GZIP_WINDOW, 9, Z_DEFAULT_STRATEGY)
      != Z_OK)
    return NULL;
  GString *out = g_string_sized_new (deflateBound (&stream, size));
  stream.next_in = (Bytef *)(gsize)data;
  stream.avail_in = (uInt)size;
  stream.next_out = (Bytef *)out->str;
  stream.avail_out = (uInt)out->allocated_len;
  deflate (&stream, Z_FINISH);
  out->len = out->allocated_len - stream.avail_out;
  deflateEnd (&stream);
  return out;
}

static GString *
by_brotli (const char *data, gsize size)
{
  gsize length = BrotliEncoderMaxCompressedSize (size) + 16;
  GString *out = g_string_sized_new (length);
  if (!BrotliEncoderCompress (BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS,
                              BROTLI_MODE_TEXT, size, (const uint8_t *)data,
                              &length, (uint8_t *)out->str))
    length = size;
  out->len = length;
  return out;
}

/* A string literal in lines, and its size; nothing where it saves nothing. */
static void
write_bytes (FILE *out, const char *data, gsize size, gsize plain)
{
  if (size >= plain && plain > 0)
    {
      fputs ("    { NULL, 0 },\n", out);
      return;
    }
  fputs ("    { \"", out);
  for (gsize i = 0; i < size; i++)
    {
      if (i > 0 && i % 18 == 0)
        fputs ("\"\n      \"", out);
      fprintf (out, "\\%03o", (guchar)data[i]);
    }
  fprintf (out, "\", %zu },\n", size);
}

static void
write_small (FILE *out, GString *small, gsize plain)
{
  write_bytes (out, small->str, small->len, plain);
  g_string_free (small, TRUE);
}

static gboolean
write_file (FILE *out, const char *folder, const char *name)
{
  char hex[HX_DIGEST_HEX_SIZE];
  gsize size;
  g_autofree char *data = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  if (type_of (name) == NULL)
    {
      fprintf (stderr, "%s: a file of no known type\n", path);
      return FALSE;
    }
  if (!g_file_get_contents (path, &data, &size, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return FALSE;
    }
  digest_of (data, size, hex);
  g_autofree char *address = name_with_digest (name, hex);
  fprintf (out, "  { \"%s\", \"/static/%s\", \"\\\"%s\\\"\",\n    \"%s\",\n",
           name, address, hex, type_of (name));
  write_bytes (out, data, size, 0);
  write_small (out, by_gzip (data, size), size);
  write_small (out, by_brotli (data, size), size);
  fputs ("  },\n", out);
  return TRUE;
}

int
main (int argc, char **arguments)
{
  if (argc < 3)
    return 2;
  FILE *out = fopen (arguments[1], "we");
  if (out == NULL)
    return 3;
  gboolean done = TRUE;
  fputs ("#include \"server/static.h\"\n\n"
         "const HxStaticFile hx_static_files[] = {\n",
         out);
  for (int i = 3; i < argc && done; i++)
    done = write_file (out, arguments[2], arguments[i]);
  fputs ("  { 0 }\n};\n", out);
  return fclose (out) == 0 && done ? 0 : 3;
}
