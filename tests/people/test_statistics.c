/* Cross tables and balances against a model that writes down every day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "ledger/history.h"
#include "people/statistics.h"

static const char *const files[][2] = {
  { "catalogue.yaml", "key: small\nname: 试验局\n" },
  { "codes.yaml", "sort:\n"
                  "  name: 类别\n"
                  "  codes:\n"
                  "    - {code: z, name: 离休}\n"
                  "    - {code: a, name: 退休}\n"
                  "why:\n"
                  "  name: 原因\n"
                  "  codes:\n"
                  "    - {code: '1', name: 死亡, ends: true}\n"
                  "    - {code: '2', name: 迁出, ends: true}\n" },
  { "registers/unit.yaml",
    "key: unit\n"
    "name: 机构\n"
    "identity: [name]\n"
    "fields:\n"
    "  - {key: name, name: 名称, required: true}\n"
    "  - {key: parent, name: 上级, type: ref, to: unit}\n" },
  { "registers/cadre.yaml",
    "key: cadre\n"
    "name: 老干部\n"
    "identity: [name]\n"
    "unit: street\n"
    "fields:\n"
    "  - {key: name, name: 姓名, required: true}\n"
    "  - {key: birth_date, name: 出生日期, type: date, partial: true}\n"
    "  - {key: sort, name: 类别, type: choice, codes: sort, dated: true}\n"
    "  - {key: street, name: 街道, type: ref, to: unit, dated: true}\n"
    "  - {key: party, name: 党员, type: bool}\n"
    "  - {key: address, name: 住址, secret: true}\n"
    "  - {key: exit, name: 注销原因, type: choice, codes: why}\n" },
};

typedef struct
{
  char *folder;
  HxStore *store;
  HxCatalogue *catalogue;
  const HxKind *unit, *cadre;
} Fixture;

static gboolean
install (HxConnection *connection, gpointer data, GError **error)
{
  return hx_ledger_migrate (connection, error)
         && hx_catalogue_install (connection, data, NULL, error);
}

#define assert_no_error(error)                                                 \
  do                                                                           \
    {                                                                          \
      if ((error) != NULL)                                                     \
        fail_msg ("%s", (error)->message);                                     \
    }                                                                          \
  while (0)

/* ------------------------------------------------------------------- writes */

typedef struct
{
  Fixture *fixture;
  const HxKind *kind;
  gint64 id; /* 0: a new row */
  HxEffect effect;
  const char *cells[6];
  gboolean is_void;
} Write;

