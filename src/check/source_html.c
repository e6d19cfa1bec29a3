/* The words of a web page, block by block.
 *
 * The parser of libxml2 tells elements as they come and builds no tree; it
 * closes what a page leaves open.  Its own guesses of the encoding are not
 * used: pages say gb2312 and mean GB18030, or say one thing and are another.
 *
 * Spaces and line ends of the source are one space, none between two wide
 * characters when a line end is among them, as browsers have it.
 */
#include "check/source_internal.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#define DEPTH_MOST 2000
#define HEAD 4096 /* bytes in which a page names its encoding */

typedef enum
{
  TAG_INLINE,
  TAG_BLOCK,
  TAG_BREAK,
  TAG_HIDDEN,
  TAG_LITERAL, /* spaces and line ends stand as they are */
  TAG_TABLE,
  TAG_ROW,
  TAG_CELL
} Tag;

static const struct
{
  const char *name;
  Tag tag;
} tags[] = {
  { "p", TAG_BLOCK },          { "div", TAG_BLOCK },
  { "td", TAG_CELL },          { "tr", TAG_ROW },
  { "br", TAG_BREAK },         { "li", TAG_BLOCK },
  { "table", TAG_TABLE },      { "th", TAG_CELL },
  { "h1", TAG_BLOCK },         { "h2", TAG_BLOCK },
  { "h3", TAG_BLOCK },         { "h4", TAG_BLOCK },
  { "h5", TAG_BLOCK },         { "h6", TAG_BLOCK },
  { "ul", TAG_BLOCK },         { "ol", TAG_BLOCK },
  { "dl", TAG_BLOCK },         { "dt", TAG_BLOCK },
  { "dd", TAG_BLOCK },         { "hr", TAG_BLOCK },
  { "section", TAG_BLOCK },    { "article", TAG_BLOCK },
  { "header", TAG_BLOCK },     { "footer", TAG_BLOCK },
  { "main", TAG_BLOCK },       { "nav", TAG_BLOCK },
  { "aside", TAG_BLOCK },      { "address", TAG_BLOCK },
  { "blockquote", TAG_BLOCK }, { "center", TAG_BLOCK },
  { "caption", TAG_BLOCK },    { "figure", TAG_BLOCK },
  { "figcaption", TAG_BLOCK }, { "form", TAG_BLOCK },
  { "fieldset", TAG_BLOCK },   { "body", TAG_BLOCK },
  { "pre", TAG_LITERAL },      { "head", TAG_HIDDEN },
  { "script", TAG_HIDDEN },    { "style", TAG_HIDDEN },
  { "noscript", TAG_HIDDEN },  { "template", TAG_HIDDEN },
  { "select", TAG_HIDDEN },    { "textarea", TAG_HIDDEN },
  { "iframe", TAG_HIDDEN },    { "object", TAG_HIDDEN },
  { "svg", TAG_HIDDEN },       { "title", TAG_HIDDEN },
};

typedef struct
{
  const xmlChar *name; /* the parser's, as long as it parses */
  Tag tag;
} Open;

typedef struct
{
  htmlParserCtxt *parser;
  HxScribe *scribe;
  HxSourceGrid *grid; /* the innermost */
  GArray *open;       /* Open */
  guint hidden, literal;
  gunichar before; /* the character before the space in hand */
  gboolean space, line_end;
} Page;

/* ---------------------------------------------------------------- characters
 */

static gboolean
joins (const Page *page, gunichar next)
{
  return page->line_end && g_unichar_iswide (page->before)
         && g_unichar_iswide (next);
}

static void
put_character (Page *page, gunichar character)
{
  const gboolean is_space = character == ' ' || character == '\t'
                            || character == '\n' || character == '\r'
                            || character == 0xA0;

  if (page->literal == 0 && is_space)
    {
      page->space = TRUE;
      page->line_end |= character == '\n' || character == '\r';
      return;
    }
  if (page->space && !hx_scribe_at_start (page->scribe)
      && !joins (page, character))
    hx_scribe_put_character (page->scribe, ' ');
  hx_scribe_put_character (page->scribe, character);
  page->space = page->line_end = FALSE;
  page->before = character;
}

