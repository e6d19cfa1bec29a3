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
  const char *function, *economic;
} Line;

#define GENERAL "一般公共预算"
#define FUND "政府性基金"
#define RUNNING "2013201 行政运行"
#define AFFAIRS "2013202 一般行政管理事务"
#define RETIRED "2080501 行政单位离退休"
#define LOTTERY "2296002 用于社会福利的彩票公益金支出"
#define WAGES "301 工资福利支出"
#define GOODS "302 商品和服务支出"
#define PERSONS "303 对个人和家庭的补助"
#define CAPITAL "310 资本性支出"

static const Line lines[] = {
  { "2023-001", "在职人员经费", GENERAL, "人员经费", "机构运转", 612340000,
    18430000, 630770000, 48, RUNNING, WAGES },
  { "2023-002", "离退休人员经费", GENERAL, "人员经费", "精准服务", 221500000,
    -6597000, 214903000, 24, RETIRED, PERSONS },
  { "2023-003", "日常公用经费", GENERAL, "公用经费", "机构运转", 150000000,
    -4753000, 145247000, 60, RUNNING, GOODS },
  { "2023-004", "关心下一代工作经费", GENERAL, "项目支出", "关心下一代",
    48600000, 0, 48600000, 26, AFFAIRS, GOODS },
  { "2023-005", "老年教育分教点经费", GENERAL, "项目支出", "老年教育", 58000000,
    3250000, 61250000, 30, AFFAIRS, GOODS },
  { "2023-006", "离退休干部党建经费", GENERAL, "项目支出", "离退休干部党建",
    53820000, 0, 53820000, 28, AFFAIRS, GOODS },
  { "2023-007", "老干部服务管理经费", GENERAL, "项目支出", "精准服务",
    110000000, 6460000, 116460000, 42, AFFAIRS, GOODS },
  { "2023-008", "逢源路老干部活动中心新场地改造工程", GENERAL, "项目支出",
    "活动阵地", 163400000, 0, 90000000, 4, AFFAIRS, CAPITAL },
  { "2023-009", "老年教育提质项目", FUND, "项目支出", "老年教育", 32100000, 0,
    32100000, 12, LOTTERY, GOODS },
  { "2023-010", "特困离退休干部帮扶资金", FUND, "项目支出", "精准服务",
    20000000, 0, 20000000, 4, LOTTERY, PERSONS },
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
         TEXT (lines[i].task), MONEY (lines[i].first), TEXT (lines[i].function),
         TEXT (lines[i].economic));
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
             TEXT ("荔财预〔2023〕18号"), TEXT ("区财政局年中预算调整"));
    }
}

/* The works are paid as the contract says; what was agreed as the last part
 * is cut when the works are accepted. */
#define WORKS 7
#define CONTRACT "HT2023-001"
#define CONTRACT_PLANNED 163400000
#define CONTRACT_AMOUNT 154000000
#define CONTRACT_ACCEPTED 90000000

typedef struct
{
  int month, day;
  gint64 amount;
} Part;

static const Part works_payments[] = {
  { 5, 12, 46200000 },
  { 8, 16, 20000000 },
  { 10, 13, 13000000 },
  { 11, 28, 10800000 },
};

static const Part works_plan[]
    = { { 4, 1, 49020000 }, { 7, 1, 49020000 }, { 10, 1, 65360000 } };

static void
write_payment (Sheet *sheet, const Line *line, guint serial, HxDate day,
               gint64 amount)
{
  g_autofree char *number = g_strdup_printf ("%s-%03u", line->number, serial);

  ROW (sheet, TEXT (number), DATE (day), TEXT (line->number), MONEY (amount),
       TEXT ("财政直接支付"), TEXT (line->name), TEXT (line->economic),
       TEXT (line == &lines[WORKS] ? CONTRACT : NULL));
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
      gint64 part = average;

      moved = i % 2 == 1 ? -moved
                         : average / 100 * (gint64)random_below (random, 20);
      part += moved;
      if (i == line->payments - 1)
        part
            += line->paid - average * line->payments - (i % 2 == 0 ? moved : 0);
      write_payment (sheet, line, i + 1, payment_day (i, line->payments), part);
    }
}

static void
write_works_payments (Sheet *sheet)
{
  for (guint i = 0; i < G_N_ELEMENTS (works_payments); i++)
    write_payment (sheet, &lines[WORKS], i + 1,
                   sample_day (works_payments[i].month, works_payments[i].day),
                   works_payments[i].amount);
}

static void
write_payments (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    if (i == WORKS)
      write_works_payments (sheet);
    else
      write_line_payments (sheet, random, &lines[i]);
}

