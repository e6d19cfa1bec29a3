/* Reading multipart/form-data as it comes, RFC 7578.
 *
 * Strict: the body begins with the boundary and ends with the closing one;
 * every part says its name.  Why not by libmicrohttpd's own reader: when a
 * part's value begins with a new piece of the body, it reports an empty piece
 * before it, which cannot be told from a part that is empty.
 */
#ifndef HX_SERVER_HTTP_PARTS_H
#define HX_SERVER_HTTP_PARTS_H

#include "base/base.h"

G_BEGIN_DECLS

/* Each returns 0 or the status that the request is refused with. */
typedef struct
{
  /* file_name NULL: a field. */
  guint (*begin) (const char *name, const char *file_name, gpointer data);
  guint (*take) (const char *bytes, gsize size, gpointer data);
  guint (*end) (gpointer data);
  gpointer data;
} HxPartsSink;

typedef struct _HxParts HxParts;

/* NULL when the Content-Type names no boundary that can be one. */
HxParts *hx_parts_new (const char *content_type, const HxPartsSink *sink);
void hx_parts_free (HxParts *parts);
guint hx_parts_take (HxParts *parts, const char *bytes, gsize size);
/* Was it whole? */
gboolean hx_parts_is_over (const HxParts *parts);

G_END_DECLS

#endif
