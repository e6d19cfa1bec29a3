/* The balance: who was there at the end of last year, who is there now, and
 * what happened to each between.
 *
 * Two walks tell the classes at both ends.  Who is at one end alone entered or
 * left, and is in the class of that very day: the values at the end that is
 * known, unless a dated field of the row moved in between, for then the row
 * is asked for as of the day.  Who came and went between is found by the days.
 */
#include "people/statistics_internal.h"

#define NAMED_MAX 20 /* rows in an error */

typedef struct
{
  HxKnownClass *last, *now; /* NULL: not there */
  HxKnownClass *first;      /* of the day of entering, who entered */
  HxKnownClass *final;      /* of the last day, who left */
  HxKnownClass *reason;
} Person;

typedef struct
{
  const HxStatisticsQuery *query;
  HxDate last, now;
  GArray *dimension, *exit; /* HxDimension; one each, or none */
  HxClasses *classes, *reasons;
  GHashTable *people;  /* id → Person */
  GHashTable *changed; /* ids of rows with a change in between */
} Count;

static void
count_clear (Count *count)
{
  g_clear_pointer (&count->dimension, g_array_unref);
  g_clear_pointer (&count->exit, g_array_unref);
  g_clear_pointer (&count->classes, hx_classes_free);
  g_clear_pointer (&count->reasons, hx_classes_free);
  g_clear_pointer (&count->people, g_hash_table_unref);
  g_clear_pointer (&count->changed, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Count, count_clear)

/* -------------------------------------------------------------------- dates */

/* The first or last day that the field of a row stands for; year 0: none. */
static HxDate
day_of (const HxRow *row, const HxField *field, gboolean is_last)
{
  HxDate date = { 0 };
  if (field == NULL || !row->values[field->index].filled)
    return date;
  date = hx_date_from_number ((gint32)row->values[field->index].integer);
  if (date.month == 0)
    date.month = is_last ? 12 : 1;
  if (date.day == 0)
    date.day
        = is_last ? (gint8)hx_date_days_in_month (date.year, date.month) : 1;
  return date;
}

/* after < date ≤ until */
static gboolean
is_between (HxDate date, HxDate after, HxDate until)
{
  return date.year != 0 && hx_date_compare (date, after) > 0
         && hx_date_compare (date, until) <= 0;
}

/* ------------------------------------------------------------------- walking
 */

static HxSelection *
select_day (const Count *count, const char *const *terms, HxDate day,
            GError **error)
{
  const HxStatisticsQuery *query = count->query;
  const HxField *exit = hx_kind_field (query->kind, "exit");
  gconstpointer fields[] = {
    g_array_index (count->dimension, HxDimension, 0).field,
    query->kind->since,
    query->kind->until,
    exit,
  };
  HxSelection *selection = hx_selection_new (
      query->connection, query->catalogue, query->kind, terms, day, error);
  g_autoptr (GPtrArray) only = g_ptr_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i] != NULL)
      g_ptr_array_add (only, (gpointer)(guintptr)fields[i]);
  if (selection != NULL)
    hx_selection_only (selection, only);
  return selection;
}

static Person *
person_of (const Count *count, gint64 id)
{
  Person *person = g_hash_table_lookup (count->people, &id);
  if (person == NULL)
    {
      person = g_new0 (Person, 1);
      g_hash_table_insert (count->people, g_memdup2 (&id, sizeof id), person);
    }
  return person;
}

/* The class of a row on a day, of which the values of another day are known. */
static HxKnownClass *
class_on (const Count *count, const HxRow *row, HxDate day, GError **error)
{
  if (!g_hash_table_contains (count->changed, &row->id))
    return hx_classes_of (count->classes, row, day, error);
  g_autoptr (HxSelection) selection = select_day (count, NULL, day, error);
  g_autoptr (HxRow) then = hx_row_new (row->kind);
  if (selection == NULL || !hx_selection_row (selection, row->id, then, error))
    return NULL;
  return hx_classes_of (count->classes, then->id != 0 ? then : row, day, error);
}

