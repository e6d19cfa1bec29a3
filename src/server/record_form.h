/* record_form: the form of a row of any kind, from the catalogue, and what
 * becomes of what is sent with it.
 *
 * A page with such a form has two routes of one path: GET shows it, POST takes
 * it.  The route of the POST lists HX_RECORD_FORM_PARAMETERS among its
 * parameters and has the flag HX_ROUTE_UPLOAD.
 *
 *   static gboolean
 *   show (HxCall *call, const HxEdit *edit, const HxRow *row, GError **error)
 *   {
 *     HxHtml *html = hx_page_begin (…);
 *     const HxRecordForm form = { .kind = kind, .row = row, .edit = edit,
 *                                 .action = url };
 *     if (!hx_record_form (html, call, &form, error))
 *       return hx_html_free (html), FALSE;
 *     return hx_page_end (call, html);
 *   }
 *   static gboolean
 *   take (HxCall *call, GError **error)
 *   {
 *     g_autoptr (HxEdit) edit = hx_edit_new (kind, id);
 *     if (!hx_record_form_take (call, edit, error))
 *       return FALSE;
 *     if (!edit->is_done)
 *       return show (call, edit, row, error);
 *     return hx_call_redirect (call, url, _ ("已保存"));
 *   }
 *
 * HxPageHead.status of the form shown again: hx_record_form_status (edit).
 *
 * What the user may not change is left out.  Masked fields are empty, with what
 * is known of them beside; left empty they stay as they are.  A register of few
 * rows is chosen from a list, the rows of others are written as people call
 * them, and are offered when there are several of that name.
 */
#ifndef HX_SERVER_RECORD_FORM_H
#define HX_SERVER_RECORD_FORM_H

#include "ledger/edit.h"
#include "server/page.h"

G_BEGIN_DECLS

#define HX_RECORD_FORM_PARAMETERS                                              \
  { "f", HX_IN_FORM, HX_TYPE_VALUES, 0, .what = N_ ("各栏") },                 \
      { "version", HX_IN_FORM, HX_TYPE_INTEGER, 0,                             \
        .what = N_ ("所见的版本") },                                           \
      { "from", HX_IN_FORM, HX_TYPE_DATE, 0, .what = N_ ("变动之日") },        \
      { "correction", HX_IN_FORM, HX_TYPE_BOOL, 0, .what = N_ ("是更正") },    \
      { "repeat", HX_IN_FORM, HX_TYPE_BOOL, 0,                                 \
        .what = N_ ("相近的仍要登记") },                                       \
  {                                                                            \
    "clear", HX_IN_FORM, HX_TYPE_TEXT, HX_MANY, .what = N_ ("清空的栏")        \
  }

typedef struct
{
  const HxKind *kind;
  const HxRow *row;   /* NULL: a new one */
  const HxEdit *edit; /* that was refused, or NULL */
  const char *action; /* address that it is sent to */
  const char *submit; /* words of the button; NULL: 保存 */
  /* Keys of the fields to show, in the catalogue's order; NULL: all of them.
   * A required one that is left out must be in `hidden`. */
  const char *const *only;
  /* Pairs of key and cell, NULL behind the last: what a new row begins with;
   * what is sent with the form without being shown. */
  const char *const *preset, *const *hidden;
} HxRecordForm;

/* The whole element form; errors are the store's. */
gboolean hx_record_form (HxHtml *html, HxCall *call, const HxRecordForm *form,
                         GError **error);
/* Cells, version, effect and files of the call into the edit, which is then
 * run.  FALSE: *error is of the store, or that the user may not write the kind
 * or reach the row.  A refused edit is TRUE without is_done. */
gboolean hx_record_form_take (HxCall *call, HxEdit *edit, GError **error);
/* The same without the files and without running it. */
gboolean hx_record_form_read (HxCall *call, HxEdit *edit, GError **error);
/* 409 of what is stale or like others, else 422; 200 of none. */
guint hx_record_form_status (const HxEdit *edit);

/* For programs: the cells of the call's HX_TYPE_VALUES and the user's reach,
 * nothing else. */
gboolean hx_record_form_cells (HxCall *call, HxEdit *edit, GError **error);

typedef enum
{
  HX_RECORD_VOID,
  HX_RECORD_APPROVE,
  HX_RECORD_RETURN
} HxRecordDecision;

/* Written by the call's parameters kind, id, version and, but for APPROVE,
 * reason. */
gboolean hx_record_decide (HxCall *call, HxRecordDecision decision,
                           GError **error);

/* Rows that a cell may mean, likely first: gint64. */
GArray *hx_record_candidates (HxCall *call, const HxKind *kind,
                              const char *text, guint limit, GError **error);
/* May the user do that with the kind?  What may not even be read is not found,
 * else the error says what is missing. */
gboolean hx_record_may (HxCall *call, HxAct act, const HxKind *kind,
                        GError **error);

G_END_DECLS

#endif
