/* What the tests of names share: a reader as the state of a test program. */
#ifndef HX_BASE_PINYIN_SUPPORT_H
#define HX_BASE_PINYIN_SUPPORT_H

#include "support.h"

static inline int
open_reader (void **state)
{
  *state = hx_pinyin_new ();
  return 0;
}

static inline int
close_reader (void **state)
{
  hx_pinyin_free (*state);
  return 0;
}

/* A HxNameKeyFound that gathers keys in an array. */
static inline void
add_key (const char *key, gpointer data)
{
  g_ptr_array_add (data, g_strdup (key));
}

#endif
