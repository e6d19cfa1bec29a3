/* The lower parts of the reader, each by itself. */
#include "workbook_fixture.h"

#include "exchange/xlsx_internal.h"

#include <glib/gstdio.h>
#include <string.h>

/* -------------------------------------------------------------------- text */

typedef struct
{
  const char *written;
  gboolean preserve;
  const char *read;
} Text;

static const Text texts[] = {
  { "", FALSE, "" },
  { "姓名", FALSE, "姓名" },
  { "  姓 名\n", FALSE, "姓 名" },
  { "  姓 名\n", TRUE, "  姓 名\n" },
  { " \t\r\n ", FALSE, "" },
  { " \t\r\n ", TRUE, " \t\r\n " },
  /* an ideographic space is no layout */
  { "\u3000姓名\u3000", FALSE, "\u3000姓名\u3000" },
  { "_x0041_", FALSE, "A" },
  { "_x5F20_三", FALSE, "张三" },
  { "a_x000D__x000A_b", FALSE, "a\r\nb" },
  /* an escaped space at the end is meant */
  { "a_x0020_", FALSE, "a " },
  { "_x005F_x0041_", FALSE, "_x0041_" },
  { "_x005f_", FALSE, "_" },
  { "__x0041__", FALSE, "_A_" },
  { "_X0041_", FALSE, "_X0041_" },
  { "_x041_", FALSE, "_x041_" },
  { "_x00411_", FALSE, "_x00411_" },
  { "_xG041_", FALSE, "_xG041_" },
  { "_x0041", FALSE, "_x0041" },
  { "_x", FALSE, "_x" },
  { "_", FALSE, "_" },
  { "a_b_c", FALSE, "a_b_c" },
  { "_xD83D__xDE00_", FALSE, "😀" },
  { "_xDBFF__xDFFF_", FALSE, "\U0010FFFF" },
  /* halves of a pair, and what text cannot hold */
  { "_xD83D_", FALSE, "\uFFFD" },
  { "_xD83D_a", FALSE, "\uFFFDa" },
  { "_xD83D__xD83D__xDE00_", FALSE, "\uFFFD😀" },
  { "_xD83D__x0041_", FALSE, "\uFFFDA" },
  { "_xDE00_", FALSE, "\uFFFD" },
  { "_x0000_", FALSE, "\uFFFD" },
};

static const char *no_attributes[] = { NULL };
static const char *preserve[] = { "xml:space", "preserve", NULL };

static void
spaces_and_escapes_are_read_as_meant (void **state)
{
  (void)state;
  HxTableLimits limits;
  hx_table_limits_default (&limits);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      HxRichText rich;
      g_autoptr (GString) out = g_string_new ("before_x0041_ ");
      const gsize begun = out->len;
      hx_rich_text_init (&rich, out, &limits);
      hx_rich_text_begin (&rich);
      hx_rich_text_open (&rich, texts[i].preserve ? preserve : no_attributes);
      for (const char *at = texts[i].written; *at != '\0'; at++)
        assert_true (hx_rich_text_append (&rich, at, 1, NULL));
      hx_rich_text_close (&rich);
      assert_string_equal (out->str + begun, texts[i].read);
      assert_memory_equal (out->str, "before_x0041_ ", begun);
      assert_true (hx_text_is_valid (out->str, (gssize)out->len));
    }
}

static void
only_the_text_of_runs_counts (void **state)
{
  (void)state;
  HxRichText rich;
  HxTableLimits limits;
  hx_table_limits_default (&limits);
  g_autoptr (GString) out = g_string_new (NULL);
  hx_rich_text_init (&rich, out, &limits);
  hx_rich_text_begin (&rich);
  assert_true (hx_rich_text_append (&rich, "no", 2, NULL));
  hx_rich_text_start (&rich, 3, "t", no_attributes);
  assert_true (hx_rich_text_append (&rich, "张", 3, NULL));
  hx_rich_text_end (&rich, 3, "t");
  assert_true (hx_rich_text_append (&rich, "no", 2, NULL));
  hx_rich_text_start (&rich, 3, "rPh", no_attributes);
  hx_rich_text_start (&rich, 4, "t", no_attributes);
  assert_true (hx_rich_text_append (&rich, "zhang", 5, NULL));
  hx_rich_text_end (&rich, 4, "t");
  hx_rich_text_end (&rich, 3, "rPh");
  hx_rich_text_start (&rich, 3, "r", no_attributes);
  hx_rich_text_start (&rich, 4, "t", preserve);
  assert_true (hx_rich_text_append (&rich, " 三", 4, NULL));
  hx_rich_text_end (&rich, 4, "t");
  assert_string_equal (out->str, "张 三");
}

