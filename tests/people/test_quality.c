/* What is missing, wrong or stale is counted and named; and random holes
 * against a plain recount. */
#include "quality_test.h"

#include "people/quality.h"

enum
{
  BIRTH,
  PHONE,
  HOME,
  ID,
  N_FIELDS
};

static const HxDate today = { 2024, 6, 30 };

static int
set_up (void **state)
{
  static const char *const units[] = {
    "unit name=区 kind=科室",
    "unit name=一街 kind=街道 parent=区",
    "unit name=二街 kind=街道 parent=区",
    "campaign number=一",
  };

  *state = bureau_new ();
  bureau_put (*state, units, G_N_ELEMENTS (units));
  return 0;
}

static int
tear_down (void **state)
{
  bureau_free (*state);
  return 0;
}

static gboolean
keep_item (const HxQualityItem *item, gpointer data)
{
  char day[HX_DATE_TEXT_SIZE] = "-";

  if (item->verified.year != 0)
    hx_date_format (item->verified, day);
  g_string_append_printf (
      data, "%s %s %s %s %s %s\n",
      item->row->values[hx_kind_field (item->row->kind, "number")->index].text,
      item->field->field->key, hx_quality_problem_key (item->problem),
      item->what != NULL ? item->what : "-", day,
      item->verified_by != NULL ? item->verified_by : "-");
  return TRUE;
}

static GArray *
measure (Bureau *bureau, const char *const *terms, GString *items)
{
  const HxQualityQuery query
      = { .quality = bureau->quality, .terms = terms, .as_of = today };
  g_autoptr (GError) error = NULL;
  GArray *parts = hx_quality_measure (bureau_read (bureau), bureau->catalogue,
                                      &query, keep_item, items, &error);

  assert_no_error (error);
  return parts;
}

static char *
items_of (Bureau *bureau, const char *const *lines, guint n_lines)
{
  GString *items = g_string_new (NULL);
  g_autoptr (GArray) parts = NULL;

  bureau_put (bureau, lines, n_lines);
  parts = measure (bureau, NULL, items);
  return g_string_free (items, FALSE);
}

#define GOOD                                                                   \
  "birth_date=1953-03-01 phone=13800000000 home=一街"                        \
  " id_number=999999195303010013"

static void
a_full_and_fresh_row_has_nothing_to_do (void **state)
{
  static const char *const lines[]
      = { "person number=1 checked=2024-01-01 checker=甲 " GOOD };
  g_autofree char *items = items_of (*state, lines, G_N_ELEMENTS (lines));

  assert_string_equal (items, "");
}

static void
what_is_missing_is_named (void **state)
{
  static const char *const lines[]
      = { "person number=1 checked=2024-01-01 birth_date=1953-03" };
  g_autofree char *items = items_of (*state, lines, G_N_ELEMENTS (lines));

  assert_string_equal (items, "1 phone missing - 2024-01-01 -\n"
                              "1 home missing - 2024-01-01 -\n"
                              "1 id_number missing - 2024-01-01 -\n");
}

static void
the_last_look_decides_what_is_fresh (void **state)
{
  static const char *const lines[] = {
    "person number=1 checked=2021-01-01 checker=甲 " GOOD,
    "person number=2 checked=2024-01-01 " GOOD,
    "look number=1 person=1 date=2022-07-01 result=无误 who=乙",
    "look number=2 person=1 date=2023-12-01 result=未联系上 who=丙",
    "look number=3 person=2 date=2024-07-01 result=无误 who=丁",
  };
  g_autofree char *items = items_of (*state, lines, G_N_ELEMENTS (lines));

  assert_string_equal (items, "1 phone stale - 2022-07-01 乙\n");
}

static void
months_are_counted_by_the_day (void **state)
{
  static const char *const lines[]
      = { "person number=1 checked=2023-06-30 " GOOD,
          "person number=2 checked=2023-06-29 " GOOD };
  g_autofree char *items = items_of (*state, lines, G_N_ELEMENTS (lines));

  assert_string_equal (items, "2 phone stale - 2023-06-29 -\n");
}

static const struct
{
  const char *sql, *item;
} wrongs[] = {
  { "UPDATE reg_person SET phone = '123'", "1 phone wrong" },
  { "UPDATE reg_person SET birth_date = '2025-01-01', id_number = NULL",
    "1 birth_date wrong 在今天之后" },
  { "UPDATE reg_person SET birth_date = '1953-03-02'",
    "1 birth_date wrong 与身份证号里的出生日期不一致" },
  { "UPDATE reg_person SET home = 99", "1 home wrong 所指的一行不在" },
  { "UPDATE reg_person SET home = 1", "1 home wrong 不合目录对它的要求" },
  { "UPDATE reg_unit SET void = 1 WHERE id = 2",
    "1 home wrong 所指的一行不在" },
  { "UPDATE reg_person SET id_number = '999999195303010017'",
    "1 id_number wrong" },
};

