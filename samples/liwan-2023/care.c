#include "sample.h"

/* Visits, contacts and aid.  The figures of the year are the counts of the
 * tables here; with a scale each block of people has the same again.
 */

#define CONTACTED 1146
#define CONTACTS_EACH 3
#define AID_TOTAL 20000000 /* 分, a scale */

typedef gboolean (*IsFirst) (guint place, const Person *person);

typedef struct
{
  const char *occasion;
  const char *festival;
  guint count;
  gint64 gift;
  HxDate first, last;
  IsFirst is_first; /* who is visited before others */
} VisitRound;

#define DAY(month, day)                                                        \
  {                                                                            \
    SAMPLE_YEAR, month, day                                                    \
  }

guint
sample_aided (guint index)
{
  return 200 + 7 * index;
}

static gboolean
is_veteran (guint place, const Person *person)
{
  (void)place;
  return person->category == VETERAN;
}

static gboolean
is_greeted_at_spring (guint place, const Person *person)
{
  for (guint i = 0; i < SAMPLE_AIDED; i++)
    if (sample_aided (i) == place)
      return TRUE;
  return person->category == VETERAN || sample_is_senior (place);
}

static const VisitRound rounds[] = {
  { "节日慰问", "春节", 118, 50000, DAY (1, 9), DAY (1, 20),
    is_greeted_at_spring },
  { "节日慰问", "七一", 52, 50000, DAY (6, 19), DAY (6, 30), is_veteran },
  { "节日慰问", "重阳", 76, 50000, DAY (10, 9), DAY (10, 27), is_veteran },
  { "家访", "", 18, 0, DAY (7, 3), DAY (9, 22), is_veteran },
};

/* After the admissions; the rest is others'. */
#define HOSPITAL_VISITS 28
#define LATE_EVERY 9

static void
write_greetings (const Sample *sample, Random *random, Sheet *sheet,
                 guint block)
{
  for (guint i = 0; i < SAMPLE_GREETED; i++)
    {
      const Person *person = &sample->people[block * SAMPLE_PEOPLE + i];
      g_autofree char *number = sample_number (block * SAMPLE_PEOPLE + i);
      HxDate day = sample_day (person->birth.month, person->birth.day);
      g_autofree char *visitor = sample_name (random, 2);

      ROW (sheet, TEXT (number), DATE (day), TEXT ("生日"), EMPTY,
           NUMBER (SAMPLE_YEAR - person->birth.year), TEXT ("家中"),
           MONEY (30000), TEXT (visitor), TEXT ("送上生日祝福和鲜花。"));
    }
}

/* One in twenty of those who come first is missed. */
static gboolean
is_visited (Random *random, const VisitRound *round, guint place,
            const Person *person, gboolean first)
{
  return round->is_first (place, person) == first
         && (!first || random_below (random, 20) != 0);
}

static void
write_round (const Sample *sample, Random *random, Sheet *sheet,
             const VisitRound *round, guint block)
{
  g_autofree guint *order
      = random_choice (random, SAMPLE_MANAGED, SAMPLE_MANAGED);
  guint left = round->count;

  for (guint i = 0; i < 2 * SAMPLE_MANAGED && left > 0; i++)
    {
      const guint place = order[i % SAMPLE_MANAGED];
      const guint index = block * SAMPLE_PEOPLE + place;
      const Person *person = &sample->people[index];
      HxDate day;

      if (!is_visited (random, round, place, person, i < SAMPLE_MANAGED)
          || !sample_day_there (random, person, round->first, round->last,
                                &day))
        continue;
      g_autofree char *number = sample_number (index);
      g_autofree char *visitor = sample_name (random, 1);

      ROW (sheet, TEXT (number), DATE (day), TEXT (round->occasion),
           TEXT (round->festival), EMPTY, TEXT ("家中"), MONEY (round->gift),
           TEXT (visitor), TEXT ("了解身体状况和生活需要。"));
      left--;
    }
}

/* Within three days of the admission, but for some. */
static void
write_at_hospital (const Sample *sample, Random *random, Sheet *sheet,
                   guint block)
{
  for (guint i = 0; i < HOSPITAL_VISITS; i++)
    {
      const guint admission = i % SAMPLE_ADMISSIONS;
      const int late = i >= SAMPLE_ADMISSIONS ? 11
                       : i % LATE_EVERY == 4  ? 5
                                              : (int)(i % 4);
      g_autofree char *number
          = sample_number (block * SAMPLE_PEOPLE + sample_admitted (admission));
      g_autofree char *visitor = sample_name (random, 1);
      const HxDate day = sample_days_after (
          sample_admission (sample, block, admission), late);

      ROW (sheet, TEXT (number), DATE (day), TEXT ("医院探视"), EMPTY, EMPTY,
           TEXT ("医院"), MONEY (30000), TEXT (visitor),
           TEXT ("到医院看望，了解治疗情况。"));
    }
}

