#include "echo.h"

#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>

struct _Echo
{
  char *folder;
  HxHttp *http;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  guint slow, released;
};

/* ---------------------------------------------------------------- as JSON */

static json_t *
fields_json (GHashTable *fields)
{
  json_t *object = json_object ();
  GHashTableIter iter;
  gpointer name, values;

  g_hash_table_iter_init (&iter, fields);
  while (g_hash_table_iter_next (&iter, &name, &values))
    {
      json_t *array = json_array ();

      for (guint i = 0; i < ((GPtrArray *)values)->len; i++)
        json_array_append_new (array,
                               json_string (((GPtrArray *)values)->pdata[i]));
      json_object_set_new (object, name, array);
    }
  return object;
}

static json_t *
texts_json (GHashTable *texts)
{
  json_t *object = json_object ();
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &name, &value))
    json_object_set_new (object, name, json_string (value));
  return object;
}

static json_t *
uploads_json (GPtrArray *uploads)
{
  json_t *array = json_array ();

  for (guint i = 0; i < uploads->len; i++)
    {
      const HxUpload *upload = uploads->pdata[i];
      g_autofree char *content = NULL;
      gsize size = 0;

      g_file_get_contents (upload->path, &content, &size, NULL);
      json_array_append_new (
          array, json_pack ("{s:s, s:s, s:I, s:I, s:s#}", "name", upload->name,
                            "file", upload->file_name, "size",
                            (json_int_t)upload->size, "there", (json_int_t)size,
                            "content", content, (int)MIN (size, 100)));
    }
  return array;
}

static GBytes *
request_json (const HxRequest *request)
{
  gsize size = 0;
  const char *body
      = request->body != NULL ? g_bytes_get_data (request->body, &size) : "";
  json_t *object = json_pack (
      "{s:s, s:b, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:s#, s:s, s:b, s:s}",
      "method", hx_method_name (request->method), "head", request->is_head,
      "path", request->path, "query_text", request->query_text, "query",
      fields_json (request->query), "form", fields_json (request->form),
      "headers", texts_json (request->headers), "cookies",
      texts_json (request->cookies), "uploads", uploads_json (request->uploads),
      "body", body, (int)size, "address", request->address, "secure",
      request->is_secure, "id", request->id);
  char *text = json_dumps (object, 0);

  json_decref (object);
  return g_bytes_new_with_free_func (text, strlen (text), free, text);
}

/* ------------------------------------------------------------- the handler */

static HxIntake
intake (HxMethod method, const char *path, gpointer data)
{
  (void)method;
  (void)data;
  if (strcmp (path, "/upload") == 0)
    return (HxIntake){ .body_max = ECHO_UPLOAD_MAX, .uploads = TRUE };
  return (HxIntake){ .body_max = ECHO_BODY_MAX,
                     .inlined = strcmp (path, "/inlined") == 0 };
}

static void
wait_for_release (Echo *echo)
{
  pthread_mutex_lock (&echo->lock);
  echo->slow++;
  pthread_cond_broadcast (&echo->changed);
  while (echo->released == 0)
    pthread_cond_wait (&echo->changed, &echo->lock);
  echo->released--;
  echo->slow--;
  pthread_cond_broadcast (&echo->changed);
  pthread_mutex_unlock (&echo->lock);
}

static HxReply *
answer_text (gsize size)
{
  g_autofree char *text = g_strnfill (size, 'x');
  g_autoptr (GBytes) body = g_bytes_new (text, size);
  HxReply *reply = hx_reply_new (200, "text/plain; charset=utf-8", body);

  hx_reply_etag (reply);
  return reply;
}

static HxReply *
answer_file (Echo *echo)
{
  HxReply *reply = hx_reply_new (200, "text/plain", NULL);
  g_autofree char *path = g_build_filename (echo->folder, "file.txt", NULL);

  g_file_set_contents (path, "out of a file", -1, NULL);
  reply->file = open (path, O_RDONLY | O_CLOEXEC);
  g_unlink (path);
  return reply;
}

static HxReply *
answer (const HxRequest *request, gpointer data)
{
  g_autoptr (GBytes) said = NULL;
  HxReply *reply;

  if (strcmp (request->path, "/text") == 0)
    return answer_text (5000);
  if (strcmp (request->path, "/small") == 0)
    return answer_text (50);
  if (strcmp (request->path, "/file") == 0)
    return answer_file (data);
  if (strcmp (request->path, "/slow") == 0)
    wait_for_release (data);
  said = request_json (request);
  reply = hx_reply_new (200, "application/json", said);
  reply->route = "echo";
  reply->user = g_strdup ("zhang");
  return reply;
}

/* ---------------------------------------------------------------- its life */

Echo *
echo_new (const HxHttpOptions *options)
{
  Echo *echo = g_new0 (Echo, 1);
  const HxHttpHandler handler = { intake, answer, echo };
  HxHttpOptions own = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *log = NULL;

  if (options != NULL)
    own = *options;
  echo->folder = g_dir_make_tmp ("hx-echo-XXXXXX", NULL);
  pthread_mutex_init (&echo->lock, NULL);
  pthread_cond_init (&echo->changed, NULL);
  log = echo_log_path (echo);
  own.address = "127.0.0.1:0";
  own.upload_folder = echo->folder;
  own.access_log = log;
  echo->http = hx_http_start (&own, &handler, &error);
  if (error != NULL)
    fail_msg ("%s", error->message);
  return echo;
}

void
echo_free (Echo *echo)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (echo == NULL)
    return;
  echo_release (echo, 1000);
  hx_http_free (echo->http);
  folder = g_dir_open (echo->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (echo->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (echo->folder);
  g_free (echo->folder);
  pthread_cond_destroy (&echo->changed);
  pthread_mutex_destroy (&echo->lock);
  g_free (echo);
}

guint
echo_port (const Echo *echo)
{
  return hx_http_port (echo->http);
}

HxHttp *
echo_http (Echo *echo)
{
  return echo->http;
}

const char *
echo_folder (const Echo *echo)
{
  return echo->folder;
}

char *
echo_log_path (const Echo *echo)
{
  return g_build_filename (echo->folder, "access.log", NULL);
}

guint
echo_files (const Echo *echo)
{
  g_autoptr (GDir) folder = g_dir_open (echo->folder, 0, NULL);
  const char *name;
  guint count = 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    count += g_str_has_prefix (name, "hongxia-upload-");
  return count;
}

void
echo_wait_slow (Echo *echo, guint count)
{
  pthread_mutex_lock (&echo->lock);
  while (echo->slow != count)
    pthread_cond_wait (&echo->changed, &echo->lock);
  pthread_mutex_unlock (&echo->lock);
}

void
echo_release (Echo *echo, guint count)
{
  pthread_mutex_lock (&echo->lock);
  echo->released += count;
  pthread_cond_broadcast (&echo->changed);
  pthread_mutex_unlock (&echo->lock);
}

json_t *
echo_said (const Answer *answer_)
{
  json_t *said;

  assert_non_null (answer_);
  assert_int_equal (answer_->status, 200);
  said = json_loads (answer_->body, 0, NULL);
  assert_non_null (said);
  return said;
}