static void
what_todays_rules_refuse_is_wrong (void **state)
{
  static const char *const lines[]
      = { "person number=1 checked=2024-01-01 " GOOD };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      g_autoptr (GString) items = g_string_new (NULL);
      g_autoptr (GArray) parts = NULL;
      void *own = NULL;

      set_up (&own);
      bureau_put (own, lines, 1);
      bureau_sql (own, wrongs[i].sql);
      parts = measure (own, NULL, items);
      if (!g_str_has_prefix (items->str, wrongs[i].item))
        fail_msg ("%s: %s", wrongs[i].sql, items->str);
      tear_down (&own);
    }
}

static void
what_is_known_to_be_bad_is_counted_apart (void **state)
{
  static const char *const lines[]
      = { "person number=1 checked=2024-01-01 note=旧档如此 " GOOD };
  g_autoptr (GString) items = g_string_new (NULL);
  g_autoptr (GArray) parts = NULL;
  HxQualityCount count;

  bureau_put (*state, lines, 1);
  bureau_sql (*state, "UPDATE reg_person SET id_number = '999999195303010017'");
  parts = measure (*state, NULL, items);
  count = hx_quality_total (parts, ID);
  assert_string_equal (items->str, "");
  assert_int_equal (count.filled, 1);
  assert_int_equal (count.valid, 0);
  assert_int_equal (count.known_bad, 1);
}

static void
only_those_whom_the_catalogue_means_are_asked (void **state)
{
  static const char *const lines[]
      = { "person number=1 status=已故", "person number=2 status=外地",
          "person number=3 until=2023-01-01", "person number=4 home=二街" };
  static const char *const terms[] = { "unit=二街", NULL };
  Bureau *bureau = *state;
  g_autoptr (GString) items = g_string_new (NULL);
  g_autoptr (GArray) all = NULL, some = NULL;

  bureau_put (bureau, lines, G_N_ELEMENTS (lines));
  all = measure (bureau, NULL, items);
  some = measure (bureau, terms, items);
  assert_int_equal (hx_quality_total (all, PHONE).rows, 2);
  assert_int_equal (hx_quality_total (some, PHONE).rows, 1);
  assert_int_equal (hx_quality_total (some, -1).rows, N_FIELDS);
}

static void
shares_are_rounded_half_up_and_of_nothing_whole (void **state)
{
  (void)state;
  assert_int_equal (hx_quality_share (1, 3), 3333);
  assert_int_equal (hx_quality_share (2, 3), 6667);
  assert_int_equal (hx_quality_share (1, 20000), 1);
  assert_int_equal (hx_quality_share (0, 0), 10000);
}

/* --------------------------------------------------------------- random holes
 */

#define CROWD 400
#define UNITS 3 /* none, 一街, 二街 */

typedef struct
{
  HxQualityCount counts[UNITS][N_FIELDS];
  GPtrArray *lines, *sql;
  GRand *random;
} Model;

static gboolean
chance (const Model *model, double share)
{
  return g_rand_double (model->random) < share;
}

static void
count_one (HxQualityCount *count, gboolean filled, gboolean wrong,
           gboolean fresh)
{
  count->rows++;
  count->filled += filled;
  count->valid += filled && !wrong;
  count->fresh += filled && !wrong && fresh;
}

/* The day is so many months old; 0: nobody ever looked. */
static guint
random_look (Model *model, guint number, GString *line)
{
  guint months = (guint)g_rand_int_range (model->random, 0, 40);
  HxDate day = hx_date_from_days (hx_date_days (today) - (gint64)months * 31);
  char text[HX_DATE_TEXT_SIZE];

  hx_date_format (day, text);
  if (months == 0)
    return 0;
  if (chance (model, 0.5))
    g_string_append_printf (line, " checked=%s", text);
  else
    g_ptr_array_add (model->lines,
                     g_strdup_printf ("look number=%u person=%u date=%s"
                                      " result=更正",
                                      number, number, text));
  return months;
}

static void
random_person (Model *model, guint number)
{
  GString *line = g_string_new (NULL);
  gboolean birth = chance (model, 0.8), phone = chance (model, 0.7);
  gboolean wrong = phone && chance (model, 0.2);
  guint unit = (guint)g_rand_int_range (model->random, 0, UNITS);
  guint at = model->lines->len;
  guint months;

  g_ptr_array_add (model->lines, NULL);
  g_string_printf (line, "person number=%u", number);
  months = random_look (model, number, line);
  if (birth)
    g_string_append (line, " birth_date=1940");
  if (phone)
    g_string_append (line, " phone=13900000000");
  if (unit > 0)
    g_string_append (line, unit == 1 ? " home=一街" : " home=二街");
  if (wrong)
    g_ptr_array_add (model->sql,
                     g_strdup_printf ("UPDATE reg_person SET phone = '1'"
                                      " WHERE number = '%u'",
                                      number));
  model->lines->pdata[at] = g_string_free (line, FALSE);
  count_one (&model->counts[unit][BIRTH], birth, FALSE, TRUE);
  count_one (&model->counts[unit][PHONE], phone, wrong,
             months > 0 && months <= 11);
  count_one (&model->counts[unit][HOME], unit > 0, FALSE,
             months > 0 && months <= 23);
  count_one (&model->counts[unit][ID], FALSE, FALSE, FALSE);
}

