/* What a file is, by its first bytes.  A name says nothing: a web page saved
 * as .doc is a web page. */
#include "check/source_internal.h"

#include <string.h>

typedef struct
{
  const char *bytes;
  gsize length;
  const char *what;       /* NULL: one that is read */
  const char *what_to_do; /* NULL: what can be read */
  HxSourceKind kind;
} Magic;

#define READABLE N_ ("可以读文本、网页、Word（docx）和 PDF")
#define SAVE_DOCX N_ ("请用 Word 或 WPS 打开，另存为 docx")
#define SAVE_TEXT N_ ("请先用文字识别软件转成文字")

static const Magic magics[] = {
  { "PK\3\4", 4, NULL, NULL, HX_SOURCE_DOCX },
  { "%PDF-", 5, NULL, NULL, HX_SOURCE_PDF },
  { "{\\rtf", 5, N_ ("是 RTF 文档"), SAVE_DOCX, 0 },
  { "\x89PNG", 4, N_ ("是图片"), SAVE_TEXT, 0 },
  { "\xFF\xD8\xFF", 3, N_ ("是图片"), SAVE_TEXT, 0 },
  { "GIF8", 4, N_ ("是图片"), SAVE_TEXT, 0 },
  { "II*\0", 4, N_ ("是图片"), SAVE_TEXT, 0 },
  { "MM\0*", 4, N_ ("是图片"), SAVE_TEXT, 0 },
  { "Rar!", 4, N_ ("是压缩包"), N_ ("请解开后再试"), 0 },
  { "7z\xBC\xAF", 4, N_ ("是压缩包"), N_ ("请解开后再试"), 0 },
  { "\x1F\x8B", 2, N_ ("是压缩包"), N_ ("请解开后再试"), 0 },
  { "PK\5\6", 4, N_ ("是空的压缩包"), READABLE, 0 },
};

/* A compound file is an old document, or a new one that is encrypted. */
static const Magic compound
    = { "\xD0\xCF\x11\xE0", 4, N_ ("是旧版 doc 文档，或加了密码"),
        N_ ("请用 Word 或 WPS 打开，去掉密码，另存为 docx"), 0 };

static const char *const page_marks[]
    = { "<html",  "<!doctype html", "<head", "<body", "<meta",
        "<title", "<table",         "<div",  "<p>",   "<p " };

static gboolean
begins (const char *head, gsize length, const Magic *magic)
{
  return length >= magic->length
         && memcmp (head, magic->bytes, magic->length) == 0;
}

static gboolean
is_page (const char *head, gsize length)
{
  g_autofree char *lower = g_ascii_strdown (head, (gssize)length);
  const char *at = lower;

  if (g_str_has_prefix (at, "\xEF\xBB\xBF"))
    at += 3;
  while (g_ascii_isspace (*at))
    at++;
  for (gsize i = 0; *at == '<' && i < G_N_ELEMENTS (page_marks); i++)
    if (strstr (at, page_marks[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
fail_kind (const Magic *magic, const char *where, GError **error)
{
  return hx_fail (error, HX_ERROR_DATA, hx_text (magic->what), where,
                  hx_text (magic->what_to_do));
}

gboolean
hx_source_kind (const char *head, gsize length, const char *where,
                HxSourceKind *kind, GError **error)
{
  if (begins (head, length, &compound))
    return fail_kind (&compound, where, error);
  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    if (begins (head, length, &magics[i]))
      {
        *kind = magics[i].kind;
        return magics[i].what == NULL || fail_kind (&magics[i], where, error);
      }
  /* Mail and servers put lines before a PDF. */
  if (memmem (head, length, "%PDF-", 5) != NULL)
    *kind = HX_SOURCE_PDF;
  else
    *kind = is_page (head, length) ? HX_SOURCE_HTML : HX_SOURCE_TEXT;
  return TRUE;
}
