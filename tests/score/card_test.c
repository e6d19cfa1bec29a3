#include "card_test.h"

HxCatalogue *
card_of_rule (const char *points, const char *rule, GError **error)
{
  g_autoptr (HxBundle) bundle = hx_bundle_new ();
  g_autofree char *text = g_strdup_printf (
      "key: one\nname: 一张表\ndocument: 一号文\nvalid_from: 2020-01-01\n"
      "total: %s\nrows:\n  - {key: only, name: 唯一, points: %s, %s}\n",
      points, points, rule);

  hx_bundle_add (bundle, "catalogue.yaml", "key: test\nname: 试验局\n");
  hx_bundle_add (bundle, "scorecards/one.yaml", text);
  return hx_catalogue_load (bundle, error);
}

const HxCardRow *
first_row (const HxCatalogue *catalogue, const char *card)
{
  const HxScorecard *found = hx_scorecard_find (catalogue, card, 2023, NULL);

  assert_non_null (found);
  return found->rows->pdata[0];
}

HxFraction
fraction_of (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 2);
  HxDecimal top, bottom = { 1, 0 };

  assert_true (hx_decimal_parse (parts[0], 8, &top, NULL));
  if (parts[1] != NULL)
    assert_true (hx_decimal_parse (parts[1], 8, &bottom, NULL));
  return hx_fraction_divide (hx_fraction_of_decimal (top),
                             hx_fraction_of_decimal (bottom));
}
