/* The panels behind the figures of an HTML report.
 *
 * A panel is hidden until its address is the page's (CSS :target); closing it
 * leads back to the figure's first use.  Only figures that the text uses have
 * a panel. */
#include "report/report_internal.h"

static void
append_field (GString *out, const char *label, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  g_string_append (out, "<dt>");
  hx_escape_html (out, label);
  g_string_append (out, "</dt><dd>");
  hx_escape_html (out, value);
  g_string_append (out, "</dd>\n");
}

static void
append_cells (GString *out, const char *const *cells, guint count,
              const char *tag)
{
  g_string_append (out, "<tr>");
  for (guint i = 0; i < count; i++)
    {
      g_string_append_printf (out, "<%s>", tag);
      hx_escape_html (out, cells[i] == NULL ? "" : cells[i]);
      g_string_append_printf (out, "</%s>", tag);
    }
  g_string_append (out, "</tr>\n");
}

static void
append_rows (GString *out, const HxTracePanel *panel)
{
  if (panel->n_rows == 0 || panel->n_columns == 0)
    return;
  g_string_append (out, "<div class=\"wide\"><table>\n<thead>");
  append_cells (out, panel->columns, panel->n_columns, "th");
  g_string_append (out, "</thead>\n<tbody>\n");
  for (guint i = 0; i < panel->n_rows; i++)
    append_cells (out, panel->cells + (gsize)i * panel->n_columns,
                  panel->n_columns, "td");
  g_string_append (out, "</tbody></table></div>\n");
  if (panel->rows <= panel->n_rows)
    return;
  g_string_append (out, "<p class=\"more\">");
  g_string_append_printf (out, _ ("以上为前 %u 条"), panel->n_rows);
  g_string_append (out, "</p>\n");
}

static void
append_panel (GString *out, const HxTracePanel *panel)
{
  g_autofree char *rows
      = g_strdup_printf (_ ("%" G_GUINT64_FORMAT " 条"), panel->rows);
  g_autofree char *value
      = g_strdup_printf ("%s%s%s", panel->value == NULL ? "" : panel->value,
                         panel->unit == NULL || *panel->unit == '\0' ? "" : " ",
                         panel->unit == NULL ? "" : panel->unit);

  g_string_append_printf (out,
                          "<div class=\"panel\" id=\"fact-%s\" role=\"dialog\""
                          ">\n<a class=\"close\" href=\"#use-%s\">",
                          panel->key, panel->key);
  hx_escape_html (out, _ ("关闭"));
  g_string_append (out, "</a>\n<h2>");
  hx_escape_html (out, panel->name == NULL ? panel->key : panel->name);
  g_string_append (out, "</h2>\n<dl>\n");
  append_field (out, _ ("准确数"), value);
  append_field (out, _ ("报告写法"), panel->stated);
  append_field (out, _ ("统计口径"), panel->query);
  append_field (out, _ ("截至日期"), panel->as_of);
  append_field (out, _ ("依据记录"), rows);
  append_field (out, _ ("数据提示"), panel->weak);
  append_field (out, _ ("指标代码"), panel->key);
  g_string_append (out, "</dl>\n");
  append_rows (out, panel);
  g_string_append (out, "</div>\n");
}

void
hx_html_panels (GString *out, const HxHtmlOptions *options, GHashTable *used)
{
  for (guint i = 0; i < options->n_panels; i++)
    {
      if (g_hash_table_contains (used, options->panels[i].key))
        append_panel (out, &options->panels[i]);
    }
}
