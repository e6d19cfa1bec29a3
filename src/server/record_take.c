/* What is sent with a form, into an edit. */
#include "server/record_form_internal.h"

#include "ledger/approval.h"
#include "ledger/evidence.h"
#include "ledger/search.h"
#include "ledger/secret.h"

#include <string.h>

char *
hx_record_time (const char *at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (at, NULL);
  g_autoptr (GDateTime) local
      = time != NULL ? g_date_time_to_local (time) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M")
                       : g_strdup (at);
}

gboolean
hx_record_may (HxCall *call, HxAct act, const HxKind *kind, GError **error)
{
  const HxIdentity *identity = hx_call_identity (call);

  if (!hx_identity_may (identity, HX_ACT_READ, kind))
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这种台账"), NULL,
                    _ ("从“台账”页选一种"));
  if (act == HX_ACT_READ || hx_identity_may (identity, act, kind))
    return TRUE;
  return hx_fail (error, HX_ERROR_FORBIDDEN, _ ("您的角色不能这样做"),
                  kind->name, _ ("需要时请找科室负责人或管理员"));
}

/* ------------------------------------------------------------------- cells */

/* A masked field that is empty stays as it is, in pages; programs name the
 * fields that they mean. */
static void
take_cell (const HxCall *call, HxEdit *edit, const HxField *field)
{
  const char *text = hx_call_value (call, field->key);

  if (*text != '\0' || edit->id == 0
      || (hx_call_route (call)->flags & HX_ROUTE_PAGE) == 0
      || !hx_field_is_masked (edit->kind, field, HX_AUDIENCE_INSIDE))
    hx_edit_cell (edit, field, text);
}

static gboolean
take_cells (const HxCall *call, HxEdit *edit, GError **error)
{
  const HxIdentity *identity = hx_call_identity (call);

  for (const char *const *key = hx_call_value_keys (call); *key != NULL; key++)
    {
      const HxField *field = hx_kind_field (edit->kind, *key);

      if (field == NULL)
        return hx_fail (error, HX_ERROR_DATA, _ ("没有这个字段"), *key,
                        _ ("刷新页面后再填"));
      if (!hx_identity_changes (identity, edit->kind, field))
        return hx_fail (error, HX_ERROR_FORBIDDEN, _ ("您的角色不能改这一栏"),
                        field->name, NULL);
      take_cell (call, edit, field);
    }
  return TRUE;
}

/* What is masked is emptied by a box of its own. */
static gboolean
take_cleared (const HxCall *call, HxEdit *edit, GError **error)
{
  const char *const *keys = hx_call_texts (call, "clear");

  for (; *keys != NULL; keys++)
    {
      const HxField *field = hx_kind_field (edit->kind, *keys);

      if (field == NULL
          || !hx_identity_changes (hx_call_identity (call), edit->kind, field))
        return hx_fail (error, HX_ERROR_DATA, _ ("没有这个字段"), *keys,
                        _ ("刷新页面后再填"));
      if (edit->cells[field->index] == NULL)
        hx_edit_cell (edit, field, "");
    }
  return TRUE;
}

static gboolean
reaches (gconstpointer data, const HxRow *row)
{
  return hx_identity_reaches (data, row);
}

gboolean
hx_record_form_cells (HxCall *call, HxEdit *edit, GError **error)
{
  edit->reach = hx_call_identity (call);
  edit->reaches = reaches;
  return hx_record_may (call, HX_ACT_WRITE, edit->kind, error)
         && take_cells (call, edit, error);
}

gboolean
hx_record_form_read (HxCall *call, HxEdit *edit, GError **error)
{
  edit->version = hx_call_integer (call, "version");
  edit->effect = (HxEffect){ hx_call_date (call, "from"),
                             hx_call_bool (call, "correction") };
  edit->asks_alike = !hx_call_bool (call, "repeat");
  return hx_record_form_cells (call, edit, error)
         && take_cleared (call, edit, error);
}

/* ------------------------------------------------------------------- files */

static gboolean
write_evidence (HxLedger *ledger, gpointer data, GError **error)
{
  return hx_ledger_evidence (ledger, data, error);
}

static void
add_line (HxEdit *edit, const HxField *field, const HxEvidence *evidence)
{
  const char *held = edit->cells[field->index];
  g_autofree char *line = hx_evidence_line (evidence);
  g_autofree char *lines = held != NULL && *held != '\0'
                               ? g_strjoin (";", held, line, NULL)
                               : g_strdup (line);

  hx_edit_cell (edit, field, lines);
}

