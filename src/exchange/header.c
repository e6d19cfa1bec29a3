#include "exchange/table_internal.h"

typedef struct
{
  guint64 number;
  guint known;
} Best;

static gboolean
look_for_best (HxTable *table, HxTableKnown known, gpointer data, Best *best,
               GError **error)
{
  HxTableRow row;
  for (guint i = 0; i < HX_TABLE_HEADER_ROWS; i++)
    {
      HxTableStep step = hx_table_next (table, &row, error);
      if (step == HX_TABLE_FAIL)
        return FALSE;
      if (step == HX_TABLE_END)
        return TRUE;
      guint count = known (&row, data);
      if (count > best->known)
        *best = (Best){ row.number, count };
    }
  return TRUE;
}

static gboolean
fail_header (HxTable *table, GError **error)
{
  const HxTableSheet *sheet = hx_table_sheet (table, hx_table_selected (table));
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("前 20 行里没有一个认识的列名"),
                  sheet->name, _ ("请检查表头，或换一张工作表"));
}

gboolean
hx_table_find_header (HxTable *table, HxTableKnown known, gpointer data,
                      HxTableRow *header, GError **error)
{
  Best best = { 0, 0 };
  guint sheet = hx_table_selected (table);
  if (!hx_table_select_sheet (table, sheet, error)
      || !look_for_best (table, known, data, &best, error))
    return FALSE;
  if (best.known == 0)
    return fail_header (table, error);
  if (!hx_table_select_sheet (table, sheet, error))
    return FALSE;
  do
    if (hx_table_next (table, header, error) != HX_TABLE_ROW)
      return FALSE;
  while (header->number != best.number);
  return TRUE;
}
