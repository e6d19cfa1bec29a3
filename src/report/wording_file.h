#ifndef HX_REPORT_WORDING_FILE_H
#define HX_REPORT_WORDING_FILE_H

#include "catalogue/catalogue.h"

G_BEGIN_DECLS

/* report/wording.yaml of a catalogue: a list of {key, wording, year}, the words
 * that somebody approved for approximating figures of a year, or of each year
 * when none is named.  Figure key → wording of `year`; empty when the catalogue
 * has no such file. */
GHashTable *hx_wording_file_read (HxCatalogue *catalogue, int year,
                                  GError **error);

G_END_DECLS

#endif
