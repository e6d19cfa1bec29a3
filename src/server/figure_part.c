#include "server/figure_part.h"

#include "server/links.h"

gboolean
hx_figure_place (HxCall *call, HxTracePlace *place, GError **error)
{
  const char *text = hx_call_text (call, "cursor");
  g_auto (GStrv) values = NULL;
  if (text == NULL)
    return TRUE;
  values = hx_cursor_parse (call, text, error);
  if (values == NULL)
    return FALSE;
  if (g_strv_length (values) != 3)
    return hx_fail (error, HX_ERROR_USAGE, _ ("不是这张表的续页"), "cursor",
                    _ ("从第一页看起"));
  place->part = (guint)g_ascii_strtoull (values[0], NULL, 10);
  g_strlcpy (place->day, values[1], sizeof place->day);
  place->id = g_ascii_strtoll (values[2], NULL, 10);
  return TRUE;
}

static char *
next_cursor (HxCall *call, const HxTracePlace *place)
{
  g_autofree char *part = g_strdup_printf ("%u", place->part);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, place->id);
  const char *const values[] = { part, place->day, id, NULL };
  return hx_cursor_new (call, values);
}

/* ------------------------------------------------------------------ walking */

typedef struct
{
  HxShown *shown;
  HxGrid *grid; /* or: */
  HxJson *json;
  HxTracePlace place, last;
  guint n, hidden;
  gboolean is_more;
  GError *error;
} Walk;

static char *
summary (Walk *walk, const HxRow *row)
{
  g_autoptr (GString) text = g_string_new (row->is_void ? _ ("已作废") : NULL);
  for (guint i = 0; i < row->kind->fields->len && walk->error == NULL; i++)
    {
      const HxField *field = row->kind->fields->pdata[i];
      g_autofree char *value = NULL;
      if (!row->values[i].filled || field == row->kind->date
          || field == row->kind->of_field)
        continue;
      value = hx_shown_text (walk->shown, row, field, &walk->error);
      if (value != NULL && *value != '\0')
        g_string_append_printf (text, "%s%s：%s", text->len > 0 ? "；" : "",
                                field->name, value);
    }
  return g_strdup (text->str);
}

static char *
subject (Walk *walk, const HxRow *row)
{
  const HxField *field = row->kind->of_field;
  if (field == NULL || !row->values[field->index].filled)
    return g_strdup ("");
  return hx_shown_plain (walk->shown, row, field, &walk->error);
}

static void
write_cells (Walk *walk, const HxRow *row)
{
  g_autofree char *url = hx_link_row (walk->shown->call, row->kind, row->id);
  g_autofree char *day = hx_say_day (
      hx_row_day (row) != 0 ? hx_date_from_number (hx_row_day (row))
                            : (HxDate){ 0 });
  g_autofree char *who = subject (walk, row);
  g_autofree char *what = summary (walk, row);
  hx_grid_row (walk->grid, url);
  hx_grid_cell (walk->grid, row->kind->name);
  hx_grid_number (walk->grid, row->id);
  hx_grid_cell (walk->grid, day);
  hx_grid_cell (walk->grid, who);
  hx_grid_cell (walk->grid,
                hx_shown_unit (walk->shown, row->unit_id, &walk->error));
  hx_grid_cell (walk->grid, what);
}

static void
write_object (Walk *walk, const HxRow *row)
{
  HxJson *json = walk->json;
  char day[HX_DATE_TEXT_SIZE];
  hx_json_object_begin (json);
  hx_json_member (json, "kind", row->kind->key);
  hx_json_member_integer (json, "id", row->id);
  if (hx_row_day (row) != 0)
    hx_date_format (hx_date_from_number (hx_row_day (row)), day);
  hx_json_member (json, "date", hx_row_day (row) != 0 ? day : NULL);
  hx_json_member (json, "unit",
                  hx_shown_unit (walk->shown, row->unit_id, &walk->error));
  hx_json_key (json, "void");
  hx_json_bool (json, row->is_void);
  hx_json_key (json, "fields");
  hx_json_object_begin (json);
  if (walk->error == NULL)
    hx_shown_members (walk->shown, json, row, NULL, &walk->error);
  hx_json_object_end (json);
  hx_json_object_end (json);
}

