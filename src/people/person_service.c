/* The records and registers that name a person: one statement a kind, by the
 * indexes of its references. */
#include "people/person_internal.h"

void
hx_person_service_free (gpointer data)
{
  HxPersonService *service = data;

  g_ptr_array_unref (service->rows);
  g_free (service);
}

char *
hx_person_naming (const HxKind *kind, const HxKind *of)
{
  g_autoptr (GString) tests = g_string_new (NULL);

  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = kind->fields->pdata[i];

      if (field->target != of)
        continue;
      g_string_append (tests, tests->len > 0 ? " OR " : "");
      if (field->type == HX_FIELD_ATTENDEES)
        g_string_append_printf (tests,
                                "REPLACE (REPLACE (\"%s_people\", '[', ','),"
                                " ']', ',') LIKE '%%,' || ?2 || ',%%'",
                                hx_field_column (field));
      else
        g_string_append_printf (tests, "\"%s\" = ?2", hx_field_column (field));
    }
  return tests->len > 0 ? g_strdup (tests->str) : NULL;
}

static HxStatement *
rows_of (HxConnection *connection, const HxKind *kind, const char *test,
         GError **error)
{
  g_autofree char *columns = hx_row_columns (kind, NULL);
  g_autofree char *sql
      = g_strdup_printf ("SELECT %s FROM %s WHERE bureau_id = ?1 AND (%s)"
                         " AND void = 0 ORDER BY day DESC, id DESC",
                         columns, kind->table, test);

  return hx_statement_new (connection, sql, error);
}

const HxBatchPlan *
hx_person_plan_of (const HxCatalogue *catalogue, const HxKind *kind)
{
  const GPtrArray *plans = hx_catalogue_batch_plans (catalogue);

  for (guint i = 0; i < plans->len; i++)
    if (((const HxBatchPlan *)plans->pdata[i])->attendance == kind)
      return plans->pdata[i];
  return NULL;
}

gboolean
hx_person_is_planned (const HxBatchPlan *plan, const HxRow *row)
{
  return plan != NULL
         && g_strcmp0 (row->values[plan->result->index].text,
                       plan->planned->code)
                == 0;
}

static void
count (const HxPerson *person, HxPersonService *service,
       const HxBatchPlan *plan, HxRow *row)
{
  const HxDate date = hx_date_from_number (hx_row_day (row));

  if ((date.year != 0 && hx_person_day (date) > hx_date_days (person->as_of))
      || hx_person_is_planned (plan, row))
    {
      hx_row_free (row);
      return;
    }
  service->this_year += date.year == person->year;
  service->before += date.year < person->year;
  g_ptr_array_add (service->rows, row);
}

static gboolean
read_rows (const HxPerson *person, HxStatement *statement,
           HxPersonService *service, const HxBatchPlan *plan, GError **error)
{
  HxStep step;

  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      HxRow *row = hx_row_new (service->kind);

      hx_row_read (statement, 0, row);
      count (person, service, plan, row);
    }
  return step == HX_STEP_DONE;
}

static gboolean
load_kind (HxPerson *person, HxConnection *connection,
           const HxCatalogue *catalogue, const HxKind *kind, GError **error)
{
  g_autofree char *test = hx_person_naming (kind, person->view->of);
  g_autoptr (HxStatement) statement = NULL;
  HxPersonService *service;

  if (test == NULL || kind == person->view->of)
    return TRUE;
  statement = rows_of (connection, kind, test, error);
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, person->row->id);
  service = g_new0 (HxPersonService, 1);
  service->kind = kind;
  service->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_row_free);
  g_ptr_array_add (person->services, service);
  return read_rows (person, statement, service,
                    hx_person_plan_of (catalogue, kind), error);
}

static void
add_money (HxPerson *person, const HxPersonService *service,
           const HxField *field)
{
  HxPersonMoney money = { .kind = service->kind, .field = field };

  for (guint i = 0; i < service->rows->len; i++)
    {
      const HxRow *row = service->rows->pdata[i];
      const int year = hx_row_day (row) / 10000;
      const gint64 amount = row->values[field->index].integer;

      money.this_year += year == person->year ? amount : 0;
      money.before += year < person->year ? amount : 0;
    }
  if (money.this_year != 0 || money.before != 0)
    g_array_append_val (person->money, money);
}

static void
sum_money (HxPerson *person, const HxPersonService *service)
{
  for (guint i = 0; i < service->kind->fields->len; i++)
    {
      const HxField *field = service->kind->fields->pdata[i];

      if (field->type == HX_FIELD_MONEY)
        add_money (person, service, field);
    }
}

gboolean
hx_person_load_services (HxPerson *person, HxConnection *connection,
                         HxCatalogue *catalogue, GError **error)
{
  const GPtrArray *kinds = hx_catalogue_kinds (catalogue);

  for (guint i = 0; i < kinds->len; i++)
    if (!load_kind (person, connection, catalogue, kinds->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < person->services->len; i++)
    sum_money (person, person->services->pdata[i]);
  return TRUE;
}