static void
set_cells (HxLedger *ledger, HxRow *row, const Write *write, guint8 *set)
{
  for (guint i = 0; write->cells[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (write->cells[i], "=", 2);
      const HxField *field = hx_kind_field (row->kind, parts[0]);
      HxFaults faults = { NULL };

      set[field->index] = 1;
      if (!hx_row_set (ledger, row, field, parts[1], &faults, NULL))
        g_error ("%s", (char *)faults.faults->pdata[0]);
    }
}

static gboolean
put_row (HxLedger *ledger, const Write *write, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (write->kind);
  g_autofree guint8 *set = g_new0 (guint8, write->kind->fields->len);
  HxPutOutcome outcome;

  if (write->id != 0
      && !hx_row_load (hx_ledger_connection (ledger), row, write->id, error))
    return FALSE;
  set_cells (ledger, row, write, set);
  if (write->id == 0)
    return hx_ledger_put (ledger, row, NULL, &outcome, NULL, error);
  return hx_ledger_change_fields (ledger, row, set, NULL, error);
}

static gboolean
run_write (HxConnection *connection, gpointer data, GError **error)
{
  static const HxAuthor author = { "测试员", "试验" };
  const Write *write = data;
  g_autoptr (HxLedger) ledger = hx_ledger_new (
      connection, write->fixture->catalogue, &author, NULL, error);

  if (ledger == NULL || !hx_ledger_effect (ledger, &write->effect, error))
    return FALSE;
  if (write->is_void
          ? !hx_ledger_void (ledger, write->kind, write->id, "误登", error)
          : !put_row (ledger, write, error))
    return FALSE;
  return hx_ledger_finish (ledger, error);
}

static void
do_write (Write write)
{
  g_autoptr (GError) error = NULL;

  hx_write (write.fixture->store, run_write, &write, &error);
  assert_no_error (error);
}

static int
setup (void **state)
{
  static const char *const units[][3] = { { "name=区" },
                                          { "name=乙街", "parent=区" },
                                          { "name=丙社区", "parent=乙街" },
                                          { "name=甲街", "parent=区" } };
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autoptr (HxBundle) bundle = hx_bundle_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    hx_bundle_add (bundle, files[i][0], files[i][1]);
  fixture->catalogue = hx_catalogue_load (bundle, &error);
  assert_no_error (error);
  fixture->folder = g_dir_make_tmp ("hx-statistics-XXXXXX", NULL);
  url = g_strdup_printf ("sqlite:%s/a.db", fixture->folder);
  fixture->store = hx_store_open (url, HX_STORE_CREATE, NULL, &error);
  assert_no_error (error);
  hx_write (fixture->store, install, fixture->catalogue, &error);
  assert_no_error (error);
  fixture->unit = hx_catalogue_kind (fixture->catalogue, "unit");
  fixture->cadre = hx_catalogue_kind (fixture->catalogue, "cadre");
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    do_write ((Write){ .fixture = fixture,
                       .kind = fixture->unit,
                       .cells = { units[i][0], units[i][1] } });
  *state = fixture;
  return 0;
}

static int
teardown (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  hx_store_close (fixture->store);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  hx_catalogue_unref (fixture->catalogue);
  g_free (fixture);
  return 0;
}

/* ------------------------------------------------------------------ questions
 */

typedef struct
{
  HxReader *reader;
  GArray *rows, *columns, *ages;
  HxStatisticsQuery query;
} Question;

static Question *
ask (Fixture *fixture, const char *rows, const char *columns, HxDate day)
{
  Question *question = g_new0 (Question, 1);
  g_autoptr (GError) error = NULL;

  question->reader = hx_store_reader (fixture->store, &error);
  question->rows = g_array_new (FALSE, FALSE, sizeof (HxDimension));
  question->columns = g_array_new (FALSE, FALSE, sizeof (HxDimension));
  question->ages = hx_ages_default ();
  hx_dimensions_parse (fixture->cadre, rows, question->rows, &error);
  if (columns != NULL)
    hx_dimensions_parse (fixture->cadre, columns, question->columns, &error);
  assert_no_error (error);
  question->query = (HxStatisticsQuery){ .connection = hx_reader_connection (
                                             question->reader),
                                         .catalogue = fixture->catalogue,
                                         .kind = fixture->cadre,
                                         .rows = question->rows,
                                         .columns = question->columns,
                                         .ages = question->ages,
                                         .as_of = day };
  return question;
}

static void
question_free (Question *question)
{
  g_array_unref (question->rows);
  g_array_unref (question->columns);
  g_array_unref (question->ages);
  hx_reader_free (question->reader);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static char *
names_of (const GPtrArray *classes)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < classes->len; i++)
    {
      const HxClass *class = classes->pdata[i];

      g_string_append_printf (out, "%s%s=%d", i > 0 ? " " : "",
                              (const char *)class->names->pdata[0],
                              (int)class->total);
    }
  return g_strdup (out->str);
}

static void
assert_rows (Fixture *fixture, const char *dimension, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Question) question
      = ask (fixture, dimension, NULL, (HxDate){ 2023, 12, 31 });
  g_autoptr (HxCross) cross = hx_cross_count (&question->query, &error);
  g_autofree char *found = NULL;

  assert_no_error (error);
  found = names_of (cross->rows);
  assert_string_equal (found, expected);
}

