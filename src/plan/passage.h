/* plan/passage: what the year's report says in words besides what it counts.
 *
 * A passage is a row of the kind that plan.yaml calls `text`: where in the
 * report it stands (部门职能, 绩效目标, 自评结论, 任务举措, 工作成效), of which
 * task, in which order.  Its text may hold figures as a template does; what
 * they say is the matter of the room report.
 *
 * Ownership: passages own their texts; codes are the catalogue's.
 * Threads: those of the connection.
 */
#ifndef HX_PLAN_PASSAGE_H
#define HX_PLAN_PASSAGE_H

#include "catalogue/plan.h"
#include "ledger/ledger.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  gint64 task_id; /* 0: none */
  const HxCode *place;
  char *number, *text;
  char *title; /* or NULL */
} HxPassage;

/* HxPassage of a year by position, then number; none when the catalogue keeps
 * none. */
GPtrArray *hx_passages_read (HxConnection *connection, HxCatalogue *catalogue,
                             int year, GError **error);

G_END_DECLS

#endif
