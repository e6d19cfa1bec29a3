/* Locked years: what a write meets when it comes to a row of one.
 *
 * The locks are few and are read when a ledger is made.  A row is of a year by
 * the field that plan.yaml calls its year, else by its day when it is a record
 * or a line of the budget.  Both what a row was and what it becomes count, so
 * that nothing is moved out of a locked year either. */
#include "ledger/lock_internal.h"

#include "catalogue/budget.h"
#include "catalogue/plan.h"

#include <jansson.h>

#define ACTION_ISSUE "issue"
#define KIND_EDITION "edition"

typedef struct
{
  int year;
  gint32 until; /* hx_date_number */
} Locked;

static const HxMigration migrations[] = {
  { 1, "CREATE TABLE locked_year (bureau_id INTEGER NOT NULL,"
       " year INTEGER NOT NULL, until TEXT NOT NULL,"
       " edition INTEGER NOT NULL, seq INTEGER NOT NULL,"
       " PRIMARY KEY (bureau_id, year)) $options" },
};

gboolean
hx_lock_migrate (HxConnection *connection, GError **error)
{
  return hx_migrate (connection, "lock", migrations, G_N_ELEMENTS (migrations),
                     error);
}

/* ------------------------------------------------------------------- locks */

GArray *
hx_locks_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (Locked));
}

static void
take_lock (HxStatement *statement, GArray *locks)
{
  HxDate until = { 0 };
  Locked lock = { .year = (int)hx_column_integer (statement, 0) };

  if (!hx_date_parse (hx_column_text (statement, 1), FALSE, &until, NULL))
    until = (HxDate){ lock.year, 12, 31 };
  lock.until = hx_date_number (until);
  g_array_append_val (locks, lock);
}

gboolean
hx_lock_open (HxLedger *ledger, GError **error)
{
  HxStatement *statement = hx_statement (
      ledger->connection,
      "SELECT year, until FROM locked_year WHERE bureau_id = ?1", NULL);
  HxStep step;

  if (statement == NULL)
    return hx_fail (error, HX_ERROR_STORE, _ ("数据库还没有跟上这个程序"),
                    "locked_year", _ ("先运行一次 hongxia init"));
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    take_lock (statement, ledger->locks);
  hx_statement_reset (statement);
  return step == HX_STEP_DONE;
}

static const HxField *
year_field (HxCatalogue *catalogue, const HxKind *kind)
{
  const HxPlanView *plan = hx_catalogue_plan (catalogue);

  if (plan == NULL)
    return NULL;
  const struct
  {
    const HxKind *kind;
    const HxField *year;
  } dated[] = {
    { plan->goal, plan->goal_year },     { plan->task, plan->task_year },
    { plan->target, plan->target_year }, { plan->problem, plan->problem_year },
    { plan->text, plan->text_year },     { plan->entry, plan->entry_year },
    { plan->review, plan->review_year },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (dated); i++)
    if (dated[i].kind == kind)
      return dated[i].year;
  return NULL;
}

/* By its day, as a number; 0: the row is of no year. */
static gint32
counted_day (HxCatalogue *catalogue, const HxRow *row)
{
  const HxField *year = year_field (catalogue, row->kind);
  const HxBudgetView *budget = hx_catalogue_budget (catalogue);

  if (year != NULL)
    return row->values[year->index].filled
               ? (gint32)row->values[year->index].integer * 10000
               : 0;
  if (row->kind->is_register && (budget == NULL || row->kind != budget->line))
    return 0;
  return hx_row_day (row);
}

static int
locked_year (const HxLedger *ledger, const HxRow *row)
{
  const gint32 day = row != NULL ? counted_day (ledger->catalogue, row) : 0;

  for (guint i = 0; day != 0 && i < ledger->locks->len; i++)
    {
      const Locked *lock = &g_array_index (ledger->locks, Locked, i);

      if (day / 10000 == lock->year && day <= lock->until)
        return lock->year;
    }
  return 0;
}

/* The year that stands against the write; 0: none does. */
static int
year_against (const HxLedger *ledger, const HxRow *before, const HxRow *after)
{
  int year;

  if (ledger->locks->len == 0 || ledger->correction != NULL)
    return 0;
  year = locked_year (ledger, after);
  return year != 0 ? year : locked_year (ledger, before);
}

gboolean
hx_row_is_locked (HxLedger *ledger, const HxRow *before, const HxRow *after,
                  HxFaults *faults)
{
  const int year = year_against (ledger, before, after);

  if (year != 0)
    hx_faults_take (
        faults, g_strdup_printf (_ ("%s: %d 年的报告已经出具，这一年的记录要以"
                                    "“出具后更正”登记，并写明理由"),
                                 after->kind->name, year));
  return year != 0;
}

