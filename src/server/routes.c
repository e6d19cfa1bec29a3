#include "server/routes.h"

/* What comes later keeps its place: for now there is nothing there. */
#define LATER (HX_ROUTE_PAGE | HX_ROUTE_PUBLIC | HX_ROUTE_FREE)

static const HxRoute hx_routes_later[] = {
  { HX_METHOD_GET, "/me", "later_me", N_ ("老干部本人的页面"), .flags = LATER },
  { HX_METHOD_GET, "/public", "later_public", N_ ("向社会公开的页面"),
    .flags = LATER },
  { HX_METHOD_GET, "/offline", "later_offline", N_ ("没有网络时的页面"),
    .flags = LATER },
  { 0 },
};

/* One line a subject, by name. */
const HxRoute *const hx_routes[] = {
  hx_routes_api,
  hx_routes_api_batch,
  hx_routes_api_duty,
  hx_routes_api_money,
  hx_routes_api_people,
  hx_routes_api_people_duplicates,
  hx_routes_api_plan,
  hx_routes_api_record,
  hx_routes_api_score,
  hx_routes_api_today,
  hx_routes_batch,
  hx_routes_batch_plan,
  hx_routes_display,
  hx_routes_duty,
  hx_routes_help,
  hx_routes_later,
  hx_routes_import,
  hx_routes_ledger,
  hx_routes_ledger_export,
  hx_routes_ledger_form,
  hx_routes_ledger_row,
  hx_routes_login,
  hx_routes_money,
  hx_routes_money_closing,
  hx_routes_money_line,
  hx_routes_money_list,
  hx_routes_monitor,
  hx_routes_monitor_form,
  hx_routes_people,
  hx_routes_people_duplicates,
  hx_routes_people_edit,
  hx_routes_people_file,
  hx_routes_people_quality,
  hx_routes_people_streets,
  hx_routes_plan,
  hx_routes_plan_milestone,
  hx_routes_plan_next,
  hx_routes_score,
  hx_routes_today,
  NULL,
};
