/* Marks and places against counting character by character. */
#include "claim_fixture.h"

#include "check/claim_mark.h"
#include "check/claim_output_internal.h"

static guint
rank (const HxClaim *claim)
{
  return claim->verdict == HX_VERDICT_ERROR
             ? (claim->severity == HX_SEVERITY_LAST_DIGIT ? 4 : 5)
         : claim->verdict == HX_VERDICT_UNKNOWN  ? 3
         : claim->verdict == HX_VERDICT_ROUNDING ? 2
                                                 : 1;
}

/* For each character the worst rank that covers it, and whether a mark may
 * end before it: no figure goes over the boundary. */
typedef struct
{
  guint *ranks;
  gboolean *joined;
} Slow;

static void
slow_add (Slow *slow, const HxClaimFigure *figure, guint worst)
{
  if (figure->offset == HX_CLAIM_IMPLIED)
    return;
  for (gsize i = figure->offset; i < figure->offset + figure->length; i++)
    {
      slow->ranks[i] = MAX (slow->ranks[i], worst);
      slow->joined[i] = slow->joined[i] || i > figure->offset;
    }
}

static void
slow_fill (Slow *slow, const HxCheckResult *result)
{
  for (guint i = 0; i < result->claims->len; i++)
    {
      const HxClaim *claim = result->claims->pdata[i];

      slow_add (slow, claim->stated, rank (claim));
      for (guint k = 0; k < claim->operands->len; k++)
        slow_add (slow, claim->operands->pdata[k], rank (claim));
    }
}

static void
assert_marks (const Fixture *fixture)
{
  const gsize characters = fixture->source->characters;
  g_autofree guint *ranks = g_new0 (guint, characters + 1);
  g_autofree gboolean *joined = g_new0 (gboolean, characters + 1);
  g_autoptr (GArray) marks = hx_marks_new (fixture->result);
  Slow slow = { ranks, joined };
  gsize at = 0;

  slow_fill (&slow, fixture->result);
  for (guint i = 0; i < marks->len; i++)
    {
      const HxMark *mark = &g_array_index (marks, HxMark, i);
      guint worst = 0;

      for (; at < mark->start; at++)
        {
          assert_int_equal (ranks[at], 0);
          assert_int_equal (hx_marks_find (marks, at), G_MAXUINT);
        }
      assert_false (joined[mark->start]);
      for (; at < mark->end; at++)
        {
          assert_true (ranks[at] > 0);
          assert_true (at == mark->start || joined[at]);
          assert_int_equal (hx_marks_find (marks, at), i);
          worst = MAX (worst, ranks[at]);
        }
      assert_int_equal (rank (mark->worst), worst);
    }
  for (; at < characters; at++)
    assert_int_equal (ranks[at], 0);
}

static void
marks_cover_every_figure_once_with_the_worst_verdict (void **state)
{
  (void)state;
  for (guint32 seed = 0; seed < 500; seed++)
    {
      g_autoptr (Fixture) fixture = fixture_random (seed);

      assert_marks (fixture);
    }
}

static void
a_warning_on_a_figure_joins_its_mark (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  HxCheckWarning *warning = fixture->result->warnings->pdata[0];
  const HxClaim *claim = fixture->result->claims->pdata[1];
  g_autoptr (GArray) marks = NULL;
  const HxMark *mark;

  (void)state;
  warning->offset = claim->stated->offset;
  marks = hx_marks_new (fixture->result);
  mark = &g_array_index (marks, HxMark, hx_marks_find (marks, warning->offset));
  assert_int_equal (mark->warnings->len, 1);
  assert_int_equal (mark->claims->len, 2);
  assert_false (mark->is_stated);
}

static void
places_are_those_of_counting (void **state)
{
  (void)state;
  for (guint32 seed = 0; seed < 100; seed++)
    {
      g_autoptr (Fixture) fixture = fixture_random (seed);
      const char *words = fixture->source->text;
      g_autoptr (HxPlaces) places = hx_places_new (fixture->source);
      guint line = 1, column = 1;
      const char *at = words;

      assert_int_equal (places->characters, fixture->source->characters);
      for (gsize i = 0; i <= fixture->source->characters; i++)
        {
          const HxPlace place = hx_places_find (places, i);

          assert_int_equal (place.byte, at - words);
          assert_int_equal (place.line, line);
          assert_int_equal (place.column, column);
          column = *at == '\n' ? 1 : column + 1;
          line += *at == '\n';
          at += *at == '\0' ? 0 : g_utf8_skip[(guchar)*at];
        }
      assert_int_equal (hx_places_find (places, G_MAXSIZE).byte, at - words);
    }
}

static void
an_excerpt_ends_where_sentences_and_paragraphs_do (void **state)
{
  static const struct
  {
    const char *words, *figure, *excerpt;
  } cases[] = {
    { "前一句。共 5 人，后文。再一句。", "5 人", "共[5人]，后文。" },
    { "标题\n\n共 5 人\n\n另段", "5 人", "共[5人]" },
    { "a b\nc 5", "5", "a b c [5]" },
    { "5", "5", "[5]" },
    { "共 5，一二三四五六七八九十一二三四五六七八九十一 1,234.50 万元", "5",
      "共[5]，一二三四五六七八九十一二三四五六七八九十一1,234.50…" },
    { "一二三四五六七八九十一二三四五六七八九十"
      "一二三四五六七八九十一二三四五六七八九十甲5",
      "5",
      "…二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
      "一二三四五六七八九十甲[5]" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HxSource) source = hx_source_new (
          "a.txt", cases[i].words, strlen (cases[i].words), NULL);
      g_autoptr (HxPlaces) places = hx_places_new (source);
      const char *figure = strstr (cases[i].words, cases[i].figure);
      g_auto (HxExcerpt) excerpt = { 0 };
      g_autofree char *got = NULL;

      hx_excerpt_init (&excerpt, places,
                       (gsize)g_utf8_pointer_to_offset (cases[i].words, figure),
                       (gsize)g_utf8_strlen (cases[i].figure, -1));
      got = g_strdup_printf ("%s[%s]%s", excerpt.before, excerpt.here,
                             excerpt.after);
      assert_string_equal (got, cases[i].excerpt);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (marks_cover_every_figure_once_with_the_worst_verdict),
    cmocka_unit_test (a_warning_on_a_figure_joins_its_mark),
    cmocka_unit_test (places_are_those_of_counting),
    cmocka_unit_test (an_excerpt_ends_where_sentences_and_paragraphs_do),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
