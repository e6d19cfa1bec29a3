/* Answers to a review, and the issue of a report that none of it blocks. */
#include "check/issue.h"

#include "catalogue/budget.h"
#include "catalogue/plan.h"
#include "plan/years.h"

/* --------------------------------------------------------------------- JSON */

static void
finding_json (HxJson *json, const HxReviewFinding *finding)
{
  hx_json_object_begin (json);
  hx_json_member (json, "check", finding->check->id);
  hx_json_member (json, "name", finding->check->name);
  hx_json_member (json, "severity",
                  finding->severity == HX_REVIEW_BLOCK ? "block" : "warn");
  hx_json_key (json, "blocks");
  hx_json_bool (json, finding->blocks);
  hx_json_key (json, "answerable");
  hx_json_bool (json,
                finding->severity == HX_REVIEW_WARN || finding->is_answerable);
  hx_json_member (json, "place", finding->place);
  if (finding->line > 0)
    {
      hx_json_member_integer (json, "line", finding->line);
      hx_json_member_integer (json, "column", finding->column);
    }
  hx_json_member (json, "rule", finding->rule);
  hx_json_member (json, "value", finding->value);
  hx_json_member (json, "advice", finding->advice);
  if (finding->reason != NULL)
    {
      hx_json_member (json, "reason", finding->reason);
      hx_json_member (json, "signer", finding->signer);
    }
  hx_json_object_end (json);
}

void
hx_review_json (const HxReviewResult *review, const HxReviewOptions *options,
                GString *out)
{
  char as_of[HX_DATE_TEXT_SIZE];
  HxJson json;

  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  hx_json_member_integer (&json, "year", options->year);
  if (options->as_of.year != 0)
    {
      hx_date_format (options->as_of, as_of);
      hx_json_member (&json, "as_of", as_of);
    }
  if (options->draft != NULL)
    hx_json_member (&json, "draft", options->draft->name);
  hx_json_member_integer (&json, "blocking", review->blocking);
  hx_json_member_integer (&json, "warnings", review->warnings);
  hx_json_member_integer (&json, "answered", review->answered);
  hx_json_key (&json, "findings");
  hx_json_array_begin (&json);
  for (guint i = 0; i < review->findings->len; i++)
    finding_json (&json, review->findings->pdata[i]);
  hx_json_array_end (&json);
  hx_json_object_end (&json);
}

/* ------------------------------------------------------------------ refusing
 */

gboolean
hx_review_pass (const HxReviewResult *review, GError **error)
{
  g_autoptr (GString) all = g_string_new (NULL);

  if (review->blocking == 0)
    return TRUE;
  g_string_append_printf (all, _ ("报告有 %u 处没有改正，不能出具"),
                          review->blocking);
  for (guint i = 0; i < review->findings->len; i++)
    {
      const HxReviewFinding *finding = review->findings->pdata[i];

      if (finding->blocks)
        g_string_append_printf (all, "\n  %s %s：%s（%s）", finding->check->id,
                                finding->place, finding->value, finding->rule);
    }
  g_string_append_c (all, '\n');
  g_string_append (all, _ ("改正或答复后再出报告（hongxia check 有办法）；"
                           "先看一看用 report --draft"));
  return hx_fail (error, HX_ERROR_FINDING, all->str, NULL, NULL);
}

gboolean
hx_review_is_possible (const HxCatalogue *catalogue)
{
  return hx_catalogue_review (catalogue) != NULL
         && hx_catalogue_plan (catalogue) != NULL
         && hx_catalogue_budget (catalogue) != NULL;
}

/* ------------------------------------------------------------------ answers */

