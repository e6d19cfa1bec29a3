/* batch_json: batches and drafts of them in words and as JSON; one shape for
 * commands, pages and operations.
 *
 * Ownership: what is returned is the caller's.  Threads: the connection's.
 */
#ifndef HX_EXCHANGE_BATCH_JSON_H
#define HX_EXCHANGE_BATCH_JSON_H

#include "people/batch_plan.h"

G_BEGIN_DECLS

/* What names a row: units, hospitals, batches; "" for 0. */
char *hx_batch_row_name (HxConnection *connection, const HxKind *kind,
                         gint64 id, GError **error);
/* `hospital` "" is none. */
void hx_batch_line_json (HxJson *json, const HxBatchLine *line,
                         const char *hospital);

/* One batch of a draft. */
typedef struct
{
  const char *number; /* the draft's */
  gint32 day;         /* hx_date_number */
  char *hospital;     /* "": none */
  guint places, frail;
  GArray *rows;     /* gint64, who is in it */
  GArray *units;    /* gint64, in order */
  GArray *counts;   /* guint, people of each */
  GPtrArray *names; /* char *, of each */
  char *streets;    /* "昌华街道 12、南源街道 3" */
} HxBatchDraftLine;

/* HxBatchDraftLine, one a slot; `unit` may be NULL. */
GPtrArray *hx_batch_draft_lines (HxConnection *connection, const HxKind *unit,
                                 const HxBatchDraft *draft, GError **error);
void hx_batch_draft_json (HxJson *json, const HxBatchDraft *draft,
                          const GPtrArray *lines, gboolean is_written);

G_END_DECLS

#endif
