/* Random budgets told in sentences: what is right is never called wrong, and
 * one wrong digit is found at the figure in which it is. */
#include "find_fixture.h"

#include "../chance.h"

#define ROUNDS 400
#define FIGURES_MAX 64
#define PARTS_MAX 5

/* ------------------------------------------------------------------- figures
 */

typedef struct
{
  gint64 units; /* hundredths */
  const char *unit;
  gboolean is_wide, has_commas;
  const char *gap; /* between the digits and the unit */
  gsize offset;    /* in characters, of the last rendering */
} Figure;

/* A text: figures[i] stands behind words[i]. */
typedef struct
{
  GPtrArray *words; /* owned */
  Figure figures[FIGURES_MAX];
  guint count;
} Story;

static void
say (Story *story, const char *words)
{
  char **last = NULL;
  char *longer = NULL;

  if (story->words->len == story->count)
    {
      g_ptr_array_add (story->words, g_strdup (words));
      return;
    }
  last = (char **)&story->words->pdata[story->words->len - 1];
  longer = g_strconcat (*last, words, NULL);
  g_free (*last);
  *last = longer;
}

static void
tell (Story *story, const char *words, gint64 units, const char *unit)
{
  static const char *const gaps[] = { "", "", " ", "\n" };

  say (story, words);
  assert_true (story->count < FIGURES_MAX);
  story->figures[story->count++] = (Figure){
    .units = units,
    .unit = unit,
    .is_wide = g_random_int_range (0, 10) == 0,
    .has_commas = g_random_int_range (0, 3) == 0,
    .gap = gaps[g_random_int_range (0, G_N_ELEMENTS (gaps))],
  };
}

static void
money (Story *story, const char *words, gint64 units)
{
  tell (story, words, units, "万元");
}

static void
percent (Story *story, const char *words, gint64 units)
{
  tell (story, words, units, "%");
}

static void
write_figure (GString *text, const Figure *figure)
{
  g_autofree char *digits
      = g_strdup_printf ("%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT,
                         figure->units / 100, figure->units % 100);
  const gsize whole = strlen (digits) - 3;

  for (gsize i = 0; digits[i] != '\0'; i++)
    {
      if (figure->has_commas && i > 0 && i < whole && (whole - i) % 3 == 0)
        g_string_append (text, figure->is_wide ? "，" : ",");
      if (figure->is_wide && g_ascii_isdigit (digits[i]))
        g_string_append_unichar (text, 0xFF10U + (gunichar)(digits[i] - '0'));
      else
        g_string_append_c (text, digits[i]);
    }
  g_string_append (text, figure->gap);
  g_string_append (text, figure->unit);
}

static char *
write_story (Story *story)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < story->words->len; i++)
    {
      g_string_append (text, g_ptr_array_index (story->words, i));
      if (i == story->count)
        break;
      story->figures[i].offset
          = (gsize)g_utf8_strlen (text->str, (gssize)text->len);
      write_figure (text, &story->figures[i]);
    }
  return g_string_free (text, FALSE);
}

/* ----------------------------------------------------------------- patterns */

/* Half up, as rates are told: hundredths of a percent. */
static gint64
rate_of (gint64 part, gint64 whole)
{
  return (part * 20000 + whole) / (2 * whole);
}

static gint64
amount (void)
{
  return g_random_int_range (1000, 400000);
}

static const char *
office (guint index)
{
  static const char *const offices[]
      = { "青禾区档案馆", "松塘区体育局", "柳溪区文化站", "石桥区气象台",
          "云岭区地震办", "梅湾区园林所", "竹园区史志办", "沙洲区水文站" };

  return offices[index % G_N_ELEMENTS (offices)];
}

/* No two offices have an expense of the same name: two such amounts may be a
 * digit apart by chance. */
static void
say_expense (Story *story, const char *who, guint index)
{
  static const char *const expenses[]
      = { "书画展览费", "旧书修补费", "场地租赁费", "设备维修费",
          "印刷装订费" };
  g_autofree char *name
      = g_strdup_printf ("%.*s%s", (int)strlen ("青禾"), who,
                         expenses[index % G_N_ELEMENTS (expenses)]);

  say (story, name);
}

static guint
draw_parts (gint64 *parts, gint64 *total)
{
  const guint count = (guint)g_random_int_range (2, PARTS_MAX + 1);

  *total = 0;
  for (guint i = 0; i < count; i++)
    *total += parts[i] = amount ();
  return count;
}

