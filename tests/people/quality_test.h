/* What the tests of quality and survey share: a small bureau and its people. */
#ifndef HX_QUALITY_TEST_H
#define HX_QUALITY_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "measure/measure.h"

typedef struct
{
  char *folder;
  HxStore *store;
  HxCatalogue *catalogue;
  const HxKind *person;
  const HxQuality *quality;
  HxReader *reader;
} Bureau;

Bureau *bureau_new (void);
void bureau_free (Bureau *bureau);
/* A catalogue with another quality.yaml; NULL with *error. */
HxCatalogue *bureau_catalogue (const char *quality, GError **error);
/* "KIND key=text key=text …" for each row, in one write; all must be good. */
void bureau_put (Bureau *bureau, const char *const *lines, guint n_lines);
void bureau_sql (Bureau *bureau, const char *sql);
/* Of what is there now; kept by the bureau. */
HxConnection *bureau_read (Bureau *bureau);

#define assert_no_error(error)                                                 \
  do                                                                           \
    {                                                                          \
      if ((error) != NULL)                                                     \
        fail_msg ("%s", (error)->message);                                     \
    }                                                                          \
  while (0)

#endif
