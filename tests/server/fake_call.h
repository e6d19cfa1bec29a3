/* A call without a server, for tests of the parts of pages: what hx_call_… of
 * the frame and of forms would answer, set by the test. */
#ifndef TESTS_SERVER_FAKE_CALL_H
#define TESTS_SERVER_FAKE_CALL_H

#include "server/call.h"

typedef struct _FakeCall FakeCall;

/* A GET of "/people?year=2023&q=x" by `identity` (may be NULL). */
FakeCall *fake_call_new (HxIdentity *identity);
void fake_call_free (FakeCall *fake);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeCall, fake_call_free)
HxCall *fake_call (FakeCall *fake);

void fake_call_post (FakeCall *fake, const char *path);
void fake_call_cookie (FakeCall *fake, const char *name, const char *value);
void fake_call_set_fault (FakeCall *fake, const char *text);
void fake_call_set_said (FakeCall *fake, const char *text);
void fake_call_set_part (FakeCall *fake);
/* The page that was the reply, and its status. */
const char *fake_call_page (FakeCall *fake, guint *status);

#endif
