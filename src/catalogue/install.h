/* Between install.c (what may change) and catalogue_sql.c (the statements). */
#ifndef HX_CATALOGUE_INSTALL_H
#define HX_CATALOGUE_INSTALL_H

#include "catalogue/catalogue_internal.h"

gboolean hx_catalogue_migrate (HxConnection *connection, GError **error);
gboolean hx_kind_create (HxConnection *connection, const HxKind *kind,
                         GError **error);
gboolean hx_kind_add_columns (HxConnection *connection, const HxKind *kind,
                              const HxField *field, GError **error);
/* The number of rows of a table for which `where` (SQL of ours) holds. */
gboolean hx_rows_where (HxConnection *connection, const char *table,
                        const char *where, gint64 *rows, GError **error);
gboolean hx_bundle_store (HxConnection *connection, const HxBundle *bundle,
                          GError **error);
HxBundle *hx_bundle_fetch (HxConnection *connection, GError **error);
/* The last version of a kind and its definition; 0 and NULL when new. */
gboolean hx_version_get (HxConnection *connection, const char *kind,
                         gint64 *version, char **definition, GError **error);
gboolean hx_version_put (HxConnection *connection, const char *kind,
                         gint64 version, const char *definition,
                         GError **error);

#endif
