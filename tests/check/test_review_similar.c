/* V16: paragraphs that say the same, against a slow comparison of all pairs. */
#include "review_test.h"

#define SHINGLE 5
#define LEAST 40 /* characters, as review.yaml has it */

static char *
similar_in (Fixture *fixture, const char *words)
{
  return found_in_draft (fixture, "a.md", words, "V16");
}

#define SENTENCE                                                                   \
  "退休干部学校在各街道开设教学点，课程由各点自行商定，" \
  "教师以退休的中学教师和本区医院的医生为主，"                \
  "老同志出门走几步就能听课。"

static void
a_paragraph_that_was_copied_is_told (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *same = similar_in (
      fixture, "## 一、甲\n\n" SENTENCE "\n\n## 二、乙\n\n" SENTENCE "\n");
  g_autofree char *numbers = similar_in (fixture, "今年1100人。" SENTENCE
                                                  "\n\n去年900人。" SENTENCE);
  g_autofree char *once = similar_in (fixture, SENTENCE);
  g_autofree char *brief
      = similar_in (fixture, "按时完成。\n\n按时完成。\n\n按时完成。\n");

  assert_string_equal (same, "V16 二“退休干部学校在各街道开设”\n");
  assert_string_equal (numbers, "V16 题首“去年900人。退休干部学”\n");
  assert_string_equal (once, "");
  assert_string_equal (brief, "");
}

static void
rows_of_tables_and_headings_are_not_compared (void **state)
{
  g_autofree char *found
      = similar_in (*state, "| " SENTENCE " |\n| " SENTENCE " |\n");

  assert_string_equal (found, "");
}

static void
last_year_is_compared_too (void **state)
{
  g_autoptr (HxReviewDraft) own
      = hx_review_draft_new ("a.md", SENTENCE, strlen (SENTENCE), NULL);
  g_autoptr (HxReviewDraft) old
      = hx_review_draft_new ("b.md", SENTENCE, strlen (SENTENCE), NULL);
  const HxReviewOptions options
      = { .year = 2023, .draft = own, .last_year = old };
  g_autofree char *found = found_in (*state, &options, "V16");

  assert_string_equal (found, "V16 题首“退休干部学校在各街道开设”\n");
}

/* ---------------------------------------------------------------- slow model
 */

static GHashTable *
slow_shingles (const char *text)
{
  GHashTable *set
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const glong length = g_utf8_strlen (text, -1);

  for (glong i = 0; i + SHINGLE <= length; i++)
    g_hash_table_add (set, g_utf8_substring (text, i, i + SHINGLE));
  return set;
}

/* Is some earlier one more than four fifths in common with it? */
static gboolean
slow_is_similar (const GPtrArray *texts, guint own)
{
  g_autoptr (GHashTable) mine = slow_shingles (texts->pdata[own]);
  gboolean similar = FALSE;

  for (guint i = 0; i < own; i++)
    {
      g_autoptr (GHashTable) other = slow_shingles (texts->pdata[i]);
      const guint least
          = MIN (g_hash_table_size (mine), g_hash_table_size (other));
      guint shared = 0;
      GHashTableIter iter;
      gpointer key;
      gint64 share = 0;

      g_hash_table_iter_init (&iter, mine);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        shared += g_hash_table_contains (other, key);
      hx_round_half_up (shared, least, 4, &share);
      similar = similar || share > 8000;
    }
  return similar;
}

/* A text of few characters, or an earlier one with some of them changed. */
static char *
random_text (GRand *random, const GPtrArray *texts)
{
  static const char *const letters[]
      = { "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸" };
  GString *text = g_string_new (NULL);

  if (texts->len == 0 || g_rand_boolean (random))
    for (guint i = 0; i < LEAST + 20; i++)
      g_string_append (text, letters[g_rand_int_range (random, 0, 10)]);
  else
    {
      const char *old
          = texts->pdata[g_rand_int_range (random, 0, (gint32)texts->len)];
      const gint32 rarity = g_rand_int_range (random, 10, 60);

      for (const char *p = old; *p != '\0'; p += g_utf8_skip[(guchar)*p])
        g_string_append_unichar (text, g_rand_int_range (random, 0, rarity) == 0
                                           ? 0x5B50
                                           : g_utf8_get_char (p));
    }
  return g_string_free (text, FALSE);
}

static void
the_index_finds_what_a_comparison_of_all_pairs_finds (void **state)
{
  GRand *random = g_rand_new_with_seed (2023);
  guint similar = 0;

  for (guint round = 0; round < 30; round++)
    {
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GString) all = g_string_new (NULL);
      g_autoptr (GString) wanted = g_string_new (NULL);

      for (guint i = 0; i < 8; i++)
        {
          char *text = random_text (random, texts);
          g_autofree char *start = g_utf8_substring (text, 0, 12);

          g_ptr_array_add (texts, text);
          g_string_append_printf (all, "%s\n\n", text);
          if (slow_is_similar (texts, i))
            g_string_append_printf (wanted, "V16 题首“%s”\n", start);
        }
      g_autofree char *found = similar_in (*state, all->str);
      assert_string_equal (found, wanted->str);
      similar += wanted->len > 0;
    }
  assert_in_range (similar, 5, 30);
  g_rand_free (random);
}

/* A long text of one paragraph again and again, and of nothing but brackets. */
static void
a_large_text_takes_no_square_of_time (void **state)
{
  static const char *const pieces[]
      = { SENTENCE "\n\n", "[", "近", "1", "红霞驿站", "2019年", "高某、" };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      const gint64 start = g_get_monotonic_time ();

      while (text->len < 256 * 1024)
        g_string_append (text, pieces[i]);
      g_autofree char *found = found_in_draft (*state, "a.md", text->str, NULL);
      if (g_get_monotonic_time () - start > G_USEC_PER_SEC)
        print_message ("%s: %d ms\n", pieces[i],
                       (int)((g_get_monotonic_time () - start) / 1000));
      assert_true (g_get_monotonic_time () - start < 20 * G_USEC_PER_SEC);
      assert_true (strlen (found) < 100000);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_paragraph_that_was_copied_is_told),
    cmocka_unit_test (rows_of_tables_and_headings_are_not_compared),
    cmocka_unit_test (last_year_is_compared_too),
    cmocka_unit_test (the_index_finds_what_a_comparison_of_all_pairs_finds),
    cmocka_unit_test (a_large_text_takes_no_square_of_time),
  };

  return cmocka_run_group_tests (tests, budget_setup, fixture_teardown);
}
