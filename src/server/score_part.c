#include "server/score_part.h"

/* As the command line has it: a score is of the whole year unless a day is
 * asked for, which may be after the year but not before it. */
static gboolean
take_day (HxCall *call, HxScoreQuery *query, GError **error)
{
  char text[HX_DATE_TEXT_SIZE];
  query->as_of = hx_call_date (call, "as_of");
  if (query->as_of.year == 0 || query->as_of.year >= query->year)
    return TRUE;
  hx_date_format (query->as_of, text);
  return hx_fail (error, HX_ERROR_USAGE, _ ("截止日期不在这个年度里"), text,
                  NULL);
}

static gboolean
reaches (HxCall *call, const HxScore *score, GError **error)
{
  if (score->task == NULL)
    return hx_year_need_whole (call, _ ("自评表"), error);
  if (hx_year_reaches (call, score->task->unit_id))
    return TRUE;
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这项任务"),
                  score->task->number, _ ("从任务列表里选"));
}

HxScore *
hx_score_of_call (HxCall *call, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  const HxPlanView *view = hx_catalogue_plan (hx_call_catalogue (call));
  HxScoreQuery query = { .year = hx_call_year (call),
                         .card = hx_call_text (call, "card"),
                         .task = hx_call_text (call, "task") };
  g_autoptr (HxScore) score = NULL;
  if (connection == NULL || !take_day (call, &query, error))
    return NULL;
  if (view != NULL && view->entry != NULL
      && !hx_year_need_kind (call, view->entry, error))
    return NULL;
  if (query.task == NULL && !hx_year_need_whole (call, _ ("自评表"), error))
    return NULL;
  score = hx_score_read (connection, hx_call_catalogue (call), &query, error);
  if (score == NULL || !reaches (call, score, error))
    return NULL;
  return g_steal_pointer (&score);
}

char *
hx_score_url (const HxScore *score, const char *path)
{
  g_autofree char *year = g_strdup_printf ("%d", score->year);
  char day[HX_DATE_TEXT_SIZE];
  const gboolean is_whole = score->as_of.year == score->year
                            && score->as_of.month == 12
                            && score->as_of.day == 31;
  hx_date_format (score->as_of, day);
  return hx_url (path, "year", year, "card", score->card->key, "task",
                 score->task != NULL ? score->task->number : NULL, "as_of",
                 is_whole ? NULL : day, NULL);
}
