/* One review: what is looked at is gathered, the checks of the table look, what
 * they found is put in order and held against the answers. */
#include "check/review_internal.h"

#include "catalogue/plan.h"
#include "ledger/selection.h"
#include "report/year.h"

#include <string.h>

#define QUOTE_MAX 20 /* characters of the text in a place */

/* A function may make several checks, and a check need several functions. */
static const struct
{
  HxReviewScope scope;
  HxReviewFunc run;
} checks[] = {
  { HX_REVIEW_OF_DRAFT, hx_review_draft_amounts },
  { HX_REVIEW_OF_BOTH, hx_review_claims },
  { HX_REVIEW_OF_OWN, hx_review_money },
  { HX_REVIEW_OF_OWN, hx_review_unbound },
  { HX_REVIEW_OF_OWN, hx_review_plan },
  { HX_REVIEW_OF_OWN, hx_review_problems },
  { HX_REVIEW_OF_OWN, hx_review_score },
  { HX_REVIEW_OF_DRAFT, hx_review_draft_score },
  { HX_REVIEW_OF_DRAFT, hx_review_recorded_score },
  { HX_REVIEW_OF_DRAFT, hx_review_draft_targets },
  { HX_REVIEW_OF_OWN, hx_review_evidence },
  { HX_REVIEW_OF_DRAFT, hx_review_draft_measures },
  { HX_REVIEW_OF_BOTH, hx_review_vague },
  { HX_REVIEW_OF_BOTH, hx_review_stale },
  { HX_REVIEW_OF_BOTH, hx_review_names },
  { HX_REVIEW_OF_BOTH, hx_review_cut_off },
  { HX_REVIEW_OF_BOTH, hx_review_similar },
  { HX_REVIEW_OF_BOTH, hx_review_leftovers },
  { HX_REVIEW_OF_OWN, hx_review_benefits },
  { HX_REVIEW_OF_OWN, hx_review_fields },
  { HX_REVIEW_OF_BOTH, hx_review_persons },
  { HX_REVIEW_OF_DRAFT, hx_review_draft_surveys },
  { HX_REVIEW_OF_OWN, hx_review_surveys },
};

/* ------------------------------------------------------------------ findings
 */

static void
finding_free (gpointer data)
{
  HxReviewFinding *finding = data;

  g_free (finding->place);
  g_free (finding->rule);
  g_free (finding->value);
  g_free (finding->advice);
  g_free (finding->reason);
  g_free (finding->signer);
  g_free (finding);
}

void
hx_review_result_free (HxReviewResult *review)
{
  if (review == NULL)
    return;
  g_ptr_array_unref (review->findings);
  g_free (review);
}

const char *
hx_review_whole (void)
{
  return "全文";
}

char *
hx_review_row_place (const HxKind *kind, const char *number)
{
  return g_strdup_printf ("%s %s", kind->name, number);
}

char *
hx_review_wan (gint64 fen)
{
  g_autofree char *number = hx_money_format_wan (fen, 2);

  return g_strdup_printf (_ ("%s 万元"), number);
}

char *
hx_review_per_cent (gint64 share)
{
  const HxDecimal decimal = { share, 2 };
  g_autofree char *number = hx_decimal_format (decimal);

  return g_strconcat (number, "%", NULL);
}

/* The words in question, not too many of them. */
static char *
quote_of (const HxFound *found)
{
  g_autofree char *words = NULL;

  if (found->is_secret)
    return g_strdup (found->value);
  words = g_strndup (found->block->words->str + found->offset, found->length);
  if (g_utf8_strlen (words, -1) <= QUOTE_MAX)
    return g_steal_pointer (&words);
  g_autofree char *start = g_utf8_substring (words, 0, QUOTE_MAX);
  return g_strconcat (start, "…", NULL);
}

static void
set_place (HxReviewFinding *finding, const HxFound *found)
{
  g_autofree char *quote = NULL;
  const char *heading;

  if (found->block == NULL)
    {
      finding->place = g_strdup (found->place);
      finding->value = g_strdup (found->value != NULL ? found->value : "");
      return;
    }
  quote = quote_of (found);
  heading = *found->block->heading != '\0' ? found->block->heading : "题首";
  finding->place = *quote == '\0' ? g_strdup (heading)
                                  : g_strdup_printf ("%s“%s”", heading, quote);
  finding->value = g_strdup (found->value != NULL ? found->value : quote);
  hx_text_block_place (found->block, found->offset, &finding->line,
                       &finding->column);
}

