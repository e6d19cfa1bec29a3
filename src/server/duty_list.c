#include "server/duty_list.h"

#include <string.h>

#define PLACE 4 /* numbers that say where an item stands */

static void
line_free (gpointer data)
{
  HxDutyLine *line = data;

  g_free (line->label);
  g_free (line);
}

void
hx_duty_list_clear (HxDutyList *list)
{
  g_clear_pointer (&list->lines, g_ptr_array_unref);
  g_clear_pointer (&list->next, g_free);
}

/* -------------------------------------------------------------------- query */

static const char *
text_of (const HxCall *call, const char *name)
{
  const char *text = hx_call_text (call, name);

  return text != NULL && *text != '\0' ? text : NULL;
}

gboolean
hx_duty_query_of (HxShown *shown, HxDutyQuery *query, GError **error)
{
  const HxCall *call = shown->call;

  *query = (HxDutyQuery){ .as_of = hx_call_as_of (call),
                          .unit_id = hx_call_integer (call, "unit"),
                          .duty = text_of (call, "duty"),
                          .by = text_of (call, "by") };
  return hx_identity_unit (shown->identity, &query->unit_id, error);
}

static void
choose_days (const HxCall *call, HxDutyQuery *query)
{
  const int year = hx_call_year (call);
  const gint64 days = hx_call_text (call, "days") != NULL
                          ? hx_call_integer (call, "days")
                          : HX_DUTY_DAYS;
  const gint64 back = hx_call_text (call, "back") != NULL
                          ? hx_call_integer (call, "back")
                          : HX_DUTY_BACK;

  if (hx_call_bool (call, "whole"))
    {
      query->from = (HxDate){ (gint16)year, 1, 1 };
      query->until = (HxDate){ (gint16)year, 12, 31 };
      query->with_ended = TRUE;
      return;
    }
  query->from = hx_date_from_days (hx_date_days (query->as_of) - back);
  query->until = hx_date_from_days (hx_date_days (query->as_of) + days);
}

/* -------------------------------------------------------------------- items */

typedef struct
{
  HxShown *shown;
  HxDutyList *list;
  const char *state;
  guint limit;
  gint64 behind[PLACE];
  gboolean is_behind; /* `behind` is set */
  GError *error;
} Reading;

/* The order of hx_duty_list. */
static void
place_of (const HxDutyItem *item, gint64 *place)
{
  place[0] = item->state == HX_DUTY_OVERDUE ? 0 : 1;
  place[1] = hx_date_number (item->due);
  place[2] = item->duty->index;
  place[3] = item->row_id;
}

static int
compare_places (const gint64 *a, const gint64 *b)
{
  for (guint i = 0; i < PLACE; i++)
    if (a[i] != b[i])
      return a[i] < b[i] ? -1 : 1;
  return 0;
}

static gboolean
is_asked (const Reading *reading, const HxDutyItem *item)
{
  const char *state = reading->state;

  if (!hx_identity_may (reading->shown->identity, HX_ACT_READ, item->duty->of))
    return FALSE;
  if (state == NULL || strcmp (state, "todo") == 0)
    return item->state != HX_DUTY_DONE;
  return strcmp (state, "all") == 0
         || strcmp (state, hx_duty_state_key (item->state)) == 0;
}

static gboolean
keep (Reading *reading, const HxDutyItem *item)
{
  const HxShown *shown = reading->shown;
  const HxField *field = hx_kind_label_field (item->duty->of);
  HxDutyLine *line = g_new0 (HxDutyLine, 1);

  line->item = *item;
  line->item.label = NULL;
  g_ptr_array_add (reading->list->lines, line);
  if (field != NULL
      && !hx_identity_sees (shown->identity, item->duty->of, field))
    line->label = g_strdup_printf ("%s %" G_GINT64_FORMAT, item->duty->of->name,
                                   item->row_id);
  else
    line->label = hx_duty_item_label (shown->connection, item,
                                      HX_AUDIENCE_INSIDE, &reading->error);
  return line->label != NULL;
}

static char *
cursor_of (const Reading *reading, const gint64 *place)
{
  char texts[PLACE][24];
  const char *values[PLACE + 1] = { NULL };

  for (guint i = 0; i < PLACE; i++)
    {
      g_snprintf (texts[i], sizeof texts[i], "%" G_GINT64_FORMAT, place[i]);
      values[i] = texts[i];
    }
  return hx_cursor_new (reading->shown->call, values);
}

/* Items of one place are never parted, since the next page begins behind it. */
static gboolean
take_item (const HxDutyItem *item, gpointer data)
{
  Reading *reading = data;
  GPtrArray *lines = reading->list->lines;
  gint64 place[PLACE];
  gint64 last[PLACE];

  place_of (item, place);
  if (!is_asked (reading, item)
      || (reading->is_behind && compare_places (place, reading->behind) <= 0))
    return TRUE;
  if (lines->len < reading->limit)
    return keep (reading, item);
  place_of (&((HxDutyLine *)lines->pdata[lines->len - 1])->item, last);
  if (compare_places (place, last) == 0)
    return keep (reading, item);
  reading->list->next = cursor_of (reading, last);
  return FALSE;
}

static gboolean
read_cursor (Reading *reading, GError **error)
{
  const HxCall *call = reading->shown->call;
  const char *text = text_of (call, "cursor");
  g_auto (GStrv) values = NULL;

  if (text == NULL)
    return TRUE;
  values = hx_cursor_parse (call, text, error);
  if (values == NULL)
    return FALSE;
  if (g_strv_length (values) != PLACE)
    return hx_fail (error, HX_ERROR_USAGE, _ ("接续的位置不对"), "cursor",
                    _ ("请从第一页开始"));
  for (guint i = 0; i < PLACE; i++)
    reading->behind[i] = g_ascii_strtoll (values[i], NULL, 10);
  reading->is_behind = TRUE;
  return TRUE;
}

gboolean
hx_duty_list_read (HxShown *shown, guint limit, HxDutyList *list,
                   GError **error)
{
  Reading reading = { .shown = shown,
                      .list = list,
                      .state = text_of (shown->call, "state"),
                      .limit = limit };

  list->lines = g_ptr_array_new_with_free_func (line_free);
  if (!hx_duty_query_of (shown, &list->query, error)
      || !read_cursor (&reading, error))
    return FALSE;
  choose_days (shown->call, &list->query);
  if (!hx_duty_list (shown->connection, hx_call_catalogue (shown->call),
                     &list->query, take_item, &reading, error))
    return g_clear_error (&reading.error), FALSE;
  if (reading.error == NULL)
    return TRUE;
  g_propagate_error (error, reading.error);
  return FALSE;
}

/* ----------------------------------------------------------------- coverage */

GArray *
hx_duty_coverage_read (HxShown *shown, GError **error)
{
  HxDutyQuery query;
  GArray *lines;

  if (!hx_duty_query_of (shown, &query, error))
    return NULL;
  lines = hx_duty_coverage (shown->connection, hx_call_catalogue (shown->call),
                            hx_call_year (shown->call), &query, error);
  if (lines == NULL)
    return NULL;
  for (guint i = lines->len; i > 0; i--)
    if (!hx_identity_may (
            shown->identity, HX_ACT_READ,
            g_array_index (lines, HxDutyCoverage, i - 1).duty->of))
      g_array_remove_index (lines, i - 1);
  return lines;
}
