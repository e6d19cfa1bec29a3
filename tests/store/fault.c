#include "fault.h"

#include <sqlite3.h>
#include <string.h>

static sqlite3_vfs *real_layer;
static sqlite3_vfs failing_layer;
static const sqlite3_io_methods *real_methods;
static sqlite3_io_methods failing_methods;
static int current_fault;
static int failures;

static gboolean
is_failing (Fault fault)
{
  if (g_atomic_int_get (&current_fault) != (int)fault)
    return FALSE;
  g_atomic_int_inc (&failures);
  return TRUE;
}

static int
failing_write (sqlite3_file *file, const void *data, int size,
               sqlite3_int64 offset)
{
  if (is_failing (FAULT_FULL))
    return SQLITE_FULL;
  return real_methods->xWrite (file, data, size, offset);
}

static int
failing_sync (sqlite3_file *file, int flags)
{
  if (is_failing (FAULT_SYNC))
    return SQLITE_IOERR_FSYNC;
  return real_methods->xSync (file, flags);
}

static int
failing_open (sqlite3_vfs *layer, const char *name, sqlite3_file *file,
              int flags, int *out_flags)
{
  int code = real_layer->xOpen (layer, name, file, flags, out_flags);

  if (code == SQLITE_OK && (flags & SQLITE_OPEN_WAL) != 0)
    file->pMethods = &failing_methods;
  return code;
}

/* The methods of the real layer are learnt from a file in memory's stead: an
 * unnamed temporary one. */
static void
learn_methods (void)
{
  sqlite3_file *file = g_malloc0 ((gsize)real_layer->szOsFile);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
              | SQLITE_OPEN_DELETEONCLOSE | SQLITE_OPEN_TEMP_DB;

  if (real_layer->xOpen (real_layer, NULL, file, flags, &flags) == SQLITE_OK)
    {
      real_methods = file->pMethods;
      file->pMethods->xClose (file);
    }
  g_free (file);
}

void
fault_install (void)
{
  sqlite3_initialize ();
  real_layer = sqlite3_vfs_find (NULL);
  learn_methods ();
  failing_methods = *real_methods;
  failing_methods.xWrite = failing_write;
  failing_methods.xSync = failing_sync;
  failing_layer = *real_layer;
  failing_layer.zName = "failing";
  failing_layer.pNext = NULL;
  failing_layer.xOpen = failing_open;
  sqlite3_vfs_register (&failing_layer, 1);
}

void
fault_set (Fault fault)
{
  g_atomic_int_set (&failures, 0);
  g_atomic_int_set (&current_fault, (int)fault);
}

int
fault_count (void)
{
  return g_atomic_int_get (&failures);
}
