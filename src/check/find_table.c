/* Relations and what is said of them; the tables of a source one by one. */
#include "check/find_table.h"

#include <string.h>

#define STRONG_DIGITS 3
#define SINGLE_ENOUGH 3 /* rows with one part that are its total */

/* ---------------------------------------------------------------- equations
 */

typedef struct
{
  HxProposal proposal;
  guint *operands;
  int *signs; /* NULL: all 1 */
  HxVerdict verdict;
  HxCheckTableRow row;
  guint column;
} Equation;

static void
equation_clear (gpointer data)
{
  Equation *equation = data;

  g_free (equation->operands);
  g_free (equation->signs);
}

void
hx_check_relation_clear (HxCheckRelation *relation)
{
  if (relation->equations != NULL)
    g_array_unref (relation->equations);
  relation->equations = NULL;
}

static const HxReading *
reading_of (const HxCheckRelation *relation)
{
  return relation->search->table->reading;
}

static const HxQuantity *
quantity_of (const HxCheckRelation *relation, guint term)
{
  return &hx_reading_term (reading_of (relation), term)->quantity;
}

static gboolean
is_alike (const HxCheckRelation *relation, guint a, guint b)
{
  return hx_term_is_alike (hx_reading_term (reading_of (relation), a),
                           hx_reading_term (reading_of (relation), b))
         && (quantity_of (relation, a)->unit == NULL)
                == (quantity_of (relation, b)->unit == NULL);
}

/* In percent, of (a - b) / b, with the sign that it has. */
static HxOutcome
outcome_rise (const HxReading *reading, const guint *operands)
{
  const HxTerm *current = hx_reading_term (reading, operands[0]);
  const HxTerm *previous = hx_reading_term (reading, operands[1]);
  HxOutcome outcome = hx_outcome_change (current, previous);

  if (outcome.exists && current->quantity.exact < previous->quantity.exact)
    {
      const HxWide low = outcome.low;

      outcome.value = -outcome.value;
      outcome.low = -outcome.high;
      outcome.high = -low;
    }
  return outcome;
}

static HxOutcome
outcome_of (const HxCheckRelation *relation, const guint *operands,
            const int *signs, guint count)
{
  const HxReading *reading = reading_of (relation);

  switch (relation->kind)
    {
    case HX_CLAIM_RATIO:
      return hx_outcome_ratio (hx_reading_term (reading, operands[0]),
                               hx_reading_term (reading, operands[1]));
    case HX_CLAIM_GROWTH:
      return outcome_rise (reading, operands);
    default:
      return hx_outcome_sum (reading, operands, signs, count);
    }
}

/* ---------------------------------------------------------------- evidence */

static guint
count_nonzero (const HxCheckRelation *relation, const guint *operands,
               guint count)
{
  guint nonzero = 0;

  for (guint i = 0; i < count; i++)
    nonzero += quantity_of (relation, operands[i])->exact != 0 ? 1 : 0;
  return nonzero;
}

/* The sum is a whole number of times the total: levels of parts were added to
 * each other, as in a score table. */
static gboolean
is_times (HxWide sum, HxWide total)
{
  return total > 0 && sum > total && sum % total == 0;
}

/* A slip that is not as well a row left out or taken twice. */
static gboolean
is_slip (const HxCheckRelation *relation, const Equation *equation)
{
  const HxProposal *proposal = &equation->proposal;
  const HxWide gap = proposal->outcome.value
                     - quantity_of (relation, proposal->stated)->exact;

  if (hx_quantity_digits (quantity_of (relation, proposal->stated))
          <= STRONG_DIGITS
      || (relation->kind == HX_CLAIM_SUM
          && (proposal->count < 2
              || is_times (proposal->outcome.value,
                           quantity_of (relation, proposal->stated)->exact))))
    return FALSE;
  for (guint i = 0; i < proposal->count; i++)
    if (ABS (gap) == ABS (quantity_of (relation, proposal->operands[i])->exact))
      return FALSE;
  return hx_proposal_is_slip (reading_of (relation), proposal)
         || hx_proposal_is_near (reading_of (relation), proposal);
}

static void
count_evidence (HxCheckRelation *relation, const Equation *equation)
{
  const HxProposal *proposal = &equation->proposal;
  const HxQuantity *stated = quantity_of (relation, proposal->stated);

  if (!proposal->outcome.exists)
    return;
  if (equation->verdict == HX_VERDICT_ERROR)
    {
      relation->fails++;
      relation->slips += is_slip (relation, equation) ? 1 : 0;
      return;
    }
  relation->holds++;
  if (hx_quantity_digits (stated) < STRONG_DIGITS)
    return;
  if (count_nonzero (relation, proposal->operands, proposal->count) >= 2)
    relation->strong++;
  else
    relation->single++;
}

