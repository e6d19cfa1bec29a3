/* What the commands on duplicates share. */
#ifndef HX_CLI_DUPLICATES_H
#define HX_CLI_DUPLICATES_H

#include "cli/session.h"
#include "people/duplicate.h"

G_BEGIN_DECLS

/* Those of the kind called so; without a name of the first register that has
 * some.  The error says that there are none. */
const HxDuplicateRules *hx_cli_duplicate_rules (HxCatalogue *catalogue,
                                                const char *name,
                                                GError **error);

G_END_DECLS

#endif
