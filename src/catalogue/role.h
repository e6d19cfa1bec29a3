/* Binding the roles of a view to kinds and their fields: for budget.yaml and
 * plan.yaml.  Private to the room catalogue. */
#ifndef HX_CATALOGUE_ROLE_H
#define HX_CATALOGUE_ROLE_H

#include "catalogue/catalogue_internal.h"

#include <stddef.h>

typedef enum
{
  HX_ROLE_TEXT = 1 << HX_FIELD_TEXT | 1 << HX_FIELD_EVIDENCE,
  HX_ROLE_INTEGER = 1 << HX_FIELD_INTEGER,
  HX_ROLE_DECIMAL = 1 << HX_FIELD_DECIMAL,
  HX_ROLE_MONEY = 1 << HX_FIELD_MONEY,
  HX_ROLE_DATE = 1 << HX_FIELD_DATE,
  HX_ROLE_BOOL = 1 << HX_FIELD_BOOL,
  HX_ROLE_CHOICE = 1 << HX_FIELD_CHOICE,
  HX_ROLE_REF = 1 << HX_FIELD_REF
} HxRoleType;

typedef struct
{
  const char *key;
  HxRoleType type;
  gboolean required;
  gsize offset;      /* of the `const HxField *` in the view */
  const char *codes; /* codes a choice must have, a space between; or NULL.
                      * Of a ref: the section whose kind it refers to */
} HxRole;

typedef struct
{
  const char *key;
  gboolean required, is_register;
  gsize offset; /* of the `const HxKind *` in the view */
  const HxRole *roles;
  gsize n_roles;
} HxSection;

typedef struct
{
  const HxSection *sections;
  gsize n_sections;
  const char *const *settings; /* keys of the root that are no sections, NULL
                                * at the end */
} HxSections;

/* Rows of the tables: ROLE (member, key, type, MUST or MAY, codes) and SECTION
 * (name, MUST or MAY, is_register), whose roles are in `name`_roles; of the
 * view that HX_ROLE_VIEW is where they are used. */
#define MUST TRUE
#define MAY FALSE
#define ROLE(member, key, type, required, codes)                               \
  {                                                                            \
    key, type, required, offsetof (HX_ROLE_VIEW, member), codes                \
  }
#define SECTION(name, required, is_register)                                   \
  {                                                                            \
#name, required, is_register, offsetof(HX_ROLE_VIEW, name), name##_roles,  \
        G_N_ELEMENTS(name##_roles)                                             \
  }

/* Fills `view`; what is wrong becomes a fault. */
void hx_sections_load (HxLoader *loader, const HxNode *root,
                       const HxSections *sections, gpointer view);

#endif
