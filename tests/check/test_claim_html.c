#include "claim_fixture.h"

static char *
page_of (const Fixture *fixture)
{
  GString *out = g_string_new (NULL);

  hx_checked_html (&fixture->checked, out);
  return g_string_free (out, FALSE);
}

/* What stands between two strings; the caller's. */
static char *
between (const char *words, const char *start, const char *end)
{
  const char *from = strstr (words, start);
  const char *to = from == NULL ? NULL : strstr (from + strlen (start), end);

  assert_non_null (to);
  from += strlen (start);
  return g_strndup (from, (gsize)(to - from));
}

/* The words of markup: tags away, entities back, a slow reader of our own. */
static char *
words_of (const char *markup)
{
  GString *out = g_string_new (NULL);

  while (*markup != '\0')
    {
      if (*markup == '<')
        markup = strchr (markup, '>') + 1;
      else if (*markup == '&')
        {
          const char *end = strchr (markup, ';');
          g_autofree char *name
              = g_strndup (markup + 1, (gsize)(end - markup - 1));

          if (name[0] == '#')
            g_string_append_unichar (out, (gunichar)g_ascii_strtoull (
                                              name + (name[1] == 'x' ? 2 : 1),
                                              NULL, name[1] == 'x' ? 16 : 10));
          else
            g_string_append_c (out, strcmp (name, "lt") == 0     ? '<'
                                    : strcmp (name, "gt") == 0   ? '>'
                                    : strcmp (name, "amp") == 0  ? '&'
                                    : strcmp (name, "quot") == 0 ? '"'
                                                                 : '?');
          markup = end + 1;
        }
      else
        g_string_append_c (out, *markup++);
    }
  return g_string_free (out, FALSE);
}

/* The text element without the tips: nested spans of two levels. */
static char *
shown_text (const char *page)
{
  g_autofree char *text = between (page, "<div class=\"text\" lang=\"zh-CN\">",
                                   "</div>\n</main>");
  g_autoptr (GRegex) tips = g_regex_new ("<span class=\"tip\".*?</span></span>",
                                         G_REGEX_DOTALL, 0, NULL);
  g_autofree char *bare = g_regex_replace (tips, text, -1, 0, "", 0, NULL);

  return words_of (bare);
}

static char *
shown_text_of (const Fixture *fixture)
{
  g_autofree char *page = page_of (fixture);

  return shown_text (page);
}

/* Every value of an attribute: id="…". */
static GPtrArray *
values_of (const char *page, const char *attribute)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *start = g_strdup_printf (" %s=\"", attribute);

  for (const char *at = page; (at = strstr (at, start)) != NULL;)
    {
      at += strlen (start);
      g_ptr_array_add (values, g_strndup (at, (gsize)(strchr (at, '"') - at)));
    }
  return values;
}

static void
assert_links_lead_somewhere (const char *page)
{
  g_autoptr (GPtrArray) ids = values_of (page, "id");
  g_autoptr (GPtrArray) links = values_of (page, "href");
  g_autoptr (GPtrArray) described = values_of (page, "aria-describedby");
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < ids->len; i++)
    assert_true (g_hash_table_add (known, ids->pdata[i]));
  for (guint i = 0; i < links->len; i++)
    {
      const char *link = links->pdata[i];

      assert_int_equal (link[0], '#');
      assert_true (g_hash_table_contains (known, link + 1));
    }
  for (guint i = 0; i < described->len; i++)
    assert_true (g_hash_table_contains (known, described->pdata[i]));
}

static void
the_text_is_shown_as_it_is (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *page = page_of (fixture);
  g_autofree char *shown = shown_text (page);

  (void)state;
  assert_string_equal (shown, fixture->source->text);
  for (guint32 seed = 0; seed < 300; seed++)
    {
      g_autoptr (Fixture) other = fixture_random (seed);
      g_autofree char *markup = page_of (other);
      g_autofree char *words = shown_text (markup);
      g_autofree char *apostrophes = NULL;
      g_auto (GStrv) parts = g_strsplit (other->source->text, "'", -1);

      apostrophes = g_strjoinv ("'", parts);
      g_strdelimit (words, "?", '\'');
      assert_string_equal (words, apostrophes);
    }
}

static void
add_cell (Fixture *fixture, guint table, guint row, gsize offset, gsize length)
{
  const HxSourceCell cell = { table, row, 0, 1, 2, offset, length };

  g_array_append_val (fixture->source->cells, cell);
}

/* Tables of random cells, which cut through random figures. */
static void
add_random_cells (Fixture *fixture, GRand *random)
{
  const gsize characters = fixture->source->characters;
  guint table = 0, row = 0;

  for (gsize at = 0; at < characters;)
    {
      const gsize most = (gsize)g_rand_int_range (random, 0, 30);
      const gsize length = MIN (most, characters - at);

      add_cell (fixture, table, row, at, length);
      at += length + (gsize)g_rand_int_range (random, 1, 9);
      row += g_rand_int_range (random, 0, 3) == 0;
      table += g_rand_int_range (random, 0, 9) == 0;
    }
}

static guint
count_of (const char *page, const char *part)
{
  guint count = 0;

  for (const char *at = page; (at = strstr (at, part)) != NULL; count++)
    at += strlen (part);
  return count;
}

