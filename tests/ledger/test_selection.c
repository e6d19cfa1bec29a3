#include "ledger_test.h"

#include "ledger/selection.h"

static const char people_kind[]
    = "key: cadre\n"
      "name: 老干部\n"
      "identity: [number]\n"
      "refer_by: [number, name]\n"
      "unit: street\n"
      "fields:\n"
      "  - {key: number, name: 编号, required: true, unique: true}\n"
      "  - {key: name, name: 姓名, required: true, max: 10}\n"
      "  - {key: id_number, name: 身份证号, type: id_number, secret: true}\n"
      "  - {key: address, name: 住址, secret: true}\n"
      "  - {key: birth_date, name: 出生日期, type: date, partial: true}\n"
      "  - {key: sex, name: 性别, aliases: [男女], type: choice, codes: sex}\n"
      "  - {key: street, name: 街道, type: ref, to: unit}\n"
      "  - {key: friend, name: 老友, type: ref, to: cadre}\n"
      "  - {key: pension, name: 养老金, type: money}\n"
      "  - {key: level, name: 层级, type: integer}\n"
      "  - {key: floating, name: 流动, type: bool}\n"
      "  - {key: until, name: 出册日期, type: date, partial: true}\n";

/* The letter that stands first in the name is what the tables below expect. */
static const char *const units[][3] = {
  { "name=荔湾", NULL },
  { "name=昌华街", "parent=荔湾", NULL },
  { "name=昌华一社区", "parent=昌华街", NULL },
  { "name=逢源街", "parent=荔湾", NULL },
};

static const char *const people[][10] = {
  { "number=1", "name=a甲", "sex=男", "birth_date=1943-06-30", "street=昌华街",
    "pension=1234.5", "level=3", "floating=是", "since=2010-05-01", NULL },
  { "number=2", "name=b乙", "sex=女", "birth_date=1943-06", "pension=900",
    "street=昌华一社区", "until=2023-04", "address=一路一号", NULL },
  { "number=3", "name=c丙", "birth_date=1952-02-29", "street=逢源街", "level=7",
    "floating=否", "friend=1", "id_number=99999919520229001X", NULL },
  { "number=4", "name=d丁", "sex=男", "birth_date=1943", "since=2023-03-05",
    "until=2023-03-05", "friend=b乙", NULL },
  { "number=5", "name=e戊%_", "sex=女", "level=-2", "street=荔湾", NULL },
  { "number=6", "name=f己", "sex=女", NULL },
};

static void
put_people (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  gint64 id = 0;

  (void)data;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    put_cells (ledger, fixture->unit, units[i], NULL);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    put_cells (ledger, fixture->cadre, people[i], &id);
  if (!hx_ledger_void (ledger, fixture->cadre, id, "试验", NULL))
    g_error ("not voided");
}

static int
setup (void **state)
{
  Fixture *fixture;

  fixture_setup (state);
  fixture = *state;
  use_catalogue (fixture, "registers/cadre.yaml", people_kind);
  in_ledger (fixture, put_people, NULL);
  return 0;
}

static gboolean
note (const HxRow *row, gpointer data, GError **error)
{
  const HxField *name = hx_kind_field (row->kind, "name");

  (void)error;
  g_string_append_c (data, row->values[name->index].text[0]);
  return TRUE;
}

static HxSelection *
select_terms (Fixture *fixture, HxReader *reader, const char *line,
              HxDate as_of, GError **error)
{
  g_auto (GStrv) terms = g_strsplit (line, " ", -1);

  return hx_selection_new (hx_reader_connection (reader), fixture->catalogue,
                           fixture->cadre, (const char *const *)terms, as_of,
                           error);
}

/* The letters of who is selected. */
static char *
selected (Fixture *fixture, const char *line, HxDate as_of)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  g_autoptr (HxSelection) selection
      = select_terms (fixture, reader, line, as_of, &error);
  g_autoptr (GString) letters = g_string_new (NULL);
  g_autoptr (GArray) ids = NULL;

  assert_no_error (error);
  assert_true (hx_selection_each (selection, note, letters, &error));
  assert_no_error (error);
  ids = hx_selection_ids (selection, &error);
  assert_no_error (error);
  assert_int_equal (ids->len, letters->len);
  return g_strdup (letters->str);
}

