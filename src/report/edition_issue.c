/* Issuing: the report is written once more inside the write, so that text,
 * figures and rows are of one moment, and what was reviewed is what is kept. */
#include "report/edition_internal.h"

#include "ledger/lock.h"
#include "report/draft.h"

#include <string.h>

static const HxDate *
last_day (const HxIssue *issue, HxDate *day)
{
  *day
      = issue->as_of.year != 0 ? issue->as_of : (HxDate){ issue->year, 12, 31 };
  return day;
}

/* ----------------------------------------------------------------- figures */

static HxEditionFigure *
freeze (HxLedger *ledger, HxPrinted *printed, const HxPeriod *period,
        GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);
  HxCatalogue *catalogue = hx_ledger_catalogue (ledger);
  g_autoptr (HxEditionFigure) figure = g_new0 (HxEditionFigure, 1);
  char hex[HX_DIGEST_HEX_SIZE];

  figure->row_set
      = hx_row_set_read (connection, catalogue, printed, period, error);
  if (figure->row_set == NULL
      || !hx_edition_digest_text (hx_catalogue_digest_kind (catalogue),
                                  figure->row_set, hex, error))
    return NULL;
  figure->digest = g_strdup (hex);
  figure->key = g_strdup (printed->key);
  figure->name = g_strdup (printed->name);
  figure->query = g_strdup (printed->query != NULL ? printed->query : "");
  figure->unit = g_strdup (printed->unit);
  figure->stated = g_strdup (printed->stated);
  figure->value = g_strdup (printed->value);
  figure->numerator = printed->exact.numerator;
  figure->denominator = printed->exact.denominator;
  figure->as_of = printed->as_of;
  figure->rows = printed->rows;
  return g_steal_pointer (&figure);
}

static GPtrArray *
freeze_all (HxLedger *ledger, const GPtrArray *printed, const HxPeriod *period,
            GError **error)
{
  g_autoptr (GPtrArray) figures
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_edition_figure_free);

  for (guint i = 0; i < printed->len; i++)
    {
      HxEditionFigure *figure
          = freeze (ledger, printed->pdata[i], period, error);

      if (figure == NULL)
        return NULL;
      g_ptr_array_add (figures, figure);
    }
  return g_steal_pointer (&figures);
}

/* ------------------------------------------------------------------ writing */

static gboolean
keep_figure (HxConnection *connection, gint64 edition, guint position,
             const HxEditionFigure *figure, GError **error)
{
  char as_of[HX_DATE_TEXT_SIZE];
  HxStatement *statement = hx_statement (
      connection,
      "INSERT INTO edition_figure (bureau_id, edition, position, key, name,"
      " query, unit, stated, value, numerator, denominator, as_of, rows,"
      " row_set, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
      " ?11, ?12, ?13, ?14, ?15)",
      error);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, edition);
  hx_bind_integer (statement, 3, position);
  hx_bind_text (statement, 4, figure->key, -1);
  hx_bind_text (statement, 5, figure->name, -1);
  hx_bind_text (statement, 6, figure->query, -1);
  hx_bind_text (statement, 7, figure->unit, -1);
  hx_bind_text (statement, 8, figure->stated, -1);
  hx_bind_text (statement, 9, figure->value, -1);
  hx_bind_integer (statement, 10, figure->numerator);
  hx_bind_integer (statement, 11, figure->denominator);
  hx_bind_null (statement, 12);
  if (figure->as_of.year != 0)
    {
      hx_date_format (figure->as_of, as_of);
      hx_bind_text (statement, 12, as_of, -1);
    }
  hx_bind_integer (statement, 13, figure->rows);
  hx_bind_text (statement, 14, figure->row_set, -1);
  hx_bind_text (statement, 15, figure->digest, -1);
  return hx_step_done (statement, error);
}

static gboolean
keep_edition (HxConnection *connection, const HxEdition *edition,
              GError **error)
{
  char as_of[HX_DATE_TEXT_SIZE];
  HxStatement *statement = hx_statement (
      connection,
      "INSERT INTO edition (bureau_id, id, year, number, as_of, bureau,"
      " template, markdown, answers, issued_at, issued_by, digest) VALUES"
      " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
      error);

  if (statement == NULL)
    return FALSE;
  hx_date_format (edition->as_of, as_of);
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, edition->id);
  hx_bind_integer (statement, 3, edition->year);
  hx_bind_integer (statement, 4, edition->number);
  hx_bind_text (statement, 5, as_of, -1);
  hx_bind_text (statement, 6, edition->bureau, -1);
  hx_bind_text (statement, 7, edition->template_, -1);
  hx_bind_text (statement, 8, edition->markdown, -1);
  hx_bind_text (statement, 9, edition->answers, -1);
  hx_bind_text (statement, 10, edition->issued_at, -1);
  hx_bind_text (statement, 11, edition->issued_by, -1);
  hx_bind_text (statement, 12, edition->digest, -1);
  return hx_step_done (statement, error);
}

