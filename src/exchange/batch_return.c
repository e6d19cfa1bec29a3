/* Lists that come back: header by its labels, then a mark a line. */
#include "exchange/batch_list.h"

#include <string.h>

typedef enum
{
  RETURN_KEY,
  RETURN_PERSON,
  RETURN_BATCH,
  RETURN_SIGN,
  RETURN_RESULT,
  RETURN_REASON
} ReturnColumn;

#define RETURN_COLUMNS 6
#define NO_COLUMN G_MAXUINT

typedef struct
{
  HxStore *store;
  const HxBatchPlan *plan;
  char *const *paths;
  const HxBatchReturnOptions *options;
  HxBatchReturnSummary *summary;
  HxBatchMarks marks;
  HxFaults faults;
  HxTable *table;
  guint columns[RETURN_COLUMNS];
  GHashTable *seen; /* char *: where a key or person was, by either */
} Return;

/* ------------------------------------------------------------------ header */

static gboolean
is_label (const char *label, const char *chinese)
{
  g_autofree char *key = hx_text_column_key (label);
  g_autofree char *own = hx_text_column_key (chinese);
  g_autofree char *other = hx_text_column_key (hx_text (chinese));
  return g_str_equal (key, own) || g_str_equal (key, other);
}

static guint
column_of (const HxBatchPlan *plan, const char *label)
{
  const HxField *field;
  const HxField *const fields[RETURN_COLUMNS]
      = { [RETURN_PERSON] = plan->person,
          [RETURN_BATCH] = plan->of_batch,
          [RETURN_RESULT] = plan->result,
          [RETURN_REASON] = plan->reason };
  if (*label == '\0')
    return NO_COLUMN;
  if (is_label (label, HX_LABEL_KEY))
    return RETURN_KEY;
  if (is_label (label, HX_LABEL_SIGN))
    return RETURN_SIGN;
  field = hx_kind_field_by_label (plan->attendance, label);
  for (guint i = 0; field != NULL && i < RETURN_COLUMNS; i++)
    if (fields[i] == field)
      return i;
  return NO_COLUMN;
}

static guint
known_labels (const HxTableRow *row, gpointer data)
{
  const Return *back = data;
  guint count = 0;
  for (guint i = 0; i < row->n_cells; i++)
    count += column_of (back->plan, row->cells[i].text) != NO_COLUMN;
  return count;
}

static gboolean
fail_header (const char *what, const char *label, GError **error)
{
  return hx_fail (error, HX_ERROR_DATA, what, label,
                  _ ("用 batch lists 写出的名单填写"));
}

static gboolean
take_header (Return *back, const HxTableRow *header, GError **error)
{
  for (guint i = 0; i < RETURN_COLUMNS; i++)
    back->columns[i] = NO_COLUMN;
  for (guint i = 0; i < header->n_cells; i++)
    {
      const guint column = column_of (back->plan, header->cells[i].text);
      if (column == NO_COLUMN)
        continue;
      if (back->columns[column] != NO_COLUMN)
        return fail_header (_ ("两列是同一项"), header->cells[i].text, error);
      back->columns[column] = i;
    }
  if (back->columns[RETURN_KEY] == NO_COLUMN
      && back->columns[RETURN_PERSON] == NO_COLUMN)
    return fail_header (_ ("没有登记号或人员编号这一列"), NULL, error);
  if (back->columns[RETURN_RESULT] == NO_COLUMN
      && back->columns[RETURN_SIGN] == NO_COLUMN)
    return fail_header (_ ("没有签到或结果这一列"), NULL, error);
  return TRUE;
}

/* --------------------------------------------------------------------- row */

/* A formula shows what some program last made of it. */
static char *
cell_text (Return *back, const HxTableRow *row, ReturnColumn column)
{
  const guint at = back->columns[column];
  if (at == NO_COLUMN || at >= row->n_cells)
    return g_strdup ("");
  const HxTableCell *cell = &row->cells[at];
  if (cell->formula || cell->lossy || cell->type == HX_CELL_ERROR)
    {
      g_ptr_array_add (back->faults.faults,
                       g_strdup_printf (_ ("第 %u 列的内容读不准（公式、"
                                           "错误值或丢了位数的数字）"),
                                        at + 1));
      return g_strdup ("");
    }
  return hx_text_trim (cell->text);
}

/* One list may not say two things of one person. */
static void
note_seen (Return *back, const HxBatchMark *mark, const char *where)
{
  const gboolean by_key = *mark->key != '\0';
  g_autofree char *name = g_strdup_printf ("%c%s\t%s", by_key ? '#' : '@',
                                           by_key ? mark->key : mark->person,
                                           by_key ? "" : mark->batch);
  const char *before = g_hash_table_lookup (back->seen, name);
  if (before != NULL)
    g_ptr_array_add (back->faults.faults,
                     g_strdup_printf (_ ("与 %s 是同一个人"), before));
  else
    g_hash_table_insert (back->seen, g_steal_pointer (&name), g_strdup (where));
}

