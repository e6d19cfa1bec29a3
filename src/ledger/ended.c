/* What says that a row has ended says when. */
#include "ledger/history_internal.h"

char *
hx_row_end_fault (const HxRow *row)
{
  const HxKind *kind = row->kind;

  if (kind->until == NULL || row->values[kind->until->index].filled
      || row->values[kind->until->index].refused)
    return NULL;
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (kind->fields, i);
      const HxCode *code
          = field->type == HX_FIELD_CHOICE && row->values[i].filled
                ? hx_code_find (field->codes, row->values[i].text)
                : NULL;

      if (code != NULL && code->ends)
        return g_strdup_printf (_ ("%s: %s是“%s”，要写明日期"),
                                kind->until->name, field->name, code->name);
    }
  return NULL;
}
