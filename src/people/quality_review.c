/* One row against today's rules: each value is written as a user reads it and
 * taken by the ledger as if somebody had typed it. */
#include "ledger/selection.h"
#include "people/quality_internal.h"

#include <string.h>

struct _HxReview
{
  HxConnection *connection;
  const HxKind *kind;
  HxDate as_of;
  HxLedger *ledger;
  HxRow *typed;
  HxFaults cross; /* of the row at hand */
  GString *what;
};

HxReview *
hx_review_new (HxConnection *connection, HxCatalogue *catalogue,
               const HxKind *kind, HxDate as_of, GError **error)
{
  static const HxAuthor nobody = { "", NULL };
  g_autoptr (HxReview) review = g_new0 (HxReview, 1);

  review->connection = connection;
  review->kind = kind;
  review->as_of = as_of;
  review->typed = hx_row_new (kind);
  review->cross.faults = g_ptr_array_new_with_free_func (g_free);
  review->what = g_string_new (NULL);
  review->ledger = hx_ledger_new (connection, catalogue, &nobody, NULL, error);
  return review->ledger != NULL ? g_steal_pointer (&review) : NULL;
}

void
hx_review_free (HxReview *review)
{
  if (review == NULL)
    return;
  hx_ledger_free (review->ledger);
  hx_row_free (review->typed);
  g_ptr_array_unref (review->cross.faults);
  g_string_free (review->what, TRUE);
  g_free (review);
}

void
hx_review_begin (HxReview *review, const HxRow *row)
{
  HxRow *same = (HxRow *)(guintptr)row;

  g_ptr_array_set_size (review->cross.faults, 0);
  hx_row_cross_check (same, &review->cross);
}

/* A sentence of a fault begins with the name of its field. */
static const char *
reason_of (const char *sentence, const HxField *field)
{
  gsize size = strlen (field->name);

  if (!g_str_has_prefix (sentence, field->name)
      || !g_str_has_prefix (sentence + size, ": "))
    return NULL;
  return sentence + size + strlen (": ");
}

static const char *
crossed (const HxReview *review, const HxField *field)
{
  for (guint i = 0; i < review->cross.faults->len; i++)
    {
      const char *reason = reason_of (review->cross.faults->pdata[i], field);

      if (reason != NULL)
        return reason;
    }
  return NULL;
}

/* TRUE: the row is there and live. */
static gboolean
is_live (HxReview *review, const HxField *field, gint64 id, gboolean *live,
         GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT void FROM %s WHERE bureau_id = ?1 AND id = ?2",
                         field->target->table);
  HxStatement *statement = hx_statement (review->connection, sql, error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  step = hx_step (statement, error);
  *live = step == HX_STEP_ROW && hx_column_integer (statement, 0) == 0;
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

static const char *
reference (HxReview *review, const HxField *field, const HxValue *value,
           GError **error)
{
  gboolean live = FALSE;

  if (!is_live (review, field, value->integer, &live, error) || live)
    return NULL;
  return _ ("所指的一行不在，或已作废");
}

static const char *
typed_again (HxReview *review, const HxRow *row, const HxField *field,
             GError **error)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { sentences };
  g_autofree char *text = hx_value_display (review->connection, row, field,
                                            HX_AUDIENCE_TRUSTED, error);

  if (text == NULL)
    return NULL;
  hx_row_clear (review->typed);
  if (hx_row_set (review->ledger, review->typed, field, text, &faults, error)
      || sentences->len == 0)
    return NULL;
  g_string_assign (review->what, reason_of (sentences->pdata[0], field) != NULL
                                     ? reason_of (sentences->pdata[0], field)
                                     : sentences->pdata[0]);
  return review->what->str;
}

static gboolean
lies_ahead (const HxReview *review, const HxRow *row, const HxField *field)
{
  return field->type == HX_FIELD_DATE && field != row->kind->until
         && row->values[field->index].integer > hx_date_number (review->as_of);
}

const char *
hx_review_field (HxReview *review, const HxRow *row, const HxField *field,
                 GError **error)
{
  const HxValue *value = &row->values[field->index];
  GError *failed = NULL;
  const char *reason;

  if (field->type == HX_FIELD_REF)
    return reference (review, field, value, error);
  reason = typed_again (review, row, field, &failed);
  if (failed != NULL)
    return g_propagate_error (error, failed), NULL;
  if (reason == NULL && lies_ahead (review, row, field))
    reason = _ ("在今天之后");
  return reason != NULL ? reason : crossed (review, field);
}

