#include "cli/reveal.h"
#include "cli/session.h"
#include "exchange/exchange.h"
#include "ledger/selection.h"

#include <string.h>

#define COLUMNS_MAX 10 /* of a list on a terminal that nobody chose */

typedef struct
{
  char *as_of, *fields, *from, *until, *xlsx;
  int limit;
  gboolean as_json;
  HxCliReveal reveal;
} ListCall;

typedef struct
{
  HxConnection *connection;
  const HxCliReveal *reveal;
  GPtrArray *fields;  /* HxField */
  GHashTable *labels; /* "field index:id" → what a reference is called */
  HxWorkbookWriter *workbook;
  HxJson *json;      /* NULL: lines for people */
  const char *group; /* entered or left; NULL: neither */
  gint64 rows, limit;
} List;

/* ------------------------------------------------------------------ fields */

static void
add_field (GPtrArray *fields, const HxField *field)
{
  gpointer borrowed = (gpointer)(guintptr)field;
  if (field != NULL && !g_ptr_array_find (fields, borrowed, NULL))
    g_ptr_array_add (fields, borrowed);
}

static void
add_fields (GPtrArray *fields, const GPtrArray *more)
{
  for (guint i = 0; more != NULL && i < more->len; i++)
    add_field (fields, more->pdata[i]);
}

/* What says which row it is, and what moves. */
static void
choose_fields (const HxKind *kind, GPtrArray *fields)
{
  add_fields (fields, kind->is_register ? kind->refer_by : NULL);
  add_field (fields, kind->date);
  add_field (fields, hx_kind_label_field (kind));
  add_fields (fields, kind->identity);
  add_field (fields, kind->of_field);
  add_field (fields, kind->unit);
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = kind->fields->pdata[i];
      if (fields->len < COLUMNS_MAX - 2
          && (field->dated || (!kind->is_register && !field->system))
          && field->type != HX_FIELD_EVIDENCE)
        add_field (fields, field);
    }
  add_field (fields, kind->since);
  add_field (fields, kind->until);
}

static gboolean
take_fields (const HxKind *kind, const char *text, GPtrArray *fields,
             GError **error)
{
  g_auto (GStrv) wide = g_strsplit (text, "，", -1);
  g_autofree char *joined = g_strjoinv (",", wide);
  g_auto (GStrv) words = g_strsplit (joined, ",", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      const HxField *field = hx_kind_field_by_label (kind, words[i]);
      if (field == NULL)
        return hx_fail (error, HX_ERROR_USAGE, _ ("没有这个字段"), words[i],
                        _ ("--fields 后写字段的键或名称，用逗号隔开"));
      add_field (fields, field);
    }
  return TRUE;
}

static gboolean
find_fields (const HxKind *kind, const ListCall *call, GPtrArray *fields,
             GError **error)
{
  if (call->fields != NULL)
    return take_fields (kind, call->fields, fields, error);
  if (call->as_json || call->xlsx != NULL)
    add_fields (fields, kind->fields);
  else
    choose_fields (kind, fields);
  return TRUE;
}

/* ------------------------------------------------------------------- rows */

/* Few rows are referred to by many: each is called by its name once. */
static const char *
reference_label (List *list, const HxRow *row, const HxField *field,
                 GError **error)
{
  g_autofree char *key = g_strdup_printf ("%u:%" G_GINT64_FORMAT, field->index,
                                          row->values[field->index].integer);
  const char *known = g_hash_table_lookup (list->labels, key);
  if (known != NULL)
    return known;
  char *label = hx_value_display (list->connection, row, field,
                                  hx_cli_audience (list->reveal, field), error);
  if (label != NULL)
    g_hash_table_insert (list->labels, g_steal_pointer (&key), label);
  return label;
}

/* Filled values as they may be shown; NULL with *error. */
static GPtrArray *
row_texts (List *list, const HxRow *row, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < list->fields->len; i++)
    {
      const HxField *field = list->fields->pdata[i];
      char *text = NULL;
      if (field->type != HX_FIELD_REF || !row->values[field->index].filled)
        text = hx_value_display (list->connection, row, field,
                                 hx_cli_audience (list->reveal, field), error);
      else
        text = g_strdup (reference_label (list, row, field, error));
      if (text == NULL)
        return NULL;
      g_ptr_array_add (texts, text);
    }
  return g_steal_pointer (&texts);
}

static guint
column_width (const HxField *field)
{
  switch (field->type)
    {
    case HX_FIELD_DATE:
    case HX_FIELD_INTEGER:
    case HX_FIELD_BOOL:
      return 12;
    case HX_FIELD_ID_NUMBER:
      return 20;
    default:
      return 16;
    }
}

