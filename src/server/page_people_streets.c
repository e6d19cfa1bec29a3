/* 按街道看: how many people each street has, what is due there and late; the
 * yearly tables. */
#include "people/statistics.h"
#include "server/duty_list.h"
#include "server/links.h"
#include "server/people_list.h"

#include <string.h>

/* ------------------------------------------------------------------ streets */

typedef struct
{
  gint64 unit_id, people, due, done, overdue;
} Street;

static Street *
street_of (GArray *streets, gint64 unit_id)
{
  const Street street = { .unit_id = unit_id };

  for (guint i = 0; i < streets->len; i++)
    if (g_array_index (streets, Street, i).unit_id == unit_id)
      return &g_array_index (streets, Street, i);
  g_array_append_val (streets, street);
  return &g_array_index (streets, Street, streets->len - 1);
}

static gboolean
count_people (HxShown *shown, const HxKind *kind, GArray *streets,
              GError **error)
{
  g_autoptr (HxSelection) selection
      = hx_selection_new (shown->connection, hx_call_catalogue (shown->call),
                          kind, NULL, hx_call_as_of (shown->call), error);
  g_autoptr (HxWhere) where = hx_where_new (2);
  g_autoptr (HxStatement) statement = NULL;
  g_autofree char *sql = NULL;
  HxStep step;

  if (selection == NULL)
    return FALSE;
  hx_selection_where (selection, where, "r");
  hx_identity_where (shown->identity, kind, where, "r");
  sql = g_strdup_printf ("SELECT COALESCE (r.unit_id, 0), count(*) FROM %s r%s"
                         " WHERE r.bureau_id = ?1%s GROUP BY 1 ORDER BY 1",
                         kind->table, hx_where_joins (where)->str,
                         hx_where_text (where)->str);
  statement = hx_statement_new (shown->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_where_bind (where, statement);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    street_of (streets, hx_column_integer (statement, 0))->people
        = hx_column_integer (statement, 1);
  return step == HX_STEP_DONE;
}

static gboolean
count_duties (HxShown *shown, const HxKind *kind, GArray *streets,
              GError **error)
{
  g_autoptr (GArray) lines = hx_duty_coverage_read (shown, error);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      const HxDutyCoverage *line = &g_array_index (lines, HxDutyCoverage, i);
      Street *street;

      if (line->duty->of != kind)
        continue;
      street = street_of (streets, line->unit_id);
      street->due += line->due;
      street->done += line->done;
      street->overdue += line->overdue;
    }
  return lines != NULL;
}

static void
due_cell (HxGrid *grid, const HxCall *call, const Street *street, gint64 number,
          const char *state)
{
  g_autofree char *unit = hx_number_text (street->unit_id);
  g_autofree char *year = g_strdup_printf ("%d", hx_call_year (call));
  g_autofree char *url = hx_url ("/due", "unit", unit, "state", state, "whole",
                                 "1", "year", year, NULL);

  hx_grid_count (grid, number, street->unit_id != 0 ? url : NULL);
}

static gboolean
street_rows (HxGrid *grid, HxShown *shown, const GArray *streets,
             GError **error)
{
  for (guint i = 0; i < streets->len; i++)
    {
      const Street *street = &g_array_index (streets, Street, i);
      const char *name = hx_shown_unit (shown, street->unit_id, error);
      g_autofree char *unit = hx_number_text (street->unit_id);
      g_autofree char *people = hx_url ("/people", "unit", unit, NULL);

      if (name == NULL)
        return FALSE;
      hx_grid_row (grid, NULL);
      hx_grid_cell (grid, *name != '\0' ? name : _ ("未定"));
      hx_grid_count (grid, street->people,
                     street->unit_id != 0 ? people : NULL);
      due_cell (grid, shown->call, street, street->due, "all");
      due_cell (grid, shown->call, street, street->done, "done");
      due_cell (grid, shown->call, street, street->overdue, "overdue");
    }
  return TRUE;
}

static gboolean
streets_page (HxCall *call, GError **error)
{
  const HxColumn columns[] = { { .name = _ ("街道、机构") },
                               { .name = _ ("人员"), .is_number = TRUE },
                               { .name = _ ("全年应办"), .is_number = TRUE },
                               { .name = _ ("已办"), .is_number = TRUE },
                               { .name = _ ("超期"), .is_number = TRUE },
                               { .name = NULL } };
  const HxKind *kind = hx_people_kind (call, error);
  g_auto (HxShown) shown = { 0 };
  g_autoptr (GArray) streets = g_array_new (FALSE, TRUE, sizeof (Street));
  g_autoptr (HxHtml) html = NULL;
  gboolean done;
  HxGrid *grid;

  if (kind == NULL || !hx_shown_open (&shown, call, error)
      || !count_people (&shown, kind, streets, error)
      || !count_duties (&shown, kind, streets, error))
    return FALSE;
  g_array_sort (streets, hx_compare_ids);
  html = hx_page_begin (call, &(HxPageHead){ .title = _ ("按街道看"),
                                             .at = "people",
                                             .back = "/people",
                                             .back_name = _ ("人员"),
                                             .with_year = TRUE });
  grid = hx_grid_begin (html, _ ("各街道的人员和应办事项"), columns);
  done = street_rows (grid, &shown, streets, error);
  hx_grid_end (grid);
  return done && hx_page_end (call, g_steal_pointer (&html));
}