static void
write_visits (const Sample *sample, Random *random, Sheet *sheet)
{
  for (guint block = 0; block < sample->scale; block++)
    {
      write_greetings (sample, random, sheet, block);
      for (gsize i = 0; i < G_N_ELEMENTS (rounds); i++)
        write_round (sample, random, sheet, &rounds[i], block);
      write_at_hospital (sample, random, sheet, block);
    }
}

static const char *const channels[] = { "微服务", "微时讯", "微关怀", "电话" };
static const char *const contents[]
    = { "代办医疗报销手续。", "推送主题教育学习资料。",
        "电话问候，了解近况和所需。", "每月电话联系，了解身体状况。" };

typedef struct
{
  guint index; /* of whom */
  guint channel;
  HxDate first, last;
} Contact;

static void
write_contact (const Sample *sample, Random *random, Sheet *sheet,
               const Contact *contact)
{
  g_autofree char *number = sample_number (contact->index);
  HxDate day;

  if (sample_day_there (random, &sample->people[contact->index], contact->first,
                        contact->last, &day))
    ROW (sheet, TEXT (number), DATE (day), TEXT (channels[contact->channel]),
         TEXT (contents[contact->channel]));
}

/* 离休 are called each month, but for some. */
static void
write_calls (const Sample *sample, Random *random, Sheet *sheet, guint block)
{
  for (guint i = 0; i < CONTACTED * 12; i++)
    {
      const int month = (int)(i % 12) + 1;
      const Contact call = { block * SAMPLE_PEOPLE + i / 12, 3,
                             sample_day (month, 2), sample_day (month, 27) };

      if (sample->people[call.index].category == VETERAN
          && random_below (random, 25) != 0)
        write_contact (sample, random, sheet, &call);
    }
}

/* The rounds reach each of CONTACTED people, so that they are as many
 * different ones: who leaves or joins is there in the first or the last. */
static void
write_contacts (const Sample *sample, Random *random, Sheet *sheet)
{
  for (guint block = 0; block < sample->scale; block++)
    {
      for (guint i = 0; i < CONTACTED * CONTACTS_EACH; i++)
        {
          const int third = (int)(i / CONTACTED);
          const Contact contact
              = { block * SAMPLE_PEOPLE + i % CONTACTED, ((guint)third + i) % 3,
                  sample_day (third * 4 + 1, 3),
                  sample_day (third * 4 + 4, 28) };

          write_contact (sample, random, sheet, &contact);
        }
      write_calls (sample, random, sheet, block);
    }
}

static void
write_aid (const Sample *sample, Random *random, Sheet *sheet)
{
  for (guint block = 0; block < sample->scale; block++)
    {
      g_autofree guint *hundreds
          = random_spread (random, AID_TOTAL / 10000, SAMPLE_AIDED);

      for (guint i = 0; i < SAMPLE_AIDED; i++)
        {
          g_autofree char *number
              = sample_number (block * SAMPLE_PEOPLE + sample_aided (i));
          HxDate day = random_day (random, sample_day (3, 1),
                                   sample_day (12, 15), TRUE);
          g_autofree char *voucher
              = g_strdup_printf ("BF2023-%03u", block * SAMPLE_AIDED + i + 1);

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
      gboolean corrected = random_below (random, 6) == 0;
      HxDate day;

      if (!sample_day_there (random, &sample->people[i], sample_day (4, 3),
                             sample_day (9, 28), &day))
        continue;
      ROW (sheet, TEXT (number), DATE (day),
           TEXT (corrected ? "已更正" : "核对无误"),
           TEXT (random_below (random, 5) == 0 ? "否" : "是"),
           TEXT (corrected ? "更新联系电话和居住地址。" : ""));
    }
}

static void
write_funerals (const Sample *sample, Random *random, Sheet *sheet)
{
  for (guint i = 0; i < sample->people_count; i++)
    {
      const Person *person = &sample->people[i];
      g_autofree char *number = sample_number (i);
      g_autofree char *helper = sample_name (random, 1);

      if (person->died && random_below (random, 12) != 0)
        ROW (sheet, TEXT (number),
             DATE (sample_days_after (person->left,
                                      (int)random_below (random, 8))),
             TEXT ("协助治丧"), DATE (person->left), TEXT (helper));
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
  { "17善后协助",
    "funeral_help",
    write_funerals,
    { CADRE, "办理日期", "善后事项", "去世日期", "经办人" } },
  { 0 },
};
