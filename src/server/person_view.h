/* person_view: the file of one person as pages and operations show it: what
 * the user may see of it, from the register down to each value.
 *
 * Ownership: a view owns the file.  Threads: the call's.
 */
#ifndef HX_SERVER_PERSON_VIEW_H
#define HX_SERVER_PERSON_VIEW_H

#include "exchange/person_json.h"
#include "server/links.h"

G_BEGIN_DECLS

typedef struct
{
  HxShown shown;
  HxPersonShown file; /* its `person` is the view's */
  HxPerson *person;
  char *label;
} HxPersonPage;

/* Of the path's `id` and the call's year, or as of the query's `as_of`. What
 * is out of the scope is HX_ERROR_NOT_FOUND. */
gboolean hx_person_page_open (HxPersonPage *page, HxCall *call, GError **error);
void hx_person_page_clear (HxPersonPage *page);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxPersonPage, hx_person_page_clear)

/* The sections of the page; FALSE with *error of the store. */
typedef gboolean (*HxPersonSection) (HxHtml *html, HxPersonPage *page,
                                     GError **error);
gboolean hx_person_section_facts (HxHtml *html, HxPersonPage *page,
                                  GError **error);
gboolean hx_person_section_plan (HxHtml *html, HxPersonPage *page,
                                 GError **error);
gboolean hx_person_section_duties (HxHtml *html, HxPersonPage *page,
                                   GError **error);
gboolean hx_person_section_services (HxHtml *html, HxPersonPage *page,
                                     GError **error);
gboolean hx_person_section_money (HxHtml *html, HxPersonPage *page,
                                  GError **error);
gboolean hx_person_section_events (HxHtml *html, HxPersonPage *page,
                                   GError **error);

/* The form of the record that does an item of a duty, filled in as far as the
 * duty says; NULL when the user may not write any.  The caller's. */
char *hx_link_duty (const HxCall *call, const HxDuty *duty, gint64 row_id,
                    const HxCode *step, const char *back);

G_END_DECLS

#endif
