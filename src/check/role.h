/* Words to roles.  Private to the room check. */
#ifndef HX_CHECK_ROLE_H
#define HX_CHECK_ROLE_H

#include "check/term.h"

G_BEGIN_DECLS

/* Role, sign, name, base and year of a term, from its lead. */
void hx_role_read (const HxWords *words, HxTerm *term);
/* What only the neighbours tell: which amounts are budgets, which are of the
 * year before, which bare rates are rates of what. */
void hx_role_settle (HxReading *reading);

G_END_DECLS

#endif
