/* Merging two rows that are one person, and taking it back. */
#include "picture.h"

#include "people/duplicate.h"
#include "people/merge.h"

typedef struct
{
  const HxDuplicateRules *rules;
  HxMergeOrder order;
  gint64 note;
  GString *steps; /* "moved visit 3, filled cadre 1 phone" */
  char *refused;  /* why; NULL: it was done */
} Work;

static const HxDuplicateRules *
rules_of (const Bureau *bureau)
{
  return hx_catalogue_duplicates (bureau->catalogue, bureau->cadre);
}

static void
note_steps (GString *text, const HxMerged *merged)
{
  static const char *const acts[]
      = { "moved", "repeated", "differs", "filled", "taken", "stayed" };

  for (guint i = 0; i < merged->steps->len; i++)
    {
      const HxMergeStep *step = &g_array_index (merged->steps, HxMergeStep, i);

      g_string_append_printf (text, "%s%s %s %ld", text->len > 0 ? ", " : "",
                              acts[step->act], step->kind->key, (long)step->id);
      if (step->field != NULL)
        g_string_append_printf (text, " %s", step->field->key);
    }
}

/* A refused one must leave nothing, so it fails its write. */
static gboolean
merge_rows (HxLedger *ledger, gpointer data, GError **error)
{
  Work *work = data;
  g_auto (HxMerged) merged = { 0 };

  if (!hx_merge (ledger, work->rules, &work->order, &merged, error))
    return FALSE;
  work->note = merged.note;
  note_steps (work->steps, &merged);
  return TRUE;
}

static gboolean
undo_merge (HxLedger *ledger, gpointer data, GError **error)
{
  const Work *work = data;

  return hx_merge_undo (ledger, work->rules, work->note, error);
}

static void
run (Bureau *bureau, HxLedgerFunc function, Work *work)
{
  static const HxAuthor author = { "测试员", "试验" };
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&work->refused, g_free);
  if (hx_measure_write (bureau->store, bureau->catalogue, &author, function,
                        work, &error))
    return;
  assert_non_null (error);
  work->refused = g_strdup (error->message);
}

static Work
work_new (Bureau *bureau, gint64 keep, gint64 other)
{
  return (Work){ .rules = rules_of (bureau),
                 .order = { keep, other, "重复登记", NULL },
                 .steps = g_string_new (NULL) };
}

