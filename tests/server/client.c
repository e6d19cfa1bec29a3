#include "client.h"

#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

int
client_open (guint port)
{
  const struct sockaddr_in to = { .sin_family = AF_INET,
                                  .sin_port = htons ((guint16)port),
                                  .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  const struct timeval patience = { .tv_sec = 10 };
  const int client = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  assert_true (client >= 0);
  setsockopt (client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt (client, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (connect (client, (const struct sockaddr *)&to, sizeof to) == 0)
    return client;
  close (client);
  return -1;
}

void
client_send_bytes (int client, const void *data, gsize size)
{
  const char *next = data;

  while (size > 0)
    {
      const gssize sent = send (client, next, size, MSG_NOSIGNAL);

      /* Who was refused may find the connection closed. */
      if (sent <= 0)
        return;
      next += sent;
      size -= (gsize)sent;
    }
}

void
client_send (int client, const char *text)
{
  client_send_bytes (client, text, strlen (text));
}

void
client_close (int client)
{
  close (client);
}

gboolean
client_is_over (int client)
{
  char byte;

  return recv (client, &byte, 1, 0) <= 0;
}

/* Byte by byte: what comes behind belongs to the next reply. */
static char *
read_head (int client)
{
  GString *head = g_string_new (NULL);
  char byte;

  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      if (recv (client, &byte, 1, 0) != 1)
        {
          g_string_free (head, TRUE);
          return NULL;
        }
      g_string_append_c (head, byte);
    }
  return g_string_free (head, FALSE);
}

static void
take_header (GHashTable *headers, const char *line)
{
  const char *colon = strchr (line, ':');
  char *name, *value;
  const char *before;

  assert_non_null (colon);
  name = g_ascii_strdown (line, colon - line);
  value = g_strstrip (g_strdup (colon + 1));
  before = g_hash_table_lookup (headers, name);
  if (before != NULL)
    {
      char *both = g_strconcat (before, "\n", value, NULL);

      g_free (value);
      value = both;
    }
  g_hash_table_replace (headers, name, value);
}

static void
read_body (int client, Answer *answer)
{
  const char *length = answer_header (answer, "content-length");
  gsize got = 0;

  assert_non_null (length);
  answer->size = (gsize)g_ascii_strtoull (length, NULL, 10);
  answer->body = g_malloc0 (answer->size + 1);
  while (got < answer->size)
    {
      const gssize more
          = recv (client, answer->body + got, answer->size - got, 0);

      assert_true (more > 0);
      got += (gsize)more;
    }
}

Answer *
client_read (int client, gboolean without_body)
{
  g_autofree char *head = read_head (client);
  g_auto (GStrv) lines = NULL;
  Answer *answer;

  if (head == NULL)
    return NULL;
  answer = g_new0 (Answer, 1);
  answer->headers
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  lines = g_strsplit (head, "\r\n", -1);
  assert_true (g_str_has_prefix (lines[0], "HTTP/1.1 "));
  answer->status = (guint)g_ascii_strtoull (lines[0] + 9, NULL, 10);
  for (guint i = 1; lines[i][0] != '\0'; i++)
    take_header (answer->headers, lines[i]);
  if (without_body || answer->status == 304 || answer->status == 100)
    answer->body = g_strdup ("");
  else
    read_body (client, answer);
  return answer;
}

void
answer_free (Answer *answer)
{
  if (answer == NULL)
    return;
  g_hash_table_unref (answer->headers);
  g_free (answer->body);
  g_free (answer);
}

const char *
answer_header (const Answer *answer, const char *name)
{
  return g_hash_table_lookup (answer->headers, name);
}

Answer *
client_ask (guint port, const Question *question)
{
  const int client = client_open (port);
  g_autoptr (GString) text = g_string_new (NULL);
  Answer *answer;

  assert_true (client >= 0);
  g_string_printf (text, "%s %s HTTP/1.1\r\nHost: localhost\r\n%s",
                   question->method, question->target,
                   question->headers != NULL ? question->headers : "");
  if (question->body != NULL)
    g_string_append_printf (text, "Content-Length: %zu\r\n",
                            strlen (question->body));
  g_string_append (text, "Connection: close\r\n\r\n");
  g_string_append (text, question->body != NULL ? question->body : "");
  client_send (client, text->str);
  answer = client_read (client, strcmp (question->method, "HEAD") == 0);
  client_close (client);
  return answer;
}

Answer *
client_get (guint port, const char *target, const char *headers)
{
  return client_ask (port, &(Question){ "GET", target, headers, NULL });
}
