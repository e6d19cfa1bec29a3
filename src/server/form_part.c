/* Forms.
 *
 * Identifiers come from the names of fields; where a page has two forms with a
 * field of one name, the later ones are numbered, so that every label and
 * every description finds its own.
 *
 * The list of faults stands at the head of a form and is known at its end: it
 * is put in there, behind the opening tag. */
#include "server/html_internal.h"
#include "server/page.h"

#include <string.h>

/* What an input is called on this page. */
typedef struct
{
  char *id;
  char *hint;      /* id of the hint, or NULL */
  char *fault;     /* id of the fault, or NULL */
  char *described; /* both, or NULL */
} Names;

static void
names_clear (Names *names)
{
  g_free (names->id);
  g_free (names->hint);
  g_free (names->fault);
  g_free (names->described);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Names, names_clear)

static char *
new_id (HxHtml *html, const char *name)
{
  guint uses;

  if (html->uses == NULL)
    html->uses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  uses = GPOINTER_TO_UINT (g_hash_table_lookup (html->uses, name)) + 1;
  g_hash_table_insert (html->uses, g_strdup (name), GUINT_TO_POINTER (uses));
  if (uses == 1)
    return g_strconcat ("i-", name, NULL);
  return g_strdup_printf ("i-%s-%u", name, uses);
}

static void
names_init (Names *names, HxHtml *html, const HxInput *input)
{
  names->id = new_id (html, input->name);
  if (input->hint != NULL)
    names->hint = g_strconcat (names->id, "-hint", NULL);
  if (input->fault != NULL)
    names->fault = g_strconcat (names->id, "-fault", NULL);
  if (names->hint != NULL && names->fault != NULL)
    names->described = g_strconcat (names->hint, " ", names->fault, NULL);
  else
    names->described
        = g_strdup (names->hint != NULL ? names->hint : names->fault);
}

static const char *
flag (gboolean is_set)
{
  return is_set ? "" : NULL;
}

/* --------------------------------------------------------------- the faults */

static void
note_fault (HxHtml *html, const char *id, const char *label, const char *text)
{
  if (html->form == 0)
    return;
  if (html->faults == NULL)
    html->faults = g_string_new (NULL);
  g_string_append (html->faults, "<li>");
  if (id != NULL)
    {
      g_string_append (html->faults, "<a href=\"#");
      hx_html_escape (html->faults, id, strlen (id));
      g_string_append (html->faults, "\">");
      hx_html_escape (html->faults, label, strlen (label));
      g_string_append (html->faults, "</a>");
      g_string_append (html->faults, _ ("："));
    }
  hx_html_escape (html->faults, text, strlen (text));
  g_string_append (html->faults, "</li>");
}

/* Puts the list where the form began. */
static void
place_faults (HxHtml *html)
{
  g_autoptr (HxHtml) list = NULL;

  if (html->faults == NULL)
    return;
  list = hx_html_new ();
  hx_html_open (list, "div", "class", "faults", "role", "alert", "tabindex",
                "-1", NULL);
  hx_html_element (list, "p", _ ("还没有保存，请改正下面这些："), NULL);
  hx_html_open (list, "ul", NULL);
  hx_html_trusted (list, html->faults->str, (gssize)html->faults->len);
  hx_html_close (list, "ul");
  hx_html_close (list, "div");
  g_string_insert_len (html->out, (gssize)html->form, list->out->str,
                       (gssize)list->out->len);
  g_string_free (html->faults, TRUE);
  html->faults = NULL;
}

/* ------------------------------------------------------------------ the form
 */

static gboolean
was_sent_here (const HxCall *call, const HxForm *form)
{
  const HxRequest *request = hx_call_request (call);
  gsize size = strcspn (form->action, "?#");

  return form->method == HX_METHOD_POST && request->method == HX_METHOD_POST
         && strlen (request->path) == size
         && strncmp (form->action, request->path, size) == 0;
}

void
hx_form_begin (HxHtml *html, HxCall *call, const HxForm *form)
{
  gboolean is_post = form->method == HX_METHOD_POST;
  g_autofree char *live
      = form->live != NULL ? g_strconcat ("#", form->live, NULL) : NULL;

  hx_html_open (
      html, "form", "action", form->action, "method", is_post ? "post" : "get",
      "enctype", form->with_files ? "multipart/form-data" : NULL, "id",
      form->id, "class", is_post ? "form" : "form line", "data-files",
      flag (form->with_files), "data-confirm", form->confirm, "hx-get",
      live != NULL ? form->action : NULL, "hx-trigger",
      live != NULL ? "input delay:250ms, submit" : NULL, "hx-target", live,
      "hx-select", live, "hx-swap", live != NULL ? "outerHTML" : NULL,
      "hx-sync", live != NULL ? "this:replace" : NULL, "hx-replace-url",
      live != NULL ? "true" : NULL, NULL);
  html->form = html->out->len;
  if (!is_post)
    return;
  hx_html_void (html, "input", "type", "hidden", "name", "csrf", "value",
                hx_call_csrf (call), NULL);
  if (was_sent_here (call, form) && hx_call_fault (call, NULL) != NULL)
    note_fault (html, NULL, NULL, hx_call_fault (call, NULL));
}

