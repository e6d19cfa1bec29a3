/* The text layer of a PDF. */
#include "check/source_pdf_internal.h"

#include <string.h>

#define PAGES_MOST 5000
#define POINTS_MOST 20000 /* of a page, either way */

/* No number, and what is on no page, is 0. */
#define HUNDREDTHS(points)                                                     \
  ((points) > -POINTS_MOST && (points) < POINTS_MOST ? (gint)((points)*100) : 0)

static HxPdfBox *
boxes_of (const PopplerRectangle *areas, guint count)
{
  HxPdfBox *boxes = g_new0 (HxPdfBox, count + 1);

  for (guint i = 0; i < count; i++)
    boxes[i] = (HxPdfBox){
      HUNDREDTHS (MIN (areas[i].x1, areas[i].x2)),
      HUNDREDTHS (MIN (areas[i].y1, areas[i].y2)),
      HUNDREDTHS (MAX (areas[i].x1, areas[i].x2)),
      HUNDREDTHS (MAX (areas[i].y1, areas[i].y2)),
    };
  return boxes;
}

/* Text whose characters have no boxes each is taken as it comes. */
static void
read_page (const HxPdfLibrary *library, PopplerPage *page, guint number,
           HxScribe *scribe)
{
  g_autofree char *told = library->text (page);
  g_autofree char *text
      = told != NULL ? g_utf8_make_valid (told, -1) : g_strdup ("");
  g_autofree PopplerRectangle *areas = NULL;
  guint count = 0;

  if (library->layout (page, &areas, &count)
      && (glong)count >= g_utf8_strlen (text, -1))
    {
      g_autofree HxPdfBox *boxes = boxes_of (areas, count);
      g_autoptr (GPtrArray) rows = hx_pdf_rows (text, boxes);
      hx_pdf_write (rows, number, scribe);
      return;
    }
  hx_scribe_put (scribe, text, strlen (text));
  hx_scribe_line (scribe);
}

static void
read_pages (const HxPdfLibrary *library, PopplerDocument *document,
            HxScribe *scribe)
{
  const int pages = library->pages (document);

  if (pages > PAGES_MOST)
    hx_scribe_fail (scribe, HX_FAULT_LARGE);
  for (int i = 0; i < pages && scribe->fault == HX_FAULT_NONE; i++)
    {
      g_autoptr (GObject) page = (GObject *)library->page (document, i);
      if (page != NULL)
        read_page (library, (PopplerPage *)page, (guint)i + 1, scribe);
    }
  if (scribe->characters == 0)
    hx_scribe_fail (scribe, pages > 0 ? HX_FAULT_SCANNED : HX_FAULT_DAMAGED);
}

void
hx_source_pdf (gpointer prepared, GBytes *bytes, HxScribe *scribe)
{
  const HxPdfLibrary *library = prepared;
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) document = NULL;

  if (library == NULL)
    {
      hx_scribe_fail (scribe, HX_FAULT_LIBRARY);
      return;
    }
  document = (GObject *)library->open (bytes, NULL, &error);
  if (document != NULL)
    read_pages (library, (PopplerDocument *)document, scribe);
  else if (g_error_matches (error, library->error_quark (),
                            POPPLER_ERROR_ENCRYPTED))
    hx_scribe_fail (scribe, HX_FAULT_PROTECTED);
  else
    hx_scribe_fail (scribe, HX_FAULT_DAMAGED);
}
