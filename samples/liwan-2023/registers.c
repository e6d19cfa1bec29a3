#include "sample.h"

#define DISTRICT "荔湾区"
#define PLACE_DATE                                                             \
  {                                                                            \
    2023, 2, 13                                                                \
  }

static const char *const sections[]
    = { "办公室", "综合科", "服务管理科", "教育活动科", "关工委办公室" };

static void
write_units (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  ROW (sheet, TEXT ("LW"), TEXT (DISTRICT), TEXT ("区"), EMPTY);
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autofree char *code = g_strdup_printf ("LW-K%02u", i + 1);

      ROW (sheet, TEXT (code), TEXT (sections[i]), TEXT ("科室"),
           TEXT (DISTRICT));
    }
  for (guint i = 0; i < SAMPLE_STREETS; i++)
    {
      g_autofree char *code = g_strdup_printf ("LW-J%02u", i + 1);
      g_autofree char *street = sample_street (i);

      ROW (sheet, TEXT (code), TEXT (street), TEXT ("街道"), TEXT (DISTRICT));
    }
  for (guint i = 0; i < SAMPLE_COMMUNITIES; i++)
    {
      g_autofree char *code = g_strdup_printf ("LW-S%02u", i + 1);
      g_autofree char *community = sample_community (i);
      g_autofree char *street = sample_street (i / 2);

      ROW (sheet, TEXT (code), TEXT (community), TEXT ("社区"), TEXT (street));
    }
}

static char *
street_or_district (guint index)
{
  return index < SAMPLE_STREETS ? sample_street (index) : g_strdup (DISTRICT);
}

static void
write_hospitals (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  for (guint i = 0; i < SAMPLE_HOSPITALS; i++)
    {
      g_autofree char *code = g_strdup_printf ("YY%02u", i + 1);
      g_autofree char *contact = sample_name (random, 2);

      ROW (sheet, TEXT (code), TEXT (sample_hospital (i)),
           TEXT (i == 3 ? "三级甲等" : "二级"), TEXT (contact), TEXT ("是"));
    }
}

static void
write_doctors (const Sample *sample, Random *random, Sheet *sheet)
{
  static const char *const departments[] = { "全科", "中医科", "心血管内科" };

  (void)sample;
  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *code = g_strdup_printf ("YS%03u", i + 1);
      g_autofree char *name = sample_name (random, 1 + i % 2);

      ROW (sheet, TEXT (code), TEXT (name),
           TEXT (sample_hospital (i % SAMPLE_HOSPITALS)),
           TEXT (departments[i % 3]),
           TEXT (i % 4 == 0 ? "主任医师" : "主治医师"));
    }
}

static void
write_teams (const Sample *sample, Random *random, Sheet *sheet)
{
  static const char *const trades[] = { "教育", "卫生健康", "政法", "文化" };

  (void)sample;
  for (guint i = 0; i < G_N_ELEMENTS (trades); i++)
    {
      g_autofree char *code = g_strdup_printf ("ZY%02u", i + 1);
      g_autofree char *name
          = g_strconcat (trades[i], "行业红霞先锋志愿服务队", NULL);
      g_autofree char *leader = sample_name (random, 1);

      ROW (sheet, TEXT (code), TEXT (name), TEXT ("行业"), TEXT (trades[i]),
           TEXT (DISTRICT), TEXT (leader),
           NUMBER (random_between (random, 18, 36)), TEXT ("公益时间"),
           DATE (sample_day (5, 18)));
    }
}

static void
write_branches (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  for (guint i = 0; i < SAMPLE_BRANCHES; i++)
    {
      g_autofree char *code = g_strdup_printf ("ZB%03u", i + 1);
      g_autofree char *name = sample_branch (i);
      g_autofree char *unit = street_or_district (i);
      g_autofree char *secretary
          = sample_name (random, random_between (random, 1, 2));

      ROW (sheet, TEXT (code), TEXT (name),
           TEXT (i < SAMPLE_STREETS ? "社区离退休支部" : "机关离退休支部"),
           TEXT (unit), TEXT (secretary),
           NUMBER (random_between (random, 30, 220)),
           DATE (((HxDate){ (gint16)(2023 + i % 3), (gint8)(1 + i * 5 % 12),
                            20 })),
           DATE (((HxDate){ (gint16)(2010 + i % 12), 6, 20 })));
    }
}

