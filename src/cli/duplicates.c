#include "cli/duplicates.h"

#include "exchange/duplicate_json.h"
#include "exchange/exchange.h"

#define LIMIT_DEFAULT 100

typedef struct
{
  char *unit, *reason, *xlsx;
  int minimum, limit;
  gboolean not_same, as_json;
} DuplicatesCall;

typedef struct
{
  HxConnection *connection;
  const HxDuplicates *found;
  HxJson *json;             /* or NULL */
  HxWorkbookWriter *writer; /* or NULL; with neither: lines for people */
  HxRow *row;
} Show;

/* ------------------------------------------------------------------- people */

typedef struct
{
  gint64 id;
  char *label, *unit;
} Person;

static void
person_clear (Person *person)
{
  g_free (person->label);
  g_free (person->unit);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Person, person_clear)

static gboolean
read_person (Show *show, gint64 id, Person *person, GError **error)
{
  const HxField *label = hx_kind_label_field (show->row->kind);
  const HxAudience audience
      = show->writer != NULL ? HX_AUDIENCE_OUTSIDE : HX_AUDIENCE_INSIDE;
  g_autoptr (GError) failed = NULL;
  person->id = id;
  if (!hx_row_load (show->connection, show->row, id, error))
    return FALSE;
  person->label = label == NULL ? g_strdup ("")
                                : hx_value_display (show->connection, show->row,
                                                    label, audience, error);
  if (person->label == NULL)
    return FALSE;
  person->unit = hx_unit_name (show->connection, show->row->unit_id, &failed);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static void
person_text (const Person *person)
{
  hx_cli_print ("%" G_GINT64_FORMAT " %s%s%s%s", person->id, person->label,
                person->unit != NULL ? "（" : "",
                person->unit != NULL ? person->unit : "",
                person->unit != NULL ? "）" : "");
}

/* -------------------------------------------------------------------- pairs */

static void
pair_json (const Show *show, const HxDuplicatePair *pair, const Person *one,
           const Person *other)
{
  const HxNamedRow rows[2] = { { one->id, one->label, one->unit },
                               { other->id, other->label, other->unit } };
  hx_duplicate_pair_json (show->json, show->found, pair, rows);
}

static const char *
verdict (const Show *show, const HxDuplicatePair *pair)
{
  return pair->weight >= show->found->rules->sure ? _ ("几乎确定") : _ ("可能");
}

static void
pair_text (const Show *show, const HxDuplicatePair *pair, const Person *one,
           const Person *other)
{
  g_autofree char *evidence = hx_duplicate_evidence (show->found->rules, pair);
  hx_cli_print ("  %d %s  ", pair->weight, verdict (show, pair));
  person_text (one);
  hx_cli_print (" — ");
  person_text (other);
  hx_cli_print ("\n    %s\n", evidence);
}

static gboolean
pair_row (const Show *show, const HxDuplicatePair *pair, const Person *one,
          const Person *other, GError **error)
{
  g_autofree char *evidence = hx_duplicate_evidence (show->found->rules, pair);
  char group[16];
  char weight[16];
  char ids[2][24];
  g_snprintf (group, sizeof group, "%u", pair->group);
  g_snprintf (weight, sizeof weight, "%d", pair->weight);
  g_snprintf (ids[0], sizeof ids[0], "%" G_GINT64_FORMAT, one->id);
  g_snprintf (ids[1], sizeof ids[1], "%" G_GINT64_FORMAT, other->id);
  const char *cells[]
      = { group,     weight, verdict (show, pair), ids[0],      one->label,
          one->unit, ids[1], other->label,         other->unit, evidence };
  return hx_workbook_writer_row (show->writer, cells, G_N_ELEMENTS (cells),
                                 error);
}

static HxWorkbookWriter *
workbook_new (const char *path, GError **error)
{
  const char *labels[]
      = { _ ("组"),     _ ("分数"),   _ ("判断"), _ ("甲编号"), _ ("甲"),
          _ ("甲机构"), _ ("乙编号"), _ ("乙"),   _ ("乙机构"), _ ("依据") };
  g_autoptr (HxWorkbookWriter) writer
      = hx_workbook_writer_new (path, _ ("可能重复"), error);
  if (writer == NULL
      || !hx_workbook_writer_header (writer, labels, G_N_ELEMENTS (labels),
                                     error))
    return NULL;
  return g_steal_pointer (&writer);
}

static gboolean
show_pair (Show *show, guint index, GError **error)
{
  const HxDuplicatePair *pair
      = &g_array_index (show->found->pairs, HxDuplicatePair, index);
  g_auto (Person) one = { 0 };
  g_auto (Person) other = { 0 };
  if (!read_person (show, pair->one, &one, error)
      || !read_person (show, pair->other, &other, error))
    return FALSE;
  if (show->json != NULL)
    return pair_json (show, pair, &one, &other), TRUE;
  if (show->writer != NULL)
    return pair_row (show, pair, &one, &other, error);
  if (index == 0 || (pair - 1)->group != pair->group)
    hx_cli_print (_ ("第 %u 组，%u 人\n"), pair->group,
                  g_array_index (show->found->groups, guint, pair->group - 1));
  pair_text (show, pair, &one, &other);
  return TRUE;
}

static void
show_sum (const Show *show, guint shown)
{
  const HxDuplicates *found = show->found;
  const HxDuplicateBlock *largest
      = found->blocks->len > 0
            ? &g_array_index (found->blocks, HxDuplicateBlock, 0)
            : NULL;
  hx_cli_print (_ ("%s %" G_GINT64_FORMAT " 人，可能重复的 %u 组 %u 对%s\n"),
                found->rules->of->name, found->rows, found->groups->len,
                found->pairs->len, found->cut ? _ ("以上") : "");
  if (shown < found->pairs->len)
    hx_cli_print (_ ("只列出前 %u 对，用 --limit 多列\n"), shown);
  if (largest != NULL)
    hx_cli_print (_ ("有 %u 处相像的人太多（最多一处 %u 人），"
                     "其中只比较另有一项相同的\n"),
                  found->n_blocks, largest->rows);
}

static void
sum_json (const Show *show)
{
  const HxDuplicates *found = show->found;
  HxJson *json = show->json;
  hx_json_array_end (json);
  hx_json_member (json, "kind", found->rules->of->key);
  hx_json_member_integer (json, "rows", found->rows);
  hx_json_member_integer (json, "pairs_found", found->pairs->len);
  hx_json_member_integer (json, "groups", found->groups->len);
  hx_json_member_integer (json, "crowded", found->n_blocks);
  hx_json_key (json, "cut");
  hx_json_bool (json, found->cut);
  hx_json_object_end (json);
}

static gboolean
show_all (Show *show, guint limit, GError **error)
{
  const guint count = show->found->pairs->len;
  const guint shown = limit > 0 ? MIN (limit, count) : count;
  if (show->json != NULL)
    {
      hx_json_object_begin (show->json);
      hx_json_key (show->json, "pairs");
      hx_json_array_begin (show->json);
    }
  for (guint i = 0; i < shown; i++)
    if (!show_pair (show, i, error))
      return FALSE;
  if (show->writer != NULL && !hx_workbook_writer_finish (show->writer, error))
    return FALSE;
  if (show->json == NULL)
    return show_sum (show, shown), TRUE;
  sum_json (show);
  hx_cli_print ("%s\n", show->json->out->str);
  return TRUE;
}

/* --------------------------------------------------------------------- call */

const HxDuplicateRules *
hx_cli_duplicate_rules (HxCatalogue *catalogue, const char *name,
                        GError **error)
{
  const GPtrArray *kinds = hx_catalogue_kinds (catalogue);
  const HxDuplicateRules *rules = NULL;
  const HxKind *kind
      = name != NULL ? hx_cli_kind (catalogue, name, error) : NULL;
  if (name != NULL && kind == NULL)
    return NULL;
  if (kind != NULL)
    rules = hx_catalogue_duplicates (catalogue, kind);
  for (guint i = 0; kind == NULL && rules == NULL && i < kinds->len; i++)
    rules = hx_catalogue_duplicates (catalogue, kinds->pdata[i]);
  if (rules == NULL)
    hx_fail (error, HX_ERROR_NOT_FOUND, _ ("目录里没有写明这种名册怎样查重"),
             "duplicates.yaml", NULL);
  return rules;
}

static gboolean
list_pairs (HxCli *cli, const DuplicatesCall *call, const char *kind,
            GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  if (!hx_cli_read (cli, &reading, error))
    return FALSE;
  HxCliProgress progress = { .label = _ ("查重") };
  HxDuplicateQuery query = { .minimum = call->minimum,
                             .progress = hx_cli_progress,
                             .data = &progress };
  const HxDuplicateRules *rules
      = hx_cli_duplicate_rules (reading.catalogue, kind, error);
  if (rules == NULL
      || !hx_cli_unit (&reading, call->unit, &query.unit_id, error))
    return FALSE;
  g_autoptr (HxDuplicates) found
      = hx_duplicates_find (reading.connection, rules, &query, error);
  if (found == NULL)
    return FALSE;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (HxRow) row = hx_row_new (rules->of);
  HxJson json;
  hx_json_init (&json, out, TRUE);
  g_autoptr (HxWorkbookWriter) writer
      = call->xlsx != NULL ? workbook_new (call->xlsx, error) : NULL;
  if (call->xlsx != NULL && writer == NULL)
    return FALSE;
  Show show = { reading.connection, found, call->as_json ? &json : NULL, writer,
                row };
  cli->findings = found->pairs->len > 0;
  return show_all (&show, (guint)call->limit, error);
}

/* ----------------------------------------------------------------- not same */

typedef struct
{
  const HxDuplicateRules *rules;
  gint64 pair[2];
  const char *reason;
  gint64 id;
} Note;

static gboolean
write_note (HxLedger *ledger, gpointer data, GError **error)
{
  Note *note = data;
  return hx_duplicates_not_same (ledger, note->rules, note->pair, note->reason,
                                 &note->id, error);
}

/* [KIND] A B */
static gboolean
note_not_same (HxCli *cli, const DuplicatesCall *call, int n_words,
               char **words, GError **error)
{
  g_autoptr (HxCatalogue) catalogue = NULL;
  if (n_words != 2 && n_words != 3)
    return hx_fail (error, HX_ERROR_USAGE, _ ("要写两个编号"), "--not-same",
                    _ ("例如 hongxia duplicates --not-same 12 40 --reason …"));
  g_autoptr (HxStore) store = hx_cli_open_catalogue (cli, &catalogue, error);
  if (store == NULL)
    return FALSE;
  Note note = { .reason = call->reason };
  note.rules = hx_cli_duplicate_rules (catalogue,
                                       n_words == 3 ? words[0] : NULL, error);
  const HxAuthor author = hx_cli_author ("not-same");
  if (note.rules == NULL
      || !hx_cli_row_id (words[n_words - 2], &note.pair[0], error)
      || !hx_cli_row_id (words[n_words - 1], &note.pair[1], error)
      || !hx_measure_write (store, catalogue, &author, write_note, &note,
                            error))
    return FALSE;
  hx_cli_print ("%s %" G_GINT64_FORMAT " %s\n", note.rules->not_same->name,
                note.id, _ ("已记下"));
  return TRUE;
}

static gboolean
run_call (HxCli *cli, const DuplicatesCall *call, int argc, char **arguments,
          GError **error)
{
  if (call->not_same)
    return note_not_same (cli, call, argc - 1, arguments + 1, error);
  if (argc > 2)
    return hx_fail (error, HX_ERROR_USAGE, _ ("参数太多"), "duplicates",
                    _ ("hongxia duplicates --help 有说明"));
  if (call->xlsx != NULL && call->as_json)
    return hx_fail (error, HX_ERROR_USAGE, _ ("只能选一种输出"),
                    "--json, --xlsx", NULL);
  if (call->minimum < 0 || call->limit < 0)
    return hx_fail (error, HX_ERROR_USAGE, _ ("要写不小于 0 的整数"),
                    "--min, --limit", NULL);
  return list_pairs (cli, call, argc > 1 ? arguments[1] : NULL, error);
}

static gboolean
run_duplicates (HxCli *cli, int argc, char **arguments, GError **error)
{
  DuplicatesCall call = { .limit = LIMIT_DEFAULT };
  const GOptionEntry entries[] = {
    { "unit", 0, 0, G_OPTION_ARG_STRING, &call.unit, NULL, NULL },
    { "min", 0, 0, G_OPTION_ARG_INT, &call.minimum, NULL, NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &call.limit, NULL, NULL },
    { "not-same", 0, 0, G_OPTION_ARG_NONE, &call.not_same, NULL, NULL },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &call.reason, NULL, NULL },
    { "xlsx", 0, 0, G_OPTION_ARG_FILENAME, &call.xlsx, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  gboolean done = hx_cli_options (cli, &hx_command_duplicates, entries,
                                  HX_CLI_ANY_WORDS, &argc, &arguments, error);
  if (done && argc > 0)
    done = run_call (cli, &call, argc, arguments, error);
  g_free (call.unit);
  g_free (call.reason);
  g_free (call.xlsx);
  return done;
}

const HxCommand hx_command_duplicates = {
  .name = "duplicates",
  .synopsis = "[KIND] [--unit NAME] [--min WEIGHT] [--limit N] "
              "[--json | --xlsx FILE] | "
              "[KIND] A B --not-same --reason 依据",
  .summary = N_ ("列出可能重复登记的人，写明哪几条对得上、各值多少分"),
  .manual = N_ (
      "每一条相同或相近之处按目录的 duplicates.yaml 计分，矛盾之处减分，合计\n"
      "达到门槛的成对列出；彼此相连的编为一组。姓名前面是记录号。\n"
      "核实后用 hongxia merge 合并；确是两个人的用 --not-same 记下，从此不再\n"
      "列出。\n\n"
      "  --unit NAME    只列有一人在这个机构或其下面的\n"
      "  --min WEIGHT   门槛，默认用目录的\n"
      "  --limit N      最多列 N 对，默认 100，0 为全部\n"
      "  --not-same     记下 A、B 不是同一人，--reason 写依据\n"
      "  --xlsx FILE    写成工作簿，供逐对核实\n"
      "  --json         用 JSON 输出\n\n"
      "没有可能重复的退出码为 0，有为 1。\n\n"
      "例： hongxia duplicates --unit 昌华街道\n"
      "     hongxia duplicates --not-same 12 40 --reason 双胞胎，已见面核实"),
  .run = run_duplicates,
};
