#include "budget_test.h"

static const char *const sources[]
    = { "general_public", "gov_fund", "state_capital", "other" };
static const char *const natures[] = { "personnel", "office", "project" };
static const char *const tasks[]
    = { "youth", "education", "party", "service", "venue" };

void
use_budget_catalogue (Fixture *fixture, const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxBundle) bundle = hx_bundle_read (HX_TEST_CATALOGUE, &error);
  HxCatalogue *catalogue;

  check (bundle != NULL, error);
  if (path != NULL)
    hx_bundle_add (bundle, path, text);
  catalogue = hx_catalogue_load (bundle, &error);
  check (catalogue != NULL, error);
  fixture_install (fixture, catalogue);
}

int
budget_setup (void **state)
{
  fixture_setup (state);
  use_budget_catalogue (*state, NULL, NULL);
  return 0;
}

int
budget_setup_warn (void **state)
{
  g_autoptr (HxBundle) bundle = hx_bundle_read (HX_TEST_CATALOGUE, NULL);
  g_auto (GStrv) parts
      = g_strsplit (hx_bundle_get (bundle, "budget.yaml"), "refuse", -1);
  g_autofree char *text = g_strjoinv ("warn", parts);

  fixture_setup (state);
  assert_int_equal (g_strv_length (parts), 2);
  use_budget_catalogue (*state, "budget.yaml", text);
  return 0;
}

HxDate
day_of (gint32 number)
{
  return hx_date_from_number (number);
}

/* --------------------------------------------------------------- the model */

Model *
model_new (void)
{
  Model *model = g_new0 (Model, 1);

  model->rows = g_array_new (FALSE, FALSE, sizeof (ModelRow));
  return model;
}

void
model_free (Model *model)
{
  g_array_unref (model->rows);
  g_free (model);
}

char *
model_number (guint line)
{
  return g_strdup_printf ("L%02u", line);
}

const char *
model_source (guint line)
{
  return sources[line % G_N_ELEMENTS (sources)];
}

const char *
model_nature (guint line)
{
  return natures[line / 2 % G_N_ELEMENTS (natures)];
}

/* The last lines have none. */
const char *
model_task (guint line)
{
  return line + 2 < MODEL_LINES ? tasks[line % G_N_ELEMENTS (tasks)] : "";
}

static char *
text_of (const Model *model, const ModelRow *row)
{
  static const char *const formats[] = {
    [ROW_ADJUSTED] = "put budget_adjustment number=A%u date=%d line=L%02u"
                     " kind=increase document=文%u amount=%s",
    [ROW_CARRIED_IN] = "put budget_adjustment number=A%u date=%d line=L%02u"
                       " kind=carried_in document=文%u amount=%s",
    [ROW_EXECUTED] = "put payment voucher=P%u date=%d line=L%02u purpose=%u"
                     " amount=%s",
    [ROW_CARRIED_OVER] = "put carry_over basis=N%u date=%d line=L%02u"
                         " cause=late reason=%u amount=%s",
    [ROW_WITHDRAWN] = "put unspent_reason owner=N%u date=%d line=L%02u"
                      " cause=saved disposal=withdrawn reason=%u amount=%s",
    [ROW_LAPSED] = "put unspent_reason owner=N%u date=%d line=L%02u"
                   " cause=late disposal=lapsed reason=%u amount=%s",
  };
  g_autofree char *yuan = hx_money_format_yuan (row->amount);

  if (row->kind == ROW_PLAN)
    return g_strdup_printf ("put fund_plan date=%d line=L%02u amount=%s",
                            row->day, row->line, yuan);
  if (row->kind == ROW_INITIAL)
    return g_strdup_printf (
        "put budget_line number=L%02u since=%d name=项目%u source=%s"
        " nature=%s task=%s function_class=201360%u economic_class=30%u"
        " amount=%s",
        row->line, row->day, row->line, model_source (row->line),
        model_nature (row->line), model_task (row->line), row->line % 3,
        row->line % 4, yuan);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (formats[row->kind], model->n, row->day, row->line,
                          model->n, yuan);
#pragma GCC diagnostic pop
}

