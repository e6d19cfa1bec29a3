/* What the records alone say: V04 figures typed by hand, V10 evidence, V18 who
 * got something, V19 names of attachments, V20 limits of the forms, V23
 * surveys.
 */
#include "check/review_internal.h"
#include "ledger/evidence.h"

#include "catalogue/plan.h"
#include "ledger/selection.h"

#include <string.h>

#define ILLEGAL                                                                \
  "\\/:*?\"<>|" /* in names of files, on one system or another                 \
                 */

/* Walk over the live rows of a kind that are dated in the year; a register, or
 * a kind without a day, is read whole. */
static gboolean
each_row (HxReviewCase *review, const HxKind *kind, HxSelectedFunc function,
          gpointer data, GError **error)
{
  char until[HX_DATE_TEXT_SIZE];
  const HxDate any = { 0 };

  hx_date_format (review->as_of, until);
  const char *key = kind->date == NULL ? "" : kind->date->key;
  g_autofree char *first
      = g_strdup_printf ("%s>=%04d-01-01", key, review->options->year);
  g_autofree char *last = g_strdup_printf ("%s<=%s", key, until);
  const char *const terms[] = { first, last, NULL };
  g_autoptr (HxSelection) selection
      = hx_selection_new (review->connection, review->catalogue, kind,
                          kind->date == NULL ? NULL : terms, any, error);

  return selection != NULL
         && hx_selection_each (selection, function, data, error);
}

/* What a user knows the row by. */
static char *
place_of (HxReviewCase *review, const HxRow *row, GError **error)
{
  const HxKind *kind = row->kind;
  g_autoptr (GString) place = g_string_new (kind->name);

  for (guint i = 0; i < kind->identity->len; i++)
    {
      const HxField *field = kind->identity->pdata[i];
      g_autofree char *value = hx_value_display (review->connection, row, field,
                                                 HX_AUDIENCE_OUTSIDE, error);

      if (value == NULL)
        return NULL;
      g_string_append_printf (place, "%s%s", i == 0 ? " " : "，", value);
    }
  return g_string_free (g_steal_pointer (&place), FALSE);
}

/* -------------------------------------------------------- V04 typed by hand */

gboolean
hx_review_unbound (HxReviewCase *review, GError **error)
{
  (void)error;
  for (guint i = 0; i < review->faults->len; i++)
    {
      const HxFound found
          = { .place = review->text == NULL ? "报告模板" : hx_review_whole (),
              .rule = _ ("报告里的每个数都要由台账算出"),
              .value = review->faults->pdata[i],
              .advice = _ ("改模板，或补台账") };

      hx_review_found (review, 4, &found);
    }
  for (guint i = 0; i < review->figures->len; i++)
    {
      const HxIndicator *indicator
          = ((const HxFigure *)review->figures->pdata[i])->indicator;
      g_autofree char *place = g_strdup_printf ("指标 %s", indicator->name);
      const HxFound found = { .place = place,
                              .rule = _ ("手工填写的数要写明由什么核实"),
                              .value = _ ("没有核实依据"),
                              .advice = _ ("在指标里写明 verified_by") };

      if (indicator->measure == HX_MEASURE_TYPED
          && indicator->verified_by == NULL
          && hx_review_prints (review, indicator->key))
        hx_review_found (review, 4, &found);
    }
  return TRUE;
}

/* ----------------------------------------------- V10, V19 evidence of figures
 */

typedef struct
{
  HxReviewCase *review;
  const HxField *field;
  gint64 rows, bare;
  gint64 named, stored; /* rows with names alone; with a file */
} Evidence;

static gboolean
is_illegal (const char *name)
{
  return strpbrk (name, ILLEGAL) != NULL || *name == '.';
}

static gboolean
check_name (const Evidence *evidence, const HxRow *row, const char *name,
            GError **error)
{
  HxReviewCase *review = evidence->review;
  const guint most = review->rules->limits[HX_REVIEW_FILE_NAME];
  const gboolean is_long = review->rules->has_limit[HX_REVIEW_FILE_NAME]
                           && hx_text_characters (name) > most;

  if (!is_long && !is_illegal (name))
    return TRUE;
  g_autofree char *place = place_of (review, row, error);
  if (place == NULL)
    return FALSE;
  g_autofree char *rule = g_strdup_printf (
      _ ("附件名称最多 %u 个字，不含 \\ / : * ? \" < > | 等字符"), most);
  const HxFound found = { .place = place,
                          .rule = rule,
                          .value = name,
                          .advice = _ ("改短附件名称，去掉这些字符") };
  hx_review_found (review, 19, &found);
  return TRUE;
}

