/* Members: on which days of a year a value was counted, and what follows.
 *
 * The table keeps one row for a value, a year and the unit of the rows
 * themselves; the units above are reckoned when the value changes.  From all
 * rows of one value and year follow, for each unit, the first day and the
 * months on which it occurs; what these were before and are after a change
 * becomes changes of cells.
 */
#include "measure/measure_internal.h"

#include <string.h>

/* Rows of one value and year in one unit. */
typedef struct
{
  gint64 unit_id;
  gboolean is_stored, is_changed;
  HxYearDays year;
} HxUnitDays;

/* One value and year in one unit or any below it. */
typedef struct
{
  gint64 unit_id;
  gint32 first;   /* day */
  guint32 months; /* bit 1 to 12 */
} HxPresence;

typedef struct
{
  HxConnection *connection;
  HxUnits *units;
  gint64 indicator, value, year;
  GArray *days;   /* HxUnitDays */
  GArray *before; /* HxPresence */
  GArray *after;
  GString *text;
  HxEntryFunc changed;
  gpointer data;
} HxGroup;

/* -------------------------------------------------------------------- days */

static guint
slot_of_day (gint64 day)
{
  return (guint)((day / 100 % 100 - 1) * 31 + day % 100 - 1) % HX_YEAR_DAYS;
}

static void
add_day (HxYearDays *days, gint64 day, gint64 rows)
{
  days->months |= 1U << day / 100 % 100;
  days->rows[slot_of_day (day)] += (gint32)rows;
}

void
hx_days_parse (const char *text, HxYearDays *days)
{
  const char *at = text;

  memset (days, 0, sizeof *days);
  while (at != NULL && *at != '\0')
    {
      char *end;
      gint64 day = g_ascii_strtoll (at, &end, 10), count = 1;

      if (end != at && *end == '*')
        count = g_ascii_strtoll (end + 1, &end, 10);
      if (day >= 101 && day <= 1231 && day % 100 >= 1 && day % 100 <= 31)
        add_day (days, day, count);
      at = end + strspn (end, " ");
      if (end == at && *at != '\0')
        at++;
    }
}

static void
append_day (GString *text, int month, int day, gint32 rows)
{
  char digits[5] = { ' ', (char)('0' + month / 10), (char)('0' + month % 10),
                     (char)('0' + day / 10), (char)('0' + day % 10) };
  int skip = text->len > 0 ? 0 : 1;

  g_string_append_len (text, digits + skip, 5 - skip);
  if (rows != 1)
    g_string_append_printf (text, "*%d", rows);
}

void
hx_days_format (const HxYearDays *days, GString *text)
{
  g_string_truncate (text, 0);
  for (int month = 1; month <= 12; month++)
    {
      const gint32 *rows = &days->rows[(month - 1) * 31];

      if ((days->months & 1U << month) == 0)
        continue;
      for (int day = 1; day <= 31; day++)
        if (rows[day - 1] != 0)
          append_day (text, month, day, rows[day - 1]);
    }
}

/* ---------------------------------------------------------------- presence */

static HxPresence *
presence_at (GArray *presences, gint64 unit_id)
{
  HxPresence presence = { unit_id, HX_DAY_LAST, 0 };

  for (guint i = 0; i < presences->len; i++)
    if (g_array_index (presences, HxPresence, i).unit_id == unit_id)
      return &g_array_index (presences, HxPresence, i);
  g_array_append_val (presences, presence);
  return &g_array_index (presences, HxPresence, presences->len - 1);
}

static void
days_outline (const HxYearDays *days, gint64 year, HxPresence *outline)
{
  outline->first = 0;
  outline->months = 0;
  for (int month = 1; month <= 12; month++)
    {
      const gint32 *rows = &days->rows[(month - 1) * 31];
      int day = 0;

      if ((days->months & 1U << month) == 0)
        continue;
      while (day < 31 && rows[day] <= 0)
        day++;
      if (day == 31)
        continue;
      if (outline->first == 0)
        outline->first = (gint32)(year * 10000 + month * 100 + day + 1);
      outline->months |= 1U << month;
    }
}