static gboolean
leaves (const Count *count, const HxRow *row, Person *person, GError **error)
{
  const HxDate day = day_of (row, row->kind->until, TRUE);
  person->final = class_on (count, row, day, error);
  person->reason = person->final != NULL
                       ? hx_classes_of (count->reasons, row, count->now, error)
                       : NULL;
  return person->reason != NULL;
}

static gboolean
enters (const Count *count, const HxRow *row, Person *person, GError **error)
{
  person->first
      = class_on (count, row, day_of (row, row->kind->since, FALSE), error);
  return person->first != NULL;
}

static gboolean
was_there (const HxRow *row, gpointer data, GError **error)
{
  const Count *count = data;
  Person *person = person_of (count, row->id);
  const HxDate until = day_of (row, row->kind->until, TRUE);
  person->last = hx_classes_of (count->classes, row, count->last, error);
  if (person->last == NULL)
    return FALSE;
  return until.year == 0 || hx_date_compare (until, count->now) >= 0
         || leaves (count, row, person, error);
}

static gboolean
is_there (const HxRow *row, gpointer data, GError **error)
{
  const Count *count = data;
  Person *person = person_of (count, row->id);
  const HxDate since = day_of (row, row->kind->since, FALSE);
  person->now = hx_classes_of (count->classes, row, count->now, error);
  if (person->now == NULL)
    return FALSE;
  return person->last != NULL || !is_between (since, count->last, count->now)
         || enters (count, row, person, error);
}

/* Came and went: there on the last day by the terms. */
static gboolean
came_and_went (const HxRow *row, gpointer data, GError **error)
{
  const Count *count = data;
  const HxDate since = day_of (row, row->kind->since, FALSE);
  const HxDate until = day_of (row, row->kind->until, TRUE);
  if (!is_between (since, count->last, count->now) || until.year == 0
      || hx_date_compare (until, count->now) >= 0
      || hx_date_compare (until, since) < 0)
    return TRUE;
  g_autoptr (HxSelection) selection
      = select_day (count, count->query->terms, until, error);
  g_autoptr (HxRow) then = hx_row_new (row->kind);
  if (selection == NULL || !hx_selection_row (selection, row->id, then, error))
    return FALSE;
  if (then->id == 0)
    return TRUE;
  Person *person = person_of (count, row->id);
  return leaves (count, then, person, error)
         && enters (count, then, person, error);
}

static gboolean
walk (Count *count, const char *const *terms, HxDate day,
      HxSelectedFunc function, GError **error)
{
  g_autoptr (HxSelection) selection = select_day (count, terms, day, error);
  return selection != NULL
         && hx_selection_each (selection, function, count, error);
}

static gboolean
walk_between (Count *count, GError **error)
{
  char last[HX_DATE_TEXT_SIZE], now[HX_DATE_TEXT_SIZE];
  hx_date_format (count->last, last);
  hx_date_format (count->now, now);
  g_autofree char *since = g_strdup_printf ("since>%s", last);
  g_autofree char *until = g_strdup_printf ("until<%s", now);
  const char *const terms[] = { since, until, NULL };
  return count->query->kind->until == NULL
         || walk (count, terms, (HxDate){ 0 }, came_and_went, error);
}

static gboolean
read_changed (Count *count, GError **error)
{
  char last[HX_DATE_TEXT_SIZE];
  hx_date_format (count->last, last);
  HxStatement *statement = hx_statement (
      count->query->connection,
      "SELECT DISTINCT row FROM history WHERE bureau_id = ?1 AND kind = ?2"
      " AND since > ?3",
      error);
  HxStep step;
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, count->query->kind->key, -1);
  hx_bind_text (statement, 3, last, -1);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const gint64 id = hx_column_integer (statement, 0);
      g_hash_table_add (count->changed, g_memdup2 (&id, sizeof id));
    }
  return step == HX_STEP_DONE;
}

