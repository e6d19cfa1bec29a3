/* The findings of the review where they stand, each with the form of its
 * answer; and the issue of the report. */
#include "server/report_part.h"

#include "catalogue/plan.h"
#include "check/issue.h"

static gboolean
may_answer (HxCall *call)
{
  const HxPlanView *view = hx_catalogue_plan (hx_call_catalogue (call));
  return view != NULL && hx_year_writes (call, view->review);
}

/* `markdown` takes the text that was reviewed; may be NULL. */
static HxReviewResult *
review_of (HxCall *call, GError **error)
{
  HxCatalogue *catalogue = hx_call_catalogue (call);
  const HxPeriod period = hx_report_period (call);
  const HxReviewOptions options
      = { .year = period.year, .as_of = period.as_of };
  HxConnection *connection = hx_call_connection (call, error);
  if (connection == NULL)
    return NULL;
  if (!hx_review_is_possible (catalogue))
    {
      hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这个目录里没有核查的规则"),
               "review.yaml", _ ("请系统管理员在目录里加上"));
      return NULL;
    }
  return hx_review_year (connection, catalogue, &options, error);
}

/* ----------------------------------------------------------------- findings */

static void
write_answer_form (HxHtml *html, HxCall *call, const HxReviewFinding *finding)
{
  const HxIdentity *identity = hx_call_identity (call);
  g_autofree char *year = g_strdup_printf ("%d", hx_call_year (call));
  hx_html_open (html, "details", NULL);
  hx_html_element (html, "summary", _ ("答复"), NULL);
  hx_form_begin (
      html, call,
      &(HxForm){ .action = "/report/review", .method = HX_METHOD_POST });
  const HxInput inputs[] = {
    { .name = "year", .label = _ ("年度"), .value = year, .type = "hidden" },
    { .name = "check",
      .label = _ ("核查项"),
      .value = finding->check->id,
      .type = "hidden" },
    { .name = "place",
      .label = _ ("位置"),
      .value = finding->place,
      .type = "hidden" },
    { .name = "reason",
      .label = _ ("理由"),
      .type = "textarea",
      .value = finding->reason,
      .required = TRUE },
    { .name = "signer",
      .label = _ ("答复人"),
      .required = TRUE,
      .value = finding->signer != NULL ? finding->signer : identity->name },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    hx_form_input (html, &inputs[i]);
  hx_form_submit (html, _ ("保存答复"), HX_TONE_PLAIN);
  hx_form_end (html);
  hx_html_close (html, "details");
}

static void
write_badge (HxHtml *html, const HxReviewFinding *finding)
{
  if (finding->blocks)
    hx_part_badge (html, HX_TONE_BAD, _ ("拦下"));
  else if (finding->reason != NULL)
    hx_part_badge (html, HX_TONE_GOOD, _ ("已答复"));
  else
    hx_part_badge (html, HX_TONE_WARN, _ ("提醒"));
}

static void
write_finding (HxHtml *html, HxCall *call, const HxReviewFinding *finding)
{
  const gboolean can_answer
      = may_answer (call)
        && (finding->severity == HX_REVIEW_WARN || finding->is_answerable);
  hx_html_open (html, "li", "class", "card", NULL);
  hx_html_open (html, "h3", NULL);
  hx_html_textf (html, "%s %s ", finding->check->id, finding->check->name);
  write_badge (html, finding);
  hx_html_close (html, "h3");
  hx_html_open (html, "dl", "class", "facts", NULL);
  hx_part_fact (html, _ ("位置"), finding->place);
  hx_part_fact (html, _ ("规则"), finding->rule);
  hx_part_fact (html, _ ("发现"), finding->value);
  hx_part_fact (html, _ ("办法"), finding->advice);
  hx_part_fact (html, _ ("答复"), finding->reason);
  hx_part_fact (html, _ ("答复人"), finding->signer);
  hx_html_close (html, "dl");
  if (can_answer)
    write_answer_form (html, call, finding);
  hx_html_close (html, "li");
}

static void
write_findings (HxHtml *html, HxCall *call, const HxReviewResult *review)
{
  g_autofree char *counts
      = g_strdup_printf (_ ("共 %u 处：拦下 %u 处，提醒 %u 处；已答复 %u 处。"),
                         review->findings->len, review->blocking,
                         review->warnings, review->answered);
  hx_part_notice (html, review->blocking > 0 ? HX_TONE_BAD : HX_TONE_GOOD,
                  counts);
  if (review->findings->len == 0)
    {
      hx_part_empty (html, _ ("没有发现。"), "/report", _ ("回到报告"));
      return;
    }
  hx_part_section_begin (html, "findings", _ ("核查发现"));
  hx_html_open (html, "ul", "class", "findings", NULL);
  for (guint i = 0; i < review->findings->len; i++)
    write_finding (html, call, review->findings->pdata[i]);
  hx_html_close (html, "ul");
  hx_part_section_end (html);
}

static void
write_issue (HxHtml *html, HxCall *call, const HxReviewResult *review)
{
  g_autofree char *year = g_strdup_printf ("%d", hx_call_year (call));
  if (!hx_identity_has (hx_call_identity (call), HX_USER_BUREAU)
      || !hx_year_is_whole (call))
    return;
  hx_part_section_begin (html, "issue", _ ("出具"));
  if (review->blocking > 0)
    {
      hx_part_notice (html, HX_TONE_WARN,
                      _ ("还有拦下的发现，改正或答复以后才能出具。"));
      hx_part_section_end (html);
      return;
    }
  hx_html_element (html, "p",
                   _ ("出具以后，数值、写法和背后的行连同摘要一起定下，这一年的"
                      "记录锁定；再改要写明理由，并显示为“出具后有变化”。"),
                   NULL);
  if (hx_call_today (call).year <= hx_call_year (call))
    hx_part_notice (html, HX_TONE_WARN,
                    _ ("这一年还没有过完：出具以后，到年底的记录都锁定。"));
  hx_form_begin (html, call,
                 &(HxForm){ .action = "/report/issue",
                            .method = HX_METHOD_POST,
                            .confirm = _ ("确定出具这一年的报告？") });
  hx_form_input (html, &(HxInput){ .name = "year",
                                   .label = _ ("年度"),
                                   .value = year,
                                   .type = "hidden" });
  hx_form_input (html,
                 &(HxInput){ .name = "agreed",
                             .label = _ ("我看过全文和核查结果，同意出具"),
                             .type = "checkbox",
                             .required = TRUE });
  hx_form_submit (html, _ ("出具报告"), HX_TONE_BAD);
  hx_form_end (html);
  hx_part_section_end (html);
}

static gboolean
review_page (HxCall *call, GError **error)
{
  g_autofree char *title
      = g_strdup_printf (_ ("%d 年报告的核查"), hx_call_year (call));
  g_autoptr (HxReviewResult) review = review_of (call, error);
  HxHtml *html;
  if (review == NULL)
    return FALSE;
  html = hx_page_begin (
      call, &(HxPageHead){ .title = title,
                           .at = "report",
                           .lead = _ ("拦下的要改正或答复，提醒的可以出具。"),
                           .with_year = TRUE });
  hx_part_report_tabs (html, call, "/report/review");
  write_findings (html, call, review);
  write_issue (html, call, review);
  return hx_page_end (call, html);
}

/* ------------------------------------------------------------------- answer */

static gboolean
answer (HxCall *call, GError **error)
{
  HxReviewAnswer answer = { .year = hx_call_year (call),
                            .check = hx_call_text (call, "check"),
                            .place = hx_call_text (call, "place"),
                            .reason = hx_call_text (call, "reason"),
                            .signer = hx_call_text (call, "signer"),
                            .date = hx_call_today (call) };
  g_autoptr (HxReviewResult) review = NULL;
  const int form_year = (int)hx_call_integer (call, "year");
  if (form_year != 0)
    answer.year = form_year;
  if (!may_answer (call))
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("您的角色不能答复核查"), NULL,
                    NULL);
  review = review_of (call, error);
  return review != NULL
         && hx_review_may_answer (&answer, review, hx_call_catalogue (call),
                                  error)
         && hx_call_write (call, hx_review_answer, &answer, error);
}