static void
tables_are_shown_as_tables_with_all_their_words (void **state)
{
  (void)state;
  for (guint32 seed = 0; seed < 200; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (Fixture) fixture = fixture_random (seed);
      g_autofree char *without = shown_text_of (fixture);
      g_autofree char *page = NULL, *with = NULL;

      add_random_cells (fixture, random);
      page = page_of (fixture);
      with = shown_text (page);
      assert_string_equal (with, without);
      assert_int_equal (count_of (page, "<td "), fixture->source->cells->len);
      assert_int_equal (count_of (page, "</td>"), fixture->source->cells->len);
      assert_int_equal (count_of (page, "<tr>"), count_of (page, "</tr>"));
      assert_int_equal (count_of (page, "<table>"),
                        count_of (page, "</table></div>"));
      assert_links_lead_somewhere (page);
    }
}

static void
cells_that_overlap_are_no_table (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *page = NULL, *shown = NULL;

  (void)state;
  add_cell (fixture, 0, 0, 0, 5);
  add_cell (fixture, 0, 0, 3, 5);
  page = page_of (fixture);
  shown = shown_text (page);
  assert_false (has (page, "<td"));
  assert_string_equal (shown, fixture->source->text);
}

static void
the_page_has_neither_script_nor_style_of_its_elements (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *page = page_of (fixture);

  (void)state;
  assert_false (has (page, "<script"));
  assert_false (has (page, " style="));
  assert_false (has (page, "http:"));
  assert_false (has (page, "https:"));
  assert_true (has (page, "default-src 'none'"));
}

static void
the_policy_names_the_digest_of_the_style (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *page = page_of (fixture);
  g_autofree char *style = between (page, "<style>", "</style>");
  g_autofree char *named = between (page, "style-src 'sha256-", "'");
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 bytes[32];
  gsize length = sizeof bytes;
  g_autofree char *computed = NULL;

  (void)state;
  g_checksum_update (digest, (const guchar *)style, (gssize)strlen (style));
  g_checksum_get_digest (digest, bytes, &length);
  computed = g_base64_encode (bytes, length);
  assert_string_equal (named, computed);
}

static void
every_link_leads_to_one_place (void **state)
{
  (void)state;
  for (guint32 seed = 0; seed < 100; seed++)
    {
      g_autoptr (Fixture) fixture = fixture_random (seed);
      g_autofree char *page = page_of (fixture);

      assert_links_lead_somewhere (page);
    }
}

static void
the_worst_verdict_colours_a_figure_and_its_tip_has_all (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *page = page_of (fixture);
  g_autofree char *total
      = between (page, "<a class=\"n error stated\"", "</a>");
  g_autofree char *share = between (page, "<a class=\"n last\" id=", "</a>");
  g_autofree char *none
      = between (page, "<span class=\"n unknown stated", "</span>");

  (void)state;
  /* stated by the sum, used by the rate that is rounded */
  assert_true (has (total, "2,455.50\n万元<span class=\"tip\""));
  assert_true (has (total, "<b>差错</b> 其中两项相加为"));
  assert_true (has (total, "<b>舍入</b>"));
  assert_true (has (total, "data-number=\"1\""));
  assert_true (has (share, "<b>末位差错</b>"));
  assert_true (has (none, "tabindex=\"0\""));
}

static void
errors_are_listed_those_that_matter_first (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *page = page_of (fixture);
  const char *first = strstr (page, "<li id=\"e1\" value=\"1\">");
  const char *second = strstr (page, "<li id=\"e2\" value=\"2\">");
  const char *warning = strstr (page, "像是模板留下的");
  const char *text = strstr (page, "<div class=\"text\"");

  (void)state;
  assert_non_null (first);
  assert_true (first < second && second < warning && warning < text);
  assert_true (has (first, "&lt;文中&gt;写 2455.50"));
  assert_true (has (page, "<mark>2,455.50万元</mark>"));
}

static void
a_text_without_errors_says_so (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *page = NULL;

  (void)state;
  g_ptr_array_set_size (fixture->result->claims, 0);
  memset (fixture->result->verdicts, 0, sizeof fixture->result->verdicts);
  page = page_of (fixture);
  assert_true (has (page, "没有查出算式差错。"));
  assert_false (has (page, "<ol"));
}

static void
the_index_leads_to_the_pages_and_gives_reasons (void **state)
{
  const HxChecked bad = { .path = "坏<.pdf", .fault = "没有<文字层" };
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  (void)state;
  hx_checked_index_head (out);
  hx_checked_index_row (&fixture->checked, "a/年.txt.html", out);
  hx_checked_index_row (&bad, NULL, out);
  hx_checked_index_tail (out);
  assert_true (has (out->str, "<a href=\"a/%E5%B9%B4.txt.html\">"
                              "年报 &lt;1&gt;.txt</a>"));
  assert_true (has (out->str, "没有&lt;文字层"));
  assert_false (has (out->str, "坏<"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_text_is_shown_as_it_is),
    cmocka_unit_test (tables_are_shown_as_tables_with_all_their_words),
    cmocka_unit_test (cells_that_overlap_are_no_table),
    cmocka_unit_test (the_page_has_neither_script_nor_style_of_its_elements),
    cmocka_unit_test (the_policy_names_the_digest_of_the_style),
    cmocka_unit_test (every_link_leads_to_one_place),
    cmocka_unit_test (the_worst_verdict_colours_a_figure_and_its_tip_has_all),
    cmocka_unit_test (errors_are_listed_those_that_matter_first),
    cmocka_unit_test (a_text_without_errors_says_so),
    cmocka_unit_test (the_index_leads_to_the_pages_and_gives_reasons),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
