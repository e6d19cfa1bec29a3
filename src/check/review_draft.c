/* A draft from a file: UTF-8 as it is, GB18030 converted, all else refused. */
#include "check/review.h"

#include <string.h>

static const char bom[] = "\xEF\xBB\xBF";

void
hx_review_draft_free (HxReviewDraft *draft)
{
  if (draft == NULL)
    return;
  g_free (draft->name);
  g_free (draft->text);
  g_free (draft);
}

static gboolean
is_markdown (const char *name)
{
  return g_str_has_suffix (name, ".md") || g_str_has_suffix (name, ".markdown");
}

static char *
to_text (const char *bytes, gsize length)
{
  g_autofree char *text = NULL;

  if (length >= strlen (bom) && memcmp (bytes, bom, strlen (bom)) == 0)
    {
      bytes += strlen (bom);
      length -= strlen (bom);
    }
  if (hx_text_is_valid (bytes, (gssize)length))
    return g_strndup (bytes, length);
  if (memchr (bytes, '\0', length) != NULL)
    return NULL;
  text
      = g_convert (bytes, (gssize)length, "UTF-8", "GB18030", NULL, NULL, NULL);
  return text != NULL && hx_text_is_valid (text, -1) ? g_steal_pointer (&text)
                                                     : NULL;
}

HxReviewDraft *
hx_review_draft_new (const char *name, const char *bytes, gsize length,
                     GError **error)
{
  g_autofree char *text = NULL;
  HxReviewDraft *draft;

  if (length > HX_REVIEW_TEXT_MAX)
    {
      hx_fail (error, HX_ERROR_LIMIT, _ ("文稿太长"), name, _ ("最多 2 MB"));
      return NULL;
    }
  text = to_text (bytes, length);
  if (text == NULL)
    {
      hx_fail (
          error, HX_ERROR_DATA, _ ("读不懂这份文稿"), name,
          _ ("另存为 UTF-8 或 GB18030 编码的纯文本（.txt）或 Markdown（.md）"));
      return NULL;
    }
  draft = g_new0 (HxReviewDraft, 1);
  draft->name = g_path_get_basename (name);
  draft->text = g_steal_pointer (&text);
  draft->is_markdown = is_markdown (draft->name);
  return draft;
}

HxReviewDraft *
hx_review_draft_read (const char *path, GError **error)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) failed = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (
      file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
      G_FILE_QUERY_INFO_NONE, NULL, NULL);
  gsize length;

  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这份文稿"), path,
               _ ("检查文件的名字和权限"));
      return NULL;
    }
  if (g_file_info_get_size (info) > HX_REVIEW_TEXT_MAX)
    {
      hx_fail (error, HX_ERROR_LIMIT, _ ("文稿太长"), path, _ ("最多 2 MB"));
      return NULL;
    }
  if (!g_file_get_contents (path, &bytes, &length, &failed))
    {
      hx_fail (error, HX_ERROR_DATA, _ ("读不了文稿"), path,
               _ ("检查文件的名字和权限"));
      return NULL;
    }
  return hx_review_draft_new (path, bytes, length, error);
}
