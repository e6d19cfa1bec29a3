/* The Word file: its parts against golden files, its text against the tree's,
 * and what comes from records that would break it.  HX_GOLDEN_WRITE=1 writes
 * the golden files anew. */
#include "docx_file.h"

#include <jansson.h>

static char *
read_golden (const char *name)
{
  g_autofree char *path
      = g_build_filename (HX_TEST_SOURCE, "golden", name, NULL);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    fail_msg ("no golden file %s", path);
  return text;
}

static void
assert_golden (const char *name, const char *given)
{
  g_autofree char *path
      = g_build_filename (HX_TEST_SOURCE, "golden", name, NULL);
  g_autofree char *expected = NULL;

  if (g_getenv ("HX_GOLDEN_WRITE") != NULL)
    assert_true (g_file_set_contents (path, given, -1, NULL));
  expected = read_golden (name);
  assert_string_equal (given, expected);
}

static char *
sample (gsize *length)
{
  g_autofree char *markdown = read_golden ("report.md");
  const HxDocxOptions options = {
    .creator = "某区老干部局 <&>",
    .date = { 2023, 12, 31 },
    .note = "数据截至 2023-12-31 <i>",
  };

  return docx_write (markdown, &options, length);
}

static void
the_parts_that_come_from_the_tree_are_the_golden_ones (void **state)
{
  static const char *const parts[][2] = {
    { "word/document.xml", "report.document.xml" },
    { "word/numbering.xml", "report.numbering.xml" },
    { "word/_rels/document.xml.rels", "report.relations.xml" },
    { "docProps/core.xml", "report.core.xml" },
  };
  gsize length = 0;
  g_autofree char *bytes = sample (&length);

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *part = docx_part (bytes, length, parts[i][0]);

      assert_non_null (part);
      assert_golden (parts[i][1], part);
    }
}

static void
every_part_is_well_formed_and_has_its_type (void **state)
{
  gsize length = 0;
  g_autofree char *bytes = sample (&length);
  g_autoptr (GPtrArray) names = docx_names (bytes, length);
  g_autofree char *types = docx_part (bytes, length, "[Content_Types].xml");

  (void)state;
  assert_int_equal (names->len, 14);
  assert_string_equal (names->pdata[0], "[Content_Types].xml");
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *part = docx_part (bytes, length, names->pdata[i]);
      g_autofree char *listed
          = g_strdup_printf ("\"/%s\"", (const char *)names->pdata[i]);

      assert_well_formed (names->pdata[i], part);
      if (i > 0 && !g_str_has_suffix (names->pdata[i], ".rels"))
        assert_non_null (strstr (types, listed));
    }
}

static void
every_relation_leads_to_a_part (void **state)
{
  gsize length = 0;
  g_autofree char *bytes = sample (&length);
  g_autofree char *relations
      = docx_part (bytes, length, "word/_rels/document.xml.rels");
  g_autoptr (GPtrArray) targets
      = docx_values (relations, "Relationship", "Target");
  guint parts = 0;

  (void)state;
  for (guint i = 0; i < targets->len; i++)
    {
      g_autofree char *name
          = g_strconcat ("word/", (char *)targets->pdata[i], NULL);
      g_autofree char *part = docx_part (bytes, length, name);

      if (g_str_has_prefix (targets->pdata[i], "https://example.org/"))
        continue;
      assert_non_null (part);
      parts++;
    }
  assert_int_equal (parts, 8);
}

static void
every_style_that_is_used_is_there (void **state)
{
  static const char *const uses[]
      = { "w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next" };
  gsize length = 0;
  g_autofree char *bytes = sample (&length);
  g_autofree char *styles = docx_part (bytes, length, "word/styles.xml");
  g_autofree char *body = docx_part (bytes, length, "word/document.xml");
  g_autoptr (GPtrArray) there = docx_values (styles, "w:style", "w:styleId");

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++)
    {
      g_autoptr (GPtrArray) used
          = docx_values (i < 3 ? body : styles, uses[i], "w:val");

      assert_true (used->len > 0);
      for (guint k = 0; k < used->len; k++)
        assert_true (g_ptr_array_find_with_equal_func (there, used->pdata[k],
                                                       g_str_equal, NULL));
    }
}