static void
tell_faults (const Return *back, const char *where)
{
  g_ptr_array_add (back->faults.faults, NULL);
  g_autofree char *reason
      = g_strjoinv ("；", (char **)back->faults.faults->pdata);
  if (back->options->told != NULL)
    back->options->told (where, reason, back->options->data);
}

static void
count_outcome (Return *back, HxBatchMarkOutcome outcome, const char *where)
{
  HxBatchReturnSummary *summary = back->summary;
  guint *const counts[] = {
    [HX_BATCH_MARK_CHANGED] = &summary->changed,
    [HX_BATCH_MARK_UNCHANGED] = &summary->unchanged,
    [HX_BATCH_MARK_BLANK] = &summary->blank,
    [HX_BATCH_MARK_WALK_IN] = &summary->walk_ins,
    [HX_BATCH_MARK_ADDED] = &summary->added,
    [HX_BATCH_MARK_REFUSED] = &summary->refused,
  };
  summary->rows++;
  ++*counts[outcome];
  if (outcome == HX_BATCH_MARK_WALK_IN)
    g_ptr_array_add (back->faults.faults,
                     g_strdup (_ ("不在名单上；加 --add 才登记")));
  if (back->faults.faults->len > 0)
    tell_faults (back, where);
}

static gboolean
mark_row (Return *back, const HxBatchMark *mark, const char *where,
          GError **error)
{
  HxBatchMarkOutcome outcome = HX_BATCH_MARK_REFUSED;
  const gboolean is_blank
      = *mark->result == '\0' && *mark->sign == '\0' && *mark->reason == '\0';
  if (!is_blank && back->faults.faults->len == 0)
    note_seen (back, mark, where);
  if (back->faults.faults->len == 0
      && !hx_batch_mark (&back->marks, mark, &outcome, &back->faults, error))
    return FALSE;
  count_outcome (back, outcome, where);
  return TRUE;
}

static gboolean
take_row (Return *back, const HxTableRow *row, GError **error)
{
  char *texts[RETURN_COLUMNS];
  g_autofree char *where = hx_table_where (back->table, row->number);
  g_ptr_array_set_size (back->faults.faults, 0);
  for (guint i = 0; i < RETURN_COLUMNS; i++)
    texts[i] = cell_text (back, row, (ReturnColumn)i);
  const HxBatchMark mark = { .key = texts[RETURN_KEY],
                             .person = texts[RETURN_PERSON],
                             .batch = texts[RETURN_BATCH],
                             .sign = texts[RETURN_SIGN],
                             .result = texts[RETURN_RESULT],
                             .reason = texts[RETURN_REASON] };
  const gboolean done = mark_row (back, &mark, where, error);
  for (guint i = 0; i < RETURN_COLUMNS; i++)
    g_free (texts[i]);
  return done;
}

/* ------------------------------------------------------------------- files */

static gboolean
take_sheet (Return *back, guint sheet, GError **error)
{
  HxTableRow row;
  HxTableStep step;
  back->marks.batch = 0;
  back->marks.is_mixed = FALSE;
  if (!hx_table_select_sheet (back->table, sheet, error)
      || !hx_table_find_header (back->table, known_labels, back, &row, error)
      || !take_header (back, &row, error))
    return FALSE;
  while ((step = hx_table_next (back->table, &row, error)) == HX_TABLE_ROW)
    if (!take_row (back, &row, error))
      return FALSE;
  return step == HX_TABLE_END;
}

static gboolean
take_file (Return *back, const char *path, GError **error)
{
  g_autoptr (HxTable) table = hx_table_open (path, NULL, error);
  gboolean done = table != NULL;
  back->table = table;
  for (guint i = 0; done && i < hx_table_n_sheets (table); i++)
    if (!hx_table_sheet (table, i)->hidden)
      done = take_sheet (back, i, error);
  if (!done && table != NULL)
    {
      g_autofree char *name = g_filename_display_basename (path);
      hx_error_at (error, name);
    }
  back->table = NULL;
  return done;
}

static gboolean
take_files (HxLedger *ledger, gpointer data, GError **error)
{
  Return *back = data;
  back->marks.ledger = ledger;
  for (guint i = 0; back->paths[i] != NULL; i++)
    if (!take_file (back, back->paths[i], error))
      return FALSE;
  if (back->options->dry_run)
    hx_write_discard (hx_ledger_connection (ledger));
  return TRUE;
}

gboolean
hx_batch_return (HxStore *store, HxCatalogue *catalogue, char *const *paths,
                 const HxBatchReturnOptions *options,
                 HxBatchReturnSummary *summary, GError **error)
{
  Return back = {
    .store = store,
    .plan = options->plan,
    .paths = paths,
    .options = options,
    .summary = summary,
    .marks
    = { .plan = options->plan, .today = options->today, .add = options->add },
    .faults = { .faults = g_ptr_array_new_with_free_func (g_free) },
    .seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
  };
  *summary = (HxBatchReturnSummary){ 0 };
  const gboolean done = hx_measure_write (store, catalogue, &options->author,
                                          take_files, &back, error);
  hx_batch_marks_clear (&back.marks);
  g_ptr_array_unref (back.faults.faults);
  g_hash_table_unref (back.seen);
  return done;
}
