/* People by the API: the list, one with what happened last, the search. */
#include "people/recent.h"
#include "server/people_list.h"
#include "server/person_view.h"

#define RECORDS 20
#define FOUND_DEFAULT 20

/* ---------------------------------------------------------------- one person
 *
 * The reply that is asked for most: one look-up of the row, one for each kind
 * of record, nothing for each record. */

static gboolean
may_read (const HxKind *kind, gpointer data)
{
  const HxShown *shown = data;

  return hx_identity_may (shown->identity, HX_ACT_READ, kind);
}

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
write_record (HxShown *shown, HxJson *json, const HxRow *row, GError **error)
{
  const HxField *date = row->kind->date;

  hx_json_object_begin (json);
  hx_json_member (json, "kind", row->kind->key);
  hx_json_member (json, "name", row->kind->name);
  hx_json_member_integer (json, "id", row->id);
  hx_json_member (json, "date", row->values[date->index].text);
  hx_json_key (json, "fields");
  hx_json_object_begin (json);
  if (!hx_shown_members (shown, json, row, date, error))
    return FALSE;
  hx_json_object_end (json);
  hx_json_object_end (json);
  return TRUE;
}

static gboolean
write_records (HxShown *shown, HxJson *json, gint64 id, GError **error)
{
  const HxRecentQuery query = { .limit = RECORDS,
                                .as_of = hx_call_today (shown->call),
                                .wanted = may_read,
                                .data = shown };
  g_autoptr (GPtrArray) rows = hx_person_recent (
      shown->connection, hx_call_catalogue (shown->call), id, &query, error);

  if (rows == NULL)
    return FALSE;
  hx_json_key (json, "records");
  hx_json_array_begin (json);
  for (guint i = 0; i < rows->len; i++)
    if (!write_record (shown, json, rows->pdata[i], error))
      return FALSE;
  hx_json_array_end (json);
  return TRUE;
}

static gboolean
person_get (HxCall *call, GError **error)
{
  const HxKind *kind = hx_people_kind (call, error);
  g_auto (HxShown) shown = { 0 };
  g_autoptr (HxRow) row = kind != NULL ? hx_row_new (kind) : NULL;
  g_autoptr (GString) out = g_string_sized_new (4096);
  HxJson json;

  if (kind == NULL || !hx_shown_open (&shown, call, error)
      || !hx_shown_load (&shown, row, hx_call_integer (call, "id"), error))
    return FALSE;
  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  if (!write_row (&shown, &json, row, error)
      || !write_records (&shown, &json, row->id, error))
    return FALSE;
  hx_json_object_end (&json);
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

/* The whole file of a year, as `hongxia person --json` gives it. */
static gboolean
file_get (HxCall *call, GError **error)
{
  g_auto (HxPersonPage) page = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  if (!hx_person_page_open (&page, call, error))
    return FALSE;
  hx_json_init (&json, out, FALSE);
  if (!hx_person_json (&json, &page.file, error))
    return FALSE;
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

/* ---------------------------------------------------------------------- list
 */

static guint
limit_of (const HxCall *call, guint usual)
{
  const gint64 limit = hx_call_integer (call, "limit");

  return limit > 0 ? (guint)limit : usual;
}

static gboolean
people_get (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_auto (HxPeopleRows) rows = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  if (!hx_shown_open (&shown, call, error)
      || !hx_people_list (&shown, limit_of (call, HX_PAGE_ROWS), &rows, error))
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

/* -------------------------------------------------------------------- search
 */

typedef struct
{
  HxShown *shown;
  HxJson *json;
} Writing;

static gboolean
write_found (const HxRow *row, const char *rank, gpointer data, GError **error)
{
  const Writing *writing = data;
  HxJson *json = writing->json;
  g_autofree char *label = hx_shown_label (writing->shown, row, error);

  if (label == NULL)
    return FALSE;
  hx_json_object_begin (json);
  hx_json_member (json, "kind", row->kind->key);
  hx_json_member_integer (json, "id", row->id);
  hx_json_member (json, "label", label);
  hx_json_member (json, "rank", rank);
  if (!write_unit (writing->shown, json, row->unit_id, error))
    return FALSE;
  hx_json_object_end (json);
  return TRUE;
}

static gboolean
search_get (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  Writing writing = { &shown, &json };
  const HxFind find = { .text = hx_call_text (call, "q"),
                        .kind = hx_call_kind (call, "kind"),
                        .limit = limit_of (call, FOUND_DEFAULT),
                        .as_of = hx_call_date (call, "as_of") };

  if (!hx_shown_open (&shown, call, error))
    return FALSE;
  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  hx_json_key (&json, "rows");
  hx_json_array_begin (&json);
  if (!hx_people_find (&shown, &find, write_found, &writing, error))
    return FALSE;
  hx_json_array_end (&json);
  hx_json_object_end (&json);
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

/* -------------------------------------------------------------------- routes
 */

#define LIMIT                                                                  \
  {                                                                            \
    "limit", HX_IN_QUERY, HX_TYPE_INTEGER, .min = 1, .max = HX_PAGE_ROWS_MAX,  \
                                           .what = N_ ("最多几行")             \
  }

static const HxParameter list_parameters[]
    = { HX_PEOPLE_PARAMETERS, LIMIT, { .name = NULL } };

static const HxParameter one_parameters[] = {
  { "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("人员") },
  { .name = NULL },
};

static const HxParameter file_parameters[] = {
  { "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("人员") },
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { .name = NULL },
};

static const HxParameter search_parameters[] = {
  { "q", HX_IN_QUERY, HX_TYPE_TEXT, HX_REQUIRED, .min = 1, .max = 100,
    .what = N_ ("姓名、拼音、首字母、编号或街道") },
  { "kind", HX_IN_QUERY, HX_TYPE_KIND, .what = N_ ("名册") },
  { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("这一天在册的") },
  LIMIT,
  { .name = NULL },
};

const HxRoute hx_routes_api_people[] = {
  { HX_METHOD_GET, "/api/v1/people", "people_list", N_ ("人员列表"),
    HX_USER_PEOPLE | HX_USER_READER, HX_ROUTE_API, list_parameters,
    .handler = people_get,
    .answers = N_ ("rows：本人能看到的人员；next：下一页的 cursor") },
  { HX_METHOD_GET, "/api/v1/people/{id}", "people_get",
    N_ ("一个人和最近二十条记录"), HX_USER_PEOPLE | HX_USER_READER,
    HX_ROUTE_API, one_parameters, .handler = person_get,
    .answers = N_ ("fields：各字段，保密的已遮盖；records：最近的记录") },
  { HX_METHOD_GET, "/api/v1/people/{id}/file", "people_file",
    N_ ("一个人全年的档案"), HX_USER_PEOPLE | HX_USER_READER, HX_ROUTE_API,
    file_parameters, .handler = file_get,
    .answers = N_ ("基本情况、急难愁盼、应办事项、服务、领取、时间线") },
  { HX_METHOD_GET, "/api/v1/search", "search", N_ ("找人、找机构"),
    HX_USER_PEOPLE | HX_USER_READER, HX_ROUTE_API, search_parameters,
    .handler = search_get, .answers = N_ ("rows：像的在前") },
  { 0 },
};
