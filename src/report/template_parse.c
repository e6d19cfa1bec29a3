/* Template text to a tree.
 *
 * One pass with a cursor that counts lines and characters as it goes, so a
 * file of one long line costs no more than any other.  Sections are kept on a
 * stack of open nodes; a text node is a stretch of the template itself.
 *
 * A tag other than a value "stands alone" when nothing but blanks shares its
 * line: then blanks and line end go with it.  The line is looked at in the
 * source, so two tags on one line never stand alone. */
#include "report/report_internal.h"

#include <string.h>

#define DELIMITER_MAX 32

typedef struct
{
  HxTemplate *template_;
  HxPlace place;   /* start of what is being read */
  gsize text_from; /* text not yet taken starts here */
  char open[DELIMITER_MAX + 1];
  char close[DELIMITER_MAX + 1];
  GPtrArray *stack; /* of HxNode: open sections, borrowed */
} Parser;

typedef struct
{
  HxPlace place;
  char sigil;  /* 0 for a plain value */
  char *inner; /* between sigil and close, trimmed */
  gsize end;   /* offset behind the tag */
} Tag;

static void
tag_clear (Tag *tag)
{
  g_free (tag->inner);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tag, tag_clear)

static void
node_free (HxNode *node)
{
  g_free (node->name);
  g_free (node->filter);
  g_clear_pointer (&node->children, g_ptr_array_unref);
  g_free (node);
}

static GPtrArray *
node_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)node_free);
}

void
hx_template_free (HxTemplate *template_)
{
  if (template_ == NULL)
    return;
  g_free (template_->name);
  g_free (template_->text);
  g_clear_pointer (&template_->nodes, g_ptr_array_unref);
  g_free (template_);
}

char *
hx_template_where (const HxTemplate *template_, HxPlace place)
{
  return g_strdup_printf ("%s:%u:%u", template_->name, place.line,
                          place.column);
}

void
hx_place_advance (HxPlace *place, const char *text, gsize offset)
{
  for (; place->offset < offset; place->offset++)
    {
      guchar byte = (guchar)text[place->offset];

      if (byte == '\n')
        {
          place->line++;
          place->column = 1;
        }
      else if ((byte & 0xC0) != 0x80)
        place->column++;
    }
}

static gboolean
fail_at (const Parser *parser, HxPlace place, const char *what,
         const char *what_to_do, GError **error)
{
  g_autofree char *where = hx_template_where (parser->template_, place);

  return hx_fail (error, HX_ERROR_DATA, what, where, what_to_do);
}

static GPtrArray *
current_list (const Parser *parser)
{
  HxNode *section;

  if (parser->stack->len == 0)
    return parser->template_->nodes;
  section = g_ptr_array_index (parser->stack, parser->stack->len - 1);
  return section->children;
}

static HxNode *
add_node (Parser *parser, HxNodeKind kind, HxPlace place)
{
  HxNode *node = g_new0 (HxNode, 1);

  node->kind = kind;
  node->place = place;
  g_ptr_array_add (current_list (parser), node);
  return node;
}

/* parser->place stands at the start of the text. */
static void
add_text (Parser *parser, gsize end)
{
  HxNode *node;

  if (end <= parser->text_from)
    return;
  node = add_node (parser, PART_TEXT, parser->place);
  node->length = end - parser->text_from;
}

/* ------------------------------------------------------------- one tag */

/* The bytes that must stand behind the inner text of a tag. */
static void
closing_of (const Parser *parser, char sigil, char *closing, gsize size)
{
  const char *before = sigil == '{' ? "}" : sigil == '=' ? "=" : "";

  g_snprintf (closing, size, "%s%s", before, parser->close);
}

static gboolean
read_tag (const Parser *parser, HxPlace place, Tag *tag, GError **error)
{
  const char *text = parser->template_->text;
  const char *start = text + place.offset + strlen (parser->open);
  char closing[DELIMITER_MAX + 2];
  const char *end;

  tag->place = place;
  if (*start != '\0' && strchr ("#^/!=&{>", *start) != NULL)
    tag->sigil = *start++;
  closing_of (parser, tag->sigil, closing, sizeof closing);
  end = strstr (start, closing);
  if (end == NULL)
    return fail_at (parser, place, _ ("标签没有结束"),
                    _ ("请在标签后补上结束符，如 }}"), error);
  tag->inner = g_strstrip (g_strndup (start, (gsize)(end - start)));
  tag->end = (gsize)(end - text) + strlen (closing);
  if (tag->sigil != '!' && *tag->inner == '\0')
    return fail_at (parser, place, _ ("标签里没有名称"),
                    _ ("请写明名称，如 {{year}}"), error);
  return TRUE;
}

