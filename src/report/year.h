/* What binds a template to the records: see report.h for the parts. */
#ifndef HX_REPORT_YEAR_H
#define HX_REPORT_YEAR_H

#include "measure/measure.h"
#include "report/printed.h"
#include "report/report.h"

G_BEGIN_DECLS

/* The setting that holds the bureau's full name, {{bureau}} of a template;
 * without it the name of the catalogue stands. */
#define HX_SETTING_BUREAU "bureau_name"

typedef enum
{
  HX_REPORT_MARKDOWN,
  HX_REPORT_HTML,
  HX_REPORT_JSON,
  HX_REPORT_DOCX
} HxReportFormat;

typedef struct
{
  HxReportFormat format;
  const char *template_path; /* NULL: the year's own, see draft.h */
  const char *template_text; /* … or this text; NULL: none */
  gboolean reword;           /* see HxTemplateOptions */
  GPtrArray *changes;        /* HxWordingChange, or NULL */
  gboolean is_draft;         /* its title and first line say 草稿 */
  gsize *length;             /* takes the bytes of the document, or NULL */
  GHashTable *values; /* takes key → HxExact of all that it can print, copies
                       * of both (g_free); or NULL */
  char **markdown;    /* takes the same text as HX_REPORT_MARKDOWN would give,
                       * for a review of it; the caller's; or NULL */
  GPtrArray *printed; /* takes HxPrinted of every figure that is printed, by
                       * key; or NULL */
} HxReportOptions;

/* The whole document: text, or of HX_REPORT_DOCX a Word file, which holds
 * NULs and needs `length`.  HX_ERROR_FINDING when the template or a wording is
 * not true of the records: every finding is in the message, a line each. */
char *hx_report_year (HxConnection *connection, HxCatalogue *catalogue,
                      const HxPeriod *period, const HxReportOptions *options,
                      GError **error);
/* A figure that the report of the year can print, whatever its template says;
 * `stated` is NULL.  HX_ERROR_NOT_FOUND when there is none of that key. */
HxPrinted *hx_report_figure (HxConnection *connection, HxCatalogue *catalogue,
                             const HxPeriod *period, const char *key,
                             GError **error);
/* All of them: key → HxExact, as of HxReportOptions. */
gboolean hx_report_values (HxConnection *connection, HxCatalogue *catalogue,
                           const HxPeriod *period, GHashTable *values,
                           GError **error);
/* Figure key → the wording that the report uses first; figures whose wording
 * would not be true are left out.  `figures` are those of the period, as
 * hx_figures_read gives them. */
GHashTable *hx_report_stated (HxConnection *connection, HxCatalogue *catalogue,
                              const HxPeriod *period, GPtrArray *figures,
                              GError **error);

G_END_DECLS

#endif