static void
the_same_document_gives_the_same_bytes (void **state)
{
  gsize first = 0;
  gsize second = 0;
  g_autofree char *one = sample (&first);
  g_autofree char *zone = g_strdup (g_getenv ("TZ"));
  g_autofree char *two = NULL;

  (void)state;
  g_setenv ("TZ", "Asia/Shanghai", TRUE);
  two = sample (&second);
  if (zone == NULL)
    g_unsetenv ("TZ");
  else
    g_setenv ("TZ", zone, TRUE);
  assert_int_equal (first, second);
  assert_memory_equal (one, two, first);
}

/* -------------------------------------------------------------------- text */

static void
collect_text (const json_t *value, GString *text)
{
  const char *key;
  json_t *member;
  size_t i;

  if (json_is_array (value))
    json_array_foreach (value, i, member) collect_text (member, text);
  if (!json_is_object (value))
    return;
  if (json_is_string (json_object_get (value, "text")))
    g_string_append (text, json_string_value (json_object_get (value, "text")));
  /* Objects keep the order they were written in. */
  json_object_foreach ((json_t *)(gsize)value, key, member)
      collect_text (member, text);
}

static char *
without_space (const char *text)
{
  g_autoptr (GString) kept = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (!g_ascii_isspace (*text))
        g_string_append_c (kept, *text);
    }
  return g_strdup (kept->str);
}

/* The text of the file against the text of the tree's JSON. */
static void
assert_same_text (const char *markdown)
{
  g_autoptr (HxDocument) document = hx_document_parse (markdown, -1, NULL);
  g_autofree char *dumped = hx_document_json (document);
  json_t *json = json_loads (dumped, 0, NULL);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *body = docx_body (markdown);
  g_autofree char *text = docx_text (body, "w:t");
  g_autofree char *given = without_space (text);
  g_autofree char *wanted = NULL;

  assert_non_null (json);
  collect_text (json_object_get (json, "blocks"), expected);
  json_decref (json);
  wanted = without_space (expected->str);
  assert_string_equal (given, wanted);
}

static void
its_text_is_the_text_of_the_markdown (void **state)
{
  g_autofree char *markdown = read_golden ("report.md");

  (void)state;
  assert_same_text (markdown);
  assert_same_text ("");
  assert_same_text ("- - - 深\n- 一\n\n  二\n\n  > 引\n  >\n  > 1) x\n");
  assert_same_text ("####### 不是标题\n\n###### 六级\n\n    code <&>\n\tx\n");
  assert_same_text ("| 甲 |\n| - |\n| 一 | 多 |\n| |\n\n| 乙 |\n| - |\n");
}

typedef struct
{
  const char *markdown;
  const char *text;
} TextCase;

