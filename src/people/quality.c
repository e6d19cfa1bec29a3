/* Counting: one pass over the rows, and for each its fields. */
#include "people/quality.h"
#include "ledger/selection.h"
#include "people/quality_internal.h"

#include <string.h>

#define WHOLE 100
#define SHARE_DECIMALS 2

typedef struct
{
  HxConnection *connection;
  const HxQualityQuery *query;
  HxQualityFunc function;
  gpointer data;
  HxReview *review;
  HxIdWalk *asked;     /* rows that hold the quality's `where` */
  GPtrArray *fulfil;   /* HxIdWalk of each field, NULL: no `where` */
  GArray *limits;      /* of each field: the oldest date that is fresh */
  GHashTable *by_unit; /* unit id: HxQualityCount of each field */
  HxVerified verified;
  gboolean stopped;
} Measure;

const char *
hx_quality_problem_key (HxQualityProblem problem)
{
  static const char *const keys[] = { "missing", "wrong", "stale" };

  return keys[problem];
}

gint64
hx_quality_share (gint64 part, gint64 whole)
{
  gint64 share = WHOLE * 100;

  if (whole != 0)
    hx_round_half_up (part * WHOLE, whole, SHARE_DECIMALS, &share);
  return share;
}

/* ------------------------------------------------------------------ set up */

/* The same day so many months before, or the last of a shorter month. */
static gint32
months_before (HxDate date, int months)
{
  int month = date.year * 12 + date.month - 1 - months;
  int year = month / 12;
  int last;

  if (month < 12)
    return 0;
  month = month % 12 + 1;
  last = hx_date_days_in_month (year, month);
  return hx_date_number (
      (HxDate){ (gint16)year, (gint8)month, (gint8)MIN (date.day, last) });
}

static void
free_walk (gpointer data)
{
  hx_id_walk_free (data);
}

static gboolean
open_fields (Measure *measure, GError **error)
{
  const HxQuality *quality = measure->query->quality;

  for (guint i = 0; i < quality->fields->len; i++)
    {
      const HxQualityField *field = quality->fields->pdata[i];
      gint32 limit = months_before (measure->query->as_of, field->months);
      HxIdWalk *walk = NULL;

      if (field->where->len > 0)
        {
          walk = hx_id_walk_new (measure->connection, quality->kind,
                                 field->where, error);
          if (walk == NULL)
            return FALSE;
        }
      g_ptr_array_add (measure->fulfil, walk);
      g_array_append_val (measure->limits, limit);
    }
  return TRUE;
}

/* ----------------------------------------------------------------- one row */

typedef struct
{
  const HxRow *row;
  const HxQualityField *field;
  guint index;
  HxQualityCount *count;
} Cell;

static gboolean
tell (Measure *measure, const Cell *cell, HxQualityProblem problem,
      const char *what)
{
  const HxQualityItem item
      = { cell->row, cell->field,          problem,
          what,      measure->verified.on, measure->verified.by };

  if (measure->function != NULL && !measure->function (&item, measure->data))
    measure->stopped = TRUE;
  return TRUE;
}

static const char *
judge (Measure *measure, const Cell *cell, GError **error)
{
  GError *failed = NULL;
  HxIdWalk *walk = measure->fulfil->pdata[cell->index];
  const char *what = hx_review_field (measure->review, cell->row,
                                      cell->field->field, &failed);

  if (failed != NULL)
    return g_propagate_error (error, failed), NULL;
  if (what == NULL && walk != NULL && !hx_id_walk_holds (walk, cell->row->id))
    what = _ ("不合目录对它的要求");
  return what;
}

static gboolean
is_known_bad (const Cell *cell)
{
  const HxField *note = cell->field->known_bad;

  return note != NULL && cell->row->values[note->index].filled;
}

static gboolean
is_fresh (const Measure *measure, const Cell *cell)
{
  if (cell->field->months == 0)
    return TRUE;
  return measure->verified.on.year != 0
         && hx_date_number (measure->verified.on)
                >= g_array_index (measure->limits, gint32, cell->index);
}

static gboolean
count_cell (Measure *measure, const Cell *cell, GError **error)
{
  GError *failed = NULL;
  const char *what;

  cell->count->rows++;
  if (!cell->row->values[cell->field->field->index].filled)
    return tell (measure, cell, HX_QUALITY_MISSING, NULL);
  what = judge (measure, cell, &failed);
  if (failed != NULL)
    return g_propagate_error (error, failed), FALSE;
  cell->count->filled++;
  if (what != NULL && is_known_bad (cell))
    {
      cell->count->known_bad++;
      return TRUE;
    }
  if (what != NULL)
    return tell (measure, cell, HX_QUALITY_WRONG, what);
  cell->count->valid++;
  if (!is_fresh (measure, cell))
    return tell (measure, cell, HX_QUALITY_STALE, NULL);
  cell->count->fresh++;
  return TRUE;
}

