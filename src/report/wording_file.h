#ifndef HX_REPORT_WORDING_FILE_H
#define HX_REPORT_WORDING_FILE_H

#include "catalogue/catalogue.h"

G_BEGIN_DECLS

/* report/wording.yaml of a catalogue: a list of {key, wording}, the words
 * that somebody approved for approximating figures.  Figure key → wording;
 * empty when the catalogue has no such file. */
GHashTable *hx_wording_file_read (HxCatalogue *catalogue, GError **error);

G_END_DECLS

#endif
