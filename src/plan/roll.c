/* A year's rows are read whole, kind by kind, before the first is written:
 * what is added never is among what is taken along.  Kinds come in the order in
 * which they refer to each other, so that a reference always finds the row of
 * the next year. */
#include "plan/roll.h"
#include "budget/budget.h"
#include "plan/living.h"
#include "plan/target.h"

#include <string.h>

#define SUFFIX_MAX 1000

typedef struct
{
  HxLedger *ledger;
  const HxPlanView *plan;
  const HxBudgetView *budget; /* or NULL */
  int year;
  HxRoll *roll;
  GHashTable *moved;   /* "kind:id" of this year: gint64 of the next, 0: none */
  GHashTable *taken;   /* "kind:number" given in this run */
  GHashTable *actuals; /* id of a target: HxTarget */
} Roller;

typedef struct _Part
{
  const HxKind *kind; /* NULL: the catalogue has none */
  const HxField *number, *name;
  const HxField *year;       /* NULL: it is told otherwise */
  const HxField *parent;     /* a row without it does not go along, or NULL */
  const HxField *dropped[2]; /* say how it went; or NULL */
  char *rest;                /* of the query; ?2 is the year */
  gboolean (*adapt) (const Roller *roller, const HxRow *old, HxRow *row,
                     HxFaults *faults, GError **error);
} Part;

static void
rolled_free (gpointer data)
{
  HxRolled *rolled = data;

  g_free (rolled->from);
  g_free (rolled->number);
  g_free (rolled->name);
  g_free (rolled);
}

void
hx_roll_clear (HxRoll *roll)
{
  g_clear_pointer (&roll->rows, g_ptr_array_unref);
}

/* ------------------------------------------------------------------- numbers
 */

static char *
next_number (const char *number, int year, guint attempt)
{
  g_autofree char *digits = g_strdup_printf ("%04d", year);
  g_autofree char *next = g_strdup_printf ("%04d", year + 1);
  const char *found = strstr (number, digits);
  g_autofree char *plain
      = found == NULL ? g_strdup_printf ("%s-%s", number, next)
                      : g_strdup_printf ("%.*s%s%s", (int)(found - number),
                                         number, next, found + strlen (digits));

  return attempt < 2 ? g_steal_pointer (&plain)
                     : g_strdup_printf ("%s-%u", plain, attempt);
}

static char *
place_key (const HxKind *kind, const char *what)
{
  return g_strdup_printf ("%s:%s", kind->key, what);
}

static char *
row_key (const HxKind *kind, gint64 id)
{
  return g_strdup_printf ("%s:%" G_GINT64_FORMAT, kind->key, id);
}

static void
remember (const Roller *roller, const HxKind *kind, gint64 from, gint64 to)
{
  g_hash_table_insert (roller->moved, row_key (kind, from),
                       g_memdup2 (&to, sizeof to));
}

/* -------------------------------------------------------------------- values
 */

static gboolean
set_integer (const Roller *roller, HxRow *row, const HxField *field,
             gint64 number, HxFaults *faults, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return field == NULL
         || hx_row_set (roller->ledger, row, field, text, faults, error);
}

static gboolean
set_a_year_on (const Roller *roller, HxRow *row, const HxField *field,
               const HxValue *old, HxFaults *faults, GError **error)
{
  HxDate date = hx_date_from_number ((gint32)old->integer);
  char text[HX_DATE_TEXT_SIZE];

  date.year++;
  if (date.month == 2 && date.day == 29)
    date.day = 28;
  hx_date_format (date, text);
  return hx_row_set (roller->ledger, row, field, text, faults, error);
}

/* What refers to a row of this year refers to that of the next, or to nothing
 * when that does not go along; other rows are of no year. */
static void
follow (const Roller *roller, HxRow *row, const HxField *field,
        const HxValue *old)
{
  g_autofree char *key = row_key (field->target, old->integer);
  const gint64 *moved = g_hash_table_lookup (roller->moved, key);
  HxValue *value = &row->values[field->index];

  *value = *old;
  if (moved == NULL)
    return;
  value->integer = *moved;
  value->filled = *moved != 0;
}

static gboolean
goes_along (const Part *part, const HxField *field)
{
  return field->type != HX_FIELD_EVIDENCE && field != part->kind->until
         && field != part->dropped[0] && field != part->dropped[1];
}