static gboolean
is_trusted (const HxCheckTable *table, guint row, guint column)
{
  const HxTableCell *cell = hx_check_table_at (table, row, column);

  return cell != NULL && !cell->is_doubtful && cell->term != HX_NO_TERM;
}

/* Numbers of one kind that say something; of a rate, its two operands. */
static gboolean
is_usable (const HxCheckRelation *relation, guint stated,
           const GArray *operands)
{
  const gboolean is_rate
      = relation->kind == HX_CLAIM_RATIO || relation->kind == HX_CLAIM_GROWTH;
  const guint *terms = (const guint *)(gpointer)operands->data;
  const guint like = is_rate && operands->len > 0 ? terms[0] : stated;

  if (operands->len == 0 || (is_rate && operands->len != 2))
    return FALSE;
  for (guint i = 0; i < operands->len; i++)
    if (!is_alike (relation, terms[i], like))
      return FALSE;
  if (is_rate && quantity_of (relation, stated)->kind != HX_QUANTITY_PERCENT)
    return FALSE;
  return quantity_of (relation, stated)->exact != 0
         || count_nonzero (relation, terms, operands->len) > 0;
}

/* A fall told without its sign, which a word says somewhere; or a rate of
 * nothing at all. */
static gboolean
is_unsigned (const HxCheckRelation *relation, const Equation *equation)
{
  const HxProposal *proposal = &equation->proposal;
  const HxQuantity *stated = quantity_of (relation, proposal->stated);

  if (!proposal->outcome.exists)
    return relation->kind != HX_CLAIM_GROWTH || stated->exact == 0
           || quantity_of (relation, proposal->operands[1])->exact != 0;
  return (relation->kind == HX_CLAIM_GROWTH
          || relation->kind == HX_CLAIM_DIFFERENCE)
         && equation->verdict == HX_VERDICT_ERROR
         && ABS (proposal->outcome.value + stated->exact) <= 2 * stated->half;
}

void
hx_check_relation_add (HxCheckRelation *relation, const HxCheckTableRow *row,
                       guint column, const GArray *operands, const int *signs)
{
  const guint stated
      = hx_check_table_term (relation->search->table, row->row, column);
  Equation equation = { .row = *row, .column = column };

  if (relation->equations == NULL)
    {
      relation->equations = g_array_new (FALSE, FALSE, sizeof (Equation));
      g_array_set_clear_func (relation->equations, equation_clear);
    }
  if (stated == HX_NO_TERM
      || !is_trusted (relation->search->table, row->row, column)
      || !is_usable (relation, stated, operands))
    return;
  equation.operands
      = g_memdup2 (operands->data, operands->len * sizeof (guint));
  equation.signs = g_memdup2 (signs, operands->len * sizeof (int));
  equation.proposal = (HxProposal){ .kind = relation->kind,
                                    .formula = relation->formula,
                                    .operands = equation.operands,
                                    .count = operands->len,
                                    .signs = equation.signs,
                                    .stated = stated };
  equation.proposal.outcome
      = outcome_of (relation, equation.operands, signs, operands->len);
  equation.verdict
      = hx_proposal_verdict (reading_of (relation), &equation.proposal);
  if (is_unsigned (relation, &equation))
    {
      equation_clear (&equation);
      return;
    }
  count_evidence (relation, &equation);
  g_array_append_val (relation->equations, equation);
}

gboolean
hx_check_relation_is_meant (const HxCheckRelation *relation)
{
  const gboolean is_seen = hx_check_table_is_seen (relation->search->table);

  if (relation->is_certain)
    return TRUE;
  if (relation->fails == 0)
    return relation->holds > 0;
  if (relation->strong > 0 || relation->single >= SINGLE_ENOUGH)
    return relation->holds > relation->fails
           || (relation->holds == relation->fails
               && relation->slips == relation->fails && !is_seen);
  return relation->is_sure && relation->holds == 0 && relation->fails == 1
         && relation->slips == 1 && !is_seen;
}

/* --------------------------------------------------------------------- told
 */

