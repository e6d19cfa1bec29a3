/* What a role may do with the kinds of the catalogue: access.yaml.
 *
 *   groups:                       # names for several kinds
 *     money: [budget_line, payment]
 *   roles:                        # the business roles; one left out may
 * nothing finance: read: [money, plan_task]  # kinds and groups, or `all`
 *       write: [money]            # add and change; what is written, approved,
 *       approve: [money]          # voided and exported is also read
 *       void: [money]
 *       export: [money]
 *       unmasks:                  # secret fields it may see, with a reason
 *         payment: [bank_card]    # or `all` of them; `unmasks: all`: of every
 *                                 # kind that it reads
 *       hides: {cadre: [note]}    # fields that are not there for it
 *       secrets: masked           # or hidden: secret fields are not there
 *       names: shown              # or masked: names of people
 *
 * Administrators (system, security, audit) hold no business right and cannot
 * be named here.  Who has several roles may what one of them may.  Without the
 * file nobody may anything with records.
 *
 * Ownership: as everything of the catalogue.
 */
#ifndef HX_CATALOGUE_ACCESS_H
#define HX_CATALOGUE_ACCESS_H

#include "catalogue/catalogue.h"

G_BEGIN_DECLS

typedef enum
{
  HX_USER_SYSTEM = 1 << 0,   /* 系统管理员: units, settings, backup */
  HX_USER_SECURITY = 1 << 1, /* 安全管理员: users, roles */
  HX_USER_AUDIT = 1 << 2,    /* 审计管理员: the log, verify */
  HX_USER_LIAISON = 1 << 3,  /* 联络员 */
  HX_USER_CLERK = 1 << 4,    /* 科室经办 */
  HX_USER_FINANCE = 1 << 5,  /* 财务 */
  HX_USER_SECTION = 1 << 6,  /* 科室负责人 */
  HX_USER_BUREAU = 1 << 7,   /* 局领导 */
  HX_USER_REVIEWER = 1 << 8, /* 评审、审计来人: report, scores, evidence */
  HX_USER_READER = 1 << 9    /* 只读 */
} HxUserRole;

typedef guint HxUserRoles; /* some of them */

#define HX_USER_ROLES 10
#define HX_USER_NOBODY 0u
#define HX_USER_ADMINISTRATORS                                                 \
  (HX_USER_SYSTEM | HX_USER_SECURITY | HX_USER_AUDIT)
#define HX_USER_BUSINESS                                                       \
  (HX_USER_LIAISON | HX_USER_CLERK | HX_USER_FINANCE | HX_USER_SECTION         \
   | HX_USER_BUREAU | HX_USER_REVIEWER | HX_USER_READER)

/* "liaison", …; the i-th role, 0 ≤ i < HX_USER_ROLES. */
const char *hx_user_role_key (guint i);

typedef enum
{
  HX_ACT_READ,
  HX_ACT_WRITE,   /* add and change */
  HX_ACT_APPROVE, /* approve, return */
  HX_ACT_VOID,
  HX_ACT_UNMASK, /* see secret fields, with a reason */
  HX_ACT_EXPORT
} HxAct;

#define HX_ACTS 6

/* Which roles may; of HX_ACT_UNMASK: some field of the kind. */
HxUserRoles hx_catalogue_may (const HxCatalogue *catalogue, HxAct act,
                              const HxKind *kind);
/* Which roles see that there is the field, may see a masked one in clear, are
 * shown names of people. */
HxUserRoles hx_catalogue_sees (const HxCatalogue *catalogue, const HxKind *kind,
                               const HxField *field);
HxUserRoles hx_catalogue_unmasks (const HxCatalogue *catalogue,
                                  const HxKind *kind, const HxField *field);
HxUserRoles hx_catalogue_names (const HxCatalogue *catalogue);

G_END_DECLS

#endif
