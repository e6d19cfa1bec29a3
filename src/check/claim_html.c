/* The page of a checked text.
 *
 * The text stands in it character by character; a figure is an element around
 * its own characters that also holds its tip, hidden until the figure is
 * pointed at or reached by the keyboard.  Numbers of errors are put behind the
 * figures by the style, so that the words can be copied as they are.
 *
 * The page forbids itself everything but its own style, named by its digest:
 * what a hostile text smuggled in would not be run nor fetched. */
#include "check/claim_mark.h"
#include "check/claim_output_internal.h"
#include "check_resource.h"

#include <string.h>

typedef struct
{
  GString *out;
  const HxChecked *checked;
  const HxPlaces *places;
  GArray *marks;  /* HxMark */
  GArray *tags;   /* HxMarkup: tables */
  guint tag;      /* the next of them */
  guint *numbers; /* of each claim in the list of errors, 0: not in it */
} Page;

static void
append_escaped (GString *out, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (out, escaped);
}

static void
append_element (GString *out, const char *name, const char *text)
{
  g_string_append_printf (out, "<%s>", name);
  append_escaped (out, text);
  g_string_append_printf (out, "</%s>", name);
}

/* ---------------------------------------------------------------------- head
 */

static void
append_policy (GString *out, const char *style, gsize length)
{
  g_autoptr (HxDigest) digest = hx_digest_new (HX_DIGEST_SHA256);
  guint8 bytes[HX_DIGEST_SIZE];
  g_autofree char *text = NULL;

  hx_digest_update (digest, style, length);
  hx_digest_finish (digest, bytes);
  text = g_base64_encode (bytes, sizeof bytes);
  g_string_append_printf (
      out,
      "<meta http-equiv=\"Content-Security-Policy\" content=\""
      "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; "
      "form-action 'none'\">\n",
      text);
}

