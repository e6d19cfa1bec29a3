/* The words of a DOCX: paragraphs in order, tables cell by cell.
 *
 * What is there twice is read once: of a drawing its modern form, not the
 * fallback; of a tracked change what is to stay.  The words of a text box
 * stand behind the paragraph that it hangs on, notes at the end.
 */
#include "check/source_docx_internal.h"

#include <string.h>

#define PART_BYTES ((guint64)256 << 20) /* unpacked */
#define PART_RATIO 200
#define DEPTH_MOST 60

typedef struct
{
  HxScribe *scribe;
  HxSourceGrid *grid; /* the innermost */
  HxDocxNumbers *numbers;
  GString *boxes;      /* words of the text boxes of the paragraph */
  HxDocxListed listed; /* of the paragraph */
  guint skipped;       /* depth of the element that is passed over, or 0 */
  guint properties;    /* depth of the <pPr> around, or 0 */
  guint box;           /* depth of the outermost text box around, or 0 */
  gboolean in_text;    /* <t> */
  gboolean run_hidden;
  gboolean joins_next; /* the mark of the paragraph was deleted */
  guint columns;       /* of the cell */
  gboolean goes_on, in_cell;
  gboolean is_document; /* or a part of notes */
} Reading;

/* ---------------------------------------------------------------------- words
 */

static void
put (Reading *reading, const char *text, gsize length)
{
  if (reading->box == 0)
    hx_scribe_put (reading->scribe, text, length);
  else if (reading->boxes->len + length < HX_SOURCE_TEXT_MAX)
    g_string_append_len (reading->boxes, text, (gssize)length);
}

static void
put_number (Reading *reading)
{
  g_autoptr (GString) number = g_string_new (NULL);

  if (reading->numbers == NULL || reading->box != 0)
    return;
  hx_docx_numbers_next (reading->numbers, &reading->listed, number);
  put (reading, number->str, number->len);
}

static void
end_paragraph (Reading *reading)
{
  if (reading->box != 0)
    {
      g_string_append_c (reading->boxes, '\n');
      return;
    }
  if (!reading->joins_next)
    hx_scribe_line (reading->scribe);
  if (reading->boxes->len == 0)
    return;
  hx_scribe_line (reading->scribe);
  hx_scribe_put (reading->scribe, reading->boxes->str, reading->boxes->len);
  hx_scribe_line (reading->scribe);
  g_string_truncate (reading->boxes, 0);
}

/* --------------------------------------------------------------------- tables
 */

/* The cell is begun when its properties are known. */
static void
begin_cell (Reading *reading)
{
  if (!reading->in_cell || reading->grid == NULL)
    return;
  if (reading->goes_on)
    hx_source_grid_cell_down (reading->grid, reading->columns);
  else
    hx_source_grid_cell (reading->grid, 1, reading->columns);
  reading->in_cell = FALSE;
}

/* Tables in text boxes are words alone. */
static gboolean
in_grid (const Reading *reading)
{
  return reading->box == 0 && reading->grid != NULL;
}

/* ------------------------------------------------------------------- elements
 */

static gboolean
is_on (const char **attributes)
{
  const char *value = hx_xml_attribute (attributes, "val");

  return value == NULL || hx_xml_is_true (value) || strcmp (value, "on") == 0;
}

static void
start_paragraph (Reading *reading, guint depth, const char **attributes)
{
  (void)depth, (void)attributes;
  begin_cell (reading);
  if (reading->box != 0)
    return;
  reading->listed = (HxDocxListed){ 0 };
  reading->joins_next = FALSE;
}

static void
start_properties (Reading *reading, guint depth, const char **attributes)
{
  (void)attributes;
  reading->properties = depth;
}

static void
start_style (Reading *reading, guint depth, const char **attributes)
{
  const char *value = hx_xml_attribute (attributes, "val");

  (void)depth;
  if (reading->box == 0 && value != NULL)
    g_strlcpy (reading->listed.style, value, sizeof reading->listed.style);
}

static void
start_level (Reading *reading, guint depth, const char **attributes)
{
  guint64 number;

  (void)depth;
  if (reading->box != 0
      || !hx_xml_number (hx_xml_attribute (attributes, "val"),
                         HX_DOCX_LEVELS - 1, &number))
    return;
  reading->listed.level = (guint)number;
  reading->listed.has_level = TRUE;
}

static void
start_list (Reading *reading, guint depth, const char **attributes)
{
  guint64 number;

  (void)depth;
  if (reading->box != 0
      || !hx_xml_number (hx_xml_attribute (attributes, "val"), G_MAXINT,
                         &number))
    return;
  reading->listed.number = (guint)number;
  reading->listed.has_number = TRUE;
}

static void
start_run (Reading *reading, guint depth, const char **attributes)
{
  (void)depth, (void)attributes;
  reading->run_hidden = FALSE;
}

