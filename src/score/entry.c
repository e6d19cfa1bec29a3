/* What was filled in by hand: the rows of the kind that plan.yaml calls
 * `entry`. */
#include "ledger/ledger.h"
#include "score/score_internal.h"

#include <string.h>

void
hx_entry_free (gpointer data)
{
  HxScoreEntry *entry = data;

  g_free (entry->row);
  g_free (entry->checks);
  g_free (entry->reason);
  g_free (entry->signer);
  g_free (entry);
}

/* ---------------------------------------------------------------- what is said
 */

gboolean
hx_yes_no_parse (const char *text, gboolean *yes)
{
  static const char *const words[]
      = { "否", "是", "无", "有", "no", "yes", "0", "1" };
  g_autofree char *normal = hx_text_normalise (text);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (normal, words[i]) == 0)
      {
        *yes = i % 2 == 1;
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_separator (gunichar letter)
{
  return letter == ',' || letter == ' ' || letter == ';' || letter == 0x3001
         || letter == 0xff0c || letter == 0xff1b;
}

/* One number of a list; moves *text behind it. */
static gboolean
take_check (const char **text, guint n, guint64 *checks)
{
  char *end = NULL;
  const guint64 number = g_ascii_strtoull (*text, &end, 10);

  if (!g_ascii_isdigit (**text) || number == 0 || number > n)
    return FALSE;
  *checks |= (guint64)1 << (number - 1);
  *text = end;
  return TRUE;
}

gboolean
hx_checks_parse (const char *text, guint n, guint64 *checks)
{
  g_autofree char *normal = hx_text_normalise (text);
  const char *at = normal;

  *checks = 0;
  if (strcmp (normal, "无") == 0)
    return TRUE;
  if (strcmp (normal, "全部") == 0)
    {
      *checks = ((guint64)1 << n) - 1;
      return TRUE;
    }
  while (*at != '\0')
    {
      if (is_separator (g_utf8_get_char (at)))
        at += g_utf8_skip[(guchar)*at];
      else if (!take_check (&at, n, checks))
        return FALSE;
    }
  return *checks != 0;
}

/* -------------------------------------------------------------------- reading
 */

static const HxValue *
value_of (const HxRow *row, const HxField *field)
{
  static const HxValue empty = { 0 };

  return field == NULL ? &empty : &row->values[field->index];
}

static char *
text_of (const HxRow *row, const HxField *field)
{
  const HxValue *value = value_of (row, field);

  return value->filled ? g_strdup (value->text) : NULL;
}

static gboolean
decimal_of (const HxRow *row, const HxField *field, HxDecimal *decimal)
{
  const HxValue *value = value_of (row, field);

  if (!value->filled)
    return FALSE;
  *decimal = (HxDecimal){ value->integer, field->decimals };
  return TRUE;
}

static HxStatedStep
step_of (const HxRow *row, const HxField *field)
{
  static const char *const codes[] = { "", "reached", "partly", "missed" };
  const HxValue *value = value_of (row, field);

  for (guint i = 1; value->filled && i < G_N_ELEMENTS (codes); i++)
    if (strcmp (value->text, codes[i]) == 0)
      return (HxStatedStep)i;
  return HX_STATED_NONE;
}

static const char *
step_name_of (const HxRow *row, const HxField *field)
{
  const HxValue *value = value_of (row, field);
  const HxCode *code
      = value->filled ? hx_code_find (field->codes, value->text) : NULL;

  return code != NULL ? code->name : NULL;
}

/* One a line. */
static guint
files_of (const HxRow *row, const HxField *field)
{
  const HxValue *value = value_of (row, field);
  guint files = 1;

  if (!value->filled || value->text == NULL)
    return 0;
  for (const char *at = value->text; *at != '\0'; at++)
    files += *at == '\n';
  return files;
}

static HxScoreEntry *
make_entry (const HxPlanView *view, const HxRow *row)
{
  HxScoreEntry *entry = g_new0 (HxScoreEntry, 1);
  const HxValue *applies = value_of (row, view->entry_applies);

  entry->id = row->id;
  entry->row = text_of (row, view->entry_row);
  entry->applies = !applies->filled || applies->integer != 0;
  entry->has_value = decimal_of (row, view->entry_value, &entry->value);
  entry->has_base = decimal_of (row, view->entry_base, &entry->base);
  entry->has_share = decimal_of (row, view->entry_share, &entry->share);
  entry->checks = text_of (row, view->entry_checks);
  entry->reason = text_of (row, view->entry_reason);
  entry->signer = text_of (row, view->entry_signer);
  entry->step = step_of (row, view->entry_step);
  entry->step_name = step_name_of (row, view->entry_step);
  entry->evidence = files_of (row, view->entry_evidence);
  return entry;
}

static gboolean
is_of_card (const HxScoring *scoring, const char *name)
{
  const HxScorecard *card = scoring->score->card;
  const HxScoreTask *task = scoring->score->task;
  const char *const names[] = { card->key, card->name, card->form };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *own
          = task != NULL && names[i] != NULL
                ? g_strconcat (names[i], "/", task->number, NULL)
                : g_strdup (names[i]);

      if (own != NULL && g_strcmp0 (name, own) == 0)
        return TRUE;
    }
  return FALSE;
}

static HxStatement *
open_entries (HxScoring *scoring, const HxPlanView *view, char *day,
              GError **error)
{
  g_autofree char *columns = hx_row_columns (view->entry, "p");
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s FROM %s p WHERE p.bureau_id = ?1 AND p.void = 0"
      " AND p.\"%s\" = ?2%s ORDER BY p.day, p.id",
      columns, view->entry->table, hx_field_column (view->entry_year),
      scoring->is_whole_year ? "" : " AND p.day <= ?3");
  HxStatement *statement = hx_statement_new (scoring->connection, sql, error);

  if (statement == NULL)
    return NULL;
  hx_date_format (scoring->score->as_of, day);
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, scoring->score->year);
  if (!scoring->is_whole_year)
    hx_bind_text (statement, 3, day, -1);
  return statement;
}

gboolean
hx_entries_read (HxScoring *scoring, GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (scoring->score->catalogue);
  char day[HX_DATE_TEXT_SIZE];
  g_autoptr (HxStatement) statement = NULL;
  g_autoptr (HxRow) row = NULL;
  HxStep step;

  if (view == NULL || view->entry == NULL)
    return TRUE;
  statement = open_entries (scoring, view, day, error);
  if (statement == NULL)
    return FALSE;
  row = hx_row_new (view->entry);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      hx_row_read (statement, 0, row);
      if (is_of_card (scoring, value_of (row, view->entry_card)->text))
        g_ptr_array_add (scoring->entries, make_entry (view, row));
    }
  return step == HX_STEP_DONE;
}

HxScoreEntry *
hx_entry_find (const HxScoring *scoring, const HxCardRow *row)
{
  HxScoreEntry *found = NULL;

  for (guint i = 0; i < scoring->entries->len; i++)
    {
      HxScoreEntry *entry = scoring->entries->pdata[i];

      if (g_strcmp0 (entry->row, row->key) != 0
          && g_strcmp0 (entry->row, row->name) != 0)
        continue;
      entry->is_used = TRUE;
      found = entry;
    }
  return found;
}
