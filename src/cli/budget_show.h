/* What `budget` shows: the parts of its answer, each as text and as JSON. */
#ifndef HX_CLI_BUDGET_SHOW_H
#define HX_CLI_BUDGET_SHOW_H

#include "budget/budget.h"
#include "cli/session.h"

G_BEGIN_DECLS

/* One row of the money table: a line, a row of a cut. */
typedef struct
{
  const char *key, *name;
  HxMoney money;
} HxCliMoneyRow;

/* "95.06%", "–" where there is nothing to divide by. */
char *hx_cli_rate (gint64 part, gint64 whole);
/* 1/10000 as "95.06%". */
char *hx_cli_progress_share (gint64 share);
/* The width of a column of numbers: its label stands apart from the others. */
guint hx_cli_number_width (const char *label);
/* The table in 万元, with the sum of its rows; what is shown adds up.  Of a
 * year that is not over what is left is not called missing. */
void hx_cli_money_table (const char *heading, const GArray *rows,
                         gboolean is_over);
void hx_cli_money_json (HxJson *json, const HxMoney *money);

void hx_cli_months_table (const GArray *months);
void hx_cli_months_json (HxJson *json, const GArray *months);
void hx_cli_contracts_table (const GPtrArray *contracts);
void hx_cli_contracts_json (HxJson *json, const GPtrArray *contracts);
/* Findings one a line. */
void hx_cli_findings_list (const GPtrArray *findings);
void hx_cli_findings_json (HxJson *json, const char *key,
                           const GPtrArray *findings);

G_END_DECLS

#endif
