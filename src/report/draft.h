/* draft: the template and the wordings of a year, as somebody last wrote them.
 *
 * They lie in the database: tables report_template (bureau_id, year, version,
 * text, author, at), of which the highest version counts and none is ever
 * changed, and report_wording (bureau_id, year, use, wording, author, at). A
 * year without one has the catalogue's report/template.md.
 *
 * Ownership: what is returned is the caller's.  Threads: the connection's.
 */
#ifndef HX_REPORT_DRAFT_H
#define HX_REPORT_DRAFT_H

#include "ledger/ledger.h"

G_BEGIN_DECLS

/* The tables of the room report: these and those of edition.h. */
gboolean hx_report_migrate (HxConnection *connection, GError **error);

typedef struct
{
  char *text;
  guint version; /* 0: the catalogue's own */
  char *author;  /* NULL: the catalogue's own */
  char *at;
} HxReportDraft;

void hx_report_draft_free (HxReportDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxReportDraft, hx_report_draft_free)

/* HX_ERROR_NOT_FOUND when neither the year nor the catalogue has a template. */
HxReportDraft *hx_report_draft_read (HxConnection *connection,
                                     HxCatalogue *catalogue, int year,
                                     GError **error);

typedef struct
{
  int year;
  guint version;    /* the one that the author saw: HX_ERROR_CONFLICT when there
                     * is a newer one */
  const char *text; /* NULL: back to the catalogue's own */
  const char *author;
} HxReportDraftWrite;

/* Inside a write.  Refused, with line and column, is what is no template. */
gboolean hx_report_draft_write (HxConnection *connection,
                                const HxReportDraftWrite *draft,
                                GError **error);

/* Approves a wording of a figure's use ("visits | 多 10"); inside a write.
 * NULL or "": no wording of this year's own any more. */
typedef struct
{
  int year;
  const char *use, *wording, *author;
} HxReportWording;
gboolean hx_report_wording_write (HxConnection *connection,
                                  const HxReportWording *wording,
                                  GError **error);
/* Puts the wordings of the year over those in the table, use → wording. */
gboolean hx_report_wordings_read (HxConnection *connection, int year,
                                  GHashTable *wordings, GError **error);

G_END_DECLS

#endif
