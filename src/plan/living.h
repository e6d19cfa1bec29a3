/* Living rows of a kind, and their values by roles that may be missing.
 * Private to the room plan. */
#ifndef HX_PLAN_LIVING_H
#define HX_PLAN_LIVING_H

#include "ledger/ledger.h"

/* HxRow in the order of `rest`, which follows WHERE … AND and may call them
 * `r`;
 * `?2` is `number`. */
GPtrArray *hx_living_rows (HxConnection *connection, const HxKind *kind,
                           const char *rest, gint64 number, GError **error);

/* Of a field that is NULL, everything is empty. */
gboolean hx_living_has (const HxRow *row, const HxField *field);
gint64 hx_living_integer (const HxRow *row, const HxField *field);
HxDate hx_living_date (const HxRow *row, const HxField *field);
const HxCode *hx_living_code (const HxRow *row, const HxField *field);
/* The caller's; NULL when it is empty. */
char *hx_living_text (const HxRow *row, const HxField *field);
/* FALSE when it is empty. */
gboolean hx_living_decimal (const HxRow *row, const HxField *field,
                            HxDecimal *decimal);
gboolean hx_living_exact (const HxRow *row, const HxField *field,
                          HxExact *exact);

#endif
