#include "server/today.h"

static void
item_free (gpointer data)
{
  HxTodayItem *item = data;

  g_free (item->name);
  g_free (item->label);
  g_free (item->unit);
  g_free (item);
}

void
hx_today_duties_clear (gpointer data)
{
  HxTodayDuties *duties = data;

  g_clear_pointer (&duties->items, g_ptr_array_unref);
  g_clear_pointer (&duties->duties, g_array_unref);
  g_clear_pointer (&duties->catalogue, hx_catalogue_unref);
}

/* ------------------------------------------------------------------ counting
 */

typedef struct
{
  HxConnection *connection;
  HxTodayDuties *duties;
  gint64 as_of;
  GArray *picked;       /* Picked */
  GStringChunk *labels; /* of those */
} Reading;

/* What may be shown, until it is known which are. */
typedef struct
{
  HxDutyItem item;
  gint64 rank; /* the smaller the earlier */
} Picked;

#define RANK_OVERDUE G_GINT64_CONSTANT (1000000)
#define RANK_OPEN G_GINT64_CONSTANT (2000000)

/* The line of a duty; lines are few. */
static HxTodayDuty *
line_of (HxTodayDuties *duties, const HxDuty *duty)
{
  HxTodayDuty line = { .duty = duty };
  guint i = 0;

  while (i < duties->duties->len
         && g_array_index (duties->duties, HxTodayDuty, i).duty->index
                < duty->index)
    i++;
  if (i == duties->duties->len
      || g_array_index (duties->duties, HxTodayDuty, i).duty != duty)
    g_array_insert_val (duties->duties, i, line);
  return &g_array_index (duties->duties, HxTodayDuty, i);
}

static gboolean
count_item (const HxDutyItem *item, gpointer data)
{
  Reading *reading = data;
  HxTodayDuties *duties = reading->duties;
  gint64 left = hx_date_days (item->closes) - reading->as_of;
  Picked picked = { *item, 0 };
  HxTodayDuty *line;

  if (item->state == HX_DUTY_DONE || item->state == HX_DUTY_UPCOMING)
    return TRUE;
  line = line_of (duties, item->duty);
  if (item->state == HX_DUTY_OVERDUE)
    {
      line->overdue++;
      picked.rank = RANK_OVERDUE - left;
    }
  else
    {
      line->open++;
      line->week += left <= HX_TODAY_DAYS;
      picked.rank = left <= HX_TODAY_DAYS ? left : RANK_OPEN + left;
    }
  if (item->label != NULL)
    picked.item.label = g_string_chunk_insert (reading->labels, item->label);
  g_array_append_val (reading->picked, picked);
  return TRUE;
}

static int
by_rank (gconstpointer first, gconstpointer second)
{
  const Picked *a = first, *b = second;

  if (a->rank != b->rank)
    return a->rank < b->rank ? -1 : 1;
  if (a->item.row_id != b->item.row_id)
    return a->item.row_id < b->item.row_id ? -1 : 1;
  return (a->item.duty->index > b->item.duty->index)
         - (a->item.duty->index < b->item.duty->index);
}

static gboolean
keep_item (Reading *reading, const HxDutyItem *item, GError **error)
{
  HxTodayItem *kept = g_new0 (HxTodayItem, 1);
  const HxDutyProof *proof = item->duty->done_by->pdata[0];

  g_ptr_array_add (reading->duties->items, kept);
  kept->duty = item->duty;
  kept->done_by = proof->kind;
  kept->row_id = item->row_id;
  kept->due = item->due;
  kept->closes = item->closes;
  kept->state = item->state;
  kept->name = hx_duty_item_name (item);
  kept->label = hx_duty_item_label (reading->connection, item,
                                    HX_AUDIENCE_INSIDE, error);
  if (kept->label == NULL)
    return FALSE;
  kept->unit = hx_duty_unit_name (reading->connection, item->unit_id, error);
  return kept->unit != NULL;
}