static void
start_vanish (Reading *reading, guint depth, const char **attributes)
{
  (void)depth;
  if (reading->properties == 0)
    reading->run_hidden = is_on (attributes);
}

static void
start_text (Reading *reading, guint depth, const char **attributes)
{
  (void)depth, (void)attributes;
  reading->in_text = !reading->run_hidden;
}

static void
put_in_run (Reading *reading, const char *text)
{
  if (reading->properties == 0 && !reading->run_hidden)
    put (reading, text, strlen (text));
}

static void
start_tab (Reading *reading, guint depth, const char **attributes)
{
  (void)depth, (void)attributes;
  put_in_run (reading, "\t");
}

static void
start_break (Reading *reading, guint depth, const char **attributes)
{
  (void)depth, (void)attributes;
  put_in_run (reading, "\n");
}

static void
start_hyphen (Reading *reading, guint depth, const char **attributes)
{
  (void)depth, (void)attributes;
  put_in_run (reading, "-");
}

/* In the properties of a paragraph it is about its end. */
static void
start_deleted (Reading *reading, guint depth, const char **attributes)
{
  (void)attributes;
  if (reading->properties != 0 && reading->box == 0)
    reading->joins_next = TRUE;
  reading->skipped = depth;
}

static void
start_skipped (Reading *reading, guint depth, const char **attributes)
{
  (void)attributes;
  reading->skipped = depth;
}

static void
start_box (Reading *reading, guint depth, const char **attributes)
{
  (void)attributes;
  if (reading->box == 0)
    reading->box = depth;
}

static void
start_table (Reading *reading, guint depth, const char **attributes)
{
  (void)depth, (void)attributes;
  begin_cell (reading);
  if (reading->box == 0)
    reading->grid = hx_source_grid_begin (reading->scribe, reading->grid);
}

static void
start_row (Reading *reading, guint depth, const char **attributes)
{
  (void)depth, (void)attributes;
  if (in_grid (reading))
    hx_source_grid_row (reading->grid);
}

static void
start_before (Reading *reading, guint depth, const char **attributes)
{
  guint64 columns;

  (void)depth;
  if (in_grid (reading)
      && hx_xml_number (hx_xml_attribute (attributes, "val"), G_MAXUINT16,
                        &columns))
    hx_source_grid_skip (reading->grid, (guint)columns);
}

static void
start_cell (Reading *reading, guint depth, const char **attributes)
{
  (void)depth, (void)attributes;
  reading->in_cell = in_grid (reading);
  reading->columns = 1;
  reading->goes_on = FALSE;
}

static void
start_span (Reading *reading, guint depth, const char **attributes)
{
  guint64 columns;

  (void)depth;
  if (hx_xml_number (hx_xml_attribute (attributes, "val"), G_MAXUINT16,
                     &columns))
    reading->columns = (guint)columns;
}

static void
start_merge (Reading *reading, guint depth, const char **attributes)
{
  (void)depth;
  reading->goes_on
      = g_strcmp0 (hx_xml_attribute (attributes, "val"), "restart") != 0;
}

/* The lines between text and notes are notes themselves. */
static void
start_note (Reading *reading, guint depth, const char **attributes)
{
  if (hx_xml_attribute (attributes, "type") != NULL)
    reading->skipped = depth;
}

/* ----------------------------------------------------------------------- ends
 */

static void
end_properties (Reading *reading)
{
  reading->properties = 0;
  put_number (reading);
}

static void
end_text (Reading *reading)
{
  reading->in_text = FALSE;
}

static void
end_table (Reading *reading)
{
  if (in_grid (reading))
    reading->grid = hx_source_grid_end (reading->grid);
}

static void
end_row (Reading *reading)
{
  if (in_grid (reading))
    hx_source_grid_row_end (reading->grid);
}

static void
end_cell (Reading *reading)
{
  begin_cell (reading);
  if (in_grid (reading))
    hx_source_grid_cell_end (reading->grid);
}

typedef struct
{
  const char *name;
  void (*start) (Reading *reading, guint depth, const char **attributes);
  void (*end) (Reading *reading);
} Element;

static const Element elements[] = {
  { "t", start_text, end_text },
  { "r", start_run, NULL },
  { "p", start_paragraph, end_paragraph },
  { "pPr", start_properties, end_properties },
  { "tc", start_cell, end_cell },
  { "tr", start_row, end_row },
  { "tbl", start_table, end_table },
  { "m:t", start_text, end_text },
  { "tab", start_tab, NULL },
  { "br", start_break, NULL },
  { "cr", start_break, NULL },
  { "noBreakHyphen", start_hyphen, NULL },
  { "pStyle", start_style, NULL },
  { "ilvl", start_level, NULL },
  { "numId", start_list, NULL },
  { "vanish", start_vanish, NULL },
  { "gridSpan", start_span, NULL },
  { "vMerge", start_merge, NULL },
  { "gridBefore", start_before, NULL },
  { "txbxContent", start_box, NULL },
  { "footnote", start_note, NULL },
  { "endnote", start_note, NULL },
  { "del", start_deleted, NULL },
  { "moveFrom", start_skipped, NULL },
  { "rt", start_skipped, NULL },
  { "pPrChange", start_skipped, NULL },
  { "rPrChange", start_skipped, NULL },
  { "tblPrChange", start_skipped, NULL },
  { "trPrChange", start_skipped, NULL },
  { "tcPrChange", start_skipped, NULL },
  { "mc:Fallback", start_skipped, NULL },
};

