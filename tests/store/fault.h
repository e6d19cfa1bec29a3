/* A disk that fails on demand: a file layer of SQLite's in front of the real
 * one.  Only the write-ahead log of databases opened after fault_install()
 * fails. */
#ifndef HX_STORE_FAULT_H
#define HX_STORE_FAULT_H

#include <glib.h>

typedef enum
{
  FAULT_NONE,
  FAULT_FULL, /* writes to the log find the disk full */
  FAULT_SYNC  /* syncs of the log fail */
} Fault;

void fault_install (void);
void fault_set (Fault fault);
/* Calls that were made to fail since the last fault_set(). */
int fault_count (void);

#endif
