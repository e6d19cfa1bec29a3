#include "source_fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <zip.h>

#define RELATIONS                                                              \
  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"

char *
fixture_file (const char *name, const void *bytes, gsize size)
{
  g_autofree char *folder = g_dir_make_tmp ("hx-source-XXXXXX", NULL);
  char *path;

  assert_non_null (folder);
  path = g_build_filename (folder, name, NULL);
  assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
  return path;
}

void
fixture_remove (char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (path);
  g_rmdir (folder);
  g_free (path);
}

/* --------------------------------------------------------------------- cells
 */

static char *
words_of (const HxSource *source, const HxSourceCell *cell)
{
  return g_utf8_substring (source->text, (glong)cell->offset,
                           (glong)(cell->offset + cell->length));
}

char *
fixture_cells (const HxSource *source)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < source->cells->len; i++)
    {
      const HxSourceCell *cell
          = &g_array_index (source->cells, HxSourceCell, i);
      g_autofree char *words = words_of (source, cell);
      g_string_append_printf (out, "%u:%u,%u", cell->table, cell->row,
                              cell->column);
      if (cell->rows != 1 || cell->columns != 1)
        g_string_append_printf (out, "+%u×%u", cell->rows, cell->columns);
      g_string_append_printf (out, "=%s\n", words);
    }
  return g_string_free (out, FALSE);
}

static void
look_over (const HxSource *source)
{
  gsize behind = 0;

  assert_true (g_utf8_validate (source->text, -1, NULL));
  assert_int_equal (g_utf8_strlen (source->text, -1), source->characters);
  for (guint i = 0; i < source->cells->len; i++)
    {
      const HxSourceCell *cell
          = &g_array_index (source->cells, HxSourceCell, i);
      assert_true (cell->offset >= behind);
      assert_true (cell->length <= source->characters);
      behind = cell->offset + cell->length;
      assert_true (behind <= source->characters);
      assert_true (cell->rows >= 1 && cell->columns >= 1);
    }
}

char *
fixture_read (const char *name, const void *bytes, gsize size)
{
  g_autoptr (GError) error = NULL;
  char *path = fixture_file (name, bytes, size);
  g_autoptr (HxSource) source = hx_source_read (path, &error);

  fixture_remove (path);
  if (source == NULL)
    {
      assert_non_null (error);
      assert_non_null (strstr (error->message, name));
      assert_null (strchr (error->message, '\n'));
      return g_strdup_printf ("FAIL %s", error->message);
    }
  assert_null (error);
  look_over (source);
  assert_string_equal (source->name, name);
  return g_strdup (source->text);
}

/* ------------------------------------------------------------------ packages
 */

char *
fixture_zip (const FixturePart *parts, gsize *size)
{
  char *path = fixture_file ("zip", "", 0);
  zip_t *zip = zip_open (path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
  char *bytes;

  assert_non_null (zip);
  for (; parts->name != NULL; parts++)
    {
      zip_source_t *source
          = zip_source_buffer (zip, parts->data, strlen (parts->data), 0);
      assert_true (zip_file_add (zip, parts->name, source, 0) >= 0);
    }
  assert_int_equal (zip_close (zip), 0);
  assert_true (g_file_get_contents (path, &bytes, size, NULL));
  fixture_remove (path);
  return bytes;
}

static char *
relations_of (const FixturePart *others)
{
  GString *xml = g_string_new ("<Relationships xmlns=\"" PACKAGE "\">");

  for (; others != NULL && others->name != NULL; others++)
    g_string_append_printf (xml,
                            "<Relationship Id=\"%s\" Type=\"" RELATIONS
                            "/%s\" Target=\"%s.xml\"/>",
                            others->name, others->name, others->name);
  g_string_append (xml, "</Relationships>");
  return g_string_free (xml, FALSE);
}

char *
fixture_docx (const char *body, const FixturePart *others, gsize *size)
{
  g_autofree char *document
      = g_strdup_printf ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                         "<w:document " FIXTURE_WORD "><w:body>%s</w:body>"
                         "</w:document>",
                         body);
  g_autofree char *relations = relations_of (others);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  FixturePart parts[8] = {
    { "_rels/.rels", "<Relationships xmlns=\"" PACKAGE "\"><Relationship "
                     "Id=\"a\" Type=\"" RELATIONS "/officeDocument\" "
                     "Target=\"word/document.xml\"/></Relationships>" },
    { "word/document.xml", document },
    { "word/_rels/document.xml.rels", relations },
  };

  for (guint i = 0; others != NULL && others[i].name != NULL; i++)
    {
      assert_true (i < 4);
      g_ptr_array_add (names, g_strdup_printf ("word/%s.xml", others[i].name));
      parts[3 + i] = (FixturePart){ names->pdata[i], others[i].data };
    }
  return fixture_zip (parts, size);
}
