/* People and the records about them are read side by side, both in the order
 * of the people. */
#include "people/survey.h"
#include "ledger/selection.h"
#include "people/quality_internal.h"

#include <string.h>

void
hx_survey_free (HxSurvey *survey)
{
  if (survey == NULL)
    return;
  g_free (survey->number);
  g_free (survey->name);
  g_strfreev (survey->terms);
  g_free (survey);
}

const HxField *
hx_survey_result (const HxQuality *quality)
{
  for (guint i = 0; i < quality->record_where->len; i++)
    {
      const HxCondition *condition = quality->record_where->pdata[i];

      if (condition->reference == NULL && condition->field->codes != NULL)
        return condition->field;
    }
  return NULL;
}

/* ----------------------------------------------------------------- campaigns
 */

static char *
find_sql (const HxKind *kind, const HxField *field)
{
  if (field == NULL)
    return g_strdup_printf ("SELECT id FROM %s WHERE bureau_id = ?1"
                            " AND void = 0 AND (day IS NULL OR day <= ?2)"
                            " ORDER BY day DESC, id DESC LIMIT 1",
                            kind->table);
  return g_strdup_printf ("SELECT id FROM %s WHERE bureau_id = ?1"
                          " AND void = 0 AND \"%s\" = ?2 ORDER BY id LIMIT 1",
                          kind->table, hx_field_column (field));
}

/* *id stays 0 when there is none. */
static gboolean
find_id (HxConnection *connection, const HxKind *kind, const HxField *field,
         const char *text, gint64 *id, GError **error)
{
  g_autofree char *sql = find_sql (kind, field);
  HxStatement *statement = hx_statement (connection, sql, error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, text, -1);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    *id = hx_column_integer (statement, 0);
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

static gboolean
find_named (HxConnection *connection, const HxKind *kind, const char *name,
            gint64 *id, GError **error)
{
  for (guint i = 0; i < kind->refer_by->len && *id == 0; i++)
    {
      const HxField *field = kind->refer_by->pdata[i];

      if (!hx_field_type_is_integer (field->type) && !field->secret
          && !find_id (connection, kind, field, name, id, error))
        return FALSE;
    }
  return TRUE;
}

static char *
text_of (const HxRow *row, const char *key)
{
  const HxField *field = hx_kind_field (row->kind, key);

  return field != NULL ? g_strdup (row->values[field->index].text) : NULL;
}

static char **
terms_of (const HxRow *row)
{
  g_autofree char *who = text_of (row, "who");
  g_autofree char *normal = hx_text_normalise (who != NULL ? who : "");
  g_auto (GStrv) words = g_strsplit (normal, " ", -1);
  GPtrArray *terms = g_ptr_array_new ();

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      g_ptr_array_add (terms, g_strdup (*word));
  g_ptr_array_add (terms, NULL);
  return (char **)g_ptr_array_free (terms, FALSE);
}

static HxDate
date_of (const HxRow *row, const HxField *field)
{
  const HxValue *value = &row->values[field->index];

  return value->filled ? hx_date_from_number ((gint32)value->integer)
                       : (HxDate){ 0 };
}

static HxSurvey *
load (HxConnection *connection, const HxKind *kind, gint64 id, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (kind);
  const HxField *label = kind->refer_by->pdata[0];
  HxSurvey *survey;

  if (!hx_row_load (connection, row, id, error))
    return NULL;
  survey = g_new0 (HxSurvey, 1);
  survey->kind = kind;
  survey->id = id;
  survey->number = hx_value_display (connection, row, label, TRUE, NULL);
  survey->name = text_of (row, "name");
  survey->terms = terms_of (row);
  survey->since = date_of (row, kind->since);
  survey->until = date_of (row, kind->until);
  return survey;
}

HxSurvey *
hx_survey_find (HxConnection *connection, const HxQuality *quality,
                const char *name, HxDate as_of, GError **error)
{
  const HxKind *kind
      = quality->campaign != NULL ? quality->campaign->target : NULL;
  char day[HX_DATE_TEXT_SIZE];
  gint64 id = 0;

  hx_date_format (as_of, day);
  if (kind == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("目录没有写明摸查批次"),
                    "quality.yaml", NULL),
           NULL;
  if (name != NULL ? !find_named (connection, kind, name, &id, error)
                   : !find_id (connection, kind, NULL, day, &id, error))
    return NULL;
  if (id == 0)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这个摸查批次"),
                    name != NULL ? name : kind->name,
                    _ ("用 record add 登记一个，或写它的编号")),
           NULL;
  return load (connection, kind, id, error);
}