static void
classes_stand_in_their_order_and_the_unknown_last (void **state)
{
  static const char *const people[][5] = {
    { "name=1", "sort=退休", "street=甲街", "birth_date=1963-12-31",
      "party=是" },
    { "name=2", "sort=离休", "street=丙社区", "birth_date=1933", "party=否" },
    { "name=3", "birth_date=1964-01-01", "street=乙街" },
    { "name=4", "sort=退休", "birth_date=1953-12" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      Write write = { .fixture = *state, .kind = ((Fixture *)*state)->cadre };

      memcpy (write.cells, people[i], sizeof people[i]);
      do_write (write);
    }
  assert_rows (*state, "sort", "离休=1 退休=2 未填=1");
  assert_rows (*state, "街道", "乙街=1 丙社区=1 甲街=1 未填=1");
  assert_rows (*state, "party", "是=1 否=1 未填=2");
  assert_rows (*state, "年龄", "≤59=1 60–64=1 70–74=1 90+=1");
}

static void
what_cannot_be_counted_by_is_refused (void **state)
{
  static const char *const wrong[]
      = { "name",         "address", "birth_date",           "",
          "sort,,street", "colour",  "sort,street,age,party" };
  static const char *const ages[] = { "", "70,60", "60,60", "a", "0", "151" };
  Fixture *fixture = *state;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GArray) dimensions
          = g_array_new (FALSE, FALSE, sizeof (HxDimension));
      g_autoptr (GError) error = NULL;

      if (hx_dimensions_parse (fixture->cadre, wrong[i], dimensions, &error))
        fail_msg ("%s was taken", wrong[i]);
      assert_int_equal (hx_error_exit_status (error), 2);
    }
  for (guint i = 0; i < G_N_ELEMENTS (ages); i++)
    {
      g_autoptr (GArray) bands = g_array_new (FALSE, FALSE, sizeof (int));
      g_autoptr (GError) error = NULL;

      if (hx_ages_parse (ages[i], bands, &error))
        fail_msg ("%s was taken", ages[i]);
      assert_non_null (strstr (error->message, "年龄段"));
    }
}

/* ------------------------------------------------- years against the model */

#define FIRST_DAY ((HxDate){ 2021, 12, 31 })
#define DAYS 731 /* to 2023-12-31 */
#define PEOPLE 24
#define STEPS 500
#define CLASSES 5 /* 0: empty */

static const char *const sorts[] = { "", "离休", "退休" };
static const char *const sort_keys[] = { "", "z", "a" };
static const char *const streets[] = { "", "区", "乙街", "丙社区", "甲街" };

typedef struct
{
  gint8 value[DAYS];
  gboolean mark[DAYS];
} Course;

typedef struct
{
  Course sort, street;
  int since, until; /* days; -1: none */
  int why;          /* 0: not filled */
  gboolean is_void;
} Life;

static HxDate
date_of (int day)
{
  return hx_date_from_days (hx_date_days (FIRST_DAY) + day);
}

static void
live (Course *course, int day, gboolean is_correction, int value)
{
  int start = day;
  int end = day + 1;

  while (end < DAYS && !course->mark[end])
    end++;
  if (course->value[day] == value)
    return;
  for (start = is_correction ? 0 : day; is_correction && start < day; start++)
    {
      gboolean is_last = TRUE;

      for (int i = start + 1; i <= day; i++)
        is_last = is_last && !course->mark[i];
      if (is_last)
        break;
    }
  if (!is_correction)
    course->mark[day] = TRUE;
  for (int i = start; i < end; i++)
    course->value[i] = (gint8)value;
}

static gboolean
exists (const Life *life, int day)
{
  return !life->is_void && (life->since < 0 || life->since <= day)
         && (life->until < 0 || life->until >= day);
}

static void
enter (Fixture *fixture, GRand *random, Life *life, int number)
{
  g_autofree char *name = g_strdup_printf ("name=人%d", number);
  g_autofree char *sort = NULL;
  g_autofree char *street = NULL;
  g_autofree char *since = NULL;
  int first_sort = g_rand_int_range (random, 0, 3);
  int first_street = g_rand_int_range (random, 0, CLASSES);
  char day[HX_DATE_TEXT_SIZE] = "";

  *life = (Life){ .since = -1, .until = -1 };
  if (g_rand_int_range (random, 0, 3) > 0)
    life->since = g_rand_int_range (random, 0, DAYS);
  if (life->since >= 0)
    hx_date_format (date_of (life->since), day);
  sort = g_strdup_printf ("sort=%s", sorts[first_sort]);
  street = g_strdup_printf ("street=%s", streets[first_street]);
  since = g_strdup_printf ("since=%s", day);
  do_write ((Write){ .fixture = fixture,
                     .kind = fixture->cadre,
                     .cells = { name, sort, street, since } });
  memset (life->sort.value, first_sort, DAYS);
  memset (life->street.value, first_street, DAYS);
}

