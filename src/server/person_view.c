#include "server/person_view.h"

static char *
shown_value (const HxRow *row, const HxField *field, gpointer data,
             GError **error)
{
  return hx_shown_text (data, row, field, error);
}

static gboolean
shows_kind (const HxKind *kind, gpointer data)
{
  const HxShown *shown = data;

  return kind != NULL && hx_identity_may (shown->identity, HX_ACT_READ, kind);
}

/* The scope is asked of the row before the file is gathered. */
static gboolean
check_row (HxPersonPage *page, const HxKind *kind, gint64 id, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (kind);

  return hx_shown_load (&page->shown, row, id, error);
}

gboolean
hx_person_page_open (HxPersonPage *page, HxCall *call, GError **error)
{
  const HxPersonView *view = hx_catalogue_person (hx_call_catalogue (call));
  const gint64 id = hx_call_integer (call, "id");

  if (view == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这里没有个人档案"), NULL,
                    NULL);
  if (!hx_shown_open (&page->shown, call, error)
      || !check_row (page, view->of, id, error))
    return FALSE;
  page->person
      = hx_person_load (page->shown.connection, hx_call_catalogue (call), id,
                        hx_call_year (call), hx_call_as_of (call), error);
  if (page->person == NULL)
    return FALSE;
  page->file = (HxPersonShown){ .person = page->person,
                                .value = shown_value,
                                .shows = shows_kind,
                                .data = &page->shown };
  page->label = hx_shown_label (&page->shown, page->person->row, error);
  return page->label != NULL;
}

void
hx_person_page_clear (HxPersonPage *page)
{
  g_clear_pointer (&page->person, hx_person_free);
  g_clear_pointer (&page->label, g_free);
  hx_shown_clear (&page->shown);
}

/* ------------------------------------------------------------------- duties */

/* A condition that leaves one value says what the form begins with. */
static const HxCondition *
preset_of (const HxDutyProof *proof)
{
  for (guint i = 0; i < proof->where->len; i++)
    {
      const HxCondition *condition = proof->where->pdata[i];

      if (condition->reference == NULL && condition->test == HX_TEST_IN
          && condition->texts != NULL && condition->texts[0] != NULL)
        return condition;
    }
  return NULL;
}

static char *
link_proof (const HxCall *call, const HxDutyProof *proof, gint64 row_id,
            const HxCode *step, const char *back)
{
  const HxCondition *preset = preset_of (proof);
  HxNewRecord record = { .kind = proof->kind,
                         .reference = proof->reference,
                         .row = row_id,
                         .back = back };

  if (step != NULL && proof->step != NULL)
    {
      record.field = proof->step;
      record.value = step->code;
    }
  else if (preset != NULL)
    {
      record.field = preset->field;
      record.value = preset->texts[0];
    }
  return hx_link_new (call, &record);
}

char *
hx_link_duty (const HxCall *call, const HxDuty *duty, gint64 row_id,
              const HxCode *step, const char *back)
{
  for (guint i = 0; i < duty->done_by->len; i++)
    {
      const HxDutyProof *proof = duty->done_by->pdata[i];
      char *url = proof->kind->is_register || proof->reference == NULL
                      ? NULL
                      : link_proof (call, proof, row_id, step, back);

      if (url != NULL)
        return url;
    }
  return NULL;
}
