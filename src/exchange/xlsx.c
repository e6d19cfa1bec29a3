#include "exchange/table_internal.h"

gpointer
hx_xlsx_open (const char *path, const HxTableLimits *limits, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  (void)limits;
  hx_fail (error, HX_ERROR_DATA, _ ("还不能读 xlsx 工作簿"), name,
           _ ("请另存为 UTF-8 的 CSV"));
  return NULL;
}

const HxTableClass hx_xlsx_class = { .format = HX_TABLE_XLSX };
