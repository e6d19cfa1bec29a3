/* The form itself: fields in their groups, notices above them. */
#include "server/record_form_internal.h"

#include "ledger/secret.h"

#include <string.h>

/* ----------------------------------------------------------------- notices */

static char *
say_meanwhile (const HxMeanwhile *meanwhile)
{
  g_autofree char *at = hx_record_time (meanwhile->at);

  if (meanwhile->field == NULL)
    return g_strdup_printf (_ ("%s 于 %s 动过这一行"), meanwhile->actor, at);
  return g_strdup_printf (_ ("%s 于 %s 把“%s”由“%s”改成了“%s”"),
                          meanwhile->actor, at, meanwhile->field->name,
                          *meanwhile->was != '\0' ? meanwhile->was : _ ("空"),
                          *meanwhile->is != '\0' ? meanwhile->is : _ ("空"));
}

static void
show_stale (HxHtml *html, const HxEdit *edit)
{
  hx_part_notice (html, HX_TONE_WARN,
                  _ ("您填写的时候，别人改了这一行，所以还没有保存。下面已换成"
                     "现在的内容，您改过的栏保留您写的；核对后再保存一次。"));
  hx_html_open (html, "ul", NULL);
  for (guint i = 0; i < edit->meanwhile->len; i++)
    {
      g_autofree char *text = say_meanwhile (edit->meanwhile->pdata[i]);

      hx_html_element (html, "li", text, NULL);
    }
  hx_html_close (html, "ul");
}

static void
show_alike (HxHtml *html, const HxEdit *edit)
{
  g_autofree char *text = g_strdup_printf (
      _ ("同一个人、同一天已经登记了 %u 条，所以还没有保存。确实是另一件事，"
         "就再按一次保存。"),
      edit->alike->len);

  hx_part_notice (html, HX_TONE_WARN, text);
  hx_html_open (html, "ul", NULL);
  for (guint i = 0; i < edit->alike->len; i++)
    {
      const gint64 id = g_array_index (edit->alike, gint64, i);
      g_autofree char *url = g_strdup_printf ("/ledgers/%s/%" G_GINT64_FORMAT,
                                              edit->kind->key, id);

      hx_html_open (html, "li", NULL);
      hx_html_open (html, "a", "href", url, NULL);
      hx_html_textf (html, "%s %" G_GINT64_FORMAT, edit->kind->name, id);
      hx_html_close (html, "a");
      hx_html_close (html, "li");
    }
  hx_html_close (html, "ul");
}

static void
show_row_fault (HxHtml *html, const HxEdit *edit)
{
  g_autofree char *fault = hx_edit_fault_of (edit, NULL);
  g_autofree char *url = NULL;

  if (fault == NULL)
    return;
  hx_part_notice (html, HX_TONE_BAD, fault);
  if (edit->same == 0)
    return;
  url = g_strdup_printf ("/ledgers/%s/%" G_GINT64_FORMAT, edit->kind->key,
                         edit->same);
  hx_html_open (html, "p", NULL);
  hx_part_action (html, url, _ ("打开已有的那一条"), FALSE);
  hx_html_close (html, "p");
}

static void
show_notices (HxHtml *html, const HxEdit *edit)
{
  if (edit == NULL)
    return;
  if (edit->is_stale)
    show_stale (html, edit);
  if (edit->alike->len > 0)
    show_alike (html, edit);
  show_row_fault (html, edit);
}

/* ------------------------------------------------------------------ fields */

static const char *
pair_of (const char *const *pairs, const char *key)
{
  for (; pairs != NULL && pairs[0] != NULL; pairs += 2)
    if (strcmp (pairs[0], key) == 0)
      return pairs[1];
  return NULL;
}

static gboolean
is_shown (const HxRecordForm *form, const HxIdentity *identity,
          const HxField *field)
{
  return (form->only == NULL || g_strv_contains (form->only, field->key))
         && pair_of (form->hidden, field->key) == NULL
         && hx_identity_changes (identity, form->kind, field);
}