static HxQualityCount *
counts_of (Measure *measure, gint64 unit_id)
{
  HxQualityCount *counts = g_hash_table_lookup (measure->by_unit, &unit_id);

  if (counts != NULL)
    return counts;
  counts = g_new0 (HxQualityCount, measure->query->quality->fields->len + 1);
  g_hash_table_insert (measure->by_unit, g_memdup2 (&unit_id, sizeof unit_id),
                       counts);
  return counts;
}

static gboolean
count_row (const HxRow *row, gpointer data, GError **error)
{
  Measure *measure = data;
  const GPtrArray *fields = measure->query->quality->fields;
  HxQualityCount *counts;

  if (!hx_id_walk_holds (measure->asked, row->id))
    return TRUE;
  if (!hx_verified_find (measure->connection, measure->query->quality, row,
                         measure->query->as_of, &measure->verified, error))
    return FALSE;
  counts = counts_of (measure, row->unit_id);
  hx_review_begin (measure->review, row);
  for (guint i = 0; i < fields->len && !measure->stopped; i++)
    {
      const Cell cell = { row, fields->pdata[i], i, &counts[i] };

      if (measure->query->field != NULL
          && cell.field->field != measure->query->field)
        continue;
      if (!count_cell (measure, &cell, error))
        return FALSE;
    }
  return !measure->stopped;
}

/* ------------------------------------------------------------------- parts */

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const HxQualityPart *one = a, *other = b;

  if (one->unit_id != other->unit_id)
    return one->unit_id < other->unit_id ? -1 : 1;
  return one->field < other->field ? -1 : one->field > other->field;
}

static GArray *
parts_of (const Measure *measure)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (HxQualityPart));
  GHashTableIter iter;
  gpointer unit_id, value;

  g_hash_table_iter_init (&iter, measure->by_unit);
  while (g_hash_table_iter_next (&iter, &unit_id, &value))
    for (guint i = 0; i < measure->query->quality->fields->len; i++)
      {
        const HxQualityCount *counts = value;
        HxQualityPart part = { *(gint64 *)unit_id, i, counts[i] };

        if (part.count.rows > 0)
          g_array_append_val (parts, part);
      }
  g_array_sort (parts, compare_parts);
  return parts;
}

HxQualityCount
hx_quality_total (const GArray *parts, int field)
{
  HxQualityCount total = { 0 };

  for (guint i = 0; i < parts->len; i++)
    {
      const HxQualityPart *part = &g_array_index (parts, HxQualityPart, i);

      if (field >= 0 && part->field != (guint)field)
        continue;
      total.rows += part->count.rows;
      total.filled += part->count.filled;
      total.valid += part->count.valid;
      total.known_bad += part->count.known_bad;
      total.fresh += part->count.fresh;
    }
  return total;
}

static gboolean
run (Measure *measure, HxCatalogue *catalogue, GError **error)
{
  const HxQuality *quality = measure->query->quality;
  g_autoptr (HxSelection) selection
      = hx_selection_new (measure->connection, catalogue, quality->kind,
                          measure->query->terms, measure->query->as_of, error);
  g_autoptr (HxIdWalk) asked = NULL;
  g_autoptr (HxReview) review = NULL;

  if (selection == NULL)
    return FALSE;
  measure->asked = asked = hx_id_walk_new (measure->connection, quality->kind,
                                           quality->where, error);
  measure->review = review
      = hx_review_new (measure->connection, catalogue, quality->kind,
                       measure->query->as_of, error);
  return asked != NULL && review != NULL && open_fields (measure, error)
         && hx_selection_each (selection, count_row, measure, error);
}

GArray *
hx_quality_measure (HxConnection *connection, HxCatalogue *catalogue,
                    const HxQualityQuery *query, HxQualityFunc function,
                    gpointer data, GError **error)
{
  g_autoptr (GPtrArray) fulfil = g_ptr_array_new_with_free_func (free_walk);
  g_autoptr (GArray) limits = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_autoptr (GHashTable) by_unit
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  Measure measure = { .connection = connection,
                      .query = query,
                      .function = function,
                      .data = data,
                      .fulfil = fulfil,
                      .limits = limits,
                      .by_unit = by_unit };
  gboolean done = run (&measure, catalogue, error);

  hx_verified_clear (&measure.verified);
  return done ? parts_of (&measure) : NULL;
}