/* What cannot be taken is a fault at its field; the rest of the form stays. */
static gboolean
take_file (HxCall *call, HxEdit *edit, const HxField *field,
           const HxUpload *upload, GError **error)
{
  const HxDigestKind kind = hx_catalogue_digest_kind (hx_call_catalogue (call));
  g_auto (HxEvidence) evidence = { 0 };
  g_autoptr (GError) failed = NULL;

  if (hx_evidence_keep (hx_call_store (call), kind, upload->path,
                        upload->file_name, &evidence, &failed)
      && hx_call_write (call, write_evidence, &evidence, &failed))
    {
      add_line (edit, field, &evidence);
      return TRUE;
    }
  if (failed->domain == HX_ERROR && failed->code != HX_ERROR_STORE)
    {
      hx_edit_fault (edit, field, failed->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static const HxField *
field_of_upload (const HxCall *call, const HxEdit *edit, const HxUpload *upload)
{
  const HxField *field = g_str_has_prefix (upload->name, "e.")
                             ? hx_kind_field (edit->kind, upload->name + 2)
                             : NULL;

  if (field == NULL || field->type != HX_FIELD_EVIDENCE || upload->size == 0
      || !hx_identity_changes (hx_call_identity (call), edit->kind, field))
    return NULL;
  return field;
}

/* One file takes the place of the one that is there where the field holds no
 * more. */
static gboolean
take_files (HxCall *call, HxEdit *edit, GError **error)
{
  const GPtrArray *uploads = hx_call_uploads (call);

  for (guint i = 0; uploads != NULL && i < uploads->len; i++)
    {
      const HxUpload *upload = uploads->pdata[i];
      const HxField *field = field_of_upload (call, edit, upload);

      if (field == NULL)
        continue;
      if (!field->many)
        hx_edit_cell (edit, field, "");
      if (!take_file (call, edit, field, upload, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
hx_record_form_take (HxCall *call, HxEdit *edit, GError **error)
{
  if (!hx_record_form_read (call, edit, error)
      || !take_files (call, edit, error))
    return FALSE;
  return edit->faults->len > 0
         || hx_call_write (call, hx_edit_run, edit, error);
}

/* --------------------------------------------------------------- decisions */

typedef struct
{
  const HxCall *call;
  const HxKind *kind;
  HxRecordDecision decision;
} Decide;

/* Asked inside the write: the row may have moved to another unit. */
static gboolean
is_in_reach (HxLedger *ledger, const Decide *decide, gint64 id, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (decide->kind);

  if (!hx_row_load (hx_ledger_connection (ledger), row, id, error))
    return FALSE;
  if (hx_identity_reaches (hx_call_identity (decide->call), row))
    return TRUE;
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这一行"),
                  decide->kind->name, _ ("请核对编号"));
}

static gboolean
write_decision (HxLedger *ledger, gpointer data, GError **error)
{
  const Decide *decide = data;
  const HxKind *kind = decide->kind;
  const gint64 id = hx_call_integer (decide->call, "id");
  const gint64 version = hx_call_integer (decide->call, "version");

  if (!is_in_reach (ledger, decide, id, error))
    return FALSE;
  if (decide->decision == HX_RECORD_APPROVE)
    return hx_ledger_approve (ledger, kind, id, version, error);
  const char *reason = hx_call_text (decide->call, "reason");
  if (decide->decision == HX_RECORD_VOID)
    return hx_ledger_void (ledger, kind, id, reason, error);
  return hx_ledger_return (ledger, kind, id, version, reason, error);
}

gboolean
hx_record_decide (HxCall *call, HxRecordDecision decision, GError **error)
{
  Decide decide = { call, hx_call_kind (call, "kind"), decision };
  const HxAct act = decision == HX_RECORD_VOID ? HX_ACT_VOID : HX_ACT_APPROVE;

  return hx_record_may (call, act, decide.kind, error)
         && hx_call_write (call, write_decision, &decide, error);
}

/* -------------------------------------------------------------- candidates */

typedef struct
{
  const HxIdentity *identity;
  GArray *ids;
  guint limit;
} Candidates;

static gboolean
take_candidate (const HxRow *row, HxSearchRank rank, gpointer data)
{
  Candidates *candidates = data;
  const gint64 id = row->id;

  (void)rank;
  if (hx_identity_reaches (candidates->identity, row))
    g_array_append_val (candidates->ids, id);
  return candidates->ids->len < candidates->limit;
}

/* Words that mean nothing find nothing. */
GArray *
hx_record_candidates (HxCall *call, const HxKind *kind, const char *text,
                      guint limit, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  g_autofree char *normal = hx_text_normalise (text);
  g_auto (GStrv) words = g_strsplit (normal, " ", HX_SEARCH_WORDS_MAX);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) failed = NULL;
  Candidates candidates = { hx_call_identity (call), ids, limit };
  const HxSearchQuery query = { .words = (const char *const *)words,
                                .kind = kind,
                                .limit = HX_SEARCH_LIMIT_MAX };

  if (connection == NULL)
    return NULL;
  if (kind->search->len == 0 || *normal == '\0'
      || hx_search (connection, hx_call_catalogue (call), &query,
                    take_candidate, &candidates, &failed)
      || failed->code == HX_ERROR_USAGE)
    return g_steal_pointer (&ids);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}
