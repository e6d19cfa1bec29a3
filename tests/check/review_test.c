#include "review_test.h"

HxReviewResult *
review_of (Fixture *fixture, const HxReviewOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  HxReviewResult *made;

  check (reader != NULL, error);
  made = hx_review_year (hx_reader_connection (reader), fixture->catalogue,
                         options, &error);
  check (made != NULL, error);
  return made;
}

char *
found_in (Fixture *fixture, const HxReviewOptions *options, const char *only)
{
  g_autoptr (HxReviewResult) made = review_of (fixture, options);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < made->findings->len; i++)
    {
      const HxReviewFinding *finding = made->findings->pdata[i];

      if (only == NULL || strstr (only, finding->check->id) != NULL)
        g_string_append_printf (text, "%s%s %s\n", finding->blocks ? "!" : "",
                                finding->check->id, finding->place);
    }
  return g_string_free (text, FALSE);
}

char *
found_in_draft (Fixture *fixture, const char *name, const char *words,
                const char *only)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReviewDraft) draft
      = hx_review_draft_new (name, words, strlen (words), &error);
  const HxReviewOptions options = { .year = 2023, .draft = draft };

  check (draft != NULL, error);
  return found_in (fixture, &options, only);
}

void
assert_says (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    fail_msg ("no “%s” in: %s", part, text);
}
