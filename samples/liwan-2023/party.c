#include "sample.h"

#define ACTIVITIES 34
#define ACTIVITY_ATTENDANCES 6240

static const char *const activity_kinds[] = { "主题党日", "主题党课",
                                              "政治生日", "阅读分享",
                                              "送学上门", "结对帮学" };

static void
write_activities (const Sample *sample, Random *random, Sheet *sheet)
{
  for (guint block = 0; block < sample->scale; block++)
    {
      g_autofree guint *heads
          = random_spread (random, ACTIVITY_ATTENDANCES, ACTIVITIES);

      for (guint i = 0; i < ACTIVITIES; i++)
        {
          const char *kind = activity_kinds[i % G_N_ELEMENTS (activity_kinds)];
          g_autofree char *branch
              = sample_branch ((block * ACTIVITIES + i * 2) % SAMPLE_BRANCHES);
          g_autofree char *topic
              = g_strdup_printf ("红霞生辉学思想，银彩康泰乐晚晴（第%u次）",
                                 block * ACTIVITIES + i + 1);
          HxDate day = random_day (random, sample_day (2, 6),
                                   sample_day (12, 22), TRUE);

          g_autofree char *number
              = g_strdup_printf ("HD2023-%03u", block * ACTIVITIES + i + 1);

          ROW (sheet, TEXT (number), DATE (day), TEXT (kind), TEXT (topic),
               TEXT (branch), NUMBER (heads[i]));
        }
    }
}

/* A meeting of the year: when, on what, how many came. */
typedef struct
{
  HxDate day;
  const char *topic;
  guint heads;
} Meeting;

#define DAY(month, day)                                                        \
  {                                                                            \
    SAMPLE_YEAR, month, day                                                    \
  }

static const Meeting lectures[] = {
  { DAY (4, 20), "党的二十大精神学习辅导", 168 },
  { DAY (5, 25), "习近平新时代中国特色社会主义思想专题辅导", 175 },
  { DAY (6, 29), "粤港澳大湾区建设与荔湾发展", 158 },
  { DAY (9, 21), "国家安全与国际形势", 182 },
  { DAY (11, 16), "中华优秀传统文化与广府文脉", 163 },
};

static const Meeting briefings[] = {
  { DAY (1, 12), "全区经济社会发展情况通报", 42 },
  { DAY (7, 27), "上半年经济社会发展情况通报", 45 },
};

static const Meeting inspections[] = {
  { DAY (10, 19), "永庆坊历史文化街区改造和白鹅潭商务区建设", 38 },
};

static const Meeting party_meetings[] = {
  { DAY (3, 9), "全区离退休干部党建工作会议", 96 },
  { DAY (8, 24), "全区离退休干部党建工作推进会", 92 },
};

/* `middle` stands between the date and the topic; NULL: no such column. */
static void
write_meetings (Sheet *sheet, const char *prefix, const Meeting *meetings,
                gsize count, const char *middle)
{
  for (gsize i = 0; i < count; i++)
    {
      const Meeting *meeting = &meetings[i];
      g_autofree char *number
          = g_strdup_printf ("%s2023-%02u", prefix, (guint)i + 1);

      if (middle == NULL)
        ROW (sheet, TEXT (number), DATE (meeting->day), TEXT (meeting->topic),
             NUMBER (meeting->heads));
      else
        ROW (sheet, TEXT (number), DATE (meeting->day), TEXT (middle),
             TEXT (meeting->topic), NUMBER (meeting->heads));
    }
}

static void
write_grand_lectures (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  write_meetings (sheet, "DX", lectures, G_N_ELEMENTS (lectures), NULL);
}

static void
write_briefings (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  write_meetings (sheet, "TB", briefings, G_N_ELEMENTS (briefings), "局级");
}

static void
write_inspections (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  write_meetings (sheet, "SC", inspections, G_N_ELEMENTS (inspections), "局级");
}

static void
write_party_meetings (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  write_meetings (sheet, "DJ", party_meetings, G_N_ELEMENTS (party_meetings),
                  NULL);
}

static void
write_studies (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  for (guint i = 0; i < 14; i++)
    {
      g_autofree char *number = g_strdup_printf ("XX2023-%02u", i + 1);
      g_autofree char *topic
          = g_strdup_printf ("主题教育学习会（第%u场）", i + 1);
      HxDate day = sample_days_after (sample_day (5, 10), (int)i * 14);

      ROW (sheet, TEXT (number), DATE (day), TEXT ("处级"), TEXT (topic),
           NUMBER (random_between (random, 35, 70)));
    }
}

