#include "sample.h"

#include <string.h>

/* Invented people.  Birth dates run from 1930 to 1965.  ID numbers are in the
 * unassigned region 999999; their order number is counted per birth date and
 * sex, so that no two people share one.  Those whom the bureau cares for
 * itself stand first in each block, and of these exactly SAMPLE_GREETED reach
 * 70, 80 or 90 in the year.
 */

#define BORN_FIRST 1930
#define BORN_LAST 1965
#define ORDERS_A_DAY 500

static const char *const surnames[]
    = { "陈", "李", "黄",   "张",   "梁", "林", "吴", "刘", "罗", "何",
        "王", "杨", "周",   "谢",   "邓", "冯", "曾", "郑", "叶", "潘",
        "钟", "彭", "麦",   "卢",   "莫", "区", "霍", "关", "谭", "苏",
        "冼", "邝", "欧阳", "司徒", "缪", "朴", "单", "仇", "简", "招" };

static const char *const given_men[] = {
  "国", "建", "伟", "志", "文", "明", "强", "永", "胜", "华", "德", "荣",
  "福", "成", "光", "辉", "海", "波", "锦", "添", "炳", "权", "耀", "坚",
  "卫", "东", "家", "庆", "祥", "树", "根", "润", "开", "平", "立", "新"
};

static const char *const given_women[] = {
  "丽", "芳", "秀", "英", "玉", "兰", "珍", "桂", "惠", "敏", "燕", "妙",
  "佩", "仪", "凤", "金", "月", "少", "琼", "洁", "雪", "梅", "淑", "贞",
  "婉", "容", "素", "云", "娟", "笑", "好", "群", "宝", "霞", "瑞", "香"
};

/* In names, and outside the first 65,536 characters. */
static const char *const rare[]
    = { "𫖯", "𬭎", "𬀩", "𬘭", "𣲗", "𬱖", "𬍛", "𫍯" };

static void
name_into (Random *random, guint sex, char *name, gsize size)
{
  const char *const *given = sex == 1 ? given_men : given_women;
  guint count = (guint)(sex == 1 ? G_N_ELEMENTS (given_men)
                                 : G_N_ELEMENTS (given_women));
  const char *surname
      = surnames[random_below (random, (guint)G_N_ELEMENTS (surnames))];
  const char *first = given[random_below (random, count)];
  const char *second = given[random_below (random, count)];

  if (random_below (random, 8) == 0)
    second = "";
  if (random_below (random, 1200) == 0)
    second = rare[random_below (random, (guint)G_N_ELEMENTS (rare))];
  g_snprintf (name, size, "%s%s%s", surname, first, second);
}

char *
sample_name (Random *random, guint sex)
{
  char name[17];

  name_into (random, sex, name, sizeof name);
  return g_strdup (name);
}

char *
sample_phone (Random *random)
{
  return g_strdup_printf ("139%08u", random_below (random, 100000000));
}

static gboolean
is_round_age (int year)
{
  int age = SAMPLE_YEAR - year;

  return age == 70 || age == 80 || age == 90;
}

static HxDate
birth_date (Random *random, gboolean greeted, gboolean managed)
{
  static const int rounds[] = { 1933, 1943, 1943, 1953, 1953, 1953 };
  int year;

  do
    year = greeted ? rounds[random_below (random, 6)]
                   : (int)random_between (random, BORN_FIRST, BORN_LAST);
  while (managed && !greeted && is_round_age (year));
  return random_day (random, (HxDate){ (gint16)year, 1, 1 },
                     (HxDate){ (gint16)year, 12, 31 }, FALSE);
}

/* The next free number of the day; a full day passes on to the next one. */
static guint
order_number (guint16 *used, Person *person)
{
  gint64 first = hx_date_days ((HxDate){ BORN_FIRST, 1, 1 });
  gsize slot = (gsize)(hx_date_days (person->birth) - first) * 2;

  slot += person->sex == 1 ? 1 : 0;
  while (used[slot] >= ORDERS_A_DAY)
    {
      person->birth = sample_days_after (person->birth, 1);
      slot += 2;
    }
  return used[slot]++ * 2u + (person->sex == 1 ? 1 : 0);
}

