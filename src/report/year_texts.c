/* The passages of a report that somebody wrote: what the bureau is for, what it
 * meant to reach, what it did for each task.  Each is a template, so a number
 * in it is a figure that opens to its rows, and one typed by hand is refused
 * as in the template of the report itself. */
#include "plan/passage.h"
#include "report/year_facts.h"

#include <string.h>

/* The lists of the context, by the code of the place. */
static const struct
{
  const char *code, *member;
} lists[] = {
  { "function", "functions" },
  { "goal", "aims" },
  { "conclusion", "summary" },
  { "result", "results" },
};

#define WORK "work" /* of a task: see hx_year_works */

static void
text_free (gpointer data)
{
  HxYearText *text = data;
  g_free (text->name);
  g_free (text->fault);
  hx_template_free (text->template_);
  json_decref (text->item);
  g_free (text);
}

/* ----------------------------------------------------------------- reading */

static gboolean
is_at (const HxYearText *text, const char *code)
{
  return g_strcmp0 (text->place->code, code) == 0;
}

/* A text loses the full stop at its end, as those of records do. */
static void
parse (HxYearText *text, const char *words)
{
  static const char stop[] = "。";
  g_autofree char *kept = hx_text_trim (words);
  g_autoptr (GError) wrong = NULL;
  if (g_str_has_suffix (kept, stop))
    kept[strlen (kept) - strlen (stop)] = '\0';
  text->template_ = hx_template_parse (text->name, kept, -1, &wrong);
  if (text->template_ == NULL)
    text->fault = g_strdup (wrong->message);
}

static HxYearText *
text_new (const HxKind *kind, const HxPassage *passage)
{
  HxYearText *text = g_new0 (HxYearText, 1);
  text->task_id = passage->task_id;
  text->place = passage->place;
  text->name = g_strdup_printf ("%s %s", kind->name, passage->number);
  text->item = json_object ();
  hx_set_text (text->item, "title", passage->title);
  hx_set_flag (text->item, "has_title", passage->title != NULL);
  hx_set_text (text->item, "text", NULL);
  parse (text, passage->text);
  if (is_at (text, WORK) && text->task_id == 0 && text->fault == NULL)
    text->fault = g_strdup_printf (_ ("没有写明是哪项重点任务的举措: %s: "
                                      "请填上重点任务，或改换所在部分"),
                                   text->name);
  return text;
}

GPtrArray *
hx_year_texts_read (HxConnection *connection, HxCatalogue *catalogue, int year,
                    GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (text_free);
  g_autoptr (GPtrArray) passages
      = hx_passages_read (connection, catalogue, year, error);
  if (passages == NULL)
    return NULL;
  for (guint i = 0; i < passages->len; i++)
    g_ptr_array_add (texts, text_new (hx_catalogue_plan (catalogue)->text,
                                      passages->pdata[i]));
  return g_steal_pointer (&texts);
}

/* ------------------------------------------------------------- the context */

/* ordinal: 一, 二 … of the passages of one list. */
static void
append (json_t *list, const HxYearText *text)
{
  g_autofree char *ordinal
      = hx_numeral_chinese ((gint64)json_array_size (list) + 1);
  hx_set_text (text->item, "ordinal", ordinal);
  json_array_append (list, text->item);
}

gboolean
hx_year_texts (HxYearFacts *facts, GError **error)
{
  (void)error;
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      json_t *list = json_array ();
      json_object_set_new (facts->context, lists[i].member, list);
      for (guint j = 0; j < facts->texts->len; j++)
        if (is_at (facts->texts->pdata[j], lists[i].code))
          append (list, facts->texts->pdata[j]);
    }
  return TRUE;
}

json_t *
hx_year_works (const HxYearFacts *facts, gint64 task_id)
{
  json_t *list = json_array ();
  for (guint i = 0; i < facts->texts->len; i++)
    {
      const HxYearText *text = facts->texts->pdata[i];
      if (is_at (text, WORK) && text->task_id == task_id)
        append (list, text);
    }
  return list;
}

/* ----------------------------------------------------------------- writing */

static gboolean
write_text (const HxYearText *text, const HxTemplateOptions *options,
            GPtrArray *findings, GError **error)
{
  if (text->fault != NULL)
    {
      g_ptr_array_add (findings, g_strdup (text->fault));
      return TRUE;
    }
  g_autoptr (GPtrArray) found
      = hx_template_check (text->template_, options, NULL, error);
  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      const HxTemplateFinding *finding = found->pdata[i];
      g_ptr_array_add (findings, g_strdup (finding->message));
    }
  if (found->len > 0)
    return TRUE;
  g_autofree char *written
      = hx_template_render (text->template_, options, error);
  if (written == NULL)
    return FALSE;
  json_object_set_new (text->item, "text", json_string (written));
  return TRUE;
}

gboolean
hx_year_texts_write (const GPtrArray *texts, const HxTemplateOptions *options,
                     GPtrArray *findings, GError **error)
{
  HxTemplateOptions plain = *options;
  plain.is_plain = TRUE;
  for (guint i = 0; i < texts->len; i++)
    if (!write_text (texts->pdata[i], &plain, findings, error))
      return FALSE;
  return TRUE;
}
