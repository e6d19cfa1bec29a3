/* The same lines by another word, and amounts in 万元 that add up. */
#include "budget/budget_internal.h"

#include <string.h>

#define FEN_A_HUNDREDTH 10000 /* 0.01 万元 */

static const struct
{
  const char *key, *name;
} cuts[HX_CUTS] = {
  [HX_CUT_SOURCE] = { "source", N_ ("资金来源") },
  [HX_CUT_NATURE] = { "nature", N_ ("支出性质") },
  [HX_CUT_TASK] = { "task", N_ ("重点任务") },
  [HX_CUT_UNIT] = { "unit", N_ ("负责机构") },
  [HX_CUT_FUNCTION] = { "function", N_ ("功能科目") },
  [HX_CUT_ECONOMIC] = { "economic", N_ ("经济科目") },
  [HX_CUT_SOURCE_NATURE] = { "source_nature", N_ ("资金来源与支出性质") },
};

const char *
hx_cut_key (HxCut cut)
{
  return cuts[cut].key;
}

const char *
hx_cut_name (HxCut cut)
{
  return hx_text (cuts[cut].name);
}

gboolean
hx_cut_parse (const char *key, HxCut *cut)
{
  for (guint i = 0; i < HX_CUTS; i++)
    if (strcmp (cuts[i].key, key) == 0)
      {
        *cut = (HxCut)i;
        return TRUE;
      }
  return FALSE;
}

/* -------------------------------------------------------------------- rows */

static void
cut_row_free (gpointer data)
{
  HxCutRow *row = data;

  g_free (row->key);
  g_free (row->name);
  g_free (row);
}

typedef struct
{
  HxConnection *connection;
  const HxBudgetView *view;
  HxCut cut;
  GPtrArray *rows;
  GHashTable *by_key;
} Cutter;

static HxCutRow *
row_of (Cutter *cutter, const char *key, const char *name)
{
  HxCutRow *row = g_hash_table_lookup (cutter->by_key, key);

  if (row != NULL)
    return row;
  row = g_new0 (HxCutRow, 1);
  row->key = g_strdup (key);
  row->name = g_strdup (*key != '\0' ? name : _ ("未填"));
  g_ptr_array_add (cutter->rows, row);
  g_hash_table_insert (cutter->by_key, row->key, row);
  return row;
}

static HxCutRow *
row_of_code (Cutter *cutter, const HxCode *code)
{
  return code == NULL ? row_of (cutter, "", NULL)
                      : row_of (cutter, code->code, code->name);
}

static HxCutRow *
row_of_class (Cutter *cutter, const char *text)
{
  return row_of (cutter, text != NULL ? text : "", text);
}

static HxCutRow *
row_of_pair (Cutter *cutter, const HxBudgetLine *line)
{
  g_autofree char *key = NULL, *name = NULL;

  if (line->source == NULL || line->nature == NULL)
    return row_of (cutter, "", NULL);
  key = g_strconcat (line->source->code, "/", line->nature->code, NULL);
  name = g_strconcat (line->source->name, "／", line->nature->name, NULL);
  return row_of (cutter, key, name);
}

