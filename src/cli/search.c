#include "ledger/search.h"
#include "cli/reveal.h"

#include <string.h>

#define LIMIT_DEFAULT 20
#define KIND_COLUMNS 12

typedef struct
{
  HxConnection *connection;
  const HxCliReveal *reveal;
  HxJson *json; /* NULL: lines for people */
  guint hits;
  GError *error;
} Shown;

typedef struct
{
  const char *const *words;
  char *kind, *as_of;
  int limit;
  gboolean as_json, rebuild;
  HxCliReveal reveal;
} SearchCall;

/* Of a birth date a list shows the year. */
static char *
field_text (Shown *shown, const HxRow *row, const HxField *field)
{
  char *text = hx_value_display (shown->connection, row, field,
                                 hx_cli_audience (shown->reveal, field),
                                 &shown->error);
  if (text != NULL && g_str_equal (field->key, "birth_date")
      && strlen (text) > 4)
    text[4] = '\0';
  return text;
}

/* What tells two people of one name apart. */
static GPtrArray *
shown_fields (const HxKind *kind)
{
  static const char *const more[] = { "sex", "birth_date", "status" };
  GPtrArray *fields = g_ptr_array_new ();
  for (guint i = 0; i < kind->search->len; i++)
    g_ptr_array_add (fields, kind->search->pdata[i]);
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    {
      gconstpointer field = hx_kind_field (kind, more[i]);
      if (field != NULL && !g_ptr_array_find (fields, field, NULL))
        g_ptr_array_insert (fields, (int)MIN (i + 1, fields->len),
                            (gpointer)(guintptr)field);
    }
  g_ptr_array_add (fields, (gpointer)(guintptr)kind->until);
  return fields;
}

static void
hit_json (Shown *shown, const HxRow *row, HxSearchRank rank,
          const GPtrArray *fields)
{
  HxJson *json = shown->json;
  hx_json_object_begin (json);
  hx_json_member (json, "kind", row->kind->key);
  hx_json_member_integer (json, "id", row->id);
  hx_json_member (json, "rank", hx_search_rank_key (rank));
  hx_json_key (json, "fields");
  hx_json_object_begin (json);
  for (guint i = 0; i < fields->len; i++)
    {
      const HxField *field = fields->pdata[i];
      g_autofree char *text = field_text (shown, row, field);
      if (row->values[field->index].filled)
        hx_json_member (json, field->key, text);
    }
  hx_json_object_end (json);
  hx_json_object_end (json);
}

static void
hit_line (Shown *shown, const HxRow *row, const GPtrArray *fields)
{
  g_autofree char *kind
      = g_strdup_printf ("%s %ld", row->kind->key, (long)row->id);
  hx_cli_print_padded (kind, KIND_COLUMNS, FALSE);
  for (guint i = 0; i < fields->len; i++)
    {
      const HxField *field = fields->pdata[i];
      g_autofree char *text = field_text (shown, row, field);
      if (!row->values[field->index].filled)
        continue;
      if (field == row->kind->until)
        hx_cli_print (" %s=%s", field->name, text);
      else
        hx_cli_print (" %s", text);
    }
  hx_cli_print ("\n");
}

static gboolean
show_hit (const HxRow *row, HxSearchRank rank, gpointer data)
{
  Shown *shown = data;
  g_autoptr (GPtrArray) fields = shown_fields (row->kind);
  shown->hits++;
  if (shown->json != NULL)
    hit_json (shown, row, rank, fields);
  else
    hit_line (shown, row, fields);
  return shown->error == NULL;
}

static gboolean
fill_query (const HxCliReading *reading, const SearchCall *call,
            HxSearchQuery *query, GError **error)
{
  query->words = call->words;
  query->limit = (guint)MAX (call->limit, 0);
  if (call->kind != NULL)
    query->kind = hx_cli_kind (reading->catalogue, call->kind, error);
  return (call->kind == NULL || query->kind != NULL)
         && hx_cli_as_of (call->as_of, &query->as_of, error);
}

static gboolean
count_hit (const HxRow *row, HxSearchRank rank, gpointer data)
{
  (void)row;
  (void)rank;
  ++*(gint64 *)data;
  return TRUE;
}

/* What is shown in clear is logged before: how many, and of which register. */
static gboolean
log_reveal (const HxCliReading *reading, const SearchCall *call,
            const HxSearchQuery *query, GError **error)
{
  gint64 hits = 0;
  return call->reveal.chosen == NULL
         || (hx_search (reading->connection, reading->catalogue, query,
                        count_hit, &hits, error)
             && hx_cli_reveal_log (&call->reveal, reading->store,
                                   reading->catalogue, 0, hits, error));
}

/* Of the register that is asked, or of the first that is searched. */
static const HxKind *
revealed_kind (const HxCliReading *reading, const HxSearchQuery *query)
{
  const GPtrArray *kinds = hx_catalogue_kinds (reading->catalogue);
  for (guint i = 0; query->kind == NULL && i < kinds->len; i++)
    if (((HxKind *)kinds->pdata[i])->search->len > 0)
      return kinds->pdata[i];
  return query->kind;
}

