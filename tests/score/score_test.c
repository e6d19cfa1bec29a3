#include "score_test.h"

static void
install (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxBundle) bundle = hx_bundle_read (HX_TEST_CATALOGUE, &error);
  HxCatalogue *catalogue;

  check (bundle != NULL, error);
  if (text != NULL)
    hx_bundle_add (bundle, "scorecards/own.yaml", text);
  catalogue = hx_catalogue_load (bundle, &error);
  check (catalogue != NULL, error);
  fixture_install (fixture, catalogue);
}

int
score_setup (void **state)
{
  fixture_setup (state);
  install (*state, NULL);
  return 0;
}

void
use_card (Fixture *fixture, const char *head, const char *rows)
{
  g_autofree char *text = g_strdup_printf (
      "key: own\nname: 自己的表\ndocument: 一号文\nvalid_from: 2020-01-01\n"
      "grades:\n  - {name: 优, from: 90}\n  - {name: 良, from: 80}\n"
      "  - {name: 中, from: 60}\n  - {name: 差, from: 0}\n%srows:\n%s",
      head, rows);

  install (fixture, text);
}

HxScore *
score_of (Fixture *fixture, const char *card, const char *as_of)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  HxDate day = { 0 };
  HxScore *score;

  HxScoreQuery query = { .year = 2023, .card = card };

  check (reader != NULL, error);
  if (*as_of != '\0')
    assert_true (hx_date_parse (as_of, FALSE, &day, NULL));
  query.as_of = day;
  score = hx_score_read (hx_reader_connection (reader), fixture->catalogue,
                         &query, &error);
  check (score != NULL, error);
  return score;
}

const HxScoreRow *
row_of (const HxScore *score, const char *key)
{
  const HxScoreRow *row = hx_score_row (score, key);

  if (row == NULL)
    fail_msg ("no row %s", key);
  return row;
}

void
assert_score (const HxScore *score, const char *key, const char *text)
{
  const HxScoreRow *row = row_of (score, key);
  g_autofree char *is = hx_score_format (score, row->score);

  if (strcmp (is, text) != 0)
    fail_msg ("%s scores %s and not %s (%s)", key, is, text,
              row->missing->len > 0 ? (char *)row->missing->pdata[0] : "");
}

void
assert_total (const HxScore *score, const char *text, const char *grade)
{
  g_autofree char *is = hx_score_format (score, score->total);

  assert_string_equal (is, text);
  assert_non_null (score->grade);
  assert_string_equal (score->grade->name, grade);
}

gboolean
finds (const HxScore *score, const char *key, const char *words)
{
  for (guint i = 0; i < score->findings->len; i++)
    {
      const HxScoreFinding *finding = score->findings->pdata[i];
      const char *own = finding->row != NULL ? finding->row->key : NULL;

      if (g_strcmp0 (own, key) == 0 && strstr (finding->what, words) != NULL)
        return TRUE;
    }
  return FALSE;
}
