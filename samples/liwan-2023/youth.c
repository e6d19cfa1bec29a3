#include "sample.h"

#define SESSIONS 784
#define ELDERS 9870
#define YOUTH 63420

typedef struct
{
  const char *kind;
  const char *topic;
} Topic;

static const Topic topics[] = {
  { "党史课", "荔湾党史故事" },       { "党史课", "英雄花开英雄城" },
  { "报告会", "老少共筑中国梦" },     { "报告会", "我们的榜样" },
  { "讲座", "五老弘扬好家教好家风" }, { "讲座", "科学就在身边" },
};

static void
write_sessions (const Sample *sample, Random *random, Sheet *sheet)
{
  static const char *const places[] = { "学校", "社区", "学校", "网络" };

  for (guint block = 0; block < sample->scale; block++)
    {
      g_autofree guint *elders = random_spread (random, ELDERS, SESSIONS);
      g_autofree guint *youth = random_spread (random, YOUTH, SESSIONS);

      for (guint i = 0; i < SESSIONS; i++)
        {
          const Topic *topic = &topics[i % G_N_ELEMENTS (topics)];
          const char *place = places[i % G_N_ELEMENTS (places)];
          g_autofree char *street = sample_street (i % SAMPLE_STREETS);
          g_autofree char *title = g_strdup_printf (
              "%s（第%u场）", topic->topic, block * SESSIONS + i + 1);
          HxDate day = random_day (random, sample_day (2, 13),
                                   sample_day (12, 22), TRUE);

          g_autofree char *number
              = g_strdup_printf ("GX2023-%04u", block * SESSIONS + i + 1);

          ROW (sheet, TEXT (number), DATE (day), TEXT (topic->kind),
               TEXT (title), TEXT (street), TEXT (place),
               TEXT (i % 4 == 3 ? "线上" : "线下"), NUMBER (elders[i]),
               NUMBER (youth[i]));
        }
    }
}

const Workbook youth_workbooks[] = {
  { "31关爱下一代活动",
    "youth_session",
    write_sessions,
    { "场次编号", "活动日期", "活动类别", "活动主题", "主办机构", "开展场所",
      "开展方式", "五老人次", "青少年人次" } },
  { 0 },
};
