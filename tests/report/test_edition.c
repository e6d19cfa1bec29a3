/* Issued reports: what is frozen stays, what changes afterwards is told. */
#include "../budget/budget_test.h"
#include "check/issue.h"
#include "ledger/lock.h"
#include "report/draft.h"
#include "report/edition.h"

#define TEMPLATE "# 自评报告\n\n走访{{visits | 多 10}}人次，确数{{visits}}。\n"

static const HxAuthor author = { "测试员", "试验" };

/* ------------------------------------------------------------------ the year
 */

static gboolean
migrate (HxConnection *connection, gpointer data, GError **error)
{
  const HxReportDraftWrite draft
      = { .year = 2024, .text = data, .author = "测试员" };

  return hx_report_migrate (connection, error)
         && hx_report_draft_write (connection, &draft, error);
}

static void
visit_on (Fixture *fixture, guint count)
{
  for (guint day = 1; day <= count; day++)
    {
      g_autofree char *line = g_strdup_printf (
          "put visit cadre=A1 date=2024-03-%02u occasion=birthday", day);
      const char *const lines[] = { line, NULL };

      play (fixture, lines);
    }
}

static int
setup (void **state)
{
  static char text[] = TEMPLATE;
  static const char *const lines[] = {
    "put unit code=1 name=甲街道 kind=街道",
    "put cadre number=A1 name=测试甲 id_number=999999195303050015 "
    "birth_date=1953-03-05 street=甲街道",
    NULL,
  };
  g_autoptr (GError) error = NULL;
  Fixture *fixture;

  budget_setup (state);
  fixture = *state;
  play (fixture, lines);
  visit_on (fixture, 12);
  check (hx_write (fixture->store, migrate, text, &error), error);
  return 0;
}

/* Issuing without a review, and with one that answers. */
typedef struct
{
  HxIssue how;
  HxEdition *edition;
} Issue;

static gboolean
issue_now (HxLedger *ledger, gpointer data, GError **error)
{
  Issue *issue = data;

  issue->edition = hx_edition_issue (ledger, &issue->how, error);
  return issue->edition != NULL;
}

static HxEdition *
issue_on (Fixture *fixture, HxDate as_of)
{
  Issue issue = { .how = { .year = 2024,
                           .as_of = as_of,
                           .issued_by = "局长",
                           .issued_at = "2025-01-20T08:00:00Z" } };
  g_autoptr (GError) error = NULL;

  check (hx_measure_write (fixture->store, fixture->catalogue, &author,
                           issue_now, &issue, &error),
         error);
  return issue.edition;
}

static HxEdition *
issue (Fixture *fixture)
{
  return issue_on (fixture, (HxDate){ 0 });
}

/* As somebody who corrects after the issue. */
static gboolean
correct (HxLedger *ledger, gpointer data, GError **error)
{
  const HxKind *visit
      = hx_catalogue_kind (hx_ledger_catalogue (ledger), "visit");
  const gint64 *id = data;

  return hx_ledger_correct (ledger, "重复登记", error)
         && hx_ledger_void (ledger, visit, *id, "重复", error);
}

static void
void_visit (Fixture *fixture, gint64 id)
{
  g_autoptr (GError) error = NULL;

  check (hx_measure_write (fixture->store, fixture->catalogue, &author, correct,
                           &id, &error),
         error);
}

/* ------------------------------------------------------------------- readers
 */

static HxReader *
reader_of (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  HxReader *reader = hx_store_reader (fixture->store, &error);

  check (reader != NULL, error);
  return reader;
}

static gboolean
take_change (const HxEditionChange *change, gpointer data)
{
  g_string_append_printf (data, "%s %s→%s;", change->figure->key,
                          change->figure->value, change->now);
  return TRUE;
}

static void
assert_changes (Fixture *fixture, const HxEdition *edition,
                const char *expected)
{
  g_autoptr (HxReader) reader = reader_of (fixture);
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  check (hx_edition_changes (hx_reader_connection (reader), fixture->catalogue,
                             edition, take_change, said, &error),
         error);
  assert_string_equal (said->str, expected);
}

static void
take_finding (const char *finding, gpointer data)
{
  g_string_append_printf (data, "%s\n", finding);
}

/* What verifying the editions says holds the words; NULL: it says nothing. */
static void
assert_verified (Fixture *fixture, const char *words)
{
  g_autoptr (HxReader) reader = reader_of (fixture);
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  check (hx_editions_verify (hx_reader_connection (reader), fixture->catalogue,
                             take_finding, said, &error),
         error);
  if (words == NULL)
    assert_string_equal (said->str, "");
  else if (strstr (said->str, words) == NULL)
    fail_msg ("no “%s” in: %s", words, said->str);
}

