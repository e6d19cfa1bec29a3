/* The template of a year, in a text area with what it gives beside it: faults
 * with their lines, and the figures that can be put in. */
#include "server/report_part.h"

#include "report/draft.h"

#define TEMPLATE_CHARACTERS_MAX 200000

typedef struct
{
  const char *text;
  guint version;
  const char *author, *at;
} Editor;

/* -------------------------------------------------------------------- parts */

/* What was sent; a page that is only opened stays light. */
static void
write_preview (HxHtml *html, HxCall *call, const Editor *editor)
{
  g_autoptr (GError) wrong = NULL;
  const HxReportAsk ask = { .template_text = editor->text };
  g_autofree char *markdown = NULL;
  if (hx_call_request (call)->method == HX_METHOD_GET)
    return;
  markdown = hx_report_render (call, &ask, &wrong);
  hx_html_open (html, "div", "id", "preview", NULL);
  hx_html_element (html, "h2", _ ("现在写出来是这样"), NULL);
  if (markdown == NULL)
    {
      hx_part_notice (html, HX_TONE_BAD, _ ("有几处要改："));
      hx_part_lines (html, wrong->message);
    }
  else if (!hx_part_document (html, markdown, NULL, &wrong))
    hx_part_notice (html, HX_TONE_BAD, wrong->message);
  hx_html_close (html, "div");
}

static void
write_editor (HxHtml *html, HxCall *call, const Editor *editor)
{
  g_autofree char *year = g_strdup_printf ("%d", hx_call_year (call));
  g_autofree char *version = g_strdup_printf ("%u", editor->version);
  const HxInput inputs[] = {
    { .name = "year", .label = _ ("年度"), .value = year, .type = "hidden" },
    { .name = "version",
      .label = _ ("版本"),
      .value = version,
      .type = "hidden" },
    { .name = "text",
      .label = _ ("模板"),
      .type = "textarea",
      .value = editor->text,
      .required = TRUE,
      .hint = _ ("数字不用手写：写 {{visits}} 或 {{visits | 多 10}}，"
                 "下面的清单里有全部可用的数字。") },
    { .name = "step",
      .label = _ ("要做什么"),
      .type = "radio",
      .value = "preview",
      .options
      = (const HxOption[]){ { "preview", _ ("先看一看，不保存") },
                            { "save", _ ("保存") },
                            { "reset", _ ("放弃本年的模板，用目录里的") },
                            { NULL, NULL } } },
  };
  hx_form_begin (html, call,
                 &(HxForm){ .action = "/report/template",
                            .method = HX_METHOD_POST,
                            .id = "template" });
  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    hx_form_input (html, &inputs[i]);
  hx_form_submit (html, _ ("执行"), HX_TONE_PLAIN);
  hx_form_end (html);
}

static gboolean
write_figures (HxHtml *html, HxCall *call, GError **error)
{
  const HxPeriod period = hx_report_period (call);
  g_autoptr (GPtrArray) figures
      = hx_figures_read (hx_call_connection (call, error),
                         hx_call_catalogue (call), &period, error);
  if (figures == NULL)
    return FALSE;
  hx_html_open (html, "details", "open", "", NULL);
  hx_html_element (html, "summary", _ ("可以插入的数字"), NULL);
  hx_html_element (html, "p", _ ("写进模板，印出来就是现在的值"), NULL);
  hx_html_open (html, "ul", NULL);
  for (guint i = 0; i < figures->len; i++)
    {
      const HxFigure *figure = figures->pdata[i];
      g_autofree char *tag = g_strdup_printf ("{{%s}}", figure->indicator->key);
      hx_html_open (html, "li", NULL);
      hx_html_element (html, "code", tag, NULL);
      hx_html_textf (html, " %s %s", figure->indicator->name,
                     figure->is_void ? "—" : figure->text);
      hx_html_close (html, "li");
    }
  hx_html_close (html, "ul");
  hx_html_close (html, "details");
  return TRUE;
}

static void
write_origin (HxHtml *html, const Editor *editor)
{
  g_autofree char *said
      = editor->author == NULL
            ? g_strdup (
                _ ("现在用的是目录里的模板；保存以后成为这一年自己的。"))
            : g_strdup_printf (_ ("第 %u 版，%s 于 %s 保存。"), editor->version,
                               editor->author, editor->at);
  hx_html_element (html, "p", said, "class", "quiet", NULL);
}

static gboolean
show (HxCall *call, const Editor *editor, guint status, GError **error)
{
  const gboolean can_write
      = hx_identity_has (hx_call_identity (call), HX_REPORT_WRITERS)
        && hx_year_is_whole (call);
  g_autofree char *title
      = g_strdup_printf (_ ("%d 年报告的模板"), hx_call_year (call));
  HxHtml *html = hx_page_begin (call, &(HxPageHead){ .title = title,
                                                     .at = "report",
                                                     .with_year = TRUE,
                                                     .wide = TRUE,
                                                     .status = status });
  hx_part_report_tabs (html, call, "/report/template");
  write_origin (html, editor);
  hx_html_open (html, "div", "class", "columns", NULL);
  hx_html_open (html, "div", NULL);
  if (can_write)
    write_editor (html, call, editor);
  else
    hx_html_element (html, "pre", editor->text, NULL);
  hx_html_close (html, "div");
  write_preview (html, call, editor);
  hx_html_close (html, "div");
  if (write_figures (html, call, error))
    return hx_page_end (call, html);
  hx_html_free (html);
  return FALSE;
}

