/* Official forms as drawings (table_fixture.h), in which everything agrees. */
#ifndef HX_TABLE_FORMS_H
#define HX_TABLE_FORMS_H

extern const char *const form_whole;  /* 收入支出决算总表 */
extern const char *const form_spent;  /* 支出决算表 */
extern const char *const form_self;   /* 部门整体支出绩效自评表 */
extern const char *const form_detail; /* 基本支出决算明细表 */
extern const char *const form_trips;  /* “三公”经费支出决算表 */
extern const char *const form_grant;  /* 财政拨款收入支出决算总表 */
extern const char *const form_change; /* two years beside each other */
extern const char *const form_fund; /* 政府性基金 … 收入支出决算表 */
extern const char *const form_sources; /* 预算执行情况, with a 小计 */

#endif
