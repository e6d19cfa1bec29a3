/* What a list shows, as a workbook or as CSV.
 *
 * All fields that the user sees, masked as on the page, all rows of the filter.
 * Who took what out is a note of the change log, written before anything
 * leaves. */
#include "exchange/exchange.h"
#include "server/record_form.h"
#include "server/record_list.h"
#include "server/routes.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  HxShown *shown;
  GPtrArray *fields;          /* HxField */
  GPtrArray *texts;           /* char *, of one row */
  HxWorkbookWriter *workbook; /* or: */
  GString *csv;
} Export;

/* ---------------------------------------------------------------------- CSV
 */

/* A cell that a program would take for a formula begins with an apostrophe. */
static void
append_cell (GString *out, const char *text)
{
  const gboolean is_formula = *text != '\0' && strchr ("=@\t\r", *text) != NULL;

  if (!is_formula && strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (out, text);
      return;
    }
  g_string_append (out, is_formula ? "\"'" : "\"");
  for (; *text != '\0'; text++)
    g_string_append (out, *text == '"' ? "\"\"" : (char[]){ *text, '\0' });
  g_string_append_c (out, '"');
}

static void
append_line (GString *out, const char *const *texts, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_cell (out, texts[i]);
    }
  g_string_append (out, "\r\n");
}

/* --------------------------------------------------------------------- rows
 */

static gboolean
put_line (Export *export, gboolean is_header, GError **error)
{
  const char *const *texts = (const char *const *)export->texts->pdata;
  const guint n = export->texts->len;

  if (export->csv != NULL)
    {
      append_line (export->csv, texts, n);
      return TRUE;
    }
  return is_header
             ? hx_workbook_writer_header (export->workbook, texts, n, error)
             : hx_workbook_writer_row (export->workbook, texts, n, error);
}

static gboolean
put_row (const HxRow *row, gpointer data, GError **error)
{
  Export *export = data;

  g_ptr_array_set_size (export->texts, 0);
  for (guint i = 0; i < export->fields->len; i++)
    {
      char *text = hx_shown_plain (export->shown, row, export->fields->pdata[i],
                                   error);

      if (text == NULL)
        return FALSE;
      g_ptr_array_add (export->texts, text);
    }
  return put_line (export, FALSE, error);
}

static gboolean
put_header (Export *export, GError **error)
{
  for (guint i = 0; i < export->fields->len; i++)
    {
      const HxField *field = export->fields->pdata[i];

      g_ptr_array_add (export->texts, g_strdup (field->name));
    }
  return put_line (export, TRUE, error);
}

static GPtrArray *
fields_of (const HxShown *shown, const HxKind *kind)
{
  GPtrArray *fields = g_ptr_array_new ();

  for (guint i = 0; i < kind->fields->len; i++)
    if (hx_identity_sees (shown->identity, kind, kind->fields->pdata[i]))
      g_ptr_array_add (fields, kind->fields->pdata[i]);
  return fields;
}

/* ---------------------------------------------------------------------- log
 */

static gboolean
write_note (HxLedger *ledger, gpointer data, GError **error)
{
  const HxCall *call = data;
  const HxKind *kind = hx_call_kind (call, "kind");
  g_autoptr (GString) after = g_string_new (NULL);
  HxJson json;

  hx_json_init (&json, after, FALSE);
  hx_json_object_begin (&json);
  hx_json_member (&json, "kind", kind->key);
  hx_json_member (&json, "filter", hx_call_request (call)->query_text);
  hx_json_object_end (&json);
  return hx_ledger_note (ledger,
                         &(HxNote){ .action = "export",
                                    .subject = "@export",
                                    .after = after->str },
                         error);
}

/* --------------------------------------------------------------------- page
 */

static gboolean
reply_csv (HxCall *call, Export *export, const HxRecordQuery *query,
           GError **error)
{
  g_autofree char *name = g_strconcat (query->kind->name, ".csv", NULL);
  g_autoptr (GString) csv = g_string_new ("\xEF\xBB\xBF");
  g_autoptr (GBytes) bytes = NULL;

  export->csv = csv;
  if (!put_header (export, error)
      || !hx_record_each (export->shown, query, put_row, export, error))
    return FALSE;
  bytes = g_string_free_to_bytes (g_steal_pointer (&csv));
  return hx_call_reply_bytes (call, bytes, "text/csv; charset=utf-8", name);
}

static gboolean
fill_workbook (Export *export, const HxRecordQuery *query, const char *path,
               GError **error)
{
  gboolean done;

  export->workbook = hx_workbook_writer_new (path, query->kind->name, error);
  done = export->workbook != NULL && put_header (export, error)
         && hx_record_each (export->shown, query, put_row, export, error)
         && hx_workbook_writer_finish (export->workbook, error);
  hx_workbook_writer_free (export->workbook);
  return done;
}

static gboolean
reply_workbook (HxCall *call, Export *export, const HxRecordQuery *query,
                GError **error)
{
  static const char type[] = "application/vnd.openxmlformats-officedocument."
                             "spreadsheetml.sheet";
  g_autofree char *name = g_strconcat (query->kind->name, ".xlsx", NULL);
  g_autofree char *path = g_strdup_printf (
      "%s/export-%s.xlsx", hx_call_folder (call), hx_call_request (call)->id);
  const gboolean done = fill_workbook (export, query, path, error)
                        && hx_call_reply_file (call, path, type, name, error);

  g_unlink (path);
  return done;
}

static gboolean
export_page (HxCall *call, GError **error)
{
  const HxKind *kind = hx_call_kind (call, "kind");
  g_auto (HxShown) shown = { 0 };
  g_auto (HxRecordQuery) query = { 0 };
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Export export = { .texts = texts };

  if (!hx_record_may (call, HX_ACT_EXPORT, kind, error)
      || !hx_call_write (call, write_note, call, error)
      || !hx_shown_open (&shown, call, error)
      || !hx_record_query (&shown, &query, error))
    return FALSE;
  fields = fields_of (&shown, kind);
  export.shown = &shown;
  export.fields = fields;
  return (g_strcmp0 (hx_call_text (call, "format"), "csv") == 0
              ? reply_csv
              : reply_workbook) (call, &export, &query, error);
}

static const HxParameter parameters[]
    = { { "kind", HX_IN_PATH, HX_TYPE_KIND, HX_REQUIRED, .what = N_ ("台账") },
        HX_RECORD_LIST_PARAMETERS,
        { "format", HX_IN_QUERY, HX_TYPE_CHOICE, .choices = "xlsx|csv",
          .what = N_ ("格式") },
        { 0 } };

const HxRoute hx_routes_ledger_export[] = {
  { HX_METHOD_GET, "/ledgers/{kind}/export", "ledger_export", N_ ("导出台账"),
    HX_USER_BUSINESS, HX_ROUTE_PAGE, parameters, .handler = export_page },
  { 0 },
};
