#include "plan/passage.h"
#include "plan/living.h"

static void
passage_free (gpointer data)
{
  HxPassage *passage = data;

  g_free (passage->number);
  g_free (passage->text);
  g_free (passage->title);
  g_free (passage);
}

static HxPassage *
passage_new (const HxPlanView *view, const HxRow *row)
{
  HxPassage *passage = g_new0 (HxPassage, 1);

  passage->id = row->id;
  passage->task_id = hx_living_integer (row, view->text_task);
  passage->place = hx_living_code (row, view->text_place);
  passage->number = hx_living_text (row, view->text_number);
  passage->text = hx_living_text (row, view->text_text);
  passage->title = hx_living_text (row, view->text_title);
  return passage;
}

GPtrArray *
hx_passages_read (HxConnection *connection, HxCatalogue *catalogue, int year,
                  GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (catalogue);
  g_autoptr (GPtrArray) passages
      = g_ptr_array_new_with_free_func (passage_free);
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *rest = NULL;

  if (view == NULL || view->text == NULL)
    return g_steal_pointer (&passages);
  rest = g_strdup_printf ("%s = ?2 ORDER BY %s, %s, id",
                          hx_field_column (view->text_year),
                          hx_field_column (view->text_position),
                          hx_field_column (view->text_number));
  rows = hx_living_rows (connection, view->text, rest, year, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (passages, passage_new (view, rows->pdata[i]));
  return g_steal_pointer (&passages);
}
