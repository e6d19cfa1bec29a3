/* How far each duty is covered in a year, unit by unit. */
#include "duty/duty_internal.h"

static HxDutyCoverage *
line_of (GArray *lines, GHashTable *places, const HxDue *due)
{
  gpointer place;

  if (!g_hash_table_lookup_extended (places, &due->unit_id, NULL, &place))
    {
      HxDutyCoverage line = { .duty = due->duty, .unit_id = due->unit_id };

      place = GUINT_TO_POINTER (lines->len);
      g_hash_table_insert (places, g_memdup2 (&due->unit_id, sizeof (gint64)),
                           place);
      g_array_append_val (lines, line);
    }
  return &g_array_index (lines, HxDutyCoverage, GPOINTER_TO_UINT (place));
}

static int
by_unit (gconstpointer first, gconstpointer second)
{
  const HxDutyCoverage *a = first, *b = second;

  return (a->unit_id > b->unit_id) - (a->unit_id < b->unit_id);
}

static void
count (const GArray *dues, gint64 as_of, GArray *lines)
{
  g_autoptr (GHashTable) places
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (HxDutyCoverage));

  for (guint i = 0; i < dues->len; i++)
    {
      const HxDue *due = &g_array_index (dues, HxDue, i);
      const HxDutyState state = hx_due_state (due, as_of);
      HxDutyCoverage *line = line_of (own, places, due);

      line->due++;
      line->done += state == HX_DUTY_DONE;
      line->overdue += state == HX_DUTY_OVERDUE;
      line->open += state == HX_DUTY_OPEN || state == HX_DUTY_UPCOMING;
    }
  g_array_sort (own, by_unit);
  g_array_append_vals (lines, own->data, own->len);
}

GArray *
hx_duty_coverage (HxConnection *connection, HxCatalogue *catalogue, int year,
                  const HxDutyQuery *query, GError **error)
{
  HxDutyQuery whole = *query;
  g_autoptr (GPtrArray) duties = hx_gather_duties (catalogue, query, error);
  g_autoptr (GArray) dues = g_array_new (FALSE, FALSE, sizeof (HxDue));
  g_autoptr (GArray) lines
      = g_array_new (FALSE, FALSE, sizeof (HxDutyCoverage));

  whole.from = (HxDate){ (gint16)year, 1, 1 };
  whole.until = (HxDate){ (gint16)year, 12, 31 };
  whole.with_ended = TRUE;
  const HxGather gather = { .connection = connection,
                            .query = &whole,
                            .from = hx_date_days (whole.from),
                            .until = hx_date_days (whole.until),
                            .as_of = hx_date_days (whole.as_of) };
  for (guint i = 0; duties != NULL && i < duties->len; i++)
    {
      g_array_set_size (dues, 0);
      if (!hx_gather (&gather, duties->pdata[i], dues, error))
        return NULL;
      count (dues, gather.as_of, lines);
    }
  return duties == NULL ? NULL : g_steal_pointer (&lines);
}
