/* The tree as Markdown: cmark-gfm's own renderer, lines not wrapped. */
#include "report/report_internal.h"

#include <stdlib.h>

char *
hx_document_markdown (const HxDocument *document)
{
  char *rendered
      = cmark_render_commonmark (document->root, CMARK_OPT_DEFAULT, 0);
  char *text = g_strdup (rendered);

  free (rendered);
  return text;
}