static void
move (Fixture *fixture, GRand *random, Life *life, int number)
{
  gboolean of_street = g_rand_boolean (random);
  gboolean is_correction = g_rand_int_range (random, 0, 4) == 0;
  int day = g_rand_int_range (random, 0, DAYS);
  int value = g_rand_int_range (random, 0, of_street ? CLASSES : 3);
  g_autofree char *cell
      = g_strdup_printf ("%s=%s", of_street ? "street" : "sort",
                         of_street ? streets[value] : sorts[value]);

  do_write ((Write){ .fixture = fixture,
                     .kind = fixture->cadre,
                     .id = number,
                     .effect = { date_of (day), is_correction },
                     .cells = { cell } });
  live (of_street ? &life->street : &life->sort, day, is_correction, value);
}

/* Dies, moves away, or comes back from the dead by a correction. */
static void
leave (Fixture *fixture, GRand *random, Life *life, int number)
{
  static const char *const whys[] = { "exit=", "exit=死亡", "exit=迁出" };
  g_autofree char *until = NULL;
  char day[HX_DATE_TEXT_SIZE] = "";

  life->why = g_rand_int_range (random, 0, 3);
  life->until = g_rand_int_range (random, -1, DAYS);
  if (life->until < life->since)
    life->until = life->since;
  if (life->until >= 0)
    hx_date_format (date_of (life->until), day);
  until = g_strdup_printf ("until=%s", day);
  do_write ((Write){ .fixture = fixture,
                     .kind = fixture->cadre,
                     .id = number,
                     .cells = { until, whys[life->why] } });
}

static void
step (Fixture *fixture, GRand *random, Life *lives)
{
  int person = g_rand_int_range (random, 0, PEOPLE);
  int what = g_rand_int_range (random, 0, 100);

  if (lives[person].is_void)
    return;
  if (what < 70)
    move (fixture, random, &lives[person], person + 1);
  else if (what < 99)
    leave (fixture, random, &lives[person], person + 1);
  else
    {
      do_write ((Write){ .fixture = fixture,
                         .kind = fixture->cadre,
                         .id = person + 1,
                         .is_void = TRUE });
      lives[person].is_void = TRUE;
    }
}

/* The place of a class in the model by its key. */
static int
sort_of (const char *key)
{
  int sort = 0;

  while (!g_str_equal (sort_keys[sort], key))
    sort++;
  return sort;
}

static int
street_of (const char *key)
{
  return *key == '\0' ? 0 : (int)g_ascii_strtoll (key, NULL, 10);
}

static void
compare_cross (Fixture *fixture, const Life *lives, int day)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Question) question
      = ask (fixture, "sort", "street", date_of (day));
  g_autoptr (HxCross) cross = hx_cross_count (&question->query, &error);
  int cells[3][CLASSES] = { { 0 } };
  int total = 0;

  assert_no_error (error);
  for (int i = 0; i < PEOPLE; i++)
    if (exists (&lives[i], day))
      {
        cells[lives[i].sort.value[day]][lives[i].street.value[day]]++;
        total++;
      }
  assert_int_equal (cross->total, total);
  for (guint i = 0; i < cross->rows->len; i++)
    for (guint j = 0; j < cross->columns->len; j++)
      {
        const HxClass *row = cross->rows->pdata[i];
        const HxClass *column = cross->columns->pdata[j];

        assert_int_equal (cross->cells[i * cross->columns->len + j],
                          cells[sort_of (row->key)][street_of (column->key)]);
      }
}

typedef struct
{
  int last, entered, moved_in, moved_out, left[3], now;
} Line;

static void
expect_person (const Life *life, const Course *course, int last, int now,
               Line *lines)
{
  gboolean was = exists (life, last);
  gboolean is = exists (life, now);
  gboolean between = !was && !is && !life->is_void && life->since > last
                     && life->until >= 0 && life->until < now;
  int from = course->value[was ? last : MAX (life->since, 0)];
  int to = course->value[is ? now : MAX (life->until, 0)];

  if (!was && !is && !between)
    return;
  if (was)
    lines[from].last++;
  else
    lines[from].entered++;
  if (is)
    lines[to].now++;
  else
    lines[to].left[life->why]++;
  if (from == to)
    return;
  lines[from].moved_out++;
  lines[to].moved_in++;
}