/* ------------------------------------------------------------------ progress
 */

typedef struct
{
  HxConnection *connection;
  const HxSurveyQuery *query;
  HxSurveyFunc function;
  gpointer data;
  HxIdWalk *asked, *verified;
  HxStatement *records; /* person, record, result; by person, day */
  gint64 next;          /* the person of the record that is read; 0: none */
  const HxField *result;
  GPtrArray *parts; /* HxSurveyPart */
} Progress;

static void
part_free (gpointer data)
{
  HxSurveyPart *part = data;

  g_free (part->results);
  g_free (part);
}

static void
append_day (HxWhere *where, const char *text, HxDate date)
{
  char day[HX_DATE_TEXT_SIZE];

  hx_date_format (date, day);
  g_string_append (hx_where_text (where), text);
  hx_where_string (where, day);
}

/* Those that name the campaign, and those that name none in its days. */
static void
append_campaign (HxWhere *where, const HxSurveyQuery *query)
{
  const char *column = hx_field_column (query->quality->campaign);
  GString *text = hx_where_text (where);

  append_day (where, " AND p.day <= ", query->as_of);
  g_string_append_printf (text, " AND (p.\"%s\" = ", column);
  hx_where_integer (where, query->survey->id);
  g_string_append_printf (text, " OR (p.\"%s\" IS NULL", column);
  if (query->survey->since.year != 0)
    append_day (where, " AND p.day >= ", query->survey->since);
  if (query->survey->until.year != 0)
    append_day (where, " AND p.day <= ", query->survey->until);
  g_string_append (text, "))");
}

static HxStatement *
open_records (const Progress *progress, HxWhere *where, GError **error)
{
  const HxQuality *quality = progress->query->quality;
  const char *person = hx_field_column (quality->record_reference);
  g_autofree char *result
      = progress->result != NULL
            ? g_strdup_printf ("p.\"%s\"", hx_field_column (progress->result))
            : g_strdup ("NULL");
  g_autofree char *sql = NULL;
  HxStatement *statement;

  append_campaign (where, progress->query);
  sql = g_strdup_printf ("SELECT p.\"%s\", p.id, %s FROM %s p"
                         " WHERE p.bureau_id = ?1 AND p.void = 0%s"
                         " ORDER BY p.\"%s\", p.day, p.id",
                         person, result, quality->record->table,
                         hx_where_text (where)->str, person);
  statement = hx_statement_new (progress->connection, sql, error);
  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_where_bind (where, statement);
  return statement;
}

static gboolean
next_record (Progress *progress, GError **error)
{
  HxStep step = hx_step (progress->records, error);

  progress->next
      = step == HX_STEP_ROW ? hx_column_integer (progress->records, 0) : 0;
  return step != HX_STEP_ERROR;
}

/* The last record of a person; *record 0: none. */
static gboolean
last_record (Progress *progress, gint64 person, gint64 *record, GString *result,
             GError **error)
{
  *record = 0;
  while (progress->next != 0 && progress->next <= person)
    {
      const char *code = hx_column_text (progress->records, 2);

      if (progress->next == person)
        {
          *record = hx_column_integer (progress->records, 1);
          g_string_assign (result, code != NULL ? code : "");
        }
      if (!next_record (progress, error))
        return FALSE;
    }
  return TRUE;
}

static HxSurveyPart *
part_of (const Progress *progress, gint64 unit_id)
{
  HxSurveyPart *part;

  for (guint i = 0; i < progress->parts->len; i++)
    {
      part = progress->parts->pdata[i];
      if (part->unit_id == unit_id)
        return part;
    }
  part = g_new0 (HxSurveyPart, 1);
  part->unit_id = unit_id;
  part->results = g_new0 (gint64, progress->result != NULL
                                      ? progress->result->codes->codes->len + 1
                                      : 1);
  g_ptr_array_add (progress->parts, part);
  return part;
}

