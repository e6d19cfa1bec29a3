/* Where the year stands today, as an operation. */
#include "exchange/duty_json.h"
#include "server/today_page.h"

static void
write_day (HxJson *json, const char *name, HxDate date)
{
  char text[HX_DATE_TEXT_SIZE];

  hx_date_format (date, text);
  hx_json_member (json, name, text);
}

static void
write_item (HxJson *json, const HxTodayItem *item)
{
  hx_json_object_begin (json);
  hx_json_member (json, "duty", item->duty->key);
  hx_json_member (json, "name", item->name);
  hx_json_member (json, "state", hx_duty_state_key (item->state));
  write_day (json, "due", item->due);
  write_day (json, "closes", item->closes);
  hx_json_member (json, "unit", item->unit[0] != '\0' ? item->unit : NULL);
  hx_json_member (json, "kind", item->duty->of->key);
  hx_json_member_integer (json, "id", item->row_id);
  hx_json_member (json, "label", item->label);
  hx_json_member (json, "done_by", item->done_by->key);
  hx_json_object_end (json);
}

static void
write_duties (HxJson *json, const HxTodayView *view)
{
  const HxTodayDuties *duties = view->duties;
  const HxIdentity *identity = hx_call_identity (view->call);

  hx_json_key (json, "duties");
  if (duties == NULL)
    {
      hx_json_null (json);
      return;
    }
  hx_json_object_begin (json);
  hx_json_member_integer (json, "due", duties->due);
  hx_json_member_integer (json, "done", duties->done);
  hx_json_member_integer (json, "overdue", duties->overdue);
  hx_json_member_integer (json, "open", duties->open);
  hx_json_member_integer (json, "week", duties->week);
  hx_json_key (json, "items");
  hx_json_array_begin (json);
  for (guint i = 0; i < duties->items->len; i++)
    {
      const HxTodayItem *item = duties->items->pdata[i];

      if (hx_identity_may (identity, HX_ACT_READ, item->duty->of))
        write_item (json, item);
    }
  hx_json_array_end (json);
  hx_json_object_end (json);
}

static void
write_plan (HxJson *json, const HxTodayView *view)
{
  hx_json_key (json, "plan");
  if (view->plan == NULL)
    {
      hx_json_null (json);
      return;
    }
  hx_json_object_begin (json);
  hx_json_member_integer (json, "tasks", view->plan->tasks->len);
  hx_json_key (json, "work");
  hx_json_decimal (json, (HxDecimal){ view->work, 4 });
  hx_json_member_integer (json, "late", view->late);
  hx_json_member_integer (json, "unanswered", view->unanswered);
  hx_json_object_end (json);
}

static void
write_money (HxJson *json, const HxTodayView *view)
{
  hx_json_key (json, "money");
  if (!view->has_money)
    {
      hx_json_null (json);
      return;
    }
  hx_json_object_begin (json);
  hx_json_key (json, "total");
  hx_json_decimal (json, (HxDecimal){ view->money.total, 2 });
  hx_json_key (json, "executed");
  hx_json_decimal (json, (HxDecimal){ view->money.executed, 2 });
  hx_json_object_end (json);
}

static gboolean
write_waiting (HxJson *json, HxTodayView *view, GError **error)
{
  hx_json_key (json, "waiting");
  hx_json_object_begin (json);
  for (const HxTodayNumber *number = hx_today_numbers; number->key != NULL;
       number++)
    {
      gint64 n = 0;

      if (!hx_today_number_is_for (view, number))
        continue;
      if (!number->count (view, &n, error))
        return FALSE;
      hx_json_member_integer (json, number->key, n);
    }
  hx_json_object_end (json);
  return TRUE;
}

static gboolean
today_show (HxCall *call, GError **error)
{
  g_auto (HxTodayView) view = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  if (!hx_today_view_init (&view, call, error))
    return FALSE;
  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  hx_json_member_integer (&json, "year", view.year);
  write_day (&json, "as_of", view.as_of);
  hx_json_key (&json, "time");
  hx_json_decimal (&json, (HxDecimal){ view.time_gone, 4 });
  if (!write_waiting (&json, &view, error))
    return FALSE;
  write_duties (&json, &view);
  write_plan (&json, &view);
  write_money (&json, &view);
  hx_json_object_end (&json);
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

static const HxParameter parameters[]
    = { { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") }, { 0 } };

const HxRoute hx_routes_api_today[] = {
  { HX_METHOD_GET, "/api/v1/today", "today_show", N_ ("今天的工作"),
    HX_USER_ANYBODY, HX_ROUTE_API, parameters, .handler = today_show,
    .answers
    = N_ ("waiting：等本人处理的；duties、plan、money：应办、计划、经费"
          "走到哪里，没有的是 null") },
  { 0 },
};