static void
compare_line (const HxBalance *balance, const HxBalanceLine *line,
              const Line *expected)
{
  assert_int_equal (line->last, expected->last);
  assert_int_equal (line->entered, expected->entered);
  assert_int_equal (line->moved_in, expected->moved_in);
  assert_int_equal (line->moved_out, expected->moved_out);
  assert_int_equal (line->row->total, expected->now);
  for (guint i = 0; i < balance->reasons->len; i++)
    {
      const HxClass *reason = balance->reasons->pdata[i];

      assert_int_equal (line->left[i], expected->left[street_of (reason->key)]);
    }
}

static void
compare_balance (Fixture *fixture, const Life *lives, gboolean of_street,
                 int last, int now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Question) question
      = ask (fixture, of_street ? "street" : "sort", NULL, date_of (now));
  g_autoptr (HxBalance) balance
      = hx_balance_count (&question->query, date_of (last), &error);
  Line lines[CLASSES] = { { 0 } };
  gint64 sum = 0;

  assert_no_error (error);
  for (int i = 0; i < PEOPLE; i++)
    expect_person (&lives[i], of_street ? &lives[i].street : &lives[i].sort,
                   last, now, lines);
  for (guint i = 0; i < balance->lines->len; i++)
    {
      const HxBalanceLine *line = balance->lines->pdata[i];
      int class = of_street ? street_of (line->row->key)
                            : sort_of (line->row->key);

      compare_line (balance, line, &lines[class]);
      sum += line->row->total;
    }
  assert_int_equal (sum, balance->all->row->total);
}

static void
compare_all (Fixture *fixture, const Life *lives, GRand *random)
{
  compare_cross (fixture, lives, 0);
  compare_cross (fixture, lives, DAYS - 1);
  for (int i = 0; i < 6; i++)
    compare_cross (fixture, lives, g_rand_int_range (random, 0, DAYS));
  for (int dimension = 0; dimension < 2; dimension++)
    {
      compare_balance (fixture, lives, dimension, 0, 365);
      compare_balance (fixture, lives, dimension, 365, DAYS - 1);
    }
}

static void
no_finding (const char *finding, gpointer data)
{
  (void)data;
  fail_msg ("%s", finding);
}

static void
random_years_balance_in_every_class (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GRand) random = g_rand_new_with_seed (19491001);
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = NULL;
  Life *lives = g_new0 (Life, PEOPLE);

  for (int i = 0; i < PEOPLE; i++)
    enter (fixture, random, &lives[i], i + 1);
  compare_all (fixture, lives, random);
  for (int i = 1; i <= STEPS; i++)
    {
      step (fixture, random, lives);
      if (i % 25 == 0)
        compare_all (fixture, lives, random);
    }
  g_free (lives);
  reader = hx_store_reader (fixture->store, NULL);
  hx_ledger_verify (hx_reader_connection (reader), fixture->catalogue,
                    no_finding, NULL, NULL, &error);
  assert_no_error (error);
}

static void
terms_move_people_in_and_out (void **state)
{
  static const char *const terms[] = { "sort=离休", NULL };
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (Question) question = NULL;
  g_autoptr (HxBalance) balance = NULL;
  const HxBalanceLine *line;

  do_write ((Write){ .fixture = fixture,
                     .kind = fixture->cadre,
                     .cells = { "name=1", "sort=退休", "street=甲街" } });
  do_write ((Write){ .fixture = fixture,
                     .kind = fixture->cadre,
                     .id = 1,
                     .effect = { { 2023, 6, 1 }, FALSE },
                     .cells = { "sort=离休" } });
  question = ask (fixture, "street", NULL, (HxDate){ 2023, 12, 31 });
  question->query.terms = terms;
  balance
      = hx_balance_count (&question->query, (HxDate){ 2022, 12, 31 }, &error);
  assert_no_error (error);
  assert_int_equal (balance->lines->len, 1);
  line = balance->lines->pdata[0];
  assert_int_equal (line->last, 0);
  assert_int_equal (line->entered, 0);
  assert_int_equal (line->moved_in, 1);
  assert_int_equal (line->row->total, 1);
}

int
main (void)
{
#define CASE(function)                                                         \
  cmocka_unit_test_setup_teardown (function, setup, teardown)
  const struct CMUnitTest tests[] = {
    CASE (classes_stand_in_their_order_and_the_unknown_last),
    CASE (what_cannot_be_counted_by_is_refused),
    CASE (random_years_balance_in_every_class),
    CASE (terms_move_people_in_and_out),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
