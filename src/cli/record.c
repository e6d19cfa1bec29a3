#include "cli/record_show.h"
#include "cli/session.h"
#include "ledger/lock.h"

#include <string.h>

/* One record by hand.  `record add KIND field=value …` and its fellows share
 * this: what to do, to which row, with which words. */
typedef struct
{
  const HxKind *kind;
  gint64 id;
  char **words;       /* field=value, NULL at the end */
  HxCliReveal reveal; /* its reason is also that of voiding */
  HxEffect effect;    /* of a change */
  gboolean as_json;
  HxPutOutcome outcome;
  HxLedgerFunc write;
  GPtrArray *warnings; /* char *, of the write */
  char *after_issue;   /* why, of a correction after an issue; or NULL */
} Work;

static void
work_clear (Work *work)
{
  hx_cli_reveal_clear (&work->reveal);
  g_free (work->after_issue);
  g_clear_pointer (&work->warnings, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

typedef struct
{
  const char *name;
  int words_min; /* behind the verb: KIND, ID … */
  gboolean has_id;
  HxLedgerFunc write; /* NULL: it only reads */
} Verb;

static gboolean
fail_with_faults (const HxFaults *faults, GError **error)
{
  g_ptr_array_add (faults->faults, NULL);
  g_autofree char *what = g_strjoinv ("；", (char **)faults->faults->pdata);
  return hx_fail (error, HX_ERROR_DATA, what, NULL, NULL);
}

static const HxField *
split_word (const HxKind *kind, const char *word, const char **text,
            GError **error)
{
  const char *equals = strchr (word, '=');
  g_autofree char *label
      = equals != NULL ? g_strndup (word, (gsize)(equals - word)) : NULL;
  const HxField *field
      = label != NULL ? hx_kind_field_by_label (kind, label) : NULL;
  if (field == NULL)
    hx_fail (error, HX_ERROR_USAGE, _ ("没有这个字段"), word,
             _ ("写成 字段=值，字段用键或名称"));
  *text = equals != NULL ? equals + 1 : NULL;
  return field;
}

/* `set`: one byte a field, 1 for those that are named; NULL: not wanted. */
static gboolean
set_words (HxLedger *ledger, HxRow *row, const Work *work, guint8 *set,
           HxFaults *faults, GError **error)
{
  for (char **word = work->words; *word != NULL; word++)
    {
      const char *text = NULL;
      const HxField *field = split_word (work->kind, *word, &text, error);
      if (field == NULL
          || (!hx_row_set (ledger, row, field, text, faults, error)
              && *error != NULL))
        return FALSE;
      if (set != NULL)
        set[field->index] = 1;
    }
  return hx_row_check (ledger, row, NULL, faults, error) || *error == NULL;
}

static gboolean
add_row (HxLedger *ledger, HxRow *row, Work *work, HxFaults *faults,
         GError **error)
{
  if (!set_words (ledger, row, work, NULL, faults, error))
    return FALSE;
  if (faults->faults->len == 0
      && !hx_ledger_put (ledger, row, NULL, &work->outcome, faults, error))
    return FALSE;
  if (faults->faults->len > 0)
    return fail_with_faults (faults, error);
  work->id = row->id;
  if (work->outcome == HX_PUT_NEW)
    return TRUE;
  g_autofree char *where
      = g_strdup_printf ("%s %" G_GINT64_FORMAT, work->kind->name, row->id);
  return hx_fail (error, HX_ERROR_CONFLICT, _ ("已经有这一条"), where,
                  _ ("要改它就用 record change"));
}

static gboolean
change_row (HxLedger *ledger, HxRow *row, Work *work, HxFaults *faults,
            GError **error)
{
  g_autofree guint8 *set = g_new0 (guint8, row->kind->fields->len);
  if (!hx_ledger_effect (ledger, &work->effect, error)
      || !hx_row_load (hx_ledger_connection (ledger), row, work->id, error)
      || !set_words (ledger, row, work, set, faults, error))
    return FALSE;
  if (faults->faults->len == 0
      && !hx_ledger_change_fields (ledger, row, set, faults, error)
      && *error != NULL)
    return FALSE;
  return faults->faults->len == 0 || fail_with_faults (faults, error);
}

static gboolean
write_add (HxLedger *ledger, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (HxRow) row = hx_row_new (work->kind);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { .faults = list };
  return add_row (ledger, row, work, &faults, error);
}

static gboolean
write_change (HxLedger *ledger, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (HxRow) row = hx_row_new (work->kind);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { .faults = list };
  return change_row (ledger, row, work, &faults, error);
}

static gboolean
write_void (HxLedger *ledger, gpointer data, GError **error)
{
  const Work *work = data;
  return hx_ledger_void (ledger, work->kind, work->id, work->reveal.reason,
                         error);
}

static gboolean
write_and_listen (HxLedger *ledger, gpointer data, GError **error)
{
  Work *work = data;
  if (!hx_ledger_correct (ledger, work->after_issue, error)
      || !work->write (ledger, data, error))
    return FALSE;
  const GPtrArray *warnings = hx_ledger_warnings (ledger, NULL);
  for (guint i = 0; i < warnings->len; i++)
    g_ptr_array_add (work->warnings, g_strdup (warnings->pdata[i]));
  return TRUE;
}

static const Verb verbs[] = {
  { "add", 2, FALSE, write_add },
  { "change", 3, TRUE, write_change },
  { "void", 2, TRUE, write_void },
  { "show", 2, TRUE, NULL },
};

static const Verb *
find_verb (const char *name, int words, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].name, name) == 0 && words >= verbs[i].words_min)
      return &verbs[i];
  hx_fail (error, HX_ERROR_USAGE, _ ("record 后面的话不完整"), name,
           _ ("hongxia record --help 有说明"));
  return NULL;
}