static gboolean
set_cells (HxLedger *ledger, HxRow *row, const HxReviewAnswer *answer,
           HxFaults *faults, GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (hx_ledger_catalogue (ledger));
  g_autofree char *year = g_strdup_printf ("%04d", answer->year);
  char day[HX_DATE_TEXT_SIZE];

  hx_date_format (answer->date, day);
  const struct
  {
    const HxField *field;
    const char *text;
  } cells[] = {
    { view->review_year, year },
    { view->review_check, answer->check },
    { view->review_place, answer->place },
    { view->review_reason, answer->reason },
    { view->review_signer, answer->signer },
    { row->kind->date, day },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    if (!hx_row_set (ledger, row, cells[i].field, cells[i].text, faults, error)
        && *error != NULL)
      return FALSE;
  return hx_row_check (ledger, row, NULL, faults, error) || *error == NULL;
}

gboolean
hx_review_answer (HxLedger *ledger, gpointer data, GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (hx_ledger_catalogue (ledger));
  g_autoptr (HxRow) row = hx_row_new (view->review);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { .faults = list };
  HxPutOutcome outcome;

  if (!set_cells (ledger, row, data, &faults, error))
    return FALSE;
  if (list->len == 0
      && !hx_ledger_put (ledger, row, NULL, &outcome, &faults, error))
    return FALSE;
  if (list->len == 0)
    return TRUE;
  g_ptr_array_add (list, NULL);
  g_autofree char *what = g_strjoinv ("；", (char **)list->pdata);
  return hx_fail (error, HX_ERROR_DATA, what, NULL, NULL);
}

gboolean
hx_review_may_answer (const HxReviewAnswer *answer,
                      const HxReviewResult *review, HxCatalogue *catalogue,
                      GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (catalogue);
  const HxReviewFinding *finding
      = hx_review_find (review, answer->check, answer->place);

  if (view == NULL || view->review == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这个目录里没有核查答复"),
                    "plan.yaml", NULL);
  if (finding == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这一处没有发现"),
                    answer->place, _ ("位置照 hongxia check 列出的写"));
  if (finding->severity == HX_REVIEW_BLOCK && !finding->is_answerable)
    return hx_fail (error, HX_ERROR_USAGE, _ ("这一项不能以答复代替改正"),
                    answer->check, finding->advice);
  return TRUE;
}

/* ------------------------------------------------------------------ issuing */

/* The findings that were answered, as they are kept with the edition. */
static char *
answers_of (const HxReviewResult *review)
{
  GString *out = g_string_new (NULL);
  HxJson json;

  hx_json_init (&json, out, FALSE);
  hx_json_array_begin (&json);
  for (guint i = 0; i < review->findings->len; i++)
    {
      const HxReviewFinding *finding = review->findings->pdata[i];

      if (finding->reason == NULL)
        continue;
      hx_json_object_begin (&json);
      hx_json_member (&json, "check", finding->check->id);
      hx_json_member (&json, "place", finding->place);
      hx_json_member (&json, "value", finding->value);
      hx_json_member (&json, "reason", finding->reason);
      hx_json_member (&json, "signer", finding->signer);
      hx_json_object_end (&json);
    }
  hx_json_array_end (&json);
  return g_string_free (out, FALSE);
}

typedef struct
{
  HxCatalogue *catalogue;
  const HxReportIssue *issue;
} Allow;

static gboolean
allow (HxConnection *connection, const char *markdown, GHashTable *values,
       char **answers, gpointer data, GError **error)
{
  const Allow *asked = data;
  const HxReviewOptions options = { .year = asked->issue->year,
                                    .as_of = asked->issue->as_of,
                                    .markdown = markdown,
                                    .values = values };
  g_autoptr (HxReviewResult) review = NULL;

  if (!hx_review_is_possible (asked->catalogue))
    return TRUE;
  if (!hx_year_need (connection, asked->catalogue, options.year, HX_YEAR_ANY,
                     error))
    return FALSE;
  review = hx_review_year (connection, asked->catalogue, &options, error);
  if (review == NULL || !hx_review_pass (review, error))
    return FALSE;
  *answers = answers_of (review);
  return TRUE;
}

gboolean
hx_report_issue (HxLedger *ledger, gpointer data, GError **error)
{
  HxReportIssue *issue = data;
  Allow asked = { hx_ledger_catalogue (ledger), issue };
  const HxIssue how = { .year = issue->year,
                        .as_of = issue->as_of,
                        .allow = allow,
                        .data = &asked,
                        .issued_by = issue->issued_by };

  g_clear_pointer (&issue->edition, hx_edition_free);
  issue->edition = hx_edition_issue (ledger, &how, error);
  return issue->edition != NULL;
}