static gboolean
weigh_evidence (const HxRow *row, gpointer data, GError **error)
{
  Evidence *evidence = data;
  const HxValue *value = &row->values[evidence->field->index];

  evidence->rows++;
  if (!value->filled)
    {
      evidence->bare++;
      return TRUE;
    }
  g_auto (GStrv) lines = g_strsplit (value->text, "\n", -1);
  gboolean is_stored = FALSE;
  for (char **line = lines; *line != NULL; line++)
    {
      g_autofree char *name = NULL;

      if (hx_evidence_digest (*line, &name) != NULL)
        is_stored = TRUE;
      if (!check_name (evidence, row, name, error))
        return FALSE;
    }
  if (is_stored)
    evidence->stored++;
  else
    evidence->named++;
  return TRUE;
}

static const HxField *
evidence_of (const HxKind *kind)
{
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = kind->fields->pdata[i];

      if (field->type == HX_FIELD_EVIDENCE && !field->secret)
        return field;
    }
  return NULL;
}

/* Does a figure that the report prints count rows of this kind? */
static gboolean
is_printed (const HxReviewCase *review, const HxIndicator *indicator,
            const HxKind *kind)
{
  return indicator->kind == kind && hx_review_prints (review, indicator->key);
}

static gboolean
bears_figures (const HxReviewCase *review, const HxKind *kind)
{
  const GPtrArray *indicators = hx_catalogue_indicators (review->catalogue);

  for (guint i = 0; i < indicators->len; i++)
    if (is_printed (review, indicators->pdata[i], kind))
      return TRUE;
  return FALSE;
}

/* Names without files are weak where the bureau keeps files: once one is
 * stored, the others are asked for. */
static void
found_named (HxReviewCase *review, const HxKind *kind, const Evidence *evidence)
{
  g_autofree char *value
      = g_strdup_printf (_ ("%" G_GINT64_FORMAT " 条中有 %" G_GINT64_FORMAT
                            " 条只有材料的名称，没有文件"),
                         evidence->rows, evidence->named);
  const HxFound found = { .place = kind->name,
                          .rule = _ ("报告用到的记录都有佐证材料"),
                          .value = value,
                          .advice = _ ("把材料的照片或文件传上来") };

  hx_review_found (review, 10, &found);
}

static void
found_bare (HxReviewCase *review, const HxKind *kind, const Evidence *evidence)
{
  g_autofree char *value = g_strdup_printf (
      _ ("%" G_GINT64_FORMAT " 条中有 %" G_GINT64_FORMAT " 条没有佐证材料"),
      evidence->rows, evidence->bare);
  const HxFound found = { .place = kind->name,
                          .rule = _ ("报告用到的记录都有佐证材料"),
                          .value = value,
                          .advice = _ ("补上通知、签到、照片、凭证等材料") };

  hx_review_found (review, 10, &found);
}

gboolean
hx_review_evidence (HxReviewCase *review, GError **error)
{
  const GPtrArray *kinds = hx_catalogue_kinds (review->catalogue);

  for (guint i = 0; i < kinds->len; i++)
    {
      const HxKind *kind = kinds->pdata[i];
      Evidence evidence = { .review = review, .field = evidence_of (kind) };

      if (evidence.field == NULL || kind->is_register
          || !bears_figures (review, kind))
        continue;
      if (!each_row (review, kind, weigh_evidence, &evidence, error))
        return FALSE;
      if (evidence.bare > 0)
        found_bare (review, kind, &evidence);
      if (evidence.stored > 0 && evidence.named > 0)
        found_named (review, kind, &evidence);
    }
  return TRUE;
}

/* ------------------------------------------------------ V18 who got something
 */

typedef struct
{
  HxReviewCase *review;
  const HxReviewBenefit *benefit;
  GHashTable *seen; /* what may not repeat */
  GHashTable *ends; /* id of a person → day after which nothing is right */
} Benefits;

static gboolean
note_end (const HxRow *row, gpointer data, GError **error)
{
  GHashTable *ends = data;
  const HxValue *until = &row->values[row->kind->until->index];
  gint64 *id;

  (void)error;
  if (!until->filled)
    return TRUE;
  id = g_memdup2 (&row->id, sizeof row->id);
  g_hash_table_insert (ends, id, GINT_TO_POINTER ((int)until->integer));
  return TRUE;
}