static void
print_row (const List *list, const char *id, const GPtrArray *texts)
{
  hx_cli_print_padded (id, 7, TRUE);
  for (guint i = 0; i < list->fields->len; i++)
    {
      const gboolean is_last = i + 1 == list->fields->len;
      hx_cli_print ("  ");
      hx_cli_print_padded (texts->pdata[i],
                           is_last ? 0 : column_width (list->fields->pdata[i]),
                           FALSE);
    }
  hx_cli_print ("\n");
}

static void
row_json (List *list, const HxRow *row, const GPtrArray *texts)
{
  hx_json_object_begin (list->json);
  hx_json_member_integer (list->json, "id", row->id);
  for (guint i = 0; i < list->fields->len; i++)
    {
      const HxField *field = list->fields->pdata[i];
      if (row->values[field->index].filled)
        hx_json_member (list->json, field->key, texts->pdata[i]);
    }
  hx_json_object_end (list->json);
  hx_cli_print ("%s", list->json->out->str);
  g_string_truncate (list->json->out, 0);
}

static gboolean
write_row (List *list, const GPtrArray *texts, GError **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  if (list->group != NULL)
    g_ptr_array_add (cells, (gpointer)(guintptr)list->group);
  for (guint i = 0; i < texts->len; i++)
    g_ptr_array_add (cells, texts->pdata[i]);
  return hx_workbook_writer_row (
      list->workbook, (const char *const *)cells->pdata, cells->len, error);
}

static gboolean
show_row (const HxRow *row, gpointer data, GError **error)
{
  List *list = data;
  if (list->limit > 0 && list->rows >= list->limit)
    return FALSE;
  g_autoptr (GPtrArray) texts = row_texts (list, row, error);
  if (texts == NULL)
    return FALSE;
  list->rows++;
  if (list->workbook != NULL)
    return write_row (list, texts, error);
  if (list->json != NULL)
    row_json (list, row, texts);
  else
    {
      g_autofree char *id = g_strdup_printf ("%ld", (long)row->id);
      print_row (list, id, texts);
    }
  return TRUE;
}

/* ----------------------------------------------------------------- the list */

static GPtrArray *
heads (const List *list)
{
  GPtrArray *names = g_ptr_array_new ();
  for (guint i = 0; i < list->fields->len; i++)
    g_ptr_array_add (names, ((const HxField *)list->fields->pdata[i])->name);
  return names;
}

static gboolean
walk (const HxCliReading *reading, const HxKind *kind, char **terms,
      HxDate as_of, List *list, GError **error)
{
  g_autoptr (HxSelection) selection
      = hx_selection_new (reading->connection, reading->catalogue, kind,
                          (const char *const *)terms, as_of, error);
  if (selection == NULL)
    return FALSE;
  hx_selection_only (selection, list->fields);
  list->rows = 0;
  return hx_selection_each (selection, show_row, list, error);
}

static void
print_count (const List *list)
{
  if (list->workbook == NULL && list->json == NULL)
    hx_cli_print (list->limit > 0 && list->rows == list->limit
                      ? _ ("只列了前 %d 行\n")
                      : _ ("共 %d 行\n"),
                  (int)list->rows);
}

/* The terms, and that the field lies between the two days. */
static GPtrArray *
terms_between (const ListCall *call, char **terms, const HxField *field)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; terms[i] != NULL; i++)
    g_ptr_array_add (all, g_strdup (terms[i]));
  g_ptr_array_add (all, g_strdup_printf ("%s>=%s", field->key, call->from));
  g_ptr_array_add (all, g_strdup_printf ("%s<=%s", field->key, call->until));
  g_ptr_array_add (all, NULL);
  return all;
}

static void
begin (List *list, const char *key, const char *title)
{
  g_autoptr (GPtrArray) names = heads (list);
  list->group = key != NULL ? title : NULL;
  if (list->json != NULL && key != NULL)
    hx_json_key (list->json, key);
  if (list->json != NULL)
    hx_json_array_begin (list->json);
  else if (list->workbook == NULL)
    {
      if (key != NULL)
        hx_cli_print ("%s：\n", title);
      print_row (list, _ ("编号"), names);
    }
}

static void
end (List *list)
{
  if (list->json != NULL)
    hx_json_array_end (list->json);
  print_count (list);
}

