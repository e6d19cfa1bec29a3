#include "exchange/monitor_json.h"
#include "exchange/monitor_form.h"

#include <string.h>

#define ID_LENGTH 32
/* NUMBER(16,4): twelve digits before the point, in 分. */
#define NUMBER_MAX G_GINT64_CONSTANT (99999999999999)
#define NONE "无"
#define NO_DEVIATION "无偏差"
#define LIVE "2"
#define YES "1"
#define NO "2"

typedef struct
{
  const HxMonitorExport *from;
  HxJson json;
  const char *where; /* the target's number, or NULL */
  char *task_id;
  GError *error; /* the first */
} Out;

static void
out_clear (Out *out)
{
  g_free (out->task_id);
  g_clear_error (&out->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Out, out_clear)

/* -------------------------------------------------------------------- cells */

static void
put_else (Out *out, const char *field, guint limit, const char *text)
{
  g_autofree char *what = NULL;

  hx_json_member (&out->json, field, text);
  if (out->error != NULL || hx_text_characters (text) <= limit)
    return;
  what = g_strdup_printf (_ ("字段 %s 有 %u 字，超过 %u 字的上限"), field,
                          (guint)hx_text_characters (text), limit);
  hx_fail (&out->error, HX_ERROR_LIMIT, what, out->where,
           _ ("把这段文字改短，系统不会替您截断"));
}

static void
put (Out *out, const char *field, guint limit, const char *text)
{
  put_else (out, field, limit, text == NULL || *text == '\0' ? NONE : text);
}

static void
put_money (Out *out, const char *field, gint64 fen)
{
  HxDecimal amount = { fen, 2 };
  g_autofree char *text = NULL;

  if (out->error == NULL
      && (fen > NUMBER_MAX || fen < -NUMBER_MAX
          || !hx_decimal_rescale (&amount, 4)))
    hx_fail (&out->error, HX_ERROR_LIMIT, _ ("金额超过 NUMBER(16,4)"), field,
             NULL);
  text = hx_decimal_format (amount);
  hx_json_member (&out->json, field, text);
}

static void
put_time (Out *out, const char *field, HxDate date)
{
  g_autofree char *text = g_strdup_printf ("%04d%02d%02d000000000", date.year,
                                           date.month, date.day);

  hx_json_member (&out->json, field, text);
}

static char *
id_of (const char *text)
{
  HxDigest *digest = hx_digest_new (HX_DIGEST_SHA256);
  guint8 bytes[HX_DIGEST_SIZE] = { 0 };
  char hex[HX_DIGEST_HEX_SIZE];

  if (digest != NULL)
    {
      hx_digest_update (digest, text, strlen (text));
      hx_digest_finish (digest, bytes);
    }
  hx_digest_free (digest);
  hx_digest_hex (bytes, hex);
  return g_strndup (hex, ID_LENGTH);
}

/* --------------------------------------------------------------------- task */

static const char *
agency_name (const Out *out)
{
  const HxMonitorSender *sender = out->from->sender;

  return sender->agency_name != NULL ? sender->agency_name : out->from->bureau;
}

static void
put_sender (Out *out, gboolean with_names)
{
  const HxMonitorSender *sender = out->from->sender;

  put (out, "dept_code", 21, sender->department_code);
  if (with_names)
    put (out, "dept_name", 1000, sender->department_name);
  put (out, "agency_code", 21, sender->agency_code);
  if (with_names)
    put (out, "agency_name", 1000, agency_name (out));
}

static void
put_stamps (Out *out)
{
  put (out, "is_last_inst", 1, YES);
  put_time (out, "create_time", out->from->monitor->today);
  put_time (out, "update_time", out->from->monitor->today);
  put (out, "is_deleted", 1, LIVE);
}

static HxDate
answer_date (const HxMonitor *monitor)
{
  return monitor->warnings->len > 0
             ? ((HxMonitorWarning *)monitor->warnings->pdata[0])->due
             : monitor->as_of;
}

static void
put_year (Out *out)
{
  g_autofree char *year = g_strdup_printf ("%04d", out->from->monitor->year);

  put (out, "fiscal_year", 4, year);
}

static void
write_task (Out *out)
{
  const HxMonitor *monitor = out->from->monitor;
  const HxMonitorSender *sender = out->from->sender;
  g_autofree char *period = hx_monitor_period_name (monitor->as_of);
  g_autofree char *title
      = g_strdup_printf (_ ("%d 年绩效运行监控（%s）"), monitor->year, period);
  g_autofree char *content = g_strdup_printf ("%s（%s）", monitor->rules->name,
                                              monitor->rules->document);
  g_autofree char *number
      = g_strdup_printf ("HX%04d%02d%02d", monitor->as_of.year,
                         monitor->as_of.month, monitor->as_of.day);

  hx_json_object_begin (&out->json);
  put (out, "perf_task_id", 38, out->task_id);
  put_year (out);
  put (out, "mof_div_code", 9, sender->division_code);
  put (out, "mof_div_name", 1000, sender->division_name);
  put (out, "perf_task_no", 100, number);
  put (out, "perf_type_code", 1, "1");
  put (out, "perf_type_name", 1000, _ ("绩效运行监控"));
  put (out, "title", 200, title);
  put (out, "content", 2000, content);
  put_time (out, "task_end_date", answer_date (monitor));
  put_sender (out, FALSE);
  put (out, "pro_code", 21, NULL);
  put_stamps (out);
  hx_json_object_end (&out->json);
}

/* --------------------------------------------------------------------- info */

/* Of the lines that pay for the target's task; of all without one. */
static void
put_amounts (Out *out, const HxMonitorTarget *own)
{
  const HxMonitor *monitor = out->from->monitor;
  gint64 executed = 0, forecast = 0;
  guint lines = 0, forecasts = 0;

  for (guint i = 0; i < monitor->lines->len; i++)
    {
      const HxBudgetLine *line
          = ((HxMonitorLine *)monitor->lines->pdata[i])->line;

      if (own->task != NULL
          && (line->task == NULL
              || !g_str_equal (line->task->code, own->task->code)))
        continue;
      lines++;
      forecasts += line->has_forecast;
      executed += line->money.executed;
      forecast += line->has_forecast ? line->forecast : 0;
    }
  put_money (out, "pro_bgt_comp", executed);
  if (lines > 0 && forecasts == lines)
    put_money (out, "est_pro_bgt_annual", forecast);
  else
    hx_json_member (&out->json, "est_pro_bgt_annual", NULL);
}

static void
put_levels (Out *out, const HxTarget *target)
{
  put (out, "lv1_perf_ind_code", 20, target->level->code);
  put (out, "lv1_perf_ind_name", 1000, target->level->name);
  put (out, "lv2_perf_ind_code", 20,
       target->aspect != NULL ? target->aspect->code : NULL);
  put (out, "lv2_perf_ind_name", 1000,
       target->aspect != NULL ? target->aspect->name : NULL);
  put (out, "lv3_perf_ind_code", 20, target->number);
  put (out, "lv3_perf_ind_name", 1000, target->name);
}

static void
put_completion (Out *out, const HxTarget *target)
{
  HxDecimal rate = { target->completion, 2 };
  g_autofree char *text = NULL;

  if (target->has_completion && hx_decimal_rescale (&rate, 4))
    text = hx_decimal_format (rate);
  hx_json_member (&out->json, "complete_rate", text);
}

static void
put_progress (Out *out, const HxMonitorTarget *own)
{
  g_autofree char *value = hx_target_value_text (own->target);
  g_autofree char *actual = hx_target_actual_text (own->target);
  g_autofree char *forecast = hx_monitor_forecast_text (own);
  g_autofree char *causes = hx_monitor_causes_text (own);

  put (out, "kpi_val", 1000, value);
  put (out, "perf_comp", 2000, actual);
  put (out, "est_perf_annual", 2000, forecast);
  put_else (out, "ana_dev_reasons", 2000,
            *causes == '\0' ? NO_DEVIATION : causes);
  put_completion (out, own->target);
}

static const HxMonitorWarning *
warning_of (const HxMonitor *monitor, const HxMonitorTarget *own)
{
  for (guint i = 0; i < monitor->warnings->len; i++)
    {
      const HxMonitorWarning *warning = monitor->warnings->pdata[i];

      if (warning->target == own)
        return warning;
    }
  return NULL;
}

static void
put_rectify (Out *out, const HxMonitorTarget *own)
{
  const HxMonitorWarning *warning = warning_of (out->from->monitor, own);
  g_autofree char *epilog = NULL;

  if (warning != NULL && warning->decision != NULL)
    epilog = g_strdup_printf ("%s%s%s", warning->decision->name,
                              warning->reason != NULL ? "：" : "",
                              warning->reason != NULL ? warning->reason : "");
  put (out, "is_perf_rectify", 1, warning != NULL ? YES : NO);
  put (out, "rectify_advise", 2000, warning != NULL ? warning->text : NULL);
  put (out, "rectify_epilog", 2000, epilog);
}

static char *
info_id_of (const Out *out, const HxTarget *target)
{
  g_autofree char *key = g_strconcat (out->task_id, "\n", target->number, NULL);

  return id_of (key);
}

static void
write_info (Out *out, const HxMonitorTarget *own)
{
  const HxTarget *target = own->target;
  g_autofree char *id = info_id_of (out, target);

  out->where = target->number;
  hx_json_object_begin (&out->json);
  put (out, "perf_mon_id", 38, id);
  put (out, "perf_task_id", 38, out->task_id);
  put_year (out);
  put_sender (out, TRUE);
  put (out, "pro_code", 21, own->task != NULL ? own->task->code : NULL);
  put (out, "pro_name", 1000,
       own->task != NULL ? own->task->name : _ ("部门整体支出"));
  put (out, "kpi_target", 2000, target->wording);
  put_amounts (out, own);
  put_levels (out, target);
  put_progress (out, own);
  put_time (out, "perf_send_date", out->from->monitor->today);
  put_rectify (out, own);
  put_stamps (out);
  hx_json_object_end (&out->json);
}

/* ------------------------------------------------------------------- attach
 */

/* What a path ends in, by either slash. */
static const char *
file_name (const char *path)
{
  const char *name = path;

  for (const char *at = path; *at != '\0'; at++)
    if ((*at == '/' || *at == '\\') && at[1] != '\0')
      name = at + 1;
  return name;
}

static void
write_file (Out *out, const char *info_id, const char *path)
{
  g_autofree char *key = g_strconcat (info_id, "\n", path, NULL);
  g_autofree char *id = id_of (key);

  hx_json_object_begin (&out->json);
  put (out, "perf_att_id", 38, id);
  put (out, "perf_mon_id", 38, info_id);
  put (out, "file_name", 50, file_name (path));
  put (out, "full_path", 300, path);
  put (out, "report_file", 300, NULL);
  hx_json_object_end (&out->json);
}

/* What was handed in with the last statement of a target. */
static void
write_attachments (Out *out, const HxMonitorTarget *own)
{
  const HxTarget *target = own->target;
  g_autofree char *info_id = info_id_of (out, target);
  g_auto (GStrv) files
      = g_strsplit (target->evidence != NULL ? target->evidence : "", "\n", -1);

  out->where = target->number;
  for (guint i = 0; files[i] != NULL; i++)
    if (*files[i] != '\0')
      write_file (out, info_id, files[i]);
}

/* -------------------------------------------------------------------- tables
 */

static void
write_targets (Out *out, const char *table,
               void (*write) (Out *out, const HxMonitorTarget *own))
{
  const GPtrArray *targets = out->from->monitor->targets;

  hx_json_key (&out->json, table);
  hx_json_array_begin (&out->json);
  for (guint i = 0; i < targets->len; i++)
    write (out, targets->pdata[i]);
  hx_json_array_end (&out->json);
}

gboolean
hx_monitor_json_write (const HxMonitorExport *export_, GString *out,
                       GError **error)
{
  const HxMonitor *monitor = export_->monitor;
  g_auto (Out) work = { .from = export_ };
  g_autofree char *key = NULL;
  char day[HX_DATE_TEXT_SIZE];

  hx_date_format (monitor->as_of, day);
  key = g_strdup_printf (
      "%s\n%s\n%d\n%s",
      export_->sender->agency_code != NULL ? export_->sender->agency_code : "",
      export_->bureau != NULL ? export_->bureau : "", monitor->year, day);
  work.task_id = id_of (key);
  hx_json_init (&work.json, out, TRUE);
  hx_json_object_begin (&work.json);
  hx_json_key (&work.json, "PAY_PERF_MONITOR_TASK");
  hx_json_array_begin (&work.json);
  write_task (&work);
  hx_json_array_end (&work.json);
  write_targets (&work, "PAY_PERF_MONITOR_INFO", write_info);
  write_targets (&work, "PAY_PERF_MONITOR_ATTACH", write_attachments);
  hx_json_object_end (&work.json);
  g_string_append_c (out, '\n');
  if (work.error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&work.error));
  return FALSE;
}
