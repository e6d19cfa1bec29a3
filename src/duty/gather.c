/* The items of one duty: rows in order of id give due days, records find their
 * row among them by halving. */
#include "duty/duty_internal.h"

#define FEW_ROWS 500 /* asked for by name, so that the index is used */

/* One row of a duty, as hx_duty_rows gives it. */
typedef struct
{
  gint64 id, unit_id;
  gint64 since, until;
  const char *label;
} Row;

static gboolean
is_helped_after (const HxDuty *duty)
{
  return duty->rule == HX_WHEN_AFTER && duty->date == duty->of->until;
}

static gboolean
row_read (const HxGather *gather, const HxDuty *duty, HxStatement *statement,
          Row *row)
{
  const HxDate since = hx_occasion_date (hx_column_text (statement, 2));
  const HxDate until = hx_occasion_date (hx_column_text (statement, 3));

  row->id = hx_column_integer (statement, 0);
  row->unit_id = hx_column_integer (statement, 1);
  row->since = since.year == 0 ? G_MININT64 : hx_occasion_first (since);
  row->until = until.year == 0 || is_helped_after (duty)
                   ? G_MAXINT64
                   : hx_occasion_last (until);
  row->label = hx_column_text (statement, 4);
  return row->since <= gather->as_of
         && (gather->query->with_ended || row->until >= gather->as_of);
}

/* Once, or once for each step. */
static void
item_add (HxDue due, GArray *dues)
{
  const HxCodeList *each = due.duty->each;

  if (each == NULL)
    g_array_append_val (dues, due);
  for (guint i = 0; each != NULL && i < each->codes->len; i++)
    {
      due.step = i + 1;
      g_array_append_val (dues, due);
    }
}

static void
row_add (const HxGather *gather, const HxDuty *duty, const Row *row,
         const GArray *occasions, GArray *dues)
{
  HxDue due = { .duty = duty, .row_id = row->id, .unit_id = row->unit_id };

  for (guint i = 0; i < occasions->len; i++)
    {
      due.when = g_array_index (occasions, HxOccasion, i);
      if (due.when.due < row->since || due.when.due > row->until)
        continue;
      if (due.label == NULL && row->label != NULL && gather->labels != NULL)
        due.label = g_string_chunk_insert (gather->labels, row->label);
      item_add (due, dues);
    }
}

/* An event of another kind that lies ahead is not known yet; a date of the row
 * itself, such as a planned retirement, is. */
static gboolean
is_ahead (const HxGather *gather, const HxDuty *duty, HxDate date)
{
  return duty->event_reference != NULL && date.year != 0
         && hx_occasion_first (date) > gather->as_of;
}

/* By the row's own date. */
static void
row_occasions (const HxDuty *duty, HxDate date, HxStatement *statement,
               HxSpan *span)
{
  g_array_set_size (span->occasions, 0);
  if (hx_column_integer (statement, 6) == 0
      || !hx_occasions_lunar (duty, date, hx_column_text (statement, 7), span))
    hx_occasions_of (duty, date, span);
}

/* A duty begins with the first day, one after an event with the first event. */
static gint64
first_due (const HxDuty *duty)
{
  if (duty->begins.year == 0)
    return G_MININT64;
  return hx_date_days (duty->begins)
         + (duty->rule == HX_WHEN_AFTER ? duty->after : 0);
}

static gboolean
gather_rows (const HxGather *gather, const HxDuty *duty, GArray *dues,
             GError **error)
{
  g_autoptr (HxWhere) sql = hx_where_new (2);
  g_autoptr (HxStatement) statement
      = hx_duty_rows (sql, gather->connection, duty, gather->query, error);
  g_autoptr (GArray) occasions
      = g_array_new (FALSE, FALSE, sizeof (HxOccasion));
  HxSpan span
      = { MAX (gather->from, first_due (duty)), gather->until, occasions };
  const gboolean is_common = hx_occasion_is_common (duty);
  HxStep step = HX_STEP_ERROR;
  Row row;

  if (is_common)
    hx_occasions_common (duty, &span);
  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const HxDate date = hx_occasion_date (hx_column_text (statement, 5));

      if (!row_read (gather, duty, statement, &row)
          || is_ahead (gather, duty, date))
        continue;
      if (!is_common)
        row_occasions (duty, date, statement, &span);
      row_add (gather, duty, &row, occasions, dues);
    }
  return step == HX_STEP_DONE;
}

/* ----------------------------------------------------------------- proofs */

/* The first item of a row, or the end. */
static guint
find (const GArray *dues, guint begin, gint64 row_id)
{
  guint end = dues->len;

  while (begin < end)
    {
      const guint middle = begin + (end - begin) / 2;

      if (g_array_index (dues, HxDue, middle).row_id < row_id)
        begin = middle + 1;
      else
        end = middle;
    }
  return begin;
}

