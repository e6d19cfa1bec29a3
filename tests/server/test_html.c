/* Writing a page: nothing gets through unescaped, nothing leads away. */
#include "server/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* Takes the writer. */
static char *
text_of (HxHtml *html)
{
  g_autoptr (GBytes) bytes = hx_html_finish (html);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_strndup (data, size);
}

#define assert_page(html, expected)                                            \
  do                                                                           \
    {                                                                          \
      g_autofree char *text_ = text_of (html);                                 \
      assert_string_equal (text_, expected);                                   \
    }                                                                          \
  while (0)

static const struct
{
  const char *text, *page;
} escapes[] = {
  { "红霞", "<p>红霞</p>" },
  { "<b>", "<p>&lt;b&gt;</p>" },
  { "a & b", "<p>a &amp; b</p>" },
  { "\"'", "<p>&quot;&#39;</p>" },
  { "]]>", "<p>]]&gt;</p>" },
  { "a\tb\nc", "<p>a\tb\nc</p>" },
  { "a\001b\x7f", "<p>a\xef\xbf\xbd"
                  "b\xef\xbf\xbd</p>" },
  { "", "<p></p>" },
  { NULL, "<p></p>" },
};

static void
text_is_escaped (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (escapes); i++)
    {
      HxHtml *html = hx_html_new ();

      hx_html_element (html, "p", escapes[i].text, NULL);
      assert_page (html, escapes[i].page);
    }
}

static void
values_of_attributes_are_escaped (void **state)
{
  HxHtml *html = hx_html_new ();

  (void)state;
  hx_html_void (html, "input", "value", "\"><script>'", "name", NULL,
                "required", "", NULL);
  assert_page (html, "<input value=\"&quot;&gt;&lt;script&gt;&#39;\" "
                     "required>");
}

static void
an_empty_value_stays_an_empty_value (void **state)
{
  HxHtml *html = hx_html_new ();

  (void)state;
  hx_html_element (html, "option", "全部", "value", "", "selected", "", NULL);
  assert_page (html, "<option value=\"\" selected>全部</option>");
}

static void
a_format_is_escaped_as_a_whole (void **state)
{
  HxHtml *html = hx_html_new ();

  (void)state;
  hx_html_open (html, "p", NULL);
  hx_html_textf (html, "%s<%d", "&", 5);
  hx_html_close (html, "p");
  assert_page (html, "<p>&amp;&lt;5</p>");
}

static void
trusted_markup_passes (void **state)
{
  HxHtml *html = hx_html_new ();

  (void)state;
  hx_html_trusted (html, "<b>x</b>y", 8);
  assert_page (html, "<b>x</b>");
}

/* ---------------------------------------------------------------- addresses */

static const struct
{
  const char *url;
  gboolean is_ours;
} addresses[] = {
  { "/", TRUE },
  { "/people/5?q=a%20b#top", TRUE },
  { "?year=2023", TRUE },
  { "#main", TRUE },
  { "//elsewhere.example/", FALSE },
  { "/\\elsewhere.example/", FALSE },
  { "/\t/elsewhere.example/", FALSE },
  { "\\\\elsewhere.example/", FALSE },
  { "https://elsewhere.example/", FALSE },
  { "javascript:alert(1)", FALSE },
  { " javascript:alert(1)", FALSE },
  { "data:text/html,x", FALSE },
  { "people", FALSE },
  { "", FALSE },
  { NULL, FALSE },
};

static void
an_address_is_ours_or_not (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    assert_int_equal (hx_url_is_ours (addresses[i].url), addresses[i].is_ours);
}

/* Catches one g_critical. */
typedef struct
{
  guint n;
  char *last;
} Caught;

static GLogWriterOutput
catch_message (GLogLevelFlags level, const GLogField *fields, gsize n,
               gpointer data)
{
  Caught *caught = data;

  if ((level & G_LOG_LEVEL_CRITICAL) == 0)
    return G_LOG_WRITER_UNHANDLED;
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (fields[i].key, "MESSAGE") == 0)
      {
        g_free (caught->last);
        caught->last = g_strdup (fields[i].value);
      }
  caught->n++;
  return G_LOG_WRITER_HANDLED;
}

static Caught caught;

static void
attributes_that_lead_away_are_left_out (void **state)
{
  static const char *const names[] = { "href",       "src",    "action",
                                       "formaction", "hx-get", "hx-post",
                                       "data-url" };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      HxHtml *html = hx_html_new ();

      caught.n = 0;
      hx_html_void (html, "x", names[i], "https://elsewhere.example/", NULL);
      assert_int_equal (caught.n, 1);
      assert_page (html, "<x>");
    }
}

