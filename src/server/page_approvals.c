/* What waits for the user: rows to approve, rows that came back. */
#include "ledger/approval.h"
#include "server/links.h"
#include "server/page.h"

#include <string.h>

#define SHOWN_MAX 200
#define COLUMNS_MAX 6

typedef struct
{
  HxCall *call;
  const HxIdentity *identity;
  HxGrid *grid; /* NULL until there is a row */
  HxHtml *html;
  HxColumn columns[COLUMNS_MAX];
  gboolean is_returned;
  guint shown;
} List;

static gboolean
reaches (gconstpointer identity, const HxRow *row)
{
  return hx_identity_reaches (identity, row);
}

/* "2023-03-05T…" as a day. */
static void
write_day (HxGrid *grid, const char *moment)
{
  g_autofree char *day = moment != NULL ? g_strndup (moment, 10) : NULL;
  g_autofree char *text = NULL;
  HxDate date;

  if (day != NULL && hx_date_parse (day, FALSE, &date, NULL))
    text = hx_say_date (date);
  hx_grid_cell (grid, text);
}

static void
begin_grid (List *list)
{
  static const HxColumn waiting[]
      = { { .name = N_ ("台账") },
          { .name = N_ ("编号"), .is_number = TRUE },
          { .name = N_ ("提交人") },
          { .name = N_ ("提交日期") },
          { 0 } };
  static const HxColumn returned[] = {
    { .name = N_ ("台账") },     { .name = N_ ("编号"), .is_number = TRUE },
    { .name = N_ ("退回人") },   { .name = N_ ("退回日期") },
    { .name = N_ ("退回原因") }, { 0 }
  };
  const HxColumn *from = list->is_returned ? returned : waiting;

  for (guint i = 0; from[i].name != NULL; i++)
    {
      list->columns[i] = from[i];
      list->columns[i].name = hx_text (from[i].name);
    }
  list->grid = hx_grid_begin (
      list->html, list->is_returned ? _ ("退回给我的") : _ ("等我审批的"),
      list->columns);
}

static gboolean
show_one (const HxApproval *approval, gpointer data)
{
  List *list = data;
  HxAct act = list->is_returned ? HX_ACT_WRITE : HX_ACT_APPROVE;
  g_autofree char *url = NULL, *number = NULL;

  if (!hx_identity_may (list->identity, act, approval->kind))
    return TRUE;
  if (list->grid == NULL)
    begin_grid (list);
  url = hx_link_row (list->call, approval->kind, approval->row);
  number = g_strdup_printf ("%" G_GINT64_FORMAT, approval->row);
  hx_grid_row (list->grid, url);
  hx_grid_cell (list->grid, approval->kind->name);
  hx_grid_cell (list->grid, number);
  hx_grid_cell (list->grid,
                list->is_returned ? approval->actor : approval->submitter);
  write_day (list->grid,
             list->is_returned ? approval->at : approval->submitted_at);
  if (list->is_returned)
    hx_grid_cell (list->grid, approval->reason);
  return ++list->shown < SHOWN_MAX;
}

static gboolean
write_list (List *list, GError **error)
{
  const char *login = list->identity->login;
  const HxApprovalQuery query
      = { .state
          = list->is_returned ? HX_APPROVAL_RETURNED : HX_APPROVAL_SUBMITTED,
          .submitter = list->is_returned ? login : NULL,
          .not_of = list->is_returned ? NULL : login,
          .reaches = reaches,
          .reach = list->identity };
  HxConnection *connection = hx_call_connection (list->call, error);

  gboolean done
      = connection != NULL
        && hx_approvals_each (connection, hx_call_catalogue (list->call),
                              &query, show_one, list, error);

  if (list->grid != NULL)
    hx_grid_end (list->grid);
  else if (done)
    hx_part_empty (list->html,
                   list->is_returned ? _ ("没有退回给您的记录。")
                                     : _ ("没有等您审批的记录。"),
                   "/", _ ("回到工作台"));
  return done;
}

static gboolean
approvals_page (HxCall *call, GError **error)
{
  const char *view = hx_call_text (call, "view");
  List list = { .call = call,
                .identity = hx_call_identity (call),
                .is_returned = g_strcmp0 (view, "returned") == 0 };
  const HxPageHead head
      = { .title = list.is_returned ? _ ("退回给我的") : _ ("等我审批的"),
          .at = "today",
          .lead = _ ("等得最久的在前；点开一条，在那一页办理。"),
          .back = "/",
          .back_name = _ ("工作台") };

  list.html = hx_page_begin (call, &head);
  if (write_list (&list, error))
    return hx_page_end (call, list.html);
  hx_html_free (list.html);
  return FALSE;
}

static const HxParameter parameters[]
    = { { "view", HX_IN_QUERY, HX_TYPE_CHOICE, .choices = "waiting|returned",
          .what = N_ ("哪一种") },
        { 0 } };

const HxRoute hx_routes_approvals[] = {
  { HX_METHOD_GET, "/approvals", "approvals_page", N_ ("审批"),
    HX_USER_PEOPLE | HX_USER_FINANCE, HX_ROUTE_PAGE, parameters,
    .handler = approvals_page },
  { 0 },
};
