#include "sample.h"

/* What was to be reached, what was answered when the year was monitored at the
 * end of July, and what went wrong.  Where a target names a figure, its value
 * comes from the records and is nowhere here. */

typedef struct
{
  const char *number;
  guint task; /* 0: none */
  const char *level, *aspect, *name, *indicator, *direction, *value, *unit,
      *weight;
  const char *forecast; /* at the end of July */
} Target;

static const Target targets[] = {
  { "ZB2023-01", 1, "产出指标", "数量指标", "宣讲和讲座场次", "youth_sessions",
    "≥", "780", "场次", "5", "780" },
  { "ZB2023-02", 2, "产出指标", "数量指标", "分教点个数", "campuses", "≥", "25",
    "个", "5", "25" },
  { "ZB2023-03", 2, "产出指标", "数量指标", "分教点累计参加学习人次",
    "campus_attendances", "≥", "39000", "人次", "5", "39000" },
  { "ZB2023-04", 3, "产出指标", "数量指标", "老干部大学堂期数",
    "grand_lectures", "≥", "5", "期", "4", "5" },
  { "ZB2023-05", 3, "产出指标", "数量指标", "党组织活动次数",
    "party_activities", "≥", "30", "次", "4", "30" },
  { "ZB2023-06", 3, "产出指标", "质量指标", "书记和工作者培训期数",
    "training_classes", "≥", "2", "期", "3", "2" },
  { "ZB2023-07", 4, "产出指标", "数量指标", "健康体检人数", "checkup_people",
    "≥", "1100", "人", "6", "1100" },
  { "ZB2023-08", 4, "产出指标", "数量指标", "走访慰问人次", "visits", "≥",
    "380", "人次", "6", "380" },
  { "ZB2023-09", 4, "产出指标", "数量指标", "特困帮扶人次", "aid_cases", "≥",
    "20", "人次", "4", "22" },
  { "ZB2023-10", 5, "产出指标", "时效指标", "改造工程按原定日期完成的节点比例",
    NULL, "≥", "100", "%", "4", "50" },
  { "ZB2023-11", 5, "产出指标", "成本指标", "改造工程结算价", NULL, "≤",
    "163.40", "万元", "4", "154.00" },
  { "ZB2023-12", 1, "效益指标", "社会效益指标", "受教育青少年人次",
    "youth_reached", "≥", "60000", "人次", "10", "60000" },
  { "ZB2023-13", 4, "效益指标", "社会效益指标", "信息摸查核实人数",
    "registry_people", "≥", "13000", "名", "6", "13000" },
  { "ZB2023-14", 2, "效益指标", "可持续影响指标", "老年教育全覆盖项数",
    "full_coverages", "=", "3", "个", "7", "3" },
  { "ZB2023-15", 3, "效益指标", "可持续影响指标", "政治待遇和生活待遇落实",
    NULL, "定性", NULL, NULL, "7", NULL },
  { "ZB2023-16", 4, "满意度指标", "服务对象满意度指标", "老干部满意度",
    "satisfaction_rate", "≥", "95", "%", "10", "96" },
};

typedef struct
{
  guint month, day;
  const char *target, *value, *step, *share, *text, *reason, *measure, *signer,
      *evidence;
} Result;

static const Result results[] = {
  { 7, 31, "ZB2023-10", "33.33", NULL, NULL, "应完成的节点中仅立项按期",
    "招标重新公告，合同和开工推迟", "压缩工期，逐周核对", "罗伟强",
    "节点台账.xlsx" },
  { 7, 31, "ZB2023-11", "154.00", NULL, NULL, "按合同价预计", NULL, NULL,
    "罗伟强", "施工合同.pdf" },
  { 7, 31, "ZB2023-15", NULL, "达成年度指标", "90",
    "政治学习、阅文和生活待遇按规定落实", "易地安置的老同志参观较少",
    "委托当地就近安排", "陈婉婷", "待遇落实检查表.pdf" },
  { 12, 31, "ZB2023-10", "42.86", NULL, NULL,
    "招标、开工、完工、验收四个节点晚于原定日期，尾款和启用按期",
    "首次招标失败，汛期停工，消防管线变更", "节点逐周核对，资料随工送审",
    "罗伟强", "节点台账.xlsx" },
  { 12, 31, "ZB2023-11", "90.00", NULL, NULL, "结算审定价",
    "部分加固内容未实施，验收核减", "立项前核实工程造价和实施内容", "罗伟强",
    "结算审定书.pdf" },
  { 12, 31, "ZB2023-15", NULL, "达成年度指标", "95",
    "政治学习、阅文、参观和生活待遇落实", "易地安置的老同志参观较少",
    "委托当地就近安排", "陈婉婷", "待遇落实检查表.pdf" },
};

