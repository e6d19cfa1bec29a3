/* What stands inside a paragraph of the DOCX: runs, bookmarks, links.
 *
 * cmark cuts a text wherever a mark could have been; text of the same marks is
 * gathered and written as one run, so that a clerk who looks for a phrase in
 * Word finds it, and one who restyles it restyles all of it.
 *
 * A figure is a bookmark.  Its name is the figure's key, with _2, _3 … from
 * the second use on, within the 40 characters that Word allows.  Two figures
 * never get the same name: the first use of each key has first claim to it,
 * numbered ones step aside. */
#include "report/write_docx_internal.h"

#include <string.h>

#define NAME_MAX_LENGTH 40
#define REPLACEMENT "\xEF\xBF\xBD"

typedef struct
{
  gboolean strong;
  gboolean emphasis;
  gboolean code;
  gboolean link;
} Marks;

typedef struct
{
  HxDocx *docx;
  GString *text; /* waits to be written with `marks` */
  Marks marks;
} Line;

static void write_nodes (Line *line, cmark_node *parent, Marks marks);

/* ------------------------------------------------------------------- text */

static gboolean
xml_holds (gunichar character)
{
  return character == '\t' || character == '\n'
         || (character >= 0x20 && character != 0xFFFE && character != 0xFFFF);
}

void
hx_docx_escape (GString *out, const char *text)
{
  for (; *text != '\0'; text += g_utf8_skip[(guchar)*text])
    {
      const gunichar character = g_utf8_get_char (text);
      if (character == '&')
        g_string_append (out, "&amp;");
      else if (character == '<')
        g_string_append (out, "&lt;");
      else if (character == '>')
        g_string_append (out, "&gt;");
      else if (character == '"')
        g_string_append (out, "&quot;");
      else if (xml_holds (character))
        g_string_append_unichar (out, character);
      else
        g_string_append (out, REPLACEMENT);
    }
}

/* “ ” — … are in both alphabets: the hint makes them Chinese ones. */
static gboolean
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    {
      if ((guchar)*text >= 0x80)
        return FALSE;
    }
  return TRUE;
}

static const char *
run_style (Marks marks)
{
  if (marks.code)
    return "CodeText";
  if (marks.link)
    return "Hyperlink";
  if (marks.emphasis)
    return marks.strong ? "StrongEmphasis" : "Emphasis";
  return marks.strong ? "Strong" : NULL;
}

static void
run_properties (GString *out, Marks marks, gboolean ascii)
{
  const char *style = run_style (marks);
  const gboolean bold = marks.strong && (marks.code || marks.link);

  if (style == NULL && ascii)
    return;
  g_string_append (out, "<w:rPr>");
  if (style != NULL)
    g_string_append_printf (out, "<w:rStyle w:val=\"%s\"/>", style);
  if (!ascii)
    g_string_append (out, "<w:rFonts w:hint=\"eastAsia\"/>");
  if (bold)
    g_string_append (out, "<w:b/>");
  g_string_append (out, "</w:rPr>");
}

/* A line end and a tab are elements of their own. */
static void
run_content (GString *out, const char *text)
{
  while (*text != '\0')
    {
      const gsize length = strcspn (text, "\t\n\r");
      g_autofree char *part = g_strndup (text, length);

      if (length > 0)
        {
          g_string_append (out, "<w:t xml:space=\"preserve\">");
          hx_docx_escape (out, part);
          g_string_append (out, "</w:t>");
        }
      text += length;
      if (*text == '\t')
        g_string_append (out, "<w:tab/>");
      else if (*text == '\n')
        g_string_append (out, "<w:br/>");
      text += *text != '\0';
    }
}

static void
flush (Line *line)
{
  GString *out = line->docx->body;

  if (line->text->len == 0)
    return;
  g_string_append (out, "<w:r>");
  run_properties (out, line->marks, is_ascii (line->text->str));
  run_content (out, line->text->str);
  g_string_append (out, "</w:r>");
  g_string_truncate (line->text, 0);
}

static void
add_text (Line *line, const char *text, Marks marks)
{
  if (memcmp (&line->marks, &marks, sizeof marks) != 0)
    flush (line);
  line->marks = marks;
  g_string_append (line->text, text);
}

/* ------------------------------------------------------ figures and links */

