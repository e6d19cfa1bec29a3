/* From a changed row to changed cells.
 *
 * When the watcher is told, the tables hold the row as it is now.  The row as
 * it was is weighed with the views under which it was counted, the row as it
 * is with the present ones; in between the other rows of its kind are settled
 * if what they refer to has changed in this write.
 */
#include "measure/measure_internal.h"

struct _HxMeasure
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  HxWeigher *weigher;
  HxUnits *units;
  HxDelta *delta;
  HxCounter counter;
  HxWatcher watcher;
  gboolean recount; /* a unit moved: all cells are counted anew in the end */
};

static gboolean
apply (HxMeasure *measure, const HxRow *row, int sign, GError **error)
{
  const GPtrArray *in = hx_weigher_rules_in (measure->weigher, row->kind);
  const GPtrArray *over = hx_weigher_rules_over (measure->weigher, row->kind);

  for (guint i = 0; in != NULL && i < in->len; i++)
    if (!hx_rule_apply (measure->weigher, measure->delta, in->pdata[i], row,
                        sign, error))
      return FALSE;
  for (guint i = 0; over != NULL && i < over->len; i++)
    hx_rule_apply_base (measure->weigher, measure->delta, over->pdata[i], row,
                        sign);
  return TRUE;
}

static gboolean
take_away (HxMeasure *measure, const HxRow *before, GError **error)
{
  HxViews *views = hx_weigher_views (measure->weigher);
  gboolean done;

  hx_views_past (views, TRUE);
  done = apply (measure, before, -1, error);
  hx_views_past (views, FALSE);
  return done;
}

static gboolean
settle_others (HxMeasure *measure, const HxRow *row, GError **error)
{
  const GPtrArray *rules = hx_weigher_rules_in (measure->weigher, row->kind);

  if (hx_views_pending (hx_weigher_views (measure->weigher)) == 0)
    return TRUE;
  for (guint i = 0; rules != NULL && i < rules->len; i++)
    if (hx_row_looks_at_pending (measure->weigher, rules->pdata[i], NULL))
      return hx_settle (&measure->counter, row, error);
  return TRUE;
}

/* ------------------------------------------------------- changed registers */

static void
unit_changed (HxMeasure *measure, const HxRow *before, const HxRow *after)
{
  const HxField *parent = hx_units_parent (measure->units);

  hx_units_forget (measure->units);
  if (before != NULL && parent != NULL
      && before->values[parent->index].integer
             != after->values[parent->index].integer)
    measure->recount = TRUE;
}

/* ----------------------------------------------------------------- watcher */

static gboolean
changed (gpointer data, const HxRow *before, const HxRow *after, GError **error)
{
  HxMeasure *measure = data;
  HxViews *views = hx_weigher_views (measure->weigher);

  if (after->kind == hx_units_kind (measure->units))
    unit_changed (measure, before, after);
  if (after->kind->is_register)
    hx_views_change (views, before, after);
  if ((before != NULL && !take_away (measure, before, error))
      || !settle_others (measure, after, error)
      || !apply (measure, after, 1, error)
      || !hx_delta_spill (measure->delta, error))
    return FALSE;
  return hx_views_pending (views) < HX_VIEWS_PENDING_MAX
         || hx_settle (&measure->counter, NULL, error);
}

static gboolean
recount_all (HxMeasure *measure, GError **error)
{
  guint n = hx_catalogue_counted (measure->catalogue)->len;
  g_autofree gboolean *marked = g_new (gboolean, n + 1);

  for (guint i = 0; i < n; i++)
    marked[i] = TRUE;
  measure->recount = FALSE;
  return hx_recount (&measure->counter, marked, error);
}

static gboolean
finish (gpointer data, GError **error)
{
  HxMeasure *measure = data;

  return hx_settle (&measure->counter, NULL, error)
         && hx_delta_flush (measure->delta, error)
         && (!measure->recount || recount_all (measure, error));
}

