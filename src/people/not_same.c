/* Two people who look alike: noted once, and never listed again. */
#include "people/duplicate.h"

static gboolean
is_there (HxLedger *ledger, const HxKind *kind, gint64 id, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (kind);
  g_autofree char *where
      = g_strdup_printf ("%s %" G_GINT64_FORMAT, kind->name, id);

  if (!hx_row_load (hx_ledger_connection (ledger), row, id, error))
    return FALSE;
  if (row->is_void)
    return hx_fail (error, HX_ERROR_CONFLICT, _ ("这一行已经作废"), where,
                    NULL);
  return TRUE;
}

static void
set_reference (HxRow *row, const char *key, gint64 id)
{
  row->values[hx_kind_field (row->kind, key)->index]
      = (HxValue){ .filled = TRUE, .integer = id };
}

static gboolean
fault_of (const HxFaults *faults, GError **error)
{
  return hx_fail (error, HX_ERROR_DATA,
                  faults->faults->len > 0 ? faults->faults->pdata[0]
                                          : _ ("没有写下"),
                  NULL, NULL);
}

static gboolean
put_pair (HxLedger *ledger, HxRow *row, const char *reason, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { list };
  HxPutOutcome outcome = HX_PUT_REFUSED;
  const HxField *field = hx_kind_field (row->kind, "reason");
  g_autoptr (GError) failed = NULL;

  if (hx_row_set (ledger, row, field, reason, &faults, &failed)
      && hx_row_check (ledger, row, NULL, &faults, &failed)
      && hx_ledger_put (ledger, row, NULL, &outcome, &faults, &failed)
      && list->len == 0)
    return TRUE;
  if (failed == NULL)
    return fault_of (&faults, error);
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

gboolean
hx_duplicates_not_same (HxLedger *ledger, const HxDuplicateRules *rules,
                        const gint64 *pair, const char *reason, gint64 *id,
                        GError **error)
{
  g_autofree char *text = hx_text_trim (reason != NULL ? reason : "");
  g_autoptr (HxRow) row = NULL;

  if (rules->not_same == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND,
                    _ ("目录没有写明“不是同一人”记在哪个名册"),
                    "duplicates.yaml", _ ("补上 not_same"));
  if (pair[0] == pair[1])
    return hx_fail (error, HX_ERROR_USAGE, _ ("两个编号是同一行"), NULL, NULL);
  if (*text == '\0')
    return hx_fail (error, HX_ERROR_DATA, _ ("没有写明依据"), "--reason", NULL);
  if (!is_there (ledger, rules->of, pair[0], error)
      || !is_there (ledger, rules->of, pair[1], error))
    return FALSE;
  row = hx_row_new (rules->not_same);
  set_reference (row, "one", MIN (pair[0], pair[1]));
  set_reference (row, "other", MAX (pair[0], pair[1]));
  if (!put_pair (ledger, row, text, error))
    return FALSE;
  *id = row->id;
  return TRUE;
}