static void
work_clear (Work *work)
{
  g_string_free (work->steps, TRUE);
  g_free (work->refused);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static void
assert_done (const Work *work)
{
  if (work->refused != NULL)
    fail_msg ("%s", work->refused);
}

static void
assert_refused (const Work *work, const char *text)
{
  assert_non_null (work->refused);
  if (strstr (work->refused, text) == NULL)
    fail_msg ("no “%s” in: %s", text, work->refused);
}

static void
assert_clean (Bureau *bureau)
{
  g_autofree char *found = findings (bureau);

  assert_string_equal (found, "");
}

static char *
value_text (Bureau *bureau, const char *kind, gint64 id, const char *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (bureau->store, &error);
  g_autoptr (HxRow) row
      = hx_row_new (hx_catalogue_kind (bureau->catalogue, kind));
  const HxField *field = hx_kind_field (row->kind, key);

  check (hx_row_load (hx_reader_connection (reader), row, id, &error), error);
  if (row->is_void)
    return g_strdup ("void");
  if (!row->values[field->index].filled)
    return g_strdup ("");
  if (row->values[field->index].people != NULL)
    return g_strdup_printf ("%ld %s", (long)row->values[field->index].integer,
                            row->values[field->index].people);
  return hx_field_type_is_integer (field->type)
             ? g_strdup_printf ("%ld", (long)row->values[field->index].integer)
             : g_strdup (row->values[field->index].text);
}

static void
assert_value (Bureau *bureau, const char *kind, gint64 id, const char *key,
              const char *text)
{
  g_autofree char *is = value_text (bureau, kind, id, key);

  assert_string_equal (is, text);
}

/* ------------------------------------------------------------- a small bureau
 */

static const Person three[] = { { .number = "A1",
                                  .name = "张国华",
                                  .birth_date = "1953-03-05",
                                  .phone = "13800138000",
                                  .id_number = "999999195303050015",
                                  .street = "东街" },
                                { .number = "A2",
                                  .name = "張國華",
                                  .birth_date = "1953-03-05",
                                  .employer = "试验厂",
                                  .sex = "男",
                                  .landline = "020-81234567",
                                  .street = "西街" },
                                { .number = "A3", .name = "王秀英" } };

/* Of A1 and A2; the last of each kind is the same for both. */
static const char *const lines[] = {
  "visit cadre=A1 date=2023-03-05 occasion=生日 gift=500",
  "visit cadre=A2 date=2023-06-22 occasion=节日 gift=300",
  "visit cadre=A2 date=2023-03-05 occasion=生日 gift=200 visitor=李四",
  "study_meeting number=S1 date=2023-05-04 audience=处级 attendances=3 "
  "named=A1、A2、A3",
  "study_meeting number=S2 date=2023-05-05 audience=处级 attendances=1 "
  "named=A2",
  "teaching_point code=P1 name=东教点 kind=街道 head=A2 since=2020-01-01",
  "class_session number=K1 since=2023-04-01 point=P1 kind=特色课程",
  "class_attendance cadre=A1 session=K1 date=2023-04-01",
  "class_attendance cadre=A2 session=K1 date=2023-04-01 way=线上",
};

enum
{
  VISIT_OF_A1,
  VISIT_OF_A2,
  VISIT_REPEATED,
  MEETING_OF_ALL,
  MEETING_OF_A2,
  POINT,
  SESSION,
  CLASS_OF_A1,
  CLASS_REPEATED,
  N_LINES
};

static Bureau *
small_bureau (gint64 *people, gint64 *rows)
{
  Bureau *bureau = bureau_new (FALSE);

  bureau_add (bureau, three, G_N_ELEMENTS (three), people);
  bureau_put (bureau, lines, G_N_ELEMENTS (lines), rows);
  return bureau;
}

static void
what_refers_to_one_refers_to_the_other (void **state)
{
  gint64 people[3];
  gint64 rows[N_LINES];

  (void)state;
  Bureau *bureau = small_bureau (people, rows);
  g_auto (Work) work = work_new (bureau, people[0], people[1]);
  run (bureau, merge_rows, &work);
  assert_done (&work);
  assert_value (bureau, "visit", rows[VISIT_OF_A2], "cadre", "1");
  assert_value (bureau, "visit", rows[VISIT_REPEATED], "cadre", "void");
  assert_value (bureau, "class_attendance", rows[CLASS_REPEATED], "cadre",
                "void");
  assert_value (bureau, "teaching_point", rows[POINT], "head", "1");
  assert_value (bureau, "study_meeting", rows[MEETING_OF_ALL], "named",
                "2 [1,3]");
  assert_value (bureau, "study_meeting", rows[MEETING_OF_A2], "named", "1 [1]");
  assert_value (bureau, "cadre", people[1], "name", "void");
  assert_non_null (strstr (work.steps->str, "moved visit 2"));
  assert_non_null (strstr (work.steps->str, "repeated visit 3"));
  assert_non_null (strstr (work.steps->str, "differs visit 3 gift"));
  assert_non_null (strstr (work.steps->str, "differs visit 3 visitor"));
  assert_clean (bureau);
  bureau_free (bureau);
}

static void
empty_fields_are_filled_and_others_stay (void **state)
{
  static const char *const take[] = { "name=other", "sex=keep", NULL };
  gint64 people[3];

  (void)state;
  Bureau *bureau = small_bureau (people, NULL);
  g_auto (Work) work = work_new (bureau, people[0], people[1]);
  work.order.take = take;
  run (bureau, merge_rows, &work);
  assert_done (&work);
  assert_value (bureau, "cadre", people[0], "name", "張國華");
  assert_value (bureau, "cadre", people[0], "sex", "");
  assert_value (bureau, "cadre", people[0], "employer", "试验厂");
  assert_value (bureau, "cadre", people[0], "landline", "020-81234567");
  assert_value (bureau, "cadre", people[0], "number", "A1");
  assert_value (bureau, "cadre", people[0], "street", "1");
  assert_non_null (strstr (work.steps->str, "taken cadre 1 name"));
  assert_non_null (strstr (work.steps->str, "filled cadre 1 employer"));
  assert_non_null (strstr (work.steps->str, "stayed cadre 1 sex"));
  assert_non_null (strstr (work.steps->str, "stayed cadre 1 number"));
  assert_clean (bureau);
  bureau_free (bureau);
}

static void
the_number_of_the_other_can_be_taken (void **state)
{
  static const char *const take[] = { "number=other", "street=other", NULL };
  gint64 people[3];

  (void)state;
  Bureau *bureau = small_bureau (people, NULL);
  g_autofree char *before = picture (bureau, 2023);
  g_auto (Work) work = work_new (bureau, people[0], people[1]);
  work.order.take = take;
  run (bureau, merge_rows, &work);
  assert_done (&work);
  assert_value (bureau, "cadre", people[0], "number", "A2");
  assert_value (bureau, "cadre", people[0], "street", "2");
  assert_clean (bureau);
  run (bureau, undo_merge, &work);
  assert_done (&work);
  assert_value (bureau, "cadre", people[0], "number", "A1");
  g_autofree char *after = picture (bureau, 2023);
  assert_string_equal (before, after);
  assert_clean (bureau);
  bureau_free (bureau);
}

/* A person who is gone does not take the other one along. */
static void
the_end_of_a_row_is_not_filled_in (void **state)
{
  gint64 people[3];

  (void)state;
  Bureau *bureau = small_bureau (people, NULL);
  bureau_change (bureau, "cadre 2 status=去世 until=2023-09-01");
  g_auto (Work) work = work_new (bureau, people[0], people[1]);
  run (bureau, merge_rows, &work);
  assert_done (&work);
  assert_value (bureau, "cadre", people[0], "until", "");
  assert_non_null (strstr (work.steps->str, "stayed cadre 1 until"));
  bureau_free (bureau);
}

/* Why a wrong number is kept says nothing of another number. */
static void
the_reason_of_a_bad_number_goes_with_it (void **state)
{
  static const char *const two[] = {
    "cadre number=A1 name=张国华 id_number=999999195303050015",
    "cadre number=A2 name=张国华 id_number=999999195303050016"
    " id_number_doubt=老账如此",
  };
  static const char *const take[] = { "id_number=other", NULL };

  (void)state;
  Bureau *bureau = bureau_new (FALSE);
  bureau_put (bureau, two, G_N_ELEMENTS (two), NULL);
  g_autofree char *before = picture (bureau, 2023);
  g_auto (Work) work = work_new (bureau, 1, 2);
  run (bureau, merge_rows, &work);
  assert_done (&work);
  assert_value (bureau, "cadre", 1, "id_number", "999999195303050015");
  assert_value (bureau, "cadre", 1, "id_number_doubt", "");
  run (bureau, undo_merge, &work);
  work.order.take = take;
  run (bureau, merge_rows, &work);
  assert_done (&work);
  assert_value (bureau, "cadre", 1, "id_number", "999999195303050016");
  assert_value (bureau, "cadre", 1, "id_number_doubt", "老账如此");
  assert_clean (bureau);
  run (bureau, undo_merge, &work);
  assert_done (&work);
  g_autofree char *after = picture (bureau, 2023);
  assert_string_equal (before, after);
  bureau_free (bureau);
}

/* ------------------------------------------------------------------ refusals
 */

static void
what_makes_no_sense_is_refused_whole (void **state)
{
  static const char *const unknown[] = { "colour=other", NULL };
  static const char *const vague[] = { "name", NULL };
  static const char *const empty[] = { "phone=other", NULL };
  static const struct
  {
    gint64 keep, other;
    const char *reason;
    const char *const *take;
    const char *says;
  } orders[] = {
    { 1, 1, "重复", NULL, "同一行" },
    { 1, 2, "", NULL, "合并要写明原因" },
    { 1, 99, "重复", NULL, "没有这一行" },
    { 1, 2, "重复", unknown, "没有这个字段: colour=other" },
    { 1, 2, "重复", vague, "没有写明取哪一行的值: name" },
    { 1, 2, "重复", empty, "另一行的这个字段是空的: 手机" },
  };
  gint64 people[3];

  (void)state;
  Bureau *bureau = small_bureau (people, NULL);
  g_autofree char *before = picture (bureau, 2023);
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_auto (Work) work = work_new (bureau, orders[i].keep, orders[i].other);

      work.order.reason = orders[i].reason;
      work.order.take = orders[i].take;
      run (bureau, merge_rows, &work);
      assert_refused (&work, orders[i].says);
    }
  g_autofree char *after = picture (bureau, 2023);
  assert_string_equal (before, after);
  bureau_free (bureau);
}

