/* The fields of the row that stays. */
#include "people/merge_internal.h"

#include <string.h>

typedef enum
{
  CHOICE_NONE, /* fill what is empty */
  CHOICE_KEEP,
  CHOICE_OTHER
} Choice;

/* One a field; NULL with *error. */
static Choice *
read_choices (const HxKind *kind, const char *const *take, GError **error)
{
  g_autofree Choice *choices = g_new0 (Choice, kind->fields->len + 1);

  for (; take != NULL && *take != NULL; take++)
    {
      g_auto (GStrv) words = g_strsplit (*take, "=", 2);
      const HxField *field
          = words[0] != NULL ? hx_kind_field_by_label (kind, words[0]) : NULL;
      const gboolean is_other = g_strcmp0 (words[1], "other") == 0;

      if (field == NULL || (!is_other && g_strcmp0 (words[1], "keep") != 0))
        {
          hx_fail (error, HX_ERROR_USAGE,
                   field == NULL ? _ ("没有这个字段")
                                 : _ ("没有写明取哪一行的值"),
                   *take, _ ("写成 字段=other 或 字段=keep"));
          return NULL;
        }
      choices[field->index] = is_other ? CHOICE_OTHER : CHOICE_KEEP;
    }
  return g_steal_pointer (&choices);
}

/* What says from when to when a row exists is not filled unasked: it would
 * change who is counted. */
static gboolean
is_of_existence (const HxKind *kind, const HxField *field, const HxValue *value)
{
  const HxCode *code = field->type == HX_FIELD_CHOICE
                           ? hx_code_find (field->codes, value->text)
                           : NULL;

  return field == kind->since || field == kind->until
         || (code != NULL && code->ends);
}

/* The reason why a wrong number is kept goes with its number. */
static gboolean
is_of_a_number (const HxKind *kind, const HxField *field)
{
  for (guint i = 0; i < kind->fields->len; i++)
    if (((const HxField *)kind->fields->pdata[i])->known_bad == field)
      return TRUE;
  return FALSE;
}

static void
take_value (HxRow *keep, const HxRow *other, const HxField *field)
{
  keep->values[field->index] = other->values[field->index];
  if (field->known_bad != NULL)
    keep->values[field->known_bad->index]
        = other->values[field->known_bad->index];
}

static gboolean
refers_to_either (const HxMerging *merging, const HxField *field,
                  const HxValue *value)
{
  return field->type == HX_FIELD_REF && field->target == merging->rules->of
         && (value->integer == merging->order->keep
             || value->integer == merging->order->other);
}

/* What to do about step->field into step->act; FALSE: nothing. */
static gboolean
act_on (const HxMerging *merging, const HxRow *keep, const HxRow *other,
        Choice choice, HxMergeStep *step)
{
  const HxField *field = step->field;
  const HxValue *mine = &keep->values[field->index];
  const HxValue *theirs = &other->values[field->index];

  if (!theirs->filled || refers_to_either (merging, field, theirs)
      || (choice == CHOICE_NONE && is_of_a_number (keep->kind, field))
      || (mine->filled && hx_value_equal (field, mine, theirs)))
    return FALSE;
  if (choice == CHOICE_OTHER)
    step->act = mine->filled ? HX_MERGE_TAKEN : HX_MERGE_FILLED;
  else if (mine->filled || choice == CHOICE_KEEP
           || is_of_existence (keep->kind, field, theirs))
    step->act = HX_MERGE_STAYED;
  else
    step->act = HX_MERGE_FILLED;
  return TRUE;
}

static gboolean
is_there_to_take (const HxRow *other, const HxField *field, Choice choice,
                  GError **error)
{
  return choice != CHOICE_OTHER || other->values[field->index].filled
         || hx_fail (error, HX_ERROR_USAGE, _ ("另一行的这个字段是空的"),
                     field->name, NULL);
}

/* The values lie with `other`; *changes counts what was filled or taken. */
static gboolean
fill_row (HxMerging *merging, HxRow *keep, const HxRow *other,
          const Choice *choices, guint *changes, GError **error)
{
  for (guint i = 0; i < keep->kind->fields->len; i++)
    {
      HxMergeStep step = { HX_MERGE_STAYED, keep->kind, keep->id, 0,
                           keep->kind->fields->pdata[i] };

      if (!is_there_to_take (other, step.field, choices[i], error))
        return FALSE;
      if (!act_on (merging, keep, other, choices[i], &step))
        continue;
      hx_merging_step (merging, &step);
      if (step.act == HX_MERGE_STAYED)
        continue;
      take_value (keep, other, step.field);
      ++*changes;
    }
  return TRUE;
}

/* Would it be taken from a form?  The check completes the row by defaults, so
 * it is asked about a second one. */
static gboolean
passes (HxMerging *merging, const HxRow *keep, GError **error)
{
  g_autoptr (HxRow) copy = hx_row_new (keep->kind);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { list };
  g_autoptr (GError) failed = NULL;

  copy->id = keep->id;
  memcpy (copy->values, keep->values,
          sizeof *keep->values * keep->kind->fields->len);
  if (hx_row_check (merging->ledger, copy, NULL, &faults, &failed))
    return TRUE;
  if (failed == NULL)
    return hx_merging_fail (&faults, keep->kind->name,
                            _ ("用 --take 字段=keep 或 字段=other 选定"),
                            error);
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

gboolean
hx_merging_fill (HxMerging *merging, const HxRow *other, GError **error)
{
  const HxKind *kind = merging->rules->of;
  g_autofree Choice *choices = read_choices (kind, merging->order->take, error);
  g_autoptr (HxRow) keep = hx_row_new (kind);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { list };
  g_autoptr (GError) failed = NULL;
  guint changes = 0;

  if (choices == NULL
      || !hx_row_load (merging->connection, keep, merging->order->keep, error)
      || !fill_row (merging, keep, other, choices, &changes, error))
    return FALSE;
  if (changes == 0)
    return TRUE;
  if (!passes (merging, keep, error))
    return FALSE;
  if (hx_ledger_change (merging->ledger, keep, &faults, &failed))
    return TRUE;
  if (failed == NULL)
    return hx_merging_fail (&faults, kind->name, NULL, error);
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}
