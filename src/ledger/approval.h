/* approval: rows that somebody else must agree to.
 *
 * A kind that the catalogue marks `approval: true` is entered by one and
 * approved by another.  What is entered or changed by hand (edit.h) is
 * submitted with it, in the same write; who may approve the kind approves it,
 * or returns it with a reason, and whoever changes it then submits it anew.
 * Nobody approves what they submitted themselves.
 *
 * Rows that came by an import or by the command line were approved on paper
 * before: they have no state, HX_APPROVAL_NONE, and count as approved.  The
 * state changes no figure: a row counts from when it is entered until it is
 * voided, as every row does.
 *
 * Each step is an entry of the change log, whose row keeps its version: submit
 * {"submit":VERSION}, approve {"approve":VERSION}, return {"return":REASON}.
 * The table approval (bureau_id, kind, row, state, version, submitter,
 * submitted_at, actor, at, reason, seq) holds what the last of them says, for
 * lists; `verify` compares.
 *
 * Ownership: texts belong to the HxApproval; in a callback they are borrowed.
 * Threads: those of the connection.
 */
#ifndef HX_LEDGER_APPROVAL_H
#define HX_LEDGER_APPROVAL_H

#include "ledger/edit.h"

G_BEGIN_DECLS

typedef enum
{
  HX_APPROVAL_NONE, /* none is asked for, or it was given on paper */
  HX_APPROVAL_SUBMITTED,
  HX_APPROVAL_APPROVED,
  HX_APPROVAL_RETURNED
} HxApprovalState;

/* 待审批, in the user's language; "" for none. */
const char *hx_approval_name (HxApprovalState state);
/* "submitted", …; "none". */
const char *hx_approval_key (HxApprovalState state);

typedef struct
{
  const HxKind *kind;
  gint64 row, unit_id;
  HxApprovalState state;
  gint64 version;                 /* of the row, when it was submitted */
  char *submitter, *submitted_at; /* NULL of none */
  char *actor, *at;               /* who approved or returned, or NULL */
  char *reason;                   /* of a return, or NULL */
} HxApproval;

void hx_approval_clear (HxApproval *approval);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxApproval, hx_approval_clear)

/* The state of one row; unit_id is left 0. */
gboolean hx_approval_read (HxConnection *connection, const HxKind *kind,
                           gint64 row, HxApproval *approval, GError **error);

/* ------------------------------------------------------------------- lists */

typedef struct
{
  HxApprovalState state;
  const char *submitter; /* this one's alone, or NULL */
  const char *not_of;    /* without this one's, or NULL */
  const HxKind *kind;    /* of this one, or NULL: all */
  HxReaches reaches;     /* with `reach`; asked with kind, id and unit alone */
  gconstpointer reach;
} HxApprovalQuery;

/* FALSE stops. */
typedef gboolean (*HxApprovalFunc) (const HxApproval *approval, gpointer data);
/* What waits, longest first; voided rows are passed over.  "Waiting for me" is
 * SUBMITTED with not_of me, of the kinds that I may approve; "returned to me"
 * is RETURNED with submitter me. */
gboolean hx_approvals_each (HxConnection *connection, HxCatalogue *catalogue,
                            const HxApprovalQuery *query,
                            HxApprovalFunc function, gpointer data,
                            GError **error);

/* ----------------------------------------------------------------- writing */

/* Called by hx_edit_run for kinds with approval; does nothing for others. */
gboolean hx_ledger_submit (HxLedger *ledger, const HxKind *kind, gint64 id,
                           GError **error);
/* `version` is that of the row the user saw; 0: whichever.  HX_ERROR_CONFLICT
 * when it has changed since, waits for nobody, or was submitted by the same. */
gboolean hx_ledger_approve (HxLedger *ledger, const HxKind *kind, gint64 id,
                            gint64 version, GError **error);
gboolean hx_ledger_return (HxLedger *ledger, const HxKind *kind, gint64 id,
                           gint64 version, const char *reason, GError **error);

/* The table against the change log. */
gboolean hx_approval_verify (HxConnection *connection, HxFindingFunc function,
                             gpointer data, GError **error);

G_END_DECLS

#endif