static gboolean
group_outline (HxGroup *group, GArray *presences, GError **error)
{
  g_array_set_size (presences, 0);
  for (guint i = 0; i < group->days->len; i++)
    {
      const HxUnitDays *days = &g_array_index (group->days, HxUnitDays, i);
      const GArray *above;
      HxPresence outline;

      days_outline (&days->year, group->year, &outline);
      if (outline.first == 0)
        continue;
      above = hx_units_above (group->units, days->unit_id, error);
      if (above == NULL)
        return FALSE;
      for (guint j = 0; j < above->len; j++)
        {
          HxPresence *presence
              = presence_at (presences, g_array_index (above, gint64, j));

          presence->first = MIN (presence->first, outline.first);
          presence->months |= outline.months;
        }
    }
  return TRUE;
}

static gboolean
tell (HxGroup *group, const HxPresence *presence, gint64 period, int sign,
      GError **error)
{
  HxEntry entry = { presence->unit_id, 0, (gint32)group->indicator,
                    (gint32)period,    0, sign };

  return group->changed (group->data, &entry, error);
}

static gboolean
tell_all (HxGroup *group, const GArray *presences, int sign, GError **error)
{
  for (guint i = 0; i < presences->len; i++)
    {
      const HxPresence *presence = &g_array_index (presences, HxPresence, i);

      if (!tell (group, presence, group->year * 10000, sign, error)
          || !tell (group, presence, presence->first, sign, error))
        return FALSE;
      for (int month = 1; month <= 12; month++)
        if ((presence->months & 1U << month) != 0
            && !tell (group, presence, group->year * 10000 + month * 100, sign,
                      error))
          return FALSE;
    }
  return TRUE;
}

/* ------------------------------------------------------------------- table */

static HxStatement *
member_statement (HxGroup *group, const char *sql, GError **error)
{
  HxStatement *statement = hx_statement (group->connection, sql, error);

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, group->indicator);
  hx_bind_integer (statement, 3, group->value);
  hx_bind_integer (statement, 4, group->year);
  return statement;
}

static HxUnitDays *
days_add (HxGroup *group, gint64 unit_id)
{
  HxUnitDays *days;

  g_array_set_size (group->days, group->days->len + 1);
  days = &g_array_index (group->days, HxUnitDays, group->days->len - 1);
  memset (days, 0, sizeof *days);
  days->unit_id = unit_id;
  return days;
}

static HxUnitDays *
days_at (HxGroup *group, gint64 unit_id)
{
  for (guint i = 0; i < group->days->len; i++)
    if (g_array_index (group->days, HxUnitDays, i).unit_id == unit_id)
      return &g_array_index (group->days, HxUnitDays, i);
  return days_add (group, unit_id);
}

static gboolean
group_load (HxGroup *group, GError **error)
{
  HxStatement *statement = member_statement (
      group,
      "SELECT unit_id, days FROM member WHERE bureau_id = ?1"
      " AND indicator = ?2 AND value = ?3 AND year = ?4",
      error);
  HxStep step;

  g_array_set_size (group->days, 0);
  if (statement == NULL)
    return FALSE;
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      HxUnitDays *days = days_add (group, hx_column_integer (statement, 0));

      days->is_stored = TRUE;
      hx_days_parse (hx_column_text (statement, 1), &days->year);
    }
  hx_statement_reset (statement);
  return step == HX_STEP_DONE;
}

#define MEMBER_KEY                                                             \
  " WHERE bureau_id = ?1 AND indicator = ?2 AND value = ?3 AND year = ?4"      \
  " AND unit_id = ?5"

static gboolean
days_write (HxGroup *group, const HxUnitDays *days, GError **error)
{
  const char *sql
      = days->is_stored
            ? "UPDATE member SET days = ?6" MEMBER_KEY
            : "INSERT INTO member (bureau_id, indicator, value, year,"
              " unit_id, days) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
  HxStatement *statement;

  hx_days_format (&days->year, group->text);
  if (group->text->len == 0 && !days->is_stored)
    return TRUE;
  if (group->text->len == 0)
    sql = "DELETE FROM member" MEMBER_KEY;
  if ((statement = member_statement (group, sql, error)) == NULL)
    return FALSE;
  hx_bind_integer (statement, 5, days->unit_id);
  if (group->text->len > 0)
    hx_bind_text (statement, 6, group->text->str, (gssize)group->text->len);
  return hx_step_done (statement, error);
}

