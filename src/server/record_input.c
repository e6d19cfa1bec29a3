/* One field of a form, by its type. */
#include "server/record_form_internal.h"

#include <string.h>

#define FEW_ROWS 60 /* a register of so many is a list to choose from */
#define FEW_CODES 3 /* so many codes are buttons */
#define LONG_TEXT 300
#define CANDIDATES 12

/* ------------------------------------------------------------------- hints */

static void
add_hint (GString *hint, const char *text)
{
  if (hint->len > 0)
    g_string_append (hint, _ ("；"));
  g_string_append (hint, text);
}

static char *
bound_text (const HxField *field, gint64 number)
{
  if (field->type == HX_FIELD_MONEY)
    return hx_money_format_yuan (number);
  if (field->type == HX_FIELD_DECIMAL)
    return hx_decimal_format ((HxDecimal){ number, field->decimals });
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

static void
hint_range (GString *hint, const HxField *field)
{
  g_autofree char *min = bound_text (field, field->min);
  g_autofree char *max = bound_text (field, field->max);
  g_autofree char *text = NULL;

  if (field->has_min && field->has_max)
    text = g_strdup_printf (_ ("%s 到 %s"), min, max);
  else if (field->has_max)
    text = g_strdup_printf (_ ("不超过 %s"), max);
  else if (field->has_min && field->min != 0)
    text = g_strdup_printf (_ ("不小于 %s"), min);
  if (text != NULL)
    add_hint (hint, text);
}

static void
hint_length (GString *hint, const HxField *field)
{
  g_autofree char *text = NULL;

  if (!field->has_max || field->max < LONG_TEXT)
    return;
  text = g_strdup_printf (_ ("最多 %ld 个字"), (long)field->max);
  add_hint (hint, text);
}

static const char *
unit_hint (const HxField *field)
{
  static const char *const units[] = { [HX_MONEY_YUAN] = N_ ("单位：元"),
                                       [HX_MONEY_WAN_YUAN] = N_ ("单位：万元"),
                                       [HX_MONEY_YI_YUAN] = N_ ("单位：亿元") };

  return hx_text (units[field->money_unit]);
}

static void
hint_type (GString *hint, const HxField *field)
{
  switch (field->type)
    {
    case HX_FIELD_MONEY:
      add_hint (hint, unit_hint (field));
      hint_range (hint, field);
      break;
    case HX_FIELD_INTEGER:
    case HX_FIELD_DECIMAL:
      hint_range (hint, field);
      break;
    case HX_FIELD_DATE:
      if (field->partial)
        add_hint (hint, _ ("只知道年月也可以，如 1938-07"));
      break;
    case HX_FIELD_TEXT:
      hint_length (hint, field);
      break;
    case HX_FIELD_ATTENDEES:
      add_hint (hint, field->target != NULL
                          ? _ ("写编号或姓名，用顿号隔开，就是实名的人数；"
                               "没有名单，只写人次的数")
                          : _ ("写人次的数"));
      break;
    case HX_FIELD_REF:
    case HX_FIELD_BOOL:
    case HX_FIELD_CHOICE:
    case HX_FIELD_EVIDENCE:
    case HX_FIELD_ID_NUMBER:
    case HX_FIELD_PHONE:
      break;
    }
}

static char *
hint_of (const HxRecordInput *input, GError **error)
{
  const HxField *field = input->field;
  const HxRow *row = input->form->row;
  g_autoptr (GString) hint = g_string_new (NULL);

  hint_type (hint, field);
  if (field->fixed && (row == NULL || !row->values[field->index].filled))
    add_hint (hint, _ ("登记后不能再改"));
  if (input->is_masked)
    {
      g_autofree char *masked = hx_identity_value (
          hx_call_identity (input->call), input->connection, row, field, error);
      g_autofree char *text = NULL;

      if (masked == NULL && error != NULL && *error != NULL)
        return NULL;
      text = g_strdup_printf (_ ("已登记 %s，不改就空着"),
                              masked != NULL ? masked : _ ("（不显示）"));
      add_hint (hint, text);
    }
  return g_strdup (hint->str);
}

/* ----------------------------------------------------------------- choices */

typedef struct
{
  GArray *list; /* HxOption, an empty one behind the last */
  GStringChunk *texts;
} Options;

static Options *
options_new (void)
{
  Options *options = g_new (Options, 1);

  options->list = g_array_new (TRUE, TRUE, sizeof (HxOption));
  options->texts = g_string_chunk_new (1024);
  return options;
}

static void
options_free (Options *options)
{
  if (options == NULL)
    return;
  g_array_unref (options->list);
  g_string_chunk_free (options->texts);
  g_free (options);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Options, options_free)

static void
add_option (Options *options, const char *value, const char *name)
{
  const HxOption option = { g_string_chunk_insert (options->texts, value),
                            g_string_chunk_insert (options->texts, name) };

  g_array_append_val (options->list, option);
}

static const HxOption *
options_list (const Options *options)
{
  return &g_array_index (options->list, HxOption, 0);
}

static gboolean
has_option (const Options *options, const char *value)
{
  for (guint i = 0; i < options->list->len; i++)
    if (strcmp (options_list (options)[i].value, value) == 0)
      return TRUE;
  return FALSE;
}

static HxInput
input_for (const HxRecordInput *input, const char *hint)
{
  return (HxInput){ .name = input->name,
                    .label = input->field->name,
                    .value = input->cell,
                    .hint = hint != NULL && *hint != '\0' ? hint : NULL,
                    .fault = input->fault,
                    .required = input->field->required && !input->is_masked };
}

static void
show_options (HxHtml *html, const HxRecordInput *input, const char *hint,
              Options *options, gboolean as_buttons)
{
  HxInput shown = input_for (input, hint);

  if (*input->cell != '\0' && !has_option (options, input->cell))
    add_option (options, input->cell, input->cell);
  shown.options = options_list (options);
  shown.type = as_buttons ? "radio" : "select";
  hx_form_input (html, &shown);
}

static gboolean
show_choice (HxHtml *html, const HxRecordInput *input, const char *hint,
             GError **error)
{
  const GPtrArray *codes = input->field->codes->codes;
  g_autoptr (Options) options = options_new ();
  const gboolean as_buttons = input->field->required && codes->len <= FEW_CODES;

  (void)error;
  if (!as_buttons)
    add_option (options, "", _ ("（未填）"));
  for (guint i = 0; i < codes->len; i++)
    {
      const HxCode *code = codes->pdata[i];

      add_option (options, code->code, code->name);
    }
  show_options (html, input, hint, options, as_buttons);
  return TRUE;
}

static gboolean
show_bool (HxHtml *html, const HxRecordInput *input, const char *hint,
           GError **error)
{
  g_autoptr (Options) options = options_new ();

  (void)error;
  if (!input->field->required)
    add_option (options, "", _ ("（未填）"));
  add_option (options, "1", _ ("是"));
  add_option (options, "0", _ ("否"));
  show_options (html, input, hint, options, input->field->required);
  return TRUE;
}

/* -------------------------------------------------------------- references */

/* The rows of a register, when they are few; NULL without *error: many. */
static GArray *
few_rows (const HxRecordInput *input, GError **error)
{
  const HxKind *kind = input->field->target;
  g_autoptr (HxWhere) where = hx_where_new (1);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (HxStatement) statement = NULL;
  g_autofree char *sql = NULL;
  HxStep step;

  hx_identity_where (hx_call_identity (input->call), kind, where, "r");
  sql = g_strdup_printf ("SELECT r.id FROM %s r%s WHERE r.bureau_id = %d"
                         " AND r.void = 0%s ORDER BY r.bureau_id, r.id"
                         " LIMIT %d",
                         kind->table, hx_where_joins (where)->str, HX_BUREAU_ID,
                         hx_where_text (where)->str, FEW_ROWS + 1);
  statement = hx_statement_new (input->connection, sql, error);
  if (statement == NULL)
    return NULL;
  hx_where_bind (where, statement);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const gint64 id = hx_column_integer (statement, 0);

      g_array_append_val (ids, id);
    }
  if (step == HX_STEP_ERROR || ids->len > FEW_ROWS)
    return NULL;
  return g_steal_pointer (&ids);
}

