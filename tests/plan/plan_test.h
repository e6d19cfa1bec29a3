/* What the tests of the plan share: the shipped catalogue, and rows by hand. */
#ifndef HX_PLAN_TEST_H
#define HX_PLAN_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "plan/plan.h"

typedef struct
{
  char *folder;
  HxStore *store;
  HxCatalogue *catalogue;
  HxReader *reader;
} Bureau;

int bureau_setup (void **state);
int bureau_teardown (void **state);

/* "KIND|key=text|key=text …" for each row, in one write: what a workbook with
 * these columns would do.  Fields that are not named keep what they have. */
gboolean bureau_try (Bureau *bureau, const char *const *lines, guint count,
                     GError **error);
/* The same; all must be good. */
void bureau_put (Bureau *bureau, const char *const *lines, guint count);
#define PUT(bureau, ...)                                                       \
  bureau_put (bureau, (const char *const[]){ __VA_ARGS__ },                    \
              G_N_ELEMENTS (((const char *const[]){ __VA_ARGS__ })))
/* Of what is there now; kept by the bureau. */
HxConnection *bureau_read (Bureau *bureau);
gint64 bureau_integer (Bureau *bureau, const char *sql);
void bureau_void (Bureau *bureau, const char *kind, gint64 id);
/* "2023-06-30" */
HxDate day_of (const char *text);
HxPlanYear *plan_on (Bureau *bureau, int year, const char *as_of);

#define assert_no_error(error)                                                 \
  do                                                                           \
    {                                                                          \
      if ((error) != NULL)                                                     \
        fail_msg ("%s", (error)->message);                                     \
    }                                                                          \
  while (0)

#endif