static void
write_targets (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      const Target *target = &targets[i];
      g_autofree char *task = g_strdup_printf ("RW2023-%u", target->task);

      ROW (sheet, TEXT (target->number), NUMBER (SAMPLE_YEAR), TEXT (task),
           TEXT (target->level), TEXT (target->aspect), TEXT (target->name),
           TEXT (target->indicator), TEXT (target->direction),
           TEXT (target->value), TEXT (target->unit), TEXT (target->weight),
           TEXT (target->value == NULL ? "按规定落实，无遗漏" : NULL));
    }
}

static void
write_results (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      const Result *result = &results[i];
      HxDate date = sample_day ((int)result->month, (int)result->day);

      ROW (sheet, DATE (date), TEXT (result->target), TEXT (result->value),
           TEXT (result->step), TEXT (result->share), TEXT (result->text),
           TEXT (result->reason), TEXT (result->measure), TEXT (result->signer),
           TEXT (result->evidence));
    }
}

static void
write_answers (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      gboolean is_late = strcmp (targets[i].number, "ZB2023-10") == 0;
      const char *text = targets[i].value == NULL ? "全部落实" : NULL;

      ROW (sheet, DATE (sample_day (7, 31)), TEXT (targets[i].number),
           TEXT (targets[i].forecast), TEXT (text),
           TEXT (is_late ? "是" : "否"),
           TEXT (is_late ? "首次招标失败，须重新公告" : NULL),
           TEXT (is_late ? "完全不可能" : "确定能"));
    }
}

typedef struct
{
  const char *line, *target, *reason, *owner;
} Reply;

static const Reply replies[] = {
  { "2023-008", NULL, "招标推迟，八月按合同支付进度款，年内付清", "罗伟强" },
  { NULL, "ZB2023-10", "压缩工期，把尾款支付拉回原定日期", "罗伟强" },
  { "2023-002", NULL, "离退休人员经费按月发放，与工作进度无关，年末足额",
    "陈婉婷" },
  { "2023-007", NULL, "体检和重阳走访集中在下半年，费用随之支付", "黎志豪" },
  { NULL, "ZB2023-14", "专题党课安排在八月至九月，九月底前讲完", "梁国栋" },
};

static void
write_replies (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autofree char *number = g_strdup_printf ("YJ2023-%02u", (guint)i + 1);

      ROW (sheet, TEXT (number), DATE (sample_day (8, 7)),
           DATE (sample_day (7, 31)), TEXT (replies[i].line),
           TEXT (replies[i].target), TEXT ("继续执行"),
           TEXT (replies[i].reason), TEXT (replies[i].owner),
           DATE (sample_day (11, 30)));
    }
}

typedef struct
{
  const char *number;
  guint year;
  const char *title, *text, *cause, *reason, *source, *line, *milestone;
  gint64 amount;
} Problem;

