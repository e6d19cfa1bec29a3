#include "sample.h"

/* What the bureau meant to do in the year: goals, key tasks and their stages.
 * The works at the activity centre in 逢源路 begin late, are planned anew twice
 * and are brought back: the last payment and the opening keep their first
 * dates. */

typedef struct
{
  const char *number, *name, *text;
} Goal;

static const Goal goals[] = {
  { "MB2023-1", "政治待遇和生活待遇落实到位",
    "保障离退休干部的政治待遇和生活待遇，建强离退休干部党组织。" },
  { "MB2023-2", "家门口的老年教育提质扩面",
    "教学阵地、专题党课、退休党员三个全覆盖，改造活动阵地。" },
  { "MB2023-3", "老同志在关心下一代和社区治理中发挥作用",
    "送教进校，形成调研成果。" },
};

typedef struct
{
  const char *number, *goal, *name, *budget, *section, *owner;
  guint weight;
} Task;

static const Task tasks[] = {
  { "RW2023-1", "MB2023-3", "关心下一代，助力青少年健康成长", "关心下一代",
    "关工委办公室", "何敏仪", 20 },
  { "RW2023-2", "MB2023-2", "以党建带动老年教育扩面提质", "老年教育",
    "教育活动科", "梁国栋", 20 },
  { "RW2023-3", "MB2023-1", "推动离退休干部党的建设走深走实", "离退休干部党建",
    "综合科", "陈婉婷", 20 },
  { "RW2023-4", "MB2023-1", "做细服务保障，增强老干部的获得感", "精准服务",
    "服务管理科", "黎志豪", 25 },
  { "RW2023-5", "MB2023-2", "逢源路老干部活动中心新场地改造", "活动阵地",
    "办公室", "罗伟强", 15 },
};

typedef struct
{
  const char *number;
  guint task;
  const char *name;
  guint due, done; /* month × 100 + day */
  guint weight;
  const char *result;
} Milestone;

static const Milestone milestones[] = {
  { "JD2023-101", 0, "印发关心下一代年度工作方案", 315, 310, 1, "已印发" },
  { "JD2023-102", 0, "调整充实关工委班子和讲师团", 430, 426, 1, "调整完毕" },
  { "JD2023-103", 0, "上半年宣讲和讲座过半", 630, 628, 2, "场次过半" },
  { "JD2023-104", 0, "家校社协同育人调研报告成文", 1130, 1120, 2, "报告成文" },
  { "JD2023-201", 1, "印发分教点年度教学方案", 228, 227, 1, "已印发" },
  { "JD2023-202", 1, "各分教点全部开班", 331, 410, 2, "全部开班" },
  { "JD2023-203", 1, "分教点校长专题党课全部讲完", 930, 925, 2, "全部讲完" },
  { "JD2023-204", 1, "退休党员学习覆盖核对", 1130, 1130, 1, "核对完毕" },
  { "JD2023-301", 2, "举办支部书记培训班", 531, 526, 1, "如期举办" },
  { "JD2023-302", 2, "红霞先锋驿站全部挂牌", 630, 629, 2, "全部挂牌" },
  { "JD2023-303", 2, "评选最美老干部和最具特色支部", 1031, 1016, 1,
    "评选结果公布" },
  { "JD2023-304", 2, "支部组织生活检查", 1215, 1214, 1, "检查完毕" },
  { "JD2023-401", 3, "信息摸查启动和培训", 331, 320, 1, "完成培训" },
  { "JD2023-402", 3, "信息摸查完成", 930, 927, 2, "逐人核对完毕" },
  { "JD2023-403", 3, "重阳走访慰问", 1023, 1020, 1, "走访完毕" },
  { "JD2023-404", 3, "年度健康体检全部批次完成", 1115, 1110, 2, "全部完成" },
  { "JD2023-501", 4, "立项批复和预算下达", 228, 224, 1, "批复下达" },
  { "JD2023-502", 4, "施工招标并签订合同", 331, 425, 1, "合同签订" },
  { "JD2023-503", 4, "进场开工", 415, 508, 1, "开工令签发" },
  { "JD2023-504", 4, "主体改造完工", 831, 1012, 2, "完工报验" },
  { "JD2023-505", 4, "竣工验收和结算审定", 930, 1120, 2, "审定结算价" },
  { "JD2023-506", 4, "尾款支付", 1130, 1128, 1, "尾款付清" },
  { "JD2023-507", 4, "新场地启用", 1215, 1212, 1, "投入使用" },
};

typedef struct
{
  const char *milestone;
  guint day, planned;
  const char *reason;
} Replan;

