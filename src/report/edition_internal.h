/* What the files of editions share. */
#ifndef HX_EDITION_INTERNAL_H
#define HX_EDITION_INTERNAL_H

#include "report/edition.h"

/* The rows behind a figure as a row set: see edition.h; the caller's. */
char *hx_row_set_read (HxConnection *connection, HxCatalogue *catalogue,
                       const HxPrinted *printed, const HxPeriod *period,
                       GError **error);
/* FALSE stops. */
typedef gboolean (*HxRowSetFunc) (const char *kind, gint64 id, gint64 version,
                                  gpointer data);
void hx_row_set_each (const char *row_set, HxRowSetFunc function,
                      gpointer data);

/* In hex, HX_DIGEST_HEX_SIZE bytes. */
gboolean hx_edition_digest_text (HxDigestKind kind, const char *text, char *hex,
                                 GError **error);
/* Over everything of the edition but the digest itself. */
gboolean hx_edition_digest (HxDigestKind kind, const HxEdition *edition,
                            const GPtrArray *figures, char *hex,
                            GError **error);

#endif
