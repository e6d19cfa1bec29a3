/* Each month has the same number of columns, whatever its days, so that every
 * line of the chart has the same months under each other at any width. */
#include "cli/plan.h"

#include <string.h>

#define NUMBER_COLUMNS 13
#define MONTH_MIN 5
#define MONTH_MAX 20
#define CELLS_MAX (12 * MONTH_MAX)

#define MARK_BEFORE '<'
#define MARK_AFTER '>'
#define MARK_BASELINE '|'
#define MARK_PLANNED 'o'
#define MARK_DONE '*'
#define MARK_LATE '='
#define MARK_TODAY ':'

typedef struct
{
  int year;
  int month; /* columns of one */
  HxDate as_of;
  char cells[CELLS_MAX + 1];
} Chart;

static int
cell_count (const Chart *chart)
{
  return 12 * chart->month;
}

/* -1 before the year, the number of cells after it. */
static int
cell_of (const Chart *chart, HxDate date)
{
  if (date.year != chart->year)
    return date.year < chart->year ? -1 : cell_count (chart);
  return (date.month - 1) * chart->month
         + (date.day - 1) * chart->month
               / hx_date_days_in_month (date.year, date.month);
}

static void
put_mark (Chart *chart, HxDate date, char mark)
{
  const int cell = cell_of (chart, date);
  const int last = cell_count (chart) - 1;

  if (date.year == 0)
    return;
  chart->cells[CLAMP (cell, 0, last)] = cell < 0      ? MARK_BEFORE
                                        : cell > last ? MARK_AFTER
                                                      : mark;
}

static void
put_lateness (Chart *chart, const HxMilestone *milestone)
{
  const HxDate end
      = milestone->done_on.year != 0 ? milestone->done_on : chart->as_of;
  const int first = MAX (cell_of (chart, milestone->baseline), 0);
  const int last = MIN (cell_of (chart, end), cell_count (chart) - 1);

  if (milestone->days_late > 0)
    for (int cell = first; cell <= last; cell++)
      chart->cells[cell] = MARK_LATE;
}

/* What is more to know overwrites what is less. */
static void
draw (Chart *chart, const HxMilestone *milestone)
{
  memset (chart->cells, ' ', (gsize)cell_count (chart));
  chart->cells[cell_count (chart)] = '\0';
  for (int month = 0; month < 12; month++)
    chart->cells[month * chart->month] = '.';
  if (chart->as_of.year == chart->year)
    put_mark (chart, chart->as_of, MARK_TODAY);
  put_lateness (chart, milestone);
  if (milestone->replans->len > 0)
    put_mark (chart, milestone->planned, MARK_PLANNED);
  put_mark (chart, milestone->baseline, MARK_BASELINE);
  put_mark (chart, milestone->done_on, MARK_DONE);
  g_strchomp (chart->cells);
}

static void
print_months (const Chart *chart)
{
  hx_cli_print_padded (_ ("节点"), NUMBER_COLUMNS, FALSE);
  for (int month = 1; month <= 12; month++)
    {
      g_autofree char *name = g_strdup_printf (_ ("%d月"), month);
      hx_cli_print_padded (name, month < 12 ? (guint)chart->month : 0, FALSE);
    }
  hx_cli_print ("\n");
}

void
hx_cli_plan_gantt (const CliPlan *plan)
{
  Chart chart = { .year = plan->plan->year, .as_of = plan->plan->as_of };
  chart.month
      = CLAMP ((plan->width - NUMBER_COLUMNS) / 12, MONTH_MIN, MONTH_MAX);
  hx_cli_print (_ ("\n进度图： | 原定  o 调整后  * 完成  = 滞后  : 截至日  "
                   "< > 在年外\n"));
  print_months (&chart);
  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const HxPlanTask *task = plan->tasks->pdata[i];
      for (guint j = 0; j < task->milestones->len; j++)
        {
          const HxMilestone *milestone = task->milestones->pdata[j];
          draw (&chart, milestone);
          hx_cli_print_padded (milestone->number, NUMBER_COLUMNS - 1, FALSE);
          hx_cli_print (" %s\n", chart.cells);
        }
    }
}
