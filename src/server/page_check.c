/* Any report's arithmetic: a file is sent, read in a process of its own as the
 * command line does, and comes back with its claims marked.  Nothing of it is
 * kept. */
#include "server/display.h"
#include "server/page.h"

#include "check/claim_output.h"

#include <string.h>

#define FILE_MAX (HX_SOURCE_BYTES_MAX + 64 * 1024)

typedef struct
{
  HxSource *source;
  HxCheckResult *result;
} Checked;

static void
checked_clear (Checked *checked)
{
  hx_check_result_free (checked->result);
  hx_source_free (checked->source);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Checked, checked_clear)

/* A user knows the file by its own name, not by where it lies here. */
static void
say_name (const HxUpload *upload, GError **error)
{
  g_auto (GStrv) parts = g_strsplit ((*error)->message, upload->path, -1);
  g_autofree char *said = g_strjoinv (upload->file_name, parts);
  g_free ((*error)->message);
  (*error)->message = g_steal_pointer (&said);
}

static gboolean
check_upload (HxCall *call, Checked *checked, GError **error)
{
  const HxUpload *upload = hx_call_upload (call, "file");
  g_autoptr (GError) wrong = NULL;
  if (upload == NULL || upload->size == 0)
    return hx_fail (error, HX_ERROR_USAGE, _ ("没有选文件，或者文件是空的"),
                    NULL, _ ("选一份 .txt、.html、.docx 或 .pdf"));
  checked->source = hx_source_read (upload->path, &wrong);
  if (checked->source == NULL)
    {
      say_name (upload, &wrong);
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }
  checked->result = hx_check_source (checked->source);
  return TRUE;
}

static HxChecked
view_of (HxCall *call, const Checked *checked)
{
  return (HxChecked){ .path = hx_call_upload (call, "file")->file_name,
                      .source = checked->source,
                      .result = checked->result };
}

/* ------------------------------------------------------------------- writers
 */

static void
write_json (const HxChecked *checked, GString *out)
{
  hx_checked_json (checked, out);
}

static void
write_sarif (const HxChecked *checked, GString *out)
{
  g_auto (HxSarif) sarif = { 0 };
  hx_sarif_init (&sarif);
  hx_sarif_head (&sarif, out);
  hx_sarif_file (&sarif, checked, out);
  hx_sarif_tail (&sarif, out);
}

static void
write_file (const HxChecked *checked, GString *out)
{
  hx_checked_html (checked, out);
}

static const struct
{
  const char *name, *type, *file;
  void (*write) (const HxChecked *checked, GString *out);
} files[] = {
  { "json", "application/json", "check.json", write_json },
  { "sarif", "application/sarif+json", "check.sarif", write_sarif },
  { "html", "text/html; charset=utf-8", "check.html", write_file },
};

static gboolean
send_file (HxCall *call, const HxChecked *checked, const char *format)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  gsize at = 0;
  while (at + 1 < G_N_ELEMENTS (files) && !g_str_equal (files[at].name, format))
    at++;
  files[at].write (checked, out);
  bytes = g_string_free_to_bytes (g_steal_pointer (&out));
  return hx_call_reply_bytes (call, bytes, files[at].type, files[at].file);
}

/* --------------------------------------------------------------------- pages
 */

static void
write_form (HxHtml *html, HxCall *call)
{
  static const HxOption outputs[] = { { "page", N_ ("在这里看") },
                                      { "html", N_ ("下载成一个网页文件") },
                                      { "json", N_ ("下载 JSON") },
                                      { "sarif", N_ ("下载 SARIF") },
                                      { NULL, NULL } };
  HxOption options[G_N_ELEMENTS (outputs)];
  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++)
    options[i]
        = (HxOption){ outputs[i].value,
                      outputs[i].name != NULL ? _ (outputs[i].name) : NULL };
  hx_form_begin (html, call,
                 &(HxForm){ .action = "/check",
                            .method = HX_METHOD_POST,
                            .with_files = TRUE });
  hx_form_input (
      html, &(HxInput){
                .name = "file",
                .label = _ ("要核对的报告"),
                .hint = _ (".txt、.html、.docx 或有文字层的 .pdf，64 MB 以内"),
                .type = "file",
                .accept = ".txt,.htm,.html,.docx,.pdf",
                .fault = hx_call_fault (call, "file"),
                .required = TRUE });
  hx_form_input (html, &(HxInput){ .name = "output",
                                   .label = _ ("结果"),
                                   .type = "select",
                                   .value = "page",
                                   .options = options });
  hx_form_submit (html, _ ("核对"), HX_TONE_GOOD);
  hx_form_end (html);
}

