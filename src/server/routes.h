/* routes: the tables that routes.c lists, one a subject. */
#ifndef HX_SERVER_ROUTES_H
#define HX_SERVER_ROUTES_H

#include "server/route.h"

G_BEGIN_DECLS

extern const HxRoute hx_routes_account[];
extern const HxRoute hx_routes_administration[];
extern const HxRoute hx_routes_api[];
extern const HxRoute hx_routes_api_account[];
extern const HxRoute hx_routes_api_batch[];
extern const HxRoute hx_routes_api_duty[];
extern const HxRoute hx_routes_api_indicator[];
extern const HxRoute hx_routes_api_money[];
extern const HxRoute hx_routes_api_people[];
extern const HxRoute hx_routes_api_people_duplicates[];
extern const HxRoute hx_routes_api_plan[];
extern const HxRoute hx_routes_api_record[];
extern const HxRoute hx_routes_api_score[];
extern const HxRoute hx_routes_api_today[];
extern const HxRoute hx_routes_approvals[];
extern const HxRoute hx_routes_batch[];
extern const HxRoute hx_routes_batch_plan[];
extern const HxRoute hx_routes_changes[];
extern const HxRoute hx_routes_check_file[];
extern const HxRoute hx_routes_display[];
extern const HxRoute hx_routes_duty[];
extern const HxRoute hx_routes_help[];
extern const HxRoute hx_routes_import[];
extern const HxRoute hx_routes_indicator[];
extern const HxRoute hx_routes_ledger[];
extern const HxRoute hx_routes_ledger_export[];
extern const HxRoute hx_routes_ledger_form[];
extern const HxRoute hx_routes_ledger_row[];
extern const HxRoute hx_routes_login[];
extern const HxRoute hx_routes_money[];
extern const HxRoute hx_routes_money_closing[];
extern const HxRoute hx_routes_money_line[];
extern const HxRoute hx_routes_money_list[];
extern const HxRoute hx_routes_monitor[];
extern const HxRoute hx_routes_monitor_form[];
extern const HxRoute hx_routes_people[];
extern const HxRoute hx_routes_people_duplicates[];
extern const HxRoute hx_routes_people_edit[];
extern const HxRoute hx_routes_people_file[];
extern const HxRoute hx_routes_people_quality[];
extern const HxRoute hx_routes_people_streets[];
extern const HxRoute hx_routes_plan[];
extern const HxRoute hx_routes_plan_milestone[];
extern const HxRoute hx_routes_plan_next[];
extern const HxRoute hx_routes_report[];
extern const HxRoute hx_routes_report_edition[];
extern const HxRoute hx_routes_report_review[];
extern const HxRoute hx_routes_report_template[];
extern const HxRoute hx_routes_score[];
extern const HxRoute hx_routes_today[];
extern const HxRoute hx_routes_unmask[];
extern const HxRoute hx_routes_users[];

G_END_DECLS

#endif