static void
on_characters (void *data, const xmlChar *text, int length)
{
  Page *page = data;
  const char *at = (const char *)text, *const end = at + length;

  while (page->hidden == 0 && at < end)
    {
      const gunichar character
          = g_utf8_get_char_validated (at, (gssize)(end - at));
      if (character >= (gunichar)-2)
        return;
      put_character (page, character);
      at += g_utf8_skip[(guchar)*at];
    }
}

static void
end_line (Page *page)
{
  page->space = page->line_end = FALSE;
  hx_scribe_line (page->scribe);
}

/* ---------------------------------------------------------------- attributes
 */

static const char *
attribute (const xmlChar **attributes, const char *name)
{
  for (; attributes != NULL && attributes[0] != NULL; attributes += 2)
    if (strcmp ((const char *)attributes[0], name) == 0)
      return attributes[1] != NULL ? (const char *)attributes[1] : "";
  return NULL;
}

static guint
span (const xmlChar **attributes, const char *name)
{
  const char *value = attribute (attributes, name);
  guint64 number = 1;

  if (value != NULL)
    number = g_ascii_strtoull (value, NULL, 10);
  return (guint)CLAMP (number, 1, G_MAXUINT16);
}

static gboolean
is_hidden (const xmlChar **attributes)
{
  const char *style = attribute (attributes, "style");
  g_autoptr (GString) plain = NULL;

  if (attribute (attributes, "hidden") != NULL)
    return TRUE;
  if (style == NULL)
    return FALSE;
  plain = g_string_new (NULL);
  for (; *style != '\0'; style++)
    if (!g_ascii_isspace (*style))
      g_string_append_c (plain, g_ascii_tolower (*style));
  return strstr (plain->str, "display:none") != NULL
         || strstr (plain->str, "visibility:hidden") != NULL;
}

/* ------------------------------------------------------------------ elements
 */

static Tag
tag_of (const xmlChar *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    if (strcmp (tags[i].name, (const char *)name) == 0)
      return tags[i].tag;
  return TAG_INLINE;
}

static void
begin_cell (Page *page, const xmlChar **attributes)
{
  page->space = page->line_end = FALSE;
  if (page->grid != NULL)
    hx_source_grid_cell (page->grid, span (attributes, "rowspan"),
                         span (attributes, "colspan"));
  else
    end_line (page);
}

static void
begin_element (Page *page, Tag tag, const xmlChar **attributes)
{
  if (tag == TAG_TABLE)
    page->grid = hx_source_grid_begin (page->scribe, page->grid);
  else if (tag == TAG_ROW && page->grid != NULL)
    hx_source_grid_row (page->grid);
  else if (tag == TAG_CELL)
    begin_cell (page, attributes);
  else if (tag != TAG_INLINE)
    end_line (page);
  if (tag != TAG_INLINE)
    page->space = page->line_end = FALSE;
  page->literal += tag == TAG_LITERAL;
}

static void
end_element (Page *page, Tag tag)
{
  if (tag == TAG_TABLE && page->grid != NULL)
    page->grid = hx_source_grid_end (page->grid);
  else if (tag == TAG_ROW && page->grid != NULL)
    hx_source_grid_row_end (page->grid);
  else if (tag == TAG_CELL && page->grid != NULL)
    hx_source_grid_cell_end (page->grid);
  else if (tag == TAG_BLOCK || tag == TAG_LITERAL)
    end_line (page);
  if (tag != TAG_INLINE)
    page->space = page->line_end = FALSE;
  page->literal -= tag == TAG_LITERAL;
}