static gboolean
list_between (const HxCliReading *reading, const HxKind *kind,
              const ListCall *call, char **terms, List *list, GError **error)
{
  const struct
  {
    const HxField *field;
    const char *key, *title;
  } groups[] = {
    { kind->since, "entered", N_ ("进入") },
    { kind->until, "left", N_ ("退出") },
  };
  if (list->json != NULL)
    hx_json_object_begin (list->json);
  for (gsize i = 0; i < G_N_ELEMENTS (groups) && groups[i].field != NULL; i++)
    {
      g_autoptr (GPtrArray) all = terms_between (call, terms, groups[i].field);
      begin (list, groups[i].key, hx_text (groups[i].title));
      if (!walk (reading, kind, (char **)all->pdata, (HxDate){ 0 }, list,
                 error))
        return FALSE;
      end (list);
    }
  if (list->json != NULL)
    hx_json_object_end (list->json);
  return TRUE;
}

static gboolean
list_on_day (const HxCliReading *reading, const HxKind *kind,
             const ListCall *call, char **terms, List *list, GError **error)
{
  HxDate as_of = hx_date_today ();
  if (!hx_cli_as_of (call->as_of, &as_of, error))
    return FALSE;
  begin (list, NULL, NULL);
  if (!walk (reading, kind, terms, as_of, list, error))
    return FALSE;
  end (list);
  return TRUE;
}

static gboolean
open_workbook (const ListCall *call, const HxKind *kind, List *list,
               GError **error)
{
  g_autoptr (GPtrArray) names = heads (list);
  if (call->xlsx == NULL)
    return TRUE;
  if (call->from != NULL)
    g_ptr_array_insert (names, 0, (gpointer)(guintptr)_ ("变动"));
  list->workbook = hx_workbook_writer_new (call->xlsx, kind->key, error);
  return list->workbook != NULL
         && hx_workbook_writer_header (list->workbook,
                                       (const char *const *)names->pdata,
                                       names->len, error);
}

static gboolean
check_call (const ListCall *call, const HxKind *kind, GError **error)
{
  HxDate date;
  if ((call->from == NULL) != (call->until == NULL))
    return hx_fail (error, HX_ERROR_USAGE, _ ("--from 和 --until 要一起写"),
                    NULL, NULL);
  if (call->limit < 0)
    return hx_fail (error, HX_ERROR_USAGE, _ ("行数不对"), "--limit",
                    _ ("写正整数"));
  if (call->from == NULL)
    return TRUE;
  if (kind->since == NULL || call->as_of != NULL)
    return hx_fail (error, HX_ERROR_USAGE,
                    _ ("只有名册有进入和退出，且不与 --as-of 同用"), kind->name,
                    NULL);
  return hx_date_parse (call->from, FALSE, &date, error)
         && hx_date_parse (call->until, FALSE, &date, error);
}

typedef struct
{
  const HxCliReading *reading;
  const HxKind *kind;
  const ListCall *call;
  gint64 count;
} Shown;

static gboolean
count_terms (Shown *shown, char **terms, HxDate as_of, GError **error)
{
  g_autoptr (HxSelection) selection = hx_selection_new (
      shown->reading->connection, shown->reading->catalogue, shown->kind,
      (const char *const *)terms, as_of, error);
  g_autoptr (GArray) ids
      = selection != NULL ? hx_selection_ids (selection, error) : NULL;
  if (ids == NULL)
    return FALSE;
  shown->count += shown->call->limit > 0
                      ? MIN ((gint64)ids->len, shown->call->limit)
                      : (gint64)ids->len;
  return TRUE;
}

static gboolean
count_between (Shown *shown, char **terms, const HxField *field, GError **error)
{
  if (field == NULL)
    return TRUE;
  g_autoptr (GPtrArray) all = terms_between (shown->call, terms, field);
  return count_terms (shown, (char **)all->pdata, (HxDate){ 0 }, error);
}

/* What is shown in clear is logged before: of how many rows. */
static gboolean
log_reveal (const HxCliReading *reading, const HxKind *kind,
            const ListCall *call, char **terms, GError **error)
{
  Shown shown = { reading, kind, call, 0 };
  HxDate as_of = hx_date_today ();
  if (call->reveal.chosen == NULL)
    return TRUE;
  if (call->from != NULL
          ? !count_between (&shown, terms, kind->since, error)
                || !count_between (&shown, terms, kind->until, error)
          : !hx_cli_as_of (call->as_of, &as_of, error)
                || !count_terms (&shown, terms, as_of, error))
    return FALSE;
  return hx_cli_reveal_log (&call->reveal, reading->store, reading->catalogue,
                            0, shown.count, error);
}

