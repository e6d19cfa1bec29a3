/* A client of HTTP that sends what it is told, right or wrong, byte for byte.
 *
 * What cannot be sent or read within ten seconds fails the test. */
#ifndef TESTS_SERVER_CLIENT_H
#define TESTS_SERVER_CLIENT_H

#include "base/base.h"

/* A connection to this machine. */
int client_open (guint port);
void client_send (int client, const char *text);
void client_send_bytes (int client, const void *data, gsize size);
void client_close (int client);

typedef struct
{
  guint status;
  GHashTable *headers; /* lower-case name → value; several: joined by "\n" */
  char *body;          /* NUL behind it */
  gsize size;
} Answer;

/* The next reply; NULL when the connection ends before one begins.  To HEAD
 * and with 304 there comes no body. */
Answer *client_read (int client, gboolean without_body);
void answer_free (Answer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)
/* Has the server closed it? */
gboolean client_is_over (int client);
const char *answer_header (const Answer *answer,
                           const char *name); /* or NULL */

/* One request on a connection of its own.  `headers` are whole lines with
 * "\r\n" or NULL; body NULL: none. */
typedef struct
{
  const char *method, *target, *headers, *body;
} Question;

Answer *client_ask (guint port, const Question *question);
/* GET. */
Answer *client_get (guint port, const char *target, const char *headers);

#endif
