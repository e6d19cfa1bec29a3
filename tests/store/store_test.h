/* What the tests of the store share. */
#ifndef HX_STORE_TEST_H
#define HX_STORE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/store.h"

/* A folder of the test's own, with one open store in it. */
typedef struct
{
  char *folder;
  char *path; /* of the database */
  char *url;
  HxStore *store;
} Fixture;

int fixture_setup (void **state);
int fixture_teardown (void **state);
/* Without a database. */
int folder_setup (void **state);

char *fixture_file (Fixture *fixture, const char *name);
/* Closes and opens again. */
void fixture_reopen (Fixture *fixture);

/* One write that runs `sql`. */
gboolean write_sql (HxStore *store, const char *sql, GError **error);
void must_write (HxStore *store, const char *sql);
/* First column of the first row, by a reader of its own. */
gint64 count_of (HxStore *store, const char *sql);

/* The error is there, has this code and names all of `part`. */
void assert_failed (const GError *error, int code, const char *part);

#define assert_no_error(error)                                                 \
  do                                                                           \
    {                                                                          \
      if ((error) != NULL)                                                     \
        fail_msg ("%s", (error)->message);                                     \
    }                                                                          \
  while (0)

#endif
