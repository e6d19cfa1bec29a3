#include "fuzz.h"

#include <stdlib.h>

void
fuzz_read (void (*reader) (gpointer prepared, GBytes *bytes, HxScribe *scribe),
           const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_auto (HxScribe) scribe;
  HxSource source = { 0 };
  HxSourceFault fault;

  hx_scribe_init (&scribe);
  reader (NULL, bytes, &scribe);
  g_autoptr (GByteArray) answer = hx_answer_write (&scribe, TRUE);
  source.cells = g_array_new (FALSE, FALSE, sizeof (HxSourceCell));
  if (!hx_answer_read (answer->data, answer->len, &source, &fault)
      && fault != scribe.fault)
    abort ();
  g_free (source.text);
  g_array_unref (source.cells);
}