static void
write_trainings (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  ROW (sheet, TEXT ("PX2023-01"), DATE (sample_day (6, 14)), TEXT ("支部书记"),
       TEXT ("离退休干部党支部书记培训班"), NUMBER (72));
  ROW (sheet, TEXT ("PX2023-02"), DATE (sample_day (10, 25)),
       TEXT ("老干部工作者"), TEXT ("老干部工作者培训班"), NUMBER (88));
}

static void
write_ceremonies (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  ROW (sheet, TEXT ("RT2023-01"), DATE (sample_day (9, 27)),
       TEXT ("“迈入退休门”荣退仪式和集体谈话"), TEXT ("是"));
}

static void
write_retirees (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  for (guint i = 0; i < SAMPLE_RETIREES; i++)
    {
      g_autofree char *number = sample_number (SAMPLE_MANAGED - 1 - i);

      ROW (sheet, TEXT (number), TEXT ("RT2023-01"), DATE (sample_day (9, 27)),
           TEXT ("是"), TEXT ("是"));
    }
}

/* The steps that no other book shows; a street takes them for its own, and not
 * each for everybody. */
typedef struct
{
  const char *name;
  gboolean by_streets;
  int after;   /* days, at the least */
  guint share; /* of ten */
} Step;

static const Step steps[] = {
  { "专题谈话", TRUE, 5, 9 },    { "荣退仪式", TRUE, 20, 7 },
  { "服务交接", FALSE, 10, 10 }, { "推荐社团", FALSE, 30, 8 },
  { "健康体检", FALSE, 25, 6 },  { "集中培训", FALSE, 50, 7 },
  { "纪律教育", FALSE, 15, 9 },
};

static void
write_steps (const Sample *sample, Random *random, Sheet *sheet)
{
  for (guint i = 0; i < sample->people_count * G_N_ELEMENTS (steps); i++)
    {
      const guint index = i / (guint)G_N_ELEMENTS (steps);
      const Person *person = &sample->people[index];
      const Step *step = &steps[i % G_N_ELEMENTS (steps)];

      if (person->joined.year == 0
          || (step->by_streets && sample_retires (index % SAMPLE_PEOPLE))
          || random_below (random, 10) >= step->share)
        continue;
      g_autofree char *number = sample_number (index);
      g_autofree char *helper = sample_name (random, 2);
      const int days = step->after + (int)random_below (random, 30);
      const HxDate day = sample_days_after (person->joined, days);

      ROW (sheet, TEXT (number), TEXT (step->name), DATE (day), TEXT (helper));
    }
}

const Workbook party_workbooks[] = {
  { "25党组织活动",
    "party_activity",
    write_activities,
    { "活动编号", "活动日期", "活动类别", "活动主题", "支部", "参加人次" } },
  { "26老干部大学堂",
    "grand_lecture",
    write_grand_lectures,
    { "期次", "举办日期", "讲座主题", "参加人次" } },
  { "27政情通报会",
    "briefing",
    write_briefings,
    { "活动编号", "举办日期", "对象级别", "主题", "参加人次" } },
  { "28区情视察",
    "inspection_tour",
    write_inspections,
    { "活动编号", "举办日期", "对象级别", "主题", "参加人次" } },
  { "29主题教育学习会",
    "study_meeting",
    write_studies,
    { "活动编号", "举办日期", "对象级别", "主题", "参加人次" } },
  { "30离退休党建工作会议",
    "party_work_meeting",
    write_party_meetings,
    { "会议编号", "会议日期", "会议名称", "参加人次" } },
  { "32培训班",
    "training_class",
    write_trainings,
    { "培训编号", "开班日期", "培训对象", "培训班名称", "参加人次" } },
  { "33荣退仪式",
    "retirement_ceremony",
    write_ceremonies,
    { "仪式编号", "举办日期", "仪式名称", "集体谈话" } },
  { "34荣退人员",
    "ceremony_retiree",
    write_retirees,
    { CADRE, "仪式编号", "举办日期", "颁发证书", "参加集体谈话" } },
  { "34荣退步骤",
    "retirement_step",
    write_steps,
    { CADRE, "步骤", "办理日期", "经办人" } },
  { 0 },
};
