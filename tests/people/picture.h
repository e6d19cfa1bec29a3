/* Everything that a bureau's data says, as one text: merging and undoing must
 * leave it as it was. */
#ifndef HX_PEOPLE_PICTURE_H
#define HX_PEOPLE_PICTURE_H

#include "planted.h"

/* All living rows, every figure of the year, the rows behind it, the coverage
 * of every duty. */
char *picture (Bureau *bureau, int year);
/* What `verify` finds, one a line. */
char *findings (Bureau *bureau);

#endif
