#include "sample.h"

#define BATCHES 15
#define EXAMINED 1100
#define EXPECTED 1124 /* some who were asked did not come */

static char *
batch_name (guint batch)
{
  return g_strdup_printf ("TJ2023-%02u", batch + 1);
}

/* Two weeks apart from the middle of March on. */
static HxDate
batch_day (guint batch)
{
  return sample_days_after (sample_day (3, 14), (int)(batch % BATCHES) * 14);
}

static void
write_batches (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)random;
  for (guint i = 0; i < BATCHES * sample->scale; i++)
    {
      g_autofree char *name = batch_name (i);

      ROW (sheet, TEXT (name), DATE (batch_day (i)),
           TEXT (sample_hospital (i % 2)), NUMBER (75), MONEY (80000));
    }
}

static void
write_checkups (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)random;
  for (guint block = 0; block < sample->scale; block++)
    for (guint i = 0; i < EXPECTED; i++)
      {
        g_autofree char *number = sample_number (block * SAMPLE_PEOPLE + i);
        guint batch = block * BATCHES + i % BATCHES;
        g_autofree char *name = batch_name (batch);

        ROW (sheet, TEXT (number), DATE (batch_day (batch)), TEXT (name),
             TEXT (i < EXAMINED ? "已检" : "未检"));
      }
}

guint
sample_admitted (guint index)
{
  return 100 + 11 * index;
}

HxDate
sample_admission (const Sample *sample, guint block, guint index)
{
  Random random = { sample->seed ^ (guint64)block << 32 ^ index };

  return random_day (&random, sample_day (1, 5), sample_day (12, 20), TRUE);
}

static void
write_help (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)random;
  for (guint block = 0; block < sample->scale; block++)
    for (guint i = 0; i < SAMPLE_ADMISSIONS; i++)
      {
        g_autofree char *number
            = sample_number (block * SAMPLE_PEOPLE + sample_admitted (i));
        HxDate day = sample_admission (sample, block, i);

        ROW (sheet, TEXT (number), DATE (day), TEXT (sample_hospital (i)),
             TEXT ("协助住院"));
      }
}

static void
write_talks (const Sample *sample, Random *random, Sheet *sheet)
{
  static const char *const topics[]
      = { "春季养生与慢性病管理", "心脑血管疾病的预防", "秋冬呼吸道保健" };
  static const int months[] = { 4, 7, 11 };

  (void)sample;
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    {
      g_autofree char *number = g_strdup_printf ("JK2023-%02u", i + 1);

      ROW (sheet, TEXT (number), DATE (sample_day (months[i], 18)),
           TEXT ("讲座暨义诊"), TEXT (topics[i]), TEXT (sample_hospital (i)),
           NUMBER (random_between (random, 60, 120)));
    }
}

const Workbook health_workbooks[] = {
  { "18体检批次",
    "checkup_batch",
    write_batches,
    { "批次号", "体检日期", "体检医院", "名额", "人均标准" } },
  { "19体检登记",
    "checkup_attendance",
    write_checkups,
    { CADRE, "体检日期", "批次号", "体检情况" } },
  { "20就医协助",
    "hospital_help",
    write_help,
    { CADRE, "协助日期", "医院", "协助事项" } },
  { "21健康讲座义诊",
    "health_event",
    write_talks,
    { "活动编号", "活动日期", "活动类别", "活动主题", "协办医院",
      "参加人次" } },
  { 0 },
};
