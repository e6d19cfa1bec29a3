/* Showing what is masked: --reveal FIELD[,FIELD] --reason TEXT.
 *
 *   g_auto (HxCliReveal) reveal = { 0 };
 *   entries: HX_CLI_REVEAL_ENTRIES (&reveal),
 *   hx_cli_reveal_choose (&reveal, kind, error)
 *   hx_cli_reveal_log (&reveal, store, catalogue, row, count, error)
 *   hx_value_display (connection, row, field,
 *                     hx_cli_audience (&reveal, field), error)
 *
 * Log before the connection that reads is made or anything is printed. */
#ifndef HX_CLI_REVEAL_H
#define HX_CLI_REVEAL_H

#include "cli/session.h"
#include "ledger/secret.h"

G_BEGIN_DECLS

typedef struct
{
  char *fields, *reason; /* as the options give them, or NULL */
  const HxKind *kind;
  GPtrArray *chosen; /* HxField, borrowed; NULL: nothing is asked for */
} HxCliReveal;

#define HX_CLI_REVEAL_ENTRIES(choice)                                          \
  { "reveal", 0, 0, G_OPTION_ARG_STRING, &(choice)->fields, NULL, NULL },      \
  {                                                                            \
    "reason", 0, 0, G_OPTION_ARG_STRING, &(choice)->reason, NULL, NULL         \
  }

void hx_cli_reveal_clear (HxCliReveal *reveal);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxCliReveal, hx_cli_reveal_clear)
/* Fields by key or name; an error names those of the kind that are masked. */
gboolean hx_cli_reveal_choose (HxCliReveal *reveal, const HxKind *kind,
                               GError **error);
/* One entry in the change log, if anything is asked for: of a row, or of a
 * list (row 0) of `count` rows. */
gboolean hx_cli_reveal_log (const HxCliReveal *reveal, HxStore *store,
                            HxCatalogue *catalogue, gint64 row, gint64 count,
                            GError **error);
/* Who this field of the kind is shown to. */
HxAudience hx_cli_audience (const HxCliReveal *reveal, const HxField *field);

G_END_DECLS

#endif
