/* The file of a person as text and as JSON. */
#ifndef HX_CLI_PERSON_SHOW_H
#define HX_CLI_PERSON_SHOW_H

#include "cli/reveal.h"
#include "exchange/person_json.h"

G_BEGIN_DECLS

/* `shown->data` of these is a HxCliPerson. */
typedef struct
{
  HxConnection *connection;
  const HxKind *of; /* whose fields may be revealed */
  const HxCliReveal *reveal;
} HxCliPerson;

gboolean hx_cli_person_lines (const HxPersonShown *shown, GError **error);

G_END_DECLS

#endif