/* The birth date of the other contradicts the ID number that stays. */
static void
a_row_that_would_not_be_taken_is_not_made (void **state)
{
  static const Person two[]
      = { { .number = "A1", .name = "张甲", .id_number = "999999195303050015" },
          { .number = "A2", .name = "张甲", .birth_date = "1950-01-01" } };
  static const char *const keep[] = { "birth_date=keep", NULL };
  gint64 people[2];

  (void)state;
  Bureau *bureau = bureau_new (FALSE);
  bureau_add (bureau, two, G_N_ELEMENTS (two), people);
  g_auto (Work) work = work_new (bureau, people[0], people[1]);
  run (bureau, merge_rows, &work);
  assert_refused (&work, "与身份证号里的出生日期不一致");
  assert_refused (&work, "--take");
  work.order.take = keep;
  run (bureau, merge_rows, &work);
  assert_done (&work);
  bureau_free (bureau);
}

/* --------------------------------------------------------------- not the same
 */

typedef struct
{
  const HxDuplicateRules *rules;
  gint64 pair[2], id;
} Note;

static gboolean
note_pair (HxLedger *ledger, gpointer data, GError **error)
{
  Note *note = data;

  return hx_duplicates_not_same (ledger, note->rules, note->pair, "见过面",
                                 &note->id, error);
}