static char *
document_of (Fixture *fixture, guint number, HxReportFormat format)
{
  g_autoptr (HxReader) reader = reader_of (fixture);
  HxConnection *connection = hx_reader_connection (reader);
  g_autoptr (GError) error = NULL;
  g_autoptr (HxEdition) edition
      = hx_edition_read (connection, 2024, number, &error);
  char *text;

  check (edition != NULL, error);
  text = hx_edition_write (connection, fixture->catalogue, edition, format,
                           NULL, &error);
  check (text != NULL, error);
  return text;
}

static void
assert_document (Fixture *fixture, guint number, const char *part)
{
  g_autofree char *text = document_of (fixture, number, HX_REPORT_MARKDOWN);

  if (strstr (text, part) == NULL)
    fail_msg ("no “%s” in: %s", part, text);
}

/* --------------------------------------------------------------------- tests
 */

static void
an_edition_keeps_value_wording_and_rows (void **state)
{
  g_autoptr (HxEdition) edition = issue (*state);
  g_autoptr (HxReader) reader = reader_of (*state);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) figures = hx_edition_figures (
      hx_reader_connection (reader), edition, NULL, &error);
  const HxEditionFigure *visits;

  check (figures != NULL, error);
  assert_int_equal (figures->len, 1);
  visits = figures->pdata[0];
  assert_string_equal (visits->key, "visits");
  assert_string_equal (visits->stated, "10多");
  assert_string_equal (visits->value, "12");
  assert_int_equal (visits->rows, 12);
  assert_string_equal (visits->row_set, "visit 1.1 2.1 3.1 4.1 5.1 6.1 7.1 "
                                        "8.1 9.1 10.1 11.1 12.1");
  assert_int_equal (edition->number, 1);
  assert_int_equal (strlen (edition->digest), 64);
  assert_string_equal (edition->answers, "[]");
  assert_string_equal (edition->template_, TEMPLATE);
}

static void
the_same_year_gives_the_same_digest (void **state)
{
  g_autoptr (HxEdition) edition = issue (*state);
  g_autofree char *first = g_strdup (edition->digest);
  void *again = NULL;
  g_autoptr (HxEdition) other = NULL;

  setup (&again);
  other = issue (again);
  assert_string_equal (other->digest, first);
  fixture_teardown (&again);
  assert_verified (*state, NULL);
}

static void
what_changes_afterwards_is_told_and_the_text_stays (void **state)
{
  g_autoptr (HxEdition) edition = issue (*state);

  assert_changes (*state, edition, "");
  void_visit (*state, 3);
  assert_changes (*state, edition, "visits 12→11;");
  assert_document (*state, 1, "确数[12](fact:visits)");
  assert_verified (*state, NULL);
}

static void
take_row (const HxKind *kind, gint64 id, HxSince since, gpointer data)
{
  static const char *const signs[] = { "+", "-", "*" };

  g_string_append_printf (data, "%s%s %d;", signs[since], kind->key, (int)id);
}

static gboolean
correct_some (HxLedger *ledger, gpointer data, GError **error)
{
  const char *const *lines = data;

  if (!hx_ledger_correct (ledger, "核对", error))
    return FALSE;
  for (; *lines != NULL; lines++)
    play_line (ledger, *lines);
  return TRUE;
}

static void
the_rows_that_changed_since_are_named (void **state)
{
  static const char *lines[]
      = { "put visit cadre=A1 date=2024-03-02 occasion=birthday note=补记",
          "put visit cadre=A1 date=2024-03-20 occasion=birthday", NULL };
  Fixture *fixture = *state;
  g_autoptr (HxEdition) edition = issue (fixture);
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  void_visit (fixture, 3);
  check (hx_measure_write (fixture->store, fixture->catalogue, &author,
                           correct_some, lines, &error),
         error);
  g_autoptr (HxReader) reader = reader_of (fixture);
  HxConnection *connection = hx_reader_connection (reader);
  g_autoptr (GPtrArray) figures
      = hx_edition_figures (connection, edition, "visits", &error);
  check (figures != NULL && figures->len == 1, error);
  check (hx_edition_compare (connection, fixture->catalogue, edition,
                             figures->pdata[0], take_row, said, &error),
         error);
  assert_string_equal (said->str, "*visit 2;-visit 3;+visit 13;");
}

