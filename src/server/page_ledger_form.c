/* A new row, or another state of one. */
#include "server/record_form.h"
#include "server/routes.h"
#include "server/shown.h"

/* What the page of the form is about. */
typedef struct
{
  const HxKind *kind;
  HxRow *row;        /* NULL: a new one */
  char *path;        /* that it is sent to */
  const char *back;  /* where to go on, or NULL */
  GPtrArray *preset; /* const char *: key and cell, NULL at the end */
} Page;

static void
page_clear (Page *page)
{
  g_clear_pointer (&page->row, hx_row_free);
  g_clear_pointer (&page->path, g_free);
  g_clear_pointer (&page->preset, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

/* "f.cadre=#12" of a link. */
static void
take_preset (HxCall *call, Page *page)
{
  const HxRequest *request = hx_call_request (call);

  page->preset = g_ptr_array_new ();
  for (guint i = 0; i < page->kind->fields->len; i++)
    {
      const HxField *field = page->kind->fields->pdata[i];
      g_autofree char *name = g_strconcat ("f.", field->key, NULL);
      const GPtrArray *values = g_hash_table_lookup (request->query, name);

      if (values == NULL || values->len == 0)
        continue;
      g_ptr_array_add (page->preset, field->key);
      g_ptr_array_add (page->preset, values->pdata[0]);
    }
  g_ptr_array_add (page->preset, NULL);
}

static gboolean
page_open (Page *page, HxCall *call, gint64 id, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  const char *back = hx_call_text (call, "back");
  g_autofree char *path = NULL;

  page->kind = hx_call_kind (call, "kind");
  page->back = back != NULL && hx_url_is_ours (back) ? back : NULL;
  path = id == 0 ? g_strdup_printf ("/ledgers/%s/new", page->kind->key)
                 : g_strdup_printf ("/ledgers/%s/%" G_GINT64_FORMAT "/edit",
                                    page->kind->key, id);
  page->path = hx_url (path, "back", page->back, NULL);
  if (!hx_record_may (call, HX_ACT_WRITE, page->kind, error))
    return FALSE;
  take_preset (call, page);
  if (id == 0)
    return TRUE;
  page->row = hx_row_new (page->kind);
  return hx_shown_open (&shown, call, error)
         && hx_shown_load (&shown, page->row, id, error);
}

static gboolean
show (HxCall *call, const Page *page, const HxEdit *edit, GError **error)
{
  const gboolean is_new = page->row == NULL;
  g_autofree char *title = g_strdup_printf (
      is_new ? _ ("登记%s") : _ ("更改%s"), page->kind->name);
  g_autofree char *ledger
      = is_new ? g_strconcat ("/ledgers/", page->kind->key, NULL)
               : g_strdup_printf ("/ledgers/%s/%" G_GINT64_FORMAT,
                                  page->kind->key, page->row->id);
  g_autoptr (HxHtml) html = hx_page_begin (
      call, &(HxPageHead){ .title = title,
                           .at = "ledgers",
                           .back = page->back != NULL ? page->back : ledger,
                           .back_name
                           = page->back != NULL ? _ ("返回") : page->kind->name,
                           .status = hx_record_form_status (edit) });
  const HxRecordForm form
      = { .kind = page->kind,
          .row = page->row,
          .edit = edit,
          .action = page->path,
          .preset = (const char *const *)page->preset->pdata };

  if (!hx_record_form (html, call, &form, error))
    return FALSE;
  return hx_page_end (call, g_steal_pointer (&html));
}

static char *
say_done (const HxEdit *edit)
{
  const char *done = edit->outcome == HX_PUT_NEW       ? _ ("已登记。")
                     : edit->outcome == HX_PUT_CHANGED ? _ ("已更改。")
                                                       : _ ("没有改动。");
  g_autoptr (GString) said = g_string_new (done);

  if (edit->kind->approval && edit->outcome != HX_PUT_UNCHANGED)
    g_string_append (said, _ ("已提交，等待审批。"));
  for (guint i = 0; i < edit->warnings->len; i++)
    g_string_append_printf (said, _ ("请注意：%s。"),
                            (const char *)edit->warnings->pdata[i]);
  return g_strdup (said->str);
}

static gboolean
take (HxCall *call, gint64 id, GError **error)
{
  g_auto (Page) page = { 0 };
  g_autoptr (HxEdit) edit = NULL;
  g_autofree char *url = NULL;
  g_autofree char *said = NULL;

  if (!page_open (&page, call, id, error))
    return FALSE;
  edit = hx_edit_new (page.kind, id);
  if (!hx_record_form_take (call, edit, error))
    return FALSE;
  if (!edit->is_done)
    return show (call, &page, edit, error);
  said = say_done (edit);
  url = page.back != NULL ? g_strdup (page.back)
                          : g_strdup_printf ("/ledgers/%s/%" G_GINT64_FORMAT,
                                             page.kind->key, edit->id);
  return hx_call_redirect (call, url, said);
}

static gboolean
show_page (HxCall *call, gint64 id, GError **error)
{
  g_auto (Page) page = { 0 };

  return page_open (&page, call, id, error) && show (call, &page, NULL, error);
}

static gboolean
new_page (HxCall *call, GError **error)
{
  return show_page (call, 0, error);
}

static gboolean
new_take (HxCall *call, GError **error)
{
  return take (call, 0, error);
}

static gboolean
edit_page (HxCall *call, GError **error)
{
  return show_page (call, hx_call_integer (call, "id"), error);
}

static gboolean
edit_take (HxCall *call, GError **error)
{
  return take (call, hx_call_integer (call, "id"), error);
}

#define KIND                                                                   \
  {                                                                            \
    "kind", HX_IN_PATH, HX_TYPE_KIND, HX_REQUIRED, .what = N_ ("台账")         \
  }
#define ID                                                                     \
  {                                                                            \
    "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("编号")             \
  }
#define BACK                                                                   \
  {                                                                            \
    "back", HX_IN_QUERY, HX_TYPE_TEXT, .max = 500, .what = N_ ("回到哪里")     \
  }

static const HxParameter new_show[] = { KIND, BACK, { 0 } };
static const HxParameter new_sent[]
    = { KIND, BACK, HX_RECORD_FORM_PARAMETERS, { 0 } };
static const HxParameter edit_show[] = { KIND, ID, BACK, { 0 } };
static const HxParameter edit_sent[]
    = { KIND, ID, BACK, HX_RECORD_FORM_PARAMETERS, { 0 } };

const HxRoute hx_routes_ledger_form[] = {
  { HX_METHOD_GET, "/ledgers/{kind}/new", "ledger_new_page", N_ ("登记一行"),
    HX_USER_BUSINESS, HX_ROUTE_PAGE, new_show, .handler = new_page },
  { HX_METHOD_POST, "/ledgers/{kind}/new", "ledger_new", N_ ("登记一行"),
    HX_USER_BUSINESS, HX_ROUTE_PAGE | HX_ROUTE_UPLOAD, new_sent,
    .handler = new_take },
  { HX_METHOD_GET, "/ledgers/{kind}/{id}/edit", "ledger_edit_page",
    N_ ("更改一行"), HX_USER_BUSINESS, HX_ROUTE_PAGE, edit_show,
    .handler = edit_page },
  { HX_METHOD_POST, "/ledgers/{kind}/{id}/edit", "ledger_edit", N_ ("更改一行"),
    HX_USER_BUSINESS, HX_ROUTE_PAGE | HX_ROUTE_UPLOAD, edit_sent,
    .handler = edit_take },
  { 0 },
};