static void
write_points (const Sample *sample, Random *random, Sheet *sheet)
{
  for (guint i = 0; i < SAMPLE_POINTS; i++)
    {
      g_autofree char *code = g_strdup_printf ("FJ%02u", i + 1);
      g_autofree char *name = sample_point (i);
      g_autofree char *unit = street_or_district (i);
      g_autofree char *head = sample_number (sample_head (i));
      const char *kind = i < SAMPLE_STREETS       ? "街道"
                         : i < SAMPLE_STREETS + 2 ? "活动中心"
                                                  : "养老机构";

      (void)sample;
      ROW (sheet, TEXT (code), TEXT (name), TEXT (kind), TEXT (unit),
           TEXT (head), NUMBER (10 * random_between (random, 4, 12)),
           DATE (((HxDate)PLACE_DATE)));
    }
}

static void
write_stations (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  for (guint i = 0; i < SAMPLE_STATIONS; i++)
    {
      g_autofree char *code = g_strdup_printf ("YZ%02u", i + 1);
      g_autofree char *name = sample_station (i);
      g_autofree char *unit = street_or_district (i);
      HxDate day
          = random_day (random, sample_day (3, 6), sample_day (9, 28), TRUE);

      ROW (sheet, TEXT (code), TEXT (name),
           TEXT (i < SAMPLE_STREETS ? "街道阵地" : "区级阵地"), TEXT (unit),
           TEXT ("党群服务中心"), DATE (day));
    }
}

static void
write_staff (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  for (guint i = 0; i < SAMPLE_STREETS + 14; i++)
    {
      guint sex = random_between (random, 1, 2);
      gboolean liaison = i < SAMPLE_STREETS;
      g_autofree char *code = g_strdup_printf ("GZ%03u", i + 1);
      g_autofree char *name = sample_name (random, sex);
      g_autofree char *street = sample_street (i);
      g_autofree char *phone = sample_phone (random);

      ROW (sheet, TEXT (code), TEXT (name), TEXT (sex == 1 ? "男" : "女"),
           TEXT (liaison ? street : sections[i % G_N_ELEMENTS (sections)]),
           TEXT (liaison ? "联络员" : "公务员"), TEXT (phone),
           DATE (((HxDate){ (gint16)(2012 + i % 10), 7, 1 })));
    }
}

static void
write_venues (const Sample *sample, Random *random, Sheet *sheet)
{
  static const char *const venues[][2]
      = { { "礼堂", "礼堂" },           { "第一课室", "课室" },
          { "第二课室", "课室" },       { "阅览室", "阅览室" },
          { "棋牌室", "棋牌室" },       { "舞蹈室", "文体活动室" },
          { "名中医保健室", "保健室" }, { "老友记茶室", "心理驿站" } };

  (void)sample;
  for (guint i = 0; i < G_N_ELEMENTS (venues); i++)
    {
      g_autofree char *code = g_strdup_printf ("CD%02u", i + 1);

      ROW (sheet, TEXT (code), TEXT (venues[i][0]), TEXT (venues[i][1]),
           TEXT (DISTRICT), NUMBER (random_between (random, 20, 200)));
    }
}

static void
write_courses (const Sample *sample, Random *random, Sheet *sheet)
{
  static const char *const kinds[]
      = { "思想政治", "健康养生", "文化艺术", "历史" };

  (void)sample;
  (void)random;
  for (guint i = 0; i < SAMPLE_COURSES; i++)
    {
      g_autofree char *code = g_strdup_printf ("KC%02u", i + 1);

      ROW (sheet, TEXT (code), TEXT (sample_course (i)), TEXT (kinds[i]),
           NUMBER (40));
    }
}

