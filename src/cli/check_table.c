#include "cli/check_file.h"

#define NUMBER_COLUMNS 12

void
hx_cli_check_count (HxCliCheckTotals *totals, const HxChecked *checked)
{
  const guint last = hx_checked_errors_of (checked, HX_SEVERITY_LAST_DIGIT);
  const guint all = hx_checked_errors (checked);

  totals->files++;
  totals->unreadable += checked->result == NULL;
  totals->with_errors += all > 0;
  totals->errors += all - last;
  totals->last += last;
  if (checked->result != NULL)
    totals->warnings += checked->result->warnings->len;
}

void
hx_cli_check_table_head (GString *out, guint width)
{
  const char *const heads[]
      = { _ ("字数"), _ ("算式"),     _ ("相符"), _ ("舍入"),
          _ ("差错"), _ ("末位差错"), _ ("未核"), _ ("提示") };

  hx_cli_append_padded (out, _ ("文件"), width, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    hx_cli_append_padded (out, heads[i], NUMBER_COLUMNS, TRUE);
  g_string_append_c (out, '\n');
}

static void
append_number (GString *out, gsize number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GSIZE_FORMAT, number);

  hx_cli_append_padded (out, text, NUMBER_COLUMNS, TRUE);
}

void
hx_cli_check_table_row (const HxChecked *checked, guint width, GString *out)
{
  const HxCheckResult *result = checked->result;
  const guint last = hx_checked_errors_of (checked, HX_SEVERITY_LAST_DIGIT);
  g_autofree char *name = hx_checked_name (checked);

  hx_cli_append_padded (out, name, width, FALSE);
  if (result == NULL)
    {
      g_string_append_printf (out, "  %s%s\n", _ ("读不了："), checked->fault);
      return;
    }
  append_number (out, checked->source->characters);
  append_number (out, result->claims->len);
  append_number (out, result->verdicts[HX_VERDICT_OK]);
  append_number (out, result->verdicts[HX_VERDICT_ROUNDING]);
  append_number (out, result->verdicts[HX_VERDICT_ERROR] - last);
  append_number (out, last);
  append_number (out, result->verdicts[HX_VERDICT_UNKNOWN]);
  append_number (out, result->warnings->len);
  g_string_append_c (out, '\n');
}

void
hx_cli_check_table_tail (const HxCliCheckTotals *totals, GString *out)
{
  g_string_append_printf (
      out,
      _ ("\n共 %u 份，%u 份有差错：差错 %u 处，末位差错 %u 处，提示 %u 处"),
      totals->files, totals->with_errors, totals->errors, totals->last,
      totals->warnings);
  if (totals->unreadable > 0)
    g_string_append_printf (out, _ ("；%u 份读不了"), totals->unreadable);
  g_string_append_c (out, '\n');
}
