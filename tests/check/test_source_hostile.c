/* Files cut, flipped, spliced and blown up: always a text or one clear error.
 *
 * Every run takes another seed, which it prints; HONGXIA_SEED repeats one.
 * Word documents and pages are read in this process too, where a sanitizer
 * sees what the reader does, and thousands take a second. */
#include "source_fixture.h"

#include "check/source_internal.h"

#include <string.h>

#define CHANGED 400 /* of each kind in this process */
#define READ 40     /* of each kind by a child */

typedef struct
{
  GRand *rand;
  guint32 seed;
} Chance;

static Chance
chance_new (void)
{
  const char *named = g_getenv ("HONGXIA_SEED");
  Chance chance = { NULL, g_random_int () };

  if (named != NULL)
    chance.seed = (guint32)g_ascii_strtoull (named, NULL, 10);
  chance.rand = g_rand_new_with_seed (chance.seed);
  print_message ("HONGXIA_SEED=%u\n", chance.seed);
  return chance;
}

static guint
below (const Chance *chance, gsize most)
{
  return (guint)g_rand_int_range (chance->rand, 0, (gint32)MAX (most, 1));
}

/* -------------------------------------------------------------------- changes
 */

static void
cut (const Chance *chance, GByteArray *bytes)
{
  g_byte_array_set_size (bytes, below (chance, bytes->len));
}

static void
flip (const Chance *chance, GByteArray *bytes)
{
  for (guint i = below (chance, 20) + 1; i > 0 && bytes->len > 0; i--)
    bytes->data[below (chance, bytes->len)] = (guint8)below (chance, 256);
}

/* A stretch of the file once more, somewhere else, many times. */
static void
repeat (const Chance *chance, GByteArray *bytes)
{
  const guint from = below (chance, bytes->len);
  const guint size = below (chance, MIN (bytes->len - from, 200));
  const guint to = below (chance, bytes->len);
  g_autoptr (GByteArray) made = g_byte_array_new ();

  g_byte_array_append (made, bytes->data, to);
  for (guint i = below (chance, 300); i > 0; i--)
    g_byte_array_append (made, bytes->data + from, size);
  g_byte_array_append (made, bytes->data + to, bytes->len - to);
  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, made->data, made->len);
}

static void
drop (const Chance *chance, GByteArray *bytes)
{
  const guint from = below (chance, bytes->len);

  if (bytes->len > from)
    g_byte_array_remove_range (bytes, from,
                               below (chance, MIN (bytes->len - from, 100)));
}

/* Numbers are where sizes and offsets are. */
static void
renumber (const Chance *chance, GByteArray *bytes)
{
  for (guint i = 0; i < bytes->len; i++)
    if (g_ascii_isdigit (bytes->data[i]) && below (chance, 8) == 0)
      bytes->data[i] = (guint8)('0' + below (chance, 10));
}

static void (*const changes[]) (const Chance *chance, GByteArray *bytes)
    = { cut, flip, repeat, drop, renumber };

static GByteArray *
changed (const Chance *chance, const char *bytes, gsize size)
{
  GByteArray *made = g_byte_array_new ();

  g_byte_array_append (made, (const guint8 *)bytes, (guint)size);
  for (guint i = below (chance, 3) + 1; i > 0; i--)
    changes[below (chance, G_N_ELEMENTS (changes))](chance, made);
  return made;
}

/* ---------------------------------------------------------------------- seeds
 */

static const char page[]
    = "<!DOCTYPE html><html><head><meta charset=utf-8></head><body>"
      "<h1>一、收入</h1><p>收入&nbsp;307.82 万元&lt;</p><table><tr>"
      "<td rowspan=2>项目<td colspan=2>金额<tr><td>预算<td>决算</table>"
      "<pre> 1\n 2</pre><!-- 注 --><script>a()</script><p hidden>x</body>";

static const char body[]
    = "<w:p><w:pPr><w:pStyle w:val=\"1\"/><w:numPr><w:ilvl w:val=\"0\"/>"
      "<w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>收入</w:t></w:r></w:p>"
      "<w:tbl><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr><w:tc><w:tcPr>"
      "<w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/></w:tcPr><w:p>"
      "<w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr>"
      "<w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl><w:p><w:r><mc:Fallback>"
      "<w:t>2</w:t></mc:Fallback><w:txbxContent><w:p><w:r><w:t>3</w:t></w:r>"
      "</w:p></w:txbxContent></w:r><w:del><w:r><w:t>4</w:t></w:r></w:del></"
      "w:p>";

static const char numbering[]
    = "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\">"
      "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>"
      "<w:lvlText w:val=\"%1.%2\"/></w:lvl></w:abstractNum><w:num "
      "w:numId=\"1\">"
      "<w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\">"
      "<w:startOverride w:val=\"3\"/></w:lvlOverride></w:num></w:numbering>";

static const char document[]
    = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
      "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Resources<</Font"
      "<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/Contents 4 0 R"
      ">>endobj\n4 0 obj<</Length 86>>stream\n"
      "BT /F 12 Tf 50 400 Td (a) Tj 90 0 Td (12) Tj ET\n"
      "BT /F 12 Tf 50 380 Td (b) Tj 90 0 Td (34) Tj ET\n"
      "endstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/* A document whose parts were changed before they were packed, so that the
 * changes get past the checksums. */
static char *
changed_docx (const Chance *chance, gsize *size)
{
  g_autoptr (GByteArray) inner = changed (chance, body, strlen (body));
  g_autoptr (GByteArray) lists
      = changed (chance, numbering, strlen (numbering));
  FixturePart parts[2] = { { "numbering", NULL }, { NULL, NULL } };

  g_byte_array_append (inner, (const guint8 *)"", 1);
  g_byte_array_append (lists, (const guint8 *)"", 1);
  parts[0].data = (const char *)lists->data;
  return fixture_docx ((const char *)inner->data, parts, size);
}