char *
hx_check_table_place (const HxTableSearch *search, const HxCheckTableRow *row,
                      guint column)
{
  const char *text = search->table->reading->words->clean->str;
  const HxSpan head = search->block->columns[column].head;
  g_autofree char *line
      = row->name.from == row->name.until
            ? g_strdup_printf (_ ("第 %u 行"), row->row + 1)
            : g_strdup_printf (_ ("“%.*s”行"),
                               (int)(row->name.until - row->name.from),
                               text + row->name.from);
  g_autofree char *under
      = head.from == head.until
            ? g_strdup_printf (_ ("第 %u 列"), column + 1)
            : g_strdup_printf (_ ("“%.*s”列"), (int)(head.until - head.from),
                               text + head.from);

  return g_strconcat (line, under, NULL);
}

static void
tell (const HxCheckRelation *relation, const Equation *equation)
{
  g_autofree char *place = hx_check_table_place (
      relation->search, &equation->row, equation->column);
  const HxTelling telling
      = { .place = place, .how = _ (relation->how), .where = _ ("表中") };
  HxProposal proposal = equation->proposal;

  proposal.telling = &telling;
  hx_claim_add (relation->search->search->result, reading_of (relation),
                &proposal);
}

/* A column whose head was not seen may be anything, as a rate. */
static gboolean
is_in_doubt (const HxTableSearch *search, guint column)
{
  const HxSpan head = search->block->columns[column].head;

  return hx_check_table_is_seen (search->table) && head.from == head.until;
}

void
hx_check_relation_tell (const HxCheckRelation *relation)
{
  const guint count
      = relation->equations == NULL ? 0 : relation->equations->len;

  for (guint i = 0; i < count; i++)
    {
      const Equation *equation
          = &g_array_index (relation->equations, Equation, i);

      if (equation->verdict != HX_VERDICT_ERROR
          || !is_in_doubt (relation->search, equation->column))
        tell (relation, equation);
    }
}

/* ------------------------------------------------------------------- tables
 */

gboolean
hx_check_table_is_summable (const HxTableSearch *search, guint column)
{
  static const char *const shares[] = { "占", "比重", "构成", NULL };
  static const char *const others[]
      = { "单价", "标准", "人均", "平均", "均价", "得分率", "年份", NULL };
  const HxTableColumn *now = &search->block->columns[column];

  if (now->kind != HX_COLUMN_VALUE
      || hx_check_table_says (search->table, now->head, others))
    return FALSE;
  return !search->block->columns[column].is_rate
         || hx_check_table_says (search->table, now->head, shares);
}

gboolean
hx_check_table_is_points (const HxCheckTable *table, const HxTableBlock *block,
                          guint column)
{
  static const char *const points[] = { "分值", "得分", "权重", NULL };

  return block->columns[column].kind == HX_COLUMN_VALUE
         && hx_check_table_says (table, block->columns[column].head, points);
}

static void
search_block (const HxTableSearch *of_table, guint index)
{
  HxTableSearch now = *of_table;

  now.block = &g_array_index (now.table->blocks, HxTableBlock, index);
  now.block_index = index;
  now.rows = g_new0 (GArray *, now.block->bands);
  for (guint band = 0; band < now.block->bands; band++)
    now.rows[band] = hx_check_table_rows (now.table, now.block, band);
  for (guint band = 0; band < now.block->bands; band++)
    {
      hx_find_table_rows (&now, band);
      hx_find_table_columns (&now, band);
    }
  hx_find_table_forms (&now);
  hx_check_table_collect (&now);
  for (guint band = 0; band < now.block->bands; band++)
    g_array_unref (now.rows[band]);
  g_free (now.rows);
}

static void
search_table (HxTableSearch now, HxReading *reading, const HxSourceCell *cells,
              guint count, gsize before)
{
  g_autoptr (HxCheckTable) table
      = hx_check_table_new (reading, cells, count, before);

  now.table = table;

  for (guint i = 0; table != NULL && i < table->blocks->len; i++)
    search_block (&now, i);
}

void
hx_find_tables (HxSearch *search, HxReading *reading)
{
  const GArray *cells = reading->source->cells;
  const HxSourceCell *all = (const HxSourceCell *)(gpointer)cells->data;
  g_autoptr (GHashTable) names = hx_check_table_names_new ();
  const HxTableSearch now = { .search = search, .names = names };
  gsize before = 0;

  for (guint from = 0, until = 0; from < cells->len; from = until)
    {
      const HxSourceCell *last = NULL;

      while (until < cells->len && all[until].table == all[from].table)
        until++;
      search_table (now, reading, all + from, until - from, before);
      last = &all[until - 1];
      before = hx_words_byte (reading->words, last->offset + last->length);
    }
  hx_check_table_compare (search, reading, names);
}
