#include "sample.h"

/* Honours, prizes, reports, questionnaires. */

typedef struct
{
  const char *honour;
  const char *level;
  const char *title;
  guint count;
  guint first; /* the first of the people or branches */
  gboolean people;
  gboolean branches;
} Award;

#define MODEL_BRANCH 58 /* 区人大机关第四党支部 */

static const Award awards[] = {
  { "最美五老", "市级", "广州市“最美五老”", 2, 210, TRUE, FALSE },
  { "示范党支部", "市级", "广州市“银映红棉—示范党支部”", 1, MODEL_BRANCH, FALSE,
    TRUE },
  { "基层党建创新优秀项目", "区级", "区“党旗红”基层党建创新优秀项目", 1, 0,
    FALSE, FALSE },
  { "最美老干部", "区级", "荔湾区“最美老干部”", 12, 220, TRUE, FALSE },
  { "最具特色离退休支部", "区级", "荔湾区“最具特色离退休支部”", 8, 30, FALSE,
    TRUE },
};

static void
write_award (Sheet *sheet, const Award *award, guint index, guint serial)
{
  g_autofree char *number = g_strdup_printf ("BZ2023-%03u", serial);
  g_autofree char *person = sample_number (award->first + index);
  g_autofree char *branch
      = sample_branch ((award->first + index) % SAMPLE_BRANCHES);
  HxDate day = sample_day (10, 16);

  ROW (sheet, TEXT (number), DATE (day), TEXT (award->honour),
       TEXT (award->level), TEXT (award->title),
       TEXT (award->people ? person : NULL),
       TEXT (award->branches ? branch : NULL));
}

static void
write_awards (const Sample *sample, Random *random, Sheet *sheet)
{
  guint serial = 0;

  (void)sample;
  (void)random;
  for (gsize i = 0; i < G_N_ELEMENTS (awards); i++)
    for (guint k = 0; k < awards[i].count; k++)
      write_award (sheet, &awards[i], k, ++serial);
}

static void
write_contests (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  ROW (sheet, TEXT ("CS2023-01"), DATE (sample_day (10, 30)), TEXT ("征文"),
       TEXT ("省级"), TEXT ("少年儿童践行社会主义核心价值观主题征文活动"),
       TEXT ("一等奖"), NUMBER (36));
  ROW (sheet, TEXT ("CS2023-02"), DATE (sample_day (9, 18)), TEXT ("科技竞赛"),
       TEXT ("市级"), TEXT ("青少年航模竞赛"), TEXT ("优秀奖"), NUMBER (24));
}

static void
write_research (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  ROW (sheet, TEXT ("DY2023-01"), DATE (sample_day (11, 20)),
       TEXT ("荔湾区建立家校社协同育人机制的探索与实践"), TEXT ("已成文"),
       TEXT ("区关工委"), NUMBER (18));
}

static void
write_questionnaires (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  ROW (sheet, TEXT ("WJ2023-01"), DATE (sample_day (4, 24)),
       TEXT ("老干部服务需求调查"), NUMBER (1200), NUMBER (1126),
       NUMBER (1084));
  ROW (sheet, TEXT ("WJ2023-02"), DATE (sample_day (11, 13)),
       TEXT ("老干部工作满意度调查"), NUMBER (1200), NUMBER (1153),
       NUMBER (1121));
}

static void
write_themes (const Sample *sample, Random *random, Sheet *sheet)
{
  static const char *const titles[]
      = { "弘扬好家教好家风", "英雄花开英雄城", "老少共筑中国梦",
          "红霞生辉添新彩 老少携手爱荔湾" };

  (void)sample;
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *number = g_strdup_printf ("ZT2023-%02u", i + 1);

      ROW (sheet, TEXT (number), DATE (sample_day (4 + 2 * (int)i, 17)),
           TEXT (titles[i]), NUMBER (random_between (random, 60, 160)));
    }
}

const Workbook office_workbooks[] = {
  { "35表彰荣誉",
    "award",
    write_awards,
    { "表彰编号", "表彰日期", "荣誉称号", "授予层级", "荣誉全称", "获奖个人",
      "获奖支部" } },
  { "36参赛获奖",
    "contest_entry",
    write_contests,
    { "参赛编号", "获奖日期", "赛事类别", "赛事层级", "赛事名称", "奖次",
      "参赛件数" } },
  { "37调研报告",
    "research_report",
    write_research,
    { "课题编号", "成文日期", "报告题目", "调研阶段", "牵头组织",
      "调研点数" } },
  { "38问卷调查",
    "questionnaire",
    write_questionnaires,
    { "问卷编号", "调查日期", "问卷主题", "发放份数", "回收份数",
      "满意份数" } },
  { "39主题活动",
    "theme_activity",
    write_themes,
    { "活动编号", "活动日期", "活动主题", "参加人次" } },
  { 0 },
};
