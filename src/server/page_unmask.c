/* A masked value in clear, for a reason; and who asked for one. */
#include "server/account_part.h"

#include "access/unmask.h"

#define UNMASK "/unmask"
#define REVEALS "/reveals"
#define REASON_MAX 200

typedef struct
{
  const HxIdentity *identity;
  HxUnmask wanted;
  GPtrArray *values;
} Asking;

static gboolean
fail_hidden (GError **error)
{
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这一项"), NULL,
                  _ ("它不在您能看的范围里"));
}

static const HxField *
field_of (HxCall *call, GError **error)
{
  const HxKind *kind = hx_call_kind (call, "kind");
  const HxField *field = hx_kind_field (kind, hx_call_text (call, "field"));

  if (field != NULL
      && hx_identity_unmasks (hx_call_identity (call), kind, field))
    return field;
  fail_hidden (error);
  return NULL;
}

/* Of whom, as the page may say it; the caller's. */
static gboolean
title_of (HxCall *call, const HxField *field, char **title, GError **error)
{
  const HxKind *kind = hx_call_kind (call, "kind");
  const HxField *label = hx_kind_label_field (kind);
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (HxRow) row = hx_row_new (kind);
  g_autofree char *who = NULL;

  if (connection == NULL
      || !hx_row_load (connection, row, hx_call_integer (call, "id"), error))
    return FALSE;
  if (!hx_identity_reaches (hx_call_identity (call), row))
    return fail_hidden (error);
  if (label != NULL)
    who = hx_identity_value (hx_call_identity (call), connection, row, label,
                             NULL);
  *title = g_strdup_printf (_ ("%s %s：%s"), kind->name, who != NULL ? who : "",
                            field->name);
  return TRUE;
}

/* `value` NULL: ask for the reason. */
static gboolean
show (HxCall *call, const HxField *field, const char *value, GError **error)
{
  const HxKind *kind = hx_call_kind (call, "kind");
  g_autofree char *id
      = g_strdup_printf ("%" G_GINT64_FORMAT, hx_call_integer (call, "id"));
  g_autofree char *title = NULL;
  HxHtml *html;

  if (!title_of (call, field, &title, error))
    return FALSE;
  html = hx_page_begin (
      call, &(HxPageHead){ .title = title,
                           .lead = _ ("查看会记下您的姓名、时间和理由，"
                                      "负责人看得到。") });
  if (value != NULL)
    {
      hx_html_open (html, "p", "class", "clear", NULL);
      hx_html_element (html, "strong", value, NULL);
      hx_html_close (html, "p");
      hx_html_element (html, "p", _ ("离开这一页就不再显示。"), "class",
                       "quiet", NULL);
      return hx_page_end (call, html);
    }
  hx_form_begin (html, call,
                 &(HxForm){ .action = UNMASK, .method = HX_METHOD_POST });
  hx_form_input (
      html, &(HxInput){ .name = "kind", .value = kind->key, .type = "hidden" });
  hx_form_input (html,
                 &(HxInput){ .name = "id", .value = id, .type = "hidden" });
  hx_form_input (
      html,
      &(HxInput){ .name = "field", .value = field->key, .type = "hidden" });
  hx_form_input (html, &(HxInput){ .name = "reason",
                                   .label = _ ("为什么要看"),
                                   .hint = _ ("例如：上门前打电话确认"),
                                   .required = TRUE });
  hx_form_submit (html, _ ("查看"), HX_TONE_GOOD);
  hx_form_end (html);
  return hx_page_end (call, html);
}

static gboolean
unmask_page (HxCall *call, GError **error)
{
  const HxField *field = field_of (call, error);

  return field != NULL && show (call, field, NULL, error);
}

static gboolean
unmask (HxLedger *ledger, gpointer data, GError **error)
{
  Asking *asking = data;

  return hx_unmask (ledger, asking->identity, &asking->wanted, &asking->values,
                    error);
}

static gboolean
unmask_send (HxCall *call, GError **error)
{
  const HxField *field = field_of (call, error);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = NULL;
  Asking asking = { .identity = hx_call_identity (call),
                    .wanted = { .kind = hx_call_kind (call, "kind"),
                                .id = hx_call_integer (call, "id"),
                                .fields = fields,
                                .reason = hx_call_text (call, "reason") } };
  gboolean done;

  if (field == NULL)
    return FALSE;
  g_ptr_array_add (fields, (gpointer)(guintptr)field);
  done = hx_call_write (call, unmask, &asking, error);
  values = asking.values;
  if (!done)
    return FALSE;
  hx_call_header (call, "Cache-Control", "no-store");
  return show (call, field, values->pdata[0], error);
}

