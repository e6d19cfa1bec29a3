/* Private to the selection of the ledger. */
#ifndef HX_SELECTION_INTERNAL_H
#define HX_SELECTION_INTERNAL_H

#include "ledger/ledger_internal.h"
#include "ledger/selection.h"

typedef enum
{
  HX_TERM_IN,
  HX_TERM_RANGE,
  HX_TERM_CONTAINS,
  HX_TERM_AGE
} HxTermTest;

/* One term, its values as the columns hold them. */
typedef struct
{
  const HxField *field; /* NULL: unit_id */
  HxTermTest test;
  gboolean negated;   /* IN */
  gboolean has_empty; /* IN: an empty field counts too */
  gboolean is_units;  /* IN: with all units below */
  gboolean is_digest; /* IN: `integers` are digests of a secret field */
  GArray *integers;   /* IN; gint64 */
  GPtrArray *texts;   /* IN, CONTAINS; char * */
  gboolean has_min, has_max;
  gint64 min, max; /* RANGE, AGE; dates as hx_date_number */
} HxTerm;

struct _HxSelection
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  const HxKind *kind;
  HxDate as_of;
  GPtrArray *terms; /* HxTerm */
  GPtrArray *only;  /* HxField; NULL: all */
};

void hx_term_free (gpointer data);
/* NULL with *error. */
HxTerm *hx_term_parse (const HxSelection *selection, const char *text,
                       GError **error);
/* The date field from which an age is told, or NULL. */
const HxField *hx_kind_birth (const HxKind *kind);
/* The live row of `kind` that a cell would call so. */
gboolean hx_term_target (HxConnection *connection, const HxKind *kind,
                         const char *text, gint64 *id, GError **error);

#endif
