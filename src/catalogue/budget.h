/* Which kinds hold the money of a year, and which of their fields say what.
 *
 * budget.yaml binds roles to kinds.  Each section says which kind it is in; a
 * role that is not named is the field whose key is the role's own:
 *
 *   line: {in: budget_line}
 *   adjustment: {in: budget_adjustment, document: paper}
 *
 *   section      roles (* must be there)
 *   line*        register: number* (text), name* (text), amount* (money),
 *                source*, nature* (choices), task (choice), function_class,
 *                economic_class (texts)
 *   adjustment   record: line*, amount*, kind* (choice with the code
 *                `carried_in`), document (text), reason (text)
 *   payment*     record: voucher* (text), line*, amount*, contract (ref)
 *   carry_over   record: line*, amount*, cause (choice), reason (text)
 *   unspent      record: line*, amount*, cause* (choice), disposal (choice with
 *                the codes `withdrawn`, `lapsed`), reason (text)
 *   plan         record: line*, amount*; what is to be paid in that month
 *   forecast     record: line*, amount*, reason (text)
 *   contract     register: number*, line*, name*, planned*, amount* (moneys),
 *                cause (choice), reason (text), supplier (text)
 *   acceptance   record: contract*, amount*, final (bool), cause, reason
 *   overspend:   refuse (as it is without this key) or warn
 *
 * The year of a line is that of its `since`; an adjustment of the code
 * `carried_in` is money of the year before, all others change the year's own;
 * those of the code `transfer`, where the list has it, move money from line to
 * line and make none.
 *
 * Pointers are the catalogue's.  Fields of a section that is missing are NULL.
 */
#ifndef HX_CATALOGUE_BUDGET_H
#define HX_CATALOGUE_BUDGET_H

#include "catalogue/catalogue.h"

G_BEGIN_DECLS

typedef struct
{
  const HxKind *line;
  const HxField *line_number, *line_name, *line_amount, *line_source,
      *line_nature, *line_task, *line_function, *line_economic;

  const HxKind *adjustment;
  const HxField *adjustment_line, *adjustment_amount, *adjustment_kind,
      *adjustment_document, *adjustment_reason;

  const HxKind *payment;
  const HxField *payment_voucher, *payment_line, *payment_amount,
      *payment_contract;

  const HxKind *carry_over;
  const HxField *carry_over_line, *carry_over_amount, *carry_over_cause,
      *carry_over_reason;

  const HxKind *unspent;
  const HxField *unspent_line, *unspent_amount, *unspent_cause,
      *unspent_disposal, *unspent_reason;

  const HxKind *plan;
  const HxField *plan_line, *plan_amount;

  const HxKind *forecast;
  const HxField *forecast_line, *forecast_amount, *forecast_reason;

  const HxKind *contract;
  const HxField *contract_number, *contract_line, *contract_name,
      *contract_planned, *contract_amount, *contract_cause, *contract_reason,
      *contract_supplier;

  const HxKind *acceptance;
  const HxField *acceptance_contract, *acceptance_amount, *acceptance_final,
      *acceptance_cause, *acceptance_reason;

  gboolean warns_overspend; /* FALSE: a payment over its line is refused */
} HxBudgetView;

/* NULL when the catalogue keeps no money. */
const HxBudgetView *hx_catalogue_budget (const HxCatalogue *catalogue);

G_END_DECLS

#endif