static void
two_people_are_not_merged (void **state)
{
  gint64 people[3];

  (void)state;
  Bureau *bureau = small_bureau (people, NULL);
  Note note = { rules_of (bureau), { people[0], people[1] }, 0 };
  g_auto (Work) work = work_new (bureau, people[1], people[0]);
  bureau_in_ledger (bureau, note_pair, &note);
  run (bureau, merge_rows, &work);
  assert_refused (&work, "已记下这两行不是同一人: 不是同一人 1");
  bureau_free (bureau);
}

static void
what_is_known_of_a_pair_follows_the_merge (void **state)
{
  gint64 people[3];

  (void)state;
  Bureau *bureau = small_bureau (people, NULL);
  Note first = { rules_of (bureau), { people[0], people[2] }, 0 };
  Note second = { rules_of (bureau), { people[1], people[2] }, 0 };
  g_auto (Work) work = work_new (bureau, people[2], people[0]);
  /* When 1 becomes 2, that 1 is not 3 is known already. */
  bureau_in_ledger (bureau, note_pair, &second);
  bureau_in_ledger (bureau, note_pair, &first);
  run (bureau, merge_rows, &work);
  assert_refused (&work, "不是同一人");
  work.order = (HxMergeOrder){ people[1], people[0], "重复", NULL };
  run (bureau, merge_rows, &work);
  assert_done (&work);
  assert_value (bureau, "not_same", second.id, "one", "2");
  assert_value (bureau, "not_same", second.id, "other", "3");
  assert_value (bureau, "not_same", first.id, "one", "void");
  assert_clean (bureau);
  bureau_free (bureau);
}

