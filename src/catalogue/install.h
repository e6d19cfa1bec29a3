/* Between install.c (what may change) and catalogue_sql.c (the statements). */
#ifndef HX_CATALOGUE_INSTALL_H
#define HX_CATALOGUE_INSTALL_H

#include "catalogue/catalogue_internal.h"

gboolean hx_catalogue_migrate (HxConnection *connection, GError **error);
gboolean hx_kind_create (HxConnection *connection, const HxKind *kind,
                         GError **error);
/* The indexes that the look-ups of the ledger need, and no others. */
gboolean hx_kind_index (HxConnection *connection, const HxKind *kind,
                        GError **error);
/* Tells the engine's planner that these tables are large. */
gboolean hx_kinds_expect_many (HxConnection *connection, const GPtrArray *kinds,
                               GError **error);
gboolean hx_kind_drop_columns (HxConnection *connection, const HxKind *kind,
                               const HxField *field, GError **error);
gboolean hx_kind_add_columns (HxConnection *connection, const HxKind *kind,
                              const HxField *field, GError **error);
/* Puts the default of a new field into all rows and notes it under the kind's
 * version. */
gboolean hx_fill_rows (HxConnection *connection, const HxKind *kind,
                       const HxField *field, GError **error);
/* Sets every ident to 0: the ledger makes them anew. */
gboolean hx_ident_forget (HxConnection *connection, const HxKind *kind,
                          GError **error);
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