static const struct
{
  const char *terms, *expected;
} term_cases[] = {
  { "sex=男", "ad" },
  { "男女=1", "ad" },
  { "性别＝男,女", "abde" },
  { "sex=男，女", "abde" },
  { "sex!=男", "bce" },
  { "sex≠男", "bce" },
  { "sex=", "c" },
  { "sex!=", "abde" },
  { "sex=男,", "acd" },
  { "sex!=男,", "be" },
  { "sex~女", "be" },
  { "number=2", "b" },
  { "name=c丙", "c" },
  { "name~丙", "c" },
  { "name~%_", "e" },
  { "name~％", "" },
  { "street=昌华街", "ab" },
  { "街道=昌华一社区", "b" },
  { "street=荔湾", "abce" },
  { "street!=荔湾", "d" },
  { "street!=昌华街", "cde" },
  { "street=昌华街,逢源街", "abc" },
  { "street=", "d" },
  { "street~昌华", "ab" },
  { "unit=昌华街", "ab" },
  { "机构=", "d" },
  { "friend=a甲", "c" },
  { "friend=1,2", "cd" },
  { "friend~乙", "d" },
  { "pension=1,234.50", "a" },
  { "pension=900元", "b" },
  { "pension>=900", "ab" },
  { "pension>900", "a" },
  { "pension<0.1万", "b" },
  { "level>=3", "ac" },
  { "level<3", "e" },
  { "level=3,7", "ac" },
  { "level>-3 level≤3", "ae" },
  { "floating=是", "a" },
  { "floating=否", "c" },
  { "floating!=是", "bcde" },
  { "birth_date=1943", "abd" },
  { "birth_date=1943-06", "ab" },
  { "birth_date=1943-6-30", "a" },
  { "birth_date!=1943-06", "cde" },
  { "birth_date>=1943-06", "abc" },
  { "birth_date>1943-06", "c" },
  { "birth_date<=1943-06", "abd" },
  { "birth_date<1943-06", "d" },
  { "birth_date<=1943", "abd" },
  { "birth_date>1943", "c" },
  { "since>=2010-05-01", "ad" },
  { "id_number=", "abde" },
  { "address!=", "b" },
  { "身份证号=99999919520229001X", "c" },
  { "id_number!=９９９９９９１９５２０２２９００１Ｘ", "abde" },
  { "id_number=99999919520229001X,", "abcde" },
  { "id_number=1", "" },
  { "address=", "acde" },
  { "sex=女 street=昌华街", "b" },
  { "sex=女 level=7", "" },
};

static void
terms_choose_the_rows_that_they_say (void **state)
{
  const HxDate any = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (term_cases); i++)
    {
      g_autofree char *found = selected (*state, term_cases[i].terms, any);

      if (!g_str_equal (found, term_cases[i].expected))
        fail_msg ("%s: %s, not %s", term_cases[i].terms, found,
                  term_cases[i].expected);
    }
}

