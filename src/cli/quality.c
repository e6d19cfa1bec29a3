#include "cli/quality.h"
#include "exchange/quality_json.h"

#include <string.h>

#define FIELD_COLUMNS 14
#define NUMBER_COLUMNS 8
#define UNIT_COLUMNS 22

static void
print_number (gint64 number, guint columns)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  hx_cli_print_padded (text, columns, TRUE);
}

static void
print_share (gint64 part, gint64 whole)
{
  g_autofree char *text = hx_quality_percent (hx_quality_share (part, whole));
  hx_cli_print_padded (text, NUMBER_COLUMNS, TRUE);
}

static void
print_count (const HxQualityCount *count)
{
  print_number (count->rows, NUMBER_COLUMNS);
  print_share (count->filled, count->rows);
  print_share (count->valid, count->rows);
  print_share (count->fresh, count->rows);
  print_number (count->rows - count->known_bad - count->fresh, NUMBER_COLUMNS);
}

static void
print_heads (const char *first, guint columns, const char *last)
{
  static const char *const heads[]
      = { N_ ("应填"), N_ ("已填%"), N_ ("有效%"), N_ ("新鲜%"), N_ ("待办") };
  hx_cli_print_padded (first, columns, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    hx_cli_print_padded (hx_text (heads[i]), NUMBER_COLUMNS, TRUE);
  hx_cli_print ("%s%s\n", *last != '\0' ? "  " : "", last);
}

static void
print_fields (const CliQuality *quality)
{
  const GPtrArray *fields = quality->query.quality->fields;
  print_heads (_ ("字段"), FIELD_COLUMNS, _ ("要求%"));
  for (guint i = 0; i < fields->len; i++)
    {
      const HxQualityField *field = fields->pdata[i];
      HxQualityCount total = hx_quality_total (quality->parts, (int)i);
      if (quality->query.field != NULL && quality->query.field != field->field)
        continue;
      g_autofree char *required = hx_quality_percent (field->required);
      hx_cli_print_padded (field->field->name, FIELD_COLUMNS, FALSE);
      print_count (&total);
      hx_cli_print ("  %s%s\n", field->required > 0 ? required : "",
                    hx_quality_is_weak (field, &total) ? _ (" 未达到") : "");
    }
}

/* The parts of one unit, which stand together. */
static guint
unit_parts (const CliQuality *quality, guint first, HxQualityCount *count)
{
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (HxQualityPart));
  guint i = first;
  for (; i < quality->parts->len
         && g_array_index (quality->parts, HxQualityPart, i).unit_id
                == g_array_index (quality->parts, HxQualityPart, first).unit_id;
       i++)
    g_array_append_val (own, g_array_index (quality->parts, HxQualityPart, i));
  *count = hx_quality_total (own, -1);
  return i;
}

static gboolean
print_units (const CliQuality *quality, GError **error)
{
  HxQualityCount count = hx_quality_total (quality->parts, -1);
  guint next;
  hx_cli_print ("\n");
  print_heads (_ ("机构"), UNIT_COLUMNS, "");
  hx_cli_print_padded (_ ("合计"), UNIT_COLUMNS, FALSE);
  print_count (&count);
  hx_cli_print ("\n");
  for (guint i = 0; i < quality->parts->len; i = next)
    {
      gint64 unit_id = g_array_index (quality->parts, HxQualityPart, i).unit_id;
      g_autofree char *name
          = hx_quality_unit_name (quality->connection, unit_id, error);
      if (name == NULL)
        return FALSE;
      next = unit_parts (quality, i, &count);
      hx_cli_print_padded (name, UNIT_COLUMNS, FALSE);
      print_count (&count);
      hx_cli_print ("\n");
    }
  return TRUE;
}

static gboolean
print_json (const CliQuality *quality, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  hx_json_init (&json, out, TRUE);
  if (!hx_quality_json (&json, quality->connection, &quality->query,
                        quality->parts, error))
    return FALSE;
  hx_cli_print ("%s\n", out->str);
  return TRUE;
}

/* ------------------------------------------------------------------ command */

typedef struct
{
  char *unit, *as_of, *field, *xlsx;
  gboolean as_json, list;
  HxCliReveal reveal;
} QualityCall;

/* The first word names the kind, unless it is a term; by default the first of
 * which something is asked. */
static gboolean
choose_kind (CliQuality *quality, HxCatalogue *catalogue, char ***words,
             GError **error)
{
  const GPtrArray *all = hx_catalogue_qualities (catalogue);
  const HxKind *kind = NULL;
  if (all->len == 0)
    {
      hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这个目录没有写明数据质量的要求"),
               "quality.yaml", NULL);
      return FALSE;
    }
  quality->query.quality = all->pdata[0];
  if (**words == NULL || strpbrk (**words, "=<>~!") != NULL)
    return TRUE;
  kind = hx_cli_kind (catalogue, **words, error);
  if (kind == NULL)
    return FALSE;
  ++*words;
  const HxQuality *asked = hx_catalogue_quality (catalogue, kind);
  if (asked == NULL)
    {
      hx_fail (error, HX_ERROR_USAGE, _ ("目录没有写明它的数据质量要求"),
               kind->name, "quality.yaml");
      return FALSE;
    }
  quality->query.quality = asked;
  return TRUE;
}