static gboolean
answer_post (HxCall *call, GError **error)
{
  g_autofree char *year
      = g_strdup_printf ("%d", (int)hx_call_integer (call, "year"));
  g_autofree char *url = hx_url ("/report/review", "year", year, NULL);
  return answer (call, error) && hx_call_redirect (call, url, _ ("答复已保存"));
}

static gboolean
review_show (HxCall *call, GError **error)
{
  const HxPeriod period = hx_report_period (call);
  const HxReviewOptions options
      = { .year = period.year, .as_of = period.as_of };
  g_autoptr (HxReviewResult) review = review_of (call, error);
  GString *out;
  if (review == NULL)
    return FALSE;
  out = g_string_new (NULL);
  hx_review_json (review, &options, out);
  return hx_call_reply_json (call, out, 200);
}

static gboolean
answer_create (HxCall *call, GError **error)
{
  return answer (call, error) && review_show (call, error);
}

/* -------------------------------------------------------------------- issue */

static gboolean
issue (HxCall *call, HxReportIssue *issue, GError **error)
{
  const HxPeriod period = hx_report_period (call);
  issue->year = period.year;
  issue->as_of = period.as_of;
  issue->issued_by = hx_call_identity (call)->name;
  return hx_year_need_whole (call, _ ("出具报告"), error)
         && hx_call_write (call, hx_report_issue, issue, error);
}

