/* What `budget` shows: the parts of its answer as text. */
#ifndef HX_CLI_BUDGET_SHOW_H
#define HX_CLI_BUDGET_SHOW_H

#include "budget/answer.h"
#include "cli/session.h"

G_BEGIN_DECLS

/* One row of the money table: a line, a row of a cut. */
typedef struct
{
  const char *key, *name;
  HxMoney money;
} HxCliMoneyRow;

/* The width of a column of numbers: its label stands apart from the others. */
guint hx_cli_number_width (const char *label);
/* The table in 万元, with the sum of its rows; what is shown adds up.  Of a
 * year that is not over what is left is not called missing. */
void hx_cli_money_table (const char *heading, const GArray *rows,
                         gboolean is_over);

void hx_cli_months_table (const GArray *months);
void hx_cli_contracts_table (const GPtrArray *contracts);
/* Findings one a line. */
void hx_cli_findings_list (const GPtrArray *findings);

G_END_DECLS

#endif