static HxHtml *
begin (HxCall *call, const char *title, const char *back, guint status)
{
  return hx_page_begin (
      call,
      &(HxPageHead){
          .title = title,
          .at = "check",
          .lead = back == NULL ? _ ("任何一份报告：合计、比率、增减、前后一致，"
                                    "每处算给人看。看完不留存。")
                               : NULL,
          .back = back,
          .back_name = back != NULL ? _ ("核数") : NULL,
          .status = status });
}

static gboolean
show_form (HxCall *call, guint status)
{
  HxHtml *html = begin (call, _ ("核数"), NULL, status);
  write_form (html, call);
  return hx_page_end (call, html);
}

static gboolean
form_page (HxCall *call, GError **error)
{
  (void)error;
  return show_form (call, 200);
}

static gboolean
show_result (HxCall *call, const HxChecked *checked)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *name = hx_checked_name (checked);
  g_autofree char *title = g_strdup_printf (_ ("核对：%s"), name);
  HxHtml *html = begin (call, title, "/check", 200);
  hx_checked_html_part (checked, out);
  hx_html_open (html, "div", "class", "checked", NULL);
  hx_html_trusted (html, out->str, (gssize)out->len);
  hx_html_close (html, "div");
  hx_part_section_begin (html, "again", _ ("再核一份"));
  write_form (html, call);
  hx_part_section_end (html);
  return hx_page_end (call, html);
}

static gboolean
check_post (HxCall *call, GError **error)
{
  const char *output = hx_call_text (call, "output");
  g_auto (Checked) checked = { 0 };
  g_autoptr (GError) wrong = NULL;
  HxChecked view;
  (void)error;
  if (!check_upload (call, &checked, &wrong))
    {
      hx_call_add_fault (call, "file", wrong->message);
      return show_form (call, 422);
    }
  view = view_of (call, &checked);
  return output == NULL || g_str_equal (output, "page")
             ? show_result (call, &view)
             : send_file (call, &view, output);
}

static gboolean
check_create (HxCall *call, GError **error)
{
  const char *format = hx_call_text (call, "format");
  g_auto (Checked) checked = { 0 };
  HxChecked view;
  if (!check_upload (call, &checked, error))
    return FALSE;
  view = view_of (call, &checked);
  if (format == NULL || g_str_equal (format, "json"))
    {
      GString *out = g_string_new (NULL);
      hx_checked_json (&view, out);
      return hx_call_reply_json (call, out, 200);
    }
  return send_file (call, &view, format);
}

/* -------------------------------------------------------------------- routes
 */

static const HxParameter post_parameters[] = {
  { "file", HX_IN_FILE, HX_TYPE_TEXT, .what = N_ ("文件") },
  { "output", HX_IN_FORM, HX_TYPE_CHOICE, .choices = "page|html|json|sarif",
    .what = N_ ("结果") },
  { 0 },
};
static const HxParameter create_parameters[] = {
  { "file", HX_IN_FILE, HX_TYPE_TEXT, HX_REQUIRED, .what = N_ ("文件") },
  { "format", HX_IN_QUERY, HX_TYPE_CHOICE, .choices = "json|sarif|html",
    .what = N_ ("格式") },
  { 0 },
};

const HxRoute hx_routes_check_file[] = {
  { HX_METHOD_GET, "/check", "check_page", N_ ("核数"), HX_USER_BUSINESS,
    HX_ROUTE_PAGE, .handler = form_page },
  { HX_METHOD_POST, "/check", "check_post", N_ ("核对一份报告"),
    HX_USER_BUSINESS, HX_ROUTE_PAGE | HX_ROUTE_UPLOAD | HX_ROUTE_SHOWS_FAULTS,
    post_parameters, .handler = check_post, .body_max = FILE_MAX },
  { HX_METHOD_POST, "/api/v1/check", "check_create", N_ ("核对一份报告"),
    HX_USER_BUSINESS, HX_ROUTE_API | HX_ROUTE_UPLOAD, create_parameters,
    .handler = check_create, .body_max = FILE_MAX,
    .answers = N_ ("每处算式的判定，与 hongxia check --json 相同") },
  { 0 },
};
