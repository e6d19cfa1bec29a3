/* duty_list: what is due within the user's scope, page by page.
 *
 * Items are reckoned each time, so a page goes on behind the place of its last
 * item in their order and not behind a row.
 *
 * Ownership: what is listed is the list's.  Threads: the call's.
 */
#ifndef HX_SERVER_DUTY_LIST_H
#define HX_SERVER_DUTY_LIST_H

#include "duty/item.h"
#include "server/shown.h"

G_BEGIN_DECLS

#define HX_DUTY_DAYS 30 /* ahead, unless asked for */
#define HX_DUTY_BACK 90

#define HX_DUTY_PARAMETERS                                                     \
  { "duty", HX_IN_QUERY, HX_TYPE_TEXT, .what = N_ ("事项") },                  \
      { "unit", HX_IN_QUERY, HX_TYPE_ID, .what = N_ ("机构") },                \
      { "by", HX_IN_QUERY, HX_TYPE_TEXT, .what = N_ ("承办") },                \
      { "state", HX_IN_QUERY, HX_TYPE_CHOICE,                                  \
        .choices = "all|todo|overdue|open|upcoming|done",                      \
        .what = N_ ("状态") },                                                 \
      { "days",   HX_IN_QUERY, HX_TYPE_INTEGER,                                \
        .min = 0, .max = 366,  .what = N_ ("往后几天") },                      \
      { "back",   HX_IN_QUERY, HX_TYPE_INTEGER,                                \
        .min = 0, .max = 3660, .what = N_ ("往前几天") },                      \
      { "whole", HX_IN_QUERY, HX_TYPE_BOOL, .what = N_ ("全年") },             \
      { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },              \
  {                                                                            \
    "cursor", HX_IN_QUERY, HX_TYPE_TEXT, .max = 2000,                          \
                                         .what = N_ ("从这一项之后")           \
  }

typedef struct
{
  HxDutyItem item; /* its label is the list's */
  char *label;     /* the row's name and what the item says of it */
} HxDutyLine;

typedef struct
{
  HxDutyQuery query;
  GPtrArray *lines; /* HxDutyLine */
  char *next;       /* cursor; NULL: the end */
} HxDutyList;

void hx_duty_list_clear (HxDutyList *list);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxDutyList, hx_duty_list_clear)

/* Duty, unit and by of the call; the days are left to the caller. */
gboolean hx_duty_query_of (HxShown *shown, HxDutyQuery *query, GError **error);
/* At most some `limit` items of the states that are asked for. */
gboolean hx_duty_list_read (HxShown *shown, guint limit, HxDutyList *list,
                            GError **error);
/* HxDutyCoverage of the call's year. */
GArray *hx_duty_coverage_read (HxShown *shown, GError **error);

G_END_DECLS

#endif
