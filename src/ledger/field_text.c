/* Cells of text: free, evidence, ID numbers, telephones, codes. */
#include "ledger/ledger_internal.h"

static gboolean
fits_length (const HxCell *cell, const char *text, GError **error)
{
  const HxField *field = cell->field;
  gint64 most = field->has_max ? field->max : HX_TEXT_MAX;
  gsize count = hx_text_characters (text);

  if ((gint64)count > most)
    return hx_failf (error, HX_ERROR_LIMIT, _ ("有 %lu 个字，最多 %ld 个"),
                     (unsigned long)count, (long)most);
  if (field->has_min && (gint64)count < field->min)
    return hx_failf (error, HX_ERROR_DATA, _ ("只有 %lu 个字，至少 %ld 个"),
                     (unsigned long)count, (long)field->min);
  return TRUE;
}

static gboolean
fits_pattern (const HxField *field, const char *text)
{
  g_autoptr (GMatchInfo) match = NULL;
  int start = -1;
  int end = -1;

  if (field->regex == NULL)
    return TRUE;
  if (!g_regex_match (field->regex, text, 0, &match))
    return FALSE;
  return g_match_info_fetch_pos (match, 0, &start, &end) && start == 0
         && (gsize)end == strlen (text);
}

/* The cell in an error message: what is secret is not printed. */
static char *
quote (const HxCell *cell, const char *text)
{
  return cell->field->secret ? hx_mask_text (text) : g_strdup (text);
}

static gboolean
accept (HxCell *cell, const char *text, GError **error)
{
  g_autofree char *shown = NULL;

  if (!fits_length (cell, text, error))
    return FALSE;
  if (!fits_pattern (cell->field, text))
    {
      shown = quote (cell, text);
      return hx_fail (error, HX_ERROR_DATA, _ ("格式不符合要求"), shown,
                      cell->field->pattern);
    }
  hx_row_set_text (cell->row, cell->value, text);
  return TRUE;
}

gboolean
hx_cell_text (HxCell *cell, GError **error)
{
  g_autofree char *text = hx_text_trim (cell->raw);

  return accept (cell, text, error);
}

/* Several pieces are kept one a line. */
gboolean
hx_cell_evidence (HxCell *cell, GError **error)
{
  g_auto (GStrv) parts = g_strsplit_set (cell->text, ";\n", -1);
  GString *lines = g_string_new (NULL);
  g_autofree char *text = NULL;
  guint n_parts = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*g_strstrip (parts[i]) == '\0')
        continue;
      g_string_append_printf (lines, "%s%s", n_parts++ > 0 ? "\n" : "",
                              parts[i]);
    }
  text = g_string_free (lines, FALSE);
  if (n_parts > 1 && !cell->field->many)
    return hx_fail (error, HX_ERROR_DATA, _ ("只能有一件佐证材料"), cell->text,
                    NULL);
  return n_parts == 0 || accept (cell, text, error);
}

/* What is wrong with a number that may be known bad is for hx_row_check. */
gboolean
hx_cell_id_number (HxCell *cell, GError **error)
{
  g_autofree char *bad = NULL;
  HxIdNumber id;

  if (cell->field->known_bad != NULL
      && !hx_id_number_parse (cell->text, &id, NULL))
    bad = hx_known_bad_number (cell->text);
  if (bad != NULL)
    return accept (cell, bad, error);
  return hx_id_number_parse (cell->text, &id, error)
         && accept (cell, id.number, error);
}

gboolean
hx_cell_phone (HxCell *cell, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autofree char *phone = NULL;
  g_autofree char *shown = NULL;

  if (hx_phone_parse (cell->text, &phone, &wrong))
    return accept (cell, phone, error);
  if (!cell->field->secret)
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }
  shown = hx_mask_phone (cell->text);
  return hx_failf (error, HX_ERROR_DATA, _ ("“%s”不是手机或固定电话号码"),
                   shown);
}

#define CODES_SHOWN 12

static gboolean
fail_choice (const HxCodeList *list, const char *text, GError **error)
{
  g_autoptr (GString) known = g_string_new (_ ("可以写："));

  for (guint i = 0; i < list->codes->len && i < CODES_SHOWN; i++)
    {
      const HxCode *code = g_ptr_array_index (list->codes, i);

      g_string_append_printf (known, "%s%s", i > 0 ? "、" : "", code->name);
    }
  if (list->codes->len > CODES_SHOWN)
    g_string_append (known, "……");
  return hx_fail (error, HX_ERROR_DATA, _ ("代码表里没有这一项"), text,
                  known->str);
}

gboolean
hx_cell_choice (HxCell *cell, GError **error)
{
  const HxCode *code = hx_code_find (cell->field->codes, cell->text);
  g_autofree char *shown = NULL;

  if (code == NULL)
    {
      shown = quote (cell, cell->text);
      return fail_choice (cell->field->codes, shown, error);
    }
  hx_row_set_text (cell->row, cell->value, code->code);
  return TRUE;
}

/* ----------------------------------------------------------------- display */

char *
hx_format_text (const HxField *field, const HxValue *value)
{
  (void)field;
  return g_strdup (value->text);
}

char *
hx_format_choice (const HxField *field, const HxValue *value)
{
  const HxCode *code = hx_code_find (field->codes, value->text);

  return g_strdup (code != NULL ? code->name : value->text);
}