/* The smaller number stays in front. */
static void
a_noted_pair_stays_in_order (void **state)
{
  gint64 people[3];

  (void)state;
  Bureau *bureau = small_bureau (people, NULL);
  Note note = { rules_of (bureau), { people[0], people[1] }, 0 };
  g_auto (Work) work = work_new (bureau, people[2], people[0]);
  bureau_in_ledger (bureau, note_pair, &note);
  run (bureau, merge_rows, &work);
  assert_done (&work);
  assert_value (bureau, "not_same", note.id, "one", "2");
  assert_value (bureau, "not_same", note.id, "other", "3");
  bureau_free (bureau);
}

/* ------------------------------------------------------------------- undoing
 */

static void
undoing_leaves_everything_as_it_was (void **state)
{
  gint64 people[3];

  (void)state;
  Bureau *bureau = small_bureau (people, NULL);
  g_autofree char *before = picture (bureau, 2023);
  g_auto (Work) work = work_new (bureau, people[0], people[1]);
  run (bureau, merge_rows, &work);
  assert_done (&work);
  g_autofree char *merged = picture (bureau, 2023);
  assert_string_not_equal (before, merged);
  run (bureau, undo_merge, &work);
  assert_done (&work);
  g_autofree char *after = picture (bureau, 2023);
  assert_string_equal (before, after);
  assert_clean (bureau);
  run (bureau, undo_merge, &work);
  assert_refused (&work, "这次合并已经撤销");
  bureau_free (bureau);
}

static void
what_changed_since_keeps_a_merge_from_being_undone (void **state)
{
  gint64 people[3];
  gint64 rows[N_LINES];

  (void)state;
  Bureau *bureau = small_bureau (people, rows);
  g_auto (Work) work = work_new (bureau, people[0], people[1]);
  run (bureau, merge_rows, &work);
  assert_done (&work);
  bureau_change (bureau, "visit 2 cadre=A3");
  bureau_change (bureau, "cadre 1 employer=另一个厂");
  g_autofree char *before = picture (bureau, 2023);
  run (bureau, undo_merge, &work);
  assert_refused (&work, "走访慰问 2: 后来又有变动");
  assert_refused (&work, "离退休干部 1: 后来又有变动");
  assert_refused (&work, "这次什么也没有改");
  g_autofree char *after = picture (bureau, 2023);
  assert_string_equal (before, after);
  assert_clean (bureau);
  bureau_free (bureau);
}

/* Other fields of the row may have moved on. */
static void
what_the_merge_did_not_touch_stays_as_it_is (void **state)
{
  gint64 people[3];

  (void)state;
  Bureau *bureau = small_bureau (people, NULL);
  g_auto (Work) work = work_new (bureau, people[0], people[1]);
  run (bureau, merge_rows, &work);
  bureau_change (bureau, "cadre 1 post=处长");
  bureau_change (bureau, "visit 2 gift=999");
  run (bureau, undo_merge, &work);
  assert_done (&work);
  assert_value (bureau, "cadre", people[0], "post", "处长");
  assert_value (bureau, "cadre", people[0], "employer", "");
  assert_value (bureau, "visit", 2, "cadre", "2");
  assert_value (bureau, "visit", 2, "gift", "99900");
  assert_clean (bureau);
  bureau_free (bureau);
}

static void
merges_are_undone_the_last_first (void **state)
{
  gint64 people[3];

  (void)state;
  Bureau *bureau = small_bureau (people, NULL);
  g_autofree char *before = picture (bureau, 2023);
  g_auto (Work) first = work_new (bureau, people[0], people[1]);
  g_auto (Work) second = work_new (bureau, people[2], people[0]);
  run (bureau, merge_rows, &first);
  assert_done (&first);
  run (bureau, merge_rows, &second);
  assert_done (&second);
  run (bureau, undo_merge, &first);
  assert_refused (&first, "后来又有变动");
  run (bureau, undo_merge, &second);
  assert_done (&second);
  run (bureau, undo_merge, &first);
  assert_done (&first);
  g_autofree char *after = picture (bureau, 2023);
  assert_string_equal (before, after);
  assert_clean (bureau);
  bureau_free (bureau);
}