/* Where the unspent money went, to the last 分. */
static const struct
{
  gint64 amount;
  const char *cause, *reason, *measure;
} unspent[] = {
  { CONTRACT_PLANNED - CONTRACT_AMOUNT, "节约",
    "改造工程中标价低于立项预算，差额年末收回。",
    "立项前由第三方核实工程造价。" },
  { 42000000, "项目取消", "原列的外墙加固经鉴定不需实施，相应金额年末收回。",
    "立项前完成结构鉴定。" },
  { 22000000, "结算价低于预算",
    "改造工程尾款经验收核定，低于合同价，指标年末收回。",
    "验收前预估结算价并按季核对。" },
};

static void
write_unspent (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (unspent); i++)
    ROW (sheet, DATE (sample_day (12, 29)), TEXT (lines[WORKS].number),
         MONEY (unspent[i].amount), TEXT (unspent[i].cause), TEXT ("财政收回"),
         TEXT (unspent[i].reason), TEXT (unspent[i].measure), TEXT ("罗伟强"));
}

static void
write_contracts (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  ROW (sheet, TEXT (CONTRACT), TEXT (lines[WORKS].number), TEXT ("JD2023-502"),
       TEXT ("老干部活动中心新场地改造施工合同"), TEXT ("示例建筑工程有限公司"),
       DATE (sample_day (4, 18)), DATE (sample_day (4, 25)),
       DATE (sample_day (4, 26)), DATE (sample_day (4, 28)),
       MONEY (CONTRACT_PLANNED), MONEY (CONTRACT_AMOUNT), TEXT ("招标降价"),
       TEXT ("中标价低于立项预算"), TEXT ("办公室"));
}

static void
write_acceptances (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  ROW (sheet, DATE (sample_day (11, 20)), TEXT (CONTRACT),
       MONEY (CONTRACT_ACCEPTED), TEXT ("是"), TEXT ("验收核减"),
       TEXT ("外墙加固未实施，其余按实际工程量核定"));
}

static void
write_fund_plan (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    for (int month = 1; i != WORKS && month <= 12; month++)
      {
        gint64 part = lines[i].first / 12;

        if (month == 12)
          part = lines[i].first - part * 11;
        ROW (sheet, DATE (sample_day (month, 1)), TEXT (lines[i].number),
             MONEY (part));
      }
  for (gsize i = 0; i < G_N_ELEMENTS (works_plan); i++)
    ROW (sheet, DATE (sample_day (works_plan[i].month, works_plan[i].day)),
         TEXT (lines[WORKS].number), MONEY (works_plan[i].amount));
}

static void
write_forecasts (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    ROW (sheet, DATE (sample_day (7, 31)), TEXT (lines[i].number),
         MONEY (i == WORKS ? CONTRACT_AMOUNT : lines[i].first),
         TEXT (i == WORKS ? "按合同价预计" : NULL));
}

const Workbook money_workbooks[] = {
  { "40预算指标",
    "budget_line",
    write_lines,
    { "预算编号", "下达日期", "预算项目", "资金来源", "支出性质", "重点任务",
      "年初预算", "功能科目", "经济科目" } },
  { "41预算调整",
    "budget_adjustment",
    write_adjustments,
    { "调整编号", "调整日期", "预算编号", "调整类别", "调整金额", "批复文号",
      "调整原因" } },
  { 0 },
};

/* What refers to the plan. */
const Workbook spending_workbooks[] = {
  { "47采购合同",
    "contract",
    write_contracts,
    { "合同编号", "预算编号", "节点编号", "合同名称", "供应商", "中标日期",
      "签订日期", "合同公告日期", "合同备案日期", "计划金额", "合同金额",
      "差额原因", "原因说明", "经办机构" } },
  { "48验收结算",
    "acceptance",
    write_acceptances,
    { "验收日期", "合同编号", "审定金额", "是否最终结算", "差额原因",
      "原因说明" } },
  { "49用款计划",
    "fund_plan",
    write_fund_plan,
    { "用款月份", "预算编号", "计划金额" } },
  { "50预算支付",
    "payment",
    write_payments,
    { "支付凭证号", "支付日期", "预算编号", "支付金额", "支付方式", "用途",
      "经济科目", "合同编号" } },
  { "51未支出说明",
    "unspent_reason",
    write_unspent,
    { "说明日期", "预算编号", "未支出金额", "未支出原因", "处理方式",
      "原因说明", "改进措施", "责任人" } },
  { "52全年预计执行",
    "spending_forecast",
    write_forecasts,
    { "预计日期", "预算编号", "全年预计执行数", "原因说明" } },
  { 0 },
};
