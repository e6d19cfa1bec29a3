#include "exchange/person_json.h"

#include <string.h>

#define GIST_WORDS 4

static gboolean
is_in (const GPtrArray *fields, const HxField *field)
{
  for (guint i = 0; i < fields->len; i++)
    if (fields->pdata[i] == field)
      return TRUE;
  return FALSE;
}

/* Where a group was named first its later fields follow. */
GPtrArray *
hx_person_fields (const HxPersonShown *shown)
{
  const GPtrArray *all = shown->person->view->of->fields;
  GPtrArray *fields = g_ptr_array_new ();
  for (guint i = 0; i < all->len; i++)
    {
      const HxField *first = all->pdata[i];
      if (is_in (fields, first))
        continue;
      for (guint j = i; j < all->len; j++)
        if (g_strcmp0 (((HxField *)all->pdata[j])->group, first->group) == 0)
          g_ptr_array_add (fields, all->pdata[j]);
    }
  return fields;
}

char *
hx_person_text (const HxPersonShown *shown, const HxRow *row,
                const HxField *field, GError **error)
{
  g_autoptr (GError) failed = NULL;
  char *text;

  if (field == NULL)
    return g_strdup ("");
  text = shown->value (row, field, shown->data, &failed);
  if (failed == NULL)
    return text != NULL ? text : g_strdup ("");
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

gboolean
hx_person_shows (const HxPersonShown *shown, const HxKind *kind)
{
  return shown->shows == NULL || shown->shows (kind, shown->data);
}

char *
hx_person_amount (const HxCap *cap, gint64 amount)
{
  return cap->sum->type == HX_FIELD_MONEY ? hx_money_format_yuan (amount)
                                          : hx_cap_amount (cap, amount);
}

static gboolean
is_telling (const HxPersonShown *shown, const HxRow *row, const HxField *field)
{
  if (!row->values[field->index].filled || field->secret
      || field->target == shown->person->view->of)
    return FALSE;
  return field->type == HX_FIELD_CHOICE || field->type == HX_FIELD_REF
         || field->type == HX_FIELD_MONEY
         || (field->type == HX_FIELD_TEXT
             && field == hx_kind_label_field (row->kind));
}

char *
hx_person_gist (const HxPersonShown *shown, const HxRow *row, GError **error)
{
  g_autoptr (GString) gist = g_string_new (NULL);
  guint words = 0;
  for (guint i = 0; i < row->kind->fields->len && words < GIST_WORDS; i++)
    {
      const HxField *field = row->kind->fields->pdata[i];
      if (!is_telling (shown, row, field))
        continue;
      g_autofree char *text = hx_person_text (shown, row, field, error);
      if (text == NULL)
        return NULL;
      if (*text == '\0')
        continue;
      g_string_append_printf (gist, "%s%s%s", words++ > 0 ? " " : "", text,
                              field->type == HX_FIELD_MONEY ? _ ("元") : "");
    }
  return g_strdup (gist->str);
}

static char *
changed_text (const HxPersonShown *shown, const HxPersonEvent *event,
              GError **error)
{
  g_autofree char *value
      = hx_person_text (shown, event->row, event->field, error);
  if (value == NULL)
    return NULL;
  return g_strdup_printf ("%s → %s", event->field->name,
                          *value != '\0' ? value : _ ("（空）"));
}

/* What is more than that it happened. */
static const char *
event_word (const HxPersonShown *shown, const HxPersonEvent *event)
{
  static const char *const words[] = { [HX_EVENT_PROMISED] = N_ ("承诺"),
                                       [HX_EVENT_SOLVED] = N_ ("办结"),
                                       [HX_EVENT_CONFIRMED] = N_ ("本人确认"),
                                       [HX_EVENT_BEGAN] = N_ ("开始"),
                                       [HX_EVENT_ENDED] = N_ ("结束") };
  if (event->row == shown->person->row)
    return event->kind == HX_EVENT_BEGAN ? _ ("入册") : _ ("出册");
  if (event->kind == HX_EVENT_RECORD)
    return event->row->kind == shown->person->view->plan ? _ ("提出") : NULL;
  return hx_text (words[event->kind]);
}

char *
hx_person_event_text (const HxPersonShown *shown, const HxPersonEvent *event,
                      GError **error)
{
  const char *word = NULL;
  if (event->kind == HX_EVENT_CHANGED)
    return changed_text (shown, event, error);
  word = event_word (shown, event);
  if (event->row == shown->person->row)
    return g_strdup (word);
  g_autofree char *gist
      = event->row->kind == shown->person->view->plan
            ? hx_person_text (shown, event->row, shown->person->view->need,
                              error)
            : hx_person_gist (shown, event->row, error);
  if (gist == NULL)
    return NULL;
  return g_strdup_printf ("%s%s%s%s%s", event->row->kind->name,
                          word != NULL ? "·" : "", word != NULL ? word : "",
                          *gist != '\0' ? " " : "", gist);
}