/* ------------------------------------------------------------------ summing */

static void
line_free (gpointer data)
{
  HxBalanceLine *line = data;
  if (line == NULL)
    return;
  hx_class_free (line->row);
  g_free (line->left);
  g_free (line);
}

void
hx_balance_free (HxBalance *balance)
{
  if (balance == NULL)
    return;
  g_clear_pointer (&balance->reasons, g_ptr_array_unref);
  g_clear_pointer (&balance->lines, g_ptr_array_unref);
  line_free (balance->all);
  g_free (balance);
}

static HxBalanceLine *
line_of (const HxBalance *balance, const HxKnownClass *class)
{
  return balance->lines->pdata[class->place];
}

/* From where a person came to where one went; the classes between do not
 * count. */
static void
sum_person (const HxBalance *balance, const Person *person)
{
  HxKnownClass *from = person->last != NULL ? person->last : person->first;
  HxKnownClass *to = person->now != NULL ? person->now : person->final;
  if (person->last != NULL)
    line_of (balance, person->last)->last++;
  else if (person->first != NULL)
    line_of (balance, person->first)->entered++;
  if (person->now != NULL)
    line_of (balance, person->now)->row->total++;
  else if (person->final != NULL)
    {
      line_of (balance, person->final)->left[person->reason->place]++;
      person->reason->class.total++;
    }
  if (from == to)
    return;
  if (from != NULL)
    line_of (balance, from)->moved_out++;
  if (to != NULL)
    line_of (balance, to)->moved_in++;
}

static void
add_line (HxBalanceLine *all, const HxBalanceLine *line, guint n_reasons)
{
  all->last += line->last;
  all->entered += line->entered;
  all->moved_in += line->moved_in;
  all->moved_out += line->moved_out;
  all->row->total += line->row->total;
  for (guint i = 0; i < n_reasons; i++)
    all->left[i] += line->left[i];
}

static HxBalanceLine *
line_new (HxClass *row, guint n_reasons)
{
  HxBalanceLine *line = g_new0 (HxBalanceLine, 1);
  line->row = row;
  line->left = g_new0 (gint64, MAX (1, n_reasons));
  return line;
}

static HxBalance *
sum (Count *count)
{
  HxBalance *balance = g_new0 (HxBalance, 1);
  GPtrArray *classes = hx_classes_take (count->classes);
  GHashTableIter iter;
  gpointer person;
  balance->reasons = hx_classes_take (count->reasons);
  balance->lines = g_ptr_array_new_with_free_func (line_free);
  for (guint i = 0; i < classes->len; i++)
    g_ptr_array_add (balance->lines,
                     line_new (classes->pdata[i], balance->reasons->len));
  g_ptr_array_set_free_func (classes, NULL);
  g_ptr_array_unref (classes);
  balance->all = line_new (g_new0 (HxClass, 1), balance->reasons->len);
  g_hash_table_iter_init (&iter, count->people);
  while (g_hash_table_iter_next (&iter, NULL, &person))
    sum_person (balance, person);
  for (guint i = 0; i < balance->lines->len; i++)
    add_line (balance->all, balance->lines->pdata[i], balance->reasons->len);
  return balance;
}

/* ----------------------------------------------------------------- checking */

static gint64
counted (const HxCross *cross, const HxClass *class)
{
  for (guint i = 0; i < cross->rows->len; i++)
    if (g_str_equal (((const HxClass *)cross->rows->pdata[i])->key, class->key))
      return ((const HxClass *)cross->rows->pdata[i])->total;
  return 0;
}

static gboolean
line_balances (const HxBalanceLine *line, const HxCross *last,
               const HxCross *now, guint n_reasons)
{
  gint64 number = line->last + line->entered + line->moved_in - line->moved_out;
  for (guint i = 0; i < n_reasons; i++)
    number -= line->left[i];
  return number == line->row->total && line->last == counted (last, line->row)
         && line->row->total == counted (now, line->row);
}