static gboolean
group_write (HxGroup *group, GError **error)
{
  for (guint i = 0; i < group->days->len; i++)
    {
      const HxUnitDays *days = &g_array_index (group->days, HxUnitDays, i);

      if (days->is_changed && !days_write (group, days, error))
        return FALSE;
    }
  return TRUE;
}

/* ------------------------------------------------------------------- groups
 */

static int
order (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const HxEntry *x = a, *y = b;

  if (x->value != y->value && x->indicator == y->indicator)
    return order (x->value, y->value);
  if (x->indicator != y->indicator)
    return order (x->indicator, y->indicator);
  if (x->day != y->day)
    return order (x->day, y->day);
  return order (x->unit_id, y->unit_id);
}

/* Takes the entries of one value and year; returns where the next begin. */
static guint
group_take (HxGroup *group, const HxFlat *entries, guint position)
{
  const HxEntry *entry;

  for (; position < hx_flat_count (entries); position++)
    {
      HxUnitDays *days;

      entry = hx_flat_at (entries, position);
      if (entry->indicator != group->indicator || entry->value != group->value
          || entry->day / 10000 != group->year)
        break;
      if (entry->rows == 0)
        continue;
      days = days_at (group, entry->unit_id);
      add_day (&days->year, entry->day, entry->rows);
      days->is_changed = TRUE;
    }
  return position;
}

static gboolean
group_flush (HxGroup *group, const HxFlat *entries, guint *position,
             GError **error)
{
  const HxEntry *first = hx_flat_at (entries, *position);

  group->indicator = first->indicator;
  group->value = first->value;
  group->year = first->day / 10000;
  if (!group_load (group, error)
      || !group_outline (group, group->before, error))
    return FALSE;
  *position = group_take (group, entries, *position);
  return group_outline (group, group->after, error)
         && tell_all (group, group->before, -1, error)
         && tell_all (group, group->after, 1, error)
         && group_write (group, error);
}

gboolean
hx_members_flush (HxConnection *connection, HxUnits *units, HxFlat *entries,
                  HxEntryFunc changed, gpointer data, GError **error)
{
  HxGroup group = { .connection = connection,
                    .units = units,
                    .days = g_array_new (FALSE, FALSE, sizeof (HxUnitDays)),
                    .before = g_array_new (FALSE, FALSE, sizeof (HxPresence)),
                    .after = g_array_new (FALSE, FALSE, sizeof (HxPresence)),
                    .text = g_string_new (NULL),
                    .changed = changed,
                    .data = data };
  gboolean done = TRUE;

  hx_flat_sort (entries, compare_entries);
  for (guint i = 0; done && i < hx_flat_count (entries);)
    done = group_flush (&group, entries, &i, error);
  g_array_unref (group.days);
  g_array_unref (group.before);
  g_array_unref (group.after);
  g_string_free (group.text, TRUE);
  return done;
}

/* ----------------------------------------------------------------- reading */

static gboolean
is_within (const HxMemberSpan *span, const char *text)
{
  HxYearDays days;
  guint last = slot_of_day (span->last);

  hx_days_parse (text, &days);
  for (guint i = slot_of_day (span->first); i <= last; i++)
    if (days.rows[i] > 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_below (HxUnits *units, gint64 unit_id, gint64 top, GError **error)
{
  const GArray *above = hx_units_above (units, unit_id, error);

  for (guint i = 0; above != NULL && i < above->len; i++)
    if (g_array_index (above, gint64, i) == top)
      return TRUE;
  return FALSE;
}

gboolean
hx_members_count (HxConnection *connection, HxUnits *units,
                  const HxMemberSpan *span, gint64 *count, GError **error)
{
  HxStatement *statement = hx_statement (
      connection,
      "SELECT value, unit_id, days FROM member WHERE bureau_id = ?1"
      " AND indicator = ?2 AND year = ?3 ORDER BY value",
      error);
  gint64 counted = -1;
  HxStep step;

  *count = 0;
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, span->indicator);
  hx_bind_integer (statement, 3, span->first / 10000);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      gint64 value = hx_column_integer (statement, 0);

      if (value == counted
          || !is_below (units, hx_column_integer (statement, 1), span->unit_id,
                        error)
          || !is_within (span, hx_column_text (statement, 2)))
        continue;
      counted = value;
      (*count)++;
    }
  hx_statement_reset (statement);
  return step == HX_STEP_DONE;
}