/* "LG0012 张三 昌华街道" */
static gboolean
add_row_option (const HxRecordInput *input, Options *options, gint64 id,
                GError **error)
{
  const HxKind *kind = input->field->target;
  g_autofree char *cell
      = hx_reference_cell (input->connection, kind, id, error);
  g_autoptr (HxRow) row = hx_row_new (kind);
  g_autofree char *unit = NULL;
  g_autofree char *name = NULL;

  if (cell == NULL || !hx_row_load (input->connection, row, id, error))
    return FALSE;
  if (row->unit_id != 0)
    {
      unit = hx_unit_name (input->connection, row->unit_id, error);
      if (unit == NULL)
        return FALSE;
    }
  name
      = unit != NULL ? g_strdup_printf ("%s　%s", cell, unit) : g_strdup (cell);
  add_option (options, cell, name);
  return TRUE;
}

static gboolean
show_rows (HxHtml *html, const HxRecordInput *input, const char *hint,
           const GArray *ids, GError **error)
{
  g_autoptr (Options) options = options_new ();

  if (!input->field->required || *input->cell == '\0')
    add_option (options, "", _ ("（未填）"));
  for (guint i = 0; i < ids->len; i++)
    if (!add_row_option (input, options, g_array_index (ids, gint64, i), error))
      return FALSE;
  show_options (html, input, hint, options, FALSE);
  return TRUE;
}