/* ------------------------------------------------------------- between writes
 *
 * The weigher of a catalogue is the same for every write; what it has seen of
 * rows is not.  It waits with the connection for the next write. */

#define KEPT "measure weigher"

typedef struct
{
  HxCatalogue *catalogue;
  HxWeigher *weigher;
} HxKeptWeigher;

static void
kept_free (gpointer data)
{
  HxKeptWeigher *kept = data;

  if (kept == NULL)
    return;
  hx_weigher_free (kept->weigher);
  hx_catalogue_unref (kept->catalogue);
  g_free (kept);
}

static HxWeigher *
take_weigher (HxConnection *connection, HxCatalogue *catalogue, GError **error)
{
  HxKeptWeigher *kept = hx_connection_take (connection, KEPT);
  HxWeigher *weigher = NULL;

  if (kept != NULL && kept->catalogue == catalogue)
    weigher = g_steal_pointer (&kept->weigher);
  kept_free (kept);
  return weigher != NULL ? weigher
                         : hx_weigher_new (connection, catalogue, error);
}

static void
keep_weigher (HxMeasure *measure)
{
  HxKeptWeigher *kept;

  if (measure->weigher == NULL)
    return;
  kept = g_new (HxKeptWeigher, 1);
  *kept = (HxKeptWeigher){ hx_catalogue_ref (measure->catalogue),
                           g_steal_pointer (&measure->weigher) };
  hx_views_reset (hx_weigher_views (kept->weigher));
  hx_connection_keep (measure->connection, KEPT, kept, kept_free);
}

void
hx_measure_forget (HxConnection *connection)
{
  kept_free (hx_connection_take (connection, KEPT));
}

HxMeasure *
hx_measure_new (HxConnection *connection, HxCatalogue *catalogue,
                GError **error)
{
  g_autoptr (HxMeasure) measure = g_new0 (HxMeasure, 1);

  measure->connection = connection;
  measure->catalogue = hx_catalogue_ref (catalogue);
  measure->weigher = take_weigher (connection, catalogue, error);
  if (measure->weigher == NULL)
    return NULL;
  measure->units = hx_units_new (connection, catalogue);
  measure->delta = hx_delta_new (connection, measure->units);
  measure->counter = (HxCounter){ connection, measure->catalogue,
                                  measure->weigher, measure->delta };
  measure->watcher = (HxWatcher){ changed, finish, measure };
  return g_steal_pointer (&measure);
}

void
hx_measure_free (HxMeasure *measure)
{
  if (measure == NULL)
    return;
  hx_delta_free (measure->delta);
  hx_units_free (measure->units);
  keep_weigher (measure);
  hx_catalogue_unref (measure->catalogue);
  g_free (measure);
}

void
hx_measure_limit (HxMeasure *measure, guint records, guint rows)
{
  hx_delta_limit (measure->delta, records);
  hx_views_limit (hx_weigher_views (measure->weigher), rows);
}

const HxWatcher *
hx_measure_watcher (HxMeasure *measure)
{
  return &measure->watcher;
}

typedef struct
{
  HxCatalogue *catalogue;
  const HxAuthor *author;
  HxLedgerFunc function;
  gpointer data;
} HxMeasuredWrite;

static gboolean
measured_write (HxConnection *connection, gpointer data, GError **error)
{
  HxMeasuredWrite *write = data;
  g_autoptr (HxMeasure) measure
      = hx_measure_new (connection, write->catalogue, error);
  g_autoptr (HxLedger) ledger = NULL;

  if (measure == NULL)
    return FALSE;
  ledger = hx_ledger_new (connection, write->catalogue, write->author,
                          hx_measure_watcher (measure), error);
  return ledger != NULL && write->function (ledger, write->data, error)
         && hx_ledger_finish (ledger, error);
}

gboolean
hx_measure_write (HxStore *store, HxCatalogue *catalogue,
                  const HxAuthor *author, HxLedgerFunc function, gpointer data,
                  GError **error)
{
  HxMeasuredWrite write = { catalogue, author, function, data };

  return hx_write (store, measured_write, &write, error);
}
