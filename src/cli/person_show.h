/* The file of a person as text and as JSON. */
#ifndef HX_CLI_PERSON_SHOW_H
#define HX_CLI_PERSON_SHOW_H

#include "cli/reveal.h"
#include "people/person.h"

G_BEGIN_DECLS

typedef struct
{
  HxConnection *connection;
  const HxPerson *person;
  const HxCliReveal *reveal;
} HxCliPerson;

/* The row's fields in the order of their groups: HxField, borrowed. */
GPtrArray *hx_cli_person_fields (const HxCliPerson *shown);
/* A field of the person, masked unless it is to be shown. */
char *hx_cli_person_value (const HxCliPerson *shown, const HxField *field,
                           GError **error);
/* A field of another row, masked. */
char *hx_cli_person_other (const HxCliPerson *shown, const HxRow *row,
                           const HxField *field, GError **error);
/* What a row is about in a few words: its choices, references and money. */
char *hx_cli_person_gist (const HxCliPerson *shown, const HxRow *row,
                          GError **error);
/* "走访慰问 生日 家中", "所属街道 → 昌华街道". */
char *hx_cli_person_event (const HxCliPerson *shown, const HxPersonEvent *event,
                           GError **error);

gboolean hx_cli_person_lines (const HxCliPerson *shown, GError **error);
gboolean hx_cli_person_json (const HxCliPerson *shown, GError **error);

G_END_DECLS

#endif
