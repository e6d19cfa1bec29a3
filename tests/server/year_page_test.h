/* Somebody who has logged in, and what the pages of a year show them. */
#ifndef TESTS_SERVER_YEAR_PAGE_TEST_H
#define TESTS_SERVER_YEAR_PAGE_TEST_H

#include "login.h"

typedef struct
{
  ServerFixture *fixture;
  char *cookie; /* a whole line of a header */
} Visitor;

/* An account of these roles in the unit (0: the whole bureau), logged in; once
 * of each. */
Visitor *visitor_new (ServerFixture *fixture, HxUserRoles roles,
                      gint64 unit_id);
void visitor_free (Visitor *visitor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Visitor, visitor_free)

Answer *visitor_get (const Visitor *visitor, const char *target);
/* The page of an address: it must be there and whole. */
char *visitor_page (const Visitor *visitor, const char *target);
/* Sends a form as a page of the address shows it, with the fields that it
 * hides; `fields` is "f.reason=…&f.owner=…", encoded. */
Answer *visitor_send (const Visitor *visitor, const char *target,
                      const char *fields);

/* Is the text in the page?  Else the test fails and says which. */
void assert_page_has (const char *page, const char *text);
void assert_page_lacks (const char *page, const char *text);

#endif
