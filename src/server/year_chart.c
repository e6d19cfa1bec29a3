/* Drawings of a year.
 *
 * A milestone is a row of a table and its drawing one cell of it: the chart is
 * as long as the table, is read as a table, and on a phone each row carries its
 * own.  A drawing is 366 wide, a day each, and stretched to the cell: so there
 * are rectangles alone in it, no circles and no letters. */
#include "server/year_part.h"

#define DAYS 366
#define HEIGHT 24

/* 0 on 1 January; days before and after the year stand at its edges. */
static gint64
place_of (const HxPlanYear *plan, HxDate date)
{
  const HxDate first = { (gint16)plan->year, 1, 1 };
  return CLAMP (hx_date_days (date) - hx_date_days (first), 0, DAYS);
}

/* Where what is called so lies, from above. */
typedef struct
{
  const char *class;
  int top, height;
} Band;

static const Band baseline_band = { "baseline", 3, 6 };
static const Band planned_band = { "planned", 9, 3 };
static const Band done_band = { "done", 13, 8 };
static const Band open_band = { "open", 13, 8 };
static const Band late_band = { "late", 13, 8 };

static void
draw_box (HxHtml *html, const Band *band, gint64 from, gint64 to)
{
  g_autofree char *x = g_strdup_printf ("%d", (int)MIN (from, DAYS - 2));
  g_autofree char *y = g_strdup_printf ("%d", band->top);
  g_autofree char *w = g_strdup_printf ("%d", (int)MAX (to - from, 2));
  g_autofree char *h = g_strdup_printf ("%d", band->height);
  hx_html_element (html, "rect", NULL, "class", band->class, "x", x, "y", y,
                   "width", w, "height", h, NULL);
}

static void
draw_months (HxHtml *html, const HxPlanYear *plan)
{
  g_autoptr (GString) path = g_string_new (NULL);
  for (int month = 2; month <= 12; month++)
    {
      const HxDate first = { (gint16)plan->year, (gint8)month, 1 };
      g_string_append_printf (path, "M%d 0V%d", (int)place_of (plan, first),
                              HEIGHT);
    }
  hx_html_element (html, "path", NULL, "class", "month", "d", path->str, NULL);
}

/* What is late reaches from the first date to the day of its end, or to the day
 * of the plan while it has none. */
static void
draw_work (HxHtml *html, const HxPlanYear *plan, const HxMilestone *milestone,
           gint64 begin)
{
  const gboolean is_done = milestone->done_on.year != 0;
  const gint64 baseline = place_of (plan, milestone->baseline);
  const gint64 end
      = place_of (plan, is_done ? milestone->done_on : plan->as_of);
  draw_box (html, &baseline_band, begin, baseline);
  if (milestone->replans->len > 0)
    draw_box (html, &planned_band, begin, place_of (plan, milestone->planned));
  if (end > begin)
    draw_box (html, is_done ? &done_band : &open_band, begin,
              MIN (end, baseline));
  if (milestone->days_late > 0)
    draw_box (html, &late_band, baseline, end);
}

static void
draw_today (HxHtml *html, gint64 today)
{
  g_autofree char *path = g_strdup_printf ("M%d 0V%d", (int)today, HEIGHT);
  hx_html_element (html, "path", NULL, "class", "today", "d", path, NULL);
}

void
hx_chart_milestone (HxHtml *html, const HxPlanYear *plan,
                    const HxMilestone *milestone, HxDate begin)
{
  const gint64 today = place_of (plan, plan->as_of);
  const gint64 from = begin.year == 0 ? 0 : place_of (plan, begin);
  hx_html_open (html, "svg", "class", "gantt", "viewBox", "0 0 366 24",
                "preserveAspectRatio", "none", "aria-hidden", "true",
                "focusable", "false", NULL);
  draw_months (html, plan);
  draw_work (html, plan, milestone,
             MIN (from, place_of (plan, milestone->baseline)));
  draw_today (html, today);
  hx_html_close (html, "svg");
}

