#include "score/score_json.h"

static void
number_json (HxJson *json, const HxScore *score, const char *key, gint64 units)
{
  g_autofree char *text = hx_score_format (score, units);

  hx_json_member (json, key, text);
}

static void
bool_json (HxJson *json, const char *key, gboolean value)
{
  hx_json_key (json, key);
  hx_json_bool (json, value);
}

static void
card_json (HxJson *json, const HxScorecard *card)
{
  g_autofree char *total = hx_decimal_format (card->total);
  char day[HX_DATE_TEXT_SIZE];

  hx_date_format (card->valid_from, day);
  hx_json_object_begin (json);
  hx_json_member (json, "key", card->key);
  hx_json_member (json, "name", card->name);
  hx_json_member (json, "form", card->form);
  hx_json_member (json, "region", card->region);
  hx_json_member (json, "document", card->document);
  hx_json_member (json, "version", card->version);
  hx_json_member (json, "valid_from", day);
  hx_json_member_integer (json, "first_year", card->first_year);
  if (card->last_year != 0)
    hx_json_member_integer (json, "last_year", card->last_year);
  hx_json_member (json, "total", total);
  bool_json (json, "default", card->is_default);
  hx_json_member (json, "warning", card->warning);
  hx_json_member (json, "note", card->note);
  hx_json_object_end (json);
}

static void
from_json (HxJson *json, const HxScoreRow *row)
{
  hx_json_key (json, "from");
  hx_json_array_begin (json);
  for (guint i = 0; row->from != NULL && i < row->from->len; i++)
    {
      const HxScoreFrom *from = row->from->pdata[i];

      hx_json_object_begin (json);
      hx_json_member (json, "key", from->key);
      hx_json_member (json, "name", from->name);
      hx_json_member (json, "value", from->text);
      hx_json_member (json, "unit", from->unit);
      hx_json_member_integer (json, "year", from->year);
      bool_json (json, "figure", from->indicator != NULL);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
}

static void
texts_json (HxJson *json, const HxScoreRow *row)
{
  hx_json_member (json, "standard", row->standard);
  hx_json_member (json, "target", row->target);
  hx_json_member (json, "value", row->value);
  hx_json_member (json, "reason", row->reason);
  bool_json (json, "computed_reason", row->is_computed_reason);
  hx_json_member (json, "measure", row->measure);
  hx_json_member (json, "signer", row->signer);
  hx_json_member_integer (json, "evidence", row->evidence);
  bool_json (json, "over", row->is_over);
  hx_json_key (json, "missing");
  hx_json_array_begin (json);
  for (guint i = 0; i < row->missing->len; i++)
    hx_json_string (json, row->missing->pdata[i]);
  hx_json_array_end (json);
}

static void
row_json (HxJson *json, const HxScore *score, const HxScoreRow *row)
{
  static const char *const states[]
      = { [HX_SCORE_ROW_SCORED] = "scored",
          [HX_SCORE_ROW_MISSING] = "missing",
          [HX_SCORE_ROW_SKIPPED] = "not_applicable" };

  hx_json_object_begin (json);
  hx_json_member (json, "key", row->key);
  hx_json_member (json, "name", row->name);
  hx_json_member_integer (json, "level", row->level);
  bool_json (json, "group", row->is_group);
  bool_json (json, "bonus", row->is_bonus);
  hx_json_member (json, "state", states[row->state]);
  number_json (json, score, "points", row->points);
  number_json (json, score, "score", row->score);
  number_json (json, score, "deduction", row->deduction);
  if (!row->is_group)
    {
      hx_json_member (json, "rule",
                      row->is_target
                          ? "target"
                          : hx_rule_kind_name (row->card->rule->kind));
      texts_json (json, row);
      from_json (json, row);
    }
  hx_json_object_end (json);
}

static void
findings_json (HxJson *json, const HxScore *score)
{
  hx_json_key (json, "findings");
  hx_json_array_begin (json);
  for (guint i = 0; i < score->findings->len; i++)
    {
      const HxScoreFinding *finding = score->findings->pdata[i];

      hx_json_object_begin (json);
      hx_json_member (json, "row",
                      finding->row != NULL ? finding->row->key : NULL);
      hx_json_member (json, "what", finding->what);
      hx_json_member (json, "to_do", finding->to_do);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
}

void
hx_score_json (const HxScore *score, GString *out)
{
  char day[HX_DATE_TEXT_SIZE];
  HxJson json;

  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  hx_json_key (&json, "card");
  card_json (&json, score->card);
  hx_json_member_integer (&json, "year", score->year);
  hx_date_format (score->as_of, day);
  hx_json_member (&json, "as_of", day);
  hx_json_member (&json, "task",
                  score->task != NULL ? score->task->number : NULL);
  bool_json (&json, "shared", score->is_shared);
  number_json (&json, score, "points", score->points);
  number_json (&json, score, "skipped", score->skipped);
  number_json (&json, score, "earned", score->earned);
  number_json (&json, score, "bonus", score->bonus);
  number_json (&json, score, "total", score->total);
  hx_json_member (&json, "grade",
                  score->grade != NULL ? score->grade->name : NULL);
  bool_json (&json, "complete", score->is_complete);
  hx_json_key (&json, "rows");
  hx_json_array_begin (&json);
  for (guint i = 0; i < score->rows->len; i++)
    row_json (&json, score, score->rows->pdata[i]);
  hx_json_array_end (&json);
  findings_json (&json, score);
  hx_json_object_end (&json);
}

void
hx_scorecards_json (const HxCatalogue *catalogue, int year, GString *out)
{
  const GPtrArray *cards = hx_catalogue_scorecards (catalogue);
  HxJson json;

  hx_json_init (&json, out, TRUE);
  hx_json_array_begin (&json);
  for (guint i = 0; i < cards->len; i++)
    if (year == 0 || hx_scorecard_is_for (cards->pdata[i], year))
      card_json (&json, cards->pdata[i]);
  hx_json_array_end (&json);
}
