#include "cli/figure_output.h"

#include "cli/cli.h"
#include "exchange/figure_json.h"

static const char *
figure_stated (GHashTable *stated, const HxFigure *figure)
{
  return g_hash_table_lookup (stated, figure->indicator->key);
}

static void
print_line (const char *key, const char *value, const char *unit,
            const char *stated, const char *rows)
{
  hx_cli_print_padded (key, 27, FALSE);
  hx_cli_print_padded (value, 12, TRUE);
  hx_cli_print (" ");
  hx_cli_print_padded (unit, 6, FALSE);
  hx_cli_print_padded (stated, 12, TRUE);
  hx_cli_print_padded (rows, 8, TRUE);
}

static void
print_weak (const GPtrArray *figures, GHashTable *weak)
{
  if (g_hash_table_size (weak) > 0)
    hx_cli_print ("\n%s\n", _ ("※ 依据的数据不全："));
  for (guint i = 0; i < figures->len; i++)
    {
      const HxFigure *figure = figures->pdata[i];
      const char *text = g_hash_table_lookup (weak, figure->indicator->key);
      if (text != NULL)
        hx_cli_print ("  %s %s\n", figure->indicator->key, text);
    }
}

void
hx_cli_figures_table (const GPtrArray *figures, GHashTable *stated,
                      GHashTable *weak)
{
  print_line (_ ("指标"), _ ("值"), _ ("单位"), _ ("报告写法"), _ ("行数"));
  hx_cli_print ("  %s\n", _ ("名称"));
  for (guint i = 0; i < figures->len; i++)
    {
      const HxFigure *figure = figures->pdata[i];
      const char *wording = figure_stated (stated, figure);
      g_autofree char *rows
          = g_strdup_printf ("%" G_GINT64_FORMAT, figure->rows);
      print_line (figure->indicator->key, figure->is_void ? "—" : figure->text,
                  figure->indicator->unit, wording != NULL ? wording : "",
                  rows);
      hx_cli_print ("  %s%s\n", figure->indicator->name,
                    g_hash_table_contains (weak, figure->indicator->key) ? " ※"
                                                                         : "");
    }
  print_weak (figures, weak);
}

void
hx_cli_figures_json (const GPtrArray *figures, GHashTable *stated,
                     GHashTable *weak)
{
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  hx_json_init (&json, out, TRUE);
  hx_json_array_begin (&json);
  for (guint i = 0; i < figures->len; i++)
    {
      const HxFigure *figure = figures->pdata[i];
      hx_json_object_begin (&json);
      hx_figure_members (&json, figure, figure_stated (stated, figure),
                         figure_stated (weak, figure));
      hx_json_object_end (&json);
    }
  hx_json_array_end (&json);
  hx_cli_print ("%s\n", out->str);
}