static void
a_text_without_end_is_stopped_while_it_grows (void **state)
{
  (void)state;
  HxRichText rich;
  HxTableLimits limits;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  hx_table_limits_default (&limits);
  limits.cell_characters = 10;
  hx_rich_text_init (&rich, out, &limits);
  hx_rich_text_begin (&rich);
  hx_rich_text_open (&rich, no_attributes);
  for (guint i = 0; i < 10; i++)
    assert_true (hx_rich_text_append (&rich, "_x0041_", 7, NULL));
  assert_false (hx_rich_text_append (&rich, "a", 1, &error));
  assert_int_equal (error->code, HX_ERROR_LIMIT);
  assert_int_equal (out->len, 70);
}

/* ------------------------------------------------------------------ ranges */

typedef struct
{
  const char *text;
  gboolean good;
  guint column;
  guint row;
} Reference;

static const Reference references[] = {
  { "A1", TRUE, 0, 1 },
  { "b12", TRUE, 1, 12 },
  { "Z9", TRUE, 25, 9 },
  { "AA1", TRUE, 26, 1 },
  { "AZ1", TRUE, 51, 1 },
  { "BA1", TRUE, 52, 1 },
  { "ZZ1", TRUE, 701, 1 },
  { "AAA1", TRUE, 702, 1 },
  { "XFD1048576", TRUE, 16383, 1048576 },
  { "XFE1", TRUE, 16384, 1 },
  { "A01", TRUE, 0, 1 },
  { "", FALSE, 0, 0 },
  { "A", FALSE, 0, 0 },
  { "1", FALSE, 0, 0 },
  { "1A", FALSE, 0, 0 },
  { "A0", FALSE, 0, 0 },
  { "A-1", FALSE, 0, 0 },
  { "$A$1", FALSE, 0, 0 },
  { "A1 ", FALSE, 0, 0 },
  { "A1048577", FALSE, 0, 0 },
  { "A99999999999999999999999", FALSE, 0, 0 },
  { "甲1", FALSE, 0, 0 },
};

static void
a_reference_is_a_column_and_a_row (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (references); i++)
    {
      guint column;
      guint64 row;
      const char *text = references[i].text;
      const gboolean good
          = hx_reference_parse (text, strlen (text), &column, &row);
      assert_int_equal (good, references[i].good);
      if (!good)
        continue;
      assert_int_equal (column, references[i].column);
      assert_int_equal (row, references[i].row);
    }
}

static void
a_range_ends_with_its_last_row (void **state)
{
  (void)state;
  g_autoptr (GArray) ranges = hx_ranges_new ();
  assert_false (hx_ranges_hold (ranges, 0));
  assert_true (hx_ranges_add (ranges, "A1", NULL));
  assert_int_equal (ranges->len, 0);
  assert_true (hx_ranges_add (ranges, "B2:D3", NULL));
  assert_true (hx_ranges_add (ranges, "F2:F2", NULL));
  hx_ranges_enter_row (ranges, 2);
  static const gboolean second[] = { 0, 1, 1, 1, 0, 1, 0 };
  for (guint column = 0; column < G_N_ELEMENTS (second); column++)
    assert_int_equal (hx_ranges_hold (ranges, column), second[column]);
  hx_ranges_enter_row (ranges, 3);
  assert_true (hx_ranges_hold (ranges, 3));
  assert_false (hx_ranges_hold (ranges, 5));
  hx_ranges_enter_row (ranges, 4);
  assert_int_equal (ranges->len, 0);
}

static void
ranges_have_a_most (void **state)
{
  (void)state;
  guint added = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ranges = hx_ranges_new ();
  while (added < 100000 && hx_ranges_add (ranges, "A1:B9", &error))
    added++;
  assert_non_null (error);
  assert_int_equal (error->code, HX_ERROR_LIMIT);
  assert_in_range (added, 100, 1000);
}

/* ----------------------------------------------------------------- package */

static void
open_package (HxPackage *package, const char *path)
{
  const HxPackageLimits limits = { G_MAXUINT64, 200 };
  memset (package, 0, sizeof *package);
  assert_true (hx_package_open (package, path, &limits, NULL));
}

typedef struct
{
  const char *source;
  const char *relations; /* where its list lies */
  const char *target;
  const char *part;
} Target;