void
hx_form_end (HxHtml *html)
{
  place_faults (html);
  html->form = 0;
  hx_html_close (html, "form");
}

/* ---------------------------------------------------------------- the inputs
 */

static void
write_label (HxHtml *html, const HxInput *input)
{
  hx_html_text (html, input->label);
  if (!input->required)
    return;
  hx_html_text (html, " ");
  hx_html_element (html, "span", _ ("必填"), "class", "required", NULL);
}

static void
write_notes (HxHtml *html, const HxInput *input, const Names *names)
{
  if (names->hint != NULL)
    hx_html_element (html, "p", input->hint, "class", "hint", "id", names->hint,
                     NULL);
  if (names->fault == NULL)
    return;
  hx_html_open (html, "p", "class", "fault", "id", names->fault, NULL);
  hx_html_element (html, "span", "✕ ", "aria-hidden", "true", NULL);
  hx_html_text (html, input->fault);
  hx_html_close (html, "p");
}

/* Is it the value, or one of the lines of it? */
static gboolean
is_chosen (const HxInput *input, const char *value)
{
  const char *line = input->value;
  gsize size = strlen (value);

  while (line != NULL)
    {
      gsize length = strcspn (line, "\n");

      if (length == size && strncmp (line, value, size) == 0)
        return TRUE;
      line = line[length] == '\n' ? line + length + 1 : NULL;
    }
  return FALSE;
}

static void
write_plain (HxHtml *html, const HxInput *input, const Names *names)
{
  gboolean is_file = g_strcmp0 (input->type, "file") == 0;
  gboolean is_password = g_strcmp0 (input->type, "password") == 0;
  /* Browsers spin numbers by the wheel and drop what they do not read. */
  gboolean is_number = g_strcmp0 (input->type, "number") == 0;
  const char *type = input->type == NULL || is_number ? "text" : input->type;

  hx_html_void (
      html, "input", "type", type, "id", names->id, "name", input->name,
      "value", is_file || is_password ? NULL : input->value, "required",
      flag (input->required), "autofocus", flag (input->autofocus), "multiple",
      flag (is_file && input->many), "autocomplete",
      input->autocomplete != NULL || is_file ? input->autocomplete : "off",
      "inputmode",
      input->inputmode != NULL ? input->inputmode
      : is_number              ? "decimal"
                               : NULL,
      "accept", input->accept, "capture", input->capture, "aria-invalid",
      input->fault != NULL ? "true" : NULL, "aria-describedby",
      names->described, NULL);
}

static void
write_textarea (HxHtml *html, const HxInput *input, const Names *names)
{
  hx_html_open (html, "textarea", "id", names->id, "name", input->name, "rows",
                "4", "required", flag (input->required), "autofocus",
                flag (input->autofocus), "aria-invalid",
                input->fault != NULL ? "true" : NULL, "aria-describedby",
                names->described, NULL);
  /* The first line break behind the tag is dropped by browsers. */
  if (input->value != NULL && input->value[0] == '\n')
    hx_html_text (html, "\n");
  hx_html_text (html, input->value);
  hx_html_close (html, "textarea");
}

static void
write_select (HxHtml *html, const HxInput *input, const Names *names)
{
  hx_html_open (html, "select", "id", names->id, "name", input->name,
                "required", flag (input->required), "autofocus",
                flag (input->autofocus), "multiple", flag (input->many),
                "aria-invalid", input->fault != NULL ? "true" : NULL,
                "aria-describedby", names->described, NULL);
  for (const HxOption *option = input->options;
       option != NULL && option->value != NULL; option++)
    hx_html_element (html, "option", option->name, "value", option->value,
                     "selected", flag (is_chosen (input, option->value)), NULL);
  hx_html_close (html, "select");
}

static void
write_control (HxHtml *html, const HxInput *input, const Names *names)
{
  if (g_strcmp0 (input->type, "textarea") == 0)
    write_textarea (html, input, names);
  else if (g_strcmp0 (input->type, "select") == 0)
    write_select (html, input, names);
  else
    write_plain (html, input, names);
}