static const Problem problems[] = {
  { "WT2022-1", 2022, "走访慰问佐证材料不齐", "部分走访没有照片和签收记录。",
    "制度", "走访登记没有统一要求", "自评", NULL, NULL, 0 },
  { "WT2022-2", 2022, "退休干部基础信息不准", "住址和联系方式多年未核对。",
    "人员", "没有逐人核对的安排", "财政复核", NULL, NULL, 0 },
  { "WT2023-1", 2023, "全年预算没有全部执行",
    "活动中心改造工程的实际支付少于年初安排，余额年末由财政收回。", "制度",
    "立项时未核实工程造价，部分内容未实施，验收核减尾款", "自评", "2023-008",
    NULL, 73400000 },
  { "WT2023-2", 2023, "改造工程四个节点晚于原定日期",
    "招标、开工、完工和验收依次顺延，结算审定推迟到第四季度。", "制度",
    "首次招标失败后没有预留时间", "自评", NULL, "JD2023-504", 0 },
};

typedef struct
{
  const char *number, *problem, *text, *section, *owner;
  guint year, month, day;
  const char *result, *state;
  guint done; /* month × 100 + day of 2023 */
  const char *progress;
} Measure;

static const Measure measures[] = {
  { "CS2022-1", "WT2022-1", "走访登记增加照片和签收栏，按月抽查", "服务管理科",
    "黎志豪", 2023, 3, 31, "走访记录附材料的比例不低于九成", "已完成", 330,
    "登记表已启用，按月抽查" },
  { "CS2022-2", "WT2022-2", "开展信息摸查，逐人核对", "服务管理科", "黎志豪",
    2023, 9, 30, "在册人员全部核对一遍", "已完成", 927, "逐人核对完毕" },
  { "CS2023-1", "WT2023-1", "项目入库前由第三方核实工程造价", "办公室",
    "罗伟强", 2024, 3, 31, "下年工程类项目全部附造价核实意见", "整改中", 0,
    "已拟定入库清单" },
  { "CS2023-2", "WT2023-1", "验收前预估结算价，季末调整用款计划", "综合科",
    "陈婉婷", 2024, 6, 30, "季末预计执行数与实际相差不超过5%", "未开始", 0,
    NULL },
  { "CS2023-3", "WT2023-2", "招标、验收、支付逐一定日期和责任人，逐周核对",
    "办公室", "罗伟强", 2024, 2, 29, "节点按期率不低于90%", "整改中", 0,
    "节点表已随年度计划下发" },
};

static void
write_problems (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    {
      const Problem *problem = &problems[i];

      ROW (sheet, TEXT (problem->number), NUMBER (problem->year),
           TEXT (problem->title), TEXT (problem->text), TEXT (problem->cause),
           TEXT (problem->reason), TEXT (problem->source), TEXT (problem->line),
           TEXT (problem->milestone),
           problem->amount == 0 ? EMPTY : MONEY (problem->amount));
    }
}

static void
write_measures (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (measures); i++)
    {
      const Measure *measure = &measures[i];
      HxDate due
          = { (int)measure->year, (int)measure->month, (int)measure->day };

      ROW (sheet, TEXT (measure->number), TEXT (measure->problem),
           TEXT (measure->text), TEXT (measure->section), TEXT (measure->owner),
           DATE (due), TEXT (measure->result), TEXT (measure->state),
           measure->done == 0 ? EMPTY
                              : DATE (sample_day ((int)measure->done / 100,
                                                  (int)measure->done % 100)),
           TEXT (measure->progress));
    }
}

/* The rows of the default scorecard that somebody fills in. */
typedef struct
{
  const char *row, *value, *base, *checks, *step, *share, *reason, *evidence;
} Entry;

#define NOT_APPLICABLE "-"

