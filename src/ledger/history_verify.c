/* The history against the change log.
 *
 * Two streams in the order of the rows: the periods as the table has them, and
 * the entries that moved dated fields, replayed into the periods that should
 * be there.  One row of each is in memory at a time.
 */
#include "ledger/history_internal.h"

#include <jansson.h>

typedef struct
{
  const HxField *field;
  char since[HX_DATE_TEXT_SIZE];
  HxValue value;
  gint64 seq;
} Period;

/* One of the streams, and its periods of `row`; row is 0 at the end. */
typedef struct
{
  HxConnection *connection;
  HxStatement *statement;
  HxStep step;
  gint64 row;
  GArray *periods; /* Period, by field and since */
  HxRow *arena;    /* holds their texts */
  HxRow *was, *is; /* of an entry */
} Side;

static void
side_clear (Side *side)
{
  hx_statement_free (side->statement);
  g_clear_pointer (&side->periods, g_array_unref);
  hx_row_free (side->arena);
  hx_row_free (side->was);
  hx_row_free (side->is);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

static gboolean
side_init (Side *side, HxConnection *connection, const HxKind *kind,
           const char *sql, GError **error)
{
  side->connection = connection;
  side->statement = hx_statement_new (connection, sql, error);
  if (side->statement == NULL)
    return FALSE;
  side->periods = g_array_new (FALSE, TRUE, sizeof (Period));
  side->arena = hx_row_new (kind);
  side->was = hx_row_new (kind);
  side->is = hx_row_new (kind);
  hx_bind_integer (side->statement, 1, HX_BUREAU_ID);
  hx_bind_text (side->statement, 2, kind->key, -1);
  side->step = hx_step (side->statement, error);
  return side->step != HX_STEP_ERROR;
}

/* --------------------------------------------------------- what should be */

static Period *
add_period (Side *side, const HxField *field, const char *since)
{
  Period period = { .field = field };

  g_strlcpy (period.since, since, sizeof period.since);
  g_array_append_val (side->periods, period);
  return &g_array_index (side->periods, Period, side->periods->len - 1);
}

static void
fill_period (Side *side, Period *period, const HxRow *from, gint64 seq)
{
  guint index = period->field->index;

  hx_value_copy (side->arena, index, &from->values[index]);
  period->value = side->arena->values[index];
  period->seq = seq;
}

static Period *
in_force (const Side *side, const HxField *field, const char *day)
{
  Period *last = NULL;

  for (guint i = 0; i < side->periods->len; i++)
    {
      Period *period = &g_array_index (side->periods, Period, i);

      if (period->field == field && strcmp (period->since, day) <= 0
          && (last == NULL || strcmp (period->since, last->since) > 0))
        last = period;
    }
  return last;
}

static void
replay_field (Side *side, const HxField *field, const char *from,
              gboolean is_correction, gint64 seq)
{
  Period *period = in_force (side, field, from);

  if (period == NULL)
    fill_period (side, add_period (side, field, ""), side->was, seq);
  if (period == NULL || (!is_correction && strcmp (period->since, from) != 0))
    period = add_period (side, field, from);
  fill_period (side, period, side->is, seq);
}

static void
replay_entry (Side *side)
{
  gint64 seq = hx_column_integer (side->statement, 1);
  const char *after = hx_column_text (side->statement, 3);
  json_t *object = json_loads (after, 0, NULL);
  const char *from = json_string_value (json_object_get (object, "@from"));
  gboolean is_correction
      = json_is_true (json_object_get (object, "@correction"));
  size_t index;
  json_t *key;

  hx_row_clear (side->was);
  hx_row_clear (side->is);
  hx_row_apply (side->connection, side->was,
                hx_column_text (side->statement, 2));
  hx_row_apply (side->connection, side->is, after);
  json_array_foreach (json_object_get (object, "@dated"), index, key)
  {
    const char *name = json_string_value (key);
    const HxField *field
        = name != NULL ? hx_kind_field (side->arena->kind, name) : NULL;

    if (field != NULL && from != NULL)
      replay_field (side, field, from, is_correction, seq);
  }
  json_decref (object);
}

static gint
by_field (gconstpointer a, gconstpointer b)
{
  const Period *one = a;
  const Period *other = b;
  int order = strcmp (one->field->key, other->field->key);

  return order != 0 ? order : strcmp (one->since, other->since);
}

/* ---------------------------------------------------------------- what is */

static void
read_period (Side *side)
{
  const HxField *field
      = hx_kind_field (side->arena->kind, hx_column_text (side->statement, 2));
  Period *period;

  if (field == NULL)
    return;
  period = add_period (side, field, hx_column_text (side->statement, 3));
  hx_value_read (side->statement, hx_history_column (field, 4), field,
                 side->arena, &period->value);
  period->seq = hx_column_integer (side->statement, 1);
}

static gboolean
next (Side *side, void (*take) (Side *), GError **error)
{
  g_array_set_size (side->periods, 0);
  hx_row_clear (side->arena);
  side->row = 0;
  while (side->step == HX_STEP_ROW)
    {
      gint64 row = hx_column_integer (side->statement, 0);

      if (side->row != 0 && row != side->row)
        break;
      side->row = row;
      take (side);
      side->step = hx_step (side->statement, error);
    }
  g_array_sort (side->periods, by_field);
  return side->step != HX_STEP_ERROR;
}

/* ----------------------------------------------------------------- compare */

typedef struct
{
  const HxKind *kind;
  Side found, wanted;
  HxFindingFunc function;
  gpointer data;
} Compare;

static void
compare_clear (Compare *compare)
{
  side_clear (&compare->found);
  side_clear (&compare->wanted);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Compare, compare_clear)

static void
tell (const Compare *compare, gint64 row, const Period *period)
{
  g_autofree char *finding = g_strdup_printf (
      _ ("%s编号 %ld 的“%s”的历史（%s）与变更日志不符: 有人绕过程序改了它"),
      compare->kind->name, (long)row, period->field->name,
      period->since[0] != '\0' ? period->since : _ ("最初"));

  compare->function (finding, compare->data);
}

static gboolean
same_period (const Period *a, const Period *b)
{
  return by_field (a, b) == 0 && a->seq == b->seq
         && hx_value_equal (a->field, &a->value, &b->value);
}

/* The first that differs; what follows it may differ because of it. */
static void
compare_periods (const Compare *compare, gint64 row, const GArray *found,
                 const GArray *wanted)
{
  for (guint i = 0; i < MAX (found->len, wanted->len); i++)
    {
      const Period *one
          = i < found->len ? &g_array_index (found, Period, i) : NULL;
      const Period *other
          = i < wanted->len ? &g_array_index (wanted, Period, i) : NULL;

      if (one != NULL && other != NULL && same_period (one, other))
        continue;
      tell (compare, row, other != NULL ? other : one);
      return;
    }
}

static gboolean
compare_row (Compare *compare, GError **error)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (Period));
  Side *found = &compare->found;
  Side *wanted = &compare->wanted;
  gint64 row = found->row == 0 || (wanted->row != 0 && wanted->row < found->row)
                   ? wanted->row
                   : found->row;

  compare_periods (compare, row, found->row == row ? found->periods : none,
                   wanted->row == row ? wanted->periods : none);
  return (found->row != row || next (found, read_period, error))
         && (wanted->row != row || next (wanted, replay_entry, error));
}

/* The key of a JSON object cannot stand so inside of one of its texts. */
#define SELECT_ENTRIES                                                         \
  "SELECT row, seq, before, after FROM change_log WHERE bureau_id = ?1"        \
  " AND kind = ?2 AND INSTR (after, '\"@dated\":[') > 0 ORDER BY row, seq"
#define SELECT_PERIODS                                                         \
  "SELECT row, seq, field, since, integer, text FROM history"                  \
  " WHERE bureau_id = ?1 AND kind = ?2 ORDER BY row, field, since"

gboolean
hx_history_verify (HxConnection *connection, const HxKind *kind,
                   HxFindingFunc function, gpointer data, GError **error)
{
  g_auto (Compare) compare
      = { .kind = kind, .function = function, .data = data };

  if (!side_init (&compare.found, connection, kind, SELECT_PERIODS, error)
      || !side_init (&compare.wanted, connection, kind, SELECT_ENTRIES, error)
      || !next (&compare.found, read_period, error)
      || !next (&compare.wanted, replay_entry, error))
    return FALSE;
  while (compare.found.row != 0 || compare.wanted.row != 0)
    if (!compare_row (&compare, error))
      return FALSE;
  return TRUE;
}