static void
ages_are_those_of_the_day (void **state)
{
  static const struct
  {
    const char *terms;
    HxDate day;
    const char *expected;
  } cases[] = {
    /* a 1943-06-30, b 1943-06 and d 1943 are taken on their last day */
    { "age>=80", { 2023, 6, 29 }, "" },
    { "age>=80", { 2023, 6, 30 }, "a" },
    { "年龄>=80 until=", { 2023, 12, 31 }, "a" },
    { "age=79", { 2023, 3, 5 }, "abd" },
    { "age=79,71", { 2023, 3, 5 }, "abcd" },
    { "age!=79", { 2023, 3, 5 }, "ce" },
    { "age=", { 2023, 3, 5 }, "e" },
    { "age!=", { 2023, 3, 5 }, "abcd" },
    { "age<72", { 2023, 3, 5 }, "c" },
    { "age<=71", { 2023, 3, 5 }, "c" },
    { "age>71", { 2023, 3, 5 }, "abd" },
    { "age>79", { 2023, 3, 5 }, "" },
    /* born on 29 February: older on the last of February */
    { "age>=71", { 2023, 2, 27 }, "ab" },
    { "age>=71", { 2023, 2, 28 }, "abc" },
    { "age>=72", { 2024, 2, 28 }, "a" },
    { "age>=72", { 2024, 2, 29 }, "ac" },
    /* not yet born: no age */
    { "age<1", { 1950, 1, 1 }, "" },
    { "age>=0", { 1950, 1, 1 }, "b" },
    { "age=0", { 1952, 12, 31 }, "c" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = selected (*state, cases[i].terms, cases[i].day);

      if (!g_str_equal (found, cases[i].expected))
        fail_msg ("%u %s: %s, not %s", i, cases[i].terms, found,
                  cases[i].expected);
    }
}

static void
a_row_must_exist_on_the_date (void **state)
{
  static const struct
  {
    HxDate day;
    const char *expected;
  } cases[] = {
    { { 0, 0, 0 }, "abcde" },    { { 2010, 4, 30 }, "bce" },
    { { 2010, 5, 1 }, "abce" },  { { 2023, 3, 4 }, "abce" },
    { { 2023, 3, 5 }, "abcde" }, { { 2023, 3, 6 }, "abce" },
    { { 2023, 4, 30 }, "abce" }, { { 2023, 5, 1 }, "ace" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = selected (*state, "number!=", cases[i].day);

      assert_string_equal (found, cases[i].expected);
    }
}

static void
a_wrong_term_is_refused_and_says_what_could_stand_there (void **state)
{
  static const struct
  {
    const char *term, *said;
  } cases[] = {
    { "colour=红", "street（街道）" },
    { "colour=红", "age（年龄）" },
    { "男", "字段=值" },
    { "=男", "字段=值" },
    { "", "字段=值" },
    { "\xff=1", "字段=值" },
    { "sex=中", "男、女" },
    { "sex>=男", "没有大小" },
    { "street>=昌华街", "没有大小" },
    { "street=无名街", "机构里没有“无名街”" },
    { "street~无名~", NULL },
    { "friend=9", "老干部里没有" },
    { "level=三层", "三层" },
    { "level>=", "level>=" },
    { "level~3", "不能用 ~" },
    { "age~8", "不能用 ~" },
    { "age>=八十岁", "八十岁" },
    { "birth_date>=1943-13", "1943-13" },
    { "name~", "后面要有字" },
    { "sex~中", "没有这样的名称" },
    { "address=一路一号", "保密" },
    { "address~一路", "保密" },
    { "address>=1", "保密" },
  };
  Fixture *fixture = *state;
  const HxDate any = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *terms[] = { cases[i].term, NULL };
      g_autoptr (GError) error = NULL;
      g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
      g_autoptr (HxSelection) selection
          = hx_selection_new (hx_reader_connection (reader), fixture->catalogue,
                              fixture->cadre, terms, any, &error);

      if (cases[i].said == NULL)
        {
          assert_non_null (selection);
          continue;
        }
      assert_null (selection);
      assert_int_equal (hx_error_exit_status (error), 2);
      if (strstr (error->message, cases[i].said) == NULL)
        fail_msg ("%s: %s", cases[i].term, error->message);
    }
}

static void
a_name_of_two_rows_is_refused (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = NULL;
  g_autoptr (HxSelection) selection = NULL;

  run_sql (fixture, "UPDATE reg_cadre SET name = 'a甲' WHERE number = '3'");
  reader = hx_store_reader (fixture->store, NULL);
  selection
      = select_terms (fixture, reader, "friend=a甲", (HxDate){ 0 }, &error);
  assert_null (selection);
  assert_non_null (strstr (error->message, "不止一个"));
}

static void
the_terms_stand_beside_conditions_of_the_caller (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  g_autoptr (HxSelection) selection = select_terms (
      fixture, reader, "sex=女 street=荔湾", (HxDate){ 2023, 1, 1 }, &error);
  g_autoptr (HxWhere) where = hx_where_new (2);
  g_autofree char *sql = NULL;
  HxStatement *statement;

  assert_no_error (error);
  hx_selection_where (selection, where, "p");
  sql = g_strdup_printf ("SELECT COUNT (*) FROM reg_cadre p WHERE p.id <> ?1%s",
                         hx_where_text (where)->str);
  statement = hx_statement (hx_reader_connection (reader), sql, &error);
  assert_no_error (error);
  hx_bind_integer (statement, 1, 2);
  hx_where_bind (where, statement);
  assert_int_equal (hx_step (statement, &error), HX_STEP_ROW);
  assert_int_equal (hx_column_integer (statement, 0), 1);
  assert_ptr_equal (hx_selection_kind (selection), fixture->cadre);
  assert_int_equal (hx_selection_as_of (selection).year, 2023);
}

static gboolean
stop_at_second (const HxRow *row, gpointer data, GError **error)
{
  int *seen = data;

  (void)row;
  if (++*seen < 2)
    return TRUE;
  return *seen > 90 ? hx_fail (error, HX_ERROR_LIMIT, "够了", NULL, NULL)
                    : FALSE;
}

static void
a_walk_stops_when_it_is_told_to (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  g_autoptr (HxSelection) selection
      = hx_selection_new (hx_reader_connection (reader), fixture->catalogue,
                          fixture->cadre, NULL, (HxDate){ 0 }, &error);
  int seen = 0;

  assert_true (hx_selection_each (selection, stop_at_second, &seen, &error));
  assert_int_equal (seen, 2);
  seen = 90;
  assert_false (hx_selection_each (selection, stop_at_second, &seen, &error));
  assert_string_equal (error->message, "够了");
}

static void
too_many_terms_are_refused (void **state)
{
  Fixture *fixture = *state;
  const char *terms[HX_SELECTION_TERMS_MAX + 2] = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  HxSelection *selection;

  for (guint i = 0; i <= HX_SELECTION_TERMS_MAX; i++)
    terms[i] = "sex=男";
  selection
      = hx_selection_new (hx_reader_connection (reader), fixture->catalogue,
                          fixture->cadre, terms, (HxDate){ 0 }, &error);
  assert_null (selection);
  assert_non_null (strstr (error->message, "条件太多"));
}

int
main (void)
{
#define CASE(function)                                                         \
  cmocka_unit_test_setup_teardown (function, setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    CASE (terms_choose_the_rows_that_they_say),
    CASE (ages_are_those_of_the_day),
    CASE (a_row_must_exist_on_the_date),
    CASE (a_wrong_term_is_refused_and_says_what_could_stand_there),
    CASE (a_name_of_two_rows_is_refused),
    CASE (the_terms_stand_beside_conditions_of_the_caller),
    CASE (a_walk_stops_when_it_is_told_to),
    CASE (too_many_terms_are_refused),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