static gboolean
keep (HxLedger *ledger, const HxEdition *edition, const GPtrArray *figures,
      GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);
  const HxLock lock
      = { edition->year, edition->as_of, edition->id, edition->digest };

  if (!keep_edition (connection, edition, error))
    return FALSE;
  for (guint i = 0; i < figures->len; i++)
    if (!keep_figure (connection, edition->id, i + 1, figures->pdata[i], error))
      return FALSE;
  return hx_ledger_lock (ledger, &lock, error);
}

static gboolean
set_numbers (HxConnection *connection, HxEdition *edition, GError **error)
{
  g_autofree char *of_year = g_strdup_printf (
      "SELECT max(number) FROM edition WHERE bureau_id = %d AND year = %d",
      HX_BUREAU_ID, edition->year);
  gint64 id = 0, number = 0;

  if (!hx_query_integer (connection, "SELECT max(id) FROM edition", 0, &id,
                         error)
      || !hx_query_integer (connection, of_year, 0, &number, error))
    return FALSE;
  edition->id = id + 1;
  edition->number = (guint)number + 1;
  return TRUE;
}

/* Who, when, for whom, by which template. */
static gboolean
set_words (HxLedger *ledger, const HxIssue *issue, HxEdition *edition,
           GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);
  HxCatalogue *catalogue = hx_ledger_catalogue (ledger);
  g_autoptr (HxReportDraft) draft
      = hx_report_draft_read (connection, catalogue, issue->year, error);
  g_autoptr (GError) failed = NULL;

  if (draft == NULL)
    return FALSE;
  edition->template_ = g_steal_pointer (&draft->text);
  edition->issued_by = g_strdup (issue->issued_by);
  edition->issued_at
      = issue->issued_at != NULL ? g_strdup (issue->issued_at) : hx_time_now ();
  edition->bureau = hx_setting_get (connection, HX_SETTING_BUREAU, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (edition->bureau == NULL)
    edition->bureau = g_strdup (hx_catalogue_name (catalogue));
  return TRUE;
}

/* The text and what it prints; may it be issued? */
static gboolean
render (HxLedger *ledger, const HxIssue *issue, HxEdition *edition,
        GPtrArray *printed, GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);
  g_autoptr (GHashTable) values
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const HxPeriod period = { .year = issue->year, .as_of = issue->as_of };
  const HxReportOptions options = { .values = values,
                                    .markdown = &edition->markdown,
                                    .printed = printed };
  g_autofree char *text = hx_report_year (
      connection, hx_ledger_catalogue (ledger), &period, &options, error);

  if (text == NULL)
    return FALSE;
  if (issue->allow != NULL
      && !issue->allow (connection, edition->markdown, values,
                        &edition->answers, issue->data, error))
    return FALSE;
  if (edition->answers == NULL)
    edition->answers = g_strdup ("[]");
  return TRUE;
}

HxEdition *
hx_edition_issue (HxLedger *ledger, const HxIssue *issue, GError **error)
{
  const HxDigestKind kind
      = hx_catalogue_digest_kind (hx_ledger_catalogue (ledger));
  const HxPeriod period = { .year = issue->year, .as_of = issue->as_of };
  g_autoptr (HxEdition) edition = g_new0 (HxEdition, 1);
  g_autoptr (GPtrArray) printed
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_printed_free);
  g_autoptr (GPtrArray) figures = NULL;
  char hex[HX_DIGEST_HEX_SIZE];

  edition->year = issue->year;
  last_day (issue, &edition->as_of);
  if (edition->as_of.year != issue->year)
    {
      hx_fail (error, HX_ERROR_USAGE, _ ("截止日期不在这个年度里"), NULL, NULL);
      return NULL;
    }
  if (!set_numbers (hx_ledger_connection (ledger), edition, error)
      || !set_words (ledger, issue, edition, error)
      || !render (ledger, issue, edition, printed, error))
    return NULL;
  figures = freeze_all (ledger, printed, &period, error);
  if (figures == NULL
      || !hx_edition_digest (kind, edition, figures, hex, error))
    return NULL;
  edition->digest = g_strdup (hex);
  return keep (ledger, edition, figures, error) ? g_steal_pointer (&edition)
                                                : NULL;
}