void
hx_review_found (HxReviewCase *review, guint number, const HxFound *found)
{
  const HxReviewCheck *check = review->rules->checks[number - 1];
  HxReviewFinding *finding;

  if (check == NULL || review->found[number - 1]++ >= HX_REVIEW_FINDINGS_MAX)
    return;
  finding = g_new0 (HxReviewFinding, 1);
  finding->check = check;
  finding->severity = found->is_mild ? HX_REVIEW_WARN : check->severity;
  finding->is_answerable = check->answerable || found->is_answerable;
  finding->rule = g_strdup (found->rule);
  finding->advice = g_strdup (found->advice != NULL ? found->advice : "");
  set_place (finding, found);
  g_ptr_array_add (review->findings, finding);
}

static void
add_rest (HxReviewCase *review)
{
  for (guint i = 0; i < HX_REVIEW_CHECKS; i++)
    {
      guint rest
          = review->found[i] - MIN (review->found[i], HX_REVIEW_FINDINGS_MAX);
      g_autofree char *value = g_strdup_printf (_ ("还有 %u 处"), rest);
      const HxFound found = { .place = "其余",
                              .rule = _ ("同一项的发现太多，只列出前面的"),
                              .value = value,
                              .advice = _ ("先改正列出的，再核查一遍") };

      review->found[i] = 0;
      if (rest > 0)
        hx_review_found (review, i + 1, &found);
    }
}

static int
compare_numbers (guint a, guint b)
{
  return (a > b) - (a < b);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const HxReviewFinding *one = *(HxReviewFinding *const *)a;
  const HxReviewFinding *other = *(HxReviewFinding *const *)b;
  int order = compare_numbers (one->check->number, other->check->number);

  if (order == 0)
    order = compare_numbers (one->line, other->line);
  if (order == 0)
    order = compare_numbers (one->column, other->column);
  if (order == 0)
    order = strcmp (one->place, other->place);
  if (order == 0)
    order = strcmp (one->rule, other->rule);
  return order != 0 ? order : strcmp (one->value, other->value);
}

/* ------------------------------------------------------------------- answers
 */

typedef struct
{
  const HxPlanView *view;
  GPtrArray *findings;
} Answers;

static gboolean
take_answer (const HxRow *row, gpointer data, GError **error)
{
  const Answers *answers = data;
  const HxPlanView *view = answers->view;
  const char *check = row->values[view->review_check->index].text;
  const char *place = row->values[view->review_place->index].text;

  (void)error;
  for (guint i = 0; i < answers->findings->len; i++)
    {
      HxReviewFinding *finding = answers->findings->pdata[i];

      if (g_strcmp0 (finding->check->id, check) != 0
          || g_strcmp0 (finding->place, place) != 0)
        continue;
      g_free (finding->reason);
      g_free (finding->signer);
      finding->reason = g_strdup (row->values[view->review_reason->index].text);
      finding->signer = g_strdup (row->values[view->review_signer->index].text);
    }
  return TRUE;
}

static gboolean
read_answers (HxReviewCase *review, GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (review->catalogue);
  const HxDate any = { 0 };

  if (view == NULL || view->review == NULL)
    return TRUE;
  Answers answers = { view, review->findings };
  g_autofree char *term = g_strdup_printf ("%s=%d", view->review_year->key,
                                           review->options->year);
  const char *const terms[] = { term, NULL };
  g_autoptr (HxSelection) selection = hx_selection_new (
      review->connection, review->catalogue, view->review, terms, any, error);

  return selection != NULL
         && hx_selection_each (selection, take_answer, &answers, error);
}

static HxReviewResult *
conclude (HxReviewCase *review)
{
  HxReviewResult *made = g_new0 (HxReviewResult, 1);

  for (guint i = 0; i < review->findings->len; i++)
    {
      HxReviewFinding *finding = review->findings->pdata[i];
      gboolean stands = finding->reason == NULL || !finding->is_answerable;

      finding->blocks = finding->severity == HX_REVIEW_BLOCK && stands;
      made->blocking += finding->blocks;
      made->answered += finding->reason != NULL;
      made->warnings += finding->severity == HX_REVIEW_WARN;
    }
  made->findings = g_steal_pointer (&review->findings);
  return made;
}

/* ----------------------------------------------------------------- gathering
 */

