/* What commands on an installed database share. */
#ifndef HX_CLI_SESSION_H
#define HX_CLI_SESSION_H

#include "cli/cli.h"
#include "ledger/history.h"
#include "measure/measure.h"

G_BEGIN_DECLS

/* Open --db and the catalogue that it carries (the caller's reference). */
HxStore *hx_cli_open_catalogue (HxCli *cli, HxCatalogue **catalogue,
                                GError **error);
/* What a command that reads works on: everything in it is of one moment. */
typedef struct
{
  HxCatalogue *catalogue;
  HxStore *store;
  HxReader *reader;
  HxConnection *connection; /* of the reader */
} HxCliReading;
gboolean hx_cli_read (HxCli *cli, HxCliReading *reading, GError **error);
void hx_cli_reading_clear (HxCliReading *reading);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxCliReading, hx_cli_reading_clear)
/* A kind by key, name or alias; the error lists what there is. */
const HxKind *hx_cli_kind (HxCatalogue *catalogue, const char *name,
                           GError **error);
/* HONGXIA_USER, else the login name; `request` is borrowed. */
HxAuthor hx_cli_author (const char *request);
gboolean hx_cli_year (const char *text, int *year, GError **error);
/* --as-of and --unit; NULL leaves what they point at as it is. */
gboolean hx_cli_as_of (const char *text, HxDate *date, GError **error);
/* --from and --correction; `from` may be NULL. */
gboolean hx_cli_effect (const char *from, gboolean is_correction,
                        HxEffect *effect, GError **error);
gboolean hx_cli_unit (const HxCliReading *reading, const char *name,
                      gint64 *unit_id, GError **error);
/* What figures and trace let a user choose; strings are g_free'd by clear. */
typedef struct
{
  char *as_of, *unit;
  int month;
} HxCliPeriod;
#define HX_CLI_PERIOD_ENTRIES(choice)                                          \
  { "as-of", 0, 0, G_OPTION_ARG_STRING, &(choice)->as_of, NULL, NULL },        \
      { "unit", 0, 0, G_OPTION_ARG_STRING, &(choice)->unit, NULL, NULL },      \
  {                                                                            \
    "month", 0, 0, G_OPTION_ARG_INT, &(choice)->month, NULL, NULL              \
  }
void hx_cli_period_clear (HxCliPeriod *choice);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxCliPeriod, hx_cli_period_clear)
/* period->year is set; the rest follows the choice. */
gboolean hx_cli_period (const HxCliReading *reading, const HxCliPeriod *choice,
                        HxPeriod *period, GError **error);
/* "aes", "sm4" or a full name. */
gboolean hx_cli_cipher (const char *name, HxCipher *cipher, GError **error);
gboolean hx_cli_row_id (const char *text, gint64 *id, GError **error);
/* What a write took but a user should look at: to standard error. */
void hx_cli_warn (const GPtrArray *warnings, guint64 count);
/* The catalogue that the binary carries. */
HxBundle *hx_cli_shipped_catalogue (GError **error);

G_END_DECLS

#endif
