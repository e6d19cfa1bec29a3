/* static: the files of web/, carried in the program.
 *
 * Each has two addresses: one with a digest in it, which hx_static_url gives
 * and which browsers keep for ever, and its plain name, for what one file says
 * of another (a picture in the style sheet), which they ask about again.
 *
 * Threads: any; nothing here changes.
 */
#ifndef HX_SERVER_STATIC_H
#define HX_SERVER_STATIC_H

#include "server/http.h"

G_BEGIN_DECLS

#define HX_STATIC_PREFIX "/static/"

typedef struct
{
  const char *data; /* NULL: no gain in that coding */
  gsize size;
} HxStaticBytes;

typedef struct
{
  const char *name;    /* "style.css"; NULL ends the table */
  const char *address; /* "/static/style.0123456789ab.css" */
  const char *tag;     /* its ETag */
  const char *type;
  HxStaticBytes plain, gzip, brotli;
} HxStaticFile;

/* Written by web/pack.c. */
extern const HxStaticFile hx_static_files[];

/* To GET of an address below the prefix: 404 where there is no such file. */
HxReply *hx_static_answer (const HxRequest *request);

G_END_DECLS

#endif
