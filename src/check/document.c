#include "check/document.h"

#include <string.h>

#define MARK_UTF8 "\xEF\xBB\xBF"

static HxDocument *
document_take (const char *name, char *text)
{
  HxDocument *document = g_new0 (HxDocument, 1);

  document->name = g_path_get_basename (name);
  document->kind = HX_DOCUMENT_TEXT;
  document->text = text;
  document->characters = (gsize)g_utf8_strlen (text, -1);
  document->cells = g_array_new (FALSE, FALSE, sizeof (HxDocumentCell));
  return document;
}

HxDocument *
hx_document_new (const char *name, const char *bytes, gsize length,
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
  return document_take (name, text);
}

HxDocument *
hx_document_read (const char *path, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &bytes, &length, error))
    return NULL;
  return hx_document_new (path, bytes, length, error);
}

void
hx_document_free (HxDocument *document)
{
  if (document == NULL)
    return;
  g_free (document->name);
  g_free (document->text);
  g_array_unref (document->cells);
  g_free (document);
}
