/* Rows of any kind by the API: list, one, its history, add, change, void,
 * approve, return. */
#include "exchange/record_json.h"
#include "ledger/approval.h"
#include "server/record_form.h"
#include "server/record_list.h"
#include "server/routes.h"

/* ------------------------------------------------------------------ reading */

static gboolean
write_unit (HxShown *shown, HxJson *json, gint64 unit_id, GError **error)
{
  const char *name = hx_shown_unit (shown, unit_id, error);

  if (name == NULL)
    return FALSE;
  hx_json_key (json, "unit_id");
  if (unit_id != 0)
    hx_json_integer (json, unit_id);
  else
    hx_json_null (json);
  hx_json_member (json, "unit", unit_id != 0 ? name : NULL);
  return TRUE;
}

static gboolean
write_row (HxShown *shown, HxJson *json, const HxRow *row, GError **error)
{
  hx_json_member (json, "kind", row->kind->key);
  hx_json_member_integer (json, "id", row->id);
  hx_json_member_integer (json, "version", row->version);
  hx_json_key (json, "void");
  hx_json_bool (json, row->is_void);
  if (!write_unit (shown, json, row->unit_id, error))
    return FALSE;
  hx_json_key (json, "fields");
  hx_json_object_begin (json);
  if (!hx_shown_members (shown, json, row, NULL, error))
    return FALSE;
  hx_json_object_end (json);
  return TRUE;
}

static gboolean
write_approval (const HxShown *shown, HxJson *json, const HxRow *row,
                GError **error)
{
  g_auto (HxApproval) approval = { 0 };

  if (!row->kind->approval)
    return TRUE;
  if (!hx_approval_read (shown->connection, row->kind, row->id, &approval,
                         error))
    return FALSE;
  hx_json_key (json, "approval");
  hx_json_object_begin (json);
  hx_json_member (json, "state", hx_approval_key (approval.state));
  hx_json_member (json, "submitter", approval.submitter);
  hx_json_member (json, "submitted_at", approval.submitted_at);
  hx_json_member (json, "by", approval.actor);
  hx_json_member (json, "at", approval.at);
  hx_json_member (json, "reason", approval.reason);
  hx_json_object_end (json);
  return TRUE;
}

static gboolean
records_get (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_auto (HxRecordQuery) query = { 0 };
  g_auto (HxRecordRows) rows = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);
  const gint64 limit = hx_call_integer (call, "limit");
  HxJson json;

  if (!hx_shown_open (&shown, call, error)
      || !hx_record_query (&shown, &query, error)
      || !hx_record_rows (&shown, &query,
                          limit > 0 ? (guint)limit : HX_PAGE_ROWS, &rows,
                          error))
    return FALSE;
  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  hx_json_key (&json, "rows");
  hx_json_array_begin (&json);
  for (guint i = 0; i < rows.rows->len; i++)
    {
      hx_json_object_begin (&json);
      if (!write_row (&shown, &json, rows.rows->pdata[i], error))
        return FALSE;
      hx_json_object_end (&json);
    }
  hx_json_array_end (&json);
  hx_json_member (&json, "next", rows.next);
  hx_json_object_end (&json);
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

/* The row of the path, within the scope. */
static HxRow *
load (HxShown *shown, HxAct act, GError **error)
{
  HxCall *call = shown->call;
  const HxKind *kind = hx_call_kind (call, "kind");
  g_autoptr (HxRow) row = hx_row_new (kind);

  if (!hx_record_may (call, act, kind, error)
      || !hx_shown_load (shown, row, hx_call_integer (call, "id"), error))
    return NULL;
  return g_steal_pointer (&row);
}

