/* One term: from the word that was typed to a test of a column.
 *
 * A term is cut at the first sign that is in the table of signs.  What stands
 * before it names a field, what follows is read by the same code that reads
 * cells, references aside: those need no ledger here, which only a write has.
 */
#include "ledger/secret.h"
#include "ledger/selection_internal.h"

typedef enum
{
  SIGN_IN,
  SIGN_NOT_IN,
  SIGN_FROM, /* >= */
  SIGN_TO,   /* <= */
  SIGN_ABOVE,
  SIGN_BELOW,
  SIGN_CONTAINS
} Sign;

/* Longer ones first where one begins another. */
static const struct
{
  const char *text;
  Sign sign;
} signs[] = {
  { "!=", SIGN_NOT_IN },  { "！＝", SIGN_NOT_IN }, { "≠", SIGN_NOT_IN },
  { ">=", SIGN_FROM },    { "＞＝", SIGN_FROM },   { "≥", SIGN_FROM },
  { "<=", SIGN_TO },      { "＜＝", SIGN_TO },     { "≤", SIGN_TO },
  { "=", SIGN_IN },       { "＝", SIGN_IN },       { ">", SIGN_ABOVE },
  { "＞", SIGN_ABOVE },   { "<", SIGN_BELOW },     { "＜", SIGN_BELOW },
  { "~", SIGN_CONTAINS }, { "～", SIGN_CONTAINS },
};

typedef struct
{
  const HxSelection *selection;
  HxTerm *term;
  const char *word; /* the whole term */
  const char *text; /* behind the sign */
  Sign sign;
} Parse;

void
hx_term_free (gpointer data)
{
  HxTerm *term = data;

  if (term == NULL)
    return;
  g_array_unref (term->integers);
  g_ptr_array_unref (term->texts);
  g_free (term);
}

static gboolean
cut (const char *word, gsize *label, const char **text, Sign *sign)
{
  for (const char *at = word; *at != '\0'; at++)
    for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
      if (g_str_has_prefix (at, signs[i].text))
        {
          *label = (gsize)(at - word);
          *text = at + strlen (signs[i].text);
          *sign = signs[i].sign;
          return at > word;
        }
  return FALSE;
}

static gboolean
fail (const Parse *parse, const char *what, const char *to_do, GError **error)
{
  return hx_fail (error, HX_ERROR_USAGE, what, parse->word, to_do);
}

/* --------------------------------------------------------------- the field */

const HxField *
hx_kind_birth (const HxKind *kind)
{
  const HxField *birth = hx_kind_field (kind, "birth_date");

  return birth != NULL && birth->type == HX_FIELD_DATE && !birth->secret ? birth
                                                                         : NULL;
}

static gboolean
is_called (const char *label, const char *key, const char *name)
{
  g_autofree char *called = hx_text_column_key (label);

  return g_str_equal (called, key) || g_str_equal (called, name);
}

static gboolean
fail_field (const Parse *parse, GError **error)
{
  const GPtrArray *fields = parse->selection->kind->fields;
  g_autoptr (GString) known = g_string_new (_ ("可用："));

  for (guint i = 0; i < fields->len; i++)
    {
      const HxField *field = fields->pdata[i];

      g_string_append_printf (known, "%s%s（%s）", i > 0 ? "、" : "",
                              field->key, field->name);
    }
  if (hx_kind_birth (parse->selection->kind) != NULL)
    g_string_append (known, "、age（年龄）");
  return fail (parse, _ ("没有这个字段"), known->str, error);
}

static gboolean
find_field (Parse *parse, const char *label, GError **error)
{
  const HxKind *kind = parse->selection->kind;
  HxTerm *term = parse->term;

  term->field = hx_kind_field_by_label (kind, label);
  if (term->field != NULL)
    return TRUE;
  if (is_called (label, "unit", "机构")
      && (kind->unit != NULL || kind->unit_from != NULL))
    {
      term->field = kind->unit;
      term->is_units = TRUE;
      return TRUE;
    }
  if (!is_called (label, "age", "年龄") || hx_kind_birth (kind) == NULL)
    return fail_field (parse, error);
  term->field = hx_kind_birth (kind);
  term->test = HX_TERM_AGE;
  return TRUE;
}

/* -------------------------------------------------------------- references */

/* How many rows have the value of `field` in `row`, at most two; -1 with
 * *error. */