static gboolean
take_row (const HxRow *row, gpointer data)
{
  Walk *walk = data;
  const HxIdentity *identity = walk->shown->identity;
  if (walk->n == HX_PAGE_ROWS)
    {
      walk->is_more = TRUE;
      return FALSE;
    }
  walk->last = walk->place;
  if (!hx_identity_may (identity, HX_ACT_READ, row->kind)
      || !hx_identity_reaches (identity, row))
    {
      walk->hidden++;
      return TRUE;
    }
  walk->n++;
  if (walk->grid != NULL)
    write_cells (walk, row);
  else
    write_object (walk, row);
  return walk->error == NULL;
}

static gboolean
walk_rows (HxCall *call, const HxFigureRows *rows, Walk *walk, GError **error)
{
  if (!hx_figure_place (call, &walk->place, error))
    return FALSE;
  walk->last = walk->place;
  if (!rows->trace (walk->shown->connection, &walk->place, take_row, walk,
                    rows->source, error))
    return g_clear_error (&walk->error), FALSE;
  if (walk->error == NULL)
    return TRUE;
  g_propagate_error (error, walk->error);
  return FALSE;
}

/* -------------------------------------------------------------------- table */

static void
write_pages (HxHtml *html, HxCall *call, const Walk *walk, const char *path)
{
  g_autofree char *next = NULL;
  if (walk->is_more)
    {
      g_autofree char *cursor = next_cursor (call, &walk->last);
      g_autoptr (GString) url = g_string_new (path);
      g_string_append (url,
                       strchr (path, '?') != NULL ? "&cursor=" : "?cursor=");
      hx_url_append (url, cursor);
      next = g_strdup (url->str);
    }
  hx_part_pages (html, hx_call_text (call, "cursor") != NULL ? path : NULL,
                 next);
}

gboolean
hx_figure_rows_table (HxHtml *html, HxCall *call, const HxFigureRows *rows,
                      const char *path, GError **error)
{
  const HxColumn columns[]
      = { { .name = _ ("台账") }, { .name = _ ("记录号"), .is_number = TRUE },
          { .name = _ ("日期") }, { .name = _ ("对象") },
          { .name = _ ("机构") }, { .name = _ ("内容") },
          { .name = NULL } };
  g_auto (HxShown) shown = { 0 };
  Walk walk = { .shown = &shown };
  gboolean done;
  if (!hx_shown_open (&shown, call, error))
    return FALSE;
  walk.grid = hx_grid_begin (html, _ ("背后的记录"), columns);
  done = walk_rows (call, rows, &walk, error);
  hx_grid_end (walk.grid);
  if (!done)
    return FALSE;
  if (walk.n == 0 && walk.hidden == 0)
    hx_part_empty (html, _ ("这个数字背后没有记录。"), NULL,
                   _ ("它是填报的数，或者还没有登记"));
  if (walk.hidden > 0)
    hx_part_notice (html, HX_TONE_PLAIN,
                    _ ("有些记录不在您的范围里，这里没有列出。"));
  write_pages (html, call, &walk, path);
  return TRUE;
}

gboolean
hx_figure_rows_json (HxJson *json, HxCall *call, const HxFigureRows *rows,
                     GError **error)
{
  g_auto (HxShown) shown = { 0 };
  Walk walk = { .shown = &shown, .json = json };
  g_autofree char *next = NULL;
  if (!hx_shown_open (&shown, call, error))
    return FALSE;
  hx_json_key (json, "items");
  hx_json_array_begin (json);
  if (!walk_rows (call, rows, &walk, error))
    return FALSE;
  hx_json_array_end (json);
  next = walk.is_more ? next_cursor (call, &walk.last) : NULL;
  hx_json_member (json, "next", next);
  return TRUE;
}
