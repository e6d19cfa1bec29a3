#include "exchange/batch_json.h"

char *
hx_batch_row_name (HxConnection *connection, const HxKind *kind, gint64 id,
                   GError **error)
{
  const HxField *label = hx_kind_label_field (kind);
  g_autoptr (HxRow) row = hx_row_new (kind);
  if (id == 0)
    return g_strdup ("");
  if (label == NULL)
    return g_strdup_printf ("%" G_GINT64_FORMAT, id);
  if (!hx_row_load (connection, row, id, error))
    return NULL;
  char *name
      = hx_value_display (connection, row, label, HX_AUDIENCE_INSIDE, error);
  return name != NULL || *error != NULL ? name : g_strdup ("");
}

void
hx_batch_line_json (HxJson *json, const HxBatchLine *line, const char *hospital)
{
  char day[HX_DATE_TEXT_SIZE];

  hx_date_format (hx_date_from_number (line->day), day);
  hx_json_object_begin (json);
  hx_json_member (json, "number", line->number);
  hx_json_member (json, "day", day);
  hx_json_member (json, "hospital", *hospital != '\0' ? hospital : NULL);
  hx_json_member (json, "state", line->is_held ? "held" : "planned");
  hx_json_member_integer (json, "places", line->places);
  hx_json_member_integer (json, "planned", line->planned);
  hx_json_member_integer (json, "attended", line->attended);
  hx_json_member_integer (json, "absent", line->absent);
  hx_json_member_integer (json, "other", line->other);
  hx_json_object_end (json);
}

/* ---------------------------------------------------------------- a draft */

static void
line_free (gpointer data)
{
  HxBatchDraftLine *line = data;

  g_array_unref (line->rows);
  g_array_unref (line->units);
  g_array_unref (line->counts);
  g_ptr_array_unref (line->names);
  g_free (line->hospital);
  g_free (line->streets);
  g_free (line);
}

static HxBatchDraftLine *
line_new (const HxBatchDraft *draft, guint i)
{
  const HxBatchSlot *slot = &g_array_index (draft->slots, HxBatchSlot, i);
  HxBatchDraftLine *line = g_new0 (HxBatchDraftLine, 1);

  line->number = draft->numbers->pdata[i];
  line->day = slot->day;
  line->places = slot->places;
  line->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  line->units = g_array_new (FALSE, FALSE, sizeof (gint64));
  line->counts = g_array_new (FALSE, FALSE, sizeof (guint));
  line->names = g_ptr_array_new_with_free_func (g_free);
  return line;
}

static void
count_person (HxBatchDraftLine *line, const HxBatchPerson *person, gint64 row)
{
  const guint one = 1;

  g_array_append_val (line->rows, row);
  line->frail += person->is_frail;
  for (guint i = 0; i < line->units->len; i++)
    if (g_array_index (line->units, gint64, i) == person->street)
      {
        g_array_index (line->counts, guint, i)++;
        return;
      }
  g_array_append_val (line->units, person->street);
  g_array_append_val (line->counts, one);
}

static gboolean
name_streets (HxConnection *connection, const HxKind *unit,
              HxBatchDraftLine *line, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < line->units->len; i++)
    {
      const gint64 id = g_array_index (line->units, gint64, i);
      char *name = id == 0 || unit == NULL
                       ? g_strdup (_ ("未定"))
                       : hx_unit_name (connection, id, error);

      if (name == NULL)
        return FALSE;
      g_ptr_array_add (line->names, name);
      g_string_append_printf (text, "%s%s %u", i > 0 ? "、" : "", name,
                              g_array_index (line->counts, guint, i));
    }
  line->streets = g_strdup (text->str);
  return TRUE;
}

GPtrArray *
hx_batch_draft_lines (HxConnection *connection, const HxKind *unit,
                      const HxBatchDraft *draft, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);

  for (guint i = 0; i < draft->slots->len; i++)
    g_ptr_array_add (lines, line_new (draft, i));
  for (guint i = 0; i < draft->people->len; i++)
    count_person (lines->pdata[draft->batch_of[i]],
                  &g_array_index (draft->people, HxBatchPerson, i),
                  g_array_index (draft->ids, gint64, i));
  for (guint i = 0; i < lines->len; i++)
    {
      const HxBatchSlot *slot = &g_array_index (draft->slots, HxBatchSlot, i);
      HxBatchDraftLine *line = lines->pdata[i];

      line->hospital = hx_batch_row_name (
          connection, draft->plan->hospital->target, slot->hospital, error);
      if (line->hospital == NULL
          || !name_streets (connection, unit, line, error))
        return NULL;
    }
  return g_steal_pointer (&lines);
}

static void
draft_line_json (HxJson *json, const HxBatchDraftLine *line)
{
  char date[HX_DATE_TEXT_SIZE];

  hx_date_format (hx_date_from_number (line->day), date);
  hx_json_object_begin (json);
  hx_json_member (json, "number", line->number);
  hx_json_member (json, "day", date);
  hx_json_member (json, "hospital",
                  *line->hospital != '\0' ? line->hospital : NULL);
  hx_json_member_integer (json, "places", line->places);
  hx_json_member_integer (json, "people", line->rows->len);
  hx_json_member_integer (json, "frail", line->frail);
  hx_json_key (json, "rows");
  hx_json_array_begin (json);
  for (guint k = 0; k < line->rows->len; k++)
    hx_json_integer (json, g_array_index (line->rows, gint64, k));
  hx_json_array_end (json);
  hx_json_key (json, "streets");
  hx_json_array_begin (json);
  for (guint i = 0; i < line->names->len; i++)
    {
      hx_json_object_begin (json);
      hx_json_member (json, "name", line->names->pdata[i]);
      hx_json_member_integer (json, "people",
                              g_array_index (line->counts, guint, i));
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
  hx_json_object_end (json);
}

static void
counts_json (HxJson *json, const HxBatchDraft *draft, gboolean is_written)
{
  static const char *const names[HX_BATCH_STANDINGS]
      = { "free", "attended", "settled", "planned", "missed" };
  hx_json_member (json, "plan", draft->plan->key);
  hx_json_member_integer (json, "year", draft->year);
  hx_json_key (json, "written");
  hx_json_bool (json, is_written);
  hx_json_member_integer (json, "found", draft->asked);
  for (guint i = 0; i < HX_BATCH_STANDINGS; i++)
    hx_json_member_integer (json, names[i], draft->standing[i]);
  hx_json_member_integer (json, "elsewhere", draft->elsewhere);
  hx_json_member_integer (json, "people", draft->people->len);
  hx_json_member_integer (json, "frail", draft->frail);
  hx_json_member_integer (json, "couples", draft->couples);
}

void
hx_batch_draft_json (HxJson *json, const HxBatchDraft *draft,
                     const GPtrArray *lines, gboolean is_written)
{
  hx_json_object_begin (json);
  counts_json (json, draft, is_written);
  hx_json_key (json, "batches");
  hx_json_array_begin (json);
  for (guint i = 0; i < lines->len; i++)
    draft_line_json (json, lines->pdata[i]);
  hx_json_array_end (json);
  hx_json_object_end (json);
}