static const Replan replans[] = {
  { "JD2023-502", 327, 425, "首次招标有效投标人不足，重新公告" },
  { "JD2023-503", 327, 508, "随招标顺延" },
  { "JD2023-504", 822, 930, "开工晚于原定日期，汛期停工" },
  { "JD2023-504", 922, 1015, "消防管线位置与图纸不符，变更设计" },
  { "JD2023-505", 922, 1115, "随主体完工顺延" },
};

typedef struct
{
  const char *milestone;
  guint day;
  const char *cause, *reason, *measure, *owner;
  guint due, done;
  const char *forecast;
} Lag;

static const Lag lags[] = {
  { "JD2023-202", 401, "人员", "三个分教点的校长和教师未到位",
    "由邻近分教点教师兼课，四月上旬补齐", "梁国栋", 410, 410, "确定能" },
  { "JD2023-502", 403, "制度", "首次招标有效投标人不足三家，须重新公告",
    "四月内完成第二次招标，同步审查合同文本", "罗伟强", 425, 425, "确定能" },
  { "JD2023-503", 417, "制度", "合同晚签，开工随之推迟",
    "合同签订后两周内进场，压缩准备期", "罗伟强", 510, 508, "确定能" },
  { "JD2023-504", 904, "硬件", "汛期停工，消防管线与图纸不符",
    "夜间和周末增加班组，变更设计会签限三天", "罗伟强", 1015, 1012, "有可能" },
  { "JD2023-505", 1008, "其他", "主体完工推迟，结算资料送审随之推迟",
    "资料随工送审，造价审核提前介入，把尾款支付拉回原定日期", "罗伟强", 1120,
    1120, "有可能" },
};

static HxDate
day (guint month_day)
{
  return sample_day ((int)(month_day / 100), (int)(month_day % 100));
}

static void
write_goals (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (goals); i++)
    ROW (sheet, TEXT (goals[i].number), NUMBER (SAMPLE_YEAR),
         TEXT (goals[i].name), TEXT (goals[i].text));
}

static void
write_tasks (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (tasks); i++)
    ROW (sheet, TEXT (tasks[i].number), NUMBER (SAMPLE_YEAR),
         TEXT (tasks[i].goal), TEXT (tasks[i].name), TEXT (tasks[i].budget),
         TEXT (tasks[i].section), TEXT (tasks[i].owner),
         NUMBER (tasks[i].weight));
}

static void
write_milestones (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (milestones); i++)
    {
      const Milestone *stage = &milestones[i];
      const Task *task = &tasks[stage->task];

      ROW (sheet, TEXT (stage->number), TEXT (task->number), TEXT (stage->name),
           TEXT (task->section), TEXT (task->owner), DATE (day (stage->due)),
           DATE (day (stage->done)), NUMBER (stage->weight),
           TEXT (stage->result));
    }
}

static void
write_replans (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (replans); i++)
    ROW (sheet, DATE (day (replans[i].day)), TEXT (replans[i].milestone),
         DATE (day (replans[i].planned)), TEXT (replans[i].reason),
         TEXT ("局长办公会"));
}

static void
write_lags (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (lags); i++)
    {
      const Lag *lag = &lags[i];

      ROW (sheet, DATE (day (lag->day)), TEXT (lag->milestone),
           TEXT (lag->cause), TEXT (lag->reason), TEXT (lag->measure),
           TEXT (lag->owner), DATE (day (lag->due)), DATE (day (lag->done)),
           TEXT (lag->forecast));
    }
}

const Workbook plan_workbooks[] = {
  { "42年度目标",
    "plan_goal",
    write_goals,
    { "目标编号", "年度", "目标名称", "目标内容" } },
  { "43重点任务",
    "plan_task",
    write_tasks,
    { "任务编号", "年度", "年度目标", "任务名称", "预算任务", "负责机构",
      "责任人", "权重" } },
  { "44阶段节点",
    "milestone",
    write_milestones,
    { "节点编号", "重点任务", "节点名称", "负责机构", "责任人", "原定完成日期",
      "实际完成日期", "权重", "完成情况" } },
  { "45节点调整",
    "milestone_replan",
    write_replans,
    { "调整日期", "节点编号", "调整后完成日期", "调整原因", "批准人" } },
  { "46滞后说明",
    "milestone_lag",
    write_lags,
    { "说明日期", "节点编号", "滞后原因", "原因说明", "纠正措施", "责任人",
      "完成时限", "措施完成日期", "完成可能性" } },
  { 0 },
};