/* Behind the values of the entry, whose text ends with a brace. */
static void
mark_correction (HxLedger *ledger)
{
  GString *after = ledger->after;

  g_string_truncate (after, after->len - 1);
  g_string_append (after, after->len > 1 ? ",\"@issued\":" : "\"@issued\":");
  hx_json_append_string (after, ledger->correction);
  g_string_append_c (after, '}');
}

gboolean
hx_lock_pass (HxLedger *ledger, const HxRow *before, const HxRow *after,
              GError **error)
{
  const int year = year_against (ledger, before, after);
  g_autofree char *what = NULL;

  if (year != 0)
    {
      what = g_strdup_printf (_ ("%d 年的报告已经出具，这一年的记录不能改动"),
                              year);
      return hx_fail (error, HX_ERROR_CONFLICT, what, after->kind->name,
                      _ ("确要更正的，以“出具后更正”登记，并写明理由"));
    }
  if (ledger->correction != NULL
      && (locked_year (ledger, after) != 0
          || locked_year (ledger, before) != 0))
    mark_correction (ledger);
  return TRUE;
}

gboolean
hx_ledger_correct (HxLedger *ledger, const char *reason, GError **error)
{
  g_autofree char *text = reason != NULL ? hx_text_trim (reason) : NULL;

  if (text != NULL && *text == '\0')
    return hx_fail (error, HX_ERROR_USAGE, _ ("出具后更正要写明理由"), NULL,
                    NULL);
  g_free (ledger->correction);
  ledger->correction = g_steal_pointer (&text);
  return TRUE;
}

/* ------------------------------------------------------------------ locking */

static gboolean
log_issue (HxLedger *ledger, const HxLock *lock, const char *until,
           GError **error)
{
  static char key[] = KIND_EDITION;
  const HxKind kind = { .key = key };
  const HxRow row = { .kind = &kind, .id = lock->edition, .definition = 1 };
  HxJson json;

  g_string_truncate (ledger->before, 0);
  g_string_truncate (ledger->after, 0);
  hx_json_init (&json, ledger->after, FALSE);
  hx_json_object_begin (&json);
  hx_json_member_integer (&json, "year", lock->year);
  hx_json_member (&json, "until", until);
  hx_json_member (&json, "digest", lock->digest);
  hx_json_object_end (&json);
  return hx_log_write (ledger, ACTION_ISSUE, &row, error);
}

static gboolean
keep_lock (HxLedger *ledger, const HxLock *lock, const char *until,
           GError **error)
{
  HxStatement *statement = hx_statement (
      ledger->connection,
      "INSERT INTO locked_year (bureau_id, year, until, edition, seq)"
      " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (bureau_id, year) DO UPDATE"
      " SET until = excluded.until, edition = excluded.edition,"
      " seq = excluded.seq",
      error);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, lock->year);
  hx_bind_text (statement, 3, until, -1);
  hx_bind_integer (statement, 4, lock->edition);
  hx_bind_integer (statement, 5, ledger->seq);
  return hx_step_done (statement, error);
}

gboolean
hx_ledger_lock (HxLedger *ledger, const HxLock *lock, GError **error)
{
  char until[HX_DATE_TEXT_SIZE];

  hx_date_format (lock->until, until);
  if (!log_issue (ledger, lock, until, error)
      || !keep_lock (ledger, lock, until, error))
    return FALSE;
  g_array_set_size (ledger->locks, 0);
  return hx_lock_open (ledger, error);
}

/* ------------------------------------------------------------------ reading */

gboolean
hx_lock_read (HxConnection *connection, int year, HxDate *until, GError **error)
{
  HxStatement *statement = hx_statement (
      connection,
      "SELECT until FROM locked_year WHERE bureau_id = ?1 AND year = ?2",
      error);
  HxStep step;

  *until = (HxDate){ 0 };
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, year);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW
      && !hx_date_parse (hx_column_text (statement, 0), FALSE, until, NULL))
    *until = (HxDate){ year, 12, 31 };
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

char *
hx_lock_digest (HxConnection *connection, gint64 edition, GError **error)
{
  HxStatement *statement = hx_statement (
      connection,
      "SELECT after FROM change_log WHERE bureau_id = ?1 AND kind = ?2"
      " AND row = ?3 AND action = ?4 ORDER BY seq DESC LIMIT 1",
      error);
  char *digest = NULL;

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, KIND_EDITION, -1);
  hx_bind_integer (statement, 3, edition);
  hx_bind_text (statement, 4, ACTION_ISSUE, -1);
  if (hx_step (statement, error) == HX_STEP_ROW)
    {
      json_t *after = json_loads (hx_column_text (statement, 0), 0, NULL);

      digest = g_strdup (json_string_value (json_object_get (after, "digest")));
      json_decref (after);
    }
  hx_statement_reset (statement);
  return digest;
}
