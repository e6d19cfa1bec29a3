#include "check/source.h"

#include <string.h>

#define MARK_UTF8 "\xEF\xBB\xBF"

static HxSource *
source_take (const char *name, char *text)
{
  HxSource *source = g_new0 (HxSource, 1);

  source->name = g_path_get_basename (name);
  source->kind = HX_SOURCE_TEXT;
  source->text = text;
  source->characters = (gsize)g_utf8_strlen (text, -1);
  source->cells = g_array_new (FALSE, FALSE, sizeof (HxSourceCell));
  return source;
}

HxSource *
hx_source_new (const char *name, const char *bytes, gsize length,
               GError **error)
{
  char *text = NULL;

  if (length >= 3 && memcmp (bytes, MARK_UTF8, 3) == 0)
    bytes += 3, length -= 3;
  if (g_utf8_validate_len (bytes, length, NULL))
    text = g_strndup (bytes, length);
  else
    text = g_convert (bytes, (gssize)length, "UTF-8", "GB18030", NULL, NULL,
                      NULL);
  if (text == NULL)
    {
      hx_failf (error, HX_ERROR_DATA,
                _ ("%s 不是文字文件。请另存为 UTF-8 "
                   "文本后再试。"),
                name);
      return NULL;
    }
  return source_take (name, text);
}

HxSource *
hx_source_read (const char *path, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &bytes, &length, error))
    return NULL;
  return hx_source_new (path, bytes, length, error);
}

void
hx_source_free (HxSource *source)
{
  if (source == NULL)
    return;
  g_free (source->name);
  g_free (source->text);
  g_array_unref (source->cells);
  g_free (source);
}
