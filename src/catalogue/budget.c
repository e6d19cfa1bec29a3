#include "catalogue/budget.h"
#include "catalogue/role.h"

#define HX_ROLE_VIEW HxBudgetView

static const HxRole line_roles[] = {
  ROLE (line_number, "number", HX_ROLE_TEXT, MUST, NULL),
  ROLE (line_name, "name", HX_ROLE_TEXT, MUST, NULL),
  ROLE (line_amount, "amount", HX_ROLE_MONEY, MUST, NULL),
  ROLE (line_source, "source", HX_ROLE_CHOICE, MUST, NULL),
  ROLE (line_nature, "nature", HX_ROLE_CHOICE, MUST, NULL),
  ROLE (line_task, "task", HX_ROLE_CHOICE, MAY, NULL),
  ROLE (line_function, "function_class", HX_ROLE_TEXT, MAY, NULL),
  ROLE (line_economic, "economic_class", HX_ROLE_TEXT, MAY, NULL),
};

static const HxRole adjustment_roles[] = {
  ROLE (adjustment_line, "line", HX_ROLE_REF, MUST, "line"),
  ROLE (adjustment_amount, "amount", HX_ROLE_MONEY, MUST, NULL),
  ROLE (adjustment_kind, "kind", HX_ROLE_CHOICE, MUST, "carried_in"),
  ROLE (adjustment_document, "document", HX_ROLE_TEXT, MAY, NULL),
  ROLE (adjustment_reason, "reason", HX_ROLE_TEXT, MAY, NULL),
};

static const HxRole payment_roles[] = {
  ROLE (payment_voucher, "voucher", HX_ROLE_TEXT, MUST, NULL),
  ROLE (payment_line, "line", HX_ROLE_REF, MUST, "line"),
  ROLE (payment_amount, "amount", HX_ROLE_MONEY, MUST, NULL),
  ROLE (payment_contract, "contract", HX_ROLE_REF, MAY, "contract"),
};

static const HxRole carry_over_roles[] = {
  ROLE (carry_over_line, "line", HX_ROLE_REF, MUST, "line"),
  ROLE (carry_over_amount, "amount", HX_ROLE_MONEY, MUST, NULL),
  ROLE (carry_over_cause, "cause", HX_ROLE_CHOICE, MAY, NULL),
  ROLE (carry_over_reason, "reason", HX_ROLE_TEXT, MAY, NULL),
};

static const HxRole unspent_roles[] = {
  ROLE (unspent_line, "line", HX_ROLE_REF, MUST, "line"),
  ROLE (unspent_amount, "amount", HX_ROLE_MONEY, MUST, NULL),
  ROLE (unspent_cause, "cause", HX_ROLE_CHOICE, MUST, NULL),
  ROLE (unspent_disposal, "disposal", HX_ROLE_CHOICE, MAY, "withdrawn lapsed"),
  ROLE (unspent_reason, "reason", HX_ROLE_TEXT, MAY, NULL),
};

static const HxRole plan_roles[] = {
  ROLE (plan_line, "line", HX_ROLE_REF, MUST, "line"),
  ROLE (plan_amount, "amount", HX_ROLE_MONEY, MUST, NULL),
};

static const HxRole forecast_roles[] = {
  ROLE (forecast_line, "line", HX_ROLE_REF, MUST, "line"),
  ROLE (forecast_amount, "amount", HX_ROLE_MONEY, MUST, NULL),
  ROLE (forecast_reason, "reason", HX_ROLE_TEXT, MAY, NULL),
};

static const HxRole contract_roles[] = {
  ROLE (contract_number, "number", HX_ROLE_TEXT, MUST, NULL),
  ROLE (contract_line, "line", HX_ROLE_REF, MUST, "line"),
  ROLE (contract_name, "name", HX_ROLE_TEXT, MUST, NULL),
  ROLE (contract_planned, "planned", HX_ROLE_MONEY, MUST, NULL),
  ROLE (contract_amount, "amount", HX_ROLE_MONEY, MUST, NULL),
  ROLE (contract_cause, "cause", HX_ROLE_CHOICE, MAY, NULL),
  ROLE (contract_reason, "reason", HX_ROLE_TEXT, MAY, NULL),
  ROLE (contract_supplier, "supplier", HX_ROLE_TEXT, MAY, NULL),
};

static const HxRole acceptance_roles[] = {
  ROLE (acceptance_contract, "contract", HX_ROLE_REF, MUST, "contract"),
  ROLE (acceptance_amount, "amount", HX_ROLE_MONEY, MUST, NULL),
  ROLE (acceptance_final, "final", HX_ROLE_BOOL, MAY, NULL),
  ROLE (acceptance_cause, "cause", HX_ROLE_CHOICE, MAY, NULL),
  ROLE (acceptance_reason, "reason", HX_ROLE_TEXT, MAY, NULL),
};

static const HxSection sections[] = {
  SECTION (line, MUST, TRUE),       SECTION (adjustment, MAY, FALSE),
  SECTION (payment, MUST, FALSE),   SECTION (carry_over, MAY, FALSE),
  SECTION (unspent, MAY, FALSE),    SECTION (plan, MAY, FALSE),
  SECTION (forecast, MAY, FALSE),   SECTION (contract, MAY, TRUE),
  SECTION (acceptance, MAY, FALSE),
};

static void
load_overspend (HxLoader *loader, const HxNode *root, HxBudgetView *view)
{
  const char *word = hx_node_text (loader, root, "overspend");

  if (word == NULL)
    return;
  view->warns_overspend = strcmp (word, "warn") == 0;
  if (!view->warns_overspend && strcmp (word, "refuse") != 0)
    hx_fault (loader, hx_node_get (root, "overspend"),
              g_strdup_printf (_ ("不认识的写法“%s”"), word),
              _ ("写 refuse（不收）或 warn（提醒）"));
}

void
hx_budget_view_load (HxLoader *loader, const HxNode *root)
{
  static const char *const settings[] = { "overspend", NULL };
  static const HxSections all = { sections, G_N_ELEMENTS (sections), settings };
  HxBudgetView *view = g_new0 (HxBudgetView, 1);

  loader->catalogue->budget = view;
  hx_sections_load (loader, root, &all, view);
  if (root->kind == HX_NODE_MAPPING)
    load_overspend (loader, root, view);
}

const HxBudgetView *
hx_catalogue_budget (const HxCatalogue *catalogue)
{
  return catalogue->budget;
}
