/* openapi: what the two files that write the description of the API share. */
#ifndef HX_SERVER_OPENAPI_H
#define HX_SERVER_OPENAPI_H

#include "server/route.h"

G_BEGIN_DECLS

/* The member "components": the kinds of the catalogue, problems, who asks. */
void hx_openapi_components (HxCatalogue *catalogue, HxJson *json);

G_END_DECLS

#endif
