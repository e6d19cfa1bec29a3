/* Cells: the table of field types, and the step from text to value. */
#include "ledger/ledger_internal.h"

static const HxFieldClass classes[] = {
  [HX_FIELD_TEXT] = { hx_cell_text, hx_format_text, hx_write_text },
  [HX_FIELD_INTEGER] = { hx_cell_integer, hx_format_integer, hx_write_integer },
  [HX_FIELD_DECIMAL] = { hx_cell_decimal, hx_format_decimal, hx_write_integer },
  [HX_FIELD_MONEY] = { hx_cell_money, hx_format_money, hx_write_integer },
  [HX_FIELD_DATE] = { hx_cell_date, hx_format_text, hx_write_text },
  [HX_FIELD_BOOL] = { hx_cell_bool, hx_format_bool, hx_write_integer },
  [HX_FIELD_CHOICE] = { hx_cell_choice, hx_format_choice, hx_write_text },
  [HX_FIELD_REF] = { hx_cell_ref, hx_format_integer, hx_write_integer },
  [HX_FIELD_EVIDENCE] = { hx_cell_evidence, hx_format_text, hx_write_text },
  [HX_FIELD_ID_NUMBER] = { hx_cell_id_number, hx_format_text, hx_write_text },
  [HX_FIELD_PHONE] = { hx_cell_phone, hx_format_text, hx_write_text },
  [HX_FIELD_ATTENDEES]
  = { hx_cell_attendees, hx_format_attendees, hx_write_attendees },
};

const HxFieldClass *
hx_field_class (HxFieldType type)
{
  return &classes[type];
}

void
hx_faults_take (HxFaults *faults, char *sentence)
{
  if (faults == NULL)
    {
      g_free (sentence);
      return;
    }
  if (faults->faults == NULL)
    faults->faults = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (faults->faults, sentence);
}

gboolean
hx_row_set (HxLedger *ledger, HxRow *row, const HxField *field,
            const char *text, HxFaults *faults, GError **error)
{
  HxValue *value = &row->values[field->index];
  HxCell cell = { ledger, row, field, value, text, NULL };
  g_autoptr (GError) reason = NULL;

  *value = (HxValue){ 0 };
  hx_text_normalise_into (text != NULL ? text : "", ledger->normal);
  if (ledger->normal->len == 0)
    return TRUE;
  cell.text = ledger->normal->str;
  if (classes[field->type].parse (&cell, &reason))
    return TRUE;
  *value = (HxValue){ .refused = TRUE };
  if (reason->domain != HX_ERROR || reason->code == HX_ERROR_STORE)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  hx_faults_take (faults,
                  g_strdup_printf ("%s: %s", field->name, reason->message));
  return FALSE;
}

static char *
format_number (const HxField *field, gint64 number)
{
  HxValue value = { .filled = TRUE, .integer = number };
  char date[HX_DATE_TEXT_SIZE];

  if (field->type == HX_FIELD_DATE)
    {
      hx_date_format (hx_date_from_number ((gint32)number), date);
      return g_strdup (date);
    }
  /* cppcheck-suppress returnDanglingLifetime; the text is newly made */
  return classes[field->type].format (field, &value);
}

gboolean
hx_cell_in_range (const HxCell *cell, gint64 number, GError **error)
{
  const HxField *field = cell->field;
  g_autofree char *bound = NULL;

  if (field->has_min && number < field->min)
    {
      bound = format_number (field, field->min);
      return hx_failf (error, HX_ERROR_DATA, _ ("%s 小于最小值 %s"), cell->text,
                       bound);
    }
  if (field->has_max && number > field->max)
    {
      bound = format_number (field, field->max);
      return hx_failf (error, HX_ERROR_DATA, _ ("%s 大于最大值 %s"), cell->text,
                       bound);
    }
  return TRUE;
}
