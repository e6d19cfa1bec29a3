#include "sample.h"

/* What the bureau wrote for its report: a passage a row.  Numbers in them are
 * figures of the catalogue, so not one of them is typed here. */

typedef struct
{
  const char *place;
  guint task; /* 0: none */
  const char *title, *text;
} Passage;

static const Passage passages[] = {
  { "部门职能", 0, NULL,
    "落实中央和省、市、区关于老干部工作的部署，研究拟订本区的具体办法。" },
  { "部门职能", 0, NULL,
    "统筹全区离休干部和副处级以上退休干部的管理，直接管理易地安置的离休干部，"
    "并就改进工作提出建议。" },
  { "部门职能", 0, NULL,
    "做好老干部的思想政治工作，组织开展有益身心健康的活动。" },
  { "部门职能", 0, NULL,
    "督促政治待遇、生活待遇和各项保障落到实处，开展家访、探视和节日慰问。" },
  { "部门职能", 0, NULL,
    "组织老干部参加各类活动，指导全区老干部活动场所做好管理和服务。" },
  { "部门职能", 0, NULL,
    "做好老干部医疗保健服务，指导有关单位办理老干部身后事宜。" },
  { "部门职能", 0, NULL, "指导区关心下一代工作委员会开展工作。" },
  { "部门职能", 0, NULL,
    "培训区属单位老干部工作者，承担信息、统计和信访工作。" },
  { "部门职能", 0, NULL,
    "承办区委、区政府和上级老干部工作部门交办的其他事项。" },
  { "绩效目标", 0, NULL,
    "围绕全区中心工作，用心用情做好老干部服务，落实离退休干部政治待遇和生活"
    "待遇；丰富学习内容，建强离退休干部党组织，办好家门口的老年教育；支持老"
    "同志在关心下一代和社区治理中发挥作用。" },
  { "自评结论", 0, NULL,
    "{{year}}年，老年教育沿用“1+22+N”办学布局，全区{{campuses}}个分教点实现"
    "教学阵地、专题党课、退休党员{{full_coverages | 汉字}}个全覆盖。离退休干部"
    "党建嵌入各级党群服务阵地，建成{{stations}}个红霞先锋驿站，组建"
    "{{volunteer_teams}}支行业志愿服务队，{{model_branch_city}}个支部获评市级"
    "示范党支部。为{{ceremony_retirees | 多 10}}名新退休干部举行荣退仪式并集体"
    "谈话，分{{checkup_batches}}批次组织{{checkup_people}}人健康体检。" },
  { "任务举措", 1, "健全组织",
    "落实“双主任”制，调整充实关工委班子，明确成员和“五老”队伍的进出办法。" },
  { "任务举措", 1, "送教进校",
    "讲师团、报告团、关爱团走进校园、社区和网络，线上线下举办党史课、报告会和"
    "讲座{{youth_sessions | 余 10}}场次，“五老”参与"
    "{{elder_participations | 近 1万}}人次，受教育青少年"
    "{{youth_reached | 多 1万}}人次。" },
  { "任务举措", 1, "选树典型",
    "{{city_best_elders}}名老同志获评市级“最美五老”。" },
  { "任务举措", 1, "深入调研",
    "走访学校、企业、街道和社区，形成家校社协同育人调研报告"
    "{{research_reports}}篇。" },
  { "任务举措", 1, "拓展实践",
    "开展科普研学、航模进校园等活动，组织青少年参加省市征文，获省级征文一等奖"
    "{{essay_prizes}}项。" },
  { "任务举措", 2, "教学阵地全覆盖",
    "与市级老年大学合作办学，开设分教点{{campuses}}个，其中街道"
    "{{campuses_street}}个、区人社局活动中心{{campuses_centre}}个、养老机构"
    "{{campuses_nursing}}个，各分教点校长由热心教学的退休干部担任。" },
  { "任务举措", 2, "专题党课全覆盖",
    "先培训、后授课，{{campus_heads_lecturing}}名分教点校长深入社区讲授主题教育"
    "专题党课。" },
  { "任务举措", 2, "退休党员全覆盖",
    "每堂课前安排思政学习{{ideology_minutes}}分钟，既有全区统一课程，也有街道"
    "特色课程；对行动不便的老党员，由辅导员送学上门。截至"
    "{{day_of.campus_attendances}}，各分教点累计参加学习"
    "{{campus_attendances | 超 0.1万}}人次。" },
  { "任务举措", 3, "建好阵地",
    "全区现有离退休干部党支部{{branches}}个，其中{{model_branch_city}}"
    "个获评市级"
    "示范党支部。依托党群服务阵地挂牌{{stations}}个红霞先锋驿站，方便老同志就近"
    "学习、服务社区；嵌入式党建做法获评区级基层党建创新优秀项目"
    "{{innovation_awards}}项；评选“最美老干部”{{best_cadres}}名、“最具特色"
    "离退休支部”{{best_branches}}个。" },
  { "任务举措", 3, "抓好学习",
    "举办老干部大学堂{{grand_lectures}}期、局级领导干部政情通报会{{briefings}}"
    "场、"
    "区情视察{{inspections}}次、处级退休干部学习会{{study_meetings}}"
    "场；召开离退休"
    "党建工作会议{{party_work_meetings}}次，举办支部书记和老干部工作者培训班"
    "{{training_classes}}期。" },
  { "任务举措", 3, "办好活动",
    "开展主题党日、政治生日、阅读分享、结对帮学等党组织活动"
    "{{party_activities | 余 10}}次，参与"
    "{{party_activity_attendances | 余 1000}}人次。" },
  { "任务举措", 3, "严明纪律",
    "指导各单位做好出国（境）、婚丧喜庆和其他重大事项报备，加强老干部微信群管理"
    "，"
    "结合荣退仪式开展集体谈话和廉政教育。" },
  { "任务举措", 4, "摸清底数",
    "完成{{registry_people | 约 "
    "0.1万}}名离退休干部的信息摸查和数据治理，开展问卷"
    "调查{{questionnaires}}次，了解老同志所思所盼。" },
  { "任务举措", 4, "深化关爱",
    "完善联络员制度，通过微服务、微时讯、微关怀联系老干部"
    "{{cared_people | 多 100}}名；走访慰问{{visits | 多 10}}人次，为"
    "{{birthday_greetings | 多 10}}名逢整岁生日的老干部送上祝福；特困帮扶"
    "{{aid_cases}}人次，发放帮扶资金{{aid_amount | 万元 0}}万元。" },
  { "任务举措", 4, "守护健康",
    "分{{checkup_batches}}批次组织{{checkup_people}}人体检，协助"
    "{{hospital_assists | 余 10}}名老同志住院治疗，举办健康知识讲座暨义诊"
    "{{health_talks}}次，协调家庭医生、家庭病床和疫苗接种服务。" },
  { "任务举措", 4, "因人施策",
    "为离休干部逐人建立服务台账，及时解决急难愁盼问题，组织大学生志愿者陪伴老同"
    "志、"
    "聆听红色故事。" },
  { "任务举措", 5, "抓前期",
    "完成立项批复、预算下达和施工招标；首次招标有效投标人不足，重新公告后签订"
    "合同。" },
  { "任务举措", 5, "抓进度",
    "开工后遇汛期停工和消防管线变更，增加班组、限时会签设计变更，尾款支付和新场"
    "地"
    "启用按原定日期完成。" },
  { "任务举措", 5, "抓结算",
    "造价审核提前介入，尾款按审定的结算价支付，未使用的指标年末由财政收回。" },
  { "工作成效", 0, NULL,
    "老年教育覆盖全部{{campuses_street}}"
    "条街道，离退休干部党建融入基层阵地，关心"
    "下一代和志愿服务有了稳定队伍，走访、帮扶、体检和就医协助均有台账可查。" },
};

