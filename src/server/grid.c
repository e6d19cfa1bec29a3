/* Tables.  Each cell carries the name of its column, which a phone shows
 * before it, where a row stands as a card. */
#include "server/html_internal.h"
#include "server/page.h"

#include <string.h>

/* From so many columns on a table may be wider than the page: then it scrolls
 * in a frame of its own, which the keyboard must reach. */
#define WIDE_COLUMNS 6

struct _HxGrid
{
  HxHtml *html;
  const HxColumn *columns;
  guint n;
  guint at; /* the next cell's column */
  gboolean in_row;
  char *url;       /* of the row, until a cell has it; or NULL */
  const char *tag; /* of the cell that is open */
};

static const char *
sort_word (const HxColumn *column)
{
  if (column->sorted > 0)
    return "ascending";
  return column->sorted < 0 ? "descending" : NULL;
}

static void
write_heading (HxHtml *html, const HxColumn *column)
{
  hx_html_open (html, "th", "scope", "col", "class",
                column->is_number ? "number" : NULL, "aria-sort",
                sort_word (column), NULL);
  if (column->sort == NULL)
    hx_html_text (html, column->name);
  else
    {
      hx_html_open (html, "a", "href", column->sort, NULL);
      hx_html_text (html, column->name);
      hx_html_element (html, "span",
                       column->sorted == 0  ? "↕"
                       : column->sorted > 0 ? "↑"
                                            : "↓",
                       "class", "sign", "aria-hidden", "true", NULL);
      hx_html_close (html, "a");
    }
  hx_html_close (html, "th");
}

HxGrid *
hx_grid_begin (HxHtml *html, const char *caption, const HxColumn *columns)
{
  HxGrid *grid = g_new0 (HxGrid, 1);
  gboolean is_wide;

  grid->html = html;
  grid->columns = columns;
  while (columns[grid->n].name != NULL)
    grid->n++;
  is_wide = grid->n >= WIDE_COLUMNS;
  hx_html_open (html, "div", "class", "scroll", "role",
                is_wide ? "group" : NULL, "aria-label",
                is_wide ? caption : NULL, "tabindex", is_wide ? "0" : NULL,
                NULL);
  hx_html_open (html, "table", "class", "grid", NULL);
  hx_html_element (html, "caption", caption, NULL);
  hx_html_open (html, "thead", NULL);
  hx_html_open (html, "tr", NULL);
  for (guint i = 0; i < grid->n; i++)
    write_heading (html, &columns[i]);
  hx_html_close (html, "tr");
  hx_html_close (html, "thead");
  hx_html_open (html, "tbody", NULL);
  return grid;
}

static void
end_row (HxGrid *grid)
{
  if (!grid->in_row)
    return;
  if (grid->at != grid->n)
    hx_html_slip ("a row of %u cells in a table of %u columns", grid->at,
                  grid->n);
  hx_html_close (grid->html, "tr");
  grid->in_row = FALSE;
}

static void
begin_row (HxGrid *grid, const char *url, const char *class)
{
  end_row (grid);
  g_free (grid->url);
  grid->url = g_strdup (url);
  grid->at = 0;
  grid->in_row = TRUE;
  hx_html_open (grid->html, "tr", "class", class, "data-url", url, NULL);
}

void
hx_grid_row (HxGrid *grid, const char *url)
{
  begin_row (grid, url, NULL);
}

void
hx_grid_total (HxGrid *grid)
{
  begin_row (grid, NULL, "total");
}

static void
open_cell (HxGrid *grid, const char *tag, gboolean is_void)
{
  const HxColumn *column = &grid->columns[MIN (grid->at, grid->n - 1)];
  const char *class = column->is_number ? "number" : NULL;

  grid->tag = tag;
  grid->at++;
  hx_html_open (grid->html, tag, "scope",
                *tag == 't' && tag[1] == 'h' ? "row" : NULL, "class",
                is_void ? "none" : class, "data-label", column->name, NULL);
}

void
hx_grid_cell (HxGrid *grid, const char *text)
{
  gboolean is_void = text == NULL || *text == '\0';

  if (grid->url == NULL || is_void)
    {
      open_cell (grid, "td", is_void);
      hx_html_text (grid->html, text);
    }
  else
    {
      open_cell (grid, "th", FALSE);
      hx_html_element (grid->html, "a", text, "href", grid->url, NULL);
      g_clear_pointer (&grid->url, g_free);
    }
  hx_html_close (grid->html, grid->tag);
}

HxHtml *
hx_grid_cell_begin (HxGrid *grid)
{
  open_cell (grid, "td", FALSE);
  return grid->html;
}

void
hx_grid_cell_end (HxGrid *grid)
{
  hx_html_close (grid->html, grid->tag);
}

void
hx_grid_end (HxGrid *grid)
{
  end_row (grid);
  hx_html_close (grid->html, "tbody");
  hx_html_close (grid->html, "table");
  hx_html_close (grid->html, "div");
  g_free (grid->url);
  g_free (grid);
}

void
hx_part_pages (HxHtml *html, const char *first, const char *next)
{
  if (first == NULL && next == NULL)
    return;
  hx_html_open (html, "nav", "class", "pages", "aria-label", _ ("翻页"), NULL);
  if (first != NULL)
    hx_html_element (html, "a", _ ("回到第一页"), "href", first, "class",
                     "button", NULL);
  if (next != NULL)
    hx_html_element (html, "a", _ ("下一页"), "href", next, "class", "button",
                     "rel", "next", NULL);
  hx_html_close (html, "nav");
}
