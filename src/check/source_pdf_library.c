/* Poppler, loaded by the process that needs it: linked to the program it would
 * lengthen the start of every command four times.
 *
 * A font that is not embedded is read through tables which poppler looks up in
 * its files, and remembers.  In the sandbox it finds no file, so a page that
 * uses those fonts is read before, while nothing of the file has been looked
 * at but whether it names them.
 */
#include "check/source_pdf_internal.h"

#include <gmodule.h>
#include <string.h>

#define LIBRARY "libpoppler-glib.so.8"
#define MAPS_MOST 4 /* that poppler remembers */

static const char *const maps[]
    = { "GBK-EUC-H", "UniGB-UCS2-H", "UniGB-UTF16-H",
        "GB-EUC-H",  "GBKp-EUC-H",   "GBK2K-H" };

static const struct
{
  const char *name;
  gsize offset;
} symbols[] = {
  { "poppler_error_quark", G_STRUCT_OFFSET (HxPdfLibrary, error_quark) },
  { "poppler_document_new_from_bytes", G_STRUCT_OFFSET (HxPdfLibrary, open) },
  { "poppler_document_get_n_pages", G_STRUCT_OFFSET (HxPdfLibrary, pages) },
  { "poppler_document_get_page", G_STRUCT_OFFSET (HxPdfLibrary, page) },
  { "poppler_page_get_text", G_STRUCT_OFFSET (HxPdfLibrary, text) },
  { "poppler_page_get_text_layout", G_STRUCT_OFFSET (HxPdfLibrary, layout) },
};

/* ---------------------------------------------------------------------- maps
 */

static gboolean
names (const char *bytes, gsize length, const char *word)
{
  return memmem (bytes, length, word, strlen (word)) != NULL;
}

GPtrArray *
hx_pdf_maps (const char *bytes, gsize length)
{
  GPtrArray *found = g_ptr_array_new ();
  const gboolean is_packed = names (bytes, length, "/ObjStm");

  for (gsize i = 0; i < G_N_ELEMENTS (maps) && found->len < MAPS_MOST; i++)
    if (is_packed || names (bytes, length, maps[i]))
      g_ptr_array_add (found, (gpointer)(guintptr)maps[i]);
  if (found->len == 0 && names (bytes, length, "(GB1)"))
    g_ptr_array_add (found, (gpointer)(guintptr)maps[0]);
  return found;
}

/* A page with a font for each map. */
static GBytes *
page_with (const GPtrArray *wanted)
{
  GString *page
      = g_string_new ("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                      "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]"
                      "/Resources<</Font<<");

  for (guint i = 0; i < wanted->len; i++)
    g_string_append_printf (
        page,
        "/F%u<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/%s"
        "/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/S"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>]>>",
        i, (const char *)wanted->pdata[i]);
  g_string_append (page, ">>>>/Contents 4 0 R>>endobj\n"
                         "4 0 obj<</Length 28>>stream\n"
                         "BT /F0 1 Tf <D6A7> Tj ET    \n"
                         "endstream endobj\ntrailer<</Root 1 0 R>>\n");
  return g_string_free_to_bytes (page);
}

/* The document stays open: with the last one, poppler forgets. */
static void
warm (const HxPdfLibrary *library, const GPtrArray *wanted)
{
  g_autoptr (GBytes) bytes = page_with (wanted);
  PopplerDocument *document = library->open (bytes, NULL, NULL);
  PopplerPage *page = document != NULL ? library->page (document, 0) : NULL;

  if (page != NULL && wanted->len > 0)
    g_free (library->text (page));
  g_clear_object (&page);
}

/* ------------------------------------------------------------------- library
 */

gpointer
hx_pdf_prepare (GBytes *bytes)
{
  GModule *module = g_module_open (LIBRARY, G_MODULE_BIND_LOCAL);
  g_autofree HxPdfLibrary *library = g_new0 (HxPdfLibrary, 1);
  g_autoptr (GPtrArray) wanted = NULL;
  gconstpointer data;
  gsize length;

  if (module == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (symbols); i++)
    if (!g_module_symbol (module, symbols[i].name,
                          G_STRUCT_MEMBER_P (library, symbols[i].offset)))
      return NULL;
  data = g_bytes_get_data (bytes, &length);
  wanted = hx_pdf_maps (data, length);
  warm (library, wanted);
  return g_steal_pointer (&library);
}