static const Target targets[] = {
  { "", "_rels/.rels", "xl/workbook.xml", "xl/workbook.xml" },
  { "", "_rels/.rels", "/xl/workbook.xml", "xl/workbook.xml" },
  { "", "_rels/.rels", "./a.xml", "a.xml" },
  { "a.xml", "_rels/a.xml.rels", "b.xml", "b.xml" },
  { "xl/a.xml", "xl/_rels/a.xml.rels", "s/1.xml", "xl/s/1.xml" },
  { "xl/a.xml", "xl/_rels/a.xml.rels", "/s/1.xml", "s/1.xml" },
  { "xl/a.xml", "xl/_rels/a.xml.rels", "../1.xml", "1.xml" },
  { "xl/a.xml", "xl/_rels/a.xml.rels", "../../../1.xml", "1.xml" },
  { "xl/q/a.xml", "xl/q/_rels/a.xml.rels", "../s//1.xml", "xl/s/1.xml" },
};

static void
a_relation_is_found_from_its_source (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *list = g_strdup_printf (
          "<Relationships><Relationship Id=\"x\" Type=\"u/v/sheet\" "
          "Target=\"http://x\" TargetMode=\"External\"/><Relationship "
          "Id=\"y\" Type=\"u/v/sheet\" Target=\"%s\"/><Relationship "
          "Id=\"z\"/></Relationships>",
          targets[i].target);
      const FixturePart parts[]
          = { { .name = targets[i].relations, .data = list },
              { .name = NULL } };
      HxPackage package;
      char *path = fixture_zip ("p.zip", parts);
      open_package (&package, path);
      g_autoptr (GPtrArray) relations
          = hx_package_relations (&package, targets[i].source, NULL);
      assert_non_null (relations);
      assert_int_equal (relations->len, 1);
      assert_string_equal (hx_relation_of_type (relations, "sheet")->part,
                           targets[i].part);
      assert_string_equal (hx_relation_of_id (relations, "y")->part,
                           targets[i].part);
      assert_null (hx_relation_of_id (relations, "x"));
      assert_null (hx_relation_of_type (relations, "v/sheet"));
      hx_package_close (&package);
      fixture_remove (path);
    }
}

static void
a_source_without_a_list_has_no_relations (void **state)
{
  (void)state;
  const FixturePart parts[]
      = { { .name = "a", .data = "a" }, { .name = NULL } };
  HxPackage package;
  char *path = fixture_zip ("p.zip", parts);
  open_package (&package, path);
  g_autoptr (GPtrArray) relations = hx_package_relations (&package, "a", NULL);
  assert_non_null (relations);
  assert_int_equal (relations->len, 0);
  assert_true (hx_package_has (&package, "a"));
  assert_true (hx_package_has (&package, "A"));
  assert_false (hx_package_has (&package, "b"));
  hx_package_close (&package);
  fixture_remove (path);
}

static void
a_part_is_read_in_pieces_to_its_end (void **state)
{
  (void)state;
  g_autofree char *data = g_strnfill (100000, 'x');
  const FixturePart parts[]
      = { { .name = "a", .data = data }, { .name = NULL } };
  HxPackage package;
  gsize length, sum = 0;
  char buffer[777];
  char *path = fixture_zip ("p.zip", parts);
  open_package (&package, path);
  HxPart *part = hx_part_open (&package, "a", NULL);
  assert_non_null (part);
  assert_int_equal (part->size, 100000);
  do
    {
      assert_true (hx_part_read (part, buffer, sizeof buffer, &length, NULL));
      sum += length;
    }
  while (length > 0);
  assert_int_equal (sum, 100000);
  assert_int_equal (part->done, 100000);
  hx_part_close (part);
  hx_package_close (&package);
  fixture_remove (path);
}

/* --------------------------------------------------------------------- xml */

typedef struct
{
  GString *seen;
  HxXml *xml;
} Seen;

static gboolean
seen_start (gpointer data, guint depth, const char *name,
            const char **attributes, GError **error)
{
  Seen *seen = data;
  const char *value = hx_xml_attribute (attributes, "a");
  if (strcmp (name, "bad") == 0)
    return hx_failf (error, HX_ERROR_DATA, "bad");
  g_string_append_printf (seen->seen, "<%u%s%s%s", depth, name,
                          value != NULL ? "=" : "", value != NULL ? value : "");
  return TRUE;
}

