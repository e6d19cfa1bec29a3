/* What the pages of ledgers share. */
#ifndef HX_SERVER_PAGE_LEDGER_H
#define HX_SERVER_PAGE_LEDGER_H

#include "server/page.h"

/* `path` with the filter of this call; `sort` NULL: as it is; `cursor` may be
 * NULL.  The caller's. */
char *hx_ledger_list_url (const HxCall *call, const char *path,
                          const char *sort, const char *cursor);

#endif