static void
case_clear (HxReviewCase *review)
{
  g_clear_pointer (&review->text, hx_review_text_free);
  g_clear_pointer (&review->faults, g_ptr_array_unref);
  g_clear_pointer (&review->figures, g_ptr_array_unref);
  g_clear_pointer (&review->values, g_hash_table_unref);
  g_clear_pointer (&review->printed, g_hash_table_unref);
  g_clear_pointer (&review->findings, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxReviewCase, case_clear)

static void
note_faults (HxReviewCase *review, const GError *failed)
{
  g_auto (GStrv) lines = NULL;

  if (failed == NULL)
    return;
  lines = g_strsplit (failed->message, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    g_ptr_array_add (review->faults, g_strdup (*line));
}

/* A report that cannot be rendered has no text, and each reason is a finding.
 */
static gboolean
render (HxReviewCase *review, GError **error)
{
  const HxPeriod period
      = { .year = review->options->year, .as_of = review->options->as_of };
  const HxReportOptions options
      = { .format = HX_REPORT_MARKDOWN,
          .template_path = review->options->template_path,
          .values = review->values,
          .reword = review->options->reword };
  g_autoptr (GError) failed = NULL;
  g_autofree char *markdown
      = review->options->markdown != NULL
            ? g_strdup (review->options->markdown)
            : hx_report_year (review->connection, review->catalogue, &period,
                              &options, &failed);

  if (markdown != NULL)
    review->text = hx_review_text_new (markdown, TRUE);
  else if (g_error_matches (failed, HX_ERROR, HX_ERROR_FINDING))
    note_faults (review, failed);
  else
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return TRUE;
}

static void
note_printed (HxReviewCase *review)
{
  for (guint i = 0; review->text != NULL && i < review->text->blocks->len; i++)
    {
      const HxTextBlock *block = review->text->blocks->pdata[i];

      for (guint j = 0; j < block->facts->len; j++)
        {
          const HxTextFact *fact = block->facts->pdata[j];

          g_hash_table_add (review->printed, g_strdup (fact->key));
        }
    }
}

static gboolean
gather (HxReviewCase *review, GError **error)
{
  const HxReviewDraft *draft = review->options->draft;
  const HxPeriod period
      = { .year = review->options->year, .as_of = review->options->as_of };

  review->faults = g_ptr_array_new_with_free_func (g_free);
  review->findings = g_ptr_array_new_with_free_func (finding_free);
  review->printed
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  review->values
      = review->options->values != NULL
            ? g_hash_table_ref (review->options->values)
            : g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  review->is_draft = draft != NULL;
  if (draft != NULL)
    review->text = hx_review_text_new (draft->text, draft->is_markdown);
  else if (!render (review, error))
    return FALSE;
  note_printed (review);
  review->figures
      = hx_figures_read (review->connection, review->catalogue, &period, error);
  return review->figures != NULL;
}

const HxFigure *
hx_review_figure (const HxReviewCase *review, const char *key)
{
  for (guint i = 0; i < review->figures->len; i++)
    {
      const HxFigure *figure = review->figures->pdata[i];

      if (strcmp (figure->indicator->key, key) == 0)
        return figure;
    }
  return NULL;
}

gboolean
hx_review_prints (const HxReviewCase *review, const char *key)
{
  return review->text == NULL || g_hash_table_contains (review->printed, key);
}

HxReviewResult *
hx_review_year (HxConnection *connection, HxCatalogue *catalogue,
                const HxReviewOptions *options, GError **error)
{
  const HxDate end = { (gint16)options->year, 12, 31 };
  g_auto (HxReviewCase) review = {
    .connection = connection,
    .catalogue = catalogue,
    .rules = hx_catalogue_review (catalogue),
    .options = options,
    .as_of = options->as_of.year != 0 ? options->as_of : end,
  };

  if (review.rules == NULL)
    {
      hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这个目录没有写明核查规则"),
               "review.yaml", _ ("补上它再运行 hongxia init --catalogue"));
      return NULL;
    }
  if (!gather (&review, error))
    return NULL;
  const HxReviewScope scope
      = review.is_draft ? HX_REVIEW_OF_DRAFT : HX_REVIEW_OF_OWN;
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    if ((checks[i].scope & scope) != 0 && !checks[i].run (&review, error))
      return NULL;
  add_rest (&review);
  if (review.findings->len > 0)
    g_ptr_array_sort (review.findings, compare);
  return read_answers (&review, error) ? conclude (&review) : NULL;
}

const HxReviewFinding *
hx_review_find (const HxReviewResult *review, const char *id, const char *place)
{
  for (guint i = 0; i < review->findings->len; i++)
    {
      const HxReviewFinding *finding = review->findings->pdata[i];

      if (strcmp (finding->check->id, id) == 0
          && strcmp (finding->place, place) == 0)
        return finding;
    }
  return NULL;
}
