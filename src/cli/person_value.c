#include "cli/person_show.h"

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
hx_cli_person_fields (const HxCliPerson *shown)
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
hx_cli_person_value (const HxCliPerson *shown, const HxField *field,
                     GError **error)
{
  return hx_value_display (shown->connection, shown->person->row, field,
                           hx_cli_audience (shown->reveal, field), error);
}

char *
hx_cli_person_other (const HxCliPerson *shown, const HxRow *row,
                     const HxField *field, GError **error)
{
  if (field == NULL)
    return g_strdup ("");
  return hx_value_display (shown->connection, row, field, HX_AUDIENCE_INSIDE,
                           error);
}

static gboolean
is_telling (const HxCliPerson *shown, const HxRow *row, const HxField *field)
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
hx_cli_person_gist (const HxCliPerson *shown, const HxRow *row, GError **error)
{
  g_autoptr (GString) gist = g_string_new (NULL);
  guint words = 0;
  for (guint i = 0; i < row->kind->fields->len && words < GIST_WORDS; i++)
    {
      const HxField *field = row->kind->fields->pdata[i];
      if (!is_telling (shown, row, field))
        continue;
      g_autofree char *text = hx_cli_person_other (shown, row, field, error);
      if (text == NULL)
        return NULL;
      g_string_append_printf (gist, "%s%s%s", words++ > 0 ? " " : "", text,
                              field->type == HX_FIELD_MONEY ? _ ("元") : "");
    }
  return g_strdup (gist->str);
}

static char *
changed_text (const HxCliPerson *shown, const HxPersonEvent *event,
              GError **error)
{
  g_autofree char *value
      = hx_value_display (shown->connection, event->row, event->field,
                          hx_cli_audience (shown->reveal, event->field), error);
  if (value == NULL)
    return NULL;
  return g_strdup_printf ("%s → %s", event->field->name,
                          *value != '\0' ? value : _ ("（空）"));
}

/* What is more than that it happened. */
static const char *
event_word (const HxCliPerson *shown, const HxPersonEvent *event)
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
hx_cli_person_event (const HxCliPerson *shown, const HxPersonEvent *event,
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
            ? hx_cli_person_other (shown, event->row, shown->person->view->need,
                                   error)
            : hx_cli_person_gist (shown, event->row, error);
  if (gist == NULL)
    return NULL;
  return g_strdup_printf ("%s%s%s%s%s", event->row->kind->name,
                          word != NULL ? "·" : "", word != NULL ? word : "",
                          *gist != '\0' ? " " : "", gist);
}