/* The earliest record shows it, and of one day the one that was first. */
static void
prove (HxDue *due, guint proof, gint64 id, gint64 day)
{
  if (day < due->when.opens || day > due->when.closes)
    return;
  if (due->proof != 0 && due->done_on < day)
    return;
  if (due->proof != 0 && due->done_on == day
      && (due->proof < proof || due->done_id < id))
    return;
  due->proof = proof;
  due->done_id = id;
  due->done_on = day;
}

typedef struct
{
  GArray *dues;
  guint begin; /* where this duty's begin */
} Found;

/* The step that a record shows: its number from 1, 0 for none. */
static guint
step_shown (const HxDutyProof *proof, const HxCodeList *each, const char *text)
{
  for (guint i = 0; each != NULL && i < each->codes->len; i++)
    if (proof->code == each->codes->pdata[i]
        || (proof->step != NULL
            && g_strcmp0 (text, ((HxCode *)each->codes->pdata[i])->code) == 0))
      return i + 1;
  return 0;
}

static gboolean
gather_proof (const HxGather *gather, const Found *found, guint number,
              const HxProofSpan *span, GError **error)
{
  const HxDuty *duty = g_array_index (found->dues, HxDue, found->begin).duty;
  const HxDutyProof *proof = duty->done_by->pdata[number - 1];
  g_autoptr (HxWhere) sql = hx_where_new (2);
  g_autoptr (HxStatement) statement
      = hx_duty_proofs (sql, gather->connection, proof, span, error);
  HxStep step = HX_STEP_ERROR;

  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const gint64 row_id = hx_column_integer (statement, 0);
      const gint64 id = hx_column_integer (statement, 1);
      const gint64 day = hx_occasion_first (
          hx_occasion_date (hx_column_text (statement, 2)));
      const guint shown
          = step_shown (proof, duty->each, hx_column_text (statement, 3));

      for (guint i = find (found->dues, found->begin, row_id);
           i < found->dues->len; i++)
        {
          HxDue *due = &g_array_index (found->dues, HxDue, i);

          if (due->row_id != row_id)
            break;
          if (due->step == shown)
            prove (due, number, id, day);
        }
    }
  return step == HX_STEP_DONE;
}

static void
span_of (const HxGather *gather, const Found *found, GArray *rows,
         HxProofSpan *span)
{
  gint64 last_id = 0;

  *span = (HxProofSpan){ G_MAXINT64, G_MININT64, rows };
  for (guint i = found->begin; i < found->dues->len; i++)
    {
      const HxDue *due = &g_array_index (found->dues, HxDue, i);

      span->first = MIN (span->first, due->when.opens);
      span->last = MAX (span->last, due->when.closes);
      if (due->row_id != last_id && rows->len <= FEW_ROWS)
        g_array_append_val (rows, due->row_id);
      last_id = due->row_id;
    }
  span->last = MIN (span->last, gather->as_of);
  if (rows->len > FEW_ROWS)
    span->rows = NULL;
}

gboolean
hx_gather (const HxGather *gather, const HxDuty *duty, GArray *dues,
           GError **error)
{
  const Found found = { dues, dues->len };
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  HxProofSpan span;

  if (!gather_rows (gather, duty, dues, error))
    return FALSE;
  if (dues->len == found.begin)
    return TRUE;
  span_of (gather, &found, rows, &span);
  for (guint i = 0; span.first <= span.last && i < duty->done_by->len; i++)
    if (!gather_proof (gather, &found, i + 1, &span, error))
      return FALSE;
  return TRUE;
}

HxDutyState
hx_due_state (const HxDue *due, gint64 as_of)
{
  if (due->proof != 0)
    return HX_DUTY_DONE;
  if (due->when.closes < as_of)
    return HX_DUTY_OVERDUE;
  return due->when.opens > as_of ? HX_DUTY_UPCOMING : HX_DUTY_OPEN;
}

static gboolean
is_wanted (const HxDuty *duty, const HxDutyQuery *query)
{
  return (query->duty == NULL || g_str_equal (query->duty, duty->key))
         && (query->of == NULL || query->of == duty->of)
         && (query->by == NULL
             || (duty->by != NULL && g_str_equal (query->by, duty->by->code)));
}

GPtrArray *
hx_gather_duties (HxCatalogue *catalogue, const HxDutyQuery *query,
                  GError **error)
{
  const GPtrArray *all = hx_catalogue_duties (catalogue);
  GPtrArray *wanted = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if (is_wanted (all->pdata[i], query))
      g_ptr_array_add (wanted, all->pdata[i]);
  if (query->duty == NULL || hx_catalogue_duty (catalogue, query->duty) != NULL)
    return wanted;
  g_ptr_array_unref (wanted);
  hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这个应办事项"), query->duty,
           _ ("请核对应办事项的代号"));
  return NULL;
}
