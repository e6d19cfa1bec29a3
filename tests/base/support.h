/* What the test programs of this room share. */
#ifndef HX_BASE_TEST_SUPPORT_H
#define HX_BASE_TEST_SUPPORT_H

#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The error is there, of this code, and its message holds `part`. */
static inline void
assert_error (const GError *error, HxErrorCode code, const char *part)
{
  assert_non_null (error);
  assert_int_equal (error->domain, HX_ERROR);
  if (strstr (error->message, part) == NULL)
    assert_string_equal (error->message, part);
  assert_int_equal (error->code, code);
  assert_true (g_utf8_validate (error->message, -1, NULL));
}

/* Compares and frees. */
static inline void
assert_text (char *owned, const char *expected)
{
  g_autofree char *text = owned;

  if (expected == NULL)
    assert_null (text);
  else
    {
      assert_non_null (text);
      assert_string_equal (text, expected);
    }
}

#endif
