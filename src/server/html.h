/* html: writing a page.
 *
 * A small writer in which nothing can be put unescaped: text and attribute
 * values are escaped, addresses are held to this site, elements are closed in
 * the order in which they were opened (a slip is a g_critical, which fails
 * tests).  No scripts, no styles, no on… attributes: the content security
 * policy knows none.
 *
 *   hx_html_open (html, "a", "href", url, "class", "row", NULL);
 *   hx_html_text (html, name);
 *   hx_html_close (html, "a");
 *
 * Ownership: a writer owns its text.  Threads: one at a time.
 */
#ifndef HX_SERVER_HTML_H
#define HX_SERVER_HTML_H

#include "base/base.h"

G_BEGIN_DECLS

typedef struct _HxHtml HxHtml;

HxHtml *hx_html_new (void);
void hx_html_free (HxHtml *html);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxHtml, hx_html_free)
/* The bytes so far, and the writer's end: all must be closed. */
GBytes *hx_html_finish (HxHtml *html);

/* Attributes are pairs of name and value, NULL behind the last.  Value NULL:
 * the attribute is left out; "": a boolean one.  A literal of names. */
void hx_html_open (HxHtml *html, const char *tag, ...) G_GNUC_NULL_TERMINATED;
void hx_html_close (HxHtml *html, const char *tag);
/* input, br, img, meta, link … that have no content. */
void hx_html_void (HxHtml *html, const char *tag, ...) G_GNUC_NULL_TERMINATED;
/* Open, text, close. */
void hx_html_element (HxHtml *html, const char *tag, const char *text,
                      ...) G_GNUC_NULL_TERMINATED;
void hx_html_text (HxHtml *html, const char *text); /* NULL: nothing */
void hx_html_textf (HxHtml *html, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Markup of ours from below: a report, a chart, a check. */
void hx_html_trusted (HxHtml *html, const char *markup, gssize size);

/* An address of this site: `path` with pairs of name and value as its query,
 * percent-encoded, pairs of value NULL or "" left out; the caller's. */
char *hx_url (const char *path, ...) G_GNUC_NULL_TERMINATED;
/* One segment of a path or value of a query, percent-encoded, appended. */
void hx_url_append (GString *url, const char *text);

/* Is it an address of this site: "/…", "?…" or "#…"?  "//…" is not. */
gboolean hx_url_is_ours (const char *url);

G_END_DECLS

#endif
