#include "server/report_part.h"

#include <string.h>

static const struct
{
  const char *name, *label, *type;
} formats[] = {
  [HX_REPORT_MARKDOWN]
  = { "md", N_ ("Markdown 文本"), "text/markdown; charset=utf-8" },
  [HX_REPORT_HTML] = { "html", N_ ("网页文件"), "text/html; charset=utf-8" },
  [HX_REPORT_JSON] = { "json", N_ ("JSON 数据"), "application/json" },
  [HX_REPORT_DOCX]
  = { "docx", N_ ("Word 文件"),
      "application/vnd.openxmlformats-officedocument.wordprocessingml."
      "document" },
};

HxPeriod
hx_report_period (const HxCall *call)
{
  return (HxPeriod){ .year = hx_call_year (call) };
}

void
hx_part_report_tabs (HxHtml *html, HxCall *call, const char *at)
{
  static const HxTab tabs[] = {
    { "/report", N_ ("报告") },
    { "/report/review", N_ ("核查") },
    { "/report/template", N_ ("模板") },
    { "/report/editions", N_ ("历次出具") },
    { NULL, NULL },
  };
  hx_part_tabs (html, call, tabs, at);
}

void
hx_part_lines (HxHtml *html, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  hx_html_open (html, "ul", "class", "lines", NULL);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      hx_html_element (html, "li", lines[i], NULL);
  hx_html_close (html, "ul");
}

/* The title is that of the page. */
static const char *
behind_title (const char *markdown)
{
  const char *end;
  if (!g_str_has_prefix (markdown, "# "))
    return markdown;
  end = strchr (markdown, '\n');
  return end != NULL ? end + 1 : "";
}

gboolean
hx_part_document (HxHtml *html, const char *markdown, const char *url,
                  GError **error)
{
  const HxHtmlOptions options = { .figure_url = url };
  g_autoptr (HxDocument) document
      = hx_document_parse (behind_title (markdown), -1, error);
  g_autofree char *text = NULL;
  if (document == NULL)
    return FALSE;
  text = hx_document_html_part (document, &options);
  hx_html_open (html, "article", "class", "document", "lang", "zh-CN", NULL);
  hx_html_trusted (html, text, -1);
  hx_html_close (html, "article");
  return TRUE;
}

void
hx_part_files (HxHtml *html, const char *path, int year)
{
  g_autofree char *said = g_strdup_printf ("%d", year);
  hx_html_open (html, "p", "class", "actions", NULL);
  for (gsize i = G_N_ELEMENTS (formats); i-- > 0;)
    {
      g_autofree char *url
          = hx_url (path, "year", said, "format", formats[i].name, NULL);
      hx_part_action (html, url, _ (formats[i].label), FALSE);
    }
  hx_html_close (html, "p");
}

HxReportFormat
hx_report_format (const HxCall *call)
{
  const char *name = hx_call_text (call, "format");
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].name, name))
      return (HxReportFormat)i;
  return HX_REPORT_MARKDOWN;
}

gboolean
hx_report_send (HxCall *call, char *text, gsize length, HxReportFormat format,
                const char *name)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, length);
  g_autofree char *file = g_strdup_printf ("%s.%s", name, formats[format].name);
  return hx_call_reply_bytes (call, bytes, formats[format].type, file);
}

char *
hx_report_render (HxCall *call, const HxReportAsk *ask, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  const HxPeriod period = hx_report_period (call);
  char *markdown = NULL;
  const HxReportOptions options = { .template_text = ask->template_text,
                                    .reword = ask->reword,
                                    .values = ask->values,
                                    .markdown = &markdown };
  g_autofree char *text = NULL;
  if (connection == NULL)
    return NULL;
  text = hx_report_year (connection, hx_call_catalogue (call), &period,
                         &options, error);
  if (text == NULL)
    g_clear_pointer (&markdown, g_free);
  return markdown;
}