static char *
bookmark_name (HxDocx *docx, const char *key)
{
  if (strlen (key) <= NAME_MAX_LENGTH
      && g_hash_table_add (docx->names, g_strdup (key)))
    return g_strdup (key);
  for (guint use = 2;; use++)
    {
      g_autofree char *number = g_strdup_printf ("_%u", use);
      g_autofree char *name = g_strdup_printf (
          "%.*s%s", NAME_MAX_LENGTH - (int)strlen (number), key, number);

      if (!g_hash_table_contains (docx->keys, name)
          && g_hash_table_add (docx->names, g_strdup (name)))
        return g_steal_pointer (&name);
    }
}

static void
write_figure (Line *line, cmark_node *node, const char *key, Marks marks)
{
  HxDocx *docx = line->docx;
  g_autofree char *name = bookmark_name (docx, key);
  const guint number = docx->bookmarks++;

  flush (line);
  g_string_append_printf (
      docx->body, "<w:bookmarkStart w:id=\"%u\" w:name=\"%s\"/>", number, name);
  write_nodes (line, node, marks);
  flush (line);
  g_string_append_printf (docx->body, "<w:bookmarkEnd w:id=\"%u\"/>", number);
}

/* An address that Word takes, or NULL: one it cannot read makes the whole
 * file unreadable to it. */
static char *
outside_address (cmark_node *node)
{
  const char *address = hx_link_address (node);
  g_autofree char *escaped = NULL;

  if (address == NULL || *address == '#')
    return NULL;
  escaped = g_uri_escape_string (address, ":/?#[]@!$&'()*+,;=%", FALSE);
  if (!g_uri_is_valid (escaped, G_URI_FLAGS_NONE, NULL))
    return NULL;
  return g_steal_pointer (&escaped);
}

static void
write_link (Line *line, cmark_node *node, Marks marks)
{
  HxDocx *docx = line->docx;
  const char *key = hx_link_figure (node);
  g_autofree char *address = key == NULL ? outside_address (node) : NULL;

  if (key != NULL)
    {
      write_figure (line, node, key, marks);
      return;
    }
  if (address == NULL)
    {
      write_nodes (line, node, marks);
      return;
    }
  flush (line);
  g_string_append_printf (docx->body, "<w:hyperlink r:id=\"link%u\">",
                          ++docx->links);
  g_string_append_printf (docx->relations,
                          "<Relationship Id=\"link%u\" Type=\"http://schemas."
                          "openxmlformats.org/officeDocument/2006/"
                          "relationships/hyperlink\" Target=\"",
                          docx->links);
  hx_docx_escape (docx->relations, address);
  g_string_append (docx->relations, "\" TargetMode=\"External\"/>\n");
  marks.link = TRUE;
  write_nodes (line, node, marks);
  flush (line);
  g_string_append (docx->body, "</w:hyperlink>");
}

/* ------------------------------------------------------------------- nodes */

static void
write_node (Line *line, cmark_node *node, Marks marks)
{
  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_SOFTBREAK:
      if (!hx_soft_break_is_nothing (node))
        add_text (line, " ", marks);
      return;
    case CMARK_NODE_LINEBREAK:
      add_text (line, "\n", marks);
      return;
    case CMARK_NODE_LINK:
      write_link (line, node, marks);
      return;
    case CMARK_NODE_STRONG:
      marks.strong = TRUE;
      break;
    case CMARK_NODE_EMPH:
      marks.emphasis = TRUE;
      break;
    case CMARK_NODE_CODE:
      marks.code = TRUE;
      break;
    default:
      break;
    }
  if (cmark_node_get_literal (node) != NULL)
    add_text (line, cmark_node_get_literal (node), marks);
  write_nodes (line, node, marks);
}

static void
write_nodes (Line *line, cmark_node *parent, Marks marks)
{
  for (cmark_node *node = cmark_node_first_child (parent); node != NULL;
       node = cmark_node_next (node))
    write_node (line, node, marks);
}

void
hx_docx_inlines (HxDocx *docx, cmark_node *parent)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Line line = { .docx = docx, .text = text };

  write_nodes (&line, parent, (Marks){ 0 });
  flush (&line);
}

void
hx_docx_literal (HxDocx *docx, const char *text)
{
  g_autoptr (GString) copy = g_string_new (text);
  Line line = { .docx = docx, .text = copy };

  while (copy->len > 0 && copy->str[copy->len - 1] == '\n')
    g_string_truncate (copy, copy->len - 1);
  flush (&line);
}
