#include "sample.h"

static void
write_units (const Sample *sample, Random *random, Sheet *sheet)
{
  const char *district = "荔湾区委老干部局";

  (void)sample;
  (void)random;
  ROW (sheet, TEXT (district), EMPTY);
  for (guint i = 0; i < SAMPLE_STREETS; i++)
    {
      g_autofree char *street = sample_street (i);

      ROW (sheet, TEXT (street), TEXT (district));
    }
}

const Workbook place_workbooks[] = {
  { "机构", "unit", write_units, { "名称", "上级" } },
  { 0 },
};
