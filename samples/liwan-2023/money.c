#include "sample.h"

/* The money of the year, in 分.  A line is a source, a nature and a task; what
 * was paid and what was left follow from it:
 *
 *   budget 14,865,500.00 = paid 14,131,500.00 + withdrawn 734,000.00
 *   paid   14,131,500.00 = general 13,610,500.00 + fund 521,000.00
 *                        = basic 9,909,200.00 + projects 4,222,300.00
 *
 * Money does not grow with the scale.
 */

typedef struct
{
  const char *number;
  const char *name;
  const char *source;
  const char *nature;
  const char *task;
  gint64 first;    /* at the start of the year */
  gint64 adjusted; /* change in the year */
  gint64 paid;
  guint payments;
} Line;

#define GENERAL "一般公共预算"
#define FUND "政府性基金"

static const Line lines[] = {
  { "2023-001", "在职人员经费", GENERAL, "人员经费", "机构运转", 612340000,
    18430000, 630770000, 48 },
  { "2023-002", "离退休人员经费", GENERAL, "人员经费", "精准服务", 221500000,
    -6597000, 214903000, 24 },
  { "2023-003", "日常公用经费", GENERAL, "公用经费", "机构运转", 150000000,
    -4753000, 145247000, 60 },
  { "2023-004", "关心下一代工作经费", GENERAL, "项目支出", "关心下一代",
    48600000, 0, 48600000, 26 },
  { "2023-005", "老年教育分教点经费", GENERAL, "项目支出", "老年教育", 58000000,
    3250000, 61250000, 30 },
  { "2023-006", "离退休干部党建经费", GENERAL, "项目支出", "离退休干部党建",
    53820000, 0, 53820000, 28 },
  { "2023-007", "老干部服务管理经费", GENERAL, "项目支出", "精准服务",
    110000000, 6460000, 116460000, 42 },
  { "2023-008", "逢源路老干部活动中心新场地改造工程", GENERAL, "项目支出",
    "活动阵地", 163400000, 0, 90000000, 4 },
  { "2023-009", "老年教育提质项目", FUND, "项目支出", "老年教育", 32100000, 0,
    32100000, 12 },
  { "2023-010", "特困离退休干部帮扶资金", FUND, "项目支出", "精准服务",
    20000000, 0, 20000000, 4 },
};

static HxDate
payment_day (guint index, guint count)
{
  int days = 9 + (int)(index * 345 / count);

  return sample_days_after (sample_day (1, 1), days);
}

static void
write_lines (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    ROW (sheet, TEXT (lines[i].number), DATE (sample_day (1, 16)),
         TEXT (lines[i].name), TEXT (lines[i].source), TEXT (lines[i].nature),
         TEXT (lines[i].task), MONEY (lines[i].first));
}

static void
write_adjustments (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      gint64 change = lines[i].adjusted;
      HxDate day
          = random_day (random, sample_day (9, 4), sample_day (10, 27), TRUE);

      g_autofree char *number = g_strdup_printf ("TZ%s", lines[i].number);

      if (change != 0)
        ROW (sheet, TEXT (number), DATE (day), TEXT (lines[i].number),
             TEXT (change > 0 ? "追加" : "追减"), MONEY (change),
             TEXT ("区财政局年中预算调整"));
    }
}

/* Equal parts, of which each takes something from the next; the last takes
 * what is left. */
static void
write_line_payments (Sheet *sheet, Random *random, const Line *line)
{
  gint64 average = line->paid / line->payments;
  gint64 moved = 0;

  for (guint i = 0; i < line->payments; i++)
    {
      g_autofree char *number
          = g_strdup_printf ("%s-%03u", line->number, i + 1);
      gint64 part = average;

      moved = i % 2 == 1 ? -moved
                         : average / 100 * (gint64)random_below (random, 20);
      part += moved;
      if (i == line->payments - 1)
        part
            += line->paid - average * line->payments - (i % 2 == 0 ? moved : 0);
      ROW (sheet, TEXT (number), DATE (payment_day (i, line->payments)),
           TEXT (line->number), MONEY (part), TEXT ("财政直接支付"),
           TEXT (line->name));
    }
}

static void
write_payments (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    write_line_payments (sheet, random, &lines[i]);
}

static void
write_unspent (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      gint64 left = lines[i].first + lines[i].adjusted - lines[i].paid;

      if (left != 0)
        ROW (sheet, DATE (sample_day (12, 29)), TEXT (lines[i].number),
             MONEY (left), TEXT ("结算价低于预算"),
             TEXT ("改造工程尾款经验收核定，低于立项预算，指标年末收回。"),
             TEXT ("细化支付计划，验收前预估结算价并按季核对。"));
    }
}

const Workbook money_workbooks[] = {
  { "40预算指标",
    "budget_line",
    write_lines,
    { "预算编号", "下达日期", "预算项目", "资金来源", "支出性质", "重点任务",
      "年初预算" } },
  { "41预算调整",
    "budget_adjustment",
    write_adjustments,
    { "调整编号", "调整日期", "预算编号", "调整类别", "调整金额",
      "调整原因" } },
  { "42预算支付",
    "payment",
    write_payments,
    { "支付凭证号", "支付日期", "预算编号", "支付金额", "支付方式", "用途" } },
  { "43未支出说明",
    "unspent_reason",
    write_unspent,
    { "说明日期", "预算编号", "未支出金额", "未支出原因", "原因说明",
      "改进措施" } },
  { 0 },
};
