#include "plan/roll_internal.h"

static char *
row_key (const HxKind *kind, gint64 id)
{
  return g_strdup_printf ("%s:%" G_GINT64_FORMAT, kind->key, id);
}

void
hx_roll_remember (const HxRoller *roller, const HxKind *kind, gint64 from,
                  gint64 to)
{
  g_hash_table_insert (roller->moved, row_key (kind, from),
                       g_memdup2 (&to, sizeof to));
}

/* -------------------------------------------------------------------- values
 */

static gboolean
set_integer (const HxRoller *roller, HxRow *row, const HxField *field,
             gint64 number, HxFaults *faults, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return field == NULL
         || hx_row_set (roller->ledger, row, field, text, faults, error);
}

static gboolean
set_a_year_on (const HxRoller *roller, HxRow *row, const HxField *field,
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
follow (const HxRoller *roller, HxRow *row, const HxField *field,
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
goes_along (const HxRollPart *part, const HxField *field)
{
  return field->type != HX_FIELD_EVIDENCE && field != part->kind->until
         && field != part->dropped[0] && field != part->dropped[1];
}

static gboolean
copy_value (const HxRoller *roller, const HxRow *old, HxRow *row,
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

/* Until the year begins its baseline may be changed. */
static gboolean
adapt_milestone (const HxRoller *roller, const HxRow *old, HxRow *row,
                 HxFaults *faults, GError **error)
{
  g_autofree char *first = g_strdup_printf ("%04d-01-01", roller->year + 1);

  (void)old;
  return hx_row_set (roller->ledger, row, row->kind->since, first, faults,
                     error);
}

static gboolean
adapt_line (const HxRoller *roller, const HxRow *old, HxRow *row,
            HxFaults *faults, GError **error)
{
  (void)old;
  return set_integer (roller, row, roller->budget->line_amount, 0, faults,
                      error);
}

static gboolean
adapt_target (const HxRoller *roller, const HxRow *old, HxRow *row,
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

gboolean
hx_roll_make (const HxRoller *roller, const HxRollPart *part, const HxRow *old,
              HxRow *row, HxFaults *faults, GError **error)
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

static HxRollPart
part_goals (const HxPlanView *view)
{
  if (view->goal == NULL)
    return (HxRollPart){ .kind = NULL };
  return (HxRollPart){ .kind = view->goal,
                       .number = view->goal_number,
                       .name = view->goal_name,
                       .year = view->goal_year,
                       .rest = of_year (view->goal_year, view->goal_number) };
}

static HxRollPart
part_tasks (const HxPlanView *view)
{
  return (HxRollPart){ .kind = view->task,
                       .number = view->task_number,
                       .name = view->task_name,
                       .year = view->task_year,
                       .rest = of_year (view->task_year, view->task_number) };
}

static HxRollPart
part_milestones (const HxPlanView *view)
{
  return (HxRollPart){ .kind = view->milestone,
                       .number = view->milestone_number,
                       .name = view->milestone_name,
                       .parent = view->milestone_task,
                       .dropped
                       = { view->milestone_done_on, view->milestone_result },
                       .rest = of_tasks (view),
                       .adapt = adapt_milestone };
}

static HxRollPart
part_lines (const HxBudgetView *view)
{
  if (view == NULL)
    return (HxRollPart){ .kind = NULL };
  return (HxRollPart){ .kind = view->line,
                       .number = view->line_number,
                       .name = view->line_name,
                       .rest = of_day (view->line_number),
                       .adapt = adapt_line };
}

static HxRollPart
part_targets (const HxPlanView *view)
{
  if (view->target == NULL)
    return (HxRollPart){ .kind = NULL };
  return (HxRollPart){ .kind = view->target,
                       .number = view->target_number,
                       .name = view->target_name,
                       .year = view->target_year,
                       .late = view->target_base,
                       .rest = of_year (view->target_year, view->target_number),
                       .adapt = adapt_target };
}

/* The words of the report, to be gone over for the next one. */
static HxRollPart
part_texts (const HxPlanView *view)
{
  if (view->text == NULL)
    return (HxRollPart){ .kind = NULL };
  return (HxRollPart){ .kind = view->text,
                       .number = view->text_number,
                       .name = view->text_title != NULL ? view->text_title
                                                        : view->text_number,
                       .year = view->text_year,
                       .rest = of_year (view->text_year, view->text_number) };
}

void
hx_roll_parts (const HxRoller *roller, HxRollPart *parts)
{
  parts[0] = part_goals (roller->plan);
  parts[1] = part_tasks (roller->plan);
  parts[2] = part_milestones (roller->plan);
  parts[3] = part_lines (roller->budget);
  parts[4] = part_targets (roller->plan);
  parts[5] = part_texts (roller->plan);
}
