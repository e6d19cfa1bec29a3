/* year_form: a page that is one record form, about one thing of the year: what
 * a late milestone asks, where money went, what a warning is answered with.
 *
 * GET and POST of one path have the same handler: it fills in a HxYearForm and
 * calls hx_year_form, which shows the form, or takes it and goes back.
 *
 * Ownership: texts are the form's; clear frees them.
 */
#ifndef HX_SERVER_YEAR_FORM_H
#define HX_SERVER_YEAR_FORM_H

#include "server/record_form.h"
#include "server/year_part.h"

G_BEGIN_DECLS

typedef struct
{
  const HxKind *kind;
  gint64 id;                  /* of the row that is changed; 0: a new one */
  const char *at;             /* the lit entry of the navigation */
  char *title;                /* of the page */
  char *lead;                 /* what it is about; or NULL */
  char *action;               /* its own address */
  char *back, *back_name;     /* where it goes on */
  const char *said;           /* what is said there */
  const char *const *only;    /* as in HxRecordForm */
  GPtrArray *preset, *hidden; /* pairs of char *; NULL: none */
} HxYearForm;

void hx_year_form_clear (HxYearForm *form);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxYearForm, hx_year_form_clear)

/* What a new row begins with, and what is sent unseen; value NULL: nothing.
 * The value is copied. */
void hx_year_form_preset (HxYearForm *form, const HxField *field,
                          const char *value);
void hx_year_form_hide (HxYearForm *form, const HxField *field,
                        const char *value);
/* The same with a day, and with a reference to a row. */
void hx_year_form_preset_day (HxYearForm *form, const HxField *field,
                              HxDate day);
void hx_year_form_hide_row (HxYearForm *form, const HxField *field, gint64 id);

gboolean hx_year_form (HxCall *call, const HxYearForm *form, GError **error);

G_END_DECLS

#endif
