/* What the tests of the duties share: a small bureau, its rows by lines of
 * text, and the list of what is due as text. */
#ifndef HX_DUTY_TEST_H
#define HX_DUTY_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "duty/duty.h"
#include "ledger/ledger.h"

typedef struct
{
  char *folder;
  HxStore *store;
  HxCatalogue *catalogue;
} Fixture;

void check (gboolean done, const GError *error);
/* The small bureau's files with these duties. */
HxBundle *bureau_bundle (const char *duties);
Fixture *fixture_new (const char *duties);
/* With more files, or others in their place; a NULL path ends them. */
typedef struct
{
  const char *path, *text;
} Extra;
Fixture *fixture_with (const char *duties, const Extra *extra);
void fixture_free (Fixture *fixture);

/* One write: "put KIND field=value …", "change KIND ID field=value …", the same
 * as "change@2023-05-01" from a day, and "void KIND ID"; each put line's id
 * into `ids` (may be NULL), one a line. */
void play (Fixture *fixture, const char *const *lines, guint n_lines,
           gint64 *ids);
/* One line a due item, as the list gives them. */
GPtrArray *listed (Fixture *fixture, const HxDutyQuery *query);
/* "open spare 2023-03-05 [2023-03-01 2023-03-08] 7 age=70 visit 12 2023-03-04";
 * the age of a lunar birthday has a star, a step is step=CODE. */
char *item_text (const HxDutyItem *item);
HxDate date (const char *text);

#endif
