/* links: addresses of pages that many others lead to, and small parts that
 * lists of people share.
 *
 * Ownership: what is returned is the caller's.
 */
#ifndef HX_SERVER_LINKS_H
#define HX_SERVER_LINKS_H

#include "server/page.h"
#include "server/shown.h"

G_BEGIN_DECLS

/* /people/12 of the register that files are kept of, else the ledger's page
 * of the row; NULL when the user may not read the kind. */
char *hx_link_row (const HxCall *call, const HxKind *kind, gint64 id);
/* The form of a new record about a row, which it refers to by `reference`;
 * `code` (or NULL) fills the field of it. NULL when the user may not write. */
typedef struct
{
  const HxKind *kind;
  const HxField *reference;
  gint64 row;
  const HxField *field; /* or NULL */
  const char *value;
  const char *back; /* address to come back to, or NULL */
} HxNewRecord;
char *hx_link_new (const HxCall *call, const HxNewRecord *record);

/* Options of a choice of units within the scope, "" for all of them first. */
typedef struct
{
  GArray *options; /* HxOption, NULL at the end */
  GStringChunk *texts;
} HxUnitChoice;
gboolean hx_unit_choice (HxShown *shown, HxUnitChoice *choice, GError **error);
void hx_unit_choice_clear (HxUnitChoice *choice);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxUnitChoice, hx_unit_choice_clear)

/* "12", or "" of 0: for inputs. */
char *hx_number_text (gint64 number);
void hx_grid_number (HxGrid *grid, gint64 number);
/* A cell with a number that leads to what it counts; 0 leads nowhere. */
void hx_grid_count (HxGrid *grid, gint64 number, const char *url);
/* 2023年3月5日, nothing of year 0. */
void hx_grid_date (HxGrid *grid, HxDate date);

G_END_DECLS

#endif