/* ----------------------------------------------------------------- handlers */

static HxReportDraft *
draft_of (HxCall *call, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  return connection != NULL ? hx_report_draft_read (
             connection, hx_call_catalogue (call), hx_call_year (call), error)
                            : NULL;
}

static gboolean
template_page (HxCall *call, GError **error)
{
  g_autoptr (HxReportDraft) draft = draft_of (call, error);
  Editor editor;
  if (draft == NULL)
    return FALSE;
  editor = (Editor){ draft->text, draft->version, draft->author, draft->at };
  return show (call, &editor, 200, error);
}

static gboolean
write_draft (HxLedger *ledger, gpointer data, GError **error)
{
  return hx_report_draft_write (hx_ledger_connection (ledger), data, error);
}

static gboolean
save (HxCall *call, const char *text, GError **error)
{
  HxReportDraftWrite draft
      = { .year = hx_call_year (call),
          .version = (guint)hx_call_integer (call, "version"),
          .text = text,
          .author = hx_call_identity (call)->name };
  return hx_year_need_whole (call, _ ("报告模板"), error)
         && hx_call_write (call, write_draft, &draft, error);
}

/* The form again with what is wrong; what was typed is not lost. */
static gboolean
show_again (HxCall *call, const GError *wrong, GError **error)
{
  const Editor editor
      = { hx_call_text (call, "text"), (guint)hx_call_integer (call, "version"),
          NULL, NULL };
  if (wrong != NULL)
    hx_call_add_fault (call, "text", wrong->message);
  return show (call, &editor, wrong != NULL ? 422 : 200, error);
}

static gboolean
template_post (HxCall *call, GError **error)
{
  const char *step = hx_call_text (call, "step");
  const char *text = hx_call_text (call, "text");
  g_autoptr (GError) wrong = NULL;
  g_autofree char *year = g_strdup_printf ("%d", hx_call_year (call));
  g_autofree char *url = hx_url ("/report/template", "year", year, NULL);
  if (step == NULL || g_str_equal (step, "preview"))
    return show_again (call, NULL, error);
  if (save (call, g_str_equal (step, "reset") ? NULL : text, &wrong))
    return hx_call_redirect (call, url, _ ("模板已保存"));
  if (wrong->code == HX_ERROR_STORE)
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }
  return show_again (call, wrong, error);
}

/* ---------------------------------------------------------------------- API */

static gboolean
template_show (HxCall *call, GError **error)
{
  g_autoptr (HxReportDraft) draft = draft_of (call, error);
  GString *out;
  HxJson json;
  if (draft == NULL)
    return FALSE;
  out = g_string_new (NULL);
  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  hx_json_member_integer (&json, "year", hx_call_year (call));
  hx_json_member_integer (&json, "version", draft->version);
  hx_json_member (&json, "author", draft->author);
  hx_json_member (&json, "at", draft->at);
  hx_json_member (&json, "text", draft->text);
  hx_json_object_end (&json);
  return hx_call_reply_json (call, out, 200);
}

static gboolean
template_put (HxCall *call, GError **error)
{
  return save (call, hx_call_text (call, "text"), error)
         && template_show (call, error);
}

/* ------------------------------------------------------------------- routes */

static const HxParameter year_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { 0 },
};
static const HxParameter post_parameters[] = {
  { "year", HX_IN_FORM, HX_TYPE_YEAR, HX_REQUIRED, .what = N_ ("年度") },
  { "version", HX_IN_FORM, HX_TYPE_INTEGER, .what = N_ ("所见的版本") },
  { "text", HX_IN_FORM, HX_TYPE_TEXT, HX_REQUIRED,
    .max = TEMPLATE_CHARACTERS_MAX, .what = N_ ("模板") },
  { "step", HX_IN_FORM, HX_TYPE_CHOICE, .choices = "preview|save|reset",
    .what = N_ ("要做什么") },
  { 0 },
};
static const HxParameter put_parameters[] = {
  { "year", HX_IN_FORM, HX_TYPE_YEAR, HX_REQUIRED, .what = N_ ("年度") },
  { "version", HX_IN_FORM, HX_TYPE_INTEGER, .what = N_ ("所见的版本") },
  { "text", HX_IN_FORM, HX_TYPE_TEXT, .max = TEMPLATE_CHARACTERS_MAX,
    .what = N_ ("模板；不写就用目录里的") },
  { 0 },
};

const HxRoute hx_routes_report_template[] = {
  { HX_METHOD_GET, "/report/template", "report_template_page",
    N_ ("报告的模板"), HX_YEAR_READERS, HX_ROUTE_PAGE, year_parameters,
    .handler = template_page },
  { HX_METHOD_POST, "/report/template", "report_template_post",
    N_ ("预览或保存报告的模板"), HX_REPORT_WRITERS, HX_ROUTE_PAGE,
    post_parameters, .handler = template_post, .body_max = 4 * 1024 * 1024 },
  { HX_METHOD_GET, "/api/v1/report/template", "report_template_show",
    N_ ("报告的模板"), HX_YEAR_READERS, HX_ROUTE_API, year_parameters,
    .handler = template_show, .answers = N_ ("模板的文字、版本、谁何时保存") },
  { HX_METHOD_PUT, "/api/v1/report/template", "report_template_put",
    N_ ("保存报告的模板"), HX_REPORT_WRITERS, HX_ROUTE_API, put_parameters,
    .handler = template_put, .body_max = 4 * 1024 * 1024,
    .answers = N_ ("保存以后的模板和版本") },
  { 0 },
};
