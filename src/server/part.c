/* Badges, notices, sections, actions, bars. */
#include "server/html_internal.h"
#include "server/page.h"

typedef struct
{
  const char *class;
  const char *sign; /* said to those who see no colour */
} Tone;

static const Tone tones[] = {
  [HX_TONE_PLAIN] = { "plain", "" },
  [HX_TONE_GOOD] = { "good", "✓" },
  [HX_TONE_WARN] = { "warn", "!" },
  [HX_TONE_BAD] = { "bad", "✕" },
};

static char *
tone_class (const char *part, HxTone tone)
{
  return g_strconcat (part, " ", tones[tone].class, NULL);
}

void
hx_part_badge (HxHtml *html, HxTone tone, const char *text)
{
  g_autofree char *class = tone_class ("badge", tone);

  hx_html_open (html, "span", "class", class, NULL);
  if (tone != HX_TONE_PLAIN)
    {
      hx_html_element (html, "span", tones[tone].sign, "aria-hidden", "true",
                       NULL);
      hx_html_text (html, " ");
    }
  hx_html_text (html, text);
  hx_html_close (html, "span");
}

void
hx_part_notice (HxHtml *html, HxTone tone, const char *text)
{
  g_autofree char *class = tone_class ("notice", tone);

  hx_html_open (html, "div", "class", class, "role",
                tone == HX_TONE_BAD ? "alert" : "status", NULL);
  hx_html_element (html, "p", text, NULL);
  hx_html_close (html, "div");
}

void
hx_part_empty (HxHtml *html, const char *text, const char *url,
               const char *what_to_do)
{
  hx_html_open (html, "div", "class", "empty", NULL);
  hx_html_element (html, "p", text, NULL);
  if (url != NULL)
    {
      hx_html_open (html, "p", NULL);
      hx_part_action (html, url, what_to_do, FALSE);
      hx_html_close (html, "p");
    }
  else if (what_to_do != NULL)
    hx_html_element (html, "p", what_to_do, "class", "quiet", NULL);
  hx_html_close (html, "div");
}

void
hx_part_section_begin (HxHtml *html, const char *id, const char *title)
{
  g_autofree char *heading = g_strconcat (id, "-title", NULL);

  hx_html_open (html, "section", "id", id, "aria-labelledby", heading, NULL);
  hx_html_element (html, "h2", title, "id", heading, NULL);
}

void
hx_part_section_end (HxHtml *html)
{
  hx_html_close (html, "section");
}

void
hx_part_action (HxHtml *html, const char *url, const char *text,
                gboolean is_main)
{
  hx_html_element (html, "a", text, "href", url, "class",
                   is_main ? "button main" : "button", NULL);
}

/* The width is an attribute of the drawing: a style would need the policy to
 * allow styles. */
static void
draw_bar (HxHtml *html, const HxBar *bar)
{
  g_autofree char *width
      = g_strdup_printf ("%d", CLAMP (bar->permille, 0, 1000));
  g_autofree char *mark
      = g_strdup_printf ("%d", CLAMP (bar->mark, 0, 1000) - 2);

  hx_html_open (html, "svg", "class", "track", "viewBox", "0 0 1000 10",
                "preserveAspectRatio", "none", "aria-hidden", "true",
                "focusable", "false", NULL);
  hx_html_element (html, "rect", NULL, "class", "rest", "width", "1000",
                   "height", "10", NULL);
  hx_html_element (html, "rect", NULL, "class", "done", "width", width,
                   "height", "10", NULL);
  if (bar->mark >= 0)
    hx_html_element (html, "rect", NULL, "class", "mark", "x", mark, "width",
                     "4", "height", "10", NULL);
  hx_html_close (html, "svg");
}

void
hx_part_bar (HxHtml *html, const HxBar *bar)
{
  g_autofree char *class = tone_class ("bar", bar->tone);

  hx_html_open (html, "div", "class", class, NULL);
  hx_html_open (html, "p", NULL);
  hx_html_element (html, "span", bar->label, "class", "label", NULL);
  hx_html_text (html, " ");
  hx_html_element (html, "span", bar->text, "class", "text", NULL);
  hx_html_close (html, "p");
  draw_bar (html, bar);
  hx_html_close (html, "div");
}
