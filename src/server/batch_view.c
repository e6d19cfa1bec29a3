#include "server/batch_view.h"

#include "server/page.h"

#include <string.h>

const HxBatchPlan *
hx_batch_plan_of (const HxCall *call, GError **error)
{
  HxCatalogue *catalogue = hx_call_catalogue (call);
  const GPtrArray *plans = hx_catalogue_batch_plans (catalogue);
  const char *key = hx_call_text (call, "plan");
  const HxBatchPlan *plan = NULL;

  if (key != NULL && *key != '\0')
    plan = hx_catalogue_batch_plan (catalogue, key);
  else if (plans->len > 0)
    plan = plans->pdata[0];
  if (plan != NULL
      && hx_identity_may (hx_call_identity (call), HX_ACT_READ, plan->people)
      && hx_identity_may (hx_call_identity (call), HX_ACT_READ,
                          plan->attendance))
    return plan;
  hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这种分批安排"), key, NULL);
  return NULL;
}

gboolean
hx_batch_may_plan (const HxShown *shown, const HxBatchPlan *plan)
{
  return shown->identity->units == NULL
         && hx_identity_has (shown->identity, HX_BATCH_PLANNERS)
         && hx_identity_may (shown->identity, HX_ACT_WRITE, plan->batch)
         && hx_identity_may (shown->identity, HX_ACT_WRITE, plan->attendance);
}

static gboolean
check_planner (const HxShown *shown, const HxBatchPlan *plan, GError **error)
{
  if (hx_batch_may_plan (shown, plan))
    return TRUE;
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("您不能安排批次"), plan->name,
                  _ ("由负责全局的经办人安排"));
}

/* -------------------------------------------------------------------- words */

char *
hx_batch_url (const HxBatchPlan *plan, const char *number, const char *more)
{
  GString *url = g_string_new ("/batches/");

  hx_url_append (url, plan->key);
  g_string_append_c (url, '/');
  hx_url_append (url, number);
  g_string_append (url, more);
  return g_string_free (url, FALSE);
}

char *
hx_batch_say_day (gint32 day)
{
  static const char *const names[]
      = { N_ ("周一"), N_ ("周二"), N_ ("周三"), N_ ("周四"),
          N_ ("周五"), N_ ("周六"), N_ ("周日") };
  const HxDate date = hx_date_from_number (day);
  const gint64 days = hx_date_days (date) + 3;
  g_autofree char *text = hx_say_date (date);

  return g_strconcat (text, " ", hx_text (names[((days % 7) + 7) % 7]), NULL);
}

/* ---------------------------------------------------------------- one batch */

void
hx_batch_page_clear (HxBatchPage *page)
{
  g_clear_pointer (&page->places, g_ptr_array_unref);
  g_clear_pointer (&page->seats, g_ptr_array_unref);
  g_clear_pointer (&page->lines, g_ptr_array_unref);
  g_clear_pointer (&page->hospital, g_free);
}

/* Numbers say their year: TJ2023-03. */
static int
year_of (const HxCall *call, const HxBatchPlan *plan, const char *number)
{
  const gsize before = strlen (plan->number);
  gint64 year = 0;

  if (g_str_has_prefix (number, plan->number))
    year = g_ascii_strtoll (number + before, NULL, 10);
  return year >= 1000 && year <= 9999 ? (int)year : hx_call_year (call);
}

gboolean
hx_batch_page_open (HxBatchPage *page, HxShown *shown, GError **error)
{
  const HxCall *call = shown->call;
  const char *number = hx_call_text (call, "number");

  page->plan = hx_batch_plan_of (call, error);
  if (page->plan == NULL)
    return FALSE;
  page->lines = hx_batch_lines (shown->connection, page->plan,
                                year_of (call, page->plan, number), error);
  if (page->lines != NULL)
    page->line = hx_batch_line_find (page->lines, number, error);
  if (page->line != NULL)
    page->seats
        = hx_batch_seats (shown->connection, page->plan, page->line->id, error);
  if (page->line == NULL || page->seats == NULL)
    return FALSE;
  page->places = g_ptr_array_new ();
  for (guint i = 0; i < page->seats->len; i++)
    if (hx_identity_reaches (shown->identity,
                             ((HxBatchSeat *)page->seats->pdata[i])->person))
      g_ptr_array_add (page->places, page->seats->pdata[i]);
  page->hospital
      = hx_batch_row_name (shown->connection, page->plan->hospital->target,
                           page->line->hospital, error);
  return page->hospital != NULL;
}

