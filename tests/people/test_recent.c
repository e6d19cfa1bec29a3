/* The last records of a person against all records, sorted the slow way. */
#include "../duty/duty_test.h"

#include "people/recent.h"

#define N_PEOPLE 4
#define N_ROUNDS 120

static const Extra files[] = {
  { "registers/person.yaml",
    "key: person\nname: 人员\nidentity: [number]\nunit: home\nfields:\n"
    "  - {key: number, name: 编号, unique: true}\n"
    "  - {key: name, name: 姓名, required: true}\n"
    "  - {key: birth_date, name: 出生日期, type: date}\n"
    "  - {key: home, name: 机构, type: ref, to: unit, dated: true}\n" },
  { "records/call.yaml",
    "key: call\nname: 电话\nidentity: [number]\nfields:\n"
    "  - {key: number, name: 编号, type: text, required: true}\n"
    "  - {key: whom, name: 对象, type: ref, to: person}\n"
    "  - {key: by, name: 打电话的人, type: ref, to: person}\n" },
  { "records/aid.yaml",
    "key: aid\nname: 帮扶\nof: person\nidentity: [number]\nfields:\n"
    "  - {key: number, name: 编号, type: text, required: true}\n" },
  { "records/meeting.yaml",
    "key: meeting\nname: 会议\nidentity: [number]\nfields:\n"
    "  - {key: number, name: 编号, type: text, required: true}\n"
    "  - {key: crowd, name: 到会, type: attendees, to: person}\n" },
  { "registers/post.yaml",
    "key: post\nname: 任职\nof: person\nidentity: [name]\nfields:\n"
    "  - {key: name, name: 名称, type: text, required: true}\n" },
  { "person.yaml", "of: person\n" },
  { NULL, NULL },
};

static const char duties[]
    = "- {key: units, name: 机构事, of: unit, when: {every: year},\n"
      "   done_by: {person: {}}}\n";

typedef struct
{
  const char *kind;
  guint kind_index;
  gint64 id;
  guint people; /* bit i: person i + 1 is named */
  char day[HX_DATE_TEXT_SIZE];
  gboolean is_void;
} Model;

static int
newest_first (gconstpointer a, gconstpointer b)
{
  const Model *one = a;
  const Model *other = b;
  const int days = strcmp (other->day, one->day);

  if (days != 0)
    return days;
  if (one->kind_index != other->kind_index)
    return one->kind_index < other->kind_index ? -1 : 1;
  return one->id > other->id ? -1 : 1;
}

/* Those of a person up to a day, in order. */
static GArray *
slow_recent (const GArray *all, guint person, const char *until,
             const char *without)
{
  GArray *own = g_array_new (FALSE, FALSE, sizeof (Model));

  for (guint i = 0; i < all->len; i++)
    {
      const Model *model = &g_array_index (all, Model, i);

      if (!model->is_void && (model->people >> person & 1) != 0
          && strcmp (model->day, until) <= 0
          && g_strcmp0 (model->kind, without) != 0)
        g_array_append_val (own, *model);
    }
  g_array_sort (own, newest_first);
  return own;
}

static gboolean
is_wanted (const HxKind *kind, gpointer data)
{
  return strcmp (kind->key, data) != 0;
}

static void
assert_same (Fixture *fixture, const GArray *all, guint person, guint limit,
             const char *without)
{
  static const char until[] = "2023-09-01";
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  g_autofree char *name = g_strdup (without);
  const HxRecentQuery query = { .limit = limit,
                                .as_of = date (until),
                                .wanted = without != NULL ? is_wanted : NULL,
                                .data = name };
  g_autoptr (GArray) wanted = slow_recent (all, person, until, without);
  g_autoptr (GPtrArray) rows
      = hx_person_recent (hx_reader_connection (reader), fixture->catalogue,
                          person + 1, &query, &error);

  check (rows != NULL, error);
  assert_int_equal (rows->len, MIN (limit, wanted->len));
  for (guint i = 0; i < rows->len; i++)
    {
      const HxRow *row = rows->pdata[i];
      const Model *model = &g_array_index (wanted, Model, i);

      assert_string_equal (row->kind->key, model->kind);
      assert_int_equal (row->id, model->id);
    }
}