static gboolean
count_row (const HxRow *row, gpointer data)
{
  guint *counts = data;

  counts[row->is_void ? 1 : 0]++;
  return TRUE;
}

static void
the_frozen_rows_are_still_there_void_ones_too (void **state)
{
  static const struct
  {
    gint64 skip;
    guint living, voided;
  } cases[] = { { 0, 11, 1 }, { 2, 9, 1 }, { 3, 9, 0 }, { 12, 0, 0 } };
  Fixture *fixture = *state;
  g_autoptr (HxEdition) edition = issue (fixture);
  g_autoptr (GError) error = NULL;

  void_visit (fixture, 3);
  g_autoptr (HxReader) reader = reader_of (fixture);
  HxConnection *connection = hx_reader_connection (reader);
  g_autoptr (GPtrArray) figures
      = hx_edition_figures (connection, edition, "visits", &error);
  check (figures != NULL, error);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint counts[2] = { 0 };

      check (hx_edition_rows (connection, fixture->catalogue, figures->pdata[0],
                              cases[i].skip, count_row, counts, &error),
             error);
      assert_int_equal (counts[0], cases[i].living);
      assert_int_equal (counts[1], cases[i].voided);
    }
}

static void
a_second_edition_stands_beside_the_first (void **state)
{
  g_autoptr (HxEdition) first = issue (*state);
  g_autoptr (HxEdition) second = NULL;
  g_autoptr (HxReader) reader = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  void_visit (*state, 3);
  second = issue (*state);
  assert_int_equal (second->number, 2);
  assert_string_not_equal (second->digest, first->digest);
  assert_document (*state, 1, "确数[12](fact:visits)");
  assert_document (*state, 2, "确数[11](fact:visits)");
  assert_changes (*state, first, "visits 12→11;");
  assert_changes (*state, second, "");
  reader = reader_of (*state);
  list = hx_editions_list (hx_reader_connection (reader), 2024, &error);
  assert_int_equal (list->len, 2);
  assert_int_equal (((HxEdition *)list->pdata[0])->number, 2);
  assert_verified (*state, NULL);
}

static void
what_sql_did_to_an_edition_is_named (void **state)
{
  static const struct
  {
    const char *sql, *words;
  } cases[] = {
    { "UPDATE edition SET markdown = replace (markdown, '12', '21')",
      "与它的摘要不符" },
    { "UPDATE edition SET issued_by = '别人'", "与它的摘要不符" },
    { "UPDATE edition_figure SET stated = '20多'", "与它的摘要不符" },
    { "UPDATE edition_figure SET row_set = 'visit 1.1'", "的行与它的摘要不符" },
    { "UPDATE edition SET digest = 'ab'", "与变更日志不符" },
    { "DELETE FROM edition_figure", "与它的摘要不符" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      void *each = NULL;

      setup (&each);
      hx_edition_free (issue (each));
      run_sql (each, cases[i].sql);
      assert_verified (each, cases[i].words);
      fixture_teardown (&each);
    }
  assert_verified (*state, NULL);
}

static void
what_comes_after_its_day_is_no_change_of_an_edition (void **state)
{
  static const char *july[]
      = { "put visit cadre=A1 date=2024-07-01 occasion=birthday", NULL };
  g_autoptr (HxEdition) edition = issue_on (*state, (HxDate){ 2024, 6, 30 });

  play (*state, july);
  assert_figure (*state, "visits", &(HxPeriod){ .year = 2024 }, "13");
  assert_changes (*state, edition, "");
  assert_int_equal (read_integer (*state, "SELECT count(*) FROM locked_year"
                                          " WHERE until = '2024-06-30'"),
                    1);
}

static gboolean
refuse (HxConnection *connection, const char *markdown, GHashTable *values,
        char **answers, gpointer data, GError **error)
{
  const HxExact *visits = g_hash_table_lookup (values, "visits");

  (void)connection;
  (void)answers;
  *(gboolean *)data = visits != NULL && visits->numerator == 12
                      && strstr (markdown, "[12](fact:visits)") != NULL;
  return hx_fail (error, HX_ERROR_FINDING, "不行", NULL, NULL);
}

static void
what_may_not_be_issued_leaves_nothing (void **state)
{
  gboolean saw = FALSE;
  Issue issue = {
    .how = { .year = 2024, .allow = refuse, .data = &saw, .issued_by = "局长" }
  };
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;

  assert_false (hx_measure_write (fixture->store, fixture->catalogue, &author,
                                  issue_now, &issue, &error));
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_FINDING));
  assert_true (saw);
  assert_int_equal (read_integer (fixture,
                                  "SELECT (SELECT count(*) FROM edition)"
                                  " + (SELECT count(*) FROM edition_figure)"
                                  " + (SELECT count(*) FROM locked_year)"),
                    0);
}

