#include "people/statistics.h"
#include "cli/session.h"
#include "exchange/exchange.h"

#include <string.h>

typedef struct
{
  char *rows, *columns, *of, *as_of, *ages, *xlsx, *table;
  char **where;
  gboolean is_balance, as_json;
  int year;
} StatisticsCall;

/* One table to be drawn. */
typedef struct
{
  const char *key, *name; /* NULL: chosen by hand */
  HxStatisticsQuery query;
  HxDate last;
  gboolean is_balance;
} Job;

/* What is shown: lines of texts, the first the heads, the last the sums;
 * `n_names` columns at the left are names. */
typedef struct
{
  GPtrArray *lines; /* GPtrArray of char * */
  guint n_names;
} Sheet;

/* -------------------------------------------------------------------- sheets
 */

static void
line_free (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
sheet_init (Sheet *sheet, guint n_names)
{
  sheet->lines = g_ptr_array_new_with_free_func (line_free);
  sheet->n_names = n_names;
}

static void
sheet_clear (Sheet *sheet)
{
  g_clear_pointer (&sheet->lines, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sheet, sheet_clear)

static GPtrArray *
add_line (const Sheet *sheet)
{
  GPtrArray *line = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (sheet->lines, line);
  return line;
}

static void
add_text (GPtrArray *line, const char *text)
{
  g_ptr_array_add (line, g_strdup (text));
}

static void
add_number (GPtrArray *line, gint64 number)
{
  g_ptr_array_add (line, g_strdup_printf ("%" G_GINT64_FORMAT, number));
}

static char *
class_name (const HxClass *class)
{
  g_autoptr (GString) name = g_string_new (NULL);
  for (guint i = 0; i < class->names->len; i++)
    g_string_append_printf (name, "%s%s", i > 0 ? "／" : "",
                            (const char *)class->names->pdata[i]);
  return g_strdup (name->str);
}

static void
add_names (GPtrArray *line, const GArray *dimensions, const HxClass *class)
{
  for (guint i = 0; i < dimensions->len; i++)
    if (class != NULL)
      add_text (line, class->names->pdata[i]);
    else
      add_text (line, i == 0 ? _ ("合计") : "");
}

static const char *
dimension_name (const HxDimension *dimension)
{
  return dimension->is_age ? _ ("年龄") : dimension->field->name;
}

static GPtrArray *
add_heads (const Sheet *sheet, const GArray *dimensions)
{
  GPtrArray *line = add_line (sheet);
  for (guint i = 0; i < dimensions->len; i++)
    add_text (line,
              dimension_name (&g_array_index (dimensions, HxDimension, i)));
  return line;
}

static gboolean
has_columns (const HxStatisticsQuery *query)
{
  return query->columns != NULL && query->columns->len > 0;
}

static void
cross_sheet (const HxStatisticsQuery *query, const HxCross *cross, Sheet *sheet)
{
  const guint n_columns = has_columns (query) ? cross->columns->len : 0;
  sheet_init (sheet, query->rows->len);
  GPtrArray *line = add_heads (sheet, query->rows);
  for (guint j = 0; j < n_columns; j++)
    g_ptr_array_add (line, class_name (cross->columns->pdata[j]));
  add_text (line, _ ("合计"));
  for (guint i = 0; i < cross->rows->len; i++)
    {
      const HxClass *row = cross->rows->pdata[i];
      line = add_line (sheet);
      add_names (line, query->rows, row);
      for (guint j = 0; j < n_columns; j++)
        add_number (line, cross->cells[(gsize)i * cross->columns->len + j]);
      add_number (line, row->total);
    }
  line = add_line (sheet);
  add_names (line, query->rows, NULL);
  for (guint j = 0; j < n_columns; j++)
    add_number (line, ((const HxClass *)cross->columns->pdata[j])->total);
  add_number (line, cross->total);
}

static void
balance_line (const Sheet *sheet, const GArray *dimension,
              const HxBalanceLine *of, gboolean is_all, guint n_reasons)
{
  GPtrArray *line = add_line (sheet);
  add_names (line, dimension, is_all ? NULL : of->row);
  add_number (line, of->last);
  add_number (line, of->entered);
  add_number (line, of->moved_in);
  for (guint i = 0; i < n_reasons; i++)
    add_number (line, of->left[i]);
  add_number (line, of->moved_out);
  add_number (line, of->row->total);
}

static void
balance_sheet (const HxStatisticsQuery *query, const HxBalance *balance,
               Sheet *sheet)
{
  const guint n_reasons = balance->reasons->len;
  sheet_init (sheet, 1);
  GPtrArray *line = add_heads (sheet, query->rows);
  add_text (line, _ ("上年末"));
  add_text (line, _ ("新增"));
  add_text (line, _ ("转入"));
  for (guint i = 0; i < n_reasons; i++)
    {
      const HxClass *reason = balance->reasons->pdata[i];
      if (reason->names->len == 0)
        add_text (line, _ ("退出"));
      else
        g_ptr_array_add (
            line, g_strdup_printf (_ ("退出（%s）"),
                                   (const char *)reason->names->pdata[0]));
    }
  add_text (line, _ ("转出"));
  add_text (line, _ ("本年末"));
  for (guint i = 0; i < balance->lines->len; i++)
    balance_line (sheet, query->rows, balance->lines->pdata[i], FALSE,
                  n_reasons);
  balance_line (sheet, query->rows, balance->all, TRUE, n_reasons);
}

/* ------------------------------------------------------------------- output */

static guint
text_columns (const char *text)
{
  guint columns = 0;
  for (const char *at = text; *at != '\0';
       at = g_utf8_find_next_char (at, NULL))
    columns += g_unichar_iswide (g_utf8_get_char (at)) ? 2 : 1;
  return columns;
}

static guint
column_width (const Sheet *sheet, guint column)
{
  guint width = 0;
  for (guint i = 0; i < sheet->lines->len; i++)
    {
      const GPtrArray *line = sheet->lines->pdata[i];
      width = MAX (width, text_columns (line->pdata[column]));
    }
  return width + 2;
}

static void
print_sheet (const Sheet *sheet)
{
  const GPtrArray *heads = sheet->lines->pdata[0];
  g_autofree guint *widths = g_new0 (guint, heads->len);
  for (guint j = 0; j < heads->len; j++)
    widths[j] = column_width (sheet, j);
  for (guint i = 0; i < sheet->lines->len; i++)
    {
      const GPtrArray *line = sheet->lines->pdata[i];
      for (guint j = 0; j < line->len; j++)
        hx_cli_print_padded (line->pdata[j], widths[j], j >= sheet->n_names);
      hx_cli_print ("\n");
    }
}

static void
sheet_json (const Sheet *sheet, HxJson *json)
{
  const guint last = sheet->lines->len - 1;
  hx_json_key (json, "columns");
  hx_json_array_begin (json);
  const GPtrArray *heads = sheet->lines->pdata[0];
  for (guint j = sheet->n_names; j < heads->len; j++)
    hx_json_string (json, heads->pdata[j]);
  hx_json_array_end (json);
  hx_json_key (json, "rows");
  hx_json_array_begin (json);
  for (guint i = 1; i <= last; i++)
    {
      const GPtrArray *line = sheet->lines->pdata[i];
      hx_json_object_begin (json);
      hx_json_key (json, "names");
      hx_json_array_begin (json);
      for (guint j = 0; i < last && j < sheet->n_names; j++)
        hx_json_string (json, line->pdata[j]);
      hx_json_array_end (json);
      hx_json_key (json, "numbers");
      hx_json_array_begin (json);
      for (guint j = sheet->n_names; j < line->len; j++)
        hx_json_integer (json, g_ascii_strtoll (line->pdata[j], NULL, 10));
      hx_json_array_end (json);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
}

static gboolean
write_sheet (const Sheet *sheet, const char *path, GError **error)
{
  g_autoptr (HxWorkbookWriter) writer
      = hx_workbook_writer_new (path, "statistics", error);
  for (guint i = 0; writer != NULL && i < sheet->lines->len; i++)
    {
      const GPtrArray *line = sheet->lines->pdata[i];
      if (!(i == 0 ? hx_workbook_writer_header : hx_workbook_writer_row) (
              writer, (const char *const *)line->pdata, line->len, error))
        return FALSE;
    }
  return writer != NULL && hx_workbook_writer_finish (writer, error);
}

static void
job_json (const Job *job, const Sheet *sheet, HxJson *json)
{
  char day[HX_DATE_TEXT_SIZE];
  hx_json_object_begin (json);
  hx_json_member (json, "key", job->key);
  hx_json_member (json, "name", job->name);
  hx_json_member (json, "of", job->query.kind->key);
  hx_date_format (job->query.as_of, day);
  hx_json_member (json, "as_of", day);
  if (job->is_balance)
    {
      hx_date_format (job->last, day);
      hx_json_member (json, "from", day);
    }
  sheet_json (sheet, json);
  hx_json_object_end (json);
}

static void
print_job (const Job *job, const Sheet *sheet)
{
  char day[HX_DATE_TEXT_SIZE];
  hx_date_format (job->query.as_of, day);
  hx_cli_print (_ ("%s，截至 %s\n"),
                job->name != NULL ? job->name : job->query.kind->name, day);
  print_sheet (sheet);
  hx_cli_print ("\n");
}

static gboolean
make_sheet (const Job *job, Sheet *sheet, GError **error)
{
  if (job->is_balance)
    {
      g_autoptr (HxBalance) balance
          = hx_balance_count (&job->query, job->last, error);
      if (balance == NULL)
        return FALSE;
      balance_sheet (&job->query, balance, sheet);
      return TRUE;
    }
  g_autoptr (HxCross) cross = hx_cross_count (&job->query, error);
  if (cross == NULL)
    return FALSE;
  cross_sheet (&job->query, cross, sheet);
  return TRUE;
}

static gboolean
show_job (const StatisticsCall *call, const Job *job, HxJson *json,
          GError **error)
{
  g_auto (Sheet) sheet = { 0 };
  if (!make_sheet (job, &sheet, error))
    return FALSE;
  if (call->xlsx != NULL)
    return write_sheet (&sheet, call->xlsx, error);
  if (call->as_json)
    job_json (job, &sheet, json);
  else
    print_job (job, &sheet);
  return TRUE;
}

/* --------------------------------------------------------------------- jobs */

static gboolean
fail_table (HxCatalogue *catalogue, const char *name, GError **error)
{
  const GPtrArray *known = hx_catalogue_statistics (catalogue);
  g_autoptr (GString) list = g_string_new (_ ("可用："));
  for (guint i = 0; i < known->len; i++)
    {
      const HxStatistic *each = known->pdata[i];
      g_string_append_printf (list, "%s%s（%s）", i > 0 ? "、" : "", each->key,
                              each->name);
    }
  return hx_fail (error, HX_ERROR_USAGE, _ ("没有这张统计表"), name, list->str);
}

/* What is counted when nobody says: that of the first table, else a register
 * of people. */
static const HxKind *
default_kind (HxCatalogue *catalogue)
{
  const GPtrArray *tables = hx_catalogue_statistics (catalogue);
  const GPtrArray *kinds = hx_catalogue_kinds (catalogue);
  if (tables->len > 0)
    return ((const HxStatistic *)tables->pdata[0])->of;
  for (guint i = 0; i < kinds->len; i++)
    if (((const HxKind *)kinds->pdata[i])->is_register
        && hx_kind_field (kinds->pdata[i], "birth_date") != NULL)
      return kinds->pdata[i];
  return NULL;
}

/* What the user wrote; the arrays are filled and live with the call. */
typedef struct
{
  GArray *rows, *columns, *ages;
  GPtrArray *terms; /* of the table and of the user */
} Chosen;

static gboolean
choose_dimensions (const HxKind *kind, const StatisticsCall *call,
                   const Chosen *chosen, GError **error)
{
  if (!hx_dimensions_parse (kind, call->rows, chosen->rows, error)
      || (call->columns != NULL
          && !hx_dimensions_parse (kind, call->columns, chosen->columns,
                                   error)))
    return FALSE;
  if (!call->is_balance || (chosen->rows->len == 1 && call->columns == NULL))
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, _ ("平衡表只有一个行的维度"),
                  "--balance", _ ("例如 --rows category --balance"));
}

static gboolean
show_chosen (const HxCliReading *reading, const StatisticsCall *call,
             const Chosen *chosen, Job *job, HxJson *json, GError **error)
{
  const HxKind *kind = call->of != NULL
                           ? hx_cli_kind (reading->catalogue, call->of, error)
                           : default_kind (reading->catalogue);
  if (kind == NULL)
    return (error != NULL && *error != NULL)
           || hx_fail (error, HX_ERROR_USAGE, _ ("没有写统计哪个名册"), NULL,
                       _ ("用 --of 写明"));
  if (!choose_dimensions (kind, call, chosen, error))
    return FALSE;
  job->query.kind = kind;
  job->query.rows = chosen->rows;
  job->query.columns = chosen->columns;
  job->query.terms = (const char *const *)call->where;
  job->is_balance = call->is_balance;
  return show_job (call, job, json, error);
}

static gboolean
show_table (const StatisticsCall *call, const HxStatistic *table,
            const Chosen *chosen, Job *job, HxJson *json, GError **error)
{
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();
  for (guint i = 0; i + 1 < table->terms->len; i++)
    g_ptr_array_add (terms, table->terms->pdata[i]);
  for (guint i = 0; call->where != NULL && call->where[i] != NULL; i++)
    g_ptr_array_add (terms, call->where[i]);
  g_ptr_array_add (terms, NULL);
  Job own = *job;
  own.key = table->key;
  own.name = table->name;
  own.query.kind = table->of;
  own.query.rows = table->rows;
  own.query.columns = table->columns;
  own.query.ages
      = table->ages->len > 0 && call->ages == NULL ? table->ages : chosen->ages;
  own.query.terms = (const char *const *)terms->pdata;
  own.is_balance = table->is_balance;
  return show_job (call, &own, json, error);
}

static gboolean
show_tables (const HxCliReading *reading, const StatisticsCall *call,
             const Chosen *chosen, Job *job, HxJson *json, GError **error)
{
  const GPtrArray *tables = hx_catalogue_statistics (reading->catalogue);
  const HxStatistic *one
      = call->table != NULL
            ? hx_catalogue_statistic (reading->catalogue, call->table)
            : NULL;
  if (one != NULL)
    return show_table (call, one, chosen, job, json, error);
  if (call->table != NULL || tables->len == 0)
    return fail_table (reading->catalogue, call->table, error);
  if (call->xlsx != NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("一个工作簿放一张统计表"),
                    "--xlsx", _ ("在年度后写明哪一张，或用 --rows"));
  for (guint i = 0; i < tables->len; i++)
    if (!show_table (call, tables->pdata[i], chosen, job, json, error))
      return FALSE;
  return TRUE;
}

static gboolean
find_days (const StatisticsCall *call, Job *job, GError **error)
{
  const HxDate today = hx_date_today ();
  job->query.as_of = (HxDate){ (gint16)call->year, 12, 31 };
  if (hx_date_compare (today, job->query.as_of) < 0)
    job->query.as_of = today;
  job->last = (HxDate){ (gint16)(call->year - 1), 12, 31 };
  if (!hx_cli_as_of (call->as_of, &job->query.as_of, error))
    return FALSE;
  if (job->query.as_of.year == call->year)
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, _ ("截止日期不在这个年度里"),
                  call->as_of, NULL);
}

static gboolean
print_statistics (HxCli *cli, const StatisticsCall *call, const Chosen *chosen,
                  GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  if (!hx_cli_read (cli, &reading, error))
    return FALSE;
  Job job = { .query = { .connection = reading.connection,
                         .catalogue = reading.catalogue,
                         .ages = chosen->ages } };
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  hx_json_init (&json, out, TRUE);
  hx_json_array_begin (&json);
  if (!find_days (call, &job, error)
      || !(call->rows != NULL ? show_chosen : show_tables) (
          &reading, call, chosen, &job, &json, error))
    return FALSE;
  hx_json_array_end (&json);
  if (call->as_json)
    hx_cli_print ("%s\n", out->str);
  return TRUE;
}

/* ------------------------------------------------------------------ command */

static gboolean
check_words (StatisticsCall *call, int argc, char **arguments, GError **error)
{
  if (argc < 2 || argc > 3)
    return hx_fail (error, HX_ERROR_USAGE, _ ("要写年度"), NULL,
                    _ ("例如 hongxia statistics 2023"));
  call->table = argc > 2 ? arguments[2] : NULL;
  if (!hx_cli_year (arguments[1], &call->year, error))
    return FALSE;
  if (call->rows != NULL && call->table != NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("表名和 --rows 只写一个"),
                    call->table, NULL);
  if (call->rows == NULL
      && (call->columns != NULL || call->is_balance || call->of != NULL))
    return hx_fail (error, HX_ERROR_USAGE, _ ("没有写行的维度"), "--rows",
                    _ ("例如 --rows category --columns sex,age"));
  return TRUE;
}

static gboolean
run_call (HxCli *cli, StatisticsCall *call, int argc, char **arguments,
          GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (HxDimension));
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (HxDimension));
  g_autoptr (GArray) ages = call->ages != NULL
                                ? g_array_new (FALSE, FALSE, sizeof (int))
                                : hx_ages_default ();
  const Chosen chosen = { rows, columns, ages, NULL };
  return check_words (call, argc, arguments, error)
         && (call->ages == NULL || hx_ages_parse (call->ages, ages, error))
         && print_statistics (cli, call, &chosen, error);
}

