#include "cli/edition.h"

#include "check/issue.h"

#include <jansson.h>

static void
print_answers (const HxEdition *edition)
{
  json_t *answers = json_loads (edition->answers, 0, NULL);
  json_t *answer;
  gsize i;

  json_array_foreach (answers, i, answer)
  {
    hx_cli_print (_ ("  答复：%s %s：%s（%s）\n"),
                  json_string_value (json_object_get (answer, "check")),
                  json_string_value (json_object_get (answer, "place")),
                  json_string_value (json_object_get (answer, "reason")),
                  json_string_value (json_object_get (answer, "signer")));
  }
  json_decref (answers);
}

static void
print_edition (const HxEdition *edition)
{
  hx_cli_print (_ ("%d 年第 %u 次出具：%s，%s\n"), edition->year,
                edition->number, edition->issued_at, edition->issued_by);
  hx_cli_print (_ ("  摘要 %s\n"), edition->digest);
}

gboolean
hx_cli_edition_issue (HxCli *cli, int year, GError **error)
{
  g_autoptr (HxCatalogue) catalogue = NULL;
  g_autoptr (HxStore) store = hx_cli_open_catalogue (cli, &catalogue, error);
  const HxAuthor author = hx_cli_author ("issue");
  HxReportIssue issue = { .year = year, .issued_by = author.actor };
  gboolean done;

  if (store == NULL)
    return FALSE;
  done = hx_measure_write (store, catalogue, &author, hx_report_issue, &issue,
                           error);
  if (done)
    {
      print_edition (issue.edition);
      print_answers (issue.edition);
      hx_cli_print (_ ("%d 年的记录已经锁定，更正要写 --after-issue 理由\n"),
                    year);
    }
  hx_edition_free (issue.edition);
  return done;
}

static gboolean
print_change (const HxEditionChange *change, gpointer data)
{
  const HxEdition *edition = data;

  hx_cli_print (_ ("  出具后有变（%d 年第 %u 次）：%s %s → %s\n"),
                edition->year, edition->number, change->figure->name,
                change->figure->value, change->now != NULL ? change->now : "—");
  return TRUE;
}

gboolean
hx_cli_edition_changes (HxConnection *connection, HxCatalogue *catalogue,
                        int year, GError **error)
{
  g_autoptr (GPtrArray) list = hx_editions_list (connection, year, error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    if (!hx_edition_changes (connection, catalogue, list->pdata[i],
                             print_change, list->pdata[i], error))
      return FALSE;
  return list != NULL;
}

gboolean
hx_cli_edition_list (HxCli *cli, int year, GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  g_autoptr (GPtrArray) list = NULL;

  if (!hx_cli_read (cli, &reading, error))
    return FALSE;
  list = hx_editions_list (reading.connection, year, error);
  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      HxEdition *edition = list->pdata[i];

      print_edition (edition);
      if (!hx_edition_changes (reading.connection, reading.catalogue, edition,
                               print_change, edition, error))
        return FALSE;
    }
  if (list->len == 0)
    hx_cli_print (_ ("%d 年的报告还没有出具：report %d --issue\n"), year, year);
  return TRUE;
}

char *
hx_cli_edition_read (HxCli *cli, int year, guint number, HxReportFormat format,
                     gsize *length, GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  g_autoptr (HxEdition) edition = NULL;

  if (!hx_cli_read (cli, &reading, error))
    return NULL;
  edition = hx_edition_read (reading.connection, year, number, error);
  return edition != NULL
             ? hx_edition_write (reading.connection, reading.catalogue, edition,
                                 format, length, error)
             : NULL;
}