static void
count_result (const Progress *progress, HxSurveyPart *part, const char *result)
{
  const GPtrArray *codes
      = progress->result != NULL ? progress->result->codes->codes : NULL;

  for (guint i = 0; codes != NULL && i < codes->len; i++)
    if (g_str_equal (((HxCode *)codes->pdata[i])->code, result))
      part->results[i]++;
}

static gboolean
count_person (const HxRow *row, gpointer data, GError **error)
{
  Progress *progress = data;
  g_autoptr (GString) result = g_string_new (NULL);
  HxSurveyState state = HX_SURVEY_OPEN;
  HxSurveyPart *part;
  gint64 record;

  if (!hx_id_walk_holds (progress->asked, row->id))
    return TRUE;
  if (!last_record (progress, row->id, &record, result, error))
    return FALSE;
  if (record != 0)
    state = hx_id_walk_has (progress->verified, record) ? HX_SURVEY_DONE
                                                        : HX_SURVEY_TRIED;
  part = part_of (progress, row->unit_id);
  part->people++;
  part->done += state == HX_SURVEY_DONE;
  part->tried += state == HX_SURVEY_TRIED;
  part->open += state == HX_SURVEY_OPEN;
  count_result (progress, part, result->str);
  return progress->function == NULL
         || progress->function (
             row, state, result->len > 0 ? result->str : NULL, progress->data);
}

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const HxSurveyPart *one = *(HxSurveyPart *const *)a;
  const HxSurveyPart *other = *(HxSurveyPart *const *)b;

  return one->unit_id < other->unit_id ? -1 : one->unit_id > other->unit_id;
}

static HxSelection *
select_people (const Progress *progress, HxCatalogue *catalogue, GError **error)
{
  const HxSurvey *survey = progress->query->survey;
  const char *unit = progress->query->unit;
  HxDate day = progress->query->as_of;
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();
  g_autofree char *own
      = unit != NULL ? g_strconcat ("unit=", unit, NULL) : NULL;

  if (survey->until.year != 0 && hx_date_compare (survey->until, day) < 0)
    day = survey->until;
  for (char **term = survey->terms; *term != NULL; term++)
    g_ptr_array_add (terms, *term);
  g_ptr_array_add (terms, own);
  if (own != NULL)
    g_ptr_array_add (terms, NULL);
  return hx_selection_new (progress->connection, catalogue,
                           progress->query->quality->kind,
                           (const char *const *)terms->pdata, day, error);
}

static gboolean
run (Progress *progress, HxCatalogue *catalogue, GError **error)
{
  const HxQuality *quality = progress->query->quality;
  g_autoptr (HxWhere) where = hx_where_new (2);
  g_autoptr (HxSelection) selection
      = select_people (progress, catalogue, error);
  g_autoptr (HxIdWalk) asked = NULL;
  g_autoptr (HxIdWalk) verified = NULL;
  g_autoptr (HxStatement) records = NULL;

  if (selection == NULL)
    return FALSE;
  progress->result = hx_survey_result (quality);
  progress->asked = asked = hx_id_walk_new (progress->connection, quality->kind,
                                            quality->where, error);
  progress->verified = verified
      = asked != NULL ? hx_id_walk_new (progress->connection, quality->record,
                                        quality->record_where, error)
                      : NULL;
  if (verified == NULL)
    return FALSE;
  progress->records = records = open_records (progress, where, error);
  return records != NULL && next_record (progress, error)
         && hx_selection_each (selection, count_person, progress, error);
}

GPtrArray *
hx_survey_progress (HxConnection *connection, HxCatalogue *catalogue,
                    const HxSurveyQuery *query, HxSurveyFunc function,
                    gpointer data, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);
  Progress progress = { .connection = connection,
                        .query = query,
                        .function = function,
                        .data = data,
                        .parts = parts };

  if (!run (&progress, catalogue, error))
    return NULL;
  g_ptr_array_sort (parts, compare_parts);
  return g_steal_pointer (&parts);
}