static gboolean
copy_value (const Roller *roller, const HxRow *old, HxRow *row,
            const HxField *field, HxFaults *faults, GError **error)
{
  const HxValue *value = &old->values[field->index];

  if (field->type == HX_FIELD_DATE)
    return set_a_year_on (roller, row, field, value, faults, error);
  if (field->type == HX_FIELD_REF)
    return follow (roller, row, field, value), TRUE;
  row->values[field->index] = *value;
  row->values[field->index].sealed = NULL;
  return TRUE;
}

/* FALSE: the store failed, or `faults` says what is wrong. */
static gboolean
make_row (const Roller *roller, const Part *part, const HxRow *old, HxRow *row,
          HxFaults *faults, GError **error)
{
  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = row->kind->fields->pdata[i];

      if (old->values[i].filled && goes_along (part, field)
          && !copy_value (roller, old, row, field, faults, error))
        return FALSE;
    }
  if (part->year != NULL
      && !set_integer (roller, row, part->year, roller->year + 1, faults,
                       error))
    return FALSE;
  return part->adapt == NULL || part->adapt (roller, old, row, faults, error);
}

/* Until the year begins its baseline may be changed. */
static gboolean
adapt_milestone (const Roller *roller, const HxRow *old, HxRow *row,
                 HxFaults *faults, GError **error)
{
  g_autofree char *first = g_strdup_printf ("%04d-01-01", roller->year + 1);

  (void)old;
  return hx_row_set (roller->ledger, row, row->kind->since, first, faults,
                     error);
}

static gboolean
adapt_line (const Roller *roller, const HxRow *old, HxRow *row,
            HxFaults *faults, GError **error)
{
  (void)old;
  return set_integer (roller, row, roller->budget->line_amount, 0, faults,
                      error);
}

static gboolean
adapt_target (const Roller *roller, const HxRow *old, HxRow *row,
              HxFaults *faults, GError **error)
{
  const HxField *field = roller->plan->target_base;
  const HxTarget *target = g_hash_table_lookup (roller->actuals, &old->id);
  g_autofree char *text = NULL;
  HxDecimal base = { 0 };

  if (field == NULL)
    return TRUE;
  row->values[field->index] = (HxValue){ 0 };
  base.scale = field->decimals;
  if (target == NULL || !target->has_actual
      || !hx_round_half_up (target->actual.numerator,
                            target->actual.denominator, base.scale,
                            &base.units))
    return TRUE;
  text = hx_decimal_format (base);
  return hx_row_set (roller->ledger, row, field, text, faults, error);
}

/* ---------------------------------------------------------------- next year */

/* Whether a stored row of the number is one of the next year. */
static gboolean
is_of_next_year (const Roller *roller, const Part *part, const HxRow *row,
                 const HxRow *stored)
{
  if (part->year != NULL)
    return stored->values[part->year->index].integer == roller->year + 1;
  if (part->parent != NULL)
    return stored->values[part->parent->index].integer
           == row->values[part->parent->index].integer;
  return hx_row_day (stored) / 10000 == roller->year + 1;
}

/* Gives the row its number.  row->id is 0 when it is to be added, else that of
 * the row that is there; *is_void when that is void. */
static gboolean
find_number (const Roller *roller, const Part *part, HxRow *row,
             gboolean *is_void, HxFaults *faults, GError **error)
{
  g_autoptr (HxRow) stored = hx_row_new (part->kind);
  g_autofree char *number = hx_living_text (row, part->number);

  for (guint attempt = 1; attempt <= SUFFIX_MAX; attempt++)
    {
      g_autofree char *next = next_number (number, roller->year, attempt);
      g_autofree char *key = place_key (part->kind, next);

      if (g_hash_table_contains (roller->taken, key))
        continue;
      if (!hx_row_set (roller->ledger, row, part->number, next, faults, error))
        return FALSE;
      row->id = 0;
      if (!hx_ledger_find (roller->ledger, row, error))
        return FALSE;
      if (row->id != 0
          && !hx_row_load (hx_ledger_connection (roller->ledger), stored,
                           row->id, error))
        return FALSE;
      if (row->id != 0 && !is_of_next_year (roller, part, row, stored))
        continue;
      *is_void = row->id != 0 && stored->is_void;
      g_hash_table_add (roller->taken, g_steal_pointer (&key));
      return TRUE;
    }
  return hx_fail (error, HX_ERROR_LIMIT, _ ("找不到没用过的编号"), number,
                  _ ("给今年的这一行换一个编号"));
}