/* ------------------------------------------------------------------- reveals
 */

static void
write_revealed (HxGrid *grid, const HxRevealed *revealed)
{
  g_autofree char *whose
      = revealed->row == 0
            ? g_strdup_printf (_ ("%s：名单 %" G_GINT64_FORMAT " 行"),
                               revealed->kind->name, revealed->count)
            : g_strdup_printf ("%s：%s", revealed->kind->name,
                               revealed->label != NULL ? revealed->label : "");
  g_autoptr (GDateTime) utc = g_date_time_new_from_iso8601 (revealed->at, NULL);
  g_autofree char *at
      = hx_say_second (utc != NULL ? g_date_time_to_unix (utc) : 0);

  hx_grid_row (grid, NULL);
  hx_grid_cell (grid, at);
  hx_grid_cell (grid, revealed->actor);
  hx_grid_cell (grid, whose);
  hx_grid_cell (grid, revealed->fields);
  hx_grid_cell (grid, revealed->reason);
}

static void
write_reveals (HxHtml *html, const GPtrArray *list, gboolean is_first)
{
  const HxColumn columns[]
      = { { .name = _ ("时间") },     { .name = _ ("谁看的") },
          { .name = _ ("看了谁的") }, { .name = _ ("看了什么") },
          { .name = _ ("理由") },     { 0 } };
  HxGrid *grid;
  g_autofree char *next = NULL;

  if (list->len == 0)
    {
      hx_part_empty (html, _ ("还没有人看过保密内容。"), NULL, NULL);
      return;
    }
  grid = hx_grid_begin (html, _ ("谁看过保密内容"), columns);
  for (guint i = 0; i < MIN (list->len, HX_PAGE_ROWS); i++)
    write_revealed (grid, list->pdata[i]);
  hx_grid_end (grid);
  if (list->len > HX_PAGE_ROWS)
    next = g_strdup_printf (
        REVEALS "?before=%" G_GINT64_FORMAT,
        ((const HxRevealed *)list->pdata[HX_PAGE_ROWS - 1])->seq);
  hx_part_pages (html, is_first ? NULL : REVEALS, next);
}

static gboolean
reveals_page (HxCall *call, GError **error)
{
  const gint64 before = hx_call_integer (call, "before");
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (GPtrArray) list
      = connection != NULL ? hx_reveals (connection, hx_call_identity (call),
                                         before, HX_PAGE_ROWS + 1, error)
                           : NULL;
  HxHtml *html;

  if (list == NULL)
    return FALSE;
  html = hx_page_begin (
      call, &(HxPageHead){ .title = _ ("谁看过保密内容"),
                           .lead = _ ("电话、身份证号、住址等平时遮住；谁要看，"
                                      "写明理由，记在这里。") });
  write_reveals (html, list, before == 0);
  return hx_page_end (call, html);
}

/* ------------------------------------------------------------------- routes
 */

#define WHOSE(place)                                                           \
  { "kind", place, HX_TYPE_KIND, HX_REQUIRED, 0, 0, NULL, N_ ("台账") },       \
      { "id", place, HX_TYPE_ID, HX_REQUIRED, 0, 0, NULL, N_ ("记录号") },     \
      HX_PART_TEXT ("field", place, HX_REQUIRED, 60, N_ ("字段"))

static const HxParameter shown[] = { WHOSE (HX_IN_QUERY), { 0 } };
static const HxParameter sent[] = {
  WHOSE (HX_IN_FORM),
  HX_PART_TEXT ("reason", HX_IN_FORM, HX_REQUIRED, REASON_MAX, N_ ("理由")),
  { 0 },
};
static const HxParameter listed[] = {
  { "before", HX_IN_QUERY, HX_TYPE_ID, 0, 0, 0, NULL, N_ ("从哪一条往前") },
  { 0 },
};

#define WHO (HX_USER_PEOPLE | HX_USER_FINANCE)

const HxRoute hx_routes_unmask[] = {
  { HX_METHOD_GET, UNMASK, "unmask_page", N_ ("查看遮住的内容"), WHO,
    HX_ROUTE_PAGE, shown, unmask_page, 0, NULL },
  { HX_METHOD_POST, UNMASK, "unmask", N_ ("查看遮住的内容"), WHO, HX_ROUTE_PAGE,
    sent, unmask_send, 0, NULL },
  { HX_METHOD_GET, REVEALS, "reveals_page", N_ ("谁看过保密内容"),
    HX_USER_SECTION | HX_USER_BUREAU, HX_ROUTE_PAGE, listed, reveals_page, 0,
    NULL },
  { 0 },
};