/* ---------------------------------------------------------------- in process
 */

typedef void (*Reader) (gpointer prepared, GBytes *bytes, HxScribe *scribe);

/* What a reader writes has to pass as a child's answer does. */
static gboolean
read_here (Reader reader, const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_auto (HxScribe) scribe;
  HxSource source = { 0 };
  HxSourceFault fault;
  gboolean done;

  hx_scribe_init (&scribe);
  reader (NULL, bytes, &scribe);
  g_autoptr (GByteArray) answer = hx_answer_write (&scribe, TRUE);
  source.cells = g_array_new (FALSE, FALSE, sizeof (HxSourceCell));
  done = hx_answer_read (answer->data, answer->len, &source, &fault);
  assert_true (done || (fault == scribe.fault && fault != HX_FAULT_NONE));
  g_free (source.text);
  g_array_unref (source.cells);
  return done;
}

static void
changed_pages_are_read_or_refused (void **state)
{
  const Chance chance = chance_new ();
  guint done = 0;

  (void)state;
  for (guint i = 0; i < CHANGED; i++)
    {
      g_autoptr (GByteArray) bytes = changed (&chance, page, strlen (page));
      done += read_here (hx_source_html, bytes->data, bytes->len);
    }
  assert_in_range (done, CHANGED / 2, CHANGED);
  g_rand_free (chance.rand);
}

static void
changed_documents_are_read_or_refused (void **state)
{
  const Chance chance = chance_new ();
  guint done = 0;

  (void)state;
  for (guint i = 0; i < CHANGED; i++)
    {
      gsize size;
      g_autofree char *docx = changed_docx (&chance, &size);
      done += read_here (hx_source_docx, (const guint8 *)docx, size);
      g_autoptr (GByteArray) bytes = changed (&chance, docx, size);
      read_here (hx_source_docx, bytes->data, bytes->len);
    }
  assert_in_range (done, 1, CHANGED);
  g_rand_free (chance.rand);
}

/* --------------------------------------------------------------- by a child */

static void
read_changed (const Chance *chance, const char *name, const char *bytes,
              gsize size)
{
  for (guint i = 0; i < READ; i++)
    {
      g_autoptr (GByteArray) made = changed (chance, bytes, size);
      g_autofree char *text = fixture_read (name, made->data, made->len);
      assert_non_null (text); /* fixture_read looks at it, and at the error */
    }
}

static void
changed_files_are_a_text_or_one_error (void **state)
{
  const Chance chance = chance_new ();
  gsize size;
  g_autofree char *docx = fixture_docx (body, NULL, &size);

  (void)state;
  read_changed (&chance, "页.html", page, strlen (page));
  read_changed (&chance, "文.docx", docx, size);
  read_changed (&chance, "报.pdf", document, strlen (document));
  g_rand_free (chance.rand);
}

/* Cut in each of its parts: no half is taken for a whole. */
static void
a_cut_document_is_damaged (void **state)
{
  gsize size;
  g_autofree char *docx = fixture_docx (body, NULL, &size);

  (void)state;
  for (gsize length = 4; length < size; length += 5)
    assert_false (read_here (hx_source_docx, (const guint8 *)docx, length));
  assert_true (read_here (hx_source_docx, (const guint8 *)docx, size));
}

static void
nothing_at_all_is_refused (void **state)
{
  (void)state;
  assert_false (read_here (hx_source_html, NULL, 0));
  assert_false (read_here (hx_source_docx, NULL, 0));
}

/* ------------------------------------------------------------------- blown up
 */

static char *
repeated (const char *before, const char *unit, guint times, const char *after)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < times; i++)
    g_string_append (text, unit);
  g_string_append (text, after);
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *name, *before, *unit;
  guint times;
  const char *after;
} blown[] = {
  { "深.pdf", "%PDF-1.4\n1 0 obj", "[", 300000,
    "endobj\ntrailer<</Root 1 0 R>>" },
  { "深.pdf", "%PDF-1.4\n1 0 obj", "<</A", 300000,
    "endobj\ntrailer<</Root 1 0 R>>" },
  { "环.pdf",
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Count 99999999/Kids[",
    "2 0 R ", 1000, "]>>endobj\ntrailer<</Root 1 0 R>>\n" },
  { "深.html", "<html>", "<div><p>", 300000, "甲" },
  { "长.html", "<html><p title=\"", "甲甲甲甲甲甲甲甲", 300000, "\">乙" },
  { "实体.html", "<html>", "&amp", 500000, "" },
  { "格.html", "<html><table>", "<tr><td rowspan=65535 colspan=900>", 5000,
    "" },
};

static void
what_is_blown_up_is_a_text_or_one_error (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (blown); i++)
    {
      const gint64 begun = g_get_monotonic_time ();
      g_autofree char *bytes = repeated (blown[i].before, blown[i].unit,
                                         blown[i].times, blown[i].after);
      g_autofree char *text
          = fixture_read (blown[i].name, bytes, strlen (bytes));
      assert_non_null (text);
      assert_true (g_get_monotonic_time () - begun < 60 * G_USEC_PER_SEC);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (changed_pages_are_read_or_refused),
    cmocka_unit_test (changed_documents_are_read_or_refused),
    cmocka_unit_test (changed_files_are_a_text_or_one_error),
    cmocka_unit_test (a_cut_document_is_damaged),
    cmocka_unit_test (nothing_at_all_is_refused),
    cmocka_unit_test (what_is_blown_up_is_a_text_or_one_error),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