static gboolean
keep_first (Reading *reading, GError **error)
{
  g_array_sort (reading->picked, by_rank);
  for (guint i = 0; i < MIN (reading->picked->len, HX_TODAY_ITEMS); i++)
    if (!keep_item (reading, &g_array_index (reading->picked, Picked, i).item,
                    error))
      return FALSE;
  return TRUE;
}

static gboolean
read_list (Reading *reading, HxCatalogue *catalogue, const HxTodayQuery *query,
           GError **error)
{
  HxDutyQuery asked = { .from = { (gint16)query->year, 1, 1 },
                        .until = { (gint16)query->year, 12, 31 },
                        .as_of = query->as_of,
                        .unit_id = query->unit_id };

  return hx_duty_list (reading->connection, catalogue, &asked, count_item,
                       reading, error)
         && keep_first (reading, error);
}

static gboolean
read_coverage (Reading *reading, HxCatalogue *catalogue,
               const HxTodayQuery *query, GError **error)
{
  HxDutyQuery asked = { .as_of = query->as_of, .unit_id = query->unit_id };
  g_autoptr (GArray) lines = hx_duty_coverage (reading->connection, catalogue,
                                               query->year, &asked, error);

  if (lines == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      const HxDutyCoverage *unit = &g_array_index (lines, HxDutyCoverage, i);
      HxTodayDuty *line = line_of (reading->duties, unit->duty);

      line->due += unit->due;
      line->done += unit->done;
    }
  return TRUE;
}

static void
add_up (HxTodayDuties *duties)
{
  for (guint i = 0; i < duties->duties->len; i++)
    {
      const HxTodayDuty *line = &g_array_index (duties->duties, HxTodayDuty, i);

      duties->due += line->due;
      duties->done += line->done;
      duties->open += line->open;
      duties->overdue += line->overdue;
      duties->week += line->week;
    }
}

static void
duties_release (HxTodayDuties *duties)
{
  g_atomic_rc_box_release_full (duties, hx_today_duties_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxTodayDuties, duties_release)

static HxTodayDuties *
read_duties (HxConnection *connection, HxCatalogue *catalogue,
             const HxTodayQuery *query, GError **error)
{
  g_autoptr (HxTodayDuties) duties = g_atomic_rc_box_new0 (HxTodayDuties);
  g_autoptr (GArray) picked = g_array_new (FALSE, FALSE, sizeof (Picked));
  g_autoptr (GStringChunk) labels = g_string_chunk_new (4096);
  Reading reading = { .connection = connection,
                      .labels = labels,
                      .duties = duties,
                      .as_of = hx_date_days (query->as_of),
                      .picked = picked };

  duties->catalogue = hx_catalogue_ref (catalogue);
  duties->items = g_ptr_array_new_with_free_func (item_free);
  duties->duties = g_array_new (FALSE, FALSE, sizeof (HxTodayDuty));
  if (!read_list (&reading, catalogue, query, error)
      || !read_coverage (&reading, catalogue, query, error))
    return NULL;
  add_up (duties);
  return g_steal_pointer (&duties);
}

/* Texts of items are in a language, so the language is of the key; a catalogue
 * that was replaced is not freed while an answer holds it, so its address is
 * no other's. */
static char *
key_of (const HxCatalogue *catalogue, const HxTodayQuery *query)
{
  return g_strdup_printf (
      "%p %d %d %d %" G_GINT64_FORMAT, (const void *)catalogue, query->year,
      hx_date_number (query->as_of), (int)hx_language_get (), query->unit_id);
}

HxTodayDuties *
hx_today_duties (HxConnection *connection, HxCatalogue *catalogue, HxMemo *memo,
                 const HxTodayQuery *query, GError **error)
{
  g_autofree char *key = key_of (catalogue, query);
  HxTodayDuties *duties;
  gint64 moment;

  if (memo == NULL)
    return read_duties (connection, catalogue, query, error);
  if (!hx_memo_moment (connection, &moment, error))
    return NULL;
  duties = hx_memo_take (memo, key, moment);
  if (duties != NULL)
    return duties;
  duties = read_duties (connection, catalogue, query, error);
  if (duties != NULL)
    hx_memo_put (memo, key, moment, duties);
  return duties;
}
