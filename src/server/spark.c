/* A line of values as a drawing of 120 by 28, in whole numbers. */
#include "server/page.h"

#define WIDTH 120
#define HEIGHT 28
#define EDGE 3

static void
find_range (const gint64 *values, gsize n, gint64 *low, gint64 *high)
{
  *low = *high = values[0];
  for (gsize i = 1; i < n; i++)
    {
      *low = MIN (*low, values[i]);
      *high = MAX (*high, values[i]);
    }
}

/* 0 at the bottom … HEIGHT - 2 EDGE at the top; flat lines lie low.  The
 * difference of two values may not fit where the values do. */
static int
level (gint64 value, gint64 low, gint64 high)
{
  guint64 span = (guint64)high - (guint64)low;
  guint64 above = (guint64)value - (guint64)low;

  if (span == 0)
    return 0;
  if (span > G_MAXUINT64 / HEIGHT)
    {
      span /= HEIGHT;
      above /= HEIGHT;
    }
  return (int)(above * (HEIGHT - 2 * EDGE) / span);
}

static int
across (gsize i, gsize n)
{
  if (n < 2)
    return WIDTH - EDGE;
  return EDGE + (int)(i * (WIDTH - 2 * EDGE) / (n - 1));
}

void
hx_part_spark (HxHtml *html, const gint64 *values, gsize n, const char *what)
{
  g_autoptr (GString) points = g_string_new (NULL);
  gint64 low, high;
  int x = 0, y = 0;

  if (values == NULL || n == 0)
    return;
  find_range (values, n, &low, &high);
  for (gsize i = 0; i < n; i++)
    {
      x = across (i, n);
      y = HEIGHT - EDGE - level (values[i], low, high);
      g_string_append_printf (points, "%s%d,%d", i > 0 ? " " : "", x, y);
    }
  hx_html_open (html, "svg", "class", "spark", "viewBox", "0 0 120 28", "width",
                "120", "height", "28", "role", "img", "aria-label", what,
                "focusable", "false", NULL);
  hx_html_element (html, "polyline", NULL, "points", points->str, NULL);
  {
    g_autofree char *end_x = g_strdup_printf ("%d", x);
    g_autofree char *end_y = g_strdup_printf ("%d", y);

    hx_html_element (html, "circle", NULL, "cx", end_x, "cy", end_y, "r", "2.5",
                     NULL);
  }
  hx_html_close (html, "svg");
}