static void
tell_total_first (Story *story, const char *who)
{
  gint64 parts[PARTS_MAX];
  gint64 total = 0;
  const guint count = draw_parts (parts, &total);

  say (story, who);
  money (story, "本年支出", total);
  for (guint i = 0; i < count; i++)
    {
      say (story, i == 0 ? "，其中：" : "、");
      say_expense (story, who, i);
      money (story, "", parts[i]);
    }
  say (story, "。");
}

static void
tell_total_last (Story *story, const char *who)
{
  static const char *const counts[] = { "", "", "两", "三", "四", "五" };
  gint64 parts[PARTS_MAX];
  gint64 total = 0;
  const guint count = draw_parts (parts, &total);

  say (story, who);
  for (guint i = 0; i < count; i++)
    {
      say (story, i == 0 ? "安排" : "、");
      say_expense (story, who, i);
      money (story, "", parts[i]);
    }
  say (story, "，");
  say (story, counts[count]);
  money (story, "项合计", total);
  say (story, "。");
}

static void
tell_shares (Story *story, const char *who)
{
  gint64 parts[PARTS_MAX];
  gint64 total = 0;
  const guint count = draw_parts (parts, &total);

  say (story, who);
  money (story, "本年收入合计", total);
  for (guint i = 0; i < count; i++)
    {
      say (story, i == 0 ? "，其中：" : "；");
      say_expense (story, who, i);
      money (story, "收入", parts[i]);
      percent (story, "，占", rate_of (parts[i], total));
    }
  say (story, "。");
}

static void
tell_done (Story *story, const char *who)
{
  const gint64 budget = amount ();
  const gint64 done = amount ();

  say (story, who);
  money (story, "年初预算为", budget);
  money (story, "，支出决算为", done);
  percent (story, "，完成年初预算的", rate_of (done, budget));
  say (story, "。");
}

static void
tell_growth (Story *story, const char *who)
{
  const gint64 before = amount ();
  const gint64 now = before + g_random_int_range (1, 90000);
  const gboolean rises = g_random_boolean ();

  say (story, who);
  money (story, "公用支出", rises ? now : before);
  money (story, rises ? "，比上年增加" : "，比上年减少", now - before);
  percent (story, rises ? "，增长" : "，下降",
           rate_of (now - before, rises ? before : now));
  say (story, "。");
}

static void
tell_both_years (Story *story, const char *who)
{
  const gint64 before = amount ();
  const gint64 now = before + g_random_int_range (1, 90000);

  say (story, who);
  money (story, "公用支出", now);
  money (story, "，上年为", before);
  money (story, "，增加", now - before);
  percent (story, "，增长", rate_of (now - before, before));
  say (story, "。");
}

static void
tell_balance (Story *story, const char *who)
{
  const gint64 expense_ = amount ();
  const gint64 left = amount ();

  say (story, who);
  money (story, "收入合计", expense_ + left);
  money (story, "，支出合计", expense_);
  money (story, "，年终结余", left);
  say (story, "。");
}

/* All there is, told behind the total, with rates and changes in parallel. */
static void
tell_whole (Story *story, const char *who)
{
  const gint64 base = amount ();
  const gint64 projects = amount ();

  say (story, who);
  money (story, "支出总计为", base + projects);
  say (story, "。");
  money (story, "基本支出", base);
  percent (story, "，占", rate_of (base, base + projects));
  money (story, "；项目支出", projects);
  percent (story, "，占", rate_of (projects, base + projects));
  say (story, "。");
}

static void
tell_in_parallel (Story *story, const char *who)
{
  const gint64 before[2] = { amount (), amount () };
  const gint64 rise[2]
      = { g_random_int_range (1, 90000), g_random_int_range (1, 90000) };

  say (story, who);
  money (story, "收入、支出分别为", before[0] + rise[0]);
  money (story, "、", before[1] + rise[1]);
  money (story, "，分别增加", rise[0]);
  money (story, "、", rise[1]);
  percent (story, "，分别增长", rate_of (rise[0], before[0]));
  percent (story, "、", rate_of (rise[1], before[1]));
  say (story, "。");
}

/* What is no arithmetic. */
static void
tell_news (Story *story, const char *who)
{
  g_autofree char *words = g_strdup_printf (
      "%s2024年5月%d日举办讲座%d场，参加%d人次（石文〔2024〕%d号），满意率"
      "%d.%d%%。",
      who, g_random_int_range (1, 31), g_random_int_range (2, 90),
      g_random_int_range (100, 9000), g_random_int_range (1, 200),
      g_random_int_range (80, 100), g_random_int_range (0, 10));

  say (story, words);
}