static GHashTable *
read_ends (HxReviewCase *review, const HxKind *people, GError **error)
{
  const HxDate any = { 0 };
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GHashTable) ends
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (HxSelection) selection = NULL;

  if (people->until == NULL)
    return g_steal_pointer (&ends);
  g_autofree char *term = g_strdup_printf ("%s!=", people->until->key);
  const char *const terms[] = { term, NULL };
  selection = hx_selection_new (review->connection, review->catalogue, people,
                                terms, any, error);
  g_ptr_array_add (fields, (gpointer)(guintptr)people->until);
  if (selection == NULL)
    return NULL;
  hx_selection_only (selection, fields);
  return hx_selection_each (selection, note_end, ends, error)
             ? g_steal_pointer (&ends)
             : NULL;
}

static char *
sameness (const Benefits *benefits, const HxRow *row)
{
  const HxReviewBenefit *benefit = benefits->benefit;
  GString *same = g_string_new (NULL);

  g_string_append_printf (same, "%" G_GINT64_FORMAT,
                          row->values[benefit->person->index].integer);
  for (guint i = 0; i < benefit->same->len; i++)
    {
      const HxField *field = benefit->same->pdata[i];
      const HxValue *value = &row->values[field->index];

      if (hx_field_type_is_integer (field->type))
        g_string_append_printf (same, "|%" G_GINT64_FORMAT, value->integer);
      else
        g_string_append_printf (same, "|%s", value->filled ? value->text : "");
    }
  return g_string_free (same, FALSE);
}

static gboolean
found_benefit (const Benefits *benefits, const HxRow *row, const HxFound *what,
               GError **error)
{
  g_autofree char *place = NULL;
  HxFound found = *what;

  if (benefits->review->found[17] >= HX_REVIEW_FINDINGS_MAX)
    place = g_strdup ("");
  else
    place = place_of (benefits->review, row, error);
  if (place == NULL)
    return FALSE;
  found.place = place;
  hx_review_found (benefits->review, 18, &found);
  return TRUE;
}

static gboolean
weigh_benefit (const HxRow *row, gpointer data, GError **error)
{
  const Benefits *benefits = data;
  const gint64 person = row->values[benefits->benefit->person->index].integer;
  const int end
      = GPOINTER_TO_INT (g_hash_table_lookup (benefits->ends, &person));
  char day[HX_DATE_TEXT_SIZE] = "";
  g_autofree char *same = sameness (benefits, row);

  if (end != 0)
    hx_date_format (hx_date_from_number (end), day);
  g_autofree char *value = g_strdup_printf (_ ("%s 起已不在册"), day);
  const HxFound gone = { .rule = _ ("去世、迁出以后不再有受益记录"),
                         .value = value,
                         .advice = _ ("核对日期，错记的作废") };
  const HxFound twice = { .rule = _ ("同一人同一项同一期只记一次"),
                          .value = _ ("重复"),
                          .advice = _ ("核对后作废多余的一条") };

  if (end != 0 && hx_row_day (row) > end
      && !found_benefit (benefits, row, &gone, error))
    return FALSE;
  return g_hash_table_add (benefits->seen, g_steal_pointer (&same))
         || found_benefit (benefits, row, &twice, error);
}

gboolean
hx_review_benefits (HxReviewCase *review, GError **error)
{
  for (guint i = 0; i < review->rules->benefits->len; i++)
    {
      const HxReviewBenefit *benefit = review->rules->benefits->pdata[i];
      g_autoptr (GHashTable) ends
          = read_ends (review, benefit->kind->of, error);
      g_autoptr (GHashTable) seen
          = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      Benefits benefits = { review, benefit, seen, ends };

      if (ends == NULL
          || !each_row (review, benefit->kind, weigh_benefit, &benefits, error))
        return FALSE;
    }
  return TRUE;
}

/* ------------------------------------------------------ V20 limits of the
 * forms */

typedef struct
{
  HxReviewCase *review;
  const HxReviewField *rule;
} Limit;

static gboolean
weigh_field (const HxRow *row, gpointer data, GError **error)
{
  const Limit *limit = data;
  const HxValue *value = &row->values[limit->rule->field->index];
  const gsize length = value->filled ? hx_text_characters (value->text) : 0;

  if (length <= limit->rule->max)
    return TRUE;
  g_autofree char *row_place = place_of (limit->review, row, error);
  if (row_place == NULL)
    return FALSE;
  g_autofree char *place
      = g_strdup_printf ("%s %s", row_place, limit->rule->field->name);
  g_autofree char *rule = g_strdup_printf (
      _ ("“%s”最多 %u 个字"), limit->rule->field->name, limit->rule->max);
  g_autofree char *count
      = g_strdup_printf (_ ("%" G_GSIZE_FORMAT " 个字"), length);
  const HxFound found = { .place = place,
                          .rule = rule,
                          .value = count,
                          .advice = _ ("改短，表里放不下的写进正文") };
  hx_review_found (limit->review, 20, &found);
  return TRUE;
}

