/* display: how a page is shown to this browser, large or dark.
 *
 * The browser keeps it in the cookie "display": words with "-" between them,
 * of which those that are no choice are passed over.  Nobody need be logged
 * in, and nothing of it is stored.
 */
#ifndef HX_SERVER_DISPLAY_H
#define HX_SERVER_DISPLAY_H

#include "server/call.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;  /* "type", "colour" */
  const char *value; /* "large"; the first of a name is what holds without */
  const char *text;  /* N_() */
} HxDisplayChoice;

/* value NULL behind the last. */
extern const HxDisplayChoice hx_display_choices[];

gboolean hx_display_is (const HxCall *call, const char *name,
                        const char *value);
/* Classes for <html>; NULL: none; the caller's. */
char *hx_display_class (const HxCall *call);

/* May the user open the page of that path, as a route table has it? */
gboolean hx_page_opens (const HxCall *call, const char *path);

G_END_DECLS

#endif