static gboolean
is_of (const Person *person, const HxClass *class)
{
  const HxKnownClass *const all[]
      = { person->last, person->now, person->first, person->final };
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != NULL && &all[i]->class == class)
      return person->last != person->now;
  return FALSE;
}

static gboolean
fail_line (const Count *count, const HxBalanceLine *line, GError **error)
{
  g_autoptr (GString) ids = g_string_new (_ ("有变动的编号："));
  GHashTableIter iter;
  gpointer id, person;
  guint named = 0;
  g_hash_table_iter_init (&iter, count->people);
  while (named < NAMED_MAX && g_hash_table_iter_next (&iter, &id, &person))
    if (is_of (person, line->row))
      g_string_append_printf (ids, "%s%" G_GINT64_FORMAT,
                              named++ > 0 ? "、" : "", *(const gint64 *)id);
  return hx_fail (
      error, HX_ERROR_FINDING, _ ("平衡不上：上年末加减不等于本年末"),
      line->row->names->len > 0 ? line->row->names->pdata[0] : NULL, ids->str);
}

static gboolean
check (const Count *count, const HxBalance *balance, GError **error)
{
  HxStatisticsQuery query = *count->query;
  query.rows = count->dimension;
  query.columns = NULL;
  g_autoptr (HxCross) now = hx_cross_count (&query, error);
  query.as_of = count->last;
  g_autoptr (HxCross) last
      = now != NULL ? hx_cross_count (&query, error) : NULL;
  if (last == NULL)
    return FALSE;
  for (guint i = 0; i < balance->lines->len; i++)
    if (!line_balances (balance->lines->pdata[i], last, now,
                        balance->reasons->len))
      return fail_line (count, balance->lines->pdata[i], error);
  if (balance->all->last == last->total
      && balance->all->row->total == now->total)
    return TRUE;
  return hx_fail (error, HX_ERROR_STORE, _ ("平衡表的合计与统计表不同"), NULL,
                  NULL);
}

/* ------------------------------------------------------------- the balance */

static GArray *
one_dimension (const HxField *field, gboolean is_age)
{
  const HxDimension dimension = { field, is_age };
  GArray *dimensions = g_array_new (FALSE, FALSE, sizeof dimension);
  if (field != NULL)
    g_array_append_val (dimensions, dimension);
  return dimensions;
}

static gboolean
count_init (Count *count, GError **error)
{
  const HxStatisticsQuery *query = count->query;
  const HxDimension *first = &g_array_index (query->rows, HxDimension, 0);
  const HxField *exit = hx_kind_field (query->kind, "exit");
  count->dimension = one_dimension (first->field, first->is_age);
  count->exit = one_dimension (
      exit != NULL && exit->type == HX_FIELD_CHOICE && !exit->secret ? exit
                                                                     : NULL,
      FALSE);
  count->people
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  count->changed
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  count->classes = hx_classes_new (query, count->dimension, error);
  count->reasons = count->classes != NULL
                       ? hx_classes_new (query, count->exit, error)
                       : NULL;
  return count->reasons != NULL;
}

HxBalance *
hx_balance_count (const HxStatisticsQuery *query, HxDate last, GError **error)
{
  g_auto (Count) count = { .query = query, .last = last, .now = query->as_of };
  if (!query->kind->is_register)
    return hx_fail (error, HX_ERROR_USAGE, _ ("只有名册有平衡表"),
                    query->kind->name, NULL),
           NULL;
  if (!count_init (&count, error) || !read_changed (&count, error)
      || !walk (&count, query->terms, last, was_there, error)
      || !walk (&count, query->terms, query->as_of, is_there, error)
      || !walk_between (&count, error))
    return NULL;
  g_autoptr (HxBalance) balance = sum (&count);
  return check (&count, balance, error) ? g_steal_pointer (&balance) : NULL;
}
