/* Lists of a document.
 *
 * A paragraph, or its style, names a list and a level; the list names an
 * abstract one, which has the form of each level ("（%1）") and where counting
 * begins.  Lists of one abstract list count on together, unless one says where
 * it begins anew.  A number of a level starts all deeper ones over.
 */
#include "check/source_docx_internal.h"

#include <string.h>

#define LISTS_MOST 10000
#define STYLES_MOST 10000
#define STYLE_CHAIN 20
#define FORM_MOST 100 /* bytes */

typedef struct
{
  char *format; /* "chineseCounting"; NULL: decimal */
  char *form;   /* "%1、"; NULL: none */
  guint start;
} Level;

typedef struct
{
  Level levels[HX_DOCX_LEVELS];
  guint counts[HX_DOCX_LEVELS]; /* 0: not begun */
} Abstract;

typedef struct
{
  guint abstract;
  guint starts[HX_DOCX_LEVELS];
  gboolean is_begun, has_start[HX_DOCX_LEVELS];
} List;

typedef struct
{
  HxDocxListed listed;
  char base[HX_DOCX_NAME];
} Style;

struct _HxDocxNumbers
{
  GHashTable *abstracts, *lists; /* by number */
  GHashTable *styles;            /* by name */
};

/* What is being read. */
typedef struct
{
  HxDocxNumbers *numbers;
  Abstract *abstract;
  List *list;
  Style *style;
  guint level;
} Reading;

static void
abstract_free (gpointer data)
{
  Abstract *abstract = data;

  for (guint i = 0; i < HX_DOCX_LEVELS; i++)
    {
      g_free (abstract->levels[i].format);
      g_free (abstract->levels[i].form);
    }
  g_free (abstract);
}

static gboolean
number_of (const char **attributes, const char *name, guint64 most,
           guint *number)
{
  guint64 read;

  if (!hx_xml_number (hx_xml_attribute (attributes, name), most, &read))
    return FALSE;
  *number = (guint)read;
  return TRUE;
}

static gboolean
value_of (const char **attributes, guint64 most, guint *number)
{
  return number_of (attributes, "val", most, number);
}

/* ----------------------------------------------------------------- numbering
 */

static void
begin_abstract (Reading *reading, const char **attributes)
{
  GHashTable *all = reading->numbers->abstracts;
  guint number;

  reading->list = NULL;
  reading->abstract = NULL;
  if (!number_of (attributes, "abstractNumId", G_MAXINT, &number)
      || g_hash_table_size (all) >= LISTS_MOST)
    return;
  reading->abstract = g_new0 (Abstract, 1);
  g_hash_table_insert (all, GUINT_TO_POINTER (number), reading->abstract);
}

static void
begin_list (Reading *reading, const char **attributes)
{
  GHashTable *all = reading->numbers->lists;
  guint number;

  reading->abstract = NULL;
  reading->list = NULL;
  if (!number_of (attributes, "numId", G_MAXINT, &number)
      || g_hash_table_size (all) >= LISTS_MOST)
    return;
  reading->list = g_new0 (List, 1);
  g_hash_table_insert (all, GUINT_TO_POINTER (number), reading->list);
}

static void
read_level (Reading *reading, const char *name, const char **attributes)
{
  Level *level = &reading->abstract->levels[reading->level];
  const char *value = hx_xml_attribute (attributes, "val");

  if (strcmp (name, "start") == 0)
    value_of (attributes, G_MAXUINT16, &level->start);
  else if (strcmp (name, "numFmt") == 0 && level->format == NULL)
    level->format = g_strdup (value);
  else if (strcmp (name, "lvlText") == 0 && level->form == NULL && value != NULL
           && strlen (value) <= FORM_MOST)
    level->form = g_strdup (value);
}

static void
read_list (Reading *reading, const char *name, const char **attributes)
{
  List *list = reading->list;

  if (strcmp (name, "abstractNumId") == 0)
    value_of (attributes, G_MAXINT, &list->abstract);
  else if (strcmp (name, "startOverride") == 0)
    list->has_start[reading->level]
        = value_of (attributes, G_MAXUINT16, &list->starts[reading->level]);
}

static gboolean
numbering_start (gpointer data, guint depth, const char *name,
                 const char **attributes, GError **error)
{
  Reading *reading = data;

  (void)depth, (void)error;
  if (strcmp (name, "abstractNum") == 0)
    begin_abstract (reading, attributes);
  else if (strcmp (name, "num") == 0)
    begin_list (reading, attributes);
  else if (strcmp (name, "lvl") == 0 || strcmp (name, "lvlOverride") == 0)
    {
      if (!number_of (attributes, "ilvl", HX_DOCX_LEVELS - 1, &reading->level))
        reading->level = 0;
    }
  else if (reading->abstract != NULL)
    read_level (reading, name, attributes);
  else if (reading->list != NULL)
    read_list (reading, name, attributes);
  return TRUE;
}

/* -------------------------------------------------------------------- styles
 */

static void
begin_style (Reading *reading, const char **attributes)
{
  GHashTable *all = reading->numbers->styles;
  const char *name = hx_xml_attribute (attributes, "styleId");

  reading->style = NULL;
  if (name == NULL || g_hash_table_size (all) >= STYLES_MOST)
    return;
  reading->style = g_new0 (Style, 1);
  g_hash_table_insert (all, g_strdup (name), reading->style);
}