static void
number_into (guint16 *used, Person *person)
{
  guint order = order_number (used, person);
  char digits[HX_ID_NUMBER_SIZE];

  g_snprintf (digits, sizeof digits, "999999%08d%03u",
              hx_date_number (person->birth), order % 1000);
  g_snprintf (person->id_number, sizeof person->id_number, "%s%c", digits,
              hx_id_number_check_character (digits));
}

/* Those of the ceremony in September turned 60 shortly before. */
static HxDate
sixty_in_summer (HxDate birth, guint place)
{
  return (HxDate){ SAMPLE_YEAR - 60, (gint8)(7 + place % 3),
                   (gint8)MIN (birth.day, 28) };
}

Person *
sample_people_new (Random *random, guint scale)
{
  guint count = scale * SAMPLE_PEOPLE;
  Person *people = g_new0 (Person, count);
  g_autofree guint16 *used
      = g_new0 (guint16, (BORN_LAST - BORN_FIRST + 3) * 366 * 2);

  for (guint i = 0; i < count; i++)
    {
      Person *person = &people[i];
      guint place = i % SAMPLE_PEOPLE;

      person->sex = random_below (random, 5) < 3 ? 1 : 2;
      person->greeted = place < SAMPLE_GREETED;
      person->street = (guint8)random_below (random, SAMPLE_STREETS);
      person->branch = (guint8)random_below (random, SAMPLE_BRANCHES);
      person->birth
          = birth_date (random, person->greeted, place < SAMPLE_MANAGED);
      name_into (random, person->sex, person->name, sizeof person->name);
      if (sample_retires (place))
        person->birth = sixty_in_summer (person->birth, place);
      number_into (used, person);
    }
  for (guint i = 0; i < count; i++)
    sample_live (random, i % SAMPLE_PEOPLE, &people[i]);
  return people;
}

gboolean
sample_is_senior (guint place)
{
  return place < SAMPLE_MANAGED && place % 23 == 0;
}

static const char *
level_of (guint place)
{
  if (place >= SAMPLE_MANAGED)
    return place % 3 == 0 ? "乡科级正职" : "科员";
  return sample_is_senior (place) ? "厅局级副职"
         : place % 3 == 0         ? "县处级正职"
                                  : "县处级副职";
}

static const char *const categories[] = { "退休", "提前退休", "离休" };

static const char *
hardship_of (guint place)
{
  for (guint i = 0; i < SAMPLE_AIDED; i++)
    if (sample_aided (i) == place)
      return "重病";
  return "";
}

static void
write_cadre (const Sample *sample, Random *random, Sheet *sheet, guint i)
{
  const Person *person = &sample->people[i];
  const gboolean has_left = person->left.year != 0;
  const char *status = person->died ? "已故" : has_left ? "迁出" : "健在";
  const char *exit = person->died ? "死亡" : has_left ? "迁出" : "";
  g_autofree char *number = sample_number (i);
  g_autofree char *branch = sample_branch (person->branch);
  g_autofree char *street = sample_street (person->street);
  g_autofree char *phone = sample_phone (random);

  ROW (sheet, TEXT (number), TEXT (person->name), TEXT (person->id_number),
       TEXT (person->sex == 1 ? "男" : "女"), DATE (person->birth),
       TEXT (person->by_moon ? "农历" : ""), TEXT (status),
       TEXT (categories[person->category]), TEXT (level_of (i % SAMPLE_PEOPLE)),
       DATE (person->retired), TEXT ("中共党员"), TEXT (branch), TEXT (street),
       TEXT (phone), TEXT (hardship_of (i % SAMPLE_PEOPLE)),
       DAY_OR_EMPTY (person->joined), DAY_OR_EMPTY (person->left), TEXT (exit));
}

static void
write_cadres (const Sample *sample, Random *random, Sheet *sheet)
{
  for (guint i = 0; i < sample->people_count; i++)
    write_cadre (sample, random, sheet, i);
}

const Workbook people_workbooks[] = {
  { "06离退休干部",
    "cadre",
    write_cadres,
    { "人员编号", "姓名", "身份证号", "性别", "出生日期", "过生日按",
      "人员状态", "离退休类别", "职务层次", "离退休时间", "政治面貌",
      "所在支部", "所属街道", "手机", "困难类型", "入册日期", "出册日期",
      "注销原因" } },
  { 0 },
};