/* --------------------------------------------------------------- statistics */

static void
show_tables (HxHtml *html, HxCall *call)
{
  const GPtrArray *all = hx_catalogue_statistics (hx_call_catalogue (call));
  g_autofree char *year = g_strdup_printf ("%d", hx_call_year (call));

  if (all->len == 0)
    {
      hx_part_empty (html, _ ("目录里没有年度统计表。"), "/people",
                     _ ("回到人员"));
      return;
    }
  hx_html_open (html, "ul", NULL);
  for (guint i = 0; i < all->len; i++)
    {
      const HxStatistic *table = all->pdata[i];
      g_autofree char *url = hx_url ("/people/statistics", "table", table->key,
                                     "year", year, NULL);

      hx_html_open (html, "li", NULL);
      hx_html_element (html, "a", table->name, "href", url, NULL);
      hx_html_close (html, "li");
    }
  hx_html_close (html, "ul");
}

static char *
class_name (const HxClass *class)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; class->names != NULL && i < class->names->len; i++)
    g_string_append_printf (name, "%s%s", i > 0 ? " · " : "",
                            (const char *)class->names->pdata[i]);
  return g_strdup (name->len > 0 ? name->str : _ ("人数"));
}

static void
cross_row (HxGrid *grid, const HxCross *cross, guint row)
{
  const HxClass *class = cross->rows->pdata[row];
  g_autofree char *name = class_name (class);

  hx_grid_row (grid, NULL);
  hx_grid_cell (grid, name);
  if (cross->columns->len > 1)
    for (guint i = 0; i < cross->columns->len; i++)
      hx_grid_number (grid, cross->cells[row * cross->columns->len + i]);
  hx_grid_number (grid, class->total);
}

static void
show_cross (HxHtml *html, const HxStatistic *table, const HxCross *cross)
{
  g_autoptr (GArray) columns = g_array_new (TRUE, TRUE, sizeof (HxColumn));
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  HxColumn column = { .name = _ ("分类") };
  HxGrid *grid;

  g_array_append_val (columns, column);
  for (guint i = 0; cross->columns->len > 1 && i < cross->columns->len; i++)
    {
      g_ptr_array_add (names, class_name (cross->columns->pdata[i]));
      column = (HxColumn){ .name = names->pdata[i], .is_number = TRUE };
      g_array_append_val (columns, column);
    }
  column = (HxColumn){ .name = _ ("合计"), .is_number = TRUE };
  g_array_append_val (columns, column);
  grid = hx_grid_begin (html, table->name, (const HxColumn *)columns->data);
  for (guint i = 0; i < cross->rows->len; i++)
    cross_row (grid, cross, i);
  hx_grid_total (grid);
  hx_grid_cell (grid, _ ("合计"));
  for (guint i = 0; cross->columns->len > 1 && i < cross->columns->len; i++)
    hx_grid_number (grid, ((HxClass *)cross->columns->pdata[i])->total);
  hx_grid_number (grid, cross->total);
  hx_grid_end (grid);
}

static void
balance_row (HxGrid *grid, const HxBalance *balance, const HxBalanceLine *line)
{
  const gboolean is_all = line == balance->all;
  g_autofree char *name
      = is_all ? g_strdup (_ ("合计")) : class_name (line->row);
  gint64 left = 0;
  gint64 total = line->last + line->entered + line->moved_in - line->moved_out;

  for (guint i = 0; i < balance->reasons->len; i++)
    left += line->left[i];
  if (!is_all)
    hx_grid_row (grid, NULL);
  else
    hx_grid_total (grid);
  hx_grid_cell (grid, name);
  hx_grid_number (grid, line->last);
  hx_grid_number (grid, line->entered);
  hx_grid_number (grid, line->moved_in);
  hx_grid_number (grid, left);
  hx_grid_number (grid, line->moved_out);
  hx_grid_number (grid, total - left);
}