static gboolean
is_blank (char byte)
{
  return byte == ' ' || byte == '\t';
}

/* The tag's line without the tag is blank: move the text's end back to the
 * line's start and the tag's end behind the line. */
static void
widen_standalone (const Parser *parser, Tag *tag, gsize *text_end)
{
  const char *text = parser->template_->text;
  gsize left = tag->place.offset;
  gsize right = tag->end;

  if (tag->sigil == 0 || strchr ("#^/!=", tag->sigil) == NULL)
    return;
  while (left > 0 && is_blank (text[left - 1]))
    left--;
  while (is_blank (text[right]))
    right++;
  if (left > 0 && text[left - 1] != '\n')
    return;
  if (text[right] == '\r' && text[right + 1] == '\n')
    right++;
  if (text[right] != '\n' && right != parser->template_->length)
    return;
  *text_end = MAX (left, parser->text_from);
  tag->end = text[right] == '\n' ? right + 1 : right;
}

/* ------------------------------------------------------ what tags mean */

static gboolean
set_delimiters (Parser *parser, const Tag *tag, GError **error)
{
  g_autofree char **parts = g_strsplit_set (tag->inner, " \t\r\n", -1);
  const char *found[2] = { NULL, NULL };
  guint count = 0;
  gboolean good = TRUE;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] == '\0')
        continue;
      if (count == 2 || strchr (parts[i], '=') != NULL
          || strlen (parts[i]) > DELIMITER_MAX)
        good = FALSE;
      else
        found[count++] = parts[i];
    }
  if (good && count == 2)
    {
      g_strlcpy (parser->open, found[0], sizeof parser->open);
      g_strlcpy (parser->close, found[1], sizeof parser->close);
    }
  for (guint i = 0; parts[i] != NULL; i++)
    g_free (parts[i]);
  if (good && count == 2)
    return TRUE;
  return fail_at (parser, tag->place, _ ("分隔符写法不对"),
                  _ ("请写成 {{=<% %>=}}，两个分隔符之间空一格"), error);
}

/* "visits | 多 10" to name and canonical filter. */
static gboolean
split_filter (const Parser *parser, const Tag *tag, HxNode *node,
              GError **error)
{
  char *bar = strchr (tag->inner, '|');
  g_autofree char *filter = NULL;

  node->name = g_strstrip (
      bar == NULL ? g_strdup (tag->inner)
                  : g_strndup (tag->inner, (gsize)(bar - tag->inner)));
  if (strpbrk (node->name, " \t\r\n") != NULL || *node->name == '\0')
    return fail_at (parser, tag->place, _ ("标签的名称不对"),
                    _ ("名称中间不能有空格，也不能空着"), error);
  if (bar == NULL)
    return TRUE;
  filter = hx_text_normalise (bar + 1);
  if (*filter == '\0')
    return fail_at (parser, tag->place, _ ("竖线后没有写法"),
                    _ ("请写明写法，如 {{visits | 多 10}}，或去掉竖线"), error);
  node->filter = g_steal_pointer (&filter);
  return TRUE;
}

static gboolean
add_value (Parser *parser, const Tag *tag, GError **error)
{
  HxNodeKind kind = tag->sigil == 0 ? PART_VALUE : PART_RAW;

  return split_filter (parser, tag, add_node (parser, kind, tag->place), error);
}

static gboolean
open_section (Parser *parser, const Tag *tag, GError **error)
{
  HxNodeKind kind = tag->sigil == '#' ? PART_SECTION : PART_INVERTED;
  HxNode *node;

  if (parser->stack->len >= HX_TEMPLATE_DEPTH_MAX)
    return fail_at (parser, tag->place, _ ("小节嵌套太深"),
                    _ ("最多 64 层，请拆开"), error);
  node = add_node (parser, kind, tag->place);
  if (!split_filter (parser, tag, node, error))
    return FALSE;
  if (node->filter != NULL)
    return fail_at (parser, tag->place, _ ("小节不能带数字写法"),
                    _ ("请去掉竖线及其后的内容"), error);
  node->children = node_list_new ();
  g_ptr_array_add (parser->stack, node);
  return TRUE;
}

