/* One row of a ledger: what it holds, who agreed, what became of it. */
#include "exchange/record_json.h"
#include "ledger/approval.h"
#include "ledger/evidence.h"
#include "ledger/secret.h"
#include "server/display.h"
#include "server/links.h"
#include "server/record_form_internal.h"
#include "server/routes.h"
#include "server/shown.h"

#include <string.h>

typedef struct
{
  HxShown shown;
  HxRow *row;
  HxApproval approval;
  char *path; /* /ledgers/visit/12 */
} Page;

static void
page_clear (Page *page)
{
  hx_shown_clear (&page->shown);
  g_clear_pointer (&page->row, hx_row_free);
  hx_approval_clear (&page->approval);
  g_clear_pointer (&page->path, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static gboolean
may (const Page *page, HxAct act)
{
  return hx_identity_may (page->shown.identity, act, page->row->kind);
}

/* -------------------------------------------------------------------- facts
 */

static void
show_file (HxHtml *html, const Page *page, const char *line)
{
  const char *hash = strrchr (line, '#');
  g_autofree char *name = NULL;
  g_autofree char *url = NULL;

  if (hash == NULL || strlen (hash) != HX_DIGEST_HEX_SIZE)
    {
      hx_html_textf (html, _ ("%s（只有名称）"), line);
      return;
    }
  name = g_strndup (line, (gsize)(hash - line));
  url = g_strconcat (page->path, "/evidence/", hash + 1, NULL);
  hx_html_element (html, "a", name, "href", url, NULL);
  hx_html_textf (html, _ ("（摘要 %.12s）"), hash + 1);
}

static void
show_files (HxHtml *html, const Page *page, const HxField *field)
{
  g_auto (GStrv) lines
      = g_strsplit (page->row->values[field->index].text, "\n", -1);

  hx_html_open (html, "ul", NULL);
  for (char **line = lines; *line != NULL; line++)
    {
      hx_html_open (html, "li", NULL);
      show_file (html, page, *line);
      hx_html_close (html, "li");
    }
  hx_html_close (html, "ul");
}

static void
show_unmask (HxHtml *html, const Page *page, const HxField *field)
{
  const HxKind *kind = page->row->kind;
  g_autofree char *id = hx_number_text (page->row->id);
  g_autofree char *label = g_strdup_printf (_ ("显示%s"), field->name);
  g_autofree char *url = NULL;

  if (!hx_field_is_masked (kind, field, HX_AUDIENCE_INSIDE)
      || !may (page, HX_ACT_UNMASK)
      || !hx_page_opens (page->shown.call, "/unmask"))
    return;
  url = hx_url ("/unmask", "kind", kind->key, "id", id, "field", field->key,
                NULL);
  hx_html_text (html, " ");
  hx_html_element (html, "a", _ ("显示"), "href", url, "aria-label", label,
                   NULL);
}

static void
show_value (HxHtml *html, const Page *page, const HxField *field,
            const char *text)
{
  const gint64 id = page->row->values[field->index].integer;
  g_autofree char *url = field->type == HX_FIELD_REF
                             ? hx_link_row (page->shown.call, field->target, id)
                             : NULL;

  if (field->type == HX_FIELD_EVIDENCE
      && !hx_field_is_masked (page->row->kind, field, HX_AUDIENCE_INSIDE))
    show_files (html, page, field);
  else if (url != NULL)
    hx_html_element (html, "a", text, "href", url, NULL);
  else
    hx_html_text (html, text);
  show_unmask (html, page, field);
}

/* What is hidden is not there. */
static gboolean
show_fact (HxHtml *html, Page *page, const HxField *field, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *text = NULL;

  if (!page->row->values[field->index].filled)
    return TRUE;
  text = hx_shown_text (&page->shown, page->row, field, &failed);
  if (failed != NULL)
    return g_propagate_error (error, g_steal_pointer (&failed)), FALSE;
  if (text == NULL)
    return TRUE;
  hx_html_element (html, "dt", field->name, NULL);
  hx_html_open (html, "dd", NULL);
  show_value (html, page, field, text);
  hx_html_close (html, "dd");
  return TRUE;
}

static gboolean
show_facts (HxHtml *html, Page *page, GError **error)
{
  const GPtrArray *fields = page->row->kind->fields;
  const char *unit = hx_shown_unit (&page->shown, page->row->unit_id, error);
  gboolean done = unit != NULL;

  hx_html_open (html, "dl", "class", "facts", NULL);
  for (guint i = 0; done && i < fields->len; i++)
    done = show_fact (html, page, fields->pdata[i], error);
  if (done && *unit != '\0' && page->row->kind->unit == NULL)
    {
      hx_html_element (html, "dt", _ ("所属机构"), NULL);
      hx_html_element (html, "dd", unit, NULL);
    }
  hx_html_close (html, "dl");
  return done;
}

/* ----------------------------------------------------------------- approval
 */

static void
show_state (HxHtml *html, const HxApproval *approval)
{
  static const HxTone tones[] = { [HX_APPROVAL_NONE] = HX_TONE_PLAIN,
                                  [HX_APPROVAL_SUBMITTED] = HX_TONE_WARN,
                                  [HX_APPROVAL_APPROVED] = HX_TONE_GOOD,
                                  [HX_APPROVAL_RETURNED] = HX_TONE_BAD };
  g_autofree char *at = hx_record_time (
      approval->at != NULL ? approval->at : approval->submitted_at);
  g_autofree char *text = NULL;

  if (approval->state == HX_APPROVAL_SUBMITTED)
    text = g_strdup_printf (_ ("%s：%s 于 %s 提交"),
                            hx_approval_name (approval->state),
                            approval->submitter, at);
  else if (approval->reason != NULL)
    text = g_strdup_printf (_ ("%s：%s 于 %s 退回，原因：%s"),
                            hx_approval_name (approval->state), approval->actor,
                            at, approval->reason);
  else
    text = g_strdup_printf (_ ("%s：%s 于 %s"),
                            hx_approval_name (approval->state), approval->actor,
                            at);
  hx_part_notice (html, tones[approval->state], text);
}

static void
hide_version (HxHtml *html, const Page *page)
{
  g_autofree char *version = hx_number_text (page->row->version);

  hx_form_input (
      html,
      &(HxInput){ .name = "version", .type = "hidden", .value = version });
}

/* A form with a reason and one button. */
typedef struct
{
  const char *verb, *label, *submit, *hint;
} WithReason;

static void
show_reason_form (HxHtml *html, const Page *page, const WithReason *what)
{
  g_autofree char *action = g_strconcat (page->path, "/", what->verb, NULL);

  hx_html_open (html, "details", NULL);
  hx_html_element (html, "summary", what->submit, NULL);
  hx_form_begin (html, page->shown.call,
                 &(HxForm){ .action = action, .method = HX_METHOD_POST });
  hide_version (html, page);
  hx_form_input (html, &(HxInput){ .name = "reason",
                                   .label = what->label,
                                   .hint = what->hint,
                                   .required = TRUE });
  hx_form_submit (html, what->submit, HX_TONE_BAD);
  hx_form_end (html);
  hx_html_close (html, "details");
}

static void
show_approval (HxHtml *html, const Page *page)
{
  const HxApproval *approval = &page->approval;
  const WithReason back
      = { "return", _ ("要改什么"), _ ("退回"), _ ("登记人在工作台上看到") };
  g_autofree char *action = g_strconcat (page->path, "/approve", NULL);

  if (approval->state == HX_APPROVAL_NONE || page->row->is_void)
    return;
  show_state (html, approval);
  if (approval->state != HX_APPROVAL_SUBMITTED || !may (page, HX_ACT_APPROVE))
    return;
  if (g_strcmp0 (approval->submitter, page->shown.identity->login) == 0)
    {
      hx_html_element (html, "p", _ ("自己提交的，请另一位来审批。"), "class",
                       "hint", NULL);
      return;
    }
  hx_form_begin (html, page->shown.call,
                 &(HxForm){ .action = action, .method = HX_METHOD_POST });
  hide_version (html, page);
  hx_form_submit (html, _ ("审批通过"), HX_TONE_GOOD);
  hx_form_end (html);
  show_reason_form (html, page, &back);
}

/* ------------------------------------------------------------------ history
 */

typedef struct
{
  HxHtml *html;
  Page *page;
  HxGrid *grid;
  gboolean is_listing; /* the list of fields is open */
} Telling;

/* NULL without *error: empty or hidden. */
static char *
filled_text (Telling *telling, const HxRow *row, const HxField *field,
             GError **error)
{
  return row->values[field->index].filled
             ? hx_shown_text (&telling->page->shown, row, field, error)
             : NULL;
}

static gboolean
tell_field (Telling *telling, const HxRecordChange *change,
            const HxField *field, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *was = filled_text (telling, change->before, field, &failed);
  g_autofree char *is
      = failed == NULL ? filled_text (telling, change->after, field, &failed)
                       : NULL;

  if (failed != NULL)
    return g_propagate_error (error, g_steal_pointer (&failed)), FALSE;
  if (was == NULL && is == NULL)
    return TRUE;
  if (!telling->is_listing)
    hx_html_open (telling->html, "ul", NULL);
  telling->is_listing = TRUE;
  hx_html_open (telling->html, "li", NULL);
  if (was != NULL)
    hx_html_textf (telling->html, "%s：%s → %s", field->name, was,
                   is != NULL ? is : _ ("（空）"));
  else
    hx_html_textf (telling->html, "%s：%s", field->name, is);
  hx_html_close (telling->html, "li");
  return TRUE;
}

static gboolean
tell_fields (Telling *telling, const HxRecordChange *change, GError **error)
{
  const GPtrArray *fields = change->after->kind->fields;
  gboolean done = TRUE;

  hx_grid_cell_begin (telling->grid);
  if (change->reason != NULL)
    hx_html_textf (telling->html, _ ("原因：%s"), change->reason);
  if (change->revealed != NULL)
    hx_html_text (telling->html, change->revealed);
  if (change->from[0] != '\0')
    hx_html_textf (telling->html,
                   change->is_correction ? _ ("更正 %s 有效的值")
                                         : _ ("自 %s 起"),
                   change->from);
  telling->is_listing = FALSE;
  for (guint i = 0; done && i < fields->len; i++)
    done = tell_field (telling, change, fields->pdata[i], error);
  if (telling->is_listing)
    hx_html_close (telling->html, "ul");
  hx_grid_cell_end (telling->grid);
  return done;
}

static gboolean
tell_change (const HxRecordChange *change, gpointer data, GError **error)
{
  Telling *telling = data;
  g_autofree char *at = hx_record_time (change->entry->at);

  hx_grid_row (telling->grid, NULL);
  hx_grid_cell (telling->grid, at);
  hx_grid_cell (telling->grid, change->entry->actor);
  hx_grid_cell (telling->grid, change->name);
  return tell_fields (telling, change, error);
}

static gboolean
show_history (HxHtml *html, Page *page, GError **error)
{
  const HxColumn columns[] = { { .name = _ ("时间") },
                               { .name = _ ("谁") },
                               { .name = _ ("做了什么") },
                               { .name = _ ("内容") },
                               { 0 } };
  Telling telling = { .html = html, .page = page };
  gboolean done;

  hx_part_section_begin (html, "history", _ ("变更"));
  telling.grid = hx_grid_begin (html, _ ("这一行的变更，先的在前"), columns);
  done = hx_record_changes (page->shown.connection, page->row->kind,
                            page->row->id, tell_change, &telling, error);
  hx_grid_end (telling.grid);
  hx_part_section_end (html);
  return done;
}

/* --------------------------------------------------------------------- page
 */

static void
show_ways (HxHtml *html, const Page *page)
{
  g_autofree char *edit = g_strconcat (page->path, "/edit", NULL);

  if (page->row->is_void)
    {
      hx_part_notice (html, HX_TONE_BAD,
                      _ ("这一行已经作废，不再计数；原因见下面的变更。"));
      return;
    }
  if (!may (page, HX_ACT_WRITE))
    return;
  hx_html_open (html, "p", "class", "actions", NULL);
  hx_part_action (html, edit, _ ("更改"), FALSE);
  hx_html_close (html, "p");
}

static void
show_void (HxHtml *html, const Page *page)
{
  const WithReason what = { "void", _ ("作废的原因"), _ ("作废这一行"),
                            _ ("作废后不再计数，但永远查得到，原因也在。") };

  if (!page->row->is_void && may (page, HX_ACT_VOID))
    show_reason_form (html, page, &what);
}

static gboolean
page_open (Page *page, HxCall *call, GError **error)
{
  const HxKind *kind = hx_call_kind (call, "kind");
  const gint64 id = hx_call_integer (call, "id");

  page->row = hx_row_new (kind);
  page->path = g_strdup_printf ("/ledgers/%s/%" G_GINT64_FORMAT, kind->key, id);
  return hx_record_may (call, HX_ACT_READ, kind, error)
         && hx_shown_open (&page->shown, call, error)
         && hx_shown_load (&page->shown, page->row, id, error)
         && hx_approval_read (page->shown.connection, kind, id, &page->approval,
                              error);
}

static gboolean
row_page (HxCall *call, GError **error)
{
  g_auto (Page) page = { 0 };
  g_autofree char *label = NULL;
  g_autofree char *title = NULL;
  g_autofree char *back = NULL;
  g_autoptr (HxHtml) html = NULL;

  if (!page_open (&page, call, error))
    return FALSE;
  label = hx_shown_label (&page.shown, page.row, error);
  if (label == NULL)
    return FALSE;
  back = g_strconcat ("/ledgers/", page.row->kind->key, NULL);
  title = g_strdup_printf ("%s %s", page.row->kind->name,
                           *label != '\0' ? label : "");
  html = hx_page_begin (call,
                        &(HxPageHead){ .title = g_strchomp (title),
                                       .at = "ledgers",
                                       .back = back,
                                       .back_name = page.row->kind->name });
  show_ways (html, &page);
  show_approval (html, &page);
  if (!show_facts (html, &page, error) || !show_history (html, &page, error))
    return FALSE;
  show_void (html, &page);
  return hx_page_end (call, g_steal_pointer (&html));
}

/* ----------------------------------------------------------------- evidence
 */

/* Does a field of the row that the user sees name the file? */
static gboolean
names_file (const Page *page, const char *digest)
{
  const HxRow *row = page->row;
  g_autofree char *mark = g_strconcat ("#", digest, NULL);

  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = row->kind->fields->pdata[i];

      if (field->type == HX_FIELD_EVIDENCE && row->values[i].filled
          && hx_identity_sees (page->shown.identity, row->kind, field)
          && strstr (row->values[i].text, mark) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Pictures and PDF are shown, the rest is saved. */
static gboolean
is_shown_in_place (const char *type)
{
  return g_str_has_prefix (type, "image/")
         || strcmp (type, "application/pdf") == 0;
}

static gboolean
evidence_page (HxCall *call, GError **error)
{
  g_auto (Page) page = { 0 };
  g_auto (HxEvidence) evidence = { 0 };
  const char *digest = hx_call_text (call, "digest");
  g_autofree char *path = NULL;

  if (!page_open (&page, call, error))
    return FALSE;
  if (strlen (digest) != HX_DIGEST_HEX_SIZE - 1
      || strspn (digest, "0123456789abcdef") != HX_DIGEST_HEX_SIZE - 1
      || !names_file (&page, digest))
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这件佐证材料"), NULL,
                    NULL);
  if (!hx_evidence_find (page.shown.connection, digest, &evidence, error))
    return FALSE;
  path = hx_evidence_path (hx_call_store (call), digest);
  return hx_call_reply_file (
      call, path, evidence.type,
      is_shown_in_place (evidence.type) ? NULL : evidence.name, error);
}

/* ---------------------------------------------------------------- decisions
 */

static gboolean
decide (HxCall *call, HxRecordDecision decision, const char *said,
        GError **error)
{
  g_autofree char *url = g_strdup_printf ("/ledgers/%s/%" G_GINT64_FORMAT,
                                          hx_call_kind (call, "kind")->key,
                                          hx_call_integer (call, "id"));

  return hx_record_decide (call, decision, error)
         && hx_call_redirect (call, url, said);
}

static gboolean
approve (HxCall *call, GError **error)
{
  return decide (call, HX_RECORD_APPROVE, _ ("已审批"), error);
}

static gboolean
send_back (HxCall *call, GError **error)
{
  return decide (call, HX_RECORD_RETURN, _ ("已退回"), error);
}

static gboolean
make_void (HxCall *call, GError **error)
{
  return decide (call, HX_RECORD_VOID, _ ("已作废"), error);
}

#define KIND                                                                   \
  {                                                                            \
    "kind", HX_IN_PATH, HX_TYPE_KIND, HX_REQUIRED, .what = N_ ("台账")         \
  }
#define ID                                                                     \
  {                                                                            \
    "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("编号")             \
  }
#define VERSION                                                                \
  {                                                                            \
    "version", HX_IN_FORM, HX_TYPE_INTEGER, .what = N_ ("所见的版本")          \
  }

static const HxParameter one[] = { KIND, ID, { 0 } };
static const HxParameter file[] = { KIND,
                                    ID,
                                    { "digest", HX_IN_PATH, HX_TYPE_TEXT,
                                      HX_REQUIRED, .what = N_ ("摘要") },
                                    { 0 } };
static const HxParameter version[] = { KIND, ID, VERSION, { 0 } };
static const HxParameter reason[]
    = { KIND,
        ID,
        VERSION,
        { "reason", HX_IN_FORM, HX_TYPE_TEXT, HX_REQUIRED, .max = 500,
          .what = N_ ("原因") },
        { 0 } };

const HxRoute hx_routes_ledger_row[] = {
  { HX_METHOD_GET, "/ledgers/{kind}/{id}", "ledger_row_page", N_ ("一行"),
    HX_USER_BUSINESS, HX_ROUTE_PAGE, one, .handler = row_page },
  { HX_METHOD_GET, "/ledgers/{kind}/{id}/evidence/{digest}", "ledger_evidence",
    N_ ("佐证材料"), HX_USER_BUSINESS, HX_ROUTE_PAGE, file,
    .handler = evidence_page },
  { HX_METHOD_POST, "/ledgers/{kind}/{id}/approve", "ledger_row_approve",
    N_ ("审批通过"), HX_USER_BUSINESS, HX_ROUTE_PAGE, version,
    .handler = approve },
  { HX_METHOD_POST, "/ledgers/{kind}/{id}/return", "ledger_row_return",
    N_ ("退回"), HX_USER_BUSINESS, HX_ROUTE_PAGE, reason,
    .handler = send_back },
  { HX_METHOD_POST, "/ledgers/{kind}/{id}/void", "ledger_row_void",
    N_ ("作废一行"), HX_USER_BUSINESS, HX_ROUTE_PAGE, reason,
    .handler = make_void },
  { 0 },
};