static gboolean
run_statistics (HxCli *cli, int argc, char **arguments, GError **error)
{
  StatisticsCall call = { 0 };
  const GOptionEntry entries[] = {
    { "rows", 0, 0, G_OPTION_ARG_STRING, &call.rows, NULL, NULL },
    { "columns", 0, 0, G_OPTION_ARG_STRING, &call.columns, NULL, NULL },
    { "of", 0, 0, G_OPTION_ARG_STRING, &call.of, NULL, NULL },
    { "where", 0, 0, G_OPTION_ARG_STRING_ARRAY, &call.where, NULL, NULL },
    { "ages", 0, 0, G_OPTION_ARG_STRING, &call.ages, NULL, NULL },
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &call.as_of, NULL, NULL },
    { "balance", 0, 0, G_OPTION_ARG_NONE, &call.is_balance, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    { "xlsx", 0, 0, G_OPTION_ARG_FILENAME, &call.xlsx, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  gboolean done = hx_cli_options (cli, &hx_command_statistics, entries,
                                  HX_CLI_ANY_WORDS, &argc, &arguments, error);
  if (done && argc > 0)
    done = run_call (cli, &call, argc, arguments, error);
  g_free (call.rows);
  g_free (call.columns);
  g_free (call.of);
  g_free (call.ages);
  g_free (call.as_of);
  g_free (call.xlsx);
  g_strfreev (call.where);
  return done;
}

const HxCommand hx_command_statistics = {
  .name = "statistics",
  .synopsis = "YEAR [TABLE] [--rows DIM,… [--columns DIM,…] [--of KIND] "
              "[--balance]] [--where TERM] [--ages 60,70,…] [--as-of DATE] "
              "[--json] [--xlsx OUT.xlsx]",
  .summary = N_ ("年度统计表：按类别、级别、性别、年龄等交叉，不重不漏"),
  .manual = N_ (
      "不写 TABLE 和 --rows 就列出目录里的全部年报表。每人只数一次，没有填的\n"
      "归入“未填”，行、列、总数都核对过。--balance 列出每一类的上年末 + 新增\n"
      "+ 转入 − 退出 − 转出 = 本年末，平衡不上就指出哪几行。\n"
      "维度是代码、引用、是否字段的键或名称，或 age（年龄段）。\n"
      "  --rows DIM,…     行的维度，最多 3 个\n"
      "  --columns DIM,…  列的维度\n"
      "  --of KIND        统计哪个名册\n"
      "  --balance        增减平衡表（--rows 一个维度）\n"
      "  --where TERM     只统计符合条件的，可以写几次，写法同 list\n"
      "  --ages 60,70,…   年龄段的起始年龄，默认 60,65,…,90\n"
      "  --as-of DATE     截止日期，默认 12 月 31 日\n"
      "  --json           用 JSON 输出\n"
      "  --xlsx OUT       写成工作簿（一张表）\n\n"
      "例： hongxia statistics 2023\n"
      "     hongxia statistics 2023 --rows category,sex --columns age\n"
      "     hongxia statistics 2023 --rows street --balance"),
  .run = run_statistics,
};
