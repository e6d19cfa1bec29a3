/* What is secret is nowhere to be found in the files, and is shown only when
 * it is asked for by name. */
#include "program.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DB "a.db"
#define PEOPLE 40

static const Program *
program_of (void **state)
{
  return *state;
}

typedef struct
{
  char *id_number, *phone, *address, *card;
} Person;

static Person
person (guint i)
{
  return (Person){ made_id_number (19330101 + i % 28, i * 2 + 1),
                   g_strdup_printf ("139%08u", 10203040 + i * 7919),
                   g_strdup_printf ("昌华大街%u号之三", 1000 + i),
                   g_strdup_printf ("6222%012u", 900000 + i) };
}

static void
person_clear (Person *person)
{
  g_free (person->id_number);
  g_free (person->phone);
  g_free (person->address);
  g_free (person->card);
}

static char *
workbook (void)
{
  GString *text
      = g_string_new ("姓名,身份证号,手机,居住地址,银行卡号,慢性病\n");

  for (guint i = 0; i < PEOPLE; i++)
    {
      Person each = person (i);

      g_string_append_printf (text, "张%u,%s,%s,%s,%s,帕金森氏病\n", i,
                              each.id_number, each.phone, each.address,
                              each.card);
      person_clear (&each);
    }
  return g_string_free (text, FALSE);
}

static void
assert_free_of (const char *file, const char *data, gsize size,
                const char *secret)
{
  if (g_strrstr_len (data, (gssize)size, secret) != NULL
      || memmem (data, size, secret, strlen (secret)) != NULL)
    fail_msg ("%s holds %s", file, secret);
}

/* Every file of the folder but the workbook and the key. */
static guint
assert_nothing_in_clear (const Program *program)
{
  g_autoptr (GDir) folder = g_dir_open (program->folder, 0, NULL);
  const char *name;
  guint files = 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = program_path (program, name);
      g_autofree char *data = NULL;
      gsize size = 0;

      if (g_str_has_suffix (name, ".csv") || g_str_has_suffix (name, ".key")
          || !g_file_get_contents (path, &data, &size, NULL))
        continue;
      files++;
      assert_free_of (name, data, size, "帕金森氏病");
      for (guint i = 0; i < PEOPLE; i++)
        {
          Person each = person (i);

          assert_free_of (name, data, size, each.id_number);
          assert_free_of (name, data, size, each.phone);
          assert_free_of (name, data, size, each.address);
          assert_free_of (name, data, size, each.card);
          person_clear (&each);
        }
    }
  return files;
}

/* Somebody who reads, so that the log is not cleared away. */
static sqlite3 *
hold_open (const Program *program)
{
  g_autofree char *path = program_path (program, DB);
  sqlite3 *db = NULL;

  assert_int_equal (sqlite3_open (path, &db), SQLITE_OK);
  assert_int_equal (sqlite3_exec (db, "BEGIN; SELECT count (*) FROM setting",
                                  NULL, NULL, NULL),
                    SQLITE_OK);
  return db;
}

static gboolean
has_log (const Program *program)
{
  g_autofree char *path = program_path (program, DB "-wal");
  GStatBuf status;

  return g_stat (path, &status) == 0 && status.st_size > 0;
}

static void
neither_database_nor_log_nor_backup_holds_it_in_clear (void **state)
{
  const Program *program = program_of (state);
  g_autofree char *text = workbook ();
  g_auto (Said) init = hongxia (program, DB, 0, "init", NULL);
  sqlite3 *holder = hold_open (program);

  assert_says (init.out, "a.db.key");
  program_write (program, "people.csv", text);
  g_auto (Said) imported
      = hongxia (program, DB, 0, "import", "cadre", "people.csv", NULL);
  assert_says (imported.out, "失败 0");
  Person other = person (PEOPLE - 1);
  g_autofree char *phone = g_strdup_printf ("phone=%s", other.phone);
  person_clear (&other);
  g_auto (Said) change
      = hongxia (program, DB, 0, "record", "change", "cadre", "1", phone,
                 "address=昌华大街1039号之三", NULL);
  g_auto (Said) cleared = hongxia (program, DB, 0, "record", "void", "cadre",
                                   "2", "--reason", "重复", NULL);
  g_auto (Said) rotated = hongxia (program, DB, 0, "key", "rotate", NULL);
  assert_says (rotated.out, "第 2 代");
  g_auto (Said) backup = hongxia (program, DB, 0, "backup", "copy", NULL);
  assert_says (backup.out, "a.db.key");
  assert_true (has_log (program));
  assert_true (assert_nothing_in_clear (program) >= 3);
  sqlite3_close (holder);
  g_auto (Said) verify = hongxia (program, DB, 0, "verify", NULL);
  g_auto (Said) shown
      = hongxia (program, DB, 0, "record", "show", "cadre", "1", "--reveal",
                 "address,慢性病", "--reason", "核对", NULL);
  assert_says (shown.out, "昌华大街1039号之三");
  assert_says (shown.out, "帕金森氏病");
}