static const Element *
element_of (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    if (strcmp (elements[i].name, name) == 0)
      return &elements[i];
  return NULL;
}

/* ------------------------------------------------------------------- handlers
 */

static gboolean
on_start (gpointer data, guint depth, const char *name, const char **attributes,
          GError **error)
{
  Reading *reading = data;
  const Element *element = element_of (name);

  (void)error;
  if (depth > DEPTH_MOST)
    hx_scribe_fail (reading->scribe, HX_FAULT_DEEP);
  else if (depth == 1 && reading->is_document && strcmp (name, "document") != 0)
    hx_scribe_fail (reading->scribe, HX_FAULT_OTHER);
  if (reading->scribe->fault != HX_FAULT_NONE)
    return FALSE;
  if (reading->skipped == 0 && element != NULL)
    element->start (reading, depth, attributes);
  return TRUE;
}

static gboolean
on_end (gpointer data, guint depth, const char *name, GError **error)
{
  Reading *reading = data;
  const Element *element = element_of (name);

  (void)error;
  if (reading->skipped != 0)
    {
      if (reading->skipped == depth)
        reading->skipped = 0;
      return TRUE;
    }
  if (reading->box == depth)
    reading->box = 0;
  else if (element != NULL && element->end != NULL)
    element->end (reading);
  return TRUE;
}

static gboolean
on_text (gpointer data, const char *text, gsize length, GError **error)
{
  Reading *reading = data;

  (void)error;
  if (reading->in_text && reading->skipped == 0)
    put (reading, text, length);
  return TRUE;
}

/* ---------------------------------------------------------------------- parts
 */

static void
read_part (const HxPackage *package, const char *part, Reading *reading)
{
  static const HxXmlHandlers handlers = { NULL, on_start, on_end, on_text };
  g_autoptr (GError) error = NULL;

  if (!hx_xml_read (package, part, &handlers, reading, &error))
    hx_scribe_fail (reading->scribe,
                    g_error_matches (error, HX_ERROR, HX_ERROR_LIMIT)
                        ? HX_FAULT_LARGE
                        : HX_FAULT_DAMAGED);
  while (reading->grid != NULL)
    reading->grid = hx_source_grid_end (reading->grid);
}

static const char *
part_of_type (const GPtrArray *relations, const char *type)
{
  const HxRelation *relation
      = relations != NULL ? hx_relation_of_type (relations, type) : NULL;

  return relation != NULL ? relation->part : NULL;
}

static void
read_notes (const HxPackage *package, const GPtrArray *relations,
            const char *type, HxScribe *scribe)
{
  const char *part = part_of_type (relations, type);
  g_autoptr (GString) boxes = g_string_new (NULL);
  Reading reading = { .scribe = scribe, .boxes = boxes };

  if (part != NULL && hx_package_has (package, part))
    read_part (package, part, &reading);
}

static void
read_document (const HxPackage *package, const char *part, HxScribe *scribe)
{
  g_autoptr (GPtrArray) relations = hx_package_relations (package, part, NULL);
  g_autoptr (GString) boxes = g_string_new (NULL);
  Reading reading = { .scribe = scribe, .boxes = boxes, .is_document = TRUE };

  reading.numbers
      = hx_docx_numbers_new (package, part_of_type (relations, "numbering"),
                             part_of_type (relations, "styles"));
  read_part (package, part, &reading);
  hx_docx_numbers_free (reading.numbers);
  read_notes (package, relations, "footnotes", scribe);
  read_notes (package, relations, "endnotes", scribe);
}

void
hx_source_docx (gpointer prepared, GBytes *bytes, HxScribe *scribe)
{
  static const HxPackageLimits limits = { PART_BYTES, PART_RATIO };
  HxPackage package = { 0 };
  g_autoptr (GPtrArray) relations = NULL;
  const char *part;

  (void)prepared;
  if (hx_package_open_bytes (&package, bytes, &limits, NULL))
    relations = hx_package_relations (&package, "", NULL);
  part = part_of_type (relations, "officeDocument");
  if (part != NULL)
    read_document (&package, part, scribe);
  else
    hx_scribe_fail (scribe,
                    relations != NULL ? HX_FAULT_OTHER : HX_FAULT_DAMAGED);
  hx_package_close (&package);
}