/* The year has no money and no plan: the review of the shipped rules blocks. */
static void
a_report_that_the_review_blocks_is_not_issued (void **state)
{
  Fixture *fixture = *state;
  HxReportIssue issue = { .year = 2024, .issued_by = "局长" };
  g_autoptr (GError) error = NULL;
  static const char *const lines[]
      = { "put plan_task number=RW1 year=2024 name=走访 owner=李某", NULL };

  play (fixture, lines);
  assert_false (hx_measure_write (fixture->store, fixture->catalogue, &author,
                                  hx_report_issue, &issue, &error));
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_FINDING));
  assert_non_null (strstr (error->message, "不能出具"));
  assert_null (issue.edition);
}

/* -------------------------------------------------------------------- drafts
 */

typedef struct
{
  HxReportDraftWrite draft;
  gboolean written;
  HxErrorCode code;
} Draft;

static gboolean
write_draft (HxConnection *connection, gpointer data, GError **error)
{
  Draft *draft = data;

  return hx_report_draft_write (connection, &draft->draft, error);
}

static void
a_template_is_kept_in_versions_and_refused_when_it_is_none (void **state)
{
  static const struct
  {
    const char *text;
    guint version;
    int code; /* 0: written */
  } cases[] = {
    { "走访{{visits}}次", 1, 0 },
    { "走访{{visits}}回", 1, HX_ERROR_CONFLICT },
    { "走访{{visits}}回", 2, 0 },
    { "走访{{#visits}}回", 3, HX_ERROR_DATA },
    { NULL, 3, 0 },
  };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Draft draft
          = { .draft = { 2024, cases[i].version, cases[i].text, "李某" } };
      g_autoptr (GError) error = NULL;

      hx_write (fixture->store, write_draft, &draft, &error);
      if ((error != NULL) != (cases[i].code != 0))
        fail_msg ("%u: %s", (guint)i, error != NULL ? error->message : "taken");
      if (cases[i].code == HX_ERROR_CONFLICT)
        assert_int_equal (error->code, HX_ERROR_CONFLICT);
    }
  g_autoptr (HxReader) reader = reader_of (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReportDraft) draft = hx_report_draft_read (
      hx_reader_connection (reader), fixture->catalogue, 2024, &error);
  check (draft != NULL, error);
  assert_int_equal (draft->version, 4);
  assert_non_null (strstr (draft->text, "{{bureau}}"));
}

static gboolean
approve (HxConnection *connection, gpointer data, GError **error)
{
  return hx_report_wording_write (connection, data, error);
}

/* 12 is 10多; somebody approved 10余 for it. */
static void
a_wording_of_the_year_goes_before_the_catalogues (void **state)
{
  HxReportWording wording = { 2024, "visits | 多 10", "20多", "李某" };
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;
  const HxPeriod period = { .year = 2024 };
  const HxReportOptions options = { .format = HX_REPORT_MARKDOWN };

  check (hx_write (fixture->store, approve, &wording, &error), error);
  g_autoptr (HxReader) reader = reader_of (fixture);
  g_autofree char *text
      = hx_report_year (hx_reader_connection (reader), fixture->catalogue,
                        &period, &options, &error);
  assert_null (text);
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_FINDING));
  assert_non_null (strstr (error->message, "20多"));
}

int
main (void)
{
#define YEAR(name)                                                             \
  cmocka_unit_test_setup_teardown (name, setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    YEAR (an_edition_keeps_value_wording_and_rows),
    YEAR (the_same_year_gives_the_same_digest),
    YEAR (what_changes_afterwards_is_told_and_the_text_stays),
    YEAR (the_rows_that_changed_since_are_named),
    YEAR (the_frozen_rows_are_still_there_void_ones_too),
    YEAR (a_second_edition_stands_beside_the_first),
    YEAR (what_sql_did_to_an_edition_is_named),
    YEAR (what_comes_after_its_day_is_no_change_of_an_edition),
    YEAR (what_may_not_be_issued_leaves_nothing),
    YEAR (a_report_that_the_review_blocks_is_not_issued),
    YEAR (a_template_is_kept_in_versions_and_refused_when_it_is_none),
    YEAR (a_wording_of_the_year_goes_before_the_catalogues),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