static void
show_balance (HxHtml *html, const HxStatistic *table, const HxBalance *balance)
{
  const HxColumn columns[] = { { .name = _ ("分类") },
                               { .name = _ ("上年末"), .is_number = TRUE },
                               { .name = _ ("新增"), .is_number = TRUE },
                               { .name = _ ("转入"), .is_number = TRUE },
                               { .name = _ ("退出"), .is_number = TRUE },
                               { .name = _ ("转出"), .is_number = TRUE },
                               { .name = _ ("现在"), .is_number = TRUE },
                               { .name = NULL } };
  HxGrid *grid = hx_grid_begin (html, table->name, columns);

  for (guint i = 0; i < balance->lines->len; i++)
    balance_row (grid, balance, balance->lines->pdata[i]);
  balance_row (grid, balance, balance->all);
  hx_grid_end (grid);
}

/* Those of the table, and of the user's own unit. */
static GPtrArray *
terms_of (const HxShown *shown, const HxStatistic *table)
{
  GPtrArray *terms = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < table->terms->len && table->terms->pdata[i] != NULL;
       i++)
    g_ptr_array_add (terms, g_strdup (table->terms->pdata[i]));
  if (shown->identity->unit_name != NULL)
    g_ptr_array_add (terms,
                     g_strconcat ("unit=", shown->identity->unit_name, NULL));
  g_ptr_array_add (terms, NULL);
  return terms;
}

static gboolean
show_table (HxHtml *html, HxShown *shown, const HxStatistic *table,
            GError **error)
{
  const HxCall *call = shown->call;
  g_autoptr (GPtrArray) terms = terms_of (shown, table);
  g_autoptr (GArray) usual = hx_ages_default ();
  const HxStatisticsQuery query
      = { .connection = shown->connection,
          .catalogue = hx_call_catalogue (call),
          .kind = table->of,
          .rows = table->rows,
          .columns = table->columns,
          .ages = table->ages->len > 0 ? table->ages : usual,
          .terms = (const char *const *)terms->pdata,
          .as_of = hx_call_as_of (call) };

  if (table->is_balance)
    {
      const HxDate last = { (gint16)(query.as_of.year - 1), 12, 31 };
      g_autoptr (HxBalance) balance = hx_balance_count (&query, last, error);

      if (balance != NULL)
        show_balance (html, table, balance);
      return balance != NULL;
    }
  g_autoptr (HxCross) cross = hx_cross_count (&query, error);
  if (cross != NULL)
    show_cross (html, table, cross);
  return cross != NULL;
}

static gboolean
statistics_page (HxCall *call, GError **error)
{
  const char *name = hx_call_text (call, "table");
  const HxStatistic *table
      = name != NULL && *name != '\0'
            ? hx_catalogue_statistic (hx_call_catalogue (call), name)
            : NULL;
  g_auto (HxShown) shown = { 0 };
  g_autoptr (HxHtml) html = NULL;

  if (name != NULL && *name != '\0'
      && (table == NULL
          || !hx_identity_may (hx_call_identity (call), HX_ACT_READ,
                               table->of)))
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这张统计表"), name,
                    NULL);
  if (!hx_shown_open (&shown, call, error))
    return FALSE;
  html = hx_page_begin (
      call,
      &(HxPageHead){ .title = table != NULL ? table->name : _ ("统计表"),
                     .at = "people",
                     .lead = _ ("每人只数一次，行、列、总数都核对过。"),
                     .back = table != NULL ? "/people/statistics" : "/people",
                     .back_name = table != NULL ? _ ("统计表") : _ ("人员"),
                     .with_year = TRUE,
                     .wide = TRUE });
  if (table == NULL)
    show_tables (html, call);
  else if (!show_table (html, &shown, table, error))
    return FALSE;
  return hx_page_end (call, g_steal_pointer (&html));
}

/* ------------------------------------------------------------------- routes */

static const HxParameter streets[] = {
  { "unit", HX_IN_QUERY, HX_TYPE_ID, .what = N_ ("机构") },
  { "duty", HX_IN_QUERY, HX_TYPE_TEXT, .what = N_ ("事项") },
  { "by", HX_IN_QUERY, HX_TYPE_TEXT, .what = N_ ("承办") },
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { .name = NULL },
};
static const HxParameter statistics[] = {
  { "table", HX_IN_QUERY, HX_TYPE_TEXT, .what = N_ ("哪一张统计表") },
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { .name = NULL },
};

const HxRoute hx_routes_people_streets[] = {
  { HX_METHOD_GET, "/people/streets", "people_streets_page", N_ ("按街道看"),
    HX_USER_PEOPLE | HX_USER_READER, HX_ROUTE_PAGE, streets,
    .handler = streets_page },
  { HX_METHOD_GET, "/people/statistics", "people_statistics_page",
    N_ ("统计表"), HX_USER_PEOPLE | HX_USER_READER, HX_ROUTE_PAGE, statistics,
    .handler = statistics_page },
  { 0 },
};
