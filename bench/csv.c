/* bench-csv IN OUT: the first sheet of a workbook as CSV, so that a program
 * that reads only CSV can be given the very same rows. */
#include "exchange/exchange.h"

#include <stdio.h>

static void
add_cell (GString *line, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\"", -1);
  g_autofree char *doubled = g_strjoinv ("\"\"", parts);

  g_string_append_printf (line, "%s\"%s\"", line->len > 0 ? "," : "", doubled);
}

static gboolean
copy_rows (HxTable *table, FILE *out, GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  HxTableRow row;
  HxTableStep step;
  guint columns = 0;

  while ((step = hx_table_next (table, &row, error)) == HX_TABLE_ROW)
    {
      if (columns == 0)
        columns = row.n_cells;
      g_string_truncate (line, 0);
      for (guint i = 0; i < columns; i++)
        add_cell (line, hx_table_row_text (&row, i));
      fprintf (out, "%s\n", line->str);
    }
  return step == HX_TABLE_END;
}

static gboolean
convert (const char *from, const char *to, GError **error)
{
  g_autoptr (HxTable) table = hx_table_open (from, NULL, error);
  FILE *out = table != NULL ? fopen (to, "w") : NULL;
  gboolean done = FALSE;

  if (table == NULL)
    return FALSE;
  if (out == NULL)
    return hx_fail (error, HX_ERROR_STORE, "cannot write", to, NULL);
  done = copy_rows (table, out, error);
  if (fclose (out) != 0 && done)
    return hx_fail (error, HX_ERROR_STORE, "cannot write", to, NULL);
  return done;
}

int
main (int count, char **arguments)
{
  g_autoptr (GError) error = NULL;

  if (count != 3)
    hx_fail (&error, HX_ERROR_USAGE, "usage: bench-csv IN OUT", NULL, NULL);
  else
    convert (arguments[1], arguments[2], &error);
  if (error == NULL)
    return 0;
  fprintf (stderr, "bench-csv: %s\n", error->message);
  return hx_error_exit_status (error);
}
