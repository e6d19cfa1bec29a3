#include "sample.h"

/* Visits, contacts and aid.  The figures of the year are the counts of the
 * tables here; with a scale each block of people has the same again.
 */

#define CONTACTED 1146
#define CONTACTS_EACH 3
#define AIDED 23
#define AID_TOTAL 20000000 /* 分, a scale */

typedef struct
{
  const char *occasion;
  const char *festival;
  const char *place;
  guint count;
  gint64 gift;
  HxDate first, last;
} VisitRound;

#define DAY(month, day)                                                        \
  {                                                                            \
    SAMPLE_YEAR, month, day                                                    \
  }

static const VisitRound rounds[] = {
  { "节日慰问", "春节", "家中", 118, 50000, DAY (1, 9), DAY (1, 20) },
  { "节日慰问", "七一", "家中", 52, 50000, DAY (6, 19), DAY (6, 30) },
  { "节日慰问", "重阳", "家中", 76, 50000, DAY (10, 9), DAY (10, 23) },
  { "医院探视", "", "医院", 28, 30000, DAY (1, 4), DAY (12, 28) },
  { "家访", "", "家中", 18, 0, DAY (2, 6), DAY (12, 22) },
};

static char *
managed (guint block, guint index)
{
  return sample_number (block * SAMPLE_PEOPLE + index % SAMPLE_MANAGED);
}

static void
write_greetings (const Sample *sample, Random *random, Sheet *sheet,
                 guint block)
{
  for (guint i = 0; i < SAMPLE_GREETED; i++)
    {
      const Person *person = &sample->people[block * SAMPLE_PEOPLE + i];
      g_autofree char *number = managed (block, i);
      HxDate day = sample_day (person->birth.month, person->birth.day);
      g_autofree char *visitor = sample_name (random, 2);

      ROW (sheet, TEXT (number), DATE (day), TEXT ("生日"), EMPTY,
           NUMBER (SAMPLE_YEAR - person->birth.year), TEXT ("家中"),
           MONEY (30000), TEXT (visitor), TEXT ("送上生日祝福和鲜花。"));
    }
}

static void
write_round (Random *random, Sheet *sheet, const VisitRound *round, guint block)
{
  g_autofree guint *chosen
      = random_choice (random, SAMPLE_MANAGED, round->count);

  for (guint i = 0; i < round->count; i++)
    {
      g_autofree char *number = managed (block, chosen[i]);
      HxDate day = random_day (random, round->first, round->last, TRUE);
      g_autofree char *visitor = sample_name (random, 1);

      ROW (sheet, TEXT (number), DATE (day), TEXT (round->occasion),
           TEXT (round->festival), EMPTY, TEXT (round->place),
           MONEY (round->gift), TEXT (visitor),
           TEXT ("了解身体状况和生活需要。"));
    }
}

static void
write_visits (const Sample *sample, Random *random, Sheet *sheet)
{
  for (guint block = 0; block < sample->scale; block++)
    {
      write_greetings (sample, random, sheet, block);
      for (gsize i = 0; i < G_N_ELEMENTS (rounds); i++)
        write_round (random, sheet, &rounds[i], block);
    }
}

/* The first round reaches each of CONTACTED people, so that they are as many
 * different ones. */
static void
write_contacts (const Sample *sample, Random *random, Sheet *sheet)
{
  static const char *const channels[] = { "微服务", "微时讯", "微关怀" };
  static const char *const contents[]
      = { "代办医疗报销手续。", "推送主题教育学习资料。",
          "电话问候，了解近况和所需。" };

  for (guint block = 0; block < sample->scale; block++)
    for (guint i = 0; i < CONTACTED * CONTACTS_EACH; i++)
      {
        g_autofree char *number = managed (block, i % CONTACTED);
        guint channel = (i / CONTACTED + i) % 3;
        guint third = i / CONTACTED;
        HxDate day = random_day (random, sample_day ((int)third * 4 + 1, 3),
                                 sample_day ((int)third * 4 + 4, 28), TRUE);

        ROW (sheet, TEXT (number), DATE (day), TEXT (channels[channel]),
             TEXT (contents[channel]));
      }
}

static void
write_aid (const Sample *sample, Random *random, Sheet *sheet)
{
  for (guint block = 0; block < sample->scale; block++)
    {
      g_autofree guint *hundreds
          = random_spread (random, AID_TOTAL / 10000, AIDED);

      for (guint i = 0; i < AIDED; i++)
        {
          g_autofree char *number = managed (block, 200 + 7 * i);
          HxDate day = random_day (random, sample_day (3, 1),
                                   sample_day (12, 15), TRUE);
          g_autofree char *voucher
              = g_strdup_printf ("BF2023-%03u", block * AIDED + i + 1);

          ROW (sheet, TEXT (number), TEXT (voucher), DATE (day),
               TEXT ("特困帮扶"), MONEY (10000 * (gint64)hundreds[i]),
               TEXT ("本人重病，自付医疗费用较大。"));
        }
    }
}

static void
write_survey (const Sample *sample, Random *random, Sheet *sheet)
{
  for (guint i = 0; i < sample->people_count; i++)
    {
      g_autofree char *number = sample_number (i);
      HxDate day
          = random_day (random, sample_day (4, 3), sample_day (9, 28), TRUE);
      gboolean corrected = random_below (random, 6) == 0;

      ROW (sheet, TEXT (number), DATE (day),
           TEXT (corrected ? "已更正" : "核对无误"),
           TEXT (random_below (random, 5) == 0 ? "否" : "是"),
           TEXT (corrected ? "更新联系电话和居住地址。" : ""));
    }
}

const Workbook care_workbooks[] = {
  { "14信息摸查",
    "cadre_survey",
    write_survey,
    { CADRE, "摸查日期", "摸查结果", "居住本区", "更正内容" } },
  { "15走访慰问",
    "visit",
    write_visits,
    { CADRE, "走访日期", "走访事由", "节日", "整岁", "走访地点", "慰问金",
      "走访人", "走访情况" } },
  { "16微关爱联系",
    "care_contact",
    write_contacts,
    { CADRE, "联系日期", "关爱方式", "联系内容" } },
  { "17困难帮扶",
    "aid_payment",
    write_aid,
    { CADRE, "帮扶凭证号", "发放日期", "帮扶类别", "帮扶金额", "帮扶原因" } },
  { 0 },
};