static gboolean
show (HxStore *store, HxCatalogue *catalogue, Work *work, GError **error)
{
  if (!hx_cli_reveal_choose (&work->reveal, work->kind, error)
      || !hx_cli_reveal_log (&work->reveal, store, catalogue, work->id, 0,
                             error))
    return FALSE;
  g_autoptr (HxReader) reader = hx_store_reader (store, error);
  return reader != NULL
         && hx_cli_show_row (hx_reader_connection (reader), &work->reveal,
                             work->id, work->as_json, error);
}

static gboolean
run_verb (HxCli *cli, const Verb *verb, char **words, Work *work,
          GError **error)
{
  g_autoptr (HxCatalogue) catalogue = NULL;
  g_autoptr (HxStore) store = hx_cli_open_catalogue (cli, &catalogue, error);
  if (store == NULL)
    return FALSE;
  work->kind = hx_cli_kind (catalogue, words[0], error);
  if (work->kind == NULL
      || (verb->has_id && !hx_cli_row_id (words[1], &work->id, error)))
    return FALSE;
  work->words = words + (verb->has_id ? 2 : 1);
  if (verb->write == NULL)
    return show (store, catalogue, work, error);
  const HxAuthor author = hx_cli_author ("record");
  work->write = verb->write;
  work->warnings = g_ptr_array_new_with_free_func (g_free);
  if (!hx_measure_write (store, catalogue, &author, write_and_listen, work,
                         error))
    return FALSE;
  hx_cli_warn (work->warnings, work->warnings->len);
  hx_cli_print ("%s %" G_GINT64_FORMAT " %s\n", work->kind->name, work->id,
                _ ("已记下"));
  return TRUE;
}

static gboolean
run_record (HxCli *cli, int argc, char **arguments, GError **error)
{
  g_auto (Work) work = { 0 };
  g_autofree char *from = NULL;
  gboolean is_correction = FALSE;
  const GOptionEntry entries[] = {
    HX_CLI_REVEAL_ENTRIES (&work.reveal),
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, NULL, NULL },
    { "correction", 0, 0, G_OPTION_ARG_NONE, &is_correction, NULL, NULL },
    { "after-issue", 0, 0, G_OPTION_ARG_STRING, &work.after_issue, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &work.as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!hx_cli_options (cli, &hx_command_record, entries, HX_CLI_ANY_WORDS,
                       &argc, &arguments, error))
    return FALSE;
  if (argc == 0)
    return TRUE;
  const Verb *verb = find_verb (argc > 1 ? arguments[1] : "", argc - 2, error);
  return verb != NULL
         && hx_cli_effect (from, is_correction, &work.effect, error)
         && run_verb (cli, verb, arguments + 2, &work, error);
}

const HxCommand hx_command_record = {
  .name = "record",
  .synopsis = "add KIND 字段=值 … | change KIND ID 字段=值 … [--from DATE] "
              "[--correction] | void KIND ID --reason 原因 | "
              "show KIND ID [--reveal 字段,… --reason 理由] [--json] "
              "[--after-issue 理由]",
  .summary = N_ ("登记、更改、作废或查看一条记录"),
  .manual = N_ (
      "作废的记录不再计数，但永远查得到，原因也在。\n"
      "街道、支部、类别等会变动的字段留有历史：\n"
      "  --from DATE    自这一天起变动，默认今天\n"
      "  --correction   原来登记的有误：直接更正，不算变动\n\n"
      "报告已经出具的年度，记录不再随意改动：\n"
      "  --after-issue 理由  出具后更正，理由记进变更日志\n\n"
      "姓名和保密的字段（身份证号、电话、住址等）遮住大半。show 加上\n"
      "--reveal 字段 --reason 理由，就把这些字段原样显示；谁、何时、看了谁的\n"
      "什么、为什么，都记进变更日志。\n\n"
      "例： hongxia record add visit 老干部=999999193301010010 日期=2023-3-5 "
      "事由=生日\n"
      "     hongxia record change visit 12 慰问金=500\n"
      "     hongxia record change cadre 7 街道=昌华街道 --from 2023-5-1\n"
      "     hongxia record void visit 12 --reason 重复登记\n"
      "     hongxia record show visit 12\n"
      "     hongxia record show cadre 7 --reveal 手机,住址 --reason 上门慰问"),
  .run = run_record,
};
