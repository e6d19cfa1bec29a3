/* Text of any encoding, through the whole check. */
#include "fuzz.h"

#include "check/check.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (HxSource) source
      = hx_source_new ("报告.txt", (const char *)data, size, NULL);

  if (source != NULL)
    hx_check_result_free (hx_check_source (source));
  return 0;
}
