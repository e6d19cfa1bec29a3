#include "workbook_fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <zip.h>

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

static const char package_relations[] = XML
    "<Relationships "
    "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"" FIXTURE_RELATIONS "/officeDocument\" "
    "Target=\"xl/workbook.xml\"/></Relationships>";

static const char workbook_relations[] = XML
    "<Relationships "
    "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"" FIXTURE_RELATIONS "/worksheet\" "
    "Target=\"worksheets/sheet1.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"" FIXTURE_RELATIONS "/styles\" "
    "Target=\"styles.xml\"/>"
    "<Relationship Id=\"rId3\" Type=\"" FIXTURE_RELATIONS "/sharedStrings\" "
    "Target=\"sharedStrings.xml\"/></Relationships>";

static void
add_part (zip_t *zip, const FixturePart *part)
{
  const gsize size = part->size > 0 ? part->size : strlen (part->data);
  zip_source_t *source = zip_source_buffer (zip, part->data, size, 0);
  assert_non_null (source);
  const zip_int64_t index = zip_file_add (zip, part->name, source, 0);
  assert_true (index >= 0);
  if (part->stored)
    assert_int_equal (
        zip_set_file_compression (zip, (zip_uint64_t)index, ZIP_CM_STORE, 0),
        0);
  if (part->password != NULL)
    assert_int_equal (zip_file_set_encryption (zip, (zip_uint64_t)index,
                                               ZIP_EM_AES_256, part->password),
                      0);
}

static char *
new_path (const char *name)
{
  g_autofree char *folder = g_dir_make_tmp ("hx-xlsx-XXXXXX", NULL);
  assert_non_null (folder);
  return g_build_filename (folder, name, NULL);
}

char *
fixture_zip (const char *name, const FixturePart *parts)
{
  char *path = new_path (name);
  zip_t *zip = zip_open (path, ZIP_CREATE | ZIP_EXCL, NULL);
  assert_non_null (zip);
  for (; parts->name != NULL; parts++)
    if (parts->data != NULL)
      add_part (zip, parts);
  assert_int_equal (zip_close (zip), 0);
  return path;
}

static char *
wrap (const char *element, const char *inner)
{
  return g_strdup_printf (XML "<%s xmlns=\"" FIXTURE_MAIN "\">%s</%s>", element,
                          inner != NULL ? inner : "", element);
}

static char *
workbook_part (const char *properties)
{
  return g_strdup_printf (
      XML "<workbook xmlns=\"" FIXTURE_MAIN "\" xmlns:r=\"" FIXTURE_RELATIONS
          "\"><workbookPr %s/><sheets><sheet name=\"名单\" sheetId=\"1\" "
          "r:id=\"rId1\"/></sheets></workbook>",
      properties != NULL ? properties : "");
}

/* One part may stand in for one of the workbook's own. */
static char *
build (const Fixture *fixture, const FixturePart *other)
{
  g_autofree char *data = g_strdup_printf (
      "<dimension ref=\"A1\"/><sheetData>%s</sheetData><pageMargins/>",
      fixture->rows);
  g_autofree char *sheet = wrap ("worksheet", data);
  g_autofree char *strings = wrap ("sst", fixture->strings);
  g_autofree char *styles = wrap ("styleSheet", fixture->styles);
  g_autofree char *workbook = workbook_part (fixture->properties);
  FixturePart parts[] = {
    { .name = "_rels/.rels", .data = package_relations },
    { .name = "xl/workbook.xml", .data = workbook },
    { .name = "xl/_rels/workbook.xml.rels", .data = workbook_relations },
    { .name = "xl/styles.xml", .data = styles },
    { .name = "xl/sharedStrings.xml", .data = strings },
    { .name = "xl/worksheets/sheet1.xml", .data = sheet },
    { .name = NULL },
  };
  gboolean found = other == NULL;
  for (guint i = 0; parts[i].name != NULL; i++)
    if (other != NULL && strcmp (parts[i].name, other->name) == 0)
      {
        parts[i] = *other;
        found = TRUE;
      }
  assert_true (found);
  return fixture_zip ("名册.xlsx", parts);
}

char *
fixture_workbook (const Fixture *fixture)
{
  return build (fixture, NULL);
}

char *
fixture_with (const FixturePart *part)
{
  static const Fixture fixture
      = { .rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>",
          .strings = "<si><t>甲</t></si>" };
  return build (&fixture, part);
}

char *
fixture_file (const char *name, const char *data, gsize size)
{
  char *path = new_path (name);
  assert_true (g_file_set_contents (path, data, (gssize)size, NULL));
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

/* ----------------------------------------------------------------- reading */

static void
append_cell (GString *out, const HxTableCell *cell)
{
  static const char marks[] = { 0, 0, '#', '@', '%', '?', '!' };
  if (cell->uncached)
    g_string_append_c (out, '~');
  else if (cell->formula)
    g_string_append_c (out, '=');
  if (cell->lossy)
    g_string_append_c (out, '$');
  if (marks[cell->type] != 0)
    g_string_append_c (out, marks[cell->type]);
  g_string_append (out, cell->text);
  if (cell->original != NULL && strcmp (cell->original, cell->text) != 0)
    g_string_append_printf (out, "(%s)", cell->original);
  assert_int_equal (cell->type == HX_CELL_NUMBER, cell->original != NULL);
  assert_int_equal (cell->type == HX_CELL_EMPTY, *cell->text == '\0');
}

char *
fixture_rows (HxTable *table)
{
  HxTableRow row;
  HxTableStep step;
  GString *out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  while ((step = hx_table_next (table, &row, &error)) == HX_TABLE_ROW)
    {
      g_string_append_printf (out, "%" G_GUINT64_FORMAT ":", row.number);
      for (guint i = 0; i < row.n_cells; i++)
        {
          if (i > 0)
            g_string_append_c (out, '|');
          append_cell (out, &row.cells[i]);
        }
      g_string_append_c (out, '\n');
    }
  assert_int_equal (step == HX_TABLE_FAIL, error != NULL);
  if (error != NULL)
    g_string_append_printf (out, "FAIL %s", error->message);
  return g_string_free (out, FALSE);
}

char *
fixture_read (char *path, const HxTableLimits *limits)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxTable) table = hx_table_open (path, limits, &error);
  char *rows = table != NULL ? fixture_rows (table)
                             : g_strdup_printf ("FAIL %s", error->message);
  fixture_remove (path);
  return rows;
}