static gboolean
close_section (Parser *parser, const Tag *tag, GError **error)
{
  g_autofree char *what = NULL;
  HxNode *section = NULL;

  if (parser->stack->len > 0)
    section = g_ptr_array_index (parser->stack, parser->stack->len - 1);
  if (section != NULL && strcmp (section->name, tag->inner) == 0)
    {
      g_ptr_array_set_size (parser->stack, (int)parser->stack->len - 1);
      return TRUE;
    }
  what = g_strdup_printf (_ ("小节“%s”在此结束，但没有对应的开头"), tag->inner);
  return fail_at (parser, tag->place, what,
                  _ ("请检查 {{#…}} 与 {{/…}} 是否成对"), error);
}

static gboolean
take_tag (Parser *parser, const Tag *tag, GError **error)
{
  switch (tag->sigil)
    {
    case '!':
      return TRUE;
    case '=':
      return set_delimiters (parser, tag, error);
    case '#':
    case '^':
      return open_section (parser, tag, error);
    case '/':
      return close_section (parser, tag, error);
    case '>':
      return fail_at (parser, tag->place, _ ("模板不能引用别的模板"),
                      _ ("请把内容写在同一个文件里"), error);
    default:
      return add_value (parser, tag, error);
    }
}

/* ------------------------------------------------------------- the whole */

/* One stretch of text and the tag behind it. */
static gboolean
step (Parser *parser, const char *at, GError **error)
{
  const char *text = parser->template_->text;
  gsize text_end = (gsize)(at - text);
  HxPlace place = parser->place;
  g_auto (Tag) tag = { 0 };

  hx_place_advance (&place, text, text_end);
  if (!read_tag (parser, place, &tag, error))
    return FALSE;
  widen_standalone (parser, &tag, &text_end);
  add_text (parser, text_end);
  if (!take_tag (parser, &tag, error))
    return FALSE;
  parser->place = place;
  hx_place_advance (&parser->place, text, tag.end);
  parser->text_from = tag.end;
  return TRUE;
}

static gboolean
fail_unclosed (const Parser *parser, GError **error)
{
  HxNode *section = g_ptr_array_index (parser->stack, parser->stack->len - 1);
  g_autofree char *what
      = g_strdup_printf (_ ("小节“%s”没有结束"), section->name);
  g_autofree char *what_to_do
      = g_strdup_printf (_ ("请补上 {{/%s}}"), section->name);

  return fail_at (parser, section->place, what, what_to_do, error);
}

static gboolean
parse (HxTemplate *template_, GError **error)
{
  g_autoptr (GPtrArray) stack = g_ptr_array_new ();
  Parser parser = { template_, { 0, 1, 1 }, 0, "{{", "}}", stack };
  const char *at;

  while ((at = strstr (template_->text + parser.text_from, parser.open))
         != NULL)
    {
      if (!step (&parser, at, error))
        return FALSE;
    }
  add_text (&parser, template_->length);
  return stack->len == 0 || fail_unclosed (&parser, error);
}

static gboolean
check_input (const char *name, const char *text, gsize length, GError **error)
{
  const char *end = NULL;
  HxPlace place = { 0, 1, 1 };
  g_autofree char *where = NULL;

  if (length > HX_TEMPLATE_SIZE_MAX)
    return hx_fail (error, HX_ERROR_LIMIT, _ ("模板太大"), name,
                    _ ("最多 10 MB，请拆成几个"));
  if (g_utf8_validate (text, (gssize)length, &end))
    return TRUE;
  hx_place_advance (&place, text, (gsize)(end - text));
  where = g_strdup_printf ("%s:%u:%u", name, place.line, place.column);
  return hx_fail (error, HX_ERROR_DATA, _ ("模板不是 UTF-8 文字"), where,
                  _ ("请用 UTF-8 编码另存"));
}

HxTemplate *
hx_template_parse (const char *name, const char *text, gssize length,
                   GError **error)
{
  g_autoptr (HxTemplate) template_ = NULL;
  gsize size = length < 0 ? strlen (text) : (gsize)length;

  if (!check_input (name, text, size, error))
    return NULL;
  template_ = g_new0 (HxTemplate, 1);
  template_->name = g_strdup (name);
  template_->text = g_strndup (text, size);
  template_->length = size;
  template_->nodes = node_list_new ();
  if (!parse (template_, error))
    return NULL;
  return g_steal_pointer (&template_);
}

HxTemplate *
hx_template_load (const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  return hx_template_parse (name, text, (gssize)length, error);
}
