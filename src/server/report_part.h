/* report_part: what the pages of the report share. */
#ifndef HX_SERVER_REPORT_PART_H
#define HX_SERVER_REPORT_PART_H

#include "report/edition.h"
#include "server/figure_part.h"

G_BEGIN_DECLS

#define HX_REPORT_WRITERS (HX_USER_CLERK | HX_USER_SECTION | HX_USER_BUREAU)

/* The whole year of the call: a report is of a year, as `hongxia report` is. */
HxPeriod hx_report_period (const HxCall *call);
/* The pages beside each other. */
void hx_part_report_tabs (HxHtml *html, HxCall *call, const char *at);
/* A list of what is wrong, a line each, of a message of many lines. */
void hx_part_lines (HxHtml *html, const char *text);
/* A document in the page, its figures leading to `url` and their key. */
gboolean hx_part_document (HxHtml *html, const char *markdown, const char *url,
                           GError **error);
/* Links to files: `path` with the year and the format. */
void hx_part_files (HxHtml *html, const char *path, int year);
/* Sends a document; takes the text. */
gboolean hx_report_send (HxCall *call, char *text, gsize length,
                         HxReportFormat format, const char *name);
/* Of the parameter `format`: md, html, json, docx. */
HxReportFormat hx_report_format (const HxCall *call);
#define HX_REPORT_FORMATS "md|html|json|docx"

/* Our report of the year by the text of a template (NULL: the year's own);
 * NULL with *error, which may be findings a line each; the caller's. */
typedef struct
{
  const char *template_text;
  gboolean reword;
  GHashTable *values;
} HxReportAsk;
char *hx_report_render (HxCall *call, const HxReportAsk *ask, GError **error);

G_END_DECLS

#endif