static void
characters_come_out_as_they_went_in (void **state)
{
  static const TextCase cases[] = {
    { "a < b & c > d \"e\" 'f'", "a < b & c > d \"e\" 'f'" },
    { "𬱖𠮷😀", "𬱖𠮷😀" },
    { "“引号”——……", "“引号”——……" },
    { "<script>alert(1)</script>", "<script>alert(1)</script>" },
    { "a <b>x</b>", "a <b>x</b>" },
    { "]]> <!-- --> <?x?>", "]]> <!-- --> <?x?>" },
    { "a\x01"
      "b\x1f"
      "c",
      "a\xEF\xBF\xBD"
      "b\xEF\xBF\xBD"
      "c" },
    { "a\xEF\xBF\xBE"
      "b\xEF\xBF\xBF"
      "c",
      "a\xEF\xBF\xBD"
      "b\xEF\xBF\xBD"
      "c" },
    { "中文\n换行", "中文换行" },
    { "English\nwords", "English words" },
    { "中文\nwords", "中文 words" },
    { "  两头  ", "两头" },
    { "![图](http://example.org/x.png)", "图" },
    { "[坏](javascript:alert(1)) [锚](#x)", "坏 锚" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = docx_body (cases[i].markdown);

      assert_text (docx_text (body, "w:t"), cases[i].text);
    }
}

static void
a_line_end_that_is_meant_and_a_tab_are_elements (void **state)
{
  g_autofree char *line = docx_body ("一\\\n二");
  g_autofree char *code = docx_body ("```\na\tb\nc\n```\n");

  (void)state;
  assert_non_null (strstr (line, "一</w:t><w:br/><w:t "));
  assert_non_null (strstr (code, ">a</w:t><w:tab/><w:t "));
  assert_non_null (strstr (code, ">b</w:t><w:br/><w:t "));
  assert_non_null (strstr (code, ">c</w:t></w:r></w:p>"));
}

/* ----------------------------------------------------------------- figures */

static void
assert_names (const char *markdown, const char *expected)
{
  g_autofree char *body = docx_body (markdown);
  g_autoptr (GPtrArray) names = docx_values (body, "w:bookmarkStart", "w:name");
  g_autoptr (GPtrArray) begins = docx_values (body, "w:bookmarkStart", "w:id");
  g_autoptr (GPtrArray) ends = docx_values (body, "w:bookmarkEnd", "w:id");
  g_autofree char *given = NULL;

  g_ptr_array_add (names, NULL);
  given = g_strjoinv (" ", (char **)names->pdata);
  assert_string_equal (given, expected);
  assert_int_equal (begins->len, ends->len);
  for (guint i = 0; i < begins->len; i++)
    {
      assert_int_equal (atoi (begins->pdata[i]), (int)i);
      assert_string_equal (begins->pdata[i], ends->pdata[i]);
    }
}

static void
each_use_of_a_figure_is_a_bookmark_of_its_own (void **state)
{
  (void)state;
  assert_names ("[1](fact:a)", "a");
  assert_names ("[1](fact:a) [1](fact:a)\n\n| [1](fact:a) |\n| - |\n",
                "a a_2 a_3");
  /* A key that looks like a second use has its name all the same. */
  assert_names ("[1](fact:a) [1](fact:a) [2](fact:a_2) [1](fact:a)",
                "a a_3 a_2 a_4");
  assert_names ("[1](https://example.org/) [2](fact:Bad) [3](fact:)", "");
  assert_names ("[1](fact:x1234567890123456789012345678901234567890)"
                "[1](fact:x1234567890123456789012345678901234567899)",
                "x1234567890123456789012345678901234567_2 "
                "x1234567890123456789012345678901234567_3");
}

static void
a_figure_keeps_its_wording_inside_its_bookmark (void **state)
{
  g_autofree char *body = docx_body ("走访[380多](fact:visits)人次");

  (void)state;
  assert_non_null (strstr (body, "<w:bookmarkStart w:id=\"0\" w:name=\"visits\""
                                 "/><w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/>"
                                 "</w:rPr><w:t xml:space=\"preserve\">380多"
                                 "</w:t></w:r><w:bookmarkEnd w:id=\"0\"/>"));
}

static void
only_addresses_that_word_can_read_are_links (void **state)
{
  static const char *const bad[]
      = { "[x](javascript:alert(1))", "[x](#a)",
          "[x](file:///etc/passwd)",  "[x](http://[)",
          "[x](<http://a b:c:d/>)",   "[x](fact:Bad)" };
  g_autofree char *good = docx_body ("[x](<https://example.org/中 文?a=1&b>)");
  g_autoptr (GPtrArray) links = docx_values (good, "w:hyperlink", "r:id");

  (void)state;
  assert_int_equal (links->len, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *body = docx_body (bad[i]);

      assert_null (strstr (body, "w:hyperlink"));
      assert_text (docx_text (body, "w:t"), "x");
    }
}

/* ------------------------------------------------------------------ blocks */

static char *
styles_of (const char *markdown)
{
  g_autofree char *body = docx_body (markdown);
  g_autoptr (GPtrArray) styles = docx_values (body, "w:pStyle", "w:val");

  g_ptr_array_add (styles, NULL);
  return g_strjoinv (" ", (char **)styles->pdata);
}

static void
each_block_has_the_style_of_its_kind (void **state)
{
  static const TextCase cases[] = {
    { "# 题\n\n## 一\n\n### （一）\n\n#### 1.\n\n##### （1）\n\n###### x\n",
      "Title Heading1 Heading2 Heading3 Heading4 Heading4" },
    { "# 题\n\n# 又一个\n", "Title Heading1" },
    { "## 一、x\n\n## 附表1 表\n\n### 附件\n", "Heading1 AnnexTitle Heading2" },
    { "文\n\n> 引\n\n---\n", "BodyText Quote Rule" },
    { "1. 一\n\n   续\n2. 二\n", "ListParagraph ListParagraph ListParagraph" },
    { "- \n- > 引\n", "ListParagraph ListParagraph ListParagraph" },
    { "    code\n", "Code" },
    { "<div>\n", "Code" },
    { "| a | b |\n| - | - |\n| c | d |\n",
      "TableHead TableHead TableText TableText TableEnd" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (styles_of (cases[i].markdown), cases[i].text);
}

static void
each_list_is_numbered_for_itself (void **state)
{
  gsize length = 0;
  g_autofree char *bytes = docx_write (
      "1. 一\n2. 二\n   - 内\n\n     7. 深\n\n文\n\n3) 三\n", NULL, &length);
  g_autofree char *body = docx_part (bytes, length, "word/document.xml");
  g_autofree char *numbering = docx_part (bytes, length, "word/numbering.xml");
  g_autoptr (GPtrArray) used = docx_values (body, "w:numId", "w:val");
  g_autoptr (GPtrArray) levels = docx_values (body, "w:ilvl", "w:val");
  g_autoptr (GPtrArray) lists = docx_values (numbering, "w:num", "w:numId");
  g_autoptr (GPtrArray) starts
      = docx_values (numbering, "w:startOverride", "w:val");
  static const char *const expected_used[] = { "1", "1", "2", "3", "4" };
  static const char *const expected_levels[] = { "0", "0", "1", "2", "0" };
  static const char *const expected_starts[] = { "1", "7", "3" };

  (void)state;
  assert_int_equal (used->len, G_N_ELEMENTS (expected_used));
  assert_int_equal (levels->len, used->len);
  for (gsize i = 0; i < G_N_ELEMENTS (expected_used); i++)
    {
      assert_string_equal (used->pdata[i], expected_used[i]);
      assert_string_equal (levels->pdata[i], expected_levels[i]);
    }
  assert_int_equal (lists->len, 4);
  assert_int_equal (starts->len, G_N_ELEMENTS (expected_starts));
  for (gsize i = 0; i < G_N_ELEMENTS (expected_starts); i++)
    assert_string_equal (starts->pdata[i], expected_starts[i]);
}

/* ------------------------------------------------------------------ tables */

static guint
sum_of (const char *xml, const char *element, const char *attribute)
{
  g_autoptr (GPtrArray) values = docx_values (xml, element, attribute);
  guint sum = 0;

  for (guint i = 0; i < values->len; i++)
    {
      assert_true (atoi (values->pdata[i]) > 0);
      sum += (guint)atoi (values->pdata[i]);
    }
  return sum;
}

static void
add_row (GString *out, GRand *random, guint columns, const char *fixed)
{
  g_string_append_c (out, '|');
  for (guint i = 0; i < columns; i++)
    {
      const gint letters = fixed == NULL ? g_rand_int_range (random, 0, 90) : 0;

      for (gint k = 0; k < letters; k++)
        g_string_append (out, g_rand_boolean (random) ? "字" : "a");
      g_string_append (out, fixed == NULL ? "|" : fixed);
    }
  g_string_append_c (out, '\n');
}

static void
columns_fill_the_width_of_the_text_whatever_they_hold (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (9704);

  (void)state;
  for (guint round = 0; round < 60; round++)
    {
      const guint columns = 1 + (round < 59 ? round % 12 : 62);
      g_autoptr (GString) table = g_string_new (NULL);
      g_autofree char *body = NULL;

      add_row (table, random, columns, NULL);
      add_row (table, random, columns, "---|");
      add_row (table, random, columns, NULL);
      body = docx_body (table->str);
      assert_int_equal (sum_of (body, "w:gridCol", "w:w"),
                        columns < 7 ? 8845 : 12756);
      assert_int_equal (sum_of (body, "w:tcW", "w:w"),
                        2 * sum_of (body, "w:gridCol", "w:w"));
    }
}

static void
a_short_column_is_not_squeezed_by_a_long_one (void **state)
{
  g_autoptr (GString) table = g_string_new ("| 金额 | 原因 |\n| --: | - |\n"
                                            "| 1234567.89 | ");
  g_autofree char *body = NULL;
  g_autoptr (GPtrArray) widths = NULL;

  (void)state;
  for (guint i = 0; i < 200; i++)
    g_string_append (table, "长");
  g_string_append (table, " |\n");
  body = docx_body (table->str);
  widths = docx_values (body, "w:gridCol", "w:w");
  assert_true (atoi (widths->pdata[0]) >= 10 * 120);
  assert_true (atoi (widths->pdata[1]) > 3 * atoi (widths->pdata[0]));
}

/* 施工招标 … | 2023年11月20日 | … : a letter of 10 pt is 104 twentieths. */
static void
a_date_is_not_broken_between_long_columns (void **state)
{
  g_autoptr (GString) table
      = g_string_new ("| 节点 | 原定 | 完成 | 晚 | 因 | 措施 |\n"
                      "| - | - | - | -: | - | - |\n"
                      "| 施工招标并签订合同 | 2023年11月20日 | "
                      "2023年12月31日 | 25 | ");
  g_autofree char *body = NULL;
  g_autoptr (GPtrArray) widths = NULL;

  (void)state;
  for (guint i = 0; i < 60; i++)
    g_string_append (table, i == 30 ? "长 | " : "长");
  g_string_append (table, " |\n");
  body = docx_body (table->str);
  widths = docx_values (body, "w:gridCol", "w:w");
  assert_true (atoi (widths->pdata[1]) >= 16 * 104 + 180);
  assert_true (atoi (widths->pdata[2]) >= 16 * 104 + 180);
  assert_true (atoi (widths->pdata[0]) >= 5 * 104);
  assert_int_equal (sum_of (body, "w:gridCol", "w:w"), 8845);
}

static void
the_head_is_repeated_and_numbers_stand_right (void **state)
{
  g_autofree char *body = docx_body ("| 项目 | 金额 | 中 |\n| --- | ---: | :-: "
                                     "|\n| 甲 | 1 | x |\n| 乙 | 2 | y |\n");
  g_autoptr (GPtrArray) sides = docx_values (body, "w:jc", "w:val");
  g_autoptr (GPtrArray) heads = docx_values (body, "w:tblHeader", "w:val");
  static const char *const expected[]
      = { "center", "right", "center", "right", "center" };

  (void)state;
  assert_non_null (strstr (body, "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/>"));
  assert_null (strstr (strstr (body, "<w:tblHeader/>") + 1, "<w:tblHeader/>"));
  assert_int_equal (heads->len, 0);
  assert_int_equal (sides->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < sides->len; i++)
    assert_string_equal (sides->pdata[i], expected[i]);
}

#define WIDE "|a|b|c|d|e|f|g|\n|-|-|-|-|-|-|-|\n|1|2|3|4|5|6|7|\n"

/* "U" for a section upright, "A" for one across. */
static char *
sections_of (const char *markdown)
{
  g_autofree char *body = docx_body (markdown);
  g_auto (GStrv) parts = g_strsplit (body, "<w:pgSz ", -1);
  g_autoptr (GString) sections = g_string_new (NULL);

  for (guint i = 1; parts[i] != NULL; i++)
    {
      const char *end = strstr (parts[i], "/>");
      const char *turned = strstr (parts[i], "landscape");

      g_string_append_c (sections, turned != NULL && turned < end ? 'A' : 'U');
    }
  return g_strdup (sections->str);
}

static void
a_wide_table_has_a_page_across_with_its_heading (void **state)
{
  static const TextCase cases[] = {
    { "文\n", "U" },
    { "| a |\n| - |\n", "U" },
    { WIDE, "A" },
    { "文\n\n" WIDE, "UA" },
    { "文\n\n" WIDE "\n文\n", "UAU" },
    { "文\n\n## 附表1\n\n" WIDE "\n注\n\n## 附表2\n\n单位\n\n" WIDE, "UAA" },
    { "## 附表\n\n" WIDE "\n注\n\n### 又\n\n文\n", "AU" },
    { "> " WIDE, "U" },
  };
  g_autofree char *body = docx_body ("文\n\n## 附表1\n\n" WIDE);
  const char *section = strstr (body, "<w:sectPr>");

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (sections_of (cases[i].markdown), cases[i].text);
  assert_true (section < strstr (body, "附表1"));
  assert_non_null (strstr (body, "<w:pageBreakBefore w:val=\"0\"/>"));
}

/* On a page across the number stands where it does on the others when they are
 * bound: at its left, below on odd pages and above on even ones. */
static void
a_page_across_has_its_number_at_the_left (void **state)
{
  gsize length = 0;
  g_autoptr (HxDocument) document
      = hx_document_parse ("文\n\n## 附表\n\n" WIDE, -1, NULL);
  g_autofree char *bytes = hx_document_docx (document, NULL, &length, NULL);
  g_autofree char *body = docx_part (bytes, length, "word/document.xml");
  g_autofree char *odd
      = docx_part (bytes, length, "word/footer_across_odd.xml");
  g_autofree char *even
      = docx_part (bytes, length, "word/footer_across_even.xml");
  const char *turned = strstr (body, "\"footerAcrossOdd\"");

  (void)state;
  assert_non_null (strstr (body, "\"footerOdd\""));
  assert_true (strstr (body, "\"footerOdd\"") < turned);
  assert_true (turned < strstr (body, "w:orient=\"landscape\""));
  assert_non_null (strstr (odd, "vert=\"vert\""));
  assert_non_null (strstr (odd, "<w:jc w:val=\"right\"/>"));
  assert_non_null (strstr (odd, "<wp:posOffset>828040</wp:posOffset>"));
  assert_non_null (strstr (even, "<w:jc w:val=\"left\"/>"));
  assert_non_null (strstr (even, " PAGE "));
}

/* ------------------------------------------------------------------ limits */

static void
assert_refused (const char *markdown, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxDocument) document = hx_document_parse (markdown, -1, NULL);
  gsize length = 7;

  assert_null (hx_document_docx (document, NULL, &length, &error));
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_LIMIT));
  assert_error (error, part);
}