/* ----------------------------------------------------------------- planning */

void
hx_batch_planning_clear (HxBatchPlanning *planning)
{
  g_clear_pointer (&planning->lines, g_ptr_array_unref);
  g_clear_pointer (&planning->draft, hx_batch_draft_free);
  g_clear_pointer (&planning->hospitals, g_array_unref);
  g_clear_pointer (&planning->blocked, g_array_unref);
}

static gboolean
take_blocked (HxBatchPlanning *planning, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit_set (text != NULL ? text : "", ",; \n", -1);

  planning->blocked = g_array_new (FALSE, FALSE, sizeof (gint32));
  for (guint i = 0; parts[i] != NULL; i++)
    {
      HxDate date;
      gint32 day;

      if (*g_strstrip (parts[i]) == '\0')
        continue;
      if (!hx_date_parse (parts[i], FALSE, &date, error))
        return FALSE;
      day = hx_date_number (date);
      g_array_append_val (planning->blocked, day);
    }
  planning->request.blocked = planning->blocked;
  return TRUE;
}

static void
take_hospitals (HxBatchPlanning *planning, const HxCall *call)
{
  const char *const *ids = hx_call_texts (call, "hospital");

  planning->hospitals = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; ids[i] != NULL; i++)
    {
      const gint64 id = g_ascii_strtoll (ids[i], NULL, 10);

      g_array_append_val (planning->hospitals, id);
    }
  if (planning->hospitals->len > 0)
    planning->request.hospitals = planning->hospitals;
}

static gboolean
take_request (HxBatchPlanning *planning, const HxCall *call, GError **error)
{
  HxBatchRequest *request = &planning->request;

  request->plan = hx_batch_plan_of (call, error);
  request->from = hx_call_date (call, "from");
  request->until = hx_call_date (call, "to");
  request->batches = (guint)hx_call_integer (call, "batches");
  request->capacity = (guint)hx_call_integer (call, "capacity");
  request->for_missed = hx_call_bool (call, "missed");
  request->as_of = hx_call_today (call);
  if (hx_date_compare (request->from, request->as_of) < 0)
    request->as_of = request->from;
  planning->trial = hx_call_bool (call, "trial");
  take_hospitals (planning, call);
  return request->plan != NULL
         && take_blocked (planning, hx_call_text (call, "block"), error);
}

static gboolean
plan (HxLedger *ledger, gpointer data, GError **error)
{
  HxBatchPlanning *planning = data;
  HxConnection *connection = hx_ledger_connection (ledger);
  HxCatalogue *catalogue = hx_ledger_catalogue (ledger);

  planning->draft
      = hx_batch_draft (connection, catalogue, &planning->request, error);
  if (planning->draft == NULL
      || !hx_batch_draft_write (ledger, planning->draft, error))
    return FALSE;
  planning->lines
      = hx_batch_draft_lines (connection, hx_catalogue_kind (catalogue, "unit"),
                              planning->draft, error);
  if (planning->trial)
    hx_write_discard (connection);
  return planning->lines != NULL;
}

gboolean
hx_batch_planning_run (HxBatchPlanning *planning, HxShown *shown,
                       GError **error)
{
  return take_request (planning, shown->call, error)
         && check_planner (shown, planning->request.plan, error)
         && hx_call_write (shown->call, plan, planning, error);
}

/* --------------------------------------------------------------- attendance */

typedef struct
{
  const HxBatchPage *page;
  HxShown *shown;
  guint changed;
  HxFaults faults;
} Marking;