static gboolean
run_calls (const HxCliReading *reading, const HxKind *kind,
           const ListCall *call, char **terms, List *list, GError **error)
{
  if (!log_reveal (reading, kind, call, terms, error)
      || !open_workbook (call, kind, list, error)
      || !(call->from != NULL ? list_between : list_on_day) (
          reading, kind, call, terms, list, error))
    return FALSE;
  if (list->workbook != NULL)
    return hx_workbook_writer_finish (list->workbook, error);
  if (list->json != NULL)
    hx_cli_print ("%s\n", list->json->out->str);
  return TRUE;
}

static gboolean
print_list (HxCli *cli, ListCall *call, char **words, GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  if (!hx_cli_read (cli, &reading, error))
    return FALSE;
  const HxKind *kind = hx_cli_kind (reading.catalogue, words[0], error);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  if (kind == NULL || !check_call (call, kind, error)
      || !find_fields (kind, call, fields, error)
      || !hx_cli_reveal_choose (&call->reveal, kind, error))
    return FALSE;
  g_autoptr (GHashTable) labels
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  hx_json_init (&json, out, TRUE);
  List list = { .connection = reading.connection,
                .reveal = &call->reveal,
                .fields = fields,
                .labels = labels,
                .json = call->as_json ? &json : NULL,
                .limit = call->limit };
  const gboolean done
      = run_calls (&reading, kind, call, words + 1, &list, error);
  hx_workbook_writer_free (list.workbook);
  return done;
}

static void
list_call_clear (ListCall *call)
{
  g_free (call->as_of);
  g_free (call->fields);
  g_free (call->from);
  g_free (call->until);
  g_free (call->xlsx);
  hx_cli_reveal_clear (&call->reveal);
}

static gboolean
run_list (HxCli *cli, int argc, char **arguments, GError **error)
{
  ListCall call = { 0 };
  const GOptionEntry entries[] = {
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &call.as_of, NULL, NULL },
    { "fields", 0, 0, G_OPTION_ARG_STRING, &call.fields, NULL, NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &call.from, NULL, NULL },
    { "until", 0, 0, G_OPTION_ARG_STRING, &call.until, NULL, NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &call.limit, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    { "xlsx", 0, 0, G_OPTION_ARG_FILENAME, &call.xlsx, NULL, NULL },
    HX_CLI_REVEAL_ENTRIES (&call.reveal),
    G_OPTION_ENTRY_NULL,
  };
  gboolean done = hx_cli_options (cli, &hx_command_list, entries,
                                  HX_CLI_ANY_WORDS, &argc, &arguments, error);
  if (done && argc == 1)
    done = hx_fail (error, HX_ERROR_USAGE, _ ("没有写哪一种台账"), NULL,
                    _ ("例如 hongxia list cadre"));
  else if (done && argc > 1)
    done = print_list (cli, &call, arguments + 1, error);
  list_call_clear (&call);
  return done;
}

const HxCommand hx_command_list = {
  .name = "list",
  .synopsis = "KIND [条件 …] [--as-of DATE] [--fields A,B] [--limit N] "
              "[--from DATE --until DATE] [--json] [--xlsx OUT.xlsx] "
              "[--reveal FIELD,… --reason TEXT]",
  .summary = N_ ("列出某一天的名册或台账，可加条件"),
  .manual
  = N_ ("名册列当天在册的（起始日期 ≤ 当天 ≤ 终止日期），会变动的字段取当天\n"
        "有效的值；台账列到当天为止的。保密字段以＊遮盖，作废的不列。\n"
        "条件写成 字段=值、字段=值1,值2、字段!=值、字段>=值、字段<=值、\n"
        "字段=（未填）、字段!=（已填）、字段~部分，要全部符合；机构包括它\n"
        "下面的。age（年龄）是当天的周岁。\n"
        "  --as-of DATE   看这一天，默认今天\n"
        "  --from DATE --until DATE\n"
        "                 列这段日子里谁进入、谁退出（进出有序）\n"
        "  --fields A,B   只列这些字段\n"
        "  --limit N      只列前 N 行\n"
        "  --json         用 JSON 输出\n"
        "  --xlsx OUT     写成工作簿\n"
        "  --reveal FIELD,… --reason TEXT\n"
        "                 这些字段显示原文，并记入日志\n\n"
        "例： hongxia list cadre 街道=昌华街道 'age>=80' --as-of 2023-12-31\n"
        "     hongxia list committee_post --from 2023-01-01 --until "
        "2023-12-31"),
  .run = run_list,
};
