/* Private to the batches of the room people. */
#ifndef HX_PEOPLE_BATCH_INTERNAL_H
#define HX_PEOPLE_BATCH_INTERNAL_H

#include "people/batch.h"

/* The lowest level at which min (limit, level) adds up to `wanted` or more; the
 * highest limit if none does. */
guint hx_batch_level (const guint *limits, guint count, guint64 wanted);

#endif