static int
find_by (HxConnection *connection, const HxRow *row, const HxField *field,
         gint64 *id, GError **error)
{
  const HxValue *value = &row->values[field->index];
  const char *column
      = field->secret ? field->digest_column : hx_field_column (field);
  g_autofree char *sql = g_strdup_printf (
      "SELECT id FROM %s WHERE bureau_id = ?1 AND \"%s\" = ?2 AND void = 0"
      " LIMIT 2",
      row->kind->table, column);
  HxStatement *statement = hx_statement (connection, sql, error);
  HxStep step;
  int found = 0;

  if (statement == NULL)
    return -1;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  if (field->secret)
    hx_bind_integer (statement, 2,
                     hx_secret_digest (connection, field, value->text));
  else if (hx_field_type_is_integer (field->type))
    hx_bind_integer (statement, 2, value->integer);
  else
    hx_bind_text (statement, 2, value->text, -1);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      *id = hx_column_integer (statement, 0);
      found++;
    }
  return step == HX_STEP_ERROR ? -1 : found;
}

static gboolean
read_cell (HxRow *row, const HxField *field, const char *text, GError **error)
{
  g_autofree char *normal = hx_text_normalise (text);
  HxCell cell = { NULL, row, field, &row->values[field->index], text, normal };

  hx_row_clear (row);
  return *normal != '\0' && hx_field_class (field->type)->parse (&cell, error);
}

static gboolean
may_name (const HxField *field)
{
  return (!field->secret || field->digest_column != NULL)
         && field->type != HX_FIELD_REF && field->type != HX_FIELD_ATTENDEES;
}

gboolean
hx_term_target (HxConnection *connection, const HxKind *kind, const char *text,
                gint64 *id, GError **error)
{
  const GPtrArray *names
      = kind->refer_by->len > 0 ? kind->refer_by : kind->identity;
  g_autoptr (HxRow) row = hx_row_new (kind);
  int found = 0;

  for (guint i = 0; found == 0 && i < names->len; i++)
    if (may_name (names->pdata[i])
        && read_cell (row, names->pdata[i], text, NULL))
      found = find_by (connection, row, names->pdata[i], id, error);
  if (found < 0)
    return FALSE;
  if (found == 1)
    return TRUE;
  if (found > 1)
    return hx_failf (error, HX_ERROR_USAGE,
                     _ ("%s里有不止一个“%s”: 请改用能区分的编号"), kind->name,
                     text);
  return hx_failf (error, HX_ERROR_USAGE, _ ("%s里没有“%s”: 请先登记或更正"),
                   kind->name, text);
}

/* ------------------------------------------------------------------ values */

static void
take_text (HxTerm *term, const char *text)
{
  g_ptr_array_add (term->texts, g_strdup (text));
}

static gboolean
take_date (const Parse *parse, const char *text, GError **error)
{
  char date[HX_DATE_TEXT_SIZE];
  HxDate value;

  (void)parse;
  if (!hx_date_parse (text, TRUE, &value, error))
    return FALSE;
  hx_date_format (value, date);
  take_text (parse->term, date);
  return TRUE;
}

static gboolean
take_reference (const Parse *parse, const HxKind *kind, const char *text,
                GError **error)
{
  gint64 id = 0;

  if (!hx_term_target (parse->selection->connection, kind, text, &id, error))
    return FALSE;
  g_array_append_val (parse->term->integers, id);
  return TRUE;
}

static gboolean
take_cell (const Parse *parse, const char *text, GError **error)
{
  const HxField *field = parse->term->field;
  g_autoptr (HxRow) row = hx_row_new (parse->selection->kind);
  const HxValue *value = &row->values[field->index];

  if (!read_cell (row, field, text, error))
    return FALSE;
  if (hx_field_type_is_integer (field->type))
    g_array_append_val (parse->term->integers, value->integer);
  else
    take_text (parse->term, value->text);
  return TRUE;
}

static gboolean
take_number (const Parse *parse, const char *text, GError **error)
{
  gint64 number;
  HxDecimal decimal;

  if (!hx_decimal_parse (text, 0, &decimal, error))
    return FALSE;
  number = decimal.units;
  g_array_append_val (parse->term->integers, number);
  return TRUE;
}