/* The identity of some kinds is line and date: the same again is a change. */
static gboolean
is_taken (const Model *model, const ModelRow *row)
{
  if (row->kind != ROW_CARRIED_OVER && row->kind != ROW_WITHDRAWN
      && row->kind != ROW_LAPSED && row->kind != ROW_PLAN)
    return FALSE;
  for (guint i = 0; i < model->rows->len; i++)
    {
      const ModelRow *other = &g_array_index (model->rows, ModelRow, i);

      if (other->kind == row->kind && other->line == row->line
          && other->day == row->day)
        return TRUE;
    }
  return FALSE;
}

void
model_row (Model *model, Fixture *fixture, ModelRow row)
{
  g_autofree char *text = NULL;
  const char *lines[] = { NULL, NULL, NULL };
  g_autofree char *revoke = NULL;

  if (is_taken (model, &row))
    return;
  model->n++;
  text = text_of (model, &row);
  lines[0] = text;
  if (row.is_void && row.kind == ROW_EXECUTED)
    lines[1] = revoke = g_strdup_printf ("void payment voucher=P%u", model->n);
  else
    row.is_void = FALSE;
  play (fixture, lines);
  g_array_append_val (model->rows, row);
}

static gint32
random_day (void)
{
  const gint32 month = g_random_int_range (1, 13);

  return MODEL_YEAR * 10000 + month * 100 + g_random_int_range (1, 29);
}

static gint64
random_amount (ModelRowKind kind)
{
  const gint64 amount = g_random_int_range (0, 200000000);
  const gboolean may_be_negative = kind == ROW_ADJUSTED || kind == ROW_EXECUTED;

  return may_be_negative && g_random_int_range (0, 4) == 0 ? -amount : amount;
}

void
model_write (Model *model, Fixture *fixture, guint count)
{
  for (guint line = 0; line < MODEL_LINES; line++)
    model_row (
        model, fixture,
        (ModelRow){ ROW_INITIAL, line,
                    line % 5 == 0 ? random_day () : MODEL_YEAR * 10000 + 101,
                    random_amount (ROW_INITIAL), FALSE });
  for (guint i = 0; i < count; i++)
    {
      const ModelRowKind kind
          = (ModelRowKind)g_random_int_range (ROW_ADJUSTED, ROW_PLAN + 1);

      model_row (model, fixture,
                 (ModelRow){ kind, (guint)g_random_int_range (0, MODEL_LINES),
                             random_day (), random_amount (kind),
                             g_random_int_range (0, 5) == 0 });
    }
}

gint64
model_sum (const Model *model, guint line, ModelRowKind kind, gint32 until)
{
  gint64 sum = 0;

  for (guint i = 0; i < model->rows->len; i++)
    {
      const ModelRow *row = &g_array_index (model->rows, ModelRow, i);

      if (row->line == line && row->kind == kind && !row->is_void
          && row->day <= until)
        sum += row->amount;
    }
  return sum;
}

HxMoney
model_money (const Model *model, guint line, gint32 until)
{
  HxMoney money = {
    .initial = model_sum (model, line, ROW_INITIAL, until),
    .adjusted = model_sum (model, line, ROW_ADJUSTED, until),
    .carried_in = model_sum (model, line, ROW_CARRIED_IN, until),
    .executed = model_sum (model, line, ROW_EXECUTED, until),
    .carried_over = model_sum (model, line, ROW_CARRIED_OVER, until),
    .withdrawn = model_sum (model, line, ROW_WITHDRAWN, until),
    .lapsed = model_sum (model, line, ROW_LAPSED, until),
  };

  money.total = money.initial + money.adjusted + money.carried_in;
  money.open = money.total - money.executed - money.carried_over
               - money.withdrawn - money.lapsed;
  return money;
}