static gboolean
show_reference (HxHtml *html, const HxRecordInput *input, const char *hint,
                GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (GArray) ids = few_rows (input, &failed);
  HxInput shown = input_for (input, hint);

  if (ids == NULL && failed == NULL && input->fault != NULL
      && *input->cell != '\0')
    {
      ids = hx_record_candidates (input->call, input->field->target,
                                  input->cell, CANDIDATES, &failed);
      if (ids != NULL && ids->len == 0)
        g_clear_pointer (&ids, g_array_unref);
    }
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (ids != NULL)
    return show_rows (html, input, hint, ids, error);
  if (shown.hint == NULL)
    shown.hint = input->field->target->search->len > 0
                     ? _ ("写编号；也可以写姓名，有同名的再选")
                     : _ ("写编号");
  hx_form_input (html, &shown);
  return TRUE;
}

/* ---------------------------------------------------------------- evidence */

static char *
file_label (const char *line)
{
  const char *hash = strrchr (line, '#');

  if (hash == NULL || strlen (hash) != HX_DIGEST_HEX_SIZE)
    return g_strdup_printf (_ ("%s（只有名称）"), line);
  return g_strdup_printf (_ ("%.*s（已存，%.8s）"), (int)(hash - line), line,
                          hash + 1);
}

static void
show_kept_files (HxHtml *html, const HxRecordInput *input)
{
  g_auto (GStrv) lines = g_strsplit_set (input->cell, ";\n", -1);
  g_autofree char *value = g_strjoinv ("\n", lines);
  g_autoptr (Options) options = options_new ();
  HxInput kept = input_for (input, _ ("去掉勾就不再留在这一条里"));

  for (char **line = lines; *line != NULL; line++)
    {
      g_autofree char *label = file_label (*line);

      if (**line != '\0')
        add_option (options, *line, label);
    }
  if (options->list->len == 0)
    return;
  kept.type = "checkbox";
  kept.many = TRUE;
  kept.required = FALSE;
  kept.fault = NULL;
  kept.value = value;
  kept.options = options_list (options);
  hx_form_input (html, &kept);
}

