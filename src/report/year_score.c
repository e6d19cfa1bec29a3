/* The scorecard of a year for a template: total, grade, and the rows of the
 * form with why points are lost and which figures say so. */
#include "report/year_facts.h"
#include "score/score.h"

static char *
from_text (const HxScoreRow *row)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; row->from != NULL && i < row->from->len; i++)
    {
      const HxScoreFrom *from = row->from->pdata[i];
      g_string_append_printf (text, "%s%s %s%s", text->len > 0 ? "；" : "",
                              from->name, from->text,
                              from->unit == NULL ? "" : from->unit);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The rule of a row and what it was computed from; of the total, the card's
 * document. */
static char *
rule_text (const HxScore *score, const HxScoreRow *row)
{
  if (row == NULL)
    return g_strdup_printf (_ ("各行得分之和，依据%s"), score->card->document);
  g_autofree char *from = from_text (row);
  const char *rule
      = row->standard == NULL ? score->card->document : row->standard;
  return *from == '\0' ? g_strdup (rule)
                       : g_strdup_printf (_ ("%s。取数：%s"), rule, from);
}

static void
add_score (HxYearFacts *facts, const HxScore *score, HxFactName name,
           json_t *item)
{
  const HxScoreRow *row
      = name.number == NULL ? NULL : hx_score_row (score, name.number);
  HxYearFact *fact = hx_year_fact (
      facts, name.number == NULL ? (HxFactName){ "score", "total", 0 } : name,
      item, row == NULL ? "total" : "score");
  gint64 denominator = 1;
  for (guint i = 0; i < score->card->decimals; i++)
    denominator *= 10;
  fact->value = (HxExact){ row == NULL ? score->total : row->score, denominator,
                           FALSE };
  fact->decimals = score->card->decimals;
  fact->unit = g_strdup (_ ("分"));
  hx_fact_words (fact,
                 row == NULL ? g_strdup_printf (_ ("%s总分"), score->card->name)
                             : g_strdup_printf (_ ("%s得分"), row->name),
                 rule_text (score, row));
}

static json_t *
row_item (HxYearFacts *facts, const HxScore *score, const HxScoreRow *row)
{
  json_t *item = json_object ();
  g_autofree char *points = hx_score_format (score, row->points);
  g_autofree char *from = from_text (row);
  g_autoptr (GString) name = g_string_new (NULL);
  for (guint i = 1; i < row->level; i++)
    g_string_append (name, "　");
  g_string_append (name, row->name);
  json_object_set_new (item, "name", json_string (name->str));
  json_object_set_new (item, "level", json_integer (row->level));
  hx_set_text (item, "points", points);
  hx_set_text (item, "value", row->value);
  hx_set_text (item, "target", row->target);
  hx_set_text (item, "reason", row->reason);
  hx_set_text (item, "measure", row->measure);
  hx_set_text (item, "from", from);
  hx_set_flag (item, "is_group", row->is_group);
  hx_set_flag (item, "skipped", row->state == HX_SCORE_ROW_SKIPPED);
  hx_set_flag (item, "missing", row->state == HX_SCORE_ROW_MISSING);
  hx_set_flag (item, "scored", row->state == HX_SCORE_ROW_SCORED);
  add_score (facts, score, (HxFactName){ "score", row->key, 0 }, item);
  return item;
}

static void
add_missing (const HxScore *score, json_t *object)
{
  json_t *list = json_array ();
  for (guint i = 0; i < score->findings->len; i++)
    {
      const HxScoreFinding *finding = score->findings->pdata[i];
      json_t *item = json_object ();
      hx_set_text (item, "row",
                   finding->row == NULL ? NULL : finding->row->name);
      hx_set_text (item, "what", finding->what);
      json_array_append_new (list, item);
    }
  json_object_set_new (object, "findings", list);
}

static void
describe (HxYearFacts *facts, const HxScore *score)
{
  json_t *object = json_object ();
  json_t *rows = json_array ();
  g_autofree char *full = hx_decimal_format (score->card->total);
  hx_set_text (object, "card", score->card->name);
  hx_set_text (object, "document", score->card->document);
  hx_set_text (object, "version", score->card->version);
  hx_set_text (object, "points", full);
  hx_set_text (object, "grade",
               score->grade == NULL ? NULL : score->grade->name);
  hx_set_flag (object, "complete", score->is_complete);
  add_score (facts, score, (HxFactName){ 0 }, object);
  for (guint i = 0; i < score->rows->len; i++)
    json_array_append_new (rows,
                           row_item (facts, score, score->rows->pdata[i]));
  json_object_set_new (object, "rows", rows);
  add_missing (score, object);
  json_object_set_new (facts->context, "score", object);
}

/* A year without anything planned is not scored: it would score nothing. */
gboolean
hx_year_score (HxYearFacts *facts, GError **error)
{
  g_autoptr (GError) failed = NULL;
  const GPtrArray *cards = hx_catalogue_scorecards (facts->catalogue);
  json_object_set_new (facts->context, "score", json_false ());
  if (cards == NULL || cards->len == 0 || facts->targets->len == 0)
    return TRUE;
  const HxScoreQuery query = { .year = facts->year, .as_of = facts->as_of };
  g_autoptr (HxScore) score
      = hx_score_read (facts->connection, facts->catalogue, &query, &failed);
  if (score != NULL)
    describe (facts, score);
  else if (!g_error_matches (failed, HX_ERROR, HX_ERROR_NOT_FOUND))
    return g_propagate_error (error, g_steal_pointer (&failed)), FALSE;
  return TRUE;
}
