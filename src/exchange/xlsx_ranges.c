/* Cells that a formula fills without standing in them.
 *
 * An array formula and a data table stand in one cell and name the range whose
 * values they work out; the other cells of the range look like plain values.
 * The ranges that reach below the row in hand are kept, at most RANGES_MOST.
 */
#include "exchange/xlsx_internal.h"

#include <string.h>

#define RANGES_MOST 256
#define COLUMN_BEYOND 1000000

typedef struct
{
  guint first_column;
  guint last_column;
  guint64 last_row;
} Range;

gboolean
hx_reference_parse (const char *text, gsize length, guint *column, guint64 *row)
{
  guint number = 0;
  gsize at = 0;
  *row = 0;
  for (; at < length && g_ascii_isalpha (text[at]); at++)
    if (number < COLUMN_BEYOND)
      number = number * 26 + (guint)(g_ascii_toupper (text[at]) - 'A') + 1;
  const gsize letters = at;
  for (; at < length && g_ascii_isdigit (text[at]) && *row <= HX_ROWS_MOST;
       at++)
    *row = *row * 10 + (guint64)(text[at] - '0');
  *column = number - 1;
  return letters > 0 && at == length && *row > 0 && *row <= HX_ROWS_MOST;
}

GArray *
hx_ranges_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (Range));
}

gboolean
hx_ranges_add (GArray *ranges, const char *reference, GError **error)
{
  guint64 first_row;
  Range range;
  const char *colon = strchr (reference, ':');
  if (colon == NULL) /* the one cell that it stands in */
    return TRUE;
  if (!hx_reference_parse (reference, (gsize)(colon - reference),
                           &range.first_column, &first_row)
      || !hx_reference_parse (colon + 1, strlen (colon + 1), &range.last_column,
                              &range.last_row))
    return hx_fail (error, HX_ERROR_DATA, _ ("公式的范围写坏了"), NULL,
                    _ ("请用 Excel 或 WPS 打开，另存一次再导入"));
  if (ranges->len >= RANGES_MOST)
    return hx_fail (error, HX_ERROR_LIMIT, _ ("数组公式太多"), NULL,
                    _ ("请复制、选择性粘贴为数值后再导入"));
  g_array_append_val (ranges, range);
  return TRUE;
}

void
hx_ranges_enter_row (GArray *ranges, guint64 row)
{
  for (guint i = ranges->len; i-- > 0;)
    if (g_array_index (ranges, Range, i).last_row < row)
      g_array_remove_index_fast (ranges, i);
}

gboolean
hx_ranges_hold (const GArray *ranges, guint column)
{
  for (guint i = 0; i < ranges->len; i++)
    {
      const Range *range = &g_array_index (ranges, Range, i);
      if (column >= range->first_column && column <= range->last_column)
        return TRUE;
    }
  return FALSE;
}
