#include "plan/years.h"

#define YEARS_NAMED 5

typedef struct
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  int year;
} Asked;

/* A kind of which each row belongs to one year. */
typedef struct
{
  HxYearPart part;
  const HxKind *kind;  /* NULL: the catalogue keeps none */
  const HxField *year; /* NULL: that of the row's day */
} Yearly;

#define N_YEARLY 4

static void
list_yearly (HxCatalogue *catalogue, Yearly *all)
{
  const HxBudgetView *money = hx_catalogue_budget (catalogue);
  const HxPlanView *plan = hx_catalogue_plan (catalogue);

  all[0] = (Yearly){ HX_YEAR_LINES, money != NULL ? money->line : NULL, NULL };
  all[1] = (Yearly){ HX_YEAR_TASKS, plan != NULL ? plan->task : NULL,
                     plan != NULL ? plan->task_year : NULL };
  all[2] = (Yearly){ HX_YEAR_TARGETS, plan != NULL ? plan->target : NULL,
                     plan != NULL ? plan->target_year : NULL };
  all[3] = (Yearly){ HX_YEAR_ENTRIES, plan != NULL ? plan->entry : NULL,
                     plan != NULL ? plan->entry_year : NULL };
}

/* ------------------------------------------------------------------- reading
 */

/* Adds a gint64 for each year. */
static gboolean
read_years (const Asked *asked, const Yearly *yearly, GArray *years,
            GError **error)
{
  g_autofree char *column
      = yearly->year != NULL
            ? g_strdup_printf ("\"%s\"", hx_field_column (yearly->year))
            : g_strdup ("CAST (substr (day, 1, 4) AS INTEGER)");
  g_autofree char *sql = g_strdup_printf (
      "SELECT DISTINCT %s FROM %s WHERE bureau_id = ?1 AND void = 0", column,
      yearly->kind->table);
  g_autoptr (HxStatement) statement
      = hx_statement_new (asked->connection, sql, error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const gint64 year = hx_column_integer (statement, 0);

      g_array_append_val (years, year);
    }
  return step == HX_STEP_DONE;
}

static gboolean
is_among (const GArray *years, gint64 year)
{
  for (guint i = 0; i < years->len; i++)
    if (g_array_index (years, gint64, i) == year)
      return TRUE;
  return FALSE;
}

/* ------------------------------------------------------------------- telling
 */

static int
compare_years (gconstpointer a, gconstpointer b)
{
  const gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

/* The last of them, each once. */
static char *
years_text (GArray *years)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint named = 0;

  g_array_sort (years, compare_years);
  for (guint i = years->len; i-- > 0 && named < YEARS_NAMED;)
    {
      const gint64 year = g_array_index (years, gint64, i);
      g_autofree char *one = NULL;

      if (i + 1 < years->len && g_array_index (years, gint64, i + 1) == year)
        continue;
      one = g_strdup_printf ("%s%" G_GINT64_FORMAT, named > 0 ? "、" : "",
                             year);
      g_string_append (text, one);
      named++;
    }
  return named > 0 ? g_strdup_printf (_ ("有的年度是 %s"), text->str)
                   : g_strdup (_ ("哪一年的都还没有登记"));
}

static gboolean
fail (const Asked *asked, const GPtrArray *kinds, GArray *years, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) keys = g_string_new (NULL);
  const gboolean has_last = is_among (years, asked->year - 1);
  g_autofree char *where = years_text (years);
  g_autofree char *what = NULL;
  g_autofree char *advice = NULL;

  for (guint i = 0; i < kinds->len; i++)
    {
      const HxKind *kind = kinds->pdata[i];

      g_string_append_printf (names, "%s%s", i > 0 ? "、" : "", kind->name);
      g_string_append_printf (keys, "%s%s", i > 0 ? "、" : "", kind->key);
    }
  what = g_strdup_printf (_ ("%d 年没有登记%s"), asked->year, names->str);
  advice
      = has_last
            ? g_strdup_printf (_ ("核对年度；要做这一年的，先 hongxia import "
                                  "导入 %s，或用 hongxia roll-forward %d "
                                  "由上年结转"),
                               keys->str, asked->year - 1)
            : g_strdup_printf (_ ("核对年度；要做这一年的，先 hongxia import "
                                  "导入 %s"),
                               keys->str);
  return hx_fail (error, HX_ERROR_NOT_FOUND, what, where, advice);
}

gboolean
hx_year_need (HxConnection *connection, HxCatalogue *catalogue, int year,
              guint parts, GError **error)
{
  const Asked asked = { connection, catalogue, year };
  Yearly all[N_YEARLY];
  g_autoptr (GArray) years = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) lacking = g_ptr_array_new ();

  list_yearly (catalogue, all);
  for (guint i = 0; i < N_YEARLY; i++)
    {
      if ((parts & all[i].part) == 0 || all[i].kind == NULL)
        continue;
      g_ptr_array_add (lacking, (gpointer)(guintptr)all[i].kind);
      if (!read_years (&asked, &all[i], years, error))
        return FALSE;
    }
  return lacking->len == 0 || is_among (years, year)
         || fail (&asked, lacking, years, error);
}