static gboolean
show_evidence (HxHtml *html, const HxRecordInput *input, const char *hint,
               GError **error)
{
  const HxField *field = input->field;
  g_autofree char *name = g_strconcat ("e.", field->key, NULL);
  g_autofree char *paper
      = g_strdup_printf (_ ("%s：只写名称（纸质的）"), field->name);
  g_autofree char *files
      = g_strdup_printf (_ ("%s：拍照或选文件"), field->name);

  (void)hint;
  (void)error;
  show_kept_files (html, input);
  hx_form_input (html, &(HxInput){ .name = name,
                                   .label = files,
                                   .type = "file",
                                   .many = field->many,
                                   .fault = input->fault,
                                   .accept = "image/*,application/pdf,.doc,"
                                             ".docx,.xls,.xlsx,.ppt,.pptx,"
                                             ".wps,.et,.ofd",
                                   .hint = _ ("照片、PDF、办公文件，每件不超过"
                                              " 20 MB；照片里的位置会去掉") });
  hx_form_input (html, &(HxInput){ .name = input->name, .label = paper });
  return TRUE;
}

/* ------------------------------------------------------------------- plain */

static const char *
plain_type (const HxRecordInput *input)
{
  const HxField *field = input->field;

  if (field->type == HX_FIELD_DATE)
    return field->partial ? "text" : "date";
  if (field->type == HX_FIELD_ATTENDEES
      || (field->type == HX_FIELD_TEXT
          && ((field->has_max && field->max >= LONG_TEXT)
              || strchr (input->cell, '\n') != NULL)))
    return "textarea";
  return "text";
}

static const char *
input_mode (const HxField *field)
{
  if (field->type == HX_FIELD_INTEGER)
    return "numeric";
  if (field->type == HX_FIELD_MONEY || field->type == HX_FIELD_DECIMAL)
    return "decimal";
  return field->type == HX_FIELD_PHONE ? "tel" : NULL;
}

static gboolean
show_plain (HxHtml *html, const HxRecordInput *input, const char *hint,
            GError **error)
{
  HxInput shown = input_for (input, hint);

  (void)error;
  shown.type = plain_type (input);
  shown.inputmode = input_mode (input->field);
  hx_form_input (html, &shown);
  return TRUE;
}

/* Masked ones are emptied by a box of their own. */
static void
show_clear (HxHtml *html, const HxRecordInput *input)
{
  g_autofree char *label = NULL;
  g_autoptr (Options) options = NULL;

  if (!input->is_masked || input->field->required)
    return;
  label = g_strdup_printf (_ ("清空%s"), input->field->name);
  options = options_new ();
  add_option (options, input->field->key, label);
  hx_form_input (html, &(HxInput){ .name = "clear",
                                   .label = label,
                                   .type = "checkbox",
                                   .many = TRUE,
                                   .options = options_list (options) });
}

typedef gboolean (*Show) (HxHtml *html, const HxRecordInput *input,
                          const char *hint, GError **error);

gboolean
hx_record_input (HxHtml *html, const HxRecordInput *input, GError **error)
{
  static const Show shows[] = {
    [HX_FIELD_TEXT] = show_plain,        [HX_FIELD_INTEGER] = show_plain,
    [HX_FIELD_DECIMAL] = show_plain,     [HX_FIELD_MONEY] = show_plain,
    [HX_FIELD_DATE] = show_plain,        [HX_FIELD_BOOL] = show_bool,
    [HX_FIELD_CHOICE] = show_choice,     [HX_FIELD_REF] = show_reference,
    [HX_FIELD_EVIDENCE] = show_evidence, [HX_FIELD_ID_NUMBER] = show_plain,
    [HX_FIELD_PHONE] = show_plain,       [HX_FIELD_ATTENDEES] = show_plain,
  };
  g_autofree char *hint = hint_of (input, error);

  if (hint == NULL || !shows[input->field->type](html, input, hint, error))
    return FALSE;
  show_clear (html, input);
  return TRUE;
}