static void
write_passages (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (passages); i++)
    {
      const Passage *passage = &passages[i];
      g_autofree char *number = g_strdup_printf ("WZ2023-%02u", (guint)i + 1);
      g_autofree char *task = g_strdup_printf ("RW2023-%u", passage->task);

      ROW (sheet, TEXT (number), NUMBER (SAMPLE_YEAR), TEXT (passage->place),
           TEXT (passage->task == 0 ? NULL : task), NUMBER ((gint64)i + 1),
           TEXT (passage->title), TEXT (passage->text));
    }
}

/* What the review finds and the bureau lets stand, and why. */
static const struct
{
  const char *check, *place, *reason;
} answers[] = {
  { "V15", "指标 分教点参加学习人次",
    "分教点年度教学统计以11月30日为截止日，十二月的课次计入下年统计" },
  { "V22", "绩效指标 ZB2023-12",
    "本年绩效目标批复按受教育人次考核，下年申报时改用满意度" },
  { "V22", "绩效指标 ZB2023-13",
    "信息摸查为当年专项工作，本年绩效目标批复按核实人数考核" },
};

static void
write_answers (const Sample *sample, Random *random, Sheet *sheet)
{
  const HxDate date = { SAMPLE_YEAR + 1, 1, 20 };

  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    ROW (sheet, DATE (date), NUMBER (SAMPLE_YEAR), TEXT (answers[i].check),
         TEXT (answers[i].place), TEXT (answers[i].reason), TEXT ("陈婉婷"));
}

const Workbook text_workbooks[] = {
  { "60报告文字",
    "report_text",
    write_passages,
    { "文字编号", "年度", "所在部分", "重点任务", "顺序", "小标题", "文字" } },
  { "61核查答复",
    "review_answer",
    write_answers,
    { "答复日期", "年度", "核查项", "位置", "理由", "答复人" } },
  { 0 },
};