/* "#12" of a link; nothing of a row that the user does not reach. */
static char *
linked_cell (const HxRecordInput *input, const char *preset, GError **error)
{
  const HxKind *target = input->field->target;
  const gint64 id = g_ascii_strtoll (preset + 1, NULL, 10);
  g_autoptr (HxRow) row = hx_row_new (target);
  g_autoptr (GError) failed = NULL;

  if (hx_row_load (input->connection, row, id, &failed)
      && hx_identity_reaches (hx_call_identity (input->call), row))
    return hx_reference_cell (input->connection, target, id, error);
  if (failed == NULL || g_error_matches (failed, HX_ERROR, HX_ERROR_NOT_FOUND))
    return g_strdup ("");
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

/* What stands in the input: what was sent, what the row holds, what a new row
 * begins with.  NULL with *error. */
static char *
cell_of (const HxRecordInput *input, GError **error)
{
  const HxRecordForm *form = input->form;
  const HxField *field = input->field;
  const char *preset;

  if (form->edit != NULL && form->edit->cells[field->index] != NULL)
    return g_strdup (form->edit->cells[field->index]);
  if (form->row != NULL)
    return input->is_masked
               ? g_strdup ("")
               : hx_value_cell (input->connection, form->row, field, error);
  preset = pair_of (form->preset, field->key);
  if (preset == NULL && form->edit == NULL)
    preset = field->default_text;
  if (preset != NULL && field->type == HX_FIELD_CHOICE)
    {
      const HxCode *code = hx_code_find (field->codes, preset);

      preset = code != NULL ? code->code : preset;
    }
  if (preset != NULL && field->type == HX_FIELD_REF && *preset == '#')
    return linked_cell (input, preset, error);
  return g_strdup (preset != NULL ? preset : "");
}

static gboolean
show_field (HxHtml *html, HxRecordInput *input, GError **error)
{
  const HxRecordForm *form = input->form;
  const HxField *field = input->field;

  input->is_masked
      = form->row != NULL && form->row->values[field->index].filled
        && hx_field_is_masked (form->kind, field, HX_AUDIENCE_INSIDE);
  input->cell = cell_of (input, error);
  if (input->cell == NULL)
    return FALSE;
  input->name = g_strconcat ("f.", field->key, NULL);
  input->fault
      = form->edit != NULL ? hx_edit_fault_of (form->edit, field) : NULL;
  return hx_record_input (html, input, error);
}

static void
input_clear (HxRecordInput *input)
{
  g_clear_pointer (&input->cell, g_free);
  g_clear_pointer (&input->name, g_free);
  g_clear_pointer (&input->fault, g_free);
}

static void
change_group (HxHtml *html, const char **group, const char *next)
{
  if (next == NULL || g_strcmp0 (*group, next) == 0)
    return;
  if (*group != NULL)
    hx_html_close (html, "fieldset");
  hx_html_open (html, "fieldset", "class", "group", NULL);
  hx_html_element (html, "legend", next, NULL);
  *group = next;
}

static gboolean
show_fields (HxHtml *html, HxCall *call, HxConnection *connection,
             const HxRecordForm *form, GError **error)
{
  const HxIdentity *identity = hx_call_identity (call);
  const char *group = NULL;
  gboolean done = TRUE;

  for (guint i = 0; done && i < form->kind->fields->len; i++)
    {
      HxRecordInput input = { .call = call,
                              .connection = connection,
                              .form = form,
                              .field = form->kind->fields->pdata[i] };

      if (!is_shown (form, identity, input.field))
        continue;
      change_group (html, &group, input.field->group);
      done = show_field (html, &input, error);
      input_clear (&input);
    }
  if (group != NULL)
    hx_html_close (html, "fieldset");
  return done;
}

/* ---------------------------------------------------------------- the rest */

static gboolean
moves_dated (const HxRecordForm *form, const HxIdentity *identity)
{
  for (guint i = 0; form->row != NULL && i < form->kind->fields->len; i++)
    {
      const HxField *field = form->kind->fields->pdata[i];

      if (field->dated && is_shown (form, identity, field))
        return TRUE;
    }
  return FALSE;
}

static void
show_effect (HxHtml *html, HxCall *call, const HxRecordForm *form)
{
  const HxDate day
      = form->edit != NULL ? form->edit->effect.from : (HxDate){ 0 };
  char text[HX_DATE_TEXT_SIZE] = "";

  if (!moves_dated (form, hx_call_identity (call)))
    return;
  if (day.year != 0)
    hx_date_format (day, text);
  hx_html_open (html, "fieldset", "class", "group", NULL);
  hx_html_element (html, "legend", _ ("变动从何时起"), NULL);
  hx_form_input (
      html, &(HxInput){ .name = "from",
                        .label = _ ("变动之日"),
                        .type = "date",
                        .value = text,
                        .hint = _ ("改了街道、支部、类别等会变动的栏才要填；"
                                   "空着就是今天") });
  hx_form_input (
      html, &(HxInput){ .name = "correction",
                        .label = _ ("原来登记的有误，这是更正，不算变动"),
                        .type = "checkbox",
                        .value
                        = form->edit != NULL && form->edit->effect.is_correction
                              ? "1"
                              : NULL });
  hx_html_close (html, "fieldset");
}

static void
hide (HxHtml *html, const char *name, const char *value)
{
  hx_form_input (html,
                 &(HxInput){ .name = name, .type = "hidden", .value = value });
}

static void
show_hidden (HxHtml *html, const HxRecordForm *form)
{
  const gint64 version = form->edit != NULL  ? form->edit->version
                         : form->row != NULL ? form->row->version
                                             : 0;
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, version);

  if (form->row != NULL)
    hide (html, "version", text);
  if (form->edit != NULL && form->edit->alike->len > 0)
    hide (html, "repeat", "1");
  for (const char *const *pair = form->hidden; pair != NULL && *pair != NULL;
       pair += 2)
    {
      g_autofree char *name = g_strconcat ("f.", pair[0], NULL);

      hide (html, name, pair[1]);
    }
}

static gboolean
takes_files (const HxRecordForm *form, const HxIdentity *identity)
{
  for (guint i = 0; i < form->kind->fields->len; i++)
    {
      const HxField *field = form->kind->fields->pdata[i];

      if (field->type == HX_FIELD_EVIDENCE && is_shown (form, identity, field))
        return TRUE;
    }
  return FALSE;
}

gboolean
hx_record_form (HxHtml *html, HxCall *call, const HxRecordForm *form,
                GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  const char *submit = form->submit != NULL ? form->submit : _ ("保存");
  const HxForm head
      = { .action = form->action,
          .method = HX_METHOD_POST,
          .with_files = takes_files (form, hx_call_identity (call)) };

  if (connection == NULL)
    return FALSE;
  show_notices (html, form->edit);
  hx_form_begin (html, call, &head);
  show_hidden (html, form);
  if (!show_fields (html, call, connection, form, error))
    return FALSE;
  show_effect (html, call, form);
  if (form->edit != NULL && form->edit->alike->len > 0)
    submit = _ ("仍要保存");
  hx_form_submit (html, submit, HX_TONE_GOOD);
  hx_form_end (html);
  return TRUE;
}

guint
hx_record_form_status (const HxEdit *edit)
{
  if (edit == NULL)
    return 200;
  return edit->is_stale || edit->alike->len > 0 ? 409 : 422;
}