static gboolean
issue_post (HxCall *call, GError **error)
{
  g_autofree char *year = g_strdup_printf ("%d", hx_call_year (call));
  g_autofree char *url = hx_url ("/report/editions", "year", year, NULL);
  HxReportIssue done = { 0 };
  gboolean is_issued;
  if (!hx_call_bool (call, "agreed"))
    return hx_call_redirect (call, "/report/review",
                             _ ("没有出具：请先勾选同意"));
  is_issued = issue (call, &done, error);
  hx_edition_free (done.edition);
  return is_issued && hx_call_redirect (call, url, _ ("报告已经出具"));
}

static gboolean
issue_create (HxCall *call, GError **error)
{
  HxReportIssue done = { 0 };
  gboolean is_issued = issue (call, &done, error);
  GString *out;
  HxJson json;
  if (!is_issued)
    {
      hx_edition_free (done.edition);
      return FALSE;
    }
  out = g_string_new (NULL);
  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  hx_json_member_integer (&json, "year", done.edition->year);
  hx_json_member_integer (&json, "number", done.edition->number);
  hx_json_member (&json, "issued_at", done.edition->issued_at);
  hx_json_member (&json, "digest", done.edition->digest);
  hx_json_object_end (&json);
  hx_edition_free (done.edition);
  return hx_call_reply_json (call, out, 201);
}

/* ------------------------------------------------------------------- routes */

static const HxParameter year_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { 0 },
};
static const HxParameter answer_parameters[] = {
  { "year", HX_IN_FORM, HX_TYPE_YEAR, HX_REQUIRED, .what = N_ ("年度") },
  { "check", HX_IN_FORM, HX_TYPE_TEXT, HX_REQUIRED, .max = 3,
    .what = N_ ("核查项") },
  { "place", HX_IN_FORM, HX_TYPE_TEXT, HX_REQUIRED, .max = 2000,
    .what = N_ ("位置") },
  { "reason", HX_IN_FORM, HX_TYPE_TEXT, HX_REQUIRED, .max = 2000,
    .what = N_ ("理由") },
  { "signer", HX_IN_FORM, HX_TYPE_TEXT, HX_REQUIRED, .what = N_ ("答复人") },
  { 0 },
};
static const HxParameter issue_parameters[] = {
  { "year", HX_IN_FORM, HX_TYPE_YEAR, HX_REQUIRED, .what = N_ ("年度") },
  { "agreed", HX_IN_FORM, HX_TYPE_BOOL, .what = N_ ("同意") },
  { 0 },
};
static const HxParameter issue_api_parameters[] = {
  { "year", HX_IN_FORM, HX_TYPE_YEAR, HX_REQUIRED, .what = N_ ("年度") },
  { 0 },
};

const HxRoute hx_routes_report_review[] = {
  { HX_METHOD_GET, "/report/review", "report_review_page", N_ ("报告的核查"),
    HX_YEAR_READERS, HX_ROUTE_PAGE, year_parameters, .handler = review_page },
  { HX_METHOD_POST, "/report/review", "report_review_answer",
    N_ ("答复一处核查发现"), HX_REPORT_WRITERS, HX_ROUTE_PAGE,
    answer_parameters, .handler = answer_post },
  { HX_METHOD_POST, "/report/issue", "report_issue", N_ ("出具报告"),
    HX_USER_BUREAU, HX_ROUTE_PAGE, issue_parameters, .handler = issue_post },
  { HX_METHOD_GET, "/api/v1/report/review", "report_review_show",
    N_ ("报告的核查"), HX_YEAR_READERS, HX_ROUTE_API, year_parameters,
    .handler = review_show,
    .answers = N_ ("每处发现：核查项、位置、规则、值、办法、答复") },
  { HX_METHOD_POST, "/api/v1/report/review", "report_review_create",
    N_ ("答复一处核查发现"), HX_REPORT_WRITERS, HX_ROUTE_API, answer_parameters,
    .handler = answer_create, .answers = N_ ("答复以后的全部发现") },
  { HX_METHOD_POST, "/api/v1/report/issue", "report_issue_create",
    N_ ("出具报告"), HX_USER_BUREAU, HX_ROUTE_API, issue_api_parameters,
    .handler = issue_create, .answers = N_ ("第几次出具和它的摘要") },
  { 0 },
};