typedef void (*Pattern) (Story *story, const char *who);

static Story *
story_new (void)
{
  static const Pattern patterns[]
      = { tell_total_first, tell_total_last, tell_shares,
          tell_done,        tell_growth,     tell_both_years,
          tell_balance,     tell_whole,      tell_in_parallel };
  const guint sentences = (guint)g_random_int_range (1, 6);
  const guint first = g_random_int () % 8;
  Story *story = g_new0 (Story, 1);

  story->words = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < sentences; i++)
    {
      patterns[g_random_int_range (0, G_N_ELEMENTS (patterns))](
          story, office (first + i));
      if (g_random_int_range (0, 3) == 0)
        tell_news (story, office (first + i));
      if (g_random_boolean ())
        say (story, "\n");
    }
  return story;
}

static void
story_free (Story *story)
{
  g_ptr_array_unref (story->words);
  g_free (story);
}

/* -------------------------------------------------------------------- tests */

static void
assert_no_error (const char *text)
{
  g_autoptr (HxCheckResult) result = engine_check (text);
  g_autofree char *claims = find_claims (result);

  if (result->verdicts[HX_VERDICT_ERROR] > 0)
    print_error ("%s\n%s\n", text, claims);
  assert_int_equal (result->verdicts[HX_VERDICT_ERROR], 0);
  assert_true (result->verdicts[HX_VERDICT_OK]
                   + result->verdicts[HX_VERDICT_ROUNDING]
               > 0);
}

static void
figures_that_are_all_right_are_never_called_wrong (void **state)
{
  (void)state;
  for (guint round = 0; round < ROUNDS; round++)
    {
      Story *story = story_new ();
      g_autofree char *text = write_story (story);

      assert_no_error (text);
      story_free (story);
    }
}

/* Another digit at one place; the first is no nought. */
static gint64
spoil (gint64 units)
{
  gint64 power = 1;
  gint64 digit = 0;
  gint64 other = 0;
  guint places = 0;

  for (gint64 rest = units; rest > 0; rest /= 10)
    places++;
  for (guint place = (guint)g_random_int_range (0, (gint32)places); place > 0;
       place--)
    power *= 10;
  digit = units / power % 10;
  do
    other = g_random_int_range (units / power < 10 ? 1 : 0, 10);
  while (other == digit);
  return units + (other - digit) * power;
}

static gboolean
touches (const HxClaim *claim, gsize offset)
{
  gboolean found = claim->stated->offset == offset;

  for (guint i = 0; i < claim->operands->len; i++)
    found = found
            || ((const HxClaimFigure *)claim->operands->pdata[i])->offset
                   == offset;
  return found;
}

/* How many errors there are; each has to touch the figure. */
static guint
errors_at (const char *text, gsize offset)
{
  g_autoptr (HxCheckResult) result = engine_check (text);

  for (guint i = 0; i < result->claims->len; i++)
    {
      const HxClaim *claim = result->claims->pdata[i];

      if (claim->verdict != HX_VERDICT_ERROR || touches (claim, offset))
        continue;
      print_error ("%s\nspoilt at %zu: %s %s\n", text, offset,
                   claim->stated->text, claim->message);
      fail ();
    }
  return result->verdicts[HX_VERDICT_ERROR];
}

static void
one_wrong_digit_is_found_where_it_is (void **state)
{
  guint found = 0;
  guint spoilt = 0;

  (void)state;
  for (guint round = 0; round < ROUNDS; round++)
    {
      Story *story = story_new ();
      Figure *figure
          = &story->figures[g_random_int_range (0, (gint32)story->count)];
      g_autofree char *text = NULL;

      if (figure->units > 0)
        {
          figure->units = spoil (figure->units);
          text = write_story (story);
          spoilt++;
          found += errors_at (text, figure->offset) > 0;
        }
      story_free (story);
    }
  if (g_getenv ("HX_TEST_SHOW") != NULL)
    print_message ("%u of %u\n", found, spoilt);
  assert_true (found * 10 > spoilt * 8);
}

/* Figures may fit each other by chance, if in no run of hundreds: the seed
 * is the same each time, and another one is a hunt. */
int
main (void)
{
  const guint32 seed = chance_seed (20250117);
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (figures_that_are_all_right_are_never_called_wrong),
    cmocka_unit_test (one_wrong_digit_is_found_where_it_is),
  };

  fprintf (stderr, "HX_TEST_SEED=%u repeats this run\n", seed);
  g_random_set_seed (seed);
  return cmocka_run_group_tests (tests, NULL, NULL);
}
