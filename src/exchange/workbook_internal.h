/* Private to what writes workbooks. */
#ifndef HX_EXCHANGE_WORKBOOK_INTERNAL_H
#define HX_EXCHANGE_WORKBOOK_INTERNAL_H

#include "base/base.h"

/* An empty file beside `path`, to be written and renamed; the caller's. */
char *hx_beside_new (const char *path, GError **error);
gboolean hx_beside_finish (const char *beside, const char *path,
                           GError **error);
/* A workbook means one character by _xHHHH_: where a user wrote just that, its
 * first mark is itself written so.  NULL: the text is good as it is. */
char *hx_workbook_escape (const char *text);

#endif
