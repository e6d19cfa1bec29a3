/* What a reading process could say. */
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  HxSource source = { 0 };
  HxSourceFault fault;

  source.cells = g_array_new (FALSE, FALSE, sizeof (HxSourceCell));
  hx_answer_read (data, size, &source, &fault);
  g_free (source.text);
  g_array_unref (source.cells);
  return 0;
}
