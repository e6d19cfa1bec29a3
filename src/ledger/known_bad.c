/* ID numbers that are wrong and true: so they stand in the old books.
 *
 * Such a number is kept beside the reason.  It is no proof of who somebody is:
 * it may repeat, is not held against birth date and sex, and two rows that
 * share it are one person only if they bear one name too.
 *
 * A row counts as known bad by its number alone when that is none, whether the
 * reason is there or not: a workbook without the column of the reason then
 * finds the row that has it. */
#include "ledger/ledger_internal.h"

#define NUMBER_MIN 6
#define NUMBER_MAX 40

char *
hx_known_bad_number (const char *text)
{
  g_autofree char *normal = hx_text_normalise (text);
  GString *number = g_string_new (NULL);
  gsize signs = 0;

  for (const char *p = normal; *p != '\0'; p++)
    {
      if (*p == ' ')
        continue;
      signs += g_ascii_isalnum (*p) != 0;
      g_string_append_c (number, g_ascii_toupper (*p));
    }
  return g_string_free (number, signs < NUMBER_MIN || number->len > NUMBER_MAX);
}

gboolean
hx_field_is_known_bad (const HxRow *row, const HxField *field)
{
  const HxValue *value = &row->values[field->index];
  HxIdNumber id;

  if (field->known_bad == NULL || !value->filled)
    return FALSE;
  return row->values[field->known_bad->index].filled
         || !hx_id_number_parse (value->text, &id, NULL);
}

gboolean
hx_row_is_known_bad (const HxRow *row)
{
  const GPtrArray *identity = row->kind->identity;

  for (guint i = 0; i < identity->len; i++)
    if (hx_field_is_known_bad (row, g_ptr_array_index (identity, i)))
      return TRUE;
  return FALSE;
}
