/* The targets of a year for a template: what was to be reached, what was.  An
 * actual value that is a figure keeps that figure's own key and panel. */
#include "report/year_facts.h"

#include <string.h>

#define MONEY_DECIMALS 2

guint
hx_year_decimals (const char *text, const char *unit)
{
  const char *point = text == NULL ? NULL : strchr (text, '.');
  const guint decimals = point == NULL ? 0 : (guint)strlen (point + 1);
  return g_strcmp0 (unit, "万元") == 0 ? MAX (decimals, MONEY_DECIMALS)
                                       : decimals;
}

char *
hx_year_target_value (const HxTarget *target)
{
  g_autofree char *plain = hx_target_value_text (target);
  const char *space = target->has_value ? strrchr (plain, ' ') : NULL;
  if (space == NULL)
    return g_steal_pointer (&plain);
  g_autofree char *number = g_strndup (plain, (gsize)(space - plain));
  const char *point = strchr (number, '.');
  const guint decimals = point == NULL ? 0 : (guint)strlen (point + 1);
  const guint wanted = hx_year_decimals (number, space + 1);
  return g_strdup_printf ("%s%s%.*s%s", number,
                          point == NULL && wanted > 0 ? "." : "",
                          (int)(wanted - decimals), "00", space + 1);
}

/* A statement's value, or one that cannot be a figure here. */
static void
add_stated (HxYearFacts *facts, const HxTarget *target, json_t *item)
{
  const HxPlanView *view = hx_catalogue_plan (facts->catalogue);
  HxYearFact *fact = hx_year_fact (
      facts, (HxFactName){ "target", target->number, target->id }, item,
      "actual");
  fact->value = target->actual;
  fact->unit = g_strdup (target->unit);
  fact->decimals = hx_year_decimals (target->actual_text, target->unit);
  hx_fact_words (fact, g_strdup_printf (_ ("%s的实际完成值"), target->name),
                 g_strdup (_ ("截止日前最后一次填报的完成值")));
  if (view->result != NULL)
    hx_fact_row (fact, view->result, target->result_id, target->stated_on,
                 target->text);
}

static void
add_actual (HxYearFacts *facts, const HxTarget *target, json_t *item)
{
  g_autofree char *text = hx_target_actual_text (target);
  const HxFigure *figure
      = target->is_figure && target->indicator != NULL
            ? g_hash_table_lookup (facts->figures, target->indicator)
            : NULL;
  const gboolean is_share
      = figure != NULL && g_strcmp0 (figure->indicator->unit, "%") == 0;
  hx_set_flag (item, "has_actual", target->has_actual);
  hx_set_text (item, "actual_text", text);
  hx_set_text (item, "unit", is_share ? NULL : target->unit);
  if (!target->has_actual)
    return;
  if (figure == NULL || figure->is_void)
    {
      add_stated (facts, target, item);
      return;
    }
  json_t *actual = json_pack ("{s:s}", "figure", target->indicator);
  if (is_share)
    json_object_set_new (actual, "filter", json_string ("%2"));
  json_object_set_new (item, "actual", actual);
}

static void
add_completion (HxYearFacts *facts, const HxTarget *target, json_t *item)
{
  hx_set_flag (item, "has_completion", target->has_completion);
  if (!target->has_completion)
    return;
  HxYearFact *fact = hx_year_fact (
      facts, (HxFactName){ "completion", target->number, target->id }, item,
      "completion");
  g_autofree char *value = hx_year_target_value (target);
  hx_fact_share (fact, target->completion);
  hx_fact_words (fact, g_strdup_printf (_ ("%s的完成率"), target->name),
                 g_strdup_printf (_ ("年度指标值 %s 与实际完成值相比"), value));
}

static json_t *
target_item (HxYearFacts *facts, const HxTarget *target)
{
  json_t *item = json_object ();
  g_autofree char *value = hx_year_target_value (target);
  hx_set_text (item, "number", target->number);
  hx_set_text (item, "name", target->name);
  hx_set_code (item, "level", target->level);
  hx_set_code (item, "aspect", target->aspect);
  hx_set_text (item, "target", value);
  hx_set_text (item, "state", hx_target_state_name (target->state));
  hx_set_flag (item, "reached",
               target->state == HX_TARGET_REACHED
                   || target->state == HX_TARGET_OVER);
  hx_set_flag (item, "missed", target->state == HX_TARGET_MISSED);
  hx_set_text (item, "reason", target->reason);
  hx_set_text (item, "measure", target->measure);
  hx_set_text (item, "owner", target->owner);
  hx_set_text (item, "signer", target->signer);
  add_actual (facts, target, item);
  add_completion (facts, target, item);
  return item;
}

/* How many there are, and how many were reached. */
static void
add_summary (HxYearFacts *facts)
{
  gint64 reached = 0;
  gint64 missed = 0;
  for (guint i = 0; i < facts->targets->len; i++)
    {
      const HxTarget *target = facts->targets->pdata[i];
      missed += target->state == HX_TARGET_MISSED;
      reached += target->state == HX_TARGET_REACHED
                 || target->state == HX_TARGET_OVER;
    }
  const struct
  {
    const char *member, *name;
    gint64 count;
  } counts[] = {
    { "all", _ ("绩效指标个数"), facts->targets->len },
    { "reached", _ ("已达成的绩效指标个数"), reached },
    { "missed", _ ("未达成的绩效指标个数"), missed },
  };
  json_t *summary = json_object ();
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      HxYearFact *fact
          = hx_year_fact (facts, (HxFactName){ "targets", counts[i].member, 0 },
                          summary, counts[i].member);
      hx_fact_number (fact, counts[i].count, _ ("项"));
      hx_fact_words (fact, g_strdup (counts[i].name),
                     g_strdup (_ ("本年的绩效指标，按年度指标值判定")));
    }
  hx_set_flag (summary, "has_missed", missed > 0);
  json_object_set_new (facts->context, "target_summary", summary);
}

gboolean
hx_year_targets (HxYearFacts *facts, GError **error)
{
  json_t *list = json_array ();
  json_object_set_new (facts->context, "targets", list);
  json_object_set_new (facts->context, "target_summary", json_false ());
  facts->targets = hx_targets_read (facts->connection, facts->catalogue,
                                    facts->year, facts->as_of, error);
  if (facts->targets == NULL)
    return FALSE;
  for (guint i = 0; i < facts->targets->len; i++)
    json_array_append_new (list, target_item (facts, facts->targets->pdata[i]));
  if (facts->targets->len > 0)
    add_summary (facts);
  return TRUE;
}