static gboolean
record_get (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_autoptr (HxRow) row = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  if (!hx_shown_open (&shown, call, error))
    return FALSE;
  row = load (&shown, HX_ACT_READ, error);
  if (row == NULL)
    return FALSE;
  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  if (!write_row (&shown, &json, row, error)
      || !write_approval (&shown, &json, row, error))
    return FALSE;
  hx_json_object_end (&json);
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

static char *
value_of (gpointer data, const HxRow *row, const HxField *field, GError **error)
{
  return hx_shown_text (data, row, field, error);
}

static gboolean
history_get (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_autoptr (HxRow) row = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  if (!hx_shown_open (&shown, call, error))
    return FALSE;
  row = load (&shown, HX_ACT_READ, error);
  if (row == NULL)
    return FALSE;
  const HxRecordView view = { shown.connection, value_of, &shown };
  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  if (!hx_record_json_periods (&view, row, &json, error)
      || !hx_record_json_history (&view, row, &json, error))
    return FALSE;
  hx_json_object_end (&json);
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

/* ------------------------------------------------------------------ writing */

static gboolean
refuse (HxCall *call, const HxEdit *edit, GError **error)
{
  if (edit->is_stale)
    return hx_fail (error, HX_ERROR_CONFLICT,
                    _ ("这一行在您看过之后改过，没有写入"), edit->kind->name,
                    _ ("读出现在的内容，再决定怎样改"));
  if (edit->alike->len > 0)
    return hx_failf (error, HX_ERROR_CONFLICT,
                     _ ("同一个人、同一天已经登记了 %u 条，没有写入"),
                     edit->alike->len);
  for (guint i = 0; i < edit->faults->len; i++)
    {
      const HxEditFault *fault = edit->faults->pdata[i];

      hx_call_add_fault (call, fault->field != NULL ? fault->field->key : NULL,
                         fault->text);
    }
  return hx_call_refuse (call, error);
}

static gboolean
reply_written (HxCall *call, const HxEdit *edit)
{
  static const char *const outcomes[] = { [HX_PUT_NEW] = "new",
                                          [HX_PUT_CHANGED] = "changed",
                                          [HX_PUT_UNCHANGED] = "unchanged",
                                          [HX_PUT_REFUSED] = "refused" };
  GString *out = g_string_sized_new (256);
  HxJson json;

  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  hx_json_member (&json, "kind", edit->kind->key);
  hx_json_member_integer (&json, "id", edit->id);
  hx_json_member_integer (&json, "version", edit->version);
  hx_json_member (&json, "outcome", outcomes[edit->outcome]);
  hx_json_key (&json, "warnings");
  hx_json_array_begin (&json);
  for (guint i = 0; i < edit->warnings->len; i++)
    hx_json_string (&json, edit->warnings->pdata[i]);
  hx_json_array_end (&json);
  hx_json_object_end (&json);
  return hx_call_reply_json (call, out,
                             edit->outcome == HX_PUT_NEW ? 201 : 200);
}

static gboolean
run (HxCall *call, HxEdit *edit, GError **error)
{
  if (!hx_record_form_cells (call, edit, error)
      || !hx_call_write (call, hx_edit_run, edit, error))
    return FALSE;
  return edit->is_done ? reply_written (call, edit)
                       : refuse (call, edit, error);
}

static gboolean
record_add (HxCall *call, GError **error)
{
  g_autoptr (HxEdit) edit = hx_edit_new (hx_call_kind (call, "kind"), 0);

  edit->asks_alike = hx_call_bool (call, "warn");
  return run (call, edit, error);
}

static gboolean
record_change (HxCall *call, GError **error)
{
  g_autoptr (HxEdit) edit
      = hx_edit_new (hx_call_kind (call, "kind"), hx_call_integer (call, "id"));

  edit->version = hx_call_integer (call, "version");
  edit->effect = (HxEffect){ hx_call_date (call, "from"),
                             hx_call_bool (call, "correction") };
  return run (call, edit, error);
}

static gboolean
decide (HxCall *call, HxRecordDecision decision, GError **error)
{
  return hx_record_decide (call, decision, error) && record_get (call, error);
}

static gboolean
record_void (HxCall *call, GError **error)
{
  return decide (call, HX_RECORD_VOID, error);
}

static gboolean
record_approve (HxCall *call, GError **error)
{
  return decide (call, HX_RECORD_APPROVE, error);
}

static gboolean
record_return (HxCall *call, GError **error)
{
  return decide (call, HX_RECORD_RETURN, error);
}

/* ------------------------------------------------------------------- routes */

#define KIND                                                                   \
  {                                                                            \
    "kind", HX_IN_PATH, HX_TYPE_KIND, HX_REQUIRED, .what = N_ ("台账")         \
  }
#define ID                                                                     \
  {                                                                            \
    "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("编号")             \
  }
#define FIELDS                                                                 \
  {                                                                            \
    "fields", HX_IN_FORM, HX_TYPE_VALUES, HX_REQUIRED, .what = N_ ("各栏")     \
  }
#define VERSION                                                                \
  {                                                                            \
    "version", HX_IN_FORM, HX_TYPE_INTEGER, .what = N_ ("所见的版本")          \
  }

static const HxParameter list[]
    = { KIND,
        HX_RECORD_LIST_PARAMETERS,
        { "limit", HX_IN_QUERY, HX_TYPE_INTEGER, .min = 1,
          .max = HX_PAGE_ROWS_MAX, .what = N_ ("最多几行") },
        { 0 } };
static const HxParameter one[] = { KIND, ID, { 0 } };
static const HxParameter add[]
    = { KIND,
        FIELDS,
        { "warn", HX_IN_FORM, HX_TYPE_BOOL,
          .what = N_ ("同一人同一天已有的，先不写入") },
        { 0 } };
static const HxParameter change[]
    = { KIND,
        ID,
        FIELDS,
        VERSION,
        { "from", HX_IN_FORM, HX_TYPE_DATE, .what = N_ ("变动之日") },
        { "correction", HX_IN_FORM, HX_TYPE_BOOL, .what = N_ ("是更正") },
        { 0 } };
static const HxParameter approve[] = { KIND, ID, VERSION, { 0 } };
static const HxParameter with_reason[]
    = { KIND,
        ID,
        VERSION,
        { "reason", HX_IN_FORM, HX_TYPE_TEXT, HX_REQUIRED, .max = 500,
          .what = N_ ("原因") },
        { 0 } };

#define ANSWERS_ROW                                                            \
  N_ ("这一行：fields 各字段，保密的已遮盖；version 版本；approval 审批")
#define ANSWERS_WRITTEN                                                        \
  N_ ("id、version；outcome：new、changed、unchanged；warnings：提醒")

const HxRoute hx_routes_api_record[] = {
  { HX_METHOD_GET, "/api/v1/records/{kind}", "records_list",
    N_ ("一种台账的各行"), HX_USER_BUSINESS, HX_ROUTE_API, list,
    .handler = records_get,
    .answers = N_ ("rows：各行；next：下一页的 cursor") },
  { HX_METHOD_POST, "/api/v1/records/{kind}", "record_add", N_ ("登记一行"),
    HX_USER_BUSINESS, HX_ROUTE_API, add, .handler = record_add,
    .answers = ANSWERS_WRITTEN },
  { HX_METHOD_GET, "/api/v1/records/{kind}/{id}", "record_get", N_ ("一行"),
    HX_USER_BUSINESS, HX_ROUTE_API, one, .handler = record_get,
    .answers = ANSWERS_ROW },
  { HX_METHOD_PATCH, "/api/v1/records/{kind}/{id}", "record_change",
    N_ ("更改一行"), HX_USER_BUSINESS, HX_ROUTE_API, change,
    .handler = record_change, .answers = ANSWERS_WRITTEN },
  { HX_METHOD_GET, "/api/v1/records/{kind}/{id}/history", "record_history",
    N_ ("一行的变更"), HX_USER_BUSINESS, HX_ROUTE_API, one,
    .handler = history_get,
    .answers = N_ ("history：谁、何时、由什么改成什么；periods：会变动的栏") },
  { HX_METHOD_POST, "/api/v1/records/{kind}/{id}/void", "record_void",
    N_ ("作废一行"), HX_USER_BUSINESS, HX_ROUTE_API, with_reason,
    .handler = record_void, .answers = ANSWERS_ROW },
  { HX_METHOD_POST, "/api/v1/records/{kind}/{id}/approve", "record_approve",
    N_ ("审批通过"), HX_USER_BUSINESS, HX_ROUTE_API, approve,
    .handler = record_approve, .answers = ANSWERS_ROW },
  { HX_METHOD_POST, "/api/v1/records/{kind}/{id}/return", "record_return",
    N_ ("退回"), HX_USER_BUSINESS, HX_ROUTE_API, with_reason,
    .handler = record_return, .answers = ANSWERS_ROW },
  { 0 },
};