static gboolean
choose_reveal (const HxCliReading *reading, SearchCall *call,
               const HxSearchQuery *query, GError **error)
{
  const HxKind *kind = revealed_kind (reading, query);
  return kind == NULL
         || (hx_cli_reveal_choose (&call->reveal, kind, error)
             && log_reveal (reading, call, query, error));
}

static gboolean
print_hits (HxCli *cli, SearchCall *call, GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  HxSearchQuery query = { 0 };
  if (!hx_cli_read (cli, &reading, error)
      || !fill_query (&reading, call, &query, error)
      || !choose_reveal (&reading, call, &query, error))
    return FALSE;
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  hx_json_init (&json, out, TRUE);
  Shown shown = { .connection = reading.connection,
                  .reveal = &call->reveal,
                  .json = call->as_json ? &json : NULL };
  hx_json_array_begin (&json);
  if (!hx_search (reading.connection, reading.catalogue, &query, show_hit,
                  &shown, error))
    return g_clear_error (&shown.error), FALSE;
  if (shown.error != NULL)
    return g_propagate_error (error, shown.error), FALSE;
  hx_json_array_end (&json);
  if (call->as_json)
    hx_cli_print ("%s\n", out->str);
  else if (shown.hits == 0)
    hx_cli_print ("%s\n", _ ("没有找到"));
  else if (shown.hits == query.limit)
    hx_cli_print (_ ("只列出前 %u 个；加一个词或用 --limit 再找\n"),
                  query.limit);
  return TRUE;
}

/* ---------------------------------------------------------------- rebuilding
 */

static gboolean
rebuild_all (HxConnection *connection, gpointer data, GError **error)
{
  const GPtrArray *kinds = hx_catalogue_kinds (data);
  for (guint i = 0; i < kinds->len; i++)
    {
      const HxKind *kind = kinds->pdata[i];
      if (kind->search->len > 0 && !hx_search_rebuild (connection, kind, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
rebuild (HxCli *cli, GError **error)
{
  g_autoptr (HxCatalogue) catalogue = NULL;
  g_autoptr (HxStore) store = hx_cli_open_catalogue (cli, &catalogue, error);
  if (store == NULL || !hx_write (store, rebuild_all, catalogue, error))
    return FALSE;
  hx_cli_print ("%s\n", _ ("搜索索引已按各行重建"));
  return TRUE;
}

static gboolean
run_search (HxCli *cli, int argc, char **arguments, GError **error)
{
  SearchCall call = { .limit = LIMIT_DEFAULT };
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &call.kind, NULL, NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &call.limit, NULL, NULL },
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &call.as_of, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    { "rebuild", 0, 0, G_OPTION_ARG_NONE, &call.rebuild, NULL, NULL },
    HX_CLI_REVEAL_ENTRIES (&call.reveal),
    G_OPTION_ENTRY_NULL,
  };
  gboolean done = hx_cli_options (cli, &hx_command_search, entries,
                                  HX_CLI_ANY_WORDS, &argc, &arguments, error);
  if (done && argc > 0)
    {
      call.words = (const char *const *)arguments + 1;
      done = call.rebuild ? rebuild (cli, error)
                          : print_hits (cli, &call, error);
    }
  g_free (call.kind);
  g_free (call.as_of);
  hx_cli_reveal_clear (&call.reveal);
  return done;
}

const HxCommand hx_command_search = {
  .name = "search",
  .synopsis = "WORD… [--kind KIND] [--limit N] [--as-of DATE] [--json] "
              "[--reveal FIELD,… --reason TEXT] | --rebuild",
  .summary = N_ ("按姓名、拼音、首字母、编号、身份证尾号或街道找人"),
  .manual = N_ ("每个词都要对得上；像的在前。一个词可以是：\n"
                "  姓名或其中几个字    黄昌华 昌华\n"
                "  拼音，可只写开头    huangch ouyang\n"
                "  首字母，或两样混写  hch zhangsf 欧阳cy\n"
                "  编号或它的末几位    LW0000012 12\n"
                "  身份证号末四位或末六位\n"
                "  街道、支部的名称（全称只当地方，前几个字也认）\n\n"
                "证件号等以＊遮盖；行首是名册和记录号，record show 用得上。\n"
                "要看原文写 --reveal 和 --reason，会记入日志。\n"
                "  --kind KIND   只在这种名册里找\n"
                "  --limit N     最多列几个，默认 20\n"
                "  --as-of DATE  只要这一天在册的\n"
                "  --json        用 JSON 输出\n"
                "  --rebuild     按各行重建搜索索引\n\n"
                "例： hongxia search 昌华街道 huang\n"
                "     hongxia search ycy"),
  .run = run_search,
};
