/* A bureau changes what it keeps, counts and says, without a line of C. */

#include "program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FOLDER "own"

typedef struct
{
  Program program;
  const char *shipped; /* the folder in the source tree */
} Fixture;

/* Copies the shipped catalogue into FOLDER and returns how many files. */
static guint
copy_folder (const Fixture *fixture, const char *path)
{
  g_autofree char *from = g_build_filename (fixture->shipped, path, NULL);
  g_autofree char *to
      = g_build_filename (fixture->program.folder, FOLDER, path, NULL);
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;
  guint count = 0;
  assert_int_equal (g_mkdir_with_parents (to, 0700), 0);
  assert_non_null (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *text = NULL;
      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        {
          count += copy_folder (fixture, below);
          continue;
        }
      assert_true (g_file_get_contents (source, &text, NULL, NULL));
      assert_true (g_file_set_contents (target, text, -1, NULL));
      count++;
    }
  return count;
}

static void
add_to (const Fixture *fixture, const char *path, const char *more)
{
  g_autofree char *full
      = g_build_filename (fixture->program.folder, FOLDER, path, NULL);
  g_autofree char *text = NULL;
  if (!g_file_get_contents (full, &text, NULL, NULL))
    text = g_strdup ("");
  g_autofree char *all = g_strconcat (text, more, NULL);
  assert_true (g_file_set_contents (full, all, -1, NULL));
}

static void
replace_in (const Fixture *fixture, const char *path, const char *old,
            const char *new)
{
  g_autofree char *full
      = g_build_filename (fixture->program.folder, FOLDER, path, NULL);
  g_autofree char *text = NULL;
  assert_true (g_file_get_contents (full, &text, NULL, NULL));
  g_auto (GStrv) parts = g_strsplit (text, old, 2);
  assert_int_equal (g_strv_length (parts), 2);
  g_autofree char *all = g_strjoinv (new, parts);
  assert_true (g_file_set_contents (full, all, -1, NULL));
}

static void
the_program_carries_every_file_of_the_shipped_catalogue (void **state)
{
  const Fixture *fixture = *state;
  const guint files = copy_folder (fixture, "");
  g_autofree char *count = g_strdup_printf ("%u", files);
  g_auto (Said) said = hongxia (&fixture->program, "own.db", 0, "init", NULL);
  g_autofree char *carried = program_ask (
      &fixture->program, "own.db", "SELECT COUNT(*) FROM catalogue_file");
  assert_string_equal (carried, count);
  g_auto (Said) same = hongxia (&fixture->program, "own.db", 0, "init",
                                "--catalogue", FOLDER, NULL);
  assert_says (same.out, "新台账 0 种，新字段 0 个，改动 0 种，指标重算 0 个");
}

static void
a_new_kind_indicator_and_sentence_need_data_alone (void **state)
{
  const Fixture *fixture = *state;
  const Program *program = &fixture->program;
  add_to (fixture, "records/poem_club.yaml",
          "key: poem_club\nname: 诗社雅集\nidentity: [date, theme]\nfields:\n"
          "  - {key: theme, name: 主题, type: text, required: true}\n"
          "  - {key: poems, name: 诗作数, type: integer, min: 0}\n");
  add_to (fixture, "indicators.yaml",
          "\n- key: poems_written\n  name: 诗作\n  unit: 首\n  sum: poems\n"
          "  in: poem_club\n  source: rows\n");
  program_write (
      program, "sentence.md",
      "# {{bureau}}{{year}}年\n\n诗社写诗{{poems_written | 余 10}}首。\n");
  g_auto (Said) init = hongxia (program, "own.db", 0, "init", "--catalogue",
                                FOLDER, "--bureau", "某区委老干部局", NULL);
  assert_says (init.out, "新台账 1 种");
  program_write (
      program, "poems.csv",
      "主题,日期,诗作数\n春,2023-03-08,17\n秋,2023年9月9日,２０首\n");
  g_auto (Said) faulty
      = hongxia (program, "own.db", 1, "import", "诗社雅集", "poems.csv", NULL);
  assert_says (faulty.err, "诗作数");
  g_auto (Said) added
      = hongxia (program, "own.db", 0, "record", "add", "poem_club", "主题=秋",
                 "日期=2023-9-9", "诗作数=20", NULL);
  g_auto (Said) report = hongxia (program, "own.db", 0, "report", "2023",
                                  "--template", "sentence.md", "--draft", NULL);
  assert_says (report.out, "# 某区委老干部局2023年");
  assert_says (report.out, "[30余](fact:poems_written)首");
}

static void
a_renamed_label_and_a_new_field_keep_every_row (void **state)
{
  const Fixture *fixture = *state;
  const Program *program = &fixture->program;
  replace_in (fixture, "records/poem_club.yaml", "name: 主题", "name: 题目");
  add_to (fixture, "records/poem_club.yaml",
          "  - {key: place, name: 地点, type: text}\n");
  g_auto (Said) init
      = hongxia (program, "own.db", 0, "init", "--catalogue", FOLDER, NULL);
  assert_says (init.out, "新字段 1 个，改动 1 种");
  g_auto (Said) shown = hongxia (program, "own.db", 0, "record", "show",
                                 "poem_club", "1", NULL);
  assert_says (shown.out, "题目：春");
  g_auto (Said) verify = hongxia (program, "own.db", 0, "verify", NULL);
}

static void
what_would_lose_data_is_refused_with_its_reason (void **state)
{
  const Fixture *fixture = *state;
  const Program *program = &fixture->program;
  replace_in (fixture, "records/poem_club.yaml",
              "  - {key: poems, name: 诗作数, type: integer, min: 0}\n", "");
  replace_in (fixture, "indicators.yaml", "  sum: poems\n", "  count: true\n");
  g_auto (Said) refused
      = hongxia (program, "own.db", 3, "init", "--catalogue", FOLDER, NULL);
  assert_says (refused.err, "诗社雅集");
  assert_says (refused.err, "诗作数");
  g_autofree char *kept = program_ask (program, "own.db",
                                       "SELECT SUM (poems) FROM rec_poem_club");
  assert_string_equal (kept, "37");
}

static void
a_fault_is_named_by_file_line_and_column (void **state)
{
  const Fixture *fixture = *state;
  add_to (fixture, "records/poem_club.yaml",
          "  - {key: mood, name: 心情, type: feeling}\n");
  g_auto (Said) refused = hongxia (&fixture->program, "own.db", 3, "init",
                                   "--catalogue", FOLDER, NULL);
  assert_says (refused.err, "records/poem_club.yaml:7:");
  assert_says (refused.err, "feeling");
}

int
main (int argc, char **argv)
{
  Fixture fixture = { 0 };
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_prestate (
        the_program_carries_every_file_of_the_shipped_catalogue, &fixture),
    cmocka_unit_test_prestate (
        a_new_kind_indicator_and_sentence_need_data_alone, &fixture),
    cmocka_unit_test_prestate (a_renamed_label_and_a_new_field_keep_every_row,
                               &fixture),
    cmocka_unit_test_prestate (what_would_lose_data_is_refused_with_its_reason,
                               &fixture),
    cmocka_unit_test_prestate (a_fault_is_named_by_file_line_and_column,
                               &fixture),
  };
  if (argc < 4)
    return EXIT_FAILURE;
  program_setup (&fixture.program, argv);
  fixture.shipped = argv[3];
  const int failed = cmocka_run_group_tests (tests, NULL, NULL);
  program_teardown (&fixture.program);
  return failed;
}