/* What is hidden counts as one, whatever it is. */
static void
on_start (void *data, const xmlChar *name, const xmlChar **attributes)
{
  Page *page = data;
  Open open = { name, tag_of (name) };

  if (page->open->len >= DEPTH_MOST)
    hx_scribe_fail (page->scribe, HX_FAULT_DEEP);
  if (page->scribe->fault != HX_FAULT_NONE)
    {
      xmlStopParser (page->parser);
      return;
    }
  if (page->hidden > 0 || is_hidden (attributes))
    open.tag = TAG_HIDDEN;
  g_array_append_val (page->open, open);
  if (open.tag == TAG_HIDDEN)
    page->hidden++;
  else
    begin_element (page, open.tag, attributes);
}

static void
close_last (Page *page)
{
  const Open last = g_array_index (page->open, Open, page->open->len - 1);

  g_array_set_size (page->open, page->open->len - 1);
  if (last.tag == TAG_HIDDEN)
    page->hidden--;
  else
    end_element (page, last.tag);
}

static void
on_end (void *data, const xmlChar *name)
{
  Page *page = data;
  guint depth = page->open->len;

  while (depth > 0
         && xmlStrcmp (g_array_index (page->open, Open, depth - 1).name, name)
                != 0)
    depth--;
  while (depth > 0 && page->open->len >= depth)
    close_last (page);
}

/* ------------------------------------------------------------------ encoding
 */

/* What the page says it is: the word behind "charset=", or NULL. */
static char *
named_encoding (const char *bytes, gsize length)
{
  g_autofree char *head
      = g_ascii_strdown (bytes, (gssize)MIN (length, (gsize)HEAD));
  const char *at = strstr (head, "charset=");
  gsize size = 0;

  if (at == NULL)
    return NULL;
  at += strlen ("charset=");
  at += strspn (at, " \"'");
  size = strspn (at, "abcdefghijklmnopqrstuvwxyz0123456789-_");
  if (size == 0 || g_str_has_prefix (at, "gb"))
    return g_strdup ("GB18030");
  return g_strndup (at, size);
}

static char *
decode (const char *bytes, gsize length)
{
  gsize mark, wrong;
  const char *encoding = hx_source_mark (bytes, length, &mark);
  g_autofree char *named = NULL;
  char *text;

  if (encoding == NULL && hx_source_leans_to_utf8 (bytes, length))
    encoding = "UTF-8";
  if (encoding == NULL)
    encoding = named = named_encoding (bytes, length);
  if (encoding == NULL)
    encoding = "GB18030";
  text = hx_source_decode (encoding, TRUE, bytes + mark, length - mark, &wrong);
  return text != NULL
             ? text
             : hx_source_decode ("GB18030", TRUE, bytes, length, &wrong);
}

/* ---------------------------------------------------------------------- page
 */

static void
parse (Page *page, const char *text)
{
  static const htmlSAXHandler handler = {
    .startElement = on_start,
    .endElement = on_end,
    .characters = on_characters,
    .ignorableWhitespace = on_characters,
  };
  const gsize size = strlen (text);

  page->parser = htmlNewParserCtxt ();
  if (page->parser == NULL || size > G_MAXINT)
    {
      hx_scribe_fail (page->scribe, HX_FAULT_LARGE);
      return;
    }
  *page->parser->sax = handler;
  page->parser->userData = page;
  htmlCtxtReadMemory (page->parser, text, (int)size, NULL, "UTF-8",
                      HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING
                          | HTML_PARSE_NONET);
}

void
hx_source_html (gpointer prepared, GBytes *bytes, HxScribe *scribe)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = length > 0 ? decode (data, length) : NULL;
  Page page = { .scribe = scribe };

  (void)prepared;
  if (text == NULL)
    {
      hx_scribe_fail (scribe, HX_FAULT_DAMAGED);
      return;
    }
  page.open = g_array_new (FALSE, FALSE, sizeof (Open));
  parse (&page, text);
  while (page.open->len > 0)
    close_last (&page);
  while (page.grid != NULL)
    page.grid = hx_source_grid_end (page.grid);
  hx_scribe_line (scribe);
  htmlFreeParserCtxt (page.parser);
  g_array_unref (page.open);
}