static gboolean
choose_field (CliQuality *quality, const char *name, GError **error)
{
  const HxQuality *asked = quality->query.quality;
  if (name == NULL)
    return TRUE;
  quality->query.field = hx_kind_field_by_label (asked->kind, name);
  if (quality->query.field != NULL
      && hx_quality_field (asked, quality->query.field) != NULL)
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, _ ("目录没有写明这个字段的质量要求"),
                  name, "quality.yaml");
}

static GPtrArray *
terms_of (char **words, const char *unit)
{
  GPtrArray *terms = g_ptr_array_new_with_free_func (g_free);
  for (; *words != NULL; words++)
    g_ptr_array_add (terms, g_strdup (*words));
  if (unit != NULL)
    g_ptr_array_add (terms, g_strconcat ("unit=", unit, NULL));
  g_ptr_array_add (terms, NULL);
  return terms;
}

static gboolean
print_quality (CliQuality *quality, const QualityCall *call, GError **error)
{
  if (call->list)
    return hx_cli_quality_list (quality, call->as_json, error);
  quality->parts = hx_quality_measure (quality->connection, quality->catalogue,
                                       &quality->query, NULL, NULL, error);
  if (quality->parts == NULL)
    return FALSE;
  if (call->as_json)
    return print_json (quality, error);
  print_fields (quality);
  return print_units (quality, error);
}

static gboolean
with_database (HxCli *cli, QualityCall *call, char **words, GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  CliQuality quality
      = { .query = { .as_of = hx_date_today () }, .reveal = &call->reveal };
  if (!hx_cli_read (cli, &reading, error)
      || !choose_kind (&quality, reading.catalogue, &words, error)
      || !choose_field (&quality, call->field, error)
      || !hx_cli_as_of (call->as_of, &quality.query.as_of, error)
      || !hx_cli_reveal_choose (&call->reveal, quality.query.quality->kind,
                                error))
    return FALSE;
  g_autoptr (GPtrArray) terms = terms_of (words, call->unit);
  quality.query.terms = (const char *const *)terms->pdata;
  quality.connection = reading.connection;
  quality.catalogue = reading.catalogue;
  quality.store = reading.store;
  gboolean done = call->xlsx != NULL
                      ? hx_cli_quality_workbook (&quality, call->xlsx, error)
                      : print_quality (&quality, call, error);
  g_clear_pointer (&quality.parts, g_array_unref);
  return done;
}

static gboolean
run_quality (HxCli *cli, int argc, char **arguments, GError **error)
{
  QualityCall call = { 0 };
  const GOptionEntry entries[] = {
    { "unit", 0, 0, G_OPTION_ARG_STRING, &call.unit, NULL, NULL },
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &call.as_of, NULL, NULL },
    { "field", 0, 0, G_OPTION_ARG_STRING, &call.field, NULL, NULL },
    { "list", 0, 0, G_OPTION_ARG_NONE, &call.list, NULL, NULL },
    { "xlsx", 0, 0, G_OPTION_ARG_FILENAME, &call.xlsx, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    HX_CLI_REVEAL_ENTRIES (&call.reveal),
    G_OPTION_ENTRY_NULL,
  };
  gboolean done = hx_cli_options (cli, &hx_command_quality, entries,
                                  HX_CLI_ANY_WORDS, &argc, &arguments, error);
  if (done && argc > 0)
    done = with_database (cli, &call, arguments + 1, error);
  g_free (call.unit);
  g_free (call.as_of);
  g_free (call.field);
  g_free (call.xlsx);
  hx_cli_reveal_clear (&call.reveal);
  return done;
}

const HxCommand hx_command_quality = {
  .name = "quality",
  .synopsis
  = "[KIND] [TERM…] [--unit NAME] [--as-of DATE] [--field KEY] "
    "[--list | --xlsx FILE] [--reveal FIELD,… --reason TEXT] [--json]",
  .summary = N_ ("看名册的数据填了多少、对不对、多久没核实"),
  .manual = N_ (
      "按目录的 quality.yaml 逐个字段量：已填、有效（按今天的规则重新检查）、\n"
      "新鲜（期限内有人核实过），并按机构分列；已知有误的不算待办。\n"
      "TERM 是选人的条件，如 age>=80。\n"
      "  --unit NAME   只看这个机构和它下面的\n"
      "  --as-of DATE  看这一天的情况，默认今天\n"
      "  --field KEY   只看这个字段\n"
      "  --list        列出待办：谁、哪个字段、什么问题、怎么办，按机构排\n"
      "  --xlsx FILE   把待办写成工作簿，填好后可以用 import 导回；其中的\n"
      "                身份证号等要用 --reveal 和 --reason 写明，并记入日志\n"
      "  --json        用 JSON 输出\n\n"
      "例： hongxia quality --unit 昌华街道 --field 手机 --list\n"
      "     hongxia quality --unit 昌华街道 --xlsx 待办.xlsx \\\n"
      "       --reveal 身份证号,姓名,手机 --reason 补填资料"),
  .run = run_quality,
};
