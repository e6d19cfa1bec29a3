/* What the files of the history share, and what a put needs of it. */
#ifndef HX_HISTORY_INTERNAL_H
#define HX_HISTORY_INTERNAL_H

#include "ledger/history.h"
#include "ledger/ledger_internal.h"

gboolean hx_history_migrate (HxConnection *connection, GError **error);

/* What a change does to one dated field. */
typedef struct
{
  const HxField *field;
  HxValue was, is;               /* texts lie with the rows of the change */
  char since[HX_DATE_TEXT_SIZE]; /* the period that `is` is put into */
  gboolean is_first;             /* there was no period before */
  gboolean is_past;              /* the row keeps the value it has */
} HxDatedChange;

/* What a change of a row does to its dated fields, into ledger->dated; values
 * that are not to be seen in the row yet are put back as they were stored. */
gboolean hx_history_plan (HxLedger *ledger, const HxRow *stored, HxRow *row,
                          const guint8 *set, GError **error);
/* Some change of the plan is of the past, or of the present. */
gboolean hx_history_plans (const HxLedger *ledger, gboolean is_past);
/* Says in ledger->after what is planned; the text ends with a brace. */
void hx_history_mark (HxLedger *ledger, gboolean is_past);
/* Carries out the plan under the entry `seq`. */
gboolean hx_history_keep (HxLedger *ledger, const HxRow *row, gint64 seq,
                          gboolean is_past, GError **error);
/* The changes of the past: entry of the log and periods. */
gboolean hx_history_write (HxLedger *ledger, const HxRow *row, GError **error);

/* A code that ends a row wants its `until`: the fault, or NULL. */
char *hx_row_end_fault (const HxRow *row);

/* Each row's periods against the change log. */
gboolean hx_history_verify (HxConnection *connection, const HxKind *kind,
                            HxFindingFunc function, gpointer data,
                            GError **error);

/* Of the columns integer and text, which follow each other, that of a field. */
int hx_history_column (const HxField *field, int integer);

#endif
