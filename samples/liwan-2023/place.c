#include "sample.h"

static const char *const streets[SAMPLE_STREETS]
    = { "沙面",   "岭南", "华林", "多宝", "昌华", "逢源",   "龙津", "金花",
        "彩虹",   "南源", "西村", "站前", "桥中", "白鹤洞", "冲口", "花地",
        "石围塘", "茶滘", "东漖", "海龙", "东沙", "中南" };

static const char *const departments[]
    = { "区人大机关", "区政府机关", "区政协机关",   "区委办",
        "区教育局",   "区卫健局",   "区民政局",     "区财政局",
        "区城管局",   "区住建局",   "区文广旅体局", "区市场监管局" };

char *
sample_street (guint index)
{
  return g_strconcat (streets[index % SAMPLE_STREETS], "街道", NULL);
}

char *
sample_community (guint index)
{
  static const char *const parts[] = { "东", "西" };

  return g_strconcat (streets[index / 2 % SAMPLE_STREETS], parts[index % 2],
                      "社区", NULL);
}

char *
sample_branch (guint index)
{
  static const char *const numbers[]
      = { "第一", "第二", "第三", "第四", "第五" };
  guint departments_count = (guint)G_N_ELEMENTS (departments);

  if (index < SAMPLE_STREETS)
    return g_strconcat (streets[index], "街道离退休干部党支部", NULL);
  index -= SAMPLE_STREETS;
  return g_strconcat (departments[index % departments_count],
                      numbers[index / departments_count], "党支部", NULL);
}

char *
sample_point (guint index)
{
  static const char *const others[]
      = { "区人社局第一活动中心分教点", "区人社局第二活动中心分教点",
          "颐和养老院分教点" };

  if (index < SAMPLE_STREETS)
    return g_strconcat (streets[index], "街道分教点", NULL);
  return g_strdup (others[index - SAMPLE_STREETS]);
}

char *
sample_station (guint index)
{
  if (index < SAMPLE_STREETS)
    return g_strconcat (streets[index], "街道红霞先锋驿站", NULL);
  return g_strdup (index == SAMPLE_STREETS ? "永庆坊红霞先锋驿站"
                                           : "区老干部活动中心红霞先锋驿站");
}

const char *
sample_hospital (guint index)
{
  static const char *const hospitals[SAMPLE_HOSPITALS]
      = { "区人民医院", "区中医医院", "区骨伤科医院", "市第八医院荔湾院区" };

  return hospitals[index % SAMPLE_HOSPITALS];
}

const char *
sample_course (guint index)
{
  static const char *const courses[SAMPLE_COURSES]
      = { "红霞生辉——老干部大讲堂", "健康中国：中医养生", "粤语学堂",
          "老党员讲革命故事" };

  return courses[index % SAMPLE_COURSES];
}

char *
sample_number (guint index)
{
  return g_strdup_printf ("LW%07u", index + 1);
}

/* The heads are cadres of the bureau's own, none of them the same. */
guint
sample_head (guint point)
{
  return 300 + point * 17;
}