static void
assert_all_same (Fixture *fixture, const GArray *all)
{
  static const guint limits[] = { 1, 3, 20, 200 };

  for (guint person = 0; person < N_PEOPLE; person++)
    for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
      {
        assert_same (fixture, all, person, limits[i], NULL);
        assert_same (fixture, all, person, limits[i], "call");
      }
}

/* ------------------------------------------------------------------- random */

static char *
put_meeting (Model *model, guint number)
{
  g_autoptr (GString) crowd = g_string_new (NULL);

  for (guint i = 0; i < N_PEOPLE; i++)
    if ((model->people >> i & 1) != 0)
      g_string_append_printf (crowd, "%sA%u", crowd->len > 0 ? "、" : "",
                              i + 1);
  return g_strdup_printf ("put meeting number=%u date=%s crowd=%s", number,
                          model->day, crowd->str);
}

static char *
put_line (Model *model, GRand *random, guint number)
{
  const guint one = (guint)g_rand_int_range (random, 0, N_PEOPLE);
  const guint other = (guint)g_rand_int_range (random, 0, N_PEOPLE);

  model->people = 1U << one;
  if (strcmp (model->kind, "aid") == 0)
    return g_strdup_printf ("put aid number=%u person=A%u date=%s", number,
                            one + 1, model->day);
  model->people |= 1U << other;
  if (strcmp (model->kind, "meeting") == 0)
    return put_meeting (model, number);
  return g_strdup_printf ("put call number=%u whom=A%u by=A%u date=%s", number,
                          one + 1, other + 1, model->day);
}

static void
add_random (Fixture *fixture, GArray *all, GRand *random, guint number)
{
  static const char *const kinds[] = { "aid", "call", "meeting" };
  Model model = { .kind = kinds[g_rand_int_range (random, 0, 3)] };
  g_autofree char *line = NULL;

  model.kind_index = hx_catalogue_kind (fixture->catalogue, model.kind)->index;
  g_snprintf (model.day, sizeof model.day, "2023-%02d-%02d",
              g_rand_int_range (random, 6, 11),
              g_rand_int_range (random, 1, 4));
  line = put_line (&model, random, number);
  play (fixture, (const char *const[]){ line }, 1, &model.id);
  g_array_append_val (all, model);
}

static void
void_random (Fixture *fixture, GArray *all, GRand *random)
{
  Model *model = &g_array_index (
      all, Model, (guint)g_rand_int_range (random, 0, (gint32)all->len));
  g_autofree char *line = NULL;

  if (model->is_void)
    return;
  line = g_strdup_printf ("void %s %d", model->kind, (int)model->id);
  play (fixture, (const char *const[]){ line }, 1, NULL);
  model->is_void = TRUE;
}

static void
the_last_records_are_the_newest_of_all (void **state)
{
  static const char *const people[]
      = { "put unit name=区",
          "put person number=A1 name=甲",
          "put person number=A2 name=乙",
          "put person number=A3 name=丙",
          "put person number=A4 name=丁",
          "put post person=A1 name=组长 since=2023-05-01" };
  g_autoptr (GRand) random = g_rand_new_with_seed (20231130);
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (Model));
  Fixture *fixture = fixture_with (duties, files);

  (void)state;
  play (fixture, people, G_N_ELEMENTS (people), NULL);
  assert_all_same (fixture, all);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      add_random (fixture, all, random, i);
      if (i % 5 == 4)
        void_random (fixture, all, random);
      if (i % 20 == 19)
        assert_all_same (fixture, all);
    }
  fixture_free (fixture);
}

static void
without_files_of_persons_there_are_none (void **state)
{
  g_autoptr (GError) error = NULL;
  Fixture *fixture = fixture_new (duties);
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  const HxRecentQuery query = { .limit = 5, .as_of = { 2023, 12, 31 } };
  g_autoptr (GPtrArray) rows = hx_person_recent (
      hx_reader_connection (reader), fixture->catalogue, 1, &query, &error);

  (void)state;
  check (rows != NULL, error);
  assert_int_equal (rows->len, 0);
  g_clear_pointer (&reader, hx_reader_free);
  fixture_free (fixture);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_last_records_are_the_newest_of_all),
    cmocka_unit_test (without_files_of_persons_there_are_none),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