/* What is wrong but true in the old books can be asked for too. */
static gboolean
take_digest (const Parse *parse, const char *text, GError **error)
{
  gint64 digest = hx_secret_digest (parse->selection->connection,
                                    parse->term->field, text);

  if (digest == 0)
    return hx_fail (error, HX_ERROR_USAGE, _ ("这个值查不了"), text, NULL);
  parse->term->is_digest = TRUE;
  g_array_append_val (parse->term->integers, digest);
  return TRUE;
}

static gboolean
take_value (const Parse *parse, const char *text, GError **error)
{
  const HxField *field = parse->term->field;
  const HxKind *units = hx_catalogue_kind (parse->selection->catalogue, "unit");

  if (parse->term->test == HX_TERM_AGE)
    return take_number (parse, text, error);
  if (field != NULL && field->secret)
    return take_digest (parse, text, error);
  if (parse->term->is_units)
    return take_reference (parse, units, text, error);
  if (field->type == HX_FIELD_DATE)
    return take_date (parse, text, error);
  if (field->type == HX_FIELD_REF)
    return take_reference (parse, field->target, text, error);
  if (field->type == HX_FIELD_ATTENDEES)
    return take_number (parse, text, error);
  return take_cell (parse, text, error);
}

/* The reason stands behind the term that it is of. */
static gboolean
value_is_good (const Parse *parse, const char *text, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (take_value (parse, text, &reason))
    return TRUE;
  if (reason == NULL)
    return fail (parse, _ ("符号后面要有值"), NULL, error);
  if (reason->domain == HX_ERROR && reason->code != HX_ERROR_STORE)
    return hx_failf (error, HX_ERROR_USAGE, "%s: %s", parse->word,
                     reason->message);
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static gboolean
is_number (const HxField *field)
{
  return field != NULL
         && (field->type == HX_FIELD_INTEGER || field->type == HX_FIELD_DECIMAL
             || field->type == HX_FIELD_MONEY);
}

/* 1,234.50 is one number. */
static gboolean
is_one_value (const Parse *parse)
{
  g_autoptr (HxRow) row = NULL;

  if (!is_number (parse->term->field))
    return FALSE;
  row = hx_row_new (parse->selection->kind);
  return read_cell (row, parse->term->field, parse->text, NULL);
}

static gboolean
take_list (Parse *parse, GError **error)
{
  g_auto (GStrv) wide = g_strsplit (parse->text, "，", -1);
  g_autofree char *joined = g_strjoinv (",", wide);
  g_auto (GStrv) parts = g_strsplit (joined, ",", -1);

  parse->term->negated = parse->sign == SIGN_NOT_IN;
  if (is_one_value (parse))
    return value_is_good (parse, parse->text, error);
  if (g_strv_length (parts) > HX_SELECTION_VALUES_MAX)
    return fail (parse, _ ("一次写的值太多"), _ ("分几次写"), error);
  parse->term->has_empty = parts[0] == NULL;
  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) == '\0')
      parse->term->has_empty = TRUE;
    else if (!value_is_good (parse, parts[i], error))
      return FALSE;
  return TRUE;
}

/* ------------------------------------------------------------------ ranges */

/* The first or last number that a date, perhaps a part of one, stands for. */
static gint64
date_bound (const char *text, gboolean is_last)
{
  HxDate date = { 0 };

  hx_date_parse (text, TRUE, &date, NULL);
  if (is_last && date.month == 0)
    date.month = 12;
  if (is_last && date.day == 0)
    date.day = 31;
  return hx_date_number (date);
}

static gboolean
bound (Parse *parse, gboolean is_last, gint64 *number, GError **error)
{
  HxTerm *term = parse->term;

  if (!value_is_good (parse, parse->text, error))
    return FALSE;
  if (term->texts->len > 0)
    *number = date_bound (term->texts->pdata[0], is_last);
  else
    *number = g_array_index (term->integers, gint64, 0);
  return TRUE;
}

