#include "server/year_form.h"

void
hx_year_form_clear (HxYearForm *form)
{
  char **const texts[] = { &form->title, &form->lead, &form->action,
                           &form->back, &form->back_name };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
  g_clear_pointer (&form->preset, g_ptr_array_unref);
  g_clear_pointer (&form->hidden, g_ptr_array_unref);
}

static void
add_pair (GPtrArray **pairs, const HxField *field, const char *value)
{
  if (field == NULL || value == NULL)
    return;
  if (*pairs == NULL)
    *pairs = g_ptr_array_new_null_terminated (4, g_free, TRUE);
  g_ptr_array_add (*pairs, g_strdup (field->key));
  g_ptr_array_add (*pairs, g_strdup (value));
}

void
hx_year_form_preset (HxYearForm *form, const HxField *field, const char *value)
{
  add_pair (&form->preset, field, value);
}

void
hx_year_form_hide (HxYearForm *form, const HxField *field, const char *value)
{
  add_pair (&form->hidden, field, value);
}

void
hx_year_form_preset_day (HxYearForm *form, const HxField *field, HxDate day)
{
  char text[HX_DATE_TEXT_SIZE];
  hx_date_format (day, text);
  add_pair (&form->preset, field, text);
}

void
hx_year_form_hide_row (HxYearForm *form, const HxField *field, gint64 id)
{
  g_autofree char *text = g_strdup_printf ("#%" G_GINT64_FORMAT, id);
  add_pair (&form->hidden, field, text);
}

static const char *const *
pairs_of (const GPtrArray *pairs)
{
  return pairs != NULL ? (const char *const *)pairs->pdata : NULL;
}

/* NULL without *error: it is a new one. */
static gboolean
load_row (HxCall *call, const HxYearForm *form, HxRow **row, GError **error)
{
  HxConnection *connection;
  if (form->id == 0)
    return TRUE;
  connection = hx_call_connection (call, error);
  if (connection == NULL)
    return FALSE;
  *row = hx_row_new (form->kind);
  if (!hx_row_load (connection, *row, form->id, error))
    return FALSE;
  if (!(*row)->is_void && hx_identity_reaches (hx_call_identity (call), *row))
    return TRUE;
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这一行"), form->kind->name,
                  NULL);
}

static gboolean
show (HxCall *call, const HxYearForm *form, const HxEdit *edit, GError **error)
{
  const HxPageHead head
      = { .title = form->title,
          .at = form->at,
          .lead = form->lead,
          .back = form->back,
          .back_name = form->back_name,
          .status = edit != NULL ? hx_record_form_status (edit) : 0 };
  g_autoptr (HxRow) row = NULL;
  g_autoptr (HxHtml) html = NULL;
  const HxRecordForm part = { .kind = form->kind,
                              .edit = edit,
                              .action = form->action,
                              .only = form->only,
                              .preset = pairs_of (form->preset),
                              .hidden = pairs_of (form->hidden) };
  HxRecordForm whole = part;
  if (!load_row (call, form, &row, error))
    return FALSE;
  whole.row = row;
  html = hx_page_begin (call, &head);
  if (!hx_record_form (html, call, &whole, error))
    return FALSE;
  return hx_page_end (call, g_steal_pointer (&html));
}

gboolean
hx_year_form (HxCall *call, const HxYearForm *form, GError **error)
{
  g_autoptr (HxEdit) edit = NULL;
  if (!hx_record_may (call, HX_ACT_WRITE, form->kind, error))
    return FALSE;
  if (hx_call_request (call)->method != HX_METHOD_POST)
    return show (call, form, NULL, error);
  edit = hx_edit_new (form->kind, form->id);
  if (!hx_record_form_take (call, edit, error))
    return FALSE;
  if (!edit->is_done)
    return show (call, form, edit, error);
  return hx_call_redirect (call, form->back,
                           form->said != NULL ? form->said : _ ("已保存"));
}
