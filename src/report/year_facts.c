#include "report/year_facts.h"

#include <string.h>

typedef struct
{
  gboolean (*read) (HxYearFacts *facts, GError **error);
} Provider;

/* Targets before tasks, which hold theirs. */
static const Provider providers[] = {
  { hx_year_texts },      { hx_year_money },    { hx_year_targets },
  { hx_year_tasks },      { hx_year_problems }, { hx_year_score },
  { hx_year_monitoring },
};

static void
fact_free (gpointer data)
{
  HxYearFact *fact = data;
  g_free (fact->key);
  g_free (fact->name);
  g_free (fact->query);
  g_free (fact->unit);
  g_ptr_array_unref (fact->cells);
  g_array_unref (fact->names);
  g_free (fact);
}

void
hx_year_facts_clear (HxYearFacts *facts)
{
  g_clear_pointer (&facts->facts, g_hash_table_unref);
  g_clear_pointer (&facts->targets, g_ptr_array_unref);
}

/* has_NAME: a heading stands once, however many items there are. */
static void
add_flags (json_t *context)
{
  static const char *const lists[]
      = { "tasks",         "goals",     "targets", "remainders", "problems",
          "last_problems", "functions", "aims",    "summary",    "results" };
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *flag = g_strconcat ("has_", lists[i], NULL);
      const json_t *list = json_object_get (context, lists[i]);
      hx_set_flag (context, flag, json_array_size (list) > 0);
    }
}

/* day_of.KEY: the day up to which a figure counts. */
static void
add_days (HxYearFacts *facts)
{
  json_t *days = json_object ();
  GHashTableIter iter;
  gpointer value;
  json_object_set_new (facts->context, "day_of", days);
  g_hash_table_iter_init (&iter, facts->figures);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const HxFigure *figure = value;
      hx_set_day (days, figure->indicator->key, figure->as_of);
    }
}

gboolean
hx_year_facts_read (HxYearFacts *facts, GError **error)
{
  facts->facts
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, fact_free);
  const HxDate last = { facts->year, 12, 31 };
  hx_set_day (facts->context, "as_of",
              facts->as_of.year == 0 ? last : facts->as_of);
  add_days (facts);
  for (gsize i = 0; i < G_N_ELEMENTS (providers); i++)
    if (!providers[i].read (facts, error))
      return FALSE;
  add_flags (facts->context);
  return TRUE;
}

/* ------------------------------------------------------------------- facts */

/* "2023-008" is 2023_008; NULL when something else than letters, digits and
 * dashes is in it. */
static char *
key_of_number (const char *number)
{
  if (number == NULL || *number == '\0')
    return NULL;
  g_autofree char *key = g_ascii_strdown (number, -1);
  for (char *at = key; *at != '\0'; at++)
    {
      if (!g_ascii_isalnum (*at) && strchr ("-_./ ", *at) == NULL)
        return NULL;
      if (!g_ascii_isalnum (*at))
        *at = '_';
    }
  return g_steal_pointer (&key);
}

/* Never the key of a figure or of another fact. */
static char *
free_key (const HxYearFacts *facts, HxFactName name)
{
  g_autofree char *number = key_of_number (name.number);
  g_autofree char *first
      = number != NULL
            ? g_strdup_printf ("%s_%s", name.prefix, number)
            : g_strdup_printf ("%s_%" G_GINT64_FORMAT, name.prefix, name.id);
  char *key = g_strdup (first);
  for (guint i = 2; g_hash_table_contains (facts->facts, key)
                    || g_hash_table_contains (facts->figures, key);
       i++)
    {
      g_free (key);
      key = g_strdup_printf ("%s_%u", first, i);
    }
  return key;
}

HxYearFact *
hx_year_fact (HxYearFacts *facts, HxFactName name, json_t *item,
              const char *member)
{
  HxYearFact *fact = g_new0 (HxYearFact, 1);
  fact->key = free_key (facts, name);
  fact->value.denominator = 1;
  fact->cells = g_ptr_array_new_with_free_func (g_free);
  fact->names = g_array_new (FALSE, FALSE, sizeof (HxRowName));
  g_hash_table_insert (facts->facts, fact->key, fact);
  fact->place = json_pack ("{s:s}", "figure", fact->key);
  json_object_set_new (item, member, fact->place);
  return fact;
}

void
hx_fact_money (HxYearFact *fact, gint64 fen)
{
  fact->value = (HxExact){ fen, 1, TRUE };
  fact->decimals = 2;
  fact->unit = g_strdup (_ ("万元"));
}

void
hx_fact_share (HxYearFact *fact, gint64 share)
{
  fact->value = (HxExact){ share, 10000, FALSE };
  fact->decimals = 4;
  fact->filter = "%2";
  json_object_set_new (fact->place, "filter", json_string (fact->filter));
}

void
hx_fact_number (HxYearFact *fact, gint64 number, const char *unit)
{
  fact->value = (HxExact){ number, 1, FALSE };
  fact->unit = g_strdup (unit);
}

void
hx_fact_indicator (HxYearFact *fact, const char *indicator, HxDate as_of,
                   gint64 rows)
{
  fact->indicator = indicator;
  fact->as_of = as_of;
  fact->rows = rows;
}

void
hx_fact_words (HxYearFact *fact, char *name, char *query)
{
  fact->name = name;
  fact->query = query;
}

void
hx_fact_row (HxYearFact *fact, const HxKind *kind, gint64 id, HxDate date,
             const char *text)
{
  char day[HX_DATE_TEXT_SIZE] = "";
  if (date.year != 0)
    hx_date_format (date, day);
  g_ptr_array_add (fact->cells, g_strdup (kind->name));
  g_ptr_array_add (fact->cells, g_strdup_printf ("%" G_GINT64_FORMAT, id));
  g_ptr_array_add (fact->cells, g_strdup (day));
  g_ptr_array_add (fact->cells, g_strdup (text == NULL ? "" : text));
  const HxRowName name = { kind, id };
  g_array_append_val (fact->names, name);
}

/* ----------------------------------------------------------------- members */

void
hx_set_text (json_t *item, const char *member, const char *text)
{
  static const char *const stops[] = { "。", "；", ".", ";" };
  g_autofree char *kept = hx_text_trim (text == NULL ? "" : text);
  for (gsize i = 0; i < G_N_ELEMENTS (stops); i++)
    if (g_str_has_suffix (kept, stops[i]))
      {
        kept[strlen (kept) - strlen (stops[i])] = '\0';
        break;
      }
  json_object_set_new (item, member, json_string (kept));
}

void
hx_set_day (json_t *item, const char *member, HxDate date)
{
  g_autofree char *text
      = date.year == 0
            ? g_strdup ("")
            : g_strdup_printf ("%d年%d月%d日", date.year, date.month, date.day);
  json_object_set_new (item, member, json_string (text));
}

void
hx_set_code (json_t *item, const char *member, const HxCode *code)
{
  hx_set_text (item, member, code == NULL ? NULL : code->name);
}

void
hx_set_flag (json_t *item, const char *member, gboolean holds)
{
  json_object_set_new (item, member, json_boolean (holds));
}