static gboolean
take_range (Parse *parse, GError **error)
{
  static const struct
  {
    Sign sign;
    gboolean is_min, is_last;
    int step;
  } bounds[] = {
    { SIGN_FROM, TRUE, FALSE, 0 },
    { SIGN_ABOVE, TRUE, TRUE, 1 },
    { SIGN_TO, FALSE, TRUE, 0 },
    { SIGN_BELOW, FALSE, FALSE, -1 },
  };
  HxTerm *term = parse->term;
  guint i = 0;
  gint64 number;

  if (term->test != HX_TERM_AGE && !is_number (term->field)
      && (term->field == NULL
          || (term->field->type != HX_FIELD_DATE
              && term->field->type != HX_FIELD_ATTENDEES)))
    return fail (parse, _ ("这类字段没有大小"), _ ("用 = 或 ~"), error);
  if (term->test != HX_TERM_AGE)
    term->test = HX_TERM_RANGE;
  while (bounds[i].sign != parse->sign)
    i++;
  if (!bound (parse, bounds[i].is_last, &number, error))
    return FALSE;
  number += bounds[i].step;
  *(bounds[i].is_min ? &term->has_min : &term->has_max) = TRUE;
  *(bounds[i].is_min ? &term->min : &term->max) = number;
  return TRUE;
}

/* ----------------------------------------------------------------- contains */

/* A code is found by its name. */
static gboolean
take_codes (const Parse *parse, const char *part, GError **error)
{
  const GPtrArray *codes = parse->term->field->codes->codes;

  for (guint i = 0; i < codes->len; i++)
    {
      const HxCode *code = codes->pdata[i];

      if (strstr (code->name, part) != NULL)
        take_text (parse->term, code->code);
    }
  parse->term->test = HX_TERM_IN;
  return parse->term->texts->len > 0
         || fail (parse, _ ("代码表里没有这样的名称"), NULL, error);
}

static gboolean
has_text (const HxField *field)
{
  const HxField *label = field->type == HX_FIELD_REF
                             ? hx_kind_label_field (field->target)
                             : field;

  return label != NULL && !label->secret
         && !hx_field_type_is_integer (label->type);
}

static gboolean
take_part (Parse *parse, GError **error)
{
  HxTerm *term = parse->term;
  g_autofree char *part = hx_text_trim (parse->text);

  if (term->test == HX_TERM_AGE || term->field == NULL
      || !has_text (term->field))
    return fail (parse, _ ("这类字段不能用 ~"), _ ("用 = 或 >= <="), error);
  if (*part == '\0')
    return fail (parse, _ ("~ 后面要有字"), NULL, error);
  if (term->field->type == HX_FIELD_CHOICE)
    return take_codes (parse, part, error);
  term->test = HX_TERM_CONTAINS;
  term->is_units = FALSE;
  take_text (term, part);
  return TRUE;
}

/* ---------------------------------------------------------------- the term */

static gboolean
may_ask (const Parse *parse, GError **error)
{
  const HxField *field = parse->term->field;
  g_autofree char *text = hx_text_trim (parse->text);
  gboolean is_list = parse->sign == SIGN_IN || parse->sign == SIGN_NOT_IN;

  if (field == NULL || !field->secret
      || (is_list && (*text == '\0' || field->digest_column != NULL)))
    return TRUE;
  return fail (parse, _ ("这是保密字段，不能这样查"),
               _ ("只能问填没填：字段= 或 字段!="), error);
}

static gboolean
take_term (Parse *parse, GError **error)
{
  const HxField *field = parse->term->field;

  if (!may_ask (parse, error))
    return FALSE;
  if (field != NULL && field->type == HX_FIELD_REF
      && g_str_equal (field->target->key, "unit"))
    parse->term->is_units = TRUE;
  if (parse->sign == SIGN_IN || parse->sign == SIGN_NOT_IN)
    return take_list (parse, error);
  if (parse->sign == SIGN_CONTAINS)
    return take_part (parse, error);
  return take_range (parse, error);
}

HxTerm *
hx_term_parse (const HxSelection *selection, const char *text, GError **error)
{
  HxTerm *term = g_new0 (HxTerm, 1);
  Parse parse = { selection, term, text, NULL, SIGN_IN };
  g_autofree char *label = NULL;
  gboolean good;
  gsize size = 0;

  term->integers = g_array_new (FALSE, FALSE, sizeof (gint64));
  term->texts = g_ptr_array_new_with_free_func (g_free);
  good = g_utf8_validate (text, -1, NULL)
         && cut (text, &size, &parse.text, &parse.sign);
  if (!good)
    fail (&parse, _ ("看不懂这个条件"),
          _ ("写成 字段=值、字段!=值、字段>=值、字段<=值 或 字段~部分"), error);
  label = g_strndup (text, size);
  if (good && find_field (&parse, label, error) && take_term (&parse, error))
    return term;
  hx_term_free (term);
  return NULL;
}
