/* What the commands on duties let a user choose. */
#ifndef HX_CLI_DUTY_QUERY_H
#define HX_CLI_DUTY_QUERY_H

#include "cli/session.h"
#include "duty/duty.h"

G_BEGIN_DECLS

/* Strings are g_free'd by clear. */
typedef struct
{
  char *as_of, *unit, *duty, *by;
} HxCliDuty;
#define HX_CLI_DUTY_ENTRIES(choice)                                            \
  { "as-of", 0, 0, G_OPTION_ARG_STRING, &(choice)->as_of, NULL, NULL },        \
      { "unit", 0, 0, G_OPTION_ARG_STRING, &(choice)->unit, NULL, NULL },      \
      { "by", 0, 0, G_OPTION_ARG_STRING, &(choice)->by, NULL, NULL },          \
  {                                                                            \
    "duty", 0, 0, G_OPTION_ARG_STRING, &(choice)->duty, NULL, NULL             \
  }
void hx_cli_duty_clear (HxCliDuty *choice);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxCliDuty, hx_cli_duty_clear)
/* query->as_of is set and stays when nothing else was chosen; the texts of the
 * query are borrowed from choice and catalogue. */
gboolean hx_cli_duty_query (const HxCliReading *reading,
                            const HxCliDuty *choice, HxDutyQuery *query,
                            GError **error);

G_END_DECLS

#endif
