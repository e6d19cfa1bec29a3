/* record_json: what became of a row, and its one JSON shape.
 *
 *   "periods": [{"field": "street", "since": "2023-05-01", "value": "…"}, …]
 *   "history": [{"seq", "at", "actor", "request", "action", "reason",
 *                "reveal": […], "from", "correction",
 *                "fields": {"gift": {"before": "…", "after": "…"}}}, …]
 *
 * What of it a reader may see is the caller's: each value goes through its
 * function.
 *
 * Ownership: what a callback is shown is borrowed.  Threads: the connection's.
 */
#ifndef HX_EXCHANGE_RECORD_JSON_H
#define HX_EXCHANGE_RECORD_JSON_H

#include "ledger/history.h"

G_BEGIN_DECLS

typedef struct
{
  HxConnection *connection;
  /* The value as the reader sees it; NULL without *error: hidden. */
  char *(*value) (gpointer data, const HxRow *row, const HxField *field,
                  GError **error);
  gpointer data;
} HxRecordView;

/* One entry of the change log of a row. */
typedef struct
{
  const HxLogEntry *entry;
  const char *name; /* 登记, in the user's language; the action if unknown */
  const char *reason;           /* or NULL */
  const char *revealed;         /* "身份证号、手机", or NULL */
  char from[HX_DATE_TEXT_SIZE]; /* when it took effect; "": at once */
  gboolean is_correction;
  const HxRow *before, *after; /* the fields that it changed */
} HxRecordChange;

/* FALSE with *error. */
typedef gboolean (*HxRecordChangeFunc) (const HxRecordChange *change,
                                        gpointer data, GError **error);
/* Oldest first. */
gboolean hx_record_changes (HxConnection *connection, const HxKind *kind,
                            gint64 id, HxRecordChangeFunc function,
                            gpointer data, GError **error);

typedef gboolean (*HxRecordPeriodFunc) (const HxPast *past, const char *text,
                                        gpointer data, GError **error);
/* The periods of the dated fields, with their texts ("" of empty). */
gboolean hx_record_periods (const HxRecordView *view, const HxRow *row,
                            HxRecordPeriodFunc function, gpointer data,
                            GError **error);

/* Members of the object that is open. */
gboolean hx_record_json_periods (const HxRecordView *view, const HxRow *row,
                                 HxJson *json, GError **error);
gboolean hx_record_json_history (const HxRecordView *view, const HxRow *row,
                                 HxJson *json, GError **error);

G_END_DECLS

#endif