static void
a_place_taken_since_keeps_a_merge_from_being_undone (void **state)
{
  static const Person newcomer = { .number = "A9",
                                   .name = "新人",
                                   .landline = "020-81234567",
                                   .id_number = "999999194001020027" };
  static const Person two[] = {
    { .number = "A1", .name = "张甲", .id_number = "999999195303050015" },
    { .number = "A2", .name = "张甲", .id_number = "999999194001020027" }
  };
  gint64 people[2];

  (void)state;
  Bureau *bureau = bureau_new (FALSE);
  bureau_add (bureau, two, G_N_ELEMENTS (two), people);
  g_auto (Work) work = work_new (bureau, people[0], people[1]);
  run (bureau, merge_rows, &work);
  assert_done (&work);
  bureau_add (bureau, &newcomer, 1, NULL);
  run (bureau, undo_merge, &work);
  assert_refused (&work, "身份证号");
  bureau_free (bureau);
}

/* ------------------------------------------------------------------ history */

static void
dated_values_come_back_too (void **state)
{
  static const char *const take[] = { "street=other", NULL };
  gint64 people[3];

  (void)state;
  Bureau *bureau = small_bureau (people, NULL);
  bureau_change (bureau, "cadre 1 street=西街");
  bureau_change (bureau, "cadre 1 street=东街");
  g_autofree char *before = picture (bureau, 2023);
  g_auto (Work) work = work_new (bureau, people[0], people[1]);
  work.order.take = take;
  run (bureau, merge_rows, &work);
  assert_done (&work);
  assert_clean (bureau);
  run (bureau, undo_merge, &work);
  assert_done (&work);
  g_autofree char *after = picture (bureau, 2023);
  assert_string_equal (before, after);
  assert_clean (bureau);
  bureau_free (bureau);
}

/* ------------------------------------------------------------------ property
 */

static const char *
any_of (GRand *random, const char *const *list)
{
  gint32 count = 0;

  while (list[count] != NULL)
    count++;
  return list[g_rand_int_range (random, 0, count)];
}

static char *
random_line (GRand *random, guint people, guint number)
{
  static const char *const occasions[]
      = { "生日", "节日", "家访", "医院探视", NULL };
  const guint who = 1 + (guint)g_rand_int_range (random, 0, (gint32)people);
  const guint also = 1 + (guint)g_rand_int_range (random, 0, (gint32)people);
  const guint month = 1 + (guint)g_rand_int_range (random, 0, 3);
  const guint day = 1 + (guint)g_rand_int_range (random, 0, 3);
  g_autofree char *second
      = who == also ? g_strdup ("") : g_strdup_printf ("、N%u", also);

  switch (g_rand_int_range (random, 0, 3))
    {
    case 0:
      return g_strdup_printf ("visit cadre=N%u date=2023-%02u-%02u "
                              "occasion=%s gift=%u",
                              who, month, day, any_of (random, occasions),
                              100 + number);
    case 1:
      return g_strdup_printf ("class_attendance cadre=N%u session=K%u "
                              "date=2023-%02u-01",
                              who, month, month);
    default:
      return g_strdup_printf ("study_meeting number=S%u date=2023-%02u-%02u "
                              "audience=处级 attendances=2 named=N%u%s",
                              number, month, day, who, second);
    }
}

static gboolean
put_or_leave (HxLedger *ledger, gpointer data, GError **error)
{
  g_auto (GStrv) words = g_strsplit (data, " ", -1);
  g_autoptr (HxRow) row
      = hx_row_new (hx_catalogue_kind (hx_ledger_catalogue (ledger), words[0]));
  HxPutOutcome outcome;

  for (guint i = 1; words[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], "=", 2);

      if (!hx_row_set (ledger, row, hx_kind_field (row->kind, parts[0]),
                       parts[1], NULL, error))
        return FALSE;
    }
  return hx_row_check (ledger, row, NULL, NULL, error)
         && hx_ledger_put (ledger, row, NULL, &outcome, NULL, error);
}

#define CROWD 12

