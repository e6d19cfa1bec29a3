/* A server of the connections alone, whose handler says what it was asked.
 *
 *   /echo     the request as JSON
 *   /inlined  the same, by the thread that reads
 *   /upload   the same, taking files; `content` of each is its first bytes
 *   /text     5,000 letters with an ETag
 *   /small    a few letters
 *   /file     a reply out of a file
 *   /slow     waits until echo_release was called as often as it was asked
 */
#ifndef TESTS_SERVER_ECHO_H
#define TESTS_SERVER_ECHO_H

#include "client.h"
#include "server/http.h"

#include <jansson.h>

#define ECHO_BODY_MAX 20000
#define ECHO_UPLOAD_MAX 2000000

typedef struct _Echo Echo;

/* Address, folder and log are its own; `options` may be NULL. */
Echo *echo_new (const HxHttpOptions *options);
void echo_free (Echo *echo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Echo, echo_free)

guint echo_port (const Echo *echo);
HxHttp *echo_http (Echo *echo);
const char *echo_folder (const Echo *echo);
char *echo_log_path (const Echo *echo);
/* Files in the folder of uploads. */
guint echo_files (const Echo *echo);
/* How many ask for /slow now; waits until there are `count`. */
void echo_wait_slow (Echo *echo, guint count);
void echo_release (Echo *echo, guint count);

/* What /echo said; fails the test unless it is 200. */
json_t *echo_said (const Answer *answer);

#endif
