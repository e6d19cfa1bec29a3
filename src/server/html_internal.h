/* html, for the files that make parts of pages. */
#ifndef HX_SERVER_HTML_INTERNAL_H
#define HX_SERVER_HTML_INTERNAL_H

#include "server/html.h"

struct _HxHtml
{
  GString *out;
  GArray *open;     /* const char *: interned names of elements */
  GHashTable *uses; /* name of a form's field → how many have it; or NULL */
  gsize form;       /* where the form's content begins; 0: in no form */
  GString *faults;  /* of the form, name and text by turns, "\n" behind each */
  guint status;     /* of the page */
  gboolean is_part; /* without the frame */
};

/* Escaped and appended. */
void hx_html_escape (GString *out, const char *text, gsize size);

/* A slip of the code: a g_critical, which fails tests. */
void hx_html_slip (const char *format, ...) G_GNUC_PRINTF (1, 2);

#endif