static void
append_top (GString *out, const char *title)
{
  g_autoptr (GBytes) css = g_resource_lookup_data (
      hx_check_get_resource (), "/check/claim_page.css",
      G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length;
  const char *style = g_bytes_get_data (css, &length);

  g_string_append (out, "<!DOCTYPE html>\n<html lang=\"");
  g_string_append (out,
                   hx_language_get () == HX_LANGUAGE_ENGLISH ? "en" : "zh-CN");
  g_string_append (out, "\">\n<head>\n<meta charset=\"utf-8\">\n");
  append_policy (out, style, length);
  g_string_append (out, "<meta name=\"viewport\" content=\"width=device-width, "
                        "initial-scale=1\">\n");
  append_element (out, "title", title);
  g_string_append (out, "\n<style>");
  g_string_append_len (out, style, (gssize)length);
  g_string_append (out, "</style>\n</head>\n<body>\n<main>\n");
  append_element (out, "h1", title);
  g_string_append_c (out, '\n');
}

static char *
title_of (const HxChecked *checked)
{
  g_autofree char *base = g_path_get_basename (checked->path);
  const HxChecked named = { .path = base };
  g_autofree char *name = hx_checked_name (&named);

  return g_strdup_printf (_ ("核对：%s"), name);
}

/* -------------------------------------------------------------------- counts
 */

static const char *
class_of (const HxClaim *claim)
{
  if (claim == NULL)
    return "";
  if (claim->verdict == HX_VERDICT_ERROR
      && claim->severity == HX_SEVERITY_LAST_DIGIT)
    return "last";
  return hx_verdict_key (claim->verdict);
}

static void
append_count (GString *out, const char *class, const char *name, guint count)
{
  g_string_append_printf (out, "<li class=\"%s\"><b>%u</b> %s</li>\n", class,
                          count, name);
}

static void
append_counts (Page *page)
{
  const HxCheckResult *result = page->checked->result;
  const guint last
      = hx_checked_errors_of (page->checked, HX_SEVERITY_LAST_DIGIT);

  g_autofree char *words = g_strdup_printf (
      _ ("全文 %u 个字，核对算式 %u 处。"),
      (guint)page->checked->source->characters, result->claims->len);

  append_element (page->out, "p", words);
  g_string_append (page->out, "<ul class=\"counts\">\n");
  append_count (page->out, "error", _ ("差错"),
                result->verdicts[HX_VERDICT_ERROR] - last);
  append_count (page->out, "last", _ ("末位差错"), last);
  append_count (page->out, "warning", _ ("提示"), result->warnings->len);
  append_count (page->out, "unknown", _ ("无法核对"),
                result->verdicts[HX_VERDICT_UNKNOWN]);
  append_count (page->out, "rounding", _ ("舍入"),
                result->verdicts[HX_VERDICT_ROUNDING]);
  append_count (page->out, "ok", _ ("相符"), result->verdicts[HX_VERDICT_OK]);
  g_string_append (page->out, "</ul>\n");
}

/* --------------------------------------------------------------------- lists
 */

static void
append_link (Page *page, gsize offset, const char *text)
{
  const guint mark = hx_marks_find (page->marks, offset);

  if (mark != G_MAXUINT)
    g_string_append_printf (page->out, "<a href=\"#n%u\">", mark + 1);
  append_escaped (page->out, text);
  g_string_append (page->out, mark != G_MAXUINT ? "</a>" : "");
}

static void
append_where (Page *page, gsize offset, gsize length, const char *what)
{
  const HxPlace place = hx_places_find (page->places, offset);
  g_auto (HxExcerpt) excerpt = { 0 };
  g_autofree char *where
      = g_strdup_printf (_ ("第 %u 行第 %u 字"), place.line, place.column);

  hx_excerpt_init (&excerpt, page->places, offset, length);
  g_string_append (page->out, "<p>");
  append_link (page, offset, where);
  g_string_append (page->out, " ");
  append_element (page->out, "b", what);
  g_string_append (page->out, "</p>\n<blockquote>");
  append_escaped (page->out, excerpt.before);
  append_element (page->out, "mark", excerpt.here);
  append_escaped (page->out, excerpt.after);
  g_string_append (page->out, "</blockquote>\n");
}

static void
append_message (GString *out, const char *message)
{
  g_string_append (out, "<p class=\"what\">");
  append_escaped (out, message);
  g_string_append (out, "</p>\n");
}

static void
append_used (Page *page, const HxClaim *claim)
{
  g_string_append_printf (page->out, "<p class=\"used\">%s", _ ("所用的数："));
  for (guint i = 0; i < claim->operands->len; i++)
    {
      const HxClaimFigure *operand = claim->operands->pdata[i];
      g_autofree char *words = hx_one_line (operand->text);

      g_string_append (page->out, i == 0 ? "" : _ ("、"));
      append_link (page, operand->offset, words);
    }
  g_string_append (page->out, "</p>\n");
}

static void
append_item (Page *page, const HxClaim *claim, guint number)
{
  const HxClaimFigure *shown = hx_claim_shown (claim);

  g_string_append (page->out, "<li");
  if (number > 0)
    g_string_append_printf (page->out, " id=\"e%u\" value=\"%u\"", number,
                            number);
  g_string_append (page->out, ">\n");
  if (shown != NULL)
    append_where (page, shown->offset, shown->length,
                  hx_claim_kind_name (claim->kind));
  append_message (page->out, hx_claim_message (claim));
  if (claim->operands->len > 0)
    append_used (page, claim);
  g_string_append (page->out, "</li>\n");
}

/* The claims of a class, in the order of the text. */
static void
append_class (Page *page, const char *class)
{
  const GPtrArray *claims = page->checked->result->claims;

  g_string_append (page->out, "<ol class=\"list\">\n");
  for (guint i = 0; i < claims->len; i++)
    if (g_str_equal (class_of (claims->pdata[i]), class))
      append_item (page, claims->pdata[i], page->numbers[i]);
  g_string_append (page->out, "</ol>\n");
}

static void
append_errors (Page *page)
{
  const guint last
      = hx_checked_errors_of (page->checked, HX_SEVERITY_LAST_DIGIT);
  const guint all = hx_checked_errors (page->checked);

  if (all == 0)
    {
      g_string_append_printf (page->out, "<p class=\"none\">%s</p>\n",
                              _ ("没有查出算式差错。"));
      return;
    }
  if (all > last)
    {
      append_element (page->out, "h2", _ ("差错"));
      append_class (page, "error");
    }
  if (last > 0)
    {
      append_element (page->out, "h2", _ ("末位差错"));
      append_class (page, "last");
    }
}

static void
append_warnings (Page *page)
{
  const GPtrArray *warnings = page->checked->result->warnings;

  if (warnings->len == 0)
    return;
  append_element (page->out, "h2", _ ("提示"));
  g_string_append (page->out, "<ul class=\"list\">\n");
  for (guint i = 0; i < warnings->len; i++)
    {
      const HxCheckWarning *warning = warnings->pdata[i];

      g_string_append (page->out, "<li>\n");
      append_where (page, warning->offset, warning->length,
                    hx_check_warning_name (warning->code));
      append_message (page->out, warning->message);
      g_string_append (page->out, "</li>\n");
    }
  g_string_append (page->out, "</ul>\n");
}

static void
append_unknown (Page *page)
{
  const guint count = page->checked->result->verdicts[HX_VERDICT_UNKNOWN];

  if (count == 0)
    return;
  g_string_append_printf (page->out, "<details>\n<summary>%s %u</summary>\n",
                          _ ("无法核对"), count);
  append_class (page, "unknown");
  g_string_append (page->out, "</details>\n");
}

/* The numbers of the errors in the lists: first all that matter. */
static void
number_errors (Page *page)
{
  static const char *const classes[] = { "error", "last" };
  const GPtrArray *claims = page->checked->result->claims;
  guint number = 0;

  for (gsize k = 0; k < G_N_ELEMENTS (classes); k++)
    for (guint i = 0; i < claims->len; i++)
      if (g_str_equal (class_of (claims->pdata[i]), classes[k]))
        page->numbers[i] = ++number;
}

/* ------------------------------------------------------------------ the text
 */

static void
append_line (GString *out, const char *class, const char *name,
             const char *message)
{
  g_string_append_printf (out, "<span class=\"line %s\"><b>%s</b> ", class,
                          name);
  append_escaped (out, message);
  g_string_append (out, "</span>");
}

static void
append_tip (Page *page, const HxMark *mark, guint id)
{
  const HxCheckResult *result = page->checked->result;

  g_string_append_printf (
      page->out, "<span class=\"tip\" id=\"t%u\" role=\"tooltip\">", id);
  for (guint i = 0; i < mark->claims->len; i++)
    {
      const HxClaim *claim
          = result->claims->pdata[g_array_index (mark->claims, guint, i)];

      append_line (page->out, class_of (claim),
                   hx_claim_verdict_name (claim->verdict, claim->severity),
                   hx_claim_message (claim));
    }
  for (guint i = 0; i < mark->warnings->len; i++)
    {
      const HxCheckWarning *warning
          = result->warnings->pdata[g_array_index (mark->warnings, guint, i)];

      append_line (page->out, "warning", hx_check_warning_name (warning->code),
                   warning->message);
    }
  g_string_append (page->out, "</span>");
}

/* The numbers of the errors that are shown at this mark: "2, 5"; "" for none.
 * `first` is the first of them, or of those that only use the figure. */
static char *
numbers_at (const Page *page, const HxMark *mark, guint *first)
{
  GString *numbers = g_string_new (NULL);

  *first = 0;
  for (guint i = 0; i < mark->claims->len; i++)
    {
      const guint index = g_array_index (mark->claims, guint, i);
      const HxClaimFigure *shown
          = hx_claim_shown (page->checked->result->claims->pdata[index]);
      const guint number = page->numbers[index];

      if (number > 0 && *first == 0)
        *first = number;
      if (number > 0 && shown->offset >= mark->start
          && shown->offset < mark->end)
        g_string_append_printf (numbers, "%s%u", numbers->len > 0 ? ", " : "",
                                number);
    }
  return g_string_free (numbers, FALSE);
}

static void
append_words (Page *page, gsize start, gsize end)
{
  const gsize from = hx_places_find (page->places, start).byte;
  const gsize to = hx_places_find (page->places, end).byte;
  g_autofree char *words
      = g_markup_escape_text (page->places->text + from, (gssize)(to - from));

  g_string_append (page->out, words);
}

/* Where the next tag stands; behind the end when there is none. */
static gsize
next_tag (const Page *page)
{
  return page->tag < page->tags->len
             ? g_array_index (page->tags, HxMarkup, page->tag).offset
             : G_MAXSIZE;
}

/* Words that no figure is in, with the tags up to the end of them. */
static void
append_between (Page *page, gsize start, gsize end)
{
  while (next_tag (page) <= end)
    {
      const HxMarkup *tag = &g_array_index (page->tags, HxMarkup, page->tag);

      append_words (page, start, tag->offset);
      g_string_append (page->out, tag->text);
      start = tag->offset;
      page->tag++;
    }
  append_words (page, start, end);
}

/* A figure of an error leads to the error; every figure takes the focus.  It
 * ends with its cell at the latest. */
static void
append_mark (Page *page, const HxMark *mark, gsize end, guint id)
{
  guint first;
  g_autofree char *numbers = numbers_at (page, mark, &first);

  g_string_append_printf (page->out, "<%s class=\"n %s%s%s\" id=\"n%u\"",
                          first > 0 ? "a" : "span", class_of (mark->worst),
                          mark->is_stated ? " stated" : "",
                          mark->warnings->len > 0 ? " warning" : "", id);
  if (first > 0)
    g_string_append_printf (page->out, " href=\"#e%u\"", first);
  else
    g_string_append (page->out, " tabindex=\"0\"");
  if (*numbers != '\0')
    g_string_append_printf (page->out, " data-number=\"%s\"", numbers);
  g_string_append_printf (page->out, " aria-describedby=\"t%u\">", id);
  append_words (page, mark->start, end);
  append_tip (page, mark, id);
  g_string_append (page->out, first > 0 ? "</a>" : "</span>");
}

static void
append_key (GString *out)
{
  const struct
  {
    const char *class, *name;
  } keys[] = {
    { "error stated", _ ("差错") }, { "last", _ ("末位差错") },
    { "unknown", _ ("无法核对") },  { "rounding", _ ("舍入") },
    { "ok", _ ("相符") },           { "warning", _ ("提示") },
  };

  g_string_append (out, "<p class=\"key\">");
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_string_append_printf (out, "<span class=\"n %s\">%s</span> ",
                            keys[i].class, keys[i].name);
  g_string_append_printf (out, "<br>%s</p>\n",
                          _ ("指着数字，或者用 Tab 键走到它，就看到算式。"));
}

static void
append_text (Page *page)
{
  gsize at = 0;

  append_element (page->out, "h2", _ ("原文"));
  append_key (page->out);
  g_string_append (page->out, "<div class=\"text\" lang=\"zh-CN\">");
  for (guint i = 0; i < page->marks->len; i++)
    {
      const HxMark *mark = &g_array_index (page->marks, HxMark, i);

      append_between (page, at, mark->start);
      at = MIN (mark->end, next_tag (page));
      append_mark (page, mark, at, i + 1);
    }
  append_between (page, at, page->places->characters);
  g_string_append (page->out, "</div>\n");
}

void
hx_checked_html_part (const HxChecked *checked, GString *out)
{
  g_autoptr (HxPlaces) places = hx_places_new (checked->source);
  g_autoptr (GArray) marks = hx_marks_new (checked->result);
  g_autoptr (GArray) tags = hx_cells_markup (checked->source);
  g_autofree guint *numbers = g_new0 (guint, checked->result->claims->len + 1);
  Page page = { .out = out,
                .checked = checked,
                .places = places,
                .marks = marks,
                .tags = tags,
                .numbers = numbers };

  number_errors (&page);
  append_counts (&page);
  append_errors (&page);
  append_warnings (&page);
  append_unknown (&page);
  append_text (&page);
}

void
hx_checked_html (const HxChecked *checked, GString *out)
{
  g_autofree char *title = title_of (checked);

  append_top (out, title);
  hx_checked_html_part (checked, out);
  g_string_append (out, "</main>\n</body>\n</html>\n");
}

/* ---------------------------------------------------------------- many files
 */

void
hx_checked_index_head (GString *out)
{
  const char *const heads[]
      = { _ ("文件"), _ ("字数"),     _ ("算式"), _ ("相符"), _ ("舍入"),
          _ ("差错"), _ ("末位差错"), _ ("未核"), _ ("提示") };

  append_top (out, _ ("报告核对"));
  g_string_append (out, "<table>\n<thead><tr>");
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    append_element (out, "th", heads[i]);
  g_string_append (out, "</tr></thead>\n<tbody>\n");
}

static void
append_cell (GString *out, gsize count, gboolean is_finding)
{
  g_string_append_printf (out, "<td%s>%" G_GSIZE_FORMAT "</td>",
                          is_finding && count > 0 ? " class=\"some\"" : "",
                          count);
}

static void
append_cells (GString *out, const HxChecked *checked)
{
  const HxCheckResult *result = checked->result;
  const guint last = hx_checked_errors_of (checked, HX_SEVERITY_LAST_DIGIT);

  append_cell (out, checked->source->characters, FALSE);
  append_cell (out, result->claims->len, FALSE);
  append_cell (out, result->verdicts[HX_VERDICT_OK], FALSE);
  append_cell (out, result->verdicts[HX_VERDICT_ROUNDING], FALSE);
  append_cell (out, result->verdicts[HX_VERDICT_ERROR] - last, TRUE);
  append_cell (out, last, TRUE);
  append_cell (out, result->verdicts[HX_VERDICT_UNKNOWN], FALSE);
  append_cell (out, result->warnings->len, FALSE);
}

void
hx_checked_index_row (const HxChecked *checked, const char *page, GString *out)
{
  g_autofree char *name = hx_checked_name (checked);

  g_string_append (out, "<tr><td>");
  if (page != NULL)
    {
      g_autofree char *address
          = g_uri_escape_bytes ((const guint8 *)page, strlen (page), "/");

      g_string_append_printf (out, "<a href=\"%s\">", address);
    }
  append_escaped (out, name);
  g_string_append_printf (out, "%s</td>", page != NULL ? "</a>" : "");
  if (checked->result != NULL)
    append_cells (out, checked);
  else
    {
      g_string_append (out, "<td class=\"fault\" colspan=\"8\">");
      append_escaped (out, checked->fault);
      g_string_append (out, "</td>");
    }
  g_string_append (out, "</tr>\n");
}

void
hx_checked_index_tail (GString *out)
{
  g_string_append (out, "</tbody>\n</table>\n</main>\n</body>\n</html>\n");
}
