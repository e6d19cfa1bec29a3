/* A year's rows are read whole, kind by kind, before the first is written:
 * what is added never is among what is taken along.  Kinds come in the order in
 * which they refer to each other, so that a reference always finds the row of
 * the next year. */
#include "plan/roll_internal.h"

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

/* ---------------------------------------------------------------------- rows
 */

static void
note (const HxRoller *roller, const HxRollPart *part, const HxRow *old,
      const HxRow *row, HxRolledState state)
{
  HxRoll *roll = roller->roll;
  guint *const counts[]
      = { &roll->added, &roll->present, &roll->filled, &roll->left_out };
  HxRolled *rolled = g_new0 (HxRolled, 1);

  rolled->kind = part->kind;
  rolled->from_id = old->id;
  rolled->id = state == HX_ROLLED_LEFT_OUT ? 0 : row->id;
  rolled->from = hx_living_text (old, part->number);
  rolled->number = hx_living_text (row, part->number);
  rolled->name = hx_living_text (old, part->name);
  if (rolled->name == NULL)
    rolled->name = g_strdup ("");
  rolled->state = state;
  g_ptr_array_add (roll->rows, rolled);
  ++*counts[state];
  hx_roll_remember (roller, part->kind, old->id, rolled->id);
}

static gboolean
fail_with (const HxFaults *faults, const HxRollPart *part, const HxRow *old,
           GError **error)
{
  g_autofree char *number = hx_living_text (old, part->number);
  g_autofree char *where = g_strdup_printf ("%s %s", part->kind->name, number);

  return hx_fail (error, HX_ERROR_DATA, faults->faults->pdata[0], where,
                  _ ("改正今年的这一行再结转"));
}

static gboolean
add_row (const HxRoller *roller, const HxRollPart *part, const HxRow *old,
         HxRow *row, GError **error)
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

/* The one field of a row that is there already. */
static gboolean
fill_late (const HxRoller *roller, const HxRollPart *part, const HxRow *old,
           HxRow *row, GError **error)
{
  g_autoptr (HxRow) stored = hx_row_new (part->kind);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_autofree guint8 *set = g_new0 (guint8, part->kind->fields->len);
  HxFaults faults = { list };
  HxPutOutcome outcome = HX_PUT_UNCHANGED;

  if (part->late != NULL
      && !hx_row_load (hx_ledger_connection (roller->ledger), stored, row->id,
                       error))
    return FALSE;
  if (part->late == NULL || !row->values[part->late->index].filled
      || stored->values[part->late->index].filled)
    return note (roller, part, old, row, HX_ROLLED_PRESENT), TRUE;
  set[part->late->index] = set[part->number->index] = 1;
  if (!hx_row_check (roller->ledger, row, set, &faults, error))
    return list->len > 0 ? fail_with (&faults, part, old, error) : FALSE;
  if (!hx_ledger_put (roller->ledger, row, set, &outcome, &faults, error))
    return FALSE;
  if (list->len > 0)
    return fail_with (&faults, part, old, error);
  note (roller, part, old, row, HX_ROLLED_FILLED);
  return TRUE;
}

static gboolean
has_parent (const HxRollPart *part, const HxRow *row)
{
  return part->parent == NULL || row->values[part->parent->index].filled;
}

static gboolean
roll_row (const HxRoller *roller, const HxRollPart *part, const HxRow *old,
          GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (part->kind);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { list };
  gboolean is_void = FALSE;

  if (!hx_roll_make (roller, part, old, row, &faults, error))
    return list->len > 0 ? fail_with (&faults, part, old, error) : FALSE;
  if (!has_parent (part, row))
    return note (roller, part, old, row, HX_ROLLED_LEFT_OUT), TRUE;
  if (!hx_roll_number (roller, part, row, &is_void, &faults, error))
    return list->len > 0 ? fail_with (&faults, part, old, error) : FALSE;
  if (row->id == 0)
    return add_row (roller, part, old, row, error);
  if (!is_void)
    return fill_late (roller, part, old, row, error);
  note (roller, part, old, row, HX_ROLLED_LEFT_OUT);
  return TRUE;
}

static gboolean
roll_part (const HxRoller *roller, const HxRollPart *part, GError **error)
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

static gboolean
roll_parts (const HxRoller *roller, GError **error)
{
  HxRollPart parts[HX_ROLL_PARTS];
  gboolean done = TRUE;

  hx_roll_parts (roller, parts);
  for (guint i = 0; i < HX_ROLL_PARTS; i++)
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
know_actuals (const HxRoller *roller, const GPtrArray *targets)
{
  for (guint i = 0; i < targets->len; i++)
    {
      HxTarget *target = targets->pdata[i];

      g_hash_table_insert (roller->actuals, &target->id, target);
    }
}

static gboolean
roll_all (HxRoller *roller, HxDate today, GError **error)
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
  HxRoller roller = { ledger,
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
