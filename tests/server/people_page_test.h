/* What the tests of people, duties and batches share: visitors of the whole
 * bureau and of one street, replies as JSON, forms sent. */
#ifndef TESTS_SERVER_PEOPLE_PAGE_TEST_H
#define TESTS_SERVER_PEOPLE_PAGE_TEST_H

#include "year_page_test.h"

#include <jansson.h>

#define OWN_UNIT 16 /* of the liaison: a street with people */

typedef struct
{
  ServerFixture *fixture;
  Visitor *clerk, *liaison;
  HxReader *reader;
  HxConnection *connection;
  GArray *units;     /* gint64: the liaison's, ascending */
  gint64 own, other; /* people of the liaison's street and of another */
} People;

/* For cmocka's groups. */
int people_setup (void **state);
int people_teardown (void **state);

/* The row of a kind as it is now; the caller's. */
HxRow *people_row (People *people, const char *kind, gint64 id);
/* Text of a field of a row, NULL when it is empty. */
const char *people_value (const HxRow *row, const char *key);
gboolean people_reach (const People *people, gint64 unit_id);

/* GET; the status must be 200. */
json_t *people_json (const Visitor *visitor, const char *target);
guint people_status (const Visitor *visitor, const char *target);
/* POST of a form, with the proof of the session. */
Answer *people_post (Visitor *visitor, const char *target, const char *body);

#endif
