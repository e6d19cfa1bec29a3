#include "report/draft.h"

#include "report/report.h"

#define TEMPLATE_PATH "report/template.md"

/* A text that takes the year back to the catalogue's own is NULL. */
static const HxMigration migrations[] = {
  { 1, "CREATE TABLE report_template (bureau_id INTEGER NOT NULL,"
       " year INTEGER NOT NULL, version INTEGER NOT NULL, text TEXT,"
       " author TEXT NOT NULL, at TEXT NOT NULL,"
       " PRIMARY KEY (bureau_id, year, version)) $options;"
       "CREATE TABLE report_wording (bureau_id INTEGER NOT NULL,"
       " year INTEGER NOT NULL, use TEXT NOT NULL, wording TEXT NOT NULL,"
       " author TEXT NOT NULL, at TEXT NOT NULL,"
       " PRIMARY KEY (bureau_id, year, use)) $options;"
       "CREATE TABLE edition (bureau_id INTEGER NOT NULL, id INTEGER NOT NULL,"
       " year INTEGER NOT NULL, number INTEGER NOT NULL, as_of TEXT NOT NULL,"
       " bureau TEXT NOT NULL, template TEXT NOT NULL, markdown TEXT NOT NULL,"
       " answers TEXT NOT NULL, issued_at TEXT NOT NULL,"
       " issued_by TEXT NOT NULL, digest TEXT NOT NULL,"
       " PRIMARY KEY (bureau_id, id), UNIQUE (bureau_id, year, number))"
       " $options;"
       "CREATE TABLE edition_figure (bureau_id INTEGER NOT NULL,"
       " edition INTEGER NOT NULL, position INTEGER NOT NULL,"
       " key TEXT NOT NULL, name TEXT NOT NULL, query TEXT NOT NULL, unit TEXT,"
       " stated TEXT NOT NULL, value TEXT NOT NULL,"
       " numerator INTEGER NOT NULL, denominator INTEGER NOT NULL,"
       " as_of TEXT, rows INTEGER NOT NULL, row_set TEXT NOT NULL,"
       " digest TEXT NOT NULL, PRIMARY KEY (bureau_id, edition, position),"
       " UNIQUE (bureau_id, edition, key)) $options" },
};

gboolean
hx_report_migrate (HxConnection *connection, GError **error)
{
  return hx_migrate (connection, "report", migrations,
                     G_N_ELEMENTS (migrations), error);
}

void
hx_report_draft_free (HxReportDraft *draft)
{
  if (draft == NULL)
    return;
  g_free (draft->text);
  g_free (draft->author);
  g_free (draft->at);
  g_free (draft);
}

/* A database that was made before there were such tables has none. */
static gboolean
read_stored (HxConnection *connection, int year, HxReportDraft *draft,
             GError **error)
{
  HxStatement *statement = hx_statement (
      connection,
      "SELECT version, text, author, at FROM report_template"
      " WHERE bureau_id = ?1 AND year = ?2 ORDER BY version DESC LIMIT 1",
      NULL);
  HxStep step;

  if (statement == NULL)
    return TRUE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, year);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    {
      draft->version = (guint)hx_column_integer (statement, 0);
      draft->text = g_strdup (hx_column_text (statement, 1));
      draft->author = g_strdup (hx_column_text (statement, 2));
      draft->at = g_strdup (hx_column_text (statement, 3));
    }
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

HxReportDraft *
hx_report_draft_read (HxConnection *connection, HxCatalogue *catalogue,
                      int year, GError **error)
{
  g_autoptr (HxReportDraft) draft = g_new0 (HxReportDraft, 1);

  if (!read_stored (connection, year, draft, error))
    return NULL;
  if (draft->text == NULL)
    draft->text = g_strdup (hx_catalogue_text (catalogue, TEMPLATE_PATH));
  if (draft->text != NULL)
    return g_steal_pointer (&draft);
  hx_fail (error, HX_ERROR_NOT_FOUND, _ ("目录里没有报告模板"), TEMPLATE_PATH,
           _ ("补上它再运行 hongxia init --catalogue"));
  return NULL;
}

static gboolean
add_version (HxConnection *connection, const HxReportDraftWrite *draft,
             guint version, GError **error)
{
  g_autofree char *at = hx_time_now ();
  HxStatement *statement = hx_statement (
      connection,
      "INSERT INTO report_template (bureau_id, year, version, text, author,"
      " at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      error);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, draft->year);
  hx_bind_integer (statement, 3, version);
  hx_bind_text (statement, 4, draft->text, -1);
  hx_bind_text (statement, 5, draft->author, -1);
  hx_bind_text (statement, 6, at, -1);
  return hx_step_done (statement, error);
}

gboolean
hx_report_draft_write (HxConnection *connection,
                       const HxReportDraftWrite *draft, GError **error)
{
  g_autoptr (HxReportDraft) stored = g_new0 (HxReportDraft, 1);
  g_autoptr (HxTemplate) parsed = NULL;

  if (draft->text != NULL)
    {
      parsed = hx_template_parse (_ ("模板"), draft->text, -1, error);
      if (parsed == NULL)
        return FALSE;
    }
  if (!read_stored (connection, draft->year, stored, error))
    return FALSE;
  if (stored->version != draft->version)
    return hx_fail (error, HX_ERROR_CONFLICT, _ ("模板刚被别人改过"),
                    stored->author, _ ("把自己的改动另存，重新打开再改"));
  return add_version (connection, draft, stored->version + 1, error);
}

/* ---------------------------------------------------------------- wordings */

static gboolean
bind_wording (HxStatement *statement, const HxReportWording *wording,
              GError **error)
{
  g_autofree char *at = hx_time_now ();

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, wording->year);
  hx_bind_text (statement, 3, wording->use, -1);
  hx_bind_text (statement, 4, wording->wording, -1);
  hx_bind_text (statement, 5, wording->author, -1);
  hx_bind_text (statement, 6, at, -1);
  return hx_step_done (statement, error);
}

gboolean
hx_report_wording_write (HxConnection *connection,
                         const HxReportWording *wording, GError **error)
{
  HxReportWording kept = *wording;

  if (kept.wording == NULL)
    kept.wording = "";
  return bind_wording (
      hx_statement (connection,
                    "INSERT INTO report_wording (bureau_id, year, use,"
                    " wording, author, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                    " ON CONFLICT (bureau_id, year, use) DO UPDATE SET"
                    " wording = excluded.wording, author = excluded.author,"
                    " at = excluded.at",
                    error),
      &kept, error);
}

gboolean
hx_report_wordings_read (HxConnection *connection, int year,
                         GHashTable *wordings, GError **error)
{
  HxStatement *statement
      = hx_statement (connection,
                      "SELECT use, wording FROM report_wording"
                      " WHERE bureau_id = ?1 AND year = ?2 AND wording <> ''",
                      NULL);
  HxStep step;

  if (statement == NULL)
    return TRUE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, year);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    g_hash_table_replace (wordings, g_strdup (hx_column_text (statement, 0)),
                          g_strdup (hx_column_text (statement, 1)));
  hx_statement_reset (statement);
  return step == HX_STEP_DONE;
}