static gboolean
styles_start (gpointer data, guint depth, const char *name,
              const char **attributes, GError **error)
{
  Reading *reading = data;
  Style *style = reading->style;
  const char *value = hx_xml_attribute (attributes, "val");

  (void)depth, (void)error;
  if (strcmp (name, "style") == 0)
    begin_style (reading, attributes);
  else if (style == NULL)
    return TRUE;
  else if (strcmp (name, "basedOn") == 0 && value != NULL)
    g_strlcpy (style->base, value, sizeof style->base);
  else if (strcmp (name, "numId") == 0)
    style->listed.has_number
        = value_of (attributes, G_MAXINT, &style->listed.number);
  else if (strcmp (name, "ilvl") == 0)
    style->listed.has_level
        = value_of (attributes, HX_DOCX_LEVELS - 1, &style->listed.level);
  return TRUE;
}

/* ----------------------------------------------------------------------- new
 */

HxDocxNumbers *
hx_docx_numbers_new (const HxPackage *package, const char *numbering,
                     const char *styles)
{
  static const HxXmlHandlers numbering_handlers
      = { "numbering", numbering_start, NULL, NULL };
  static const HxXmlHandlers styles_handlers
      = { "styles", styles_start, NULL, NULL };
  HxDocxNumbers *numbers = g_new0 (HxDocxNumbers, 1);
  Reading reading = { .numbers = numbers };

  numbers->abstracts = g_hash_table_new_full (NULL, NULL, NULL, abstract_free);
  numbers->lists = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  numbers->styles
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (numbering != NULL)
    hx_xml_read (package, numbering, &numbering_handlers, &reading, NULL);
  if (styles != NULL)
    hx_xml_read (package, styles, &styles_handlers, &reading, NULL);
  return numbers;
}

void
hx_docx_numbers_free (HxDocxNumbers *numbers)
{
  if (numbers == NULL)
    return;
  g_hash_table_unref (numbers->abstracts);
  g_hash_table_unref (numbers->lists);
  g_hash_table_unref (numbers->styles);
  g_free (numbers);
}

/* ------------------------------------------------------------------- writing
 */

static void
put_count (const Abstract *abstract, guint level, GString *out)
{
  const guint count = abstract->counts[level] > 0
                          ? abstract->counts[level] - 1
                          : abstract->levels[level].start;

  hx_docx_count (abstract->levels[level].format, count, out);
}

/* "（%1）" with its counts; a space behind one that ends in ASCII, where Word
 * sets a tab. */
static void
put_form (const Abstract *abstract, const char *form, GString *out)
{
  const gsize begun = out->len;

  for (; *form != '\0'; form++)
    if (form[0] == '%' && form[1] >= '1' && form[1] <= '9')
      put_count (abstract, (guint)(*++form - '1'), out);
    else
      g_string_append_c (out, *form);
  if (out->len > begun && g_ascii_isgraph (out->str[out->len - 1]))
    g_string_append_c (out, ' ');
}

/* ---------------------------------------------------------------------- next
 */

/* What the paragraph does not say, its style does, or that one's base. */
static HxDocxListed
resolve (const HxDocxNumbers *numbers, const HxDocxListed *listed)
{
  HxDocxListed found = *listed;
  const char *name = listed->style;

  for (guint i = 0; i < STYLE_CHAIN && *name != '\0'; i++)
    {
      const Style *style = g_hash_table_lookup (numbers->styles, name);
      if (style == NULL)
        break;
      if (!found.has_level && style->listed.has_level)
        found.level = style->listed.level;
      if (!found.has_number && style->listed.has_number)
        found.number = style->listed.number;
      found.has_level |= style->listed.has_level;
      found.has_number |= style->listed.has_number;
      name = style->base;
    }
  return found;
}

/* Counts stand one higher, so that 0 says that none has begun. */
static void
count (Abstract *abstract, List *list, guint level)
{
  for (guint i = 0; !list->is_begun && i < HX_DOCX_LEVELS; i++)
    if (list->has_start[i])
      abstract->counts[i] = list->starts[i];
  list->is_begun = TRUE;
  if (abstract->counts[level] == 0)
    abstract->counts[level] = abstract->levels[level].start;
  abstract->counts[level]++;
  for (guint i = level + 1; i < HX_DOCX_LEVELS; i++)
    abstract->counts[i] = 0;
}

void
hx_docx_numbers_next (HxDocxNumbers *numbers, const HxDocxListed *listed,
                      GString *out)
{
  const HxDocxListed found = resolve (numbers, listed);
  List *list = NULL;
  Abstract *abstract = NULL;

  if (found.has_number && found.number > 0)
    list
        = g_hash_table_lookup (numbers->lists, GUINT_TO_POINTER (found.number));
  if (list != NULL)
    abstract = g_hash_table_lookup (numbers->abstracts,
                                    GUINT_TO_POINTER (list->abstract));
  if (abstract == NULL || found.level >= HX_DOCX_LEVELS)
    return;
  const Level *level = &abstract->levels[found.level];
  count (abstract, list, found.level);
  if (level->form != NULL && g_strcmp0 (level->format, "bullet") != 0)
    put_form (abstract, level->form, out);
}