static void
assert_same_counts (const HxQualityCount *a, const HxQualityCount *b)
{
  assert_int_equal (a->rows, b->rows);
  assert_int_equal (a->filled, b->filled);
  assert_int_equal (a->valid, b->valid);
  assert_int_equal (a->known_bad, b->known_bad);
  assert_int_equal (a->fresh, b->fresh);
}

static void
compare_parts (const Model *model, const GArray *parts)
{
  HxQualityCount total[N_FIELDS] = { 0 };

  assert_int_equal (parts->len, UNITS * N_FIELDS);
  for (guint i = 0; i < parts->len; i++)
    {
      const HxQualityPart *part = &g_array_index (parts, HxQualityPart, i);
      guint unit = part->unit_id == 0 ? 0 : (guint)part->unit_id - 1;
      const HxQualityCount *count = &model->counts[unit][part->field];

      assert_same_counts (&part->count, count);
      total[part->field].rows += count->rows;
      total[part->field].filled += count->filled;
      total[part->field].valid += count->valid;
      total[part->field].fresh += count->fresh;
    }
  for (int i = 0; i < N_FIELDS; i++)
    {
      HxQualityCount sum = hx_quality_total (parts, i);

      assert_same_counts (&sum, &total[i]);
    }
}

static void
random_holes_are_counted_as_by_hand (void **state)
{
  g_autoptr (GString) items = g_string_new (NULL);
  g_autoptr (GArray) parts = NULL;
  Model model = { .lines = g_ptr_array_new_with_free_func (g_free),
                  .sql = g_ptr_array_new_with_free_func (g_free),
                  .random = g_rand_new_with_seed (2024) };
  guint problems = 0;

  for (guint i = 1; i <= CROWD; i++)
    random_person (&model, i);
  bureau_put (*state, (const char *const *)model.lines->pdata,
              model.lines->len);
  for (guint i = 0; i < model.sql->len; i++)
    bureau_sql (*state, model.sql->pdata[i]);
  parts = measure (*state, NULL, items);
  compare_parts (&model, parts);
  for (const char *at = items->str; *at != '\0'; at++)
    problems += *at == '\n';
  assert_int_equal (problems, hx_quality_total (parts, -1).rows
                                  - hx_quality_total (parts, -1).fresh);
  g_ptr_array_unref (model.lines);
  g_ptr_array_unref (model.sql);
  g_rand_free (model.random);
}

/* --------------------------------------------------------------- the catalogue
 */

static const struct
{
  const char *yaml, *place, *what;
} faults[] = {
  { "- {kind: nobody}\n", "quality.yaml:1:10", "nobody" },
  { "- {kind: look}\n", "quality.yaml:1:10", "look" },
  { "- {kind: person}\n- {kind: person}\n", "quality.yaml:2:10", "两遍" },
  { "- {kind: person, fresh: -1}\n", "quality.yaml:1:25", "月数不对" },
  { "- {kind: person, fields: [{field: fly}]}\n", "quality.yaml:1:35", "fly" },
  { "- {kind: person, fields: [{field: name, required: 101}]}\n",
    "quality.yaml:1:51", "百分比不对" },
  { "- {kind: person, fields: [{field: name, known_bad: checked}]}\n",
    "quality.yaml:1:52", "checked" },
  { "- {kind: person, verified: {record: unit}}\n", "quality.yaml:1:37",
    "unit" },
  { "- {kind: person, verified: {date: name}}\n", "quality.yaml:1:35", "name" },
  { "- {kind: person, requred: 5}\n", "quality.yaml:1:18", "requred" },
};

static void
a_wrong_quality_file_is_refused_with_its_place (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_null (bureau_catalogue (faults[i].yaml, &error));
      if (strstr (error->message, faults[i].place) == NULL
          || strstr (error->message, faults[i].what) == NULL)
        fail_msg ("%s: %s", faults[i].yaml, error->message);
    }
}

int
main (void)
{
#define EACH(test) cmocka_unit_test_setup_teardown (test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    EACH (a_full_and_fresh_row_has_nothing_to_do),
    EACH (what_is_missing_is_named),
    EACH (the_last_look_decides_what_is_fresh),
    EACH (months_are_counted_by_the_day),
    cmocka_unit_test (what_todays_rules_refuse_is_wrong),
    EACH (what_is_known_to_be_bad_is_counted_apart),
    EACH (only_those_whom_the_catalogue_means_are_asked),
    cmocka_unit_test (shares_are_rounded_half_up_and_of_nothing_whole),
    EACH (random_holes_are_counted_as_by_hand),
    cmocka_unit_test (a_wrong_quality_file_is_refused_with_its_place),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