static gboolean
has_come (const HxCall *call, gint64 id)
{
  const char *const *came = hx_call_texts (call, "came");

  for (guint i = 0; came[i] != NULL; i++)
    if (g_ascii_strtoll (came[i], NULL, 10) == id)
      return TRUE;
  return FALSE;
}

static gboolean
stood (const Marking *marking, const HxRow *attendance, const HxCode *code)
{
  const HxField *result = marking->page->plan->result;

  return g_strcmp0 (attendance->values[result->index].text, code->code) == 0;
}

/* NULL: it stays as it is. */
static const HxCode *
result_of (const Marking *marking, const HxRow *attendance, const char *reason)
{
  const HxBatchPlan *plan = marking->page->plan;
  const HxCall *call = marking->shown->call;

  if (has_come (call, attendance->id))
    return plan->attended;
  if (hx_call_bool (call, "absent") || (reason != NULL && *reason != '\0'))
    return stood (marking, attendance, plan->planned)
                   || stood (marking, attendance, plan->attended)
                   || stood (marking, attendance, plan->absent)
               ? plan->absent
               : NULL;
  return stood (marking, attendance, plan->attended) ? plan->planned : NULL;
}

static gboolean
mark_seat (Marking *marking, HxBatchMarks *marks, const HxRow *attendance,
           GError **error)
{
  char key[24];
  const char *reason = NULL;
  const HxCode *result;
  HxBatchMarkOutcome outcome;

  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, attendance->id);
  reason = hx_call_value (marking->shown->call, key);
  result = result_of (marking, attendance, reason);
  if (result == NULL)
    return TRUE;
  const HxBatchMark mark
      = { .key = key,
          .person = "",
          .batch = "",
          .sign = "",
          .result = result->name,
          .reason = result == marking->page->plan->absent && reason != NULL
                        ? reason
                        : "" };
  if (!hx_batch_mark (marks, &mark, &outcome, &marking->faults, error))
    return FALSE;
  marking->changed += outcome == HX_BATCH_MARK_CHANGED;
  return TRUE;
}

static gboolean
mark (HxLedger *ledger, gpointer data, GError **error)
{
  Marking *marking = data;
  g_auto (HxBatchMarks) marks
      = { .ledger = ledger,
          .plan = marking->page->plan,
          .today = hx_call_today (marking->shown->call) };

  for (guint i = 0; i < marking->page->places->len; i++)
    if (!mark_seat (
            marking, &marks,
            ((HxBatchSeat *)marking->page->places->pdata[i])->attendance,
            error))
      return FALSE;
  if (marking->faults.faults->len > 0)
    hx_write_discard (hx_ledger_connection (ledger));
  return TRUE;
}

gboolean
hx_batch_mark_run (const HxBatchPage *page, HxShown *shown, guint *changed,
                   GError **error)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  Marking marking = { .page = page, .shown = shown, .faults = { faults } };

  if (!hx_identity_may (shown->identity, HX_ACT_WRITE, page->plan->attendance))
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("您不能登记到场"),
                    page->plan->attendance->name, NULL);
  if (!hx_call_write (shown->call, mark, &marking, error))
    return FALSE;
  for (guint i = 0; i < faults->len; i++)
    hx_call_add_fault (shown->call, NULL, faults->pdata[i]);
  *changed = marking.changed;
  return TRUE;
}

typedef struct
{
  const HxBatchPage *page;
  const char *reason;
} Cancelling;

static gboolean
cancel (HxLedger *ledger, gpointer data, GError **error)
{
  const Cancelling *cancelling = data;
  guint people = 0;

  return hx_batch_cancel (ledger, cancelling->page->plan,
                          cancelling->page->line->number, cancelling->reason,
                          &people, error);
}

gboolean
hx_batch_cancel_run (const HxBatchPage *page, HxShown *shown, GError **error)
{
  Cancelling cancelling = { page, hx_call_text (shown->call, "reason") };

  return check_planner (shown, page->plan, error)
         && hx_call_write (shown->call, cancel, &cancelling, error);
}