static void
write_posts (const Sample *sample, Random *random, Sheet *sheet)
{
  static const char *const posts[][3]
      = { { "领导班子", "主任", "区委常委、组织部部长" },
          { "领导班子", "主任", "副区长" },
          { "领导班子", "常务副主任", "" },
          { "领导班子", "秘书长", "" },
          { "讲师团", "团长", "" },
          { "报告团", "团长", "" },
          { "关爱团", "团长", "" } };

  (void)sample;
  for (guint i = 0; i < 60; i++)
    {
      const char *const *post = posts[i < G_N_ELEMENTS (posts) ? i : 4 + i % 3];
      g_autofree char *name = sample_name (random, 1 + i % 2);
      const HxDate day = sample_day (3, 1 + (int)i % 28);
      const gboolean left = i % 9 == 8;

      ROW (sheet, TEXT (post[0]),
           TEXT (i < G_N_ELEMENTS (posts) ? post[1] : "成员"), TEXT (name),
           TEXT (post[2]),
           DATE (left ? sample_days_after (day, -365 * (int)(1 + i % 4)) : day),
           left ? DATE (sample_day (3, 15 + (int)i % 14)) : EMPTY);
    }
}

static void
write_policies (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  ROW (sheet, TEXT ("荔老〔2023〕3号"),
       TEXT ("离退休干部党建工作行动计划任务分工"), TEXT ("区"),
       DATE (sample_day (3, 15)));
  ROW (sheet, TEXT ("荔老〔2023〕8号"), TEXT ("老年大学分教点管理办法"),
       TEXT ("区"), DATE (sample_day (4, 26)));
  ROW (sheet, TEXT ("荔老〔2023〕11号"), TEXT ("特困离退休干部帮扶办法"),
       TEXT ("区"), DATE (sample_day (5, 30)));
}

const Workbook place_workbooks[] = {
  { "01机构",
    "unit",
    write_units,
    { "机构编号", "机构名称", "机构类别", "上级机构" } },
  { "02医院",
    "hospital",
    write_hospitals,
    { "医院编号", "医院名称", "医院等级", "对接人", "绿色通道" } },
  { "03医生",
    "doctor",
    write_doctors,
    { "医生编号", "医生姓名", "所在医院", "专科", "职称" } },
  { "04志愿服务队",
    "volunteer_team",
    write_teams,
    { "队伍编号", "队伍名称", "队伍类别", "行业", "所属机构", "队长",
      "队员人数", "依托平台", "成立日期" } },
  { "05离退休干部党支部",
    "branch",
    write_branches,
    { "支部编号", "支部名称", "支部类别", "所属机构", "支部书记", "党员人数",
      "届满日期", "成立日期" } },
  { 0 },
};

const Workbook register_workbooks[] = {
  { "07分教点",
    "teaching_point",
    write_points,
    { "分教点编号", "分教点名称", "分教点类别", "所属机构", "校长", "座位数",
      "开设日期" } },
  { "08红霞先锋驿站",
    "station",
    write_stations,
    { "驿站编号", "驿站名称", "驿站类别", "所属机构", "依托阵地",
      "挂牌日期" } },
  { "09工作人员",
    "staff",
    write_staff,
    { "工号", "姓名", "性别", "所属机构", "人员身份", "手机", "到岗日期" } },
  { "10活动场地",
    "venue",
    write_venues,
    { "场地编号", "场地名称", "场地类别", "管理机构", "容纳人数" } },
  { "11课程",
    "course",
    write_courses,
    { "课程编号", "课程名称", "课程类别", "课时数" } },
  { "12关工委任职",
    "committee_post",
    write_posts,
    { "组织", "关工委职务", "姓名", "现任党政职务", "任职日期", "退出日期" } },
  { "13政策文件",
    "policy",
    write_policies,
    { "文号", "文件名称", "发文层级", "施行日期" } },
  { 0 },
};