static void
a_phone_may_be_called_and_a_picture_be_in_the_page (void **state)
{
  HxHtml *html = hx_html_new ();

  (void)state;
  caught.n = 0;
  hx_html_void (html, "a", "href", "tel:020-8111", NULL);
  hx_html_void (html, "img", "src", "data:image/png;base64,AAAA", NULL);
  assert_int_equal (caught.n, 0);
  assert_page (html, "<a href=\"tel:020-8111\">"
                     "<img src=\"data:image/png;base64,AAAA\">");
  html = hx_html_new ();
  hx_html_void (html, "a", "href", "tel:javascript", NULL);
  hx_html_void (html, "a", "href", "data:image/png;base64,AAAA", NULL);
  hx_html_void (html, "img", "src", "data:image/svg+xml;base64,AAAA", NULL);
  assert_int_equal (caught.n, 3);
  assert_page (html, "<a><a><img>");
}

static void
scripts_and_styles_in_attributes_are_left_out (void **state)
{
  static const char *const names[]
      = { "onclick", "ONLOAD", "style", "srcdoc", "hx-on:click", "a b", "1" };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      HxHtml *html = hx_html_new ();

      caught.n = 0;
      hx_html_void (html, "p", names[i], "x", NULL);
      assert_int_equal (caught.n, 1);
      assert_page (html, "<p>");
    }
}

static void
a_script_has_no_text (void **state)
{
  HxHtml *html = hx_html_new ();

  (void)state;
  caught.n = 0;
  hx_html_element (html, "script", "alert(1)", "src", "/x.js", NULL);
  assert_int_equal (caught.n, 1);
  assert_page (html, "<script src=\"/x.js\"></script>");
}

/* ------------------------------------------------------------------ closing */

static void
closing_another_element_than_the_last_is_a_slip (void **state)
{
  HxHtml *html = hx_html_new ();

  (void)state;
  caught.n = 0;
  hx_html_open (html, "div", NULL);
  hx_html_open (html, "p", NULL);
  hx_html_close (html, "div");
  assert_int_equal (caught.n, 1);
  assert_string_equal (caught.last, "</div> where <p> is open");
  hx_html_close (html, "p");
  hx_html_close (html, "div");
  hx_html_close (html, "div");
  assert_int_equal (caught.n, 2);
  assert_page (html, "<div><p></p></div>");
}

static void
a_page_with_an_open_element_is_a_slip (void **state)
{
  HxHtml *html = hx_html_new ();

  (void)state;
  caught.n = 0;
  hx_html_open (html, "div", NULL);
  assert_page (html, "<div>");
  assert_int_equal (caught.n, 1);
  assert_non_null (strstr (caught.last, "<div>"));
}

static void
a_writer_may_be_dropped_half_way (void **state)
{
  HxHtml *html = hx_html_new ();

  (void)state;
  caught.n = 0;
  hx_html_open (html, "div", NULL);
  hx_html_free (html);
  hx_html_free (NULL);
  assert_int_equal (caught.n, 0);
}

/* --------------------------------------------------------------------- urls */

static void
a_query_is_encoded_and_leaves_out_what_is_empty (void **state)
{
  g_autofree char *url = hx_url ("/people", "q", "张 三&b", "unit", NULL,
                                 "sort", "", "year", "2023", NULL);
  g_autofree char *more = hx_url (url, "after", "a/b", NULL);
  g_autofree char *plain = hx_url ("/people", "q", NULL, NULL);

  (void)state;
  assert_string_equal (url, "/people?q=%E5%BC%A0%20%E4%B8%89%26b&year=2023");
  assert_string_equal (more, "/people?q=%E5%BC%A0%20%E4%B8%89%26b&year=2023"
                             "&after=a%2Fb");
  assert_string_equal (plain, "/people");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (text_is_escaped),
    cmocka_unit_test (values_of_attributes_are_escaped),
    cmocka_unit_test (an_empty_value_stays_an_empty_value),
    cmocka_unit_test (a_format_is_escaped_as_a_whole),
    cmocka_unit_test (trusted_markup_passes),
    cmocka_unit_test (an_address_is_ours_or_not),
    cmocka_unit_test (attributes_that_lead_away_are_left_out),
    cmocka_unit_test (a_phone_may_be_called_and_a_picture_be_in_the_page),
    cmocka_unit_test (scripts_and_styles_in_attributes_are_left_out),
    cmocka_unit_test (a_script_has_no_text),
    cmocka_unit_test (closing_another_element_than_the_last_is_a_slip),
    cmocka_unit_test (a_page_with_an_open_element_is_a_slip),
    cmocka_unit_test (a_writer_may_be_dropped_half_way),
    cmocka_unit_test (a_query_is_encoded_and_leaves_out_what_is_empty),
  };

  g_log_set_writer_func (catch_message, &caught, NULL);
  return cmocka_run_group_tests (tests, NULL, NULL);
}