static void
note (const Roller *roller, const Part *part, const HxRow *old,
      const HxRow *row, HxRolledState state)
{
  HxRoll *roll = roller->roll;
  guint *const counts[] = { &roll->added, &roll->present, &roll->left_out };
  HxRolled *rolled = g_new0 (HxRolled, 1);

  rolled->kind = part->kind;
  rolled->from_id = old->id;
  rolled->id = state == HX_ROLLED_LEFT_OUT ? 0 : row->id;
  rolled->from = hx_living_text (old, part->number);
  rolled->number = hx_living_text (row, part->number);
  rolled->name = hx_living_text (old, part->name);
  rolled->state = state;
  g_ptr_array_add (roll->rows, rolled);
  ++*counts[state];
  remember (roller, part->kind, old->id, rolled->id);
}

static gboolean
fail_with (const HxFaults *faults, const Part *part, const HxRow *old,
           GError **error)
{
  g_autofree char *number = hx_living_text (old, part->number);
  g_autofree char *where = g_strdup_printf ("%s %s", part->kind->name, number);

  return hx_fail (error, HX_ERROR_DATA, faults->faults->pdata[0], where,
                  _ ("改正今年的这一行再结转"));
}

static gboolean
add_row (const Roller *roller, const Part *part, const HxRow *old, HxRow *row,
         GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { list };
  HxPutOutcome outcome = HX_PUT_REFUSED;

  if (!hx_row_check (roller->ledger, row, NULL, &faults, error))
    return list->len > 0 && (error == NULL || *error == NULL)
               ? fail_with (&faults, part, old, error)
               : FALSE;
  if (!hx_ledger_put (roller->ledger, row, NULL, &outcome, &faults, error))
    return FALSE;
  if (list->len > 0)
    return fail_with (&faults, part, old, error);
  note (roller, part, old, row, HX_ROLLED_ADDED);
  return TRUE;
}

static gboolean
has_parent (const Part *part, const HxRow *row)
{
  return part->parent == NULL || row->values[part->parent->index].filled;
}

static gboolean
roll_row (const Roller *roller, const Part *part, const HxRow *old,
          GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (part->kind);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { list };
  gboolean is_void = FALSE;

  if (!make_row (roller, part, old, row, &faults, error))
    return list->len > 0 ? fail_with (&faults, part, old, error) : FALSE;
  if (!has_parent (part, row))
    return note (roller, part, old, row, HX_ROLLED_LEFT_OUT), TRUE;
  if (!find_number (roller, part, row, &is_void, &faults, error))
    return list->len > 0 ? fail_with (&faults, part, old, error) : FALSE;
  if (row->id == 0)
    return add_row (roller, part, old, row, error);
  note (roller, part, old, row,
        is_void ? HX_ROLLED_LEFT_OUT : HX_ROLLED_PRESENT);
  return TRUE;
}

/* --------------------------------------------------------------------- parts
 */

static char *
of_year (const HxField *year, const HxField *number)
{
  return g_strdup_printf ("\"%s\" = ?2 ORDER BY \"%s\", id",
                          hx_field_column (year), hx_field_column (number));
}

static char *
of_tasks (const HxPlanView *view)
{
  return g_strdup_printf (
      "\"%s\" IN (SELECT id FROM %s WHERE bureau_id = ?1 AND void = 0"
      " AND \"%s\" = ?2) ORDER BY \"%s\", id",
      hx_field_column (view->milestone_task), view->task->table,
      hx_field_column (view->task_year),
      hx_field_column (view->milestone_number));
}

static char *
of_day (const HxField *number)
{
  return g_strdup_printf ("substr(day, 1, 4) = CAST (?2 AS TEXT)"
                          " ORDER BY \"%s\", id",
                          hx_field_column (number));
}

static gboolean
roll_part (const Roller *roller, const Part *part, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (part->kind == NULL)
    return TRUE;
  rows = hx_living_rows (hx_ledger_connection (roller->ledger), part->kind,
                         part->rest, roller->year, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!roll_row (roller, part, rows->pdata[i], error))
      return FALSE;
  return TRUE;
}