void
hx_chart_legend (HxHtml *html)
{
  static const struct
  {
    Band band;
    const char *name;
  } keys[] = { { { "baseline", 0, 8 }, N_ ("原定") },
               { { "planned", 0, 8 }, N_ ("调整后") },
               { { "done", 0, 8 }, N_ ("已完成") },
               { { "open", 0, 8 }, N_ ("进行中") },
               { { "late", 0, 8 }, N_ ("晚了的天数") },
               { { "today", 0, 8 }, N_ ("截至日") } };
  hx_html_open (html, "ul", "class", "legend", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      hx_html_open (html, "li", NULL);
      hx_html_open (html, "svg", "class", "gantt key", "viewBox", "0 0 24 8",
                    "width", "24", "height", "8", "aria-hidden", "true",
                    "focusable", "false", NULL);
      draw_box (html, &keys[i].band, 0, 24);
      hx_html_close (html, "svg");
      hx_html_text (html, hx_text (keys[i].name));
      hx_html_close (html, "li");
    }
  hx_html_close (html, "ul");
}

/* --------------------------------------------------------------------- year */

#define LEFT 44
#define TOP 12
#define WIDE 560
#define HIGH 200
#define WHOLE 10000

static char *
point_text (const HxSeries *series)
{
  GString *points = g_string_new ("");
  for (guint i = 0; i < series->n; i++)
    {
      const gint64 value = CLAMP (series->values[i], 0, WHOLE);
      g_string_append_printf (points, "%s%d,%d", i > 0 ? " " : "",
                              LEFT + (int)(i + 1) * WIDE / 12,
                              TOP + HIGH - (int)(value * HIGH / WHOLE));
    }
  return g_string_free (points, FALSE);
}

static void
draw_text (HxHtml *html, int x, int y, const char *class, const char *text)
{
  g_autofree char *left = g_strdup_printf ("%d", x);
  g_autofree char *top = g_strdup_printf ("%d", y);
  hx_html_element (html, "text", text, "x", left, "y", top, "class", class,
                   NULL);
}

static void
draw_axes (HxHtml *html)
{
  g_autoptr (GString) path = g_string_new (NULL);
  for (int i = 0; i <= 4; i++)
    {
      g_autofree char *text = g_strdup_printf ("%d%%", i * 25);
      const int y = TOP + HIGH - i * HIGH / 4;
      g_string_append_printf (path, "M%d %dH%d", LEFT, y, LEFT + WIDE);
      draw_text (html, LEFT - 6, y + 4, "end", text);
    }
  for (int month = 1; month <= 12; month++)
    {
      g_autofree char *text = g_strdup_printf ("%d", month);
      draw_text (html, LEFT + month * WIDE / 12, TOP + HIGH + 18, "middle",
                 text);
    }
  hx_html_element (html, "path", NULL, "class", "axis", "d", path->str, NULL);
}

/* A stretch of the line before its name. */
static void
draw_key (HxHtml *html, const char *class)
{
  hx_html_open (html, "svg", "class", "key", "viewBox", "0 0 24 6", "width",
                "24", "height", "6", "aria-hidden", "true", "focusable",
                "false", NULL);
  hx_html_element (html, "polyline", NULL, "class", class, "points", "0,3 24,3",
                   NULL);
  hx_html_close (html, "svg");
}

static void
write_legend (HxHtml *html, const HxSeries *series, guint n)
{
  hx_html_open (html, "figcaption", "class", "legend", NULL);
  for (guint i = 0; i < n; i++)
    {
      hx_html_open (html, "span", NULL);
      draw_key (html, series[i].class);
      hx_html_text (html, series[i].name);
      hx_html_close (html, "span");
    }
  hx_html_close (html, "figcaption");
}

void
hx_chart_year (HxHtml *html, const HxSeries *series, guint n, const char *what)
{
  hx_html_open (html, "figure", "class", "plot", NULL);
  hx_html_open (html, "svg", "class", "plot", "viewBox", "0 0 620 240", "role",
                "img", "aria-label", what, "focusable", "false", NULL);
  draw_axes (html);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *points = point_text (&series[i]);
      hx_html_element (html, "polyline", NULL, "class", series[i].class,
                       "points", points, NULL);
    }
  hx_html_close (html, "svg");
  write_legend (html, series, n);
  hx_html_close (html, "figure");
}