/* ------------------------------------------------------------------- walks */

HxIdWalk *
hx_id_walk_new (HxConnection *connection, const HxKind *kind,
                const GPtrArray *where, GError **error)
{
  g_autoptr (HxWhere) conditions = hx_where_new (2);
  g_autoptr (HxStatement) statement = NULL;
  g_autoptr (HxIdWalk) walk = g_new0 (HxIdWalk, 1);
  g_autofree char *sql = NULL;
  HxStep step = HX_STEP_ERROR;

  walk->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  hx_where_conditions (conditions, "r", where);
  sql = g_strdup_printf ("SELECT r.id FROM %s r%s WHERE r.bureau_id = ?1"
                         " AND r.void = 0%s ORDER BY r.id",
                         kind->table, hx_where_joins (conditions)->str,
                         hx_where_text (conditions)->str);
  statement = hx_statement_new (connection, sql, error);
  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_where_bind (conditions, statement);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      gint64 id = hx_column_integer (statement, 0);

      g_array_append_val (walk->ids, id);
    }
  return step == HX_STEP_DONE ? g_steal_pointer (&walk) : NULL;
}

void
hx_id_walk_free (HxIdWalk *walk)
{
  if (walk == NULL)
    return;
  g_array_unref (walk->ids);
  g_free (walk);
}

gboolean
hx_id_walk_holds (HxIdWalk *walk, gint64 id)
{
  while (walk->next < walk->ids->len
         && g_array_index (walk->ids, gint64, walk->next) < id)
    walk->next++;
  return walk->next < walk->ids->len
         && g_array_index (walk->ids, gint64, walk->next) == id;
}

gboolean
hx_id_walk_has (const HxIdWalk *walk, gint64 id)
{
  return g_array_binary_search (walk->ids, &id, hx_compare_ids, NULL);
}

/* ---------------------------------------------------------------- verified */

void
hx_verified_clear (HxVerified *verified)
{
  g_clear_pointer (&verified->by, g_free);
  verified->on = (HxDate){ 0 };
}

static void
take (HxVerified *verified, HxDate on, const char *by)
{
  if (on.year == 0 || hx_date_compare (on, verified->on) <= 0)
    return;
  hx_verified_clear (verified);
  verified->on = on;
  verified->by = g_strdup (by);
}

static HxStatement *
open_records (HxConnection *connection, const HxQuality *quality,
              HxWhere *where, GError **error)
{
  const HxField *by = quality->surveyor;
  g_autofree char *sql = NULL;

  hx_where_conditions (where, "p", quality->record_where);
  sql = g_strdup_printf (
      "SELECT p.day, %s%s%s FROM %s p%s WHERE p.bureau_id = ?1"
      " AND p.\"%s\" = ?2 AND p.void = 0 AND p.day <= ?3%s"
      " ORDER BY p.day DESC, p.id DESC LIMIT 1",
      by != NULL ? "p.\"" : "NULL", by != NULL ? hx_field_column (by) : "",
      by != NULL ? "\"" : "", quality->record->table,
      hx_where_joins (where)->str, hx_field_column (quality->record_reference),
      hx_where_text (where)->str);
  return hx_statement (connection, sql, error);
}

static gboolean
take_record (HxConnection *connection, const HxQuality *quality, gint64 row_id,
             HxDate as_of, HxVerified *verified, GError **error)
{
  g_autoptr (HxWhere) where = hx_where_new (4);
  HxStatement *statement = open_records (connection, quality, where, error);
  char day[HX_DATE_TEXT_SIZE];
  HxDate on = { 0 };
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_date_format (as_of, day);
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, row_id);
  hx_bind_text (statement, 3, day, -1);
  hx_where_bind (where, statement);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW
      && hx_date_parse (hx_column_text (statement, 0), TRUE, &on, NULL))
    take (verified, on, hx_column_text (statement, 1));
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

gboolean
hx_verified_find (HxConnection *connection, const HxQuality *quality,
                  const HxRow *row, HxDate as_of, HxVerified *verified,
                  GError **error)
{
  const HxValue *date
      = quality->date != NULL ? &row->values[quality->date->index] : NULL;
  const HxValue *by
      = quality->by != NULL ? &row->values[quality->by->index] : NULL;

  hx_verified_clear (verified);
  if (date != NULL && date->filled && date->integer <= hx_date_number (as_of))
    take (verified, hx_date_from_number ((gint32)date->integer),
          by != NULL ? by->text : NULL);
  return quality->record == NULL
         || take_record (connection, quality, row->id, as_of, verified, error);
}