/* Those that stand beside no other where fields stand in two columns. */
static gboolean
is_long (const HxInput *input)
{
  static const char *const types[]
      = { "textarea", "file", "checkbox", "radio" };

  for (gsize i = 0; input->type != NULL && i < G_N_ELEMENTS (types); i++)
    if (strcmp (input->type, types[i]) == 0)
      return TRUE;
  return input->many;
}

static const char *
field_class (const HxInput *input)
{
  if (is_long (input))
    return input->fault != NULL ? "field long wrong" : "field long";
  return input->fault != NULL ? "field wrong" : "field";
}

/* One box to tick: the words stand behind it. */
static void
write_tick (HxHtml *html, const HxInput *input, const Names *names)
{
  hx_html_open (html, "div", "class", field_class (input), NULL);
  hx_html_open (html, "label", "class", "tick", "for", names->id, NULL);
  hx_html_void (html, "input", "type", "checkbox", "id", names->id, "name",
                input->name, "value", "1", "checked",
                flag (input->value != NULL && *input->value != '\0'
                      && strcmp (input->value, "0") != 0),
                "required", flag (input->required), "autofocus",
                flag (input->autofocus), "aria-describedby", names->described,
                NULL);
  hx_html_text (html, " ");
  hx_html_open (html, "span", NULL);
  write_label (html, input);
  hx_html_close (html, "span");
  hx_html_close (html, "label");
  write_notes (html, input, names);
  hx_html_close (html, "div");
}

/* Radio buttons, or boxes to tick, in a group with a legend. */
static void
write_group (HxHtml *html, const HxInput *input, const Names *names)
{
  gboolean is_radio = strcmp (input->type, "radio") == 0;
  guint i = 0;

  hx_html_open (html, "fieldset", "class", field_class (input), "id", names->id,
                "aria-describedby", names->described, NULL);
  hx_html_open (html, "legend", NULL);
  write_label (html, input);
  hx_html_close (html, "legend");
  write_notes (html, input, names);
  for (const HxOption *option = input->options; option->value != NULL; option++)
    {
      g_autofree char *id = g_strdup_printf ("%s.%u", names->id, ++i);

      hx_html_open (html, "label", "class", "tick", "for", id, NULL);
      hx_html_void (html, "input", "type", input->type, "id", id, "name",
                    input->name, "value", option->value, "checked",
                    flag (is_chosen (input, option->value)), "required",
                    flag (is_radio && input->required), NULL);
      hx_html_text (html, " ");
      hx_html_element (html, "span", option->name, NULL);
      hx_html_close (html, "label");
    }
  hx_html_close (html, "fieldset");
}

void
hx_form_input (HxHtml *html, const HxInput *input)
{
  g_auto (Names) names = { 0 };
  gboolean is_box = g_strcmp0 (input->type, "checkbox") == 0;

  if (g_strcmp0 (input->type, "hidden") == 0)
    {
      hx_html_void (html, "input", "type", "hidden", "name", input->name,
                    "value", input->value != NULL ? input->value : "", NULL);
      return;
    }
  names_init (&names, html, input);
  if (input->fault != NULL)
    note_fault (html, names.id, input->label, input->fault);
  if (input->options != NULL
      && (is_box || g_strcmp0 (input->type, "radio") == 0))
    {
      write_group (html, input, &names);
      return;
    }
  if (is_box)
    {
      write_tick (html, input, &names);
      return;
    }
  hx_html_open (html, "div", "class", field_class (input), NULL);
  hx_html_open (html, "label", "for", names.id, NULL);
  write_label (html, input);
  hx_html_close (html, "label");
  write_notes (html, input, &names);
  write_control (html, input, &names);
  hx_html_close (html, "div");
}

void
hx_form_submit (HxHtml *html, const char *text, HxTone tone)
{
  static const char *const classes[] = {
    [HX_TONE_PLAIN] = "button main",
    [HX_TONE_GOOD] = "button main",
    [HX_TONE_WARN] = "button",
    [HX_TONE_BAD] = "button bad",
  };

  hx_html_element (html, "button", text, "type", "submit", "class",
                   classes[tone], NULL);
}

void
hx_form_button (HxHtml *html, HxCall *call, const char *action,
                const char *text)
{
  hx_html_open (html, "form", "action", action, "method", "post", "class",
                "one", NULL);
  hx_html_void (html, "input", "type", "hidden", "name", "csrf", "value",
                hx_call_csrf (call), NULL);
  hx_form_submit (html, text, HX_TONE_WARN);
  hx_html_close (html, "form");
}