/* Registers of the plan name their year; their rows of other years pass. */
typedef struct
{
  const HxField *year;
  int number;
  HxSelectedFunc function;
  gpointer data;
} OfYear;

static gboolean
of_year (const HxRow *row, gpointer data, GError **error)
{
  const OfYear *of = data;

  if (of->year != NULL && row->values[of->year->index].integer != of->number)
    return TRUE;
  return of->function (row, of->data, error);
}

static const HxField *
year_field (const HxReviewCase *review, const HxKind *kind)
{
  const HxPlanView *view = hx_catalogue_plan (review->catalogue);

  if (view == NULL)
    return NULL;
  if (kind == view->target)
    return view->target_year;
  return kind == view->problem ? view->problem_year : NULL;
}

gboolean
hx_review_fields (HxReviewCase *review, GError **error)
{
  for (guint i = 0; i < review->rules->fields->len; i++)
    {
      const HxReviewField *rule = review->rules->fields->pdata[i];
      Limit limit = { review, rule };
      OfYear of = { year_field (review, rule->kind), review->options->year,
                    weigh_field, &limit };

      if (!each_row (review, rule->kind, of_year, &of, error))
        return FALSE;
    }
  return TRUE;
}

/* ---------------------------------------------------------------- V23 surveys
 */

typedef struct
{
  HxReviewCase *review;
  const HxReviewSurvey *survey;
  const char *place;
} Survey;

static void
found_survey (const Survey *survey, const char *value, const char *advice)
{
  const HxFound found
      = { .place = survey->place,
          .rule = _ ("满意度调查写明发放数、有效数和满意度，份数足够"),
          .value = value,
          .advice = advice };

  hx_review_found (survey->review, 23, &found);
}

static const HxValue *
value_of (const HxRow *row, const HxField *field)
{
  return field == NULL || !row->values[field->index].filled
             ? NULL
             : &row->values[field->index];
}

static void
check_sample (const Survey *survey, gint64 sent, gint64 returned)
{
  const HxReviewRules *rules = survey->review->rules;
  g_autofree char *count
      = g_strdup_printf (_ ("收回有效 %" G_GINT64_FORMAT " 份"), returned);
  gint64 share = 0;

  if (rules->has_limit[HX_REVIEW_SAMPLE]
      && returned < rules->limits[HX_REVIEW_SAMPLE])
    found_survey (survey, count, _ ("扩大调查范围"));
  if (sent <= 0 || !rules->has_limit[HX_REVIEW_RESPONSE]
      || !hx_round_half_up (returned, sent, 4, &share)
      || share >= rules->limits[HX_REVIEW_RESPONSE])
    return;
  g_autofree char *rate = hx_review_per_cent (share);
  g_autofree char *value = g_strdup_printf (_ ("回收率 %s"), rate);
  found_survey (survey, value, _ ("说明回收率低的原因，或补做调查"));
}

static gboolean
weigh_survey (const HxRow *row, gpointer data, GError **error)
{
  Survey *survey = data;
  const HxReviewSurvey *rule = survey->survey;
  const HxValue *sent = value_of (row, rule->sent);
  const HxValue *returned = value_of (row, rule->returned);
  g_autofree char *place = place_of (survey->review, row, error);

  if (place == NULL)
    return FALSE;
  survey->place = place;
  if (rule->sent != NULL && sent == NULL)
    found_survey (survey, _ ("没有发放数"), _ ("补上发放份数"));
  if (rule->returned != NULL && returned == NULL)
    found_survey (survey, _ ("没有有效数"), _ ("补上收回的有效份数"));
  if ((rule->rate != NULL || rule->satisfied != NULL)
      && value_of (row, rule->rate) == NULL
      && value_of (row, rule->satisfied) == NULL)
    found_survey (survey, _ ("没有满意度"), _ ("补上满意度"));
  if (returned != NULL)
    check_sample (survey, sent == NULL ? 0 : sent->integer, returned->integer);
  survey->place = NULL;
  return TRUE;
}

gboolean
hx_review_surveys (HxReviewCase *review, GError **error)
{
  for (guint i = 0; i < review->rules->surveys->len; i++)
    {
      const HxReviewSurvey *rule = review->rules->surveys->pdata[i];
      Survey survey = { review, rule, NULL };

      if (!each_row (review, rule->kind, weigh_survey, &survey, error))
        return FALSE;
    }
  return TRUE;
}
