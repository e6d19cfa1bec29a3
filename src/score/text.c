/* Rows in words, the same in every output. */
#include "score/score.h"

char *
hx_score_row_from (const HxScoreRow *row)
{
  GString *text;

  if (row->from == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < row->from->len; i++)
    {
      const HxScoreFrom *from = row->from->pdata[i];

      g_string_append_printf (text, "%s%s %s%s", i > 0 ? "，" : "", from->name,
                              from->text, from->unit != NULL ? from->unit : "");
    }
  return g_string_free (text, FALSE);
}

static void
append (GString *text, const char *head, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  g_string_append_printf (text, "%s%s%s", text->len > 0 ? "；" : "", head,
                          part);
}

char *
hx_score_row_basis (const HxScoreRow *row)
{
  g_autofree char *from = row->is_target ? NULL : hx_score_row_from (row);
  GString *text = g_string_new (NULL);

  append (text, _ ("取数："), from);
  if (row->signer != NULL && from == NULL && !row->is_target)
    append (text, _ ("填报："), row->value);
  append (text, _ ("填报人："), row->signer);
  if (row->evidence > 0)
    g_string_append_printf (text, _ ("%s佐证材料 %u 份"),
                            text->len > 0 ? "，" : "", row->evidence);
  return g_string_free (text, text->len == 0);
}

char *
hx_score_row_note (const HxScoreRow *row)
{
  GString *text = g_string_new (NULL);

  if (row->state == HX_SCORE_ROW_SKIPPED)
    g_string_append (text, _ ("不适用"));
  for (guint i = 0; i < row->missing->len; i++)
    append (text, _ ("未评分："), row->missing->pdata[i]);
  append (text, "", row->reason);
  append (text, _ ("改进措施："), row->measure);
  return g_string_free (text, FALSE);
}

char *
hx_scorecard_origin (const HxScorecard *card)
{
  char day[HX_DATE_TEXT_SIZE];
  GString *text = g_string_new (card->document);

  hx_date_format (card->valid_from, day);
  g_string_append_printf (text, _ ("，%s 起"), day);
  if (card->version != NULL)
    g_string_append_printf (text, _ ("，版本 %s"), card->version);
  if (card->region != NULL)
    g_string_append_printf (text, "，%s", card->region);
  return g_string_free (text, FALSE);
}