static void
what_word_cannot_open_is_refused (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GString) table = g_string_new (NULL);
  g_autofree char *last = docx_body ("32767. 末\n");

  (void)state;
  add_row (table, random, 64, "x|");
  add_row (table, random, 64, "-|");
  assert_refused (table->str, "64");
  assert_refused ("32768. 多\n", "32767");
  assert_refused ("32767. 一\n1. 二\n", "32767");
  assert_refused ("999999999. 多\n", "32767");
  assert_text (docx_text (last, "w:t"), "末");
}

static void
properties_say_who_and_when (void **state)
{
  gsize length = 0;
  const HxDocxOptions options = {
    .title = "题\x02 & \xFF",
    .creator = "某局",
    .date = { 2024, 2, 29 },
  };
  g_autofree char *bytes = docx_write ("# 别的\n", &options, &length);
  g_autofree char *core = docx_part (bytes, length, "docProps/core.xml");
  g_autofree char *plain_bytes = docx_write ("# 标题\n", NULL, &length);
  g_autofree char *plain = docx_part (plain_bytes, length, "docProps/core.xml");

  (void)state;
  assert_well_formed ("core", core);
  assert_text (docx_text (core, "dc:title"), "题\xEF\xBF\xBD & \xEF\xBF\xBD");
  assert_text (docx_text (core, "dc:creator"), "某局");
  assert_text (docx_text (core, "dcterms:created"), "2024-02-29T00:00:00Z");
  assert_text (docx_text (plain, "dc:title"), "标题");
  assert_null (strstr (plain, "dcterms:created"));
  assert_null (strstr (plain, "dc:creator"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_parts_that_come_from_the_tree_are_the_golden_ones),
    cmocka_unit_test (every_part_is_well_formed_and_has_its_type),
    cmocka_unit_test (every_relation_leads_to_a_part),
    cmocka_unit_test (every_style_that_is_used_is_there),
    cmocka_unit_test (the_same_document_gives_the_same_bytes),
    cmocka_unit_test (its_text_is_the_text_of_the_markdown),
    cmocka_unit_test (characters_come_out_as_they_went_in),
    cmocka_unit_test (a_line_end_that_is_meant_and_a_tab_are_elements),
    cmocka_unit_test (each_use_of_a_figure_is_a_bookmark_of_its_own),
    cmocka_unit_test (a_figure_keeps_its_wording_inside_its_bookmark),
    cmocka_unit_test (only_addresses_that_word_can_read_are_links),
    cmocka_unit_test (each_block_has_the_style_of_its_kind),
    cmocka_unit_test (each_list_is_numbered_for_itself),
    cmocka_unit_test (columns_fill_the_width_of_the_text_whatever_they_hold),
    cmocka_unit_test (a_short_column_is_not_squeezed_by_a_long_one),
    cmocka_unit_test (a_date_is_not_broken_between_long_columns),
    cmocka_unit_test (the_head_is_repeated_and_numbers_stand_right),
    cmocka_unit_test (a_wide_table_has_a_page_across_with_its_heading),
    cmocka_unit_test (a_page_across_has_its_number_at_the_left),
    cmocka_unit_test (what_word_cannot_open_is_refused),
    cmocka_unit_test (properties_say_who_and_when),
  };

  return cmocka_run_group_tests_name ("docx", tests, NULL, NULL);
}
