/* Tables of the measures. */
#include "measure/measure_internal.h"

gboolean
hx_measure_migrate (HxConnection *connection, GError **error)
{
  static const HxMigration migrations[] = {
    { 1, "CREATE TABLE indicator ("
         "bureau_id INTEGER NOT NULL, id INTEGER NOT NULL,"
         " key TEXT NOT NULL, digest TEXT NOT NULL,"
         " PRIMARY KEY (bureau_id, id)) $options;"
         "CREATE UNIQUE INDEX indicator_key ON indicator (bureau_id, key);"
         "CREATE TABLE cell ("
         "bureau_id INTEGER NOT NULL, indicator INTEGER NOT NULL,"
         " unit_id INTEGER NOT NULL, period INTEGER NOT NULL,"
         " rows INTEGER NOT NULL, amount INTEGER NOT NULL,"
         " PRIMARY KEY (bureau_id, indicator, unit_id, period)) $options;"
         "CREATE TABLE member ("
         "bureau_id INTEGER NOT NULL, indicator INTEGER NOT NULL,"
         " value INTEGER NOT NULL, year INTEGER NOT NULL,"
         " unit_id INTEGER NOT NULL, days TEXT NOT NULL, PRIMARY KEY"
         " (bureau_id, indicator, value, year, unit_id)) $options;" },
  };

  return hx_migrate (connection, "measure", migrations,
                     G_N_ELEMENTS (migrations), error);
}