static void
another_sm4_database_holds_nothing_in_clear_either (void **state)
{
  const Program *program = program_of (state);
  g_auto (Said) init
      = hongxia (program, "sm4.db", 0, "init", "--cipher", "sm4", NULL);
  g_auto (Said) imported
      = hongxia (program, "sm4.db", 0, "import", "cadre", "people.csv", NULL);
  g_auto (Said) key = hongxia (program, "sm4.db", 0, "key", "show", NULL);
  assert_says (imported.out, "新增 40");
  assert_says (key.out, "sm4-ctr-hmac-sm3");
  assert_nothing_in_clear (program);
  g_auto (Said) verify = hongxia (program, "sm4.db", 0, "verify", NULL);
}

static void
the_key_is_never_shown (void **state)
{
  const Program *program = program_of (state);
  g_autofree char *path = program_path (program, DB ".key");
  g_autofree char *text = NULL;
  g_auto (Said) shown = hongxia (program, DB, 0, "key", "show", NULL);
  g_auto (Said) json = hongxia (program, DB, 0, "key", "show", "--json", NULL);

  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) words = g_strsplit_set (text, " \n", -1);
  guint keys = 0;
  for (guint i = 0; words[i] != NULL; i++)
    if (strlen (words[i]) == HX_DIGEST_HEX_SIZE - 1)
      {
        keys++;
        assert_null (strstr (shown.out, words[i]));
        assert_null (strstr (json.out, words[i]));
      }
  assert_int_equal (keys, 2);
  json_t *said = said_json (&json);
  assert_int_equal (json_integer_value (json_object_get (said, "in_use")), 2);
  assert_member (said, "mode", "0600");
  json_decref (said);
}

static void
without_the_key_nothing_works_and_the_error_says_what_to_do (void **state)
{
  const Program *program = program_of (state);
  g_autofree char *key = program_path (program, DB ".key");
  g_autofree char *away = program_path (program, "away.key");

  assert_int_equal (g_rename (key, away), 0);
  g_auto (Said) missing
      = hongxia (program, DB, 3, "record", "show", "cadre", "1", NULL);
  assert_says (missing.err, "没有密钥文件: a.db.key");
  assert_says (missing.err, "--key");
  g_auto (Said) named
      = hongxia (program, DB, 0, "verify", "--key", "away.key", NULL);
  program_copy_key (program, "sm4.db", DB);
  g_auto (Said) wrong = hongxia (program, DB, 3, "verify", NULL);
  assert_says (wrong.err, "密钥文件不是这个数据库的");
  assert_int_equal (g_rename (away, key), 0);
  assert_int_equal (g_chmod (key, 0644), 0);
  g_auto (Said) open = hongxia (program, DB, 3, "verify", NULL);
  assert_says (open.err, "chmod 600");
  assert_int_equal (g_chmod (key, 0600), 0);
  g_auto (Said) good = hongxia (program, DB, 0, "verify", NULL);
}

static void
a_look_needs_a_reason_and_is_in_the_history (void **state)
{
  const Program *program = program_of (state);
  Person first = person (0);
  g_auto (Said) masked
      = hongxia (program, DB, 0, "record", "show", "cadre", "3", NULL);
  g_auto (Said) none = hongxia (program, DB, 2, "record", "show", "cadre", "3",
                                "--reveal", "phone", NULL);
  g_auto (Said) unknown
      = hongxia (program, DB, 2, "record", "show", "cadre", "3", "--reveal",
                 "sex", "--reason", "看看", NULL);
  g_auto (Said) shown
      = hongxia (program, DB, 0, "record", "show", "cadre", "3", "--reveal",
                 "手机", "--reason", "电话慰问", NULL);
  g_auto (Said) history = hongxia (program, DB, 0, "record", "show", "cadre",
                                   "3", "--json", NULL);
  Person third = person (2);

  assert_null (strstr (masked.out, third.phone));
  assert_says (masked.out, "姓名：张2");
  assert_says (none.err, "理由");
  assert_says (unknown.err, "phone（手机）");
  assert_says (shown.out, third.phone);
  assert_null (strstr (shown.out, third.id_number));
  assert_says (shown.out, "查看原文手机");
  json_t *said = said_json (&history);
  const json_t *entries = json_object_get (said, "history");
  const json_t *last = json_array_get (entries, json_array_size (entries) - 1);
  assert_int_equal (json_array_size (entries), 2);
  assert_member (last, "action", "reveal");
  assert_member (last, "reason", "电话慰问");
  assert_member (last, "actor", "测试员");
  json_decref (said);
  person_clear (&first);
  person_clear (&third);
  g_auto (Said) verify = hongxia (program, DB, 0, "verify", NULL);
}

int
main (int argc, char **argv)
{
  Program program = { 0 };
  (void)argc;
  program_setup (&program, argv);
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_prestate (
        neither_database_nor_log_nor_backup_holds_it_in_clear, &program),
    cmocka_unit_test_prestate (
        another_sm4_database_holds_nothing_in_clear_either, &program),
    cmocka_unit_test_prestate (the_key_is_never_shown, &program),
    cmocka_unit_test_prestate (
        without_the_key_nothing_works_and_the_error_says_what_to_do, &program),
    cmocka_unit_test_prestate (a_look_needs_a_reason_and_is_in_the_history,
                               &program),
  };
  int failed = cmocka_run_group_tests (tests, NULL, NULL);
  program_teardown (&program);
  return failed;
}