static gboolean
seen_end (gpointer data, guint depth, const char *name, GError **error)
{
  Seen *seen = data;
  (void)error;
  g_string_append_printf (seen->seen, ">%u", depth);
  if (strcmp (name, "p") == 0)
    hx_xml_pause (seen->xml);
  return TRUE;
}

static gboolean
seen_text (gpointer data, const char *text, gsize length, GError **error)
{
  (void)error;
  g_string_append_len (((Seen *)data)->seen, text, (gssize)length);
  return TRUE;
}

typedef struct
{
  const char *xml;
  const char *seen; /* / for each pause, ! for a failure */
} Document;

static const Document documents[] = {
  { "<r><a/><b>t</b></r>", "<1r<2a>2<2bt>2>1" },
  { "<r><p/><p>t</p></r>", "<1r<2p>2/<2pt>2/>1" },
  { "<x:r xmlns:x=\"u\"><x:a/><b/><y:a xmlns:y=\"v\"/></x:r>",
    "<1r<2a>2<2>2<2y:a>2>1" },
  { "<r x:a=\"1\" a=\"2\"><s b=\"3\"/></r>", "<1r=1<2s>2>1" },
  { "<r>&lt;&amp;&#x5F20;<![CDATA[<x>]]></r>", "<1r<&张<x>>1" },
  { "<r><bad/><a/></r>", "<1r!" },
  { "<r><p/><bad/></r>", "<1r<2p>2/!" },
  { "<r><a></r>", "<1r<2a!" },
  { "<r>&no;</r>", "<1r!" },
  { "<other/>", "!" },
  { "", "!" },
};

static char *
run_document (HxXml *xml, GString *out)
{
  HxXmlStep step;
  g_autoptr (GError) error = NULL;
  while ((step = hx_xml_step (xml, &error)) == HX_XML_PAUSED)
    g_string_append_c (out, '/');
  if (step == HX_XML_FAIL)
    g_string_append_c (out, '!');
  assert_int_equal (step == HX_XML_FAIL, error != NULL);
  return g_strdup (out->str);
}

static void
a_part_is_parsed_until_it_pauses_fails_or_ends (void **state)
{
  (void)state;
  static const HxXmlHandlers handlers
      = { "r", seen_start, seen_end, seen_text };
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      const FixturePart parts[]
          = { { .name = "a", .data = documents[i].xml }, { .name = NULL } };
      HxPackage package;
      char *path = fixture_zip ("p.zip", parts);
      open_package (&package, path);
      g_autoptr (GString) out = g_string_new (NULL);
      Seen seen = { out, NULL };
      seen.xml = hx_xml_open (&package, "a", &handlers, &seen, NULL);
      g_autofree char *result = run_document (seen.xml, out);
      assert_string_equal (result, documents[i].seen);
      hx_xml_free (seen.xml);
      hx_package_close (&package);
      fixture_remove (path);
    }
}

static void
numbers_and_truth_of_attributes_are_strict (void **state)
{
  (void)state;
  guint64 number;
  assert_true (hx_xml_number ("0", 9, &number));
  assert_int_equal (number, 0);
  assert_true (hx_xml_number ("1048576", 1048576, &number));
  assert_int_equal (number, 1048576);
  static const char *const bad[] = {
    NULL, "", "-1", "+1", " 1", "1 ", "x", "1048577", "99999999999999999999999"
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_false (hx_xml_number (bad[i], 1048576, &number));
  assert_true (hx_xml_is_true ("1"));
  assert_true (hx_xml_is_true ("true"));
  assert_false (hx_xml_is_true ("0"));
  assert_false (hx_xml_is_true ("false"));
  assert_false (hx_xml_is_true (NULL));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (spaces_and_escapes_are_read_as_meant),
    cmocka_unit_test (only_the_text_of_runs_counts),
    cmocka_unit_test (a_text_without_end_is_stopped_while_it_grows),
    cmocka_unit_test (a_reference_is_a_column_and_a_row),
    cmocka_unit_test (a_range_ends_with_its_last_row),
    cmocka_unit_test (ranges_have_a_most),
    cmocka_unit_test (a_relation_is_found_from_its_source),
    cmocka_unit_test (a_source_without_a_list_has_no_relations),
    cmocka_unit_test (a_part_is_read_in_pieces_to_its_end),
    cmocka_unit_test (a_part_is_parsed_until_it_pauses_fails_or_ends),
    cmocka_unit_test (numbers_and_truth_of_attributes_are_strict),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
