#include "server/static.h"
#include "server/http_internal.h"

#include <string.h>

#define FOR_EVER "public, max-age=31536000, immutable"
#define ASK_AGAIN "no-cache"

const char *
hx_static_url (const char *name)
{
  for (const HxStaticFile *each = hx_static_files; each->name != NULL; each++)
    if (strcmp (each->name, name) == 0)
      return each->address;
  g_return_val_if_reached ("");
}

static const HxStaticFile *
find_file (const char *path, gboolean *is_lasting)
{
  const char *name = path + strlen (HX_STATIC_PREFIX);
  for (const HxStaticFile *each = hx_static_files; each->name != NULL; each++)
    {
      *is_lasting = strcmp (each->address, path) == 0;
      if (*is_lasting || strcmp (each->name, name) == 0)
        return each;
    }
  return NULL;
}

static GBytes *
bytes_for (const HxStaticFile *file, const HxRequest *request,
           const char **coding)
{
  const HxStaticBytes *best = &file->plain;
  *coding = NULL;
  if (file->brotli.data != NULL && hx_request_takes (request, "br"))
    {
      best = &file->brotli;
      *coding = "br";
    }
  else if (file->gzip.data != NULL && hx_request_takes (request, "gzip"))
    {
      best = &file->gzip;
      *coding = "gzip";
    }
  return g_bytes_new_static (best->data, best->size);
}

static HxReply *
reply_of (const HxStaticFile *file, const HxRequest *request)
{
  const char *coding;
  g_autoptr (GBytes) body = bytes_for (file, request, &coding);
  HxReply *reply = hx_reply_new (200, file->type, body);
  if (coding != NULL)
    {
      g_autofree char *weak = g_strconcat ("W/", file->tag, NULL);
      hx_reply_header (reply, "Content-Encoding", coding);
      hx_reply_header (reply, "ETag", weak);
    }
  else
    hx_reply_header (reply, "ETag", file->tag);
  hx_reply_header (reply, "Vary", "Accept-Encoding");
  return reply;
}

HxReply *
hx_static_answer (const HxRequest *request)
{
  gboolean is_lasting = FALSE;
  const HxStaticFile *file = find_file (request->path, &is_lasting);
  if (file == NULL || request->method != HX_METHOD_GET)
    {
      HxReply *problem = hx_reply_problem (file == NULL ? 404 : 405,
                                           request->path, request->id);
      problem->route = "static";
      return problem;
    }
  HxReply *reply = reply_of (file, request);
  reply->route = "static";
  hx_reply_header (reply, "Cache-Control", is_lasting ? FOR_EVER : ASK_AGAIN);
  hx_reply_header (reply, "X-Content-Type-Options", "nosniff");
  return reply;
}