static const Entry entries[] = {
  { "goal_reason", NULL, NULL, "全部", NULL, NULL, NULL,
    "年度绩效目标批复.pdf" },
  { "goal_clear", NULL, NULL, "全部", NULL, NULL, NULL, "绩效目标申报表.pdf" },
  { "staff_rate", "18", "18", NULL, NULL, NULL, NULL, "编制核定文件.pdf" },
  { "three_public_change", "8.60", "9.20", NULL, NULL, NULL, NULL,
    "三公经费决算表.pdf" },
  { "key_spending", "386.00", "422.23", NULL, NULL, NULL, NULL,
    "项目支出明细.xlsx" },
  { "three_public_rate", "8.60", "9.00", NULL, NULL, NULL, NULL,
    "三公经费决算表.pdf" },
  { "procurement_rate", "154.00", "163.40", NULL, NULL, NULL,
    "改造工程中标价低于采购预算", "中标通知书.pdf" },
  { "rules_sound", NULL, NULL, "全部", NULL, NULL, NULL, "财务管理制度.pdf" },
  { "use_lawful", NULL, NULL, "1、2、4、5", NULL, NULL,
    "改造工程立项前未做造价评估论证", "内部审计意见.pdf" },
  { "published", NULL, NULL, "全部", NULL, NULL, NULL, "预决算公开截图.png" },
  { "data_sound", NULL, NULL, "全部", NULL, NULL, NULL, "数据核对记录.pdf" },
  { "asset_rules", NULL, NULL, "全部", NULL, NULL, NULL, "资产管理制度.pdf" },
  { "asset_safe", NULL, NULL, "全部", NULL, NULL, NULL, "资产盘点表.xlsx" },
  { "asset_use", "486.20", "502.80", NULL, NULL, NULL,
    "旧活动中心部分设备待报废", "资产盘点表.xlsx" },
  { "economic", NOT_APPLICABLE, NULL, NULL, NULL, NULL,
    "服务类单位不设经济效益", "年度绩效目标批复.pdf" },
  { "social", NULL, NULL, NULL, "达成年度指标", "95",
    "行动不便的老同志参加活动较少", "媒体报道汇编.pdf" },
  { "ecological", NOT_APPLICABLE, NULL, NULL, NULL, NULL,
    "服务类单位不设生态效益", "年度绩效目标批复.pdf" },
};

static void
write_entries (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      const Entry *entry = &entries[i];
      gboolean applies = g_strcmp0 (entry->value, NOT_APPLICABLE) != 0;
      HxDate date = { SAMPLE_YEAR + 1, 1, 15 };

      ROW (sheet, DATE (date), NUMBER (SAMPLE_YEAR), TEXT ("mof_2013"),
           TEXT (entry->row), TEXT (applies ? "是" : "否"),
           TEXT (applies ? entry->value : NULL), TEXT (entry->base),
           TEXT (entry->checks), TEXT (entry->step), TEXT (entry->share),
           TEXT (entry->reason), TEXT ("陈婉婷"), TEXT (entry->evidence));
    }
}

const Workbook target_workbooks[] = {
  { "53绩效指标",
    "target",
    write_targets,
    { "指标编号", "年度", "重点任务", "一级指标", "二级指标", "三级指标",
      "取数指标", "指标性质", "年度指标值", "计量单位", "分值", "定性目标" } },
  { "54指标完成情况",
    "target_result",
    write_results,
    { "填报日期", "指标编号", "完成值", "完成等次", "得分比例", "完成情况",
      "偏差原因", "改进措施", "填报人", "佐证材料" } },
  { "55监控填报",
    "monitor_answer",
    write_answers,
    { "监控截止日期", "指标编号", "全年预计完成值", "全年预计完成情况",
      "制度保障", "原因说明", "完成目标可能性" } },
  { "56预警处理",
    "monitor_reply",
    write_replies,
    { "处理编号", "处理日期", "监控截止日期", "预算编号", "指标编号",
      "处理意见", "原因及措施", "责任人", "完成时限" } },
  { "57存在问题",
    "problem",
    write_problems,
    { "问题编号", "年度", "问题", "具体表现", "原因类别", "原因说明",
      "发现途径", "预算编号", "节点编号", "涉及金额" } },
  { "58改进措施",
    "measure",
    write_measures,
    { "措施编号", "问题编号", "措施内容", "责任机构", "责任人", "完成时限",
      "可衡量成果", "整改状态", "完成日期", "整改情况" } },
  { "59自评打分",
    "score_entry",
    write_entries,
    { "填报日期", "年度", "评分表", "评分项", "是否适用", "数值", "对照数值",
      "符合条目", "完成等次", "得分比例", "扣分原因", "打分人", "佐证材料" } },
  { 0 },
};