static Part
part_goals (const HxPlanView *view)
{
  if (view->goal == NULL)
    return (Part){ .kind = NULL };
  return (Part){ .kind = view->goal,
                 .number = view->goal_number,
                 .name = view->goal_name,
                 .year = view->goal_year,
                 .rest = of_year (view->goal_year, view->goal_number) };
}

static Part
part_tasks (const HxPlanView *view)
{
  return (Part){ .kind = view->task,
                 .number = view->task_number,
                 .name = view->task_name,
                 .year = view->task_year,
                 .rest = of_year (view->task_year, view->task_number) };
}

static Part
part_milestones (const HxPlanView *view)
{
  return (Part){ .kind = view->milestone,
                 .number = view->milestone_number,
                 .name = view->milestone_name,
                 .parent = view->milestone_task,
                 .dropped = { view->milestone_done_on, view->milestone_result },
                 .rest = of_tasks (view),
                 .adapt = adapt_milestone };
}

static Part
part_lines (const HxBudgetView *view)
{
  if (view == NULL)
    return (Part){ .kind = NULL };
  return (Part){ .kind = view->line,
                 .number = view->line_number,
                 .name = view->line_name,
                 .rest = of_day (view->line_number),
                 .adapt = adapt_line };
}

static Part
part_targets (const HxPlanView *view)
{
  if (view->target == NULL)
    return (Part){ .kind = NULL };
  return (Part){ .kind = view->target,
                 .number = view->target_number,
                 .name = view->target_name,
                 .year = view->target_year,
                 .rest = of_year (view->target_year, view->target_number),
                 .adapt = adapt_target };
}

static gboolean
roll_parts (const Roller *roller, GError **error)
{
  Part parts[] = { part_goals (roller->plan), part_tasks (roller->plan),
                   part_milestones (roller->plan), part_lines (roller->budget),
                   part_targets (roller->plan) };
  gboolean done = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      done = done && roll_part (roller, &parts[i], error);
      g_free (parts[i].rest);
    }
  return done;
}

/* ---------------------------------------------------------------------- roll
 */

/* Borrows the targets of the array. */
static void
know_actuals (const Roller *roller, const GPtrArray *targets)
{
  for (guint i = 0; i < targets->len; i++)
    {
      HxTarget *target = targets->pdata[i];

      g_hash_table_insert (roller->actuals, &target->id, target);
    }
}

static gboolean
roll_all (Roller *roller, HxDate today, GError **error)
{
  const HxDate last = { (gint16)roller->year, 12, 31 };
  HxRoll *roll = roller->roll;
  g_autoptr (GPtrArray) targets = NULL;

  roll->has_actuals = hx_date_compare (today, last) > 0;
  if (roll->has_actuals)
    {
      targets = hx_targets_read (hx_ledger_connection (roller->ledger),
                                 hx_ledger_catalogue (roller->ledger),
                                 roller->year, (HxDate){ 0 }, error);
      if (targets == NULL)
        return FALSE;
      know_actuals (roller, targets);
    }
  if (!roll_parts (roller, error))
    return FALSE;
  if (roll->rows->len > 0)
    return TRUE;
  return hx_fail (error, HX_ERROR_NOT_FOUND,
                  _ ("这一年没有可以结转的计划和预算"), NULL,
                  _ ("先登记这一年的目标、任务、节点、预算和指标"));
}

gboolean
hx_plan_roll (HxLedger *ledger, int year, HxDate today, HxRoll *roll,
              GError **error)
{
  HxCatalogue *catalogue = hx_ledger_catalogue (ledger);
  g_autoptr (GHashTable) moved
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) taken
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) actuals
      = g_hash_table_new (g_int64_hash, g_int64_equal);
  Roller roller = { ledger,
                    hx_catalogue_plan (catalogue),
                    hx_catalogue_budget (catalogue),
                    year,
                    roll,
                    moved,
                    taken,
                    actuals };

  if (roller.plan == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("目录没有写明年度计划"),
                    "plan.yaml", _ ("在目录里写 plan.yaml 再 init"));
  roll->rows = g_ptr_array_new_with_free_func (rolled_free);
  return roll_all (&roller, today, error);
}
