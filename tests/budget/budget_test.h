/* What the tests of the budget share: the shipped catalogue in a new database,
 * and a ledger of random money beside plain arrays of what was written. */
#ifndef HX_BUDGET_TEST_H
#define HX_BUDGET_TEST_H

#include "../measure/measure_test.h"
#include "budget/budget.h"

/* With the shipped catalogue; a payment over its line is refused. */
int budget_setup (void **state);
/* The same, with `overspend: warn`. */
int budget_setup_warn (void **state);
/* The shipped catalogue with one file put in its place. */
void use_budget_catalogue (Fixture *fixture, const char *path,
                           const char *text);

/* --------------------------------------------------------------- the model */

#define MODEL_LINES 12
#define MODEL_YEAR 2023

typedef enum
{
  ROW_INITIAL,
  ROW_ADJUSTED,
  ROW_CARRIED_IN,
  ROW_EXECUTED,
  ROW_CARRIED_OVER,
  ROW_WITHDRAWN,
  ROW_LAPSED,
  ROW_PLAN
} ModelRowKind;

typedef struct
{
  ModelRowKind kind;
  guint line;
  gint32 day; /* 20230305 */
  gint64 amount;
  gboolean is_void;
} ModelRow;

typedef struct
{
  GArray *rows; /* ModelRow */
  guint n;      /* rows were written, for their numbers */
} Model;

Model *model_new (void);
void model_free (Model *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Model, model_free)
/* Lines of the model's year, each of another source, nature, task …, and then
 * `count` random rows, some of which are made void. */
void model_write (Model *model, Fixture *fixture, guint count);
/* One row more, written at once. */
void model_row (Model *model, Fixture *fixture, ModelRow row);
/* The sum of rows up to the day. */
gint64 model_sum (const Model *model, guint line, ModelRowKind kind,
                  gint32 until);
/* The money of a line up to the day, added up row by row. */
HxMoney model_money (const Model *model, guint line, gint32 until);
/* "L03", and the codes its line has in the fields. */
char *model_number (guint line);
const char *model_source (guint line);
const char *model_nature (guint line);
const char *model_task (guint line);

HxDate day_of (gint32 number);

#endif