static Bureau *
random_bureau (GRand *random)
{
  static const char *const sessions[]
      = { "teaching_point code=P1 name=东教点 kind=街道 since=2020-01-01",
          "class_session number=K1 since=2023-01-01 point=P1 kind=特色课程",
          "class_session number=K2 since=2023-02-01 point=P1 kind=特色课程",
          "class_session number=K3 since=2023-03-01 point=P1 kind=特色课程" };
  static const char *const streets[] = { "东街", "西街", "南街", NULL };
  Bureau *bureau = bureau_new (FALSE);

  for (guint i = 0; i < CROWD; i++)
    {
      g_autofree char *number = g_strdup_printf ("N%u", i + 1);
      g_autofree char *birth
          = g_strdup_printf ("%u-03-%02u", 1933 + i % 4 * 10, 1 + i);
      Person person = { .number = number, .name = "张国华" };

      if (g_rand_boolean (random))
        person.birth_date = birth;
      if (g_rand_boolean (random))
        person.street = any_of (random, streets);
      if (g_rand_boolean (random))
        person.sex = "男";
      bureau_add (bureau, &person, 1, NULL);
    }
  bureau_put (bureau, sessions, G_N_ELEMENTS (sessions), NULL);
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *line = random_line (random, CROWD, i);

      bureau_in_ledger (bureau, put_or_leave, line);
    }
  return bureau;
}

/* Merges one after the other, as long as they can be, then undoes them. */
static void
merge_and_undo (Bureau *bureau, GRand *random)
{
  g_autoptr (GArray) notes = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 5; i++)
    {
      g_auto (Work) work
          = work_new (bureau, g_rand_int_range (random, 1, CROWD + 1),
                      g_rand_int_range (random, 1, CROWD + 1));
      char *before = picture (bureau, 2023);

      run (bureau, merge_rows, &work);
      if (work.refused != NULL)
        {
          g_free (before);
          continue;
        }
      assert_clean (bureau);
      g_ptr_array_add (pictures, before);
      g_array_append_val (notes, work.note);
    }
  assert_true (notes->len > 0);
  for (guint i = notes->len; i > 0; i--)
    {
      g_auto (Work) work = work_new (bureau, 0, 0);
      g_autofree char *after = NULL;

      work.note = g_array_index (notes, gint64, i - 1);
      run (bureau, undo_merge, &work);
      assert_done (&work);
      after = picture (bureau, 2023);
      assert_string_equal (pictures->pdata[i - 1], after);
    }
  assert_clean (bureau);
}

static void
random_merges_undone_leave_every_figure_as_before (void **state)
{
  (void)state;
  for (guint32 seed = 1; seed <= 8; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      Bureau *bureau = random_bureau (random);

      merge_and_undo (bureau, random);
      bureau_free (bureau);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_refers_to_one_refers_to_the_other),
    cmocka_unit_test (empty_fields_are_filled_and_others_stay),
    cmocka_unit_test (the_number_of_the_other_can_be_taken),
    cmocka_unit_test (the_end_of_a_row_is_not_filled_in),
    cmocka_unit_test (the_reason_of_a_bad_number_goes_with_it),
    cmocka_unit_test (what_makes_no_sense_is_refused_whole),
    cmocka_unit_test (a_row_that_would_not_be_taken_is_not_made),
    cmocka_unit_test (two_people_are_not_merged),
    cmocka_unit_test (what_is_known_of_a_pair_follows_the_merge),
    cmocka_unit_test (a_noted_pair_stays_in_order),
    cmocka_unit_test (undoing_leaves_everything_as_it_was),
    cmocka_unit_test (what_changed_since_keeps_a_merge_from_being_undone),
    cmocka_unit_test (what_the_merge_did_not_touch_stays_as_it_is),
    cmocka_unit_test (merges_are_undone_the_last_first),
    cmocka_unit_test (a_place_taken_since_keeps_a_merge_from_being_undone),
    cmocka_unit_test (dated_values_come_back_too),
    cmocka_unit_test (random_merges_undone_leave_every_figure_as_before),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
