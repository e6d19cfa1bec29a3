/* person_json: the file of a person in words and as JSON; one shape for
 * commands, pages and operations.
 *
 * Who shows it says how a value reads (masked, in clear, not at all) and of
 * which kinds records are shown.
 *
 * Ownership: texts and arrays are the caller's.  Threads: as the file's.
 */
#ifndef HX_EXCHANGE_PERSON_JSON_H
#define HX_EXCHANGE_PERSON_JSON_H

#include "people/person.h"

G_BEGIN_DECLS

typedef struct
{
  const HxPerson *person;
  /* The value as the reader may see it; NULL without *error: not at all. */
  char *(*value) (const HxRow *row, const HxField *field, gpointer data,
                  GError **error);
  /* Are rows of the kind shown?  NULL: all. */
  gboolean (*shows) (const HxKind *kind, gpointer data);
  gpointer data;
} HxPersonShown;

/* The row's fields in the order of their groups: HxField, borrowed. */
GPtrArray *hx_person_fields (const HxPersonShown *shown);
/* A value, "" for none, for a hidden one and for `field` NULL. */
char *hx_person_text (const HxPersonShown *shown, const HxRow *row,
                      const HxField *field, GError **error);
/* What a row is about in a few words: its choices, references and money. */
char *hx_person_gist (const HxPersonShown *shown, const HxRow *row,
                      GError **error);
/* "走访慰问 生日 家中", "所属街道 → 昌华街道". */
char *hx_person_event_text (const HxPersonShown *shown,
                            const HxPersonEvent *event, GError **error);
/* Is the kind of a row shown? */
gboolean hx_person_shows (const HxPersonShown *shown, const HxKind *kind);
/* Of an amount in the field's unit, money in 元, without a unit. */
char *hx_person_amount (const HxCap *cap, gint64 amount);

gboolean hx_person_json (HxJson *json, const HxPersonShown *shown,
                         GError **error);

G_END_DECLS

#endif
