#include "sample.h"

guint64
random_next (Random *random)
{
  guint64 mixed = (random->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  mixed = (mixed ^ (mixed >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  mixed = (mixed ^ (mixed >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return mixed ^ (mixed >> 31);
}

guint
random_below (Random *random, guint limit)
{
  return (guint)((random_next (random) >> 32) * limit >> 32);
}

guint
random_between (Random *random, guint low, guint high)
{
  return low + random_below (random, high - low + 1);
}

HxDate
sample_day (int month, int day)
{
  return (HxDate){ SAMPLE_YEAR, (gint8)month, (gint8)day };
}

HxDate
sample_days_after (HxDate date, int days)
{
  return hx_date_from_days (hx_date_days (date) + days);
}

/* 2023-01-02 was a Monday. */
static guint
weekday (gint64 days)
{
  gint64 monday = hx_date_days ((HxDate){ 2023, 1, 2 });

  return (guint)(((days - monday) % 7 + 7) % 7);
}

HxDate
random_day (Random *random, HxDate first, HxDate last, gboolean working)
{
  gint64 from = hx_date_days (first);
  guint span = (guint)(hx_date_days (last) - from) + 1;
  gint64 days;

  do
    days = from + random_below (random, span);
  while (working && span > 2 && weekday (days) > 4);
  return hx_date_from_days (days);
}

guint *
random_spread (Random *random, guint total, guint count)
{
  guint *parts = g_new (guint, count);
  guint average = total / count;
  guint room = average / 5;
  guint even = count & ~1u;

  for (guint i = 0; i < count; i++)
    parts[i] = average + (i < total % count ? 1 : 0);
  for (guint i = 0; i < even; i += 2)
    {
      guint moved = random_below (random, room + 1);

      parts[i] += moved;
      parts[i + 1] -= moved;
    }
  return parts;
}

guint *
random_choice (Random *random, guint limit, guint count)
{
  guint *all = g_new (guint, limit);

  for (guint i = 0; i < limit; i++)
    all[i] = i;
  for (guint i = 0; i < count && i < limit; i++)
    {
      guint other = random_between (random, i, limit - 1);
      guint kept = all[i];

      all[i] = all[other];
      all[other] = kept;
    }
  return all;
}
