/* Duplicates by the API: the list, a merge and its undoing, two people. */
#include "server/duplicate_view.h"

static gboolean
write_pair (const HxDuplicatePair *pair, const HxPairView *view, gpointer data,
            GError **error)
{
  GPtrArray *kept = data;
  HxPairView *own = g_new0 (HxPairView, 1);

  (void)error;
  (void)pair;
  for (guint i = 0; i < 2; i++)
    {
      own->labels[i] = g_strdup (view->labels[i]);
      own->units[i] = view->units[i];
    }
  g_ptr_array_add (kept, own);
  g_ptr_array_add (kept, (gpointer)(guintptr)pair);
  return TRUE;
}

static void
kept_free (GPtrArray *kept)
{
  for (guint i = 0; i < kept->len; i += 2)
    {
      hx_pair_view_clear (kept->pdata[i]);
      g_free (kept->pdata[i]);
    }
  g_ptr_array_unref (kept);
}

static void
write_kept (HxJson *json, const HxDuplicates *found, const GPtrArray *kept)
{
  for (guint i = 0; i < kept->len; i += 2)
    {
      const HxPairView *view = kept->pdata[i];
      const HxDuplicatePair *pair = kept->pdata[i + 1];
      const HxNamedRow rows[]
          = { { pair->one, view->labels[0],
                *view->units[0] != '\0' ? view->units[0] : NULL },
              { pair->other, view->labels[1],
                *view->units[1] != '\0' ? view->units[1] : NULL } };

      hx_duplicate_pair_json (json, found, pair, rows);
    }
}

static gboolean
duplicates_get (HxCall *call, GError **error)
{
  const gint64 limit = hx_call_integer (call, "limit");
  HxPairQuery query = { .limit = limit > 0 ? (guint)limit : HX_PAIRS_SHOWN,
                        .unit_id = hx_call_integer (call, "unit") };
  g_auto (HxShown) shown = { 0 };
  g_autoptr (HxDuplicates) found = NULL;
  GPtrArray *kept = g_ptr_array_new ();
  GString *out;
  HxJson json;

  if (hx_shown_open (&shown, call, error))
    found = hx_pairs_each (&shown, &query, write_pair, kept, error);
  if (found == NULL)
    return kept_free (kept), FALSE;
  out = g_string_new (NULL);
  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  hx_json_key (&json, "pairs");
  hx_json_array_begin (&json);
  write_kept (&json, found, kept);
  hx_json_array_end (&json);
  hx_json_member_integer (&json, "hidden", query.hidden);
  hx_json_object_end (&json);
  kept_free (kept);
  return hx_call_reply_json (call, out, 200);
}

static gboolean
merge_post (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_auto (HxMerging) merging = { 0 };
  GString *out;
  HxJson json;

  if (!hx_shown_open (&shown, call, error)
      || !hx_merging_run (&merging, &shown, error))
    return FALSE;
  out = g_string_new (NULL);
  hx_json_init (&json, out, FALSE);
  hx_merged_json (&json, merging.rules, &merging.order, &merging.merged,
                  merging.trial);
  return hx_call_reply_json (call, out, merging.trial ? 200 : 201);
}

static gboolean
reply_id (HxCall *call, const char *name, gint64 id, guint status)
{
  GString *out = g_string_new (NULL);
  HxJson json;

  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  hx_json_member_integer (&json, name, id);
  hx_json_object_end (&json);
  return hx_call_reply_json (call, out, status);
}

static gboolean
not_same_post (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  gint64 id = 0;

  return hx_shown_open (&shown, call, error)
         && hx_not_same_run (&shown, &id, error)
         && reply_id (call, "id", id, 201);
}

static gboolean
undo_post (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };

  return hx_shown_open (&shown, call, error)
         && hx_merge_undo_run (&shown, error)
         && reply_id (call, "undone", hx_call_integer (call, "merge"), 200);
}

static const HxParameter list[] = {
  { "unit", HX_IN_QUERY, HX_TYPE_ID, .what = N_ ("机构") },
  { "limit", HX_IN_QUERY, HX_TYPE_INTEGER, .min = 1, .max = 1000,
    .what = N_ ("最多几对") },
  { .name = NULL },
};
static const HxParameter merge[] = { HX_MERGE_PARAMETERS, { .name = NULL } };
static const HxParameter not_same[]
    = { HX_NOT_SAME_PARAMETERS, { .name = NULL } };
static const HxParameter undo[] = { HX_UNDO_PARAMETERS, { .name = NULL } };

const HxRoute hx_routes_api_people_duplicates[] = {
  { HX_METHOD_GET, "/api/v1/duplicates", "duplicates_list",
    N_ ("可能重复登记的人"), HX_USER_PEOPLE, HX_ROUTE_API, list,
    .handler = duplicates_get,
    .answers = N_ ("pairs：成对的，写明依据；hidden：有一人在别的机构的对数") },
  { HX_METHOD_POST, "/api/v1/merges", "merges_add", N_ ("合并两行"),
    HX_MERGE_ROLES, HX_ROUTE_API, merge, .handler = merge_post,
    .answers = N_ ("merge：合并号；steps：改了什么") },
  { HX_METHOD_POST, "/api/v1/merges/undo", "merges_undo", N_ ("撤销合并"),
    HX_MERGE_ROLES, HX_ROUTE_API, undo, .handler = undo_post,
    .answers = N_ ("undone：撤销了哪次合并") },
  { HX_METHOD_POST, "/api/v1/duplicates/not-same", "duplicates_not_same",
    N_ ("记下两行不是同一人"), HX_MERGE_ROLES, HX_ROUTE_API, not_same,
    .handler = not_same_post, .answers = N_ ("id：记下的一行") },
  { 0 },
};