static HxCutRow *
row_of_unit (Cutter *cutter, gint64 unit_id, GError **error)
{
  g_autofree char *key
      = unit_id == 0 ? g_strdup ("") : g_strdup_printf ("%ld", (long)unit_id);
  g_autofree char *name = NULL;
  g_autoptr (GError) failed = NULL;

  if (unit_id != 0 && !g_hash_table_contains (cutter->by_key, key))
    name = hx_unit_name (cutter->connection, unit_id, &failed);
  if (failed == NULL)
    return row_of (cutter, key, name != NULL ? name : key);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

static HxCutRow *
find_row (Cutter *cutter, const HxBudgetLine *line, GError **error)
{
  switch (cutter->cut)
    {
    case HX_CUT_SOURCE:
      return row_of_code (cutter, line->source);
    case HX_CUT_NATURE:
      return row_of_code (cutter, line->nature);
    case HX_CUT_TASK:
      return row_of_code (cutter, line->task);
    case HX_CUT_UNIT:
      return row_of_unit (cutter, line->unit_id, error);
    case HX_CUT_FUNCTION:
      return row_of_class (cutter, line->function_class);
    case HX_CUT_ECONOMIC:
      return row_of_class (cutter, line->economic_class);
    case HX_CUT_SOURCE_NATURE:
      return row_of_pair (cutter, line);
    }
  return NULL;
}

/* Rows of codes come first, in the order of the list. */
static void
begin_codes (Cutter *cutter, const HxField *field)
{
  for (guint i = 0; i < field->codes->codes->len; i++)
    row_of_code (cutter, field->codes->codes->pdata[i]);
}

static void
begin_pairs (Cutter *cutter)
{
  const GPtrArray *sources = cutter->view->line_source->codes->codes;
  const GPtrArray *natures = cutter->view->line_nature->codes->codes;

  for (guint i = 0; i < sources->len; i++)
    for (guint k = 0; k < natures->len; k++)
      {
        HxBudgetLine line
            = { .source = sources->pdata[i], .nature = natures->pdata[k] };

        row_of_pair (cutter, &line);
      }
}

static void
begin (Cutter *cutter)
{
  const HxBudgetView *view = cutter->view;

  if (cutter->cut == HX_CUT_SOURCE)
    begin_codes (cutter, view->line_source);
  else if (cutter->cut == HX_CUT_NATURE)
    begin_codes (cutter, view->line_nature);
  else if (cutter->cut == HX_CUT_TASK && view->line_task != NULL)
    begin_codes (cutter, view->line_task);
  else if (cutter->cut == HX_CUT_SOURCE_NATURE)
    begin_pairs (cutter);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const HxCutRow *x = *(HxCutRow *const *)a, *y = *(HxCutRow *const *)b;

  if (*x->key == '\0' || *y->key == '\0')
    return (*x->key == '\0') - (*y->key == '\0');
  return strcmp (x->name, y->name);
}

/* 未填 goes last, rows without a line go unless they are sources or natures. */
static void
finish (Cutter *cutter)
{
  const gboolean is_listed
      = cutter->cut == HX_CUT_SOURCE || cutter->cut == HX_CUT_NATURE;
  const gboolean is_named = cutter->cut == HX_CUT_UNIT
                            || cutter->cut == HX_CUT_FUNCTION
                            || cutter->cut == HX_CUT_ECONOMIC;
  guint last;

  for (guint i = cutter->rows->len; i-- > 0;)
    if (!is_listed && ((HxCutRow *)cutter->rows->pdata[i])->lines == 0)
      g_ptr_array_remove_index (cutter->rows, i);
  if (is_named)
    g_ptr_array_sort (cutter->rows, compare_rows);
  for (last = 0; last < cutter->rows->len; last++)
    if (*((HxCutRow *)cutter->rows->pdata[last])->key == '\0')
      break;
  if (last < cutter->rows->len)
    g_ptr_array_add (cutter->rows,
                     g_ptr_array_steal_index (cutter->rows, last));
}

GPtrArray *
hx_budget_cut (HxConnection *connection, HxCatalogue *catalogue,
               const GPtrArray *lines, HxCut cut, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (cut_row_free);
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);
  Cutter cutter
      = { connection, hx_budget_view (catalogue, error), cut, rows, by_key };

  if (cutter.view == NULL)
    return NULL;
  begin (&cutter);
  for (guint i = 0; i < lines->len; i++)
    {
      const HxBudgetLine *line = lines->pdata[i];
      HxCutRow *row = find_row (&cutter, line, error);

      if (row == NULL)
        return NULL;
      row->lines++;
      row->planned += line->planned;
      hx_money_add (&row->money, &line->money);
    }
  finish (&cutter);
  return g_steal_pointer (&rows);
}

/* -------------------------------------------------------------------- 万元 */

gint64
hx_money_hundredths (gint64 fen)
{
  gint64 result = 0;

  hx_round_half_up (fen, FEN_A_HUNDREDTH, 0, &result);
  return result;
}

char *
hx_money_rounding_text (gint64 off)
{
  g_autofree char *most = NULL;

  if (off == 0)
    return NULL;
  most = hx_decimal_format ((HxDecimal){ off < 0 ? -off : off, 2 });
  return g_strdup_printf (
      _ ("注：各行金额分别四舍五入，相加与合计最多相差 %s 万元"), most);
}

static gint64
floor_of (gint64 fen)
{
  return fen / FEN_A_HUNDREDTH - (fen % FEN_A_HUNDREDTH < 0 ? 1 : 0);
}

/* The part that is cut off below most and has not gone up yet; n: none. */
static guint
nearest_above (const gint64 *fen, guint n, const gint64 *out)
{
  guint best = n;
  gint64 most = 0;

  for (guint i = 0; i < n; i++)
    {
      const gint64 rest = fen[i] - out[i] * FEN_A_HUNDREDTH;

      if (rest <= most)
        continue;
      most = rest;
      best = i;
    }
  return best;
}

void
hx_money_spread (const gint64 *fen, guint n, gint64 total, gint64 *out)
{
  gint64 sum = 0;

  for (guint i = 0; i < n; i++)
    {
      out[i] = floor_of (fen[i]);
      sum += out[i];
    }
  while (sum < total)
    {
      const guint next = nearest_above (fen, n, out);

      if (next == n)
        return;
      out[next]++;
      sum++;
    }
}
